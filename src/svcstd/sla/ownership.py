"""Who used the time up: the counted time of a clock by group or agent, and in whose hands the promise was broken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import must_be_one_of
from svcstd.sla.reading import Reading, Segment
from svcstd.sla.yardstick import ONE

__all__ = ["Owner", "OwnerKind", "add_owners", "ownership"]

OwnerKind: TypeAlias = Literal["group", "agent"]


@attrs.frozen
class Owner:
    """What one group or agent used up of a promise.

    Attributes:
        name: of the group or agent; ``None`` where nobody held the case.
        counted: the time that counted while the case was theirs; ``None`` where holidays are unknown.
        share: of the target; ``None`` where either is unknown. The shares of a clock sum to what it used.
        breaches: promises that were broken in their hands.
    """

    name: str | None
    counted: timedelta | None
    share: Fraction | None
    breaches: int


def ownership(reading: Reading, by: OwnerKind) -> tuple[Owner, ...]:
    """Who used up how much of a promise, in the order in which they held the case; the times sum to the elapsed.

    Args:
        reading: one clock.
        by: ``group`` or ``agent``.

    Raises:
        DefinitionError: another *by*.
    """
    must_be_one_of(by, get_args(OwnerKind), "by")
    start = reading.started
    segments = [one for one in reading.segments if start is not None and one.start >= start]
    times: dict[str | None, int | None] = {}
    for segment in segments:
        name, counted = _holder(segment, by), segment.counted
        before = times.get(name, 0)
        times[name] = None if before is None or counted is None else before + counted
    broken = [_holder_at(reading, breach.instant, by) for breach in reading.breaches]
    for name in broken:
        times.setdefault(name, 0)
    elapsed = reading.elapsed // ONE if reading.elapsed is not None else 0
    each = reading.used / elapsed if reading.used is not None and elapsed else None
    return tuple(_owner(name, time, each, broken.count(name)) for name, time in times.items())


def _owner(name: str | None, time: int | None, each: Fraction | None, breaches: int) -> Owner:
    """What one owner used, *each* being the share of a microsecond."""
    share = each * time if time is not None and each is not None else None
    return Owner(name, None if time is None else timedelta(0, 0, time), share, breaches)


def _holder(segment: Segment, by: OwnerKind) -> str | None:
    return segment.group if by == "group" else segment.agent


def _holder_at(reading: Reading, instant: int, by: OwnerKind) -> str | None:
    """In whose hands the case was from an instant on; at the very end, in the last."""
    found = next((one for one in reading.segments if one.end > instant), None)
    if found is not None:
        return _holder(found, by)
    return reading.group if by == "group" else reading.agent


def add_owners(found: Iterable[Owner]) -> tuple[Owner, ...]:
    """Owners of several clocks together, by name; shares do not add up across promises, and are left out."""
    times: dict[str | None, timedelta | None] = {}
    breaches: dict[str | None, int] = {}
    for one in found:
        before = times.get(one.name, timedelta())
        times[one.name] = None if before is None or one.counted is None else before + one.counted
        breaches[one.name] = breaches.get(one.name, 0) + one.breaches
    return tuple(Owner(name, time, None, breaches[name]) for name, time in times.items())
