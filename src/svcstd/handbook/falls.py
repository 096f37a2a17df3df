"""A waterfall: every part adds or takes away, and the last bar is the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from svcstd.handbook.pictures import clip
from svcstd.handbook.svg import rect, svg, text

__all__ = ["Fall", "draw_falls"]

WIDTH, ROW = 720, 26
LEFT, RIGHT = 210, 120


@attrs.frozen
class Fall:
    """One line of the waterfall.

    Attributes:
        label: what it is.
        start, end: from where to where it leads; both ``None`` for a part without points.
        figure: what it adds, in words.
        kind: ``absent``, ``total``, or another word for a part.
    """

    label: str
    start: Fraction | None
    end: Fraction | None
    figure: str
    kind: str


def draw_falls(falls: Sequence[Fall], name: str, title: str) -> str:
    """The waterfall as SVG.

    Args:
        falls: its lines, from top to bottom.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
    """
    ends = [at for fall in falls if fall.start is not None and fall.end is not None for at in (fall.start, fall.end)]
    low, high = min([Fraction(0), *ends]), max([Fraction(0), *ends])
    scale = (WIDTH - LEFT - RIGHT) / float(high - low or 1)
    zero = LEFT - float(low) * scale
    marks = [rect(zero, 0, 0.8, len(falls) * ROW, "count")]
    for number, fall in enumerate(falls):
        y = number * ROW
        marks.append(text(LEFT - 8, y + 17, clip(fall.label, 30), "label", "end"))
        marks.append(text(WIDTH, y + 17, fall.figure, "figure", "end"))
        if fall.start is None or fall.end is None:
            marks.append(rect(LEFT, y + 5, WIDTH - LEFT - RIGHT, 15, "held", f"{fall.label}: {fall.figure}"))
            continue
        first, last = sorted((zero + float(fall.start) * scale, zero + float(fall.end) * scale))
        css = f"{name}-hatch" if fall.end < fall.start else "count" if fall.kind == "total" else "met"
        marks.append(rect(first, y + 5, max(last - first, 0.8), 15, css, f"{fall.label}: {fall.figure}"))
    description = "; ".join(f"{fall.label}: {fall.figure}" for fall in falls)
    return svg("falls", name, (WIDTH, len(falls) * ROW + 4), title, description, marks)
