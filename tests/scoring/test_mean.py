"""Weighted means: as published, exact where they can be, and loud about what is missing."""

from __future__ import annotations

import json
from decimal import ROUND_UP, Decimal, Inexact, Rounded, Subnormal, localcontext
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.scoring import Mean

HALF = Fraction(1, 2)


def vectors(shared: Path, op: str) -> list[dict[str, Any]]:
    """The vectors of ``scoring.json`` for an operation; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"] == op]


def mean(weights: Any, **options: Any) -> Mean:
    """An arithmetic mean that refuses what is missing, unless something else is said."""
    given_: dict[str, Any] = {"method": "arithmetic", "missing": "refuse"}
    return Mean(weights=weights, **given_ | options)


def numbered(values: list[Any]) -> dict[str, Any]:
    """By place."""
    return {str(place): value for place, value in enumerate(values)}


def near(got: Fraction | None, expected: Any, tolerance: Any) -> bool:
    """Within the tolerance that the source leaves."""
    assert got is not None
    return abs(got - exact(expected)) <= Fraction(str(tolerance))


@pytest.mark.parametrize(
    ("op", "options"),
    [
        ("aggregate.geometric", {"method": "geometric", "digits": 16}),
        ("aggregate.harmonic", {"method": "harmonic"}),
        ("aggregate.power_mean", {"method": "power", "digits": 16, "power": 1}),
    ],
)
def test_means_as_published(shared: Path, op: str, options: dict[str, Any]) -> None:
    """Those of COINr's own tests."""
    (vector,) = vectors(shared, op)
    found = mean(numbered(vector["input"]["weights"]), **options).of(numbered(vector["input"]["values"]))
    assert near(found.value, vector["expected"], vector["tolerance"])


def test_a_hierarchy_of_means_as_published(shared: Path) -> None:
    """Eleven levels of four countries, from 49 indicators."""
    for vector in vectors(shared, "composite.hierarchical_arithmetic"):
        scores = {name: exact(value) for name, value in vector["input"]["normalised_0_100"].items()}
        for level, below in vector["input"]["hierarchy"].items():
            value = mean(dict.fromkeys(below, 1)).of({name: scores[name] for name in below}).value
            assert value is not None
            scores[level] = value
        for level, expected in vector["expected"].items():
            assert near(scores[level], expected, Fraction(1, 200)), (vector["id"], level)


def test_parts_add_up_as_published(shared: Path) -> None:
    """What each part gives, and what it gives beside a reference."""
    (vector,) = vectors(shared, "explain.additive")
    weights = numbered([Decimal(one) for one in vector["input"]["weights"]])
    found = mean(weights).of(numbered([Decimal(one) for one in vector["input"]["scores"]]))
    reference = mean(weights).of(numbered([Decimal(one) for one in vector["input"]["reference"]]))
    assert found.value == vector["expected"]["total"]
    assert list(found.parts.values()) == vector["expected"]["contributions"]
    assert [found.parts[name] - reference.parts[name] for name in weights] == vector["expected"]["delta"]


def test_what_is_missing_as_published(shared: Path) -> None:
    """As zero, or no mean where too little of the weight is covered."""
    (zero,) = vectors(shared, "missing.zero")
    (withheld,) = vectors(shared, "missing.withhold")
    weights, scores = numbered(zero["input"]["weights"]), numbered(zero["input"]["scores"])
    assert near(mean(weights, missing="zero").of(scores).value, zero["expected"], zero["tolerance"])
    found = mean(weights, missing="withhold", least_covered=Decimal("0.8")).of(scores)
    assert (found.value, found.missing, found.covered) == (withheld["expected"], ("1",), Fraction(7, 10))


@pytest.mark.parametrize(
    ("options", "scores", "value"),
    [
        ({"missing": "reweight"}, {"a": 80}, 80),
        ({"missing": "reweight", "least_covered": Fraction(3, 4)}, {"a": 80, "b": None}, 80),
        ({"missing": "reweight", "least_covered": Fraction(4, 5)}, {"a": 80}, None),
        ({"missing": "reweight"}, {}, None),
        ({"missing": "withhold", "least_covered": 1}, {"a": 80, "b": 40}, 70),
        ({"missing": "zero"}, {}, 0),
        ({"method": "least"}, {"a": 80, "b": 40}, 40),
        ({"method": "harmonic"}, {"a": 3, "b": 1}, 2),
        ({"method": "geometric", "digits": 0}, {"a": 16, "b": 1}, 8),
        ({"method": "geometric", "digits": 3}, {"a": 16, "b": 0}, 0),
        ({"method": "power", "power": 2, "digits": 3}, {"a": 4, "b": 0}, Fraction("3.464")),
        ({"method": "power", "power": -1, "digits": 3}, {"a": 3, "b": 1}, 2),
        ({"method": "power", "power": 2, "digits": 3}, {"a": 0, "b": 0}, 0),
    ],
)
def test_means(options: dict[str, Any], scores: dict[str, Any], value: Any) -> None:
    """Of two parts, three quarters and one quarter of the weight."""
    found = mean({"a": 3, "b": 1}, **options).of(scores)
    assert found.value == value
    assert sum(found.parts.values()) == (value if found.parts else 0)


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"method": "median"}, "method", "choice.unknown"),
        ({"missing": "skip"}, "missing", "choice.unknown"),
        ({"weights": {}}, "weights", "shape.empty"),
        ({"weights": {"a": 0}}, "weights.a", "scoring.weight"),
        ({"weights": {"a": 0.5}}, "weights.a", "curves.number"),
        ({"least_covered": HALF}, "least_covered", "scoring.covered"),
        ({"missing": "reweight", "least_covered": 2}, "least_covered", "scoring.covered"),
        ({"missing": "withhold"}, "least_covered", "scoring.covered"),
        ({"power": 2}, "power", "scoring.power"),
        ({"method": "power", "power": 0, "digits": 2}, "power", "scoring.power"),
        ({"digits": 2}, "digits", "scoring.digits"),
        ({"method": "geometric"}, "digits", "scoring.digits"),
        ({"method": "geometric", "digits": 101}, "digits", "scoring.digits"),
        ({"method": "geometric", "digits": -1}, "digits", "scoring.digits"),
        ({"method": "geometric", "digits": True}, "digits", "scoring.digits"),
        ({"method": "geometric", "digits": 2.5}, "digits", "scoring.digits"),
        ({"method": "power", "digits": "2"}, "digits", "scoring.digits"),
        ({"missing": "zero", "least_covered": HALF}, "least_covered", "scoring.covered"),
        ({"missing": "reweight", "least_covered": -1}, "least_covered", "scoring.covered"),
        ({"least_covered": 0.5}, "value", "curves.number"),
        ({"weights": {"a": True}}, "weights.a", "curves.number"),
        ({"weights": {"a": Decimal("NaN")}}, "weights.a", "curves.number"),
    ],
)
def test_a_mean_that_contradicts_itself_is_refused(options: dict[str, Any], where: str, message: str) -> None:
    """At the place."""
    with pytest.raises(DefinitionError) as refused:
        mean(**{"weights": {"a": 3, "b": 1}} | options)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("options", "scores", "where", "message"),
    [
        ({}, {"a": 1}, "scores.b", "scoring.missing"),
        ({}, {"a": 1, "b": 2, "c": 3}, "scores.c", "scoring.unweighted"),
        ({}, {"a": 0.5, "b": 1}, "scores.a", "curves.number"),
        ({"method": "harmonic"}, {"a": 0, "b": 1}, "scores.a", "scoring.below"),
        ({"method": "geometric", "digits": 2}, {"a": -1, "b": 1}, "scores.a", "scoring.below"),
        ({"method": "power", "power": -1, "digits": 2}, {"a": 0, "b": 1}, "scores.a", "scoring.below"),
    ],
)
def test_scores_that_have_no_such_mean_are_refused(
    options: dict[str, Any], scores: Any, where: str, message: str
) -> None:
    """By name."""
    with pytest.raises(DefinitionError) as refused:
        mean({"a": 3, "b": 1}, **options).of(scores)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("power", "scores", "value"),
    [
        (Fraction(1, 10**25), (1, 100), 10),  # nearly the geometric mean, and its last digits are kept
        (Fraction(-1, 10**25), (1, 100), 10),
        (10**6, (100, 100), 100),
        (-(10**6), (100, 100), 100),  # not nothing
        (10**6, (1, 100), Fraction("99.999931")),  # 100 times the millionth root of a half
        (10**300, (7, 9), 9),  # nearly the greatest
        (-(10**300), (7, 9), 7),  # nearly the least
        (10**6, (Fraction(1, 10), Fraction(1, 10)), Fraction(1, 10)),
        (Fraction(1, 2), (0, 16), 4),
        (3, (Fraction(1, 10**300), 0), 0),
    ],
)
def test_powers_that_leave_the_numbers_of_a_machine(power: Any, scores: Any, value: Any) -> None:
    """Whatever the power, the mean is drawn to its digits: known limits of the mean of a power."""
    assert (
        mean({"a": 1, "b": 1}, method="power", power=power, digits=6).of(dict(zip("ab", scores, strict=True))).value
        == value
    )


@pytest.mark.parametrize("options", [{"method": "geometric"}, {"method": "power", "power": 3}])
def test_the_decimals_of_others_change_nothing(options: dict[str, Any]) -> None:
    """A program around may have set its own precision, range and traps."""
    drawn = mean({"a": 1, "b": 2}, digits=9, **options)
    expected = drawn.of({"a": 2, "b": 3000}).value
    with localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 2, ROUND_UP, 3, -3
        context.traps[Inexact] = context.traps[Rounded] = context.traps[Subnormal] = True
        assert drawn.of({"a": 2, "b": 3000}).value == expected


SCORES = st.dictionaries(st.sampled_from("abcd"), st.fractions(0, 100, max_denominator=50), min_size=1)
WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 9) for name in "abcd"})
FACTORS = st.fractions(Fraction(1, 9), 9, max_denominator=9)


@given(WEIGHTS, SCORES, FACTORS)
def test_weights_are_proportions_and_parts_add_up(weights: Any, scores: Any, factor: Fraction) -> None:
    """Twice the weights are the same mean."""
    found = mean(weights, missing="reweight").of(scores)
    scaled = mean({name: weight * factor for name, weight in weights.items()}, missing="reweight").of(scores)
    assert found == scaled
    assert sum(found.parts.values()) == found.value


@given(WEIGHTS, SCORES, st.sampled_from("abcd"), st.fractions(0, 50))
def test_a_better_score_never_lowers_a_mean(weights: Any, scores: Any, name: str, more: Fraction) -> None:
    """Of any kind that takes every score from zero."""
    if name not in scores:
        return
    better = scores | {name: scores[name] + more}
    for options in ({}, {"method": "least"}, {"method": "geometric", "digits": 6}):
        one = mean(weights, missing="reweight", **options).of(scores).value
        other = mean(weights, missing="reweight", **options).of(better).value
        assert one is not None
        assert other is not None
        assert one <= other


@given(WEIGHTS, st.fixed_dictionaries({name: st.fractions(1, 100, max_denominator=20) for name in "abcd"}))
def test_the_means_stand_in_their_order(weights: Any, scores: Any) -> None:
    """The least, the harmonic, the geometric, the arithmetic, the quadratic."""
    kinds: list[dict[str, Any]] = [
        {"method": "least"},
        {"method": "harmonic"},
        {"method": "geometric", "digits": 12},
        {},
        {"method": "power", "power": 2, "digits": 12},
    ]
    found = [mean(weights, **kind).of(scores).value for kind in kinds]
    known = [value for value in found if value is not None]
    assert len(known) == len(kinds)
    assert all(one <= other + Fraction(1, 10**12) for one, other in pairwise(known))


POWERS = st.fractions(-9, 9, max_denominator=4).filter(bool)
KINDS: Any = st.one_of(
    st.sampled_from([{}, {"method": "least"}, {"method": "greatest"}, {"method": "harmonic"}]),
    st.just({"method": "geometric", "digits": 12}),
    POWERS.map(lambda power: {"method": "power", "power": power, "digits": 12}),
)
CLOSE = Fraction(1, 10**12)


@given(
    WEIGHTS, KINDS, st.dictionaries(st.sampled_from("abcd"), st.fractions(Fraction(1, 100), 100), min_size=1), FACTORS
)
def test_a_mean_lies_among_its_parts(weights: Any, kind: Any, scores: Any, factor: Fraction) -> None:
    """Between the least and the greatest that are there, of any kind; only the proportion of weights counts."""
    found = mean(weights, missing="reweight", **kind).of(scores)
    assert found.value is not None
    assert min(scores.values()) - CLOSE <= found.value <= max(scores.values()) + CLOSE
    assert found.covered == Fraction(sum(weights[name] for name in scores), sum(weights.values()))
    scaled = {name: weight * factor for name, weight in reversed(weights.items())}
    assert mean(scaled, missing="reweight", **kind).of(scores).value == found.value
    alone = {name: Fraction(5) for name in scores}
    assert mean(weights, missing="reweight", **kind).of(alone).value == 5


@given(WEIGHTS, st.dictionaries(st.sampled_from("abcd"), st.fractions(-100, 100), min_size=1))
def test_an_arithmetic_mean_by_its_definition(weights: Any, scores: Any) -> None:
    """In fractions, part by part, under each policy; below nothing too."""
    whole, there = sum(weights.values()), sum(weights[name] for name in scores)
    total = sum((weights[name] * score for name, score in scores.items()), Fraction(0))
    assert mean(weights, missing="reweight").of(scores).value == total / there
    zero = mean(weights, missing="zero").of(scores)
    assert zero.value == total / whole
    assert zero.parts == {name: Fraction(weights[name]) * scores.get(name, 0) / whole for name in weights}
    withheld = mean(weights, missing="withhold", least_covered=1).of(scores)
    assert withheld.value == (total / whole if len(scores) == len(weights) else None)
    assert sum(withheld.parts.values()) == (withheld.value or 0)
