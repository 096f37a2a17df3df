"""Facts: what is known of a case, and the declared kinds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from svcstd.errors import DefinitionError, FactError, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple

__all__ = ["FactKind", "FactSchema", "FactType", "FactValue", "Facts"]

FactValue: TypeAlias = "str | int | Decimal | bool | date | None"
Facts: TypeAlias = "Mapping[str, FactValue]"
FactKind: TypeAlias = Literal["text", "integer", "number", "true or false", "date"]

KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, Decimal),
    "true or false": (bool,),
    "date": (date,),
}
MOST_DIGITS = 40
ORDERED = ("integer", "number", "date")


@attrs.frozen
class FactType:
    """What one fact may be. Nothing is coerced: a bool is no number, a float is refused.

    Attributes:
        kind: ``text``, ``integer``, ``number`` (int or Decimal), ``true or false`` or ``date``.
        one_of: for texts, the closed list of values; empty means any.
        also: other spellings that logs use, to the value they mean.
        name: for people.

    Raises:
        DefinitionError: an unknown kind, or an alias of a value that is not declared.
    """

    kind: FactKind = "text"
    one_of: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    also: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if self.kind not in KINDS:
            raise DefinitionError("kind", "choice.nearest", value=str(self.kind), nearest=nearest(self.kind, KINDS))
        if (self.one_of or self.also) and self.kind != "text":
            raise DefinitionError("one_of", "facts.one_of", kind=self.kind)
        twice = [alias for alias, value in self.also.items() if alias in self.one_of and alias != value]
        if twice:
            raise DefinitionError("also", "facts.alias", value=twice[0])
        for value in self.also.values() if self.one_of else ():
            if value not in self.one_of:
                raise DefinitionError("also", "facts.value", value=value, nearest=nearest(value, self.one_of))

    @property
    def is_ordered(self) -> bool:
        """Whether values can be compared by size."""
        return self.kind in ORDERED

    def check(self, name: str, value: FactValue) -> None:
        """Refuse a value of another kind, or outside the list; null means missing and is always allowed.

        Raises:
            FactError: with the nearest declared value.
        """
        if value is None:
            return
        allowed = KINDS[self.kind]
        fits = isinstance(value, allowed) and not isinstance(value, datetime)
        odd = not value.is_finite() if isinstance(value, Decimal) else isinstance(value, bool) != (bool in allowed)
        if not fits or odd:
            raise FactError(f"facts.{name}", "facts.kind", value=repr(value), kind=self.kind)
        if self.one_of and value not in self.one_of:
            near = self.also.get(str(value)) or nearest(value, self.one_of)
            raise FactError(f"facts.{name}", "facts.value", value=value, nearest=near)


@attrs.frozen
class FactSchema:
    """The closed vocabulary of a standard's facts.

    >>> FactSchema({"priority": FactType(one_of=("P1", "P2"))}).check({"priority": "P3"})
    Traceback (most recent call last):
        ...
    svcstd.errors.FactError: facts.priority: P3 is not a declared value; write P1, P2
    """

    types: Keyed[str, FactType] = attrs.field(default=EMPTY, converter=as_keyed)

    def check(self, facts: Facts) -> None:
        """Refuse undeclared names and values of another kind.

        Raises:
            FactError: the first fault found.
        """
        for name, value in facts.items():
            if name not in self.types:
                raise FactError(f"facts.{name}", "facts.name", value=name, nearest=nearest(name, self.types))
            self.types[name].check(name, value)

    def read(self, name: str, text: str) -> FactValue:
        """A log's text as a value of the declared kind; empty text is missing.

        Raises:
            FactError: not declared, or not readable as that kind.
        """
        kind = self.types.get(name)
        if kind is None:
            raise FactError(f"facts.{name}", "facts.name", value=name, nearest=nearest(name, self.types))
        if not text.strip():
            return None
        value = _READERS[kind.kind](text.strip())
        if value is None:
            raise FactError(f"facts.{name}", "facts.kind", value=repr(text), kind=kind.kind)
        if isinstance(value, str):
            value = kind.also.get(value, value)
        kind.check(name, value)
        return value


def _integer(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(text) < MOST_DIGITS else None


def _number(text: str) -> Decimal | int | None:
    whole, _, fraction = text.partition(".")
    if _integer(whole) is None or not (text.isascii() and (fraction or "0").isdigit()) or len(text) > MOST_DIGITS:
        return None
    return Decimal(text) if fraction else _integer(whole)


def _flag(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_READERS: dict[str, Callable[[str], FactValue]] = {
    "text": str,
    "integer": _integer,
    "number": _number,
    "true or false": _flag,
    "date": _date,
}
