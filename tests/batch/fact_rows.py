"""Cases as columns for the laws of batch rules: values of every kind, missing ones and wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.rules.tables import VALUES, WIDE

WRONG: Mapping[str, Sequence[Any]] = {
    "kind": (5, True),
    "city": (["a"], b"a"),
    "vip": (1, "true"),
    "level": (Decimal(1), True, 1.5),
    "amount": (Decimal("NaN"), Decimal("sNaN"), False, "1"),
    "bought": (datetime(2026, 3, 1, tzinfo=UTC), 5),
    "opened": (datetime(2026, 3, 1), datetime(1799, 12, 31, tzinfo=UTC), date(2026, 3, 1)),  # noqa: DTZ001 - it is wrong
    "age": (timedelta(-1), 60),
}
"""Values that the wide world refuses."""


def _cases(values: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some cases with every fact, perhaps as nothing, in the order of the schema: the first wrong one is told."""
    one = st.tuples(*(values[name] for name in WIDE.types)).map(lambda row: dict(zip(WIDE.types, row, strict=True)))
    return st.lists(one, min_size=1, max_size=8)


CASES = _cases({name: values | st.none() for name, values in VALUES.items()})
DIRTY_CASES = _cases({name: values | st.none() | st.sampled_from(WRONG[name]) for name, values in VALUES.items()})
NATURAL = {"vip": "bool", "level": "int64", "bought": "datetime64[D]", "opened": "datetime64[us]", "age": "m8[us]"}


def objects(np: Any, values: Sequence[Any]) -> Any:
    """A column of Python values."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def natural(np: Any, name: str, values: Sequence[Any]) -> Any:
    """A column as NumPy would hold it, where it can; else of Python values."""
    dtype = NATURAL.get(name)
    if dtype is None or any(isinstance(value, int) and abs(value) > 2**63 for value in values):
        return objects(np, values)
    known = [value is not None for value in values]
    filled = [value if value is not None else 0 for value in values]
    if name == "opened":
        filled = [value.astimezone(UTC).replace(tzinfo=None) if value else 0 for value in values]
    return np.ma.array(np.array(filled, dtype=dtype), mask=[not one for one in known])


def columns_of(np: Any, cases: Sequence[Mapping[str, Any]], *, plain: bool) -> dict[str, Any]:
    """The facts of the cases, by name."""
    listed = {name: [case[name] for case in cases] for name in WIDE.types}
    return {name: objects(np, values) if plain else natural(np, name, values) for name, values in listed.items()}
