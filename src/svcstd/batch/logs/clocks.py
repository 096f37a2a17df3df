"""All clocks of a log at once: every reading is what the standard says of the case alone, to the microsecond.

Cases that went alike are lived through once (:mod:`svcstd.batch.logs.lives`), and all of them are reckoned together
(:mod:`svcstd.batch.logs.reckoned`). What has no batch form is read case by case by the scalar code, or refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.encoded import Encoded
from svcstd.batch.logs.desk import Book, Desk, Promise, Told
from svcstd.batch.logs.lives import Pattern
from svcstd.batch.logs.log import Columns, Events, read_columns
from svcstd.batch.logs.reckoned import ACTIVITIES, VERDICTS, Reckoned, Rows
from svcstd.batch.tables import Answers, Kind, Pages
from svcstd.errors import DefinitionError, must_be, must_be_one_of
from svcstd.moment import micros
from svcstd.sla import Objective, Reading
from svcstd.sla.yardstick import ONE
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["FIELDS", "clocks"]

Numbers: TypeAlias = "NDArray[np.int64]"

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
    "waived_at": "moment",
    "count": "number",
    "group": "text",
    "agent": "text",
    "fault": "text",
}
"""The columns of a table of clocks, and what they hold."""


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
) -> Answers:
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


class ClockBook:
    """Readings as rows of a table."""

    def __init__(self) -> None:
        self._pages = Pages(FIELDS)

    def option(self, pattern: Pattern, objective: Objective) -> str:  # noqa: ARG002 - as every book is asked
        """Why a life has no batch form; empty if it has."""
        return pattern.told

    def reckoned(self, promise: Promise, clocks: Rows) -> Reckoned:  # noqa: ARG002 - as every book is asked
        """Every column of a chunk of clocks."""
        return clocks.read()

    def tell(self, promise: Promise, clocks: Rows, found: Reckoned, told: Told) -> None:
        """Rows that were reckoned together."""
        rows, live, patterns, pages = told.rows, promise.desk.live, clocks.lives.patterns, self._pages
        which = clocks.which[rows]
        amounts = np.array([one.amount or 0 for one in patterns], dtype=np.int64)
        counted = np.array([one.amount is not None for one in patterns], dtype=bool)
        cycle = np.array([one.cycle for one in patterns], dtype=np.int64)[which]
        part: dict[str, Any] = {name: (values[rows], valid[rows]) for name, (values, valid) in found.amounts.items()}
        part |= {
            "objective": promise.key,
            "cycle": cycle,
            "edition": promise.edition.label,
            "row": pages.picked("row", [one.row.key for one in patterns], which),
            "target": pages.picked("target", [str(one.row.target) for one in patterns], which),
            "calendar": pages.picked("calendar", [one.row.calendar for one in patterns], which),
            "activity": pages.picked("activity", ACTIVITIES, found.activity[rows]),
            "verdict": pages.picked("verdict", VERDICTS, found.verdict[rows]),
            "count": (amounts[which], counted[which]),
        }
        for name, column in (("group", live.group), ("agent", live.actor)):
            part[name] = holders(pages, name, column, told.holder)
        pages.add(told.case, part, (promise.place, cycle))

    def alone(self, readings: list[tuple[int, int, Reading]]) -> None:
        """Rows that were read one by one."""
        told = [row_of(reading) for _, _, reading in readings]
        part: dict[str, Any] = {}
        for name, kind in FIELDS.items():
            column = [row.get(name) for row in told]
            if kind == "text":
                part[name] = self._pages.numbers(name, column) if name != "case" else None
            else:
                values = np.array([0 if one is None else one for one in column], dtype=np.int64)
                part[name] = values, np.array([one is not None for one in column], dtype=bool)
        cases = np.array([case for case, _, _ in readings], dtype=np.int64)
        places = np.array([place for _, place, _ in readings], dtype=np.int64)
        self._pages.add(cases, part, (places, part["cycle"][0]))

    def refused(self, cases: Numbers, messages: list[str]) -> None:
        """Rows of what cannot be read."""
        self._pages.refused(cases, messages, KEYS)

    def table(self, alone: int, events: Events) -> Answers:
        """All rows, by case and within a case as its edition orders them."""
        return self._pages.table(events.names, alone, KEYS)


KEYS = 2
"""The place of the promise and the cycle order the rows of a case."""


def holders(pages: Pages, name: str, column: Encoded | None, events: Numbers) -> Numbers | None:
    """The numbers of those who hold cases, by the event that said so; a place below zero for nobody."""
    if column is None or not len(column):
        return None
    codes = np.where(events >= 0, column.codes[np.maximum(events, 0)], -1)
    return pages.picked(name, [str(value) for value in column.values], codes)


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
        "waived_at": None if reading.waiver is None else reading.waiver.instant,
        "count": reading.count,
        "group": reading.group,
        "agent": reading.agent,
        "fault": None if reading.problem is None else reading.problem.message,
    }
