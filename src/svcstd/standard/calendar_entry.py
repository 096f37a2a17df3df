"""How a standard writes a calendar, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Literal

import attrs

from svcstd.calendars import (
    BusinessCalendar,
    Calendar,
    Composite,
    DayHours,
    History,
    HolidayTable,
    WeeklyHours,
    public_holidays,
)
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import timezone

__all__ = [
    "CalendarEntry",
    "PublicHolidays",
    "build_calendars",
    "in_force_on",
    "turns",
    "without_holidays_beyond",
]


@attrs.frozen
class PublicHolidays:
    """The public holidays of a place, for the years of the standard.

    Attributes:
        of: ISO 3166, ``CN`` or ``US-MA``.
        categories: of the ``holidays`` package; empty for the country's own.
        observed: move holidays that fall on a weekend where the country does.
        language: of the names; empty for the country's own.
    """

    of: str
    categories: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    observed: bool = True
    language: str = ""

    def freeze(self, years: range | None) -> HolidayTable:
        """The table itself.

        Raises:
            DefinitionError: no years, or an unknown place.
        """
        if years is None:
            raise DefinitionError("holidays", "calendar.years", place=self.of)
        return public_holidays(
            self.of,
            years=years,
            categories=self.categories,
            observed=self.observed,
            language=self.language or None,
        )


@attrs.frozen(kw_only=True)
class CalendarEntry:
    """A calendar as it stands in the file: hours of its own, or made of other calendars by key.

    Attributes:
        hours: weekly hours of its own.
        holidays: a place, a table, or none.
        exceptions: hours of single dates.
        make_up_hours: hours of make-up workdays.
        overnight: what a holiday takes from a night shift.
        landing: where a budget that ends at closing falls due.
        any_of, all_of: open when one of these, or all of these, are open.
        less: and none of these (``except`` in the file).
        versions: by first day, the key of the calendar that holds from then on; ``otherwise`` holds before.
        otherwise: key of the first version, or of the calendar for any other value (``else`` in the file).
        by: the fact that picks one of several calendars; then this is a family and no calendar itself.
        use: by value of that fact, the key of its calendar, or keys by first day.
        zone: IANA name; by default the standard's.
        name: for people.
    """

    hours: WeeklyHours | None = None
    holidays: PublicHolidays | HolidayTable | None = None
    exceptions: Keyed[date, DayHours] = attrs.field(default=EMPTY, converter=as_keyed)
    make_up_hours: DayHours | None = None
    overnight: Literal["drop_shift", "cut_day"] = "drop_shift"
    landing: Literal["close", "next_open"] = "close"
    any_of: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    all_of: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    less: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    versions: Keyed[date, str] = attrs.field(default=EMPTY, converter=as_keyed)
    otherwise: str = ""
    by: str = ""
    use: Keyed[str, str | Keyed[date, str]] = attrs.field(default=EMPTY, converter=as_keyed)
    zone: str = ""
    name: str = ""

    def __attrs_post_init__(self) -> None:
        kinds = [bool(part) for part in (self.hours, self.any_of, self.all_of, self.otherwise)]
        if kinds.count(True) != 1:
            raise DefinitionError("hours", "calendar.kind")
        if (self.versions or self.by) and not self.otherwise:
            raise DefinitionError("else", "calendar.else")
        if bool(self.by) != bool(self.use) or (self.by and self.versions):
            raise DefinitionError("by", "calendar.by")
        own = (self.holidays, self.exceptions, self.make_up_hours)
        policies = (self.overnight, self.landing) != ("drop_shift", "close")
        if self.hours is None and (any(part for part in own) or policies):
            raise DefinitionError("hours", "calendar.own_parts")
        if self.less and not (self.any_of or self.all_of):
            raise DefinitionError("except", "calendar.except")

    @property
    def names(self) -> tuple[str, ...]:
        """Keys of the calendars it is made of."""
        first = (self.otherwise,) if self.otherwise else ()
        picked = [key for one in self.use.values() for key in ([one] if isinstance(one, str) else one.values())]
        return (*first, *self.any_of, *self.all_of, *self.less, *self.versions.values(), *picked)

    def build(self, key: str, zone: str, years: range | None, built: Mapping[str, Calendar]) -> Calendar:
        """The calendar itself.

        Args:
            key: its key in the standard.
            zone: of the standard.
            years: to freeze public holidays for.
            built: the calendars it is made of.
        """
        own, name = self.zone or zone, self.name or key
        if self.hours is not None:
            table = self.holidays.freeze(years) if isinstance(self.holidays, PublicHolidays) else self.holidays
            return BusinessCalendar(
                zone=own,
                hours=self.hours,
                holidays=table or HolidayTable(),
                exceptions=self.exceptions,
                make_up_hours=self.make_up_hours,
                overnight=self.overnight,
                landing=self.landing,
                name=name,
            )
        if self.otherwise:
            changes = {day: built[version] for day, version in self.versions.items()}
            return History(built[self.otherwise], changes, zone=own, name=name)
        compose = partial(Composite, zone=own, name=name)
        parts = [built[part] for part in self.any_of or self.all_of]
        whole = compose("union" if self.any_of else "intersection", parts)
        return compose("difference", (whole, *(built[part] for part in self.less))) if self.less else whole

    def members(self, key: str) -> dict[str, CalendarEntry]:
        """Of a family, the calendars that change by date, each with a key of its own."""
        return {
            f"{key}: {value}": CalendarEntry(versions=one, otherwise=self.otherwise, zone=self.zone)
            for value, one in self.use.items()
            if not isinstance(one, str)
        }

    def pick(self, key: str, value: object) -> str:
        """Of a family, the key of the calendar for a value of its fact."""
        found = self.use.get(value, self.otherwise) if isinstance(value, str) else self.otherwise
        return found if isinstance(found, str) else f"{key}: {value}"


def build_calendars(
    entries: Mapping[str, CalendarEntry], zone: str, years: range | None
) -> tuple[dict[str, Calendar], list[SvcstdError]]:
    """Every calendar of a standard, and every fault found on the way, each with its path below ``calendars``."""
    built: dict[str, Calendar] = {}
    faults: list[SvcstdError] = []
    families = {key: entry for key, entry in entries.items() if entry.by}
    waiting = {key: entry for key, entry in entries.items() if key not in families}
    for key, family in families.items():
        wrong = list(_wrong_zone(key, family))
        faults += wrong
        waiting |= {} if wrong else family.members(key)
    faults += _wrong_names(entries, families)
    while waiting:
        ready = [key for key, entry in waiting.items() if not waiting.keys() & set(entry.names)]
        if not ready:
            faults.append(DefinitionError("calendars", "calendar.circle", keys=", ".join(waiting)))
            break
        for key in ready:
            entry = waiting.pop(key)
            if not built.keys() >= set(entry.names):
                continue  # it is made of one that is at fault
            try:
                built[key] = entry.build(key, zone, years, built)
            except SvcstdError as error:
                faults.append(error.at(f"calendars.{key}.{error.where}"))
    return built, faults


def _wrong_zone(key: str, family: CalendarEntry) -> Iterator[SvcstdError]:
    try:
        timezone(family.zone or "UTC")
    except SvcstdError as error:
        yield error.at(f"calendars.{key}.zone")


def _wrong_names(entries: Mapping[str, CalendarEntry], families: Mapping[str, CalendarEntry]) -> Iterator[SvcstdError]:
    """Keys that no calendar has, and families where a calendar is wanted."""
    for key, entry in entries.items():
        for name in entry.names:
            where = f"calendars.{key}"
            if name not in entries:
                yield DefinitionError(where, "calendar.unknown", value=name, nearest=nearest(name, entries))
            elif name in families and (not entry.by or _circles(key, families)):
                yield DefinitionError(where, "calendar.family", value=name)


def _circles(key: str, families: Mapping[str, CalendarEntry]) -> bool:
    """Whether a family leads back to itself, or picks a family for some dates only."""
    dated = [one for one in families[key].use.values() if not isinstance(one, str)]
    if any(name in families for one in dated for name in one.values()):
        return True
    seen: set[str] = set()
    waiting = list(families[key].names)
    while waiting:
        name = waiting.pop()
        if name == key:
            return True
        if name in families and name not in seen:
            seen.add(name)
            waiting += families[name].names
    return bool(dated) and families[key].otherwise in families


def in_force_on(calendar: Calendar, day: date) -> Calendar:
    """The same calendar, with every version by date replaced by the one in force on a local date, for all time."""
    match calendar:
        case History():
            return in_force_on(calendar.in_force(day), day)
        case Composite():
            parts = tuple(in_force_on(part, day) for part in calendar.operands)
            return Composite(calendar.kind, parts, zone=calendar.zone, name=calendar.name)
        case _:
            return calendar


def turns(calendar: Calendar) -> frozenset[date]:
    """The dates on which versions of a calendar, or of one it is made of, come into force."""
    match calendar:
        case History():
            below = [turns(version) for _, version in calendar.changes]
            return frozenset(day for day, _ in calendar.changes).union(turns(calendar.first), *below)
        case Composite():
            return frozenset[date]().union(*(turns(part) for part in calendar.operands))
        case _:
            return frozenset()


def without_holidays_beyond(calendar: Calendar) -> Calendar:
    """The same calendar, with no holidays assumed wherever they are unknown."""
    match calendar:
        case BusinessCalendar():
            table = calendar.holidays
            open_ended = attrs.evolve(table, covers=(None, None))
            return attrs.evolve(calendar, holidays=open_ended)
        case Composite():
            parts = tuple(map(without_holidays_beyond, calendar.operands))
            return Composite(calendar.kind, parts, zone=calendar.zone, name=calendar.name)
        case History():
            changes = {day: without_holidays_beyond(version) for day, version in calendar.changes}
            return History(without_holidays_beyond(calendar.first), changes, zone=calendar.zone, name=calendar.name)
        case _:
            return calendar
