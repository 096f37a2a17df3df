"""Small samples: intervals that say how little is known, and shares drawn towards the mean of the team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.scoring.binomial import MOST_TRIALS, at_least, at_most, check_counts
from svcstd.scoring.digits import check_confidence, check_digits, decimal_of, normal_quantile, settled, working
from svcstd.scoring.measure import Measure, total

__all__ = ["Bounds", "clopper_pearson", "drawn_to", "prior_strength", "shrunk", "wilson"]

SPARE = 8
"""Decimals to which a bound is found beyond those that are declared."""


@attrs.frozen
class Bounds:
    """Between these the true share lies, with the confidence asked for.

    Attributes:
        low, high: shares from 0 to 1.
    """

    low: Decimal
    high: Decimal


def wilson(successes: int, trials: int, *, confidence: Number, digits: int, continuity: bool = False) -> Bounds:
    """Wilson's score interval of a share.

    Args:
        successes: how many.
        trials: of how many, at least 1.
        confidence: of both sides together, e.g. 0.95.
        digits: decimals of the bounds.
        continuity: whether to correct for counts being whole; the interval becomes a little wider.

    Raises:
        DefinitionError: counts that are none, a confidence that is none, or a float.

    Source: Newcombe 1998, methods 3 and 4.

    >>> wilson(3, 3, confidence=Decimal("0.95"), digits=4)
    Bounds(low=Decimal('0.4385'), high=Decimal('1.0000'))
    """
    check_counts(successes, trials)
    z = _sided(confidence, digits)
    with working(digits, len(str(trials))):
        count, square = Decimal(trials), z * z
        share = successes / count
        if not continuity:
            middle = 2 * successes + square
            spread = z * (square + 4 * successes * (1 - share)).sqrt()
            ends = (middle - spread) / (2 * (count + square)), (middle + spread) / (2 * (count + square))
        else:
            ends = _corrected(successes, count, share, z)
        return Bounds(settled(max(ends[0], Decimal(0)), digits), settled(min(ends[1], Decimal(1)), digits))


def _corrected(successes: int, count: Decimal, share: Decimal, z: Decimal) -> tuple[Decimal, Decimal]:
    square, base = z * z, 2 * (count + z * z)
    inside = square - 1 / count + 4 * count * share * (1 - share)
    low, high = Decimal(0), Decimal(1)
    if successes:
        low = (2 * successes + square - 1 - z * (inside + (4 * share - 2)).sqrt()) / base
    if successes < count:  # at the ends the root has no answer, and the bound is known
        high = (2 * successes + square + 1 + z * (inside - (4 * share - 2)).sqrt()) / base
    return low, high


def _sided(confidence: Number, digits: int) -> Decimal:
    level = exact(confidence, "confidence")
    check_confidence(level)
    check_digits(digits)
    return normal_quantile((1 + level) / 2, digits + SPARE)


def clopper_pearson(successes: int, trials: int, *, confidence: Number, digits: int) -> Bounds:
    """The interval of a share that is never too narrow, from the binomial distribution itself.

    Args:
        successes: how many.
        trials: of how many, from 1 to 100,000.
        confidence: of both sides together.
        digits: decimals of the bounds.

    Raises:
        DefinitionError: counts that are none, a confidence that is none, or a float.

    Source: Clopper and Pearson 1934.

    >>> clopper_pearson(5, 25, confidence=Decimal("0.95"), digits=3)
    Bounds(low=Decimal('0.068'), high=Decimal('0.407'))
    """
    check_counts(successes, trials, MOST_TRIALS)
    level = exact(confidence, "confidence")
    check_confidence(level)
    check_digits(digits)
    with working(digits, len(str(trials))):
        side = decimal_of((1 - level) / 2)
        low = _where(lambda chance: at_least(successes, trials, chance) < side, digits) if successes else Decimal(0)
        all_of_them = successes == trials
        high = Decimal(1) if all_of_them else _where(lambda one: at_most(successes, trials, one) > side, digits)
        return Bounds(settled(low, digits), settled(high, digits))


def _where(is_before: Callable[[Decimal], bool], digits: int) -> Decimal:
    """The chance at which a test turns false, by halving; one of few decimals is met exactly."""
    low, high, close = Decimal(0), Decimal(1), Decimal(1).scaleb(-digits - SPARE)
    while high - low > close:
        middle = (low + high) / 2
        low, high = (middle, high) if is_before(middle) else (low, middle)
    return settled((low + high) / 2, digits + SPARE - 1)


def drawn_to(value: Number, mean: Number, *, factor: Number) -> Fraction:
    """A value drawn towards a mean: of its distance from it, so large a part is left.

    Raises:
        DefinitionError: a factor outside of 0 to 1, or a float.

    Source: Efron and Morris 1977.

    >>> drawn_to(Decimal("0.400"), Decimal("0.265"), factor=Decimal("0.212"))
    Fraction(14681, 50000)
    """
    left, middle = exact(factor, "factor"), exact(mean, "mean")
    if not 0 <= left <= 1:
        raise DefinitionError("factor", "shape.bounds", value=str(left), low=0, high=1)
    return middle + left * (exact(value) - middle)


def shrunk(measure: Measure, toward: Number, *, strength: Number) -> Fraction:
    """A share as if so many further cases had come out as the team does: few cases say little, many for themselves.

    Args:
        measure: what was counted; of nothing, the mean itself comes out.
        toward: the mean of the team.
        strength: how many cases the team's mean counts for; above 0.

    Raises:
        DefinitionError: a strength that is not above 0, or a float.

    >>> shrunk(Measure(3, 3, 3), Decimal("0.8"), strength=20)
    Fraction(19, 23)
    """
    weight = exact(strength, "strength")
    if weight <= 0:
        raise DefinitionError("strength", "scoring.strength", value=str(weight))
    return (measure.numerator + weight * exact(toward, "toward")) / (measure.denominator + weight)


def prior_strength(measures: Sequence[Measure]) -> Fraction | None:
    """How many cases the mean of a team counts for, from how far its members lie apart (empirical Bayes).

    By the method of moments of the beta-binomial distribution. ``None`` where members differ by no more than chance
    would have it: then nobody's own figure says more than the mean.

    Args:
        measures: one for each member, of shares; those of nothing say nothing.

    Raises:
        DefinitionError: fewer than two members with cases, or a figure that is no share.

    Source: Casella 1985; Kleinman 1973.

    >>> prior_strength([Measure(9, 10, 10), Measure(2, 10, 10), Measure(7, 10, 10)])
    Fraction(55, 53)
    """
    counted = [one for one in measures if one.denominator]
    if len(counted) < 2:  # noqa: PLR2004 - one alone differs from nobody
        raise DefinitionError("measures", "scoring.cohort", least=2)
    for one in counted:
        if not 0 <= one.numerator <= one.denominator:
            raise DefinitionError("measures", "scoring.no_share", numerator=one.numerator, denominator=one.denominator)
    whole = total(counted)
    mean, size = whole.numerator / whole.denominator, whole.denominator
    spread = mean * (1 - mean)
    seen = sum((one.denominator * (one.numerator / one.denominator - mean) ** 2 for one in counted), Fraction(0))
    members = len(counted)
    scale = size - sum((one.denominator**2 for one in counted), Fraction(0)) / size
    between = (seen - (members - 1) * spread) / (scale - (members - 1)) if scale > members - 1 else Fraction(0)
    if between <= 0 or not spread:
        return None
    return spread / between - 1 if between < spread else Fraction(0)
