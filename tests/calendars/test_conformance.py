"""Every vector of ``calendars.json``, and those of ``sla.json`` that calendars answer without a clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from svcstd.calendars import (
    BusinessCalendar,
    Calendar,
    CloseOfDay,
    DayHours,
    DayMode,
    History,
    HolidayTable,
    KeepTime,
    OpenSpan,
    WeeklyHours,
)

CALENDARS = ("between", "add", "is_open", "next_open")
SLA = ("add", "subtract", "elapsed", "is_open", "intervals", "add_business_days")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MODES: dict[str, DayMode] = {
    "keep_time_roll_forward": KeepTime("roll"),
    "keep_time_roll_backward": KeepTime("roll"),
    "keep_time_clamp": KeepTime("clamp"),
    "end_of_working_day": CloseOfDay(),
}

LEFT_TO_OTHERS: dict[str, str] = {}
"""Vectors of the six kinds that are not run here, with the reason: none."""

CLAMPED_TO_ZERO = {"glpi-cal-004": -5 * 12 * 3600, "znuny-delta-001": -205_199}
"""The product says 0 for swapped moments, ours is signed: five desk days of 12 h; minus that of ``znuny-delta-002``."""

BY_DOCUMENT = {"dbtz-001": 57_568}
"""The document's own rounding (17:01:38 as 17:02); the exact answer is the vector's reference."""


def _second(text: str) -> int:
    return sum(int(part) * unit for part, unit in zip(text.split(":"), (3600, 60, 1), strict=False))


def _span(text: list[str]) -> OpenSpan:
    start, end = (
        sum(int(part) * unit for part, unit in zip(at.split(":"), (3600, 60, 1), strict=False)) for at in text
    )
    return OpenSpan(start, end or 86_400)


def _calendar(spec: dict[str, Any]) -> BusinessCalendar:
    days = {WEEKDAYS.index(day): [_span(text) for text in spans] for day, spans in spec["weekly"].items()}
    special = {
        date.fromisoformat(day): DayHours(tuple(_span(text) for text in spans))
        for day, spans in spec["exceptions"].items()
    }
    holidays = HolidayTable([date.fromisoformat(day) for day in spec["holidays"]])
    return BusinessCalendar(zone=spec["tz"], hours=WeeklyHours(days), holidays=holidays, exceptions=special)


def _utc(text: str) -> datetime:
    """In UTC, where moments compare by value: Python holds a folded wall time unequal to any other zone's."""
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture(scope="module")
def specs(shared: Path) -> dict[str, Calendar]:
    """The named calendars of ``calendars.json``."""
    found = json.loads((shared / "conformance" / "calendars.json").read_text(encoding="utf-8"))
    return {name: _calendar(spec) for name, spec in found["calendars"].items()}


@pytest.mark.vectors("calendars.json", *CALENDARS)
def test_calendars(vector: dict[str, Any], specs: dict[str, Calendar]) -> None:
    """Working time, due times and openings are those that stepping minute by minute found."""
    calendar, given, expected = specs[vector["calendar"]], vector["input"], vector["expected"]
    match vector["op"]:
        case "between":
            found = calendar.elapsed(datetime.fromisoformat(given["start"]), datetime.fromisoformat(given["end"]))
            assert found == timedelta(seconds=expected)
        case "add":
            due = calendar.add(datetime.fromisoformat(given["start"]), timedelta(seconds=given["seconds"]))
            assert due.isoformat() == expected
        case "is_open":
            assert calendar.is_open(datetime.fromisoformat(given["at"])) is expected
        case _:
            assert calendar.next_open(datetime.fromisoformat(given["at"])).isoformat() == expected


def test_all_calendars_ran(vectors_ran: set[tuple[str, str]]) -> None:
    """Each of the 182 vectors was run, and held."""
    assert len([name for file, name in vectors_ran if file == "calendars.json"]) == 182


def _paused(calendar: Calendar, pauses: list[list[str]]) -> Calendar:
    """The calendar less its pauses, each within one UTC date, as dated hours to take away."""
    away: dict[date, DayHours] = {}
    for start, end in pauses:
        low, high = _utc(start), _utc(end)
        assert low.date() == high.date()
        away[low.date()] = DayHours.parse(f"{low:%H:%M:%S}-{high:%H:%M:%S}")
    return calendar - BusinessCalendar(zone="UTC", hours="closed", exceptions=away)


def _add(calendar: Calendar, vector: dict[str, Any]) -> None:
    given, expected = vector["inputs"], vector["expected"]["due"]
    start, amount = datetime.fromisoformat(given["start"]), timedelta(seconds=given["duration_s"])
    earliest = calendar.add(start, amount, landing="close").astimezone(UTC)
    latest = calendar.add(start, amount, landing="next_open").astimezone(UTC)
    assert earliest == _utc(vector["reference"]["due_earliest"])
    assert latest == _utc(vector["reference"]["due_latest"])
    assert _utc(expected) == (latest if vector["boundary"] == "next-opening" else earliest)


def _subtract(calendar: Calendar, vector: dict[str, Any]) -> None:
    given = vector["inputs"]
    begun = calendar.subtract(datetime.fromisoformat(given["end"]), timedelta(seconds=given["duration_s"]))
    assert begun.astimezone(UTC) == _utc(vector["expected"]["start"]) == _utc(vector["reference"]["start_latest"])


def _elapsed(calendar: Calendar, vector: dict[str, Any]) -> None:
    given, name = vector["inputs"], vector["id"]
    start, found = datetime.fromisoformat(given["start"]), timedelta()
    for change in given.get("calendar_changes", ()):  # they change within a date, so a History cannot say it
        at = datetime.fromisoformat(change["at"])
        found += calendar.elapsed(start, at)
        start, calendar = at, _calendar(change["calendar"])
    found += calendar.elapsed(start, datetime.fromisoformat(given["end"]))
    expected = vector["expected"]["elapsed_s"]
    if name in CLAMPED_TO_ZERO:
        assert (expected, found.total_seconds()) == (0, CLAMPED_TO_ZERO[name])
    elif name in BY_DOCUMENT:
        assert expected == BY_DOCUMENT[name] != found.total_seconds() == vector["reference"]["elapsed_s"]
    else:
        assert found == timedelta(seconds=expected)


def _is_open(calendar: Calendar, vector: dict[str, Any]) -> None:
    assert calendar.is_open(datetime.fromisoformat(vector["inputs"]["at"])) is vector["expected"]["open"]
    if vector["calendar"].get("holiday_over_exception"):  # there the product is closed, by the holiday
        assert calendar.is_open(datetime(2006, 1, 11, 10, tzinfo=UTC))


def _intervals(calendar: Calendar, vector: dict[str, Any]) -> None:
    given = vector["inputs"]
    start = datetime.fromisoformat(given["from"])
    found = calendar.spans(start, start + timedelta(400))[: given["count"]]
    expected = vector["expected"]["intervals"]
    assert [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in found] == [
        (_utc(low), _utc(high)) for low, high in expected
    ]


def _days(calendar: Calendar, vector: dict[str, Any]) -> None:
    given, expected = vector["inputs"], _utc(vector["expected"]["due"])
    due = calendar.add_days(datetime.fromisoformat(given["start"]), given["days"], MODES[given["mode"]])
    assert due.astimezone(UTC) == expected


VERBS: dict[str, Callable[[Calendar, dict[str, Any]], None]] = {
    "add": _add,
    "subtract": _subtract,
    "elapsed": _elapsed,
    "is_open": _is_open,
    "intervals": _intervals,
    "add_business_days": _days,
}


@pytest.mark.vectors("sla.json", *SLA)
def test_sla(vector: dict[str, Any]) -> None:
    """Help desks' own test suites agree, under the switch that each vector names."""
    calendar: Calendar = _calendar(vector["calendar"])
    if "pauses" in vector["inputs"]:
        calendar = _paused(calendar, vector["inputs"]["pauses"])
    VERBS[vector["kind"]](calendar, vector)


def test_all_sla_ran(vectors_ran: set[tuple[str, str]], shared: Path) -> None:
    """Each vector of the six kinds was run here, or is listed with the reason; 147 in all."""
    found = json.loads((shared / "conformance" / "sla.json").read_text(encoding="utf-8"))["vectors"]
    claimed = {each["id"] for each in found if each["kind"] in SLA}
    ran = {name for file, name in vectors_ran if file == "sla.json"}
    assert len(claimed) == 147
    assert claimed - ran == LEFT_TO_OTHERS.keys()


def test_history_by_date() -> None:
    """A change of calendar at midnight is a History: 2 h of Monday by the old hours, 3 h of Tuesday by the new."""
    old = BusinessCalendar(zone="UTC", hours="daily 15:00-24:00")
    new = BusinessCalendar(zone="UTC", hours="daily 00:00-03:00")
    desk = History(old, {date(2020, 9, 29): new}, zone="UTC")
    start, end = datetime(2020, 9, 28, 22, tzinfo=UTC), datetime(2020, 9, 29, 22, tzinfo=UTC)
    assert desk.elapsed(start, end) == timedelta(hours=5)
