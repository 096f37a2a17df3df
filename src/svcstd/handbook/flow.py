"""A procedure laid out on a page: a column for each role, a row for each step of the way, lines in the gaps between.

Rows are the longest way from the start, once the lines that lead back are set aside. Steps of one role that fall in one
row stand side by side, nearest to where they come from. Lines run straight down where nothing is in the way, else
along a track of their own in the gap between two rows and down the gutter between two columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from svcstd.conditions import ANYTHING, show_condition
from svcstd.handbook.svg import breadth
from svcstd.keyed import EMPTY, as_tuple
from svcstd.procedures import Procedure, Step, StepKind, Way

__all__ = ["Flow", "FlowBox", "FlowLine", "flow_of", "way_label"]

BOX, GUTTER = 150, 26
LINE, PAD, TRACK, HEAD = 17, 8, 15, 40
LETTERS = 20
"""Narrow letters that fit in a line of a box; wide ones count twice."""
MOST_LINES = 4
LETTER = 7
"""Width of a narrow letter of a label."""
CLOSING = "》」』)】,。!?、:;,.!?:;)"
"""Letters that begin no line."""
SMALL = 14
CHANNEL, EDGE = 5, 4
"""What lies between two lines of a gutter, less where it is full, and beside them."""


@attrs.frozen
class FlowBox:
    """A step on the page; lengths in user units.

    Attributes:
        step: its id.
        kind: what kind of step.
        lines: its text, broken into lines.
        notes: who takes over, forms and clocks, one each line, below the text.
        x, y: the upper left corner.
        width, height: of the box.
        told: all of it in words.
    """

    step: str
    kind: StepKind
    lines: tuple[str, ...] = attrs.field(converter=as_tuple)
    notes: tuple[str, ...] = attrs.field(converter=as_tuple)
    x: float
    y: float
    width: float
    height: float
    told: str


@attrs.frozen
class FlowLine:
    """A way from one step to another.

    Attributes:
        start, end: ids of the steps.
        points: its corners, from the start.
        label: when it is taken; empty for always.
        at: where the label stands.
        back: whether it leads, in a round, to a step that is written earlier.
    """

    start: str
    end: str
    points: tuple[tuple[float, float], ...] = attrs.field(converter=as_tuple)
    label: str
    at: tuple[float, float]
    back: bool


@attrs.frozen
class Flow:
    """A procedure on a page.

    Attributes:
        title: its name.
        lanes: names of the roles with the left and right edge of each.
        boxes: the steps, row by row.
        lines: the ways between them.
        width, height: of the page.
    """

    title: str
    lanes: tuple[tuple[str, float, float], ...] = attrs.field(converter=as_tuple)
    boxes: tuple[FlowBox, ...] = attrs.field(converter=as_tuple)
    lines: tuple[FlowLine, ...] = attrs.field(converter=as_tuple)
    width: float
    height: float


def way_label(way: Way, step: Step) -> str:
    """When a way is taken, as short as the step allows; empty for always."""
    if way.otherwise:
        return "else"
    if way.when == ANYTHING:
        return ""
    text = show_condition(way.when)
    (field,) = step.fields if len(step.fields) == 1 else ("",)
    return text.removeprefix(f"{field} = ") if field else text


def flow_of(
    procedure: Procedure,
    *,
    roles: Mapping[str, str] = EMPTY,
    forms: Mapping[str, str] = EMPTY,
    clocks: Mapping[str, str] = EMPTY,
) -> Flow:
    """The procedure on a page; the same for the same procedure.

    Args:
        procedure: what is drawn.
        roles: names of roles by id.
        forms: names of forms by id.
        clocks: names of objectives by id.
    """
    return _Layout(procedure, roles, forms, clocks).flow()


class _Layout:
    """Places every step, then every line."""

    def __init__(
        self, procedure: Procedure, roles: Mapping[str, str], forms: Mapping[str, str], clocks: Mapping[str, str]
    ) -> None:
        self._procedure, self._steps = procedure, procedure.steps
        self._roles, self._forms, self._clocks = roles, forms, clocks
        self._back = _back_ways(procedure)
        self._row = _rows(procedure, self._back)
        self._column, self._columns = self._placed()
        self._lines = [line for key, step in self._steps.items() for line in self._leaving(key, step)]

    def _leaving(self, key: str, step: Step) -> list[tuple[str, int, Way]]:
        """The ways of a step with the places at which they leave it, in the order in which they take their tracks.

        They leave from left to right as they go, those that lead up on the right of all, the nearest last; the
        outermost takes the highest track, so that none crosses another before its next turn.
        """
        here = self._column[key]
        placed = list(enumerate(sorted(step.ways, key=lambda way: self._order(key, way))))
        right = [one for one in reversed(placed) if self._heads(key, one[1]) > here]
        left = [one for one in placed if self._heads(key, one[1]) <= here]
        return [(key, place, way) for place, way in (*right, *left)]

    def _order(self, key: str, way: Way) -> tuple[bool, float, int]:
        heads, span = self._heads(key, way), self._span(key, way)
        return (True, -heads, -span) if self._is_up(key, way) else (False, heads, span)

    def _span(self, key: str, way: Way) -> int:
        """How many rows a line passes."""
        return abs(self._row[way.to] - self._row[key] - 1)

    def _is_up(self, key: str, way: Way) -> bool:
        return self._row[way.to] <= self._row[key]

    def _heads(self, key: str, way: Way) -> float:
        """The column to which a line turns first; a gutter lies half a column to the right."""
        gutter = self._gutter(key, way)
        return self._column[way.to] if gutter is None else gutter + 0.5

    def _gutter(self, key: str, way: Way) -> int | None:
        """The column beside which a line runs, on its right; ``None`` for a line that needs no gutter."""
        row, end, there = self._row[key], self._row[way.to], self._column[way.to]
        if self._is_up(key, way):
            return max(self._column[key], there)
        between = range(row + 1, end)
        return there if any(self._column[one] == there for one in self._steps if self._row[one] in between) else None

    def _placed(self) -> tuple[dict[str, int], list[str]]:
        """The column of each step, and the role of each column."""
        lanes = self._procedure.lanes
        cells: dict[tuple[int, str], list[str]] = {}
        for key in self._steps:
            cells.setdefault((self._row[key], self._procedure.lane_of(key)), []).append(key)
        width = {lane: max(len(keys) for (_, one), keys in cells.items() if one == lane) for lane in lanes}
        first = {lane: sum(width[one] for one in lanes[:place]) for place, lane in enumerate(lanes)}
        column: dict[str, int] = {}
        for (_, lane), keys in sorted(cells.items(), key=lambda cell: (cell[0][0], lanes.index(cell[0][1]))):
            ordered = sorted(keys, key=lambda key: self._pull(key, column, first[lane]))
            offset = (width[lane] - len(keys)) // 2
            column |= {key: first[lane] + offset + place for place, key in enumerate(ordered)}
        return column, [lane for lane in lanes for _ in range(width[lane])]

    def _pull(self, key: str, column: Mapping[str, int], otherwise: int) -> float:
        """Where the steps before it stand, on the average."""
        before = [
            column[one] for one, step in self._steps.items() if one in column and any(w.to == key for w in step.ways)
        ]
        return sum(before) / len(before) if before else otherwise

    def flow(self) -> Flow:
        """The finished page."""
        count = max(self._row.values()) + 1
        tracks = [0] * (count + 1)
        routes = self._routes(tracks)
        lines = {key: _wrapped(step.text) for key, step in self._steps.items()}
        notes = {key: self._notes(step) for key, step in self._steps.items()}
        high = {key: LINE * len(lines[key]) + SMALL * len(notes[key]) + 2 * PAD for key in self._steps}
        rows = [max(high[key] for key in self._steps if self._row[key] == row) for row in range(count)]
        tops: list[float] = []
        y: float = HEAD + TRACK * (tracks[0] + 1)
        for row in range(count):
            tops.append(y)
            y += rows[row] + TRACK * (tracks[row + 1] + 2)
        boxes = [
            FlowBox(
                key,
                step.kind,
                lines[key],
                notes[key],
                self._x(self._column[key]),
                tops[self._row[key]],
                BOX,
                high[key],
                self._told(key, step),
            )
            for key, step in sorted(self._steps.items(), key=lambda pair: (self._row[pair[0]], self._column[pair[0]]))
        ]
        drawn = {box.step: box for box in boxes}
        gaps = [HEAD, *(tops[row] + rows[row] for row in range(count))]
        made = [
            self._line(key, number, way, route, drawn, gaps)
            for (key, number, way), route in zip(self._lines, routes, strict=True)
        ]
        width = self._x(len(self._columns)) + GUTTER / 2
        return Flow(self._procedure.name, self._lanes(), boxes, made, width, y)

    def _lanes(self) -> list[tuple[str, float, float]]:
        found = []
        for lane in self._procedure.lanes:
            mine = [number for number, one in enumerate(self._columns) if one == lane]
            left, right = self._x(mine[0]) - GUTTER / 2, self._x(mine[-1]) + BOX + GUTTER / 2
            found.append((self._roles.get(lane, lane) or lane, left, right))
        return found

    @staticmethod
    def _x(column: int) -> float:
        return GUTTER + column * (BOX + GUTTER)

    def _notes(self, step: Step) -> tuple[str, ...]:
        signs = (("▶", step.starts), ("■", step.stops), ("↻", step.reopens))
        clocks = [f"{sign} {self._clocks.get(one, one) or one}" for sign, listed in signs for one in listed]
        forms = [f"▤ {self._forms.get(one, one) or one}" for one in step.fill]
        hand = [f"→ {self._roles.get(step.to, step.to) or step.to}"] if step.to else []
        return tuple(_cut(note) for note in (*hand, *forms, *clocks))

    def _told(self, key: str, step: Step) -> str:
        lane = self._procedure.lane_of(key)
        named = self._roles.get(lane, lane) or lane
        return "; ".join(part for part in (f"{key}: {step.text}", named, *self._notes(step), step.note) if part)

    def _routes(self, tracks: list[int]) -> list[tuple[int | None, int | None, float | None]]:
        """The tracks that each line takes below its start and above its end, and the channel between them.

        Where lines leave their gutter, those that lead down come first, the innermost above the others.
        """
        below = [self._below(key, way, tracks) for key, _, way in self._lines]
        channels = self._channels()
        above: dict[int, int] = {}
        leaving = {number: self._is_up(self._lines[number][0], self._lines[number][2]) for number in channels}
        for number in sorted(channels, key=lambda one: (leaving[one], channels[one] * (-1 if leaving[one] else 1))):
            row = self._row[self._lines[number][2].to]
            tracks[row] += 1
            above[number] = tracks[row]
        return [(track, above.get(number), channels.get(number)) for number, track in enumerate(below)]

    def _below(self, key: str, way: Way, tracks: list[int]) -> int | None:
        """The track below its start; ``None`` for a line that runs straight down."""
        row, alone = self._row[key] + 1, len(self._steps[key].ways) == 1
        if alone and self._column[key] == self._column[way.to] and self._row[way.to] == row:
            return None
        tracks[row] += 1
        return tracks[row]

    def _channels(self) -> dict[int, float]:
        """Where lines run in their gutters, by number: the further they go, the further outside.

        Of those of one step that go equally far, each stays clear of the tracks of the others.
        """
        gutters: dict[int, list[tuple[int, bool, int]]] = {}
        for number, (key, _, way) in enumerate(self._lines):
            side, is_up = self._gutter(key, way), self._is_up(key, way)
            if side is not None:
                first = -number if side >= self._column[key] and not is_up else number
                gutters.setdefault(side, []).append((self._span(key, way), not is_up, first))
        return {
            abs(number): self._x(side) + BOX + EDGE + place * min(CHANNEL, (GUTTER - 2 * EDGE) / max(1, len(lines) - 1))
            for side, lines in gutters.items()
            for place, (_, _, number) in enumerate(sorted(lines))
        }

    def _line(
        self,
        key: str,
        number: int,
        way: Way,
        route: tuple[int | None, int | None, float | None],
        drawn: Mapping[str, FlowBox],
        gaps: Sequence[float],
    ) -> FlowLine:
        start, end = drawn[key], drawn[way.to]
        step = self._steps[key]
        x = start.x + start.width * (number + 1) / (len(step.ways) + 1)
        below, above, channel = route
        points = [(x, start.y + start.height)]
        to = end.x + end.width / 2
        label = way_label(way, step)
        at = (x + 4, start.y + start.height + 12)
        if below is not None:
            y = gaps[self._row[key] + 1] + TRACK * below
            turn = to if channel is None else channel
            points += [(x, y), (turn, y)]
            fits = turn - x > LETTER * breadth(label)
            at = (x + 5, y - 3) if fits or turn == x else (x - 5, y - 3)
            if channel is not None and above is not None:
                top = gaps[self._row[way.to]] + TRACK * above
                points += [(channel, top), (to, top)]
        points.append((to, end.y))
        return FlowLine(key, way.to, _straight(points), label, at, (key, way.to) in self._back)


def _straight(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners, each once."""
    return [point for place, point in enumerate(points) if not place or point != points[place - 1]]


def _back_ways(procedure: Procedure) -> set[tuple[str, str]]:
    """The ways of a round that lead to a step written earlier; without them there is no round."""
    place = {key: number for number, key in enumerate(procedure.steps)}
    return {
        (key, way.to)
        for key, step in procedure.steps.items()
        for way in step.ways
        if place[way.to] <= place[key] and _leads(procedure, way.to, key)
    }


def _leads(procedure: Procedure, start: str, end: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        key = waiting.pop()
        if key == end:
            return True
        further = [way.to for way in procedure.steps[key].ways if way.to not in seen]
        seen.update(further)
        waiting += further
    return False


def _rows(procedure: Procedure, back: set[tuple[str, str]]) -> dict[str, int]:
    """By step, the length of the longest way to it."""
    onward = {
        key: list(dict.fromkeys(way.to for way in step.ways if (key, way.to) not in back))
        for key, step in procedure.steps.items()
    }
    before = dict.fromkeys(onward, 0)
    for targets in onward.values():
        for to in targets:
            before[to] += 1
    row = dict.fromkeys(onward, 0)
    ready = [key for key, count in before.items() if not count]
    while ready:
        key = ready.pop()
        for to in onward[key]:
            row[to] = max(row[to], row[key] + 1)
            before[to] -= 1
            if not before[to]:
                ready.append(to)
    return row


def _cut(text: str, most: int = LETTERS + 4) -> str:
    """A text in one line."""
    while breadth(text) > most:
        text = f"{text.removesuffix('…')[:-1]}…"
    return text


def _wrapped(text: str) -> tuple[str, ...]:
    """A text in lines of a box; broken at blanks, and within words that are too long."""
    lines = [""]
    for word in " ".join(text.split()).split(" "):
        for letter in f" {word}" if lines[-1] else word:
            lines[-1] += letter
        while breadth(lines[-1]) > LETTERS:
            line = lines.pop()
            cut = line.rfind(" ")
            if cut <= 0:
                cut = max(place for place in range(1, len(line)) if breadth(line[:place]) <= LETTERS)
                cut -= cut > 1 and line[cut] in CLOSING
            lines += [line[:cut], line[cut:].lstrip()]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], _cut(f"{lines[MOST_LINES - 1]}…", LETTERS)]
    return tuple(lines)
