"""What if: an answer at an instant, events that may come, events that came late, the last instant at which to act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.errors import DefinitionError, FactError, MomentError, UnknownName

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "office"
[facts]
kind = { one_of = ["fault", "question"] }
[events]
created = ""
replied = ""
asked = ""
resolved = ""
reopened = ""
held = ""
freed = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
[objectives.reply]
order = 1
target = "2 hours"
clock = { start = "created", stop = "replied" }
[objectives.next]
order = 2
target = "1 hour"
clock = { start = "asked", stop = "replied", cycles = true }
[objectives.solve]
order = 3
target = "4 working hours"
clock = { start = "created", stop = "resolved", pause = "held", resume = "freed", reopen = "reopened" }
[objectives.strict]
order = 4
target = "6 hours"
clock = { start = "created", stop = "resolved" }
options.at_due = "late"
[objectives.faults]
order = 5
when = { kind = "fault" }
target = "30 minutes"
clock = { start = "created", stop = "resolved" }
[changes.2026-02-01]
objectives.later = { order = 6, target = "1 hour", clock = { start = "created", stop = "resolved" } }
"""
TICK = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A desk with five promises."""
    return loads(TEXT)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of January 2026, UTC; the fifth is a Monday."""
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def case(*more: tuple[str, datetime], **facts: str) -> Case:
    """A case created on Monday at 10:00."""
    known: Any = facts
    return Case("7", known, [Event(kind, at=when) for kind, when in (("created", at(5, 10)), *more)])


def test_every_open_clock_is_answered(desk: ServiceStandard) -> None:
    """At 13:00 the reply is an hour late, the others are in time; the clock that never began is not answered."""
    readings = desk.if_answered(case(), at=at(5, 13))
    assert {key: (one.activity, one.verdict) for key, one in readings.items()} == {
        "reply": ("stopped", "met_late"),
        "next": ("not_started", "open"),
        "solve": ("stopped", "met"),
        "strict": ("stopped", "met"),
    }
    assert {one.stop for key, one in readings.items() if key != "next"} == {at(5, 13)}
    assert (readings["solve"].elapsed, readings.as_of) == (timedelta(hours=3), at(5, 13))
    assert list(readings.unpromised) == ["faults"]


def test_one_clock_is_answered(desk: ServiceStandard) -> None:
    """The others are read as they will stand."""
    readings = desk.if_answered(case(), at=at(5, 13), objective="solve")
    assert {key: one.verdict for key, one in readings.items()} == {
        "reply": "late_open",
        "next": "open",
        "solve": "met",
        "strict": "open",
    }
    assert readings["strict"] == desk.clocks(case(), as_of=at(5, 13))["strict"]


def test_a_promise_of_another_edition_may_be_named(desk: ServiceStandard) -> None:
    """It is a promise of the standard, though not of this case: nothing is answered."""
    assert desk.if_answered(case(), at=at(5, 13), objective="later") == desk.clocks(case(), as_of=at(5, 13))


@pytest.mark.parametrize(("name", "near"), [("slove", "solve"), ("", None), ("ALL", None)])
def test_an_unknown_promise_is_refused(desk: ServiceStandard, name: str, near: str | None) -> None:
    """With the nearest; an empty name is no way to say all."""
    with pytest.raises(UnknownName) as caught:
        desk.if_answered(case(), at=at(5, 13), objective=name)
    assert (caught.value.where, caught.value.message) == ("objective", "objective.unknown")
    assert near is None or near in str(caught.value)


@pytest.mark.parametrize(
    ("key", "when", "verdict"),
    [
        ("reply", at(5, 12), "met"),  # exactly at the due time
        ("reply", at(5, 12) + TICK, "met_late"),
        ("solve", at(5, 14), "met"),
        ("solve", at(5, 14) + TICK, "met_late"),
        ("strict", at(5, 16) - TICK, "met"),
        ("strict", at(5, 16), "met_late"),  # late at the due time itself
    ],
)
def test_to_the_microsecond(desk: ServiceStandard, key: str, when: datetime, verdict: str) -> None:
    """The border lies where the terms say."""
    assert desk.if_answered(case(), at=when)[key].verdict == verdict


def test_what_came_after_the_answer_is_not_there(desk: ServiceStandard) -> None:
    """A pause at 12:00 does not stop what is answered at 11:00; one at 10:30 does, and the answer ends it."""
    assert desk.if_answered(case(("held", at(5, 12))), at=at(5, 11))["solve"].elapsed == timedelta(hours=1)
    paused = desk.if_answered(case(("held", at(5, 10, 30))), at=at(6, 12))["solve"]
    assert (paused.activity, paused.verdict, paused.elapsed) == ("stopped", "met", timedelta(minutes=30))


def test_what_is_decided_stays_so(desk: ServiceStandard) -> None:
    """A clock that was stopped is not answered again; one reopened is."""
    solved = case(("resolved", at(5, 11)))
    assert desk.if_answered(solved, at=at(5, 13))["solve"].stop == at(5, 11)
    again = desk.if_answered(case(("resolved", at(5, 11)), ("reopened", at(5, 12))), at=at(5, 13))["solve"]
    assert (again.stop, again.elapsed, again.verdict) == (at(5, 13), timedelta(hours=2), "met")


def test_before_the_case_there_is_nothing_to_answer(desk: ServiceStandard) -> None:
    """Nothing has begun."""
    assert {one.activity for one in desk.if_answered(case(), at=at(5, 9)).values()} == {"not_started"}


def test_an_answer_ends_the_cycle_that_runs(desk: ServiceStandard) -> None:
    """The second question is answered; the first was."""
    asked = case(("asked", at(5, 10)), ("replied", at(5, 12)), ("asked", at(5, 13)))
    reading = desk.if_answered(asked, at=at(5, 13, 30))["next"]
    assert [(one.cycle, one.verdict) for one in reading.cycles] == [(1, "met_late"), (2, "met")]


def test_an_answer_by_what_was_known(desk: ServiceStandard) -> None:
    """An event that was recorded later hides from what was known before."""
    late = case().with_event(Event("resolved", at=at(5, 11), recorded_at=at(6, 11)))
    assert desk.if_answered(late, at=at(5, 13), known_at=at(5, 20))["solve"].stop == at(5, 13)
    assert desk.if_answered(late, at=at(5, 13))["solve"].stop == at(5, 11)


def test_an_answer_changes_no_case(desk: ServiceStandard) -> None:
    """Supposing is reading: the same question gives the same answer before and after."""
    before = desk.clocks(case(), as_of=at(5, 13))
    desk.if_answered(case(), at=at(5, 13))
    desk.if_happened(case(), Event("resolved", at=at(5, 12)), as_of=at(5, 13))
    assert desk.clocks(case(), as_of=at(5, 13)) == before


def test_naive_moments_are_refused(desk: ServiceStandard) -> None:
    """As everywhere."""
    naive = datetime(2026, 1, 5)  # noqa: DTZ001 - what is refused
    with pytest.raises(MomentError):
        desk.if_answered(case(), at=naive)
    with pytest.raises(MomentError):
        desk.if_happened(case(), as_of=naive)
    with pytest.raises(MomentError):
        desk.late_events(case(), as_of=at(5), known_at=naive)
    with pytest.raises(DefinitionError):
        desk.if_answered(case(), at=at(5), assume="luck")  # type: ignore[arg-type]


def test_events_that_may_come(desk: ServiceStandard) -> None:
    """On hold from 11:00 to 15:00: one hour is gone, two more until closing, the last on Tuesday at 10:00."""
    held = [Event("held", at=at(5, 11)), Event("freed", at=at(5, 15))]
    reading = desk.if_happened(case(), *held, as_of=at(5, 16))["solve"]
    assert (reading.due, reading.elapsed) == (at(6, 10), timedelta(hours=2))
    assert desk.if_happened(case(), as_of=at(5, 16)) == desk.clocks(case(), as_of=at(5, 16))
    fault = desk.if_happened(case(), Event("asked", at=at(5, 10, 10), facts={"kind": "fault"}), as_of=at(5, 10, 20))
    assert fault["faults"].due == at(5, 10, 30)


def test_events_that_cannot_come_are_refused(desk: ServiceStandard) -> None:
    """A closed vocabulary, here too."""
    with pytest.raises(UnknownName):
        desk.if_happened(case(), Event("exploded", at=at(5, 11)), as_of=at(5, 12))
    with pytest.raises(FactError):
        desk.if_happened(case(), Event("asked", at=at(5, 11), facts={"kind": "falt"}), as_of=at(5, 12))
    not_one: Any = "resolved"
    with pytest.raises(DefinitionError):
        desk.if_happened(case(), not_one, as_of=at(5, 12))


def test_what_late_events_changed(desk: ServiceStandard) -> None:
    """Resolved at 13:00, but recorded on Tuesday: until then the promise seemed broken."""
    late = case().with_event(Event("resolved", at=at(5, 13), recorded_at=at(6, 9)))
    found = desk.late_events(late, as_of=at(5, 20), known_at=at(5, 20))
    solve = {one.kind: (one.before, one.after) for one in found if one.objective == "solve"}
    assert solve == {"activity": ("running", "stopped"), "verdict": ("late_open", "met")}
    assert {one.objective for one in found} == {"solve", "strict"}
    assert desk.late_events(late, as_of=at(5, 20), known_at=at(6, 9)) == ()


def test_late_facts_change_what_is_promised(desk: ServiceStandard) -> None:
    """That it was a fault was recorded late: a promise that nobody knew of, and was broken."""
    late = case().with_event(Event("asked", at=at(5, 10), facts={"kind": "fault"}, recorded_at=at(6, 9)))
    found = desk.late_events(late, as_of=at(5, 12), known_at=at(5, 12))
    assert [one.kind for one in found if one.objective == "faults"] == ["promised"]
    assert all(str(one) for one in found)


def test_late_pauses_move_the_due(desk: ServiceStandard) -> None:
    """A pause from 11:00 to 12:00, recorded at 12:30, gives an hour more."""
    late = case().with_event(
        Event("held", at=at(5, 11), recorded_at=at(5, 12, 30)), Event("freed", at=at(5, 12), recorded_at=at(5, 12, 30))
    )
    (change,) = desk.late_events(late, as_of=at(5, 13), known_at=at(5, 12))
    assert (change.objective, change.kind, change.before, change.after) == ("solve", "due", at(5, 14), at(5, 15))


def test_the_last_instant_at_which_to_act(desk: ServiceStandard) -> None:
    """The due time, a tick before it where that is late; none while paused, before the start, or once decided."""
    readings = desk.clocks(case(), as_of=at(5, 11))
    found = {key: one.act_by for key, one in readings.items()}
    assert found == {"reply": at(5, 12), "next": None, "solve": at(5, 14), "strict": at(5, 16) - TICK}
    assert readings.act_by == at(5, 12)
    later = desk.clocks(case(("replied", at(5, 11)), ("held", at(5, 12))), as_of=at(5, 13))
    assert (later["reply"].act_by, later["solve"].act_by, later.act_by) == (None, None, at(5, 16) - TICK)
    assert desk.clocks(case(("resolved", at(5, 11)), ("replied", at(5, 11))), as_of=at(5, 12)).act_by is None
    assert desk.clocks(case(), as_of=at(9))["solve"].act_by is None  # too late


@given(
    start=st.integers(0, 7 * 24 * 60),
    pauses=st.lists(st.integers(0, 3 * 24 * 60), max_size=4, unique=True).map(sorted),
    asked=st.integers(0, 3 * 24 * 60),
)
def test_acting_by_then_keeps_the_promise_and_a_tick_later_breaks_it(
    desk: ServiceStandard, start: int, pauses: list[int], asked: int
) -> None:
    """Whenever a case began, and however it was paused."""
    begun = at(5) + timedelta(minutes=start)
    events = [Event("created", at=begun)]
    events += [
        Event("freed" if number % 2 else "held", at=begun + timedelta(minutes=minute))
        for number, minute in enumerate(pauses)
        if minute <= asked
    ]
    one = Case("7", {}, events)
    readings = desk.clocks(one, as_of=begun + timedelta(minutes=asked))
    for key, reading in readings.items():
        if reading.act_by is None:
            assert reading.verdict != "open" or reading.activity != "running"
            continue
        assert desk.if_answered(one, at=reading.act_by)[key].verdict == "met"
        assert desk.if_answered(one, at=reading.act_by + TICK)[key].verdict == "met_late"
        assert desk.if_answered(one, at=reading.act_by, objective=key)[key].verdict == "met"


@given(hours=st.integers(0, 100), back=st.integers(0, 100))
def test_an_earlier_answer_never_breaks_a_promise(desk: ServiceStandard, hours: int, back: int) -> None:
    """What is met at an instant is met at every instant before it."""
    then = at(5, 10) + timedelta(hours=hours)
    earlier = max(then - timedelta(hours=back), at(5, 10))
    late, soon = desk.if_answered(case(), at=then), desk.if_answered(case(), at=earlier)
    for key in ("reply", "solve", "strict"):
        assert late[key].verdict == "met_late" or soon[key].verdict == "met"
