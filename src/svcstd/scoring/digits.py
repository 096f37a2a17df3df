"""Roots and quantiles have no exact fraction: they are drawn to declared decimals, half to even, without floats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

from svcstd.errors import DefinitionError

__all__ = ["check_confidence", "check_digits", "decimal_of", "normal_quantile", "settled", "square_root", "working"]

MOST_DIGITS = 100
GUARD = 25
"""Digits kept beyond those that are declared."""
PI = Decimal(
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651"
    "32823066470938446095505822317253594081284811174502841027019385211055596446229489549303819"
)
"""To 195 digits, more than any working precision here."""


def check_digits(digits: object) -> None:
    """Refuse a number of decimals that cannot be meant.

    Raises:
        DefinitionError: it is no whole number from 0 to 100.
    """
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= MOST_DIGITS:
        raise DefinitionError("digits", "shape.bounds", value=str(digits), low=0, high=MOST_DIGITS)


def check_confidence(confidence: Fraction) -> None:
    """Refuse a confidence that is none.

    Raises:
        DefinitionError: it does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise DefinitionError("confidence", "scoring.confidence", value=str(confidence))


@contextmanager
def working(digits: int, size: int = 0) -> Iterator[None]:
    """Decimal arithmetic good enough for so many decimals of numbers with *size* digits before the point."""
    with localcontext(Context(prec=digits + GUARD + size, rounding=ROUND_HALF_EVEN)):
        yield


def decimal_of(value: Fraction) -> Decimal:
    """The fraction as a decimal, to the working precision."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def settled(value: Decimal, digits: int) -> Decimal:
    """The value to its declared decimals; never minus nothing."""
    found = value.quantize(Decimal(1).scaleb(-digits))
    return found or abs(found)


def square_root(value: Fraction, digits: int) -> Decimal:
    """The root of a number from 0, to so many decimals.

    >>> square_root(Fraction(2), 5)
    Decimal('1.41421')
    """
    with working(digits, len(str(int(value)))):
        return settled(decimal_of(value).sqrt(), digits)


def normal_quantile(share: Fraction, digits: int) -> Decimal:
    """How many standard deviations from the mean of a normal distribution a share lies, to so many decimals.

    Newton's steps on the series of the distribution (Abramowitz and Stegun 26.2.11), from the float of the standard
    library as the first guess.

    Raises:
        DefinitionError: a share that does not lie between 0 and 1.

    >>> normal_quantile(Fraction(39, 40), 12)
    Decimal('1.959963984540')
    """
    check_confidence(share)
    check_digits(digits)
    if share < Fraction(1, 2):  # the series keeps its digits above the mean
        return -normal_quantile(1 - share, digits)
    from statistics import NormalDist  # noqa: PLC0415 - loads much that nobody else needs

    with working(digits, GUARD):
        goal = decimal_of(share)
        tail = float(1 - share)
        found = Decimal(repr(-NormalDist().inv_cdf(tail))) if tail > 0 else Decimal(38)
        close = Decimal(1).scaleb(-digits - GUARD // 2)
        while True:
            density = (-found * found / 2).exp() / (2 * PI).sqrt()
            step = (_below(found, density) - goal) / density
            found -= step
            if abs(step) < close:
                return settled(found, digits)


def _below(at: Decimal, density: Decimal) -> Decimal:
    """The share below a value from 0 of the normal distribution."""
    term = total = at
    odd, least = 1, Decimal(1).scaleb(-GUARD * 8)
    while abs(term) > least:
        odd += 2
        term *= at * at / odd
        total += term
    return Decimal("0.5") + density * total
