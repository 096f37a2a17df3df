"""Arguments and options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from svcstd.catalogues import LANGUAGES

__all__ = ["AsJson", "AsOf", "CasesFile", "CasesFiles", "Language", "Out", "Reader", "StandardFile"]


def _spoken(language: str) -> str:
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} has no catalogue; choose {', '.join(LANGUAGES)}.")
    return language


class Reader(StrEnum):
    """Who reads an explanation."""

    AGENT = "agent"
    CUSTOMER = "customer"


StandardFile = Annotated[
    Path, typer.Argument(help="The standard: .toml, .yaml or .json, or its folder.", metavar="STANDARD")
]
CasesFile = Annotated[Path, typer.Argument(help="The cases: .csv or .jsonl, also with .gz.", metavar="CASES")]
CasesFiles = Annotated[
    list[Path],
    typer.Argument(
        help="The cases: .csv or .jsonl, also with .gz; or .parquet, one or several files or their folder, as one log.",
        metavar="CASES...",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(help="When the clocks are read: ISO 8601, local without offset. Default: now.", metavar="T"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Language = Annotated[str, typer.Option(help="Language of sentences.", callback=_spoken, metavar="LANGUAGE")]
Out = Annotated[Path, typer.Option(help="Folder for results.csv, rejected.csv and report.html.", metavar="DIR")]
