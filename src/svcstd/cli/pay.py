"""The commands that pay and that show what was paid."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from svcstd.cli.doors import open_standard, period_of, record_files, write_lines
from svcstd.cli.options import AsJson, Language, StandardFile
from svcstd.cli.statements import (
    Shown,
    StatementForm,
    corrections,
    form_of,
    print_statements,
    read_accounts,
    read_statements,
    settled,
    statement_lines,
    statements_text,
)
from svcstd.cli.terminal import FOUND, console, fail, json_text, say, sentences
from svcstd.errors import DefinitionError
from svcstd.incentives import Statement
from svcstd.standard import PayInputs

__all__ = ["pay", "statement"]

Before = Annotated[Path | None, typer.Option(help="Compare with the statements in this .json file.", metavar="FILE")]
OutFile = Annotated[
    Path | None, typer.Option(help="Write them to this file: .html, .md, .csv, .json or .txt.", metavar="FILE")
]
Who = Annotated[str | None, typer.Option(help="Only this payee, with every reason.", metavar="WHO")]


def pay(
    standard: StandardFile,
    plan: Annotated[str, typer.Argument(help="The plan.", metavar="PLAN")],
    records: Annotated[
        list[str], typer.Argument(help="Records by kind: .csv or .jsonl, also with .gz.", metavar="KIND=FILE...")
    ],
    period: Annotated[str, typer.Option(help="Such as 2026-01, 2026-Q1, 2026-H1 or 2026.", metavar="PERIOD")],
    of: Who = None,
    share: Annotated[bool, typer.Option("--share", help="Share what teams earned among their members.")] = False,
    opening: Annotated[
        Path | None, typer.Option(help="Accounts that the period before left, to settle by.", metavar="FILE")
    ] = None,
    closing: Annotated[
        Path | None, typer.Option(help="Settle by the terms of the plan, and write the accounts here.", metavar="FILE")
    ] = None,
    before: Before = None,
    out: OutFile = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Pay people or teams by a plan of the standard: ledgers that sum, with every reason."""
    with sentences():
        found = open_standard(standard, language)
        within = period_of(period, found.zone)
        form = None if out is None else form_of(out)
        edition = found.edition_on(within.first)
        known = PayInputs(records=record_files(found, within.first, records))
        if of is None:
            made = list(found.pay_all(plan, known, period=within).values())
        else:
            made = [found.pay(plan, known, of=of, period=within)]
        paid_by = edition.plans[plan]
        if share:
            pools = [one for one in made if one.state == "due"]
            made = [one for pool in pools for one in found.share(pool, known.records, period=within).values()]
        if opening is not None or closing is not None:
            made, accounts = settled(paid_by, made, {} if opening is None else read_accounts(opening))
            if closing is not None:
                write_lines(closing, [json_text({who: account.to_json() for who, account in accounts.items()})])
        shown = Shown(
            statements=made,
            title=f"{found.name}: {paid_by.name or plan}",
            plan=paid_by,
            before=_earlier(before),
            language=language,
        )
        _show(shown, out, form, StatementForm.JSON if as_json else None, in_full=of is not None and not share)


def statement(
    statements: Annotated[Path, typer.Argument(help="A .json file that svcstd pay wrote.", metavar="STATEMENTS")],
    of: Who = None,
    before: Before = None,
    corrects: Annotated[
        Path | None, typer.Option(help="Print the corrections of what this .json file paid.", metavar="FILE")
    ] = None,
    why: Annotated[str, typer.Option(help="What was wrong, for --corrects.", metavar="TEXT")] = "",
    form: Annotated[StatementForm | None, typer.Option("--as", help="Print them as this.")] = None,
    out: OutFile = None,
    language: Language = "en",
) -> None:
    """Show statements that were paid, compare them with earlier ones, or print what corrects them."""
    with sentences():
        written = None if out is None else form_of(out)
        made = read_statements(statements)
        if (corrects is None) != (not why):
            raise DefinitionError("--why", "cli.why")
        if corrects is not None:
            made = corrections(made, read_statements(corrects), why)
        if of is not None:
            made = [one for one in made if one.of == of]
            if not made:
                fail(f"{statements} has no statement of {of}", FOUND)
        shown = Shown(statements=made, title=statements.stem, before=_earlier(before), language=language)
        _show(shown, out, written, form, in_full=of is not None)


def _earlier(path: Path | None) -> dict[str, Statement]:
    return {} if path is None else {one.of: one for one in read_statements(path)}


def _show(
    shown: Shown, out: Path | None, written: StatementForm | None, printed: StatementForm | None, *, in_full: bool
) -> None:
    """Write a file where one is wanted; print a form, every reason, or the list."""
    if out is not None and written is not None:
        write_lines(out, statements_text(shown, written))
        typer.echo(str(out), err=True)
    if printed is not None:
        for piece in statements_text(shown, printed):
            typer.echo(piece, nl=False)
    elif in_full:
        for one in shown.statements:
            say("\n".join(statement_lines(one, shown)))
    else:
        print_statements(console(), shown)
