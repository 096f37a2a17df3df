"""Columns of words: each different value once, and for every row the place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.errors import DefinitionError
from svcstd.moment import FIRST, LAST

__all__ = ["EPOCH", "Encoded", "Places", "encoded"]

Places: TypeAlias = "NDArray[np.int32]"
SPAN = 1 << 16
"""Whole numbers that lie so close together are numbered by a table."""
PLAIN = (str, int, bool)
"""Types of which equal values are written alike."""
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
        return _of_objects(column, known)
    if column.dtype.kind not in "biufUMm":
        raise DefinitionError(where, "batch.column", value=str(column.dtype))
    if column.dtype.kind in "Mm":
        there = ~np.isnat(column)
        known = there if known is None else known & there
    values, places = _numbered(column)
    if known is not None:
        places[~known] = -1
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


def _numbered(column: NDArray[Any]) -> tuple[NDArray[Any], Places]:
    """The different values in order, and by row the place of its own; whole numbers close together need no sorting."""
    if column.dtype.kind in "iu" and len(column):
        low, high = int(column.min()), int(column.max())
        if high - low < max(len(column), SPAN):
            wide = column.astype(np.uint64 if column.dtype.kind == "u" else np.int64, copy=False)
            beside = (wide - wide.dtype.type(low)).astype(np.int64, copy=False)
            seen = np.zeros(high - low + 1, dtype=bool)
            seen[beside] = True
            table = np.cumsum(seen, dtype=np.int32) - np.int32(1)
            return np.flatnonzero(seen).astype(wide.dtype) + wide.dtype.type(low), table[beside]
    values, codes = np.unique(column, return_inverse=True)
    return values, codes.astype(np.int32)


def _array(raw: object) -> NDArray[Any]:
    """An array of what may be a list of texts and gaps."""
    if isinstance(raw, np.ndarray):
        return raw
    found = list(raw) if isinstance(raw, Iterable) and not isinstance(raw, str | bytes) else [raw]
    column = np.empty(len(found), dtype=object)
    column[:] = found
    return column


def _of_objects(column: NDArray[Any], known: NDArray[np.bool_] | None) -> Encoded:
    """Python values need no order; equal values that are written otherwise stay apart: 1 and true, 1.0 and 1.00."""
    listed = column.tolist()
    if known is not None:
        listed = [one if told else None for one, told in zip(listed, known.tolist(), strict=True)]
    places: dict[tuple[type, Any], int] = {}
    values: list[Any] = []
    codes = np.full(len(listed), -1, dtype=np.int32)
    for row, one in enumerate(listed):
        if one is not None:
            key = type(one), one if type(one) in PLAIN else repr(one)
            codes[row] = places.setdefault(key, len(values))
            if codes[row] == len(values):
                values.append(one)
    return Encoded(values, codes)


def _told(values: NDArray[Any], where: str) -> list[Any]:
    """Values of NumPy as Python has them: moments in UTC, dates, lengths of time, numbers, texts."""
    if values.dtype.kind not in "Mm":
        return list(values.tolist())
    unit, step = np.datetime_data(values.dtype)
    if values.dtype.kind == "M" and (unit, step) == ("D", 1):
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
