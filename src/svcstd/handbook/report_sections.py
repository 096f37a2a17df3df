"""What stands out of a report: weeks beyond chance, the promises behind most breaches, and when cases come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from pendulum import DateTime

from svcstd.calendars import Period
from svcstd.catalogues import catalogue
from svcstd.handbook.sections import Section, control_section, demand_section, pareto_section
from svcstd.handbook.tally import Report
from svcstd.scoring import Measure, demand, p_chart, pareto

__all__ = ["report_sections"]

LEAST_WEEKS = 8
"""Weeks with answers that a control chart needs, so that a run of eight can be seen at all."""
VITAL = Fraction(4, 5)


def report_sections(
    report: Report, names: Sequence[tuple[str, int]], days: Sequence[str], language: str
) -> Iterator[Section]:
    """The sections that the report has data for.

    Args:
        report: everything that was counted.
        names: of the promises, with how many were late.
        days: names of the weekdays, Monday first.
        language: of the words.
    """
    say = catalogue(language).sentence
    weeks = {week: Measure(count.met, count.decided, count.decided) for week, count in report.weeks}
    if sum(bool(one.denominator) for one in weeks.values()) >= LEAST_WEEKS:
        chart = p_chart({week.label: one for week, one in weeks.items()}, digits=4)
        starts = {
            week.label: say("charts.edition", {"label": edition.label})
            for edition in report.standard.editions
            for week in weeks
            if edition.starts is not None and week.first <= edition.starts < week.last
        }
        title = say("charts.control_title", {})
        yield control_section("control", title, chart, editions=starts, language=language)
    late = [(name, count) for name, count in names if count]
    if len(late) > 1:
        rows = pareto(dict(late), share=VITAL)
        yield pareto_section("pareto", say("charts.pareto_title", {}), rows, language=language)
    first: dict[str, DateTime] = {}
    for one in report.counted:
        begun = None if one.reading is None else one.reading.start
        if begun is not None and begun <= first.get(one.row.case.id, begun):
            first[one.row.case.id] = begun
    if first:
        begins, ends = (end(first.values()).date() for end in (min, max))
        span = Period("day", report.since or begins, report.until or ends + timedelta(1), report.standard.zone)
        found = demand(first.values(), span)
        title = say("charts.demand_title", {})
        yield demand_section("demand", title, found, days, week=report.reports.week, language=language)
