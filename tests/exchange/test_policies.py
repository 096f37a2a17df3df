"""SLA policies of others: the first that fits is the only one, here as there, whatever is known of a ticket."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd import Case, Event, StandardError, dumps, loads
from svcstd.errors import DefinitionError
from svcstd.exchange import read_freshservice_policies, read_zendesk_policies
from svcstd.exchange.policies import CLOCKS, EVENTS
from svcstd.sla import write_target

HEAD: dict[str, Any] = {"key": "desk", "name": "Desk", "zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
METRIC = {"priority": "low", "metric": "first_reply_time", "target": 60, "business_hours": False}


def policy(position: int, every: Any = (), some: Any = (), metrics: Any = (METRIC,), **more: Any) -> dict[str, Any]:
    """One of Zendesk's."""
    told = {"id": position, "title": f"P{position}", "position": position, "policy_metrics": list(metrics)}
    return told | {"filter": {"all": list(every), "any": list(some)}} | more


def test(field: Any, operator: Any, value: Any) -> dict[str, Any]:
    """A test of a filter."""
    return {"field": field, "operator": operator, "value": value}


test.__test__ = False  # type: ignore[attr-defined]


def read(*policies: Any) -> Any:
    """As the API lists them."""
    return read_zendesk_policies(json.dumps({"sla_policies": policies}), **HEAD)


def applies(standard: Any, **facts: Any) -> list[str]:
    """The objectives that hold for a ticket."""
    return list(standard.clocks(Case("t", facts, [Event("created", at=AT)]), as_of=AT + timedelta(hours=1)))


def test_clocks_and_targets() -> None:
    """Every metric of theirs is a clock of ours; a target by priority, by the desk or by the clock."""
    rows = [METRIC | {"metric": metric} for metric in CLOCKS]
    rows.append(METRIC | {"priority": "urgent", "target": 15, "business_hours": True})
    found = read(policy(1, metrics=rows))
    assert found.untranslated == ()
    objectives = found.value.current.objectives
    assert [key.removeprefix("policy1_") for key in objectives] == list(CLOCKS.values())
    told = {key: write_target(target) for key, target in objectives["policy1_first_reply"].rows.items()}
    assert told == {"low": "1 hour", "urgent": "15 working minutes"}
    assert objectives["policy1_first_reply"].name == "P1: first_reply_time"
    assert set(found.value.current.events) == set(EVENTS)
    assert loads(dumps(found.value)) == found.value
    assert applies(found.value, priority="low") != []
    assert applies(found.value, priority="normal") == []


FIELDS = ("type", "channel")
VALUES = ("a", "b", "c")
TESTS = st.builds(
    test,
    st.sampled_from(FIELDS),
    st.sampled_from(["is", "is_not", "includes", "not_includes"]),
    st.one_of(st.sampled_from(VALUES), st.lists(st.sampled_from(VALUES), min_size=1, max_size=2)),
)
FILTERS = st.tuples(st.lists(TESTS, max_size=2), st.lists(TESTS, max_size=2))
TICKETS = st.fixed_dictionaries({}, optional={field: st.sampled_from((*VALUES, "d")) for field in FIELDS})


def fits(one: Any, ticket: dict[str, str]) -> bool:
    """A test as Zendesk means it: a field without a value has none of the values."""
    values = one["value"] if isinstance(one["value"], list) else [one["value"]]
    return (ticket.get(one["field"]) in values) is (one["operator"] in ("is", "includes"))


@settings(max_examples=60)
@given(st.lists(FILTERS, min_size=1, max_size=4), st.lists(TICKETS, min_size=1, max_size=6))
def test_the_first_that_fits(filters: Any, tickets: Any) -> None:
    """By brute force over the tests, in their order."""
    standard = read(*(policy(number, every, some) for number, (every, some) in enumerate(filters))).value
    for ticket in tickets:
        wanted = next(
            (
                f"policy{number + 1}_first_reply"
                for number, (every, some) in enumerate(filters)
                if all(fits(one, ticket) for one in every) and (not some or any(fits(one, ticket) for one in some))
            ),
            None,
        )
        known = {field: value for field, value in ticket.items() if field in standard.current.facts.types}
        assert applies(standard, priority="low", **known) == ([] if wanted is None else [wanted]), ticket


def test_order() -> None:
    """By position, whatever the order of the list; behind a policy for everything none is reached."""
    found = read(policy(2), policy(1, [test("type", "is", "incident")]), policy(3))
    assert [one.name for one in found.value.current.objectives.values()] == [
        "P1: first_reply_time",
        "P2: first_reply_time",
    ]
    assert found.report() == "sla_policies[2] P3: nobody can tell which tickets are left for it"
    unplaced = read(
        policy(3, [test("type", "is", "x")]) | {"position": "first", "id": 2},
        policy(3, [test("type", "is", "y")]) | {"position": None, "id": 1},
        policy(9, [test("type", "is", "z")]) | {"id": 10},
        policy(9, [test("type", "is", "w")]) | {"id": 9},
    )
    assert list(unplaced.value.current.objectives) == [f"policy{number}_first_reply" for number in (3, 4, 1, 2)]
    with pytest.raises(DefinitionError, match="201 > 200"):
        read(*[policy(1)] * 201)


@pytest.mark.parametrize(
    "one",
    [
        test("type", "less_than", "x"),
        test("custom fields", "is", "x"),
        test(5, "is", "x"),
        test("type", "is", ""),
        test("type", "is", None),
        test("type", "is", True),
        test("type", "is", []),
        test("type", ["is"], "x"),
        test("current_tags", "includes", "vip"),
        test("any_of", "is", "x"),
        test("type", "is", [["x"]]),
        test("priority", "is", "extreme"),
        5,
    ],
)
def test_a_test_without_translation(one: Any) -> None:
    """Leaves its policy out, and those behind it, for nobody knows which tickets they still get."""
    for every, some in (([one], []), ([], [one])):
        found = read(policy(1, [test("type", "is", 4)]), policy(2, every, some), policy(3))
        assert found.report().splitlines() == [
            "sla_policies[1] P2: one of its tests has no translation",
            "sla_policies[2] P3: nobody can tell which tickets are left for it",
        ]
        assert list(found.value.current.objectives) == ["policy1_first_reply"]


@pytest.mark.parametrize("told", [None, {}, {"all": None}, {"all": [], "any": []}])
def test_no_filter(told: Any) -> None:
    """A policy for everything."""
    found = read(policy(1) | {"filter": told})
    assert found.untranslated == ()
    assert applies(found.value, priority="low") == ["policy1_first_reply"]


@pytest.mark.parametrize("told", [{"all": 5}, {"any": {"x": 1}}, 5, [5], "type"])
def test_no_list_of_tests(told: Any) -> None:
    """A filter of another shape has no translation."""
    assert read(policy(1) | {"filter": told}).report() == "sla_policies[0] P1: one of its tests has no translation"


@pytest.mark.parametrize(
    "row",
    [
        METRIC | {"metric": "group_ownership_time"},
        METRIC | {"metric": ["first_reply_time"]},
        METRIC | {"priority": ["low"]},
        METRIC | {"priority": "extreme"},
        METRIC | {"target": 0},
        METRIC | {"target": 1.5},
        METRIC | {"target": True},
        METRIC | {"target": 10**9},
        METRIC | {"business_hours": "yes"},
        METRIC,
        5,
    ],
)
def test_a_metric_without_translation(row: Any) -> None:
    """Is told; told twice, the first holds."""
    found = read(policy(1, metrics=[METRIC, row]))
    assert found.report().startswith("sla_policies[0] P1.policy_metrics[1]: no target that is known here: ")
    assert list(found.value.current.objectives) == ["policy1_first_reply"]


def test_no_metrics() -> None:
    """A policy without any promises nothing, and still keeps its tickets from those behind."""
    found = read(policy(1, [test("type", "is", "x")]) | {"policy_metrics": None}, policy(2))
    assert applies(found.value, priority="low", type="x") == []
    assert applies(found.value, priority="low") == ["policy2_first_reply"]
    other = read(policy(1) | {"policy_metrics": METRIC})
    assert other.report().startswith("sla_policies[0] P1.policy_metrics[0]: no target that is known here: ")


def test_heads() -> None:
    """Hours and zones of no kind are faults of the standard; another shape is refused."""
    for change in ({"hours": "sometimes"}, {"zone": "Mars/Olympus"}):
        with pytest.raises(StandardError):
            read_zendesk_policies('{"sla_policies": []}', **HEAD | change)
    for text in ("{}", '{"sla_policies": [5]}'):
        with pytest.raises(DefinitionError):
            read_zendesk_policies(text, **HEAD)


def test_the_published_policy(shared: Path) -> None:
    """Incidents that came in by one way, with a reply within an hour."""
    text = (shared / "data" / "policies" / "zendesk_sla_policies_example.json").read_text(encoding="utf-8")
    found = read_zendesk_policies(text, **HEAD)
    assert found.untranslated == ()
    assert applies(found.value, priority="low", type="incident", via_id="4") == ["policy1_first_reply"]
    assert applies(found.value, priority="low", type="incident", via_id="5") == []


def test_freshservice(shared: Path) -> None:
    """Seconds by priority, in business hours; escalations are not in the text."""
    text = (shared / "data" / "policies" / "freshservice_default_sla_example.json").read_text(encoding="utf-8")
    found = read_freshservice_policies(text, **HEAD)
    assert found.report().splitlines() == [
        f"sla_targets[{n}]: its escalations are not part of the text" for n in range(4)
    ]
    objectives = found.value.current.objectives
    assert {key: [write_target(one) for one in objective.rows.values()] for key, objective in objectives.items()} == {
        "first_reply": ["1 working hour", "4 working hours", "8 working hours", "24 working hours"],
        "resolution": ["4 working hours", "12 working hours", "24 working hours", "72 working hours"],
    }
    assert list(objectives["first_reply"].rows) == ["urgent", "high", "medium", "low"]


FRESH = {"priority": 1, "respond_within": 60, "resolve_within": 120, "business_hours": False}


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        (FRESH | {"priority": 5}, 2),
        (FRESH | {"priority": "1"}, 2),
        (FRESH | {"priority": True}, 2),
        (FRESH | {"business_hours": None}, 2),
        (FRESH | {"respond_within": 0}, 1),
        (FRESH | {"respond_within": None}, 1),
        (FRESH | {"resolve_within": 10**12}, 1),
        (FRESH, 0),
    ],
)
def test_freshservice_left_out(row: Any, left_out: int) -> None:
    """Each target that cannot be read, with its place; a priority told twice keeps the first."""
    found = read_freshservice_policies(json.dumps({"sla_targets": [row]}), **HEAD)
    assert len(found.untranslated) == left_out
    assert all(one.where.startswith("sla_targets[0].") for one in found.untranslated)
    twice = read_freshservice_policies(json.dumps({"sla_targets": [FRESH, FRESH]}), **HEAD)
    assert [one.where for one in twice.untranslated] == [
        "sla_targets[1].respond_within",
        "sla_targets[1].resolve_within",
    ]
