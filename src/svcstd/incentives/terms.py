"""Terms: how what a plan pays is paid out, and what is kept, advanced or carried between periods."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Rounding, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.money import Money

__all__ = ["Draw", "HoldBack", "IfNegative", "PayTerms"]

IfNegative: TypeAlias = Literal["carry", "forgive", "owe"]
"""A result below zero is carried to the next period, forgiven, or owed at once."""


def _part(value: Fraction, where: str) -> None:
    if not 0 <= value <= 1:
        raise DefinitionError(where, "pay.share", value=str(value))


@attrs.frozen(kw_only=True)
class Draw:
    """An advance on later earnings: earnings below an amount are filled up to it.

    Attributes:
        amount: up to which.
        recovery: which part of later earnings above the amount pays the advance back; 0 where it is not recoverable.

    Raises:
        DefinitionError: an amount below 0, or a part that is none.
    """

    amount: Money
    recovery: Fraction = attrs.field(converter=exact)

    def __attrs_post_init__(self) -> None:
        if self.amount.minor < 0:
            raise DefinitionError("amount", "pay.below_zero", value=str(self.amount))
        _part(self.recovery, "recovery")


@attrs.frozen(kw_only=True)
class HoldBack:
    """A part that is paid later.

    Attributes:
        part: of what would be paid out.
        periods: after how many periods it is released, at least 1.

    Raises:
        DefinitionError: a part that is none, or no later period.
    """

    part: Fraction = attrs.field(converter=exact)
    periods: int

    def __attrs_post_init__(self) -> None:
        _part(self.part, "part")
        if type(self.periods) is not int or self.periods < 1:
            raise DefinitionError("periods", "pay.periods", value=repr(self.periods))


@attrs.frozen(kw_only=True)
class PayTerms:
    """How statements of a plan are paid out.

    Attributes:
        rounding: of recoveries and of what is held.
        negative: what becomes of a result below zero.
        guarantee: no less than this is paid, and nothing of it comes back; ``None`` for none.
        draw: an advance; ``None`` for none.
        hold_back: a part paid later; ``None`` for none.

    Raises:
        DefinitionError: a guarantee below 0, or a guarantee beside a draw.
    """

    rounding: Rounding
    negative: IfNegative
    guarantee: Money | None = None
    draw: Draw | None = None
    hold_back: HoldBack | None = None

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.negative, get_args(IfNegative), "negative")
        if self.guarantee is not None and self.guarantee.minor < 0:
            raise DefinitionError("guarantee", "pay.below_zero", value=str(self.guarantee))
        if self.guarantee is not None and self.draw is not None:
            raise DefinitionError("draw", "pay.guarantee_and_draw")

    @property
    def amounts(self) -> Iterator[tuple[str, Money]]:
        """Its money, with its place."""
        if self.guarantee is not None:
            yield "guarantee", self.guarantee
        if self.draw is not None:
            yield "draw.amount", self.draw.amount
