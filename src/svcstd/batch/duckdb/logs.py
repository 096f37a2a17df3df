"""Clocks, escalations and owners of a log in DuckDB: a relation in and out, or functions of SQL that are tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa

from svcstd.batch.arrow import logs as arrow_clocks
from svcstd.batch.arrow.columns import Array, one_array
from svcstd.batch.logs.clocks import FIELDS
from svcstd.batch.logs.notices import FIELDS as NOTICE_FIELDS
from svcstd.batch.logs.owners import FIELDS as OWNER_FIELDS
from svcstd.batch.rules.sql_words import quoted_name
from svcstd.batch.tables import Kind
from svcstd.errors import must_be
from svcstd.sla.ownership import OwnerKind
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["TABLES", "clocks", "notices", "owners", "register_log", "unregister_log"]

Connection: TypeAlias = "Any"
Relation: TypeAlias = "Any"
Ask: TypeAlias = "Callable[..., Array]"

TABLES: Mapping[str, tuple[Ask, Mapping[str, Kind], Array, tuple[str, ...]]] = {
    "svc_clocks": (arrow_clocks.clocks, FIELDS, arrow_clocks.SCHEMA, ()),
    "svc_notices": (arrow_clocks.notices, NOTICE_FIELDS, arrow_clocks.NOTICES, ()),
    "svc_owners": (arrow_clocks.owners, OWNER_FIELDS, arrow_clocks.OWNERS, ("by",)),
}
"""By name in SQL: what is asked, the columns of its answer, and its arguments beside those that all have."""
TYPES: Mapping[Kind, str] = {"text": "VARCHAR", "moment": "TIMESTAMPTZ", "length": "INTERVAL", "number": "BIGINT"}


def clocks(
    con: Connection,
    events: Relation | str,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Relation:
    """Every promise to every case of a log, as a relation.

    The columns that the log reads, and only these, are gathered at once. What happened at one instant to one case
    counts in the order of the rows, so keep ``preserve_insertion_order`` on, or order the relation.

    Args:
        con: the connection of the relation.
        events: the log: a relation, such as ``con.sql(...)``, or the name of a table or view.
        standard: the promises.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`; no relation.
    """
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    asked |= {"cycles": cycles, "otherwise": otherwise}
    return _read(con, events, standard, log, partial(arrow_clocks.clocks, **asked), arrow_clocks.SCHEMA)


def notices(
    con: Connection,
    events: Relation | str,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Relation:
    """Every escalation of a log, and those to come; arguments and errors as for :func:`clocks`."""
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _read(con, events, standard, log, partial(arrow_clocks.notices, **asked), arrow_clocks.NOTICES)


def owners(
    con: Connection,
    events: Relation | str,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Relation:
    """Who used up how much of every promise; *by* ``group`` or ``agent``, else as for :func:`clocks`."""
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _read(con, events, standard, log, partial(arrow_clocks.owners, by=by, **asked), arrow_clocks.OWNERS)


def _read(
    con: Connection,
    events: Relation | str,
    standard: ServiceStandard,
    log: LogMapping | None,
    ask: Ask,
    schema: Array,
) -> Relation:
    found = arrow_clocks.log_of(standard, log)
    relation = con.table(events) if isinstance(events, str) else events
    must_be(relation, duckdb.DuckDBPyRelation, "events", "a relation of DuckDB, or the name of a table")
    headers = arrow_clocks.headers_of(found, relation.columns)
    needed = relation.select(", ".join(map(quoted_name, headers)))
    return con.from_arrow(ask(standard, needed.to_arrow_table(), found).cast(schema))


def register_log(con: Connection, standard: ServiceStandard, log: LogMapping) -> None:
    """Give a connection ``svc_clocks``, ``svc_notices`` and ``svc_owners``.

    DuckDB lets Python answer for rows, not for tables: so the log becomes one row, a list in the order of its rows,
    and the list that is answered becomes rows again.
    """
    headers = map(quoted_name, arrow_clocks.headers_of(log, log.columns))
    # The name of the table before each column: a bare name could be that of an argument.
    event = ", ".join(f"{header} := e.{header}" for header in headers)
    for name, (ask, fields, schema, others) in TABLES.items():
        columns = ", ".join(f"{quoted_name(field)} {TYPES[kind]}" for field, kind in fields.items())
        answer = _of_lists(partial(ask, standard, log=log), others, schema)
        con.create_function(f"{name}_of", answer, None, f"STRUCT({columns})[]", type="arrow", null_handling="special")
        con.execute(_macro(name, event, others))


def _macro(name: str, event: str, others: tuple[str, ...]) -> str:
    """The function of SQL, made of names of ours and of quoted headers."""
    arguments = ", ".join(("events", "as_of", *map(quoted_name, others), "known_at := NULL"))
    given = ", ".join(("as_of", "known_at", *map(quoted_name, others)))
    rows = f"SELECT struct_pack({event}) AS event, row_number() OVER () AS place FROM query_table(events) AS e"  # noqa: S608 - quoted
    answer = f"SELECT {name}_of(list(event ORDER BY place), {given}) AS answers FROM ({rows})"  # noqa: S608 - the same
    body = f"SELECT unnest(answers, recursive := true) FROM ({answer})"  # noqa: S608 - the same
    return f"CREATE OR REPLACE TEMP MACRO {name}({arguments}) AS TABLE {body}"


def _of_lists(ask: Ask, others: tuple[str, ...], schema: Array) -> Callable[..., Array]:
    """What DuckDB calls: by row a list of events, and a list of answers; it reads how many columns there are."""
    names = ("as_of", "known_at", *others)

    def answer(events: Array, *given: Array) -> Array:
        logs, columns = one_array(events), [one_array(column).to_pylist() for column in given]
        parts = [
            ask(
                events=pa.RecordBatch.from_struct_array(logs.slice(row, 1).flatten()),
                **{name: column[row] for name, column in zip(names, columns, strict=True)},
            ).cast(schema)
            for row in range(len(logs))
        ]
        ends = np.cumsum([0, *(part.num_rows for part in parts)], dtype=np.int32)
        return pa.ListArray.from_arrays(pa.array(ends), pa.concat_tables(parts).to_struct_array().combine_chunks())

    def of_two(events: Array, as_of: Array, known_at: Array) -> Array:
        return answer(events, as_of, known_at)

    def of_three(events: Array, as_of: Array, known_at: Array, by: Array) -> Array:
        return answer(events, as_of, known_at, by)

    return of_three if others else of_two


def unregister_log(con: Connection) -> None:
    """Take the functions from a connection, if it has them."""
    for name in TABLES:
        con.execute(f"DROP MACRO TABLE IF EXISTS temp.{name}")
        with suppress(duckdb.InvalidInputException):
            con.remove_function(f"{name}_of")
