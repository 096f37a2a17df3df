"""Scorecards: as published by UNDP and COINr, with laws for whatever tree they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Goalposts, PiecewiseLinear, Rounding, Steps, exact
from svcstd.errors import DefinitionError, UnknownName
from svcstd.scoring import (
    Bonus,
    Cap,
    CohortRule,
    Criterion,
    Dimension,
    Floor,
    KnockOut,
    Lack,
    Mean,
    Measure,
    Multiplier,
    Penalty,
    Score,
    Scorecard,
    Tally,
    score,
)

CENT = Rounding(Decimal("0.01"), "half up")
FINE = Rounding(Decimal("0.000000000001"), "half even")
NOTHING = Measure(0, 0, 0)
FORTNIGHT: dict[str, Any] = {"every": "fortnight"}


def mean(*names: str, **options: Any) -> Mean:
    """Equal weights, arithmetic, missing ones refused, unless something else is said."""
    given_: dict[str, Any] = {"weights": dict.fromkeys(names, 1), "method": "arithmetic", "missing": "refuse"}
    return Mean(**given_ | options)


def level(*names: str, **options: Any) -> Dimension:
    """A level of figures as they are."""
    return Dimension({name: Criterion(name) for name in names}, mean(*names, **options))


def card(root: Dimension, *adjustments: Any, rounding: Rounding = CENT) -> Scorecard:
    """A card of one tree."""
    return Scorecard(key="card", root=root, rounding=rounding, adjustments=adjustments)


def figures(values: Mapping[str, Any], n: int = 5) -> dict[str, Measure]:
    """Figures over so many records; ``None`` for nothing counted."""
    return {key: NOTHING if value is None else Measure(exact(value) * n, n, n) for key, value in values.items()}


def vectors(shared: Path, op: str) -> list[dict[str, Any]]:
    """The vectors of ``scoring.json`` for an operation; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"] == op]


def near(got: Any, expected: Any, tolerance: Any) -> bool:
    """Within the tolerance that the source leaves."""
    return abs(Fraction(got) - exact(expected)) <= Fraction(str(tolerance))


def test_human_development_as_published(shared: Path) -> None:
    """Goalposts with caps, a mean of schooling, a geometric mean of the three, rounded at the end."""
    with localcontext(prec=40):
        low, high = Decimal(100).ln(), Decimal(75_000).ln()

    def posts(worst: Any, best: Any) -> Goalposts:
        return Goalposts(worst, best, scale=1, beyond="clamp")

    schooling = Dimension(
        {"eys": Criterion("eys", curve=posts(0, 18)), "mys": Criterion("mys", curve=posts(0, 15))}, mean("eys", "mys")
    )
    health, income = Criterion("le", curve=posts(20, 85)), Criterion("gni", curve=posts(low, high))
    root = Dimension(
        {"health": health, "education": schooling, "income": income},
        mean("health", "education", "income", method="geometric", digits=12),
    )
    hdi = card(root, rounding=FINE)
    found = vectors(shared, "composite.hdi_geometric")
    assert found
    for one in found:
        told = one["input"]
        with localcontext(prec=40):
            gni = told.get("ln_gni_per_capita") or Decimal(told["gni_per_capita"]).ln()
        years = {"le": told["life_expectancy"], "eys": told["expected_schooling"], "mys": told["mean_schooling"]}
        value = hdi.value(figures({**years, "gni": gni}))
        assert near(value, one["expected"], one["tolerance"]), one["id"]


def test_one_goalpost_as_published(shared: Path) -> None:
    """Life expectancy of 55 years."""
    (one,) = vectors(shared, "normalise.minmax")
    told = one["input"]
    assert near(
        Goalposts(told["low"], told["high"], scale=1, beyond="clamp").at(told["value"]),
        one["expected"],
        one["tolerance"],
    )


def tree(hierarchy: Mapping[str, list[str]], key: str) -> Any:
    """The part of a hierarchy under a key; equal weights at every level."""
    below = hierarchy.get(key)
    if below is None:
        return Criterion(key)
    return Dimension({name: tree(hierarchy, name) for name in below}, mean(*below))


def test_connected_sustainable_countries_as_published(shared: Path) -> None:
    """Forty-nine indicators, eight pillars, two sub-indices, one index: every published figure of each country."""
    for one in vectors(shared, "composite.hierarchical_arithmetic"):
        told, expected = one["input"], one["expected"]
        root = tree(told["hierarchy"], "Index")
        found = score(card(root, rounding=FINE), figures(told["normalised_0_100"]))
        lines = {line.key.rpartition(".")[2] or "Index": line.points for line in found.root.walk()}
        for key, value in expected.items():
            assert near(lines[key], value, one["tolerance"]), (one["id"], key)


def test_two_halves_as_published(shared: Path) -> None:
    """To three digits."""
    for one in vectors(shared, "composite.aggregate_arithmetic"):
        told = one["input"]
        root = level("conn", "sust", weights=dict(zip(("conn", "sust"), told["weights"], strict=True)))
        value = card(root, rounding=FINE).value(figures({"conn": told["conn"], "sust": told["sust"]}))
        assert near(value, one["expected"], one["tolerance"])


POINTS = st.one_of(st.none(), st.integers(-50, 150))
CURVES = st.sampled_from(
    [
        None,
        Goalposts(0, 100, scale=100, beyond="clamp"),
        Goalposts(100, 0, scale=10, beyond="clamp"),
        PiecewiseLinear([(-50, 0), (50, 80), (150, 100)], beyond="refuse"),
        Steps([0, 60], [0, 50, 100], bound="upper"),
    ]
)
LEAVES = st.builds(
    Criterion,
    st.sampled_from("abcd"),
    curve=CURVES,
    least=st.sampled_from([0, 0, 9]),
    rounding=st.sampled_from([None, CENT]),
)
METHODS = st.sampled_from(["arithmetic", "arithmetic", "least", "greatest"])
POLICIES: Any = st.sampled_from([("reweight", 0), ("reweight", Fraction(1, 2)), ("zero", 0), ("withhold", 1)])


@st.composite
def levels(draw: st.DrawFn, depth: int = 2) -> Dimension:
    """Trees of up to three levels, of every mean that takes any number."""
    names = [f"p{number}" for number in range(draw(st.integers(1, 3)))]
    inner = LEAVES if not depth else st.one_of(LEAVES, levels(depth=depth - 1))
    parts = {name: draw(inner) for name in names}
    missing, least = draw(POLICIES)
    weights = {name: draw(st.integers(1, 5)) for name in names}
    options = {"method": draw(METHODS), "missing": missing, "least_covered": least, "weights": weights}
    return Dimension(
        parts, mean(**options), rounding=draw(st.sampled_from([None, None, Rounding(Decimal(1), "half even")]))
    )


ADJUSTMENTS = st.lists(
    st.sampled_from(
        [
            Cap("cap", most=90),
            Floor("floor", least=-10),
            KnockOut("critical", kpi="a", below=-20, to=0, missing="skip"),
            Bonus("bonus", kpi="b", each=Fraction(1, 3), most=5, missing="skip"),
            Penalty("penalty", kpi="c", each=2, most=None, missing="withhold"),
            Multiplier("rating", kpi="d", missing="skip"),
        ]
    ),
    unique_by=lambda one: str(getattr(one, "name", "")),
)
VALUES = st.fixed_dictionaries(dict.fromkeys("abcd", POINTS))


@given(levels(), ADJUSTMENTS, VALUES)
def test_contributions_adjustments_and_rounding_are_the_score(root: Dimension, adjustments: Any, values: Any) -> None:
    """Exactly; and the quick way gives the same value. What is read back is equal."""
    mine, told = card(root, *adjustments), figures(values)
    found = score(mine, told, of="E07", edition="2026-01-01")
    assert found.value == mine.value(told)
    assert Score.from_json(json.loads(json.dumps(found.to_json()))) == found
    if found.value is None:
        assert found.contributions == ()
        assert found.residual == 0
        assert found.state != "scored"
    else:
        assert sum(one.points for one in found.contributions) + found.residual == found.value
        assert found.state == "scored"
    assert found.explanation.text()


@given(levels(), VALUES, st.integers(2, 9))
def test_only_the_proportion_of_weights_counts(root: Dimension, values: Any, times: int) -> None:
    """And the order of the parts says nothing."""

    def changed(one: Dimension) -> Dimension:
        weights = {key: weight * times for key, weight in list(one.mean.weights.items())[::-1]}
        parts = {
            key: changed(part) if isinstance(part, Dimension) else part for key, part in list(one.parts.items())[::-1]
        }
        return attrs.evolve(one, parts=parts, mean=attrs.evolve(one.mean, weights=weights))

    assert card(changed(root)).value(figures(values)) == card(root).value(figures(values))


@given(
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 50),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "least"]),
)
def test_better_never_scores_lower(one: int, other: int, more: int, method: Any) -> None:
    """Where more is better, and where less is."""
    rising, falling = Goalposts(0, 150, scale=100, beyond="clamp"), Goalposts(150, 0, scale=100, beyond="clamp")
    digits = {"digits": 9} if method == "geometric" else {}
    for curve, sign in ((rising, 1), (falling, -1)):
        root = Dimension(
            {"a": Criterion("a", curve=curve), "b": Criterion("b")}, mean("a", "b", method=method, **digits)
        )
        before = card(root, rounding=FINE).value(figures({"a": one + 1, "b": other + 1}))
        after = (
            card(root, rounding=FINE).value(figures({"a": one + 1 + sign * more, "b": other + 1}))
            if one >= more
            else before
        )
        assert after is not None
        assert before is not None
        assert after >= before


@given(st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_means_in_their_order(values: list[int]) -> None:
    """The least, harmonic, geometric, arithmetic, the greatest."""
    names = [str(number) for number in range(len(values))]
    found = []
    for method in ("least", "harmonic", "geometric", "arithmetic", "greatest"):
        root = level(*names, method=method, **({"digits": 15} if method == "geometric" else {}))
        points = root.points(figures(dict(zip(names, values, strict=True))))
        assert isinstance(points, Fraction)
        found.append(points)
    close = Fraction(1, 10**14)
    assert all(one <= other + close for one, other in pairwise(found))


@pytest.mark.parametrize("missing", ["refuse", "zero", "reweight", "withhold"])
def test_few_records_are_never_zero(missing: Any) -> None:
    """Insufficient: the whole, where the others do not share the weight."""
    least = {"least_covered": 1} if missing == "withhold" else {}
    root = Dimension({"a": Criterion("a", least=6), "b": Criterion("b")}, mean("a", "b", missing=missing, **least))
    found = score(card(root), figures({"a": 100, "b": 50}))
    state, value = ("scored", Decimal("50.00")) if missing == "reweight" else ("insufficient", None)
    assert (found.state, found.value) == (state, value)
    assert found.root.parts[0].state == "insufficient"
    assert score(card(root), figures({"a": 100, "b": 50}, n=6)).value == Decimal("75.00")


def test_nothing_at_all() -> None:
    """Missing is not withheld, and neither is zero, unless that is said."""
    root = level("a", "b", missing="withhold", least_covered=1)
    assert score(card(root), figures({"a": None, "b": None})).state == "missing"
    assert score(card(root), figures({"a": 1, "b": None})).state == "withheld"
    assert root.points(figures({"a": None, "b": None})) is Lack.MISSING
    assert card(level("a", "b", missing="zero")).value(figures({"a": None, "b": None})) == 0
    with pytest.raises(DefinitionError) as caught:
        card(level("a", "b")).value(figures({"a": 1, "b": None}))
    assert caught.value.where == "scores.b"


def test_a_figure_that_is_not_given() -> None:
    """Is no figure of nothing; any other key of a mapping that fails is told as it is."""
    mine = card(level("a"), Bonus("bonus", kpi="b", each=1, most=None, missing="skip"))
    assert mine.kpis == ("a", "b")
    for call in (mine.value, lambda told: score(mine, told)):
        for told in ({}, figures({"a": 1})):
            with pytest.raises(UnknownName) as caught:
                call(told)
            assert caught.value.message == "scoring.unmeasured"

    class Broken(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            raise KeyError("elsewhere")

    with pytest.raises(KeyError) as other:
        mine.value(Broken(figures({"a": 1, "b": 1})))
    assert not isinstance(other.value, UnknownName)


def test_compared_with_colleagues() -> None:
    """The card is fixed to the cohort first, at every depth; who is not counted is not compared."""
    rule = CohortRule(method="range", better="more", flat="refuse", scale=100)
    inner = Dimension({"a": Criterion("a", curve=rule), "b": Criterion("b")}, mean("a", "b"))
    mine = card(Dimension({"in": inner}, mean("in")))
    cohort = {"x": figures({"a": 1, "b": 0}), "y": figures({"a": 3, "b": 0}), "z": figures({"a": None, "b": 0})}
    with pytest.raises(DefinitionError) as caught:
        mine.value(cohort["x"])
    assert caught.value.message == "cohorts.none"
    fixed = mine.over(cohort)
    assert [fixed.value(cohort[who]) for who in ("x", "y")] == [Decimal("0.00"), Decimal("50.00")]
    line = score(fixed, cohort["y"]).root.parts[0].parts[0]
    assert list(line.cohort) == [1, 3]


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: Criterion("a", least=-1), "least", "agents.whole"),
        (lambda: Criterion("a", least=True), "least", "agents.whole"),
        (lambda: Dimension({"a": Criterion("a")}, mean("b")), "parts.a", "scoring.no_weight"),
        (lambda: Dimension({"a": Criterion("a")}, mean("a", "b")), "weights.b", "scoring.no_part"),
        (lambda: card(level("a"), Cap("x", most=1), Floor("x", least=0)), "adjustments", "shape.twice"),
        (lambda: attrs.evolve(card(level("a")), **FORTNIGHT), "every", "choice.unknown"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)


def test_not_too_deep() -> None:
    """Ten levels, no more."""
    root = level("a")
    for _ in range(9):
        root = Dimension({"in": root}, mean("in"))
    assert root.depth == 10
    with pytest.raises(DefinitionError):
        Dimension({"in": root}, mean("in"))


def test_a_tally_is_a_figure_too() -> None:
    """Points count as they are."""
    assert card(level("a")).value({"a": Tally(7, 2, empty_is_zero=True)}) == 7
