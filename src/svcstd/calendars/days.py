"""Days are not hours: due times that count dates on the wall.

A request outside opening hours counts as made at the next opening; that opening's date is day 0. Then *n* working days
pass, and the mode says at what time of the last one it is due. A due wall time is an end: of a time that happens twice
the later, a time that never happens moves forward by the gap.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.moment import day_start, local_date, moment, wall_end

if TYPE_CHECKING:
    from pendulum.tz.timezone import Timezone

    from svcstd.calendars.calendar import Calendar
    from svcstd.calendars.spans import Spans

__all__ = ["At", "CloseOfDay", "DayMode", "KeepTime", "add_calendar_days", "add_working_days"]

MOST_DAYS = 10_000
"""More days than any promise; work must end somewhere."""

LONGEST_SHUT = 731
"""Dates without work to walk one by one, before the timeline is asked for the next opening."""


@attrs.frozen
class KeepTime:
    """Due at the time of day of the request.

    Attributes:
        closed: when that time is closed on the last day: ``roll`` to the next opening, or ``clamp`` to the closing
            before it (to the opening, if the day has not begun).
    """

    closed: Literal["roll", "clamp"] = "roll"

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.closed, ("roll", "clamp"), "closed")


@attrs.frozen
class CloseOfDay:
    """Due when the last day closes."""


def _time_of_day(at: time | str) -> time:
    if isinstance(at, str):
        try:
            at = time.fromisoformat(at)
        except ValueError:
            raise DefinitionError("at", "day.time", value=at) from None
    if not isinstance(at, time):
        raise DefinitionError("at", "day.time", value=repr(at))
    if at.tzinfo is not None or at.microsecond:
        raise DefinitionError("at", "day.time", value=at.isoformat())
    return at


@attrs.frozen
class At:
    """Due at a fixed time of day, ``At("18:00")``, open or not."""

    at: time = attrs.field(converter=_time_of_day)


DayMode: TypeAlias = "KeepTime | CloseOfDay | At"


def add_calendar_days(start: int, days: int, zone: Timezone, at: time | None = None) -> int:
    """The same wall time, *days* dates later (never 24 h times that); or at a fixed time of that date.

    Args:
        start: UTC microseconds.
        days: dates to pass.
        zone: whose wall.
        at: time of day, by default that of the start.

    >>> from datetime import datetime
    >>> from svcstd.moment import micros, timezone
    >>> zone = timezone("America/New_York")
    >>> start = micros(datetime(2015, 3, 7, 12, tzinfo=zone))
    >>> (add_calendar_days(start, 1, zone) - start) / 3_600_000_000  # clocks go forward that night
    23.0
    """
    _check_days(days)
    wall = moment(start, zone)
    clock = at or wall.time()
    return _due(wall.date() + timedelta(days), clock, zone)


def _due(day: date, clock: time, zone: Timezone) -> int:
    second = clock.hour * 3_600 + clock.minute * 60 + clock.second
    return wall_end(day, second, zone) + clock.microsecond


def _check_days(days: int) -> None:
    if type(days) is not int or not -MOST_DAYS <= days <= MOST_DAYS:
        raise DefinitionError("days", "day.count", value=repr(days), most=MOST_DAYS)


def add_working_days(
    calendar: Calendar,
    start: int,
    days: int,
    mode: DayMode,
    *,
    cutoff: time | None = None,
    counts_today: bool = False,
) -> int:
    """The due instant *days* working days after a request; before it, when negative.

    Args:
        calendar: whose working days; its zone says what a date is.
        start: UTC microseconds.
        days: working days to pass; 0 is the day of the request.
        mode: at what time of the last day.
        cutoff: a request at this local time or later counts as made at the next working day's opening.
        counts_today: the day of the request is day 1.

    Raises:
        DefinitionError: a cut-off or *counts_today* with negative days, or no dates (several zones).
        CoverageError: the walk meets a date whose holidays are unknown.
        NeverOpens: no working day within two years.

    Source: zendesk/biz, GLPI and Boston 311 each follow one of the modes.
    """
    _check_days(days)
    if not isinstance(mode, KeepTime | CloseOfDay | At):
        raise DefinitionError("mode", "day.mode", value=repr(mode))
    if cutoff is not None:
        cutoff = At(cutoff).at
    if days < 0:
        if cutoff is not None or counts_today:
            raise DefinitionError("days", "day.backwards", value=days)
        return _backwards(calendar, start, -days, mode)
    asked, own = _received(calendar, start, cutoff)
    steps = days - 1 if counts_today and days else days
    return _forward_due(calendar, asked, own, _walk(calendar, own, steps, 1), mode)


def _received(calendar: Calendar, start: int, cutoff: time | None) -> tuple[int, date]:
    """When a request counts as made, and to which date that belongs."""
    line, zone = calendar.timeline, calendar.tz
    wall = moment(start, zone)
    if cutoff is not None and wall.time() >= cutoff and calendar.is_working_day(wall.date()):
        day = _walk(calendar, wall.date(), 1, 1)
        return calendar.known_hours_of(day)[0][0], day
    asked = line.next_open(start)
    day = _owner(calendar, asked)
    if calendar.is_working_day(day):
        return asked, day
    day = _walk(calendar, day, 1, 1)  # a shift cut off by a change of versions belongs to no working day
    return calendar.known_hours_of(day)[0][0], day


def _owner(calendar: Calendar, instant: int) -> date:
    """The date to which work at an instant belongs: that on which its shift began."""
    day = local_date(instant, calendar.tz)
    eve = day - timedelta(1)
    if _holds(calendar.known_hours_of(day), instant):
        return day
    before = calendar.known_hours_of(eve)  # known, since it is known to be open then
    return eve if _holds(before, instant) or (before and not calendar.is_working_day(day)) else day


def _holds(spans: Spans, instant: int) -> bool:
    return any(start <= instant < end for start, end in spans)


def _walk(calendar: Calendar, day: date, steps: int, direction: Literal[1, -1]) -> date:
    """The date *steps* working days away."""
    shut = 0
    while steps:
        day += timedelta(direction)
        if calendar.is_working_day(day):
            steps, shut = steps - 1, 0
        else:
            shut += 1
        if shut > LONGEST_SHUT:
            day, shut = _skip(calendar, day, direction), 0
    return day


def _skip(calendar: Calendar, day: date, direction: Literal[1, -1]) -> date:
    """The date just before the next opening in that direction, after a long time shut."""
    line, at = calendar.timeline, day_start(day, calendar.tz)
    found = line.next_open(at) if direction > 0 else line.previous_close(at) - 1
    return local_date(found, calendar.tz) - timedelta(direction)


def _forward_due(calendar: Calendar, asked: int, own: date, day: date, mode: DayMode) -> int:
    zone, line = calendar.tz, calendar.timeline
    if isinstance(mode, At):
        return _due(day, mode.at, zone)
    spans = calendar.known_hours_of(day)
    if isinstance(mode, CloseOfDay):
        return spans[-1][1]
    due = asked if day == own else _same_time(asked, own, day, zone)
    if line.is_open(due) or (calendar.landing == "close" and line.is_open(due - 1)):
        return due
    return _clamped(due, spans) if mode.closed == "clamp" else line.next_open(due)


def _same_time(asked: int, own: date, day: date, zone: Timezone) -> int:
    """The wall time of a request on another day: of a shift's small hours, or of its 24:00, on the date after."""
    return _due(day + (local_date(asked, zone) - own), moment(asked, zone).time(), zone)


def _clamped(due: int, spans: list[tuple[int, int]]) -> int:
    best = spans[0][0]
    for start, end in spans:
        if start <= due:
            best = min(due, end)
    return best


def _backwards(calendar: Calendar, end: int, days: int, mode: DayMode) -> int:
    zone, line = calendar.tz, calendar.timeline
    inside = line.is_open(end)
    asked = end if inside else line.previous_close(end)
    own = _owner(calendar, asked if inside else asked - 1)
    day = _walk(calendar, own, days, -1)
    if isinstance(mode, At):
        return _due(day, mode.at, zone)
    spans = calendar.known_hours_of(day)
    if isinstance(mode, CloseOfDay):
        return spans[-1][1]
    due = _same_time(asked, own, day, zone)
    if line.is_open(due) or line.is_open(due - 1):
        return due
    return _clamped(due, spans) if mode.closed == "clamp" else line.previous_close(due)
