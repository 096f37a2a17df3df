"""Spark: the same rows as the batch, whoever reads which case; calendars row by row what Arrow says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, MomentError, RowError

pyspark: Any = pytest.importorskip("pyspark", reason="the extra spark is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="the extra spark is not installed")
pa_csv: Any = pytest.importorskip("pyarrow.csv", reason="the extra spark is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java 17 or later, which is not here", allow_module_level=True)
ss: Any = pytest.importorskip("svcstd.batch.spark")

from pyspark.errors import PythonException  # noqa: E402 - skipped where Spark is absent
from pyspark.sql import SparkSession  # noqa: E402 - the same
from pyspark.sql import functions as sf  # noqa: E402 - the same
from tests.batch.engines import blocks, refuses_without  # noqa: E402 - the same
from tests.batch.logs import AS_OF, LOG, STANDARD, counted, messy  # noqa: E402 - the same
from tests.batch.spark_elsewhere import QUESTIONS  # noqa: E402 - the same
from tests.batch.test_carried import helpdesk  # noqa: E402 - the same
from tests.batch.test_clocks import LOG as DRAWN  # noqa: E402 - the same
from tests.batch.test_clocks import columns, drawn  # noqa: E402 - the same
from tests.batch.test_columns import CALENDARS, HOUR, LOW, OFFICE  # noqa: E402 - the same

from svcstd import loads  # noqa: E402 - the same
from svcstd.batch import arrow  # noqa: E402 - the same
from svcstd.batch.arrow import carried  # noqa: E402 - the same
from svcstd.batch.arrow import columns as arrow_columns  # noqa: E402 - the same
from svcstd.batch.arrow import decisions as arrow_decisions  # noqa: E402 - the same
from svcstd.batch.arrow import logs as arrow_clocks  # noqa: E402 - the same
from svcstd.batch.spark import logs, ordered, shipped, verbs  # noqa: E402 - the same
from svcstd.batch.spark import rows as spark_rows  # noqa: E402 - the same
from svcstd.batch.sums import measure_by  # noqa: E402 - the same
from svcstd.conditions import Range  # noqa: E402 - the same
from svcstd.moment import micros  # noqa: E402 - the same
from svcstd.scoring import Average, Kpi, Proportion, Total  # noqa: E402 - the same

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
everywhere = pytest.mark.skipif(os.environ.get("SVCSTD_SPARK") != "all", reason="set SVCSTD_SPARK=all to run this test")
TABLE = messy(300)
WANTED = counted(arrow_clocks.clocks(STANDARD, TABLE, LOG, as_of=AS_OF).cast(arrow_clocks.SCHEMA))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Spark on two threads of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        builder: Any = SparkSession.builder
        options = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.memory": "1g",
            "spark.sql.session.timeZone": "America/New_York",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
        }
        for name, value in options.items():
            builder = builder.config(name, value)
        session = builder.master("local[2]").getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def events(spark: Any) -> Any:
    """The log, in two partitions."""
    return spark.createDataFrame(TABLE).repartition(2)


def told(frame: Any) -> Any:
    """The rows of a table of clocks."""
    found = frame.toArrow()
    assert found.schema.names == arrow_clocks.SCHEMA.names
    return counted(found.cast(arrow_clocks.SCHEMA))


@pytest.mark.parametrize("partitions", [1, 3, 7, None])
def test_spark_says_what_the_batch_says(events: Any, partitions: int | None) -> None:
    """Nulls, faults, editions, pauses, ties: every row, into however many parts the cases are cut."""
    assert told(ss.clocks(events, STANDARD, LOG, as_of=AS_OF, order="line", partitions=partitions)) == WANTED


def test_case_by_case(spark: Any) -> None:
    """The slow way says the same."""
    table = messy(25)
    few = spark.createDataFrame(table)
    known: dict[str, Any] = {
        "as_of": AS_OF,
        "known_at": AS_OF - timedelta(days=3),
        "assume": "no_holidays",
        "cycles": "all",
    }
    wanted = arrow_clocks.clocks(STANDARD, table, LOG, **known).cast(arrow_clocks.SCHEMA)
    slow = ss.clocks_grouped(few, STANDARD, LOG, **known, order="line", partitions=2)
    assert told(slow) == counted(wanted)
    assert told(ss.clocks(few, STANDARD, LOG, **known, order="line")) == counted(wanted)


def test_the_order_of_a_log_without_one(events: Any) -> None:
    """Rows that nothing tells apart in time are told apart by what stands in them, so an answer is always the same."""
    first, again = (told(ss.clocks(events.repartition(n), STANDARD, LOG, as_of=AS_OF, partitions=n)) for n in (2, 5))
    assert first == again


def test_names_that_are_numbers(spark: Any) -> None:
    """Cases may have numbers for names."""
    kinds = ["opened", "hold", "resumed", "closed"]
    rows = {"event": kinds * 3, "priority": ["P1"] * 12, "city": ["Roma"] * 12, "team": ["x"] * 12}
    table = pa.table({"case.id": [1] * 4 + [2] * 8, "at": [f"2026-03-02T{10 + n}:00Z" for n in range(12)], **rows})
    wanted = arrow_clocks.clocks(STANDARD, table, LOG, as_of=AS_OF).cast(arrow_clocks.SCHEMA)
    assert told(ss.clocks(spark.createDataFrame(table), STANDARD, LOG, as_of=AS_OF)) == counted(wanted)


@pytest.mark.parametrize(("verb", "more"), QUESTIONS)
def test_a_help_desk(spark: Any, verb: Any, more: dict[str, Any]) -> None:
    """Escalations fired and to come, who had the case how long, and clocks: what Arrow says of the example."""
    standard, table, as_of = helpdesk()
    wanted = getattr(arrow_clocks, verb)(standard, table, as_of=as_of, **more)
    frame = spark.createDataFrame(table).repartition(3)
    found = getattr(ss, verb)(frame, standard, as_of=as_of, order="line", partitions=3, **more).toArrow()
    shape, schema = logs.SHAPES[verb]
    assert found.schema.names == [field.name for field in shape] == schema.names
    assert counted(found.cast(schema)) == counted(wanted.cast(schema))
    assert found.num_rows > len({*found.column("case").to_pylist()}) > 50


STAMPS = ("at", "recorded", "due", "since")
TYPES = dict.fromkeys(STAMPS, pa.timestamp("us", tz="UTC"))
TYPES |= {"count": pa.int64(), "told": pa.int64(), "urgent": pa.bool_(), "line": pa.int64()}


def log_of(cases: Any) -> Any:
    """The log of cases, each row with its place."""
    told = columns(cases)
    given = {**told, "line": range(len(told["case"]))}
    return pa.table({name: pa.array(one, TYPES.get(name, pa.string())) for name, one in given.items()})


@pytest.mark.parametrize("seed", [1, 2])
def test_random_logs(spark: Any, seed: int) -> None:
    """Promises of every kind, told on Spark as by Arrow."""
    standard, cases, as_of = drawn(Random(seed))
    table = log_of(cases)
    for verb, more in QUESTIONS:
        schema = logs.SHAPES[verb][1]
        wanted = getattr(arrow_clocks, verb)(standard, table, DRAWN, as_of=as_of, **more).cast(schema)
        found = getattr(ss, verb)(spark.createDataFrame(table), standard, DRAWN, as_of=as_of, order="line", **more)
        assert counted(found.toArrow().cast(schema)) == counted(wanted), verb


@given(random=st.integers(0, 2**40).map(Random))
def test_whatever_order_the_rows_of_a_hash_come_in(random: Random) -> None:
    """Cases that share a hash stand in each other's way, in any order, and batches end anywhere: the same answers."""
    standard, cases, as_of = drawn(random)
    table = log_of(cases)
    verb, more = random.choice(QUESTIONS)
    schema = logs.SHAPES[verb][1]
    wanted = getattr(arrow_clocks, verb)(standard, table, DRAWN, as_of=as_of, **more).cast(schema)
    number = {name: random.choice([-7, 0, 2**63 - 1]) for name in dict.fromkeys(table.column("case").to_pylist())}
    rows = random.sample(range(len(table)), len(table))
    rows.sort(key=lambda row: str(number[table.column("case")[row].as_py()]))
    headers = ("case", "line", *(name for name in table.column_names if name not in {"case", "line"}))
    laid = table.take(rows).select(headers)
    laid = laid.rename_columns([f"c{place}" for place in range(len(headers))])
    hashes = pa.array([number[one.as_py()] for one in laid.column("c0")], pa.int64())
    laid = laid.add_column(0, logs.HASH, hashes)
    size = random.randint(1, 9)
    asked = logs._Asked(
        verb=verb,
        standard=shipped.standard_to_bytes(standard),
        log=DRAWN,
        headers=headers,
        as_of=micros(as_of, "as_of"),
        known_at=None,
        others=more,
    )
    batches = laid.to_batches(max_chunksize=size)
    told = pa.Table.from_batches(carried.answers_of_batches(asked.of, batches, logs.HASH, schema, rows=size), schema)
    assert counted(told) == counted(wanted)


def test_columns_of_any_kind_order_rows() -> None:
    """Each kind that Spark has; what is null comes first, and rows that nothing tells apart stay together."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    several: dict[str, list[Any]] = {
        "text": ["a", "b"],
        "whole": [-5, 3],
        "truth": [False, True],
        "day": [date(2026, 1, 1), date(2026, 1, 2)],
        "instant": [start, start + timedelta(microseconds=1)],
        "length": [timedelta(-1), timedelta(1)],
        "price": [Decimal("9.50"), Decimal("10.00")],
    }
    for name, (low, high) in several.items():
        table = pa.table({"hash": [1, 1, 1, None, None], "nothing": pa.nulls(5), name: [high, None, low, high, low]})
        for keys in ([name, "nothing"], ["nothing", name]):
            found = ordered.in_order(table, "hash", keys).column(name).to_pylist()
            assert found == [None, low, high, low, high]
    empty = table.slice(0, 0)
    assert ordered.in_order(empty, "hash", ["nothing", "price"]) == empty


@pytest.mark.parametrize(
    ("name", "cases", "total"),
    [
        ("helpdesk_italian.csv", 4_580, "68567d889fc99e8b8b058118589c4b2abef8c6a0187d029beb89f16fd1a5cd77"),
        ("boston311_2015_open.csv", 21_822, "54aec0c2a72d15765ba85afc24a21abd2959fa19914addce48363e20f03cd2d7"),
    ],
)
def test_real_logs(spark: Any, shared: Path, name: str, cases: int, total: str) -> None:
    """Two real desks: the sums that were written down from what the scalar code says of each case."""
    path = shared / "data/tickets" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the shared folder")
    pytest.importorskip("polars", reason="what sums rows up is the extra polars")
    from tests.batch import test_engines as engines  # noqa: PLC0415 - it is skipped where other engines are absent

    read, as_of = {
        "helpdesk_italian.csv": (engines.helpdesk, datetime(2014, 2, 1, tzinfo=UTC)),
        "boston311_2015_open.csv": (engines.boston, datetime(2016, 1, 1, tzinfo=UTC)),
    }[name]
    standard = read(path)[0]
    assert standard.log is not None
    headers = [*standard.log.columns]
    texts = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(headers, pa.string()), include_columns=headers, strings_can_be_null=True
    )
    table = pa_csv.read_csv(path, convert_options=texts)
    table = table.append_column("line", pa.array(range(len(table))))
    found = ss.clocks(spark.createDataFrame(table), standard, as_of=as_of, order="line", partitions=3).toArrow()
    assert len({*found.column("case").to_pylist()}) == cases
    assert engines.checksum(engines.plain(found.cast(arrow_clocks.SCHEMA))) == total


def test_a_worker_with_other_data_refuses(events: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says what differs, rather than other answers."""
    monkeypatch.setattr(shipped, "zone_digest", lambda _: "0" * 16)
    with pytest.raises(PythonException, match=r"zones\.Europe/Rome: this worker's data"):
        ss.clocks(events, STANDARD, LOG, as_of=AS_OF).toArrow()


def test_what_is_wrong_is_told_at_once(events: Any) -> None:
    """Before anything runs: no log, a header, an order, a naive moment, stamps without zone, no DataFrame."""
    with pytest.raises(DefinitionError, match="log"):
        ss.clocks(events, STANDARD, as_of=AS_OF)
    with pytest.raises(RowError, match="priority"):
        ss.clocks(events.drop("priority"), STANDARD, LOG, as_of=AS_OF)
    with pytest.raises(RowError, match="lien"):
        ss.clocks(events, STANDARD, LOG, as_of=AS_OF, order="lien")
    with pytest.raises(MomentError, match="as_of"):
        ss.clocks(events, STANDARD, LOG, as_of=datetime(2026, 4, 1))  # noqa: DTZ001 - under test
    bare = events.withColumn("at", sf.to_timestamp_ntz(sf.lit("2026-03-01 10:00:00")))
    with pytest.raises(MomentError, match="no time zone"):
        ss.clocks(bare, STANDARD, LOG, as_of=AS_OF)
    with pytest.raises(DefinitionError, match="a DataFrame of Spark"):
        ss.clocks(TABLE, STANDARD, LOG, as_of=AS_OF)


ROWS = pa.table(
    {
        "start": pa.array([LOW, LOW + 30 * HOUR, None, LOW + HOUR + 1], pa.timestamp("us", tz="UTC")),
        "end": pa.array([LOW + 500 * HOUR, LOW, LOW, None], pa.timestamp("us", tz="UTC")),
        "amount": pa.array([8 * HOUR, 0, HOUR, 9 * HOUR], pa.duration("us")),
        "text": ["8 working hours", "24 hours", None, "1 working minute"],
        "by": ["office", "night", "daily", "nobody"],
        "day": pa.array([date(2024, 3, 1), date(2024, 10, 1), None, date(2024, 5, 1)]),
    }
)
END = datetime.fromtimestamp(LOW // 1_000_000, UTC) + timedelta(days=20, microseconds=1)


def test_calendars_over_columns(spark: Any) -> None:
    """Every verb, one calendar and one for each row, with columns and with values for all rows, with faults."""
    by, col = {"by": "by", "faults": True}, sf.col
    frame = spark.createDataFrame(ROWS).coalesce(1)
    found = frame.select(
        ss.elapsed("start", CALENDARS, "end", **by).alias("elapsed"),
        ss.elapsed(col("start"), OFFICE, END).alias("until"),
        ss.add("start", CALENDARS, col("amount"), landing="next_open", **by).alias("add"),
        ss.add("start", OFFICE, col("text"), faults=True).alias("text"),
        ss.add("start", OFFICE, "8 working hours").alias("eight"),
        ss.subtract("end", CALENDARS, timedelta(hours=3), **by).alias("subtract"),
        ss.subtract("end", OFFICE, 3 * HOUR).alias("three"),
        ss.is_open("start", CALENDARS, **by).alias("is_open"),
        ss.next_open("start", CALENDARS, **by).alias("next_open"),
        ss.count_working_days("day", OFFICE, date(2024, 10, 20)).alias("days"),
        ss.count_working_days("day", OFFICE, sf.to_date("end")).alias("between"),
    ).toArrow()
    rows = {name: ROWS.column(name) for name in ROWS.column_names}
    keyed: dict[str, Any] = {"by": rows["by"], "faults": True}
    dates = frame.select(sf.to_date("end")).toArrow().column(0)
    wanted = {
        "elapsed": arrow.elapsed(CALENDARS, rows["start"], rows["end"], **keyed),
        "until": arrow.elapsed(OFFICE, rows["start"], END),
        "add": arrow.add(CALENDARS, rows["start"], rows["amount"], landing="next_open", **keyed),
        "text": arrow.add(OFFICE, rows["start"], rows["text"], faults=True),
        "eight": arrow.add(OFFICE, rows["start"], "8 working hours"),
        "subtract": arrow.subtract(CALENDARS, rows["end"], timedelta(hours=3), **keyed),
        "three": arrow.subtract(OFFICE, rows["end"], 3 * HOUR),
        "is_open": arrow.is_open(CALENDARS, rows["start"], **keyed),
        "next_open": arrow.next_open(CALENDARS, rows["start"], **keyed),
        "days": arrow.count_working_days(OFFICE, rows["day"], date(2024, 10, 20)),
        "between": arrow.count_working_days(OFFICE, rows["day"], dates),
    }
    for name, column in wanted.items():
        assert found.column(name).cast(column.type).to_pylist() == column.to_pylist(), name
    with pytest.raises(DefinitionError, match="elapsed time"):
        ss.add("start", OFFICE, "24 hours")


@everywhere
@pytest.mark.parametrize("way", ["cluster", "connect"])
def test_elsewhere(way: str, tmp_path: Path) -> None:
    """Executors that are processes of their own and have the package from an archive; a remote session."""
    if way == "connect":
        pytest.importorskip("grpc", reason="the extra spark-connect is not installed")
    package = Path(str(ss.__file__)).parents[2]
    archive = shutil.make_archive(str(tmp_path / "shipped"), "zip", package.parent, package.name)
    script = [sys.executable, str(Path(__file__).parent / "spark_elsewhere.py"), way]
    done = subprocess.run(
        [*script, archive] if way == "cluster" else script,
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=300,
    )
    assert done.stdout.startswith("same "), done.stderr[-3_000:]
    assert ("shipped.zip" in done.stdout) == (way == "cluster")


ROUTES = loads("""
svcstd = 1
id = "routes"
name = "Routes"
zone = "Europe/Rome"

[facts]
kind = { one_of = ["fault", "claim"] }
amount = "number"
city = "text"

[events]

[routing.intake]
hit = "first"
in = ["kind", "amount"]
out = { role = {}, hours = { kind = "integer" }, share = { kind = "number" }, by = { kind = "date" } }
on_no_match = "outcome"

[routing.intake.rules]
fault = ["fault", "-", "engineer", 4, 0.25, 2026-03-01]
dear = { when = { amount = [1000, 5000] }, then = { role = "manager" }, from = 2026-02-01, until = 2026-05-31 }

[routing.all]
hit = "first"
in = []
rules = {}
out = ["queue"]
else = { queue = "desk", because = "one desk" }
""")
DAY = date(2026, 3, 2)
FACTS = pa.table(
    {
        "kind": ["fault", "claim", None, "fualt", "claim"],
        "amount": pa.array([1, 1000, 5000, None, 7], pa.decimal128(10, 2)),
        "at.once": [1, 2, 3, 4, 5],
    }
)


def test_routes(spark: Any) -> None:
    """Rule, outputs of every kind and fault beside each row, as the batch says; what cannot be asked is refused."""
    facts = spark.createDataFrame(FACTS)
    for table, outputs in (("intake", ["role", "hours", "share", "by"]), ("all", ["queue"])):
        found = ss.route(facts, ROUTES, table, on=DAY).toArrow().sort_by("at.once")
        assert found.column_names == [*FACTS.column_names, "rule", *outputs, "fault"]
        wanted = arrow_decisions.route(ROUTES, table, FACTS, on=DAY)
        assert found.select(wanted.column_names).to_pylist() == wanted.to_pylist()
    with pytest.raises(DefinitionError, match="'rule' and 'Rule' would be one column"):
        ss.route(facts.withColumn("Rule", sf.lit(1)), ROUTES, "all", on=DAY)
    with pytest.raises(DefinitionError, match="amount"):
        ss.route(facts.drop("amount"), ROUTES, "intake", on=DAY)


MOST = 2**63 - 1
RECORDS = pa.table(
    {
        "team.of": ["a", "b", None, "a", "b", "a"],
        "points": pa.array([MOST, MOST, 1, MOST, None, -5], pa.int64()),
        "price": pa.array(["1.10", "2.20", "0.05", "3.30", "7.00", None]).cast(pa.decimal128(30, 2)),
        "at": pa.array([LOW + number * 100 * HOUR for number in range(6)], pa.timestamp("us", tz="UTC")),
    }
)
KPIS = (
    Kpi(formula=Total("points", empty_is_zero=False), direction="more", unit="points", at="at", missing="leave out"),
    Kpi(formula=Average("price", weight="points"), direction="more", unit="EUR", where=Range("points", 0, None)),
    Kpi(formula=Proportion(Range("price", 2, None)), direction="more", unit="share", at="at", missing="leave out"),
    Kpi(formula=Total(None, empty_is_zero=True), direction="more", unit="records"),
)


def test_figures_of_kpis(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 64 bits and in fractions, in however many parts: what the batch says of all rows at once."""
    columns = {name: arrow_columns.column_of(RECORDS.column(name)) for name in RECORDS.column_names}
    records = spark.createDataFrame(RECORDS)
    week: dict[str, Any] = {"period": "week", "zone": "Europe/Rome", "week": "Monday"}
    for kpi in KPIS:
        labels = week if kpi.at else {}
        found = ss.measure_by(kpi, records.repartition(3), "team.of", **labels)
        wanted = measure_by(kpi, columns, "team.of", **labels)
        assert found == wanted
        assert [*found] == [*wanted]
    assert ss.measure_by(KPIS[-1], records).items() == measure_by(KPIS[-1], columns).items()
    assert len(ss.measure_by(KPIS[0], records.where("false"))) == 0
    monkeypatch.setattr(spark_rows, "AT_A_TIME", 4)
    for kpi in KPIS:
        batches = RECORDS.to_batches(max_chunksize=1)
        labels = {**week} if kpi.at else {"period": None, "zone": "", "week": None}
        digest = shipped.zone_digest("Europe/Rome") if kpi.at else ""
        names = RECORDS.column_names
        half = [*spark_rows._counted(kpi, names, ("team.of",), labels, digest, batches)]
        (added,) = spark_rows._added_up(kpi, half * 2)
        once = dict(spark_rows._figures(kpi, half[0].to_pylist()))
        assert {key: one + one for key, one in once.items()} == dict(spark_rows._figures(kpi, added.to_pylist()))
        assert once == dict(measure_by(kpi, columns, "team.of", **labels))
    told = spark_rows._routed(shipped.standard_to_bytes(ROUTES), "all", DAY, ["nothing"], pa.array([0]))
    assert told.to_pylist() == [{"rule": "else", "queue": "desk", "fault": None}]


def test_what_a_worker_does(events: Any) -> None:
    """The same here as there, where no debugger and no coverage looks."""
    given: dict[str, Any] = {"as_of": AS_OF, "known_at": AS_OF}
    asked, laid = logs._laid_out("clocks", events, STANDARD, LOG, "line", 1, **given, assume=None, cycles="all")
    table = laid.toArrow()
    wanted = counted(arrow_clocks.clocks(STANDARD, TABLE, LOG, as_of=AS_OF, cycles="all").cast(arrow_clocks.SCHEMA))
    assert counted(pa.Table.from_batches(logs._of_batches(asked, table.to_batches(max_chunksize=90)))) == wanted
    assert counted(logs._of_case(asked, table)) == wanted
    amount = {"amount": HOUR, "faults": False}
    found = verbs._run("add", shipped.calendars_to_bytes(OFFICE), ("start",), amount, pa.array([LOW, None]))
    assert found.equals(arrow.add(OFFICE, pa.array([LOW, None]), HOUR))


def test_the_page_runs(spark: Any) -> None:
    """Its blocks follow each other."""
    found = list(blocks("spark.md"))
    assert len(found) == 3
    exec("".join(found), {"spark": spark})  # noqa: S102 - our own page


@everywhere
def test_the_example_runs() -> None:
    """As its page says."""
    script = ROOT / "examples/spark/report.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=300)
    assert "resolve" in done.stdout
    assert done.stdout.count("%") == 8


def test_without_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    for module in (logs, spark_rows, verbs):
        refuses_without(module, "pyspark.sql", monkeypatch)
    refuses_without(ordered, "pyarrow.compute", monkeypatch)


def test_rows_are_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches come to tables of a decent size, and what is left at the end is one more."""
    monkeypatch.setattr(spark_rows, "AT_A_TIME", 2)
    two = pa.record_batch({"n": [1, 2]})
    sizes = [
        [one.num_rows for one in spark_rows._gathered(batches)]
        for batches in ([two, two], [two.slice(0, 1), two], [two, two.slice(0, 1)], [])
    ]
    assert sizes == [[2, 2], [3], [2, 1], []]
