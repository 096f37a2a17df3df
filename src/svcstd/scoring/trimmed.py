"""Means without their extremes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError

__all__ = ["trimmed_mean"]

HALF = Fraction(1, 2)


def trimmed_mean(values: Sequence[Number], *, share: Number) -> Fraction:
    """The mean without the highest and the lowest values.

    Args:
        values: at least one.
        share: of the values to leave out at each end, from 0, below a half; rounded down to whole values.

    Raises:
        DefinitionError: no values, a share outside of these bounds, or a float.

    >>> trimmed_mean([1, 7, 8, 9, 100], share=Fraction(1, 5))
    Fraction(8, 1)
    """
    part = exact(share, "share")
    if not 0 <= part < HALF:
        raise DefinitionError("share", "shape.bounds", value=str(part), low=0, high="below 1/2")
    if not values:
        raise DefinitionError("values", "shape.empty")
    ordered = sorted(exact(value, f"values[{number}]") for number, value in enumerate(values))
    cut = floor(part * len(ordered))
    kept = ordered[cut : len(ordered) - cut]
    return sum(kept, Fraction(0)) / len(kept)
