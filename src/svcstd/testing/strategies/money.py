"""Money in currencies of all digits, nothing and debts included, and rates between them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.money import ExchangeRate, Money, minor_digits
from svcstd.testing.strategies.curves import roundings
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import dates

__all__ = ["CURRENCIES", "STRATEGIES", "currencies", "exchange_rates", "money_roundings", "moneys"]

CURRENCIES = ("CNY", "EUR", "JPY", "KWD", "CLF")
"""Plain ones first, to which a case shrinks; then without a minor unit, and with one of three and of four digits."""


def currencies() -> st.SearchStrategy[str]:
    """Codes of currencies whose minor units have 2, 0, 3 and 4 digits."""
    return st.sampled_from(CURRENCIES)


def moneys(currency: str | None = None, *, least: int = -(10**12), most: int = 10**12) -> st.SearchStrategy[Money]:
    """Amounts, small ones by preference; nothing and debts too.

    Args:
        currency: of all of them; any of :data:`CURRENCIES` by default.
        least: the smallest, in minor units.
        most: the greatest.
    """
    return st.builds(Money, st.integers(least, most), currencies() if currency is None else st.just(currency))


def money_roundings(currency: str) -> st.SearchStrategy[Rounding]:
    """To minor units of a currency, to coins of five of them, or to whole major units.

    Args:
        currency: code of ISO 4217.
    """
    unit = Decimal(1).scaleb(-minor_digits(currency))
    return roundings((unit, 5 * unit, Decimal(1)))


def exchange_rates(base: str | None = None, quote: str | None = None) -> st.SearchStrategy[ExchangeRate]:
    """Rates of a day between two currencies.

    Args:
        base: the currency that is given; any by default.
        quote: another one, that is got.
    """
    given, got = (CURRENCIES if one is None else (one,) for one in (base, quote))
    pairs = [(one, other) for one in given for other in got if one != other]
    return st.builds(
        lambda pair, rate, on: ExchangeRate(pair[0], pair[1], rate, on=on),
        st.sampled_from(pairs),
        st.one_of(st.integers(1, 1_000).map(Fraction), st.integers(1, 10**7).map(lambda parts: Fraction(parts, 10**4))),
        dates(),
    )


STRATEGIES: Strategies = {ExchangeRate: exchange_rates, Money: moneys}
