"""A statement as a waterfall: every line adds or takes away, and the last bar is what is paid."""

from __future__ import annotations

from fractions import Fraction

from svcstd.catalogues import catalogue
from svcstd.handbook.falls import Fall, draw_falls
from svcstd.handbook.statement_text import ledger_name, money_text
from svcstd.incentives import Statement

__all__ = ["draw_statement", "falls_of_statement"]


def falls_of_statement(statement: Statement, language: str = "en") -> tuple[Fall, ...]:
    """The lines of the waterfall, then the total."""
    say = catalogue(language).sentence
    found: list[Fall] = []
    running = Fraction(0)
    for line in statement.lines:
        after = running + line.amount.times(1)
        sign = "+" if line.amount.minor > 0 else ""
        found.append(Fall(ledger_name(line, language), running, after, sign + money_text(line.amount), line.kind))
        running = after
    total = say("statements.total", {})
    if statement.state == "withheld":
        return (*found, Fall(total, None, None, say("statements.withheld", {}), "absent"))
    return (*found, Fall(total, Fraction(0), running, money_text(statement.total), "total"))


def draw_statement(statement: Statement, name: str = "statement", language: str = "en") -> str:
    """The waterfall as SVG.

    Args:
        statement: to be drawn.
        name: prefix of ids, unique in a page.
        language: of its words.
    """
    told = {"of": statement.of, "plan": statement.plan, "period": statement.period}
    title = catalogue(language).sentence("statements.picture", told | {"total": money_text(statement.total)})
    return draw_falls(falls_of_statement(statement, language), name, title)
