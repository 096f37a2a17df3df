"""Roots and quantiles have no exact fraction: they are drawn to declared decimals, half to even, without floats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, localcontext
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

FAR = 6
"""Deviations beyond which a share is too small to be told from the one below."""


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
    with localcontext(Context(digits + GUARD + size, ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)):
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

    Newton's steps on the share beyond it, from where the first term of its expansion far out has it.

    Raises:
        DefinitionError: a share that does not lie between 0 and 1.

    >>> normal_quantile(Fraction(39, 40), 12)
    Decimal('1.959963984540')
    """
    check_confidence(share)
    with working(digits, GUARD):
        found = _beyond_which(decimal_of(min(share, 1 - share)), digits)
        return settled(found if share > Fraction(1, 2) else -found, digits)


def _beyond_which(tail: Decimal, digits: int) -> Decimal:
    """Where a share of at most a half is left above."""
    far = -2 * tail.ln()
    found = max(far - (2 * PI * far).ln(), Decimal(0)).sqrt()
    close = Decimal(1).scaleb(-digits - GUARD // 2)
    while True:
        density = (-found * found / 2).exp() / (2 * PI).sqrt()
        step = (_above(found, density, digits) - tail) / density
        found += step
        if abs(step) < close:
            return found


def _above(at: Decimal, density: Decimal, digits: int) -> Decimal:
    """The share above a value from 0 of the normal distribution.

    Near the mean by the series of Abramowitz and Stegun 26.2.11; far out, where that would lose its digits, by the
    continued fraction 26.2.14.
    """
    if at < FAR:
        term = total = at
        odd = 1
        while total + term != total:
            odd += 2
            term *= at * at / odd
            total += term
        return Decimal("0.5") - density * total
    (top, above), (bottom, below) = (Decimal(1), Decimal(0)), (at, Decimal(1))
    count = 0
    while abs(top * below - above * bottom) > (bottom * below).scaleb(-digits - GUARD):
        count += 1
        (top, above), (bottom, below) = (at * top + count * above, top), (at * bottom + count * below, bottom)
    return density * top / bottom
