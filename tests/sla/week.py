"""The week of Monday 9 February 2026 in Shanghai: how tests write times, events and what a clock says of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pendulum

from svcstd.calendars import BusinessCalendar, Calendar
from svcstd.moment import micros
from svcstd.sla import Case, Event, Objective, Reading, WorkingTime, fold, read_life

OFFICE = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
WEEK = {day: number for number, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 9)}
TICK = timedelta(microseconds=1)


def at(text: str) -> datetime:
    """A time of the week of Monday 9 February 2026, in Shanghai: ``Mon 09:00``, or ``Mon+1 09:00`` a week later."""
    day, clock = text.split(" ")
    name, _, weeks = day.partition("+")
    hour, minute = clock.split(":")
    return pendulum.datetime(2026, 2, WEEK[name] + 7 * int(weeks or 0), int(hour), int(minute), tz="Asia/Shanghai")


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def told(text: str, **parts: Any) -> Event:
    """An event from ``Mon 09:00 opened``; a word after the kind is the priority that became known."""
    day, clock, kind, *priority = text.split(" ")
    known: dict[str, Any] = {"facts": {"priority": priority[0]}} if priority else {}
    return Event(kind, at=at(f"{day} {clock}"), **known, **parts)


def read(
    promise: Objective,
    *events: str | Event,
    as_of: str | datetime,
    facts: dict[str, Any] | None = None,
    calendar: Calendar | None = OFFICE,
) -> Reading:
    """One clock, read as the standard would read it."""
    asked = micros(at(as_of) if isinstance(as_of, str) else as_of)
    case = Case("T1", facts or {}, tuple(told(one) if isinstance(one, str) else one for one in events))
    life = fold(promise, case, as_of=asked, choose="office" if calendar else "")
    calendars = {"office": calendar} if calendar else {}
    return read_life("close", promise, life, calendars, zone="Asia/Shanghai", edition="", as_of=asked, case="T1")


def due(found: Reading) -> datetime | None:
    """The due time; no problem is hidden behind a missing one."""
    assert found.problem is None
    return found.due


def breaches(found: Reading) -> list[tuple[datetime, str]]:
    """The promises broken on the way, as moments."""
    return [(pendulum.from_timestamp(one.instant / 1_000_000), one.target) for one in found.breaches]


def working(number: float) -> WorkingTime:
    """So many working hours."""
    return WorkingTime(hours(number))
