"""Records as columns: which rows pass a condition, what their fields count, and a single row as the mapping it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import integers
from svcstd.batch.calendars.compiled import Bools
from svcstd.batch.calendars.kernel import EPOCH
from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.fact_columns import LIMITS, FactColumn, FactColumns, Measured
from svcstd.batch.rules.kleene import Asked
from svcstd.batch.sums.amounts import Amounts, amounts, distinct
from svcstd.conditions import AllOf, AnyOf, Condition, Eq, FactSchema, In, Not, Opaque, Present, Range
from svcstd.conditions.interval import Line, place_of
from svcstd.curves import GradeScale
from svcstd.errors import DefinitionError, FactError

__all__ = ["Answer", "RecordColumns"]


@attrs.frozen(eq=False)
class Answer:
    """What a condition says of each row.

    Attributes:
        true: ``(n,)`` where it holds.
        unknown: ``(n,)`` where that hangs on a missing field.
        refused: ``(n,)`` where a field is of another kind.
    """

    true: Bools
    unknown: Bools
    refused: Bools


@attrs.frozen(eq=False)
class RecordColumns:
    """The fields of records, each a column; one that is not there is missing in every row.

    Attributes:
        columns: as :func:`svcstd.batch.encoded.encoded` takes them.
        rows: how many there are.
    """

    columns: Mapping[str, Any]
    rows: int

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> RecordColumns:
        """The columns, if they are of one length.

        Raises:
            DefinitionError: they are not.
        """
        rows = len(next(iter(columns.values()))) if columns else 0
        for field, column in columns.items():
            if len(column) != rows:
                raise DefinitionError(f"records.{field}", "batch.rows", rows=len(column), expected=rows)
        return cls(columns, rows)

    def none(self) -> Bools:
        """No row."""
        return np.zeros(self.rows, dtype=bool)

    def distinct(self, field: str) -> Encoded:
        """The different values of a field."""
        if field not in self.columns:
            return Encoded((), np.full(self.rows, -1, dtype=np.int32))
        return distinct(self.columns[field], f"records.{field}")

    def amounts(self, field: str, grades: GradeScale | None = None) -> Amounts:
        """The numbers of a field, or what its grades count."""
        if field not in self.columns:
            nothing = np.zeros(self.rows, dtype=np.int64)
            return Amounts(((0, nothing),), 1, self.none(), self.none())
        return amounts(self.columns[field], f"records.{field}", grades)

    def measured(self, field: str) -> Measured | None:
        """A column of NumPy as places on the line of its kind; ``None`` where it is none, or one lies too far."""
        return _measured(self.columns[field], f"records.{field}")

    def row(self, place: int, fields: frozenset[str]) -> dict[str, Any]:
        """Some fields of one row, as the scalar code takes them."""
        there = [field for field in self.columns if field in fields]
        return {field: one for field in there if (one := self._one(field, place)) is not None}

    def take(self, rows: NDArray[np.intp]) -> RecordColumns:
        """The same columns, of some rows."""
        return RecordColumns({field: _taken(column, rows) for field, column in self.columns.items()}, len(rows))

    def _one(self, field: str, place: int) -> Any:  # noqa: ANN401 - whatever stands there
        column = self.columns[field]
        rows = slice(place, place + 1)
        part = Encoded(column.values, column.codes[rows]) if isinstance(column, Encoded) else column[rows]
        return distinct(part, f"records.{field}").to_list()[0]

    def answer(self, condition: AllOf, asked: Bools) -> Answer:
        """What a condition says of the rows that are asked.

        Raises:
            DefinitionError: a test that a program brings.
        """
        tests = list(_tests(condition))
        facts = {field: self._facts(field, tests) for field in sorted(condition.fields) if field in self.columns}
        columns = FactColumns(FactSchema(), facts, np.zeros(self.rows, dtype=np.uint8))
        try:
            found = Asked(columns).truth(condition)
        except FactError:
            return self._one_by_one(condition, asked)
        return Answer(found.true & asked, found.unknown & asked, self.none())

    def _one_by_one(self, condition: AllOf, asked: Bools) -> Answer:
        """What it says of each row alone: what is wrong with one field may not matter, whatever stands in another."""
        found = Answer(self.none(), self.none(), self.none())
        for place in np.flatnonzero(asked).tolist():
            try:
                answer = condition.holds(self.row(place, condition.fields))
            except FactError:
                found.refused[place] = True
                continue
            found.true[place], found.unknown[place] = answer is True, answer is None
        return found

    def _facts(self, field: str, tests: list[Condition]) -> FactColumn:
        """A field as integers, where all that is asked of it fits its line; else by its different values."""
        column = self.measured(field)
        if column is not None and all(_fits(test, column.line) for test in tests if field in test.fields):
            return column
        return self.distinct(field)


def _taken(column: Any, rows: NDArray[np.intp]) -> Any:  # noqa: ANN401 - whatever a column may be
    if isinstance(column, Encoded):
        return column.take(rows)
    return column[rows] if isinstance(column, np.ndarray) else [column[row] for row in rows.tolist()]


def _tests(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                yield from _tests(test)
        case Not():
            yield from _tests(condition.test)
        case Opaque():
            raise DefinitionError("where", "batch.opaque", value=condition.name)
        case _:
            yield condition


def _fits(test: Condition, line: Line) -> bool:
    """Whether a test asks only for places on a line."""
    match test:
        case Present():
            return True
        case Range():
            return test.interval.line == line
        case Eq() | In():
            values = (test.value,) if isinstance(test, Eq) else test.values
            return all((place := place_of(value)) is not None and place[0] == line for value in values)
        case _:
            return False


def _measured(raw: object, where: str) -> Measured | None:
    """A column of NumPy as places on the line of its kind; ``None`` where it has none, or one that lies too far."""
    if not isinstance(raw, np.ndarray) or raw.ndim != 1 or raw.dtype.kind not in "iumM" or raw.dtype == np.uint64:
        return None
    kind = raw.dtype.kind
    line: Line = "number" if kind in "iu" else "duration" if kind == "m" else "moment"
    if kind == "M" and np.datetime_data(raw.dtype) == ("D", 1):
        days: NDArray[np.int64] = np.ma.getdata(raw).view(np.int64)
        known = ~(np.ma.getmaskarray(raw) | np.isnat(np.ma.getdata(raw)))
        return _within(Measured("date", np.where(known, days, 0) + EPOCH, known))
    found = integers(raw, kind if kind in "mM" else "", where)
    if found.codes is not None and found.codes.any():
        return None
    return _within(Measured(line, found.values, found.known))


def _within(column: Measured) -> Measured | None:
    low, high = LIMITS[column.line]
    inside = (column.places >= low) & (column.places <= high)
    return column if (inside | ~column.known).all() else None
