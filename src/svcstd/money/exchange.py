"""Conversion between currencies: only at a rate with its date."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs

from svcstd.curves import Rounding, exact
from svcstd.errors import CurrencyError, DefinitionError, must_be, must_be_date
from svcstd.money.currency import minor_digits
from svcstd.money.money import Money

__all__ = ["ExchangeRate"]


def _rate(value: object) -> Fraction:
    return exact(value, "rate")


@attrs.frozen
class ExchangeRate:
    """What one major unit of a currency is worth in another, on a day.

    Attributes:
        base: the currency that is given.
        quote: the currency that is got.
        rate: major units of *quote* for one of *base*, above 0.
        on: the day of the rate.

    Raises:
        DefinitionError: a float, a rate that is not above 0, no date, or the same currency twice.
        UnknownName: no such currency.

    >>> from decimal import Decimal
    >>> rate = ExchangeRate("EUR", "JPY", Decimal("163.52"), on=date(2026, 3, 31))
    >>> rate.of(Money.of("10.01", "EUR"), Rounding(1, "half up"), on=date(2026, 3, 31))
    Money('1637 JPY')
    """

    base: str
    quote: str
    rate: Fraction = attrs.field(converter=_rate)
    on: date = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_date(self.on, "on")
        minor_digits(self.base, "base")
        minor_digits(self.quote, "quote")
        if self.rate <= 0 or self.base == self.quote:
            raise DefinitionError("rate", "money.rate", base=self.base, quote=self.quote)

    def of(self, money: Money, rounding: Rounding, *, on: date) -> Money:
        """The money in the other currency.

        Args:
            money: in the base currency.
            rounding: to minor units of the other, or to its coins.
            on: the day for which it is wanted; a rate of another day is refused.

        Raises:
            CurrencyError: money of another currency, or a rate of another day.
        """
        must_be(rounding, Rounding, "rounding", "a Rounding, such as Rounding(Decimal('0.01'), 'half up')")
        if money.currency != self.base or on != self.on:
            told = {"base": self.base, "quote": self.quote, "on": self.on}
            raise CurrencyError("rate", "money.other_rate", currency=money.currency, wanted=on, **told)
        return Money.of(money.times(self.rate), self.quote, rounding)
