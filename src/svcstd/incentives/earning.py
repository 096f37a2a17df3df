"""What one line of a plan earns: the result, by its quota, through its curve, for the days served."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from svcstd.calendars import Period
from svcstd.curves import shown
from svcstd.explain import Explanation, because
from svcstd.incentives.gates import figure_of, served_of, shutting
from svcstd.incentives.payee import Figure, Payee
from svcstd.incentives.plan import PayCurve, PayLine, Plan
from svcstd.incentives.statement import LedgerLine, Refusal
from svcstd.keyed import EMPTY, Keyed
from svcstd.money import Money, allocate

__all__ = ["attained", "earned_by", "paid_share", "quota_of", "rounded", "through"]


def rounded(plan: Plan, amount: Fraction) -> Money:
    """Money of the plan, by its rounding."""
    return Money.of(amount, plan.currency, plan.rounding)


def earned_by(
    plan: Plan, key: str, payee: Payee, period: Period, shut: tuple[Refusal, ...]
) -> tuple[LedgerLine, Refusal | None]:
    """One line of the plan; it reads nothing of any other."""
    line = plan.lines[key]
    figure = figure_of(payee, line.whose, line.times)
    name = line.name or key
    gate = shutting(key, shut)
    none = {"key": key, "kind": "line", "amount": Money(0, plan.currency), "figure": line.times, "clause": line.clause}
    if gate is not None:
        why = because("pay.shut", line=name, gate=gate.key)
        return LedgerLine(**none, value=figure.rounded, why=why), None  # type: ignore[arg-type]  # literals above
    if line.during is not None and not (line.during.first < period.last and period.first <= line.during.last):
        why = because("pay.not_during", line=name, first=line.during.first, last=line.during.last)
        return LedgerLine(**none, value=figure.rounded, why=why), None  # type: ignore[arg-type]  # literals above
    if figure.rounded is None:
        why = because("pay.line_missing", line=name, figure=line.times)
        made = LedgerLine(**none, why=why)  # type: ignore[arg-type]  # literals above
        return made, Refusal(kind="missing", key=key, why=why, lines=(key,))
    units, reasons = _units(plan, line, figure.rounded, payee)
    earned = line.pays.times(units * line.part * paid_share(plan, payee))
    amount = rounded(plan, earned)
    told = {"line": name, "amount": str(amount), "pays": str(line.pays), "units": shown(units)}
    return LedgerLine(
        key=key,
        kind="line",
        amount=amount,
        earned=earned,
        figure=line.times,
        value=figure.rounded,
        clause=line.clause,
        causes=_causes(amount, figure),
        why=because("pay.line", *reasons, *_shares(plan, line, payee), **told),
    ), None


def _causes(amount: Money, figure: Figure) -> Keyed[str, Money]:
    """The part of each cause, to the cent, so that giving all of them back gives back the line."""
    return allocate(amount, figure.causes) if any(figure.causes.values()) else EMPTY


def _units(plan: Plan, line: PayLine, value: Fraction, payee: Payee) -> tuple[Fraction, list[Explanation]]:
    """What the money is multiplied by: the result, by its quota, through the curve."""
    reasons = [because("pay.figure", figure=line.times, value=shown(value))]
    found = attained(plan, line, value, payee)
    if found is None:
        return Fraction(0), [*reasons, because("pay.no_service")]
    if line.quota is not None:
        reasons.append(because("pay.quota", quota=shown(quota_of(plan, line.quota, payee)), attained=shown(found)))
    return through(line.curve, found), reasons


def through(curve: PayCurve | None, value: Fraction) -> Fraction:
    """What a curve makes of a result; without one, the result itself."""
    return value if curve is None else curve.at(value)


def _share(plan: Plan, payee: Payee) -> Fraction:
    return Fraction(1) if plan.proration is None else served_of(payee, plan.proration.by).share


def quota_of(plan: Plan, quota: Fraction, payee: Payee) -> Fraction:
    """A quota for the part of the period that was served."""
    prorated = plan.proration is not None and plan.proration.of in ("quota", "both")
    return quota * _share(plan, payee) if prorated else quota


def paid_share(plan: Plan, payee: Payee) -> Fraction:
    """The part of the period that is paid."""
    prorated = plan.proration is not None and plan.proration.of in ("payout", "both")
    return _share(plan, payee) if prorated else Fraction(1)


def attained(plan: Plan, line: PayLine, value: Fraction, payee: Payee) -> Fraction | None:
    """The result by its quota; ``None`` where no day of service leaves no quota."""
    if line.quota is None:
        return value
    quota = quota_of(plan, line.quota, payee)
    return value / quota if quota else None


def _shares(plan: Plan, line: PayLine, payee: Payee) -> Iterator[Explanation]:
    if line.part != 1:
        yield because("pay.part", part=shown(line.part))
    if plan.proration is not None and plan.proration.of in ("payout", "both"):
        days = served_of(payee, plan.proration.by)
        yield because("pay.prorated", days=days.days, of=days.of, unit=plan.proration.by)
