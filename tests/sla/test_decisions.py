"""What somebody decides about a running promise: reopening, waiving, setting the due time by hand, merging cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sla.week import OFFICE, at, breaches, due, hours, read, told

from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.moment import HOUR, micros
from svcstd.sla import (
    CalendarDays,
    Case,
    ClockRule,
    ElapsedTime,
    Event,
    FixedInstant,
    Objective,
    On,
    Pause,
    Reading,
    Target,
    Terms,
    WorkingTime,
    fold,
    preset,
    read_life,
    read_target,
)

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
PLAIN = ClockRule([On("opened")], [On("closed")], merge=(On("merged"),))


def promised(target: Target | str, rule: ClockRule = RULE, **terms: Any) -> Objective:
    """One promise under some terms."""
    return Objective(rule, read_target(target) if isinstance(target, str) else target, terms=Terms(**terms))


FOUR = "4 working hours"


def stretches(found: Reading) -> list[tuple[str, float, str | None, str]]:
    """Activity, counted hours, group and reason of each segment; they lie end to end."""
    ends = [one.end for one in found.segments]
    assert [one.start for one in found.segments[1:]] == ends[:-1]
    return [(one.activity, (one.counted or 0) / HOUR, one.group, one.reason) for one in found.segments]


# Reopening


@pytest.mark.parametrize(
    ("reopen", "as_of", "expected", "elapsed", "state"),
    [
        # Four hours from Monday nine, closed at ten, reopened on Tuesday at ten.
        ("continue", "Tue 10:00", "Tue 13:00", 1, "running open"),
        ("continue", "Tue 12:00", "Tue 13:00", 3, "running open"),
        ("through", "Tue 10:00", "Mon 13:00", 9, "running late_open"),  # one, seven on Monday, one on Tuesday
        ("new_cycle", "Tue 10:00", "Tue 14:00", 0, "running open"),
        ("new_cycle", "Tue 15:00", "Tue 14:00", 5, "running late_open"),
        ("stay", "Tue 15:00", "Mon 13:00", 1, "stopped met"),
    ],
)
def test_reopening(reopen: str, as_of: str, expected: str, elapsed: float, state: str) -> None:
    """What reopening does to a promise that was kept."""
    found = read(
        promised(FOUR, reopen=reopen), "Mon 09:00 opened", "Mon 10:00 closed", "Tue 10:00 reopened", as_of=as_of
    )
    assert due(found) == at(expected)
    assert (found.elapsed, f"{found.activity} {found.verdict}") == (hours(elapsed), state)
    assert found.cycle == (2 if reopen == "new_cycle" else 1)
    assert [one.verdict for one in found.earlier] == (["met"] if reopen == "new_cycle" else [])


def test_reopening_through() -> None:
    """The stopped time counts, and the breach it makes is seen when it reopens."""
    history = ["Mon 09:00 opened", "Mon 10:00 closed"]
    soon = read(promised(FOUR, reopen="through"), *history, "Mon 12:00 reopened", as_of="Mon 12:30")
    assert (due(soon), soon.elapsed, soon.verdict) == (at("Mon 13:00"), hours(3.5), "open")
    late = read(promised(FOUR, reopen="through"), *history, "Mon 14:00 reopened", as_of="Mon 14:30")
    assert (due(late), late.verdict) == (at("Mon 13:00"), "late_open")


def test_an_answered_clock_breaks_no_promise() -> None:
    """Closed at its due time, reopened on Tuesday: late from then on, not since Monday."""
    history = ["Mon 09:00 opened", "Mon 13:00 closed", "Tue 10:00 reopened"]
    found = read(promised(FOUR), *history, as_of="Tue 10:30")
    assert (due(found), found.verdict, found.breached_at) == (at("Mon 13:00"), "late_open", at("Tue 10:00"))


def test_replaced_before_it_ran_again() -> None:
    """Closed at its due time, promised more while it stood: the clock never ran late, so nothing was broken."""
    promise = Objective(RULE, by="priority", rows={"P1": WorkingTime(hours(8)), "P2": WorkingTime(hours(4))})
    history = ["Mon 09:00 opened P2", "Mon 13:00 closed", "Mon 15:00 note P1", "Tue 10:00 reopened"]
    found = read(promise, *history, as_of="Tue 11:00")
    assert (due(found), found.verdict, found.breaches) == (at("Tue 14:00"), "open", ())


def test_reopened_late() -> None:
    """What was late stays late."""
    history = ["Mon 09:00 opened", "Mon 14:00 closed", "Tue 10:00 reopened", "Tue 11:00 closed"]
    found = read(promised(FOUR), *history, as_of="Tue 12:00")
    assert (found.verdict, found.breached_at, found.elapsed) == ("met_late", at("Mon 13:00"), hours(6))


def test_reopened_twice() -> None:
    """One hour, one hour, and two left."""
    history = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 12:00 reopened", "Mon 13:00 closed", "Mon 15:00 reopened"]
    found = read(promised(FOUR), *history, as_of="Mon 15:00")
    assert (due(found), found.elapsed) == (at("Mon 17:00"), hours(2))
    assert [one[0] for one in stretches(found)] == ["running", "stopped", "running", "stopped"]


def test_the_gap_has_its_owner_and_reason() -> None:
    """While it stood decided it was in somebody's hands, and what began the gap was the closing."""
    history: list[str | Event] = [
        told("Mon 09:00 opened", group="desk"),
        "Mon 10:00 closed",
        told("Mon 11:00 assigned", group="field", actor="Li"),
        "Mon 12:00 reopened",
    ]
    found = read(promised(FOUR), *history, as_of="Mon 13:00")
    assert stretches(found) == [
        ("running", 1, "desk", "opened"),
        ("stopped", 0, "desk", "closed"),
        ("stopped", 0, "field", "assigned"),
        ("running", 1, "field", "reopened"),
    ]
    through = read(promised(FOUR, reopen="through"), *history, as_of="Mon 13:00")
    assert [(one[0], one[1], one[2]) for one in stretches(through)] == [
        ("running", 1, "desk"),
        ("stopped", 1, "desk"),
        ("stopped", 1, "field"),
        ("running", 1, "field"),
    ]


def test_a_reopened_clock_runs() -> None:
    """A stop ends every pause, also one that is told afterwards; a later pause pauses."""
    history = ["Mon 09:00 opened", "Mon 09:30 hold", "Mon 10:00 closed", "Mon 11:00 hold", "Mon 12:00 reopened"]
    found = read(promised(FOUR), *history, as_of="Mon 12:30")
    assert (found.activity, due(found), found.elapsed) == ("running", at("Mon 15:30"), hours(1))
    again = read(promised(FOUR), *history, "Mon 13:00 hold", as_of="Mon 14:00")
    assert (again.activity, due(again), again.elapsed) == ("paused", None, hours(1.5))


def test_reopened_at_the_instant_it_was_closed() -> None:
    """Closed and reopened in one second: as if nothing had happened."""
    history = ["Mon 09:00 opened", "Mon 10:00 closed", "Mon 10:00 reopened"]
    found = read(promised(FOUR), *history, as_of="Mon 11:00")
    assert (found.activity, due(found), found.elapsed) == ("running", at("Mon 13:00"), hours(2))


def test_reopened_before_anything() -> None:
    """What was never closed cannot be reopened."""
    for history in (["Mon 09:00 reopened"], ["Mon 08:00 reopened", "Mon 09:00 opened"]):
        found = read(promised(FOUR), *history, as_of="Mon 10:00")
        assert found.activity == ("running" if len(history) > 1 else "not_started")
    running = read(promised(FOUR), "Mon 09:00 opened", "Mon 10:00 reopened", as_of="Mon 11:00")
    assert (due(running), running.cycle, len(running.segments)) == (at("Mon 13:00"), 1, 1)


def test_reopened_after_it_was_withdrawn() -> None:
    """A withdrawn case that comes back goes on."""
    history = ["Mon 09:00 opened", "Mon 10:00 withdrawn", "Mon 12:00 reopened"]
    found = read(promised(FOUR), *history, as_of="Mon 13:00")
    assert (found.activity, due(found), found.elapsed) == ("running", at("Mon 15:00"), hours(2))
    assert [one[0] for one in stretches(found)] == ["running", "cancelled", "running"]


def test_reopening_on_the_wall() -> None:
    """Where pauses add wall time, stopped time does not count either: closed a day, due a day later."""
    history = ["Mon 09:00 opened", "Mon 10:00 closed", "Tue 10:00 reopened"]
    found = read(promised(FOUR, pausing="adds_wall_time"), *history, as_of="Tue 11:00")
    assert (due(found), found.verdict, found.elapsed) == (at("Tue 13:00"), "open", hours(2))


@pytest.mark.parametrize("target", ["3 working days", "3 calendar days"])
@pytest.mark.parametrize(
    ("reopen", "expected", "verdict"),
    [("continue", None, "open"), ("through", "Thu 10:00", "late_open"), ("new_cycle", "+", "open")],
)
def test_reopening_a_promise_in_days(target: str, reopen: str, expected: str | None, verdict: str) -> None:
    """Solved in an hour, reopened on Friday: stopped days do not count, unless the terms say so."""
    promise = promised(target, reopen=reopen, pause_days="whole")
    history = ["Mon 10:00 opened", "Mon 11:00 closed", "Fri 10:00 reopened"]
    found = read(promise, *history, as_of="Fri 11:00")
    calendar = "calendar" in target
    if expected is None:  # Tuesday, Wednesday and Thursday were stopped: three more days after Thursday
        expected = "Sun 10:00" if calendar else "Tue+1 10:00"
    elif expected == "+":  # three days from Friday
        expected = "Mon+1 10:00" if calendar else "Wed+1 10:00"
    assert (due(found), found.verdict) == (at(expected), verdict)


# Waiving


@pytest.mark.parametrize(
    ("history", "as_of", "activity", "breached"),
    [
        (["Mon 08:00 waived"], "Mon 08:30", "not_started", []),
        (["Mon 08:00 waived", "Mon 09:00 opened"], "Mon 10:00", "running", []),  # before the start
        (["Mon 09:00 opened", "Mon 10:00 waived"], "Mon 12:00", "running", []),
        (["Mon 09:00 opened", "Mon 10:00 waived"], "Mon 16:00", "running", []),
        (["Mon 09:00 opened", "Mon 15:00 waived"], "Mon 16:00", "running", ["Mon 13:00"]),  # broken before
        (["Mon 09:00 opened", "Mon 10:00 hold", "Mon 11:00 waived"], "Mon 12:00", "paused", []),
        (["Mon 09:00 opened", "Mon 14:00 closed", "Mon 15:00 waived"], "Mon 16:00", "stopped", ["Mon 13:00"]),
        (["Mon 09:00 opened", "Mon 14:00 withdrawn", "Mon 15:00 waived"], "Mon 16:00", "cancelled", ["Mon 13:00"]),
    ],
)
def test_waiving(history: list[str], as_of: str, activity: str, breached: list[str]) -> None:
    """A waived promise counts for nothing, whenever it was waived; what happened stays on record."""
    told_ = [told(one, actor="Li", reason="flood") if "waived" in one else told(one) for one in history]
    found = read(promised(FOUR), *told_, as_of=as_of)
    assert (found.verdict, found.activity) == ("waived", activity)
    assert found.waiver is not None
    assert (found.waiver.actor, found.waiver.words) == ("Li", "flood")
    assert (found.breached_at, found.act_by, found.next_change) == (None, None, None)
    assert [when for when, _ in breaches(found)] == [at(when) for when in breached]
    if activity != "not_started":
        assert due(found) == (None if activity == "paused" else at("Mon 13:00"))


@pytest.mark.parametrize(("waived", "verdict"), [("Mon 09:59", "waived"), ("Mon 10:00", "met"), ("Mon 12:00", "met")])
def test_a_kept_promise_cannot_be_waived(waived: str, verdict: str) -> None:
    """What was kept before is kept; the waiver stays on record."""
    found = read(promised(FOUR), "Mon 09:00 opened", f"{waived} waived", "Mon 10:00 closed", as_of="Mon 16:00")
    assert found.verdict == verdict
    assert found.waiver is not None


def test_before_the_waiver() -> None:
    """Asked before it was waived, it was not."""
    found = read(promised(FOUR), "Mon 09:00 opened", "Mon 14:00 waived", as_of="Mon 13:59")
    assert (found.verdict, found.waiver) == ("late_open", None)


def test_a_waiver_is_of_one_cycle() -> None:
    """The reopened cycle is a new promise."""
    history = ["Mon 09:00 opened", "Mon 10:00 waived", "Mon 11:00 closed", "Mon 12:00 reopened"]
    found = read(promised(FOUR, reopen="new_cycle"), *history, as_of="Mon 12:30")
    assert [one.verdict for one in found.cycles] == ["waived", "open"]
    gone_on = read(promised(FOUR), *history, as_of="Mon 12:30")
    assert [one.verdict for one in gone_on.cycles] == ["waived"]


# Supposing an answer


@pytest.mark.parametrize(
    ("history", "answered", "state"),
    [
        ([], "Mon 10:00", "not_started open"),
        (["Mon 09:00 opened"], "Mon 13:00", "stopped met"),
        (["Mon 09:00 opened"], "Mon 13:01", "stopped met_late"),
        (["Mon 09:00 opened", "Mon 10:00 hold"], "Mon 16:00", "stopped met"),
        (["Mon 09:00 opened", "Mon 10:00 closed"], "Mon 16:00", "stopped met"),
        (["Mon 09:00 opened", "Mon 10:00 withdrawn"], "Mon 16:00", "cancelled excluded"),
    ],
)
def test_if_it_were_answered(history: list[str], answered: str, state: str) -> None:
    """A clock that runs or pauses is stopped by the supposed answer; what is decided stays."""
    promise, asked = promised(FOUR), micros(at(answered))
    case = Case("T1", {}, tuple(told(one) for one in history))
    life = fold(promise, case, as_of=asked, choose="office", answered_at=asked)
    found = read_life("close", promise, life, {"office": OFFICE}, zone="Asia/Shanghai", edition="", as_of=asked)
    assert f"{found.activity} {found.verdict}" == state


def test_open_spans() -> None:
    """A picture asks a reading when its calendar was open; a reading from afar does not know."""
    found = read(promised(FOUR), "Mon 09:00 opened", as_of="Mon 12:00")
    day = micros(at("Mon 00:00")), micros(at("Tue 00:00"))
    assert found.open_spans("office", *day) == [(micros(at("Mon 09:00")), micros(at("Mon 17:00")))]
    assert found.open_spans("", *day) is None
    known = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
    )
    unsure = read(promised(FOUR), "Mon 09:00 opened", as_of="Mon 12:00", calendar=known)
    assert unsure.open_spans("office", day[0], micros(at("Fri 00:00"))) is None


# Due times by hand


def by_hand(text: str, due_: str | None, **parts: Any) -> Event:
    """Somebody sets a due time, or takes it back."""
    return told(
        f"{text} promised", due=None if due_ is None else at(due_), **{"actor": "Li", "reason": "agreed", **parts}
    )


@pytest.mark.parametrize(
    ("history", "as_of", "expected", "state", "row"),
    [
        (["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00")], "Mon 10:00", "Wed 12:00", "running open", "by hand"),
        (["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00")], "Mon 09:59", "Mon 13:00", "running open", ""),
        (
            ["Mon 09:00 opened", by_hand("Mon 10:00", "Mon 11:00")],
            "Mon 12:00",
            "Mon 11:00",
            "running late_open",
            "by hand",
        ),
        (
            ["Mon 09:00 opened", by_hand("Mon 10:00", "Mon 08:00")],
            "Mon 10:00",
            "Mon 08:00",
            "running late_open",
            "by hand",
        ),
        # Set while paused: it shows, for a date does not move.
        (
            ["Mon 09:00 opened", "Mon 10:00 hold", by_hand("Mon 11:00", "Mon 16:00")],
            "Mon 12:00",
            "Mon 16:00",
            "paused open",
            "by hand",
        ),
        (
            ["Mon 09:00 opened", "Mon 10:00 hold", by_hand("Mon 11:00", "Mon 16:00")],
            "Mon 17:00",
            "Mon 16:00",
            "paused late_open",
            "by hand",
        ),
        # Set while stopped: nothing, until it is reopened.
        (
            ["Mon 09:00 opened", "Mon 10:00 closed", by_hand("Mon 11:00", "Mon 16:00")],
            "Mon 12:00",
            "Mon 13:00",
            "stopped met",
            "",
        ),
        (
            ["Mon 09:00 opened", "Mon 10:00 closed", by_hand("Mon 11:00", "Mon 16:00"), "Mon 12:00 reopened"],
            "Mon 12:00",
            "Mon 16:00",
            "running open",
            "by hand",
        ),
        # Set before the start.
        ([by_hand("Mon 08:00", "Mon 16:00")], "Mon 08:30", None, "not_started open", "by hand"),
        ([by_hand("Mon 08:00", "Mon 16:00"), "Mon 09:00 opened"], "Mon 10:00", "Mon 16:00", "running open", "by hand"),
        # Set again, and taken back.
        (
            ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00"), by_hand("Mon 11:00", "Thu 12:00")],
            "Mon 12:00",
            "Thu 12:00",
            "running open",
            "by hand",
        ),
        (
            ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00"), by_hand("Mon 11:00", None)],
            "Mon 12:00",
            "Mon 13:00",
            "running open",
            "",
        ),
        (["Mon 09:00 opened", by_hand("Mon 10:00", None)], "Mon 12:00", "Mon 13:00", "running open", ""),
    ],
)
def test_by_hand(history: list[str | Event], as_of: str, expected: str | None, state: str, row: str) -> None:
    """A due time that somebody sets holds whatever the table says."""
    found = read(promised(FOUR), *history, as_of=as_of)
    assert (due(found), found.row) == (None if expected is None else at(expected), row)
    assert f"{found.activity} {found.verdict}" == state
    if row == "by hand":
        assert isinstance(found.target, FixedInstant)


def test_by_hand_is_frozen() -> None:
    """A later change of facts does not touch a due time set by hand; taken back, the row of today counts."""
    promise = Objective(RULE, by="priority", rows={"P1": WorkingTime(hours(2)), "P2": WorkingTime(hours(8))})
    history: list[str | Event] = ["Mon 09:00 opened P2", by_hand("Mon 10:00", "Wed 12:00"), "Mon 10:30 note P1"]
    frozen = read(promise, *history, as_of="Mon 16:00")
    assert (due(frozen), frozen.verdict, frozen.row) == (at("Wed 12:00"), "open", "by hand")
    back = read(promise, *history, by_hand("Mon 12:00", None), as_of="Mon 12:00")
    assert (due(back), back.row, back.breached_at) == (at("Mon 11:00"), "P1", at("Mon 12:00"))


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_by_hand_whatever_the_retarget(retarget: str) -> None:
    """By hand is by hand; taken back, the table counts again."""
    promise = promised(FOUR, retarget=retarget)
    history: list[str | Event] = ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00")]
    assert due(read(promise, *history, as_of="Mon 11:00")) == at("Wed 12:00")
    back = read(promise, *history, by_hand("Mon 11:00", None), as_of="Mon 12:00")
    assert due(back) == at("Mon 15:00" if retarget == "restart" else "Mon 13:00")


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
def test_by_hand_before_the_start_and_taken_back(retarget: str) -> None:
    """Set before the start and taken back after it: the table counts, also where the first promise stays."""
    history: list[str | Event] = [by_hand("Mon 08:00", "Wed 12:00"), "Mon 09:00 opened", by_hand("Mon 10:00", None)]
    found = read(promised(FOUR, retarget=retarget), *history, as_of="Mon 10:00")
    assert (due(found), found.row) == (at("Mon 14:00" if retarget == "restart" else "Mon 13:00"), "")


def test_who_set_it() -> None:
    """Who set a due time, when and why, is told of him, whoever acts later."""
    note = told("Mon 11:00 note", actor="Bo", reason="typo", facts={"kind": "fault"})
    faults = Objective(RULE, read_target(FOUR), when=AllOf((Eq("kind", "fault"),)))
    cases: list[tuple[Objective, list[str | Event]]] = [
        (promised(FOUR), ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00")]),
        (promised(FOUR, retarget="from_start"), ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00")]),
        (promised(FOUR), [by_hand("Mon 10:00", "Wed 12:00"), told("Mon 11:00 opened", actor="Bo")]),
        (faults, ["Mon 09:00 opened", by_hand("Mon 10:00", "Wed 12:00"), note]),
        (
            promised(FOUR),
            [
                "Mon 09:00 opened",
                "Mon 09:30 closed",
                by_hand("Mon 10:00", "Wed 12:00"),
                told("Mon 11:00 reopened", actor="Bo"),
            ],
        ),
    ]
    for promise, history in cases:
        found = read(promise, *history, as_of="Mon 12:00", facts={"kind": "question"} if promise is faults else {})
        text = found.explanation.text()
        assert "due time set by hand at Mon 9 Feb 2026 10:00 Shanghai: Wed 11 Feb 2026 12:00 Shanghai" in text
        assert "    by Li\n    because: agreed" in text
        assert "Bo" not in text


def test_elapsed_and_remaining_are_measured_alike() -> None:
    """A due time by hand in a calendar: what is used and what remains are together what was promised."""
    found = read(promised(FOUR), "Mon 09:00 opened", by_hand("Mon 10:00", "Tue 12:00"), as_of="Mon 15:00")
    assert (found.calendar, found.elapsed, found.budget) == ("office", hours(6), hours(11))  # eight and three
    assert found.remaining == hours(5)


def test_act_by_while_paused() -> None:
    """A date does not wait for the customer: who wants to keep it acts by then, paused or not."""
    found = read(
        promised(FOUR), "Mon 09:00 opened", "Mon 10:00 hold", by_hand("Mon 11:00", "Mon 16:00"), as_of="Mon 12:00"
    )
    assert (found.activity, due(found), found.verdict) == ("paused", at("Mon 16:00"), "open")
    assert found.act_by == at("Mon 16:00")


def test_by_hand_on_the_line() -> None:
    """By hand on a promise in elapsed time, no calendar is named."""
    found = read(promised("4 hours"), "Mon 09:00 opened", by_hand("Mon 10:00", "Tue 09:00"), as_of="Mon 15:00")
    assert (found.calendar, found.elapsed, found.budget, found.remaining) == ("", hours(6), hours(24), hours(18))
    assert found.used == pytest.approx(0.25)


def test_late_and_paused_over_unknown_days() -> None:
    """Late by hand on Monday, paused since, asked on Thursday: how late, nobody can tell; that it is late, is plain."""
    known = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
    )
    history: list[str | Event] = ["Mon 09:00 opened", by_hand("Mon 10:00", "Mon 12:00"), "Mon 14:00 hold"]
    found = read(promised(FOUR), *history, as_of="Thu 12:00", calendar=known)
    assert (found.verdict, found.breached_at, found.elapsed) == ("late_open", at("Mon 12:00"), hours(5))
    assert (found.overrun, found.used) == (None, None)


def test_by_hand_beyond_the_known_days() -> None:
    """An instant is known where holidays are not; what it comes to in open time is not."""
    known = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10))),
    )
    history: list[str | Event] = ["Mon 09:00 opened", by_hand("Mon 10:00", "Thu 12:00")]
    found = read(promised(FOUR), *history, as_of="Mon 12:00", calendar=known)
    assert (found.due, found.verdict, found.elapsed, found.problem) == (at("Thu 12:00"), "open", hours(3), None)
    assert (found.budget, found.remaining, found.used) == (None, None, None)


# Merging


def merged(text: str, since: str | None) -> Event:
    """An older case is merged into this one."""
    return told(f"{text} merged", since=None if since is None else at(since), actor="Li")


@pytest.mark.parametrize(
    ("history", "as_of", "expected", "elapsed", "state", "breached"),
    [
        # Four hours from eleven; the other case began at nine.
        (
            ["Mon 11:00 opened", merged("Mon 12:00", "Mon 09:00")],
            "Mon 11:59",
            "Mon 15:00",
            59 / 60,
            "running open",
            None,
        ),
        (["Mon 11:00 opened", merged("Mon 12:00", "Mon 09:00")], "Mon 12:00", "Mon 13:00", 3, "running open", None),
        # Merged so late that it would have been late: not before it was merged.
        (
            ["Mon 11:00 opened", merged("Mon 14:00", "Mon 09:00")],
            "Mon 14:30",
            "Mon 13:00",
            5.5,
            "running late_open",
            "Mon 14:00",
        ),
        # Not earlier, at the same time, or without a time: nothing.
        (["Mon 11:00 opened", merged("Mon 13:00", "Mon 12:00")], "Mon 13:00", "Mon 15:00", 2, "running open", None),
        (["Mon 11:00 opened", merged("Mon 13:00", "Mon 11:00")], "Mon 13:00", "Mon 15:00", 2, "running open", None),
        (["Mon 11:00 opened", merged("Mon 13:00", None)], "Mon 13:00", "Mon 15:00", 2, "running open", None),
        # While paused: the older time counts, the pause as well.
        (
            ["Mon 11:00 opened", "Mon 12:00 hold", merged("Mon 13:00", "Mon 10:00"), "Mon 14:00 resumed"],
            "Mon 14:00",
            "Mon 16:00",
            2,
            "running open",
            None,
        ),
        # After the answer: decided is decided.
        (
            ["Mon 11:00 opened", "Mon 12:00 closed", merged("Mon 13:00", "Mon 08:00")],
            "Mon 16:00",
            "Mon 15:00",
            1,
            "stopped met",
            None,
        ),
        # Twice: the earliest counts.
        (
            ["Mon 12:00 opened", merged("Mon 13:00", "Mon 11:00"), merged("Mon 13:00", "Mon 10:00")],
            "Mon 13:00",
            "Mon 14:00",
            3,
            "running open",
            None,
        ),
        (
            ["Mon 12:00 opened", merged("Mon 13:00", "Mon 10:00"), merged("Mon 13:30", "Mon 11:00")],
            "Mon 13:30",
            "Mon 14:00",
            3.5,
            "running open",
            None,
        ),
        # From an older day: only open hours count.
        (["Tue 09:00 opened", merged("Tue 10:00", "Mon 16:00")], "Tue 10:00", "Tue 12:00", 2, "running open", None),
    ],
)
def test_merging(
    history: list[str | Event], as_of: str, expected: str, elapsed: float, state: str, breached: str | None
) -> None:
    """The survivor counts from the earlier start, but no promise is broken before it was made."""
    found = read(promised(FOUR), *history, as_of=as_of)
    assert due(found) == at(expected)
    assert (found.elapsed, f"{found.activity} {found.verdict}") == (hours(elapsed), state)
    assert found.breached_at == (None if breached is None else at(breached))
    stretches(found)


def test_merged_before_its_own_start() -> None:
    """A case that swallows an older one before anything else begins with it."""
    # What began at the merge begins there; what is later than the merge is no older case.
    for since, start in (("Mon 09:00", "Mon 09:00"), ("Mon 10:00", "Mon 10:00"), ("Mon 12:00", "Mon 11:00")):
        found = read(promised(FOUR), merged("Mon 10:00", since), "Mon 11:00 opened", as_of="Mon 12:00")
        assert found.start == at(start)
        assert due(found) == at(start) + hours(4)


@pytest.mark.parametrize("since", ["Mon 08:00", "Mon 09:00", "Mon 10:00", "Mon 11:30"])
def test_merged_after_a_restart(since: str) -> None:
    """Retargeted with a restart at noon, merged at one: no minute is told twice."""
    promise = Objective(
        RULE,
        by="priority",
        rows={"P1": WorkingTime(hours(4)), "P2": WorkingTime(hours(8))},
        terms=Terms(retarget="restart"),
    )
    history: list[str | Event] = ["Mon 09:00 opened P2", "Mon 12:00 note P1", merged("Mon 13:00", since)]
    found = read(promise, *history, as_of="Mon 14:00")
    stretches(found)
    assert found.segments[0].start == micros(min(at(since), at("Mon 09:00")))
    assert sum(one.end - one.start for one in found.segments) == found.asked - found.segments[0].start


def test_merged_in_days() -> None:
    """Two calendar days from the older start."""
    promise = Objective(PLAIN, CalendarDays(2))
    found = read(promise, "Tue 10:00 opened", merged("Tue 12:00", "Mon 15:00"), as_of="Tue 12:00", calendar=None)
    assert due(found) == at("Wed 15:00")


def test_a_merge_is_told() -> None:
    """Why a case counts from before its own start is explained."""
    for history in (["Mon 11:00 opened", merged("Mon 12:00", "Mon 09:00")], [merged("Mon 12:00", "Mon 09:00")]):
        found = read(promised(FOUR), *history, as_of="Mon 12:30")
        assert "merged" in found.explanation.text()


@pytest.mark.parametrize("name", ["callback", "hand_off", "next_reply", "update", "time_in_group"])
def test_a_merge_begins_nothing_that_nobody_began(name: str) -> None:
    """A merge moves a start; it does not start the callback of a fault that nobody repaired."""
    promise = Objective(preset(name), read_target(FOUR))
    found = read(promise, "Mon 09:00 created", merged("Mon 12:00", "Mon 08:00"), as_of="Mon 12:30")
    assert (found.activity, found.due) == ("not_started", None)


# Laws


KINDS = [
    "hold",
    "resumed",
    "closed",
    "reopened",
    "withdrawn",
    "P1",
    "P2",
    "desk",
    "field",
    "merged",
    "promised",
    "taken back",
]
HISTORIES = st.lists(st.tuples(st.integers(-60, 900), st.sampled_from(KINDS)), max_size=8)
NINE = at("Mon 09:00")


def happened(minute: int, kind: str) -> Event:
    """One random thing, so many minutes after nine."""
    moment = NINE + timedelta(minutes=minute)
    match kind:
        case "P1" | "P2":
            return Event("note", at=moment, facts={"priority": kind})
        case "desk" | "field":
            return Event("note", at=moment, group=kind)
        case "merged":
            return Event("merged", at=moment, since=moment - timedelta(minutes=90))
        case "promised":
            return Event("promised", at=moment, due=moment + timedelta(minutes=120))
        case "taken back":
            return Event("promised", at=moment)
        case _:
            return Event(kind, at=moment)


@given(
    HISTORIES,
    st.integers(-120, 1_500),
    st.builds(
        Terms,
        at_due=st.sampled_from(["in_time", "late", "late_if_open"]),
        retarget=st.sampled_from(["keep_elapsed", "from_start", "restart", "proportional", "stay"]),
        reopen=st.sampled_from(["continue", "through", "new_cycle", "stay"]),
        pausing=st.sampled_from(["stops", "hides_due", "adds_wall_time"]),
        attach=st.sampled_from(["from_start", "from_attachment"]),
    ),
)
def test_segments_tile_every_life(history: list[tuple[int, str]], minute: int, terms: Terms) -> None:
    """Whatever is decided, the segments of each cycle lie end to end, and every reading explains itself."""
    rows: dict[str, Target] = {"P1": WorkingTime(hours(2)), "P2": ElapsedTime(hours(8))}
    promise = Objective(RULE, by="priority", rows=rows, terms=terms)
    events = [Event("opened", at=NINE), *(happened(*one) for one in history)]
    found = read(promise, *events, as_of=NINE + timedelta(minutes=minute), facts={"priority": "P2"})
    for one in found.cycles:
        stretches(one)
        assert one.explanation.text()
        assert all(segment.start < segment.end for segment in one.segments)
        end = one.ended if one.ended is not None else one.asked
        if one.segments:
            assert one.segments[-1].end == end
        assert (one.breached is None) is (one.verdict not in ("late_open", "met_late"))
