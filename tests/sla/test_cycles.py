"""Clocks that run again and again: replies, updates, hand-offs; each cycle is read, counted and explained."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.sla.week import at, due, hours, read, told

from svcstd.moment import micros
from svcstd.sla import (
    PRESETS,
    Attainment,
    ClockRule,
    Event,
    Objective,
    On,
    Pause,
    instant_of,
    preset,
    read_target,
)

TWO = "2 working hours"


def measure(name: str, target: str = TWO, **signals: Any) -> Objective:
    """A promise by a preset, under the terms it comes with."""
    return Objective(preset(name, **signals), read_target(target), terms=PRESETS[name].terms)


def asked(*moments: str) -> list[Event]:
    """Messages of the customer."""
    return [told(f"{one} customer_message") for one in moments]


def replied(*moments: str) -> list[Event]:
    """Replies of an agent."""
    return [told(f"{one} agent_reply") for one in moments]


def test_the_oldest_unanswered_message() -> None:
    """Three messages before the reply are one wait, from the first of them."""
    history = asked("Mon 09:00", "Mon 09:30", "Mon 10:30")
    found = read(measure("next_reply"), *history, as_of="Mon 10:45")
    assert (found.start, due(found), found.cycle) == (at("Mon 09:00"), at("Mon 11:00"), 1)
    again = read(
        measure("next_reply"), *history, *replied("Mon 10:50"), *asked("Mon 13:00", "Mon 14:00"), as_of="Mon 14:30"
    )
    assert (again.start, due(again), again.cycle) == (at("Mon 13:00"), at("Mon 15:00"), 2)
    assert [(one.cycle, one.verdict, one.stop) for one in again.earlier] == [(1, "met", at("Mon 10:50"))]


def test_a_second_reply_answers_nothing() -> None:
    """Who replies twice has answered once; a reply before any message begins nothing."""
    found = read(
        measure("next_reply"),
        *replied("Mon 08:00"),
        *asked("Mon 09:00"),
        *replied("Mon 10:00", "Mon 16:00"),
        as_of="Tue 09:00",
    )
    assert (found.activity, found.verdict, found.stop, found.cycle) == ("stopped", "met", at("Mon 10:00"), 1)


def test_asked_and_answered_in_one_second() -> None:
    """At one instant the answer is to what was asked before, and the question begins anew."""
    history = [*asked("Mon 09:00"), *replied("Mon 10:00"), *asked("Mon 10:00")]
    for given_ in (history, history[::-1]):
        found = read(measure("next_reply"), *given_, as_of="Mon 10:30")
        assert [one.verdict for one in found.cycles] == ["met", "open"]
        assert due(found) == at("Mon 12:00")


def test_each_cycle_has_its_verdict() -> None:
    """Late, then met, then waiting: three cycles, one of them a breach."""
    history = [
        *asked("Mon 09:00"), *replied("Mon 12:00"), *asked("Mon 13:00"), *replied("Mon 14:00"), *asked("Mon 16:00")
    ]  # fmt: skip
    found = read(measure("next_reply"), *history, as_of="Mon 16:30")
    assert [(one.cycle, one.verdict) for one in found.cycles] == [(1, "met_late"), (2, "met"), (3, "open")]
    assert [due(one) for one in found.cycles] == [at("Mon 11:00"), at("Mon 15:00"), at("Tue 10:00")]
    assert [one.elapsed for one in found.cycles] == [hours(3), hours(1), hours(0.5)]
    assert found.earlier[0].breached_at == at("Mon 11:00")
    assert all(one.earlier == () for one in found.earlier)
    assert Attainment.of(found.cycles) == Attainment(met=1, met_late=1, not_yet_due=1)
    assert Attainment.of([found]) == Attainment(not_yet_due=1)
    assert [instant_of(one, "decided") for one in found.cycles] == [
        micros(at("Mon 12:00")),
        micros(at("Mon 14:00")),
        None,
    ]


def test_resolved_without_reply() -> None:
    """A resolved case waits for no reply; a later message does."""
    history = [*asked("Mon 09:00"), told("Mon 10:00 resolved"), *asked("Mon 13:00")]
    found = read(measure("next_reply"), *history, as_of="Mon 13:30")
    assert [(one.activity, one.verdict) for one in found.cycles] == [("cancelled", "excluded"), ("running", "open")]


def test_updates() -> None:
    """Each public reply ends the wait for an update and begins the next."""
    history = replied("Mon 09:00", "Mon 10:30", "Mon 14:00")
    found = read(measure("update"), *history, as_of="Mon 14:30")
    assert [(one.start, one.verdict) for one in found.cycles] == [
        (at("Mon 09:00"), "met"),
        (at("Mon 10:30"), "met_late"),  # due 12:30
        (at("Mon 14:00"), "open"),
    ]
    done = read(measure("update"), *history, told("Mon 15:00 resolved"), as_of="Tue 15:00")
    assert (done.cycle, done.activity, done.verdict) == (3, "cancelled", "excluded")


def test_pausable_updates() -> None:
    """While the case waits for the customer no update is owed; his message ends that."""
    history = [*replied("Mon 09:00"), told("Mon 09:00 waiting_for_customer"), *asked("Mon 12:00")]
    waiting = read(measure("pausable_update"), *history, as_of="Mon 11:00")
    assert (waiting.activity, due(waiting)) == ("paused", None)
    asked_ = read(measure("pausable_update"), *history, as_of="Mon 12:00")
    assert (asked_.activity, due(asked_)) == ("running", at("Mon 14:00"))
    assert read(measure("update"), *history, as_of="Mon 11:30").verdict == "late_open"


def test_time_in_group() -> None:
    """Each team has its own clock, from the hand-over; what the first used burdens nobody else."""
    history = [
        told("Mon 09:00 assigned", group="desk", actor="Li"),
        told("Mon 12:00 assigned", group="field"),
        told("Mon 13:00 assigned", group="desk", actor="Wu"),
        told("Mon 14:00 resolved"),
    ]
    found = read(measure("time_in_group"), *history, as_of="Mon 16:00")
    assert [(one.segments[0].group, one.verdict, one.elapsed) for one in found.cycles] == [
        ("desk", "met_late", hours(3)),
        ("field", "met", hours(1)),
        ("desk", "met", hours(1)),
    ]
    assert all(len(one.segments) == 1 for one in found.cycles)


def test_hand_off() -> None:
    """From the hand-over to a team until it takes the case; each time anew."""
    history = ["Mon 09:00 handed_off", "Mon 10:00 accepted", "Mon 13:00 handed_off"]
    found = read(measure("hand_off"), *history, as_of="Mon 16:00")
    assert [(one.verdict, due(one)) for one in found.cycles] == [
        ("met", at("Mon 11:00")),
        ("late_open", at("Mon 15:00")),
    ]


def test_pauses_go_on_into_the_next_cycle() -> None:
    """A pause that nobody ended, stands when the next cycle begins."""
    rule = ClockRule([On("asked")], [On("answered")], [Pause([On("hold")], [On("resumed")])], cycles=True)
    history = [
        "Mon 09:00 asked",
        "Mon 09:30 hold",
        "Mon 10:00 resumed",
        "Mon 10:30 answered",
        "Mon 11:00 hold",
        "Mon 12:00 asked",
    ]
    found = read(Objective(rule, read_target(TWO)), *history, as_of="Mon 13:00")
    assert [(one.activity, one.elapsed) for one in found.cycles] == [("stopped", hours(1)), ("paused", hours(0))]


def test_a_waiver_of_one_cycle() -> None:
    """Each cycle is waived by itself: while it runs, or after its end and before the next."""
    rule = ClockRule([On("asked")], [On("answered")], cycles=True, waive=(On("waived"),))
    history = [
        "Mon 09:00 asked",
        "Mon 12:00 answered",
        "Mon 12:30 waived",
        "Mon 13:00 asked",
        "Mon 16:00 answered",
        "Tue 09:00 asked",
    ]
    found = read(Objective(rule, read_target(TWO)), *history, as_of="Tue 10:00")
    assert [one.verdict for one in found.cycles] == ["waived", "met_late", "open"]


def test_by_hand_is_of_one_cycle() -> None:
    """A due time by hand is for the cycle it was set in."""
    rule = ClockRule([On("asked")], [On("answered")], cycles=True, promise=(On("promised"),))
    set_ = told("Mon 10:00 promised", due=at("Mon 16:00"))
    history: list[str | Event] = ["Mon 09:00 asked", set_, "Mon 15:00 answered", "Tue 09:00 asked"]
    found = read(Objective(rule, read_target(TWO)), *history, as_of="Tue 10:00")
    assert [(one.row, one.verdict, due(one)) for one in found.cycles] == [
        ("by hand", "met", at("Mon 16:00")),
        ("", "open", at("Tue 11:00")),
    ]


def test_another_row_for_each_cycle() -> None:
    """A cycle takes the row of its own time, also if it was changed while nothing ran."""
    rule = ClockRule([On("asked")], [On("answered")], cycles=True)
    promise = Objective(
        rule, by="priority", rows={"P1": read_target("1 working hour"), "P2": read_target("4 working hours")}
    )
    history = ["Mon 09:00 asked P2", "Mon 10:00 answered", "Mon 11:00 note P1", "Mon 12:00 asked"]
    found = read(promise, *history, as_of="Mon 12:30")
    assert [(one.row, due(one)) for one in found.cycles] == [("P2", at("Mon 13:00")), ("P1", at("Mon 13:00"))]


def test_a_cycle_is_told() -> None:
    """The explanation says which cycle it is, from the second on."""
    history = [*asked("Mon 09:00"), *replied("Mon 10:00"), *asked("Mon 13:00")]
    found = read(measure("next_reply"), *history, as_of="Mon 13:30")
    assert "cycle 2 of this clock" in found.explanation.text()
    assert "cycle" not in found.earlier[0].explanation.text()


MINUTES = st.lists(
    st.tuples(st.integers(0, 900), st.sampled_from(["customer_message", "agent_reply", "resolved"])), max_size=8
)


@given(MINUTES)
def test_cycles_do_not_overlap(history: list[tuple[int, str]]) -> None:
    """One cycle ends before the next begins, every one but the last is decided, and they are numbered."""
    nine = at("Mon 09:00")
    events = [Event(kind, at=nine + timedelta(minutes=minute)) for minute, kind in history]
    for name in ("next_reply", "update"):
        found = read(measure(name), *events, as_of="Tue 12:00")
        cycles = found.cycles
        assert [one.cycle for one in cycles] == list(range(1, len(cycles) + 1))
        for one, later in pairwise(cycles):
            assert one.ended is not None
            assert later.started is not None
            assert one.ended <= later.started
            assert one.verdict in ("met", "met_late", "excluded", "late_open")
