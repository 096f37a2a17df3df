"""What holds for every pay plan: a better result never pays less, and all is paid in whole coins."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.curves import shown
from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.incentives import Eligibility, Figure, Payee, Plan, Served, Statement, pay
from svcstd.standard import ServiceStandard
from svcstd.testing.laws.law import Breach, Law, clause_of
from svcstd.testing.laws.score import knots
from svcstd.testing.strategies.calendars import period_on
from svcstd.testing.strategies.standards import years_of

__all__ = ["exact", "monotone"]

CARDS, FIGURES = "scorecards.", "kpis."
DAYS = 20


def _plan(standard: ServiceStandard, key: str) -> Plan:
    plans = standard.current.plans
    if key not in plans:
        raise UnknownName("plan", "pay.unknown_plan", value=key, nearest=nearest(key, plans))
    return plans[key]


def _is_less_better(standard: ServiceStandard, name: str) -> bool:
    key = name.removeprefix(FIGURES).partition("@")[0]
    kpis = standard.current.kpis
    return name.startswith(FIGURES) and key in kpis and kpis[key].direction == "less"


def _cases(standard: ServiceStandard, key: str) -> st.SearchStrategy[Any]:
    """A period, the results that the plan reads, the days of service, and another value for one of the results."""
    plan = _plan(standard, key)
    first, last = years_of(standard)
    begins = standard.current.starts or first
    days = st.dates(min(max(first, begins), last - timedelta(days=1)), last - timedelta(days=1))
    periods = days.map(lambda day: period_on(plan.every, day, standard.zone))
    values = st.sampled_from(knots(plan))
    figures = st.fixed_dictionaries(dict.fromkeys(sorted(plan.figures), values))
    return st.tuples(periods, figures, st.integers(0, DAYS), st.sampled_from(sorted(plan.figures)), values)


def _paid(plan: Plan, period: Period, values: dict[tuple[str, str], Fraction], served: int) -> Statement | None:
    """What it pays somebody who takes part; ``None`` where a result lies beyond what a curve takes."""
    days = {} if plan.proration is None else {plan.proration.by: Served(served, DAYS)}
    figures = {of: Figure.of(value, None, n=1) for of, value in values.items()}
    payee = Payee(
        of="a",
        figures={name: one for (whose, name), one in figures.items() if whose == "own"},
        team_figures={name: one for (whose, name), one in figures.items() if whose == "team"},
        served=days,
    )
    try:
        return pay(attrs.evolve(plan, eligibility=Eligibility()), payee, period=period)
    except DefinitionError:
        return None


def _told(period: Period, values: dict[tuple[str, str], Fraction], served: int) -> str:
    results = [
        f"{name}{' of the team' if whose == 'team' else ''} = {shown(value)}" for (whose, name), value in values.items()
    ]
    return "\n".join((f"{period.kind} {period.label}, served {served} of {DAYS} days", *results))


def monotone(standard: ServiceStandard, plan: str) -> Law:
    """A better result, all else being equal, never pays less.

    Args:
        standard: with the plan, and figures that say which way is better.
        plan: its key under ``plans``.

    Raises:
        UnknownName: no such plan.
    """
    found = _plan(standard, plan)

    def breach(case: Any) -> Breach | None:  # noqa: ANN401 - as drawn
        period, values, served, figure, other = case
        worse, better = sorted((values[figure], other), reverse=_is_less_better(standard, figure[1]))
        low = _paid(found, period, {**values, figure: worse}, served)
        high = _paid(found, period, {**values, figure: better}, served)
        if low is None or high is None or high.total >= low.total:
            return None
        told = f"{_told(period, {**values, figure: worse}, served)}\n{figure[1]} gets better: {shown(better)}"
        return Breach(told, f"{low.total} or more", str(high.total))

    return _law(standard, plan, "monotone", "a better result never pays less", breach)


def exact(standard: ServiceStandard, plan: str) -> Law:
    """What is paid is a whole number of the coin that the plan rounds to, and a ledger that reads back as it was.

    Args:
        standard: with the plan.
        plan: its key under ``plans``.

    Raises:
        UnknownName: no such plan.
    """
    found = _plan(standard, plan)
    coin = Fraction(found.rounding.step)

    def breach(case: Any) -> Breach | None:  # noqa: ANN401 - as drawn
        period, values, served, _, _ = case
        statement = _paid(found, period, values, served)
        if statement is None:
            return None
        told = _told(period, values, served)
        rest = statement.total.times(1) % coin
        if rest:
            return Breach(told, f"a whole number of {shown(coin)}", f"{statement.total}, {shown(rest)} too much")
        again = Statement.from_json(statement.to_json())
        return None if again == statement else Breach(told, "the statement that was written", str(again))

    return _law(standard, plan, "exact", "what is paid is a whole number of coins, and reads back as it was", breach)


def _law(standard: ServiceStandard, plan: str, name: str, says: str, breach: Any) -> Law:  # noqa: ANN401 - a function
    return Law(
        where=f"plans.{plan}",
        name=name,
        says=says,
        cases=lambda: _cases(standard, plan),
        breach=breach,
        clause=clause_of(standard),
    )
