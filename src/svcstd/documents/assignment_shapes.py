"""Shapes of assignment: needs, what puts candidates in order, what waiting relaxes, and limits of hand-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from svcstd.conditions import ANYTHING, FactSchema
from svcstd.documents.clock_shapes import When
from svcstd.documents.shapes import FAULT, Anything, Parsed, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, OneOrMore, Record, Table
from svcstd.durations import elapsed_of, iso_duration
from svcstd.errors import DefinitionError, StandardError, nearest
from svcstd.keyed import EMPTY
from svcstd.routing import (
    Assignment,
    Belongs,
    ById,
    ByIdle,
    ByKnown,
    ByLoad,
    ByOpening,
    ByPlace,
    ByShare,
    BySkill,
    ByStatus,
    Drawn,
    HandoffRule,
    HasPart,
    HasRoom,
    HasStatus,
    Holds,
    IsKnown,
    IsOpen,
    Need,
    OnShift,
    RankKey,
    Relaxation,
    RoundRobin,
    Serves,
    Skilled,
    Speaks,
)

__all__ = ["HANDOFFS", "assignments"]

MOST = 1_000_000
LEVEL = Whole(0, MOST)

NEEDS: Mapping[str, tuple[type, Record]] = {
    "serves": (
        Serves,
        Record(
            Serves,
            (
                Field("serves", Text("fact that names the place"), attr="by"),
                Field("teams", Table(Listed(Text("team")), free=True), EMPTY, says="place to teams, the nearest first"),
                Field("else", Listed(Text("team")), (), attr="otherwise"),
            ),
            "the team stands in the ranking of the place",
        ),
    ),
    "stock": (HasPart, Record(HasPart, (Field("stock", Text("fact that names the part"), attr="part"),))),
    "trait": (
        Belongs,
        Record(
            Belongs,
            (
                Field("trait", Text("of the team")),
                Field("is", OneOrMore(Text()), (), attr="values"),
                Field("fact", Text("that names it"), ""),
            ),
        ),
    ),
    "status": (HasStatus, Record(HasStatus, (Field("status", OneOrMore(Text()), attr="values"),))),
    "known": (IsKnown, Record(IsKnown, (Field("known", Text("fact that names the agent"), attr="fact"),))),
    "speaks": (Speaks, Record(Speaks, (Field("speaks", Text("fact that names the language"), attr="fact"),))),
    "skill": (
        Skilled,
        Record(Skilled, (Field("skill", Text()), Field("level", LEVEL, 1))),
    ),
    "skill_of": (
        Skilled,
        Record(
            Skilled,
            (Field("skill_of", Text("fact that names the skill"), attr="fact"), Field("level", LEVEL, 1)),
        ),
    ),
    "credential": (
        Holds,
        Record(
            Holds,
            (
                Field("credential", Text(), attr="subject"),
                Field("product", Text("fact that names the product"), ""),
                Field("level", LEVEL, 0),
                Field("editions", OneOrMore(Text("first day of an edition")), ()),
            ),
        ),
    ),
}
"""Needs that say more than a word, by the key that tells them apart."""
WORDS: Mapping[str, type] = {"open": IsOpen, "on shift": OnShift, "below capacity": HasRoom}
"""Needs that are a word."""

KEYS: Mapping[str, type] = {
    "opens first": ByOpening,
    "load": ByLoad,
    "share": ByShare,
    "longest idle": ByIdle,
    "round robin": RoundRobin,
    "id": ById,
}
"""What puts candidates in order, as a word; ``nearest`` and the tables below beside them."""
NEAREST = "nearest"
TABLES: Mapping[str, tuple[type, Record]] = {
    "status": (ByStatus, Record(ByStatus, (Field("status", Listed(Text(), 1), attr="order"),))),
    "skill": (BySkill, Record(BySkill, (Field("skill", Text()),))),
    "skill_of": (BySkill, Record(BySkill, (Field("skill_of", Text("fact"), attr="fact"),))),
    "known": (ByKnown, Record(ByKnown, (Field("known", Text("fact"), attr="fact"),))),
    "drawn": (Drawn, Record(Drawn, (Field("drawn", Text("seed"), attr="seed"),))),
}


LISTED = Listed(Anything("a word, or a table"))

RELAX = Listed(
    Record(
        Relaxation,
        (
            Field("after", Parsed(elapsed_of, iso_duration, "time waited", ("30 minutes", "PT30M"))),
            Field("drop", OneOrMore(Text("need")), ()),
            Field("lower", Table(Whole(1, MOST)), EMPTY, says="need to levels"),
        ),
        "what waiting relaxes",
    )
)
ASSIGNMENT = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("role", Text("what the agent does"), ""),
        Field("needs", Anything("by id, what the work needs"), EMPTY),
        Field("prefer", Anything("what puts candidates in order; the last settles every tie")),
        Field("relax", RELAX, ()),
        Field("units", Whole(1, MOST), 1, says="of capacity that the work takes"),
        Field("max_lead", Whole(1, MOST), None, says="how much more work than others somebody may have had"),
    ),
    "how work finds its agent",
)
HANDOFFS = Record(
    HandoffRule,
    (
        Field("owner", Text("who answers for the work")),
        Field("most", Whole(0, MOST), None, says="hand-offs between others"),
        Field("most_returns", Whole(0, MOST), None, says="how often two may give it back to each other"),
    ),
    "how often work may be handed on",
)


@attrs.frozen
class NeedShape:
    """A need: a word, or a table with a test, and when it is asked."""

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Need`."""
        table = dict(raw) if isinstance(raw, dict) else {"need": raw}
        when = ANYTHING
        if "when" in table:
            when = When(self.facts, self.doubtful).read(table.pop("when"), f"{path}.when", reader)
        word = table.get("need")
        tag = next((key for key in NEEDS if key in table), "")
        if tag:
            test = NEEDS[tag][1].read(table, path, reader)
        elif isinstance(word, str) and len(table) == 1:
            known = nearest(word, WORDS)
            unknown = DefinitionError(path, "choice.nearest", value=word, nearest=known)
            test = WORDS[word]() if word in WORDS else reader.fault(unknown, path)
        else:
            test = wrong_kind(reader, path, raw, f"{', '.join(WORDS)}, or a table with one of {', '.join(NEEDS)}")
        return FAULT if FAULT in (test, when) else Need(test, when)

    def write(self, value: Need) -> object:
        """A word where nothing more is said."""
        asked = {"when": When(self.facts).write(value.when)} if value.when.tests else {}
        word = next((word for word, kind in WORDS.items() if type(value.test) is kind), "")
        if word:
            return {"need": word} | asked if asked else word
        told: Any = _record(NEEDS, value.test).write(value.test)
        return told | asked

    def schema(self) -> dict[str, Any]:
        """A word, or any of the tables."""
        when = {"when": When(self.facts).schema()}
        words = {"enum": list(WORDS)}
        word = {"type": "object", "properties": {"need": words} | when, "additionalProperties": False}
        tables = [record.schema() for _, record in NEEDS.values()]
        return {"anyOf": [words, word, *(one | {"properties": one["properties"] | when} for one in tables)]}


def _record(tagged: Mapping[str, tuple[type, Record]], value: object) -> Record:
    """The record that writes a value: of two that share a type, the one whose first field is filled."""
    found = [record for kind, record in tagged.values() if type(value) is kind]
    return next(record for record in found if len(found) == 1 or getattr(value, record.fields[0].name))


@attrs.frozen
class AssignmentShape:
    """How work of one kind finds its agent."""

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """An :class:`Assignment`."""
        told = ASSIGNMENT.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        needs = Table(NeedShape(self.facts, self.doubtful)).read(dict(told["needs"]), f"{path}.needs", reader)
        before = reader.count
        keys = LISTED.read(told["prefer"], f"{path}.prefer", reader)
        if FAULT in (needs, keys):
            return FAULT
        prefer = [self._key(one, needs, f"{path}.prefer[{number}]", reader) for number, one in enumerate(keys)]
        if reader.count > before:
            return FAULT
        try:
            return Assignment(**{**told, "needs": needs, "prefer": prefer})
        except StandardError as error:
            for fault in error.faults:
                reader.fault(fault, f"{path}.{fault.where}")
            return FAULT

    def _key(self, raw: object, needs: Mapping[str, Need], path: str, reader: Reader) -> Any:
        match raw:
            case str() if raw == NEAREST:
                serves = next((need.test for need in needs.values() if isinstance(need.test, Serves)), None)
                return (
                    reader.fault(DefinitionError(path, "assign.nearest"), path) if serves is None else ByPlace(serves)
                )
            case str() if raw in KEYS:
                return KEYS[raw]()
            case str():
                known = nearest(raw, [*KEYS, NEAREST])
                return reader.fault(DefinitionError(path, "choice.nearest", value=raw, nearest=known), path)
            case dict() if tag := next((key for key in TABLES if key in raw), ""):
                return TABLES[tag][1].read(raw, path, reader)
            case _:
                expected = f"{', '.join([NEAREST, *KEYS])}, or a table with one of {', '.join(TABLES)}"
                return wrong_kind(reader, path, raw, expected)

    def write(self, value: Assignment) -> object:
        """The table."""
        found: dict[str, Any] = {}
        for field in ASSIGNMENT.fields:
            held = getattr(value, field.key)
            if field.key == "needs":
                found |= {"needs": Table(NeedShape(self.facts)).write(held)} if held else {}
            elif field.key == "prefer":
                found["prefer"] = [_written(key) for key in held]
            elif held != field.default:
                found[field.key] = field.shape.write(held)
        return found

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        found = ASSIGNMENT.schema()
        words = {"enum": [NEAREST, *KEYS]}
        key = {"anyOf": [words, *(record.schema() for _, record in TABLES.values())]}
        found["properties"]["needs"] = Table(NeedShape(self.facts)).schema()
        found["properties"]["prefer"] = {"type": "array", "minItems": 1, "items": key}
        return found


def _written(key: RankKey) -> object:
    if isinstance(key, ByPlace):
        return NEAREST
    word = next((word for word, kind in KEYS.items() if type(key) is kind), "")
    return word or _record(TABLES, key).write(key)


def assignments(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of the ways in which work finds its agent.

    Args:
        facts: the declared facts.
        doubtful: facts whose declaration could not be read.
    """
    return Table(AssignmentShape(facts, doubtful))
