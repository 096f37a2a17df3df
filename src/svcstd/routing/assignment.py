"""Who gets the work: role, team and agent, with a reason for everybody who does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
from pendulum import DateTime

from svcstd.conditions import Facts
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.explain import Explanation, because, privately
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import date_of, micros, moment, timezone
from svcstd.routing.agents import Agent, Team
from svcstd.routing.needs import Ask, Candidate, Holds, Need, Skilled
from svcstd.routing.ranking import SETTLING, RankKey, rank_of, rank_told

__all__ = ["Assignment", "Choice", "Relaxation", "choose", "choose_team"]


def _is_some(value: object) -> bool:
    """Whether it is a whole number from 1."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


@attrs.frozen
class Relaxation:
    """What is asked for no more, or less, once the work has waited so long; steps add up.

    Attributes:
        after: the time waited.
        drop: needs that are dropped, by id.
        lower: by id of the need, how many levels it comes down.

    Raises:
        DefinitionError: a negative time, or a level that does not come down.
    """

    after: timedelta
    drop: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    lower: Keyed[str, int] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        duration_micros(self.after, "after")
        for need, levels in self.lower.items():
            if not _is_some(levels):
                raise DefinitionError(f"lower.{need}", "agents.some")


@attrs.frozen(kw_only=True)
class Assignment:
    """How work of one kind finds its agent.

    Attributes:
        role: what the agent must do; empty for any.
        needs: what the work needs, by id; the id is what a relaxation drops and a reason cites.
        prefer: what puts the candidates in order; the last must settle every tie.
        relax: what is given up while the work waits, in order of time.
        units: of capacity that the work takes.
        max_lead: how much more work than the least loaded candidate somebody may have been given; ``None`` for any.
        name: for people.

    Raises:
        StandardError: all contradictions at once.
    """

    role: str = ""
    needs: Keyed[str, Need] = attrs.field(default=EMPTY, converter=as_keyed)
    prefer: tuple[RankKey, ...] = attrs.field(converter=as_tuple)
    relax: tuple[Relaxation, ...] = attrs.field(default=(), converter=as_tuple)
    units: int = 1
    max_lead: int | None = None
    name: str = ""

    def __attrs_post_init__(self) -> None:
        faults = list(self._contradictions())
        if faults:
            raise StandardError.of(faults)

    def _contradictions(self) -> Iterator[SvcstdError]:
        if not self.prefer or not isinstance(self.prefer[-1], SETTLING):
            yield DefinitionError("prefer", "assign.tie")
        if any(isinstance(key, SETTLING) for key in self.prefer[:-1]):
            yield DefinitionError("prefer", "assign.settled")
        if not _is_some(self.units):
            yield DefinitionError("units", "agents.some")
        if self.max_lead is not None and not _is_some(self.max_lead):
            yield DefinitionError("max_lead", "agents.some")
        for number, step in enumerate(self.relax):
            if number and step.after <= self.relax[number - 1].after:
                yield DefinitionError(f"relax[{number}].after", "assign.later")
            for name in (*step.drop, *step.lower):
                if name not in self.needs:
                    near = nearest(name, self.needs)
                    yield DefinitionError(f"relax[{number}]", "assign.need", value=name, nearest=near)
                elif name in step.lower and not isinstance(self.needs[name].test, Skilled | Holds):
                    yield DefinitionError(f"relax[{number}].lower.{name}", "assign.no_level", value=name)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        keys = {getattr(key, "fact", "") for key in self.prefer} - {""}
        return frozenset(keys).union(*(need.fields for need in self.needs.values()))


@attrs.frozen
class Choice:
    """Who gets a piece of work.

    Attributes:
        agent: the agent; ``None`` for nobody, or where only a team was looked for.
        team: id of the team; empty for nobody.
        eligible: ids of all who could have it, the best first.
        rejected: by id, why the others could not.
        dropped: needs that were given up, since the work has waited.
        next_change: the next moment at which time alone may bring a candidate; ``None`` if somebody was found, or none.
        cursor: the agent who got the work last, for going round; as it was if nobody did.
        explanation: all of it in words.
    """

    agent: Agent | None
    team: str
    eligible: tuple[str, ...]
    rejected: Keyed[str, Explanation]
    dropped: tuple[str, ...]
    next_change: DateTime | None
    cursor: str
    explanation: Explanation = attrs.field(eq=False, repr=False)


def choose(
    policy: Assignment,
    facts: Facts,
    agents: Iterable[Agent],
    *,
    at: datetime,
    zone: str,
    teams: Iterable[Team] = (),
    since: datetime | None = None,
    ticket: str = "",
    cursor: str = "",
    excluded: Mapping[str, str] = EMPTY,
) -> Choice:
    """Who gets the work; the same for the same arguments, in whatever order agents and teams come.

    Args:
        policy: how such work finds its agent.
        facts: what is known of it.
        agents: all who might have it, with their load.
        at: the moment.
        zone: of local dates.
        teams: those of the agents; one that is not listed is always open, and has no stock and no traits.
        since: from when the work has been waiting; ``None`` for no waiting yet.
        ticket: its id, for drawing lots.
        cursor: that of the last choice, for going round.
        excluded: by id of the agent, why it may not be that one.

    Raises:
        DefinitionError: two agents or teams with one id, or a wait that begins after the moment.
        CoverageError: a calendar does not know the day.

    >>> from svcstd.routing import ById, ByLoad, HasRoom
    >>> policy = Assignment(role="engineer", needs={"room": Need(HasRoom())}, prefer=(ByLoad(), ById()))
    >>> agents = [
    ...     Agent(id="ann", roles=["engineer"], load=2, capacity=4),
    ...     Agent(id="bob", roles=["engineer"], load=1, capacity=4),
    ...     Agent(id="cem", roles=["engineer"], load=3, capacity=3),
    ... ]
    >>> choice = choose(policy, {}, agents, at=datetime.fromisoformat("2026-04-01T09:00Z"), zone="UTC")
    >>> choice.agent.id, choice.eligible, choice.rejected["cem"].text()
    ('bob', ('bob', 'ann'), 'cem has 3 of 3, and this takes 1')
    """
    known = _by_id(teams, "teams")
    people = _by_id(agents, "agents")
    search = _Search(policy, facts, at, zone, since, ticket, cursor, excluded)
    pairs = [(known.get(one.team, Team(one.team)), one) for one in people.values()]
    return search.choice([(team, one) for team, one in pairs], policy.needs)


def choose_team(
    policy: Assignment,
    facts: Facts,
    teams: Iterable[Team],
    *,
    at: datetime,
    zone: str,
    since: datetime | None = None,
    ticket: str = "",
    cursor: str = "",
    excluded: Mapping[str, str] = EMPTY,
) -> Choice:
    """Which team gets the work, where no agent is named: only the needs of the team are asked.

    Args, Raises:
        As of :func:`choose`; everything that is said of an agent is said of the team.
    """
    pairs = [(team, Agent(id=team.id, team=team.id, capacity=1)) for team in _by_id(teams, "teams").values()]
    needs = {name: need for name, need in policy.needs.items() if need.is_of_team}
    search = _Search(attrs.evolve(policy, role=""), facts, at, zone, since, ticket, cursor, excluded)
    return attrs.evolve(search.choice(pairs, needs), agent=None)


def _by_id(found: Iterable[Any], where: str) -> dict[str, Any]:
    by_id: dict[str, Any] = {}
    for one in found:
        if one.id in by_id:
            raise DefinitionError(where, "assign.twice", value=one.id)
        by_id[one.id] = one
    return {key: by_id[key] for key in sorted(by_id)}


class _Search:
    """One piece of work that looks for somebody."""

    def __init__(
        self,
        policy: Assignment,
        facts: Facts,
        at: datetime,
        zone: str,
        since: datetime | None,
        ticket: str,
        cursor: str,
        excluded: Mapping[str, str],
    ) -> None:
        instant, place = micros(at), timezone(zone)
        begun = instant if since is None else micros(since, "since")
        if begun > instant:
            raise DefinitionError("since", "assign.since")
        self._policy, self._excluded, self._begun = policy, excluded, begun
        self._ask = Ask(facts, instant, date_of(instant, place), place, ticket, policy.units, cursor)
        waited = instant - begun
        steps = [step for step in policy.relax if duration_micros(step.after) <= waited]
        self._dropped = tuple(dict.fromkeys(name for step in steps for name in step.drop))
        self._lowered = {name: sum(step.lower.get(name, 0) for step in steps) for name in policy.needs}

    def choice(self, pairs: Sequence[tuple[Team, Agent]], needs: Mapping[str, Need]) -> Choice:
        """The best of those who meet every need."""
        eligible: list[Candidate] = []
        rejected: dict[str, Explanation] = {}
        changes: list[int] = []
        for team, agent in pairs:
            who = Candidate(self._ask, team, agent)
            reasons = list(self._reasons(who, needs, changes))
            if reasons:
                rejected[agent.id] = reasons[0] if len(reasons) == 1 else because("assign.several", *reasons)
            else:
                eligible.append(who)
        eligible = self._fair(eligible, rejected)
        eligible.sort(key=lambda who: rank_of(self._policy.prefer, who))
        best = eligible[0] if eligible else None
        return Choice(
            agent=best.agent if best else None,
            team=best.team.id if best else "",
            eligible=tuple(who.agent.id for who in eligible),
            rejected=Keyed(dict(sorted(rejected.items()))),
            dropped=self._dropped,
            next_change=None if best else self._next(changes),
            cursor=best.agent.id if best else self._ask.cursor,
            explanation=self._told(best, len(eligible), rejected),
        )

    def _reasons(self, who: Candidate, needs: Mapping[str, Need], changes: list[int]) -> Iterator[Explanation]:
        """Why somebody cannot have the work; when that may change by itself is noted."""
        role, agent = self._policy.role, who.agent
        if role and role not in agent.roles:
            yield because("assign.role", agent=agent.id, role=role)
        if agent.id in self._excluded:
            yield because("assign.excluded", agent=agent.id, reason=self._excluded[agent.id])
        for name, need in sorted(needs.items()):
            if name not in self._dropped:
                one = attrs.evolve(who, lowered=self._lowered[name])
                refusal = need.refusal(one)
                if refusal is not None:
                    opens = need.opens(one)
                    changes += [] if opens is None else [opens]
                    yield refusal

    def _fair(self, eligible: list[Candidate], rejected: dict[str, Explanation]) -> list[Candidate]:
        """Those who are not too far ahead of the one with least work."""
        lead = self._policy.max_lead
        if lead is None or not eligible:
            return eligible
        least = min(who.agent.assigned for who in eligible)
        kept = [who for who in eligible if who.agent.assigned - least < lead]
        for who in eligible:
            if who not in kept:
                agent = who.agent
                rejected[agent.id] = because("assign.lead", agent=agent.id, has=agent.assigned, least=least, lead=lead)
        return kept

    def _next(self, changes: Iterable[int]) -> DateTime | None:
        steps = (self._begun + duration_micros(step.after) for step in self._policy.relax)
        later = [one for one in (*changes, *steps) if one > self._ask.at]
        return moment(min(later), self._ask.zone) if later else None

    def _told(self, best: Candidate | None, count: int, rejected: Mapping[str, Explanation]) -> Explanation:
        reasons = []
        if best is not None:
            order = rank_told(self._policy.prefer, best)
            reasons.append(privately("assign.first", agent=best.agent.id, count=count, order=order))
        reasons += [because("assign.dropped", need=name) for name in self._dropped]
        reasons += [privately("assign.rejected", rejected[agent], agent=agent) for agent in sorted(rejected)]
        if best is None:
            return because("assign.nobody", *reasons)
        return because("assign.given", *reasons, team=best.team.id or "-")
