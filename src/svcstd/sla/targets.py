"""What is promised: an amount of working time, of elapsed time, of working days, of calendar days; and its text."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TypeAlias

import attrs

from svcstd.calendars import At, CloseOfDay, DayMode, KeepTime
from svcstd.durations import duration_micros, duration_of
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.moment import HOUR, MINUTE, SECOND

__all__ = [
    "CalendarDays",
    "ElapsedTime",
    "Target",
    "TimeTarget",
    "WorkingDays",
    "WorkingTime",
    "read_target",
    "write_target",
]

MOST_DAYS = 3_660
MOST_TIME = 10 * 366 * 24 * HOUR


def _seconds(amount: timedelta) -> None:
    total = duration_micros(amount, "target")
    if total > MOST_TIME:
        raise DefinitionError("target", "target.long", value=amount)
    if total % SECOND:
        raise DefinitionError("target", "target.fraction", value=amount)


def _days(days: int) -> None:
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        raise DefinitionError("target", "target.days", value=repr(days), most=MOST_DAYS)


def _clock_time(at: time | str | None) -> time | None:
    return None if at is None else At(at).at


@attrs.frozen
class WorkingTime:
    """So much time while the calendar is open."""

    amount: timedelta

    def __attrs_post_init__(self) -> None:
        _seconds(self.amount)

    def __str__(self) -> str:
        return write_target(self)


@attrs.frozen
class ElapsedTime:
    """So much time on the UTC line, open or not."""

    amount: timedelta

    def __attrs_post_init__(self) -> None:
        _seconds(self.amount)

    def __str__(self) -> str:
        return write_target(self)


@attrs.frozen
class WorkingDays:
    """So many working days after the day of the request.

    Attributes:
        days: working days to pass, zero or more.
        mode: at what time of the last day.
        cutoff: a request at this local time or later counts as the next working day's.
        counts_today: the day of the request is day 1.
    """

    days: int
    mode: DayMode = KeepTime()  # noqa: RUF009 - a frozen value
    cutoff: time | None = attrs.field(default=None, converter=_clock_time, kw_only=True)
    counts_today: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _days(self.days)

    def __str__(self) -> str:
        return write_target(self)


@attrs.frozen
class CalendarDays:
    """So many dates later, at the same wall time or at a fixed one; never 24 hours times that."""

    days: int
    at: time | None = attrs.field(default=None, converter=_clock_time)

    def __attrs_post_init__(self) -> None:
        _days(self.days)

    def __str__(self) -> str:
        return write_target(self)


TimeTarget: TypeAlias = "WorkingTime | ElapsedTime"
"""Targets that count time, and so can be paused."""
Target: TypeAlias = "WorkingTime | ElapsedTime | WorkingDays | CalendarDays"

_UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR}
_TEXT = re.compile(
    r"(?:(?P<next>next)|(?P<count>\d{1,9})) "
    r"(?:(?P<kind>working|calendar) )?"
    r"(?P<unit>second|minute|hour|day)s?"
    r"(?: by (?P<by>closing|\d\d:\d\d(?::\d\d)?))?"
    r"(?P<clamp>, not later than closing)?"
    r"(?:, cut-off (?P<cutoff>\d\d:\d\d(?::\d\d)?))?"
    r"(?P<today>, counting today)?",
    re.ASCII,
)


def read_target(text: str, where: str = "target") -> Target:
    """The promise that a text names; its kind is always said.

    ``8 working hours`` is working time; ``24 hours``, ``90 minutes`` and ISO ``PT24H`` are elapsed time;
    ``3 working days`` keeps the time of day (add ``, not later than closing`` to clamp it), ``3 working days by 18:00``
    and ``by closing`` do not; ``, cut-off 16:00`` and ``, counting today`` say which day is the first.
    ``30 calendar days`` keeps wall time, ``next calendar day`` is one.

    Raises:
        DefinitionError: an abbreviation, a day of no kind, or nothing of the above.

    >>> read_target("3 working days by 18:00")
    WorkingDays(days=3, mode=At(at=datetime.time(18, 0)), cutoff=None, counts_today=False)
    >>> read_target("2 days")
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: target: '2 days' does not say which days; write working days or calendar days
    """
    if text.startswith("P"):
        try:
            return ElapsedTime(duration_of(text, where))
        except SvcstdError as error:
            raise DefinitionError(where, error.message, **error.params) from None
    found = _TEXT.fullmatch(" ".join(text.split()))
    if found is None:
        raise DefinitionError(where, "target.text", value=text)
    try:
        return _days_of(found, text, where) if found["unit"] == "day" else _time_of(found, text, where)
    except DefinitionError as error:
        raise error.at(where) from None


def _time_of(found: re.Match[str], text: str, where: str) -> Target:
    extras = ("next", "by", "clamp", "cutoff", "today")
    if found["kind"] == "calendar" or any(found[name] for name in extras):
        raise DefinitionError(where, "target.text", value=text)
    amount = timedelta(microseconds=int(found["count"]) * _UNITS[found["unit"]])
    return WorkingTime(amount) if found["kind"] else ElapsedTime(amount)


def _days_of(found: re.Match[str], text: str, where: str) -> Target:
    if found["kind"] is None:
        raise DefinitionError(where, "target.which_days", value=text)
    count = int(found["count"] or 1)
    by = found["by"]
    if found["kind"] == "calendar":
        if by == "closing" or found["clamp"] or found["cutoff"] or found["today"]:
            raise DefinitionError(where, "target.text", value=text)
        return CalendarDays(count, by)
    if by and found["clamp"]:
        raise DefinitionError(where, "target.text", value=text)
    mode: DayMode = KeepTime("clamp" if found["clamp"] else "roll")
    if by:
        mode = CloseOfDay() if by == "closing" else At(by)
    return WorkingDays(count, mode, cutoff=found["cutoff"], counts_today=bool(found["today"]))


def write_target(target: Target) -> str:
    """The text that :func:`read_target` reads.

    >>> write_target(WorkingTime(timedelta(hours=8))), write_target(CalendarDays(1))
    ('8 working hours', '1 calendar day')
    """
    match target:
        case WorkingTime():
            return _amount(target.amount, "working ")
        case ElapsedTime():
            return _amount(target.amount, "")
        case CalendarDays():
            return _count(target.days, "calendar day") + (f" by {_clock(target.at)}" if target.at else "")
        case _:
            return _count(target.days, "working day") + _mode(target)


def _mode(target: WorkingDays) -> str:
    match target.mode:
        case At(at=at):
            text = f" by {_clock(at)}"
        case CloseOfDay():
            text = " by closing"
        case _:
            text = ", not later than closing" if target.mode.closed == "clamp" else ""
    text += f", cut-off {_clock(target.cutoff)}" if target.cutoff is not None else ""
    return text + (", counting today" if target.counts_today else "")


def _clock(at: time) -> str:
    return at.isoformat() if at.second else f"{at:%H:%M}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _amount(amount: timedelta, kind: str) -> str:
    total = duration_micros(amount)
    unit, size = next((unit, size) for unit, size in reversed(_UNITS.items()) if total % size == 0)
    return _count(total // size, f"{kind}{unit}")
