"""A whole log of events: one resolution clock with pauses by priority, beside Polars that only sorts the same rows.

Usage: python bench/logs.py [--quick] [--json FILE]
Needs: svcstd with the extra ``polars``.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl

from svcstd import batch, loads
from svcstd.batch.arrow.logs import clocks as arrow_clocks

CASES = 20_000 if "--quick" in sys.argv else 1_000_000
ALONE = 2_000
"""Cases that are read by the scalar code too: it takes longer."""
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
KINDS = ["opened", "held", "freed", "note", "closed"]
PRIORITIES = ["P1", "P2", "P3"]
STANDARD = loads("""
svcstd = 1
id = "big"
name = "A desk with many cases"
zone = "Asia/Shanghai"
[facts]
priority = { one_of = ["P1", "P2", "P3"] }
[events]
opened = ""
held = ""
freed = ""
note = ""
closed = ""
[calendars]
office = "Mon-Fri 09:00-12:00 13:30-18:00"
[objectives.resolution]
calendar = "office"
by = "priority"
target = { P1 = "4 working hours", P2 = "8 working hours", P3 = "40 working hours" }
clock = { start = "opened", stop = "closed", pauses = { customer = { on = "held", until = "freed" } } }
notify = { "80 %" = "lead", due = "head" }
[log]
id = "case"
time = "ISO 8601"
event = "event"
at = "at"
facts = { priority = "priority" }
""")
FOUND: list[dict[str, Any]] = []


def made(cases: int) -> dict[str, Any]:
    """Shuffled events of two years: opened, up to three holds, notes, most of them closed; ten to a case."""
    source = np.random.default_rng(7)
    pairs, notes, closed = source.integers(0, 4, cases), source.integers(0, 12, cases), source.random(cases) < 0.9
    count = 1 + 2 * pairs + notes + closed
    first = np.cumsum(count) - count
    case = np.repeat(np.arange(cases), count)
    kind = np.full(len(case), KINDS.index("note"), dtype=np.int32)
    kind[first] = KINDS.index("opened")
    for pair in range(3):
        here = first[pairs > pair] + 2 * pair
        kind[here + 1], kind[here + 2] = KINDS.index("held"), KINDS.index("freed")
    kind[(first + count - 1)[closed]] = KINDS.index("closed")
    gaps = source.integers(MINUTE, 8 * HOUR, len(case))
    gaps[first] = 0
    passed = np.cumsum(gaps)
    low = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    at = source.integers(low, low + 700 * DAY, cases)[case] + passed - passed[first][case]
    priority = np.full(len(case), -1, dtype=np.int32)
    priority[first] = source.integers(0, 3, cases)
    order = source.permutation(len(case))
    return {"case": case[order], "event": kind[order], "at": at[order], "priority": priority[order]}


def timed(name: str, rows: int, run: Callable[[], Any], times: int = 3) -> float:
    """Seconds, the best of several; and how far the peak of memory rose."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        run()
        best = min(best, perf_counter() - begun)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_000
    FOUND.append({"name": name, "rows": rows, "seconds": best, "grown_mb": grown})
    return best


def main() -> None:
    """Print a table; write JSON where asked."""
    log = made(CASES)
    rows = len(log["case"])
    told = {
        "case": log["case"],
        "event": batch.Encoded(KINDS, log["event"]),
        "at": log["at"].astype("datetime64[us]"),
        "priority": batch.Encoded(PRIORITIES, log["priority"]),
    }
    limit = timed("limit: the columns read once, one written (NumPy)", rows, lambda: log["at"] + log["case"])
    ours = timed("svcstd batch.clocks, NumPy", rows, lambda: batch.clocks(STANDARD, told, as_of=AS_OF))
    timed("svcstd batch.notices, two thresholds, NumPy", rows, lambda: batch.notices(STANDARD, told, as_of=AS_OF), 1)
    timed(
        "svcstd batch.attainment by priority",
        rows,
        lambda: batch.attainment(STANDARD, told, as_of=AS_OF, by=["priority"]),
        1,
    )
    frame = pl.DataFrame({name: log[name] for name in ("case", "at", "event", "priority")})
    sort = timed("Polars sorts the same rows by case and time", rows, lambda: frame.sort("case", "at"))
    texts = pl.DataFrame(
        {
            "case": frame["case"].cast(pl.String),
            "at": frame["at"].cast(pl.Datetime("us", "UTC")),
            "event": pl.Series(KINDS, dtype=pl.String).gather(log["event"].astype(np.uint32)),
            "priority": pl.Series([*PRIORITIES, None], dtype=pl.String).gather(
                np.where(log["priority"] < 0, 3, log["priority"])
            ),
        }
    )
    timed("svcstd clocks over Arrow, texts in Polars", rows, lambda: arrow_clocks(STANDARD, texts, as_of=AS_OF), 1)
    some = np.flatnonzero(log["case"] < ALONE)
    part = {name: (one.take(some) if isinstance(one, batch.Encoded) else one[some]) for name, one in told.items()}
    answers = batch.clocks(STANDARD, part, as_of=AS_OF)
    rows_of = sorted(
        zip(
            part["at"].tolist(),
            part["case"].tolist(),
            part["event"].codes.tolist(),
            part["priority"].codes.tolist(),
            strict=True,
        )
    )
    from svcstd import Case, Event

    events: dict[int, list[Any]] = {}
    for at, case, kind, priority in rows_of:
        facts = {} if priority < 0 else {"priority": PRIORITIES[priority]}
        events.setdefault(case, []).append(Event(KINDS[kind], at=at.replace(tzinfo=UTC), facts=facts))
    cases = [Case(name, {}, events[int(name)]) for name in answers.words("case").values]
    timed("our scalar code, case by case", len(some), lambda: [STANDARD.clocks(one, as_of=AS_OF) for one in cases], 1)
    batch.same(answers, STANDARD, cases, as_of=AS_OF)
    for one in FOUND:
        print(
            f"{one['name']:54} {one['rows']:>11,} events {one['seconds']:8.2f} s "
            f"{one['rows'] / one['seconds'] / 1e6:8.2f} M events/s  +{one['grown_mb']:,.0f} MB"
        )
    print(f"clocks to the sort: {ours / sort:.2f}; to the limit: {ours / limit:.0f}")
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(FOUND, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
