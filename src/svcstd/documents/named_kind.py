"""The kind of records that a table names, over whose fields its conditions speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svcstd.documents.shapes import FAULT, Reader
from svcstd.errors import DefinitionError, nearest
from svcstd.scoring import RecordKind

__all__ = ["named_kind"]


def named_kind(
    raw: object,
    key: str,
    records: Mapping[str, RecordKind],
    unreadable: frozenset[str],
    *,
    path: str,
    reader: Reader,
) -> Any:
    """The declared kind; ``None`` where none is named, ``FAULT`` where it is unknown or could not be read itself.

    Args:
        raw: the table; its key holds the name, or a table that holds it under ``records``.
        key: of the name.
        records: the declared kinds.
        unreadable: kinds whose declaration is at fault, which is told there.
        path: of the table.
        reader: takes the fault.
    """
    told = raw.get(key) if isinstance(raw, dict) else None
    kind = told.get("records") if isinstance(told, dict) else told
    if not isinstance(kind, str) or not kind:
        return None
    if kind in unreadable:
        reader.count += 1
        return FAULT
    if kind not in records:
        near = nearest(kind, records)
        return reader.fault(DefinitionError(path, "records.unknown", value=kind, nearest=near), f"{path}.{key}")
    return records[kind]
