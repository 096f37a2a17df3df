"""Pictures as inline SVG: no script, no style attribute, every mark named, the figures beside it as text.

Colours are classes of the page's style sheet, so that a picture follows light, dark and print. Lengths are in user
units of a fixed view box; the page scales it. Words are the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import accumulate
from unicodedata import east_asian_width

import attrs

__all__ = ["FEW", "NOTHING", "Bar", "Column", "HeatCell", "bars", "columns", "heat_map", "percent"]

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


def _svg(shape: str, name: str, size: tuple[float, float], title: str, description: str, marks: Iterable[str]) -> str:
    inside = "".join(marks)
    width, height = size
    return (
        f'<svg class="{shape}" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" class="late"/>'
        f'<rect width="1.5" height="6" class="stroke"/></pattern></defs>'
        f"{inside}</svg>"
    )


def _text(x: float, y: float, text: str, css: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" text-anchor="{anchor}">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> str:
    told = f"<title>{escape(title)}</title>" if title else ""
    fill = f' fill="url(#{css})"' if css.endswith("-hatch") else f' class="{css}"'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{fill}>{told}</rect>'


def _clip(text: str) -> str:
    """As much of a label as leaves room for its figure; Chinese letters are twice as wide."""
    widths = accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    room = sum(width < LONGEST_LABEL for width in widths)
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
            _text(0, y + 14, _clip(line.label), "label"),
            _text(NARROW, y + 14, line.figure, "figure", "end"),
            _rect(0, y + 20, kept, thick, "met", told),
            _rect(kept, y + 20, NARROW - kept, thick, f"{name}-hatch" if line.cases else "grid", told),
        ]
    return _svg("bars", name, (NARROW, len(lines) * step + 2), title, description, marks)


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
        marks += [_rect(left, y, WIDTH - left - 6, 0.6, "grid"), _text(left - 6, y + 4, f"{share} %", "tick", "end")]
    for number, week in enumerate(weeks):
        x, wide = left + number * width + 0.5, max(width - 1, 0.5)
        told = f"{week.label}: {week.figure}"
        tall = high * float(week.share or 0)
        if week.cases:
            few = " few" if week.cases < FEW else ""
            marks.append(_rect(x, top, wide, high - tall, f"{name}-hatch", told))
            marks.append(_rect(x, base - tall, wide, tall, f"met{few}", told))
            marks.append(_rect(x, under, wide, low * week.cases / most, "count", told))
        if week.tick and x < WIDTH - ROOM_FOR_TICK:
            marks.append(_text(x, under + low + 14, week.tick, "tick"))
    marks.append(_text(left - 6, under + low, f"{most:,}", "tick", "end"))
    return _svg("columns", name, (WIDTH, under + low + 22), title, description, marks)


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
    marks = [_text(left + hour * size, top - 8, f"{hour:02d}", "tick") for hour in range(0, 24, 3)]
    marks += [_text(left - 8, top + row * high + 16, day, "tick", "end") for row, day in enumerate(days)]
    taken = {(cell.row, cell.column) for cell in cells}
    for row in range(len(days)):
        free = (hour for hour in range(24) if (row, hour) not in taken)
        marks += [_rect(left + (hour + 0.5) * size - 1, top + (row + 0.5) * high - 1, 2, 2, "grid") for hour in free]
    for cell in cells:
        x, y = left + cell.column * size, top + cell.row * high
        level = min(cell.late * LEVELS * 2 // cell.cases, LEVELS)
        inset = 1 if cell.cases >= FEW else 6
        marks.append(_rect(x + inset, y + inset, size - 2 * inset, high - 2 * inset, f"h{level}", cell.told))
        if cell.cases >= FEW:
            css = "cell deep" if level >= DARK else "cell"
            marks.append(_text(x + size / 2, y + 16, f"{cell.late:,}", css, "middle"))
    below = top + 7 * high + 8
    for level in range(LEVELS + 1):
        x, last = left + level * 4 * size, 100 if level == LEVELS else level * 10 + 10
        marks += [
            _rect(x + 1, below, size - 2, 12, f"h{level}"),
            _text(x + size + 4, below + 10, f"{level * 10}\N{EN DASH}{last} %", "tick"),
        ]
    return _svg("heat", name, (WIDTH, below + 18), title, description, marks)
