"""Clocks of a log on executors that are processes of their own, or on a remote Spark; run by ``test_spark.py``.

Usage: python tests/batch/spark_elsewhere.py cluster PACKAGE.zip | connect
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from pyspark.sql import SparkSession
from tests.batch.logs import AS_OF, LOG, STANDARD, counted, messy

import svcstd.batch.spark as ss
from svcstd.batch.arrow import logs as arrow_clocks


def where_from(batches: Any) -> Iterator[Any]:
    """From which file a worker has the package."""
    import pyarrow as pa  # noqa: PLC0415 - on the worker

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
    """Read the clocks there and here."""
    spark = session(*sys.argv[1:])
    table = messy(60)
    found = ss.clocks(spark.createDataFrame(table), STANDARD, LOG, as_of=AS_OF, order="line").toArrow()
    wanted = arrow_clocks.clocks(STANDARD, table, LOG, as_of=AS_OF).cast(arrow_clocks.SCHEMA)
    same = counted(found.cast(arrow_clocks.SCHEMA)) == counted(wanted)
    file = spark.range(1).mapInArrow(where_from, "file string").toArrow().column("file")[0].as_py()
    sys.stdout.write(f"{'same' if same else 'different'} {found.num_rows} {file}\n")
    spark.stop()


if __name__ == "__main__":
    main()
