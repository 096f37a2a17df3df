"""What a notebook shows of each kind of value: sentences, pictures and tables as pieces of HTML, every text escaped."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import Any, TypeAlias

import attrs

from svcstd.calendars import Calendar, History
from svcstd.catalogues import catalogue
from svcstd.conditions import FactValue, show_value
from svcstd.curves import shown
from svcstd.documents import write_table
from svcstd.errors import SvcstdError
from svcstd.explain import Audience, Explanation
from svcstd.handbook.book import Table, inline_text
from svcstd.handbook.book_of import book_headline
from svcstd.handbook.book_service import objective_blocks
from svcstd.handbook.calendar_picture import day_words, draw_year, year_days
from svcstd.handbook.pictures import NOTHING, percent
from svcstd.handbook.score_page import score_headline
from svcstd.handbook.score_picture import draw_score
from svcstd.handbook.statement_picture import draw_statement
from svcstd.handbook.statement_text import ledger_rows, money_text, statement_headline, statement_meta
from svcstd.handbook.timeline import timeline_of
from svcstd.handbook.timeline_picture import draw_timeline
from svcstd.incentives import Statement
from svcstd.keyed import Keyed
from svcstd.moment import FIRST, date_of
from svcstd.rules import Decision, DecisionTable
from svcstd.scoring import Criterion, Dimension, Line, Score, Scorecard
from svcstd.sla import Attainment, Reading, Readings, write_target
from svcstd.standard import ServiceStandard

__all__ = ["PARTS", "Parts", "View"]


@attrs.frozen
class View:
    """How a value is asked for.

    Attributes:
        language: of the words.
        for_: who reads.
        year: of a calendar; ``None`` for the last one that has dates of its own.
        name: prefix of ids.
    """

    language: str
    for_: Audience
    year: int | None
    name: str

    def say(self, message: str, **facts: object) -> str:
        """A sentence of the catalogue."""
        return catalogue(self.language).sentence(message, facts)

    def words(self, value: object) -> str:
        """A value in words; a dash for none."""
        return NOTHING if value is None else catalogue(self.language).say(value)

    def reasons(self, told: Explanation) -> str:
        """A reason and those below it, as far as they are for the reader, on one line."""
        return ": ".join(one.sentence(self.language) for _, one in told.walk(for_=self.for_))


def _lede(sentence: str) -> str:
    return f'<p class="lede">{escape(sentence)}</p>'


def _note(sentence: str) -> str:
    return f'<p class="note">{escape(sentence)}</p>'


def _picture(svg: str) -> str:
    return f'<div class="scroll">{svg}</div>'


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]], texts: int | None = None) -> str:
    """Rows under heads; after so many columns of text, figures."""

    def cells(tag: str, row: Sequence[str]) -> str:
        end = len(row) if texts is None else texts
        kinds = ("" if number < end else ' class="n"' for number in range(len(row)))
        return "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = cells("th", tuple(columns))
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>"


def _reasons(told: Explanation, view: View) -> str:
    """A reason and all below it, as a list within a list."""
    below = "".join(_reasons(one, view) for one in told.children if view.for_ == "agent" or not one.private)
    inside = f"<ul>{below}</ul>" if below else ""
    return f"<li>{escape(told.sentence(view.language))}{inside}</li>"


def _why(told: Explanation, view: View) -> str:
    return _folded(view.say("scores.why"), f"<ul>{_reasons(told, view)}</ul>")


def _of_calendar(calendar: Calendar, view: View) -> Iterator[str]:
    """Its hours, the year of its last dates, and these dates in words."""
    yield _lede(calendar.name or calendar.zone)
    yield _note(repr(calendar).strip("<>"))
    year = _last_year(calendar) if view.year is None else view.year
    if year is None:
        return
    title = f"{calendar.name or calendar.zone}, {year}"
    yield _picture(draw_year(calendar, year, f"{view.name}-year", title, language=view.language))
    named = [(day_words(one, view.language),) for one in year_days(calendar, year) if one.name]
    if named:
        yield _folded(view.say("book.table"), _table([view.say("book.day")], named))


def _last_year(calendar: Calendar) -> int | None:
    """The last year with a date that is not what the week says, and of which something is known; ``None`` for none."""
    end = calendar.settled()[1]
    if end == FIRST:
        return None
    year = date_of(end - 1, calendar.tz).year
    if isinstance(calendar, History):  # it ends with its last change, whose day is still to come
        year = max([year, *(day.year for day, _ in calendar.changes)])
    return year if any(one.hours for one in year_days(calendar, year)) else year - 1


def _of_reading(reading: Reading, view: View) -> Iterator[str]:
    """The verdict, the clock's life, the reckoning."""
    told = reading.explanation
    yield _lede(told.sentence(view.language))
    timeline = timeline_of(reading, view.language, for_=view.for_)
    if timeline is not None:
        yield _picture(draw_timeline(timeline, f"{view.name}-{reading.objective}"))
    yield _why(told, view)


def _of_readings(readings: Readings, view: View) -> Iterator[str]:
    """A row a promise, then each clock, then what is not promised and why."""
    yield _lede(f"{readings.case}: {view.words(readings.as_of)}")
    if readings:
        columns = [view.say(f"report.{name}") for name in ("promise", "target", "due", "counted")]
        rows = (_reading_row(key, one, view) for key, one in readings.items())
        yield _table([*columns, view.say("scores.verdict")], rows)
    for one in readings.values():
        yield from _of_reading(one, view)
    if readings.unpromised:
        rows = ((key, view.reasons(reason)) for key, reason in readings.unpromised.items())
        yield _table([view.say("report.promise"), view.say("report.no_promise")], rows)


def _reading_row(key: str, one: Reading, view: View) -> tuple[str, ...]:
    due = view.words(one.due) if one.problem is None else one.problem.text(view.language)
    target = f"{one.row}: {write_target(one.target)}" if one.row else write_target(one.target)
    return one.name or key, target, due, view.words(one.elapsed), view.say(f"report.{one.verdict}")


def _of_attainment(counts: Attainment, view: View) -> Iterator[str]:
    names = [field.name for field in attrs.fields(Attainment)]
    heads = [view.say("report.share"), *(view.say(f"report.{name}") for name in names)]
    yield _table(heads, [(percent(counts.share), *(f"{getattr(counts, name):,}" for name in names))], 0)


def _of_decision(decision: Decision, view: View) -> Iterator[str]:
    """The rules that decided, a row of outputs for each, and why."""
    yield _lede(decision.explanation.sentence(view.language))
    if decision.rows:
        yield _table(tuple(decision.rows[0]), [[_output(cell) for cell in row.values()] for row in decision.rows])
    yield _why(decision.explanation, view)


def _output(value: FactValue) -> str:
    return NOTHING if value is None else show_value(value).strip('"')


def _of_table(table: DecisionTable, view: View) -> Iterator[str]:
    """The table as it is exchanged; one that this form cannot hold says why."""
    yield _lede(table.name or f"{view.say('book.routing')}: {', '.join(table.outputs)}")
    try:
        head, *rows = csv.reader(write_table(table, format="csv").splitlines(keepends=True))
    except SvcstdError as error:
        yield _note(error.text(view.language))
        return
    yield _table(head, ([cell.replace('"', "") for cell in row] for row in rows))


def _of_card(card: Scorecard, view: View) -> Iterator[str]:
    """Every part with its weight and its figure, then the grades."""
    yield _lede(card.name or card.key)
    yield _table([view.say(f"scores.{name}") for name in ("part", "figure", "weight")], _weights(card.root, ""), 2)
    if card.grades is not None:
        sign = ">=" if card.grades.bound == "upper" else ">"
        tests = [f"{sign} {shown(bound)}" for bound in card.grades.bounds[::-1]]
        rows = zip(card.grades.names[::-1], [*tests, "else"], strict=True)
        yield _table([view.say("book.grade"), view.say("book.bound")], rows)


def _weights(level: Dimension, path: str) -> Iterator[tuple[str, str, str]]:
    whole = sum(level.mean.weights.values(), Fraction())
    for key, part in level.parts.items():
        figure = part.kpi if isinstance(part, Criterion) else part.mean.method
        yield f"{path}{key}", figure, percent(Fraction(level.mean.weights[key]) / whole)
        if isinstance(part, Dimension):
            yield from _weights(part, f"{path}{key} / ")


def _of_score(score: Score, view: View) -> Iterator[str]:
    """The score in a sentence, as a waterfall, part by part."""
    yield _lede(score_headline({score.of: score}, view.language))
    yield _picture(draw_score(score, f"{view.name}-score", view.language))
    names = ("part", "figure", "made_of", "n", "points", "weight", "adds")
    rows = (_score_row(line) for line in score.root.walk() if line.key)
    yield _folded(view.say("scores.figures"), _table([view.say(f"scores.{name}") for name in names], rows, 1))
    yield _why(score.explanation, view)


def _score_row(line: Line) -> tuple[str, ...]:
    made = NOTHING
    if line.numerator is not None and line.denominator is not None:
        made = f"{shown(line.numerator)} / {shown(line.denominator)}"
    figures = (line.value, line.points, line.contribution)
    value, points, adds = (NOTHING if one is None else shown(one) for one in figures)
    return line.key.replace(".", " / "), value, made, f"{line.n:,}", points, percent(line.weight), adds


def _of_statement(statement: Statement, view: View) -> Iterator[str]:
    """What is paid in a sentence, as a waterfall, line by line."""
    yield _lede(statement_headline([statement], view.language))
    yield _note(statement_meta(statement, view.language))
    if statement.lines:
        yield _picture(draw_statement(statement, f"{view.name}-pay", view.language))
        total = (view.say("statements.total"), "", money_text(statement.total), "")
        heads = [view.say(f"statements.{name}") for name in ("line", "result", "amount", "reason")]
        yield _table(heads, [*ledger_rows(statement, view.language), total])
    if statement.refusals:
        rows = [(view.reasons(one.why),) for one in statement.refusals]
        yield _table([view.say("statements.refusals")], rows)
    yield _why(statement.explanation, view)


def _of_standard(standard: ServiceStandard, view: View) -> Iterator[str]:
    """How much is promised, and what, in the newest edition."""
    yield _lede(f"{standard.name}: {book_headline(standard, view.language)}")
    for block in objective_blocks(standard.current, view.language):
        if isinstance(block, Table) and block.rows:
            yield _table(block.columns, ([inline_text(cell) for cell in row] for row in block.rows))


Parts: TypeAlias = Callable[[Any, View], Iterator[str]]

_MADE: dict[type, Parts] = {
    Calendar: _of_calendar,
    Reading: _of_reading,
    Readings: _of_readings,
    Attainment: _of_attainment,
    DecisionTable: _of_table,
    Decision: _of_decision,
    Scorecard: _of_card,
    Score: _of_score,
    Statement: _of_statement,
    ServiceStandard: _of_standard,
}
PARTS = Keyed(_MADE)
"""By kind of value, what is shown of it."""
