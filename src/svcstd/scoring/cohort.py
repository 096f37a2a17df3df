"""Scores by comparison with others: the cohort is kept in the score, since a colleague who leaves would change it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Goalposts, Number, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import as_tuple
from svcstd.scoring.digits import check_digits, square_root
from svcstd.scoring.kpi import Direction
from svcstd.scoring.rank import percentile_of

__all__ = ["Cohort", "CohortMethod", "CohortRule", "Flat"]

CohortMethod: TypeAlias = Literal["range", "standard deviations", "percentile", "share of the best"]
"""From the worst to the best of the cohort; distance from its mean in standard deviations; the share of the cohort that
is not better; the value over the best one."""
Flat: TypeAlias = Literal["refuse", "full", "none"]
"""What everybody scores where all are the same: an error, everything, or nothing."""


def _numbers(values: Iterable[object]) -> tuple[Fraction, ...]:
    return as_tuple(exact(value, "values") for value in values)


@attrs.frozen(kw_only=True)
class CohortRule:
    """How a figure is compared with those of others; :meth:`over` makes a curve of it.

    Attributes:
        method: the comparison.
        better: whether more or less is better.
        scale: what the best is worth, above 0; for standard deviations, what one of them is worth.
        flat: what everybody scores where all are the same.
        digits: for standard deviations, the decimals to which they are drawn.

    Raises:
        DefinitionError: an unknown choice, no scale, or digits that do not belong to the method.
    """

    method: CohortMethod
    better: Direction
    flat: Flat
    scale: Fraction = attrs.field(default=Fraction(1), converter=exact)
    digits: int | None = None

    def __attrs_post_init__(self) -> None:
        choices = (("method", get_args(CohortMethod)), ("better", ("more", "less")), ("flat", get_args(Flat)))
        for name, known in choices:
            must_be_one_of(getattr(self, name), known, name)
        if self.scale <= 0:
            raise DefinitionError("scale", "curves.scale", value=str(self.scale))
        if (self.digits is not None) != (self.method == "standard deviations"):
            raise DefinitionError("digits", "cohorts.digits")
        if self.digits is not None:
            check_digits(self.digits)
        if self.method == "share of the best" and self.better == "less":
            raise DefinitionError("better", "cohorts.best")

    def over(self, values: Iterable[Number]) -> Cohort:
        """The comparison with these values, which it keeps.

        Raises:
            DefinitionError: no values, a float, or all the same where that is refused.
        """
        return Cohort(self, _numbers(values))


@attrs.frozen
class Cohort:
    """A curve made of the figures of others.

    Attributes:
        rule: the comparison.
        values: the figures compared with, one for each member.

    Raises:
        DefinitionError: no values, all the same where that is refused, or a best of nothing to take shares of.

    >>> rule = CohortRule(method="range", better="less", flat="refuse", scale=100)
    >>> rule.over([10, 20, 40]).at(20)
    Fraction(200, 3)
    """

    rule: CohortRule
    values: tuple[Fraction, ...] = attrs.field(converter=_numbers)

    def __attrs_post_init__(self) -> None:
        if not self.values:
            raise DefinitionError("values", "shape.empty")
        if self.is_flat and self.rule.flat == "refuse":
            raise DefinitionError("values", "cohorts.flat", value=str(self.values[0]))
        if self.rule.method == "share of the best" and max(self.values) <= 0:
            raise DefinitionError("values", "scoring.below", value=str(max(self.values)))

    @property
    def is_flat(self) -> bool:
        """Whether all are the same."""
        return len(set(self.values)) == 1

    def at(self, value: Number) -> Fraction:
        """The score of a member's figure.

        Raises:
            DefinitionError: a float, or for a range a figure beyond that of every member.
        """
        rule, found = self.rule, exact(value)
        if self.is_flat:
            return rule.scale if rule.flat == "full" else Fraction(0)
        low, high = min(self.values), max(self.values)
        match rule.method:
            case "range":
                worst, best = (low, high) if rule.better == "more" else (high, low)
                return Goalposts(worst, best, scale=rule.scale, beyond="refuse").at(found)
            case "percentile":
                share = percentile_of(found, self.values, method="weak")
                if rule.better == "less":
                    share = percentile_of(-found, [-one for one in self.values], method="weak")
                return share * rule.scale
            case "share of the best":
                return found / high * rule.scale
            case _:  # standard deviations
                return self._deviations(found)

    def _deviations(self, value: Fraction) -> Fraction:
        assert self.rule.digits is not None  # noqa: S101 - checked at the birth of the rule
        count = len(self.values)
        mean = sum(self.values, Fraction(0)) / count
        variance = sum(((one - mean) ** 2 for one in self.values), Fraction(0)) / count
        away = value - mean if self.rule.better == "more" else mean - value
        root = Fraction(square_root(away**2 / variance * self.rule.scale**2, self.rule.digits))
        return root if away >= 0 else -root
