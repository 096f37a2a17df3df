"""Statements as text: rows for spreadsheets, and Markdown for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.curves import shown
from svcstd.explain import Explanation, markdown_text
from svcstd.handbook.pictures import NOTHING
from svcstd.incentives import LedgerKind, LedgerLine, PayChange, Statement, pay_changes
from svcstd.money import Money, total_of

__all__ = [
    "STATEMENT_COLUMNS",
    "ahead_sentences",
    "change_rows",
    "in_full",
    "ledger_name",
    "ledger_rows",
    "markdown_table",
    "money_text",
    "statement_headline",
    "statement_markdown",
    "statement_meta",
    "statement_rows",
]

STATEMENT_COLUMNS = (
    "plan",
    "version",
    "edition",
    "period",
    "of",
    "cost_centre",
    "state",
    "line",
    "kind",
    "result",
    "value",
    "earned",
    "amount",
    "currency",
    "clause",
    "corrects",
    "reason",
)
KIND_WORDS: dict[LedgerKind, str] = {
    "rounding": "statements.rounding",
    "share": "statements.share",
    "guarantee": "statements.guarantee",
    "draw": "statements.draw",
    "recovery": "statements.recovery",
    "held": "statements.held",
    "released": "statements.released",
    "carried in": "statements.carried_in",
    "carried out": "statements.carried_out",
    "correction": "statements.correction",
    "clawback": "statements.clawback",
    "award": "statements.award",
}
"""Kinds of ledger lines that are told beside their key; a line or step of the plan is its key."""


def money_text(amount: Money) -> str:
    """Money for people: ``1,820.00 CNY``."""
    return amount.text(group=",")


def statement_rows(statements: Iterable[Statement], language: str = "en") -> Iterator[tuple[str, ...]]:
    """Rows under :data:`STATEMENT_COLUMNS`: one a ledger line, and one a refusal, without an amount.

    Numbers are plain: amounts in major units without currency, exact results as decimals where they have an end, else
    as fractions.
    """
    for one in statements:
        head = (one.plan, one.version, one.edition, one.period, one.of, one.cost_centre, one.state)
        for line in one.lines:
            yield (
                *head,
                line.key,
                line.kind,
                line.figure,
                _number(line.value),
                _number(line.earned),
                line.amount.text(pattern="{amount}"),
                one.currency,
                line.clause,
                line.corrects,
                line.why.sentence(language),
            )
        for refusal in one.refusals:
            why = in_full(refusal.why, language)
            yield (*head, refusal.key, refusal.kind, "", "", "", "", one.currency, "", "", why)


def _number(value: Fraction | None) -> str:
    if value is None:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return format(decimal, "f") if Fraction(decimal) == value else str(value)


def in_full(why: Explanation, language: str = "en") -> str:
    """A reason and those below it, on one line."""
    return ": ".join(node.sentence(language) for _, node in why.walk())


def statement_headline(statements: Sequence[Statement], language: str = "en") -> str:
    """The one sentence that a manager can repeat."""
    say = catalogue(language).sentence
    if not statements:
        return say("statements.headline_none", {})
    if len(statements) == 1:
        (one,) = statements
        told = {"of": one.of, "period": one.period, "total": money_text(one.total), "plan": one.plan}
        return say(f"statements.headline_{one.state}", told)
    totals = [
        money_text(total_of((one.total for one in statements if one.currency == currency), currency))
        for currency in dict.fromkeys(one.currency for one in statements)
    ]
    paid = sum(one.state == "due" for one in statements)
    waiting = sum(one.state == "withheld" for one in statements)
    periods = ", ".join(dict.fromkeys(one.period for one in statements))
    counts = {"paid": f"{paid:,}", "count": f"{len(statements):,}", "waiting": f"{waiting:,}", "period": periods}
    return say("statements.headline_wait" if waiting else "statements.headline", {**counts, "total": ", ".join(totals)})


def ledger_name(line: LedgerLine, language: str = "en") -> str:
    """What a line is: its key, and for what settling or a later act does, its kind in words."""
    if line.kind not in KIND_WORDS:
        return plain(line.key)
    kind = catalogue(language).sentence(KIND_WORDS[line.kind], {})
    return kind if line.key == line.kind else f"{plain(line.key)} ({kind})"


def ledger_rows(statement: Statement, language: str = "en") -> list[tuple[str, str, str, str]]:
    """The ledger for people: what, the result behind it, the amount, and the reason."""
    return [
        (
            ledger_name(line, language),
            NOTHING if line.value is None else shown(line.value),
            money_text(line.amount),
            line.why.sentence(language) + (f" [{plain(line.clause)}]" if line.clause else ""),
        )
        for line in statement.lines
    ]


def statement_markdown(statement: Statement, *, before: Statement | None = None, language: str = "en") -> str:
    """A statement as Markdown: the answer, the ledger, what was refused, what lies ahead, every reason.

    Args:
        statement: to be shown.
        before: an earlier one to compare with.
        language: of its words.

    Raises:
        CurrencyError, DefinitionError: a statement before that is of another payee or currency.
    """
    say = catalogue(language).sentence
    column = [say(f"statements.{name}", {}) for name in ("line", "result", "amount", "reason")]
    total = (say("statements.total", {}), "", money_text(statement.total), "")
    parts = [
        f"# {markdown_text(statement_headline([statement], language))}\n",
        f"{markdown_text(statement_meta(statement, language))}\n",
        markdown_table(column, [*ledger_rows(statement, language), total]),
    ]
    if statement.refusals:
        told = [f"- {markdown_text(in_full(one.why, language))}\n" for one in statement.refusals]
        parts += [f"## {say('statements.refusals', {})}\n", "".join(told)]
    if statement.next_tiers:
        parts += [
            f"## {say('statements.ahead', {})}\n",
            "".join(f"- {markdown_text(sentence)}\n" for sentence in ahead_sentences(statement, language)),
        ]
    if before is not None:
        names = [say(f"statements.{name}", {}) for name in ("line", "before", "after", "difference")]
        rows = change_rows(pay_changes(before, statement))
        parts += [f"## {say('statements.changes', {'label': before.label})}\n", markdown_table(names, rows)]
    parts += [f"## {say('statements.why', {})}\n", f"{statement.explanation.markdown(language)}\n"]
    return "\n".join(parts)


def statement_meta(statement: Statement, language: str = "en") -> str:
    """Under which plan and edition it was paid, and where it is booked."""
    say = catalogue(language).sentence
    told = {
        "plan": statement.plan,
        "version": statement.version or NOTHING,
        "edition": statement.edition or say("report.first", {}),
        "centre": statement.cost_centre or NOTHING,
    }
    return say("statements.meta", told)


def ahead_sentences(statement: Statement, language: str = "en") -> list[str]:
    """What the next bound of each line would add."""
    say = catalogue(language).sentence
    return [
        say(
            "statements.next_tier",
            {"line": one.line, "lack": shown(one.lack), "bound": shown(one.bound), "more": money_text(one.more)},
        )
        for one in statement.next_tiers
    ]


def change_rows(changes: Iterable[PayChange]) -> list[tuple[str, ...]]:
    """What differs, line by line."""
    return [
        (plain(one.key), money_text(one.before), money_text(one.after), money_text(one.difference)) for one in changes
    ]


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under heads; every mark that Markdown would read is escaped."""
    lines = [
        [markdown_text(column) for column in columns],
        ["---"] * len(columns),
        *([markdown_text(cell) for cell in row] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
