"""Means without their extremes, beside those of the statistics module."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import trimmed_mean

VALUES = st.lists(st.fractions(-99, 99, max_denominator=60), min_size=1, max_size=15)
SHARES = st.fractions(0, Fraction(49, 100))


@pytest.mark.parametrize(
    ("values", "share", "mean"),
    [
        ([1, 7, 8, 9, 100], Fraction(1, 5), 8),  # one of five at each end
        ([100, 9, 1, 8, 7], Fraction(1, 5), 8),  # in whatever order
        ([1, 7, 8, 9, 100], Fraction(19, 100), 25),  # not a whole value: all stay
        ([1, 7, 8, 9, 100], Decimal("0.4"), 8),  # two at each end: the median
        ([1, 2, 3, 4], Decimal("0.49"), Fraction(5, 2)),  # one at each end
        ([3, 3, 3, 9], Fraction(1, 4), 3),  # one of several equal ones
        ([5], Decimal("0.49"), 5),
        ([-1, 1], Decimal("0.499"), 0),
        ([Decimal("0.1"), Decimal("0.2")], 0, Fraction(3, 20)),
    ],
)
def test_what_is_left_is_averaged(values: Any, share: Any, mean: Any) -> None:
    """Exactly."""
    assert trimmed_mean(values, share=share) == mean


@pytest.mark.parametrize(
    ("values", "share", "where", "message"),
    [
        ([], 0, "values", "shape.empty"),
        ([1], -1, "share", "shape.bounds"),
        ([1], Fraction(1, 2), "share", "shape.bounds"),
        ([1], 0.1, "share", "curves.number"),
        ([1], False, "share", "curves.number"),
        ([1, 2.0], 0, "values[1]", "curves.number"),
        ([1, 2, None], 0, "values[2]", "curves.number"),
        ([True], 0, "values[0]", "curves.number"),
        ([Decimal("NaN")], 0, "values[0]", "curves.number"),
    ],
)
def test_what_has_no_such_mean(values: Any, share: Any, where: str, message: str) -> None:
    """Nothing, a half or more, floats."""
    with pytest.raises(DefinitionError) as refused:
        trimmed_mean(values, share=share)
    assert (refused.value.where, refused.value.message) == (where, message)


@given(VALUES)
def test_from_the_mean_to_the_median(values: list[Fraction]) -> None:
    """Without a share it is the mean; with the largest one, the median."""
    assert trimmed_mean(values, share=0) == statistics.mean(values)
    largest = Fraction((len(values) - 1) // 2, len(values))
    assert trimmed_mean(values, share=largest) == statistics.median(values)


@given(VALUES, SHARES)
def test_one_value_after_another(values: list[Fraction], share: Fraction) -> None:
    """As leaving out the least and the greatest by hand, as often as the share says; so it lies between what stays."""
    kept, out = list(values), 1
    while out <= share * len(values):
        kept.remove(min(kept))
        kept.remove(max(kept))
        out += 1
    found = trimmed_mean(values, share=share)
    assert found == statistics.mean(kept)
    assert min(values) <= min(kept) <= found <= max(kept) <= max(values)


@given(VALUES, SHARES, st.fractions(-9, 9), st.randoms(use_true_random=False))
def test_units_and_order(values: list[Fraction], share: Fraction, shift: Fraction, chance: Any) -> None:
    """Another order changes nothing, another zero and another sign go through."""
    found = trimmed_mean(values, share=share)
    assert trimmed_mean([shift - value for value in values], share=share) == shift - found
    chance.shuffle(values)
    assert trimmed_mean(values, share=share) == found
