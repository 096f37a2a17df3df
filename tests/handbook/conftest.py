"""Reports made of a small desk and a handful of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

import pytest

from svcstd.documents import csv_records, loads, read_log
from svcstd.handbook import Report, evaluate, tally
from svcstd.standard import ServiceStandard

DESK = """
svcstd = 1
id = "desk"
name = "Service <desk>"
zone = "UTC"

[facts]
kind = "text"

[events]
opened = ""
closed = ""

[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = { covers = "[2026-01-01..2026-12-31]", days = [2026-02-16] }

[objectives.answer]
name = "request answered"
calendar = "office"
clock = { start = "opened", stop = "closed" }
by = "kind"

[objectives.answer.target]
lamp = "1 working day"
sign = "2 calendar days"
wire = "4 working hours"

[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
events = { opened = "opened", closed = "closed" }
facts = { kind = "kind" }

[log.desk]
due = "due"
verdict = { column = "said", kept = "yes", late = "no" }
within = "60 seconds"

[reports.attainment]
by = "started"
week = "Sunday"
"""
AS_OF = datetime(2026, 3, 2, 12, tzinfo=UTC)
COLUMNS = ("id", "kind", "opened", "closed", "due", "said")
Cells = tuple[str, ...]


@pytest.fixture
def desk() -> str:
    """The text of a standard: three kinds of promise, a log with the desk's answers, weeks from Sunday."""
    return DESK


@pytest.fixture
def report_of() -> Callable[..., Report]:
    """Rows of id, kind, opened, closed, desk's due and verdict, to a report as of Monday 2 March 2026, noon UTC."""

    def make(
        rows: Iterable[Cells],
        text: str = DESK,
        *,
        since: date | None = None,
        until: date | None = None,
        standard: ServiceStandard | None = None,
    ) -> Report:
        found = standard or loads(text)
        assert found.log is not None
        file = io.StringIO(newline="")
        csv.writer(file).writerows([COLUMNS, *(tuple(row) + ("",) * (len(COLUMNS) - len(row)) for row in rows)])
        file.seek(0)
        log = read_log(found, csv_records(file, found.log.columns))
        return tally(found, evaluate(found, log.rows, as_of=AS_OF), log, as_of=AS_OF, since=since, until=until)

    return make
