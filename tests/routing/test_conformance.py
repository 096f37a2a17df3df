"""Alertmanager's route trees, and how Cal.com, Frappe and Genesys share work out: the vectors of ``routing.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    AnyOf,
    Condition,
    FactSchema,
    FactType,
    Not,
    Opaque,
    Prefix,
    Present,
    Suffix,
    matchers_condition,
    read_matchers,
)
from svcstd.errors import SvcstdError
from svcstd.routing import (
    Agent,
    Assignment,
    ById,
    ByStatus,
    Route,
    RouteTree,
    Ticket,
    choose,
    newcomer_offset,
    queue_order,
)
from svcstd.rules import Output

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
SECONDS = {"s": 1, "m": 60, "h": 3_600}
OUTPUTS = {
    "receiver": Output(),
    "group_by": Output(),
    "group_by_all": Output("true or false"),
    "group_wait_s": Output("integer"),
    "group_interval_s": Output("integer"),
    "repeat_interval_s": Output("integer"),
}
PATTERNS: Mapping[str, Condition] = {
    "baz!~.*quux": AnyOf((Present("baz", expected=False), Not(Suffix("baz", "quux")))),
    "env=~produ.*": Prefix("env", "produ"),
    "job=~.*": ANYTHING,
}
"""What the regular expressions of the source say; we read literal alternatives only."""
REFUSED = frozenset({"qux=~[a-zA-Z0-9]+", "corge!~[0-9]+"})
"""Regular expressions that our algebra has no words for."""


def group(shared: Path, name: str) -> list[dict[str, Any]]:
    """The vectors of one group."""
    text = (shared / "conformance" / "routing.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text, parse_float=Decimal)[name]
    return found


def options(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a node sets; lists as text, times in seconds."""
    if "receiver" in node:
        yield "receiver", node["receiver"]
    if "group_by" in node:
        yield "group_by_all", node["group_by"] == ["..."]
        yield "group_by", ",".join(sorted(set(node["group_by"]) - {"..."}))
    for name in ("group_wait", "group_interval", "repeat_interval"):
        if name in node:
            yield f"{name}_s", int(node[name][:-1]) * SECONDS[node[name][-1]]


def condition(node: Mapping[str, Any]) -> AllOf:
    """All matchers of a node."""
    texts = [f'{name}="{value}"' for name, value in node.get("match", {}).items()]
    texts += [f'{name}=~"{value}"' for name, value in node.get("match_re", {}).items()]
    texts += [re.sub(r"^\{(.*)\}$", r"\1", text) for text in node.get("matchers", ())]
    return AllOf(tuple(matcher(text) for text in texts))


def matcher(text: str) -> Condition:
    """One matcher."""
    bare = text.replace('"', "")
    if bare in REFUSED:
        with pytest.raises(SvcstdError):
            matchers_condition(read_matchers(f"{{{text}}}"))
        return Opaque("refused", lambda _: False)
    return PATTERNS.get(bare) or matchers_condition(read_matchers(f"{{{text}}}"))


def routes(node: Mapping[str, Any]) -> dict[str, Route]:
    """The routes on a node, by their place."""
    return {
        str(place): Route(condition(one), dict(options(one)), routes(one), continues=one.get("continue", False))
        for place, one in enumerate(node.get("routes", ()))
    }


def labels(node: Any) -> Iterator[str]:
    """Every label that a tree reads."""
    yield from condition(node).fields
    for one in node.get("routes", ()):
        yield from labels(one)


def tree_of(vector: Mapping[str, Any]) -> RouteTree:
    """A tree as the vectors write it."""
    given = vector.get("defaults", {})
    sets = {name: ",".join(value) if isinstance(value, list) else value for name, value in given.items()}
    known = {name for case in vector.get("cases", ()) for name in case["given"]} | set(labels(vector["tree"]))
    return RouteTree(
        facts=FactSchema({name: FactType() for name in sorted(known)}),
        outputs=OUTPUTS,
        sets=sets | dict(options(vector["tree"])),
        routes=routes(vector["tree"]),
    )


def test_alerts_go_where_alertmanager_sends_them(shared: Path) -> None:
    """With inherited options, the first that matches, and those after it where a route continues."""
    asked = 0
    for vector in group(shared, "route_trees"):
        tree = tree_of(vector)
        for case in vector.get("cases", ()):
            rows = [dict(row) for row in tree.decide(case["given"]).rows]
            expected = [one | {"group_by": ",".join(one["group_by"])} for one in case["expected"]]
            assert rows == expected, case["given"]
            asked += 1
    assert asked == 8


def test_trees_are_walked_in_alertmanagers_order(shared: Path) -> None:
    """Every node before those on it; a path says the place at each level, as its ids do."""
    by_id = {vector["id"]: vector for vector in group(shared, "route_trees")}
    walked = tree_of(by_id["am-route-walk"])
    assert [walked.options["receiver"], *(branch.options["receiver"] for branch in walked.walk())] == by_id[
        "am-route-walk"
    ]["walk_receivers"]
    named = by_id["am-route-id"]["walk_ids"]
    assert ["/".join(re.findall(r"\}/(\d+)", name)) for name in named[1:]] == list(tree_of(by_id["am-route-id"]).ids)


def agent(key: str, **given: Any) -> Agent:
    """Somebody with room."""
    return Agent(id=key, capacity=10, **given)


def test_work_is_shared_out_as_the_sources_do(shared: Path) -> None:
    """Nobody gets too far ahead, a newcomer is not given everything, the better status goes first."""
    by_id = {vector["id"]: vector for vector in group(shared, "assignment")}
    lead = by_id["calcom-max-lead"]
    policy = Assignment(prefer=(ById(),), max_lead=lead["max_lead"])
    for case in lead["cases"]:
        people = [agent(key, assigned=count) for key, count in case["counts"].items()]
        assert list(choose(policy, {}, people, at=NOW, zone="UTC").eligible) == case["expected_eligible"]
    for case in by_id["calcom-weight-adjustment"]["cases"]:
        others = [
            agent(str(place), assigned=one["count"], offset=one["adjustment"], weight=one["weight"])
            for place, one in enumerate(case["existing"])
        ]
        assert newcomer_offset(others, case["new_weight"]) == Fraction(case["expected"])
    for case in by_id["frappe-availability-tiers"]["cases"]:
        order = ByStatus(("Active", "Away", "Unavailable"))
        people = [agent(key, status=status) for key, status in case["agents"].items()]
        found = choose(Assignment(prefer=(order, ById())), {}, people, at=NOW, zone="UTC")
        assert found.agent is not None
        assert [found.agent.id] == case["expected_pool"]


def waiting(item: Mapping[str, Any]) -> Ticket:
    """A conversation that has waited so long."""
    since = NOW - timedelta(minutes=item["wait_min"])
    return Ticket(id=item["id"], facts={}, since=since, bonus=item["priority"])


def test_conversations_are_served_by_their_score(shared: Path) -> None:
    """Minutes waited and the priority together, the highest first."""
    by_id = {vector["id"]: vector for vector in group(shared, "assignment")}
    vector = by_id["genesys-surplus-order"]
    order = queue_order([waiting(item) for item in vector["items"]], at=NOW, by="score")
    assert [ticket.id for ticket in order] == vector["expected_order"]
    for case in by_id["genesys-conversation-score"]["cases"]:
        one, other = waiting(case | {"id": "b"}), waiting({"id": "a", "wait_min": case["expected"] - 1, "priority": 0})
        assert [ticket.id for ticket in queue_order([other, one], at=NOW, by="score")] == ["b", "a"]
