"""What changed: due times that moved, verdicts that turned, promises that came and went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, Eq
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.sla import (
    Case,
    Change,
    ClockRule,
    ElapsedTime,
    Event,
    Objective,
    On,
    Pause,
    Readings,
    changes,
    fold,
    read_life,
)

CLOSE = Objective(
    ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])]),
    by="priority",
    rows={"P1": ElapsedTime(timedelta(hours=2)), "P2": ElapsedTime(timedelta(hours=4))},
    name="Solve it",
)
REPLY = Objective(
    ClockRule([On("asked")], [On("answered")], cycles=True),
    ElapsedTime(timedelta(hours=1)),
    when=AllOf((Eq("channel", "chat"),)),
)


def at(text: str) -> datetime:
    """A time of Monday 9 February 2026, in Shanghai."""
    hour, minute = text.split(":")
    return pendulum.datetime(2026, 2, 9, int(hour), int(minute), tz="Asia/Shanghai")


def event(text: str, **parts: Any) -> Event:
    """An event from ``09:00 opened``; a word after the kind is the priority that became known."""
    clock, kind, *priority = text.split(" ")
    return Event(kind, at=at(clock), facts={"priority": priority[0]} if priority else {}, **parts)


def read(as_of: str, *told: Event | str, known_at: str = "23:59", **facts: Any) -> Readings:
    """All clocks of a case."""
    asked, known = micros(at(as_of)), micros(at(known_at))
    events = [event(one) if isinstance(one, str) else one for one in told]
    case = Case("T1", {"priority": "P2", **facts}, events)
    found = {}
    for key, objective in (("close", CLOSE), ("reply", REPLY)):
        life = fold(objective, case, as_of=asked, known_at=known)
        if life.last_row is not None:
            found[key] = read_life(key, objective, life, {}, zone="Asia/Shanghai", edition="", as_of=asked)
    return Readings("T1", "", "Asia/Shanghai", asked, Keyed(found))


def lines(before: Readings, after: Readings) -> list[str]:
    """The changes in words."""
    return [str(one) for one in changes(before, after)]


def test_nothing_changed() -> None:
    """A reading differs in nothing from itself, nor from one a minute later in which nothing turned."""
    assert changes(read("10:00", "09:00 opened"), read("10:00", "09:00 opened")) == ()
    assert changes(read("10:00", "09:00 opened"), read("10:01", "09:00 opened")) == ()
    assert changes(read("10:00"), read("10:00")) == ()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        # It turned late, by time alone.
        (("13:00", "09:00 opened"), ("13:01", "09:00 opened"), [("verdict", "open", "late_open")]),
        # It began, and so is due.
        (
            ("08:00",),
            ("09:00", "09:00 opened"),
            [("activity", "not_started", "running"), ("due", None, at("13:00"))],
        ),
        # Paused, no due time; resumed, due later.
        (
            ("10:00", "09:00 opened"),
            ("10:00", "09:00 opened", "10:00 hold"),
            [("activity", "running", "paused"), ("due", at("13:00"), None)],
        ),
        (
            ("10:30", "09:00 opened", "10:00 hold"),
            ("11:00", "09:00 opened", "10:00 hold", "11:00 resumed"),
            [("activity", "paused", "running"), ("due", None, at("14:00"))],
        ),
        # Raised to P1: another promise, due earlier, late at once.
        (
            ("12:00", "09:00 opened"),
            ("12:00", "09:00 opened", "12:00 note P1"),
            [("target", "4 hours", "2 hours"), ("due", at("13:00"), at("11:00")), ("verdict", "open", "late_open")],
        ),
        # Closed.
        (
            ("10:00", "09:00 opened"),
            ("11:00", "09:00 opened", "11:00 closed"),
            [("activity", "running", "stopped"), ("verdict", "open", "met")],
        ),
    ],
)
def test_what_changed(before: tuple[str, ...], after: tuple[str, ...], found: list[tuple[Any, ...]]) -> None:
    """Each field of a clock that reads otherwise, with both values."""
    told = changes(read(*before), read(*after))
    assert [(one.kind, one.before, one.after) for one in told] == found
    assert {one.objective for one in told} == {"close"}


def test_in_words() -> None:
    """Each change is a sentence with the name that people know, or the key where there is none."""
    found = lines(read("12:00", "09:00 opened"), read("12:00", "09:00 opened", "12:00 note P1"))
    assert found[0] == "Solve it: 4 hours promised before, 2 hours now"
    assert found[1].startswith("Solve it: due ")
    assert "13:00" in found[1]
    assert "11:00" in found[1]
    assert found[2].startswith("Solve it: ")
    chat = lines(read("10:00", "09:00 asked", channel="chat"), read("10:01", "09:00 asked", channel="chat"))
    assert len(chat) == 1
    assert chat[0].startswith("reply: ")


def test_promised_and_no_longer() -> None:
    """A promise that came or went is one change, not one for each field."""
    phone, chat = read("09:30", "09:00 asked", channel="phone"), read("09:30", "09:00 asked", channel="chat")
    (came,) = changes(phone, chat)
    assert (came.objective, came.kind, came.before, came.after) == ("reply", "promised", None, "1 hour")
    assert str(came) == "reply: promised now"
    (went,) = changes(chat, phone)
    assert (went.objective, went.kind, went.before, went.after) == ("reply", "no_longer_promised", "1 hour", None)
    assert str(went) == "reply: no longer promised"


def test_a_new_cycle() -> None:
    """The customer wrote again: another cycle, another due time."""
    told = ["09:00 asked", "09:30 answered"]
    before, after = read("09:40", *told, channel="chat"), read("10:00", *told, "10:00 asked", channel="chat")
    found = {one.kind: (one.before, one.after) for one in changes(before, after)}
    assert found == {
        "cycle": (1, 2),
        "activity": ("stopped", "running"),
        "due": (at("10:00"), at("11:00")),
        "verdict": ("met", "open"),
    }
    assert "reply: cycle 1 before, cycle 2 now" in lines(before, after)


def test_the_order_of_objectives() -> None:
    """Changes come in declared order, whatever came or went."""
    before = read("10:00", "09:00 opened")
    after = read("13:30", "09:00 opened", channel="chat")
    assert [one.objective for one in changes(before, after)] == ["close", "reply"]


def test_late_events() -> None:
    """An answer recorded late: read twice at one instant, the verdict that it turned is told."""
    late = event("12:00 closed", recorded_at=at("16:00"))
    before = read("18:00", "09:00 opened", late, known_at="15:00")
    (activity, verdict) = changes(before, read("18:00", "09:00 opened", late))
    assert (activity.kind, activity.before, activity.after) == ("activity", "running", "stopped")
    assert (verdict.kind, verdict.before, verdict.after) == ("verdict", "late_open", "met")


def test_a_late_event_of_an_earlier_cycle() -> None:
    """A first answer recorded late turns the verdict of the first cycle: that too is a change to tell."""
    told = ["09:00 asked", "11:00 answered", "12:00 asked"]
    late = event("09:30 answered", recorded_at=at("12:30"))
    before = read("12:40", *told, late, known_at="12:10", channel="chat")
    after = read("12:40", *told, late, channel="chat")
    assert [one.verdict for one in before["reply"].cycles] == ["met_late", "open"]
    assert [one.verdict for one in after["reply"].cycles] == ["met", "open"]
    assert [(one.kind, one.before, one.after) for one in changes(before, after)] == [("verdict", "met_late", "met")]


KINDS = st.sampled_from(["opened", "closed", "hold", "resumed", "asked", "answered", "note P1", "note P2"])
TOLD = st.lists(st.tuples(st.integers(0, 23), KINDS), max_size=6)


@given(TOLD, TOLD, st.sampled_from(["chat", "phone"]), st.sampled_from(["chat", "phone"]))
def test_there_and_back(one: list[tuple[int, str]], other: list[tuple[int, str]], first: str, second: str) -> None:
    """What changed from one to the other changed back the other way, field by field."""
    left = read("20:00", *(f"{hour}:00 {kind}" for hour, kind in one), channel=first)
    right = read("20:00", *(f"{hour}:00 {kind}" for hour, kind in other), channel=second)
    there, back = changes(left, right), changes(right, left)
    opposite = {"promised": "no_longer_promised", "no_longer_promised": "promised"}

    def turned(change: Change) -> tuple[Any, ...]:
        return change.objective, opposite.get(change.kind, change.kind), change.after, change.before

    assert {turned(change) for change in there} == {
        (change.objective, change.kind, change.before, change.after) for change in back
    }
    assert changes(left, left) == ()
