"""Days are not hours: due times that count dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import (
    At,
    BusinessCalendar,
    Calendar,
    CloseOfDay,
    DayMode,
    History,
    HolidayTable,
    KeepTime,
    add_calendar_days,
)
from svcstd.errors import CoverageError, DefinitionError, NeverCloses, NeverOpens
from svcstd.moment import micros, moment, timezone

OFFICE = BusinessCalendar(
    zone="Europe/Berlin",
    hours="Mon-Fri 09:00-12:00 13:00-17:00",
    holidays=HolidayTable({date(2024, 5, 9): "Ascension"}),
)
NIGHT = BusinessCalendar(zone="UTC", hours="Mon-Fri 22:00-06:00")
ROUND = BusinessCalendar(zone="UTC", hours="Mon-Fri 06:00-06:00")
ALWAYS = BusinessCalendar(zone="UTC", hours="24x7")
LATE = BusinessCalendar(zone="UTC", hours="Mon-Fri 16:00-24:00")
NEXT = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00", landing="next_open")
MIXED = BusinessCalendar(zone="UTC", hours="Mon,Wed-Fri 08:00-17:00; Tue 08:00-12:00")


def _wall(text: str, calendar: Calendar) -> datetime:
    """A wall time of the calendar's zone: ``"Mon 6 10:00"`` is one of May 2024."""
    _, day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2024, 5, int(day), int(hour), int(minute), tzinfo=calendar.tz)


@pytest.mark.parametrize(
    ("calendar", "start", "days", "mode", "due"),
    [
        (OFFICE, "Mon 6 10:00", 2, KeepTime(), "Wed 8 10:00"),
        (OFFICE, "Wed 8 10:00", 1, KeepTime(), "Fri 10 10:00"),  # over the holiday
        (OFFICE, "Fri 3 18:00", 1, KeepTime(), "Tue 7 09:00"),  # after hours: made on Monday at 09:00
        (OFFICE, "Sat 4 18:00", 0, KeepTime(), "Mon 6 09:00"),
        (OFFICE, "Mon 6 12:30", 1, KeepTime(), "Tue 7 13:00"),  # lunch: made at 13:00
        (OFFICE, "Mon 6 10:00", 2, CloseOfDay(), "Wed 8 17:00"),
        (OFFICE, "Mon 6 18:00", 0, CloseOfDay(), "Tue 7 17:00"),
        (OFFICE, "Mon 6 10:00", 2, At("18:00"), "Wed 8 18:00"),
        (OFFICE, "Mon 6 10:00", 0, At("08:00"), "Mon 6 08:00"),
        (MIXED, "Mon 6 15:00", 1, KeepTime("roll"), "Wed 8 08:00"),  # Tuesday afternoon is closed
        (MIXED, "Mon 6 15:00", 1, KeepTime("clamp"), "Tue 7 12:00"),
        (MIXED, "Mon 6 12:00", 1, KeepTime("roll"), "Tue 7 12:00"),  # exactly at closing counts as reached
        (NEXT, "Mon 6 16:00", 1, KeepTime("roll"), "Tue 7 16:00"),
        (NIGHT, "Tue 7 01:00", 0, KeepTime("clamp"), "Tue 7 01:00"),  # open, by Monday's shift
        (NIGHT, "Sat 4 01:00", 0, CloseOfDay(), "Sat 4 06:00"),  # Friday's shift
        (NIGHT, "Sat 4 01:00", 1, CloseOfDay(), "Tue 7 06:00"),  # Monday's shift
        (NIGHT, "Sat 4 01:00", 1, KeepTime(), "Tue 7 01:00"),  # at that time of Monday's shift
        (ROUND, "Sat 4 03:00", 1, KeepTime(), "Tue 7 03:00"),
        (ROUND, "Sat 4 03:00", 1, CloseOfDay(), "Tue 7 06:00"),  # Friday's shift, though open since Monday
        (ROUND, "Sat 4 03:00", 0, CloseOfDay(), "Sat 4 06:00"),
        (ALWAYS, "Mon 6 00:00", 3, KeepTime(), "Thu 9 00:00"),
        # Backwards.
        (OFFICE, "Wed 8 10:00", -2, KeepTime(), "Mon 6 10:00"),
        (OFFICE, "Fri 10 10:00", -1, KeepTime(), "Wed 8 10:00"),
        (OFFICE, "Sun 12 10:00", -1, KeepTime(), "Wed 8 17:00"),  # made at Friday's closing
        (OFFICE, "Wed 8 10:00", -2, CloseOfDay(), "Mon 6 17:00"),
        (OFFICE, "Wed 8 10:00", -2, At(time(7)), "Mon 6 07:00"),
        (MIXED, "Wed 8 15:00", -1, KeepTime("roll"), "Tue 7 12:00"),
        (MIXED, "Wed 8 15:00", -1, KeepTime("clamp"), "Tue 7 12:00"),
        (MIXED, "Wed 8 08:00", -1, KeepTime("clamp"), "Tue 7 08:00"),
        (ALWAYS, "Wed 8 00:00", -1, KeepTime(), "Tue 7 00:00"),
        (LATE, "Sat 11 10:00", -1, KeepTime(), "Fri 10 00:00"),  # Thursday's 24:00
        (NIGHT, "Sat 11 12:00", -1, CloseOfDay(), "Fri 10 06:00"),  # Thursday's shift
        (NIGHT, "Sat 11 12:00", -1, KeepTime(), "Fri 10 06:00"),
    ],
)
def test_add_days(calendar: Calendar, start: str, days: int, mode: DayMode, due: str) -> None:
    """Working days pass on the wall; the mode says at what time the last one is due."""
    assert calendar.add_days(_wall(start, calendar), days, mode) == _wall(due, calendar)


@pytest.mark.parametrize(
    ("start", "days", "cutoff", "counts_today", "due"),
    [
        ("Mon 6 14:59", 1, time(15), False, "Tue 7 17:00"),
        ("Mon 6 15:00", 1, time(15), False, "Wed 8 17:00"),  # at the cut-off is too late
        ("Mon 6 20:00", 1, time(15), False, "Wed 8 17:00"),  # after hours is after the cut-off, once
        ("Fri 3 15:00", 1, time(15), False, "Tue 7 17:00"),
        ("Sat 4 16:00", 1, time(15), False, "Tue 7 17:00"),  # no working day has no cut-off
        ("Mon 6 10:00", 1, None, True, "Mon 6 17:00"),
        ("Mon 6 10:00", 2, None, True, "Tue 7 17:00"),
        ("Mon 6 10:00", 0, None, True, "Mon 6 17:00"),
        ("Mon 6 16:00", 1, time(15), True, "Tue 7 17:00"),
        ("Sat 4 16:00", 1, None, True, "Mon 6 17:00"),
    ],
)
def test_cutoff_and_today(start: str, days: int, cutoff: time | None, counts_today: bool, due: str) -> None:  # noqa: FBT001
    """A late request counts from the next working day; the day of a request may count as day 1."""
    found = OFFICE.add_days(_wall(start, OFFICE), days, CloseOfDay(), cutoff=cutoff, counts_today=counts_today)
    assert found == _wall(due, OFFICE)


def test_cutoff_keeps_the_opening() -> None:
    """After the cut-off a request counts as made when the next working day opens."""
    found = OFFICE.add_days(_wall("Mon 6 16:00", OFFICE), 1, KeepTime(), cutoff=time(15))
    assert found == _wall("Wed 8 09:00", OFFICE)


def test_keep_time_lands_as_the_calendar_lands() -> None:
    """Exactly at closing stays under ``close`` and moves on under ``next_open``; clamped stays either way."""
    short = "Mon 09:00-17:00; Tue-Fri 09:00-12:00"
    stays = BusinessCalendar(zone="UTC", hours=short)
    moves = BusinessCalendar(zone="UTC", hours=short, landing="next_open")
    noon = datetime(2024, 5, 6, 12, tzinfo=UTC)
    assert stays.add_days(noon, 1, KeepTime()) == datetime(2024, 5, 7, 12, tzinfo=UTC)
    assert moves.add_days(noon, 1, KeepTime()) == datetime(2024, 5, 8, 9, tzinfo=UTC)
    assert moves.add_days(noon, 1, KeepTime("clamp")) == datetime(2024, 5, 7, 12, tzinfo=UTC)


def test_clamp_before_opening() -> None:
    """A day that has not begun at that time is due when it opens."""
    desk = BusinessCalendar(zone="UTC", hours="Mon 08:00-17:00; Tue-Fri 10:00-17:00")
    assert desk.add_days(datetime(2024, 5, 6, 9, tzinfo=UTC), 1, KeepTime("clamp")).hour == 10


def test_due_wall_time_is_an_end() -> None:
    """Of a due time that happens twice the later, and one that never happens moves on by the gap."""
    daily = BusinessCalendar(zone="Europe/Berlin", hours="24x7")
    fold = daily.add_days(datetime(2024, 10, 26, 2, 30, tzinfo=daily.tz), 1, KeepTime())
    gap = daily.add_days(datetime(2024, 3, 30, 2, 30, tzinfo=daily.tz), 1, At("02:30"))
    assert fold.isoformat() == "2024-10-27T02:30:00+01:00"
    assert gap.isoformat() == "2024-03-31T03:30:00+02:00"


def test_a_date_that_never_happened_is_no_day() -> None:
    """Apia went from 29 to 31 December 2011."""
    apia = BusinessCalendar(zone="Pacific/Apia", hours="daily 09:00-17:00")
    due = apia.add_days(datetime(2011, 12, 29, 10, tzinfo=apia.tz), 1, KeepTime())
    assert due.isoformat() == "2011-12-31T10:00:00+14:00"
    assert not apia.is_working_day(date(2011, 12, 30))


def test_a_shift_cut_in_two_keeps_its_day() -> None:
    """Friday's shift without its evening is Friday's still, in the small hours of Saturday."""
    small_hours = NIGHT - BusinessCalendar(zone="UTC", hours="Fri 22:00-24:00")
    assert small_hours.add_days(_wall("Sat 4 01:00", NIGHT), 0, CloseOfDay()) == _wall("Sat 4 06:00", NIGHT)


def test_a_shift_of_no_day() -> None:
    """Where a version begins within its own shift, that rest belongs to no working day: the next one counts."""
    old = BusinessCalendar(zone="UTC", hours="Mon 09:00-10:00")
    changed = History(old, {date(2024, 5, 11): BusinessCalendar(zone="UTC", hours="Fri 22:00-06:00")}, zone="UTC")
    due = changed.add_days(_wall("Sat 11 01:00", changed), 0, CloseOfDay())
    assert due == _wall("Sat 18 06:00", changed)


@pytest.mark.parametrize("years", [1, 3, 30])
def test_long_closures(years: int) -> None:
    """Years without work are walked over, both ways."""
    first, last = date(2024, 1, 1), date(2024 + years, 1, 1)
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal())]
    desk = BusinessCalendar(zone="UTC", hours="daily 09:00-17:00", holidays=HolidayTable(days))
    before, after = datetime(2023, 12, 31, 10, tzinfo=UTC), datetime(2024 + years, 1, 1, 10, tzinfo=UTC)
    assert desk.add_days(before, 1, KeepTime()) == after
    assert desk.add_days(after, -1, KeepTime()) == before
    assert desk.add_days(before, 2, KeepTime()) == after + timedelta(1)


def test_coverage_edge() -> None:
    """The day of a request at the very beginning of the coverage is known, and so is its due time."""
    table = HolidayTable(covers=(date(2026, 1, 1), date(2026, 2, 1)))
    desk = BusinessCalendar(zone="UTC", hours="24x7", holidays=table)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert desk.add_days(start, 0, KeepTime()) == start
    assert desk.add_days(start, 30, KeepTime()) == datetime(2026, 1, 31, tzinfo=UTC)
    with pytest.raises(CoverageError) as caught:
        desk.add_days(start, 31, KeepTime())
    assert caught.value.params["day"] == date(2026, 2, 1)


def test_never_a_working_day() -> None:
    """A desk that opens no more, or never did, has no such day; nor does one that was always closed before."""
    once = BusinessCalendar(zone="UTC", hours="closed", exceptions={date(2024, 5, 6): "09:00-17:00"})
    at = _wall("Mon 6 10:00", once)
    with pytest.raises(NeverOpens):
        once.add_days(at, 1, KeepTime())
    with pytest.raises(NeverCloses):
        once.add_days(at, -1, KeepTime())


@pytest.mark.parametrize(
    ("days", "options", "message", "said"),
    [
        (-1, {"cutoff": time(15)}, "day.backwards", "-1"),
        (-1, {"counts_today": True}, "day.backwards", "-1"),
        (10_001, {}, "day.count", "10001"),
        (-10_001, {}, "day.count", "-10001"),
        (True, {}, "day.count", "True"),
        (1.0, {}, "day.count", "1.0"),
    ],
)
def test_days_refused(days: int, options: dict[str, Any], message: str, said: str) -> None:
    """What is no number of days is refused, with the number and the way out."""
    with pytest.raises(DefinitionError) as caught:
        OFFICE.add_days(_wall("Mon 6 10:00", OFFICE), days, KeepTime(), **options)
    assert (caught.value.message, caught.value.where) == (message, "days")
    assert said in str(caught.value)


@pytest.mark.parametrize("at", ["25:00", "noon", "18:00+01:00", "18:00:00.5", time(18, tzinfo=UTC), time(18, 0, 0, 5)])
def test_times_refused(at: str | time) -> None:
    """A fixed due time is a wall time in whole seconds, without offset."""
    with pytest.raises(DefinitionError) as caught:
        At(at)
    assert (caught.value.message, caught.value.where) == ("day.time", "at")
    assert "write HH:MM" in str(caught.value)


def test_unknown_way_to_close() -> None:
    """A due time in closed hours rolls or is clamped; nothing else."""
    with pytest.raises(DefinitionError) as caught:
        KeepTime("reject")  # type: ignore[arg-type]
    assert str(caught.value) == "closed: reject is not a choice here; choose one of roll, clamp"


@pytest.mark.parametrize(
    ("start", "days", "at", "due"),
    [
        ("2015-03-07T12:00:00-05:00", 1, None, "2015-03-08T12:00:00-04:00"),  # 23 h
        ("2015-10-31T12:00:00-04:00", 1, None, "2015-11-01T12:00:00-05:00"),  # 25 h
        ("2015-03-07T12:00:00.000001-05:00", 30, None, "2015-04-06T12:00:00.000001-04:00"),
        ("2015-03-07T12:00:00-05:00", 0, time(18), "2015-03-07T18:00:00-05:00"),
        ("2015-03-07T12:00:00-05:00", 0, time(0), "2015-03-07T00:00:00-05:00"),  # midnight is a time too
        ("2015-03-07T12:00:00-05:00", -1, None, "2015-03-06T12:00:00-05:00"),
    ],
)
def test_calendar_days(start: str, days: int, at: time | None, due: str) -> None:
    """Calendar days keep the wall time, however long that takes."""
    zone = timezone("America/New_York")
    found = add_calendar_days(micros(datetime.fromisoformat(start)), days, zone, at)
    assert moment(found, zone).isoformat() == due


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 31)),  # noqa: DTZ001 - wall times
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_days_add_up(naive: datetime, first: int, second: int) -> None:
    """A working days and then B working days are A + B of them, at closing."""
    start = naive.replace(tzinfo=OFFICE.tz)
    due = OFFICE.add_days(OFFICE.add_days(start, first, At("10:00")), second, CloseOfDay())
    assert due == OFFICE.add_days(start, first + second, CloseOfDay())
    assert OFFICE.count_working_days(OFFICE.next_open(start).date(), due.date()) == first + second


@pytest.mark.parametrize("calendar", [OFFICE, MIXED, NIGHT, ROUND, LATE, NEXT, ALWAYS], ids=repr)
@pytest.mark.parametrize("mode", [KeepTime("roll"), KeepTime("clamp"), CloseOfDay(), At("12:00")], ids=repr)
@pytest.mark.parametrize("days", [0, 1, 4])
def test_asking_later_is_never_due_earlier(calendar: Calendar, mode: DayMode, days: int) -> None:
    """Hour by hour through a fortnight, a later request is never due before an earlier one; KeepTime not before it."""
    hours = [datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(14 * 24)]
    due = [calendar.add_days(at, days, mode) for at in hours]
    assert due == sorted(due)
    if isinstance(mode, KeepTime):
        assert all(later >= at for at, later in zip(hours, due, strict=True))


@pytest.mark.parametrize("mode", [CloseOfDay, "close", None, time(12)])
def test_a_mode_is_a_value(mode: Any) -> None:
    """Forgotten parentheses are no mode."""
    with pytest.raises(DefinitionError) as caught:
        OFFICE_DAYS.add_days(datetime(2026, 2, 2, 10, tzinfo=OFFICE_DAYS.tz), 1, mode)
    assert caught.value.message == "day.mode"


def test_a_cutoff_may_be_text() -> None:
    """Six in the evening counts as tomorrow's under a cut-off at four, given as text or as a time."""
    asked = datetime(2026, 2, 2, 16, tzinfo=OFFICE_DAYS.tz)
    by_text = OFFICE_DAYS.add_days(asked, 1, CloseOfDay(), cutoff="16:00")  # type: ignore[arg-type]
    assert by_text == OFFICE_DAYS.add_days(asked, 1, CloseOfDay(), cutoff=time(16))
    assert by_text.isoformat() == "2026-02-04T18:00:00+01:00"
    with pytest.raises(DefinitionError, match="no time of day"):
        OFFICE_DAYS.add_days(asked, 1, CloseOfDay(), cutoff=16)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "days", "mode", "due"),
    [
        ("2026-06-05T02:00", 1, KeepTime(), "2026-06-06T02:00"),  # Thursday's shift: one day later is Friday's
        ("2026-06-04T23:00", 1, KeepTime(), "2026-06-05T23:00"),
        ("2026-06-06T02:00", 1, KeepTime(), "2026-06-09T02:00"),  # Friday's shift: Monday's
        ("2026-06-05T02:00", 0, CloseOfDay(), "2026-06-05T06:00"),
        ("2026-06-06T02:00", 0, CloseOfDay(), "2026-06-06T06:00"),
    ],
)
def test_small_hours_belong_to_the_shift(asked: str, days: int, mode: DayMode, due: str) -> None:
    """What is asked at night belongs to the shift that began the evening before."""
    night = BusinessCalendar(zone="UTC", hours="Mon-Fri 22:00-06:00")
    found = night.add_days(datetime.fromisoformat(asked).replace(tzinfo=UTC), days, mode)
    assert found.isoformat() == f"{due}:00+00:00"


def test_the_first_covered_day_has_an_unknown_eve() -> None:
    """Whether a shift began on the eve is unknown, but the day itself is not."""
    table = HolidayTable(covers=(date(2026, 1, 5), date(2026, 2, 1)))
    desk = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00", holidays=table)
    assert desk.add_days(datetime(2026, 1, 5, 10, tzinfo=UTC), 1, KeepTime()).isoformat() == "2026-01-06T10:00:00+00:00"


OFFICE_DAYS = BusinessCalendar(zone="Europe/Rome", hours="Mon-Fri 09:00-18:00")
