# mypy: disable-error-code="arg-type,list-item,dict-item,call-arg,operator,call-overload,index"
"""What money refuses, in the words that people read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from svcstd.curves import Rounding
from svcstd.errors import CurrencyError, DefinitionError, SvcstdError, TextError, UnknownName
from svcstd.money import ExchangeRate, Money, allocate, hamilton, largest_remainder, minor_digits, total_of

CENT = Rounding(Decimal("0.01"), "half up")
MARCH: Any = {"on": date(2026, 3, 31)}
RATE = ExchangeRate("EUR", "CHF", Decimal("0.95"), **MARCH)
LONG = "x" * 90


REFUSED: list[tuple[Any, type[SvcstdError], str]] = [
    (
        lambda: largest_remainder(100, []),
        DefinitionError,
        ("weights: nothing can be shared by these weights; give weights that are not below 0, one of them above it"),
    ),
    (
        lambda: largest_remainder(100, [1, -1]),
        DefinitionError,
        ("weights: nothing can be shared by these weights; give weights that are not below 0, one of them above it"),
    ),
    (
        lambda: largest_remainder(100, [0, 0]),
        DefinitionError,
        ("weights: nothing can be shared by these weights; give weights that are not below 0, one of them above it"),
    ),
    (
        lambda: largest_remainder(100, [0.5]),
        DefinitionError,
        ("weights: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value"),
    ),
    (
        lambda: largest_remainder("9" * 50, [1]),
        DefinitionError,
        "amount: '999999999999999999999999999999999999999 is no whole number; give an int",
    ),
    (
        lambda: allocate(Money(10, "CNY"), {5: 1}),
        DefinitionError,
        "weights: 5 is no name, and ties go by name; give the name of each payee as a text",
    ),
    (
        lambda: allocate(Money(10, "CNY"), {b"1234567890123456789012345678901234567890123": 1}),
        DefinitionError,
        (
            "weights: b'12345678901234567890123456789012345678 is no name, and ties go by name; give "
            "the name of each payee as a text"
        ),
    ),
    (
        lambda: allocate(Money(10, "CNY"), {"a": 1}, step=0.5),
        DefinitionError,
        "step: 0.5 is no whole number; give an int",
    ),
    (
        lambda: allocate(Money(10, "CNY"), {"a": 1}, step=0),
        DefinitionError,
        "step: a smallest coin of 0 minor units is none; write a whole number above 0",
    ),
    (
        lambda: allocate(Money(10_001, "CHF"), {"a": 1}, step=5),
        DefinitionError,
        ("pot: 100.01 CHF is not made of whole coins of 5 minor units; round it to the coin first, by a named mode"),
    ),
    (lambda: hamilton(1.5, {"a": 1}), DefinitionError, "seats: 1.5 is no whole number; give an int"),
    (lambda: hamilton(1, {"a": 1}, least="1"), DefinitionError, "least: '1' is no whole number; give an int"),
    (
        lambda: hamilton(1, {"a": 1, "b": 1}, least=1),
        DefinitionError,
        "seats: 1 seats are not 1 for each of 2; give more seats, or a smaller least, neither below 0",
    ),
    (
        lambda: hamilton(-1, {"a": 1}),
        DefinitionError,
        "seats: -1 seats are not 0 for each of 1; give more seats, or a smaller least, neither below 0",
    ),
    (
        lambda: minor_digits("CNX"),
        UnknownName,
        (
            "currency: 'CNX' is no currency with a minor unit in ISO 4217 as of Thu 1 Jan 2026; write "
            "a code in capitals: CNY"
        ),
    ),
    (
        lambda: minor_digits(LONG),
        UnknownName,
        (
            "currency: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is no currency with a minor unit in "
            "ISO 4217 as of Thu 1 Jan 2026; write a code in capitals: AED, AFN, ALL, AMD, AOA, ARS, "
            "AUD, AWG, AZN, BAM, BBD, BDT, BHD, BIF, BMD, BND, BOB, BOV, BRL, BSD, …"
        ),
    ),
    (
        lambda: ExchangeRate("EUR", "CHF", Decimal("0.95"), on="2026-03-31"),
        DefinitionError,
        "on: this is a str; write a date without a time",
    ),
    (
        lambda: ExchangeRate("EUX", "CHF", 1, **MARCH),
        UnknownName,
        (
            "base: 'EUX' is no currency with a minor unit in ISO 4217 as of Thu 1 Jan 2026; write a "
            "code in capitals: UGX"
        ),
    ),
    (
        lambda: ExchangeRate("EUR", "CHX", 1, **MARCH),
        UnknownName,
        (
            "quote: 'CHX' is no currency with a minor unit in ISO 4217 as of Thu 1 Jan 2026; write a "
            "code in capitals: CHW"
        ),
    ),
    (
        lambda: ExchangeRate("EUR", "CHF", 0, **MARCH),
        DefinitionError,
        "rate: this is no rate from EUR to CHF; give two currencies and a rate above 0",
    ),
    (
        lambda: ExchangeRate("EUR", "EUR", 1, **MARCH),
        DefinitionError,
        "rate: this is no rate from EUR to EUR; give two currencies and a rate above 0",
    ),
    (
        lambda: ExchangeRate("EUR", "CHF", 0.5, **MARCH),
        DefinitionError,
        "rate: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: RATE.of(Money(1, "EUR"), None, **MARCH),
        DefinitionError,
        "rounding: this is a NoneType; write a Rounding, such as Rounding(Decimal('0.01'), 'half up')",
    ),
    (
        lambda: RATE.of(Money(1, "USD"), CENT, **MARCH),
        CurrencyError,
        (
            "rate: USD on Tue 31 Mar 2026 is not what the rate from EUR to CHF of Tue 31 Mar 2026 is "
            "for; give the rate of that currency and day"
        ),
    ),
    (
        lambda: RATE.of(Money(1, "EUR"), CENT, on=date(2026, 4, 1)),
        CurrencyError,
        (
            "rate: EUR on Wed 1 Apr 2026 is not what the rate from EUR to CHF of Tue 31 Mar 2026 is "
            "for; give the rate of that currency and day"
        ),
    ),
    (
        lambda: Money(1.5, "CNY"),
        DefinitionError,
        (
            "minor: 1.5 is no whole number of minor units, or has more than 60 digits; give an int, "
            "or an amount to Money.of"
        ),
    ),
    (
        lambda: Money(True, "CNY"),
        DefinitionError,
        (
            "minor: True is no whole number of minor units, or has more than 60 digits; give an int, "
            "or an amount to Money.of"
        ),
    ),
    (
        lambda: Money(10**60, "CNY"),
        DefinitionError,
        (
            "minor: 1000000000000000000000000000000000000000 is no whole number of minor units, or "
            "has more than 60 digits; give an int, or an amount to Money.of"
        ),
    ),
    (
        lambda: Money(10**5000, "CNY"),
        DefinitionError,
        (
            "minor: a number of thousands of digits is no whole number of minor units, or has more "
            "than 60 digits; give an int, or an amount to Money.of"
        ),
    ),
    (
        lambda: Money(LONG, "CNY"),
        DefinitionError,
        (
            "minor: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is no whole number of minor units, or "
            "has more than 60 digits; give an int, or an amount to Money.of"
        ),
    ),
    (
        lambda: Money(1, "CNX"),
        UnknownName,
        (
            "currency: 'CNX' is no currency with a minor unit in ISO 4217 as of Thu 1 Jan 2026; write "
            "a code in capitals: CNY"
        ),
    ),
    (
        lambda: Money.of(1, "CNY", "half up"),
        DefinitionError,
        "rounding: this is a str; write a Rounding, such as Rounding(Decimal('0.01'), 'half up')",
    ),
    (
        lambda: Money.of(1, "CNY", Rounding(Decimal("0.001"), "half up")),
        DefinitionError,
        (
            "rounding: a step of 0.001 is no whole number of minor units of CNY; write a step such as "
            "0.01, or a coin such as 0.05"
        ),
    ),
    (
        lambda: Money.of(Decimal("0.001"), "CNY"),
        DefinitionError,
        "amount: 0.001 CNY has parts of a minor unit; give a rounding, with its step and mode",
    ),
    (
        lambda: Money.of(0.5, "CNY"),
        DefinitionError,
        "amount: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Money.of(0.5, "CNY", CENT),
        DefinitionError,
        "amount: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Money.of("1,5", "CNY"),
        TextError,
        ("amount: it is no amount of money; write an amount with a point and a code, such as 1820.00 CNY\n  1,5\n  ^"),
    ),
    (
        lambda: Money.of("1" * 90, "CNY"),
        TextError,
        (
            "amount: it is no amount of money; write an amount with a point and a code, such as "
            "1820.00 CNY\n  1111111111111111111111111111111111111111…\n  ^"
        ),
    ),
    (
        lambda: Money.parse("12.30CNY"),
        TextError,
        (
            "money: it is no amount of money; write an amount with a point and a code, such as "
            "1820.00 CNY\n  12.30CNY\n  ^"
        ),
    ),
    (
        lambda: Money.parse(LONG),
        TextError,
        (
            "money: it is no amount of money; write an amount with a point and a code, such as "
            "1820.00 CNY\n  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n  ^"
        ),
    ),
    (
        lambda: Money.parse(12),
        TextError,
        ("money: it is no amount of money; write an amount with a point and a code, such as 1820.00 CNY\n  12\n  ^"),
    ),
    (
        lambda: Money.parse("12.345 CNY"),
        DefinitionError,
        "amount: 12.345 CNY has parts of a minor unit; give a rounding, with its step and mode",
    ),
    (
        lambda: Money(1, "CNY").text(pattern="{amount} {code}"),
        DefinitionError,
        ("pattern: the pattern '{amount} {code}' has other braces than it may; write {amount} and {currency} only"),
    ),
    (
        lambda: Money(1, "CNY").text(pattern="{" * 90),
        DefinitionError,
        (
            "pattern: the pattern '{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{ has other braces than it "
            "may; write {amount} and {currency} only"
        ),
    ),
    (
        lambda: Money(1, "CNY").times(0.5),
        DefinitionError,
        "rate: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Money(1, "CNY") + Money(1, "JPY"),
        CurrencyError,
        "currency: CNY and JPY are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: Money(1, "CNY") < Money(1, "JPY"),
        CurrencyError,
        "currency: CNY and JPY are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: total_of([Money(1, "CNY")], "JPY"),
        CurrencyError,
        "parts: JPY and CNY are two currencies; convert one of them by an ExchangeRate of a day",
    ),
]


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED)
def test_refused(make: Any, kind: type[SvcstdError], words: str) -> None:
    """Each refusal says where, what and how to mend it."""
    with pytest.raises(SvcstdError) as refused:
        make()
    assert (type(refused.value), str(refused.value)) == (kind, words)
