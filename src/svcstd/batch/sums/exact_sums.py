"""Sums of whole numbers by group: exact whatever they come to, since nothing is a float and nothing wraps.

Rows are added into int64 where that provably holds: their number times the largest of them stays below 2**63. Where it
does not, the numbers are cut in two, each part is added alone, and the two sums are put together as Python integers.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.compiled import Bools, Micros
from svcstd.batch.chunks import chunks

__all__ = ["Places", "count_by", "sum_by", "sum_products_by"]

Places: TypeAlias = "NDArray[np.intp]"
"""For each row the place of its group."""
BEYOND = 1 << 63
"""The first number that int64 does not hold."""


def largest(values: Micros) -> int:
    """The largest size of a number, whatever its sign."""
    return max(int(values.max(initial=0)), -int(values.min(initial=0)))


def count_by(groups: Places, size: int, kept: Bools | None = None) -> Micros:
    """How many rows each group has.

    Args:
        groups: ``(n,)`` from 0 to below *size*.
        size: how many groups there are.
        kept: ``(n,)`` the rows that count; all by default.

    >>> count_by(np.array([0, 2, 2]), 3).tolist()
    [1, 0, 2]
    """
    return _added(np.broadcast_to(np.int64(1), groups.shape), groups, size, kept)


def _added(values: Micros, groups: Places, size: int, kept: Bools | None) -> Micros:
    """The sums in int64; what is not kept goes to a place behind them all, where it may wrap."""
    found = np.zeros(size + 1, dtype=np.int64)
    for part in chunks(len(groups)):
        places = groups[part]
        if kept is not None and not kept[part].all():
            places = np.where(kept[part], places, size)
        np.add.at(found, places, values[part])
    return found[:size]


def sum_by(values: Micros, groups: Places, size: int, kept: Bools | None = None) -> list[int]:
    """The sum of each group, exact.

    Args:
        values: ``(n,)`` whole numbers.
        groups: ``(n,)`` from 0 to below *size*.
        size: how many groups there are.
        kept: ``(n,)`` the rows that count; all by default.

    >>> most = 2**63 - 1
    >>> sum_by(np.array([most, most, -5]), np.array([0, 0, 1]), 2) == [2 * most, -5]
    True
    """
    if largest(values) * len(values) < BEYOND:
        sums: list[int] = _added(values, groups, size, kept).tolist()
        return sums
    width = 63 - len(values).bit_length()
    low = _added(values & ((1 << width) - 1), groups, size, kept)  # below 2**width each, so below 2**63 together
    high = sum_by(values >> width, groups, size, kept)
    return [(above << width) + below for above, below in zip(high, low.tolist(), strict=True)]


def sum_products_by(left: Micros, right: Micros, groups: Places, size: int, kept: Bools | None = None) -> list[int]:
    """The sum of the products of two columns by group, exact.

    Args:
        left: ``(n,)`` whole numbers.
        right: ``(n,)`` whole numbers.
        groups: ``(n,)`` from 0 to below *size*.
        size: how many groups there are.
        kept: ``(n,)`` the rows that count; all by default.

    >>> least = -(2**63)
    >>> sum_products_by(np.array([least, 3]), np.array([least, 7]), np.array([0, 1]), 2) == [2**126, 21]
    True
    """
    first, second = largest(left), largest(right)
    if first * second < BEYOND:
        return sum_by(left * right, groups, size, kept)
    if first < second:
        left, right, first = right, left, second
    width = first.bit_length() // 2
    high = sum_products_by(left >> width, right, groups, size, kept)
    low = sum_products_by(left & ((1 << width) - 1), right, groups, size, kept)
    return [(above << width) + below for above, below in zip(high, low, strict=True)]
