"""Results in plans that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.errors import DefinitionError, nearest
from svcstd.incentives import Plan
from svcstd.incentives.sharing import EQUALLY
from svcstd.scoring import Kpi, RecordKind, Scorecard

__all__ = [
    "CARDS",
    "CERTIFICATE",
    "FIGURES",
    "faults_of_field",
    "faults_of_kind",
    "faults_of_pay",
    "faults_of_result",
]

CERTIFICATE = {"name": "text", "first": "date", "last": "date"}
"""Fields of a certificate, besides the one that names whose it is, and their kinds."""
CARDS, FIGURES = "scorecards.", "kpis."
"""How a plan refers to a score and to a figure."""


def faults_of_pay(
    plans: Mapping[str, Plan],
    records: Mapping[str, RecordKind],
    kpis: Mapping[str, Kpi],
    scorecards: Mapping[str, Scorecard],
) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    for key, plan in plans.items():
        where = f"plans.{key}"
        if plan.key != key:
            yield DefinitionError(where, "scoring.other_key", value=plan.key, key=key)
        for name in dict.fromkeys(name.partition("@")[0] for _, name in plan.figures):
            yield from faults_of_result(where, name, kpis, scorecards)
        yield from _of_campaigns(where, plan, kpis)
        yield from _of_subject(where, plan, records, kpis)
        yield from _of_people(where, plan, records)
        yield from _of_certificates(where, plan, records)
        yield from _of_team(where, plan, scorecards)
        yield from _of_sharing(where, plan, records, kpis)


def faults_of_result(
    where: str, name: str, kpis: Mapping[str, Kpi], scorecards: Mapping[str, Scorecard]
) -> Iterator[DefinitionError]:
    """A reference to no figure and no score."""
    known = [*(CARDS + key for key in scorecards), *(FIGURES + key for key in kpis)]
    if name not in known:
        yield DefinitionError(where, "pay.unknown_figure", value=name, nearest=nearest(name, known))


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
    """The field that names whose a record is stands in every kind that the plan reads."""
    if not plan.of:
        return
    named = (name.partition("@")[0].removeprefix(FIGURES) for _, name in plan.figures if name.startswith(FIGURES))
    kinds = {kpis[key].of for key in named if key in kpis}
    kinds |= {plan.people.records} if plan.people is not None else set()
    kinds |= {plan.certificates, "" if plan.share is None else plan.share.records}
    for kind in sorted(kinds):
        yield from faults_of_field(f"{where}.of", plan.of, kind, records)


def faults_of_field(
    where: str, field: str, kind: str, records: Mapping[str, RecordKind], *wanted: str
) -> Iterator[DefinitionError]:
    """A field that a kind of records does not have, or has as something else; no field asks nothing."""
    if kind not in records:
        return  # told by itself
    known = records[kind].fields.types
    if field and field not in known:
        yield DefinitionError(where, "records.field", value=field, kind=kind, nearest=nearest(field, known))
    elif field and wanted and known[field].kind not in wanted:
        found = known[field].kind
        yield DefinitionError(where, "facts.other_kind", value=field, kind=found, wanted=" or ".join(wanted))


def faults_of_kind(where: str, kind: str, records: Mapping[str, RecordKind]) -> Iterator[DefinitionError]:
    """A kind of records that nothing declares."""
    if kind not in records:
        yield DefinitionError(where, "records.unknown", value=kind, nearest=nearest(kind, records))


def _of_people(where: str, plan: Plan, records: Mapping[str, RecordKind]) -> Iterator[DefinitionError]:
    """Conditions on payees speak of fields that their kind declares, and so does what pay asks of them."""
    fields = sorted(plan.eligibility.when.fields)
    roster = plan.people
    if roster is None:
        if fields:
            yield DefinitionError(f"{where}.eligible.when", "pay.no_people")
        return
    yield from faults_of_kind(f"{where}.people", roster.records, records)
    for field in fields:
        yield from faults_of_field(f"{where}.eligible.when", field, roster.records, records)
    for name in ("cost_centre", "team"):
        yield from faults_of_field(f"{where}.people.{name}", getattr(roster, name), roster.records, records, "text")
    for unit, days in roster.served.items():
        for field in days:
            yield from faults_of_field(f"{where}.people.served.{unit}", field, roster.records, records, "integer")


def _of_certificates(where: str, plan: Plan, records: Mapping[str, RecordKind]) -> Iterator[DefinitionError]:
    """Certificates say which and when; a needed one that none can be is misspelt."""
    if not plan.certificates:
        return
    yield from faults_of_kind(f"{where}.certificates", plan.certificates, records)
    for field, kind in CERTIFICATE.items():
        yield from faults_of_field(f"{where}.certificates", field, plan.certificates, records, kind)
    declared = records.get(plan.certificates)
    name = None if declared is None else declared.fields.types.get("name")
    names = () if name is None else name.one_of
    for need in plan.eligibility.needs if names else ():
        if need not in names:
            near = nearest(need, names)
            yield DefinitionError(f"{where}.eligible.needs", "facts.value", value=need, nearest=near)


def _of_team(where: str, plan: Plan, scorecards: Mapping[str, Scorecard]) -> Iterator[DefinitionError]:
    """The score of a team is that of a card whose records name teams."""
    if plan.people is None or not plan.people.team:
        return
    for whose, name in plan.figures:
        card = scorecards.get(name.removeprefix(CARDS))
        if whose == "team" and name.startswith(CARDS) and card is not None and card.of == plan.of:
            yield DefinitionError(where, "pay.team_card", value=name, of=plan.of)


def _of_sharing(
    where: str, plan: Plan, records: Mapping[str, RecordKind], kpis: Mapping[str, Kpi]
) -> Iterator[DefinitionError]:
    """Members stand in declared records, and share by a declared figure whose records name them."""
    share = plan.share
    if share is None:
        return
    yield from faults_of_kind(f"{where}.share.records", share.records, records)
    yield from faults_of_field(f"{where}.share.of", share.of, share.records, records)
    if share.by == EQUALLY:
        return
    kpi = kpis.get(share.by.removeprefix(FIGURES)) if share.by.startswith(FIGURES) else None
    if kpi is None:
        near = nearest(share.by, [EQUALLY, *(FIGURES + key for key in kpis)])
        yield DefinitionError(f"{where}.share.by", "pay.unknown_figure", value=share.by, nearest=near)
    else:
        yield from faults_of_field(f"{where}.share.of", share.of, kpi.of, records)
