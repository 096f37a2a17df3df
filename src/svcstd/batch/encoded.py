"""Columns of words: each different value once, and for every row the place of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.chunks import chunks
from svcstd.errors import DefinitionError
from svcstd.moment import FIRST, LAST

__all__ = ["DAYS", "EPOCH", "PLAIN", "Encoded", "Places", "encoded", "of_objects"]

Places: TypeAlias = "NDArray[np.int32]"
SPAN = 1 << 16
"""Whole numbers that lie so close together are numbered by a table."""
PLAIN: frozenset[type] = frozenset((str, int, bool, date))
"""Types of which values that are equal are written alike, and the same to every test."""
DAYS = ("D", 1)
"""The unit of dates."""
NOWHERE = -1
"""The place of a value that is missing."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@attrs.frozen(eq=False)
class Encoded:
    """A column of few values over many rows.

    Attributes:
        values: each different value.
        codes: ``(n,)`` by row, the place of its value; -1 where there is none.
    """

    values: Sequence[Any]
    codes: Places

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[Any]) -> Encoded:
        """The same column, of some rows."""
        return Encoded(self.values, self.codes[rows])

    def to_list(self) -> list[Any]:
        """The value of each row; ``None`` where there is none."""
        values = [*self.values, None]
        return [values[code] for code in self.codes.tolist()]


def encoded(raw: object, where: str) -> Encoded:
    """A column, each different value once; ``None``, ``NaT`` and what is masked are missing.

    Args:
        raw: an :class:`Encoded` already, a NumPy array, masked or not, or a sequence of Python values.
        where: its name, for errors.

    Raises:
        DefinitionError: a column of several dimensions, or of a type that holds no facts; places that are none.

    >>> found = encoded(np.array(["b", "a", "b"]), "kind")
    >>> found.values, found.codes.tolist()
    (['a', 'b'], [1, 0, 1])
    """
    if isinstance(raw, Encoded):
        return _checked(raw, where)
    known: NDArray[np.bool_] | None = None
    if isinstance(raw, np.ma.MaskedArray):
        known, raw = ~np.ma.getmaskarray(raw), raw.data
    column = _array(raw)
    if column.ndim != 1:
        raise DefinitionError(where, "batch.column", value=f"{column.ndim} dimensions")
    if column.dtype.kind == "O":
        return of_objects(column, known)
    if column.dtype.kind not in "biufUMm":
        raise DefinitionError(where, "batch.column", value=str(column.dtype))
    if column.dtype.kind in "Mm":
        there = ~np.isnat(column)
        known = there if known is None else known & there
    values, places = _numbered(column, known)
    return Encoded(_told(values, where), places)


def _checked(given: Encoded, where: str) -> Encoded:
    """A column as a caller made it; a place that is none would otherwise tell the value of another row."""
    codes = np.asarray(given.codes)
    if codes.ndim != 1 or codes.dtype.kind not in "iu":
        raise DefinitionError(where, "batch.column", value=f"places of {codes.dtype} in {codes.ndim} dimensions")
    low, high = (int(codes.min()), int(codes.max())) if len(codes) else (-1, -1)
    if low < NOWHERE or high >= len(given.values):
        raise DefinitionError(where, "batch.column", value=f"places {low}..{high} of {len(given.values)} values")
    return given if codes is given.codes and codes.dtype == np.int32 else Encoded(given.values, codes.astype(np.int32))


def _numbered(column: NDArray[Any], known: NDArray[np.bool_] | None) -> tuple[NDArray[Any], Places]:
    """The different values in order, and by row the place of its own; numbers close together need no sorting."""
    if column.dtype.kind in "iu":
        return _close(column, known) or _sorted(column, known)
    if column.dtype.kind == "M" and np.datetime_data(column.dtype) == DAYS:
        days, places = _close(column.view(np.int64), known) or _sorted(column.view(np.int64), known)
        return days.view(column.dtype), places
    return _sorted(column, known)


def _close(whole: NDArray[Any], known: NDArray[np.bool_] | None) -> tuple[NDArray[Any], Places] | None:
    """Whole numbers by their distance from the least; ``None`` where that would be a long table."""
    if not (len(whole) if known is None else known.any()):
        return None
    there, ends = known is None or known, np.iinfo(whole.dtype)
    low, high = int(whole.min(where=there, initial=ends.max)), int(whole.max(where=there, initial=ends.min))
    size = high - low + 1
    if size > max(len(whole), SPAN):
        return None
    wide = np.uint64 if whole.dtype == np.uint64 else np.int64

    def beside(part: slice) -> NDArray[np.int64]:
        found = (whole[part].astype(wide, copy=False) - wide(low)).astype(np.int64, copy=False)
        return found if known is None else np.where(known[part], found, size)

    seen = np.zeros(size + 1, dtype=bool)
    for part in chunks(len(whole)):
        seen[beside(part)] = True
    seen[size] = False
    table = np.where(seen, np.cumsum(seen) - 1, NOWHERE).astype(np.int32)
    places = np.empty(len(whole), dtype=np.int32)
    for part in chunks(len(whole)):
        places[part] = table[beside(part)]
    return np.flatnonzero(seen).astype(wide) + wide(low), places


def _sorted(column: NDArray[Any], known: NDArray[np.bool_] | None) -> tuple[NDArray[Any], Places]:
    if known is None:
        values, codes = np.unique(column, return_inverse=True)
        return values, codes.astype(np.int32)
    places = np.full(len(column), NOWHERE, dtype=np.int32)
    values, places[known] = np.unique(column[known], return_inverse=True)
    return values, places


def _array(raw: object) -> NDArray[Any]:
    """An array of what may be a list of texts and gaps."""
    if isinstance(raw, np.ndarray):
        return raw
    found = list(raw) if isinstance(raw, Iterable) and not isinstance(raw, str | bytes) else [raw]
    column = np.empty(len(found), dtype=object)
    column[:] = found
    return column


def of_objects(
    column: NDArray[Any], known: NDArray[np.bool_] | None, key: Callable[[object], object] | None = None
) -> Encoded:
    """Python values, in the order in which they first stand there; ``None`` and what is masked are missing.

    Args:
        column: objects.
        known: where something stands; everywhere by default.
        key: what two values share that stand for one; by default their type and how they are written, so that 1 and
            true, 1.0 and 1.00 stay apart.
    """
    listed: list[Any] = column.tolist()
    if known is not None:
        listed = [one if told else None for one, told in zip(listed, known.tolist(), strict=True)]
    kinds = set(map(type, listed))
    keys = listed if len(kinds) == 1 and kinds <= PLAIN else [*map(key or _written, listed)]
    firsts = dict(zip(reversed(keys), reversed(listed), strict=True))
    told = [one for one in dict.fromkeys(keys) if firsts[one] is not None]
    places = dict.fromkeys(keys, NOWHERE) | {one: place for place, one in enumerate(told)}
    codes = np.fromiter(map(places.__getitem__, keys), np.int32, len(keys))
    return Encoded([firsts[one] for one in told], codes)


def _written(value: object) -> object:
    return type(value), value if type(value) in PLAIN else repr(value)


def _told(values: NDArray[Any], where: str) -> list[Any]:
    """Values of NumPy as Python has them: moments in UTC, dates, lengths of time, numbers, texts."""
    if values.dtype.kind not in "Mm":
        return list(values.tolist())
    unit, step = np.datetime_data(values.dtype)
    if values.dtype.kind == "M" and (unit, step) == DAYS:
        return list(values.tolist())
    whole = values.astype(values.dtype.kind + "8[us]")
    there = ~np.isnat(values)
    if (whole != values)[there].any():
        raise DefinitionError(where, "batch.column", value=str(values.dtype))
    micros = np.where(there, whole.view(np.int64), 0)
    if values.dtype.kind == "m":
        return [timedelta(0, 0, one) for one in micros.tolist()]
    if ((micros < FIRST) | (micros >= LAST)).any():
        raise DefinitionError(where, "batch.column", value="moments beyond the years that can be computed")
    return [EPOCH + timedelta(0, 0, one) for one in micros.tolist()]
