"""Which rules fit, by bits: for each fact a table from its value to the rules it allows, and one AND over the facts.

Bit n stands for rule n. The lowest bit of the result is the first rule that fits; a rule missing in the tables of just
one fact is a near miss. Tests that span several facts, or that ask for the end or the middle of a text, are asked at
the end, of those rules only that are still left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from math import ceil, floor
from typing import Any, NamedTuple, TypeAlias

import attrs

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    Facts,
    FactSchema,
    FactValue,
    In,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
)
from svcstd.conditions.interval import place_of

__all__ = ["Index", "Lookup", "Near"]

Ask: TypeAlias = "Callable[[Any], int]"
LAST_LETTER = "\U0010ffff"
EXACT: Mapping[str, frozenset[type]] = {
    "integer": frozenset((int,)),
    "number": frozenset((int, Decimal)),
    "date": frozenset((date,)),
    "text": frozenset((str,)),
}
"""Types whose values can be looked up as they are."""


class Near(NamedTuple):
    """How far the rules are from a case, as bits.

    Attributes:
        fits: the rules that fit.
        once: those that fail by the tests of one fact alone.
        by_fact: those that fail by the tests of a fact; under no name, by tests that span several.
    """

    fits: int
    once: int
    by_fact: Mapping[str, int]


@attrs.frozen(eq=False)
class Lookup:
    """Which rules the values of one fact allow, as bits: those they pass, and those that do not ask it.

    Attributes:
        of: the rules of a value of the declared kind; nothing stands for a missing fact.
        starts: for an ordered fact, the whole places of its line at which other rules begin, in order.
        masks: the rules before the first of them, and from each on; where two start alike, the last counts.
    """

    of: Callable[[FactValue], int]
    starts: tuple[int, ...] = ()
    masks: tuple[int, ...] = ()


@attrs.frozen(eq=False)
class Index:
    """The rules of a table, compiled. Facts must be of their declared kinds.

    >>> from svcstd.conditions import FactType
    >>> schema = FactSchema({"kind": FactType(), "amount": FactType("integer")})
    >>> index = Index.of([Eq("kind", "fault"), Range("amount", 5, None)], schema)
    >>> bin(index.bits({"kind": "fault", "amount": 9})), index.first({"amount": 1})
    ('0b11', -1)
    """

    _everything: int
    _words: tuple[tuple[str, Mapping[FactValue, int], int], ...]
    _flags: tuple[tuple[str, int, int, int], ...]
    _cuts: tuple[tuple[str, list[Any], list[int], int, frozenset[type]], ...]
    _places: tuple[tuple[str, list[Any], list[int], int], ...]
    _left: int
    _rest: Mapping[int, Condition]
    _schema: FactSchema

    @classmethod
    def of(cls, conditions: Iterable[Condition], schema: FactSchema) -> Index:
        """The index of these conditions, in order."""
        return _Compiler(list(conditions), schema).index()

    def bits(self, facts: Facts) -> int:
        """The rules that fit.

        Raises:
            FactError: a fact of another kind than declared.
        """
        found = self._everything
        get = facts.get
        try:
            for field, table, other in self._words:
                found &= table.get(get(field), other)
            for field, yes, no, missing in self._flags:
                value = get(field)
                found &= yes if value is True else no if value is False else self._flag(field, value, missing)
            if not found:
                return 0
            for field, cuts, masks, missing, exact in self._cuts:
                value = get(field)
                if value is None:
                    found &= missing
                else:
                    found &= masks[bisect_right(cuts, value if type(value) in exact else self._checked(field, value))]
            for field, cuts, masks, missing in self._places:
                value = get(field)
                found &= missing if value is None else _at(cuts, masks, self._place(field, value))
        except TypeError:  # a value that is not comparable or not hashable: say which
            self._schema.only(frozenset(facts)).check(
                {name: facts[name] for name in facts if name in self._schema.types}
            )
            raise
        return found if not found & self._left else self._asked(found, facts)

    def first(self, facts: Facts) -> int:
        """The number of the first rule that fits, from 0; -1 for none."""
        found = self.bits(facts)
        return (found & -found).bit_length() - 1

    def near(self, facts: Facts) -> Near:
        """The rules that fit, those that fail by the tests of one fact alone, and by fact those that fail by it.

        The facts must have been checked.
        """
        by_fact = dict(self._failing(facts))
        once = twice = 0
        for failing in by_fact.values():
            twice |= once & failing
            once |= failing
        return Near(self._everything & ~once, once & ~twice, by_fact)

    @property
    def rest(self) -> Mapping[int, Condition]:
        """By number of the rule, what no table tells: tests of several facts, of the end or the middle of a text."""
        return self._rest

    def lookups(self) -> Iterator[tuple[str, Lookup]]:
        """For each fact that has a table, the rules that its values allow; see :class:`Lookup`.

        >>> from svcstd.conditions import FactType
        >>> index = Index.of([Range("amount", 5, None)], FactSchema({"amount": FactType("integer")}))
        >>> [(field, one.of(4), one.of(5), one.starts) for field, one in index.lookups()]
        [('amount', 0, 1, (5,))]
        """
        for field, table, other in self._words:
            yield field, Lookup(partial(_word, table, other))
        for field, yes, no, missing in self._flags:
            yield field, Lookup(partial(_word, {True: yes, False: no}, missing))
        for field, cuts, masks, missing, _ in self._cuts:
            yield field, Lookup(partial(_stretch, cuts, masks, missing), *_whole_cuts(cuts, masks))
        for field, cuts, masks, missing in self._places:
            yield field, Lookup(partial(_at_value, cuts, masks, missing), *_whole_places(cuts, masks))

    def _failing(self, facts: Facts) -> Iterator[tuple[str, int]]:
        everything, get = self._everything, facts.get
        for field, table, other in self._words:
            yield field, everything & ~table.get(get(field), other)
        for field, yes, no, missing in self._flags:
            value = get(field)
            yield field, everything & ~(missing if value is None else yes if value else no)
        for field, cuts, masks, missing, _ in self._cuts:
            value = get(field)
            yield field, everything & ~(missing if value is None else masks[bisect_right(cuts, value)])
        for field, cuts, masks, missing in self._places:
            value = get(field)
            yield field, everything & ~(missing if value is None else _at(cuts, masks, self._place(field, value)))
        left = sum(1 << number for number, rest in self._rest.items() if rest.holds(facts) is not True)
        yield "", left

    def _asked(self, found: int, facts: Facts) -> int:
        waiting = found & self._left
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            if self._rest[bit.bit_length() - 1].holds(facts) is not True:
                found ^= bit
        return found

    def _flag(self, field: str, value: FactValue, missing: int) -> int:
        self._checked(field, value)
        return missing

    def _checked(self, field: str, value: FactValue) -> FactValue:
        self._schema.types[field].check(field, value)
        return value

    def _place(self, field: str, value: FactValue) -> int | Decimal:
        place = place_of(self._checked(field, value))
        assert place is not None  # noqa: S101 - checked on the line before
        return place[1]


def _at(cuts: list[Any], masks: list[int], place: int | Decimal) -> int:
    """The mask of a point among cuts, or of the stretch between them."""
    number = bisect_left(cuts, place)
    return masks[2 * number + (number < len(cuts) and cuts[number] == place)]


def _word(table: Mapping[FactValue, int], other: int, value: FactValue) -> int:
    return table.get(value, other)


def _stretch(cuts: list[Any], masks: list[int], missing: int, value: FactValue) -> int:
    return missing if value is None else masks[bisect_right(cuts, value)]


def _at_value(cuts: list[Any], masks: list[int], missing: int, value: FactValue) -> int:
    place = place_of(value)
    return missing if place is None else _at(cuts, masks, place[1])


def _whole_cuts(cuts: list[Any], masks: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first whole place of each stretch; texts have none."""
    places = [place[1] for cut in cuts if (place := place_of(cut)) is not None]
    return (tuple(map(ceil, places)), tuple(masks)) if len(places) == len(cuts) else ((), ())


def _whole_places(cuts: list[Any], masks: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The same where each cut is a stretch of its own; one between two whole places is met by none."""
    starts = [start for cut in cuts for start in (ceil(cut), floor(cut) + 1)]
    return tuple(starts), tuple(masks)


class _Compiler:
    """Sorts the tests of each rule by fact, and makes a table of each."""

    def __init__(self, conditions: list[Condition], schema: FactSchema) -> None:
        self._schema, self._count = schema, len(conditions)
        self._tests: dict[str, dict[Condition, int]] = {}
        self._rest: dict[int, list[Condition]] = {}
        for number, condition in enumerate(conditions):
            for test in _conjuncts(condition):
                field = _one_field(test)
                if field and _is_simple(test):
                    mine = self._tests.setdefault(field, {})
                    mine[test] = mine.get(test, 0) | 1 << number
                else:
                    self._rest.setdefault(number, []).append(test)

    def index(self) -> Index:
        """The finished index."""
        words, flags, cuts, places = [], [], [], []
        for field, tests in self._tests.items():
            kind = self._schema.types[field].kind
            missing = self._mask(tests, {})
            if kind == "true or false":
                flags.append((field, self._mask(tests, {field: True}), self._mask(tests, {field: False}), missing))
            elif kind == "text" and not any(isinstance(leaf, Prefix) for test in tests for leaf in _leaves(test)):
                words.append(self._word(field, tests, missing))
            elif kind in EXACT and (edges := self._edges(tests, kind)) is not None:
                masks = [self._mask(tests, {field: value}) for value in (_before(edges, kind), *edges)]
                cuts.append((field, edges, masks, missing, EXACT[kind]))
            else:
                places.append(self._line(field, tests, missing))
        rest = {number: AllOf(tests) for number, tests in self._rest.items()}
        return Index(
            (1 << self._count) - 1,
            tuple(words),
            tuple(flags),
            tuple(cuts),
            tuple(places),
            sum(1 << number for number in rest),
            rest,
            self._schema,
        )

    def _mask(self, tests: Mapping[Condition, int], facts: Facts) -> int:
        """The rules that a value of one fact allows: those it passes, and those that do not ask."""
        found = (1 << self._count) - 1
        for test, rules in tests.items():
            if test.holds(facts) is not True:
                found &= ~rules
        return found

    def _word(self, field: str, tests: Mapping[Condition, int], missing: int) -> tuple[str, dict[FactValue, int], int]:
        named = {value for test in tests for leaf in _leaves(test) for value in _literals(leaf)}
        other = next(text for text in ("other", *(f"other{n}" for n in range(len(named) + 1))) if text not in named)
        table: dict[FactValue, int] = {value: self._mask(tests, {field: value}) for value in named}
        return field, table | {None: missing}, self._mask(tests, {field: other})

    def _edges(self, tests: Mapping[Condition, int], kind: str) -> list[Any] | None:
        """Where a new stretch begins, each with its first value; ``None`` where a stretch has none."""
        edges: set[Any] = set()
        for test in tests:
            for leaf in _leaves(test):
                found = _edges_of(leaf, kind)
                if found is None:
                    return None
                edges |= found
        return sorted(edges)

    def _line(self, field: str, tests: Mapping[Condition, int], missing: int) -> tuple[str, list[Any], list[int], int]:
        """A mask for every bound and for every stretch between two of them."""
        by_place: dict[int | Decimal, FactValue] = {}
        for value in (value for test in tests for leaf in _leaves(test) for value in _bounds(leaf)):
            place = place_of(value)
            by_place |= {} if place is None else {place[1]: value}
        cuts = sorted(by_place)
        full = (1 << self._count) - 1
        masks = [full] * (2 * len(cuts) + 1)
        for test, rules in tests.items():
            for number, holds in enumerate(_along(test, cuts)):
                masks[number] &= full if holds is True else ~rules
        return field, cuts, masks, missing


def _along(test: Condition, cuts: list[int | Decimal]) -> list[bool]:
    """Whether a test of one ordered fact holds at each bound and between each two, for any value there."""
    size = 2 * len(cuts) + 1
    match test:
        case AllOf() | AnyOf():
            parts = [_along(one, cuts) for one in test.tests]
            return [(all if isinstance(test, AllOf) else any)(part[n] for part in parts) for n in range(size)]
        case Not():
            return [not one for one in _along(test.test, cuts)]
        case Present():
            return [test.expected] * size
        case Range():
            low, high = test.interval.ends
            first = 0 if low is None else 2 * bisect_left(cuts, low) + (1 if test.low_closed else 2)
            last = size if high is None else 2 * bisect_left(cuts, high) + (2 if test.high_closed else 1)
            return [first <= number < last for number in range(size)]
        case _:
            places = {place[1] for value in _literals(test) if (place := place_of(value)) is not None}
            return [number % 2 == 1 and cuts[number // 2] in places for number in range(size)]


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for test in condition.tests:
            yield from _conjuncts(test)
    else:
        yield condition


def _leaves(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                yield from _leaves(test)
        case Not():
            yield from _leaves(condition.test)
        case _:
            yield condition


def _one_field(test: Condition) -> str:
    fields = test.fields
    return next(iter(fields)) if len(fields) == 1 else ""


def _is_simple(test: Condition) -> bool:
    return not any(isinstance(leaf, Suffix | Contains | Opaque) for leaf in _leaves(test))


def _literals(test: Condition) -> tuple[FactValue, ...]:
    if isinstance(test, Eq):
        return (test.value,)
    return test.values if isinstance(test, In) else ()


def _bounds(test: Condition) -> tuple[FactValue, ...]:
    return (
        tuple(one for one in (test.low, test.high) if one is not None) if isinstance(test, Range) else _literals(test)
    )


def _edges_of(test: Condition, kind: str) -> set[Any] | None:
    """The values at which a stretch begins, so that one search to the right finds it; ``None`` for open stretches."""
    found: set[Any] = set()
    starts: tuple[tuple[FactValue, bool], ...]
    match test:
        case Prefix():
            return {test.part} | ({after} if (after := _after(test.part)) else set())
        case Range():
            starts = ((test.low, test.low_closed), (test.high, not test.high_closed))
        case _:
            starts = tuple((value, closed) for value in _literals(test) for closed in (True, False))
    for value, closed in starts:
        if value is not None and not closed:
            following = _next(value, kind)
            if following is None:
                return None
            found.add(following)
        elif value is not None:
            found.add(value)
    return found


def _next(value: Any, kind: str) -> Any:
    """The smallest value above; ``None`` where there is none."""
    match kind:
        case "integer":
            return value + 1
        case "date":
            return value + timedelta(days=1) if value < date.max else None
        case "text":
            return value + "\0"
        case _:
            return None


def _after(part: str) -> str:
    """The first text after all that begin with this one; empty for none."""
    cut = part.rstrip(LAST_LETTER)
    return cut[:-1] + chr(ord(cut[-1]) + 1) if cut else ""


def _before(edges: list[Any], kind: str) -> Any:
    """A value below all edges, if there is one; the first edge itself where nothing lies below."""
    if not edges:
        return {"integer": 0, "number": 0, "date": date.min, "text": ""}[kind]
    match kind:
        case "date":
            return edges[0] - timedelta(days=1) if edges[0] > date.min else edges[0]
        case "text":
            return ""
        case _:
            return edges[0] - 1
