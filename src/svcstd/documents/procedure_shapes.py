"""Shapes of procedures: forms, scripts, and steps whose ways on are a step, a table by a fact, or a list of guards."""

from __future__ import annotations

from typing import Any

import attrs

from svcstd.conditions import ANYTHING, Eq, FactSchema, Range, plain_value, read_cell, write_cell
from svcstd.documents.clock_shapes import When
from svcstd.documents.shapes import FAULT, Anything, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OneOrMore, Record, Table
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.procedures import Form, Procedure, Script, Step, Way
from svcstd.procedures.procedure import MOST_AGAIN

__all__ = ["FORMS", "SCRIPTS", "procedures"]

ELSE = "else"
KINDS = ("do", "ask", "hand", "end")

FORMS = Table(
    Record(
        Form,
        (
            Field("name", Text(), ""),
            Field("fields", Listed(Text("field; a question mark at the end makes it optional"), 1)),
        ),
        "what is to be written down",
    )
)
SCRIPTS = Table(Mapped(Text("what to say, with slots as {name}"), Script, lambda script: script.text))

STEP = Record(
    dict,
    (
        Field("do", Text("what is done"), None),
        Field("ask", Text("what the facts decide"), None),
        Field("hand", Text("what is handed over"), None),
        Field("end", Text("how it ends"), None),
        Field("lane", Text("role"), ""),
        Field("to", Text("role that takes over, or routing.TABLE"), ""),
        Field("fill", OneOrMore(Text("form"), 0), (), says="forms to be filled in"),
        Field("forms", OneOrMore(Text("form"), 0), (), says="forms to have at hand"),
        Field("say", Text("script"), ""),
        Field("starts", OneOrMore(Text("objective"), 0), (), says="clocks that start here"),
        Field("stops", OneOrMore(Text("objective"), 0), (), says="clocks that stop here"),
        Field("reopens", OneOrMore(Text("objective"), 0), (), says="clocks that run again"),
        Field("by", Text("fact that decides"), ""),
        Field("then", Anything("the next step, by value of the fact, or a list of when and to"), None),
        Field("again", Whole(0, MOST_AGAIN), 0, says="how often a case may come here"),
        Field("note", Text(), ""),
    ),
    "a step that does, asks, hands over or ends",
)
SIMPLE = ("lane", "to", "fill", "forms", "say", "starts", "stops", "reopens", "again", "note")
"""Keys that a step holds under the same name."""
PROCEDURE = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("start", Text("step")),
        Field("lane", Text("role of steps that name none"), ""),
        Field("steps", Anything("steps by id")),
    ),
    "how a case is handled",
)


@attrs.frozen
class StepShape:
    """One step, with guards over declared facts."""

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Step`."""
        told = STEP.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        kinds = [kind for kind in KINDS if told[kind] is not None]
        if len(kinds) != 1:
            return reader.fault(DefinitionError(path, "procedures.kind", kinds=", ".join(KINDS)), path)
        before = reader.count
        ways = self._ways(told["by"], told["then"], path, reader)
        if reader.count > before:
            return FAULT
        try:
            return Step(kind=kinds[0], text=told[kinds[0]], ways=ways, **{key: told[key] for key in SIMPLE})  # type: ignore[arg-type]
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{error.where}")

    def _ways(self, by: str, then: object, path: str, reader: Reader) -> list[Way]:
        below = f"{path}.then"
        match then:
            case None | str() | list() if by:
                reader.fault(DefinitionError(path, "procedures.by"), f"{path}.by")
                return []
            case None:
                return []
            case str():
                return [Way(then)]
            case list():
                found = [self._way(one, f"{below}[{number}]", reader) for number, one in enumerate(then)]
                return [way for way in found if way is not FAULT]
            case dict() if by:
                return self._by(by, then, path, reader)
            case _:
                wrong_kind(reader, below, then, "a step, a table by a fact, or a list of when and to")
                return []

    def _way(self, raw: object, path: str, reader: Reader) -> Any:
        match raw:
            case {"else": str(to), **others} if not others:
                return Way(to, otherwise=True)
            case {"when": when, "to": str(to), **others} if not others:
                condition = When(self.facts, self.doubtful).read(when, f"{path}.when", reader)
                return FAULT if condition is FAULT else Way(to, condition)
            case _:
                return wrong_kind(reader, path, raw, "a table with when and to, or with else")

    def _by(self, by: str, then: dict[str, Any], path: str, reader: Reader) -> list[Way]:
        if by in self.doubtful:
            reader.count += 1
            return []
        if by not in self.facts.types:
            unknown = DefinitionError(path, "facts.name", value=by, nearest=nearest(by, self.facts.types))
            reader.fault(unknown, f"{path}.by")
            return []
        kind, found = self.facts.types[by], []
        for key, to in then.items():
            below = f"{path}.then.{key}"
            if not isinstance(to, str):
                wrong_kind(reader, below, to, "a step")
            elif key != ELSE:
                try:
                    test = read_cell(by, key, kind, below) if kind.is_ordered else Eq(by, self.facts.read(by, key))
                    found.append(Way(to, test))
                except SvcstdError as error:
                    reader.fault(error, below)
        return [*found, *([Way(then[ELSE], otherwise=True)] if isinstance(then.get(ELSE), str) else [])]

    def write(self, value: Step) -> object:
        """The table of the step."""
        found: dict[str, Any] = {value.kind: value.text}
        plain = {field.key: field for field in STEP.fields}
        for key in SIMPLE:
            held = getattr(value, key)
            found |= {key: plain[key].shape.write(held)} if held != plain[key].default else {}
        return found | self._written(value)

    def _written(self, step: Step) -> dict[str, Any]:
        if not step.ways:
            return {}
        if len(step.ways) == 1 and step.ways[0].when == ANYTHING and not step.ways[0].otherwise:
            return {"then": step.ways[0].to}
        by = _by_fact(step)
        if by is not None:
            return {"by": by[0], "then": by[1]}
        return {"then": [self._listed(way) for way in step.ways]}

    def _listed(self, way: Way) -> dict[str, Any]:
        if way.otherwise:
            return {ELSE: way.to}
        return {"when": When(self.facts).write(way.when), "to": way.to}

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        return STEP.schema()


def _by_fact(step: Step) -> tuple[str, dict[str, str]] | None:
    """The fact and the table that read as these ways; ``None`` if none does."""
    found: dict[str, str] = {}
    fields: set[str] = set()
    for way in step.ways:
        tests = way.when.tests
        if way.otherwise:
            key = ELSE
        elif len(tests) == 1 and isinstance(tests[0], Eq | Range):
            fields.add(tests[0].field)
            key = _key_of(tests[0])
        else:
            return None
        if key in found or (key == ELSE and not way.otherwise):
            return None
        found[key] = way.to
    return (fields.pop(), found) if len(fields) == 1 else None


def _key_of(test: Eq | Range) -> str:
    value = plain_value(test.value) if isinstance(test, Eq) else write_cell(test)
    return str(value).lower() if isinstance(value, bool) else str(value)


@attrs.frozen
class ProcedureShape:
    """A procedure over declared facts."""

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Procedure`."""
        told = PROCEDURE.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        steps = Table(StepShape(self.facts, self.doubtful)).read(told["steps"], f"{path}.steps", reader)
        if steps is FAULT:
            return FAULT
        try:
            return Procedure(facts=self.facts, **{**told, "steps": steps})
        except StandardError as error:
            for fault in error.faults:
                reader.fault(fault, f"{path}.{fault.where}")
            return FAULT

    def write(self, value: Procedure) -> object:
        """The table of the procedure."""
        found = {key: getattr(value, key) for key in ("name", "start", "lane") if getattr(value, key)}
        return found | {"steps": Table(StepShape(self.facts)).write(value.steps)}

    def schema(self) -> dict[str, Any]:
        """An object with steps by id."""
        found = PROCEDURE.schema()
        found["properties"]["steps"] = {"type": "object", "additionalProperties": StepShape(self.facts).schema()}
        return found


def procedures(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of the procedures, whose guards speak of declared facts.

    Args:
        facts: the declared facts.
        doubtful: facts whose declaration could not be read.
    """
    return Table(ProcedureShape(facts, doubtful))
