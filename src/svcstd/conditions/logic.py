"""What joins tests: all of them, any of them, not one; Kleene's logic throughout."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

import attrs

from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import Facts
from svcstd.keyed import as_tuple

__all__ = ["ANYTHING", "AllOf", "AnyOf", "Condition", "Not", "as_all"]


def _in_any_order(tests: tuple[Condition, ...]) -> frozenset[tuple[Condition, int]]:
    """Each test and how often, whatever the order in which they were written."""
    return frozenset(Counter(tests).items())


@attrs.frozen
class AllOf:
    """Every test is true: one false makes it false, else one unknown makes it unknown. No tests: always true.

    >>> AllOf((Eq("a", 1), Eq("b", 2))).holds({"a": 3}), AllOf((Eq("a", 1), Eq("b", 2))).holds({"a": 1})
    (False, None)
    """

    tests: tuple[Condition, ...] = attrs.field(default=(), converter=as_tuple, eq=_in_any_order)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when that hangs on a missing fact."""
        answer: bool | None = True
        for test in self.tests:
            found = test.holds(facts)
            if found is False:
                return False
            if found is None:
                answer = None
        return answer

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(field for test in self.tests for field in test.fields)


@attrs.frozen
class AnyOf:
    """One test is true: one true makes it true, else one unknown makes it unknown. No tests: never true.

    >>> AnyOf((Eq("a", 1), Eq("b", 2))).holds({"a": 1}), AnyOf((Eq("a", 1), Eq("b", 2))).holds({"a": 3})
    (True, None)
    """

    tests: tuple[Condition, ...] = attrs.field(default=(), converter=as_tuple, eq=_in_any_order)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when that hangs on a missing fact."""
        answer: bool | None = False
        for test in self.tests:
            found = test.holds(facts)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(field for test in self.tests for field in test.fields)


@attrs.frozen
class Not:
    """The test is false; unknown stays unknown.

    >>> Not(Eq("kind", "fault")).holds({"kind": "complaint"}), Not(Eq("kind", "fault")).holds({})
    (True, None)
    """

    test: Condition

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when that hangs on a missing fact."""
        found = self.test.holds(facts)
        return None if found is None else not found

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return self.test.fields


Condition: TypeAlias = "Eq | In | Range | Prefix | Suffix | Contains | Present | Opaque | AllOf | AnyOf | Not"
ANYTHING = AllOf()
"""The condition that always holds."""


def as_all(condition: Condition) -> AllOf:
    """A field's converter: a single test is all that must hold, so that one condition has one spelling.

    >>> as_all(Eq("kind", "fault"))
    AllOf(tests=(Eq(field='kind', value='fault'),))
    """
    return condition if isinstance(condition, AllOf) else AllOf((condition,))
