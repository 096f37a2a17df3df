"""Decision tables and trees of routes in the file: every key survives every format, and every fault has a path."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, AnyOf, Eq, In, Not, Prefix, Present, Range
from svcstd.documents import Format, json_schema, parse_text
from svcstd.routing import Route, RouteTree
from svcstd.rules import DecisionTable, Else, Output, Rule

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "claim"] }
vip = "true or false"
amount = { kind = "number", unit = "CNY" }
bought = "date"
age = "duration"
city = "text"
"""


def read(text: str) -> ServiceStandard:
    """A standard with more below the facts; the schema takes it, and it survives every format."""
    found = loads(BASE + text)
    SCHEMA.validate(parse_text(BASE + text, "toml")[0])
    for form in FORMATS:
        assert loads(dumps(found, format=form), format=form) == found
    return found


def routing(text: str) -> Any:
    """The table or tree called a."""
    return read(text).current.routing["a"]


def faults(text: str) -> list[tuple[str, str]]:
    """Path and message of each fault."""
    with pytest.raises(StandardError) as refused:
        loads(BASE + text)
    return [(one.where.removeprefix("$.routing.").partition(" ")[0], one.message) for one in refused.value.faults]


WHOLE = """
[routing.a]
name = "Intake"
hit = "collect"
aggregate = "sum"
on_no_match = "error"
in = ["kind", "vip", "amount", "bought", "age"]
out = { points = { kind = "number", one_of = [1, 2.5, 9], default = 9 } }
else = { points = 1, because = "the rest counts once" }
[routing.a.rules]
plain = ["fault", true, ">= 100 CNY", "2026-01-01", "> PT8H", 2.5]
lists = [["fault", "claim"], "-", [5, "[10..20)"], { present = false }, "-", "-"]
empty = ["-", "-", "-", "-", "-", 1]
[routing.a.rules.dated]
when = { city = { starts = "New" }, any_of = [{ kind = "fault" }, { vip = true }] }
then = { points = 9 }
from = 2026-01-01
until = 2026-12-31
because = "the board said so"
[routing.a.rules.bare]
"""


def test_a_table_with_every_key() -> None:
    """A grid, rules of their own, typed outputs, an else with its reason."""
    table = routing(WHOLE)
    assert isinstance(table, DecisionTable)
    assert (table.name, table.hit, table.aggregate, table.on_no_match) == ("Intake", "collect", "sum", "error")
    assert table.outputs == {"points": Output("number", (1, Decimal("2.5"), 9), 9)}
    assert table.otherwise == Else({"points": 1}, "the rest counts once")
    plain = AllOf(
        (
            Eq("kind", "fault"),
            Eq("vip", True),
            Range("amount", 100, None),
            Eq("bought", date(2026, 1, 1)),
            Range("age", timedelta(hours=8), None, low_closed=False),
        )
    )
    assert table.rules["plain"] == Rule(plain, {"points": Decimal("2.5")})
    assert table.rules["lists"] == Rule(
        AllOf(
            (
                In("kind", ("fault", "claim")),
                AnyOf((Eq("amount", 5), Range("amount", 10, 20, high_closed=False))),
                Present("bought", expected=False),
            )
        )
    )
    assert table.rules["empty"] == Rule(then={"points": 1})
    assert table.rules["dated"] == Rule(
        AllOf((Prefix("city", "New"), AnyOf((Eq("kind", "fault"), Eq("vip", True))))),
        {"points": 9},
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        because="the board said so",
    )
    assert table.rules["bare"] == Rule()


def test_outputs_may_be_a_list_of_names_or_say_what_they_are() -> None:
    """The short form is written back where nothing more is said."""
    assert routing('[routing.a]\nhit = "first"\nout = ["role", "queue"]\n').outputs == {
        "role": Output(),
        "queue": Output(),
    }
    typed = routing('[routing.a]\nhit = "first"\nout = { until = { kind = "date", default = "2026-01-01" } }\n')
    assert typed.outputs == {"until": Output("date", default=date(2026, 1, 1))}


def test_rows_that_a_grid_cannot_hold_are_written_as_rules() -> None:
    """A dash as a value, two tests of one fact, a test of several."""
    text = """
[routing.a]
hit = "rule order"
in = ["city"]
out = ["role"]
[routing.a.rules]
dash = { when = { city = "x" }, then = { role = "y" } }
twice = { when = { all_of = [{ amount = "> 1" }, { amount = "< 5" }] }, then = { role = "y" } }
not = { when = { not = { not = { vip = true } } } }
"""
    table = routing(text)
    assert table.rules["twice"].when == AllOf(
        (Range("amount", 1, None, low_closed=False), Range("amount", None, 5, high_closed=False))
    )
    assert table.rules["not"].when == AllOf((Not(Not(Eq("vip", True))),))
    odd = DecisionTable(
        facts=table.facts,
        outputs={"role": Output()},
        rules={"dash": Rule(Eq("city", "-"), {"role": "-"}), "plain": Rule(Eq("city", "x"), {"role": None})},
    )
    evolved = read(text).current
    assert evolved.routing["a"].outputs == odd.outputs


def test_what_no_row_can_say_is_written_as_a_rule_and_comes_back() -> None:
    """A dash that is a value, and a reason for a rule that asks nothing."""
    table = routing(
        '[routing.a]\nhit = "first"\nin = ["city"]\nout = ["role"]\n[routing.a.rules]\n'
        'dash = { when.city = "x", then.role = "-" }\n'
        'told = { then.role = "y", because = "the rest is read by hand" }\n'
    )
    assert table.rules == {
        "dash": Rule(Eq("city", "x"), {"role": "-"}),
        "told": Rule(AllOf(), {"role": "y"}, because="the rest is read by hand"),
    }


OUT = '[routing.a]\nhit = "first"\nout = '
TABLE = '[routing.a]\nhit = "first"\nin = ["kind"]\nout = ["role"]\n'


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("[routing]\na = 5\n", "a", "shape.kind"),
        ('[routing.a]\nout = ["role"]\n', "a.hit", "shape.missing"),
        ('[routing.a]\nhit = "first"\n', "a.out", "shape.missing"),
        ('[routing.a]\nhit = "frist"\nout = ["role"]\n', "a.hit", "choice.nearest"),
        ('[routing.a]\nhit = "first"\nout = []\n', "a.out", "shape.empty"),
        ('[routing.a]\nhit = "first"\nout = 5\n', "a.out", "shape.kind"),
        ('[routing.a]\nhit = "first"\nout = { role = { kind = "word" } }\n', "a.out.role.kind", "choice.nearest"),
        ('[routing.a]\nhit = "first"\nout = { role = { one_of = [1] } }\n', "a.out.role.one_of", "facts.kind"),
        (
            '[routing.a]\nhit = "first"\nout = { n = { kind = "integer", default = "x" } }\n',
            "a.out.n.default",
            "facts.kind",
        ),
        (
            '[routing.a]\nhit = "first"\nout = { n = { one_of = ["a"], default = "b" } }\n',
            "a.out.n.default",
            "rules.output_value",
        ),
        (TABLE.replace('"kind"', '"knd"'), "a.in", "facts.name"),
        (TABLE.replace('"kind"', '"kind", "vip", "kind"'), "a.in", "table.twice"),
        (TABLE + "rules = 5\n", "a.rules", "shape.kind"),
        (TABLE + "[routing.a.rules]\nr = 5\n", "a.rules.r", "shape.kind"),
        (TABLE + '[routing.a.rules]\nr = ["fault"]\n', "a.rules.r", "rules.width"),
        (TABLE + '[routing.a.rules]\nr = ["flt", "x"]\n', "a.rules.r[0]", "facts.value"),
        (TABLE + '[routing.a.rules]\nr = ["fault", 5]\n', "a.rules.r.role", "facts.kind"),
        (TABLE + "[routing.a.rules]\nr = { wen = {} }\n", "a.rules.r.wen", "shape.unknown_key"),
        (TABLE + '[routing.a.rules]\nr = { when = { knd = "x" } }\n', "a.rules.r.when.knd", "facts.name"),
        (TABLE + "[routing.a.rules]\nr = { then = 5 }\n", "a.rules.r.then", "shape.kind"),
        (TABLE + '[routing.a.rules]\nr = { then = { rol = "x" } }\n', "a.rules.r.then.rol", "rules.output"),
        (TABLE + "[routing.a.rules]\nr = { from = 2026-02-01, until = 2026-01-01 }\n", "a.rules.r", "range.empty"),
        (TABLE + '[routing.a.rules]\nelse = ["fault", "x"]\n', "a.rules.else", "rules.reserved"),
        (TABLE + 'else = "desk"\n', "a.else", "rules.else"),
        (TABLE + 'else = { role = "desk" }\n', "a.else", "rules.else"),
        (TABLE + 'else = { role = "desk", because = 5 }\n', "a.else", "rules.else"),
        (TABLE + 'else = { rol = "desk", because = "so" }\n', "a.else.rol", "rules.output"),
        (TABLE + 'aggregate = "count"\n', "a.aggregate", "rules.aggregate"),
    ],
)
def test_a_fault_of_a_table_has_its_path(text: str, where: str, message: str) -> None:
    """And the message that names the way out."""
    assert faults(text) == [(where, message)]


def test_a_fact_that_cannot_be_read_is_told_once() -> None:
    """Not again by every table that reads it."""
    broken = BASE.replace('city = "text"', 'city = "txt"')
    text = '[routing.a]\nhit = "first"\nin = ["city"]\nout = ["role"]\n[routing.a.rules]\nr = ["x", "y"]\n'
    tree = '[routing.b]\nout = ["role"]\nroutes = { r = { when = { city = "x" } } }\n'
    with pytest.raises(StandardError) as refused:
        loads(broken + text + tree)
    assert [one.where.partition(" ")[0] for one in refused.value.faults] == ["$.facts.city"]


TREE = """
[routing.a]
name = "Queues"
out = { queue = {}, wait = { kind = "integer", default = 60 } }
set = { queue = "desk" }
[routing.a.routes.north]
when = { city = "oslo" }
set = { queue = "north" }
because = "they speak Norwegian"
[routing.a.routes.north.routes.vip]
when = { vip = true }
set = { wait = 5 }
[routing.a.routes.log]
continue = true
[routing.a.routes.rest]
"""


def test_a_tree_with_every_key() -> None:
    """Routes within routes, options that are inherited, routes that continue, reasons."""
    tree = routing(TREE)
    vip = Route(Eq("vip", True), {"wait": 5})
    north = Route(Eq("city", "oslo"), {"queue": "north"}, {"vip": vip}, because="they speak Norwegian")
    assert isinstance(tree, RouteTree)
    assert tree.name == "Queues"
    assert tree.sets == {"queue": "desk"}
    assert tree.routes == {"north": north, "log": Route(continues=True), "rest": Route()}
    assert tree.decide({"city": "oslo", "vip": True})["wait"] == 5


HEAD = '[routing.a]\nout = ["queue"]\n'


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (HEAD + "routes = 5\n", "a.routes", "shape.kind"),
        (HEAD + "routes = { r = 5 }\n", "a.routes.r", "shape.kind"),
        (HEAD + "[routing.a.routes]\n[routing.a.set]\nqueu = 'x'\n", "a.set.queu", "rules.output"),
        (HEAD + "routes = { r = { wen = {} } }\n", "a.routes.r.wen", "shape.unknown_key"),
        (HEAD + 'routes = { r = { when = { knd = "x" } } }\n', "a.routes.r.when.knd", "facts.name"),
        (HEAD + "routes = { r = { set = { queue = 5 } } }\n", "a.routes.r.set.queue", "facts.kind"),
        (HEAD + 'routes = { else = { set = { queue = "x" } } }\n', "a.routes.else", "routes.id"),
        (
            HEAD + "routes = " + "{ r = { routes = " * 10 + "{ r = {} }" + " } }" * 10 + "\n",
            "a.routes",
            "routes.bounds",
        ),
        ("[routing.a]\nroutes = {}\n", "a.out", "shape.missing"),
    ],
)
def test_a_fault_of_a_tree_has_its_path(text: str, where: str, message: str) -> None:
    """And the message that names the way out."""
    assert faults(text) == [(where, message)]
