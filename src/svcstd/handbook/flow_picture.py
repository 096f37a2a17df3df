"""The picture of a procedure as inline SVG: lanes by role, top to bottom, forms and clocks below each step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svcstd.handbook.flow import HEAD, LINE, PAD, SMALL, Flow, FlowBox, FlowLine
from svcstd.handbook.svg import path, rect, svg, text

__all__ = ["draw_flow"]

SLANT, ROUND, TIP = 10, 14, 4


def draw_flow(flow: Flow, name: str) -> str:
    """The picture as inline SVG.

    Args:
        flow: what to draw.
        name: prefix of ids, unique in a page; of other letters than those of ids only the places are kept.
    """
    name = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    described = ". ".join(box.told for box in flow.boxes)
    marks = [*_lanes(flow), *(_line(line) for line in flow.lines)]
    for box in flow.boxes:
        marks += _box(box)
    marks += [text(*line.at, line.label, "tick", _side(line)) for line in flow.lines if line.label]
    return svg("flow", name, (flow.width, flow.height), flow.title or name, described, marks)


def _lanes(flow: Flow) -> Iterator[str]:
    for number, (role, left, right) in enumerate(flow.lanes):
        if number % 2:
            yield rect(left, 0, right - left, flow.height, "shut")
        yield text((left + right) / 2, HEAD / 2 + 4, role or "-", "label", "middle")
    yield rect(0, HEAD - 8, flow.width, 0.6, "grid")


def _side(line: FlowLine) -> str:
    return "end" if line.at[0] < line.points[0][0] else "start"


def _line(line: FlowLine) -> str:
    steps = " ".join(f"{'L' if place else 'M'}{x:g} {y:g}" for place, (x, y) in enumerate(line.points))
    x, y = line.points[-1]
    tip = path(f"M{x - TIP:g} {y - 2 * TIP:g} L{x + TIP:g} {y - 2 * TIP:g} L{x:g} {y:g} Z", "tip")
    told = f"{line.start} → {line.end}" + (f": {line.label}" if line.label else "")
    return path(steps, "back" if line.back else "way", told) + tip


def _box(box: FlowBox) -> Iterator[str]:
    x, y, right, low = box.x, box.y, box.x + box.width, box.y + box.height
    middle, half = (y + low) / 2, box.height / 2
    match box.kind:
        case "ask":
            shape = (
                f"M{x:g} {middle:g} L{x + SLANT:g} {y:g} L{right - SLANT:g} {y:g} L{right:g} {middle:g} "
                f"L{right - SLANT:g} {low:g} L{x + SLANT:g} {low:g} Z"
            )
        case "hand":
            shape = (
                f"M{x:g} {y:g} L{right - SLANT:g} {y:g} L{right:g} {middle:g} L{right - SLANT:g} {low:g} "
                f"L{x:g} {low:g} Z"
            )
        case "end":
            shape = (
                f"M{x + ROUND:g} {y:g} H{right - ROUND:g} A{ROUND} {half:g} 0 0 1 {right - ROUND:g} {low:g} "
                f"H{x + ROUND:g} A{ROUND} {half:g} 0 0 1 {x + ROUND:g} {y:g} Z"
            )
        case _:
            shape = f"M{x:g} {y:g} H{right:g} V{low:g} H{x:g} Z"
    yield path(shape, f"box {box.kind}", box.told)
    for number, line in enumerate(box.lines):
        yield text(x + box.width / 2, y + PAD + LINE * number + 12, line, "label", "middle")
    for number, note in enumerate(box.notes):
        yield text(x + box.width / 2, y + PAD + LINE * len(box.lines) + SMALL * number + 10, note, "tick", "middle")
