"""Control charts, the vital few, and demand by the hour of the week, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.handbook.pictures import LEVELS, NOTHING, clip, percent
from svcstd.handbook.svg import path, rect, svg, text
from svcstd.scoring import Chart, ChartPoint, Demand, ParetoRow, RunRule

__all__ = ["SIGNALS", "draw_control", "draw_demand", "draw_pareto", "point_figure"]

WIDTH = 720
LEFT, TOP, HIGH, LOW = 60, 16, 170, 30
MOST_POINTS = 160
SIGNALS: dict[RunRule, str] = {
    "beyond limits": "beyond_limits",
    "8 on one side": "on_one_side",
    "6 in one direction": "in_one_direction",
    "2 of 3 far out": "far_out",
    "4 of 5 out": "away",
}
"""Message ids of what stands out, under ``charts``."""
ROOM = 90
"""Units that a tick needs."""


def point_figure(chart: Chart, point: ChartPoint, language: str = "en") -> str:
    """One period of a chart in words."""
    say = catalogue(language).sentence
    show = percent if chart.kind == "p" else lambda value: NOTHING if value is None else shown(value)
    facts = {"label": point.label, "value": show(point.value), "n": f"{point.n:,}"}
    told = say("charts.point", facts | {"low": show(Fraction(point.low)), "high": show(Fraction(point.high))})
    fired = ", ".join(say(f"charts.{SIGNALS[signal]}", {}) for signal in point.signals)
    return f"{told}; {fired}" if fired else told


def draw_control(
    chart: Chart, name: str, title: str, *, editions: Mapping[str, str] | None = None, language: str = "en"
) -> str:
    """A control chart: values by period, the limits that hold for each, what stands out, and how many cases there are.

    Args:
        chart: to be drawn; the last 160 periods of it.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        editions: by label of a period, the edition that begins with it.
        language: of its words.
    """
    points = chart.points[-MOST_POINTS:]
    seen = [Fraction(end) for point in points for end in (point.low, point.high)]
    seen += [chart.centre, *(point.value for point in points if point.value is not None)]
    floor, top = min(seen), max(seen)
    scale = HIGH / float(top - floor or 1)
    step = (WIDTH - LEFT - 6) / max(len(points), 1)

    def at(value: Fraction) -> float:
        return TOP + HIGH - float(value - floor) * scale

    marks = [rect(LEFT, at(chart.centre), WIDTH - LEFT - 6, 0.8, "count")]
    for side in ("low", "high"):
        ends = [at(Fraction(getattr(point, side))) for point in points]
        steps = "".join(f"H{LEFT + n * step:.1f}V{y:.1f}H{LEFT + (n + 1) * step:.1f}" for n, y in enumerate(ends))
        marks.append(path(f"M{LEFT:.1f} {ends[0]:.1f}{steps}", "back"))
    drawn = [(LEFT + (n + 0.5) * step, at(one.value)) for n, one in enumerate(points) if one.value is not None]
    if drawn:
        marks.append(path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn), "way"))
    most, under, ticked = max((point.n for point in points), default=0), TOP + HIGH + 14, -float(ROOM)
    for number, point in enumerate(points):
        x = LEFT + (number + 0.5) * step
        told = point_figure(chart, point, language)
        if point.value is not None:
            y = at(point.value)
            size, css = (6, "breach") if point.signals else (3, "count")
            marks.append(path(f"M{x:.1f} {y - size:.1f}l{size} {size}l-{size} {size}l-{size} -{size}z", css, told))
        marks.append(rect(x - step / 3, under, max(step * 2 / 3, 0.5), LOW * point.n / (most or 1), "count", told))
        if editions and point.label in editions:
            marks.append(path(f"M{LEFT + number * step:.1f} {TOP}V{TOP + HIGH}", "now", editions[point.label]))
        if x - ticked >= ROOM and x < WIDTH - ROOM / 2:
            marks.append(text(x, under + LOW + 14, point.label, "tick", "middle"))
            ticked = x
    show = percent if chart.kind == "p" else shown
    levels = dict.fromkeys((floor, chart.centre, top))
    marks += [text(LEFT - 6, at(value) + 4, show(value), "tick", "end") for value in levels]
    marks.append(text(LEFT - 6, under + LOW, f"{most:,}", "tick", "end"))
    out = [point_figure(chart, point, language) for point in points if point.signals]
    calm = catalogue(language).sentence("charts.calm", {})
    return svg("control", name, (WIDTH, under + LOW + 22), title, "; ".join(out) or calm, marks)


def draw_pareto(rows: Sequence[ParetoRow], name: str, title: str, *, language: str = "en") -> str:
    """Causes, the heaviest first, each with its running share; the vital few are drawn full.

    Args:
        rows: in order.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        language: of its words.
    """
    left, right, row = 230, 160, 26
    most = max((one.amount for one in rows), default=Fraction(1)) or Fraction(1)
    say, marks, told = catalogue(language).sentence, [], []
    for number, one in enumerate(rows):
        y, wide = number * row, (WIDTH - left - right) * float(one.amount / most)
        figure = say("charts.running", {"amount": shown(one.amount), "share": percent(one.running)})
        told.append(f"{one.key}: {figure}")
        marks += [
            text(left - 8, y + 17, clip(one.key, 32), "label", "end"),
            rect(left, y + 5, max(wide, 0.6), 15, "met" if one.is_vital else "met few", told[-1]),
            text(WIDTH, y + 17, figure, "figure", "end"),
        ]
    return svg("falls", name, (WIDTH, len(rows) * row + 4), title, "; ".join(told), marks)


def draw_demand(demand: Demand, name: str, title: str, days: Sequence[str], *, first: int = 0) -> str:
    """Arrivals in an hour, by weekday and hour; the deeper, the more.

    Args:
        demand: to be drawn.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        days: names of the weekdays, Monday first.
        first: the weekday on top, from 0.
    """
    left, top, high = 44, 22, 24
    size = (WIDTH - left - 6) / 24
    rates = {key: cell.per_hour or Fraction(0) for key, cell in demand.cells.items()}
    most = max(rates.values())
    marks = [text(left + hour * size, top - 8, f"{hour:02d}", "tick") for hour in range(0, 24, 3)]
    for (day, hour), rate in rates.items():
        row = (day - first) % 7
        x, y = left + hour * size, top + row * high
        cell = demand.cells[day, hour]
        told = f"{days[day]} {hour:02d}:00: {cell.count:,} / {shown(cell.hours)} h = {shown(rate)}"
        if not hour:
            marks.append(text(left - 8, y + 16, days[day], "tick", "end"))
        if not cell.count:
            marks.append(rect(x + size / 2 - 1, y + high / 2 - 1, 2, 2, "grid", told))
            continue
        level = min(int(rate * LEVELS / most), LEVELS)
        marks.append(rect(x + 1, y + 1, size - 2, high - 2, f"h{level}", told))
        marks.append(text(x + size / 2, y + 16, _short(rate), "cell deep" if level >= LEVELS - 1 else "cell", "middle"))
    below = top + 7 * high + 8
    for level in range(LEVELS + 1):
        x = left + level * 4 * size
        least = shown(Fraction(round(most * level / LEVELS * 10), 10))
        marks += [rect(x + 1, below, size - 2, 12, f"h{level}"), text(x + size + 4, below + 10, f"≥ {least}", "tick")]
    return svg("heat", name, (WIDTH, below + 18), title, f"{demand.total:,}", marks)


def _short(rate: Fraction) -> str:
    """A rate in three characters or so."""
    return f"{round(rate):,}" if rate >= 10 else f"{float(rate):.1f}"  # noqa: PLR2004 - two digits before the point
