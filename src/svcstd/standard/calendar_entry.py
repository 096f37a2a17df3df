"""How a standard writes a calendar, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping
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

__all__ = ["CalendarEntry", "PublicHolidays", "build_calendars", "without_holidays_beyond"]


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
        otherwise: key of the first version (``else`` in the file).
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
    zone: str = ""
    name: str = ""

    def __attrs_post_init__(self) -> None:
        kinds = [bool(part) for part in (self.hours, self.any_of, self.all_of, self.otherwise)]
        if kinds.count(True) != 1:
            raise DefinitionError("hours", "calendar.kind")
        if self.versions and not self.otherwise:
            raise DefinitionError("else", "calendar.else")
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
        return (*first, *self.any_of, *self.all_of, *self.less, *self.versions.values())

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


def build_calendars(
    entries: Mapping[str, CalendarEntry], zone: str, years: range | None
) -> tuple[dict[str, Calendar], list[SvcstdError]]:
    """Every calendar of a standard, and every fault found on the way, each with its path below ``calendars``."""
    built: dict[str, Calendar] = {}
    faults: list[SvcstdError] = []
    waiting = dict(entries)
    for key, entry in entries.items():
        for name in entry.names:
            if name not in entries:
                where = f"calendars.{key}"
                faults.append(DefinitionError(where, "calendar.unknown", value=name, nearest=nearest(name, entries)))
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
