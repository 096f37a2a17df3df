"""Expressions of TaskRouter's filters as conditions: comparisons of an attribute with a value, and, or, not.

They are read, never run. What compares two attributes, or looks into lists, has no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from svcstd.errors import DefinitionError

__all__ = ["TaskTest", "read_expression"]

LONGEST = 10_000
DEEPEST = 30
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^'\\\n]*'|"[^"\\\n]*")|(?P<number>-?\d{1,30}(?:\.\d{1,30})?)(?![\w.])"""
    r"""|(?P<sign>==|!=|<>|<=|>=|[=<>()\[\],])|(?P<word>[A-Za-z_]\w*(?:\.\w+)*))""",
    re.ASCII,
)
SIGNS: Mapping[str, str] = {"=": "==", "<>": "!="}
WORDS = ("AND", "OR", "NOT", "IN", "HAS", "CONTAINS")
TAKEN = ("all_of", "any_of", "not")
"""What the file of a standard takes for a word of its own, never for a fact."""
ORDERED = ("<", "<=", ">", ">=")
Literal: TypeAlias = "str | Decimal | bool"
TaskTest: TypeAlias = "dict[str, Any] | bool"
"""A test as the file of a standard writes it; true or false where it asks nothing of a task."""


def read_expression(text: str) -> tuple[TaskTest, dict[str, str]]:
    """The test that an expression is, and the kind of each attribute it asks for.

    Raises:
        DefinitionError: it has no translation, with the place.

    >>> test, kinds = read_expression("priority >= 5 AND (lang == 'en' OR lang == 'fr')")
    >>> test
    {'all_of': [{'priority': '>= 5'}, {'any_of': [{'lang': 'en'}, {'lang': 'fr'}]}]}
    >>> kinds
    {'priority': 'number', 'lang': 'text'}
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError("expression", "task.text", value="", at=0)
    reader = _Reader(text, list(_tokens(text)))
    test = reader.either(DEEPEST)
    if reader.at < len(reader.tokens):
        raise reader.fault()
    return test, reader.kinds


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise DefinitionError("expression", "task.text", value=text[at : at + 20], at=at + 1)
        yield str(found.lastgroup), found[str(found.lastgroup)], found.start(str(found.lastgroup))
        at = found.end()


@attrs.define
class _Reader:
    """Reads tokens one after the other."""

    text: str
    tokens: list[tuple[str, str, int]]
    at: int = 0
    kinds: dict[str, str] = attrs.Factory(dict)

    def fault(self) -> DefinitionError:
        """What stands at the place has no translation."""
        place = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        return DefinitionError("expression", "task.text", value=self.text[place : place + 20], at=place + 1)

    def _is(self, word: str) -> bool:
        return (
            self.at < len(self.tokens) and self.tokens[self.at][1].upper() == word and self.tokens[self.at][0] != "text"
        )

    def _take(self, word: str) -> bool:
        found = self._is(word)
        self.at += found
        return found

    def _next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise self.fault()
        kind, value, _ = self.tokens[self.at]
        self.at += 1
        return kind, value

    def either(self, deepest: int) -> TaskTest:
        """Tests of which one must hold."""
        tests = [self.both(deepest)]
        while self._take("OR"):
            tests.append(self.both(deepest))
        return _joined(tests, "any_of", decides=True)

    def both(self, deepest: int) -> TaskTest:
        """Tests that must all hold."""
        tests = [self.one(deepest)]
        while self._take("AND"):
            tests.append(self.one(deepest))
        return _joined(tests, "all_of", decides=False)

    def one(self, deepest: int) -> TaskTest:
        """One test, denied or in brackets."""
        if not deepest:
            raise self.fault()
        if self._take("NOT"):
            test = self.one(deepest - 1)
            return (not test) if isinstance(test, bool) else {"not": test}
        if self._take("("):
            test = self.either(deepest - 1)
            if not self._take(")"):
                raise self.fault()
            return test
        return self._comparison()

    def _comparison(self) -> TaskTest:
        left = self._operand()
        begun = self.at
        denied = self._take("NOT")
        if self._take("IN") and isinstance(left, str):
            return self._among(left, denied=denied)
        if self.at > begun:
            self.at = begun
            raise self.fault()
        sign = self._next()[1]
        sign, right = SIGNS.get(sign, sign), self._operand()
        if isinstance(left, str) == isinstance(right, str):
            if isinstance(left, str) or sign not in ("==", "!="):
                self.at = begun
                raise self.fault()
            return (left == right) is (sign == "==")
        if isinstance(right, str):
            left, right, sign = right, left, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
        return self._test(str(left), sign, right, begun)

    def _operand(self) -> str | tuple[Literal]:
        """An attribute by its name, or a value."""
        kind, value = self._next()
        match kind:
            case "text":
                return (value[1:-1],)
            case "number":
                return (Decimal(value),)
            case "word" if value.lower() in ("true", "false"):
                return (value.lower() == "true",)
            case "word" if value.upper() not in WORDS and value not in TAKEN:
                return value
            case _:
                self.at -= 1
                raise self.fault()

    def _test(self, name: str, sign: str, value: Any, begun: int) -> TaskTest:  # noqa: ANN401 - a value in a tuple
        (literal,) = value
        kind = {str: "text", Decimal: "number", bool: "true or false"}[type(literal)]
        if self.kinds.setdefault(name, kind) != kind or (sign in ORDERED and kind != "number"):
            self.at = begun
            raise self.fault()
        if sign in ORDERED:
            return {name: f"{sign} {literal}"}
        if sign not in ("==", "!="):
            self.at = begun
            raise self.fault()
        return {name: literal} if sign == "==" else {name: {"not": literal}}

    def _among(self, name: str, *, denied: bool) -> TaskTest:
        begun, values = self.at, []
        if not self._take("["):
            raise self.fault()
        while not self._take("]"):
            found = self._operand()
            if isinstance(found, str):
                self.at -= 1
                raise self.fault()
            self._test(name, "==", found, begun)
            values.append(found[0])
            if not self._take(",") and not self._is("]"):
                raise self.fault()
        if not values:
            return denied
        test = {name: values}
        return {"not": test} if denied else test


def _joined(tests: list[TaskTest], word: str, *, decides: bool) -> TaskTest:
    """Several tests as one; a constant that decides is the answer, any other is left out."""
    if any(test is decides for test in tests):
        return decides
    asking = [test for test in tests if not isinstance(test, bool)]
    if not asking:
        return not decides
    return asking[0] if len(asking) == 1 else {word: asking}
