"""The fold: a case's ordered events, seen by one objective, become the stretches of its clock's life.

Nothing here measures time. The fold says from when to when the clock ran, was paused or stood decided, under which row
of the target table and in whose hands; :mod:`svcstd.sla.reckoning` turns that into due times and verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

import attrs

from svcstd.conditions import Facts, FactValue
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import FIRST
from svcstd.sla.events import Case, Event, in_order
from svcstd.sla.objective import BY_HAND, Objective, Row
from svcstd.sla.targets import FixedInstant

__all__ = ["Activity", "ByHand", "Choose", "Life", "Promise", "Stretch", "Waiver", "fold"]

Activity: TypeAlias = Literal["not_started", "running", "paused", "stopped", "cancelled"]
Choose: TypeAlias = "str | Callable[[Facts, str | None], str]"
"""The key of the calendar that counts; or how to find it, by the facts of the case and the group that holds it."""


class Stretch(NamedTuple):
    """A stretch of a clock's life in which nothing changed.

    Attributes:
        start, end: UTC microseconds, half-open.
        activity: ``running`` or ``paused``; ``stopped`` or ``cancelled`` until it was reopened.
        row: the promise in force; ``None`` before the case fell under any.
        group, agent: in whose hands the case was.
        reason: kind of the event that began it.
    """

    start: int
    end: int
    activity: Activity
    row: Row | None
    group: str | None
    agent: str | None
    reason: str


class ByHand(NamedTuple):
    """Who set a due time by hand, when, and why."""

    instant: int
    actor: str | None = None
    words: str | None = None


class Promise(NamedTuple):
    """A row of the table, from when it was in force.

    Attributes:
        at: from when, UTC microseconds.
        row: the promise, or ``None`` when none applied.
        start: the instant from which its budget counts.
        reason: kind of the event that brought it.
        by_hand: who set it, for a due time set by hand.
        paused: whether the clock was paused when it came into force.
    """

    at: int
    row: Row | None
    start: int
    reason: str = ""
    by_hand: ByHand | None = None
    paused: bool = False


@attrs.frozen
class Waiver:
    """A promise that somebody gave up, with who and why.

    Attributes:
        instant: when, UTC microseconds.
        actor: who.
        words: why.
    """

    instant: int
    actor: str | None = None
    words: str | None = None


@attrs.frozen(kw_only=True)
class Life:
    """All of a clock's life that is known; of a clock that runs again and again, its last cycle.

    Attributes:
        activity: at the end.
        start: when it first ran, UTC microseconds.
        end: when it stopped or was cancelled.
        row: the promise in force at the end; ``None`` for no promise.
        facts: what was known at the end.
        stretches: what lay between, without holes.
        promises: the rows that were in force since the start, of several at one instant the last.
        waiver: by which the promise was given up.
        counts: instants of the events that were counted.
        told: the counts that a fact told, each with its instant; the last one counts.
        group, agent: in whose hands the case is.
        earlier: the cycles before, the first first.
    """

    activity: Activity
    start: int | None = None
    end: int | None = None
    row: Row | None = None
    facts: Facts = EMPTY
    stretches: tuple[Stretch, ...] = ()
    promises: tuple[Promise, ...] = ()
    waiver: Waiver | None = None
    counts: tuple[int, ...] = ()
    told: tuple[tuple[int, int], ...] = ()
    group: str | None = None
    agent: str | None = None
    earlier: tuple[Life, ...] = ()

    @property
    def last_row(self) -> Row | None:
        """The promise in force, or the last that was."""
        if self.row is not None:
            return self.row
        return next((one.row for one in reversed(self.promises) if one.row is not None), None)


def fold(
    objective: Objective,
    case: Case,
    *,
    as_of: int,
    known_at: int | None = None,
    choose: Choose | None = None,
    answered_at: int | None = None,
) -> Life:
    """The life of one objective's clock up to *as_of*.

    Args:
        objective: the promise.
        case: its facts and events.
        as_of: later events are not yet there, UTC microseconds.
        known_at: leave out what was recorded after this.
        choose: the calendar, by key or by facts and group; by default the objective's own.
        answered_at: suppose that the clock is answered at this instant, and read it then.
    """
    until = as_of if answered_at is None else answered_at
    clock = Clock(objective, case.facts, choose)
    lasts = objective.exclude is not None or not objective.clock.ends_for_good
    for event in in_order(case.events, objective.clock.ranks, as_of=until, known_at=known_at):
        if clock.end is not None and not lasts:
            break
        clock.hear(event)
    if answered_at is not None and clock.start is not None and clock.end is None:
        clock.stop(answered_at, "stopped", "")
    return clock.life(until)


class Clock:
    """The state of the fold. It hears one event after the other, and may be read in between."""

    __slots__ = (
        "activity",
        "agent",
        "ahead",
        "begun",
        "by_hand",
        "choose",
        "counts",
        "end",
        "facts",
        "gap",
        "group",
        "held",
        "lives",
        "objective",
        "open",
        "promises",
        "reason",
        "row",
        "set_by",
        "start",
        "stretches",
        "told",
        "waiver",
    )

    objective: Objective
    facts: Keyed[str, FactValue]
    choose: Choose
    held: bool
    begun: int
    reason: str
    ahead: bool

    def __init__(self, objective: Objective, facts: Keyed[str, FactValue], choose: Choose | None = None) -> None:
        self.objective, self.facts, self.choose = objective, facts, objective.calendar if choose is None else choose
        self.group: str | None = None
        self.agent: str | None = None
        self.open: set[str] = set()
        self.lives: list[Life] = []
        self.held = self._is_held()
        self._fresh()
        self._count_told(FIRST, facts)

    def _fresh(self) -> None:
        """A clock that has not begun."""
        self.activity: Activity = "not_started"
        self.start: int | None = None
        self.end: int | None = None
        self.begun = 0
        self.reason = ""
        self.by_hand: Row | None = None
        self.set_by: ByHand | None = None
        self.ahead = False
        self.waiver: Waiver | None = None
        self.counts: list[int] = []
        self.told: list[tuple[int, int]] = []
        self.stretches: list[Stretch] = []
        self.gap: list[Stretch] = []
        self.promises: list[Promise] = []
        self.row: Row | None = None
        self.row = self._promised()

    def hear(self, event: Event) -> None:
        """Take in one event: new facts and hands count after whatever starts, stops or pauses, before what resumes."""
        moved = event.group is not None and event.group != self.group
        turned = self._hands(event) if event.group is not None else False
        rule = self.objective.clock
        if event.facts is EMPTY and event.details is EMPTY and not turned:
            for signal, key in rule.signals(event.kind, self.facts, moved=moved):
                self._obey(signal, key, event)
            return
        self.facts = self.facts if event.facts is EMPTY else self.facts | event.facts
        context = self.facts if event.details is EMPTY else self.facts | event.details
        told = rule.signals(event.kind, context, moved=moved)
        self._count_told(event.instant, event.facts | event.details)
        for signal, key in told:
            if signal != "resume":
                self._obey(signal, key, event)
        if not self.told:  # the event began a cycle, and is the first to tell of it
            self._count_told(event.instant, event.facts | event.details)
        if event.facts is not EMPTY or turned:
            self.held = self._is_held()
            self._retarget(event)
            self._turn(event)
        for signal, key in told:
            if signal == "resume":
                self._obey(signal, key, event)

    def _is_held(self) -> bool:
        held = self.objective.clock.paused_while
        return held is not None and held.holds(self.facts) is True

    def _count_told(self, at: int, known: Mapping[str, object]) -> None:
        value = known.get(self.objective.clock.count_fact)
        if self.end is None and type(value) is int:
            self.told.append((at, value))

    def _close(self, at: int) -> None:
        """End the stretch that runs, if it has any length."""
        if self.start is not None and at > self.begun:
            kept = self.stretches if self.end is None else self.gap
            kept.append(Stretch(self.begun, at, self.activity, self.row, self.group, self.agent, self.reason))
            self.begun = at

    def _hands(self, event: Event) -> bool:
        """Pass the case on; whether another calendar may count from now on."""
        if (event.group, event.actor) == (self.group, self.agent):
            return False
        self._close(event.instant)
        self.group, self.agent, self.reason = event.group, event.actor, event.kind
        return not isinstance(self.choose, str)

    def _obey(self, signal: str, key: str, event: Event) -> None:
        if signal == "pause":
            self.open.add(key)
            self._turn(event)
        elif signal == "resume":
            self.open.discard(key)
            self._turn(event)
        elif signal == "start":
            self._start(event)
        elif signal not in ("stop", "cancel"):
            self._obey_rarely(signal, event)
        elif self.start is not None and self.end is None:
            self.stop(event.instant, "stopped" if signal == "stop" else "cancelled", event.kind)

    def _obey_rarely(self, signal: str, event: Event) -> None:
        match signal:
            case "reopen":
                self._reopen(event)
            case "waive" if self.waiver is None:
                self.waiver = Waiver(event.instant, event.actor, event.reason)
            case "promise":
                self._promise_by_hand(event)
            case "merge":
                self._merge(event)
            case "count" if self.start is not None and self.end is None:
                self.counts.append(event.instant)

    def _start(self, event: Event) -> None:
        if self.end is not None and self.objective.clock.cycles:
            self._archive(event)
        if self.start is None:
            self._begin(event.instant, event)

    def _begin(self, start: int, event: Event) -> None:
        """Run from *start* on; the promise is made when the event says so."""
        self.start = self.begun = start
        self._turn(event)
        self._promise(event, self.row)

    def stop(self, at: int, activity: Activity, reason: str) -> None:
        """Decide the clock, or end it without an answer."""
        self._close(at)
        self.activity, self.end, self.begun, self.reason = activity, at, at, reason

    def _turn(self, event: Event) -> None:
        """Run or pause, as the open keys say."""
        if self.start is None or self.end is not None:
            return
        activity: Activity = "paused" if self.open or self.held else "running"
        if activity != self.activity:
            if self.activity != "not_started":
                self._close(event.instant)
            self.activity, self.reason = activity, event.kind

    def _reopen(self, event: Event) -> None:
        how = self.objective.terms.reopen
        if self.end is None or how == "stay":
            return
        self.open.clear()
        if how == "new_cycle":
            self._archive(event)
            self._begin(event.instant, event)
            return
        self._close(event.instant)
        self.stretches += self.gap
        self.gap, self.end, self.ahead = [], None, False
        self._turn(event)
        self._retarget(event)

    def _archive(self, event: Event) -> None:
        """Put this cycle on record, and make ready for the next, for which a due time may have been set meanwhile."""
        life = self._life(self.begun)
        if self.stretches and self.end == event.instant:  # it was ended by the hands that held it until then
            life = attrs.evolve(life, group=self.stretches[-1].group, agent=self.stretches[-1].agent)
        self.lives.append(life)
        ahead, by_hand, set_by = self.ahead, self.by_hand, self.set_by
        self._fresh()
        if ahead:
            self.by_hand, self.set_by = by_hand, set_by
            self.row = self._promised()

    def _merge(self, event: Event) -> None:
        """Count from the start of the older case; the promise so made cannot be broken before it was made."""
        since = event.since
        if since is None or since > event.instant or self.end is not None:
            return  # what is later than the merge is no older case
        first = event.instant if self.start is None else min(one.start for one in self.promises)
        if self.start is not None and since >= first:
            return
        self._close(event.instant)
        if since < first:
            self.stretches.insert(0, Stretch(since, first, "running", self.row, None, None, event.kind))
        if self.start is None:
            self.begun = event.instant
        self.start, self.reason = since, event.kind
        self._turn(event)
        self._promise(event, self.row)

    def _promise_by_hand(self, event: Event) -> None:
        calendar = self.row.calendar if self.row is not None else ""
        due = event.due
        self.by_hand = None if due is None else Row(BY_HAND, FixedInstant(due), calendar)
        self.set_by = None if due is None else ByHand(event.instant, event.actor, event.reason)
        self.ahead = self.end is not None
        self._retarget(event)

    def _promised(self, at: int | None = None) -> Row | None:
        """The row that applies at an instant."""
        objective = self.objective
        if objective.when.tests and not objective.when.holds(self.facts):
            return None
        if self.by_hand is not None:
            return self.by_hand
        if objective.terms.retarget == "stay":
            made = (one.row for one in self.promises if at is not None and one.at < at)
            first = next((row for row in made if row is not None and row.key != BY_HAND), None)
            if first is not None:
                return first
        choose = self.choose
        return objective.row(self.facts, choose if isinstance(choose, str) else choose(self.facts, self.group))

    def _retarget(self, event: Event) -> None:
        if self.end is not None:
            return  # decided: a change of facts waits until it is reopened
        row = self._promised(event.instant)
        if row == self.row:
            return
        if self.start is None:
            self.row = row
            return
        before = next((one for one in reversed(self.promises) if one.at < event.instant), None)
        held = before.row if before is not None else None
        if held is None and row is not None and self.objective.terms.attach == "from_attachment":
            self._attach(event)
        else:
            self._close(event.instant)
        self.row, self.reason = row, event.kind
        if self.objective.terms.retarget == "restart" and before is not None and held is not None:
            if row not in (None, held):
                self.start = event.instant
            elif self.start == event.instant:
                self.start = before.start  # what was begun anew at this very instant, and is gone, changes nothing
        self._promise(event, row)

    def _attach(self, event: Event) -> None:
        """Count from now on: what lay before belongs to no promise, or to one that has ended."""
        activity = self.activity
        if any(one.row is not None and one.at < event.instant for one in self.promises):
            by_hand = self.by_hand, self.set_by
            self._archive(event)
            self.by_hand, self.set_by = by_hand  # agreed for the case, not for one time that the promise applied
        self.stretches, self.promises = [], []
        self.activity, self.start, self.begun = activity, event.instant, event.instant

    def _promise(self, event: Event, row: Row | None) -> None:
        assert self.start is not None  # noqa: S101 - asked by every caller
        by_hand = self.set_by if row is not None and row.key == BY_HAND else None
        made = Promise(event.instant, row, self.start, event.kind, by_hand, self.activity == "paused")
        if self.promises and self.promises[-1].at >= event.instant:
            self.promises.pop()  # a promise replaced at its own instant was never in force
        if not self.promises or self.promises[-1][1:3] != made[1:3]:
            self.promises.append(made)

    def life(self, as_of: int) -> Life:
        """All that is known at an instant; the clock may go on hearing."""
        return self._life(as_of, tuple(self.lives))

    def _life(self, as_of: int, earlier: tuple[Life, ...] = ()) -> Life:
        stretches = self.stretches
        if self.activity in ("running", "paused") and as_of > self.begun:
            last = Stretch(self.begun, as_of, self.activity, self.row, self.group, self.agent, self.reason)
            stretches = [*stretches, last]
        return Life(
            activity=self.activity,
            start=_earliest(self.promises),
            end=self.end,
            row=self.row,
            facts=self.facts,
            stretches=tuple(stretches),
            promises=tuple(self.promises),
            waiver=self.waiver,
            counts=tuple(self.counts),
            told=tuple(self.told),
            group=self.group,
            agent=self.agent,
            earlier=earlier,
        )


def _earliest(promises: list[Promise]) -> int | None:
    if len(promises) > 1:
        return min(one.start for one in promises)
    return promises[0].start if promises else None
