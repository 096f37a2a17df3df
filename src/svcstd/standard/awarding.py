"""Awards and ladders by a standard: claims from its records, and results of periods from its figures and scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from svcstd.calendars import Period
from svcstd.conditions import FactValue
from svcstd.errors import DefinitionError, UnknownName, must_be, nearest
from svcstd.incentives import (
    Award,
    Best,
    Claim,
    ClaimRule,
    Figure,
    Graded,
    Grant,
    Granted,
    LeastGrade,
    PeriodResult,
    Rise,
    Rung,
    best_of,
    grant,
    may_rise,
)
from svcstd.keyed import as_tuple
from svcstd.moment import date_of, timezone
from svcstd.money import Money
from svcstd.scoring import Record
from svcstd.scoring.record import amount_of, place_in
from svcstd.standard.books import figure_of_score
from svcstd.standard.edition import Edition
from svcstd.standard.marks import Records, measure_of, scores_of
from svcstd.standard.pay_faults import CARDS, FIGURES
from svcstd.standard.people import exactly
from svcstd.standard.subjects import by_subject, kinds_of_card, subject_of

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["grants_by", "rises_by"]


def grants_by(
    standard: ServiceStandard, key: str, records: Records, *, period: Period, before: Iterable[Grant]
) -> Granted:
    """The awards of a period.

    Raises:
        UnknownName: no such award, or records that are asked for and not given.
        DefinitionError: an award without a rule, a period of another cycle, or a tie that is refused.
    """
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    edition = standard.edition_on(period.first)
    if key not in edition.awards:
        raise UnknownName("award", "award.unknown", value=key, nearest=nearest(key, edition.awards))
    award = edition.awards[key]
    match award.goes_to:
        case ClaimRule() as rule:
            claims = tuple(_claims(standard, edition, award, rule, _kind(records, rule.records)))
        case Best() as best:
            claims = _best(standard, edition, best, records, period)
        case _:
            raise DefinitionError("award", "award.no_rule", award=key)
    found = grant(award, claims, before=before)
    return Granted(
        tuple(one for one in found.grants if period.first <= one.on < period.last),
        tuple((claim, why) for claim, why in found.refused if period.first <= claim.on < period.last),
    )


def _kind(records: Records, kind: str) -> Sequence[Record]:
    if kind not in records:
        raise UnknownName("records", "records.none", value=kind)
    return tuple(records[kind])


def _claims(
    standard: ServiceStandard, edition: Edition, award: Award, rule: ClaimRule, records: Sequence[Record]
) -> Iterator[Claim]:
    """Every record that claims, of whatever period: what was awarded earlier is not awarded again."""
    declared = edition.records[rule.records]
    zone = timezone(standard.zone)
    for place, record in exactly(edition, rule.records, records):
        if rule.when.holds(record) is not True:
            continue
        at = place_in(record, declared.at)
        if at is None:
            raise DefinitionError(f"{place}.{declared.at}", "kpis.no_moment", value=declared.at)
        yield Claim(
            of=subject_of(record, rule.of, place),
            cause=subject_of(record, rule.cause, place),
            on=at if isinstance(at, date) else date_of(at, zone),
            cost=_cost(record, rule, award, place),
        )


def _cost(record: Record, rule: ClaimRule, award: Award, place: str) -> Money | None:
    cost: Fraction | None = amount_of(record, rule.cost) if rule.cost else None
    try:
        return None if cost is None else Money.of(cost, award.currency)
    except DefinitionError as error:
        raise error.at(f"{place}.{rule.cost}") from None


def _best(
    standard: ServiceStandard, edition: Edition, best: Best, records: Records, period: Period
) -> tuple[Claim, ...]:
    if period.kind != best.every:
        raise DefinitionError("period", "pay.cycle", every=best.every, kind=period.kind)
    results: dict[str, Figure] = {}
    less = False
    if best.by.startswith(CARDS):
        card = best.by.removeprefix(CARDS)
        given = {kind: _kind(records, kind) for kind in kinds_of_card(edition, card)}
        scores = scores_of(standard, card, given, of=None, period=period, as_of=None)
        results = {of: figure_of_score(score) for of, score in scores.items()}
    else:
        kpi = edition.kpis[best.by.removeprefix(FIGURES)]
        less = kpi.direction == "less"
        for of, own in by_subject(kpi.of, best.of, _kind(records, kpi.of)).items():
            measured = measure_of(standard, best.by.removeprefix(FIGURES), own, period=period, as_of=None)
            results[of] = Figure.of(measured.value, None, n=measured.n)
    last = period.last - timedelta(1)
    return best_of(best, results, less_is_better=less, label=period.label, on=last)


def rises_by(
    standard: ServiceStandard,
    key: str,
    rank: str,
    records: Records,
    *,
    of: str,
    periods: Iterable[Period],
    facts: Mapping[str, FactValue],
) -> tuple[Rise, ...]:
    """Every way up from a rank, by the results of some periods; the edition of each judges it.

    Raises:
        UnknownName: no such ladder or rank, or records that are asked for and not given.
        DefinitionError: no period, or one of another cycle.
    """
    listed = as_tuple(periods)
    for period in listed:
        must_be(period, Period, "periods", "Periods, such as Period.of('quarter', ...)")
    if not listed:
        raise DefinitionError("periods", "ladder.no_periods")
    edition = standard.edition_on(listed[-1].first)
    if key not in edition.ladders:
        raise UnknownName("ladder", "ladder.unknown", value=key, nearest=nearest(key, edition.ladders))
    ladder = edition.ladders[key]
    ways = [rung for rung in ladder.rungs if rung.start == rank]
    given = {kind: tuple(found) for kind, found in records.items()}
    history = []
    for period in listed:
        if period.kind != ladder.every:
            raise DefinitionError("periods", "pay.cycle", every=ladder.every, kind=period.kind)
        results = dict(_results(standard, ladder.of, ways, given, of, period))
        history.append(PeriodResult(period.label, results))
    known = edition.records[ladder.people].fields.exact(facts) if ladder.people else facts
    return may_rise(ladder, rank, history, facts=known)


def _results(
    standard: ServiceStandard,
    field: str,
    ways: Iterable[Rung],
    records: Mapping[str, Sequence[Record]],
    of: str,
    period: Period,
) -> Iterator[tuple[str, Figure | Graded]]:
    needs = {name: need for way in ways for name, need in way.needs.items()}
    edition = standard.edition_on(period.first)
    for name, need in needs.items():
        if not name.startswith(CARDS):
            kpi = name.removeprefix(FIGURES)
            kind = edition.kpis[kpi].of
            own = by_subject(kind, field, _kind(records, kind)).get(of, [])
            measured = measure_of(standard, kpi, own, period=period, as_of=None)
            yield name, Figure.of(measured.value, None, n=measured.n)
            continue
        card = name.removeprefix(CARDS)
        given = {kind: _kind(records, kind) for kind in kinds_of_card(edition, card)}
        score = scores_of(standard, card, given, of=of, period=period, as_of=None)[of]
        if isinstance(need, LeastGrade):
            yield name, Graded(score.grade or None, score.root.n)
        else:
            yield name, figure_of_score(score)
