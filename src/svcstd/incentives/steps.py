"""Steps on the sum of the lines, in the order of the plan: factors, kickers, caps and floors."""

from __future__ import annotations

from fractions import Fraction

from svcstd.curves import shown
from svcstd.explain import Explanation, because
from svcstd.incentives.earning import rounded, through
from svcstd.incentives.gates import figure_of, shut_by
from svcstd.incentives.payee import Payee
from svcstd.incentives.plan import Kicker, Modifier, PayCap, PayFactor, Plan
from svcstd.incentives.statement import LedgerLine

__all__ = ["step_on"]


def step_on(plan: Plan, step: Modifier, payee: Payee, before: Fraction) -> tuple[LedgerLine, Fraction]:
    """One step on the running sum, and the sum after it."""
    figure, value, after, why = _stepped(plan, step, payee, before)
    if plan.round_at == "line":
        after = rounded(plan, after).times(1)
    line = LedgerLine(
        key=step.name,
        kind="step",
        amount=rounded(plan, after - before),
        earned=after - before,
        figure=figure,
        value=value,
        why=why,
    )
    return line, after


def _stepped(
    plan: Plan, step: Modifier, payee: Payee, before: Fraction
) -> tuple[str, Fraction | None, Fraction, Explanation]:
    told = {"step": step.name, "before": str(rounded(plan, before))}
    match step:
        case PayFactor():
            value = figure_of(payee, step.whose, step.times).rounded
            if value is None:
                return step.times, None, before, because("pay.factor_missing", step=step.name, figure=step.times)
            factor = through(step.curve, value, f"steps.{step.name}.curve")
            why = because("pay.factor", **told, factor=shown(factor), figure=step.times, value=shown(value))
            return step.times, value, before * factor, why
        case Kicker():
            value = figure_of(payee, step.gate.whose, step.gate.figure).rounded
            shut = shut_by(step.name, step.gate, payee)
            if shut is not None:
                return step.gate.figure, value, before, because("pay.kicker_shut", shut.why, step=step.name)
            why = because("pay.kicker", step=step.name, adds=str(step.adds), test=step.gate.keeps.test)
            return step.gate.figure, value, before + step.adds.times(1), why
        case PayCap():
            after = min(before, step.most.times(1))
            message = "pay.cap" if after != before else "pay.cap_idle"
            return "", None, after, because(message, **told, most=str(step.most))
        case _:  # a floor
            after = max(before, step.least.times(1))
            message = "pay.floor" if after != before else "pay.floor_idle"
            return "", None, after, because(message, **told, least=str(step.least))
