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

__all__ = ["Format", "Places", "parse_text", "show_text"]

Format: TypeAlias = Literal["toml", "yaml", "json"]
Places: TypeAlias = "dict[str, tuple[int, int]]"

MOST_CHARACTERS = 4_000_000
MOST_NODES = 200_000
DEEPEST = 32
MOST_DIGITS = 40


def parse_text(text: str, format: Format) -> tuple[dict[str, Any], Places]:  # noqa: A002 - the word for it
    """A document as plain data, with line and column by path where the parser tells (YAML).

    Raises:
        DefinitionError: not in that syntax, or beyond the bounds (4 million characters, 200,000 nodes, depth 32).
        ExtraMissing: YAML without the ``yaml`` extra.
    """
    if len(text) > MOST_CHARACTERS:
        raise DefinitionError("$", "syntax.long", length=len(text), most=MOST_CHARACTERS)
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


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"$ (line {found[1]}, column {found[2]})" if found else "$"
        raise DefinitionError(where, "syntax.toml", reason=str(error).split(" (at ", maxsplit=1)[0]) from None
    except (ValueError, RecursionError) as error:
        raise DefinitionError("$", "syntax.toml", reason=str(error)) from None


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_decimal, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        where = f"$ (line {error.lineno}, column {error.colno})"
        raise DefinitionError(where, "syntax.json", reason=error.msg) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, DefinitionError):
            raise
        raise DefinitionError("$", "syntax.json", reason=str(error)) from None


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

    def table(self, raw: Mapping[Any, Any], path: str, depth: int) -> dict[str, Any]:
        """A table with text keys."""
        found = {}
        for key, value in raw.items():
            if not isinstance(key, str):
                raise DefinitionError(path, "syntax.key", value=repr(key))
            found[key] = self.any(value, f"{path}.{key}", depth + 1)
        return found

    def any(self, raw: object, path: str, depth: int) -> Any:
        """Any piece."""
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise DefinitionError(path, "syntax.large", depth=DEEPEST, nodes=MOST_NODES)
        match raw:
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

    return load_yaml(text, nodes=MOST_NODES, deepest=DEEPEST, number=_decimal)


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
            return json.dumps(raw, ensure_ascii=False, indent=2, default=_number) + "\n"
        case "yaml":
            from svcstd.documents.yaml import dump_yaml  # noqa: PLC0415 - an extra

            return dump_yaml(raw)
        case _:
            raise DefinitionError("format", "choice.unknown", value=str(format), choices="toml, yaml, json")


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)
