"""Everything as expressions and frames of Polars (extra ``polars``)."""

from svcstd.batch.polars.verbs import (
    ServiceTime,
    add,
    clocks,
    count_working_days,
    decide,
    elapsed,
    is_open,
    next_open,
    notices,
    owners,
    route,
    subtract,
)

__all__ = [
    "ServiceTime",
    "add",
    "clocks",
    "count_working_days",
    "decide",
    "elapsed",
    "is_open",
    "next_open",
    "notices",
    "owners",
    "route",
    "subtract",
]
