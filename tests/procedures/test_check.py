"""What is wrong with a procedure is found, with an example, and nothing else is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.rules.tables import POINTS, SMALL, SMALL_CONDITIONS

from svcstd.conditions import AllOf, Condition, Eq, FactSchema, FactType, Opaque, Present
from svcstd.procedures import FlowFinding, Procedure, Step, Way, check_procedure

FACTS = FactSchema({"kind": FactType(one_of=("fault", "sale", "other")), "vip": FactType("true or false")})
END = Step(kind="end", text="done")
FAULT, SALE = Eq("kind", "fault"), Eq("kind", "sale")


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


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (FlowFinding("unreachable", "error", ("a",)), "nothing leads to a"),
        (FlowFinding("no_end", "error", ("a",)), "no end can be reached from a"),
        (FlowFinding("endless", "error", ("a", "b", "a")), "nothing bounds the round a, b, a"),
        (FlowFinding("no_role", "error", ("a",)), "nobody is named to do a"),
        (FlowFinding("gap", "error", ("a",), region=AllOf((SALE,))), "a leads nowhere where kind = sale"),
        (
            FlowFinding("overlap", "error", ("a", "b", "c"), region=AllOf((SALE,))),
            "from a one case goes to several of b, c: kind = sale",
        ),
        (FlowFinding("dead_way", "warning", ("a", "b")), "no case goes from a to b"),
        (FlowFinding("unknown", "warning", ("a",)), "not settled: the ways from a"),
    ],
)
def test_every_finding_has_a_sentence(finding: FlowFinding, sentence: str) -> None:
    """It names the step first; where there is nothing to show, the example is empty."""
    assert finding.sentence() == sentence
    assert finding.example == ""


def test_errors_stand_first() -> None:
    """A way that no case takes, written first, is told after the step that nobody reaches."""
    steps = {
        "a": ask(Way("end", AllOf((FAULT, SALE))), Way("end", otherwise=True)),
        "b": do("end"),
        "end": END,
    }
    found = check_procedure(procedure(steps=steps))
    assert [(one.severity, one.kind, one.steps) for one in found] == [
        ("error", "unreachable", ("b",)),
        ("warning", "dead_way", ("a", "end")),
    ]


def test_a_witness_is_a_case_that_the_guards_were_asked_about() -> None:
    """Of a gap no way takes it, of an overlap two do."""
    guards: dict[str, Condition] = {"b": AllOf((FAULT, Eq("vip", True))), "c": Eq("vip", True), "end": SALE}
    steps = {"a": ask(*(Way(to, when) for to, when in guards.items())), "b": do("end"), "c": do("end"), "end": END}
    found = check_procedure(procedure(steps=steps))
    assert {one.kind for one in found} == {"gap", "overlap"}
    for one in found:
        assert one.witness is not None
        taken = [to for to, when in guards.items() if when.holds(one.witness) is True]
        assert taken == ([] if one.kind == "gap" else [to for to in guards if to in one.steps[1:]])


GRAPHS = st.integers(1, 6).flatmap(
    lambda count: st.tuples(
        *(
            st.tuples(
                st.lists(st.integers(0, count - 1), max_size=3, unique=True),  # none for an end
                st.booleans(),
                st.booleans(),
            )
            for _ in range(count)
        )
    )
)
"""By step: where it leads, whether it is bounded, whether somebody does it."""
Graph = tuple[tuple[list[int], bool, bool], ...]


def drawn(graph: Graph) -> Procedure:
    """A procedure whose guards have neither holes nor overlaps."""
    steps: dict[str, Step] = {}
    for number, (targets, bounded, named) in enumerate(graph):
        ways = [Way(f"s{to}", Eq("level", place)) for place, to in enumerate(targets[:-1])]
        ways += [Way(f"s{to}", otherwise=True) for to in targets[-1:]]
        again, lane = 2 if bounded else 0, "desk" if named else ""
        steps[f"s{number}"] = Step(kind="ask" if ways else "end", text="x", ways=ways, again=again, lane=lane)
    return procedure(facts=SMALL, start="s0", steps=steps, lane="")


def leading(graph: Graph, allowed: set[int]) -> set[tuple[int, int]]:
    """From where one gets to where in one step or more, over steps that are allowed: by Warshall."""
    found = {(one, to) for one in allowed for to in graph[one][0] if to in allowed}
    for through in allowed:
        found |= {(one, to) for one in allowed for to in allowed if (one, through) in found and (through, to) in found}
    return found


@given(GRAPHS)
@example((([0], False, True),))
@example((([1], False, True), ([2], True, True), ([1, 0], False, True)))
def test_steps_and_rounds_are_judged_as_the_graph_says(graph: Graph) -> None:
    """Unreachable, without an end, without a role: exactly those; endless: where a round has no bounded step."""
    everything = set(range(len(graph)))
    leads = leading(graph, everything) | {(one, one) for one in everything}
    ends = {one for one in everything if not graph[one][0]}
    reached = {one for one in everything if (0, one) in leads}
    expected = {("unreachable", (f"s{one}",)) for one in everything - reached}
    expected |= {("no_end", (f"s{one}",)) for one in reached if not any((one, end) in leads for end in ends)}
    expected |= {("no_role", (f"s{one}",)) for one in everything - ends if not graph[one][2]}
    found = check_procedure(drawn(graph))
    assert {(one.kind, one.steps) for one in found if one.kind != "endless"} == expected
    unbounded = {one for one in everything if not graph[one][1]}
    rounds = {one for one, to in leading(graph, unbounded) if one == to}
    told = [one.steps for one in found if one.kind == "endless"]
    assert len(told) == bool(rounds)
    for steps in told:
        numbers = [int(step[1:]) for step in steps]
        assert numbers[0] == numbers[-1]
        assert len(set(numbers)) == len(numbers) - 1
        assert set(numbers) <= rounds
        assert all(to in graph[one][0] for one, to in pairwise(numbers))
