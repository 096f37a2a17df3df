"""How a clock's life becomes a reading: measured segments, the due time, breaches, the verdict.

Everything is a projection of the clock's life (:mod:`svcstd.sla.fold`) through the calendar. The verdict compares
instants, never amounts: exactly at the due time is met, an open clock is late strictly after it.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from svcstd.calendars import Calendar, add_calendar_days
from svcstd.calendars.days import add_working_days
from svcstd.errors import CoverageError, MomentError, NeverOpens, SvcstdError
from svcstd.moment import LAST, YEARS, day_start, moment, timezone
from svcstd.sla.fold import Activity, Life, Stretch
from svcstd.sla.objective import Objective, Row
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays, WorkingTime

__all__ = ["read_life"]


@attrs.frozen
class _Due:
    """The answer to "until when": an instant, or none yet, or a problem with how far it is certain."""

    instant: int | None
    problem: SvcstdError | None = None
    certain_until: int = LAST


def read_life(
    key: str,
    objective: Objective,
    life: Life,
    row: Row,
    hours: Calendar | None,
    *,
    calendar: str,
    zone: str,
    edition: str,
    as_of: int,
    assumptions: tuple[str, ...] = (),
) -> Reading:
    """Read one objective's clock.

    Args:
        key: of the objective.
        objective: the promise.
        life: what :func:`svcstd.sla.fold.fold` made of the case's events.
        row: the promise in force, or the last that was.
        hours: the calendar; ``None`` only for targets on the UTC line.
        calendar: its key.
        zone: of the standard, for calendar days.
        edition: first day of the edition.
        as_of: when the clock is read, UTC microseconds.
        assumptions: what was taken for granted.
    """
    cancelled = _cancelled_at(life)
    now = as_of if life.end is None else life.end
    activity: Activity = life.activity
    if cancelled is not None:
        now, activity = cancelled, "cancelled"
    lent = _counts_in(row.target, hours)
    segments = _segments(life, now, lent, calendar if lent else "")
    due = _due(row.target, life, segments, now, hours, zone)
    breaches = _breaches(life, now, due, hours, zone)
    ended = now if activity in ("stopped", "cancelled") else None
    verdict = _verdict(activity, ended, due, as_of)
    late = verdict in ("met_late", "late_open")
    counted = [segment.counted for segment in segments]
    known = [amount for amount in counted if amount is not None]
    elapsed = sum(known) if len(known) == len(counted) else None
    waiting = verdict == "open" and activity in ("running", "paused")
    turn = due.certain_until if due.problem is not None else due.instant
    return Reading(
        objective=key,
        name=objective.name,
        row=row.key,
        target=row.target,
        edition=edition,
        zone=hours.zone if hours is not None else zone,
        calendar=calendar if lent else "",
        digest=hours.digest if lent and hours else "",
        asked=as_of,
        started=life.start,
        due_at=due.instant,
        ended=ended,
        activity=activity,
        verdict=verdict,
        elapsed=None if elapsed is None else timedelta(0, 0, elapsed),
        remaining=_remaining(row.target, elapsed, now, due, lent),
        breached=breaches[-1].instant if late else None,
        breaches=breaches,
        changes=turn + 1 if waiting and turn is not None and turn < LAST else None,
        problem=due.problem,
        assumptions=assumptions,
        segments=segments,
        hours=hours,
    )


def _cancelled_at(life: Life) -> int | None:
    """The instant at which the last promise ceased to apply."""
    return life.retargets[-1][0] if life.retargets and life.row is None else None


def _counts_in(target: Target, hours: Calendar | None) -> Calendar | None:
    """The calendar that measures a target; ``None`` for the UTC line."""
    return hours if isinstance(target, WorkingTime | WorkingDays) else None


def _segments(life: Life, now: int, hours: Calendar | None, calendar: str) -> tuple[Segment, ...]:
    return tuple(
        _segment(stretch, min(stretch.end, now), hours, calendar) for stretch in life.stretches if stretch.start < now
    )


def _segment(stretch: Stretch, end: int, hours: Calendar | None, calendar: str) -> Segment:
    counted: int | None = 0
    if stretch.activity == "running":
        try:
            counted = hours.timeline.elapsed(stretch.start, end) if hours is not None else end - stretch.start
        except CoverageError:
            counted = None
    row = stretch.row.key if stretch.row is not None else ""
    return Segment(
        stretch.start, end, stretch.activity, stretch.group, stretch.agent, calendar, row, counted, stretch.reason
    )


def _due(
    target: Target, life: Life, segments: tuple[Segment, ...], now: int, hours: Calendar | None, zone: str
) -> _Due:
    start = life.start
    if start is None:
        return _Due(None)
    try:
        match target:
            case CalendarDays():
                due: int | None = add_calendar_days(start, target.days, timezone(zone), target.at)
            case WorkingDays():
                due = _working_days_due(target, start, hours)
            case _:
                due = _time_due(target, start, life, segments, now, hours)
    except CoverageError as error:
        return _Due(None, error, _certain_until(error, target, start, hours))
    except (NeverOpens, MomentError) as error:
        return _Due(None, error)
    if due is not None and due + 1 >= LAST:
        return _Due(None, MomentError("at", "calendar.horizon", at=moment(start, timezone(zone)), year=YEARS[-1]))
    return _Due(due)


def _certain_until(error: CoverageError, target: Target, start: int, hours: Calendar | None) -> int:
    """The earliest instant at which it may be due: in days, the beginning of the unknown date."""
    assert hours is not None  # noqa: S101 - the UTC line is known everywhere
    day = error.params["day"]
    if isinstance(target, WorkingDays) and isinstance(day, date):
        return day_start(day, hours.tz)
    return hours.timeline.reach(start, start).unknown_from(start)


def _working_days_due(target: WorkingDays, start: int, hours: Calendar | None) -> int:
    assert hours is not None  # noqa: S101 - objective.needs_calendar, checked at loading
    return add_working_days(
        hours, start, target.days, target.mode, cutoff=target.cutoff, counts_today=target.counts_today
    )


def _time_due(
    target: WorkingTime | ElapsedTime,
    start: int,
    life: Life,
    segments: tuple[Segment, ...],
    now: int,
    hours: Calendar | None,
) -> int | None:
    """When the budget ends: within a stretch that ran, or as far past the last one as the rest demands."""
    left = target.amount // timedelta(microseconds=1)
    if not left:
        return _added(target, start, 0, hours)
    for segment in segments:
        if segment.activity != "running":
            continue
        if segment.counted is None or segment.counted >= left:
            return _added(target, segment.start, left, hours)
        left -= segment.counted
    return None if _stands(life, segments) else _added(target, now, left, hours)


def _stands(life: Life, segments: tuple[Segment, ...]) -> bool:
    """Whether the clock is paused at the end; where a promise ceased to apply, by the stretch before that."""
    if life.row is None and segments:
        return segments[-1].activity == "paused"
    return life.activity == "paused"


def _added(target: WorkingTime | ElapsedTime, start: int, amount: int, hours: Calendar | None) -> int:
    if isinstance(target, ElapsedTime) or hours is None:
        return start + amount
    due = hours.timeline.add(start, amount)
    return hours.timeline.next_open(due) if hours.landing == "next_open" else due


def _breaches(life: Life, now: int, last: _Due, hours: Calendar | None, zone: str) -> tuple[Breach, ...]:
    """The instants at which a promise was broken, each under the row then in force."""
    found = []
    for number, (begun, row) in enumerate(life.retargets, 1):
        if row is None:
            continue
        is_last = number == len(life.retargets)
        until = now if is_last else life.retargets[number][0]
        due = last if is_last else _earlier_due(row.target, life, now, hours, zone)
        if due.instant is not None and due.instant < until:
            found.append(Breach(max(due.instant, begun), row.key))
    return tuple(found)


def _earlier_due(target: Target, life: Life, now: int, hours: Calendar | None, zone: str) -> _Due:
    return _due(target, life, _segments(life, now, _counts_in(target, hours), ""), now, hours, zone)


def _verdict(activity: Activity, ended: int | None, due: _Due, as_of: int) -> Verdict:
    judged = as_of if ended is None else ended
    if due.problem is not None and judged > due.certain_until:
        return "unknown"
    late = due.instant is not None and judged > due.instant
    if activity == "cancelled":
        return "late_open" if late else "excluded"
    if ended is None:
        return "late_open" if late else "open"
    return "met_late" if late else "met"


def _remaining(target: Target, elapsed: int | None, now: int, due: _Due, hours: Calendar | None) -> timedelta | None:
    if isinstance(target, WorkingTime | ElapsedTime):
        return None if elapsed is None else max(target.amount - timedelta(0, 0, elapsed), timedelta())
    if due.instant is None:
        return None
    if due.instant <= now:
        return timedelta()
    left = due.instant - now if hours is None else hours.timeline.elapsed(now, due.instant)
    return timedelta(0, 0, left)
