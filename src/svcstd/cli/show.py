"""What the terminal shows of a report: a table of promises, and the comparison with the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.handbook import PromiseChange, Report, change_section, headline, percent, promise_changes, promise_name
from svcstd.sla import Attainment

__all__ = ["plain_table", "print_attainment", "print_changes", "print_desk", "summary"]


def plain_table(columns: Sequence[str], texts: int) -> Table:
    """A table without lines; after so many columns of text, figures."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number < texts else "right", no_wrap=number >= texts)
    return table


def print_attainment(console: Console, report: Report, language: str) -> None:
    """Attainment by promise."""
    say = catalogue(language).sentence
    counts = ("met", "met_late", "late_open", *report.apart)
    table = plain_table([say(f"report.{name}", {}) for name in ("promise", "share", *counts)], 1)
    for key, count in report.promises:
        table.add_row(_name(report, key, language), percent(count.share), *_figures(count, counts))
    total = report.total
    table.add_row(say("report.total", {}), percent(total.share), *_figures(total, counts))
    console.print(table)


def _figures(count: Attainment, names: Iterable[str]) -> Iterator[str]:
    return (f"{getattr(count, name):,}" for name in names)


def _name(report: Report, key: tuple[str, str], language: str) -> Text:
    """A promise without anything that a terminal or its markup would obey."""
    return Text(catalogue(language).say(promise_name(report, key)))


def print_desk(console: Console, report: Report, language: str) -> None:
    """Agreement with the desk by promise."""
    if not report.desk:
        return
    say = catalogue(language).sentence
    names = ("promise", "compared", "same_due", "share_same", "closed", "same_verdict", "share_same", "without_due")
    table = plain_table([say(f"report.{name}", {}) for name in names], 1)
    for key, count in report.desk:
        due, verdict = _share(count.due, count.compared), _share(count.verdict, count.closed)
        table.add_row(
            _name(report, key, language),
            f"{count.compared:,}",
            f"{count.due:,}",
            due,
            f"{count.closed:,}",
            f"{count.verdict:,}",
            verdict,
            f"{count.without:,}",
        )
    console.print()
    console.print(say("report.desk_title", {}), style="bold")
    console.print(table)
    console.print()


def _share(part: int, whole: int) -> str:
    return percent(Fraction(part, whole) if whole else None, 2)


def print_changes(screen: Console, before: Report, after: Report, language: str) -> None:
    """What is kept more or less often than in another period."""
    section = change_section(before, after, named=lambda key: promise_name(after, key), language=language)
    say = catalogue(language).sentence
    table = plain_table([say(f"scores.{name}", {}) for name in section.columns], 1)
    for name, *figures in section.lines:
        table.add_row(Text(plain(name)), *figures)
    screen.print(table)


def summary(report: Report, out: Path, language: str, before: Report | None = None) -> dict[str, Any]:
    """The figures of a report as plain data, with what changed since another one where there is one."""
    compared = {} if before is None else {"changes": [_change(one) for one in promise_changes(before, report)]}
    return compared | {
        "standard": report.standard.id,
        "as_of": report.as_of.isoformat(),
        "headline": headline(report, language),
        "promises": [
            {"objective": objective, "row": row, **attrs.asdict(count)} for (objective, row), count in report.promises
        ],
        "desk": [
            {"objective": objective, "row": row, **attrs.asdict(count)} for (objective, row), count in report.desk
        ],
        "differences": len(report.differences),
        "rejected": len(report.rejected),
        "ignored": dict(report.ignored),
        "files": {name: str(out / name) for name in ("results.csv", "rejected.csv", "report.html")},
    }


def _change(one: PromiseChange) -> dict[str, Any]:
    change = one.change
    return {
        "objective": one.promise[0],
        "row": one.promise[1],
        "verdict": change.verdict,
        "before": [int(change.before.numerator), int(change.before.denominator)],
        "after": [int(change.after.numerator), int(change.after.denominator)],
        "low": None if change.low is None else str(change.low),
        "high": None if change.high is None else str(change.high),
    }
