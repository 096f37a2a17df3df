"""Tests on facts: a closed, typed algebra with three answers, true, false and unknown.

A missing fact makes a test unknown; a rule matches only on true. Nothing is evaluated but what stands here: no eval,
no pattern from a file, no attribute of an object.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from svcstd.conditions.facts import Facts, FactValue
from svcstd.errors import DefinitionError, FactError
from svcstd.keyed import as_tuple

__all__ = ["ANYTHING", "AllOf", "Condition", "Eq", "In", "Present", "Range"]


def _same(left: FactValue, right: FactValue) -> bool:
    """Equality that keeps bool apart from numbers (Python holds True == 1)."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _order(value: object) -> Literal["number", "date", ""]:
    """On which line a value has its place; empty for none. A moment is no date, true is no number, NaN has no place."""
    match value:
        case bool() | datetime():
            return ""
        case int():
            return "number"
        case Decimal() if value.is_finite():
            return "number"
        case date():
            return "date"
        case _:
            return ""


@attrs.frozen
class Eq:
    """The fact is this value.

    >>> Eq("kind", "fault").holds({"kind": "fault"}), Eq("kind", "fault").holds({})
    (True, None)
    """

    field: str
    value: FactValue

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing."""
        found = facts.get(self.field)
        return None if found is None else _same(found, self.value)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset((self.field,))


@attrs.frozen
class In:
    """The fact is one of these values.

    >>> In("kind", ("fault", "complaint")).holds({"kind": "consultation"})
    False
    """

    field: str
    values: tuple[FactValue, ...] = attrs.field(converter=as_tuple)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing."""
        found = facts.get(self.field)
        return None if found is None else any(_same(found, value) for value in self.values)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Range:
    """The fact lies between two bounds; ``None`` is unbounded on that side.

    Attributes:
        field: a fact of an ordered kind: integer, number or date.
        low, high: the bounds.
        low_closed, high_closed: whether a bound itself belongs to it.

    Raises:
        DefinitionError: no bound, a bound without order, bounds that are not comparable, or an empty range.

    >>> Range("amount", 1000, None).holds({"amount": 1000})
    True
    """

    field: str
    low: int | Decimal | date | None
    high: int | Decimal | date | None
    low_closed: bool = attrs.field(default=True, kw_only=True)
    high_closed: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        low, high = self.low, self.high
        if low is None and high is None:
            raise DefinitionError(self.field, "range.unbounded")
        orders = {_order(bound) for bound in (low, high) if bound is not None}
        if "" in orders or len(orders) > 1:
            raise DefinitionError(self.field, "range.mixed", low=low, high=high)
        if low is None or high is None:
            return
        if low > high or (low == high and not (self.low_closed and self.high_closed)):  # type: ignore[operator]
            raise DefinitionError(self.field, "range.empty", low=low, high=high)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing.

        Raises:
            FactError: a fact that cannot be compared with the bounds.
        """
        found = facts.get(self.field)
        if found is None:
            return None
        order = _order(self.high if self.low is None else self.low)
        if _order(found) != order:
            raise FactError(f"facts.{self.field}", "facts.kind", value=repr(found), kind=order)
        return self._above(found) and self._below(found)

    def _above(self, found: FactValue) -> bool:
        if self.low is None:
            return True
        return bool(found >= self.low if self.low_closed else found > self.low)  # type: ignore[operator]

    def _below(self, found: FactValue) -> bool:
        if self.high is None:
            return True
        return bool(found <= self.high if self.high_closed else found < self.high)  # type: ignore[operator]

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Present:
    """Whether the fact is known at all; never unknown itself.

    >>> Present("city").holds({}), Present("city", expected=False).holds({})
    (False, True)
    """

    field: str
    expected: bool = attrs.field(default=True, kw_only=True)

    def holds(self, facts: Facts) -> bool:
        """True or false."""
        return (facts.get(self.field) is not None) == self.expected

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset((self.field,))


def _in_any_order(tests: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """All tests, whatever the order in which they were written."""
    return tuple(sorted(tests, key=lambda test: sorted(test.fields)))


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


Condition: TypeAlias = "Eq | In | Range | Present | AllOf"
ANYTHING = AllOf()
"""The condition that always holds."""
