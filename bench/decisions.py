"""The first of a hundred rules for each row of a million, over columns, in Polars and in DuckDB, beside datalogic-py.

Workload: the rules and tickets of bench/routing.py, drawn with replacement; every engine must give the number that
plain closures give. Texts are encoded, as an Arrow dictionary has them; numbers are int64.

Usage: python bench/decisions.py [--quick] [--json FILE]
Needs: svcstd with the extra ``batch``; better with Polars, DuckDB, PyArrow and datalogic-py.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs
import numpy as np

import routing
from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.decisions import decide
from svcstd.batch.rules.expressions import duckdb_decision, polars_decision
from svcstd.batch.rules.fact_columns import read_facts
from svcstd.batch.rules.plan import plan_of

ROWS = 100_000 if "--quick" in sys.argv else 1_000_000
TABLE = routing.table(routing.RULES)
REFERENCE = routing.closures()
EXPECTED = np.array([REFERENCE(ticket) for ticket in routing.TICKETS])
FOUND: list[dict[str, Any]] = []
PICKED = np.random.default_rng(0).integers(0, len(routing.TICKETS), ROWS)


def timed(name: str, run: Callable[[], Any], rows: int = ROWS, times: int = 5) -> None:
    """Nanoseconds a row, the best of several."""
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        run()
        best = min(best, perf_counter() - begun)
    FOUND.append({"name": name, "rows": rows, "ns": best / rows * 1e9})
    print(f"{best / rows * 1e9:10,.0f} ns/row  {name}")


def column(kind: str) -> Any:
    """One fact of the tickets that were drawn."""
    values = [ticket[kind] for ticket in routing.TICKETS]
    if kind in ("severity", "amount"):
        return np.array(values)[PICKED]
    distinct = list(dict.fromkeys(values))
    places = {value: place for place, value in enumerate(distinct)}
    return Encoded(distinct, np.array([places[value] for value in values], dtype=np.int32)[PICKED])


def ours() -> None:
    """Every policy by which one rule answers, and counting; the facts read once or every time."""
    columns = {kind: column(kind) for kind in routing.KINDS}
    found = decide(TABLE, columns)
    assert (np.where(found.rule == len(TABLE.rules), -1, found.rule) == EXPECTED[PICKED]).all()
    facts, plan = read_facts(columns, TABLE.facts), plan_of(TABLE)
    timed("svcstd: read the columns, first", lambda: decide(plan, columns))
    timed("svcstd: columns that were read, first", lambda: decide(plan, facts))
    for hit, given in (("unique", {}), ("any", {}), ("collect", {"aggregate": "count"})):
        other = plan_of(attrs.evolve(TABLE, hit=hit, **given))
        timed(f"svcstd: columns that were read, {hit}", lambda other=other: decide(other, facts))


def engines() -> None:
    """The same table as expressions, where the engines are installed; facts are checked there too."""
    try:
        import duckdb
        import polars as pl
    except ImportError as error:
        print(f"left out: Polars and DuckDB ({error})")
        return
    rows = [routing.TICKETS[number] for number in PICKED.tolist()]
    frame = pl.DataFrame({kind: [ticket[kind] for ticket in rows] for kind in routing.KINDS})
    expected = [f"r{number}" if number >= 0 else None for number in EXPECTED[PICKED].tolist()]
    rule = polars_decision(TABLE).rule.alias("rule")
    assert frame.select(rule)["rule"].to_list() == expected
    timed("Polars, the rule, from texts", lambda: frame.select(rule), times=3)
    connection = duckdb.connect()
    connection.register("facts", frame.with_row_index("row").to_arrow())
    query = f"SELECT {duckdb_decision(TABLE).rule} AS rule FROM facts"  # noqa: S608 - quoted by the library
    told = connection.execute(query.replace("SELECT", "SELECT row,", 1)).fetchall()  # in whatever order
    assert [one for _, one in sorted(told, key=itemgetter(0))] == expected
    timed(
        "DuckDB, the rule, from texts into a table",
        lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {query}"),
        times=3,
    )


def peers() -> None:
    """datalogic-py, one call for all tickets, already parsed."""
    try:
        ask, _ = routing.datalogic_batch()
    except ImportError as error:
        print(f"left out: datalogic-py ({error})")
        return
    assert ask(None) == EXPECTED.tolist()
    timed("datalogic-py (Rust), a batch of parsed tickets", lambda: ask(None), rows=len(EXPECTED))


if __name__ == "__main__":
    ours()
    engines()
    peers()
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(FOUND, indent=2), encoding="utf-8")
