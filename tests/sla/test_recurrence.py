"""Dates that come again: birthdays, those of 29 February too, festivals of the moon, the ends of periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.moment import day_start, local_date, moment, timezone
from svcstd.sla import Anniversary, DateTable, PeriodEnd, Recurrence

SHANGHAI = "Asia/Shanghai"
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
EACH = ("day", "week", "month", "quarter", "half", "year")


def iso(days: Iterable[date]) -> list[str]:
    """Dates as texts."""
    return [day.isoformat() for day in days]


def began(found: Iterable[int], zone: str = SHANGHAI) -> list[str]:
    """The dates of instants, each of which must be the beginning of one."""
    tz, instants = timezone(zone), list(found)
    assert instants == [day_start(local_date(one, tz), tz) for one in instants]
    return iso(local_date(one, tz) for one in instants)


def span(text: str) -> tuple[date, date]:
    """A half-open span of dates, written ``2026-01-01..2027-01-01``."""
    first, last = text.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("born", "leap", "within", "days"),
    [
        ("1990-02-09", "mar_1", "2026-01-01..2027-01-01", ["2026-02-09"]),
        ("1990-02-09", "mar_1", "2026-02-09..2026-02-10", ["2026-02-09"]),
        ("1990-02-09", "mar_1", "2026-02-10..2027-02-09", []),  # half-open on both sides
        ("1990-12-31", "mar_1", "2025-12-31..2027-01-01", ["2025-12-31", "2026-12-31"]),
        ("2026-02-09", "mar_1", "2026-01-01..2028-01-01", ["2027-02-09"]),  # the day itself is no anniversary
        ("2030-02-09", "mar_1", "2026-01-01..2028-01-01", []),  # not born yet
        # 29 February, under both rules.
        ("1996-02-29", "feb_28", "2026-01-01..2029-01-01", ["2026-02-28", "2027-02-28", "2028-02-29"]),
        ("1996-02-29", "mar_1", "2026-01-01..2029-01-01", ["2026-03-01", "2027-03-01", "2028-02-29"]),
        ("1996-02-29", "feb_28", "2026-02-28..2026-03-01", ["2026-02-28"]),
        ("1996-02-29", "mar_1", "2026-02-01..2026-03-01", []),  # it is in March
        ("1996-02-29", "feb_28", "2026-03-01..2026-04-01", []),  # it was in February
        ("1996-02-29", "mar_1", "2100-01-01..2101-01-01", ["2100-03-01"]),  # 2100 is a common year
        ("1896-02-29", "mar_1", "2000-01-01..2001-01-01", ["2000-02-29"]),  # 2000 was not
        ("2024-02-29", "feb_28", "2024-01-01..2026-01-01", ["2025-02-28"]),
        # Their neighbours are nobody's exception.
        ("1996-02-28", "mar_1", "2026-01-01..2027-01-01", ["2026-02-28"]),
        ("1996-03-01", "feb_28", "2026-01-01..2027-01-01", ["2026-03-01"]),
        ("1990-02-09", "mar_1", "2026-01-01..2026-01-01", []),  # no span
    ],
)
def test_anniversaries(born: str, leap: Any, within: str, days: list[str]) -> None:
    """The same day each year, from one year after the date itself."""
    rule, facts = Anniversary("born", leap), {"born": date.fromisoformat(born)}
    assert iso(rule.days(facts, *span(within))) == days
    assert began(rule.instants(facts, SHANGHAI, *span(within))) == days
    assert rule.fields == {"born"}


@pytest.mark.parametrize(
    "facts",
    [{}, {"born": None}, {"born": "1990-02-09"}, {"born": datetime(1990, 2, 9)}, {"name": date(1990, 2, 9)}],  # noqa: DTZ001
)
def test_no_birthday_known(facts: dict[str, Any]) -> None:
    """Without a date there is no anniversary, rather than a guess."""
    assert list(Anniversary("born", "mar_1").days(facts, *span("2026-01-01..2027-01-01"))) == []


def test_another_leap_rule() -> None:
    """A third rule for 29 February is refused."""
    with pytest.raises(DefinitionError) as caught:
        Anniversary("born", "feb_29")  # type: ignore[arg-type]
    assert (caught.value.where, caught.value.message) == ("leap", "choice.unknown")
    assert str(caught.value) == "leap: feb_29 is not a choice here; choose one of feb_28, mar_1"


@pytest.mark.parametrize(
    ("zone", "day", "moments"),
    [
        (SHANGHAI, "2026-03-08", "2026-03-08T00:00:00+08:00"),
        ("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"),  # midnight never happens
        ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"),  # midnight happens twice: the first
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),  # the day never happens
    ],
)
def test_where_days_begin(zone: str, day: str, moments: str) -> None:
    """A date begins once, wherever the clocks are changed at midnight."""
    on = date.fromisoformat(day)
    rules: list[Recurrence] = [Anniversary("born", "mar_1"), DateTable([on])]
    for rule in rules:
        (found,) = rule.instants({"born": on.replace(year=1980)}, zone, on, on + timedelta(1))
        assert moment(found, timezone(zone)).isoformat() == moments


SPRING = DateTable([date(2027, 2, 6), date(2025, 1, 29), date(2026, 2, 17), date(2025, 1, 29)])
"""New Year of the Chinese calendar, written by hand from the almanac, one of them twice."""


@pytest.mark.parametrize(
    ("within", "days"),
    [
        ("2025-01-01..2028-01-01", ["2025-01-29", "2026-02-17", "2027-02-06"]),
        ("2026-01-01..2027-01-01", ["2026-02-17"]),
        ("2026-02-17..2026-02-18", ["2026-02-17"]),
        ("2026-02-18..2027-02-06", []),
        ("2028-01-01..2030-01-01", []),  # the table ends: nothing is guessed
    ],
)
def test_festivals(within: str, days: list[str]) -> None:
    """The festivals of a table, in order, each once, whatever is known of the case."""
    assert began(SPRING.instants({}, SHANGHAI, *span(within))) == days
    assert SPRING.fields == frozenset()


def test_a_table_is_a_value() -> None:
    """Order and repetition do not matter; a text is no list of dates."""
    days = [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)]
    assert DateTable(days) == SPRING
    assert SPRING.dates == tuple(days)
    with pytest.raises(DefinitionError) as caught:
        DateTable("2026-02-17")  # type: ignore[arg-type]
    assert (caught.value.where, caught.value.message) == ("value", "shape.kind")


@pytest.mark.parametrize(
    ("each", "week", "within", "days"),
    [
        ("day", None, "2026-02-09..2026-02-12", ["2026-02-09", "2026-02-10", "2026-02-11"]),
        ("week", "Monday", "2026-02-09..2026-02-24", ["2026-02-09", "2026-02-16", "2026-02-23"]),
        ("week", "Sunday", "2026-02-09..2026-02-24", ["2026-02-15", "2026-02-22"]),
        ("month", None, "2026-02-01..2026-04-01", ["2026-02-01", "2026-03-01"]),
        ("quarter", None, "2026-01-01..2027-01-01", ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
        ("quarter", None, "2026-01-02..2026-04-01", []),
        ("quarter", None, "2026-01-02..2026-04-02", ["2026-04-01"]),
        ("half", None, "2026-01-01..2027-01-01", ["2026-01-01", "2026-07-01"]),
        ("year", None, "2026-01-01..2028-01-02", ["2026-01-01", "2027-01-01", "2028-01-01"]),
        ("year", None, "2026-01-02..2027-01-01", []),
        ("month", None, "2026-02-01..2026-02-01", []),
    ],
)
def test_period_ends(each: str, week: str | None, within: str, days: list[str]) -> None:
    """A period ends where the next begins: the end of a quarter is the first of the next month."""
    rule = PeriodEnd(each, week)
    assert began(rule.instants({}, SHANGHAI, *span(within))) == days
    assert rule.fields == frozenset()


def test_a_period_ends_with_the_zone() -> None:
    """March ends in Havana at its own midnight."""
    found = list(PeriodEnd("month").instants({}, "America/Havana", *span("2026-04-01..2026-04-02")))
    assert moment(found[0], timezone("America/Havana")).isoformat() == "2026-04-01T00:00:00-04:00"


@pytest.mark.parametrize(
    ("each", "week", "within", "days"),
    [
        ("day", None, "2399-12-30..2399-12-31", ["2399-12-30"]),
        ("week", "Monday", "2399-12-20..2399-12-31", ["2399-12-20", "2399-12-27"]),
        ("month", None, "2399-12-01..2399-12-31", ["2399-12-01"]),
        ("quarter", None, "2399-10-01..2399-12-31", ["2399-10-01"]),
        ("half", None, "2399-07-01..2399-12-31", ["2399-07-01"]),
        ("year", None, "2399-01-01..2399-12-31", ["2399-01-01"]),
    ],
)
def test_the_last_years(each: str, week: str | None, within: str, days: list[str]) -> None:
    """The last year that can be computed has its period ends too."""
    assert began(PeriodEnd(each, week).instants({}, SHANGHAI, *span(within))) == days


def test_the_first_year() -> None:
    """So has the first, from its second day on; what ended with the year before is beyond."""
    found = PeriodEnd("month").instants({}, SHANGHAI, *span("1800-01-02..1800-03-02"))
    assert [moment(one, timezone(SHANGHAI)).date().isoformat() for one in found] == ["1800-02-01", "1800-03-01"]


@pytest.mark.parametrize(
    ("each", "week", "where", "message"),
    [
        ("fiscal", None, "each", "choice.unknown"),
        ("fortnight", None, "each", "choice.unknown"),
        ("week", None, "week", "period.week"),
        ("week", "monday", "week", "choice.nearest"),
        ("month", "Monday", "week", "follow_up.week"),
    ],
)
def test_other_periods(each: str, week: str | None, where: str, message: str) -> None:
    """Another kind of period is refused, and a week that does not say when it begins."""
    with pytest.raises(DefinitionError) as caught:
        PeriodEnd(each, week)
    assert (caught.value.where, caught.value.message) == (where, message)


RULES = st.one_of(
    st.builds(Anniversary, st.just("born"), st.sampled_from(["feb_28", "mar_1"])),
    st.builds(DateTable, st.lists(DAYS, max_size=20)),
    st.sampled_from([PeriodEnd(each, "Wednesday" if each == "week" else None) for each in EACH]),
)
BORN = st.one_of(DAYS, st.sampled_from([date(2000, 2, 29), date(2024, 2, 29)]))


@given(RULES, BORN, st.lists(DAYS, min_size=3, max_size=3))
def test_spans_tile(rule: Recurrence, born: date, days: list[date]) -> None:
    """Asked month by month or year by year, no date is lost and none is told twice."""
    first, cut, last = sorted(days)
    last = min(last, first + timedelta(800))
    cut = min(cut, last)
    facts = {"born": born}
    halves = [*rule.instants(facts, SHANGHAI, first, cut), *rule.instants(facts, SHANGHAI, cut, last)]
    assert halves == list(rule.instants(facts, SHANGHAI, first, last))
    assert halves == sorted(set(halves))


@given(BORN, st.sampled_from(["feb_28", "mar_1"]), st.integers(2001, 2060))
def test_one_birthday_a_year(born: date, leap: Any, year: int) -> None:
    """Every year has one anniversary, never more than a day off the date."""
    found = list(Anniversary("born", leap).days({"born": born}, date(year, 1, 1), date(year + 1, 1, 1)))
    assert len(found) == (1 if year > born.year else 0)
    for day in found:
        off = day - date(year, born.month, min(born.day, 28))
        assert off.days == (born.day - 28 if born.day > 28 else 0) or (born.month, born.day) == (2, 29)
