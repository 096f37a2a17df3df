"""Calendars over columns: time and extra memory of a row, beside NumPy's limit, workclock, engines and our scalar code.

Usage: python bench/batch.py [--quick] [--json FILE]
Needs: svcstd with the extra ``batch``; the peer workclock (dependency group ``bench``), Polars, DuckDB and pandas.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from svcstd import batch
from svcstd.calendars import BusinessCalendar

SIZES = (20_000, 100_000) if "--quick" in sys.argv else (1_000_000, 10_000_000)
PEER = 200_000
"""Rows for peers; fewer, because they take longer."""
HOUR = 3_600_000_000
ROWS: list[dict[str, Any]] = []
CALENDAR = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-12:00 13:30-18:00")


def timed(name: str, rows: int, run: Callable[[], Any], *, times: int = 5) -> float:
    """Nanoseconds a row, the best of several; and what it allocates at most, measured apart."""
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        run()
        best = min(best, perf_counter() - begun)
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    ROWS.append({"name": name, "rows": rows, "ns": best / rows * 1e9, "peak_mb": peak / 1e6})
    return best / rows * 1e9


def ours(rows: int) -> None:
    """The verbs, on ten years of instants with 5 % nulls."""
    source = np.random.default_rng(7)
    low, high = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2016, 2026))
    start = source.integers(low, high, rows)
    end = start + source.integers(0, 30 * 24 * HOUR, rows)
    nulls = source.random(rows) < 0.05
    start = start.astype("datetime64[us]")
    start[nulls] = np.datetime64("NaT")
    end = end.astype("datetime64[us]")
    timed("limit: two columns read, one written (NumPy, b - a)", rows, lambda: end - start)
    timed("elapsed", rows, lambda: batch.elapsed(CALENDAR, start, end))
    timed("add 8 h", rows, lambda: batch.add(CALENDAR, start, timedelta(hours=8)))
    timed("subtract 8 h", rows, lambda: batch.subtract(CALENDAR, start, timedelta(hours=8)))
    timed("is_open", rows, lambda: batch.is_open(CALENDAR, start))
    timed("next_open", rows, lambda: batch.next_open(CALENDAR, start))
    keys = source.integers(0, 3, rows)
    several = dict.fromkeys(range(3), CALENDAR)
    timed("add 8 h, one of three calendars for each row", rows, lambda: batch.add(several, start, 8 * HOUR, by=keys))


def peers() -> None:
    """The same sums by our scalar code row by row, and by workclock (Rust) with its call for many."""
    from workclock import Break, Schedule, WorkDay

    source = np.random.default_rng(7)
    low = np.datetime64("2016-01-01T00:00:00", "us")
    starts = low + source.integers(0, 10 * 31_000_000, PEER).astype("timedelta64[s]")
    ends = starts + source.integers(0, 720, PEER).astype("timedelta64[h]")
    pairs = [
        (a.replace(tzinfo=UTC), b.replace(tzinfo=UTC)) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    peer = Schedule([WorkDay(time(9), time(18)), Break(time(12), time(13, 30))], time_zone="Asia/Shanghai")
    found = batch.elapsed(CALENDAR, starts, ends).timedeltas()
    if not (found == peer.between_many(starts, ends)).all() or found.tolist() != [
        CALENDAR.elapsed(*one) for one in pairs
    ]:
        raise SystemExit("the answers differ")
    timed("elapsed, columns", PEER, lambda: batch.elapsed(CALENDAR, starts, ends))
    timed("elapsed, our scalar code", PEER, lambda: [CALENDAR.elapsed(*one) for one in pairs], times=2)
    timed("elapsed, workclock between_many", PEER, lambda: peer.between_many(starts, ends), times=2)


def engines(rows: int) -> None:
    """The same sums in the words of other engines: two joins to the last opening, over our own table of open spans."""
    import duckdb
    import pandas as pd
    import polars as pl

    source = np.random.default_rng(7)
    low, high = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2016, 2026))
    start = source.integers(low, high, rows)
    end = start + source.integers(0, 30 * 24 * HOUR, rows)
    table = batch.compile_calendar(CALENDAR, low - 30 * 24 * HOUR, high + 30 * 24 * HOUR)
    spans = {"opens": table.starts, "closes": table.ends, "before": table.before[:-1]}
    want = batch.elapsed(CALENDAR, start, end).timedeltas().astype(np.int64)
    ours_at = timed("elapsed over columns", rows, lambda: batch.elapsed(CALENDAR, start, end))
    timed("elapsed over columns, two threads", rows, lambda: batch.elapsed(CALENDAR, start, end, threads=2))
    frame, hours = pl.DataFrame({"n": np.arange(rows), "a": start, "b": end}), pl.DataFrame(spans)

    def by_polars() -> Any:
        counted = pl.col("before") + pl.min_horizontal("at", "closes") - pl.col("opens")
        sums = [
            frame.select("n", at=name)
            .sort("at")
            .join_asof(hours, left_on="at", right_on="opens")
            .select("n", counted.alias(name))
            .sort("n")[name]
            for name in ("a", "b")
        ]
        return (sums[1] - sums[0]).to_numpy()

    con = duckdb.connect()
    con.register("rows_of", frame.to_arrow())
    con.register("hours", hours.to_arrow())
    query = """
        SELECT n, hb.before + least(b, hb.closes) - hb.opens - (ha.before + least(a, ha.closes) - ha.opens) AS found
        FROM rows_of ASOF JOIN hours ha ON a >= ha.opens ASOF JOIN hours hb ON b >= hb.opens
    """
    wide, narrow = pd.DataFrame({"n": np.arange(rows), "a": start, "b": end}), pd.DataFrame(spans)

    def by_pandas() -> Any:
        sums = []
        for name in ("a", "b"):
            told = pd.merge_asof(wide[["n", name]].sort_values(name), narrow, left_on=name, right_on="opens")
            told[name] = told["before"] + np.minimum(told[name], told["closes"]) - told["opens"]
            sums.append(told.set_index("n")[name].sort_index().to_numpy())
        return sums[1] - sums[0]

    def by_duckdb() -> Any:
        return con.sql(query).to_arrow_table().sort_by("n").column("found").to_numpy()

    for name, run in (("Polars", by_polars), ("DuckDB", by_duckdb), ("pandas", by_pandas)):
        if not (np.asarray(run()) == want).all():
            raise SystemExit(f"the answers of {name} differ")
        print(f"{name}: {timed(f'elapsed by two ASOF joins, {name}', rows, run, times=2) / ours_at:.0f} times ours")


def main() -> None:
    """Print a table; write JSON where asked."""
    for rows in SIZES:
        ours(rows)
    for name, run in (("workclock", peers), ("an engine", lambda: engines(SIZES[0]))):
        try:
            run()
        except ModuleNotFoundError as error:
            print(f"{name} is not installed: {error.name}")
    for row in ROWS:
        print(f"{row['name']:52} {row['rows']:>11,} rows {row['ns']:9.1f} ns a row {row['peak_mb']:8.1f} MB at most")
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
