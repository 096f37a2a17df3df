"""Examples of assignment in the file: who might get the work, and who must."""

from __future__ import annotations

import json
from datetime import date, datetime

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.documents import Format, json_schema, parse_text
from svcstd.routing import Credential
from svcstd.standard import Check, Finding
from svcstd.standard.example import check_examples

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
years = "2026"
[facts]
city = "text"
part = "text"
[events]
opened = "it begins"
closed = "it ends"
[calendars]
day = "daily 08:00-18:00"
[roles]
engineer = "Engineer"
[teams]
north = { calendar = "day" }
south = { calendar = "day" }
[objectives.both]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
[routing.both]
out = ["role"]
hit = "unique"
in = ["city"]
else = { role = "engineer", because = "one desk" }
[routing.both.rules]
[assignment.both]
prefer = ["load", "id"]
[assignment.repair]
role = "engineer"
prefer = ["load", "longest idle", "id"]
relax = [{ after = "30 minutes", drop = "permit" }]
[assignment.repair.needs]
permit = { credential = "permit", product = "part", level = 2 }
stocked = { stock = "part" }
room = "below capacity"
[assignment.site]
prefer = ["opens first", "id"]
[assignment.site.needs]
stocked = { stock = "part" }
"""
REPAIR = """[examples.repair]
given = { part = "pump" }
as_of = 2026-03-02T10:00:00
expect.repair = { agent = "ana", team = "north", eligible = "ana, cem", dropped = "none" }
because.repair = ["permit of ben ended", "south has no pump"]
[examples.repair.stock]
north = { pump = 1 }
south = { pump = 0 }
[examples.repair.agents.ana]
team = "north"
roles = "engineer"
load = 1
capacity = 4
assigned = 3
weight = 2
idle_since = 2026-03-02T09:00:00
status = "at work"
languages = "zh"
skills = { pumps = 3 }
[examples.repair.agents.ana.credentials]
subject = "permit"
product = "pump"
level = 2
days = "[2026-01-01..2026-12-31]"
edition = "2026-01-01"
[examples.repair.agents.ben]
team = "north"
roles = ["engineer"]
capacity = 4
credentials = [{ subject = "permit", level = 3, days = "[2025-01-01..2026-03-02)" }]
[examples.repair.agents.cem]
team = "north"
roles = "engineer"
load = 1
capacity = 4
credentials = { subject = "permit", level = 2 }
idle_since = 2026-03-02T09:30:00
[examples.repair.agents.dee]
team = "south"
roles = "engineer"
capacity = 4
credentials = { subject = "permit", level = 2, days = "[2026-01-01..)" }
"""


def load(*parts: str) -> ServiceStandard:
    """A standard of the base and these parts."""
    return loads("".join((BASE, *parts)))


def findings(*parts: str) -> list[Finding]:
    """What its examples get otherwise than expected."""
    return list(check_examples(load(*parts)))


def test_an_example_that_holds() -> None:
    """Everything that an agent may say is read."""
    assert findings(REPAIR) == []
    (check,) = load(REPAIR).examples["repair"].checks
    assert isinstance(check, Check)
    ana, ben, cem, dee = check.agents or ()
    days = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert ana.credentials == (Credential("permit", "pump", 2, edition="2026-01-01", **days),)
    assert (ana.load, ana.assigned, ana.weight, ana.status) == (1, 3, 2, "at work")
    assert (ana.languages, ana.skills["pumps"], ana.capacity) == (("zh",), 3, 4)
    assert ana.idle_since == datetime.fromisoformat("2026-03-02T09:00+08:00")
    assert ben.credentials[0].last == date(2026, 3, 1)
    assert (cem.credentials[0].first, cem.credentials[0].last) == (None, None)
    assert (dee.credentials[0].first, dee.credentials[0].last) == (date(2026, 1, 1), None)
    assert check.stock == {"north": {"pump": 1}, "south": {"pump": 0}}


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, and the order of the agents, nothing is lost."""
    standard = load(REPAIR)
    assert loads(dumps(standard, format=form), format=form) == standard


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(BASE + REPAIR, "toml")
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    jsonschema.Draft202012Validator(json_schema()).validate(head | {"examples": raw["examples"]})


def test_a_team_alone() -> None:
    """Without agents only the needs of the team are asked."""
    text = """[examples.site]
given = { part = "pump" }
as_of = 2026-03-02T10:00:00
stock = { south = { pump = 2 } }
expect.site = { team = "south", agent = "none", eligible = "south" }
because.site = "north has no pump"
"""
    assert findings(text) == []
    (found,) = findings(text.replace('team = "south"', 'team = "north"'))
    assert (found.where, found.objective, found.field, found.expected, found.got) == (
        "examples.site",
        "site",
        "team",
        "north",
        "south",
    )
    nobody = text.replace("south = { pump = 2 }", "").replace('"south"', '"none"')
    assert findings(nobody) == []


def test_what_waits_is_given_more_easily() -> None:
    """A need is dropped once the work has waited so long, and the first is chosen among more."""
    text = REPAIR.replace("as_of", "waiting_since = 2026-03-02T09:30:00\nas_of")
    waited = text.replace('agent = "ana"', 'agent = "ben"').replace('"ana, cem"', '"ben, ana, cem"')
    waited = waited.replace('dropped = "none"', 'dropped = "permit"').replace('"permit of ben ended", ', "")
    assert findings(waited) == []


def test_several_moments() -> None:
    """The same people on the last day of a permit, and on the day after."""
    text = REPAIR.replace("as_of = 2026-03-02T10:00:00", "each.as_of = [2026-03-01T10:00:00, 2026-03-02T10:00:00]")
    text = text.replace('agent = "ana"', 'agent = ["ben", "ana"]').replace(
        '"ana, cem"', '["ben, ana, cem", "ana, cem"]'
    )
    text = text.replace('team = "north", el', 'team = ["north", "north"], el').replace('"none" }', '["none", "none"] }')
    text = text.replace("2026-03-02T09", "2026-02-28T09").replace('"permit of ben ended", ', "")
    assert findings(text) == []


def test_names_that_stand_for_several_things() -> None:
    """An objective goes before a table, and a table before an assignment."""
    text = "[examples.a]\nevents = { opened = 2026-03-02T10:00:00 }\n"
    assert findings(text, 'expect.both = { verdict = "open" }\n') == []
    table = BASE.replace("[objectives.both]", "[objectives.other]")
    found = loads(table + text + 'expect.both = { role = "engineer" }\n')
    assert list(check_examples(found)) == []


def test_what_comes_out_otherwise() -> None:
    """Who gets it, and why not somebody else."""
    (found,) = findings(REPAIR.replace('"south has no pump"', '"south has no valve"'))
    assert (found.objective, found.field, found.expected) == ("repair", "because", "south has no valve")
    assert "south has no pump" in found.got
    (found,) = findings(REPAIR.replace('agent = "ana", ', 'agent = "dee", '))
    assert (found.field, found.expected, found.got) == ("agent", "dee", "ana")


def test_a_wait_that_begins_later() -> None:
    """Is a finding of the example."""
    (found,) = findings(REPAIR.replace("as_of", "waiting_since = 2026-03-02T11:00:00\nas_of"))
    assert (found.objective, found.expected, found.got.startswith("since: ")) == ("repair", "a decision", True)


def test_outputs_of_a_table() -> None:
    """Numbers are the same however they are written; several rows are told with commas; an output must be one."""
    table = """[routing.desk]
hit = "rule order"
in = ["city"]
out = { hours = { kind = "number" } }
[routing.desk.rules]
a = ["Oslo", 1.5]
b = ["-", 2]
[examples.a]
as_of = 2026-03-02T10:00:00
"""
    assert findings(table, 'given = { city = "Rome" }\nexpect.desk = { hours = 2.00, rule = "b" }\n') == []
    assert findings(table, 'given = { city = "Oslo" }\nexpect.desk = { hours = "1.5, 2", rule = "a, b" }\n') == []
    (found,) = findings(table, 'given = { city = "Oslo" }\nexpect.desk = { hours = "none" }\n')
    assert (found.expected, found.got) == ("none", "1.5, 2")
    (found,) = findings(table, 'given = { city = "Rome" }\nexpect.desk = { huors = "none" }\n')
    assert (found.field, found.got) == ("huors", "one of hours, rule")


def test_a_promise_that_there_is_not() -> None:
    """No words make it one."""
    gone = '[changes.2026-07-01]\nremove = ["assignment.site"]\n'
    text = '[examples.a]\nas_of = 2026-08-02T10:00:00\nexpect.site = { agent = "no promise" }\n'
    (found,) = findings(gone, text)
    assert (found.objective, found.got) == ("site", "no promise")


NO_EXAMPLES = [
    ("expect.site = {}\n", "say what must come out"),
    ('expect.site = { team = "x" }\nbecause.site = []\n', "say what must come out"),
    ('expect.site = { team = "x" }\nbecause.site = " "\n', "say what must come out"),
    ('expect.site = { team = "x" }\neach.as_of = [2026-03-02T10:00:00]\n', "write it once"),
]


@pytest.mark.parametrize(("text", "words"), NO_EXAMPLES)
def test_what_is_no_example(text: str, words: str) -> None:
    """It could not fail, or says two things."""
    with pytest.raises(StandardError, match=words):
        load("[examples.a]\nas_of = 2026-03-02T10:00:00\n", text)


def test_told_twice_or_not_at_all() -> None:
    """In JSON a path with a dot may stand beside the table, and a null for a value."""
    raw = json.loads(dumps(load(REPAIR), format="json"))
    for expect, words in (
        ({"repair": {"agent": "ana"}, "repair.agent": "ben"}, "write it once"),
        ({"repair": {"agent": None}}, "none in quotes"),
        ({"repair": [None]}, "none in quotes"),
    ):
        raw["examples"]["repair"]["expect"] = expect
        with pytest.raises(StandardError, match=words):
            loads(json.dumps(raw), format="json")


FAULTS = [
    ('team = "south"', 'team = "sotuh"', "agents.dee.team", "write south"),
    ('roles = ["engineer"]', 'roles = ["enginer"]', "agents.ben.roles", "write engineer"),
    ('agent = "ana"', 'agnet = "ana"', "expect.repair.agnet", "write agent"),
    ("expect.repair", "expect.repiar", "expect.repiar", "write repair"),
    ("capacity = 4\nassigned", "capacity = 0\nassigned", "agents.ana.capacity", ""),
    ("capacity = 4\nassigned", "assigned", "agents.ana.capacity", "capacity"),
    ("load = 1\ncapacity = 4\nassigned", "laod = 1\ncapacity = 4\nassigned", "agents.ana.laod", "load"),
    ("idle_since = 2026-03-02T09:00:00", 'idle_since = "nine"', "agents.ana.idle_since", ""),
    ("[2026-01-01..2026-12-31]", "[2026-01-01..2025-12-31]", "agents.ana.credentials", ""),
    ('subject = "permit"\n', "", "agents.ana.credentials.subject", "subject"),
    ("north = { pump = 1 }", 'north = { pump = "one" }', "stock.north.pump", ""),
    ("as_of", 'waiting_since = "nine"\nas_of', "waiting_since", ""),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in REPAIR
    with pytest.raises(StandardError) as caught:
        load(REPAIR.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place.startswith(f"$.examples.repair.{where}") and words in said for place, said in told), told


def test_each_of_nothing_known() -> None:
    """``as_of`` is among what it may be."""
    with pytest.raises(StandardError, match="write as_of"):
        load(REPAIR.replace("as_of = 2026-03-02T10:00:00", "each.as_fo = [2026-03-02T10:00:00]"))


@pytest.mark.parametrize("agents", ["agents = 3", 'agents = ["ana"]'])
def test_no_table_of_agents(agents: str) -> None:
    """Agents are a table by id."""
    with pytest.raises(StandardError, match="agents"):
        load(f"[examples.a]\nas_of = 2026-03-02T10:00:00\n{agents}\nexpect.site.team = 'x'\n")
