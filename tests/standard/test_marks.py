"""Figures and scores by a standard: the worked cases of the handbooks, whose records count, and which edition."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from svcstd import Period, ServiceStandard, loads
from svcstd.documents import csv_records, json_records, read_records
from svcstd.errors import DefinitionError, FactError, StandardError, UnknownName
from svcstd.scoring import Attribution, attributed

ENGINEERS = """
svcstd = 1
id = "field"
name = "Field service"
zone = "Asia/Shanghai"
[scales]
rating = { from = "-50 %", to = "200 %" }
difficulty = { grades = { I = 1, II = 1.5, III = 2, IV = 3 } }
five = { from = 1, to = 5, step = 1 }
[records.rating]
at = "day"
nothing = "-"
[records.rating.fields]
agent = "text"
day = "date"
technical = "number"
attitude = "number"
share = "number"
[records.repair.fields]
agent = "text"
difficulty = "text"
[kpis.technical]
of = "rating"
better = "more"
unit = "share"
mean = "technical"
scales = { technical = "rating" }
[kpis.attitude]
of = "rating"
better = "more"
unit = "share"
mean = "attitude"
scales = { attitude = "rating" }
[kpis.points]
of = "repair"
better = "more"
unit = "points"
sum = "difficulty"
grades = "difficulty"
empty = "zero"
[kpis.split]
of = "rating"
better = "more"
unit = "share"
mean = "technical"
weight = "share"
[scorecards.engineer]
of = "agent"
mean = "arithmetic"
weights = { technical = 0.6, attitude = 0.4 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
grades = { A = ">= 1.20", B = ">= 0.92", C = ">= 0.60", D = "else" }
[scorecards.work]
of = "agent"
mean = "arithmetic"
weights = { points = 1 }
missing = "refuse"
round = "0.1 half up"
[scorecards.work.parts.points]
kpi = "points"
curve = { cohort = "range", better = "more", flat = "full", scale = 100 }
[scorecards.all]
mean = "arithmetic"
weights = { points = 1 }
missing = "refuse"
round = "0.1 half up"
[panels.desk]
scale = "five"
weights = { supervisor = 0.4, peer = 0.2, self = 0.1, customer = 0.3 }
at_least = { peer = 3 }
missing = "reweight"
below = "left out"
self = "self"
[changes.2026-07-01]
why = "attitude counts as much"
scorecards.engineer.weights = { technical = 1, attitude = 1 }
"""
JANUARY = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
QUARTER = Period.of("quarter", date(2026, 1, 1), "Asia/Shanghai")


@pytest.fixture(scope="module")
def standard() -> ServiceStandard:
    """Of a field service."""
    return loads(ENGINEERS)


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[str, Any]:
    """Case A09."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = {case["id"]: case for one in json.loads(text)["scenarios"] for case in one["cases"]}
    found: dict[str, Any] = cases["A09"]
    return found


def rated(day: date, technical: Any, attitude: Any, agent: str = "E07") -> dict[str, Any]:
    """One rating."""
    return {"agent": agent, "day": day, "technical": Decimal(technical), "attitude": Decimal(attitude)}


def test_the_engineer_of_the_handbook(standard: ServiceStandard, worked: dict[str, Any]) -> None:
    """January, an empty February, the pooled quarter, points of difficulty; off the scale is refused."""
    told, expected = worked["input"], worked["expected"]
    ratings = [rated(date(2026, 1, 9), *pair) for pair in told["2026-01"]["ratings"]]
    ratings += [rated(date(2026, 3, 9), one, one) for one in told["2026-03"]["composites"]]
    january = standard.score("engineer", {"rating": ratings}, of="E07", period=JANUARY)
    assert (str(january.value), january.grade, january.edition) == (expected["jan_score"], "C", "")
    assert sum(one.points for one in january.contributions) + january.residual == january.value
    assert standard.score("engineer", {"rating": ratings}, of="E07", period=JANUARY.next).state == "missing"
    quarter = standard.score("engineer", {"rating": ratings}, of="E07", period=QUARTER)
    assert (str(quarter.value), quarter.grade, quarter.root.n) == (
        expected["quarter_score"],
        expected["quarter_grade"],
        expected["quarter_n"],
    )
    repairs = [
        {"agent": "E07", "difficulty": grade} for grade, n in told["2026-01"]["repairs"].items() for _ in range(n)
    ]
    assert standard.measure("points", repairs, as_of=JANUARY.end).value == Fraction(expected["jan_points"])
    for wrong in told["invalid"]:
        with pytest.raises(FactError):
            standard.score("engineer", {"rating": [rated(date(2026, 1, 9), wrong, 0)]}, of="E07", period=JANUARY)
    bad = told["engineer_F"]["2026-01"]["ratings"]
    worst = standard.score(
        "engineer", {"rating": [rated(date(2026, 1, 9), *pair) for pair in bad]}, of="E07", period=JANUARY
    )
    assert worst.value == Decimal("-0.50")


def test_everybody(standard: ServiceStandard) -> None:
    """Whom the records name; one person alone by the same records; nobody else's ratings count."""
    ratings = [rated(date(2026, 1, 9), 1, 1), rated(date(2026, 1, 9), 2, 2, "E08")]
    found = standard.scores("engineer", {"rating": ratings}, period=JANUARY)
    assert {who: one.value for who, one in found.items()} == {"E07": Decimal("1.00"), "E08": Decimal("2.00")}
    assert standard.score("engineer", {"rating": ratings}, of="E08", period=JANUARY) == found["E08"]
    assert standard.score("engineer", {"rating": ratings}, of="E09", period=JANUARY).state == "missing"


def test_compared_with_all_whom_the_records_name(standard: ServiceStandard) -> None:
    """Also where only one score is asked for."""
    repairs = [{"agent": who, "difficulty": grade} for who, grade in (("E07", "I"), ("E08", "IV"), ("E09", "III"))]
    found = standard.score("work", {"repair": repairs}, of="E09", period=JANUARY)
    assert found.value == Decimal("50.0")
    assert list(found.root.parts[0].cohort) == [1, 3, 2]
    alone = standard.score("work", {"repair": repairs[:1]}, of="E07", period=JANUARY)
    assert alone.value == Decimal("100.0")


def test_a_figure_that_nobody_has_is_compared_with_nobody(standard: ServiceStandard) -> None:
    """It is missing for each, and the card says what becomes of that; where there is nobody, there is no score."""
    card = """
[scorecards.split]
of = "agent"
mean = "arithmetic"
weights = { split = 1, points = 1 }
missing = "reweight"
least_covered = 0.1
round = "0.1 half up"
[scorecards.split.parts.split]
kpi = "split"
curve = { cohort = "range", better = "more", flat = "full" }
"""
    split = loads(ENGINEERS.replace("[scorecards.all]", card + "[scorecards.all]"))
    (found,) = split.scores(
        "split", {"rating": [], "repair": [{"agent": "E07", "difficulty": "I"}]}, period=JANUARY
    ).values()
    assert found.value == 1
    assert [part.state for part in found.root.parts] == ["missing", "scored"]
    assert standard.scores("work", {"repair": []}, period=JANUARY) == {}


def test_a_card_of_nobody_in_particular(standard: ServiceStandard) -> None:
    """All records are theirs."""
    repairs = [{"difficulty": "I"}, {"difficulty": "IV"}]
    assert standard.score("all", {"repair": repairs}, of="Team North", period=JANUARY).value == 4
    (found,) = standard.scores("all", {"repair": repairs}, period=JANUARY).values()
    assert found.of == ""
    assert found.value == 4
    assert standard.scores("all", {"repair": []}, period=JANUARY)[""].value == 0


def test_the_edition_of_the_first_day(standard: ServiceStandard) -> None:
    """Or of the day on which we ask; without either nobody can tell."""
    records = {"rating": [rated(date(2026, 7, 9), 1, 2)]}
    july = Period.of("month", date(2026, 7, 1), "Asia/Shanghai")
    assert standard.score("engineer", records, of="E07", period=july).value == Decimal("1.50")
    assert standard.score("engineer", records, of="E07", as_of=july.start).value == Decimal("1.50")
    assert standard.score("engineer", records, of="E07", as_of=JANUARY.start).value == Decimal("1.40")
    assert standard.score("engineer", records, of="E07", period=july).edition == "2026-07-01"
    with pytest.raises(DefinitionError) as caught:
        standard.score("engineer", records, of="E07")
    assert caught.value.message == "standard.when"
    only = loads(ENGINEERS.partition("[changes")[0])
    assert only.score("engineer", records, of="E07").value == Decimal("1.40")


def test_all_sides(standard: ServiceStandard) -> None:
    """Two peers are left out, and one's own opinion pays nothing."""
    given = [("s", "supervisor", 4), ("p1", "peer", 1), ("p2", "peer", 2), ("me", "self", 5), ("c", "customer", 3)]
    ratings = [{"rater": rater, "group": group, "value": value} for rater, group, value in given]
    found = standard.rate("desk", ratings, for_pay=True, period=JANUARY)
    assert found.value == (Fraction("0.4") * 4 + Fraction("0.3") * 3) / Fraction("0.7")
    assert found.told["peer"] is None
    assert (
        standard.rate("desk", ratings, for_pay=False, as_of=JANUARY.start, published=found.published).value
        != found.value
    )


def test_shared_work_is_taken(standard: ServiceStandard) -> None:
    """Shares are fractions, which only count."""
    table = {"E07": Attribution({"E07": Fraction(1, 3), "head": Fraction(2, 3)})}
    ratings = attributed([rated(date(2026, 1, 9), 1, 2)], "agent", table)
    records = [{key: value for key, value in one.items() if key != "subject"} for one in ratings]
    assert standard.measure("split", records, period=JANUARY).value == 1


@pytest.mark.parametrize(
    ("call", "error", "where"),
    [
        (lambda s: s.measure("ponits", [], period=JANUARY), UnknownName, "kpi"),
        (lambda s: s.score("engineers", {}, of="x", period=JANUARY), UnknownName, "card"),
        (lambda s: s.rate("desks", [], for_pay=True, period=JANUARY), UnknownName, "panel"),
        (lambda s: s.score("engineer", {}, of="x", period=JANUARY), UnknownName, "records"),
        (
            lambda s: s.score("engineer", {"rating": [], "repair": []}, of="x", period=JANUARY),
            UnknownName,
            "records.repair",
        ),
        (lambda s: s.measure("points", [{"dificulty": "I"}], period=JANUARY), FactError, "records.repair[0].dificulty"),
        (lambda s: s.measure("points", [{"difficulty": 1}], period=JANUARY), FactError, "records.repair[0].difficulty"),
        (
            lambda s: s.measure("points", [{"agent": Fraction(1, 3)}], period=JANUARY),
            FactError,
            "records.repair[0].agent",
        ),
        (lambda s: s.measure("points", ["I"], period=JANUARY), DefinitionError, "records.repair[0]"),
        (lambda s: s.measure("points", [], period="2026-01"), DefinitionError, "period"),
        (
            lambda s: s.score("work", {"repair": [{"difficulty": "I"}]}, of="x", period=JANUARY),
            FactError,
            "records.repair[0].agent",
        ),
    ],
)
def test_refusals(standard: ServiceStandard, call: Any, error: type[Exception], where: str) -> None:
    """Names, fields and owners that are not there."""
    with pytest.raises(error) as caught:
        call(standard)
    assert caught.value.where == where  # type: ignore[attr-defined]


def test_records_of_a_file(standard: ServiceStandard) -> None:
    """Each cell as its field declares it; empty cells and texts for nothing are missing; every faulty row is told."""
    kind = standard.current.records["rating"]
    head = "agent,day,technical,attitude,share\n"
    rows = csv_records((head + "E07,2026-01-09,1.20,-,\n").splitlines(True), kind.fields.types)
    assert read_records(kind, rows) == [{"agent": "E07", "day": date(2026, 1, 9), "technical": Decimal("1.20")}]
    lines = ['{"agent": "E07", "technical": 1}\n', "nonsense\n"]
    with pytest.raises(StandardError) as caught:
        read_records(kind, json_records(lines, kind.fields.types))
    assert [fault.where for fault in caught.value.faults] == ["line 2"]
    wrong = head + "E07,yesterday,much,1,\n" + "E07,2026-01-09,1\n"
    with pytest.raises(StandardError) as caught:
        read_records(kind, csv_records(wrong.splitlines(True), kind.fields.types))
    assert [fault.where for fault in caught.value.faults] == ["line 2, day", "line 2, technical", "line 3"]
    many = head + "E07,yesterday,much,1,\n" * 200
    with pytest.raises(StandardError) as caught:
        read_records(kind, csv_records(many.splitlines(True), kind.fields.types))
    assert len(caught.value.faults) == 100
