"""Decision tables are drawn as they are asked for, and those that are sure answer every case."""

from __future__ import annotations

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from svcstd.rules import DecisionTable, Output
from svcstd.testing.strategies.conditions import VOCABULARY, facts_of
from svcstd.testing.strategies.rules import decision_tables, outcomes, rules

FEW = settings(max_examples=20, deadline=None)
UNSHRUNK = settings(phases=[Phase.generate], max_examples=1_000, deadline=None)


@FEW
@given(table=decision_tables(max_rules=2, sure=True), data=st.data())
def test_sure_tables_answer(table: DecisionTable, data: st.DataObject) -> None:
    """No policy is broken, and the index finds the rules that asking every condition finds."""
    assert len(table.rules) <= 2
    near = [rule.when for rule in table.rules.values()]
    facts = data.draw(facts_of(VOCABULARY, near=near))
    assert table.match(facts) == table.matching(facts)
    assert table.decide(facts).matched is bool(table.match(facts))


@pytest.mark.parametrize("hit", ["unique", "priority", "collect"])
def test_as_asked(hit: str) -> None:
    """A policy, outputs, and what suits them."""
    queue = Output(one_of=("x", "y"))

    @FEW
    @given(decision_tables(of={"queue": queue}, hit=hit))  # type: ignore[arg-type] # a hit policy
    def holds(table: DecisionTable) -> None:
        assert (table.hit, dict(table.outputs)) == (hit, {"queue": queue})
        assert table.aggregate in ("list", "count")

    holds()


def test_dated_or_not() -> None:
    """Rules that hold on some days only are drawn where they are asked for."""
    assert find(rules(dated=True), lambda rule: rule.is_dated, settings=UNSHRUNK).is_dated

    @FEW
    @given(rules())
    def never(rule: object) -> None:
        assert not rule.is_dated  # type: ignore[attr-defined]

    never()


def test_they_meet() -> None:
    """Rules often fit one case together, as rules of people do."""
    cases = st.tuples(decision_tables(hit="rule order"), facts_of(VOCABULARY))
    table, facts = find(cases, lambda both: len(both[0].match(both[1])) > 1, settings=UNSHRUNK)
    assert len(table.decide(facts).rows) > 1


@FEW
@given(outcomes({"queue": Output(one_of=("x", "y")), "days": Output("integer")}))
def test_outcomes(told: dict[str, object]) -> None:
    """Of each output what it may be, or nothing."""
    assert told.get("queue") in ("x", "y", None)
    assert isinstance(told.get("days", 0), int | None)
