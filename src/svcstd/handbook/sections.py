"""Sections of a page around one picture each: a control chart, the vital few, demand; the figures stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from svcstd.calendars.period import WEEKDAYS
from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.handbook.chart_pictures import SIGNALS, draw_control, draw_demand, draw_pareto
from svcstd.handbook.pictures import NOTHING, percent
from svcstd.keyed import as_tuple
from svcstd.scoring import Chart, Demand, ParetoRow

__all__ = ["Section", "control_section", "demand_section", "pareto_section"]


@attrs.frozen(kw_only=True)
class Section:
    """A picture, what it shows, and its figures.

    Attributes:
        title: of the section.
        note: one sentence under it.
        picture: as SVG.
        columns: message ids of the columns of figures, under ``scores``.
        lines: the figures as text.
    """

    title: str
    note: str
    picture: str
    columns: tuple[str, ...] = attrs.field(converter=as_tuple)
    lines: tuple[tuple[str, ...], ...] = attrs.field(converter=as_tuple)


def control_section(
    name: str, title: str, chart: Chart, *, editions: Mapping[str, str] | None = None, language: str = "en"
) -> Section:
    """A control chart with what stands out.

    Args:
        name: prefix of ids, unique in a page.
        title: of the section.
        chart: to be drawn.
        editions: by label of a period, the edition that begins with it.
        language: of its words.
    """
    say = catalogue(language).sentence
    show = percent if chart.kind == "p" else lambda value: NOTHING if value is None else shown(value)
    out = [point for point in chart.points if point.signals]
    told = {"count": f"{len(out):,}", "periods": f"{len(chart.points):,}", "centre": show(chart.centre)}
    lines = [
        (
            point.label,
            show(point.value),
            f"{point.n:,}",
            show(Fraction(point.low)),
            show(Fraction(point.high)),
            "; ".join(say(f"charts.{SIGNALS[signal]}", {}) for signal in point.signals) or NOTHING,
        )
        for point in chart.points
    ]
    return Section(
        title=title,
        note=say("charts.control_note" if out else "charts.control_calm", told),
        picture=draw_control(chart, name, title, editions=editions, language=language),
        columns=("period", "figure", "n", "low", "high", "signal"),
        lines=lines,
    )


def pareto_section(
    name: str, title: str, rows: Sequence[ParetoRow], *, most: int = 20, language: str = "en"
) -> Section:
    """The vital few.

    Args:
        name: prefix of ids, unique in a page.
        title: of the section.
        rows: in order.
        most: rows that are drawn; all of them stand in the table.
        language: of its words.
    """
    vital = [row for row in rows if row.is_vital]
    told = {"vital": f"{len(vital):,}", "count": f"{len(rows):,}", "share": percent(vital[-1].running)}
    lines = [(row.key, shown(row.amount), percent(row.running)) for row in rows]
    return Section(
        title=title,
        note=catalogue(language).sentence("charts.pareto_note", told),
        picture=draw_pareto(rows[:most], name, title, language=language),
        columns=("cause", "amount", "together"),
        lines=lines,
    )


def demand_section(
    name: str, title: str, demand: Demand, days: Sequence[str], *, week: str = "Monday", language: str = "en"
) -> Section:
    """Demand by the hour of the week.

    Args:
        name: prefix of ids, unique in a page.
        title: of the section.
        demand: to be drawn.
        days: names of the weekdays, Monday first.
        week: first day of the week.
        language: of its words.
    """
    first = WEEKDAYS.index(week)
    cells = sorted(demand.cells.items(), key=lambda pair: ((pair[0][0] - first) % 7, pair[0][1]))
    lines = [
        (f"{days[day]} {hour:02d}:00", f"{cell.count:,}", shown(cell.hours), shown(cell.per_hour or Fraction(0)))
        for (day, hour), cell in cells
        if cell.count
    ]
    busiest = max(cells, key=lambda pair: (pair[1].per_hour or 0, -pair[0][0], -pair[0][1]))
    (day, hour), cell = busiest
    told = {
        "total": f"{demand.total:,}",
        "busiest": f"{days[day]} {hour:02d}:00",
        "rate": shown(cell.per_hour or Fraction(0)),
        "zone": demand.period.zone,
    }
    return Section(
        title=title,
        note=catalogue(language).sentence("charts.demand_note", told),
        picture=draw_demand(demand, name, title, days, first=first),
        columns=("hour", "count", "hours", "per_hour"),
        lines=lines,
    )
