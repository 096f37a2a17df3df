"""Results in plans that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.errors import DefinitionError, nearest
from svcstd.incentives import Plan
from svcstd.scoring import Kpi, RecordKind, Scorecard

__all__ = ["CARDS", "FIGURES", "faults_of_pay"]

CARDS, FIGURES = "scorecards.", "kpis."
"""How a plan refers to a score and to a figure."""


def faults_of_pay(
    plans: Mapping[str, Plan],
    records: Mapping[str, RecordKind],
    kpis: Mapping[str, Kpi],
    scorecards: Mapping[str, Scorecard],
) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    known = [*(CARDS + key for key in scorecards), *(FIGURES + key for key in kpis)]
    for key, plan in plans.items():
        where = f"plans.{key}"
        if plan.key != key:
            yield DefinitionError(where, "scoring.other_key", value=plan.key, key=key)
        for name in dict.fromkeys(name.partition("@")[0] for _, name in plan.figures):
            if name not in known:
                yield DefinitionError(where, "pay.unknown_figure", value=name, nearest=nearest(name, known))
        yield from _of_campaigns(where, plan, kpis)
        yield from _of_subject(where, plan, records, kpis)
        yield from _of_people(where, plan, records)


def _of_campaigns(where: str, plan: Plan, kpis: Mapping[str, Kpi]) -> Iterator[DefinitionError]:
    """A campaign counts a figure over its days: a score has its own cycle, a record without a day belongs to none."""
    for key, line in plan.lines.items():
        if line.during is None:
            continue
        kpi = kpis.get(line.times.removeprefix(FIGURES)) if line.times.startswith(FIGURES) else None
        if line.times.startswith(CARDS):
            yield DefinitionError(f"{where}.lines.{key}", "pay.campaign_score", value=line.times)
        elif kpi is not None and not kpi.at:
            yield DefinitionError(f"{where}.lines.{key}", "pay.campaign_undated", value=line.times)


def _of_subject(
    where: str, plan: Plan, records: Mapping[str, RecordKind], kpis: Mapping[str, Kpi]
) -> Iterator[DefinitionError]:
    """The field that names whose a record is stands in every kind that the plan counts."""
    named = (name.partition("@")[0].removeprefix(FIGURES) for _, name in plan.figures if name.startswith(FIGURES))
    for kind in sorted({kpis[key].of for key in named if key in kpis and plan.of}):
        known = records[kind].fields.types if kind in records else {}
        if kind in records and plan.of not in known:
            told = {"kind": kind, "nearest": nearest(plan.of, known)}
            yield DefinitionError(f"{where}.of", "records.field", value=plan.of, **told)


def _of_people(where: str, plan: Plan, records: Mapping[str, RecordKind]) -> Iterator[DefinitionError]:
    """Conditions on payees speak of fields that their kind declares."""
    fields = sorted(plan.eligibility.when.fields)
    if plan.people and plan.people not in records:
        near = nearest(plan.people, records)
        yield DefinitionError(f"{where}.people", "records.unknown", value=plan.people, nearest=near)
    elif plan.people:
        known = records[plan.people].fields.types
        for field in fields:
            if field not in known:
                told = {"kind": plan.people, "nearest": nearest(field, known)}
                yield DefinitionError(f"{where}.eligible.when", "records.field", value=field, **told)
    elif fields:
        yield DefinitionError(f"{where}.eligible.when", "pay.no_people")
