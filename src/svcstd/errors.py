"""Every error svcstd raises, drawn as one tree.

::

    SvcstdError                 where, problem, fix; message id and parameters
    ├─ DefinitionError          a written value contradicts itself        (ValueError)
    │  ├─ StandardError         all faults of one document at once
    │  └─ TextError             a text that cannot be read, with the place
    ├─ MomentError              a time without zone, or beyond the years  (ValueError)
    ├─ DurationError            an amount of time that means nothing      (ValueError)
    ├─ CoverageError            a holiday table does not reach so far     (LookupError)
    ├─ NeverOpens, NeverCloses  no opening or closing to be found         (LookupError)
    ├─ UnknownName              a key that nothing defines                (LookupError)
    ├─ FactError                a fact of the wrong type                  (TypeError)
    ├─ HitPolicyError           rules that fit where one or none may      (LookupError)
    ├─ CurrencyError            amounts of two currencies                 (ValueError)
    ├─ RowError                 a row of a log that cannot be read        (ValueError)
    └─ ExtraMissing             an optional package is not installed      (ImportError)

The sentences stand in :mod:`svcstd.catalogues`; an error holds the message id and its parameters only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from unicodedata import east_asian_width

from svcstd.catalogues import catalogue

__all__ = [
    "KINDS",
    "CoverageError",
    "CurrencyError",
    "DefinitionError",
    "DurationError",
    "ExtraMissing",
    "FactError",
    "HitPolicyError",
    "MomentError",
    "NeverCloses",
    "NeverOpens",
    "RowError",
    "StandardError",
    "SvcstdError",
    "TextError",
    "UnknownName",
    "must_be",
    "must_be_date",
    "must_be_one_of",
    "nearest",
    "one_of",
]


class SvcstdError(Exception):
    """Something svcstd refuses, with the way out.

    Attributes:
        where: the argument, or the path in the standard, e.g. ``$.calendars.north.hours``.
        message: id of the message in the catalogue.
        params: what the message speaks of.

    >>> print(UnknownName("events.closd", "events.unknown", value="closd", nearest="closed"))
    events.closd: the event 'closd' is not declared; declare it under events, or write closed
    """

    where: str
    message: str
    params: dict[str, object]

    def __init__(self, where: str, message: str, /, **params: object) -> None:
        super().__init__(where, message, params)
        self.where, self.message, self.params = where, message, params

    @property
    def problem(self) -> str:
        """What is wrong, with the offending value, in English."""
        return catalogue("en").error(self.message, self.params)[0]

    @property
    def fix(self) -> str:
        """What to write instead, in English."""
        return catalogue("en").error(self.message, self.params)[1]

    def text(self, language: str = "en") -> str:
        """Where, what and how to fix it, in one line."""
        problem, fix = catalogue(language).error(self.message, self.params)
        return f"{self.where}: {problem}; {fix}"

    def at(self, where: str) -> SvcstdError:
        """The same error, found at another place."""
        return type(self)(where, self.message, **self.params)

    def to_json(self) -> dict[str, object]:
        """A plain mapping: where, message, problem, fix."""
        return {"where": self.where, "message": self.message, "problem": self.problem, "fix": self.fix}

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:
        return _revive, (type(self), self.where, self.message, self.params)


def _revive(kind: type[SvcstdError], where: str, message: str, params: Mapping[str, object]) -> SvcstdError:
    return kind(where, message, **params)


class DefinitionError(SvcstdError, ValueError):
    """A written value contradicts itself."""


class StandardError(DefinitionError):
    """A document has faults: all of them, each with its path.

    Attributes:
        faults: the faults, in the order of the document.
    """

    def __init__(self, where: str, message: str = "standard.faults", /, **params: object) -> None:
        super().__init__(where, message, **params)
        self.faults: tuple[SvcstdError, ...] = ()

    @classmethod
    def of(cls, faults: Iterable[SvcstdError], where: str = "$") -> StandardError:
        """One error that holds them all."""
        found = tuple(faults)
        error = cls(where, "standard.faults", count=len(found))
        error.faults = found
        return error

    def text(self, language: str = "en") -> str:
        """The count, then one fault a line."""
        return "\n".join([super().text(language), *(f"- {fault.text(language)}" for fault in self.faults)])

    def at(self, where: str) -> StandardError:
        """The same faults, found at another place."""
        return _revive_all(where, self.message, self.params, self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return _revive_all, (self.where, self.message, self.params, self.faults)


def _revive_all(
    where: str, message: str, params: Mapping[str, object], faults: tuple[SvcstdError, ...]
) -> StandardError:
    error = StandardError(where, message, **params)
    error.faults = faults
    return error


class TextError(DefinitionError):
    """A text that cannot be read: it is shown with a caret under the place.

    >>> print(TextError("when", "unary.unexpected", source=">= 1O", at=4, found="O"))
    when: 'O' is not expected here; write -, a literal, a list, >= 5, [1..5), not(...) or null
      >= 1O
          ^
    """

    def text(self, language: str = "en") -> str:
        """Where, what and how to fix it, then the text and a caret."""
        source, at = str(self.params["source"]), int(str(self.params["at"]))
        return "\n".join([super().text(language), *(f"  {line}" for line in pointed(source, at))])


SHOWN_AROUND = 40
"""Characters shown on both sides of a place."""


def pointed(source: str, at: int) -> tuple[str, str]:
    """A text and a caret under one of its characters; letters of double width count twice.

    >>> pointed("价格 >= x", 6)
    ('价格 >= x', '        ^')
    """
    first = max(0, at - SHOWN_AROUND)
    before, after = source[first:at], source[at : at + SHOWN_AROUND]
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in before + after)
    left, right = "…" * (first > 0), "…" * (at + SHOWN_AROUND < len(source))
    width = len(left) + sum(2 if east_asian_width(letter) in "WF" else 1 for letter in before)
    return f"{left}{shown}{right}", " " * width + "^"


class MomentError(SvcstdError, ValueError):
    """A time that names no instant: without zone, in a gap or fold that is refused, beyond the years."""


class DurationError(SvcstdError, ValueError):
    """An amount of time that means nothing here: negative, in months, a float."""


class CoverageError(SvcstdError, LookupError):
    """The answer depends on holidays that nobody has announced, or that were not given."""


class NeverOpens(SvcstdError, LookupError):  # noqa: N818 - reads as the sentence it is
    """No opening is left to be found."""


class NeverCloses(SvcstdError, LookupError):  # noqa: N818 - reads as the sentence it is
    """No closing is left to be found."""


class UnknownName(SvcstdError, KeyError):  # noqa: N818 - reads as the sentence it is
    """A key that nothing defines."""


class FactError(SvcstdError, TypeError):
    """A fact of the wrong type, or outside its declared values."""


class HitPolicyError(SvcstdError, LookupError):
    """More rules fit than the hit policy allows, or none where one must."""

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that fit, in the order of the table."""
        found = self.params.get("rules", ())
        return tuple(found) if isinstance(found, tuple | list) else ()


class CurrencyError(SvcstdError, ValueError):
    """Amounts of two currencies meet, or a rate is for others."""


class RowError(SvcstdError, ValueError):
    """A row of a log that cannot be read."""


class ExtraMissing(SvcstdError, ImportError):  # noqa: N818 - reads as the sentence it is
    """An optional package is not installed."""


KINDS: dict[str, type[SvcstdError]] = {
    kind.__name__: kind
    for kind in (
        DefinitionError,
        StandardError,
        TextError,
        MomentError,
        DurationError,
        CoverageError,
        NeverOpens,
        NeverCloses,
        UnknownName,
        FactError,
        HitPolicyError,
        CurrencyError,
        RowError,
        ExtraMissing,
    )
}
"""The kinds of errors by name: the only ones that a stranger's text may call up."""


MOST_NAMES = 1_000
"""Names to compare a misspelling with: comparing is slow, and a standard may hold thousands."""
MOST_LISTED = 20
"""Names to list where none is close."""


def nearest(name: object, known: Iterable[str]) -> str:
    """The closest known name, or all of them when nothing is close.

    >>> nearest("closd", ["opened", "closed"])
    'closed'
    >>> nearest("x", ["opened", "closed"])
    'closed, opened'
    """
    names = sorted(known)
    text = str(name)
    likely = names if len(names) <= MOST_NAMES else [one for one in names if one[:1] == text[:1]][:MOST_NAMES]
    close = get_close_matches(text, likely, n=1)
    if close:
        return close[0]
    return ", ".join(names[:MOST_LISTED]) + (", …" if len(names) > MOST_LISTED else "") or "nothing"


def _class_of(value: object) -> str:
    """The name of its class with its article."""
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"


def must_be(value: object, kinds: type | tuple[type, ...], where: str, expected: str) -> None:
    """Refuse a value of another class at birth, rather than somewhere later; true and false are no whole numbers.

    Raises:
        DefinitionError: with the class it has.
    """
    if not isinstance(value, kinds) or (kinds is int and isinstance(value, bool)):
        raise DefinitionError(where, "shape.kind", got=_class_of(value), expected=expected)


def must_be_one_of(value: object, choices: Collection[str], where: str) -> None:
    """Refuse what is none of a closed list.

    Raises:
        DefinitionError: with the list.
    """
    if value not in choices:
        raise DefinitionError(where, "choice.unknown", value=str(value), choices=", ".join(choices))


def one_of(choices: Collection[str]) -> Callable[[object, Any, object], None]:
    """A field's validator: :func:`must_be_one_of`, named after the field."""

    def check(_: object, field: Any, value: object) -> None:  # noqa: ANN401 - an attribute of attrs
        must_be_one_of(value, choices, field.name)

    return check


def must_be_date(value: object, where: str) -> None:
    """Refuse what is no date, a datetime too.

    Raises:
        DefinitionError: with the class it has.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise DefinitionError(where, "shape.kind", got=_class_of(value), expected="a date without a time")
