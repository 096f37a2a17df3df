"""How a target measures a stretch of time, and how far its budget reaches; in UTC microseconds."""

from __future__ import annotations

from datetime import timedelta

from svcstd.calendars import Calendar
from svcstd.sla.targets import Target, WorkingDays, WorkingThenElapsed, WorkingTime

__all__ = ["counts_in", "measured", "reached"]

ONE = timedelta(microseconds=1)


def counts_in(target: Target) -> bool:
    """Whether a calendar measures it; else the UTC line does."""
    return isinstance(target, WorkingTime | WorkingDays | WorkingThenElapsed)


def measured(target: Target, hours: Calendar | None, used: int, start: int, end: int) -> int:
    """What a stretch uses up.

    Args:
        target: decides what counts.
        hours: the calendar; ``None`` for the UTC line.
        used: what was used up before, for targets whose measure changes on the way.
        start: of the stretch.
        end: of the stretch.

    Raises:
        CoverageError: the stretch meets unknown holidays.
    """
    if hours is None:
        return end - start
    if not isinstance(target, WorkingThenElapsed):
        return hours.timeline.elapsed(start, end)
    working = max(target.working // ONE - used, 0)
    opened = hours.timeline.elapsed(start, end) if working else 0
    if opened < working:
        return opened
    turn = hours.timeline.add(start, working)
    return working + end - turn


def reached(target: Target, hours: Calendar | None, used: int, amount: int, start: int, *, to_opening: bool) -> int:
    """The instant at which so much more is used up, if the clock runs on from *start*: the inverse of :func:`measured`.

    Args:
        target: decides what counts.
        hours: the calendar; ``None`` for the UTC line.
        used: what was used up before.
        amount: how much more, zero or more.
        start: from when.
        to_opening: what ends at closing ends at the next opening.

    Raises:
        CoverageError, NeverOpens, MomentError: the way leads through unknown days, nowhere, or out of the years.
    """
    if hours is None:
        return start + amount
    working = amount
    if isinstance(target, WorkingThenElapsed):
        working = min(max(target.working // ONE - used, 0), amount)
    due = hours.timeline.add(start, working)
    if working < amount:
        return due + amount - working
    return hours.timeline.next_open(due) if to_opening else due
