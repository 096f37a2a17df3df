"""What lies ahead: the next bounds of each curve where reaching them pays more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import islice

from svcstd.curves import Steps, Tiers
from svcstd.incentives.earning import attained, paid_share, rounded
from svcstd.incentives.gates import figure_of
from svcstd.incentives.payee import Payee
from svcstd.incentives.plan import PayCurve, Plan, bounds_of
from svcstd.incentives.statement import NextTier

__all__ = ["ahead"]


def ahead(plan: Plan, payee: Payee, idle: Collection[str]) -> Iterator[NextTier]:
    """The nearest bounds of each curve, up and down, where reaching them pays more."""
    for key, line in plan.lines.items():
        figure = figure_of(payee, line.whose, plan.reads(key))
        if line.curve is None or figure.rounded is None or key in idle:
            continue
        value = attained(plan, line, figure.rounded, payee)
        if value is None:
            continue
        now = line.curve.at(value)
        bounds = bounds_of(line.curve)
        worth = line.part * paid_share(plan, payee)
        above = [(bound, 1) for bound in bounds if bound >= value]
        below = [(bound, 0) for bound in reversed(bounds) if bound <= value]
        for way in (above, below):
            better = (
                NextTier(line=key, bound=bound, lack=abs(bound - value), more=more)
                for bound, side in way
                if (more := rounded(plan, line.pays.times((_beyond(line.curve, bound, side) - now) * worth))).minor > 0
            )
            yield from islice(better, 1)


def _beyond(curve: PayCurve, bound: Fraction, side: int) -> Fraction:
    """What a curve gives on the far side of a bound; the near one where it does not jump."""
    match curve:
        case Steps():
            return curve.values[curve.bounds.index(bound) + side]
        case Tiers(kind="whole"):
            return curve.rates[curve.bounds.index(bound) + side] * bound
        case _:
            return curve.at(bound)
