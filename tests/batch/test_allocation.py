"""The best allocation of a batch: held against trying them all, ties included; refused where gifts hang together."""

from __future__ import annotations

import importlib
import sys
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Eq
from svcstd.errors import DefinitionError, ExtraMissing
from svcstd.routing import (
    Agent,
    Allocation,
    Assignment,
    ById,
    ByLoad,
    BySkill,
    HasPart,
    HasRoom,
    Need,
    Relaxation,
    Skilled,
    Ticket,
    choose,
    choose_all,
)

pytest.importorskip("scipy", reason="the extra batch is not installed")
from svcstd.batch import (
    allocation,
    choose_best,
)

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
SKILLS = ("tv", "radio", "atm")
POLICY = Assignment(
    needs={"room": Need(HasRoom()), "skill": Need(Skilled(fact="product"))}, prefer=(BySkill(fact="product"), ById())
)


def ticket(key: str, product: str = "tv", **options: Any) -> Ticket:
    """Work on a product."""
    given_: dict[str, Any] = {"id": key, "facts": {"product": product}, "since": NINE}
    return Ticket(**given_ | options)


def agent(key: str, capacity: int = 1, **skills: int) -> Agent:
    """Somebody with skills."""
    return Agent(id=key, team="desk", capacity=capacity, skills=skills)


def best(tickets: list[Ticket], agents: list[Agent], policy: Assignment = POLICY, **options: Any) -> Allocation:
    """The best allocation at nine."""
    return choose_best(policy, tickets, agents, at=NINE, zone="UTC", **options)


def got(found: Allocation) -> dict[str, str]:
    """By ticket, the agent; empty for nobody."""
    return {key: choice.agent.id if choice.agent else "" for key, choice in found.choices.items()}


def test_more_work_is_done_than_by_taking_one_after_the_other() -> None:
    """Who can do only this is given this, and who can do both the other."""
    people = [agent("a", tv=9, radio=1), agent("b", tv=1)]
    work = [ticket("1", "tv"), ticket("2", "radio")]
    assert got(choose_all(POLICY, work, people, at=NINE, zone="UTC")) == {"1": "a", "2": ""}
    assert got(best(work, people)) == {"1": "b", "2": "a"}


def test_the_more_urgent_comes_first_whatever_it_costs_the_others() -> None:
    """One urgent ticket with its best agent, two others wait."""
    people = [agent("a", tv=9, radio=9), agent("b", tv=1)]
    work = [ticket("2", "radio", priority=2), ticket("1", "tv", priority=1)]
    assert got(best(work, people)) == {"1": "a", "2": ""}
    same = [ticket("2", "radio"), ticket("1", "tv")]
    assert got(best(same, people)) == {"1": "b", "2": "a"}


def test_of_equal_allocations_the_first_ticket_gets_its_first_agent() -> None:
    """Either of the two may have c at the same cost; the other makes way."""
    people = [agent("a", 2, tv=1, radio=1), agent("b", 2, radio=2), agent("c", 1, tv=2, radio=3)]
    assert got(best([ticket("1", "tv"), ticket("2", "radio")], people)) == {"1": "c", "2": "b"}
    assert got(best([ticket("2", "tv"), ticket("1", "radio")], people)) == {"1": "c", "2": "a"}


def test_choices_say_who_and_at_which_place() -> None:
    """And who waits, because others need all who could."""
    people = [agent("a", tv=9, radio=1), agent("b", tv=1)]
    found = best([ticket("1"), ticket("2", "radio"), ticket("3", "radio"), ticket("4", "atm")], people)
    one, three, four = (found.choices[key] for key in "134")
    assert (one.team, one.cursor, one.eligible) == ("desk", "b", ("a", "b"))
    assert one.explanation.sentence() == "given to the team desk"
    assert one.explanation.children[0].sentence() == "b stands at place 2 of 2, which is best for the whole"
    assert three.explanation.sentence() == "all who could have it are needed elsewhere"
    assert (three.agent, three.team, three.cursor) == (None, "", "a")
    assert four.explanation.sentence() == "nobody can take it"
    assert found.waiting == ("3", "4")
    assert [(one.id, one.load, one.assigned) for one in found.agents] == [("a", 1, 1), ("b", 1, 1)]
    assert found.cursor == "a"


def test_room_counts_units_and_none_is_no_limit() -> None:
    """Work of two units in a capacity of five: two pieces; without a need of room, all."""
    two = Assignment(needs={"room": Need(HasRoom())}, prefer=(ById(),), units=2)
    work = [ticket(key) for key in "123"]
    assert got(best(work, [agent("a", 5)], two)) == {"1": "a", "2": "a", "3": ""}
    assert got(best(work, [agent("a", 1)], Assignment(prefer=(ById(),)))) == {"1": "a", "2": "a", "3": "a"}
    assert best([], [agent("a")], two).agents == (agent("a"),)


@pytest.mark.parametrize(
    ("policy", "where", "message"),
    [
        (Assignment(prefer=(ById(),), max_lead=1), "max_lead", "batch.lead"),
        (Assignment(needs={"part": Need(HasPart("product"))}, prefer=(ById(),)), "needs.part", "batch.stock"),
        (
            Assignment(needs={"room": Need(HasRoom(), Eq("product", "tv"))}, prefer=(ById(),)),
            "needs.room",
            "batch.room",
        ),
        (
            Assignment(
                needs={"room": Need(HasRoom())}, prefer=(ById(),), relax=(Relaxation(timedelta(1), drop=("room",)),)
            ),
            "needs.room",
            "batch.room",
        ),
    ],
)
def test_where_gifts_hang_together_it_is_refused(policy: Assignment, where: str, message: str) -> None:
    """With the way that does it."""
    with pytest.raises(DefinitionError) as refused:
        best([ticket("1")], [agent("a")], policy)
    assert (refused.value.where, refused.value.message) == (where, message)


def test_what_cannot_be_is_refused() -> None:
    """Ids twice, also where nothing waits; a batch that is too large for one table."""
    for tickets, agents, where in (([ticket("1")] * 2, [], "tickets"), ([], [agent("a")] * 2, "agents")):
        with pytest.raises(DefinitionError) as refused:
            best(tickets, agents)
        assert (refused.value.where, refused.value.message) == (where, "assign.twice")
    with pytest.raises(DefinitionError) as large:
        best([ticket(f"{n}") for n in range(6_400)], [])
    assert large.value.message == "batch.large"


@pytest.mark.parametrize(
    ("missing", "room", "error"),
    [
        ("scipy.optimize", "allocation", ExtraMissing),
        ("svcstd.keyed", "allocation", ModuleNotFoundError),
        ("numpy", "logs.attained", ExtraMissing),
        ("svcstd.keyed", "logs.attained", ModuleNotFoundError),
    ],
)
def test_without_its_packages_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str, room: str, error: type[Exception]
) -> None:
    """What needs SciPy only when it is asked for; and another missing module is no matter of ours."""
    monkeypatch.setitem(sys.modules, missing, None)
    for name in ("svcstd.batch", f"svcstd.batch.{room}"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(error):
        _ = importlib.import_module("svcstd.batch").choose_best


def test_the_door_has_no_other_names() -> None:
    """A name that is not there is an error as of any module."""
    with pytest.raises(AttributeError, match="choose_worst"):
        _ = importlib.import_module("svcstd.batch").choose_worst


def everything(tickets: list[Ticket], agents: list[Agent]) -> dict[str, str]:
    """The best of all allocations, found by trying them all: by class the count and the places, then each in turn."""
    people = sorted(agents, key=lambda one: one.id)
    order = sorted(tickets, key=lambda one: (one.priority, one.since, one.id))
    lists = [
        choose(POLICY, one.facts, people, at=NINE, zone="UTC", since=one.since, ticket=one.id).eligible for one in order
    ]
    room = {one.id: one.capacity - one.load for one in people}
    classes = sorted({one.priority for one in order})

    def key(chosen: tuple[str, ...]) -> Any:
        marks: list[int] = []
        for priority in classes:
            mine = [n for n, one in enumerate(order) if one.priority == priority]
            marks += [
                sum(not chosen[n] for n in mine),
                sum(lists[n].index(chosen[n]) for n in mine if chosen[n]),
            ]
        return marks, [lists[n].index(one) if one else len(people) for n, one in enumerate(chosen)]

    fitting: list[tuple[str, ...]] = [
        chosen
        for chosen in product(*((*one, "") for one in lists))
        if all(chosen.count(name) <= free for name, free in room.items())
    ]
    chosen = min(fitting, key=key)
    return dict(zip((one.id for one in order), chosen, strict=True))


TICKETS = st.lists(
    st.builds(ticket, st.sampled_from("12345"), st.sampled_from(SKILLS), priority=st.integers(1, 3)),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.id,
)
AGENTS = st.lists(
    st.builds(
        Agent,
        id=st.sampled_from("abcd"),
        capacity=st.integers(1, 3),
        load=st.integers(0, 1),
        skills=st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 2)),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)


@given(TICKETS, AGENTS)
def test_it_is_the_best_of_all_allocations(tickets: list[Ticket], agents: list[Agent]) -> None:
    """Class by class as many as can be, then the best places; of equal ones the first tickets get the first agents."""
    assert got(best(tickets, agents)) == everything(tickets, agents)


@given(TICKETS, AGENTS, st.data())
def test_it_is_the_same_in_whatever_order_they_come(tickets: list[Ticket], agents: list[Agent], data: Any) -> None:
    """Tickets and agents alike."""
    turned = best(data.draw(st.permutations(tickets)), data.draw(st.permutations(agents)))
    assert turned.choices == best(tickets, agents).choices


def test_a_batch_of_hundreds_is_as_good_as_one_after_the_other_or_better() -> None:
    """Nobody takes more than they can, and no fewer are served."""
    policy = Assignment(needs=POLICY.needs, prefer=(ByLoad(), ById()))
    people = [
        Agent(id=f"a{n:02}", capacity=1 + n % 5, skills={SKILLS[n % 3]: 1, SKILLS[n * 7 % 3]: 2}) for n in range(60)
    ]
    work = [ticket(f"t{n:03}", SKILLS[n * n % 3], priority=1 + n % 4) for n in range(300)]
    found, greedy = best(work, people, policy), choose_all(policy, work, people, at=NINE, zone="UTC")
    assert len(found.waiting) <= len(greedy.waiting)
    assert all(one.load <= one.capacity for one in found.agents)
    assert sum(one.load for one in found.agents) == len(work) - len(found.waiting)


def test_a_ticket_that_nobody_wanted_changes_nothing() -> None:
    """A table of costs may have no agent at all."""
    assert got(best([ticket("1")], [])) == {"1": ""}
    assert allocation.MOST_CELLS >= 6_000 * 6_000
