"""A calendar as it stands in the file, and what it becomes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from svcstd.calendars import DayHours, HolidayTable, WeeklyHours
from svcstd.errors import DefinitionError
from svcstd.standard import CalendarEntry, PublicHolidays
from svcstd.standard.calendar_entry import build_calendars, without_holidays_beyond

WEEK = WeeklyHours.parse("Mon-Fri 09:00-17:00")


@pytest.mark.parametrize(
    ("parts", "where", "message"),
    [
        ({}, "hours", "calendar.kind"),
        ({"hours": WEEK, "any_of": ["a"]}, "hours", "calendar.kind"),
        ({"hours": WEEK, "versions": {date(2026, 1, 1): "a"}}, "else", "calendar.else"),
        ({"any_of": ["a"], "holidays": PublicHolidays("DE")}, "hours", "calendar.own_parts"),
        ({"all_of": ["a"], "exceptions": {date(2026, 1, 1): DayHours()}}, "hours", "calendar.own_parts"),
        ({"otherwise": "a", "make_up_hours": DayHours()}, "hours", "calendar.own_parts"),
        ({"otherwise": "a", "overnight": "cut_day"}, "hours", "calendar.own_parts"),
        ({"hours": WEEK, "less": ["a"]}, "except", "calendar.except"),
    ],
)
def test_an_entry_is_one_kind_of_calendar(parts: dict[str, Any], where: str, message: str) -> None:
    """Hours of its own, a union, an intersection or versions: exactly one, with the parts that belong to it."""
    with pytest.raises(DefinitionError) as caught:
        CalendarEntry(**parts)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert "; give" in str(caught.value)


def test_public_holidays_need_years() -> None:
    """A place is frozen for the years of the standard, and for no others."""
    with pytest.raises(DefinitionError) as caught:
        PublicHolidays("DE").freeze(None)
    assert str(caught.value).startswith("holidays: the holidays of DE need years; ")
    table = PublicHolidays("US-MA", language="en_US").freeze(range(2026, 2027))
    assert dict(table.holidays)[date(2026, 4, 20)] == "Patriots' Day"


def test_calendars_are_built_in_any_order() -> None:
    """A calendar may be made of one that stands below it."""
    entries = {
        "less": CalendarEntry(any_of=["all"], less=["lunch"]),
        "all": CalendarEntry(all_of=["day", "always"]),
        "always": CalendarEntry(hours=WeeklyHours.parse("24x7")),
        "day": CalendarEntry(hours=WEEK, name="by day"),
        "lunch": CalendarEntry(hours=WeeklyHours.parse("daily 12:00-13:00")),
        "moved": CalendarEntry(otherwise="day", versions={date(2026, 7, 1): "always"}, zone="Europe/Berlin"),
    }
    built, faults = build_calendars(entries, "UTC", None)
    assert faults == []
    assert (built["less"].name, built["day"].name, built["moved"].zone) == ("less", "by day", "Europe/Berlin")
    monday = [(start.hour, end.hour) for start, end in spans_of(built["less"])]
    assert monday == [(9, 12), (13, 17)]


def spans_of(calendar: Any) -> list[tuple[Any, Any]]:
    """Open time of Monday 5 January 2026, UTC."""
    return list(calendar.spans(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)))


def test_unknown_holidays_are_taken_for_none() -> None:
    """Every leaf loses the bounds of its coverage; other calendars are left as they are."""
    covered = HolidayTable(covers=(date(2026, 1, 1), date(2027, 1, 1)))
    entries = {
        "leaf": CalendarEntry(hours=WEEK, holidays=covered),
        "any": CalendarEntry(any_of=["leaf"]),
        "moved": CalendarEntry(otherwise="any", versions={date(2026, 7, 1): "leaf"}),
    }
    built, _ = build_calendars(entries, "UTC", None)
    plain, _ = build_calendars(entries | {"leaf": CalendarEntry(hours=WEEK)}, "UTC", None)
    assert {key: without_holidays_beyond(one) for key, one in built.items()} == plain

    class Elsewhere:
        """A calendar of another make."""

    other: Any = Elsewhere()
    assert without_holidays_beyond(other) is other
