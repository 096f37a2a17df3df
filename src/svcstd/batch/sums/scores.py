"""Scores over columns: the figures of everybody in one pass, and of each the score by the scalar code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs
import numpy as np

from svcstd.batch.calendars.compiled import Bools
from svcstd.batch.encoded import Encoded
from svcstd.batch.rules.fact_columns import inside
from svcstd.batch.sums.groups import label_of
from svcstd.batch.sums.kpis import measure_by, refuse_as
from svcstd.batch.sums.record_columns import RecordColumns
from svcstd.calendars import Period
from svcstd.conditions import FactSchema
from svcstd.errors import FactError, SvcstdError
from svcstd.keyed import Keyed
from svcstd.scoring import Measured, Score
from svcstd.standard import ServiceStandard
from svcstd.standard.edition import Edition
from svcstd.standard.marks import card_in, carded, edition_in, exact_record, kinds_asked
from svcstd.standard.subjects import subject_of

__all__ = ["scores"]

Tables: TypeAlias = Mapping[str, RecordColumns]
"""By kind, records as columns."""
Figures: TypeAlias = Mapping[str, Mapping[str, Measured]]
"""By name of a person or team, the figures of a card."""


def scores(
    standard: ServiceStandard,
    card: str,
    records: Mapping[str, Mapping[str, Any]],
    *,
    period: Period | None = None,
    as_of: datetime | None = None,
) -> Keyed[str, Score]:
    """What :meth:`svcstd.ServiceStandard.scores` says of the rows.

    Args:
        standard: with the scorecard.
        card: its key under ``scorecards``.
        records: by kind, columns by field as for :func:`svcstd.batch.measure_by`.
        period: only what belongs to it; where records carry no date, all are taken to belong to it.
        as_of: when we ask, where there is no period.

    Raises:
        UnknownName, FactError, DefinitionError: as for :meth:`svcstd.ServiceStandard.scores`, of the row that it would
            refuse first; and a figure without a form over columns.
    """
    edition = edition_in(standard, period, as_of)
    found = card_in(edition, card)
    of, subjects = found.of, set[str]()
    tables: dict[str, RecordColumns] = {}
    for kind in kinds_asked(edition, card, records):
        columns = _checked(edition.records[kind].fields, kind, RecordColumns.of(records[kind]))
        subjects |= _subjects(columns, kind, of)
        tables[kind] = columns
    wanted = sorted(subjects) if of else [""]

    def figures_of(rows: Tables) -> Figures:
        return _figures(edition, found.kpis, rows, of, wanted, period)

    try:
        measures = figures_of(tables)
    except SvcstdError:  # which the scalar code would meet first, only a look at one person after the other tells
        for subject in wanted if of else ():
            figures_of({kind: _rows_of(columns, of, subject) for kind, columns in tables.items()})
        raise
    return carded(edition, found, measures, wanted, period)


def _figures(
    edition: Edition,
    kpis: tuple[str, ...],
    tables: Tables,
    of: str,
    subjects: list[str],
    period: Period | None,
) -> Figures:
    found: dict[str, dict[str, Measured]] = {subject: {} for subject in subjects}
    for key in kpis:
        kpi = edition.kpis[key]
        within = period if kpi.at else None
        counted = measure_by(kpi, tables[kpi.of].columns, *([of] if of else []), within=within)
        nothing = kpi.measure((), period=within)
        for subject in subjects:
            found[subject][key] = counted.get((subject,) if of else (), nothing)
    return found


def _subjects(columns: RecordColumns, kind: str, of: str) -> set[str]:
    """All whom the rows name.

    Raises:
        FactError: a row that does not say whose it is.
    """
    if not of:
        return set()
    column = columns.distinct(of)
    if (column.codes < 0).any():
        place = int(np.argmax(column.codes < 0))
        refuse_as(lambda: subject_of({}, of, f"records.{kind}[{place}]"))
    return {label_of(column.values[code]) for code in np.unique(column.codes).tolist()}


def _rows_of(columns: RecordColumns, of: str, subject: str) -> RecordColumns:
    column = columns.distinct(of)
    theirs = np.array([label_of(value) == subject for value in column.values], dtype=bool)
    return columns.take(np.flatnonzero(theirs[column.codes]))


def _checked(fields: FactSchema, kind: str, columns: RecordColumns) -> RecordColumns:
    """The columns as their kind declares them: a misspelt field is no missing one.

    Raises:
        FactError: a column that is not declared; else of the first row that is wrong, as the scalar code.
    """
    found: dict[str, Any] = {}
    wrong = columns.none()
    for field in columns.columns:
        try:
            fields.type_of(field)
        except FactError as error:
            raise error.at(f"records.{kind}.{field}") from None
        found[field], refused = _exact(fields, field, columns)
        wrong |= refused
    if wrong.any():
        place = int(np.argmax(wrong))
        row = columns.row(place, frozenset(columns.columns))
        refuse_as(lambda: exact_record(fields, row, f"records.{kind}[{place}]"))
    return attrs.evolve(columns, columns=found)


def _exact(fields: FactSchema, field: str, columns: RecordColumns) -> tuple[Any, Bools]:
    """A column of exact values, and the rows whose own is of another kind."""
    kind, measured = fields.type_of(field), columns.measured(field)
    if measured is not None and measured.line == kind.line:
        right = np.True_ if kind.within is None else inside(kind.within, measured.places)
        return columns.columns[field], measured.known & ~right
    column = columns.distinct(field)
    values: list[Any] = []
    wrong = np.zeros(len(column.values) + 1, dtype=bool)
    for place, value in enumerate(column.values):
        try:
            values.append(exact_record(fields, {field: value}, "records")[field])
        except FactError:
            values.append(None)
            wrong[place] = True
    return Encoded(values, column.codes), wrong[column.codes]
