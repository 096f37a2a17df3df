"""The books of a plan for one period: records sorted once, from which the results of every payee are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from svcstd.calendars import Period
from svcstd.errors import UnknownName
from svcstd.incentives import Figure, Plan, Validity
from svcstd.scoring import Measured, Record, Score
from svcstd.standard.edition import Edition
from svcstd.standard.marks import measure_of, scores_of
from svcstd.standard.pay_faults import CARDS, FIGURES
from svcstd.standard.people import Person, certificates_of, people_of
from svcstd.standard.subjects import by_subject, kinds_of_card

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["Books", "days_of", "figure_of_score"]


def figure_of_score(score: Score) -> Figure:
    """A score as a result."""
    return Figure(None if score.value is None else score.exact, score.value, score.root.n)


def days_of(plan: Plan, line: str, period: Period) -> Period | None:
    """The days that a line counts: the period, or those of it that are in its campaign; ``None`` for none."""
    during = plan.lines[line].during if line else None
    if during is None:
        return period
    first, last = max(period.first, during.first), min(period.last, during.last + timedelta(1))
    return attrs.evolve(period, first=first, last=last) if first < last else None


@attrs.define(slots=False)
class Books:
    """What records tell of the payees of a plan.

    Attributes:
        standard, edition: by which they are read.
        plan: that asks.
        period: for which.
        records: by kind.
    """

    standard: ServiceStandard
    edition: Edition
    plan: Plan
    period: Period
    records: Mapping[str, Sequence[Record]]
    _sorted: dict[str, dict[str, list[Record]]] = attrs.field(factory=dict, init=False)
    _scores: dict[str, Mapping[str, Score]] = attrs.field(factory=dict, init=False)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody of whom the records of people tell."""
        roster = self.plan.people
        records = () if roster is None else self.records.get(roster.records, ())
        return people_of(self.edition, self.plan, records, self.period)

    @cached_property
    def certificates(self) -> Mapping[str, Mapping[str, Iterable[Validity]]]:
        """By payee and name."""
        kind = self.plan.certificates
        return certificates_of(self.edition, self.plan, self.records[kind]) if kind in self.records else {}

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """By team, its members."""
        found: dict[str, list[str]] = {}
        for name, person in self.people.items():
            if person.team:
                found.setdefault(person.team, []).append(name)
        return found

    def subjects(self) -> set[str]:
        """Who is to be paid: those in the records of people, or where there are none, all whom counted records name."""
        if self.people:
            return set(self.people)
        named: set[str] = set()
        for whose, name in self.plan.figures:
            if whose == "own":
                for kind, field in self._kinds(name):
                    named |= set(by_subject(kind, field, self.records.get(kind, ())))
        return named - {""}

    def _kinds(self, name: str) -> Iterator[tuple[str, str]]:
        """The kinds of records behind a result, each with the field that says whose a record is."""
        if name.startswith(FIGURES):
            yield self.edition.kpis[name.removeprefix(FIGURES).partition("@")[0]].of, self.plan.of
            return
        card = name.removeprefix(CARDS)
        for kind in kinds_of_card(self.edition, card):
            yield kind, self.edition.scorecards[card].of

    def _of_kind(self, kind: str) -> Mapping[str, list[Record]]:
        """The records of a kind by payee."""
        if kind not in self._sorted:
            self._sorted[kind] = by_subject(kind, self.plan.of, self.records[kind])
        return self._sorted[kind]

    def counted(self, kpi: str, of: Iterable[str], days: Period) -> Measured:
        """A figure over the records of some payees.

        Raises:
            UnknownName: records of the kind are not given.
        """
        kind = self.edition.kpis[kpi].of
        self._must_hold(kind, FIGURES + kpi)
        groups = self._of_kind(kind)
        own = [record for name in of for record in groups.get(name if self.plan.of else "", ())]
        return measure_of(self.standard, kpi, own, period=days, as_of=None)

    def scored(self, card: str, of: str, *, alone: bool) -> Score:
        """A score over the records.

        Args:
            card: its key.
            of: whose.
            alone: nobody else will be asked for.

        Raises:
            UnknownName: records of a kind that the card counts are not given.
        """
        kinds = kinds_of_card(self.edition, card)
        for kind in kinds:
            self._must_hold(kind, CARDS + card)
        records = {kind: self.records[kind] for kind in kinds}
        if alone:
            return scores_of(self.standard, card, records, of=of, period=self.period, as_of=None)[of]
        if card not in self._scores:
            self._scores[card] = scores_of(self.standard, card, records, of=None, period=self.period, as_of=None)
        return self._scores[card].get(of) or self.scored(card, of, alone=True)

    def _must_hold(self, kind: str, name: str) -> None:
        if kind not in self.records:
            raise UnknownName(f"records.{kind}", "pay.no_records", value=name, kind=kind)
