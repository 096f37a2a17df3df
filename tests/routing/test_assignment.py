"""Who gets the work: needs with a reason for everybody who does not meet them, order, relaxation, next chance."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.conditions import Eq
from svcstd.errors import DefinitionError, DurationError, MomentError, StandardError
from svcstd.routing import (
    Agent,
    Assignment,
    Belongs,
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
    Drawn,
    HasPart,
    HasRoom,
    HasStatus,
    Holds,
    IsKnown,
    IsOpen,
    Need,
    OnShift,
    Relaxation,
    RoundRobin,
    Serves,
    Skilled,
    Speaks,
    Team,
    choose,
    choose_team,
    newcomer_offset,
)

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
"""A Wednesday."""
OFFICE = BusinessCalendar(zone="UTC", hours="Mon-Fri 10:00-18:00")
NEVER = BusinessCalendar(zone="UTC", hours="closed")
SERVES = Serves("city", {"Weifang": ("Qingdao", "Jinan")}, otherwise=("Beijing",))


def agent(key: str = "ann", **options: Any) -> Agent:
    """Somebody with room for five."""
    given: dict[str, Any] = {"id": key, "capacity": 5}
    return Agent(**given | options)


def ask(policy: Assignment, *agents: Agent, facts: Any = None, **options: Any) -> Choice:
    """The choice at nine."""
    given: dict[str, Any] = {"at": NINE, "zone": "UTC"}
    return choose(policy, facts or {}, agents, **given | options)


def needs(test: Any, **options: Any) -> Assignment:
    """A policy with one need, by id."""
    return Assignment(needs={"it": Need(test, **options)}, prefer=(ById(),))


TOMORROW = Credential("permit", first=date(2026, 4, 2))
PERMIT = Credential("permit", "ATM", 2, first=date(2025, 1, 1), last=date(2026, 3, 31), edition="2025")


@pytest.mark.parametrize(
    ("test", "facts", "someone", "team", "reason"),
    [
        (SERVES, {"city": "Weifang"}, {"team": "Beijing"}, {}, "Beijing does not serve Weifang"),
        (SERVES, {"city": "Urumqi"}, {"team": "Jinan"}, {}, "Jinan does not serve Urumqi"),
        (SERVES, {}, {"team": "Jinan"}, {}, "city is missing"),
        (IsOpen(), {}, {}, {"calendar": OFFICE}, "desk is closed and opens Wed 1 Apr 2026 10:00 UTC"),
        (IsOpen(), {}, {}, {"calendar": NEVER}, "desk is closed, and it is not known when it opens"),
        (HasPart("part"), {"part": "fuse"}, {}, {"stock": {"fuse": 0}}, "desk has no fuse"),
        (HasPart("part"), {"part": "fuse"}, {}, {}, "desk has no fuse"),
        (HasPart("part"), {}, {}, {"stock": {"fuse": 1}}, "part is missing"),
        (Belongs("area", ("EU",)), {}, {}, {"traits": {"area": "US"}}, "area of desk is US, EU is needed"),
        (Belongs("area", ("EU", "UK")), {}, {}, {}, "area of desk is -, EU, UK is needed"),
        (Belongs("area", fact="wanted"), {"wanted": "EU"}, {}, {}, "area of desk is -, EU is needed"),
        (Belongs("area", fact="wanted"), {}, {}, {"traits": {"area": "EU"}}, "wanted is missing"),
        (OnShift(), {}, {"shift": OFFICE}, {}, "ann is off shift until Wed 1 Apr 2026 10:00 UTC"),
        (HasRoom(), {}, {"load": 5}, {}, "ann has 5 of 5, and this takes 1"),
        (HasStatus(("active",)), {}, {"status": "away"}, {}, "ann is away, not active"),
        (HasStatus(("active", "busy")), {}, {}, {}, "ann is -, not active, busy"),
        (IsKnown("owner"), {"owner": "bob"}, {}, {}, "bob is wanted"),
        (IsKnown("owner"), {}, {}, {}, "owner is missing"),
        (Speaks("language"), {"language": "sv"}, {"languages": ("en",)}, {}, "ann does not speak sv"),
        (Speaks("language"), {}, {"languages": ("en",)}, {}, "language is missing"),
        (Skilled("TV", 3), {}, {"skills": {"TV": 2}}, {}, "ann has TV at 2, 3 is needed"),
        (Skilled(fact="product"), {"product": "TV"}, {}, {}, "ann has TV at 0, 1 is needed"),
        (Skilled(fact="product"), {}, {"skills": {"TV": 2}}, {}, "product is missing"),
        (Holds("permit"), {}, {}, {}, "ann has no permit"),
        (
            Holds("permit", "product"),
            {"product": "APM"},
            {"credentials": (PERMIT,)},
            {},
            "ann has no permit APM",
        ),
        (Holds("permit", "product"), {}, {"credentials": (PERMIT,)}, {}, "product is missing"),
        (Holds("permit", level=3), {}, {"credentials": (PERMIT,)}, {}, "permit ATM of ann has level 2, 3 is needed"),
        (
            Holds("permit", editions=("2026", "2027")),
            {},
            {"credentials": (PERMIT,)},
            {},
            "permit ATM of ann was passed under 2025, 2026, 2027 counts",
        ),
        (
            Holds("permit", editions=("2026",)),
            {},
            {"credentials": (Credential("permit"),)},
            {},
            "permit of ann was passed under -, 2026 counts",
        ),
        (Holds("permit"), {}, {"credentials": (PERMIT,)}, {}, "permit ATM of ann ended Tue 31 Mar 2026"),
        (
            Holds("permit"),
            {},
            {"credentials": (TOMORROW,)},
            {},
            "permit of ann begins Thu 2 Apr 2026",
        ),
    ],
)
def test_somebody_who_does_not_meet_a_need_is_told_why(
    test: Any, facts: Any, someone: Any, team: Any, reason: str
) -> None:
    """What was seen and what is needed; a missing fact is no match, and named."""
    who = agent(**{"team": "desk"} | someone)
    found = ask(needs(test), who, facts=facts, teams=[Team(who.team, **team)])
    assert found.agent is None
    assert found.rejected["ann"].text() == reason


@pytest.mark.parametrize(
    ("test", "facts", "someone", "team"),
    [
        (SERVES, {"city": "Weifang"}, {"team": "Jinan"}, {}),
        (SERVES, {"city": "Urumqi"}, {"team": "Beijing"}, {}),
        (IsOpen(), {}, {}, {}),
        (IsOpen(), {}, {}, {"calendar": BusinessCalendar(zone="UTC", hours="daily 08:00-17:00")}),
        (HasPart("part"), {"part": "fuse"}, {}, {"stock": {"fuse": 1}}),
        (Belongs("area", ("EU", "UK")), {}, {}, {"traits": {"area": "UK"}}),
        (Belongs("area", fact="wanted"), {"wanted": "EU"}, {}, {"traits": {"area": "EU"}}),
        (OnShift(), {}, {}, {}),
        (HasRoom(), {}, {"load": 4}, {}),
        (HasStatus(("active",)), {}, {"status": "active"}, {}),
        (IsKnown("owner"), {"owner": "ann"}, {}, {}),
        (Speaks("language"), {"language": "sv"}, {"languages": ("en", "sv")}, {}),
        (Skilled("TV", 3), {}, {"skills": {"TV": 3}}, {}),
        (
            Holds("permit", product="product", level=2, editions=("2025",)),
            {"product": "ATM"},
            {"credentials": (PERMIT,)},
            {},
        ),
        (Holds("permit", "product"), {"product": "ATM"}, {"credentials": (Credential("permit"),)}, {}),
    ],
)
def test_somebody_who_meets_a_need_may_have_the_work(test: Any, facts: Any, someone: Any, team: Any) -> None:
    """At the very bound: the last unit of room, the last day of a permit, the level itself."""
    at = datetime(2026, 3, 31, 23, 59, tzinfo=UTC) if isinstance(test, Holds) else NINE
    who = agent(**{"team": "desk"} | someone)
    assert ask(needs(test), who, facts=facts, teams=[Team(who.team, **team)], at=at).agent == who


def test_a_need_is_asked_only_of_work_that_has_it() -> None:
    """Where its condition is unknown, it is not."""
    policy = needs(Skilled("TV"), when=Eq("kind", "repair"))
    assert ask(policy, agent(), facts={"kind": "advice"}).agent is not None
    assert ask(policy, agent()).agent is not None
    assert ask(policy, agent(), facts={"kind": "repair"}).agent is None
    assert policy.fields == {"kind"}
    assert Assignment(
        needs={"a": Need(SERVES), "b": Need(HasPart("part"))}, prefer=(ByKnown("owner"), ById())
    ).fields == {
        "city",
        "part",
        "owner",
    }


def test_several_reasons_are_all_told() -> None:
    """The role, the exclusion, then the needs by id."""
    policy = Assignment(role="engineer", needs={"b": Need(HasRoom()), "a": Need(Skilled("TV"))}, prefer=(ById(),))
    found = ask(policy, agent(load=5), excluded={"ann": "she made the offer"})
    assert [one.sentence() for one in found.rejected["ann"].children] == [
        "ann does not work as engineer",
        "ann is excluded: she made the offer",
        "ann has TV at 0, 1 is needed",
        "ann has 5 of 5, and this takes 1",
    ]
    assert found.explanation.sentence() == "nobody can take it"


@pytest.mark.parametrize(
    ("key", "order", "told"),
    [
        (ByPlace(SERVES), ["Jinan", "Beijing"], "team Jinan (2)"),
        (ByOpening(), ["Beijing", "Jinan"], "begins 2026-04-01T09:00:00+00:00"),
        (ByLoad(), ["Beijing", "Jinan"], "load 1/5"),
        (ByShare(), ["Jinan", "Beijing"], "share 0"),
        (ByIdle(), ["Jinan", "Beijing"], "idle since never"),
        (ByStatus(("active", "away")), ["Beijing", "Jinan"], "status active"),
        (BySkill("TV"), ["Beijing", "Jinan"], "skill 4"),
        (BySkill(fact="product"), ["Beijing", "Jinan"], "skill 4"),
        (ByKnown("owner"), ["Jinan", "Beijing"], "known yes"),
    ],
)
def test_what_puts_candidates_in_order(key: Any, order: list[str], told: str) -> None:
    """The smaller first, exactly; the first says by what."""
    beijing = agent(
        "z",
        team="Beijing",
        load=1,
        assigned=1,
        idle_since=NINE - timedelta(hours=1),
        status="active",
        skills={"TV": 4},
    )
    jinan = agent("a", team="Jinan", load=4, shift=NEVER)
    facts = {"city": "Weifang", "owner": "a", "product": "TV"}
    found = ask(Assignment(prefer=(key, ById())), jinan, beijing, facts=facts)
    teams = {"z": "Beijing", "a": "Jinan"}
    assert [teams[one] for one in found.eligible] == order
    first = found.explanation.children[0].sentence()
    assert f"{told}, id" in first
    assert first.startswith(f"{found.cursor} comes first of 2")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (ByOpening(), "begins unknown"),
        (ByIdle(), "idle since 2026-04-01T08:00:00+00:00"),
        (ByStatus(("active",)), "status -"),
        (ByKnown("owner"), "known no"),
    ],
)
def test_what_is_not_known_of_the_first_is_told_as_such(key: Any, told: str) -> None:
    """A shift that never begins, no status, another owner."""
    who = agent(shift=NEVER, idle_since=NINE - timedelta(hours=1))
    assert told in ask(Assignment(prefer=(key, ById())), who).explanation.children[0].sentence()


def test_round_robin_goes_on_after_the_cursor() -> None:
    """By id, and round again; the cursor is a value."""
    people = [agent(key) for key in "abc"]
    policy, cursor, got = Assignment(prefer=(RoundRobin(),)), "", []
    for _ in range(5):
        found = ask(policy, *people, cursor=cursor)
        cursor = found.cursor
        got.append(cursor)
    assert got == ["a", "b", "c", "a", "b"]
    assert ask(policy, cursor="b").cursor == "b"


def test_lots_are_the_same_for_the_same_seed_and_ticket() -> None:
    """And differ between tickets; anybody can draw them again: a SHA-256 of seed, ticket and agent."""
    people = [agent(key) for key in "abc"]
    policy = Assignment(prefer=(Drawn("2026"),))
    winners = [ask(policy, *people, ticket=f"T{n}").cursor for n in range(30)]
    assert winners == [ask(policy, *people[::-1], ticket=f"T{n}").cursor for n in range(30)]
    assert set(winners) == {"a", "b", "c"}
    # printf '2026\0T0\0a' | sha256sum, and so on for b and c
    assert ask(policy, *people, ticket="T0").eligible == DRAWN_T0


DRAWN_T0 = ("c", "a", "b")


def test_nobody_gets_too_far_ahead() -> None:
    """The lead is counted against those who could have it as well."""
    policy = Assignment(prefer=(ById(),), max_lead=2)
    found = ask(policy, agent("a", assigned=5), agent("b", assigned=3), agent("c", assigned=4))
    assert found.eligible == ("b", "c")
    assert found.rejected["a"].text() == "a has had 5, 2 or more ahead of 3"
    assert ask(policy).eligible == ()


WAITING = Assignment(
    needs={"skill": Need(Skilled("TV", 3)), "known": Need(IsKnown("owner"))},
    prefer=(ById(),),
    relax=(
        Relaxation(timedelta(minutes=10), drop=("known",)),
        Relaxation(timedelta(minutes=20), lower={"skill": 1}),
        Relaxation(timedelta(minutes=30), lower={"skill": 1}),
    ),
)


@pytest.mark.parametrize(("minutes", "chosen", "change"), [(9, "", 10), (10, "", 20), (20, "", 30), (30, "ann", None)])
def test_what_is_asked_for_comes_down_while_the_work_waits(minutes: int, chosen: str, change: int | None) -> None:
    """Step by step, at the very minute; the next step is told as long as nobody is found."""
    since = NINE - timedelta(minutes=minutes)
    found = ask(WAITING, agent(skills={"TV": 1}), facts={"owner": "bob"}, since=since)
    assert found.cursor == chosen
    assert found.dropped == (() if minutes < 10 else ("known",))
    assert found.next_change == (None if change is None else since + timedelta(minutes=change))
    assert ("known is given up, for the work has waited" in found.explanation.text()) == (minutes >= 10)


@pytest.mark.parametrize(
    ("test", "someone", "team", "change"),
    [
        (IsOpen(), {}, {"calendar": OFFICE}, NINE + timedelta(hours=1)),
        (OnShift(), {"shift": OFFICE}, {}, NINE + timedelta(hours=1)),
        (
            Holds("permit"),
            {"credentials": (TOMORROW,)},
            {},
            NINE + timedelta(hours=15),
        ),
        (Holds("permit"), {"credentials": (PERMIT,)}, {}, None),
        (IsOpen(), {}, {"calendar": NEVER}, None),
        (HasRoom(), {"load": 5}, {}, None),
    ],
)
def test_when_time_alone_may_bring_somebody_is_told(test: Any, someone: Any, team: Any, change: Any) -> None:
    """An opening, a shift, a permit that begins; nothing where it will not."""
    found = ask(needs(test), agent(**{"team": "desk"} | someone), teams=[Team("desk", **team)])
    assert found.next_change == change


def test_the_next_change_is_the_earliest() -> None:
    """Of all candidates and needs."""
    late = BusinessCalendar(zone="UTC", hours="Mon-Fri 11:00-18:00")
    found = ask(needs(OnShift()), agent("a", shift=late), agent("b", shift=OFFICE))
    assert found.next_change == NINE + timedelta(hours=1)


def test_a_calendar_that_does_not_know_the_future_promises_no_opening() -> None:
    """Its table of holidays ends; the reason still says that it is closed."""
    table = HolidayTable(covers=(date(2026, 1, 1), date(2027, 1, 1)))
    office = BusinessCalendar(zone="UTC", hours="Wed 10:00-18:00", holidays=table)
    far = datetime(2026, 12, 30, 19, tzinfo=UTC)
    found = ask(needs(OnShift()), agent(shift=office), at=far)
    assert (found.next_change, found.rejected["ann"].text()) == (
        None,
        "ann is off shift, and it is not known until when",
    )


def test_a_team_alone_can_be_chosen() -> None:
    """By the needs of the team; those of agents are not asked."""
    policy = Assignment(
        role="engineer",
        needs={"near": Need(SERVES), "skill": Need(Skilled("TV"))},
        prefer=(ByPlace(SERVES), ById()),
    )
    found = choose_team(
        policy, {"city": "Weifang"}, [Team("Jinan"), Team("Oslo"), Team("Qingdao")], at=NINE, zone="UTC"
    )
    assert (found.agent, found.team, found.eligible) == (None, "Qingdao", ("Qingdao", "Jinan"))
    assert found.rejected["Oslo"].text() == "Oslo does not serve Weifang"
    assert SERVES.all_teams == ("Qingdao", "Jinan", "Beijing")


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"prefer": ()}, "prefer", "assign.tie"),
        ({"prefer": (ByLoad(),)}, "prefer", "assign.tie"),
        ({"prefer": (ById(), RoundRobin())}, "prefer", "assign.settled"),
        ({"units": 0}, "units", "agents.some"),
        ({"units": True}, "units", "agents.some"),
        ({"max_lead": 0}, "max_lead", "agents.some"),
        ({"max_lead": "2"}, "max_lead", "agents.some"),
        ({"relax": (Relaxation(timedelta(1)), Relaxation(timedelta(1)))}, "relax[1].after", "assign.later"),
        ({"relax": (Relaxation(timedelta(1), drop=("rom",)),)}, "relax[0]", "assign.need"),
        ({"relax": (Relaxation(timedelta(1), lower={"room": 1}),)}, "relax[0].lower.room", "assign.no_level"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(options: Any, where: str, message: str) -> None:
    """At the place."""
    with pytest.raises(StandardError) as refused:
        Assignment(**{"needs": {"room": Need(HasRoom())}, "prefer": (ById(),)} | options)
    assert [(one.where, one.message) for one in refused.value.faults] == [(where, message)]


@pytest.mark.parametrize(
    ("made", "where", "message"),
    [
        (lambda: Relaxation(timedelta(-1)), "after", "duration.negative"),
        (lambda: Relaxation(timedelta(1), lower={"a": 0}), "lower.a", "agents.some"),
        (lambda: Belongs("area"), "values", "assign.either"),
        (lambda: Belongs("area", ("EU",), fact="area"), "values", "assign.either"),
        (Skilled, "skill", "assign.either"),
        (lambda: BySkill("TV", "product"), "skill", "assign.either"),
        (lambda: Credential("permit", level=-1), "level", "agents.whole"),
        (lambda: Credential("permit", first=date(2026, 2, 1), last=date(2026, 1, 1)), "days", "range.empty"),
        (lambda: Credential("permit", last=NINE), "last", "shape.kind"),
        (lambda: Team("a", stock={"fuse": -1}), "stock.fuse", "agents.whole"),
        (lambda: Team("a", stock={"fuse": True}), "stock.fuse", "agents.whole"),
        (lambda: Team("a", stock={"fuse": "1"}), "stock.fuse", "agents.whole"),
        (lambda: agent(capacity=0), "capacity", "agents.some"),
        (lambda: agent(weight=0), "weight", "agents.some"),
        (lambda: agent(load=-1), "load", "agents.whole"),
        (lambda: agent(load=1.5), "load", "agents.whole"),
        (lambda: ask(needs(HasRoom()), agent(), agent()), "agents", "assign.twice"),
        (lambda: ask(needs(HasRoom()), agent(), teams=[Team("a"), Team("a")]), "teams", "assign.twice"),
        (lambda: ask(needs(HasRoom()), agent(), since=NINE + timedelta(1)), "since", "assign.since"),
    ],
)
def test_what_cannot_be_is_refused(made: Any, where: str, message: str) -> None:
    """At its birth, or where it is asked."""
    with pytest.raises((DefinitionError, DurationError)) as refused:
        made()
    assert (refused.value.where, refused.value.message) == (where, message)


def test_moments_without_an_offset_are_refused() -> None:
    """Of an agent, and of the question."""
    naive = datetime(2026, 4, 1)  # noqa: DTZ001 - on purpose
    with pytest.raises(MomentError):
        agent(idle_since=naive)
    with pytest.raises(MomentError):
        ask(needs(HasRoom()), agent(), at=naive)


def test_a_newcomer_among_nobody_starts_at_nothing() -> None:
    """No share to catch up with."""
    assert newcomer_offset([], 3) == 0
    assert newcomer_offset([agent(assigned=1, weight=3, offset=Fraction(1, 3))], 1) == Fraction(4, 9)


def case_a07(shared: Path) -> Any:
    """The worked case of the nearest centre with the part and a valid certificate."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = [one for scenario in json.loads(text)["scenarios"] for one in scenario["cases"]]
    return next(one for one in cases if one["id"] == "A07")


def test_the_nearest_centre_with_the_part_and_an_engineer_with_a_valid_certificate(shared: Path) -> None:
    """The case A07 of the handbook: at both instants, with the reasons it gives."""
    case = case_a07(shared)
    given, expected = case["input"], case["expected"]
    serves = Serves("city", {city: tuple(teams) for city, teams in given["ranked_centres"].items()})
    policy = Assignment(
        needs={
            "near": Need(serves),
            "part": Need(HasPart("part")),
            "permit": Need(Holds("certificate", product="product")),
            "room": Need(HasRoom()),
        },
        prefer=(ByPlace(serves), ByLoad(), ById()),
    )
    people = [
        Agent(
            id=one["id"],
            team=one["team"],
            load=one["load"][0],
            capacity=one["load"][1],
            credentials=(
                Credential(
                    "certificate",
                    one["cert"][0],
                    first=date.fromisoformat(one["cert"][1]),
                    last=date.fromisoformat(one["cert"][2]),
                ),
            ),
        )
        for one in given["engineers"]
    ]
    teams = [Team(key, stock={given["part"]: count}) for key, count in given["stock"].items()]
    found = [
        choose(policy, given, people, at=datetime.fromisoformat(at), zone="Asia/Shanghai", teams=teams)
        for at in given["as_of"]
    ]
    assert [one.agent.id if one.agent else None for one in found] == expected["agent"]
    assert {one.team for one in found} == {expected["team"]}
    assert set(found[0].rejected) == set(expected["rejected_at_first_instant"])
    assert found[0].rejected["q1"].text() == "Qingdao has no cash_dispenser"
    assert found[0].rejected["j1"].text() == "certificate ATM of j1 ended Tue 31 Mar 2026"
    assert found[0].rejected["j3"].text() == "j3 has no certificate ATM"


PEOPLE = st.lists(
    st.builds(
        Agent,
        id=st.sampled_from("abcdef"),
        team=st.sampled_from(("Jinan", "Qingdao", "Beijing")),
        load=st.integers(0, 5),
        capacity=st.integers(1, 5),
        assigned=st.integers(0, 5),
        weight=st.integers(1, 3),
        skills=st.dictionaries(st.just("TV"), st.integers(0, 3)),
        status=st.sampled_from(("", "active", "away")),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)
POLICIES = st.builds(
    Assignment,
    needs=st.dictionaries(
        st.sampled_from(("one", "two")),
        st.sampled_from([Need(HasRoom()), Need(Skilled("TV", 2)), Need(SERVES)]),
    ),
    prefer=st.tuples(
        st.sampled_from([ByLoad(), ByShare(), BySkill("TV"), ByPlace(SERVES)]),
        st.sampled_from([ById(), RoundRobin(), Drawn("x")]),
    ),
    max_lead=st.none() | st.integers(1, 3),
)


@given(POLICIES, PEOPLE, st.data())
def test_the_order_in_which_people_come_does_not_matter(
    policy: Assignment, people: list[Agent], data: st.DataObject
) -> None:
    """The same choice, with the same reasons."""
    shuffled = data.draw(st.permutations(people))
    facts = {"city": data.draw(st.sampled_from(("Weifang", "Urumqi")))}
    one, other = ask(policy, *people, facts=facts, ticket="T"), ask(policy, *shuffled, facts=facts, ticket="T")
    assert one == other
    assert one.explanation == other.explanation


@given(POLICIES, PEOPLE)
def test_everybody_is_chosen_among_or_told_why_not(policy: Assignment, people: list[Agent]) -> None:
    """Nobody is lost; the chosen one is the first, and would still be without the rejected."""
    found = ask(policy, *people, facts={"city": "Weifang"})
    assert sorted([*found.eligible, *found.rejected]) == sorted(one.id for one in people)
    if found.agent is not None:
        assert found.agent.id == found.eligible[0] == found.cursor
        if policy.max_lead is None:
            kept = [one for one in people if one.id in found.eligible]
            assert ask(policy, *kept, facts={"city": "Weifang"}).agent == found.agent


def test_rankings_may_be_any_lists() -> None:
    """They are values like all else: equal by content, and with a hash."""
    lists: Any = {"Weifang": ["Qingdao", "Jinan"]}
    assert hash(Serves("city", lists)) == hash(Serves("city", {"Weifang": ("Qingdao", "Jinan")}))
