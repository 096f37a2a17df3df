"""Laws of tables: the index, the analysis and the hit policies, held against asking every condition of every case."""

from __future__ import annotations

from itertools import combinations
from typing import Any, get_args

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import (
    KNOWN,
    OUTPUTS,
    POINTS,
    SMALL,
    SMALL_CONDITIONS,
    WIDE_CASES,
    WIDE_TABLES,
    rules,
    small_tables,
)

from svcstd.errors import HitPolicyError, SvcstdError
from svcstd.rules import DecisionTable, Else, HitPolicy, Rule, RuleFinding, analyse, overlaps


def fitting(table: DecisionTable, point: dict[str, Any]) -> set[int]:
    """The numbers of the rules that fit, by asking each of them."""
    return {number for number, rule in enumerate(table.rules.values()) if rule.when.holds(point) is True}


@given(WIDE_TABLES, st.lists(WIDE_CASES, min_size=1, max_size=8))
def test_the_index_finds_what_asking_every_condition_finds(table: DecisionTable, cases: list[dict[str, Any]]) -> None:
    """For every kind of fact and test, with any facts missing; the first, all, and those that fail by one fact."""
    for case in cases:
        expected = fitting(table, case)
        assert table.match(case) == table.matching(case) == tuple(f"r{number}" for number in sorted(expected))
        assert table.index.first(case) == min(expected, default=-1)
        near = table.index.near({name: value for name, value in case.items() if value is not None})
        assert near.fits == sum(1 << number for number in expected)


@given(small_tables("rule order"), st.sampled_from(POINTS))
def test_a_near_miss_would_fit_were_it_not_for_one_fact(table: DecisionTable, point: dict[str, Any]) -> None:
    """Its failing tests read one fact, or are the one test that spans several; each is told once."""
    missed = [miss.rule for miss in table.nearest_misses(point)]
    expected = []
    for key, rule in table.rules.items():
        failing = [test for test in flattened(rule.when.tests) if test.holds(point) is not True]
        reasons = {next(iter(test.fields)) if len(test.fields) == 1 else "" for test in failing}
        expected += [key] if len(reasons) == 1 else []
    assert missed == expected


def flattened(tests: Any) -> list[Any]:
    """The tests that all must hold."""
    return [one for test in tests for one in (flattened(test.tests) if type(test).__name__ == "AllOf" else [test])]


def told(found: tuple[RuleFinding, ...], *kinds: str) -> list[RuleFinding]:
    """The findings of these kinds; where the analysis gave up there is nothing to compare."""
    assert not [one for one in found if one.kind == "unknown"]
    return [one for one in found if one.kind in kinds]


def numbers(found: RuleFinding) -> tuple[int, ...]:
    """The numbers of its rules."""
    return tuple(int(rule[1:]) for rule in found.rules)


@given(small_tables("unique"))
def test_rules_that_meet_are_found_and_no_others(table: DecisionTable) -> None:
    """Under *unique* a pair is told exactly where one case fits both, and its example does."""
    found = told(analyse(table), "violation")
    meeting = {pair for point in POINTS for pair in combinations(sorted(fitting(table, point)), 2)}
    assert {numbers(one) for one in found} == meeting
    assert all(one.witness is not None and set(numbers(one)) <= fitting(table, dict(one.witness)) for one in found)
    assert {(int(first[1:]), int(second[1:])) for first, second, _ in overlaps(table)} == meeting


@given(small_tables("unique"))
def test_an_overlap_is_told_with_a_condition_under_which_both_hold(table: DecisionTable) -> None:
    """Wherever the condition holds, so do both rules."""
    for first, second, common in overlaps(table):
        for point in POINTS:
            if common.holds(point) is True:
                assert {first, second} <= set(table.matching(point))


@given(small_tables("any"))
def test_under_any_only_rules_that_differ_contradict(table: DecisionTable) -> None:
    """A pair is told exactly where one case fits both and their outcomes differ."""
    rows = [rule.then["role"] for rule in table.rules.values()]
    meeting = {pair for point in POINTS for pair in combinations(sorted(fitting(table, point)), 2)}
    found = told(analyse(table), "violation")
    assert {numbers(one) for one in found} == {pair for pair in meeting if rows[pair[0]] != rows[pair[1]]}


@given(small_tables("first") | small_tables("priority"))
def test_dead_rules_are_found_and_no_others(table: DecisionTable) -> None:
    """Impossible where no case fits; dead where one that comes before takes every case, together or alone."""
    found = analyse(table)
    count = len(table.rules)
    order = sorted(range(count), key=lambda number: (table.ranks[number] if table.hit == "priority" else (), number))
    place = {number: at for at, number in enumerate(order)}
    cases = {number: [point for point in POINTS if number in fitting(table, point)] for number in range(count)}
    impossible = {number for number in range(count) if not cases[number]}
    dead = {
        number
        for number in set(range(count)) - impossible
        if all(min(fitting(table, point), key=place.__getitem__) != number for point in cases[number])
    }
    assert {numbers(one)[0] for one in told(found, "impossible")} == impossible
    said = {max(numbers(one), key=place.__getitem__) for one in told(found, "duplicate", "shadowed", "unreachable")}
    assert said == dead
    for one in told(found, "shadowed", "unreachable"):
        *before, rule = numbers(one)
        assert one.witness is not None
        assert rule in fitting(table, dict(one.witness))
        assert all(set(before) & fitting(table, point) for point in cases[rule])


@given(small_tables("first"))
def test_gaps_are_found_to_the_last_case_and_no_others(table: DecisionTable) -> None:
    """Of the cases with every fact known, the regions of the gaps hold those that no rule fits, and only those."""
    found = analyse(table)
    regions = [one.region for one in told(found, "gap") if one.region is not None]
    for point in KNOWN:
        assert any(region.holds(point) is True for region in regions) == (not fitting(table, point))
    for one in told(found, "gap", "missing"):
        assert one.witness is not None
        assert fitting(table, dict(one.witness)) == set()
        assert one.region is not None
        assert all(fitting(table, point) == set() for point in POINTS if one.region.holds(point) is True)


@given(small_tables("first"))
def test_a_fact_that_must_be_known_is_found(table: DecisionTable) -> None:
    """Told exactly of those facts without which alone some case fits nothing, unless it is in a gap that was told."""
    found = analyse(table)
    gaps = [one.region for one in told(found, "gap") if one.region is not None]
    said = {one.about for one in told(found, "missing")}
    expected = {
        name
        for name in table.fields
        for point in POINTS
        if set(SMALL.types) - set(point) == {name} and not fitting(table, point)
        if not any(gap.holds(point) is True for gap in gaps)
    }
    assert said == expected


@given(small_tables("first"))
def test_a_subsumed_rule_changes_no_answer(table: DecisionTable) -> None:
    """Without it, every case gets the outcome it had."""
    for one in told(analyse(table), "subsumed"):
        less = {key: rule for key, rule in table.rules.items() if key != one.rules[0]}
        without = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=less, hit="first")
        assert all(without.decide(point).rows == table.decide(point).rows for point in POINTS)


@given(
    st.sampled_from(get_args(HitPolicy)).flatmap(small_tables),
    st.sampled_from(["outcome", "error"]),
    st.sampled_from([None, Else({"role": "desk"}, because="for all others")]),
    st.sampled_from([*POINTS, {"nobody": 1}]),
)
def test_refuse_raises_what_decide_would(
    table: DecisionTable, on_no_match: Any, otherwise: Else | None, point: dict[str, Any]
) -> None:
    """And nothing else, whatever fits."""
    strict = attrs.evolve(table, on_no_match=on_no_match, otherwise=otherwise)
    said = []
    for ask in (strict.decide, strict.refuse):
        try:
            ask(point)
        except SvcstdError as error:
            said.append((error.message, error.where, error.problem))
        else:
            said.append(("", "", ""))
    assert said[0] == said[1]


@given(st.data(), rules(SMALL_CONDITIONS))
def test_shuffling_a_unique_table_changes_nothing(data: st.DataObject, some: dict[str, Any]) -> None:
    """Every case gets the same outcome or the same violation, in any order of the rules."""
    shuffled = dict(data.draw(st.permutations(list(some.items()))))
    one = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=some)
    other = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=shuffled)
    for point in POINTS:
        assert outcome(one, point) == outcome(other, point)


def outcome(table: DecisionTable, point: dict[str, Any]) -> Any:
    """The rows of a decision, or the rules that break the policy."""
    try:
        return table.decide(point).rows
    except HitPolicyError as error:
        return set(error.rules)


@given(rules(SMALL_CONDITIONS), SMALL_CONDITIONS)
def test_a_rule_below_never_changes_a_first_answer(some: dict[str, Any], more: Any) -> None:
    """Whatever was answered by a rule stays."""
    added = some | {"below": Rule(more, {"role": "desk"})}
    one = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=some, hit="first")
    other = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=added, hit="first")
    for point in POINTS:
        decided = one.decide(point)
        if decided.matched:
            assert other.decide(point) == decided


@given(small_tables("priority"), st.sampled_from(POINTS))
def test_priority_is_the_first_of_output_order(table: DecisionTable, point: dict[str, Any]) -> None:
    """The one decides by what the other lists first."""
    listed = DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=table.rules, hit="output order").decide(point)
    decided = table.decide(point)
    assert decided.rules == listed.rules[:1]
    assert decided.rows == listed.rows[:1]
