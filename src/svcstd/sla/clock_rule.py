"""Which events start, pause, resume, stop and cancel a clock, and which change what it promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias

import attrs

from svcstd.conditions import ANYTHING, AllOf, Condition, Facts
from svcstd.errors import DefinitionError
from svcstd.keyed import as_tuple

__all__ = ["ANY_OTHER", "ClockRule", "On", "Pause", "Signal"]

Signal: TypeAlias = Literal[
    "start", "merge", "count", "stop", "cancel", "reopen", "waive", "promise", "pause", "resume"
]
NAMED: tuple[Signal, ...] = ("start", "merge", "count", "stop", "cancel", "reopen", "waive", "promise")
"""The signals that a rule names one by one; pauses have keys."""

RANKS: dict[str, int] = {
    "start": 0,
    "merge": 1,
    "count": 2,
    "stop": 3,
    "cancel": 4,
    "reopen": 5,
    "waive": 6,
    "pause": 7,
    "promise": 8,
    "resume": 9,
}
"""Order at one instant; a change of facts alone ranks between pause and resume."""
CYCLING_STOP = -1
"""A clock that runs again and again is answered before it is asked anew."""

UNHEARD = ""
"""Stands for every kind that no signal names."""
ANY_OTHER: Final = "any other event"
"""A pause that ends at whatever happens next, the pausing event itself excepted."""


@attrs.frozen
class On:
    """An event of this kind, if the condition holds on the facts it leaves behind and its own details.

    Attributes:
        kind: of the event.
        when: the condition; unknown is no.
        new_group: only if the event puts the case into the hands of another group than before.
    """

    kind: str
    when: Condition = ANYTHING
    new_group: bool = attrs.field(default=False, kw_only=True)


def _events(until: Iterable[On] | str) -> tuple[On, ...] | str:
    return until if isinstance(until, str) else tuple(until)


def _first_kind(pause: Pause) -> str:
    return pause.on[0].kind if pause.on else ""


@attrs.frozen
class Pause:
    """A reason to stop counting for a while.

    Attributes:
        on: the events that begin it.
        until: the events that end it, or ``"any other event"``.
        key: its name; a clock is paused while any key is open. By default the first pausing event's kind.

    Raises:
        DefinitionError: nothing begins it, or nothing ends it.
    """

    on: tuple[On, ...] = attrs.field(converter=as_tuple)
    until: tuple[On, ...] | str = attrs.field(default=ANY_OTHER, converter=_events)
    key: str = attrs.field(default=attrs.Factory(_first_kind, takes_self=True))

    def __attrs_post_init__(self) -> None:
        never_ends = self.until != ANY_OTHER if isinstance(self.until, str) else not self.until
        if not self.on or never_ends:
            raise DefinitionError("pause", "clock.pause", key=self.key)


def _signal() -> tuple[On, ...]:
    found: tuple[On, ...] = attrs.field(default=(), converter=as_tuple, kw_only=True)
    return found


@attrs.frozen
class ClockRule:
    """A clock's signals. Unless it *cycles* it runs once: the first start starts it, the first stop decides it.

    Attributes:
        start, stop: the events that begin and end it; one or more each.
        pauses: reasons to stop counting, each with its key.
        cancel: events that end it without an answer.
        reopen: events that set a stopped clock going again, as the objective's terms say.
        waive: events by which the promise is waived, with actor and reason.
        promise: events that set a due time by hand (``Event.due``), or without one, go back to the table.
        merge: events by which an older case is merged into this one (``Event.since``).
        count: events that are counted while the clock runs, such as rings.
        count_fact: the fact that tells the count, where no event does.
        paused_while: paused as long as this holds on the facts; unknown is no.
        cycles: each start after a stop begins a new cycle.
        ranks: place of each kind of event among those of the same instant; a kind that is not named ranks 8.

    Raises:
        DefinitionError: no start or stop, two pauses with one key, or an event that both starts and stops a clock that
            runs once.

    >>> sorted(ClockRule([On("opened")], [On("closed")]).kinds)
    ['closed', 'opened']
    """

    start: tuple[On, ...] = attrs.field(converter=as_tuple)
    stop: tuple[On, ...] = attrs.field(converter=as_tuple)
    pauses: tuple[Pause, ...] = attrs.field(default=(), converter=as_tuple)
    cancel: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    reopen: tuple[On, ...] = _signal()
    waive: tuple[On, ...] = _signal()
    promise: tuple[On, ...] = _signal()
    merge: tuple[On, ...] = _signal()
    count: tuple[On, ...] = _signal()
    count_fact: str = attrs.field(default="", kw_only=True)
    paused_while: AllOf | None = attrs.field(default=None, kw_only=True)
    cycles: bool = attrs.field(default=False, kw_only=True)
    _signals: dict[str, list[tuple[Signal, str, On]]] = attrs.field(init=False, eq=False, repr=False)
    _certain: dict[str, list[tuple[Signal, str]]] = attrs.field(init=False, eq=False, repr=False)
    ranks: dict[str, int] = attrs.field(init=False, eq=False, repr=False)
    ends_for_good: bool = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for name in ("start", "stop"):
            if not getattr(self, name):
                raise DefinitionError(name, "clock.silent", signal=name)
        keys = [pause.key for pause in self.pauses]
        if len(set(keys)) < len(keys):
            raise DefinitionError("pauses", "clock.key", key=max(keys, key=keys.count))
        both = [on.kind for on in self.start if on in self.stop]
        if both and not self.cycles:
            raise DefinitionError("stop", "clock.both", kind=both[0])
        signals: dict[str, list[tuple[Signal, str, On]]] = {}
        for signal, key, on in self._listed():
            signals.setdefault(on.kind, []).append((signal, key, on))
        ranked = RANKS | ({"stop": CYCLING_STOP} if self.cycles else {})
        for found in signals.values():
            found.sort(key=lambda one: ranked[one[0]])
        object.__setattr__(self, "_signals", signals)
        plain = not self._conditional and not any(on.new_group for _, _, on in self._listed())
        certain = {kind: self._told(kind, {}, moved=False) for kind in (*signals, UNHEARD)} if plain else {}
        object.__setattr__(self, "_certain", certain)
        ranks = {kind: min(ranked[signal] for signal, _, _ in found) for kind, found in signals.items()}
        object.__setattr__(self, "ranks", ranks)
        object.__setattr__(self, "ends_for_good", not (self.cycles or self.reopen or self.waive))

    def _listed(self) -> Iterator[tuple[Signal, str, On]]:
        named: list[tuple[Signal, str, tuple[On, ...]]] = [(name, "", getattr(self, name)) for name in NAMED]
        named.extend(("pause", pause.key, pause.on) for pause in self.pauses)
        named.extend(("resume", pause.key, pause.until) for pause in self.pauses if not isinstance(pause.until, str))
        for signal, key, events in named:
            for on in events:
                yield signal, key, on

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of events it listens to."""
        return frozenset(self._signals)

    @property
    def _conditional(self) -> frozenset[str]:
        return frozenset(field for _, _, on in self._listed() for field in on.when.fields)

    @property
    def fields(self) -> frozenset[str]:
        """The facts and details it reads."""
        standing = self.paused_while.fields if self.paused_while is not None else frozenset()
        counted = frozenset((self.count_fact,)) if self.count_fact else frozenset()
        return self._conditional | standing | counted

    @property
    def can_pause(self) -> bool:
        """Whether anything pauses it."""
        return bool(self.pauses) or self.paused_while is not None

    def signals(self, kind: str, facts: Facts, *, moved: bool = False) -> list[tuple[Signal, str]]:
        """What an event tells this clock, in the order in which it counts, with the key of the pause it speaks of.

        Args:
            kind: of the event.
            facts: that it leaves behind, with its own details.
            moved: whether it put the case into the hands of another group.
        """
        if self._certain:
            return self._certain.get(kind) or self._certain[UNHEARD]
        return self._told(kind, facts, moved=moved)

    def _told(self, kind: str, facts: Facts, *, moved: bool) -> list[tuple[Signal, str]]:
        told: list[tuple[Signal, str]] = []
        told.extend(
            (signal, key)
            for signal, key, on in self._signals.get(kind, ())
            if (moved or not on.new_group) and on.when.holds(facts)
        )
        told.extend(
            ("resume", pause.key)
            for pause in self.pauses
            if isinstance(pause.until, str) and kind not in [on.kind for on in pause.on]
        )
        return told
