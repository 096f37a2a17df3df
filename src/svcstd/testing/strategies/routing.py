"""Route trees, teams and agents, what work needs of them, and who gets it with a reason for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from svcstd.conditions import ANYTHING, FactSchema, FactType
from svcstd.routing import (
    Agent,
    Allocation,
    Assignment,
    Belongs,
    Branch,
    ById,
    ByIdle,
    ByKnown,
    ByLoad,
    ByOpening,
    ByPlace,
    ByShare,
    BySkill,
    ByStatus,
    Choice,
    Credential,
    Custody,
    Drawn,
    Handoff,
    HandoffRule,
    HasPart,
    HasRoom,
    HasStatus,
    Holds,
    IsKnown,
    IsOpen,
    Need,
    OnShift,
    QueueOrder,
    RankKey,
    Relaxation,
    RoundRobin,
    Route,
    RouteTree,
    Serves,
    Skilled,
    Speaks,
    Team,
    Ticket,
    choose,
    choose_all,
    custody,
)
from svcstd.rules import Output
from svcstd.testing.strategies.conditions import VOCABULARY, facts_of
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import dates, durations, instants
from svcstd.testing.strategies.rules import outcomes, rule_conditions
from svcstd.testing.strategies.sla import OFFICES

__all__ = [
    "STRATEGIES",
    "WORK",
    "agents",
    "allocations",
    "assignments",
    "choices",
    "needs",
    "route_trees",
    "routes",
    "teams",
    "tickets",
]

WORK = FactSchema(
    {
        "city": FactType(one_of=("Oslo", "Bergen", "上海")),
        "product": FactType(one_of=("pump", "valve")),
        "language": FactType(one_of=("en", "zh")),
        "part": FactType(one_of=("seal",)),
        "known": FactType(one_of=("ann", "bob")),
        "skill": FactType(one_of=("repair",)),
    }
)
"""What is known of a piece of work here."""
TEAMS = ("north", "south", "华东")
PEOPLE = ("ann", "bob", "cem", "李工")
ROLES = ("engineer", "desk")
STATUSES = ("active", "away")
EDITIONS = ("", "2026-01-01")
OUTPUTS: Mapping[str, Output] = {
    "queue": Output(one_of=("desk", "field", "维修")),
    "wait": Output("integer"),
}
REASONS = st.sampled_from(["", "agreed with sales", "客户要求"])
CALENDARS = st.sampled_from([None, OFFICES["office"], OFFICES["night"], OFFICES["island"]])


@lru_cache(maxsize=64)
def _some(*names: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=2, unique=True)


@st.composite
def routes(draw: st.DrawFn, facts: FactSchema = VOCABULARY, *, max_depth: int = 2) -> Route:
    """Routes with routes below them.

    Args:
        draw: of Hypothesis.
        facts: those that are declared, at least one.
        max_depth: how many levels, itself included.
    """
    below = st.dictionaries(st.sampled_from(["x", "y"]), routes(facts, max_depth=max_depth - 1), max_size=2)
    return Route(
        draw(rule_conditions(facts)),
        draw(outcomes(OUTPUTS)),
        draw(below) if max_depth > 1 else {},
        continues=draw(st.booleans()),
        because=draw(REASONS),
    )


@st.composite
def route_trees(
    draw: st.DrawFn, facts: FactSchema = VOCABULARY, *, max_routes: int = 3, max_depth: int = 2
) -> RouteTree:
    """Trees of routes that say a queue and a wait, one route at the top at least.

    Args:
        draw: of Hypothesis.
        facts: those that are declared, at least one.
        max_routes: the most routes at the top, three at most.
        max_depth: how many levels.
    """
    below = st.dictionaries(
        st.sampled_from(["a", "b", "急件"]), routes(facts, max_depth=max_depth), min_size=1, max_size=max_routes
    )
    name = draw(st.sampled_from(["", "intake", "受理"]))
    return RouteTree(facts=facts, outputs=OUTPUTS, sets=draw(outcomes(OUTPUTS)), routes=draw(below), name=name)


@st.composite
def _credentials(draw: st.DrawFn) -> Credential:
    days = sorted(draw(st.tuples(dates(), dates())))
    first, last = draw(st.sampled_from([(None, None), (days[0], None), (None, days[1]), (days[0], days[1])]))
    product = draw(st.sampled_from(["", "pump", "valve"]))
    edition = draw(st.sampled_from(EDITIONS))
    return Credential("permit", product, draw(st.integers(0, 3)), first=first, last=last, edition=edition)


@lru_cache(maxsize=64)
def teams(id: str | None = None) -> st.SearchStrategy[Team]:  # noqa: A002 - as Team says
    """Teams with calendars, stock and traits.

    Args:
        id: of the team; any by default.
    """
    return st.builds(
        Team,
        st.sampled_from(TEAMS) if id is None else st.just(id),
        calendar=CALENDARS,
        stock=st.dictionaries(st.just("seal"), st.integers(0, 2), max_size=1),
        traits=st.dictionaries(st.just("residency"), st.sampled_from(["EU", "CN"]), max_size=1),
    )


@lru_cache(maxsize=64)
def agents(id: str | None = None) -> st.SearchStrategy[Agent]:  # noqa: A002 - as Agent says
    """People of one of the teams here, or of none, some of whom have no room for more work.

    Args:
        id: of the agent; any by default.
    """
    return st.builds(
        Agent,
        id=st.sampled_from(PEOPLE) if id is None else st.just(id),
        team=st.sampled_from(["", *TEAMS]),
        roles=_some(*ROLES),
        credentials=st.lists(_credentials(), max_size=2),
        skills=st.dictionaries(st.just("repair"), st.integers(0, 3), max_size=1),
        languages=_some("en", "zh"),
        shift=CALENDARS,
        load=st.integers(0, 4),
        capacity=st.integers(1, 4),
        assigned=st.integers(0, 9),
        weight=st.sampled_from([1, 2, 100]),
        offset=st.sampled_from([Fraction(0), Fraction(7, 3)]),
        idle_since=st.one_of(st.none(), instants()),
        status=st.sampled_from(["", *STATUSES]),
    )


def _serves() -> st.SearchStrategy[Serves]:
    ranking = st.lists(st.sampled_from(TEAMS), max_size=3, unique=True).map(tuple)
    return st.builds(
        Serves, st.just("city"), st.dictionaries(st.sampled_from(["Oslo", "上海"]), ranking, max_size=2), ranking
    )


def _of_skill(made: Callable[..., Any], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """By its name, or by the fact that names it."""
    return st.one_of(st.builds(made, skill=st.just("repair"), **parts), st.builds(made, fact=st.just("skill"), **parts))


TESTS: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    HasRoom: lambda: st.just(HasRoom()),
    Serves: _serves,
    IsOpen: lambda: st.just(IsOpen()),
    HasPart: lambda: st.just(HasPart("part")),
    Belongs: lambda: st.sampled_from([Belongs("residency", ["EU"]), Belongs("residency", fact="language")]),
    OnShift: lambda: st.just(OnShift()),
    HasStatus: lambda: _some(*STATUSES).map(HasStatus),
    IsKnown: lambda: st.just(IsKnown("known")),
    Speaks: lambda: st.just(Speaks("language")),
    Skilled: lambda: _of_skill(Skilled, level=st.integers(1, 3)),
    Holds: lambda: st.builds(
        Holds, st.just("permit"), st.sampled_from(["", "product"]), st.integers(0, 3), _some(*EDITIONS[1:])
    ),
}
RANKS: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    ByLoad: lambda: st.just(ByLoad()),
    ByPlace: lambda: _serves().map(ByPlace),
    ByOpening: lambda: st.just(ByOpening()),
    ByShare: lambda: st.just(ByShare()),
    ByIdle: lambda: st.just(ByIdle()),
    ByStatus: lambda: _some(*STATUSES).map(ByStatus),
    BySkill: lambda: _of_skill(BySkill),
    ByKnown: lambda: st.just(ByKnown("known")),
}
SETTLING: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    ById: lambda: st.just(ById()),
    RoundRobin: lambda: st.just(RoundRobin()),
    Drawn: lambda: st.sampled_from(["", "2026"]).map(Drawn),
}


@lru_cache(maxsize=64)
def needs() -> st.SearchStrategy[Need]:
    """What work needs of a team or an agent, always or where a condition holds."""
    tests = st.one_of(*(made() for made in TESTS.values()))
    return st.builds(Need, tests, st.one_of(st.just(ANYTHING), rule_conditions(WORK)))


@lru_cache(maxsize=64)
def _ranks() -> st.SearchStrategy[list[RankKey]]:
    settling: st.SearchStrategy[RankKey] = st.one_of(*(made() for made in SETTLING.values()))
    usual: st.SearchStrategy[RankKey] = st.one_of(*(made() for made in RANKS.values()))
    return st.builds(lambda keys, last: [*keys, last], st.lists(usual, max_size=2), settling)


@st.composite
def _steps(draw: st.DrawFn, wanted: Mapping[str, Need], after: timedelta) -> Relaxation:
    levels = [name for name, need in wanted.items() if isinstance(need.test, Skilled | Holds)]
    lower = st.dictionaries(st.sampled_from(levels), st.integers(1, 2)) if levels else st.just({})
    return Relaxation(after, draw(_some(*wanted)) if wanted else (), draw(lower))


@st.composite
def assignments(draw: st.DrawFn, *, max_needs: int = 3) -> Assignment:
    """How work finds its agent: what it needs, who is preferred, and what is given up while it waits.

    Args:
        draw: of Hypothesis.
        max_needs: the most needs, three at most.
    """
    wanted = draw(st.dictionaries(st.sampled_from(["first", "second", "third"]), needs(), max_size=max_needs))
    waits = sorted(draw(st.lists(durations(max_days=2), max_size=2, unique=True)))
    return Assignment(
        role=draw(st.sampled_from(["", *ROLES])),
        needs=wanted,
        prefer=draw(_ranks()),
        relax=[draw(_steps(wanted, after)) for after in waits],
        units=draw(st.integers(1, 2)),
        max_lead=draw(st.sampled_from([None, 1, 3])),
        name=draw(st.sampled_from(["", "field", "派单"])),
    )


@st.composite
def tickets(draw: st.DrawFn, id: str = "T-1", since: datetime | None = None) -> Ticket:  # noqa: A002 - as Ticket says
    """Work that waits.

    Args:
        draw: of Hypothesis.
        id: of the ticket.
        since: from when it waits; any moment by default.
    """
    begun = draw(instants()) if since is None else since
    facts, priority, bonus = draw(facts_of(WORK)), draw(st.integers(1, 3)), draw(st.integers(0, 60))
    return Ticket(id=id, facts=facts, since=begun, priority=priority, bonus=bonus)


@st.composite
def _desks(draw: st.DrawFn) -> tuple[list[Agent], list[Team]]:
    """Some people and teams, each once."""
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
    places = draw(st.lists(st.sampled_from(TEAMS), max_size=2, unique=True))
    return [draw(agents(one)) for one in people], [draw(teams(one)) for one in places]


@st.composite
def choices(draw: st.DrawFn, policy: st.SearchStrategy[Assignment] | None = None) -> Choice:
    """Who gets a piece of work, among some people, after it has waited or not.

    Args:
        draw: of Hypothesis.
        policy: how work finds its agent; any of :func:`assignments` by default.
    """
    people, places = draw(_desks())
    at = draw(instants())
    return choose(
        draw(assignments() if policy is None else policy),
        draw(facts_of(WORK)),
        people,
        at=at,
        zone="Asia/Shanghai",
        teams=places,
        since=at - draw(durations(max_days=2)),
        ticket="T-1",
        cursor=draw(st.sampled_from(["", *PEOPLE])),
        excluded=draw(EXCLUDED),
    )


@st.composite
def allocations(draw: st.DrawFn, *, max_tickets: int = 3) -> Allocation:
    """Who gets each of some tickets.

    Args:
        draw: of Hypothesis.
        max_tickets: the most tickets.
    """
    people, places = draw(_desks())
    at = draw(instants())
    waiting = [
        draw(tickets(f"T-{number}", at - draw(durations(max_days=1))))
        for number in range(1, draw(st.integers(0, max_tickets)) + 1)
    ]
    by = draw(st.sampled_from(ORDERS))
    return choose_all(draw(assignments()), waiting, people, at=at, zone="Asia/Shanghai", teams=places, by=by)


EXCLUDED: st.SearchStrategy[dict[str, str]] = st.dictionaries(
    st.sampled_from([*PEOPLE]), st.just("on leave"), max_size=1
)
ORDERS: tuple[QueueOrder, ...] = ("priority", "score")


def _handoffs() -> st.SearchStrategy[Handoff]:
    return st.builds(Handoff, instants(), st.sampled_from(["desk", "dev", "field", "现场"]))


def _handoff_rules() -> st.SearchStrategy[HandoffRule]:
    most = st.one_of(st.none(), st.integers(0, 2))
    return st.builds(HandoffRule, st.just("desk"), most, most)


def _custody() -> st.SearchStrategy[Custody]:
    return st.builds(custody, _handoff_rules(), st.lists(_handoffs(), max_size=5))


STRATEGIES: Strategies = {
    **TESTS,
    **RANKS,
    **SETTLING,
    Agent: agents,
    Allocation: allocations,
    Assignment: assignments,
    Branch: lambda: route_trees().flatmap(lambda tree: st.sampled_from([*tree.walk()])),
    Choice: choices,
    Credential: _credentials,
    Custody: _custody,
    Handoff: _handoffs,
    HandoffRule: _handoff_rules,
    Need: needs,
    Relaxation: lambda: durations(max_days=2).flatmap(lambda after: _steps({"skill": Need(Skilled("repair"))}, after)),
    Route: routes,
    RouteTree: route_trees,
    Team: teams,
    Ticket: tickets,
}
