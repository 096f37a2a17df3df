"""Handbooks and their parts, reports of a log, timelines, flowcharts, and the figures of pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from svcstd.documents import ReadLog
from svcstd.explain import Audience
from svcstd.handbook import (
    Book,
    Burn,
    Chapter,
    Comparison,
    DeskRow,
    Difference,
    Escalated,
    Flow,
    FlowBox,
    FlowLine,
    Heading,
    Lane,
    Link,
    Mark,
    PayStretch,
    Picture,
    Piece,
    PromiseChange,
    Report,
    Result,
    Section,
    Shown,
    Table,
    Timeline,
    YearDay,
    book_of,
    change_section,
    compare,
    control_section,
    demand_section,
    evaluate,
    flow_of,
    pareto_section,
    pay_stretches,
    payout_sections,
    promise_changes,
    show,
    tally,
    timeline_of,
    year_days,
)
from svcstd.scoring import Chart, Demand, pareto
from svcstd.testing.strategies.curves import lines, steps, tiers
from svcstd.testing.strategies.desks import DESKS, desk
from svcstd.testing.strategies.documents import logs
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import zones
from svcstd.testing.strategies.procedures import procedures
from svcstd.testing.strategies.scoring import STRATEGIES as SCORING
from svcstd.testing.strategies.sla import attainments

__all__ = ["STRATEGIES", "books", "chapters", "reports", "sections", "tables", "timelines"]

LANGUAGES = st.sampled_from(["en", "zh"])
TITLES = st.sampled_from(["Speed", "速度"])
WORDS = st.sampled_from(["Desk", "服务台", "a | b <c> & *d*", "-"])
PATHS = ("", "calendars.office", "roles.lead")
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
AFTER = datetime(2028, 3, 1, tzinfo=UTC)
"""When all cases of the logs have been answered, or are late."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _links() -> st.SearchStrategy[Link]:
    return st.builds(Link, WORDS, st.sampled_from([*PATHS[1:], "nowhere.at_all"]))


def _headings() -> st.SearchStrategy[Heading]:
    return st.builds(Heading, WORDS, st.sampled_from(PATHS))


def _pictures() -> st.SearchStrategy[Picture]:
    return st.builds(Picture, svg=st.just(SQUARE), title=WORDS, anchor=st.sampled_from(PATHS))


@cache
def _cells() -> st.SearchStrategy[Any]:
    return st.one_of(WORDS, st.lists(st.one_of(WORDS, _links()), max_size=2).map(tuple))


@st.composite
def tables(draw: st.DrawFn, *, columns: int = 2) -> Table:
    """Rows under heads, with or without names that lead somewhere.

    Args:
        draw: of Hypothesis.
        columns: how many.
    """
    rows = draw(st.lists(st.tuples(*[_cells()] * columns), max_size=2))
    anchored = draw(st.booleans())
    return Table(
        columns=draw(st.tuples(*[WORDS] * columns)),
        rows=rows,
        anchors=[f"roles.r{number}" for number in range(len(rows))] if anchored else (),
        title=draw(st.one_of(st.just(""), WORDS)),
        folded=draw(st.booleans()),
    )


@cache
def chapters(max_size: int = 2) -> st.SearchStrategy[Chapter]:
    """Chapters of headings, tables and pictures.

    Args:
        max_size: how many of them at most.
    """
    blocks = st.lists(st.one_of(_headings(), tables(), _pictures()), max_size=max_size)
    return st.builds(Chapter, key=st.sampled_from(["roles", "pay"]), title=WORDS, blocks=blocks)


@cache
def _book(name: str, year: int, language: str) -> Book:
    return book_of(desk(name), year=year, language=language)


def books(*, ready: bool | None = None) -> st.SearchStrategy[Book]:
    """Handbooks of standards that are ready, or made of any chapters.

    Args:
        ready: whether of a standard; either by default.
    """
    made = st.builds(
        Book,
        title=WORDS,
        headline=WORDS,
        meta=WORDS,
        language=LANGUAGES,
        chapters=st.lists(chapters(), max_size=2, unique_by=lambda one: one.key),
    )
    of_standards = st.builds(_book, st.sampled_from([*DESKS]), st.just(2026), LANGUAGES)
    return st.one_of(*([made] if not ready else []), *([of_standards] if ready is not False else []))


@cache
def reports(*, late: bool = False) -> st.SearchStrategy[Report]:
    """Reports of the log of ``shop``.

    Args:
        late: whether its first case was answered late, and the desk says otherwise.
    """
    days = st.one_of(st.none(), st.just(date(2026, 1, 1)))
    if late:
        return logs(min_size=1, max_size=2, late=True).map(_report)
    return st.builds(_report, logs(), since=days)


def _report(log: ReadLog, since: date | None = None) -> Report:
    standard = desk("shop")
    return tally(standard, evaluate(standard, log.rows, as_of=AFTER), log, as_of=AFTER, since=since)


def _comparisons() -> st.SearchStrategy[list[Comparison]]:
    def compared(report: Report) -> list[Comparison]:
        read = [(one.row, one.reading) for one in report.results if one.reading is not None]
        return [compare(report.standard, row, reading, timedelta(minutes=1)) for row, reading in read]

    return reports(late=True).map(compared)


def timelines() -> st.SearchStrategy[Timeline]:
    """Pictures of clocks that ran, for colleagues or customers."""

    def drawn(report: Report, language: str, reader: Audience) -> list[Timeline | None]:
        read = [one.reading for one in report.results if one.reading is not None]
        return [timeline_of(reading, language, for_=reader) for reading in read]

    readers = st.sampled_from(["agent", "customer"])
    return found_in(st.builds(drawn, reports(late=True), LANGUAGES, readers), Timeline)


def _flows() -> st.SearchStrategy[Flow]:
    return procedures().map(flow_of)


@cache
def _payout(language: str) -> Section:
    (found,) = payout_sections(desk("team").current.plans["bonus"], language=language)
    return found


def _control() -> st.SearchStrategy[Section]:
    return st.builds(lambda title, chart: control_section("s", title, chart), TITLES, SCORING[Chart]())


def _demand() -> st.SearchStrategy[Section]:
    return st.builds(lambda title, demand: demand_section("s", title, demand, WEEKDAYS), TITLES, SCORING[Demand]())


def _vital() -> st.SearchStrategy[Section]:
    def made(title: str, found: list[int]) -> Section:
        rows = pareto({f"cause {number}": amount for number, amount in enumerate(found)}, share=Fraction(4, 5))
        return pareto_section("s", title, rows)

    return st.builds(made, TITLES, st.lists(st.integers(1, 20), min_size=1, max_size=3))


def _change() -> st.SearchStrategy[Section]:
    return st.builds(lambda one, other: change_section(one, other, named=".".join), reports(), reports(late=True))


SECTIONS: Mapping[str, Callable[[], st.SearchStrategy[Section]]] = {
    "payout": lambda: LANGUAGES.map(_payout),
    "control": _control,
    "demand": _demand,
    "pareto": _vital,
    "change": _change,
}


def sections(*kinds: str) -> st.SearchStrategy[Section]:
    """A picture with its figures.

    Args:
        kinds: ``payout``, ``control``, ``demand``, ``pareto``, ``change``; all by default.
    """
    return st.one_of(*(SECTIONS[kind]() for kind in kinds or SECTIONS))


def _stretches() -> st.SearchStrategy[tuple[PayStretch, ...]]:
    curves = st.one_of(steps(), lines(beyond=["clamp"]), tiers(refuses=False))
    low, more = st.integers(0, 20).map(Fraction), st.integers(1, 100)
    return st.builds(lambda curve, start, length: pay_stretches(curve, start, start + length), curves, low, more)


@cache
def _year(zone: str, year: int) -> tuple[YearDay, ...]:
    return year_days(desk("shop", zone).current.hours("office"), year)


def _days() -> st.SearchStrategy[YearDay]:
    """Known, unknown, and those on which the clocks change."""
    years = st.builds(_year, zones(), st.sampled_from([2026, 2030]))
    return st.builds(lambda days, number: days[number], years, st.integers(0, 364))


def _desk_rows() -> st.SearchStrategy[DeskRow]:
    counts = st.lists(st.integers(0, 9), min_size=3, max_size=3)
    return st.builds(
        lambda due, verdict, without: DeskRow(sum(due), due[0], sum(verdict), verdict[0], without),
        counts,
        counts,
        st.integers(0, 9),
    )


def _shown() -> st.SearchStrategy[Shown]:
    return st.builds(lambda count, language: show(count, language=language), attainments(), LANGUAGES)


STRATEGIES: Strategies = {
    Book: books,
    Burn: lambda: found_in(reports(late=True), Burn),
    Chapter: chapters,
    Comparison: lambda: found_in(_comparisons(), Comparison),
    DeskRow: _desk_rows,
    Difference: lambda: found_in(reports(late=True), Difference),
    Escalated: lambda: found_in(reports(late=True), Escalated),
    Flow: _flows,
    FlowBox: lambda: found_in(_flows(), FlowBox),
    FlowLine: lambda: found_in(_flows(), FlowLine),
    Heading: _headings,
    Lane: lambda: found_in(timelines(), Lane),
    Link: _links,
    Mark: lambda: found_in(timelines(), Mark),
    PayStretch: lambda: found_in(_stretches(), PayStretch),
    Picture: _pictures,
    Piece: lambda: found_in(timelines(), Piece),
    PromiseChange: lambda: st.builds(promise_changes, reports(), reports(late=True)).flatmap(st.sampled_from),
    Report: reports,
    Result: lambda: found_in(reports(late=True), Result),
    Section: sections,
    Shown: _shown,
    Table: tables,
    Timeline: timelines,
    YearDay: _days,
}
