"""What a clock says at an instant: due or problem, elapsed, remaining, activity and verdict.

Everything is a projection of the clock's life (:mod:`svcstd.sla.fold`) through the calendar. The verdict compares
instants, never amounts: exactly at the due time is met, an open clock is late strictly after it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

import attrs
from pendulum import DateTime

from svcstd.calendars import Calendar, add_calendar_days
from svcstd.calendars.days import add_working_days
from svcstd.errors import CoverageError, MomentError, NeverOpens, SvcstdError
from svcstd.explain import Explanation
from svcstd.moment import LAST, YEARS, day_start, moment, timezone
from svcstd.sla.fold import Activity, Life, Stretch
from svcstd.sla.objective import Objective, Row
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays, WorkingTime

__all__ = ["Breach", "Reading", "Segment", "Verdict", "read_life"]

Verdict: TypeAlias = Literal["open", "met", "met_late", "late_open", "waived", "excluded", "unknown"]


class Segment(NamedTuple):
    """A stretch of a clock's life, measured.

    Attributes:
        start, end: UTC microseconds, half-open.
        activity: ``running`` or ``paused``.
        group, agent: in whose hands the case was.
        calendar: key of the calendar it was measured in; empty for the UTC line.
        target: key of the target row in force.
        counted: microseconds it used up; ``None`` where holidays are unknown.
        reason: kind of the event that began it.
    """

    start: int
    end: int
    activity: Activity
    group: str | None
    agent: str | None
    calendar: str
    target: str
    counted: int | None
    reason: str


@attrs.frozen
class Breach:
    """A promise that was broken, even if a later one was kept.

    Attributes:
        instant: when, UTC microseconds.
        target: key of the target row then in force.
    """

    instant: int
    target: str


@attrs.frozen(kw_only=True, repr=False)
class Reading:
    """One objective's clock at one instant. Instants inside are UTC microseconds; the properties are moments.

    Attributes:
        objective: key of the objective.
        name: for people.
        row: key of the target row, ``else``, or empty where there is no table.
        target: what is promised.
        edition: first day of the edition it is read under; empty for the first.
        zone: of the moments.
        calendar: key of the calendar; empty for the UTC line.
        digest: of the calendar's content, holidays included; empty for the UTC line.
        activity: ``not_started``, ``running``, ``paused``, ``stopped`` or ``cancelled``.
        verdict: ``open``, ``met``, ``met_late``, ``late_open``, ``waived``, ``excluded`` or ``unknown``.
        elapsed: what was used up; ``None`` where holidays are unknown.
        remaining: what is left, zero or more; ``None`` where it is unknown.
        breaches: every promise broken on the way, with its instant.
        problem: why there is no due time.
        assumptions: what was taken for granted, for want of data.
        segments: the measured life of the clock, without holes.
    """

    objective: str
    name: str
    row: str
    target: Target
    edition: str
    zone: str
    calendar: str
    digest: str
    asked: int
    started: int | None
    due_at: int | None
    ended: int | None
    activity: Activity
    verdict: Verdict
    elapsed: timedelta | None
    remaining: timedelta | None
    breached: int | None
    breaches: tuple[Breach, ...]
    changes: int | None
    problem: SvcstdError | None = attrs.field(eq=str)
    assumptions: tuple[str, ...]
    segments: tuple[Segment, ...]
    _hours: Calendar | None = attrs.field(default=None, eq=False, alias="hours")
    _told: Explanation | None = attrs.field(default=None, eq=False, alias="told")

    @property
    def as_of(self) -> DateTime:
        """When the clock was read."""
        return moment(self.asked, timezone(self.zone))

    @property
    def start(self) -> DateTime | None:
        """From when it counts."""
        return self._moment(self.started)

    @property
    def due(self) -> DateTime | None:
        """Until when the promise is kept; ``None`` while paused with time left, before the start, or on a problem."""
        return self._moment(self.due_at)

    @property
    def stop(self) -> DateTime | None:
        """When it was stopped or cancelled."""
        return self._moment(self.ended)

    @property
    def breached_at(self) -> DateTime | None:
        """From when the promise in force was broken."""
        return self._moment(self.breached)

    @property
    def next_change(self) -> DateTime | None:
        """The next instant at which this reading differs, if nothing else happens: one microsecond past the due."""
        return self._moment(self.changes)

    def _moment(self, instant: int | None) -> DateTime | None:
        return None if instant is None else moment(instant, timezone(self.zone))

    @property
    def explanation(self) -> Explanation:
        """The whole reckoning: the promise, each stretch counted or paused, each closure named, the verdict."""
        if self._told is not None:
            return self._told
        from svcstd.sla.why import explain_reading  # noqa: PLC0415 - cold path, built from this very value

        return explain_reading(self, self._hours)

    def __repr__(self) -> str:
        due = self.due.isoformat() if self.due else self.problem.message if self.problem else None
        return f"<Reading {self.objective}: {self.activity}, {self.verdict}, due {due}>"


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
