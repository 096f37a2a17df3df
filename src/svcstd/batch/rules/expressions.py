"""Conditions, tables and trees as expressions of Polars and as SQL of DuckDB, from the same values.

A missing fact is null, and null is unknown, as everywhere here. Columns have the types of their facts: texts, whole
numbers, decimals, booleans, dates, timestamps in UTC, lengths of time; a column of another type is what the engine
makes of it. Decimals and bounds need 38 digits together, or the engine refuses to compare them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from svcstd.batch.rules.engine import Engine
from svcstd.batch.rules.plan import Part, Plan, plan_of
from svcstd.batch.rules.sql_words import SQL
from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Eq,
    FactSchema,
    FactType,
    FactValue,
    In,
    Not,
    Opaque,
    Present,
    Range,
    check_condition,
)
from svcstd.conditions.algebra import Test
from svcstd.errors import DefinitionError, ExtraMissing, must_be_date
from svcstd.keyed import Keyed, as_keyed
from svcstd.moment import YEARS
from svcstd.rules.decision import ELSE

__all__ = ["DecisionExpressions", "duckdb_condition", "duckdb_decision", "polars_condition", "polars_decision"]

E = TypeVar("E")
Expr: TypeAlias = "Any"
"""An expression of Polars, which is optional, and so are its types."""
TEXT = FactType()
FIRST = datetime(YEARS.start, 1, 1, tzinfo=UTC)
LAST = datetime(YEARS.stop - 1, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


@attrs.frozen(eq=False)
class DecisionExpressions(Generic[E]):
    """What a part answers for a row, in the words of an engine.

    Attributes:
        rule: the id of the rule that decides, or ``else``; null where nothing answers.
        outputs: by name.
        fault: why the row has no decision, as the id of a message; an empty text where nothing is wrong.
    """

    rule: E
    outputs: Keyed[str, E] = attrs.field(converter=as_keyed)
    fault: E


def polars_condition(condition: Condition, schema: FactSchema) -> Expr:
    """A condition as an expression of Polars: true, false, or null for unknown; each fact is the column of its name.

    Raises:
        DefinitionError: a test that a program brings, one that does not fit the facts, a fact that rounds floats, or a
            value that no engine can hold.
        ExtraMissing: without Polars.
    """
    return _of_condition(condition, schema, _polars("polars_condition"))


def duckdb_condition(condition: Condition, schema: FactSchema) -> str:
    """A condition as SQL of DuckDB: true, false, or null for unknown; each fact is the column of its name.

    Whatever stands in the condition is quoted: no value and no name can become code.

    Raises:
        DefinitionError: as for :func:`polars_condition`; or two facts whose names DuckDB cannot tell apart.

    >>> from svcstd.conditions import FactType
    >>> print(duckdb_condition(Eq("kind", "it's"), FactSchema({"kind": FactType()})))
    ("kind" IN ('it''s'))
    """
    _tell_apart(schema)
    return _of_condition(condition, schema, SQL())


def polars_decision(part: Part, *, on: date | None = None) -> DecisionExpressions[Expr]:
    """What a part answers, as expressions of Polars over the facts it reads; those it does not read are not looked at.

    Args:
        part: a table by which one rule answers, or a tree of routes.
        on: the local date, for rules that hold on some days only.

    Raises:
        DefinitionError: what has no such form, by its name; no day, and some rules hold on some days only.
        ExtraMissing: without Polars.
    """
    return _of_part(part, on, _polars("polars_decision"))


def duckdb_decision(part: Part, *, on: date | None = None) -> DecisionExpressions[str]:
    """The same as SQL of DuckDB.

    Raises:
        DefinitionError: as for :func:`polars_decision`; or two facts whose names DuckDB cannot tell apart.

    >>> from svcstd.rules import DecisionTable, Output, Rule
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType()}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ... )
    >>> print(duckdb_decision(table).rule)
    (CASE WHEN ("kind" IN ('fault')) THEN 'repairs' WHEN TRUE THEN CAST(NULL AS VARCHAR) END)
    """
    _tell_apart(part.facts)
    return _of_part(part, on, SQL())


def _polars(where: str) -> Engine[Expr]:
    try:
        from svcstd.batch.rules.polars_words import PolarsWords  # noqa: PLC0415 - Polars is not needed for the rest
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != "polars":
            raise
        raise ExtraMissing(f"svcstd.batch.{where}", "extra.missing", what="Polars", extra="polars") from None
    return PolarsWords()


def _tell_apart(schema: FactSchema) -> None:
    """Refuse facts of which DuckDB, which is blind to capitals, would take one for the other.

    Raises:
        DefinitionError: with both.
    """
    seen: dict[str, str] = {}
    for name in schema.types:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise DefinitionError(f"facts.{name}", "batch.capitals", value=name, other=other)


def _of_condition(condition: Condition, schema: FactSchema, engine: Engine[E]) -> E:
    check_condition(condition, schema)
    _refuse_rounding(condition.fields, schema)
    return _said(condition, schema, engine)


def _refuse_rounding(fields: frozenset[str], schema: FactSchema) -> None:
    """Refuse facts whose floats are rounded: each engine rounds in its own way.

    Raises:
        DefinitionError: with the fact.
    """
    for field in sorted(fields):
        if schema.types[field].float_digits is not None:
            raise DefinitionError(f"facts.{field}", "batch.rounds", value=field)


def _said(condition: Condition, schema: FactSchema, engine: Engine[E]) -> E:
    match condition:
        case AllOf(tests=()) | AnyOf(tests=()):
            return engine.always(answer=isinstance(condition, AllOf))
        case AllOf():
            return engine.every([_said(test, schema, engine) for test in condition.tests])
        case AnyOf():
            return engine.some([_said(test, schema, engine) for test in condition.tests])
        case Not():
            return engine.inverse(_said(condition.test, schema, engine))
        case Opaque():
            raise DefinitionError("when", "batch.opaque", value=condition.name)
        case _:
            return _asked(condition, schema, engine)


def _asked(test: Test, schema: FactSchema, engine: Engine[E]) -> E:
    kind = schema.types[test.field]
    match test:
        case Present():
            missing = engine.missing(test.field)
            return engine.inverse(missing) if test.expected else missing
        case Range():
            return engine.every(list(_bounds(test, kind, engine)))
        case Eq():
            return engine.among(test.field, kind, (test.value,))
        case In(values=()):  # no value is among none, but of a missing one that is unknown
            return engine.every([engine.missing(test.field), engine.always(answer=None)])
        case In():
            return engine.among(test.field, kind, test.values)
        case _:
            return engine.has_part(test)


def _bounds(test: Range, kind: FactType, engine: Engine[E]) -> Iterator[E]:
    if test.low is not None:
        yield engine.compared(test.field, kind, ">=" if test.low_closed else ">", test.low)
    if test.high is not None:
        yield engine.compared(test.field, kind, "<=" if test.high_closed else "<", test.high)


def _wrong(field: str, kind: FactType) -> Iterator[tuple[Condition, str]]:
    """What a fact of the right type may still not be, and the message of the error."""
    if kind.kind == "moment":
        yield Not(Range(field, FIRST, LAST)), "facts.kind"
    if kind.kind == "duration":
        yield Not(Range(field, timedelta(0), None)), "facts.kind"
    if kind.one_of:
        yield Not(In(field, kind.one_of)), "facts.value"
    if kind.within is not None:
        one = kind.within
        ends = {"low_closed": one.low_closed, "high_closed": one.high_closed}
        yield Not(Range(field, one.low, one.high, **ends)), "facts.within"


def _of_part(part: Part, on: date | None, engine: Engine[E]) -> DecisionExpressions[E]:
    plan = plan_of(part)
    if plan.aggregate != "list":
        raise DefinitionError("hit", "batch.option", option="hit = collect")
    _refuse_rounding(part.fields, plan.schema)
    asked = _in_force(plan, on)
    fits = [_said(plan.conditions[number], plan.schema, engine) for number in asked]
    wrong = list(_faults(plan, part.fields, engine))
    if plan.several:
        wrong += _broken(fits, [plan.alike[number] for number in asked], plan.several, engine)
    branches = [*(fault for fault, _ in wrong), *fits]
    nothing: list[FactValue] = [None] * len(wrong)

    def chosen(values: Sequence[FactValue], otherwise: FactValue, kind: FactType) -> E:
        return engine.chosen(branches, [*nothing, *values, otherwise], kind.kind)

    otherwise: Keyed[str, FactValue] = Keyed() if plan.otherwise is None else plan.otherwise
    outputs = {
        name: chosen([plan.rows[n][name] for n in asked], otherwise.get(name), FactType(output.kind))
        for name, output in part.outputs.items()
    }
    ids = [plan.names[plan.order[number]] for number in asked]
    rule = chosen(ids, None if plan.otherwise is None else ELSE, TEXT)
    bare = "rules.no_rule" if plan.must and plan.otherwise is None else ""
    faults = [*(message for _, message in wrong), *([""] * len(fits)), bare]
    return DecisionExpressions(rule, outputs, engine.chosen(branches, faults, "text"))


def _in_force(plan: Plan, on: date | None) -> list[int]:
    """The rules that hold on a day.

    Raises:
        DefinitionError: no day, and some rules hold on some days only.
    """
    if all(span == (None, None) for span in plan.days):
        return list(range(len(plan.rows)))
    if on is None:
        raise DefinitionError("on", "rules.day")
    must_be_date(on, "on")
    return [
        number
        for number, (first, last) in enumerate(plan.days)
        if (first is None or first <= on) and (last is None or on <= last)
    ]


def _faults(plan: Plan, fields: frozenset[str], engine: Engine[E]) -> Iterator[tuple[E, str]]:
    for field, kind in plan.schema.types.items():
        if field in fields:
            for condition, message in _wrong(field, kind):
                yield _said(condition, plan.schema, engine), message


def _broken(fits: Sequence[E], alike: Sequence[int], message: str, engine: Engine[E]) -> Iterator[tuple[E, str]]:
    """Whether rules fit that are not alike: then the first group of those that fit is not the last."""
    if len(set(alike)) > 1:
        order = sorted(range(len(fits)), key=alike.__getitem__)
        first, last = (
            engine.chosen([fits[n] for n in way], [*(alike[n] for n in way), None], "integer")
            for way in (order, order[::-1])
        )
        yield engine.unlike(first, last), message
