"""The fold, and the whole clock against a slow oracle that counts seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar
from svcstd.conditions import AllOf, Eq
from svcstd.moment import SECOND, micros
from svcstd.sla import (
    Case,
    ClockRule,
    ElapsedTime,
    Event,
    Life,
    Objective,
    On,
    Pause,
    Promise,
    Row,
    Stretch,
    WorkingTime,
    fold,
    read_life,
)

ZERO = datetime(2026, 1, 5, tzinfo=UTC)
"""Monday midnight; times are seconds from here."""
OPEN = [(5, 12), (20, 31), (31, 33), (60, 75), (100, 101), (140, 180), (250, 400)]
"""The seconds at which the desk is open."""
DESK = BusinessCalendar(
    zone="UTC",
    hours="Mon " + " ".join(f"00:{a // 60:02}:{a % 60:02}-00:{b // 60:02}:{b % 60:02}" for a, b in OPEN),
)
RULE = ClockRule(
    [On("start")],
    [On("stop")],
    [Pause([On("hold")], [On("go")]), Pause([On("wait")], [On("went")])],
)
ORDER = ["start", "stop", "hold", "wait", "go", "went"]
"""How events of one second count."""
PROMISE = Objective(RULE, WorkingTime(timedelta(hours=1)))
ROW = Row("", WorkingTime(timedelta(hours=1)))


def us(second: int) -> int:
    """A second of the desk's morning as UTC microseconds."""
    return micros(ZERO) + second * SECOND


def happened(kind: str, second: int, **parts: Any) -> Event:
    """An event at a second."""
    return Event(kind, at=ZERO + timedelta(seconds=second), **parts)


def life(promise: Objective, *events: Event, as_of: int, facts: dict[str, Any] | None = None) -> Life:
    """The fold of some events."""
    return fold(promise, Case("T1", facts or {}, events), as_of=us(as_of))


def test_a_life() -> None:
    """Stretches lie end to end, each with the event that began it."""
    found = life(
        PROMISE,
        happened("start", 10),
        happened("hold", 20),
        happened("hand", 25, group="desk", actor="Li"),
        happened("go", 30),
        happened("stop", 50),
        as_of=100,
    )
    assert found == Life(
        activity="stopped",
        start=us(10),
        end=us(50),
        row=ROW,
        stretches=(
            Stretch(us(10), us(20), "running", ROW, None, None, "start"),
            Stretch(us(20), us(25), "paused", ROW, None, None, "hold"),
            Stretch(us(25), us(30), "paused", ROW, "desk", "Li", "hand"),
            Stretch(us(30), us(50), "running", ROW, "desk", "Li", "go"),
        ),
        promises=(Promise(us(10), ROW, us(10), "start"),),
        group="desk",
        agent="Li",
    )


def test_before_the_start() -> None:
    """Nothing ran yet, but the promise is known."""
    assert life(PROMISE, happened("start", 10), as_of=9) == Life(activity="not_started", row=ROW)


def test_hands_before_the_start() -> None:
    """Who held the case when the clock began, holds it in the first stretch."""
    found = life(PROMISE, happened("hand", 5, group="desk", actor="Li"), happened("start", 10), as_of=20)
    assert found.stretches == (Stretch(us(10), us(20), "running", ROW, "desk", "Li", "start"),)


def rows(found: Life) -> list[tuple[int, Row | None]]:
    """Which rows were in force, from when."""
    return [(promise.at, promise.row) for promise in found.promises]


A, B = ElapsedTime(timedelta(seconds=10)), ElapsedTime(timedelta(seconds=20))
TABLE = Objective(RULE, by="p", rows={"a": A, "b": B}, when=AllOf((Eq("kind", "fault"),)))
ROW_A, ROW_B = Row("a", A), Row("b", B)


@pytest.mark.parametrize(
    ("notes", "promises"),
    [
        ([], [(10, ROW_A)]),
        ([(5, {"p": "b"})], [(10, ROW_B)]),  # before the start: the first promise
        ([(10, {"p": "b"})], [(10, ROW_B)]),  # at the start too
        ([(20, {"p": "b"})], [(10, ROW_A), (20, ROW_B)]),
        ([(20, {"p": "b"}), (20, {"p": "a"})], [(10, ROW_A)]),  # there and back at one instant
        ([(20, {"p": None})], [(10, ROW_A), (20, None)]),
        ([(20, {"kind": "question"}), (30, {"kind": "fault"})], [(10, ROW_A), (20, None), (30, ROW_A)]),
        ([(20, {"kind": "question"}), (20, {"kind": "fault"})], [(10, ROW_A)]),
        ([(20, {"p": "b"}), (20, {"kind": "question"})], [(10, ROW_A), (20, None)]),
        ([(20, {"other": 1})], [(10, ROW_A)]),
    ],
)
def test_promises(notes: list[tuple[int, dict[str, Any]]], promises: list[tuple[int, Row | None]]) -> None:
    """Of several promises at one instant the last was made; the same promise again is no change."""
    events = [happened("start", 10), *(happened("note", second, facts=facts) for second, facts in notes)]
    found = life(TABLE, *events, as_of=40, facts={"p": "a", "kind": "fault"})
    assert rows(found) == [(us(second), row) for second, row in promises]
    assert found.row == promises[-1][1]


class Answer(NamedTuple):
    """What the oracle says."""

    elapsed: int
    due: int | None
    verdict: str
    activity: str


def oracle(history: list[tuple[int, str]], budget: int, as_of: int) -> Answer:
    """Count second by second, as one would with a stop watch and a list of what happened."""
    started, ended, due, used, elapsed = False, None, None, 0, 0
    keys: set[str] = set()
    for second in range(3_000):
        if second <= as_of:
            for kind in sorted((kind for when, kind in history if when == second), key=ORDER.index):
                if ended is None:
                    started = started or kind == "start"
                    ended = second if kind == "stop" and started else None
                    keys |= {kind} & {"hold", "wait"}
                    keys -= {{"go": "hold", "went": "wait"}.get(kind, "")}
        live = ended is None and second < as_of
        runs = started and (ended is not None or not keys)  # after a stop: as if it had gone on
        if runs and any(a <= second < b for a, b in OPEN):
            elapsed += live
            used += 1
            if used == budget and due is None:
                due = second + 1
    judged = as_of if ended is None else ended
    late = due is not None and judged > due
    activity = "stopped" if ended is not None else "not_started" if not started else "paused" if keys else "running"
    verdict = ("met_late" if late else "met") if ended is not None else "late_open" if late else "open"
    return Answer(elapsed, due, verdict, activity)


HISTORIES = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(ORDER)), max_size=9)


@given(HISTORIES, st.integers(1, 120), st.integers(0, 260))
@example([(0, "start"), (12, "hold"), (20, "go")], 7, 12)  # the budget ends as the pause begins
@example([(0, "start"), (10, "hold")], 60, 10)  # asked as the pause begins
@example([(0, "start"), (0, "hold"), (0, "go")], 7, 0)
@example([(5, "hold"), (5, "start"), (30, "stop")], 7, 40)  # stopped while paused from the beginning
@example([(20, "start"), (20, "stop")], 7, 30)
def test_against_the_oracle(history: list[tuple[int, str]], budget: int, as_of: int) -> None:
    """Due, elapsed and verdict are what a stop watch would say, for any history of two kinds of pauses."""
    promise = Objective(RULE, WorkingTime(timedelta(seconds=budget)))
    case = Case("T1", {}, tuple(happened(kind, second) for second, kind in history))
    folded = fold(promise, case, as_of=us(as_of), choose="desk")
    found = read_life("x", promise, folded, {"desk": DESK}, zone="UTC", edition="", as_of=us(as_of))
    said = oracle(history, budget, as_of)
    assert found.elapsed == timedelta(seconds=said.elapsed)
    assert found.due_at == (None if said.due is None else us(said.due))
    assert (found.activity, found.verdict) == (said.activity, said.verdict)
    assert found.remaining == timedelta(seconds=max(budget - said.elapsed, 0))


def test_an_answer_that_recategorises_is_an_answer_first() -> None:
    """One event that both stops the clock and changes the facts stops it under the promise it ran under."""
    answer = happened("stop", 15, facts={"kind": "question"})
    found = life(TABLE, happened("start", 10), answer, as_of=40, facts={"p": "a", "kind": "fault"})
    assert (found.activity, found.row, rows(found)) == ("stopped", ROW_A, [(us(10), ROW_A)])
