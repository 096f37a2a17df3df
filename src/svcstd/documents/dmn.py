"""Decision tables of DMN 1.1 to 1.5, read and written as XML; what DMN has no word for is an attribute of ours.

Source: OMG, Decision Model and Notation 1.3, XML interchange. Read safely: no document type, no entities, nothing
that is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import attrs

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    Condition,
    Eq,
    FactKind,
    FactSchema,
    FactType,
    FactValue,
    In,
    Range,
    read_literal,
    read_unary,
    write_literal,
    write_unary,
)
from svcstd.documents.dates import read_day
from svcstd.documents.table_text import columns_of, row_cells
from svcstd.errors import DefinitionError, ExtraMissing, StandardError, SvcstdError, nearest
from svcstd.rules import DecisionTable, Else, Output, Rule
from svcstd.rules.table import CHOICES

try:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring
except ImportError:
    raise ExtraMissing("format", "extra.missing", what="DMN", extra="dmn") from None

__all__ = ["read_dmn", "write_dmn"]

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "urn:svcstd:dmn"
LONGEST = 5_000_000
"""Characters of a document."""
MOST = 200_000
"""Elements of a document."""
TYPES: Mapping[FactKind, str] = {
    "text": "string",
    "number": "number",
    "integer": "number",
    "true or false": "boolean",
    "date": "date",
    "moment": "date and time",
    "duration": "days and time duration",
}
KINDS: Mapping[str, FactKind] = {
    "string": "text",
    "number": "number",
    "integer": "integer",
    "long": "integer",
    "double": "number",
    "boolean": "true or false",
    "date": "date",
    "date and time": "moment",
    "dateTime": "moment",
    "days and time duration": "duration",
    "dayTimeDuration": "duration",
    "Any": "text",
    "": "text",
}
"""The types that files name, with those of older versions and of other engines."""
OWN: Mapping[str, FactKind] = {kind: kind for kind in get_args(FactKind)}
NAME = re.compile(r"[^\W\d][\w.]*(?: [\w.]+)*")
"""A fact as the expression of an input."""
DAYS = {"from": "first", "until": "last"}
NOTES = DAYS | {"because": "because"}


def write_dmn(table: DecisionTable, *, name: str = "") -> str:
    """The table as a DMN 1.3 document with one decision, which :func:`read_dmn` reads as an equal table.

    Args:
        table: its rules must fit in rows.
        name: of the decision; by default the table's own, else ``decision``.

    Raises:
        StandardError: rules that fit in no row, each with its reason.
    """
    title = name or table.name or "decision"
    root = Element("definitions", {"xmlns": MODEL, "xmlns:svcstd": OURS, "id": "definitions", "name": title})
    root.set("namespace", OURS)
    decision = SubElement(root, "decision", {"id": "decision", "name": title})
    grid = SubElement(decision, "decisionTable", {"id": "table", "hitPolicy": table.hit.upper()})
    if table.aggregate != "list":
        grid.set("aggregation", table.aggregate.upper())
    _say(grid, "name", table.name, table.name != title)
    _say(grid, "onNoMatch", table.on_no_match, table.on_no_match != "outcome")
    if table.otherwise is not None:
        _say(grid, "elseBecause", table.otherwise.because)
    columns = columns_of(table)
    for number, column in enumerate(columns, 1):
        _write_input(grid, number, column, table.facts.types[column])
    for number, (key, output) in enumerate(table.outputs.items(), 1):
        _write_output(grid, number, key, output, table.otherwise)
    notes = [note for note, field in NOTES.items() if any(getattr(rule, field) for rule in table.rules.values())]
    for note in notes:
        SubElement(grid, "annotation", {"name": note})
    faults: list[SvcstdError] = []
    for number, (key, rule) in enumerate(table.rules.items(), 1):
        try:
            cells = row_cells(key, rule, columns)
        except DefinitionError as error:
            faults.append(error)
        else:
            _write_rule(grid, number, key, rule, cells, table.outputs, notes)
    if faults:
        raise StandardError.of(faults)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _say(element: Element, key: str, value: str, needed: bool = True) -> None:  # noqa: FBT001, FBT002 - reads as said
    """An attribute of ours, where it is needed."""
    if needed:
        element.set(f"svcstd:{key}", value)


def _text(parent: Element, tag: str, key: str, text: str) -> Element:
    found = SubElement(parent, tag, {"id": key} if key else {})
    SubElement(found, "text").text = text
    return found


def _write_input(grid: Element, number: int, name: str, kind: FactType) -> None:
    column = SubElement(grid, "input", {"id": f"input_{number}", "label": kind.name or name})
    asked = _text(column, "inputExpression", f"expression_{number}", name)
    asked.set("typeRef", TYPES[kind.kind])
    _say(column, "kind", kind.kind, kind.kind == "integer")
    if kind.one_of:
        _text(column, "inputValues", f"values_{number}", ",".join(map(write_literal, kind.one_of)))
    elif kind.within is not None:
        low, high = kind.within.low, kind.within.high
        ends = {"low_closed": kind.within.low_closed, "high_closed": kind.within.high_closed}
        _text(column, "inputValues", f"values_{number}", write_unary(Range(name, low, high, **ends)))


def _write_output(grid: Element, number: int, name: str, output: Output, otherwise: Else | None) -> None:
    column = SubElement(grid, "output", {"id": f"output_{number}", "name": name, "typeRef": TYPES[output.kind]})
    _say(column, "kind", output.kind, output.kind == "integer")
    if output.one_of:
        _text(column, "outputValues", f"listed_{number}", ",".join(map(write_literal, output.one_of)))
    default = output.default
    if otherwise is not None:
        _say(column, "default", write_literal(default), default is not None)
        default = otherwise.then.get(name)
    if default is not None:
        _text(column, "defaultOutputEntry", f"default_{number}", write_literal(default))


def _write_rule(
    grid: Element, number: int, key: str, rule: Rule, cells: list[str], outputs: Iterable[str], notes: list[str]
) -> None:
    row = SubElement(grid, "rule", {"id": f"rule_{number}", "label": key})
    for place, cell in enumerate(cells, 1):
        _text(row, "inputEntry", f"test_{number}_{place}", cell)
    for place, name in enumerate(outputs, 1):
        _text(row, "outputEntry", f"answer_{number}_{place}", write_literal(rule.then.get(name)))
    for note in notes:
        told = getattr(rule, NOTES[note])
        _text(row, "annotationEntry", "", "" if told is None else str(told))


def read_dmn(
    text: str,
    *,
    decision: str = "",
    facts: FactSchema | None = None,
    outputs: Mapping[str, Output] | None = None,
) -> DecisionTable:
    """The decision table in a DMN document.

    Args:
        text: XML of DMN 1.1 to 1.5.
        decision: its name or id; empty where the document has one table only.
        facts: the vocabulary of its inputs; by default what the inputs say.
        outputs: what it answers; by default what the outputs say.

    Raises:
        StandardError: all faults of the table at once, each with its place.
        DefinitionError: no XML, a document type, a document that is too large, no such table.
    """
    name, grid = _chosen(_root(text), decision)
    return _Reader(grid, facts, outputs).table(name)


def _root(text: str) -> Element:
    if len(text) > LONGEST:
        raise DefinitionError("dmn", "text.long", length=len(text), most=LONGEST)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        raise DefinitionError("dmn", "dmn.doctype") from None
    except (ParseError, ValueError) as error:
        raise DefinitionError("dmn", "dmn.xml", reason=str(error)) from None
    if _tag(root) != "definitions":
        raise DefinitionError("dmn", "dmn.root", tag=_tag(root))
    return root


def _chosen(root: Element, wanted: str) -> tuple[str, Element]:
    """The name of a decision and its table."""
    found = [
        (str(one.get("name") or one.get("id") or ""), str(one.get("id")), grid)
        for one in _children(root, "decision")
        for grid in _children(one, "decisionTable")
    ]
    names = [name for name, _, _ in found]
    if not found:
        raise DefinitionError("dmn", "dmn.none")
    chosen = [(name, grid) for name, key, grid in found if wanted in ("", name, key)]
    if not chosen:
        raise DefinitionError("dmn", "dmn.unknown", value=wanted, nearest=nearest(wanted, names))
    if len(chosen) > 1:
        raise DefinitionError("dmn", "dmn.several", names=", ".join(names))
    return chosen[0]


def _tag(element: Element) -> str:
    """The name without its namespace, which tells the version."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in element if _tag(child) == tag]


def _said(element: Element, *tags: str) -> str:
    """The text below, along these tags; empty where there is none."""
    for tag in tags:
        below = _children(element, tag)
        if not below:
            return ""
        element = below[0]
    return (element.text or "").strip()


def _ours(element: Element, key: str) -> str | None:
    return element.get(f"{{{OURS}}}{key}")


class _Reader:
    """A decision table of XML on its way to one of ours."""

    def __init__(self, grid: Element, facts: FactSchema | None, outputs: Mapping[str, Output] | None) -> None:
        self._grid, self._known, self._given = grid, facts, outputs
        self._faults: list[SvcstdError] = []
        self._types: dict[str, FactType] = {}
        self._outputs: dict[str, Output] = {}
        self._defaults: dict[str, FactValue] = {}

    def table(self, name: str) -> DecisionTable:
        """The whole table.

        Raises:
            StandardError: all its faults.
        """
        grid = self._grid
        policy = self._policy()
        columns = [self._input(one, f"input {number}") for number, one in enumerate(_children(grid, "input"), 1)]
        answers = [
            self._output(one, name, f"output {number}") for number, one in enumerate(_children(grid, "output"), 1)
        ]
        notes = [str(one.get("name", "")) for one in _children(grid, "annotation")]
        rules: dict[str, Rule] = {}
        for number, row in enumerate(_children(grid, "rule"), 1):
            key = str(row.get("label") or row.get("id") or f"r{number}")
            if key in rules:
                self._faults.append(DefinitionError(f"rule {number}", "table.id", value=key))
            rules[key] = self._rule(row, columns, answers, notes, f"rule {number}")
        self._check(answers)
        why = _ours(grid, "elseBecause")
        otherwise = None if why is None else Else({k: v for k, v in self._defaults.items() if v is not None}, why)
        if self._faults:
            raise StandardError.of(self._faults, "dmn")
        own = _ours(grid, "name")
        return DecisionTable(
            facts=self._known or FactSchema(self._types),
            outputs=self._given or self._outputs,
            rules=rules,
            otherwise=otherwise,
            name=name if own is None else own,
            **policy,
        )

    def _policy(self) -> dict[str, Any]:
        found = {
            "hit": str(self._grid.get("hitPolicy") or "UNIQUE").lower(),
            "aggregate": str(self._grid.get("aggregation") or "LIST").lower(),
            "on_no_match": _ours(self._grid, "onNoMatch") or "outcome",
        }
        for name, value in found.items():
            if value not in CHOICES[name]:
                near = nearest(value, CHOICES[name])
                self._faults.append(DefinitionError(f"table.{name}", "choice.nearest", value=value, nearest=near))
        return found

    def _kind(self, element: Element, named: str, where: str) -> FactType:
        """A kind by its name in the file, or by ours beside it."""
        name = named.rpartition(":")[2]
        kind = OWN.get(_ours(element, "kind") or "") or KINDS.get(name)
        if kind is None:
            self._faults.append(DefinitionError(where, "dmn.type", value=name, nearest=nearest(name, KINDS)))
            return FactType()
        return FactType(kind)

    def _input(self, column: Element, where: str) -> str:
        """The fact that a column asks; its kind is noted."""
        asked = _children(column, "inputExpression")
        name = _said(column, "inputExpression", "text")
        if self._known is not None:
            if name in self._known.types:
                self._types[name] = self._known.types[name]
            else:
                near = nearest(name, self._known.types)
                self._faults.append(DefinitionError(where, "facts.name", value=name, nearest=near))
            return name
        if not NAME.fullmatch(name):
            self._faults.append(DefinitionError(where, "dmn.expression", value=name))
        elif name in self._types:
            self._faults.append(DefinitionError(where, "table.twice", value=name))
        kind = self._kind(column, str(asked[0].get("typeRef", "")) if asked else "", where)
        label = str(column.get("label") or "")
        self._types[name] = self._within(kind, _said(column, "inputValues", "text"), where)
        if label != name:
            self._types[name] = attrs.evolve(self._types[name], name=label)
        return name

    def _within(self, kind: FactType, cell: str, where: str) -> FactType:
        """The kind with the domain that a cell lists or bounds."""
        try:
            match read_unary(cell, "value", kind, where):
                case Eq(value=str(text)):
                    return attrs.evolve(kind, one_of=(text,))
                case In(values=values) if kind.kind == "text":
                    return attrs.evolve(kind, one_of=values)
                case Range() as test:
                    return attrs.evolve(kind, within=test.interval)
                case test if test != ANYTHING:
                    self._faults.append(DefinitionError(where, "dmn.domain", value=cell))
        except SvcstdError as error:
            self._faults.append(error)
        return kind

    def _output(self, column: Element, decision: str, where: str) -> str:
        """The name of what a column answers; what it may be is noted."""
        name = str(column.get("name") or column.get("label") or decision)
        if name in self._defaults:
            self._faults.append(DefinitionError(where, "table.twice", value=name))
        kind = self._kind(column, str(column.get("typeRef", "")), where)
        default, own = _said(column, "defaultOutputEntry", "text"), _ours(column, "default")
        values: tuple[FactValue, ...] = ()
        try:
            match read_unary(_said(column, "outputValues", "text"), "value", kind, where):
                case Eq(value=value):
                    values = (value,)
                case In(values=several):
                    values = several
                case test if test != ANYTHING:
                    self._faults.append(DefinitionError(where, "dmn.domain", value=name))
            self._defaults[name] = read_literal(default, kind, where)
            if _ours(self._grid, "elseBecause") is not None:
                default = own or ""
            self._outputs[name] = Output(kind.kind, values, read_literal(default, kind, where))
        except SvcstdError as error:
            self._faults.append(error.at(where))
            self._outputs[name] = Output(kind.kind)
        return name

    def _check(self, answers: list[str]) -> None:
        """Refuse columns that are not among the given outputs."""
        given = answers if self._given is None else self._given
        for number, name in enumerate(answers, 1):
            if name not in given:
                unknown = DefinitionError(f"output {number}", "rules.output", value=name, nearest=nearest(name, given))
                self._faults.append(unknown)

    def _rule(self, row: Element, columns: list[str], answers: list[str], notes: list[str], where: str) -> Rule:
        """A rule; where a cell is at fault, a rule without it, and the fault is noted."""
        asked, told = _children(row, "inputEntry"), _children(row, "outputEntry")
        for cells, names, what in ((asked, columns, "inputs"), (told, answers, "outputs")):
            if len(cells) != len(names):
                self._faults.append(
                    DefinitionError(f"{where}, {what}", "table.width", got=len(cells), expected=len(names))
                )
        tests: list[Condition] = []
        then: dict[str, FactValue] = {}
        for number, (cell, name) in enumerate(zip(asked, columns, strict=False), 1):
            kind = self._types.get(name)
            if kind is not None:
                try:
                    tests.append(read_unary(_said(cell, "text"), name, kind, f"{where}, input {number}"))
                except SvcstdError as error:
                    self._faults.append(error)
        for number, (cell, name) in enumerate(zip(told, answers, strict=False), 1):
            output = (self._given or self._outputs).get(name)
            if output is not None:
                try:
                    then[name] = read_literal(_said(cell, "text"), FactType(output.kind), f"{where}, output {number}")
                    output.check(then[name], f"{where}, output {number}")
                except SvcstdError as error:
                    self._faults.append(error)
        try:
            answered = {name: value for name, value in then.items() if value is not None}
            return Rule(AllOf(test for test in tests if test != ANYTHING), answered, **self._notes(row, notes))
        except SvcstdError as error:
            self._faults.append(error.at(where))
            return Rule()

    def _notes(self, row: Element, notes: list[str]) -> dict[str, Any]:
        """When a rule holds, and why there is one: by notes of ours, else whatever else is noted of it."""
        said = {name: _said(cell, "text") for name, cell in zip(notes, _children(row, "annotationEntry"), strict=False)}
        found: dict[str, Any] = {name: read_day(said[note]) for note, name in DAYS.items() if said.get(note)}
        others = [text for note, text in said.items() if note not in DAYS and text]
        return found | {"because": "; ".join(others) or _said(row, "description")}
