"""Procedures that contradict themselves are refused; what is wrong with the others is found, with an example."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import POINTS, SMALL, SMALL_CONDITIONS

from svcstd.conditions import AllOf, Condition, Eq, FactSchema, FactType, Opaque, Present
from svcstd.errors import DefinitionError, StandardError
from svcstd.procedures import FlowFinding, Procedure, Step, Way, check_procedure

FACTS = FactSchema({"kind": FactType(one_of=("fault", "sale", "other")), "vip": FactType("true or false")})
END = Step(kind="end", text="done")


def do(to: str, **options: Any) -> Step:
    """A step with one way on."""
    return Step(text="work", ways=[Way(to)], **options)


def ask(*ways: Way, **options: Any) -> Step:
    """A question."""
    return Step(kind="ask", text="which?", ways=ways, **options)


def procedure(**options: Any) -> Procedure:
    """From a to the end, by the desk."""
    given: dict[str, Any] = {"facts": FACTS, "start": "a", "steps": {"a": do("end"), "end": END}, "lane": "desk"}
    return Procedure(**given | options)


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"kind": "wait", "text": "x", "ways": [Way("b")]}, "kind"),
        ({"kind": "hand", "text": "x", "ways": [Way("b")]}, "to"),
        ({"text": "x", "ways": [Way("b")], "to": "dev"}, "to"),
        ({"text": "x"}, "then"),
        ({"kind": "end", "text": "x", "ways": [Way("b")]}, "then"),
        ({"text": "x", "ways": [Way("b")], "again": -1}, "again"),
        ({"text": "x", "ways": [Way("b")], "again": True}, "again"),
        ({"text": "x", "ways": [Way("b")], "again": 1_001}, "again"),
        ({"text": "x", "ways": [Way("b", otherwise=True), Way("c", Eq("vip", True))]}, "then"),
    ],
)
def test_a_step_that_cannot_be_is_refused(options: dict[str, Any], where: str) -> None:
    """A part that its kind cannot have, an else that is not the last."""
    with pytest.raises(DefinitionError) as refused:
        Step(**options)
    assert refused.value.where == where


def test_all_contradictions_of_a_procedure_are_told_at_once() -> None:
    """Ways and a start that lead nowhere, guards of undeclared facts, no steps at all."""
    steps = {"a": ask(Way("b", Eq("knd", "fault")), Way("en", otherwise=True)), "end": END}
    with pytest.raises(StandardError) as refused:
        procedure(start="aa", steps=steps)
    assert [(one.where, one.message) for one in refused.value.faults] == [
        ("start", "procedures.step"),
        ("steps.a.then", "procedures.step"),
        ("steps.a.then", "facts.name"),
        ("steps.a.then", "procedures.step"),
    ]
    with pytest.raises(StandardError) as empty:
        procedure(steps={})
    assert empty.value.faults[0].message == "shape.bounds"


def test_a_procedure_knows_its_lanes_and_facts() -> None:
    """In the order in which the roles come in; a step without a lane is done by the procedure's."""
    steps = {"a": do("b", lane="hotline"), "b": ask(Way("end", Eq("vip", True)), Way("a", otherwise=True)), "end": END}
    found = procedure(steps=steps)
    assert (found.lanes, found.lane_of("b")) == (("hotline", "desk"), "desk")
    assert found.fields == {"vip"}
    assert found.steps["a"].is_settled
    assert not found.steps["b"].is_settled
    assert ask(Way("end", otherwise=True)).is_settled
    assert not ask(Way("end", Eq("vip", True))).is_settled


FAULT, SALE = Eq("kind", "fault"), Eq("kind", "sale")


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        ({"a": do("end"), "end": END}, []),
        ({"a": do("end"), "b": do("end"), "end": END}, ["error: nothing leads to b []"]),
        (
            {"a": do("b", again=2), "b": do("a"), "end": END},
            [
                "error: no end can be reached from a []",
                "error: no end can be reached from b []",
                "error: nothing leads to end []",
            ],
        ),
        (
            {"a": ask(Way("end", FAULT), Way("a", otherwise=True)), "end": END},
            ["error: nothing bounds the round a, a []"],
        ),
        ({"a": ask(Way("end", FAULT), Way("a", otherwise=True), again=3), "end": END}, []),
        (
            {"a": ask(Way("end", FAULT), Way("b", SALE)), "b": do("end"), "end": END},
            ["error: a leads nowhere where kind = other [kind = other]"],
        ),
        (
            {"a": ask(Way("end", FAULT), Way("b", Present("kind"))), "b": do("end"), "end": END},
            ["error: from a one case goes to several of end, b: kind = fault [kind = fault]"],
        ),
        ({"a": ask(Way("end", FAULT), Way("end", Present("kind"))), "end": END}, []),
        (
            {"a": ask(Way("end", AllOf((FAULT, SALE))), Way("b", otherwise=True)), "b": do("end"), "end": END},
            ["warning: no case goes from a to end []"],
        ),
    ],
)
def test_what_is_wrong_with_a_procedure_is_found(steps: dict[str, Step], lines: list[str]) -> None:
    """Steps nobody reaches or leaves, guards with holes and overlaps, rounds that nothing bounds."""
    assert [
        f"{one.severity}: {one.sentence()} [{one.example}]" for one in check_procedure(procedure(steps=steps))
    ] == lines


def test_a_step_without_a_role_is_found() -> None:
    """But for an end, which nobody does."""
    assert [(one.kind, one.steps) for one in check_procedure(procedure(lane=""))] == [("no_role", ("a",))]


def test_a_guard_from_python_leaves_the_check_open() -> None:
    """Nothing is claimed of it that asking it does not prove."""
    lucky = Opaque("lucky", lambda _: False)
    steps = {"a": ask(Way("end", lucky), Way("b", FAULT), Way("end", otherwise=True)), "b": do("end"), "end": END}
    assert {one.kind for one in check_procedure(procedure(steps=steps))} == {"unknown"}


def test_a_long_round_is_told_from_its_first_step_back_to_it() -> None:
    """Whatever leads there, and other ways that end."""
    steps = {
        "a": ask(Way("x", FAULT), Way("b", otherwise=True)),
        "x": do("end"),
        "b": do("c"),
        "c": ask(Way("end", FAULT), Way("d", otherwise=True)),
        "d": do("b"),
        "end": END,
    }
    found = check_procedure(procedure(steps=steps))
    assert found == (FlowFinding("endless", "error", ("b", "c", "d", "b")),)


@given(st.lists(SMALL_CONDITIONS, min_size=1, max_size=4))
def test_gaps_and_overlaps_of_guards_are_found_and_no_others(guards: list[Condition]) -> None:
    """Held against every case with all facts known for gaps, against all cases for overlaps."""
    steps: dict[str, Step] = {"a": ask(*(Way(f"s{number}", guard) for number, guard in enumerate(guards)))}
    steps |= {f"s{number}": do("end") for number in range(len(guards))} | {"end": END}
    kinds = {one.kind for one in check_procedure(procedure(facts=SMALL, steps=steps))}
    if "unknown" in kinds or steps["a"].is_settled:
        return
    fitting = [[guard.holds(point) is True for guard in guards] for point in POINTS]
    known = [row for row, point in zip(fitting, POINTS, strict=True) if len(point) == len(SMALL.types)]
    assert ("overlap" in kinds) == any(sum(row) > 1 for row in fitting)
    assert ("gap" in kinds) == any(not any(row) for row in known)
