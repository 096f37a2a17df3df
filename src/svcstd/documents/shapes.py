"""One description of a part, three uses: read it from plain data, write it back, and tell its JSON Schema.

Plain data is text, whole numbers, Decimal, booleans, lists and tables with text keys. A shape reads it into a value,
or notes a fault under its path and gives ``FAULT``; reading goes on, so that all faults come out at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, Protocol

import attrs

from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest

__all__ = [
    "FAULT",
    "REQUIRED",
    "Anything",
    "Choice",
    "Flag",
    "Number",
    "Parsed",
    "Reader",
    "Shape",
    "Text",
    "Whole",
    "kind_of",
    "wrong_kind",
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

MOST_FAULTS = 1_000
KINDS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


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

    def write(self, value: Any) -> object:
        """Plain data that reads back as an equal value."""
        ...

    def schema(self) -> dict[str, Any]:
        """JSON Schema, draft 2020-12."""
        ...


def wrong_kind(reader: Reader, path: str, raw: object, expected: str) -> Any:
    """Note that the plain data is of another kind than the shape reads."""
    return reader.fault(DefinitionError(path, "shape.kind", got=kind_of(raw), expected=expected), path)


@attrs.frozen
class Text:
    """Any text, kept as it is."""

    says: str = ""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The text."""
        return raw if isinstance(raw, str) else wrong_kind(reader, path, raw, "a text")

    def write(self, value: str) -> object:
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
            return wrong_kind(reader, path, raw, f"a text such as {self.examples[0]}")
        try:
            return self.parse(raw)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Any) -> object:
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

    def write(self, value: object) -> object:
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
        return raw if isinstance(raw, bool) else wrong_kind(reader, path, raw, "true or false")

    def write(self, value: bool) -> object:  # noqa: FBT001 - a value, not an option
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
            return wrong_kind(reader, path, raw, "a whole number")
        if not self.low <= raw <= self.high:
            return reader.fault(DefinitionError(path, "shape.bounds", value=raw, low=self.low, high=self.high), path)
        return raw

    def write(self, value: int) -> object:
        """The number."""
        return value

    def schema(self) -> dict[str, Any]:
        """An integer with bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@attrs.frozen
class Number:
    """A number, exact: whole, or with a decimal fraction."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The number."""
        fits = isinstance(raw, int | Decimal) and not isinstance(raw, bool)
        return raw if fits else wrong_kind(reader, path, raw, "a number")

    def write(self, value: Decimal | int) -> object:
        """The number."""
        return value

    def schema(self) -> dict[str, Any]:
        """A number."""
        return {"type": "number"}


@attrs.frozen
class Choice:
    """One of a closed list of texts."""

    choices: tuple[str, ...]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The text, if it is one of them."""
        if not isinstance(raw, str):
            return wrong_kind(reader, path, raw, "a text")
        if raw not in self.choices:
            near = nearest(raw, self.choices)
            return reader.fault(DefinitionError(path, "choice.nearest", value=raw, nearest=near), path)
        return raw

    def write(self, value: str) -> object:
        """The text."""
        return value

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.choices)}
