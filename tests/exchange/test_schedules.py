"""Schedules of Zendesk and ServiceNow: minutes from Sunday, last seconds, and whatever has no place in a week."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from svcstd.calendars import WeeklyHours
from svcstd.errors import DefinitionError
from svcstd.exchange import read_servicenow_schedule, read_zendesk_schedules
from svcstd.exchange.schedules import LONGEST


def zendesk(*schedules: dict[str, Any]) -> str:
    """As the API lists them."""
    return json.dumps({"schedules": schedules})


def schedule(intervals: Any, **more: Any) -> dict[str, Any]:
    """One of them, without holidays that nobody told."""
    return {"name": "desk", "time_zone": "Europe/Berlin", "intervals": intervals, "holidays": []} | more


def minutes(*pairs: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Intervals of minutes from Sunday."""
    return [{"start_time": start, "end_time": end} for start, end in pairs]


@pytest.mark.parametrize(
    ("intervals", "week"),
    [
        (minutes((1980, 2460)), "Mon 09:00-17:00"),
        (minutes(*((day * 1440 + 540, day * 1440 + 1020) for day in range(1, 6))), "Mon-Fri 09:00-17:00"),
        (minutes((0, 10080)), "24x7"),
        (minutes((0, 60), (10020, 10080)), "Sat 23:00-24:00; Sun 00:00-01:00"),
        (minutes((2760, 3000)), "Mon 22:00-24:00; Tue 00:00-02:00"),
        (minutes((1980, 2160), (2220, 2460)), "Mon 09:00-12:00 13:00-17:00"),
        ([], "closed"),
    ],
)
def test_zendesk_weeks(intervals: Any, week: str) -> None:
    """Sunday comes first there, and last here; nights are cut at midnight."""
    found = read_zendesk_schedules(zendesk(schedule(intervals)))
    assert found.untranslated == ()
    assert found.value["desk"].hours == WeeklyHours.parse(week)
    assert found.value["desk"].zone == "Europe/Berlin"


def test_zendesk_holidays_and_zones() -> None:
    """Both ends of a holiday are off; a name of Zendesk's own for a zone needs ours beside it."""
    off = [{"name": "Xmas", "start_date": "2026-12-24", "end_date": "2026-12-26"}]
    own = schedule(minutes((1980, 2460)), time_zone="Eastern Time (US & Canada)", holidays=off)
    found = read_zendesk_schedules(zendesk(own), zones={"Eastern Time (US & Canada)": "America/New_York"})
    assert found.value["desk"].zone == "America/New_York"
    assert [day.day for day, _ in found.value["desk"].holidays.holidays] == [24, 25, 26]
    assert found.untranslated == ()
    refused = read_zendesk_schedules(zendesk(own))
    assert dict(refused.value) == {}
    assert refused.report().startswith("schedules[0] desk: left out: ")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (schedule(minutes((60, 60))), "is no interval of a week"),
        (schedule(minutes((-1, 60))), "is no interval of a week"),
        (schedule(minutes((0, 10081))), "is no interval of a week"),
        (schedule(minutes((0.5, 60))), "is no interval of a week"),
        (schedule([5]), "is no interval of a week"),
        (schedule(None), "is no interval of a week"),
        (schedule([], time_zone=None), "left out"),
    ],
)
def test_zendesk_left_out(one: dict[str, Any], words: str) -> None:
    """A schedule that cannot be read is told; the others stand."""
    found = read_zendesk_schedules(zendesk(one, schedule([], name="other")))
    assert list(found.value) == ["other"]
    assert words in found.report()


@pytest.mark.parametrize(
    "holidays",
    [
        [{"name": "x", "start_date": "2026-12-26", "end_date": "2026-12-24"}],
        [{"name": "x", "start_date": "2026-12-26", "end_date": "9999-12-24"}],
        [{"name": "x", "start_date": "soon", "end_date": "later"}],
        [{"name": "x"}],
        [5],
        5,
    ],
)
def test_zendesk_holidays_without_dates(holidays: Any) -> None:
    """Are told, and the calendar stands."""
    found = read_zendesk_schedules(zendesk(schedule([], holidays=holidays)))
    assert found.report() == "schedules[0] desk.holidays[0]: it tells no dates, or more than a year of them"
    assert found.value["desk"].holidays.holidays == ()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schedules": 5}', '{"schedules": [5]}', "[" * 200_000, "x" * (LONGEST + 1), 5]
)
def test_no_list(text: Any) -> None:
    """Another shape is refused as a whole."""
    for read in (read_zendesk_schedules, lambda text: read_servicenow_schedule(text, zone="UTC")):
        with pytest.raises(DefinitionError, match="the text has another shape"):
            read(text)


def test_a_name_told_twice() -> None:
    """Is refused: which of them would it be?"""
    with pytest.raises(DefinitionError):
        read_zendesk_schedules(zendesk(schedule([]), schedule([])))


def test_the_published_schedule(shared: Path) -> None:
    """Monday from nine to five in New York."""
    text = (shared / "data" / "policies" / "zendesk_schedule_example.json").read_text(encoding="utf-8")
    found = read_zendesk_schedules(text)
    calendar = found.value["Default Schedule"]
    assert (calendar.zone, calendar.hours) == ("America/New_York", WeeklyHours.parse("Mon 09:00-17:00"))
    assert calendar.is_open(datetime(2026, 1, 5, 14, tzinfo=UTC))
    assert found.report() == "schedules[0] Default Schedule: nothing tells its holidays; none are kept"


# ── ServiceNow ───────────────────────────────────────────────────────────────────────────────────────────────────────


def span(start: Any, end: Any, repeats: str = "", **more: Any) -> dict[str, Any]:
    """A row of cmn_schedule_span."""
    return {"name": "s", "type": "", "start_date_time": start, "end_date_time": end, "repeat_type": repeats} | more


def servicenow(*spans: dict[str, Any]) -> Any:
    """The calendar of such spans."""
    return read_servicenow_schedule(json.dumps({"result": spans}), zone="Asia/Shanghai", name="desk")


NONE = "result: nothing tells its holidays; none are kept"


@pytest.mark.parametrize(
    ("spans", "week"),
    [
        ([span("20240101T090000", "20240101T165959", "weekdays")], "Mon-Fri 09:00-17:00"),
        ([span("20240101T090000", "20240101T170000", "weekdays")], "Mon-Fri 09:00-17:00"),
        ([span("2024-01-01 09:00:00", "2024-01-01 16:59:59", "weekends")], "Sat-Sun 09:00-17:00"),
        ([span("20240101T000000", "20240101T235959", "daily")], "24x7"),
        (
            [span("20240101T090000", "20240101T165959", "weekly", days_of_week="135", repeat_count="1")],
            "Mon,Wed,Fri 09:00-17:00",
        ),
        ([span("20240102T090000", "20240102T165959", "weekly")], "Tue 09:00-17:00"),
        ([span("20240102T220000", "20240103T055959", "weekly", days_of_week="2")], "Tue 22:00-06:00"),
        ([span("20240101T090000", "20240102T085959", "weekly")], "Mon 09:00-09:00"),
        (
            [
                span("20240101T090000", "20240101T115959", "weekdays"),
                span("20240101T130000", "20240101T165959", "weekdays"),
            ],
            "Mon-Fri 09:00-12:00 13:00-17:00",
        ),
    ],
)
def test_servicenow_weeks(spans: list[dict[str, Any]], week: str) -> None:
    """The last second of a span is still open; nights run over midnight."""
    found = servicenow(*spans)
    assert found.report() == NONE
    assert found.value.hours == WeeklyHours.parse(week)
    assert (found.value.name, found.value.zone) == ("desk", "Asia/Shanghai")


def test_servicenow_holidays() -> None:
    """A span that is excluded from midnight to midnight makes its dates holidays."""
    found = servicenow(
        span("20240101T090000", "20240101T165959", "weekdays"),
        span("20240501T000000", "20240502T235959", type="exclude", name="May"),
        span("20241001T000000", "20241002T000000", type="exception", name="October"),
    )
    assert found.untranslated == ()
    assert dict(found.value.holidays.holidays) == {
        date(2024, 5, 1): "May",
        date(2024, 5, 2): "May",
        date(2024, 10, 1): "October",
    }
    assert not found.value.is_working_day(date(2024, 5, 1))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (span("20240101T090000", "20240101T165959", "monthly"), "kind - that repeats monthly"),
        (span("20240101T090000", "20240101T165959"), "kind - that repeats -"),
        (span("20240101T090000", "20240103T165959", "weekly"), "repeats weekly"),
        (span("20240101T090000", "20240101T080000", "weekly"), "repeats weekly"),
        (span("20240101T000000", "20240101T235959", "yearly", type="exclude"), "kind exclude that repeats yearly"),
        (span("20240101T140000", "20240101T235959", type="exclude"), "kind exclude that repeats -"),
        (span("20240101T000000", "20240101T115959", type="exclude"), "kind exclude that repeats -"),
        (span("20240101T000000", "20260101T235959", type="exclude"), "kind exclude that repeats -"),
        (span("20240102T000000", "20240101T000000", type="exclude"), "kind exclude that repeats -"),
        (span("20240101T090000", "20240101T165959", "weekly", repeat_until="20240301"), "repeats weekly"),
        (span("20240101T090000", "20240101T165959", "weekly", repeat_count="2"), "repeats weekly"),
        (span("20240101T090000", "20240101T165959", "weekly", days_of_week="18"), "repeats weekly"),
        (span("20240101T090000", "20240101T165959", "daily", type="on_call"), "kind on_call that repeats daily"),
        (span("20240101T090000Z", "20240101T165959Z", "weekly"), "left out: "),
        (span("20240101T090000", "99991231T235959", "weekly"), "left out: "),
        (span("soon", "20240101T165959", "weekly"), "left out: "),
        (span(None, None, "weekly"), "left out: "),
    ],
)
def test_servicenow_left_out(one: dict[str, Any], words: str) -> None:
    """With its place; the week of the others stands."""
    found = servicenow(one, span("20240101T090000", "20240101T165959", "weekdays"))
    assert words in found.report()
    assert found.report().startswith("result[0] s: ")
    assert found.value.hours == WeeklyHours.parse("Mon-Fri 09:00-17:00")
    with pytest.raises(DefinitionError):
        read_servicenow_schedule('{"result": []}', zone="Mars/Olympus")
