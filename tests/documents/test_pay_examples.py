"""Examples of pay in the file: what comes out otherwise is a finding, what is misspelt a fault."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.documents import Format, json_schema, parse_text
from svcstd.incentives import Served, Validity
from svcstd.money import Money
from svcstd.standard import Finding, PayCheck
from svcstd.standard.example import check_examples

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
BASE = """svcstd = 1
id = "shop"
name = "Shop"
zone = "Asia/Shanghai"
from = 2026-01-01
[records.order]
at = "on"
fields = { agent = "text", worth = "number", on = "date" }
[records.person]
fields = { agent = "text", status = "text" }
[kpis.worth]
of = "order"
sum = "worth"
empty = "zero"
better = "more"
unit = "CNY"
[plans.sales]
of = "agent"
people = "person"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
prorate = { by = "working days", of = "payout" }
eligible = { needs = ["permit"], when = { status = "employed" } }
[plans.sales.lines.tenth]
pays = "0.10 CNY"
times = "kpis.worth"
missing = "withhold"
[plans.sales.lines.team]
pays = "0.01 CNY"
times = "kpis.worth"
missing = "nothing"
whose = "team"
[[plans.sales.steps]]
name = "cap"
most = "500.00 CNY"
"""
JANUARY = """[examples.january]
name = "half a month"
pay = "sales"
of = "ada"
period = "2026-01"
results = { "kpis.worth" = 3000 }
team.kpis.worth = "10000/3"
facts = { status = "employed" }
certificates = { permit = "[2025-06-01..2026-05-31]" }
served = { "working days" = [10, 20] }
expect = { total = "166.67 CNY", tenth = "150.00 CNY", team = "16.67 CNY", state = "due", refused = [] }
because = ["kpis.worth is 3000", "for 10 of 20 working days"]
"""
CHANGED = """[changes.2026-07-01]
plans.sales.lines.tenth.pays = "0.20 CNY"
plans.sales.lines.extra = { pays = "1.00 CNY", times = "kpis.worth", missing = "nothing" }
"""


def load(*parts: str) -> ServiceStandard:
    """A standard of the base and these parts."""
    return loads("".join((BASE, *parts)))


def findings(*parts: str) -> list[Finding]:
    """What its examples get otherwise than expected."""
    return list(check_examples(load(*parts)))


def test_an_example_that_holds() -> None:
    """Half a month, a team, a certificate."""
    assert findings(JANUARY) == []
    (check,) = load(JANUARY).examples["january"].checks
    assert isinstance(check, PayCheck)
    assert check.payee.served == {"working days": Served(10, 20)}
    assert check.payee.certificates == {"permit": (Validity(date(2025, 6, 1), date(2026, 5, 31)),)}
    assert check.amounts["total"] == Money.of("166.67", "CNY")


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    standard = load(JANUARY)
    assert loads(dumps(standard, format=form), format=form) == standard


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(BASE + JANUARY, "toml")
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    jsonschema.Draft202012Validator(json_schema()).validate(head | {"examples": raw["examples"]})


WRONG = [
    ('total = "166.67 CNY"', 'total = "166.66 CNY"', ("total", "166.66 CNY", "166.67 CNY")),
    ('tenth = "150.00 CNY"', 'tenth = "151.00 CNY"', ("tenth", "151.00 CNY", "150.00 CNY")),
    ('total = "166.67 CNY"', 'total = "166.67 EUR"', ("total", "166.67 EUR", "166.67 CNY")),
    ('state = "due"', 'state = "refused"', ("state", "refused", "due")),
    ("refused = []", 'refused = ["permit"]', ("refused", "permit", "")),
    ('"kpis.worth is 3000"', '"kpis.worth is 3001"', ("because", "kpis.worth is 3001", None)),
    ('"kpis.worth" = 3000', '"kpis.wroth" = 3000', ("state", "a statement", None)),
    ('period = "2026-01"', 'period = "2025-12"', ("state", "a statement", None)),
    ('period = "2026-01"', 'period = "2026-Q1"', ("state", "a statement", None)),
]


@pytest.mark.parametrize(("old", "new", "wanted"), WRONG)
def test_what_comes_out_otherwise(old: str, new: str, wanted: tuple[str, str, Any]) -> None:
    """Each as a finding with its place."""
    assert old in JANUARY
    (found,) = findings(JANUARY.replace(old, new, 1))
    assert (found.where, found.objective) == ("examples.january", "sales")
    assert (found.field, found.expected) == wanted[:2]
    assert wanted[2] is None or found.got == wanted[2]


def test_nobody_is_paid() -> None:
    """Who is not eligible, and why; a result that is missing."""
    refused = JANUARY.replace('certificates = { permit = "[2025-06-01..2026-05-31]" }\n', "")
    refused = refused.replace('"employed"', '"left"', 1)
    expect = 'expect = { total = "0.00 CNY", state = "refused", refused = ["when", "permit"] }'
    lines = [line for line in refused.splitlines() if not line.startswith(("expect", "because"))]
    assert findings("\n".join([*lines, expect, ""])) == []
    waits = JANUARY.replace('"kpis.worth" = 3000', '"kpis.worth" = "none"').partition("expect")[0]
    assert findings(waits + 'expect = { state = "withheld", total = "0.00 CNY" }\n') == []


def test_editions() -> None:
    """The edition of the period pays; a line of any edition may be expected."""
    july = JANUARY.replace("january", "july").replace('"2026-01"', '"2026-07"').replace("2026-05-31", "2026-12-31")
    assert [(one.field, one.got) for one in findings(july, CHANGED)] == [
        ("total", "500.00 CNY"),
        ("tenth", "300.00 CNY"),
    ]
    given = july.partition("expect")[0]
    assert findings(given, 'expect = { extra = "1500.00 CNY" }\n', CHANGED) == []
    gone = '[changes.2026-07-01]\nremove = ["plans.sales"]\n'
    (found,) = findings(given, 'expect = { total = "1.00 CNY" }\n', gone)
    assert (found.field, found.got.startswith("plan: ")) == ("state", True)


FAULTS = [
    ('"kpis.worth" = 3000 }', '"kpis.worth" = 3000, kpis = { worth = 1 } }', "results.kpis", "once"),
    ('because = ["kpis.worth is 3000"', 'because = [""', "because[0]", "say what must come out"),
    ('pay = "sales"', 'pay = "slaes"', "pay", "write sales"),
    ('period = "2026-01"', 'period = "January"', "period", "is no period"),
    ('period = "2026-01"\n', "", "period", ""),
    ('results = { "kpis.worth" = 3000 }', "results = 3", "results", "a table of results"),
    ('"kpis.worth" = 3000', '"kpis.worth" = "much"', "results.kpis.worth", ""),
    ('team.kpis.worth = "10000/3"', 'team.kpis.worth = "x"', "team.kpis.worth", ""),
    ('facts = { status = "employed" }', "facts = 3", "facts", "a table of facts"),
    ('status = "employed"', 'stauts = "employed"', "facts.stauts", "write status"),
    ("[2025-06-01..2026-05-31]", "[2025-06-01..)", "certificates.permit", "no first or no last"),
    ("[2025-06-01..2026-05-31]", "2025", "certificates.permit", ""),
    ("[10, 20]", "[10]", "served.working days", "two fields"),
    ("[10, 20]", "[30, 20]", "served.working days", ""),
    ("[10, 20]", '["10", 20]', "served.working days[0]", ""),
    ('tenth = "150.00 CNY"', 'tehnth = "150.00 CNY"', "expect.tehnth", "write total, state, refused, shares or tenth"),
    ('tenth = "150.00 CNY"', "tenth = 150", "expect.tenth", ""),
    ('state = "due"', 'state = "paid"', "expect.state", "due"),
    ("refused = []", "refused = 3", "expect.refused", ""),
    ('of = "ada"', 'of = ""', "of", ""),
    ('of = "ada"', 'off = "ada"', "off", "of"),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in JANUARY
    with pytest.raises(StandardError) as caught:
        load(JANUARY.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place == f"$.examples.january.{where}" and words in said for place, said in told), told


@pytest.mark.parametrize("expect", ["expect = {}", "expect = 3", ""])
def test_nothing_expected(expect: str) -> None:
    """An example that cannot fail is none."""
    with pytest.raises(StandardError, match="expect"):
        load(JANUARY.partition("expect")[0] + expect + "\n")


def test_an_unreadable_plan() -> None:
    """Is told once, and not by its examples as well."""
    broken = BASE.replace('most = "500.00 CNY"', 'most = "lots"')
    mended = '[changes.2026-07-01]\nplans.sales.steps = [{ name = "cap", most = "9.00 CNY" }]\n'
    with pytest.raises(StandardError) as caught:
        loads(broken + JANUARY.replace("tenth =", "unheard =") + mended)
    assert not [fault for fault in caught.value.faults if fault.where.startswith("$.examples")]


def test_a_plan_without_people() -> None:
    """Facts are free where the plan asks for none."""
    free = BASE.replace('people = "person"\n', "").replace(', when = { status = "employed" }', "")
    assert list(check_examples(loads(free + JANUARY))) == []
