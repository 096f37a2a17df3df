"""Before and after: promises of two periods side by side, and only what is beyond chance is called a change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from io import StringIO

import pytest
from tests.handbook.test_page import Page

from svcstd import loads
from svcstd.documents import csv_records, read_log
from svcstd.handbook import (
    NOTHING,
    Report,
    change_section,
    draw_changes,
    evaluate,
    promise_changes,
    render_report,
    tally,
)
from svcstd.handbook.change_section import points

STANDARD = loads(
    """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["lamp", "sign", "wire"] }
[events]
opened = "opened"
closed = "closed"
[objectives.answer]
clock = { start = "opened", stop = "closed" }
by = "kind"
target = { lamp = "2 hours", sign = "2 hours", wire = "2 hours" }
[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
events = { opened = "opened", closed = "closed" }
facts = { kind = "kind" }
[reports.attainment]
by = "started"
week = "Monday"
"""
)
COUNTS = {
    (1, "lamp"): (18, 30),
    (2, "lamp"): (28, 30),
    (1, "sign"): (28, 30),
    (2, "sign"): (18, 30),
    (1, "wire"): (20, 29),
    (2, "wire"): (20, 30),
}
"""By month and kind: how many of how many were answered in time."""


def log(counts: dict[tuple[int, str], tuple[int, int]]) -> str:
    """Cases of such counts."""
    rows = ["id,opened,closed,kind"]
    for (month, kind), (kept, many) in counts.items():
        for number in range(many):
            hour = 10 if number < kept else 13
            rows.append(f"{month}{kind}{number},2026-{month:02d}-05 09:00,2026-{month:02d}-05 {hour}:00,{kind}")
    return "\n".join(rows) + "\n"


def months(counts: dict[tuple[int, str], tuple[int, int]]) -> tuple[Report, Report]:
    """The reports of January and of February."""
    assert STANDARD.log is not None
    read = read_log(STANDARD, csv_records(StringIO(log(counts)), STANDARD.log.columns))
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    results = list(evaluate(STANDARD, read.rows, as_of=as_of))
    made = [
        tally(STANDARD, results, read, as_of=as_of, since=date(2026, month, 1), until=date(2026, month + 1, 1))
        for month in (1, 2)
    ]
    return made[0], made[1]


JANUARY, FEBRUARY = months(COUNTS)


def test_beyond_chance() -> None:
    """18 of 30 against 28 of 30 is a change, either way round; 29 decisions are too few."""
    found = {one.promise[1]: one.change for one in promise_changes(JANUARY, FEBRUARY)}
    assert {row: change.verdict for row, change in found.items()} == {
        "": "same",
        "lamp": "better",
        "sign": "worse",
        "wire": "insufficient",
    }
    assert (found["lamp"].before.value, found["lamp"].after.value) == (Fraction(18, 30), Fraction(28, 30))
    assert found["lamp"].delta == Fraction(1, 3)
    assert found["lamp"].low is not None
    assert 0 < found["lamp"].low < Fraction(1, 3)


def test_a_promise_of_one_period_only() -> None:
    """Is told, with nothing on the other side."""
    before, after = months({(1, "lamp"): (30, 30), (2, "sign"): (30, 30)})
    found = {one.promise[1]: one.change for one in promise_changes(before, after)}
    assert list(found) == ["", "lamp", "sign"]
    assert (found["lamp"].after.value, found["sign"].before.value) == (None, None)
    section = change_section(before, after, named=lambda key: key[1])
    assert section.lines[1] == ("lamp", "100 %", "30", NOTHING, "0", NOTHING, NOTHING, NOTHING, "too few to tell")


def test_the_section() -> None:
    """Days, counts, figures with their signs, and a line for each promise."""
    section = change_section(JANUARY, FEBRUARY, named=lambda key: key[1].upper())
    assert section.note.startswith(
        "Compared with the days from Thu 1 Jan 2026 until Sun 1 Feb 2026: 1 promises are kept more often, 1 less often"
    )
    assert section.lines[0][:6] == ("all promises", "74.2 %", "89", "73.3 %", "90", "-0.8")
    assert section.lines[1][0] == "LAMP"
    assert section.lines[1][5] == "+33.3"
    assert section.picture.count("<circle") == 3
    assert "WIRE: -2.3: too few to tell" in section.picture
    assert "前后对比" in change_section(JANUARY, FEBRUARY, named=lambda key: key[1], language="zh").title


def test_many_promises() -> None:
    """Forty are drawn, all stand in the figures; nothing to compare is a picture too."""
    rows = [(f"promise {number}", promise_changes(JANUARY, FEBRUARY)[1]) for number in range(60)]
    assert draw_changes(rows, "a", "A").count("<circle") == 40
    alone = draw_changes([], "a", "A")
    assert "-10.0" in alone
    same, _ = months({(1, "lamp"): (30, 30), (2, "lamp"): (30, 30)}), None
    assert 'class="hollow"' in draw_changes([("x", promise_changes(*same)[0])], "a", "A")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_the_page(language: str) -> None:
    """Only where another period is given; sound HTML in both languages."""
    page = Page(render_report(FEBRUARY, before=JANUARY, language=language))
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert "changes-title" in ids
    assert len(ids) == len(set(ids))
    assert "changes-title" not in render_report(FEBRUARY, language=language)


def test_points() -> None:
    """Rounded to tenths, halves to the even one, never minus nothing."""
    assert [points(Fraction(number, 10_000)) for number in (-4, 4, -5, 5, 15, -15)] == [
        "0.0",
        "0.0",
        "0.0",
        "0.0",
        "+0.2",
        "-0.2",
    ]
    assert points(None) == NOTHING
