"""iCalendar: holidays and shifts into calendars, calendars and due times out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from svcstd.calendars import BusinessCalendar, Calendar, DayHours, HolidayTable, OpenSpan
from svcstd.errors import DefinitionError, must_be
from svcstd.exchange.ical_events import TOTAL, Ics, IcsEvent, IcsTask, IcsText, Occurrence, occurrences
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.explain import because
from svcstd.moment import timezone
from svcstd.sla import Readings

__all__ = ["read_ical_holidays", "read_ical_shifts", "write_ical_due", "write_ical_hours"]

PRODUCER = "-//svcstd//svcstd//EN"
DAY = 24 * 60 * 60


def read_ical_holidays(
    text: str, *, zone: str, first: date, last: date, make_up: Iterable[str] = ()
) -> Imported[HolidayTable]:
    """The holidays of a calendar: its events of whole days.

    Args:
        text: of the file.
        zone: IANA name of the place where they are kept.
        first: first date for which the table is to hold.
        last: the date after the last one.
        make_up: words of which one stands in the summary of a day that is worked in exchange, such as ``上班``.

    Raises:
        DefinitionError: a text that is no iCalendar, no days, or a day that is both a holiday and worked.
    """
    found, skipped = occurrences(text, zone=zone, first=first, last=last)
    words = [""] if isinstance(make_up, str) else list(make_up)
    if not all(isinstance(word, str) and word for word in words):
        raise DefinitionError("make_up", "shape.kind", got="a text, or an empty one", expected="a list of words")
    counted = 0
    off: dict[date, dict[str, None]] = {}
    worked: dict[date, dict[str, None]] = {}
    for one in found:
        if not one.is_whole_days:
            skipped.append(Untranslated(one.where, because("ical.timed")))
            continue
        held = worked if any(word in one.name for word in words) else off
        counted += 1
        for day in _days(one, first, last):
            counted += 1
            held.setdefault(day, {})[one.name] = None
        if counted > TOTAL:
            raise DefinitionError("text", "ical.many", most=f"{TOTAL:,}")
    named = ({day: " / ".join(names) for day, names in held.items()} for held in (off, worked))
    table = HolidayTable(next(named), make_up=next(named), covers=(first, last), source="iCalendar")
    return Imported(table, dict.fromkeys(skipped))


def _days(one: Occurrence, first: date, last: date) -> Iterator[date]:
    day = max(one.start, first)
    while day < min(one.end, last):
        yield day
        day += timedelta(1)


def read_ical_shifts(text: str, *, zone: str, first: date, last: date, name: str = "") -> Imported[BusinessCalendar]:
    """The hours at which somebody is there: events with times, and times that are told as available.

    Days without any are closed; before *first* and from *last* on nothing is known.

    Args:
        text: of the file.
        zone: IANA name of the desk, on whose wall the hours are told.
        first: first date for which the calendar is to hold.
        last: the date after the last one.
        name: of the calendar.

    Raises:
        DefinitionError: a text that is no iCalendar, or no days.
    """
    found, skipped = occurrences(text, zone=zone, first=first, last=last)
    local = timezone(zone)
    window = _midnight(first, zone), _midnight(last, zone)
    spans: dict[date, list[OpenSpan]] = {}
    for one in found:
        if not isinstance(one.start, datetime) or not isinstance(one.end, datetime):
            skipped.append(Untranslated(one.where, because("ical.no_shift")))
            continue
        start, end = (value.astimezone(local) for value in (max(one.start, window[0]), min(one.end, window[1])))
        if start.replace(fold=0).astimezone(UTC) != start.astimezone(UTC) or (
            end.replace(fold=1).astimezone(UTC) != end.astimezone(UTC)
        ):
            skipped.append(Untranslated(one.where, because("ical.fold", day=start.date())))
            continue
        for day, span in _wall_spans(start, end):
            spans.setdefault(day, []).append(span)
    days = (first + timedelta(number) for number in range((last - first).days))
    exceptions = {day: DayHours(tuple(spans.get(day, ()))) for day in days}
    covered = HolidayTable(covers=(first, last), source="iCalendar")
    made = BusinessCalendar(zone=zone, hours="24x7", holidays=covered, exceptions=exceptions, name=name)
    return Imported(made, dict.fromkeys(skipped))


def _wall_spans(start: datetime, end: datetime) -> Iterator[tuple[date, OpenSpan]]:
    """The hours of each day on the wall, cut at midnight."""
    day = start.date()
    begins = start.hour * 3600 + start.minute * 60 + start.second
    while day <= end.date():
        ends = end.hour * 3600 + end.minute * 60 + end.second if day == end.date() else DAY
        if ends > begins:
            yield day, OpenSpan(begins, ends)
        day, begins = day + timedelta(1), 0


def write_ical_hours(calendar: Calendar, *, first: date, last: date, stamp: datetime, name: str) -> str:
    """The open hours of some days as events, one for each stretch.

    Args:
        calendar: of ours.
        first: first local date.
        last: the date after the last one.
        stamp: when the text is made; aware. It is given, for the same calendar makes the same text.
        name: of the calendar; with the start it makes the id of each event.

    Raises:
        DefinitionError: a naive stamp, or no days.
        CoverageError: days whose holidays are unknown.
    """
    _must_be_aware(stamp)
    if first >= last:
        raise DefinitionError("last", "ical.days", first=first, last=last)
    made = _empty(name)
    for span in calendar.spans(_midnight(first, calendar.zone), _midnight(last, calendar.zone)):
        start, end = span.start, span.end
        event = IcsEvent()
        event.add("UID", f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}-{name}")
        event.add("DTSTAMP", stamp.astimezone(UTC))
        event.add("DTSTART", _plain(start))
        event.add("DTEND", _plain(end))
        event.add("SUMMARY", name)
        made.add_component(event)
    return str(made.to_ical().decode())


def write_ical_due(readings: Iterable[Readings], *, stamp: datetime, name: str) -> str:
    """What is due when, as things to do; a promise that is kept or no longer runs is left out.

    Args:
        readings: of any cases.
        stamp: when the text is made; aware.
        name: of the calendar.

    Raises:
        DefinitionError: a naive stamp.
    """
    _must_be_aware(stamp)
    made = _empty(name)
    for case, reading in ((one.case, reading) for one in readings for reading in one.values()):
        if reading.due is None or reading.activity in ("stopped", "cancelled"):
            continue
        task = IcsTask()
        task.add("UID", f"{case}-{reading.objective}")
        task.add("DTSTAMP", stamp.astimezone(UTC))
        task.add("DUE", _plain(reading.due))
        task.add("SUMMARY", f"{case}: {reading.name or reading.objective}")
        made.add_component(task)
    return str(made.to_ical().decode())


def _empty(name: str) -> Ics:
    made = Ics()
    made.add("PRODID", PRODUCER)
    made.add("VERSION", "2.0")
    made.add("X-WR-CALNAME", IcsText(name))  # a text by RFC 5545, 3.8.8.2; icalendar 7.3 escapes no others
    return made


def _must_be_aware(stamp: datetime) -> None:
    must_be(stamp, datetime, "stamp", "a datetime with a zone")
    if stamp.tzinfo is None:
        raise DefinitionError("stamp", "moment.naive", value=stamp.isoformat())


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), timezone(zone))


def _plain(value: datetime) -> datetime:
    """In UTC, which needs no definition of a zone beside it, to the second."""
    utc = value.astimezone(UTC)
    return datetime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=UTC)
