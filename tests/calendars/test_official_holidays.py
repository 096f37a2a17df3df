"""What governments published is what the frozen tables say: the same working days."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from svcstd.calendars import BusinessCalendar, HolidayTable, public_holidays

SETTLED_ELSEWHERE = {date(2018, 12, 29), date(2018, 12, 31)}
"""Dates of an even year that the notice of the next, odd year turned."""

SAINT_FRANCIS = {date(year, 10, 4) for year in range(2026, 2031)}
"""Italy's holiday again since 2026 (law 151 of 2025), younger than the list."""


def _working(table: HolidayTable, first: date, last: date) -> set[date]:
    """The dates within ``[first, last)`` on which an office from Monday to Friday works."""
    office = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00", holidays=table)
    return {day for day in _days(first, last) if office.is_working_day(day)}


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(number) for number in range((last - first).days)]


def _weekdays(first: date, last: date, off: Collection[date], worked: Collection[date] = ()) -> set[date]:
    """The same, by what was published."""
    return {day for day in _days(first, last) if day in worked or (day.weekday() < 5 and day not in off)}


@pytest.mark.parametrize("year", range(2008, 2027, 2))
def test_china(shared: Path, year: int) -> None:
    """The State Council's notices, with their make-up workdays on weekends."""
    found = json.loads((shared / "data" / "holidays_cn" / f"{year}.json").read_text(encoding="utf-8"))["days"]
    off = {date.fromisoformat(day["date"]) for day in found if day["isOffDay"]}
    worked = {date.fromisoformat(day["date"]) for day in found if not day["isOffDay"]}
    span = date(year, 1, 1), date(year + 1, 1, 1)
    expected = _weekdays(*span, off, worked) - SETTLED_ELSEWHERE
    assert _working(public_holidays("CN", years=range(year, year + 1)), *span) - SETTLED_ELSEWHERE == expected


def test_china_settled_by_the_next_notice() -> None:
    """The notice for 2019 made Saturday 2018-12-29 a workday and Monday 2018-12-31 a holiday."""
    found = _working(public_holidays("CN", years=range(2018, 2019)), date(2018, 12, 29), date(2019, 1, 1))
    assert found == {date(2018, 12, 29)}


@pytest.mark.parametrize(
    ("division", "place"),
    [
        ("england-and-wales", "GB-ENG"),
        ("england-and-wales", "GB-WLS"),
        ("scotland", "GB-SCT"),
        ("northern-ireland", "GB-NIR"),
    ],
)
def test_united_kingdom(shared: Path, division: str, place: str) -> None:
    """GOV.UK's bank holidays, substitute days among them."""
    path = shared / "data" / "holidays_other" / "uk_bank_holidays_2015_2020_alphagov.json"
    years = json.loads(path.read_text(encoding="utf-8"))["divisions"][division]
    found = [entry["date"] for year, entries in years.items() if year.isdigit() for entry in entries]
    off = {datetime.strptime(day, "%d/%m/%Y").date() for day in found}  # noqa: DTZ007 - a date has no zone
    span = date(2015, 1, 1), date(2021, 1, 1)
    assert _working(public_holidays(place, years=range(2015, 2021)), *span) == _weekdays(*span, off)


def test_united_states(shared: Path) -> None:
    """The federal holidays of thirty-one years, moved from weekends."""
    path = shared / "data" / "holidays_other" / "us_federal_2000_2030_18F.json"
    off = {date.fromisoformat(day) for day, _ in json.loads(path.read_text(encoding="utf-8"))}
    span = date(2000, 1, 1), date(2030, 12, 31)  # the list of 2031 would say whether its New Year moves into 2030
    assert _working(public_holidays("US", years=range(2000, 2031)), *span) == _weekdays(*span, off)


@pytest.mark.parametrize(("country", "since"), [("AT", set()), ("IT", SAINT_FRANCIS)])
def test_openholidays(shared: Path, country: str, since: set[date]) -> None:
    """The national holidays of Austria and Italy, as OpenHolidays lists them."""
    path = shared / "data" / "holidays_other" / f"openholidays_{country.lower()}_public.csv"
    with path.open(encoding="utf-8-sig", newline="") as rows:
        off = {
            date.fromisoformat(row["StartDate"])
            for row in csv.DictReader(rows, delimiter=";")
            if row["RegionalScope"] == "National"
        }
    span = date(2020, 1, 1), date(2031, 1, 1)
    assert _working(public_holidays(country, years=range(2020, 2031)), *span) == _weekdays(*span, off | since)
