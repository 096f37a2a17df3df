"""Money: exact, of one currency, rounded only where somebody says how."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import CurrencyError, DefinitionError, SvcstdError, TextError, UnknownName
from svcstd.money import ISO_4217_DATE, ExchangeRate, Money, minor_digits, total_of

CENT = Rounding(Decimal("0.01"), "half up")
MINOR = st.integers(-(10**30), 10**30)
CODES = st.sampled_from(["CNY", "JPY", "KWD", "CLF"])


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1820.00", "CNY", 182_000),
        ("1820", "CNY", 182_000),
        ("-0.05", "CHF", -5),
        (500, "JPY", 500),
        (Decimal("0.001"), "KWD", 1),
        (Fraction(1, 8), "CLF", 1250),
        ("+7", "EUR", 700),
    ],
)
def test_of(amount: Any, currency: str, minor: int) -> None:
    """Major units become minor units exactly."""
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "step", "mode", "shown"),
    [
        (Fraction(10, 3), "0.01", "half up", "3.33 CHF"),
        (Fraction(10, 3), "0.05", "half up", "3.35 CHF"),
        (Decimal("2.345"), "0.01", "half even", "2.34 CHF"),
        (Decimal("2.345"), "0.01", "half up", "2.35 CHF"),
        (Decimal("-2.345"), "0.01", "half up", "-2.35 CHF"),
        (Decimal("-2.341"), "0.01", "floor", "-2.35 CHF"),
        (Decimal("-2.349"), "1", "down", "-2.00 CHF"),
    ],
)
def test_rounded(amount: Any, step: str, mode: Any, shown: str) -> None:
    """The step and the mode decide, also for coins and whole francs."""
    assert str(Money.of(amount, "CHF", Rounding(Decimal(step), mode))) == shown


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: Money(1.5, "CNY"), DefinitionError, "1.5 is no whole number"),  # type: ignore[arg-type]
        (lambda: Money(True, "CNY"), DefinitionError, "True is no whole number"),
        (lambda: Money(1, "cny"), UnknownName, "'cny' is no currency"),
        (lambda: Money(1, "XAU"), UnknownName, "'XAU' is no currency"),
        (lambda: Money(1, None), UnknownName, "None is no currency"),  # type: ignore[arg-type]
        (lambda: Money.of(0.1, "CNY"), DefinitionError, "0.1"),  # type: ignore[arg-type]
        (lambda: Money.of("0.001", "CNY"), DefinitionError, "0.001 CNY has parts of a minor unit"),
        (lambda: Money.of("1.5", "JPY"), DefinitionError, "1.5 JPY has parts"),
        (lambda: Money.of("1e3", "CNY"), TextError, "no amount of money"),
        (lambda: Money.of("9" * 61, "CNY"), TextError, "no amount of money"),
        (lambda: Money.of("1", "JPY", Rounding(Decimal("0.5"), "half up")), DefinitionError, "a step of 0.5"),
        (lambda: Money.of(1, "CNY", Rounding(Decimal("0.001"), "half up")), DefinitionError, "a step of 0.001"),
        (lambda: Money(1, "CNY").times(0.5), DefinitionError, "0.5"),  # type: ignore[arg-type]
        (lambda: Money(10**100, "CNY"), DefinitionError, "no whole number of minor units"),
        (lambda: Money(-(10**5000), "CNY"), DefinitionError, "no whole number of minor units"),
        (lambda: Money.of(10**5000, "CNY"), DefinitionError, "no whole number of minor units"),
        (lambda: Money.of(Fraction(1, 10**5000), "CNY"), DefinitionError, "parts of a minor unit"),
        (lambda: Money.of(1, "CNY", "half up"), DefinitionError, "rounding: .*a Rounding"),  # type: ignore[arg-type]
        (lambda: Money(1, "CNY").text(pattern="{x}"), DefinitionError, "the pattern '{x}' has other braces"),
        (lambda: Money(1, "CNY").text(pattern="{"), DefinitionError, "the pattern '{' has other braces"),
        (lambda: Money(1, "CNY").text(pattern="{amount.real}"), DefinitionError, "pattern: .* has other braces"),
    ],
)
def test_refused(make: Callable[[], Any], kind: type[SvcstdError], words: str) -> None:
    """No float, no parts of a minor unit without a rounding, no currency that the list does not have."""
    with pytest.raises(kind, match=words):
        make()


@pytest.mark.parametrize(
    "text",
    ["", "12", "12 CNY ", "12  CNY", "1,200 CNY", "1.200,00 EUR", "CNY 12", "１２ CNY", "1_0 CNY", "9" * 70 + " CNY"],  # noqa: RUF001
)
def test_unreadable(text: str) -> None:
    """Only what is written by str is read; a comma means another thing in every country."""
    with pytest.raises(TextError):
        Money.parse(text)


def test_unreadable_kind() -> None:
    """A number without a currency is no money."""
    with pytest.raises(TextError):
        Money.parse(12)  # type: ignore[arg-type]


@given(MINOR, CODES)
@example(-(10**60) + 1, "CNY")
def test_read_back(minor: int, currency: str) -> None:
    """What is written is read back the same, whatever decimals the program around has set."""
    money = Money(minor, currency)
    with localcontext(prec=3):
        assert Money.parse(str(money)) == money == Money.of(money.amount, currency)
    assert pickle.loads(pickle.dumps(money)) == money  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("money", "options", "shown"),
    [
        (Money(123_456_789, "EUR"), {"point": ",", "group": "."}, "1.234.567,89 EUR"),
        (Money(-5, "EUR"), {}, "-0.05 EUR"),
        (Money(1234567, "JPY"), {"group": ",", "pattern": "¥{amount}"}, "¥1,234,567"),
        (Money(-1, "KWD"), {"point": "·"}, "-0·001 KWD"),
        (Money(100_000_00, "INR"), {"group": "\N{NARROW NO-BREAK SPACE}"}, "100\N{NARROW NO-BREAK SPACE}000.00 INR"),
    ],
)
def test_text(money: Money, options: dict[str, str], shown: str) -> None:
    """The locale is the caller's."""
    assert money.text(**options) == shown


@given(MINOR, MINOR, CODES)
def test_one_currency_counts_like_integers(one: int, other: int, code: str) -> None:
    """Sums, differences, signs and comparisons are those of the minor units."""
    a, b = Money(one, code), Money(other, code)
    assert (a + b).minor == one + other
    assert (a - b).minor == one - other
    assert ((-a).minor, abs(a).minor, bool(a)) == (-one, abs(one), bool(one))
    assert b - a == -(a - b)
    for compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq):
        assert compare(a, b) is compare(one, other)
    assert sum([a, b]) == total_of([a, b], code) == a + b


@pytest.mark.parametrize("act", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge])
def test_two_currencies_never_meet(act: Callable[[Any, Any], Any]) -> None:
    """Without a rate of a day there is no answer."""
    with pytest.raises(CurrencyError, match="CNY and JPY are two currencies"):
        act(Money(1, "CNY"), Money(1, "JPY"))


@pytest.mark.parametrize("act", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [1, Decimal(1), 0.0, "1.00 CNY"])
def test_numbers_are_no_money(act: Callable[[Any, Any], Any], other: Any) -> None:
    """A bare number has no currency; only the 0 with which a sum begins is taken."""
    with pytest.raises(TypeError):
        act(Money(1, "CNY"), other)
    with pytest.raises(TypeError):
        act(other, Money(1, "CNY"))


def test_zero_begins_a_sum() -> None:
    """The empty total still has its currency."""
    assert 0 + Money(7, "CNY") == Money(7, "CNY")
    assert repr(total_of([], "JPY")) == "Money('0 JPY')"
    assert total_of([], "JPY") == Money(0, "JPY")
    with pytest.raises(CurrencyError):
        total_of([Money(1, "CNY")], "JPY")


def test_the_list_is_that_of_the_standard() -> None:
    """Code by code as the standard's own table has it, read by another package."""
    iso = pytest.importorskip("iso4217", reason="compare with the package iso4217: pip install --group peers")
    found = {one.code: one.exponent for one in iso.Currency if one.exponent is not None}
    assert {code: minor_digits(code) for code in found} == found
    assert len(found) == 165
    assert date(2026, 1, 1) == ISO_4217_DATE


def test_conversion() -> None:
    """At the rate of the day, to the coins of the other currency."""
    rate = ExchangeRate("EUR", "CHF", Decimal("0.9327"), on=date(2026, 3, 31))
    assert rate.of(Money.of(100, "EUR"), CENT, on=date(2026, 3, 31)) == Money.of("93.27", "CHF")
    assert rate.of(Money.of(100, "EUR"), Rounding(Decimal("0.05"), "half up"), on=date(2026, 3, 31)) == Money(
        9325, "CHF"
    )


@pytest.mark.parametrize(("currency", "day"), [("CHF", 31), ("USD", 31), ("EUR", 30)])
def test_another_rate(currency: str, day: int) -> None:
    """A rate serves its own currency and day, and no other."""
    rate = ExchangeRate("EUR", "CHF", Decimal("0.9327"), on=date(2026, 3, 31))
    with pytest.raises(CurrencyError, match="rate from EUR to CHF of Tue 31 Mar 2026"):
        rate.of(Money(1, currency), CENT, on=date(2026, 3, day))


def test_no_conversion_without_a_rounding() -> None:
    """Even where the product happens to be exact: the next one is not."""
    rate = ExchangeRate("EUR", "CHF", Decimal("1.5"), on=date(2026, 3, 31))
    with pytest.raises(DefinitionError, match=r"rounding: .*a Rounding"):
        rate.of(Money.of(100, "EUR"), None, on=date(2026, 3, 31))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "quote", "rate", "on"),
    [
        ("EUR", "EUR", 1, date(2026, 1, 1)),
        ("EUR", "CHF", 0, date(2026, 1, 1)),
        ("EUR", "CHF", -1, date(2026, 1, 1)),
        ("EUR", "CHF", 0.9, date(2026, 1, 1)),
        ("EUR", "CHF", 1, None),
        ("EUR", "XXX", 1, date(2026, 1, 1)),
        ("EURO", "CHF", 1, date(2026, 1, 1)),
        ("EUR", "CHF", Fraction(-1, 10**5000), date(2026, 1, 1)),
    ],
)
def test_no_rate(base: str, quote: str, rate: Any, on: Any) -> None:
    """A rate has two currencies, a value above 0 and its day."""
    with pytest.raises(SvcstdError):
        ExchangeRate(base, quote, rate, on=on)
