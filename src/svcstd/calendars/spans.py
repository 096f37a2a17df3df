"""Algebra of open time: sorted, disjoint, half-open pairs of instants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import TypeAlias

__all__ = ["Spans", "clip", "intersect", "merge", "subtract", "union"]

Spans: TypeAlias = "list[tuple[int, int]]"
"""Half-open ``[start, end)`` in UTC microseconds, sorted, neither overlapping nor adjoining."""

_start, _end = itemgetter(0), itemgetter(1)


def merge(pairs: Iterable[tuple[int, int]]) -> Spans:
    """Any pairs as spans: sorted, joined where they overlap or adjoin, the empty and the inverted dropped.

    >>> merge([(5, 9), (1, 3), (3, 6), (8, 8)])
    [(1, 9)]
    """
    found: Spans = []
    for start, end in sorted(pairs):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def union(left: Spans, right: Spans) -> Spans:
    """Open in either.

    >>> union([(1, 3)], [(2, 5), (7, 8)])
    [(1, 5), (7, 8)]
    """
    return merge([*left, *right])


def intersect(left: Spans, right: Spans) -> Spans:
    """Open in both.

    >>> intersect([(1, 5), (7, 9)], [(3, 8)])
    [(3, 5), (7, 8)]
    """
    found: Spans = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            found.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return found


def subtract(left: Spans, right: Spans) -> Spans:
    """Open in the left and not in the right.

    >>> subtract([(1, 9)], [(3, 4), (6, 7)])
    [(1, 3), (4, 6), (7, 9)]
    """
    found: Spans = []
    j = 0
    for start, end in left:
        at = start
        while j < len(right) and right[j][1] <= at:
            j += 1
        k = j
        while k < len(right) and right[k][0] < end:
            if at < right[k][0]:
                found.append((at, right[k][0]))
            at = right[k][1]
            k += 1
        if at < end:
            found.append((at, end))
    return found


def clip(spans: Spans, start: int, end: int) -> Spans:
    """What lies within ``[start, end)``.

    >>> clip([(1, 5), (7, 9)], 3, 8)
    [(3, 5), (7, 8)]
    """
    i, j = bisect_right(spans, start, key=_end), bisect_left(spans, end, key=_start)
    found = spans[i:j] if start < end else []
    if found and found[0][0] < start:
        found[0] = (start, found[0][1])
    if found and found[-1][1] > end:
        found[-1] = (found[-1][0], end)
    return found
