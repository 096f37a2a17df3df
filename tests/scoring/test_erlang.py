"""Staffing: Erlang's formula as published, the fewest who are enough, and what absence adds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from math import factorial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, DurationError
from svcstd.scoring import Queue, agents_needed, offered_load, queue_of, rostered

THREE, SOON = timedelta(minutes=3), timedelta(seconds=20)


def test_a_hundred_calls_in_half_an_hour() -> None:
    """Ten erlangs; the worked example of call-centre handbooks: 14 agents answer 88.8 % within 20 seconds."""
    load = offered_load(100, THREE, per=timedelta(minutes=30))
    assert load == 10
    found = agents_needed(load, handle_time=THREE, within=SOON, goal=Decimal("0.8"))
    assert (found.agents, round(found.in_time, 3), round(found.waits, 3)) == (14, Decimal("0.888"), Decimal("0.174"))
    assert (found.mean_wait is not None and round(found.mean_wait, 1), found.occupancy) == (
        Decimal("7.8"),
        Fraction(5, 7),
    )


@given(st.integers(1, 30), st.fractions(0, 29, max_denominator=8))
def test_by_the_formula_itself(agents: int, load: Fraction) -> None:
    """The probability of waiting as Erlang wrote it, with factorials."""
    found = queue_of(load, agents, handle_time=THREE, within=SOON, digits=12)
    if load >= agents:
        assert found == Queue(agents, Decimal(1), Decimal(0), None, Fraction(1))
        return
    top = load**agents / factorial(agents) * agents / (agents - load)
    waits = top / (sum((load**k / Fraction(factorial(k)) for k in range(agents)), Fraction(0)) + top)
    assert abs(Fraction(found.waits) - waits) < Fraction(1, 10**11)
    assert found.mean_wait is not None
    assert abs(Fraction(found.mean_wait) - waits * 180 / (agents - load)) < Fraction(1, 10**9)
    assert found.occupancy == load / agents


@pytest.mark.parametrize(
    ("load", "agents", "waits"),
    [
        (Fraction(7, 10), 1, Fraction(7, 10)),  # one alone is busy as often as somebody waits
        (1, 2, Fraction(1, 3)),
        (2, 3, Fraction(4, 9)),
        (3, 4, Fraction(27, 53)),
        (Fraction(3, 2), 2, Fraction(9, 14)),
        (0, 5, 0),
    ],
)
def test_tables_of_waiting(load: Any, agents: int, waits: Any) -> None:
    """Small queues as every textbook has them."""
    found = queue_of(load, agents, handle_time=THREE, within=timedelta(), digits=40)
    assert abs(Fraction(found.waits) - waits) <= Fraction(1, 2 * 10**40)
    assert found.in_time + found.waits == pytest.approx(1)


@pytest.mark.parametrize("zeros", [1, 20, 50, 300, 3_000])
def test_nearly_too_few(zeros: int) -> None:
    """The wait grows beyond all bounds, and every digit of it is told."""
    short = Fraction(1, 10**zeros)
    found = queue_of(2 - short, 2, handle_time=timedelta(seconds=4), within=SOON, digits=3)
    waits = (2 - short) ** 2 / (4 - short)  # of two agents: load ** 2 / (2 + load)
    assert found.mean_wait is not None
    assert abs(Fraction(found.mean_wait) - waits * 4 / short) <= Fraction(1, 2_000)
    least = agents_needed(2 - short, handle_time=THREE, within=SOON, goal=0)
    assert (least.agents, least.occupancy) == (2, 1 - short / 2)


def enough(load: Fraction, agents: int, goal: Fraction, busy: Fraction) -> bool:
    """Whether so many agents are few enough at work and answer enough in time, by the formula with factorials."""
    if load >= agents or load > busy * agents:
        return False
    top = load**agents / factorial(agents) * agents / (agents - load)
    waits = top / (sum((load**k / Fraction(factorial(k)) for k in range(agents)), Fraction(0)) + top)
    with localcontext(prec=60):
        late = (-(Decimal(agents) - Decimal(load.numerator) / load.denominator) / 9).exp()  # 20 of 180 seconds
        return waits * Fraction(late) <= 1 - goal


GOALS = st.sampled_from(["0", "0.5", "0.8", "0.95", "0.999", "0.9999999", "0.999999999999"])


@given(st.fractions(0, 25, max_denominator=10), GOALS, st.sampled_from(["0.3", "0.5", "0.85", "1"]))
def test_the_fewest_who_are_enough(load: Fraction, goal: str, busy: str) -> None:
    """Found one by one; and nobody is busier than allowed."""
    asked: dict[str, Any] = {"goal": Decimal(goal), "most_occupancy": Decimal(busy)}
    found = agents_needed(load, handle_time=THREE, within=SOON, **asked)
    least = next(n for n in range(1, 200) if enough(load, n, Fraction(goal), Fraction(busy)))
    assert found.agents == least
    assert found.occupancy <= Fraction(busy)
    assert found == queue_of(load, least, handle_time=THREE, within=SOON, digits=6)


def test_a_goal_is_not_reached_by_rounding() -> None:
    """A billionth more than fourteen agents reach takes a fifteenth, though both are told as 0.888350."""
    reached = queue_of(10, 14, handle_time=THREE, within=SOON, digits=20).in_time
    asked = [agents_needed(10, handle_time=THREE, within=SOON, goal=reached + Decimal(n) / 10**9) for n in (-1, 1)]
    assert [one.agents for one in asked] == [14, 15]


@given(st.integers(1, 40), st.fractions(0, 39, max_denominator=8))
def test_more_agents_never_answer_fewer_in_time(agents: int, load: Fraction) -> None:
    """Nor let more callers wait, nor longer."""
    one, other = (queue_of(load, n, handle_time=THREE, within=SOON, digits=9) for n in (agents, agents + 1))
    assert one.in_time <= other.in_time
    assert one.waits >= other.waits
    assert one.occupancy >= other.occupancy
    assert one.mean_wait is None or (other.mean_wait is not None and one.mean_wait >= other.mean_wait >= 0)


@given(st.integers(0, 200) | st.just(10**30), st.fractions(0, 1).filter(lambda away: away < 1))
def test_absence_is_added(required: int, away: Fraction) -> None:
    """Enough are left, and one fewer on the roster would not be enough."""
    found = rostered(required, shrinkage=away)
    assert found * (1 - away) >= required
    assert required == 0 or (found - 1) * (1 - away) < required


def asked(load: Any = 1, agents: Any = 2, *, handle: Any = THREE, within: Any = SOON, digits: Any = 3) -> Any:
    """A queue of which nothing is wrong, unless it is said."""
    return queue_of(load, agents, handle_time=handle, within=within, digits=digits)


def staffed(load: Any = 1, *, goal: Any = 0, busy: Any = 1, handle: Any = THREE, within: Any = SOON) -> Any:
    """Staff of which nothing is wrong, unless it is said."""
    return agents_needed(load, handle_time=handle, within=within, goal=goal, most_occupancy=busy)


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: offered_load(-1, THREE, per=THREE), "contacts", "scoring.negative"),
        (lambda: offered_load(True, THREE, per=THREE), "contacts", "curves.number"),
        (lambda: offered_load(1, THREE, per=timedelta()), "per", "scoring.no_time"),
        (lambda: asked(9_001), "load", "shape.bounds"),
        (lambda: asked(-1), "load", "shape.bounds"),
        (lambda: asked(0.5), "load", "curves.number"),
        (lambda: asked(None), "load", "curves.number"),
        (lambda: asked(agents=0), "agents", "shape.bounds"),
        (lambda: asked(agents=10_001), "agents", "shape.bounds"),
        (lambda: asked(agents=True), "agents", "shape.bounds"),
        (lambda: asked(agents=2.0), "agents", "shape.bounds"),
        (lambda: asked(handle=timedelta()), "handle_time", "scoring.no_time"),
        (lambda: asked(digits=-1), "digits", "shape.bounds"),
        (lambda: asked(9_000, digits=101), "digits", "shape.bounds"),
        (lambda: staffed(9_001), "load", "shape.bounds"),
        (lambda: staffed(goal=1), "goal", "scoring.confidence"),
        (lambda: staffed(goal=-1), "goal", "scoring.confidence"),
        (lambda: staffed(goal=0.8), "goal", "curves.number"),
        (lambda: staffed(busy=0), "most_occupancy", "shape.bounds"),
        (lambda: staffed(busy=2), "most_occupancy", "shape.bounds"),
        (lambda: staffed(busy=0.5), "most_occupancy", "curves.number"),
        (lambda: staffed(handle=timedelta()), "handle_time", "scoring.no_time"),
        (lambda: staffed(9_000, busy=Decimal("0.5")), "goal", "scoring.too_many"),
        (lambda: staffed(9_000, goal=1 - Fraction(1, 10**300), within=timedelta()), "goal", "scoring.too_many"),
        (lambda: rostered(1, shrinkage=1), "shrinkage", "scoring.confidence"),
        (lambda: rostered(1, shrinkage=-1), "shrinkage", "scoring.confidence"),
        (lambda: rostered(1, shrinkage=0.3), "shrinkage", "curves.number"),  # type: ignore[arg-type]
        (lambda: rostered(-1, shrinkage=0), "required", "agents.whole"),
        (lambda: rostered(True, shrinkage=0), "required", "agents.whole"),
        (lambda: rostered(1.0, shrinkage=0), "required", "agents.whole"),  # type: ignore[arg-type]
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Figures that no desk has."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: offered_load(1, timedelta(-1), per=THREE), "handle_time"),
        (lambda: offered_load(1, THREE, per=timedelta(-1)), "per"),
        (lambda: asked(handle=timedelta(-1)), "handle_time"),
        (lambda: asked(within=timedelta(-1)), "within"),
        (lambda: asked(5, within=timedelta(-1)), "within"),  # too few agents, and still a fault
        (lambda: staffed(within=timedelta(-1)), "within"),
        (lambda: staffed(9_000, busy=Decimal("0.5"), handle=timedelta(-1)), "handle_time"),
    ],
)
def test_no_time_below_zero(call: Any, where: str) -> None:
    """It is refused where it stands."""
    with pytest.raises(DurationError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, "duration.negative")


def test_a_large_desk() -> None:
    """Thousands of agents: the search doubles, then halves."""
    found = agents_needed(3_000, handle_time=THREE, within=timedelta(), goal=Decimal("0.999"))
    assert found.in_time >= Decimal("0.999")
    assert queue_of(3_000, found.agents - 1, handle_time=THREE, within=timedelta(), digits=9).in_time < Decimal("0.999")
    ends = queue_of(Decimal("1e-390"), 10_000, handle_time=timedelta.max, within=timedelta.max, digits=100)
    assert [ends.waits, ends.in_time, ends.mean_wait] == [Decimal(0), Decimal(1), Decimal(0)]
