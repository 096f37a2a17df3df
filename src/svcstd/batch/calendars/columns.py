"""The verbs of a calendar over columns of NumPy: any shape, nulls kept, for each row its calendar where wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars import kernel
from svcstd.batch.calendars.compiled import Bools, Micros
from svcstd.batch.calendars.kernel import FAULTS, NO_CALENDAR, PRECISION, YEARS, Codes, Rows
from svcstd.calendars import Calendar, Landing
from svcstd.calendars.calendar import checked
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, must_be
from svcstd.moment import FIRST, LAST

__all__ = ["Column", "add", "ask_each", "count_working_days", "elapsed", "is_open", "next_open", "subtract"]

Instants: TypeAlias = "NDArray[np.int64] | NDArray[np.datetime64] | np.ma.MaskedArray[Any, Any]"
"""UTC microseconds as whole numbers, or ``datetime64`` of any unit in UTC; ``NaT`` and what is masked are nulls."""
Amount: TypeAlias = "timedelta | int | NDArray[np.int64] | NDArray[np.timedelta64] | np.ma.MaskedArray[Any, Any]"
"""Open time: a timedelta, whole microseconds, or a column of either."""
Calendars: TypeAlias = "Calendar | Mapping[Any, Calendar]"
"""One calendar for all rows; or several by key, of which *by* names one for each row."""
Ask: TypeAlias = "Callable[..., Rows]"
"""A verb of the kernel: of a calendar, its columns and the rows where all are known."""
MICROSECONDS = {"us": 1, "ms": 10**3, "s": 10**6, "m": 60 * 10**6, "h": 3_600 * 10**6, "D": 86_400 * 10**6}
"""By unit of NumPy, how many microseconds it has."""
FINER = {"ns": 10**3, "ps": 10**6, "fs": 10**9, "as": 10**12}
"""By finer unit, how many of it are one microsecond."""
NAT = np.iinfo(np.int64).min
MOST_THREADS = 64


@attrs.frozen(eq=False)
class Column:
    """One answer for each row.

    Attributes:
        values: int64 microseconds, or bool, in the shape of the rows; 0 where there is none.
        valid: where there is an answer.
        codes: places in :data:`svcstd.batch.FAULTS`: why a row has none; 0 too where nothing was asked.
    """

    values: NDArray[np.int64] | Bools
    valid: Bools
    codes: Codes

    @property
    def faults(self) -> NDArray[np.str_]:
        """Why each row has no answer, as the id of a message; empty where it has one, or nothing was asked."""
        return np.array(FAULTS)[self.codes]

    def datetimes(self) -> NDArray[np.datetime64]:
        """The answers as ``datetime64[us]`` in UTC, with ``NaT`` for none."""
        found = self.values.astype("datetime64[us]")
        found[~self.valid] = np.datetime64("NaT")
        return found

    def timedeltas(self) -> NDArray[np.timedelta64]:
        """The answers as ``timedelta64[us]``, with ``NaT`` for none."""
        found = self.values.astype("timedelta64[us]")
        found[~self.valid] = np.timedelta64("NaT")
        return found


@attrs.frozen(eq=False)
class Given:
    """A column as integers: the values, which of them are known, and why some cannot be told; ``None`` for no such."""

    values: Micros
    known: Bools
    codes: Codes | None = None


class _Masked(NamedTuple):
    """What stands in a column, and where something does."""

    data: NDArray[Any]
    known: Bools


def _masked(raw: object) -> _Masked:
    if isinstance(raw, np.ma.MaskedArray):
        return _Masked(np.asarray(raw.data), ~np.ma.getmaskarray(raw))
    data = np.asarray(raw)
    return _Masked(data, np.ones(data.shape, dtype=bool))


def integers(raw: object, kind: str, where: str) -> Given:
    """A column of instants (kind ``M``) or of lengths (kind ``m``) as microseconds.

    Raises:
        DefinitionError: something else.
    """
    found = _masked(raw)
    values, known = found.data, found.known
    if values.dtype.kind == kind:
        return _of_unit(values, known, where)
    if values.dtype.kind not in "iu" or values.dtype == np.uint64:
        raise DefinitionError(where, "batch.column", value=str(values.dtype))
    return Given(values.astype(np.int64, copy=False), known)


def _of_unit(values: NDArray[Any], known: Bools, where: str) -> Given:
    """Exactly as many microseconds; a row that has none is a fault of that row."""
    unit, step = np.datetime_data(values.dtype)
    whole = values.view(np.int64)
    known = np.logical_and(known, whole != NAT)
    if unit in FINER and FINER[unit] % step == 0:
        micros, rest = np.divmod(whole, FINER[unit] // step)
        between = known & (rest != 0)
        return Given(micros, known & ~between, np.multiply(between, PRECISION, dtype=np.uint8))
    if unit not in MICROSECONDS:
        raise DefinitionError(where, "batch.column", value=str(values.dtype))
    factor = MICROSECONDS[unit] * step
    if factor == 1:
        return Given(whole, known)
    beyond = known & ((whole < FIRST // factor - 1) | (whole > LAST // factor + 1))
    known &= ~beyond
    return Given(np.where(known, whole, 0) * factor, known, np.multiply(beyond, YEARS, dtype=np.uint8))


def ask_each(
    calendars: Calendars,
    by: object,
    given: list[Given],
    kind: type[np.int64 | np.bool_],
    ask: Ask,
    threads: int = 1,
) -> Column:
    """Ask each calendar about its rows, whatever their shape."""
    if type(threads) is not int or not 1 <= threads <= MOST_THREADS:
        raise DefinitionError("threads", "shape.bounds", value=repr(threads), low=1, high=MOST_THREADS)
    shape = np.broadcast_shapes(*(one.values.shape for one in given), () if by is None else np.asarray(by).shape)
    columns = [_flat(one.values, shape) for one in given]
    known = np.ones(columns[0].shape, dtype=bool)
    for one in given:
        known &= _flat(one.known, shape)
    if by is None:
        must_be(calendars, Calendar, "calendars", "a calendar; several are picked row by row with by")
        found = _side_by_side(partial(ask, calendars), columns, known, kind, threads)
    else:
        found = Rows.empty(len(known), kind)
        for calendar, rows in _groups(calendars, _flat(np.asarray(by), shape)):
            if calendar is None:
                found.faults[rows] = np.where(known[rows], NO_CALENDAR, 0)
                continue
            part = _side_by_side(partial(ask, calendar), [one[rows] for one in columns], known[rows], kind, threads)
            found.values[rows], found.faults[rows] = part.values, part.faults
    for one in given:
        if one.codes is not None:
            np.maximum(found.faults, _flat(one.codes, shape), out=found.faults)
    known &= found.faults == 0
    return Column(found.values.reshape(shape), known.reshape(shape), found.faults.reshape(shape))


def _side_by_side(ask: Ask, columns: list[Micros], known: Bools, kind: type[np.int64 | np.bool_], threads: int) -> Rows:
    """Ask about the rows in so many threads, each about a part of them: NumPy lets them run at one time."""
    if threads == 1:
        return ask(*columns, known)
    found = Rows.empty(len(known), kind)
    parts = [slice(*one) for one in pairwise(np.linspace(0, len(known), threads + 1).astype(int).tolist())]

    def answer(part: slice) -> None:
        told = ask(*(column[part] for column in columns), known[part])
        found.values[part], found.faults[part] = told.values, told.faults

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(answer, parts))
    return found


def _flat(values: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """The values of all rows in one dimension; what stands for all rows is not copied."""
    if values.shape == shape:
        return values.reshape(-1)
    if values.ndim == 0:
        return np.broadcast_to(values, (int(np.prod(shape)),))
    return np.broadcast_to(values, shape).reshape(-1)


def _groups(calendars: Calendars, keys: NDArray[Any]) -> Iterator[tuple[Calendar | None, NDArray[np.intp] | slice]]:
    """Each calendar with the rows that name it; ``None`` with the rows that name none."""
    must_be(calendars, Mapping, "calendars", "calendars by key, of which by names one for each row")
    names, places = _numbered(keys)
    for name, rows in zip(names, _rows_of(places, len(names)), strict=True):
        calendar = calendars.get(name)  # type: ignore[union-attr]
        must_be(calendar, (Calendar, type(None)), f"calendars.{name}", "a calendar")
        yield calendar, rows


def _rows_of(places: NDArray[np.intp], count: int) -> Iterator[NDArray[np.intp] | slice]:
    """The rows of each place; of the only one, all of them as they stand."""
    if count == 1:
        yield slice(None)
        return
    # NumPy sorts whole numbers of 16 bits by their digits: three times as fast as wider ones.
    order = np.argsort(places.astype(np.uint16) if count <= 1 << 16 else places, kind="stable")
    borders = np.cumsum([0, *np.bincount(places, minlength=count)])
    for number in range(count):
        yield order[borders[number] : borders[number + 1]]


def _numbered(keys: NDArray[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    """The different keys, and for each row the place of its own; objects, null among them, need no order."""
    if keys.dtype.kind != "O":
        if keys.size and (keys == keys[0]).all():
            return [keys[0].item()], np.zeros(keys.shape, dtype=np.intp)
        names, places = np.unique(keys, return_inverse=True)
        return names.tolist(), places
    numbers = {name: number for number, name in enumerate(dict.fromkeys(keys))}
    return list(numbers), np.fromiter((numbers[key] for key in keys), np.intp, len(keys))


def _length(amount: object) -> Given:
    if isinstance(amount, timedelta):
        return integers(np.int64(duration_micros(amount, "amount")), "m", "amount")
    return integers(amount, "m", "amount")


def elapsed(calendars: Calendars, start: Instants, end: Instants, *, by: object = None, threads: int = 1) -> Column:
    """Open time from start to end of each row, in microseconds; negative when they are swapped.

    Args:
        calendars: what is open.
        start: UTC instants.
        end: UTC instants; columns of one row stand for all.
        by: for each row the key of its calendar.
        threads: how many work at one time.

    Raises:
        DefinitionError: a column of another kind, or calendars that do not fit *by*.

    >>> import numpy as np
    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> start = np.array(["2026-03-06T08:00", "NaT"], dtype="datetime64[m]")
    >>> end = np.datetime64("2026-03-09T02:00", "m")
    >>> found = elapsed(office, start, end)
    >>> found.timedeltas().astype("timedelta64[h]").tolist()
    [datetime.timedelta(seconds=7200), None]
    """
    given = [integers(start, "M", "start"), integers(end, "M", "end")]
    return ask_each(calendars, by, given, np.int64, kernel.elapsed, threads)


def add(
    calendars: Calendars,
    start: Instants,
    amount: Amount,
    *,
    by: object = None,
    threads: int = 1,
    landing: Landing | None = None,
) -> Column:
    """The earliest instants at which so much open time has passed, in UTC microseconds.

    Args:
        calendars: what is open.
        start: UTC instants.
        amount: open time, zero or more; a row below zero is a fault of that row.
        by: for each row the key of its calendar.
        threads: how many work at one time.
        landing: as for :meth:`svcstd.calendars.Calendar.add`; by default each calendar's own.

    Raises:
        DefinitionError: a column of another kind, or calendars that do not fit *by*.
        DurationError: one amount below zero for all rows.

    >>> import numpy as np
    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> add(office, np.array(["2026-03-06T08:00"], dtype="datetime64[s]"), timedelta(hours=8)).datetimes().item()
    datetime.datetime(2026, 3, 9, 8, 0)
    """
    chosen = None if landing is None else checked(landing)

    def ask(one: Calendar, start: Micros, amount: Micros, known: Bools) -> Rows:
        return kernel.add(one, start, amount, known, next_opening=(chosen or one.landing) == "next_open")

    return ask_each(calendars, by, [integers(start, "M", "start"), _length(amount)], np.int64, ask, threads)


def subtract(calendars: Calendars, end: Instants, amount: Amount, *, by: object = None, threads: int = 1) -> Column:
    """The latest instants from which so much open time passes until the end, in UTC microseconds.

    Args:
        calendars: what is open.
        end: UTC instants.
        amount: as for :func:`add`.
        by: for each row the key of its calendar.
        threads: how many work at one time.

    Raises:
        DefinitionError, DurationError: as for :func:`add`.
    """
    given = [integers(end, "M", "end"), _length(amount)]
    return ask_each(calendars, by, given, np.int64, kernel.subtract, threads)


def is_open(calendars: Calendars, at: Instants, *, by: object = None, threads: int = 1) -> Column:
    """Whether service is open at each instant.

    Args:
        calendars: what is open.
        at: UTC instants.
        by: for each row the key of its calendar.
        threads: how many work at one time.

    Raises:
        DefinitionError: a column of another kind, or calendars that do not fit *by*.
    """
    return ask_each(calendars, by, [integers(at, "M", "at")], np.bool_, kernel.is_open, threads)


def next_open(calendars: Calendars, at: Instants, *, by: object = None, threads: int = 1) -> Column:
    """Each instant itself if open, else the next opening, in UTC microseconds.

    Args:
        calendars: what is open.
        at: UTC instants.
        by: for each row the key of its calendar.
        threads: how many work at one time.

    Raises:
        DefinitionError: a column of another kind, or calendars that do not fit *by*.
    """
    return ask_each(calendars, by, [integers(at, "M", "at")], np.int64, kernel.next_open, threads)


def count_working_days(calendars: Calendars, first: Instants, last: Instants, *, by: object = None) -> Column:
    """Working days within ``[first, last)`` of each row; zero when they are swapped.

    Args:
        calendars: what is open.
        first: local dates, ``datetime64[D]`` or days since 1970-01-01.
        last: the same.
        by: for each row the key of its calendar.

    Raises:
        DefinitionError: a column of another kind, calendars that do not fit *by*, or one over several zones.
    """
    given = [_dates(first, "first"), _dates(last, "last")]
    return ask_each(calendars, by, given, np.int64, kernel.working_days)


def _dates(raw: object, where: str) -> Given:
    """A column of dates as days since 1970."""
    found = _masked(raw)
    if found.data.dtype.kind != "M":
        return integers(raw, "", where)
    if np.datetime_data(found.data.dtype) != ("D", 1):
        raise DefinitionError(where, "batch.column", value=str(found.data.dtype))
    days = found.data.view(np.int64)
    return Given(days, found.known & (days != NAT))
