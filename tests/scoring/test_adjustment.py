"""Adjustments of a score: what each may do and what it never does, and their order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import DefinitionError
from svcstd.scoring import (
    Adjustment,
    Bonus,
    Cap,
    Criterion,
    Dimension,
    Floor,
    KnockOut,
    Mean,
    Measure,
    Multiplier,
    Penalty,
    Sample,
    Scorecard,
    Tally,
    score,
)

NOTHING = Measure(0, 0, 0)
ROOT = Dimension({"s": Criterion("s")}, Mean(weights={"s": 1}, method="arithmetic", missing="refuse"))
NUMBERS = st.fractions(-200, 200, max_denominator=20)
POINTS = st.fractions(0, 20, max_denominator=20)
HALF = Fraction(1, 2)


def adjusted(adjustments: Any, points: Any, **figures: Any) -> Any:
    """The score of so many points after these adjustments; the quick way and the told one agree."""
    card = Scorecard(key="c", root=ROOT, rounding=Rounding(Decimal("0.001"), "half even"), adjustments=adjustments)
    measures = {"s": Measure(points, 1, 1), **figures}
    found = score(card, measures)
    assert found.value == card.value(measures)
    return found


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_knock_out_never_raises(points: Any, to: Any, one: Any, other: Any, figure: Any) -> None:
    """Outside of the bounds the score is no more than is said, inside it stays; a bound itself is inside."""
    below, above = sorted((one, other))
    rule = KnockOut("x", kpi="k", below=below, above=above, to=to, missing="refuse")
    found = rule.applied(points, {"k": Measure(figure, 1, 1)})
    assert found == (points if below <= figure <= above else min(points, to))
    for bound in (below, above):
        assert rule.applied(points, {"k": Measure(bound, 1, 1)}) == points


@given(NUMBERS, POINTS, st.none() | POINTS, NUMBERS)
def test_points_go_one_way_only(points: Any, each: Any, most: Any, figure: Any) -> None:
    """A bonus never takes, a penalty never gives; neither is more than its bound; both are worth the same."""
    measures = {"k": Measure(figure, 1, 1)}
    up = Bonus("x", kpi="k", each=each, most=most, missing="refuse").applied(points, measures)
    down = Penalty("x", kpi="k", each=each, most=most, missing="refuse").applied(points, measures)
    assert up is not None
    assert down is not None
    gained = each * figure if figure > 0 else 0
    assert up - points == points - down == (gained if most is None or gained < most else most)


@given(NUMBERS, st.permutations(["cap", "floor", "times", "plus", "minus"]), NUMBERS, NUMBERS, NUMBERS)
def test_the_declared_order_is_followed(points: Any, order: Any, cap: Any, floor: Any, figure: Any) -> None:
    """Step by step as one would on paper, whatever the order; the steps are told, and together they are the score."""
    made: dict[str, Adjustment] = {
        "cap": Cap("cap", most=cap),
        "floor": Floor("floor", least=floor),
        "times": Multiplier("times", kpi="k", missing="refuse"),
        "plus": Bonus("plus", kpi="k", each=2, most=None, missing="refuse"),
        "minus": Penalty("minus", kpi="k", each=1, most=3, missing="refuse"),
    }
    on_paper = {
        "cap": lambda now: min(now, cap),
        "floor": lambda now: max(now, floor),
        "times": lambda now: now * figure,
        "plus": lambda now: now + (2 * figure if figure > 0 else 0),
        "minus": lambda now: now - sorted((0, figure, 3))[1],
    }
    found = adjusted([made[name] for name in order], points, k=Measure(figure, 1, 1))
    now = points
    for name, step in zip(order, found.adjustments, strict=True):
        after = on_paper[name](now)
        assert (step.name, step.before, step.after, step.acted) == (name, now, after, now != after)
        now = after
    assert found.exact == now


def test_order_matters() -> None:
    """The same four rules in every order: only some of the results are the same."""
    rules: list[Adjustment] = [
        Cap("cap", most=100),
        Floor("floor", least=0),
        Multiplier("times", kpi="k", missing="refuse"),
        Bonus("plus", kpi="k", each=10, most=None, missing="refuse"),
    ]
    found = {str(adjusted(order, 90, k=Measure(2, 1, 1)).value) for order in permutations(rules)}
    assert found == {"100.000", "120.000", "200.000", "220.000"}
    crossed: list[Adjustment] = [Cap("cap", most=10), Floor("floor", least=20)]
    assert [adjusted(order, 15).value for order in (crossed, crossed[::-1])] == [20, 10]


@pytest.mark.parametrize("figure", [NOTHING, Tally(0, 0, empty_is_zero=False), Sample([], share=HALF, method="linear")])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda missing: KnockOut("x", kpi="k", below=5, to=0, missing=missing), "knock-out"),
        (lambda missing: Bonus("x", kpi="k", each=1, most=None, missing=missing), "bonus"),
        (lambda missing: Penalty("x", kpi="k", each=1, most=None, missing=missing), "penalty"),
        (lambda missing: Multiplier("x", kpi="k", missing=missing), "multiplier"),
    ],
)
def test_a_figure_that_is_missing(make: Any, name: str, figure: Any) -> None:
    """Is refused with its place, leaves the score, or withholds it and all that would come after: never counts as 0."""
    assert adjusted([make("skip")], 80, k=figure).value == 80, name
    after: Adjustment = Floor("floor", least=90)
    withheld = adjusted([make("withhold"), after], 80, k=figure)
    assert (withheld.state, withheld.value, withheld.exact) == ("withheld", None, None)
    assert [(step.name, step.after) for step in withheld.adjustments] == [("x", None)]
    with pytest.raises(DefinitionError) as refused:
        adjusted([make("refuse")], 80, k=figure)
    assert (refused.value.where, refused.value.message) == ("measures.k", "scoring.missing")


def test_a_tally_of_nothing_may_be_zero() -> None:
    """No errors at all are no errors, where that is said."""
    rule = KnockOut("critical", kpi="errors", above=0, to=0, missing="refuse")
    assert adjusted([rule], 80, errors=Tally(0, 0, empty_is_zero=True)).value == 80


WRONG: Any = "guess"
HALF_FLOAT: Any = 0.5


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: KnockOut("x", kpi="k", to=0, missing="skip"), "below", "adjust.no_bound"),
        (lambda: KnockOut("x", kpi="k", below=5, above=4, to=0, missing="skip"), "above", "curves.rising"),
        (lambda: KnockOut("x", kpi="k", below=5, to=0, missing=WRONG), "missing", "choice.unknown"),
        (lambda: Bonus("x", kpi="k", each=-1, most=None, missing="skip"), "each", "scoring.below"),
        (lambda: Bonus("x", kpi="k", each=1, most=-1, missing="skip"), "most", "scoring.below"),
        (lambda: Bonus("x", kpi="k", each=1, most=None, missing=WRONG), "missing", "choice.unknown"),
        (lambda: Penalty("x", kpi="k", each=-1, most=None, missing="skip"), "each", "scoring.below"),
        (lambda: Penalty("x", kpi="k", each=1, most=-1, missing="skip"), "most", "scoring.below"),
        (lambda: Penalty("x", kpi="k", each=1, most=None, missing=WRONG), "missing", "choice.unknown"),
        (lambda: Multiplier("x", kpi="k", missing=WRONG), "missing", "choice.unknown"),
        (lambda: Cap("x", most=HALF_FLOAT), "value", "curves.number"),
        (lambda: Floor("x", least=HALF_FLOAT), "value", "curves.number"),
        (lambda: KnockOut("x", kpi="k", below=HALF_FLOAT, to=0, missing="skip"), "value", "curves.number"),
    ],
)
def test_adjustments_that_cannot_be(call: Any, where: str, message: str) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)


def test_bounds_that_meet() -> None:
    """One figure alone is left."""
    rule = KnockOut("x", kpi="k", below=5, above=5, to=0, missing="skip")
    assert [rule.applied(Fraction(9), {"k": Measure(figure, 1, 1)}) for figure in (4, 5, 6)] == [0, 9, 0]
