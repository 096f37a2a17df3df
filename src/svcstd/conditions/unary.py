"""S-FEEL unary tests, the cells of imported decision tables: ``-``, ``"a","b"``, ``>= 5``, ``[1..5)``, ``not(...)``.

Source: DMN 1.3, S-FEEL, with ``null``, ``@"..."`` literals and the three FEEL functions that ask a text for its
beginning, end or middle. A missing fact is unknown here as everywhere, also under ``not``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from svcstd.conditions.algebra import Contains, Eq, In, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import READERS, FactType, FactValue
from svcstd.conditions.interval import Bound, place_of
from svcstd.conditions.logic import ANYTHING, AnyOf, Condition, Not
from svcstd.conditions.text import plain_value
from svcstd.errors import DefinitionError, SvcstdError, TextError

__all__ = ["read_literal", "read_unary", "write_literal", "write_unary"]

LONGEST = 10_000
"""Characters of a cell."""
FUNCTIONS: dict[str, Callable[[str, str], Condition]] = {
    "starts with": Prefix,
    "ends with": Suffix,
    "contains": Contains,
}
TYPED = {"date": "date", "date and time": "moment", "duration": "duration"}
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>[+-]?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<at>@"(?:[^"\\]|\\.)*")
    |(?P<word>date\s+and\s+time|starts\s+with|ends\s+with|[A-Za-z]+)
    |(?P<mark>\.\.|<=|>=|<|>|[-()\[\],?])
    )""",
    re.VERBOSE | re.ASCII,
)


def read_unary(text: str, field: str, kind: FactType, where: str = "cell") -> Condition:
    """The test of one fact that a cell holds; an empty cell is ``-``.

    Raises:
        TextError: a text in no such form, with the place.
        DefinitionError: a value that the kind cannot have, or a text that is too long.

    >>> read_unary('not("a","b")', "kind", FactType()).holds({"kind": "c"})
    True
    """
    if len(text) > LONGEST:
        raise DefinitionError(where, "text.long", length=len(text), most=LONGEST)
    return _Cell(text, field, kind, where).read()


def read_literal(text: str, kind: FactType, where: str = "cell") -> FactValue:
    """One value, as the output of a table; ``null`` and an empty cell are nothing.

    Raises:
        TextError, DefinitionError: as for :func:`read_unary`.

    >>> read_literal('"desk"', FactType()), read_literal("1.50", FactType("number"))
    ('desk', Decimal('1.50'))
    """
    if len(text) > LONGEST:
        raise DefinitionError(where, "text.long", length=len(text), most=LONGEST)
    return _Cell(text, "value", kind, where).literal()


class _Cell:
    """A reader of one cell, token by token."""

    def __init__(self, text: str, field: str, kind: FactType, where: str) -> None:
        self._text, self._field, self._kind, self._where = text, field, kind, where
        self._tokens: list[tuple[str, str, int]] = []
        self._next = 0

    def read(self) -> Condition:
        """The whole cell."""
        self._split()
        if not self._tokens or [mark for _, mark, _ in self._tokens] == ["-"]:
            return ANYTHING
        found = self._negated() if self._is("not") else self._tests()
        if self._next < len(self._tokens):
            raise self._unexpected()
        return found

    def literal(self) -> FactValue:
        """The whole cell as one value."""
        self._split()
        if not self._tokens or [word for _, word, _ in self._tokens] == ["null"]:
            return None
        value = self._value()
        if self._next < len(self._tokens):
            raise self._unexpected()
        return value

    def _split(self) -> None:
        at, end = 0, len(self._text.rstrip())
        while at < end:
            found = _TOKEN.match(self._text, at)
            if found is None:
                at += len(self._text[at:]) - len(self._text[at:].lstrip())
                message = "unary.unclosed" if self._text[at] in '"@' else "unary.unexpected"
                raise self._fault(message, at, found=self._text[at])
            kind = str(found.lastgroup)
            token = found[kind]
            self._tokens.append((kind, " ".join(token.split()) if kind == "word" else token, found.start(kind)))
            at = found.end()

    def _fault(self, message: str, at: int, **params: object) -> TextError:
        return TextError(self._where, message, source=self._text, at=at, **params)

    def _unexpected(self) -> TextError:
        if self._next < len(self._tokens):
            _, token, at = self._tokens[self._next]
            return self._fault("unary.unexpected", at, found=token)
        return self._fault("unary.early", len(self._text))

    def _is(self, *tokens: str) -> bool:
        return self._next < len(self._tokens) and self._tokens[self._next][1] in tokens

    def _take(self, *tokens: str) -> str:
        if not self._is(*tokens):
            raise self._unexpected()
        self._next += 1
        return self._tokens[self._next - 1][1]

    def _negated(self) -> Condition:
        self._take("not")
        self._take("(")
        found = self._tests()
        self._take(")")
        return Not(found) if found != Present(self._field, expected=False) else Present(self._field)

    def _tests(self) -> Condition:
        tests = [self._test()]
        while self._is(","):
            self._next += 1
            tests.append(self._test())
        if len(tests) == 1:
            return tests[0]
        if all(isinstance(test, Eq) for test in tests):
            return In(self._field, tuple(test.value for test in tests if isinstance(test, Eq)))
        return AnyOf(tuple(tests))

    def _test(self) -> Condition:
        if self._is("null"):
            self._next += 1
            return Present(self._field, expected=False)
        if self._is("<", "<=", ">", ">="):
            return self._compared(self._take("<", "<=", ">", ">="))
        if self._is("[", "(", "]"):
            return self._between()
        if self._is(*FUNCTIONS):
            return self._asked()
        return Eq(self._field, self._value())

    def _compared(self, sign: str) -> Condition:
        value = self._bound()
        if sign in (">", ">="):
            return Range(self._field, value, None, low_closed=sign == ">=")
        return Range(self._field, None, value, high_closed=sign == "<=")

    def _between(self) -> Condition:
        at = self._tokens[self._next][2]
        left = self._take("[", "(", "]")
        low = self._bound()
        self._take("..")
        high = self._bound()
        right = self._take("]", ")", "[")
        ends = {"low_closed": left == "[", "high_closed": right == "]"}
        try:
            return Range(self._field, low, high, **ends)
        except DefinitionError as error:
            raise self._fault("unary.range", at, low=low, high=high) from error

    def _asked(self) -> Condition:
        at = self._tokens[self._next][2]
        name = self._take(*FUNCTIONS)
        for mark in ("(", "?", ","):
            self._take(mark)
        part = self._value(inside=False)
        self._take(")")
        if not isinstance(part, str) or not part:
            raise self._fault("unary.unexpected", at, found=name)
        return FUNCTIONS[name](self._field, part)

    def _bound(self) -> Bound:
        at = self._tokens[self._next][2] if self._next < len(self._tokens) else len(self._text)
        value = self._value(inside=False)
        if place_of(value) is None:
            raise self._fault("unary.order", at)
        return value  # type: ignore[return-value] # it has a place

    def _value(self, *, inside: bool = True) -> FactValue:
        """A literal of the kind; bounds may lie outside the domain, values not."""
        if self._next == len(self._tokens):
            raise self._unexpected()
        at, value = self._tokens[self._next][2], self._literal()
        loose = self._kind if inside else FactType(self._kind.kind)
        try:
            loose.check(self._field, value)
        except SvcstdError as error:
            raise self._fault(error.message, at, **error.params) from None
        return value

    def _literal(self) -> FactValue:
        kind, token, at = self._tokens[self._next]
        self._next += 1
        if kind == "number":
            return self._number(token, at)
        if kind == "string":
            return self._string(token, at)
        if kind == "at":
            return self._typed(self._string(token[1:], at), self._kind.kind, at)
        if token in ("true", "false"):
            return token == "true"  # noqa: S105 - a token of the cell
        if token in TYPED:
            self._take("(")
            if self._next == len(self._tokens) or self._tokens[self._next][0] != "string":
                raise self._unexpected()
            inner = self._string(*self._tokens[self._next][1:])
            self._next += 1
            self._take(")")
            return self._typed(inner, TYPED[token], at)
        self._next -= 1
        raise self._fault("unary.quotes", at, found=token) if kind == "word" else self._unexpected()

    def _number(self, token: str, at: int) -> FactValue:
        number = Decimal(token)
        if abs(number.adjusted()) > 40 or len(token) > 80:  # noqa: PLR2004 - beyond any amount
            raise self._fault("unary.unexpected", at, found=token)
        whole = number == number.to_integral_value()
        plain = self._kind.kind == "integer" or "." not in token
        return int(number) if whole and plain else number

    def _string(self, token: str, at: int) -> str:
        try:
            return str(json.loads(token, strict=False))
        except ValueError:
            raise self._fault("unary.escape", at) from None

    def _typed(self, text: str, kind: str, at: int) -> FactValue:
        value = READERS[kind](text) if kind in TYPED.values() else None
        if value is None:
            raise self._fault("unary.typed", at, value=text)
        return value


def write_unary(condition: Condition) -> str:
    """The cell that :func:`read_unary` reads as an equal test.

    Raises:
        DefinitionError: tests of several facts, or a test that S-FEEL does not know.

    >>> write_unary(Not(In("kind", ("a", "b"))))
    'not("a","b")'
    """
    match condition:
        case _ if condition == ANYTHING:
            return "-"
        case Present(expected=True):
            return "not(null)"
        case Not(test=Not() | Present()):
            raise DefinitionError("when", "unary.unwritable")
        case Not():
            return f"not({_tests(condition.test)})"
        case _:
            return _tests(condition)


def _tests(condition: Condition) -> str:
    match condition:
        case In() if len(condition.values) > 1 and None not in condition.values:
            return ",".join(write_literal(value) for value in condition.values)
        case AnyOf() if len(condition.tests) > 1 and not all(isinstance(test, Eq) for test in condition.tests):
            if len({field for test in condition.tests for field in test.fields}) > 1:
                raise DefinitionError("when", "unary.unwritable")
            return ",".join(_test(test) for test in condition.tests)
        case _:
            return _test(condition)


def _test(test: Condition) -> str:
    match test:
        case Eq() if test.value is not None:
            return write_literal(test.value)
        case Present(expected=False):
            return "null"
        case Range():
            return _range(test)
        case Prefix() | Suffix() | Contains():
            name = next(name for name, made in FUNCTIONS.items() if type(test) is made)
            return f"{name}(?, {write_literal(test.part)})"
        case _:
            raise DefinitionError("when", "unary.unwritable")


def _range(test: Range) -> str:
    low, high = (None if bound is None else write_literal(bound) for bound in (test.low, test.high))
    if low is None:
        return f"{'<=' if test.high_closed else '<'} {high}"
    if high is None:
        return f"{'>=' if test.low_closed else '>'} {low}"
    return f"{'[' if test.low_closed else '('}{low}..{high}{']' if test.high_closed else ')'}"


def write_literal(value: FactValue) -> str:
    """One value as S-FEEL; nothing is ``null``.

    >>> write_literal(date(2026, 2, 17))
    'date("2026-02-17")'
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case datetime():
            return f'date and time("{plain_value(value)}")'
        case date():
            return f'date("{plain_value(value)}")'
        case timedelta():
            return f'duration("{plain_value(value)}")'
        case Decimal():
            return f"{value:f}"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
