"""What awards and ladders name that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.errors import DefinitionError
from svcstd.incentives import Award, Best, ClaimRule, Ladder, LeastGrade, Tuition
from svcstd.scoring import Kpi, RecordKind, Scorecard
from svcstd.standard.pay_faults import CARDS, FIGURES, faults_of_field, faults_of_kind, faults_of_result

__all__ = ["faults_of_awards", "faults_of_ladders"]


def faults_of_awards(
    awards: Mapping[str, Award],
    records: Mapping[str, RecordKind],
    kpis: Mapping[str, Kpi],
    scorecards: Mapping[str, Scorecard],
) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    for key, award in awards.items():
        where = f"awards.{key}.goes_to"
        if award.key != key:
            yield DefinitionError(f"awards.{key}", "scoring.other_key", value=award.key, key=key)
        match award.goes_to:
            case ClaimRule() as rule:
                yield from _of_claims(where, award, rule, records)
            case Best() as best:
                yield from faults_of_result(f"{where}.by", best.by, kpis, scorecards)
                for kind, of in _subjects(best.by, best.of, kpis, scorecards):
                    yield from faults_of_field(f"{where}.of", of, kind, records)
            case _:  # the caller brings claims
                pass


def _of_claims(
    where: str, award: Award, rule: ClaimRule, records: Mapping[str, RecordKind]
) -> Iterator[DefinitionError]:
    """Claims are dated records; where the award pays a part of a cost, they say it."""
    yield from faults_of_kind(f"{where}.records", rule.records, records)
    for name in ("of", "cause"):
        yield from faults_of_field(f"{where}.{name}", getattr(rule, name), rule.records, records)
    yield from faults_of_field(f"{where}.cost", rule.cost, rule.records, records, "number", "integer")
    for field in sorted(rule.when.fields):
        yield from faults_of_field(f"{where}.when", field, rule.records, records)
    if rule.records in records and not records[rule.records].at:
        yield DefinitionError(f"{where}.records", "award.undated", value=rule.records)
    if not rule.cost and any(isinstance(one, Tuition) for one in award.gives):
        yield DefinitionError(f"{where}.cost", "award.no_cost")


def _subjects(
    name: str, of: str, kpis: Mapping[str, Kpi], scorecards: Mapping[str, Scorecard]
) -> Iterator[tuple[str, str]]:
    """The kinds of records behind a result, with the field that says whose a record is."""
    if name.startswith(FIGURES) and name.removeprefix(FIGURES) in kpis:
        yield kpis[name.removeprefix(FIGURES)].of, of
    card = scorecards.get(name.removeprefix(CARDS)) if name.startswith(CARDS) else None
    yield from ((kpis[kpi].of, of) for kpi in (() if card is None else card.kpis) if kpi in kpis)


def faults_of_ladders(
    ladders: Mapping[str, Ladder],
    records: Mapping[str, RecordKind],
    kpis: Mapping[str, Kpi],
    scorecards: Mapping[str, Scorecard],
) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    for key, ladder in ladders.items():
        kinds: dict[tuple[str, str], bool] = {}
        for number, rung in enumerate(ladder.rungs):
            where = f"ladders.{key}.ways[{number}]"
            for name, need in rung.needs.items():
                yield from faults_of_result(f"{where}.needs", name, kpis, scorecards)
                graded = isinstance(need, LeastGrade)
                if kinds.setdefault((rung.start, name), graded) != graded:
                    yield DefinitionError(f"{where}.needs.{name}", "ladder.two_kinds", value=name)
                card = scorecards.get(name.removeprefix(CARDS)) if name.startswith(CARDS) else None
                if graded and (card is None or card.grades is None):
                    yield DefinitionError(f"{where}.needs.{name}", "ladder.no_grades", value=name)
                for kind, of in _subjects(name, ladder.of, kpis, scorecards):
                    yield from faults_of_field(f"ladders.{key}.of", of, kind, records)
            for field in sorted(rung.when.fields):
                if not ladder.people:
                    yield DefinitionError(f"{where}.when", "pay.no_people")
                else:
                    yield from faults_of_field(f"{where}.when", field, ladder.people, records)
        if ladder.people:
            yield from faults_of_kind(f"ladders.{key}.people", ladder.people, records)
