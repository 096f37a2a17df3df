"""Staffing: Erlang's formula as published, the fewest who are enough, and what absence adds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import factorial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, DurationError
from svcstd.scoring import agents_needed, offered_load, queue_of, rostered

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
        assert (found.mean_wait, float(found.waits), float(found.in_time), found.occupancy) == (
            None,
            1.0,
            0.0,
            Fraction(1),
        )
        return
    top = load**agents / factorial(agents) * agents / (agents - load)
    waits = top / (sum((load**k / Fraction(factorial(k)) for k in range(agents)), Fraction(0)) + top)
    assert abs(Fraction(found.waits) - waits) < Fraction(1, 10**11)
    assert found.mean_wait is not None
    assert abs(Fraction(found.mean_wait) - waits * 180 / (agents - load)) < Fraction(1, 10**9)
    assert found.occupancy == load / agents


@given(st.fractions(0, 40, max_denominator=10), st.sampled_from(["0", "0.5", "0.8", "0.95", "0.999"]))
def test_the_fewest_who_are_enough(load: Fraction, goal: str) -> None:
    """One fewer would not do; one more does no harm."""
    found = agents_needed(load, handle_time=THREE, within=SOON, goal=Decimal(goal))
    assert found.in_time >= Decimal(goal)
    more = queue_of(load, found.agents + 1, handle_time=THREE, within=SOON, digits=6)
    assert more.in_time >= found.in_time
    if found.agents > load + 1:
        fewer = queue_of(load, found.agents - 1, handle_time=THREE, within=SOON, digits=6)
        assert fewer.in_time < Decimal(goal)


@given(st.fractions(1, 40, max_denominator=10), st.sampled_from(["0.5", "0.85", "1"]))
def test_nobody_is_busier_than_allowed(load: Fraction, busy: str) -> None:
    """However high the share in time already is."""
    found = agents_needed(load, handle_time=THREE, within=SOON, goal=0, most_occupancy=Decimal(busy))
    assert found.occupancy <= Fraction(busy)


@given(st.integers(0, 200), st.fractions(0, Fraction(99, 100)))
def test_absence_is_added(required: int, away: Fraction) -> None:
    """Enough are left, and one fewer on the roster would not be enough."""
    found = rostered(required, shrinkage=away)
    assert found * (1 - away) >= required
    assert required == 0 or (found - 1) * (1 - away) < required


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: offered_load(-1, THREE, per=THREE), "contacts"),
        (lambda: offered_load(1, THREE, per=timedelta()), "per"),
        (lambda: queue_of(9_001, 1, handle_time=THREE, within=SOON, digits=3), "load"),
        (lambda: queue_of(-1, 1, handle_time=THREE, within=SOON, digits=3), "load"),
        (lambda: queue_of(1, 0, handle_time=THREE, within=SOON, digits=3), "agents"),
        (lambda: queue_of(1, 10_001, handle_time=THREE, within=SOON, digits=3), "agents"),
        (lambda: queue_of(1, True, handle_time=THREE, within=SOON, digits=3), "agents"),
        (lambda: queue_of(1, 2, handle_time=timedelta(), within=SOON, digits=3), "handle_time"),
        (lambda: queue_of(1, 2, handle_time=THREE, within=SOON, digits=-1), "digits"),
        (lambda: agents_needed(1, handle_time=THREE, within=SOON, goal=1), "goal"),
        (lambda: agents_needed(1, handle_time=THREE, within=SOON, goal=0, most_occupancy=0), "most_occupancy"),
        (lambda: agents_needed(9_000, handle_time=THREE, within=SOON, goal=0, most_occupancy=Decimal("0.5")), "goal"),
        (lambda: rostered(1, shrinkage=1), "shrinkage"),
        (lambda: rostered(-1, shrinkage=0), "required"),
        (lambda: rostered(True, shrinkage=0), "required"),
    ],
)
def test_refusals(call: Any, where: str) -> None:
    """Figures that no desk has."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


def test_no_time_below_zero() -> None:
    """It is refused where it stands."""
    with pytest.raises(DurationError):
        offered_load(1, timedelta(-1), per=THREE)


def test_a_large_desk() -> None:
    """Thousands of agents: the search doubles, then halves."""
    found = agents_needed(3_000, handle_time=THREE, within=timedelta(), goal=Decimal("0.999"))
    assert found.in_time >= Decimal("0.999")
    assert queue_of(3_000, found.agents - 1, handle_time=THREE, within=timedelta(), digits=6).in_time < Decimal("0.999")
