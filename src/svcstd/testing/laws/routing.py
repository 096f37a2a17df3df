"""What holds for every table: somebody always answers, and always the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from svcstd.conditions import show_value
from svcstd.errors import HitPolicyError, UnknownName, nearest
from svcstd.moment import iso_moment
from svcstd.routing import RouteTree
from svcstd.rules import Decision, DecisionTable
from svcstd.standard import ServiceStandard
from svcstd.testing.laws.law import Breach, Law, clause_of
from svcstd.testing.strategies.moments import instants
from svcstd.testing.strategies.standards import facts as facts_of
from svcstd.testing.strategies.standards import years_of

__all__ = ["answers_one", "deterministic", "no_priority_inversion", "total"]

SEVERAL = ("collect", "rule order", "output order")
"""Hit policies of tables that list what fits, which may be nothing."""


def _table(standard: ServiceStandard, key: str) -> DecisionTable | RouteTree:
    routing = standard.current.routing
    if key not in routing:
        raise UnknownName("table", "rules.no_table", value=key, nearest=nearest(key, routing))
    return routing[key]


def answers_one(table: DecisionTable | RouteTree) -> bool:
    """Whether one rule answers, so that no answer at all is a gap."""
    return isinstance(table, RouteTree) or table.hit not in SEVERAL


def _cases(standard: ServiceStandard, key: str, *, missing: bool) -> st.SearchStrategy[Any]:
    return st.tuples(
        facts_of(standard, for_=f"routing.{key}", missing=missing), instants(standard.zone, *years_of(standard))
    )


def told_facts(facts: Mapping[str, Any], as_of: datetime) -> str:
    """Facts in words."""
    told = ", ".join(f"{name} = {show_value(value)}" for name, value in facts.items()) or "no facts"
    return f"{told}\n{iso_moment(as_of)} we ask"


def _shown(decision: Decision) -> str:
    answers = ", ".join(f"{name} = {show_value(value)}" for name, value in decision.items() if value is not None)
    return f"{', '.join(decision.rules) or 'no rule'}: {answers or 'nothing'}"


def total(standard: ServiceStandard, table: str) -> Law:
    """Whenever everything is known that the table asks, a rule answers.

    Args:
        standard: with the table.
        table: its key under ``routing``.

    Raises:
        UnknownName: no such table.
    """
    _table(standard, table)

    def breach(case: tuple[dict[str, Any], datetime]) -> Breach | None:
        facts, as_of = case
        decision = standard.route(table, facts, as_of=as_of)
        return None if decision.rules else Breach(told_facts(facts, as_of), "a rule that fits, or else", "no rule")

    return Law(
        where=f"routing.{table}",
        name="total",
        says="whoever asks with every fact known gets an answer",
        cases=lambda: _cases(standard, table, missing=False),
        breach=breach,
        clause=clause_of(standard),
    )


def deterministic(standard: ServiceStandard, table: str) -> Law:
    """One answer, whatever the order in which facts are told.

    Args:
        standard: with the table.
        table: its key under ``routing``.

    Raises:
        UnknownName: no such table.
    """
    _table(standard, table)

    def breach(case: tuple[dict[str, Any], datetime]) -> Breach | None:
        facts, as_of = case
        try:
            first = standard.route(table, facts, as_of=as_of)
        except HitPolicyError as error:
            return Breach(told_facts(facts, as_of), "one answer", str(error))
        second = standard.route(table, dict(reversed(facts.items())), as_of=as_of)
        return None if first == second else Breach(told_facts(facts, as_of), _shown(first), _shown(second))

    return Law(
        where=f"routing.{table}",
        name="deterministic",
        says="the same facts get one answer, and always the same",
        cases=lambda: _cases(standard, table, missing=True),
        breach=breach,
        clause=clause_of(standard),
    )


def no_priority_inversion(standard: ServiceStandard, table: str, *, by: str, output: str) -> Law:
    """Who is more urgent by one fact, all else being equal, is never less urgent by the answer.

    Args:
        standard: with the table.
        table: its key under ``routing``.
        by: the fact, declared with values in order, the most urgent first.
        output: the answer: a text that is a declared fact's value in order, the most urgent first, or a number that
            rises with urgency.

    Raises:
        UnknownName: no such table, fact or output.
    """
    found, schema = _table(standard, table), standard.current.facts
    if output not in found.outputs:
        raise UnknownName("output", "choice.nearest", value=output, nearest=nearest(output, found.outputs))
    urgencies, ranks = schema.type_of(by).one_of, schema.types[output].one_of if output in schema.types else ()

    def urgency(answer: Any) -> Any:  # noqa: ANN401 - a number, or a word of a list
        return -ranks.index(answer) if answer in ranks else answer

    def breach(case: tuple[dict[str, Any], datetime]) -> Breach | None:
        facts, as_of = case
        before: tuple[str, Any] | None = None
        for value in urgencies:
            decision = standard.route(table, {**facts, by: value}, as_of=as_of)
            answer = decision.get(output)
            if answer is None:
                continue
            if before is not None and urgency(answer) > urgency(before[1]):
                told = told_facts(facts, as_of)
                expected = f"{by} = {value}: {output} no more urgent than {show_value(before[1])}, as for {before[0]}"
                return Breach(told, expected, show_value(answer))
            before = value, answer
        return None

    return Law(
        where=f"routing.{table}",
        name=f"no_inversion_of_{output}_by_{by}",
        says=f"who is more urgent by {by} never gets a less urgent {output}",
        cases=lambda: _cases(standard, table, missing=False),
        breach=breach,
        clause=clause_of(standard),
    )
