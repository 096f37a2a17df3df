"""Escalation: who was told when, who will be, and that nobody is told twice or too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.sla.week import TICK, hours, working

from svcstd.calendars import At, BusinessCalendar, Calendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.errors import DefinitionError
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.sla import (
    AT_DUE,
    CalendarDays,
    Case,
    ClockRule,
    CountLimit,
    ElapsedTime,
    Event,
    FixedInstant,
    Level,
    Notice,
    Objective,
    On,
    Pause,
    Reading,
    Readings,
    Target,
    Terms,
    WorkingDays,
    WorkingThenElapsed,
    fold,
    read_life,
    read_threshold,
)

SHANGHAI = "Asia/Shanghai"
OFFICE = BusinessCalendar(zone=SHANGHAI, hours="Mon-Fri 09:00-17:00")
WEEK = {day: number for number, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 9)}
RULE = ClockRule(
    [On("opened")],
    [On("closed")],
    [Pause([On("hold")], [On("resumed")])],
    [On("withdrawn")],
    reopen=(On("reopened"),),
    waive=(On("waived"),),
    promise=(On("promised"),),
    merge=(On("merged"),),
)
PLAIN = ClockRule([On("opened")], [On("closed")], reopen=(On("reopened"),))


def at(text: str) -> datetime:
    """A time of the week of Monday 9 February 2026, in Shanghai; ``Mon+1 09:00`` is a week later."""
    day, clock = text.split(" ")
    name, _, weeks = day.partition("+")
    hour, minute = clock.split(":")
    return pendulum.datetime(2026, 2, WEEK[name] + 7 * int(weeks or 0), int(hour), int(minute), tz=SHANGHAI)


def event(text: str) -> Event:
    """``Mon 10:00 note P1``: an event, and the priority that became known."""
    day, clock, kind, *priority = text.split(" ")
    return Event(kind, at=at(f"{day} {clock}"), facts={"priority": priority[0]} if priority else {})


def levels(*texts: str) -> tuple[Level, ...]:
    """A level for each threshold; the first tells role 1, the second role 2."""
    return tuple(Level(read_threshold(text), [f"role {number}"]) for number, text in enumerate(texts, 1))


def read(
    promise: Objective | Target,
    *told: str | Event,
    as_of: str | datetime,
    notify: tuple[str, ...] = (),
    calendar: Calendar = OFFICE,
    excluded: bool = False,
    **facts: Any,
) -> Reading:
    """One clock, with its notices."""
    if not isinstance(promise, Objective):
        pausable = not isinstance(promise, WorkingDays | CalendarDays | CountLimit | FixedInstant)
        promise = Objective(RULE if pausable else PLAIN, promise)
    if notify:
        promise = attrs.evolve(promise, notify=levels(*notify))
    asked = micros(at(as_of) if isinstance(as_of, str) else as_of)
    case = Case("T1", facts, [event(one) if isinstance(one, str) else one for one in told])
    life = fold(promise, case, as_of=asked, choose="office")
    calendars = {"office": calendar}
    return read_life(
        "close", promise, life, calendars, zone=SHANGHAI, edition="", as_of=asked, case="T1", excluded=excluded
    )


def told_of(found: tuple[Notice, ...]) -> list[str]:
    """``Mon 11:00 due`` for each notice."""
    return [f"{one.at:%a %H:%M} {one.threshold}" for one in found]


def both(reading: Reading) -> tuple[list[str], list[str]]:
    """What fired, and what is to come."""
    return told_of(reading.notices), told_of(reading.coming)


def table(terms: Terms | None = None, **rows: Target) -> Objective:
    """Promises by priority."""
    return Objective(RULE, by="priority", rows=rows, terms=terms or Terms())


def elapsed(number: float) -> ElapsedTime:
    """So many hours."""
    return ElapsedTime(hours(number))


# ── shares ──


@pytest.mark.parametrize(
    ("target", "opened", "threshold", "instant"),
    [
        # Of time: so much of the budget is used up.
        (elapsed(4), "Mon 09:00", "50 %", "Mon 11:00"),
        (elapsed(4), "Mon 09:00", "due", "Mon 13:00"),
        (elapsed(4), "Mon 09:00", "150 %", "Mon 15:00"),
        (elapsed(24), "Fri 16:00", "75 %", "Sat 10:00"),
        (working(4), "Mon 09:00", "25 %", "Mon 10:00"),
        (working(4), "Mon 15:00", "50 %", "Mon 17:00"),  # at closing, not at the next opening
        (working(4), "Mon 15:00", "75 %", "Tue 10:00"),
        (working(4), "Sat 12:00", "25 %", "Mon+1 10:00"),
        (working(4), "Mon 15:00", "200 %", "Tue 15:00"),
        # Four working hours, then four on the wall.
        (WorkingThenElapsed(hours(4), hours(4)), "Mon 13:00", "25 %", "Mon 15:00"),
        (WorkingThenElapsed(hours(4), hours(4)), "Mon 13:00", "50 %", "Mon 17:00"),
        (WorkingThenElapsed(hours(4), hours(4)), "Mon 13:00", "75 %", "Mon 19:00"),
        (WorkingThenElapsed(hours(4), hours(4)), "Mon 13:00", "due", "Mon 21:00"),
        # Of days: so much of the time until the due, on the wall for calendar days, at the desk for working days.
        (CalendarDays(1), "Mon 09:00", "50 %", "Mon 21:00"),
        (CalendarDays(1), "Mon 09:00", "due", "Tue 09:00"),
        (CalendarDays(1), "Mon 09:00", "150 %", "Tue 21:00"),
        (CalendarDays(1, "18:00"), "Mon 09:00", "50 %", "Tue 01:30"),  # of 33 hours
        (WorkingDays(1), "Mon 13:00", "50 %", "Mon 17:00"),  # four of eight
        (WorkingDays(1), "Mon 13:00", "75 %", "Tue 11:00"),
        (WorkingDays(1, At("18:00")), "Mon 13:00", "50 %", "Tue 11:00"),  # six of twelve
        (WorkingDays(1, At("18:00")), "Mon 13:00", "due", "Tue 18:00"),
        # Until an instant, on the wall.
        (FixedInstant(at("Tue 09:00")), "Mon 09:00", "25 %", "Mon 15:00"),
        (FixedInstant(at("Tue 09:00")), "Mon 09:00", "due", "Tue 09:00"),
    ],
)
def test_shares(target: Target, opened: str, threshold: str, instant: str) -> None:
    """A share of the promise is used up at an instant that a supervisor can reckon."""
    before = read(target, f"{opened} opened", as_of=at(instant) - TICK, notify=(threshold,))
    assert both(before) == ([], [f"{at(instant):%a %H:%M} {threshold}"])
    reached = read(target, f"{opened} opened", as_of=instant, notify=(threshold,))
    assert both(reached) == ([f"{at(instant):%a %H:%M} {threshold}"], [])
    assert before.coming == reached.notices


def test_no_time_at_all() -> None:
    """Of no time every share is used up at the start; due before the start, at the start."""
    found = read(elapsed(0), "Mon 09:00 opened", as_of="Mon 09:00", notify=("50 %", "due"))
    assert told_of(found.notices) == ["Mon 09:00 50 %", "Mon 09:00 due"]
    early = read(CalendarDays(0, "08:00"), "Mon 09:00 opened", as_of="Mon 09:00", notify=("50 %", "due"))
    assert told_of(early.notices) == ["Mon 09:00 50 %", "Mon 09:00 due"]


def test_rounded_up() -> None:
    """A third of ten seconds has passed when it has passed, not a moment before."""
    found = read(ElapsedTime(timedelta(seconds=10)), "Mon 09:00 opened", as_of="Mon 09:00", notify=("33.3333 %",))
    assert found.coming[0].instant == micros(at("Mon 09:00")) + 3_333_330
    odd = read(ElapsedTime(timedelta(seconds=1)), "Mon 09:00 opened", as_of="Mon 09:00", notify=("0.00015 %",))
    assert odd.coming[0].instant == micros(at("Mon 09:00")) + 2


# ── offsets ──


@pytest.mark.parametrize(
    ("target", "opened", "threshold", "instant"),
    [
        (elapsed(24), "Mon 09:00", "2 hours before due", "Tue 07:00"),
        (elapsed(24), "Mon 09:00", "0 hours before due", "Tue 09:00"),
        (elapsed(24), "Mon 09:00", "30 minutes after due", "Tue 09:30"),
        (elapsed(24), "Mon 09:00", "36 hours after start", "Tue 21:00"),
        (working(4), "Mon 15:00", "1 hour before due", "Tue 10:00"),  # due Tuesday eleven
        (working(4), "Mon 15:00", "3 hours before due", "Tue 08:00"),  # on the wall: before opening
        (working(4), "Mon 15:00", "3 working hours before due", "Mon 16:00"),
        (working(4), "Mon 15:00", "1 working hour before due", "Tue 10:00"),
        (working(4), "Mon 13:00", "1 hour after due", "Mon 18:00"),  # due at closing
        (working(4), "Mon 13:00", "1 working hour after due", "Tue 10:00"),
        (working(4), "Fri 13:00", "1 working hour after due", "Mon+1 10:00"),
        (working(4), "Mon 15:00", "1 working hour after start", "Mon 16:00"),
        (working(4), "Mon 20:00", "1 working hour after start", "Tue 10:00"),
        (working(4), "Mon 20:00", "1 hour after start", "Mon 21:00"),
        (working(4), "Mon 09:00", "6 hours before due", "Mon 09:00"),  # more than there is: at once
        (CalendarDays(1), "Mon 09:00", "2 hours before due", "Tue 07:00"),
        (CalendarDays(1), "Mon 09:00", "2 hours after due", "Tue 11:00"),
        (WorkingDays(1, At("18:00")), "Mon 09:00", "1 working hour before due", "Tue 16:00"),
        (WorkingDays(1), "Mon 16:00", "2 working hours after due", "Wed 10:00"),
        (FixedInstant(at("Tue 09:00")), "Mon 09:00", "2 hours before due", "Tue 07:00"),
    ],
)
def test_offsets(target: Target, opened: str, threshold: str, instant: str) -> None:
    """So much before or after, in time at the desk or on the wall."""
    reached = read(target, f"{opened} opened", as_of=instant, notify=(threshold,))
    assert both(reached) == ([f"{at(instant):%a %H:%M} {threshold}"], [])
    if opened != instant:
        before = read(target, f"{opened} opened", as_of=at(instant) - TICK, notify=(threshold,))
        assert before.notices == ()
        assert before.coming == reached.notices


@pytest.mark.parametrize(
    "threshold", ["3 working hours before due", "1 working hour after due", "9 working hours after start"]
)
@pytest.mark.parametrize("target", [elapsed(24), CalendarDays(1), FixedInstant(at("Tue 09:00"))])
def test_working_time_around_a_promise_on_the_wall(target: Target, threshold: str) -> None:
    """A promise on the wall has no desk: working hours around it are refused, never counted on the wall in silence."""
    with pytest.raises(DefinitionError) as caught:
        Objective(PLAIN, target, notify=levels("due", threshold))
    assert (caught.value.where, caught.value.message) == ("notify", "objective.offset")
    assert threshold in str(caught.value)


# ── under pauses ──

FOUR = working(4)
LADDER = ("50 %", "1 hour before due", "due", "1 working hour after due")


@pytest.mark.parametrize(
    ("told", "as_of", "fired", "coming"),
    [
        ([], "Mon 08:59", [], []),  # not begun
        ([], "Mon 09:00", [], ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 13:00 due", "Mon 14:00 late"]),
        ([], "Mon 12:00", ["Mon 11:00 50 %", "Mon 12:00 1 hour before due"], ["Mon 13:00 due", "Mon 14:00 late"]),
        (
            [],
            "Tue 09:00",
            ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 13:00 due", "Mon 14:00 late"],
            [],
        ),
        # Paused: nothing is to come as long as nobody knows when.
        (["Mon 10:00 hold"], "Mon 10:00", [], []),
        (["Mon 10:00 hold"], "Mon 16:00", [], []),
        (
            ["Mon 10:00 hold", "Mon 12:00 resumed"],
            "Mon 12:00",
            [],
            ["Mon 13:00 50 %", "Mon 14:00 1 hour before due", "Mon 15:00 due", "Mon 16:00 late"],
        ),
        # A later pause moves what is to come, and only that.
        (["Mon 11:30 hold"], "Mon 16:00", ["Mon 11:00 50 %"], []),
        (
            ["Mon 11:30 hold", "Mon 14:30 resumed"],
            "Mon 15:00",
            ["Mon 11:00 50 %", "Mon 15:00 1 hour before due"],
            ["Mon 16:00 due", "Mon 17:00 late"],
        ),
        (
            ["Mon 12:30 hold", "Mon 14:30 resumed"],
            "Mon 15:00",
            ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 15:00 due"],
            ["Mon 16:00 late"],
        ),
        # A pause as a threshold is reached does not take it back.
        (["Mon 11:00 hold"], "Mon 11:00", ["Mon 11:00 50 %"], []),
        # Late before it was paused: time goes on after the due.
        (
            ["Mon 13:30 hold"],
            "Mon 13:45",
            ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 13:00 due"],
            ["Mon 14:00 late"],
        ),
        # Decided: what was reached before stands, nothing is to come.
        (["Mon 10:00 closed"], "Tue 09:00", [], []),
        (["Mon 11:30 closed"], "Tue 09:00", ["Mon 11:00 50 %"], []),
        (["Mon 11:00 closed"], "Tue 09:00", [], []),  # answered at that very instant
        (["Mon 13:30 closed"], "Tue 09:00", ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 13:00 due"], []),
        (["Mon 11:30 withdrawn"], "Tue 09:00", ["Mon 11:00 50 %"], []),
        # Waived: silent from then on; what was told was told.
        (["Mon 11:30 waived"], "Mon 12:30", ["Mon 11:00 50 %"], []),
        (["Mon 11:00 waived"], "Tue 09:00", [], []),
        (["Mon 08:00 waived"], "Tue 09:00", [], []),
    ],
)
def test_a_ladder(told: list[str], as_of: str, fired: list[str], coming: list[str]) -> None:
    """Four working hours from Monday nine, with four levels."""
    found = read(FOUR, "Mon 09:00 opened", *told, as_of=as_of, notify=LADDER)
    assert both(found) == (
        [one.replace("late", LADDER[-1]) for one in fired],
        [one.replace("late", LADDER[-1]) for one in coming],
    )
    assert {one.level for one in (*found.notices, *found.coming)} <= {1, 2, 3, 4}
    for one in (*found.notices, *found.coming):
        assert one.threshold == LADDER[one.level - 1]
        assert one.to == (f"role {one.level}",)


def test_excluded() -> None:
    """A mystery shopper is handled alike, and nobody is woken for it."""
    found = read(FOUR, "Mon 09:00 opened", as_of="Mon 14:30", notify=LADDER, excluded=True)
    assert both(found) == ([], [])
    assert found.verdict == "excluded"
    assert found.next_change is None


def test_the_next_notice_is_the_next_change() -> None:
    """Whoever looks again at the next change misses no notice."""
    found = read(FOUR, "Mon 09:00 opened", as_of="Mon 10:00", notify=LADDER)
    assert found.next_change == at("Mon 11:00")
    assert read(FOUR, "Mon 09:00 opened", as_of="Mon 13:30", notify=LADDER).next_change == at("Mon 14:00")


# ── when the promise changes ──


def test_keys_and_values() -> None:
    """A key names case, objective, cycle, row and threshold; a notice is in the zone of its desk."""
    found = read(table(P1=FOUR), "Mon 09:00 opened", as_of="Mon 12:00", notify=("50 %", "due"), priority="P1")
    (fired,), (coming,) = found.notices, found.coming
    assert (fired.key, coming.key) == ("T1/close/1/P1/50 %", "T1/close/1/P1/due")
    assert (fired.objective, fired.level, fired.to, fired.zone) == ("close", 1, ("role 1",), SHANGHAI)
    assert fired.at.isoformat() == "2026-02-09T11:00:00+08:00"
    assert fired.instant == micros(at("Mon 11:00"))


@pytest.mark.parametrize(
    ("told", "as_of", "fired", "coming"),
    [
        # Eight hours cut to two at noon: half of it and all of it is used up by then, told at once.
        (
            ["Mon 12:00 note P1"],
            "Mon 12:00",
            ["P1/50 %@Mon 12:00", "P1/due@Mon 12:00"],
            [],
        ),
        (["Mon 12:00 note P1"], "Mon 11:59", [], ["P2/50 %@Mon 13:00", "P2/due@Mon 17:00"]),
        # Cut at half past nine: its own half is still to come.
        (["Mon 09:30 note P1"], "Mon 10:00", ["P1/50 %@Mon 10:00"], ["P1/due@Mon 11:00"]),
        # Told under the old row, and again under the new: another promise.
        (
            ["Mon 14:00 note P1"],
            "Mon 14:00",
            ["P2/50 %@Mon 13:00", "P1/50 %@Mon 14:00", "P1/due@Mon 14:00"],
            [],
        ),
        # There and back: the row is not told twice.
        (
            ["Mon 14:00 note P1", "Mon 15:00 note P2"],
            "Mon 16:00",
            ["P2/50 %@Mon 13:00", "P1/50 %@Mon 14:00", "P1/due@Mon 14:00"],
            ["P2/due@Mon 17:00"],
        ),
        # There and back before half the time: told once the row is in force again.
        (
            ["Mon 12:30 note P1", "Mon 13:30 note P2"],
            "Mon 14:00",
            ["P1/50 %@Mon 12:30", "P1/due@Mon 12:30", "P2/50 %@Mon 13:30"],
            ["P2/due@Mon 17:00"],
        ),
        # Replaced at the very instant: it was never reached. Eight and sixteen hours of the desk are to come.
        (["Mon 13:00 note P3"], "Mon 13:00", [], ["P3/50 %@Mon 17:00", "P3/due@Tue 17:00"]),
    ],
)
def test_retargets(told: list[str], as_of: str, fired: list[str], coming: list[str]) -> None:
    """Another promise has thresholds of its own, never reached before it was made."""
    promise = table(P1=working(2), P2=working(8), P3=working(16))
    found = read(promise, "Mon 09:00 opened", *told, as_of=as_of, notify=("50 %", "due"), priority="P2")

    def lines(notices: tuple[Notice, ...]) -> list[str]:
        return [f"{one.key.removeprefix('T1/close/1/')}@{one.at:%a %H:%M}" for one in notices]

    assert (lines(found.notices), lines(found.coming)) == (fired, coming)


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_what_was_told_stays_told(retarget: Any) -> None:
    """Half the time of P2 was told at one; making it P3 at two does not untell it, whatever the terms."""
    promise = table(Terms(retarget=retarget), P2=working(8), P3=working(16))
    told = ["Mon 09:00 opened", "Mon 14:00 note P3"]
    before = read(promise, *told, as_of="Mon 13:30", notify=("50 %",), priority="P2")
    assert told_of(before.notices) == ["Mon 13:00 50 %"]
    after = read(promise, *told, as_of="Mon 14:30", notify=("50 %",), priority="P2")
    assert before.notices[0] in after.notices


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start"])
def test_told_when_it_is_known(retarget: Any) -> None:
    """Cut at two to a promise of two hours from nine: told at two, so that nobody who polls misses it."""
    promise = table(Terms(retarget=retarget), P1=working(2), P2=working(8))
    found = read(promise, "Mon 09:00 opened", "Mon 14:00 note P1", as_of="Mon 14:00", notify=("due",), priority="P2")
    assert [one.at for one in found.notices if "/P1/" in one.key] == [at("Mon 14:00")]


def test_proportional() -> None:
    """Half of P2 was used up; of P3's four hours half is left: a quarter and half are behind, the rest to come."""
    promise = table(Terms(retarget="proportional"), P2=working(8), P3=working(4))
    notify = ("25 %", "50 %", "75 %", "due")
    told = ["Mon 09:00 opened", "Mon 13:00 note P3"]
    found = read(promise, *told, as_of="Mon 13:30", notify=notify, priority="P2")
    assert found.due == at("Mon 15:00")
    assert told_of(found.coming) == ["Mon 14:00 75 %", "Mon 15:00 due"]
    assert told_of(tuple(one for one in found.notices if "/P3/" in one.key)) == ["Mon 13:00 25 %", "Mon 13:00 50 %"]


def test_a_due_time_by_hand() -> None:
    """A due time that somebody set is a promise of its own."""
    promised = Event("promised", at=at("Mon 10:00"), due=at("Mon 16:00"), actor="ann")
    found = read(FOUR, "Mon 09:00 opened", promised, as_of="Mon 12:00", notify=("50 %", "due"))
    assert [one.key for one in found.coming] == [
        "T1/close/1/by hand by 2026-02-09T08:00:00+00:00/50 %",
        "T1/close/1/by hand by 2026-02-09T08:00:00+00:00/due",
    ]
    assert told_of(found.coming) == ["Mon 12:30 50 %", "Mon 16:00 due"]  # half of nine to four


def test_a_second_due_time_by_hand() -> None:
    """Promised anew for tomorrow noon, and broken again: that is told again."""
    told = [
        Event("promised", at=at("Mon 09:30"), due=at("Mon 12:00"), actor="ann"),
        Event("promised", at=at("Mon 13:00"), due=at("Tue 12:00"), actor="bob"),
    ]
    found = read(elapsed(48), "Mon 09:00 opened", *told, as_of="Tue 13:00", notify=("due",))
    assert told_of(found.notices) == ["Mon 12:00 due", "Tue 12:00 due"]
    assert len({one.key for one in found.notices}) == 2


def test_merged() -> None:
    """An older case is merged in: thresholds reached by its age are told at the merge, those told before stay."""
    merged = Event("merged", at=at("Mon 11:00"), since=at("Mon 08:00"))
    found = read(elapsed(4), "Mon 10:00 opened", merged, as_of="Mon 11:30", notify=("25 %", "75 %", "due"))
    assert both(found) == (["Mon 11:00 25 %", "Mon 11:00 75 %"], ["Mon 12:00 due"])


FAULTS = Objective(RULE, working(4), when=AllOf((Eq("kind", "fault"),)))


def test_no_longer_promised() -> None:
    """A fault that turns out a question: what was told stays, nothing is to come."""
    question = Event("note", at=at("Mon 12:30"), facts={"kind": "question"})
    found = read(FAULTS, "Mon 09:00 opened", question, as_of="Mon 16:00", notify=LADDER, kind="fault")
    assert both(found) == (["Mon 11:00 50 %", "Mon 12:00 1 hour before due"], [])
    back = Event("note", at=at("Mon 14:00"), facts={"kind": "fault"})
    again = read(FAULTS, "Mon 09:00 opened", question, back, as_of="Mon 14:00", notify=LADDER, kind="fault")
    assert told_of(again.notices)[:3] == ["Mon 11:00 50 %", "Mon 12:00 1 hour before due", "Mon 14:00 due"]


def test_promised_later() -> None:
    """A question that turns out a fault at noon, counted from its creation: half the time is told at noon."""
    fault = Event("note", at=at("Mon 12:00"), facts={"kind": "fault"})
    found = read(FAULTS, "Mon 09:00 opened", fault, as_of="Mon 12:30", notify=("50 %", "due"), kind="question")
    assert both(found) == (["Mon 12:00 50 %"], ["Mon 13:00 due"])


# ── reopened, again and again ──


def test_reopened() -> None:
    """Stopped for four hours: the thresholds move with the due time."""
    told = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 14:00 reopened"]
    assert both(read(FOUR, *told, as_of="Mon 13:00", notify=("50 %", "due"))) == ([], [])
    found = read(FOUR, *told, as_of="Mon 15:30", notify=("50 %", "due"))
    assert both(found) == (["Mon 15:00 50 %"], ["Mon 17:00 due"])


@pytest.mark.parametrize(
    ("target", "terms"),
    [
        (CalendarDays(0, "13:00"), Terms()),
        (FixedInstant(at("Mon 13:00")), Terms()),
        (elapsed(4), Terms(reopen="through")),
    ],
)
def test_due_while_it_was_closed(target: Target, terms: Terms) -> None:
    """Closed when it fell due, reopened at three: it is broken at three, and told at three, not two hours ago."""
    promise = Objective(PLAIN, target, terms=terms)
    told = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 15:00 reopened"]
    assert read(promise, *told, as_of="Mon 14:00", notify=("due",)).notices == ()
    found = read(promise, *told, as_of="Mon 15:30", notify=("due",))
    assert found.verdict == "late_open"
    assert told_of(found.notices) == ["Mon 15:00 due"]


def test_after_the_start_while_it_was_closed() -> None:
    """Two hours after the start it was closed: if it is told at all, then when it was reopened."""
    told = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 15:00 reopened"]
    found = read(FOUR, *told, as_of="Mon 15:30", notify=("2 hours after start",))
    assert told_of(found.notices) in ([], ["Mon 15:00 2 hours after start"])


def test_cycles() -> None:
    """Each question is a cycle with keys of its own."""
    promise = Objective(ClockRule([On("asked")], [On("answered")], cycles=True), elapsed(1))
    told = ["Mon 09:00 asked", "Mon 10:30 answered", "Mon 11:00 asked"]
    found = read(promise, *told, as_of="Mon 11:30", notify=("50 %", "due"))
    assert [told_of(one.notices) for one in found.cycles] == [["Mon 09:30 50 %", "Mon 10:00 due"], ["Mon 11:30 50 %"]]
    assert found.notices[0].key == "T1/close/2//50 %"
    assert [one.key for one in found.earlier[0].notices] == ["T1/close/1//50 %", "T1/close/1//due"]
    assert found.earlier[0].coming == ()
    readings = Readings("T1", "", SHANGHAI, micros(at("Mon 11:30")), Keyed({"close": found}))
    assert told_of(readings.notices()) == ["Mon 09:30 50 %", "Mon 10:00 due", "Mon 11:30 50 %"]


# ── (since, as_of] ──


def test_since() -> None:
    """A poll tells what fired after the one before, up to now; three polls tell everything once."""
    told = "Mon 09:00 opened"

    def poll(as_of: str, since: str | None) -> list[str]:
        found = read(FOUR, told, as_of=as_of, notify=LADDER)
        other = read(elapsed(3), told, as_of=as_of, notify=("due",))
        readings = Readings("T1", "", SHANGHAI, micros(at(as_of)), Keyed({"close": found, "reply": other}))
        return told_of(readings.notices(since=None if since is None else at(since)))

    assert poll("Mon 11:00", None) == ["Mon 11:00 50 %"]
    assert poll("Mon 12:00", "Mon 11:00") == ["Mon 12:00 1 hour before due", "Mon 12:00 due"]
    assert poll("Mon 12:30", "Mon 12:00") == []
    assert poll("Tue 09:00", "Mon 12:30") == ["Mon 13:00 due", "Mon 14:00 1 working hour after due"]
    found = read(FOUR, told, as_of="Mon 12:30", notify=LADDER)
    readings = Readings("T1", "", SHANGHAI, micros(at("Mon 12:30")), Keyed({"close": found}))
    assert told_of(readings.coming) == ["Mon 13:00 due", "Mon 14:00 1 working hour after due"]
    assert readings.next_change == at("Mon 13:00")


def test_one_instant() -> None:
    """At one instant the levels come in the order in which they are written."""
    found = read(elapsed(4), "Mon 09:00 opened", as_of="Mon 11:00", notify=("2 hours after start", "50 %", "25 %"))
    assert told_of(found.notices) == ["Mon 10:00 25 %", "Mon 11:00 2 hours after start", "Mon 11:00 50 %"]


def test_two_levels_at_one_threshold() -> None:
    """Two levels at one threshold are refused: nobody is forgotten in silence."""
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, elapsed(4), notify=[Level(AT_DUE, ["lead"]), Level(AT_DUE, ["boss"])])
    assert (caught.value.where, caught.value.message) == ("notify", "objective.levels")


def test_no_levels() -> None:
    """Without levels nobody is told."""
    assert both(read(FOUR, "Mon 09:00 opened", as_of="Tue 09:00")) == ([], [])


# ── other terms ──


def test_adds_wall_time() -> None:
    """Paused from two to four, due two hours later on the wall: half the time was told at one and stays told."""
    promise = Objective(RULE, elapsed(8), terms=Terms(pausing="adds_wall_time"))
    told = ["Mon 09:00 opened", "Mon 14:00 hold", "Mon 16:00 resumed"]
    notify = ("50 %", "due", "1 hour after due")
    before = read(promise, *told, as_of="Mon 13:30", notify=notify)
    assert both(before) == (["Mon 13:00 50 %"], ["Mon 17:00 due", "Mon 18:00 1 hour after due"])
    assert both(read(promise, *told, as_of="Mon 15:00", notify=notify)) == (["Mon 13:00 50 %"], [])
    after = read(promise, *told, as_of="Mon 16:30", notify=notify)
    assert both(after) == (["Mon 13:00 50 %"], ["Mon 19:00 due", "Mon 20:00 1 hour after due"])


def test_adds_wall_time_without_pause() -> None:
    """Without a pause shares are those of the time until the due, at the desk."""
    promise = Objective(RULE, working(8), terms=Terms(pausing="adds_wall_time"))
    found = read(promise, "Mon 13:00 opened", as_of="Mon 13:00", notify=("50 %", "75 %", "due", "150 %"))
    assert told_of(found.coming) == ["Mon 17:00 50 %", "Tue 11:00 75 %", "Tue 13:00 due", "Tue 17:00 150 %"]


def test_whole_days() -> None:
    """Thursday lies wholly inside a pause: due a day later; what was told before the pause stays told."""
    rule = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])])
    promise = Objective(rule, CalendarDays(4), terms=Terms(pause_days="whole"))
    told = ["Mon 09:00 opened", "Wed 22:00 hold", "Fri 10:00 resumed"]
    notify = ("50 %", "due")
    assert both(read(promise, *told, as_of="Wed 12:00", notify=notify)) == (["Wed 09:00 50 %"], ["Fri 09:00 due"])
    assert both(read(promise, *told, as_of="Thu 12:00", notify=notify)) == (["Wed 09:00 50 %"], [])
    assert both(read(promise, *told, as_of="Fri 12:00", notify=notify)) == (["Wed 09:00 50 %"], ["Sat 09:00 due"])


def test_hides_due() -> None:
    """A pause that only hides the due time stops nothing: thresholds are reached while it lasts."""
    promise = Objective(RULE, elapsed(8), terms=Terms(pausing="hides_due"))
    told = ["Mon 09:00 opened", "Mon 10:00 hold"]
    found = read(promise, *told, as_of="Mon 16:00", notify=("50 %", "2 hours before due", "due"))
    assert found.due is None
    assert both(found) == (["Mon 13:00 50 %", "Mon 15:00 2 hours before due"], ["Mon 17:00 due"])


# ── counts, and what cannot be told ──


def test_rings() -> None:
    """The fourth ring of three is told; the third is not."""
    rule = ClockRule([On("rang")], [On("picked_up")], count=(On("ring"),))
    told = ["Mon 09:00 rang", "Mon 09:01 ring", "Mon 09:02 ring", "Mon 09:03 ring"]
    promise = Objective(rule, CountLimit(2, 3, "rings"))
    assert both(read(promise, *told, as_of="Mon 09:05", notify=("due",))) == ([], [])
    found = read(promise, *told, "Mon 09:04 ring", "Mon 09:05 ring", as_of="Mon 09:05", notify=("due",))
    assert both(found) == (["Mon 09:04 due"], [])


def test_broken_as_it_was_answered() -> None:
    """A ring over the limit in the second of the answer breaks the promise, and is told; so is a count told then."""
    rule = ClockRule([On("rang")], [On("picked_up")], count=(On("ring"),), count_fact="rings")
    promise = Objective(rule, CountLimit(0, 1, "rings"), notify=levels("due"))
    told = ["Mon 09:00 rang", "Mon 09:01 ring", "Mon 09:02 ring", "Mon 09:02 picked_up"]
    counted = read(promise, *told, as_of="Mon 10:00")
    assert (counted.verdict, told_of(counted.notices)) == ("met_late", ["Mon 09:02 due"])
    up = Event("picked_up", at=at("Mon 09:02"), details={"rings": 5})
    by_fact = read(promise, "Mon 09:00 rang", up, as_of="Mon 10:00")
    assert (by_fact.verdict, told_of(by_fact.notices)) == ("met_late", ["Mon 09:02 due"])


def test_late_at_due() -> None:
    """Where an answer at the due time is late, the due time was reached, and is told."""
    promise = Objective(RULE, elapsed(4), terms=Terms(at_due="late"), notify=levels("due"))
    found = read(promise, "Mon 09:00 opened", "Mon 13:00 closed", as_of="Tue 09:00")
    assert (found.verdict, told_of(found.notices)) == ("met_late", ["Mon 13:00 due"])


def test_what_cannot_be_told() -> None:
    """Holidays unknown from Tuesday: levels that are certain are told, the others wait; no error."""
    known = attrs.evolve(OFFICE, holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))))
    notify = ("25 %", "due", "1 working hour after due", "20 working hours after start", "1 hour before due")
    found = read(working(16), "Mon 09:00 opened", as_of="Mon 12:00", notify=notify, calendar=known)
    assert found.problem is not None
    assert both(found) == ([], ["Mon 13:00 25 %"])
    shut = BusinessCalendar(zone=SHANGHAI, hours="closed")
    assert both(read(working(16), "Mon 09:00 opened", as_of="Mon 12:00", notify=notify, calendar=shut)) == ([], [])


# ── laws ──

KINDS = ["closed", "hold", "resumed", "withdrawn", "reopened", "waived", "note P1", "note P2", "note P3"]
TOLD = st.lists(st.tuples(st.integers(0, 95), st.sampled_from(KINDS)), max_size=6)
ON_THE_WALL = ("33 %", "due", "150 %", "90 minutes before due", "1 hour after due", "5 hours after start")
AT_THE_DESK = (*ON_THE_WALL, "2 working hours before due", "3 working hours after due", "5 working hours after start")
TABLES: Any = st.sampled_from(
    [
        ({"P1": working(2), "P2": working(8), "P3": working(16)}, AT_THE_DESK),
        ({"P1": elapsed(2), "P2": working(8), "P3": elapsed(30)}, ON_THE_WALL),
        ({"P1": WorkingThenElapsed(hours(2), hours(2)), "P2": elapsed(10), "P3": working(12)}, ON_THE_WALL),
    ]
)
RETARGETS: Any = st.sampled_from(["keep_elapsed", "from_start", "restart", "proportional", "stay"])
PAUSINGS: Any = st.sampled_from(["stops", "adds_wall_time", "hides_due"])
REOPENS: Any = st.sampled_from(["continue", "new_cycle", "stay"])
TERMS = st.builds(Terms, retarget=RETARGETS, pausing=PAUSINGS, reopen=REOPENS)


def every(reading: Reading) -> list[Notice]:
    """The notices of every cycle."""
    return [notice for one in reading.cycles for notice in one.notices]


def test_waived_twice() -> None:
    """A second waiver says again what was said: it does not bring back what the first had silenced."""
    told = ["Mon 09:00 opened", "Mon 10:00 waived"]
    assert read(FOUR, *told, as_of="Mon 12:30", notify=LADDER).notices == ()
    found = read(FOUR, *told, "Mon 14:00 waived", as_of="Mon 14:30", notify=LADDER)
    assert found.notices == ()
    assert found.breaches == ()
    assert found.waiver is not None
    assert found.waiver.instant == micros(at("Mon 10:00"))


def history(told: list[tuple[int, str]]) -> list[str]:
    """Events of a week, opened on Monday at nine; waived once at most."""
    days, waived = list(WEEK), [number for number, (_, kind) in enumerate(told) if kind == "waived"]
    told = [one for number, one in enumerate(told) if number not in waived[1:]]
    return ["Mon 09:00 opened", *(f"{days[hour // 24]} {hour % 24}:00 {kind}" for hour, kind in told)]


@given(TOLD, TABLES, TERMS, st.integers(0, 400), st.integers(0, 400))
@example([(14, "note P1")], ({"P1": working(2), "P2": working(8)}, ("due",)), Terms(retarget="from_start"), 41, 42)
@example([(14, "hold")], ({"P2": elapsed(8)}, ("50 %",)), Terms(pausing="adds_wall_time"), 40, 45)
def test_polls_tell_everything_once(
    told: list[tuple[int, str]], rows: tuple[dict[str, Target], tuple[str, ...]], terms: Terms, one: int, other: int
) -> None:
    """A notice never un-fires, and one that fires later fires in ``(since, as_of]``: a poll misses nothing."""
    promise, notify = table(terms, **rows[0]), rows[1]
    first, then = (at("Mon 00:00") + timedelta(minutes=20 * number) for number in sorted((one, other)))
    found = [read(promise, *history(told), as_of=when, notify=notify, priority="P2") for when in (first, then)]
    before, after = ({notice.key: notice for notice in every(each)} for each in found)
    assert before.items() <= after.items()
    for key in after.keys() - before.keys():
        assert micros(first) < after[key].instant <= micros(then)
    for each in found:
        assert list(each.notices) == sorted(each.notices, key=lambda notice: (notice.instant, notice.level))
        assert not {notice.key for notice in each.notices} & {notice.key for notice in each.coming}
        assert all(notice.instant > each.asked for notice in each.coming)


@given(TOLD, TABLES, TERMS, st.integers(0, 300), st.integers(0, 300))
def test_what_is_to_come_comes(
    told: list[tuple[int, str]], rows: tuple[dict[str, Target], tuple[str, ...]], terms: Terms, one: int, more: int
) -> None:
    """If nothing else happens, what was to come by then has fired by then, at the instant foretold."""
    first = at("Mon 00:00") + timedelta(minutes=20 * one)
    then = first + timedelta(minutes=20 * more)
    events = [text for text in history(told) if event(text).at <= first]
    promise, notify = table(terms, **rows[0]), rows[1]
    now, later = (read(promise, *events, as_of=when, notify=notify, priority="P2") for when in (first, then))
    foretold = {notice for notice in now.coming if notice.instant <= micros(then)}
    assert set(every(later)) - set(every(now)) == foretold
    assert set(later.coming) == set(now.coming) - foretold
