"""Promises, clocks and cases are drawn as they are asked for; readings come from the library itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from svcstd.sla import (
    Attainment,
    CalendarDays,
    Case,
    ClockRule,
    CountLimit,
    ElapsedTime,
    Event,
    FollowUpRule,
    Objective,
    On,
    Readings,
    Target,
    Terms,
    WorkingDays,
    read_target,
    write_target,
)
from svcstd.testing.strategies.sla import (
    EVENTS,
    attainments,
    cases_of,
    clock_rules,
    events,
    follow_up_rules,
    objectives,
    readings,
    targets,
    terms,
)

FEW = settings(max_examples=20, deadline=None)
UNSHRUNK = settings(phases=[Phase.generate], max_examples=1_000, deadline=None)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


@FEW
@given(any_=targets(), days=targets(WorkingDays, CalendarDays))
def test_targets(any_: Target, days: Target) -> None:
    """A file can hold each; only the classes that are asked for are drawn."""
    assert read_target(write_target(any_)) == any_
    assert isinstance(days, WorkingDays | CalendarDays)


@FEW
@given(terms(pausing="hides_due"))
def test_terms(drawn: Terms) -> None:
    """What is fixed stays."""
    assert drawn.pausing == "hides_due"


@FEW
@given(one=events("opened", NOON), due=events("promised"), merged=events("merged"))
def test_events(one: Event, due: Event, merged: Event) -> None:
    """Kind and moment as told; a due time only where one is set by hand, an older start only where cases merge."""
    assert (one.kind, one.at, one.due, one.since) == ("opened", NOON, None, None)
    assert due.since is None
    assert merged.since is not None
    assert merged.since <= merged.instant


@FEW
@given(cases_of("answered", max_events=2, id="X"), cases_of(begins=None))
def test_cases(case: Case, free: Case) -> None:
    """Of the kinds that are asked for, in the order in which they happened."""
    first, *later = case.events
    assert (case.id, first.kind) == ("X", "opened")
    assert len(later) <= 2
    assert {event.kind for event in later} <= {"answered"}
    assert all(one.instant <= other.instant for one, other in pairwise(free.events))
    assert {event.kind for event in free.events} <= {*EVENTS}


@FEW
@given(plain=clock_rules(pauses=False, sure=True), counting=clock_rules(counts=True))
def test_clock_rules(plain: ClockRule, counting: ClockRule) -> None:
    """Without pauses, sure to start, or counting."""
    assert not plain.can_pause
    assert plain.start == (On("opened"),)
    assert counting.count or counting.count_fact


@pytest.mark.long
@FEW
@given(objectives(ElapsedTime, CountLimit), objectives(sure=True))
def test_objectives(few: Objective, sure: Objective) -> None:
    """Of the targets that are asked for; a sure one promises something whatever is known."""
    assert few.targets or few.status != "in_force"
    assert all(isinstance(target, ElapsedTime | CountLimit) for target in few.targets)
    assert sure.row({}) is not None
    assert sure.status == "in_force"


@pytest.mark.long
@FEW
@given(found=readings(), limits=readings(objectives(CountLimit, sure=True)))
def test_readings(found: Readings, limits: Readings) -> None:
    """They survive JSON; every one says why, in both languages."""
    assert Readings.from_json(json.loads(json.dumps(found.to_json()))) == found
    for one in found.values():
        assert one.explanation.text("en") != one.explanation.text("zh")
    assert all(isinstance(one.target, CountLimit) for one in limits.values())


@pytest.mark.parametrize("wanted", ["open", "late_open"])
def test_readings_differ(wanted: str) -> None:
    """In time and late: each turns up soon."""
    found = find(readings(), lambda told: wanted in [one.verdict for one in told.values()], settings=UNSHRUNK)
    assert wanted in [one.verdict for one in found.worst_first()]


@FEW
@given(attainments(3, decided=True))
def test_attainments(counts: Attainment) -> None:
    """One at least was kept, none more often than asked."""
    assert 1 <= counts.met <= 3
    assert counts.share is not None


@FEW
@given(sure=follow_up_rules(sure=True), data=st.data())
def test_follow_up_rules(sure: FollowUpRule, data: st.DataObject) -> None:
    """Owed after every opening, or on dates and events alike."""
    assert sure.on == (On("opened"),)
    assert sure.when.holds({}) is True
    free = data.draw(follow_up_rules())
    assert bool(free.on) != (free.dates is not None)


def test_an_hour_is_plain() -> None:
    """What a promise shrinks to."""
    assert find(targets(ElapsedTime), lambda _: True) == ElapsedTime(timedelta(hours=1))
