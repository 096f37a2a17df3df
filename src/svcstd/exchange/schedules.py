"""Weekly schedules of help desks: Zendesk counts minutes from Sunday, ServiceNow ends a span at its last second."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from svcstd.calendars import BusinessCalendar, HolidayTable, OpenSpan, WeeklyHours
from svcstd.calendars.business import NO_HOLIDAYS
from svcstd.errors import DefinitionError, MomentError
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.explain import because
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import timezone

__all__ = ["listed_in", "read_servicenow_schedule", "read_zendesk_schedules"]

LONGEST = 2_000_000
LONGEST_HOLIDAY = 366
WEEK = 7 * 24 * 60
"""Minutes."""
DAY_MINUTES = 24 * 60
WHOLE_DAY = DAY_MINUTES * 60
"""Seconds."""
DAYS = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}
"""ServiceNow's numbers of weekdays, Monday first."""
OFF = ("exclude", "exception")
WORKED = ("", "work")
ENDLESS = ("", "0", "1")
"""How often a span repeats that has no last time."""
WEEKLY = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}


def listed_in(text: str, key: str) -> list[Any]:
    """The list under a key of a JSON text.

    Raises:
        DefinitionError: no such text.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError("text", "exchange.shape", reason="no text, or too long")
    try:
        found = json.loads(text)[key]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DefinitionError("text", "exchange.shape", reason=f"{type(error).__name__}: {error}"[:120]) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise DefinitionError("text", "exchange.shape", reason=f"{key} is no list of objects")
    return found


def read_zendesk_schedules(text: str, *, zones: Mapping[str, str] = EMPTY) -> Imported[Keyed[str, BusinessCalendar]]:
    """The schedules that Zendesk's API lists, by their names, with their holidays where the text has them.

    Intervals are minutes from Sunday 00:00 on the wall of the schedule's zone. Holidays are known only where the text
    has a list of them; without one the calendar keeps none, and that is told.

    Args:
        text: JSON with ``schedules``.
        zones: IANA names by the names that Zendesk uses, such as ``Eastern Time (US & Canada)``.

    Raises:
        DefinitionError: a text of another shape, or a name told twice.
    """
    found: dict[str, BusinessCalendar] = {}
    skipped: list[Untranslated] = []
    for number, one in enumerate(listed_in(text, "schedules")):
        name = str(one.get("name", ""))
        where = f"schedules[{number}] {name}".strip()
        if name in found:
            raise DefinitionError(where, "shape.twice", key=name)
        zone = str(one.get("time_zone", ""))
        try:
            zone = zones.get(zone, zone)
            timezone(zone)
            hours = WeeklyHours(_weekly_minutes(one.get("intervals"), where))
        except (MomentError, DefinitionError) as error:
            skipped.append(Untranslated(where, because("exchange.left_out", reason=error.problem)))
            continue
        holidays = _holidays(one, where, skipped)
        found[name] = BusinessCalendar(zone=zone, hours=hours, holidays=holidays, name=name)
    return Imported(Keyed(found), skipped)


def _weekly_minutes(intervals: object, where: str) -> list[list[OpenSpan]]:
    """Spans of Monday to Sunday from minutes since Sunday."""
    days: list[list[OpenSpan]] = [[] for _ in range(7)]
    for interval in intervals if isinstance(intervals, list) else [None]:
        start, end = (interval.get(key) for key in ("start_time", "end_time")) if isinstance(interval, dict) else (0, 0)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= WEEK:
            raise DefinitionError(where, "exchange.interval", value=repr(interval)[:80])
        while start < end:
            day, minute = divmod(start, DAY_MINUTES)
            stop = min(end, (day + 1) * DAY_MINUTES)
            days[(day - 1) % 7].append(OpenSpan(minute * 60, (stop - day * DAY_MINUTES) * 60))
            start = stop
    return days


def _holidays(one: Mapping[str, Any], where: str, skipped: list[Untranslated]) -> HolidayTable:
    if "holidays" not in one:
        skipped.append(Untranslated(where, because("exchange.no_holidays")))
        return NO_HOLIDAYS
    off: dict[date, str] = {}
    listed = one["holidays"]
    for number, holiday in enumerate(listed if isinstance(listed, list) else [listed]):
        days = _dates(holiday)
        if not days:
            skipped.append(Untranslated(f"{where}.holidays[{number}]", because("exchange.no_dates")))
        off |= dict.fromkeys(days, str(holiday.get("name", "")) if isinstance(holiday, dict) else "")
    return HolidayTable(holidays=off, source="Zendesk")


def _dates(holiday: object) -> list[date]:
    """Every date of a holiday, both ends included; none where it tells no dates, or more than a year of them."""
    try:
        first, last = (date.fromisoformat(holiday[key]) for key in ("start_date", "end_date"))  # type: ignore[index]
    except (ValueError, KeyError, TypeError):
        return []
    days = (last - first).days + 1
    return [first + timedelta(place) for place in range(days)] if days <= LONGEST_HOLIDAY else []


def read_servicenow_schedule(text: str, *, zone: str, name: str = "") -> Imported[BusinessCalendar]:
    """A schedule of ServiceNow, from its spans: ``cmn_schedule_span`` as JSON with ``result``.

    A span's end is its last second: 16:59:59 is five o'clock. Spans that repeat daily, on weekdays, on weekends or
    weekly, without a last time, make the week; excluded spans of whole days are holidays of their date, where they do
    not repeat.

    Args:
        text: JSON with ``result``, a list of spans.
        zone: IANA name of the schedule; spans float on its wall.
        name: of the calendar.

    Raises:
        DefinitionError: a text of another shape, or an unknown zone.
    """
    timezone(zone)
    days: list[list[OpenSpan]] = [[] for _ in range(7)]
    off: dict[date, str] = {}
    skipped: list[Untranslated] = []
    for number, span in enumerate(listed_in(text, "result")):
        where = f"result[{number}] {span.get('name', '')}".strip()
        try:
            start, closes = _stamp(span.get("start_date_time")), _closes(_stamp(span.get("end_date_time")))
        except (ValueError, OverflowError) as error:
            skipped.append(Untranslated(where, because("exchange.left_out", reason=str(error)[:120])))
            continue
        kind, repeats = (str(span.get(key) or "") for key in ("type", "repeat_type"))
        if kind in OFF:
            done = not repeats and _exclude(off, span, start, closes)
        else:
            done = kind in WORKED and _repeat(days, span, start, closes, repeats)
        if not done:
            skipped.append(Untranslated(where, because("exchange.repeats", kind=kind or "-", value=repeats or "-")))
    table = HolidayTable(holidays=off, source="ServiceNow") if off else NO_HOLIDAYS
    if not off:
        skipped.append(Untranslated("result", because("exchange.no_holidays")))
    return Imported(BusinessCalendar(zone=zone, hours=WeeklyHours(days), holidays=table, name=name), skipped)


def _stamp(value: object) -> datetime:
    """``20240101T090000`` or ``2024-01-01 09:00:00``; one in UTC, with its ``Z``, does not float and is refused."""
    text = str(value or "").replace("-", "").replace(" ", "T").replace(":", "")
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - it floats on the wall of the schedule


def _closes(end: datetime) -> datetime:
    """The first second that is no longer open."""
    return end + timedelta(seconds=1) if end.second == 59 else end  # noqa: PLR2004 - the last second of a minute


def _exclude(off: dict[date, str], span: Mapping[str, Any], start: datetime, closes: datetime) -> bool:
    """Add the days of a span to the holidays; ``False`` where it does not last from midnight to midnight."""
    days = (closes - start).days
    if start.time() != time() or closes.time() != time() or not 0 < days <= LONGEST_HOLIDAY:
        return False
    off |= {start.date() + timedelta(place): str(span.get("name") or "") for place in range(days)}
    return True


def _repeat(
    days: list[list[OpenSpan]], span: Mapping[str, Any], start: datetime, closes: datetime, repeats: str
) -> bool:
    """Add a span to the week; ``False`` where it does not repeat by the week, or only for some time."""
    ends = str(span.get("repeat_until") or "") not in ("", "0") or str(span.get("repeat_count") or "") not in ENDLESS
    if ends or not timedelta(0) < closes - start <= timedelta(1):
        return False
    if repeats in WEEKLY:
        chosen: Iterable[int] = WEEKLY[repeats]
    elif repeats == "weekly":
        named = str(span.get("days_of_week") or "")
        if not set(named) <= set(DAYS):
            return False
        chosen = sorted({DAYS[one] for one in named}) or [start.weekday()]
    else:
        return False
    second = start.hour * 3600 + start.minute * 60 + start.second
    until = second + int((closes - start).total_seconds())
    for day in chosen:
        days[day].append(OpenSpan(second, until if until <= WHOLE_DAY else until - WHOLE_DAY))
    return True
