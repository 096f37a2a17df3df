"""Amounts of time: whole microseconds, and ISO 8601 text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.durations import duration_micros, duration_of, iso_duration
from svcstd.errors import DurationError
from svcstd.moment import DAY, HOUR

MICRO = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (timedelta(), 0),
        (timedelta(hours=8), 8 * HOUR),
        (timedelta(days=2, microseconds=1), 2 * DAY + 1),
        (pendulum.duration(hours=36), 36 * HOUR),
        (pendulum.duration(weeks=1, days=1), 8 * DAY),
        (pendulum.datetime(2024, 6, 1) - pendulum.datetime(2024, 4, 1), 61 * DAY),  # shows months, has a length
    ],
)
def test_durations(amount: timedelta, expected: int) -> None:
    """Any timedelta of fixed length is an amount of time."""
    assert duration_micros(amount) == expected


@pytest.mark.parametrize(
    ("amount", "message", "said"),
    [
        (timedelta(microseconds=-1), "duration.negative", "is negative"),
        (pendulum.duration(hours=-1), "duration.negative", "subtract() for add()"),
        (pendulum.duration(months=1), "duration.months", "count in days or hours"),
        (pendulum.duration(years=1, days=-365), "duration.months", "no fixed length"),
        (3_600, "duration.type", "3600 is no duration"),
        (None, "duration.type", "None"),
    ],
)
def test_durations_refused(amount: Any, message: str, said: str) -> None:
    """What has no fixed length, or runs backwards, is refused."""
    with pytest.raises(DurationError) as caught:
        duration_micros(amount, "pause")
    assert (caught.value.where, caught.value.message) == ("pause", message)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("PT8H30M", timedelta(hours=8, minutes=30)),
        ("P1DT1S", timedelta(days=1, seconds=1)),
        ("P2D", timedelta(days=2)),
        ("PT0S", timedelta()),
        ("-PT0.000001S", -MICRO),
        ("PT1.5S", timedelta(seconds=1.5)),
        ("PT90M", timedelta(minutes=90)),
    ],
)
def test_iso_durations(text: str, amount: timedelta) -> None:
    """ISO 8601 durations of fixed length."""
    assert duration_of(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "-P",
        "PT",
        "P1DT",
        "P1W",
        "P1M",
        "P1Y",
        "8h",
        "PT8",
        "PT1.5H",
        "PT.5S",
        "PT1H1H",
        "PT1S1M",
        "pt1h",
        "PT1H ",
        "PT１H",  # noqa: RUF001 - a full-width digit
        "P9999999999D",
        "PT99999999999999999999H",
        "P" + "9" * 5_000 + "D",
    ],
)
def test_iso_durations_refused(text: str) -> None:
    """Months and weeks, odd spellings and amounts that no timedelta holds are refused, with an example."""
    with pytest.raises(DurationError) as caught:
        duration_of(text, "target")
    assert (caught.value.where, caught.value.message) == ("target", "duration.iso")
    assert str(caught.value).endswith("write e.g. PT8H30M")


@given(st.timedeltas())
@example(timedelta(hours=76, minutes=30))
@example(timedelta(microseconds=-1))
def test_iso_round_trip(amount: timedelta) -> None:
    """An amount is written in hours, minutes and seconds, never in days, and read back."""
    text = iso_duration(amount)
    assert duration_of(text) == amount
    assert "D" not in text
