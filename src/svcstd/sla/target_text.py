"""The texts of targets: their kind is always said, and an abbreviation is refused with the way out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from svcstd.calendars import At, CloseOfDay, DayMode, KeepTime
from svcstd.durations import duration_of
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.sla.targets import (
    UNIT,
    UNITS,
    CalendarDays,
    CountLimit,
    ElapsedTime,
    FixedInstant,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
)

__all__ = ["read_amount", "read_target"]

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
_COUNT = re.compile(rf"([0-9]{{1,5}})\.\.([0-9]{{1,5}}) ((?:{UNIT.pattern}))")


def read_target(text: str, where: str = "target") -> Target:
    """The promise that a text names; its kind is always said.

    ``8 working hours`` is working time; ``24 hours``, ``90 minutes`` and ISO ``PT24H`` are elapsed time;
    ``4 working hours then 2 hours`` is one after the other. ``3 working days`` keeps the time of day (add
    ``, not later than closing`` to clamp it), ``3 working days by 18:00`` and ``by closing`` do not; ``, cut-off
    16:00`` and ``, counting today`` say which day is the first. ``30 calendar days`` keeps wall time,
    ``next calendar day`` is one. ``by 2026-03-31T18:00:00+08:00`` is an instant, ``2..3 rings`` a count.

    Raises:
        DefinitionError: an abbreviation, a day of no kind, or nothing of the above.

    >>> read_target("3 working days by 18:00")
    WorkingDays(days=3, mode=At(at=datetime.time(18, 0)), cutoff=None, counts_today=False)
    >>> read_target("2 days")
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: target: '2 days' does not say which days; write working days or calendar days
    """
    try:
        return _target(" ".join(text.split()), text, where)
    except SvcstdError as error:
        raise DefinitionError(where, error.message, **error.params) from None


def read_amount(text: str, where: str = "target") -> WorkingTime | ElapsedTime:
    """An amount of working or elapsed time.

    Raises:
        DefinitionError: another kind of target.
    """
    found = read_target(text, where)
    if not isinstance(found, WorkingTime | ElapsedTime):
        raise DefinitionError(where, "target.no_amount", value=text)
    return found


def _target(plain: str, text: str, where: str) -> Target:
    parts = plain.split(" then ")
    if len(parts) == 1:
        return _single(plain, text, where)
    found = [_single(part, text, where) for part in parts[:2]]
    match found:
        case [WorkingTime(amount=working), ElapsedTime(amount=elapsed)] if len(parts) == 2:  # noqa: PLR2004 - one, two
            return WorkingThenElapsed(working, elapsed)
        case _:
            raise DefinitionError(where, "target.then", value=text)


def _single(plain: str, text: str, where: str) -> Target:
    if plain.startswith("P"):
        return ElapsedTime(duration_of(plain, where))
    if plain.startswith("by "):
        return FixedInstant(_moment(plain.removeprefix("by "), text, where))
    if counted := _COUNT.fullmatch(plain):
        low, high, unit = counted.groups()
        return CountLimit(int(low), int(high), unit)
    found = _TEXT.fullmatch(plain)
    if found is None:
        raise DefinitionError(where, "target.text", value=text)
    return _days_of(found, text, where) if found["unit"] == "day" else _time_of(found, text, where)


def _moment(plain: str, text: str, where: str) -> datetime:
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        raise DefinitionError(where, "target.text", value=text) from None


def _time_of(found: re.Match[str], text: str, where: str) -> Target:
    extras = ("next", "by", "clamp", "cutoff", "today")
    if found["kind"] == "calendar" or any(found[name] for name in extras):
        raise DefinitionError(where, "target.text", value=text)
    amount = timedelta(microseconds=int(found["count"]) * UNITS[found["unit"]])
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
