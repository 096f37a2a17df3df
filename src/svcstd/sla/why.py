"""The reckoning of a reading, in reasons: the promise, each stretch, each closure, the verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from svcstd.calendars import Calendar
from svcstd.explain import Explanation, Value, because
from svcstd.moment import moment, timezone
from svcstd.sla.targets import WorkingDays, WorkingTime, write_target

if TYPE_CHECKING:
    from pendulum import DateTime

    from svcstd.sla.reading import Reading, Segment

__all__ = ["explain_reading"]

MOST_INSIDE = 40
"""Spans and closures to name within one stretch; a forgotten case would fill a thousand lines."""

UNDATED = {"open": "sla.open_undated", "met": "sla.met_undated"}
"""What is certain even where no due time can be told."""


def explain_reading(reading: Reading, hours: Calendar | None) -> Explanation:
    """Why a reading says what it says.

    Args:
        reading: what to explain.
        hours: the calendar it was read in; without it, closures are not named.
    """
    facts: dict[str, Value] = {
        "name": reading.name or reading.objective,
        "due": reading.due,
        "stop": reading.stop,
        "as_of": reading.as_of,
        "breached": reading.breached_at,
    }
    verdict = f"sla.{reading.verdict}"
    if reading.activity in ("paused", "not_started") and reading.due is None and reading.problem is None:
        verdict = f"sla.{reading.activity}"
    if reading.activity == "cancelled" and reading.verdict == "late_open":
        verdict = "sla.cancelled"
    if reading.problem is not None:
        verdict = UNDATED.get(reading.verdict, verdict)
    return because(verdict, *_reasons(reading, hours), **facts)


def _reasons(reading: Reading, hours: Calendar | None) -> list[Explanation]:
    """The promise, what became of it, and how it was counted; a long count is shortened in its middle."""
    zone, target = timezone(reading.zone), write_target(reading.target)
    found = [
        because("sla.promise_row", target=target, row=reading.row)
        if reading.row
        else because("sla.promise", target=target)
    ]
    if reading.calendar:
        found.append(because("sla.calendar", calendar=reading.calendar, zone=reading.zone, digest=reading.digest))
    found += [because("sla.assumption", text=text) for text in reading.assumptions]
    for breach in reading.breaches:
        found.append(because("sla.breach", at=moment(breach.instant, zone), row=breach.target or target))
    if isinstance(reading.target, WorkingDays) and hours is not None and reading.due is not None:
        found += _days(reading, hours)
    else:
        found += _count(reading, hours)
    if reading.problem is not None:
        found.append(because("sla.problem", problem=reading.problem.problem, fix=reading.problem.fix))
    return found


def _count(reading: Reading, hours: Calendar | None) -> list[Explanation]:
    """Each stretch, each change of the promise between them, and what is still to come until the due time."""
    found: list[Explanation] = []
    row = reading.segments[0].target if reading.segments else ""
    for segment in reading.segments:
        if segment.target != row:
            at = moment(segment.start, timezone(reading.zone))
            found.append(because("sla.retargeted", at=at, earlier=row, later=segment.target, reason=segment.reason))
            row = segment.target
        found.append(_segment(segment, reading, hours))
    if reading.activity == "running" and reading.due is not None and reading.due > reading.as_of:
        inside = _inside(reading, hours, reading.as_of, reading.due)
        amount = reading.remaining
        found.append(because("sla.to_come", *inside, start=reading.as_of, end=reading.due, amount=amount))
    return found


def _segment(segment: Segment, reading: Reading, hours: Calendar | None) -> Explanation:
    zone = timezone(reading.zone)
    start, end = moment(segment.start, zone), moment(segment.end, zone)
    if segment.activity == "paused":
        return because("sla.pause", start=start, end=end, reason=segment.reason)
    if segment.counted is None:
        return because("sla.uncounted", start=start, end=end)
    inside = _inside(reading, hours, start, end)
    return because("sla.counted", *inside, start=start, end=end, amount=timedelta(0, 0, segment.counted))


def _inside(reading: Reading, hours: Calendar | None, start: DateTime, end: DateTime) -> tuple[Explanation, ...]:
    """The spans and closures of a stretch of working time; nothing where one span is all of it."""
    if not isinstance(reading.target, WorkingTime) or hours is None:
        return ()
    inside = hours.explain_elapsed(start, end).children
    if len(inside) == 1 and not inside[0].children and inside[0].message == "calendar.span":
        return ()
    if len(inside) <= MOST_INSIDE:
        return inside
    left_out = len(inside) - MOST_INSIDE
    return (*inside[: MOST_INSIDE // 2], because("sla.more", count=left_out), *inside[-MOST_INSIDE // 2 :])


def _days(reading: Reading, hours: Calendar) -> list[Explanation]:
    """Each date between the start and the due that was no working day, and why."""
    assert reading.started is not None  # noqa: S101 - a due in days has a start
    assert reading.due_at is not None  # noqa: S101 - asked by the caller
    low, high = min(reading.started, reading.due_at), max(reading.started, reading.due_at)
    start, due = moment(low, hours.tz), moment(high, hours.tz)
    skipped = hours.why(low, high, closed=True) if high > low else ()
    counted = because("sla.days_from", start=start)
    return [counted, because("sla.days", *skipped, start=start, due=due)] if skipped else [counted]
