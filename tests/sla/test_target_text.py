"""The texts of instants, counts and mixed time: written as they are read, refused with the way out."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, SvcstdError
from svcstd.moment import micros
from svcstd.sla import CountLimit, ElapsedTime, FixedInstant, Target, WorkingThenElapsed, WorkingTime, read_target
from svcstd.sla.target_text import read_amount
from svcstd.sla.targets import write_target

HOUR = timedelta(hours=1)
TEN = datetime(2026, 3, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("by 2026-03-31T10:00:00+00:00", FixedInstant(micros(TEN))),
        ("by 2026-03-31T10:00:00.000001+00:00", FixedInstant(micros(TEN) + 1)),
        ("2..3 rings", CountLimit(2, 3, "rings")),
        ("0..0 transfers", CountLimit(0, 0, "transfers")),
        ("2..3 声", CountLimit(2, 3, "声")),
        ("0..1 次转派", CountLimit(0, 1, "次转派")),
        ("0..10000 call-backs_made", CountLimit(0, 10_000, "call-backs_made")),
        ("4 working hours then 2 hours", WorkingThenElapsed(4 * HOUR, 2 * HOUR)),
        ("90 working minutes then 20 seconds", WorkingThenElapsed(1.5 * HOUR, timedelta(seconds=20))),
        ("0 working hours then 0 hours", WorkingThenElapsed(timedelta(), timedelta())),
        ("1 working hour then 0 hours", WorkingThenElapsed(HOUR, timedelta())),
    ],
)
def test_texts(text: str, target: Target) -> None:
    """A promise is written as it is read."""
    assert read_target(text) == target
    assert write_target(target) == text
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("by 2026-03-31T18:00:00+08:00", FixedInstant(micros(TEN))),
        ("by 2026-03-31T10:00Z", FixedInstant(micros(TEN))),
        ("by 2026-03-31 10:00:00+00:00", FixedInstant(micros(TEN))),
        ("  by   2026-03-31T10:00Z ", FixedInstant(micros(TEN))),
        ("02..003 rings", CountLimit(2, 3, "rings")),
        ("4 working hours  then PT2H", WorkingThenElapsed(4 * HOUR, 2 * HOUR)),
    ],
)
def test_other_spellings(text: str, target: Target) -> None:
    """A few more spellings are read; they are written back in one."""
    assert read_target(text) == target
    assert read_target(write_target(target)) == target


def test_an_instant_as_a_moment() -> None:
    """An aware datetime stands for its instant, whatever its zone."""
    assert FixedInstant(TEN) == FixedInstant(TEN.astimezone(timezone(timedelta(hours=8))))
    assert FixedInstant(TEN).instant == micros(TEN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("by", "target.text"),
        ("by now", "target.text"),
        ("by 18:00", "target.text"),
        ("by closing", "target.text"),
        ("by 2026-02-30T10:00:00+00:00", "target.text"),
        ("by 2026-03-31T25:00:00+00:00", "target.text"),
        ("by 2026-03-31T10:00:00", "moment.naive"),
        ("by 2026-03-31", "moment.naive"),
        ("by 0001-01-01T00:00:00+00:00", "moment.years"),
        ("by 9999-12-31T23:59:59+00:00", "moment.years"),
        ("2..3", "target.text"),
        ("2...3 rings", "target.text"),
        ("2-3 rings", "target.text"),
        ("..3 rings", "target.text"),
        ("-1..3 rings", "target.text"),
        ("2..3 Rings", "target.text"),
        ("2..3 rings then 2 hours", "target.then"),
        ("٢..٣ rings", "target.text"),
        ("3..2 rings", "target.bounds"),
        ("0..10001 rings", "target.bounds"),
        ("0..99999 rings", "target.bounds"),
        ("2..3 hours", "target.unit"),
        ("2..3 hour", "target.unit"),
        ("2..3 days", "target.unit"),
        ("2..3 months", "target.unit"),
        ("2..3 " + "r" * 41, "target.unit"),
        ("4 hours then 2 hours", "target.then"),
        ("4 working hours then 2 working hours", "target.then"),
        ("2 hours then 4 working hours", "target.then"),
        ("4 working hours then 3 working days", "target.then"),
        ("4 working hours then 2 hours then 1 hour", "target.then"),
        ("4 working hours then by 2026-03-31T10:00Z", "target.then"),
        ("4 working hours then", "target.text"),
        ("then 2 hours", "target.text"),
        ("4 working hours then 8h", "target.text"),
        ("4 working hours then 2 days", "target.which_days"),
        ("4 working hours then PT0.5S", "target.fraction"),
        ("4 working hours then P36600D", "target.long"),
    ],
)
def test_refused(text: str, message: str) -> None:
    """What is no promise is refused at its path, in a short sentence."""
    with pytest.raises(DefinitionError) as caught:
        read_target(text, "$.objectives.close.target")
    error = caught.value
    assert (error.where, error.message) == ("$.objectives.close.target", message)
    assert len(str(error)) < 500


def test_then_without_end() -> None:
    """A text of ten thousand parts is refused like any other, and no RecursionError."""
    with pytest.raises(DefinitionError) as caught:
        read_target("1 working hour then " * 10_000 + "1 hour")
    assert caught.value.where == "target"


@pytest.mark.parametrize(
    ("low", "high", "unit", "message"),
    [
        (-1, 3, "rings", "target.bounds"),
        (3, 2, "rings", "target.bounds"),
        (0, 10_001, "rings", "target.bounds"),
        (True, 3, "rings", "target.bounds"),
        (0, 3.0, "rings", "target.bounds"),
        ("0", "3", "rings", "target.bounds"),
        (None, 3, "rings", "target.bounds"),
        (0, 3, "", "target.unit"),
        (0, 3, "Rings", "target.unit"),
        (0, 3, "two words", "target.unit"),
        (0, 3, "两 声", "target.unit"),
        (0, 3, "声2", "target.unit"),
        (0, 3, "声a", "target.unit"),
        (0, 3, "小时", "target.unit"),
        (0, 3, "个工作日", "target.unit"),
        (0, 3, "分钟", "target.unit"),
        (0, 3, "天", "target.unit"),
        (0, 3, "_rings", "target.unit"),
        (0, 3, "声" * 41, "target.unit"),
        (0, 3, "rings\n", "target.unit"),
        (0, 3, "minutes", "target.unit"),
        (0, 3, "week", "target.unit"),
    ],
)
def test_limits(low: Any, high: Any, unit: Any, message: str) -> None:
    """Bounds are whole numbers in order, and what is counted is a word that is no unit of time."""
    with pytest.raises(DefinitionError) as caught:
        CountLimit(low, high, unit)
    assert (caught.value.where, caught.value.message) == ("target", message)


@pytest.mark.parametrize(
    ("working", "elapsed"),
    [
        (-HOUR, HOUR),  # together nothing, yet neither is a promise
        (HOUR, -HOUR),
        (-HOUR, timedelta()),
        (timedelta(microseconds=1), HOUR),
        (HOUR, timedelta(microseconds=1)),
        (timedelta(microseconds=-1), timedelta(microseconds=1)),
        (timedelta(days=3_661), HOUR),
        (timedelta.max, timedelta.max),
        (4, 2),
        (HOUR, 2),
    ],
)
def test_parts_of_mixed_time(working: Any, elapsed: Any) -> None:
    """Each part is whole seconds, zero or more, at most ten years."""
    with pytest.raises(SvcstdError) as caught:
        WorkingThenElapsed(working, elapsed)
    assert caught.value.where == "target"


@pytest.mark.parametrize("instant", ["2026-03-31T10:00:00+00:00", None, datetime(2026, 3, 31), 10**30, -(10**30), 1.5])  # noqa: DTZ001
def test_no_instant(instant: Any) -> None:
    """What is no instant within the years is refused at birth: if it exists, it can be written."""
    with pytest.raises(SvcstdError):
        FixedInstant(instant)


def test_amounts() -> None:
    """An amount is working or elapsed time, nothing else."""
    assert read_amount("2 working hours") == WorkingTime(2 * HOUR)
    assert read_amount("90 minutes") == ElapsedTime(1.5 * HOUR)
    assert WorkingThenElapsed(4 * HOUR, 2 * HOUR).amount == 6 * HOUR
    for text in (
        "3 working days",
        "1 calendar day",
        "2..3 rings",
        "by 2026-03-31T10:00Z",
        "1 working hour then 1 hour",
    ):
        with pytest.raises(DefinitionError) as caught:
            read_amount(text, "$.notify")
        assert (caught.value.where, caught.value.message) == ("$.notify", "target.no_amount")
        assert str(caught.value) == (
            f"$.notify: '{text}' is no amount of time; write e.g. 90 minutes or 2 working hours"
        )


SECONDS = st.integers(0, 10 * 366 * 24 * 3_600).map(lambda number: timedelta(seconds=number))
COUNTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(sorted)
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2399, 12, 30), timezones=st.just(UTC)).map(micros)  # noqa: DTZ001
TARGETS: st.SearchStrategy[Target] = (
    st.builds(WorkingThenElapsed, SECONDS, SECONDS)
    | COUNTS.map(lambda pair: CountLimit(pair[0], pair[1], "rings"))
    | INSTANTS.map(FixedInstant)
)


@given(TARGETS)
def test_round_trip(target: Target) -> None:
    """Every promise has a text that reads back equal."""
    assert read_target(write_target(target)) == target


WORDS = ["by", "then", "8 working hours", "2 hours", "2..3", "rings", "2026-03-31T10:00Z", "18:00", "PT1H", "next"]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text("by 0123456789.-:TZ+then"))
@example("by 24:00")
@example("by 2026-03-31T24:00:00Z")
def test_reading_never_crashes(text: str) -> None:
    """Any text is a promise or a DefinitionError."""
    try:
        target = read_target(text)
    except DefinitionError:
        return
    assert read_target(write_target(target)) == target
