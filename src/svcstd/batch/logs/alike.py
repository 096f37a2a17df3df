"""Cases that went alike: the same things in the same order, only at other times.

A clock's life depends on which event came before which, never on how long it took. So cases are told apart by the
sequence of what happened in them, and each different sequence is lived through once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["begins", "compressed", "in_time", "sequences"]

Numbers = NDArray[np.int64]
DENSE, SMALL = 16, 1 << 10
"""Up to so many places for each value, and some more, numbers are found by a table; beyond by sorting."""
BITS = 63


def compressed(values: Numbers, bound: int) -> tuple[Numbers, int]:
    """Whole numbers from 0 below a bound of 1 or more, numbered without gaps; and a bound of them, 1 or more.

    >>> compressed(np.array([7, 3, 7]), 10)
    (array([1, 0, 1]), 2)
    """
    if bound <= SMALL + DENSE * len(values):
        seen = np.zeros(bound, dtype=bool)
        seen[values] = True
        table = np.cumsum(seen) - 1
        return table[values], max(int(table[-1]) + 1, 1)
    found, codes = np.unique(values, return_inverse=True)
    return codes.astype(np.int64, copy=False), max(len(found), 1)


def joined(first: Numbers, count: int, second: NDArray[Any], bound: int) -> tuple[Numbers, int]:
    """Pairs of numbers below two bounds, numbered without gaps; and a bound of them."""
    return compressed(first * bound + second, count * bound)


def in_time(case: Numbers, at: Numbers) -> Numbers:
    """The order of events by case, then by time, then as they are given.

    Args:
        case: ``(n,)`` from 0.
        at: ``(n,)`` UTC microseconds.

    >>> in_time(np.array([1, 0, 1]), np.array([30, 20, 10]))
    array([1, 2, 0])
    """
    if not len(case) or bool(((case[1:] > case[:-1]) | ((case[1:] == case[:-1]) & (at[1:] >= at[:-1]))).all()):
        return np.arange(len(case))
    low = int(at.min())
    width, index = max(int(at.max()) - low, 1).bit_length(), (len(case) - 1).bit_length()
    room = min(BITS - index - int(case.max()).bit_length(), width)
    if room < 1:
        return np.lexsort((at, case))
    # One number holds the case, as much of the time as fits, and the place: plain numbers are sorted several times as
    # fast as places are sorted by them. What ties in so much of the time is settled by the rest of it.
    spare = width - room
    key = at - low
    key >>= spare
    key |= case << room
    key <<= index
    key |= np.arange(len(case))
    key.sort()
    order = key & ((1 << index) - 1)
    if spare:
        key >>= index
        ties = key[1:] == key[:-1]
        place = np.flatnonzero(np.append(False, ties) | np.append(ties, False))
        rows, number = order[place], np.cumsum(np.append(True, ~ties)[place])
        order[place] = rows[in_time(number, (at[rows] - low) & ((1 << spare) - 1))]
    return order


def begins(numbers: Numbers, count: int) -> Numbers:
    """Where the runs of 0, 1 and so on below a count begin once they are sorted; and behind them how many there are.

    >>> begins(np.array([2, 0, 2]), 3)
    array([0, 1, 1, 3])
    """
    return np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))]).astype(np.int64, copy=False)


def sequences(start: Numbers, count: int, first: Numbers, codes: Numbers, bound: int) -> tuple[Numbers, int]:
    """By case the number of its sequence, and how many different ones there are.

    Args:
        start: ``(m,)`` what each case begins with, from 0; there is a case.
        count: the bound of that.
        first: ``(m + 1,)`` where the events of each case begin.
        codes: ``(n,)`` what happened, from 0, in order.
        bound: of the codes.

    >>> sequences(np.zeros(3, dtype=int), 1, np.array([0, 2, 3, 5]), np.array([1, 2, 1, 1, 2]), 3)
    (array([1, 0, 1]), 2)
    """
    found = start.copy()
    length = np.diff(first)
    active, number = np.flatnonzero(length > 0), 0
    while len(active):
        told, count = joined(found[active], count, codes[first[active] + number], bound)
        found[active] = told
        number += 1
        active = active[length[active] > number]
    # Equal numbers of two lengths are two sequences.
    return joined(length, int(length.max()) + 1, found, int(found.max()) + 1)
