"""A reason that people and programs can read: a message id, typed parameters, and the reasons below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from svcstd.catalogues import catalogue
from svcstd.durations import duration_of, iso_duration
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.moment import iso_moment, moment_of

__all__ = ["Audience", "Explanation", "Value", "because", "markdown_text", "privately"]

DEEPEST = 100
"""Levels of an explanation that is read back: calendars made of calendars nest, but not without end."""

_BULLET = re.compile(r"^(\d*)([-+.)](?!\d))")

Value: TypeAlias = "str | int | Decimal | date | datetime | timedelta | None"
"""What a sentence may speak of."""
Audience: TypeAlias = Literal["agent", "customer"]
"""Who reads: a colleague, or a customer, to whom nobody is named."""
AUDIENCES = ("agent", "customer")


@attrs.frozen
class Explanation:
    """One reason, and the reasons it rests on.

    Attributes:
        message: id of a sentence in :mod:`svcstd.catalogues`.
        params: what the sentence speaks of, as (name, value) pairs.
        children: the reasons below, in order.
        private: for colleagues only; it names people, teams or what they said among themselves.

    >>> day = date(2026, 2, 17)
    >>> print(because("sla.promise", because("calendar.weekday", day=day), target="8 working hours").text())
    promised: 8 working hours
      no hours on Tue 17 Feb 2026
    """

    message: str
    params: tuple[tuple[str, Value], ...] = ()
    children: tuple[Explanation, ...] = ()
    private: bool = False

    def sentence(self, language: str = "en") -> str:
        """This reason alone, in words."""
        return catalogue(language).sentence(self.message, dict(self.params))

    def text(self, language: str = "en", *, for_: Audience = "agent") -> str:
        """This reason and all below it, indented by two spaces a level; a customer reads nothing private."""
        return "\n".join("  " * depth + node.sentence(language) for depth, node in self.walk(for_=for_))

    def markdown(self, language: str = "en", *, for_: Audience = "agent") -> str:
        """A nested Markdown list; every mark that Markdown would read is escaped."""
        lines = ("  " * depth + "- " + markdown_text(node.sentence(language)) for depth, node in self.walk(for_=for_))
        return "\n".join(lines)

    def walk(self, depth: int = 0, *, for_: Audience = "agent") -> Iterator[tuple[int, Explanation]]:
        """Every reason with its depth, the top first, as far as it is for those who ask.

        Raises:
            DefinitionError: neither ``agent`` nor ``customer`` asks.
        """
        if self._is_hidden_from(for_):
            return
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1, for_=for_)

    def to_json(self, *, for_: Audience = "agent") -> dict[str, object]:
        """A plain mapping; :meth:`from_json` gives the equal value back, without what is private for a customer.

        Raises:
            DefinitionError: neither ``agent`` nor ``customer`` asks, or a customer asks for what is private as a whole.
        """
        if self._is_hidden_from(for_):
            raise DefinitionError("for_", "explain.private", message=self.message)
        found: dict[str, object] = {"message": self.message}
        if self.params:
            found["params"] = {name: _tagged(value) for name, value in self.params}
        if self.private:
            found["private"] = True
        children = [child.to_json(for_=for_) for child in self.children if for_ == "agent" or not child.private]
        return found | ({"children": children} if children else {})

    def _is_hidden_from(self, audience: Audience) -> bool:
        must_be_one_of(audience, AUDIENCES, "for_")
        return self.private and audience == "customer"

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


def privately(message: str, /, *children: Explanation, **params: Value) -> Explanation:
    """A reason for colleagues only, written as a call."""
    return Explanation(message, tuple(params.items()), children, private=True)


def markdown_text(text: str) -> str:
    r"""A text that Markdown shows as it is, also in a table.

    >>> print(markdown_text("- a | b"))
    \- a \| b
    """
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
            private = others.get("private", False)
        case _:
            raise TypeError("a reason is an object with a message")
    if not (isinstance(params, Mapping) and isinstance(children, list) and isinstance(private, bool)):
        raise TypeError("params is an object, children an array, private true or false")
    return Explanation(
        message,
        tuple((str(name), _untagged(value)) for name, value in params.items()),
        tuple(_read(child, deepest - 1) for child in children),
        private,
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
