"""Decision tables of every hit policy, with what they answer, what was near, and what can be said against them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

import attrs
from hypothesis import strategies as st

from svcstd.conditions import AllOf, Condition, Eq, FactKind, FactSchema, FactType, FactValue
from svcstd.rules import (
    Aggregate,
    Decision,
    DecisionTable,
    Else,
    HitPolicy,
    Index,
    NearMiss,
    Output,
    Rule,
    RuleCounts,
    RuleFinding,
    analyse,
)
from svcstd.testing.strategies.conditions import VOCABULARY, conditions, fact_tests, fact_values, facts_of
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import dates

__all__ = ["STRATEGIES", "decision_tables", "decisions", "outcomes", "outputs", "rule_conditions", "rules"]

KEYS = ("a", "b", "c", "d", "e", "急件")
REASONS = st.sampled_from(["", "agreed with sales", "客户要求"])
KINDS: tuple[FactKind, ...] = get_args(FactKind)
POLICIES: tuple[HitPolicy, ...] = get_args(HitPolicy)
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
ROLES = Output(one_of=("desk", "field", "维修"), default="desk")
DAYS = Output("integer")
POINTS = Output("number")


@st.composite
def outputs(draw: st.DrawFn) -> Output:
    """What a table may answer: any value of a kind, or one of a list, with or without a default.

    Args:
        draw: of Hypothesis.
    """
    kind: FactKind = draw(st.sampled_from(KINDS))
    values = fact_values(FactType(kind))
    listed = draw(st.lists(values, max_size=3, unique=True))
    default = draw(st.one_of(st.none(), st.sampled_from(listed) if listed else values))
    return Output(kind, listed, default)


def outcomes(of: Mapping[str, Output]) -> st.SearchStrategy[dict[str, FactValue]]:
    """What a rule may answer: some of the outputs, each with a value it may have, or nothing.

    Args:
        of: the outputs of the table.
    """
    return st.fixed_dictionaries({}, optional={name: st.one_of(_answers(one), st.none()) for name, one in of.items()})


@lru_cache(maxsize=64)
def _answers(output: Output) -> st.SearchStrategy[FactValue]:
    return st.sampled_from(output.one_of) if output.one_of else fact_values(FactType(output.kind))


@lru_cache(maxsize=64)
def rule_conditions(facts: FactSchema = VOCABULARY) -> st.SearchStrategy[AllOf]:
    """Conditions as most tables have them, of one test or two; now and then a deeper one.

    Args:
        facts: those that are declared, at least one.
    """
    tests = st.lists(fact_tests(facts), min_size=1, max_size=2)
    return st.one_of(tests.map(AllOf), st.just(AllOf()), conditions(facts, max_tests=3).map(lambda one: AllOf([one])))


@st.composite
def rules(
    draw: st.DrawFn, facts: FactSchema = VOCABULARY, of: Mapping[str, Output] | None = None, *, dated: bool = False
) -> Rule:
    """Rules of a table.

    Args:
        draw: of Hypothesis.
        facts: those that are declared.
        of: the outputs of the table; a role and days by default.
        dated: whether they may be in force on some days only.
    """
    then = draw(outcomes({"role": ROLES, "days": DAYS} if of is None else of))
    days = sorted(draw(st.tuples(dates(), dates()))) if dated else [None, None]
    first, last = draw(st.sampled_from([(None, None), (days[0], None), (None, days[1]), (days[0], days[1])]))
    return Rule(draw(rule_conditions(facts)), then, first=first, last=last, because=draw(REASONS))


@st.composite
def decision_tables(
    draw: st.DrawFn,
    facts: FactSchema = VOCABULARY,
    of: Mapping[str, Output] | None = None,
    *,
    hit: HitPolicy | None = None,
    max_rules: int = 4,
    dated: bool = False,
    sure: bool = False,
) -> DecisionTable:
    """Decision tables of every hit policy, with or without ``else``.

    Args:
        draw: of Hypothesis.
        facts: those that are declared, at least one.
        of: what it answers; by default what suits the policy.
        hit: the policy; any that suits the outputs by default.
        max_rules: the most rules, six at most.
        dated: whether rules may be in force on some days only, so that a day must be told.
        sure: whether every case has an answer: no rules that may break the policy, and no match is no error.
    """
    answers = draw(st.sampled_from(ANSWERS)) if of is None else dict(of)
    ranked = any(one.one_of for one in answers.values())
    numeric = [one.kind in ("integer", "number") for one in answers.values()] == [True]
    fitting: list[HitPolicy] = [one for one in POLICIES if ranked or one not in ("priority", "output order")]
    policy: HitPolicy = draw(st.sampled_from(fitting)) if hit is None else hit
    made: list[Aggregate] = [one for one in AGGREGATES if policy == "collect" and (numeric or one in ("list", "count"))]
    aggregate: Aggregate = draw(st.sampled_from(made)) if made else "list"
    most = min(max_rules, 1) if sure and policy in ("unique", "any") else max_rules
    otherwise = st.builds(Else, outcomes(answers), REASONS.map(lambda said: said or "somebody must take it"))
    return DecisionTable(
        facts=facts,
        outputs=answers,
        rules=draw(st.dictionaries(st.sampled_from(KEYS), rules(facts, answers, dated=dated), max_size=most)),
        hit=policy,
        aggregate=aggregate,
        otherwise=draw(st.one_of(st.none(), otherwise)),
        on_no_match="outcome" if sure else draw(st.sampled_from(["outcome", "error"])),
        name=draw(st.sampled_from(["", "intake", "受理"])),
    )


ANSWERS: tuple[dict[str, Output], ...] = (
    {"role": ROLES},
    {"days": DAYS},
    {"points": POINTS},
    {"role": ROLES, "days": DAYS},
)


def _tests_of(table: DecisionTable) -> list[Condition]:
    return [rule.when for rule in table.rules.values()]


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """What tables answer, to cases near the bounds of their rules."""
    table = draw(decision_tables(sure=True))
    return table.decide(draw(facts_of(VOCABULARY, near=_tests_of(table))))


@st.composite
def _near_misses(draw: st.DrawFn) -> tuple[NearMiss, ...]:
    """Of a table that wants two facts of which one is otherwise, or missing."""
    table, vip = draw(decision_tables(max_rules=2)), draw(st.booleans())
    wanted = Rule(AllOf([Eq("kind", "a"), Eq("vip", vip)]))
    told = draw(facts_of(VOCABULARY)) | {"kind": "a", "vip": draw(st.sampled_from([None, not vip]))}
    return attrs.evolve(table, rules={"wanted": wanted, **table.rules}).nearest_misses(told)


@st.composite
def _findings(draw: st.DrawFn) -> tuple[RuleFinding, ...]:
    """Of a table that says one thing twice."""
    table = draw(decision_tables(max_rules=3))
    return analyse(attrs.evolve(table, rules={**table.rules, "twin": draw(rules(of=table.outputs)), "last": Rule()}))


@st.composite
def _counts(draw: st.DrawFn) -> RuleCounts:
    table = draw(decision_tables(dated=True))
    history = draw(st.lists(facts_of(VOCABULARY, near=_tests_of(table)), max_size=3))
    return table.counts(history, on=draw(dates()))


STRATEGIES: Strategies = {
    Decision: decisions,
    DecisionTable: lambda: decision_tables(dated=True),
    Else: lambda: st.builds(Else, outcomes({"role": ROLES, "days": DAYS}), REASONS.map(lambda said: said or "why not")),
    Index: lambda: st.lists(rule_conditions(), max_size=3).map(lambda found: Index.of(found, VOCABULARY)),
    NearMiss: lambda: found_in(_near_misses(), NearMiss),
    Output: outputs,
    Rule: lambda: rules(dated=True),
    RuleCounts: _counts,
    RuleFinding: lambda: found_in(_findings(), RuleFinding),
}
