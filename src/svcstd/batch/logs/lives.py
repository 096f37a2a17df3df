"""The lives of clocks that went alike, lived once by the scalar fold.

What a fold decides, it decides by the order of events: which stretches there are, which row of the table is in force,
in whose hands the case is. So one case stands for all that went alike; its instants are told as places of events, and
each of the others puts its own instants there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from svcstd.calendars import Calendar
from svcstd.moment import LAST
from svcstd.sla import Case, Objective
from svcstd.sla.dues import ACTIVE, TIMED, Reckoner
from svcstd.sla.fold import Activity, Choose, fold
from svcstd.sla.objective import Row
from svcstd.sla.reckoning import overrun_at, runs_over, what_counts
from svcstd.sla.targets import CalendarDays, CountLimit, WorkingDays, WorkingThenElapsed
from svcstd.standard.edition import Edition
from svcstd.standard.one_case import judged, no_promise

__all__ = ["AS_OF", "NOWHERE", "Part", "Pattern", "patterns_of"]

AS_OF = -1
"""The place of the instant at which we ask."""
NOWHERE = -2
"""The place of what did not happen."""


class Part(NamedTuple):
    """A stretch of a clock's life.

    Attributes:
        start, end: places.
        hours: the calendar that measures it; ``None`` for the UTC line.
        counts: whether time counts in it.
        active: whether the clock was open.
        used: whether it lies after the promise in force at the end began to count.
        spent: whether it lies after the last promise with a row began to count.
        holder: in whose hands the case was: the place of the event that said so.
    """

    start: int
    end: int
    hours: Calendar | None
    counts: bool
    active: bool
    used: bool
    spent: bool
    holder: int


class Pattern(NamedTuple):
    """A clock's life, as far as the order of events tells it. Instants are places of events.

    Attributes:
        cycle: 1, or which time the clock runs.
        row: the promise in force, or the last that was.
        hours: the calendar of that row.
        parts: the stretches, without holes.
        now: the end of what is reckoned.
        activity: at that instant.
        started: from when the promise in force counts.
        since: from when the last promise with a row was in force.
        begin: from when its budget counts.
        first: the number of the first stretch that ends after that.
        stands: whether no time counts at the end.
        hides: whether the due time is not shown.
        over: when more was counted than promised.
        amount: what was counted, for a limit to a count.
        waived: when the promise was given up.
        holder: who holds the case: the place of the event that said so.
        excluded: whether the case counts for nothing.
        plain: whether one promise held all the time, and the clock was open as long.
        told: why the reckoning has to be made case by case; empty where it has not.
    """

    cycle: int
    row: Row
    hours: Calendar | None
    parts: tuple[Part, ...]
    now: int
    activity: Activity
    started: int
    since: int
    begin: int
    first: int
    stands: bool
    hides: bool
    over: int
    amount: int | None
    waived: int
    holder: int
    excluded: bool
    plain: bool
    told: str


def patterns_of(
    edition: Edition,
    objective: Objective,
    case: Case,
    calendars: Mapping[str, Calendar],
    *,
    choose: Choose,
    as_of: int,
    every: bool,
) -> tuple[Pattern, ...]:
    """How a clock went, for all cases that went alike; nothing where nothing is promised to them.

    Args:
        edition: of the case.
        objective: the promise.
        case: one of them, with the events that count, in order of time; the actor of an event that
            hands it on is the place of that event.
        calendars: by key.
        choose: how the calendar is found.
        as_of: when we ask, UTC microseconds.
        every: every cycle of a clock that runs again and again; by default the last.
    """
    life = judged(edition, objective, fold(objective, case, as_of=as_of, choose=choose))
    if no_promise(edition, objective, life) is not None:
        return ()
    places = {event.instant: place for place, event in reversed(list(enumerate(case.events)))}

    def place_of(instant: int | None) -> int:
        return NOWHERE if instant is None else places.get(instant, AS_OF)

    cycles = [one for one in (*life.earlier, life) if one.last_row is not None]
    excluded = edition.exclude is not None and edition.exclude.holds(case.facts_at(as_of)) is True
    excluded = excluded or (objective.exclude is not None and objective.exclude.holds(life.facts) is True)
    numbered = list(enumerate(cycles, 1))
    return tuple(
        _pattern(number, Reckoner(objective, one, calendars, edition.zone, as_of), place_of, excluded=excluded)
        for number, one in (numbered if every else numbered[-1:])
    )


def _pattern(cycle: int, clock: Reckoner, place_of: Callable[[int | None], int], *, excluded: bool) -> Pattern:
    life, row, promises = clock.life, clock.row, clock.promises
    last = promises[clock.last] if promises else None
    started = promises[-1].start if promises else None
    spent = last.start if last is not None else LAST
    standing = clock.standing()
    parts = tuple(
        Part(
            place_of(one.start),
            place_of(one.end),
            clock.calendars[one.calendar] if one.calendar else None,
            one.activity not in standing,
            one.activity in ACTIVE,
            started is not None and one.start >= started,
            one.start >= spent,
            NOWHERE if one.agent is None else int(one.agent),
        )
        for one in clock.segments
    )
    over = None
    if isinstance(row.target, CountLimit) and last is not None and runs_over(clock):
        over = overrun_at(life, row.target, last.at, clock.now)
    return Pattern(
        cycle=cycle,
        row=row,
        hours=clock.hours_of(row),
        parts=parts,
        now=place_of(clock.now),
        activity=clock.activity,
        started=place_of(started),
        since=place_of(last.at if last is not None else None),
        begin=place_of(last.start if last is not None else None),
        first=clock.measured.ends_after(last.start, clock.size) if last is not None else 0,
        stands=clock.stands(),
        hides=clock.hides(),
        over=place_of(over),
        amount=what_counts(life, clock.now) if isinstance(row.target, CountLimit) else None,
        waived=place_of(life.waiver.instant if life.waiver is not None else None),
        holder=NOWHERE if life.agent is None else int(life.agent),
        excluded=excluded,
        plain=len(life.promises) <= 1 and all(part.active for part in parts),
        told=_told(clock, parts),
    )


def _told(clock: Reckoner, parts: tuple[Part, ...]) -> str:
    """The option by which this life has no batch form; empty for none."""
    terms, target = clock.objective.terms, clock.row.target
    stood = clock.stands() or not all(part.counts for part in parts)
    if any(one.row is not None and isinstance(one.row.target, WorkingThenElapsed) for one in clock.promises):
        return "target = working time, then elapsed time"
    if terms.retarget == "proportional" and len(clock.promises) > 1:
        return "retarget = proportional"
    if terms.pausing == "adds_wall_time" and stood and isinstance(target, TIMED):
        return "pausing = adds_wall_time"
    if terms.pause_days == "whole" and stood and isinstance(target, WorkingDays | CalendarDays):
        return "pause_days = whole"
    return ""
