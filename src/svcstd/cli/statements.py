"""Files of statements and accounts, and what the terminal shows of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
from rich.console import Console
from rich.text import Text

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.cli.doors import text_in
from svcstd.cli.show import plain_table
from svcstd.cli.terminal import json_text
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.handbook import (
    STATEMENT_COLUMNS,
    money_text,
    render_statements,
    statement_headline,
    statement_markdown,
    statement_rows,
    text_of,
)
from svcstd.incentives import Account, Plan, Statement, correct, pay_changes, settle
from svcstd.keyed import EMPTY

__all__ = [
    "Shown",
    "StatementForm",
    "corrections",
    "form_of",
    "print_statements",
    "read_accounts",
    "read_statements",
    "settled",
    "statement_lines",
    "statements_text",
]

MOST_ROWS = 40


class StatementForm(StrEnum):
    """How statements are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


SUFFIXES = {
    ".md": StatementForm.MARKDOWN,
    ".csv": StatementForm.CSV,
    ".html": StatementForm.HTML,
    ".json": StatementForm.JSON,
    ".txt": StatementForm.TEXT,
}


def form_of(path: Path) -> StatementForm:
    """The form that a file's suffix tells.

    Raises:
        DefinitionError: another suffix.
    """
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise DefinitionError("--out", "cli.out_suffix", suffix=path.suffix, suffixes=", ".join(SUFFIXES))
    return found


def _json(path: Path) -> Any:  # noqa: ANN401 - plain data
    try:
        return json.loads(text_in(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise DefinitionError(str(path), "cli.json", reason=str(error)) from None


def read_statements(path: Path) -> list[Statement]:
    """The statements that ``svcstd pay --json`` wrote to a file.

    Raises:
        DefinitionError: no JSON, or no statements.
    """
    raw = _json(path)
    if not isinstance(raw, list):
        raise DefinitionError(str(path), "json.shape", expected="an array of statements, as svcstd pay --json prints")
    return [_read(f"{path}: [{number}]", Statement.from_json, one) for number, one in enumerate(raw)]


def _read(where: str, read: Callable[[Any], Any], raw: object) -> Any:  # noqa: ANN401 - whatever is read
    try:
        return read(raw)
    except SvcstdError as error:
        raise error.at(where) from None


def read_accounts(path: Path) -> dict[str, Account]:
    """The accounts that ``svcstd pay --closing`` wrote to a file.

    Raises:
        DefinitionError: no JSON, or no accounts by payee.
    """
    raw = _json(path)
    if not isinstance(raw, dict):
        raise DefinitionError(str(path), "json.shape", expected="an object of accounts by payee")
    return {of: _read(f"{path}: {of}", Account.from_json, one) for of, one in raw.items()}


def settled(
    plan: Plan, statements: Iterable[Statement], opening: Mapping[str, Account]
) -> tuple[list[Statement], dict[str, Account]]:
    """Statements paid out by the terms of their plan, and every account afterwards; payees without one begin anew.

    Raises:
        DefinitionError: a plan without terms.
    """
    if plan.terms is None:
        raise DefinitionError("--opening", "cli.no_terms", plan=plan.key)
    closing = dict(opening)
    found = []
    for one in statements:
        paid, closing[one.of] = settle(one, plan.terms, opening.get(one.of) or Account.empty(plan.currency))
        found.append(paid)
    return found, closing


def corrections(runs: Iterable[Statement], paid: Iterable[Statement], why: str) -> list[Statement]:
    """The correction of each statement that was paid otherwise than the run on the right data says.

    Raises:
        DefinitionError: a run of which nothing was paid, or no reason.
    """
    earlier: dict[tuple[str, str, str], list[Statement]] = {}
    for one in paid:
        earlier.setdefault((one.plan, one.of, one.period), []).append(one)
    found = [correct(earlier.get((run.plan, run.of, run.period), []), run, why=why) for run in runs]
    return [one for one in found if one.lines]


@attrs.frozen(kw_only=True)
class Shown:
    """Statements, and what is shown beside them.

    Attributes:
        statements: in order.
        title: of a page.
        plan: whose curves a page draws; ``None`` for none.
        before: by payee, an earlier statement to compare with.
        language: of the words.
    """

    statements: Sequence[Statement]
    title: str
    plan: Plan | None = None
    before: Mapping[str, Statement] = EMPTY
    language: str = "en"


def statements_text(shown: Shown, form: StatementForm) -> Iterator[str]:
    """The statements in a form, piece by piece."""
    match form:
        case StatementForm.JSON:
            yield json_text([one.to_json() for one in shown.statements]) + "\n"
        case StatementForm.CSV:
            yield from text_of(STATEMENT_COLUMNS, statement_rows(shown.statements, shown.language))
        case StatementForm.HTML:
            yield render_statements(
                shown.statements,
                title=shown.title,
                plan=shown.plan,
                before=shown.before,
                version=version("svcstd"),
                language=shown.language,
            )
        case StatementForm.MARKDOWN:
            for number, one in enumerate(shown.statements):
                text = statement_markdown(one, before=shown.before.get(one.of), language=shown.language)
                yield ("\n" if number else "") + text
        case _:
            for one in shown.statements:
                yield "".join(f"{line}\n" for line in statement_lines(one, shown))


def statement_lines(statement: Statement, shown: Shown) -> Iterator[str]:
    """One statement with all its reasons, and what differs from an earlier one."""
    say = catalogue(shown.language).sentence
    yield statement.explanation.text(shown.language)
    old = shown.before.get(statement.of)
    if old is not None:
        yield say("statements.changes", {"label": old.label})
        for one in pay_changes(old, statement):
            told = {"line": one.key, "before": money_text(one.before), "after": money_text(one.after)}
            yield "  " + say("statements.change", told | {"difference": money_text(one.difference)})


def print_statements(console: Console, shown: Shown) -> None:
    """The answer in one line, then who is paid what."""
    say = catalogue(shown.language).sentence
    console.print(Text(statement_headline(shown.statements, shown.language)))
    if not shown.statements:
        return
    differs = bool(shown.before)
    columns = ("of", "state", "centre", "total", *(("difference",) if differs else ()))
    table = plain_table([say(f"statements.{name}", {}) for name in columns], 3)
    for one in shown.statements[:MOST_ROWS]:
        old = shown.before.get(one.of)
        more = money_text(one.total - old.total) if old is not None else ""
        row = (Text(plain(one.of)), say(f"statements.{one.state}", {}), Text(plain(one.cost_centre)))
        table.add_row(*row, money_text(one.total), *((more,) if differs else ()))
    console.print(table)
    left = len(shown.statements) - MOST_ROWS
    if left > 0:
        console.print(say("statements.more", {"count": f"{left:,}"}))
