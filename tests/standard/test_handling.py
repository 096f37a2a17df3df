"""Who handles a case, by the names of a standard: routes, counts, assignment, walks, custody; each of its edition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.errors import DefinitionError, FactError, MomentError, UnknownName
from svcstd.keyed import Keyed
from svcstd.routing import Agent
from svcstd.rules import RuleCounts
from svcstd.standard import PartFinding

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 7, 1, 9, tzinfo=UTC)
TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "claim", "other"] }
city = "text"
part = "text"
amount = { kind = "number", float_digits = 2 }
solved = "true or false"
[facts."customer.tier"]
one_of = ["gold", "plain"]
[events]
opened = ""
sent = ""
[calendars]
office = "Mon-Fri 10:00-18:00"
[roles]
desk = "Front desk"
field = "Field service"
[teams.jinan]
calendar = "office"
traits = { area = "east" }
[teams.oslo]
[routing.intake]
hit = "first"
in = ["kind", "customer.tier", "amount"]
out = ["role"]
else = { role = "desk", because = "the rest" }
[routing.intake.rules]
gold = ["-", "gold", "-", "lead"]
dear = ["-", "-", ">= 9.50", "lead"]
fault = ["fault", "-", "-", "field"]
[routing.queues]
out = ["queue"]
routes = { north = { when = { city = "oslo" }, set = { queue = "north" } } }
[assignment.visit]
role = "field"
prefer = ["nearest", "id"]
[assignment.visit.needs]
near = { serves = "city", teams = { weifang = ["jinan", "oslo"] } }
part = { stock = "part", when = { part = { present = true } } }
[assignment.open]
prefer = [{ drawn = "x" }]
[assignment.open.needs]
open = "open"
[handoffs]
owner = "desk"
most = 0
[forms]
log = { fields = ["what"] }
[scripts]
hello = "This is {company}."
[procedures.phone]
start = "call"
lane = "desk"
[procedures.phone.steps]
call = { do = "call", fill = "log", say = "hello", by = "solved", then = { true = "end", false = "call" }, again = 2 }
end = { end = "end" }
[changes.2026-07-01]
routing.intake.rules.fault = ["fault", "-", "-", "hotline"]
[changes.2026-07-01.routing.new]
hit = "first"
out = ["role"]
"""
DESK = loads(TEXT)
CASE = Case("1", {"kind": "fault"}, [Event("opened", at=NINE)])


def test_a_table_answers_by_its_name() -> None:
    """Facts within facts, floats with declared digits; with the edition of the moment."""
    assert DESK.route("intake", {"kind": "fault"}, as_of=NINE)["role"] == "field"
    assert DESK.route("intake", {"kind": "fault"}, as_of=LATER)["role"] == "hotline"
    assert DESK.route("intake", {"customer": {"tier": "gold"}}, as_of=NINE)["role"] == "lead"
    assert DESK.route("intake", {"amount": 9.499}, as_of=NINE)["role"] == "lead"
    assert DESK.route("intake", {"amount": 9.494}, as_of=NINE).rule == "else"
    assert DESK.route("queues", {"city": "oslo"}, as_of=NINE)["queue"] == "north"


def test_a_case_is_pinned_to_its_edition() -> None:
    """Whenever it is asked; and its facts are those of the moment."""
    assert DESK.route("intake", CASE, as_of=LATER)["role"] == "field"
    told = Case(
        "2", {}, [Event("opened", at=NINE), Event("sent", at=NINE + timedelta(days=1), facts={"kind": "fault"})]
    )
    assert DESK.route("intake", told, as_of=NINE).rule == "else"
    assert DESK.route("intake", told, as_of=NINE + timedelta(days=2)).rule == "fault"
    with pytest.raises(DefinitionError) as refused:
        DESK.route("intake", CASE)
    assert refused.value.message == "rules.as_of"


def test_where_nothing_depends_on_the_moment_it_may_be_left_out() -> None:
    """One edition without a first day, and facts instead of a case."""
    plain = loads(TEXT[: TEXT.index("[changes.2026")])
    assert plain.route("intake", {"kind": "fault"}).rule == "fault"
    assert plain.why_not("intake", "gold", {"kind": "fault"}).sentence() == "gold does not fit"
    assert plain.walk("phone", {}).step == "call"
    with pytest.raises(DefinitionError):
        DESK.route("intake", {"kind": "fault"})
    with pytest.raises(DefinitionError):
        plain.walk("phone", CASE)


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda: DESK.route("intke", {}, as_of=NINE), "intake"),
        (lambda: DESK.route("new", {}, as_of=NINE), "intake, queues"),
        (lambda: DESK.why_not("intake", "god", {}, as_of=NINE), "gold"),
        (lambda: DESK.why_not("queus", "north", {}, as_of=NINE), "queues"),
        (lambda: DESK.rule_counts("intke", [], as_of=NINE), "intake"),
        (lambda: DESK.assign("vist", {}, agents=[], as_of=NINE), "visit"),
        (lambda: DESK.assign("visit", {}, agents=[], as_of=NINE, stock={"jinn": {}}), "jinan"),
        (lambda: DESK.assign_team("vist", {}, as_of=NINE), "visit"),
        (lambda: DESK.walk("phne", {}, as_of=NINE), "phone"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(ask: Any, nearest: str) -> None:
    """Of tables, rules, assignments, teams and procedures."""
    with pytest.raises(UnknownName) as refused:
        ask()
    assert refused.value.params["nearest"] == nearest


def test_facts_and_moments_are_checked() -> None:
    """By every way of asking."""
    for ask in (partial(DESK.route, "intake"), partial(DESK.assign_team, "visit"), partial(DESK.walk, "phone")):
        with pytest.raises(FactError):
            ask({"knd": "fault"}, as_of=NINE)
        with pytest.raises(MomentError):
            ask({}, as_of=datetime(2026, 4, 1))  # noqa: DTZ001 - on purpose


def test_why_a_rule_or_a_route_did_not_decide() -> None:
    """Its tests that failed."""
    told = DESK.why_not("intake", "dear", {"kind": "fault", "amount": 3}, as_of=NINE)
    assert [one.sentence() for one in told.children] == ["amount >= 9.50 is not so: amount is 3"]
    assert DESK.why_not("queues", "north", {"city": "rome"}, as_of=NINE).sentence() == "north was not taken"


def test_rules_are_counted_over_a_history() -> None:
    """Of all editions; a rule that never decided shows."""
    cases = [CASE, Case("2", {"kind": "other"}, [Event("opened", at=LATER)]), Case("3", {"customer.tier": "gold"}, [])]
    found = DESK.rule_counts("intake", cases, as_of=LATER + timedelta(days=1))
    assert found == RuleCounts(Keyed({"gold": 1, "dear": 0, "fault": 1}), 1, 0, 0)


def agent(key: str, team: str) -> Agent:
    """A field engineer."""
    return Agent(id=key, team=team, roles=["field"], capacity=5)


def test_work_is_assigned_by_the_standards_names() -> None:
    """Teams with their hours, traits and the stock that is given; reasons for the others."""
    people = [agent("a", "jinan"), agent("b", "oslo")]
    facts = {"city": "weifang", "part": "fuse"}
    found = DESK.assign("visit", facts, agents=people, as_of=NINE, stock={"oslo": {"fuse": 1}})
    assert (found.agent, found.team) == (people[1], "oslo")
    assert found.rejected["a"].text() == "jinan has no fuse"
    excluded = DESK.assign("visit", {"city": "weifang"}, agents=people, as_of=NINE, excluded={"a": "on leave"})
    assert excluded.rejected["a"].text() == "a is excluded: on leave"


def test_lots_are_drawn_by_the_id_of_the_case() -> None:
    """Unless a ticket is given."""
    people = [agent(key, "oslo") for key in "abcdef"]
    by_case = [DESK.assign("open", Case(f"T{n}"), agents=people, as_of=NINE).cursor for n in range(20)]
    by_id = [DESK.assign("open", {}, agents=people, as_of=NINE, ticket=f"T{n}").cursor for n in range(20)]
    assert by_case == by_id
    assert len(set(by_case)) > 1


def test_a_team_is_chosen_where_no_agent_is_named() -> None:
    """By its hours: jinan opens at ten."""
    assert DESK.assign_team("open", {}, as_of=NINE).eligible == ("oslo",)
    assert set(DESK.assign_team("open", {}, as_of=NINE + timedelta(hours=1)).eligible) == {"jinan", "oslo"}
    stock = {"oslo": {"fuse": 1}}
    found = DESK.assign_team("visit", {"city": "weifang", "part": "fuse"}, as_of=NINE, stock=stock, excluded={"x": "?"})
    assert (found.agent, found.team) == (None, "oslo")


def test_a_case_is_walked_through_a_procedure() -> None:
    """With the forms and scripts of the standard."""
    found = DESK.walk("phone", {"solved": True}, done=["call"], as_of=NINE)
    assert (found.standing, dict(found.forms_owed)) == ("finished", {"log": ("what",)})
    again = DESK.walk("phone", CASE, filled={"log": {"what": "x"}}, as_of=NINE)
    assert (again.step, again.say(company="ACME"), dict(again.forms_owed)) == ("call", "This is ACME.", {})


def test_custody_goes_by_the_groups_that_events_name() -> None:
    """Up to the moment that is asked; the owner stays."""
    events = [
        Event("opened", at=NINE, group="desk"),
        Event("sent", at=NINE + timedelta(hours=1), group="dev"),
        Event("sent", at=NINE + timedelta(hours=2), group="field"),
        Event("sent", at=NINE + timedelta(hours=3)),
    ]
    found = DESK.custody(Case("1", {}, events), as_of=LATER)
    assert (found.owner, found.holder) == ("desk", "field")
    assert (found.path, found.broken) == (("desk", "dev", "field"), ("hops",))
    assert DESK.custody(Case("1", {}, events), as_of=NINE + timedelta(minutes=90)).holder == "dev"
    without = loads(TEXT.replace('[handoffs]\nowner = "desk"\nmost = 0\n', ""))
    with pytest.raises(DefinitionError) as refused:
        without.custody(Case("1", {}, events), as_of=LATER)
    assert refused.value.message == "handoffs.none"
    with pytest.raises(UnknownName):
        DESK.custody(Case("1", {}, [Event("opnd", at=NINE)]), as_of=LATER)


def test_floats_are_rounded_where_their_digits_are_declared() -> None:
    """Of the case, of its events and their details; elsewhere they are refused."""
    facts: Any = [{"amount": amount} for amount in (9.496, 9.494, 1.005)]
    told = Case("1", facts[0], [Event("opened", at=NINE, facts=facts[1], details=facts[2])])
    assert DESK.route("intake", told, as_of=NINE - timedelta(days=1)).rule == "dear"
    assert DESK.route("intake", told, as_of=NINE).rule == "else"
    rounded = DESK.current.facts.exact({"amount": 1.005})
    assert rounded == {"amount": Decimal("1.00")}  # the float is 1.00499999999999989…
    strict = loads(TEXT.replace(", float_digits = 2", ""))
    with pytest.raises(FactError):
        strict.route("intake", told, as_of=NINE)


def lines(found: tuple[PartFinding, ...]) -> list[str]:
    """Where, and what, in words."""
    return [f"{one.finding.severity} {one.where}: {one.finding.sentence()}" for one in found]


def test_findings_of_every_edition() -> None:
    """Errors first; what an edition leaves as it was is told once."""
    found = lines(DESK.findings())
    assert found[:3] == [
        "warning routing.queues: nothing fits not (city = oslo)",
        "warning changes.2026-07-01.routing.new: nothing fits anything",
        "info routing.intake: else takes kind in (claim, other) and amount < 9.50 and customer.tier = plain",
    ]
    told = [line for line in found if "changes" in line]
    assert not [line for line in told if "queues" in line or "phone" in line]


def standard(text: str) -> ServiceStandard:
    """The standard with another procedure."""
    return loads(TEXT.replace("again = 2", text))


def test_a_round_that_nothing_bounds_is_an_error() -> None:
    """Told with the path of the procedure."""
    found = lines(standard("again = 0").findings())
    assert found[0] == "error procedures.phone: nothing bounds the round call, call"
