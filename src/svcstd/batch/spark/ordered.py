"""The rows of each case in order of time, whatever order an engine had them in.

An engine that sorts by one number, a hash, is several times as fast as one that compares names, times and facts; and
the clocks sort by time anyway. So the rest of the order is found here, where columns are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from svcstd.batch.arrow.columns import Array, one_array
from svcstd.batch.logs.alike import Numbers, in_time
from svcstd.errors import ExtraMissing

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.spark.ordered", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = ["in_order"]


def in_order(table: Array, together: str, keys: Sequence[str]) -> Array:
    """The rows by the runs of one column, and within a run by the others; nulls come first.

    Args:
        table: in which equal values of *together* stand together.
        together: the column that tells runs apart, whole numbers.
        keys: the columns that order a run, the one that tells most apart first.

    >>> table = pa.table({"hash": [7, 7, 3], "at": [2, 1, None], "event": ["b", "a", "c"]})
    >>> in_order(table, "hash", ["at", "event"]).column("event").to_pylist()
    ['a', 'b', 'c']
    """
    values = one_array(table.column(together)).fill_null(0).to_numpy()
    run = np.cumsum(np.append(False, values[1:] != values[:-1])[: len(values)])
    first, *others = (one_array(table.column(key)) for key in keys)
    place = _places(first)
    order = in_time(run, place)
    alike = (run[order][1:] == run[order][:-1]) & (place[order][1:] == place[order][:-1])
    if alike.any():
        tied = np.flatnonzero(np.append(False, alike) | np.append(alike, False))
        rows = order[tied]
        ranks = [_places(other.take(pa.array(rows))) for other in reversed(others)]
        order[tied] = rows[np.lexsort((*ranks, place[rows], run[rows]))]
    return table.combine_chunks().take(pa.array(order))


def _places(column: Array) -> Numbers:
    """Numbers that are in order as the values are."""
    if column.null_count == len(column):
        return np.zeros(len(column), dtype=np.int64)
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
        found: Numbers = column.fill_null(pc.min(column).as_py() - 1).to_numpy()
        return found
    ranks = np.asarray(pc.rank(column, tiebreaker="dense"), dtype=np.int64)
    return np.where(np.asarray(column.is_valid()), ranks, 0)
