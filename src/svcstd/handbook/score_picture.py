"""A score as a waterfall: every part adds or takes away, and the last bar is the score."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.handbook.falls import Fall, draw_falls
from svcstd.handbook.pictures import NOTHING
from svcstd.scoring import Line, Score

__all__ = ["draw_score", "falls_of"]


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
    value = NOTHING if score.value is None else f"{score.value:f}"
    told = {"card": score.card, "of": score.of or NOTHING, "value": value}
    return draw_falls(falls_of(score, language), name, catalogue(language).sentence("charts.score", told))
