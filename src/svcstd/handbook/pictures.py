"""Pictures as inline SVG: no script, no style attribute, every mark named, the figures beside it as text.

Colours are classes of the page's style sheet, so that a picture follows light, dark and print. Lengths are in user
units of a fixed view box; the page scales it. Words are the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import attrs

from svcstd.handbook.svg import breadth, rect, svg, text

__all__ = [
    "FEW",
    "LEVELS",
    "NOTHING",
    "Amount",
    "Bar",
    "Column",
    "HeatCell",
    "Rate",
    "amounts",
    "bars",
    "clip",
    "columns",
    "heat_map",
    "percent",
    "rates",
]

WIDTH, NARROW = 720, 480
LEVELS = 5
DARK = 4
"""The level from which on the ground of a cell is dark."""
ROOM_FOR_TICK = 48
WIDEST_COLUMN = 40
LONGEST_LABEL = 44
NOTHING = "\N{EN DASH}"
"""What stands where there is no figure."""
FEW = 10
"""Below this many cases a share is drawn as uncertain."""


def percent(share: Fraction | None, digits: int = 1) -> str:
    """A share in words that never rounds up to all or down to nothing.

    >>> percent(Fraction(20528, 20531)), percent(Fraction(1)), percent(Fraction(1, 20000))
    ('99.9 %', '100 %', '0.1 %')
    """
    if share is None:
        return NOTHING
    if share in (0, 1):
        return f"{int(share * 100)} %"
    scale = 10**digits
    tenths = min(max(round(share * 100 * scale), 1), 100 * scale - 1)
    return f"{tenths // scale}.{tenths % scale:0{digits}d} %"


@attrs.frozen
class Bar:
    """A share of one line of a bar chart.

    Attributes:
        label: what it is of.
        figure: the share and its cases in words.
        share: 0 to 1, or ``None`` for no cases.
        cases: the denominator.
    """

    label: str
    figure: str
    share: Fraction | None
    cases: int


@attrs.frozen
class Column:
    """One week (or other period) of a column chart.

    Attributes:
        label: short, e.g. ``2015-01-05``.
        figure: the share and its cases in words.
        tick: text under the axis, empty for none.
        share: 0 to 1, or ``None`` for no cases.
        cases: the denominator.
    """

    label: str
    figure: str
    tick: str
    share: Fraction | None
    cases: int


@attrs.frozen
class Amount:
    """A quantity of one line of a bar chart.

    Attributes:
        label: what it is of.
        figure: in words.
        size: zero or more, in any unit that all lines share.
    """

    label: str
    figure: str
    size: float


@attrs.frozen
class Rate:
    """A rate of one week of a column chart.

    Attributes:
        label: short, e.g. ``2015-01-05``.
        figure: in words.
        tick: text under the axis, empty for none.
        rate: zero or more, or ``None`` where there is none.
    """

    label: str
    figure: str
    tick: str
    rate: Fraction | None


@attrs.frozen
class HeatCell:
    """One hour of the week.

    Attributes:
        row, column: weekday from 0, hour from 0.
        told: the hour and its cases in words.
        late: broken promises.
        cases: decided promises, one or more.
    """

    row: int
    column: int
    told: str
    late: int
    cases: int


def clip(text: str, longest: int = LONGEST_LABEL) -> str:
    """As much of a label as leaves room for its figure; Chinese letters are twice as wide."""
    widths = accumulate(map(breadth, text))
    room = sum(width < longest for width in widths)
    return text if len(text) <= room + 1 else text[:room] + "…"


def bars(name: str, title: str, description: str, lines: Sequence[Bar]) -> str:
    """Horizontal bars from zero to all, each under its words; the thicker, the more cases stand behind it.

    Args:
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        description: the same, at more length.
        lines: from top to bottom.
    """
    step = 44
    most = max((line.cases for line in lines), default=0)
    marks = []
    for number, line in enumerate(lines):
        y = number * step
        told = f"{line.label}: {line.figure}"
        thick = 4 + 12 * (line.cases / most) ** 0.5 if line.cases else 1
        kept = NARROW * float(line.share or 0)
        marks += [
            text(0, y + 14, clip(line.label), "label"),
            text(NARROW, y + 14, line.figure, "figure", "end"),
            rect(0, y + 20, kept, thick, "met", told),
            rect(kept, y + 20, NARROW - kept, thick, f"{name}-hatch" if line.cases else "grid", told),
        ]
    return svg("bars", name, (NARROW, len(lines) * step + 2), title, description, marks)


def columns(name: str, title: str, description: str, weeks: Sequence[Column]) -> str:
    """Columns from zero to all over time, and hanging under them the number of cases.

    Args:
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        description: the same, at more length.
        weeks: from left to right.
    """
    left, top, high, low = 44, 10, 150, 40
    width = min((WIDTH - left - 6) / max(len(weeks), 1), WIDEST_COLUMN)
    most = max((week.cases for week in weeks), default=0)
    base, under = top + high, top + high + 14
    marks = []
    for share in (0, 50, 100):
        y = base - high * share / 100
        marks += [rect(left, y, WIDTH - left - 6, 0.6, "grid"), text(left - 6, y + 4, f"{share} %", "tick", "end")]
    for number, week in enumerate(weeks):
        x, wide = left + number * width + 0.5, max(width - 1, 0.5)
        told = f"{week.label}: {week.figure}"
        tall = high * float(week.share or 0)
        if week.cases:
            few = " few" if week.cases < FEW else ""
            marks.append(rect(x, top, wide, high - tall, f"{name}-hatch", told))
            marks.append(rect(x, base - tall, wide, tall, f"met{few}", told))
            marks.append(rect(x, under, wide, low * week.cases / most, "count", told))
        if week.tick and x < WIDTH - ROOM_FOR_TICK:
            marks.append(text(x, under + low + 14, week.tick, "tick"))
    marks.append(text(left - 6, under + low, f"{most:,}", "tick", "end"))
    return svg("columns", name, (WIDTH, under + low + 22), title, description, marks)


def amounts(name: str, title: str, description: str, lines: Sequence[Amount]) -> str:
    """Horizontal bars from zero to the largest, each under its words.

    Args:
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        description: the same, at more length.
        lines: from top to bottom.
    """
    step = 38
    most = max((line.size for line in lines), default=0)
    marks = []
    for number, line in enumerate(lines):
        y = number * step
        wide = NARROW * line.size / most if most else 0
        marks += [
            text(0, y + 14, clip(line.label), "label"),
            text(NARROW, y + 14, line.figure, "figure", "end"),
            rect(0, y + 19, max(wide, 0.6), 10, "met", f"{line.label}: {line.figure}"),
        ]
    return svg("bars", name, (NARROW, len(lines) * step + 2), title, description, marks)


def rates(name: str, title: str, description: str, weeks: Sequence[Rate], limit: str) -> str:
    """Columns of a rate over time, with a line at 1; what is above the line is hatched.

    Args:
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        description: the same, at more length.
        weeks: from left to right.
        limit: words at the line.
    """
    left, top, high = 44, 14, 110
    width = min((WIDTH - left - 6) / max(len(weeks), 1), WIDEST_COLUMN)
    top_rate = max([2.0, *(float(week.rate) for week in weeks if week.rate is not None)])
    base, line = top + high, top + high - high / top_rate
    marks = [rect(left, base, WIDTH - left - 6, 0.6, "grid")]
    for number, week in enumerate(weeks):
        x, wide = left + number * width + 0.5, max(width - 1, 0.5)
        if week.rate is not None:
            tall = high * float(week.rate) / top_rate
            within = min(tall, base - line)
            marks.append(rect(x, base - within, wide, within, "met", f"{week.label}: {week.figure}"))
            if tall > within:
                marks.append(rect(x, base - tall, wide, tall - within, f"{name}-hatch", f"{week.label}: {week.figure}"))
        if week.tick and x < WIDTH - ROOM_FOR_TICK:
            marks.append(text(x, base + 14, week.tick, "tick"))
    marks += [rect(left, line, WIDTH - left - 6, 1, "count"), text(left - 6, line + 4, "1", "tick", "end")]
    marks += [text(WIDTH - 6, line - 4, limit, "tick", "end"), text(left - 6, base + 4, "0", "tick", "end")]
    return svg("columns", name, (WIDTH, base + 22), title, description, marks)


def heat_map(name: str, title: str, description: str, days: Sequence[str], cells: Sequence[HeatCell]) -> str:
    """Seven days by 24 hours; the deeper, the larger the share of late promises; few cases are drawn small.

    Args:
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        description: the same, at more length.
        days: names of the rows, the first on top.
        cells: the hours that have cases; the others stay a faint dot.
    """
    left, top, high = 44, 22, 24
    size = (WIDTH - left - 6) / 24
    marks = [text(left + hour * size, top - 8, f"{hour:02d}", "tick") for hour in range(0, 24, 3)]
    marks += [text(left - 8, top + row * high + 16, day, "tick", "end") for row, day in enumerate(days)]
    taken = {(cell.row, cell.column) for cell in cells}
    for row in range(len(days)):
        free = (hour for hour in range(24) if (row, hour) not in taken)
        marks += [rect(left + (hour + 0.5) * size - 1, top + (row + 0.5) * high - 1, 2, 2, "grid") for hour in free]
    for cell in cells:
        x, y = left + cell.column * size, top + cell.row * high
        level = min(cell.late * LEVELS * 2 // cell.cases, LEVELS)
        inset = 1 if cell.cases >= FEW else 6
        marks.append(rect(x + inset, y + inset, size - 2 * inset, high - 2 * inset, f"h{level}", cell.told))
        if cell.cases >= FEW:
            css = "cell deep" if level >= DARK else "cell"
            marks.append(text(x + size / 2, y + 16, f"{cell.late:,}", css, "middle"))
    below = top + 7 * high + 8
    for level in range(LEVELS + 1):
        x, last = left + level * 4 * size, 100 if level == LEVELS else level * 10 + 10
        marks += [
            rect(x + 1, below, size - 2, 12, f"h{level}"),
            text(x + size + 4, below + 10, f"{level * 10}\N{EN DASH}{last} %", "tick"),
        ]
    return svg("heat", name, (WIDTH, below + 18), title, description, marks)
