"""Text to values and back: the standard file in TOML, YAML or JSON, its JSON Schema, and logs of cases."""

from __future__ import annotations

from typing import IO, Any

from svcstd.documents.cases import LogRow, ReadLog, Rejected, csv_records, json_records, read_log
from svcstd.documents.difference import PartChange, diff, diff_editions
from svcstd.documents.folder import loads_folder, untranslated
from svcstd.documents.records import read_records
from svcstd.documents.standard_file import json_schema, read_standard, write_standard
from svcstd.documents.syntax import SUFFIXES, Format, parse_text, show_text
from svcstd.documents.table_text import TableFormat, read_table, write_table
from svcstd.errors import DefinitionError
from svcstd.standard import ServiceStandard

__all__ = [
    "SUFFIXES",
    "Format",
    "LogRow",
    "PartChange",
    "ReadLog",
    "Rejected",
    "TableFormat",
    "csv_records",
    "decode",
    "diff",
    "diff_editions",
    "dumps",
    "json_records",
    "json_schema",
    "load",
    "loads",
    "loads_folder",
    "parse_text",
    "read_log",
    "read_records",
    "read_standard",
    "read_table",
    "show_text",
    "untranslated",
    "write_standard",
    "write_table",
]


def loads(text: str, *, format: Format = "toml") -> ServiceStandard:  # noqa: A002 - the word for it
    r"""The standard that a text describes.

    Args:
        text: TOML, YAML 1.2 or JSON.
        format: ``toml``, ``yaml`` (extra ``yaml``) or ``json``.

    Raises:
        StandardError: all faults of content at once, each with its path.
        DefinitionError: a fault of syntax, with line and column.

    >>> loads('svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"').id
    'x'
    """
    if not isinstance(text, str):
        raise DefinitionError("text", "syntax.file", value=type(text).__name__)
    raw, places = parse_text(text, format)
    return read_standard(raw, places)


def load(file: IO[Any]) -> ServiceStandard:
    """The standard in an open file, text or binary; its name tells the format (TOML if it has none)."""
    if not hasattr(file, "read"):
        raise DefinitionError("file", "syntax.file", value=repr(file))
    content = file.read()
    text = decode(content) if isinstance(content, bytes) else content
    suffix = str(getattr(file, "name", "")).rpartition(".")[2].lower()
    return loads(text, format=SUFFIXES.get(suffix, "toml"))


def decode(content: bytes) -> str:
    """UTF-8 text, with or without a byte order mark.

    Raises:
        DefinitionError: not UTF-8, with the place of the first bad byte.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError("$", "syntax.encoding", place=error.start) from None


def dumps(standard: ServiceStandard, *, format: Format = "toml") -> str:  # noqa: A002 - the word for it
    """A text that loads as an equal standard; comments are lost."""
    return show_text(write_standard(standard), format)
