"""How a target measures a stretch, and how far its budget reaches: each the inverse of the other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, HolidayTable
from svcstd.errors import CoverageError, DefinitionError, NeverOpens
from svcstd.moment import HOUR, MINUTE, micros
from svcstd.sla import (
    CalendarDays,
    CountLimit,
    ElapsedTime,
    FixedInstant,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
)
from svcstd.sla.dues import due_after
from svcstd.sla.yardstick import counts_in, measured, reached

ZONE = ZoneInfo("America/New_York")
DESK = BusinessCalendar(zone="America/New_York", hours="Mon-Fri 09:00-17:00")
NEVER = BusinessCalendar(zone="America/New_York", hours="closed")


def at(day: int, hour: int, minute: int = 0) -> int:
    """A time of March 2026 in New York; clocks go forward on Sunday the 8th."""
    return micros(datetime(2026, 3, day, hour, minute, tzinfo=ZONE))


def span(working: float, elapsed: float) -> WorkingThenElapsed:
    """So many working hours, then so many hours."""
    return WorkingThenElapsed(timedelta(hours=working), timedelta(hours=elapsed))


HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("target", "counts"),
    [
        (WorkingTime(HOURS), True),
        (WorkingDays(1), True),
        (span(1, 1), True),
        (ElapsedTime(HOURS), False),
        (CalendarDays(1), False),
        (FixedInstant(0), False),
        (CountLimit(0, 3, "rings"), False),
    ],
)
def test_who_counts_in_a_calendar(target: Target, *, counts: bool) -> None:
    """Working time, working days, and what begins as working time."""
    assert counts_in(target) is counts


@pytest.mark.parametrize(
    ("target", "hours", "used", "start", "end", "found"),
    [
        # On the line, whatever the target.
        (ElapsedTime(HOURS), None, 0, at(6, 9), at(6, 12), 3 * HOUR),
        (ElapsedTime(HOURS), None, 0, at(7, 12), at(8, 12), 23 * HOUR),  # an hour is missing that night
        (WorkingTime(HOURS), DESK, 0, at(6, 16), at(9, 10), 2 * HOUR),  # Friday afternoon, Monday morning
        # Four working hours, then the line: Friday 16:00 uses one, Monday three until noon, then every hour.
        (span(4, 10), DESK, 0, at(6, 16), at(9, 11), 3 * HOUR),
        (span(4, 10), DESK, 0, at(6, 16), at(9, 12), 4 * HOUR),
        (span(4, 10), DESK, 0, at(6, 16), at(9, 20), 12 * HOUR),
        # What was used before shortens the working part.
        (span(4, 10), DESK, 3 * HOUR, at(9, 9), at(9, 20), 11 * HOUR),
        (span(4, 10), DESK, 4 * HOUR, at(9, 18), at(9, 20), 2 * HOUR),
        (span(4, 10), DESK, 9 * HOUR, at(9, 18), at(9, 20), 2 * HOUR),
        (span(0, 10), DESK, 0, at(7, 12), at(8, 12), 23 * HOUR),  # no working part at all
        (span(4, 10), DESK, 0, at(6, 16), at(6, 16), 0),
    ],
)
def test_measured(target: Target, hours: Calendar | None, used: int, start: int, end: int, found: int) -> None:
    """What a stretch uses up."""
    assert measured(target, hours, used, start, end) == found


@pytest.mark.parametrize(
    ("target", "used", "amount", "start", "to_opening", "found"),
    [
        (WorkingTime(HOURS), 0, HOUR, at(6, 16), False, at(6, 17)),
        (WorkingTime(HOURS), 0, HOUR, at(6, 16), True, at(9, 9)),
        (WorkingTime(HOURS), 0, HOUR, at(6, 15), True, at(6, 16)),  # not at closing: it stays
        (span(4, 10), 0, 4 * HOUR, at(6, 16), False, at(9, 12)),
        (span(4, 10), 0, 14 * HOUR, at(6, 16), False, at(9, 22)),
        (span(4, 10), 3 * HOUR, 2 * HOUR, at(9, 16), False, at(9, 18)),
        (span(4, 10), 5 * HOUR, 2 * HOUR, at(9, 16), False, at(9, 18)),
        (span(1, 0), 0, HOUR, at(6, 16), False, at(6, 17)),
        (span(1, 0), 0, HOUR, at(6, 16), True, at(9, 9)),  # nothing on the line: a budget that ends at closing
    ],
)
def test_reached(target: Target, used: int, amount: int, start: int, found: int, *, to_opening: bool) -> None:
    """How far an amount reaches."""
    assert reached(target, DESK, used, amount, start, to_opening=to_opening) == found


def test_reached_on_the_line() -> None:
    """Without a calendar, an amount is an amount, and there is no opening to wait for."""
    assert reached(ElapsedTime(HOURS), None, 0, HOUR, at(6, 16), to_opening=True) == at(6, 17)


MINUTES = st.integers(0, 3_000)


@given(MINUTES, MINUTES, MINUTES, MINUTES, MINUTES)
@example(480, 60, 0, 480, 0)  # the working part ends exactly at closing
@example(0, 60, 0, 30, 10_000)
def test_measuring_undoes_reaching(working: int, elapsed: int, used: int, amount: int, start: int) -> None:
    """What is reached after an amount has used up that amount, whatever was used before."""
    target = WorkingThenElapsed(timedelta(minutes=working), timedelta(minutes=elapsed))
    begun = at(6, 9) + start * MINUTE
    end = reached(target, DESK, used * MINUTE, amount * MINUTE, begun, to_opening=False)
    assert measured(target, DESK, used * MINUTE, begun, end) == amount * MINUTE


@given(MINUTES, MINUTES, st.lists(MINUTES, min_size=3, max_size=3))
def test_cutting_loses_nothing(working: int, elapsed: int, moments: list[int]) -> None:
    """A stretch in two parts uses up what it does in one."""
    target = WorkingThenElapsed(timedelta(minutes=working), timedelta(minutes=elapsed))
    start, cut, end = (at(6, 9) + minute * MINUTE for minute in sorted(moments))
    first = measured(target, DESK, 0, start, cut)
    assert first + measured(target, DESK, first, cut, end) == measured(target, DESK, 0, start, end)


def test_unknown_days_beyond_the_stretch() -> None:
    """A stretch that lies wholly in known days is known, even if the working part goes on into unknown ones."""
    known = BusinessCalendar(
        zone="America/New_York",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 3, 7))),
    )
    assert measured(span(8, 2), known, 0, at(6, 10), at(6, 12)) == 2 * HOUR
    with pytest.raises(CoverageError):
        measured(span(8, 2), known, 0, at(6, 10), at(10, 12))


def test_a_desk_that_never_opens() -> None:
    """Nothing is used up of a working part that never begins; how far it reaches cannot be told."""
    assert measured(span(8, 2), NEVER, 0, at(6, 10), at(6, 12)) == 0
    with pytest.raises(NeverOpens):
        reached(span(8, 2), NEVER, 0, 9 * HOUR, at(6, 10), to_opening=False)


@pytest.mark.parametrize(
    ("target", "due"),
    [
        (FixedInstant(at(9, 12)), at(9, 12)),
        (CalendarDays(2), at(8, 16)),
        (WorkingDays(1), at(9, 16)),
        (WorkingTime(HOURS), at(6, 17)),
        (ElapsedTime(HOURS), at(6, 17)),
        (span(1, 2), at(6, 19)),
    ],
)
def test_the_due_of_a_duty(target: Target, due: int) -> None:
    """From Friday at four: the due time of what is neither paused nor changed."""
    assert due_after(target, DESK if counts_in(target) else None, "America/New_York", at(6, 16)) == due


def test_the_due_of_a_duty_at_the_next_opening() -> None:
    """Where the calendar lands at the next opening, so does the duty."""
    desk = BusinessCalendar(zone="America/New_York", hours="Mon-Fri 09:00-17:00", landing="next_open")
    assert due_after(WorkingTime(HOURS), desk, "America/New_York", at(6, 16)) == at(9, 9)


@pytest.mark.parametrize("target", [CountLimit(2, 3, "rings"), WorkingDays(1)])
def test_no_due_of_a_duty(target: Target) -> None:
    """A count has no due time, nor have working days without a calendar."""
    with pytest.raises(DefinitionError) as caught:
        due_after(target, None, "America/New_York", at(6, 16))
    assert (caught.value.where, caught.value.message) == ("due", "target.no_due")
