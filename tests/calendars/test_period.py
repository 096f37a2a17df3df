"""Reporting periods: every instant lies in exactly one of a kind."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import Period, PeriodKind
from svcstd.errors import DefinitionError, MomentError

ZONES = (
    "America/Havana",
    "Africa/Cairo",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Shanghai",
    "Europe/London",
    "UTC",
)
KINDS: tuple[PeriodKind, ...] = ("day", "week", "month", "quarter", "half", "year", "fiscal")


@pytest.mark.parametrize(
    ("kind", "options", "first", "last", "label"),
    [
        ("day", {}, date(2026, 2, 14), date(2026, 2, 15), "2026-02-14"),
        ("week", {"week": "Monday"}, date(2026, 2, 9), date(2026, 2, 16), "2026-02-09"),
        ("week", {"week": "Sunday"}, date(2026, 2, 8), date(2026, 2, 15), "2026-02-08"),
        ("week", {"week": "Saturday"}, date(2026, 2, 14), date(2026, 2, 21), "2026-02-14"),
        ("month", {}, date(2026, 2, 1), date(2026, 3, 1), "2026-02"),
        ("quarter", {}, date(2026, 1, 1), date(2026, 4, 1), "2026-Q1"),
        ("half", {}, date(2026, 1, 1), date(2026, 7, 1), "2026-H1"),
        ("year", {}, date(2026, 1, 1), date(2027, 1, 1), "2026"),
        ("fiscal", {"fiscal": 4}, date(2025, 4, 1), date(2026, 4, 1), "FY 2025-04"),
        ("fiscal", {"fiscal": 2}, date(2026, 2, 1), date(2027, 2, 1), "FY 2026-02"),
        ("fiscal", {"fiscal": 1}, date(2026, 1, 1), date(2027, 1, 1), "FY 2026-01"),
        ("fiscal", {"fiscal": 12}, date(2025, 12, 1), date(2026, 12, 1), "FY 2025-12"),
    ],
)
def test_of(kind: PeriodKind, options: dict[str, Any], first: date, last: date, label: str) -> None:
    """The period of Saturday 14 February 2026."""
    found = Period.of(kind, date(2026, 2, 14), "Asia/Shanghai", **options)
    assert (found.first, found.last, found.label) == (first, last, label)
    assert repr(found) == f"<Period {kind} {label} Asia/Shanghai>"
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


@given(st.sampled_from(("day", "month", "quarter", "half", "year")), st.dates(date(1975, 1, 1), date(2095, 1, 1)))
def test_a_label_leads_back(kind: PeriodKind, day: date) -> None:
    """To the period that has it."""
    period = Period.of(kind, day, "Asia/Shanghai")
    assert Period.parse(period.label, "Asia/Shanghai") == period


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-02-30", "2026-Q5", "2026-H3", "2026-Q", "26-01", "2026-1", "2026-01-1", "\u0662026"]
)
def test_no_label(text: str) -> None:
    """Is no period."""
    with pytest.raises(DefinitionError, match="is no period"):
        Period.parse(text, "UTC")


@pytest.mark.parametrize(
    ("day", "quarter", "half"),
    [
        (date(2026, 3, 31), "2026-Q1", "2026-H1"),
        (date(2026, 4, 1), "2026-Q2", "2026-H1"),
        (date(2026, 7, 1), "2026-Q3", "2026-H2"),
        (date(2026, 12, 31), "2026-Q4", "2026-H2"),
    ],
)
def test_labels(day: date, quarter: str, half: str) -> None:
    """Quarters and halves are numbered within the year."""
    assert Period.of("quarter", day, "UTC").label == quarter
    assert Period.of("half", day, "UTC").label == half


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("America/Havana", date(2026, 11, 1), "2026-11-01T00:00:00-04:00", 25),  # midnight twice: the first
        ("America/Havana", date(2026, 10, 31), "2026-10-31T00:00:00-04:00", 24),
        ("America/Havana", date(2026, 3, 8), "2026-03-08T01:00:00-04:00", 23),  # midnight never: after the gap
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-26T01:00:00+03:00", 23),
        ("Africa/Cairo", date(2024, 10, 31), "2024-10-31T00:00:00+03:00", 25),
        ("America/St_Johns", date(2010, 11, 6), "2010-11-06T00:00:00-02:30", 24),  # back at 00:01, to 23:01
        ("America/St_Johns", date(2010, 11, 7), "2010-11-07T00:00:00-02:30", 25),
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-29T00:00:00-10:00", 24),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T00:00:00+14:00", 0),  # never happened
    ],
)
def test_days_of_changing_clocks(zone: str, day: date, start: str, hours: int) -> None:
    """A day begins at one instant, the first midnight or the end of the gap, and ends where the next begins."""
    found = Period.of("day", day, zone)
    assert found.start.isoformat() == start
    length = found.end.astimezone(UTC) - found.start.astimezone(UTC)
    assert length.total_seconds() == hours * 3600


@given(
    st.sampled_from(ZONES),
    st.sampled_from(KINDS),
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
@example("America/St_Johns", "day", datetime(2010, 11, 7, 2, 45, tzinfo=UTC))  # 23:15 once more, after midnight
@example("America/Havana", "month", datetime(2026, 11, 1, 4, 30, tzinfo=UTC))
@example("America/Havana", "month", datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
@example("Pacific/Apia", "day", datetime(2011, 12, 30, 10, tzinfo=UTC))
def test_exactly_one(zone: str, kind: PeriodKind, at: datetime) -> None:
    """Every instant lies in its period, in neither neighbour, and neighbours touch."""
    found = Period.of(kind, at, zone, week="Monday", fiscal=7)
    assert at in found
    assert at not in found.next
    assert at not in found.previous
    assert (found.previous.end, found.end) == (found.start, found.next.start)


@given(st.sampled_from(KINDS), st.dates(date(1810, 1, 1), date(2390, 1, 1)))
def test_next_and_previous(kind: PeriodKind, day: date) -> None:
    """Next and previous undo each other, and labels sort by time."""
    found = Period.of(kind, day, "UTC", week="Wednesday", fiscal=4)
    assert found.next.previous == found == found.previous.next
    assert found.previous.label < found.label < found.next.label
    assert found.next == Period.of(kind, found.last, "UTC", week="Wednesday", fiscal=4)
    assert found.first <= day < found.last


@pytest.mark.parametrize(
    ("arguments", "options", "where", "message", "said"),
    [
        (("decade", date(2026, 1, 1), "UTC"), {}, "kind", "choice.unknown", "decade"),
        (("week", date(2026, 1, 1), "UTC"), {}, "week", "period.week", 'give week="Monday"'),
        (("week", date(2026, 1, 1), "UTC"), {"week": "monday"}, "week", "choice.nearest", "write Monday"),
        (("fiscal", date(2026, 1, 1), "UTC"), {}, "fiscal", "period.fiscal", "None"),
        (("fiscal", date(2026, 1, 1), "UTC"), {"fiscal": 0}, "fiscal", "period.fiscal", "give fiscal= as 1 to 12"),
        (("fiscal", date(2026, 1, 1), "UTC"), {"fiscal": 4.0}, "fiscal", "period.fiscal", "4.0"),
        (("day", date(2026, 1, 1), "Mars/Base"), {}, "zone", "zone.unknown", "Mars/Base"),
        (("day", date(9999, 12, 31), "UTC"), {}, "day", "day.years", "9999"),
        (("week", date(1, 1, 1), "UTC"), {"week": "Sunday"}, "day", "day.years", "1800"),
        (("year", date(2399, 5, 1), "UTC"), {}, "first", "day.years", "2400"),
    ],
)
def test_refused(arguments: tuple[Any, ...], options: dict[str, Any], where: str, message: str, said: str) -> None:
    """What names no period is refused, with the value and the way out."""
    with pytest.raises(DefinitionError) as caught:
        Period.of(*arguments, **options)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert said in str(caught.value)


def test_naive_moment_refused() -> None:
    """A moment without zone lies in no period."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the value under test
    with pytest.raises(MomentError) as caught:
        Period.of("day", naive, "UTC")
    assert caught.value.message == "moment.naive"
    with pytest.raises(MomentError):
        assert naive in Period.of("day", date(2026, 1, 1), "UTC")


@pytest.mark.parametrize(
    ("kind", "first", "last", "where", "message"),
    [
        ("day", date(2026, 1, 2), date(2026, 1, 2), "last", "period.order"),
        ("epoch", date(2026, 1, 1), date(2026, 1, 2), "kind", "choice.unknown"),
    ],
)
def test_built_by_hand(kind: PeriodKind, first: date, last: date, where: str, message: str) -> None:
    """A period by hand is checked too."""
    with pytest.raises(DefinitionError) as caught:
        Period(kind, first, last, "UTC")
    assert (caught.value.where, caught.value.message) == (where, message)


def test_weeks_of_five_years() -> None:
    """Weeks walked one by one cover the line without hole or overlap."""
    week = Period.of("week", date(1990, 1, 1), "Europe/London", week="Monday")
    for _ in range(52 * 5):
        following = week.next
        assert following.start == week.end
        assert following.first - week.first == timedelta(7)
        week = following
