"""Many pieces of work at once: the order in which they are served, and what one takes the next finds taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Eq
from svcstd.errors import DefinitionError, MomentError
from svcstd.routing import (
    Agent,
    Allocation,
    Assignment,
    ById,
    ByLoad,
    HasPart,
    HasRoom,
    Need,
    Relaxation,
    RoundRobin,
    Team,
    Ticket,
    choose,
    choose_all,
    queue_order,
)

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
ROOM = Assignment(needs={"room": Need(HasRoom())}, prefer=(ByLoad(), ById()))


def ticket(key: str, minutes: int = 0, **options: Any) -> Ticket:
    """Work that has waited so long."""
    given: dict[str, Any] = {"id": key, "facts": {}, "since": NINE - timedelta(minutes=minutes)}
    return Ticket(**given | options)


def allot(policy: Assignment, tickets: list[Ticket], agents: list[Agent], **options: Any) -> Allocation:
    """All of them at nine."""
    return choose_all(policy, tickets, agents, at=NINE, zone="UTC", **options)


def got(found: Allocation) -> dict[str, str]:
    """By ticket, the agent; empty for nobody."""
    return {key: choice.agent.id if choice.agent else "" for key, choice in found.choices.items()}


def test_the_urgent_go_first_then_those_who_waited_then_by_id() -> None:
    """By priority."""
    some = [ticket("c", 5), ticket("b", 5), ticket("a", 9), ticket("d", 1, priority=0)]
    assert [one.id for one in queue_order(some, at=NINE, by="priority")] == ["d", "a", "b", "c"]


def test_by_score_the_bonus_counts_as_minutes() -> None:
    """Whole minutes; 59 seconds are none."""
    some = [ticket("a", 5), ticket("b", 1, bonus=5), ticket("c", 0, bonus=6, since=NINE - timedelta(seconds=59))]
    assert [one.id for one in queue_order(some, at=NINE, by="score")] == ["b", "c", "a"]


def test_what_one_takes_the_next_finds_taken() -> None:
    """Load, work given and the cursor are carried on; who finds nobody waits."""
    found = allot(ROOM, [ticket(key) for key in "wxyz"], [Agent(id="a", capacity=2), Agent(id="b", capacity=1)])
    assert got(found) == {"w": "a", "x": "b", "y": "a", "z": ""}
    assert found.waiting == ("z",)
    assert [(one.id, one.load, one.assigned) for one in found.agents] == [("a", 2, 2), ("b", 1, 1)]
    assert found.cursor == "a"


def test_parts_are_used_up() -> None:
    """Only where the work asks for one, and not where that was given up."""
    policy = Assignment(
        needs={"part": Need(HasPart("part"), when=Eq("kind", "repair")), "room": Need(HasRoom())},
        prefer=(ById(),),
        relax=(Relaxation(timedelta(hours=1), drop=("part",)),),
    )
    repair, advice = {"kind": "repair", "part": "fuse"}, {"kind": "advice", "part": "fuse"}
    some = [
        ticket("a", 60, facts=repair),
        ticket("b", 3, facts=advice),
        ticket("c", 2, facts=repair),
        ticket("d", 1, facts=repair),
    ]
    people = [Agent(id="ann", team="Jinan", capacity=9), Agent(id="bob", team="unlisted", capacity=9)]
    found = allot(policy, some, people, teams=[Team("Jinan", stock={"fuse": 1, "belt": 1}), Team("Oslo")])
    assert got(found) == {"a": "ann", "b": "ann", "c": "ann", "d": ""}
    assert {team.id: dict(team.stock) for team in found.teams} == {"Jinan": {"fuse": 0, "belt": 1}, "Oslo": {}}


def test_going_round_goes_on_in_the_next_batch() -> None:
    """By the cursor that the first one gave."""
    people = [Agent(id=key, capacity=9) for key in "abc"]
    policy = Assignment(prefer=(RoundRobin(),))
    first = allot(policy, [ticket("1"), ticket("2")], people)
    assert got(allot(policy, [ticket("3"), ticket("4")], people, cursor=first.cursor)) == {"3": "c", "4": "a"}


@pytest.mark.parametrize(
    ("made", "where", "message"),
    [
        (lambda: queue_order([], at=NINE, by="fair"), "by", "choice.unknown"),  # type: ignore[arg-type] # on purpose
        (lambda: queue_order([ticket("a"), ticket("a", 2)], at=NINE, by="priority"), "tickets", "assign.twice"),
        (lambda: allot(ROOM, [], [Agent(id="a", capacity=1)] * 2), "agents", "assign.twice"),
        (lambda: allot(ROOM, [], [], teams=[Team("a"), Team("a")]), "teams", "assign.twice"),
        (lambda: allot(ROOM, [ticket("a", -5)], []), "since", "assign.since"),
    ],
)
def test_what_cannot_be_is_refused(made: Any, where: str, message: str) -> None:
    """Even where nobody is served."""
    with pytest.raises(DefinitionError) as refused:
        made()
    assert (refused.value.where, refused.value.message) == (where, message)


def test_a_moment_without_an_offset_is_refused() -> None:
    """As everywhere."""
    with pytest.raises(MomentError):
        ticket("a", since=datetime(2026, 4, 1))  # noqa: DTZ001 - on purpose


TICKETS = st.lists(
    st.builds(ticket, st.sampled_from("abcdefgh"), st.integers(0, 9), priority=st.integers(1, 3)),
    max_size=8,
    unique_by=lambda one: one.id,
)
AGENTS = st.lists(
    st.builds(Agent, id=st.sampled_from("pqrs"), load=st.integers(0, 2), capacity=st.integers(1, 4)),
    max_size=4,
    unique_by=lambda one: one.id,
)


@given(TICKETS, AGENTS, st.data())
def test_a_batch_is_the_same_in_whatever_order_it_comes(some: list[Ticket], people: list[Agent], data: Any) -> None:
    """And nobody takes more than they can."""
    found = allot(ROOM, some, people)
    turned = allot(ROOM, data.draw(st.permutations(some)), data.draw(st.permutations(people)))
    assert found.choices == turned.choices
    room = sum(max(one.capacity - one.load, 0) for one in people)
    assert len(found.choices) - len(found.waiting) == min(room, len(some))
    assert all(one.load <= max(one.capacity, before.load) for one, before in zip(found.agents, people, strict=True))


@given(TICKETS, AGENTS)
def test_a_batch_is_one_choice_after_the_other(some: list[Ticket], people: list[Agent]) -> None:
    """The first served gets what it would get alone."""
    found = allot(ROOM, some, people)
    for first in queue_order(some, at=NINE, by="priority")[:1]:
        alone = choose(ROOM, first.facts, people, at=NINE, zone="UTC", since=first.since, ticket=first.id)
        assert found.choices[first.id] == alone
