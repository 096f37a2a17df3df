"""The best allocation of many pieces of work at once: what can be done for the most urgent comes first.

Work is sorted into classes of priority. For the first class, as many pieces as possible are given, then the sum of
the places at which their agents stand in their lists is made as small as possible; then the same for the next class,
among all allocations that are best for those before. Among the best allocations the one is taken in which the first
piece of work gets the agent who stands first for it, then the second, and so on: ties are settled for ever.

Each class is one assignment problem with integer costs, solved by SciPy. Prices of agents, found by relaxation over
the pairs of agents, then tell which gifts a best allocation may hold and which agents must be full in all of them; the
next class is bound by both. Source: complementary slackness of linear programming; Kuhn 1955, Dantzig 1951.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from svcstd.conditions import ANYTHING
from svcstd.errors import DefinitionError
from svcstd.explain import Explanation, because
from svcstd.keyed import Keyed
from svcstd.routing import Agent, Allocation, Assignment, Choice, HasPart, HasRoom, Team, Ticket, choose, queue_order
from svcstd.routing.many import taking

__all__ = ["choose_best"]

Costs: TypeAlias = "NDArray[np.int64]"
UNREACHED = -1
NOBODY = -1
"""Stands for the agent of work that waits; it is the last column of every table of costs."""
MOST_CELLS = 40_000_000
"""Cells of the table that SciPy solves."""
MOST = 2**52
"""Whole numbers up to here are exact in a float, which SciPy reckons in."""


def choose_best(
    policy: Assignment,
    tickets: Iterable[Ticket],
    agents: Sequence[Agent],
    *,
    at: datetime,
    zone: str,
    teams: Sequence[Team] = (),
    cursor: str = "",
) -> Allocation:
    """Who gets each of many tickets, so that the whole is best; the same in whatever order they come.

    Agents are ranked for each ticket as they stand before the batch; see the module for what is best. Where taking
    one ticket after the other is wanted, stock included, there is :func:`svcstd.routing.choose_all`.

    Args:
        policy: how such work finds its agent; room is the only thing that runs out.
        tickets: all of them.
        agents: all who might have it, with their load.
        at: the moment.
        zone: of local dates.
        teams: those of the agents.
        cursor: that of the last choice, for going round.

    Raises:
        DefinitionError: a policy with stock, with a lead, or with room that is asked only sometimes; a batch that is
            too large; else as of :func:`svcstd.routing.choose_all`.
        CoverageError: a calendar does not know the day.
    """
    _check(policy)
    ordered = queue_order(tickets, at=at, by="priority")
    people = sorted(agents, key=lambda agent: agent.id)
    asked: dict[str, Any] = {"at": at, "zone": zone, "teams": teams, "cursor": cursor}
    alone = [choose(policy, one.facts, people, since=one.since, ticket=one.id, **asked) for one in ordered]
    if not ordered:
        choose(policy, Keyed(), people, at=at, zone=zone, teams=teams)  # says which id is there twice
    given = _Allotment.of(policy, ordered, alone, people).solved() if ordered else []
    choices, held = {}, {agent.id: agent for agent in people}
    for ticket, choice, place in zip(ordered, alone, given, strict=True):
        made = _made(choice, people[place] if place != NOBODY else None, cursor)
        choices[ticket.id], cursor = made, made.cursor
        if made.agent is not None:
            held[made.agent.id] = taking(held[made.agent.id], policy.units)
    kept = tuple(held[agent.id] for agent in agents)
    return Allocation(Keyed(choices), kept, tuple(teams), cursor)


def _check(policy: Assignment) -> None:
    """Refuse what would make one gift depend on another otherwise than by room."""
    if policy.max_lead is not None:
        raise DefinitionError("max_lead", "batch.lead")
    for name, need in policy.needs.items():
        if isinstance(need.test, HasPart):
            raise DefinitionError(f"needs.{name}", "batch.stock")
        sometimes = need.when != ANYTHING or any(name in step.drop for step in policy.relax)
        if isinstance(need.test, HasRoom) and sometimes:
            raise DefinitionError(f"needs.{name}", "batch.room")


def _made(choice: Choice, agent: Agent | None, cursor: str) -> Choice:
    """What one ticket got, in words: who, and at which place in its list."""
    if agent is None:
        told = because("batch.crowded", *choice.explanation.children) if choice.eligible else choice.explanation
        return attrs.evolve(choice, agent=None, team="", cursor=cursor, explanation=told)
    place = choice.eligible.index(agent.id) + 1
    reason: Explanation = because("batch.place", agent=agent.id, place=place, count=len(choice.eligible))
    told = because("assign.given", reason, *choice.explanation.children[1:], team=agent.team or "-")
    return attrs.evolve(choice, agent=agent, team=agent.team, cursor=agent.id, explanation=told)


@attrs.frozen(eq=False)
class _Allotment:
    """A batch as numbers.

    Attributes:
        places: by ticket and agent, the place at which the agent stands, from 0; -1 where the agent cannot have it.
        room: by agent, the tickets that it can still take.
        classes: by ticket, the number of its class, from 0, in order.
    """

    places: Costs
    room: Costs
    classes: Costs

    @classmethod
    def of(
        cls, policy: Assignment, tickets: Sequence[Ticket], alone: Sequence[Choice], people: Sequence[Agent]
    ) -> _Allotment:
        """The numbers of a batch.

        Raises:
            DefinitionError: too large.
        """
        limited = any(isinstance(need.test, HasRoom) for need in policy.needs.values())
        count, column = len(tickets), {agent.id: number for number, agent in enumerate(people)}
        room = [
            min(count, max(agent.capacity - agent.load, 0) // policy.units if limited else count) for agent in people
        ]
        if count * (sum(room) + count) > MOST_CELLS or count**3 * (len(people) + 1) > MOST:
            raise DefinitionError("tickets", "batch.large", count=count, agents=len(people))
        places = np.full((count, len(people)), -1, dtype=np.int64)
        for row, choice in enumerate(alone):
            for place, name in enumerate(choice.eligible):
                places[row, column[name]] = place
        groups = [len(list(group)) for _, group in groupby(tickets, key=lambda ticket: ticket.priority)]
        classes = np.repeat(np.arange(len(groups)), groups)
        return cls(places, np.array(room, dtype=np.int64), classes)

    def solved(self) -> list[int]:
        """By ticket, the column of its agent; NOBODY where it waits."""
        count, agents = self.places.shape
        allowed = np.zeros((count, agents + 1), dtype=bool)
        full = np.zeros(agents + 1, dtype=bool)
        given = np.zeros(0, dtype=np.int64)
        for number in range(int(self.classes[-1]) + 1):
            size = int(np.searchsorted(self.classes, number, side="right"))
            costs = self._costs(size, number, allowed, full)
            given = self._given(costs)
            prices = _prices(costs, given)
            reduced = costs + prices
            allowed[:size] = reduced == reduced[np.arange(size), given][:, None]
            full |= prices > 0
        ranked = np.column_stack([self.places, np.full(count, agents)])
        settled = _first(allowed, ranked, given, np.append(self.room, count), full)
        return [NOBODY if one == agents else int(one) for one in settled]

    def _costs(self, size: int, number: int, allowed: NDArray[np.bool_], full: NDArray[np.bool_]) -> Costs:
        """What each gift costs while a class is served; earlier ones may only move where they stay best."""
        agents = self.places.shape[1]
        waits = agents * size + 1
        earlier = self.classes[:size] < number
        forbidden = (waits + 1) * (size + 1) * 2
        costs = np.full((size, agents + 1), forbidden, dtype=np.int64)
        mine = ~earlier
        places = self.places[:size]
        costs[:, :-1] = np.where(mine[:, None] & (places >= 0) & ~full[:-1], places, forbidden)
        costs[mine, -1] = waits
        reward = waits * (size + 1)
        held = np.where(full, -reward, 0)[None, :]
        costs[earlier] = np.where(allowed[:size][earlier], held, forbidden)
        return costs

    def _given(self, costs: Costs) -> Costs:
        """The cheapest allocation: a column for each place that an agent has, and one for each ticket that waits."""
        size, agents = costs.shape[0], costs.shape[1] - 1
        columns = np.concatenate([np.repeat(np.arange(agents), self.room), np.full(size, agents)])
        _, chosen = linear_sum_assignment(costs[:, columns].astype(np.float64))
        return np.asarray(columns[chosen], dtype=np.int64)


def _prices(costs: Costs, given: Costs) -> Costs:
    """By agent, by how much the whole would become cheaper if it could take one ticket more; 0 for those with room."""
    columns = costs.shape[1]
    gains = np.full((columns, columns), np.iinfo(np.int64).min // 4, dtype=np.int64)
    saved = costs[np.arange(len(given)), given][:, None] - costs
    np.maximum.at(gains, given, saved)
    prices = np.zeros(columns, dtype=np.int64)
    while True:
        better = np.maximum((gains + prices[:, None]).max(axis=0), 0)
        better[-1] = 0
        if (better == prices).all():
            return prices
        prices = better


def _first(allowed: NDArray[np.bool_], places: Costs, given: Costs, room: Costs, full: NDArray[np.bool_]) -> Costs:
    """Of all best allocations the one in which each ticket in turn gets the agent who stands first for it."""
    columns = allowed.shape[1]
    given, load = given.copy(), np.bincount(given, minlength=columns)
    moves = np.zeros(
        (columns, columns), dtype=np.int64
    )  # by agent and agent, the tickets that may go from one to other
    np.add.at(moves, given, allowed.astype(np.int64))
    for ticket, held in enumerate(given.tolist()):
        held = int(given[ticket])  # noqa: PLW2901 - an earlier one may have pushed it on
        moves[held] -= allowed[ticket]
        ends = (load < room) & ~full[held]
        ends[held] = True
        onward = _onward(moves > 0, ends)
        wanted = [one for one in np.flatnonzero(allowed[ticket]).tolist() if onward[one] != UNREACHED]
        chosen = min(wanted, key=lambda one: (places[ticket, one], one))
        given[ticket] = chosen
        load[held] -= 1
        load[chosen] += 1
        while chosen != held and onward[chosen] != chosen:
            after = int(onward[chosen])
            later = np.flatnonzero((given[ticket + 1 :] == chosen) & allowed[ticket + 1 :, after])[0] + ticket + 1
            given[later] = after
            moves[chosen] -= allowed[later]
            moves[after] += allowed[later]
            load[chosen] -= 1
            load[after] += 1
            chosen = after
    return given


def _onward(moves: NDArray[np.bool_], ends: NDArray[np.bool_]) -> Costs:
    """By agent, to whom it can hand a ticket on so that in the end one finds room; itself where it has room."""
    onward = np.where(ends, np.arange(len(ends)), UNREACHED)
    frontier = ends
    while frontier.any():
        found = moves[:, frontier].any(axis=1) & (onward == UNREACHED)
        targets = np.flatnonzero(frontier)
        onward[found] = targets[moves[np.ix_(found, frontier)].argmax(axis=1)]
        frontier = found
    return np.asarray(onward, dtype=np.int64)
