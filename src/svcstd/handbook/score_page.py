"""Scores as one HTML file: the answer first, then everybody, then each score as a waterfall with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.handbook.frame import policy, template_of
from svcstd.handbook.pictures import NOTHING, percent
from svcstd.handbook.score_picture import draw_score
from svcstd.handbook.score_template import SCORE_TEMPLATE
from svcstd.handbook.sections import Section
from svcstd.handbook.style import STYLE
from svcstd.scoring import Line, Score

__all__ = ["render_scores", "score_headline"]

MOST_ROWS = 1_000
MOST_DRAWN = 60
"""Scores that are drawn; all are listed."""


def score_headline(scores: Mapping[str, Score], language: str = "en") -> str:
    """The one sentence that a manager can repeat."""
    say = catalogue(language).sentence
    scored = [one for one in scores.values() if one.value is not None]
    if not scored:
        return say("scores.headline_none", {"count": f"{len(scores):,}"})
    if len(scores) == 1:
        one = scored[0]
        grade = say("scores.with_grade", {"grade": one.grade}) if one.grade else ""
        return say("scores.headline_one", {"of": one.of or one.card, "value": f"{one.value:f}", "grade": grade})
    ordered = sorted(scored, key=lambda one: (-(one.exact or 0), one.of))
    middle = ordered[(len(ordered) - 1) // 2]
    facts = {
        "scored": f"{len(scored):,}",
        "count": f"{len(scores):,}",
        "best": f"{ordered[0].value:f}",
        "middle": f"{middle.value:f}",
        "worst": f"{ordered[-1].value:f}",
    }
    return say("scores.headline", facts)


def render_scores(
    scores: Mapping[str, Score],
    *,
    title: str,
    sections: Sequence[Section] = (),
    version: str = "",
    language: str = "en",
) -> str:
    """The page of scores.

    Args:
        scores: by name.
        title: of the page.
        sections: further pictures, in order.
        version: of svcstd, for the footer.
        language: of its words.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
    """
    words = catalogue(language)
    ordered = sorted(scores.values(), key=lambda one: (one.value is None, -(one.exact or 0), one.of))
    return template_of(SCORE_TEMPLATE, "scores", "The HTML page").render(
        style=STYLE,
        policy=policy(),
        language=language,
        say=lambda message, **facts: words.sentence(f"scores.{message}", facts),
        title=title,
        headline=score_headline(scores, language),
        meta=_meta(ordered, language),
        rows=[_row(one, language) for one in ordered],
        shown=[_shown(number, one, language) for number, one in enumerate(ordered[:MOST_DRAWN])],
        sections=sections,
        column=lambda name: words.sentence(f"scores.{name}", {}),
        most=MOST_ROWS,
        foot=words.sentence("scores.made", {"version": version}),
    )


def _meta(scores: Sequence[Score], language: str) -> str:
    if not scores:
        return ""
    say, first = catalogue(language).sentence, scores[0]
    edition = first.edition or say("report.first", {})
    return say("scores.meta", {"card": first.card, "period": first.period or NOTHING, "edition": edition})


def _row(score: Score, language: str) -> dict[str, str]:
    return {
        "of": score.of or score.card,
        "value": NOTHING if score.value is None else f"{score.value:f}",
        "grade": score.grade,
        "state": catalogue(language).sentence(f"scores.{score.state}", {}),
        "n": f"{score.root.n:,}",
    }


def _shown(number: int, score: Score, language: str) -> dict[str, Any]:
    row = _row(score, language)
    return {
        "heading": f"{row['of']}: {row['value']} {row['grade']}".strip(),
        "picture": draw_score(score, f"score{number}", language),
        "lines": [_line(line) for line in score.root.walk() if line.key],
        "sentences": score.explanation.text(language).split("\n"),
    }


def _line(line: Line) -> tuple[str, ...]:
    made = NOTHING
    if line.numerator is not None and line.denominator is not None:
        made = f"{shown(line.numerator)} / {shown(line.denominator)}"
    figures = (line.value, line.points, line.contribution)
    value, points, adds = (NOTHING if one is None else shown(one) for one in figures)
    return line.key.replace(".", " / "), value, made, f"{line.n:,}", points, percent(line.weight), adds
