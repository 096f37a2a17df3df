"""A score as a waterfall: every part adds or takes away, and the last bar is the score."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.handbook.pictures import NOTHING, clip
from svcstd.handbook.svg import rect, svg, text
from svcstd.scoring import Line, Score

__all__ = ["Fall", "draw_score", "falls_of"]

WIDTH, ROW = 720, 26
LEFT, RIGHT = 210, 120


@attrs.frozen
class Fall:
    """One line of the waterfall.

    Attributes:
        label: what it is.
        start, end: from where to where it leads; both ``None`` for a part without points.
        figure: what it adds, in words.
        kind: ``part``, ``adjustment``, ``rounding``, ``absent`` or ``total``.
    """

    label: str
    start: Fraction | None
    end: Fraction | None
    figure: str
    kind: str


def _signed(value: Fraction) -> str:
    return f"+{shown(value)}" if value > 0 else shown(value)


def falls_of(score: Score, language: str = "en") -> tuple[Fall, ...]:
    """The lines of the waterfall: parts, then adjustments, then rounding, then the score; parts without points too."""
    say = catalogue(language).sentence
    found: list[Fall] = []
    running = Fraction(0)
    for one in score.contributions:
        label = one.key.replace(".", " / ") or score.card
        if one.kind == "rounding":
            label = say("charts.rounding_of", {"name": label})
        found.append(Fall(label, running, running + one.points, _signed(one.points), one.kind))
        running += one.points
    for line in _absent(score.root):
        label = line.key.replace(".", " / ")
        found.append(Fall(label, None, None, say(f"scores.{line.state}", {}), "absent"))
    if score.residual:
        rounded = running + score.residual
        found.append(Fall(say("charts.rounding", {}), running, rounded, _signed(score.residual), "rounding"))
    if score.value is None:
        return (*found, Fall(score.card, None, None, say(f"scores.{score.state}", {}), "absent"))
    return (*found, Fall(score.card, Fraction(0), Fraction(score.value), f"{score.value:f}", "total"))


def _absent(line: Line) -> Iterator[Line]:
    """The uppermost parts without points."""
    for part in line.parts:
        if part.points is None:
            yield part
        else:
            yield from _absent(part)


def draw_score(score: Score, name: str = "score", language: str = "en") -> str:
    """The waterfall as SVG.

    Args:
        score: to be drawn.
        name: prefix of ids, unique in a page.
        language: of its words.
    """
    say = catalogue(language).sentence
    falls = falls_of(score, language)
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
    value = NOTHING if score.value is None else f"{score.value:f}"
    title = say("charts.score", {"card": score.card, "of": score.of or NOTHING, "value": value})
    description = "; ".join(f"{fall.label}: {fall.figure}" for fall in falls)
    return svg("falls", name, (WIDTH, len(falls) * ROW + 4), title, description, marks)
