"""Columns of Arrow and NumPy arrays, one from the other: anything that shows a PyCapsule in, Arrow out.

Polars, nanoarrow, DuckDB and pyarrow hand over their columns without a copy, and integers stay integers, nulls or not,
so no microsecond is lost to floats.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Column
from svcstd.batch.calendars.compiled import Bools
from svcstd.batch.encoded import Encoded
from svcstd.errors import DefinitionError, ExtraMissing, MomentError, must_be_one_of

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow.verbs", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = ["Array", "Numbers", "column_of", "encoded", "is_text", "numbers", "one_array", "to_arrow"]

Array: TypeAlias = "Any"
"""An array of pyarrow, one of its types or buffers; pyarrow is optional, and what is checked must not depend on it."""
Numbers: TypeAlias = "NDArray[Any] | np.ma.MaskedArray[Any, Any]"
Shown: TypeAlias = Literal["timestamp", "duration", "bool", "int64"]
TYPES = {
    "timestamp": pa.timestamp("us", tz="UTC"),
    "duration": pa.duration("us"),
    "bool": pa.bool_(),
    "int64": pa.int64(),
}


def one_array(source: object, where: str = "array") -> Array:
    """A column of any library as one Arrow array; only several chunks are copied.

    Raises:
        DefinitionError: it shows no PyCapsule.

    >>> one_array(pa.chunked_array([[1], [2, None]])).to_pylist()
    [1, 2, None]
    """
    if isinstance(source, pa.Array):
        return source
    if hasattr(source, "__arrow_c_stream__"):
        found: Array = source if isinstance(source, pa.ChunkedArray) else pa.chunked_array(source)
        # An empty slice that came through a capsule has buffers shorter than its offset, at which pyarrow stumbles.
        chunks = [chunk for chunk in found.chunks if len(chunk)]
        if len(chunks) == 1:
            return chunks[0]
        return pa.chunked_array(chunks, type=found.type).unify_dictionaries().combine_chunks()
    if hasattr(source, "__arrow_c_array__"):
        return pa.array(source)
    raise DefinitionError(where, "batch.no_arrow", value=type(source).__name__)


def numbers(source: object, where: str = "array") -> Numbers:
    """An Arrow column for NumPy, without a copy where bits allow it; masked where it has nulls.

    A timestamp becomes ``datetime64`` of its unit in UTC, a date ``datetime64[D]``, a duration ``timedelta64`` of its
    unit; narrower whole numbers are widened to int64; a column of nothing but nulls is int64.

    Raises:
        MomentError: timestamps without zone.
        DefinitionError: floats, unsigned 64 bits, texts, nested columns.

    >>> found = numbers(pa.array([1_000, None], pa.timestamp("ms", tz="Asia/Shanghai")))
    >>> found.dtype, found.mask.tolist()
    (dtype('<M8[ms]'), [False, True])
    """
    array = one_array(source, where)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_date64(array.type):
        array = array.cast(pa.date32())
    values = _values(array, where)
    if array.null_count == 0:
        return values
    return np.ma.masked_array(values, mask=~_known(array))


def _values(array: Array, where: str) -> NDArray[Any]:
    kind = array.type
    if pa.types.is_null(kind):
        return np.zeros(len(array), dtype=np.int64)
    if pa.types.is_boolean(kind):
        return _bits(array.buffers()[1], array)
    stored = _stored(kind, where)
    buffer = array.buffers()[1]
    if buffer is None:
        return np.zeros(len(array), dtype=stored)
    found = np.frombuffer(buffer, stored, len(array), array.offset * stored.itemsize)
    if pa.types.is_date32(kind):
        return found.astype(np.int64).view("datetime64[D]")
    return found if stored.kind in "mM" else found.astype(np.int64, copy=False)


def _stored(kind: Array, where: str) -> np.dtype[Any]:
    """What stands in the buffer of such a column."""
    if pa.types.is_timestamp(kind):
        if kind.tz is None:
            raise MomentError(where, "batch.naive", value=str(kind))
        return np.dtype(f"datetime64[{kind.unit}]")
    if pa.types.is_duration(kind):
        return np.dtype(f"timedelta64[{kind.unit}]")
    if pa.types.is_date32(kind):
        return np.dtype(np.int32)
    if not pa.types.is_integer(kind) or pa.types.is_uint64(kind):
        raise DefinitionError(where, "batch.arrow", value=str(kind))
    return np.dtype(str(kind))


def _known(array: Array) -> Bools:
    """Where an array that has nulls has none."""
    if pa.types.is_null(array.type):
        return np.zeros(len(array), dtype=bool)
    return _bits(array.buffers()[0], array)


def _bits(buffer: Array, array: Array) -> Bools:
    """The bits of a buffer that belong to the rows of an array."""
    if len(array) == 0:
        return np.zeros(0, dtype=bool)
    first, ahead = divmod(array.offset, 8)
    whole = np.frombuffer(buffer, np.uint8, (ahead + len(array) + 7) // 8, first)
    return np.unpackbits(whole, count=ahead + len(array), bitorder="little")[ahead:].view(bool)


def encoded(source: object, where: str = "array") -> tuple[tuple[Any, ...], NDArray[np.int32]]:
    """The different values of a column, and for each row the place of its own; -1 for null.

    Raises:
        DefinitionError: floats or nested columns.

    >>> encoded(pa.array(["north", None, "south", "north"]))
    (('north', 'south'), array([ 0, -1,  1,  0], dtype=int32))
    """
    array = one_array(source, where)
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if not any(holds(kind) for holds in LABELS):
        raise DefinitionError(where, "batch.labels", value=str(array.type))
    # DuckDB repeats a constant in each vector; a comparison that ends at the first difference is ten times as fast.
    if len(array) > 1 and array[1:].equals(array[:-1]):
        value = array[0].as_py()
        return ((), np.full(len(array), -1, np.int32)) if value is None else ((value,), np.zeros(len(array), np.int32))
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    # A dictionary from elsewhere may hold a value twice, or null.
    known: dict[Any, int] = {}
    moved = [-1 if value is None else known.setdefault(value, len(known)) for value in array.dictionary.to_pylist()]
    codes = np.ma.filled(numbers(array.indices), len(moved))
    return tuple(known), np.array([*moved, -1], dtype=np.int32)[codes]


def is_text(kind: Array) -> bool:
    """Whether a column of this Arrow type holds texts, as such or in a dictionary."""
    of = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(of) or pa.types.is_large_string(of) or pa.types.is_string_view(of))


LABELS = (is_text, pa.types.is_null, pa.types.is_boolean, pa.types.is_integer, pa.types.is_decimal)


def column_of(source: object, where: str = "array") -> Numbers | Encoded:
    """A column of facts, stamps or words of any type: what NumPy can measure as NumPy has it, all else by its values.

    Raises:
        MomentError: timestamps without zone.
        DefinitionError: nested columns.

    >>> column_of(pa.array([0.5, None, 0.5])).to_list()
    [0.5, None, 0.5]
    """
    array = one_array(source, where)
    kind = array.type
    if pa.types.is_floating(kind):
        told = array.dictionary_encode()
        return Encoded(told.dictionary.to_pylist(), numbers(told.indices.fill_null(-1)).astype(np.int32))
    if any(holds(kind) for holds in MEASURED) and not pa.types.is_uint64(kind):
        return numbers(array, where)
    return Encoded(*encoded(array, where))


MEASURED = (pa.types.is_timestamp, pa.types.is_integer, pa.types.is_date, pa.types.is_duration)


def to_arrow(found: Column, as_: Shown) -> Array:
    """The answers as ``timestamp[us, UTC]``, ``duration[us]``, ``bool`` or ``int64``; null for none; without a copy.

    >>> to_arrow(Column(np.array([1, 0]), np.array([True, False]), np.zeros(2, dtype=np.uint8)), "duration").to_pylist()
    [datetime.timedelta(microseconds=1), None]
    """
    must_be_one_of(as_, TYPES, "as_")
    values = found.values.reshape(-1)
    stored = _packed(values) if as_ == "bool" else pa.py_buffer(np.ascontiguousarray(values, dtype=np.int64))
    valid = found.valid.reshape(-1)
    return pa.Array.from_buffers(TYPES[as_], len(values), [None if valid.all() else _packed(valid), stored])


def _packed(bits: NDArray[Any]) -> Array:
    return pa.py_buffer(np.packbits(bits.astype(bool, copy=False), bitorder="little"))
