"""Names in KPIs, scorecards and panels that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError, nearest
from svcstd.scoring import Average, Kpi, Panel, RecordKind, Scorecard, Total

__all__ = ["faults_of_scores"]


def faults_of_scores(
    scales: Mapping[str, Scale | GradeScale],
    records: Mapping[str, RecordKind],
    kpis: Mapping[str, Kpi],
    scorecards: Mapping[str, Scorecard],
    panels: Mapping[str, Panel],
) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    for key, kpi in kpis.items():
        yield from _of_kpi(f"kpis.{key}", kpi, scales, records)
    for key, card in scorecards.items():
        where = f"scorecards.{key}"
        if card.key != key:
            yield DefinitionError(where, "scoring.other_key", value=card.key, key=key)
        for name in card.kpis:
            if name not in kpis:
                yield DefinitionError(where, "kpis.unknown", value=name, nearest=nearest(name, kpis))
        kinds = sorted({kpis[name].of for name in card.kpis if name in kpis and kpis[name].of in records})
        for kind in kinds if card.of else ():
            if card.of not in records[kind].fields.types:
                near = nearest(card.of, records[kind].fields.types)
                yield DefinitionError(f"{where}.of", "records.field", value=card.of, kind=kind, nearest=near)
    for key, panel in panels.items():
        if panel.scale not in scales.values():
            yield DefinitionError(f"panels.{key}.scale", "scales.undeclared")


def _of_kpi(
    where: str, kpi: Kpi, scales: Mapping[str, Scale | GradeScale], records: Mapping[str, RecordKind]
) -> Iterator[DefinitionError]:
    if kpi.of not in records:
        yield DefinitionError(f"{where}.of", "records.unknown", value=kpi.of, nearest=nearest(kpi.of, records))
        return
    known = records[kpi.of].fields.types
    for field in sorted(kpi.fields - set(known)):
        yield DefinitionError(where, "records.field", value=field, kind=kpi.of, nearest=nearest(field, known))
    grades = kpi.formula.grades if isinstance(kpi.formula, Average | Total) else None
    for scale in (*kpi.scales.values(), *((grades,) if grades is not None else ())):
        if scale not in scales.values():
            yield DefinitionError(where, "scales.undeclared")
