"""Algebra of spans, against sets of integers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars.spans import Spans, clip, intersect, merge, subtract, union

pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


def _points(spans: Spans) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


def _canonical(spans: Spans) -> bool:
    edges = [edge for span in spans for edge in span]
    return edges == sorted(set(edges))


@given(pairs)
def test_merge(given_pairs: list[tuple[int, int]]) -> None:
    """Merging keeps every point, and leaves spans sorted, disjoint and apart."""
    found = merge(given_pairs)
    assert _points(found) == _points(given_pairs)
    assert _canonical(found)


@given(pairs, pairs)
def test_algebra(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    """Union, intersection and difference are those of the points."""
    one, other = merge(left), merge(right)
    for found, points in (
        (union(one, other), _points(one) | _points(other)),
        (intersect(one, other), _points(one) & _points(other)),
        (subtract(one, other), _points(one) - _points(other)),
    ):
        assert _points(found) == points
        assert _canonical(found)


@given(pairs, st.integers(-2, 32), st.integers(-2, 32))
def test_clip(given_pairs: list[tuple[int, int]], low: int, high: int) -> None:
    """Clipping keeps the points within the bounds; swapped bounds keep none."""
    spans = merge(given_pairs)
    found = clip(spans, low, high)
    assert _points(found) == {point for point in _points(spans) if low <= point < high}
    assert _canonical(found)
