"""Tables for spreadsheets: what goes in comes out, and nothing runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.handbook import REJECTED_COLUMNS, RESULT_COLUMNS, Report, evaluate, rejected_rows, result_rows, text_of
from svcstd.sla import Case


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "-PT1H+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_formulas_are_kept_from_running(cell: str) -> None:
    """A leading quote tells a spreadsheet that it is text."""
    assert _read("".join(text_of(["x"], [[cell]]))) == [["x"], [f"'{cell}"]]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_cells_come_back(rows: list[list[str]]) -> None:
    """Read back with the csv module, every cell is what was written, or that behind a quote."""
    found = _read("".join(text_of(["a", "b"], rows)))
    assert len(found) == len(rows) + 1
    for written, read in zip(rows, found[1:], strict=True):
        assert all(got in (cell, f"'{cell}") for cell, got in zip(written, read, strict=True))
        assert not any(got[:1] in tuple("=+-@\t\r\n") for got in read if got)


def test_results_in_full(report_of: Callable[..., Report]) -> None:
    """ISO 8601 throughout, the desk's answers beside ours."""
    made = report_of([("A", "lamp", "2026-02-13 10:00", "2026-02-17 10:30", "2026-02-17 10:00", "yes")])
    assert list(map(dict, (zip(RESULT_COLUMNS, row, strict=True) for row in result_rows(made.results)))) == [
        {
            "line": "2",
            "case": "A",
            "objective": "answer",
            "cycle": "1",
            "row": "lamp",
            "target": "1 working day",
            "edition": "",
            "start": "2026-02-13T10:00:00+00:00",
            "due": "2026-02-17T10:00:00+00:00",
            "stop": "2026-02-17T10:30:00+00:00",
            "activity": "stopped",
            "verdict": "met_late",
            "elapsed": "PT8H30M",
            "remaining": "PT0S",
            "breached_at": "2026-02-17T10:00:00+00:00",
            "desk_due": "2026-02-17T10:00:00+00:00",
            "desk_verdict": "kept",
            "problem": "",
        }
    ]


def test_results_without_promise(report_of: Callable[..., Report]) -> None:
    """No promise for the kind: the row stays, with its reason."""
    made = report_of([("A", "moon", "2026-02-13 10:00")])
    (row,) = (dict(zip(RESULT_COLUMNS, row, strict=True)) for row in result_rows(made.results))
    assert (row["case"], row["objective"], row["row"], row["verdict"]) == ("A", "answer", "", "")
    assert "kind = moon" in row["problem"]


def test_results_beyond_known_holidays(report_of: Callable[..., Report], desk: str) -> None:
    """Nobody announced the holidays: no due time, no remaining time, and the problem with its way out."""
    unknown = desk.replace("2026-12-31", "2026-02-15").replace("days = [2026-02-16]", "days = []")
    made = report_of([("A", "lamp", "2026-02-13 10:00")], unknown)
    (row,) = (dict(zip(RESULT_COLUMNS, row, strict=True)) for row in result_rows(made.results))
    assert (row["due"], row["elapsed"], row["remaining"], row["breached_at"]) == ("", "", "", "")
    assert "Mon 16 Feb 2026" in row["problem"]


def test_a_case_that_the_standard_refuses(report_of: Callable[..., Report], desk: str) -> None:
    """Undeclared values are told in the row of the case, and the other rows go on."""
    made = report_of([("A", "lamp", "2026-02-13 10:00")])
    narrow = report_of([], desk.replace('kind = "text"', 'kind = { one_of = ["lamp", "sign", "wire"] }')).standard
    odd = evaluate(narrow, [attrs.evolve(made.results[0].row, case=Case("A", {"kind": "moon"}, ()))], as_of=made.as_of)
    (row,) = result_rows(odd)
    assert row[:3] == ("2", "A", "")
    assert "moon" in row[-1]


def test_rejected(report_of: Callable[..., Report]) -> None:
    """Line, case, where, what and how to mend it."""
    made = report_of([("A", "lamp", "soon")])
    assert list(rejected_rows(made.rejected)) == [
        ("2", "A", "opened", "soon is not of the form YYYY-MM-DD HH:mm", "mend the row, or the pattern in [log]")
    ]
    assert len(REJECTED_COLUMNS) == 5
