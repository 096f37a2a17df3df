"""Which strategy draws which public type: Hypothesis is told, so that ``st.from_type`` just works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from svcstd.conditions import TooManyCells
from svcstd.keyed import Keyed, as_keyed
from svcstd.testing.strategies.calendars import STRATEGIES as CALENDARS
from svcstd.testing.strategies.conditions import STRATEGIES as CONDITIONS
from svcstd.testing.strategies.curves import STRATEGIES as CURVES
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.explain import STRATEGIES as EXPLAIN
from svcstd.testing.strategies.money import STRATEGIES as MONEY
from svcstd.testing.strategies.rules import STRATEGIES as RULES

__all__ = ["NOT_DRAWN", "ROOMS", "STRATEGIES", "of_type", "register"]

ROOMS = ("explain", "curves", "money", "calendars", "conditions", "rules")
"""Where public types live."""
NOT_DRAWN: Mapping[type, str] = {
    TooManyCells: "it is raised",
}
"""Public classes that no strategy draws, and why: errors are raised, programs are written."""

STRATEGIES: Strategies = {
    **CURVES,
    **MONEY,
    **EXPLAIN,
    **CALENDARS,
    **CONDITIONS,
    **RULES,
}
T = TypeVar("T")


def of_type(kind: type[T]) -> st.SearchStrategy[T]:
    """Valid values of a public type.

    Args:
        kind: the type.
    """
    return st.deferred(STRATEGIES[kind])


def register() -> None:
    """Tell Hypothesis of every public type."""
    for kind in STRATEGIES:
        st.register_type_strategy(kind, _resolved)
    st.register_type_strategy(Keyed, _keyed)


def _resolved(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type, or one with arguments
    return STRATEGIES[kind]()


def _keyed(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type with arguments, or none
    keys, values = getattr(kind, "__args__", (str, int))
    return st.dictionaries(st.from_type(keys), st.from_type(values), max_size=3).map(as_keyed)
