"""A procedure on a page: every step in its lane, nothing on top of anything, every way from box to box."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Eq, FactSchema, FactType, Range
from svcstd.handbook import Flow, FlowBox, draw_flow, flow_of, mermaid, standalone
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


def test_a_picture_without_a_name_or_a_role() -> None:
    """Is called as its id, and its lane is a dash."""
    procedure = Procedure(facts=FACTS, start="a", steps={"a": Step(text="x", ways=[Way("end")]), "end": END})
    root = ET.fromstring(standalone(draw_flow(flow_of(procedure), "plain")))  # noqa: S314 - ours
    assert root.findtext(f"{SVG}title") == "plain"
    assert "-" in [one.text for one in root.iter(f"{SVG}text")]


MERMAID = """flowchart TD
  subgraph l0["desk"]
    s0["take the call"]
    s1{"easy?"}
    s2["tell the way"]
    s3{"how far?"}
    s5(["done"])
  end
  subgraph l1["Field #34;service#34;"]
    s4[["hand over"]]
  end
  s0 --> s1
  s1 --> |"true"| s2
  s1 --> |"else"| s3
  s2 --> s5
  s3 --> |"km in #91;0..50#93;"| s4
  s3 --> |"else"| s5
  s4 --> s1
"""


def test_mermaid_text() -> None:
    """A subgraph for each role; whatever Mermaid or a page would read is written by its number."""
    assert mermaid(PHONE, roles={"field": 'Field "service"'}) == MERMAID
    evil = Procedure(facts=FACTS, start="a", steps={"a": Step(text='"]; click <b>\n%%', ways=[Way("end")]), "end": END})
    line = next(line for line in mermaid(evil).splitlines() if "s0[" in line)
    assert line == '    s0["#34;#93;#59; click #60;b#62;#10;#37;#37;"]'
    assert 'l0["-"]' in mermaid(evil)


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
    for (_, _, right), (_, left, _) in zip(flow.lanes, flow.lanes[1:], strict=False):
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
        for (one_x, one_y), (other_x, other_y) in zip(line.points, line.points[1:], strict=False):
            assert one_x == other_x or one_y == other_y
            for each in flow.boxes:
                crosses = min(one_x, other_x) < each.x + each.width and max(one_x, other_x) > each.x
                assert not (crosses and min(one_y, other_y) < each.y + each.height and max(one_y, other_y) > each.y)


@given(STEPS)
def test_the_same_procedure_is_drawn_the_same(drawn: Any) -> None:
    """Pictures can be compared from one release to the next."""
    assert draw_flow(flow_of(made(drawn)), "x") == draw_flow(flow_of(made(drawn)), "x")
