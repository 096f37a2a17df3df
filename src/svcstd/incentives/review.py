"""A review of a plan: where a better result pays less, with two results that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

import attrs

from svcstd.calendars import Period
from svcstd.catalogues import catalogue
from svcstd.curves import shown
from svcstd.incentives.payee import Figure, Payee, Served
from svcstd.incentives.plan import Eligibility, Plan, Whose, limits_of
from svcstd.incentives.what_if import Better, Dip, bends_of, curves_over, dips
from svcstd.keyed import Keyed

__all__ = ["PayFinding", "review_plan"]

FINE = 1000
"""Steps, at least, between the least and the greatest result that are looked at."""


@attrs.frozen(kw_only=True)
class PayFinding:
    """A spot where a better result pays less.

    Attributes:
        figure: reference of the result.
        whose: the payee's result or that of the team.
        dip: two results that show it, all others being such that every gate is open.
    """

    figure: str
    whose: Whose
    dip: Dip
    kind: Literal["falls"] = "falls"
    severity: Literal["warning"] = "warning"

    def sentence(self, language: str = "en") -> str:
        """The finding in words."""
        message = "pay.found_falls" if self.whose == "own" else "pay.found_falls_team"
        return catalogue(language).sentence(message, {"figure": self.figure})

    @property
    def witness(self) -> Keyed[str, str]:
        """Both results and what they pay, as text."""
        dip = self.dip
        return Keyed(
            {
                "worse": str(dip.worse),
                "pays_worse": str(dip.pays_worse),
                "better": str(dip.better),
                "pays_better": str(dip.pays_better),
            }
        )

    @property
    def example(self) -> str:
        """The witness on one line."""
        dip = self.dip
        return f"{shown(dip.worse)}: {dip.pays_worse}; {shown(dip.better)}: {dip.pays_better}"


def review_plan(plan: Plan, better: Mapping[str, Better], *, zone: str, day: date) -> tuple[PayFinding, ...]:
    """Every spot where a better result pays less, one finding for each result: the deepest.

    Looked at is each result by itself, with the others such that every gate is open, somebody who is eligible, and a
    whole period of service.

    Args:
        plan: to be reviewed.
        better: by reference, whether more or less is better; more where nothing is told.
        zone: IANA name.
        day: in the period for which is paid; a campaign is looked at in the period in which it begins.

    Raises:
        DefinitionError: an unknown zone.
    """
    if any(low is not None and high is not None and low > high for low, high in _all_limits(plan)):
        return ()  # no result at all is taken, so none pays less
    found = (_reviewed(plan, whose, name, better, zone, day) for whose, name in plan.figures)
    return tuple(one for one in found if one is not None)


def _reviewed(
    plan: Plan, whose: Whose, name: str, better: Mapping[str, Better], zone: str, day: date
) -> PayFinding | None:
    line = name.partition("@")[2]
    during = plan.lines[line].during if line else None
    period = Period.of(plan.every, day if during is None else during.first, zone, week="Monday", fiscal=1)
    somebody = _somebody(plan)
    open_plan = attrs.evolve(plan, eligibility=Eligibility())
    low, high = _range(open_plan, somebody, whose, name)
    if low >= high:
        return None  # the curves take one result only
    spots = dips(
        open_plan,
        somebody,
        period=period,
        figure=name,
        low=low,
        high=high,
        step=_step(high - low),
        better=better.get(name.partition("@")[0], "more"),
        whose=whose,
    )
    if not spots:
        return None
    deepest = max(spots, key=lambda one: one.pays_worse.minor - one.pays_better.minor)
    return PayFinding(figure=name, whose=whose, dip=deepest)


def _step(span: Fraction) -> Fraction:
    """A power of ten, so that witnesses read well."""
    step = Fraction(1)
    while step * FINE > span:
        step /= 10
    while step * FINE * 10 <= span:
        step *= 10
    return step


def _somebody(plan: Plan) -> Payee:
    """Somebody with a whole period of service, whose results open every gate, as far as one result can."""
    nobody = _nobody(plan)
    figures = {key: Figure.of(_open_result(plan, nobody, *key), None, n=1) for key in plan.figures}
    own = {name: one for (whose, name), one in figures.items() if whose == "own"}
    team = {name: one for (whose, name), one in figures.items() if whose == "team"}
    return attrs.evolve(nobody, figures=own, team_figures=team)


def _nobody(plan: Plan) -> Payee:
    days = () if plan.proration is None else (plan.proration.by,)
    return Payee(of="somebody", served={unit: Served(1, 1) for unit in days})


def _open_result(plan: Plan, payee: Payee, whose: Whose, name: str) -> Fraction:
    """A result that its curves take and, if there is one, that opens its gates."""
    low, high = _limits(plan, payee, whose, name)
    gates = [gate for gate in plan.gates.values() if (gate.whose, gate.figure) == (whose, name)]
    bounds = [gate.keeps.bound for gate in gates]
    beside = (bound + away for bound in bounds for away in (0, 1, -1))
    near = [Fraction(1), *beside, *(end for end in (low, high) if end is not None)]
    taken = [value for value in near if (low is None or low <= value) and (high is None or value <= high)]
    return next((value for value in taken if all(gate.keeps.lack(value) is None for gate in gates)), taken[0])


def _all_limits(plan: Plan) -> Iterator[tuple[Fraction | None, Fraction | None]]:
    return (_limits(plan, _nobody(plan), whose, name) for whose, name in plan.figures)


def _limits(plan: Plan, payee: Payee, whose: Whose, name: str) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest result that all curves take that read it."""
    ends = [(limits_of(curve), quota) for curve, quota in curves_over(plan, payee, whose, name)]
    lows = [low * quota for (low, _), quota in ends if low is not None]
    highs = [high * quota for (_, high), quota in ends if high is not None]
    return max(lows, default=None), min(highs, default=None)


def _range(plan: Plan, payee: Payee, whose: Whose, name: str) -> tuple[Fraction, Fraction]:
    """From where to where a result is looked at: around all its bounds, as far as the curves take it."""
    bounds = sorted(bends_of(plan, payee, whose, name)) or [Fraction(0), Fraction(1)]
    margin = bounds[-1] - bounds[0] or abs(bounds[0]) or Fraction(1)
    low, high = _limits(plan, payee, whose, name)
    first = bounds[0] - margin if low is None else low
    last = bounds[-1] + margin if high is None else high
    return first, last
