"""Promises picked by a decision table: impact, urgency and rank together say which row holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from svcstd import Case, Event, ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import ANYTHING, Eq, FactSchema, FactType
from svcstd.errors import DefinitionError, HitPolicyError
from svcstd.rules import DecisionTable, Else, Output, Rule
from svcstd.sla import ClockRule, Objective, On, Readings, WorkingTime
from svcstd.standard.gaps import gaps

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
"""A Wednesday."""
TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "office"
[facts]
impact = { one_of = ["all", "one"] }
urgency = { one_of = ["high", "low"] }
vip = "true or false"
[events]
opened = ""
changed = ""
closed = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
[routing.priority]
hit = "first"
in = ["impact", "urgency", "vip"]
out = ["priority"]
else = { priority = "P4", because = "nobody is stopped" }
[routing.priority.rules]
vip = ["-", "-", true, "P1"]
all = ["all", "high", "-", "P1"]
mid = ["all", "low", "-", "P2"]
[objectives.resolve]
by = "routing.priority"
clock = { start = "opened", stop = "closed" }
target = { P1 = "4 hours", P2 = "1 working day", P4 = "3 working days" }
"""
DESK = loads(TEXT)


def clocks(facts: dict[str, Any], *changes: dict[str, Any], standard: ServiceStandard = DESK) -> Readings:
    """The promises to a case that opens at nine and changes every hour after."""
    events = [Event("opened", at=NINE)]
    events += [Event("changed", at=NINE + timedelta(hours=n), facts=told) for n, told in enumerate(changes, 1)]
    return standard.clocks(Case("1", facts, events), as_of=NINE + timedelta(hours=5))


@pytest.mark.parametrize(
    ("facts", "row", "due"),
    [
        ({"impact": "all", "urgency": "high"}, "P1", "2026-04-01T13:00:00+00:00"),
        ({"impact": "one", "urgency": "low", "vip": True}, "P1", "2026-04-01T13:00:00+00:00"),
        ({"impact": "all", "urgency": "low"}, "P2", "2026-04-02T09:00:00+00:00"),
        ({"impact": "one", "urgency": "high"}, "P4", "2026-04-06T09:00:00+00:00"),
        ({}, "P4", "2026-04-06T09:00:00+00:00"),
    ],
)
def test_several_facts_pick_the_row(facts: dict[str, Any], row: str, due: str) -> None:
    """As a supervisor reads the table: the first line that fits, and the rest at the end."""
    reading = clocks(facts)["resolve"]
    assert reading.row == row
    assert reading.due is not None
    assert reading.due.isoformat() == due


def test_a_change_of_any_of_the_facts_is_a_retarget() -> None:
    """With the rule that says so in the reasons, and through JSON."""
    readings = clocks({"impact": "all", "urgency": "low"}, {"vip": True})
    reading = readings["resolve"]
    assert reading.row == "P1"
    told = [one.sentence() for one in reading.explanation.children]
    assert told[:2] == ["promised to P1: 4 hours", "P1, for the rule vip says so"]
    assert "from Wed 1 Apr 2026 10:00 UTC on the promise to P1, no longer to P2 (changed)" in told
    read = Readings.from_json(readings.to_json())["resolve"]
    assert [promise.row.rule for promise in read.promises if promise.row is not None] == ["mid", "vip"]


def test_a_case_that_no_rule_takes_is_promised_nothing() -> None:
    """And the reason names what the table answered."""
    other = loads(TEXT.replace(', P4 = "3 working days"', ""))
    told = clocks({"impact": "one"}, standard=other).unpromised["resolve"].sentence()
    assert told == "no promise for routing.priority = P4"
    (gap,) = gaps(other)
    assert gap.sentence() == "resolve promises nothing to routing.priority = P4, and has no else"
    assert list(gaps(DESK)) == []


def test_the_file_survives() -> None:
    """With the name of the table in the place of a fact."""
    assert loads(dumps(DESK)) == DESK
    assert 'by = "routing.priority"' in dumps(DESK)
    assert DESK.current.objectives["resolve"].fields == {"impact", "urgency", "vip"}


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ('by = "routing.priority"', 'by = "routing.prio"', "objectives.resolve.by", "rules.no_table"),
        ('P1 = "4 hours", ', 'P1 = "4 hours", P3 = "9 hours", ', "objectives.resolve.target.P3", "objective.unpicked"),
        ('hit = "first"', 'hit = "collect"', "objectives.resolve.by", "objective.picks"),
        (
            "[routing.priority.rules]",
            "[routing.priority.rules]\nold = { until = 2026-01-01 }",
            "objectives.resolve.by",
            "objective.picks",
        ),
        (
            'out = ["priority"]',
            'out = { priority = { kind = "integer" } }',
            "routing.priority.else.priority",
            "facts.kind",
        ),
    ],
)
def test_a_table_that_cannot_pick_a_row_is_refused(old: str, new: str, where: str, message: str) -> None:
    """An unknown one, one that lists, one with dated rules; and rows that it never names."""
    with pytest.raises(StandardError) as refused:
        loads(TEXT.replace(old, new))
    told = [(one.where.removeprefix("$.").split(" (line")[0], one.message) for one in refused.value.faults]
    assert (where, message) in told


def test_a_tree_picks_no_row_and_an_unreadable_table_is_told_once() -> None:
    """By the path of the one that is at fault."""
    tree = TEXT[: TEXT.index("[routing.priority]")] + '[routing.priority]\nout = ["priority"]\nroutes = {}\n'
    objective = TEXT[TEXT.index("[objectives.resolve]") :]
    with pytest.raises(StandardError) as refused:
        loads(tree + objective)
    assert [one.message for one in refused.value.faults] == ["table.tree"]
    with pytest.raises(StandardError) as broken:
        loads(TEXT.replace('hit = "first"', 'hit = "frist"'))
    assert [one.message for one in broken.value.faults] == ["choice.nearest"]


FACTS = FactSchema({"vip": FactType("true or false")})


def test_a_table_of_another_kind_or_of_two_outputs_picks_no_row() -> None:
    """Nor does a number; the fault names the table."""
    numbers = DecisionTable(facts=FACTS, outputs={"row": Output("integer")}, rules={"a": Rule(then={"row": 1})})
    both = DecisionTable(facts=FACTS, outputs={"row": Output(), "more": Output()})
    for table in (numbers, both):
        with pytest.raises(DefinitionError) as refused:
            Objective(CLOCK, by="routing.x", table=table, rows=ROWS)
        assert (refused.value.message, refused.value.params["value"]) == ("objective.picks", "routing.x")


PICK = DecisionTable(
    facts=FACTS,
    outputs={"row": Output()},
    rules={"vip": Rule(Eq("vip", True), {"row": "P1"}), "none": Rule(Eq("vip", False))},
    otherwise=Else({"row": "P9"}, "the rest"),
)
CLOCK = ClockRule([On("opened")], [On("closed")])
ROWS = {"P1": WorkingTime(timedelta(hours=4))}


def test_a_table_answers_without_reasons() -> None:
    """The rule and the value; nothing for no match, or what else or the default says."""
    assert [PICK.answer(facts) for facts in ({"vip": True}, {"vip": False}, {})] == [
        ("vip", "P1"),
        ("none", None),
        ("else", "P9"),
    ]
    bare = DecisionTable(facts=FACTS, outputs={"row": Output()}, rules={"vip": PICK.rules["vip"]})
    assert bare.answer({}) == ("", None)
    default = DecisionTable(facts=FACTS, outputs={"row": Output(default="P5")}, rules={"vip": PICK.rules["vip"]})
    assert (default.answer({}), default.answers) == (("else", "P5"), ("P1", "P5"))
    several = DecisionTable(facts=FACTS, outputs={"row": Output()}, rules={"a": Rule(ANYTHING), "b": Rule(ANYTHING)})
    with pytest.raises(HitPolicyError):
        several.answer({})


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"by": "vip", "table": PICK}, "by", "objective.by_table"),
        ({"by": "routing.x"}, "by", "objective.by_table"),
        ({"by": "routing.x", "table": PICK, "rows": {"P2": ROWS["P1"]}}, "target.P2", "objective.unpicked"),
    ],
)
def test_in_python_the_table_and_its_name_go_together(options: dict[str, Any], where: str, message: str) -> None:
    """Else what is written would not be what is meant."""
    with pytest.raises(DefinitionError) as refused:
        Objective(CLOCK, **{"rows": ROWS} | options)
    assert (refused.value.where, refused.value.message) == (where, message)


def test_the_table_of_an_objective_is_that_of_the_standard() -> None:
    """Another one of the same name is refused."""
    objective = Objective(CLOCK, by="routing.priority", table=PICK, rows=ROWS)
    assert objective.row({"vip": True}) is not None
    assert objective.row({}) is None
    edition = DESK.current
    with pytest.raises(StandardError) as refused:
        attrs.evolve(edition, objectives={"resolve": objective})
    assert "objective.other_table" in [one.message for one in refused.value.faults]
