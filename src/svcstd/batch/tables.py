"""Tables of answers: named columns of texts, instants, lengths and numbers, put together from parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Column
from svcstd.batch.encoded import Encoded
from svcstd.errors import must_be
from svcstd.moment import UTC, moment

__all__ = ["Answers", "Kind", "Pages"]

Kind: TypeAlias = Literal["text", "moment", "length", "number"]
Numbers: TypeAlias = "NDArray[np.int64]"
NONE = -1


@attrs.frozen(eq=False)
class Answers:
    """Answers as columns, one row for each.

    Attributes:
        fields: by name of a column, what it holds: ``text``, ``moment`` and ``length`` (microseconds), ``number``.
        columns: by name, texts as :class:`svcstd.batch.Encoded`, all else as :class:`svcstd.batch.Column`.
        alone: how many clocks the scalar code read, since they have no batch form.
    """

    fields: Mapping[str, Kind]
    columns: Mapping[str, Encoded | Column]
    alone: int

    def __len__(self) -> int:
        return len(self.words("case"))

    def words(self, name: str) -> Encoded:
        """A column of texts.

        Raises:
            DefinitionError: a column of another kind.
        """
        found = self.columns[name]
        must_be(found, Encoded, name, "the name of a column of texts")
        return found  # type: ignore[return-value] # checked on the line before

    def amounts(self, name: str) -> Column:
        """A column of instants, lengths or numbers; microseconds where it is no number.

        Raises:
            DefinitionError: a column of texts.
        """
        found = self.columns[name]
        must_be(found, Column, name, "the name of a column of instants, lengths or numbers")
        return found  # type: ignore[return-value] # checked on the line before

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a mapping: instants as moments in UTC, lengths as timedeltas, ``None`` for none."""
        listed = [_listed(self.columns[name], kind) for name, kind in self.fields.items()]
        return (dict(zip(self.fields, row, strict=True)) for row in zip(*listed, strict=True))

    def __repr__(self) -> str:
        return f"<Answers: {len(self)} rows: {', '.join(self.fields)}>"


def _listed(column: Encoded | Column, kind: Kind) -> list[Any]:
    if isinstance(column, Encoded):
        return column.to_list()
    told = zip(column.values.tolist(), column.valid.tolist(), strict=True)
    match kind:
        case "moment":
            return [moment(value, UTC) if valid else None for value, valid in told]
        case "length":
            return [timedelta(0, 0, value) if valid else None for value, valid in told]
        case _:
            return [value if valid else None for value, valid in told]


class _Words:
    """Texts of a column, each with a number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        return NONE if text is None else self._numbers.setdefault(text, len(self._numbers))

    def values(self) -> list[str]:
        return list(self._numbers)


class Pages:
    """Rows of a table that is being written, part by part; the column ``case`` tells places of cases."""

    def __init__(self, fields: Mapping[str, Kind]) -> None:
        self._fields = fields
        self._words = {name: _Words() for name, kind in fields.items() if kind == "text" and name != "case"}
        self._parts: list[dict[str, Any]] = []
        self._keys: list[Sequence[Numbers]] = []

    def numbers(self, name: str, texts: Sequence[str | None]) -> Numbers:
        """The numbers by which texts stand in a column."""
        words = self._words[name]
        return np.array([words.number(text) for text in texts], dtype=np.int64)

    def picked(self, name: str, texts: Sequence[str | None], places: NDArray[Any]) -> Numbers:
        """The numbers of texts that are picked by place; a place below zero picks none."""
        numbers = np.append(self.numbers(name, texts), NONE)
        return numbers[np.where(places < 0, len(texts), places)]

    def add(self, case: Numbers, told: Mapping[str, Any], keys: Sequence[NDArray[Any] | int] = ()) -> None:
        """Some rows.

        Args:
            case: the places of their cases; below zero for none.
            told: by column one text for all, numbers of texts, values with where there are any, or values for all
                rows; a column that is not told is empty.
            keys: what orders the rows of a case, the first first.
        """
        size = len(case)
        empty = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
        part: dict[str, Any] = {}
        for name, kind in self._fields.items():
            value = case if name == "case" else told.get(name)
            if kind == "text":
                number = self._words[name].number(value) if value is None or isinstance(value, str) else value
                part[name] = np.broadcast_to(number, (size,))
            elif value is None:
                part[name] = empty
            else:
                values, valid = value if isinstance(value, tuple) else (value, True)
                part[name] = np.broadcast_to(values, (size,)), np.broadcast_to(valid, (size,))
        self._parts.append(part)
        self._keys.append([np.broadcast_to(key, (size,)) for key in keys])

    def refused(self, cases: Numbers, messages: Sequence[str], keys: int) -> None:
        """A row with its fault for each case that cannot be read."""
        none = [np.zeros(len(cases), dtype=np.int64)] * keys
        self.add(cases, {"fault": self.numbers("fault", messages)}, none)

    def table(self, names: list[str], alone: int, keys: int) -> Answers:
        """All rows, by case and then by their keys; what names no case comes last.

        Args:
            names: of the cases.
            alone: as for :class:`Answers`.
            keys: how many order the rows of a case.
        """
        if not self._parts:
            self.refused(np.zeros(0, dtype=np.int64), (), keys)
        case = np.concatenate([part["case"] for part in self._parts])
        sorted_by = [np.concatenate([one[number] for one in self._keys]) for number in reversed(range(keys))]
        order = np.lexsort([*sorted_by, np.where(case < 0, len(names), case)])
        columns: dict[str, Encoded | Column] = {}
        for name, kind in self._fields.items():
            if kind == "text":
                codes = np.concatenate([part[name] for part in self._parts])[order].astype(np.int32)
                columns[name] = Encoded(names if name == "case" else self._words[name].values(), codes)
                continue
            values = np.concatenate([part[name][0] for part in self._parts])[order]
            valid = np.concatenate([part[name][1] for part in self._parts])[order]
            values[~valid] = 0
            columns[name] = Column(values, valid, np.broadcast_to(np.uint8(0), valid.shape))
        return Answers(self._fields, columns, alone)
