"""Decision tables and trees of routes as expressions of Polars that give a struct."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import polars as pl

from svcstd.batch.arrow.decisions import asker
from svcstd.batch.rules.expressions import polars_decision
from svcstd.batch.rules.plan import Part
from svcstd.batch.rules.polars_words import named
from svcstd.batch.rules.routed import part_on, tell_answers_apart
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.standard import ServiceStandard

__all__ = ["decide", "route"]

Expr: TypeAlias = "Any"
"""An expression of Polars, which is optional, and so are its types."""


def decide(part: Part, *, on: date | None = None) -> Expr:
    """What a part answers for each row: a struct of ``rule``, the outputs and ``fault``, all null where there is none.

    Where Polars can say it, it is an expression of Polars alone; else the columns go through NumPy.

    Args:
        part: as for :func:`svcstd.batch.arrow.decide`; each fact that it reads is the column of its name.
        on: the local date, for rules that hold on some days only.

    Raises:
        DefinitionError: as for :func:`svcstd.batch.arrow.decide`.
    """
    tell_answers_apart(part.outputs)
    try:
        found = polars_decision(part, on=on)
    except DefinitionError:
        return _mapped(part, on)
    outputs = [one.alias(name) for name, one in found.outputs.items()]
    fault = pl.when(found.fault != "").then(found.fault)
    return pl.struct([found.rule.alias("rule"), *outputs, fault.alias("fault")])


def route(standard: ServiceStandard, table: str, *, on: date | None = None) -> Expr:
    """What a routing table of a standard answers for each row, as for :func:`decide`.

    Args:
        standard: with its routes.
        table: their key under ``routing``.
        on: the local date, which chooses the edition too; it may be left out where nothing depends on it.

    Raises:
        UnknownName: no such table.
        DefinitionError: as for :func:`svcstd.batch.arrow.route`.
    """
    return decide(part_on(standard, table, on), on=on)


def _mapped(part: Part, on: date | None) -> Expr:
    """The same through Arrow."""
    ask, names = asker(part, on=on), [name for name in part.facts.types if name in part.fields]

    def run(series: Sequence[Any]) -> Any:  # noqa: ANN401 - series of Polars
        try:
            # Where no fact is read, only the number of rows counts.
            columns = dict(zip(names or [""], series, strict=True))
            return pl.from_arrow(ask(pl.DataFrame(columns))).to_struct()
        except SvcstdError as error:
            # Polars makes an error anew from its text alone, which ours cannot be.
            raise pl.exceptions.ComputeError(str(error)) from error

    given = [named(name) for name in names] or [pl.lit(0)]
    dtype = run([pl.Series(dtype=pl.Null) for _ in given]).dtype
    return pl.map_batches(given, run, return_dtype=dtype, is_elementwise=True)
