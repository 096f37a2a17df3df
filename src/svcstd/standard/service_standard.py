"""The standard as a value: editions of calendars and promises, and the verbs that join them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Literal

import attrs

from svcstd.calendars import Period
from svcstd.calendars.period import WEEKDAYS
from svcstd.curves import Number
from svcstd.errors import DefinitionError, StandardError, UnknownName, must_be, must_be_date, must_be_one_of, nearest
from svcstd.explain import Explanation, because
from svcstd.incentives import Grant, Granted, Rise, Statement
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import date_of, micros, timezone
from svcstd.procedures import Done, Walk, walk
from svcstd.routing import Agent, Choice, Custody, choose, choose_team, custody
from svcstd.rules import Decision, RuleCounts
from svcstd.scoring import Appraisal, Combination, Improvement, Measured, Record, Score
from svcstd.sla import (
    Attainment,
    Case,
    Change,
    Event,
    FollowUp,
    Membership,
    Reading,
    Readings,
    changes,
    convert,
    fold,
    instant_of,
)
from svcstd.sla.events import in_order, must_be_case
from svcstd.sla.follow_ups import together
from svcstd.standard.awarding import grants_by, rises_by
from svcstd.standard.edition import Edition
from svcstd.standard.example import Example
from svcstd.standard.findings import PartFinding, part_findings
from svcstd.standard.handling import asked_table, edition_and_facts, handoffs_of, named, teams_of
from svcstd.standard.improvement_faults import faults_of_improvements
from svcstd.standard.knowledge import Article, CustomerSegment
from svcstd.standard.learning import Suggestion, certify_by, suggest_courses
from svcstd.standard.log_mapping import LogMapping
from svcstd.standard.marks import Records, measure_of, rate_by, scores_of, scores_over
from svcstd.standard.one_case import check_case, judged, no_promise, read_one
from svcstd.standard.payroll import PayInputs, pay_by, pay_everybody, share_by
from svcstd.standard.pilot import Pilot, piloted
from svcstd.standard.review import Review, review_of
from svcstd.standard.waiver import ReviewWaiver
from svcstd.training import Certified, MarkSource

__all__ = ["Keep", "Reports", "ServiceStandard"]

Assume = Literal["no_holidays"]


@attrs.frozen
class Reports:
    """How reports count.

    Attributes:
        by: the instant by which a promise belongs to a period: ``started``, ``due`` or ``decided``.
        week: first day of the week.
    """

    by: Membership
    week: str

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.by, ("started", "due", "decided"), "by")
        if self.week not in WEEKDAYS:
            raise DefinitionError("week", "choice.nearest", value=self.week, nearest=nearest(self.week, WEEKDAYS))


@attrs.frozen
class Keep:
    """What a running case keeps when the standard changes under it.

    Attributes:
        edition: that of the day ``at creation``, or the ``latest`` of the day on which we ask.
        calendar: versions by date count ``as it goes``; or the one ``at creation``, or the ``latest``, for all time.
        shown: the reading to show where there is room for one: the first undecided in ``order``, or the
            ``earliest due``.
    """

    edition: Literal["at creation", "latest"] = "at creation"
    calendar: Literal["as it goes", "at creation", "latest"] = "as it goes"
    shown: Literal["order", "earliest due"] = "order"

    def __attrs_post_init__(self) -> None:
        for name, choices in KEEPS.items():
            must_be_one_of(getattr(self, name), choices, name)


KEEPS: Keyed[str, tuple[str, ...]] = as_keyed(
    {
        "edition": ("at creation", "latest"),
        "calendar": ("as it goes", "at creation", "latest"),
        "shown": ("order", "earliest due"),
    }
)


@attrs.frozen(kw_only=True, repr=False)
class ServiceStandard:
    """A company's service standard: frozen, hashable by content, safe to share between threads, picklable.

    Attributes:
        id: its key among standards.
        name: for people.
        zone: IANA name; its dates choose the edition.
        editions: the first without beginning or from its day, then each change by day.
        log: where cases come from.
        keep: what a running case keeps.
        reports: how reports count.
        examples: worked cases.
        waivers: findings of the review that are accepted.
        improvements: what fell short, who mends it until when, and the edition that keeps it.
        pilots: by key, editions that are tried on some cases for some time; of several that take a case, the first.

    Raises:
        DefinitionError: no edition, or editions out of order.
        StandardError: improvements that name a figure, role or edition that there is not.
    """

    id: str
    name: str
    zone: str
    editions: tuple[Edition, ...] = attrs.field(converter=as_tuple)
    log: LogMapping | None = None
    keep: Keep = attrs.field(factory=Keep)
    reports: Reports | None = None
    examples: Keyed[str, Example] = attrs.field(default=EMPTY, converter=as_keyed)
    waivers: tuple[ReviewWaiver, ...] = attrs.field(default=(), converter=as_tuple)
    improvements: Keyed[str, Improvement] = attrs.field(default=EMPTY, converter=as_keyed)
    pilots: Keyed[str, Pilot] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        timezone(self.zone)
        for edition in self.editions:
            must_be(edition, Edition, "editions", "an Edition")
        starts = [edition.starts for edition in self.editions]
        later = [day for day in starts[1:] if day is not None]
        ordered = [*([starts[0]] if starts and starts[0] else []), *later]
        if not starts or len(later) != len(starts) - 1 or sorted(set(ordered)) != ordered:
            raise DefinitionError("editions", "standard.editions")
        for key, pilot in self.pilots.items():
            must_be(pilot, Pilot, f"pilots.{key}", "a Pilot")
            if not key or pilot.edition.pilot != key or pilot.edition.zone != self.zone:
                raise DefinitionError(f"pilots.{key}", "standard.pilot", value=key)
            self.edition_on(pilot.starts)
        for key, one in self.improvements.items():
            must_be(one, Improvement, f"improvements.{key}", "an Improvement")
            if one.key != key:
                raise DefinitionError(f"improvements.{key}", "improvements.key", value=one.key)
        faults = tuple(faults_of_improvements(self.improvements, self.editions))
        if faults:
            raise StandardError.of(faults)

    def __repr__(self) -> str:
        editions, objectives = len(self.editions), len(self.current.objectives)
        many = "s" * (editions != 1), "s" * (objectives != 1)
        return f"<ServiceStandard {self.id}: {editions} edition{many[0]}, {objectives} objective{many[1]}>"

    @property
    def current(self) -> Edition:
        """The last edition."""
        return self.editions[-1]

    @property
    def every_edition(self) -> tuple[Edition, ...]:
        """Its editions, then those of its pilots: every one under which a case may be read."""
        return (*self.editions, *(pilot.edition for pilot in self.pilots.values()))

    def edition_called(self, label: str) -> Edition:
        """The edition whose label a reading tells, a pilot's too.

        Raises:
            UnknownName: no such edition.
        """
        called = {one.label: one for one in self.every_edition}
        if label not in called:
            raise UnknownName("edition", "standard.edition", value=label, nearest=nearest(label, called))
        return called[label]

    def edition_on(self, day: date) -> Edition:
        """The edition that holds on a local date.

        Raises:
            DefinitionError: no date, or one before the first edition.
        """
        must_be_date(day, "day")
        first = self.editions[0].starts
        number = bisect_right([edition.starts or date.min for edition in self.editions], day)
        if number == 0:
            raise DefinitionError("case", "standard.too_early", day=day, first=first)
        return self.editions[number - 1]

    def edition_for(self, case: Case, *, as_of: int, known_at: int | None = None) -> Edition:
        """The edition pinned to a case: by the local date of its earliest known event, unless it keeps the latest.

        A pilot takes it from there, by that date and the facts with which it began.
        """
        if self.current.starts is None and not self.pilots:  # the only edition, without beginning: no date to find
            return self.current
        pinned = self.keep.edition == "at creation"
        day = self._day_of(case, as_of, known_at) if pinned else date_of(as_of, timezone(self.zone))
        return piloted(self.pilots, day, case.facts) or self.edition_on(day)

    def _day_of(self, case: Case, as_of: int, known_at: int | None) -> date:
        """The local date of a case's earliest known event."""
        known = in_order(case.events, {}, as_of=as_of, known_at=known_at)
        return date_of(known[0].instant if known else as_of, timezone(self.zone))

    def clocks(
        self,
        case: Case,
        *,
        as_of: datetime,
        known_at: datetime | None = None,
        assume: Assume | None = None,
    ) -> Readings:
        """Every promise that holds for a case, read at one instant.

        Args:
            case: its facts and events.
            as_of: when we ask; later events are not yet there.
            known_at: leave out what was recorded after this.
            assume: ``no_holidays`` counts on where holidays are unknown; it is listed in each reading it touches.

        Raises:
            FactError: a fact that the standard does not declare, or of another kind.
            UnknownName: an event that the standard does not declare.
            MomentError: a naive moment.
        """
        return self._clocks(case, as_of=as_of, known_at=known_at, assume=assume)

    def if_answered(
        self,
        case: Case,
        *,
        at: datetime,
        objective: str | None = None,
        known_at: datetime | None = None,
        assume: Assume | None = None,
    ) -> Readings:
        """What would be read at an instant if every clock still open were answered then.

        Args:
            case: its facts and events; those after *at* are not yet there.
            at: the supposed answer.
            objective: suppose that only this one is answered.
            known_at: as for :meth:`clocks`.
            assume: as for :meth:`clocks`.

        Raises:
            UnknownName: no such objective.
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        if objective is not None and objective not in (known := _objectives(self)):
            raise UnknownName("objective", "objective.unknown", value=objective, nearest=nearest(objective, known))
        return self._clocks(case, as_of=at, known_at=known_at, assume=assume, answered=objective or ALL)

    def if_happened(self, case: Case, *events: Event, as_of: datetime, assume: Assume | None = None) -> Readings:
        """What would be read if these events came too.

        Raises:
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        return self._clocks(case.with_event(*events), as_of=as_of, known_at=None, assume=assume)

    def late_events(self, case: Case, *, as_of: datetime, known_at: datetime) -> tuple[Change, ...]:
        """What the events recorded after *known_at* changed in what is read at *as_of*: verdicts, due times, pauses.

        Raises:
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        before = self.clocks(case, as_of=as_of, known_at=known_at)
        return changes(before, self.clocks(case, as_of=as_of))

    def _clocks(
        self,
        case: Case,
        *,
        as_of: datetime,
        known_at: datetime | None,
        assume: Assume | None,
        answered: str | None = None,
    ) -> Readings:
        must_be_case(case)
        asked = micros(as_of, "as_of")
        known = None if known_at is None else micros(known_at, "known_at")
        if assume not in (None, "no_holidays"):
            raise DefinitionError("assume", "choice.unknown", value=assume, choices="no_holidays")
        edition = self.edition_for(case, as_of=asked, known_at=known)
        case = check_case(edition, case)
        calendars = edition.calendars_in("as it goes", date.min)
        if self.keep.calendar != "as it goes":
            calendars = edition.calendars_in(self.keep.calendar, self._day_of(case, asked, known))
        excluded = edition.exclude is not None and edition.exclude.holds(case.facts_at(asked, known_at=known)) is True
        found: dict[str, Reading] = {}
        unpromised: dict[str, Explanation] = {}
        for key, objective in edition.in_order:
            if objective.status != "in_force":
                unpromised[key] = because("sla.status", status=objective.status)
                continue
            answered_at = asked if answered in (key, ALL) else None
            choose = edition.choose(key)
            life = fold(objective, case, as_of=asked, known_at=known, choose=choose, answered_at=answered_at)
            life = judged(edition, objective, life)
            reason = no_promise(edition, objective, life)
            if reason is not None:
                unpromised[key] = reason
                continue
            found[key] = read_one(
                edition, key, case.id, objective, life, calendars, asked=asked, assume=assume, excluded=excluded
            )
        readings = Readings(
            case.id, edition.label, self.zone, asked, Keyed(found), Keyed(unpromised) if unpromised else EMPTY
        )
        return readings if self.keep.shown == "order" else attrs.evolve(readings, shows="earliest due")

    def follow_ups(
        self, cases: Iterable[Case], period: Period, *, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[FollowUp, ...]:
        """Everything that is due in a period, by rule and due time; each case under its own edition.

        Args:
            cases: their histories.
            period: whose duties: those due within it, and those that dates within it give rise to.
            as_of: when we ask; later events are not yet there.
            known_at: leave out what was recorded after this.

        Raises:
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
            CoverageError, NeverOpens: a due time that cannot be told.
        """
        must_be(period, Period, "period", "a Period, such as Period.of('day', ...)")
        asked = micros(as_of, "as_of")
        known = None if known_at is None else micros(known_at, "known_at")
        told: dict[str, dict[str, list[Case]]] = {}
        for case in cases:
            must_be_case(case)
            edition = self.edition_for(case, as_of=asked, known_at=known)
            taken = check_case(edition, case)
            for key in edition.follow_ups:
                told.setdefault(key, {}).setdefault(edition.label, []).append(taken)
        labelled = {edition.label: edition for edition in self.every_edition}
        found: list[FollowUp] = []
        for key, mine in told.items():
            rules = [(labelled[label].follow_ups[key], label) for label in mine]
            versions = [(rule, labelled[label].hours_of(rule), mine[label]) for rule, label in rules]
            dates = period.first, period.last
            found += together(key, versions, zone=self.zone, as_of=asked, dates=dates, known_at=known)
        start, end = micros(period.start), micros(period.end)
        return tuple(one for one in found if start <= (one.begun if _dated(self, one) else one.owed_until) < end)

    def conversions(self, cases: Iterable[Case], *, as_of: datetime) -> tuple[Case, ...]:
        """The cases that events of these cases open: complaints out of opinions, each once, linked by ``origin``.

        Raises:
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        asked = micros(as_of, "as_of")
        found: list[Case] = []
        for case in cases:
            must_be_case(case)
            edition = self.edition_for(case, as_of=asked)
            taken = check_case(edition, case)
            for key, rule in edition.conversions.items():
                found += convert(key, rule, [taken], as_of=asked)
        return tuple(found)

    def route(self, table: str, facts: Mapping[str, Any] | Case, *, as_of: datetime | None = None) -> Decision:
        """What a routing table answers for a case, with the rule, its reasons and what came close.

        Args:
            table: its key under ``routing``.
            facts: what is known of the case, facts within facts too; or the case, whose edition is then pinned.
            as_of: when we ask: it chooses the edition, the facts of a case, and the rules in force. It may be left
                out where nothing depends on it.

        Raises:
            UnknownName: no such table.
            FactError: a fact that is not declared, or of another kind.
            HitPolicyError: several rules fit where one may, or none where one must.
            DefinitionError: no moment, although the answer depends on it.
            MomentError: a naive moment.
        """
        found, known, day = asked_table(self, table, facts, None if as_of is None else micros(as_of, "as_of"))
        return found.decide(known, on=day)

    def why_not(
        self, table: str, rule: str, facts: Mapping[str, Any] | Case, *, as_of: datetime | None = None
    ) -> Explanation:
        """Why a rule of a table, or a route of a tree, did not decide: each test that failed, with the fact it saw.

        Raises:
            UnknownName: no such table, or no such rule.
            FactError, DefinitionError, MomentError: as for :meth:`route`.
        """
        found, known, day = asked_table(self, table, facts, None if as_of is None else micros(as_of, "as_of"))
        return found.why_not(rule, known, on=day)

    def rule_counts(self, table: str, cases: Iterable[Case], *, as_of: datetime) -> RuleCounts:
        """How often each rule of a table decided over many cases; a rule with none is dead in practice.

        Raises:
            UnknownName: no edition has such a table.
            FactError, MomentError: as for :meth:`route`.
        """
        parts = [edition.routing[table] for edition in self.every_edition if table in edition.routing]
        if not parts:
            named(self.current.routing, "routing", "table", table)
        ids = dict.fromkeys(key for part in parts for key in part.ids)
        return RuleCounts.of(ids, (partial(self.route, table, case, as_of=as_of) for case in cases))

    def review(self, *, as_of: date) -> Review:
        """Everything that can be said against the standard, without what its waivers accept.

        Args:
            as_of: the day on which we ask, for coverage of holidays.
        """
        must_be_date(as_of, "as_of")
        return review_of(self, as_of)

    def findings(self) -> tuple[PartFinding, ...]:
        """All that analysis says against tables, trees and procedures, errors first, each with an example."""
        return part_findings(self)

    def measure(
        self, kpi: str, records: Iterable[Record], *, period: Period | None = None, as_of: datetime | None = None
    ) -> Measured:
        """One figure over records of its kind; figures of two sets of records add up to that of both.

        Args:
            kpi: its key under ``kpis``.
            records: mappings of the fields that its kind of records declares.
            period: only those that belong to it; where records carry no date, all are taken to belong to it. The
                edition of its first day holds.
            as_of: when we ask, for what is judged by age; the end of the period by default.

        Raises:
            UnknownName: no such KPI.
            FactError: a record with a field that is not declared, or of another kind, or incomplete.
            DefinitionError: no moment, although the answer depends on it; a period shorter than the KPI allows.
        """
        return measure_of(self, kpi, records, period=period, as_of=as_of)

    def score(
        self,
        card: str,
        records: Records,
        *,
        of: str,
        period: Period | None = None,
        as_of: datetime | None = None,
    ) -> Score:
        """The score of one person or team, with every reason.

        Args:
            card: its key under ``scorecards``.
            records: by kind, mappings of the declared fields; those of others are left aside, or compared with where
                the card compares.
            of: whose score; where the card names no field for that, all records are theirs.
            period: as for :meth:`measure`; several months in one period pool their records.
            as_of: as for :meth:`measure`.

        Raises:
            UnknownName: no such card, a kind of records that it does not ask for, or one that is not given.
            FactError, DefinitionError: as for :meth:`measure`; a figure that is missing where that is refused.
        """
        return scores_of(self, card, records, of=of, period=period, as_of=as_of)[of]

    def scores(
        self, card: str, records: Records, *, period: Period | None = None, as_of: datetime | None = None
    ) -> Keyed[str, Score]:
        """The scores of all whom the records name, by name.

        Args:
            card: as for :meth:`score`.
            records: as for :meth:`score`.
            period: as for :meth:`score`.
            as_of: as for :meth:`score`.

        Raises:
            UnknownName, FactError, DefinitionError: as for :meth:`score`.
        """
        return scores_of(self, card, records, of=None, period=period, as_of=as_of)

    def scores_over(
        self,
        card: str,
        measures: Mapping[str, Mapping[str, Measured]],
        *,
        period: Period | None = None,
        as_of: datetime | None = None,
    ) -> Keyed[str, Score]:
        """The scores of figures that were counted elsewhere: over columns, on Spark, or in months that are now pooled.

        Args:
            card: as for :meth:`score`.
            measures: by name of the person or team, each figure of the card by the key of its KPI; one that nothing
                was counted for is the figure of no records, ``kpi.measure([])``.
            period: for which; the edition of its first day holds.
            as_of: when we ask, where there is no period.

        Raises:
            UnknownName: no such card, a figure that it does not ask for, or one that is not given.
            DefinitionError: what is no figure; a figure that is missing where that is refused.
        """
        return scores_over(self, card, measures, period=period, as_of=as_of)

    def pay(self, plan: str, known: PayInputs, *, of: str, period: Period) -> Statement:
        """What a plan pays somebody for a period: a ledger whose lines sum to the total, with every reason.

        Args:
            plan: its key under ``plans``.
            known: records, or the scores and figures worked out already, and what else is known of the payee.
            of: who is paid.
            period: for which; the edition of its first day holds.

        Raises:
            UnknownName: no such plan, or a result that can be neither found nor counted.
            DefinitionError: a score of another person or period; a result that is missing where that is refused.
            FactError: as for :meth:`measure`.
        """
        return pay_by(self, plan, known, of=of, period=period)

    def pay_all(self, plan: str, known: PayInputs, *, period: Period) -> Keyed[str, Statement]:
        """What a plan pays everybody: each in the records of people, or where there are none, whom records name.

        Args:
            plan: its key under ``plans``.
            known: records, and scores worked out already; what is known of one payee only is refused.
            period: as for :meth:`pay`.

        Raises:
            UnknownName, DefinitionError, FactError: as for :meth:`pay`.
        """
        return pay_everybody(self, plan, known, period=period)

    def share(self, pool: Statement, records: Records, *, period: Period) -> Keyed[str, Statement]:
        """What a team earned, shared among its members as its plan says, to the last minor unit.

        Args:
            pool: the statement of the team, by a plan of this standard that says ``share``.
            records: by kind, those that name members, and those that the members' figures are counted over.
            period: that of the statement.

        Raises:
            UnknownName: no such plan, or records that are not given.
            DefinitionError: a plan that shares nothing, another period, nobody, or a member without a figure.
            FactError: as for :meth:`measure`.
        """
        return share_by(self, pool, records, period=period)

    def grants(self, award: str, records: Records, *, period: Period, before: Iterable[Grant] = ()) -> Granted:
        """The awards of a period: one for each cause, to whoever the rule of the award says.

        Args:
            award: its key under ``awards``.
            records: by kind; those before the period too, since a cause that was awarded then gets no second award.
            period: in which the claims lie; the edition of its first day holds.
            before: earlier grants, where the records do not reach back to them.

        Raises:
            UnknownName: no such award, or records that are not given.
            DefinitionError: an award without a rule, a period of another cycle, or a tie that is refused.
            FactError: a record that does not say whose, what for or when.
        """
        return grants_by(self, award, records, period=period, before=before)

    def rises(
        self,
        ladder: str,
        rank: str,
        records: Records,
        *,
        of: str,
        periods: Iterable[Period],
        facts: Mapping[str, Any] = EMPTY,
    ) -> tuple[Rise, ...]:
        """Every way up from a rank, open or not, with each need that is not met and how far it is.

        Args:
            ladder: its key under ``ladders``.
            rank: where somebody stands.
            records: by kind, what figures and scores are counted over.
            of: who.
            periods: one after the other, the newest last; each is judged by the edition of its first day.
            facts: of the person, today.

        Raises:
            UnknownName: no such ladder or rank, or records that are not given.
            DefinitionError: no period, or one of another cycle.
            FactError: as for :meth:`measure`.
        """
        return rises_by(self, ladder, rank, records, of=of, periods=periods, facts=facts)

    def rate(
        self,
        panel: str,
        ratings: Iterable[Record],
        *,
        for_pay: bool,
        published: Iterable[Combination] = (),
        period: Period | None = None,
        as_of: datetime | None = None,
    ) -> Appraisal:
        """What all sides say of one person (360 degrees), and what of it may be told.

        Args:
            panel: its key under ``panels``.
            ratings: records with ``rater``, ``group`` and ``value``.
            for_pay: whether pay depends on it.
            published: what was told of the same ratings before.
            period: whose first day chooses the edition.
            as_of: the day on which we ask, where there is no period.

        Raises:
            UnknownName: no such panel.
            FactError, DefinitionError: as for :meth:`svcstd.scoring.Panel.rate`.
        """
        return rate_by(self, panel, ratings, for_pay=for_pay, published=published, period=period, as_of=as_of)

    def answers(self, facts: Mapping[str, Any] | Case, *, as_of: datetime | None = None) -> Keyed[str, Article]:
        """The standard answers to a case: those whose condition holds, in the order of the file.

        Raises:
            FactError: a fact that is not declared, or of another kind.
            MomentError: a naive moment.
        """
        edition, known = edition_and_facts(self, facts, None if as_of is None else micros(as_of, "as_of"))
        return Keyed({key: one for key, one in edition.articles.items() if one.when.holds(known) is True})

    def segments_of(
        self, facts: Mapping[str, Any] | Case, *, as_of: datetime | None = None
    ) -> Keyed[str, CustomerSegment]:
        """The groups to which a customer belongs, those for whom most is done first.

        Raises:
            FactError, MomentError: as for :meth:`answers`.
        """
        edition, known = edition_and_facts(self, facts, None if as_of is None else micros(as_of, "as_of"))
        inside = [(key, one) for key, one in edition.segments.items() if one.when.holds(known) is True]
        return Keyed(dict(sorted(inside, key=lambda pair: (pair[1].order is None, pair[1].order or 0))))

    def certify(self, certificate: str, marks: Mapping[MarkSource, int], *, passed: date) -> Certified:
        """What marks earn: a certificate from the day of the last mark until it ends, or a new edition makes it stale.

        Args:
            certificate: its key under ``certificates``.
            marks: by exam, practical or simulation.
            passed: the day of the last mark; the edition of that day holds.

        Raises:
            UnknownName: no such certificate.
            DefinitionError: no date, or a day before the first edition.
        """
        return certify_by(self, certificate, marks, passed=passed)

    def suggested_courses(self, score: Score, *, least: Number, period: Period | None = None) -> tuple[Suggestion, ...]:
        """Courses that teach what a score shows to be weak, the weakest part first.

        Args:
            score: of this standard.
            least: points below which a part is weak.
            period: whose first day chooses the edition; by default the newest.

        Raises:
            DefinitionError: a float.
        """
        edition = self.current if period is None else self.edition_on(period.first)
        return suggest_courses(edition, score, least)

    def assign(
        self,
        policy: str,
        facts: Mapping[str, Any] | Case,
        *,
        agents: Iterable[Agent],
        as_of: datetime,
        stock: Mapping[str, Mapping[str, int]] = EMPTY,
        since: datetime | None = None,
        ticket: str = "",
        cursor: str = "",
        excluded: Mapping[str, str] = EMPTY,
    ) -> Choice:
        """Who gets a piece of work: role, team and agent, with a reason for everybody who does not.

        Args:
            policy: its key under ``assignment``.
            facts: what is known of the work; or the case, whose edition is then pinned.
            agents: all who might have it, with their load.
            as_of: the moment.
            stock: by team, the parts that it has.
            since: from when the work has been waiting.
            ticket: its id, for drawing lots; by default that of the case.
            cursor: that of the last choice, for going round.
            excluded: by id of the agent, why it may not be that one.

        Raises:
            UnknownName: no such assignment, or stock of an unknown team.
            FactError: a fact that is not declared, or of another kind.
            DefinitionError: two agents with one id, or a wait that begins after the moment.
            CoverageError: a calendar does not know the day.
            MomentError: a naive moment.
        """
        edition, known = edition_and_facts(self, facts, micros(as_of, "as_of"))
        return choose(
            named(edition.assignment, "assignment", "policy", policy),
            known,
            agents,
            at=as_of,
            zone=self.zone,
            teams=teams_of(edition, known, stock),
            since=since,
            ticket=ticket or (facts.id if isinstance(facts, Case) else ""),
            cursor=cursor,
            excluded=excluded,
        )

    def assign_team(
        self,
        policy: str,
        facts: Mapping[str, Any] | Case,
        *,
        as_of: datetime,
        stock: Mapping[str, Mapping[str, int]] = EMPTY,
        since: datetime | None = None,
        excluded: Mapping[str, str] = EMPTY,
    ) -> Choice:
        """Which team gets a piece of work, where no agent is named: only the needs of the team are asked.

        Raises:
            UnknownName, FactError, DefinitionError, CoverageError, MomentError: as of :meth:`assign`.
        """
        edition, known = edition_and_facts(self, facts, micros(as_of, "as_of"))
        asked = named(edition.assignment, "assignment", "policy", policy)
        teams = teams_of(edition, known, stock)
        return choose_team(asked, known, teams, at=as_of, zone=self.zone, since=since, excluded=excluded)

    def walk(
        self,
        procedure: str,
        facts: Mapping[str, Any] | Case,
        done: Iterable[str | Done] = (),
        *,
        filled: Mapping[str, Mapping[str, object]] = EMPTY,
        as_of: datetime | None = None,
    ) -> Walk:
        """Where a case stands in a procedure, and what is owed there.

        Args:
            procedure: its key under ``procedures``.
            facts: what is known of the case; or the case, whose edition is then pinned.
            done: the steps that were done, in order, with what was learnt.
            filled: by form, what is filled in.
            as_of: when we ask: it chooses the edition and the facts of a case; it may be left out where nothing
                depends on it.

        Raises:
            UnknownName: no such procedure, step, form or field.
            FactError: a fact that is not declared, or of another kind.
            DefinitionError: no moment, although the answer depends on it.
            MomentError: a naive moment.
        """
        asked = None if as_of is None else micros(as_of, "as_of")
        edition, known = edition_and_facts(self, facts, asked)
        flow = named(edition.procedures, "procedures", "procedure", procedure)
        return walk(flow, known, done, forms=edition.forms, scripts=edition.scripts, filled=filled)

    def custody(self, case: Case, *, as_of: datetime) -> Custody:
        """In whose hands a case is and was, by the groups that its events name; its owner stays the same.

        Raises:
            DefinitionError: the standard has no rule of hand-offs.
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        must_be_case(case)
        asked = micros(as_of, "as_of")
        edition = self.edition_for(case, as_of=asked)
        if edition.handoffs is None:
            raise DefinitionError("handoffs", "handoffs.none")
        return custody(edition.handoffs, handoffs_of(check_case(edition, case), asked))

    def attainment(
        self,
        cases: Iterable[Case],
        period: Period | None = None,
        *,
        as_of: datetime,
        by: Iterable[str] = (),
    ) -> Keyed[tuple[str, ...], Attainment]:
        """How many promises were kept, by objective and by the values of some facts; every cycle of a clock counts.

        Args:
            cases: their histories.
            period: whose promises, by the membership that ``[reports.attainment]`` declares; ``None`` for all.
            as_of: when we ask.
            by: facts; the key of each count is the objective and then their values, empty where missing.

        Raises:
            DefinitionError: a period, and the standard does not say how reports count.
            UnknownName: a fact in *by* that no edition declares.
            FactError, UnknownName, MomentError: as for :meth:`clocks`.
        """
        must_be(period, (Period, type(None)), "period", "a Period, such as Period.of('day', ...)")
        if period is not None and self.reports is None:
            raise DefinitionError("reports", "report.undeclared")
        fields, asked = as_tuple(by), micros(as_of, "as_of")
        declared = {name for edition in self.every_edition for name in edition.facts.types}
        for field in fields:
            if field not in declared:
                raise UnknownName("by", "facts.name", value=field, nearest=nearest(field, declared))
        counts: dict[tuple[str, ...], Attainment] = {}
        for case in cases:
            readings = self.clocks(case, as_of=as_of)
            facts = case.facts_at(asked)
            values = tuple("" if facts.get(field) is None else str(facts[field]) for field in fields)
            for key, reading in readings.items():
                inside = [one for one in reading.cycles if self._belongs(one, period)]
                counts[key, *values] = counts.get((key, *values), Attainment()) + Attainment.of(inside)
        return Keyed(counts)

    def _belongs(self, reading: Reading, period: Period | None) -> bool:
        if reading.started is None:
            return False  # nothing was promised yet
        if period is None or self.reports is None:
            return True
        instant = instant_of(reading, self.reports.by)
        return instant is not None and micros(period.start) <= instant < micros(period.end)


ALL = ""
"""Every objective is supposed to be answered."""


def _objectives(standard: ServiceStandard) -> set[str]:
    return {key for edition in standard.every_edition for key in edition.objectives}


def _dated(standard: ServiceStandard, one: FollowUp) -> bool:
    """Whether a date gave rise to a duty: it belongs to the period of that date."""
    rules = [edition.follow_ups[one.rule] for edition in standard.every_edition if one.rule in edition.follow_ups]
    return any(rule.dates is not None for rule in rules)
