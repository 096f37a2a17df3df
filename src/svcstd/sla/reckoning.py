"""How a clock's life becomes a reading: measured segments, the due time, breaches, the verdict.

Everything is a projection of the clock's life (:mod:`svcstd.sla.fold`) through the calendars. The verdict compares
instants, never amounts: exactly at the due time is met, an open clock is late strictly after it, unless the terms say
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import takewhile

from svcstd.calendars import Calendar
from svcstd.errors import CoverageError
from svcstd.moment import FIRST, LAST
from svcstd.sla.dues import TIMED, Due, Reckoner, first_over
from svcstd.sla.escalation import read_notices
from svcstd.sla.fold import Activity, Life, Promise
from svcstd.sla.notice import Notice
from svcstd.sla.objective import Objective, Row
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.targets import CountLimit
from svcstd.sla.terms import Terms
from svcstd.sla.yardstick import measured

__all__ = ["overrun_at", "read_life", "runs_over", "what_counts"]

TOO_EARLY = "too_early"


def read_life(
    key: str,
    objective: Objective,
    life: Life,
    calendars: Mapping[str, Calendar],
    *,
    zone: str,
    edition: str,
    as_of: int,
    case: str = "",
    assumptions: tuple[str, ...] = (),
    excluded: bool = False,
) -> Reading:
    """Read one objective's clock, and the cycles before it.

    Args:
        key: of the objective.
        objective: the promise.
        life: what :func:`svcstd.sla.fold.fold` made of the case's events; some row was or is in force.
        calendars: those that its rows name, by key.
        zone: of the standard, for calendar days.
        edition: first day of the edition.
        as_of: when the clock is read, UTC microseconds.
        case: id of the case, for the keys of notices.
        assumptions: what was taken for granted.
        excluded: whether the case counts for nothing.
    """
    if not life.earlier:
        reckoner = Reckoner(objective, life, calendars, zone, as_of)
        return _read(key, case, reckoner, 1, (), edition, as_of, assumptions, excluded=excluded)
    cycles = [one for one in (*life.earlier, life) if one.last_row is not None]
    found: list[Reading] = []
    for number, one in enumerate(cycles, 1):
        earlier = tuple(found) if number == len(cycles) else ()
        reckoner = Reckoner(objective, one, calendars, zone, as_of)
        found.append(_read(key, case, reckoner, number, earlier, edition, as_of, assumptions, excluded=excluded))
    return found[-1]


def _read(
    key: str,
    case: str,
    reckoner: Reckoner,
    cycle: int,
    earlier: tuple[Reading, ...],
    edition: str,
    asked: int,
    assumptions: tuple[str, ...],
    *,
    excluded: bool,
) -> Reading:
    life, objective, row = reckoner.life, reckoner.objective, reckoner.row
    hours, now, activity = reckoner.hours_of(row), reckoner.now, reckoner.activity
    segments = reckoner.segments
    due = reckoner.due()
    count = what_counts(life, now) if isinstance(row.target, CountLimit) else None
    breaches = _breaches(reckoner, due)
    over = count is not None and runs_over(reckoner)
    ended = now if activity in ("stopped", "cancelled") else None
    verdict = _verdict(activity, ended, due, asked, objective.terms, over=over)
    if excluded:
        verdict = "excluded"
    elif life.waiver is not None and not (verdict == "met" and ended is not None and ended <= life.waiver.instant):
        verdict = "waived"  # a promise that was kept before has nothing to waive
        breaches = tuple(one for one in breaches if one.instant < life.waiver.instant)
    late = verdict in ("met_late", "late_open")
    hidden = reckoner.hides() and not _is_broken(reckoner, breaches)
    started = reckoner.promises[-1].start if reckoner.promises else None
    elapsed = 0 if started is None else _elapsed(segments, started)
    budget = reckoner.budget(due)
    left = None if elapsed is None or not isinstance(row.target, TIMED) else _left(reckoner, row.target.budget, elapsed)
    silent = FIRST if excluded else life.waiver.instant if life.waiver is not None else LAST
    fired, coming = read_notices(case, key, cycle, reckoner, silent_from=silent) if objective.notify else ((), ())
    return Reading(
        objective=key,
        name=objective.name,
        cycle=cycle,
        row=row.key,
        target=row.target,
        edition=edition,
        zone=hours.zone if hours is not None else reckoner.zone,
        calendar=row.calendar,
        digest=hours.digest if hours is not None else "",
        asked=asked,
        started=started,
        due_at=None if hidden else due.instant,
        ended=ended,
        activity=activity,
        verdict=verdict,
        elapsed=None if elapsed is None else timedelta(0, 0, elapsed),
        budget=None if budget is None else timedelta(0, 0, budget),
        remaining=_remaining(reckoner, due, left) if elapsed is not None else None,
        overrun=_overrun_by(reckoner, due, left) if elapsed is not None else None,
        breached=breaches[-1].instant if late else None,
        breaches=breaches,
        answer_by=None if hidden else _answer_by(verdict, activity, due, objective.terms),
        changes=_changes(verdict, activity, due, coming, objective.terms),
        count=count,
        advice=_advice(row, activity, count),
        exempt=excluded,
        group=life.group,
        agent=life.agent,
        waiver=life.waiver,
        problem=due.problem,
        assumptions=assumptions,
        notices=fired,
        coming=coming,
        segments=segments,
        promises=reckoner.promises,
        earlier=earlier,
        hours=reckoner.calendars,
    )


def what_counts(life: Life, now: int) -> int:
    """What was counted up to an instant, or told by a fact."""
    return life.told[-1][1] if life.told else sum(at <= now for at in life.counts)


def runs_over(reckoner: Reckoner) -> bool:
    """Whether more was counted than promised, by the promise in force or the last that was."""
    target, promises = reckoner.row.target, reckoner.promises
    if not isinstance(target, CountLimit) or not promises:
        return False
    return overrun_at(reckoner.life, target, promises[reckoner.last].at, reckoner.now) is not None


def _advice(row: Row, activity: Activity, count: int | None) -> tuple[str, ...]:
    """What is worth saying though it breaks no promise."""
    target = row.target
    early = isinstance(target, CountLimit) and activity == "stopped" and count is not None and count < target.low
    return (TOO_EARLY,) if early else ()


def _elapsed(segments: tuple[Segment, ...], start: int) -> int | None:
    """What was counted since the promise began to count; ``None`` where holidays are unknown."""
    total = 0
    for segment in segments:
        if segment.counted is None:
            return None
        if segment.start >= start:
            total += segment.counted
    return total


def _breaches(reckoner: Reckoner, last: Due) -> tuple[Breach, ...]:
    """The instants at which a promise was broken, each under the row then in force."""
    promises = reckoner.promises
    if len(promises) == 1 and last.instant is not None and reckoner.now < last.instant:
        return ()
    found = []
    for number, promise in enumerate(promises):
        if promise.row is None:
            continue
        is_last = number == reckoner.last
        until = reckoner.now if is_last else promises[number + 1].at
        due = last if is_last else reckoner.due_of(number, until)
        broken = _broken(reckoner, promise, until, due)
        if broken is not None and not is_last and broken >= until:
            broken = None  # it was replaced before the clock ran again
        if broken is not None:
            found.append(Breach(broken, promise.row.key))
    return tuple(found)


def _is_broken(reckoner: Reckoner, breaches: tuple[Breach, ...]) -> bool:
    """Whether the promise in force was broken, or the last that was; not only one before it."""
    return bool(breaches) and breaches[-1].instant >= reckoner.promises[reckoner.last].at


def _broken(reckoner: Reckoner, promise: Promise, until: int, due: Due) -> int | None:
    """The instant from which a promise was broken before *until*."""
    target = promise.row.target if promise.row is not None else None
    if isinstance(target, CountLimit):
        return overrun_at(reckoner.life, target, promise.at, until)
    answered, terms = reckoner.answered_by(until), reckoner.objective.terms
    if due.instant is None or not _past(until, due.instant, terms, answered=answered):
        return None
    return max(reckoner.awake(due.instant), promise.at)


def overrun_at(life: Life, limit: CountLimit, begun: int, until: int) -> int | None:
    """The instant of the first event over the limit; a told count may be corrected, and the last one counts."""
    over = first_over(life, limit.high)
    told = [one for one in life.told if one[0] <= until]
    if told:
        above = list(takewhile(lambda one: one[1] > limit.high, reversed(told)))
        over = above[-1][0] if above else None
    return max(over, begun) if over is not None and over <= until else None


def _past(judged: int, due: int, terms: Terms, *, answered: bool) -> bool:
    """Whether an answer at *judged*, or a clock still open then, is late."""
    if judged == due:
        return terms.at_due == "late" or (terms.at_due == "late_if_open" and not answered)
    return judged > due


def _verdict(
    activity: Activity,
    ended: int | None,
    due: Due,
    as_of: int,
    terms: Terms,
    *,
    over: bool,
) -> Verdict:
    judged = as_of if ended is None else ended
    if due.problem is not None and judged > due.certain_until:
        return "unknown"
    answered = activity == "stopped"
    late = over or (due.instant is not None and _past(judged, due.instant, terms, answered=answered))
    if activity == "cancelled":
        return "late_open" if late else "excluded"
    if ended is None:
        return "late_open" if late else "open"
    return "met_late" if late else "met"


def _left(reckoner: Reckoner, budget: int, elapsed: int) -> int:
    """What is left of a budget of time, below zero by how much it was overrun."""
    return budget - elapsed if len(reckoner.promises) <= 1 else reckoner.left()


def _overrun_by(reckoner: Reckoner, due: Due, left: int | None) -> timedelta | None:
    """How far the clock ran past its due, as the target counts; zero where it is in time."""
    target, now = reckoner.row.target, reckoner.now
    if isinstance(target, CountLimit):
        return None
    if due.instant is None or now <= due.instant:
        return timedelta()
    if left is not None and reckoner.objective.terms.pausing != "adds_wall_time":
        return timedelta(0, 0, max(-left, 0))
    return _measured(reckoner, due.instant, now)


def _remaining(reckoner: Reckoner, due: Due, left: int | None) -> timedelta | None:
    """What is left until the due, as the target counts; zero where it is past."""
    target, now = reckoner.row.target, reckoner.now
    if isinstance(target, CountLimit):
        return None
    if left is not None and (reckoner.objective.terms.pausing != "adds_wall_time" or due.instant is None):
        return timedelta(0, 0, max(left, 0))
    if due.instant is None:
        return None
    return _measured(reckoner, now, due.instant) if due.instant > now else timedelta()


def _measured(reckoner: Reckoner, start: int, end: int) -> timedelta | None:
    """A span as the promise counts; ``None`` where holidays are unknown."""
    try:
        return timedelta(0, 0, measured(reckoner.row.target, reckoner.hours_of(reckoner.row), 0, start, end))
    except CoverageError:
        return None


def _changes(verdict: Verdict, activity: Activity, due: Due, coming: tuple[Notice, ...], terms: Terms) -> int | None:
    """The next instant at which the reading differs, if nothing else happens."""
    turns = [notice.instant for notice in coming[:1]]
    if verdict == "open" and activity in ("running", "paused"):
        turn = due.certain_until if due.problem is not None else due.instant
        if turn is not None and turn < LAST:
            turns.append(turn if terms.at_due != "in_time" and due.problem is None else turn + 1)
    return min(turns, default=None)


def _answer_by(verdict: Verdict, activity: Activity, due: Due, terms: Terms) -> int | None:
    """The latest instant at which an answer still keeps the promise."""
    if verdict != "open" or activity not in ("running", "paused") or due.instant is None:
        return None
    return due.instant - 1 if terms.at_due == "late" else due.instant
