"""What the parts of a standard speak of: the events they hear, and for each fact the values that they tell apart."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from svcstd.conditions import (
    AllOf,
    Contains,
    Eq,
    FactSchema,
    FactValue,
    In,
    Prefix,
    Present,
    Range,
    Suffix,
    TooManyCells,
    cells_of,
)
from svcstd.keyed import Keyed, as_keyed
from svcstd.sla import ClockRule, Objective, On
from svcstd.standard import Edition
from svcstd.standard.edition import CHANNEL
from svcstd.testing.found import within

__all__ = ["Vocabulary", "told_apart"]

TESTS = (Eq, In, Range, Prefix, Suffix, Contains, Present)


@attrs.frozen
class Vocabulary:
    """The events that clocks hear, and the facts that promises read.

    Attributes:
        starts: kinds of events with which a case may begin.
        heard: kinds of events that any clock hears.
        clocks: the rules of the clocks.
        promises: kinds that may set a due time by hand.
        merges: kinds that may merge an older case.
        teams: groups that may hold a case.
        read: facts on which promises may depend.
        details: facts on which it depends whether a clock hears an event.
        values: by fact, the values that promises tell apart, and those that are declared; no moments, numbers or texts
            of which nobody asks.
    """

    starts: tuple[str, ...]
    heard: tuple[str, ...]
    clocks: tuple[ClockRule, ...]
    promises: frozenset[str]
    merges: frozenset[str]
    teams: tuple[str, ...]
    read: frozenset[str]
    details: frozenset[str]
    values: Keyed[str, tuple[FactValue, ...]] = attrs.field(converter=as_keyed)

    @classmethod
    def of(cls, edition: Edition) -> Vocabulary:
        """That of an edition; where no clock hears anything, every declared event."""
        rules = tuple(objective.clock for objective in edition.objectives.values())
        kinds = tuple(sorted(edition.events))
        promised = (edition.objectives, edition.follow_ups, edition.conversions, edition.exclude)
        return cls(
            starts=_kinds(on for rule in rules for on in rule.start) or kinds,
            heard=_kinds(within(edition.objectives, On)) or kinds,
            clocks=rules,
            promises=frozenset(on.kind for rule in rules for on in rule.promise),
            merges=frozenset(on.kind for rule in rules for on in rule.merge),
            teams=tuple(sorted(edition.teams)) or ("team",),
            read=_read(edition),
            details=frozenset[str]().union(*(on.when.fields for on in within(edition.objectives, On))),
            values=told_apart(promised, edition.facts),
        )


def _read(edition: Edition) -> frozenset[str]:
    """The facts that promises, follow-ups and the calendars of both read."""
    promises = frozenset[str]().union(*(one.fields for one in edition.objectives.values()))
    tests = {test.field for test in within((edition.follow_ups, edition.conversions, edition.exclude), TESTS)}
    families = {entry.by for entry in edition.calendars.values()} - {""}
    return (promises | tests | families | ({CHANNEL} if edition.channels else set())) & edition.facts.types.keys()


def _kinds(events: Iterable[On]) -> tuple[str, ...]:
    return tuple(sorted({on.kind for on in events}))


def told_apart(part: object, schema: FactSchema) -> dict[str, tuple[FactValue, ...]]:
    """By fact, a value of each cell that the conditions within a part can tell apart, and every declared one.

    >>> from svcstd.conditions import FactType
    >>> schema = FactSchema({"rings": FactType("integer"), "city": FactType()})
    >>> told_apart(Range("rings", 3, None), schema)
    {'rings': (2, 3, 4)}
    """
    tests = [test for test in within(part, TESTS) if test.field in schema.types]
    found: dict[str, tuple[FactValue, ...]] = {}
    try:
        cells = cells_of([AllOf((test,)) for test in tests], schema)
        found = {
            name: tuple(value for value in values if value is not None)
            for name, values in zip(cells.fields, cells.values, strict=True)
        }
    except TooManyCells:  # the declarations alone then
        found = {}
    for objective in within(part, Objective):
        if objective.by in schema.types and not objective.by.startswith("routing."):
            found[objective.by] = tuple(dict.fromkeys((*objective.rows, *found.get(objective.by, ()))))
    for name, kind in schema.types.items():
        if kind.one_of:
            found[name] = kind.one_of
        elif kind.kind == "true or false":
            found[name] = (False, True)
    return {name: values for name, values in found.items() if values}
