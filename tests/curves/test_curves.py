"""Curves are exact to the last digit, every border is declared, and what is better never scores less."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import DistanceToTarget, Goalposts, PiecewiseLinear, Steps, exact, shown
from svcstd.errors import DefinitionError

TENTH = Fraction(1, 10)


def vectors(shared: Path, *ops: str) -> list[dict[str, Any]]:
    """The vectors of ``scoring.json`` for these operations; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    found = json.loads(text, parse_float=Decimal)["vectors"]
    return [one for one in found if one["op"] in ops]


def near(got: Fraction, vector: dict[str, Any], expected: Any) -> None:
    """Within the tolerance that the source leaves."""
    assert abs(got - exact(expected)) <= Fraction(str(vector["tolerance"])), vector["id"]


def test_goalposts_as_published(shared: Path) -> None:
    """Those of COINr and of the human development index, and ratings from minus one half to two."""
    found = vectors(shared, "normalise.goalposts", "normalise.minmax", "normalise.signed_rating")
    for vector in found:
        numbers = {name: one for name, one in vector["input"].items() if name not in ("direction", "truncate")}
        given_ = {name: exact(Decimal(str(one))) for name, one in numbers.items()}
        ends = (given_["low"], given_["high"])
        ends = ends if vector["input"].get("direction", 1) == 1 else ends[::-1]
        beyond: Any = "clamp" if vector["input"].get("truncate", True) else "extend"
        curve = Goalposts(*ends, scale=given_.get("scale", Fraction(1)), beyond=beyond)
        near(curve.at(given_["value"]), vector, vector["expected"])
    assert len(found) == 6


def test_distance_to_target_as_published(shared: Path) -> None:
    """With the worst value of the cohort kept, and better than the target capped or not."""
    found = vectors(shared, "normalise.distance_to_target")
    for vector in found:
        given_ = vector["input"]
        worst = (min if given_["direction"] == 1 else max)(given_["values"])
        curve = DistanceToTarget(given_["target"], worst=worst, cap=given_["cap"])
        for value, expected in zip(given_["values"], vector["expected"], strict=True):
            near(curve.at(value), vector, expected)
    assert len(found) == 2


def test_interpolated_amounts_as_published(shared: Path) -> None:
    """The amount of each tier builds up along it, on top of those before: one line through the sums at the edges."""
    found = vectors(shared, "curve.piecewise_linear_amounts")
    for vector in found:
        edges, amounts = vector["input"]["edges"], vector["input"]["tier_amounts"]
        curve = PiecewiseLinear(list(zip(edges, [0, *accumulate(amounts)], strict=True)), beyond="refuse")
        near(curve.at(vector["input"]["amount"]), vector, vector["expected"])
    assert len(found) == 3


@pytest.mark.parametrize(
    ("curve", "results"),
    [
        (Goalposts(0, 10, scale=100, beyond="clamp"), {-1: 0, 0: 0, 3: 30, 10: 100, 11: 100}),
        (Goalposts(0, 10, scale=100, beyond="extend"), {-1: -10, 11: 110}),
        (Goalposts(10, 0, scale=1, beyond="clamp"), {0: 1, 3: Fraction(7, 10), 12: 0}),
        (PiecewiseLinear([(0, 0), (10, 50), (20, 60)], beyond="clamp"), {-5: 0, 5: 25, 10: 50, 15: 55, 25: 60}),
        (PiecewiseLinear([(0, 0), (10, 50), (20, 60)], beyond="extend"), {-5: -25, 25: 65}),
        (DistanceToTarget(0, worst=10, cap=True), {0: 1, 5: Fraction(1, 2), -5: 1, 12: Fraction(-1, 5)}),
        (DistanceToTarget(0, worst=10, cap=False), {-5: Fraction(3, 2)}),
        (Steps([60, 80], [1, 2, 3], bound="upper"), {59: 1, 60: 2, 79: 2, 80: 3}),
        (Steps([60, 80], [1, 2, 3], bound="lower"), {60: 1, 61: 2, 80: 2, 81: 3}),
        (Steps([], [7], bound="lower"), {0: 7}),
    ],
)
def test_results(curve: Any, results: dict[int, Any]) -> None:
    """At the ends, at the bounds, between and beyond them."""
    assert {value: curve.at(value) for value in results} == results


def test_a_value_beyond_the_ends_may_be_refused() -> None:
    """With the range."""
    for value in (-1, Decimal("10.01")):
        with pytest.raises(DefinitionError) as refused:
            Goalposts(0, 10, scale=1, beyond="refuse").at(value)
        assert refused.value.message == "curves.beyond"
    assert Goalposts(0, 10, scale=1, beyond="refuse").at(10) == 1


def wrong(value: Any) -> Any:
    """What a type checker would refuse."""
    return value


@pytest.mark.parametrize(
    ("made", "where", "message"),
    [
        (lambda: Goalposts(1, 1, scale=1, beyond="clamp"), "best", "curves.goalposts"),
        (lambda: Goalposts(0, 1, scale=0, beyond="clamp"), "scale", "curves.scale"),
        (lambda: Goalposts(0, 1, scale=1, beyond=wrong("stop")), "beyond", "choice.unknown"),
        (lambda: DistanceToTarget(1, worst=1, cap=True), "worst", "curves.goalposts"),
        (lambda: PiecewiseLinear([(0, 0)], beyond="clamp"), "points", "curves.points"),
        (lambda: PiecewiseLinear([(0, 0), (0, 1)], beyond="clamp"), "points", "curves.rising"),
        (lambda: Steps([2, 1], [1, 2, 3], bound="upper"), "bounds", "curves.rising"),
        (lambda: Steps([1, 1], [1, 2, 3], bound="upper"), "bounds", "curves.rising"),
        (lambda: Steps([1], [1], bound="upper"), "values", "curves.steps"),
        (lambda: Steps([1], [1, 2], bound=wrong("both")), "bound", "choice.unknown"),
        (lambda: PiecewiseLinear([(0, 0), (1, 1)], beyond=wrong("stop")), "beyond", "choice.unknown"),
        (lambda: Goalposts(0, 1, scale=-1, beyond="clamp"), "scale", "curves.scale"),
        (lambda: PiecewiseLinear([(1, 0), (0, 1)], beyond="clamp"), "points", "curves.rising"),
        (lambda: Goalposts(0, 0.5, scale=1, beyond="clamp"), "value", "curves.number"),
        (lambda: Goalposts(0, 1, scale=1, beyond="clamp").at(wrong(0.5)), "value", "curves.number"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(made: Any, where: str, message: str) -> None:
    """The same goalposts, no scale, borders that nobody declared, floats."""
    with pytest.raises(DefinitionError) as refused:
        made()
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    "value",
    [True, 0.1, "1", None, Decimal("NaN"), Decimal("Infinity"), Decimal("1E+401"), Decimal("1." + "1" * 401)],
)
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    """Floats, true, texts, nothing, and decimals without end."""
    with pytest.raises(DefinitionError) as refused:
        exact(value, "here")
    assert (refused.value.where, refused.value.message) == ("here", "curves.number")


def test_as_many_digits_as_may_be() -> None:
    """Four hundred are kept, one more is refused."""
    assert exact(Decimal("1" * 400)) == int("1" * 400)
    with pytest.raises(DefinitionError):
        exact(Decimal("1" * 401))
    assert shown(Fraction(1, 2**92)).endswith("5")
    assert shown(Fraction(1, 2**96)) == "0.0000"


def test_exact_numbers() -> None:
    """Nothing is rounded."""
    assert exact(Decimal("0.1")) == TENTH == exact(TENTH)
    assert exact(10**50) == 10**50


NUMBERS = st.fractions(-100, 100) | st.integers(-100, 100) | st.decimals(-100, 100, places=3)
CORNERS = st.dictionaries(st.fractions(-50, 50), st.fractions(-50, 50), min_size=2, max_size=6).map(
    lambda found: sorted(found.items())
)
CLOSE = [Fraction(0), Fraction(1, 10**30), Fraction(-1, 10**30)]


def by_hand(points: list[tuple[Fraction, Fraction]], value: Fraction, beyond: str) -> Fraction | None:
    """The line between the two points around the value, by the rule of three; ``None`` where there is no result."""
    (first, last), left, right = (points[0], points[-1]), points[:2], points[-2:]
    if not first[0] <= value <= last[0]:
        if beyond != "extend":
            end = first if value < first[0] else last
            return end[1] if beyond == "clamp" else None
        (x, y), (other, height) = left if value < first[0] else right
    else:
        (x, y), (other, height) = next(pair for pair in pairwise(points) if pair[0][0] <= value <= pair[1][0])
    return y + (value - x) * (height - y) / (other - x)


@given(CORNERS, st.data(), st.sampled_from(["clamp", "extend", "refuse"]))
def test_lines_by_the_rule_of_three(points: list[Any], data: st.DataObject, beyond: Any) -> None:
    """Through any points, up and down: on them, a hair beside them, between and beyond them, whatever the number is."""
    near_a_point = st.builds(lambda point, hair: point[0] + hair, st.sampled_from(points), st.sampled_from(CLOSE))
    value = data.draw(NUMBERS | near_a_point)
    curve, expected = PiecewiseLinear(points, beyond=beyond), by_hand(points, Fraction(value), beyond)
    if expected is not None:
        assert curve.at(value) == expected
        return
    with pytest.raises(DefinitionError) as refused:
        curve.at(value)
    assert (refused.value.where, refused.value.message) == ("value", "curves.beyond")
    assert refused.value.params["low"] == str(points[0][0])
    assert refused.value.params["high"] == str(points[-1][0])


def test_lines_with_many_digits() -> None:
    """Denominators without a common factor, and numbers that no float could hold."""
    curve = PiecewiseLinear([(Fraction(1, 7), 0), (Fraction(1, 3), Fraction(1, 11)), (10**40, 10**40)], beyond="refuse")
    assert curve.at(Fraction(5, 21)) == Fraction(1, 22)
    assert [curve.at(one) for one in (Fraction(1, 7), Fraction(1, 3), 10**40)] == [0, Fraction(1, 11), 10**40]
    for beyond in (Fraction(1, 7) - Fraction(1, 10**50), 10**40 + Fraction(1, 10**50)):
        with pytest.raises(DefinitionError):
            curve.at(beyond)
    assert curve == PiecewiseLinear(curve.points, beyond="refuse")
    assert hash(curve) == hash(PiecewiseLinear(curve.points, beyond="refuse"))


RISING = st.lists(st.fractions(-50, 50), min_size=2, max_size=6, unique=True).map(sorted)


@given(RISING, st.lists(st.fractions(0, 50), min_size=6, max_size=6).map(sorted), NUMBERS, NUMBERS)
def test_what_is_better_never_scores_less(values: list[Any], results: list[Any], one: Any, other: Any) -> None:
    """On any line or step that rises, with the ends clamped."""
    low, high = sorted((exact(one), exact(other)))
    line = PiecewiseLinear(list(zip(values, results, strict=False)), beyond="clamp")
    steps = Steps(values[:5], results[: len(values[:5]) + 1], bound="upper")
    for curve in (line, steps, Goalposts(values[0], values[-1], scale=100, beyond="clamp")):
        assert curve.at(low) <= curve.at(high)
    assert Goalposts(values[-1], values[0], scale=100, beyond="clamp").at(low) >= Goalposts(
        values[-1], values[0], scale=100, beyond="clamp"
    ).at(high)


@given(RISING, NUMBERS)
def test_a_line_through_its_points(values: list[Any], value: Any) -> None:
    """It meets each of them, and a straight line between two is that of the goalposts."""
    line = PiecewiseLinear([(one, 3 * one + 1) for one in values], beyond="extend")
    assert line.at(value) == 3 * exact(value) + 1
    assert [line.at(one) for one in values] == [3 * one + 1 for one in values]
    posts = Goalposts(values[0], values[-1], scale=1, beyond="extend")
    assert posts.at(value) == (exact(value) - values[0]) / (values[-1] - values[0])
