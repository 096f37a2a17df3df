"""Clocks on Spark: events a second on two cores, where the time goes, and the bytes that a shuffle moves.

Usage: python bench/spark.py [--quick] [--json FILE]
Needs: svcstd with the extra ``spark``, Java 17 or later, 4 GB of memory; Linux, which tells what processors spent: on a
machine that others use as well, seconds by the clock say little.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession  # reads the environment

import svcstd.batch.spark as ss
from svcstd import loads
from svcstd.batch.arrow.carried import clocks_of_batches
from svcstd.batch.arrow.logs import clocks
from svcstd.batch.spark import logs
from svcstd.standard import LogMapping

CASES = 20_000 if "--quick" in sys.argv else 500_000
PARTITIONS = 4
HOUR = 3_600_000_000
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("opened", "replied", "hold", "resumed", "noted", "noted", "hold", "resumed", "noted", "closed")
"""Of each case; from the third on, a pair may be missing."""
LOG = LogMapping(id="case", time="ISO 8601", event="event", at="at", facts={"priority": "priority", "city": "city"})
STANDARD = loads("""
svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Rome"
years = "2024..2026"

[facts]
priority = { one_of = ["P1", "P2", "P3"] }
city = "text"

[events]
opened = "the request arrives"
replied = "we have answered"
noted = "somebody has written something down"
hold = "we wait for the customer"
resumed = "the customer has answered"
closed = "it is done"

[calendars.office]
hours = "Mon-Fri 09:00-18:00"
holidays = "IT"

[calendars.daily]
hours = "daily 08:00-20:00"

[objectives.reply]
order = 1
calendar = "daily"
target = "2 working hours"
clock = { start = "opened", stop = "replied" }

[objectives.close]
order = 2
calendar = "office"
by = "priority"
target = { P1 = "8 working hours", P2 = "16 working hours", P3 = "24 working hours" }
clock = { start = "opened", stop = "closed", pause = "hold", resume = "resumed" }
""")
SPENT = "rows long, inside double, arriving double"
ROWS: list[dict[str, Any]] = []


def log() -> Any:
    """Events of cases in the order of time, six to ten for each."""
    source = np.random.default_rng(7)
    case = np.repeat(np.arange(CASES), len(KINDS))
    place = np.tile(np.arange(len(KINDS)), CASES)
    low = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    at = (
        (low + source.integers(0, 300 * 24 * HOUR, CASES))[case]
        + source.integers(1, 2 * HOUR, len(case))
        + (place * 3 * HOUR)
    )
    kept = (place < 2) | (place == len(KINDS) - 1) | (source.random((CASES, 5))[case, place // 2] < 0.8)
    order = np.argsort(at[kept], kind="stable")
    case, place, at = case[kept][order], place[kept][order], at[kept][order]
    names = np.array([f"T{number:09}" for number in range(CASES)])
    priorities, cities = np.array(["P1", "P2", "P3"]), np.array(["Roma", "Milano", "Torino", "Napoli"])
    priority, city = priorities[source.integers(0, 3, CASES)], cities[source.integers(0, 4, CASES)]
    return pa.table(
        {
            "case": names[case],
            "event": np.array(KINDS)[place],
            "at": pa.array(at, pa.timestamp("us", tz="UTC")),
            "priority": priority[case],
            "city": city[case],
        }
    )


def spent_by_processes() -> tuple[float, float]:
    """Seconds of the processor that this process, its Java and all workers have spent so far: Java's, and Python's."""
    parents: dict[int, int] = {}
    spent: dict[int, tuple[bool, float]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, told = file.read_text().rpartition(")")
            fields = told.split()
            parents[int(file.parent.name)] = int(fields[1])
            ticks = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            spent[int(file.parent.name)] = name.endswith("(java"), ticks
    ours = found = {os.getpid()}
    while found:
        found = {one for one, parent in parents.items() if parent in found} - ours
        ours = ours | found
    java, python = (sum(spent[one][1] for one in ours & {*spent} if spent[one][0] == kind) for kind in (True, False))
    return java, python


def timed(name: str, events: int, run: Callable[[], Any], *, times: int = 3) -> None:
    """Seconds by the clock and of processors, the least of several."""
    told: list[tuple[float, float, float]] = []
    for _ in range(times):
        before, begun = spent_by_processes(), perf_counter()
        run()
        seconds = perf_counter() - begun
        java, python = (now - then for now, then in zip(spent_by_processes(), before, strict=True))
        told.append((seconds, java, python))
    _, java, python = min(told, key=lambda one: one[1] + one[2])
    seconds = min(one[0] for one in told)
    ROWS.append({"name": name, "events": events, "seconds": seconds, "java": java, "python": python})


def counted(batches: Iterable[Any]) -> Iterator[Any]:
    """How many rows have arrived, and nothing else."""
    yield pa.record_batch({"rows": [sum(batch.num_rows for batch in batches)]})


def spent(asked: Any, batches: Iterable[Any]) -> Iterator[Any]:
    """Rows and seconds of this processor within our function, without the time in which rows arrive."""
    waiting, rows, begun = 0.0, 0, process_time()

    def arriving() -> Iterator[Any]:
        nonlocal waiting, rows
        since = process_time()
        for batch in batches:
            waiting += process_time() - since
            rows += batch.num_rows
            yield batch
            since = process_time()
        waiting += process_time() - since

    for _ in logs._of_batches(asked, arriving()):  # noqa: SLF001 - what runs on workers is what is measured
        pass
    yield pa.record_batch({"rows": [rows], "inside": [process_time() - begun - waiting], "arriving": [waiting]})


def cpu(run: Callable[[], Any]) -> float:
    """Seconds of the processor."""
    begun = process_time()
    run()
    return process_time() - begun


def shuffled(folder: Path, run: Callable[[], Any]) -> int:
    """Bytes that are written for other stages meanwhile."""
    before = {*folder.rglob("shuffle_*.data")}
    run()
    return sum(file.stat().st_size for file in {*folder.rglob("shuffle_*.data")} - before)


def main() -> None:
    """Measure."""
    table = log()
    events = table.num_rows
    by_case = table.sort_by([("case", "ascending"), ("at", "ascending")])
    batches = by_case.to_batches(max_chunksize=10_000)
    plain = cpu(lambda: clocks(STANDARD, by_case, LOG, as_of=AS_OF))
    timed("plain batch, all rows at once, one core", events, lambda: clocks(STANDARD, table, LOG, as_of=AS_OF))
    timed("plain batch, sorted by case", events, lambda: clocks(STANDARD, by_case, LOG, as_of=AS_OF))
    carried = partial(clocks_of_batches, STANDARD, batches, LOG, as_of=AS_OF)
    timed("carried from batch to batch, sorted by case", events, lambda: [*carried()])
    os.environ.pop("SPARK_LOCAL_DIRS", None)
    with TemporaryDirectory() as folder, TemporaryDirectory() as local:
        for part in range(PARTITIONS):
            pq.write_table(table.slice(part * events // PARTITIONS, events // PARTITIONS), f"{folder}/{part}.parquet")
        spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.memory", "2g")
            .config("spark.local.dir", local)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50000")
            .getOrCreate()
        )
        spark.sparkContext.setLogLevel("ERROR")
        read = spark.read.parquet(folder)
        question: dict[str, Any] = {"as_of": AS_OF, "known_at": None, "assume": None, "cycles": "last"}
        asked, laid = logs._laid_out("clocks", read, STANDARD, LOG, None, PARTITIONS, **question)  # noqa: SLF001 - the same
        columns = read.select(*LOG.columns)
        frames = {
            "Spark: clocks, from Parquet to nowhere": ss.clocks(
                read, STANDARD, LOG, as_of=AS_OF, partitions=PARTITIONS
            ),
            "  Parquet read": columns,
            "  and into Arrow, to Python": columns.mapInArrow(counted, "rows long"),
            "  Parquet read, shuffled and sorted": laid,
            "  and all that into Arrow, to Python": laid.mapInArrow(counted, "rows long"),
            "  and reckoned, no answers told": laid.mapInArrow(partial(spent, asked), SPENT),
        }

        def write(frame: Any) -> None:
            frame.write.format("noop").mode("overwrite").save()

        for name, frame in frames.items():
            timed(name, events, partial(write, frame))
        moved = shuffled(Path(local), lambda: write(laid)) / events
        told = laid.mapInArrow(partial(spent, asked), SPENT).toArrow()
        inside, arriving = (sum(told.column(name).to_pylist()) for name in ("inside", "arriving"))
        spark.stop()
    tell(plain, inside, arriving, moved)


def tell(plain: float, inside: float, arriving: float, moved: float) -> None:
    """Print a table; write JSON where asked."""
    for row in ROWS:
        pace = row["events"] / row["seconds"] / 1e6
        work = f"{row['java']:6.2f} s Java {row['python']:6.2f} s Python"
        print(f"{row['name']:48} {row['events']:>10,} events {row['seconds']:7.2f} s {pace:6.2f} M/s; {work}")
    print(f"processor: plain batch {plain:.2f} s; the same within our function on Spark {inside:.2f} s")
    print(f"           ({inside / plain:.2f} times as much), and {arriving:.2f} s until its rows have arrived")
    print(f"shuffle: {moved:.1f} bytes an event")
    figures = {"plain_cpu": plain, "inside_cpu": inside, "arriving_cpu": arriving, "shuffle_bytes": moved}
    if "--json" in sys.argv:
        file = Path(sys.argv[sys.argv.index("--json") + 1])
        file.write_text(json.dumps([*ROWS, figures], indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
