"""Awards and ladders in the file: every key survives, every fault has a path, and records lead to grants and ranks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import jsonschema
import pytest

from svcstd import Period, ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, Eq
from svcstd.curves import Rounding
from svcstd.documents import Format, json_schema, parse_text
from svcstd.errors import DefinitionError, FactError, SvcstdError, UnknownName
from svcstd.incentives import (
    Award,
    Best,
    Cash,
    Claim,
    ClaimRule,
    Equity,
    Figure,
    Gift,
    Ladder,
    LeastGrade,
    Rank,
    Recognition,
    Requirement,
    Rise,
    Rung,
    Tuition,
    Vesting,
    best_of,
    grant,
    in_line,
)
from svcstd.money import Money

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
ZONE = "Asia/Shanghai"
Q1 = Period.of("quarter", date(2026, 1, 1), ZONE)
MARCH = Period.of("month", date(2026, 3, 1), ZONE)
BASE = """svcstd = 1
id = "5s4e"
name = "5S4E"
zone = "Asia/Shanghai"
[records.suggestion]
at = "on"
fields = { agent = "text", number = "text", done = "true or false", fee = "number", on = "date" }
[records.case]
at = "on"
fields = { agent = "text", team = "text", minutes = "integer", rating = "number", on = "date" }
[records.person]
fields = { permits = "integer" }
[kpis.minutes]
of = "case"
mean = "minutes"
better = "less"
unit = "minutes"
[kpis.work]
of = "case"
sum = "minutes"
empty = "zero"
better = "more"
unit = "minutes"
[kpis.rating]
of = "case"
mean = "rating"
better = "more"
unit = "share"
[scorecards.quarter]
of = "agent"
every = "month"
weights = { rating = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
round = "0.01 half up"
grades = { A = ">= 1.20", B = ">= 0.92", "差" = "else" }
"""
IDEA = """[awards.idea]
name = "合理化建议奖"
kind = "innovation"
currency = "CNY"
clause = "5.3"
gives = [
  { cash = "200.00 CNY" },
  { gift = "a pen", worth = "50.00 CNY" },
  { certificate = "荣誉证书" },
  { praise = "in the weekly meeting" },
  { project = "the new desk" },
  { promotion = "lead" },
]
goes_to = { records = "suggestion", of = "agent", cause = "number", when = { done = true } }
"""
COURSE = """[awards.course]
kind = "performance"
currency = "CNY"
gives = [
  { tuition = { part = "50 %", most = "1000.00 CNY", round = "0.01 half up" } },
  { equity = "option", schedule = { 2027-01-01 = 100, 2028-01-01 = 300 } },
]
goes_to = { records = "suggestion", of = "agent", cause = "number", cost = "fee" }
"""
TEAM = """[awards.team]
kind = "team"
currency = "CNY"
gives = [{ cash = "3000.00 CNY" }]
goes_to = { by = "kpis.minutes", of = "team", every = "quarter", least_n = 2, winners = 1, ties = "all" }
"""
LADDER = """[ladders.engineer]
name = "工程师职级"
of = "agent"
people = "person"
every = "quarter"
[ladders.engineer.ranks]
junior = { name = "助理工程师", track = "expert" }
engineer = { name = "工程师", track = "expert" }
lead = { name = "组长", track = "management" }
[[ladders.engineer.ways]]
from = "junior"
to = "engineer"
in_a_row = 2
least_n = 1
missing = "skipped"
needs = { "scorecards.quarter" = ">= B", "kpis.work" = ">= 2" }
[[ladders.engineer.ways]]
from = "junior"
to = "lead"
in_a_row = 1
least_n = 1
missing = "breaks"
needs = { "scorecards.quarter" = ">=A" }
when = { permits = ">= 2" }
"""
ALL = IDEA + COURSE + TEAM + LADDER


def load(*parts: str) -> ServiceStandard:
    """A standard of the base and these parts."""
    return loads("".join((BASE, *parts)))


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    standard = load(ALL)
    assert loads(dumps(standard, format=form), format=form) == standard


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(BASE + ALL, "toml")
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    jsonschema.Draft202012Validator(json_schema()).validate(head | {key: raw[key] for key in ("awards", "ladders")})


def test_what_is_read() -> None:
    """The spellings mean what they say."""
    edition = load(ALL).current
    assert edition.awards["idea"] == Award(
        key="idea",
        kind="innovation",
        currency="CNY",
        name="合理化建议奖",
        clause="5.3",
        gives=[
            Cash(Money.of(200, "CNY")),
            Gift("a pen", Money.of(50, "CNY")),
            Recognition("certificate", "荣誉证书"),
            Recognition("praise", "in the weekly meeting"),
            Recognition("project", "the new desk"),
            Recognition("promotion", "lead"),
        ],
        goes_to=ClaimRule(records="suggestion", of="agent", cause="number", when=AllOf((Eq("done", True),))),
    )
    cent = Rounding(Decimal("0.01"), "half up")
    assert edition.awards["course"].gives == (
        Tuition(part=Fraction(1, 2), most=Money.of(1000, "CNY"), rounding=cent),
        Equity("option", [Vesting(date(2027, 1, 1), 100), Vesting(date(2028, 1, 1), 300)]),
    )
    best = Best(by="kpis.minutes", of="team", every="quarter", least_n=2, winners=1, ties="all")
    assert edition.awards["team"].goes_to == best
    ladder = edition.ladders["engineer"]
    assert (ladder.name, ladder.of, ladder.every) == ("工程师职级", "agent", "quarter")
    order = ("差", "B", "A")
    assert ladder.rungs[0].needs == {
        "scorecards.quarter": LeastGrade("B", order),
        "kpis.work": Requirement(at_least=2),
    }
    assert ladder.rungs[1].needs == {"scorecards.quarter": LeastGrade("A", order)}


BY_TEAM = 'by = "kpis.minutes", of = "team"'
FAULTS = [
    ('cash = "200.00 CNY"', 'cash = "200"', "$.awards.idea.gives[0].cash", ""),
    ('cash = "200.00 CNY"', 'cash = "200.00 EUR"', "$.awards.idea.gives[0]", "CNY"),
    ('cash = "200.00 CNY"', 'money = "200.00 CNY"', "$.awards.idea.gives[0]", "cash, gift, tuition, equity"),
    ('kind = "innovation"', 'kind = "bonus"', "$.awards.idea.kind", "innovation"),
    ("[awards.idea]", "[awards.'a.b']", "$.awards.a.b", ""),
    ('records = "suggestion"', 'records = "suggestions"', "$.awards.idea.goes_to.records", "write suggestion"),
    ('cause = "number", when', 'cause = "numbr", when', "$.awards.idea.goes_to.cause", "write number"),
    ("when = { done = true }", "when = { doen = true }", "$.awards.idea.goes_to.when.doen", ""),
    ('cost = "fee"', 'cost = "on"', "$.awards.course.goes_to.cost", "number"),
    (', cost = "fee"', "", "$.awards.course.goes_to.cost", "nothing says which"),
    ("2027-01-01 = 100", "2027-01-01 = 0", "$.awards.course.gives[1].schedule.2027-01-01", ""),
    ("2027-01-01 = 100", "soon = 100", "$.awards.course.gives[1].schedule.soon", "soon"),
    ('by = "kpis.minutes"', 'by = "kpis.minute"', "$.awards.team.goes_to.by", "write kpis.minutes"),
    ('of = "team", every', 'of = "crew", every', "$.awards.team.goes_to.of", "no field crew"),
    (BY_TEAM, 'by = "scorecards.quarter", of = "crew"', "$.awards.team.goes_to.of", "no field crew"),
    ('ties = "all"', 'ties = "some"', "$.awards.team.goes_to.ties", "refuse"),
    ("winners = 1", "winners = 0", "$.awards.team.goes_to.winners", ""),
    ('">= B"', '">= E"', "$.ladders.engineer.ways[0].needs.scorecards.quarter", "is no grade"),
    ('">= B"', '"B+"', "$.ladders.engineer.ways[0].needs.scorecards.quarter", "is no bound"),
    ('"kpis.work" = ">= 2"', '"kpis.wrok" = ">= 2"', "$.ladders.engineer.ways[0].needs", "write kpis.work"),
    ('"kpis.work" = ">= 2"', '"kpis.work" = 2', "$.ladders.engineer.ways[0].needs.kpis.work", ""),
    ('">=A"', '">= 1.2"', "$.ladders.engineer.ways[1].needs.scorecards.quarter", "as a grade and as a number"),
    ('needs = { "scorecards.quarter" = ">=A" }', "needs = 3", "$.ladders.engineer.ways[1].needs", "bounds and grades"),
    ('of = "agent"\npeople', 'of = "agnet"\npeople', "$.ladders.engineer.of", "write agent"),
    ('people = "person"', 'people = "persons"', "$.ladders.engineer.people", "write person"),
    ('people = "person"\n', "", "$.ladders.engineer.ways[1].when.permits", ""),
    ("when = { permits", "when = { permit", "$.ladders.engineer.ways[1].when.permit", "permits"),
    ('to = "engineer"', 'to = "enginer"', "$.ladders.engineer.rungs[0]", "engineer"),
    ("in_a_row = 2", "in_a_row = 0", "$.ladders.engineer.ways[0].in_a_row", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in ALL
    with pytest.raises(StandardError) as caught:
        load(ALL.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place == where and words in said for place, said in told), told


@pytest.mark.parametrize("text", ["awards = 3\n", "ladders = 3\n"])
def test_no_table(text: str) -> None:
    """Awards and ladders are tables of tables."""
    with pytest.raises(StandardError, match="a table"):
        loads(text + BASE)


def test_claims_need_a_day() -> None:
    """Records without a date belong to no period."""
    undated = BASE.replace('[records.suggestion]\nat = "on"', "[records.suggestion]")
    with pytest.raises(StandardError, match="suggestion have no date"):
        loads(undated + IDEA)


def test_grades_of_a_card_without_any() -> None:
    """Are told, also of a ladder that was made in Python."""
    edition = load(LADDER).current
    card = attrs.evolve(edition.scorecards["quarter"], grades=None)
    with pytest.raises(StandardError) as caught:
        attrs.evolve(edition, scorecards={"quarter": card})
    assert {fault.where for fault in caught.value.faults} == {
        "ladders.engineer.ways[0].needs.scorecards.quarter",
        "ladders.engineer.ways[1].needs.scorecards.quarter",
    }


def test_given_in_python() -> None:
    """An award under another key, a condition of nobody, results of nothing."""
    edition = load(ALL).current
    ladder = attrs.evolve(edition.ladders["engineer"], people="")
    wrong = Ladder(
        ranks={"a": Rank("a", "x"), "b": Rank("b", "x")},
        rungs=[Rung(start="a", end="b", needs={"x": Requirement(above=1)}, in_a_row=1, least_n=0, missing="breaks")],
    )
    with pytest.raises(StandardError) as caught:
        attrs.evolve(edition, awards={"other": edition.awards["idea"]}, ladders={"e": ladder, "w": wrong})
    assert [fault.where for fault in caught.value.faults] == [
        "awards.other",
        "ladders.e.ways[1].when",
        "ladders.w.ways[0].needs",
    ]


@pytest.mark.parametrize("text", [IDEA, LADDER])
def test_unreadable_kinds(text: str) -> None:
    """A kind of records that is at fault itself is not called unknown as well."""
    broken = BASE.replace('done = "true or false"', 'done = "perhaps"').replace('permits = "integer"', 'permits = "x"')
    with pytest.raises(StandardError) as caught:
        loads(broken + text)
    assert not [fault for fault in caught.value.faults if fault.where.startswith(("$.awards", "$.ladders"))]


# ── granted by the standard ──────────────────────────────────────────────────────────────────────────────────────────


def suggestion(agent: str, number: str, on: date, **more: Any) -> dict[str, Any]:
    """A suggestion that was carried out."""
    return {"agent": agent, "number": number, "on": on, "done": True, "fee": Decimal("199.99")} | more


SUGGESTIONS = [
    suggestion("E07", "s1", date(2026, 3, 2)),
    suggestion("E12", "s2", date(2026, 3, 9), done=False),
    suggestion("E07", "s3", date(2026, 2, 9)),
    suggestion("E12", "s3", date(2026, 3, 10)),
]


def test_suggestions_that_were_carried_out() -> None:
    """One award a cause: what was awarded in February is not awarded again in March."""
    found = load(IDEA).grants("idea", {"suggestion": SUGGESTIONS}, period=MARCH)
    assert [(one.of, one.cause, str(one.cash)) for one in found.grants] == [("E07", "s1", "200.00 CNY")]
    assert [(claim.of, claim.cause) for claim, _ in found.refused] == [("E12", "s3")]
    earlier = load(IDEA).grants("idea", {"suggestion": SUGGESTIONS}, period=MARCH.previous)
    assert [one.cause for one in earlier.grants] == ["s3"]
    before = grant(load(IDEA).current.awards["idea"], [Claim(of="x", cause="s1", on=date(2025, 1, 1))]).grants
    again = load(IDEA).grants("idea", {"suggestion": SUGGESTIONS}, period=MARCH, before=before)
    assert again.grants == ()


def test_a_moment_is_a_day_of_the_zone() -> None:
    """Late on the last day of February in UTC it is March in Shanghai."""
    moments = BASE.replace('fee = "number", on = "date"', 'fee = "number", on = "moment"')
    at = Period.of("day", date(2026, 3, 1), ZONE).start
    found = loads(moments + IDEA).grants("idea", {"suggestion": [suggestion("a", "s", at)]}, period=MARCH)
    assert [one.on for one in found.grants] == [date(2026, 3, 1)]


def test_tuition_by_records() -> None:
    """A part of the fee, in the currency of the award."""
    found = load(COURSE).grants("course", {"suggestion": SUGGESTIONS[:1]}, period=MARCH)
    assert str(found.grants[0].cash) == "100.00 CNY"
    with pytest.raises(DefinitionError, match=r"records\.suggestion\[0\]\.fee"):
        load(COURSE).grants("course", {"suggestion": [SUGGESTIONS[0] | {"fee": Decimal("0.001")}]}, period=MARCH)
    with pytest.raises(DefinitionError, match="nothing tells what s1 costs"):
        load(COURSE).grants("course", {"suggestion": [SUGGESTIONS[0] | {"fee": None}]}, period=MARCH)


def case(agent: str, team: str, on: date, minutes: int, rating: str = "1") -> dict[str, Any]:
    """A case."""
    return {"agent": agent, "team": team, "on": on, "minutes": minutes, "rating": Decimal(rating)}


CASES = [
    case("a", "north", date(2026, 1, 5), 30),
    case("b", "north", date(2026, 3, 31), 40),
    case("c", "south", date(2026, 2, 5), 35),
    case("c", "south", date(2026, 2, 6), 35),
    case("d", "west", date(2026, 2, 6), 1),
    case("d", "west", date(2026, 4, 1), 1),
]


def test_the_best_team() -> None:
    """The fewest minutes; one case is too few, and April is no part of the quarter."""
    standard = load(TEAM)
    found = standard.grants("team", {"case": CASES}, period=Q1)
    assert [(one.of, one.on) for one in found.grants] == [("north", date(2026, 3, 31)), ("south", date(2026, 3, 31))]
    again = standard.grants("team", {"case": CASES}, period=Q1, before=found.grants)
    assert (again.grants, len(again.refused)) == ((), 2)
    refusing = load(TEAM.replace('ties = "all"', 'ties = "refuse"'))
    with pytest.raises(DefinitionError, match="north, south are tied, and only 1 can win"):
        refusing.grants("team", {"case": CASES}, period=Q1)
    by_score = TEAM.replace('by = "kpis.minutes", of = "team"', 'by = "scorecards.quarter", of = "agent"')
    scored = load(by_score).grants("team", {"case": [*CASES, case("c", "s", date(2026, 3, 1), 1, "1.3")]}, period=Q1)
    assert [one.of for one in scored.grants] == ["c"]
    more = TEAM.replace("kpis.minutes", "kpis.work").replace("least_n = 2", "least_n = 1")
    assert [one.of for one in load(more).grants("team", {"case": CASES[:3]}, period=Q1).grants] == ["north"]


RESULTS = {name: Figure.of(value, None, n=9) for name, value in (("a", 5), ("b", 4), ("c", 4), ("d", 1))}


@pytest.mark.parametrize(
    ("winners", "ties", "wanted"),
    [
        (1, "none", ["a"]),
        (2, "all", ["a", "b", "c"]),
        (2, "none", ["a"]),
        (3, "refuse", ["a", "b", "c"]),
        (9, "refuse", ["a", "b", "c", "d"]),
    ],
)
def test_ties(winners: int, ties: Any, wanted: list[str]) -> None:
    """By the named policy; more places than people are no tie."""
    rule = Best(by="x", of="y", every="month", least_n=1, winners=winners, ties=ties)
    found = best_of(rule, RESULTS, less_is_better=False, label="2026-01", on=date(2026, 1, 31))
    assert [one.of for one in found] == wanted
    none = {"e": Figure.of(None, None), "f": Figure.of(3, None, n=0)}
    assert best_of(rule, none, less_is_better=False, label="2026-01", on=date(2026, 1, 31)) == ()


@pytest.mark.parametrize(
    "change", [{"winners": 0}, {"winners": "1"}, {"least_n": -1}, {"least_n": True}, {"ties": "x"}]
)
def test_no_contest(change: dict[str, Any]) -> None:
    """Nobody could win."""
    told: dict[str, Any] = {"by": "x", "of": "y", "every": "month", "least_n": 1, "winners": 1, "ties": "all"}
    with pytest.raises(DefinitionError):
        Best(**(told | change))


def test_awards_that_cannot_be_granted() -> None:
    """No such award, no rule, no records, another cycle, a record without a day or an owner."""
    standard = load(ALL + IDEA.replace("awards.idea", "awards.free").partition("goes_to")[0])
    refusals: list[tuple[str, dict[str, Any], Period, str]] = [
        ("ideas", {}, MARCH, "write idea"),
        ("free", {}, MARCH, "has no rule"),
        ("idea", {}, MARCH, "suggestion"),
        ("team", {}, Q1, "case"),
        ("team", {"case": CASES}, MARCH, "quarter"),
        ("idea", {"suggestion": [SUGGESTIONS[0] | {"on": None}]}, MARCH, "records.suggestion[0].on"),
        ("idea", {"suggestion": [SUGGESTIONS[0] | {"agent": None}]}, MARCH, "records.suggestion[0].agent"),
        ("idea", {"suggestion": [SUGGESTIONS[0] | {"number": None}]}, MARCH, "records.suggestion[0].number"),
        ("idea", {"suggestion": [SUGGESTIONS[0] | {"numbr": "x"}]}, MARCH, "records.suggestion[0].numbr"),
    ]
    for award, records, period, words in refusals:
        with pytest.raises(SvcstdError) as caught:
            standard.grants(award, records, period=period)
        assert words in caught.value.text(), (award, records)


# ── ranks by the standard ────────────────────────────────────────────────────────────────────────────────────────────


def rises(*cases: dict[str, Any], quarters: int = 2, permits: int = 2) -> dict[str, Rise]:
    """The ways up of somebody with these cases, by rank."""
    periods = [Q1, Q1.next, Q1.next.next][:quarters]
    found = load(LADDER).rises(
        "engineer", "junior", {"case": cases}, of="a", periods=periods, facts={"permits": permits}
    )
    return {one.rung.end: one for one in found}


DAYS = (date(2026, 1, 5), date(2026, 1, 6), date(2026, 4, 5), date(2026, 4, 6))
GOOD = [case("a", "n", day, 1, "1.3") for day in DAYS]


def test_ways_up() -> None:
    """Grades and figures of two quarters in a row; the permits of today."""
    found = rises(*GOOD, case("b", "n", date(2026, 4, 6), 1, "0"))
    assert {end: one.is_open for end, one in found.items()} == {"engineer": True, "lead": True}
    assert not rises(*GOOD, permits=1)["lead"].is_open
    low = rises(*GOOD[:3], case("a", "n", date(2026, 4, 6), 1, "0.5"))
    assert {end: (one.is_open, one.in_a_row) for end, one in low.items()} == {
        "engineer": (False, 0),
        "lead": (False, 0),
    }
    assert [(one.need, one.lack) for one in low["engineer"].unmet] == [("scorecards.quarter", Fraction(1))]
    skipped = rises(*GOOD, quarters=3)
    assert (skipped["engineer"].is_open, skipped["lead"].is_open) == (True, False)


def test_a_score_as_a_number() -> None:
    """Where a bound is written instead of a grade."""
    text = LADDER.replace('">= B"', '">= 1.29"').replace('">=A"', '"> 1.3"')
    found = load(text).rises("engineer", "junior", {"case": GOOD}, of="a", periods=[Q1, Q1.next], facts={"permits": 2})
    assert {one.rung.end: one.is_open for one in found} == {"engineer": True, "lead": False}
    assert [(one.need, one.lack) for one in found[1].unmet] == [("scorecards.quarter", Fraction(0))]
    assert found[0].in_a_row == 2


def test_who_is_first_in_line() -> None:
    """Open ways only, by priority, then by name."""
    good = rises(*GOOD)
    line = {"b": good["lead"], "a": good["lead"], "c": good["lead"], "d": rises(*GOOD, permits=0)["lead"]}
    assert in_line(line) == ("a", "b", "c")
    assert in_line(line, priority={"c": 2, "b": 1, "d": 9}) == ("c", "b", "a")
    assert in_line({}) == ()
    with pytest.raises(DefinitionError, match="several ranks"):
        in_line({"a": good["lead"], "b": good["engineer"]})


def test_ranks_that_cannot_be_asked_for() -> None:
    """No such ladder or rank, no period, another cycle, no records, a fact that nobody declares."""
    standard = load(LADDER)
    asked: list[tuple[str, str, dict[str, Any], list[Any], str]] = [
        ("enginer", "junior", {"case": []}, [Q1], "write engineer"),
        ("engineer", "juinor", {"case": []}, [Q1], "write junior"),
        ("engineer", "junior", {"case": []}, [], "no period is given"),
        ("engineer", "junior", {"case": []}, [MARCH], "quarter"),
        ("engineer", "junior", {}, [Q1], "case"),
        ("engineer", "junior", {"case": []}, ["2026-Q1"], "periods"),
        ("engineer", "junior", {"case": [CASES[0] | {"agent": None}]}, [Q1], "agent"),
    ]
    for ladder, rank, records, periods, words in asked:
        with pytest.raises(SvcstdError) as caught:
            standard.rises(ladder, rank, records, of="a", periods=periods)
        assert words in caught.value.text(), (ladder, rank)
    with pytest.raises(FactError, match="permit"):
        standard.rises("engineer", "junior", {"case": []}, of="a", periods=[Q1], facts={"permit": 1})
    plain = load(LADDER.replace('people = "person"\n', "").replace('when = { permits = ">= 2" }\n', ""))
    assert len(plain.rises("engineer", "junior", {"case": GOOD}, of="a", periods=[Q1])) == 2
    with pytest.raises(UnknownName):
        load(IDEA).rises("engineer", "junior", {}, of="a", periods=[Q1])
