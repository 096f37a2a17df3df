"""Route trees, assignments and allocations are drawn as they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.routing import Agent, Allocation, Assignment, ById, Choice, Route, RouteTree, Team, Ticket
from svcstd.testing.strategies.conditions import VOCABULARY, facts_of
from svcstd.testing.strategies.routing import (
    WORK,
    agents,
    allocations,
    assignments,
    choices,
    route_trees,
    routes,
    teams,
    tickets,
)

FEW = settings(max_examples=15, deadline=None)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


@FEW
@given(tree=route_trees(max_routes=2, max_depth=2), leaf=routes(max_depth=1), data=st.data())
def test_trees(tree: RouteTree, leaf: Route, data: st.DataObject) -> None:
    """No wider or deeper than asked; each way they say is one of theirs."""
    assert 1 <= len(tree.routes) <= 2
    assert max(branch.depth for branch in tree.walk()) <= 2
    assert not leaf.routes
    near = [branch.route.when for branch in tree.walk()]
    decision = tree.decide(data.draw(facts_of(VOCABULARY, near=near)))
    assert {*decision.rules} <= {*tree.ids, "else"}


@FEW
@given(agents("ann"), teams("north"), tickets("T-9", NOON), assignments(max_needs=1))
def test_as_named(agent: Agent, team: Team, ticket: Ticket, policy: Assignment) -> None:
    """Ids and moments as told, work of the vocabulary of work."""
    assert (agent.id, team.id, ticket.id, ticket.since) == ("ann", "north", "T-9", NOON)
    WORK.check(ticket.facts)
    assert len(policy.needs) <= 1
    assert policy.fields <= WORK.types.keys()


@FEW
@given(choices(st.just(Assignment(prefer=[ById()]))))
def test_choices(choice: Choice) -> None:
    """Where nothing is needed, everybody may have it but who is excluded; the first by id gets it."""
    assert list(choice.eligible) == sorted(choice.eligible)
    assert all(why.message == "assign.excluded" for why in choice.rejected.values())


@FEW
@given(allocations(max_tickets=2))
def test_allocations(found: Allocation) -> None:
    """Every ticket has its answer, and every piece of work its hands."""
    assert len(found.choices) <= 2
    taken = [choice.agent.id for choice in found.choices.values() if choice.agent is not None]
    assert {*taken} <= {agent.id for agent in found.agents}
    assert len(found.waiting) + len(taken) == len(found.choices)
