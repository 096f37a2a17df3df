"""Due times in days over columns: dates are counted in a table of days, wall times are put back on the UTC line.

Where a row meets anything but an ordinary day (the clocks change, a shift ends among others, holidays are unknown), the
scalar code answers for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars import kernel
from svcstd.batch.calendars.columns import Calendars, Column, Instants, ask_each, integers
from svcstd.batch.calendars.compiled import Bools, Micros
from svcstd.batch.calendars.kernel import FAULTS, Rows
from svcstd.calendars import At, Calendar, CloseOfDay, DayMode, KeepTime, add_calendar_days
from svcstd.calendars import days as scalar
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.moment import DAY, FIRST, LAST, offset_at, offset_change, timezone, wall_end
from svcstd.sla.targets import CalendarDays, Target, WorkingDays

__all__ = ["add_working_days", "calendar_days", "days_later", "working_days_later"]

EPOCH = date(1970, 1, 1).toordinal()
KEEP_TIME = KeepTime()
AHEAD = 40
"""Days that are looked at beyond three for each working day; what lies further is asked of the scalar code."""
Alone: TypeAlias = "Callable[[int], int]"


@attrs.frozen(eq=False)
class Walls:
    """How far the wall clocks of a zone are ahead of UTC: offsets, and the instants from which each holds."""

    starts: Micros
    offsets: Micros

    def wall(self, at: Micros) -> Micros:
        """Microseconds on the wall since 1970-01-01 there."""
        found: Micros = at + self.offsets[np.searchsorted(self.starts, at, side="right") - 1]
        return found


@lru_cache(maxsize=64)
def _walls(zone: str, first: int, last: int) -> Walls:
    """The offsets between two days since 1970, found day by day."""
    tz = timezone(zone)
    starts, offsets = [first * DAY], [offset_at(first * DAY, tz)]
    for day in range(first + 1, last + 1):
        offset = offset_at(day * DAY, tz)
        if offset != offsets[-1]:
            starts.append(offset_change((day - 1) * DAY, day * DAY, tz))
            offsets.append(offset)
    return Walls(np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64))


def walls(zone: str, at: Micros) -> Walls:
    """The offsets that instants and their neighbouring days need, in whole years so that few tables are made."""
    year = 366
    return _walls(zone, int(at.min()) // DAY // year * year - 2, (int(at.max()) // DAY // year + 1) * year + 2)


@attrs.frozen(eq=False)
class _Plain:
    """Dates that have one midnight and 24 hours: when each begins, and whether it is one of them."""

    first: int
    starts: Micros
    plain: Bools

    @classmethod
    def of(cls, zone: str, first: int, last: int) -> _Plain:
        starts, plain = _plain(zone, first, last)
        return cls(first, starts, plain)


@lru_cache(maxsize=64)
def _plain(zone: str, first: int, last: int) -> tuple[Micros, Bools]:
    tz = timezone(zone)
    days = [date.fromordinal(day + EPOCH) for day in range(first, last)]
    starts = np.array([wall_end(day, 0, tz) for day in days], dtype=np.int64)
    ends = np.array([wall_end(day, 86_400, tz) for day in days], dtype=np.int64)
    return starts, ends - starts == DAY


def _put_back(zone: str, day: Micros, clock: Micros) -> tuple[Micros, Bools]:
    """The instants of wall times, and where the day is one on which each happens once."""
    table = _Plain.of(zone, int(day.min()) - 1, int(day.max()) + 2)
    place = day - table.first
    around = table.plain[place] & table.plain[place - 1] & table.plain[np.minimum(place + 1, len(table.plain) - 1)]
    return table.starts[place] + clock, around


def _settle(found: Rows, rows: NDArray[np.intp], start: Micros, alone: Alone) -> Rows:
    """Rows that the scalar code has to answer, each different instant once."""
    known: dict[int, tuple[int, int]] = {}
    for row, at in zip(rows.tolist(), start[rows].tolist(), strict=True):
        if at not in known:
            try:
                known[at] = alone(at), 0
            except SvcstdError as error:
                known[at] = 0, FAULTS.index(error.message)
        found.values[row], found.faults[row] = known[at]
    return found


def add_working_days(
    calendars: Calendars,
    start: Instants,
    days: int,
    *,
    mode: DayMode = KEEP_TIME,
    cutoff: time | None = None,
    counts_today: bool = False,
    by: object = None,
) -> Column:
    """Due times so many working days after requests, in UTC microseconds.

    Args:
        calendars: whose working days; one of one zone, or several by key.
        start: UTC instants.
        days: working days to pass, zero or more.
        mode: at what time of the last day.
        cutoff: a request at this local time or later counts as made at the next working day's opening.
        counts_today: the day of the request is day 1.
        by: for each row the key of its calendar.

    Raises:
        DefinitionError: a number of days out of bounds, a column of another kind, calendars that do not fit *by*, or
            one over several zones, which has no dates.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> add_working_days(office, np.array(["2026-03-06T08:00"], dtype="datetime64[s]"), 1).datetimes().item()
    datetime.datetime(2026, 3, 9, 8, 0)
    """
    if not isinstance(mode, KeepTime | CloseOfDay | At):
        raise DefinitionError("mode", "day.mode", value=repr(mode))
    asked = WorkingDays(days, mode, cutoff=cutoff, counts_today=counts_today)  # refuses what no promise can say

    def ask(one: Calendar, start: Micros, known: Bools) -> Rows:
        return working_days_later(one, start, days, mode, known, cutoff=asked.cutoff, counts_today=counts_today)

    return ask_each(calendars, by, [integers(start, "M", "start")], np.int64, ask)


def days_later(target: Target, hours: Calendar | None, zone: str, start: Micros) -> Rows:
    """Due times of a promise in days that is neither paused nor changed.

    Args:
        target: in working days or dates.
        hours: the calendar of working days.
        zone: of dates.
        start: ``(n,)`` UTC microseconds.
    """
    known = np.ones(len(start), dtype=bool)
    if isinstance(target, WorkingDays) and hours is not None:
        cutoff, today = target.cutoff, target.counts_today
        return working_days_later(hours, start, target.days, target.mode, known, cutoff=cutoff, counts_today=today)
    assert isinstance(target, CalendarDays)  # noqa: S101 - no other target counts days
    return calendar_days(start, target.days, zone, target.at, known)


def calendar_days(start: Micros, days: int, zone: str, at: time | None, valid: Bools) -> Rows:
    """Due times in dates: the same wall time so many dates later, or a fixed one.

    Args:
        start: ``(n,)`` UTC microseconds.
        days: dates to pass.
        zone: whose wall.
        at: time of day; by default that of the start.
        valid: ``(n,)`` the rows where the start is known.
    """
    found = Rows.empty(len(start), np.int64)
    rows = _computable(found, start, valid)
    if not len(rows):
        return found
    wall = walls(zone, start[rows]).wall(start[rows])
    day, clock = np.divmod(wall, DAY)
    if at is not None:
        clock = np.full(len(rows), _clock(at), dtype=np.int64)
    due, plain = _put_back(zone, day + days, clock)
    found.values[rows[plain]] = due[plain]
    tz = timezone(zone)
    return _settle(found, rows[~plain], start, lambda instant: add_calendar_days(instant, days, tz, at))


def _computable(found: Rows, start: Micros, valid: Bools) -> NDArray[np.intp]:
    """The rows that can be asked; what lies beyond the years is a fault of its row."""
    within = valid & (start >= FIRST) & (start < LAST)
    found.faults[valid & ~within] = kernel.YEARS
    return np.flatnonzero(within)


def _clock(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


@attrs.frozen(eq=False)
class _Shifts:
    """The working days of a calendar between two dates, and their hours.

    Attributes:
        starts, ends, owner: open spans of working days in order, and the number of the working day of each.
        days: working days in order, since 1970.
        opens, closes: their first openings and last closings.
        first: the first date that was looked at.
        unknown: by date from the first on, how many before it may or may not be working days.
        plain: whether no span of one day reaches into one of another.
    """

    starts: Micros
    ends: Micros
    owner: Micros
    days: Micros
    opens: Micros
    closes: Micros
    first: int
    unknown: Micros
    plain: bool


@lru_cache(maxsize=64)
def _shifts(calendar: Calendar, first: int, last: int) -> _Shifts:
    days: list[int] = []
    spans: list[tuple[int, int]] = []
    owner: list[int] = []
    unknown = [0]
    for day in range(first, last):
        hours = calendar.hours_of(date.fromordinal(day + EPOCH))
        unknown.append(unknown[-1] + (hours is None))
        if hours:
            spans += hours
            owner += [len(days)] * len(hours)
            days.append(day)
    starts = np.array([start for start, _ in spans], dtype=np.int64)
    ends = np.array([end for _, end in spans], dtype=np.int64)
    of = np.array(owner, dtype=np.int64)
    firsts = np.searchsorted(of, np.arange(len(days)))
    lasts = np.searchsorted(of, np.arange(len(days)), side="right") - 1
    return _Shifts(
        starts,
        ends,
        of,
        np.array(days, dtype=np.int64),
        starts[firsts],
        ends[lasts],
        first,
        np.array(unknown, dtype=np.int64),
        bool((starts[1:] >= ends[:-1]).all()),
    )


def working_days_later(
    calendar: Calendar,
    start: Micros,
    days: int,
    mode: DayMode,
    valid: Bools,
    *,
    cutoff: time | None = None,
    counts_today: bool = False,
) -> Rows:
    """Due times in working days, as :func:`svcstd.calendars.days.add_working_days` tells each.

    Args:
        calendar: whose working days.
        start: ``(n,)`` UTC microseconds.
        days: working days to pass, zero or more.
        mode: at what time of the last day.
        valid: ``(n,)`` the rows where the start is known.
        cutoff: as for one row.
        counts_today: as for one row.

    Raises:
        DefinitionError: a calendar over several zones, which has no dates.
    """
    found = Rows.empty(len(start), np.int64)
    rows = _computable(found, start, valid)
    if not len(rows):
        return found

    def alone(at: int) -> int:
        return scalar.add_working_days(calendar, at, days, mode, cutoff=cutoff, counts_today=counts_today)

    steps = days - 1 if counts_today and days else days
    told, settled = _forward(calendar, start[rows], steps, mode, cutoff)
    found.values[rows[settled]] = told[settled]
    return _settle(found, rows[~settled], start, alone)


def _forward(calendar: Calendar, start: Micros, steps: int, mode: DayMode, cutoff: time | None) -> tuple[Micros, Bools]:
    """Due times, and the rows for which they hold: only ordinary days were met."""
    zone = calendar.zone
    line = walls(zone, start)
    low, high = int(start.min()) // DAY, int(start.max()) // DAY
    table = _shifts(calendar, low - 3, high + 3 * steps + AHEAD)
    if not len(table.days) or not table.plain:
        return start, np.zeros(len(start), dtype=bool)
    opened = kernel.next_open(calendar, start, np.ones(len(start), dtype=bool))
    asked, settled = opened.values.astype(np.int64, copy=False), opened.faults == 0
    asked = np.where(settled, asked, start)
    span = np.searchsorted(table.starts, asked, side="right") - 1
    settled &= (span >= 0) & (asked < table.ends[np.maximum(span, 0)])
    number = table.owner[np.maximum(span, 0)]
    since = table.days[number]
    if cutoff is not None:
        day, clock = np.divmod(line.wall(start), DAY)
        place = np.minimum(np.searchsorted(table.days, day), len(table.days) - 1)
        late = (clock >= _clock(cutoff)) & (table.days[place] == day)
        after = np.minimum(place + 1, len(table.days) - 1)
        settled = np.where(late, place + 1 < len(table.days), settled)
        number = np.where(late, after, number)
        asked = np.where(late, table.opens[after], asked)
        since = np.where(late, day, since)
    target = number + steps
    settled &= target < len(table.days)
    target = np.minimum(target, len(table.days) - 1)
    doubt = table.unknown[table.days[target] - table.first] - table.unknown[since - table.first]
    settled &= doubt == 0
    due, plain = _due(calendar, table, asked, number, target, mode)
    return due, settled & plain


def _due(
    calendar: Calendar, table: _Shifts, asked: Micros, number: Micros, target: Micros, mode: DayMode
) -> tuple[Micros, Bools]:
    """The time of the last day, and where it is one that happens once."""
    everywhere = np.ones(len(asked), dtype=bool)
    if isinstance(mode, CloseOfDay):
        return table.closes[target], everywhere
    zone = calendar.zone
    if isinstance(mode, At):
        return _put_back(zone, table.days[target], np.full(len(asked), _clock(mode.at), dtype=np.int64))
    day, clock = np.divmod(walls(zone, asked).wall(asked), DAY)
    moved, plain = _put_back(zone, day + table.days[target] - table.days[number], clock)
    same = target == number
    due = np.where(same, asked, moved)
    plain |= same
    opened = kernel.is_open(calendar, due, everywhere)
    fits = opened.values.astype(bool, copy=False)
    if calendar.landing == "close":
        before = kernel.is_open(calendar, due - 1, everywhere)
        fits = fits | before.values.astype(bool, copy=False)
        plain &= before.faults == 0
    plain &= opened.faults == 0
    if mode.closed == "clamp":
        return due, plain & fits
    later = kernel.next_open(calendar, due, everywhere)
    return np.where(fits, due, later.values), plain & (fits | (later.faults == 0))
