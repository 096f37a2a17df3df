"""The compiled form that every verb and every kernel reads: sorted open spans as integers, with running sums.

A calendar tells what is open in one UTC year, :class:`Timeline` joins years as they are asked for. Reading takes no
lock: a reader holds one immutable :class:`Compiled`, growth puts a larger one in its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from svcstd.calendars.spans import Spans, merge, subtract
from svcstd.errors import CoverageError, MomentError, NeverCloses, NeverOpens
from svcstd.moment import DAY, FIRST, LAST, YEARS, local_date, moment, utc_year, year_start

if TYPE_CHECKING:
    from pendulum.tz.timezone import Timezone

    from svcstd.explain import Explanation

__all__ = ["Compiled", "Source", "Timeline"]

BUCKET = 39
"""A search starts from marks that lie ``2 ** 39`` microseconds, six days and nine hours, apart."""
NEAR = 16
"""Most additions end within so many spans."""
TWO_YEARS = 731 * DAY
"""How long a calendar may stay shut after its last dated thing before it is said never to open."""


class Source(Protocol):
    """What a calendar must tell to be compiled and explained."""

    def block(self, year: int) -> tuple[Spans, Spans]:
        """What is surely open in a UTC year, and what may be: the second holds the first."""
        ...

    def settled(self) -> tuple[int, int]:
        """The instants before and after which only the week repeats."""
        ...

    def why(self, start: int, end: int, *, closed: bool) -> tuple[Explanation, ...]:
        """Why it is closed, or open at unusual hours, within a stretch of time. Cold path."""
        ...


class Compiled(NamedTuple):
    """Open time between two instants.

    Attributes:
        first, last: the compiled range ``[first, last)``, UTC microseconds, whole UTC years.
        starts, ends: ``(n,)`` open spans, sorted, disjoint.
        before: ``(n + 1,)`` open microseconds before each span; the last is the total.
        unknown_starts, unknown_ends: ``(m,)`` spans that may or may not be open.
        marks: ``(k + 1,)`` number of spans that start before each bucket of ``2 ** BUCKET`` microseconds, so that a
            search looks at a week of spans and not at years of them.
        clear: the longest stretch ``[from, to)`` of the range without anything unknown.
    """

    first: int
    last: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    unknown_starts: list[int]
    unknown_ends: list[int]
    marks: list[int]
    clear: tuple[int, int]

    def counted(self, at: int) -> int:
        """Open microseconds from the beginning of the range."""
        k = (at - self.first) >> BUCKET
        i = bisect_right(self.starts, at, self.marks[k], self.marks[k + 1]) - 1
        if i < 0:
            return 0
        counted, full = self.before[i] + at - self.starts[i], self.before[i + 1]
        return counted if counted < full else full  # noqa: FURB136 - min() costs more than the comparison

    def unknown_from(self, at: int) -> int:
        """The first instant at or after *at* that may or may not be open; beyond the range if there is none."""
        i = bisect_right(self.unknown_ends, at)
        return max(at, self.unknown_starts[i]) if i < len(self.unknown_starts) else LAST

    def unknown_until(self, at: int) -> int:
        """The end of the last stretch before *at* that may or may not be open; before the range if there is none."""
        i = bisect_left(self.unknown_starts, at) - 1
        return min(at, self.unknown_ends[i]) if i >= 0 else FIRST


def _compile(years: range, sure: Spans, maybe: Spans) -> Compiled:
    starts, ends, before = [s for s, _ in sure], [e for _, e in sure], [0]
    for start, end in sure:
        before.append(before[-1] + end - start)
    unknown = subtract(maybe, sure)
    first, last = year_start(years.start), year_start(years.stop)
    buckets = range(first, last + (2 << BUCKET), 1 << BUCKET)
    return Compiled(
        first,
        last,
        starts,
        ends,
        before,
        [s for s, _ in unknown],
        [e for _, e in unknown],
        [bisect_left(starts, bucket) for bucket in buckets],
        max(subtract([(first, last)], unknown), key=_length, default=(first, first)),
    )


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


class Timeline:
    """The growing compiled form of one calendar, in integer UTC microseconds."""

    __slots__ = ("_blocks", "_compiled", "_lock", "_source", "_years", "_zone")

    def __init__(self, source: Source, zone: Timezone) -> None:
        self._source, self._zone, self._lock = source, zone, Lock()
        self._blocks: dict[int, tuple[Spans, Spans]] = {}
        self._years = range(0)
        self._compiled = Compiled(0, 0, [], [], [0], [], [], [0, 0], (0, 0))

    def reach(self, low: int, high: int) -> Compiled:
        """The compiled form of a range that holds ``[low, high]``."""
        found = self._compiled
        return found if found.first <= low and high < found.last else self._grow(low, high)

    def _grow(self, low: int, high: int) -> Compiled:
        with self._lock:
            years = self._wider(utc_year(low), utc_year(min(high, LAST - 1)))
            if years != self._years:
                for year in years:
                    if year not in self._blocks:
                        self._blocks[year] = self._source.block(year)
                blocks = [self._blocks[year] for year in years]
                sure = merge(span for block, _ in blocks for span in block)
                maybe = merge(span for _, block in blocks for span in block)
                self._compiled = _compile(years, sure, maybe)
                self._years = years
            return self._compiled

    def _wider(self, first: int, last: int) -> range:
        """The years to compile: those asked for, and on growth as many again, so that growing stays cheap."""
        now = self._years
        if not now:
            return range(first, last + 1)
        start, stop = min(first, now.start), max(last + 1, now.stop)
        if start < now.start:
            start = max(min(start, now.start - len(now)), YEARS.start)
        if stop > now.stop:
            stop = min(max(stop, now.stop + len(now)), YEARS.stop)
        return range(start, stop)

    def elapsed(self, start: int, end: int) -> int:
        """Open microseconds from start to end, negative when they are swapped."""
        if end < start:
            return -self.elapsed(end, start)
        first, _, starts, _, before, _, _, marks, (clear, dim) = self._compiled
        if start < clear or dim <= end:
            return self._elapsed_slowly(start, end)
        # Compiled.counted twice, unrolled: the call costs as much as the search.
        k, m = (start - first) >> BUCKET, (end - first) >> BUCKET
        i = bisect_right(starts, start, marks[k], marks[k + 1])
        j = bisect_right(starts, end, marks[m], marks[m + 1])
        low = before[i - 1] + start - starts[i - 1] if i else 0
        high = before[j - 1] + end - starts[j - 1] if j else 0
        full, whole = before[i], before[j]
        return (high if high < whole else whole) - (low if low < full else full)  # noqa: FURB136 - faster than min()

    def _elapsed_slowly(self, start: int, end: int) -> int:
        found = self.reach(start, end)
        if found.unknown_starts and found.unknown_from(start) < end:
            raise self._uncovered(found.unknown_from(start))
        return found.counted(end) - found.counted(start)

    def add(self, start: int, amount: int) -> int:
        """The earliest instant at which *amount* of open time has passed since start."""
        if amount == 0:
            return start
        first, _, starts, _, before, _, _, marks, (clear, dim) = self._compiled
        if clear <= start < dim:
            k = (start - first) >> BUCKET
            i = bisect_right(starts, start, marks[k], marks[k + 1])
            goal = min(before[i - 1] + start - starts[i - 1], before[i]) + amount if i else amount
            if goal <= before[-1]:
                near = i + NEAR if i + NEAR < len(before) and goal <= before[i + NEAR] else len(before)
                j = bisect_left(before, goal, i, near) - 1
                due = starts[j] + goal - before[j]
                if due <= dim:
                    return due
        return self._add_slowly(start, amount)

    def _add_slowly(self, start: int, amount: int) -> int:
        """Grow the compiled form as far as the amount reaches."""
        found = self.reach(start, start)
        while True:
            goal = found.counted(start) + amount
            unknown = found.unknown_from(start) if found.unknown_starts else LAST
            if goal <= found.before[-1]:
                i = bisect_left(found.before, goal) - 1
                due = found.starts[i] + goal - found.before[i]
                if due <= unknown:
                    return due
            if unknown < found.last:
                raise self._uncovered(unknown)
            self._demand_opening(found, start)
            found = self.reach(start, found.last)

    def subtract(self, end: int, amount: int) -> int:
        """The latest instant from which *amount* of open time passes until end."""
        if amount == 0:
            return end
        found = self.reach(end, end)
        while True:
            goal = found.counted(end) - amount
            unknown = found.unknown_until(end) if found.unknown_starts else FIRST
            if goal >= 0:
                i = bisect_right(found.before, goal) - 1
                begun = found.starts[i] + goal - found.before[i]
                if begun >= unknown:
                    return begun
            if unknown > found.first:
                raise self._uncovered(unknown - 1)
            self._demand_earlier_opening(found, end)
            found = self.reach(found.first - 1, end)

    def is_open(self, at: int) -> bool:
        """Whether the instant lies in an open span."""
        found = self.reach(at, at)
        if found.unknown_starts and found.unknown_from(at) == at:
            raise self._uncovered(at)
        i = bisect_right(found.starts, at) - 1
        return i >= 0 and at < found.ends[i]

    def next_open(self, at: int) -> int:
        """The first open instant at or after."""
        found = self.reach(at, at)
        while True:
            i = bisect_right(found.ends, at)
            opens = max(at, found.starts[i]) if i < len(found.starts) else LAST
            unknown = found.unknown_from(at) if found.unknown_starts else LAST
            if unknown < opens:
                raise self._uncovered(unknown)
            if opens < LAST:
                return opens
            self._demand_opening(found, at)
            found = self.reach(at, found.last)

    def next_close(self, at: int) -> int:
        """The first closing instant after."""
        begun = self.next_open(at)
        found = self.reach(at, begun)
        while True:
            end = found.ends[bisect_right(found.ends, begun)]
            unknown = found.unknown_from(begun) if found.unknown_starts else LAST
            if end < found.last:
                if unknown == end:
                    raise self._uncovered(unknown)
                return end
            if found.last >= min(LAST, self._settled_after(at)):
                raise NeverCloses("at", "calendar.never_closes", at=moment(at, self._zone))
            found = self.reach(at, found.last)

    def previous_close(self, at: int) -> int:
        """The last closing instant at or before."""
        found = self.reach(at, at)
        while True:
            i = bisect_right(found.ends, at) - 1
            closed = found.ends[i] if i >= 0 else FIRST
            if found.unknown_starts and (found.unknown_until(at) > closed or found.unknown_from(closed) == closed):
                raise self._uncovered(found.unknown_until(at + 1) - 1)
            if i >= 0:
                return closed
            if found.first <= max(FIRST, self._settled_before(at)):
                raise NeverCloses("at", "calendar.never_closed", at=moment(at, self._zone))
            found = self.reach(found.first - 1, at)

    def previous_open(self, at: int) -> int:
        """The last opening instant at or before."""
        found = self.reach(at, at)
        while True:
            i = bisect_right(found.starts, at) - 1
            begun = found.starts[i] if i >= 0 else FIRST
            if found.unknown_starts and found.unknown_until(at + 1) >= max(begun, found.first + 1):
                raise self._uncovered(found.unknown_until(at + 1) - 1)
            if begun > found.first:
                return begun
            if found.first <= max(FIRST, self._settled_before(at)):
                raise NeverOpens("at", "calendar.never_opened", at=moment(at, self._zone))
            found = self.reach(found.first - 1, at)

    def spans(self, start: int, end: int) -> Spans:
        """Open spans within ``[start, end)``, cut at its ends."""
        if end <= start:
            return []
        found = self.reach(start, end)
        if found.unknown_starts and found.unknown_from(start) < end:
            raise self._uncovered(found.unknown_from(start))
        i, j = bisect_right(found.ends, start), bisect_left(found.starts, end)
        return [(max(s, start), min(e, end)) for s, e in zip(found.starts[i:j], found.ends[i:j], strict=True)]

    def _settled_after(self, at: int) -> int:
        return max(at, self._source.settled()[1]) + TWO_YEARS

    def _settled_before(self, at: int) -> int:
        return min(at, self._source.settled()[0]) - TWO_YEARS

    def _demand_opening(self, found: Compiled, at: int) -> None:
        """Refuse to look further when two settled years held no opening, or the years end."""
        horizon = self._settled_after(at)
        if found.last >= horizon and (not found.ends or found.ends[-1] <= horizon - TWO_YEARS):
            raise NeverOpens("at", "calendar.never_opens", at=moment(at, self._zone))
        if found.last >= LAST:
            raise MomentError("at", "calendar.horizon", at=moment(at, self._zone), year=YEARS[-1])

    def _demand_earlier_opening(self, found: Compiled, at: int) -> None:
        horizon = self._settled_before(at)
        if found.first <= horizon and (not found.starts or found.starts[0] >= horizon + TWO_YEARS):
            raise NeverOpens("at", "calendar.never_opened", at=moment(at, self._zone))
        if found.first <= FIRST:
            raise MomentError("at", "calendar.horizon_before", at=moment(at, self._zone), year=YEARS[0])

    def _uncovered(self, instant: int) -> CoverageError:
        return CoverageError("at", "calendar.uncovered", day=local_date(instant, self._zone), zone=str(self._zone))
