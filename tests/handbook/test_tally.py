"""Counting: by promise, week and hour, half-open spans, the weak spot, the slowest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.handbook import DeskRow, Report
from svcstd.handbook.tally import overdue
from svcstd.sla import Attainment

ROWS = [
    ("A", "lamp", "2026-02-13 10:00", "2026-02-17 10:00"),  # Friday before a holiday: due Tuesday 10:00, kept
    ("B", "lamp", "2026-02-13 10:00", "2026-02-17 10:01"),  # a minute late
    ("C", "sign", "2026-02-28 23:00", ""),  # due Monday 2 March 23:00: not yet
    ("D", "sign", "2026-02-20 09:00", ""),  # due Sunday 22 February 09:00: overdue
    ("E", "moon", "2026-02-20 09:00", ""),  # nothing is promised
    ("F", "wire", "2026-02-20 15:00", "2026-02-23 10:59"),  # two hours on Friday, two on Monday: kept
]


@pytest.fixture
def report(report_of: Callable[..., Report]) -> Report:
    """Six cases, five promises."""
    return report_of(ROWS)


def test_promises(report: Report) -> None:
    """Each row of the table has its own count; what is not yet due stands apart."""
    assert dict(report.promises) == {
        ("answer", "lamp"): Attainment(met=1, met_late=1),
        ("answer", "sign"): Attainment(late_open=1, not_yet_due=1),
        ("answer", "wire"): Attainment(met=1),
    }
    assert report.total == Attainment(met=2, met_late=1, late_open=1, not_yet_due=1)
    assert report.apart == ("not_yet_due",)


def test_reasons_for_no_promise(report: Report) -> None:
    """A case without promise is counted with its reason."""
    assert [(reason.sentence(), count) for reason, count in report.unpromised] == [("no promise for kind = moon", 1)]


def test_weeks_begin_as_declared(report: Report) -> None:
    """Weeks from Sunday: 8, 15 and 22 February; Saturday the 28th belongs to the 22nd."""
    assert [(week.label, count.decided, count.not_yet_due) for week, count in report.weeks] == [
        ("2026-02-08", 2, 0),
        ("2026-02-15", 2, 0),
        ("2026-02-22", 0, 1),
    ]


def test_a_week_between_is_listed(report_of: Callable[..., Report]) -> None:
    """A week without a case is a week with no cases, not a hole."""
    made = report_of([ROWS[0], ("Z", "lamp", "2026-01-02 10:00", "2026-01-02 11:00")])
    assert [count.decided for _, count in made.weeks] == [1, 0, 0, 0, 0, 0, 1]


def test_hours_of_the_start(report: Report) -> None:
    """Late and decided by weekday and hour: Friday 9, 10 and 15 o'clock."""
    assert dict(report.hours) == {(4, 9): (1, 1), (4, 10): (1, 2), (4, 15): (0, 1)}


def test_hours_are_on_the_wall_of_the_standard(report_of: Callable[..., Report], desk: str) -> None:
    """Friday 10:00 in London is Friday 18:00 in Shanghai."""
    made = report_of(ROWS[1:2], desk.replace('zone = "UTC"', 'zone = "Asia/Shanghai"', 1))
    assert [cell for cell, _ in made.hours] == [(4, 18)]


def test_slowest_first(report: Report) -> None:
    """D waits eight days and three hours past its due, B was a minute late."""
    assert [(one.row.case.id, overdue(reading)) for one, reading in report.slowest] == [
        ("D", timedelta(days=8, hours=3)),
        ("B", timedelta(minutes=1)),
    ]


def test_what_is_in_time_is_not_overdue(report: Report) -> None:
    """Kept, open or without due: nothing past due."""
    readings = {one.row.case.id: one.reading for one in report.results if one.reading is not None}
    assert overdue(readings["A"]) == overdue(readings["C"]) == timedelta()


@pytest.mark.parametrize(
    ("since", "until", "cases"),
    [
        (None, None, "ABCDEF"),
        (date(2026, 2, 20), None, "CDEF"),
        (None, date(2026, 2, 20), "AB"),
        (date(2026, 2, 13), date(2026, 2, 28), "ABDEF"),
        (date(2026, 3, 1), None, ""),
    ],
)
def test_span(report_of: Callable[..., Report], since: date | None, until: date | None, cases: str) -> None:
    """The first date counts, the last does not; cases without promise belong to their first event."""
    made = report_of(ROWS, since=since, until=until)
    assert "".join(one.row.case.id for one in made.counted) == cases
    assert len(made.results) == 6


def test_span_by_due(report_of: Callable[..., Report], desk: str) -> None:
    """Counted by when they were due: A and B on 17 February, D on the 22nd, F on the 23rd, C on 2 March."""
    made = report_of(ROWS, desk.replace('by = "started"', 'by = "due"'), since=date(2026, 2, 21))
    assert sorted(one.row.case.id for one in made.counted) == ["C", "D", "F"]
    assert [week.label for week, _ in made.weeks] == ["2026-02-22", "2026-03-01"]


def test_span_by_decision(report_of: Callable[..., Report], desk: str) -> None:
    """What is not decided belongs to no period: it counts in the total, in no week, and in no span."""
    text = desk.replace('by = "started"', 'by = "decided"')
    assert report_of(ROWS, text).total.not_yet_due == 1
    assert sum(count.not_yet_due for _, count in report_of(ROWS, text).weeks) == 0
    assert report_of(ROWS, text, since=date(2026, 1, 1)).total.not_yet_due == 0


def test_a_case_without_events_is_in_no_span(report_of: Callable[..., Report]) -> None:
    """It has not begun: without a span it counts as open, within one it does not."""
    rows = [("A", "lamp", "", "")]
    assert len(report_of(rows).counted) == 1
    assert report_of(rows, since=date(2026, 1, 1)).counted == ()


def test_nothing_at_all(report_of: Callable[..., Report]) -> None:
    """An empty log is a report of nothing."""
    made = report_of([])
    assert made.total == Attainment()
    assert (made.weeks, made.hours, made.slowest, made.desk, made.weakest, made.apart) == ((), (), (), (), None, ())
    assert made.desk_total == DeskRow()


def test_reports_must_say_how_they_count(report_of: Callable[..., Report], desk: str) -> None:
    """Without [reports.attainment] nothing is guessed."""
    with pytest.raises(DefinitionError) as error:
        report_of([], desk[: desk.index("[reports")])
    assert (error.value.message, error.value.where) == ("report.undeclared", "reports")
    assert "add [reports.attainment]" in str(error.value)


def _many(kind: str, kept: int, late: int) -> list[tuple[str, ...]]:
    closed = ["2026-02-09 11:00"] * kept + ["2026-02-20 10:00"] * late
    return [(f"{kind}{number}", kind, "2026-02-09 10:00", at) for number, at in enumerate(closed)]


def test_the_weak_spot_has_enough_cases(report_of: Callable[..., Report]) -> None:
    """Nine broken of nine is no headline beside five broken of ten."""
    made = report_of(_many("lamp", 5, 5) + _many("sign", 0, 9) + _many("wire", 40, 0))
    assert made.weakest == (("answer", "lamp"), Attainment(met=5, met_late=5))


@pytest.mark.parametrize(
    "rows",
    [
        _many("lamp", 20, 0) + _many("sign", 20, 0),  # all kept
        _many("lamp", 10, 10) + _many("sign", 10, 10),  # all alike
        _many("lamp", 1, 19),  # nothing beside it
        [],
    ],
    ids=["perfect", "alike", "alone", "empty"],
)
def test_no_weak_spot(report_of: Callable[..., Report], rows: list[tuple[str, ...]]) -> None:
    """Only what is below the whole is weak."""
    assert report_of(rows).weakest is None


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 5), min_size=2, max_size=4))
def test_desk_rows_add_up(parts: list[tuple[int, int, int, int, int]]) -> None:
    """Counts are added, never averaged."""
    total = sum((DeskRow(*part) for part in parts), DeskRow())
    assert (total.compared, total.without) == (sum(part[0] for part in parts), sum(part[4] for part in parts))


def test_share_of_the_whole(report: Report) -> None:
    """Two of four decided."""
    assert report.total.share == Fraction(1, 2)
