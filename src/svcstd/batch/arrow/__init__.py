"""Everything over columns and tables of Arrow (extra ``arrow``): any library that shows a PyCapsule in, Arrow out."""

from svcstd.batch.arrow.carried import clocks_of_batches
from svcstd.batch.arrow.decisions import decide, route
from svcstd.batch.arrow.logs import clocks, notices, owners
from svcstd.batch.arrow.verbs import (
    add,
    count_working_days,
    elapsed,
    encoded,
    is_open,
    next_open,
    numbers,
    one_array,
    read_working,
    subtract,
    to_arrow,
)

__all__ = [
    "add",
    "clocks",
    "clocks_of_batches",
    "count_working_days",
    "decide",
    "elapsed",
    "encoded",
    "is_open",
    "next_open",
    "notices",
    "numbers",
    "one_array",
    "owners",
    "read_working",
    "route",
    "subtract",
    "to_arrow",
]
