"""Ranks, percentiles and quantiles by their names; which one was meant is never guessed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias, get_args

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, must_be_one_of

__all__ = ["PercentileMethod", "QuantileMethod", "TieMethod", "percentile_of", "quantile", "ranks"]

TieMethod: TypeAlias = Literal["average", "min", "max", "dense", "ordinal"]
"""What equal values get: the mean of their places, the first, the last, one place for all, or each its own in order."""
PercentileMethod: TypeAlias = Literal["rank", "strict", "weak", "mean"]
"""Of those at a value: half of them and the place itself, none, all, or half."""
QuantileMethod: TypeAlias = Literal["inverted_cdf", "linear", "hazen", "weibull", "median_unbiased", "normal_unbiased"]
"""As NumPy names them. Source: Hyndman and Fan 1996, types 1, 7, 5, 6, 8 and 9."""
OFFSETS: dict[str, tuple[Fraction, Fraction]] = {
    "linear": (Fraction(1), Fraction(1)),
    "hazen": (Fraction(1, 2), Fraction(1, 2)),
    "weibull": (Fraction(0), Fraction(0)),
    "median_unbiased": (Fraction(1, 3), Fraction(1, 3)),
    "normal_unbiased": (Fraction(3, 8), Fraction(3, 8)),
}
"""The plotting positions (alpha, beta) of the methods that interpolate."""


def _checked(values: Sequence[Number], method: str, methods: object) -> list[Fraction]:
    must_be_one_of(method, get_args(methods), "method")
    if not values:
        raise DefinitionError("values", "shape.empty")
    return [exact(value, f"values[{number}]") for number, value in enumerate(values)]


def ranks(values: Sequence[Number], *, method: TieMethod) -> tuple[Fraction, ...]:
    """The rank of each value, the smallest first, from 1.

    Raises:
        DefinitionError: no values, another method, or a float.

    >>> [int(rank) for rank in ranks([88, 92, 88, 75], method="min")]
    [2, 4, 2, 1]
    """
    found = _checked(values, method, TieMethod)
    ordered = sorted(found)
    if method == "dense":
        places = {value: Fraction(place) for place, value in enumerate(sorted(set(found)), 1)}
        return tuple(places[value] for value in found)
    if method == "ordinal":
        order = sorted(range(len(found)), key=lambda number: (found[number], number))
        place = {number: Fraction(at) for at, number in enumerate(order, 1)}
        return tuple(place[number] for number in range(len(found)))
    spans = [(bisect_left(ordered, value) + 1, bisect_right(ordered, value)) for value in found]
    if method == "average":
        return tuple(Fraction(first + last, 2) for first, last in spans)
    return tuple(Fraction(first if method == "min" else last) for first, last in spans)


def percentile_of(value: Number, among: Sequence[Number], *, method: PercentileMethod) -> Fraction:
    """The share of the values below a value, from 0 to 1.

    Raises:
        DefinitionError: no values, another method, or a float.

    >>> percentile_of(3, [1, 2, 3, 3, 4], method="mean")
    Fraction(3, 5)
    """
    ordered, at = sorted(_checked(among, method, PercentileMethod)), exact(value)
    below, up_to = bisect_left(ordered, at), bisect_right(ordered, at)
    counted = {
        "strict": Fraction(below),
        "weak": Fraction(up_to),
        "mean": Fraction(below + up_to, 2),
        "rank": Fraction(below + up_to + (below < up_to), 2),
    }
    return counted[method] / len(ordered)


def quantile(values: Sequence[Number], share: Number, *, method: QuantileMethod) -> Fraction:
    """The value below which a share of the values lies.

    Args:
        values: in any order.
        share: from 0 to 1.
        method: how what lies between two values is found.

    Raises:
        DefinitionError: no values, a share outside of 0 to 1, another method, or a float.

    >>> quantile([15, 20, 35, 40, 50], Fraction(2, 5), method="linear")
    Fraction(29, 1)
    """
    ordered, part = sorted(_checked(values, method, QuantileMethod)), exact(share, "share")
    if not 0 <= part <= 1:
        raise DefinitionError("share", "shape.bounds", value=str(part), low=0, high=1)
    count = len(ordered)
    if method == "inverted_cdf":
        return ordered[max(ceil(count * part), 1) - 1]
    alpha, beta = OFFSETS[method]
    place = min(max(alpha + part * (count + 1 - alpha - beta), Fraction(1)), Fraction(count))
    low = floor(place)
    high = min(low + 1, count)
    return ordered[low - 1] + (place - low) * (ordered[high - 1] - ordered[low - 1])
