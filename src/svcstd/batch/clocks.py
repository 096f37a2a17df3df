"""All clocks of a log at once: every reading is what the standard says of the case alone, to the microsecond.

Cases that went alike are lived through once (:mod:`svcstd.batch.lives`), and all of them are reckoned together
(:mod:`svcstd.batch.reckoned`). What has no batch form is read case by case by the scalar code, or refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.columns import Column
from svcstd.batch.desk import Book, Desk, Promise, Told
from svcstd.batch.encoded import Encoded
from svcstd.batch.lives import Pattern
from svcstd.batch.log import Columns, Events, read_columns
from svcstd.batch.reckoned import ACTIVITIES, VERDICTS, Reckoned, Rows
from svcstd.errors import DefinitionError, must_be, must_be_one_of
from svcstd.moment import UTC, micros, moment
from svcstd.sla import Objective, Reading
from svcstd.sla.yardstick import ONE
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["FIELDS", "ClockTable", "clocks"]

Numbers: TypeAlias = "NDArray[np.int64]"
Kind: TypeAlias = Literal["text", "moment", "length", "number"]

FIELDS: Mapping[str, Kind] = {
    "case": "text",
    "objective": "text",
    "cycle": "number",
    "edition": "text",
    "row": "text",
    "target": "text",
    "calendar": "text",
    "activity": "text",
    "verdict": "text",
    "start": "moment",
    "due": "moment",
    "stop": "moment",
    "elapsed": "length",
    "budget": "length",
    "remaining": "length",
    "overrun": "length",
    "breached_at": "moment",
    "answer_by": "moment",
    "count": "number",
    "group": "text",
    "agent": "text",
    "fault": "text",
}
"""The columns of a table of clocks, and what they hold."""
WORDS = tuple(name for name, kind in FIELDS.items() if kind == "text")


@attrs.frozen(eq=False)
class ClockTable:
    """One row for each promise to each case, and one for each case or row of the log that cannot be read.

    Attributes:
        columns: by name, as :data:`svcstd.batch.FIELDS` has them; texts as ``Encoded``, all else as ``Column``.
        alone: how many rows the scalar code read, since they have no batch form.
    """

    columns: Mapping[str, Encoded | Column]
    alone: int

    def __len__(self) -> int:
        return len(self.words("case"))

    def words(self, name: str) -> Encoded:
        """A column of texts."""
        found = self.columns[name]
        must_be(found, Encoded, name, "the name of a column of texts")
        return found  # type: ignore[return-value] # checked on the line before

    def amounts(self, name: str) -> Column:
        """A column of instants, lengths or numbers; microseconds where it is no number."""
        found = self.columns[name]
        must_be(found, Column, name, "the name of a column of instants, lengths or numbers")
        return found  # type: ignore[return-value] # checked on the line before

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a mapping: instants as moments in UTC, lengths as timedeltas, ``None`` for none."""
        listed = [_listed(name, self.columns[name]) for name in FIELDS]
        return (dict(zip(FIELDS, row, strict=True)) for row in zip(*listed, strict=True))


def _listed(name: str, column: Encoded | Column) -> list[Any]:
    if isinstance(column, Encoded):
        return column.to_list()
    told = zip(column.values.tolist(), column.valid.tolist(), strict=True)
    match FIELDS[name]:
        case "moment":
            return [moment(value, UTC) if valid else None for value, valid in told]
        case "length":
            return [timedelta(0, 0, value) if valid else None for value, valid in told]
        case _:
            return [value if valid else None for value, valid in told]


def clocks(
    standard: ServiceStandard,
    table: Columns,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
) -> ClockTable:
    """Every promise to every case of a log, read at one instant.

    Args:
        standard: the promises.
        table: the log's columns by header.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        cycles: of a clock that runs again and again its ``last`` cycle, or ``all``.
        otherwise: what has no batch form is read one case after the other (``alone``), or it is an error that names
            the option (``refuse``).

    Raises:
        DefinitionError: no log, columns that do not fit, or something without a batch form that is to be refused.
        RowError: a header that is not there.
        MomentError: a naive moment.
    """
    must_be_one_of(cycles, ("last", "all"), "cycles")
    book = ClockBook()
    desk = open_desk(standard, table, log, book, as_of=as_of, known_at=known_at, assume=assume)
    read = desk.read(every=cycles == "all", refuse=refuses(otherwise))
    return book.table(read, desk.events)


def refuses(otherwise: str) -> bool:
    """Whether what has no batch form is an error.

    Raises:
        DefinitionError: another choice.
    """
    must_be_one_of(otherwise, ("alone", "refuse"), "otherwise")
    return otherwise == "refuse"


def open_desk(
    standard: ServiceStandard,
    table: Columns,
    log: LogMapping | None,
    book: Book,
    *,
    as_of: datetime,
    known_at: datetime | None,
    assume: Assume | None,
) -> Desk:
    """A log, ready to be read into a book.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`clocks`.
    """
    must_be(standard, ServiceStandard, "standard", "a ServiceStandard")
    if assume is not None:
        must_be_one_of(assume, ("no_holidays",), "assume")
    log = log or standard.log
    if log is None:
        raise DefinitionError("log", "log.none")
    asked = micros(as_of, "as_of")
    known = None if known_at is None else micros(known_at, "known_at")
    events = read_columns(standard, table, log)
    return Desk(standard, events, book, as_of=asked, known_at=known, assume=assume)


class Words:
    """Texts of a column, each with a number; -1 is none."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a text, a new one for a new text."""
        return -1 if text is None else self._numbers.setdefault(text, len(self._numbers))

    def values(self) -> list[str]:
        """The texts by number."""
        return list(self._numbers)


class ClockBook:
    """Readings as rows of a table."""

    def __init__(self) -> None:
        self._words = {name: Words() for name in WORDS}
        self._parts: list[dict[str, Any]] = []

    def option(self, pattern: Pattern, objective: Objective) -> str:  # noqa: ARG002 - as every book is asked
        """Why a life has no batch form; empty if it has."""
        return pattern.told

    def reckoned(self, promise: Promise, clocks: Rows) -> Reckoned:  # noqa: ARG002 - as every book is asked
        """Every column of a chunk of clocks."""
        return clocks.read()

    def tell(self, promise: Promise, clocks: Rows, found: Reckoned, told: Told) -> None:
        """Rows that were reckoned together."""
        rows, live, patterns = told.rows, promise.desk.live, clocks.lives.patterns
        size, which = len(rows), clocks.which[rows]
        part: dict[str, Any] = {name: (values[rows], valid[rows]) for name, (values, valid) in found.amounts.items()}
        for name, word in (("objective", promise.key), ("edition", promise.edition.label)):
            part[name] = np.full(size, self._words[name].number(word))
        of_pattern = {
            "row": [one.row.key for one in patterns],
            "target": [str(one.row.target) for one in patterns],
            "calendar": [one.row.calendar for one in patterns],
        }
        for name, values in of_pattern.items():
            part[name] = np.array([self._words[name].number(value) for value in values], dtype=np.int64)[which]
        for name, choices, chosen in (("activity", ACTIVITIES, found.activity), ("verdict", VERDICTS, found.verdict)):
            part[name] = np.array([self._words[name].number(value) for value in choices])[chosen[rows]]
        amounts = np.array([one.amount or 0 for one in patterns], dtype=np.int64)
        part["count"] = amounts[which], np.array([one.amount is not None for one in patterns], dtype=bool)[which]
        cycles = np.array([one.cycle for one in patterns], dtype=np.int64)
        part["cycle"] = cycles[which], np.ones(size, dtype=bool)
        for name, column in (("group", live.group), ("agent", live.actor)):
            part[name] = np.full(size, -1)
            if column is not None and live.group is not None and len(column):
                again = np.array([*(self._words[name].number(str(value)) for value in column.values), -1])
                part[name] = np.where(told.holder >= 0, again[column.codes[np.maximum(told.holder, 0)]], -1)
        part |= {"case": told.case, "place": np.full(size, promise.place), "fault": np.full(size, -1)}
        self._parts.append(part)

    def alone(self, readings: list[tuple[int, int, Reading]]) -> None:
        """Rows that were read one by one."""
        told = [row_of(reading) for _, _, reading in readings]
        part: dict[str, Any] = {
            "case": np.array([case for case, _, _ in readings], dtype=np.int64),
            "place": np.array([place for _, place, _ in readings], dtype=np.int64),
        }
        for name, kind in FIELDS.items():
            column = [row[name] for row in told] if name != "case" else []
            if kind != "text":
                values = np.array([0 if one is None else one for one in column], dtype=np.int64)
                part[name] = values, np.array([one is not None for one in column], dtype=bool)
            elif name != "case":
                part[name] = np.array([self._words[name].number(one) for one in column], dtype=np.int64)
        self._parts.append(part)

    def refused(self, cases: Numbers, messages: list[str]) -> None:
        """Rows of what cannot be read."""
        size = len(cases)
        none = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
        part: dict[str, Any] = {name: np.full(size, -1) if kind == "text" else none for name, kind in FIELDS.items()}
        faults = np.array([self._words["fault"].number(one) for one in messages], dtype=np.int64)
        self._parts.append(part | {"case": cases, "place": np.zeros(size, dtype=np.int64), "fault": faults})

    def table(self, alone: int, events: Events) -> ClockTable:
        """All rows, by case and within a case as its edition orders them; what names no case comes last."""
        if not self._parts:
            self.refused(np.zeros(0, dtype=np.int64), [])
        case = np.concatenate([part["case"] for part in self._parts])
        place = np.concatenate([part["place"] for part in self._parts])
        cycle = np.concatenate([part["cycle"][0] for part in self._parts])
        order = np.lexsort((cycle, place, np.where(case < 0, len(events.names), case)))
        columns: dict[str, Encoded | Column] = {}
        for name, kind in FIELDS.items():
            if kind == "text":
                codes = np.concatenate([part[name] for part in self._parts])[order].astype(np.int32)
                columns[name] = Encoded(events.names if name == "case" else self._words[name].values(), codes)
            else:
                values = np.concatenate([part[name][0] for part in self._parts])[order]
                valid = np.concatenate([part[name][1] for part in self._parts])[order]
                values[~valid] = 0
                columns[name] = Column(values, valid, np.broadcast_to(np.uint8(0), valid.shape))
        return ClockTable(columns, alone)


def row_of(reading: Reading) -> dict[str, Any]:
    """What a table of clocks tells of a reading: instants and lengths in microseconds, ``None`` for none."""
    amounts = {
        name: None if value is None else value // ONE
        for name in ("elapsed", "budget", "remaining", "overrun")
        for value in (getattr(reading, name),)
    }
    return {
        "objective": reading.objective,
        "cycle": reading.cycle,
        "edition": reading.edition,
        "row": reading.row,
        "target": str(reading.target),
        "calendar": reading.calendar,
        "activity": reading.activity,
        "verdict": reading.verdict,
        "start": reading.started,
        "due": reading.due_at,
        "stop": reading.ended,
        **amounts,
        "breached_at": reading.breached,
        "answer_by": reading.answer_by,
        "count": reading.count,
        "group": reading.group,
        "agent": reading.agent,
        "fault": None if reading.problem is None else reading.problem.message,
    }
