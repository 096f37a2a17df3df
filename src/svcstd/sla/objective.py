"""A promise: one clock, the cases it applies to, and what is promised to each."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from svcstd.conditions import ANYTHING, AllOf, Facts
from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.sla.clock_rule import ClockRule
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays

__all__ = ["ELSE", "NEEDS_VALUE", "Objective", "Row", "Status"]

Status: TypeAlias = Literal["in_force", "aspirational", "pending", "needs_value", "withdrawn"]
STATUSES = ("in_force", "aspirational", "pending", "needs_value", "withdrawn")
NEEDS_VALUE = "?"
ELSE = "else"


@attrs.frozen
class Row:
    """One line of a target table.

    Attributes:
        key: the value of the fact, ``else``, or empty where there is no table.
        target: what is promised.
    """

    key: str
    target: Target


@attrs.frozen
class Objective:
    """What is promised to a kind of case.

    Attributes:
        clock: the signals that start, pause and stop it.
        target: the promise where there is no table, or the ``else`` of the table.
        by: the fact that picks a row; empty where there is no table.
        rows: the promise for each value of that fact.
        when: the cases it applies to; unknown is no.
        calendar: key of the calendar in which time and days count; empty for the standard's own.
        order: which of several is shown first; smaller first.
        status: only ``in_force`` is ever kept or broken.
        name: for people.

    Raises:
        DefinitionError: no target, a table without fact, or a pause on a promise in days or at a fixed time.

    >>> from datetime import timedelta
    >>> from svcstd.sla import On, WorkingTime
    >>> close = Objective(
    ...     ClockRule([On("opened")], [On("closed")]),
    ...     by="priority",
    ...     rows={"P1": WorkingTime(timedelta(hours=4))},
    ... )
    >>> close.row({"priority": "P1"}).target.amount, close.row({"priority": "P2"})
    (datetime.timedelta(seconds=14400), None)
    """

    clock: ClockRule
    target: Target | None = None
    by: str = attrs.field(default="", kw_only=True)
    rows: Keyed[str, Target] = attrs.field(default=EMPTY, converter=as_keyed, kw_only=True)
    when: AllOf = attrs.field(default=ANYTHING, kw_only=True)
    calendar: str = attrs.field(default="", kw_only=True)
    order: int | None = attrs.field(default=None, kw_only=True)
    status: Status = attrs.field(default="in_force", kw_only=True)
    name: str = attrs.field(default="", kw_only=True)
    _table: dict[str, Row] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.status not in STATUSES:
            raise DefinitionError("status", "choice.unknown", value=self.status, choices=", ".join(STATUSES))
        if bool(self.by) != bool(self.rows):
            raise DefinitionError("by", "objective.table")
        if self.target is None and not self.rows and self.status == "in_force":
            raise DefinitionError("target", "objective.no_target")
        if self.clock.pauses:
            for target in self.targets:
                if isinstance(target, WorkingDays | CalendarDays):
                    raise DefinitionError("clock.pause", "objective.pause_days", target=str(target))
        object.__setattr__(self, "_table", {key: Row(key, target) for key, target in self.rows.items()})

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every promise it may make."""
        return (*self.rows.values(), *([self.target] if self.target is not None else []))

    @property
    def fields(self) -> frozenset[str]:
        """The facts on which the answer may depend."""
        return self.when.fields | self.clock.fields | ({self.by} if self.by else frozenset())

    @property
    def needs_calendar(self) -> bool:
        """Whether any promise counts open time or working days."""
        return any(not isinstance(target, ElapsedTime | CalendarDays) for target in self.targets)

    @property
    def counts_days(self) -> bool:
        """Whether any promise counts working days, which only a calendar of one zone has."""
        return any(isinstance(target, WorkingDays) for target in self.targets)

    def row(self, facts: Facts) -> Row | None:
        """The promise for these facts; ``None`` when there is none."""
        if self.by:
            value = facts.get(self.by)
            found = self._table.get(value) if isinstance(value, str) else None
            if found is not None:
                return found
        if self.target is None:
            return None
        return Row(ELSE if self.by else "", self.target)
