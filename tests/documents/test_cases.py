"""Rows of a log to cases: wide and long, from CSV and JSON Lines; a bad row is listed, never dropped."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.documents import ReadLog, csv_records, dumps, json_records, loads, read_log
from svcstd.errors import DefinitionError, FactError, RowError
from svcstd.sla import Case, Event, Readings
from svcstd.standard import ServiceStandard

HEAD = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "complaint"], also = { fault = ["FLT", "defect"] } }
amount = "number"
urgent = "true or false"
since = "date"
[events]
opened = "in"
closed = "out"
held = { name = "waits", also = ["Wait", "On hold"] }
[objectives.close]
target = "8 hours"
clock = { start = "opened", stop = "closed" }
"""
WIDE = (
    HEAD
    + """
[log]
id = "No"
time = "ISO 8601"
zone = "UTC"
folds = "earlier"
events = { opened = "In", closed = "Out" }
facts = { kind = "Kind", amount = "Amount", urgent = "Urgent", since = "Since" }
[log.desk]
due = "Due"
verdict = { column = "Kept", kept = "yes", late = "no" }
"""
)
LONG = (
    HEAD
    + """
[log]
id = "No"
time = "ISO 8601"
zone = "UTC"
folds = "earlier"
event = "What"
at = "When"
kinds = { Start = "opened", End = "closed" }
facts = { kind = "Kind" }
actor = "Who"
group = "Team"
"""
)
COLUMNS = "No,In,Out,Kind,Amount,Urgent,Since,Due,Kept"
ROW = "1,2026-01-05T09:00,2026-01-05T10:00,defect,2.50,TRUE,2026-01-01,2026-01-05T17:00,yes"


def micros(*parts: int) -> int:
    """UTC microseconds of a UTC wall time."""
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type,misc]


def wide(*lines: str, header: str = COLUMNS) -> ReadLog:
    """A wide CSV log, read."""
    standard = loads(WIDE)
    assert standard.log is not None
    text = "".join(f"{line}\n" for line in (header, *lines))
    return read_log(standard, csv_records(text.splitlines(keepends=True), standard.log.columns))


def long(*lines: str) -> ReadLog:
    """A long CSV log, read."""
    standard = loads(LONG)
    assert standard.log is not None
    header = "No,What,When,Kind,Who,Team\n"
    return read_log(standard, csv_records([header, *(f"{line}\n" for line in lines)], standard.log.columns))


@pytest.mark.rows("N29")
def test_a_wide_row_is_a_case() -> None:
    """Facts are read as declared, aliases too; the desk's answers stand beside the case."""
    log = wide(ROW)
    (row,) = log.rows
    assert (row.line, row.case.id, log.rejected, log.ignored) == (2, "1", (), ())
    assert dict(row.case.facts) == {
        "kind": "fault",
        "amount": Decimal("2.50"),
        "urgent": True,
        "since": datetime(2026, 1, 1, tzinfo=UTC).date(),
    }
    assert [(event.kind, event.instant) for event in row.case.events] == [
        ("opened", micros(2026, 1, 5, 9)),
        ("closed", micros(2026, 1, 5, 10)),
    ]
    assert (row.desk_due, row.desk_verdict) == (micros(2026, 1, 5, 17), "kept")


@pytest.mark.parametrize(("said", "verdict"), [("yes", "kept"), ("no", "late"), ("perhaps", None), ("", None)])
def test_the_desk_is_quoted(said: str, verdict: str | None) -> None:
    """Only the two words that the standard names are a verdict of the desk."""
    assert wide(f"1,2026-01-05T09:00,,,,,,,{said}").rows[0].desk_verdict == verdict


def test_empty_cells_are_missing() -> None:
    """An empty fact or stamp is missing, not wrong."""
    (row,) = wide("1,2026-01-05T09:00,  ,,,,,,").rows
    assert (dict(row.case.facts), [event.kind for event in row.case.events]) == ({}, ["opened"])
    assert row.desk_due is None


@pytest.mark.parametrize(
    ("line", "where", "message", "kind"),
    [
        ("1,yesterday,,,,,,,", "In", "stamp.text", ValueError),
        ("1,2026-02-30T09:00,,,,,,,", "In", "stamp.text", ValueError),
        ("1,2026-01-05T09:00,,lost,,,,,", "facts.kind", "facts.value", FactError),
        ("1,2026-01-05T09:00,,,much,,,,", "facts.amount", "facts.kind", FactError),
        ("1,2026-01-05T09:00,,,,maybe,,,", "facts.urgent", "facts.kind", FactError),
        ("1,2026-01-05T09:00,,,,,5.1.2026,,", "facts.since", "facts.kind", FactError),
        ("1,2026-01-05T09:00,,,,,,soon,", "Due", "stamp.text", ValueError),
        (" ,2026-01-05T09:00,,,,,,,", "No", "log.no_id", RowError),
        ("1,2026-01-05T09:00", "row", "log.width", RowError),
    ],
)
def test_bad_rows_are_listed(line: str, where: str, message: str, kind: type[Exception]) -> None:
    """A row that cannot be read is listed with its line and its reason; the others are read."""
    log = wide(line, ROW.replace("1,", "2,", 1))
    (bad,) = log.rejected
    assert (bad.line, bad.reason.where, bad.reason.message) == (2, where, message)
    assert isinstance(bad.reason, kind)
    assert "; " in str(bad.reason)
    assert [row.case.id for row in log.rows] == ["2"]
    assert [row.line for row in log.rows] == [3]


def test_what_was_read_travels() -> None:
    """A log is equal to itself behind a pickle, the reasons of its rejected rows too, and to no log with others."""
    found, other = (
        read_log(loads(WIDE), csv_records([COLUMNS, bad], COLUMNS.split(","))) for bad in (",", "1,x,,,,,,,")
    )
    assert found.rejected
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - of this very test
    assert found != other


def test_a_case_stands_once_in_a_wide_log() -> None:
    """The second row of a case is refused and names the line of the first."""
    log = wide(ROW, ROW)
    assert [row.line for row in log.rows] == [2]
    assert (log.rejected[0].line, log.rejected[0].case, log.rejected[0].reason.message) == (3, "1", "log.case_twice")
    assert str(log.rejected[0].reason).startswith("No: the case 1 already stands at line 2; ")


def test_a_bad_first_row_does_not_block_the_case() -> None:
    """A row that was refused does not count as the case's row."""
    assert [row.line for row in wide("1,yesterday,,,,,,,", ROW).rows] == [3]


def test_rows_are_numbered_by_their_first_line() -> None:
    """A field of several lines does not shift the count, and blank lines are no rows."""
    log = wide(ROW.replace("yes", '"two\nlines"'), "", ROW.replace("1,", "2,", 1), "3,yesterday,,,,,,,")
    assert [row.line for row in log.rows] == [2, 5]
    assert [bad.line for bad in log.rejected] == [6]


def test_an_open_quote_swallows_nothing_silently() -> None:
    """A quote that never closes is a listed row at the line where it opens."""
    log = wide(ROW, '2,2026-01-05T09:00,,,,,,,"open', ROW.replace("1,", "3,", 1))
    assert [(bad.line, bad.reason.message) for bad in log.rejected] == [(3, "log.csv")]
    assert [row.case.id for row in log.rows] == ["1"]


def test_bad_csv_is_listed_and_reading_goes_on() -> None:
    """Text after a closing quote, or a field beyond all bounds, spoils its own row only."""
    log = wide('2,"a"b,,,,,,,', f"3,{'x' * 200_000},,,,,,,", ROW)
    assert [(bad.line, bad.reason.message) for bad in log.rejected] == [(2, "log.csv"), (3, "log.csv")]
    assert [row.line for row in log.rows] == [4]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    """Spreadsheets write a mark before the first header, and before the first JSON object."""
    assert len(wide(ROW, header="\ufeff" + COLUMNS).rows) == 1
    assert list(json_records(['\ufeff{"a": "x"}'], ["a"])) == [(1, {"a": "x"})]


@pytest.mark.parametrize(
    ("header", "message", "said"),
    [
        (COLUMNS.replace("Kind", "Kinds"), "log.column", "perhaps Kinds"),
        (f"{COLUMNS},Kind", "log.column_twice", "has the column 'Kind' twice"),
        ("", "log.empty", "the log is empty"),
        (COLUMNS.replace(",", ";"), "log.separator", "the header is one column: No;In;Out"),
        ('"a"b', "log.csv", "the line is no CSV"),
    ],
)
def test_a_bad_header_is_refused(header: str, message: str, said: str) -> None:
    """A column that is read must be there once; the nearest header is told."""
    with pytest.raises(RowError) as caught:
        wide(ROW, header=header)
    assert (caught.value.where, caught.value.message) == ("header", message)
    assert said in str(caught.value)


def test_columns_that_are_not_read_may_stand_twice() -> None:
    """Duplicate headers fail only if they are read."""
    assert len(wide(f"{ROW},x,y", header=f"{COLUMNS},Variant,Variant").rows) == 1


def test_no_lines_are_no_header() -> None:
    """An empty log without columns to read holds no rows."""
    assert list(csv_records([], [])) == []


@pytest.mark.parametrize(
    ("line", "message", "said"),
    [
        ("{", "log.json", "write one object a line"),
        ("[1]", "log.json", "not an object"),
        ("[" * 100_000, "log.json", "recursion"),
        ('{"a": ["x"]}', "log.json", "no cell"),
        ('{"a": {}}', "log.json", "no cell"),
    ],
)
def test_bad_json_lines_are_listed(line: str, message: str, said: str) -> None:
    """A line that is no flat object is listed; blank lines are skipped."""
    records = list(json_records(["\n", line, '{"a": "x"}'], ["a"]))
    number, found = records[0]
    assert number == 2
    assert isinstance(found, RowError)
    assert found.message == message
    assert said in str(found)
    assert records[1] == (3, {"a": "x"})


def test_json_values_keep_their_digits() -> None:
    """Numbers are texts digit by digit, null and absent are empty, columns not asked for may hold anything."""
    line = '{"a": 0.10, "b": 12345678901234567890, "c": null, "d": true, "f": [1]}'
    assert list(json_records([line], "abcde")) == [
        (1, {"a": "0.10", "b": "12345678901234567890", "c": "", "d": "true", "e": ""})
    ]


def test_json_lines_and_csv_mean_the_same() -> None:
    """The same rows give the same cases."""
    standard = loads(WIDE)
    assert standard.log is not None
    row = dict(zip(COLUMNS.split(","), ROW.split(","), strict=True))
    log = read_log(standard, json_records([json.dumps(row)], standard.log.columns))
    assert log.rows[0].case == wide(ROW).rows[0].case


def test_a_long_log_gathers_events() -> None:
    """Rows of a case need not stand together; who and whose are kept, unknown kinds are counted."""
    log = long(
        "1,Start,2026-01-05T09:00,FLT,ann,north",
        "2,Start,2026-01-05T09:30,,,",
        "1,Note,never read,,,",
        "1,On hold,2026-01-05T09:40,,,",
        "1,End,2026-01-05T10:00,,,",
    )
    assert [(row.line, row.case.id) for row in log.rows] == [(2, "1"), (3, "2")]
    assert (log.rejected, log.ignored) == ((), (("Note", 1),))
    first = log.rows[0].case.events
    assert [event.kind for event in first] == ["opened", "held", "closed"]  # "On hold" by the event's own alias
    assert (first[0].actor, first[0].group, dict(first[0].facts)) == ("ann", "north", {"kind": "fault"})
    assert (first[1].actor, first[1].group, dict(first[1].facts)) == (None, None, {})


def test_one_bad_row_rejects_its_whole_case() -> None:
    """Half a history would lie: every row of the case is listed, in the order of the log."""
    log = long(
        "1,Start,2026-01-05T09:00,,,",
        "2,Start,2026-01-05T09:30,,,",
        "1,End,yesterday,,,",
        "1,Wait,2026-01-05T11:00,,,",
        "too short",
    )
    assert [(bad.line, bad.case, bad.reason.message) for bad in log.rejected] == [
        (2, "1", "log.case_broken"),
        (4, "1", "stamp.text"),
        (5, "1", "log.case_broken"),
        (6, "", "log.width"),
    ]
    assert "line 4 of the same case" in str(log.rejected[0].reason)
    assert [row.case.id for row in log.rows] == ["2"]


def test_a_long_log_may_do_without_actor_and_group() -> None:
    """Columns that the mapping does not name are not read."""
    text = LONG.replace('actor = "Who"\ngroup = "Team"\n', "")
    standard = loads(text)
    assert standard.log is not None
    rows = csv_records(["No,What,When,Kind\n", "1,Start,2026-01-05T09:00,\n"], standard.log.columns)
    event = read_log(standard, rows).rows[0].case.events[0]
    assert (event.actor, event.group) == (None, None)


def test_a_standard_without_log_says_so() -> None:
    """Nothing is guessed about where a table keeps its cases."""
    with pytest.raises(DefinitionError) as caught:
        read_log(loads(HEAD), [])
    assert (caught.value.where, caught.value.message) == ("log", "log.none")
    assert str(caught.value).endswith("give a [log] part")


@pytest.fixture(scope="module")
def wide_standard() -> ServiceStandard:
    """The wide standard, loaded once."""
    return loads(WIDE)


@given(lines=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6))
def test_no_line_is_lost(wide_standard: ServiceStandard, lines: list[str]) -> None:
    """Whatever the lines hold, each is a case or is listed; no other error comes out."""
    assert wide_standard.log is not None
    log = read_log(wide_standard, json_records(lines, wide_standard.log.columns))
    assert len(log.rows) + len(log.rejected) == sum(1 for line in lines if line.strip())
    rows = [*([COLUMNS + "\n"]), *(f"{line}\n" for line in lines)]
    read_log(wide_standard, csv_records(rows, wide_standard.log.columns))


def test_a_row_may_be_older_than_the_vocabulary() -> None:
    """A value that a later edition dropped is still read, and judged by the edition of its day."""
    standard = loads(
        WIDE
        + """
[changes.2026-02-01]
facts = { kind = { one_of = ["fault", "request"] }, amount = "integer" }
"""
    )
    rows = [
        ROW.replace("defect", "complaint").replace("2.50", "2"),
        ROW.replace("1,", "2,", 1).replace("defect", "request"),
    ]
    rows[1] = rows[1].replace("2.50", "2")
    log = read_log(standard, csv_records([COLUMNS, *rows], standard.log.columns if standard.log else ()))
    assert [row.case.facts["kind"] for row in log.rows] == ["complaint", "request"]
    asked = datetime(2026, 3, 1, tzinfo=UTC)
    assert standard.clocks(log.rows[0].case, as_of=asked)["close"].verdict == "met"
    with pytest.raises(FactError, match="request"):
        standard.clocks(log.rows[1].case, as_of=asked)


TOLD = LONG.replace(
    'group = "Team"', 'group = "Team"\nrecorded = "Seen"\nevent_id = "Key"\ndetails = { amount = "Sum" }'
)


def told(*lines: str) -> ReadLog:
    """A long CSV log whose rows say when they were recorded, which event they are, and what is true of it alone."""
    standard = loads(TOLD)
    assert standard.log is not None
    assert loads(dumps(standard)) == standard
    assert standard.log.columns == ("No", "What", "When", "Kind", "Sum", "Seen", "Key", "Who", "Team")
    header = "No,What,When,Kind,Sum,Seen,Key,Who,Team\n"
    return read_log(standard, csv_records([header, *(f"{line}\n" for line in lines)], standard.log.columns))


def test_a_long_log_may_tell_more_of_an_event() -> None:
    """Details are of one event alone; an empty cell is nothing told, and then it was recorded when it happened."""
    log = told(
        "1,Start,2026-01-05T09:00,FLT,2.50,2026-01-06T09:00, e1 ,,",
        "1,End,2026-01-05T10:00,,, ,  ,,",
    )
    first, last = log.rows[0].case.events
    assert (dict(first.facts), dict(first.details), first.recorded, first.id) == (
        {"kind": "fault"},
        {"amount": Decimal("2.50")},
        micros(2026, 1, 6, 9),
        "e1",
    )
    assert (dict(last.details), last.recorded, last.id) == ({}, micros(2026, 1, 5, 10), None)


def test_an_event_told_twice_is_one_event() -> None:
    """The row that was recorded first counts; what was recorded late is hidden from what was known before."""
    standard = loads(TOLD)
    log = told(
        "1,Start,2026-01-05T09:00,,,,e1,,",
        "1,End,2026-01-05T20:00,,,2026-01-06T09:00,e2,,",
        "1,End,2026-01-05T10:00,,,2026-01-05T21:00,e2,,",
    )
    (row,) = log.rows
    asked = datetime(2026, 1, 7, tzinfo=UTC)
    assert standard.clocks(row.case, as_of=asked)["close"].verdict == "met"
    known = datetime(2026, 1, 5, 20, tzinfo=UTC)
    assert standard.clocks(row.case, as_of=asked, known_at=known)["close"].verdict == "late_open"


@pytest.mark.parametrize(
    ("line", "where", "message"),
    [
        ("1,Start,2026-01-05T09:00,,much,,,,", "facts.amount", "facts.kind"),
        ("1,Start,2026-01-05T09:00,,,soon,,,", "Seen", "stamp.text"),
    ],
)
def test_bad_rows_that_tell_more_are_listed(line: str, where: str, message: str) -> None:
    """With the column or the fact that is wrong; a row that is no event of ours is not read that far."""
    log = told(line, "2,Note,never,x,much,soon,,,")
    assert [(bad.line, bad.reason.where, bad.reason.message) for bad in log.rejected] == [(2, where, message)]
    assert log.ignored == (("Note", 1),)


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DECIDED = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
tier = "text"
[events]
opened = { also = ["new"] }
promised = ""
merged = ""
waived = ""
[calendars]
always = "24x7"
[objectives.a]
calendar = "always"
clock = { start = "opened", stop = "waived", promise = "promised", merge = "merged" }
target = "2 hours"
factor = { by = "tier", use = { gold = 0.5 } }
[log]
id = "no"
time = "ISO 8601"
event = "what"
at = "at"
facts = { tier = "tier" }
due = "until"
since = "since"
reason = "why"
actor = "who"
"""


def test_a_log_tells_of_decisions() -> None:
    """Due times by hand, merged cases and their reasons have columns; words of the standard need no line in kinds."""
    standard = loads(DECIDED)
    assert standard.log is not None
    lines = [
        "no,what,at,tier,until,since,why,who,more",
        "1,new,2026-01-05T09:00Z,gold,,,,,",
        "1,promised,2026-01-05T09:10Z,,2026-01-05T15:00Z,, agreed on the phone ,Li,",
        "2,opened,2026-01-05T09:00Z,,,,,,",
        "2,merged,2026-01-05T09:10Z,,,2026-01-05T08:00Z,,,",
    ]
    read = read_log(standard, csv_records(lines, standard.log.columns))
    assert (read.rejected, read.ignored) == ((), ())
    first, second = (standard.clocks(row.case, as_of=row.case.events[-1].at)["a"] for row in read.rows)
    assert (str(first.due), first.row) == ("2026-01-05 15:00:00+00:00", "by hand")
    assert "agreed on the phone" in first.explanation.text()
    assert (str(second.due), str(second.start)) == ("2026-01-05 10:00:00+00:00", "2026-01-05 08:00:00+00:00")
    bad = read_log(standard, csv_records([lines[0], "1,promised,2026-01-05T09:10Z,,soon,,,,"], standard.log.columns))
    assert [one.reason.where for one in bad.rejected] == ["until"]
    assert loads(dumps(standard)) == standard


def test_a_factor_is_told() -> None:
    """Why gold is promised half: the explanation names the table, the factor and the fact, also after a journey."""
    standard = loads(DECIDED)
    case = Case("1", {"tier": "gold"}, [Event("opened", at=NEW_YEAR)])
    readings = standard.clocks(case, as_of=NEW_YEAR)
    told = readings["a"].explanation.text()
    assert "promised: 2 hours" in told
    assert "times 0.5 for tier gold: 1 hour" in told
    bare = Readings.from_json(readings.to_json(explanation=False))
    assert bare == readings
    assert "times 0.5 for tier gold: 1 hour" in bare["a"].explanation.text()
    plain = standard.clocks(Case("2", {"tier": "plain"}, case.events), as_of=NEW_YEAR)
    assert "times" not in plain["a"].explanation.text()


@pytest.mark.parametrize("times", ["-1", "x", "NaN", "1e5", 1, None])
def test_a_factor_of_json_is_a_number(times: Any) -> None:
    """What is no factor is refused, like everything else that we did not write."""
    standard = loads(DECIDED)
    case = Case("1", {"tier": "gold"}, [Event("opened", at=NEW_YEAR)])
    found = standard.clocks(case, as_of=NEW_YEAR).to_json(explanation=False)
    found["readings"]["a"]["promises"][0]["row"]["scale"]["times"] = times
    with pytest.raises(DefinitionError):
        Readings.from_json(found)
