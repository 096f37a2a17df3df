"""What differs between two statements, and a statement in another currency."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs

from svcstd.curves import Rounding, shown
from svcstd.errors import CurrencyError, DefinitionError
from svcstd.explain import because
from svcstd.incentives.statement import LedgerLine, Statement
from svcstd.money import ExchangeRate, Money, total_of

__all__ = ["PayChange", "converted", "pay_changes"]


@attrs.frozen(kw_only=True)
class PayChange:
    """One line then and now.

    Attributes:
        key: of the line.
        before, after: money; nothing where the line was not there.
        value_before, value_after: the result behind it.
    """

    key: str
    before: Money
    after: Money
    value_before: Fraction | None
    value_after: Fraction | None

    @property
    def difference(self) -> Money:
        """What is paid more now."""
        return self.after - self.before


def pay_changes(before: Statement, after: Statement) -> tuple[PayChange, ...]:
    """Every line that pays another amount, or for another result; their differences sum to that of the totals.

    Raises:
        CurrencyError: statements in two currencies.
        DefinitionError: statements of two payees.
    """
    if before.of != after.of:
        raise DefinitionError("after", "pay.several_payees")
    if before.currency != after.currency:
        raise CurrencyError("after", "money.mixed", one=before.currency, other=after.currency)
    found = []
    for key in dict.fromkeys(line.key for line in (*before.lines, *after.lines)):
        one = PayChange(
            key=key,
            before=before.amount(key),
            after=after.amount(key),
            value_before=_value(before, key),
            value_after=_value(after, key),
        )
        if one.difference or one.value_before != one.value_after:
            found.append(one)
    return tuple(found)


def _value(statement: Statement, key: str) -> Fraction | None:
    return next((line.value for line in statement.lines if line.key == key), None)


def converted(statement: Statement, rate: ExchangeRate, rounding: Rounding, *, on: date) -> Statement:
    """The statement in another currency, at the rate of a day.

    Each line is converted; a last line holds what rounding them one by one adds to the converted total.

    Raises:
        CurrencyError: the rate is for another currency or day.

    >>> from decimal import Decimal
    >>> made = Statement(plan="p", of="a", period="2026-01", currency="EUR", state="due", lines=[
    ...     LedgerLine(key=key, kind="line", amount=Money(1, "EUR"), why=because("pay.no_service")) for key in "ab"])
    >>> rate = ExchangeRate("EUR", "USD", Decimal("1.25"), on=date(2026, 1, 30))
    >>> found = converted(made, rate, Rounding(Decimal("0.01"), "half up"), on=date(2026, 1, 30))
    >>> [str(line.amount) for line in found.lines], str(found.total)
    (['0.01 USD', '0.01 USD', '0.01 USD'], '0.03 USD')
    """
    total = rate.of(statement.total, rounding, on=on)

    def into(money: Money) -> Money:
        return rate.of(money, rounding, on=on)

    lines = [attrs.evolve(line, amount=into(line.amount), earned=None, causes={}) for line in statement.lines]
    left = total - total_of((line.amount for line in lines), rate.quote)
    if left:
        why = because("pay.converted", rate=shown(rate.rate), on=on, total=str(total))
        lines.append(LedgerLine(key="rounding", kind="rounding", amount=left, why=why))
    tiers = [attrs.evolve(one, more=into(one.more)) for one in statement.next_tiers]
    return attrs.evolve(statement, currency=rate.quote, lines=lines, next_tiers=tiers)
