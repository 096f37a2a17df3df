"""Until when: the due time of each promise in a clock's life, and what is left of its budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

import attrs

from svcstd.calendars import Calendar, add_calendar_days
from svcstd.calendars.days import add_working_days
from svcstd.errors import CoverageError, DefinitionError, MomentError, NeverOpens, SvcstdError
from svcstd.moment import LAST, YEARS, day_start, local_date, moment, timezone
from svcstd.sla.fold import Activity, Life, Promise
from svcstd.sla.measure import Measured
from svcstd.sla.objective import Objective, Row
from svcstd.sla.reading import Segment
from svcstd.sla.targets import (
    CalendarDays,
    CountLimit,
    ElapsedTime,
    FixedInstant,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
)
from svcstd.sla.yardstick import counts_in, measured, reached

__all__ = ["TIMED", "Due", "Reckoner", "due_after", "first_over"]

ACTIVE = ("running", "paused")
TIMED = (WorkingTime, ElapsedTime, WorkingThenElapsed)
"""Targets with a budget of time."""


@attrs.frozen
class Due:
    """The answer to "until when": an instant, or none yet, or a problem with how far it is certain."""

    instant: int | None
    problem: SvcstdError | None = None
    certain_until: int = LAST


NOT_DUE = Due(None)


def due_after(target: Target, hours: Calendar | None, zone: str, start: int) -> int:
    """The due time of a promise that is neither paused nor changed.

    Args:
        target: anything but a count.
        hours: the calendar, where the target needs one.
        zone: for calendar days.
        start: UTC microseconds.

    Raises:
        CoverageError, NeverOpens, MomentError: as for the verbs of a calendar.
    """
    match target:
        case FixedInstant(instant=instant):
            return instant
        case CalendarDays():
            return add_calendar_days(start, target.days, timezone(zone), target.at)
        case WorkingDays() if hours is not None:
            mode, cutoff, today = target.mode, target.cutoff, target.counts_today
            return add_working_days(hours, start, target.days, mode, cutoff=cutoff, counts_today=today)
        case WorkingTime() | ElapsedTime() | WorkingThenElapsed():
            counted = hours if counts_in(target) else None
            to_opening = counted is not None and counted.landing == "next_open"
            return reached(target, counted, 0, target.budget, start, to_opening=to_opening)
        case _:
            raise DefinitionError("due", "target.no_due", target=str(target))


def first_over(life: Life, high: int) -> int | None:
    """The instant at which more was first counted than promised."""
    if life.told:
        return next((at for at, value in life.told if value > high), None)
    return life.counts[high] if len(life.counts) > high else None


class Reckoner:
    """One cycle of a clock, measured. It lives while a reading is made.

    Attributes:
        objective, life, calendars: what is reckoned, and in which calendars, by key.
        row: the promise in force, or the last that was.
        now: the end of what is reckoned: the stop, the instant from which no promise applied, or when we ask.
        activity: at that instant.
        promises: those that were in force, as the terms see them.
        last: number of the last that had a row.
        anew: the instants at which a promise began to count from zero.
        lefts: what was left of each promise's budget when it came into force, where a share of it is kept.
        measured: the stretches.
        size: how many of them lie before now.
    """

    __slots__ = (
        "activity",
        "anew",
        "calendars",
        "last",
        "lefts",
        "life",
        "measured",
        "now",
        "objective",
        "promises",
        "row",
        "size",
        "zone",
    )

    objective: Objective
    life: Life
    calendars: Mapping[str, Calendar]
    zone: str
    row: Row
    now: int
    activity: Activity
    promises: tuple[Promise, ...]
    last: int
    anew: frozenset[int]
    measured: Measured
    size: int
    lefts: tuple[int, ...]

    def __init__(
        self, objective: Objective, life: Life, calendars: Mapping[str, Calendar], zone: str, as_of: int
    ) -> None:
        row = life.last_row
        assert row is not None  # noqa: S101 - the caller has looked
        self.objective, self.life, self.calendars, self.zone, self.row = objective, life, calendars, zone, row
        self.now = as_of if life.end is None else life.end
        self.activity = life.activity
        if life.promises and life.row is None:  # the last promise ceased to apply there
            self.now, self.activity = life.promises[-1].at, "cancelled"
        self.promises = life.promises
        if objective.terms.retarget == "from_start" and life.start is not None:
            since = next(one.at for one in life.promises if one.start == life.start)
            self.promises = (life.promises[-1]._replace(at=since, row=row, start=life.start),)
        alone = len(self.promises) <= 1
        self.last = 0 if alone else self._last()
        self.anew = frozenset() if alone else self._anew()
        self.measured = self._measure()
        self.size = len(self.measured.segments)
        self.lefts = self._lefts() if objective.terms.retarget == "proportional" else ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All measured stretches, without holes."""
        return tuple(self.measured.segments)

    def hours_of(self, row: Row) -> Calendar | None:
        """The calendar that measures a row; ``None`` for the UTC line."""
        return self.calendars[row.calendar] if row.calendar else None

    def _anew(self) -> frozenset[int]:
        first = self.promises[0].start
        return frozenset(one.start for one in self.promises[1:] if one.start > first)

    def _measure(self) -> Measured:
        """The measured stretches up to now."""
        found: list[Segment] = []
        before: list[int] = []
        used, now = 0, self.now
        alone, standing = len(self.promises) == 1, self.standing()
        own = self.hours_of(self.row)
        for start, stop, activity, held, group, agent, reason in self.life.stretches:
            if start >= now:
                break
            if start in self.anew:
                used = 0
            before.append(used)
            row = self.row if alone else self._row_at(start)
            end = min(now, stop)
            counted: int | None = 0
            if activity not in standing:
                try:
                    counted = measured(row.target, own if alone else self.hours_of(row), used, start, end)
                except CoverageError:
                    counted = None
                used += counted or 0
            key = "" if held is None else held.key
            found.append(Segment(start, end, activity, group, agent, row.calendar, key, counted, reason))
        return Measured.of(found, before)

    def _row_at(self, instant: int) -> Row:
        """The row that measures what begins at an instant: the one in force, or the next that was to be."""
        found = None
        for promise in self.promises:
            if promise.at > instant and found is not None:
                break
            found = promise.row or found
        return found or self.row

    def standing(self) -> tuple[Activity, ...]:
        """When no time counts: not while only the due is hidden, nor while decided if that counts through."""
        terms = self.objective.terms
        paused: tuple[Activity, ...] = () if terms.pausing == "hides_due" else ("paused",)
        return paused if terms.reopen == "through" else (*paused, "stopped", "cancelled")

    def stands(self) -> bool:
        """Whether the clock is paused at the end, and time does not count."""
        ended = bool(self.life.promises) and self.life.row is None
        paused = self.life.promises[-1].paused if ended else self.activity == "paused"
        return paused and self.objective.terms.pausing != "hides_due"

    def hides(self) -> bool:
        """Whether the due time of a promise not yet broken is not shown, as long as the clock is paused."""
        return self.objective.terms.pausing == "hides_due" and self.activity == "paused"

    def answered_by(self, until: int) -> bool:
        """Whether the clock was stopped at that instant."""
        return self.activity == "stopped" and until == self.now

    def awake(self, instant: int) -> int:
        """The first instant from then on at which the clock was open: an answered clock breaks no promise."""
        first = self.measured.ends_after(instant, self.size)
        for segment in islice(self.measured.segments, first, self.size):
            if segment.activity in ACTIVE:
                return max(instant, segment.start)
        return max(instant, self.now)

    def due(self) -> Due:
        """Until when the promise in force is kept, or the last that was."""
        return self.due_of(self.last, LAST) if self.promises else NOT_DUE

    def due_of(self, number: int, until: int) -> Due:
        """Until when one promise is kept; for one that was replaced, no due after *until* is looked for."""
        promise = self.promises[number]
        assert promise.row is not None  # noqa: S101 - the caller has looked
        try:
            due = self._due_of(number, promise, promise.row, until)
        except CoverageError as error:
            return Due(None, error, self._certain_until(error, promise.row, promise.start))
        except (NeverOpens, MomentError) as error:
            return Due(None, error)
        if due is not None and due + 1 >= LAST:
            at = moment(promise.start, timezone(self.zone))
            return Due(None, MomentError("at", "calendar.horizon", at=at, year=YEARS[-1]))
        return Due(due)

    def _due_of(self, number: int, promise: Promise, row: Row, until: int) -> int | None:
        match row.target:
            case CountLimit():
                return None
            case FixedInstant(instant=instant):
                return instant
            case WorkingDays() | CalendarDays() as target:
                return self._days_due(row, target, promise.start)
            case _ if self.objective.terms.pausing == "adds_wall_time":
                return self._wall_due(number, row, promise)
            case target:
                return self.used_up(number, target.budget, until)

    def used_up(self, number: int, amount: int, until: int) -> int | None:
        """The instant at which so much of one promise is used up; ``None`` while paused, or not before *until*."""
        begin, left = self.promises[number].start, amount
        while self._keeps_share(number):
            begin, left = self.promises[number].at, amount - self._budget(number) + self._left_at(number)
            if left > 0:
                break
            if amount < self._budget(number):
                return begin
            number = self._before(number)  # all was used up before it came into force
            begin, left = self.promises[number].start, self._budget(number)
            amount = left
        row = self.promises[number].row
        assert row is not None  # noqa: S101 - the caller has looked
        if left == 0:
            return self._reach(row, 0, 0, begin)
        measured, size = self.measured, self.size
        first = measured.ends_after(begin, size)
        total = measured.totals[first] + left
        place = measured.reaching(total, first, size)
        if place < size:
            start = measured.segments[place].start
            if start >= until:
                return None
            return self._reach(self._row_at(start), measured.used[place], total - measured.totals[place], start)
        if self.stands() or until < LAST:
            return None
        return self._reach(row, self._used(), total - measured.totals[size], self.now)

    def _used(self) -> int:
        """What was used up before now, of a promise that did not just begin anew."""
        if not self.size or self.now in self.anew:
            return 0
        last = self.size - 1
        return self.measured.used[last] + (self.measured.segments[last].counted or 0)

    def _reach(self, row: Row, used: int, amount: int, start: int) -> int:
        hours = self.hours_of(row)
        landing = self.objective.terms.landing
        if landing == "calendar" and hours is not None:
            landing = hours.landing
        return reached(row.target, hours, used, amount, start, to_opening=landing == "next_open")

    def _before(self, number: int) -> int:
        """The last promise before one that had a row; else the one itself."""
        return next((n for n in reversed(range(number)) if self.promises[n].row is not None), number)

    def _keeps_share(self, number: int) -> bool:
        """Whether a promise takes over the share of the budget that was left of the one before."""
        if self.objective.terms.retarget != "proportional":
            return False
        before = self._before(number)
        if before == number:
            return False
        later, earlier = self.promises[number], self.promises[before]
        timed = all(one.row is not None and isinstance(one.row.target, TIMED) for one in (later, earlier))
        return timed and later.start >= earlier.start

    def _budget(self, number: int) -> int:
        row = self.promises[number].row
        return row.target.budget if row is not None and isinstance(row.target, TIMED) else 0

    def _left_at(self, number: int) -> int:
        """What was left of a promise's budget when it came into force."""
        if self.lefts:
            return self.lefts[number]
        promise = self.promises[number]
        return self._budget(number) - self._counted(promise.start, promise.at)

    def _lefts(self) -> tuple[int, ...]:
        """The same of every promise, where the share that was left of the one before is kept."""
        found: list[int] = []
        for number, promise in enumerate(self.promises):
            if not self._keeps_share(number):
                found.append(self._budget(number) - self._counted(promise.start, promise.at))
                continue
            before = self._before(number)
            left = found[before] - self._counted(self.promises[before].at, promise.at)
            found.append(-(-self._budget(number) * left // self._budget(before)) if left > 0 else 0)
        return tuple(found)

    def _counted(self, start: int, end: int) -> int:
        return self.measured.between(start, end, self.size)

    def left(self) -> int:
        """What is left of the budget of the promise in force, in time; below zero when it was overrun."""
        number = self.last
        return self._left_at(number) - self._counted(self.promises[number].at, self.now)

    def _last(self) -> int:
        """The promise in force, or the last that was."""
        return max(number for number, promise in enumerate(self.promises) if promise.row is not None)

    def budget(self, due: Due) -> int | None:
        """What the promise comes to, as its target counts; ``None`` where no due time is known, or none exists."""
        target = self.row.target
        if isinstance(target, TIMED):
            return target.budget
        if due.instant is None:
            return None
        try:
            return self.between(self.row, self.promises[-1].start, due.instant)
        except CoverageError:
            return None

    def between(self, row: Row, start: int, due: int) -> int:
        """What a promise in days or until an instant comes to, as its calendar counts; zero or more."""
        return max(measured(row.target, self.hours_of(row), 0, start, due), 0)

    def _wall_due(self, number: int, row: Row, promise: Promise) -> int | None:
        """The due time moved by the length of each pause on the wall."""
        begin, amount = promise.start, self._budget(number)
        if self._keeps_share(number):
            begin, amount = promise.at, self._left_at(number)
        due = self._reach(row, 0, amount, begin)
        for begun, end, stands in self._pauses(begin):
            if begun >= due:
                break
            if stands:
                return None
            due += end - begun
        return due

    def _days_due(self, row: Row, target: WorkingDays | CalendarDays, start: int) -> int | None:
        """The due time in days, moved by the days that lie wholly inside pauses."""
        due, more = self._after_days(row, target, start, 0), 0
        pauses = self._pauses(start) if self.objective.terms.pause_days == "whole" else ()
        for begun, end, stands in pauses:
            if begun >= due:
                break
            if stands:
                return None
            more += self._whole_days(row, begun, end)
            due = self._after_days(row, target, start, more)
        return due

    def _after_days(self, row: Row, target: WorkingDays | CalendarDays, start: int, more: int) -> int:
        return due_after(attrs.evolve(target, days=target.days + more), self.hours_of(row), self.zone, start)

    def _pauses(self, start: int) -> Iterator[tuple[int, int, bool]]:
        """When it stood paused or decided since *start*, adjoining ones as one, with whether the last still lasts."""
        begun = end = None
        standing = self.standing()
        for segment in self.measured.since(start, self.size):
            if segment.activity not in standing:
                continue
            if segment.start != end:
                if begun is not None and end is not None:
                    yield begun, end, False
                begun = segment.start
            end = segment.end
        stands = self.stands()
        if begun is not None and end is not None:
            yield begun, end, stands and end == self.now
        if stands and end != self.now:
            yield self.now, self.now, True

    def _whole_days(self, row: Row, begun: int, end: int) -> int:
        """The days of the target's kind that lie wholly between two instants."""
        hours = self.hours_of(row)
        zone = hours.tz if hours is not None else timezone(self.zone)
        first, last = local_date(begun, zone), local_date(end, zone)
        days = (first + timedelta(number) for number in range((last - first).days + 1))
        return sum(self._lies_within(hours, day, begun, end) for day in days)

    def _lies_within(self, hours: Calendar | None, day: date, begun: int, end: int) -> bool:
        if hours is None:
            zone = timezone(self.zone)
            return begun <= day_start(day, zone) and day_start(day + timedelta(1), zone) <= end
        if not hours.is_working_day(day):
            return False
        spans = hours.known_hours_of(day)
        return begun <= spans[0][0] and spans[-1][1] <= end

    def _certain_until(self, error: CoverageError, row: Row, start: int) -> int:
        """The earliest instant at which it may be due: in days, the beginning of the unknown date."""
        hours, day = self.hours_of(row), error.params["day"]
        if hours is not None and isinstance(row.target, WorkingDays) and isinstance(day, date):
            return day_start(day, hours.tz)
        measured = [one for one in self.measured.segments if one.calendar]  # under this row or one before
        unknown = [one for one in measured if one.counted is None][:1] or (measured[-1:] if hours is None else [])
        for segment in unknown:
            start, hours = segment.start, self.calendars[segment.calendar]
        assert hours is not None  # noqa: S101 - the UTC line is known everywhere
        return hours.timeline.reach(start, start).unknown_from(start)
