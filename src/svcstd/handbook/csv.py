"""Results as a table for spreadsheets and scripts: one row a promise, ISO 8601 throughout."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from svcstd.documents import Rejected
from svcstd.durations import iso_duration
from svcstd.handbook.tally import Result
from svcstd.moment import iso_moment, moment, timezone
from svcstd.sla import write_target

__all__ = ["REJECTED_COLUMNS", "RESULT_COLUMNS", "rejected_rows", "result_rows", "text_of"]

RESULT_COLUMNS = (
    "line",
    "case",
    "objective",
    "cycle",
    "row",
    "target",
    "edition",
    "start",
    "due",
    "stop",
    "activity",
    "verdict",
    "elapsed",
    "remaining",
    "breached_at",
    "desk_due",
    "desk_verdict",
    "problem",
)
FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
"""First characters by which a spreadsheet knows a formula, those of Chinese and Japanese keyboards too."""
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
"""A number below zero begins like a formula and is none."""
REJECTED_COLUMNS = ("line", "case", "where", "problem", "fix")


def result_rows(results: Iterable[Result]) -> Iterator[tuple[str, ...]]:
    """Rows under :data:`RESULT_COLUMNS`; a case without promise keeps its row, with the reason as problem."""
    for one in results:
        reading, row = one.reading, one.row
        if reading is None:
            reason = one.reason.sentence() if one.reason is not None else ""
            yield (str(row.line), row.case.id, one.objective, *[""] * 14, reason)
            continue
        zone = timezone(reading.zone)

        def at(instant: int | None) -> str:
            return "" if instant is None else iso_moment(moment(instant, zone))  # noqa: B023 - used at once

        yield (
            str(row.line),
            row.case.id,
            one.objective,
            str(reading.cycle),
            reading.row,
            write_target(reading.target),
            reading.edition,
            at(reading.started),
            at(reading.due_at),
            at(reading.ended),
            reading.activity,
            reading.verdict,
            "" if reading.elapsed is None else iso_duration(reading.elapsed),
            "" if reading.remaining is None else iso_duration(reading.remaining),
            at(reading.breached),
            at(row.desk_due),
            row.desk_verdict or "",
            "" if reading.problem is None else reading.problem.text(),
        )


def rejected_rows(rejected: Iterable[Rejected]) -> Iterator[tuple[str, ...]]:
    """Rows under :data:`REJECTED_COLUMNS`."""
    for one in rejected:
        yield str(one.line), one.case, one.reason.where, one.reason.problem, one.reason.fix


def text_of(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Lines of a CSV text. A cell that a spreadsheet would run as a formula is kept from it by a leading quote."""
    writer = csv.writer(_Echo())
    yield writer.writerow(list(columns))
    for row in rows:
        yield writer.writerow([_harmless(cell) for cell in row])


class _Echo:
    """Hands back what the csv module writes."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
