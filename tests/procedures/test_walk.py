"""Where a case stands: over steps that are done and questions that facts answer, with what is owed on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Eq, FactSchema, FactType
from svcstd.errors import FactError, UnknownName
from svcstd.procedures import Done, Form, Procedure, Script, Step, Walk, Way, walk

FACTS = FactSchema({"kind": FactType(one_of=("fault", "sale")), "solved": FactType("true or false")})
STEPS = {
    "call": Step(text="take the call", say="greeting", fill=("intake",), ways=[Way("which")]),
    "which": Step(
        kind="ask", text="what is it?", ways=[Way("help", Eq("kind", "fault")), Way("sell", Eq("kind", "sale"))]
    ),
    "help": Step(text="help", fill=("log",), again=2, ways=[Way("solved")]),
    "solved": Step(kind="ask", text="solved?", ways=[Way("end", Eq("solved", True)), Way("help", otherwise=True)]),
    "sell": Step(kind="hand", text="hand to sales", to="sales", lane="desk lead", ways=[Way("end")]),
    "end": Step(kind="end", text="thank the caller"),
}
FLOW = Procedure(facts=FACTS, start="call", steps=STEPS, lane="desk", name="Phone")
FORMS = {"intake": Form(("customer", "note?"))}
SCRIPTS = {"greeting": Script("This is {company}.")}


def go(facts: dict[str, Any], *done: str | Done, **options: Any) -> Walk:
    """A walk with one form and one script known."""
    given: dict[str, Any] = {"forms": FORMS, "scripts": SCRIPTS}
    return walk(FLOW, facts, done, **given | options)


@pytest.mark.parametrize(
    ("facts", "done", "standing", "step", "path"),
    [
        ({}, [], "open", "call", "call"),
        ({}, ["call"], "undecided", "which", "call which"),
        ({"kind": "fault"}, ["call"], "open", "help", "call which help"),
        ({"kind": "fault"}, ["call", "help"], "undecided", "solved", "call which help solved"),
        ({"kind": "fault", "solved": True}, ["call", "help"], "finished", "end", "call which help solved end"),
        (
            {"kind": "fault", "solved": False},
            ["call", "help"],
            "open",
            "help",
            "call which help solved help",
        ),
        (
            {"kind": "fault", "solved": False},
            ["call", "help", "help"],
            "exhausted",
            "help",
            "call which help solved help solved help",
        ),
        ({"kind": "sale"}, ["call"], "open", "sell", "call which sell"),
        ({"kind": "sale"}, ["call", "sell"], "finished", "end", "call which sell end"),
    ],
)
def test_where_a_case_stands(facts: dict[str, Any], done: list[str], standing: str, step: str, path: str) -> None:
    """Steps wait to be done, questions for facts; a step may be tried as often as it says."""
    found = go(facts, *done)
    assert (found.standing, found.step, " ".join(found.path)) == (standing, step, path)
    assert found.strays == ()


def test_what_is_owed_there() -> None:
    """Required fields of all forms on the way; a form that nobody described, as a whole; facts to go on."""
    found = go({"kind": "fault"}, "call")
    assert dict(found.forms_owed) == {"intake": ("customer",), "log": ("*",)}
    filled = go({"kind": "fault"}, "call", filled={"intake": {"customer": "Li"}, "log": {"any": 1}})
    assert dict(filled.forms_owed) == {}
    assert go({}, "call").waits_for == ("kind",)
    assert found.waits_for == ()
    with pytest.raises(UnknownName):
        go({}, "call", filled={"intake": {"custommer": "Li"}})


def test_who_does_it_and_what_is_said() -> None:
    """The lane of the step or of the procedure; the script with its slots."""
    assert (go({}).lane, go({"kind": "sale"}, "call").lane) == ("desk", "desk lead")
    assert go({}).say(company="ACME") == "This is ACME."
    assert go({}, scripts={}).say() == ""
    assert go({}, "call").say() == ""


def test_what_was_learnt_at_a_step_is_known_from_then_on() -> None:
    """And no earlier, so that a question asked twice may get two answers."""
    found = go({"kind": "fault"}, "call", Done("help", {"solved": False}), Done("help", {"solved": True}))
    assert (found.standing, " ".join(found.path)) == ("finished", "call which help solved help solved end")


def test_what_was_done_decides_where_facts_have_changed_since() -> None:
    """The case went to sales, whatever its kind is called today."""
    found = go({"kind": "fault"}, "call", "sell")
    assert " ".join(found.path) == "call which sell end"
    assert [one.sentence() for one in found.explanation.children] == ["on to sell, for sell was done"]
    told = go({"kind": "fault"}, "call").explanation
    assert [one.sentence() for one in told.children] == ["on to help: kind = fault (kind is fault)"]
    assert told.sentence() == "at help: help"


def test_what_was_done_elsewhere_is_told() -> None:
    """Steps that are not on the way are no progress, and not lost."""
    found = go({"kind": "fault"}, "sell", "call")
    assert (found.standing, found.step, found.strays) == ("open", "call", ("sell", "call"))
    assert go({"kind": "fault", "solved": True}, "call", "help", "end", "call").strays == ("end", "call")


def test_a_question_without_a_way_for_the_case_is_stuck() -> None:
    """And one that leads in a round of questions, which nothing answers."""
    steps = {
        "a": Step(kind="ask", text="?", ways=[Way("end", Eq("kind", "fault"))]),
        "end": Step(kind="end", text="end"),
    }
    narrow = Procedure(facts=FACTS, start="a", steps=steps)
    assert walk(narrow, {"kind": "sale"}).standing == "stuck"
    steps["a"] = Step(kind="ask", text="?", ways=[Way("b", Eq("kind", "sale")), Way("end", otherwise=True)])
    steps["b"] = Step(kind="ask", text="?", ways=[Way("a", Eq("kind", "sale")), Way("end", otherwise=True)])
    round_ = Procedure(facts=FACTS, start="a", steps=steps)
    assert walk(round_, {"kind": "sale"}).standing == "stuck"
    assert walk(round_, {"kind": "fault"}).standing == "finished"
    assert walk(round_, {}).standing == "undecided"


def test_what_cannot_be_is_refused() -> None:
    """A step that does not exist, facts that are not declared, also those learnt on the way."""
    with pytest.raises(UnknownName) as refused:
        go({}, "call", "helpp")
    assert (refused.value.where, refused.value.params["nearest"]) == ("done[1]", "help")
    with pytest.raises(FactError):
        go({"knd": "fault"})
    with pytest.raises(FactError):
        go({}, Done("call", {"kind": "claim"}))


def test_of_several_ways_to_what_was_done_none_is_guessed() -> None:
    """Both lead there, so the facts decide, or nothing does."""
    steps = {
        "a": Step(kind="ask", text="?", ways=[Way("b", Eq("kind", "fault")), Way("c", otherwise=True)]),
        "b": Step(kind="ask", text="?", ways=[Way("d", Eq("solved", True)), Way("d", otherwise=True)]),
        "c": Step(kind="ask", text="?", ways=[Way("d", Eq("solved", True)), Way("d", otherwise=True)]),
        "d": Step(text="d", ways=[Way("end")]),
        "end": Step(kind="end", text="end"),
    }
    both = Procedure(facts=FACTS, start="a", steps=steps)
    assert walk(both, {}, ["d"]).standing == "undecided"
    assert walk(both, {"kind": "sale", "solved": False}, ["d"]).path == ("a", "c", "d", "end")


KNOWN = st.fixed_dictionaries({}, optional={"kind": st.sampled_from(("fault", "sale")), "solved": st.booleans()})


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8), KNOWN)
def test_a_walk_always_ends_and_follows_the_ways(done: list[str], facts: dict[str, Any]) -> None:
    """Each step is on a way from the one before; what was done is on the path or a stray, in order."""
    found = go(facts, *done)
    for one, after in zip(found.path, found.path[1:], strict=False):
        assert after in {way.to for way in STEPS[one].ways}
    assert tuple(done[len(done) - len(found.strays) :]) == found.strays
    assert found == go(facts, *done)


SHOPS = st.integers(2, 7).flatmap(
    lambda count: st.tuples(
        *(st.tuples(st.booleans(), st.lists(st.integers(0, count), min_size=1, max_size=3)) for _ in range(count))
    )
)
"""By step: whether it is a question, and where it leads by the number that is drawn; the last is the end."""


@given(SHOPS, st.lists(st.integers(0, 2), max_size=12))
def test_whoever_follows_the_ways_is_found_where_they_are(shop: Any, draws: list[int]) -> None:
    """What is learnt at a step answers the questions after it, however often the case comes by."""
    steps = {
        f"s{number}": Step(
            kind="ask" if is_question else "do",
            text="x",
            ways=[Way(f"s{to}", Eq("drawn", place)) for place, to in enumerate(targets)],
        )
        for number, (is_question, targets) in enumerate(shop)
    }
    steps |= {f"s{len(shop)}": Step(kind="end", text="end")}
    numbers = FactSchema({"drawn": FactType("integer")})
    flow = Procedure(facts=numbers, start="s0", steps=steps, lane="desk")
    path, done, drawn = [0], list[Done](), 0
    while path[-1] < len(shop):
        is_question, targets = shop[path[-1]]
        if not is_question:
            if len(done) == len(draws):
                break  # what comes next is still to be done
            drawn = draws[len(done)]
            done.append(Done(f"s{path[-1]}", {"drawn": drawn}))
        if drawn >= len(targets) or path.count(targets[drawn]) > len(done) + 1:
            break  # no way on, or questions in a round
        path.append(targets[drawn])
    found = walk(flow, {"drawn": 0}, done)
    assert found.strays == ()
    assert [int(step[1:]) for step in found.path] == path
    assert (found.standing == "finished") == (path[-1] == len(shop))
