"""Clocks, escalations and owners of a log, Arrow in and out: any table that shows a PyCapsule, rows by case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import attrs

from svcstd.batch.arrow.columns import Array, column_of, to_arrow
from svcstd.batch.calendars.columns import Column
from svcstd.batch.encoded import Encoded
from svcstd.batch.logs.clocks import FIELDS
from svcstd.batch.logs.clocks import clocks as clocks_of_columns
from svcstd.batch.logs.notices import FIELDS as NOTICE_FIELDS
from svcstd.batch.logs.notices import notices as notices_of_columns
from svcstd.batch.logs.owners import FIELDS as OWNER_FIELDS
from svcstd.batch.logs.owners import owners as owners_of_columns
from svcstd.batch.tables import Answers, Kind
from svcstd.errors import DefinitionError, ExtraMissing, RowError, must_be, nearest
from svcstd.sla.ownership import OwnerKind
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow.verbs", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = [
    "NOTICES",
    "OWNERS",
    "SCHEMA",
    "as_table",
    "clocks",
    "columns_of",
    "headers_of",
    "log_of",
    "notices",
    "owners",
    "table_of",
]

TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "moment": pa.timestamp("us", tz="UTC"),
    "length": pa.duration("us"),
    "number": pa.int64(),
}
SCHEMA, NOTICES, OWNERS = (
    pa.schema([(name, TYPES[kind]) for name, kind in fields.items()])
    for fields in (FIELDS, NOTICE_FIELDS, OWNER_FIELDS)
)
"""The columns of tables of clocks, notices and owners; texts may also come as dictionaries of texts."""


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
    found, columns = _read(standard, events, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return table_of(clocks_of_columns(standard, columns, found, **asked, cycles=cycles))


def notices(
    standard: ServiceStandard,
    events: object,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Array:
    """Every escalation of a log, and those to come, as an Arrow table; arguments and errors as for :func:`clocks`."""
    found, columns = _read(standard, events, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return table_of(notices_of_columns(standard, columns, found, **asked))


def owners(
    standard: ServiceStandard,
    events: object,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Array:
    """Who used up how much of every promise, as an Arrow table; *by* ``group`` or ``agent``, else as :func:`clocks`."""
    found, columns = _read(standard, events, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return table_of(owners_of_columns(standard, columns, found, by=by, **asked))


def log_of(standard: ServiceStandard, log: LogMapping | None) -> LogMapping:
    """The log that is meant: by default that of the standard.

    Raises:
        DefinitionError: there is none, or what is given is no standard.
    """
    must_be(standard, ServiceStandard, "standard", "a ServiceStandard")
    found = log or standard.log
    if found is None:
        raise DefinitionError("log", "log.none")
    return found


def _read(standard: ServiceStandard, events: object, log: LogMapping | None) -> tuple[LogMapping, dict[str, Any]]:
    found = log_of(standard, log)
    return found, columns_of(as_table(events), found)


def as_table(source: object, where: str = "events") -> Array:
    """A table of pyarrow.

    Raises:
        DefinitionError: it shows no PyCapsule.
    """
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if not hasattr(source, "__arrow_c_stream__"):
        raise DefinitionError(where, "batch.no_arrow", value=type(source).__name__)
    return pa.table(source)


def headers_of(log: LogMapping, given: Sequence[str]) -> tuple[str, ...]:
    """The headers of the columns that are read: all of the log's but for the desk's own answers.

    Raises:
        RowError: a header that is not among those given.
    """
    found = attrs.evolve(log, desk=None).columns
    for header in found:
        if header not in given:
            raise RowError("header", "log.column", value=header, nearest=nearest(header, given))
    return found


def columns_of(table: Array, log: LogMapping) -> dict[str, Any]:
    """The columns that a log reads, as NumPy has them.

    Raises:
        RowError: a header that is not there.
        MomentError: timestamps without zone.
    """
    return {name: column_of(table.column(name), name) for name in headers_of(log, table.column_names)}


def table_of(found: Answers) -> Array:
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
