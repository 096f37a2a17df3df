"""Conditions in SQL of DuckDB: every value and every name quoted, so that none of them can become code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs

from svcstd.batch.rules.engine import TextTest, answered, digits, known_text, places_of, plain
from svcstd.conditions import Contains, FactKind, FactType, FactValue, Prefix, Suffix
from svcstd.conditions.interval import Bound
from svcstd.errors import DefinitionError

__all__ = ["SQL", "quoted_name", "quoted_text"]

TYPES: dict[FactKind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "true or false": "BOOLEAN",
    "date": "DATE",
    "moment": "TIMESTAMPTZ",
    "duration": "INTERVAL",
}
PARTS: dict[type[TextTest], str] = {Prefix: "starts_with", Suffix: "suffix", Contains: "contains"}


def quoted_name(name: str) -> str:
    """The name of a column.

    Raises:
        DefinitionError: a zero byte, which ends a name, or half of a pair of code units.

    >>> print(quoted_name('a"b'))
    "a""b"
    """
    if "\0" in known_text(name):
        raise DefinitionError("name", "batch.text", value=ascii(name))
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def quoted_text(text: str) -> str:
    """A text; a zero byte in it is named, since it would end the query for some readers.

    Raises:
        DefinitionError: half of a pair of code units.

    >>> print(quoted_text("it's"))
    'it''s'
    """
    parts = ["'{}'".format(part.replace("'", "''")) for part in known_text(text).split("\0")]
    return parts[0] if len(parts) == 1 else f"({' || chr(0) || '.join(parts)})"


@attrs.frozen
class SQL:
    """The words of DuckDB; see :class:`svcstd.batch.rules.engine.Engine`."""

    def always(self, *, answer: bool | None) -> str:
        """True, false or null."""
        return _output(answer, "BOOLEAN")

    def missing(self, field: str) -> str:
        """Null."""
        return f"({quoted_name(field)} IS NULL)"

    def among(self, field: str, kind: FactType, values: Sequence[FactValue]) -> str:
        """A list."""
        return f"({_column(field, kind)} IN ({', '.join(_literal(plain(value)) for value in values)}))"

    def compared(self, field: str, kind: FactType, sign: str, bound: Bound) -> str:
        """A comparison."""
        return f"({_column(field, kind)} {sign} {_literal(plain(bound))})"

    def has_part(self, test: TextTest) -> str:
        """A function."""
        return f"{PARTS[type(test)]}({quoted_name(test.field)}, {quoted_text(test.part)})"

    def every(self, parts: Sequence[str]) -> str:
        """AND."""
        return f"({' AND '.join(parts)})" if len(parts) > 1 else parts[0]

    def some(self, parts: Sequence[str]) -> str:
        """OR."""
        return f"({' OR '.join(parts)})" if len(parts) > 1 else parts[0]

    def inverse(self, part: str) -> str:
        """NOT."""
        return f"(NOT {part})"

    def unlike(self, one: str, other: str) -> str:
        """Two values that differ."""
        return f"({one} <> {other})"

    def chosen(self, branches: Sequence[str], values: Sequence[FactValue], kind: FactKind) -> str:
        """CASE."""
        typed = f"DECIMAL(38, {places_of(values)})" if kind == "number" else TYPES[kind]
        found = [_output(answered(value, kind), typed) for value in values]
        cases = [f"WHEN {branch} THEN {value}" for branch, value in zip([*branches, "TRUE"], found, strict=True)]
        return f"(CASE {' '.join(cases)} END)"


def _column(field: str, kind: FactType) -> str:
    """A column; moments and durations by their microseconds, which no session's time zone can move."""
    name = quoted_name(field)
    return f"epoch_us({name})" if kind.kind in ("moment", "duration") else name


def _literal(value: Any) -> str:  # noqa: ANN401 - a plain value of any kind
    match value:
        case str():
            return quoted_text(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            whole, places = digits(value)
            return f"CAST('{value:f}' AS DECIMAL({whole}, {places}))"
        case int():
            return str(value)
        case _:
            return f"CAST('{value.isoformat()}' AS DATE)"


def _output(value: Any, typed: str) -> str:  # noqa: ANN401 - an output of any kind
    match value:
        case None:
            return f"CAST(NULL AS {typed})"
        case datetime():
            return f"CAST('{value.isoformat()}' AS {typed})"
        case timedelta():
            return f"to_microseconds({plain(value)})"
        case Decimal():
            return f"CAST('{value:f}' AS {typed})"
        case _:
            return _literal(value)
