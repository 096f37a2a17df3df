"""The report of a log in Parquet: the table of promises, and where every promise stands."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from pendulum import DateTime
from rich.console import Console
from rich.progress import Progress as Bar

from svcstd.batch.logs.reported import Asked, Days, Reported
from svcstd.calendars import Period
from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.cli.parquet import REJECTED, RESULTS, Progress, open_log, report_log
from svcstd.cli.show import print_attainment, print_changes, summary
from svcstd.cli.terminal import console, say, say_json
from svcstd.errors import DefinitionError
from svcstd.handbook import Report, headline
from svcstd.sla import Attainment
from svcstd.standard import ServiceStandard

__all__ = ["report_parquet"]

MOST_KINDS = 10
CSV_ONLY = ("desk", "differences")
"""What a summary tells of CSV and JSON Lines only."""


def report_parquet(
    standard: ServiceStandard,
    paths: Sequence[Path],
    out: Path,
    spans: Sequence[Days],
    *,
    as_of: DateTime,
    language: str,
    as_json: bool,
) -> None:
    """Write results.parquet and rejected.parquet, and print how many promises were kept.

    Args:
        standard: the promises.
        paths: Parquet files, or folders of them, as one log.
        out: folder of the answers.
        spans: the local dates to count, and where there are two, those to compare with.
        as_of: when the clocks are read.
        language: of what is printed.
        as_json: print the figures as plain data.

    Raises:
        DefinitionError, RowError, MomentError: the standard or the log has faults.
        OSError: a file cannot be read or written.
    """
    if standard.reports is None:
        raise DefinitionError("reports", "report.undeclared")
    asked = Asked(as_of=as_of, reports=standard.reports, spans=tuple(spans))
    log = open_log(standard, paths, beside=out)
    with _bar(log.rows * (2 if log.parts > 1 else 1)) as progress:
        counted = report_log(standard, log, out, asked, progress=progress)
    made, *earlier = _reports(standard, counted, asked, as_of)
    before = earlier[0] if earlier else None
    if as_json:
        say_json(_figures(made, counted, log.rows, out, language, before))
        return
    say(_headline(made, counted, language))
    print_attainment(console(), made, language)
    if before is not None:
        print_changes(console(), before, made, language)
    for line in _lines(made, counted, log.rows, out):
        say(line)


@contextmanager
def _bar(rows: int) -> Iterator[Progress]:
    """A bar on the terminal; silence where there is none."""
    with Bar(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("Reading clocks", total=rows)
        yield lambda read: bar.advance(task, read)


def _reports(standard: ServiceStandard, counted: Reported, asked: Asked, as_of: DateTime) -> Iterator[Report]:
    """What was counted, as reports of the same shape as those of a log that was read case by case."""
    for (since, until), promises in zip(asked.spans, counted.promises, strict=True):
        yield Report(
            standard=standard,
            as_of=as_of,
            since=since,
            until=until,
            reports=asked.reports,
            results=(),
            counted=(),
            promises=tuple(sorted(promises.items())),
            weeks=tuple(_weeks(counted)),
            hours=(),
            escalated=(),
            owners=(),
            burns=(),
            slowest=(),
            desk=(),
            differences=(),
            without=(),
            unpromised=(),
            rejected=(),
            ignored=tuple(counted.ignored.most_common()),
        )


def _weeks(counted: Reported) -> Iterator[tuple[Period, Attainment]]:
    """By week, each week in between included."""
    listed = sorted(counted.weeks, key=lambda week: week.first)[:1]
    last = max((week.first for week in counted.weeks), default=None)
    while listed and listed[-1].first != last:
        listed.append(listed[-1].next)
    return ((week, counted.weeks.get(week, Attainment())) for week in listed)


def _headline(made: Report, counted: Reported, language: str) -> str:
    if made.promises:
        return headline(made, language)
    bounded = (made.since, made.until) != (None, None)
    message = "report.outside" if bounded and counted.cases else "report.empty"
    return catalogue(language).sentence(message, {"cases": f"{counted.cases:,}"})


def _lines(made: Report, counted: Reported, rows: int, out: Path) -> Iterator[str]:
    yield f"Read {rows:,} rows of {counted.cases:,} cases."
    if counted.faults:
        yield f"Cases or rows that could not be read: {counted.faults:,}; see {out / REJECTED}."
    if made.ignored:
        listed = ", ".join(f"{plain(kind)} {count:,}" for kind, count in made.ignored[:MOST_KINDS])
        yield f"Rows whose kind is no event of the standard: {counted.ignored.total():,} ({listed})."
    if made.standard.log is not None and made.standard.log.desk is not None:
        yield "The desk's own answers are not compared; give CSV or JSON Lines for that."
    yield f"As of {made.as_of.isoformat()}."
    yield f"Every promise stands in {out / RESULTS}; report.html is written of CSV or JSON Lines only."


def _figures(
    made: Report, counted: Reported, rows: int, out: Path, language: str, before: Report | None
) -> dict[str, Any]:
    """The figures as plain data, as for CSV, without what only CSV tells."""
    found = {name: value for name, value in summary(made, out, language, before).items() if name not in CSV_ONLY}
    return found | {
        "headline": _headline(made, counted, language),
        "weeks": [{"week": week.label, **attrs.asdict(count)} for week, count in made.weeks],
        "rows": rows,
        "cases": counted.cases,
        "rejected": counted.faults,
        "files": {name: str(out / name) for name in (RESULTS, REJECTED)},
    }
