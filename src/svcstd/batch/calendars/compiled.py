"""A calendar as arrays: sorted open spans in integer microseconds, with an index by which a search is two look-ups.

What a kernel needs and nothing else: no zone, no holiday, no pendulum object. It travels as plain bytes.
"""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from zipfile import BadZipFile

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.calendars import Calendar
from svcstd.calendars.timeline import TWO_YEARS
from svcstd.errors import DefinitionError
from svcstd.moment import FIRST, LAST, utc_year, year_start

__all__ = ["Bools", "CompiledCalendar", "Micros", "compile_calendar"]

Micros: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
NARROWEST, WIDEST = 31, 36
"""Buckets are from 36 minutes to 19 hours wide: as wide as may be with one border in each."""


@attrs.frozen(eq=False)
class Index:
    """Where in a sorted column a value belongs: the bucket tells almost, a comparison or a few the rest.

    Attributes:
        first: the value at which the first bucket begins.
        shift: the width of a bucket is 2 to this.
        marks: by bucket, how many values of the column lie before it.
        column: the sorted values, with one beyond all others behind them.
        steps: the most values in one bucket.
    """

    first: int
    shift: int
    marks: NDArray[np.intp]
    column: Micros
    steps: int

    @classmethod
    def of(cls, column: Micros, first: int, last: int) -> Index:
        """The index of a sorted column for values from *first* to *last*."""
        least = int(np.min(np.diff(column), initial=1 << WIDEST))
        shift = min(max(least.bit_length() - 1, NARROWEST), WIDEST)
        borders = np.arange(first, last + (2 << shift), 1 << shift, dtype=np.int64)
        marks = np.searchsorted(column, borders, side="left").astype(np.intp)
        steps = int(np.max(np.diff(marks), initial=0))
        return cls(first, shift, marks, np.append(column, np.iinfo(np.int64).max), steps)

    def right(self, values: Micros) -> NDArray[np.intp]:
        """How many values of the column are not greater; values must lie within the range of the index."""
        found = self._marked(values)
        for _ in range(self.steps):
            found += self.column.take(found, mode="clip") <= values
        return found

    def left(self, values: Micros) -> NDArray[np.intp]:
        """How many values of the column are smaller."""
        found = self._marked(values)
        for _ in range(self.steps):
            found += self.column.take(found, mode="clip") < values
        return found

    def _marked(self, values: Micros) -> NDArray[np.intp]:
        bucket = values - self.first
        bucket >>= self.shift
        return self.marks.take(bucket, mode="clip")


@attrs.frozen(eq=False)
class CompiledCalendar:
    """Open time between two instants, as arrays.

    Attributes:
        first, last: the range ``[first, last)``, UTC microseconds, whole UTC years.
        starts, ends: ``(n,)`` open spans, sorted, disjoint.
        before: ``(n + 1,)`` open microseconds before each span; the last is the total.
        unknown_starts, unknown_ends: ``(m,)`` spans that may or may not be open.
        settled: the instants before and after which only the weeks repeat.
    """

    first: int
    last: int
    starts: Micros
    ends: Micros
    before: Micros
    unknown_starts: Micros
    unknown_ends: Micros
    settled: tuple[int, int]
    by_start: Index = attrs.field(init=False, repr=False)
    by_open: Index = attrs.field(init=False, repr=False)
    ahead: Micros = attrs.field(init=False, repr=False)
    full: Micros = attrs.field(init=False, repr=False)
    closes: Micros = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # Place i is the span that began last before an instant; place 0 stands for none, which is full with nothing.
        made = {
            "by_start": Index.of(self.starts, self.first, self.last),
            "by_open": Index.of(self.before, 0, self.total),
            "ahead": np.append(np.iinfo(np.int64).max // 2, self.before[:-1] - self.starts),
            "full": self.before.copy(),
            "closes": np.append(FIRST, self.ends),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def total(self) -> int:
        """Open microseconds of the whole range."""
        return int(self.before[-1])

    @property
    def is_unsure(self) -> bool:
        """Whether anything in the range may or may not be open."""
        return len(self.unknown_starts) > 0

    def counted(self, at: Micros) -> Micros:
        """Open microseconds from the beginning of the range; of an instant that does not lie within it, any number."""
        return self.counted_at(at, self.by_start.right(at))

    def counted_at(self, at: Micros, place: NDArray[np.intp]) -> Micros:
        """The same, where the places of the instants are known."""
        passed = self.ahead.take(place, mode="clip")
        passed += at
        return np.minimum(passed, self.full.take(place, mode="clip"), out=passed)

    def unknown_from(self, at: Micros) -> Micros:
        """The first instant at or after that may or may not be open; ``LAST`` if there is none."""
        place = np.searchsorted(self.unknown_ends, at, side="right")
        found: Micros = np.maximum(at, np.append(self.unknown_starts, LAST)[place])
        return found

    def unknown_until(self, at: Micros) -> Micros:
        """The end of the last stretch before that may or may not be open; ``FIRST`` if there is none."""
        place = np.searchsorted(self.unknown_starts, at, side="left")
        found: Micros = np.minimum(at, np.append(FIRST, self.unknown_ends)[place])
        return found

    def never_opens(self, at: Micros) -> Bools:
        """Whether no opening comes within two settled years after an instant, as far as the range tells."""
        horizon = np.maximum(at, self.settled[1]) + TWO_YEARS
        last = int(self.ends[-1]) if len(self.ends) else FIRST
        return (self.last >= horizon) & (last <= horizon - TWO_YEARS)

    def never_opened(self, at: Micros) -> Bools:
        """The same before an instant."""
        horizon = np.minimum(at, self.settled[0]) - TWO_YEARS
        first = int(self.starts[0]) if len(self.starts) else LAST
        return (self.first <= horizon) & (first >= horizon + TWO_YEARS)

    def to_bytes(self) -> bytes:
        """Plain bytes, to send to other processes."""
        buffer = io.BytesIO()
        head = np.array([self.first, self.last, *self.settled], dtype=np.int64)
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        np.savez(buffer, head=head, **columns)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, found: bytes) -> CompiledCalendar:
        """The calendar that :meth:`to_bytes` wrote.

        Raises:
            DefinitionError: these are no such bytes.
        """
        try:
            with np.load(io.BytesIO(found), allow_pickle=False) as read:
                first, last, *settled = (int(value) for value in read["head"])
                columns = {name: read[name] for name in COLUMNS}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise DefinitionError("calendar", "batch.bytes") from error
        return cls(first, last, settled=(settled[0], settled[1]), **columns)


COLUMNS = ("starts", "ends", "before", "unknown_starts", "unknown_ends")


def compile_calendar(calendar: Calendar, low: int, high: int) -> CompiledCalendar:
    """A calendar as arrays, for the UTC years that hold two instants and all between them.

    Args:
        calendar: what is open.
        low: UTC microseconds.
        high: UTC microseconds.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00")
    >>> table = compile_calendar(office, 0, 0)
    >>> len(table.starts), table.total // 3_600_000_000  # 261 working days of 1970
    (261, 2088)
    """
    return _compiled(calendar, utc_year(low), utc_year(high))


@lru_cache(maxsize=256)
def _compiled(calendar: Calendar, first_year: int, last_year: int) -> CompiledCalendar:
    """Kept, since a frozen calendar is always compiled alike."""
    first, last = year_start(first_year), year_start(last_year + 1)
    found = calendar.timeline.reach(first, last - 1)
    starts, ends = _cut(found.starts, found.ends, first, last)
    unknown = _cut(found.unknown_starts, found.unknown_ends, first, last)
    before = np.append(np.int64(0), np.cumsum(ends - starts))
    return CompiledCalendar(first, last, starts, ends, before, *unknown, settled=calendar.settled())


def _cut(starts: Sequence[int], ends: Sequence[int], first: int, last: int) -> tuple[Micros, Micros]:
    """The spans that lie within a range, cut at its ends."""
    i, j = bisect_right(ends, first), bisect_left(starts, last)
    low, high = np.array(starts[i:j], dtype=np.int64), np.array(ends[i:j], dtype=np.int64)
    return np.maximum(low, first), np.minimum(high, last)
