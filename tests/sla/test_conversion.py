"""A strongly dissatisfied customer has complained: the opinion opens a complaint, once, linked, with its own clock."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, Eq, Range
from svcstd.errors import DefinitionError
from svcstd.moment import micros
from svcstd.sla import Case, ClockRule, Conversion, ElapsedTime, Event, Objective, On, convert, fold, read_life

EXTREME = Eq("mood", "extreme")
COMPLAINT = Conversion(
    on=[On("rated", EXTREME)], opens="complained", facts={"kind": "complaint", "channel": "complaint line"}
)


def at(text: str) -> datetime:
    """A time of Monday 9 February 2026, in Shanghai."""
    hour, minute = text.split(":")
    return pendulum.datetime(2026, 2, 9, int(hour), int(minute), tz="Asia/Shanghai")


def rated(text: str, mood: str, **parts: Any) -> Event:
    """An opinion."""
    return Event("rated", at=at(text), details={"mood": mood}, **parts)


def complaints(*cases: Case, rule: Conversion = COMPLAINT, as_of: str = "18:00") -> tuple[Case, ...]:
    """What the rule named ``complain`` opens."""
    return convert("complain", rule, cases, as_of=micros(at(as_of)))


def test_a_complaint() -> None:
    """The complaint knows what the case knew, says otherwise what it is, names where it came from and starts then."""
    opinion = rated("10:30", "extreme", id="R7", facts={"seat": 3})
    old = Case("T1", {"kind": "fault", "phone": "1"}, [Event("opened", at=at("09:00")), opinion])
    (found,) = complaints(old)
    assert found.id == "complain/T1/R7"
    assert found.origin == "T1"
    assert found.facts == {"kind": "complaint", "channel": "complaint line", "phone": "1", "seat": 3}
    (begun,) = found.events
    assert (begun.kind, begun.at, begun.id) == ("complained", at("10:30"), "complain/T1/R7")
    assert "mood" not in found.facts  # details are of that event alone
    assert old.events[1] is opinion  # the opinion stays where it was given


def test_it_has_a_clock_of_its_own() -> None:
    """Two hours from the opinion, whatever the clock of the old case says."""
    promise = Objective(ClockRule([On("complained")], [On("settled")]), ElapsedTime(timedelta(hours=2)))
    (found,) = complaints(Case("T1", {}, [Event("opened", at=at("09:00")), rated("10:30", "extreme")]))
    asked = micros(at("11:00"))
    reading = read_life(
        "settle", promise, fold(promise, found, as_of=asked), {}, zone="Asia/Shanghai", edition="", as_of=asked
    )
    assert (reading.start, reading.due, reading.verdict) == (at("10:30"), at("12:30"), "open")


@pytest.mark.parametrize(
    ("told", "as_of", "opened"),
    [
        ([], "18:00", []),
        (["10:00 satisfied"], "18:00", []),
        (["10:00 dissatisfied"], "18:00", []),  # an opinion, but no complaint
        (["10:00 extreme"], "09:59", []),  # still to come
        (["10:00 extreme"], "10:00", ["10:00"]),
        (["10:00 extreme", "11:00 satisfied"], "18:00", ["10:00"]),  # what was said was said
        (["10:00 satisfied", "11:00 extreme"], "18:00", ["11:00"]),
        (["11:00 extreme", "10:00 extreme"], "18:00", ["10:00", "11:00"]),  # two opinions, in order of time
    ],
)
def test_what_opens(told: list[str], as_of: str, opened: list[str]) -> None:
    """Each strongly dissatisfied opinion opens one complaint, no other does."""
    found = complaints(Case("T1", {}, [rated(one[:5], one[6:]) for one in told]), as_of=as_of)
    assert [one.events[0].at for one in found] == [at(one) for one in opened]
    assert len({one.id for one in found}) == len(opened)


def test_conditions_read_facts_and_details() -> None:
    """The condition sees what the event leaves behind and its own details; unknown is no."""
    worst = AllOf((Eq("tier", "gold"), Range("marks", None, Decimal(2))))
    rule = Conversion(on=[On("rated", worst)], opens="complained", facts={})
    low = Event("rated", at=at("10:00"), details={"marks": 1})
    unknown = Event("rated", at=at("10:00"))
    assert len(complaints(Case("T1", {"tier": "gold"}, [low]), rule=rule)) == 1
    assert complaints(Case("T1", {"tier": "gold"}, [unknown]), rule=rule) == ()
    assert complaints(Case("T1", {}, [low]), rule=rule) == ()
    learned = Event("note", at=at("09:00"), facts={"tier": "gold"})
    (found,) = complaints(Case("T1", {}, [learned, low]), rule=rule)
    assert found.facts == {"tier": "gold"}
    assert complaints(Case("T1", {}, [low, Event("note", at=at("11:00"), facts={"tier": "gold"})]), rule=rule) == ()


def test_several_kinds() -> None:
    """A survey and a call may both tell of it."""
    rule = Conversion(on=[On("rated", EXTREME), On("ranted")], opens="complained", facts={}, name="complaints")
    told = Case("T1", {}, [Event("ranted", at=at("09:00")), rated("10:00", "extreme"), Event("note", at=at("11:00"))])
    assert len(complaints(told, rule=rule)) == 2


def test_told_twice() -> None:
    """An opinion told twice by its id is one, as first recorded; another run opens the same complaint."""
    first = rated("10:00", "extreme", id="R1", recorded_at=at("10:05"))
    again = rated("10:20", "extreme", id="R1", recorded_at=at("10:25"))
    once = complaints(Case("T1", {}, [first]))
    assert complaints(Case("T1", {}, [again, first])) == once
    assert complaints(Case("T1", {}, [first]), Case("T1", {}, [first])) == once
    assert once[0].events[0].recorded_at == at("10:05")


def test_two_opinions_of_one_second() -> None:
    """Two opinions without ids in one second are two: equal content makes no duplicate."""
    told = Case("T1", {}, [rated("10:00", "extreme"), rated("10:00", "extreme")])
    assert len({one.id for one in complaints(told)}) == 2


def test_a_complaint_opens_no_complaint() -> None:
    """Converting what was converted opens nothing new."""
    told = Case("T1", {}, [rated("10:00", "extreme")])
    found = complaints(told)
    assert complaints(told, *found) == found
    assert complaints(*found) == ()


def test_no_event() -> None:
    """A rule that hears nothing is refused."""
    with pytest.raises(DefinitionError) as caught:
        Conversion(on=(), opens="complained", facts={})
    assert (caught.value.where, caught.value.message) == ("on", "shape.empty")


def test_a_value() -> None:
    """A rule is a value."""
    again = pickle.loads(pickle.dumps(COMPLAINT))  # noqa: S301 - our own bytes
    assert again == COMPLAINT
    assert hash(again) == hash(COMPLAINT)


OPINIONS = st.lists(st.tuples(st.integers(0, 23), st.sampled_from(["extreme", "satisfied"])), max_size=6)


@given(st.lists(OPINIONS, max_size=3), st.integers(0, 23), st.integers(0, 23))
def test_once_and_for_all(opinions: list[list[tuple[int, str]]], one: int, other: int) -> None:
    """A second run opens nothing twice, a later run only adds, and every complaint names its origin."""
    told = [
        Case(f"T{number}", {}, [rated(f"{hour}:00", mood, id=f"R{n}") for n, (hour, mood) in enumerate(each)])
        for number, each in enumerate(opinions)
    ]
    first, then = sorted((one, other))
    before, after = complaints(*told, as_of=f"{first}:00"), complaints(*told, as_of=f"{then}:00")
    assert complaints(*told, *told, as_of=f"{then}:00") == after
    assert set(before) <= set(after)
    extreme = sum(mood == "extreme" and hour <= then for each in opinions for hour, mood in each)
    assert len(after) == extreme
    assert {found.origin for found in after} <= {each.id for each in told}
    assert set(complaints(*told[::-1], as_of=f"{then}:00")) == set(after)
