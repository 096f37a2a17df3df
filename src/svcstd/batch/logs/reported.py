"""A part of a log, read for a report: its clocks as rows, and counts that add up over the parts of a log.

It counts what :func:`svcstd.handbook.tally` counts of the readings of the scalar code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Column
from svcstd.batch.encoded import Encoded, encoded
from svcstd.batch.logs.alike import joined
from svcstd.batch.logs.clocks import ClockBook, open_desk
from svcstd.batch.logs.log import Columns, Events
from svcstd.batch.tables import Answers
from svcstd.calendars import Period
from svcstd.documents.cases import kinds_of
from svcstd.moment import LAST, date_of, day_start, micros, timezone
from svcstd.sla import Attainment, Membership
from svcstd.standard import LogMapping, Reports, ServiceStandard

__all__ = ["Asked", "Days", "Reported", "report_part"]

Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
Days: TypeAlias = "tuple[date | None, date | None]"
"""Local dates to count, half-open; ``None`` for no bound."""
Promises: TypeAlias = "Mapping[tuple[str, str], Attainment]"
COUNTS = tuple(field.name for field in attrs.fields(Attainment))
KEPT = ("case", "objective", "fault")
"""What a row without answers still tells."""


@attrs.frozen(kw_only=True)
class Asked:
    """What a report asks.

    Attributes:
        as_of: when the clocks are read.
        reports: how periods count.
        spans: which local dates to count, each for itself; weeks are counted of the first.
    """

    as_of: datetime
    reports: Reports
    spans: tuple[Days, ...]


@attrs.frozen(eq=False, kw_only=True)
class Reported:
    """What was counted of a part of a log; parts that share no case, counted alike, add up.

    Attributes:
        cases: how many have rows in it, readable or not.
        promises: for each of the spans that were asked for, attainment by objective and row.
        weeks: attainment by week, of the first span.
        ignored: texts that are no event of the standard, with the number of their rows.
        faults: cases and rows that cannot be read.
    """

    cases: int
    promises: tuple[Promises, ...]
    weeks: Mapping[Period, Attainment]
    ignored: Counter[str]
    faults: int

    def __add__(self, other: Reported) -> Reported:
        return Reported(
            cases=self.cases + other.cases,
            promises=tuple(map(_added, self.promises, other.promises)),
            weeks=_added(self.weeks, other.weeks),
            ignored=self.ignored + other.ignored,
            faults=self.faults + other.faults,
        )


def _added(one: Mapping[Any, Attainment], other: Mapping[Any, Attainment]) -> dict[Any, Attainment]:
    found = dict(one)
    for key, count in other.items():
        found[key] = found.get(key, Attainment()) + count
    return found


def report_part(standard: ServiceStandard, table: Columns, log: LogMapping, asked: Asked) -> tuple[Answers, Reported]:
    """Every clock of a part of a log, every cycle, and how many promises were kept.

    A clock that tells nothing, since nothing started it, or it was stopped before it was started and never after,
    keeps its row with the reason as fault, and is not counted; so is what cannot be read, which has no objective.

    Args:
        standard: the promises.
        table: the columns of the part by header; the rows of a case stand in one part.
        log: which header is what.
        asked: when we ask, and how we count.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    book = ClockBook()
    desk = open_desk(standard, table, log, book, as_of=asked.as_of, known_at=None, assume=None)
    answers = book.table(desk.read(every=True, refuse=False), desk.events)
    answers = _without(answers, {reason: rows(standard, answers, desk.events) for reason, rows in STRAYS.items()})
    read = answers.words("objective").codes >= 0
    promised = np.flatnonzero(read & answers.amounts("start").valid)
    at, dated = _instants(answers, asked.reports.by)
    inside = [promised[_inside(at[promised], dated[promised], days, standard.zone)] for days in asked.spans]
    weekly = inside[0][dated[inside[0]]]
    return answers, Reported(
        cases=len(desk.events.names),
        promises=tuple(_by_promise(answers, rows) for rows in inside),
        weeks=_by_week(answers, weekly, at[weekly], asked.reports, standard.zone),
        ignored=Counter() if log.is_wide else _ignored(standard, table, log),
        faults=int((~read).sum()),
    )


def _never_started(_standard: ServiceStandard, answers: Answers, _events: Events) -> Bools:
    """Clocks that nothing has started."""
    found: Bools = (answers.words("objective").codes >= 0) & ~answers.amounts("start").valid
    return found


def _stopped_first(standard: ServiceStandard, answers: Answers, events: Events) -> Bools:
    """Clocks that run, though something would have stopped them before they were started."""
    activity = answers.words("activity")
    runs = np.array([*(name in {"running", "paused"} for name in activity.values), False])[activity.codes]
    runs &= answers.amounts("start").valid
    found = np.zeros(len(answers), dtype=bool)
    for (label, key), rows in _groups(answers, np.flatnonzero(runs), ("edition", "objective")):
        clock = standard.edition_called(label).objectives[key].clock
        stops = set() if clock.cycles else {on.kind for on in clock.stop}
        stopping = np.array([kind in stops for kind in events.kinds], dtype=bool)[events.kind]
        first = np.full(len(events.names), LAST, dtype=np.int64)
        np.minimum.at(first, events.case[stopping], events.at[stopping])
        found[rows] = first[answers.words("case").codes[rows]] < answers.amounts("start").values[rows]
    return found


STRAYS: Mapping[str, Callable[[ServiceStandard, Answers, Events], Bools]] = {
    "report.not_started": _never_started,
    "report.stopped_first": _stopped_first,
}


def _without(answers: Answers, strays: Mapping[str, Bools]) -> Answers:
    """The same rows; some tell a reason as fault, and nothing else."""
    columns: dict[str, Encoded | Column] = dict(answers.columns)
    fault = answers.words("fault")
    codes = fault.codes.copy()
    for number, rows in enumerate(strays.values(), len(fault.values)):
        codes[rows] = number
    columns["fault"] = Encoded([*fault.values, *strays], codes)
    gone = np.logical_or.reduce(list(strays.values()))
    for name, column in columns.items():
        if isinstance(column, Column):
            values = np.where(gone, 0, column.values)
            columns[name] = Column(values, column.valid & ~gone, column.codes)
        elif name not in KEPT:
            columns[name] = Encoded(column.values, np.where(gone, -1, column.codes).astype(np.int32))
    return attrs.evolve(answers, columns=columns)


def _groups(
    answers: Answers, rows: NDArray[np.intp], names: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], NDArray[np.intp]]]:
    """Some rows by their texts in a few columns; empty where there is none."""
    group, count = np.zeros(len(rows), dtype=np.int64), 1
    columns = [answers.words(name) for name in names]
    for column in columns:
        group, count = joined(group, count, column.codes[rows] + 1, len(column.values) + 1)
    order = np.argsort(group, kind="stable")
    for members in np.split(rows[order], np.flatnonzero(np.diff(group[order])) + 1) if len(rows) else ():
        codes = [(column, int(column.codes[members[0]])) for column in columns]
        yield tuple("" if code < 0 else str(column.values[code]) for column, code in codes), members


def _instants(answers: Answers, by: Membership) -> tuple[Numbers, Bools]:
    """By which instant each promise belongs to a period: the batch form of :func:`svcstd.sla.instant_of`."""
    if by != "decided":
        found = answers.amounts("start" if by == "started" else "due")
        return found.values.astype(np.int64, copy=False), found.valid
    verdict = answers.words("verdict")
    waived = np.array([*(name == "waived" for name in verdict.values), False])[verdict.codes]
    given_up, stop, broken = (answers.amounts(name) for name in ("waived_at", "stop", "breached_at"))
    waived &= given_up.valid
    at = np.where(waived, given_up.values, np.where(stop.valid, stop.values, broken.values))
    return at, waived | stop.valid | broken.valid


def _inside(at: Numbers, dated: Bools, days: Days, zone: str) -> Bools:
    """What belongs to a span of local dates; without bounds, also what has no date yet."""
    found = np.ones(len(at), dtype=bool) if days == (None, None) else dated.copy()
    first, last = (None if day is None else day_start(day, timezone(zone)) for day in days)
    if first is not None:
        found &= at >= first
    if last is not None:
        found &= at < last
    return found


def _by_promise(answers: Answers, rows: NDArray[np.intp]) -> dict[tuple[str, str], Attainment]:
    found = _groups(answers, rows, ("objective", "row"))
    return {(objective, row): _counted(answers, some) for (objective, row), some in found}


def _counted(answers: Answers, rows: NDArray[np.intp]) -> Attainment:
    totals = np.bincount(_verdicts(answers, rows), minlength=len(COUNTS))
    return Attainment(*totals.tolist())


def _verdicts(answers: Answers, rows: NDArray[np.intp]) -> Numbers:
    """By row the place of its verdict among the counts."""
    words = answers.words("verdict")
    names = ["not_yet_due" if name == "open" else name for name in words.values]
    return np.array([*map(COUNTS.index, names)], dtype=np.int64)[words.codes[rows]]


def _by_week(
    answers: Answers, rows: NDArray[np.intp], at: Numbers, reports: Reports, zone: str
) -> dict[Period, Attainment]:
    """The weeks that have promises."""
    if not len(rows):
        return {}
    weeks = [Period.of("week", date_of(int(at.min()), timezone(zone)), zone, week=reports.week)]
    while micros(weeks[-1].end) <= at.max():
        weeks.append(weeks[-1].next)
    place = np.searchsorted([micros(week.start) for week in weeks], at, side="right") - 1
    size = len(COUNTS)
    totals = np.bincount(place * size + _verdicts(answers, rows), minlength=len(weeks) * size).reshape(-1, size)
    return {week: Attainment(*count.tolist()) for week, count in zip(weeks, totals, strict=True) if count.any()}


def _ignored(standard: ServiceStandard, table: Columns, log: LogMapping) -> Counter[str]:
    """Texts of a long log that are no event of the standard, with the number of their rows."""
    known = kinds_of(standard, log)
    names, told = encoded(table[log.id], log.id), encoded(table[log.event], log.event)
    named = np.array([*(bool(str(name).strip()) for name in names.values), False])[names.codes]
    rows = np.bincount(told.codes[named] + 1, minlength=len(told.values) + 1).tolist()
    found: Counter[str] = Counter()
    for text, count in zip(("", *(str(value).strip() for value in told.values)), rows, strict=True):
        if count and text not in known:
            found[text] += count
    return found
