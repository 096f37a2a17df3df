"""Statements as one HTML file: the answer first, then everybody, then each ledger as a waterfall with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from svcstd.catalogues import catalogue
from svcstd.handbook.frame import policy, template_of
from svcstd.handbook.payout import payout_sections
from svcstd.handbook.sections import Section
from svcstd.handbook.statement_picture import draw_statement
from svcstd.handbook.statement_template import STATEMENT_TEMPLATE
from svcstd.handbook.statement_text import (
    ahead_sentences,
    change_rows,
    in_full,
    ledger_rows,
    money_text,
    statement_headline,
    statement_meta,
)
from svcstd.handbook.style import STYLE
from svcstd.incentives import Plan, Statement, by_cost_centre, pay_changes
from svcstd.keyed import EMPTY

__all__ = ["render_statements"]

MOST_ROWS = 1_000
MOST_DRAWN = 60
"""Statements that are shown one by one; all are listed."""


def render_statements(
    statements: Iterable[Statement],
    *,
    title: str,
    plan: Plan | None = None,
    before: Mapping[str, Statement] = EMPTY,
    version: str = "",
    language: str = "en",
) -> str:
    """The page of statements.

    Args:
        statements: in the order in which they are shown.
        title: of the page.
        plan: whose payout curves are drawn; ``None`` for none.
        before: by payee, an earlier statement to compare with.
        version: of svcstd, for the footer.
        language: of its words.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
        CurrencyError: a statement in another currency than the one it is compared with.
    """
    words = catalogue(language)
    made = tuple(statements)
    return template_of(STATEMENT_TEMPLATE, "statements", "The HTML page").render(
        style=STYLE,
        policy=policy(),
        language=language,
        say=lambda message, **facts: words.sentence(f"statements.{message}", facts),
        title=title,
        headline=statement_headline(made, language),
        meta="",
        rows=[_row(one, language) for one in made],
        centres=_centres(made),
        shown=[_shown(number, one, before.get(one.of), language) for number, one in enumerate(made[:MOST_DRAWN])],
        undrawn=len(made) - MOST_DRAWN,
        sections=_sections(made, plan, language),
        column=lambda name: words.sentence(f"scores.{name}", {}),
        most=MOST_ROWS,
        foot=words.sentence("statements.made", {"version": version}),
    )


def _row(statement: Statement, language: str) -> dict[str, str]:
    return {
        "of": statement.of,
        "total": money_text(statement.total),
        "state": catalogue(language).sentence(f"statements.{statement.state}", {}),
        "centre": statement.cost_centre,
    }


def _centres(statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """Totals by cost centre, where anybody has one."""
    if not any(one.cost_centre for one in statements):
        return []
    return [
        (centre, money_text(total))
        for currency in dict.fromkeys(one.currency for one in statements)
        for centre, total in by_cost_centre((one for one in statements if one.currency == currency), currency).items()
    ]


def _shown(number: int, statement: Statement, before: Statement | None, language: str) -> dict[str, Any]:
    return {
        "heading": f"{statement.of}: {money_text(statement.total)}",
        "meta": statement_meta(statement, language),
        "picture": draw_statement(statement, f"statement{number}", language),
        "lines": ledger_rows(statement, language),
        "total": money_text(statement.total),
        "refusals": [in_full(one.why, language) for one in statement.refusals],
        "ahead": ahead_sentences(statement, language),
        "label": "" if before is None else before.label,
        "changes": [] if before is None else change_rows(pay_changes(before, statement)),
        "sentences": statement.explanation.text(language).split("\n"),
    }


def _sections(statements: Sequence[Statement], plan: Plan | None, language: str) -> list[Section]:
    """The payout curves; with the result of the payee where there is only one."""
    if plan is None:
        return []
    lines = statements[0].lines if len(statements) == 1 else ()
    marked = {line.key: line.value for line in lines if line.value is not None}
    return payout_sections(plan, results=marked, language=language)
