"""Decision tables as files of their own: Markdown, CSV, DMN, or the block of a standard."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from svcstd.documents import Format, TableFormat, decode, read_table, show_text, write_table
from svcstd.documents.rule_shapes import TableShape
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.rules import DecisionTable
from svcstd.standard import Edition
from svcstd.standard.handling import named

__all__ = ["TableForm", "table_in", "table_of", "table_text"]


class TableForm(StrEnum):
    """How a table is printed."""

    MARKDOWN = "markdown"
    CSV = "csv"
    DMN = "dmn"
    TOML = "toml"
    YAML = "yaml"
    JSON = "json"


FORMATS: dict[str, TableFormat] = {".md": "markdown", ".csv": "csv"}
DMN = (".dmn", ".xml")
BLOCKS: dict[TableForm, Format] = {TableForm.TOML: "toml", TableForm.YAML: "yaml", TableForm.JSON: "json"}


def table_in(edition: Edition, key: str) -> DecisionTable:
    """A decision table of the standard.

    Raises:
        DefinitionError: a tree of routes.
        UnknownName: no such table.
    """
    found = named(edition.routing, "routing", "table", key)
    if not isinstance(found, DecisionTable):
        raise DefinitionError(f"routing.{key}", "table.tree")
    return found


def table_of(path: Path, standing: DecisionTable) -> DecisionTable:
    """The table in a file, with the facts, outputs and name of the one that stands in the standard.

    Raises:
        DefinitionError: another suffix.
        StandardError: all its faults.
    """
    suffix = path.suffix.lower()
    if suffix not in (*FORMATS, *DMN):
        known = ", ".join((*FORMATS, *DMN))
        raise DefinitionError(str(path), "cli.table_suffix", suffix=path.suffix, suffixes=known)
    text = decode(path.read_bytes())
    facts, outputs, name = standing.facts, standing.outputs, standing.name
    try:
        if suffix in DMN:
            from svcstd.documents.dmn import read_dmn  # noqa: PLC0415 - an extra

            return read_dmn(text, facts=facts, outputs=outputs)
        return read_table(text, facts=facts, outputs=outputs, format=FORMATS[suffix], name=name)
    except SvcstdError as error:
        raise error.at(f"{path}: {error.where}") from None


def table_text(key: str, table: DecisionTable, form: TableForm) -> str:
    """The table as text.

    Raises:
        StandardError: rules that fit in no row, each with its reason.
    """
    match form:
        case TableForm.DMN:
            from svcstd.documents.dmn import write_dmn  # noqa: PLC0415 - an extra

            return write_dmn(table, name=table.name or key)
        case TableForm.MARKDOWN:
            return write_table(table, format="markdown")
        case TableForm.CSV:
            return write_table(table, format="csv")
        case _:
            block = TableShape(table.facts, frozenset()).write(table)
            return show_text({"routing": {key: block}}, BLOCKS[form])
