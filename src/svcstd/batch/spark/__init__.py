"""Everything on Spark 4 (extra ``spark``)."""

from svcstd.batch.spark.logs import CLOCKS, NOTICES, OWNERS, clocks, clocks_grouped, notices, owners
from svcstd.batch.spark.rows import measure_by, route
from svcstd.batch.spark.verbs import add, count_working_days, elapsed, is_open, next_open, subtract

__all__ = [
    "CLOCKS",
    "NOTICES",
    "OWNERS",
    "add",
    "clocks",
    "clocks_grouped",
    "count_working_days",
    "elapsed",
    "is_open",
    "measure_by",
    "next_open",
    "notices",
    "owners",
    "route",
    "subtract",
]
