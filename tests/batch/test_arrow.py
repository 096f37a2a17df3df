"""Columns of Arrow: every row what NumPy and the calendar say of it, however the rows are cut and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, DurationError, MomentError

np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
arrow: Any = pytest.importorskip("svcstd.batch.arrow")
arrow_columns: Any = pytest.importorskip("svcstd.batch.arrow.columns")
arrow_verbs: Any = pytest.importorskip("svcstd.batch.arrow.verbs")

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
from tests.batch.test_columns import CALENDARS, HOUR, LOW, OFFICE, expected  # noqa: E402 - the same

from svcstd import batch  # noqa: E402 - the same

INSTANT = pa.timestamp("us", tz="UTC")
KINDS = {"start": INSTANT, "end": INSTANT, "at": INSTANT, "amount": pa.duration("us"), "by": pa.string()}


def typed(verb: str, given: Sequence[Row]) -> dict[str, Any]:
    """The columns of a verb as arrays of Arrow."""
    columns = columns_of(verb, given)
    return {
        name: pa.array(column, pa.int32()).cast(pa.date32()) if name in {"first", "last"} else cast(column, KINDS[name])
        for name, column in columns.items()
    }


def cast(column: Sequence[Any], kind: Any) -> Any:
    """Whole microseconds as instants or lengths; texts as they are."""
    return pa.array(column, kind if kind == pa.string() else pa.int64()).cast(kind)


def cut(array: Any, sizes: Sequence[int]) -> Any:
    """The same rows as several chunks, each a slice of something longer."""
    ends = np.minimum(np.cumsum([0, *sizes, len(array)]), len(array)).tolist()
    padded = pa.concat_arrays([array[-1:], array, array[:1]])
    ahead = min(len(array), 1)
    chunks = [padded.slice(ahead + low, high - low) for low, high in pairwise(ends)]
    return pa.chunked_array(chunks, type=array.type)


def plain(found: Any) -> Told:
    """Answers with their faults."""
    value = found.field("value")
    counted = value if pa.types.is_boolean(value.type) else value.cast(pa.int64())
    return list(zip(counted.to_pylist(), found.field("fault").to_pylist(), strict=True))


@pytest.mark.long
@given(rows, st.lists(st.integers(0, 9), max_size=3))
@example(EXAMPLE, [1, 0, 2])
@example([], [])
def test_arrow_says_what_numpy_says(given: list[Row], sizes: list[int]) -> None:
    """All verbs, with nulls, faults, chunks, slices, and none of them."""
    for verb in VERBS:
        columns = {name: Stream(cut(array, sizes)) for name, array in typed(verb, given).items()}
        found = getattr(arrow, verb)(CALENDARS, **columns, faults=True)
        assert plain(found) == by_numpy(verb, given), verb
        assert getattr(arrow, verb)(CALENDARS, **typed(verb, given)).equals(found.field("value")), verb


@given(rows)
@example(EXAMPLE)
def test_arrow_says_what_the_calendar_says(given: list[Row]) -> None:
    """Row by row, of those that name a calendar and have all that is asked."""
    full = [row for row in given if None not in row and row[3] != "nobody"]
    told = plain(arrow.add(CALENDARS, **typed("add", full), landing="close", faults=True))
    spent = plain(arrow.elapsed(CALENDARS, **typed("elapsed", full), faults=True))
    for place, (start, end, amount, key) in enumerate(full):
        line = CALENDARS[str(key)].timeline
        (due, why), (passed, unknown) = told[place], spent[place]
        assert [(due or 0, why or "")] == expected(line.add, [start or 0], [amount or 0])
        assert [(passed or 0, unknown or "")] == expected(line.elapsed, [start or 0], [end or 0], spans=2)


def test_a_supervisor_would_sign() -> None:
    """Friday 16:00 in Shanghai and eight hours; nothing; the first day of a year whose holidays nobody knows."""
    texts = pa.array(["2024-09-30T08:00Z", None, "2026-03-02T01:00Z"])
    found = arrow.add(OFFICE, texts.cast(pa.timestamp("s", tz="UTC")), "8 working hours", faults=True)
    assert found.type == pa.struct({"value": pa.timestamp("us", tz="UTC"), "fault": pa.string()})
    assert found.to_pylist() == [
        {"value": datetime(2024, 10, 8, 8, 30, tzinfo=UTC), "fault": None},
        {"value": None, "fault": None},
        {"value": None, "fault": "calendar.uncovered"},
    ]


@pytest.mark.parametrize(("unit", "factor"), [("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)])
def test_units(unit: str, factor: int) -> None:
    """Every unit and zone means the same instant; one between two microseconds is a fault of its row."""
    at = pa.array([1_709_542_800 * factor, None, 0], pa.timestamp(unit, tz="Asia/Tokyo"))
    found = arrow.next_open(CALENDARS["always"], at, faults=True)
    assert plain(found) == [(1_709_542_800_000_000, None), (None, None), (0, None)]
    lengths = pa.array([factor, 0, None], pa.duration(unit))
    assert plain(arrow.add(CALENDARS["always"], at, lengths, faults=True))[0] == (1_709_542_801_000_000, None)


def test_between_two_microseconds() -> None:
    """Nothing is rounded."""
    at = pa.array([1_000, 1_001], pa.timestamp("ns", tz="UTC"))
    assert plain(arrow.is_open(CALENDARS["always"], at, faults=True)) == [(True, None), (None, "batch.precision")]


def test_one_value_for_all_rows() -> None:
    """A moment, a date, a column of one row."""
    at = pa.array([LOW, None], pa.int64())
    as_of = datetime.fromtimestamp(LOW // 1_000_000 + 3_600, tz=UTC)
    hour = [timedelta(hours=1), None]
    assert arrow.elapsed(CALENDARS["always"], at, as_of).to_pylist() == hour
    assert arrow.elapsed(CALENDARS["always"], at, pa.array([LOW + HOUR])).to_pylist() == hour
    days = pa.array([date(2024, 3, 4), None])
    assert arrow.count_working_days(OFFICE, days, date(2024, 3, 11)).to_pylist() == [5, None]
    assert arrow.count_working_days(OFFICE, days, pa.array([11], pa.int16())).type == pa.int64()


def test_amounts() -> None:
    """All ways to write eight hours, and the row whose text names none."""
    at = pa.array([LOW] * 4)
    due = arrow.add(CALENDARS["always"], at, timedelta(hours=8))
    texts = pa.array(["8 working hours", "480 working minutes", "8  working hours", "28800 working seconds"])
    for amount in ("8 working hours", 8 * HOUR, pa.array([8 * HOUR]), texts, texts.dictionary_encode()):
        assert arrow.add(CALENDARS["always"], at, amount).equals(due)
    wrong = pa.array(["24 hours", "2 working days", None, "soon"])
    told = [(None, "batch.amount"), (None, "batch.amount"), (None, None), (None, "batch.amount")]
    assert plain(arrow.add(CALENDARS["always"], at, wrong, faults=True)) == told
    assert plain(arrow.subtract(CALENDARS["always"], at, wrong.dictionary_encode(), faults=True)) == told
    assert arrow.subtract(CALENDARS["always"], at, wrong).null_count == 4


class Capsule:
    """Another library's array."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_array__(self, schema: object = None) -> Any:
        """As the PyCapsule interface has it."""
        return self.array.__arrow_c_array__(schema)


class Stream:
    """Another library's column of several chunks."""

    def __init__(self, chunked: Any) -> None:
        self.chunked = chunked

    def __arrow_c_stream__(self, schema: object = None) -> Any:
        """As the PyCapsule interface has it."""
        return self.chunked.__arrow_c_stream__(schema)


def test_whoever_shows_a_capsule() -> None:
    """An array, a stream."""
    array = pa.array([LOW, None])
    for source in (
        Capsule(array),
        pa.chunked_array([array]),
        Stream(pa.chunked_array([array[:1], array[1:1], array[1:]])),
    ):
        assert arrow.one_array(source).equals(array)
    with pytest.raises(DefinitionError, match="start: list is no column of Arrow"):
        arrow.elapsed(OFFICE, [LOW], array)


NUMBERS: list[tuple[Any, str, list[Any]]] = [
    (pa.array([1, None, 3], pa.int64()), "int64", [1, None, 3]),
    (pa.array([-1, 3], pa.int8()), "int64", [-1, 3]),
    (pa.array([1, 2**32 - 1], pa.uint32()), "int64", [1, 2**32 - 1]),
    (pa.array([2**53 + 1, None], pa.int64()), "int64", [2**53 + 1, None]),
    (pa.array([1, None], pa.timestamp("s", tz="Asia/Tokyo")), "datetime64[s]", [1, None]),
    (pa.array([1, None], pa.timestamp("ns", tz="UTC")), "datetime64[ns]", [1, None]),
    (pa.array([1, 2], pa.duration("ms")), "timedelta64[ms]", [1, 2]),
    (pa.array([1, None], pa.int32()).cast(pa.date32()), "datetime64[D]", [1, None]),
    (pa.array([86_400_000], pa.int64()).cast(pa.date64()), "datetime64[D]", [1]),
    (pa.array([True, None, False] * 7), "bool", [1, None, 0] * 7),
    (pa.array([7, None, 7]).dictionary_encode(), "int64", [7, None, 7]),
    (pa.nulls(2), "int64", [None, None]),
    (pa.nulls(2, INSTANT), "datetime64[us]", [None, None]),
    (pa.array([], pa.bool_()), "bool", []),
    (pa.Array.from_buffers(pa.int64(), 0, [None, None]), "int64", []),
    (pa.chunked_array([], pa.int64()), "int64", []),
    (pa.chunked_array([[1], [], [None, 2]]), "int64", [1, None, 2]),
]


@pytest.mark.parametrize(("array", "kind", "values"), NUMBERS, ids=lambda value: str(getattr(value, "type", "")))
def test_numbers(array: Any, kind: str, values: list[Any]) -> None:
    """Whole and exact, each slice of it too."""
    for low in range(len(array) + 1):
        found = arrow.numbers(array[low:])
        assert found.dtype == kind
        assert np.ma.getmaskarray(found).tolist() == [value is None for value in values[low:]]
        stored = np.ma.getdata(found).astype(np.int64)
        assert [value for value in values[low:] if value is not None] == stored[~np.ma.getmaskarray(found)].tolist()


def test_numbers_are_not_copied() -> None:
    """Where the bits are those of NumPy; a slice begins where it begins."""
    array = pa.array([1, 2, None], INSTANT)
    assert np.ma.getdata(arrow.numbers(array[1:])).ctypes.data == array.buffers()[1].address + 8
    assert arrow.numbers(pa.chunked_array([array[:2]])).ctypes.data == array.buffers()[1].address


TEXT = ["b", None, "a", "b"]
LABELS: list[tuple[Any, list[Any]]] = [
    *((pa.array(TEXT, kind), TEXT) for kind in (pa.string(), pa.large_string(), pa.string_view())),
    (pa.array(TEXT).dictionary_encode(), TEXT),
    (pa.array(["a"] * 3), ["a"] * 3),
    (pa.array(["a"] * 3).dictionary_encode(), ["a"] * 3),
    (pa.array([False] * 3), [False] * 3),
    (pa.array([True, False, None]), [True, False, None]),
    (pa.array([Decimal("1.50"), None]), [Decimal("1.50"), None]),
    (pa.array([3, None, 3], pa.uint8()), [3, None, 3]),
    (pa.nulls(2), [None, None]),
    (pa.nulls(2, pa.string()), [None, None]),
    (pa.array([], pa.string()), []),
    (
        pa.chunked_array([pa.array(["a"]).dictionary_encode(), pa.array(["b", "a"]).dictionary_encode()]),
        ["a", "b", "a"],
    ),
    (pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None], pa.uint32()), ["a", "a", None]), ["a", "a", None, None]),
]


@pytest.mark.parametrize(("array", "values"), LABELS, ids=lambda value: str(getattr(value, "type", "")))
def test_encoded(array: Any, values: list[Any]) -> None:
    """The values come back from their places, each once, each slice of them too."""
    for low in range(len(array) + 1):
        names, codes = arrow.encoded(array[low:])
        assert codes.dtype == np.int32
        assert len(set(names)) == len(names)
        assert [None if code < 0 else names[code] for code in codes.tolist()] == values[low:]


def test_to_arrow() -> None:
    """As any of four types; nulls where there is no answer, in whatever shape it was."""
    found = batch.add(OFFICE, np.ma.masked_array([[LOW, LOW]], mask=[[False, True]]), 0)
    assert arrow.to_arrow(found, "timestamp").cast(pa.int64()).to_pylist() == [LOW, None]
    assert arrow.to_arrow(found, "duration").type == pa.duration("us")
    assert arrow.to_arrow(found, "int64").to_pylist() == [LOW, None]
    assert arrow.to_arrow(found, "bool").to_pylist() == [True, None]
    with pytest.raises(DefinitionError, match="as_: text is not"):
        arrow.to_arrow(found, "text")


AT = pa.array([LOW])
REFUSED: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: arrow.is_open(OFFICE, pa.array([1.5])), DefinitionError, "at: a column of double"),
    (lambda: arrow.is_open(OFFICE, pa.array(["x"])), DefinitionError, "at: a column of string"),
    (lambda: arrow.is_open(OFFICE, pa.array([True])), DefinitionError, "at: a column of bool"),
    (lambda: arrow.is_open(OFFICE, pa.array([1], pa.uint64())), DefinitionError, "at: a column of uint64"),
    (lambda: arrow.is_open(OFFICE, pa.array([[1]])), DefinitionError, "at: a column of list"),
    (lambda: arrow.is_open(OFFICE, pa.array([1], pa.timestamp("us"))), MomentError, "no time zone; say in which"),
    (lambda: arrow.is_open(OFFICE, pa.array([date(2024, 1, 1)])), MomentError, "at: a column of dates, which has no"),
    (lambda: arrow.elapsed(OFFICE, AT, datetime(2024, 1, 1)), MomentError, "end"),  # noqa: DTZ001 - under test
    (lambda: arrow.count_working_days(OFFICE, AT.cast(INSTANT), AT), DefinitionError, "first"),
    (lambda: arrow.count_working_days(OFFICE, datetime(2024, 1, 1, tzinfo=UTC), AT), DefinitionError, "datetime"),
    (lambda: arrow.add(OFFICE, AT, "24 hours"), DefinitionError, "'24 hours' is elapsed time"),
    (lambda: arrow.add(OFFICE, AT, "2 working days"), DefinitionError, "amount"),
    (lambda: arrow.add(OFFICE, AT, timedelta(-1)), DurationError, "negative"),
    (lambda: arrow.add(OFFICE, AT, pa.array([1.5])), DefinitionError, "amount: a column of double"),
    (lambda: arrow.is_open(OFFICE, AT, by=pa.array(["a"])), DefinitionError, "calendars by key"),
    (lambda: arrow.is_open({"a": 1}, AT, by=pa.array(["a"])), DefinitionError, r"calendars\.a"),
    (
        lambda: arrow.is_open({"a": OFFICE}, AT, by=pa.array([1.5])),
        DefinitionError,
        "by: a column of double; give text",
    ),
    (lambda: arrow.is_open({"a": OFFICE}, AT, by=["a"]), DefinitionError, "by: list is no column"),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSED)
def test_refusals(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    """What is wrong with the whole call is an error, which tells where, what and how."""
    with pytest.raises(kind, match=words):
        ask()


@pytest.mark.parametrize("module", [arrow_verbs, arrow_columns])
def test_without_arrow(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(module, "pyarrow", monkeypatch)
