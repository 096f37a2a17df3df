"""What one line of a plan earns: the result, by its quota, through its curve, for the days served."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from svcstd.curves import shown
from svcstd.errors import DefinitionError
from svcstd.explain import Explanation, because
from svcstd.incentives.gates import figure_of, served_of
from svcstd.incentives.payee import Figure, Payee
from svcstd.incentives.plan import PayCurve, PayLine, Plan
from svcstd.incentives.statement import LedgerLine, Refusal
from svcstd.keyed import EMPTY, Keyed
from svcstd.money import Money, allocate

__all__ = ["attained", "earned_by", "paid_share", "quota_of", "rounded", "through"]


def rounded(plan: Plan, amount: Fraction) -> Money:
    """Money of the plan, by its rounding."""
    return Money.of(amount, plan.currency, plan.rounding)


def earned_by(plan: Plan, key: str, payee: Payee, idle: Explanation | None) -> tuple[LedgerLine, Refusal | None]:
    """One line of the plan; it reads nothing of any other."""
    line, reference = plan.lines[key], plan.reads(key)
    figure = figure_of(payee, line.whose, reference)
    if idle is not None:
        return _nothing(plan, key, figure, idle), None
    if figure.rounded is None:
        why = because("pay.line_missing", line=line.name or key, figure=reference)
        return _nothing(plan, key, figure, why), Refusal(kind="missing", key=key, why=why, lines=(key,))
    units, reasons = _units(plan, key, figure.rounded, payee)
    earned = line.pays.times(units * line.part * paid_share(plan, payee))
    amount = rounded(plan, earned)
    told = {"line": line.name or key, "amount": str(amount), "pays": str(line.pays), "units": shown(units)}
    why = because("pay.line", *reasons, *_shares(plan, line, payee), **told)
    nothing = _nothing(plan, key, figure, why)
    return attrs.evolve(nothing, amount=amount, earned=earned, causes=_causes(amount, figure)), None


def _nothing(plan: Plan, key: str, figure: Figure, why: Explanation) -> LedgerLine:
    """A line that earns nothing, with its reason."""
    return LedgerLine(
        key=key,
        kind="line",
        amount=Money(0, plan.currency),
        figure=plan.reads(key),
        value=figure.rounded,
        clause=plan.lines[key].clause,
        why=why,
    )


def _causes(amount: Money, figure: Figure) -> Keyed[str, Money]:
    """The part of each cause, to the cent, so that giving all of them back gives back the line."""
    return allocate(amount, figure.causes) if any(figure.causes.values()) else EMPTY


def _units(plan: Plan, key: str, value: Fraction, payee: Payee) -> tuple[Fraction, list[Explanation]]:
    """What the money is multiplied by: the result, by its quota, through the curve."""
    line = plan.lines[key]
    reasons = [because("pay.figure", figure=plan.reads(key), value=shown(value))]
    found = attained(plan, line, value, payee)
    if found is None:
        return Fraction(0), [*reasons, because("pay.no_service")]
    if line.quota is not None:
        reasons.append(because("pay.quota", quota=shown(quota_of(plan, line.quota, payee)), attained=shown(found)))
    return through(line.curve, found, f"lines.{key}.curve"), reasons


def through(curve: PayCurve | None, value: Fraction, where: str) -> Fraction:
    """What a curve makes of a result; without one, the result itself. What it refuses is told with its place."""
    if curve is None:
        return value
    try:
        return curve.at(value)
    except DefinitionError as error:
        raise error.at(where) from None


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
