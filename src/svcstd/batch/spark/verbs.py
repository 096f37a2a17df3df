"""The verbs of a calendar over columns of Spark 4.

Calendars travel with their holidays, and a worker whose zones are not those of the driver refuses
(:mod:`svcstd.batch.spark.shipped`). All goes through Arrow, so neither pandas nor floats come between.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from svcstd.batch.arrow import verbs as arrow
from svcstd.batch.arrow.columns import Array
from svcstd.batch.calendars.columns import Calendars
from svcstd.batch.spark.shipped import calendars_from, calendars_to_bytes
from svcstd.batch.tables import Kind
from svcstd.calendars import Landing
from svcstd.durations import duration_micros
from svcstd.errors import ExtraMissing
from svcstd.moment import micros

try:
    from pyspark.sql import Column
    from pyspark.sql import functions as sf
    from pyspark.sql import types as st
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.spark.verbs", "extra.missing", what="Spark", extra="spark") from None

__all__ = ["TYPES", "add", "count_working_days", "elapsed", "is_open", "next_open", "subtract"]

Frame: TypeAlias = "Any"
"""A DataFrame, or a column of one or its name; Spark is optional, and so are its types."""
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
TYPES: Mapping[Kind, Any] = {
    "text": st.StringType(),
    "moment": st.TimestampType(),
    "length": st.DayTimeIntervalType(),
    "number": st.LongType(),
}


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
