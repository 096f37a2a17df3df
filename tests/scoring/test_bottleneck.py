"""Where the time of a procedure goes: shares of the whole, and times that are none."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DurationError, FactError, SvcstdError
from svcstd.scoring import bottlenecks

MINUTE = timedelta(minutes=1)
PASSAGES = st.lists(
    st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 500), st.integers(0, 500)), max_size=20
)


@given(PASSAGES, st.randoms())
def test_everything_adds_up(rows: Any, chance: Any) -> None:
    """Shares to one, seconds to all seconds; the order of passages says nothing."""
    records = [{"step": step, "waiting": waiting, "handling": handling} for step, waiting, handling in rows]
    found = bottlenecks(iter(records))
    every = {step: [(waiting or 0) + handling for key, waiting, handling in rows if key == step] for step in "abc"}
    assert {one.step: (one.n, one.total) for one in found} == {
        step: (len(times), sum(times)) for step, times in every.items() if times
    }
    for one in found:
        assert float(one.median) == median(every[one.step])
        assert one.total == one.waiting + one.handling
    assert sum((one.share for one in found), Fraction(0)) == any(map(sum, every.values()))
    assert [(-one.total, one.step) for one in found] == sorted((-one.total, one.step) for one in found)
    chance.shuffle(records)
    assert bottlenecks(records) == found


@pytest.mark.parametrize(
    ("waiting", "handling", "total"),
    [
        (MINUTE, MINUTE, 120),
        (60, Decimal("60.5"), Fraction(241, 2)),
        (None, Fraction(1, 3), Fraction(1, 3)),
        (pendulum.duration(hours=1), timedelta(0), 3600),
        (timedelta(microseconds=1), 0, Fraction(1, 1_000_000)),
        (0, 0, 0),
    ],
)
def test_lengths_and_seconds(waiting: Any, handling: Any, total: Any) -> None:
    """In whatever way they are told."""
    (found,) = bottlenecks([{"step": "x", "waiting": waiting, "handling": handling}])
    assert (found.total, found.median) == (total, total)
    assert found.share == (1 if total else 0)


def test_steps_by_number() -> None:
    """A step may be numbered, from 0 on; equal loads stand by id."""
    found = bottlenecks([{"step": step, "handling": 1} for step in (2, 0, 1, 0, 1)])
    assert [(one.step, one.n) for one in found] == [("0", 2), ("1", 2), ("2", 1)]
    assert bottlenecks([]) == ()


@pytest.mark.parametrize(
    ("record", "where", "message"),
    [
        ({"handling": 1}, "records.step", "kpis.missing"),
        ({"step": None, "handling": 1}, "records.step", "kpis.missing"),
        ({"step": "", "handling": 1}, "records.step", "kpis.missing"),
        ({}, "records.step", "kpis.missing"),
        ({"step": "x"}, "records.handling", "kpis.missing"),
        ({"step": "x", "waiting": 1, "handling": None}, "records.handling", "kpis.missing"),
        ({"step": "x", "handling": -1}, "records.handling", "scoring.negative"),
        ({"step": "x", "handling": 1, "waiting": -1}, "records.waiting", "scoring.negative"),
        ({"step": "x", "handling": 1, "waiting": Fraction(-1, 9)}, "records.waiting", "scoring.negative"),
        ({"step": "x", "handling": -MINUTE}, "records.handling", "duration.negative"),
        ({"step": "x", "handling": 1, "waiting": -MINUTE}, "records.waiting", "duration.negative"),
        ({"step": "x", "handling": pendulum.duration(months=1)}, "records.handling", "duration.months"),
        ({"step": "x", "handling": 1.5}, "records.handling", "facts.float"),
        ({"step": "x", "handling": True}, "records.handling", "facts.kind"),
        ({"step": "x", "handling": 1, "waiting": "5 min"}, "records.waiting", "facts.kind"),
    ],
)
def test_passages_that_cannot_be(record: Any, where: str, message: str) -> None:
    """By the field, after others that can."""
    with pytest.raises(SvcstdError) as refused:
        bottlenecks([{"step": "y", "handling": 1}, record])
    assert (refused.value.where, refused.value.message) == (where, message)
    assert isinstance(refused.value, DurationError if message.startswith("duration") else FactError)
