"""When service is open: hours, holiday tables with and without an end, calendars made of others, many zones."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, get_args

from hypothesis import strategies as st

from svcstd.calendars import (
    At,
    BusinessCalendar,
    Calendar,
    CloseOfDay,
    Composite,
    DayHours,
    History,
    HolidayTable,
    KeepTime,
    OpenSpan,
    Period,
    PeriodKind,
    Span,
    WeeklyHours,
)
from svcstd.moment import DAY, HOUR, micros, moment, timezone
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import FIRST, LAST, dates, instants, zones

__all__ = [
    "STRATEGIES",
    "business_calendars",
    "calendars",
    "day_hours",
    "holiday_tables",
    "open_spans",
    "period_on",
    "weekly_hours",
]

QUARTER = 900
NAMES = st.sampled_from(["", "New Year", "国庆节"])
KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)


def open_spans() -> st.SearchStrategy[OpenSpan]:
    """Hours of a desk in quarters of an hour, by day or overnight."""
    return st.builds(
        lambda start, end: OpenSpan(start * QUARTER, (end + 1) * QUARTER), st.integers(0, 95), st.integers(0, 95)
    )


def day_hours() -> st.SearchStrategy[DayHours]:
    """The hours of one day, or none."""
    return st.builds(DayHours, st.lists(open_spans(), max_size=2), NAMES)


def weekly_hours(*, opens: bool = False) -> st.SearchStrategy[WeeklyHours]:
    """Hours of a week: office hours, around the clock, or any.

    Args:
        opens: whether it must open at all.
    """
    texts = ("Mon-Fri 09:00-17:00", "Mon-Sat 08:30-12:00 13:30-17:30", "24x7", "Mon-Fri 22:00-06:00")
    days = st.lists(open_spans(), max_size=2)
    free = st.builds(WeeklyHours, st.tuples(*[days] * 7))
    if opens:
        free = free.filter(lambda week: any(week.days))
    return st.one_of(st.sampled_from(texts).map(WeeklyHours.parse), free)


@st.composite
def holiday_tables(
    draw: st.DrawFn, first: date = FIRST, last: date = LAST, *, make_up: bool = False, bounded: bool | None = None
) -> HolidayTable:
    """Days off between two dates, with or without an end to what is known.

    Args:
        draw: of Hypothesis.
        first: the earliest holiday.
        last: the first date that is too late.
        make_up: whether some days off are worked.
        bounded: whether only these dates are known; either by default.
    """
    days = draw(st.lists(dates(first, last), max_size=4, unique=True))
    worked = draw(st.integers(0, min(1, len(days)))) if make_up else 0
    bounds = draw(st.booleans()) if bounded is None else bounded
    return HolidayTable(
        {day: draw(NAMES) for day in days[worked:]},
        make_up={day: draw(NAMES) for day in days[:worked]},
        covers=(first, last) if bounds else (None, None),
        provisional_from=draw(st.one_of(st.none(), dates(first, last))) if bounds else None,
    )


@st.composite
def business_calendars(
    draw: st.DrawFn, zone: str | None = None, *, opens: bool = True, bounded: bool | None = False
) -> BusinessCalendar:
    """Calendars of one desk.

    Args:
        draw: of Hypothesis.
        zone: IANA name; any of :data:`ZONES` by default.
        opens: whether its week must open at all.
        bounded: whether its holidays are known for some years only; ``None`` for either.
    """
    found = draw(zones()) if zone is None else zone
    make_up = draw(st.booleans())
    return BusinessCalendar(
        zone=found,
        hours=draw(weekly_hours(opens=opens)),
        holidays=draw(holiday_tables(make_up=make_up, bounded=bounded)),
        exceptions=draw(st.dictionaries(dates(zone=found), day_hours(), max_size=2)),
        make_up_hours=draw(day_hours()) if make_up else None,
        overnight=draw(st.sampled_from(["drop_shift", "cut_day"])),
        landing=draw(st.sampled_from(["close", "next_open"])),
        name=draw(NAMES),
    )


Kind = Literal["union", "intersection", "difference"]
KINDS_OF_COMPOSITES: tuple[Kind, ...] = ("union", "intersection", "difference")


def _composites(*kinds: Kind) -> st.SearchStrategy[Composite]:
    operands = st.lists(business_calendars(), min_size=1, max_size=3)
    made = st.sampled_from(kinds or KINDS_OF_COMPOSITES)
    return st.builds(lambda kind, operands, zone: Composite(kind, operands, zone=zone), made, operands, zones())


@st.composite
def _histories(draw: st.DrawFn) -> History:
    zone = draw(zones())
    versions = st.dictionaries(dates(zone=zone), business_calendars(), min_size=1, max_size=2)
    return History(draw(business_calendars()), draw(versions), zone=zone)


def calendars() -> st.SearchStrategy[Calendar]:
    """Calendars that open again and again: of one desk, of several together, or one after the other."""
    return st.one_of(business_calendars(), _histories(), _composites("union"))


def _periods() -> st.SearchStrategy[Period]:
    return st.builds(
        period_on,
        st.sampled_from(KINDS),
        st.dates(FIRST, LAST),
        zones(),
        st.sampled_from(["Monday", "Sunday"]),
        st.integers(1, 12),
    )


def period_on(kind: PeriodKind, day: date, zone: str, week: str = "Monday", opening: int = 1) -> Period:
    """The period of a kind that holds a date; only weeks begin on some day, and only fiscal years in some month."""
    match kind:
        case "week":
            return Period.of(kind, day, zone, week=week)
        case "fiscal":
            return Period.of(kind, day, zone, fiscal=opening)
        case _:
            return Period.of(kind, day, zone)


def _spans() -> st.SearchStrategy[Span]:
    return st.builds(_span, instants().map(micros), st.integers(1, DAY // HOUR), zones())


def _span(start: int, hours: int, zone: str) -> Span:
    tz = timezone(zone)
    return Span(moment(start, tz), moment(start + hours * HOUR, tz))


STRATEGIES: Strategies = {
    At: lambda: st.times().map(lambda at: At(time(at.hour, at.minute, at.second))),
    BusinessCalendar: lambda: business_calendars(bounded=None),
    Calendar: calendars,
    CloseOfDay: lambda: st.just(CloseOfDay()),
    Composite: _composites,
    DayHours: day_hours,
    History: _histories,
    HolidayTable: lambda: holiday_tables(make_up=True),
    KeepTime: lambda: st.sampled_from([KeepTime("roll"), KeepTime("clamp")]),
    OpenSpan: open_spans,
    Period: _periods,
    Span: _spans,
    WeeklyHours: weekly_hours,
}
