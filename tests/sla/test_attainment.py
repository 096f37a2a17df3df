"""Promises are counted by verdict, and counts add up."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.sla import Attainment, ElapsedTime, Reading, Verdict, Waiver, instant_of


def reading(verdict: Any = "open", **parts: Any) -> Reading:
    """A reading of which only the verdict and some instants matter."""
    rest: dict[str, Any] = {
        "objective": "close",
        "name": "",
        "row": "",
        "target": ElapsedTime(timedelta(hours=1)),
        "edition": "",
        "zone": "UTC",
        "calendar": "",
        "digest": "",
        "asked": 9,
        "started": None,
        "due_at": None,
        "ended": None,
        "activity": "running",
        "elapsed": None,
        "remaining": None,
        "breached": None,
        "breaches": (),
        "changes": None,
        "problem": None,
        "assumptions": (),
        "segments": (),
    }
    return Reading(verdict=verdict, **{**rest, **parts})


def test_counting() -> None:
    """Three met, one late, one overdue: three of five are kept; the rest stands apart."""
    verdicts = ["met"] * 3 + ["met_late", "late_open", "open", "open", "waived", "excluded", "unknown"]
    found = Attainment.of(reading(verdict) for verdict in verdicts)
    assert found == Attainment(3, 1, 1, not_yet_due=2, waived=1, excluded=1, unknown=1)
    assert (found.decided, found.late, found.share) == (5, 2, Fraction(3, 5))


def test_nothing_decided() -> None:
    """Without a decided promise there is no share, not zero."""
    assert Attainment.of([]).share is None
    assert Attainment.of([reading("open"), reading("unknown")]).share is None
    assert Attainment(late_open=1).share == 0


VERDICTS = st.lists(st.sampled_from(get_args(Verdict)))


@given(VERDICTS, VERDICTS)
def test_counts_add_up(first: list[str], second: list[str]) -> None:
    """Two teams together are the sum of both, whatever their sizes."""
    together = Attainment.of(reading(verdict) for verdict in first + second)
    assert Attainment.of(map(reading, first)) + Attainment.of(map(reading, second)) == together
    apart = together.not_yet_due + together.waived + together.excluded + together.unknown
    assert together.decided + apart == len(first) + len(second)


@pytest.mark.parametrize(
    ("by", "parts", "instant"),
    [
        ("started", {"started": 1, "due_at": 2}, 1),
        ("started", {}, None),
        ("due", {"started": 1, "due_at": 2}, 2),
        ("due", {"started": 1}, None),
        ("decided", {"ended": 3, "breached": 2}, 3),  # answered late: decided when answered
        ("decided", {"breached": 2}, 2),
        ("decided", {"ended": 0, "breached": 2}, 0),  # the first instant of 1970 is one
        ("decided", {"started": 1, "due_at": 2}, None),
        ("decided", {"ended": 9, "verdict": "waived", "waiver": Waiver(4, "Li", "")}, 4),
    ],
)
def test_membership(by: Any, parts: dict[str, Any], instant: int | None) -> None:
    """A promise belongs to a period by the instant that the report declares."""
    assert instant_of(reading(**parts), by) == instant


def test_another_membership() -> None:
    """Another word is refused, rather than counting nothing."""
    with pytest.raises(DefinitionError) as caught:
        instant_of(reading(), "closed")  # type: ignore[arg-type]
    assert str(caught.value) == "by: closed is not a choice here; choose one of started, due, decided"
