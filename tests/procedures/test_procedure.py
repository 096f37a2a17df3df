"""Steps and procedures that contradict themselves are refused, all faults at once."""

from __future__ import annotations

from typing import Any

import pytest

from svcstd.conditions import Eq, FactSchema, FactType
from svcstd.errors import DefinitionError, StandardError
from svcstd.procedures import Procedure, Step, Way

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
