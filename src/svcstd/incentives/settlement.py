"""Settling: what of a statement is paid out now, by the terms of the plan and the account that earlier periods left.

The order is fixed: what was carried comes in, then the guarantee or the draw, then the recovery of earlier draws, then
what stays below zero, then what is held back, then what earlier periods held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from svcstd.curves import shown
from svcstd.errors import CurrencyError, DefinitionError
from svcstd.explain import Explanation, because
from svcstd.incentives.statement import LedgerKind, LedgerLine, Statement
from svcstd.incentives.terms import PayTerms
from svcstd.keyed import as_tuple
from svcstd.money import Money
from svcstd.readback import a_list, a_text

__all__ = ["Account", "Held", "settle"]


@attrs.frozen
class Held:
    """Money held back.

    Attributes:
        label: of the statement that earned it.
        amount: of it.
        left: periods until it is released.
    """

    label: str
    amount: Money
    left: int


@attrs.frozen(kw_only=True)
class Account:
    """What earlier periods left between a payee and the payer.

    Attributes:
        owed: advances not yet paid back, none below 0.
        carried: a result below zero that waits, never above 0.
        held: what is held back, the oldest first.

    Raises:
        DefinitionError: an amount on the wrong side of zero.
        CurrencyError: two currencies.
    """

    owed: Money
    carried: Money
    held: tuple[Held, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        for money in (self.carried, *(one.amount for one in self.held)):
            if money.currency != self.owed.currency:
                raise CurrencyError("account", "money.mixed", one=self.owed.currency, other=money.currency)
        if self.owed.minor < 0 or self.carried.minor > 0:
            raise DefinitionError("account", "pay.account", owed=str(self.owed), carried=str(self.carried))

    @classmethod
    def empty(cls, currency: str) -> Account:
        """That of somebody new.

        >>> Account.empty("CNY").owed
        Money('0.00 CNY')
        """
        return cls(owed=Money(0, currency), carried=Money(0, currency))

    def to_json(self) -> dict[str, Any]:
        """A plain mapping; :meth:`from_json` gives the equal value back. Money is text."""
        return {
            "owed": str(self.owed),
            "carried": str(self.carried),
            "held": [{"label": one.label, "amount": str(one.amount), "left": one.left} for one in self.held],
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Account:
        """The account that :meth:`to_json` wrote.

        Raises:
            DefinitionError: it is no such mapping.
        """
        try:
            return cls(
                owed=Money.parse(a_text(found["owed"])),
                carried=Money.parse(a_text(found["carried"])),
                held=[
                    Held(a_text(one["label"]), Money.parse(a_text(one["amount"])), _periods(one["left"]))
                    for one in a_list(found["held"])
                ],
            )
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            raise DefinitionError("account", "json.shape", expected=f"what to_json wrote ({error})") from error


def _periods(left: object) -> int:
    if not isinstance(left, int) or isinstance(left, bool) or left < 1:
        raise ValueError("left is a whole number from 1")
    return left


@attrs.define
class _Running:
    """The amount as it stands, and the lines that made it so."""

    amount: Money
    lines: list[LedgerLine]

    def add(self, kind: LedgerKind, amount: Money, why: Explanation, corrects: str = "") -> None:
        """One more line, where it changes anything."""
        if amount:
            self.amount += amount
            self.lines.append(LedgerLine(key=kind, kind=kind, amount=amount, why=why, corrects=corrects))


def settle(statement: Statement, terms: PayTerms, account: Account) -> tuple[Statement, Account]:
    """What is paid out, as further lines of the statement, and the account afterwards.

    A withheld statement is returned as it is, with the account untouched. Whoever is refused gets no guarantee and no
    draw, but what was held for them.

    Raises:
        CurrencyError: amounts of two currencies.

    >>> from decimal import Decimal
    >>> from svcstd.curves import Rounding
    >>> from svcstd.incentives import Draw
    >>> terms = PayTerms(rounding=Rounding(Decimal("0.01"), "half up"), negative="carry",
    ...     draw=Draw(amount=Money.of(1000, "USD"), recovery=1))
    >>> earned = LedgerLine(key="sales", kind="line", amount=Money.of(500, "USD"), why=because("pay.no_service"))
    >>> january = Statement(plan="p", of="a", period="2026-01", currency="USD", state="due", lines=[earned])
    >>> paid, after = settle(january, terms, Account.empty("USD"))
    >>> paid.total, after.owed
    (Money('1000.00 USD'), Money('500.00 USD'))
    """
    if statement.state == "withheld":
        return statement, account
    now = _Running(statement.total, [])
    now.add("carried in", account.carried, because("settle.carried_in", amount=str(account.carried)))
    owed = _filled(now, terms, account.owed) if statement.state == "due" else account.owed
    carried = _below_zero(now, terms)
    held = _held(now, terms, statement.label)
    waiting = [attrs.evolve(one, left=one.left - 1) for one in account.held]
    for one in waiting:
        if not one.left:
            now.add("released", one.amount, because("settle.released", label=one.label), corrects=one.label)
    kept = (*(one for one in waiting if one.left), *held)
    settled = attrs.evolve(statement, lines=(*statement.lines, *now.lines))
    return settled, Account(owed=owed, carried=carried, held=kept)


def _filled(now: _Running, terms: PayTerms, owed: Money) -> Money:
    """Up to the guarantee or the draw, or something paid back of earlier draws; the advances after it."""
    if terms.guarantee is not None and now.amount < terms.guarantee:
        why = because("settle.guarantee", earned=str(now.amount), least=str(terms.guarantee))
        now.add("guarantee", terms.guarantee - now.amount, why)
    if terms.draw is None:
        return owed
    missing = terms.draw.amount - now.amount
    if missing.minor > 0:
        now.add("draw", missing, because("settle.draw", earned=str(now.amount), amount=str(terms.draw.amount)))
        return owed + missing if terms.draw.recovery else owed
    above = Money.of((-missing).times(terms.draw.recovery), owed.currency, terms.rounding)
    back = min(owed, above, -missing)
    now.add("recovery", -back, because("settle.recovery", amount=str(back), owed=str(owed)))
    return owed - back


def _below_zero(now: _Running, terms: PayTerms) -> Money:
    """What is left below zero: carried, forgiven or owed; what is carried."""
    none = Money(0, now.amount.currency)
    if now.amount >= none or terms.negative == "owe":
        return none
    below = now.amount
    message = "settle.carried_out" if terms.negative == "carry" else "settle.forgiven"
    now.add("carried out", -below, because(message, amount=str(below)))
    return below if terms.negative == "carry" else none


def _held(now: _Running, terms: PayTerms, label: str) -> Iterator[Held]:
    """What is held back of this period."""
    if terms.hold_back is None or now.amount.minor <= 0:
        return iter(())
    part = Money.of(now.amount.times(terms.hold_back.part), now.amount.currency, terms.rounding)
    held = min(part, now.amount)
    why = because("settle.held", part=shown(terms.hold_back.part), periods=terms.hold_back.periods)
    now.add("held", -held, why)
    return iter((Held(label, held, terms.hold_back.periods),) if held else ())
