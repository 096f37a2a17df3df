"""One description of a part, three uses: read it from plain data, write it back, and tell its JSON Schema.

Plain data is text, whole numbers, Decimal, booleans, lists and tables with text keys. A shape reads it into a value,
or notes a fault under its path and gives ``FAULT``; reading goes on, so that all faults come out at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import attrs

from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.keyed import Keyed, as_tuple

__all__ = [
    "FAULT",
    "REQUIRED",
    "Anything",
    "Choice",
    "Field",
    "Flag",
    "Listed",
    "Mapped",
    "OneOrMore",
    "Parsed",
    "Reader",
    "Record",
    "Shape",
    "Switch",
    "Table",
    "Text",
    "Whole",
    "kind_of",
]


class _Mark:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


FAULT: Final = _Mark("FAULT")
"""What a shape gives when it could not read."""
REQUIRED: Final = _Mark("REQUIRED")
"""The default of a field that has none."""

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ &/()-]{0,99}", re.ASCII)
MOST_FAULTS = 1_000
KINDS = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def kind_of(raw: object) -> str:
    """The kind of a piece of plain data, in words."""
    return KINDS.get(type(raw), "a number" if raw is not None else "nothing")


@attrs.define
class Reader:
    """The faults found so far, and where in the text each path stands.

    Attributes:
        places: path to line and column, where the parser told.
        faults: in the order of the document, each once.
        count: of faults met, those met again by a later edition too.
        prefix: where the overlay stands that is being read; ``$`` for the document itself.
    """

    places: Mapping[str, tuple[int, int]] = attrs.Factory(dict)
    faults: list[SvcstdError] = attrs.Factory(list)
    count: int = 0
    prefix: str = "$"
    _met: set[tuple[str, str]] = attrs.Factory(set)

    def fault(self, error: SvcstdError, path: str) -> Any:
        """Note a fault under a path; the nearest place above it is told.

        Raises:
            StandardError: so many faults that nobody would read on.
        """
        self.count += 1
        told = (path, error.problem)
        if told not in self._met:
            self._met.add(told)
            self.faults.append(error.at(self.where(self.prefix + path.removeprefix("$"))))
        if len(self.faults) == MOST_FAULTS:
            raise StandardError.of(self.faults)
        return FAULT

    def where(self, path: str) -> str:
        """A path, with line and column where they are known."""
        found = path
        while found not in self.places and "." in found:
            found = found.rpartition(".")[0]
        place = self.places.get(found)
        return f"{path} (line {place[0]}, column {place[1]})" if place else path


class Shape(Protocol):
    """What can be read, written and described."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The value, or ``FAULT``."""
        ...

    def write(self, value: Any, *, full: bool = False) -> object:
        """Plain data that reads back as an equal value; *full* spells defaults out where they can be written."""
        ...

    def schema(self) -> dict[str, Any]:
        """JSON Schema, draft 2020-12."""
        ...


def _wrong(reader: Reader, path: str, raw: object, expected: str) -> Any:
    return reader.fault(DefinitionError(path, "shape.kind", got=kind_of(raw), expected=expected), path)


@attrs.frozen
class Text:
    """Any text, kept as it is."""

    says: str = ""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The text."""
        return raw if isinstance(raw, str) else _wrong(reader, path, raw, "a text")

    def write(self, value: str, *, full: bool = False) -> object:
        """The text."""
        return value

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"} | ({"description": self.says} if self.says else {})


@attrs.frozen
class Parsed:
    """A text that a function reads into a value and another prints."""

    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    says: str
    examples: tuple[str, ...] = ()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The value that the text names."""
        if not isinstance(raw, str):
            return _wrong(reader, path, raw, f"a text such as {self.examples[0]}")
        try:
            return self.parse(raw)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Any, *, full: bool = False) -> object:
        """The text."""
        return self.show(value)

    def schema(self) -> dict[str, Any]:
        """A string with examples."""
        return {"type": "string", "description": self.says, "examples": list(self.examples)}


@attrs.frozen
class Anything:
    """Plain data of any form, for a reader of its own."""

    says: str

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The data."""
        return raw

    def write(self, value: object, *, full: bool = False) -> object:
        """The data."""
        return value

    def schema(self) -> dict[str, Any]:
        """Anything."""
        return {"description": self.says}


@attrs.frozen
class Flag:
    """True or false."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The flag."""
        return raw if isinstance(raw, bool) else _wrong(reader, path, raw, "true or false")

    def write(self, value: bool, *, full: bool = False) -> object:  # noqa: FBT001 - a value, not an option
        """The flag."""
        return value

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@attrs.frozen
class Whole:
    """A whole number within bounds."""

    low: int
    high: int

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The number."""
        if isinstance(raw, bool) or not isinstance(raw, int):
            return _wrong(reader, path, raw, "a whole number")
        if not self.low <= raw <= self.high:
            return reader.fault(DefinitionError(path, "shape.bounds", value=raw, low=self.low, high=self.high), path)
        return raw

    def write(self, value: int, *, full: bool = False) -> object:
        """The number."""
        return value

    def schema(self) -> dict[str, Any]:
        """An integer with bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@attrs.frozen
class Choice:
    """One of a closed list of texts."""

    choices: tuple[str, ...]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The text, if it is one of them."""
        if not isinstance(raw, str):
            return _wrong(reader, path, raw, "a text")
        if raw not in self.choices:
            near = nearest(raw, self.choices)
            return reader.fault(DefinitionError(path, "choice.nearest", value=raw, nearest=near), path)
        return raw

    def write(self, value: str, *, full: bool = False) -> object:
        """The text."""
        return value

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.choices)}


@attrs.frozen
class Listed:
    """A list of things of one shape."""

    item: Shape
    least: int = 0

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A tuple."""
        if not isinstance(raw, list):
            return _wrong(reader, path, raw, "a list")
        if len(raw) < self.least:
            return reader.fault(DefinitionError(path, "shape.empty"), path)
        found = [self.item.read(one, f"{path}[{number}]", reader) for number, one in enumerate(raw)]
        return FAULT if any(one is FAULT for one in found) else tuple(found)

    def write(self, value: Iterable[Any], *, full: bool = False) -> object:
        """A list."""
        return [self.item.write(one, full=full) for one in value]

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}


@attrs.frozen
class OneOrMore:
    """One thing, or a list of several."""

    item: Shape

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A tuple."""
        if isinstance(raw, list):
            return Listed(self.item, 1).read(raw, path, reader)
        found = self.item.read(raw, path, reader)
        return FAULT if found is FAULT else (found,)

    def write(self, value: Sequence[Any], *, full: bool = False) -> object:
        """The thing itself where there is one."""
        return self.item.write(value[0], full=full) if len(value) == 1 else Listed(self.item).write(value, full=full)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [self.item.schema(), Listed(self.item, 1).schema()]}


def _key(key: str, path: str, reader: Reader) -> bool:
    if KEY.fullmatch(key):
        return True
    reader.fault(DefinitionError(path, "shape.key", value=key), path)
    return False


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
            return _wrong(reader, path, raw, "a table")
        found: dict[Any, Any] = {}
        for key, one in raw.items():
            below = f"{path}.{key}"
            name = self._name(key, below, reader)
            value = self.item.read(one, below, reader)
            found[name] = value
        return FAULT if FAULT in found or any(value is FAULT for value in found.values()) else Keyed(found)

    def _name(self, key: str, path: str, reader: Reader) -> Any:
        if self.parse is None:
            return key if self.free or _key(key, path, reader) else FAULT
        try:
            return self.parse(key)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Mapping[Any, Any], *, full: bool = False) -> object:
        """A table."""
        return {self.show(key): self.item.write(one, full=full) for key, one in value.items()}

    def schema(self) -> dict[str, Any]:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.item.schema()}


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
            return _wrong(reader, path, raw, "a table")
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

    def write(self, value: Any, *, full: bool = False) -> object:
        """A table without the fields that have their default."""
        found = {}
        taken = None if self.take is None else self.take(value)
        for field in self.fields:
            held = getattr(value, field.name) if taken is None else taken[field.name]
            if field.default is REQUIRED or held != field.default or (full and held not in (None, ())):
                found[field.key] = field.shape.write(held, full=full)
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

    def write(self, value: Any, *, full: bool = False) -> object:
        """What the shape writes."""
        return self.shape.write(self.take(value), full=full)

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
        return _wrong(reader, path, raw, self.expected)

    def write(self, value: Any, *, full: bool = False) -> object:
        """What the chosen way writes."""
        return self.ways[self.choose(value)][1].write(value, full=full)

    def schema(self) -> dict[str, Any]:
        """Any of the ways."""
        return {"anyOf": [shape.schema() for _, shape in self.ways]}
