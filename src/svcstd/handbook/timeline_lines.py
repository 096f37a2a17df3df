"""The picture of a clock's life in letters, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from svcstd.catalogues import catalogue
from svcstd.handbook.timeline import PieceKind, Timeline, short_name

__all__ = ["draw_lines"]

SIGNS: dict[PieceKind, str] = {
    "counted": "\u2588",
    "late": "\u2593",
    "paused": "/",
    "decided": "=",
    "standing": "\u2500",
}
PLAIN: dict[PieceKind, str] = {"counted": "#", "late": "%", "paused": "/", "decided": "=", "standing": "-"}
"""For terminals that know no other letters."""


def draw_lines(timeline: Timeline, width: int, *, plain: bool = False, language: str = "en") -> Iterator[str]:
    """The picture for a terminal, line by line, without colours.

    Args:
        timeline: what to draw.
        width: letters in a line.
        plain: ASCII only.
        language: of the words.
    """
    signs = PLAIN if plain else SIGNS
    names = [short_name(lane) for lane in timeline.lanes]
    left = max(map(len, names), default=0) + 1
    cells = max(width - left - 12, 20)
    for mark in timeline.marks:
        sign = {"due": "v", "breach": "x", "now": "|"}[mark.kind]
        at = _cell(timeline, mark.instant, cells)
        words = f"{sign} {mark.told}"
        shown = (
            " " * at + words
            if at + len(words) <= cells + 12
            else " " * max(at - len(words) + 1, 0) + f"{mark.told} {sign}"
        )
        yield " " * left + shown
    for name, lane in zip(names, timeline.lanes, strict=True):
        row = [" "] * cells
        for low, high in timeline.closed:
            row[_cell(timeline, low, cells) : _cell(timeline, high, cells)] = "." * (
                _cell(timeline, high, cells) - _cell(timeline, low, cells)
            )
        for piece in lane.pieces:
            if piece.kind == "standing":
                continue
            low, high = _cell(timeline, piece.start, cells), _cell(timeline, piece.end, cells)
            for place in range(low, max(high, low + 1)):
                row[place] = signs[piece.kind]
        yield f"{name:<{left}}{''.join(row)} {lane.figure}".rstrip()
    yield " " * left + _axis(timeline, cells)
    say = catalogue(language).sentence
    yield " " * left + say("timeline.key", {str(kind): sign for kind, sign in signs.items()} | {"closed": "."})


def _cell(timeline: Timeline, instant: int, cells: int) -> int:
    return min((instant - timeline.first) * cells // (timeline.last - timeline.first), cells - 1)


def _axis(timeline: Timeline, cells: int) -> str:
    """The words of the ticks, as far as there is room between them."""
    row = ""
    for instant, words in timeline.ticks:
        at = _cell(timeline, instant, cells)
        if not row or at > len(row) + 1:
            row = row.ljust(at) + words
    return row
