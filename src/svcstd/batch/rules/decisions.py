"""Decision tables and trees of routes over columns: for each row the rule that decides, its outputs, or what is wrong.

The scalar code is the reference: each row gets the rule, the outputs and the fault that the part gives for it alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.fact_columns import (
    LEAST,
    MOST,
    RULE_FAULTS,
    FactColumn,
    FactColumns,
    read_facts,
)
from svcstd.batch.rules.plan import Part, Plan, plan_of
from svcstd.batch.rules.rule_words import NOBODY, WIDTH, Fitting, Numbers, Words, lowest, others, words_of
from svcstd.conditions import FactSchema, FactType, FactValue
from svcstd.errors import DefinitionError, must_be_date
from svcstd.keyed import Keyed
from svcstd.rules.decision import ELSE
from svcstd.rules.index import Lookup

__all__ = ["Decisions", "decide"]


@attrs.frozen(eq=False)
class Decisions:
    """One decision for each row.

    Attributes:
        rules: ids of the rules, in order, and at the end ``else``.
        rule: ``(n,)`` int32 places in *rules*; -1 where nothing answers. Of several under ``collect``, the first.
        outputs: by name; none under ``collect``, where rows are gathered.
        codes: ``(n,)`` places in :data:`RULE_FAULTS`: why a row has no decision; 0 where nothing is wrong.
        value: ``(n,)`` int64, masked where there is none: what ``collect`` made of the rows; else ``None``.
    """

    rules: tuple[str, ...]
    rule: Numbers
    outputs: Keyed[str, Encoded]
    codes: NDArray[np.uint8]
    value: np.ma.MaskedArray[Any, Any] | None = None

    @property
    def faults(self) -> NDArray[np.str_]:
        """Why each row has no decision, as the id of a message; empty where nothing is wrong."""
        return np.array(RULE_FAULTS)[self.codes]


def decide(
    part: Part | Plan, facts: FactColumns | Mapping[str, object], *, on: date | NDArray[np.datetime64] | None = None
) -> Decisions:
    """What a part answers for each row.

    Args:
        part: a table by which one rule answers, or that collects a count, a sum, a least or a greatest; or a tree; or
            what :func:`plan_of` made of it, for many batches.
        facts: columns by name as for :func:`read_facts`, or what it made of them.
        on: the local date, for rules that hold on some days only; one for all rows, or a column ``datetime64[D]``.

    Raises:
        FactError: a name that is not declared.
        DefinitionError: what has no form over columns, by its name; no day, and some rules hold on some days only;
            facts that were read by another schema; else as of :func:`read_facts`.

    >>> from svcstd.conditions import Eq, FactSchema, FactType
    >>> from svcstd.rules import DecisionTable, Output, Rule
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType()}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ... )
    >>> found = decide(table, {"kind": np.array(["claim", "fault"])})
    >>> found.rule.tolist(), found.outputs["role"].to_list()
    ([-1, 0], [None, 'engineer'])
    """
    plan = plan_of(part)
    if not isinstance(facts, FactColumns):
        facts = read_facts(facts, plan.schema)
    elif facts.schema != plan.schema:
        raise DefinitionError("facts", "batch.schema")
    codes = facts.codes.copy()
    fitting = Fitting.of(plan, facts, _days(plan, on, codes))
    first, value = _decided(plan, fitting, codes)
    first[codes > 0] = NOBODY
    names = [*plan.order, NOBODY]
    if plan.otherwise is not None:
        first[(first == NOBODY) & (codes == 0)] = len(plan.rows)
        names.insert(-1, len(plan.names))
    elif plan.must:
        codes[(first == NOBODY) & (codes == 0)] = RULE_FAULTS.index("rules.no_rule")
    outputs = {name: _output([row[name] for row in plan.outcomes], first) for name in plan.outputs}
    rule = np.array(names, dtype=np.int32)[first]
    return Decisions((*plan.names, ELSE), rule, Keyed(outputs), codes, _known(value, codes))


def _known(value: np.ma.MaskedArray[Any, Any] | None, codes: NDArray[np.uint8]) -> np.ma.MaskedArray[Any, Any] | None:
    return None if value is None else np.ma.masked_where(codes > 0, value)


def _output(values: Sequence[FactValue], place: Numbers) -> Encoded:
    """By rule a value, by row its code; values that are written alike are one."""
    distinct = {_written(value): value for value in values if value is not None}
    codes = {key: code for code, key in enumerate(distinct)}
    table = [codes.get(_written(value), NOBODY) for value in values]
    return Encoded(tuple(distinct.values()), np.array([*table, NOBODY], dtype=np.int32)[place])


def _written(value: FactValue) -> tuple[type, str]:
    return type(value), str(value)


def _days(plan: Plan, on: object, codes: NDArray[np.uint8]) -> int | tuple[FactColumn, Lookup]:
    """The rules in force: on one day, or by a column of days; a row without its day has a fault.

    Raises:
        DefinitionError: no day, and some rules hold on some days only; a column of another length.
    """
    spans = [tuple(None if day is None else day.toordinal() for day in span) for span in plan.days]
    turns = sorted({day for first, _ in spans if (day := first) is not None} | {day + 1 for _, day in spans if day})

    def of(ordinal: int) -> int:
        return sum(
            1 << number
            for number, (first, last) in enumerate(spans)
            if (first is None or first <= ordinal) and (last is None or ordinal <= last)
        )

    if not turns:
        return -1
    if on is None:
        raise DefinitionError("on", "rules.day")
    if not isinstance(on, np.ndarray | Encoded):
        must_be_date(on, "on")
        return of(on.toordinal())  # type: ignore[attr-defined] # checked on the line before
    read = read_facts({"on": on}, FactSchema({"on": FactType("date")}))
    if len(read) != len(codes):
        raise DefinitionError("on", "batch.rows", rows=len(read), expected=len(codes))
    column = read.columns["on"]
    known = column.codes >= 0 if isinstance(column, Encoded) else column.known
    faults = np.where(read.codes, read.codes, np.where(known, 0, RULE_FAULTS.index("rules.day")))
    np.copyto(codes, faults.astype(np.uint8), where=codes == 0)
    return column, Lookup(lambda day: of(_ordinal(day)), tuple(turns), tuple(map(of, (0, *turns))))


def _ordinal(day: FactValue) -> int:
    return day.toordinal() if isinstance(day, date) else 0


def _decided(
    plan: Plan, fitting: Fitting, codes: NDArray[np.uint8]
) -> tuple[Numbers, np.ma.MaskedArray[Any, Any] | None]:
    """The first rule of each row and what is made of all that fit; where they may not fit together, a fault."""
    first = np.full(fitting.count, NOBODY, dtype=np.int32)
    value = _nothing(fitting.count) if plan.aggregate != "list" else None
    clashing = words_of(others(plan.alike), fitting.width) if plan.several else None
    for part, words in fitting:
        first[part] = lowest(words)
        if clashing is not None:
            broken = (words & clashing.take(first[part], axis=0)).any(axis=1) & (codes[part] == 0)
            codes[part][broken] = RULE_FAULTS.index(plan.several)
        if value is not None:
            value[part] = _gathered(plan, words)
    return first, value


def _nothing(count: int) -> np.ma.MaskedArray[Any, Any]:
    return np.ma.array(np.zeros(count, dtype=np.int64), mask=np.ones(count, dtype=bool))


def _gathered(plan: Plan, words: Words) -> np.ma.MaskedArray[Any, Any]:
    """The aggregate of the rules that fit in each row."""
    counts = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    if plan.aggregate == "count":
        found = np.ma.array(counts, mask=np.zeros(len(counts), dtype=bool))
    else:
        found = _folded([next(iter(row.values())) for row in plan.rows], FOLDS[plan.aggregate], words)
    found[counts == 0] = np.ma.masked if plan.bare is None else plan.bare
    return found


FOLDS: Mapping[str, np.ufunc] = {"sum": np.add, "min": np.minimum, "max": np.maximum}


def _folded(values: Sequence[FactValue], fold: np.ufunc, words: Words) -> np.ma.MaskedArray[Any, Any]:
    start = {"add": 0, "minimum": MOST, "maximum": LEAST}[fold.__name__]
    found, known = np.full(len(words), start, dtype=np.int64), np.zeros(len(words), dtype=bool)
    for number, value in enumerate(values):
        if value is not None:
            fits = (words[:, number // WIDTH] & np.uint64(1 << number % WIDTH)) != 0
            fold(found, np.int64(value), out=found, where=fits)  # type: ignore[arg-type] # whole, or the plan refuses
            known |= fits
    return np.ma.array(found, mask=~known)
