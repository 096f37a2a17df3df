"""Tiers: a rate for each stretch of an amount, on the part that lies in it or on the whole of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves.curve import Beyond, Side
from svcstd.curves.exact import Number, exact
from svcstd.errors import DefinitionError, one_of

__all__ = ["TierKind", "Tiers"]

TierKind: TypeAlias = Literal["marginal", "whole"]
"""Each rate on the part of the amount in its tier, or the rate of the tier that is reached on the whole amount."""


def _rates(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(exact(value, "rates") for value in values)


def _bounds(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(exact(value, "bounds") for value in values)


@attrs.frozen
class Tiers:
    """Rates between bounds, without gap or overlap.

    Attributes:
        bounds: where one tier ends and the next begins, rising.
        rates: one more than there are bounds.
        kind: ``marginal``, or ``whole``, which jumps at a bound.
        bound: the tier that a bound itself belongs to, the ``lower`` or the ``upper``.
        start: where the first tier begins.
        beyond: what becomes of an amount before the start: nothing comes of it (``clamp``), it counts at the first
            rate (``extend``), or it is refused.

    Raises:
        DefinitionError: bounds that do not rise from the start, another number of rates, or a float.

    >>> marginal = Tiers([300, 500], [0, 1, Fraction(3, 2)], kind="marginal", bound="lower", start=0, beyond="refuse")
    >>> whole = attrs.evolve(marginal, kind="whole")
    >>> marginal.at(520), whole.at(520), whole.at(500)
    (Fraction(230, 1), Fraction(780, 1), Fraction(500, 1))
    """

    bounds: tuple[Fraction, ...] = attrs.field(converter=_bounds)
    rates: tuple[Fraction, ...] = attrs.field(converter=_rates)
    kind: TierKind = attrs.field(kw_only=True, validator=one_of(get_args(TierKind)))
    bound: Side = attrs.field(kw_only=True, validator=one_of(get_args(Side)))
    start: Fraction = attrs.field(kw_only=True, converter=exact)
    beyond: Beyond = attrs.field(kw_only=True, validator=one_of(get_args(Beyond)))

    def __attrs_post_init__(self) -> None:
        for one, other in pairwise((self.start, *self.bounds)):
            if one >= other:
                raise DefinitionError("bounds", "curves.rising", first=str(one), second=str(other))
        if len(self.rates) != len(self.bounds) + 1:
            raise DefinitionError("rates", "curves.steps", bounds=len(self.bounds), values=len(self.rates))

    def rate(self, value: Number) -> Fraction:
        """The rate of the tier that an amount reaches.

        Raises:
            DefinitionError: a float.
        """
        place = bisect_right if self.bound == "upper" else bisect_left
        return self.rates[place(self.bounds, exact(value))]

    def at(self, value: Number) -> Fraction:
        """What comes of an amount.

        Raises:
            DefinitionError: a float, or an amount before the start where that is refused.
        """
        found = exact(value)
        if found < self.start and self.beyond == "refuse":
            raise DefinitionError("value", "curves.before", value=str(found), start=str(self.start))
        if found < self.start and self.beyond == "clamp":
            return Fraction(0)
        if self.kind == "whole":
            return self.rate(found) * found
        edges = (self.start, *self.bounds)
        reached = bisect_left(self.bounds, found)
        full = zip(pairwise(edges[: reached + 1]), self.rates, strict=False)
        below = sum((rate * (high - low) for (low, high), rate in full), Fraction(0))
        return below + self.rates[reached] * (found - edges[reached])
