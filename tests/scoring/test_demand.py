"""Demand by the hour of the week, and shifts that meet it or not, over changes of the clocks."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, HolidayTable, Period, WeeklyHours
from svcstd.errors import CoverageError, DefinitionError, MomentError
from svcstd.scoring import CoverageGap, Shift, coverage_gaps, demand

BERLIN = "Europe/Berlin"
ANYTHING: Any = "anything"
WEEKS = [
    Period.of("week", date(2026, 3, 25), BERLIN, week="Monday"),
    Period.of("week", date(2026, 10, 25), BERLIN, week="Monday"),
    Period.of("week", date(2026, 4, 5), "Australia/Lord_Howe", week="Monday"),  # half an hour back
    Period.of("week", date(2026, 10, 4), "Australia/Lord_Howe", week="Monday"),
    Period.of("week", date(2026, 11, 1), "America/Havana", week="Monday"),  # midnight twice
    Period.of("week", date(2026, 6, 3), "Asia/Shanghai", week="Monday"),
    Period.of("week", date(2005, 4, 3), "America/St_Johns", week="Monday"),  # one minute past midnight
    Period.of("week", date(2005, 10, 30), "America/St_Johns", week="Monday"),
]
OFFICE = BusinessCalendar(zone=BERLIN, hours=WeeklyHours.parse("Mon-Fri 09:00-17:00"))
ALL_DAY = BusinessCalendar(zone=BERLIN, hours=WeeklyHours.parse("24x7"))
NIGHT = BusinessCalendar(zone=BERLIN, hours=WeeklyHours.parse("daily 22:00-06:30"))


def minutes(period: Period) -> list[datetime]:
    """Every minute of a period, by plain arithmetic in UTC."""
    start, zone = period.start.astimezone(UTC), ZoneInfo(period.zone)
    whole = int((period.end.timestamp() - period.start.timestamp()) // 60)
    first = datetime.fromtimestamp(start.timestamp(), UTC)
    return [(first + timedelta(minutes=number)).astimezone(zone) for number in range(whole)]


@pytest.mark.parametrize("period", WEEKS, ids=lambda period: f"{period.label} {period.zone}")
def test_hours_minute_by_minute(period: Period) -> None:
    """An hour that is skipped lasts less, one that comes twice lasts longer; together they are the week."""
    counted = Counter((at.weekday(), at.hour) for at in minutes(period))
    found = demand(minutes(period)[::30], period)
    assert {key: cell.hours for key, cell in found.cells.items()} == {
        (day, hour): Fraction(counted[day, hour], 60) for day in range(7) for hour in range(24)
    }
    every = Counter((at.weekday(), at.hour) for at in minutes(period)[::30])
    assert {key: cell.count for key, cell in found.cells.items() if cell.count} == dict(every)
    assert found.total == sum(every.values())


@pytest.mark.rows("B080")
def test_the_desk_of_boston(shared: Path) -> None:
    """Every request once, in local time; the same as a plain count."""
    zone = ZoneInfo("America/New_York")
    with (shared / "data" / "tickets" / "boston311_2015_open.csv").open(encoding="utf-8") as file:
        rows = [row["OPEN_DT"] for row in csv.DictReader(file)]
    opened = [datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=zone) for text in rows]
    year = Period.of("year", date(2015, 1, 1), "America/New_York")
    found = demand(opened, year)
    plain = Counter((at.weekday(), at.hour) for at in opened if at.year == 2015)
    assert {key: cell.count for key, cell in found.cells.items() if cell.count} == dict(plain)
    assert found.total + found.outside == len(rows)
    assert sum(cell.hours for cell in found.cells.values()) == 365 * 24


def test_one_hour() -> None:
    """Of a Monday in a month with five of them; an hour that the period does not have has no rate."""
    june = Period.of("month", date(2026, 6, 1), "Asia/Shanghai")
    found = demand([datetime(2026, 6, 1, 1, 30, tzinfo=UTC)] * 2, june)
    assert found.at(datetime(2026, 6, 8, 1, 59, tzinfo=UTC)).per_hour == Fraction(2, 5)
    day = demand([], Period.of("day", date(2026, 6, 1), "Asia/Shanghai"))
    assert day.cells[1, 9].per_hour is None
    assert demand([datetime(2026, 7, 1, tzinfo=UTC)], june).outside == 1
    for call in (lambda: demand([datetime(2026, 6, 1)], june), lambda: found.at(datetime(2026, 6, 1))):  # noqa: DTZ001
        with pytest.raises(MomentError):
            call()
    with pytest.raises(DefinitionError):
        demand([], "June")  # type: ignore[arg-type]


ZONES = st.sampled_from(
    [
        BERLIN,
        "Asia/Shanghai",
        "America/Havana",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Monrovia",
        "Asia/Kathmandu",
    ]
)
MONTHS = st.dates(date(1890, 1, 1), date(2398, 12, 31))


@given(ZONES, MONTHS, st.sampled_from(["day", "month"]), st.lists(st.integers(0, 31 * 86_400), max_size=9))
@example("Pacific/Apia", date(2011, 12, 30), "day", [0])  # a day that never was
@example("Africa/Monrovia", date(1972, 1, 7), "day", [0])  # from 44 minutes and 30 seconds
def test_hours_are_the_period(zone: str, day: date, kind: Any, after: list[int]) -> None:
    """All cells together last as long as the period; every arrival is in one of them or outside."""
    period = Period.of(kind, day, zone)
    arrivals = [period.start + timedelta(seconds=number) for number in after]
    found = demand(arrivals, period)
    hours = sum((cell.hours for cell in found.cells.values()), Fraction(0))
    assert hours * 3600 == period.end.timestamp() - period.start.timestamp()
    assert len(found.cells) == 7 * 24
    assert found.total == sum(at in period for at in arrivals)
    assert found.total + found.outside == len(after)
    assert all(found.at(at).count for at in arrivals if at in period)
    assert all(cell.hours for cell in found.cells.values() if cell.count)


def instants(gaps: Iterable[CoverageGap]) -> list[tuple[float, float, int, int]]:
    """Start, end, how many are missing and needed; wall times of one zone would compare without their fold."""
    return [(gap.start.timestamp(), gap.end.timestamp(), gap.missing, gap.needed) for gap in gaps]


@given(
    st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 23)), st.integers(0, 4), max_size=20),
    st.sampled_from(WEEKS),
    st.lists(st.tuples(st.sampled_from([OFFICE, NIGHT, ALL_DAY]), st.integers(0, 2)), max_size=3),
    st.tuples(st.sampled_from([OFFICE, NIGHT, ALL_DAY]), st.integers(0, 2)),
)
def test_more_people_open_no_gap(need: dict[tuple[int, int], int], period: Period, some: Any, one: Any) -> None:
    """Wherever somebody is missing with them, more were missing without; gaps stand apart, within the period."""
    shifts = [Shift(calendar=calendar, people=people) for calendar, people in (*some, one)]
    without, found = instants(coverage_gaps(need, shifts[:-1], period)), instants(coverage_gaps(need, shifts, period))
    for start, end, missing, _ in found:
        at = start
        for wider_start, wider_end, more, _ in without:
            if wider_start <= at < min(wider_end, end):
                assert more >= missing
                at = min(wider_end, end)
        assert at == end
    for gaps in (without, found):
        assert all(period.start.timestamp() <= start < end <= period.end.timestamp() for start, end, _, _ in gaps)
        for earlier, later in pairwise(gaps):
            assert earlier[1] < later[0] or (earlier[1] == later[0] and earlier[2:] != later[2:])
    assert instants(coverage_gaps(need, shifts[::-1], period)) == found


def test_a_day_that_never_was() -> None:
    """Samoa left out the 30th of December 2011: nothing arrives, and nobody is missing."""
    never = Period.of("day", date(2011, 12, 30), "Pacific/Apia")
    assert demand([], never).total == 0
    assert coverage_gaps({(4, 9): 1}, [Shift(calendar=ALL_DAY, people=0)], never) == ()


def test_gaps_within_an_hour() -> None:
    """The night shift leaves at half past six: the rest of the hour is a gap, in the zone of the period."""
    day = Period.of("day", date(2026, 7, 1), "Asia/Shanghai")  # six hours ahead of Berlin
    (gap,) = coverage_gaps({(2, 12): 1}, [Shift(calendar=NIGHT, people=1)], day)
    assert (gap.start.isoformat(), gap.end.isoformat()) == ("2026-07-01T12:30:00+08:00", "2026-07-01T13:00:00+08:00")
    assert coverage_gaps({}, [], day) == ()
    (whole,) = coverage_gaps({(2, hour): 2 for hour in range(24)}, [], day)
    assert (whole.start, whole.end, whole.missing) == (day.start, day.end, 2)


def test_shifts_of_unknown_holidays() -> None:
    """Are refused by their calendar, where they are asked for."""
    known = HolidayTable([date(2026, 1, 1)], covers=(date(2026, 1, 1), date(2027, 1, 1)))
    office = BusinessCalendar(zone=BERLIN, hours=WeeklyHours.parse("Mon-Fri 09:00-17:00"), holidays=known)
    shift = Shift(calendar=office, people=1)
    (gap,) = coverage_gaps({(3, 9): 1}, [shift], Period.of("day", date(2026, 1, 1), BERLIN))
    assert gap.present == 0
    with pytest.raises(CoverageError):
        coverage_gaps({(4, 9): 1}, [shift], Period.of("day", date(2027, 1, 1), BERLIN))


@pytest.mark.parametrize("period", WEEKS[:2], ids=["forward", "back"])
@given(
    wanted=st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 23)), st.integers(0, 3), max_size=30),
    people=st.integers(0, 3),
)
def test_gaps_minute_by_minute(period: Period, wanted: dict[tuple[int, int], int], people: int) -> None:
    """Fewer than needed, in every minute of a gap and in no other."""
    shifts = [Shift(calendar=OFFICE, people=people), Shift(calendar=NIGHT, people=1)]
    found = coverage_gaps(wanted, shifts, period)
    short = [(gap.start.timestamp(), gap.end.timestamp(), gap.needed, gap.present) for gap in found]
    assert all(gap.missing > 0 for gap in found)
    place = 0
    for at in minutes(period)[::15]:
        local = at.strftime("%H:%M")
        there = (people if at.weekday() < 5 and "09:00" <= local < "17:00" else 0) + (
            local >= "22:00" or local < "06:30"
        )
        needed = wanted.get((at.weekday(), at.hour), 0)
        while place < len(short) and short[place][1] <= at.timestamp():
            place += 1
        inside = place < len(short) and short[place][0] <= at.timestamp()
        assert inside == (there < needed)
        assert not inside or short[place][2:] == (needed, there)
    more = coverage_gaps(wanted, [*shifts, Shift(calendar=ALL_DAY, people=1)], period)
    assert sum((g.end - g.start for g in more), timedelta()) <= sum((g.end - g.start for g in found), timedelta())


def test_neighbours_are_one_gap() -> None:
    """Two hours with the same need and the same people are one stretch."""
    need = {(0, 9): 2, (0, 10): 2, (0, 11): 3}
    long, last = coverage_gaps(need, [Shift(calendar=ALL_DAY, people=1)], WEEKS[0])
    assert (long.end - long.start, long.needed, last.needed, last.missing) == (timedelta(hours=2), 2, 3, 2)


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: coverage_gaps({(7, 0): 1}, [], WEEKS[0]), "needed", "demand.hour"),
        (lambda: coverage_gaps({(0, 24): 1}, [], WEEKS[0]), "needed", "demand.hour"),
        (lambda: coverage_gaps({(0, 0): -1}, [], WEEKS[0]), "needed", "agents.whole"),
        (lambda: coverage_gaps({(0, 0): True}, [], WEEKS[0]), "needed", "agents.whole"),
        (lambda: coverage_gaps({}, [], ANYTHING), "period", "shape.kind"),
        (lambda: Shift(calendar=ANYTHING, people=1), "calendar", "shape.kind"),
        (lambda: Shift(calendar=OFFICE, people=-1), "people", "agents.whole"),
        (lambda: Shift(calendar=OFFICE, people=True), "people", "agents.whole"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Hours, people and calendars that there are."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)
