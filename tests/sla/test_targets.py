"""Promises: what they may be, and their text."""

from __future__ import annotations

import pickle
from datetime import UTC, time, timedelta
from decimal import Decimal
from typing import Any

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import At, CloseOfDay, KeepTime
from svcstd.errors import DefinitionError, DurationError, SvcstdError
from svcstd.sla import (
    CalendarDays,
    ElapsedTime,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
    read_target,
    write_target,
)
from svcstd.sla.targets import scaled


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


TEXTS: list[tuple[str, Target]] = [
    ("8 working hours", WorkingTime(hours(8))),
    ("1 working hour", WorkingTime(hours(1))),
    ("90 working minutes", WorkingTime(hours(1.5))),
    ("24 hours", ElapsedTime(hours(24))),  # never a day of some kind
    ("90 minutes", ElapsedTime(hours(1.5))),
    ("20 seconds", ElapsedTime(timedelta(seconds=20))),
    ("0 hours", ElapsedTime(timedelta())),
    ("3 working days", WorkingDays(3)),
    ("3 working days, not later than closing", WorkingDays(3, KeepTime("clamp"))),
    ("3 working days by 18:00", WorkingDays(3, At("18:00"))),
    ("3 working days by 18:00:30", WorkingDays(3, At("18:00:30"))),
    ("3 working days by closing", WorkingDays(3, CloseOfDay())),
    ("1 working day by closing, cut-off 16:00", WorkingDays(1, CloseOfDay(), cutoff="16:00")),
    ("2 working days, cut-off 16:00, counting today", WorkingDays(2, cutoff="16:00", counts_today=True)),
    ("0 working days by 00:00", WorkingDays(0, At("00:00"))),
    ("30 calendar days", CalendarDays(30)),
    ("1 calendar day", CalendarDays(1)),
    ("30 calendar days by 18:00", CalendarDays(30, "18:00")),
    ("30 calendar days by 00:00", CalendarDays(30, "00:00")),
]


@pytest.mark.parametrize(("text", "target"), TEXTS)
def test_texts(text: str, target: Target) -> None:
    """A promise is written as it is read."""
    assert read_target(text) == target
    assert write_target(target) == text
    assert str(target) == text


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("PT24H", ElapsedTime(hours(24))),
        ("P1DT30M", ElapsedTime(hours(24.5))),
        ("1 hours", ElapsedTime(hours(1))),
        ("8 working hour", WorkingTime(hours(8))),
        ("next calendar day", CalendarDays(1)),
        ("next calendar day by 18:00", CalendarDays(1, "18:00")),
        ("next working day by closing", WorkingDays(1, CloseOfDay())),
        ("  8   working\thours ", WorkingTime(hours(8))),
        ("120 minutes", ElapsedTime(hours(2))),
    ],
)
def test_other_spellings(text: str, target: Target) -> None:
    """A few more spellings are read; they are written back in one."""
    assert read_target(text) == target
    assert read_target(write_target(target)) == target


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("8h", "target.text"),
        ("15 min", "target.text"),
        ("8 Hours", "target.text"),
        ("eight hours", "target.text"),
        ("8.5 hours", "target.text"),
        ("-8 hours", "target.text"),
        ("+8 hours", "target.text"),
        ("8", "target.text"),
        ("", "target.text"),
        ("?", "target.text"),
        ("8 hours 30 minutes", "target.text"),
        ("1 month", "target.text"),
        ("2 weeks", "target.text"),
        ("1e9 hours", "target.text"),
        ("NaN hours", "target.text"),
        ("٣ hours", "target.text"),
        ("\uff18 hours", "target.text"),  # a full-width digit
        ("9999999999 hours", "target.text"),
        ("9" * 1_000_000 + " hours", "target.text"),
        ("1 " + " " * 1_000_000 + "x", "target.text"),
        ("8 calendar hours", "target.text"),
        ("next hour", "target.text"),
        ("next working hour", "target.text"),
        ("8 hours by 18:00", "target.text"),
        ("8 working hours, counting today", "target.text"),
        ("8 hours, cut-off 16:00", "target.text"),
        ("8 hours, not later than closing", "target.text"),
        ("30 calendar days by closing", "target.text"),
        ("30 calendar days, counting today", "target.text"),
        ("30 calendar days, cut-off 16:00", "target.text"),
        ("30 calendar days, not later than closing", "target.text"),
        ("3 working days by closing, not later than closing", "target.text"),
        ("3 working days by 9:00", "target.text"),
        ("2 days", "target.which_days"),
        ("next day", "target.which_days"),
        ("3 working days by 25:00", "day.time"),
        ("3 working days, cut-off 16:60", "day.time"),
        ("30 calendar days by 24:30", "day.time"),
        ("3661 working days", "target.days"),
        ("999999999 calendar days", "target.days"),
        ("999999999 hours", "target.long"),
        ("999999999 working minutes", "target.long"),
        ("P1M", "duration.iso"),
        ("P1Y", "duration.iso"),
        ("P2W", "duration.iso"),
        ("P", "duration.iso"),
        ("PT", "duration.iso"),
        ("-PT1H", "target.text"),
        ("PT1.5H", "duration.iso"),
        ("PT0.5S", "target.fraction"),
        ("P36600D", "target.long"),
    ],
)
def test_refused(text: str, message: str) -> None:
    """Abbreviations, months, days of no kind and endless amounts are refused with the fix, at once."""
    with pytest.raises(DefinitionError) as caught:
        read_target(text, "$.objectives.close.target")
    error = caught.value
    assert (error.where, error.message) == ("$.objectives.close.target", message)
    assert len(str(error)) < 500


@pytest.mark.parametrize("text", ["P99999999999D", "PT" + "9" * 30 + "H", "P" + "9" * 1_000_000 + "D"])
def test_endless_iso_durations(text: str) -> None:
    """An ISO duration beyond all bounds is a definition error like any other, never an OverflowError."""
    with pytest.raises(DefinitionError) as caught:
        read_target(text)
    assert caught.value.where == "target"


def test_the_sentence() -> None:
    """The refusal shows what was written, and what to write."""
    with pytest.raises(DefinitionError) as caught:
        read_target("8h")
    assert str(caught.value) == (
        "target: '8h' is no target; write e.g. 8 hours, 8 working hours, 3 working days, 30 calendar days"
    )
    with pytest.raises(DefinitionError, match="'2 days' does not say which days; write working days or calendar days"):
        read_target("2 days")


@pytest.mark.parametrize("kind", [WorkingTime, ElapsedTime])
@pytest.mark.parametrize(
    ("amount", "error", "message"),
    [
        (timedelta(hours=-1), DurationError, "duration.negative"),
        (timedelta(microseconds=1), DefinitionError, "target.fraction"),
        (timedelta(days=3661), DefinitionError, "target.long"),
        (timedelta.max, DefinitionError, "target.long"),
        (pendulum.duration(months=1), DurationError, "duration.months"),
        (8, DurationError, "duration.type"),
        (8.0, DurationError, "duration.type"),
    ],
)
def test_amounts(kind: Any, amount: Any, error: type[SvcstdError], message: str) -> None:
    """An amount of time is whole seconds, zero or more, at most ten years, never in months."""
    with pytest.raises(error) as caught:
        kind(amount)
    assert (caught.value.where, caught.value.message) == ("target", message)


def test_a_pendulum_amount() -> None:
    """A pendulum duration without months is an amount like any other."""
    assert WorkingTime(pendulum.duration(hours=8)) == WorkingTime(hours(8))
    assert str(ElapsedTime(pendulum.duration(days=1))) == "24 hours"


@pytest.mark.parametrize("kind", [WorkingDays, CalendarDays])
@pytest.mark.parametrize("days", [-1, 3661, 1.0, True, "3", None])
def test_days(kind: Any, days: Any) -> None:
    """Days are counted in whole numbers up to ten years."""
    with pytest.raises(DefinitionError) as caught:
        kind(days)
    assert (caught.value.where, caught.value.message) == ("target", "target.days")
    assert str(caught.value) == f"target: {days!r} is no number of days to promise; give 0 to 3660"


@pytest.mark.parametrize("at", ["18", "6 pm", "24:00:01", "18:00+01:00", time(18, tzinfo=UTC), time(18, 0, 0, 1)])
def test_times_of_day(at: Any) -> None:
    """A time of day has minutes, and neither offset nor microseconds."""
    if at == "18":
        assert CalendarDays(1, at).at == time(18)
        return
    with pytest.raises(DefinitionError, match=r"is no time of day; write HH:MM, e\.g\. 18:00, without offset"):
        CalendarDays(1, at)
    with pytest.raises(DefinitionError):
        WorkingDays(1, cutoff=at)


def test_two_meanings_two_types() -> None:
    """Eight working hours are not eight hours."""
    eight: list[Target] = [WorkingTime(hours(8)), ElapsedTime(hours(8)), WorkingDays(8), CalendarDays(8)]
    assert len(set(eight)) == 4


AMOUNTS = st.integers(0, 10 * 366 * 24 * 3_600).map(lambda number: timedelta(seconds=number))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
DAYS = st.integers(0, 3_660)
MODES = st.sampled_from([KeepTime(), KeepTime("clamp"), CloseOfDay()]) | TIMES.map(At)
TARGETS: st.SearchStrategy[Target] = (
    AMOUNTS.map(WorkingTime)
    | AMOUNTS.map(ElapsedTime)
    | st.builds(CalendarDays, DAYS, st.none() | TIMES)
    | st.builds(WorkingDays, DAYS, MODES, cutoff=st.none() | TIMES, counts_today=st.booleans())
)


@given(TARGETS)
@example(WorkingDays(0, At("00:00"), cutoff="00:00"))
@example(CalendarDays(0, "00:00"))
def test_round_trip(target: Target) -> None:
    """Every promise has a text that reads back equal, and travels by pickle."""
    assert read_target(write_target(target)) == target
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 - our own bytes


WORDS = ["next", "8", "0", "working", "calendar", "hours", "days", "day", "by", "closing", "18:00", "P", "PT8H", "1M"]
PARTS = st.lists(st.sampled_from([*WORDS, ", cut-off 16:00", ", counting today", ", not later than closing"]))


@given(st.text() | PARTS.map(" ".join) | st.text("PDTHMS0123456789.-"))
@example("P999999999D")
def test_reading_never_crashes(text: str) -> None:
    """Any text is a promise or a DefinitionError."""
    try:
        target = read_target(text)
    except DefinitionError:
        return
    assert read_target(write_target(target)) == target


@pytest.mark.parametrize(
    ("target", "factor", "product"),
    [
        (WorkingTime(hours(8)), Decimal("0.5"), WorkingTime(hours(4))),
        (WorkingTime(hours(8)), 2, WorkingTime(hours(16))),
        (WorkingTime(hours(8)), 1, WorkingTime(hours(8))),
        (ElapsedTime(hours(24)), Decimal("1.25"), ElapsedTime(hours(30))),
        (ElapsedTime(timedelta(seconds=10)), Decimal("0.1"), ElapsedTime(timedelta(seconds=1))),  # exact, no float
        (ElapsedTime(hours(1)), Decimal("1E+2"), ElapsedTime(hours(100))),
        (WorkingThenElapsed(hours(4), hours(2)), Decimal("0.5"), WorkingThenElapsed(hours(2), hours(1))),
        (WorkingTime(timedelta()), Decimal("0.3"), WorkingTime(timedelta())),
    ],
)
def test_scaled(target: Target, factor: Any, product: Target) -> None:
    """Gold is promised half: the same kind of promise, so many times as long, exactly."""
    assert scaled(target, factor) == product


@pytest.mark.parametrize(
    ("target", "factor", "message"),
    [
        ("8 hours", 0, "target.factor"),
        ("8 hours", -1, "target.factor"),
        ("8 hours", Decimal("100.1"), "target.factor"),
        ("8 hours", Decimal("Infinity"), "target.factor"),
        ("8 hours", Decimal("NaN"), "target.factor"),
        ("1 second", Decimal("0.5"), "target.factor_fraction"),
        ("1 working hour", Decimal("0.3333"), "target.factor_fraction"),  # 1199.88 seconds
        ("3 working seconds then 3 seconds", Decimal("0.5"), "target.factor_fraction"),
        ("3 working days", 2, "target.unscaled"),
        ("3 calendar days", 2, "target.unscaled"),
        ("by 2026-03-31T10:00Z", 2, "target.unscaled"),
        ("2..3 rings", 2, "target.unscaled"),
    ],
)
def test_no_factor(target: str, factor: Any, message: str) -> None:
    """Days, instants and counts have no half, and a half is of whole seconds; the path of the factor is named."""
    with pytest.raises(DefinitionError) as caught:
        scaled(read_target(target), factor, "factor.gold")
    assert (caught.value.where, caught.value.message) == ("factor.gold", message)


def test_a_product_beyond_all_bounds() -> None:
    """Nine years times two are more than any promise may be."""
    with pytest.raises(DefinitionError) as caught:
        scaled(ElapsedTime(timedelta(days=3_000)), 2)
    assert caught.value.message == "target.long"
