"""Demand by the hour of the week, on the wall clocks of the place, and whether the shifts meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from fractions import Fraction
from itertools import pairwise

import attrs
from pendulum import DateTime

from svcstd.calendars import Calendar, Period
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import Keyed, as_keyed
from svcstd.moment import HOUR, micros, moment, offset_at, offset_change, timezone

__all__ = ["CoverageGap", "Demand", "HourOfWeek", "Shift", "coverage_gaps", "demand"]

FIRST_WEEKDAY = 3
"""1970 began on a Thursday."""
HOURS = [(day, hour) for day in range(7) for hour in range(24)]


@attrs.frozen(kw_only=True)
class HourOfWeek:
    """What arrives in one hour of the week.

    Attributes:
        count: arrivals over the whole period.
        hours: how long this hour lasted in the period, in hours: a day on which the clocks are put forward has one
            fewer, a day on which they are put back one more.
    """

    count: int
    hours: Fraction

    @property
    def per_hour(self) -> Fraction | None:
        """Arrivals in one such hour; ``None`` where the period has none."""
        return self.count / self.hours if self.hours else None


@attrs.frozen(kw_only=True)
class Demand:
    """Arrivals by hour of the week.

    Attributes:
        cells: by weekday (0 is Monday) and hour (0 to 23), all 168 of them.
        period: over which they were counted, in local time of its zone.
        outside: arrivals that did not fall into the period.
    """

    cells: Keyed[tuple[int, int], HourOfWeek] = attrs.field(converter=as_keyed)
    period: Period
    outside: int

    @property
    def total(self) -> int:
        """All arrivals in the period."""
        return sum(cell.count for cell in self.cells.values())

    def at(self, when: datetime) -> HourOfWeek:
        """The hour of the week in which a moment lies, on the wall clocks of the period's zone.

        Raises:
            MomentError: a naive moment.
        """
        local = moment(micros(when, "when"), timezone(self.period.zone))
        return self.cells[local.weekday(), local.hour]


def demand(arrivals: Iterable[datetime], period: Period) -> Demand:
    """When contacts arrive, by the hour of the week in local time.

    Args:
        arrivals: aware moments.
        period: whose arrivals count; its zone tells the local time.

    Raises:
        MomentError: a naive moment.
        DefinitionError: no period.

    >>> from datetime import UTC, date
    >>> june = Period.of("month", date(2026, 6, 1), "Asia/Shanghai")
    >>> found = demand([datetime(2026, 6, 1, 1, 30, tzinfo=UTC)], june)  # half past nine on a Monday
    >>> found.cells[0, 9]
    HourOfWeek(count=1, hours=Fraction(5, 1))
    """
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    zone = timezone(period.zone)
    start, end = micros(period.start), micros(period.end)
    counts: Counter[tuple[int, int]] = Counter()
    outside = 0
    for at in arrivals:
        instant = micros(at, "arrivals")
        if start <= instant < end:
            local = moment(instant, zone)
            counts[local.weekday(), local.hour] += 1
        else:
            outside += 1
    lasted: Counter[tuple[int, int]] = Counter()
    for begun, ended, key in _wall_hours(start, end, zone):
        lasted[key] += ended - begun
    cells = {key: HourOfWeek(count=counts[key], hours=Fraction(lasted[key], HOUR)) for key in HOURS}
    return Demand(cells=cells, period=period, outside=outside)


def _wall_hours(start: int, end: int, zone: tzinfo) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Stretches between two instants in which the wall clocks show one hour, each with its weekday and hour."""
    at, offset = start, offset_at(start, zone)
    while at < end:
        wall = at + offset
        ends = at + HOUR - wall % HOUR
        ahead = offset_at(ends, zone)
        if ahead != offset:
            ends = offset_change(at, ends, zone)
        days, hours = divmod(wall // HOUR, 24)
        yield at, min(ends, end), ((days + FIRST_WEEKDAY) % 7, hours)
        at, offset = ends, ahead


@attrs.frozen(kw_only=True)
class Shift:
    """So many people at work whenever a calendar is open.

    Attributes:
        calendar: of the shift.
        people: at work.
    """

    calendar: Calendar
    people: int

    def __attrs_post_init__(self) -> None:
        must_be(self.calendar, Calendar, "calendar", "a calendar")
        if isinstance(self.people, bool) or not isinstance(self.people, int) or self.people < 0:
            raise DefinitionError("people", "agents.whole", value=repr(self.people))


@attrs.frozen(kw_only=True)
class CoverageGap:
    """A stretch in which fewer are at work than are needed.

    Attributes:
        start, end: of the stretch, in the zone of the period.
        needed: how many should be there.
        present: how many are.
    """

    start: DateTime
    end: DateTime
    needed: int
    present: int

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return self.needed - self.present


def coverage_gaps(
    needed: Mapping[tuple[int, int], int], shifts: Sequence[Shift], period: Period
) -> tuple[CoverageGap, ...]:
    """Where the shifts do not meet the demand.

    Args:
        needed: by weekday (0 is Monday) and hour, how many should be at work; hours left out need nobody.
        shifts: who is at work when; holidays of their calendars count.
        period: to look through; its zone tells the hours.

    Returns:
        Stretches in order; neighbours with the same figures are one.

    Raises:
        DefinitionError: an hour that is none, or a number of people that is none.
        CoverageError: a shift whose holidays nobody knows.
    """
    for key, people in needed.items():
        if key not in HOURS:
            raise DefinitionError("needed", "demand.hour", value=str(key))
        if isinstance(people, bool) or not isinstance(people, int) or people < 0:
            raise DefinitionError("needed", "agents.whole", value=repr(people))
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    zone = timezone(period.zone)
    steps: Counter[int] = Counter()
    for shift in shifts:
        for span in shift.calendar.spans(period.start, period.end):
            steps[micros(span.start)] += shift.people
            steps[micros(span.end)] -= shift.people
    hours = list(_wall_hours(micros(period.start), micros(period.end), zone))
    borders = sorted({start for start, _, _ in hours} | {at for at in steps if steps[at]} | {micros(period.end)})
    found: list[tuple[int, int, int, int]] = []
    present = 0
    for start, end in pairwise(borders):
        present += steps[start]
        local = moment(start, zone)
        wanted = needed.get((local.weekday(), local.hour), 0)
        if present < wanted:
            last = found[-1] if found else None
            if last is not None and last[1:] == (start, wanted, present):
                found[-1] = (last[0], end, wanted, present)
            else:
                found.append((start, end, wanted, present))
    return tuple(
        CoverageGap(start=moment(start, zone), end=moment(end, zone), needed=wanted, present=there)
        for start, end, wanted, there in found
    )
