"""Route trees: options that are inherited, the first that fits, why not elsewhere, and routes that nobody takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import POINTS, SMALL, SMALL_CONDITIONS

from svcstd.conditions import AllOf, Eq, FactSchema, FactType, Not, Opaque, Present, Range, as_all
from svcstd.errors import FactError, StandardError, UnknownName
from svcstd.explain import Explanation
from svcstd.routing import Route, RouteTree, analyse_routes
from svcstd.rules import Output

FACTS = FactSchema(
    {
        "city": FactType(one_of=("oslo", "bergen", "rome")),
        "vip": FactType("true or false"),
        "amount": FactType("integer"),
    }
)
OUTPUTS = {"queue": Output(), "wait": Output("integer", default=60)}
VIP = Route(Eq("vip", True), {"wait": 5}, because="gold contracts")
NORTH = Route(
    Eq("city", "oslo"), {"queue": "north"}, {"vip": VIP, "big": Route(Range("amount", 9, None), {"queue": "big"})}
)


def tree(routes: dict[str, Route], **given: Any) -> RouteTree:
    """A tree with a queue and a wait."""
    options: dict[str, Any] = {"facts": FACTS, "outputs": OUTPUTS, "sets": {"queue": "desk"}, "routes": routes}
    return RouteTree(**options | given)


def told(explanation: Explanation) -> list[str]:
    """The sentences of an explanation and of those below it."""
    return [explanation.sentence(), *(one for child in explanation.children for one in told(child))]


@pytest.mark.parametrize(
    ("facts", "path", "row"),
    [
        ({"city": "oslo", "vip": True}, "north/vip", {"queue": "north", "wait": 5}),
        ({"city": "oslo"}, "north", {"queue": "north", "wait": 60}),
        ({"city": "oslo", "vip": False, "amount": 9}, "north/big", {"queue": "big", "wait": 60}),
        ({"city": "rome"}, "else", {"queue": "desk", "wait": 60}),
        ({}, "else", {"queue": "desk", "wait": 60}),
    ],
)
def test_a_case_goes_down_as_far_as_routes_fit(facts: Any, path: str, row: Any) -> None:
    """What is not set there is inherited; where no route fits, the options of the top hold."""
    decision = tree({"north": NORTH}).decide(facts)
    assert (decision.rule, dict(decision)) == (path, row)
    assert decision.matched == (path != "else")


def test_refuse_raises_what_decide_would() -> None:
    """A tree answers whatever it is asked in its own words; with others both refuse alike."""
    made = tree({"north": NORTH}, sets={})
    made.refuse({})
    made.refuse({"city": "oslo"})
    for ask in (made.decide, made.refuse):
        with pytest.raises(FactError, match="vip"):
            ask({"vip": 1})


def test_a_tree_without_options_at_the_top_may_have_no_outcome() -> None:
    """Which is an outcome of its own."""
    found = tree({"north": NORTH}, outputs={"queue": Output(), "wait": Output("integer")}, sets={}).decide({})
    assert (found.rules, found.rows, found.explanation.sentence()) == ((), (), "no route fits")


def test_a_route_that_continues_lets_those_after_it_be_asked() -> None:
    """One row for each way; what it reads is what its conditions read."""
    routes = {
        "log": Route(sets={"queue": "log"}, continues=True),
        "north": NORTH,
        "rest": Route(sets={"queue": "rest"}),
    }
    decision = tree(routes).decide({"city": "oslo", "vip": True})
    assert decision.rules == ("log", "north/vip")
    assert [row["queue"] for row in decision.rows] == ["log", "north"]
    assert tree(routes).fields == {"city", "vip", "amount"}


def test_the_path_is_the_reason() -> None:
    """Each route on it with its test, what it saw, and why there is such a route."""
    assert told(tree({"north": NORTH}).decide({"city": "oslo", "vip": True}).explanation) == [
        "routed to north/vip",
        "north fits: city = oslo (city is oslo)",
        "north/vip fits: vip = true (vip is true)",
        "gold contracts",
    ]
    assert told(tree({"north": NORTH}).decide({}).explanation) == ["no route fits: the options of the top hold"]


@pytest.mark.parametrize(
    ("path", "facts", "reasons"),
    [
        ("north", {"city": "rome"}, ["north was not taken", "city = oslo is not so: city is rome"]),
        ("north/vip", {"city": "oslo"}, ["north/vip was not taken", "vip = true is not so: vip is missing"]),
        ("rest", {"city": "oslo"}, ["rest was not taken", "north took it before"]),
        (
            "north/big",
            {"city": "oslo", "vip": True, "amount": 9},
            ["north/big was not taken", "north/vip took it before"],
        ),
        ("north", {"city": "oslo", "vip": True}, ["north was not taken", "it went deeper: north/vip"]),
        ("north", {"city": "oslo"}, ["north fits"]),
        ("rest", {"city": "rome"}, ["rest fits"]),
    ],
)
def test_why_a_case_did_not_go_there(path: str, facts: Any, reasons: list[str]) -> None:
    """The test that failed, the route that took it before, or that it went further down."""
    asked = tree({"log": Route(continues=True), "north": NORTH, "rest": Route()})
    assert told(asked.why_not(path, facts)) == reasons


def test_an_unknown_route_is_refused_with_the_nearest() -> None:
    """And facts of another kind, as everywhere."""
    with pytest.raises(UnknownName) as refused:
        tree({"north": NORTH}).why_not("nroth", {})
    assert (refused.value.where, refused.value.params["nearest"]) == ("route", "north")
    with pytest.raises(FactError):
        tree({"north": NORTH}).decide({"vip": 1})


def deep(levels: int) -> Route:
    """Routes within routes."""
    route = Route()
    for _ in range(levels - 1):
        route = Route(routes={"x": route})
    return route


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        ({"outputs": {}, "sets": {}}, "outputs", "shape.empty"),
        ({"sets": {"queu": "a"}}, "sets.queu", "rules.output"),
        ({"sets": {"wait": "long"}}, "sets.wait", "facts.kind"),
        ({"routes": {"a": Route(sets={"wait": "long"})}}, "routes.a.sets.wait", "facts.kind"),
        ({"routes": {"a": Route(routes={"b": Route(Eq("cty", "x"))})}}, "routes.a.routes.b.when", "facts.name"),
        ({"routes": {"else": Route()}}, "routes.else", "routes.id"),
        ({"routes": {"": Route()}}, "routes.", "routes.id"),
        ({"routes": {"x": deep(11)}}, "routes", "routes.bounds"),
        ({"routes": {str(n): Route() for n in range(10_001)}}, "routes", "routes.bounds"),
    ],
)
def test_a_tree_that_contradicts_itself_is_refused(given: Any, where: str, message: str) -> None:
    """At the place; too deep and too many are told before anything hangs."""
    with pytest.raises(StandardError) as refused:
        tree(**({"routes": {}} | given))
    assert [(one.where, one.message) for one in refused.value.faults] == [(where, message)]


def test_ten_levels_are_allowed() -> None:
    """And no more."""
    assert tree({"x": deep(10)}).decide({}).rule == "/".join("x" * 10)


def lines(asked: RouteTree, **given: Any) -> list[str]:
    """Each finding on one line: how bad, in words, the example."""
    return [f"{one.severity}: {one.sentence()} [{one.example}]" for one in analyse_routes(asked, **given)]


def test_routes_that_nobody_takes_are_told_once_at_the_highest() -> None:
    """Shadowed by one, by several together, or impossible; what stands on them is not told again."""
    routes = {
        "vip": Route(Eq("vip", True)),
        "rest": Route(Not(Eq("vip", True))),
        "either": Route(Present("vip"), routes={"below": Route()}),
        "again": Route(AllOf((Eq("vip", True), Eq("city", "oslo")))),
        "never": Route(AllOf((Eq("vip", True), Eq("vip", False)))),
    }
    assert lines(tree(routes)) == [
        "error: the last of these never decides, the others take all its cases: vip, rest, either [vip = true]",
        "error: again never decides: vip takes all its cases [city = oslo, vip = true]",
        "error: no case can fit never []",
        "info: else takes vip is missing [-]",
    ]


def test_routes_that_continue_take_nothing_away() -> None:
    """The same tree, but for one word."""
    routes = {"all": Route(continues=True), "vip": Route(Eq("vip", True))}
    assert [one.kind for one in analyse_routes(tree(routes))] == []


def test_what_no_route_takes_is_a_gap_or_goes_to_the_top() -> None:
    """By whether the top has options."""
    routes = {"vip": Route(Eq("vip", True)), "not": Route(Eq("vip", False))}
    assert lines(tree(routes)) == ["info: else takes vip is missing [-]"]
    bare = tree(routes, outputs={"queue": Output()}, sets={})
    assert lines(bare) == ["info: nothing fits while vip is missing [-]"]


def test_what_cannot_be_settled_is_unknown() -> None:
    """For want of a budget, of cells, or because a program has a say."""
    routes = {"vip": Route(Eq("vip", True)), "not": Route(Eq("vip", False)), "any": Route(Present("vip"))}
    assert [(one.kind, one.about) for one in analyse_routes(tree(routes), budget=0)] == [
        ("unknown", "unreachable"),
        ("unknown", "unreachable"),
        ("unknown", "unreachable"),
        ("unknown", "swallowed"),
    ]
    many = {str(n): Route(Eq("amount", n)) for n in range(5_001)}
    assert [(one.kind, one.about) for one in analyse_routes(tree(many))] == [("unknown", "cells")]
    lucky = Opaque("lucky", lambda _: True)
    assert [one.kind for one in analyse_routes(tree({"a": Route(lucky), "b": Route()}))] == []
    assert [one.kind for one in analyse_routes(tree({"a": Route(), "b": Route(lucky)}))] == ["shadowed"]


ROUTES = st.recursive(
    st.builds(Route, SMALL_CONDITIONS.map(as_all), continues=st.booleans()),
    lambda below: st.builds(
        Route,
        SMALL_CONDITIONS.map(as_all),
        routes=st.lists(below, min_size=1, max_size=3).map(lambda many: {str(n): one for n, one in enumerate(many)}),
        continues=st.booleans(),
    ),
    max_leaves=6,
)
TREES = st.lists(ROUTES, min_size=1, max_size=4).map(
    lambda many: RouteTree(facts=SMALL, outputs=OUTPUTS, routes={str(n): one for n, one in enumerate(many)})
)


@given(TREES)
def test_dead_routes_are_found_and_no_others(some: RouteTree) -> None:
    """A route is dead where no case passes through it; told of the highest only."""
    taken = {path for point in POINTS for path in some.decide(point).rules}
    alive = {path for path in some.ids if any(one == path or one.startswith(f"{path}/") for one in taken)}
    dead = {path for path in some.ids if path not in alive and path.rpartition("/")[0] in alive | {""}}
    found = [one for one in analyse_routes(some) if one.kind in ("shadowed", "unreachable", "impossible")]
    assert {one.rules[-1] for one in found} == dead


@given(TREES, st.sampled_from(POINTS), st.data())
def test_a_route_is_taken_or_says_why_not(some: RouteTree, point: Any, data: st.DataObject) -> None:
    """One of the two, for every case and every route; and its conditions held all the way down."""
    path = data.draw(st.sampled_from(some.ids))
    decision = some.decide(point)
    assert (path in decision.rules) == (some.why_not(path, point).message == "rules.fits")
    for branch in some.walk():
        if branch.path in decision.rules:
            assert some.condition(branch).holds(point) is True
