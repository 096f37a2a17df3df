"""A log that comes in batches, case after case: the case that a batch cuts is carried into the next.

Whoever has sorted a log by its cases, an engine of any kind or a file, reads it so with memory for a few batches and
one case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, Literal

from svcstd.batch.arrow.columns import Array, is_text
from svcstd.batch.arrow.logs import SCHEMA, clocks, log_of
from svcstd.errors import ExtraMissing, RowError, nearest
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow.carried", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = ["WHITESPACE", "answers_of_batches", "clocks_of_batches"]

AT_A_TIME = 200_000
"""Rows that are reckoned at a time: enough that what each call costs is nothing beside them."""
SHOWN_AT_A_TIME = 1 << 16
WHITESPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What ``str.strip`` takes away: around the name of a case it means nothing."""


def clocks_of_batches(
    standard: ServiceStandard,
    batches: Iterable[Array],
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
    rows: int = AT_A_TIME,
) -> Iterator[Array]:
    """Every promise to every case, batch by batch; the same rows however the log is cut into batches.

    Args:
        standard: the promises.
        batches: record batches of one schema, in which the rows of a case stand together, as in a log sorted by case.
            A case that comes back later is taken for another of the same name.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: as for :func:`svcstd.batch.clocks`.
        known_at: as for :func:`svcstd.batch.clocks`.
        assume: as for :func:`svcstd.batch.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.
        rows: how many are gathered before they are reckoned.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    found = log_of(standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    ask = partial(clocks, standard, log=found, **asked, cycles=cycles, otherwise=otherwise)
    yield from answers_of_batches(ask, batches, found.id, SCHEMA, rows=rows)


def answers_of_batches(
    ask: Callable[[Array], Array], batches: Iterable[Array], case: str, schema: Array, *, rows: int = AT_A_TIME
) -> Iterator[Array]:
    """What is asked of whole cases, batch by batch: the same rows however the log is cut into batches.

    Args:
        ask: the question: a table of whole cases in, a table of answers out.
        batches: as for :func:`clocks_of_batches`.
        case: the header of the column with the names of the cases.
        schema: of the answers.
        rows: as for :func:`clocks_of_batches`.

    Raises:
        RowError: no such column.
    """
    for table in _whole_cases(batches, case, rows):
        yield from ask(table).cast(schema).to_batches(max_chunksize=SHOWN_AT_A_TIME)


def _whole_cases(batches: Iterable[Array], header: str, rows: int) -> Iterator[Array]:
    """Tables of at least so many rows in which no case is cut."""
    waiting: list[Array] = []
    count, border, last = 0, (0, 0), ""
    for batch in batches:
        if not batch.num_rows:
            continue
        begins, name = _last_case(batch, header)
        if begins or name != last:
            border = len(waiting), begins
        last = name
        waiting.append(batch)
        count += batch.num_rows
        if count >= rows and border != (0, 0):
            place, row = border
            cut = waiting[place : place + 1]
            yield pa.Table.from_batches([*waiting[:place], *(one.slice(0, row) for one in cut)])
            waiting = [*(one.slice(row) for one in cut if row < one.num_rows), *waiting[place + 1 :]]
            count, border = sum(one.num_rows for one in waiting), (0, 0)
    if waiting:
        yield pa.Table.from_batches(waiting)


def _last_case(batch: Array, header: str) -> tuple[int, str]:
    """The row with which the last case of a batch begins, and its name; rows without a name belong to no case."""
    if header not in batch.schema.names:
        raise RowError("header", "log.column", value=header, nearest=nearest(header, batch.schema.names))
    column = batch.column(header)
    if is_text(column.type):
        column = pc.utf8_trim(column.cast(pa.string()), characters=WHITESPACE)
    last = column[-1].as_py()
    if last is None or last == "":
        return len(column), ""
    others = pc.indices_nonzero(pc.not_equal(column, column[-1]).fill_null(True))  # noqa: FBT003 - what null becomes
    return (others[-1].as_py() + 1 if len(others) else 0), str(last)
