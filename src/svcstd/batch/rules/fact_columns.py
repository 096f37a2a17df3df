"""Facts of many cases as columns: each distinct value is held against its declaration once.

A column is a NumPy array, masked or not, or already :class:`Encoded`. A row whose value is wrong keeps its place: the
fact is missing there, and the row has the message of the error that the value alone would raise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import FINER, MICROSECONDS, NAT
from svcstd.batch.encoded import PLAIN, Encoded, of_objects
from svcstd.conditions import FactSchema, FactType, FactValue, Interval
from svcstd.conditions.interval import Line
from svcstd.errors import DefinitionError, FactError
from svcstd.keyed import Keyed, as_keyed
from svcstd.moment import FIRST, LAST

__all__ = ["RULE_FAULTS", "FactColumn", "FactColumns", "Measured", "inside", "read_facts"]

Bools: TypeAlias = "NDArray[np.bool_]"
RULE_FAULTS = (
    "",
    "facts.float",
    "facts.kind",
    "facts.value",
    "facts.within",
    "batch.precision",
    "rules.day",
    "rules.several",
    "rules.conflict",
    "rules.no_rule",
)
"""Why a row has no decision: the message of the error that it alone would raise; the first: none."""
KIND, WITHIN, PRECISION = (RULE_FAULTS.index(one) for one in ("facts.kind", "facts.within", "batch.precision"))
LEAST, MOST = NAT, np.iinfo(np.int64).max
EPOCH = date(1970, 1, 1).toordinal()
LIMITS: Mapping[Line, tuple[int, int]] = {
    "number": (LEAST, MOST),
    "date": (1, date.max.toordinal()),
    "moment": (FIRST, LAST - 1),
    "duration": (0, MOST),
}
"""The first and the last place on each line that a value can have."""


@attrs.frozen(eq=False)
class Measured:
    """A column of an ordered kind as places on its line.

    Attributes:
        line: numbers, dates (days since 0001-01-01, which is 1), moments or durations (microseconds).
        places: ``(n,)`` int64; any where the fact is missing.
        known: ``(n,)`` where it is not.
    """

    line: Line
    places: NDArray[np.int64]
    known: Bools

    def __len__(self) -> int:
        return len(self.places)


FactColumn: TypeAlias = "Encoded | Measured"


@attrs.frozen(eq=False)
class FactColumns:
    """Facts of many cases that have been held against their declarations.

    Attributes:
        schema: the declarations.
        columns: by name; a fact without column is missing everywhere.
        codes: ``(n,)`` places in :data:`RULE_FAULTS`: the first wrong fact of each row; 0 where all are right.
    """

    schema: FactSchema
    columns: Keyed[str, FactColumn] = attrs.field(converter=as_keyed)
    codes: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def faults(self) -> NDArray[np.str_]:
        """What is wrong with each row, as the id of a message; empty where nothing is."""
        return np.array(RULE_FAULTS)[self.codes]


def read_facts(columns: Mapping[str, object], schema: FactSchema) -> FactColumns:
    """Facts by name, each a column of one dimension, as values that were held against the schema.

    Args:
        columns: NumPy arrays, masked where facts are missing: texts, int64, bool, ``datetime64`` in UTC
            (``datetime64[D]`` for dates), ``timedelta64`` or objects; or :class:`Encoded`. ``None``, ``NaT`` and what
            is masked are missing.
        schema: the declarations.

    Raises:
        FactError: a name that is not declared.
        DefinitionError: a column that is none of these, columns of several lengths, or floats where the fact does not
            say to how many digits they are rounded.

    >>> from svcstd.conditions import FactType
    >>> schema = FactSchema({"kind": FactType(one_of=("fault", "claim"))})
    >>> read_facts({"kind": np.array(["claim", "fualt"])}, schema).faults.tolist()
    ['', 'facts.value']
    """
    found: dict[str, FactColumn] = {}
    codes: NDArray[np.uint8] | None = None
    for name, raw in columns.items():
        kind, where = schema.type_of(name), f"facts.{name}"
        column, faults = _checked(_column(raw, kind, where), name, kind)
        if codes is not None and len(codes) != len(faults):
            raise DefinitionError(where, "batch.rows", rows=len(faults), expected=len(codes))
        codes = faults if codes is None else np.where(codes, codes, faults)
        found[name] = column
    return FactColumns(schema, found, np.zeros(0, dtype=np.uint8) if codes is None else codes)


def _column(raw: object, kind: FactType, where: str) -> tuple[FactColumn, NDArray[np.uint8] | None]:
    """A column as it stands, and the rows of which no microsecond can be told."""
    if isinstance(raw, Encoded):
        return _named(raw, where), None
    data, known = np.asarray(raw), None
    if isinstance(raw, np.ma.MaskedArray):
        data, known = np.asarray(raw.data), ~np.ma.getmaskarray(raw)
    if data.ndim != 1 or data.dtype.kind not in "OTUbiufMm":
        raise DefinitionError(where, "batch.fact_column", value=f"{data.dtype} {data.shape}")
    if data.dtype.kind == "f" and kind.float_digits is None:
        raise DefinitionError(where, "facts.float", value=str(data.dtype))
    if data.dtype.kind in "Mm":
        return _timed(data, _all(data) if known is None else known, where)
    if data.dtype.kind in "iu" and (data.dtype != np.uint64 or data.max(initial=0) <= MOST):
        return Measured("number", data.astype(np.int64, copy=False), _all(data) if known is None else known), None
    return of_objects(data, known, _key), None


def _named(column: Encoded, where: str) -> Encoded:
    """The column, if each code names a value or nothing.

    Raises:
        DefinitionError: it does not.
    """
    codes = np.asarray(column.codes)
    if codes.dtype.kind not in "iu" or codes.ndim != 1:
        raise DefinitionError(where, "batch.fact_column", value=f"{codes.dtype} {codes.shape}")
    low, high = int(codes.min(initial=0)), int(codes.max(initial=-1))
    if low < -1 or high >= len(column.values):
        raise DefinitionError(where, "batch.codes", value=low if low < -1 else high, count=len(column.values))
    return Encoded(column.values, codes.astype(np.int32, copy=False))


def _all(data: NDArray[Any]) -> Bools:
    return np.ones(data.shape, dtype=bool)


def _timed(data: NDArray[Any], known: Bools, where: str) -> tuple[FactColumn, NDArray[np.uint8] | None]:
    """A column of dates, moments or durations; those that lie too far away are pushed just beyond what there is."""
    unit, step = np.datetime_data(data.dtype)
    whole, moments = data.view(np.int64), data.dtype.kind == "M"
    known = known & (whole != NAT)
    if moments and (unit, step) == ("D", 1):
        return Measured("date", np.clip(whole, -EPOCH, MOST - EPOCH) + EPOCH, known), None
    line: Line = "moment" if moments else "duration"
    if unit in FINER and FINER[unit] % step == 0:
        places, rest = np.divmod(whole, FINER[unit] // step)
        return Measured(line, places, known), np.where(known & (rest != 0), PRECISION, 0).astype(np.uint8)
    if unit not in MICROSECONDS:
        raise DefinitionError(where, "batch.fact_column", value=str(data.dtype))
    factor = MICROSECONDS[unit] * step
    most = MOST // factor
    return Measured(line, np.clip(whole, -most, most) * factor if factor > 1 else whole, known), None


def _key(value: object) -> object:
    """What two values must share to be held against a declaration together: moments that are equal may differ."""
    kind = type(value)
    if kind is Decimal:
        return kind, str(value)  # some of them cannot be hashed
    return (kind, value) if kind in PLAIN else (kind, id(value))


def _checked(
    read: tuple[FactColumn, NDArray[np.uint8] | None], name: str, kind: FactType
) -> tuple[FactColumn, NDArray[np.uint8]]:
    """The column with wrong values missing, and what is wrong."""
    column, unsure = read
    if isinstance(column, Encoded):
        return _checked_values(column, name, kind)
    faults = np.zeros(len(column), dtype=np.uint8)
    if kind.line != column.line:
        faults[column.known] = KIND
    else:
        low, high = LIMITS[column.line]
        _fault(faults, column, (column.places >= low) & (column.places <= high), KIND)
        if kind.within is not None:
            _fault(faults, column, inside(kind.within, column.places), WITHIN)
    if unsure is not None:
        faults = np.where(faults, faults, unsure)
    return (attrs.evolve(column, known=column.known & (faults == 0)) if faults.any() else column), faults


def _fault(faults: NDArray[np.uint8], column: Measured, right: Bools, code: int) -> None:
    if not right.all():
        faults[column.known & ~right & (faults == 0)] = code


def _checked_values(column: Encoded, name: str, kind: FactType) -> tuple[Encoded, NDArray[np.uint8]]:
    look = _looker(name, kind)
    found = [look(value) for value in column.values]
    values = tuple(value for value, _ in found)
    if all(value is not None for value in values):
        return Encoded(values, column.codes), np.zeros(len(column), dtype=np.uint8)
    kept = np.array([*(-1 if value is None else code for code, value in enumerate(values)), -1], dtype=np.int32)
    faults = np.array([*(code for _, code in found), 0], dtype=np.uint8)
    return Encoded(values, kept[column.codes]), faults[column.codes]


def _looker(name: str, kind: FactType) -> Callable[[Any], tuple[FactValue, int]]:
    """Looks at one value: as the algebra takes it, and no fault; or nothing, and its fault."""
    listed = frozenset(kind.one_of)

    def look(value: object) -> tuple[FactValue, int]:
        if kind.is_plain(value):
            return value, 0  # type: ignore[return-value] # it is of the kind
        if listed and type(value) is str and value not in listed:
            return None, RULE_FAULTS.index("facts.value")  # without the nearest, which takes long to find
        try:
            return kind.exact(name, value), 0
        except FactError as error:
            return None, RULE_FAULTS.index(error.message)

    return look


def inside(interval: Interval, places: NDArray[np.int64]) -> Bools:
    """Whether each place of the line lies in an interval."""
    (low, high), found = interval.ends, np.ones(len(places), dtype=bool)
    if low is not None:
        least = ceil(low) if interval.low_closed else floor(low) + 1
        found &= places >= least if least <= MOST else False
    if high is not None:
        most = floor(high) if interval.high_closed else ceil(high) - 1
        found &= places <= most if most >= LEAST else False
    return found
