"""The reckoning of a reading, in reasons: the promise, each stretch, each closure, the verdict.

Who held the case, who waived or promised anew, and whom we told, is for colleagues: a customer does not read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from svcstd.calendars import Calendar
from svcstd.errors import CoverageError
from svcstd.explain import Explanation, Value, because, privately
from svcstd.moment import moment, timezone
from svcstd.sla.targets import CountLimit, FixedInstant, WorkingDays, WorkingThenElapsed, WorkingTime, write_target

if TYPE_CHECKING:
    from pendulum import DateTime

    from svcstd.sla.fold import Promise
    from svcstd.sla.reading import Reading, Segment

__all__ = ["explain_reading"]

MOST_INSIDE = 40
"""Spans and closures to name within one stretch; a forgotten case would fill a thousand lines."""

UNDATED = {"open": "sla.open_undated", "met": "sla.met_undated"}
"""What is certain even where no due time can be told."""
COUNTED = {
    "open": "sla.open_count",
    "met": "sla.met_count",
    "met_late": "sla.met_late_count",
    "late_open": "sla.late_open_count",
}
"""The verdict on a count, which has no due time."""


def explain_reading(reading: Reading, calendars: Mapping[str, Calendar]) -> Explanation:
    """Why a reading says what it says.

    Args:
        reading: what to explain.
        calendars: those it was read in, by key; without them, closures are not named.
    """
    facts: dict[str, Value] = {
        "name": reading.name or reading.objective,
        "due": reading.due,
        "stop": reading.stop,
        "as_of": reading.as_of,
        "breached": reading.breached_at,
        "count": reading.count,
    }
    return Explanation(_verdict(reading), tuple(facts.items()), tuple(_reasons(reading, calendars)))


def _verdict(reading: Reading) -> str:
    """The sentence that says the verdict."""
    if reading.exempt:
        return "sla.excluded_case"
    if reading.verdict == "waived":
        return "sla.waived"
    if reading.problem is not None:
        return UNDATED.get(reading.verdict, f"sla.{reading.verdict}")
    if isinstance(reading.target, CountLimit) and reading.activity not in ("not_started", "cancelled"):
        return COUNTED[reading.verdict]
    if reading.activity in ("paused", "not_started") and reading.due is None:
        return f"sla.{reading.activity}"
    return (
        "sla.cancelled"
        if reading.activity == "cancelled" and reading.verdict == "late_open"
        else f"sla.{reading.verdict}"
    )


def _reasons(reading: Reading, calendars: Mapping[str, Calendar]) -> Iterator[Explanation]:
    """The promise, what became of it, and how it was counted; a long count is shortened in its middle."""
    zone, target = timezone(reading.zone), _promised(reading)
    rows = [promise.row for promise in reading.promises if promise.row is not None]
    scale = rows[-1].scale if rows else None
    told = write_target(scale.of) if scale is not None else target
    yield (
        because("sla.promise_row", target=told, row=reading.row) if reading.row else because("sla.promise", target=told)
    )
    if rows and rows[-1].rule:
        yield because("sla.promise_rule", rule=rows[-1].rule, row=rows[-1].key)
    if scale is not None:
        yield because("sla.scale", times=str(scale.times), by=scale.by, value=scale.value, target=target)
    if reading.cycle > 1:
        yield because("sla.cycle", cycle=reading.cycle)
    if reading.calendar:
        yield because("sla.calendar", calendar=reading.calendar, zone=reading.zone, digest=reading.digest)
    yield from (because("sla.assumption", text=text) for text in reading.assumptions)
    yield from _decisions(reading)
    for breach in reading.breaches:
        yield because("sla.breach", at=moment(breach.instant, zone), row=breach.target or target)
    hours = calendars.get(reading.calendar)
    if isinstance(reading.target, WorkingDays) and hours is not None and reading.due is not None:
        yield from _days(reading, hours)
    else:
        yield from _count(reading, calendars)
    if reading.problem is not None:
        yield because("sla.problem", problem=reading.problem.problem, fix=reading.problem.fix)
    for notice in reading.notices:
        yield privately("sla.notice", at=notice.at, threshold=notice.threshold, to=", ".join(notice.to))


def _promised(reading: Reading) -> Value:
    target = reading.target
    return moment(target.instant, timezone(reading.zone)) if isinstance(target, FixedInstant) else write_target(target)


def _decisions(reading: Reading) -> Iterator[Explanation]:
    """What somebody decided by hand: due times, waivers; and what the count advises."""
    zone = timezone(reading.zone)
    for promise in reading.promises:
        hand, target = promise.by_hand, promise.row.target if promise.row is not None else None
        if hand is not None and isinstance(target, FixedInstant):
            at, due = moment(hand.instant, zone), moment(target.instant, zone)
            yield because("sla.by_hand", *_who(hand.actor, hand.words), at=at, due=due)
    if reading.waiver is not None:
        waiver = reading.waiver
        yield because("sla.waiver", *_who(waiver.actor, waiver.words), at=moment(waiver.instant, zone))
    if reading.advice and isinstance(reading.target, CountLimit):
        yield because("sla.too_early", count=reading.count, low=reading.target.low)


def _who(actor: str | None, words: str | None) -> tuple[Explanation, ...]:
    found = [privately("sla.by_whom", actor=actor)] if actor is not None else []
    return (*found, *([privately("sla.words", words=words)] if words is not None else []))


def _count(reading: Reading, calendars: Mapping[str, Calendar]) -> Iterator[Explanation]:
    """Each stretch, each change of the promise or of hands between them, and what is still to come until the due."""
    hands: tuple[str | None, str | None] = (None, None)
    retargets = {later.at: (earlier, later) for earlier, later in pairwise(reading.promises)}
    for promise in reading.promises[:1]:
        if promise.at > promise.start and promise.row is not None:  # an older case was merged into this one
            at, start = moment(promise.at, timezone(reading.zone)), moment(promise.start, timezone(reading.zone))
            later = write_target(promise.row.target)
            yield because("sla.counted_anew", at=at, start=start, later=later, reason=promise.reason)
    for segment in reading.segments:
        start = moment(segment.start, timezone(reading.zone))
        if segment.start in retargets:
            yield _retargeted(*retargets.pop(segment.start), start)
        if (segment.group, segment.agent) != hands:
            hands = segment.group, segment.agent
            yield privately("sla.hands", at=start, group=segment.group, agent=segment.agent)
        yield _segment(segment, reading, calendars)
    for instant, (before, after) in retargets.items():  # at the very end nothing was counted any more
        yield _retargeted(before, after, moment(instant, timezone(reading.zone)))
    if reading.activity == "running" and reading.due is not None and reading.due > reading.as_of:
        hours = calendars.get(reading.calendar)
        inside = _inside(reading, hours, reading.as_of, reading.due)
        yield because("sla.to_come", *inside, start=reading.as_of, end=reading.due, amount=reading.remaining)


def _retargeted(before: Promise, after: Promise, at: DateTime) -> Explanation:
    """What a change of promise changed: the row, what it promises, or only the calendar in which it counts."""
    earlier, later = before.row, after.row
    if earlier is None or later is None or earlier.key != later.key:
        keys = {"earlier": earlier.key if earlier else None, "later": later.key if later else None}
        return because("sla.retargeted", at=at, reason=after.reason, **keys)
    if before.start != after.start:
        start = moment(after.start, at.tzinfo)  # type: ignore[arg-type]
        return because("sla.counted_anew", at=at, start=start, later=write_target(later.target), reason=after.reason)
    if earlier.target == later.target and earlier.calendar != later.calendar:
        return because("sla.recalendared", at=at, calendar=later.calendar, reason=after.reason)
    return because("sla.promised_anew", at=at, later=write_target(later.target), reason=after.reason)


def _segment(segment: Segment, reading: Reading, calendars: Mapping[str, Calendar]) -> Explanation:
    zone = timezone(reading.zone)
    start, end = moment(segment.start, zone), moment(segment.end, zone)
    if segment.activity in ("stopped", "cancelled") and not segment.counted:
        return because("sla.stood_decided", start=start, end=end)
    if segment.activity == "paused" and not segment.counted:
        return because("sla.pause", start=start, end=end, reason=segment.reason)
    if segment.counted is None:
        return because("sla.uncounted", start=start, end=end)
    inside = _inside(reading, calendars.get(segment.calendar), start, end)
    return because("sla.counted", *inside, start=start, end=end, amount=timedelta(0, 0, segment.counted))


def _inside(reading: Reading, hours: Calendar | None, start: DateTime, end: DateTime) -> tuple[Explanation, ...]:
    """The spans and closures of a stretch of working time; nothing where one span is all of it."""
    if not isinstance(reading.target, WorkingTime | WorkingThenElapsed | FixedInstant) or hours is None:
        return ()
    try:
        inside = hours.explain_elapsed(start, end).children
    except CoverageError:
        return ()
    if len(inside) == 1 and not inside[0].children and inside[0].message == "calendar.span":
        return ()
    if len(inside) <= MOST_INSIDE:
        return inside
    left_out = len(inside) - MOST_INSIDE
    return (*inside[: MOST_INSIDE // 2], because("sla.more", count=left_out), *inside[-MOST_INSIDE // 2 :])


def _days(reading: Reading, hours: Calendar) -> Iterator[Explanation]:
    """Each date between the start and the due that was no working day, and why."""
    assert reading.started is not None  # noqa: S101 - a due in days has a start
    assert reading.due_at is not None  # noqa: S101 - asked by the caller
    low, high = min(reading.started, reading.due_at), max(reading.started, reading.due_at)
    start, due = moment(low, hours.tz), moment(high, hours.tz)
    skipped = hours.why(low, high, closed=True) if high > low else ()
    yield because("sla.days_from", start=start)
    if skipped:
        yield because("sla.days", *skipped, start=start, due=due)
