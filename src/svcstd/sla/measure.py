"""A clock's life measured: what each stretch counted, and sums that find in one step where an amount was reached."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from svcstd.sla.reading import Segment

__all__ = ["Measured"]


class Measured(NamedTuple):
    """Segments without holes, with sums; a prefix of them is named by its size, so that nothing is copied.

    Attributes:
        segments: the measured stretches.
        used: what was used up before each.
        totals: what was counted before each, and after the last; an unknown amount adds nothing.
        unknown: numbers of the segments whose amount is unknown.
    """

    segments: list[Segment]
    used: list[int]
    totals: list[int]
    unknown: list[int]

    @classmethod
    def of(cls, segments: list[Segment], used: list[int]) -> Measured:
        """Segments, and what was used up before each."""
        totals, total, unknown = [0], 0, []
        for number, segment in enumerate(segments):
            counted = segment.counted
            if counted is None:
                unknown.append(number)
            else:
                total += counted
            totals.append(total)
        return cls(segments, used, totals, unknown)

    def ends_after(self, instant: int, size: int) -> int:
        """The number of the first segment that ends after an instant; *size* for none."""
        if not size or self.segments[0].end > instant:  # by far the most often asked
            return 0
        return bisect_right(self.segments, instant, 0, size, key=_end)

    def between(self, start: int, end: int, size: int) -> int:
        """What was counted by the segments that begin within a half-open span."""
        first = bisect_left(self.segments, start, 0, size, key=_start)
        return self.totals[max(bisect_left(self.segments, end, 0, size, key=_start), first)] - self.totals[first]

    def reaching(self, total: int, first: int, size: int) -> int:
        """The number of the segment in which a total is reached, or may be as its amount is unknown; *size* for none.

        Args:
            total: of all segments, those before *first* too.
            first: where to begin.
            size: of the prefix.
        """
        place = bisect_left(self.totals, total, first + 1, size + 1) - 1
        doubt = bisect_left(self.unknown, first)
        return min(place, self.unknown[doubt]) if doubt < len(self.unknown) else place

    def since(self, start: int, size: int) -> Iterator[Segment]:
        """The segments that begin at an instant or later."""
        return islice(self.segments, bisect_left(self.segments, start, 0, size, key=_start), size)


def _start(segment: Segment) -> int:
    return segment.start


def _end(segment: Segment) -> int:
    return segment.end
