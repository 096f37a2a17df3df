"""Procedures with forms and scripts, what was done of them, where a case stands, and what can be said against them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from svcstd.conditions import FactSchema
from svcstd.procedures import Done, FlowFinding, Form, Procedure, Script, Step, Walk, Way, check_procedure, walk
from svcstd.testing.strategies.conditions import VOCABULARY, facts_of
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.rules import rule_conditions

__all__ = ["STRATEGIES", "forms", "procedures", "scripts", "steps", "walks"]

LANES = ("desk", "engineer", "客服")
FIELDS = ("customer", "problem", "article", "电话")
SAYINGS = ("Good morning, this is {company}.", "", "{name}, thank you. {name}!", "您好,{name}")
TEXTS = st.sampled_from(["take the call", "why?", "核实问题"])


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms of some fields, of which some may be left empty.

    Args:
        draw: of Hypothesis.
    """
    names = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True))
    return Form([name + draw(st.sampled_from(["", "?"])) for name in names], draw(st.sampled_from(["", "a call"])))


def scripts() -> st.SearchStrategy[Script]:
    """What to say, with slots or without."""
    return st.sampled_from(SAYINGS).map(Script)


def _ways(keys: list[str], facts: FactSchema, *, asks: bool) -> st.SearchStrategy[list[Way]]:
    """One way for every case, or for a question several and one for all others."""
    to = st.sampled_from(keys)
    settled = to.map(lambda key: [Way(key)])
    if not asks:
        return settled
    guarded = st.lists(st.builds(Way, to, rule_conditions(facts)), min_size=1, max_size=2)
    none: list[Way] = []
    others = st.one_of(to.map(lambda key: [Way(key, otherwise=True)]), st.just(none))
    return st.builds(lambda ways, rest: [*ways, *rest], guarded, others)


@st.composite
def steps(
    draw: st.DrawFn, *to: str, kind: str | None = None, facts: FactSchema = VOCABULARY, lane: str | None = None
) -> Step:
    """Steps of every kind.

    Args:
        draw: of Hypothesis.
        to: ids of the steps to which it may lead.
        kind: ``do``, ``ask``, ``hand`` or ``end``; any by default.
        facts: those that are declared, at least one.
        lane: the role that does it; any or none by default.
    """
    found: Any = draw(st.sampled_from(["do", "ask", "hand", "end"])) if kind is None else kind
    some = st.lists(st.sampled_from(["call", "visit"]), max_size=1)
    return Step(
        kind=found,
        text=draw(TEXTS),
        lane=draw(st.sampled_from(["", *LANES])) if lane is None else lane,
        to=draw(st.sampled_from(LANES)) if found == "hand" else "",
        fill=draw(some),
        forms=draw(some),
        say=draw(st.sampled_from(["", "greeting"])),
        starts=draw(some),
        stops=draw(some),
        reopens=draw(some),
        ways=() if found == "end" else draw(_ways([*to] or ["end"], facts, asks=found == "ask")),
        again=draw(st.integers(0, 2)),
        note=draw(st.sampled_from(["", "check with sales"])),
    )


@st.composite
def procedures(
    draw: st.DrawFn, facts: FactSchema = VOCABULARY, *, max_steps: int = 4, rounds: bool = True
) -> Procedure:
    """Procedures that begin with a step and know an end, which not every way must reach.

    Args:
        draw: of Hypothesis.
        facts: those that are declared, at least one.
        max_steps: the most steps before the end.
        rounds: whether a way may lead back.
    """
    keys = [f"s{number}" for number in range(draw(st.integers(1, max_steps)))]
    found = {}
    for number, key in enumerate(keys):
        onward = ["end", *(keys if rounds else keys[number + 1 :])]
        found[key] = draw(steps(*onward, kind=draw(st.sampled_from(["do", "ask", "hand"])), facts=facts))
    return Procedure(
        facts=facts,
        start=keys[0],
        steps={**found, "end": draw(steps(kind="end", facts=facts))},
        lane=draw(st.sampled_from(["desk", ""])),
        name=draw(st.sampled_from(["", "intake", "受理"])),
    )


@st.composite
def walks(draw: st.DrawFn, of: st.SearchStrategy[Procedure] | None = None) -> Walk:
    """Where cases stand after some steps were done, with forms filled in or not.

    Args:
        draw: of Hypothesis.
        of: the procedures; any of :func:`procedures` by default.
    """
    procedure = draw(procedures() if of is None else of)
    done = draw(st.lists(st.sampled_from([*procedure.steps]), max_size=3))
    return walk(
        procedure,
        draw(facts_of(procedure.facts)),
        [Done(step, draw(facts_of(procedure.facts))) if draw(st.booleans()) else step for step in done],
        forms={"call": Form(["customer", "problem"])} if draw(st.booleans()) else {},
        scripts={"greeting": draw(scripts())},
        filled={"call": {"customer": "Li"}} if draw(st.booleans()) else {},
    )


@st.composite
def _findings(draw: st.DrawFn) -> tuple[FlowFinding, ...]:
    """Of a procedure with a step to which nothing leads."""
    whole = draw(procedures(max_steps=3))
    lost = draw(steps("end", kind="do"))
    return check_procedure(
        Procedure(facts=whole.facts, start=whole.start, steps={**whole.steps, "lost": lost}, lane=whole.lane)
    )


STRATEGIES: Strategies = {
    Done: lambda: st.builds(Done, st.sampled_from(["s0", "end"]), facts_of(VOCABULARY)),
    FlowFinding: lambda: found_in(_findings(), FlowFinding),
    Form: forms,
    Procedure: procedures,
    Script: scripts,
    Step: lambda: steps("end", "s0"),
    Walk: walks,
    Way: lambda: st.builds(Way, st.sampled_from(["end", "s0"]), rule_conditions(), otherwise=st.booleans()),
}
