"""Instants as they are stored, whole microseconds since 1970 in UTC, and the one clock that the service reads."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic_ns
from typing import TypeAlias

__all__ = ["Now", "clock_from", "micros", "moment", "system_clock"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)
Now: TypeAlias = Callable[[], datetime]
"""Asked for the time, and nothing else: tests and demos give their own."""


def micros(at: datetime) -> int:
    """An aware moment as it is stored."""
    return timegm(at.utctimetuple()) * 1_000_000 + at.microsecond


def moment(instant: int) -> datetime:
    """A stored instant as a moment in UTC."""
    return EPOCH + instant * ONE


def system_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)  # noqa: TID251 - the service owns the clock; svcstd never reads one


def clock_from(start: datetime) -> Now:
    """A clock that shows this moment now and goes on from there."""
    begun = monotonic_ns()
    return lambda: start + (monotonic_ns() - begun) // 1000 * ONE
