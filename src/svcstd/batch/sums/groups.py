"""Groups of rows: by the values of fields, and by the periods of a zone, in the order of their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.compiled import Bools, Index, Micros
from svcstd.batch.chunks import chunks
from svcstd.batch.encoded import Encoded
from svcstd.batch.sums.exact_sums import Places
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
        codes: gives for some rows the places of their labels; never for all at once, which takes memory and time.
        refused: ``(n,)`` the rows that have none.
    """

    labels: tuple[str, ...]
    codes: Callable[[slice], Places]
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
    >>> found.labels, found.codes(slice(3)).tolist()
    (('', 'a', 'b'), [2, 1, 0])
    """
    told = [_told(value, label) for value in (*column.values, None)]  # the code -1 finds the last
    labels = sorted({one or "" for one in told})
    places = {one: place for place, one in enumerate(labels)}
    codes = np.array([places[one or ""] for one in told], dtype=np.intp)
    refused = np.array([one is None for one in told])
    wrong = refused[column.codes] if refused.any() else np.zeros(len(column), dtype=bool)
    return Part(tuple(labels), lambda rows: codes[column.codes[rows]], wrong)


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
    none = np.zeros(len(at), dtype=bool)
    return Part(tuple(labels), lambda rows: index.right(np.clip(at[rows], low, high)), none)


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


def together(parts: Sequence[Part], rows: int) -> Groups:
    """Rows by all of these at once.

    >>> one = part_of(Encoded(["b", "a"], np.array([0, 1, 1], dtype=np.int32)))
    >>> found = together([one, one], 3)
    >>> found.keys(np.unique(found.codes))
    [('a', 'a'), ('b', 'b')]
    """
    codes = np.zeros(rows, dtype=np.intp)
    numbers = np.zeros((1, 0), dtype=np.int64)
    for some in _runs(parts):
        codes, numbers = _told_apart(codes, numbers, some)
    return Groups(codes, numbers, tuple(part.labels for part in parts))


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts that are told apart in one pass: as many as there are places for."""
    runs: list[list[Part]] = []
    places = MOST + 1
    for part in parts:
        places *= len(part.labels)
        if places > MOST:
            runs.append([])
            places = len(part.labels)
        runs[-1].append(part)
    return runs


def _told_apart(codes: Places, numbers: NDArray[np.int64], parts: Sequence[Part]) -> tuple[Places, NDArray[np.int64]]:
    """Groups told apart by more; those without rows are left out where they would be too many."""
    for rows in chunks(len(codes)):
        places = codes[rows]
        for part in parts:
            places *= len(part.labels)
            places += part.codes(rows)
    sizes = [len(part.labels) for part in parts]
    found = np.arange(len(numbers) * prod(sizes)) if len(numbers) * prod(sizes) <= MOST else None
    if found is None:
        found, codes = np.unique(codes, return_inverse=True)
    above, below = np.divmod(found, prod(sizes))
    return codes, np.column_stack([numbers[above], *np.unravel_index(below, sizes)])
