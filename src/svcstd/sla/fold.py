"""The fold: a case's ordered events, seen by one objective, become the stretches of its clock's life.

Nothing here measures time. The fold says from when to when the clock ran or was paused, under which row of the target
table and in whose hands; :mod:`svcstd.sla.reckoning` turns that into due times and verdicts.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple, TypeAlias

import attrs

from svcstd.conditions import Facts
from svcstd.keyed import EMPTY
from svcstd.sla.events import Case, Event, in_order
from svcstd.sla.objective import Objective, Row

__all__ = ["Activity", "Life", "Stretch", "fold"]

Activity: TypeAlias = Literal["not_started", "running", "paused", "stopped", "cancelled"]


class Stretch(NamedTuple):
    """A stretch of a clock's life in which nothing changed.

    Attributes:
        start, end: UTC microseconds, half-open.
        activity: ``running`` or ``paused``.
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


@attrs.frozen
class Life:
    """All of a clock's life that is known.

    Attributes:
        activity: at the end.
        start: when it first ran, UTC microseconds.
        end: when it stopped or was cancelled.
        row: the promise in force at the end; ``None`` for no promise.
        facts: what was known at the end.
        stretches: what lay between, without holes.
        retargets: instants at which a row came into force, the first at the start, with the row or ``None``; of several
            at one instant the last.
    """

    activity: Activity
    start: int | None
    end: int | None
    row: Row | None
    facts: Facts
    stretches: tuple[Stretch, ...]
    retargets: tuple[tuple[int, Row | None], ...]


class _Clock:
    """The state of the fold while it runs; it never leaves this module."""

    __slots__ = (
        "activity",
        "agent",
        "begun",
        "end",
        "facts",
        "group",
        "open",
        "reason",
        "retargets",
        "row",
        "start",
        "told",
    )

    def __init__(self, case: Case, row: Row | None) -> None:
        self.activity: Activity = "not_started"
        self.start: int | None = None
        self.end: int | None = None
        self.begun = 0
        self.row = row
        self.retargets: list[tuple[int, Row | None]] = []
        self.facts = case.facts
        self.group: str | None = None
        self.agent: str | None = None
        self.reason = ""
        self.open: set[str] = set()
        self.told: list[Stretch] = []

    def close(self, at: int) -> None:
        """End the stretch that runs, if it has any length."""
        if self.activity in ("running", "paused") and at > self.begun:
            self.told.append(Stretch(self.begun, at, self.activity, self.row, self.group, self.agent, self.reason))
        self.begun = at


def fold(objective: Objective, case: Case, *, as_of: int, known_at: int | None = None) -> Life:
    """The life of one objective's clock up to *as_of*."""
    rule = objective.clock
    events = in_order(case.events, rule.ranks, as_of=as_of, known_at=known_at)
    first = _promise(objective, case.facts)
    clock = _Clock(case, first)
    for event in events:
        if clock.end is not None:
            break
        if event.group is not None:
            _hands(clock, event)
        if event.facts is EMPTY:
            for signal, key in rule.signals(event.kind, clock.facts):
                _obey(clock, signal, key, event)
        else:
            _learn(clock, objective, event)
    clock.close(as_of)
    return _life(clock, first)


def _learn(clock: _Clock, objective: Objective, event: Event) -> None:
    """Take in new facts: after whatever starts, stops or pauses the clock, before what resumes it."""
    clock.facts = clock.facts | event.facts
    told = objective.clock.signals(event.kind, clock.facts)
    for signal, key in told:
        if signal != "resume":
            _obey(clock, signal, key, event)
    if clock.end is None:
        _retarget(clock, objective, event)
    for signal, key in told:
        if signal == "resume":
            _obey(clock, signal, key, event)


def _retarget(clock: _Clock, objective: Objective, event: Event) -> None:
    row = _promise(objective, clock.facts)
    if row != clock.row:
        clock.close(event.instant)
        clock.row, clock.reason = row, event.kind
        clock.retargets.append((event.instant, row))


def _promise(objective: Objective, facts: Facts) -> Row | None:
    return objective.row(facts) if objective.when.holds(facts) else None


def _hands(clock: _Clock, event: Event) -> None:
    if (event.group, event.actor) != (clock.group, clock.agent):
        clock.close(event.instant)
        clock.group, clock.agent, clock.reason = event.group, event.actor, event.kind


def _obey(clock: _Clock, signal: str, key: str, event: Event) -> None:
    if signal == "pause":
        clock.open.add(key)
    elif signal == "resume":
        clock.open.discard(key)
    elif signal == "start":
        if clock.start is None:
            clock.start = event.instant
    elif clock.start is not None:
        clock.close(event.instant)
        clock.activity = "stopped" if signal == "stop" else "cancelled"
        clock.end = event.instant
        return
    _turn(clock, event)


def _turn(clock: _Clock, event: Event) -> None:
    """Run or pause, as the open keys say."""
    if clock.start is None or clock.end is not None:
        return
    activity: Activity = "paused" if clock.open else "running"
    if activity != clock.activity:
        clock.close(event.instant)
        clock.activity, clock.reason = activity, event.kind


def _life(clock: _Clock, first: Row | None) -> Life:
    start = clock.start
    if start is None:
        return Life(clock.activity, None, None, clock.row, clock.facts, (), ())
    rows = {start: first} | {max(at, start): row for at, row in clock.retargets}
    changes = tuple(next(same) for _, same in groupby(rows.items(), key=itemgetter(1)))
    return Life(clock.activity, start, clock.end, clock.row, clock.facts, tuple(clock.told), changes)
