"""Roles, assignment and hand-offs in the file: every key is read, survives every format, and every fault has a path."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import Eq
from svcstd.documents import Format, json_schema, parse_text
from svcstd.routing import (
    Assignment,
    Belongs,
    ByIdle,
    ByKnown,
    ByLoad,
    ByOpening,
    ByPlace,
    ByShare,
    BySkill,
    ByStatus,
    Drawn,
    HandoffRule,
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
)
from svcstd.standard import Role

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
city = "text"
part = "text"
kind = "text"
language = "text"
owner = "text"
product = "text"
[roles]
desk = "Front desk"
engineer = { name = "Engineer", escalates_to = "desk" }
[teams.jinan]
traits = { area = "east", "服务 区.1" = "济南" }
[teams.qingdao]
"""


def read(text: str) -> ServiceStandard:
    """A standard with more below the teams; the schema takes it, and it survives every format."""
    found = loads(BASE + text)
    SCHEMA.validate(parse_text(BASE + text, "toml")[0])
    for form in FORMATS:
        assert loads(dumps(found, format=form), format=form) == found
    return found


def faults(text: str) -> list[tuple[str, str]]:
    """Path and message of each fault."""
    with pytest.raises(StandardError) as refused:
        loads(BASE + text)
    return [(one.where.removeprefix("$.").partition(" ")[0], one.message) for one in refused.value.faults]


WHOLE = """
[assignment.field]
name = "Field work"
role = "engineer"
units = 2
max_lead = 5
prefer = ["nearest", "opens first", "load", "share", "longest idle", { status = ["active", "away"] }, { skill = "TV" },
          { skill_of = "product" }, { known = "owner" }, { drawn = "2026" }]
relax = [{ after = "30 minutes", drop = "part" }, { after = "PT1H", drop = ["known"], lower = { skill = 2, held = 1 } }]
[assignment.field.needs]
near = { serves = "city", teams = { Weifang = ["qingdao", "jinan"] }, else = ["jinan"] }
open = "open"
shift = "on shift"
room = { need = "below capacity", when = { kind = "repair" } }
part = { stock = "part", when = { part = { present = true } } }
area = { trait = "area", is = "east" }
home = { trait = "area", fact = "city" }
status = { status = ["active", "busy"] }
known = { known = "owner" }
speaks = { speaks = "language" }
skill = { skill = "TV", level = 3 }
model = { skill_of = "product" }
held = { credential = "permit", product = "product", level = 2, editions = "2025-01-01" }
[assignment.round]
prefer = ["round robin"]
[handoffs]
owner = "desk"
most = 3
most_returns = 1
"""
SERVES = Serves("city", {"Weifang": ("qingdao", "jinan")}, ("jinan",))


def test_an_assignment_with_every_key() -> None:
    """Every need, every key of the order, relaxation, capacity; roles, traits and hand-offs beside it."""
    edition = read(WHOLE).current
    assert edition.roles == {"desk": Role("Front desk"), "engineer": Role("Engineer", "desk")}
    assert edition.teams["jinan"].traits == {"area": "east", "服务 区.1": "济南"}
    assert edition.handoffs == HandoffRule("desk", 3, 1)
    assert edition.assignment["round"] == Assignment(prefer=(RoundRobin(),))
    assert edition.assignment["field"] == Assignment(
        name="Field work",
        role="engineer",
        units=2,
        max_lead=5,
        needs={
            "near": Need(SERVES),
            "open": Need(IsOpen()),
            "shift": Need(OnShift()),
            "room": Need(HasRoom(), Eq("kind", "repair")),
            "part": Need(HasPart("part"), edition.assignment["field"].needs["part"].when),
            "area": Need(Belongs("area", ("east",))),
            "home": Need(Belongs("area", fact="city")),
            "status": Need(HasStatus(("active", "busy"))),
            "known": Need(IsKnown("owner")),
            "speaks": Need(Speaks("language")),
            "skill": Need(Skilled("TV", 3)),
            "model": Need(Skilled(fact="product")),
            "held": Need(Holds("permit", "product", 2, ("2025-01-01",))),
        },
        prefer=(
            ByPlace(SERVES),
            ByOpening(),
            ByLoad(),
            ByShare(),
            ByIdle(),
            ByStatus(("active", "away")),
            BySkill("TV"),
            BySkill(fact="product"),
            ByKnown("owner"),
            Drawn("2026"),
        ),
        relax=(
            Relaxation(timedelta(minutes=30), ("part",)),
            Relaxation(timedelta(hours=1), ("known",), {"skill": 2, "held": 1}),
        ),
    )


def test_a_standard_needs_none_of_it() -> None:
    """Nothing is made up."""
    edition = read("").current
    assert not edition.assignment
    assert edition.handoffs is None


A = "[assignment.a]\n"
ID = 'prefer = ["id"]\n'
NEED = f"{A}{ID}[assignment.a.needs]\n"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (A, "assignment.a.prefer", "shape.missing"),
        (A + "prefer = []\n", "assignment.a.prefer", "assign.tie"),
        (A + 'prefer = "id"\n', "assignment.a.prefer", "shape.kind"),
        (A + 'prefer = ["ids"]\n', "assignment.a.prefer[0]", "choice.nearest"),
        (A + "prefer = [5]\n", "assignment.a.prefer[0]", "shape.kind"),
        (A + 'prefer = [{ skil = "TV" }, "id"]\n', "assignment.a.prefer[0]", "shape.kind"),
        (A + 'prefer = ["nearest", "id"]\n', "assignment.a.prefer[0]", "assign.nearest"),
        (A + 'prefer = ["load"]\n', "assignment.a.prefer", "assign.tie"),
        (A + ID + 'role = "engneer"\n', "assignment.a.role", "roles.unknown"),
        (A + ID + "units = 0\n", "assignment.a.units", "shape.bounds"),
        (A + ID + 'relax = [{ after = "soon" }]\n', "assignment.a.relax[0].after", "duration.iso"),
        (A + ID + 'relax = [{ after = "1 hour", drop = "x" }]\n', "assignment.a.relax[0]", "assign.need"),
        (NEED + "x = 5\n", "assignment.a.needs.x", "shape.kind"),
        (NEED + 'x = "opn"\n', "assignment.a.needs.x", "choice.nearest"),
        (NEED + 'x = { need = "opn" }\n', "assignment.a.needs.x", "choice.nearest"),
        (
            A + ID + '[assignment.a.needs]\nx = { need = "open", skill = "TV" }\n',
            "assignment.a.needs.x.need",
            "shape.unknown_key",
        ),
        (NEED + 'x = { skil = "TV" }\n', "assignment.a.needs.x", "shape.kind"),
        (
            A + ID + '[assignment.a.needs]\nx = { skill = "TV", levl = 1 }\n',
            "assignment.a.needs.x.levl",
            "shape.unknown_key",
        ),
        (NEED + 'x = { trait = "area" }\n', "assignment.a.needs.x.values", "assign.either"),
        (NEED + 'x = { stock = "prt" }\n', "assignment.a", "facts.name"),
        (
            A + ID + '[assignment.a.needs]\nx = { serves = "city", else = ["jinn"] }\n',
            "assignment.a.needs.x",
            "teams.unknown",
        ),
        (
            A + ID + '[assignment.a.needs]\nx = { stock = "part", when = { prt = 1 } }\n',
            "assignment.a.needs.x.when.prt",
            "facts.name",
        ),
        ("[handoffs]\nmost = 3\n", "handoffs.owner", "shape.missing"),
        ('[handoffs]\nowner = "dsk"\n', "handoffs.owner", "handoffs.owner"),
        ('[handoffs]\nowner = "desk"\nmost = -1\n', "handoffs.most", "shape.bounds"),
        ('[handoffs]\nowner = ""\n', "handoffs.owner", "shape.empty"),
    ],
)
def test_a_fault_has_its_path(text: str, where: str, message: str) -> None:
    """And the message that names the way out."""
    assert faults(text) == [(where, message)]


@pytest.mark.parametrize(
    ("roles", "where", "message"),
    [
        ('desk = { name = "a", escalates_to = "dsk" }', "roles.desk.escalates_to", "roles.unknown"),
        ('desk = { escalates_to = "b" }\nb = { escalates_to = "desk" }', "roles.desk.escalates_to", "roles.circle"),
        ('desk = { escalates_to = "desk" }', "roles.desk.escalates_to", "roles.circle"),
    ],
)
def test_a_fault_of_roles_has_its_path(roles: str, where: str, message: str) -> None:
    """Nobody escalates to somebody unknown, nor round in a circle."""
    head = BASE[: BASE.index("[roles]")]
    with pytest.raises(StandardError) as refused:
        loads(f"{head}[roles]\n{roles}\n")
    told: list[Any] = [(one.where.removeprefix("$.").partition(" ")[0], one.message) for one in refused.value.faults]
    assert (where, message) in told
