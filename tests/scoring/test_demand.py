"""Demand by the hour of the week, and shifts that meet it or not, over changes of the clocks."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Period, WeeklyHours
from svcstd.errors import DefinitionError, MomentError
from svcstd.scoring import Shift, coverage_gaps, demand

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
    ("call", "where"),
    [
        (lambda: coverage_gaps({(7, 0): 1}, [], WEEKS[0]), "needed"),
        (lambda: coverage_gaps({(0, 24): 1}, [], WEEKS[0]), "needed"),
        (lambda: coverage_gaps({(0, 0): -1}, [], WEEKS[0]), "needed"),
        (lambda: coverage_gaps({(0, 0): True}, [], WEEKS[0]), "needed"),
        (lambda: coverage_gaps({}, [], ANYTHING), "period"),
        (lambda: Shift(calendar=ANYTHING, people=1), "calendar"),
        (lambda: Shift(calendar=OFFICE, people=-1), "people"),
        (lambda: Shift(calendar=OFFICE, people=True), "people"),
    ],
)
def test_refusals(call: Any, where: str) -> None:
    """Hours, people and calendars that there are."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where
