"""Many pieces of work at once: the most urgent first, each to the best who is still free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import attrs

from svcstd.conditions import Facts
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.moment import micros
from svcstd.routing.agents import Agent, Team
from svcstd.routing.assignment import Assignment, Choice, choose
from svcstd.routing.needs import HasPart

__all__ = ["Allocation", "QueueOrder", "Ticket", "choose_all", "queue_order"]

QueueOrder = Literal["priority", "score"]
MINUTE = 60_000_000


@attrs.frozen(kw_only=True)
class Ticket:
    """A piece of work that waits.

    Attributes:
        id: unique in its batch.
        facts: what is known of it.
        since: from when it has been waiting.
        priority: 1 goes before 2.
        bonus: minutes of waiting that it is granted, for the order by score.

    Raises:
        MomentError: a naive moment.
    """

    id: str
    facts: Facts = attrs.field(converter=as_keyed)
    since: datetime
    priority: int = 1
    bonus: int = 0

    def __attrs_post_init__(self) -> None:
        micros(self.since, "since")


@attrs.frozen
class Allocation:
    """What became of a batch.

    Attributes:
        choices: by id of the ticket, in the order in which they were served.
        agents, teams: as they are then: with the load they took on, and the stock that is left.
        cursor: for going round in the next batch.
    """

    choices: Keyed[str, Choice]
    agents: tuple[Agent, ...]
    teams: tuple[Team, ...]
    cursor: str

    @property
    def waiting(self) -> tuple[str, ...]:
        """Tickets that nobody could take, in order."""
        return tuple(key for key, choice in self.choices.items() if choice.agent is None)


def queue_order(tickets: Iterable[Ticket], *, at: datetime, by: QueueOrder) -> tuple[Ticket, ...]:
    """Tickets in the order in which they are served; equal ones by how long they wait, then by id.

    Args:
        tickets: with ids of their own.
        at: the moment.
        by: ``priority``, or ``score``: whole minutes waited and the bonus together, the highest first.

    Raises:
        DefinitionError: another order, or two tickets with one id.
    """
    must_be_one_of(by, ("priority", "score"), "by")
    instant, found = micros(at), list(tickets)
    seen: set[str] = set()
    for ticket in found:
        if ticket.id in seen:
            raise DefinitionError("tickets", "assign.twice", value=ticket.id)
        seen.add(ticket.id)

    def place(ticket: Ticket) -> tuple[int, int, str]:
        since = micros(ticket.since)
        score = (instant - since) // MINUTE + ticket.bonus
        return ticket.priority if by == "priority" else -score, since, ticket.id

    return tuple(sorted(found, key=place))


def choose_all(
    policy: Assignment,
    tickets: Iterable[Ticket],
    agents: Sequence[Agent],
    *,
    at: datetime,
    zone: str,
    teams: Sequence[Team] = (),
    cursor: str = "",
    by: QueueOrder = "priority",
) -> Allocation:
    """Who gets each of many tickets, one after the other; what one takes, the next finds taken.

    Args:
        policy: how such work finds its agent.
        tickets: all of them; the order in which they come does not matter.
        agents: all who might have it, with their load.
        at: the moment.
        zone: of local dates.
        teams: those of the agents.
        cursor: that of the last choice, for going round.
        by: the order in which tickets are served, see :func:`queue_order`.

    Raises:
        DefinitionError, CoverageError: as of :func:`choose` and :func:`queue_order`.
    """
    people = {agent.id: agent for agent in agents}
    places = {team.id: team for team in teams}
    choices: dict[str, Choice] = {}
    if len(people) < len(agents) or len(places) < len(teams):
        choose(policy, EMPTY, agents, at=at, zone=zone, teams=teams)  # says which id is there twice
    for ticket in queue_order(tickets, at=at, by=by):
        choice = choose(
            policy,
            ticket.facts,
            people.values(),
            at=at,
            zone=zone,
            teams=places.values(),
            since=ticket.since,
            ticket=ticket.id,
            cursor=cursor,
        )
        choices[ticket.id], cursor = choice, choice.cursor
        if choice.agent is not None:
            people[choice.agent.id] = taking(choice.agent, policy.units)
            if choice.team in places:
                places[choice.team] = _without_parts(places[choice.team], policy, ticket.facts, choice)
    return Allocation(Keyed(choices), tuple(people.values()), tuple(places.values()), cursor)


def taking(agent: Agent, units: int) -> Agent:
    """The agent with one more piece of work."""
    return attrs.evolve(agent, load=agent.load + units, assigned=agent.assigned + units)


def _without_parts(team: Team, policy: Assignment, facts: Facts, choice: Choice) -> Team:
    """The team with the parts gone that the work takes."""
    for name, need in policy.needs.items():
        if isinstance(need.test, HasPart) and name not in choice.dropped and need.when.holds(facts) is True:
            part = str(facts[need.test.part])
            team = attrs.evolve(team, stock=team.stock | {part: team.stock[part] - 1})
    return team
