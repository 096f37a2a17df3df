"""A ticket as a case: what its history says, in the words of the standard. Pure: no query, no clock, no Django.

The rows of django-helpdesk are gathered in :mod:`promises.history`. They carry microseconds, in which nobody promises
anything: a case counts in whole seconds, and what happened within one keeps its order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Literal, TypeAlias

import attrs

from svcstd import Case, Event

Speaker: TypeAlias = Literal["agent", "customer", "program"]

PRIORITIES: Mapping[int, str] = {1: "critical", 2: "high", 3: "normal", 4: "low", 5: "very low"}
"""The numbers of the help desk in the words of the standard."""

BREATH = timedelta(seconds=5)
"""A form writes the ticket and the request as its first follow-up one after the other: that one answers nobody."""

SETTLED = timedelta(minutes=1)
"""The help desk saves a ticket before or after it writes down what changed, and sends mail in between.

Once a ticket was saved so long ago, nothing more will be written.
"""


@attrs.frozen
class State:
    """How a ticket stands.

    Attributes:
        status: number of the help desk.
        on_hold: whether it waits.
        priority: 1, the highest, to 5.
        queue: slug.
    """

    status: int
    on_hold: bool
    priority: int
    queue: str


@attrs.frozen
class Statuses:
    """What the numbers of the help desk mean.

    Attributes:
        new: of a ticket that was just opened.
        open: work is to be done.
        resolved: it is answered.
        duplicate: it was merged into another.
    """

    new: int
    open: frozenset[int]
    resolved: int
    duplicate: int


@attrs.frozen
class Line:
    """One entry of a ticket's history.

    Attributes:
        key: of the row; the same row has the same key.
        at: when.
        by: who speaks.
        actor: the name of the user; ``None`` for nobody.
        public: whether the customer gets it.
        speaks: whether it has words for somebody.
        changes: names of fields of :class:`State` with their old and new values.
        raised: it is an escalation of ours, whose priority orders the work but changes no promise.
    """

    key: str
    at: datetime
    by: Speaker = "program"
    actor: str | None = None
    public: bool = False
    speaks: bool = False
    changes: tuple[tuple[str, object, object], ...] = ()
    raised: bool = False


@attrs.frozen
class Absorbed:
    """Another ticket that was merged into this one: its key, when, and since when its customer waits."""

    key: str
    at: datetime
    since: datetime


@attrs.frozen
class Record:
    """A ticket and all that is written about it.

    Attributes:
        ticket: its number.
        created: when it was opened.
        saved: when it was last saved.
        now: how it stands.
        first: how it stood when it was first seen; ``None`` if that is now.
        lines: its history, in any order.
        absorbed: what was merged into it.
    """

    ticket: int
    created: datetime
    saved: datetime
    now: State
    lines: tuple[Line, ...]
    first: State | None = None
    absorbed: tuple[Absorbed, ...] = ()


def case_of(record: Record, statuses: Statuses) -> Case:
    """The case of a ticket: facts with which it began, and an event for each thing that happened."""
    first = first_state(record, statuses)
    return Case(str(record.ticket), _facts(first), tuple(_events(record, first, statuses)))


def first_state(record: Record, statuses: Statuses) -> State:
    """How a ticket stood when it was opened.

    What was not kept is found backwards: the old value of the first change of a field, or how it stands now.
    """
    if record.first is not None:
        return record.first
    found = {"priority": record.now.priority, "queue": record.now.queue}
    for line in reversed(_in_order(record)):
        found.update({name: old for name, old, _ in line.changes if name in found})
    return State(status=statuses.new, on_hold=False, **found)


def untold(record: Record, statuses: Statuses) -> Mapping[str, tuple[object, object]]:
    """By field, old and new values of what changed without a line in the history.

    The form that edits a ticket, the admin, the programming interface and merging write no history. Before a ticket
    has :data:`SETTLED`, the line may yet come.
    """
    told = first_state(record, statuses)
    for line in _in_order(record):
        told = attrs.evolve(told, **{name: new for name, _, new in line.changes})
    was, now = attrs.asdict(told), attrs.asdict(record.now)
    return {name: (was[name], now[name]) for name in now if was[name] != now[name]}


def _in_order(record: Record) -> list[Line]:
    return sorted(record.lines, key=lambda line: (line.at, line.key))


def _facts(state: State) -> dict[str, str | None]:
    """The facts of a promise; a priority that the desk made up itself is not known, so that the row ``else`` holds."""
    return {"queue": state.queue, "priority": PRIORITIES.get(state.priority)}


def _events(record: Record, state: State, statuses: Statuses) -> Iterator[Event]:
    numbers = count()
    opened = _second(record.created)
    yield Event("opened", at=opened, id="opened", seq=next(numbers))
    for other in record.absorbed:
        yield Event("merged", at=_second(other.at), since=_second(other.since), id=other.key, seq=next(numbers))
    lines = _in_order(record)
    if lines and not lines[0].changes and lines[0].at - record.created < BREATH:
        lines = lines[1:]
    for line in lines:
        after = attrs.evolve(state, **{name: new for name, _, new in line.changes})
        for kind, told in _told(line, state, after, statuses):
            at = max(_second(line.at), opened)
            yield Event(kind, at=at, actor=line.actor, id=f"{line.key} {kind}", seq=next(numbers), **told)
        state = after


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _told(
    line: Line, before: State, after: State, statuses: Statuses
) -> Iterator[tuple[str, Mapping[str, Mapping[str, object]]]]:
    """Kinds of events that a line tells, each with its facts or details."""
    if line.speaks:
        yield "message", {"details": {"by": line.by, "public": line.public}}
    for kind in filter(None, (_held(before, after), _decided(before, after, statuses))):
        yield kind, {}
    was, facts = _facts(before), _facts(after if not line.raised else attrs.evolve(after, priority=before.priority))
    changed = {name: facts[name] for name in facts if facts[name] != was[name]}
    if changed:
        yield "changed", {"facts": changed}


def _held(before: State, after: State) -> str | None:
    if before.on_hold == after.on_hold:
        return None
    return "on_hold" if after.on_hold else "off_hold"


def _decided(before: State, after: State, statuses: Statuses) -> str | None:
    """What a change of status means; a status of the desk's own that is not open counts as closed."""
    if before.status == after.status:
        return None
    if after.status in statuses.open:
        return None if before.status in statuses.open else "reopened"
    return {statuses.resolved: "resolved", statuses.duplicate: "absorbed"}.get(after.status, "closed")
