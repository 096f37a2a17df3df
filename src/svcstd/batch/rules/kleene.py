"""Conditions over columns: for each row true, false or unknown, as the condition says of the row alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.fact_columns import LEAST, MOST, Bools, FactColumns, Measured, inside
from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    FactValue,
    In,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    check_condition,
)
from svcstd.conditions.interval import place_of
from svcstd.errors import DefinitionError

__all__ = ["Asked", "Truth", "holds"]

Rows: TypeAlias = "slice | NDArray[np.intp]"
Test: TypeAlias = "Eq | In | Range | Prefix | Suffix | Contains | Present"
NO, YES, UNKNOWN, UNASKED = range(4)
EVERY = slice(None)


class Truth(NamedTuple):
    """What a condition says of each row; false where it is neither.

    Attributes:
        true: ``(n,)`` where it holds.
        unknown: ``(n,)`` where that hangs on a missing fact.
    """

    true: Bools
    unknown: Bools


def holds(condition: Condition, facts: FactColumns) -> Truth:
    """Whether a condition holds for each row; a wrong fact is a missing one, see :attr:`FactColumns.faults`.

    Raises:
        DefinitionError: a test that a program brings, or one that does not fit the facts.

    >>> from svcstd.batch.rules.fact_columns import read_facts
    >>> from svcstd.conditions import FactSchema, FactType
    >>> facts = read_facts({"n": np.ma.array([1, 9, 0], mask=[0, 0, 1])}, FactSchema({"n": FactType("integer")}))
    >>> [column.tolist() for column in holds(Range("n", 5, None), facts)]
    [[False, True, False], [False, False, True]]
    """
    check_condition(condition, facts.schema)
    return Asked(facts).truth(condition)


class Asked:
    """Columns to be asked by several conditions: what a test says of a value is kept until all have been asked."""

    def __init__(self, facts: FactColumns) -> None:
        self._facts = facts
        self._said: dict[Condition, NDArray[np.int8]] = {}

    def truth(self, condition: Condition, rows: Rows = EVERY) -> Truth:
        """What it says of these rows; it must fit the schema of the facts."""
        match condition:
            case AllOf():
                return _all(self._count(rows), (self.truth(test, rows) for test in condition.tests))
            case AnyOf():
                found = _all(self._count(rows), (_not(self.truth(test, rows)) for test in condition.tests))
                return _not(found)
            case Not():
                return _not(self.truth(condition.test, rows))
            case Opaque():
                raise DefinitionError("when", "batch.opaque", value=condition.name)
            case _:
                return self._test(condition, rows)

    def _count(self, rows: Rows) -> int:
        return len(range(len(self._facts))[rows]) if isinstance(rows, slice) else len(rows)

    def _test(self, test: Test, rows: Rows) -> Truth:
        column = self._facts.columns.get(test.field)
        if isinstance(column, Encoded):
            said = self._of_values(test, column, column.codes[rows])
            return Truth(said == YES, said == UNKNOWN)
        known: Bools = np.zeros(self._count(rows), dtype=bool) if column is None else column.known[rows]
        if isinstance(test, Present):
            return Truth(known == test.expected, np.zeros_like(known))
        return Truth(known if column is None else known & _of_places(test, column, rows), ~known)

    def _of_values(self, test: Test, column: Encoded, codes: NDArray[np.int32]) -> NDArray[np.int8]:
        """Each value that stands in the rows is asked once."""
        table = self._said.get(test)
        if table is None:
            table = np.full(len(column.values) + 1, UNASKED, dtype=np.int8)
            table[-1] = _answer(test, None)
            self._said[test] = table
        said: NDArray[np.int8] = table[codes]
        waiting = said == UNASKED
        if waiting.any():
            for code in np.unique(codes[waiting]).tolist():
                table[code] = _answer(test, column.values[code])
            said = table[codes]
        return said


def _answer(test: Test, value: FactValue) -> int:
    found = test.holds({test.field: value})
    return UNKNOWN if found is None else YES if found else NO


def _all(count: int, parts: Iterator[Truth]) -> Truth:
    """One false makes it false, else one unknown makes it unknown."""
    true, possible = np.ones(count, dtype=bool), np.ones(count, dtype=bool)
    for part in parts:
        true &= part.true
        possible &= part.true | part.unknown
    return Truth(true, possible & ~true)


def _not(part: Truth) -> Truth:
    return Truth(~(part.true | part.unknown), part.unknown)


def _of_places(test: Test, column: Measured, rows: Rows) -> Bools:
    """Whether each place passes a test of an ordered fact, as if it were known."""
    places = column.places[rows]
    if isinstance(test, Range):
        return inside(test.interval, places)
    values = (test.value,) if isinstance(test, Eq) else test.values if isinstance(test, In) else ()
    named = {place[1] for value in values if (place := place_of(value)) is not None}
    whole = [int(one) for one in named if one == int(one) and LEAST <= one <= MOST]
    return np.isin(places, np.array(sorted(whole), dtype=np.int64))
