"""Who used the time up, and in whose hands the promise was broken."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, HolidayTable
from svcstd.moment import micros
from svcstd.sla import (
    CalendarDays,
    Case,
    ClockRule,
    CountLimit,
    ElapsedTime,
    Event,
    Objective,
    On,
    Owner,
    Pause,
    Reading,
    Target,
    Terms,
    WorkingTime,
    add_owners,
    fold,
    ownership,
    read_life,
)

SHANGHAI = "Asia/Shanghai"
OFFICE = BusinessCalendar(zone=SHANGHAI, hours="Mon-Fri 09:00-17:00")
WEEK = {day: number for number, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 9)}
RULE = ClockRule(
    [On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])], [On("withdrawn")], reopen=(On("reopened"),)
)
F = Fraction


def at(text: str) -> datetime:
    """A time of the week of Monday 9 February 2026, in Shanghai."""
    day, clock = text.split(" ")
    hour, minute = clock.split(":")
    return pendulum.datetime(2026, 2, WEEK[day], int(hour), int(minute), tz=SHANGHAI)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def event(text: str) -> Event:
    """``Mon 10:00 assigned L2 ann``: an event, the group that holds the case from then on, and the agent."""
    day, clock, kind, *hands = text.split(" ")
    group, agent = (*hands, None, None)[:2]
    return Event(kind, at=at(f"{day} {clock}"), group=group, actor=agent)


def read(
    promise: Objective | Target, *told: str | Event, as_of: str, calendar: Calendar = OFFICE, **facts: Any
) -> Reading:
    """One clock."""
    objective = promise if isinstance(promise, Objective) else Objective(RULE, promise)
    asked = micros(at(as_of))
    case = Case("T1", facts, [event(one) if isinstance(one, str) else one for one in told])
    life = fold(objective, case, as_of=asked, choose="office")
    return read_life("close", objective, life, {"office": calendar}, zone=SHANGHAI, edition="", as_of=asked)


EIGHT = WorkingTime(hours(8))


@pytest.mark.parametrize(
    ("told", "as_of", "owners"),
    [
        ([], "Mon 12:00", []),  # not begun
        (["Mon 09:00 opened"], "Mon 09:00", []),
        (["Mon 09:00 opened"], "Mon 11:00", [Owner(None, hours(2), F(1, 4), 0)]),  # nobody held it
        (["Mon 09:00 opened L1"], "Mon 11:00", [Owner("L1", hours(2), F(1, 4), 0)]),
        (
            ["Mon 09:00 opened", "Mon 10:00 assigned L1", "Mon 12:00 assigned L2"],
            "Mon 15:00",
            [Owner(None, hours(1), F(1, 8), 0), Owner("L1", hours(2), F(2, 8), 0), Owner("L2", hours(3), F(3, 8), 0)],
        ),
        # There and back: one line each, in the order in which they first held it.
        (
            ["Mon 09:00 opened L1", "Mon 10:00 assigned L2", "Mon 13:00 assigned L1"],
            "Mon 14:00",
            [Owner("L1", hours(2), F(2, 8), 0), Owner("L2", hours(3), F(3, 8), 0)],
        ),
        # A pause counts for nobody, whoever holds it; nights count for nobody.
        (
            ["Mon 09:00 opened L1", "Mon 10:00 hold", "Mon 11:00 assigned L2", "Mon 12:00 resumed"],
            "Mon 13:00",
            [Owner("L1", hours(1), F(1, 8), 0), Owner("L2", hours(1), F(1, 8), 0)],
        ),
        (
            ["Mon 16:00 opened L1", "Mon 20:00 assigned L2"],
            "Tue 10:00",
            [Owner("L1", hours(1), F(1, 8), 0), Owner("L2", hours(1), F(1, 8), 0)],
        ),
        # Assigned before it was opened.
        (["Mon 08:00 assigned L1", "Mon 09:00 opened"], "Mon 10:00", [Owner("L1", hours(1), F(1, 8), 0)]),
        # Stopped: what comes after is nobody's.
        (
            ["Mon 09:00 opened L1", "Mon 10:00 closed", "Mon 12:00 assigned L2"],
            "Mon 15:00",
            [Owner("L1", hours(1), F(1, 8), 0)],
        ),
        # Broken on Tuesday at 09:00, when the second day begins to count: in the hands of who held it then.
        (
            ["Mon 09:00 opened L1", "Tue 10:00 assigned L2"],
            "Tue 12:00",
            [Owner("L1", hours(9), F(9, 8), 1), Owner("L2", hours(2), F(2, 8), 0)],
        ),
        (
            ["Mon 09:00 opened L1", "Mon 16:00 assigned L2"],
            "Tue 12:00",
            [Owner("L1", hours(7), F(7, 8), 0), Owner("L2", hours(4), F(4, 8), 1)],
        ),
        # Handed over at the very due time: late is what comes after it.
        (
            ["Mon 09:00 opened L1", "Mon 17:00 assigned L2"],
            "Tue 10:00",
            [Owner("L1", hours(8), F(1), 0), Owner("L2", hours(1), F(1, 8), 1)],
        ),
        (["Mon 09:00 opened L1", "Tue 10:00 closed"], "Wed 09:00", [Owner("L1", hours(9), F(9, 8), 1)]),
    ],
)
def test_groups(told: list[str], as_of: str, owners: list[Owner]) -> None:
    """Eight working hours of a desk open from nine to five, shared among those who held the case."""
    assert list(ownership(read(EIGHT, *told, as_of=as_of), "group")) == owners


def test_agents() -> None:
    """The same by agent; a group may be held by several, an agent may work for several."""
    told = [
        "Mon 09:00 opened L1 ann",
        "Mon 10:00 assigned L1 bob",
        "Mon 12:00 assigned L2 ann",
        "Mon 13:00 assigned L2",
    ]
    found = read(EIGHT, *told, as_of="Mon 14:00")
    assert ownership(found, "agent") == (
        Owner("ann", hours(2), F(2, 8), 0),
        Owner("bob", hours(2), F(2, 8), 0),
        Owner(None, hours(1), F(1, 8), 0),
    )
    assert [(one.name, one.counted) for one in ownership(found, "group")] == [("L1", hours(3)), ("L2", hours(2))]


def test_a_breach_under_an_earlier_row() -> None:
    """Broken as P1 by one team, raised and broken again by the next: one breach each."""
    rows = {"P1": WorkingTime(hours(2)), "P2": WorkingTime(hours(4))}
    promise = Objective(RULE, by="priority", rows=rows)
    told = [
        event("Mon 09:00 opened L1"),
        Event("note", at=at("Mon 12:00"), facts={"priority": "P2"}),
        event("Mon 12:30 assigned L2"),
    ]
    found = read(promise, *told, as_of="Mon 15:00", priority="P1")
    assert ownership(found, "group") == (
        Owner("L1", hours(3.5), F(7, 8), 1),  # due at eleven
        Owner("L2", hours(2.5), F(5, 8), 1),  # due at one
    )


def test_only_what_counts_since_it_began_anew() -> None:
    """A promise that began again is used up from there; who broke it before is still told."""
    rows = {"P1": ElapsedTime(hours(2)), "P2": ElapsedTime(hours(4))}
    promise = Objective(RULE, by="priority", rows=rows, terms=Terms(retarget="restart"))
    told = [
        event("Mon 09:00 opened L1"),
        event("Mon 11:30 assigned L2"),
        Event("note", at=at("Mon 12:00"), facts={"priority": "P2"}),
    ]
    found = read(promise, *told, as_of="Mon 13:00", priority="P1")
    assert found.elapsed == hours(1)
    assert ownership(found, "group") == (Owner("L2", hours(1), F(1, 4), 0), Owner("L1", timedelta(), F(0), 1))


def test_unknown_holidays() -> None:
    """Where holidays are unknown, nobody can be told how much was theirs; the others can."""
    known = BusinessCalendar(
        zone=SHANGHAI,
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
    )
    told = ["Mon 09:00 opened L1", "Mon 12:00 assigned L2", "Tue 12:00 assigned L3", "Tue 13:00 assigned L2"]
    found = read(WorkingTime(hours(24)), *told, as_of="Tue 15:00", calendar=known)
    assert found.elapsed is None
    assert ownership(found, "group") == (
        Owner("L1", hours(3), None, 0),  # known, but not of how much
        Owner("L2", None, None, 0),
        Owner("L3", None, None, 0),
    )


@pytest.mark.parametrize("target", [ElapsedTime(timedelta()), CountLimit(0, 3, "rings")])
def test_no_share(target: Target) -> None:
    """Of nothing, or of a count, there is no share."""
    promise = Objective(ClockRule([On("opened")], [On("closed")], count=(On("ring"),)), target)
    found = read(promise, "Mon 09:00 opened L1", as_of="Mon 10:00")
    (owner,) = ownership(found, "group")
    assert (owner.name, owner.share) == ("L1", None)


def test_days() -> None:
    """A promise in days is shared in time until its due."""
    promise = Objective(ClockRule([On("opened")], [On("closed")]), CalendarDays(1))
    found = read(promise, "Mon 09:00 opened L1", "Mon 15:00 assigned L2", as_of="Mon 21:00")
    assert [(one.name, one.share) for one in ownership(found, "group")] == [("L1", F(6, 24)), ("L2", F(6, 24))]


def test_broken_at_birth() -> None:
    """Due before it was opened, asked in the second of opening: broken in the hands of who opened it."""
    promise = Objective(ClockRule([On("opened")], [On("closed")]), CalendarDays(0, "08:00"))
    (at_once,) = ownership(read(promise, "Mon 09:00 opened L1", as_of="Mon 09:00"), "group")
    assert (at_once.name, at_once.breaches) == ("L1", 1)
    (later,) = ownership(read(promise, "Mon 09:00 opened L1", as_of="Mon 10:00"), "group")
    assert (later.name, later.breaches) == ("L1", 1)


def test_broken_by_the_last_event() -> None:
    """A breach at the very end belongs to the last who held it."""
    rows = {"P1": ElapsedTime(hours(1)), "P2": ElapsedTime(hours(8))}
    promise = Objective(RULE, by="priority", rows=rows)
    told = [
        event("Mon 09:00 opened L1"),
        event("Mon 10:00 assigned L2"),
        Event("note", at=at("Mon 12:00"), facts={"priority": "P1"}),
    ]
    found = read(promise, *told, as_of="Mon 12:00", priority="P2")
    assert [one.instant for one in found.breaches] == [micros(at("Mon 12:00"))]
    assert [(one.name, one.breaches) for one in ownership(found, "group")] == [("L1", 0), ("L2", 1)]


def test_adding() -> None:
    """Owners of several clocks together: times and breaches add up, shares of different promises do not."""
    one = [Owner("L1", hours(1), F(1, 8), 0), Owner("L2", hours(2), F(2, 8), 1)]
    other = [Owner("L2", hours(3), F(3, 4), 1), Owner(None, hours(1), F(1, 4), 0)]
    assert add_owners([*one, *other]) == (
        Owner("L1", hours(1), None, 0),
        Owner("L2", hours(5), None, 2),
        Owner(None, hours(1), None, 0),
    )
    assert add_owners([]) == ()


@pytest.mark.parametrize("unknown", [0, 1, 2])
def test_adding_the_unknown(unknown: int) -> None:
    """What is unknown of one is unknown of the sum; breaches are known all the same."""
    found = [Owner("L1", None if number == unknown else hours(1), None, 1) for number in range(3)]
    assert add_owners(found) == (Owner("L1", None, None, 3),)


def test_a_value() -> None:
    """Owners are values."""
    owner = Owner("L1", hours(1), F(1, 8), 0)
    assert pickle.loads(pickle.dumps(owner)) == owner  # noqa: S301 - our own bytes


KINDS = ["opened", "closed", "hold", "resumed", "reopened", "assigned L1", "assigned L2", "assigned L3 ann", "P1", "P2"]
TOLD = st.lists(st.tuples(st.integers(0, 95), st.sampled_from(KINDS)), max_size=8)
TERMS = st.builds(
    Terms,
    retarget=st.sampled_from(["keep_elapsed", "from_start", "restart", "proportional", "stay"]),
    reopen=st.sampled_from(["continue", "through", "stay", "new_cycle"]),
    pausing=st.sampled_from(["stops", "adds_wall_time", "hides_due"]),
)
TARGETS = st.sampled_from([(WorkingTime(hours(2)), EIGHT), (ElapsedTime(hours(4)), ElapsedTime(hours(30)))])


@given(TOLD, TERMS, TARGETS)
def test_times_sum_to_the_elapsed(told: list[tuple[int, str]], terms: Terms, targets: tuple[Any, Any]) -> None:
    """Nobody's time is lost and none is counted twice; every breach was in somebody's hands; shares make the whole."""
    promise = Objective(RULE, by="priority", rows=dict(zip(("P1", "P2"), targets, strict=True)), terms=terms)
    events: list[str | Event] = []
    for hour, kind in told:
        when = f"{list(WEEK)[hour // 24]} {hour % 24}:00"
        fact = kind in ("P1", "P2")
        events.append(Event("note", at=at(when), facts={"priority": kind}) if fact else f"{when} {kind}")
    reading = read(promise, "Mon 09:00 opened", *events, as_of="Fri 12:00", priority="P2")
    for one in reading.cycles:
        for by in ("group", "agent"):
            owners = ownership(one, by)
            assert sum((owner.counted or timedelta() for owner in owners), timedelta()) == one.elapsed
            assert sum(owner.breaches for owner in owners) == len(one.breaches)
            if one.elapsed:
                assert sum(owner.share or 0 for owner in owners) == one.used
            else:
                assert not any(owner.share for owner in owners)
            assert len({owner.name for owner in owners}) == len(owners)
            together = add_owners([*owners, *owners])
            assert sum((owner.counted or timedelta() for owner in together), timedelta()) == 2 * (
                one.elapsed or timedelta()
            )
