"""Whether a condition holds, and why: every test that spoke, with the fact it saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from svcstd.conditions.algebra import Present
from svcstd.conditions.facts import Facts
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.conditions.show import show_condition, show_facts
from svcstd.errors import FactError, must_be_one_of
from svcstd.explain import Explanation, because

__all__ = ["Judgement", "Missing", "judge"]

Missing = Literal["unknown", "refused"]
"""What a missing fact does: it leaves the answer open, or it is an error."""


@attrs.frozen
class Judgement:
    """The answer of a condition.

    Attributes:
        holds: true, false, or ``None`` when it hangs on a missing fact.
        explanation: each test with what it saw.
    """

    holds: bool | None
    explanation: Explanation


def judge(condition: Condition, facts: Facts, *, missing: Missing = "unknown") -> Judgement:
    """Whether a condition holds for these facts, with reasons.

    Args:
        condition: what is asked.
        facts: what is known.
        missing: ``refused`` is the strict mode: every fact that is read, except to ask whether it is there, must be
            known.

    Raises:
        FactError: a missing fact in strict mode, or a fact that cannot be compared.

    >>> from svcstd.conditions import Eq, Range
    >>> print(judge(AllOf((Eq("kind", "fault"), Range("amount", 9, None))), {"kind": "fault"}).explanation.text())
    unknown: kind = fault and amount >= 9
      yes: kind = fault
      unknown: amount >= 9, for amount is missing
    """
    must_be_one_of(missing, ("unknown", "refused"), "missing")
    for field in sorted(set(_needed(condition))) if missing == "refused" else ():
        if facts.get(field) is None:
            raise FactError(f"facts.{field}", "facts.missing", value=field)
    return Judgement(condition.holds(facts), _why(condition, facts))


def _needed(condition: Condition) -> Iterator[str]:
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                yield from _needed(test)
        case Not():
            yield from _needed(condition.test)
        case Present():
            return
        case _:
            yield from condition.fields


def _why(condition: Condition, facts: Facts) -> Explanation:
    answer, text = condition.holds(facts), show_condition(condition)
    message = "condition.yes" if answer else "condition.open" if answer is None else "condition.no"
    match condition:
        case AllOf(tests=(_, _, *_)) | AnyOf(tests=(_, _, *_)):
            return because(message, *(_why(test, facts) for test in condition.tests), test=text)
        case AllOf(tests=(one,)) | AnyOf(tests=(one,)):
            return _why(one, facts)
        case Not():
            return because(message, _why(condition.test, facts), test=text)
        case _ if answer or not condition.fields:
            return because(message, test=text)
        case _:
            seen = show_facts(sorted(condition.fields), facts)
            spoken = "condition.open_for" if answer is None else "condition.no_for"
            return because(spoken, test=text, facts=seen)
