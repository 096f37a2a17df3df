"""Examples of pay: results that are given, and what a plan must make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from svcstd.calendars import Period
from svcstd.errors import SvcstdError, UnknownName, nearest
from svcstd.incentives import Payee, PayState, Statement, pay
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.money import Money
from svcstd.scoring import Record
from svcstd.standard.finding import Finding
from svcstd.standard.payroll import PayInputs

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["PayCheck", "check_pay"]

TOTAL = "total"


@attrs.frozen(kw_only=True)
class PayCheck:
    """Somebody with results, and what they are paid.

    Attributes:
        plan: its key.
        payee: with every result that the plan reads, unless records give them.
        period: for which is paid.
        records: by kind, what results are counted over; ``None`` where the payee brings the results.
        shares: by member, what each gets of a pool.
        amounts: by key of a line or name of a step, what it pays; ``total`` is the sum.
        state: of the statement; ``None`` where nothing is expected of it.
        refused: keys of what earns nothing; ``None`` where nothing is expected of them.
        because: words that the explanation must hold.
    """

    plan: str
    payee: Payee
    period: Period
    records: Keyed[str, tuple[Record, ...]] | None = None
    amounts: Keyed[str, Money] = attrs.field(default=EMPTY, converter=as_keyed)
    shares: Keyed[str, Money] = attrs.field(default=EMPTY, converter=as_keyed)
    state: PayState | None = None
    refused: tuple[str, ...] | None = None
    because: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


def check_pay(standard: ServiceStandard, where: str, check: PayCheck) -> Iterator[Finding]:
    """Everything that the plan pays otherwise than expected."""
    try:
        paid = _paid(standard, check)
        shares = standard.share(paid, check.records or EMPTY, period=check.period) if check.shares else EMPTY
    except SvcstdError as error:
        yield Finding(where, check.plan, "state", "a statement", str(error))
        return
    for field, expected, got in _compared(check, paid, shares):
        if expected != got:
            yield Finding(where, check.plan, field, expected, got)
    text = paid.explanation.text()
    for word in check.because:
        if word not in text:
            yield Finding(where, check.plan, "because", word, text)


def _paid(standard: ServiceStandard, check: PayCheck) -> Statement:
    payee, period = check.payee, check.period
    if check.records is not None:
        told: dict[str, Any] = {"facts": payee.facts, "certificates": payee.certificates, "served": payee.served}
        known = PayInputs(records=check.records, team=payee.team_figures, **told)
        return standard.pay(check.plan, known, of=payee.of, period=period)
    edition = standard.edition_on(period.first)
    if check.plan not in edition.plans:
        raise UnknownName("plan", "pay.unknown_plan", value=check.plan, nearest=nearest(check.plan, edition.plans))
    return pay(edition.plans[check.plan], payee, period=period, edition=edition.label)


def _compared(check: PayCheck, paid: Statement, shares: Mapping[str, Statement]) -> Iterator[tuple[str, str, str]]:
    if check.state is not None:
        yield "state", check.state, paid.state
    if check.refused is not None:
        yield "refused", ", ".join(check.refused), ", ".join(one.key for one in paid.refusals)
    for key, expected in check.amounts.items():
        yield key, str(expected), str(paid.total if key == TOTAL else paid.amount(key))
    for member, expected in check.shares.items():
        yield f"shares.{member}", str(expected), str(shares[member].total) if member in shares else "none"
