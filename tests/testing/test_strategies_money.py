"""What the parameters of strategies for money promise."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.money import ExchangeRate, Money, minor_digits
from svcstd.testing.strategies.money import CURRENCIES, currencies, exchange_rates, money_roundings, moneys


@given(moneys("JPY", least=-3, most=12), moneys())
def test_amounts(few: Money, any_of_them: Money) -> None:
    """Of a currency and between bounds, or of any; what is written is read back."""
    assert few.currency == "JPY"
    assert -3 <= few.minor <= 12
    assert any_of_them.currency in CURRENCIES
    assert Money.parse(str(any_of_them)) == any_of_them


def test_digits() -> None:
    """Minor units of every size that there is."""
    assert {minor_digits(one) for one in CURRENCIES} == {0, 2, 3, 4}


@given(st.data(), currencies())
def test_roundings_make_money(data: st.DataObject, currency: str) -> None:
    """Every rounding suits its currency."""
    rounding: Rounding = data.draw(money_roundings(currency))
    assert Money.of(Fraction(10, 3), currency, rounding).currency == currency


@pytest.mark.parametrize("told", [{}, {"base": "KWD"}, {"quote": "USD"}, {"base": "CNY", "quote": "JPY"}])
def test_rates(told: dict[str, Any]) -> None:
    """Between the currencies that are named, on the day of the rate."""

    @given(exchange_rates(**told))
    def holds(rate: ExchangeRate) -> None:
        assert {"base": rate.base, "quote": rate.quote}.items() >= told.items()
        rounding = Rounding(1, "half up")
        assert rate.of(Money(1, rate.base), rounding, on=rate.on).currency == rate.quote

    holds()
