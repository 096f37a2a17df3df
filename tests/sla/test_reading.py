"""What a clock says: due, elapsed, remaining, activity, verdict, breaches, and when to look again."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sla.week import OFFICE, TICK, at, breaches, hours

from svcstd.calendars import At, BusinessCalendar, Calendar, CloseOfDay, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.errors import CoverageError, MomentError, NeverOpens
from svcstd.moment import micros
from svcstd.sla import (
    CalendarDays,
    Case,
    ClockRule,
    ElapsedTime,
    Event,
    Objective,
    On,
    Pause,
    Reading,
    Target,
    Terms,
    WorkingDays,
    WorkingTime,
    fold,
    read_life,
)

RULE = ClockRule(
    [On("opened")],
    [On("closed")],
    [Pause([On("hold")], [On("resumed")]), Pause([On("wait")], [On("waited")]), Pause([On("asked")])],
    [On("withdrawn")],
)
PLAIN = ClockRule([On("opened")], [On("closed")], cancel=[On("withdrawn")])
SECOND = timedelta(seconds=1)


def events(*told: str | Event) -> list[Event]:
    """Events from ``Mon 09:00 opened``; a word after the kind is the priority that became known."""
    found = []
    for one in told:
        if isinstance(one, str):
            day, clock, kind, *priority = one.split(" ")
            facts = {"priority": priority[0]} if priority else {}
            one = Event(kind, at=at(f"{day} {clock}"), facts=facts)  # noqa: PLW2901 - a text becomes its event
        found.append(one)
    return found


def read(
    promise: Objective | Target,
    *told: str | Event,
    as_of: str | datetime,
    facts: dict[str, Any] | None = None,
    calendar: Calendar | None = OFFICE,
    known_at: datetime | None = None,
    zone: str = "Asia/Shanghai",
) -> Reading:
    """One clock, read as the standard would read it."""
    if not isinstance(promise, Objective):
        promise = Objective(PLAIN if isinstance(promise, WorkingDays | CalendarDays) else RULE, promise)
    asked = micros(at(as_of) if isinstance(as_of, str) else as_of)
    case = Case("T1", facts or {}, tuple(events(*told)))
    known = None if known_at is None else micros(known_at)
    life = fold(promise, case, as_of=asked, known_at=known, choose="office" if calendar else "")
    calendars = {"office": calendar} if calendar else {}
    return read_life("close", promise, life, calendars, zone=zone, edition="", as_of=asked, case="T1")


def table(**rows: float) -> Objective:
    """Working hours by priority."""
    return Objective(RULE, by="priority", rows={key: WorkingTime(hours(value)) for key, value in rows.items()})


FOUR, EIGHT = WorkingTime(hours(4)), WorkingTime(hours(8))


@pytest.mark.parametrize(
    ("told", "as_of", "due", "elapsed", "remaining", "state"),
    [
        ([], "Mon 12:00", None, 0, 4, "not_started open"),
        (["Mon 09:00 opened"], "Mon 08:59", None, 0, 4, "not_started open"),  # asked before the start
        (["Mon 09:00 opened"], "Mon 09:00", "Mon 13:00", 0, 4, "running open"),
        (["Mon 09:00 opened"], "Mon 10:00", "Mon 13:00", 1, 3, "running open"),
        (["Mon 09:00 opened"], "Mon 13:00", "Mon 13:00", 4, 0, "running open"),
        (["Mon 09:00 opened"], "Mon 13:01", "Mon 13:00", 4 + 1 / 60, 0, "running late_open"),
        (["Mon 09:00 opened", "Mon 12:00 closed"], "Tue 09:00", "Mon 13:00", 3, 1, "stopped met"),
        (["Mon 09:00 opened", "Mon 13:00 closed"], "Tue 09:00", "Mon 13:00", 4, 0, "stopped met"),
        (["Mon 09:00 opened", "Mon 14:00 closed"], "Tue 09:00", "Mon 13:00", 5, 0, "stopped met_late"),
        (["Fri 16:00 opened"], "Sat 12:00", "Mon+1 12:00", 1, 3, "running open"),
        (["Sat 12:00 opened"], "Sun 12:00", "Mon+1 13:00", 0, 4, "running open"),
        (["Mon 13:00 opened"], "Mon 20:00", "Mon 17:00", 4, 0, "running late_open"),  # due at closing, not next morning
        (["Mon 13:00 opened", "Mon 20:00 closed"], "Tue 09:00", "Mon 17:00", 4, 0, "stopped met_late"),
        (["Mon 09:00 closed"], "Mon 12:00", None, 0, 4, "not_started open"),  # a stop before any start
        (["Mon 09:00 closed", "Mon 10:00 opened"], "Mon 12:00", "Mon 14:00", 2, 2, "running open"),
        (["Mon 09:00 opened", "Mon 10:00 opened"], "Mon 12:00", "Mon 13:00", 3, 1, "running open"),  # runs once
        (["Mon 09:00 opened", "Mon 10:00 closed", "Mon 11:00 opened"], "Tue 9:00", "Mon 13:00", 1, 3, "stopped met"),
        (["Mon 09:00 opened", "Mon 10:00 closed", "Tue 16:00 closed"], "Wed 9:00", "Mon 13:00", 1, 3, "stopped met"),
        (["Mon 09:00 opened", "Mon 11:00 withdrawn"], "Tue 09:00", "Mon 13:00", 2, 2, "cancelled excluded"),
        (["Mon 09:00 opened", "Mon 14:00 withdrawn"], "Tue 09:00", "Mon 13:00", 5, 0, "cancelled late_open"),
        (["Mon 09:00 opened", "Mon 13:00 withdrawn"], "Tue 09:00", "Mon 13:00", 4, 0, "cancelled excluded"),
        (["Mon 08:00 withdrawn", "Mon 09:00 opened"], "Mon 10:00", "Mon 13:00", 1, 3, "running open"),
    ],
)
def test_four_working_hours(
    told: list[str], as_of: str, due: str | None, elapsed: float, remaining: float, state: str
) -> None:
    """Four working hours of a desk open from nine to five, as a supervisor would sign them."""
    found = read(FOUR, *told, as_of=as_of)
    assert found.due == (None if due is None else at(due))
    assert (found.elapsed, found.remaining) == (hours(elapsed), hours(remaining))
    assert f"{found.activity} {found.verdict}" == state
    assert found.problem is None


@pytest.mark.parametrize(
    ("told", "as_of", "due", "elapsed", "state"),
    [
        # Paused from ten to twelve: no due time meanwhile, two hours later afterwards.
        (["Mon 10:00 hold"], "Mon 11:00", None, 1, "paused open"),
        (["Mon 10:00 hold"], "Mon 10:00", None, 1, "paused open"),  # asked at the very instant of the pause
        (["Mon 10:00 hold", "Mon 12:00 resumed"], "Mon 12:00", "Mon 15:00", 1, "running open"),
        (["Mon 10:00 hold", "Mon 12:00 resumed"], "Mon 12:30", "Mon 15:00", 1.5, "running open"),
        (["Mon 10:00 hold", "Mon 12:00 closed"], "Tue 09:00", "Mon 15:00", 1, "stopped met"),  # stop ends pauses
        (["Mon 10:00 hold", "Mon 11:00 withdrawn"], "Tue 09:00", "Mon 14:00", 1, "cancelled excluded"),
        # A pause that starts exactly as the budget ends, or later, changes nothing.
        (["Mon 13:00 hold"], "Mon 12:59", "Mon 13:00", 3 + 59 / 60, "running open"),
        (["Mon 13:00 hold"], "Mon 13:00", "Mon 13:00", 4, "paused open"),
        (["Mon 13:00 hold"], "Mon 16:00", "Mon 13:00", 4, "paused late_open"),
        (["Mon 13:00 hold", "Mon 15:00 resumed"], "Mon 16:00", "Mon 13:00", 5, "running late_open"),
        (["Mon 14:00 hold", "Mon 15:00 resumed"], "Mon 16:00", "Mon 13:00", 6, "running late_open"),
        # Two keys: paused while any is open.
        (["Mon 10:00 hold", "Mon 10:30 wait", "Mon 11:00 resumed"], "Mon 12:00", None, 1, "paused open"),
        (["Mon 10:00 hold", "Mon 10:30 wait", "Mon 11:00 waited"], "Mon 12:00", None, 1, "paused open"),
        (
            ["Mon 10:00 hold", "Mon 10:30 wait", "Mon 11:00 resumed", "Mon 12:00 waited"],
            "Mon 12:30",
            "Mon 15:00",
            1.5,
            "running open",
        ),
        (["Mon 10:00 hold", "Mon 11:00 hold", "Mon 12:00 resumed"], "Mon 13:00", "Mon 15:00", 2, "running open"),
        (["Mon 10:00 resumed"], "Mon 11:00", "Mon 13:00", 2, "running open"),  # nothing to resume
        # Any other event ends the question to the customer; asking again does not.
        (["Mon 10:00 asked"], "Mon 11:00", None, 1, "paused open"),
        (["Mon 10:00 asked", "Mon 11:00 asked"], "Mon 12:00", None, 1, "paused open"),
        (["Mon 10:00 asked", "Mon 12:00 note"], "Mon 12:30", "Mon 15:00", 1.5, "running open"),
        (["Mon 10:00 asked", "Mon 12:00 hold"], "Mon 12:30", None, 1, "paused open"),
        (["Mon 10:00 asked", "Mon 12:00 hold", "Mon 13:00 resumed"], "Mon 14:00", "Mon 16:00", 2, "running open"),
        # A pause that began before the start is honoured.
        (["Mon 08:00 hold"], "Mon 10:00", None, 0, "paused open"),
        (["Mon 08:00 hold", "Mon 10:00 resumed"], "Mon 12:00", "Mon 14:00", 2, "running open"),
        (["Mon 07:00 hold", "Mon 08:00 resumed"], "Mon 12:00", "Mon 13:00", 3, "running open"),
        (["Mon 08:00 asked"], "Mon 10:00", "Mon 13:00", 1, "running open"),  # the start is another event
        # A pause over the night costs no working time and moves nothing.
        (["Mon 18:00 hold", "Tue 08:00 resumed"], "Tue 08:30", "Mon 13:00", 8, "running late_open"),
    ],
)
def test_pauses(told: list[str], as_of: str, due: str | None, elapsed: float, state: str) -> None:
    """Four working hours from Monday nine o'clock, with pauses."""
    found = read(FOUR, "Mon 09:00 opened", *told, as_of=as_of)
    assert found.due == (None if due is None else at(due))
    assert found.elapsed == hours(elapsed)
    assert found.remaining == max(hours(4 - elapsed), timedelta())
    assert f"{found.activity} {found.verdict}" == state


@pytest.mark.parametrize(
    ("told", "as_of", "due", "state", "breached", "broken"),
    [
        # Eight hours cut to two at 14:00: due at 11:00, broken at 14:00.
        (["Mon 14:00 note P1"], "Mon 13:59", "Mon 17:00", "running open", None, []),
        (["Mon 14:00 note P1"], "Mon 14:00", "Mon 11:00", "running late_open", "Mon 14:00", ["Mon 14:00 P1"]),
        (["Mon 14:00 note P1"], "Mon 15:00", "Mon 11:00", "running late_open", "Mon 14:00", ["Mon 14:00 P1"]),
        (
            ["Mon 14:00 note P1", "Mon 14:30 closed"],
            "Tue 09:00",
            "Mon 11:00",
            "stopped met_late",
            "Mon 14:00",
            ["Mon 14:00 P1"],
        ),
        # Cut at the very instant at which two hours have passed: due now, not broken.
        (["Mon 11:00 note P1"], "Mon 11:00", "Mon 11:00", "running open", None, []),
        # A promise replaced at its own instant was never in force.
        (["Mon 14:00 note P1", "Mon 14:00 note P2"], "Mon 15:00", "Mon 17:00", "running open", None, []),
        # A stopped clock is not retargeted.
        (["Mon 12:00 closed", "Mon 14:00 note P1"], "Tue 09:00", "Mon 17:00", "stopped met", None, []),
        # A change before the start is no retarget.
        (["Mon 08:00 note P1"], "Mon 10:00", "Mon 11:00", "running open", None, []),
        (["Mon 08:00 note P1"], "Mon 12:00", "Mon 11:00", "running late_open", "Mon 11:00", ["Mon 11:00 P1"]),
    ],
)
def test_a_promise_cut_short(
    told: list[str], as_of: str, due: str, state: str, breached: str | None, broken: list[str]
) -> None:
    """What was used up is kept and the new target counts; it cannot be broken before it was made."""
    found = read(table(P1=2, P2=8), "Mon 09:00 opened", *told, as_of=as_of, facts={"priority": "P2"})
    assert found.due == at(due)
    assert f"{found.activity} {found.verdict}" == state
    assert found.breached_at == (None if breached is None else at(breached))
    assert breaches(found) == [(at(one[:9]), one[10:]) for one in broken]


@pytest.mark.parametrize(
    ("told", "as_of", "due", "state", "breached"),
    [
        ([], "Mon 11:30", "Mon 11:00", "running late_open", "Mon 11:00"),
        (["Mon 12:00 note P2"], "Mon 12:00", "Mon 17:00", "running open", None),
        (["Mon 12:00 note P2", "Mon 16:00 closed"], "Mon 18:00", "Mon 17:00", "stopped met", None),
        (["Mon 12:00 note P2", "Mon 13:00 withdrawn"], "Mon 18:00", "Mon 17:00", "cancelled excluded", None),
        (["Mon 12:00 note P2", "Tue 10:00 closed"], "Tue 12:00", "Mon 17:00", "stopped met_late", "Mon 17:00"),
    ],
)
def test_a_promise_raised_after_it_was_broken(
    told: list[str], as_of: str, due: str, state: str, breached: str | None
) -> None:
    """Two hours broken at eleven, raised to eight at twelve: met in the end, and the breach stays on record."""
    found = read(table(P1=2, P2=8), "Mon 09:00 opened P1", *told, as_of=as_of)
    assert found.due == at(due)
    assert f"{found.activity} {found.verdict}" == state
    assert found.breached_at == (None if breached is None else at(breached))
    assert breaches(found)[0] == (at("Mon 11:00"), "P1")


def test_a_cut_while_paused() -> None:
    """Paused from ten to twelve, four hours cut to two at eleven: no due until twelve, then 13:00."""
    told = ["Mon 09:00 opened", "Mon 10:00 hold", "Mon 11:00 note P1", "Mon 12:00 resumed"]
    for when in ("Mon 10:30", "Mon 11:00", "Mon 11:59"):
        found = read(table(P1=2, P2=4), *told, as_of=when, facts={"priority": "P2"})
        assert (found.activity, found.due, found.next_change) == ("paused", None, None)
    assert found.remaining == hours(1)
    assert read(table(P1=2, P2=4), *told, as_of="Mon 12:00", facts={"priority": "P2"}).due == at("Mon 13:00")


def test_a_cut_below_what_was_used_while_paused() -> None:
    """Cut to less than was used: the promise is due in the past although the clock stands."""
    told = ["Mon 09:00 opened", "Mon 12:00 hold", "Mon 13:00 note P1"]
    found = read(table(P1=2, P2=4), *told, as_of="Mon 14:00", facts={"priority": "P2"})
    assert (found.activity, found.verdict) == ("paused", "late_open")
    assert (found.due, found.breached_at) == (at("Mon 11:00"), at("Mon 13:00"))


def test_one_second() -> None:
    """Opened and closed in one second, told in the wrong order: met, nothing elapsed."""
    found = read(FOUR, "Mon 10:00 closed", "Mon 10:00 opened", as_of="Mon 12:00")
    assert (found.activity, found.verdict, found.elapsed) == ("stopped", "met", timedelta())
    assert found.segments == ()
    assert (found.start, found.stop, found.due) == (at("Mon 10:00"), at("Mon 10:00"), at("Mon 14:00"))


@pytest.mark.parametrize("target", [FOUR, ElapsedTime(hours(4)), WorkingDays(0, At("13:00")), CalendarDays(0, "13:00")])
@pytest.mark.parametrize(("late", "stopped", "open_"), [(-TICK, "met", "open"), (TICK, "met_late", "late_open")])
def test_the_last_microsecond(target: Target, late: timedelta, stopped: str, open_: str) -> None:
    """Exactly at the due time is met; one microsecond later is late."""
    due = at("Mon 13:00")
    for moment, answers in ((due, ("met", "open")), (due + late, (stopped, open_))):
        closed = read(target, "Mon 09:00 opened", Event("closed", at=moment), as_of="Tue 09:00")
        assert closed.due == due
        assert (closed.verdict, read(target, "Mon 09:00 opened", as_of=moment).verdict) == answers


def test_a_promise_of_no_time() -> None:
    """Zero hours are due at once, and no pause moves that."""
    zero = WorkingTime(timedelta())
    assert read(zero, "Mon 09:00 opened", as_of="Mon 09:00").verdict == "open"
    for told in (["Mon 09:00 opened"], ["Mon 08:00 hold", "Mon 09:00 opened", "Mon 12:00 resumed"]):
        found = read(zero, *told, as_of="Mon 11:00")
        assert (found.due, found.verdict) == (at("Mon 09:00"), "late_open")


def test_duplicates_and_rings() -> None:
    """A retold event changes nothing; three rings in one second are three events."""
    opened = Event("opened", at=at("Mon 09:00"), id="1")
    told = [opened, Event("hold", at=at("Mon 10:00"), id="2"), Event("resumed", at=at("Mon 11:00"), id="3")]
    once = read(FOUR, *told, as_of="Mon 12:00")
    assert read(FOUR, *told, *told, Event("closed", at=at("Mon 11:30"), id="3"), as_of="Mon 12:00") == once
    rings = Objective(RULE, by="priority", rows={"P1": FOUR, "P2": EIGHT})
    three = ["Mon 10:00 note P1", "Mon 10:00 note P2", "Mon 10:00 note P1"]
    assert read(rings, "Mon 09:00 opened", *three, as_of="Mon 11:00", facts={"priority": "P2"}).row == "P1"


def test_seq_decides_at_one_instant() -> None:
    """A declared sequence beats the usual order."""
    nine = at("Mon 09:00")
    usual = read(FOUR, Event("closed", at=nine), Event("opened", at=nine), as_of="Mon 12:00")
    declared = read(FOUR, Event("closed", at=nine, seq=1), Event("opened", at=nine, seq=2), as_of="Mon 12:00")
    assert (usual.activity, declared.activity) == ("stopped", "running")


def test_known_at() -> None:
    """An event recorded late is hidden from who asks what was known then."""
    late = Event("closed", at=at("Mon 12:00"), recorded_at=at("Mon 16:00"))
    then = read(FOUR, "Mon 09:00 opened", late, as_of="Tue 09:00", known_at=at("Mon 15:00"))
    now = read(FOUR, "Mon 09:00 opened", late, as_of="Tue 09:00", known_at=at("Mon 16:00"))
    assert (then.verdict, now.verdict) == ("late_open", "met")


FAULTS = Objective(RULE, EIGHT, by="priority", rows={"P1": WorkingTime(hours(2))}, when=AllOf((Eq("kind", "fault"),)))


def fact(text: str, **facts: Any) -> Event:
    """A note that makes something known."""
    return Event("note", at=at(text), facts=facts)


@pytest.mark.parametrize(
    ("gone", "state", "elapsed", "breached"),
    [
        ("Mon 10:00", "cancelled excluded", 1, None),
        ("Mon 11:00", "cancelled excluded", 2, None),
        ("Mon 12:00", "cancelled late_open", 3, "Mon 11:00"),
    ],
)
def test_no_longer_applicable(gone: str, state: str, elapsed: float, breached: str | None) -> None:
    """A fault that turns out a question: the clock is cancelled there, and a broken promise stays broken."""
    told: list[str | Event] = ["Mon 09:00 opened P1", fact(gone, kind="question"), "Mon 13:00 hold", "Mon 15:00 closed"]
    found = read(FAULTS, *told, as_of="Tue 09:00", facts={"kind": "fault"})
    assert f"{found.activity} {found.verdict}" == state
    assert (found.stop, found.elapsed, found.row) == (at(gone), hours(elapsed), "P1")
    assert found.breached_at == (None if breached is None else at(breached))
    assert found.due == at("Mon 11:00")
    assert found.next_change is None


def test_no_longer_applicable_while_paused() -> None:
    """Cancelled while it stood: no due, whatever happens to the case later."""
    told: list[str | Event] = [
        "Mon 09:00 opened P1",
        "Mon 10:00 hold",
        fact("Mon 10:30", kind="question"),
        "Mon 11:00 resumed",
    ]
    found = read(FAULTS, *told, as_of="Tue 09:00", facts={"kind": "fault"})
    assert (found.activity, found.verdict, found.due) == ("cancelled", "excluded", None)
    assert found.remaining == hours(1)


def test_cancelled_at_its_start() -> None:
    """A fault that turns into a question in the second of its opening was promised nothing; a later fault is."""
    told: list[str | Event] = [
        "Mon 09:00 opened P1",
        fact("Mon 09:00", kind="question"),
        fact("Mon 10:00", kind="fault"),
    ]
    found = read(FAULTS, *told, as_of="Mon 10:30", facts={"kind": "fault"})
    assert (found.activity, found.due, found.verdict) == ("running", at("Mon 11:00"), "open")


def test_late_attachment() -> None:
    """A question that turns out a fault counts from its creation, earlier pauses honoured."""
    told = ["Mon 09:00 opened P1", "Mon 09:30 hold", "Mon 10:30 resumed"]
    found = read(FAULTS, *told, fact("Mon 11:00", kind="fault"), as_of="Mon 11:30", facts={"kind": "question"})
    assert (found.due, found.elapsed, found.verdict) == (at("Mon 12:00"), hours(1.5), "open")
    late = read(FAULTS, *told, fact("Mon 14:00", kind="fault"), as_of="Mon 15:00", facts={"kind": "question"})
    assert (late.due, late.breached_at, late.verdict) == (at("Mon 12:00"), at("Mon 14:00"), "late_open")
    assert [segment.target for segment in late.segments] == ["", "", "", "P1"]


def test_back_again() -> None:
    """Not applicable for an hour: that hour counts too, and a promise broken before and after is broken twice."""
    told: list[str | Event] = [
        "Mon 09:00 opened P1",
        fact("Mon 12:00", kind="question"),
        fact("Mon 13:00", kind="fault"),
    ]
    found = read(FAULTS, *told, as_of="Mon 14:00", facts={"kind": "fault"})
    assert (found.activity, found.elapsed) == ("running", hours(5))
    assert breaches(found) == [(at("Mon 11:00"), "P1"), (at("Mon 13:00"), "P1")]


def coverage(last: date) -> BusinessCalendar:
    """The desk, with holidays known up to a day."""
    return BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), last)),
    )


KNOWN = coverage(date(2026, 2, 10))
"""Monday is known, Tuesday is not."""


@pytest.mark.parametrize(
    ("told", "as_of", "state", "elapsed", "due", "turn"),
    [
        (["Mon 10:00 opened"], "Mon 12:00", "running open", 2, None, "Tue 09:00"),
        (["Mon 10:00 opened"], "Tue 09:00", "running open", 7, None, "Tue 09:00"),
        (["Mon 10:00 opened"], "Tue 10:00", "running unknown", None, None, None),
        (["Mon 10:00 opened", "Mon 16:00 closed"], "Wed 10:00", "stopped met", 6, None, None),
        (["Mon 10:00 opened", "Tue 09:00 closed"], "Wed 10:00", "stopped met", 7, None, None),
        (["Mon 10:00 opened", "Tue 09:01 closed"], "Wed 10:00", "stopped unknown", None, None, None),
        (["Mon 10:00 opened", "Mon 16:00 withdrawn"], "Wed 10:00", "cancelled excluded", 6, None, None),
        (["Mon 10:00 opened", "Tue 16:00 withdrawn"], "Wed 10:00", "cancelled unknown", None, None, None),
        (["Mon 08:00 opened"], "Wed 10:00", "running late_open", None, "Mon 17:00", None),  # all of it on Monday
    ],
)
def test_unknown_holidays(
    told: list[str], as_of: str, state: str, elapsed: float | None, due: str | None, turn: str | None
) -> None:
    """Eight hours that reach into days nobody has announced: no due, but what is certain stands."""
    found = read(EIGHT, *told, as_of=as_of, calendar=KNOWN)
    assert f"{found.activity} {found.verdict}" == state
    assert found.elapsed == (None if elapsed is None else hours(elapsed))
    assert found.remaining == (None if elapsed is None else hours(8 - elapsed))
    assert found.due == (None if due is None else at(due))
    assert isinstance(found.problem, CoverageError) is (due is None)
    assert found.next_change == (None if turn is None else at(turn) + TICK)


def test_paused_over_unknown_days() -> None:
    """A clock that stands uses nothing, known or not: paused on Monday, it has no due and no problem."""
    found = read(EIGHT, "Mon 10:00 opened", "Mon 12:00 hold", as_of="Thu 12:00", calendar=KNOWN)
    assert (found.verdict, found.due, found.problem, found.remaining) == ("open", None, None, hours(6))
    again = read(EIGHT, "Mon 10:00 opened", "Mon 12:00 hold", "Thu 12:00 resumed", as_of="Thu 12:00", calendar=KNOWN)
    assert isinstance(again.problem, CoverageError)
    assert again.elapsed == hours(2)


@pytest.mark.parametrize(
    ("target", "closed", "verdict"),
    [
        (WorkingDays(1, At("08:00")), "Mon 23:59", "met"),
        (WorkingDays(1, At("08:00")), "Tue 00:00", "met"),
        (WorkingDays(1, At("08:00")), "Tue 08:30", "unknown"),  # before opening, yet perhaps after the due time
        (WorkingDays(1), "Mon 16:00", "met"),
        (WorkingDays(1, CloseOfDay()), "Tue 10:00", "unknown"),
    ],
)
def test_unknown_working_days(target: Target, closed: str, verdict: str) -> None:
    """The next working day may be the unknown Tuesday: certain is only what was done before it began."""
    found = read(target, "Mon 10:00 opened", f"{closed} closed", as_of="Thu 10:00", calendar=KNOWN)
    assert (found.verdict, found.due) == (verdict, None)
    assert isinstance(found.problem, CoverageError)
    running = read(target, "Mon 10:00 opened", as_of="Mon 12:00", calendar=KNOWN)
    assert (running.verdict, running.next_change) == ("open", at("Tue 00:00") + TICK)
    assert running.remaining is None


CLOSED = BusinessCalendar(zone="Asia/Shanghai", hours="closed")


@pytest.mark.parametrize("target", [EIGHT, WorkingDays(1)])
def test_a_desk_that_never_opens(target: Target) -> None:
    """A budget that can never be used up is a problem, not an error, and no promise is broken by it."""
    found = read(target, "Mon 10:00 opened", as_of="Fri 10:00", calendar=CLOSED)
    assert isinstance(found.problem, NeverOpens)
    assert (found.due, found.verdict, found.next_change) == (None, "open", None)
    assert "no opening within two years" in str(found.problem)
    assert read(target, "Mon 10:00 opened", "Fri 10:00 closed", as_of="Fri 12:00", calendar=CLOSED).verdict == "met"


@pytest.mark.long
@pytest.mark.parametrize("target", [ElapsedTime(timedelta(days=3_660)), CalendarDays(3_660), EIGHT])
def test_the_end_of_the_years(target: Target) -> None:
    """A due time beyond the years that can be computed is a problem, not a wrong date."""
    last = pendulum.datetime(2399, 12, 31, 20, tz="Asia/Shanghai")
    found = read(target, Event("opened", at=last), as_of=last)
    assert isinstance(found.problem, MomentError)
    assert (found.due, found.verdict, found.next_change) == (None, "open", None)


@pytest.mark.parametrize(("landing", "due"), [("close", "Mon 17:00"), ("next_open", "Tue 09:00")])
@pytest.mark.parametrize("told", [[], ["Mon 18:00 hold"]])
def test_landing(landing: Any, due: str, told: list[str]) -> None:
    """A budget that ends at closing is due there, or at the next opening, as the calendar says."""
    desk = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00", landing=landing)
    found = read(FOUR, "Mon 13:00 opened", *told, as_of="Mon 20:00", calendar=desk)
    assert found.due == at(due)
    assert found.verdict == ("late_open" if landing == "close" else "open")


def test_landing_in_the_unknown() -> None:
    """The next opening after the last known day cannot be told, so there is no due time."""
    desk = BusinessCalendar(
        zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00", holidays=KNOWN.holidays, landing="next_open"
    )
    found = read(FOUR, "Mon 13:00 opened", as_of="Mon 20:00", calendar=desk)
    assert (found.due, found.verdict, found.elapsed) == (None, "open", hours(4))
    assert isinstance(found.problem, CoverageError)


NEW_YORK = BusinessCalendar(zone="America/New_York", hours="Mon-Fri 09:00-17:00")


@pytest.mark.parametrize(
    ("target", "opened", "due"),
    [
        (CalendarDays(1), "2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00"),  # 23 hours: clocks go forward
        (ElapsedTime(hours(24)), "2026-03-07T12:00:00-05:00", "2026-03-08T13:00:00-04:00"),
        (CalendarDays(1), "2026-03-07T02:30:00-05:00", "2026-03-08T03:30:00-04:00"),  # 02:30 never happens
        (CalendarDays(1), "2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-05:00"),  # the later of two: an end
        (CalendarDays(2, "18:00"), "2026-10-31T01:30:00-04:00", "2026-11-02T18:00:00-05:00"),
        (CalendarDays(0, "00:00"), "2026-03-07T12:00:00-05:00", "2026-03-07T00:00:00-05:00"),
        (WorkingDays(1), "2026-03-06T12:00:00-05:00", "2026-03-09T12:00:00-04:00"),
        (WorkingDays(1, At("18:00")), "2026-03-06T20:00:00-05:00", "2026-03-10T18:00:00-04:00"),  # as if made on Monday
        (WorkingDays(1, CloseOfDay()), "2026-03-06T12:00:00-05:00", "2026-03-09T17:00:00-04:00"),
        (WorkingDays(2, CloseOfDay(), counts_today=True), "2026-03-06T12:00:00-05:00", "2026-03-09T17:00:00-04:00"),
        (WorkingDays(1, CloseOfDay(), cutoff="11:00"), "2026-03-06T12:00:00-05:00", "2026-03-10T17:00:00-04:00"),
        (WorkingTime(hours(8)), "2026-03-06T12:00:00-05:00", "2026-03-09T12:00:00-04:00"),
    ],
)
def test_days_across_the_change_of_clocks(target: Target, opened: str, due: str) -> None:
    """Days keep the wall, hours keep the line."""
    start = datetime.fromisoformat(opened)
    found = read(target, Event("opened", at=start), as_of=start, calendar=NEW_YORK, zone="America/New_York")
    assert found.due is not None
    assert found.due.isoformat() == due


def test_remaining_days() -> None:
    """What remains of a promise in days is the time to its due: open time, or time on the line."""
    by_closing, by_noon = WorkingDays(1, CloseOfDay()), CalendarDays(1, "12:00")
    assert read(by_closing, "Mon 12:00 opened", as_of="Mon 16:00").remaining == hours(1 + 8)
    assert read(by_noon, "Mon 12:00 opened", as_of="Mon 16:00").remaining == hours(20)
    assert read(by_noon, "Mon 12:00 opened", as_of="Tue 16:00").remaining == timedelta()
    assert read(by_noon, as_of="Mon 16:00").remaining is None  # not begun


def test_due_before_the_start() -> None:
    """Asked after the fixed time of the very day: broken from the start on."""
    found = read(CalendarDays(0, "09:00"), "Mon 12:00 opened", as_of="Mon 13:00")
    assert (found.due, found.breached_at, found.verdict) == (at("Mon 09:00"), at("Mon 12:00"), "late_open")


@pytest.mark.parametrize(
    ("retarget", "due", "elapsed"),
    [("keep_elapsed", "Sun 09:00", 2), ("from_start", "Sat 16:00", 19)],  # one desk hour, then the line; or all of it
)
def test_another_kind_of_target(retarget: Any, due: str, elapsed: int) -> None:
    """From eight working hours to 24 on the line: what was counted is kept, or all is counted as the new row counts."""
    rows = {"P1": ElapsedTime(hours(24)), "P2": EIGHT}
    promise = Objective(RULE, by="priority", rows=rows, terms=Terms(retarget=retarget))
    told = ["Fri 16:00 opened", "Sat 10:00 note P1"]
    before = read(promise, *told, as_of="Sat 09:00", facts={"priority": "P2"})
    after = read(promise, *told, as_of="Sat 11:00", facts={"priority": "P2"})
    assert (before.due, before.elapsed, before.calendar) == (at("Mon+1 16:00"), hours(1), "office")
    assert (after.due, after.elapsed, after.calendar) == (at(due), hours(elapsed), "")
    assert (before.digest, after.digest) == (OFFICE.digest, "")


@pytest.mark.parametrize(
    ("retarget", "due", "verdict", "elapsed", "broken"),
    [
        ("keep_elapsed", "Sat 00:00", "late_open", 67, [("Sat 16:00", "P1"), ("Mon+1 10:00", "P2")]),
        ("from_start", "Mon+1 16:00", "open", 3, []),
        ("restart", "Tue+1 10:00", "open", 1, [("Sat 16:00", "P1")]),
    ],
)
def test_from_the_line_to_the_desk(
    retarget: Any, due: str, verdict: str, elapsed: int, broken: list[tuple[str, str]]
) -> None:
    """66 hours of the line are more than eight working hours, if they are kept; a breach before stays on record."""
    rows = {"P1": ElapsedTime(hours(24)), "P2": EIGHT}
    promise = Objective(RULE, by="priority", rows=rows, terms=Terms(retarget=retarget))
    late = read(promise, "Fri 16:00 opened P1", "Mon+1 10:00 note P2", as_of="Mon+1 11:00")
    assert (late.due, late.verdict, late.elapsed) == (at(due), verdict, hours(elapsed))
    assert breaches(late) == [(at(when), row) for when, row in broken]


def test_the_utc_line_needs_no_calendar() -> None:
    """Elapsed time and calendar days are read without any, in the zone of the standard."""
    for target in (ElapsedTime(hours(24)), CalendarDays(1)):
        found = read(target, "Mon 09:00 opened", as_of="Mon 12:00", calendar=None)
        assert (found.due, found.elapsed, found.calendar) == (at("Tue 09:00"), hours(3), "")
        assert found.zone == "Asia/Shanghai"
        assert found.remaining == hours(21)


def hand(text: str, group: str | None, actor: str | None) -> Event:
    """The case goes into other hands."""
    return Event("assigned", at=at(text), group=group, actor=actor)


def test_hands() -> None:
    """Each change of hands cuts a segment; who merely acts does not hold the case."""
    told: list[str | Event] = [
        "Mon 09:00 opened",
        hand("Mon 10:00", "desk", "Li"),
        hand("Mon 10:30", None, "Wu"),
        hand("Mon 11:00", "desk", "Li"),
        hand("Mon 12:00", "desk", "Bo"),
        hand("Mon 13:00", "field", None),
        "Mon 14:00 hold",
    ]
    found = read(EIGHT, *told, as_of="Mon 15:00")
    assert [(one.group, one.agent, one.activity, one.reason) for one in found.segments] == [
        (None, None, "running", "opened"),
        ("desk", "Li", "running", "assigned"),
        ("desk", "Bo", "running", "assigned"),
        ("field", None, "running", "assigned"),
        ("field", None, "paused", "hold"),
    ]
    assert [one.counted for one in found.segments] == [3_600_000_000 * n for n in (1, 2, 1, 1, 0)]


def test_reading_as_a_value() -> None:
    """A reading is equal, hashable and readable after pickling, its error and its calendar included."""
    for calendar in (OFFICE, KNOWN):
        found = read(
            EIGHT, "Mon 10:00 opened", "Mon 11:00 hold", "Mon 12:00 resumed", as_of="Mon 13:00", calendar=calendar
        )
        again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
        assert again == found
        assert hash(again) == hash(found)
        assert again.explanation == found.explanation
    assert (
        repr(found) == "<Reading close: running, open, due the holidays of Tue 10 Feb 2026 (Asia/Shanghai) are unknown>"
    )
    assert repr(read(FOUR, "Mon 09:00 opened", as_of="Mon 10:00")).endswith("due 2026-02-09T13:00:00+08:00>")
    assert repr(read(FOUR, as_of="Mon 10:00")) == "<Reading close: not_started, open, due None>"
    assert found.as_of == at("Mon 13:00")


# Laws. Times are minutes after Monday nine o'clock; the desk is the one above.

NINE = at("Mon 09:00")
KINDS = ["hold", "resumed", "wait", "waited", "asked", "note", "P1", "P2", "closed", "withdrawn", "desk", "field"]
HISTORIES = st.lists(st.tuples(st.integers(-60, 3_000), st.sampled_from(KINDS)), max_size=8)
TABLE = table(P1=2, P2=8)


def told(history: list[tuple[int, str]]) -> list[Event]:
    """A random history as events."""
    found = [Event("opened", at=NINE)]
    for minute, kind in history:
        moment = NINE + timedelta(minutes=minute)
        if kind in ("P1", "P2"):
            found.append(Event("note", at=moment, facts={"priority": kind}))
        elif kind in ("desk", "field"):
            found.append(Event("note", at=moment, group=kind))
        else:
            found.append(Event(kind, at=moment))
    return found


def look(history: list[tuple[int, str]], minute: float, promise: Objective = TABLE) -> Reading:
    """A random history, read at a minute."""
    return read(promise, *told(history), as_of=NINE + timedelta(minutes=minute), facts={"priority": "P2"})


@given(HISTORIES, st.integers(-120, 3_600))
def test_segments_tile_the_life(history: list[tuple[int, str]], minute: int) -> None:
    """Segments lie end to end from the start to the stop or the question, and their sum is what elapsed."""
    found = look(history, minute)
    if found.started is None:
        assert found.segments == ()
        return
    end = found.asked if found.ended is None else found.ended
    borders = [found.started, *(one.end for one in found.segments)]
    assert borders[-1] == end
    assert [one.start for one in found.segments] == borders[:-1]
    assert all(one.start < one.end for one in found.segments)
    assert all(not one.counted for one in found.segments if one.activity == "paused")
    assert found.elapsed == timedelta(microseconds=sum(one.counted or 0 for one in found.segments))


@given(HISTORIES, st.integers(-120, 3_600), st.integers(0, 3_600))
def test_time_does_not_run_backwards(history: list[tuple[int, str]], minute: int, more: int) -> None:
    """A later question finds no less time used, and no breach undone."""
    first, second = look(history, minute), look(history, minute + more)
    assert first.elapsed is not None
    assert second.elapsed is not None
    assert first.elapsed <= second.elapsed
    assert second.breaches[: len(first.breaches)] == first.breaches


@given(HISTORIES, st.integers(3_000, 6_000))
def test_next_change(history: list[tuple[int, str]], minute: int) -> None:
    """Until the announced instant nothing differs, then the verdict does; without one, nothing ever will."""
    now = look(history, minute)
    state = now.activity, now.verdict
    if now.next_change is None:
        later = read(TABLE, *told(history), as_of=NINE + timedelta(days=90), facts={"priority": "P2"})
        assert (later.activity, later.verdict) == state
        return
    assert now.next_change > now.as_of
    for moment, same in ((now.next_change - TICK, True), (now.next_change, False)):
        then = read(TABLE, *told(history), as_of=moment, facts={"priority": "P2"})
        assert then.activity == now.activity
        assert (then.verdict == now.verdict) is same


@given(HISTORIES, st.integers(1, 3_000), st.integers(1, 3_000))
def test_answering_earlier_breaks_nothing(history: list[tuple[int, str]], stop: int, earlier: int) -> None:
    """A promise that was met is met if the answer comes earlier."""
    calm = [(minute, kind) for minute, kind in history if kind not in ("closed", "withdrawn", "P1", "P2")]
    first, second = sorted((stop, earlier))
    late, soon = look([*calm, (second, "closed")], 3_100), look([*calm, (first, "closed")], 3_100)
    assert late.verdict == "met_late" or soon.verdict == "met"


@given(HISTORIES, st.integers(0, 3_000), st.integers(0, 600), st.integers(0, 3_600))
def test_another_pause_never_hurries(history: list[tuple[int, str]], start: int, length: int, minute: int) -> None:
    """One pause more never makes it due earlier, nor uses more time."""
    rule = ClockRule(
        RULE.start, RULE.stop, [*RULE.pauses, Pause([On("lunch")], [On("lunched")], key="lunch")], RULE.cancel
    )
    promise = Objective(rule, by="priority", rows=TABLE.rows)
    calm = [(at_minute, kind) for at_minute, kind in history if kind != "asked"]  # or lunch would end the question
    lunch = [(start, "lunch"), (start + length, "lunched")]
    without, paused = look(calm, minute, promise), look([*calm, *lunch], minute, promise)
    assert paused.elapsed is not None
    assert without.elapsed is not None
    assert paused.elapsed <= without.elapsed
    if without.due is not None and paused.due is not None:
        assert paused.due >= without.due


@given(HISTORIES, st.integers(0, 3_600), st.randoms())
def test_the_order_of_the_log_is_nothing(history: list[tuple[int, str]], minute: int, chance: Any) -> None:
    """Events at distinct instants may be given in any order."""
    distinct = list({when: (when, kind) for when, kind in history if when}.values())
    shuffled = told(distinct)
    chance.shuffle(shuffled)
    again = read(TABLE, *shuffled, as_of=NINE + timedelta(minutes=minute), facts={"priority": "P2"})
    assert again == look(distinct, minute)
