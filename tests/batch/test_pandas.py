"""The accessor of pandas: each row what NumPy says of it, in columns of Arrow, under the same index."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given

from svcstd.errors import DefinitionError, MomentError

pytest.importorskip("numpy", reason="the extra batch is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
pd: Any = pytest.importorskip("pandas", reason="the extra pandas is not installed")
accessor: Any = pytest.importorskip("svcstd.batch.pandas")

from tests.batch.engines import (  # noqa: E402 - skipped where NumPy is absent
    EXAMPLE,
    VERBS,
    Row,
    Told,
    by_numpy,
    columns_of,
    refuses_without,
    rows,
)
from tests.batch.test_columns import CALENDARS, HOUR, LOW, OFFICE  # noqa: E402 - the same

KINDS = {
    **dict.fromkeys(("start", "end", "at"), pa.timestamp("us", tz="UTC")),
    **dict.fromkeys(("first", "last"), pa.date32()),
    "amount": pa.duration("us"),
}


def series_of(verb: str, given: list[Row]) -> dict[str, Any]:
    """The columns of a verb as Series of Arrow, counted from 10."""
    index = range(10, 10 + len(given))
    made = {}
    for name, column in columns_of(verb, given).items():
        stored = pa.int32() if name in {"first", "last"} else pa.int64()
        array = pa.array(column, pa.string()) if name == "by" else pa.array(column, stored).cast(KINDS[name])
        made[name] = pd.Series(pd.arrays.ArrowExtensionArray(array), index=index, name=name)
    return made


def plain(found: Any) -> Told:
    """Answers with their faults."""
    value = pa.array(found["value"])
    counted = value if pa.types.is_boolean(value.type) else value.cast(pa.int64())
    return list(zip(counted.to_pylist(), pa.array(found["fault"]).to_pylist(), strict=True))


@pytest.mark.long
@given(rows)
@example(EXAMPLE)
@example([])
def test_pandas_says_what_numpy_says(given: list[Row]) -> None:
    """All verbs, with nulls and faults."""
    for verb in VERBS:
        columns = series_of(verb, given)
        keys, first, *others = columns.pop("by"), *columns.values()
        found = getattr(first.svc, verb)(CALENDARS, *others, by=keys, faults=True)
        assert plain(found) == by_numpy(verb, given), verb
        value = getattr(first.svc, verb)(CALENDARS, *others, by=keys)
        assert value.equals(found["value"])
        assert value.name == first.name
        assert value.index.equals(first.index)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_units(unit: str, zone: str) -> None:
    """Of NumPy and of Arrow, in every zone; NaT is null."""
    opened = pd.Series(
        [datetime(2024, 9, 30, 8, tzinfo=UTC), None], index=["a", "b"], dtype=f"datetime64[{unit}, {zone}]"
    )
    due = [pd.Timestamp("2024-10-08T08:30Z"), pd.NaT]
    for series in (opened, opened.astype(f"timestamp[{unit}, tz={zone}][pyarrow]")):
        found = series.svc.add(OFFICE, "8 working hours")
        assert str(found.dtype) == "timestamp[us, tz=UTC][pyarrow]"
        assert found.index.tolist() == ["a", "b"]
        assert [found.iloc[0], found.isna().tolist()] == [due[0], [False, True]]


def test_between_two_microseconds() -> None:
    """A fault of its row, since nothing is rounded."""
    at = pd.Series([1_000, 1_001]).astype("datetime64[ns, UTC]")
    assert at.svc.is_open(CALENDARS["always"], faults=True)["fault"].isna().tolist() == [True, False]


def test_columns_of_pandas() -> None:
    """Whole numbers with nulls, timedeltas, texts, categories, objects; several chunks."""
    at = pd.Series([LOW, LOW, None], dtype="Int64")
    hours = [pd.Series([HOUR] * 3), pd.Series([timedelta(hours=1)] * 3), pd.Series(["1 working hour"] * 3), HOUR]
    for amount in hours:
        found = at.svc.add(CALENDARS["always"], amount, landing="close")
        assert pa.array(found).cast(pa.int64()).to_pylist() == [LOW + HOUR, LOW + HOUR, None]
    keys = pd.Series(["always", None, "never"], dtype="category")
    assert at.svc.is_open(CALENDARS, by=keys, faults=True)["fault"].tolist()[1] == "batch.no_calendar"
    days = pd.Series([date(2024, 9, 30), date(2024, 10, 7), None])
    assert days.svc.count_working_days(OFFICE, date(2024, 10, 8)).tolist()[:2] == [1, 0]
    chunked = pd.concat([series.astype("timestamp[us, tz=UTC][pyarrow]") for series in (at[:1], at[1:])])
    assert chunked.svc.elapsed(CALENDARS["always"], datetime(2021, 1, 1, 1, tzinfo=UTC)).sum() == timedelta(hours=2)
    assert chunked.svc.subtract(CALENDARS["always"], pa.array([0, 0, 0])).equals(
        chunked.svc.next_open(CALENDARS["always"])
    )


def test_refusals() -> None:
    """No zone, another index, floats."""
    at = pd.Series([LOW, LOW])
    with pytest.raises(MomentError, match="no time zone"):
        pd.Series([pd.Timestamp("2024-03-04")]).svc.is_open(OFFICE)
    for other in ("by", "amount"):
        with pytest.raises(DefinitionError, match=f"{other}: the rows have other labels"):
            at.svc.add(CALENDARS, **{"amount": 0, other: pd.Series(["a", "b"], index=[1, 0])})
    with pytest.raises(DefinitionError, match="a column of double"):
        pd.Series([1.0, None]).svc.is_open(OFFICE)


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(accessor, "pandas", monkeypatch)
