"""Reasons, and the reasons they rest on: sentences of the catalogue with all that they speak of."""

from __future__ import annotations

from hypothesis import strategies as st

from svcstd.explain import Explanation, because, privately
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import dates, durations, instants

__all__ = ["STRATEGIES", "explanations"]

WORDS = st.sampled_from(["we promised it", "as agreed | by *phone*", "按合同"])


def explanations(max_reasons: int = 5) -> st.SearchStrategy[Explanation]:
    """Reasons with what they speak of: texts, dates, moments, numbers and durations; some for colleagues only.

    Args:
        max_reasons: the most that stand below each other without any below them.
    """
    spoken = st.one_of(WORDS, st.integers(0, 9), st.decimals(0, 9, places=2), dates(), durations(), instants())
    plain = spoken.map(lambda value: because("rules.written", because=value))
    return st.recursive(plain, _resting, max_leaves=max_reasons)


def _resting(below: st.SearchStrategy[Explanation]) -> st.SearchStrategy[Explanation]:
    several = st.lists(below, max_size=3)
    return st.one_of(
        st.builds(lambda target, why: because("sla.promise", *why, target=target), WORDS, several),
        st.builds(lambda why: privately("assign.rejected", *why, agent="ann"), several),
    )


STRATEGIES: Strategies = {Explanation: explanations}
