"""Every demand of the handbooks is met somewhere, or left out with a reason; no row is cited that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.requirements.page import PAGE, SOURCES, STANDARDS, demands, left_out, page, places, read

ROWS = [one.row for one in demands()]


def test_the_rows_are_those_of_the_handbooks(shared: Path) -> None:
    """All 382 rows and 50 documents, each once, as the list of demands has them."""
    text = (shared / "design" / "REQUIREMENTS.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([ABCD]\d{3}|N\d{2}) \|", text, re.MULTILINE) == ROWS
    assert (len(ROWS), sum(row[0] == "N" for row in ROWS)) == (432, 50)
    assert {row[0] for row in ROWS} == set(SOURCES)


@pytest.mark.long
def test_every_row_is_met_or_left_out_with_a_reason() -> None:
    """And none is both."""
    met, apart = set(places()), left_out()
    assert set(ROWS) - met - set(apart) == set()
    assert met & set(apart) == set()
    assert all(len(reason) > 30 for reason in apart.values())


@pytest.mark.long
def test_no_row_is_cited_that_there_is_not() -> None:
    """A misspelt row meets nothing."""
    assert set(places()) - set(ROWS) == set()
    assert set(left_out()) - set(ROWS) == set()


@pytest.mark.long
def test_the_page_is_that_of_today() -> None:
    """``python -m tests.requirements.page`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", STANDARDS)
def test_a_clause_in_force_names_what_keeps_it(name: str) -> None:
    """A row is not met by a sentence alone."""
    clauses = read(STANDARDS[name]).current.clauses
    assert [
        key for key, clause in clauses.items() if clause.rows and not clause.means and clause.status == "in_force"
    ] == []
