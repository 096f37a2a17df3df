"""Expressions of Polars: eager, lazy and streaming alike, each row what NumPy says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given

from svcstd.errors import DefinitionError

pytest.importorskip("numpy", reason="the extra batch is not installed")
pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
pl: Any = pytest.importorskip("polars", reason="the extra polars is not installed")
sp: Any = pytest.importorskip("svcstd.batch.polars")

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

INSTANT = pl.Datetime("us", "UTC")
KINDS = {
    **dict.fromkeys(("start", "end", "at"), INSTANT),
    **dict.fromkeys(("first", "last"), pl.Date),
    "amount": pl.Duration("us"),
    "by": pl.String,
}
ANSWERS = {
    **dict.fromkeys(("add", "subtract", "next_open"), INSTANT),
    "elapsed": pl.Duration("us"),
    "is_open": pl.Boolean,
    "count_working_days": pl.Int64,
}


def framed(verb: str, given: list[Row]) -> Any:
    """The columns of a verb as a frame."""
    columns = columns_of(verb, given)
    whole = {name: pl.String if name == "by" else pl.Int32 if KINDS[name] == pl.Date else pl.Int64 for name in columns}
    return pl.DataFrame(columns, schema=whole).cast({name: KINDS[name] for name in columns})


def asked(verb: str, columns: list[str], **options: Any) -> Any:
    """The verb as an expression, and again through the namespace."""
    first, *others = columns
    given = [pl.col(name) for name in others if name != "by"]
    by_name = getattr(sp, verb)(first, CALENDARS, *given, by="by", **options)
    spaced = getattr(pl.col(first).svc, verb)(CALENDARS, *given, by=pl.col("by"), **options)
    return by_name.alias("found"), spaced.alias("again")


def plain(found: Any) -> Told:
    """Answers with their faults."""
    value = found.struct.field("value")
    counted = value if value.dtype == pl.Boolean else value.cast(pl.Int64)
    return list(zip(counted.to_list(), found.struct.field("fault").to_list(), strict=True))


@pytest.mark.long
@given(rows)
@example(EXAMPLE)
@example([])
def test_polars_says_what_numpy_says(given: list[Row]) -> None:
    """All verbs; eager, lazy, and streaming in parts."""
    for verb in VERBS:
        frame = framed(verb, given)
        answers = asked(verb, frame.columns, faults=True)
        found = frame.select(answers)
        assert found["found"].dtype == pl.Struct({"value": ANSWERS[verb], "fault": pl.String})
        assert plain(found["found"]) == by_numpy(verb, given), verb
        assert found["again"].equals(found["found"])
        lazy = pl.concat([frame[:3], frame[3:5], frame[5:]], rechunk=False).lazy().select(answers)
        assert lazy.collect_schema() == found.schema
        assert lazy.collect().equals(found)
        with pl.Config() as config:
            config.set_streaming_chunk_size(2)
            assert lazy.collect(engine="streaming").equals(found)
        values = frame.select(asked(verb, frame.columns))
        assert values["found"].dtype == ANSWERS[verb]
        assert values["found"].equals(found["found"].struct.field("value"))


OPENED = pl.DataFrame({"opened": [datetime(2024, 9, 30, 8, tzinfo=UTC), None], "city": ["office", "always"]})


def test_a_supervisor_would_sign() -> None:
    """Over National Day; the expression carries the name of its first column."""
    due = OPENED.select(sp.add("opened", OFFICE, "8 working hours"))
    assert due.to_dict(as_series=False) == {"opened": [datetime(2024, 10, 8, 8, 30, tzinfo=UTC), None]}


def test_one_value_for_all_rows() -> None:
    """A moment, a date, a length, a text; a literal too."""
    as_of = datetime(2024, 9, 30, 9, tzinfo=UTC)
    for end in (as_of, pl.lit(as_of, INSTANT)):
        assert OPENED.select(sp.elapsed("opened", OFFICE, end))["opened"].to_list() == [timedelta(hours=1), None]
    day = pl.col("opened").dt.date()
    assert OPENED.select(day.svc.count_working_days(OFFICE, date(2024, 10, 8)))["opened"].to_list() == [1, None]
    for amount in (timedelta(hours=1), HOUR, "1 working hour", pl.lit("60 working minutes"), pl.lit(HOUR)):
        found = OPENED.select(pl.col("opened").svc.subtract(OFFICE, amount))["opened"].to_list()
        assert found == [datetime(2024, 9, 30, 7, tzinfo=UTC), None]
        landed = OPENED.select(pl.col("opened").svc.add(OFFICE, amount, landing="close"))["opened"].to_list()
        assert landed == [datetime(2024, 9, 30, 9, tzinfo=UTC), None]


def test_texts_and_categories() -> None:
    """A text that names no working time is a fault of its row; keys may be categories."""
    frame = OPENED.with_columns(pl.Series("promised", ["24 hours", None]), pl.col("city").cast(pl.Categorical))
    found = frame.select(sp.add("opened", CALENDARS, pl.col("promised"), by="city", faults=True))["opened"]
    assert plain(found) == [(None, "batch.amount"), (None, None)]
    assert frame.select(sp.is_open("opened", CALENDARS, by="city"))["opened"].to_list() == [True, None]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_units_and_nulls(unit: str) -> None:
    """Every unit; whole numbers with nulls never pass through floats."""
    frame = pl.DataFrame({"at": [datetime(2024, 9, 30, 8, tzinfo=UTC), None]}).cast(pl.Datetime(unit, "Asia/Tokyo"))
    exact = frame.select(sp.next_open("at", CALENDARS["always"]))["at"]
    assert exact.to_list() == frame["at"].to_list()
    whole = pl.DataFrame({"at": [LOW + 1, None]})
    assert whole.select(sp.next_open("at", CALENDARS["always"]))["at"].cast(pl.Int64).to_list() == [LOW + 1, None]


def test_refusals() -> None:
    """What is wrong with the whole call; a text at once, a column when it runs."""
    with pytest.raises(DefinitionError, match="'24 hours' is elapsed time"):
        sp.add("opened", OFFICE, "24 hours")
    naive = pl.LazyFrame({"at": [datetime(2024, 9, 30, 8)]})  # noqa: DTZ001 - under test
    for engine in ("in-memory", "streaming"):
        with pytest.raises(pl.exceptions.ComputeError, match=r"at: a column of .*, which has no time zone"):
            naive.select(sp.is_open("at", OFFICE)).collect(engine=engine)


def test_without_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(sp, "polars", monkeypatch)
