"""The demonstration: our due times and verdicts beside those of Boston's desk, row by row."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import attrs
import pytest

from svcstd.documents import csv_records, loads, read_log
from svcstd.handbook import Report, evaluate, tally

pytestmark = pytest.mark.long
BOSTON = ZoneInfo("America/New_York")
EPOCH = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
AS_OF = datetime(2016, 1, 12, 15, tzinfo=BOSTON)
FIVE = ("Building Inspection Request", "Electrical", "CE Collection", "Sign Repair", "Rodent Activity")


@attrs.frozen
class Row:
    """A line of the log with our answer: wall times of Boston as the log writes them."""

    kind: str
    opened: datetime
    desk_due: datetime | None
    closed: bool
    on_time: bool
    our_due: datetime
    our_verdict: str

    @property
    def agrees(self) -> bool:
        """Whether the two due times lie within a minute."""
        assert self.desk_due is not None
        apart = self.desk_due.replace(tzinfo=BOSTON).timestamp() - self.our_due.timestamp()
        return abs(apart) <= 60


def _log() -> str:
    return gzip.decompress((files("svcstd.demo") / "boston311_2015_open.csv.gz").read_bytes()).decode("utf-8")


def _stamp(text: str) -> datetime | None:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p") if text else None  # noqa: DTZ007 - a wall time


@pytest.fixture(scope="module")
def report() -> Report:
    """The whole demonstration, computed once."""
    standard = loads((files("svcstd.demo") / "boston311.toml").read_text(encoding="utf-8"))
    assert standard.log is not None
    log = read_log(standard, csv_records(_log().splitlines(keepends=True), standard.log.columns))
    return tally(standard, evaluate(standard, log.rows, as_of=AS_OF), log, as_of=AS_OF, since=date(2015, 1, 1))


STRAY = {"101001371280", "101001627186"}
"""Two requests that the log closes some seconds before it opens them."""


@pytest.fixture(scope="module")
def rows(report: Report) -> dict[str, Row]:
    """Requests opened in 2015 by id, the log read by the csv module alone."""
    ours = {one.row.case.id: one.reading for one in report.results}
    found = {}
    for line in csv.DictReader(_log().splitlines()):
        opened, reading = _stamp(line["OPEN_DT"]), ours[line["CASE_ENQUIRY_ID"]]
        assert opened is not None
        if reading is None:
            assert line["CASE_ENQUIRY_ID"] in STRAY
            continue
        assert reading.due_at is not None
        if opened.year == 2015:
            found[line["CASE_ENQUIRY_ID"]] = Row(
                kind=line["TYPE"],
                opened=opened,
                desk_due=_stamp(line["TARGET_DT"]),
                closed=bool(line["CLOSED_DT"]),
                on_time=line["OnTime_Status"] == "ONTIME",
                our_due=(EPOCH + timedelta(microseconds=reading.due_at)).astimezone(BOSTON),
                our_verdict=reading.verdict,
            )
    return found


def _promised(rows: dict[str, Row], *kinds: str) -> Iterator[Row]:
    return (row for row in rows.values() if row.kind in kinds and row.desk_due is not None)


def test_every_row_is_read(report: Report) -> None:
    """21,822 requests, each with one promise, none refused."""
    assert len(report.results) == 21_822
    assert {one.row.case.id for one in report.results if one.reading is None} == STRAY
    assert not report.rejected
    assert [(reason.message, count) for reason, count in report.unpromised] == [("report.stopped_first", 2)]


@pytest.mark.parametrize(
    ("kind", "share"), [*((kind, 0.99) for kind in FIVE), ("Sticker Request", 0.999)], ids=[*FIVE, "Sticker Request"]
)
def test_due_times_are_the_desks(rows: dict[str, Row], kind: str, share: float) -> None:
    """Within 60 seconds on at least 99 of 100 requests, and on 999 of 1,000 stickers."""
    found = [row.agrees for row in _promised(rows, kind)]
    assert len(found) > 1_000
    assert sum(found) >= share * len(found)


def test_verdicts_are_the_desks(rows: dict[str, Row]) -> None:
    """Kept or late as the desk says, on at least 999 of 1,000 closed requests of five types."""
    same = [(row.our_verdict == "met") == row.on_time for row in _promised(rows, *FIVE) if row.closed]
    assert len(same) > 16_000
    assert sum(same) >= 0.999 * len(same)


def test_requests_without_a_desk_target_stand_apart(report: Report, rows: dict[str, Row]) -> None:
    """Twelve requests have no due time of the desk: they are counted in a column of their own."""
    assert sum(row.desk_due is None for row in rows.values()) == 12
    assert report.desk_total.without == 12
    assert report.desk_total.compared == len(rows) - 12
    assert len(report.without) == 12
    assert not [one for one in report.differences if one.row.desk_due is None]


def test_the_report_counts_what_the_rows_say(report: Report, rows: dict[str, Row]) -> None:
    """Agreement in the table is the count of rows that agree, type by type."""
    for (_, kind), count in report.desk:
        assert count.due == sum(row.agrees for row in _promised(rows, kind))


def test_every_difference_has_a_reason(report: Report) -> None:
    """What disagrees is listed, each with the likely reason in words."""
    total = report.desk_total
    differ = total.compared - total.due
    assert sum(one.kind == "due" for one in report.differences) == differ
    for one in report.differences:
        assert one.reason.message.startswith("desk.")
        assert one.reason.message != "desk.ours_missing"
        assert one.reason.sentence()


@pytest.mark.parametrize(
    ("case", "due"),
    [
        # New Year's Day is closed, so it counts from Friday 2 January 08:30; ten working days later is Friday the 16th.
        ("101001240780", "2015-01-16T08:30:00"),
        # Thursday 12 February 09:14:14, two working days: Friday, then (Monday is Washington's Birthday) Tuesday.
        ("101001290512", "2015-02-17T09:14:14"),
        # From Tuesday 17 February on one working day is promised.
        ("101001300274", "2015-02-18T08:57:09"),
        # Filed at 18:15, after closing: counts from Wednesday's opening.
        ("101001302414", "2015-02-19T08:30:00"),
        # Sunday 10 May: counts from Monday's opening, five working days later is Monday the 18th.
        ("101001374137", "2015-05-18T08:30:00"),
        # Tuesday 30 June, after closing.
        ("101001420839", "2015-07-02T08:30:00"),
        # Thursday 24 September 13:49, three working days: Friday, Monday, Tuesday.
        ("101001597235", "2015-09-29T13:49:00"),
        # Friday 9 October 12:28 before Columbus Day: Tuesday, Wednesday, Thursday.
        ("101001609001", "2015-10-15T12:28:00"),
        # Saturday before Columbus Day: counts from Tuesday's opening.
        ("101001609521", "2015-10-14T08:30:00"),
        # Thirty dates after 7 January.
        ("101001243534", "2015-02-06T10:28:15"),
    ],
)
def test_rows_worked_by_hand(rows: dict[str, Row], case: str, due: str) -> None:
    """Due times that a clerk with a wall calendar finds."""
    assert rows[case].our_due.replace(tzinfo=None).isoformat() == due


def test_calendar_days_keep_the_wall_time(rows: dict[str, Row]) -> None:
    """Thirty dates later at the same time of day, also over the nights of 8 March and 1 November."""
    rodents = [row for row in rows.values() if row.kind == "Rodent Activity"]
    changes = date(2015, 3, 8), date(2015, 11, 1)
    across = [row for row in rodents for day in changes if row.opened.date() < day <= row.our_due.date()]
    assert len(across) > 100
    for row in rodents:
        assert row.our_due.replace(tzinfo=None) == row.opened + timedelta(30)


def test_since_counts_only_what_began_then(report: Report, rows: dict[str, Row]) -> None:
    """Three requests of earlier years are read but not counted."""
    assert len(report.counted) == len(rows) + len(STRAY) == 21_819
    assert {one.row.line for one in report.results} - {one.row.line for one in report.counted} == {2, 3, 4}
