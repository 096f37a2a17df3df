"""Before and after: better, the same, worse, or too few cases to tell."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.scoring.binomial import counts_of
from svcstd.scoring.digits import MOST_DIGITS, check_confidence, decimal_of, settled, working
from svcstd.scoring.kpi import Direction
from svcstd.scoring.measure import Measure
from svcstd.scoring.small_sample import wilson

__all__ = ["BeforeAfter", "ChangeVerdict", "before_after"]

ChangeVerdict: TypeAlias = Literal["better", "same", "worse", "insufficient"]
FINE = 16
"""Decimals to which a verdict is found, however few are shown."""
SPARE = 4


@attrs.frozen(kw_only=True)
class BeforeAfter:
    """What became of a share.

    Attributes:
        verdict: ``same`` where neither can be shown.
        before, after: what was counted.
        delta: after less before; ``None`` where one of them is nothing.
        low, high: between these the true difference lies, with the confidence asked for; ``None`` where there are too
            few cases.
    """

    verdict: ChangeVerdict
    before: Measure
    after: Measure
    delta: Fraction | None
    low: Decimal | None = None
    high: Decimal | None = None


def before_after(
    before: Measure,
    after: Measure,
    *,
    better: Direction,
    least: int,
    confidence: Number,
    margin: Number = 0,
    digits: int = 6,
) -> BeforeAfter:
    """Whether a share has changed by more than chance would have it.

    Args:
        before: what was counted before: cases that count whole.
        after: what was counted after.
        better: whether more or less is better.
        least: how many cases there must be on both sides; fewer are insufficient.
        confidence: of the interval of the difference, both sides together.
        margin: a difference up to this is called the same, however certain.
        digits: decimals of the interval, up to 96; the verdict is found before it is rounded.

    Raises:
        DefinitionError: a figure that is no share of whole cases, or bounds that are none.

    Source: Newcombe 1998, Interval estimation for the difference between independent proportions, method 10.

    >>> found = before_after(Measure(60, 100, 100), Measure(85, 100, 100), better="more", least=30,
    ...     confidence=Decimal("0.95"), digits=3)
    >>> found.verdict, found.low, found.high
    ('better', Decimal('0.127'), Decimal('0.363'))
    """
    must_be_one_of(better, ("more", "less"), "better")
    if isinstance(least, bool) or not isinstance(least, int) or least < 1:
        raise DefinitionError("least", "agents.some")
    wide = exact(margin, "margin")
    if not 0 <= wide <= 1:
        raise DefinitionError("margin", "shape.bounds", value=str(wide), low=0, high=1)
    check_confidence(exact(confidence, "confidence"))
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= MOST_DIGITS - SPARE:
        raise DefinitionError("digits", "shape.bounds", value=str(digits), low=0, high=MOST_DIGITS - SPARE)
    sides = counts_of(before, "before"), counts_of(after, "after")
    delta = None if before.value is None or after.value is None else after.value - before.value
    if delta is None or min(trials for _, trials in sides) < least:
        return BeforeAfter(verdict="insufficient", before=before, after=after, delta=delta)
    fine = max(digits, FINE) + SPARE
    old, new = (wilson(*side, confidence=confidence, digits=fine) for side in sides)
    with working(fine):
        was, now = (decimal_of(Fraction(*side)) for side in sides)
        low = (now - was) - ((now - new.low) ** 2 + (old.high - was) ** 2).sqrt()
        high = (now - was) + ((new.high - now) ** 2 + (was - old.low) ** 2).sqrt()
        bounds = settled(low, digits), settled(high, digits)
    up, down = low > wide, high < -wide
    verdict: ChangeVerdict = "same" if not (up or down) else "better" if up == (better == "more") else "worse"
    return BeforeAfter(verdict=verdict, before=before, after=after, delta=delta, low=bounds[0], high=bounds[1])
