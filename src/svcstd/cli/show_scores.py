"""What the terminal shows of scores: who has which, or one of them with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.cli.show import plain_table
from svcstd.handbook import NOTHING, score_headline
from svcstd.scoring import Score

__all__ = ["print_scores", "score_lines"]

MOST_ROWS = 40


def score_lines(score: Score, language: str) -> Iterator[str]:
    """One score with all its reasons."""
    yield f"{plain(score.of)}: {score.explanation.text(language)}" if score.of else score.explanation.text(language)


def print_scores(console: Console, scores: Mapping[str, Score], language: str) -> None:
    """The answer in one line, then the scores, the best first."""
    say = catalogue(language).sentence
    console.print(Text(score_headline(scores, language)))
    table = plain_table([say(f"scores.{name}", {}) for name in ("of", "grade", "state", "score", "records")], 3)
    ordered = sorted(scores.items(), key=lambda pair: (pair[1].value is None, -(pair[1].exact or 0), pair[0]))
    for key, one in ordered[:MOST_ROWS]:
        value = NOTHING if one.value is None else f"{one.value:f}"
        state = say(f"scores.{one.state}", {})
        table.add_row(Text(plain(key)), Text(plain(one.grade)), state, value, f"{one.root.n:,}")
    console.print(table)
    if len(ordered) > MOST_ROWS:
        console.print(say("scores.more", {"count": f"{len(ordered) - MOST_ROWS:,}"}))
