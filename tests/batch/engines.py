"""What the tests of the engines share: rows, every verb over them with NumPy, and answers as plain values."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import strategies as st
from tests.batch.test_columns import CALENDARS, DAY, HOUR, amounts, calendars, instants

from svcstd import batch
from svcstd.errors import ExtraMissing
from svcstd.moment import FIRST, LAST

Row: TypeAlias = "tuple[int | None, int | None, int | None, str | None]"
Told: TypeAlias = "list[tuple[int | bool | None, str | None]]"
"""Answers in microseconds, days or truth, each with its fault."""

maybe_instants = st.none() | instants | st.sampled_from([FIRST - DAY, LAST + DAY])
rows = st.lists(
    st.tuples(maybe_instants, maybe_instants, st.none() | amounts, st.none() | calendars | st.just("nobody")),
    max_size=12,
)
EXAMPLE: list[Row] = [
    (1_709_542_800_000_000, 1_710_000_000_000_000, 8 * HOUR, "office"),
    (None, 1_710_000_000_000_000, 8 * HOUR, "office"),
    (1_709_542_800_000_001, None, None, None),
    (LAST, FIRST - 1, -1, "nobody"),
    (1_767_225_600_000_000, 1_767_312_000_000_000, 30 * DAY, "office"),
    (1_709_542_800_000_000, 1_700_000_000_000_000, 0, "never"),
]
"""An answer, nulls, beyond the years, no calendar, unknown holidays, nothing open."""
SEVERAL = {"both": "office", "less": "daily", "grows": "night", "begins": "night", "ends": "night"}
"""Calendars over several zones have no days: another in their place."""
VERBS = ("elapsed", "add", "subtract", "is_open", "next_open", "count_working_days")


def columns_of(verb: str, given: Sequence[Row]) -> dict[str, list[Any]]:
    """The columns of a verb by argument, with the keys last."""
    start, end = [row[0] for row in given], [row[1] for row in given]
    amount, key = [row[2] for row in given], [row[3] for row in given]
    if verb == "count_working_days":
        first, last = ([None if at is None else at // DAY for at in column] for column in (start, end))
        return {"first": first, "last": last, "by": [SEVERAL.get(one or "", one) for one in key]}
    names = {
        "elapsed": {"start": start, "end": end},
        "add": {"start": start, "amount": amount},
        "subtract": {"end": start, "amount": amount},
        "is_open": {"at": start},
        "next_open": {"at": start},
    }
    return {**names[verb], "by": key}


def masked(values: Sequence[int | None]) -> Any:
    """A column of NumPy; null is masked."""
    return np.ma.masked_array(
        np.array([0 if value is None else value for value in values], dtype=np.int64),
        mask=[value is None for value in values],
    )


def by_numpy(verb: str, given: Sequence[Row]) -> Told:
    """What the columns of NumPy say."""
    columns = columns_of(verb, given)
    keys = np.array(columns.pop("by"), dtype=object)
    found = getattr(batch, verb)(CALENDARS, *(masked(column) for column in columns.values()), by=keys)
    values = [value if valid else None for value, valid in zip(found.values.tolist(), found.valid, strict=True)]
    return list(zip(values, (fault or None for fault in found.faults.tolist()), strict=True))


def blocks(page: str) -> Iterator[str]:
    """The blocks of a page that need an engine, so they run here and not with the other pages."""
    text = (Path(__file__).parents[2] / "docs" / "how-to" / page).read_text(encoding="utf-8")
    yield from re.findall(r"```py\n(.*?)```", text, re.DOTALL)


def refuses_without(module: Any, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module whose engine is absent says what to install; of a package, the room of its last name."""
    if hasattr(module, "__path__"):
        module = sys.modules[getattr(module, module.__all__[-1]).__module__]
    monkeypatch.setitem(sys.modules, engine, None)
    spec = spec_from_file_location("absent", module.__file__)
    assert spec is not None
    assert spec.loader is not None
    execute: Callable[[Any], None] = spec.loader.exec_module
    with pytest.raises(ExtraMissing, match=r"pip install 'svcstd\["):
        execute(module_from_spec(spec))
