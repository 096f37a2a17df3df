"""Two scores side by side, where the whole is no sum of parts, is rounded twice, or is told of in other numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import DefinitionError, SvcstdError, UnknownName
from svcstd.scoring import (
    Cap,
    Criterion,
    Dimension,
    Floor,
    Lack,
    Mean,
    Measure,
    Multiplier,
    Score,
    Scorecard,
    difference,
    score,
    substitution,
)

VALUES = st.lists(st.fractions(1, 100, max_denominator=30), min_size=3, max_size=3)
METHODS: Any = st.sampled_from(["arithmetic", "geometric", "harmonic", "power", "least", "greatest"])
STEPS: Any = st.none() | st.sampled_from(["1", "0.5", "0.01"])
TO_TEN = Rounding(Decimal("0.1"), "half up")


def mean(method: Any = "arithmetic", missing: Any = "refuse", **weights: int) -> Mean:
    """To three decimals, where there are roots."""
    options: dict[str, Any] = {"digits": 3} if method in ("geometric", "power") else {}
    if method == "power":
        options["power"] = 2
    return Mean(weights=weights, method=method, missing=missing, **options)


def scored(root: Dimension, figures: Any, *adjustments: Any) -> Score:
    """By a card to one decimal."""
    card = Scorecard(key="card", root=root, rounding=TO_TEN, adjustments=adjustments)
    return score(card, {key: Measure(one, 1, 1) for key, one in zip("abc", figures, strict=True)})


def tree(outer: Any, inner: Any, step: Any, inner_step: Any) -> Dimension:
    """Figure a beside a level of b and c."""

    def rounding(one: Any) -> Rounding | None:
        return None if one is None else Rounding(Decimal(one), "half even")

    below = Dimension({"b": Criterion("b"), "c": Criterion("c")}, mean(inner, b=2, c=1), rounding=rounding(inner_step))
    return Dimension({"a": Criterion("a"), "low": below}, mean(outer, a=1, low=3), rounding=rounding(step))


@given(VALUES, VALUES, METHODS, METHODS, STEPS, STEPS)
def test_changes_are_the_difference(one: Any, other: Any, outer: Any, inner: Any, step: Any, inner_step: Any) -> None:
    """Exactly, for whatever means and roundings; each change once, the greatest first, in words of its own."""
    root = tree(outer, inner, step, inner_step)
    adjusted = (Multiplier("rating", kpi="b", missing="refuse"), Cap("top", most=2000), Floor("bottom", least=40))
    before, after = scored(root, one, *adjusted), scored(root, other, *adjusted)
    found = difference(before, after)
    assert sum((change.delta for change in found.changes), Fraction(0)) == Fraction(found.total)
    assert len({(change.key, change.kind) for change in found.changes}) == len(found.changes)
    sizes = [abs(change.delta) for change in found.changes]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)
    told = found.explanation.text().splitlines()[1:]
    assert len({line.rpartition(":")[0] for line in told}) == len(found.changes)
    assert difference(before, before).changes == ()


def test_a_whole_that_is_no_sum() -> None:
    """Moves as one: that is its mean, and no rounding."""
    root = Dimension({key: Criterion(key) for key in "abc"}, mean("harmonic", a=1, b=1, c=1))
    found = difference(scored(root, (2, 2, 2)), scored(root, (3, 6, Fraction(31, 10))))
    assert [(change.key, change.kind) for change in found.changes] == [("", "part"), ("", "rounding")]
    assert found.explanation.text().splitlines() == [
        "2.0 became 3.6",
        "  the mean of all parts: +1.6471",
        "  the last rounding: -0.0471",
    ]


def test_two_roundings_of_the_whole_are_one() -> None:
    """By its level and by the card."""
    root = Dimension({"a": Criterion("a")}, mean(a=1), rounding=Rounding(Decimal("0.01"), "up"))
    one, other = (
        score(Scorecard(key="card", root=root, rounding=TO_TEN), {"a": Measure(value, 3, 3)}) for value in (1, 2)
    )
    assert (one.exact, one.value, other.exact, other.value) == (
        Fraction(34, 100),
        Decimal("0.3"),
        Fraction(67, 100),
        Decimal("0.7"),
    )
    part, rounding = difference(one, other).changes
    assert (part.key, part.delta) == ("a", Fraction(1, 3))
    assert (rounding.key, rounding.before, rounding.after) == ("", Fraction(-1, 30), Fraction(1, 30))


@pytest.mark.parametrize("missing", ["refuse", "reweight", "zero"])
def test_steps_in_whole_numbers_and_decimals(missing: Any) -> None:
    """Count as fractions do."""
    level = Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean(missing=missing, a=1, b=1))
    exact = substitution(level, {"a": Fraction(4), "b": Fraction(8)}, {"a": Fraction(5, 2), "b": Fraction(6)})
    assert [(step.value, step.delta) for step in exact] == [
        (Fraction(21, 4), Fraction(-3, 4)),
        (Fraction(17, 4), Fraction(-1)),
    ]
    assert substitution(level, {"a": 4, "b": 8, "other": 9}, {"b": 6, "a": Decimal("2.5")}) == exact


@given(VALUES, VALUES, METHODS, st.sampled_from(["refuse", "zero", "reweight"]))
def test_steps_add_up(one: Any, other: Any, method: Any, missing: Any) -> None:
    """To the move of the mean; a part that stays moves nothing."""
    level = Dimension({key: Criterion(key) for key in "abc"}, mean(method, missing, a=1, b=2, c=3))
    before, after = (dict(zip("abc", values, strict=True)) for values in (one, [one[0], *other[1:]]))
    steps = substitution(level, before, after)
    assert [step.key for step in steps] == ["a", "b", "c"]
    assert steps[0].delta == 0
    moves = [step.delta for step in steps if step.delta is not None]
    assert steps[2].value is not None
    assert steps[2].value - sum(moves, Fraction(0)) == steps[0].value == level.of(before)


def test_steps_into_nothing() -> None:
    """A mean that is lost and found again has no steps on either side of the hole."""
    level = Dimension({key: Criterion(key) for key in "abc"}, mean("least", "zero", a=1, b=1, c=1))
    steps = substitution(level, {"a": 3, "b": Lack.INSUFFICIENT, "c": 2}, {"a": 3, "b": 4, "c": Lack.MISSING})
    assert [(step.value, step.delta) for step in steps] == [(None, None), (2, None), (0, -2)]


LEVEL = Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean(a=1, b=1))
HARMONIC = Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean("harmonic", a=1, b=1))
GONE = scored(Dimension({"a": Criterion("a")}, mean(missing="reweight", a=1)), (1, 1, 1))


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: substitution(LEVEL, {"a": 1}, {"a": 1, "b": 2}), "before", "scoring.untold"),
        (lambda: substitution(LEVEL, {"a": 1, "b": 2}, {"b": 2}), "after", "scoring.untold"),
        (lambda: substitution(LEVEL, {"a": 0.5, "b": 2}, {"a": 1, "b": 2}), "before.a", "curves.number"),  # type: ignore[dict-item]
        (lambda: substitution(LEVEL, {"a": 1, "b": 2}, {"a": 1, "b": True}), "after.b", "curves.number"),
        (lambda: substitution(LEVEL, {"a": 1, "b": 2}, {"a": 1, "b": Lack.MISSING}), "scores.b", "scoring.missing"),
        (lambda: substitution(HARMONIC, {"a": 1, "b": 2}, {"a": 0, "b": 2}), "scores.a", "scoring.below"),
    ],
)
def test_parts_that_cannot_be_put_in(call: Any, where: str, message: str) -> None:
    """Not told of, no exact number, refused when missing, or no such mean."""
    with pytest.raises(SvcstdError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)
    assert isinstance(refused.value, UnknownName if message == "scoring.untold" else DefinitionError)


@pytest.mark.parametrize("least", [0, 2])
def test_what_is_no_score_is_not_compared(least: int) -> None:
    """Missing, insufficient or withheld, on either side, with its state."""
    policy = mean(missing="reweight", a=1)
    card = Scorecard(key="card", root=Dimension({"a": Criterion("a", least=least)}, policy), rounding=TO_TEN)
    none = score(card, {"a": Measure(1, 1, 1) if least else Measure(0, 0, 0)})
    for pair, where in (((none, GONE), "before"), ((GONE, none), "after")):
        with pytest.raises(DefinitionError) as refused:
            difference(*pair)
        assert (refused.value.where, refused.value.message) == (where, "compare.no_score")
        assert refused.value.params == {"state": "insufficient" if least else "missing"}
