"""What happened to a case: immutable events, and the order in which they count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs
from pendulum import UTC, DateTime

from svcstd.conditions import Facts, FactValue
from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY, Keyed, as_tuple
from svcstd.moment import FIRST, micros, moment

__all__ = ["OTHER_RANK", "Case", "Event", "in_order"]

OTHER_RANK = 8
"""Rank of an event that gives no signal of its own; it may change facts."""


@attrs.frozen(init=False, repr=False)
class Event:
    """One thing that happened.

    Attributes:
        kind: a declared event of the standard.
        instant: when it happened, UTC microseconds (``at`` is the same as a moment).
        actor: who did it.
        group: to whose hands the case belongs from then on.
        facts: what became known by it, and holds from then on.
        details: what is true of this event alone: who spoke, whether in public.
        reason: why, in somebody's words; for waivers and due times given by hand.
        due: the due time that it sets by hand.
        since: from when the clock counts, for an event that merges an older case into this one.
        id: its identity; an event with the id of an earlier one is that event, told twice.
        recorded: when it was recorded, UTC microseconds; by default when it happened.
        seq: its place among events of the same instant.

    Raises:
        MomentError: a naive moment.

    >>> from pendulum import datetime
    >>> Event("opened", at=datetime(2026, 2, 13, 16, tz="Asia/Shanghai"))
    <Event opened 2026-02-13T08:00:00+00:00>
    """

    kind: str
    instant: int
    actor: str | None
    group: str | None
    facts: Keyed[str, FactValue]
    details: Keyed[str, FactValue]
    reason: str | None
    due: int | None
    since: int | None
    id: str | None
    recorded: int
    seq: int | None

    def __init__(
        self,
        kind: str,
        *,
        at: datetime,
        actor: str | None = None,
        group: str | None = None,
        facts: Facts = EMPTY,
        details: Facts = EMPTY,
        reason: str | None = None,
        due: datetime | None = None,
        since: datetime | None = None,
        id: str | None = None,  # noqa: A002 - the word of every help desk
        recorded_at: datetime | None = None,
        seq: int | None = None,
    ) -> None:
        if not isinstance(kind, str):
            raise DefinitionError("kind", "case.kind", value=repr(kind))
        instant = micros(at)
        recorded = instant if recorded_at is None else micros(recorded_at, "recorded_at")
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue] - attrs makes it
            kind,
            instant,
            actor,
            group,
            _keyed(facts),
            EMPTY if details is EMPTY else _keyed(details, "details"),
            reason,
            None if due is None else micros(due, "due"),
            None if since is None else micros(since, "since"),
            id,
            recorded,
            seq,
        )

    def with_facts(self, facts: Facts, details: Facts) -> Event:
        """The same event, telling other facts."""
        told = {"facts": _keyed(facts), "details": _keyed(details, "details")}
        again = object.__new__(Event)
        again.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue] - attrs makes it
            *(told.get(field.name, getattr(self, field.name)) for field in attrs.fields(Event))
        )
        return again

    @property
    def at(self) -> DateTime:
        """When it happened, in UTC."""
        return moment(self.instant, UTC)

    @property
    def recorded_at(self) -> DateTime:
        """When it was recorded, in UTC."""
        return moment(self.recorded, UTC)

    def __repr__(self) -> str:
        return f"<Event {self.kind} {self.at.isoformat()}>"


def _keyed(facts: Facts, where: str = "facts") -> Keyed[str, FactValue]:
    if not isinstance(facts, Mapping):
        raise DefinitionError(where, "case.facts", value=repr(facts))
    return facts if isinstance(facts, Keyed) else Keyed(facts)


@attrs.frozen(repr=False)
class Case:
    """A consultation, fault, complaint or request: its facts and what happened to it.

    Attributes:
        id: its name in the caller's system.
        facts: what was known from the beginning.
        events: in any order.
        origin: id of the case or opinion that it came from, when it was split off or converted.
    """

    id: str
    facts: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=_keyed)
    events: tuple[Event, ...] = attrs.field(default=(), converter=as_tuple)
    origin: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.id, str):
            raise DefinitionError("id", "case.id", value=repr(self.id))
        wrong = [event for event in self.events if not isinstance(event, Event)]
        if wrong:
            raise DefinitionError("events", "case.events", value=repr(wrong[0]))

    def with_event(self, *events: Event) -> Case:
        """This case after one more event, or several."""
        return attrs.evolve(self, events=(*self.events, *events))

    @property
    def last(self) -> Event:
        """What happened last, of several at one instant the last that was told.

        Raises:
            DefinitionError: nothing happened yet.

        >>> from pendulum import datetime
        >>> at = datetime(2026, 2, 3, 9)
        >>> Case("T1", events=[Event("closed", at=at.add(hours=2)), Event("opened", at=at)]).last.kind
        'closed'
        """
        if not self.events:
            raise DefinitionError("events", "shape.empty")
        return max(reversed(self.events), key=lambda event: event.instant)

    def facts_at(self, instant: int, *, known_at: int | None = None) -> Keyed[str, FactValue]:
        """What was known of it at an instant, UTC microseconds; without what was recorded after *known_at*."""
        facts = self.facts
        for event in in_order(self.events, {}, as_of=instant, known_at=known_at):
            facts = facts if event.facts is EMPTY else facts | event.facts
        return facts

    def __repr__(self) -> str:
        return f"<Case {self.id}: {dict(self.facts)}, {len(self.events)} events>"


def must_be_case(case: object, where: str = "case") -> None:
    """Refuse what is no case, before it is asked for its events."""
    if not isinstance(case, Case):
        raise DefinitionError(where, "case.type", value=type(case).__name__)


def _told_first(listed: tuple[int, Event]) -> tuple[int, int]:
    """Of an event told twice, what was recorded first counts, whatever the order of the list."""
    return listed[1].recorded, listed[1].instant


def in_order(
    events: Iterable[Event],
    ranks: Mapping[str, int],
    *,
    as_of: int,
    known_at: int | None = None,
) -> list[Event]:
    """The events that count, in the order in which they count.

    An event recorded after *known_at*, one whose id came before and one after *as_of* are left out. At one instant the
    declared ``seq`` decides, then *ranks* by kind, then the order given.
    """
    listed = tuple(events)
    if known_at is None and _told_in_order(listed):
        return [event for event in listed if event.instant <= as_of]
    return _sorted(listed, ranks, as_of=as_of, known_at=known_at)


def _told_in_order(events: tuple[Event, ...]) -> bool:
    """Whether each came after the one before, and none may have been told twice: most cases, and nothing to sort."""
    last = FIRST - 1
    for event in events:
        if event.instant <= last or event.id is not None:
            return False
        last = event.instant
    return True


def _sorted(events: tuple[Event, ...], ranks: Mapping[str, int], *, as_of: int, known_at: int | None) -> list[Event]:
    seen: set[str] = set()
    found = []
    listed = list(enumerate(events))
    if any(event.id is not None for _, event in listed):
        listed.sort(key=_told_first)
    for number, event in listed:
        if event.id in seen or (known_at is not None and event.recorded > known_at):
            continue
        if event.id is not None:
            seen.add(event.id)
        if event.instant <= as_of:
            found.append(
                (event.instant, event.seq is None, event.seq or 0, ranks.get(event.kind, OTHER_RANK), number, event)
            )
    found.sort()  # the number is unique, so that events themselves are never compared
    return [event for *_, event in found]
