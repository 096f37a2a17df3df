"""Measures add up and are never averaged."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import Measure, Sample, Tally, total


def test_a_roll_up_is_a_ratio_of_sums(shared: Path) -> None:
    """Not the mean of the months, which the same source gives as another figure."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    found = {one["op"]: one for one in json.loads(text, parse_float=Decimal)["vectors"]}
    sums, means = found["rollup.ratio_of_sums"], found["rollup.mean_of_ratios"]
    pairs = zip(sums["input"]["numerators"], sums["input"]["denominators"], strict=True)
    months = [Measure(answered, offered, offered) for answered, offered in pairs]
    value = total(months).value
    assert value is not None
    assert abs(100 * value - Fraction(sums["expected"])) <= Fraction(str(sums["tolerance"]))
    assert abs(100 * value - Fraction(means["expected"])) > 7


def test_nothing_to_count_is_not_zero() -> None:
    """And adds nothing."""
    assert total([]).value is None
    assert Measure(0, 5, 5).value == 0
    assert Measure(Decimal("1.5"), 3, 2) + total([]) == Measure(Fraction(3, 2), 3, 2)


@pytest.mark.parametrize(
    ("parts", "where"),
    [((1, -1, 0), "denominator"), ((1, 1, -1), "n"), ((1, 1, True), "n"), ((1, 1, 1.5), "n"), ((0.5, 1, 1), "value")],
)
def test_what_cannot_be_is_refused(parts: Any, where: str) -> None:
    """Floats, counts below zero."""
    with pytest.raises(DefinitionError) as refused:
        Measure(*parts)
    assert refused.value.where == where


def test_only_measures_add_up() -> None:
    """A number is none."""
    with pytest.raises(TypeError):
        _ = Measure(1, 1, 1) + 1


MEASURES = st.builds(Measure, st.integers(-9, 9), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(MEASURES, max_size=6), st.data())
def test_however_they_are_merged_the_whole_is_the_same(measures: list[Measure], data: st.DataObject) -> None:
    """In any order, and in any parts."""
    turned = data.draw(st.permutations(measures))
    cut = data.draw(st.integers(0, len(measures)))
    assert total(turned) == total(measures) == total(measures[:cut]) + total(measures[cut:])


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 3)), max_size=6), st.booleans())
def test_tallies_add_up(parts: list[tuple[int, int]], empty_is_zero: bool) -> None:  # noqa: FBT001 - drawn
    """And of no records they are 0 only where that is said."""
    whole = Tally(0, 0, empty_is_zero=empty_is_zero)
    for amount, n in parts:
        whole += Tally(amount, n, empty_is_zero=empty_is_zero)
    assert whole.n == sum(n for _, n in parts)
    assert whole.value == (sum(amount for amount, _ in parts) if whole.n or empty_is_zero else None)


@given(st.lists(st.integers(-9, 9)), st.lists(st.integers(-9, 9)), st.fractions(0, 1))
def test_a_quantile_of_all_is_not_that_of_quantiles(one: list[int], other: list[int], share: Fraction) -> None:
    """Samples keep every value, so that they may be merged."""
    parts = [Sample(values, share=share, method="linear") for values in (one, other)]
    together = parts[0] + parts[1]
    assert together == Sample(one + other, share=share, method="linear")
    assert together.n == len(one) + len(other)
    assert (together.value is None) == (together.n == 0)


def test_unlike_figures_do_not_add() -> None:
    """A count is no share, and a median no ninth decile."""
    pairs: list[tuple[Any, Any]]
    half, nine = (Sample([1], share=share, method="linear") for share in (Fraction(1, 2), Fraction(9, 10)))
    pairs = [
        (Tally(1, 1, empty_is_zero=True), Measure(1, 1, 1)),
        (Tally(1, 1, empty_is_zero=True), Tally(1, 1, empty_is_zero=False)),
        (half, nine),
        (half, Tally(1, 1, empty_is_zero=True)),
    ]
    for one, other in pairs:
        with pytest.raises(TypeError):
            _ = one + other


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: Tally(1, -1, empty_is_zero=True), "n"),
        (lambda: Tally(0.5, 1, empty_is_zero=True), "value"),
        (lambda: Sample([1], share=2, method="linear"), "share"),
        (lambda: Sample([1], share=1, method="best"), "method"),  # type: ignore[arg-type]
        (lambda: Sample([0.5], share=1, method="linear"), "values"),
    ],
)
def test_no_such_figures(call: Any, where: str) -> None:
    """Each is checked at birth."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert refused.value.where == where
