"""Pay by a standard: a plan over scores and figures, which records give or the caller has already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from svcstd.calendars import Period
from svcstd.conditions import FactValue
from svcstd.errors import DefinitionError, FactError, UnknownName, must_be, nearest
from svcstd.incentives import Figure, Payee, Plan, Served, Statement, Validity, pay
from svcstd.keyed import EMPTY, as_tuple
from svcstd.scoring import Measured, Record, Score
from svcstd.standard.edition import Edition
from svcstd.standard.marks import Records, measure_of, scores_of
from svcstd.standard.pay_faults import CARDS, FIGURES

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["PayInputs", "pay_by"]


def _listed(records: Records) -> Mapping[str, Sequence[Record]]:
    """Several figures read the same records, which may come as a stream."""
    return {kind: tuple(found) for kind, found in records.items()}


@attrs.frozen(kw_only=True)
class PayInputs:
    """What the caller knows of a payee.

    Attributes:
        records: by kind, what scores and figures are counted over.
        scores: worked out already.
        measures: figures by key, counted already; that of a campaign by ``KEY@LINE``.
        team: figures of the team, by reference.
        facts: of the payee, as the plan's kind of people declares them.
        certificates: by name, when each is valid.
        served: days of service by unit.
        cost_centre: where the pay is booked.
    """

    records: Mapping[str, Sequence[Record]] = attrs.field(default=EMPTY, converter=_listed)
    scores: tuple[Score, ...] = attrs.field(default=(), converter=as_tuple)
    measures: Mapping[str, Measured] = EMPTY
    team: Mapping[str, Figure] = EMPTY
    facts: Mapping[str, FactValue] = EMPTY
    certificates: Mapping[str, Iterable[Validity]] = EMPTY
    served: Mapping[str, Served] = EMPTY
    cost_centre: str = ""


def pay_by(standard: ServiceStandard, key: str, known: PayInputs, *, of: str, period: Period) -> Statement:
    """What a plan of the standard pays somebody.

    Raises:
        UnknownName: no such plan, or a result that can be neither found nor counted.
        DefinitionError: a score of another period or person.
    """
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    edition: Edition = standard.edition_on(period.first)
    if key not in edition.plans:
        raise UnknownName("plan", "pay.unknown_plan", value=key, nearest=nearest(key, edition.plans))
    plan = edition.plans[key]
    payee = Payee(
        of=of,
        figures=dict(_figures(standard, edition, plan, known, of, period)),
        team_figures=known.team,
        facts=_facts(edition, plan, known.facts),
        certificates=known.certificates,
        served=known.served,
        cost_centre=known.cost_centre,
    )
    return pay(plan, payee, period=period, edition=edition.label)


def _facts(edition: Edition, plan: Plan, facts: Mapping[str, FactValue]) -> Mapping[str, FactValue]:
    return edition.records[plan.people].fields.exact(facts) if plan.people else facts


def _figures(
    standard: ServiceStandard,
    edition: Edition,
    plan: Plan,
    known: PayInputs,
    of: str,
    period: Period,
) -> Iterator[tuple[str, Figure]]:
    scores = _scores_of(known, of, period)
    for whose, name in plan.figures:
        if whose == "team":
            continue
        if name.startswith(CARDS):
            card = name.removeprefix(CARDS)
            score = scores[card] if card in scores else _scored(standard, edition, card, known, of, period)
            yield name, Figure(None if score.value is None else score.exact, score.value, score.root.n)
        else:
            told = name.removeprefix(FIGURES)
            kpi, _, line = told.partition("@")
            days = _days(plan, line, period)
            if days is None:
                yield name, Figure(None, None)
                continue
            held = known.measures.get(told)
            counted = _counted(standard, edition, plan, kpi, known, of, days) if held is None else held
            yield name, Figure.of(counted.value, None, n=counted.n)


def _scores_of(known: PayInputs, of: str, period: Period) -> Mapping[str, Score]:
    found: dict[str, Score] = {}
    for score in known.scores:
        card = _own(score, of, period)
        if card in found:
            raise DefinitionError("scores", "pay.two_scores", card=card)
        found[card] = score
    return found


def _days(plan: Plan, line: str, period: Period) -> Period | None:
    """The days that a line counts: the period, or those of it that are in its campaign; ``None`` for none."""
    during = plan.lines[line].during if line else None
    if during is None:
        return period
    first, last = max(period.first, during.first), min(period.last, during.last + timedelta(1))
    return attrs.evolve(period, first=first, last=last) if first < last else None


def _own(score: Score, of: str, period: Period) -> str:
    if score.of != of or score.period not in ("", period.label):
        told = {"card": score.card, "of": of, "period": period.label}
        raise DefinitionError("scores", "pay.other_score", whose=score.of, other=score.period, **told)
    return score.card


def _scored(standard: ServiceStandard, edition: Edition, card: str, known: PayInputs, of: str, period: Period) -> Score:
    kinds = dict.fromkeys(edition.kpis[kpi].of for kpi in edition.scorecards[card].kpis)
    for kind in kinds:
        _must_hold(known, kind, CARDS + card)
    records = {kind: known.records[kind] for kind in kinds}
    return scores_of(standard, card, records, of=of, period=period, as_of=None)[of]


def _must_hold(known: PayInputs, kind: str, name: str) -> None:
    if kind not in known.records:
        raise UnknownName(f"records.{kind}", "pay.no_records", value=name, kind=kind)


def _counted(
    standard: ServiceStandard,
    edition: Edition,
    plan: Plan,
    kpi: str,
    known: PayInputs,
    of: str,
    period: Period,
) -> Measured:
    kind = edition.kpis[kpi].of
    _must_hold(known, kind, FIGURES + kpi)
    own = []
    for number, record in enumerate(known.records[kind]):
        subject = record.get(plan.of) if plan.of else of
        if subject is None:
            raise FactError(f"records.{kind}[{number}].{plan.of}", "kpis.missing", value=plan.of)
        if str(subject) == of:
            own.append(record)
    return measure_of(standard, kpi, own, period=period, as_of=None)
