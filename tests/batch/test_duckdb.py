"""Functions of SQL in DuckDB: each row what NumPy says of it, NULL for NULL, and the reason beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given

from svcstd import loads
from svcstd.errors import DefinitionError

pytest.importorskip("numpy", reason="the extra batch is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
duckdb: Any = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
sd: Any = pytest.importorskip("svcstd.batch.duckdb")

from tests.batch.engines import (  # noqa: E402 - skipped where NumPy is absent
    EXAMPLE,
    VERBS,
    Row,
    Told,
    by_numpy,
    columns_of,
    refuses_without,
    rows,
)
from tests.batch.test_columns import CALENDARS, OFFICE  # noqa: E402 - the same

INSTANTS = {"add", "subtract", "next_open"}


@pytest.fixture(scope="module")
def con() -> Iterator[Any]:
    """A connection with the functions, for all tests of the module."""
    found = duckdb.connect()
    found.execute("SET TimeZone = 'Asia/Shanghai'")
    sd.register(found, CALENDARS)
    yield found
    sd.unregister(found)
    found.close()


def table_of(verb: str, given: list[Row]) -> Any:
    """The columns of a verb, amounts as whole microseconds."""
    made = {}
    for name, column in columns_of(verb, given).items():
        if name == "by":
            made["key"] = pa.array(column, pa.string())
        elif name in {"first", "last"}:
            made[name] = pa.array(column, pa.int32()).cast(pa.date32())
        else:
            kind = pa.int64() if name == "amount" else pa.timestamp("us", tz="UTC")
            made[name] = pa.array(column, pa.int64()).cast(kind)
    return pa.table(made)


def asked(con: Any, verb: str, table: Any) -> Told:
    """Answers with their faults."""
    arguments = ", ".join(["key", *(f'"{name}"' for name in table.column_names if name != "key")])
    con.register("given", table)
    answer = f"svc_{verb}({arguments})"
    counted = f"epoch_us({answer})" if verb in INSTANTS else answer
    found = con.sql(f"FROM given SELECT {counted}, svc_{verb}_fault({arguments})").fetchall()
    con.unregister("given")
    return list(found)


@pytest.mark.long
@given(rows)
@example(EXAMPLE)
@example([])
def test_duckdb_says_what_numpy_says(con: Any, given: list[Row]) -> None:
    """All verbs, with nulls and faults."""
    for verb in VERBS:
        assert asked(con, verb, table_of(verb, given)) == by_numpy(verb, given), verb


def test_a_supervisor_would_sign(con: Any) -> None:
    """Over National Day, exact to the microsecond; the types that SQL sees."""
    query = """SELECT svc_add('office', opened, '8 working hours') AS due, typeof(due),
        to_microseconds(svc_elapsed('office', opened, due)) = INTERVAL 8 HOURS, svc_is_open('office', opened),
        svc_count_working_days('office', DATE '2024-09-30', DATE '2024-10-08')
        FROM (SELECT TIMESTAMPTZ '2024-09-30 16:00:00.000001+08' AS opened)"""
    due = datetime(2024, 10, 8, 8, 30, 0, 1, tzinfo=UTC)
    assert con.sql(query).fetchall() == [(due, "TIMESTAMP WITH TIME ZONE", True, True, 1)]


FAULTS = [
    ("svc_add('nobody', opened, 1)", "batch.no_calendar"),
    ("svc_add('office', opened, '8h')", "batch.amount"),
    ("svc_add('office', opened, '24 hours')", "batch.amount"),
    ("svc_add('office', opened, -1)", "duration.negative"),
    ("svc_next_open('never', opened)", "calendar.never_opens"),
    ("svc_is_open('office', TIMESTAMPTZ '2027-03-01 02:00:00+00')", "calendar.uncovered"),
    ("svc_is_open('office', 'infinity'::TIMESTAMPTZ)", "moment.years"),
    ("svc_is_open('office', '-infinity'::TIMESTAMPTZ)", "moment.years"),
    ("svc_is_open('office', TIMESTAMPTZ '1799-12-31 00:00:00+00')", "moment.years"),
    ("svc_is_open('office', TIMESTAMPTZ '290000-01-01 00:00:00+00')", "moment.years"),
    ("svc_is_open(NULL, opened)", "batch.no_calendar"),
    ("svc_is_open('office', NULL::TIMESTAMPTZ)", None),
    ("svc_add('office', opened, NULL)", None),
]


@pytest.mark.parametrize(("call", "fault"), FAULTS)
def test_faults(con: Any, call: str, fault: str | None) -> None:
    """NULL, and the reason by the function beside it."""
    why = call.replace("(", "_fault(", 1)
    found = con.sql(f"FROM (SELECT TIMESTAMPTZ '2024-03-04 09:00:00+08' AS opened) SELECT {call}, {why}").fetchall()
    assert found == [(None, fault)]


def test_units(con: Any) -> None:
    """A parquet file may hold seconds or nanoseconds with zone: DuckDB makes microseconds of them before."""
    for unit, factor in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
        at = pa.array([1_709_542_800 * factor, None], pa.timestamp(unit, tz="Asia/Tokyo"))
        con.register("given", pa.table({"opened": at}))
        found = con.sql("SELECT epoch_us(svc_next_open('always', opened)) FROM given").fetchall()
        con.unregister("given")
        assert found == [(1_709_542_800_000_000,), (None,)]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            "svc_is_open('office', TIMESTAMP '2024-03-04 09:00:00')",
            "at: a column of timestamp.*, which has no time zone",
        ),
        ("svc_is_open('office', DATE '2024-03-04')", "at: a column of dates, which has no time zone"),
        ("svc_is_open('office', '2024-03-04')", "at: a column of string"),
        ("svc_add('office', now(), INTERVAL 8 HOURS)", "amount: a column of month_day_nano_interval"),
        ("svc_add('office', now(), 1.5)", "amount: a column of decimal"),
        ("svc_is_open('office')", "No function matches"),
    ],
)
def test_refusals(con: Any, call: str, words: str) -> None:
    """What is wrong with the whole query ends it; nothing is cast in the time zone of the session."""
    with pytest.raises(duckdb.Error, match=words):
        con.sql(f"SELECT {call}").fetchall()


STANDARD = """
svcstd = 1
id = "shop"
name = "Shop"
zone = "Asia/Shanghai"
years = "2024..2026"
calendar = "desk"
[calendars]
desk = "Mon-Fri 09:00-17:00"
"""


def test_a_standard_and_again() -> None:
    """The calendars of its last edition; registering again replaces, taking away twice does nothing."""
    con = duckdb.connect()
    sd.register(con, {"desk": CALENDARS["never"]})
    sd.register(con, loads(STANDARD))
    at = "TIMESTAMPTZ '2024-03-04 09:00:00+08'"
    assert con.sql(f"SELECT svc_is_open('desk', {at}), svc_is_open_fault('other', {at})").fetchall() == [
        (True, "batch.no_calendar")
    ]
    sd.unregister(con)
    sd.unregister(con)
    with pytest.raises(duckdb.Error, match="svc_is_open"):
        con.sql(f"SELECT svc_is_open('desk', {at})").fetchall()
    for wrong, words in ((OFFICE, "by key, or a standard"), ({"a": 1}, r"calendars\.a")):
        with pytest.raises(DefinitionError, match=words):
            sd.register(con, wrong)
    con.close()


def test_without_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(sd, "duckdb", monkeypatch)
