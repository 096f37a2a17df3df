"""Tests on facts: a closed, typed algebra with three answers, true, false and unknown.

A missing fact makes a test unknown; a rule matches only on true. Nothing is evaluated but what stands here: no eval,
no pattern from a file, no attribute of an object. What joins tests stands in :mod:`svcstd.conditions.logic`.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from svcstd.conditions.facts import Facts, FactValue
from svcstd.conditions.interval import Bound, Interval, place_of
from svcstd.errors import DefinitionError, FactError
from svcstd.keyed import as_tuple

__all__ = ["Contains", "Eq", "In", "Opaque", "Prefix", "Present", "Range", "Suffix", "Test"]


def _meant(value: FactValue) -> object:
    """What makes two values equal: bool stays apart from numbers (Python holds True == 1), zones do not matter."""
    return place_of(value) or (isinstance(value, bool), value)


def _all_meant(values: tuple[FactValue, ...]) -> tuple[object, ...]:
    return tuple(map(_meant, values))


@attrs.frozen
class Eq:
    """The fact is this value.

    >>> Eq("kind", "fault").holds({"kind": "fault"}), Eq("kind", "fault").holds({})
    (True, None)
    """

    field: str
    value: FactValue = attrs.field(eq=_meant)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing."""
        found = facts.get(self.field)
        return None if found is None else _meant(found) == _meant(self.value)

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
        return frozenset((self.field,))


@attrs.frozen
class In:
    """The fact is one of these values.

    >>> In("kind", ("fault", "complaint")).holds({"kind": "consultation"})
    False
    """

    field: str
    values: tuple[FactValue, ...] = attrs.field(converter=as_tuple, eq=_all_meant)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing."""
        found = facts.get(self.field)
        return None if found is None else _meant(found) in _all_meant(self.values)

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Range:
    """The fact lies between two bounds; ``None`` is unbounded on that side.

    Attributes:
        field: a fact of an ordered kind: integer, number, date, moment or duration.
        low, high: the bounds.
        low_closed, high_closed: whether a bound itself belongs to it.

    Raises:
        DefinitionError: no bound, a bound without order, bounds that are not comparable, or an empty range.

    >>> Range("amount", 1000, None).holds({"amount": 1000})
    True
    """

    field: str
    low: Bound | None = attrs.field(eq=place_of)
    high: Bound | None = attrs.field(eq=place_of)
    low_closed: bool = attrs.field(default=True, kw_only=True)
    high_closed: bool = attrs.field(default=True, kw_only=True)
    interval: Interval = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        try:
            found = Interval(self.low, self.high, low_closed=self.low_closed, high_closed=self.high_closed)
        except DefinitionError as error:
            raise error.at(self.field) from None
        object.__setattr__(self, "interval", found)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing.

        Raises:
            FactError: a fact that cannot be compared with the bounds.
        """
        found = facts.get(self.field)
        if found is None:
            return None
        inside = self.interval.has(found)
        if inside is None:
            raise FactError(f"facts.{self.field}", "facts.kind", value=repr(found), kind=self.interval.line)
        return inside

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
        return frozenset((self.field,))


def _part(part: object) -> str:
    if not isinstance(part, str) or not part:
        raise DefinitionError("part", "condition.part", value=repr(part))
    return part


def _text_of(field: str, facts: Facts) -> str | None:
    found = facts.get(field)
    if found is None or isinstance(found, str):
        return found
    raise FactError(f"facts.{field}", "facts.kind", value=repr(found), kind="text")


@attrs.frozen
class Prefix:
    """The text starts with these letters, at least one.

    >>> Prefix("product", "AB-").holds({"product": "AB-123"})
    True
    """

    field: str
    part: str = attrs.field(converter=_part)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing; a fact that is no text is a :class:`FactError`."""
        found = _text_of(self.field, facts)
        return None if found is None else found.startswith(self.part)

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Suffix:
    """The text ends with these letters, at least one.

    >>> Suffix("file", ".pdf").holds({"file": "bill.txt"})
    False
    """

    field: str
    part: str = attrs.field(converter=_part)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing; a fact that is no text is a :class:`FactError`."""
        found = _text_of(self.field, facts)
        return None if found is None else found.endswith(self.part)

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Contains:
    """The text holds these letters somewhere, at least one.

    >>> Contains("subject", "refund").holds({"subject": "my refund"})
    True
    """

    field: str
    part: str = attrs.field(converter=_part)

    def holds(self, facts: Facts) -> bool | None:
        """True, false, or ``None`` when the fact is missing; a fact that is no text is a :class:`FactError`."""
        found = _text_of(self.field, facts)
        return None if found is None else self.part in found

    @property
    def fields(self) -> frozenset[str]:
        """The fact it reads."""
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
        """The fact it reads."""
        return frozenset((self.field,))


@attrs.frozen
class Opaque:
    """A test that the embedding program brings: only from Python, never from a file; analysis calls it unknown.

    Attributes:
        name: for people.
        test: facts to true, false or ``None``; pure, or nothing can be replayed.
        reads: the facts it reads.

    >>> Opaque("is a regular", lambda facts: facts["visits"] > 9, reads=("visits",)).holds({"visits": 10})
    True
    """

    name: str
    test: Callable[[Facts], bool | None]
    reads: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    def holds(self, facts: Facts) -> bool | None:
        """What the program answers.

        Raises:
            FactError: an answer that is neither true, false nor ``None``.
        """
        answer = self.test(facts)
        if answer is not None and not isinstance(answer, bool):
            raise FactError(self.name, "condition.opaque", value=repr(answer))
        return answer

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(self.reads)


Test = Eq | In | Range | Prefix | Suffix | Contains | Present
"""A test of one fact that a file can hold."""
