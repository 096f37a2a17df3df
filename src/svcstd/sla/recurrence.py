"""Dates that come again: anniversaries, festivals from a table, the ends of periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

import attrs

from svcstd.calendars.period import Period
from svcstd.conditions import Facts
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import as_tuple
from svcstd.moment import day_start, micros, timezone

__all__ = ["Anniversary", "DateTable", "PeriodEnd", "Recurrence"]

LeapDay: TypeAlias = Literal["feb_28", "mar_1"]
EACH = ("day", "week", "month", "quarter", "half", "year")
FEBRUARY, LEAP_DAY = 2, 29


@attrs.frozen
class Anniversary:
    """The same day each year as the date in a fact; a case without that fact has none.

    Attributes:
        fact: its name; a date.
        leap: in common years, the day of those born on 29 February.

    Raises:
        DefinitionError: another *leap*.

    >>> birthday = Anniversary("birthday", "mar_1")
    >>> list(birthday.days({"birthday": date(1996, 2, 29)}, date(2026, 1, 1), date(2027, 1, 1)))
    [datetime.date(2026, 3, 1)]
    """

    fact: str
    leap: LeapDay

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.leap, ("feb_28", "mar_1"), "leap")

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset((self.fact,))

    def days(self, facts: Facts, first: date, last: date) -> Iterator[date]:
        """The anniversaries within ``[first, last)``, from one year after the date itself."""
        born = facts.get(self.fact)
        if not isinstance(born, date) or isinstance(born, datetime):
            return
        for year in range(max(first.year, born.year + 1), last.year + 1):
            day = self._in(born, year)
            if first <= day < last:
                yield day

    def _in(self, born: date, year: int) -> date:
        if (born.month, born.day) == (FEBRUARY, LEAP_DAY) and not _is_leap(year):
            return date(year, 2, 28) if self.leap == "feb_28" else date(year, 3, 1)
        return born.replace(year=year)

    def instants(self, facts: Facts, zone: str, first: date, last: date) -> Iterator[int]:
        """The beginnings of those dates, UTC microseconds."""
        tz = timezone(zone)
        return (day_start(day, tz) for day in self.days(facts, first, last))


def _is_leap(year: int) -> bool:
    return (date(year, 3, 1) - timedelta(1)).day == LEAP_DAY


def _once_each(dates: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(as_tuple(dates))))


@attrs.frozen
class DateTable:
    """The dates of a table, such as those of a festival of the lunar calendar, year by year.

    Attributes:
        dates: in any order; each counts once.
    """

    dates: tuple[date, ...] = attrs.field(converter=_once_each)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads: none."""
        return frozenset()

    def instants(self, _facts: Facts, zone: str, first: date, last: date) -> Iterator[int]:
        """The beginnings of its dates within ``[first, last)``, UTC microseconds."""
        tz = timezone(zone)
        return (day_start(day, tz) for day in self.dates if first <= day < last)


@attrs.frozen
class PeriodEnd:
    """The end of each period, such as the quarter that an appraisal talks about.

    Attributes:
        each: ``day``, ``week``, ``month``, ``quarter``, ``half`` or ``year``.
        week: first day of the week; only for weeks.

    Raises:
        DefinitionError: another kind of period, or a week without its first day.
    """

    each: str
    week: str | None = None

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.each, EACH, "each")
        if self.week is not None and self.each != "week":
            raise DefinitionError("week", "follow_up.week")
        Period.of(self.each, date(2026, 1, 1), "UTC", week=self.week)  # type: ignore[arg-type]

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads: none."""
        return frozenset()

    def instants(self, _facts: Facts, zone: str, first: date, last: date) -> Iterator[int]:
        """The ends of periods that fall on dates within ``[first, last)``, UTC microseconds."""
        period = Period.of(self.each, first - timedelta(1), zone, week=self.week)  # type: ignore[arg-type]
        while period.last < last:
            yield micros(period.end)
            try:
                period = period.next
            except DefinitionError:
                return  # beyond the years that can be computed


Recurrence: TypeAlias = "Anniversary | DateTable | PeriodEnd"
