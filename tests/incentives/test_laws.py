"""What holds for every plan: more never pays less, caps and floors hold, no order changes anything."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import JANUARY, cny, plan

from svcstd.curves import PiecewiseLinear, Steps, Tiers
from svcstd.incentives import (
    Figure,
    Gate,
    PayCap,
    Payee,
    PayFactor,
    PayFloor,
    PayLine,
    Plan,
    Proration,
    Requirement,
    Served,
    Statement,
    pay,
)
from svcstd.money import Money, allocate

RESULTS = st.fractions(-5, 40, max_denominator=20)
RISING = st.lists(st.integers(-5, 40), min_size=1, max_size=4, unique=True).map(sorted)


@st.composite
def rising_curves(draw: st.DrawFn) -> Any:
    """A curve that never falls, or none."""
    bounds = draw(RISING)
    values = sorted(draw(st.lists(st.integers(0, 9), min_size=len(bounds) + 1, max_size=len(bounds) + 1)))
    side: Any = draw(st.sampled_from(["lower", "upper"]))
    start = bounds[0] - 1
    match draw(st.sampled_from(["none", "steps", "marginal", "line"])):
        case "steps":
            return Steps(bounds, values, bound=side)
        case "marginal":
            return Tiers(bounds, values, kind="marginal", bound=side, start=start, beyond="clamp")
        case "line":
            return PiecewiseLinear(list(zip([start, *bounds], values, strict=True)), beyond="clamp")
        case _:
            return None


@st.composite
def rising_plans(draw: st.DrawFn) -> Plan:
    """A plan of two results in which nothing punishes a better one."""
    lines = {
        name: PayLine(pays=cny(draw(st.integers(0, 500))), times=name, curve=draw(rising_curves()), missing="nothing")
        for name in "ab"
    }
    gates = {
        "g": Gate(
            figure="a",
            keeps=Requirement(at_least=draw(st.integers(-5, 40))),
            reads="exact",
            missing="nothing",
            shuts=["b"],
        )
    }
    least = draw(st.integers(-2000, 100))
    steps = [
        PayFactor(name="f", times="a", curve=Steps([10], [1, 2], bound="upper"), missing="nothing"),
        PayCap(name="cap", most=cny(draw(st.integers(least, 5000)))),
        PayFloor(name="floor", least=cny(least)),
    ]
    made = plan(lines, gates=gates if draw(st.booleans()) else {}, round_at=draw(st.sampled_from(["line", "total"])))
    is_safe = all(line.curve is not None and not isinstance(line.curve, Steps) for line in lines.values())
    return attrs.evolve(made, modifiers=steps if is_safe else steps[1:])


def paid(made: Plan, a: Fraction | None, b: Fraction | None) -> Statement:
    """For two results."""
    return pay(made, Payee(of="E07", figures={"a": Figure.of(a, None), "b": Figure.of(b, None)}), period=JANUARY)


@given(rising_plans(), RESULTS, RESULTS, RESULTS)
def test_a_better_result_never_pays_less(made: Plan, a: Fraction, b: Fraction, more: Fraction) -> None:
    """In a plan without a punishing step."""
    gate_safe = made if all(line.curve is not None for line in made.lines.values()) else attrs.evolve(made, gates={})
    low, high = sorted((a, more))
    assert paid(gate_safe, low, b).total <= paid(gate_safe, high, b).total
    low, high = sorted((b, more))
    assert paid(gate_safe, a, low).total <= paid(gate_safe, a, high).total


@given(rising_plans(), RESULTS, RESULTS)
def test_cap_and_floor_hold(made: Plan, a: Fraction, b: Fraction) -> None:
    """Whatever comes before them, the total lies between."""
    cap, floor = (step for step in made.modifiers if isinstance(step, PayCap | PayFloor))
    assert isinstance(cap, PayCap)
    assert isinstance(floor, PayFloor)
    assert floor.least <= paid(made, a, b).total <= cap.most


@given(rising_plans(), RESULTS | st.none(), RESULTS | st.none())
def test_no_order_changes_anything(made: Plan, a: Fraction | None, b: Fraction | None) -> None:
    """Lines, gates and figures in another order pay the same."""
    turned = attrs.evolve(
        made, lines=dict(reversed(list(made.lines.items()))), gates=dict(reversed(list(made.gates.items())))
    )
    figures = {"b": Figure.of(b, None), "a": Figure.of(a, None)}
    other = pay(turned, Payee(of="E07", figures=figures), period=JANUARY)
    found = paid(made, a, b)
    assert other.total == found.total
    assert {line.key: line.amount for line in other.lines} == {line.key: line.amount for line in found.lines}


@given(rising_plans(), RESULTS, RESULTS)
def test_what_lies_ahead_is_true(made: Plan, a: Fraction, b: Fraction) -> None:
    """On the bound that was told, the line pays what was told more."""
    whole = attrs.evolve(made, gates={}, modifiers=[], round_at="total")
    found = paid(whole, a, b)
    for one in found.next_tiers:
        held = {"a": a, "b": b}
        before = paid(whole, **held).lines[["a", "b"].index(one.line)]
        after = paid(whole, **held | {one.line: one.bound + Fraction(1, 10**6)}).lines[["a", "b"].index(one.line)]
        assert abs((after.amount - before.amount).minor - one.more.minor) <= 2


@given(st.integers(-10_000, 10_000), RESULTS, st.lists(st.integers(0, 31), min_size=1, max_size=5).filter(any))
def test_parts_of_a_month(minor: int, result: Fraction, days: list[int]) -> None:
    """A straight line paid for parts of a month: the parts of the whole are within a fen of it, and sum to it."""
    line = PayLine(pays=Money(minor, "CNY"), times="a", missing="refuse")
    whole = paid(plan({"a": line}), result, None).total
    parts = allocate(whole, {f"part {place}": one for place, one in enumerate(days)})
    assert sum(parts.values()) == whole
    prorated = plan({"a": line}, proration=Proration(by="calendar days", of="payout"))
    for one, part in zip(days, parts.values(), strict=True):
        served = {"calendar days": Served(one, sum(days))}
        somebody = Payee(of="E07", figures={"a": Figure.of(result, None)}, served=served)
        assert abs((pay(prorated, somebody, period=JANUARY).total - part).minor) <= 1
