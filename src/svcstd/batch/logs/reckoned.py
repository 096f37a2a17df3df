"""Due times and verdicts of many clocks at once: a clock is a signed sum of open time over the borders of its life.

With C the open time since the beginning of a calendar, a stretch counts ``C(end) - C(start)``; the budget is used up in
the first stretch in which the running sum reaches it, and from there the calendar says when. Verdicts compare instants.
The scalar reckoning is the reference; a row that meets a problem is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars import kernel
from svcstd.batch.calendars.days import days_later
from svcstd.batch.logs.lives import AS_OF, NOWHERE, Pattern
from svcstd.calendars import Calendar
from svcstd.moment import LAST
from svcstd.sla.dues import ACTIVE, TIMED
from svcstd.sla.targets import CountLimit, FixedInstant, Target
from svcstd.sla.terms import Terms

__all__ = ["ACTIVITIES", "IN_TIME", "UTC_LINE", "VERDICTS", "Lives", "Reckoned", "Rows", "sums_of"]

Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
ACTIVITIES = ("not_started", "running", "paused", "stopped", "cancelled")
VERDICTS = ("open", "met", "met_late", "late_open", "waived", "excluded")
OPEN, MET, MET_LATE, LATE_OPEN, WAIVED, EXCLUDED = range(len(VERDICTS))
UTC_LINE = -1
IN_TIME, IN_DAYS, FIXED, COUNTED = range(4)


def _kind(target: Target) -> int:
    if isinstance(target, TIMED):
        return IN_TIME
    return FIXED if isinstance(target, FixedInstant) else COUNTED if isinstance(target, CountLimit) else IN_DAYS


@attrs.frozen(eq=False)
class Lives:
    """Patterns as arrays.

    Attributes:
        patterns: as they are.
        hours: the calendars that their stretches and rows count in.
        dated: the different promises in days, each with its calendar.
        first: ``(p + 1,)`` where the stretches of each begin.
        parts: ``(s, 8)`` start, end, calendar, the four flags, and the holder of every stretch.
    """

    patterns: Sequence[Pattern]
    hours: Sequence[Calendar]
    dated: Sequence[tuple[Target, Calendar | None]]
    first: Numbers
    parts: Numbers
    _columns: dict[str, Numbers]

    @classmethod
    def of(cls, patterns: Sequence[Pattern]) -> Lives:
        """The arrays of some patterns."""
        places: dict[int, int] = {}
        hours: list[Calendar] = []

        def place(calendar: Calendar | None) -> int:
            if calendar is None:
                return UTC_LINE
            if id(calendar) not in places:
                places[id(calendar)] = len(hours)
                hours.append(calendar)
            return places[id(calendar)]

        dated: dict[tuple[Target, int], int] = {}

        def promised(one: Pattern) -> int:
            in_days = _kind(one.row.target) == IN_DAYS
            return dated.setdefault((one.row.target, place(one.hours)), len(dated)) if in_days else 0

        parts = [
            (part.start, part.end, place(part.hours), part.counts, part.active, part.used, part.spent, part.holder)
            for one in patterns
            for part in one.parts
        ]
        lengths = [len(one.parts) for one in patterns]
        columns: dict[str, list[int]] = {
            "kind": [_kind(one.row.target) for one in patterns],
            "budget": [one.row.target.budget if isinstance(one.row.target, TIMED) else 0 for one in patterns],
            "hours": [place(one.hours) for one in patterns],
            "activity": [ACTIVITIES.index(one.activity) for one in patterns],
            "dated": [promised(one) for one in patterns],
            "fixed": [one.row.target.instant if isinstance(one.row.target, FixedInstant) else 0 for one in patterns],
            **{name: [int(getattr(one, name)) for one in patterns] for name in PLAIN},
        }
        return cls(
            patterns,
            hours,
            [(target, None if number == UTC_LINE else hours[number]) for target, number in dated],
            np.cumsum([0, *lengths], dtype=np.int64),
            np.array(parts, dtype=np.int64).reshape(-1, 8),
            {name: np.array(column, dtype=np.int64) for name, column in columns.items()},
        )

    def column(self, name: str) -> Numbers:
        """What stands in one place of every pattern."""
        return self._columns[name]


PLAIN = (
    "plain",
    "now",
    "started",
    "since",
    "begin",
    "first",
    "stands",
    "hides",
    "over",
    "waived",
    "holder",
    "excluded",
)


@attrs.frozen(eq=False, kw_only=True)
class Reckoned:
    """What clocks say, by row; an amount or instant that there is not is told by its mask.

    Attributes:
        amounts: by name, values and where there are any: instants in UTC microseconds, lengths in microseconds.
        activity, verdict: places in :data:`ACTIVITIES` and :data:`VERDICTS`.
    """

    amounts: dict[str, tuple[Numbers, Bools]]
    activity: Numbers
    verdict: Numbers


class Rows:
    """Many clocks of one promise, while they are read.

    Args:
        lives: the patterns of that promise.
        which: ``(r,)`` by row its pattern.
        base: ``(r,)`` by row the place of the first event of its case.
        times: ``(n,)`` instants of events, UTC microseconds.
        as_of: when they are read.
        terms: of the promise.
        zone: of the standard.

    Attributes:
        alone: the rows that met a problem, and are to be read one by one.
        told_due: until when each promise is kept, hidden or not, once it was read; and where there is such an instant.
        broken: from when each promise was broken, once it was read; and where it was.
    """

    lives: Lives
    which: Numbers
    base: Numbers
    terms: Terms
    zone: str
    as_of: int
    times: Numbers
    size: int
    alone: Bools
    told_due: tuple[Numbers, Bools]
    broken: tuple[Numbers, Bools]
    kind: Numbers
    holder: Numbers
    now: Numbers
    length: Numbers
    first: Numbers
    row: Numbers
    number: Numbers
    start: Numbers
    end: Numbers
    hours: Numbers
    counts: Bools
    active: Bools
    in_use: Bools
    held: Numbers
    counted: Numbers
    total: Numbers
    used: Numbers
    spent: Numbers

    def __init__(
        self,
        lives: Lives,
        which: Numbers,
        base: Numbers,
        times: Numbers,
        *,
        as_of: int,
        terms: Terms,
        zone: str,
    ) -> None:
        self.lives, self.which, self.base, self.terms, self.zone, self.as_of = lives, which, base, terms, zone, as_of
        self.times = times if len(times) else np.zeros(1, dtype=np.int64)
        self.size = len(which)
        self.alone = np.zeros(self.size, dtype=bool)
        self.told_due = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
        self.broken = self.told_due
        self.kind = self.of("kind")
        self.holder = self.of("holder")
        self.now = self.when(self.of("now"), base)
        self.length = np.diff(lives.first)[which]
        self.first = np.cumsum(self.length) - self.length
        self.row = np.repeat(np.arange(self.size), self.length)
        self.number = np.arange(len(self.row)) - self.first[self.row]
        part = lives.parts[lives.first[which][self.row] + self.number]
        owner = base[self.row]
        self.start, self.end = self.when(part[:, 0], owner), self.when(part[:, 1], owner)
        self.hours = part[:, 2]
        self.counts = part[:, 3].astype(bool)
        self.active, self.in_use = part[:, 4].astype(bool), part[:, 5].astype(bool)
        self.held = part[:, 7]
        self.counted, wrong = self.measured(self.hours, self.start, self.end, self.counts)
        self.alone[self.row[wrong]] = True
        self.total = sums_of(self.counted)
        self.used = self.by_row(sums_of(np.where(self.in_use, self.counted, 0)))
        self.spent = self.by_row(sums_of(np.where(part[:, 6].astype(bool), self.counted, 0)))

    def of(self, name: str) -> Numbers:
        """What stands in one place of each row's pattern."""
        return self.lives.column(name)[self.which]

    def when(self, place: Numbers, base: Numbers) -> Numbers:
        """The instants of places; of what did not happen, anything."""
        found = self.times.take(base + np.maximum(place, 0), mode="clip")
        return np.where(place == AS_OF, self.as_of, found)

    def happened(self, name: str) -> tuple[Numbers, Bools]:
        """The instant of something, and where it happened."""
        place = self.of(name)
        return self.when(place, self.base), place != NOWHERE

    def by_row(self, sums: Numbers) -> Numbers:
        """From the sums over all stretches, that of each row."""
        found: Numbers = sums[self.first + self.length] - sums[self.first]
        return found

    def measured(self, hours: Numbers, start: Numbers, end: Numbers, asked: Bools) -> tuple[Numbers, Bools]:
        """What stretches come to, zero where it is not asked, and where it cannot be told."""
        found = np.where(asked & (hours == UTC_LINE), end - start, 0)
        wrong = np.zeros(len(found), dtype=bool)
        for number, calendar in enumerate(self.lives.hours):
            rows = np.flatnonzero(asked & (hours == number))
            if len(rows):
                told = kernel.elapsed(calendar, start[rows], end[rows], np.ones(len(rows), dtype=bool))
                found[rows] = told.values
                wrong[rows] = told.faults > 0
        return found, wrong

    def reached(
        self,
        hours: Numbers,
        start: Numbers,
        amount: Numbers,
        asked: Bools,
        *,
        lands: bool = True,
        of: Numbers | None = None,
    ) -> Numbers:
        """The instants at which so much more is counted; a row in which there is none is left alone.

        What ends at closing ends where the terms say, if it *lands*. The instants are *of* these rows, or of every row.
        """
        found = np.where(asked & (hours == UTC_LINE), start + amount, 0)
        for number, calendar in enumerate(self.lives.hours):
            rows = np.flatnonzero(asked & (hours == number))
            if len(rows):
                landing = self.terms.landing if self.terms.landing != "calendar" else calendar.landing
                everywhere, moves = np.ones(len(rows), dtype=bool), lands and landing == "next_open"
                told = kernel.add(calendar, start[rows], amount[rows], everywhere, next_opening=moves)
                found[rows] = told.values
                self._leave(rows[told.faults > 0], of)
        return found

    def _leave(self, places: NDArray[np.intp], of: Numbers | None) -> None:
        """Rows that are to be read one by one."""
        self.alone[places if of is None else of[places]] = True

    def read(self) -> Reckoned:
        """Every column."""
        due, dated = self.told_due = self.due()
        self.alone |= dated & (due + 1 >= LAST)
        activity = self.of("activity")
        ended = (activity == STOPPED) | (activity == CANCELLED)
        judged = np.where(ended, self.now, self.as_of)
        answered = activity == STOPPED
        over, ran_over = self.happened("over")
        late = ran_over | (dated & self._past(judged, due, answered))
        verdict = np.where(ended, np.where(late, MET_LATE, MET), np.where(late, LATE_OPEN, OPEN))
        verdict = np.where(activity == CANCELLED, np.where(late, LATE_OPEN, EXCLUDED), verdict)
        waived_at, waived = self.happened("waived")
        kept = (verdict == MET) & (self.now <= waived_at)
        verdict = np.where(waived & ~kept, WAIVED, verdict)
        verdict = np.where(self.of("excluded") == 1, EXCLUDED, verdict)
        since, _ = self.happened("since")
        broken_at = np.where(ran_over, over, np.maximum(self._awake(due), since))
        broken = late & ~((verdict == WAIVED) & (broken_at >= waived_at))
        self.broken = broken_at, broken
        hidden = (self.of("hides") == 1) & ~broken
        late_now = (verdict == MET_LATE) | (verdict == LATE_OPEN)
        started, begun = self.happened("started")
        everywhere = np.ones(self.size, dtype=bool)
        can_answer = (verdict == OPEN) & dated & ~hidden & ((activity == RUNNING) | (activity == PAUSED))
        return Reckoned(
            amounts={
                "start": (started, begun),
                "due": (due, dated & ~hidden),
                "stop": (self.now, ended),
                "elapsed": (np.where(begun, self.used, 0), everywhere),
                "budget": self._budget(started, due, dated),
                "remaining": self._remaining(due, dated),
                "overrun": self._overrun(due, dated),
                "breached_at": (broken_at, late_now),
                "answer_by": (due - 1 if self.terms.at_due == "late" else due, can_answer),
                "waived_at": (waived_at, waived),
            },
            activity=activity,
            verdict=verdict,
        )

    def _past(self, judged: Numbers, due: Numbers, answered: Bools) -> Bools:
        """Whether an answer, or a clock still open, is late."""
        at_due = {"in_time": False, "late": True}.get(self.terms.at_due, ~answered)
        found: Bools = (judged > due) | ((judged == due) & at_due)
        return found

    def due(self) -> tuple[Numbers, Bools]:
        """Until when each promise is kept, and where there is such an instant."""
        begin, begun = self.happened("begin")
        due, dated = self._timed(begin, begun & (self.kind == IN_TIME))
        fixed = begun & (self.kind == FIXED)
        due = np.where(fixed, self.of("fixed"), due)
        dated = dated | fixed
        days = np.flatnonzero(begun & (self.kind == IN_DAYS))
        if len(days):
            due[days] = self.days(days, begin[days])
            dated[days] = True
        return due, dated

    def _timed(self, begin: Numbers, asked: Bools) -> tuple[Numbers, Bools]:
        """Where the budget of time is used up."""
        if self.terms.pausing == "adds_wall_time":  # without a pause, or it would have no batch form
            return self.reached(self.of("hours"), begin, self.of("budget"), asked), asked
        return self.used_up(self.of("budget"), begin, asked)

    def used_up(self, amount: Numbers, begin: Numbers, asked: Bools) -> tuple[Numbers, Bools]:
        """Where so much was used up since a promise began: in a stretch, or some time after the last."""
        goal, place = self.goal(amount)
        inside = (place < self.length) & (amount > 0)
        start = np.where(amount == 0, begin, self.now)
        left = np.where(amount == 0, 0, goal - self.by_row(self.total))
        hours = self.of("hours")
        if len(self.start):
            part = np.where(inside, self.first + place, 0)
            start = np.where(inside, self.start[part], start)
            left = np.where(inside, goal - (self.total[part] - self.total[self.first]), left)
            hours = np.where(inside, self.hours[part], hours)
        asked = asked & (inside | (amount == 0) | (self.of("stands") == 0))
        return self.reached(hours, start, left, asked), asked

    def goal(self, amount: Numbers) -> tuple[Numbers, Numbers]:
        """What must have been counted since the first stretch, and the number of the stretch in which it is."""
        first = self.of("first")
        # Differences of sums, since a sum over all rows may wrap around, and its differences do not.
        before = self.total[self.first]
        goal = self.total[self.first + first] - before + amount
        short = (self.total[1:] - before[self.row] < goal[self.row]) & (self.number >= first[self.row])
        return goal, first + self.by_row(sums_of(short))

    def moved(
        self,
        hours: Numbers,
        start: Numbers,
        amount: int,
        asked: Bools,
        *,
        back: bool,
        of: Numbers | None = None,
    ) -> Numbers:
        """Instants so much later, or sooner; the rest as for :meth:`reached`, but nothing lands anywhere."""
        found = np.where(asked & (hours == UTC_LINE), start - amount if back else start + amount, 0)
        verb = kernel.subtract if back else kernel.add
        for number, calendar in enumerate(self.lives.hours):
            rows = np.flatnonzero(asked & (hours == number))
            if len(rows):
                told = verb(calendar, start[rows], amount, np.ones(len(rows), dtype=bool))
                found[rows] = told.values
                self._leave(rows[told.faults > 0], of)
        return found

    def days(self, rows: NDArray[np.intp], begin: Numbers) -> Numbers:
        """Due times in days; a row that has none is left alone."""
        found = np.zeros(len(rows), dtype=np.int64)
        promised = self.of("dated")[rows]
        for number in np.unique(promised).tolist():
            here = np.flatnonzero(promised == number)
            target, hours = self.lives.dated[number]
            told = days_later(target, hours, self.zone, begin[here])
            found[here] = told.values
            self.alone[rows[here[told.faults > 0]]] = True
        return found

    def _awake(self, due: Numbers) -> Numbers:
        """The first instant from the due time on at which the clock was open."""
        first = self.first_part((self.end > due[self.row]) & self.active)
        found = first < len(self.row)
        start = self.now.copy()
        start[found] = self.start[first[found]]
        return np.maximum(due, start)

    def first_part(self, wanted: Bools) -> Numbers:
        """By row, the place of its first stretch that is wanted; their number for none."""
        size = len(self.row)
        found = np.full(self.size, size, dtype=np.int64)
        there = self.length > 0
        if size:
            found[there] = np.minimum.reduceat(np.where(wanted, np.arange(size), size), self.first[there])
        return found

    def _left(self) -> Numbers:
        return self.of("budget") - self.spent

    def _counts_left(self, dated: Bools) -> Bools:
        """The rows in which what is left follows from what was counted."""
        timed: Bools = self.kind == IN_TIME
        return timed & ~dated if self.terms.pausing == "adds_wall_time" else timed

    def between(self, start: Numbers, end: Numbers, asked: Bools) -> Numbers:
        """A span as the promise counts it."""
        found, wrong = self.measured(self.of("hours"), start, end, asked)
        self.alone |= wrong
        return found

    def _remaining(self, due: Numbers, dated: Bools) -> tuple[Numbers, Bools]:
        told = self._counts_left(dated)
        spans = dated & ~told & (self.kind != COUNTED)
        between = self.between(self.now, due, spans & (due > self.now))
        return np.where(told, np.maximum(self._left(), 0), between), told | spans

    def _overrun(self, due: Numbers, dated: Bools) -> tuple[Numbers, Bools]:
        past = dated & (self.now > due)
        told = past & (self.kind == IN_TIME) & (self.terms.pausing != "adds_wall_time")
        between = self.between(due, self.now, past & ~told)
        return np.where(told, np.maximum(-self._left(), 0), between), self.kind != COUNTED

    def _budget(self, started: Numbers, due: Numbers, dated: Bools) -> tuple[Numbers, Bools]:
        timed = self.kind == IN_TIME
        between = self.between(started, due, dated & ~timed)
        return np.where(timed, self.of("budget"), np.maximum(between, 0)), timed | dated


def sums_of(values: NDArray[Any]) -> Numbers:
    """The sum before each value, and that of all."""
    found = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=found[1:])
    return found


STOPPED, CANCELLED = ACTIVITIES.index("stopped"), ACTIVITIES.index("cancelled")
RUNNING, PAUSED = (ACTIVITIES.index(one) for one in ACTIVE)
