"""Everything as functions and relations of DuckDB (extra ``duckdb``)."""

from svcstd.batch.duckdb.functions import FUNCTIONS, clocks, decide, notices, owners, register, route, unregister

__all__ = [
    "FUNCTIONS",
    "clocks",
    "decide",
    "notices",
    "owners",
    "register",
    "route",
    "unregister",
]
