"""Conditions as boxes over finitely many cells: every analysis reads them so.

The values of a fact fall into cells that no test of the given conditions can tell apart; missing is one more cell. A
cell is known by one value in it, its witness. A condition is then a union of boxes, each a set of cells per fact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import chain, combinations, product
from typing import TypeAlias

import attrs

from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import FactSchema, FactType, FactValue
from svcstd.conditions.interval import place_of
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.moment import FIRST, HOUR, LAST, MINUTE, UTC, moment

__all__ = ["Box", "Cells", "TooManyCells", "cells_of", "meet"]

Box: TypeAlias = "tuple[int, ...]"
"""A set of cells per fact, as the bits of a number; bit 0 is missing."""
Test: TypeAlias = "Eq | In | Range | Prefix | Suffix | Contains | Present"
MISSING = 1
MOST_CELLS = 5_000
MOST_BOXES = 2_000
MOST_CONTAINS = 10
STEPS: Mapping[str, tuple[int, ...]] = {"number": (1,), "date": (1,), "moment": (HOUR, 1), "duration": (MINUTE, 1)}
"""How far beside a bound a witness stands, the friendliest first."""
LAST_DAY = date.max.toordinal()
LONGEST = 10**17
"""Microseconds of the longest duration that is looked at: some three thousand years."""
FILLERS = "xyzqwvkj_~*#"


class TooManyCells(Exception):  # noqa: N818 - reads as the sentence it is
    """More cells or boxes than the analysis will look at: its answer is unknown."""


@attrs.frozen
class _Line:
    """The cells of an ordered fact: every bound is one, and so is what lies between two of them.

    Attributes:
        cuts: the places of the bounds, in order.
        bits: by 2n + 1 for cut n, and by 2n for what lies before it, the number of the cell; ``None`` for an empty one.
    """

    cuts: tuple[int | Decimal, ...]
    bits: tuple[int | None, ...]

    def point(self, place: int | Decimal) -> int:
        """The cell of a value among the cuts; 0 for a value outside the domain."""
        number = bisect_left(self.cuts, place)
        bit = self.bits[2 * number + 1] if number < len(self.cuts) and self.cuts[number] == place else None
        return 0 if bit is None else 1 << bit

    def stretch(self, test: Range) -> int:
        """The cells within a range whose bounds are cuts."""
        low, high = test.interval.ends
        first = 0 if low is None else 2 * bisect_left(self.cuts, low) + (1 if test.low_closed else 2)
        last = len(self.bits) if high is None else 2 * bisect_left(self.cuts, high) + (2 if test.high_closed else 1)
        return sum(1 << bit for bit in self.bits[first:last] if bit is not None)


@attrs.frozen(eq=False)
class Cells:
    """The cells of every fact that some conditions read.

    Attributes:
        fields: the facts, in order.
        values: by fact, the witness of each cell; the first is ``None``, missing.
        full: the box of everything.
    """

    fields: tuple[str, ...]
    values: tuple[tuple[FactValue, ...], ...]
    full: Box
    _kinds: tuple[FactType, ...] = attrs.field(repr=False)
    _lines: Mapping[str, _Line] = attrs.field(repr=False)
    _named: tuple[Mapping[FactValue, int], ...] = attrs.field(repr=False)
    _places: Mapping[str, int] = attrs.field(repr=False)
    _cache: dict[Test, tuple[int, int]] = attrs.field(factory=dict, repr=False)

    def masks(self, test: Test) -> tuple[int, int]:
        """The cells of its fact in which a test is true, and those in which it is false."""
        found = self._cache.get(test)
        if found is None:
            number = self._places[test.field]
            everything = self.full[number]
            if isinstance(test, Present):
                true = everything & ~MISSING if test.expected else MISSING
                found = true, everything & ~true
            else:
                true = self._true(test, number)
                found = true, everything & ~true & ~MISSING
            self._cache[test] = found
        return found

    def _true(self, test: Eq | In | Range | Prefix | Suffix | Contains, number: int) -> int:
        line = self._lines.get(test.field)
        match test:
            case Eq() | In():
                values = (test.value,) if isinstance(test, Eq) else test.values
                if line is not None:
                    places = [place_of(value) for value in values]
                    bits = [line.point(place[1]) for place in places if place is not None]
                else:
                    bits = [self._named[number].get(value, 0) for value in values]
                return _union(bits)
            case Range():
                return line.stretch(test) if line is not None else 0
            case _:
                pairs = enumerate(self.values[number])
                return _union(1 << bit for bit, value in pairs if test.holds({test.field: value}) is True)

    def boxes(self, condition: Condition, *, sure: bool = True) -> list[Box]:
        """Where a condition is true; a test from Python is nowhere *sure* and everywhere possible.

        Raises:
            TooManyCells: too many boxes to look at.
        """
        return self._where(condition, answer=True, sure=sure)

    def _where(self, condition: Condition, *, answer: bool, sure: bool) -> list[Box]:
        match condition:
            case Not():
                return self._where(condition.test, answer=not answer, sure=sure)
            case Opaque():
                return [] if sure else [self.full]
            case AllOf() | AnyOf():
                parts = [self._where(test, answer=answer, sure=sure) for test in condition.tests]
                if isinstance(condition, AllOf) == answer:
                    return self._meet(parts)
                found = list(dict.fromkeys(box for part in parts for box in part))
                if len(found) > MOST_BOXES:
                    raise TooManyCells
                return found
            case _:
                number = self._places[condition.field]
                mask = self.masks(condition)[0 if answer else 1]
                return [(*self.full[:number], mask, *self.full[number + 1 :])] if mask else []

    def _meet(self, parts: list[list[Box]]) -> list[Box]:
        found = [self.full]
        for part in parts:
            met = (meet(left, right) for left in found for right in part)
            found = list(dict.fromkeys(box for box in met if box is not None))
            if len(found) > MOST_BOXES:
                raise TooManyCells
        return found

    def witness(self, box: Box) -> dict[str, FactValue]:
        """Facts in a box: a known value of every fact that the box restricts, as far as one is in it."""
        found = {}
        for field, values, mask, everything in zip(self.fields, self.values, box, self.full, strict=True):
            known = mask & ~MISSING
            if mask != everything and known:
                found[field] = values[(known & -known).bit_length() - 1]
        return found

    def condition(self, box: Box) -> AllOf:
        """A box in words: the tests that its cells pass; cells told apart by patterns go by their witnesses."""
        tests: list[Condition] = []
        for number, (field, mask) in enumerate(zip(self.fields, box, strict=True)):
            if mask != self.full[number]:
                tests.append(self._side(number, field, mask))
        return AllOf(tests)

    def _side(self, number: int, field: str, mask: int) -> Condition:
        everything = self.full[number]
        if mask | MISSING == everything:
            return Present(field)
        parts: list[Condition] = [Present(field, expected=False)] if mask & MISSING else []
        known = mask & ~MISSING
        if known:
            parts += self._stretches(field, known, number) if field in self._lines else [self._listed(number, known)]
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def _listed(self, number: int, mask: int) -> Condition:
        field, values = self.fields[number], self.values[number]
        unnamed = [value for value in values[1:] if value not in self._named[number]]
        inside = [value for bit, value in enumerate(values) if bit and mask >> bit & 1]
        if len(unnamed) == 1 and unnamed[0] in inside:
            named = tuple(value for value in values[1:] if value not in inside)
            return Not(_one_of(field, named)) if named else Present(field)
        return _one_of(field, tuple(inside))

    def _stretches(self, field: str, mask: int, number: int) -> Iterator[Condition]:
        """The runs of neighbouring cells as ranges between cuts."""
        line, values, kind = self._lines[field], self.values[number], self._kinds[number]
        runs: list[tuple[int, int]] = []
        for place, bit in enumerate(line.bits):
            if bit is not None and mask >> bit & 1:
                joins = bool(runs) and all(line.bits[between] is None for between in range(runs[-1][1] + 1, place))
                runs[-1:] = [(runs[-1][0], place)] if joins else [*runs[-1:], (place, place)]
        for first, last in runs:
            if first == last and first % 2:
                yield Eq(field, values[line.bits[first] or 0])
            else:
                low = None if _is_empty(line.bits[:first]) else _value_of(kind, line.cuts[(first - 1) // 2])
                high = None if _is_empty(line.bits[last + 1 :]) else _value_of(kind, line.cuts[last // 2])
                yield Range(field, low, high, low_closed=bool(first % 2), high_closed=bool(last % 2))  # type: ignore[arg-type]


def _is_empty(bits: Iterable[int | None]) -> bool:
    return all(bit is None for bit in bits)


def meet(left: Box, right: Box) -> Box | None:
    """What lies in both boxes; ``None`` for nothing."""
    found = tuple([one & other for one, other in zip(left, right, strict=True)])
    return found if all(found) else None


def _one_of(field: str, values: tuple[FactValue, ...]) -> Condition:
    return Eq(field, values[0]) if len(values) == 1 else In(field, values)


def _union(bits: Iterable[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found


def cells_of(conditions: Iterable[Condition], schema: FactSchema) -> Cells:
    """The cells of every declared fact that these conditions read.

    Raises:
        TooManyCells: a fact with more cells than will be looked at.

    >>> cells = cells_of([Range("amount", 5, None)], FactSchema({"amount": FactType("integer")}))
    >>> cells.values, cells.boxes(Not(Range("amount", 5, None)))
    (((None, 4, 5, 6),), [(2,)])
    """
    tests: dict[str, dict[Test, None]] = {}
    read: dict[str, None] = {}
    for condition in conditions:
        for test in _leaves(condition):
            read |= dict.fromkeys(sorted(test.fields))
            if not isinstance(test, Opaque):
                tests.setdefault(test.field, {})[test] = None
    fields = tuple(name for name in schema.types if name in read)
    lines: dict[str, _Line] = {}
    values: list[tuple[FactValue, ...]] = []
    for field in fields:
        kind = schema.types[field]
        if kind.is_ordered:
            lines[field], found = _ordered(kind, tests.get(field, {}))
        else:
            found = _unordered(kind, tests.get(field, {}))
        if len(found) > MOST_CELLS:
            raise TooManyCells
        values.append((None, *found))
    kinds = tuple(schema.types[field] for field in fields)
    named = tuple(
        {value: 1 << bit for bit, value in enumerate(found) if bit and _is_named(value, kind, tests.get(field, {}))}
        for field, found, kind in zip(fields, values, kinds, strict=True)
    )
    full = tuple((1 << len(found)) - 1 for found in values)
    return Cells(fields, tuple(values), full, kinds, lines, named, {field: at for at, field in enumerate(fields)})


def _leaves(condition: Condition) -> Iterator[Test | Opaque]:
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                yield from _leaves(test)
        case Not():
            yield from _leaves(condition.test)
        case _:
            yield condition


def _is_named(value: FactValue, kind: FactType, tests: Mapping[Test, None]) -> bool:
    """Whether a value stands for itself alone, not for all that nobody names."""
    return kind.kind != "text" or bool(kind.one_of) or value in set(_literals(tests))


def _literals(tests: Iterable[Test]) -> Iterator[FactValue]:
    for test in tests:
        if isinstance(test, Eq):
            yield test.value
        elif isinstance(test, In):
            yield from test.values


def _unordered(kind: FactType, tests: Iterable[Test]) -> tuple[FactValue, ...]:
    """One value for each cell of a text or a flag; what nobody names comes last."""
    if kind.kind == "true or false":
        return (True, False)
    if kind.one_of:
        return kind.one_of
    named = tuple(dict.fromkeys(value for value in _literals(tests) if isinstance(value, str)))
    return (*named, *_unnamed(named, [test for test in tests if isinstance(test, Prefix | Suffix | Contains)]))


def _unnamed(named: tuple[str, ...], patterns: list[Prefix | Suffix | Contains]) -> tuple[str, ...]:
    """A text for every way to pass and fail the patterns that no literal is equal to.

    The text for a beginning, an end and parts in the middle is built of just these, held apart by a letter that stands
    in no pattern and no literal: so it passes no other pattern than every text with them must.
    """
    parts: dict[type, list[str]] = {Prefix: [], Suffix: [], Contains: []}
    for pattern in patterns:
        parts[type(pattern)].append(pattern.part)
    letters = {letter for text in (*named, *(pattern.part for pattern in patterns)) for letter in text}
    codes = (chr(code) for code in range(0x4E00, 0xD000))
    filler = next(letter for letter in chain(FILLERS, codes) if letter not in letters)
    if len(parts[Contains]) > MOST_CONTAINS or len(parts[Prefix]) * len(parts[Suffix]) > MOST_CELLS:
        raise TooManyCells
    inside = [one for size in range(len(parts[Contains]) + 1) for one in combinations(parts[Contains], size)]
    found: dict[tuple[bool | None, ...], str] = {}
    for before, after, middle in product(["", *parts[Prefix]], ["", *parts[Suffix]], inside):
        text = f"{before}{filler}{filler.join(middle)}{filler if middle else ''}{after}"
        if not (before or after or middle) and "other" not in named:
            text = "other" if not any(pattern.holds({pattern.field: "other"}) for pattern in patterns) else text
        found.setdefault(tuple(pattern.holds({pattern.field: text}) for pattern in patterns), text)
        if len(found) > MOST_CELLS:
            raise TooManyCells
    return tuple(found.values())


def _ordered(kind: FactType, tests: Iterable[Test]) -> tuple[_Line, tuple[FactValue, ...]]:
    """The line of an ordered fact, and one value for each of its cells."""
    ends = [end for test in tests if isinstance(test, Range) for end in test.interval.ends]
    ends += [place[1] for value in _literals(tests) if (place := place_of(value)) is not None]
    domain = () if kind.within is None else kind.within.ends
    cuts = tuple(sorted({end for end in (*ends, *domain) if end is not None}))
    bits: list[int | None] = []
    values: list[FactValue] = []
    for number in range(2 * len(cuts) + 1):
        half, odd = divmod(number, 2)
        candidates = [cuts[half]] if odd else _beside(kind, cuts, half)
        fits = (_value_of(kind, one) for one in candidates)
        value = next((one for one in fits if one is not None and (kind.within is None or kind.within.has(one))), None)
        bits.append(None if value is None else len(values) + 1)
        values += [] if value is None else [value]
    return _Line(cuts, tuple(bits)), tuple(values)


def _beside(kind: FactType, cuts: tuple[int | Decimal, ...], number: int) -> list[int | Decimal]:
    """Places strictly between two neighbouring cuts, the friendliest first."""
    low = cuts[number - 1] if number else None
    high = cuts[number] if number < len(cuts) else None
    found: list[int | Decimal] = []
    for step in STEPS[str(kind.line)]:
        found += [low + step] if low is not None else []
        found += [high - step] if high is not None else []
    if low is None and high is None:
        found.append({"date": date(2026, 1, 1).toordinal(), "moment": 1_767_225_600_000_000}.get(str(kind.line), 0))
    if kind.kind == "number" and low is not None and high is not None:
        with localcontext(prec=200):
            found.append((Decimal(low) + Decimal(high)) / 2)
    return [one for one in found if (low is None or one > low) and (high is None or one < high)]


def _value_of(kind: FactType, place: int | Decimal) -> FactValue:
    """The value at a place of the fact's line; ``None`` where there is none."""
    match kind.line:
        case "date":
            return date.fromordinal(int(place)) if 0 < place <= LAST_DAY else None
        case "moment":
            return moment(int(place), UTC) if FIRST <= place <= LAST else None
        case "duration":
            return timedelta(microseconds=int(place)) if 0 <= place <= LONGEST else None
        case _:
            return int(place) if kind.kind == "integer" or place == int(place) else place
