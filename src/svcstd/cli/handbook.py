"""The command that writes a standard as a handbook to read."""

from __future__ import annotations

from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from svcstd.cli.doors import asked, open_standard, write_lines
from svcstd.cli.options import Language, StandardFile
from svcstd.cli.terminal import say, sentences
from svcstd.handbook import book_headline, book_markdown, book_of, render_book

__all__ = ["handbook"]


class BookForm(StrEnum):
    """What a handbook is written as."""

    HTML = "html"
    MD = "md"


def handbook(
    standard: StandardFile,
    to: Annotated[BookForm, typer.Option(help="A page for the browser and for print, or Markdown.")] = BookForm.HTML,
    out: Annotated[
        Path | None, typer.Option(help="The file. Default: named after the standard, in this folder.", metavar="FILE")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1900, max=2200, help="Drawn of calendars. Default: this one.", metavar="YEAR")
    ] = None,
    language: Language = "en",
) -> None:
    """Write the newest edition as one file to read: clauses, promises, calendars, flows, forms, scores and pay."""
    with sentences():
        found = open_standard(standard, language)
        drawn = asked(None, found.zone).year if year is None else year
        made = book_of(found, year=drawn, language=language)
        text = render_book(made, version=version("svcstd")) if to is BookForm.HTML else book_markdown(made)
        path = Path(f"{standard.stem}-handbook.{to}") if out is None else out
        write_lines(path, [text])
        say(book_headline(found, language))
        typer.echo(str(path), err=True)
