"""Clocks, escalations and owners of a log on Spark 4: each case is read by one worker, and read whole.

The standard travels as its text and is loaded once in each worker, which refuses if its holidays or zones are not those
of the driver (:mod:`svcstd.batch.spark.shipped`). All goes through Arrow, so neither pandas nor floats come between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.batch.arrow import logs as arrow
from svcstd.batch.arrow.carried import WHITESPACE, answers_of_batches
from svcstd.batch.arrow.columns import Array
from svcstd.batch.logs.clocks import FIELDS
from svcstd.batch.logs.notices import FIELDS as NOTICE_FIELDS
from svcstd.batch.logs.owners import FIELDS as OWNER_FIELDS
from svcstd.batch.spark.ordered import in_order
from svcstd.batch.spark.rows import named
from svcstd.batch.spark.shipped import standard_from, standard_to_bytes
from svcstd.batch.spark.verbs import TYPES
from svcstd.errors import ExtraMissing, RowError, must_be, nearest
from svcstd.moment import UTC, micros, moment
from svcstd.sla.ownership import OwnerKind
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as sf
    from pyspark.sql import types as st
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.spark.logs", "extra.missing", what="Spark", extra="spark") from None

__all__ = ["CLOCKS", "NOTICES", "OWNERS", "clocks", "clocks_grouped", "notices", "owners"]

Frame: TypeAlias = "Any"
"""A DataFrame; Spark is optional, and so are its types."""
Cycles: TypeAlias = Literal["last", "all"]
Otherwise: TypeAlias = Literal["alone", "refuse"]
Verb: TypeAlias = Literal["clocks", "notices", "owners"]
CLOCKS: Any
NOTICES: Any
OWNERS: Any
CLOCKS, NOTICES, OWNERS = (
    st.StructType([st.StructField(name, TYPES[kind]) for name, kind in fields.items()])
    for fields in (FIELDS, NOTICE_FIELDS, OWNER_FIELDS)
)
"""The columns of tables of clocks, notices and owners."""
SHAPES: Mapping[Verb, tuple[Any, Any]] = {
    "clocks": (CLOCKS, arrow.SCHEMA),
    "notices": (NOTICES, arrow.NOTICES),
    "owners": (OWNERS, arrow.OWNERS),
}
HASH, CASE = "hash", "c0"
"""Columns of a log that is laid out: what it is sorted by, and the names of cases; the others are ``c1`` and so on."""


@attrs.frozen(kw_only=True)
class _Asked:
    """A question about a log as it travels to workers: plain values only.

    Attributes:
        verb: what is asked.
        standard: its text.
        log: which header is what.
        headers: of the columns that are laid out, in their order.
        as_of, known_at: UTC microseconds.
        others: the arguments that only this verb has, and those that all have and need no writing.
    """

    verb: Verb
    standard: bytes
    log: LogMapping
    headers: tuple[str, ...]
    as_of: int
    known_at: int | None
    others: Mapping[str, Any]

    def of(self, table: Array) -> Array:
        """What a worker answers, of whole cases."""
        _, case, *others = table.column_names
        rows = in_order(table, HASH, [*others, case]).drop_columns(HASH).rename_columns(self.headers)
        return getattr(arrow, self.verb)(
            standard_from(self.standard),
            rows,
            self.log,
            as_of=moment(self.as_of, UTC),
            known_at=None if self.known_at is None else moment(self.known_at, UTC),
            **self.others,
        )


def _of_batches(asked: _Asked, batches: Iterable[Array]) -> Iterator[Array]:
    # What stands together is what has one hash: cases that share one, however seldom, are carried together.
    yield from answers_of_batches(asked.of, batches, HASH, SHAPES[asked.verb][1])


def _of_case(asked: _Asked, case: Array) -> Array:
    return asked.of(case).cast(SHAPES[asked.verb][1])


def clocks(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Cycles = "last",
    otherwise: Otherwise = "alone",
    order: str | None = None,
    partitions: int | None = None,
) -> Frame:
    """Every promise to every case of a log, as a DataFrame with the columns :data:`CLOCKS`.

    The rows are shuffled by case, sorted by a hash of its name, and read batch by batch
    (:mod:`svcstd.batch.arrow.carried`). A DataFrame has no order, so what happened at one instant to one case is
    ordered by the other columns of the log, unless a column says in which order it was written.

    Args:
        events: the log, of ordinary or remote Spark; only the columns that the log reads are shuffled.
        standard: the promises.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: as for :func:`svcstd.batch.clocks`.
        assume: as for :func:`svcstd.batch.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.
        order: the column with the place of each row in the log.
        partitions: into how many parts the cases are cut; by default ``spark.sql.shuffle.partitions``.

    Raises:
        DefinitionError, RowError, MomentError: at once, as for :func:`svcstd.batch.clocks`; a ``TIMESTAMP_NTZ`` among
            them. What only a worker finds, such as other data of holidays, is an error of Spark when it runs.
    """
    given: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    given |= {"cycles": cycles, "otherwise": otherwise}
    return _told(*_laid_out("clocks", events, standard, log, order, partitions, **given))


def clocks_grouped(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Cycles = "last",
    otherwise: Otherwise = "alone",
    order: str | None = None,
    partitions: int | None = None,
) -> Frame:
    """The same rows as :func:`clocks`, case by case, to hold it against: a hundred times slower.

    Args:
        events: as for :func:`clocks`.
        standard: as for :func:`clocks`.
        log: as for :func:`clocks`.
        as_of: as for :func:`clocks`.
        known_at: as for :func:`clocks`.
        assume: as for :func:`clocks`.
        cycles: as for :func:`clocks`.
        otherwise: as for :func:`clocks`.
        order: as for :func:`clocks`.
        partitions: as for :func:`clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`clocks`.
    """
    given: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume}
    given |= {"cycles": cycles, "otherwise": otherwise}
    asked, laid = _laid_out("clocks", events, standard, log, order, partitions, **given)
    # Spark looks for its own kinds of annotations, and takes a function without any as it is.
    return laid.groupBy(CASE).applyInArrow(lambda case: _of_case(asked, case), CLOCKS)


def notices(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Otherwise = "alone",
    order: str | None = None,
    partitions: int | None = None,
) -> Frame:
    """Every escalation of a log, and those to come, with the columns :data:`NOTICES`.

    Args:
        events: as for :func:`clocks`.
        standard: as for :func:`clocks`.
        log: as for :func:`clocks`.
        as_of: as for :func:`clocks`.
        known_at: as for :func:`clocks`.
        assume: as for :func:`clocks`.
        otherwise: as for :func:`clocks`.
        order: as for :func:`clocks`.
        partitions: as for :func:`clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`clocks`.
    """
    given: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _told(*_laid_out("notices", events, standard, log, order, partitions, **given))


def owners(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Otherwise = "alone",
    order: str | None = None,
    partitions: int | None = None,
) -> Frame:
    """Who used up how much of every promise, with the columns :data:`OWNERS`.

    Args:
        events: as for :func:`clocks`.
        standard: as for :func:`clocks`.
        log: as for :func:`clocks`.
        as_of: as for :func:`clocks`.
        by: ``group`` or ``agent``.
        known_at: as for :func:`clocks`.
        assume: as for :func:`clocks`.
        otherwise: as for :func:`clocks`.
        order: as for :func:`clocks`.
        partitions: as for :func:`clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`clocks`; neither a group nor an agent.
    """
    given: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _told(*_laid_out("owners", events, standard, log, order, partitions, **given, by=by))


def _told(asked: _Asked, laid: Frame) -> Frame:
    return laid.mapInArrow(partial(_of_batches, asked), SHAPES[asked.verb][0])


def _laid_out(
    verb: Verb,
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None,
    order: str | None,
    partitions: int | None,
    *,
    as_of: datetime,
    known_at: datetime | None,
    **others: Any,  # noqa: ANN401 - what only this verb is asked
) -> tuple[_Asked, Frame]:
    """The question, and the log with the rows of each case together."""
    must_be(events, DataFrame, "events", "a DataFrame of Spark")
    found = arrow.log_of(standard, log)
    headers = _headers(events, found, order)
    needed = events.select(*(named(events, header).alias(f"c{place}") for place, header in enumerate(headers)))
    # No rows of the same types: what is wrong with the whole question is told before anything runs.
    nothing = needed.limit(0).toArrow().rename_columns(headers)
    getattr(arrow, verb)(standard, nothing, found, as_of=as_of, known_at=known_at, **others)
    asked = _Asked(
        verb=verb,
        standard=standard_to_bytes(standard),
        log=found,
        headers=headers,
        as_of=micros(as_of, "as_of"),
        known_at=None if known_at is None else micros(known_at, "known_at"),
        others=others,
    )
    there = sf.col(CASE).isNotNull()
    if isinstance(needed.schema[CASE].dataType, st.StringType):
        needed = needed.withColumn(CASE, sf.trim(sf.col(CASE), sf.lit(WHITESPACE)))
        there = sf.col(CASE) != ""
    laid = needed.repartition(CASE) if partitions is None else needed.repartition(partitions, CASE)
    # One number alone is sorted by its bits, without a comparison. It is reckoned anew behind the sorting rather than
    # shuffled: eight bytes that nothing compresses would be a quarter of a row. Rows without a name have none, for
    # they belong to no case and need not be carried together.
    number = sf.when(there, sf.xxhash64(CASE))
    return asked, laid.sortWithinPartitions(number).select(number.alias(HASH), "*")


def _headers(events: Frame, log: LogMapping, order: str | None) -> tuple[str, ...]:
    """The columns to shuffle: the name of the case, what orders its rows, and the others that the log reads."""
    headers: dict[str, None] = dict.fromkeys(
        (log.id, *([order] if order else []), *filter(None, (log.at,)), *log.columns)
    )
    asides = {*log.columns} - {*attrs.evolve(log, desk=None).columns}
    for header in headers.keys() - asides:
        if header not in events.columns:
            raise RowError("header", "log.column", value=header, nearest=nearest(header, events.columns))
    return tuple(header for header in headers if header not in asides)
