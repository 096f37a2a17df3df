"""Shapes made of shapes: lists, keyed tables, records with fixed keys, and several spellings of one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from svcstd.documents.shapes import FAULT, REQUIRED, Reader, Shape, wrong_kind
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.keyed import Keyed, as_tuple

__all__ = [
    "Field",
    "Listed",
    "Mapped",
    "OneOrMore",
    "OwnKeys",
    "Record",
    "Switch",
    "Table",
    "as_id",
    "has_key",
    "is_kind",
]

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ &/()-]{0,99}", re.ASCII)


@attrs.frozen
class Listed:
    """A list of things of one shape."""

    item: Shape
    least: int = 0

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A tuple."""
        if not isinstance(raw, list):
            return wrong_kind(reader, path, raw, "a list")
        if len(raw) < self.least:
            return reader.fault(DefinitionError(path, "shape.empty"), path)
        found = [self.item.read(one, f"{path}[{number}]", reader) for number, one in enumerate(raw)]
        return FAULT if any(one is FAULT for one in found) else tuple(found)

    def write(self, value: Iterable[Any]) -> object:
        """A list."""
        return [self.item.write(one) for one in value]

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}


@attrs.frozen
class OneOrMore:
    """One thing, or a list of several.

    Attributes:
        item: the shape of each.
        least: how many a list holds at least; 0 lets ``[]`` say that there is none.
    """

    item: Shape
    least: int = 1

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A tuple."""
        if isinstance(raw, list):
            return Listed(self.item, self.least).read(raw, path, reader)
        found = self.item.read(raw, path, reader)
        return FAULT if found is FAULT else (found,)

    def write(self, value: Sequence[Any]) -> object:
        """The thing itself where there is one."""
        return self.item.write(value[0]) if len(value) == 1 else Listed(self.item).write(value)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [self.item.schema(), Listed(self.item, self.least).schema()]}


def as_id(key: str) -> str:
    """A key that names something.

    Raises:
        DefinitionError: other letters than those of ids.
    """
    if not KEY.fullmatch(key):
        raise DefinitionError("key", "shape.key", value=key)
    return key


@attrs.frozen
class Table:
    """Things of one shape by key. Keys are ids (ASCII, no dots), unless they are values of the case's world.

    Attributes:
        item: the shape of each.
        parse: what a key means; by default the key itself, which must be an id.
        show: the key as text.
        free: keys are values of facts or headers of columns, any text.
    """

    item: Shape
    parse: Callable[[str], Any] | None = None
    show: Callable[[Any], str] = str
    free: bool = False

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Keyed`."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table")
        found: dict[Any, Any] = {}
        for key, one in raw.items():
            below = f"{path}.{key}"
            name = self._name(key, below, reader)
            if name in found and name is not FAULT:
                reader.fault(DefinitionError(path, "shape.twice", key=key), below)
                name = FAULT
            value = self.item.read(one, below, reader)
            found[name] = value
        return FAULT if FAULT in found or any(value is FAULT for value in found.values()) else Keyed(found)

    def _name(self, key: str, path: str, reader: Reader) -> Any:
        if self.free:
            return key
        try:
            return (self.parse or as_id)(key)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Mapping[Any, Any]) -> object:
        """A table."""
        return {self.show(key): self.item.write(one) for key, one in value.items()}

    def schema(self) -> dict[str, Any]:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.item.schema()}


@attrs.frozen
class OwnKeys:
    """Things by key, which each knows.

    Attributes:
        item: the shape of the thing of a key.
    """

    item: Callable[[str], Shape]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Keyed`."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table")
        found = {key: Table(self.item(key)).read({key: one}, path, reader) for key, one in raw.items()}
        return FAULT if FAULT in found.values() else Keyed({key: one[key] for key, one in found.items()})

    def write(self, value: Mapping[str, Any]) -> object:
        """A table."""
        return {key: self.item(key).write(one) for key, one in value.items()}

    def schema(self) -> dict[str, Any]:
        """An object with any keys."""
        return Table(self.item("")).schema()


@attrs.frozen
class Field:
    """A key of a record.

    Attributes:
        key: in the file.
        shape: of its value.
        default: the value when it is left out, which is not written back; ``REQUIRED`` for none.
        attr: name in the value; by default the key.
        says: what it means, for the schema.
    """

    key: str
    shape: Shape
    default: Any = REQUIRED
    attr: str = ""
    says: str = ""

    @property
    def name(self) -> str:
        """The name in the value."""
        return self.attr or self.key


@attrs.frozen
class Record:
    """A table with fixed keys; unknown ones are refused with the nearest.

    Attributes:
        build: makes the value from the fields by name.
        fields: the keys.
        says: what it is, for the schema.
        take: the fields of a value by name; by default its attributes.
    """

    build: Callable[..., Any]
    fields: tuple[Field, ...] = attrs.field(converter=as_tuple)
    says: str = ""
    take: Callable[[Any], Mapping[str, Any]] | None = None

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """What *build* makes of the fields."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table")
        known = [field.key for field in self.fields]
        before = reader.count
        for key in raw:
            if key not in known:
                error = DefinitionError(path, "shape.unknown_key", value=key, nearest=nearest(key, known))
                reader.fault(error, f"{path}.{key}")
        found = {field.name: self._field(field, raw, path, reader) for field in self.fields}
        if reader.count > before:
            return FAULT
        return self._built(found, path, reader)

    def _field(self, field: Field, raw: dict[str, Any], path: str, reader: Reader) -> Any:
        if field.key in raw:
            return field.shape.read(raw[field.key], f"{path}.{field.key}", reader)
        if field.default is REQUIRED:
            return reader.fault(DefinitionError(path, "shape.missing", key=field.key), f"{path}.{field.key}")
        return field.default

    def _built(self, found: dict[str, Any], path: str, reader: Reader) -> Any:
        try:
            return self.build(**found)
        except StandardError as error:
            for fault in error.faults:
                reader.fault(fault, f"{path}.{fault.where}")
        except SvcstdError as error:
            reader.fault(error, f"{path}.{error.where}")
        return FAULT

    def write(self, value: Any) -> object:
        """A table without the fields that have their default."""
        found = {}
        taken = None if self.take is None else self.take(value)
        for field in self.fields:
            held = getattr(value, field.name) if taken is None else taken[field.name]
            if field.default is REQUIRED or held != field.default:
                found[field.key] = field.shape.write(held)
        return found

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        properties = {}
        for field in self.fields:
            properties[field.key] = field.shape.schema() | ({"description": field.says} if field.says else {})
        required = [field.key for field in self.fields if field.default is REQUIRED]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        } | ({"description": self.says} if self.says else {})


@attrs.frozen
class Mapped:
    """What one shape reads, made into another value.

    Attributes:
        shape: reads and writes the plain data.
        build: the value from what it read.
        take: what to write of a value.
    """

    shape: Shape
    build: Callable[[Any], Any]
    take: Callable[[Any], Any]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """What *build* makes of it."""
        found = self.shape.read(raw, path, reader)
        if found is FAULT:
            return FAULT
        try:
            return self.build(found)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Any) -> object:
        """What the shape writes."""
        return self.shape.write(self.take(value))

    def schema(self) -> dict[str, Any]:
        """That of the shape."""
        return self.shape.schema()


@attrs.frozen
class Switch:
    """Several ways to write one thing, told apart by the kind of data or by a key.

    Attributes:
        ways: tests on plain data, with the shape that each leads to; the first that fits reads.
        choose: which way writes a value.
        expected: all ways, in words.
    """

    ways: tuple[tuple[Callable[[object], bool], Shape], ...]
    choose: Callable[[Any], int]
    expected: str

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """What the way that fits reads."""
        for fits, shape in self.ways:
            if fits(raw):
                return shape.read(raw, path, reader)
        return wrong_kind(reader, path, raw, self.expected)

    def write(self, value: Any) -> object:
        """What the chosen way writes."""
        return self.ways[self.choose(value)][1].write(value)

    def schema(self) -> dict[str, Any]:
        """Any of the ways."""
        return {"anyOf": [shape.schema() for _, shape in self.ways]}


def is_kind(*kinds: type) -> Callable[[object], bool]:
    """A test for a way of a :class:`Switch`: plain data of one of these kinds."""
    return lambda raw: isinstance(raw, kinds)


def has_key(*keys: str) -> Callable[[object], bool]:
    """A test for a way of a :class:`Switch`: a table with one of these keys."""
    return lambda raw: isinstance(raw, dict) and any(key in raw for key in keys)
