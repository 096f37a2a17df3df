"""All clocks of a log, Arrow in and out: any table that shows a PyCapsule, a row for each promise to each case."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from svcstd.batch.arrow_columns import Array, encoded, numbers, one_array, to_arrow
from svcstd.batch.clocks import FIELDS
from svcstd.batch.clocks import clocks as clocks_of_columns
from svcstd.batch.columns import Column
from svcstd.batch.encoded import Encoded
from svcstd.batch.tables import Kind, Table
from svcstd.errors import DefinitionError, ExtraMissing, RowError, nearest
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = ["SCHEMA", "as_table", "clocks", "columns_of", "table_of"]

TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "moment": pa.timestamp("us", tz="UTC"),
    "length": pa.duration("us"),
    "number": pa.int64(),
}
SCHEMA = pa.schema([(name, TYPES[kind]) for name, kind in FIELDS.items()])
"""The columns of a table of clocks; texts may also come as dictionaries of texts."""


def clocks(
    standard: ServiceStandard,
    events: object,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Array:
    """Every promise to every case of a log, as an Arrow table; texts are dictionaries.

    Args:
        standard: the promises.
        events: a table of pyarrow, Polars, pandas, DuckDB or any other that shows a PyCapsule.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`; timestamps without zone.
    """
    found = log or standard.log
    if found is None:
        raise DefinitionError("log", "log.none")
    table = columns_of(as_table(events), found)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    return table_of(clocks_of_columns(standard, table, found, **asked, cycles=cycles, otherwise=otherwise))


def as_table(source: object) -> Array:
    """A table of pyarrow.

    Raises:
        DefinitionError: it shows no PyCapsule.
    """
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if not hasattr(source, "__arrow_c_stream__"):
        raise DefinitionError("events", "batch.no_arrow", value=type(source).__name__)
    return pa.table(source)


def columns_of(table: Array, log: LogMapping) -> dict[str, Any]:
    """The columns that a log reads, as NumPy has them.

    Raises:
        RowError: a header that is not there.
        MomentError: timestamps without zone.
    """
    desk = log.desk
    asides = {desk.due, desk.verdict.column if desk.verdict else ""} if desk else set()
    found = {}
    for header in log.columns:
        if header not in table.column_names:
            if header in asides:
                continue
            near = nearest(header, table.column_names)
            raise RowError("header", "log.column", value=header, nearest=near)
        found[header] = _column(one_array(table.column(header), header), header)
    return found


def _column(array: Array, header: str) -> Any:  # noqa: ANN401 - whatever NumPy has for it
    kind = array.type
    if pa.types.is_floating(kind):
        told = array.dictionary_encode()
        return Encoded(told.dictionary.to_pylist(), numbers(told.indices.fill_null(-1)).astype("int32"))
    typed = (pa.types.is_timestamp, pa.types.is_integer, pa.types.is_date, pa.types.is_duration)
    if any(holds(kind) for holds in typed):
        return numbers(array, header)
    return Encoded(*encoded(array, header))


def table_of(found: Table) -> Array:
    """A table of answers as an Arrow table; texts are dictionaries."""
    return pa.table({name: _array(found.columns[name], kind) for name, kind in found.fields.items()})


def _array(column: Encoded | Column, kind: Kind) -> Array:
    if isinstance(column, Column):
        return to_arrow(column, AS[kind])
    codes = pa.array(column.codes, mask=column.codes < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(column.values, pa.string()))


AS: dict[Kind, Literal["timestamp", "duration", "int64"]] = {
    "moment": "timestamp",
    "length": "duration",
    "number": "int64",
}
