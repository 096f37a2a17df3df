"""Every option of the terms, with an example that a supervisor would sign."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pendulum
import pytest
from tests.sla.week import TICK, at, breaches, due, hours, read, told, working

from svcstd.calendars import At, BusinessCalendar, CloseOfDay, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.errors import CoverageError, DefinitionError
from svcstd.moment import micros
from svcstd.sla import (
    CalendarDays,
    Case,
    ClockRule,
    ElapsedTime,
    Event,
    Factor,
    FixedInstant,
    Objective,
    On,
    Pause,
    Target,
    Terms,
    WorkingDays,
    WorkingThenElapsed,
    fold,
    read_life,
    read_target,
)

RULE = ClockRule(
    [On("opened")],
    [On("closed")],
    [Pause([On("hold")], [On("resumed")])],
    [On("withdrawn")],
    reopen=(On("reopened"),),
    promise=(On("promised"),),
    merge=(On("merged"),),
)
PLAIN = ClockRule([On("opened")], [On("closed")], cancel=[On("withdrawn")], reopen=(On("reopened"),))


def promised(target: Target | str, rule: ClockRule = RULE, **terms: Any) -> Objective:
    """One promise under some terms."""
    return Objective(rule, read_target(target) if isinstance(target, str) else target, terms=Terms(**terms))


def table(retarget: Any, rows: dict[str, Target] | None = None, **terms: Any) -> Objective:
    """Two working hours for P1, eight for P2, under some terms."""
    rows = rows or {"P1": working(2), "P2": working(8)}
    return Objective(RULE, by="priority", rows=rows, terms=Terms(retarget=retarget, **terms))


P1, P2 = {"priority": "P1"}, {"priority": "P2"}


# landing


@pytest.mark.parametrize(
    ("calendar_says", "landing", "expected"),
    [
        ("close", "calendar", "Mon 17:00"),
        ("next_open", "calendar", "Tue 09:00"),
        ("close", "next_open", "Tue 09:00"),
        ("next_open", "close", "Mon 17:00"),
    ],
)
def test_landing(calendar_says: Any, landing: str, expected: str) -> None:
    """Four hours from 13:00 end at closing: there, or at the next opening; the promise overrules its calendar."""
    desk = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00", landing=calendar_says)
    promise = promised("4 working hours", landing=landing)
    assert due(read(promise, "Mon 13:00 opened", as_of="Mon 14:00", calendar=desk)) == at(expected)
    # An answer at eight in the evening is late, or not.
    late = read(promise, "Mon 13:00 opened", "Mon 20:00 closed", as_of="Tue 12:00", calendar=desk)
    assert late.verdict == ("met" if expected == "Tue 09:00" else "met_late")
    # What ends within hours is due there.
    assert due(read(promise, "Mon 10:00 opened", as_of="Mon 11:00", calendar=desk)) == at("Mon 14:00")


def test_landing_of_no_time() -> None:
    """No time at all, on a Saturday: due at once, or as soon as the desk opens."""
    for landing, expected in (("close", "Sat 12:00"), ("next_open", "Mon+1 09:00")):
        found = read(promised("0 working hours", landing=landing), "Sat 12:00 opened", as_of="Sat 12:00")
        assert due(found) == at(expected)


def test_landing_after_a_pause() -> None:
    """One hour used, paused over lunch, three more hours end at closing: at the next opening."""
    told_ = ["Mon 12:00 opened", "Mon 13:00 hold", "Mon 14:00 resumed"]
    assert due(read(promised("4 working hours", landing="next_open"), *told_, as_of="Mon 15:00")) == at("Tue 09:00")


def test_landing_on_the_line() -> None:
    """Elapsed time has no closing to land on, nor has the part of a promise that is counted on the line."""
    for landing in ("close", "next_open"):
        found = read(promised("8 hours", landing=landing), "Mon 09:00 opened", as_of="Mon 10:00")
        assert due(found) == at("Mon 17:00")
        # Eight working hours end on Monday at 17:00; two hours on the line later it is 19:00.
        mixed = read(promised("8 working hours then 2 hours", landing=landing), "Mon 09:00 opened", as_of="Mon 10:00")
        assert due(mixed) == at("Mon 19:00")


# at_due


@pytest.mark.parametrize(
    ("at_due", "open_", "closed", "act_by", "turn"),
    [
        ("in_time", "open", "met", at("Mon 13:00"), at("Mon 13:00") + TICK),
        ("late", "late_open", "met_late", at("Mon 13:00") - TICK, at("Mon 13:00")),
        ("late_if_open", "late_open", "met", at("Mon 13:00"), at("Mon 13:00")),
    ],
)
def test_at_due(at_due: str, open_: str, closed: str, act_by: datetime, turn: datetime) -> None:
    """Four hours from nine: what is true at one o'clock sharp."""
    promise = promised("4 working hours", at_due=at_due)
    before = read(promise, "Mon 09:00 opened", as_of="Mon 12:00")
    assert (before.verdict, before.act_by, before.next_change) == ("open", act_by, turn)
    sharp = read(promise, "Mon 09:00 opened", as_of="Mon 13:00")
    assert sharp.verdict == open_
    assert sharp.breached_at == (at("Mon 13:00") if open_ == "late_open" else None)
    assert sharp.act_by == (act_by if open_ == "open" else None)
    answered = read(promise, "Mon 09:00 opened", "Mon 13:00 closed", as_of="Tue 09:00")
    assert answered.verdict == closed
    assert breaches(answered) == ([(at("Mon 13:00"), "")] if closed == "met_late" else [])
    for moment, verdict in ((at("Mon 13:00") - TICK, "met"), (at("Mon 13:00") + TICK, "met_late")):
        assert read(promise, "Mon 09:00 opened", Event("closed", at=moment), as_of="Tue 09:00").verdict == verdict


@pytest.mark.parametrize("at_due", ["late", "late_if_open"])
def test_late_at_the_due_time_itself_and_withdrawn_there(at_due: str) -> None:
    """A clock still open at the due time is late, also when it is withdrawn at that very instant."""
    promise = promised("4 working hours", at_due=at_due)
    found = read(promise, "Mon 09:00 opened", "Mon 13:00 withdrawn", as_of="Tue 09:00")
    assert (found.verdict, found.breached_at) == ("late_open", at("Mon 13:00"))


@pytest.mark.parametrize("at_due", ["late", "late_if_open"])
def test_late_at_the_due_time_itself_and_no_longer_applicable(at_due: Any) -> None:
    """A fault that turns out a question at the due time itself: late there, and it reads."""
    promise = Objective(RULE, working(4), when=AllOf((Eq("kind", "fault"),)), terms=Terms(at_due=at_due))
    question = told("Mon 13:00 note", facts={"kind": "question"})
    found = read(promise, "Mon 09:00 opened", question, as_of="Tue 09:00", facts={"kind": "fault"})
    assert (found.activity, found.verdict) == ("cancelled", "late_open")
    assert found.breached_at == at("Mon 13:00")


# retarget


@pytest.mark.parametrize(
    ("retarget", "row", "expected", "elapsed", "remaining", "breached"),
    [
        # From nine, eight hours; cut to two at 14:00, read at 14:30.
        ("keep_elapsed", "P1", "Mon 11:00", 5.5, 0, "Mon 14:00"),  # five used: late, from the cut on
        ("from_start", "P1", "Mon 11:00", 5.5, 0, "Mon 11:00"),  # as if always: late since eleven
        ("restart", "P1", "Mon 16:00", 0.5, 1.5, None),  # two hours from 14:00
        ("proportional", "P1", "Mon 14:45", 5.5, 0.25, None),  # three of eight were left: 45 minutes of two hours
        ("stay", "P2", "Mon 17:00", 5.5, 2.5, None),
    ],
)
def test_cut_short(
    retarget: str, row: str, expected: str, elapsed: float, remaining: float, breached: str | None
) -> None:
    """What a cut does to a running clock."""
    found = read(table(retarget), "Mon 09:00 opened", "Mon 14:00 note P1", as_of="Mon 14:30", facts=P2)
    assert (found.row, due(found)) == (row, at(expected))
    assert (found.elapsed, found.remaining) == (hours(elapsed), hours(remaining))
    assert found.breached_at == (None if breached is None else at(breached))


@pytest.mark.parametrize(
    ("retarget", "row", "expected", "verdict", "broken"),
    [
        # Two hours from nine, broken at eleven; raised to eight at noon, read at 13:00.
        ("keep_elapsed", "P2", "Mon 17:00", "open", [("Mon 11:00", "P1")]),
        ("from_start", "P2", "Mon 17:00", "open", []),  # the earlier row never held
        ("restart", "P2", "Tue 12:00", "open", [("Mon 11:00", "P1")]),  # five hours on Monday, three on Tuesday
        ("proportional", "P2", "Mon 11:00", "late_open", [("Mon 11:00", "P1"), ("Mon 12:00", "P2")]),  # nothing left
        ("stay", "P1", "Mon 11:00", "late_open", [("Mon 11:00", "P1")]),
    ],
)
def test_raised(retarget: str, row: str, expected: str, verdict: str, broken: list[tuple[str, str]]) -> None:
    """What a raise does to a clock that was late."""
    found = read(table(retarget), "Mon 09:00 opened P1", "Mon 12:00 note P2", as_of="Mon 13:00")
    assert (found.row, due(found), found.verdict) == (row, at(expected), verdict)
    assert breaches(found) == [(at(when), which) for when, which in broken]


@pytest.mark.parametrize(
    ("retarget", "expected", "elapsed"),
    [
        # Four hours from nine, paused 10-12, cut to two at 11:00.
        ("keep_elapsed", "Mon 13:00", 1),
        ("from_start", "Mon 13:00", 1),
        ("restart", "Mon 14:00", 0),
        ("proportional", "Mon 13:30", 1),  # three of four were left: ninety minutes of two hours
        ("stay", "Mon 15:00", 1),
    ],
)
def test_cut_while_paused(retarget: str, expected: str, elapsed: float) -> None:
    """A pause hides the due until it ends, whatever the cut does."""
    promise = table(retarget, {"P1": working(2), "P2": working(4)})
    history = ["Mon 09:00 opened", "Mon 10:00 hold", "Mon 11:00 note P1", "Mon 12:00 resumed"]
    paused = read(promise, *history, as_of="Mon 11:30", facts=P2)
    assert (paused.activity, due(paused), paused.verdict) == ("paused", None, "open")
    resumed = read(promise, *history, as_of="Mon 12:00", facts=P2)
    assert (due(resumed), resumed.elapsed) == (at(expected), hours(elapsed))


def test_a_share_is_rounded_up() -> None:
    """A third of a share is kept to the microsecond, upwards: nobody loses time by it."""
    # Of three hours one is used, two are left: two thirds of ten seconds, in microseconds 6 666 666.67.
    rows: dict[str, Target] = {"P1": ElapsedTime(timedelta(seconds=10)), "P2": ElapsedTime(hours(3))}
    found = read(table("proportional", rows), "Mon 09:00 opened", "Mon 10:00 note P1", as_of="Mon 10:00", facts=P2)
    assert due(found) == at("Mon 10:00") + timedelta(microseconds=6_666_667)


def test_a_share_of_a_share() -> None:
    """Cut twice: of eight hours half, of four hours half again."""
    rows: dict[str, Target] = {"P1": working(2), "P2": working(4), "P3": working(8)}
    history = ["Mon 09:00 opened P3", "Mon 13:00 note P2", "Mon 14:00 note P1"]
    # 13:00: four of eight left, so two of four. 14:00: one of four left, so half an hour of two.
    found = read(table("proportional", rows), *history, as_of="Mon 14:00")
    assert (due(found), found.remaining) == (at("Mon 14:30"), hours(0.5))
    back = read(table("proportional", rows), *history, "Mon 14:15 note P3", as_of="Mon 14:15")
    # A quarter of an hour left of two is an eighth: one hour of eight.
    assert (due(back), back.remaining) == (at("Mon 15:15"), hours(1))


def test_a_share_of_no_time() -> None:
    """A promise of no time leaves no share."""
    rows: dict[str, Target] = {"P1": working(0), "P2": working(4)}
    found = read(table("proportional", rows), "Mon 09:00 opened P1", "Mon 10:00 note P2", as_of="Mon 10:30")
    assert (due(found), found.verdict, found.remaining) == (at("Mon 09:00"), "late_open", timedelta())


def test_the_used_share_after_a_proportional_cut() -> None:
    """The share that is used stays what it was at the cut, and is 1 at the due time."""
    promise = table("proportional")
    # Half of eight hours are used at 13:00: half of two hours are left, due 14:00.
    cut = read(promise, "Mon 09:00 opened", "Mon 13:00 note P1", as_of="Mon 13:00", facts=P2)
    assert due(cut) == at("Mon 14:00")
    assert cut.used == pytest.approx(0.5)
    end = read(promise, "Mon 09:00 opened", "Mon 13:00 note P1", as_of="Mon 14:00", facts=P2)
    assert end.verdict == "open"
    assert end.used == Fraction(1)


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_frozen_while_stopped(retarget: str) -> None:
    """Four hours, answered at ten, cut to two at eleven: decided under four; reopened at 15:00 it takes two."""
    promise = table(retarget, {"P1": working(2), "P2": working(4)})
    history = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 11:00 note P1"]
    decided = read(promise, *history, as_of="Mon 12:00", facts=P2)
    assert (decided.row, due(decided), decided.verdict) == ("P2", at("Mon 13:00"), "met")
    again = read(promise, *history, "Mon 15:00 reopened", as_of="Mon 15:00", facts=P2)
    expected = {
        "keep_elapsed": "Mon 16:00",  # one used, one left
        "from_start": "Mon 16:00",
        "restart": "Mon 17:00",  # two hours anew
        "proportional": "Mon 16:30",  # three quarters of two hours
        "stay": "Tue 10:00",  # three left of four: two on Monday, one on Tuesday
    }
    assert (again.activity, due(again), again.verdict) == ("running", at(expected[retarget]), "open")


def test_restart_twice() -> None:
    """Each change begins anew; the segments before stay on record and tile the life."""
    history = ["Mon 09:00 opened", "Mon 10:00 note P1", "Mon 11:00 note P2"]
    found = read(table("restart"), *history, as_of="Mon 12:00", facts=P2)
    assert (due(found), found.elapsed, found.start) == (at("Tue 11:00"), hours(1), at("Mon 11:00"))
    assert [(one.start, one.end) for one in found.segments] == [
        (micros(at("Mon 09:00")), micros(at("Mon 10:00"))),
        (micros(at("Mon 10:00")), micros(at("Mon 11:00"))),
        (micros(at("Mon 11:00")), micros(at("Mon 12:00"))),
    ]


FAULTS = AllOf((Eq("kind", "fault"),))


def test_a_factor_is_a_retarget() -> None:
    """A customer turns gold at eleven: half of eight hours, of which two are used."""
    promise = Objective(RULE, working(8), factor=Factor("level", {"gold": Decimal("0.5")}))
    gold = told("Mon 11:00 note", facts={"level": "gold"})
    before = read(promise, "Mon 09:00 opened", gold, as_of="Mon 10:59")
    after = read(promise, "Mon 09:00 opened", gold, as_of="Mon 11:00")
    assert (due(before), due(after)) == (at("Mon 17:00"), at("Mon 13:00"))
    assert after.target == working(4)
    # As if he had always been gold: the same due time here, but late since then if the cut comes too late.
    always = Objective(RULE, working(8), factor=promise.factor, terms=Terms(retarget="from_start"))
    late = told("Mon 14:00 note", facts={"level": "gold"})
    assert read(promise, "Mon 09:00 opened", late, as_of="Mon 15:00").breached_at == at("Mon 14:00")
    assert read(always, "Mon 09:00 opened", late, as_of="Mon 15:00").breached_at == at("Mon 13:00")


def test_unknown_holidays_before_a_retarget_to_the_line() -> None:
    """Working time whose holidays are unknown, then a promise on the line: a problem to read, not an error."""
    known = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
    )
    rows: dict[str, Target] = {"P1": ElapsedTime(hours(48)), "P2": working(80)}
    history = ["Mon 10:00 opened", "Wed 12:00 note P1"]
    found = read(table("keep_elapsed", rows), *history, as_of="Wed 13:00", facts=P2, calendar=known)
    assert isinstance(found.problem, CoverageError)
    assert (found.row, found.elapsed, found.due) == ("P1", None, None)


# attach


@pytest.mark.parametrize(
    ("attach", "expected", "elapsed"), [("from_start", "Mon 13:00", 2), ("from_attachment", "Mon 15:00", 0)]
)
@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_attach(attach: Any, expected: str, elapsed: float, retarget: Any) -> None:
    """A question turns out a fault at eleven: four hours from its creation, or from then."""
    promise = Objective(RULE, working(4), when=FAULTS, terms=Terms(attach=attach, retarget=retarget))
    fault = told("Mon 11:00 note", facts={"kind": "fault"})
    found = read(promise, "Mon 09:00 opened", fault, as_of="Mon 11:00", facts={"kind": "question"})
    assert (found.activity, due(found), found.elapsed) == ("running", at(expected), hours(elapsed))


@pytest.mark.parametrize(("attach", "expected"), [("from_start", "Mon 14:30"), ("from_attachment", "Mon 16:00")])
def test_attach_honours_pauses(attach: Any, expected: str) -> None:
    """Paused 10:30-12:00, a fault since eleven: the pause counts for neither; from attachment only its rest."""
    promise = Objective(RULE, working(4), when=FAULTS, terms=Terms(attach=attach))
    fault = told("Mon 11:00 note", facts={"kind": "fault"})
    history: list[str | Event] = ["Mon 09:00 opened", "Mon 10:30 hold", fault, "Mon 12:00 resumed"]
    paused = read(promise, *history, as_of="Mon 11:30", facts={"kind": "question"})
    assert (paused.activity, due(paused)) == ("paused", None)
    assert due(read(promise, *history, as_of="Mon 12:00", facts={"kind": "question"})) == at(expected)


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_attached_anew(retarget: Any) -> None:
    """A hand-off that ends and comes again is a new cycle; the first keeps its breach."""
    promise = Objective(RULE, working(2), when=FAULTS, terms=Terms(attach="from_attachment", retarget=retarget))
    history = [
        told("Mon 09:00 opened"),
        told("Mon 12:00 note", facts={"kind": "question"}),
        told("Mon 14:00 note", facts={"kind": "fault"}),
    ]
    found = read(promise, *history, as_of="Mon 15:00", facts={"kind": "fault"})
    assert (found.cycle, found.verdict, due(found), found.elapsed) == (2, "open", at("Mon 16:00"), hours(1))
    (first,) = found.earlier
    assert (first.cycle, first.activity, first.verdict) == (1, "cancelled", "late_open")
    assert (first.breached_at, first.stop, first.elapsed) == (at("Mon 11:00"), at("Mon 12:00"), hours(3))


# pausing


@pytest.mark.parametrize(
    ("pausing", "hold", "resumed", "expected"),
    [
        # Four hours from Monday 15:00: two today, two tomorrow, due Tuesday 11:00.
        ("stops", "Mon 16:00", "Mon 18:00", "Tue 12:00"),  # one working hour paused
        ("adds_wall_time", "Mon 16:00", "Mon 18:00", "Tue 13:00"),  # two hours on the wall
        ("hides_due", "Mon 16:00", "Mon 18:00", "Tue 11:00"),
        ("stops", "Mon 18:00", "Mon 20:00", "Tue 11:00"),  # a pause at night costs nothing
        ("adds_wall_time", "Mon 18:00", "Mon 20:00", "Tue 13:00"),  # closed hours included
        ("hides_due", "Mon 18:00", "Mon 20:00", "Tue 11:00"),
        ("stops", "Tue 11:00", "Tue 12:00", "Tue 11:00"),  # at the due time or later: nothing
        ("adds_wall_time", "Tue 11:00", "Tue 12:00", "Tue 11:00"),
        ("hides_due", "Tue 11:00", "Tue 12:00", "Tue 11:00"),
    ],
)
def test_pausing(pausing: str, hold: str, resumed: str, expected: str) -> None:
    """What a pause of two hours does to the due time."""
    history = ["Mon 15:00 opened", f"{hold} hold", f"{resumed} resumed"]
    assert due(read(promised("4 working hours", pausing=pausing), *history, as_of="Tue 12:30")) == at(expected)


def test_two_pauses_on_the_wall() -> None:
    """Each pause adds its own length; one that begins after the due time as moved so far adds none."""
    # From nine, four hours: 13:00. Paused 10-11: 14:00. Paused 13:30-14:30: 15:00. Paused 15:00-16:00: nothing.
    history = ["Mon 09:00 opened", "Mon 10:00 hold", "Mon 11:00 resumed", "Mon 13:30 hold", "Mon 14:30 resumed"]
    promise = promised("4 working hours", pausing="adds_wall_time")
    found = read(promise, *history, "Mon 15:00 hold", "Mon 16:00 resumed", as_of="Mon 16:30")
    assert (due(found), found.verdict) == (at("Mon 15:00"), "late_open")


def test_paused_on_the_wall() -> None:
    """While it lasts there is no due; a pause that begins at the due time hides nothing."""
    promise = promised("4 working hours", pausing="adds_wall_time")
    paused = read(promise, "Mon 09:00 opened", "Mon 10:00 hold", as_of="Mon 16:00")
    assert (paused.activity, due(paused), paused.verdict) == ("paused", None, "open")
    for when in ("Mon 10:00", "Mon 12:00"):  # asked as it begins, and in the middle
        assert due(read(promise, "Mon 09:00 opened", "Mon 10:00 hold", as_of=when)) is None
    late = read(promise, "Mon 09:00 opened", "Mon 13:00 hold", as_of="Mon 16:00")
    assert (due(late), late.verdict) == (at("Mon 13:00"), "late_open")


def test_remaining_on_the_wall() -> None:
    """What remains is open time until the due as moved: not zero while there is time."""
    # From Monday 15:00 four hours, paused 18-20: due on Tuesday 13:00, not 11:00; an hour and a half left at 11:30.
    history = ["Mon 15:00 opened", "Mon 18:00 hold", "Mon 20:00 resumed"]
    found = read(promised("4 working hours", pausing="adds_wall_time"), *history, as_of="Tue 11:30")
    assert (due(found), found.verdict) == (at("Tue 13:00"), "open")
    assert found.remaining == hours(1.5)


def test_hidden_due() -> None:
    """The clock runs on under a pause that only hides; late, it shows."""
    promise = promised("4 working hours", pausing="hides_due")
    history = ["Mon 09:00 opened", "Mon 10:00 hold"]
    hidden = read(promise, *history, as_of="Mon 12:00")
    assert (hidden.activity, due(hidden), hidden.verdict) == ("paused", None, "open")
    assert (hidden.elapsed, hidden.remaining) == (hours(3), hours(1))
    assert hidden.next_change == at("Mon 13:00") + TICK
    shown = read(promise, *history, as_of=at("Mon 13:00") + TICK)
    assert (due(shown), shown.verdict, shown.breached_at) == (at("Mon 13:00"), "late_open", at("Mon 13:00"))
    closed = read(promise, *history, "Mon 12:30 closed", as_of="Tue 09:00")
    assert (due(closed), closed.verdict, closed.elapsed) == (at("Mon 13:00"), "met", hours(3.5))


def test_a_retarget_and_wall_pauses_together() -> None:
    """The share that was left is kept, also where pauses add wall time: these two do not silence each other."""
    promise = table("proportional", pausing="adds_wall_time")
    found = read(promise, "Mon 09:00 opened", "Mon 13:00 note P1", as_of="Mon 13:00", facts=P2)
    assert (due(found), found.remaining) == (at("Mon 14:00"), hours(1))


# pause_days


def days(target: Target | str, **terms: Any) -> Objective:
    """A promise in days that moves by the days wholly inside pauses."""
    return promised(target, pause_days="whole", **terms)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        # Three working days from Monday ten o'clock: Thursday ten o'clock.
        ([], "Thu 10:00"),
        ([("Mon 12:00", "Tue 12:00")], "Thu 10:00"),  # two half days do not add up
        ([("Tue 08:00", "Tue 18:00")], "Fri 10:00"),  # Tuesday lies wholly inside
        ([("Tue 09:00", "Tue 17:00")], "Fri 10:00"),  # just its hours
        ([("Tue 09:01", "Tue 17:00")], "Thu 10:00"),
        ([("Tue 09:00", "Tue 16:59")], "Thu 10:00"),
        ([("Mon 12:00", "Wed 12:00")], "Fri 10:00"),  # only Tuesday is whole
        ([("Mon 12:00", "Wed 00:00")], "Fri 10:00"),
        ([("Tue 00:00", "Thu 00:00")], "Mon+1 10:00"),  # two days, and a weekend
        ([("Mon 11:00", "Mon 12:00"), ("Tue 13:00", "Tue 17:00")], "Thu 10:00"),
        ([("Tue 09:00", "Tue 13:00"), ("Tue 14:00", "Tue 17:00")], "Thu 10:00"),  # a day in two pieces is none
        ([("Tue 09:00", "Tue 17:00"), ("Wed 09:00", "Wed 17:00")], "Mon+1 10:00"),
        ([("Thu 10:00", "Fri 18:00")], "Thu 10:00"),  # begins as it falls due
        ([("Thu 11:00", "Fri 18:00")], "Thu 10:00"),
        ([("Thu 09:00", "Fri 18:00")], "Mon+1 10:00"),  # Thursday and Friday: two more, so Monday
        ([("Fri 18:00", "Mon+1 08:00")], "Thu 10:00"),
        ([("Tue 09:00", "Tue 17:00"), ("Fri 09:00", "Fri 18:00")], "Mon+1 10:00"),  # before the due as moved so far
    ],
)
def test_working_days_and_whole_pauses(pauses: list[tuple[str, str]], expected: str) -> None:
    """A promise in working days moves by the days whose hours lie wholly inside one pause."""
    history = [told for begun, ended in pauses for told in (f"{begun} hold", f"{ended} resumed")]
    assert due(read(days("3 working days"), "Mon 10:00 opened", *history, as_of="Mon+1 12:00")) == at(expected)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        # Two calendar days from Monday ten o'clock: Wednesday ten o'clock.
        ([("Mon 00:00", "Tue 00:00")], "Wed 10:00"),  # what lay before the start is no pause of it
        ([("Tue 00:00", "Wed 00:00")], "Thu 10:00"),  # from midnight to midnight
        ([("Tue 00:01", "Wed 00:00")], "Wed 10:00"),
        ([("Tue 00:00", "Tue 23:59")], "Wed 10:00"),
        ([("Mon 12:00", "Tue 23:59")], "Wed 10:00"),
        ([("Mon 12:00", "Tue 12:00"), ("Tue 13:00", "Wed 01:00")], "Wed 10:00"),
        ([("Mon 22:00", "Thu 01:00")], "Fri 10:00"),  # Tuesday and Wednesday
        ([("Wed 10:00", "Fri 12:00")], "Wed 10:00"),
    ],
)
def test_calendar_days_and_whole_pauses(pauses: list[tuple[str, str]], expected: str) -> None:
    """A promise in calendar days moves by the dates that lie wholly inside one pause."""
    history = [told for begun, ended in pauses for told in (f"{begun} hold", f"{ended} resumed")]
    found = read(days("2 calendar days"), "Mon 10:00 opened", *history, as_of="Sat 12:00", calendar=None)
    assert due(found) == at(expected)


def test_adjoining_pauses_are_one() -> None:
    """Waiting for the customer, then for a part, and in other hands on the way: Tuesday was paused all the same."""
    rule = ClockRule(
        [On("opened")],
        [On("closed")],
        [Pause([On("hold")], [On("resumed")]), Pause([On("wait")], [On("waited")])],
    )
    promise = Objective(rule, CalendarDays(2), terms=Terms(pause_days="whole"))
    history: list[str | Event] = [
        "Mon 10:00 opened",
        "Mon 12:00 hold",
        told("Tue 09:00 assigned", group="parts", actor="Li"),
        "Tue 12:00 wait",
        "Tue 12:00 resumed",
        "Wed 01:00 waited",
    ]
    found = read(promise, *history, as_of="Wed 02:00", calendar=None)
    assert [one.activity for one in found.segments] == ["running", "paused", "paused", "running"]
    assert due(found) == at("Thu 10:00")


@pytest.mark.parametrize("target", ["3 working days", "3 calendar days"])
def test_an_open_pause_hides_the_day(target: str) -> None:
    """While it lasts nobody knows when it is due; once late, a pause hides nothing."""
    paused = read(days(target), "Mon 10:00 opened", "Tue 10:00 hold", as_of="Wed 10:00")
    assert (paused.activity, due(paused), paused.verdict, paused.remaining) == ("paused", None, "open", None)
    assert paused.next_change is None
    begun = read(days(target), "Mon 10:00 opened", "Tue 10:00 hold", as_of="Tue 10:00")
    assert (begun.activity, due(begun)) == ("paused", None)
    late = read(days(target), "Mon 10:00 opened", "Thu 10:00 hold", as_of="Fri 10:00")
    assert (late.activity, due(late), late.verdict) == ("paused", at("Thu 10:00"), "late_open")
    ended = read(days(target), "Mon 10:00 opened", "Tue 10:00 hold", "Fri 10:00 closed", as_of="Sat 10:00")
    # Wednesday and Thursday lie wholly inside. In calendar days Saturday; in working days Monday.
    assert (due(ended), ended.verdict) == (at("Sat 10:00" if "calendar" in target else "Mon+1 10:00"), "met")


def test_a_pause_before_the_start_of_days() -> None:
    """Paused since Sunday, opened on Monday, resumed on Wednesday: Tuesday was whole, Monday was begun."""
    history = ["Sun 10:00 hold", "Mon+1 10:00 opened", "Wed+1 10:00 resumed"]
    assert due(read(days("3 calendar days"), *history, as_of="Wed+1 12:00", calendar=None)) == at("Fri+1 10:00")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [(WorkingDays(1, CloseOfDay()), "Wed 17:00"), (WorkingDays(1, At("12:00")), "Wed 12:00")],
)
def test_modes_and_whole_pauses(mode: Target, expected: str) -> None:
    """At closing or at noon of the next working day that is not wholly paused."""
    history = ["Mon 10:00 opened", "Tue 09:00 hold", "Tue 17:00 resumed"]
    assert due(read(days(mode), *history, as_of="Tue 18:00")) == at(expected)


def test_a_holiday_is_no_day_inside_a_pause() -> None:
    """A pause that covers a holiday and a weekend moves nothing: nobody would have worked."""
    desk = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([date(2026, 2, 10)], covers=(date(2026, 1, 1), date(2026, 12, 31))),
    )
    history = ["Mon 10:00 opened", "Mon 18:00 hold", "Wed 08:00 resumed"]
    # Tuesday is closed: three working days are Wednesday, Thursday, Friday.
    assert due(read(days("3 working days"), *history, as_of="Wed 12:00", calendar=desk)) == at("Fri 10:00")


def test_days_and_whole_pauses_across_the_change_of_clocks() -> None:
    """A date of 23 hours is a whole date."""
    promise = days("2 calendar days")
    zone = "America/New_York"  # clocks go forward on Sunday 8 March
    history = [
        Event("opened", at=pendulum.datetime(2026, 3, 7, 10, tz=zone)),
        Event("hold", at=pendulum.datetime(2026, 3, 8, tz=zone)),
        Event("resumed", at=pendulum.datetime(2026, 3, 9, tz=zone)),
    ]
    asked = micros(pendulum.datetime(2026, 3, 9, 1, tz=zone))
    life = fold(promise, Case("T1", {}, tuple(history)), as_of=asked)
    found = read_life("close", promise, life, {}, zone=zone, edition="", as_of=asked)
    assert found.due == pendulum.datetime(2026, 3, 10, 10, tz=zone)


def test_the_share_of_paused_days() -> None:
    """At the due time the whole promise is used up, days paused or not."""
    history = ["Mon 10:00 opened", "Tue 00:00 hold", "Wed 00:00 resumed"]
    found = read(days("2 calendar days"), *history, as_of="Thu 10:00", calendar=None)
    assert (due(found), found.verdict) == (at("Thu 10:00"), "open")
    assert found.used == 1


# What contradicts itself


@pytest.mark.parametrize(
    ("parts", "where", "message"),
    [
        ({"target": "3 working days"}, "clock.pause", "objective.pause_days"),
        ({"target": "by 2026-03-31T10:00Z"}, "clock.pause", "objective.pause_days"),
        (
            {"target": "by 2026-03-31T10:00Z", "terms": Terms(pause_days="whole")},
            "clock.pause",
            "objective.pause_days",
        ),
        ({"target": "2..3 rings", "terms": Terms(pause_days="whole")}, "clock.pause", "objective.pause_days"),
        (
            {"target": "3 working days", "terms": Terms(pause_days="whole", pausing="adds_wall_time")},
            "clock.pause",
            "objective.pause_days",
        ),
        (
            {"target": "3 calendar days", "terms": Terms(pause_days="whole", pausing="hides_due")},
            "clock.pause",
            "objective.pause_days",
        ),
        (
            {"clock": PLAIN, "target": "3 working days", "terms": Terms(retarget="proportional")},
            "options.retarget",
            "objective.proportional",
        ),
        (
            {"clock": PLAIN, "target": "by 2026-03-31T10:00Z", "terms": Terms(retarget="proportional")},
            "options.retarget",
            "objective.proportional",
        ),
        ({"clock": PLAIN, "target": "2..3 rings"}, "clock.count", "objective.count"),
    ],
)
def test_contradictions(parts: dict[str, Any], where: str, message: str) -> None:
    """Options that contradict the kind of promise are refused at birth."""
    with pytest.raises(DefinitionError) as caught:
        Objective(**{"clock": RULE, **parts, "target": read_target(parts["target"])})
    assert (caught.value.where, caught.value.message) == (where, message)
    assert f"'{read_target(parts['target'])}'" in str(caught.value)


def test_a_row_may_contradict_too() -> None:
    """Each row of the table is looked at, also beside rows that are fine."""
    rows = {"P1": working(2), "P2": WorkingDays(3)}
    with pytest.raises(DefinitionError) as caught:
        Objective(PLAIN, by="priority", rows=rows, terms=Terms(retarget="proportional"))
    assert caught.value.message == "objective.proportional"
    standing = ClockRule([On("opened")], [On("closed")], paused_while=FAULTS)
    with pytest.raises(DefinitionError) as caught:
        Objective(standing, by="priority", rows=rows)
    assert caught.value.message == "objective.pause_days"


# The new targets, read


@pytest.mark.parametrize(
    ("opened", "closed", "as_of", "state", "breached", "remaining"),
    [
        (None, None, "Mon 12:00", "not_started open", None, None),
        ("Mon 09:00", None, "Mon 12:00", "running open", None, 48),
        ("Mon 09:00", None, "Wed 12:00", "running open", None, 0),
        ("Mon 09:00", None, "Wed 12:01", "running late_open", "Wed 12:00", 0),
        ("Mon 09:00", "Wed 12:00", "Thu 12:00", "stopped met", None, 0),
        ("Mon 09:00", "Thu 11:00", "Thu 12:00", "stopped met_late", "Wed 12:00", 0),
        ("Thu 09:00", None, "Thu 10:00", "running late_open", "Thu 09:00", 0),  # it had passed before it began
        ("Wed 12:00", None, "Wed 12:00", "running open", None, 0),
    ],
)
def test_a_fixed_instant(
    opened: str | None, closed: str | None, as_of: str, state: str, breached: str | None, remaining: float | None
) -> None:
    """Until Wednesday noon, whenever it began."""
    promise = promised(FixedInstant(at("Wed 12:00")), PLAIN)
    history = [f"{opened} opened"] if opened else []
    history += [f"{closed} closed"] if closed else []
    found = read(promise, *history, as_of=as_of)
    assert f"{found.activity} {found.verdict}" == state
    assert due(found) == (at("Wed 12:00") if opened else None)
    assert found.breached_at == (None if breached is None else at(breached))
    assert found.remaining == (None if remaining is None else hours(remaining))
    assert found.calendar == ""


MIXED = WorkingThenElapsed(hours(4), hours(10))


@pytest.mark.parametrize(
    ("history", "as_of", "expected", "elapsed", "remaining"),
    [
        (["Mon 09:00 opened"], "Mon 10:00", "Mon 23:00", 1, 13),  # until 13:00, then ten hours
        (["Mon 09:00 opened"], "Mon 20:00", "Mon 23:00", 11, 3),
        (["Mon 15:00 opened"], "Mon 20:00", "Tue 21:00", 2, 12),  # two today, two tomorrow, ten more
        (["Sat 12:00 opened"], "Sun 12:00", "Mon+1 23:00", 0, 14),
        (["Mon 09:00 opened", "Mon 10:00 hold", "Mon 12:00 resumed"], "Mon 12:00", "Tue 01:00", 1, 13),
        (["Mon 09:00 opened", "Mon 14:00 hold", "Mon 22:00 resumed"], "Mon 22:00", "Tue 07:00", 5, 9),  # nine left
        (["Mon 09:00 opened", "Mon 12:00 hold", "Tue 10:00 resumed"], "Tue 12:00", "Tue 21:00", 5, 9),
        (["Mon 09:00 opened", "Mon 13:00 hold"], "Mon 18:00", None, 4, 10),  # paused exactly at the turn
        (["Mon 09:00 opened", "Mon 10:00 hold"], "Mon 11:00", None, 1, 13),
        (["Mon 09:00 opened", "Mon 23:00 hold"], "Tue 09:00", "Mon 23:00", 14, 0),  # paused exactly as it ends
        (["Mon 09:00 opened", "Mon 14:00 closed"], "Tue 09:00", "Mon 23:00", 5, 9),
    ],
)
def test_working_then_elapsed(
    history: list[str], as_of: str, expected: str | None, elapsed: float, remaining: float
) -> None:
    """Four working hours and then ten hours on the line, with pauses in either part."""
    found = read(promised(MIXED), *history, as_of=as_of)
    assert due(found) == (None if expected is None else at(expected))
    assert (found.elapsed, found.remaining) == (hours(elapsed), hours(remaining))
    assert (found.calendar, found.budget) == ("office", hours(14))


@pytest.mark.parametrize(
    ("retarget", "expected"),
    [
        # P2: eight working hours from nine; at 14:00 five are used; P1: four working hours, then ten.
        ("keep_elapsed", "Mon 23:00"),  # nine of fourteen left, all on the line
        ("from_start", "Mon 23:00"),  # four until 13:00, one since, nine more
        ("restart", "Tue 20:00"),  # three until 17:00, one on Tuesday until 10:00, ten more
        ("stay", "Mon 17:00"),
    ],
)
def test_a_retarget_to_mixed_time(retarget: str, expected: str) -> None:
    """What was used of working time is used of mixed time."""
    promise = table(retarget, {"P1": MIXED, "P2": working(8)})
    found = read(promise, "Mon 09:00 opened", "Mon 14:00 note P1", as_of="Mon 14:00", facts=P2)
    assert due(found) == at(expected)


KNOWN = BusinessCalendar(
    zone="Asia/Shanghai",
    hours="Mon-Fri 09:00-17:00",
    holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
)


def test_mixed_time_into_unknown_days() -> None:
    """Only Monday is known: what was used on Monday is known too, and the due is not."""
    found = read(promised("8 working hours then 2 hours"), "Mon 10:00 opened", as_of="Mon 12:00", calendar=KNOWN)
    assert isinstance(found.problem, CoverageError)
    assert (found.due, found.verdict, found.elapsed, found.remaining) == (None, "open", hours(2), hours(8))
    late = read(promised("8 working hours then 2 hours"), "Mon 10:00 opened", as_of="Thu 12:00", calendar=KNOWN)
    assert (late.verdict, late.elapsed) == ("unknown", None)


def test_mixed_time_on_a_desk_that_never_opens() -> None:
    """A problem to read, not an error."""
    closed = BusinessCalendar(zone="Asia/Shanghai", hours="closed")
    found = read(promised(MIXED), "Mon 10:00 opened", as_of="Fri 10:00", calendar=closed)
    assert found.problem is not None
    assert found.problem.message == "calendar.never_opens"
    assert (found.due, found.verdict, found.elapsed) == (None, "open", timedelta())


def test_mixed_time_across_the_change_of_clocks() -> None:
    """The part on the line does not care for the wall: twelve hours over the lost hour."""
    desk = BusinessCalendar(zone="America/New_York", hours="Mon-Fri 09:00-17:00")
    opened = pendulum.datetime(2026, 3, 6, 16, tz="America/New_York")  # Friday; one working hour, then 36 hours
    found = read(promised("1 working hour then 36 hours"), Event("opened", at=opened), as_of=opened, calendar=desk)
    # From Friday 17:00 to Sunday 05:00 would be 36 hours; one is missing, so it is 06:00.
    assert due(found) == pendulum.datetime(2026, 3, 8, 6, tz="America/New_York")


def test_calendar_days_keep_the_wall() -> None:
    """A calendar is not needed, and none is named."""
    found = read(promised(CalendarDays(1), PLAIN), "Mon 10:00 opened", as_of="Mon 12:00", calendar=None)
    assert (due(found), found.calendar, found.digest, found.budget) == (at("Tue 10:00"), "", "", hours(24))
