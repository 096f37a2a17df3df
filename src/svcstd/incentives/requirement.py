"""A bound that a result must keep, and how far it is from it."""

from __future__ import annotations

from fractions import Fraction

import attrs

from svcstd.curves import exact, shown
from svcstd.errors import DefinitionError

__all__ = ["Requirement"]


@attrs.frozen(kw_only=True)
class Requirement:
    """One bound.

    Attributes:
        at_least, above, at_most, below: the bound; exactly one of them.

    Raises:
        DefinitionError: no bound or several, or a float.

    >>> from decimal import Decimal
    >>> csat = Requirement(at_least=Decimal("0.85"))
    >>> csat.lack(Fraction("0.849")), csat.lack(Fraction("0.85")), csat.test
    (Fraction(1, 1000), None, '>= 0.85')
    """

    at_least: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))
    above: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))
    at_most: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))
    below: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))

    def __attrs_post_init__(self) -> None:
        if sum(bound is not None for bound in (self.at_least, self.above, self.at_most, self.below)) != 1:
            raise DefinitionError("at_least", "pay.one_bound")

    @property
    def bound(self) -> Fraction:
        """The bound, whichever it is."""
        return next(one for one in (self.at_least, self.above, self.at_most, self.below) if one is not None)

    @property
    def test(self) -> str:
        """As people write it: ``>= 0.85``; a bound without an end stays a fraction, ``< 1/3``."""
        signs = {">=": self.at_least, ">": self.above, "<=": self.at_most, "<": self.below}
        sign = next(sign for sign, bound in signs.items() if bound is not None)
        written = shown(self.bound)
        return f"{sign} {written if Fraction(written) == self.bound else self.bound}"

    def lack(self, value: Fraction) -> Fraction | None:
        """How far a value is from the bound; ``None`` where it is kept, and 0 on a bound that is excluded."""
        distance = self.bound - value if self.at_least is not None or self.above is not None else value - self.bound
        is_kept = distance < 0 or (not distance and self.above is None and self.below is None)
        return None if is_kept else distance
