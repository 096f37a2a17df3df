"""Everything on Spark 4 (extra ``spark``)."""

from svcstd.batch.spark.frames import (
    CLOCKS,
    add,
    clocks,
    clocks_grouped,
    count_working_days,
    elapsed,
    is_open,
    measure_by,
    next_open,
    route,
    subtract,
)

__all__ = [
    "CLOCKS",
    "add",
    "clocks",
    "clocks_grouped",
    "count_working_days",
    "elapsed",
    "is_open",
    "measure_by",
    "next_open",
    "route",
    "subtract",
]
