"""Money: a whole number of minor units of one currency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction

import attrs

from svcstd.curves import Number, Rounding, exact
from svcstd.errors import CurrencyError, DefinitionError, TextError, must_be
from svcstd.money.currency import minor_digits

__all__ = ["Money", "total_of"]

_EXACT = Context(MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_LONGEST = 60
_LONGEST_WRITTEN = _LONGEST + len("-. CNY")
_MOST = 10**_LONGEST
"""Beyond any sum of money, and soon beyond what Python prints."""
_WRITTEN = re.compile(r"([-+]?)(\d+(?:\.\d+)?) ([A-Z]{3})", re.ASCII)


def _whole(_: object, field: attrs.Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _MOST:
        raise DefinitionError(field.name, "money.minor", value=_short(value), most=_LONGEST)


def _short(value: object) -> str:
    """A stranger's value for a message: Python refuses to print numbers of thousands of digits."""
    try:
        return str(value)[:40]
    except ValueError:
        return "a number of thousands of digits"


@attrs.frozen(order=False, repr=False)
class Money:
    """An amount, exact to its minor unit.

    Amounts of one currency add up, compare and change sign; two currencies never meet without an
    :class:`ExchangeRate`. A rate gives an exact :class:`~fractions.Fraction` of an amount, which becomes money again
    only by a named rounding.

    Attributes:
        minor: cents, fen, fils: whole minor units, negative for what is owed back.
        currency: code of ISO 4217.

    Raises:
        DefinitionError: minor units that are no whole number, or one of more than 60 digits.
        UnknownName: no such currency.

    >>> Money(182000, "CNY") + Money.of("-0.05", "CNY")
    Money('1819.95 CNY')
    >>> Money(500, "JPY").amount, Money(1, "KWD").amount
    (Decimal('500'), Decimal('0.001'))
    """

    minor: int = attrs.field(validator=_whole)
    currency: str

    def __attrs_post_init__(self) -> None:
        minor_digits(self.currency)

    @classmethod
    def of(cls, amount: Number | str, currency: str, rounding: Rounding | None = None) -> Money:
        """The money that an amount of major units is.

        Args:
            amount: a whole number, a decimal, a fraction, or a decimal as text; never a float.
            currency: code of ISO 4217.
            rounding: how parts of a minor unit go. Its step is a whole number of them, such as 0.05 for Swiss cash.

        Raises:
            DefinitionError: a float, parts of a minor unit without a rounding, or a step that is no whole number of
                them.

        >>> Money.of(Fraction(10, 3), "CHF", Rounding(Decimal("0.05"), "half up"))
        Money('3.35 CHF')
        """
        scale = 10 ** minor_digits(currency)
        if isinstance(amount, str):
            amount = _decimal(amount)
        if rounding is not None:
            must_be(rounding, Rounding, "rounding", "a Rounding, such as Rounding(Decimal('0.01'), 'half up')")
            if scale % rounding.step.as_integer_ratio()[1]:
                raise DefinitionError("rounding", "money.step", step=rounding.step, currency=currency)
            amount = rounding.of(exact(amount, "amount"))
        minor = exact(amount, "amount") * scale
        if minor.denominator != 1:
            raise DefinitionError("amount", "money.parts", value=_short(amount), currency=currency)
        return cls(minor.numerator, currency)

    @classmethod
    def parse(cls, text: str) -> Money:
        """What :func:`str` writes: an amount with a point, a blank, a code.

        Other spellings belong to a locale, and so to the caller, who knows whether ``1.234`` has a fraction.

        Raises:
            TextError: another form.
            DefinitionError: parts of a minor unit.
            UnknownName: no such currency.

        >>> Money.parse("-12.30 CNY")
        Money('-12.30 CNY')
        """
        found = _WRITTEN.fullmatch(text) if isinstance(text, str) and len(text) <= _LONGEST_WRITTEN else None
        if found is None:
            raise TextError("money", "money.text", source=str(text)[:_LONGEST], at=0)
        return cls.of(found[1] + found[2], found[3])

    @property
    def amount(self) -> Decimal:
        """In major units, with all decimals of the currency."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency), _EXACT)

    def text(self, *, point: str = ".", group: str = "", pattern: str = "{amount} {currency}") -> str:
        """As a reader's locale writes it; the caller knows the locale.

        Raises:
            DefinitionError: a pattern with other braces than ``{amount}`` and ``{currency}``.

        >>> Money(-123456789, "EUR").text(point=",", group=".", pattern="{amount} €")
        '-1.234.567,89 €'
        """
        digits = minor_digits(self.currency)
        whole, part = divmod(abs(self.minor), 10**digits)
        shown = f"{whole:,}".replace(",", group) + (f"{point}{part:0{digits}d}" if digits else "")
        filled = {"{amount}": f"{'-' if self.minor < 0 else ''}{shown}", "{currency}": self.currency}
        parts = re.split(r"(\{amount\}|\{currency\})", pattern)
        if any("{" in part or "}" in part for part in parts if part not in filled):
            raise DefinitionError("pattern", "money.pattern", value=repr(pattern)[:40])
        return "".join(filled.get(part, part) for part in parts)

    def times(self, rate: Number) -> Fraction:
        """The exact product in major units, not yet money.

        >>> Money(2000_00, "CNY").times(Decimal("0.70"))
        Fraction(1400, 1)
        """
        return Fraction(self.minor, 10 ** minor_digits(self.currency)) * exact(rate, "rate")

    def _like(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise CurrencyError("currency", "money.mixed", one=self.currency, other=other.currency)
        return other

    def __add__(self, other: object) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._like(other).minor, self.currency)

    def __radd__(self, other: object) -> Money:
        """So that :func:`sum` works; it begins with 0."""
        return self if other == 0 and type(other) is int else NotImplemented

    def __sub__(self, other: object) -> Money:
        return self + -other if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: object) -> bool:
        return self.minor < self._like(other).minor if isinstance(other, Money) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.minor <= self._like(other).minor if isinstance(other, Money) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.minor > self._like(other).minor if isinstance(other, Money) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.minor >= self._like(other).minor if isinstance(other, Money) else NotImplemented

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"Money('{self}')"


def _decimal(text: str) -> Decimal:
    digits = len(text) - sum(map(text.count, "+-."))
    if digits > _LONGEST or not re.fullmatch(r"[-+]?\d+(\.\d+)?", text, re.ASCII):
        raise TextError("amount", "money.text", source=text[:_LONGEST], at=0)
    return Decimal(text)


def total_of(parts: Iterable[Money], currency: str) -> Money:
    """The sum, also of nothing.

    Raises:
        CurrencyError: a part of another currency.

    >>> total_of([], "CNY")
    Money('0.00 CNY')
    """
    minor = 0
    for part in parts:
        if part.currency != currency:
            raise CurrencyError("parts", "money.mixed", one=currency, other=part.currency)
        minor += part.minor
    return Money(minor, currency)
