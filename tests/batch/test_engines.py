"""One answer everywhere: what the standard says of a case alone, NumPy, Arrow, Polars, DuckDB and pandas say too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standard.test_helpdesk_italian import STANDARD as HELPDESK
from tests.standard.test_whatever_loads import BEGUN, HALF

from svcstd import Case, ServiceStandard, loads
from svcstd.conditions import AllOf, Eq, FactSchema, FactType
from svcstd.documents import csv_records, read_log
from svcstd.errors import DefinitionError, MomentError, RowError, SvcstdError, UnknownName
from svcstd.rules import DecisionTable, Output, Rule
from svcstd.standard import LogMapping, Pilot

np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
pl: Any = pytest.importorskip("polars", reason="the extra polars is not installed")
duckdb: Any = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
pd: Any = pytest.importorskip("pandas", reason="the extra pandas is not installed")
batch: Any = pytest.importorskip("svcstd.batch")

pa_compute: Any = pytest.importorskip("pyarrow.compute", reason="the extra arrow is not installed")
pa_csv: Any = pytest.importorskip("pyarrow.csv", reason="the extra arrow is not installed")

from tests.batch.engines import refuses_without  # noqa: E402 - the same
from tests.batch.test_clocks import LOG, columns, drawn  # noqa: E402 - skipped where the engines are absent
from tests.batch.test_expressions import ROWS, TABLES, frame  # noqa: E402 - the same

import svcstd.batch.duckdb as sd  # noqa: E402 - the same
import svcstd.batch.pandas as sa  # noqa: E402 - the same
import svcstd.batch.polars as sp  # noqa: E402 - the same
from svcstd.batch.arrow import decisions as arrow_decisions  # noqa: E402 - the same
from svcstd.batch.arrow import logs as arrow_clocks  # noqa: E402 - the same
from svcstd.batch.logs.clocks import FIELDS, row_of  # noqa: E402 - the same
from svcstd.batch.polars import decisions as polars_decisions  # noqa: E402 - the same

Row = tuple[Any, ...]
STAMPS = ("at", "recorded", "due", "since")
AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
INSTANT = pa.timestamp("us", tz="UTC")
TYPES = dict.fromkeys(STAMPS, INSTANT) | {"count": pa.int64(), "told": pa.int64(), "urgent": pa.bool_()}


@pytest.fixture(scope="module")
def con() -> Iterator[Any]:
    """A connection in a zone of its own."""
    found = duckdb.connect()
    found.execute("SET TimeZone = 'America/New_York'")
    yield found
    sd.unregister(found)
    found.close()


def events_of(cases: Sequence[Case]) -> Any:
    """The log of cases as a table of Arrow."""
    return pa.table({name: pa.array(one, TYPES.get(name, pa.string())) for name, one in columns(cases).items()})


def rows(table: Any) -> list[Row]:
    """The rows of a table of Arrow."""
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def plain(table: Any) -> Any:
    """A table of texts and whole numbers: instants and lengths in microseconds."""
    kinds = {field.name: pa.int64() if field.type in WHOLE else pa.string() for field in table.schema}
    return table.cast(pa.schema(list(kinds.items())))


WHOLE = {INSTANT, pa.duration("us"), pa.int64()}


def of_pandas(frame: Any) -> Any:
    """A frame of pandas, all of whose columns are of Arrow."""
    assert all(isinstance(dtype, pd.ArrowDtype) for dtype in frame.dtypes)
    return pa.Table.from_pandas(frame, preserve_index=False)


def of_duckdb(relation: Any) -> Any:
    """A relation; lengths are intervals, which Arrow has otherwise."""
    told = dict(zip(relation.columns, map(str, relation.types), strict=True))
    timed = {"INTERVAL", "TIMESTAMP WITH TIME ZONE"}
    columns = [f'epoch_us("{name}") AS "{name}"' if kind in timed else f'"{name}"' for name, kind in told.items()]
    return relation.select(", ".join(columns)).to_arrow_table()


def everywhere(
    con: Any, verb: str, standard: ServiceStandard, events: Any, log: LogMapping, **asked: Any
) -> Mapping[str, Callable[[], Any]]:
    """By engine, what gives its answer as a plain table."""
    con.register("events", events)
    sd.register(con, standard, log)
    frame = pl.from_arrow(events)
    by = ["$by"] if "by" in asked else []
    arguments = ", ".join(["'events'", "$as_of::TIMESTAMPTZ", *by, "known_at := $known_at::TIMESTAMPTZ"])
    params = {"known_at": None} | asked
    piped = partial(getattr(sp, verb), standard=standard, log=log, **asked)
    return {
        "arrow": lambda: plain(getattr(arrow_clocks, verb)(standard, events, log, **asked)),
        "polars": lambda: plain(piped(frame).to_arrow()),
        "lazy": lambda: plain(collected(piped(frame.lazy()))),
        "streaming": lambda: plain(collected(piped(frame.lazy()), engine="streaming")),
        "duckdb": lambda: plain(of_duckdb(getattr(sd, verb)(con, con.sql("FROM events"), standard, log, **asked))),
        "pandas": lambda: plain(of_pandas(getattr(sa, verb)(as_pandas(events), standard, log, **asked))),
        "sql": lambda: plain(of_duckdb(con.sql(f"FROM svc_{verb}({arguments})", params=params))),
    }


def collected(lazy: Any, **how: Any) -> Any:
    """A lazy frame, once its schema has been promised."""
    promised = lazy.collect_schema()
    found = lazy.collect(**how)
    assert found.schema == promised
    return found.to_arrow()


def as_pandas(events: Any) -> Any:
    """A table as pandas holds it with columns of Arrow."""
    columns = zip(events.column_names, events.columns, strict=True)
    return pd.DataFrame({name: pd.arrays.ArrowExtensionArray(column) for name, column in columns})


ASKED: Sequence[tuple[str, dict[str, Any]]] = (
    ("clocks", {}),
    ("clocks", {"known_at": BEGUN + HALF * 100}),
    ("notices", {}),
    ("owners", {"by": "group"}),
    ("owners", {"by": "agent"}),
)


@pytest.mark.long
@given(random=st.integers(0, 2**40).map(Random))
def test_logs(con: Any, random: Random) -> None:
    """Clocks, escalations or owners of random histories: every engine says what NumPy and the case say."""
    found = drawn(random)
    if found is None:
        return
    standard, cases, as_of = found
    verb, asked = random.choice(ASKED)
    table = getattr(batch, verb)(standard, columns(cases), LOG, as_of=as_of, **asked)
    if verb == "clocks":
        batch.same(table, standard, cases, as_of=as_of, **asked)
    expected = rows(plain(arrow_clocks.table_of(table)))
    for engine, tell in everywhere(con, verb, standard, events_of(cases), LOG, as_of=as_of, **asked).items():
        assert rows(tell()) == expected, (verb, engine)


SUMMED = (
    *("case", "objective", "cycle", "edition", "row", "target", "calendar", "activity", "verdict", "start", "due"),
    *("stop", "elapsed", "budget", "remaining", "overrun", "breached_at", "answer_by", "count", "group", "agent"),
    "fault",
)
"""The columns of clocks that are summed up."""


def checksum(table: Any) -> str:
    """A sum over the rows of a plain table, whatever their order."""
    told = pl.from_arrow(table.select(SUMMED)).sort(SUMMED).write_csv()
    return sha256(told.encode()).hexdigest()


def alone(standard: ServiceStandard, cases: Iterable[Case], as_of: datetime) -> Any:
    """What the standard says of each case, as a plain table."""
    found = [
        {"case": case.id, **row_of(reading)}
        for case in cases
        for reading in standard.clocks(case, as_of=as_of).values()
    ]
    kinds = [(name, pa.string() if kind == "text" else pa.int64()) for name, kind in FIELDS.items()]
    return pa.Table.from_pylist(found, pa.schema(kinds))


def helpdesk(path: Path) -> tuple[ServiceStandard, list[str]]:
    """The standard of the Italian desk, and its log."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    others = sorted({line.split(",")[1] for line in lines[1:]} - {"Wait", "Closed"})
    return loads(HELPDESK + "".join(f'"{name}" = "worked"\n' for name in others)), lines


def boston(path: Path) -> tuple[ServiceStandard, list[str]]:
    """The standard of Boston, and its log."""
    text = (files("svcstd.demo") / "boston311.toml").read_text(encoding="utf-8")
    return loads(text), path.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(
    ("name", "read", "as_of", "engines", "ending", "count", "total"),
    [
        (
            "helpdesk_italian.csv",
            helpdesk,
            datetime(2014, 2, 1, tzinfo=UTC),
            ("arrow", "polars", "lazy", "streaming", "duckdb", "pandas", "sql"),
            "7",
            4_580,
            "68567d889fc99e8b8b058118589c4b2abef8c6a0187d029beb89f16fd1a5cd77",
        ),
        (
            "boston311_2015_open.csv",
            boston,
            datetime(2016, 1, 1, tzinfo=UTC),
            ("arrow", "polars", "streaming", "duckdb", "pandas"),
            "77",
            21_822,
            "54aec0c2a72d15765ba85afc24a21abd2959fa19914addce48363e20f03cd2d7",
        ),
    ],
)
def test_real_logs(
    con: Any,
    shared: Path,
    name: str,
    read: Callable[..., Any],
    as_of: datetime,
    engines: Sequence[str],
    ending: str,
    count: int,
    total: str,
) -> None:
    """The same sum through every engine; of some cases the standard is asked here too.

    The sums were written down from what the scalar code says of all cases, one by one.
    """
    path = shared / "data/tickets" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the shared folder")
    standard, lines = read(path)
    log = standard.log
    texts = {header: pa.string() for header in log.columns}
    options = pa_csv.ConvertOptions(column_types=texts, include_columns=list(texts), strings_can_be_null=True)
    events = pa_csv.read_csv(path, convert_options=options)
    ways = everywhere(con, "clocks", standard, events, log, as_of=as_of)
    found = {engine: ways[engine]() for engine in engines}
    assert {engine: checksum(told) for engine, told in found.items()} == dict.fromkeys(engines, total)
    sampled = [lines[0], *(line for line in lines if line.split(",")[0].endswith(ending))]
    cases = [row.case for row in read_log(standard, csv_records(sampled, log.columns)).rows]
    mine = found["arrow"].filter(pa_compute.is_in(found["arrow"]["case"], pa.array([case.id for case in cases])))
    assert (found["arrow"].num_rows, checksum(mine)) == (count, checksum(alone(standard, cases, as_of)))


EMPTY = """
svcstd = 1
id = "empty"
name = "Empty"
zone = "UTC"
"""
DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "claim"] }
[events]
opened = ""
closed = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
[objectives.close]
calendar = "office"
target = "8 working hours"
clock = { start = "opened", stop = "closed" }
[routing.intake]
hit = "first"
in = ["kind"]
out = ["role"]
else = { role = "desk", because = "all others" }
[routing.intake.rules]
repairs = ["fault", "engineer"]
"""
CHANGED = """
[changes.2026-03-01]
[changes.2026-03-01.routing.intake]
hit = "first"
in = ["kind"]
out = ["role"]
[changes.2026-03-01.routing.intake.rules]
claims = ["claim", "cashier"]
"""


@given(TABLES, st.lists(ROWS, min_size=1, max_size=8))
def test_routes(con: Any, made: DecisionTable, cases: list[dict[str, Any]]) -> None:
    """The rule, every output and the fault of random tables: every engine says what the standard says of the row."""
    day = date(2026, 3, 1)
    standard = routing(made)
    facts = frame(made.facts, cases)
    con.register("facts", facts.to_arrow())
    relation = con.sql(f"SELECT unnest({sd.route(standard, 'intake', on=day)}) FROM facts")  # noqa: S608 - under test
    told = {
        "arrow": arrow_decisions.route(standard, "intake", facts, on=day).to_pylist(),
        "polars": facts.with_columns(found=sp.route(standard, "intake", on=day))["found"].to_list(),
        "lazy": facts.lazy().with_columns(found=sp.route(standard, "intake", on=day)).collect()["found"].to_list(),
        "mapped": facts.with_columns(found=polars_decisions._mapped(made, day))["found"].to_list(),
        "duckdb": [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()],
        "pandas": of_pandas(sa.route(as_pandas(facts.to_arrow()), standard, "intake", on=day)).to_pylist(),
    }
    con.unregister("facts")
    expected = [routed(standard, made, case, day) for case in cases]
    assert told == dict.fromkeys(told, expected)


def routing(made: Any) -> ServiceStandard:
    """A standard that routes by a part."""
    standard = loads(EMPTY)
    return attrs.evolve(standard, editions=[attrs.evolve(standard.current, facts=made.facts, routing={"intake": made})])


def routed(standard: ServiceStandard, made: DecisionTable, case: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What the standard says of one row, as the engines tell it."""
    nothing = {"rule": None, **dict.fromkeys(made.outputs), "fault": None}
    known = {name: value for name, value in case.items() if name in made.fields}
    try:
        found = standard.route("intake", known, as_of=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    except SvcstdError as error:
        return nothing | {"fault": error.message}
    return nothing | dict(found) | {"rule": found.rule or None}


KINDS = {"kind": FactType(one_of=("fault", "claim"))}
REPAIRS = {"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})}
INTAKE = DecisionTable(facts=FactSchema(KINDS), outputs={"role": Output()}, rules=REPAIRS)
TICKETS = pa.table({"kind": ["fault", "claim", "fualt", None]})


def test_a_supervisor_would_sign() -> None:
    """Who handles what, in a frame beside its facts; categories too."""
    standard = loads(DESK)
    found = pl.from_arrow(TICKETS).cast({"kind": pl.Categorical}).with_columns(found=sp.route(standard, "intake"))
    assert found["found"].to_list() == [
        {"rule": "repairs", "role": "engineer", "fault": None},
        {"rule": "else", "role": "desk", "fault": None},
        {"rule": None, "role": None, "fault": "facts.value"},
        {"rule": "else", "role": "desk", "fault": None},
    ]
    labelled = pd.DataFrame({"kind": ["claim", None]}, index=["a", "b"])
    assert sa.route(labelled, standard, "intake")["role"].to_dict() == {"a": "desk", "b": "desk"}


def test_the_day_chooses_the_edition() -> None:
    """The last day of February goes by the first edition; without a day nobody knows."""
    standard = loads(DESK + CHANGED)
    for day, role in ((date(2026, 2, 28), "desk"), (date(2026, 3, 1), "cashier")):
        assert arrow_decisions.route(standard, "intake", TICKETS, on=day)["role"][1].as_py() == role
    with pytest.raises(DefinitionError, match="on: some rules hold on some days only"):
        sp.route(standard, "intake")
    with pytest.raises(UnknownName, match="no routing table 'intaek'; write intake"):
        sd.route(standard, "intaek", on=date(2026, 3, 1))


def test_pilots_that_route_otherwise_are_refused() -> None:
    """Which rows it takes hangs on their facts; outside of its days, or with the same routes, it does not matter."""
    standard = loads(DESK)
    for routes, day, refused in (
        ({"intake": INTAKE}, date(2026, 3, 10), True),
        ({"intake": INTAKE}, date(2026, 4, 1), False),
        ({"intake": INTAKE}, date(2026, 2, 28), False),
        (standard.current.routing, date(2026, 3, 10), False),
    ):
        edition = attrs.evolve(standard.current, starts=date(2026, 3, 1), pilot="north", routing=routes)
        tried = attrs.evolve(standard, pilots={"north": Pilot(scope=AllOf(), edition=edition, until=date(2026, 4, 1))})
        if refused:
            with pytest.raises(DefinitionError, match="a pilot with routes of its own has no form over columns"):
                arrow_decisions.route(tried, "intake", TICKETS, on=day)
        else:
            assert arrow_decisions.route(tried, "intake", TICKETS, on=day).num_rows == 4


def test_what_only_columns_of_numpy_can_do() -> None:
    """Amounts that are added up, floats that are rounded, a column of days; and a table that asks for nothing."""
    added = DecisionTable(
        facts=FactSchema(KINDS),
        outputs={"hours": Output("integer")},
        rules={"a": Rule(Eq("kind", "fault"), {"hours": 2}), "b": Rule(then={"hours": 3})},
        hit="collect",
        aggregate="sum",
    )
    frame = pl.from_arrow(TICKETS)
    expected = [5, 3, None, 3]
    assert arrow_decisions.decide(added, TICKETS)["value"].to_pylist() == expected
    assert frame.select(sp.decide(added)).unnest("kind")["value"].to_list() == expected
    assert frame.lazy().select(sp.decide(added).struct.field("value")).collect()["value"].to_list() == expected
    always = DecisionTable(
        facts=FactSchema(KINDS), outputs={"n": Output()}, rules={"a": Rule()}, hit="collect", aggregate="count"
    )
    assert frame.with_columns(found=sp.decide(always)).unnest("found")["value"].to_list() == [1] * 4
    rounded = DecisionTable(
        facts=FactSchema({"amount": FactType("number", float_digits=2)}),
        outputs={"role": Output()},
        rules={"a": Rule(Eq("amount", Decimal("0.30")), {"role": "desk"})},
    )
    amounts = pl.DataFrame({"amount": [0.1 + 0.2, 0.31, None]})
    assert amounts.with_columns(found=sp.decide(rounded)).unnest("found")["role"].to_list() == ["desk", None, None]
    dated = attrs.evolve(INTAKE, rules={"a": Rule(Eq("kind", "fault"), {"role": "x"}, first=date(2026, 3, 1))})
    days = pa.array([date(2026, 3, 1), None, date(2026, 3, 1), date(2026, 3, 1)])
    faults = [None, "rules.day", "facts.value", None]
    assert arrow_decisions.decide(dated, TICKETS, on=days)["fault"].to_pylist() == faults


@pytest.mark.parametrize(
    ("outputs", "sql_only"), [(("rule",), False), (("fault",), False), (("Rule",), True), (("a", "A"), True)]
)
def test_outputs_that_would_be_another_column_are_refused(outputs: tuple[str, ...], *, sql_only: bool) -> None:
    """DuckDB is blind to capitals."""
    made = DecisionTable(facts=FactSchema(KINDS), outputs=dict.fromkeys(outputs, Output()), rules={})
    for decide in (sp.decide, sd.decide, lambda part: arrow_decisions.decide(part, TICKETS)):
        if decide is sd.decide or not sql_only:
            with pytest.raises(DefinitionError, match="would be one column of the answer"):
                decide(made)
        else:
            decide(made)


def test_facts_that_cannot_be_read() -> None:
    """No column, no zone, no table; in Polars a fault of the whole column is an error when it runs."""
    with pytest.raises(DefinitionError, match=r"no column holds the fact 'kind'; .*, perhaps kinds"):
        arrow_decisions.decide(INTAKE, pa.table({"kinds": ["fault"]}))
    with pytest.raises(DefinitionError, match="facts: list is no column of Arrow"):
        arrow_decisions.decide(INTAKE, ["fault"])
    dated = DecisionTable(
        facts=FactSchema({"at": FactType("moment")}),
        outputs={"n": Output("integer")},
        rules={"a": Rule(Eq("at", datetime(2026, 3, 1, tzinfo=UTC)), {"n": 1})},
        hit="collect",
        aggregate="sum",
    )
    naive = pl.DataFrame({"at": [datetime(2026, 3, 1)]})  # noqa: DTZ001 - under test
    with pytest.raises(MomentError, match="no time zone"):
        arrow_decisions.decide(dated, naive)
    with pytest.raises(pl.exceptions.ComputeError, match="no time zone"):
        naive.select(sp.decide(dated))


EVENTS = LogMapping(id="case", time="ISO 8601", event="event", at="at", facts={"kind": "kind"})


def log_of(*rows_of: tuple[str, str, str]) -> Any:
    """A log of cases, events and hours of 2 March 2026."""
    told = {
        "case": [case for case, _, _ in rows_of],
        "event": [event for _, event, _ in rows_of],
        "at": [f"2026-03-02T{hour}:00:00Z" for _, _, hour in rows_of],
        "kind": ["fault"] * len(rows_of),
        "unread": [1] * len(rows_of),
    }
    return pl.DataFrame(told)


SHORT = log_of(("a", "opened", "10"), ("a", "closed", "12"), ("b", "opened", "11"), ("c", "opened", "12"))


def test_a_log_whose_cases_stand_together_is_read_batch_by_batch() -> None:
    """Whatever is then asked of it: columns, rows, a part, nothing; a frame in memory needs no batches."""
    standard = loads(DESK)
    expected = sp.clocks(SHORT, standard, EVENTS, as_of=AS_OF, together=True)
    lazy = SHORT.lazy().pipe(sp.clocks, standard, EVENTS, as_of=AS_OF, together=True)
    for engine in ("in-memory", "streaming"):
        assert lazy.collect(engine=engine).equals(expected)
        found = lazy.filter(pl.col("verdict") == "met").select("case").collect(engine=engine)
        assert found["case"].to_list() == ["a"]
        assert lazy.head(1).collect(engine=engine).equals(expected.head(1))
        assert lazy.head(0).collect(engine=engine).is_empty()
    assert SHORT.clear().lazy().pipe(sp.clocks, standard, EVENTS, as_of=AS_OF, together=True).collect().is_empty()


def test_lazy_plans_keep_their_rows() -> None:
    """What is filtered afterwards is not filtered before; unread columns are not gathered."""
    lazy = SHORT.lazy().pipe(sp.clocks, loads(DESK), EVENTS, as_of=AS_OF)
    assert lazy.filter(pl.col("case") == "a").select("verdict").collect()["verdict"].to_list() == ["met"]
    assert "unread" not in lazy.explain().split("FROM")[0]
    assert lazy.select(pl.len()).collect().item() == 3


def test_what_is_wrong_with_a_log(con: Any) -> None:
    """Told at once by its name, also of a lazy frame; what shows only when it runs is an error of Polars."""
    standard = loads(DESK)
    short = SHORT.drop("event")
    naive = SHORT.with_columns(pl.col("at").str.to_datetime(time_zone="UTC").dt.replace_time_zone(None))
    with pytest.raises(DefinitionError, match="log"):
        sp.clocks(SHORT, standard, as_of=AS_OF)
    for one in (short, short.lazy()):
        with pytest.raises(RowError, match="the log has no column 'event'"):
            sp.clocks(one, standard, EVENTS, as_of=AS_OF)
    for one in (naive, naive.lazy()):
        with pytest.raises(MomentError, match="no time zone"):
            sp.clocks(one, standard, EVENTS, as_of=AS_OF)
    between = SHORT.with_columns(kind=pl.Series([1, 1, 1, 1]).cast(pl.Datetime("ns", "UTC"))).lazy()
    for together in (False, True):
        told = sp.clocks(between, standard, EVENTS, as_of=AS_OF, together=together)
        with pytest.raises(pl.exceptions.ComputeError, match="kind: a column of datetime64"):
            told.collect()
    with pytest.raises(RowError, match="the log has no column 'event'"):
        sd.clocks(con, con.from_arrow(short.to_arrow()), standard, EVENTS, as_of=AS_OF)
    with pytest.raises(DefinitionError, match=r"events: .* relation of DuckDB"):
        sd.clocks(con, SHORT, standard, EVENTS, as_of=AS_OF)
    with pytest.raises(DefinitionError, match="a standard, to whose words the log refers"):
        sd.register(con, {}, EVENTS)


@pytest.mark.parametrize("module", [arrow_clocks, arrow_decisions])
def test_without_arrow(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(module, "pyarrow", monkeypatch)


def test_functions_of_sql(con: Any) -> None:
    """By the name of a table; columns may be called as arguments, cases may be numbers; without log there are none."""
    standard = loads(DESK)
    odd = LogMapping(id="as_of", time="ISO 8601", event='eve"nt', at="by", facts={"kind": "known_at"})
    names = {"case": "as_of", "event": 'eve"nt', "at": "by", "kind": "known_at"}
    table = SHORT.rename(names).with_columns(as_of=pl.Series([1, 1, 2, 3], dtype=pl.UInt64)).to_arrow()
    sd.register(con, standard, odd)
    con.register("short", table)
    found = con.sql("SELECT \"case\", verdict FROM svc_clocks('short', as_of := now()) WHERE activity = 'stopped'")
    assert found.fetchall() == [("1", "met")]
    assert sd.clocks(con, "short", standard, odd, as_of=AS_OF).shape == (3, len(FIELDS))
    assert con.sql("FROM (FROM short LIMIT 0) SELECT count(*)").fetchall() == [(0,)]
    con.execute("CREATE OR REPLACE TEMP VIEW empty AS FROM short LIMIT 0")
    assert con.sql("FROM svc_owners('empty', now(), 'group')").fetchall() == []
    con.execute("SET threads = 1")  # what a thread of DuckDB runs is not seen by what measures coverage
    for by in ("group", "agent"):
        held = con.sql(f"FROM svc_owners('short', now(), '{by}', known_at := TIMESTAMPTZ '2026-03-02 10:30:00+00')")
        assert [row[0] for row in held.fetchall()] == ["1"]
    assert con.sql("SELECT count(*) FROM svc_notices('short', now())").fetchall() == [(0,)]
    con.execute("RESET threads")
    con.execute("DROP VIEW empty")
    with pytest.raises(duckdb.Error, match=r"as_of: .*zone"):
        con.sql("FROM svc_clocks('short', TIMESTAMP '2026-03-02 10:00:00')").fetchall()
    sd.register(con, standard)
    with pytest.raises(duckdb.CatalogException, match="svc_clocks"):
        con.sql("FROM svc_clocks('short', now())")
    con.unregister("short")


def test_no_header_becomes_code(con: Any) -> None:
    """Whatever a stranger calls a column, it is a name; for Polars it is no pattern either."""
    standard = loads(DESK)
    for header in ('a"); DROP TABLE events; --', "^.*$", "*", "a.b", "e.case", "it's"):
        log = attrs.evolve(EVENTS, facts={"kind": header})
        events = SHORT.rename({"kind": header}).to_arrow()
        for tell in everywhere(con, "clocks", standard, events, log, as_of=AS_OF).values():
            assert tell()["verdict"].to_pylist() == ["met", "late_open", "late_open"]
