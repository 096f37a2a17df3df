"""Events of an iCalendar text, one by one: recurrence, exceptions, moved and cancelled ones, zones, availability.

Source: RFC 5545 and, for availability, RFC 7953. The text is read by icalendar, its rules are expanded by dateutil.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, TypeAlias

import attrs

from svcstd.errors import DefinitionError, ExtraMissing
from svcstd.exchange.imported import Untranslated
from svcstd.explain import Explanation, because
from svcstd.moment import timezone

try:
    from dateutil.rrule import rrulestr
    from icalendar import Calendar as Ics
    from icalendar import Event as IcsEvent
    from icalendar import Todo as IcsTask
except ImportError:
    raise ExtraMissing("text", "extra.missing", what="iCalendar", extra="ical") from None

__all__ = ["Ics", "IcsEvent", "IcsTask", "Occurrence", "occurrences"]

LONGEST = 2_000_000
"""Characters of a text."""
MOST = 20_000
"""Occurrences of one event, and events of one text."""
OFTEN = 24
"""Times of a day that a rule may name."""
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
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
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError("text", "ical.long", most=f"{LONGEST:,}")
    if first >= last:
        raise DefinitionError("last", "ical.days", first=first, last=last)
    local = timezone(zone)
    try:
        calendars = Ics.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise DefinitionError(
            "text", "ical.text", reason=str(error).splitlines()[0][:200] if str(error) else "?"
        ) from None
    if any(one.name != "VCALENDAR" for one in calendars) or _opened(text) != 0:
        raise DefinitionError("text", "ical.text", reason="BEGIN and END do not match")
    found: list[Occurrence] = []
    skipped: list[Untranslated] = []
    events = list(_events(calendars, skipped))
    if len(events) > MOST:
        raise DefinitionError("text", "ical.many", most=f"{MOST:,}")
    moved = {(str(event.get("UID", "")), _key(event["RECURRENCE-ID"].dt)) for _, event, _ in events if _is_moved(event)}
    window = (_instant(first, local), _instant(last, local))
    for where, event, span in events:
        try:
            made = _of_event(where, event, local, window, moved)
            found += [one for one in made if span is None or _overlaps(one, span, local)]
        except _Skip as skip:
            skipped.append(Untranslated(where, skip.why))
    return found, skipped


def _opened(text: str) -> int:
    """How many parts are begun and never ended."""
    lines = [line.upper() for line in text.splitlines()]
    return sum(line.startswith("BEGIN:") for line in lines) - sum(line.startswith("END:") for line in lines)


def _events(calendars: Iterable[Part], skipped: list[Untranslated]) -> Iterator[tuple[str, Part, WindowOf | None]]:
    """Each event with its place; an available time with the span in which it counts."""
    number = 0
    for calendar in calendars:
        for part in calendar.walk():
            where = f"{part.name} {number + 1}"
            if part.name == "VEVENT":
                number += 1
                yield f"{where} {str(part.get('SUMMARY', ''))[:60]}".strip(), part, None
            elif part.name == "VAVAILABILITY":
                span = (_aware(part.get("DTSTART")), _aware(part.get("DTEND")))
                for below in part.subcomponents:
                    number += 1
                    yield f"{below.name} {number} {str(below.get('SUMMARY', ''))[:60]}".strip(), below, span
            elif part.name in SKIPPED:
                number += 1
                skipped.append(Untranslated(where, because("ical.kind", kind=part.name)))


def _aware(found: Part) -> datetime | None:
    value = getattr(found, "dt", None)
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


def _is_moved(event: Mapping[str, Any]) -> bool:
    return hasattr(event.get("RECURRENCE-ID"), "dt")


def _key(value: date | datetime) -> str:
    """A start, whichever zone it is written in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo is not None else value.isoformat()
    return value.isoformat()


def _instant(day: date, local: tzinfo) -> datetime:
    return datetime.combine(day, time(), local)


def _overlaps(one: Occurrence, span: WindowOf, local: tzinfo) -> bool:
    start, end = (_moment(value, local) for value in (one.start, one.end))
    return (span[0] is None or end > span[0]) and (span[1] is None or start < span[1])


def _moment(value: date | datetime, local: tzinfo) -> datetime:
    return value if isinstance(value, datetime) else _instant(value, local)


def _of_event(
    where: str,
    event: Part,
    local: tzinfo,
    window: tuple[datetime, datetime],
    moved: set[tuple[str, str]],
) -> Iterator[Occurrence]:
    """The happenings of one event within the window."""
    if event.errors:
        raise _Skip(because("ical.broken", reason="; ".join(str(reason)[:80] for _, reason in event.errors)[:200]))
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _Skip(because("ical.cancelled"))
    began = event.get("DTSTART")
    if not hasattr(began, "dt"):
        raise _Skip(because("ical.no_start"))
    if str(getattr(event.get("RECURRENCE-ID"), "params", {}).get("RANGE", "")):
        raise _Skip(because("ical.range"))
    start = began.dt
    length = _length(start, event)
    if isinstance(start, datetime) and start.tzinfo is None and "TZID" in began.params:
        raise _Skip(because("ical.zone", zone=str(began.params["TZID"])[:60]))
    name, uid = str(event.get("SUMMARY", "")), str(event.get("UID", ""))
    excluded = {_key(value) for value in _listed(event, "EXDATE")}
    for value in _starts(event, start, local, window[1]):
        key = _key(value)
        if key in excluded or (not _is_moved(event) and (uid, key) in moved):
            continue
        begins = value
        if isinstance(value, datetime) and value.tzinfo is None:
            begins = value.replace(tzinfo=local)
        one = Occurrence(start=begins, end=_after(begins, length), name=name, where=where)
        if _overlaps(one, window, local):
            yield one


def _after(start: date | datetime, length: timedelta) -> date | datetime:
    """The end: dates count days, moments count elapsed time."""
    if isinstance(start, datetime):
        return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return start + length


def _length(start: date | datetime, event: Part) -> timedelta:
    """How long it lasts: by its end, by its duration, or a whole day where it is told by its date alone."""
    end, duration = (getattr(event.get(key), "dt", None) for key in ("DTEND", "DURATION"))
    if isinstance(duration, timedelta):
        length = duration
    elif end is None:
        length = timedelta(0) if isinstance(start, datetime) else timedelta(1)
    else:
        length = _between(start, end)
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


def _listed(event: Part, key: str) -> Iterator[date | datetime]:
    """The values of a property that may stand several times with several values each; a period counts by its start."""
    held = event.get(key)
    for one in held if isinstance(held, list) else [] if held is None else [held]:
        for value in one.dts:
            yield value.dt[0] if isinstance(value.dt, tuple) else value.dt


def _starts(event: Part, start: date | datetime, local: tzinfo, until: datetime) -> Iterator[date | datetime]:
    """When it begins, each once: its start, what its rules give, and its further dates."""
    rules = event.get("RRULE")
    found = {_key(start): start}
    for rule in rules if isinstance(rules, list) else [] if rules is None else [rules]:
        for value in _ruled(rule, start, local, until):
            found.setdefault(_key(value), value)
    for value in _listed(event, "RDATE"):
        if isinstance(value, datetime) is not isinstance(start, datetime):
            raise _Skip(because("ical.mixed"))
        found.setdefault(_key(value), value)
    if len(found) > MOST:
        raise _Skip(because("ical.often"))
    yield from found.values()


def _ruled(rule: Part, start: date | datetime, local: tzinfo, until: datetime) -> Iterator[date | datetime]:
    """The starts that a rule gives up to the end of the window, on the wall of the event."""
    told = {key.upper(): value for key, value in rule.items()}
    if not told:
        return  # an empty rule is none
    times = 1
    for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(told.get(key, [0]))
    if str(told.get("FREQ", [""])[0]).upper() not in RULES or times > OFTEN or "RSCALE" in told:
        raise _Skip(because("ical.often"))
    zone = start.tzinfo if isinstance(start, datetime) else None
    wall = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    ends = until.astimezone(zone or local).replace(tzinfo=None)
    for value in told.pop("UNTIL", []):
        ends = min(ends, _wall_end(value, zone))
    count = told.pop("COUNT", [MOST + 1])[0]
    if ends < wall:
        return
    text = rule.__class__({**told, "UNTIL": [ends.replace(microsecond=0)]}).to_ical().decode()
    try:
        walls = list(islice(rrulestr(text, dtstart=wall), min(int(count), MOST + 1)))
    except (ValueError, TypeError, OverflowError) as error:
        raise _Skip(because("ical.rule", reason=str(error)[:120])) from None
    for one in walls:
        yield one.replace(tzinfo=zone) if isinstance(start, datetime) else one.date()


def _wall_end(value: date | datetime, zone: tzinfo | None) -> datetime:
    """The last moment of a rule, on the wall of its event."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(23, 59, 59))
    if value.tzinfo is None or zone is None:
        return value.replace(tzinfo=None)
    return value.astimezone(zone).replace(tzinfo=None)
