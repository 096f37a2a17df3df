"""Logs over columns: tables that a supervisor would sign, and whatever columns may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standard.test_whatever_loads import BEGUN, HALF, KINDS, Draw

from svcstd import Case, ServiceStandard, StandardError, loads
from svcstd.calendars import Period
from svcstd.documents import read_log, read_standard
from svcstd.errors import DefinitionError, RowError, SvcstdError, UnknownName
from svcstd.sla import ownership
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
CLOCK = 'start = "opened", stop = "closed", pause = "hold", resume = "resumed"'


def promise(target: str, more: str = "", clock: str = CLOCK, key: str = "resolve") -> str:
    """One promise, as a file has it."""
    told = f'"{target}"' if target[0] != "{" else f'{target}\nby = "priority"'
    return f"[objectives.{key}]\nclock = {{ {clock} }}\ntarget = {told}\n{more}\n"


RESOLVE = promise("4 working hours")
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


def records(rows: Sequence[Row], log: LogMapping = LONG) -> list[tuple[int, Row]]:
    """Rows as the reader of rows takes them."""
    return [(line, {header: one.get(header, "") for header in log.columns}) for line, one in enumerate(rows, 2)]


def cases_of(standard: ServiceStandard, rows: Sequence[Row]) -> list[Case]:
    """The cases of rows that can all be read."""
    log = standard.log
    assert log is not None
    read = read_log(standard, records(rows, log))
    assert not read.rejected
    return [one.case for one in read.rows]


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
    read = read_log(standard, records(rows, WIDE))
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
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 2


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


AT_ONCE = promise(
    "0 working hours",
    'options = { at_due = "late" }\nnotify = { "2 hours before due" = "lead" }',
    'start = "opened", stop = "rung", cancel = "closed"',
)


def test_a_clock_that_ends_as_it_begins() -> None:
    """Where even that is late, the last word is said in that instant; and not where what is to be told lies after."""
    rows = [row("a", "opened", "2T09:00"), row("a", "closed", "2T09:00"), row("b", "opened", "2T10:00")]
    for offset, at in (("2 hours before due", "09:00"), ("2 hours after due", "")):
        standard = desk(AT_ONCE.replace("2 hours before due", offset))
        found = batch.notices(standard, columns(rows), as_of=AS_OF)
        told = [f"{one['at']:%H:%M}" for one in found.rows() if one["case"] == "a"]
        assert told == [at] * bool(at)
        cases = cases_of(standard, rows)
        fired = [one.at for case in cases for one in standard.clocks(case, as_of=AS_OF)["resolve"].notices]
        assert [one["at"] for one in found.rows()] == fired


PAUSED = (row("a", "opened", "2T09:00"), row("a", "hold", "2T10:00"), row("a", "resumed", "4T10:00"))
CHANGED = (row("a", "opened", "2T09:00", priority="P1", group="g"), row("a", "rung", "2T10:00", priority="P2"))
TABLE = '{ P1 = "4 working hours", P2 = "6 working hours" }'
LEVELS = 'notify = { "80 %" = "lead", "1 working hour before due" = "lead" }'
BY_HAND = (row("a", "opened", "2T09:00"), row("a", "promised", "2T10:00", due="2026-03-05T12:00Z"))
MERGED = (row("a", "opened", "3T09:00"), row("a", "merged", "3T10:00", since="2026-03-02T12:00Z"))
NO_FORM: list[tuple[str, str, str, Sequence[Row]]] = [
    ("clocks", "clock.promise", promise("4 working hours", clock=f'{CLOCK}, promise = "promised"'), BY_HAND),
    ("clocks", "clock.merge", promise("4 working hours", clock=f'{CLOCK}, merge = "merged"'), MERGED),
    ("clocks", "target = working time, then elapsed time", promise("2 working hours then 3 hours"), PAUSED),
    ("clocks", "retarget = proportional", promise(TABLE, 'options = { retarget = "proportional" }'), CHANGED),
    (
        "clocks",
        "pausing = adds_wall_time",
        promise("4 working hours", 'options = { pausing = "adds_wall_time" }'),
        PAUSED,
    ),
    ("clocks", "pause_days = whole", promise("2 working days", 'options = { pause_days = "whole" }'), PAUSED),
    (
        "notices",
        "pause_days = whole",
        promise("2 working days", f'options = {{ pause_days = "whole" }}\n{LEVELS}'),
        PAUSED,
    ),
    (
        "notices",
        "notify for a limit to a count",
        promise("1..2 rings", 'notify = { due = "lead" }', 'start = "opened", stop = "closed", count = "rung"'),
        [
            row("a", "opened", "2T09:00"),
            *[row("a", "rung", "2T10:00", recorded=f"2026-03-02T1{n}:00Z") for n in range(4)],
        ],
    ),
    ("notices", "notify for a promise that changed", promise(TABLE, LEVELS), CHANGED),
    ("owners", "ownership of a promise that changed", promise(TABLE), CHANGED),
]


@pytest.mark.parametrize(("verb", "option", "promises", "rows"), NO_FORM)
def test_what_has_no_batch_form(verb: str, option: str, promises: str, rows: Sequence[Row]) -> None:
    """Is refused by the name of its option, or read by the scalar code alone: the answers are the same."""
    standard = desk(promises)
    ask: Callable[..., Any] = getattr(batch, verb)
    asked: dict[str, Any] = {"as_of": AS_OF} | ({"by": "group"} if verb == "owners" else {})
    with pytest.raises(DefinitionError, match=re.escape(option)) as caught:
        ask(standard, columns(rows), **asked, otherwise="refuse")
    assert caught.value.where == "objectives.resolve"
    found = ask(standard, columns(rows), **asked)
    assert found.alone == 1
    reading = standard.clocks(cases_of(standard, rows)[0], as_of=AS_OF)["resolve"]
    if verb == "clocks":
        assert say(found, "verdict", "due", "elapsed") == [(reading.verdict, reading.due, reading.elapsed)]
    elif verb == "notices":
        told = [(one.key, one.at, "fired") for one in reading.notices] + [
            (one.key, one.at, "coming") for one in reading.coming
        ]
        assert say(found, "key", "at", "state") == told
    else:
        assert say(found, "owner", "counted") == [(one.name, one.counted) for one in ownership(reading, "group")]


def test_what_has_a_batch_form_is_not_refused() -> None:
    """The same options where nothing happened that needs them."""
    rows = [row("a", "opened", "2T09:00", priority="P1")]
    for verb, _, promises, _ in NO_FORM[:2] + NO_FORM[3:7] + NO_FORM[8:]:
        by = {"by": "group"} if verb == "owners" else {}
        assert getattr(batch, verb)(desk(promises), columns(rows), as_of=AS_OF, otherwise="refuse", **by).alone == 0


def test_many_cases_unlike_any_other() -> None:
    """Where the scalar code reads most of them, it reads the rest at once; the answers are the same."""
    rows = [
        row(f"{case}", kind, f"2T{9 + number:02}:00", count=f"{case}")
        for case in range(80)
        for number, kind in enumerate(("opened", "hold", "resumed"))
    ]
    promises = promise("2 working days", 'options = { pause_days = "whole" }\nwhen = { count = ">= 0" }')
    standard = desk(promises)
    found = batch.clocks(standard, columns(rows), as_of=AS_OF)
    assert found.alone == 80
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 80


def test_what_is_read_alone_is_read_at_once() -> None:
    """A case that one promise leaves to the scalar code is left to it by the others too; the answers are the same."""
    rows = [*BY_HAND, row("b", "opened", "2T09:00"), row("c", "opened", "2T10:00")]
    promises = promise("6 working hours", "order = 1", key="first")
    promises += promise("4 working hours", "order = 2", f'{CLOCK}, promise = "promised"')
    standard = desk(promises)
    found = batch.clocks(standard, columns(rows), as_of=AS_OF)
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 6
    assert say(found, "case", "objective")[:2] == [("a", "first"), ("a", "resolve")]
    assert found.alone == 1  # what the first promise hears of it, it hears of the others
    unlike = desk(promises.replace("order = 1", "order = 1\nwhen = { city = { present = true } }"))
    told = [one | {"city": one["case"]} for one in rows]
    assert batch.clocks(unlike, columns(told), as_of=AS_OF).alone == 2


def test_a_count_is_kept_or_not() -> None:
    """Two rings at most: the third breaks the promise, and is the instant at which it was broken."""
    rows = [row("a", "opened", "2T09:00")]
    rows += [row("a", "rung", f"2T1{number}:00") for number in range(3)]
    rows += [row("b", "opened", "2T09:00"), row("b", "rung", "2T10:00")]
    standard = desk(promise("1..2 rings", clock='start = "opened", stop = "closed", count = "rung"'))
    found = batch.clocks(standard, columns(rows), as_of=AS_OF)
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 2
    broken = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert say(found, "verdict", "count", "breached_at") == [("late_open", 3, broken), ("open", 1, None)]


def test_escalations_after_the_start_and_of_days() -> None:
    """A share of a promise in days, and working time after the start."""
    levels = 'notify = { "50 %" = "a", due = "b", "1 working hour after start" = "c", "1 hour after start" = "d" }'
    rows = [row("a", "opened", "2T09:00"), row("b", "opened", "3T09:00"), row("b", "closed", "3T09:30")]
    for target in ("1 working day", "4 working hours"):
        standard = desk(promise(target, levels, clock='start = "opened", stop = "closed"'))
        found = batch.notices(standard, columns(rows), as_of=AS_OF)
        readings = [standard.clocks(case, as_of=AS_OF)["resolve"] for case in cases_of(standard, rows)]
        assert say(found, "key", "at") == [(one.key, one.at) for read in readings for one in read.notices]
        assert found.alone == 0


EDITIONS = """
[changes.2026-03-04.events]
visited = "somebody was there"
[changes.2026-03-04.objectives.resolve]
target = "2 working hours"
[changes.2026-03-04.objectives.visit]
order = 2
status = "pending"
clock = { start = "opened", stop = "closed" }
target = "1 working hour"
[pilots.south]
from = "2026-03-02"
until = "2026-03-03"
scope = { city = "Roma" }
[pilots.south.objectives.resolve]
target = "1 working hour"
[pilots.north]
from = "2026-03-05"
scope = { city = "Oslo" }
[pilots.north.objectives.resolve]
target = "3 working hours"
"""


def test_editions_and_pilots() -> None:
    """By the date on which a case begins and what is known of it then; before the first day nothing is promised."""
    log = attrs.evolve(WIDE, facts={"city": "city"}, events={"opened": "in", "visited": "seen"})
    start = HEAD.replace("[facts]", 'from = "2026-03-01"\n[facts]', 1)
    standard = desk(promise("4 working hours", "order = 1", 'start = "opened", stop = "closed"') + EDITIONS, log, start)
    days = [("1", "Roma"), ("2", "Roma"), ("2", "Oslo"), ("3", "Roma"), ("5", "Oslo"), ("5", "")]
    rows = [{"case": f"{day}{city}", "in": f"2026-03-0{day}T09:00Z", "city": city} for day, city in days]
    rows += [
        {"case": "early", "in": "2026-02-28T09:00Z"},
        {"case": "stranger", "in": "2026-03-02T09:00Z", "seen": "2026-03-02T10:00Z"},
    ]
    found = batch.clocks(standard, columns(rows, log), as_of=AS_OF)
    assert say(found, "case", "edition", "target", "fault") == [
        ("1Roma", "2026-03-01", "4 working hours", None),
        ("2Roma", "2026-03-02 south", "1 working hour", None),
        ("2Oslo", "2026-03-01", "4 working hours", None),
        ("3Roma", "2026-03-01", "4 working hours", None),
        ("5Oslo", "2026-03-05 north", "3 working hours", None),
        ("5", "2026-03-04", "2 working hours", None),
        ("early", None, None, "standard.too_early"),
        ("stranger", None, None, "events.unknown"),
    ]
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 8
    long = attrs.evolve(standard, log=LONG)
    told = [row("a", "opened", "2T09:00", city="Roma")]  # by an event: it was not known before
    assert say(batch.clocks(long, columns(told), as_of=AS_OF), "edition") == [("2026-03-01",)]


def test_what_an_edition_no_longer_takes() -> None:
    """A value that was dropped is read, and refused by the edition of the case; facts of the case, of its events."""
    change = '[changes.2026-03-04.facts]\npriority = { one_of = ["P1"] }\n'
    long = desk(RESOLVE + change)
    rows = [row(f"{day}", "opened", f"{day}T09:00", priority="P2") for day in (3, 4)]
    found = batch.clocks(long, columns(rows), as_of=AS_OF)
    assert say(found, "case", "fault") == [("3", None), ("4", "facts.value")]
    wide = desk(RESOLVE + change, WIDE)
    told = [{"case": f"{day}", "in": f"2026-03-0{day}T09:00Z", "priority": "P2"} for day in (3, 4)]
    found = batch.clocks(wide, columns(told, WIDE), as_of=AS_OF)
    assert say(found, "case", "fault") == [("3", None), ("4", "facts.value")]
    for verb, by in (("notices", {}), ("owners", {"by": "agent"})):
        found = getattr(batch, verb)(wide, columns(told, WIDE), as_of=AS_OF, **by)
        assert ("4", "facts.value") in say(found, "case", "fault")


def test_facts_of_a_row_choose_the_promise() -> None:
    """What a wide log tells of a case holds from its beginning."""
    standard = desk(promise(TABLE), WIDE)
    rows = [
        {"case": f"{number}", "in": "2026-03-02T09:00Z", "out": "2026-03-02T14:00Z", "priority": priority}
        for number, priority in enumerate(("P1", "P2", ""))
    ]
    found = batch.clocks(standard, columns(rows, WIDE), as_of=AS_OF)
    assert say(found, "case", "row", "verdict") == [("0", "P1", "met_late"), ("1", "P2", "met")]
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 2
    counts = batch.attainment(standard, columns(rows, WIDE), as_of=AS_OF, by=["priority"])
    assert counts.counts == standard.attainment(cases_of(standard, rows), as_of=AS_OF, by=["priority"])


@pytest.mark.parametrize(
    ("zone", "begun", "day"),
    [
        ("America/Havana", datetime(2026, 11, 1, 4, tzinfo=UTC), "2026-11-01"),
        ("America/St_Johns", datetime(2006, 10, 29, 2, 31, tzinfo=UTC), "2006-10-29"),
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC), "2011-12-30"),
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC), "2011-12-31"),
    ],
)
def test_a_promise_that_is_judged_from_an_odd_midnight(zone: str, begun: datetime, day: str) -> None:
    """Midnights that come twice, and a date that there never was: the same cases are judged as one by one."""
    log = LogMapping(id="case", time="ISO 8601", event="event", at="at")
    head = HEAD.replace('zone = "UTC"', f'zone = "{zone}"')
    more = f'enforced_from = "{day}"\n'
    editions = f'[changes.{day}.objectives.resolve]\ntarget = "3 working hours"\n'
    standard = desk(promise("4 working hours", more) + editions, log, head)
    moments = [begun + timedelta(minutes=minutes) for minutes in range(-180, 240, 10)]
    rows = [{"case": at.isoformat(), "event": "opened", "at": at.isoformat()} for at in moments]
    as_of = begun + timedelta(days=9)
    found = batch.clocks(standard, columns(rows, log), as_of=as_of)
    assert 0 < batch.same(found, standard, cases_of(standard, rows), as_of=as_of) < len(rows)


def test_only_a_part_is_known() -> None:
    """Of an event told twice what was recorded first counts, and what was recorded later is not known yet."""
    rows = [
        row("a", "opened", "2T09:00", identity="1", recorded="2026-03-02T09:05Z"),
        row("a", "opened", "2T10:00", identity="1", recorded="2026-03-02T09:01Z"),
        row("a", "closed", "2T11:00", identity="2", recorded="2026-03-04T11:00Z"),
    ]
    standard, known = desk(), datetime(2026, 3, 3, tzinfo=UTC)
    found = batch.clocks(standard, columns(rows), as_of=AS_OF, known_at=known)
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF, known_at=known) == 1
    assert say(found, "start", "verdict") == [(datetime(2026, 3, 2, 10, tzinfo=UTC), "late_open")]


def test_moments_that_no_case_can_have() -> None:
    """Stamps of NumPy: what is finer than a microsecond or beyond the years makes its case unreadable."""
    given = columns([row(name, "opened", "2T09:00") for name in "abc"])
    at = np.array(["2026-03-02T09", "2026-03-02T09:00:00.000000001", "NaT"], dtype="datetime64[ns]")
    found = batch.clocks(desk(), given | {"at": at}, as_of=AS_OF)
    assert say(found, "case", "fault") == [("a", None), ("b", "batch.precision"), ("c", "stamp.text")]
    micros = np.array([0, -(2**62), 2**62])
    found = batch.clocks(desk(), given | {"at": micros}, as_of=AS_OF)
    assert say(found, "case", "fault") == [("a", None), ("b", "moment.years"), ("c", "moment.years")]


@pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns", "3h", "ps"])
def test_stamps_of_any_unit(unit: str) -> None:
    """And lists of moments: the instant is the same."""
    at = datetime(1970, 1, 2, tzinfo=UTC)
    given = columns([row("a", "opened", "2T09:00")])
    stamps: list[Any] = [np.array(["1970-01-02"], dtype=f"datetime64[{unit}]"), [at], np.array([at], dtype=object)]
    for one in stamps:
        assert say(batch.clocks(desk(), given | {"at": one}, as_of=at + timedelta(3)), "start") == [(at,)]


def test_facts_of_every_kind() -> None:
    """Dates, moments, lengths of time, numbers and flags, from NumPy and from texts."""
    kinds = {"day": "date", "when": "moment", "length": "duration", "flag": "true or false", "amount": "number"}
    head = HEAD.replace("[facts]", "[facts]\n" + "\n".join(f'{name} = "{kind}"' for name, kind in kinds.items()))
    log = attrs.evolve(LONG, facts={name: name for name in kinds})
    tests = [
        ("day", "2026-03-02", np.array(["2026-03-02", "NaT"], dtype="datetime64[D]")),
        ("when", "2026-03-02T00:00:00+00:00", np.array(["2026-03-02", "NaT"], dtype="datetime64[s]")),
        ("length", "2 hours", np.array([2, "NaT"], dtype="timedelta64[h]")),
        ("flag", "true", np.ma.masked_array([True, True], mask=[False, True])),
        ("amount", "7", np.ma.masked_array([7, 7], mask=[False, True])),
    ]
    rows = [row("a", "opened", "2T09:00"), row("b", "opened", "2T09:00")]
    for name, text, column in tests:
        standard = desk(promise("4 working hours", f"when = {{ {name} = {{ present = true }} }}"), log, head)
        for told in (column, [text, ""], [text, None]):
            found = batch.clocks(standard, columns(rows, log) | {name: told}, as_of=AS_OF)
            assert say(found, "case", "fault") == [("a", None)]


def test_values_that_are_no_facts() -> None:
    """Objects of any kind, unhashable ones too, make their case unreadable and no other."""
    rows = [row(name, "opened", "2T09:00") for name in "abcd"]
    found = batch.clocks(desk(), columns(rows) | {"count": [[1], {"x": 1}, NAN, 1]}, as_of=AS_OF)
    assert say(found, "case", "fault") == [("a", "facts.kind"), ("b", "facts.kind"), ("c", "facts.float"), ("d", None)]


def test_nothing_to_read() -> None:
    """No rows; rows before their time, whatever they tell; and names as long as a book."""
    empty = columns([])
    assert len(batch.clocks(desk(), empty, as_of=AS_OF)) == 0
    assert len(batch.clocks(desk(log=WIDE), columns([], WIDE), as_of=AS_OF)) == 0
    assert list(batch.notices(desk(), empty, as_of=AS_OF).rows()) == []
    assert batch.attainment(desk(), empty, as_of=AS_OF).counts == {}
    more = "when = { count = { present = true } }"
    rows = [row("x" * 100_000, "opened", "2T09:00", count=f"{number}", city=f"{number}") for number in range(3_000)]
    standard = desk(promise("4 working hours", more))
    assert len(batch.clocks(standard, columns(rows), as_of=datetime(2026, 3, 1, tzinfo=UTC))) == 0
    assert say(batch.clocks(standard, columns(rows[:2]), as_of=AS_OF), "verdict") == [("late_open",)]


def test_one_case_of_five_thousand_events() -> None:
    """Beside short ones: clocks and escalations are those of the scalar code."""
    begun = datetime(2026, 1, 5, tzinfo=UTC)
    rows = [
        {"case": "long", "event": kind, "at": (begun + timedelta(minutes=10 * number)).isoformat()}
        for number, kind in enumerate(["opened", *["hold", "resumed"] * 2_500])
    ]
    rows += [row("short", "opened", "2T09:00")]
    log = LogMapping(id="case", time="ISO 8601", event="event", at="at")
    standard = desk(promise("50 working hours"), log)
    found = batch.clocks(standard, columns(rows, log), as_of=AS_OF)
    assert batch.same(found, standard, cases_of(standard, rows), as_of=AS_OF) == 2
    warns = desk(promise("50 working hours", LEVELS), log)
    told = {
        (one["case"], one["level"]): one["at"] for one in batch.notices(warns, columns(rows, log), as_of=AS_OF).rows()
    }
    due = {one["case"]: one["due"] for one in found.rows()}
    assert told["short", 2] == due["short"] - timedelta(hours=1)
    assert due["long"] - timedelta(hours=2) < told["long", 2] < due["long"] - timedelta(hours=1)  # pauses came later


REPORTS = '[reports.attainment]\nby = "{}"\nweek = "Monday"\n'


@pytest.mark.parametrize("by", ["started", "due", "decided"])
def test_whose_promises_belong_to_a_day(by: str) -> None:
    """By their start, their due time or the instant that decided them; facts that nobody told are empty."""
    log = LogMapping(id="case", time="ISO 8601", event="event", at="at")
    rows = [
        row("kept", "opened", "2T16:00"),
        row("kept", "closed", "3T10:00"),
        row("late", "opened", "2T09:00"),
        row("open", "opened", "6T16:00"),
        row("waived", "opened", "2T16:00"),
        row("waived", "rung", "3T09:00"),
        row("before", "closed", "2T16:00"),
    ]
    standard = desk(promise("4 working hours", clock=f'{CLOCK}, waive = "rung"') + REPORTS.format(by), log)
    cases = cases_of(standard, rows)
    for day in (2, 3, 6):
        period = Period.of("day", date(2026, 3, day), "UTC")
        found = batch.attainment(standard, columns(rows, log), period=period, as_of=AS_OF, by=["city"])
        assert found.counts == standard.attainment(cases, period, as_of=AS_OF, by=["city"])


def test_what_is_wrong_with_a_whole_call() -> None:
    """Is an error by name, not a row."""
    given = columns([row("a", "opened", "2T09:00")])
    standard = desk()
    asked: dict[str, Any] = {"as_of": AS_OF}
    day = Period.of("day", date(2026, 3, 2), "UTC")
    wrong: list[tuple[Callable[[], Any], type[SvcstdError], str]] = [
        (lambda: batch.clocks(attrs.evolve(standard, log=None), given, **asked), DefinitionError, "log"),
        (lambda: batch.clocks("desk", given, **asked), DefinitionError, "standard"),
        (lambda: batch.clocks(standard, given, **asked, cycles="some"), DefinitionError, "cycles"),
        (lambda: batch.clocks(standard, given, **asked, otherwise="skip"), DefinitionError, "otherwise"),
        (lambda: batch.clocks(standard, given, **asked, assume="rain"), DefinitionError, "assume"),
        (lambda: batch.clocks(standard, {"Case": ["a"]}, **asked), RowError, "header"),
        (lambda: batch.owners(standard, given, **asked, by="team"), DefinitionError, "by"),
        (lambda: batch.attainment(standard, given, **asked, by=["colour"]), UnknownName, "by"),
        (lambda: batch.attainment(standard, given, period=day, **asked), DefinitionError, "reports"),
        (lambda: batch.clocks(standard, given, **asked).words("due"), DefinitionError, "due"),
        (lambda: batch.clocks(standard, given, **asked).amounts("case"), DefinitionError, "case"),
    ]
    for ask, kind, where in wrong:
        with pytest.raises(kind) as caught:
            ask()
        assert caught.value.where == where


def test_sceptics_are_told() -> None:
    """The first cell that differs, or that there are more rows here than there."""
    rows = [
        row("a", "opened", "2T09:00"),
        row("b", "opened", "2T09:00", priority="P2"),
        row("b", "nonsense", "2T10:00"),
    ]
    standard = desk()
    cases = cases_of(standard, rows)
    found = batch.clocks(standard, columns(rows), as_of=AS_OF)
    assert batch.same(found, standard, cases, as_of=AS_OF) == 2
    with pytest.raises(AssertionError, match="row 0, case b, objective resolve: case is 'a' in the table, and 'b'"):
        batch.same(found, standard, cases[::-1], as_of=AS_OF)
    with pytest.raises(AssertionError, match="2 rows in the table, and 1 by the cases alone"):
        batch.same(found, standard, cases[:1], as_of=AS_OF)
    strange = Case("c", {"colour": "red"})
    one = batch.clocks(standard, columns(rows[:1]), as_of=AS_OF)
    with pytest.raises(AssertionError, match="1 rows in the table, and 2"):
        batch.same(one, standard, [cases[0], strange], as_of=AS_OF)


class Hands(Draw):
    """Random promises that hear who holds a case, and logs that tell it."""

    def signal(self) -> Any:
        """Now and then, only what puts a case into other hands."""
        return {"event": self.one(KINDS), "new_group": True} if self.maybe(0.1) else super().signal()

    def row(self) -> Row:
        """A row of a long log in which now and then something is missing, or means nothing."""
        event = self.event()
        texts = {name: str(value).lower() for name, value in event.facts.items()}
        told: dict[str, Any] = {
            "recorded": event.recorded_at.isoformat,
            "identity": ["1", "2 ", "3"],
            "actor": ["x", "y", " x"],
            "group": ["g", "h", "g "],
            "reason": ["so"],
            "told": ["3", "1"],
        }
        found = {"case": self.one("ABC") + self.one(["", " "]), "event": event.kind, "at": event.at.isoformat()}
        if self.maybe(0.01):
            found |= {self.one(["case", "at", "event", "count"]): self.one(["", "soon"])}
        return texts | found | self.some(told, 0.3)


@given(seed=st.integers(0, 2**32))
def test_texts_are_read_as_the_reader_of_rows_reads_them(seed: int) -> None:
    """Random logs of texts in no order: the same cases, the same answers, and the same reasons for what is unread."""
    random = Random(seed)
    draw, standard = Hands(random), None
    while standard is None:
        with suppress(StandardError):
            standard = read_standard(draw.standard(), {})
    facts = {name: name for name in ("kind", "count", "city", "urgent")}
    log = attrs.evolve(LONG, facts=facts, details={"count": "told"}, due="", since="")
    rows = [draw.row() for _ in range(random.randint(0, 30))]
    standard = attrs.evolve(standard, log=log)
    read = read_log(standard, records(rows, log))
    as_of = BEGUN + HALF * random.randint(-5, 300)
    found = batch.clocks(standard, columns(rows, log), as_of=as_of, cycles="all")
    batch.same(
        readable(found, {one.case.id for one in read.rows}),
        standard,
        [one.case for one in read.rows],
        as_of=as_of,
        cycles="all",
    )
    nameless = [(None, one.reason.message) for one in read.rejected if not one.case]
    broken = {
        one.case: one.reason.message for one in reversed(read.rejected) if one.reason.message != "log.case_broken"
    }
    unread = [one for one in say(found, "case", "fault") if one[0] not in {one.case.id for one in read.rows}]
    assert sorted(unread, key=repr) == sorted([*(item for item in broken.items() if item[0]), *nameless], key=repr)


def readable(table: Any, names: set[str]) -> Any:
    """The rows of some cases."""
    case = table.words("case")
    rows = np.flatnonzero(np.array([name in names for name in case.to_list()], dtype=bool))
    kept = {
        name: one.take(rows)
        if isinstance(one, batch.Encoded)
        else batch.Column(one.values[rows], one.valid[rows], one.codes[rows])
        for name, one in table.columns.items()
    }
    return batch.Answers(table.fields, kept, table.alone)
