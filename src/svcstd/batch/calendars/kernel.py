"""The verbs of a calendar over whole columns of instants: chunk by chunk, in integers, each bad row with its reason.

The scalar code is the reference: every answer and every reason here is what :class:`svcstd.calendars.Calendar` gives
for the row alone. A chunk fits into the cache of a processor, so that extra memory does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.compiled import Bools, CompiledCalendar, Micros, compile_calendar
from svcstd.batch.chunks import chunks
from svcstd.calendars import Calendar
from svcstd.moment import FIRST, LAST
from svcstd.moment import YEARS as COMPUTED

__all__ = ["FAULTS", "Codes", "Rows", "add", "elapsed", "is_open", "next_open", "subtract", "working_days"]

FAULTS = (
    "",
    "moment.years",
    "calendar.uncovered",
    "calendar.never_opens",
    "calendar.never_opened",
    "calendar.horizon",
    "calendar.horizon_before",
    "duration.negative",
    "batch.precision",
    "batch.no_calendar",
    "batch.amount",
)
"""Why a row has no answer: the message of the error that the scalar verb raises, or of the column; the first: none."""
(YEARS, UNCOVERED, NEVER_OPENS, NEVER_OPENED, HORIZON, HORIZON_BEFORE, NEGATIVE, PRECISION, NO_CALENDAR, AMOUNT) = (
    range(1, len(FAULTS))
)

EPOCH = date(1970, 1, 1).toordinal()
DAYS = range(date(COMPUTED.start, 1, 1).toordinal() - EPOCH, date(COMPUTED.stop, 1, 1).toordinal() - EPOCH)
"""Dates that can be computed, as days since 1970-01-01."""

NONE: Bools = np.zeros(1, dtype=bool)
"""No row, whatever their number."""

Codes: TypeAlias = "NDArray[np.uint8]"
Solve: TypeAlias = "Callable[[CompiledCalendar, slice, Micros], tuple[Micros | Bools, Bools, Bools]]"
"""From a compiled calendar, a chunk and its instants: the answers, which of them hold, and which days are unknown."""


@attrs.frozen(eq=False)
class Rows:
    """What came of each row.

    Attributes:
        values: ``(n,)`` int64 microseconds, or bool; 0 where there is no answer.
        faults: ``(n,)`` places in :data:`FAULTS`; 0 where there is an answer, and where nothing was asked.
    """

    values: NDArray[np.int64] | Bools
    faults: Codes

    @classmethod
    def empty(cls, count: int, kind: type[np.int64 | np.bool_]) -> Rows:
        """So many rows without an answer."""
        values: Any = np.zeros(count, dtype=kind)
        return cls(values, np.zeros(count, dtype=np.uint8))


def _asked(found: Rows, valid: Bools, *columns: Micros) -> tuple[Bools, int, int]:
    """The rows that can be asked, their least and their greatest instant.

    An instant beyond the computable years is a fault of its row.
    """
    asked = valid.copy()
    low, high = LAST, FIRST
    for part in chunks(len(valid)):
        within = asked[part]
        plain = bool(within.all())
        for column in columns:
            instants = column[part]
            if not plain:  # what is unknown may be anything: one that is known stands for it
                instants = np.where(within, instants, instants[int(within.argmax())])
            least, most = int(instants.min()), int(instants.max())
            if least < FIRST or most >= LAST:
                least, most = _computable(found, part, instants, within)
                plain = False
            low, high = min(low, least), max(high, most)
    return asked, low, high


def _computable(found: Rows, part: slice, instants: Micros, within: Bools) -> tuple[int, int]:
    """The least and the greatest computable instant of a chunk; rows beyond the years are taken out of it."""
    computable = (instants >= FIRST) & (instants < LAST)
    found.faults[part][within & ~computable] = YEARS
    within &= computable
    return int(np.where(within, instants, LAST).min()), int(np.where(within, instants, FIRST).max())


def _kept(instants: Micros, mask: Bools, table: CompiledCalendar) -> Micros:
    """The instants of a chunk; where nothing is asked, the beginning of the range."""
    return instants if mask.all() else np.where(mask, instants, table.first)


def elapsed(calendar: Calendar, start: Micros, end: Micros, valid: Bools) -> Rows:
    """Open microseconds from start to end of each row; negative when they are swapped.

    Args:
        calendar: what is open.
        start: ``(n,)`` UTC microseconds.
        end: ``(n,)`` UTC microseconds.
        valid: ``(n,)`` the rows where both are known.
    """
    found = Rows.empty(len(start), np.int64)
    asked, least, most = _asked(found, valid, start, end)
    if least > most:
        return found
    table = compile_calendar(calendar, least, most)
    for part in chunks(len(start)):
        mask = asked[part]
        low, high = start[part], end[part]  # of what is not asked, any number comes out, and is not written
        before = table.counted(low)
        values = table.counted(high)
        values -= before
        if table.is_unsure:
            unknown = table.unknown_from(np.minimum(low, high)) < np.maximum(low, high)
            found.faults[part][mask & unknown] = UNCOVERED
            mask = mask & ~unknown
        if not mask.all():
            np.putmask(values, ~mask, 0)
        found.values[part] = values
    return found


def _write(found: Rows, part: slice, values: Micros | Bools, holds: Bools) -> None:
    """The answers of a chunk where they hold; the others stay."""
    if holds.all():
        found.values[part] = values
    else:
        np.copyto(found.values[part], values, where=holds)


def _each(calendar: Calendar, at: Micros, valid: Bools, found: Rows, solve: Solve, *, backwards: bool = False) -> Rows:
    """Solve chunk by chunk; rows that reach beyond the compiled range are solved again with a wider one."""
    asked, low, high = _asked(found, valid, at)
    while low <= high and asked.any():
        table = compile_calendar(calendar, low, high)
        for part in chunks(len(at)):
            mask = asked[part]
            if mask.any():
                kept = _kept(at[part], mask, table)
                answer, holds, unknown = solve(table, part, kept)
                told = answer, holds & mask, unknown & mask, mask
                asked[part] = _settled(table, found, part, kept, told, backwards=backwards)
        wider = table.last - table.first
        low, high = (max(table.first - wider, FIRST), high) if backwards else (low, min(table.last + wider, LAST - 1))
    return found


def _settled(
    table: CompiledCalendar,
    found: Rows,
    part: slice,
    at: Micros,
    told: tuple[Micros | Bools, Bools, Bools, Bools],
    *,
    backwards: bool,
) -> Bools:
    """Write what is settled of a chunk; the rows that need a wider range."""
    answer, holds, unknown, mask = told
    _write(found, part, answer, holds)
    rest = mask & ~holds
    if not rest.any():
        return rest
    faults = found.faults[part]
    uncovered = rest & unknown
    faults[uncovered] = UNCOVERED
    rest &= ~uncovered
    if rest.any():
        never = rest & (table.never_opened(at) if backwards else table.never_opens(at))
        faults[never] = NEVER_OPENED if backwards else NEVER_OPENS
        rest &= ~never
        if table.first <= FIRST if backwards else table.last >= LAST:
            faults[rest] = HORIZON_BEFORE if backwards else HORIZON
            rest = np.zeros_like(rest)
    return rest


def _amounts(amount: Micros | int, at: Micros, valid: Bools, found: Rows) -> tuple[Micros, Bools]:
    """The amounts, and the rows to ask: one below zero is a fault of its row, if its instant is none already."""
    amounts = np.broadcast_to(np.asarray(amount, dtype=np.int64), valid.shape)
    if amounts.min(initial=0) >= 0:
        return amounts, valid
    negative = valid & (amounts < 0)
    found.faults[negative] = np.where((at >= FIRST) & (at < LAST), NEGATIVE, YEARS)[negative]
    return amounts, valid & ~negative


def _idle(at: Micros, wanted: Micros, answer: Micros, within: Bools) -> tuple[Micros, Bools]:
    """No time leads nowhere, whatever is known."""
    if wanted.size and wanted.min() > 0:
        return answer, within
    idle = wanted == 0
    np.copyto(answer, at, where=idle)
    within |= idle
    return answer, within


def add(calendar: Calendar, start: Micros, amount: Micros | int, valid: Bools, *, next_opening: bool = False) -> Rows:
    """The earliest instant at which so much open time has passed.

    Args:
        calendar: what is open.
        start: ``(n,)`` UTC microseconds.
        amount: open microseconds, for all rows or ``(n,)``; below zero is a fault of the row.
        valid: ``(n,)`` the rows where both are known.
        next_opening: whether a due instant at closing moves on to the next opening.
    """
    found = Rows.empty(len(start), np.int64)
    amounts, valid = _amounts(amount, start, valid, found)

    def solve(table: CompiledCalendar, part: slice, at: Micros) -> tuple[Micros, Bools, Bools]:
        wanted = amounts[part]
        goal = table.counted(at)
        goal += wanted
        within = goal <= table.total
        if table.total:
            place = table.by_open.left(np.minimum(goal, table.total))
            due = goal - table.ahead.take(place, mode="clip")
        else:
            due = np.full(at.shape, LAST, dtype=np.int64)
        unknown = NONE
        if table.is_unsure:
            unsure = table.unknown_from(at)
            within &= due <= unsure
            unknown = unsure < table.last
        return *_idle(at, wanted, due, within), unknown

    _each(calendar, start, valid, found, solve)
    if not next_opening:
        return found
    moved = next_open(calendar, found.values.astype(np.int64, copy=False), valid & (found.faults == 0))
    return Rows(moved.values, np.maximum(found.faults, moved.faults))


def subtract(calendar: Calendar, end: Micros, amount: Micros | int, valid: Bools) -> Rows:
    """The latest instant from which so much open time passes until the end.

    Args:
        calendar: what is open.
        end: ``(n,)`` UTC microseconds.
        amount: open microseconds, for all rows or ``(n,)``; below zero is a fault of the row.
        valid: ``(n,)`` the rows where both are known.
    """
    found = Rows.empty(len(end), np.int64)
    amounts, valid = _amounts(amount, end, valid, found)

    def solve(table: CompiledCalendar, part: slice, at: Micros) -> tuple[Micros, Bools, Bools]:
        wanted = amounts[part]
        goal = table.counted(at)
        goal -= wanted
        within = goal >= 0
        if table.total:
            place = table.by_open.right(np.maximum(goal, 0))
            begun = goal - table.ahead.take(place, mode="clip")
        else:
            begun = np.full(at.shape, FIRST, dtype=np.int64)
        unknown = NONE
        if table.is_unsure:
            unsure = table.unknown_until(at)
            within &= begun >= unsure
            unknown = unsure > table.first
        return *_idle(at, wanted, begun, within), unknown

    return _each(calendar, end, valid, found, solve, backwards=True)


def is_open(calendar: Calendar, at: Micros, valid: Bools) -> Rows:
    """Whether service is open at each instant.

    Args:
        calendar: what is open.
        at: ``(n,)`` UTC microseconds.
        valid: ``(n,)`` the rows where it is known.
    """

    def solve(table: CompiledCalendar, _: slice, at: Micros) -> tuple[Bools, Bools, Bools]:
        unknown = table.unknown_from(at) == at if table.is_unsure else np.zeros(at.shape, dtype=bool)
        return at < table.closes.take(table.by_start.right(at), mode="clip"), ~unknown, unknown

    return _each(calendar, at, valid, Rows.empty(len(at), np.bool_), solve)


def next_open(calendar: Calendar, at: Micros, valid: Bools) -> Rows:
    """Each instant itself if open, else the next opening.

    Args:
        calendar: what is open.
        at: ``(n,)`` UTC microseconds.
        valid: ``(n,)`` the rows where it is known.
    """

    def solve(table: CompiledCalendar, _: slice, at: Micros) -> tuple[Micros, Bools, Bools]:
        place = table.by_start.right(at)
        later = table.by_start.column.take(place, mode="clip")
        opens = np.minimum(np.where(at < table.closes.take(place, mode="clip"), at, later), LAST)
        holds, unknown = opens < LAST, NONE
        if table.is_unsure:
            unknown = table.unknown_from(at) < opens
            holds &= ~unknown
        return opens, holds, unknown

    return _each(calendar, at, valid, Rows.empty(len(at), np.int64), solve)


def working_days(calendar: Calendar, first: NDArray[np.int64], last: NDArray[np.int64], valid: Bools) -> Rows:
    """Working days within ``[first, last)`` of each row; zero when they are swapped.

    Args:
        calendar: what is open.
        first: ``(n,)`` local dates, as days since 1970-01-01.
        last: ``(n,)`` the same.
        valid: ``(n,)`` the rows where both are known.

    Raises:
        DefinitionError: a calendar over several zones, which has no dates.
    """
    found = Rows.empty(len(first), np.int64)
    forward = valid & (first < last)
    inside = forward & (first >= DAYS.start) & (last <= DAYS.stop)
    found.faults[forward & ~inside] = YEARS
    if not inside.any():
        return found
    low, high = int(first.min(where=inside, initial=DAYS.stop)), int(last.max(where=inside, initial=DAYS.start))
    hours = [calendar.hours_of(date.fromordinal(day + EPOCH)) for day in range(low, high)]
    worked = np.cumsum([0, *(bool(spans) for spans in hours)], dtype=np.int64)
    unknown = np.cumsum([0, *(spans is None for spans in hours)], dtype=np.int64)
    for part in chunks(len(first)):
        mask = inside[part]
        start, end = np.where(mask, first[part] - low, 0), np.where(mask, last[part] - low, 0)
        unsure = unknown[end] > unknown[start]
        found.faults[part][mask & unsure] = UNCOVERED
        np.copyto(found.values[part], worked[end] - worked[start], where=mask & ~unsure)
    return found
