"""Text to plain data and back: TOML 1.0, YAML 1.2 core, JSON. Strings in, values out, with bounded work.

Plain data is text, whole numbers, Decimal, booleans, lists and tables with text keys. Dates and times become ISO text,
so that the three formats mean the same.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from svcstd.errors import DefinitionError

__all__ = ["MOST_CHARACTERS", "SUFFIXES", "Format", "Places", "parse_text", "show_text"]

Format: TypeAlias = Literal["toml", "yaml", "json"]
Places: TypeAlias = "dict[str, tuple[int, int]]"

SUFFIXES: Mapping[str, Format] = {"toml": "toml", "yaml": "yaml", "yml": "yaml", "json": "json"}
"""Formats by the end of a file's name."""
MOST_CHARACTERS = 600_000
MOST_NODES = 100_000
DEEPEST = 32
LONGEST_PATH = 500
MOST_DIGITS = 40
# tomllib's work and memory grow with the square of the parts of a dotted key, so they are counted before it reads.
_DOTTED = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""")


def parse_text(text: str, format: Format) -> tuple[dict[str, Any], Places]:  # noqa: A002 - the word for it
    """A document as plain data, with line and column by path where the parser tells (YAML).

    Raises:
        DefinitionError: not in that syntax, or beyond the bounds (600,000 characters, 100,000 values, depth 32).
        ExtraMissing: YAML without the ``yaml`` extra.
    """
    if len(text) > MOST_CHARACTERS:
        raise DefinitionError("$", "syntax.long", length=len(text), most=MOST_CHARACTERS)
    _whole_characters(text, "$")
    places: Places = {}
    match format:
        case "toml":
            raw = _toml(text)
        case "json":
            raw = _json(text)
        case "yaml":
            raw, places = _yaml(text)
        case _:
            raise DefinitionError("format", "choice.unknown", value=str(format), choices="toml, yaml, json")
    if not isinstance(raw, dict):
        raise DefinitionError("$", "syntax.top", format=format)
    return _Plain().table(raw, "$", 0), places


def _whole_characters(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DefinitionError(path, "syntax.encoding", place=error.start) from None


def _toml(text: str) -> object:
    if _DOTTED.search(text):
        raise too_large("$")
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        line, column = re.findall(r"\d+", place) or (text.count("\n") + 1, len(text) - text.rfind("\n"))
        raise DefinitionError(f"$ (line {line}, column {column})", "syntax.toml", reason=reason) from None
    except DefinitionError:
        raise
    except (ValueError, RecursionError) as error:
        raise DefinitionError("$", "syntax.toml", reason=_first(error)) from None


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_decimal, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        where = f"$ (line {error.lineno}, column {error.colno})"
        raise DefinitionError(where, "syntax.json", reason=error.msg) from None
    except DefinitionError:
        raise
    except (ValueError, RecursionError) as error:
        raise DefinitionError("$", "syntax.json", reason=_first(error)) from None


def _first(error: Exception) -> str:
    """What an error says before it gives advice on Python."""
    return str(error).partition(";")[0]


def too_large(path: str) -> DefinitionError:
    """The refusal of a document that is too deep or too large; a long path is cut."""
    shown = path if len(path) <= LONGEST_PATH else path[:LONGEST_PATH] + "…"
    return DefinitionError(shown, "syntax.large", depth=DEEPEST, nodes=f"{MOST_NODES:,}")


def below(path: str, key: str) -> str:
    """The path of a key.

    Raises:
        DefinitionError: it has grown too long; every value repeats it.
    """
    found = f"{path}.{key}"
    if len(found) > LONGEST_PATH:
        raise too_large(found)
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DefinitionError("$", "syntax.twice", key=key)
        found[key] = value
    return found


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or len(text) > MOST_DIGITS:
        raise DefinitionError("$", "syntax.number", value=text)
    return number


class _Plain:
    """Turns what a parser gives into plain data, counting as it goes."""

    def __init__(self) -> None:
        self._nodes = 0

    def table(self, raw: Mapping[str, Any], path: str, depth: int) -> dict[str, Any]:
        """A table with text keys."""
        found = {}
        for key, value in raw.items():
            _whole_characters(key, path)
            found[key] = self.any(value, below(path, key), depth + 1)
        return found

    def any(self, raw: object, path: str, depth: int) -> Any:
        """Any piece."""
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise too_large(path)
        match raw:
            case str():
                _whole_characters(raw, path)
                return raw
            case dict():
                return self.table(raw, path, depth)
            case list():
                return [self.any(one, f"{path}[{number}]", depth + 1) for number, one in enumerate(raw)]
            case date() | time():
                return raw.isoformat()
            case int() if not isinstance(raw, bool) and abs(raw) >= 10**MOST_DIGITS:
                raise DefinitionError(path, "syntax.number", value="…")
            case _:
                return raw


def _yaml(text: str) -> tuple[object, Places]:
    from svcstd.documents.yaml import load_yaml  # noqa: PLC0415 - an extra

    return load_yaml(text, number=_decimal)


def show_text(raw: Mapping[str, Any], format: Format) -> str:  # noqa: A002 - the word for it
    """Plain data as text that :func:`parse_text` reads back.

    Raises:
        ExtraMissing: YAML without the ``yaml`` extra.
    """
    match format:
        case "toml":
            import tomli_w  # noqa: PLC0415 - only for writing

            return tomli_w.dumps(raw)
        case "json":
            return show_json(raw) + "\n"
        case "yaml":
            from svcstd.documents.yaml import dump_yaml  # noqa: PLC0415 - an extra

            return dump_yaml(raw)
        case _:
            raise DefinitionError("format", "choice.unknown", value=str(format), choices="toml, yaml, json")


def show_json(raw: object, indent: str = "\n") -> str:
    r"""Plain data as JSON, decimals digit by digit (the ``json`` module would make floats of them).

    >>> show_json([Decimal("0.10")])
    '[\n  0.10\n]'
    """
    inner = indent + "  "
    match raw:
        case dict() if raw:
            pairs = (f"{json.dumps(key, ensure_ascii=False)}: {show_json(value, inner)}" for key, value in raw.items())
            return "{" + inner + f",{inner}".join(pairs) + indent + "}"
        case list() if raw:
            return "[" + inner + f",{inner}".join(show_json(value, inner) for value in raw) + indent + "]"
        case Decimal():
            return str(raw)
        case _:
            return json.dumps(raw, ensure_ascii=False)
