"""What a clock says at an instant: due or problem, elapsed, remaining, activity and verdict.

A reading is a value; :mod:`svcstd.sla.reckoning` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

import attrs
from pendulum import DateTime

from svcstd.calendars import Calendar
from svcstd.errors import CoverageError, SvcstdError
from svcstd.explain import Explanation
from svcstd.keyed import EMPTY
from svcstd.moment import moment, timezone
from svcstd.sla.fold import Activity, Promise, Waiver
from svcstd.sla.notice import Notice
from svcstd.sla.targets import Target
from svcstd.sla.yardstick import ONE

__all__ = ["Breach", "Reading", "Segment", "Verdict"]

Verdict: TypeAlias = Literal["open", "met", "met_late", "late_open", "waived", "excluded", "unknown"]


class Segment(NamedTuple):
    """A stretch of a clock's life, measured.

    Attributes:
        start, end: UTC microseconds, half-open.
        activity: ``running`` or ``paused``; ``stopped`` or ``cancelled`` until it was reopened.
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
        cycle: 1, or which time the clock runs.
        row: key of the target row, ``else``, ``by hand``, or empty where there is no table.
        target: what is promised.
        edition: first day of the edition it is read under; empty for the first.
        zone: of the moments.
        calendar: key of the calendar; empty for the UTC line.
        digest: of the calendar's content, holidays included; empty for the UTC line.
        activity: ``not_started``, ``running``, ``paused``, ``stopped`` or ``cancelled``.
        verdict: ``open``, ``met``, ``met_late``, ``late_open``, ``waived``, ``excluded`` or ``unknown``.
        elapsed: what was used up; ``None`` where holidays are unknown.
        budget: what the promise comes to; ``None`` for a count, or where no due time is known.
        remaining: what is left, zero or more; ``None`` for a count, or where it is unknown.
        overrun: how far it ran past its due, as its target counts; zero in time, ``None`` as for remaining.
        breaches: every promise broken on the way, with its instant.
        count: what was counted, for a limit to a count.
        advice: what is worth saying though it breaks no promise: ``too_early``.
        exempt: the case is handled alike but counts for nothing.
        group, agent: in whose hands the case is.
        waiver: by which the promise was given up.
        problem: why there is no due time.
        assumptions: what was taken for granted, for want of data.
        notices, coming: escalations that fired, and that will fire if nothing else happens.
        segments: the measured life of the clock, without holes.
        promises: the rows that were in force, with when and why.
        earlier: readings of the cycles before, the first first.
    """

    objective: str
    name: str
    cycle: int = 1
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
    budget: timedelta | None = None
    remaining: timedelta | None
    overrun: timedelta | None = None
    breached: int | None
    breaches: tuple[Breach, ...]
    answer_by: int | None = None
    changes: int | None
    count: int | None = None
    advice: tuple[str, ...] = ()
    exempt: bool = False
    group: str | None = None
    agent: str | None = None
    waiver: Waiver | None = None
    problem: SvcstdError | None = attrs.field(eq=str)
    assumptions: tuple[str, ...]
    notices: tuple[Notice, ...] = ()
    coming: tuple[Notice, ...] = ()
    segments: tuple[Segment, ...]
    promises: tuple[Promise, ...] = ()
    earlier: tuple[Reading, ...] = ()
    _hours: Mapping[str, Calendar] = attrs.field(default=EMPTY, eq=False, alias="hours")
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
        """The next instant at which this reading differs, if nothing else happens.

        One microsecond past the due time, or the next notice.
        """
        return self._moment(self.changes)

    @property
    def act_by(self) -> DateTime | None:
        """The latest instant at which an answer keeps the promise; ``None`` if it is decided or has no due yet."""
        return self._moment(self.answer_by)

    @property
    def used(self) -> Fraction | None:
        """The share of the promise that is used up, 1 at the due time; ``None`` where either is unknown."""
        if not self.budget or self.remaining is None or self.overrun is None:
            return None
        return 1 - Fraction((self.remaining - self.overrun) // ONE, self.budget // ONE)

    @property
    def cycles(self) -> tuple[Reading, ...]:
        """This clock's cycles in order, this one last."""
        return (*self.earlier, self)

    def open_spans(self, calendar: str, start: int, end: int) -> list[tuple[int, int]] | None:
        """When one of its calendars is open between two instants, UTC microseconds; for pictures.

        ``None`` where nothing is known of that: on the UTC line, past the known holidays, or read back from JSON.
        """
        hours = self._hours.get(calendar)
        if hours is None:
            return None
        try:
            return hours.timeline.spans(start, end)
        except CoverageError:
            return None

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
        due = self.due.isoformat() if self.due else self.problem.problem if self.problem else None
        return f"<Reading {self.objective}: {self.activity}, {self.verdict}, due {due}>"
