"""What was escalated, who used the time, and how fast the error budget burns: counted by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pendulum

from svcstd.documents import csv_records, loads, read_log
from svcstd.handbook import Report, evaluate, render_report, tally
from svcstd.handbook.burn import Escalated
from svcstd.sla import Attainment, Owner

DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "office"

[facts]
[events]
opened = ""
taken = ""
asked = ""
closed = ""

[calendars]
office = "Mon-Fri 09:00-17:00"

[objectives.answer]
name = "answer"
clock = { start = "opened", stop = "closed" }
target = "4 working hours"
goal = "75 %"
notify = { "50 %" = "lead", due = ["lead", "head"] }
order = 1

[objectives.next]
name = "next reply"
clock = { start = "asked", stop = "closed", cycles = true }
target = "1 working hour"
order = 2

[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
event = "event"
at = "at"
group = "team"
kinds = { opened = "opened", taken = "taken", asked = "asked", closed = "closed" }

[reports.attainment]
by = "started"
week = "Monday"
"""
AS_OF = pendulum.datetime(2026, 3, 13, 17, tz="UTC")
ROWS = [
    # A: one hour, then an hour of the field: met, no notice at half of four hours (exactly then answered).
    ("A", "opened", "2026-03-02 09:00", ""),
    ("A", "taken", "2026-03-02 10:00", "field"),
    ("A", "closed", "2026-03-02 11:00", ""),
    # B: three hours of the desk: half is reached at 11:00, met.
    ("B", "opened", "2026-03-02 09:00", "desk"),
    ("B", "taken", "2026-03-02 09:00", "desk"),
    ("B", "closed", "2026-03-02 12:00", ""),
    # C: six hours of the desk and the field: late, broken at 13:00 in the hands of the field.
    ("C", "opened", "2026-03-02 09:00", "desk"),
    ("C", "taken", "2026-03-02 12:00", "field"),
    ("C", "closed", "2026-03-02 15:00", ""),
    # D: a week later, still open at the end: due on the 13th at 17:00, exactly now.
    ("D", "opened", "2026-03-13 13:00", "desk"),
    # E: asked twice, answered in time and late.
    ("E", "asked", "2026-03-10 09:00", ""),
    ("E", "closed", "2026-03-10 09:30", ""),
    ("E", "asked", "2026-03-10 10:00", ""),
    ("E", "closed", "2026-03-10 12:00", ""),
]


def report(rows: Sequence[tuple[str, ...]] = ROWS, text: str = DESK) -> Report:
    """The report of a long log."""
    standard = loads(text)
    assert standard.log is not None
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("id", "event", "at", "team"), *rows])
    file.seek(0)
    log = read_log(standard, csv_records(file, standard.log.columns))
    return tally(standard, evaluate(standard, log.rows, as_of=AS_OF), log, as_of=AS_OF)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def test_escalated() -> None:
    """Half of the target was reached by B, C and D, all of it by C and, at this very instant, D."""
    assert report().escalated == (
        Escalated("answer", "50 %", ("lead",), 3, 4),
        Escalated("answer", "due", ("lead", "head"), 2, 4),
    )


def test_owners() -> None:
    """The desk held B for 3 h, C for 3 h and D for 4 h, the field A for 1 h and C for 3 h; nobody A and E."""
    assert report().owners == (
        Owner("desk", hours(10), None, 0),
        Owner("field", hours(4), None, 1),
        Owner(None, hours(1 + 0.5 + 2), None, 1),
    )


def test_no_owners_where_nobody_is_named() -> None:
    """A log without groups and agents has no such picture."""
    bare = [row for row in ROWS if not row[3]]
    assert report(bare).owners == ()
    assert "Who used the time" not in render_report(report(bare))


def test_burn() -> None:
    """Three decided, one late, a quarter allowed: 1/3 over 1/4; week by week 4/3 and, without decisions, nothing."""
    (burn,) = report().burns
    assert (burn.objective, burn.goal) == ("answer", Fraction(3, 4))
    assert burn.total.counts == Attainment(met=2, met_late=1, not_yet_due=1)
    assert burn.total.burn_rate == Fraction(4, 3)
    assert [(week.first, budget.burn_rate) for week, budget in burn.weeks] == [
        (date(2026, 3, 2), Fraction(4, 3)),
        (date(2026, 3, 9), None),
    ]


def test_every_cycle_is_a_promise() -> None:
    """E's two questions are two promises: one kept, one late."""
    made = report()
    assert dict(made.promises)["next", ""] == Attainment(met=1, met_late=1)
    assert [one.reading.cycle for one in made.results if one.objective == "next" and one.reading is not None] == [1, 2]


def test_the_page_tells_all_three() -> None:
    """Sentences, pictures and figures of budgets, escalations and owners."""
    page = render_report(report())
    assert "answer: 66.7 % of 3 kept, the goal is 75.0 %. 1 were late, 0.7 are allowed: burn rate 1.33." in page
    assert "With 1 not yet due the share will lie between 50.0 % and 75.0 %" in page
    assert "if they go as the others did, at 66.7 %" in page
    assert "3 of 4, told: lead" in page
    assert "4 h, 1 broken" in page
    for name in ("burn0", "escalations", "owners"):
        assert page.count(f'id="{name}-title"') == 1


def test_a_page_without_goals_thresholds_and_decisions() -> None:
    """No section stands empty; a goal without a decision says so by a dash."""
    plain = DESK.replace('goal = "75 %"\n', "").replace('notify = { "50 %" = "lead", due = ["lead", "head"] }\n', "")
    page = render_report(report(text=plain))
    assert "Error budgets" not in page
    assert "Escalations" not in page
    waiting: list[Any] = [row for row in ROWS if row[0] == "D"]
    undecided = render_report(report(waiting))
    assert "burn rate \N{EN DASH}." in undecided
    assert "between 0 % and 100 %; if they go as the others did, at \N{EN DASH}." in undecided
