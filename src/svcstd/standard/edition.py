"""What holds from one day until the next edition: calendars, vocabulary and promises, checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import Calendar
from svcstd.conditions import AllOf, Facts, FactSchema
from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError, StandardError, SvcstdError, UnknownName, must_be_date, nearest, one_of
from svcstd.incentives import Award, Ladder, Plan
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.procedures import Form, Procedure, Script
from svcstd.routing import Assignment, HandoffRule, RouteTree, Serves
from svcstd.rules import DecisionTable
from svcstd.scoring import Kpi, Panel, RecordKind, Scorecard
from svcstd.sla import Anniversary, Conversion, FollowUpRule, Objective
from svcstd.sla.fold import Choose
from svcstd.sla.objective import ROUTING
from svcstd.sla.yardstick import counts_in
from svcstd.standard.award_faults import faults_of_awards, faults_of_ladders
from svcstd.standard.calendar_entry import CalendarEntry, build_calendars, in_force_on, turns, without_holidays_beyond
from svcstd.standard.clause import Clause
from svcstd.standard.handbook_faults import faults_of_handbook
from svcstd.standard.knowledge import Article, CustomerSegment, ReportDuty, Survey
from svcstd.standard.pay_faults import faults_of_pay
from svcstd.standard.score_faults import faults_of_scores
from svcstd.training import CertificateRule, Course

__all__ = ["CHANNEL", "UNNAMED", "Approval", "Desk", "Edition", "EventName", "Role"]

DeskStatus: TypeAlias = Literal["in_force", "pending"]
CHANNEL = "channel"
"""The fact that names the channel of a case."""


@attrs.frozen
class EventName:
    """A declared event.

    Attributes:
        name: for people.
        also: other spellings that logs use.
    """

    name: str = ""
    also: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen
class Desk:
    """A channel or a team, as far as clocks ask: when it is open.

    Attributes:
        calendar: key of its calendar; empty for that of the standard.
        name: for people.
        traits: what else is known of it, for assignment.
        at: where it is reached, such as numbers and addresses.
        status: whether it is in use, or not decided yet.

    Raises:
        DefinitionError: another status.
    """

    calendar: str = ""
    name: str = ""
    traits: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    at: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    status: DeskStatus = attrs.field(default="in_force", validator=one_of(get_args(DeskStatus)))


@attrs.frozen
class Role:
    """What somebody does, whoever it is.

    Attributes:
        name: for people.
        escalates_to: the role above; empty for none.
        authority: what it may decide alone, in words.
        needs: certificates that whoever has it must hold.
    """

    name: str = ""
    escalates_to: str = ""
    authority: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    needs: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen
class Approval:
    """Who approved an edition, and when."""

    role: str
    on: date


UNNAMED = {
    "roles": "roles.unknown",
    "teams": "teams.unknown",
    "routing": "rules.no_table",
    "scripts": "scripts.unknown",
    "forms": "forms.unknown",
    "objectives": "objective.unknown",
    "assignment": "assign.unknown_policy",
    "procedures": "procedures.unknown",
}
"""By part, how to say that a name is none of it."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class Edition:
    """What holds from one day until the next edition.

    Attributes:
        starts: first local date; ``None`` for no beginning.
        zone: of the standard.
        years: that public holidays are frozen for.
        calendar: key of the calendar that promises use when they name none.
        facts: what may be known of a case.
        events: what may happen to it.
        calendars: when service is open, as written.
        channels: by value of the fact ``channel``, when each is served.
        teams: by the group that holds a case, when each works.
        objectives: what is promised.
        exclude: cases that are handled alike but counted for nothing.
        follow_ups: what is owed later.
        conversions: which events open a case of their own.
        routing: who handles what: decision tables and trees of routes.
        roles: what people do, by id.
        assignment: how work finds its agent.
        handoffs: how often work may be handed on.
        forms: what is to be written down.
        scripts: what is said.
        procedures: how a case is handled.
        scales: on which people rate.
        records: what figures are counted over, by kind.
        kpis: how figures are counted.
        scorecards: how they become scores.
        panels: who rates whom, and how that becomes one rating.
        plans: how results become pay.
        awards: what is given once for a cause.
        ladders: ranks, and what it takes to rise.
        clauses: what the handbook says, by number.
        courses: what is taught.
        certificates: how somebody becomes certified.
        articles: standard answers.
        segments: groups of customers.
        surveys: how customers are asked.
        report_duties: reports that somebody owes.
        why: the reason for the change, for people.
        approved: by whom.
        pilot: key of the pilot that it is for; empty for an edition of the standard.

    Raises:
        StandardError: all contradictions at once.
    """

    zone: str
    starts: date | None = None
    years: range | None = None
    calendar: str = ""
    facts: FactSchema = attrs.field(factory=FactSchema)
    events: Keyed[str, EventName] = attrs.field(default=EMPTY, converter=as_keyed)
    calendars: Keyed[str, CalendarEntry] = attrs.field(default=EMPTY, converter=as_keyed)
    channels: Keyed[str, Desk] = attrs.field(default=EMPTY, converter=as_keyed)
    teams: Keyed[str, Desk] = attrs.field(default=EMPTY, converter=as_keyed)
    objectives: Keyed[str, Objective] = attrs.field(default=EMPTY, converter=as_keyed)
    exclude: AllOf | None = None
    follow_ups: Keyed[str, FollowUpRule] = attrs.field(default=EMPTY, converter=as_keyed)
    conversions: Keyed[str, Conversion] = attrs.field(default=EMPTY, converter=as_keyed)
    routing: Keyed[str, DecisionTable | RouteTree] = attrs.field(default=EMPTY, converter=as_keyed)
    roles: Keyed[str, Role] = attrs.field(default=EMPTY, converter=as_keyed)
    assignment: Keyed[str, Assignment] = attrs.field(default=EMPTY, converter=as_keyed)
    handoffs: HandoffRule | None = None
    forms: Keyed[str, Form] = attrs.field(default=EMPTY, converter=as_keyed)
    scripts: Keyed[str, Script] = attrs.field(default=EMPTY, converter=as_keyed)
    procedures: Keyed[str, Procedure] = attrs.field(default=EMPTY, converter=as_keyed)
    scales: Keyed[str, Scale | GradeScale] = attrs.field(default=EMPTY, converter=as_keyed)
    records: Keyed[str, RecordKind] = attrs.field(default=EMPTY, converter=as_keyed)
    kpis: Keyed[str, Kpi] = attrs.field(default=EMPTY, converter=as_keyed)
    scorecards: Keyed[str, Scorecard] = attrs.field(default=EMPTY, converter=as_keyed)
    panels: Keyed[str, Panel] = attrs.field(default=EMPTY, converter=as_keyed)
    plans: Keyed[str, Plan] = attrs.field(default=EMPTY, converter=as_keyed)
    awards: Keyed[str, Award] = attrs.field(default=EMPTY, converter=as_keyed)
    ladders: Keyed[str, Ladder] = attrs.field(default=EMPTY, converter=as_keyed)
    clauses: Keyed[str, Clause] = attrs.field(default=EMPTY, converter=as_keyed)
    courses: Keyed[str, Course] = attrs.field(default=EMPTY, converter=as_keyed)
    certificates: Keyed[str, CertificateRule] = attrs.field(default=EMPTY, converter=as_keyed)
    articles: Keyed[str, Article] = attrs.field(default=EMPTY, converter=as_keyed)
    segments: Keyed[str, CustomerSegment] = attrs.field(default=EMPTY, converter=as_keyed)
    surveys: Keyed[str, Survey] = attrs.field(default=EMPTY, converter=as_keyed)
    report_duties: Keyed[str, ReportDuty] = attrs.field(default=EMPTY, converter=as_keyed)
    why: str = ""
    approved: Approval | None = None
    pilot: str = ""
    _built: dict[str, Calendar] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.starts is not None:
            must_be_date(self.starts, "starts")
        built, faults = build_calendars(self.calendars, self.zone, self.years)
        object.__setattr__(self, "_built", built)
        faults += self._contradictions()
        if faults:
            raise StandardError.of(faults)

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive_edition, (
            {field.name: getattr(self, field.name) for field in attrs.fields(Edition) if field.init},
        )

    def __repr__(self) -> str:
        return f"<Edition {self.label or 'first'}: {len(self.calendars)} calendars, {len(self.objectives)} objectives>"

    @property
    def label(self) -> str:
        """Its first day, or empty for the first edition; with the key of its pilot."""
        first = self.starts.isoformat() if self.starts else ""
        return f"{first} {self.pilot}" if self.pilot else first

    def hours(self, key: str) -> Calendar:
        """A calendar by key.

        Raises:
            UnknownName: with the nearest key.
        """
        if key not in self._built:
            raise UnknownName("calendars", "calendar.unknown", value=key, nearest=nearest(key, self._built))
        return self._built[key]

    def calendar_of(self, objective: Objective, facts: Facts, group: str | None) -> str:
        """The key of the calendar in which a promise counts: its own, else that of the channel, the team, the standard.

        A family of calendars is followed to the one that the facts pick.

        Args:
            objective: the promise.
            facts: of the case.
            group: the team in whose hands it is.
        """
        key = objective.calendar
        if not key:
            channel = facts.get(CHANNEL) if self.channels else None
            desks = (self.channels.get(channel) if isinstance(channel, str) else None, self.teams.get(group or ""))
            key = next((desk.calendar for desk in desks if desk is not None and desk.calendar), self.calendar)
        return self._member(key, facts)

    def _member(self, key: str, facts: Facts) -> str:
        while key in self.calendars and self.calendars[key].by:
            family = self.calendars[key]
            key = family.pick(key, facts.get(family.by))
        return key

    def choose(self, key: str) -> Choose:
        """How an objective finds its calendar: a key, where nothing about a case can change it."""
        return self._choices[key]

    @cached_property
    def _choices(self) -> dict[str, Choose]:
        return {key: self._choice(objective) for key, objective in self.objectives.items()}

    def _choice(self, objective: Objective) -> Choose:
        asks = not objective.calendar and any(desk.calendar for desk in (*self.channels.values(), *self.teams.values()))
        key = objective.calendar or self.calendar
        if asks or (key in self.calendars and self.calendars[key].by):
            return partial(self.calendar_of, objective)
        return key

    def hours_of(self, rule: FollowUpRule) -> Calendar | None:
        """The calendar in which a follow-up is due; ``None`` if it counts in none."""
        return self.hours(rule.calendar or self.calendar) if any(map(counts_in, rule.targets)) else None

    def reachable(self, objective: Objective) -> frozenset[str]:
        """The keys of every calendar in which a promise may count."""
        desks = () if objective.calendar else (*self.channels.values(), *self.teams.values())
        waiting = {objective.calendar or self.calendar, *(desk.calendar for desk in desks)} - {""}
        found: set[str] = set()
        while waiting:
            key = waiting.pop()
            entry = self.calendars.get(key)
            if entry is not None and entry.by:
                waiting |= {entry.pick(key, value) for value in (*entry.use, None)} - found
            found.add(key)
        return frozenset(found)

    def calendars_in(self, keep: Literal["as it goes", "at creation", "latest"], day: date) -> Mapping[str, Calendar]:
        """The calendars by key, as running clocks keep them.

        Args:
            keep: versions by date ``as it goes``, or for all time the one in force ``at creation``, or the ``latest``.
            day: the local date of creation.
        """
        if keep == "as it goes" or not self.turns:
            return self._built
        on = self.turns[-1] if keep == "latest" else max((turn for turn in self.turns if turn <= day), default=date.min)
        if on not in self._frozen:
            self._frozen[on] = {key: in_force_on(calendar, on) for key, calendar in self._built.items()}
        return self._frozen[on]

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which another version of a calendar comes into force."""
        return tuple(sorted(frozenset[date]().union(*map(turns, self._built.values()))))

    @cached_property
    def _frozen(self) -> dict[date, dict[str, Calendar]]:
        return {}

    @cached_property
    def in_order(self) -> tuple[tuple[str, Objective], ...]:
        """Objectives in the order in which they are shown."""
        return tuple(sorted(self.objectives.items(), key=lambda pair: pair[1].order or 0))

    def team_hours(self, team: str, facts: Facts) -> Calendar | None:
        """When a team works, for a case: its own calendar, else that of the standard; ``None`` for neither."""
        key = self._member(self.teams[team].calendar or self.calendar, facts)
        return self._built.get(key)

    @cached_property
    def _relaxed(self) -> dict[int, dict[str, Calendar]]:
        return {}

    def relaxed(self, calendars: Mapping[str, Calendar]) -> Mapping[str, Calendar]:
        """Calendars of :meth:`calendars_in` with no holidays assumed wherever they are unknown."""
        found = self._relaxed.get(id(calendars))
        if found is None:
            found = {key: without_holidays_beyond(calendar) for key, calendar in calendars.items()}
            self._relaxed[id(calendars)] = found
        return found

    def _contradictions(self) -> Iterator[SvcstdError]:
        if self.calendar and self.calendar not in self.calendars:
            near = nearest(self.calendar, self.calendars)
            yield DefinitionError("calendar", "calendar.unknown", value=self.calendar, nearest=near)
        orders: dict[int | None, str] = {}
        running = {key: one for key, one in self.objectives.items() if one.status == "in_force"}
        for key, objective in self.objectives.items():
            yield from self._faults_of(f"objectives.{key}", objective)
        for key, objective in running.items():
            if len(running) > 1 and objective.order is None and None in orders:
                yield DefinitionError(f"objectives.{key}.order", "objective.no_order", other=orders[None])
            elif objective.order in orders:
                other = orders[objective.order]
                yield DefinitionError(f"objectives.{key}.order", "objective.order", other=other)
            orders[objective.order] = key
        yield from self._faults_of_desks()
        yield from self._faults_of_duties()
        for key, part in self.routing.items():
            yield from self._unknown_facts(f"routing.{key}", part.fields)
        yield from self._faults_of_roles()
        yield from self._faults_of_procedures()
        yield from faults_of_scores(self.scales, self.records, self.kpis, self.scorecards, self.panels)
        yield from faults_of_pay(self.plans, self.records, self.kpis, self.scorecards)
        yield from faults_of_awards(self.awards, self.records, self.kpis, self.scorecards)
        yield from faults_of_ladders(self.ladders, self.records, self.kpis, self.scorecards)
        yield from faults_of_handbook(self)

    def _faults_of(self, where: str, objective: Objective) -> Iterator[SvcstdError]:
        if objective.calendar and objective.calendar not in self.calendars:
            near = nearest(objective.calendar, self.calendars)
            yield DefinitionError(f"{where}.calendar", "calendar.unknown", value=objective.calendar, nearest=near)
        if objective.needs_calendar and not (objective.calendar or self.calendar) and objective.status == "in_force":
            yield DefinitionError(f"{where}.calendar", "objective.calendar")
        for calendar in sorted(self.reachable(objective)) if objective.counts_days else ():
            hours = self._built.get(calendar)
            if hours is not None and len(hours.zones) > 1:
                zones = ", ".join(sorted(hours.zones))
                yield DefinitionError(f"{where}.calendar", "calendar.several_zones", zones=zones)
        yield from self._unknown_events(f"{where}.clock", objective.clock.kinds)
        yield from self._unknown_facts(where, objective.fields)
        yield from self._of_kind("integer", f"{where}.clock.count_fact", objective.clock.count_fact)
        yield from self._picked(f"{where}.by", f"{where}.target", objective.by, objective.rows)
        if objective.table not in (None, self.routing.get(objective.by.removeprefix(ROUTING))):
            yield DefinitionError(f"{where}.by", "objective.other_table", value=objective.by)
        if objective.factor is not None:
            values = objective.factor.values
            yield from self._picked(f"{where}.factor.by", f"{where}.factor.use", objective.factor.by, values)

    def _unknown_events(self, where: str, kinds: Iterable[str]) -> Iterator[SvcstdError]:
        for kind in sorted(set(kinds) - set(self.events)):
            yield DefinitionError(where, "events.unknown", value=kind, nearest=nearest(kind, self.events))

    def _unknown_facts(self, where: str, fields: Iterable[str]) -> Iterator[SvcstdError]:
        for field in sorted(set(fields) - set(self.facts.types)):
            near = nearest(field, self.facts.types)
            yield DefinitionError(where, "facts.name", value=field, nearest=near)

    def _of_kind(self, kind: str, where: str, fact: str) -> Iterator[SvcstdError]:
        found = self.facts.types.get(fact)
        if found is not None and found.kind != kind:
            yield DefinitionError(where, "facts.other_kind", value=fact, kind=found.kind, wanted=kind)

    def _picked(self, where: str, below: str, fact: str, values: Iterable[str]) -> Iterator[SvcstdError]:
        """Faults of a table by a fact: it must be a text, and its values declared."""
        picked = self.facts.types.get(fact)
        if picked is None:
            return
        if picked.kind != "text":
            yield DefinitionError(where, "objective.by", value=fact, kind=picked.kind)
        for value in values if picked.one_of else ():
            if value not in picked.one_of:
                near = nearest(value, picked.one_of)
                yield DefinitionError(f"{below}.{value}", "facts.value", value=value, nearest=near)

    def _faults_of_desks(self) -> Iterator[SvcstdError]:
        """Faults of calendars by fact, channels and teams."""
        for key, entry in self.calendars.items():
            if entry.by and entry.by not in self.facts.types:
                near = nearest(entry.by, self.facts.types)
                yield DefinitionError(f"calendars.{key}.by", "facts.name", value=entry.by, nearest=near)
            yield from self._picked(f"calendars.{key}.by", f"calendars.{key}.use", entry.by, entry.use)
        if self.channels:
            yield from self._unknown_facts("channels", (CHANNEL,))
            yield from self._picked("channels", "channels", CHANNEL, self.channels)
        for part, desks in (("channels", self.channels), ("teams", self.teams)):
            for key, desk in desks.items():
                if desk.calendar and desk.calendar not in self.calendars:
                    near = nearest(desk.calendar, self.calendars)
                    where = f"{part}.{key}.calendar"
                    yield DefinitionError(where, "calendar.unknown", value=desk.calendar, nearest=near)

    def _faults_of_roles(self) -> Iterator[SvcstdError]:
        """Faults of roles, and of what names them."""
        for key, role in self.roles.items():
            yield from self._unnamed("roles", f"roles.{key}.escalates_to", role.escalates_to)
            above, trail = role.escalates_to, [key]
            while above in self.roles and above not in trail:
                trail.append(above)
                above = self.roles[above].escalates_to
            if above == key:
                circle = " > ".join((*trail, key))
                yield DefinitionError(f"roles.{key}.escalates_to", "roles.circle", circle=circle)
        known = (*self.roles, *self.teams)
        if self.handoffs is not None and known and self.handoffs.owner not in known:
            owner = self.handoffs.owner
            yield DefinitionError("handoffs.owner", "handoffs.owner", value=owner, nearest=nearest(owner, known))
        for key, policy in self.assignment.items():
            where = f"assignment.{key}"
            yield from self._unnamed("roles", f"{where}.role", policy.role)
            yield from self._unknown_facts(where, policy.fields)
            for name, need in policy.needs.items():
                teams = need.test.all_teams if isinstance(need.test, Serves) else ()
                for team in teams:
                    yield from self._unnamed("teams", f"{where}.needs.{name}", team)

    def _faults_of_procedures(self) -> Iterator[SvcstdError]:
        """Names in steps that nothing declares."""
        for key, procedure in self.procedures.items():
            yield from self._unnamed("roles", f"procedures.{key}.lane", procedure.lane)
            yield from self._unknown_facts(f"procedures.{key}", procedure.fields)
            for name, step in procedure.steps.items():
                where = f"procedures.{key}.steps.{name}"
                yield from self._unnamed("roles", f"{where}.lane", step.lane)
                part, _, table = step.to.partition(".")
                named = ("routing", table) if part == "routing" else ("roles", step.to)
                yield from self._unnamed(named[0], f"{where}.to", named[1])
                yield from self._unnamed("scripts", f"{where}.say", step.say)
                for form in (*step.fill, *step.forms):
                    yield from self._unnamed("forms", f"{where}.fill", form)
                for clock in (*step.starts, *step.stops, *step.reopens):
                    yield from self._unnamed("objectives", where, clock)

    def _unnamed(self, part: str, where: str, name: str) -> Iterator[SvcstdError]:
        """A name that a part does not declare; no name asks nothing."""
        known = getattr(self, part)
        if name and name not in known:
            yield DefinitionError(where, UNNAMED[part], value=name, nearest=nearest(name, known))

    def _faults_of_duties(self) -> Iterator[SvcstdError]:
        """Faults of follow-ups and conversions."""
        if self.exclude is not None:
            yield from self._unknown_facts("exclude", self.exclude.fields)
        for key, rule in self.follow_ups.items():
            where = f"follow_ups.{key}"
            yield from self._unknown_events(where, rule.kinds)
            yield from self._unknown_facts(where, rule.fields)
            if isinstance(rule.dates, Anniversary):
                yield from self._of_kind("date", f"{where}.each_year", rule.dates.fact)
            counts = any(map(counts_in, rule.targets))
            calendar = rule.calendar or (self.calendar if counts else "")
            told = not rule.calendar and calendar not in self.calendars  # at the key of the standard
            if calendar and not told and (calendar not in self.calendars or self.calendars[calendar].by):
                message = "calendar.family" if calendar in self.calendars else "calendar.unknown"
                near = nearest(calendar, self.calendars)
                yield DefinitionError(f"{where}.calendar", message, value=calendar, nearest=near)
            if not calendar and counts:
                yield DefinitionError(f"{where}.calendar", "objective.calendar")
        for key, conversion in self.conversions.items():
            where = f"conversions.{key}"
            yield from self._unknown_events(where, (conversion.opens, *(on.kind for on in conversion.on)))
            read = {field for on in conversion.on for field in on.when.fields}
            yield from self._unknown_facts(where, read | set(conversion.facts))


def _revive_edition(fields: dict[str, Any]) -> Edition:
    return Edition(**fields)
