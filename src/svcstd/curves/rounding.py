"""Rounding with its step and its mode by name; the one place where an exact number becomes a written one."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves.exact import Number, exact
from svcstd.errors import DefinitionError, one_of

__all__ = ["Rounding", "RoundingMode"]

RoundingMode: TypeAlias = Literal["half up", "half even", "half down", "up", "down", "ceiling", "floor"]
"""Where a number between two steps goes. ``up`` and ``half up`` lead away from zero, ``down`` towards it."""
EXACT = Context(MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
"""Loses no digit of a product, whatever decimals the program around has set."""


def _step(value: object) -> Decimal:
    step = exact(value, "step")
    if step <= 0 or not isinstance(value, Decimal | int):
        raise DefinitionError("step", "curves.step", value=str(value))
    return Decimal(value)


@attrs.frozen
class Rounding:
    """To whole steps, by a named mode; modes as in :mod:`decimal`.

    Attributes:
        step: what results are whole multiples of, e.g. ``Decimal("0.01")``, or 0.05 for cash.
        mode: where a number between two steps goes.

    Raises:
        DefinitionError: a step that is not above 0 or no decimal, or another mode.

    >>> cent = Rounding(Decimal("0.01"), "half up")
    >>> cent.of(Fraction(201, 200)), cent.of(Decimal("-1.005"))
    (Decimal('1.01'), Decimal('-1.01'))
    """

    step: Decimal = attrs.field(converter=_step)
    mode: RoundingMode = attrs.field(validator=one_of(get_args(RoundingMode)))
    _parts: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_parts", self.step.as_integer_ratio())

    def of(self, value: Number) -> Decimal:
        """The number in whole steps, with the decimals of the step.

        Raises:
            DefinitionError: a float.
        """
        number = value if type(value) is Fraction else exact(value)
        top, bottom = self._parts
        steps = _whole(number.numerator * bottom, number.denominator * top, self.mode)
        return EXACT.multiply(steps, self.step)


def _whole(top: int, bottom: int, mode: RoundingMode) -> int:
    """The whole number by a mode; the bottom is above 0."""
    whole, rest = divmod(abs(top), bottom)
    if rest:
        match mode:
            case "half up":
                whole += 2 * rest >= bottom
            case "half down":
                whole += 2 * rest > bottom
            case "half even":
                whole += 2 * rest > bottom or (2 * rest == bottom and whole % 2)
            case "up":
                whole += 1
            case "ceiling":
                whole += top > 0
            case "floor":
                whole += top < 0
            case _:  # down
                pass
    return whole if top >= 0 else -whole
