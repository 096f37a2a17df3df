"""Logs over columns: tables that a supervisor would sign, and whatever columns may hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from svcstd import ServiceStandard, loads
from svcstd.documents import read_log
from svcstd.errors import DefinitionError
from svcstd.standard import LogMapping

np: Any = pytest.importorskip("numpy")
batch: Any = pytest.importorskip("svcstd.batch")

NAN = float("nan")
AS_OF = datetime(2026, 3, 6, 17, tzinfo=UTC)
HEAD = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "office"
[facts]
priority = { one_of = ["P1", "P2"] }
count = "integer"
city = "text"
[events]
opened = "the request arrives"
hold = "we wait for the customer"
resumed = "the customer has answered"
closed = "it is done"
rung = "the telephone rings"
promised = "a due time is set by hand"
merged = "an older case is merged into this one"
[calendars]
office = "Mon-Fri 09:00-17:00"
"""
CLOCK = 'clock = { start = "opened", stop = "closed", pause = "hold", resume = "resumed" }\n'
RESOLVE = f'[objectives.resolve]\n{CLOCK}target = "4 working hours"\n'
LONG = LogMapping(
    id="case",
    time="ISO 8601",
    event="event",
    at="at",
    facts={"priority": "priority", "count": "count", "city": "city"},
    recorded="recorded",
    event_id="identity",
    actor="actor",
    group="group",
    reason="reason",
    due="due",
    since="since",
)
WIDE = LogMapping(id="case", time="ISO 8601", events={"opened": "in", "closed": "out"}, facts={"priority": "priority"})
Row = dict[str, str]


def desk(promises: str = RESOLVE, log: LogMapping = LONG, head: str = HEAD) -> ServiceStandard:
    """A desk that opens from nine to five."""
    return attrs.evolve(loads(head + promises), log=log)


def row(case: str, event: str, at: str, **more: str) -> Row:
    """A row of a long log on a working day of early March 2026, such as ``2T09:00``; Monday is the second."""
    return {"case": case, "event": event, "at": f"2026-03-0{at}Z" if at else ""} | more


def columns(rows: Sequence[Row], log: LogMapping = LONG) -> dict[str, Any]:
    """Rows as columns of texts."""
    return {header: [one.get(header, "") for one in rows] for header in log.columns}


def say(found: Any, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, row by row."""
    return [tuple(one[name] for name in names) for one in found.rows()]


def test_a_week_at_the_desk() -> None:
    """Four working hours: kept, late, waiting for the customer, open; and two cases that nobody can read."""
    rows = [
        row("kept", "opened", "2T09:00"),
        row("late", "opened", "2T16:00"),
        row("kept ", "closed", "2T13:00"),
        row("late", "closed", "3T12:01"),
        row("waits", "opened", "5T09:00"),
        row("waits", "hold", "5T10:00"),
        row("open", "opened", "6T16:00"),
        row("no stamp", "opened", ""),
        row("no such", "opened", "2T09:00", priority="P3"),
        row("", "opened", "2T09:00"),
        row("calls", "telephoned", "2T09:00"),
    ]
    found = batch.clocks(desk(), columns(rows), as_of=AS_OF)
    hours = [timedelta(hours=hours) for hours in range(5)]
    assert say(found, "case", "verdict", "activity", "elapsed", "fault") == [
        ("kept", "met", "stopped", hours[4], None),
        ("late", "met_late", "stopped", hours[4] + timedelta(minutes=1), None),
        ("waits", "open", "paused", hours[1], None),
        ("open", "open", "running", hours[1], None),
        ("no stamp", None, None, None, "stamp.text"),
        ("no such", None, None, None, "facts.value"),
        ("calls", "open", "not_started", hours[0], None),
        (None, None, None, None, "log.no_id"),
    ]
    assert "8 rows: case, objective" in repr(found)


def test_a_row_a_case() -> None:
    """Wide logs: a case told twice is a row with its reason beside the first, which is read."""
    rows = [
        {"case": "a", "in": "2026-03-02T09:00Z", "out": "2026-03-02T13:00Z", "priority": "P1"},
        {"case": "b", "in": "soon", "out": ""},
        {"case": "a ", "in": "2026-03-03T09:00Z"},
        {"case": "b", "in": "2026-03-02T09:00Z"},
        {"case": "c", "in": "2026-03-02T09:00Z", "priority": "P9"},
        {"case": " "},
    ]
    standard = desk(log=WIDE)
    found = batch.clocks(standard, columns(rows, WIDE), as_of=AS_OF)
    assert say(found, "case", "verdict", "fault") == [
        ("a", None, "log.case_twice"),
        ("a", "met", None),
        ("b", None, "stamp.text"),
        ("b", "late_open", None),
        ("c", None, "facts.value"),
        (None, None, "log.no_id"),
    ]
    read = read_log(
        standard, list(enumerate(({header: one.get(header, "") for header in WIDE.columns} for one in rows), 2))
    )
    rejected = [(one.case or None, one.reason.message) for one in read.rejected]
    assert sorted(rejected, key=repr) == sorted(
        [(one["case"], one["fault"]) for one in found.rows() if one["fault"]], key=repr
    )


def test_no_text_may_be_an_event_too() -> None:
    """A log whose empty kind means something, as the reader of rows takes it."""
    log = LogMapping(id="case", time="ISO 8601", event="event", at="at", kinds={"": "opened"})
    rows = [row("a", " ", "2T09:00"), row("a", "closed", "2T10:00"), row("b", "nothing", "2T09:00")]
    standard = desk(log=log)
    found = batch.clocks(standard, columns(rows, log), as_of=AS_OF)
    assert say(found, "case", "verdict") == [("a", "met"), ("b", "open")]
    cases = [one.case for one in read_log(standard, list(enumerate(rows, 2))).rows]
    assert batch.same(found, standard, cases, as_of=AS_OF) == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("int8", [-100, 100, 100]),
        ("int16", [-30_000, 30_000, 30_000]),
        ("int64", [-(2**63), 2**63 - 1, 2**63 - 1]),
        ("uint64", [2**63 + 1, 2**63 + 5, 2**63 + 5]),
        ("uint8", [0, 255, 255]),
    ],
)
def test_whole_numbers_of_any_width(kind: str, values: list[int]) -> None:
    """Names and facts stay what they are, to the ends of their kind."""
    given = np.array(values, dtype=kind)
    found = batch.clocks(desk(), columns([row("", "opened", "2T09:00")] * 3) | {"case": given}, as_of=AS_OF)
    assert [one["case"] for one in found.rows()] == [str(value) for value in dict.fromkeys(values)]
    more = f"when = {{ count = {values[1]} }}\n"
    told = columns([row(name, "opened", "2T09:00") for name in "abc"]) | {"count": given}
    found = batch.clocks(desk(RESOLVE + more), told, as_of=AS_OF)
    assert [one["case"] for one in found.rows()] == ["b", "c"]


MISSING: list[tuple[str, Any]] = [
    ("identity", [NAN, NAN]),
    ("identity", np.array([NAN, NAN])),
    ("identity", np.array([np.float32(NAN), None], dtype=object)),
    ("group", batch.Encoded([None, "north"], np.array([0, 0], dtype=np.int32))),
    ("reason", np.ma.masked_array(np.array(["x", "x"], dtype=object), mask=True)),
    ("due", np.array(["NaT", "NaT"], dtype="datetime64[s]")),
    ("recorded", [None, None]),
]


@pytest.mark.parametrize(("header", "column"), MISSING)
def test_what_is_missing_is_told_of_nobody(header: str, column: Any) -> None:
    """NaN too: events without identity are not one event told twice."""
    rows = [row("a", "opened", "2T09:00"), row("a", "closed", "2T10:00")]
    found = batch.clocks(desk(), columns(rows) | {header: column}, as_of=AS_OF)
    assert say(found, "case", "verdict", "group") == [("a", "met", None)]


def test_a_case_without_a_name() -> None:
    """Is a row with its reason, whatever stands for none."""
    given = columns([row("", "opened", "2T09:00")] * 3)
    for names in ([NAN, None, " "], np.array([NAN] * 3), [np.float64(NAN)] * 3):
        found = batch.clocks(desk(), given | {"case": names}, as_of=AS_OF)
        assert say(found, "case", "fault") == [(None, "log.no_id")] * 3


REFUSED: list[tuple[str, Any, str]] = [
    ("at", np.zeros((2, 2), dtype="datetime64[us]"), "2 dimensions"),
    ("at", np.array("2026-03-02", dtype="datetime64[us]"), "0 dimensions"),
    ("at", np.zeros((2, 2), dtype=np.int64), "2 dimensions"),
    ("at", np.array([1, 2], dtype=np.uint64), "uint64"),
    ("at", np.array(["2026-01", "2026-02"], dtype="datetime64[M]"), r"datetime64\[M\]"),
    ("case", np.array([["a"], ["b"]]), "2 dimensions"),
    ("case", np.array("a"), "0 dimensions"),
    ("case", np.array([b"a", b"b"]), "S1"),
    ("case", [b"a", b"b"], "bytes"),
    ("group", [None, bytearray(b"b")], "bytearray"),
    ("count", np.array([1j, 2]), "complex128"),
    ("city", np.array(["2026-01-01T00:00:00.000000001"] * 2, dtype="datetime64[ns]"), r"datetime64\[ns\]"),
    ("city", np.array(["3000-01-01"] * 2, dtype="datetime64[s]"), "beyond the years"),
    ("city", batch.Encoded(["x"], np.array([0, 1], dtype=np.int32)), r"places 0\.\.1 of 1 values"),
    ("city", batch.Encoded(["x"], np.array([0, -2], dtype=np.int32)), r"places -2\.\.0 of 1 values"),
    ("city", batch.Encoded(["x"], np.array([0.0, 0.0])), "places of float64"),
    ("city", batch.Encoded(["x"], np.array([[0], [0]])), "in 2 dimensions"),
    ("city", "ab", "1 rows beside columns of 2"),
    ("city", None, "1 rows beside columns of 2"),
    ("actor", ["a"], "1 rows beside columns of 2"),
    ("at", np.array([0, 1, 2]), "3 rows beside columns of 2"),
]


@pytest.mark.parametrize(("header", "column", "words"), REFUSED)
def test_columns_that_are_none(header: str, column: Any, words: str) -> None:
    """Are refused as a whole, by the name of their header."""
    given = columns([row("a", "opened", "2T09:00"), row("a", "closed", "2T10:00")]) | {header: column}
    with pytest.raises(DefinitionError, match=words) as caught:
        batch.clocks(desk(), given, as_of=AS_OF)
    assert caught.value.where == header


NOTIFY = """[objectives.resolve]
clock = { start = "opened", stop = "rung", cancel = "closed" }
target = "0 working hours"
options = { at_due = "late" }
notify = { "2 hours before due" = "lead" }
"""


def test_a_clock_that_ends_as_it_begins() -> None:
    """Where even that is late, the last word is said in that instant; and not where what is to be told lies after."""
    rows = [row("a", "opened", "2T09:00"), row("a", "closed", "2T09:00"), row("b", "opened", "2T10:00")]
    for offset, at in (("2 hours before due", "09:00"), ("2 hours after due", "")):
        standard = desk(NOTIFY.replace("2 hours before due", offset))
        found = batch.notices(standard, columns(rows), as_of=AS_OF)
        told = [f"{one['at']:%H:%M}" for one in found.rows() if one["case"] == "a"]
        assert told == [at] * bool(at)
        cases = [one.case for one in read_log(standard, list(enumerate(map(whole, rows)))).rows]
        fired = [one.at for case in cases for one in standard.clocks(case, as_of=AS_OF)["resolve"].notices]
        assert [one["at"] for one in found.rows()] == fired


def whole(row: Row) -> Row:
    """A row with every header of the long log."""
    return {header: row.get(header, "") for header in LONG.columns}
