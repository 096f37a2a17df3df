"""Conditions as expressions of Polars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs
import polars as pl
from polars import selectors

from svcstd.batch.rules.engine import TextTest, answered, known_text, places_of, plain
from svcstd.conditions import FactKind, FactType, FactValue, Prefix, Suffix
from svcstd.conditions.interval import Bound

__all__ = ["PolarsWords", "named"]

Expr: TypeAlias = "Any"
TYPES: dict[FactKind, Any] = {
    "text": pl.String,
    "integer": pl.Int64,
    "true or false": pl.Boolean,
    "date": pl.Date,
    "moment": pl.Datetime("us", "UTC"),
    "duration": pl.Duration("us"),
}
SIGNS = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}


@attrs.frozen
class PolarsWords:
    """The words of Polars; see :class:`svcstd.batch.rules.engine.Engine`."""

    def always(self, *, answer: bool | None) -> Expr:
        """True, false or null."""
        return pl.lit(answer, dtype=pl.Boolean)

    def missing(self, field: str) -> Expr:
        """Null."""
        return named(field).is_null()

    def among(self, field: str, kind: FactType, values: Sequence[FactValue]) -> Expr:
        """One comparison for each value."""
        column = _column(field, kind)
        return self.some([column == pl.lit(plain(value)) for value in values])

    def compared(self, field: str, kind: FactType, sign: str, bound: Bound) -> Expr:
        """A comparison."""
        return getattr(_column(field, kind), SIGNS[sign])(pl.lit(plain(bound)))

    def has_part(self, test: TextTest) -> Expr:
        """A question to a text."""
        text, part = named(test.field).cast(pl.String).str, plain(test.part)
        if isinstance(test, Prefix):
            return text.starts_with(part)
        return text.ends_with(part) if isinstance(test, Suffix) else text.contains(part, literal=True)

    def every(self, parts: Sequence[Expr]) -> Expr:
        """All of them."""
        return pl.all_horizontal(parts) if len(parts) > 1 else parts[0]

    def some(self, parts: Sequence[Expr]) -> Expr:
        """Any of them."""
        return pl.any_horizontal(parts) if len(parts) > 1 else parts[0]

    def inverse(self, part: Expr) -> Expr:
        """Not this."""
        return ~part

    def unlike(self, one: Expr, other: Expr) -> Expr:
        """Two values that differ."""
        return one != other

    def chosen(self, branches: Sequence[Expr], values: Sequence[FactValue], kind: FactKind) -> Expr:
        """The number of the branch, and then its value: one flat list, whatever the number of branches."""
        last = pl.lit(len(branches), dtype=pl.Int32)
        numbers = [pl.when(one).then(pl.lit(n, dtype=pl.Int32)) for n, one in enumerate(branches)]
        typed = pl.Decimal(38, places_of(values)) if kind == "number" else TYPES[kind]
        found = pl.Series([answered(value, kind) for value in values], dtype=typed)
        return pl.coalesce([*numbers, last]).replace_strict(pl.Series(range(len(values)), dtype=pl.Int32), found)


def named(field: str) -> Expr:
    """The column of exactly that name: ``col`` would take some names for patterns, and Polars 1 takes ``*`` for all."""
    return pl.col(r"^\*$") if field == "*" else selectors.by_name(known_text(field)).as_expr()


def _column(field: str, kind: FactType) -> Expr:
    """A column; moments and durations by their microseconds, whatever zone they are shown in."""
    column = named(field)
    match kind.kind:
        case "moment":
            return column.dt.timestamp("us")
        case "duration":
            return column.dt.total_microseconds()
        case "text":
            return column.cast(pl.String)
        case _:
            return column
