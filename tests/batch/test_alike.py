"""The order of events, however little of their time fits into a number, against NumPy's own sort by two keys."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
alike: Any = pytest.importorskip("svcstd.batch.logs.alike", reason="the extra batch is not installed")

INSTANTS = st.integers(-(2**52), 2**52) | st.integers(0, 3)
ROWS = st.lists(st.tuples(st.integers(0, 5), INSTANTS), max_size=40)


@given(rows=ROWS, bits=st.sampled_from([63, 30, 16, 12, 9, 4]))
@example(rows=[(1, 7)] * 9 + [(0, 7)] * 9, bits=63)
@example(rows=[(5, 9), (5, 3), (0, 1)], bits=4)
@example(rows=[(0, 2**52), (0, -(2**52)), (1, 5), (0, 0)], bits=9)
def test_events_are_in_order(rows: list[tuple[int, int]], bits: int) -> None:
    """By case, by time, then as they are given: with all of the time in one number, with a bit of it, with none."""
    case, at = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "BITS", bits)
        found = alike.in_time(case, at)
    assert found.tolist() == np.lexsort((at, case)).tolist()


@given(rows=ROWS)
def test_runs_begin(rows: list[tuple[int, int]]) -> None:
    """Where a search in the sorted numbers would find them."""
    case = np.array([number for number, _ in rows], dtype=np.int64)
    assert alike.begins(case, 7).tolist() == np.searchsorted(np.sort(case), np.arange(8)).tolist()
