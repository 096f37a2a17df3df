"""Two acts on what was paid, which never changes: an input was wrong, or something happened later.

A correction runs the period again: the original and its corrections sum to the run on the right data, line by line. A
clawback takes back what a cause was paid, at the rate at which it was paid, as lines of a later period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from svcstd.curves import Number, Rounding, exact
from svcstd.errors import CurrencyError, DefinitionError
from svcstd.explain import because
from svcstd.incentives.statement import LedgerLine, Statement
from svcstd.keyed import Keyed
from svcstd.money import Money, total_of

__all__ = ["clawback", "correct", "with_lines"]

EARNED = ("line", "step", "rounding", "share", "correction")
"""Kinds of lines that a run of the plan gives; settling and clawing back are acts of their own."""


def correct(paid: Sequence[Statement], run: Statement, *, why: str) -> Statement:
    """The correction that makes what was paid into what the right data give.

    Args:
        paid: the original, then its earlier corrections.
        run: the period paid again, by the plan of that period, on the right data.
        why: for people: what was wrong.

    Returns:
        Lines for what differs, each naming the statement it corrects; none where nothing does.

    Raises:
        DefinitionError: nothing was paid, statements of another plan, payee or period, a run that is withheld, or no
            reason.
        CurrencyError: statements in two currencies.
    """
    _check(paid, run, why)
    before, after = _by_key(paid), _by_key([run])
    lines = []
    for key in dict.fromkeys((*before, *after)):
        was, now = (found.get(key, ()) for found in (before, after))
        line = _difference(key, was, now, run, why)
        if line.amount or line.causes:
            lines.append(line)
    return attrs.evolve(run, lines=lines, state="due", refusals=(), next_tiers=())


def _check(paid: Sequence[Statement], run: Statement, why: str) -> None:
    if not paid or not why:
        raise DefinitionError("paid" if why else "why", "pay.correction")
    if run.state == "withheld":
        raise DefinitionError("run", "pay.still_waiting", label=run.label)
    for one in paid:
        if one.currency != run.currency:
            raise CurrencyError("run", "money.mixed", one=one.currency, other=run.currency)
        if (one.plan, one.of, one.period) != (run.plan, run.of, run.period):
            told = {"label": run.label, "of": run.of, "other": one.label, "whose": one.of}
            raise DefinitionError("paid", "pay.other_statement", **told)


def _by_key(statements: Iterable[Statement]) -> dict[str, list[LedgerLine]]:
    found: dict[str, list[LedgerLine]] = {}
    for one in statements:
        for line in one.lines:
            if line.kind in EARNED:
                found.setdefault(line.key, []).append(line)
    return found


def _difference(key: str, was: Iterable[LedgerLine], now: Iterable[LedgerLine], run: Statement, why: str) -> LedgerLine:
    before, after = (total_of((line.amount for line in lines), run.currency) for lines in (was, now))
    causes = _causes(was, now, run.currency)
    told = {"key": key, "before": str(before), "after": str(after), "why": why}
    last = [*was, *now][-1]
    return LedgerLine(
        key=key,
        kind="correction",
        amount=after - before,
        figure=last.figure,
        value=last.value,
        clause=last.clause,
        causes=causes if total_of(causes.values(), run.currency) == after - before else {},
        corrects=run.label,
        why=because("pay.corrected", **told),
    )


def _causes(was: Iterable[LedgerLine], now: Iterable[LedgerLine], currency: str) -> dict[str, Money]:
    """What each cause gets more or less."""
    found: dict[str, Money] = {}
    for sign, lines in ((-1, was), (1, now)):
        for line in lines:
            for cause, part in line.causes.items():
                found[cause] = found.get(cause, Money(0, currency)) + Money(part.minor * sign, currency)
    return {cause: part for cause, part in found.items() if part}


def clawback(
    paid: Iterable[Statement], cause: str, *, returned: Number, rounding: Rounding, why: str
) -> tuple[LedgerLine, ...]:
    """What a cause was paid and is to be given back, line by line, whichever plans and rules paid it.

    The part of a cause in a line is that before caps and floors: a minimum that lifted the pay is not taken back. What
    was taken back before, by lines among *paid*, is not taken back again.

    Args:
        paid: every statement that may have paid the cause, with corrections and earlier clawbacks; of one payee.
        cause: such as an order that was cancelled.
        returned: how much of it is undone, from 0 to 1.
        rounding: of a part that is undone in part.
        why: for people.

    Raises:
        DefinitionError: a part that is none, no reason, or statements of several payees.
    """
    part = exact(returned, "returned")
    if not 0 <= part <= 1:
        raise DefinitionError("returned", "pay.share", value=str(part))
    if not why:
        raise DefinitionError("why", "pay.correction")
    statements = tuple(paid)
    if len({one.of for one in statements}) > 1:
        raise DefinitionError("paid", "pay.several_payees")
    return tuple(_taken_back(statements, cause, part, rounding, why))


def _taken_back(
    statements: Sequence[Statement], cause: str, part: Fraction, rounding: Rounding, why: str
) -> Iterator[LedgerLine]:
    given: dict[tuple[str, str], Money] = {}
    taken: dict[tuple[str, str], Money] = {}
    for one in statements:
        for line in one.lines:
            if cause in line.causes:
                held = taken if line.kind == "clawback" else given
                place = (line.corrects or one.label, line.key)
                held[place] = held.get(place, Money(0, one.currency)) + line.causes[cause]
    for (label, key), money in given.items():
        due = Money.of(money.times(part), money.currency, rounding)
        left = -(due + taken.get((label, key), Money(0, money.currency)))
        if left.minor < 0:
            told = {"cause": cause, "key": key, "label": label, "amount": str(left), "why": why}
            yield LedgerLine(
                key=key,
                kind="clawback",
                amount=left,
                causes=Keyed({cause: left}),
                corrects=label,
                why=because("pay.clawback", **told),
            )


def with_lines(statement: Statement, lines: Iterable[LedgerLine]) -> Statement:
    """A later statement with lines of another act, such as clawbacks.

    Raises:
        DefinitionError: a line in another currency, or a statement that is withheld.
    """
    if statement.state == "withheld":
        raise DefinitionError("statement", "pay.still_waiting", label=statement.label)
    return attrs.evolve(statement, lines=(*statement.lines, *lines))
