"""Shapes of promises: targets and their tables, options, goals, escalation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

import attrs

from svcstd.conditions import FactSchema
from svcstd.documents.clock_shapes import EMPTY_WHEN, When, clock_shape
from svcstd.documents.dates import DAY
from svcstd.documents.shapes import FAULT, Choice, Number, Parsed, Reader, Text, Whole
from svcstd.documents.structures import Field, Mapped, OneOrMore, Record, Switch, Table, is_kind
from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import EMPTY, Keyed
from svcstd.routing import RouteTree
from svcstd.rules import DecisionTable
from svcstd.sla import (
    PRESETS,
    PROFILES,
    Factor,
    Level,
    Objective,
    Terms,
    profile,
    read_percent,
    read_target,
    read_threshold,
    write_percent,
    write_target,
)
from svcstd.sla.objective import ELSE, NEEDS_VALUE, ROUTING, STATUSES
from svcstd.sla.terms import OPTIONS

__all__ = ["PERCENT", "TARGET", "objectives"]


def _target(text: str) -> Any:
    return None if text.strip() == NEEDS_VALUE else read_target(text)


def _show_target(target: Any) -> str:
    return NEEDS_VALUE if target is None else write_target(target)


TARGET = Parsed(
    _target, _show_target, "what is promised", ("8 working hours", "3 working days", "30 calendar days", "24 hours")
)
PERCENT = Parsed(read_percent, write_percent, "a share", ("95 %", "99.9 %"))


def _rows(rows: Keyed[str, Any]) -> tuple[Any, Keyed[str, Any]]:
    return rows.get(ELSE), Keyed({key: target for key, target in rows.items() if key != ELSE})


def _else_last(target: Any, rows: Keyed[str, Any]) -> Keyed[str, Any]:
    return rows | ({ELSE: target} if target is not None else {})


TARGETS = Switch(
    (
        (is_kind(str), Mapped(TARGET, lambda target: (target, EMPTY), lambda pair: pair[0])),
        (is_kind(dict), Mapped(Table(TARGET, free=True), _rows, lambda pair: _else_last(*pair))),
    ),
    lambda pair: 1 if pair[1] else 0,
    "a target such as 8 working hours, or a table of targets",
)

FACTOR = Record(
    Factor,
    (
        Field("by", Text("the fact that picks the factor")),
        Field("use", Table(Number(), free=True), attr="values", says="by its value, how many times the target"),
    ),
    "how many times the target is promised",
)


def _options(like: str | None, **given: Any) -> tuple[str | None, dict[str, Any]]:
    return like, {name: value for name, value in given.items() if value is not None}


@attrs.frozen
class Options:
    """The named options of a promise, perhaps those of a product: reads as its name and what is given beside it."""

    table: ClassVar[Record] = Record(
        _options,
        (
            Field("like", Choice(tuple(PROFILES)), None, says="the options of a product, where none is given"),
            *(Field(name, Choice(choices), None) for name, choices in OPTIONS.items()),
        ),
        "what the promise means where products disagree",
    )

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The name of a product, and the options given."""
        return self.table.read(raw, path, reader)

    def write(self, value: tuple[str | None, Mapping[str, Any]]) -> object:
        """The options that differ from the usual."""
        return {name: one for name, one in value[1].items() if one != OPTIONS[name][0]}

    def schema(self) -> dict[str, Any]:
        """An object of choices."""
        return self.table.schema()


NO_OPTIONS: tuple[str | None, dict[str, Any]] = (None, {})

LEVELS = Mapped(
    Table(OneOrMore(Text("role")), parse=read_threshold),
    lambda levels: tuple(Level(threshold, to) for threshold, to in levels.items()),
    lambda levels: Keyed({level.threshold: level.to for level in levels}),
)


def _table(by: str, tables: Mapping[str, DecisionTable | RouteTree]) -> DecisionTable | None:
    """The decision table that *by* names; ``None`` where it names a fact."""
    if not by.startswith(ROUTING):
        return None
    key = by.removeprefix(ROUTING)
    found = tables.get(key)
    if found is None:
        raise DefinitionError("by", "rules.no_table", value=key, nearest=nearest(key, tables))
    if not isinstance(found, DecisionTable):
        raise DefinitionError("by", "table.tree")
    return found


def _objective(
    target: tuple[Any, Keyed[str, Any]],
    clock: Any,
    options: tuple[str | None, dict[str, Any]],
    *,
    tables: Mapping[str, DecisionTable | RouteTree],
    unreadable: frozenset[str],
    **others: Any,
) -> Any:
    if others["by"].removeprefix(ROUTING) in unreadable:
        return FAULT
    if any(row is None for row in target[1].values()):
        raise DefinitionError("target", "objective.row_value")
    rule, measure = clock
    like, given = options
    common = profile(like).terms(measure) if like else PRESETS[measure].terms if measure else Terms()
    chosen = {name: getattr(common, name) for name in OPTIONS} | given
    table = _table(others["by"], tables)
    return Objective(rule, target=target[0], rows=target[1], table=table, terms=Terms(**chosen), **others)


def _objective_parts(objective: Objective) -> Mapping[str, Any]:
    names = (
        "name",
        "by",
        "when",
        "exclude",
        "factor",
        "calendar",
        "enforced_from",
        "goal",
        "notify",
        "order",
        "status",
    )
    options = {name: getattr(objective.terms, name) for name in OPTIONS} if objective.terms != Terms() else {}
    return {name: getattr(objective, name) for name in names} | {
        "target": (objective.target, objective.rows),
        "clock": (objective.clock, ""),
        "options": (None, options),
    }


def objectives(
    facts: FactSchema,
    *,
    events: frozenset[str] = frozenset(),
    tables: Mapping[str, DecisionTable | RouteTree] = EMPTY,
    unreadable: frozenset[str] = frozenset(),
    doubtful: frozenset[str] = frozenset(),
) -> Table:
    """The shape of the objectives, whose conditions speak of declared facts and whose presets of declared events.

    Args:
        facts: the declared facts.
        events: the declared events.
        tables: what stands under ``routing``, which may pick a row.
        unreadable: what stands there and could not be read.
        doubtful: facts whose declaration could not be read.
    """
    when = When(facts, doubtful)
    return Table(
        Record(
            partial(_objective, tables=tables, unreadable=unreadable),
            (
                Field("name", Text(), ""),
                Field("when", when, EMPTY_WHEN, says="the cases it applies to"),
                Field("exclude", when, None, says="cases that are counted for nothing"),
                Field("calendar", Text("key of a calendar"), ""),
                Field("clock", clock_shape(when, events)),
                Field("by", Text("the fact that picks a row, or routing.TABLE"), ""),
                Field("target", TARGETS),
                Field("factor", FACTOR, None),
                Field("options", Options(), NO_OPTIONS),
                Field("enforced_from", DAY, None, says="first day of clocks that are judged"),
                Field("goal", PERCENT, None, says="the share of promises to keep"),
                Field("notify", LEVELS, (), says="by threshold, the roles to tell"),
                Field("order", Whole(-1_000, 1_000), None, says="which of several is shown first"),
                Field("status", Choice(STATUSES), "in_force"),
            ),
            "a promise",
            _objective_parts,
        )
    )
