"""Columns of exact numbers: whole numbers over one scale, so that decimals and lengths of time add up as integers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import lcm
from typing import Any

import attrs
import numpy as np

from svcstd.batch.calendars.columns import Given, integers
from svcstd.batch.calendars.compiled import Bools, Micros
from svcstd.batch.encoded import DAYS, Encoded, encoded
from svcstd.batch.sums.exact_sums import BEYOND, Places, largest, sum_by, sum_products_by
from svcstd.curves import GradeScale
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.moment import SECOND
from svcstd.scoring.record import amount_of

__all__ = ["Amounts", "amounts", "are_negative", "distinct"]

ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
WIDTH = 62
"""Bits of one part of a number that int64 does not hold."""


@attrs.frozen(eq=False)
class Amounts:
    """The number in each row: its parts, each shifted to its place, added, and divided by the scale.

    Attributes:
        parts: bits to shift, and ``(n,)`` int64; one part for numbers that int64 holds; 0 where there is none.
        scale: what they are divided by.
        known: ``(n,)`` where something stands.
        refused: ``(n,)`` where it is no such number.
    """

    parts: tuple[tuple[int, Micros], ...]
    scale: int
    known: Bools
    refused: Bools

    def sums(self, groups: Places, size: int, kept: Bools) -> list[int]:
        """The sum of each group, not yet divided by the scale."""
        return _together([(shift, sum_by(part, groups, size, kept)) for shift, part in self.parts])

    def weighted(self, weights: Amounts, groups: Places, size: int, kept: Bools) -> list[int]:
        """The sum of the numbers times their weights, not yet divided by both scales."""
        pairs = [(one, other) for one in self.parts for other in weights.parts]
        return _together([(i + j, sum_products_by(a, b, groups, size, kept)) for (i, a), (j, b) in pairs])


def _together(parts: Sequence[tuple[int, list[int]]]) -> list[int]:
    """The sums of parts as those of the whole; the first part has its place already."""
    if len(parts) == 1:
        return parts[0][1]
    shifts = [shift for shift, _ in parts]
    columns = zip(*(sums for _, sums in parts), strict=True)
    return [sum(one << shift for shift, one in zip(shifts, column, strict=True)) for column in columns]


def amounts(raw: object, where: str, grades: GradeScale | None = None) -> Amounts:
    """The numbers of a column; lengths of time count in seconds.

    Args:
        raw: what :func:`svcstd.batch.encoded.encoded` takes.
        where: its name, for errors.
        grades: where it holds grades, the points that each counts.

    Raises:
        DefinitionError: no such column.

    >>> from decimal import Decimal
    >>> found = amounts([Decimal("0.1"), None, 2], "cost")
    >>> found.scale, [part.tolist() for _, part in found.parts], found.known.tolist()
    (10, [[1, 0, 20]], [True, False, True])
    """
    whole = None if grades is not None else _numbers(raw, where)
    if whole is not None:
        return whole

    def read(value: Any) -> Fraction | None:  # noqa: ANN401 - whatever stands there
        return amount_of({where: value}, where) if grades is None else grades.points_of(value)

    return _of_distinct(distinct(raw, where), read)


def _kind(raw: object) -> str:
    """The kind of a NumPy column; nothing for others."""
    return raw.dtype.kind if isinstance(raw, np.ndarray) and raw.ndim == 1 and raw.dtype != np.uint64 else ""


def _numbers(raw: object, where: str) -> Amounts | None:
    """A column of integers or of lengths of time, as it stands; ``None`` for others."""
    kind = _kind(raw)
    if kind not in ("i", "u", "m"):
        return None
    found = integers(raw, "m", where)
    if found.codes is not None and found.codes.any():
        return None
    values = found.values if found.known.all() else np.where(found.known, found.values, 0)
    if kind == "m":
        return Amounts(((0, values),), SECOND, found.known, values < 0)
    return Amounts(((0, values),), 1, found.known, np.zeros(len(values), dtype=bool))


def _of_distinct(column: Encoded, read: Callable[[Any], Fraction | None]) -> Amounts:
    """Each different value is read once; what is missing comes last, where the code -1 finds it."""
    read_all = [_told(value, read) for value in column.values]
    scale = lcm(*(one.denominator for one in read_all if one is not None))
    whole = [0 if one is None else one.numerator * (scale // one.denominator) for one in read_all]
    refused = np.array([*(one is None for one in read_all), False])
    parts = []
    for place, part in enumerate(_parts([*whole, 0])):
        parts.append((place * WIDTH, np.array(part, dtype=np.int64)[column.codes]))
    return Amounts(tuple(parts), scale, column.codes >= 0, refused[column.codes])


def _told(value: Any, read: Callable[[Any], Fraction | None]) -> Fraction | None:  # noqa: ANN401 - whatever stands there
    try:
        return read(value)
    except SvcstdError:
        return None


def _parts(numbers: list[int]) -> list[list[int]]:
    """Numbers of any size as parts that int64 holds, the lowest first; the last one has the sign."""
    parts = []
    while any(not -BEYOND <= one < BEYOND for one in numbers):
        parts.append([one & ((1 << WIDTH) - 1) for one in numbers])
        numbers = [one >> WIDTH for one in numbers]
    return [*parts, numbers]


def are_negative(terms: Sequence[tuple[int, Amounts]], kept: Bools) -> Bools:
    """Where the numbers of a row, each times its factor, come to less than nothing.

    Args:
        terms: the factors, and the numbers before they are divided.
        kept: ``(n,)`` the rows to ask.
    """
    flat = [(factor << shift, part) for factor, one in terms for shift, part in one.parts]
    if all(factor >= 0 and part.min(initial=0) >= 0 for factor, part in flat):
        return np.zeros(len(kept), dtype=bool)
    fits = sum(abs(factor) * largest(part) for factor, part in flat) < BEYOND
    found = np.zeros(len(kept), dtype=np.int64 if fits else object)
    for factor, part in flat:
        found += (part if fits else part.astype(object)) * factor
    return np.asarray(found < 0, dtype=bool) & kept


def distinct(raw: object, where: str) -> Encoded:
    """What :func:`svcstd.batch.encoded.encoded` gives; of moments, all that Python has.

    Raises:
        DefinitionError: no such column.

    >>> found = distinct(np.array([7, 5, 7]), "team")
    >>> found.values, found.codes.tolist()
    ([5, 7], [1, 0, 1])
    """
    kind = _kind(raw)
    are_dates = kind == "M" and isinstance(raw, np.ndarray) and np.datetime_data(raw.dtype) == DAYS
    if kind in ("m", "M") and not are_dates:
        return _timed(integers(raw, kind, where), kind, where)
    return encoded(raw, where)


def _timed(column: Given, kind: str, where: str) -> Encoded:
    """Moments in UTC, or lengths of time.

    Raises:
        DefinitionError: one that Python does not hold.
    """
    codes = np.full(len(column.values), -1, dtype=np.int32)
    found, codes[column.known] = np.unique(column.values[column.known], return_inverse=True)
    origin = ORIGIN if kind == "M" else timedelta()
    try:
        told = [origin + timedelta(0, 0, one) for one in found.tolist()]
    except OverflowError:
        told = []
    if len(told) < len(found) or (column.codes is not None and column.codes.any()):
        raise DefinitionError(where, "batch.column", value="instants or lengths of time that no record holds")
    return Encoded(told, codes)
