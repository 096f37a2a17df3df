"""How far a ranking hangs on a part or on the exact weights, where figures are missing and where cards are deep."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import DefinitionError, SvcstdError, UnknownName
from svcstd.scoring import Criterion, Dimension, Mean, Measure, RankSpread, Scorecard, Tally, remove_one, weight_noise

NOTHING = Measure(0, 0, 0)
NOISE: dict[str, Any] = {"spread": Fraction(1, 2), "draws": 20, "seed": 7, "ties": "min"}
KEYS = ("a", "b", "c")
ROWS = st.lists(
    st.tuples(*[st.none() | st.integers(0, 5)] * 3).filter(lambda row: row != (None, None, None)),
    min_size=1,
    max_size=6,
)


def card(*names: str, missing: Any = "reweight", least: Any = 0, **weights: int) -> Scorecard:
    """An arithmetic mean of these figures."""
    mean = Mean(
        weights=dict.fromkeys(names, 1) | weights, method="arithmetic", missing=missing, least_covered=Fraction(least)
    )
    return around(Dimension({name: Criterion(name) for name in names}, mean))


def around(root: Dimension) -> Scorecard:
    """To the cent."""
    return Scorecard(key="card", root=root, rounding=Rounding(Decimal("0.01"), "half up"))


def units(*rows: Any) -> dict[str, dict[str, Measure]]:
    """By number, figures a, b and c; ``None`` where nothing was counted."""
    return {
        f"u{number}": {key: NOTHING if one is None else Measure(one, 1, 1) for key, one in zip(KEYS, row, strict=False)}
        for number, row in enumerate(rows)
    }


def test_nobody_moves_because_another_is_gone() -> None:
    """Whose only figure is left out is not ranked; those behind have not become better by that."""
    cohort = units((9, None), (None, 5), (None, 3))
    assert dict(remove_one(card("a", "b"), cohort, ties="min")) == {"a": 0, "b": 0}


def test_a_part_that_every_score_needs() -> None:
    """Cannot be left out, and the others still can."""
    cohort = units((1, None), (2, None))
    assert dict(remove_one(card("a", "b"), cohort, ties="min")) == {"b": 0}
    crossed = card("a", "b", a=2, least=Fraction(1, 2))  # without a, only the other unit has a score
    assert dict(remove_one(crossed, units((1, None), (None, 1)), ties="min")) == {"b": 0}


@pytest.mark.parametrize(
    ("ties", "moved"),
    [("min", Fraction(2, 3)), ("max", Fraction(2, 3)), ("average", Fraction(2, 3)), ("dense", Fraction(2, 3))],
)
def test_moves_by_hand(ties: Any, moved: Fraction) -> None:
    """Of three, the first and the second change places without the second figure."""
    cohort = units((3, 0), (2, 9), (0, 0))
    assert remove_one(card("a", "b"), cohort, ties=ties)["b"] == moved


def test_deep_parts_by_their_paths() -> None:
    """Each part of each level, and the level itself."""
    inner = Dimension(
        {"b": Criterion("b"), "c": Criterion("c")},
        Mean(weights={"b": 1, "c": 3}, method="geometric", missing="refuse", digits=6),
    )
    lone = Dimension({"in": inner}, Mean(weights={"in": 1}, method="least", missing="zero"))
    root = Dimension(
        {"a": Criterion("a"), "low": lone}, Mean(weights={"a": 1, "low": 1}, method="arithmetic", missing="refuse")
    )
    found = remove_one(around(root), units((5, 1, 4), (2, 3, 1)), ties="min")
    assert list(found) == ["a", "low", "low.in.b", "low.in.c"]
    assert dict(found) == {"a": 0, "low": 0, "low.in.b": 0, "low.in.c": 0}
    turned = remove_one(around(root), units((3, 1, 4), (2, 4, 4)), ties="min")
    assert dict(turned) == {"a": 0, "low": 1, "low.in.b": 1, "low.in.c": 0}


@given(ROWS, st.integers(0, 5), st.sampled_from(["min", "max", "average", "dense"]))
def test_a_part_in_which_all_are_equal_moves_nobody(rows: Any, same: int, ties: Any) -> None:
    """Where nothing is missing, it adds the same to everybody."""
    full = units(*((first or 0, second or 0, same) for first, second, _ in rows))
    assert remove_one(card(*KEYS), full, ties=ties)["c"] == 0


@given(ROWS, st.fractions(0, 1, max_denominator=6), st.sampled_from(["reweight", "zero", "withhold"]))
def test_who_has_a_score_keeps_it_whatever_the_draw(rows: Any, least: Fraction, missing: Any) -> None:
    """Coverage is judged by the weights of the card: every draw ranks the same units."""
    if missing == "withhold" and not least:
        least = Fraction(1)
    mine = card(*KEYS, missing=missing, least=0 if missing == "zero" else least)
    cohort = units(*rows)
    scored = {unit for unit, figures in cohort.items() if mine.value(figures) is not None}
    if not scored:
        return
    found = weight_noise(mine, cohort, **NOISE | {"draws": 3})
    assert set(found) == scored
    assert all(1 <= one.best <= one.median <= one.worst <= len(scored) for one in found.values())


def test_coverage_at_the_edge() -> None:
    """Half of the weight is needed and given: no draw takes the score away, and none gives one."""
    cohort = units((1, None), (2, 3), (None, None))
    assert set(weight_noise(card("a", "b", least=Fraction(1, 2)), cohort, **NOISE)) == {"u0", "u1"}
    assert set(weight_noise(card("a", "b", least=Fraction(11, 20)), cohort, **NOISE)) == {"u1"}
    alone = {"u0": cohort["u0"]}
    for seed in range(9):
        found = weight_noise(card("a", "b", least=Fraction(1, 2)), alone, **NOISE | {"seed": seed})
        assert found["u0"] == RankSpread(Fraction(1), Fraction(1), Fraction(1), Fraction(1))


def test_a_level_withheld_stays_withheld() -> None:
    """Below, too few figures for the level by the card; the draws leave it out as well."""
    inner = Dimension(
        {"b": Criterion("b"), "c": Criterion("c")},
        Mean(weights={"b": 1, "c": 1}, method="arithmetic", missing="withhold", least_covered=Fraction(51, 100)),
    )
    root = Dimension(
        {"a": Criterion("a"), "in": inner}, Mean(weights={"a": 1, "in": 1}, method="arithmetic", missing="reweight")
    )
    cohort = units((2, 99, None), (3, 1, 1))
    for unit, found in weight_noise(around(root), cohort, **NOISE | {"spread": Fraction(9, 10)}).items():
        assert [int(rank) for rank in (found.rank, found.best, found.worst)] == [1, 1, 2], unit


def test_the_median_of_an_even_number_is_the_lower() -> None:
    """Of two draws that differ, the better rank; the card's own weights say another thing."""
    cohort = units((5, 0), (0, 5))
    differ = [
        one
        for seed in range(40)
        if (one := weight_noise(card("a", "b"), cohort, **NOISE | {"draws": 2, "seed": seed})["u0"]).best != one.worst
    ]
    assert differ
    assert set(differ) == {RankSpread(Fraction(1), Fraction(1), Fraction(1), Fraction(2))}


def test_the_draws_are_pinned() -> None:
    """The same seed is the same on every machine and in every version: these were drawn once."""
    cohort = units((5, 0), (0, 5), (2, 2))
    options = NOISE | {"draws": 5, "seed": 2**63}
    found = weight_noise(card("a", "b"), cohort, **options)
    assert {unit: (int(one.best), int(one.worst)) for unit, one in found.items()} == {
        "u0": (1, 3),
        "u1": (1, 3),
        "u2": (2, 3),
    }


ONE = units((1,))
MANY: dict[str, dict[str, Any]] = {"x": {"a": Measure(1, 1, 1), "b": Tally(2, 1, empty_is_zero=True)}, "y": {}}


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: remove_one(card("a"), {}, ties="min"), "cohort", "shape.empty"),
        (lambda: remove_one(card("a"), units((None,)), ties="min"), "cohort", "shape.empty"),
        (lambda: weight_noise(card("a"), units((None,)), **NOISE), "cohort", "shape.empty"),
        (lambda: remove_one(card("a"), ONE, ties="first"), "ties", "choice.unknown"),  # type: ignore[arg-type]
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"ties": "first"}), "ties", "choice.unknown"),
        (lambda: remove_one(card("a", "b"), MANY, ties="min"), "cohort.y", "scoring.unmeasured"),
        (lambda: weight_noise(card("a", "b"), MANY, **NOISE), "cohort.y", "scoring.unmeasured"),
        (lambda: remove_one(card("a", missing="refuse"), units((None,)), ties="min"), "scores.a", "scoring.missing"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"spread": 0}), "spread", "scoring.confidence"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"spread": 1}), "spread", "scoring.confidence"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"spread": 0.5}), "spread", "curves.number"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"draws": 100_001}), "draws", "shape.bounds"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"draws": Decimal(3)}), "draws", "shape.bounds"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"seed": -1}), "seed", "shape.bounds"),
        (lambda: weight_noise(card("a"), ONE, **NOISE | {"seed": 2**63 + 1}), "seed", "shape.bounds"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """By the argument, or by the unit whose figure is not given."""
    with pytest.raises(SvcstdError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)
    assert isinstance(refused.value, UnknownName if message == "scoring.unmeasured" else DefinitionError)
