"""Clocks of a log, and the verbs of a calendar, on Spark 4: each case is read by one worker, and read whole.

The standard travels as its text and is loaded once in each worker, which refuses if its holidays or zones are not those
of the driver (:mod:`svcstd.batch.spark.shipped`). All goes through Arrow, so neither pandas nor floats come between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.batch.arrow import verbs as arrow
from svcstd.batch.arrow.carried import WHITESPACE, clocks_of_batches
from svcstd.batch.arrow.columns import Array
from svcstd.batch.arrow.logs import SCHEMA
from svcstd.batch.arrow.logs import clocks as clocks_of_table
from svcstd.batch.calendars.columns import Calendars
from svcstd.batch.logs.clocks import FIELDS
from svcstd.batch.spark.rows import measure_by, named, route
from svcstd.batch.spark.shipped import calendars_from, calendars_to_bytes, standard_from, standard_to_bytes
from svcstd.batch.tables import Kind
from svcstd.calendars import Landing
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, ExtraMissing, RowError, must_be, nearest
from svcstd.moment import UTC, micros, moment
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql import functions as sf
    from pyspark.sql import types as st
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.spark.frames", "extra.missing", what="Spark", extra="spark") from None

__all__ = [
    "CLOCKS",
    "add",
    "clocks",
    "clocks_grouped",
    "count_working_days",
    "elapsed",
    "is_open",
    "measure_by",
    "next_open",
    "route",
    "subtract",
]

Frame: TypeAlias = "Any"
"""A DataFrame, or a column of one or its name; Spark is optional, and so are its types."""
Cycles: TypeAlias = Literal["last", "all"]
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
TYPES: Mapping[Kind, Any] = {
    "text": st.StringType(),
    "moment": st.TimestampType(),
    "length": st.DayTimeIntervalType(),
    "number": st.LongType(),
}
CLOCKS = st.StructType([st.StructField(name, TYPES[kind]) for name, kind in FIELDS.items()])
"""The columns of a table of clocks."""


@attrs.frozen(kw_only=True)
class _Asked:
    """A question about a log as it travels to workers: plain values only."""

    standard: bytes
    log: LogMapping
    headers: tuple[str, ...]
    as_of: int
    known_at: int | None
    assume: Assume | None
    cycles: Cycles

    def arguments(self) -> dict[str, Any]:
        """What a worker is asked, by argument."""
        return {
            "standard": standard_from(self.standard),
            "log": self.log,
            "as_of": moment(self.as_of, UTC),
            "known_at": None if self.known_at is None else moment(self.known_at, UTC),
            "assume": self.assume,
            "cycles": self.cycles,
        }


def _of_batches(asked: _Asked, batches: Iterable[Array]) -> Iterator[Array]:
    named = (batch.rename_columns(asked.headers) for batch in batches)
    yield from clocks_of_batches(batches=named, **asked.arguments())


def _of_case(asked: _Asked, case: Array) -> Array:
    return clocks_of_table(events=case.rename_columns(asked.headers), **asked.arguments()).cast(SCHEMA)


def clocks(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Cycles = "last",
    order: str | None = None,
    partitions: int | None = None,
) -> Frame:
    """Every promise to every case of a log, as a DataFrame with the columns :data:`CLOCKS`.

    The rows are shuffled by case, sorted, and read batch by batch (:mod:`svcstd.batch.arrow.carried`). A DataFrame has
    no order, so what happened at one instant to one case is ordered by the other columns of the log, unless a column
    says in which order it was written.

    Args:
        events: the log, of ordinary or remote Spark; only the columns that the log reads are shuffled.
        standard: the promises.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: as for :func:`svcstd.batch.clocks`.
        assume: as for :func:`svcstd.batch.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        order: the column with the place of each row in the log.
        partitions: into how many parts the cases are cut; by default ``spark.sql.shuffle.partitions``.

    Raises:
        DefinitionError, RowError, MomentError: at once, as for :func:`svcstd.batch.clocks`; a ``TIMESTAMP_NTZ`` among
            them. What only a worker finds, such as other data of holidays, is an error of Spark when it runs.
    """
    asked, laid = _laid_out(events, standard, log, order, partitions, as_of, known_at, assume, cycles)
    return laid.mapInArrow(partial(_of_batches, asked), CLOCKS)


def clocks_grouped(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Cycles = "last",
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
        order: as for :func:`clocks`.
        partitions: as for :func:`clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`clocks`.
    """
    asked, laid = _laid_out(events, standard, log, order, partitions, as_of, known_at, assume, cycles)
    # Spark looks for its own kinds of annotations, and takes a function without any as it is.
    return laid.groupBy(laid.columns[0]).applyInArrow(lambda case: _of_case(asked, case), CLOCKS)


def _laid_out(
    events: Frame,
    standard: ServiceStandard,
    log: LogMapping | None,
    order: str | None,
    partitions: int | None,
    as_of: datetime,
    known_at: datetime | None,
    assume: Assume | None,
    cycles: Cycles,
) -> tuple[_Asked, Frame]:
    """The question, and the log with the rows of each case together and in order."""
    must_be(events, DataFrame, "events", "a DataFrame of Spark")
    must_be(standard, ServiceStandard, "standard", "a ServiceStandard")
    found = log or standard.log
    if found is None:
        raise DefinitionError("log", "log.none")
    headers = _headers(events, found, order)
    needed = events.select(*(named(events, header).alias(f"c{place}") for place, header in enumerate(headers)))
    # No rows of the same types: what is wrong with the whole question is told before anything runs.
    given: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "cycles": cycles}
    clocks_of_table(standard, needed.limit(0).toArrow().rename_columns(headers), found, **given)
    asked = _Asked(
        standard=standard_to_bytes(standard),
        log=found,
        headers=headers,
        as_of=micros(as_of, "as_of"),
        known_at=None if known_at is None else micros(known_at, "known_at"),
        assume=assume,
        cycles=cycles,
    )
    case, *others = needed.columns
    if isinstance(needed.schema[case].dataType, st.StringType):
        needed = needed.withColumn(case, sf.trim(sf.col(case), sf.lit(WHITESPACE)))
    laid = needed.repartition(case) if partitions is None else needed.repartition(partitions, case)
    # Eight bytes of a hash tell cases apart at a glance, where names often begin alike.
    return asked, laid.sortWithinPartitions(sf.xxhash64(case), case, *others)


def _headers(events: Frame, log: LogMapping, order: str | None) -> tuple[str, ...]:
    """The columns to shuffle, in the order by which they are sorted; the desk's own answers are not read."""
    headers: dict[str, None] = dict.fromkeys(
        (log.id, *([order] if order else []), *filter(None, (log.at,)), *log.columns)
    )
    asides = {*log.columns} - {*attrs.evolve(log, desk=None).columns}
    for header in headers.keys() - asides:
        if header not in events.columns:
            raise RowError("header", "log.column", value=header, nearest=nearest(header, events.columns))
    return tuple(header for header in headers if header not in asides)


def _run(verb: str, calendars: bytes, names: tuple[str, ...], given: Mapping[str, Any], *columns: Array) -> Array:
    ask = getattr(arrow, verb)
    return ask(calendars_from(calendars), **dict(zip(names, columns, strict=True)), **given)


def _asked_of(
    verb: str,
    calendars: Calendars,
    kind: Any,  # noqa: ANN401 - a type of Spark
    columns: Mapping[str, Frame],
    given: Mapping[str, Any],
) -> Frame:
    """The verb over these columns, by the name of its argument."""
    there = {name: column for name, column in columns.items() if column is not None}
    fields = [st.StructField("value", kind), st.StructField("fault", st.StringType())]
    returns = st.StructType(fields) if given["faults"] else kind
    run = partial(_run, verb, calendars_to_bytes(calendars), tuple(there), given)
    # Spark looks for its own kinds of annotations, and takes a function without any as it is.
    asked = sf.arrow_udf(lambda *arrays: run(*arrays), returns)  # noqa: PLW0108 - for that
    return asked(*(sf.col(one) if isinstance(one, str) else one for one in there.values()))


def _moment(at: Frame | datetime) -> Frame | datetime:
    """A moment as plain Python has it; a column as it is."""
    return EPOCH + timedelta(0, 0, micros(at)) if isinstance(at, datetime) else at


def _split(name: str, value: object) -> tuple[dict[str, Frame], dict[str, Any]]:
    """A column, or a value for all rows."""
    return ({name: value}, {}) if isinstance(value, Column | str) else ({}, {name: value})


def elapsed(
    start: Frame, calendars: Calendars, end: Frame | datetime, *, by: Frame | None = None, faults: bool = False
) -> Frame:
    """Open time from start to end, as ``INTERVAL DAY TO SECOND``; negative when they are swapped.

    Args:
        start: a column or its name: ``TIMESTAMP``, or whole microseconds in UTC.
        calendars: what is open; with *by*, calendars by key.
        end: the same as *start*; an aware datetime stands for all rows.
        by: the column with the key of each row's calendar.
        faults: whether to tell why a row has no answer, as a struct of ``value`` and ``fault``, the id of a message.
    """
    ends, given = _split("end", _moment(end))
    return _asked_of(
        "elapsed", calendars, TYPES["length"], {"start": start, **ends, "by": by}, {**given, "faults": faults}
    )


def add(
    start: Frame,
    calendars: Calendars,
    amount: Frame | timedelta | int,
    *,
    by: Frame | None = None,
    landing: Landing | None = None,
    faults: bool = False,
) -> Frame:
    """The earliest instants at which so much open time has passed, as ``TIMESTAMP``.

    Args:
        start: as for :func:`elapsed`.
        calendars: as for :func:`elapsed`.
        amount: open time: a text such as ``8 working hours``, a timedelta, whole microseconds, or a column of
            intervals, of whole microseconds or of texts, which is named by ``col``.
        by: as for :func:`elapsed`.
        landing: as for :meth:`svcstd.calendars.Calendar.add`.
        faults: as for :func:`elapsed`.

    Raises:
        DefinitionError: a text that names no working time.
    """
    amounts, given = _amount(amount)
    given |= {"landing": landing, "faults": faults}
    return _asked_of("add", calendars, TYPES["moment"], {"start": start, **amounts, "by": by}, given)


def _amount(amount: Frame | timedelta | int) -> tuple[dict[str, Frame], dict[str, Any]]:
    """A column, or microseconds for all rows; a text is read at once."""
    if isinstance(amount, Column):
        return {"amount": amount}, {}
    if isinstance(amount, str):
        amount = arrow.read_working(amount)
    return {}, {"amount": duration_micros(amount, "amount") if isinstance(amount, timedelta) else amount}


def subtract(
    end: Frame,
    calendars: Calendars,
    amount: Frame | timedelta | int,
    *,
    by: Frame | None = None,
    faults: bool = False,
) -> Frame:
    """The latest instants from which so much open time passes until the end, as ``TIMESTAMP``.

    Args:
        end: as *start* of :func:`elapsed`.
        calendars: as for :func:`elapsed`.
        amount: as for :func:`add`.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.

    Raises:
        DefinitionError: a text that names no working time.
    """
    amounts, given = _amount(amount)
    columns = {"end": end, **amounts, "by": by}
    return _asked_of("subtract", calendars, TYPES["moment"], columns, {**given, "faults": faults})


def is_open(at: Frame, calendars: Calendars, *, by: Frame | None = None, faults: bool = False) -> Frame:
    """Whether service is open at each instant, as ``BOOLEAN``.

    Args:
        at: as *start* of :func:`elapsed`.
        calendars: as for :func:`elapsed`.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    return _asked_of("is_open", calendars, st.BooleanType(), {"at": at, "by": by}, {"faults": faults})


def next_open(at: Frame, calendars: Calendars, *, by: Frame | None = None, faults: bool = False) -> Frame:
    """Each instant itself if open, else the next opening, as ``TIMESTAMP``.

    Args:
        at: as *start* of :func:`elapsed`.
        calendars: as for :func:`elapsed`.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    return _asked_of("next_open", calendars, TYPES["moment"], {"at": at, "by": by}, {"faults": faults})


def count_working_days(
    first: Frame, calendars: Calendars, last: Frame | date, *, by: Frame | None = None, faults: bool = False
) -> Frame:
    """Working days within ``[first, last)``, as ``BIGINT``; zero when they are swapped.

    Args:
        first: a column of local ``DATE``, or its name.
        calendars: as for :func:`elapsed`.
        last: the same as *first*; a date stands for all rows.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    ends, given = _split("last", last)
    columns = {"first": first, **ends, "by": by}
    return _asked_of("count_working_days", calendars, TYPES["number"], columns, {**given, "faults": faults})
