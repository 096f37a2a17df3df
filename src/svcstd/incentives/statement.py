"""A statement: a ledger whose lines sum to the total, each with its result, its clause and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.money import Money, total_of

__all__ = ["LedgerKind", "LedgerLine", "NextTier", "PayState", "Refusal", "RefusalKind", "Statement", "by_cost_centre"]

LedgerKind: TypeAlias = Literal[
    "line",
    "step",
    "rounding",
    "share",
    "guarantee",
    "draw",
    "recovery",
    "held",
    "released",
    "carried in",
    "carried out",
    "correction",
    "clawback",
    "award",
]
"""What a ledger line is: a line or a step of the plan, the last rounding, a share of a pool, what settling adds or
keeps, what a later act does to an earlier statement, or an award."""
PayState: TypeAlias = Literal["due", "refused", "withheld"]
"""Money is due, or none; the payee is not eligible; a result that the plan waits for is missing."""
RefusalKind: TypeAlias = Literal["eligibility", "gate", "missing"]


@attrs.frozen(kw_only=True)
class LedgerLine:
    """One amount, and where it comes from.

    Attributes:
        key: of the plan's line or step, or of what settling did.
        kind: what it is.
        amount: money; negative where it takes away.
        earned: the exact amount behind it, in major units, before rounding; ``None`` where nothing was rounded.
        figure: reference of the result; empty for none.
        value: the result as published.
        clause: of the standard; empty for none.
        causes: by cause, its part of the amount; together all of it, or empty.
        corrects: the statement that it corrects or claws back from, such as ``monthly 2026-01``.
        why: the reason, in words.
    """

    key: str
    kind: LedgerKind
    amount: Money
    why: Explanation
    earned: Fraction | None = None
    figure: str = ""
    value: Fraction | None = None
    clause: str = ""
    causes: Keyed[str, Money] = attrs.field(default=EMPTY, converter=as_keyed)
    corrects: str = ""

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.kind, get_args(LedgerKind), "kind")
        if self.causes and total_of(self.causes.values(), self.amount.currency) != self.amount:
            raise DefinitionError("causes", "pay.causes", amount=str(self.amount))


@attrs.frozen(kw_only=True)
class Refusal:
    """Why something earns nothing.

    Attributes:
        kind: eligibility, a gate, or a missing result.
        key: of the condition, certificate, gate, line or step.
        lack: how far the result is from the gate; ``None`` where that is no number.
        lines: keys of the lines that it shuts; empty for all.
        why: in words.
    """

    kind: RefusalKind
    key: str
    why: Explanation
    lack: Fraction | None = None
    lines: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen(kw_only=True)
class NextTier:
    """How far the next bound of a line's curve is, and what it would add.

    Attributes:
        line: its key.
        bound: of the result, or of its attainment.
        lack: from the value to the bound, above 0.
        more: what the line would pay more on the bound, or just after it where the bound itself is excluded.
    """

    line: str
    bound: Fraction
    lack: Fraction
    more: Money


@attrs.frozen(kw_only=True)
class Statement:
    """What somebody earns for a period, line by line.

    Attributes:
        plan: key of the plan.
        of: whose it is.
        period: its label, such as ``2026-01``.
        currency: of every amount.
        state: whether money is due.
        lines: of the ledger; they sum to :attr:`total`.
        refusals: what earned nothing, and why.
        next_tiers: what lies ahead.
        version: of the plan.
        edition: of the standard.
        cost_centre: where it is booked.

    Raises:
        DefinitionError: an amount of another currency.
    """

    plan: str
    of: str
    period: str
    currency: str
    state: PayState
    lines: tuple[LedgerLine, ...] = attrs.field(converter=as_tuple)
    refusals: tuple[Refusal, ...] = attrs.field(default=(), converter=as_tuple)
    next_tiers: tuple[NextTier, ...] = attrs.field(default=(), converter=as_tuple)
    version: str = ""
    edition: str = ""
    cost_centre: str = ""

    def __attrs_post_init__(self) -> None:
        for line in self.lines:
            if line.amount.currency != self.currency:
                raise DefinitionError("lines", "pay.currency", value=str(line.amount), currency=self.currency)

    @property
    def label(self) -> str:
        """The plan and the period: by this name corrections speak of it."""
        return f"{self.plan} {self.period}"

    @property
    def total(self) -> Money:
        """The sum of the lines."""
        return total_of((line.amount for line in self.lines), self.currency)

    def amount(self, key: str) -> Money:
        """What the lines of a key sum to; nothing where there is none.

        >>> Statement(plan="m", of="E07", period="2026-01", currency="CNY", state="due", lines=()).amount("score")
        Money('0.00 CNY')
        """
        return total_of((line.amount for line in self.lines if line.key == key), self.currency)

    @property
    def explanation(self) -> Explanation:
        """All reasons, in words."""
        whys = [line.why for line in self.lines]
        below = [*whys, *(one.why for one in self.refusals if one.why not in whys)]
        told = {"plan": self.plan, "of": self.of, "period": self.period}
        if self.state != "due":
            message = "pay.refused" if self.state == "refused" else "pay.withheld"
            return because(message, *below, **told)
        return because("pay.total", *below, total=str(self.total), **told)

    def to_json(self) -> dict[str, Any]:
        """A plain mapping; :meth:`from_json` gives the equal value back. Money and exact numbers are texts."""
        from svcstd.incentives.statement_json import statement_to_json  # noqa: PLC0415 - written there, field by field

        return statement_to_json(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Statement:
        """The statement that :meth:`to_json` wrote.

        Raises:
            DefinitionError: it is no such mapping.
        """
        from svcstd.incentives.statement_json import statement_from_json  # noqa: PLC0415 - read there, field by field

        return statement_from_json(found)


def by_cost_centre(statements: Iterable[Statement], currency: str) -> Keyed[str, Money]:
    """Totals by cost centre, in the order of their names.

    Raises:
        CurrencyError: a statement in another currency.
    """
    totals: dict[str, Money] = {}
    for one in statements:
        totals[one.cost_centre] = totals.get(one.cost_centre, Money(0, currency)) + one.total
    return Keyed(dict(sorted(totals.items())))
