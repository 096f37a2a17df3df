"""Clock rules that every desk knows, by name: which kinds of events start, stop and pause them.

A preset names kinds of events by their usual words; give your own where a desk says it otherwise. Replying means a
public reply by a person: let bots, automatic replies, menus and notes be events of other kinds, or tell them apart by
a condition on the event's details (``On("message", AllOf((Eq("by", "agent"), Eq("public", True))))``). So it is with
who counts as a customer: the owner of a case never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from svcstd.conditions import AllOf
from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import Keyed, as_keyed
from svcstd.sla.clock_rule import ClockRule, On, Pause
from svcstd.sla.terms import Terms

__all__ = ["PRESETS", "Preset", "preset"]

KEYS = ("start", "stop", "cancel", "reopen", "waive", "promise", "merge", "count", "count_fact")
OPTIONAL = ("cancel", "reopen", "waive", "promise", "merge")
EVERYWHERE = as_keyed({"waive": ("waived",), "promise": ("promised",)})


@attrs.frozen(kw_only=True)
class Preset:
    """A clock rule by its usual words.

    Attributes:
        says: what it measures.
        start, stop: kinds of events; must be among the standard's, or be given otherwise.
        cancel, reopen: kinds that are heard if the standard declares them.
        cycles: whether each start after a stop begins a new cycle.
        new_group: whether it starts, and stops by the same kind, only when another group takes the case.
        terms: what it means where products disagree.
    """

    says: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    cancel: tuple[str, ...] = ("withdrawn", "absorbed")
    reopen: tuple[str, ...] = ()
    cycles: bool = False
    new_group: bool = False
    terms: Terms = attrs.field(factory=Terms)

    @property
    def from_creation(self) -> bool:
        """Whether it counts from the creation of a case, and so from that of an older one merged into it."""
        return self.start == ("created",)

    def signals(self, declared: Iterable[str] | None = None) -> dict[str, tuple[On, ...]]:
        """The kinds it hears, by signal.

        Args:
            declared: the events of a standard; those that may be left out are heard only if they are among them.
        """
        named = {"start": self.start, "stop": self.stop, "cancel": self.cancel, "reopen": self.reopen, **EVERYWHERE}
        named["merge"] = ("merged",) if self.from_creation else ()
        known = None if declared is None else set(declared)
        return {
            signal: tuple(
                On(kind, new_group=self.new_group and kind in self.start and signal in ("start", "stop"))
                for kind in kinds
                if known is None or signal not in OPTIONAL or kind in known
            )
            for signal, kinds in named.items()
        }


FRESH = Terms(reopen="new_cycle")
HAND_OFF = Terms(attach="from_attachment", reopen="new_cycle")

PRESETS: Keyed[str, Preset] = as_keyed(
    {
        "acknowledge": Preset(
            says="until somebody takes the case up: a call is picked up, a case accepted",
            start=("created",),
            stop=("acknowledged",),
        ),
        "first_reply": Preset(
            says="until the first public reply by a person",
            start=("created",),
            stop=("agent_reply",),
        ),
        "next_reply": Preset(
            says="from the oldest unanswered message of the customer until a reply; each time anew",
            start=("customer_message",),
            stop=("agent_reply",),
            cancel=("resolved", "withdrawn", "absorbed"),
            cycles=True,
            terms=FRESH,
        ),
        "update": Preset(
            says="from each public reply to the next, while the case is open",
            start=("agent_reply",),
            stop=("agent_reply",),
            cancel=("resolved", "withdrawn", "absorbed"),
            cycles=True,
            terms=FRESH,
        ),
        "pausable_update": Preset(
            says="as update, standing while the case waits for the customer",
            start=("agent_reply",),
            stop=("agent_reply",),
            cancel=("resolved", "withdrawn", "absorbed"),
            cycles=True,
            terms=FRESH,
        ),
        "requester_wait": Preset(
            says="how long the customer waits for us, all told",
            start=("created",),
            stop=("resolved",),
            reopen=("reopened",),
        ),
        "agent_work": Preset(
            says="how long the case is in our hands: neither waiting for the customer nor on hold",
            start=("created",),
            stop=("resolved",),
            reopen=("reopened",),
        ),
        "resolution": Preset(
            says="until the case is resolved",
            start=("created",),
            stop=("resolved",),
            reopen=("reopened",),
        ),
        "time_in_group": Preset(
            says="how long one team holds the case; each team anew",
            start=("assigned",),
            stop=("assigned", "resolved"),
            cycles=True,
            new_group=True,
            terms=HAND_OFF,
        ),
        "hand_off": Preset(
            says="from the moment a case is handed to a team until the team takes it",
            start=("handed_off",),
            stop=("accepted",),
            cycles=True,
            terms=HAND_OFF,
        ),
        "callback": Preset(
            says="from the repair until the customer was called back",
            start=("resolved",),
            stop=("called_back",),
        ),
    }
)
"""By name. ``pausable_update``, ``requester_wait`` and ``agent_work`` pause on :data:`WAITING`."""

WAITING: Keyed[str, tuple[tuple[str, str], ...]] = as_keyed(
    {
        "pausable_update": (("waiting_for_customer", "customer_message"),),
        "requester_wait": (("waiting_for_customer", "customer_message"),),
        "agent_work": (("waiting_for_customer", "customer_message"), ("on_hold", "off_hold")),
    }
)
"""Pairs of events that begin and end a pause; a message of the customer ends the waiting for it."""


def preset(
    name: str,
    *,
    declared: Iterable[str] | None = None,
    pauses: Iterable[Pause] | None = None,
    paused_while: AllOf | None = None,
    **signals: Any,  # noqa: ANN401 - the fields of a ClockRule
) -> ClockRule:
    """The clock rule of a preset, with what a desk says otherwise.

    Args:
        name: of the preset.
        declared: the events of a standard; optional kinds that are not among them are left out.
        pauses: instead of the preset's own.
        paused_while: paused as long as this holds; replaces the preset's own pauses.
        signals: instead of the preset's own, by name: kinds or ``On``, one or several.

    Raises:
        DefinitionError: no such preset or signal.

    >>> sorted(preset("first_reply", stop="answered", declared=("created", "answered")).kinds)
    ['answered', 'created']
    """
    if name not in PRESETS:
        raise DefinitionError("preset", "choice.nearest", value=name, nearest=nearest(name, PRESETS))
    unknown = [key for key in signals if key not in KEYS]
    if unknown:
        raise DefinitionError(unknown[0], "choice.nearest", value=unknown[0], nearest=nearest(unknown[0], KEYS))
    events = None if declared is None else frozenset(declared)
    chosen: Mapping[str, Any] = {
        key: value if key == "count_fact" else _signal(value) for key, value in signals.items()
    }
    chosen = _as_usual(PRESETS[name], signals, chosen)
    if pauses is None and paused_while is None:
        pairs = WAITING.get(name, ())
        pauses = [Pause([On(on)], [On(until)]) for on, until in pairs if events is None or {on, until} <= events]
    rule = PRESETS[name]
    return ClockRule(
        **{**rule.signals(events), **chosen},
        pauses=tuple(pauses or ()),
        paused_while=paused_while,
        cycles=rule.cycles,
    )


def _as_usual(usual: Preset, given: Mapping[str, Any], chosen: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the preset asks for another group, so do the words that take the place of its own, unless they say more."""
    if not usual.new_group or "start" not in given:
        return chosen
    moved = {on.kind for on in chosen["start"] if on == On(on.kind)}
    anew = {
        key: tuple(On(on.kind, new_group=True) if on.kind in moved and on == On(on.kind) else on for on in chosen[key])
        for key in ("start", "stop")
        if key in chosen
    }
    return {**chosen, **anew}


def _signal(value: object) -> object:
    """One kind, an ``On``, or several of them, as a rule holds them; a fact's name stays a text."""
    if isinstance(value, str | On):
        value = (value,)
    if not isinstance(value, Iterable):
        raise DefinitionError("signal", "shape.kind", got=repr(value), expected="kinds of events")
    return tuple(On(one) if isinstance(one, str) else one for one in value)
