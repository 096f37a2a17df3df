"""Clocks, escalations and owners of a log in Polars: a frame in, a frame out, for ``pipe``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

import polars as pl
from polars import selectors
from polars.io.plugins import register_io_source

from svcstd.batch.arrow import logs as arrow_clocks
from svcstd.batch.arrow.carried import clocks_of_batches
from svcstd.batch.arrow.columns import Array
from svcstd.errors import SvcstdError
from svcstd.sla.ownership import OwnerKind
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["clocks", "notices", "owners"]

Frame: TypeAlias = "Any"
"""A DataFrame or a LazyFrame; Polars is optional, and so are its types."""


def clocks(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
    together: bool = False,
) -> Frame:
    """Every promise to every case of a log: a DataFrame for a DataFrame, a LazyFrame for a LazyFrame.

    The rows of a case may stand anywhere, so Polars gathers the columns that the log reads, and only these, before the
    clocks are read; *together* spares it that. What happened at one instant to one case counts in the order of the
    rows.

    Args:
        frame: the log.
        standard: the promises.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.
        together: the rows of each case stand together, as in a log sorted by case; a LazyFrame is then read batch by
            batch, with memory for a few batches. A case that comes back later is taken for another.

    Raises:
        DefinitionError, RowError, MomentError: at once, as for :func:`svcstd.batch.clocks`.
        polars.exceptions.ComputeError: what is found only when a LazyFrame runs.
    """
    found = arrow_clocks.log_of(standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    asked |= {"cycles": cycles, "otherwise": otherwise}
    ask = partial(arrow_clocks.clocks, standard, log=found, **asked)
    batches = partial(clocks_of_batches, standard, log=found, **asked) if together else None
    return _read(frame, found, ask, arrow_clocks.SCHEMA, batches)


def notices(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Frame:
    """Every escalation of a log, and those to come; arguments and errors as for :func:`clocks`."""
    found = arrow_clocks.log_of(standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _read(frame, found, partial(arrow_clocks.notices, standard, log=found, **asked), arrow_clocks.NOTICES)


def owners(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Frame:
    """Who used up how much of every promise; *by* ``group`` or ``agent``, else as for :func:`clocks`."""
    found = arrow_clocks.log_of(standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _read(frame, found, partial(arrow_clocks.owners, standard, log=found, by=by, **asked), arrow_clocks.OWNERS)


def _read(
    frame: Frame,
    log: LogMapping,
    ask: Callable[..., Array],
    schema: Array,
    batches: Callable[..., Iterator[Array]] | None = None,
) -> Frame:
    """What is asked of a log; of a lazy one, what is wrong with the whole question is told before it runs."""
    lazy = isinstance(frame, pl.LazyFrame)
    given = frame.collect_schema()
    # Only by exact name: ``select`` would take some headers for patterns.
    needed = frame.select(selectors.by_name(*arrow_clocks.headers_of(log, given.names())))

    def run(part: Frame) -> Frame:
        return pl.from_arrow(ask(events=part).cast(schema))

    if not lazy:
        return run(needed)
    shape = run(needed.collect_schema().to_frame()).schema
    if batches is not None:
        return _streamed(needed, batches, shape)
    kept = {"predicate_pushdown": False, "projection_pushdown": False, "slice_pushdown": False}
    return needed.map_batches(_guarded(run), schema=shape, **kept)


def _guarded(run: Callable[[Frame], Frame]) -> Callable[[Frame], Frame]:
    def guarded(part: Frame) -> Frame:
        with _told():
            return run(part)

    return guarded


@contextmanager
def _told() -> Iterator[None]:
    """Polars makes an error anew from its text alone, which ours cannot be."""
    try:
        yield
    except SvcstdError as error:
        raise pl.exceptions.ComputeError(str(error)) from error


def _streamed(needed: Frame, batches: Callable[..., Iterator[Array]], shape: Any) -> Frame:  # noqa: ANN401 - a schema of Polars
    """A source of batches of clocks, each from the next batches of the log."""

    def source(columns: list[str] | None, predicate: Any, rows: int | None, _: int | None) -> Iterator[Frame]:  # noqa: ANN401 - an expression
        read = (batch for part in needed.collect_batches(lazy=True) for batch in part.to_arrow().to_batches())
        with _told():
            for batch in batches(batches=read):
                found = pl.from_arrow(batch)[:rows]
                rows = None if rows is None else rows - len(found)
                kept = found if predicate is None else found.filter(predicate)
                yield kept if columns is None else kept.select(selectors.by_name(*columns))
                if rows == 0:
                    return

    return register_io_source(source, schema=shape, validate_schema=True)
