"""Shapes of calendars: hours, holidays, exceptions, calendars made of calendars, versions by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from svcstd.calendars import DayHours, HolidayTable, WeeklyHours
from svcstd.documents.dates import DAY, DAY_RANGE, read_day
from svcstd.documents.shapes import FAULT, Choice, Flag, Parsed, Reader, Text
from svcstd.documents.structures import Field, Listed, Mapped, OneOrMore, Record, Switch, Table, has_key, is_kind
from svcstd.errors import SvcstdError
from svcstd.keyed import EMPTY, Keyed
from svcstd.sla.objective import ELSE
from svcstd.standard import CalendarEntry, PublicHolidays

__all__ = ["CALENDARS", "HOLIDAYS"]

WEEKLY = Parsed(
    WeeklyHours.parse, str, "weekly hours", ("Mon-Fri 09:00-12:00 13:00-18:00", "daily 08:00-22:00", "24x7")
)
DAY_TEXT = Parsed(DayHours.parse, str, "the hours of one day", ("09:00-12:00", "closed"))


def _same(value: Any) -> Mapping[str, Any]:
    return {"hours": value, "name": value.name}


EXCEPTION = Switch(
    (
        (is_kind(str), DAY_TEXT),
        (
            is_kind(dict),
            Record(
                lambda hours, name: DayHours(hours.spans, name),
                (Field("hours", DAY_TEXT), Field("name", Text("why"), "")),
                take=_same,
            ),
        ),
    ),
    lambda value: 1 if value.name else 0,
    "hours such as 09:00-12:00, or a table with hours and name",
)


def _bare(days: Mapping[date, str]) -> list[date]:
    return list(days)


NAMED_DAYS = Switch(
    (
        (is_kind(list), Mapped(Listed(DAY), lambda days: days, _bare)),
        (is_kind(dict), Table(Text("name of the day"), parse=read_day, show=date.isoformat)),
    ),
    lambda days: 1 if any(days.values()) else 0,
    "a list of dates, or a table of dates with names",
)


def _public(text: str) -> PublicHolidays:
    return PublicHolidays(text)


def _table_parts(table: HolidayTable) -> Mapping[str, Any]:
    return {
        "holidays": Keyed(table.holidays),
        "make_up": Keyed(table.make_up),
        "covers": table.covers,
        "source": table.source,
        "provisional_from": table.provisional_from,
    }


FROZEN = Record(
    HolidayTable,
    (
        Field("covers", DAY_RANGE, (None, None), says="outside, days are unknown"),
        Field("days", NAMED_DAYS, attr="holidays"),
        Field("make_up", NAMED_DAYS, EMPTY, says="days off that are worked"),
        Field("source", Text(), ""),
        Field("provisional_from", DAY, None, says="first day that a later notice may change"),
    ),
    "a frozen holiday table",
    _table_parts,
)

PUBLIC = Record(
    PublicHolidays,
    (
        Field("of", Text(), says="ISO 3166, e.g. CN or US-MA"),
        Field("categories", Listed(Text(), 1), ()),
        Field("observed", Flag(), True),  # noqa: FBT003 - the default of a field
        Field("language", Text(), "", says="of the names, e.g. en_US"),
    ),
    "public holidays of a place, for the years of the standard",
)


def _holidays_way(value: PublicHolidays | HolidayTable) -> int:
    if isinstance(value, PublicHolidays):
        return 0 if value == PublicHolidays(value.of) else 2
    return 1 if value == HolidayTable([day for day, name in value.holidays if not name]) else 3


HOLIDAYS = Switch(
    (
        (is_kind(str), Parsed(_public, lambda value: str(value.of), "a country or subdivision", ("CN", "US-MA"))),
        (is_kind(list), Mapped(Listed(DAY), HolidayTable, lambda value: [day for day, _ in value.holidays])),
        (has_key("of"), PUBLIC),
        (has_key("days"), FROZEN),
    ),
    _holidays_way,
    "a place such as US-MA, a list of dates, or a table with of or days",
)

KEYS = OneOrMore(Text("key of a calendar"))


def _versions_of(raw: object) -> bool:
    return isinstance(raw, dict) and ELSE in raw


class _Versions:
    """A calendar by date: ``{ else = "office", 2026-06-01 = "daily" }``."""

    dates = Table(Text("key of a calendar"), parse=read_day, show=date.isoformat)

    def read(self, raw: Any, path: str, reader: Reader) -> Any:
        """An entry with versions."""
        options = {key: raw[key] for key in (ELSE, "zone", "name") if key in raw}
        changes = self.dates.read({key: one for key, one in raw.items() if key not in options}, path, reader)
        named = {key: Text().read(one, f"{path}.{key}", reader) for key, one in options.items()}
        if changes is FAULT or FAULT in named.values():
            return FAULT
        parts = {"versions": changes, "otherwise": named[ELSE], "zone": named.get("zone", "")}
        try:
            return CalendarEntry(name=named.get("name", ""), **parts)
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{ELSE}")

    def write(self, value: CalendarEntry) -> object:
        """The table."""
        options = {ELSE: value.otherwise, "zone": value.zone, "name": value.name}
        changes = self.dates.write(value.versions)
        return {key: one for key, one in options.items() if one} | changes  # type: ignore[operator]

    def schema(self) -> dict[str, Any]:
        """An object with an else."""
        return {"type": "object", "required": [ELSE], "additionalProperties": {"type": "string"}}


PICKED = Switch(
    (
        (is_kind(str), Text("key of a calendar")),
        (is_kind(dict), Table(Text("key of a calendar"), parse=read_day, show=date.isoformat)),
    ),
    lambda value: 0 if isinstance(value, str) else 1,
    "the key of a calendar, or keys by first day",
)

FAMILY = Record(
    CalendarEntry,
    (
        Field("by", Text("the fact that picks a calendar")),
        Field("use", Table(PICKED, free=True), says="calendars by value of that fact"),
        Field(ELSE, Text("key of the calendar for any other value"), attr="otherwise"),
        Field("zone", Text("IANA name"), ""),
        Field("name", Text(), ""),
    ),
    "calendars by a fact",
)

LEAF = Record(
    CalendarEntry,
    (
        Field("hours", WEEKLY, None),
        Field("holidays", HOLIDAYS, None),
        Field("exceptions", Table(EXCEPTION, parse=read_day, show=date.isoformat), EMPTY),
        Field("make_up_hours", EXCEPTION, None, says="hours of make-up workdays"),
        Field("overnight", Choice(("drop_shift", "cut_day")), "drop_shift"),
        Field("landing", Choice(("close", "next_open")), "close"),
        Field("any_of", KEYS, (), says="open when one of these calendars is"),
        Field("all_of", KEYS, (), says="open when all of these calendars are"),
        Field("except", KEYS, (), attr="less", says="and none of these"),
        Field("zone", Text("IANA name"), ""),
        Field("name", Text(), ""),
    ),
    "a calendar",
)


def _calendar_way(value: CalendarEntry) -> int:
    if value.by or value.otherwise:
        return 1 if value.by else 2
    return 0 if value.hours is not None and value == CalendarEntry(hours=value.hours) else 3


CALENDARS = Table(
    Switch(
        (
            (is_kind(str), Mapped(WEEKLY, lambda hours: CalendarEntry(hours=hours), lambda value: value.hours)),
            (has_key("by", "use"), FAMILY),
            (_versions_of, _Versions()),
            (is_kind(dict), LEAF),
        ),
        _calendar_way,
        "hours such as Mon-Fri 09:00-18:00, or a table",
    )
)
