"""Attainment by objective and week, reckoned by Spark on two threads of this machine.

Usage: python examples/spark/report.py
Needs: svcstd with the extra ``spark``; Java 17 or later.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession  # reads the environment
from pyspark.sql import functions as sf

from svcstd import loads
from svcstd.batch.spark import clocks

STANDARD = loads("""
svcstd = 1
id = "desk"
name = "Service desk"
zone = "Europe/Rome"
years = "2026"
calendar = "office"

[facts]
priority = { one_of = ["P1", "P2"] }

[events]
opened = "the request arrives"
replied = "we have answered"
hold = "we wait for the customer"
resumed = "the customer has answered"
closed = "it is done"

[calendars.office]
hours = "Mon-Fri 09:00-18:00"
holidays = "IT"

[objectives.reply]
order = 1
target = "2 working hours"
clock = { start = "opened", stop = "replied" }

[objectives.resolve]
order = 2
by = "priority"
target = { P1 = "8 working hours", P2 = "16 working hours" }
clock = { start = "opened", stop = "closed", pause = "hold", resume = "resumed" }

[log]
id = "ticket"
time = "ISO 8601"
event = "event"
at = "at"
facts = { priority = "priority" }
""")


def log() -> Iterator[tuple[str, str, datetime, str]]:
    """A small log: some tickets wait for the customer, some are late."""
    for number in range(2_000):
        at = datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(minutes=number * 17)
        priority = "P1" if number % 4 == 0 else "P2"
        kinds = ["opened", "replied", *(["hold", "resumed"] if number % 3 else []), "closed"]
        for place, kind in enumerate(kinds):
            yield f"T{number:05}", kind, at + timedelta(minutes=place * (30 + number * 7 % 600)), priority


def main() -> None:
    """Print the table."""
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    events = spark.createDataFrame([*log()], "ticket string, event string, at timestamp, priority string")
    readings = clocks(events, STANDARD, as_of=datetime(2026, 6, 1, tzinfo=UTC))
    week = sf.date_trunc("week", sf.from_utc_timestamp("start", STANDARD.zone)).cast("date")
    kept = sf.count_if(sf.col("verdict") == "met")
    judged = sf.count_if(sf.col("verdict").isin("met", "met_late", "late_open"))
    weeks = readings.where("fault IS NULL").groupBy("objective", week.alias("week")).agg(kept, judged)
    for objective, monday, met, of in weeks.orderBy("objective", "week").collect():
        print(f"{objective:8} {monday} {met:5} of {of:5} {100 * met / of:6.1f} %")
    spark.stop()


if __name__ == "__main__":
    main()
