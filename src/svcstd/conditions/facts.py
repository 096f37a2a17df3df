"""Facts: what is known of a case, and the declared kinds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.conditions.interval import Interval, Line, place_of
from svcstd.durations import elapsed_of
from svcstd.errors import DefinitionError, FactError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple

__all__ = ["FactKind", "FactSchema", "FactType", "FactValue", "Facts"]

FactValue: TypeAlias = "str | int | Decimal | bool | date | datetime | timedelta | None"
Facts: TypeAlias = "Mapping[str, FactValue]"
FactKind: TypeAlias = Literal["text", "integer", "number", "true or false", "date", "moment", "duration"]

KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, Decimal),
    "true or false": (bool,),
    "date": (date,),
    "moment": (datetime,),
    "duration": (timedelta,),
}
PLAIN: dict[str, type] = {"text": str, "integer": int, "true or false": bool, "date": date}
"""Types of which every value is of the kind."""
LINES: dict[str, Line] = {
    "integer": "number",
    "number": "number",
    "date": "date",
    "moment": "moment",
    "duration": "duration",
}
"""The ordered kinds, and the line on which their values lie."""
MOST_DIGITS = 40
MOST_FLOAT_DIGITS = 15
"""Digits that a float holds for sure."""
DEEPEST = 10
"""Levels of facts within facts."""
RESERVED = ("any_of", "all_of", "not")
"""Words of a condition that no fact may be called."""


@attrs.frozen
class FactType:
    """What one fact may be. Nothing is coerced: a bool is no number, a float is refused.

    Attributes:
        kind: ``text``, ``integer``, ``number`` (int or Decimal), ``true or false``, ``date``, ``moment`` (an aware
            datetime) or ``duration`` (a timedelta, zero or more).
        one_of: for texts, the closed list of values; empty means any.
        also: other spellings that logs use, to the value they mean.
        name: for people.
        within: for ordered kinds, the closed range of values, e.g. a severity from 1 to 5.
        unit: for numbers, what they count, e.g. ``km``; a test may name it, and no other.
        float_digits: for numbers, how many decimals a float is rounded to (half to even); ``None`` refuses floats.

    Raises:
        DefinitionError: an unknown kind, an alias of a value that is not declared, or a part that the kind cannot have.
    """

    kind: FactKind = "text"
    one_of: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    also: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    name: str = ""
    within: Interval | None = attrs.field(default=None, kw_only=True)
    unit: str = attrs.field(default="", kw_only=True)
    float_digits: int | None = attrs.field(default=None, kw_only=True)

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
        self._check_numbers()

    def _check_numbers(self) -> None:
        if self.within is not None and self.within.line != LINES.get(self.kind):
            raise DefinitionError("within", "facts.within_kind", kind=self.kind)
        if self.kind == "integer" and self.within is not None:
            ends = (self.within.low, self.within.high)
            parted = [bound for bound in ends if isinstance(bound, Decimal) and bound != bound.to_integral_value()]
            if parted:
                raise DefinitionError("within", "facts.within_whole", value=str(parted[0]))
        if self.unit and LINES.get(self.kind) != "number":
            raise DefinitionError("unit", "facts.unit", kind=self.kind)
        if self.float_digits is not None and (self.kind != "number" or not 0 <= self.float_digits <= MOST_FLOAT_DIGITS):
            raise DefinitionError("float_digits", "facts.float_digits", most=MOST_FLOAT_DIGITS)

    @property
    def line(self) -> Line | None:
        """The line on which its values lie; ``None`` for a kind without order."""
        return LINES.get(self.kind)

    @property
    def is_ordered(self) -> bool:
        """Whether values can be compared by size."""
        return self.kind in LINES

    def check(self, name: str, value: FactValue) -> None:
        """Refuse a value of another kind, or outside the domain; null means missing and is always allowed.

        Raises:
            FactError: with the nearest declared value.
        """
        if value is None:
            return
        if not self._fits(value):
            message = "facts.float" if isinstance(value, float) and self.line == "number" else "facts.kind"
            raise FactError(f"facts.{name}", message, value=repr(value), kind=self.kind)
        if self.one_of and value not in self.one_of:
            near = self.also.get(str(value)) or nearest(value, self.one_of)
            raise FactError(f"facts.{name}", "facts.value", value=value, nearest=near)
        if self.within is not None and not self.within.has(value):
            raise FactError(f"facts.{name}", "facts.within", value=value, low=self.within.low, high=self.within.high)

    def is_plain(self, value: object) -> bool:
        """Whether a value is right at first sight; if not, :meth:`check` may still take it."""
        if type(value) is not PLAIN.get(self.kind) or (self.one_of and value not in self.one_of):
            return False
        return self.within is None or self.within.has(value) is True

    def _fits(self, value: object) -> bool:
        allowed = KINDS[self.kind]
        if not isinstance(value, allowed) or isinstance(value, bool) != (bool in allowed):
            return False
        if isinstance(value, datetime) != (datetime in allowed):
            return False
        return self.kind not in LINES or place_of(value) is not None

    def exact(self, name: str, value: Any) -> FactValue:
        """The value as the algebra takes it: a float is rounded to the declared digits, everything else is checked.

        Raises:
            FactError: as for :meth:`check`.

        >>> FactType("number", float_digits=2).exact("amount", 0.1 + 0.2)
        Decimal('0.30')
        """
        if self.float_digits is not None and isinstance(value, float) and abs(value) < 10**MOST_DIGITS:
            value = Decimal(f"{value:.{self.float_digits}f}")
        self.check(name, value)  # pyright: ignore[reportArgumentType] # any value at all may be asked about
        return value  # type: ignore[no-any-return] # checked on the line before


@attrs.frozen
class FactSchema:
    """The closed vocabulary of a standard's facts; a dot in a name leads into facts within facts.

    Raises:
        DefinitionError: a name that is a word of conditions.

    >>> FactSchema({"priority": FactType(one_of=("P1", "P2"))}).check({"priority": "P3"})
    Traceback (most recent call last):
        ...
    svcstd.errors.FactError: facts.priority: P3 is not a declared value; write P1, P2
    """

    types: Keyed[str, FactType] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        for name in self.types:
            parts = name.split(".")
            if parts[0] in RESERVED or "" in parts:
                raise DefinitionError(f"facts.{name}", "facts.reserved", value=name)

    @property
    def rounds(self) -> bool:
        """Whether some fact takes floats."""
        return any(kind.float_digits is not None for kind in self.types.values())

    def check(self, facts: Facts) -> None:
        """Refuse undeclared names and values of another kind.

        Raises:
            FactError: the first fault found.
        """
        for name, value in facts.items():
            self.type_of(name).check(name, value)

    def type_of(self, name: str) -> FactType:
        """What a fact may be.

        Raises:
            FactError: not declared, with the nearest name.
        """
        found = self.types.get(name)
        if found is None:
            raise FactError(f"facts.{name}", "facts.name", value=name, nearest=nearest(name, self.types))
        return found

    def exact(self, facts: Mapping[str, Any]) -> dict[str, FactValue]:
        """Facts as the algebra takes them: facts within facts by dotted name, floats rounded where declared.

        Raises:
            FactError: the first fault found.

        >>> schema = FactSchema({"customer.tier": FactType(), "amount": FactType("number", float_digits=2)})
        >>> schema.exact({"customer": {"tier": "gold"}, "amount": 9.5})
        {'customer.tier': 'gold', 'amount': Decimal('9.50')}
        """
        types, found = self.types, {}
        for name, value in facts.items():
            kind = types.get(name)
            if kind is None:  # a table of facts, or a fault
                return {name: self.type_of(name).exact(name, value) for name, value in self.flat(facts).items()}
            found[name] = value if kind.is_plain(value) else kind.exact(name, value)
        return found

    def flat(self, facts: Mapping[str, Any], deepest: int = DEEPEST) -> dict[str, Any]:
        """Tables within tables by dotted name, as far as the schema declares facts there.

        Tables that tell a fact twice stay as they are, so that none is lost unseen.
        """
        found: list[tuple[str, Any]] = []
        for name, value in facts.items():
            if isinstance(value, Mapping) and name not in self.types and self._leads(name) and deepest:
                below = {f"{name}.{key}": one for key, one in value.items()}
                found += self.flat(below, deepest - 1).items()
            else:
                found.append((name, value))
        once = dict(found)
        return once if len(once) == len(found) else dict(facts)

    def _leads(self, name: str) -> bool:
        return any(known.startswith(f"{name}.") for known in self.types)

    def only(self, names: frozenset[str]) -> FactSchema:
        """The part that declares these names."""
        return FactSchema({name: kind for name, kind in self.types.items() if name in names})

    def read(self, name: str, text: str) -> FactValue:
        """A log's text as a value of the declared kind; empty text is missing.

        Raises:
            FactError: not declared, or not readable as that kind.
        """
        kind = self.type_of(name)
        if not text.strip():
            return None
        value = READERS[kind.kind](text.strip())
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


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _duration(text: str) -> timedelta | None:
    try:
        return elapsed_of(text)
    except SvcstdError:
        return None


READERS: dict[str, Callable[[str], FactValue]] = {
    "text": str,
    "integer": _integer,
    "number": _number,
    "true or false": _flag,
    "date": _date,
    "moment": _moment,
    "duration": _duration,
}
"""By kind, the value that a text names; ``None`` for none."""
