"""Rows of a file as records of a declared kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from svcstd.documents.cases import Record as Row
from svcstd.errors import StandardError, SvcstdError
from svcstd.scoring import RecordKind

__all__ = ["read_records"]

MOST_FAULTS = 100
"""Faulty rows that are told; nobody reads on."""


def read_records(kind: RecordKind, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The records of a file, each field as its kind declares it.

    Args:
        kind: of the records.
        rows: line numbers with cells by column, as :func:`svcstd.documents.csv_records` and ``json_records`` give them
            for the fields of the kind.

    Raises:
        StandardError: every row that cannot be read, with its line and field; nothing is left out unseen.
        RowError: a column that is not there.
    """
    found: list[dict[str, Any]] = []
    faults: list[SvcstdError] = []
    for line, cells in rows:
        if isinstance(cells, SvcstdError):
            faults.append(cells.at(f"line {line}"))
        else:
            found.append(_record(kind, line, cells, faults))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise StandardError.of(faults, "records")
    return found


def _record(kind: RecordKind, line: int, cells: Mapping[str, str], faults: list[SvcstdError]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for field, text in cells.items():
        if text.strip() in kind.nothing:
            continue
        try:
            value = kind.fields.read(field, text)
        except SvcstdError as error:
            faults.append(error.at(f"line {line}, {field}"))
        else:
            record |= {} if value is None else {field: value}
    return record
