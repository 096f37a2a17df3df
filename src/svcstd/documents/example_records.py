"""Records of an example: a few rows in the file itself, as tables or as one table with common fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from svcstd.conditions import FactType
from svcstd.documents.shapes import Anything, Reader, Text
from svcstd.documents.structures import Field, Listed, Record, Switch, Table, has_key, is_kind
from svcstd.documents.vocabulary_shapes import read_fact
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed

__all__ = ["RECORDS_OF_EXAMPLE", "Kinds", "read_example_records"]

Kinds = dict[str, "dict[str, FactType | None] | None"]
"""What all editions declare of each kind of records; ``None`` for one that could not be read."""
MOST_ROWS = 10_000
ROWS = Record(
    dict,
    (
        Field("all", Anything("fields that are the same in every row"), EMPTY),
        Field("fields", Listed(Text("field"), least=1)),
        Field("rows", Listed(Anything("a list of values, one for each field; of one field, the value itself"))),
    ),
    "records as rows; none for what is not known",
)
RECORDS_OF_EXAMPLE = Table(
    Switch(
        ((has_key("rows"), ROWS), (is_kind(list), Listed(Anything("a record: field to value")))),
        lambda _: 0,
        "a list of tables, or a table with fields and rows",
    )
)


def read_example_records(
    tables: Mapping[str, Any], kinds: Kinds, path: str, reader: Reader
) -> dict[str, tuple[Keyed[str, Any], ...]]:
    """Records by kind, each field as its kind declares it; faults go to the reader.

    Args:
        tables: by kind, as :data:`RECORDS_OF_EXAMPLE` reads them.
        kinds: what the document declares.
        path: of the table.
        reader: to tell faults.
    """
    found: dict[str, tuple[Keyed[str, Any], ...]] = {}
    if sum(len(one["rows"] if isinstance(one, dict) else one) for one in tables.values()) > MOST_ROWS:
        reader.fault(DefinitionError(path, "example.rows", most=f"{MOST_ROWS:,}"), path)
        return found
    for kind, table in tables.items():
        below = f"{path}.{kind}"
        if kind not in kinds:
            error = DefinitionError(below, "records.unknown", value=kind, nearest=nearest(kind, kinds))
            reader.fault(error, below)
            continue
        fields = kinds[kind]
        if fields is not None and isinstance(table, dict) and not _are_known(table, fields, below, reader):
            continue
        rows = _of_fields(table, below, reader) if isinstance(table, dict) else _of_tables(table, below, reader)
        found[kind] = tuple(
            Keyed(row if fields is None else _values(row, fields, place, reader)) for place, row in rows
        )
    return found


def _are_known(table: dict[str, Any], fields: Mapping[str, object], path: str, reader: Reader) -> bool:
    """Whether all fields of a table with rows are declared, however many rows there are."""
    shared = table["all"] if isinstance(table["all"], Mapping) else ()
    unknown = [name for name in (*shared, *table["fields"]) if name not in fields]
    for name in unknown:
        fault = DefinitionError(f"facts.{name}", "facts.name", value=name, nearest=nearest(name, fields))
        reader.fault(fault, f"{path}.fields")
    return not unknown


def _of_tables(listed: Iterable[Any], path: str, reader: Reader) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each record that is a table, with its place."""
    for number, row in enumerate(listed):
        place = f"{path}[{number}]"
        if isinstance(row, dict):
            yield place, row
        else:
            reader.fault(DefinitionError(place, "shape.kind", got=repr(row), expected="a table"), place)


def _of_fields(table: dict[str, Any], path: str, reader: Reader) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each record that is a row of values, with its place."""
    shared, fields = table["all"], table["fields"]
    if not isinstance(shared, Mapping):
        reader.fault(DefinitionError(f"{path}.all", "shape.kind", got=repr(shared), expected="a table"), f"{path}.all")
        return
    twice = [name for name in dict.fromkeys(fields) if fields.count(name) > 1 or name in shared]
    if twice:
        reader.fault(DefinitionError(f"{path}.fields", "shape.twice", key=", ".join(twice)), f"{path}.fields")
        return
    for number, row in enumerate(table["rows"]):
        place, values = f"{path}.rows[{number}]", row if isinstance(row, list) else [row]
        if len(values) == len(fields):
            yield place, {**shared, **dict(zip(fields, values, strict=True))}
        else:
            reader.fault(DefinitionError(place, "example.row", count=len(values), fields=len(fields)), place)


def _values(row: Mapping[str, Any], fields: dict[str, FactType | None], path: str, reader: Reader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        try:
            if name not in fields or value != "none":
                found[name] = read_fact(fields, name, value)
        except SvcstdError as error:
            reader.fault(error, f"{path}.{name}")
    return found
