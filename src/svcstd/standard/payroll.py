"""Pay by a standard: a plan over scores and figures, which records give or the caller has already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from svcstd.calendars import Period
from svcstd.conditions import FactValue
from svcstd.errors import DefinitionError, UnknownName, must_be, nearest
from svcstd.incentives import Figure, Payee, Served, Statement, Validity, pay, share_pool
from svcstd.incentives.sharing import EQUALLY
from svcstd.keyed import EMPTY, Keyed, as_tuple
from svcstd.scoring import Measured, Record, Score
from svcstd.standard.books import Books, days_of, figure_of_score
from svcstd.standard.edition import Edition
from svcstd.standard.marks import Records
from svcstd.standard.pay_faults import CARDS, FIGURES
from svcstd.standard.people import Person, dated
from svcstd.standard.subjects import subject_of

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["PayInputs", "pay_by", "pay_everybody", "share_by"]

OF_ONE = ("measures", "team", "facts", "certificates", "served", "cost_centre")
"""What is known of one payee only."""


def _listed(records: Records) -> Mapping[str, Sequence[Record]]:
    """Several figures read the same records, which may come as a stream."""
    return {kind: tuple(found) for kind, found in records.items()}


@attrs.frozen(kw_only=True)
class PayInputs:
    """What the caller knows of payees.

    Records give everything where the plan says in which of their fields it stands; the rest is for one payee.

    Attributes:
        records: by kind, what scores and figures are counted over, and what tells of people and their certificates.
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
    __hash__: ClassVar[None] = None  # type: ignore[assignment] # records are the caller's own mappings


def pay_by(standard: ServiceStandard, key: str, known: PayInputs, *, of: str, period: Period) -> Statement:
    """What a plan of the standard pays somebody.

    Raises:
        UnknownName: no such plan, or a result that can be neither found nor counted.
        DefinitionError: a score of another period or person, or something told by records and by hand.
    """
    books = _books(standard, key, known, period)
    for score in known.scores:
        if score.of != of:
            raise _other_score(score, of, period)
    return _paid(books, known, of, alone=True)


def pay_everybody(standard: ServiceStandard, key: str, known: PayInputs, *, period: Period) -> Keyed[str, Statement]:
    """What a plan pays each of whom records or scores tell.

    Raises:
        UnknownName, DefinitionError: as for :func:`pay_by`, and what is known of one payee only.
    """
    books = _books(standard, key, known, period)
    for name in OF_ONE:
        if getattr(known, name):
            raise DefinitionError(name, "pay.of_one", value=name)
    subjects = books.subjects() | ({score.of for score in known.scores} if not books.people else set())
    scores: dict[str, list[Score]] = {}
    for score in known.scores:
        scores.setdefault(score.of, []).append(score)
    return Keyed(
        {
            of: _paid(books, attrs.evolve(known, scores=scores.get(of, ())), of, alone=len(subjects) == 1)
            for of in sorted(subjects)
        }
    )


def _books(standard: ServiceStandard, key: str, known: PayInputs, period: Period) -> Books:
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    edition: Edition = standard.edition_on(period.first)
    if key not in edition.plans:
        raise UnknownName("plan", "pay.unknown_plan", value=key, nearest=nearest(key, edition.plans))
    for kind in known.records:
        if kind not in edition.records:
            near = nearest(kind, edition.records)
            raise UnknownName(f"records.{kind}", "records.unknown", value=kind, nearest=near)
    return Books(standard, edition, edition.plans[key], period, known.records)


def _paid(books: Books, known: PayInputs, of: str, *, alone: bool) -> Statement:
    plan = books.plan
    person = books.people.get(of)
    told: dict[str, Any] = {}
    if person is not None:
        _once(known, "facts", "served", "cost_centre")
        told = {"facts": person.facts, "served": person.served, "cost_centre": person.cost_centre}
    else:
        told = {"facts": _facts(books, known), "served": known.served, "cost_centre": known.cost_centre}
    if plan.certificates in known.records:
        _once(known, "certificates")
        told["certificates"] = books.certificates.get(of, {})
    else:
        told["certificates"] = known.certificates
    payee = Payee(
        of=of,
        figures=dict(_own(books, known, of, alone=alone)),
        team_figures=known.team or dict(_of_team(books, person)),
        **told,
    )
    return pay(plan, payee, period=books.period, edition=books.edition.label)


def _once(known: PayInputs, *names: str) -> None:
    """What records tell is not given by hand as well."""
    for name in names:
        if getattr(known, name):
            raise DefinitionError(name, "pay.told_twice", value=name)


def _facts(books: Books, known: PayInputs) -> Mapping[str, FactValue]:
    roster = books.plan.people
    return known.facts if roster is None else books.edition.records[roster.records].fields.exact(known.facts)


def _own(books: Books, known: PayInputs, of: str, *, alone: bool) -> Iterator[tuple[str, Figure]]:
    """The results of a payee that the plan reads."""
    scores = _scores_of(known, of, books.period)
    for whose, name in books.plan.figures:
        if whose == "team":
            continue
        if name.startswith(CARDS):
            card = name.removeprefix(CARDS)
            yield name, figure_of_score(scores[card] if card in scores else books.scored(card, of, alone=alone))
        else:
            yield name, _figure(books, name.removeprefix(FIGURES), known.measures, (of,))


def _figure(books: Books, told: str, measures: Mapping[str, Measured], of: Iterable[str]) -> Figure:
    """A figure that is at hand, or counted over the records of these payees."""
    kpi, _, line = told.partition("@")
    days = days_of(books.plan, line, books.period)
    if days is None:
        return Figure(None, None)
    found = measures[told] if told in measures else books.counted(kpi, of, days)
    return Figure.of(found.value, None, n=found.n)


def _of_team(books: Books, person: Person | None) -> Iterator[tuple[str, Figure]]:
    """The results of a payee's team: figures over the records of all its members, a score under the team's name."""
    if person is None or not person.team:
        return
    for whose, name in books.plan.figures:
        if whose == "team" and name.startswith(CARDS):
            yield name, figure_of_score(books.scored(name.removeprefix(CARDS), person.team, alone=False))
        elif whose == "team":
            yield name, _figure(books, name.removeprefix(FIGURES), EMPTY, books.members[person.team])


def _scores_of(known: PayInputs, of: str, period: Period) -> Mapping[str, Score]:
    found: dict[str, Score] = {}
    for score in known.scores:
        if score.period not in ("", period.label):
            raise _other_score(score, of, period)
        if score.card in found:
            raise DefinitionError("scores", "pay.two_scores", card=score.card)
        found[score.card] = score
    return found


def _other_score(score: Score, of: str, period: Period) -> DefinitionError:
    told = {"card": score.card, "of": of, "period": period.label}
    return DefinitionError("scores", "pay.other_score", whose=score.of, other=score.period, **told)


def share_by(standard: ServiceStandard, pool: Statement, records: Records, *, period: Period) -> Keyed[str, Statement]:
    """What a team earned by a plan, shared among its members as the plan says.

    Raises:
        UnknownName: no such plan, or records that are asked for and not given.
        DefinitionError: a plan that shares nothing, another period, nobody to share, or a member without a figure.
    """
    known = PayInputs(records=records)
    books = _books(standard, pool.plan, known, period)
    share, plan = books.plan.share, books.plan
    if share is None or pool.period != period.label:
        raise DefinitionError("pool", "pay.shares_nothing", label=pool.label, period=period.label)
    if share.records not in known.records:
        raise UnknownName(f"records.{share.records}", "pay.no_records", value=share.by, kind=share.records)
    members: dict[str, None] = {}
    for place, record in dated(books.edition, share.records, known.records[share.records], period):
        if subject_of(record, plan.of, place) == pool.of:
            members[subject_of(record, share.of, place)] = None
    if not members:
        raise DefinitionError("pool", "pay.no_members", of=pool.of, kind=share.records)
    if share.by == EQUALLY:
        return share_pool(pool, dict.fromkeys(sorted(members), 1))
    by_member = attrs.evolve(books, plan=attrs.evolve(plan, of=share.of))
    weights = {}
    for member in sorted(members):
        value = by_member.counted(share.by.removeprefix(FIGURES), (member,), period).value
        if value is None and share.missing == "refuse":
            raise DefinitionError(f"pool.{member}", "pay.no_weight", of=member, figure=share.by)
        weights[member] = 0 if value is None else value
    return share_pool(pool, weights)
