"""A procedure as Mermaid text: read as a flow chart, and nothing in a name is read as Mermaid or HTML."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.conditions import Eq, FactSchema, FactType, Range, show_value
from svcstd.handbook import mermaid
from svcstd.procedures import Procedure, Step, Way

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


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(NAMES, NAMES, NAMES)
@example('"', "]", "|")
@example("end", "%%", "#34;")
@example("\n", "\u2028", "<br>&amp;")
def test_any_name_comes_back_from_the_text(text: str, lane: str, value: str) -> None:
    """Each on its line, within its quotes; a number between # and ; is a letter, as Mermaid reads it."""
    steps = {
        "a": Step(kind="ask", text=text, ways=[Way("b", Eq("word", value)), Way("b", otherwise=True)]),
        "b": Step(kind="end", text="end"),
    }
    facts = FactSchema({"word": FactType()})
    lines = mermaid(Procedure(facts=facts, start="a", steps=steps, lane="desk"), roles={"desk": lane}).split("\n")
    quoted = [re.findall(r'"([^"]*)"', line) for line in lines]
    assert quoted == [[], [quoted[1][0]], [quoted[2][0]], ["end"], [], [quoted[5][0]], ["else"], []]
    assert [read(one) for (one,) in (quoted[1], quoted[2], quoted[5])] == [lane, text, show_value(value)]
    assert "".join(re.sub(r'"[^"]*"', '""', line) for line in lines) == (
        'flowchart TD  subgraph l0[""]    s0{""}    s1([""])  end  s0 --> |""| s1  s0 --> |""| s1'
    )


def read(text: str) -> str:
    """A text as Mermaid shows it."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)
