"""A promise: one clock, the cases it applies to, and what is promised to each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from svcstd.conditions import ANYTHING, AllOf, Facts, FactValue
from svcstd.errors import DefinitionError, must_be_one_of, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.rules import DecisionTable
from svcstd.sla.clock_rule import ClockRule
from svcstd.sla.targets import CalendarDays, CountLimit, FixedInstant, Target, WorkingDays, WorkingTime, scaled
from svcstd.sla.terms import Terms
from svcstd.sla.thresholds import AT_DUE, Level, Offset, is_percent
from svcstd.sla.yardstick import counts_in

__all__ = ["BY_HAND", "ELSE", "NEEDS_VALUE", "Factor", "Objective", "Row", "Scale", "Status"]

Status: TypeAlias = Literal["in_force", "aspirational", "pending", "needs_value", "withdrawn"]
STATUSES = ("in_force", "aspirational", "pending", "needs_value", "withdrawn")
NEEDS_VALUE = "?"
ELSE = "else"
ROUTING = "routing."
"""What stands before the name of a decision table that picks a row."""
SINGLE = ("unique", "any", "first", "priority")
"""Hit policies by which one rule answers."""
BY_HAND = "by hand"
"""Key of the row of a due time that somebody set."""


@attrs.frozen
class Scale:
    """Why a row promises more or less than its table says.

    Attributes:
        by: the fact.
        value: what it was.
        times: the factor.
        of: what the table promises.
    """

    by: str
    value: str
    times: Decimal | int
    of: Target


@attrs.frozen
class Row:
    """One line of a target table.

    Attributes:
        key: the value of the fact, ``else``, ``by hand``, or empty where there is no table.
        target: what is promised.
        calendar: key of the calendar that measures it; empty for the UTC line.
        scale: the factor in it, if any; two rows that promise the same are one, whatever the reason.
        rule: the rule of the decision table that picked it, if one did.
    """

    key: str
    target: Target
    calendar: str = ""
    scale: Scale | None = attrs.field(default=None, eq=False)
    rule: str = attrs.field(default="", eq=False)


@attrs.frozen
class Factor:
    """How many times the target is promised, by a fact: gold customers are promised half.

    Attributes:
        by: the fact.
        values: factor by its value; any other value, or none, changes nothing.
    """

    by: str
    values: Keyed[str, Decimal | int] = attrs.field(converter=as_keyed)


@attrs.frozen
class Objective:
    """What is promised to a kind of case.

    Attributes:
        clock: the signals that start, pause and stop it.
        target: the promise where there is no table, or the ``else`` of the table.
        by: the fact that picks a row, or ``routing.`` and the name of the decision table that does; empty for no rows.
        rows: the promise for each value of that fact, or for each answer of the table.
        table: the decision table, with one output, a text.
        factor: how many times that is promised.
        when: the cases it applies to; unknown is no.
        exclude: cases that are handled alike but counted for nothing, such as mystery shoppers; unknown is no.
        calendar: key of the calendar in which time and days count; empty for that of the channel, team or standard.
        terms: what the promise means where products disagree.
        enforced_from: first local date of clocks that are judged at all.
        goal: the share of promises to keep, e.g. 95/100.
        notify: thresholds with the roles to tell, in order.
        order: which of several is shown first; smaller first.
        status: only ``in_force`` is ever kept or broken.
        name: for people.

    Raises:
        DefinitionError: no target, rows without a fact, a table that cannot pick one, or options that contradict each
            other or the target.

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
    table: DecisionTable | None = attrs.field(default=None, kw_only=True)
    factor: Factor | None = attrs.field(default=None, kw_only=True)
    when: AllOf = attrs.field(default=ANYTHING, kw_only=True)
    exclude: AllOf | None = attrs.field(default=None, kw_only=True)
    calendar: str = attrs.field(default="", kw_only=True)
    terms: Terms = attrs.field(factory=Terms, kw_only=True)
    enforced_from: date | None = attrs.field(default=None, kw_only=True)
    goal: Fraction | None = attrs.field(default=None, kw_only=True)
    notify: tuple[Level, ...] = attrs.field(default=(), converter=as_tuple, kw_only=True)
    order: int | None = attrs.field(default=None, kw_only=True)
    status: Status = attrs.field(default="in_force", kw_only=True)
    name: str = attrs.field(default="", kw_only=True)
    _picked: dict[tuple[str | None, str | None, str, str], Row] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_picked", {})
        must_be_one_of(self.status, STATUSES, "status")
        if bool(self.by) != bool(self.rows):
            raise DefinitionError("by", "objective.table")
        self._check_table()
        if self.target is None and not self.rows and self.status == "in_force":
            raise DefinitionError("target", "objective.no_target")
        if self.goal is not None and not (0 <= self.goal <= 1 and is_percent(self.goal)):
            raise DefinitionError("goal", "objective.goal", value=str(self.goal))
        thresholds = [level.threshold for level in self.notify]
        twice = [one for number, one in enumerate(thresholds) if one in thresholds[:number]]
        if twice:
            raise DefinitionError("notify", "objective.levels", threshold=str(twice[0]))
        for target in self.targets:
            self._check(target)
            for value, factor in self.factor.values.items() if self.factor is not None else ():
                scaled(target, factor, f"factor.use.{value}")

    def _check_table(self) -> None:
        """Refuse a decision table that names no row, and rows that it never names."""
        named = self.by.startswith(ROUTING)
        if named != (self.table is not None):
            raise DefinitionError("by", "objective.by_table")
        if self.table is None:
            return
        outputs = list(self.table.outputs.values())
        dated = any(rule.is_dated for rule in self.table.rules.values())
        if len(outputs) != 1 or outputs[0].kind != "text" or self.table.hit not in SINGLE or dated:
            raise DefinitionError("by", "objective.picks", value=self.by)
        answers = [str(value) for value in self.table.answers]
        for key in self.rows:
            if key not in answers:
                raise DefinitionError(f"target.{key}", "objective.unpicked", value=key, nearest=nearest(key, answers))

    def _check(self, target: Target) -> None:
        """Refuse options that contradict the kind of target."""
        days = isinstance(target, WorkingDays | CalendarDays)
        pausable = self.terms.pause_days == "whole" and self.terms.pausing == "stops" if days else False
        timed = not days and not isinstance(target, FixedInstant | CountLimit)
        if self.clock.can_pause and not (timed or pausable):
            raise DefinitionError("clock.pause", "objective.pause_days", target=str(target))
        if self.terms.retarget == "proportional" and not timed:
            raise DefinitionError("options.retarget", "objective.proportional", target=str(target))
        for level in self.notify:
            threshold = level.threshold
            working = isinstance(threshold, Offset) and isinstance(threshold.amount, WorkingTime)
            if working and not counts_in(target):
                where = {"target": str(target), "threshold": str(threshold)}
                raise DefinitionError("notify", "objective.offset", **where)
        if isinstance(target, CountLimit):
            if not (self.clock.count or self.clock.count_fact):
                raise DefinitionError("clock.count", "objective.count", target=str(target))
            if any(level.threshold != AT_DUE for level in self.notify):
                raise DefinitionError("notify", "objective.count_levels", target=str(target))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every promise it may make, before any factor."""
        return (*self.rows.values(), *([self.target] if self.target is not None else []))

    @property
    def fields(self) -> frozenset[str]:
        """The facts on which the answer may depend."""
        picked: set[str] = {self.by} if self.by else set()
        picked = set(self.table.fields) if self.table is not None else picked
        picked |= {self.factor.by} if self.factor is not None else set()
        excluded = self.exclude.fields if self.exclude is not None else frozenset()
        return self.when.fields | self.clock.fields | excluded | picked

    @property
    def needs_calendar(self) -> bool:
        """Whether any promise counts open time or working days."""
        return any(map(counts_in, self.targets))

    @property
    def counts_days(self) -> bool:
        """Whether any promise counts working days, which only a calendar of one zone has."""
        return any(isinstance(target, WorkingDays) for target in self.targets)

    def row(self, facts: Facts, calendar: str = "") -> Row | None:
        """The promise for these facts; ``None`` when there is none.

        Args:
            facts: of the case.
            calendar: key of the calendar that measures it, if it needs one.
        """
        rule, value = self.asked(facts)
        key = value if isinstance(value, str) and value in self.rows else None
        if key is None and self.target is None:
            return None
        level = facts.get(self.factor.by) if self.factor is not None else None
        level = level if self.factor is not None and isinstance(level, str) and level in self.factor.values else None
        found = self._picked.get((key, level, calendar, rule))
        return found if found is not None else self._pick(key, level, calendar, rule)

    def asked(self, facts: Facts) -> tuple[str, FactValue]:
        """The value that picks the row, and the rule of the table that gave it, if there is a table."""
        if self.table is not None:
            return self.table.answer(facts)
        return "", facts.get(self.by) if self.by else None

    def _pick(self, key: str | None, level: str | None, calendar: str, rule: str) -> Row:
        """A row, made once; the same whenever it is made, so that threads may race for it."""
        target, scale = self.target if key is None else self.rows[key], None
        assert target is not None  # noqa: S101 - row() has looked
        if self.factor is not None and level is not None and self.factor.values[level] != 1:
            scale = Scale(self.factor.by, level, self.factor.values[level], target)
            target = scaled(target, scale.times)
        name = key if key is not None else ELSE if self.by else ""
        row = Row(name, target, calendar if counts_in(target) else "", scale, rule)
        self._picked[key, level, calendar, rule] = row
        return row
