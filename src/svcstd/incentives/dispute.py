"""Disputes as values: which line, why, and how it ended; what was paid is changed by a correction only."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import CurrencyError, DefinitionError, UnknownName, must_be_date, must_be_one_of, nearest
from svcstd.incentives.statement import Statement
from svcstd.money import Money

__all__ = ["Dispute", "DisputeState", "answered", "dispute"]

DisputeState: TypeAlias = Literal["open", "upheld", "rejected", "withdrawn"]
"""Not answered; right; not right; taken back."""


@attrs.frozen(kw_only=True)
class Dispute:
    """Somebody's doubt about a line.

    Attributes:
        of: whose statement.
        label: of the statement.
        key: of the line, gate or certificate in doubt.
        on: the day it was raised.
        reason: in their words.
        expected: what they think it should be; ``None`` where they do not say.
        state: how it stands.
        answer: in words; empty while it is open.
        answered_on: the day; ``None`` while it is open.
    """

    of: str
    label: str
    key: str
    on: date
    reason: str
    expected: Money | None = None
    state: DisputeState = "open"
    answer: str = ""
    answered_on: date | None = None


def dispute(statement: Statement, key: str, *, on: date, reason: str, expected: Money | None = None) -> Dispute:
    """A doubt about a line of a statement, or about what refused it.

    Raises:
        UnknownName: the statement has no such line or refusal.
        DefinitionError: no date, or no reason.
        CurrencyError: an expected amount in another currency.
    """
    known = [*(line.key for line in statement.lines), *(one.key for one in statement.refusals)]
    if key not in known:
        raise UnknownName("key", "dispute.line", value=key, label=statement.label, nearest=nearest(key, known))
    must_be_date(on, "on")
    if not reason:
        raise DefinitionError("reason", "dispute.reason")
    if expected is not None and expected.currency != statement.currency:
        raise CurrencyError("expected", "money.mixed", one=statement.currency, other=expected.currency)
    return Dispute(of=statement.of, label=statement.label, key=key, on=on, reason=reason, expected=expected)


def answered(raised: Dispute, state: DisputeState, *, on: date, answer: str) -> Dispute:
    """The dispute with its answer.

    Raises:
        DefinitionError: it is answered already, the answer is before the question, has no words, or is none.
    """
    must_be_one_of(state, get_args(DisputeState)[1:], "state")
    must_be_date(on, "on")
    if raised.state != "open" or on < raised.on or not answer:
        raise DefinitionError("dispute", "dispute.answer", state=raised.state, on=raised.on)
    return attrs.evolve(raised, state=state, answer=answer, answered_on=on)
