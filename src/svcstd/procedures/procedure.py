"""Procedures: steps that do, ask, hand over or end, by whom, with which forms, scripts and clocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.conditions import ANYTHING, AllOf, FactSchema, as_all, check_condition
from svcstd.errors import DefinitionError, StandardError, SvcstdError, must_be_one_of, nearest
from svcstd.keyed import Keyed, as_keyed, as_tuple

__all__ = ["Procedure", "Step", "StepKind", "Way"]

StepKind: TypeAlias = Literal["do", "ask", "hand", "end"]
"""Somebody does something; facts decide; somebody else takes over; nothing is left to do."""
MOST_STEPS = 1_000
MOST_AGAIN = 1_000


@attrs.frozen
class Way:
    """One way on from a step.

    Attributes:
        to: id of the next step.
        when: in which cases; unknown is no.
        otherwise: whether it is for the cases that no other way takes.
    """

    to: str
    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    otherwise: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(kw_only=True)
class Step:
    """One step.

    Attributes:
        kind: ``do``, ``ask``, ``hand`` or ``end``.
        text: what is done, asked or handed over, for people.
        lane: the role that does it; empty for the lane of the procedure.
        to: for ``hand``, the role that takes over, or a table under routing that says who.
        fill: forms to be filled in here.
        forms: forms to have at hand.
        say: the script to follow.
        starts, stops, reopens: clocks that start, stop and run again here, by objective.
        ways: what comes next, asked in order.
        again: how often a case may come here; 0 for once only, unless nothing leads back.
        note: for those who maintain the standard.

    Raises:
        DefinitionError: a part that its kind cannot have.
    """

    kind: StepKind = "do"
    text: str
    lane: str = ""
    to: str = ""
    fill: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    forms: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    say: str = ""
    starts: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    stops: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    reopens: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    ways: tuple[Way, ...] = attrs.field(default=(), converter=as_tuple)
    again: int = 0
    note: str = ""

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.kind, get_args(StepKind), "kind")
        if bool(self.to) != (self.kind == "hand"):
            raise DefinitionError("to", "procedures.to")
        if bool(self.ways) == (self.kind == "end"):
            raise DefinitionError("then", "procedures.then")
        if isinstance(self.again, bool) or not isinstance(self.again, int) or not 0 <= self.again <= MOST_AGAIN:
            raise DefinitionError("again", "shape.bounds", value=str(self.again), low=0, high=MOST_AGAIN)
        if any(way.otherwise for way in self.ways[:-1]):
            raise DefinitionError("then", "procedures.else")

    @property
    def is_settled(self) -> bool:
        """Whether there is one way on for every case."""
        return len(self.ways) == 1 and (self.ways[0].when == ANYTHING or self.ways[0].otherwise)

    @property
    def fields(self) -> frozenset[str]:
        """The facts on which its ways depend."""
        return frozenset(field for way in self.ways for field in way.when.fields)


@attrs.frozen(kw_only=True, slots=False)
class Procedure:
    """How a case is handled, from the first step to an end.

    Attributes:
        facts: the vocabulary that its guards speak.
        start: id of the first step.
        steps: by id, in order.
        lane: the role of steps that name none.
        name: for people.

    Raises:
        StandardError: all contradictions at once: ways that lead nowhere, guards of undeclared facts.
    """

    facts: FactSchema
    start: str
    steps: Keyed[str, Step] = attrs.field(converter=as_keyed)
    lane: str = ""
    name: str = ""

    def __attrs_post_init__(self) -> None:
        faults = list(self._contradictions())
        if faults:
            raise StandardError.of(faults)

    def _contradictions(self) -> Iterator[SvcstdError]:
        if not 0 < len(self.steps) <= MOST_STEPS:
            yield DefinitionError("steps", "shape.bounds", value=len(self.steps), low=1, high=MOST_STEPS)
        if self.start not in self.steps:
            near = nearest(self.start, self.steps)
            yield DefinitionError("start", "procedures.step", value=self.start, nearest=near)
        for key, step in self.steps.items():
            where = f"steps.{key}"
            for way in step.ways:
                if way.to not in self.steps:
                    near = nearest(way.to, self.steps)
                    yield DefinitionError(f"{where}.then", "procedures.step", value=way.to, nearest=near)
                try:
                    check_condition(way.when, self.facts, f"{where}.then")
                except DefinitionError as error:
                    yield error

    def lane_of(self, step: str) -> str:
        """The role that does a step; empty where nobody is named."""
        return self.steps[step].lane or self.lane

    @cached_property
    def lanes(self) -> tuple[str, ...]:
        """The roles, in the order in which they first come in."""
        return tuple(dict.fromkeys(self.lane_of(key) for key in self.steps))

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(field for step in self.steps.values() for field in step.fields)
