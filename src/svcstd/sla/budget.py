"""Error budgets: how much lateness a goal allows, how fast it is spent, and what the period will come to."""

from __future__ import annotations

from fractions import Fraction

import attrs

from svcstd.errors import DefinitionError, must_be
from svcstd.sla.attainment import Attainment

__all__ = ["ErrorBudget", "Forecast"]


@attrs.frozen
class Forecast:
    """What the share of kept promises will be when those not yet due are decided.

    Attributes:
        worst, best: if all of them are broken, or all are kept.
        expected: if they are kept as the others were; ``None`` where none was decided.
    """

    worst: Fraction
    best: Fraction
    expected: Fraction | None


@attrs.frozen
class ErrorBudget:
    """The lateness that a goal allows, over the promises of one period.

    Attributes:
        goal: share of promises to keep, 0 to 1.
        counts: the promises.

    Raises:
        DefinitionError: a goal out of bounds.

    Source: Google, Site Reliability Engineering: budget = 1 - goal; burn rate = share late / (1 - goal).

    >>> ErrorBudget(Fraction(95, 100), Attainment(met=90, met_late=10)).burn_rate
    Fraction(2, 1)
    """

    goal: Fraction
    counts: Attainment

    def __attrs_post_init__(self) -> None:
        must_be(self.goal, Fraction, "goal", "a Fraction")
        if not 0 <= self.goal <= 1:
            raise DefinitionError("goal", "objective.goal", value=str(self.goal))

    @property
    def allowed(self) -> Fraction:
        """Late promises that the goal allows, of those decided."""
        return (1 - self.goal) * self.counts.decided

    @property
    def left(self) -> Fraction:
        """Late promises that may still come, of those decided; below zero when the goal is missed."""
        return self.allowed - self.counts.late

    @property
    def burn_rate(self) -> Fraction | None:
        """How fast the budget is spent: at 1 the goal is just met; ``None`` where nothing was decided, or no budget."""
        if not self.allowed:
            return None
        return Fraction(self.counts.late) / self.allowed

    @property
    def spent_at(self) -> Fraction | None:
        """At which share of the period the budget of the whole period is spent, at the rate so far.

        Above 1: the budget lasts. ``None`` where nothing is spent, or there is no budget.
        """
        rate = self.burn_rate
        return 1 / rate if rate else None

    @property
    def is_kept(self) -> bool | None:
        """Whether the goal is met so far; ``None`` where nothing was decided."""
        share = self.counts.share
        return None if share is None else share >= self.goal

    @property
    def forecast(self) -> Forecast | None:
        """What the share will be when the promises not yet due are decided; ``None`` without any promise."""
        counts = self.counts
        total = counts.decided + counts.not_yet_due
        if not total:
            return None
        share = counts.share
        expected = None if share is None else (counts.met + share * counts.not_yet_due) / total
        return Forecast(Fraction(counts.met, total), Fraction(counts.met + counts.not_yet_due, total), expected)
