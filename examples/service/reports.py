"""Reports of a day or a week: every case judged by the standard that it is under."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version
from typing import Literal
from zoneinfo import ZoneInfo

from svcstd import Period
from svcstd.documents import LogRow, ReadLog
from svcstd.handbook import Report, evaluate, render_report, tally

from .desk import Desk

__all__ = ["page", "period_of", "report_of"]


def period_of(desk: Desk, kind: Literal["day", "week"], day: date | None = None) -> Period:
    """The day or the week that holds a date, in the zone of the standard; by default the last one that is over.

    Raises:
        NotStoredError: no standard is deployed.
    """
    standard = desk.current()
    week = "Monday" if standard.reports is None else standard.reports.week
    found = Period.of(kind, desk.now() if day is None else day, standard.zone, week=week)
    return found if day is not None else Period.of(kind, found.first - timedelta(1), standard.zone, week=week)


def report_of(desk: Desk, period: Period) -> Report:
    """How many promises of a period were kept, as of this second, each judged by the standard of its case.

    Raises:
        NotStoredError: no standard is deployed.
        DefinitionError: the standard does not say how its reports count.
    """
    standard = desk.current()
    now = desk.now().astimezone(ZoneInfo(standard.zone)).replace(microsecond=0)
    judged = [(own, LogRow(number, case)) for number, (own, case) in enumerate(desk.cases(), 1)]
    results = [result for own, row in judged for result in evaluate(own, [row], as_of=now)]
    log = ReadLog(tuple(row for _, row in judged), ())
    return tally(standard, results, log, as_of=now, since=period.first, until=period.last)


def page(report: Report, language: str = "en") -> str:
    """A report as one HTML file."""
    return render_report(report, version=version("svcstd"), language=language)
