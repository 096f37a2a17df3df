"""iCalendar in and out: what RFC 5545 and 7953 allow, what people really write, and that nothing crashes."""

from __future__ import annotations

import importlib
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd import Case, Event, loads
from svcstd.calendars import BusinessCalendar, DayHours, HolidayTable
from svcstd.errors import CoverageError, DefinitionError, ExtraMissing
from svcstd.exchange import read_holiday_cn
from svcstd.exchange.ical import read_ical_holidays, read_ical_shifts, write_ical_due, write_ical_hours
from svcstd.exchange.ical_events import LONGEST, MOST

YEAR: dict[str, Any] = {"zone": "Europe/Berlin", "first": date(2026, 1, 1), "last": date(2027, 1, 1)}
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def ics(*events: str, kind: str = "VEVENT") -> str:
    """A calendar of such events, each told by its lines."""
    body = "".join(f"BEGIN:{kind}\n{event.strip()}\nEND:{kind}\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".replace("\n", "\r\n")


def days(*events: str, **changes: Any) -> dict[str, str]:
    """The holidays of a calendar."""
    found = read_ical_holidays(ics(*events), **YEAR | changes)
    assert found.untranslated == (), found.report()
    return {day.isoformat(): name for day, name in found.value.holidays}


def shifts(*events: str, **changes: Any) -> dict[str, str]:
    """The hours of the days that have any."""
    found = read_ical_shifts(ics(*events), **YEAR | changes)
    assert found.untranslated == (), found.report()
    return {day.isoformat(): str(hours) for day, hours in found.value.exceptions if hours.spans}


def why(*events: str, text: str | None = None, **changes: Any) -> list[str]:
    """What the report says."""
    told = ics(*events) if text is None else text
    return [one.sentence() for one in read_ical_shifts(told, **YEAR | changes).untranslated]


# ── holidays ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20260105", ["2026-01-05"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260107", ["2026-01-05", "2026-01-06"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260105", ["2026-01-05"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20260105\nDURATION:P2D", ["2026-01-05", "2026-01-06"]),
        ("SUMMARY:A\nDTSTART:20260105\nRRULE:", ["2026-01-05"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20251231\nDTEND;VALUE=DATE:20260102", ["2026-01-01"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270103", ["2026-12-31"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY", ["2026-05-01"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL=20250501", []),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL=20260501", ["2026-05-01"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;COUNT=6", []),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;COUNT=7", ["2026-05-01"]),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20280501\nRRULE:FREQ=YEARLY", []),
        (
            "SUMMARY:A\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260106",
            ["2026-01-05", "2026-01-07"],
        ),
        (
            "SUMMARY:A\nDTSTART;VALUE=DATE:20260105\nRDATE;VALUE=DATE:20260301,20260302\nRDATE;VALUE=DATE:20260301",
            ["2026-01-05", "2026-03-01", "2026-03-02"],
        ),
        ("SUMMARY:A\nDTSTART;VALUE=DATE:20260228\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ["2026-02-28"]),
    ],
)
def test_holidays(event: str, wanted: list[str]) -> None:
    """Whole days, with rules, exceptions and further dates, cut to the days that are asked for."""
    assert list(days(event)) == wanted


def test_names_and_make_up() -> None:
    """A word in the summary tells a day that is worked; two names of one day stand side by side."""
    text = ics(
        "SUMMARY:元旦假期\nDTSTART;VALUE=DATE:20260101",
        "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101",
        "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101",
        "SUMMARY:上班(补元旦假期)\nDTSTART;VALUE=DATE:20260104",
    )
    found = read_ical_holidays(text, **YEAR, make_up=["上班"])
    assert found.value == HolidayTable(
        holidays={date(2026, 1, 1): "元旦假期 / New Year"},
        make_up={date(2026, 1, 4): "上班(补元旦假期)"},
        covers=(YEAR["first"], YEAR["last"]),
        source="iCalendar",
    )
    both = ics("SUMMARY:x\nDTSTART;VALUE=DATE:20260101", "SUMMARY:上班\nDTSTART;VALUE=DATE:20260101")
    with pytest.raises(DefinitionError):
        read_ical_holidays(both, **YEAR, make_up=["上班"])


def test_a_time_is_no_holiday() -> None:
    """Told once, however often it happens."""
    text = ics("SUMMARY:Talk\nDTSTART:20260105T100000Z\nDTEND:20260105T110000Z\nRRULE:FREQ=DAILY;COUNT=9")
    found = read_ical_holidays(text, **YEAR)
    assert found.value.holidays == ()
    assert found.report() == "VEVENT 1 Talk: it has times, so it is no holiday"
    assert "带有时间" in found.report("zh")


# ── shifts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

MOVED = """UID:u
RECURRENCE-ID;TZID=Europe/Berlin:20260112T090000
DTSTART;TZID=Europe/Berlin:20260113T100000
DTEND;TZID=Europe/Berlin:20260113T110000"""
LATE = "DTSTART;TZID=Europe/Berlin:20260105T220000\nDTEND;TZID=Europe/Berlin:20260106T060000"
WEEKDAYS = "DTSTART;TZID=Europe/Berlin:20260105T090000\nDTEND;TZID=Europe/Berlin:20260105T170000\n"


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([WEEKDAYS], {"2026-01-05": "09:00-17:00"}),
        (["DTSTART:20260105T090000\nDURATION:PT8H"], {"2026-01-05": "09:00-17:00"}),
        (["DTSTART:20260105T080000Z\nDTEND:20260105T160000Z"], {"2026-01-05": "09:00-17:00"}),
        ([LATE], {"2026-01-05": "22:00-24:00", "2026-01-06": "00:00-06:00"}),
        (
            ["DTSTART:20260105T220000\nDTEND:20260108T000000"],
            {"2026-01-05": "22:00-24:00", "2026-01-06": "00:00-24:00", "2026-01-07": "00:00-24:00"},
        ),
        (
            [WEEKDAYS, "DTSTART:20260105T160000\nDTEND:20260105T190000", "DTSTART:20260105T200000\nDURATION:PT1H"],
            {"2026-01-05": "09:00-19:00 20:00-21:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3"],
            {"2026-01-05": "09:00-17:00", "2026-01-06": "09:00-17:00", "2026-01-12": "09:00-17:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;UNTIL=20260112T080000Z"],
            {"2026-01-05": "09:00-17:00", "2026-01-12": "09:00-17:00"},
        ),
        ([WEEKDAYS + "RRULE:FREQ=WEEKLY;UNTIL=20260112T075959Z"], {"2026-01-05": "09:00-17:00"}),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20260112T090000"],
            {"2026-01-05": "09:00-17:00", "2026-01-19": "09:00-17:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260112T080000Z"],
            {"2026-01-05": "09:00-17:00", "2026-01-19": "09:00-17:00"},
        ),
        (
            [WEEKDAYS + "RDATE;TZID=Europe/Berlin:20260107T120000"],
            {"2026-01-05": "09:00-17:00", "2026-01-07": "12:00-20:00"},
        ),
        (
            [
                "UID:u\n" + WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=2",
                MOVED,
            ],
            {"2026-01-05": "09:00-17:00", "2026-01-13": "10:00-11:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;COUNT=2"],
            {"2026-01-05": "09:00-17:00", "2026-01-12": "09:00-17:00", "2026-02-05": "09:00-17:00"},
        ),
    ],
)
def test_shifts(events: list[str], wanted: dict[str, str]) -> None:
    """On the wall of the desk; nights are cut at midnight, what overlaps joins, what was moved or taken out is."""
    assert shifts(*events) == wanted


def test_the_wall_keeps_its_hours() -> None:
    """A weekly shift at nine stays at nine over the change of clocks, seen from a zone that changes on another day."""
    weekly = WEEKDAYS + "RRULE:FREQ=WEEKLY"
    found = shifts(weekly)
    assert (found["2026-03-23"], found["2026-03-30"]) == ("09:00-17:00", "09:00-17:00")
    seen = shifts(weekly, zone="America/New_York")
    assert (seen["2026-03-02"], seen["2026-03-16"], seen["2026-03-30"]) == ("03:00-11:00", "04:00-12:00", "03:00-11:00")


def test_a_night_over_the_change() -> None:
    """Its end is that on the wall, though the night has an hour less."""
    night = "DTSTART;TZID=Europe/Berlin:20260328T220000\nDTEND;TZID=Europe/Berlin:20260329T060000"
    assert shifts(night) == {"2026-03-28": "22:00-24:00", "2026-03-29": "00:00-06:00"}


def test_the_edges_of_what_is_asked_for() -> None:
    """A night that began before the first day, or ends after the last, counts as far as it lies within."""
    before = "DTSTART:20251231T220000\nDTEND:20260101T060000"
    after = "DTSTART:20261231T220000\nDTEND:20270101T060000"
    assert shifts(before, after) == {"2026-01-01": "00:00-06:00", "2026-12-31": "22:00-24:00"}


def test_a_floating_end_of_a_rule() -> None:
    """A rule that ends on the wall ends on that wall."""
    floating = "DTSTART:20260105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20260112T{}"
    assert len(shifts(floating.format("090000"))) == 2
    assert len(shifts(floating.format("085959"))) == 1


def test_unknown_outside() -> None:
    """Days without a shift are closed, days that were not asked for unknown."""
    made = read_ical_shifts(ics(WEEKDAYS), **YEAR, name="desk").value
    assert (made.name, made.zone) == ("desk", "Europe/Berlin")
    assert made.is_open(datetime(2026, 1, 5, 10, tzinfo=BERLIN))
    assert not made.is_open(datetime(2026, 1, 6, 10, tzinfo=BERLIN))
    with pytest.raises(CoverageError):
        made.is_open(datetime(2027, 1, 5, 10, tzinfo=BERLIN))


AVAILABLE = """BEGIN:VCALENDAR
BEGIN:VAVAILABILITY
DTSTART;TZID=Europe/Berlin:20260107T000000
{end}BEGIN:AVAILABLE
SUMMARY:desk
DTSTART;TZID=Europe/Berlin:20260105T090000
DTEND;TZID=Europe/Berlin:20260105T170000
RRULE:FREQ=DAILY;COUNT=5
END:AVAILABLE
END:VAVAILABILITY
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        ("", ["2026-01-07", "2026-01-08", "2026-01-09"]),
        ("DTEND;TZID=Europe/Berlin:20260109T000000\n", ["2026-01-07", "2026-01-08"]),
        ("DTEND;TZID=Europe/Berlin:20260108T120000\n", ["2026-01-07", "2026-01-08"]),
        ("DURATION:P2D\n", ["2026-01-07", "2026-01-08"]),
    ],
)
def test_availability(end: str, wanted: list[str]) -> None:
    """Times that are available count within the span that speaks of them."""
    found = read_ical_shifts(AVAILABLE.format(end=end), **YEAR)
    assert found.untranslated == ()
    assert [day.isoformat() for day, hours in found.value.exceptions if hours.spans] == wanted


def test_availability_is_cut() -> None:
    """A time that only partly lies in its span counts for that part."""
    found = read_ical_shifts(AVAILABLE.format(end="DTEND;TZID=Europe/Berlin:20260108T120000\n"), **YEAR)
    assert [str(hours) for _, hours in found.value.exceptions if hours.spans] == ["09:00-17:00", "09:00-12:00"]


def test_availability_without_bounds() -> None:
    """Counts always; a part of it that is a whole day is told as any other."""
    text = AVAILABLE.format(end="").replace("DTSTART;TZID=Europe/Berlin:20260107T000000\n", "")
    found = read_ical_shifts(text, **YEAR)
    assert [day.isoformat() for day, hours in found.value.exceptions if hours.spans][:1] == ["2026-01-05"]
    days_only = text.replace(";TZID=Europe/Berlin:20260105T090000", ";VALUE=DATE:20260105").replace(
        "DTEND;TZID=Europe/Berlin:20260105T170000\n", ""
    )
    assert why(text=days_only) == ["AVAILABLE 1 desk: it tells days, no times"]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("PRIORITY:1\n", "AVAILABLE 1 desk: availability with a priority is not read"),
        ("DTEND;TZID=Mars/Olympus:20260109T000000\n", "VAVAILABILITY 1: it cannot be read: DTSTART, DTEND, DURATION"),
    ],
)
def test_availability_left_out(end: str, words: str) -> None:
    """With its reason."""
    assert why(text=AVAILABLE.format(end=end)) == [words]


AUTUMN = "DTSTART:20261025T{}Z\nDTEND:20261025T{}Z"


def test_the_hour_that_happens_twice() -> None:
    """A shift that begins or ends in it has no hours on the wall: told, and the whole night still counts."""
    assert shifts(AUTUMN.format("200000", "220000")) == {"2026-10-25": "21:00-23:00"}
    assert shifts(AUTUMN.format("000000", "013000")) == {"2026-10-25": "02:00-02:30"}
    assert shifts(AUTUMN.format("000000", "030000")) == {"2026-10-25": "02:00-04:00"}
    for start, end in (("000000", "003000"), ("011500", "030000")):
        (told,) = why(AUTUMN.format(start, end))
        assert told.startswith("VEVENT 1: on Sun 25 Oct 2026 it begins or ends in the hour that happens twice")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("SUMMARY:x\nDTSTART;VALUE=DATE:20260105", "VEVENT 1 x: it tells days, no times"),
        ("DTSTART:20260105T090000", "VEVENT 1: it takes no time"),
        ("DTSTART:20260105T090000\nDTEND:20260105T080000", "it ends before it begins"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260104", "it ends before it begins"),
        ("DTSTART:20260105T090000\nDTEND;VALUE=DATE:20260106", "it mixes dates and times"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND:20260106T090000", "it mixes dates and times"),
        ("DTSTART:20260105T090000Z\nDTEND:20260105T100000", "it mixes dates and times"),
        (WEEKDAYS + "RDATE;VALUE=DATE:20260107", "it mixes dates and times"),
        ("SUMMARY:x", "it does not say when it begins"),
        (WEEKDAYS + "STATUS:CANCELLED", "it is cancelled"),
        ("DTSTART;TZID=Mars/Olympus:20260105T090000\nDURATION:PT1H", "nobody knows the zone Mars/Olympus"),
        (WEEKDAYS + "RRULE:FREQ=SECONDLY", "more often than a calendar needs"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5", "more often than a calendar needs"),
        (WEEKDAYS + "RRULE:RSCALE=CHINESE;FREQ=YEARLY", "more often than a calendar needs"),
        ("DTSTART:18000101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY", "more often than a calendar needs"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;BYSETPOS=0", "its rule cannot be followed"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;COUNT=x", "it cannot be read"),
        (
            "UID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260112T090000\n" + WEEKDAYS,
            "it moves all later ones, which is not read",
        ),
        ("SUMMARY=x\n" + WEEKDAYS, "it cannot be read: "),
        (WEEKDAYS + "EXRULE:FREQ=WEEKLY", "its rule cannot be followed"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;INTERVAL=0", "more often than a calendar needs"),
        (WEEKDAYS + "RRULE:FREQ=HOURLY", "more often than a calendar needs"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;UNTIL=x", "it cannot be read"),
        (WEEKDAYS + "RRULE:FREQ=DAILY;UNTIL=P1D", "it cannot be read: UNTIL"),
        ("DTSTART;VALUE=DATE:20260105\nDURATION:PT36H", "it mixes dates and times"),
        ("DTSTART:20260105T090000\nDTSTART:20260106T090000\nDURATION:PT1H", "it cannot be read"),
        ("DTSTART;VALUE=DURATION:PT1H\nDURATION:PT1H", "it cannot be read"),
        ("DTSTART:20260105T090000\nDTEND;VALUE=DURATION:PT1H", "it cannot be read"),
        (WEEKDAYS + "RDATE;VALUE=DURATION:PT1H", "it cannot be read"),
        (WEEKDAYS + "RDATE;TZID=Mars/Olympus:20260107T090000", "nobody knows the zone Mars/Olympus"),
        ("DTSTART:99991231T230000Z\nDURATION:P2D", "it cannot be read"),
    ],
)
def test_left_out(event: str, words: str) -> None:
    """With its place and its reason; the other events stand."""
    other = "SUMMARY:other\nDTSTART:20260202T090000\nDURATION:PT1H"
    found = read_ical_shifts(ics(event, other), **YEAR)
    assert [words in one.sentence() for one in found.untranslated] == [True], found.report()
    assert [day.isoformat() for day, hours in found.value.exceptions if hours.spans] == ["2026-02-02"]


OWN_ZONE = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:20200101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Office:20260105T090000
DURATION:PT1H
END:VEVENT
END:VCALENDAR
"""


def test_a_zone_of_its_own() -> None:
    """A name that a calendar defines means what that calendar says, whatever another one said before."""
    for offset, opens in (("+0000", "10:00-11:00"), ("+0300", "07:00-08:00"), ("+0000", "10:00-11:00")):
        found = read_ical_shifts(OWN_ZONE.format(offset=offset), **YEAR)
        assert found.untranslated == ()
        assert [str(hours) for _, hours in found.value.exceptions if hours.spans] == [opens]
    both = OWN_ZONE.format(offset="+0300") + OWN_ZONE.format(offset="+0000")
    found = read_ical_shifts(both, **YEAR)
    assert [str(hours) for _, hours in found.value.exceptions if hours.spans] == ["07:00-08:00 10:00-11:00"]
    lost = OWN_ZONE.format(offset="+0300").replace("TZID:Office", "TZID:Other")
    assert why(text=lost) == ["VEVENT 1: nobody knows the zone Office"]
    broken = OWN_ZONE.format(offset="+0300").replace("TZOFFSETTO:+0300\n", "")
    assert why(text=broken) == ["VEVENT 1: nobody knows the zone Office"]


def test_a_zone_of_the_world_is_that_of_the_world() -> None:
    """Whatever a calendar says of it."""
    text = OWN_ZONE.format(offset="+0300").replace("Office", "Europe/Berlin")
    found = read_ical_shifts(text, **YEAR)
    assert [str(hours) for _, hours in found.value.exceptions if hours.spans] == ["09:00-10:00"]


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        (
            [WEEKDAYS + "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260107T120000/PT1H"],
            {"2026-01-05": "09:00-17:00", "2026-01-07": "12:00-13:00"},
        ),
        (
            [WEEKDAYS + "RDATE;VALUE=PERIOD:20260107T120000Z/20260107T140000Z"],
            {"2026-01-05": "09:00-17:00", "2026-01-07": "13:00-15:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20260112"],
            {"2026-01-05": "09:00-17:00", "2026-01-19": "09:00-17:00"},
        ),
        (
            [WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260112T090000"],
            {"2026-01-05": "09:00-17:00", "2026-01-19": "09:00-17:00"},
        ),
        (
            [
                "UID:u\n" + WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=2",
                MOVED.replace(";TZID=Europe/Berlin:20260112T09", ":20260112T09"),
            ],
            {"2026-01-05": "09:00-17:00", "2026-01-13": "10:00-11:00"},
        ),
        (
            [
                "UID:u\n" + WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=2",
                MOVED.replace("ID;TZID=Europe/Berlin:20260112T090000", "ID;VALUE=DATE:20260112"),
            ],
            {"2026-01-05": "09:00-17:00", "2026-01-13": "10:00-11:00"},
        ),
        ([WEEKDAYS + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], {"2026-01-05": "09:00-17:00"}),
        ([WEEKDAYS + "RRULE:FREQ=YEARLY;BYMONTH=13"], {"2026-01-05": "09:00-17:00"}),
        ([WEEKDAYS + "SEQUENCE:3"], {"2026-01-05": "09:00-17:00"}),
        (
            ["DTSTART;TZID=Europe/Berlin:20261024T220000\nDURATION:P1DT2H"],
            {"2026-10-24": "22:00-24:00", "2026-10-25": "00:00-24:00"},
        ),
    ],
)
def test_other_forms(events: list[str], wanted: dict[str, str]) -> None:
    """Periods have a length of their own; exceptions may be told by their day or from another wall."""
    assert shifts(*events) == wanted


def test_revisions() -> None:
    """Of one event the newest holds; the other is told."""
    old = "UID:u\nSEQUENCE:1\n" + WEEKDAYS
    new = "UID:u\nSEQUENCE:2\nDTSTART:20260107T090000\nDURATION:PT1H"
    for events, number in (((old, new), 1), ((new, old), 2)):
        found = read_ical_shifts(ics(*events), **YEAR)
        assert found.report() == f"VEVENT {number}: a later revision takes its place"
        assert [day.isoformat() for day, hours in found.value.exceptions if hours.spans] == ["2026-01-07"]
    broken = "UID:u\nSEQUENCE:x\n" + WEEKDAYS
    assert len(why(broken, new)) == 1


def test_a_calendar_that_takes_back() -> None:
    """Its events are cancelled ones."""
    text = ics(WEEKDAYS).replace("VERSION:2.0", "METHOD:CANCEL")
    assert why(text=text) == ["VEVENT 1: it is cancelled"]


def test_a_moved_one_that_cannot_be_read() -> None:
    """Moves nothing."""
    series = "UID:u\n" + WEEKDAYS + "RRULE:FREQ=WEEKLY;COUNT=2"
    found = read_ical_shifts(ics(series, "UID:u\nRECURRENCE-ID;TZID=Mars/Olympus:20260112T090000\n" + LATE), **YEAR)
    days_moved = ics(series, "UID:u\nRECURRENCE-ID:P1D\n" + LATE)
    assert read_ical_shifts(days_moved, **YEAR).value.is_open(datetime(2026, 1, 12, 10, tzinfo=BERLIN))
    assert "2026-01-12" in [day.isoformat() for day, hours in found.value.exceptions if hours.spans]


@pytest.mark.parametrize("kind", ["VTODO", "VJOURNAL", "VFREEBUSY"])
def test_other_kinds(kind: str) -> None:
    """Are told."""
    assert why(text=ics("SUMMARY:x", kind=kind)) == [f"{kind} 1 x: a {kind} is neither a holiday nor a shift"]


@pytest.mark.parametrize(
    "text", ["", "BEGIN:VCALENDAR", "nonsense", "BEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "x" * (LONGEST + 1), 5]
)
def test_no_calendar(text: Any) -> None:
    """A text that is none, or too long, is refused as a whole; an empty one holds nothing."""
    if text == "":
        assert read_ical_holidays(text, **YEAR).value.holidays == ()
        return
    with pytest.raises(DefinitionError):
        read_ical_holidays(text, **YEAR)


@pytest.mark.long
def test_bounds() -> None:
    """Too many events, and no days at all."""
    many = ics(*["DTSTART;VALUE=DATE:20260105"] * (MOST + 1))
    with pytest.raises(DefinitionError, match="more than 20,000 events"):
        read_ical_holidays(many, **YEAR)
    for read in (read_ical_holidays, read_ical_shifts):
        with pytest.raises(DefinitionError, match="no day lies between"):
            read(ics(), **YEAR | {"last": YEAR["first"]})
    with pytest.raises(DefinitionError):
        read_ical_holidays(ics(), **YEAR | {"zone": "Mars/Olympus"})
    with pytest.raises(DefinitionError, match="no day lies between"):
        read_ical_holidays(ics(), zone="UTC", first=date(2026, 1, 1), last=date.max)
    for words in ("上班", ["上班", ""], [5]):
        with pytest.raises(DefinitionError, match="make_up"):
            read_ical_holidays(ics(), **YEAR, make_up=words)  # type: ignore[arg-type]
    for day in (datetime(2026, 1, 1), "2026-01-01", None):  # noqa: DTZ001 - what is refused
        with pytest.raises(DefinitionError, match="first"):
            read_ical_holidays(ics(), **YEAR | {"first": day})


def test_happenings_of_a_text_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many long series end the reading, before their days are counted out."""
    for module in ("ical", "ical_events"):
        monkeypatch.setattr(f"svcstd.exchange.{module}.TOTAL", 1000)
    years: dict[str, Any] = {"zone": "UTC", "first": date(1990, 1, 1), "last": date(2040, 1, 1)}
    series = "DTSTART:19900101T09{:02d}00\nDURATION:PT1M\nRRULE:FREQ=DAILY;COUNT=251"
    assert len(shifts(*(series.format(minute) for minute in range(3)), **years)) == 251
    with pytest.raises(DefinitionError, match="more than 1,000 events"):
        read_ical_shifts(ics(*(series.format(minute) for minute in range(4))), **years)
    long = "DTSTART;VALUE=DATE:19900101\nDURATION:P499D"
    assert len(days(*[long] * 2, **years)) == 499
    with pytest.raises(DefinitionError, match="more than 1,000 events"):
        read_ical_holidays(ics(*[long] * 3), **years)
    further = "DTSTART:19900101T090000\nDURATION:PT1H\nRDATE:" + ",".join(
        f"{date(1990, 1, 2) + timedelta(day):%Y%m%d}T090000" for day in range(MOST)
    )
    assert why(further, **years) == ["VEVENT 1: it happens more often than a calendar needs"]


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

WEEKS = st.sampled_from(["Mon-Fri 09:00-17:00", "daily 22:00-06:00", "Sat 10:00-12:00 13:00-15:30", "24x7", "closed"])


@settings(max_examples=30)
@given(
    WEEKS,
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.integers(1, 20),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "UTC"]),
)
def test_there_and_back(week: str, first: date, length: int, zone: str) -> None:
    """The hours of any calendar, written and read, are open at the same time."""
    calendar = BusinessCalendar(zone=zone, hours=week, exceptions={first: DayHours.parse("07:00-08:00")})
    last = first + timedelta(length)
    text = write_ical_hours(calendar, first=first, last=last, stamp=STAMP, name="desk")
    found = read_ical_shifts(text, zone=zone, first=first, last=last)
    assert found.untranslated == ()
    low, high = (datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) for day in (first, last))
    assert found.value.spans(low, high) == calendar.spans(low, high)


def test_written() -> None:
    """In UTC, with an id that the same hours always have."""
    calendar = BusinessCalendar(zone="Europe/Berlin", hours="Mon 09:00-17:00")
    text = write_ical_hours(calendar, first=date(2026, 1, 5), last=date(2026, 1, 12), stamp=STAMP, name="desk, north")
    assert text.replace("\r\n", "\n") == (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//svcstd//svcstd//EN\nX-WR-CALNAME:desk\\, north\nBEGIN:VEVENT\n"
        "SUMMARY:desk\\, north\nDTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nDTSTAMP:20260101T000000Z\n"
        "UID:20260105T080000Z-desk\\, north\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    with pytest.raises(DefinitionError):
        write_ical_hours(calendar, first=date(2026, 1, 5), last=date(2026, 1, 5), stamp=STAMP, name="x")
    for stamp in (datetime(2026, 1, 1), "now"):  # noqa: DTZ001 - what is refused
        with pytest.raises(DefinitionError):
            write_ical_hours(calendar, first=date(2026, 1, 5), last=date(2026, 1, 6), stamp=stamp, name="x")  # type: ignore[arg-type]
    covered = HolidayTable(covers=(date(2026, 1, 1), date(2026, 2, 1)))
    short = BusinessCalendar(zone="UTC", hours="daily 09:00-17:00", holidays=covered)
    with pytest.raises(CoverageError):
        write_ical_hours(short, first=date(2026, 1, 20), last=date(2026, 3, 1), stamp=STAMP, name="x")


STANDARD = loads(
    """svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Berlin"
[events]
opened = "opened"
closed = "closed"
[objectives.close]
name = "closed in time"
order = 1
clock = { start = "opened", stop = "closed" }
target = "8 hours"
[objectives.later]
order = 2
clock = { start = "closed", stop = "opened" }
target = "8 hours"
"""
)


def test_due_times() -> None:
    """What still runs is something to do; what is answered or never began is not."""
    opened = datetime(2026, 1, 5, 8, 0, 30, 5, tzinfo=UTC)
    cases = [
        Case("A", {}, [Event("opened", at=opened)]),
        Case("B", {}, [Event("opened", at=opened), Event("closed", at=opened + timedelta(hours=1))]),
    ]
    readings = [STANDARD.clocks(case, as_of=opened + timedelta(hours=2)) for case in cases]
    text = write_ical_due(readings, stamp=STAMP, name="due").replace("\r\n", "\n")
    assert text.count("BEGIN:VTODO") == 2
    assert "UID:B-later\n" in text
    assert "UID:A-close\n" in text
    assert "DUE:20260105T160030Z\n" in text
    assert "SUMMARY:A: closed in time\n" in text
    with pytest.raises(DefinitionError):
        write_ical_due(readings, stamp=datetime(2026, 1, 1), name="due")  # noqa: DTZ001 - what is refused


# ── real files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_file_is_read_or_refused(shared: Path) -> None:
    """Twenty odd files of the wild: none crashes, and whatever is left out has its reason."""
    files = sorted((shared / "data" / "ics").glob("*.ics"))
    assert len(files) == 20
    years: dict[str, Any] = {"zone": "Europe/Berlin", "first": date(2010, 1, 1), "last": date(2026, 1, 1)}
    read = {}
    for path in files:
        text = path.read_text(encoding="utf-8")
        holidays, hours = read_ical_holidays(text, **years), read_ical_shifts(text, **years)
        read[path.stem] = (len(holidays.value.holidays), sum(bool(one.spans) for _, one in hours.value.exceptions))
        assert all(one.sentence() for one in (*holidays.untranslated, *hours.untranslated))
    assert read["Germany_Holidays"] == (34, 0)
    assert read["each_week_but_two_deleted"] == (0, 6)
    assert read["multiple_rrule"] == (0, 22)
    assert read["three_events_one_edited"] == (0, 3)
    assert read["duration"] == (3, 1)


def test_the_notices_of_china_as_they_are_published(shared: Path) -> None:
    """The same year as JSON and as iCalendar is the same table."""
    for path in sorted((shared / "data" / "holidays_cn").glob("20??.json")):
        year = int(path.stem)
        told = read_holiday_cn([path.read_text(encoding="utf-8")]).value
        text = path.with_suffix(".ics").read_text(encoding="utf-8")
        found = read_ical_holidays(
            text, zone="Asia/Shanghai", first=date(year, 1, 1), last=date(year + 1, 1, 1), make_up=["上班"]
        ).value
        assert {day for day, _ in found.holidays} == {day for day, _ in told.holidays}, year
        assert {day for day, _ in found.make_up} == {day for day, _ in told.make_up}, year


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its packages, the module says how to install them."""
    for name in ("svcstd.exchange.ical", "svcstd.exchange.ical_events"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "dateutil.rrule", None)
    with pytest.raises(ExtraMissing) as refused:
        importlib.import_module("svcstd.exchange.ical_events")
    assert str(refused.value) == "text: iCalendar needs a package that is not installed; pip install 'svcstd[ical]'"
