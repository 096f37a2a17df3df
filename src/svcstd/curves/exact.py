"""Numbers without rounding: integers, decimals and fractions, never floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from svcstd.errors import DefinitionError

__all__ = ["Number", "exact"]

Number: TypeAlias = "int | Decimal | Fraction"
LONGEST = 400
"""Powers of ten that a decimal may reach; beyond them an exact fraction would fill the memory."""


def exact(value: object, where: str = "value") -> Fraction:
    """The number as a fraction.

    Raises:
        DefinitionError: a float, true or false, no number at all, one that is not finite, or one of endless digits.

    >>> from decimal import Decimal
    >>> exact(Decimal("0.1")) + exact(2)
    Fraction(21, 10)
    """
    if type(value) is Fraction:
        return value
    match value:
        case bool() | float():
            raise DefinitionError(where, "curves.number", value=repr(value))
        case int() | Fraction():
            return Fraction(value)
        case Decimal() if (
            value.is_finite() and abs(value.adjusted()) <= LONGEST and len(value.as_tuple().digits) <= LONGEST
        ):
            return Fraction(value)
        case _:
            raise DefinitionError(where, "curves.number", value=repr(value)[:40])
