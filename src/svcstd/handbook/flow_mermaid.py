"""A procedure as Mermaid text, for wikis and pages that draw it themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.handbook.flow import way_label
from svcstd.keyed import EMPTY
from svcstd.procedures import Procedure

__all__ = ["mermaid"]

SHAPES = {"do": ('["', '"]'), "ask": ('{"', '"}'), "hand": ('[["', '"]]'), "end": ('(["', '"])')}


def mermaid(procedure: Procedure, *, roles: Mapping[str, str] = EMPTY) -> str:
    """A flow chart with a subgraph for each role; names of steps are kept as text, and never read as Mermaid.

    >>> from svcstd.conditions import FactSchema
    >>> from svcstd.procedures import Step, Way
    >>> steps = {"a": Step(text="answer", ways=[Way("b")]), "b": Step(kind="end", text="end")}
    >>> print(mermaid(Procedure(facts=FactSchema(), start="a", steps=steps, lane="desk")))
    flowchart TD
      subgraph l0["desk"]
        s0["answer"]
        s1(["end"])
      end
      s0 --> s1
    <BLANKLINE>
    """
    return "\n".join(_lines(procedure, roles)) + "\n"


def _lines(procedure: Procedure, roles: Mapping[str, str]) -> Iterator[str]:
    ids = {key: f"s{number}" for number, key in enumerate(procedure.steps)}
    yield "flowchart TD"
    for number, lane in enumerate(procedure.lanes):
        yield f'  subgraph l{number}["{_escaped(roles.get(lane, lane) or lane or "-")}"]'
        for key, step in procedure.steps.items():
            if procedure.lane_of(key) == lane:
                left, right = SHAPES[step.kind]
                yield f"    {ids[key]}{left}{_escaped(step.text)}{right}"
        yield "  end"
    for key, step in procedure.steps.items():
        for way in step.ways:
            label = way_label(way, step)
            yield f"  {ids[key]} --> " + (f'|"{_escaped(label)}"| ' if label else "") + ids[way.to]


def _escaped(text: str) -> str:
    """Every letter that Mermaid or HTML would read, by its number."""
    return "".join(
        letter if letter.isalnum() or letter in " .,:!?()/+-《》【】?!,。、:()" else f"#{ord(letter)};"
        for letter in text
    )
