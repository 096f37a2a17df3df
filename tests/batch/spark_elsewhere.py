"""A log on executors that are processes of their own, or on a remote Spark; run by ``test_spark.py``.

Usage: python tests/batch/spark_elsewhere.py cluster PACKAGE.zip | connect
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession
from tests.batch.logs import AS_OF, LOG, STANDARD, counted, messy
from tests.batch.test_carried import helpdesk

import svcstd.batch.spark as ss
from svcstd.batch.arrow import logs as arrow_clocks

QUESTIONS: Sequence[tuple[Any, dict[str, Any]]] = (
    ("clocks", {"cycles": "all"}),
    ("notices", {}),
    ("owners", {"by": "group"}),
    ("owners", {"by": "agent"}),
)
"""What may be asked of a log, and how."""
SCHEMAS = {"clocks": arrow_clocks.SCHEMA, "notices": arrow_clocks.NOTICES, "owners": arrow_clocks.OWNERS}


def where_from(batches: Any) -> Iterator[Any]:
    """From which file a worker has the package."""
    import svcstd  # noqa: PLC0415 - on the worker

    for _ in batches:
        yield pa.record_batch({"file": [str(svcstd.__file__)]})


def session(way: str, *package: str) -> Any:
    """A session of one kind or the other."""
    builder: Any = SparkSession.builder
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    if way == "connect":
        return builder.remote("local[2]").getOrCreate()
    builder = builder.config("spark.submit.pyFiles", package[0]).config("spark.executor.memory", "1g")
    return builder.master("local-cluster[2,1,1024]").getOrCreate()


def main() -> None:
    """Ask there and here."""
    spark = session(*sys.argv[1:])
    table = messy(60)
    found = ss.clocks(spark.createDataFrame(table), STANDARD, LOG, as_of=AS_OF, order="line").toArrow()
    wanted = arrow_clocks.clocks(STANDARD, table, LOG, as_of=AS_OF).cast(arrow_clocks.SCHEMA)
    same = counted(found.cast(arrow_clocks.SCHEMA)) == counted(wanted)
    standard, table, as_of = helpdesk()
    for verb, more in QUESTIONS[1:3]:
        told = getattr(ss, verb)(spark.createDataFrame(table), standard, as_of=as_of, order="line", **more).toArrow()
        wanted = getattr(arrow_clocks, verb)(standard, table, as_of=as_of, **more).cast(SCHEMAS[verb])
        same = same and counted(told.cast(SCHEMAS[verb])) == counted(wanted)
    file = spark.range(1).mapInArrow(where_from, "file string").toArrow().column("file")[0].as_py()
    sys.stdout.write(f"{'same' if same else 'different'} {found.num_rows} {file}\n")
    spark.stop()


if __name__ == "__main__":
    main()
