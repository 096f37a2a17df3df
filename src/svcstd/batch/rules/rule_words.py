"""Which rules fit, over columns: bits in words of 64, of which every value of a fact has its own.

The index of the rules is taken as it is. A chunk of rows is one gather and one AND for each fact; what no table tells
is asked only of the rows for which the rule is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.chunks import chunks
from svcstd.batch.rules.fact_columns import LEAST, MOST, FactColumn, FactColumns, Measured
from svcstd.batch.rules.kleene import Asked
from svcstd.batch.rules.plan import Plan
from svcstd.conditions import Condition
from svcstd.rules.index import Lookup

__all__ = ["NOBODY", "WIDTH", "Fitting", "Numbers", "Words", "lowest", "others", "words_of"]

Words: TypeAlias = "NDArray[np.uint64]"
"""Rules as bits: rule n is bit n % 64 of word n // 64."""
Numbers: TypeAlias = "NDArray[np.int32]"
Gather: TypeAlias = "Callable[[slice], Words]"
"""The rules that one fact allows in each row of a chunk."""
WIDTH = 64
MOST_WORDS = 1 << 17
"""Words of one table that stay in the cache of a processor; longer ones are read by a detour over what is distinct."""
NOBODY = -1


def words_of(rules: Iterable[int], width: int) -> Words:
    """``(m, width)`` words of so many sets of rules."""
    found = b"".join(bits.to_bytes(width * 8, "little") for bits in rules)
    return np.frombuffer(found, dtype="<u8").reshape(-1, width)


@attrs.frozen(eq=False)
class Fitting:
    """The rules that fit, chunk by chunk.

    Attributes:
        count, width: of rows, and of words for the rules.
        allowed: ``(1, width)`` the rules that what is the same for all rows allows.
        gathers: by fact, the rules that it allows.
        rest: by rule, what is asked at the end.
        asked: of these columns.
    """

    count: int
    width: int
    allowed: Words
    gathers: tuple[Gather, ...]
    rest: Mapping[int, Condition]
    asked: Asked

    @classmethod
    def of(cls, plan: Plan, facts: FactColumns, days: int | tuple[FactColumn, Lookup]) -> Fitting:
        """The tables of a plan, by the values that the columns have."""
        allowed, width = (1 << len(plan.rows)) - 1, max(1, -(-len(plan.rows) // WIDTH))
        given: list[tuple[FactColumn, Lookup]] = []
        if isinstance(days, int):
            allowed &= days
        else:
            given.append(days)
        for field, lookup in plan.index.lookups():
            column = facts.columns.get(field)
            if column is None:
                allowed &= lookup.of(None)
            else:
                given.append((column, lookup))
        gathers = tuple(_gather(column, lookup, width) for column, lookup in given)
        return cls(len(facts), width, words_of([allowed], width), gathers, plan.index.rest, Asked(facts))

    def __iter__(self) -> Iterator[tuple[slice, Words]]:
        for part in chunks(self.count):
            words = np.repeat(self.allowed, part.stop - part.start, axis=0)
            for gather in self.gathers:
                words &= gather(part)
            self._ask(part, words)
            yield part, words

    def _ask(self, part: slice, words: Words) -> None:
        """Ask what no table tells, where it is still open."""
        for number, rest in self.rest.items():
            word, bit = words[:, number // WIDTH], np.uint64(1 << number % WIDTH)
            rows = np.flatnonzero(word & bit)
            if rows.size:
                fits = self.asked.truth(rest, rows + part.start).true
                word[rows[~fits]] &= ~bit


def _gather(column: FactColumn, lookup: Lookup, width: int) -> Gather:
    if isinstance(column, Measured):
        return _of_places(column, lookup, width)
    found = [lookup.of(value) for value in (*column.values, None)]
    codes = column.codes
    if len(found) * width > MOST_WORDS:
        numbers = {rules: number for number, rules in enumerate(dict.fromkeys(found))}
        codes = np.array([numbers[rules] for rules in found], dtype=np.int32)[codes]
        found = list(numbers)
    table = words_of(found, width)
    return lambda part: table.take(codes[part], axis=0)


def _of_places(column: Measured, lookup: Lookup, width: int) -> Gather:
    """By the stretch in which a place lies; where all stretches are short, by the place itself."""
    reached = [start for start in lookup.starts if start <= MOST]
    starts = np.array([max(start, LEAST) for start in reached], dtype=np.int64)
    table = words_of([*lookup.masks[: len(starts) + 1], lookup.of(None)], width)
    find: Callable[[NDArray[np.int64]], NDArray[np.int64]] = partial(_stretches, starts)
    if reached and reached[0] > LEAST and (reached[-1] - reached[0] + 2) * width <= MOST_WORDS:
        low, high = reached[0] - 1, reached[-1]
        table = table[[*find(np.arange(high - low + 1) + low).tolist(), NOBODY]]
        find = partial(_clipped, low, high)
    sure = bool(column.known.all())

    def gather(part: slice) -> Words:
        number = find(column.places[part])
        if not sure:
            number[~column.known[part]] = NOBODY
        return table.take(number, axis=0)

    return gather


def _stretches(starts: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(starts, places, side="right").astype(np.int64, copy=False)


def _clipped(low: int, high: int, places: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.clip(places, low, high) - low


def lowest(words: Words) -> Numbers:
    """The number of the lowest bit of each row; -1 for none."""
    found = np.full(len(words), NOBODY, dtype=np.int32)
    for number in reversed(range(words.shape[1])):
        word = np.ascontiguousarray(words[:, number])
        below = np.bitwise_count((word - np.uint64(1)) & ~word)
        np.add(below, np.int32(number * WIDTH), out=found, where=word != 0)
    return found


def others(alike: Sequence[int]) -> list[int]:
    """By rule, the rules that it may not fit together with, which have other numbers; and last, none."""
    groups: dict[int, int] = {}
    for number, group in enumerate(alike):
        groups[group] = groups.get(group, 0) | 1 << number
    everything = (1 << len(alike)) - 1
    return [*(everything & ~groups[group] for group in alike), 0]
