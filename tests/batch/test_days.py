"""Due times in days over columns: every row what its calendar says of it alone, faults too."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("scipy", reason="the extra batch is not installed")

from tests.batch.test_columns import (
    CALENDARS,
    HIGH,
    HOUR,
    LOW,
    NIGHT,
    OFFICE,
    expected,
    rows_of,
)

from svcstd.calendars import (
    At,
    BusinessCalendar,
    Calendar,
    CloseOfDay,
    DayMode,
    History,
    KeepTime,
    add_calendar_days,
    public_holidays,
)
from svcstd.calendars import days as scalar
from svcstd.errors import DefinitionError
from svcstd.moment import FIRST, LAST, micros, timezone

np: Any = pytest.importorskip("numpy")
batch: Any = pytest.importorskip("svcstd.batch")
days_of: Any = pytest.importorskip("svcstd.batch.calendars.days")

SOON = BusinessCalendar(
    zone="Europe/Rome", hours="Mon-Fri 09:00-18:00", holidays=public_holidays("IT", years=range(2025, 2027))
)
SHUT = BusinessCalendar(zone="Europe/Berlin", hours="closed")
ODD: dict[str, Calendar] = {
    "havana": BusinessCalendar(zone="America/Havana", hours="daily 00:00-02:00 22:00-24:00"),
    "apia": BusinessCalendar(zone="Pacific/Apia", hours="daily 08:00-20:00"),
    "cairo": BusinessCalendar(zone="Africa/Cairo", hours="Sun-Thu 00:00-08:00"),
    "clash": History(
        BusinessCalendar(zone="Europe/Berlin", hours="daily 20:00-06:00"),
        {date(2024, 6, 1): BusinessCalendar(zone="Europe/Berlin", hours="daily 00:00-12:00")},
        zone="Europe/Berlin",
    ),
    "rome": SOON,
    "ends": History(NIGHT, {date(2024, 6, 1): SHUT}, zone="Europe/Berlin"),
    "begins": History(SHUT, {date(2024, 6, 1): NIGHT}, zone="Europe/Berlin"),
    "grows": History(
        OFFICE, {date(2024, 6, 1): BusinessCalendar(zone="Asia/Shanghai", hours="24x7")}, zone="Asia/Shanghai"
    ),
}
SEVERAL_ZONES = ("both", "less")
ONE_ZONE = {name: one for name, one in (CALENDARS | ODD).items() if name not in SEVERAL_ZONES}
MODES: list[DayMode] = [KeepTime(), KeepTime("clamp"), CloseOfDay(), At("18:00"), At("02:30")]
CUTOFFS = (None, time(0), time(2, 30), time(15), time(23, 59, 59))
INSTANTS = st.one_of(
    st.integers(LOW, HIGH),
    st.integers(LOW // HOUR, HIGH // HOUR).map(lambda hours: hours * HOUR),
    st.sampled_from([FIRST - 1, LAST]),
)


def at(text: str, zone: str = "UTC") -> int:
    """A wall time as UTC microseconds."""
    return micros(datetime.fromisoformat(text).replace(tzinfo=timezone(zone)))


@given(
    name=st.sampled_from(sorted(ONE_ZONE)),
    starts=st.lists(INSTANTS, min_size=1, max_size=12),
    days=st.sampled_from([0, 1, 2, 5, 30]),
    mode=st.sampled_from(MODES),
    cutoff=st.sampled_from(CUTOFFS),
    today=st.booleans(),
)
@example(
    "rome", [at("2026-12-30T10:00"), at("2027-01-04T10:00"), at("2026-12-31T23:30")], 2, KeepTime(), time(15), False
)
@example("never", [LOW, HIGH], 1, CloseOfDay(), None, False)
@example(
    "clash", [at("2024-05-30T21:00"), at("2024-05-31T23:00"), at("2024-06-01T01:00")], 1, KeepTime(), time(0), True
)
@example("ends", [at("2024-05-29T21:00"), at("2024-05-31T23:00"), at("2024-06-01T01:00")], 1, KeepTime(), time(0), True)
def test_every_row_is_what_the_calendar_says(
    name: str,
    starts: list[int],
    days: int,
    mode: DayMode,
    cutoff: time | None,
    today: bool,  # noqa: FBT001 - drawn
) -> None:
    """Over night shifts, changes of the clock, ends of coverage and calendars that never open, in every mode."""
    calendar = ONE_ZONE[name]

    def alone(start: int) -> int:
        return scalar.add_working_days(calendar, start, days, mode, cutoff=cutoff, counts_today=today)

    found = batch.add_working_days(calendar, np.array(starts), days, mode=mode, cutoff=cutoff, counts_today=today)
    assert rows_of(found) == expected(alone, starts)


@given(
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/Havana", "Pacific/Apia", "America/St_Johns"]),
    starts=st.lists(INSTANTS | st.integers(at("2011-12-27T00:00"), at("2012-01-03T00:00")), min_size=1, max_size=12),
    days=st.sampled_from([0, 1, 3, 90]),
    clock=st.sampled_from([None, time(0), time(2, 30), time(18)]),
)
def test_dates_later(zone: str, starts: list[int], days: int, clock: time | None) -> None:
    """Dates pass on the wall of the zone: the same time of day, or a fixed one, also where the wall is moved."""
    tz = timezone(zone)
    known = np.ones(len(starts), dtype=bool)
    found = days_of.calendar_days(np.array(starts), days, zone, clock, known)
    told = [
        (value, batch.FAULTS[fault]) for value, fault in zip(found.values.tolist(), found.faults.tolist(), strict=True)
    ]
    assert told == expected(lambda start: add_calendar_days(start, days, tz, clock), starts)


@pytest.mark.parametrize(
    ("start", "days", "asked", "due"),
    [
        ("2026-03-06 10:00", 1, {}, "2026-03-09 10:00"),  # from Friday to Monday
        ("2026-03-06 20:00", 1, {}, "2026-03-10 09:00"),  # after hours: Monday's request
        ("2026-03-06 10:00", 1, {"counts_today": True}, "2026-03-06 10:00"),
        ("2026-03-06 16:00", 1, {"cutoff": time(15)}, "2026-03-10 09:00"),
        ("2026-03-06 10:00", 1, {"mode": CloseOfDay()}, "2026-03-09 18:00"),
        ("2026-03-06 10:00", 2, {"mode": At("12:00")}, "2026-03-10 12:00"),
        ("2026-03-27 10:00", 1, {}, "2026-03-30 10:00"),  # the clocks go forward in between
        ("2026-04-02 10:00", 2, {}, "2026-04-07 10:00"),  # Easter Monday is a holiday
        ("2026-12-30 10:00", 5, {}, None),  # the holidays of 2027 are unknown
    ],
)
def test_what_a_supervisor_signs(start: str, days: int, asked: dict[str, Any], due: str | None) -> None:
    """Working days of an office in Rome."""
    begun = np.array([at(start, "Europe/Rome")] * 2)
    found = batch.add_working_days(SOON, begun, days, **asked)
    if due is None:
        assert (found.valid.tolist(), found.faults.tolist()) == ([False] * 2, ["calendar.uncovered"] * 2)
    else:
        assert found.values.tolist() == [at(due, "Europe/Rome")] * 2


def test_a_calendar_for_each_row() -> None:
    """By its key; nulls stay nulls, and a key without a calendar is a fault of its row."""
    start = np.array(["2026-03-06T09:00", "2026-03-06T09:00", "NaT", "2026-03-06T09:00"], dtype="datetime64[s]")
    hours = {"office": SOON, "always": BusinessCalendar(zone="UTC", hours="24x7")}
    found = batch.add_working_days(hours, start, 1, by=["office", "always", "office", "none"])
    assert found.datetimes().astype("datetime64[D]").astype(str).tolist() == ["2026-03-09", "2026-03-07", "NaT", "NaT"]
    assert found.faults.tolist() == ["", "", "", "batch.no_calendar"]
    nothing = batch.add_working_days(SOON, np.array([], dtype=np.int64), 1)
    nulls = batch.add_working_days(SOON, np.array(["NaT"], dtype="datetime64[s]"), 1)
    assert (nothing.values.tolist(), nulls.valid.tolist()) == ([], [False])
    assert days_of.calendar_days(np.array([LAST]), 1, "UTC", None, np.array([True])).values.tolist() == [0]


@pytest.mark.parametrize(
    ("calendar", "days", "asked"),
    [
        (SOON, -1, {}),
        (SOON, 10_001, {}),
        (SOON, 1.5, {}),
        (SOON, 1, {"mode": "closing"}),
        (SOON, 1, {"cutoff": "noon"}),
        (SOON, 1, {"cutoff": time(15, tzinfo=timezone("UTC"))}),
        *[(CALENDARS[name], 1, {}) for name in SEVERAL_ZONES],
    ],
)
def test_refusals(calendar: Calendar, days: Any, asked: dict[str, Any]) -> None:
    """What no promise can say, and calendars whose dates are several stretches of time."""
    with pytest.raises(DefinitionError):
        batch.add_working_days(calendar, np.array([LOW]), days, **asked)
