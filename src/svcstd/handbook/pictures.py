"""Pictures as inline SVG: no script, no style attribute, every mark named, the figures beside it as text.

Colours are classes of the page's style sheet, so that a picture follows light, dark and print. Lengths are in user
units of a fixed view box; the page scales it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape

import attrs

__all__ = ["Bar", "Column", "HeatCell", "bars", "columns", "heat_map", "percent"]

WIDTH = 720
LEVELS = 5
ROOM_FOR_TICK = 48
FEW = 10
"""Below this many cases a share is drawn as uncertain."""


def percent(share: Fraction | None, digits: int = 1) -> str:
    """A share in words that never rounds up to all or down to nothing.

    >>> percent(Fraction(20528, 20531)), percent(Fraction(1)), percent(Fraction(1, 20000)), percent(None)
    ('99.9 %', '100 %', '0.1 %', '–')
    """
    if share is None:
        return "–"
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
        share: 0 to 1, or ``None`` for no cases.
        cases: the denominator.
    """

    label: str
    share: Fraction | None
    cases: int


@attrs.frozen
class Column:
    """One week (or other period) of a column chart.

    Attributes:
        label: short, e.g. ``2015-01-05``.
        tick: text under the axis, empty for none.
        share: 0 to 1, or ``None`` for no cases.
        cases: the denominator.
    """

    label: str
    tick: str
    share: Fraction | None
    cases: int


@attrs.frozen
class HeatCell:
    """One hour of the week.

    Attributes:
        row, column: weekday from 0, hour from 0.
        label: of both.
        late: broken promises.
        cases: decided promises.
    """

    row: int
    column: int
    label: str
    late: int
    cases: int


def _svg(kind: str, height: int, title: str, description: str, marks: Iterable[str]) -> str:
    inside = "".join(marks)
    ids = f"{kind}-title", f"{kind}-desc"
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 {WIDTH} {height}" aria-labelledby="{ids[0]} {ids[1]}">'
        f'<defs><pattern id="{kind}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" class="late"/>'
        f'<rect width="1.5" height="6" class="stroke"/></pattern></defs>'
        f'<title id="{ids[0]}">{escape(title)}</title><desc id="{ids[1]}">{escape(description)}</desc>'
        f"{inside}</svg>"
    )


def _text(x: float, y: float, text: str, css: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" text-anchor="{anchor}">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> str:
    told = f"<title>{escape(title)}</title>" if title else ""
    fill = f' fill="url(#{css})"' if css.endswith("-hatch") else f' class="{css}"'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{fill}>{told}</rect>'


def _clip(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def bars(kind: str, title: str, description: str, lines: Sequence[Bar], unit: str) -> str:
    """Horizontal bars from zero to all, a line each; the thickness tells how many cases stand behind it.

    Args:
        kind: class and id prefix, unique in a page.
        title, description: for those who do not see it.
        lines: from top to bottom.
        unit: word after the number of cases.
    """
    left, right, step = 200, 560, 30
    most = max((line.cases for line in lines), default=1) or 1
    marks = []
    for number, line in enumerate(lines):
        y = 8 + number * step
        thick = 6 + 14 * (line.cases / most) ** 0.5
        share = float(line.share or 0)
        told = f"{line.label}: {percent(line.share)}, {line.cases:,} {unit}"
        marks += [
            _text(left - 10, y + 14, _clip(line.label, 28), "label", "end"),
            _rect(left, y + 10 - thick / 2, right - left, thick, f"{kind}-hatch" if line.cases else "empty", told),
            _rect(left, y + 10 - thick / 2, (right - left) * share, thick, "met", told),
            _text(right + 10, y + 14, f"{percent(line.share)} of {line.cases:,}", "figure"),
        ]
    marks += [_text(left, 8 + len(lines) * step + 10, "0 %", "tick"), _text(right, 8 + len(lines) * step + 10, "100 %", "tick", "end")]
    return _svg(kind, 24 + len(lines) * step, title, description, marks)


def columns(kind: str, title: str, description: str, weeks: Sequence[Column], unit: str) -> str:
    """Columns from zero to all over time, and under them the number of cases."""
    left, top, high, low = 44, 10, 150, 40
    width = (WIDTH - left - 6) / max(len(weeks), 1)
    most = max((week.cases for week in weeks), default=1) or 1
    base, under = top + high, top + high + 14
    marks = []
    for share in (0, 50, 100):
        y = base - high * share / 100
        marks += [_rect(left, y, WIDTH - left - 6, 0.6, "grid"), _text(left - 6, y + 4, f"{share} %", "tick", "end")]
    for number, week in enumerate(weeks):
        x = left + number * width
        told = f"{week.label}: {percent(week.share)} of {week.cases:,} {unit}"
        tall = high * float(week.share or 0)
        css = "met few" if week.cases < FEW else "met"
        if week.cases:
            marks.append(_rect(x + 0.5, top, max(width - 1, 0.5), high - tall, f"{kind}-hatch", told))
            marks.append(_rect(x + 0.5, base - tall, max(width - 1, 0.5), tall, css, told))
        count = low * week.cases / most
        marks.append(_rect(x + 0.5, under, max(width - 1, 0.5), count, "count", told))
        if week.tick and x < WIDTH - ROOM_FOR_TICK:
            marks.append(_text(x, under + low + 14, week.tick, "tick"))
    marks.append(_text(left - 6, under + 10, f"{most:,}", "tick", "end"))
    return _svg(kind, under + low + 22, title, description, marks)


def heat_map(
    kind: str, title: str, description: str, days: Sequence[str], cells: Sequence[HeatCell], words: tuple[str, str]
) -> str:
    """Seven days by 24 hours; the deeper, the larger the share of late promises; few cases are drawn small.

    Args:
        kind: class and id prefix, unique in a page.
        title, description: for those who do not see it.
        days: names of the rows, the first on top.
        cells: the hours that have cases.
        words: "late of" and what an empty hour is called.
    """
    left, top = 44, 22
    size = (WIDTH - left - 6) / 24
    high = 24
    marks = [_text(left + hour * size, top - 8, f"{hour:02d}", "tick") for hour in range(0, 24, 3)]
    marks += [_text(left - 8, top + row * high + 16, day, "tick", "end") for row, day in enumerate(days)]
    found = {(cell.row, cell.column): cell for cell in cells}
    for row, day in enumerate(days):
        for hour in range(24):
            cell = found.get((row, hour))
            x, y = left + hour * size, top + row * high
            if cell is None:
                marks.append(_rect(x + 1, y + 1, size - 2, high - 2, "empty", f"{day} {hour:02d}: {words[1]}"))
                continue
            share = Fraction(cell.late, cell.cases)
            level = min(int(share * LEVELS * 2), LEVELS) if cell.late else 0
            inset = 1 if cell.cases >= FEW else 6
            told = f"{cell.label}: {cell.late:,} {words[0]} {cell.cases:,} ({percent(share)})"
            marks.append(_rect(x + inset, y + inset, size - 2 * inset, high - 2 * inset, f"heat h{level}", told))
            if cell.late and cell.cases >= FEW:
                css = "cell deep" if level >= 3 else "cell"  # noqa: PLR2004 - where the ground turns dark
                marks.append(_text(x + size / 2, y + 16, str(cell.late), css, "middle"))
    return _svg(kind, top + 7 * high + 6, title, description, marks)
