"""Holiday tables, and how those of a country are frozen."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest

from svcstd.calendars import HolidayTable, public_holidays
from svcstd.errors import DefinitionError

NEW_YEAR = date(2026, 1, 1)


def test_ways_to_write() -> None:
    """A mapping, pairs and bare dates make the same table, in the order of dates."""
    second = date(2026, 5, 1)
    named = HolidayTable({second: "May", NEW_YEAR: "New Year"})
    assert named == HolidayTable([(NEW_YEAR, "New Year"), (second, "May")])
    assert named.holidays[0] == (NEW_YEAR, "New Year")
    assert HolidayTable([second, NEW_YEAR]).digest == named.digest  # names are not content
    assert pickle.loads(pickle.dumps(named)) == named  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("covers", "known", "unknown"),
    [
        ((None, None), [date(1800, 1, 1), date(2399, 12, 31)], []),
        ((NEW_YEAR, None), [NEW_YEAR], [date(2025, 12, 31)]),
        ((None, NEW_YEAR), [date(2025, 12, 31)], [NEW_YEAR]),
        ((NEW_YEAR, date(2027, 1, 1)), [NEW_YEAR, date(2026, 12, 31)], [date(2025, 12, 31), date(2027, 1, 1)]),
    ],
)
def test_coverage(covers: tuple[date | None, date | None], known: list[date], unknown: list[date]) -> None:
    """The first day is covered, the last named is not."""
    table = HolidayTable(covers=covers)
    assert all(table.knows(day) for day in known)
    assert not any(table.knows(day) for day in unknown)


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        (HolidayTable(), "HolidayTable(0 holidays, unbounded)"),
        (HolidayTable([NEW_YEAR], covers=(NEW_YEAR, None)), "HolidayTable(1 holiday, 2026-01-01..)"),
        (HolidayTable(covers=(None, NEW_YEAR)), "HolidayTable(0 holidays, ..2025-12-31)"),
        (
            HolidayTable(make_up=[NEW_YEAR], source="memo"),
            "HolidayTable(0 holidays, 1 make-up workday, unbounded, source='memo')",
        ),
        (
            HolidayTable(make_up=[NEW_YEAR, date(2026, 1, 4)]),
            "HolidayTable(0 holidays, 2 make-up workdays, unbounded)",
        ),
    ],
)
def test_shown(table: HolidayTable, shown: str) -> None:
    """A table shows its size, not its content."""
    assert repr(table) == shown


@pytest.mark.parametrize(
    ("arguments", "where", "message", "said"),
    [
        ({"covers": (NEW_YEAR, NEW_YEAR)}, "covers", "holidays.covers", "is empty"),
        ({"holidays": [NEW_YEAR], "make_up": [NEW_YEAR]}, "make_up", "holidays.both", "keep one of the two"),
        ({"holidays": [NEW_YEAR], "covers": (None, NEW_YEAR)}, "holidays", "holidays.outside", "widen covers"),
        ({"make_up": [NEW_YEAR], "covers": (None, NEW_YEAR)}, "holidays", "holidays.outside", "2026"),
        ({"holidays": [date(1799, 1, 1)]}, "holidays", "day.years", "1799"),
        ({"covers": (None, date(2400, 1, 2))}, "holidays", "day.years", "2400"),
        ({"holidays": [datetime(2026, 1, 1, tzinfo=UTC)]}, "holidays", "day.type", "without a time"),
        ({"holidays": ["2026-01-01"]}, "holidays", "day.type", "'2026-01-01'"),
    ],
)
def test_refused(arguments: dict[str, Any], where: str, message: str, said: str) -> None:
    """A table that contradicts itself is refused; so is a moment, which would equal no date and never be found."""
    with pytest.raises(DefinitionError) as caught:
        HolidayTable(**arguments)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert said in str(caught.value)


def test_observed_in_the_neighbour_year() -> None:
    """Saturday 1 January 2022 is observed on Friday 31 December 2021, which belongs to the table of 2021."""
    assert date(2021, 12, 31) in dict(public_holidays("US", years=range(2021, 2022)).holidays)
    assert date(2021, 12, 31) not in dict(public_holidays("US", years=range(2021, 2022), observed=False).holidays)


def test_names_speak_one_language() -> None:
    """Names are in the country's own language, or in the one that is asked for, on any machine."""
    own = dict(public_holidays("CN", years=range(2026, 2027)).holidays)
    english = dict(public_holidays("CN", years=range(2026, 2027), language="en_US").holidays)
    assert own[date(2026, 10, 1)].startswith("国庆节")
    assert english[date(2026, 10, 1)].startswith("National Day")


def test_categories() -> None:
    """A category other than the public one adds its days."""
    bank = public_holidays("DK", years=range(2024, 2025), categories=("public", "optional"))
    assert date(2024, 12, 24) in dict(bank.holidays)
    assert date(2024, 12, 24) not in dict(public_holidays("DK", years=range(2024, 2025)).holidays)


def test_announced_by_notice() -> None:
    """China is covered up to its last notice, the last days of that year may still turn, and weekends are made up."""
    table = public_holidays("CN", years=range(2020, 2100))
    first, last = table.covers
    assert first == date(2020, 1, 1)
    assert last is not None
    assert last.year < 2100
    assert table.provisional_from == date(last.year - 1, 12, 27)
    assert {day.weekday() for day, _ in table.make_up} == {5, 6}
    assert public_holidays("CN", years=range(2020, 2021)).provisional_from is None
    assert "2024-02-04" in str([day.isoformat() for day, _ in table.make_up])


def test_another_code_is_the_same_country() -> None:
    """CHN is CN: its make-up days are announced by notice too, and nothing is known beyond the last one."""
    assert (
        public_holidays("CHN", years=range(2024, 2025)).digest == public_holidays("CN", years=range(2024, 2025)).digest
    )
    with pytest.raises(DefinitionError) as caught:
        public_holidays("CHN", years=range(2100, 2101))
    assert caught.value.message == "holidays.unannounced"


@pytest.mark.parametrize(
    ("place", "options", "where", "message", "said"),
    [
        ("ZZ", {}, "holidays", "holidays.country", "ZZ"),
        ("cn", {}, "holidays", "holidays.country", "perhaps CN"),
        ("US-ZZ", {}, "holidays", "holidays.subdivision", "ZZ is no subdivision of US"),
        ("US", {"years": [2026]}, "years", "holidays.years", "[2026]"),
        ("US", {"years": range(2026, 2026)}, "years", "holidays.years", "give consecutive years"),
        ("US", {"years": range(2020, 2026, 2)}, "years", "holidays.years", "range(2020, 2026, 2)"),
        ("US", {"language": "en_GB"}, "language", "holidays.language", "en_US"),
        ("US", {"categories": ["publik"]}, "categories", "holidays.category", "public"),
        ("CN", {"years": range(2100, 2101)}, "years", "holidays.unannounced", "2100"),
    ],
)
def test_places_refused(place: str, options: dict[str, Any], where: str, message: str, said: str) -> None:
    """What the package does not know is refused, with the nearest name."""
    with pytest.raises(DefinitionError) as caught:
        public_holidays(place, **{"years": range(2026, 2027), **options})
    assert (caught.value.where, caught.value.message) == (where, message)
    assert said in str(caught.value)
