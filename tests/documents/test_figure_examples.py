"""Examples of figures and scores in the file: a few records, and what must be counted over them."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.documents import Format, json_schema, parse_text
from svcstd.documents.example_records import MOST_ROWS
from svcstd.keyed import Keyed
from svcstd.standard import FigureCheck, Finding
from svcstd.standard.example import check_examples

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
from = 2026-01-01
[records.rating]
at = "date"
fields = { agent = "text", date = "date", mark = "number" }
[records.case.fields]
opened = "moment"
closed = "moment"
[kpis.mark]
of = "rating"
better = "more"
unit = "points"
mean = "mark"
missing = "leave out"
[kpis.age]
of = "case"
like = "backlog_age"
with = { statistic = "mean" }
[scorecards.agent]
of = "agent"
every = "month"
weights = { mark = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
round = "0.1 half up"
grades = { A = ">= 3", B = "else" }
"""
MONTH = """[examples.month]
name = "two ratings, and one that says nothing"
of = "ada"
period = "2026-01"
records.rating = { all = { agent = "ada", date = 2026-01-05 }, fields = ["mark"], rows = [2, 3, "none"] }
expect.kpis.mark = { value = "5/2", n = 2 }
expect.scorecards.agent = { value = 2.5, n = 2, grade = "B", state = "scored" }
because = "mark"
"""


def load(*parts: str) -> ServiceStandard:
    """A standard of the base and these parts."""
    return loads("".join((BASE, *parts)))


def findings(*parts: str) -> list[Finding]:
    """What its examples get otherwise than expected."""
    return list(check_examples(load(*parts)))


def test_an_example_that_holds() -> None:
    """Records with what is the same for all, a fraction, a score with its grade."""
    assert findings(MONTH) == []
    (check,) = load(MONTH).examples["month"].checks
    assert isinstance(check, FigureCheck)
    assert [record["mark"] for record in check.records["rating"][:2]] == [2, 3]
    assert "mark" not in check.records["rating"][2]
    assert check.expect["kpis", "mark"] == Keyed({"value": Fraction(5, 2), "n": 2})


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    standard = load(MONTH)
    assert loads(dumps(standard, format=form), format=form) == standard


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(BASE + MONTH, "toml")
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    jsonschema.Draft202012Validator(json_schema()).validate(head | {"examples": raw["examples"]})


def test_records_in_every_spelling() -> None:
    """A list of tables, rows of several fields, and the path with a dot that all formats know."""
    for records in (
        'rating = [{ agent = "ada", date = 2026-01-05, mark = 2 }, { agent = "ada", date = 2026-01-06, mark = 3 }]',
        'rating = { fields = ["agent", "date", "mark"], rows = [["ada", 2026-01-05, 2], ["ada", "2026-01-06", 3]] }',
    ):
        expect = 'expect = { "kpis.mark" = 2.5, "scorecards.agent" = 2.5 }'
        assert findings(f'[examples.a]\nof = "ada"\nperiod = "2026-01"\nrecords.{records}\n{expect}\n') == []


def test_records_that_are_not_given() -> None:
    """Are no records, and not none of them."""
    text = '[examples.a]\nperiod = "2026-01"\nof = "ada"\nrecords = {}\nexpect.kpis.mark = "none"\n'
    (found,) = findings(text + "expect.scorecards.agent = 1\n".replace("expect", "#"))
    assert (found.objective, found.got.startswith("records: ")) == ("kpis.mark", True)
    (found,) = findings(text.replace("kpis.mark", "scorecards.agent"))
    assert (found.objective, found.got.startswith("records: ")) == ("scorecards.agent", True)


def test_age_is_asked_at_a_moment() -> None:
    """A backlog is as old as the day on which we ask."""
    text = """[examples.old]
as_of = 2026-01-03T09:00:00
records.case = [{ opened = "2026-01-01T09:00:00+08:00" }, { opened = "2026-01-02T09:00:00+08:00" }]
expect.kpis.age = { value = 129600, n = 2 }
"""
    assert findings(text) == []


def test_nothing_is_none() -> None:
    """A month without ratings has no figure and no score."""
    text = """[examples.empty]
of = "ada"
period = "2026-02"
records.rating = []
expect.kpis.mark = "none"
expect.scorecards.agent = { value = "none", grade = "none", state = "missing" }
"""
    assert findings(text) == []


WRONG = [
    ('value = "5/2", n = 2', 'value = "1/3", n = 2', ("kpis.mark", "value", "1/3", "2.5")),
    ('value = "5/2", n = 2', 'value = "5/2", n = 3', ("kpis.mark", "n", "3", "2")),
    ("value = 2.5, n = 2", "value = 2.6, n = 2", ("scorecards.agent", "value", "2.6", "2.5")),
    ('grade = "B"', 'grade = "none"', ("scorecards.agent", "grade", "none", "B")),
    ('state = "scored"', 'state = "missing"', ("scorecards.agent", "state", "missing", "scored")),
    ('because = "mark"', 'because = "luck"', ("scorecards", "because", "luck", None)),
]


@pytest.mark.parametrize(("old", "new", "wanted"), WRONG)
def test_what_comes_out_otherwise(old: str, new: str, wanted: tuple[str, str, str, str | None]) -> None:
    """Each as a finding with its place."""
    assert old in MONTH
    (found,) = findings(MONTH.replace(old, new, 1))
    assert (found.where, found.objective, found.field, found.expected) == ("examples.month", *wanted[:3])
    assert wanted[3] is None or found.got == wanted[3]


def test_what_cannot_be_counted() -> None:
    """Two editions and no day; a figure that an edition has no more."""
    text = MONTH.replace('period = "2026-01"\n', "").replace("expect.scorecards.agent", "#").replace("because", "#")
    later = '[changes.2026-07-01]\nremove = ["kpis.mark", "scorecards.agent"]\n'
    (found,) = findings(text, later)
    assert (found.field, found.expected, found.got.startswith("period: ")) == ("value", "a figure", True)
    gone = MONTH.replace('"2026-01"', '"2026-07"').replace("because", "#")
    assert [(one.objective, one.got.partition(":")[0]) for one in findings(gone, later)] == [
        ("kpis.mark", "kpi"),
        ("scorecards.agent", "card"),
    ]


FAULTS = [
    ('fields = ["mark"]', 'fields = ["mark", "mark"]', "records.rating.fields", "mark"),
    ('fields = ["mark"]', 'fields = ["mark", "agent"]', "records.rating.fields", "agent"),
    ('["mark"], rows = [2, 3, "none"]', '["mrak"], rows = ["none"]', "records.rating.fields", "mark"),
    ("records.rating", "records.raiting", "records.raiting", "write rating"),
    ("rows = [2, 3", "rows = [[2, 3], 3", "records.rating.rows[0]", "values: 2, fields: 1"),
    ('all = { agent = "ada", date = 2026-01-05 }', "all = 3", "records.rating.all", "a table"),
    ('fields = ["mark"]', "fields = []", "records.rating.fields", ""),
    ('fields = ["mark"]', 'fields = ["makr"]', "records.rating.fields", "write mark"),
    ("rows = [2", 'rows = ["two"', "records.rating.rows[0].mark", ""),
    ("2026-01-05 }", '"yesterday" }', "records.rating.rows[0].date", ""),
    ('period = "2026-01"', 'period = "January"', "period", "is no period"),
    ('period = "2026-01"', 'period = "9999-12"', "period", ""),
    ('because = "mark"', 'because = " "', "because", "say what must come out"),
    ("expect.kpis.mark", "expect.foo", "expect.foo", "kpis"),
    ('of = "ada"', 'off = "ada"', "off", "of"),
    ('of = "ada"', 'of = "ada"\nas_of = "noon"', "as_of", ""),
    ("expect.kpis.mark", "expect.kpis.makr", "expect.kpis.makr", "mark"),
    ("expect.scorecards.agent", "expect.scorecards.agnet", "expect.scorecards.agnet", "agent"),
    ("expect.kpis.mark", "expect.kpi.mark", "expect.kpi.mark", "kpis"),
    ("n = 2 }\nexpect.s", 'n = 2, grade = "B" }\nexpect.s', "expect.kpis.mark.grade", "value"),
    ('state = "scored"', 'state = "done"', "expect.scorecards.agent.state", "scored"),
    ('value = "5/2"', 'value = "much"', "expect.kpis.mark.value", "a number"),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in MONTH
    with pytest.raises(StandardError) as caught:
        load(MONTH.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place.startswith(f"$.examples.month.{where}") and words in said for place, said in told), told


NOTHING = [
    "expect.kpis = 2",
    "expect = {}",
    "expect = 3",
    "",
    "expect = { mark = 3 }",
    "expect = { kpis = {} }",
    "expect.kpis.mark = {}",
]


@pytest.mark.parametrize("expect", NOTHING)
def test_nothing_expected(expect: str) -> None:
    """An example that cannot fail is none."""
    with pytest.raises(StandardError, match="expect"):
        load(MONTH.partition("expect")[0] + expect + "\n")


@pytest.mark.parametrize("records", ["records = 3", "records.rating = 3", "records.rating = [3]"])
def test_no_records(records: str) -> None:
    """Records are tables."""
    with pytest.raises(StandardError, match="records"):
        load(f'[examples.a]\nperiod = "2026-01"\n{records}\nexpect.kpis.mark = 1\n')


def test_an_expectation_told_twice() -> None:
    """None of both is lost."""
    raw = json.loads(dumps(load(MONTH), format="json"))
    raw["examples"]["month"]["expect"]["kpis.mark"] = 99
    with pytest.raises(StandardError, match=r"kpis\.mark"):
        loads(json.dumps(raw), format="json")


def test_words_without_a_score() -> None:
    """A figure has no reasons in which words could be found; a score that failed says so, and no more."""
    text = MONTH.replace("expect.scorecards.agent", "#")
    with pytest.raises(StandardError, match="expect a score under scorecards"):
        load(text)
    gone = MONTH.replace('"2026-01"', '"2026-07"').replace("expect.kpis.mark", "#")
    (found,) = findings(gone, '[changes.2026-07-01]\nremove = ["scorecards.agent"]\n')
    assert (found.objective, found.field) == ("scorecards.agent", "value")


def test_the_many_are_refused() -> None:
    """An example shows a few."""
    rows = ", ".join(["1"] * (MOST_ROWS + 1))
    with pytest.raises(StandardError, match="more than 10,000 records"):
        load(MONTH.replace('[2, 3, "none"]', f"[{rows}]"))


def test_an_unreadable_kind() -> None:
    """Is told once, and not by its examples as well."""
    with pytest.raises(StandardError) as caught:
        loads(BASE.replace('mark = "number"', 'mark = "nubmer"') + MONTH)
    assert all("examples" not in fault.where for fault in caught.value.faults)


def test_a_field_of_two_kinds() -> None:
    """Is read as it stands, and checked by the edition of the period."""
    later = '[changes.2026-07-01]\nrecords.rating.fields.mark = "text"\nremove = ["kpis.mark", "scorecards.agent"]\n'
    assert findings(MONTH, later) == []


def test_fields_of_every_edition() -> None:
    """A field that only a later edition declares may be given."""
    later = '[changes.2026-07-01]\nrecords.rating.fields.why = "text"\n'
    text = MONTH.replace('"2026-01"', '"2026-07"').replace("2026-01-05", "2026-07-05")
    assert findings(text.replace('agent = "ada", date', 'agent = "ada", why = "slow", date'), later) == []


POOL = """[records.crew.fields]
team = "text"
agent = "text"
points = "integer"
[records.paper.fields]
team = "text"
name = { one_of = ["permit"] }
first = "date"
last = "date"
[kpis.points]
of = "crew"
better = "more"
unit = "points"
sum = "points"
empty = "zero"
[plans.pool]
of = "team"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
eligible = { needs = ["permit"] }
certificates = "paper"
lines.all = { pays = "100.00 CNY", times = "kpis.points", missing = "nothing" }
share = { records = "crew", of = "agent", by = "kpis.points", missing = "nothing" }
"""
SHARED = """[examples.shared]
pay = "pool"
of = "north"
period = "2026-01"
expect = { total = "300.00 CNY", shares = { ana = "100.00 CNY", ben = "200.00 CNY" } }
[examples.shared.records]
crew = { all = { team = "north" }, fields = ["agent", "points"], rows = [["ana", 1], ["ben", 2]] }
paper = [{ team = "north", name = "permit", first = 2025-01-01, last = 2026-12-31 }]
"""


def test_pay_counted_over_records() -> None:
    """Figures, certificates and shares all come from records."""
    assert findings(POOL, SHARED) == []
    (found,) = findings(POOL, SHARED.replace('ana = "100.00 CNY"', 'ana = "150.00 CNY"'))
    assert (found.field, found.expected, found.got) == ("shares.ana", "150.00 CNY", "100.00 CNY")
    (found,) = findings(POOL, SHARED.replace('ana = "100.00 CNY"', 'cem = "100.00 CNY"'))
    assert (found.field, found.got) == ("shares.cem", "none")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('period = "2026-01"', 'period = "2026-01"\nresults = { "kpis.points" = 3 }', "results"),
        ('name = "permit"', 'name = "licence"', "records.paper[0].name"),
        ('shares = { ana = "100.00 CNY"', "shares = { ana = 100", "expect.shares.ana"),
        ('shares = { ana = "100.00 CNY", ben = "200.00 CNY" }', "shares = {}", "expect.shares"),
    ],
)
def test_pay_faults(old: str, new: str, where: str) -> None:
    """Results beside records, records of another form, a share that is no money."""
    assert old in SHARED
    with pytest.raises(StandardError) as caught:
        load(POOL, SHARED.replace(old, new, 1))
    assert any(fault.where.startswith(f"$.examples.shared.{where}") for fault in caught.value.faults)


def test_a_line_that_is_called_shares() -> None:
    """Is a line like any other."""
    plan = POOL.replace("lines.all", "lines.shares").partition("share = {")[0]
    text = SHARED.replace(', shares = { ana = "100.00 CNY", ben = "200.00 CNY" }', ', shares = "300.00 CNY"')
    assert findings(plan, text) == []


def test_results_share_nothing() -> None:
    """Who shares is told by records."""
    text = SHARED.partition("[examples.shared.records]")[0] + 'results = { "kpis.points" = 3 }\n'
    with pytest.raises(StandardError, match="give records in place of results"):
        load(POOL, text)


def test_a_pool_that_cannot_be_shared() -> None:
    """Is a finding, as every other answer is."""
    text = SHARED.replace('of = "north"', 'of = "south"').replace('team = "north", name', 'team = "south", name')
    (found,) = findings(POOL, text.replace('total = "300.00 CNY", ', ""))
    assert (found.field, found.expected) == ("state", "a statement")


def test_team_results_beside_records() -> None:
    """What a plan asks of a team may be given by hand."""
    plan: Any = POOL.replace(
        'share = { records = "crew", of = "agent", by = "kpis.points", missing = "nothing" }\n',
        'lines.team = { pays = "1.00 CNY", times = "kpis.points", missing = "nothing", whose = "team" }\n',
    )
    text = SHARED.replace(', shares = { ana = "100.00 CNY", ben = "200.00 CNY" }', "").replace(
        'period = "2026-01"', 'period = "2026-01"\nteam = { "kpis.points" = 7 }'
    )
    assert findings(plan, text.replace("300.00", "307.00")) == []
