"""What strategies for handbooks and reports promise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.handbook import Book, Chapter, Report, Section, Table, Timeline, book_markdown, render_book, render_report
from svcstd.testing.strategies.handbook import books, chapters, reports, sections, tables, timelines


@settings(max_examples=20)
@given(books(ready=False))
def test_books_of_any_chapters_are_shown(book: Book) -> None:
    """As Markdown and as a page, each heading of a chapter in it."""
    told, page = book_markdown(book), render_book(book)
    assert told.count("\n## ") >= len(book.chapters)
    for chapter in book.chapters:
        assert f'id="{chapter.key}"' in page


@settings(max_examples=10)
@given(books(ready=True), chapters(max_size=1), tables(columns=3))
def test_sizes(book: Book, chapter: Chapter, table: Table) -> None:
    """A book of a standard has something to tell; chapters and tables are as large as asked for."""
    assert book.title in ("Desk", "Street works", "Team", "网店客服")
    assert len(chapter.blocks) <= 1
    assert {len(row) for row in (table.columns, *table.rows)} == {3}
    assert len(table.anchors) in (0, len(table.rows))


@settings(max_examples=5)
@given(reports(late=True), reports())
def test_reports(late: Report, plain: Report) -> None:
    """What was late is escalated and burns the budget; any report is a page."""
    assert late.total.met_late >= 1
    assert late.escalated
    assert late.burns
    assert late.differences
    assert "<svg" in render_report(plain) or not plain.promises


@settings(max_examples=10)
@given(timelines())
def test_timelines(found: Timeline) -> None:
    """Of clocks that ran; all that is drawn lies between the first and the last instant."""
    assert found.lanes
    assert all(found.first <= mark.instant <= found.last for mark in found.marks)
    for lane in found.lanes:
        assert all(found.first <= piece.start <= piece.end <= found.last for piece in lane.pieces)


@settings(max_examples=10)
@given(st.tuples(*map(sections, ("control", "pareto", "demand", "payout", "change"))))
def test_sections(found: tuple[Section, ...]) -> None:
    """Of the kind asked for, as its columns tell; a picture stands beside the figures."""
    firsts = [one.columns[0] for one in found]
    assert firsts == ["period", "cause", "hour", "between", "promise"]
    assert all(one.picture.startswith("<svg") for one in found)
    assert all(len(line) == len(one.columns) for one in found for line in one.lines)
