"""A reason that people and programs can read: a message id, typed parameters, and the reasons below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

import attrs

from svcstd.catalogues import catalogue
from svcstd.durations import duration_of, iso_duration
from svcstd.errors import DefinitionError
from svcstd.moment import iso_moment, moment_of

__all__ = ["Explanation", "Value", "because"]

DEEPEST = 100
"""Levels of an explanation that is read back: calendars made of calendars nest, but not without end."""

_BULLET = re.compile(r"^(\d*)([-+.)](?!\d))")

Value: TypeAlias = "str | int | Decimal | date | datetime | timedelta | None"
"""What a sentence may speak of."""


@attrs.frozen
class Explanation:
    """One reason, and the reasons it rests on.

    Attributes:
        message: id of a sentence in :mod:`svcstd.catalogues`.
        params: what the sentence speaks of, as (name, value) pairs.
        children: the reasons below, in order.

    >>> day = date(2026, 2, 17)
    >>> print(because("sla.promise", because("calendar.weekday", day=day), target="8 working hours").text())
    promised: 8 working hours
      no hours on Tue 17 Feb 2026
    """

    message: str
    params: tuple[tuple[str, Value], ...] = ()
    children: tuple[Explanation, ...] = ()

    def sentence(self, language: str = "en") -> str:
        """This reason alone, in words."""
        return catalogue(language).sentence(self.message, dict(self.params))

    def text(self, language: str = "en") -> str:
        """This reason and all below it, indented by two spaces a level."""
        return "\n".join("  " * depth + node.sentence(language) for depth, node in self.walk())

    def markdown(self, language: str = "en") -> str:
        """A nested Markdown list; every mark that Markdown would read is escaped."""
        return "\n".join("  " * depth + "- " + _escape(node.sentence(language)) for depth, node in self.walk())

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Explanation]]:
        """Every reason with its depth, the top first."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def to_json(self) -> dict[str, object]:
        """A plain mapping; :meth:`from_json` gives the equal value back."""
        found: dict[str, object] = {"message": self.message}
        if self.params:
            found["params"] = {name: _tagged(value) for name, value in self.params}
        if self.children:
            found["children"] = [child.to_json() for child in self.children]
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, object]) -> Explanation:
        """The explanation that :meth:`to_json` wrote.

        Raises:
            DefinitionError: it is no such mapping, or nested deeper than any reason.
        """
        try:
            return _read(found, DEEPEST)
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            raise DefinitionError("explanation", "json.shape", expected=f"what to_json wrote ({error})") from error


def because(message: str, /, *children: Explanation, **params: Value) -> Explanation:
    """An :class:`Explanation`, written as a call."""
    return Explanation(message, tuple(params.items()), children)


def _escape(text: str) -> str:
    shown = "".join("\\" + letter if letter in r"\`*_[]<>#|~&" else letter for letter in text)
    return _BULLET.sub(r"\1\\\2", shown.lstrip())


def _tagged(value: Value) -> object:
    match value:
        case datetime():
            return {"moment": iso_moment(value), "zone": str(getattr(value.tzinfo, "key", ""))}
        case date():
            return {"date": value.isoformat()}
        case timedelta():
            return {"duration": iso_duration(value)}
        case Decimal():
            return {"decimal": str(value)}
        case _:
            return value


def _read(found: object, deepest: int) -> Explanation:
    match found:
        case {"message": str(message), **others} if deepest:
            params, children = others.get("params", {}), others.get("children", [])
        case _:
            raise TypeError("a reason is an object with a message")
    if not (isinstance(params, Mapping) and isinstance(children, list)):
        raise TypeError("params is an object, children an array")
    return Explanation(
        message,
        tuple((str(name), _untagged(value)) for name, value in params.items()),
        tuple(_read(child, deepest - 1) for child in children),
    )


def _untagged(value: object) -> Value:
    match value:
        case {"moment": str(text), "zone": str(zone)}:
            return moment_of(text, zone)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"duration": str(text)}:
            return duration_of(text)
        case {"decimal": str(text)}:
            return Decimal(text)
        case str() | int() | None:
            return value
        case _:
            raise TypeError("a value is a text, a whole number, nothing or a tagged object")
