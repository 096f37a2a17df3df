"""Decision tables and trees of routes over any table that shows a PyCapsule: a row with the rule, outputs and fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np

from svcstd.batch.arrow.columns import Array, column_of, numbers
from svcstd.batch.arrow.logs import as_table
from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.decisions import Decisions
from svcstd.batch.rules.decisions import decide as decide_columns
from svcstd.batch.rules.engine import answered, places_of
from svcstd.batch.rules.fact_columns import RULE_FAULTS, FactColumns, read_facts
from svcstd.batch.rules.plan import Part, plan_of
from svcstd.batch.rules.routed import part_on, tell_answers_apart
from svcstd.conditions import FactKind
from svcstd.errors import DefinitionError, ExtraMissing, nearest
from svcstd.standard import ServiceStandard

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.arrow.verbs", "extra.missing", what="Arrow", extra="arrow") from None

__all__ = ["asker", "decide", "route"]

TYPES: Mapping[FactKind, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "true or false": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "duration": pa.duration("us"),
}
FAULTS = pa.array([None, *RULE_FAULTS[1:]], pa.string())
"""By code, the id of the message; null for none."""


def decide(part: Part, facts: object, *, on: object = None) -> Array:
    """What a part answers for each row, as a table of pyarrow.

    Its columns are ``rule``, the id of the rule that decides or ``else``; every output, or ``value`` where all rules
    that fit are collected; and ``fault``, the id of the message that says why a row has no decision.

    Args:
        part: a table by which one rule answers, or that collects a count, a sum, a least or a greatest; or a tree.
        facts: a table with a column for each fact that the part reads, of its name; others are not looked at.
        on: the local date, for rules that hold on some days only; or an Arrow column of dates.

    Raises:
        DefinitionError: a fact without column; an output called as another column; else as for
            :func:`svcstd.batch.decide`.
        MomentError: timestamps without zone.

    >>> from svcstd.conditions import Eq, FactSchema, FactType
    >>> from svcstd.rules import DecisionTable, Output, Rule
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType()}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ... )
    >>> decide(table, pa.table({"kind": ["claim", "fault"]})).to_pylist()[1]
    {'rule': 'repairs', 'role': 'engineer', 'fault': None}
    """
    return asker(part, on=on)(facts)


def route(standard: ServiceStandard, table: str, facts: object, *, on: date | None = None) -> Array:
    """What a routing table of a standard answers for each row, as for :func:`decide`.

    Args:
        standard: with its routes.
        table: their key under ``routing``.
        facts: as for :func:`decide`.
        on: the local date, which chooses the edition too; it may be left out where nothing depends on it.

    Raises:
        UnknownName: no such table.
        DefinitionError, MomentError: as for :func:`decide`; no date, although the answer depends on it; a pilot that
            would route some rows otherwise.
    """
    return decide(part_on(standard, table, on), facts, on=on)


def asker(part: Part, *, on: object = None) -> Callable[[object], Array]:
    """:func:`decide` for many batches: what a part needs to decide is made once.

    Raises:
        DefinitionError: as for :func:`decide`.
    """
    plan = plan_of(part)
    tell_answers_apart(part.outputs)
    day = on if on is None or isinstance(on, date) else numbers(on, "on")

    def ask(facts: object) -> Array:
        read = _facts(part, as_table(facts, "facts"))
        return _told(part, decide_columns(plan, read, on=day))

    return ask


def _facts(part: Part, table: Array) -> FactColumns:
    """The facts that a part reads, in the order of their declarations: the first wrong one is told."""
    found = {}
    for name in part.facts.types:
        if name in part.fields:
            if name not in table.column_names:
                near = nearest(name, table.column_names)
                raise DefinitionError(f"facts.{name}", "batch.no_fact", value=name, nearest=near)
            found[name] = column_of(table.column(name), f"facts.{name}")
    if not found:
        return FactColumns(part.facts, {}, np.zeros(table.num_rows, dtype=np.uint8))
    return read_facts(found, part.facts)


def _told(part: Part, found: Decisions) -> Array:
    columns = {"rule": _picked(found.rules, found.rule, pa.string())}
    if found.value is None:
        nothing = Encoded((), np.full(len(found.codes), -1, dtype=np.int32))  # a table without rules has no outcomes
        columns |= {name: _output(found.outputs.get(name, nothing), one.kind) for name, one in part.outputs.items()}
    else:
        columns["value"] = pa.array(found.value.data, mask=np.ma.getmaskarray(found.value))
    return pa.table({**columns, "fault": FAULTS.take(pa.array(found.codes))})


def _output(column: Encoded, kind: FactKind) -> Array:
    values = [answered(value, kind) for value in column.values]
    return _picked(values, column.codes, pa.decimal128(38, places_of(values)) if kind == "number" else TYPES[kind])


def _picked(values: Any, places: Any, kind: Array) -> Array:  # noqa: ANN401 - values of any kind
    return pa.array(values, kind).take(pa.array(places, mask=places < 0))
