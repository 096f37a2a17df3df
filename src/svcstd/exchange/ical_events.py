"""Events of an iCalendar text, one by one: recurrence, exceptions, moved and cancelled ones, zones, availability.

Source: RFC 5545 and, for availability, RFC 7953. The text is read by icalendar, its rules are expanded by dateutil.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import attrs

from svcstd.errors import DefinitionError, ExtraMissing, must_be_date
from svcstd.exchange.imported import Untranslated
from svcstd.explain import Explanation, because
from svcstd.moment import timezone

try:
    from dateutil.rrule import rrulestr
    from icalendar import Calendar as Ics
    from icalendar import Event as IcsEvent
    from icalendar import Todo as IcsTask
    from icalendar import vText as IcsText
except ImportError:
    raise ExtraMissing("text", "extra.missing", what="iCalendar", extra="ical") from None

__all__ = ["Ics", "IcsEvent", "IcsTask", "IcsText", "Occurrence", "occurrences"]

LONGEST = 2_000_000
"""Characters of a text."""
MOST = 20_000
"""Occurrences of one event, and events of one text."""
TOTAL = 200_000
"""Occurrences of all events of a text."""
OFTEN = 24
"""Times of a day that a rule may name."""
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BROKEN = (OverflowError, ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What icalendar and dateutil raise at values that are none."""
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
LAST_YEAR = 9998
SKIPPED = ("VTODO", "VJOURNAL", "VFREEBUSY")


Part: TypeAlias = Any
"""A component, a property or a rule of icalendar, which has no types of its own for them."""
WindowOf: TypeAlias = "tuple[datetime | None, datetime | None]"
"""From and to when an event counts; ``None`` for no end on that side."""


@attrs.frozen(kw_only=True)
class Occurrence:
    """One happening of an event.

    Attributes:
        start, end: dates of an event of whole days, aware datetimes of any other; the end is not part of it.
        name: its summary.
        where: the place of its event in the text.
    """

    start: date | datetime
    end: date | datetime
    name: str
    where: str

    @property
    def is_whole_days(self) -> bool:
        """Whether it is told by dates."""
        return not isinstance(self.start, datetime)


class _Skip(Exception):  # noqa: N818 - no error: an event that is left out
    """An event that has no translation."""

    def __init__(self, why: Explanation) -> None:
        super().__init__(why.message)
        self.why = why


def occurrences(text: str, *, zone: str, first: date, last: date) -> tuple[list[Occurrence], list[Untranslated]]:
    """Everything that happens within some days, in the order of the text, and what could not be read.

    Args:
        text: of one or more calendars.
        zone: IANA name, for times that float.
        first: local date in the zone.
        last: local date in the zone, not part of it.

    Raises:
        DefinitionError: a text that is no iCalendar or too long, an unknown zone, or no days at all.
    """
    must_be_date(first, "first")
    must_be_date(last, "last")
    if first >= last or last.year > LAST_YEAR:
        raise DefinitionError("last", "ical.days", first=first, last=last)
    local = timezone(zone)
    skipped: list[Untranslated] = []
    events = list(_events(_calendars(text), local, skipped))
    if len(events) > MOST:
        raise DefinitionError("text", "ical.many", most=f"{MOST:,}")
    window = (_instant(first, local), _instant(last, local))
    newest = _newest(events)
    moved = {key for event in events for key in event.moves(local)}
    found: list[Occurrence] = []
    for event in events:
        try:
            found += _of_event(event, local, window, moved, newest)
        except _Skip as skip:
            skipped.append(Untranslated(event.where, skip.why))
        except BROKEN as error:
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:120]
            skipped.append(Untranslated(event.where, because("ical.broken", reason=reason)))
        if len(found) > TOTAL:
            raise DefinitionError("text", "ical.many", most=f"{TOTAL:,}")
    return found, skipped


def _calendars(text: str) -> list[Part]:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError("text", "ical.long", most=f"{LONGEST:,}")
    try:
        calendars: list[Part] = Ics.from_ical(text, multiple=True)
    except BROKEN as error:
        reason = str(error).splitlines()[0][:200] if str(error) else "?"
        raise DefinitionError("text", "ical.text", reason=reason) from None
    if any(one.name != "VCALENDAR" for one in calendars) or _opened(text) != 0:
        raise DefinitionError("text", "ical.text", reason="BEGIN and END do not match")
    return calendars


@attrs.frozen(eq=False)
class _Event:
    """An event, or an available time, with what its calendar says of it.

    Attributes:
        part: of icalendar.
        where: its place.
        zones: what the calendar itself calls a zone, by its name.
        span: for an available time, from and to when it counts.
        is_cancelled: whether its calendar takes it back.
        has_priority: whether another availability may go before it.
    """

    part: Part
    where: str
    zones: Mapping[str, tzinfo]
    span: WindowOf | None = None
    is_cancelled: bool = False
    has_priority: bool = False

    @property
    def uid(self) -> str:
        """Its id; empty for none."""
        return str(self.part.get("UID", ""))

    @property
    def is_moved(self) -> bool:
        """Whether it stands for one happening of another."""
        return "RECURRENCE-ID" in self.part

    def value(self, key: str) -> date | datetime | timedelta | None:
        """The one value of a property; ``None`` where it is not there."""
        held = self.part.get(key)
        if held is None:
            return None
        if not hasattr(held, "dt"):
            raise _Skip(because("ical.broken", reason=key))
        found: date | datetime | timedelta | None = self._zoned(held.dt, held.params)
        return found

    def _zoned(self, value: Part, params: Mapping[str, Any]) -> Part:
        """A time in the zone that it names: one of the world's, or one that its own calendar defines."""
        name = params.get("TZID")
        if not isinstance(value, datetime) or name is None:
            return value
        if str(name) in self.zones:
            return value.replace(tzinfo=self.zones[str(name)])
        if not isinstance(value.tzinfo, ZoneInfo):
            raise _Skip(because("ical.zone", zone=str(name)[:60]))
        return value

    def listed(self, key: str) -> Iterator[tuple[date | datetime, timedelta | None]]:
        """The values of a property that may stand several times; a period has a length of its own."""
        held = self.part.get(key)
        for one in held if isinstance(held, list) else [] if held is None else [held]:
            for each in one.dts:
                value, length = each.dt, None
                if isinstance(value, tuple):
                    value, end = value
                    length = end if isinstance(end, timedelta) else _between(value, end)
                value = self._zoned(value, one.params)
                if not isinstance(value, date):
                    raise _Skip(because("ical.broken", reason=key))
                yield value, length

    def moves(self, local: tzinfo) -> Iterator[tuple[str, str]]:
        """The happening of another event in whose place it stands."""
        if self.uid and self.is_moved:
            with suppress(_Skip, *BROKEN):
                value = self.value("RECURRENCE-ID")
                if isinstance(value, date):
                    yield self.uid, _key(value, local)


def _newest(events: Iterable[_Event]) -> dict[str, _Event]:
    """By id, the event with the highest number of its revision, of equal ones the last."""
    found: dict[str, tuple[int, _Event]] = {}
    for event in events:
        number = event.part.get("SEQUENCE", 0)
        order = number if isinstance(number, int) else 0
        if event.uid and not event.is_moved and order >= found.get(event.uid, (order, event))[0]:
            found[event.uid] = (order, event)
    return {uid: event for uid, (_, event) in found.items()}


def _opened(text: str) -> int:
    """How many parts are begun and never ended."""
    lines = [line.upper() for line in text.split("\n")]
    return sum(line.startswith("BEGIN:") for line in lines) - sum(line.startswith("END:") for line in lines)


def _events(calendars: Iterable[Part], local: tzinfo, skipped: list[Untranslated]) -> Iterator[_Event]:
    """Each event with its place; an available time with the span in which it counts."""
    number = 0
    for calendar in calendars:
        zones = dict(_zones(calendar))
        cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for part in calendar.walk():
            if part.name not in ("VEVENT", "VAVAILABILITY", *SKIPPED):
                continue
            number += 1
            where = f"{part.name} {number} {str(part.get('SUMMARY', ''))[:60]}".strip()
            if part.name == "VEVENT":
                yield _Event(part, where, zones, is_cancelled=cancelled)
            elif part.name == "VAVAILABILITY":
                try:
                    span = _span(_Event(part, where, zones), local)
                except (_Skip, *BROKEN):
                    skipped.append(Untranslated(where, because("ical.broken", reason="DTSTART, DTEND, DURATION")))
                    continue
                for below in part.subcomponents:
                    name = f"{below.name} {number} {str(below.get('SUMMARY', ''))[:60]}".strip()
                    yield _Event(below, name, zones, span, cancelled, "PRIORITY" in part)
            else:
                skipped.append(Untranslated(where, because("ical.kind", kind=part.name)))


def _zones(calendar: Part) -> Iterator[tuple[str, tzinfo]]:
    """What a calendar defines as zones of its own; a name that the world knows means what the world means by it."""
    for part in calendar.walk("VTIMEZONE"):
        name = str(part.get("TZID", ""))
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            with suppress(*BROKEN):
                yield name, part.to_tz(lookup_tzid=False)


def _span(event: _Event, local: tzinfo) -> WindowOf:
    """From and to when an availability counts."""
    start, end, length = event.value("DTSTART"), event.value("DTEND"), event.value("DURATION")
    if isinstance(start, date) and isinstance(length, timedelta):
        end = _after(_moment(start, local), length, nominal=True)
    bounds = [None if one is None else _moment(one, local) for one in (start, end) if not isinstance(one, timedelta)]
    return bounds[0], bounds[1]


def _key(value: date | datetime, local: tzinfo) -> str:
    """A start, whichever zone it is written in; a date stands for whatever begins on it."""
    return _moment(value, local).astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def _instant(day: date, local: tzinfo) -> datetime:
    return datetime.combine(day, time(), local)


def _moment(value: date | datetime, local: tzinfo) -> datetime:
    """A time, where it floats on the wall of the desk; a date from its midnight."""
    if not isinstance(value, datetime):
        return _instant(value, local)
    return value.replace(tzinfo=local) if value.tzinfo is None else value


def _of_event(
    event: _Event,
    local: tzinfo,
    window: tuple[datetime, datetime],
    moved: set[tuple[str, str]],
    newest: Mapping[str, _Event],
) -> list[Occurrence]:
    """The happenings of one event within the window."""
    part = event.part
    why = _why_not(event, newest)
    if why is not None:
        raise _Skip(why)
    start = event.value("DTSTART")
    if start is None:
        raise _Skip(because("ical.no_start"))
    if not isinstance(start, date):
        raise _Skip(because("ical.broken", reason="DTSTART"))
    length = _length(start, event)
    excluded = {_key(value, _zone_of(start, local)) for value, _ in event.listed("EXDATE")}
    found = []
    for value, own in _starts(event, start, local, window[1]):
        begins = _moment(value, local) if isinstance(value, datetime) else value
        keys = {_key(begins, local), begins.isoformat()[:10]}
        if keys & excluded or (not event.is_moved and any((event.uid, key) in moved for key in keys)):
            continue
        end = _after(begins, own or length, nominal=own is None and "DTEND" not in part)
        one = _clipped(
            Occurrence(start=begins, end=end, name=str(part.get("SUMMARY", "")), where=event.where), event.span
        )
        if one is not None and _moment(one.end, local) > window[0] and _moment(one.start, local) < window[1]:
            found.append(one)
    return found


def _why_not(event: _Event, newest: Mapping[str, _Event]) -> Explanation | None:
    """Why an event counts for nothing as a whole."""
    part = event.part
    if part.errors:
        return because("ical.broken", reason="; ".join(str(reason)[:80] for _, reason in part.errors)[:200])
    if event.uid and not event.is_moved and newest[event.uid] is not event:
        return because("ical.replaced")
    if event.is_cancelled or str(part.get("STATUS", "")).upper() == "CANCELLED":
        return because("ical.cancelled")
    if event.has_priority:
        return because("ical.priority")
    if "EXRULE" in part:
        return because("ical.rule", reason="EXRULE")
    if event.is_moved and str(getattr(part["RECURRENCE-ID"], "params", {}).get("RANGE", "")):
        return because("ical.range")
    return None


def _zone_of(start: date | datetime, local: tzinfo) -> tzinfo:
    return start.tzinfo or local if isinstance(start, datetime) else local


def _clipped(one: Occurrence, span: WindowOf | None) -> Occurrence | None:
    """What of a time lies within the span in which it counts."""
    if span is None or not isinstance(one.start, datetime) or not isinstance(one.end, datetime):
        return one
    start = one.start if span[0] is None else max(one.start, span[0])
    end = one.end if span[1] is None else min(one.end, span[1])
    return attrs.evolve(one, start=start, end=end) if start < end else None


def _after(start: date | datetime, length: timedelta, *, nominal: bool) -> Part:
    """The end: dates count days; days of a duration are days on the wall, its hours, and all of an end, are elapsed."""
    if not isinstance(start, datetime):
        return start + length
    if nominal:
        start = (start.replace(tzinfo=None) + timedelta(length.days)).replace(tzinfo=start.tzinfo, fold=start.fold)
        length -= timedelta(length.days)
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _length(start: date | datetime, event: _Event) -> timedelta:
    """How long it lasts: by its end, by its duration, or a whole day where it is told by its date alone."""
    end, duration = event.value("DTEND"), event.value("DURATION")
    if isinstance(duration, timedelta):
        length = duration
    elif end is None:
        length = timedelta(0) if isinstance(start, datetime) else timedelta(1)
    elif isinstance(end, date):
        length = _between(start, end)
    else:
        raise _Skip(because("ical.broken", reason="DTEND"))
    if not isinstance(start, datetime) and length % timedelta(1):
        raise _Skip(because("ical.mixed"))
    if length <= timedelta(0):
        raise _Skip(because("ical.backwards" if length else "ical.no_time"))
    return length


def _between(start: date | datetime, end: date | datetime) -> timedelta:
    if not isinstance(start, datetime) and not isinstance(end, datetime):
        return (end - start) or timedelta(1)  # many write a day as ending on itself
    if (
        not isinstance(start, datetime)
        or not isinstance(end, datetime)
        or (start.tzinfo is None) != (end.tzinfo is None)
    ):
        raise _Skip(because("ical.mixed"))
    return end - start if end.tzinfo is None else end.astimezone(UTC) - start.astimezone(UTC)


def _starts(
    event: _Event, start: date | datetime, local: tzinfo, until: datetime
) -> Iterator[tuple[date | datetime, timedelta | None]]:
    """When it begins, each once: its start, what its rules give, and its further dates, with lengths of their own."""
    rules = event.part.get("RRULE")
    found: dict[str, tuple[date | datetime, timedelta | None]] = {_key(start, local): (start, None)}
    for rule in rules if isinstance(rules, list) else [] if rules is None else [rules]:
        for value in _ruled(rule, start, local, until):
            found.setdefault(_key(value, local), (value, None))
    for value, length in event.listed("RDATE"):
        if isinstance(value, datetime) is not isinstance(start, datetime):
            raise _Skip(because("ical.mixed"))
        found.setdefault(_key(value, local), (value, length))
    if len(found) > MOST:
        raise _Skip(because("ical.often"))
    yield from found.values()


def _ruled(rule: Part, start: date | datetime, local: tzinfo, until: datetime) -> Iterator[date | datetime]:
    """The starts that a rule gives up to the end of the window, on the wall of the event."""
    told = {key.upper(): value for key, value in rule.items()}
    if not told:
        return  # an empty rule is none
    if _is_too_often(told):
        raise _Skip(because("ical.often"))
    zone = start.tzinfo if isinstance(start, datetime) else None
    wall = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    ends = until.astimezone(zone or local).replace(tzinfo=None)
    for value in told.pop("UNTIL", []):
        ends = min(ends, _wall_end(value, zone))
    count = told.pop("COUNT", [MOST + 1])[0]
    if ends < wall or _is_never(told):
        return
    text = rule.__class__({**told, "UNTIL": [ends.replace(microsecond=0)]}).to_ical().decode()
    try:
        walls = list(islice(rrulestr(text, dtstart=wall), min(int(count), MOST + 1)))
    except BROKEN as error:
        raise _Skip(because("ical.rule", reason=str(error)[:120])) from None
    for one in walls:
        yield one.replace(tzinfo=zone) if isinstance(start, datetime) else one.date()


def _is_too_often(told: Mapping[str, Any]) -> bool:
    """Whether a rule is none of the four that calendars need, or one that never moves on."""
    times = 1
    for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(told.get(key, [0]))
    wrong = times > OFTEN or "RSCALE" in told or any(int(step) < 1 for step in told.get("INTERVAL", [1]))
    return wrong or str(told.get("FREQ", [""])[0]).upper() not in RULES


def _is_never(told: Mapping[str, Any]) -> bool:
    """Whether no month that a rule names has a day that it names; dateutil would look for one until the year 9999."""
    months = [int(month) for month in told.get("BYMONTH", range(1, 13))]
    days = [abs(int(day)) for day in told.get("BYMONTHDAY", [1])]
    longest = max((LONGEST_MONTHS[month - 1] for month in months if 1 <= month <= len(LONGEST_MONTHS)), default=0)
    return min(days, default=1) > longest


def _wall_end(value: Part, zone: tzinfo | None) -> datetime:
    """The last moment of a rule, on the wall of its event."""
    if not isinstance(value, date):
        raise _Skip(because("ical.broken", reason="UNTIL"))
    if not isinstance(value, datetime):
        return datetime.combine(value, time(23, 59, 59))
    if value.tzinfo is None or zone is None:
        return value.replace(tzinfo=None)
    return value.astimezone(zone).replace(tzinfo=None)
