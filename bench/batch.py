"""Calendars over columns: nanoseconds a row and extra memory, beside NumPy's limit, workclock and our own scalar code.

Usage: python bench/batch.py [--quick] [--json FILE]
Needs: svcstd with the extra ``batch``; the peer workclock (dependency group ``bench``).
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


def main() -> None:
    """Print a table; write JSON where asked."""
    for rows in SIZES:
        ours(rows)
    try:
        peers()
    except ModuleNotFoundError:
        print("workclock is not installed")
    for row in ROWS:
        print(f"{row['name']:52} {row['rows']:>11,} rows {row['ns']:9.1f} ns a row {row['peak_mb']:8.1f} MB at most")
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
