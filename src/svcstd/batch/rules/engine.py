"""What an engine of queries must be able to say, so that conditions and decisions can be written in its words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from svcstd.conditions import Contains, FactKind, FactType, FactValue, Prefix, Suffix
from svcstd.conditions.interval import Bound
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError
from svcstd.moment import micros

__all__ = ["Engine", "TextTest", "answered", "digits", "known_text", "places_of", "plain"]

E = TypeVar("E")
TextTest = Prefix | Suffix | Contains
MOST_DIGITS = 38
"""Digits of a decimal in the engines, before and after the point together."""
MOST_WHOLE = 2**63
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Engine(Protocol[E]):
    """The words of one engine; each gives an expression of it. A missing fact makes a test null, which is unknown."""

    @abstractmethod
    def always(self, *, answer: bool | None) -> E:
        """True, false or unknown, whatever the facts."""

    @abstractmethod
    def missing(self, field: str) -> E:
        """Whether a fact is missing."""

    @abstractmethod
    def among(self, field: str, kind: FactType, values: Sequence[FactValue]) -> E:
        """Whether a fact is one of these values, at least one."""

    @abstractmethod
    def compared(self, field: str, kind: FactType, sign: str, bound: Bound) -> E:
        """Whether a fact lies on that side of a bound: ``>=``, ``>``, ``<=`` or ``<``."""

    @abstractmethod
    def has_part(self, test: TextTest) -> E:
        """Whether a text starts with, ends with or holds these letters."""

    @abstractmethod
    def every(self, parts: Sequence[E]) -> E:
        """All of these, at least one."""

    @abstractmethod
    def some(self, parts: Sequence[E]) -> E:
        """Any of these, at least one."""

    @abstractmethod
    def inverse(self, part: E) -> E:
        """Not this."""

    @abstractmethod
    def unlike(self, one: E, other: E) -> E:
        """Whether two values differ."""

    @abstractmethod
    def chosen(self, branches: Sequence[E], values: Sequence[FactValue], kind: FactKind) -> E:
        """The value of the first branch that is true; the last value where none is."""


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of any kind
    """A value of a fact with nothing about it that an engine does not have: moments as UTC microseconds, too."""
    match value:
        case datetime():
            return micros(value)
        case date():
            return date(value.year, value.month, value.day)
        case timedelta():
            return duration_micros(value)
        case str():
            return known_text(value)
        case Decimal():
            digits(value)
            return value
        case bool() | None:
            return value
        case _:
            digits(Decimal(value))
            return int(value)


def answered(value: FactValue, kind: FactKind) -> Any:  # noqa: ANN401 - a value of any kind
    """An output as plain Python has it: moments in UTC, every number of the kind as a Decimal.

    Raises:
        DefinitionError: a value that no engine can hold, or a whole number beyond 64 bits.
    """
    found = plain(value)
    if value is None:
        return None
    match kind:
        case "moment":
            return EPOCH + timedelta(microseconds=found)
        case "duration":
            return timedelta(microseconds=found)
        case "number":
            return Decimal(found)
        case "integer" if not -MOST_WHOLE <= found < MOST_WHOLE:
            raise DefinitionError("number", "batch.digits", value=str(value))
        case _:
            return found


def places_of(values: Sequence[FactValue]) -> int:
    """Digits after the point that these numbers need."""
    return max((digits(value)[1] for value in values if isinstance(value, Decimal)), default=0)


def known_text(text: str) -> str:
    """A text that an engine can hold.

    Raises:
        DefinitionError: half of a pair of code units, which UTF-8 does not have.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DefinitionError("text", "batch.text", value=ascii(text)) from None
    return text


def digits(number: Decimal) -> tuple[int, int]:
    """How many digits a number needs, and how many of them after the point.

    Raises:
        DefinitionError: more than the decimals of an engine have.

    >>> digits(Decimal("-12.50")), digits(Decimal("1E+3")), digits(Decimal("0.001"))
    ((4, 2), (4, 0), (3, 3))
    """
    _, written, exponent = number.as_tuple()
    places = max(0, -int(exponent))
    whole = max(0, number.adjusted() + 1) if number else 0
    if whole + places > MOST_DIGITS or len(written) > MOST_DIGITS:
        raise DefinitionError("number", "batch.digits", value=str(number))
    return max(1, whole + places), places
