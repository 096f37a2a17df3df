"""Shapes of decision tables: a grid of rows keyed by id, or rules with conditions of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    Condition,
    FactSchema,
    FactType,
    FactValue,
    plain_value,
    read_cell,
    read_value,
    write_cell,
)
from svcstd.documents.clock_shapes import When
from svcstd.documents.dates import DAY
from svcstd.documents.shapes import FAULT, Anything, Choice, Reader, Text, kind_of
from svcstd.documents.structures import Field, Listed, Mapped, Record, Switch, Table, is_kind
from svcstd.documents.vocabulary_shapes import FACT_KINDS
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed
from svcstd.rules import DecisionTable, Else, Output, Rule
from svcstd.rules.table import CHOICES

__all__ = ["OUTPUTS", "TableShape", "outcome"]

ANY = "-"
"""A cell that asks nothing, or answers nothing."""

OUTPUT = Record(
    dict,
    (
        Field("kind", Choice(FACT_KINDS), "text"),
        Field("one_of", Listed(Anything("a value"), 1), (), says="its values; the first go first in a priority"),
        Field("default", Anything("its value where no rule fits"), None),
    ),
    "what a table answers",
)


@attrs.frozen
class Outputs:
    """The outputs: a list of names, or a table with what each may be."""

    table: ClassVar[Table] = Table(OUTPUT)
    ways: ClassVar[Switch] = Switch(
        (
            (is_kind(list), Mapped(Listed(Text(), 1), lambda names: {name: {} for name in names}, list)),
            (is_kind(dict), table),
        ),
        lambda _: 1,
        "a list of outputs, or a table of them",
    )

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """Outputs by name."""
        found = self.ways.read(raw, path, reader)
        if found is FAULT:
            return FAULT
        made = {name: self._one(told, f"{path}.{name}", reader) for name, told in found.items()}
        return FAULT if FAULT in made.values() else Keyed(made)

    def _one(self, told: Mapping[str, Any], path: str, reader: Reader) -> Any:
        kind = FactType(told.get("kind", "text"))
        try:
            values = tuple(read_value("one_of", value, kind, f"{path}.one_of") for value in told.get("one_of", ()))
            default = told.get("default")
            chosen = None if default is None else read_value("default", default, kind, f"{path}.default")
            return Output(kind.kind, values, chosen)
        except SvcstdError as error:
            where = error.where if error.where.startswith(path) else f"{path}.{error.where}"
            return reader.fault(error, where)

    def write(self, value: Mapping[str, Output]) -> object:
        """A list of names where nothing more is said."""
        if all(one == Output() for one in value.values()):
            return list(value)
        return {
            name: {"kind": one.kind}
            | ({"one_of": [plain_value(held) for held in one.one_of]} if one.one_of else {})
            | ({"default": plain_value(one.default)} if one.default is not None else {})
            for name, one in value.items()
        }

    def schema(self) -> dict[str, Any]:
        """Either."""
        return self.ways.schema()


OUTPUTS = Outputs()
RULE = Record(
    dict,
    (
        Field("when", Anything("facts of the case"), EMPTY),
        Field("then", Anything("outputs and their values"), EMPTY),
        Field("from", DAY, None, says="first day it is in force"),
        Field("until", DAY, None, says="last day it is in force"),
        Field("because", Text("why there is such a rule"), ""),
    ),
    "a rule with a condition of its own",
)
HEAD = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("in", Listed(Text("fact")), (), says="the facts of the columns"),
        Field("out", OUTPUTS, says="the outputs of the columns after them"),
        Field("hit", Choice(CHOICES["hit"]), says="what several fitting rules mean"),
        Field("aggregate", Choice(CHOICES["aggregate"]), "list"),
        Field("on_no_match", Choice(CHOICES["on_no_match"]), "outcome"),
        Field("else", Anything("outputs where no rule fits, and because"), None),
        Field("rules", Anything("by id, a row of cells, or a table with when and then"), EMPTY),
    ),
    "a decision table",
)


@attrs.frozen
class TableShape:
    """A decision table over declared facts."""

    facts: FactSchema
    doubtful: frozenset[str]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`DecisionTable`."""
        head = HEAD.read(raw, path, reader)
        if head is FAULT:
            return FAULT
        before = reader.count
        columns = [self._column(name, f"{path}.in", reader) for name in head["in"]]
        for name in sorted({name for name in columns if columns.count(name) > 1}):
            reader.fault(DefinitionError(path, "table.twice", value=name), f"{path}.in")
        rules = self._rules(head, columns, path, reader)
        otherwise = None if head["else"] is None else self._otherwise(head, path, reader)
        if reader.count > before:
            return FAULT
        try:
            return DecisionTable(
                facts=self.facts,
                outputs=head["out"],
                rules=rules,
                hit=head["hit"],
                aggregate=head["aggregate"],
                otherwise=otherwise,
                on_no_match=head["on_no_match"],
                name=head["name"],
            )
        except SvcstdError as error:
            for fault in getattr(error, "faults", (error,)):
                reader.fault(fault, f"{path}.{fault.where}")
            return FAULT

    def _column(self, name: str, path: str, reader: Reader) -> str:
        if name in self.doubtful:
            reader.count += 1
        elif name not in self.facts.types:
            unknown = DefinitionError(path, "facts.name", value=name, nearest=nearest(name, self.facts.types))
            reader.fault(unknown, path)
        return name

    def _rules(self, head: Mapping[str, Any], columns: list[str], path: str, reader: Reader) -> dict[str, Rule]:
        raw: Any = head["rules"]
        found: dict[str, Rule] = {}
        if not isinstance(raw, Mapping):
            expected = "a table of rules by id"
            reader.fault(DefinitionError(path, "shape.kind", got=kind_of(raw), expected=expected), f"{path}.rules")
            return {}
        for key, one in raw.items():
            below = f"{path}.rules.{key}"
            if isinstance(one, list):
                made = self._row(one, columns, head["out"], below, reader)
            elif isinstance(one, dict):
                made = self._rule(one, head["out"], below, reader)
            else:
                expected = "a row of cells, or a table with when and then"
                made = reader.fault(DefinitionError(below, "shape.kind", got=kind_of(one), expected=expected), below)
            if made is not FAULT:
                found[key] = made
        return found

    def _row(
        self, cells: list[Any], columns: list[str], outputs: Mapping[str, Output], path: str, reader: Reader
    ) -> Any:
        width = len(columns) + len(outputs)
        if len(cells) != width:
            wrong = DefinitionError(path, "rules.width", got=len(cells), columns=len(columns), outputs=len(outputs))
            return reader.fault(wrong, path)
        tests: list[Condition] = []
        faults = reader.count
        for place, (name, cell) in enumerate(zip(columns, cells, strict=False)):
            if cell == ANY or name not in self.facts.types:
                continue
            try:
                tests.append(read_cell(name, cell, self.facts.types[name], f"{path}[{place}]"))
            except SvcstdError as error:
                reader.fault(error, error.where)
        values = zip(outputs, cells[len(columns) :], strict=True)
        given = {name: value for name, value in values if value != ANY}
        then = outcome(given, outputs, path, reader)
        return FAULT if reader.count > faults else Rule(AllOf(tests), then)

    def _rule(self, raw: dict[str, Any], outputs: Mapping[str, Output], path: str, reader: Reader) -> Any:
        faults = reader.count
        told = RULE.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        when = When(self.facts, self.doubtful).read(dict(told["when"]), f"{path}.when", reader)
        then = outcome(told["then"], outputs, f"{path}.then", reader)
        if reader.count > faults:
            return FAULT
        try:
            return Rule(when, then, first=told["from"], last=told["until"], because=told["because"])
        except SvcstdError as error:
            return reader.fault(error, path)

    def _otherwise(self, head: Mapping[str, Any], path: str, reader: Reader) -> Any:
        raw, below = head["else"], f"{path}.else"
        if not isinstance(raw, dict):
            return reader.fault(DefinitionError(below, "rules.else"), below)
        given = {name: value for name, value in raw.items() if name != "because"}
        then = outcome(given, head["out"], below, reader)
        reason = raw.get("because", "")
        try:
            return Else(then, reason if isinstance(reason, str) else "")
        except SvcstdError as error:
            return reader.fault(error, below)

    def write(self, value: DecisionTable) -> object:
        """A grid, with a table of its own for each rule that fits in no row."""
        names = [test.fields for rule in value.rules.values() for test in rule.when.tests]
        columns = list(dict.fromkeys(field for one in names if len(one) == 1 for field in one))
        told: dict[str, object] = {"name": value.name} if value.name else {}
        told |= {"hit": value.hit} | ({"in": columns} if columns else {})
        told |= {"out": OUTPUTS.write(value.outputs)}
        for name, default in (("aggregate", "list"), ("on_no_match", "outcome")):
            told |= {name: getattr(value, name)} if getattr(value, name) != default else {}
        if value.otherwise is not None:
            then = {name: plain_value(held) for name, held in value.otherwise.then.items() if held is not None}
            told |= {"else": then | {"because": value.otherwise.because}}
        rules = {key: self._written(rule, columns, list(value.outputs)) for key, rule in value.rules.items()}
        return told | ({"rules": rules} if rules else {})

    def _written(self, rule: Rule, columns: list[str], outputs: list[str]) -> object:
        row = _row_of(rule, columns, outputs)
        if row is not None:
            return row
        found: dict[str, object] = {}
        if rule.when != ANYTHING:
            found["when"] = When(self.facts).write(rule.when)
        then = {name: plain_value(held) for name, held in rule.then.items() if held is not None}
        found |= {"then": then} if then else {}
        found |= {"from": rule.first.isoformat()} if rule.first else {}
        found |= {"until": rule.last.isoformat()} if rule.last else {}
        return found | ({"because": rule.because} if rule.because else {})

    def schema(self) -> dict[str, Any]:
        """An object with its rules by id."""
        found = HEAD.schema()
        row = {"type": "array", "description": "a cell for each fact of in, then one for each output; - asks nothing"}
        found["properties"]["rules"] = {"type": "object", "additionalProperties": {"anyOf": [row, RULE.schema()]}}
        return found


def _row_of(rule: Rule, columns: list[str], outputs: list[str]) -> list[Any] | None:
    """The row that reads as this rule; ``None`` if none does."""
    tests = rule.cells
    if rule.because or rule.is_dated or tests is None:
        return None
    try:
        cells = {field: _plain(write_cell(test)) for field, test in tests.items()}
    except SvcstdError:
        return None
    values = [plain_value(rule.then.get(name)) for name in outputs]
    if ANY in cells.values() or ANY in values:
        return None
    return [*(cells.get(name, ANY) for name in columns), *(ANY if value is None else value for value in values)]


def _plain(cell: Any) -> Any:
    if isinstance(cell, list):
        return [_plain(one) for one in cell]
    if isinstance(cell, dict):
        return {key: _plain(one) for key, one in cell.items()}
    return plain_value(cell)


def outcome(given: Any, outputs: Mapping[str, Output], path: str, reader: Reader) -> dict[str, FactValue]:
    """Outputs and their values; faults go to the reader."""
    if not isinstance(given, Mapping):
        reader.fault(DefinitionError(path, "shape.kind", got=kind_of(given), expected="a table of outputs"), path)
        return {}
    found: dict[str, FactValue] = {}
    for name, value in given.items():
        where = f"{path}.{name}"
        if name not in outputs:
            unknown = DefinitionError(where, "rules.output", value=name, nearest=nearest(name, outputs))
            reader.fault(unknown, where)
            continue
        try:
            found[name] = read_value(name, value, FactType(outputs[name].kind), where)
            outputs[name].check(found[name], where)
        except SvcstdError as error:
            reader.fault(error, where)
    return found
