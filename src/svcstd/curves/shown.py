"""Exact numbers as people read them."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction

from svcstd.curves.rounding import Rounding

__all__ = ["shown"]

SHOWN = 28
TO_PEOPLE = Rounding(Decimal("0.0001"), "half even")


def shown(value: Fraction) -> str:
    """A number for people: as it is where it has an end, else to some digits.

    >>> shown(Fraction(7, 8)), shown(Fraction(2, 3)), shown(Fraction(70))
    ('0.875', '0.6667', '70')
    """
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    if bottom == 1 and len(str(value.denominator)) <= SHOWN:
        with localcontext(Context(prec=len(str(value.numerator)) + 4 * SHOWN)):
            return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return str(TO_PEOPLE.of(value))
