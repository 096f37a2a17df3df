"""The picture of a clock's life as inline SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svcstd.handbook.svg import breadth, path, rect, svg, text
from svcstd.handbook.timeline import Piece, Timeline, short_name

__all__ = ["draw_timeline"]

WIDTH, LEFT, LANE, TOP = 720, 132, 26, 44
ROOM_PER_LETTER = 6.2


def draw_timeline(timeline: Timeline, name: str) -> str:
    """The picture as inline SVG.

    Args:
        timeline: what to draw.
        name: prefix of ids, unique in a page; of other letters than those of ids only the places are kept.
    """
    name = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    high = TOP + LANE * len(timeline.lanes)
    marks = [
        rect(_x(timeline, low), TOP - 4, _wide(timeline, low, end), high - TOP + 4, "shut")
        for low, end in timeline.closed
    ]
    for number, lane in enumerate(timeline.lanes):
        y = TOP + number * LANE
        marks.append(text(LEFT - 8, y + 14, short_name(lane), "tick", "end"))
        marks += [_piece(timeline, piece, y, name) for piece in lane.pieces]
    marks += [
        rect(LEFT, high, WIDTH - LEFT - 4, 0.6, "grid"),
        *(_tick(timeline, instant, words, high) for instant, words in timeline.ticks),
        *_flags(timeline, high),
    ]
    described = "; ".join(mark.told for mark in timeline.marks)
    return svg("timeline", name, (WIDTH, high + 24), timeline.title, described or timeline.title, marks)


def _x(timeline: Timeline, instant: int) -> float:
    return round(LEFT + (WIDTH - LEFT - 4) * (instant - timeline.first) / (timeline.last - timeline.first), 2)


def _wide(timeline: Timeline, start: int, end: int) -> float:
    return round(_x(timeline, end) - _x(timeline, start), 2)


def _piece(timeline: Timeline, piece: Piece, y: float, name: str) -> str:
    x, wide = _x(timeline, piece.start), max(_wide(timeline, piece.start, piece.end), 0.6)
    match piece.kind:
        case "standing":
            return rect(x, y + 8, wide, 2, "grid", piece.told)
        case "paused":
            css = f"{name}-pause-hatch"
        case "late":
            css = f"{name}-hatch"
        case "decided":
            css = "grid"
        case _:
            css = "met"
    drawn = rect(x, y, wide, LANE - 8, css, piece.told)
    if piece.kind == "paused" and wide > breadth(piece.told) * ROOM_PER_LETTER:
        return drawn + text(x + wide / 2, y + 13, piece.told, "cell", "middle")
    return drawn


def _tick(timeline: Timeline, instant: int, words: str, high: float) -> str:
    x = _x(timeline, instant)
    return rect(x, high, 0.6, 5, "grid") + text(x, high + 18, words, "tick", "middle")


FLAGS = {"due": "M{x} {low}V12h22l-5 5 5 5h-22", "breach": "M{x} 20l7 7-7 7-7-7z", "now": "M{x} {low}V32"}


def _flags(timeline: Timeline, high: float) -> Iterator[str]:
    """Due as a flag, a breach as a diamond, now as a line; their words at the top, not on top of each other."""
    taken = 0.0
    for mark in sorted(timeline.marks, key=lambda one: one.instant):
        x = _x(timeline, mark.instant)
        yield path(FLAGS[mark.kind].format(x=x, low=high), mark.kind, mark.told)
        if mark.kind == "due":
            room = breadth(mark.told) * ROOM_PER_LETTER
            at = min(max(x, taken), WIDTH - room)
            yield text(at, 10, mark.told, "tick")
            taken = at + room + 8
