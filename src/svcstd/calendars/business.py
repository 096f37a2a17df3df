"""The leaf calendar: weekly hours in a zone, less holidays, plus make-up workdays, with dated exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

import attrs

from svcstd.calendars.calendar import LANDINGS, Calendar, Landing
from svcstd.calendars.holidays import HolidayTable, check_years
from svcstd.calendars.hours import NAMES, DayHours, OpenSpan, WeeklyHours
from svcstd.calendars.spans import Spans, clip, merge, subtract
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.moment import FIRST, LAST, date_exists, day_start, local_date, wall_end, wall_start, year_start, zone_key

__all__ = ["BusinessCalendar"]

OVERNIGHT = ("drop_shift", "cut_day")
ONE_DAY = timedelta(1)
NO_HOLIDAYS = HolidayTable()


def _weekly(hours: WeeklyHours | str) -> WeeklyHours:
    return WeeklyHours.parse(hours) if isinstance(hours, str) else hours


def _day_hours(hours: DayHours | str | None) -> DayHours | None:
    return DayHours.parse(hours) if isinstance(hours, str) else hours


def _dated(
    days: Mapping[date, DayHours | str] | tuple[tuple[date, DayHours], ...],
) -> tuple[tuple[date, DayHours], ...]:
    found = {day: DayHours.parse(hours) if isinstance(hours, str) else hours for day, hours in dict(days).items()}
    return tuple((day, found[day]) for day in sorted(found))


@attrs.frozen(kw_only=True, repr=False, cache_hash=True)
class BusinessCalendar(Calendar):
    """Weekly hours in one zone, holidays, and dated exceptions.

    On a date the strongest rule decides: dated exception, make-up workday, holiday, weekly hours.

    Attributes:
        zone: IANA name.
        hours: weekly hours, or their text.
        holidays: the table to observe; none means no holidays, for any year.
        exceptions: hours of single dates, e.g. ``{date(2024, 12, 24): "09:00-12:00", date(2024, 12, 27): "closed"}``.
        make_up_hours: hours of make-up workdays; by default those that all working weekdays share.
        overnight: what a holiday takes from a night shift: ``drop_shift`` the one that starts on it,
            ``cut_day`` whatever lies in the civil day.
        landing: where a budget that ends exactly at closing falls due, ``close`` or ``next_open``.
        name: for people; not part of the value.

    Raises:
        DefinitionError: unknown zone or policy, or make-up workdays whose hours nobody gave.

    >>> from datetime import datetime
    >>> from svcstd.calendars import public_holidays
    >>> office = BusinessCalendar(
    ...     zone="Asia/Shanghai",
    ...     hours="Mon-Fri 08:30-12:00 13:30-17:30",
    ...     holidays=public_holidays("CN", years=range(2025, 2027)),
    ... )
    >>> office.add(datetime(2026, 2, 13, 16, tzinfo=office.tz), hours=8).isoformat()  # Saturday is made up
    '2026-02-14T16:30:00+08:00'
    """

    zone: str = attrs.field(converter=zone_key)
    hours: WeeklyHours = attrs.field(converter=_weekly)
    holidays: HolidayTable = NO_HOLIDAYS
    exceptions: tuple[tuple[date, DayHours], ...] = attrs.field(default=(), converter=_dated)
    make_up_hours: DayHours | None = attrs.field(default=None, converter=_day_hours)
    overnight: Literal["drop_shift", "cut_day"] = "drop_shift"
    landing: Landing = "close"
    name: str = attrs.field(default="", eq=False)
    _off: dict[date, str] = attrs.field(init=False, eq=False)
    _worked: dict[date, str] = attrs.field(init=False, eq=False)
    _special: dict[date, DayHours] = attrs.field(init=False, eq=False)
    _made_up: tuple[OpenSpan, ...] | None = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_years("exceptions", (day for day, _ in self.exceptions))
        if not isinstance(self.hours, WeeklyHours):
            raise DefinitionError("hours", "hours.type", value=repr(self.hours))
        if not isinstance(self.holidays, HolidayTable):
            raise DefinitionError("holidays", "holidays.type", value=type(self.holidays).__name__)
        for field, choices in (("overnight", OVERNIGHT), ("landing", LANDINGS)):
            must_be_one_of(getattr(self, field), choices, field)
        table = self.holidays
        object.__setattr__(self, "_off", dict(table.holidays))
        object.__setattr__(self, "_worked", dict(table.make_up))
        object.__setattr__(self, "_special", dict(self.exceptions))
        object.__setattr__(self, "_made_up", self._make_up_spans())
        self._attach()

    def _make_up_spans(self) -> tuple[OpenSpan, ...] | None:
        if self.make_up_hours is not None:
            return self.make_up_hours.spans
        if not self.holidays.make_up:
            return None
        shared = {spans for spans in self.hours.days if spans}
        if len(shared) != 1:
            raise DefinitionError("make_up_hours", "calendar.make_up_hours", hours=str(self.hours))
        return shared.pop()

    def __reduce__(self) -> tuple[Any, ...]:
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(BusinessCalendar) if field.init}
        return _revive, (fields,)

    def __repr__(self) -> str:
        parts = [f"{self.zone} {self.hours}"]
        parts += [repr(self.holidays)] if self.holidays != NO_HOLIDAYS else []
        count = len(self.exceptions)
        parts += [f"{count} exception{'s' * (count != 1)}"] if count else []
        parts += [f"overnight={self.overnight}"] if self.overnight != "drop_shift" else []
        parts += [f"landing={self.landing}"] if self.landing != "close" else []
        return f"<BusinessCalendar {', '.join(parts)}>"

    def content(self) -> tuple[object, ...]:
        """All that makes it equal to another, in plain values."""
        special = [(day, str(hours)) for day, hours in self.exceptions]
        made_up = str(self.make_up_hours) if self.make_up_hours else ""
        return (self.zone, str(self.hours), self.holidays.digest, special, made_up, self.overnight, self.landing)

    def block(self, year: int) -> tuple[Spans, Spans]:
        """What is surely open in a UTC year, and what may be."""
        low, high = year_start(year), year_start(year + 1)
        days = [
            date.fromordinal(n) for n in range(date(year - 1, 12, 30).toordinal(), date(year + 1, 1, 2).toordinal())
        ]
        sure: list[tuple[int, int]] = []
        maybe: list[tuple[int, int]] = []
        for day in days:
            spans, known = self._rule(day)
            found = self._instants(day, spans) if spans else ()
            maybe += found
            if known:
                sure += found
        certain = merge(sure)
        possible = merge(maybe) if len(maybe) > len(sure) else certain
        certain, possible = self._cut(certain, possible, days)
        return clip(certain, low, high), clip(possible, low, high)

    def _cut(self, sure: Spans, maybe: Spans, days: list[date]) -> tuple[Spans, Spans]:
        """What the civil days of holidays leave of spans, under ``cut_day``; an unknown date may be a holiday."""
        if self.overnight == "drop_shift":
            return sure, maybe
        off = [day for day in days if self._is_off(day)]
        doubtful = [day for day in days if day not in self._special and not self.holidays.knows(day)]
        return subtract(sure, self._civil([*off, *doubtful])), subtract(maybe, self._civil(off))

    def _instants(self, day: date, spans: tuple[OpenSpan, ...]) -> list[tuple[int, int]]:
        zone = self._tz
        if not date_exists(day, zone):
            return []
        return [(wall_start(day, span.start, zone), wall_end(day, span.start + span.seconds, zone)) for span in spans]

    def _civil(self, days: list[date]) -> Spans:
        return merge((day_start(day, self._tz), day_start(day + ONE_DAY, self._tz)) for day in days)

    def _is_off(self, day: date) -> bool:
        return day in self._off and day not in self._special and day not in self._worked

    def _rule(self, day: date) -> tuple[tuple[OpenSpan, ...], bool]:
        """Spans that start on a date, and whether that is known; unknown are the most there may be."""
        special = self._special.get(day)
        if special is not None:
            return special.spans, True
        weekly = self.hours.days[day.weekday()]
        if not self.holidays.knows(day):
            most = (*weekly, *(self._made_up or ()))
            return most, not most
        if day in self._worked:
            return self._made_up or (), True
        return (() if day in self._off else weekly), True

    def hours_of(self, day: date) -> Spans | None:
        """The spans that start on a local date; ``None`` when its holidays are unknown."""
        spans, known = self._rule(day)
        if not known:
            return None
        found = merge(self._instants(day, spans))
        sure, maybe = self._cut(found, found, [day + step * ONE_DAY for step in range(3)])  # a lost date is passed over
        return sure if sure == maybe else None

    @property
    def zones(self) -> frozenset[str]:
        """Its zone."""
        return frozenset((self.zone,))

    def settled(self) -> tuple[int, int]:
        """The instants before and after which only the week repeats."""
        days = [*self._off, *self._worked, *self._special, *(day for day in self.holidays.covers if day)]
        if not days:
            return LAST, FIRST
        return day_start(min(days), self._tz), day_start(max(days) + ONE_DAY, self._tz)

    def why(self, start: int, end: int, *, closed: bool) -> tuple[Explanation, ...]:
        """What is unusual about the dates of a stretch; the plain outside of hours if nothing is."""
        first, last = local_date(start, self._tz), local_date(end - 1, self._tz)
        days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        reason_of = self._closing if closed else self._opening
        return tuple(reason for day in days if (reason := reason_of(day)))

    def _opening(self, day: date) -> Explanation | None:
        """Why a date has hours that its weekday would not have."""
        if day in self._special:
            hours = self._special[day]
            if hours.name:
                return because("calendar.exception_named", day=day, hours=str(hours), name=hours.name)
            return because("calendar.exception", day=day, hours=str(hours))
        return because("calendar.make_up", day=day) if day in self._worked else None

    def _closing(self, day: date) -> Explanation | None:
        """Why a date lacks hours that another date would have."""
        if day in self._special:
            return self._opening(day)
        if day in self._worked:
            return None
        if day in self._off:
            provisional = self.holidays.provisional_from
            doubtful = provisional is not None and day >= provisional
            message = "calendar.holiday_provisional" if doubtful else "calendar.holiday"
            return because(message, day=day, name=self._off[day])
        if not date_exists(day, self._tz):
            return because("calendar.no_such_day", day=day, zone=self.zone)
        if not self.hours.days[day.weekday()]:
            return because("calendar.weekday", day=day, name=NAMES[day.weekday()])
        return None


def _revive(fields: dict[str, Any]) -> BusinessCalendar:
    return BusinessCalendar(**fields)
