"""The verbs of a calendar over columns of Arrow: anything that shows a PyCapsule in, an Arrow array out.

What an amount means, a text among them, is told here for all engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.arrow.columns import Array, Shown, encoded, is_text, numbers, one_array, to_arrow
from svcstd.batch.calendars import columns
from svcstd.batch.calendars.columns import Calendars, Column
from svcstd.batch.calendars.compiled import Bools
from svcstd.batch.calendars.kernel import AMOUNT, FAULTS
from svcstd.calendars import Calendar, Landing
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, ExtraMissing, MomentError, SvcstdError, must_be
from svcstd.moment import micros
from svcstd.sla.target_text import read_amount
from svcstd.sla.targets import WorkingTime

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow.verbs", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = [
    "add",
    "count_working_days",
    "elapsed",
    "encoded",
    "is_open",
    "next_open",
    "numbers",
    "one_array",
    "read_working",
    "subtract",
    "to_arrow",
]

REASONS = pa.array([None, *FAULTS[1:]], type=pa.string())
"""By code, the id of the message; null for none."""


def _told(found: Column, as_: Shown, *, faults: bool, unread: Bools | None = None) -> Array:
    """The answers; with their faults, if wanted. *unread*: the rows whose text names no amount."""
    value = to_arrow(found, as_)
    if not faults:
        return value
    codes = found.codes if unread is None else np.maximum(found.codes, np.multiply(unread, AMOUNT, dtype=np.uint8))
    return pa.StructArray.from_arrays([value, REASONS.take(pa.array(codes.reshape(-1)))], names=["value", "fault"])


def read_working(text: str, where: str = "amount") -> timedelta:
    """The open time that a text names, e.g. ``8 working hours``.

    A calendar counts open time only, so elapsed time (``24 hours``, ``PT24H``) is refused rather than counted as
    something else.

    Raises:
        DefinitionError: elapsed time, days, or nothing of the kind.

    >>> read_working("8 working hours")
    datetime.timedelta(seconds=28800)
    >>> read_working("24 hours")
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: amount: '24 hours' is elapsed time, and a calendar counts open time; \
write working hours or working minutes, or add elapsed time without a calendar
    """
    found = read_amount(text, where)
    if not isinstance(found, WorkingTime):
        raise DefinitionError(where, "batch.elapsed", value=text)
    return found.amount


@attrs.frozen(eq=False)
class _Amounts:
    """An amount for all rows or for each; and the rows whose text names none."""

    values: Any
    unread: Bools | None = None

    @classmethod
    def of(cls, amount: object) -> _Amounts:
        if isinstance(amount, timedelta | int):
            return cls(amount)
        if isinstance(amount, str):
            return cls(read_working(amount))
        array = one_array(amount, "amount")
        return cls._of_texts(array) if is_text(array.type) else cls(numbers(array, "amount"))

    @classmethod
    def _of_texts(cls, array: Array) -> _Amounts:
        """Each different text is read once."""
        texts, codes = encoded(array, "amount")
        read = np.array([*map(_length, texts), -1], dtype=np.int64)[codes]
        return cls(np.ma.masked_array(read, mask=read < 0), (read < 0) & (codes >= 0))


def _length(text: str) -> int:
    """The microseconds that a text names; below zero if it names none."""
    try:
        return duration_micros(read_working(text), "amount")
    except SvcstdError:
        return -1


def _instants(raw: object, where: str) -> Array:
    if isinstance(raw, datetime):
        return np.int64(micros(raw, where))
    found = numbers(raw, where)
    if found.dtype == "datetime64[D]":
        raise MomentError(where, "batch.naive", value="dates")
    return found


def _dates(raw: object, where: str) -> Array:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return np.datetime64(raw, "D")
    return numbers(raw, where)


def _keyed(calendars: Calendars, by: object) -> tuple[Calendars, NDArray[np.int32] | None]:
    """Calendars by the place of their key, since numbers are told apart faster than texts."""
    if by is None:
        return calendars, None
    must_be(calendars, Mapping, "calendars", "calendars by key, of which by names one for each row")
    names, codes = encoded(by, "by")
    named = cast("Mapping[Any, Calendar]", calendars)
    found = {code: named[name] for code, name in enumerate(names) if name in named}
    for code, calendar in found.items():
        must_be(calendar, Calendar, f"calendars.{names[code]}", "a calendar")
    return found, codes


def elapsed(calendars: Calendars, start: object, end: object, *, by: object = None, faults: bool = False) -> Array:
    """Open time from start to end of each row, as ``duration[us]``; negative when they are swapped.

    Args:
        calendars: what is open; with *by*, calendars by key.
        start: timestamps with zone, or whole microseconds in UTC; an aware datetime stands for all rows.
        end: the same.
        by: a column with the key of each row's calendar.
        faults: whether to tell why a row has no answer, as a struct of ``value`` and ``fault``, the id of a message.

    Raises:
        MomentError: timestamps without zone, or dates.
        DefinitionError: a column of another kind, or calendars that do not fit *by*.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> start = pa.array(["2026-03-06T08:00Z", None]).cast(pa.timestamp("s", tz="UTC"))
    >>> elapsed(office, start, datetime.fromisoformat("2026-03-09T02:00Z")).to_pylist()
    [datetime.timedelta(seconds=7200), None]
    """
    found, keys = _keyed(calendars, by)
    answers = columns.elapsed(found, _instants(start, "start"), _instants(end, "end"), by=keys)
    return _told(answers, "duration", faults=faults)


def add(
    calendars: Calendars,
    start: object,
    amount: object,
    *,
    by: object = None,
    landing: Landing | None = None,
    faults: bool = False,
) -> Array:
    """The earliest instants at which so much open time has passed, as ``timestamp[us, UTC]``.

    Args:
        calendars: what is open; with *by*, calendars by key.
        start: as for :func:`elapsed`.
        amount: open time, zero or more: a timedelta, whole microseconds, a text as for :func:`read_working`, or a
            column of durations, of whole microseconds or of texts. A row below zero, and one whose text names no
            working time, is a fault of that row.
        by: a column with the key of each row's calendar.
        landing: as for :meth:`svcstd.calendars.Calendar.add`; by default each calendar's own.
        faults: as for :func:`elapsed`.

    Raises:
        MomentError: timestamps without zone, or dates.
        DefinitionError: a column of another kind, calendars that do not fit *by*, a text that names no working time.
        DurationError: one amount below zero for all rows.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> start = pa.array(["2026-03-06T08:00Z", None]).cast(pa.timestamp("s", tz="UTC"))
    >>> print(add(office, start, "8 working hours")[0])
    2026-03-09 08:00:00+00:00
    """
    found, keys = _keyed(calendars, by)
    amounts = _Amounts.of(amount)
    answers = columns.add(found, _instants(start, "start"), amounts.values, by=keys, landing=landing)
    return _told(answers, "timestamp", faults=faults, unread=amounts.unread)


def subtract(calendars: Calendars, end: object, amount: object, *, by: object = None, faults: bool = False) -> Array:
    """The latest instants from which so much open time passes until the end, as ``timestamp[us, UTC]``.

    Args:
        calendars: what is open; with *by*, calendars by key.
        end: as for :func:`elapsed`.
        amount: as for :func:`add`.
        by: a column with the key of each row's calendar.
        faults: as for :func:`elapsed`.

    Raises:
        MomentError, DefinitionError, DurationError: as for :func:`add`.
    """
    found, keys = _keyed(calendars, by)
    amounts = _Amounts.of(amount)
    answers = columns.subtract(found, _instants(end, "end"), amounts.values, by=keys)
    return _told(answers, "timestamp", faults=faults, unread=amounts.unread)


def is_open(calendars: Calendars, at: object, *, by: object = None, faults: bool = False) -> Array:
    """Whether service is open at each instant, as ``bool``.

    Args:
        calendars: what is open; with *by*, calendars by key.
        at: as for :func:`elapsed`.
        by: a column with the key of each row's calendar.
        faults: as for :func:`elapsed`.

    Raises:
        MomentError, DefinitionError: as for :func:`elapsed`.
    """
    found, keys = _keyed(calendars, by)
    return _told(columns.is_open(found, _instants(at, "at"), by=keys), "bool", faults=faults)


def next_open(calendars: Calendars, at: object, *, by: object = None, faults: bool = False) -> Array:
    """Each instant itself if open, else the next opening, as ``timestamp[us, UTC]``.

    Args:
        calendars: what is open; with *by*, calendars by key.
        at: as for :func:`elapsed`.
        by: a column with the key of each row's calendar.
        faults: as for :func:`elapsed`.

    Raises:
        MomentError, DefinitionError: as for :func:`elapsed`.
    """
    found, keys = _keyed(calendars, by)
    return _told(columns.next_open(found, _instants(at, "at"), by=keys), "timestamp", faults=faults)


def count_working_days(
    calendars: Calendars, first: object, last: object, *, by: object = None, faults: bool = False
) -> Array:
    """Working days within ``[first, last)`` of each row, as ``int64``; zero when they are swapped.

    Args:
        calendars: what is open; with *by*, calendars by key.
        first: local dates, or days since 1970-01-01; a date stands for all rows.
        last: the same.
        by: a column with the key of each row's calendar.
        faults: as for :func:`elapsed`.

    Raises:
        DefinitionError: as for :func:`elapsed`, or a calendar over several zones.
    """
    found, keys = _keyed(calendars, by)
    answers = columns.count_working_days(found, _dates(first, "first"), _dates(last, "last"), by=keys)
    return _told(answers, "int64", faults=faults)
