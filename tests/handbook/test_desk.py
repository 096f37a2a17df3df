"""Our answers beside the desk's: equal or not, and the likely reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from svcstd.documents import loads
from svcstd.handbook import DeskRow, Report

OPENED = "2026-02-10 10:00"  # a Tuesday; one working day later is Wednesday 11 February 10:00
HOURLY = 'lamp = "1 hour"'


@pytest.mark.parametrize(
    ("kind", "due", "reason"),
    [
        ("lamp", "2026-02-12 10:00", "as if 2 working days had been promised, not 1 working day"),
        ("lamp", "2026-02-10 10:00", "as if 0 working days had been promised, not 1 working day"),
        ("sign", "2026-02-13 10:00", "as if 3 calendar days had been promised, not 2 calendar days"),
        ("sign", "2026-02-12 10:02", "another time of the same day"),
        ("lamp", "2026-02-01 10:00", "the desk's due time lies before the request"),
        ("lamp", "2026-02-14 10:00", "no number of days gives the desk's due time: probably promised again by hand"),
        ("lamp", "2027-02-14 10:00", "no number of days gives the desk's due time: probably promised again by hand"),
        ("wire", "2026-02-12 14:00", "no number of days gives the desk's due time: probably promised again by hand"),
        ("wire", "2026-02-10 15:00", "another time of the same day"),
    ],
)
def test_reasons_for_another_due_time(report_of: Callable[..., Report], kind: str, due: str, reason: str) -> None:
    """Another number of days, another time of the day, a mistyped date, or a promise made anew."""
    made = report_of([("A", kind, OPENED, "", due, "")])
    (found,) = made.differences
    assert found.kind == "due"
    assert found.reason.sentence().startswith(reason)


def test_days_are_tried_as_long_as_holidays_are_known(report_of: Callable[..., Report], desk: str) -> None:
    """Beyond the table nothing is guessed: Monday 2 March might be a holiday."""
    known = desk.replace("2026-12-31", "2026-02-27")
    (found,) = report_of([("A", "lamp", "2026-02-26 10:00", "", "2026-03-03 10:00", "")], known).differences
    assert found.reason.message == "desk.by_hand"


def test_far_away_is_by_hand(report_of: Callable[..., Report]) -> None:
    """Sixty other promises are tried, no more."""
    (found,) = report_of([("A", "sign", OPENED, "", "2026-04-11 10:00", "")]).differences
    assert found.reason.message == "desk.by_hand"


def test_an_hour_across_a_change_of_clocks(report_of: Callable[..., Report], desk: str) -> None:
    """Thirty days as 720 hours over the night of 8 March: one hour later on the wall."""
    text = desk.replace('zone = "UTC"', 'zone = "America/New_York"').replace("2 calendar", "30 calendar")
    (found,) = report_of([("A", "sign", "2026-02-10 10:00", "", "2026-03-12 11:00", "")], text).differences
    assert found.apart == timedelta(hours=1)
    assert found.reason.message == "desk.hour"


def test_an_hour_without_a_change_of_clocks(report_of: Callable[..., Report]) -> None:
    """An hour alone proves nothing."""
    (found,) = report_of([("A", "sign", OPENED, "", "2026-02-12 11:00", "")]).differences
    assert found.reason.message == "desk.same_day"


@pytest.mark.parametrize(("due", "same"), [("2026-02-11 10:01", True), ("2026-02-11 10:02", False)])
def test_tolerance(report_of: Callable[..., Report], due: str, *, same: bool) -> None:
    """Sixty seconds apart is the same, more is not."""
    made = report_of([("A", "lamp", OPENED, "", due, "")])
    assert made.desk_total == DeskRow(compared=1, due=int(same))
    assert len(made.differences) == int(not same)


@pytest.mark.parametrize(
    ("closed", "due", "said", "same"),
    [
        ("2026-02-11 10:00", "2026-02-11 10:00", "yes", 1),
        ("2026-02-11 10:05", "2026-02-11 10:00", "no", 1),
        ("2026-02-11 10:00", "2026-02-11 10:00", "no", 0),
        ("2026-02-11 10:05", "2026-02-11 10:00", "yes", 0),
    ],
)
def test_verdicts(report_of: Callable[..., Report], closed: str, due: str, said: str, same: int) -> None:
    """Kept or late, in the desk's own words."""
    made = report_of([("A", "lamp", OPENED, closed, due, said)])
    assert made.desk_total == DeskRow(compared=1, due=1, closed=1, verdict=same)
    assert [one.reason.message for one in made.differences] == ["desk.contradicts"] * (1 - same)


def test_a_verdict_between_two_equal_due_times(report_of: Callable[..., Report]) -> None:
    """Answered at 10:01 when the desk says due 10:01 and we say 10:00: the tolerance, not a quarrel."""
    made = report_of([("A", "lamp", OPENED, "2026-02-11 10:01", "2026-02-11 10:01", "yes")])
    (found,) = made.differences
    assert (found.kind, found.reason.message) == ("verdict", "desk.seconds")


def test_a_verdict_without_due_time(report_of: Callable[..., Report]) -> None:
    """The desk says kept, and gives no time by which to say so."""
    made = report_of([("A", "lamp", OPENED, "2026-02-20 10:00", "", "yes")])
    assert made.desk_total == DeskRow(without=1)
    assert (made.differences, [one.row.case.id for one, _ in made.without]) == ((), ["A"])


def test_a_desk_that_gives_verdicts_only(report_of: Callable[..., Report], desk: str) -> None:
    """Where no column holds due times, the verdicts alone are compared."""
    made = report_of([("A", "lamp", OPENED, "2026-02-20 10:00", "", "yes")], desk.replace('due = "due"\n', ""))
    assert made.desk_total == DeskRow(closed=1, without=1)
    assert [one.reason.message for one in made.differences] == ["desk.no_due"]


def test_an_open_case_has_no_verdict_to_compare(report_of: Callable[..., Report]) -> None:
    """Overdue and unanswered: only the due times are compared."""
    made = report_of([("A", "lamp", OPENED, "", "2026-02-11 10:00", "no")])
    assert made.desk_total == DeskRow(compared=1, due=1)


def test_an_unknown_verdict_agrees_with_nothing(report_of: Callable[..., Report], desk: str) -> None:
    """Where holidays are unknown we have neither a due time nor a verdict."""
    unknown = desk.replace("2026-12-31", "2026-02-10").replace("days = [2026-02-16]", "days = []")
    made = report_of([("A", "lamp", OPENED, "2026-02-20 10:00", "2026-02-11 10:00", "no")], unknown)
    assert made.desk_total == DeskRow(compared=1)
    (found,) = made.differences
    assert (found.apart, found.reason.message) == (None, "desk.ours_missing")


def test_only_the_named_objective_is_compared(report_of: Callable[..., Report], desk: str) -> None:
    """Two objectives: the desk's answers belong to the one that the standard names."""
    second = desk[desk.index("[objectives.answer]") : desk.index("[log]")].replace("answer]", "second]\norder = 1")
    second = second.replace("answer.", "second.")
    text = desk.replace("[log]", second + "[log]").replace("[log.desk]", '[log.desk]\nobjective = "second"')
    made = report_of([("A", "lamp", OPENED, "", "2026-02-11 10:00", "")], text)
    assert [key for key, _ in made.promises] == [("answer", "lamp"), ("second", "lamp")]
    assert [key for key, _ in made.desk] == [("second", "lamp")]


def test_no_desk_no_comparison(report_of: Callable[..., Report], desk: str) -> None:
    """A log without the desk's answers compares nothing."""
    text = desk[: desk.index("[log.desk]")] + desk[desk.index("[reports") :]
    made = report_of([("A", "lamp", OPENED)], standard=loads(text))
    assert (made.desk, made.differences) == ((), ())
