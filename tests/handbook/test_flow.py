"""A procedure on a page: every step in its lane, nothing on top of anything, every way from box to box."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.conditions import Eq, FactSchema, FactType, Range
from svcstd.handbook import Flow, FlowBox, draw_flow, flow_of, standalone
from svcstd.handbook.style import picture_style
from svcstd.procedures import Procedure, Step, Way

SVG = "{http://www.w3.org/2000/svg}"
FACTS = FactSchema({"easy": FactType("true or false"), "km": FactType("integer")})
END = Step(kind="end", text="done")
PHONE = Procedure(
    facts=FACTS,
    start="call",
    name="Phone & more",
    lane="desk",
    steps={
        "call": Step(text="take the call", fill=("intake",), starts=("reply",), ways=[Way("which")]),
        "which": Step(kind="ask", text="easy?", ways=[Way("tell", Eq("easy", True)), Way("far", otherwise=True)]),
        "tell": Step(text="tell the way", stops=("reply",), ways=[Way("end")]),
        "far": Step(kind="ask", text="how far?", ways=[Way("visit", Range("km", 0, 50)), Way("end", otherwise=True)]),
        "visit": Step(kind="hand", text="hand over", to="field", lane="field", reopens=("reply",), ways=[Way("which")]),
        "end": END,
    },
)


def box(flow: Flow, step: str) -> FlowBox:
    """The box of a step."""
    return next(one for one in flow.boxes if one.step == step)


def test_a_page_says_what_the_procedure_says() -> None:
    """Names instead of ids, signs for clocks and forms, when each way is taken, and which lead back."""
    flow = flow_of(
        PHONE, roles={"field": "Field service"}, forms={"intake": "Intake form"}, clocks={"reply": "First reply"}
    )
    assert (flow.title, [name for name, _, _ in flow.lanes]) == ("Phone & more", ["desk", "Field service"])
    assert box(flow, "call").notes == ("▤ Intake form", "▶ First reply")
    assert box(flow, "tell").notes == ("■ First reply",)
    assert box(flow, "visit").notes == ("→ Field service", "↻ First reply")
    assert box(flow, "visit").told == "visit: hand over; Field service; → Field service; ↻ First reply"
    assert {(one.start, one.end, one.label, one.back) for one in flow.lines} == {
        ("call", "which", "", False),
        ("which", "tell", "true", False),
        ("which", "far", "else", False),
        ("tell", "end", "", False),
        ("far", "visit", "km in [0..50]", False),
        ("far", "end", "else", False),
        ("visit", "which", "", True),
    }


def test_a_way_on_several_facts_is_said_in_full() -> None:
    """Of a question on one fact, the value is enough."""
    steps = {
        "a": Step(kind="ask", text="?", ways=[Way("end", Eq("easy", True)), Way("end", Eq("km", 1))]),
        "end": END,
    }
    flow = flow_of(Procedure(facts=FACTS, start="a", steps=steps))
    assert [one.label for one in flow.lines] == ["easy = true", "km = 1"]
    assert flow.lanes[0][0] == ""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ("short",)),
        ("a text that takes two lines", ("a text that takes", "two lines")),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfschifffahr", "tsgesellschaft")),
        ("接到客户的电话以后马上记录", ("接到客户的电话以后马", "上记录")),
        ("一二三四五六七八九十,后", ("一二三四五六七八九", "十,后")),  # no line begins with a comma
        ("  blanks\n\tand breaks ", ("blanks and breaks",)),
        ("one " * 30, ("one one one one one", "one one one one one", "one one one one one", "one one one one one…")),
        ("", ("",)),
    ],
)
def test_texts_are_broken_into_lines(text: str, lines: tuple[str, ...]) -> None:
    """At blanks, within words that are too long, wide letters counted twice; the rest is cut."""
    procedure = Procedure(facts=FACTS, start="a", steps={"a": Step(text=text, ways=[Way("end")]), "end": END})
    assert box(flow_of(procedure), "a").lines == lines


def test_a_long_note_is_cut() -> None:
    """With a mark that there is more."""
    step = Step(text="x", fill=("f",), ways=[Way("end")])
    flow = flow_of(Procedure(facts=FACTS, start="a", steps={"a": step, "end": END}), forms={"f": "x" * 60})
    (note,) = box(flow, "a").notes
    assert len(note) == 24
    assert note.endswith("…")


@pytest.mark.rows("A016", "N28", "C113")
def test_the_picture_is_a_picture() -> None:
    """A title, a description, a shape for each kind of step, a tip for each way, and no line of Mermaid."""
    text = standalone(draw_flow(flow_of(PHONE), "flow <1>"))
    root = ET.fromstring(text)  # noqa: S314 - ours
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == "Phone & more"
    classes = [one.get("class") for one in root.iter(f"{SVG}path")]
    assert sorted(one for one in classes if one and one.startswith("box")) == [
        "box ask",
        "box ask",
        "box do",
        "box do",
        "box end",
        "box hand",
    ]
    assert (classes.count("way"), classes.count("back"), classes.count("tip")) == (6, 1, 7)
    assert "flow--1-" in text


def test_the_style_of_a_picture_leaves_the_page_alone() -> None:
    """Every rule is for pictures of its class; each kind of step, line and tip has one."""
    style = picture_style("flow")
    assert style.count("{") == style.count("}")
    selectors = [
        one.strip()
        for group in re.findall(r"([^{}]+)\{", style)
        for one in group.split(",")
        if not group.strip().startswith("@media")
    ]
    assert {one.split()[0] for one in selectors} == {"svg.flow"}
    drawn = {
        "svg.flow ." + name for name in ("box", "ask", "hand", "end", "way", "back", "tip", "label", "tick", "shut")
    }
    assert drawn <= set(selectors)


def test_the_sides_of_an_end_are_round_within_its_box() -> None:
    """As high as the box, whatever it holds, and no wider: the gutter beside it is for lines."""
    steps = {"a": Step(kind="end", text="one " * 12, stops=("reply", "close"))}
    flow = flow_of(Procedure(facts=FACTS, start="a", steps=steps))
    assert (box(flow, "a").x, box(flow, "a").y, box(flow, "a").width, box(flow, "a").height) == (26, 55, 150, 95)
    assert "M40 55 H162 A14 47.5 0 0 1 162 150 H40 A14 47.5 0 0 1 40 55 Z" in draw_flow(flow, "x")


def test_a_picture_without_a_name_or_a_role() -> None:
    """Is called as its id, and its lane is a dash."""
    procedure = Procedure(facts=FACTS, start="a", steps={"a": Step(text="x", ways=[Way("end")]), "end": END})
    root = ET.fromstring(standalone(draw_flow(flow_of(procedure), "plain")))  # noqa: S314 - ours
    assert root.findtext(f"{SVG}title") == "plain"
    assert "-" in [one.text for one in root.iter(f"{SVG}text")]


STEPS = st.integers(2, 9).flatmap(
    lambda count: st.tuples(
        *(
            st.tuples(
                st.sampled_from(("", "desk", "field", "dev")),
                st.lists(st.integers(0, count - 1), min_size=1, max_size=3, unique=True),
                st.text("ab 上", max_size=60),
            )
            for _ in range(count)
        )
    )
)


def made(drawn: Any) -> Procedure:
    """A procedure with any ways at all, to an end and back."""
    steps = {
        f"s{number}": Step(
            kind="ask",
            text=text,
            lane=lane,
            ways=[Way(f"s{to}", Eq("km", place)) for place, to in enumerate(ways)] + [Way("end", otherwise=True)],
        )
        for number, (lane, ways, text) in enumerate(drawn)
    }
    return Procedure(facts=FACTS, start="s0", lane="desk", steps=steps | {"end": END})


@given(STEPS)
def test_nothing_stands_on_top_of_anything(drawn: Any) -> None:
    """Boxes are apart, within the page, and within the lane of their role; each step is there once."""
    procedure = made(drawn)
    flow = flow_of(procedure)
    assert sorted(one.step for one in flow.boxes) == sorted(procedure.steps)
    lanes = {name: (left, right) for name, left, right in flow.lanes}
    for one in flow.boxes:
        left, right = lanes[procedure.lane_of(one.step)]
        assert left <= one.x
        assert one.x + one.width <= right <= flow.width
        assert one.y + one.height <= flow.height
    for one, other in combinations(flow.boxes, 2):
        assert one.x + one.width <= other.x or other.x + other.width <= one.x or apart(one, other)
    for (_, _, right), (_, left, _) in pairwise(flow.lanes):
        assert right <= left


def apart(one: FlowBox, other: FlowBox) -> bool:
    """Whether one lies above the other."""
    return one.y + one.height <= other.y or other.y + other.height <= one.y


@given(STEPS)
def test_every_way_leads_from_box_to_box_and_through_none(drawn: Any) -> None:
    """From the lower edge of the one to the middle of the upper edge of the other, in straight turns."""
    procedure = made(drawn)
    flow = flow_of(procedure)
    assert len(flow.lines) == sum(len(step.ways) for step in procedure.steps.values())
    for line in flow.lines:
        start, end = box(flow, line.start), box(flow, line.end)
        (x, y), (last_x, last_y) = line.points[0], line.points[-1]
        assert y == start.y + start.height
        assert start.x < x < start.x + start.width
        assert (last_x, last_y) == (end.x + end.width / 2, end.y)
        for (one_x, one_y), (other_x, other_y) in pairwise(line.points):
            assert one_x == other_x or one_y == other_y
            for each in flow.boxes:
                crosses = min(one_x, other_x) < each.x + each.width and max(one_x, other_x) > each.x
                assert not (crosses and min(one_y, other_y) < each.y + each.height and max(one_y, other_y) > each.y)


Piece = tuple[tuple[float, float], tuple[float, float]]


def cross(one: Piece, other: Piece) -> bool:
    """Whether a piece that lies and one that stands cut each other between their ends."""
    ((a, b), (c, d)), ((e, f), (g, h)) = one, other
    if a == c and f == h:
        return min(e, g) < a < max(e, g) and min(b, d) < f < max(b, d)
    return b == d and e == g and cross(other, one)


DOWN_BACK = tuple(("", ways, "") for ways in ([0], [0], [6], [0, 1, 2], [0, 5], [0, 2], [0, 1, 3]))
"""A way back in a round that leads down on the page."""


@given(STEPS)
@example((("", [0], ""), ("", [0, 1], "")))
@example((("", [2], ""), ("", [2], ""), ("", [3], ""), ("", [1, 2, 3], "")))
@example(DOWN_BACK)
def test_ways_of_a_step_part_without_crossing(drawn: Any) -> None:
    """Down from the box, along the gap and on, up or down, to the next corner: none cuts another of the same step."""
    lines = flow_of(made(drawn)).lines
    for one, other in combinations(lines, 2):
        if one.start == other.start:
            parts = list(pairwise(one.points))[:3], list(pairwise(other.points))[:3]
            assert not any(cross(piece, another) for piece in parts[0] for another in parts[1])


@pytest.mark.parametrize(("inner", "outer"), [(("b", "b"), ("a", "end")), (("a", "c"), ("c", "a"))])
def test_the_further_a_way_goes_the_further_outside_it_runs(inner: tuple[str, str], outer: tuple[str, str]) -> None:
    """In one gutter, and without crossing where one lies within the other."""
    easy, far = Eq("easy", True), Eq("km", 1)
    steps = {
        "a": Step(kind="ask", text="?", ways=[Way("end", easy), Way("c", far), Way("b", otherwise=True)]),
        "b": Step(kind="ask", text="?", ways=[Way("b", easy), Way("c", otherwise=True)]),
        "c": Step(kind="ask", text="?", ways=[Way("a", easy), Way("end", otherwise=True)]),
        "end": END,
    }
    lines = {(line.start, line.end): line for line in flow_of(Procedure(facts=FACTS, start="a", steps=steps)).lines}
    within, around = lines[inner].points, lines[outer].points
    assert within[2][0] < around[2][0]
    assert not any(cross(one, other) for one in pairwise(within) for other in pairwise(around))


@given(STEPS)
@example((("", [0, 8], ""),) * 9)
def test_every_way_has_a_track_and_a_channel_of_its_own(drawn: Any) -> None:
    """No two lie on each other along a gap or down a gutter; every channel is within its gutter."""
    flow = flow_of(made(drawn))
    lying = [(y, *sorted((x, to))) for line in flow.lines for (x, y), (to, low) in pairwise(line.points) if y == low]
    for (y, left, right), (other_y, other_left, other_right) in combinations(lying, 2):
        assert y != other_y or right <= other_left or other_right <= left
    long = [line.points for line in flow.lines if len(line.points) == 6]
    channels = [points[2][0] for points in long]
    assert len(set(channels)) == len(channels)
    assert all(x < one.x or x > one.x + one.width for x in channels for one in flow.boxes)
    assert all(0 < x < flow.width for x in channels)


@given(STEPS)
def test_the_same_procedure_is_drawn_the_same(drawn: Any) -> None:
    """Pictures can be compared from one release to the next."""
    assert draw_flow(flow_of(made(drawn)), "x") == draw_flow(flow_of(made(drawn)), "x")
