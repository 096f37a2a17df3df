r"""Label matchers, as alert routers write them: ``{team="desk", level=~"high|urgent"}``.

Two dialects are read: the strict one (UTF-8), and the classic one, which takes quotes and braces more freely. A missing
label counts as an empty one, as their users expect. A pattern may only be a choice of words: no pattern of a stranger
is ever run.

Source: the matchers of Prometheus Alertmanager.
"""

from __future__ import annotations

import re
from typing import Literal

import attrs

from svcstd.conditions.algebra import Eq, In, Present
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.errors import DefinitionError, TextError, must_be_one_of

__all__ = ["Matcher", "matchers_condition", "read_matchers"]

Operator = Literal["=", "!=", "=~", "!~"]
Dialect = Literal["utf8", "classic"]
OPERATORS = ("=~", "!~", "!=", "=")
DIALECTS = ("utf8", "classic")
LONGEST = 10_000
"""Characters of a text of matchers."""
BLANKS = " \t\n\r\f\v"
RESERVED = "{}!=~,\\\"'`"
_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*", re.ASCII)
_CLASSIC = re.compile(r"\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)(.*)", re.ASCII | re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(
    r"""\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))""", re.ASCII
)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_PLAIN = r"[^.^$*+?()\[\]{}\\|]"
_PART = re.compile(rf"({_PLAIN}*)(?:\((?:\?:)?((?:{_PLAIN}|\|)*)\)({_PLAIN}*))?")


@attrs.frozen
class Matcher:
    """One test of a label.

    Attributes:
        name: of the label.
        op: ``=``, ``!=``, ``=~`` (one of these words) or ``!~`` (none of them).
        value: the word, or the words between bars.
    """

    name: str
    op: Operator
    value: str

    def __str__(self) -> str:
        shown = self.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'{self.name}{self.op}"{shown}"'

    @property
    def words(self) -> tuple[str, ...]:
        """The words that fit (``=``, ``=~``) or do not fit.

        Raises:
            DefinitionError: a pattern that is more than a choice of words.

        >>> Matcher("team", "=~", "desk|(field)").words
        ('desk', 'field')
        """
        if self.op in ("=", "!="):
            return (self.value,)
        found = _choice(self.value)
        if found is None:
            raise DefinitionError(f"matchers.{self.name}", "matchers.pattern", value=self.value)
        return found

    def condition(self) -> Condition:
        """The condition that says the same; a missing label is an empty one.

        Raises:
            DefinitionError: a pattern that is more than a choice of words.

        >>> Matcher("team", "!=", "desk").condition().holds({})
        True
        """
        words = self.words
        known: Condition = Eq(self.name, words[0]) if len(words) == 1 else In(self.name, words)
        missing, is_missing = Present(self.name, expected=False), "" in words
        if self.op in ("=", "=~"):
            return AnyOf((missing, known)) if is_missing else known
        return AllOf((Present(self.name), Not(known))) if is_missing else AnyOf((missing, Not(known)))


def _choice(pattern: str) -> tuple[str, ...] | None:
    """``a|b``, ``x(a|b)y`` or ``a|(b|c)`` as words; ``None`` for any other pattern."""
    words: list[str] = []
    for part in _alternatives(pattern):
        found = _PART.fullmatch(part)
        if found is None:
            return None
        before, inside, after = found.groups()
        words += [before] if inside is None else [f"{before}{word}{after}" for word in inside.split("|")]
    return tuple(words)


def _alternatives(pattern: str) -> list[str]:
    """What stands between bars outside of brackets."""
    parts, depth = [""], 0
    for letter in pattern:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def matchers_condition(matchers: tuple[Matcher, ...]) -> AllOf:
    """The condition that all of them hold.

    >>> matchers_condition(read_matchers('team="desk"')).holds({"team": "desk"})
    True
    """
    return AllOf(tuple(matcher.condition() for matcher in matchers))


def read_matchers(text: str, *, dialect: Dialect = "utf8", where: str = "matchers") -> tuple[Matcher, ...]:
    r"""The matchers of a text.

    Args:
        text: ``{a="b", c!="d"}``, braces optional.
        dialect: ``utf8`` or ``classic``.
        where: the path to name in a fault.

    Raises:
        TextError: no such text, with the place.
        DefinitionError: a text that is too long.

    >>> read_matchers('{team="desk", level=~"high|urgent"}')[1]
    Matcher(name='level', op='=~', value='high|urgent')
    """
    must_be_one_of(dialect, DIALECTS, "dialect")
    if len(text) > LONGEST:
        raise DefinitionError(where, "text.long", length=len(text), most=LONGEST)
    return _classic(text, where) if dialect == "classic" else _Strict(text, where).read()


def _fault(where: str, message: str, source: str, at: int, **params: object) -> TextError:
    return TextError(where, message, source=source, at=min(at, len(source)), **params)


def _classic(text: str, where: str) -> tuple[Matcher, ...]:
    """Each piece between commas outside of quotes is a matcher; outer braces may be missing."""
    first = len(text) - len(text.lstrip())
    plain = text.strip()
    if plain.startswith("{"):
        plain, first = plain[1:], first + 1
    plain = plain.removesuffix("}")
    found, start, quoted, escaped = [], 0, False, False
    for place, letter in enumerate([*plain, ","]):
        if letter == "," and (not quoted or place == len(plain)):
            piece = plain[start:place]
            if piece.strip() or place < len(plain):
                found.append(_piece(piece, text, first + start, where))
            start = place + 1
        elif letter == '"' and not escaped:
            quoted = not quoted
        escaped = letter == "\\" and not escaped
    return tuple(found)


def _piece(piece: str, text: str, at: int, where: str) -> Matcher:
    parts = _CLASSIC.fullmatch(piece)
    if parts is None:
        raise _fault(where, "matchers.unexpected", text, at, found=piece.strip() or ",")
    name, op, rest = parts.groups()
    raw = rest.strip(BLANKS)
    value, begun = raw, at + parts.start(3) + len(rest) - len(rest.lstrip(BLANKS))
    if raw.startswith('"'):
        if len(raw) == 1 or not raw.endswith('"') or _open_escape(raw[1:-1]):
            raise _fault(where, "matchers.unclosed", text, begun)
        value, begun = raw[1:-1], begun + 1
    plain, bare = [], re.sub(r"\\.", "  ", value, flags=re.DOTALL)
    if '"' in bare:
        raise _fault(where, "matchers.quote", text, begun + bare.index('"'))
    place = 0
    while place < len(value):
        pair = value[place : place + 2]
        letter = {'\\"': '"', "\\\\": "\\", "\\n": "\n"}.get(pair)
        plain.append(value[place] if letter is None else letter)
        place += 1 if letter is None else 2
    return Matcher(name, op, "".join(plain))  # type: ignore[arg-type] # one of the four


def _open_escape(inside: str) -> bool:
    """Whether the closing quotation mark is itself escaped."""
    return (len(inside) - len(inside.rstrip("\\"))) % 2 == 1


class _Strict:
    """A reader of the strict dialect, token by token."""

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where, self._at = text, where, 0

    def read(self) -> tuple[Matcher, ...]:
        """All matchers, inside braces or without."""
        braced = self._skip("{")
        found: list[Matcher] = []
        while not self._ends() and not (braced and self._peek() == "}"):
            found.append(self._matcher())
            if not self._skip(","):
                break
        if braced and not self._skip("}"):
            raise self._unexpected()
        if not self._ends():
            raise self._unexpected()
        return tuple(found)

    def _space(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _peek(self) -> str:
        self._space()
        return self._text[self._at : self._at + 1]

    def _ends(self) -> bool:
        return not self._peek()

    def _skip(self, mark: str) -> bool:
        found = self._peek() == mark
        self._at += found
        return found

    def _unexpected(self) -> TextError:
        if self._ends():
            return _fault(self._where, "matchers.early", self._text, len(self._text))
        return _fault(self._where, "matchers.unexpected", self._text, self._at, found=self._text[self._at])

    def _matcher(self) -> Matcher:
        name = self._word()
        self._space()
        op = next((one for one in OPERATORS if self._text.startswith(one, self._at)), None)
        if op is None:
            raise self._unexpected()
        self._at += len(op)
        return Matcher(name, op, self._word())  # type: ignore[arg-type] # one of the four

    def _word(self) -> str:
        if self._peek() == '"':
            found = _QUOTED.match(self._text, self._at)
            if found is None:
                raise _fault(self._where, "matchers.unclosed", self._text, self._at)
            begun, self._at = self._at + 1, found.end()
            return self._unescaped(found[1], begun)
        begun = self._at
        while (letter := self._text[self._at : self._at + 1]) and not letter.isspace() and letter not in RESERVED:
            self._at += 1
        if begun == self._at:
            raise self._unexpected()
        return self._text[begun : self._at]

    def _unescaped(self, inside: str, begun: int) -> str:
        plain, place = [], 0
        while place < len(inside):
            if inside[place] != "\\":
                plain.append(inside[place])
                place += 1
                continue
            found = _ESCAPE.match(inside, place)
            letter = None if found is None else _letter(found)
            if found is None or letter is None:
                raise _fault(self._where, "matchers.escape", self._text, begun + place)
            plain.append(letter)
            place = found.end()
        return "".join(plain)


def _letter(found: re.Match[str]) -> str | None:
    named, *numbers, octal = found.groups()
    if named is not None:
        return _LETTERS[named]
    code = int(octal, 8) if octal is not None else int(next(number for number in numbers if number is not None), 16)
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else None  # noqa: PLR2004 - Unicode
