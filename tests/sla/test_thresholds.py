"""Thresholds are written as people say them: due, 80 %, two working hours before due."""

from __future__ import annotations

import pickle
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.sla import (
    AT_DUE,
    ElapsedTime,
    Level,
    Offset,
    Share,
    Threshold,
    WorkingTime,
    read_percent,
    read_threshold,
    write_percent,
)

F = Fraction


def working(**amount: int) -> WorkingTime:
    """So much working time."""
    return WorkingTime(timedelta(**amount))


def elapsed(**amount: int) -> ElapsedTime:
    """So much elapsed time."""
    return ElapsedTime(timedelta(**amount))


@pytest.mark.parametrize(
    ("text", "share", "written"),
    [
        ("95 %", F(95, 100), "95 %"),
        ("95%", F(95, 100), "95 %"),
        (" 95 % ", F(95, 100), "95 %"),
        ("99.9 %", F(999, 1000), "99.9 %"),
        ("99.90 %", F(999, 1000), "99.9 %"),
        ("0 %", F(0), "0 %"),
        ("100 %", F(1), "100 %"),
        ("150 %", F(3, 2), "150 %"),
        ("1000 %", F(10), "1000 %"),
        ("0.000001 %", F(1, 10**8), "0.000001 %"),
        ("9999.999999 %", F(9999999999, 10**8), "9999.999999 %"),
    ],
)
def test_percent(text: str, share: Fraction, written: str) -> None:
    """Shares are exact, and written without a useless nought."""
    assert read_percent(text) == share
    assert write_percent(share) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "95",
        "0.95",
        "-5 %",
        "+5 %",
        "95  %",
        "95,5 %",
        ".5 %",
        "5. %",
        "10000 %",
        "1.0000001 %",
        "٩٥ %",
        "95 percent",
    ],
)
def test_no_percent(text: str) -> None:
    """What may be misread is refused, with its place."""
    with pytest.raises(DefinitionError) as caught:
        read_percent(text, "$.goal")
    assert (caught.value.where, caught.value.message, caught.value.params) == (
        "$.goal",
        "percent.text",
        {"value": text},
    )
    with pytest.raises(DefinitionError) as caught:
        read_percent(text)
    assert caught.value.where == "share"


@pytest.mark.parametrize(
    ("text", "threshold", "written"),
    [
        ("due", AT_DUE, "due"),
        ("  due ", AT_DUE, "due"),
        ("100 %", AT_DUE, "due"),
        ("100.0%", AT_DUE, "due"),
        ("80 %", Share(F(4, 5)), "80 %"),
        ("62.5 %", Share(F(5, 8)), "62.5 %"),
        ("150 %", Share(F(3, 2)), "150 %"),
        ("2 working hours before due", Offset(working(hours=2), "before due"), "2 working hours before due"),
        ("1 working hour after due", Offset(working(hours=1), "after due"), "1 working hour after due"),
        ("30 minutes before due", Offset(elapsed(minutes=30), "before due"), "30 minutes before due"),
        ("60 minutes before due", Offset(elapsed(hours=1), "before due"), "1 hour before due"),
        ("90 minutes after due", Offset(elapsed(minutes=90), "after due"), "90 minutes after due"),
        ("48 hours after start", Offset(elapsed(hours=48), "after start"), "48 hours after start"),
        ("PT48H after start", Offset(elapsed(hours=48), "after start"), "48 hours after start"),
        ("1 second   after start", Offset(elapsed(seconds=1), "after start"), "1 second after start"),
        ("0 hours before due", Offset(elapsed(), "before due"), "0 hours before due"),
    ],
)
def test_thresholds(text: str, threshold: Threshold, written: str) -> None:
    """Each text means one threshold, and the threshold writes a text that means the same."""
    assert read_threshold(text) == threshold
    assert str(threshold) == written
    assert read_threshold(written) == threshold


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "threshold.text"),
        ("overdue", "threshold.text"),
        ("Due", "threshold.text"),
        ("80", "threshold.text"),
        ("2 hours", "threshold.text"),
        ("2 hours before start", "threshold.text"),
        ("2 hours before closing", "threshold.text"),
        ("-80 %", "threshold.text"),
        ("before due", "threshold.text"),
        ("2h before due", "target.text"),
        ("-2 hours before due", "target.text"),
        ("2 days before due", "target.which_days"),
        ("2 working days before due", "target.no_amount"),
        ("1 calendar day after due", "target.no_amount"),
        ("2 rings after start", "target.text"),
        ("2..3 rings after start", "target.no_amount"),
        ("4 working hours then 2 hours before due", "target.no_amount"),
        ("by 2026-03-31T18:00:00+08:00 before due", "target.no_amount"),
    ],
)
def test_no_threshold(text: str, message: str) -> None:
    """What names no threshold is refused, with its place and the way out."""
    with pytest.raises(DefinitionError) as caught:
        read_threshold(text, "$.objectives.close.notify[1]")
    assert (caught.value.where, caught.value.message) == ("$.objectives.close.notify[1]", message)
    assert str(caught.value)


@pytest.mark.parametrize("text", ["0 %", "1000.1 %", "9999 %"])
def test_a_share_out_of_bounds(text: str) -> None:
    """Nothing of the target, or more than ten times, is no threshold; the fault is found at its place."""
    with pytest.raises(DefinitionError) as caught:
        read_threshold(text, "$.objectives.close.notify[1]")
    assert caught.value.message == "threshold.share"
    assert caught.value.where == "$.objectives.close.notify[1]"


@pytest.mark.parametrize(("share", "written"), [(F(0), "0 %"), (F(-1, 2), "-50 %"), (F(1001, 100), "1001 %")])
def test_shares(share: Fraction, written: str) -> None:
    """A share is above nothing, and at most ten times the target."""
    with pytest.raises(DefinitionError) as caught:
        Share(share)
    assert (caught.value.where, caught.value.message) == ("notify", "threshold.share")
    assert caught.value.params == {"value": written}
    assert Share(F(10)).of_target == 10


def test_an_offset_from_nowhere() -> None:
    """An offset counts from the due time or the start: another anchor is refused at birth, not read as one of them."""
    with pytest.raises(DefinitionError):
        Offset(elapsed(hours=1), "around due")  # type: ignore[arg-type]


def test_levels() -> None:
    """A level is a threshold with the roles to tell; one role is a list of one, not its letters."""
    level = Level(AT_DUE, ["lead", "boss"])
    assert level.to == ("lead", "boss")
    assert pickle.loads(pickle.dumps(level)) == level  # noqa: S301 - our own bytes
    with pytest.raises(DefinitionError) as caught:
        Level(AT_DUE, "lead")
    assert caught.value.message == "shape.kind"


SHARES = st.builds(Share, st.integers(1, 10**9).map(lambda number: F(number, 10**8)))
AMOUNTS = st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds))
ANCHORS: Any = st.sampled_from(["before due", "after due", "after start"])
OFFSETS = st.builds(Offset, st.one_of(st.builds(WorkingTime, AMOUNTS), st.builds(ElapsedTime, AMOUNTS)), ANCHORS)


@given(st.one_of(SHARES, OFFSETS))
def test_what_is_written_can_be_read(threshold: Threshold) -> None:
    """Written and read again, a threshold is the same: its text is its key."""
    assert read_threshold(str(threshold)) == threshold


@given(st.integers(0, 9_999_999_999))
def test_percent_round_trip(number: int) -> None:
    """Every share of six digits survives."""
    share = F(number, 10**8)
    assert read_percent(write_percent(share)) == share
