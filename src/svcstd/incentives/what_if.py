"""What if: a plan on past periods, two plans person by person, other thresholds, and where more earns less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs

from svcstd.calendars import Period
from svcstd.curves import Number, exact
from svcstd.errors import CurrencyError, DefinitionError, UnknownName, nearest
from svcstd.incentives.earning import quota_of
from svcstd.incentives.pay import pay
from svcstd.incentives.payee import Figure, Payee
from svcstd.incentives.plan import Kicker, PayCurve, PayFactor, Plan, Whose, bounds_of
from svcstd.incentives.requirement import Requirement
from svcstd.incentives.statement import Statement
from svcstd.keyed import Keyed
from svcstd.money import Money, total_of

__all__ = [
    "Better",
    "Dip",
    "PlanChange",
    "Trial",
    "bends_of",
    "budget_by_result",
    "budget_by_threshold",
    "compare_plans",
    "curves_over",
    "dips",
    "replay",
]

Better: TypeAlias = Literal["more", "less"]
"""Which way a result is better."""
Trial: TypeAlias = "tuple[Payee, Period]"
"""Somebody with the results of a period."""


@attrs.frozen(kw_only=True)
class PlanChange:
    """What another plan would have paid somebody.

    Attributes:
        of: who.
        period: its label.
        before, after: the statements of both plans.
    """

    of: str
    period: str
    before: Statement
    after: Statement

    @property
    def difference(self) -> Money:
        """What the other plan pays more."""
        return self.after.total - self.before.total


@attrs.frozen(kw_only=True)
class Dip:
    """A better result that pays less.

    Attributes:
        figure: reference of the result.
        worse, better: two results.
        pays_worse, pays_better: what they pay.
    """

    figure: str
    worse: Fraction
    better: Fraction
    pays_worse: Money
    pays_better: Money


def replay(plan: Plan, trials: Iterable[Trial]) -> tuple[Statement, ...]:
    """The plan on past periods, one statement for each payee and period.

    Raises:
        SvcstdError: as of :func:`pay`.
    """
    return tuple(pay(plan, payee, period=period) for payee, period in trials)


def compare_plans(before: Plan, after: Plan, trials: Iterable[Trial]) -> tuple[PlanChange, ...]:
    """Two plans on the same periods, person by person; also those for whom nothing changes.

    Raises:
        SvcstdError: as of :func:`pay`.
        CurrencyError: plans in two currencies.
    """
    if before.currency != after.currency:
        raise CurrencyError("after", "money.mixed", one=before.currency, other=after.currency)
    return tuple(
        PlanChange(
            of=payee.of,
            period=period.label,
            before=pay(before, payee, period=period),
            after=pay(after, payee, period=period),
        )
        for payee, period in trials
    )


def budget_by_result(
    plan: Plan, trials: Sequence[Trial], *, figure: str, times: Iterable[Number], whose: Whose = "own"
) -> Keyed[Fraction, Money]:
    """What the plan would cost if everybody's result were so many times what it was: the budget at risk.

    Args:
        plan: to be paid by.
        trials: past periods.
        figure: reference of the result.
        times: factors, such as 9/10, 1 and 11/10.
        whose: the payee's result or that of the team.
    """
    return Keyed(
        {
            factor: _cost(plan, [(_scaled(payee, whose, figure, factor), period) for payee, period in trials])
            for factor in map(exact, times)
        }
    )


def _cost(plan: Plan, trials: Iterable[Trial]) -> Money:
    return total_of((one.total for one in replay(plan, trials)), plan.currency)


def _scaled(payee: Payee, whose: Whose, name: str, factor: Fraction) -> Payee:
    held = payee.figures if whose == "own" else payee.team_figures
    figure = held.get(name)
    if figure is None or figure.exact is None or figure.rounded is None:
        return payee
    return _with(payee, whose, name, Figure(figure.exact * factor, figure.rounded * factor, figure.n))


def _with(payee: Payee, whose: Whose, name: str, figure: Figure) -> Payee:
    if whose == "own":
        return attrs.evolve(payee, figures=payee.figures | {name: figure})
    return attrs.evolve(payee, team_figures=payee.team_figures | {name: figure})


def budget_by_threshold(
    plan: Plan, trials: Sequence[Trial], *, gate: str, by: Iterable[Number]
) -> Keyed[Fraction, Money]:
    """What the plan would cost with the bound of a gate moved.

    Args:
        plan: to be paid by.
        trials: past periods.
        gate: its key.
        by: what is added to the bound, such as -1/100, 0 and 1/100.

    Raises:
        UnknownName: no such gate.
    """
    if gate not in plan.gates:
        raise UnknownName("gate", "pay.no_gate", value=gate, nearest=nearest(gate, plan.gates))
    held = plan.gates[gate]
    return Keyed(
        {
            shift: _cost(
                attrs.evolve(plan, gates=plan.gates | {gate: attrs.evolve(held, keeps=_moved(held.keeps, shift))}),
                trials,
            )
            for shift in map(exact, by)
        }
    )


def _moved(keeps: Requirement, shift: Fraction) -> Requirement:
    sides = ("at_least", "above", "at_most", "below")
    return Requirement(**{side: bound + shift for side in sides if (bound := getattr(keeps, side)) is not None})


def dips(
    plan: Plan,
    payee: Payee,
    *,
    period: Period,
    figure: str,
    low: Number,
    high: Number,
    step: Number,
    better: Better = "more",
    whose: Whose = "own",
) -> tuple[Dip, ...]:
    """Spots where a better result pays less, each with two results that show it.

    Looked at are both ends, every bound of a gate or curve that reads the figure, one step to both sides of it, and the
    middle between neighbours. That finds every jump down, and every stretch that falls; where a factor and a line read
    the same figure, a dip inside a bend may escape.

    Args:
        plan: to be searched.
        payee: with all other results, which stay as they are.
        period: for which is paid.
        figure: reference of the result.
        low: the least result to look at.
        high: the greatest.
        step: the smallest difference between two results.
        better: whether more or less is better.
        whose: the payee's result or that of the team.

    Raises:
        DefinitionError: ends out of order, or a step that is not above 0.
    """
    first, last, small = exact(low, "low"), exact(high, "high"), exact(step, "step")
    if first >= last or small <= 0:
        raise DefinitionError("step", "pay.range", low=str(first), high=str(last), step=str(small))
    near = {first, last}
    for bound in bends_of(plan, payee, whose, figure):
        near |= {value for value in (bound - small, bound, bound + small) if first <= value <= last}
    ends = sorted(near)
    values = sorted({*ends, *((one + other) / 2 for one, other in pairwise(ends))}, reverse=better == "less")
    totals = [pay(plan, _with(payee, whose, figure, Figure(value, value)), period=period).total for value in values]
    pairs = pairwise(zip(values, totals, strict=True))
    return tuple(
        Dip(figure=figure, worse=worse, better=good, pays_worse=one, pays_better=other)
        for (worse, one), (good, other) in pairs
        if other < one
    )


def bends_of(plan: Plan, payee: Payee, whose: Whose, figure: str) -> Iterator[Fraction]:
    """Where something bends or jumps as this figure changes."""
    gates = [*plan.gates.values(), *(step.gate for step in plan.modifiers if isinstance(step, Kicker))]
    yield from (gate.keeps.bound for gate in gates if (gate.whose, gate.figure) == (whose, figure))
    for curve, quota in curves_over(plan, payee, whose, figure):
        yield from (bound * quota for bound in bounds_of(curve))


def curves_over(plan: Plan, payee: Payee, whose: Whose, figure: str) -> Iterator[tuple[PayCurve, Fraction]]:
    """The curves that read a figure, each with the quota by which it is divided first."""
    for key, line in plan.lines.items():
        if (line.whose, plan.reads(key)) == (whose, figure) and line.curve is not None:
            yield line.curve, Fraction(1) if line.quota is None else quota_of(plan, line.quota, payee)
    for step in plan.modifiers:
        if isinstance(step, PayFactor) and (step.whose, step.times) == (whose, figure) and step.curve is not None:
            yield step.curve, Fraction(1)
