"""From results to money: eligibility, then gates, then each line by itself, then the steps in the order of the plan.

A line reads nothing of another, so the order in which results arrive cannot change what is paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from svcstd.calendars import Period
from svcstd.curves import shown
from svcstd.errors import DefinitionError
from svcstd.explain import because
from svcstd.incentives.ahead import ahead
from svcstd.incentives.earning import earned_by, rounded
from svcstd.incentives.gates import check_figures, idle_lines, not_eligible, shut_gates, waiting_for
from svcstd.incentives.payee import Payee
from svcstd.incentives.plan import Plan
from svcstd.incentives.statement import LedgerLine, PayState, Refusal, Statement
from svcstd.incentives.steps import step_on
from svcstd.money import total_of

__all__ = ["pay"]


def pay(plan: Plan, payee: Payee, *, period: Period, edition: str = "") -> Statement:
    """What a plan pays somebody for a period, with every reason.

    Args:
        plan: of the same cycle as the period.
        payee: with every figure that the plan reads; one that is ``None`` inside is missing by the plan's policy.
        period: for which it is.
        edition: of the standard, for the record.

    Raises:
        DefinitionError: a period of another cycle, or a missing result that the plan refuses.
        UnknownName: a figure, or days of service, that the plan reads and the payee does not have.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from svcstd.curves import Rounding
    >>> from svcstd.incentives import Figure, PayLine
    >>> from svcstd.money import Money
    >>> monthly = Plan(key="monthly", currency="CNY", every="month", round_at="line",
    ...     rounding=Rounding(Decimal("0.01"), "half up"),
    ...     lines={"score": PayLine(pays=Money.of(2000, "CNY"), times="score", missing="withhold"),
    ...            "points": PayLine(pays=Money.of(15, "CNY"), times="points", missing="nothing")})
    >>> figures = {"score": Figure.of(Decimal("0.70"), None), "points": Figure.of(28, None)}
    >>> january = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
    >>> pay(monthly, Payee(of="E07", figures=figures), period=january).total
    Money('1820.00 CNY')
    """
    if period.kind != plan.every:
        raise DefinitionError("period", "pay.cycle", every=plan.every, kind=period.kind)
    check_figures(plan, payee)
    refusals = tuple(not_eligible(plan, payee, period))
    if refusals:
        return _statement(plan, payee, period, edition, "refused", (), refusals)
    shut = tuple(shut_gates(plan, payee))
    idle = idle_lines(plan, period, shut)
    waiting = tuple(waiting_for(plan, payee, shut, idle))
    if waiting:
        return _statement(plan, payee, period, edition, "withheld", (), waiting)
    earned = {key: earned_by(plan, key, payee, idle.get(key)) for key in plan.lines}
    lines = [line for line, _ in earned.values()]
    missing = [refusal for _, refusal in earned.values() if refusal is not None]
    running = _sum(plan, lines)
    for step in plan.modifiers:
        line, after = step_on(plan, step, payee, running)
        lines.append(line)
        running = after
    lines += _last_rounding(plan, lines, running)
    next_tiers = tuple(ahead(plan, payee, idle))
    made = _statement(plan, payee, period, edition, "due", tuple(lines), (*shut, *missing))
    return attrs.evolve(made, next_tiers=next_tiers)


def _statement(
    plan: Plan,
    payee: Payee,
    period: Period,
    edition: str,
    state: PayState,
    lines: tuple[LedgerLine, ...],
    refusals: tuple[Refusal, ...],
) -> Statement:
    return Statement(
        plan=plan.key,
        of=payee.of,
        period=period.label,
        currency=plan.currency,
        state=state,
        lines=lines,
        refusals=refusals,
        version=plan.version,
        edition=edition,
        cost_centre=payee.cost_centre,
    )


def _sum(plan: Plan, lines: list[LedgerLine]) -> Fraction:
    """What the lines come to: their rounded amounts, or the exact ones where only the total is rounded."""
    if plan.round_at == "total":
        return sum((line.earned or Fraction(0) for line in lines), Fraction(0))
    return total_of((line.amount for line in lines), plan.currency).times(1)


def _last_rounding(plan: Plan, lines: list[LedgerLine], running: Fraction) -> Iterator[LedgerLine]:
    """Where only the total is rounded, the printed lines may miss it by a few minor units: they are a line too."""
    left = rounded(plan, running) - total_of((line.amount for line in lines), plan.currency)
    if left:
        why = because("pay.rounding", exact=shown(running), total=str(rounded(plan, running)))
        yield LedgerLine(key="rounding", kind="rounding", amount=left, why=why)
