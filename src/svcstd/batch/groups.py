"""Groups of rows: by the values of fields, and by the periods of a zone, in the order of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.compiled import Bools, Index, Micros
from svcstd.batch.encoded import Encoded
from svcstd.batch.exact_sums import Places, chunks
from svcstd.calendars import Period, PeriodKind
from svcstd.errors import SvcstdError
from svcstd.moment import date_of, day_start, timezone

__all__ = ["Groups", "Part", "label_of", "part_of", "part_of_instants", "together"]

MOST = 1 << 20
"""Places for groups, with or without rows, before those without are left out."""


@attrs.frozen(eq=False)
class Part:
    """One thing that tells groups apart.

    Attributes:
        labels: all different, in order.
        codes: ``(n,)`` by row, the place of its label.
        refused: ``(n,)`` the rows that have none.
    """

    labels: tuple[str, ...]
    codes: Places
    refused: Bools


@attrs.frozen(eq=False)
class Groups:
    """The group of each row.

    Attributes:
        codes: ``(n,)`` by row, the place of its group.
        numbers: ``(groups, parts)`` by group, the places of its labels; in order.
        labels: the labels of each part.
    """

    codes: Places
    numbers: NDArray[np.int64]
    labels: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many groups there may be."""
        return len(self.numbers)

    def keys(self, places: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """The names of some groups."""
        columns = [np.array(labels, dtype=object)[self.numbers[places, k]] for k, labels in enumerate(self.labels)]
        return list(zip(*(column.tolist() for column in columns), strict=True)) if columns else [()] * len(places)


def label_of(value: object) -> str:
    """The name that a value gives to its group; nothing has an empty one."""
    return "" if value is None else str(value)


def part_of(column: Encoded, label: Callable[[Any], str] = label_of) -> Part:
    """Rows by the labels of their values; a row whose value has none is refused.

    >>> found = part_of(Encoded(["b", "a"], np.array([0, 1, -1], dtype=np.int32)))
    >>> found.labels, found.codes.tolist()
    (('', 'a', 'b'), [2, 1, 0])
    """
    told = [_told(value, label) for value in (*column.values, None)]  # the code -1 finds the last
    labels = sorted({one or "" for one in told})
    places = {one: place for place, one in enumerate(labels)}
    codes = np.array([places[one or ""] for one in told], dtype=np.intp)
    refused = np.array([one is None for one in told])
    return Part(tuple(labels), codes[column.codes], refused[column.codes])


def _told(value: object, label: Callable[[Any], str]) -> str | None:
    try:
        return label(value)
    except SvcstdError:
        return None


def part_of_instants(at: Micros, counted: Bools, kind: PeriodKind, zone: str, week: str | None) -> Part:
    """Rows by the periods of a zone, cut where its dates begin.

    Args:
        at: ``(n,)`` UTC microseconds.
        counted: ``(n,)`` the rows to ask, one at least.
        kind: of the periods.
        zone: IANA name.
        week: first day of the week, for weeks.

    Raises:
        DefinitionError: the least or the greatest instant lies in no such period.
    """
    low = int(np.min(at, where=counted, initial=np.iinfo(np.int64).max))
    high = int(np.max(at, where=counted, initial=np.iinfo(np.int64).min))
    labels, cuts = _periods(low, high, kind, zone, week)
    index = Index.of(np.array(cuts, dtype=np.int64), low, high)
    codes = np.empty(len(at), dtype=np.intp)
    for part in chunks(len(at)):
        codes[part] = index.right(np.clip(at[part], low, high))
    return Part(tuple(labels), codes, np.zeros(len(at), dtype=bool))


def _periods(low: int, high: int, kind: PeriodKind, zone: str, week: str | None) -> tuple[list[str], list[int]]:
    """The periods from one instant to another, and the instants at which each but the first begins."""
    tz = timezone(zone)
    period = Period.of(kind, date_of(low, tz), zone, week=week)
    labels, cuts = [period.label], []
    while (cut := day_start(period.last, tz)) <= high:
        period = period.next
        labels.append(period.label)
        cuts.append(cut)
    return labels, cuts


def together(parts: Iterable[Part], rows: int) -> Groups:
    """Rows by all of these at once.

    >>> one = part_of(Encoded(["b", "a"], np.array([0, 1, 1], dtype=np.int32)))
    >>> found = together([one, one], 3)
    >>> found.keys(np.unique(found.codes))
    [('a', 'a'), ('b', 'b')]
    """
    codes = np.zeros(rows, dtype=np.intp)
    numbers = np.zeros((1, 0), dtype=np.int64)
    labels: list[tuple[str, ...]] = []
    for part in parts:
        codes, numbers = _told_apart(codes, numbers, part)
        labels.append(part.labels)
    return Groups(codes, numbers, tuple(labels))


def _told_apart(codes: Places, numbers: NDArray[np.int64], part: Part) -> tuple[Places, NDArray[np.int64]]:
    """Groups told apart by one thing more."""
    count = len(part.labels)
    both = np.empty(len(codes), dtype=np.intp)
    for rows in chunks(len(codes)):
        np.multiply(codes[rows], count, out=both[rows])
        both[rows] += part.codes[rows]
    found = np.arange(len(numbers) * count)
    if len(found) > MOST:
        found, both = np.unique(both, return_inverse=True)
    above, below = np.divmod(found, count)
    return both, np.column_stack([numbers[above], below])
