"""Laws of a score for trees of every mean: told and quick are one, better is never worse, too few is never zero."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.catalogues.en import SENTENCES
from svcstd.curves import Goalposts, PiecewiseLinear, Rounding, Steps, shown
from svcstd.errors import DefinitionError
from svcstd.explain import Explanation
from svcstd.scoring import (
    Cap,
    CohortRule,
    Criterion,
    Dimension,
    Grades,
    KnockOut,
    Mean,
    Measure,
    Multiplier,
    Scorecard,
    difference,
    score,
)

FINE = Rounding(Decimal("0.000001"), "half even")
NOTHING = Measure(0, 0, 0)
METHODS: list[dict[str, Any]] = [
    {"method": "arithmetic"},
    {"method": "geometric", "digits": 6},
    {"method": "harmonic"},
    {"method": "power", "power": 2, "digits": 6},
    {"method": "power", "power": Fraction(-1, 2), "digits": 6},
    {"method": "least"},
    {"method": "greatest"},
]
POLICIES: list[dict[str, Any]] = [
    {"missing": "refuse"},
    {"missing": "zero"},
    {"missing": "reweight"},
    {"missing": "reweight", "least_covered": Fraction(1, 2)},
    {"missing": "withhold", "least_covered": 1},
    {"missing": "withhold", "least_covered": Fraction(1, 3)},
]
RISING = [
    None,
    Goalposts(-10, 110, scale=100, beyond="clamp"),
    PiecewiseLinear([(0, 1), (50, 80), (100, 90)], beyond="clamp"),
    Steps([20, 60], [0, 50, 100], bound="lower"),
]


@st.composite
def trees(draw: st.DrawFn, curves: Any = RISING, depth: int = 2) -> Dimension:
    """Up to three levels of every mean and policy, rounded here and there."""
    leaf = st.builds(
        Criterion,
        st.sampled_from("abcd"),
        curve=st.sampled_from(curves),
        least=st.sampled_from([0, 0, 0, 9]),
        rounding=st.sampled_from([None, Rounding(5, "half up")]),
    )
    names = [f"p{number}" for number in range(draw(st.integers(1, 3)))]
    parts = {name: draw(leaf if not depth else st.one_of(leaf, trees(curves, depth - 1))) for name in names}
    weights = {name: draw(st.integers(1, 5)) for name in names}
    mean = Mean(weights=weights, **draw(st.sampled_from(METHODS)), **draw(st.sampled_from(POLICIES)))
    return Dimension(parts, mean, rounding=draw(st.sampled_from([None, None, Rounding(1, "floor")])))


FIGURES = st.fixed_dictionaries(dict.fromkeys("abcd", st.tuples(st.integers(0, 100), st.sampled_from([0, 5, 9, 9]))))


def measures(figures: Mapping[str, tuple[int, int]]) -> dict[str, Measure]:
    """Figures with the number of records behind each; none at all where that is 0."""
    return {key: Measure(value * n, n, n) for key, (value, n) in figures.items()}


def card(root: Dimension, *adjustments: Any) -> Scorecard:
    """To six decimals."""
    return Scorecard(key="card", root=root, rounding=FINE, adjustments=adjustments)


def outcome(call: Callable[[], Any]) -> Any:
    """The value, or what was refused and where."""
    try:
        return call()
    except DefinitionError as error:
        return error.where, error.message


@given(trees(), FIGURES)
def test_told_and_quick_are_one(root: Dimension, figures: Any) -> None:
    """The same value, or the same refusal at the same place; what is told adds up to it."""
    mine = card(
        root, KnockOut("low", kpi="a", below=10, to=5, missing="skip"), Multiplier("x", kpi="b", missing="skip")
    )
    quick = outcome(partial(mine.value, measures(figures)))
    if isinstance(quick, tuple):
        assert outcome(partial(score, mine, measures(figures))) == quick
        return
    told = score(mine, measures(figures))
    assert told.value == quick
    assert sum(one.points for one in told.contributions) + told.residual == (quick or 0)
    paths = [(one.kind, one.key) for one in told.contributions]
    assert len(set(paths)) == len(paths)


@given(trees(), FIGURES, st.sampled_from("abcd"), st.integers(1, 100))
def test_better_is_never_worse(root: Dimension, figures: Any, key: str, more: int) -> None:
    """A higher figure under rising curves, whatever the means, policies and roundings above it."""
    better = {**figures, key: (figures[key][0] + more, figures[key][1])}
    one, other = (outcome(partial(card(root).value, measures(told))) for told in (figures, better))
    if isinstance(one, Decimal):
        assert other >= one
    elif one is None:
        assert other is None


def leaves(root: Dimension) -> Iterator[Criterion]:
    """The criteria of a tree."""
    for part in root.parts.values():
        if isinstance(part, Dimension):
            yield from leaves(part)
        else:
            yield part


@given(trees(), FIGURES)
def test_a_score_lies_among_its_points(root: Dimension, figures: Any) -> None:
    """Where nothing counts as zero and no level is rounded, between the least and the greatest points that count."""
    if any(dim.rounding or dim.mean.missing == "zero" for dim in levels(root)):
        return
    value = outcome(partial(card(root).value, measures(figures)))
    if isinstance(value, Decimal):
        points = [found for leaf in leaves(root) if isinstance(found := leaf.points(measures(figures)), Fraction)]
        close = Fraction(3, 10**6)
        assert min(points) - close <= value <= max(points) + close


def levels(root: Dimension) -> Iterator[Dimension]:
    """The dimensions of a tree."""
    yield root
    for part in root.parts.values():
        if isinstance(part, Dimension):
            yield from levels(part)


@pytest.mark.parametrize(("method", "policy"), list(product(METHODS, POLICIES)))
def test_too_few_records_are_never_zero(method: Any, policy: Any) -> None:
    """Whatever the mean: no score at all, or the score of the others alone, also where it happens two levels down."""
    mean = Mean(weights={"a": 1, "b": 1}, **method, **policy)
    low = Dimension({"a": Criterion("a", least=9), "b": Criterion("b")}, mean)
    strict = Mean(weights={"in": 1}, method="arithmetic", missing="zero")
    shares = policy["missing"] == "reweight" or policy.get("least_covered") == Fraction(1, 3)
    for root in (low, Dimension({"in": low}, strict)):
        for value in (0, 100):
            found = score(card(root), {"a": Measure(value, 1, 8), "b": Measure(60, 1, 9)})
            assert found.value == (60 if shares else None)
            assert found.state == ("scored" if shares else "insufficient")
    both = Dimension({"a": Criterion("a", least=9), "b": Criterion("b", least=9)}, mean)
    none = score(card(both), {"a": Measure(50, 1, 8), "b": Measure(60, 1, 1)})
    assert (none.value, none.state) == (None, "insufficient")


@pytest.mark.parametrize(
    ("peers", "figures", "expected"),
    [
        (3, {"supervisor": 90, "peer": 80, "self": 100, "customer": 70}, Decimal("83.00")),
        (2, {"supervisor": 90, "peer": 80, "self": 100, "customer": 70}, Decimal("83.75")),  # 67 of 80
        (3, {"supervisor": 90, "peer": 80, "self": 100, "customer": None}, Decimal("88.57")),  # 62 of 70
        (0, {"supervisor": None, "peer": None, "self": 100, "customer": None}, Decimal("100.00")),
    ],
)
def test_four_views_of_the_support_desk(peers: int, figures: dict[str, Any], expected: Decimal) -> None:
    """Supervisor 40, peers 20 from three on, self 10, customer 30; who is missing leaves its weight to the others."""
    weights = {"supervisor": "0.4", "peer": "0.2", "self": "0.1", "customer": "0.3"}
    parts = {key: Criterion(key, least=3 if key == "peer" else 0) for key in weights}
    mean = Mean(weights={k: Decimal(w) for k, w in weights.items()}, method="arithmetic", missing="reweight")
    desk = Scorecard(key="desk", root=Dimension(parts, mean), rounding=Rounding(Decimal("0.01"), "half up"))
    counts = {"supervisor": 1, "peer": peers, "self": 1, "customer": 12}
    told = {
        key: NOTHING if value is None else Measure(value * counts[key], counts[key], counts[key])
        for key, value in figures.items()
    }
    found = score(desk, told)
    assert found.value == expected
    assert sum(line.weight for line in found.root.parts if line.weight is not None) == 1


def test_names_that_could_not_stand_in_a_path() -> None:
    """A dot would make two parts one path, and nothing is no name."""
    for name in ("a.b", ".", ""):
        with pytest.raises(DefinitionError) as refused:
            Dimension({name: Criterion("a")}, Mean(weights={name: 1}, method="arithmetic", missing="refuse"))
        assert (refused.value.where, refused.value.message) == ("parts", "shape.key")


def test_a_refused_figure_is_named() -> None:
    """Of many, the one that lies beyond its curve."""
    curve = Goalposts(0, 1, scale=1, beyond="refuse")
    parts = {key: Criterion(f"kpi-{key}", curve=curve) for key in "ab"}
    root = Dimension(parts, Mean(weights={"a": 1, "b": 1}, method="arithmetic", missing="refuse"))
    figures = {"kpi-a": Measure(1, 1, 1), "kpi-b": Measure(2, 1, 1)}
    for call in (partial(card(root).value, figures), partial(score, card(root), figures)):
        assert outcome(call) == ("measures.kpi-b", "curves.beyond")


@pytest.mark.parametrize(
    ("step", "figure", "text"),
    [("0.0000001", 0, "c: 0.0000000"), ("1E+1", 87, "c: 90"), ("0.01", Fraction(-1, 1000), "c: 0.00")],
)
def test_values_for_people_have_no_powers_of_ten(step: str, figure: Any, text: str) -> None:
    """Written out, and never minus nothing."""
    root = Dimension({"a": Criterion("a")}, Mean(weights={"a": 1}, method="arithmetic", missing="refuse"))
    mine = Scorecard(key="c", root=root, rounding=Rounding(Decimal(step), "half even"))
    one, other = (score(mine, {"a": Measure(value, 1, 1)}) for value in (figure, 1000))
    assert one.explanation.text().splitlines()[0] == text
    assert difference(one, other).explanation.sentence().startswith(f"{text[3:]} became 1000")


def test_numbers_for_people_are_exact() -> None:
    """Where they have an end, with all their digits, whatever decimals a program around has set."""
    long = "1000000000000000000000000000001"
    told = {long: long, f"-{long}/4": "-250000000000000000000000000000.25", "1/8589934592": f"{2.0**-33:.33f}"}
    assert {text: shown(Fraction(text)) for text in told} == told


def test_every_sentence_is_said() -> None:
    """Scores of each state, means and picks, compared and not, moved and not: no sentence of the catalogue is idle."""
    posts = CohortRule(method="percentile", better="more", flat="full", scale=100).over([1, 2])
    half = Mean(weights={"a": 1, "b": 1}, method="arithmetic", missing="reweight")
    whole = Mean(weights={"a": 1, "b": 1}, method="greatest", missing="withhold", least_covered=1)
    parts = {"a": Criterion("a", curve=posts, least=2), "b": Criterion("b")}
    inner = [Dimension(parts, mean, rounding=Rounding(10, "half up")) for mean in (half, whole)]
    both = Mean(weights={"sum": 1, "pick": 1}, method="arithmetic", missing="withhold", least_covered=1)
    loose = Mean(weights={"sum": 1, "pick": 2}, method="arithmetic", missing="reweight")
    least = Mean(weights={"sum": 1, "pick": 1}, method="least", missing="reweight")
    cap, times = Cap("cap", most=60), Multiplier("times", kpi="b", missing="withhold")
    grades = Grades(["B", "A"], [50], bound="upper")
    told: set[str] = set()
    scores = []
    for mean, adjustments in ((both, ()), (loose, (cap,)), (loose, (times,)), (least, ())):
        root = Dimension(dict(zip(("sum", "pick"), inner, strict=True)), mean)
        mine = Scorecard(key="c", root=root, rounding=Rounding(7, "half up"), adjustments=adjustments, grades=grades)
        for a, b in product(
            (Measure(2, 1, 2), Measure(2, 1, 1), NOTHING), (Measure(4, 1, 1), Measure(94, 1, 1), NOTHING)
        ):
            found = score(mine, {"a": a, "b": b})
            told |= set(said(found.explanation))
            scores += [found] if found.value is not None else []
    for one, other in product(scores, scores):
        told |= set(said(difference(one, other).explanation))
    assert told == {message for message in SENTENCES if message.startswith("score.")}


def said(reason: Explanation) -> Iterator[str]:
    """The messages of a reason and of all below it."""
    yield reason.message
    for child in reason.children:
        yield from said(child)
