"""Statements as JSON, field by field, and back: what is read is checked, since it may come from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_args

from svcstd.errors import DefinitionError
from svcstd.explain import Explanation
from svcstd.incentives.statement import LedgerLine, NextTier, PayState, Refusal, RefusalKind, Statement
from svcstd.money import Money
from svcstd.readback import a_choice, a_fraction, a_fraction_or_none, a_list, a_text

__all__ = ["statement_from_json", "statement_to_json"]

HEAD = ("plan", "of", "period", "currency", "version", "edition", "cost_centre")


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """A plain mapping: money as ``12.30 CNY``, exact numbers as ``7/10``; the total is told for those who only read."""
    return {
        **{name: getattr(statement, name) for name in HEAD},
        "state": statement.state,
        "total": str(statement.total),
        "lines": [_line_json(line) for line in statement.lines],
        "refusals": [
            {"kind": one.kind, "key": one.key, "lack": _number(one.lack), "lines": list(one.lines)}
            | {"why": one.why.to_json()}
            for one in statement.refusals
        ],
        "next_tiers": [
            {"line": one.line, "bound": str(one.bound), "lack": str(one.lack), "more": str(one.more)}
            for one in statement.next_tiers
        ],
    }


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _line_json(line: LedgerLine) -> dict[str, Any]:
    return {
        **{name: getattr(line, name) for name in ("key", "kind", "figure", "clause", "corrects")},
        "amount": str(line.amount),
        "earned": _number(line.earned),
        "value": _number(line.value),
        "causes": {cause: str(part) for cause, part in line.causes.items()},
        "why": line.why.to_json(),
    }


def statement_from_json(found: Mapping[str, Any]) -> Statement:
    """The statement that :func:`statement_to_json` wrote; lines that do not sum to its total are refused.

    Raises:
        DefinitionError: it is no such mapping.
    """
    try:
        made = Statement(
            **{name: a_text(found[name]) for name in HEAD},
            state=a_choice(found["state"], get_args(PayState)),
            lines=[_line(one) for one in a_list(found["lines"])],
            refusals=[_refusal(one) for one in a_list(found["refusals"])],
            next_tiers=[_next_tier(one) for one in a_list(found["next_tiers"])],
        )
        _must_sum(made, found["total"])
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise DefinitionError("statement", "json.shape", expected=f"what to_json wrote ({error})") from error
    return made


def _must_sum(made: Statement, told: object) -> None:
    if str(made.total) != told:
        raise ValueError(f"the lines sum to {made.total}")


def _line(found: Mapping[str, Any]) -> LedgerLine:
    texts: dict[str, Any] = {name: a_text(found[name]) for name in ("key", "kind", "figure", "clause", "corrects")}
    return LedgerLine(
        **texts,
        amount=Money.parse(a_text(found["amount"])),
        earned=a_fraction_or_none(found["earned"]),
        value=a_fraction_or_none(found["value"]),
        causes={a_text(cause): Money.parse(a_text(part)) for cause, part in dict(found["causes"]).items()},
        why=Explanation.from_json(found["why"]),
    )


def _refusal(found: Mapping[str, Any]) -> Refusal:
    return Refusal(
        kind=a_choice(found["kind"], get_args(RefusalKind)),
        key=a_text(found["key"]),
        lack=a_fraction_or_none(found["lack"]),
        lines=[a_text(one) for one in a_list(found["lines"])],
        why=Explanation.from_json(found["why"]),
    )


def _next_tier(found: Mapping[str, Any]) -> NextTier:
    return NextTier(
        line=a_text(found["line"]),
        bound=a_fraction(found["bound"]),
        lack=a_fraction(found["lack"]),
        more=Money.parse(a_text(found["more"])),
    )
