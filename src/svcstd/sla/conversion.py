"""An opinion that becomes a case of its own, such as a complaint: once, linked, with a clock of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from svcstd.conditions import Facts, FactValue
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import UTC, moment
from svcstd.sla.clock_rule import On
from svcstd.sla.events import Case, Event, in_order

__all__ = ["Conversion", "convert"]


@attrs.frozen(kw_only=True)
class Conversion:
    """Which events open a case of their own.

    Attributes:
        on: the events, with their conditions.
        opens: kind of the event that the new case begins with.
        facts: what the new case knows beside the facts of the old one, which it takes over.
        name: for people.

    Raises:
        DefinitionError: no event.
    """

    on: tuple[On, ...] = attrs.field(converter=as_tuple)
    opens: str
    facts: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        for one in self.on:
            must_be(one, On, "on", "an On")
        if not self.on:
            raise DefinitionError("on", "shape.empty")


def convert(key: str, rule: Conversion, cases: Iterable[Case], *, as_of: int) -> tuple[Case, ...]:
    """The cases that a rule opens. The old case stays as it is, its rating too; the same event opens the same case.

    Args:
        key: of the rule; it begins the id of each new case.
        rule: what opens a case.
        cases: with the opinions as events.
        as_of: later events are not yet there, UTC microseconds.
    """
    found: dict[str, Case] = {}
    twins: Counter[str] = Counter()
    for case in cases:
        facts: Facts = case.facts
        for event in in_order(case.events, {}, as_of=as_of):
            facts = {**facts, **event.facts} if event.facts else facts
            context = {**facts, **event.details} if event.details else facts
            if any(on.kind == event.kind and on.when.holds(context) for on in rule.on):
                one = _opened(key, rule, case, facts, event)
                if event.id is None:  # two opinions of one instant are two
                    twins[one.id] += 1
                    one = attrs.evolve(one, id=f"{one.id}#{twins[one.id]}") if twins[one.id] > 1 else one
                found.setdefault(one.id, one)
    return tuple(found.values())


def _opened(key: str, rule: Conversion, case: Case, facts: Facts, event: Event) -> Case:
    at = moment(event.instant, UTC)
    mark = event.id if event.id is not None else at.isoformat()
    id_ = f"{key}/{case.id}/{mark}"
    begun = Event(rule.opens, at=at, id=id_, recorded_at=moment(event.recorded, UTC))
    return Case(id_, {**facts, **rule.facts}, [begun], origin=case.id)
