"""KPIs and money over columns, beside Polars and DuckDB doing the same sums, and beside our own scalar code.

Usage: python bench/sums.py [--quick] [--json FILE]
Needs: svcstd with the extra ``batch``; the peers polars and duckdb where they are installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from svcstd.batch.sums import measure_by
from svcstd.batch.sums.minor_units import money_sums, multiply
from svcstd.conditions import Range
from svcstd.curves import Rounding
from svcstd.money import Money
from svcstd.scoring import Average, Kpi, Measure, Proportion

SIZE = 200_000 if "--quick" in sys.argv else 10_000_000
SCALAR = 20_000 if "--quick" in sys.argv else 200_000
"""Rows for our scalar code; fewer, because it takes longer."""
AGENTS = 500
ZONE = "Asia/Shanghai"
WAIT = Kpi(formula=Average("wait"), direction="less", unit="seconds", at="at")
QUICK = Kpi(formula=Proportion(Range("wait", None, 20)), direction="more", unit="share", at="at")
ROWS: list[dict[str, Any]] = []
Sums = dict[tuple[int, str], tuple[int, int]]


def timed(name: str, rows: int, run: Callable[[], Any], *, times: int = 3) -> float:
    """Seconds, the best of several."""
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        run()
        best = min(best, perf_counter() - begun)
    ROWS.append({"name": name, "rows": rows, "seconds": best, "ns": best / rows * 1e9})
    return best


def beside(name: str, rows: int, runs: dict[str, Callable[[], Any]], *, times: int = 7) -> None:
    """The first beside the others, in turn, so that all meet what else the machine does; the best of several."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(times):
        for one, run in runs.items():
            begun = perf_counter()
            run()
            best[one] = min(best[one], perf_counter() - begun)
    first, *others = best
    for one, seconds in best.items():
        ROWS.append({"name": f"{name}: {one}", "rows": rows, "seconds": seconds, "ns": seconds / rows * 1e9})
        if one in others:
            ROWS[-1]["ratio"] = best[first] / seconds


def calls(rows: int) -> dict[str, Any]:
    """Two years of calls: who took them, when, and after how many seconds."""
    source = np.random.default_rng(7)
    low, high = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2024, 2026))
    return {
        "agent": source.integers(0, AGENTS, rows),
        "at": source.integers(low, high, rows).view("datetime64[us]"),
        "wait": source.integers(0, 3_600, rows),
    }


def ours(records: dict[str, Any], zone: str) -> Sums:
    """Sum and count by agent and month."""
    found = measure_by(WAIT, records, "agent", period="month", zone=zone)
    return {
        (int(agent), month): (int(one.numerator), one.n)
        for (month, agent), one in found.items()
        if isinstance(one, Measure)
    }


def with_polars(records: dict[str, Any]) -> dict[str, Callable[[], Sums]]:
    """The same by Polars, in UTC and in a zone."""
    import polars as pl

    frame = pl.DataFrame({name: pl.Series(column) for name, column in records.items()})
    local = pl.col("at").dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE)

    def ask(at: Any) -> Sums:
        months = frame.group_by("agent", at.dt.truncate("1mo").alias("month")).agg(pl.col("wait").sum(), pl.len())
        return {(agent, f"{month:%Y-%m}"): (wait, n) for agent, month, wait, n in months.rows()}

    return {"UTC": lambda: ask(pl.col("at")), ZONE: lambda: ask(local)}


def with_duckdb(records: dict[str, Any]) -> dict[str, Callable[[], Sums]]:
    """The same by DuckDB over a table of its own, in UTC and in a zone."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect()
    connection.register("given", pa.table(records))
    connection.execute('create table calls as select agent, "at" as begun, wait from given')

    def ask(query: str) -> Sums:
        found = connection.execute(query).fetchall()
        return {(agent, f"{month:%Y-%m}"): (int(wait), n) for agent, month, wait, n in found}

    return {zone: lambda query=query: ask(query) for zone, query in QUERIES.items()}


QUERIES = {
    "UTC": "select agent, date_trunc('month', begun) as month, sum(wait), count(*) from calls group by all",
    ZONE: "select agent, date_trunc('month', begun at time zone 'UTC' at time zone 'Asia/Shanghai') as month, "
    "sum(wait), count(*) from calls group by all",
}


def roll_up(rows: int) -> None:
    """Agent by month, beside whoever is installed."""
    records = calls(rows)
    engines: dict[str, dict[str, Callable[[], Sums]]] = {}
    for name, engine in (("Polars", with_polars), ("DuckDB", with_duckdb)):
        try:
            engines[name] = engine(records)
        except ModuleNotFoundError:
            print(f"{name} is not installed")
    for zone in ("UTC", ZONE):
        wanted = ours(records, zone)
        runs = {
            "measure_by": lambda zone=zone: ours(records, zone),
            **{name: one[zone] for name, one in engines.items()},
        }
        for name, run in runs.items():
            if run() != wanted:
                raise SystemExit(f"the answers of {name} differ")
        beside(f"agent by month, {zone}", rows, runs)
    timed("share within 20 s by agent and month", rows, lambda: measure_by(QUICK, records, "agent", **MONTH))


MONTH: dict[str, Any] = {"period": "month", "zone": ZONE}


def alone() -> None:
    """The scalar code over fewer rows, and the columns over as many."""
    records = calls(SCALAR)
    moments = [one.replace(tzinfo=UTC) for one in records["at"].tolist()]
    listed = zip(records["agent"].tolist(), moments, records["wait"].tolist(), strict=True)
    rows = [dict(zip(("agent", "at", "wait"), row, strict=True)) for row in listed]
    if measure_by(WAIT, records, "agent", **MONTH) != WAIT.by(rows, "agent", **MONTH):
        raise SystemExit("the answers of the scalar code differ")
    timed("agent by month: our scalar code", SCALAR, lambda: WAIT.by(rows, "agent", **MONTH), times=1)
    timed("agent by month: measure_by", SCALAR, lambda: measure_by(WAIT, records, "agent", **MONTH))


def money(rows: int) -> None:
    """Amounts times a rate, rounded to the cent; and their sums by agent."""
    source = np.random.default_rng(7)
    units, agents = source.integers(0, 10**8, rows), source.integers(0, AGENTS, rows)
    timed("limit: units * 7 // 100 (NumPy, rounds down)", rows, lambda: units * 7 // 100)
    timed("multiply by 7/100, half up", rows, lambda: multiply(units, 7, 100, mode="half up"))
    huge = units * 10**10
    timed("multiply by 12345677/98765431, units of 18 digits", rows, lambda: multiply(huge, *RATE, mode="half even"))
    timed("money_sums by agent", rows, lambda: money_sums(units, "CNY", agents))
    few = [Money(one, "CNY") for one in units[:SCALAR].tolist()]
    cent, rate = Rounding(Decimal("0.01"), "half up"), Fraction(7, 100)
    timed("our scalar code: Money times 7/100, half up", len(few), lambda: [
        Money.of(one.times(rate), "CNY", cent) for one in few
    ], times=1)  # fmt: skip


RATE = (12_345_677, 98_765_431)


def main() -> None:
    """Print a table; write JSON where asked."""
    roll_up(SIZE)
    alone()
    money(SIZE)
    for row in ROWS:
        ratio = f"  ours takes {row['ratio']:.2f} of it" if "ratio" in row else ""
        print(
            f"{row['name']:52} {row['rows']:>11,} rows {row['seconds'] * 1e3:9.1f} ms {row['ns']:8.1f} ns a row{ratio}"
        )
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
