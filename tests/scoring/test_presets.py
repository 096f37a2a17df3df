"""The KPIs that desks know by name: what each makes of records, and how its variants differ on the same ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest

from svcstd.conditions import Eq
from svcstd.curves import Scale, exact
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import KPIS, Kpi, Proportion, ServiceLevelBase

FIVE = Scale(1, 5, step=1)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MEDIAN: dict[str, Any] = {"statistic": "median", "method": "linear"}
RATIOS = [{"complaints": 3, "cases": 100}, {"complaints": 1, "cases": 100}]
YES_NO = [True, False, False, False]
REOPENED: list[dict[str, Any]] = [{"resolved": True, "reopened": one} for one in YES_NO]


def seconds(*lengths: int) -> list[timedelta]:
    """Lengths of time."""
    return [timedelta(seconds=length) for length in lengths]


def calls(answered: list[int], abandoned: list[int]) -> list[dict[str, Any]]:
    """Phone calls by the seconds that callers waited."""
    return [
        {"answered": taken, "wait": wait}
        for taken, waits in ((True, answered), (False, abandoned))
        for wait in seconds(*waits)
    ]


DESK = calls([5, 30, 60], [3, 90])


@pytest.mark.parametrize(
    ("name", "options", "records", "value"),
    [
        ("speed_of_answer", {"statistic": "mean"}, DESK, Fraction(95, 3)),
        ("speed_of_answer", MEDIAN, DESK, 30),
        ("handle_time", {"hold": "apart"}, [{"talk": 14, "hold": 8, "wrap": 6}], 28),
        ("handle_time", {"hold": "talk"}, [{"talk": 14, "hold": 8, "wrap": 6}], 20),
        ("abandon_rate", {"short": None}, DESK, Fraction(2, 5)),
        ("abandon_rate", {"short": timedelta(seconds=5)}, DESK, Fraction(1, 4)),
        ("occupancy", {}, [{"handling": 300, "available": 100}], Fraction(3, 4)),
        ("adherence", {}, [{"scheduled": 480, "out_of_adherence": 25}], Fraction(455, 480)),
        ("resolution_rate", {}, [{"resolved": one} for one in YES_NO], Fraction(1, 4)),
        (
            "reopen_rate",
            {},
            [{"resolved": True, "reopened": one} for one in YES_NO] + [{"resolved": False}],
            Fraction(1, 4),
        ),
        ("transfer_rate", {}, [{"transferred": one} for one in YES_NO], Fraction(1, 4)),
        ("response_time", {"statistic": "mean"}, [{"response_time": one} for one in seconds(10, 20)], 15),
        (
            "response_time",
            {"statistic": Decimal("0.9"), "method": "inverted_cdf"},
            [{"response_time": one} for one in seconds(*range(1, 11))],
            9,
        ),
        ("resolution_time", MEDIAN, [{"resolution_time": one} for one in seconds(1, 5, 90)], 5),
        ("csat_mean", {"scale": FIVE}, [{"score": 5}, {"score": 2}, {}], Fraction(7, 2)),
        ("csat_top", {"scale": FIVE, "boxes": 2}, [{"score": one} for one in range(1, 6)] + [{}], Fraction(2, 5)),
        ("csat_top", {"scale": FIVE, "boxes": 1}, [{"score": one} for one in range(1, 6)], Fraction(1, 5)),
        ("nps", {"scale": "0..10"}, [{"score": one} for one in (10, 9, 8, 6, 0, 7)], 0),
        ("nps", {"scale": "1..10"}, [{"score": one} for one in (10, 10, 6, 7)], Fraction(1, 4)),
        ("customer_effort", {"scale": Scale(1, 7, step=1), "direction": "less"}, [{"score": 2}, {"score": 4}], 3),
        ("churn", {}, [{"left": one} for one in YES_NO], Fraction(1, 4)),
        ("complaint_rate", {}, RATIOS, Fraction(1, 50)),
        ("callback_coverage", {}, [{"called_back": one} for one in YES_NO], Fraction(1, 4)),
        ("training_attendance", {}, [{"attended": one} for one in YES_NO], Fraction(1, 4)),
        ("training_mark", {"scale": Scale(0, 100)}, [{"mark": 80}, {"mark": 90}, {}], 85),
        ("project_completion", {}, [{"completed": one} for one in YES_NO], Fraction(1, 4)),
        ("suggestions_adopted", {}, [{"adopted": one} for one in YES_NO], 1),
        ("suggestions_implemented", {}, [{"implemented": False}], 0),
        ("knowledge_contribution", {}, [{"points": 3}, {"points": Decimal("0.5")}], Fraction(7, 2)),
        ("contacts_per_case", {}, [{"contacts": 1}, {"contacts": 4}], Fraction(5, 2)),
    ],
)
def test_what_they_make_of_records(
    name: str, options: dict[str, Any], records: list[dict[str, Any]], value: Any
) -> None:
    """One row a supervisor would sign for each."""
    assert KPIS[name](**options).measure(records).value == value


def test_judged_by_age() -> None:
    """First contacts and backlogs ask when we ask."""
    contacts = [{"who": who, "at": NOON + timedelta(day), "by": by} for who, day, by in (("a", 0, "p"), ("a", 1, "m"))]
    options: dict[str, Any] = {"key": ["who"], "window": timedelta(2), "inclusive": True}
    any_, same = KPIS["first_contact_resolution"](**options), KPIS["first_contact_resolution"](**options, channel="by")
    later = NOON + timedelta(9)
    assert any_.measure(contacts, as_of=later).value == 0
    assert same.measure(contacts, as_of=later).value == 1
    assert (any_.variant, same.variant) == ("any channel", "by channel")
    cases = [{"opened": NOON - timedelta(day)} for day in (1, 2, 9)]
    mean, median = KPIS["backlog_age"](statistic="mean"), KPIS["backlog_age"](**MEDIAN)
    assert mean.measure(cases, as_of=NOON).value == 4 * 86_400
    assert median.measure(cases, as_of=NOON).value == 2 * 86_400


def test_every_preset_is_a_kpi() -> None:
    """All 27 were tried above or below; none is named twice."""
    assert len(KPIS) == 27
    assert all(isinstance(KPIS[name](), Kpi) for name in ("occupancy", "churn", "contacts_per_case"))


def test_service_levels_as_published(shared: Path) -> None:
    """The same calls, four denominators, four figures."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    vectors = [one for one in json.loads(text, parse_float=Decimal)["vectors"] if "service_level" in one["op"]]
    bases: dict[str, ServiceLevelBase] = {
        "answered_only": "answered",
        "offered": "offered",
        "abandon_in_excluded": "less short abandons",
        "abandon_in_is_success": "short abandons kept",
    }
    assert vectors
    for one in vectors:
        told = one["input"]
        counts = [(True, 5, told["answered_in"]), (True, 99, told["answered"] - told["answered_in"])]
        counts += [(False, 5, told["abandoned_in"]), (False, 99, told["abandoned"] - told["abandoned_in"])]
        records = [{"answered": a, "wait": timedelta(seconds=s)} for a, s, n in counts for _ in range(n)]
        base = bases[one["op"].rpartition(".")[2]]
        value: Any = KPIS["service_level"](within=timedelta(seconds=20), base=base).measure(records).value
        assert abs(value - exact(one["expected"])) <= Fraction(str(one["tolerance"])), one["id"]


def test_other_kpis_as_published(shared: Path) -> None:
    """Handle time, adherence, top-2-box."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    found = {one["op"]: one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"].startswith("kpi.")}
    aht, adherence, csat = (found[f"kpi.{name}"] for name in ("aht", "adherence", "csat_top2box"))
    told = aht["input"]
    records = [
        {key: told[key] for key in ("talk", "hold", "wrap")},
        *[{"talk": 0, "hold": 0, "wrap": 0}] * (told["calls"] - 1),
    ]
    assert KPIS["handle_time"](hold="apart").measure(records).value == exact(aht["expected"])
    day = [{"scheduled": adherence["input"]["scheduled"], "out_of_adherence": adherence["input"]["out_of_adherence"]}]
    value: Any = KPIS["adherence"]().measure(day).value
    assert abs(value - exact(adherence["expected"])) <= Fraction(str(adherence["tolerance"]))
    marks = [{"score": mark} for mark in csat["input"]["ratings"]]
    top: Any = KPIS["csat_top"](scale=Scale(1, csat["input"]["scale_max"], step=1), boxes=csat["input"]["top"])
    assert 100 * top.measure(marks).value == csat["expected"]


def test_a_phone_desk_with_abandons(shared: Path) -> None:
    """Case B01: ten offered, one given up at once; 20 seconds are in time, and so are 180 for the hard bound."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = {case["id"]: case for one in json.loads(text)["scenarios"] for case in one["cases"]}
    told, expected = cases["B01"]["input"], cases["B01"]["expected"]
    records = calls(told["answered_s"], told["abandoned_s"])
    short = timedelta(seconds=5)
    options: dict[str, Any] = {"within": timedelta(seconds=20), "base": "less short abandons", "short": short}
    level: Any = KPIS["service_level"](**options).measure(records)
    assert (level.numerator, level.denominator) == (expected["within_20"], expected["countable"])
    assert KPIS["speed_of_answer"](statistic="mean").measure(records).value == Fraction(expected["asa_s"])
    abandoned: Any = KPIS["abandon_rate"](short=short).measure(records).value
    assert round(abandoned, 4) == Fraction(expected["abandon_rate"])
    hard: Any = KPIS["service_level"](within=timedelta(seconds=180), base="answered").measure(records)
    assert hard.denominator - hard.numerator == expected["hard_max_breaches"]


def test_a_survey_with_a_mystery_shopper(shared: Path) -> None:
    """Case B07: nine answers of thirty asked; the shopper counts nowhere."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = {case["id"]: case for one in json.loads(text)["scenarios"] for case in one["cases"]}
    told, expected = cases["B07"]["input"], cases["B07"]["expected"]
    records: list[dict[str, Any]] = [{"score": mark, "by": "customer"} for mark in told["scores"]]
    records += [{"by": "customer"}] * told["no_answer"]
    records += [{"score": mark, "by": "shopper"} for mark in told["mystery_shopper_scores"]]
    shopper: dict[str, Any] = {"exclude": Eq("by", "shopper")}
    import attrs  # noqa: PLC0415 - to change presets, as their users do

    top: Any = attrs.evolve(KPIS["csat_top"](scale=FIVE, boxes=2), **shopper).measure(records)
    mean: Any = attrs.evolve(KPIS["csat_mean"](scale=FIVE), **shopper).measure(records)
    from svcstd.conditions import Present  # noqa: PLC0415 - beside its only use

    answers = Kpi(formula=Proportion(Present("score")), direction="more", unit="share", **shopper).measure(records)
    assert (top.n, f"{float(top.value):.4f}", f"{float(mean.value):.2f}") == (
        expected["n"],
        expected["top2box"],
        expected["mean"],
    )
    assert answers.value == Fraction(expected["response_rate"])


@pytest.mark.parametrize(
    ("name", "options", "where"),
    [
        ("service_level", {"within": timedelta(1), "base": "all"}, "base"),
        ("handle_time", {"hold": "beside"}, "hold"),
        ("nps", {"scale": "1..5"}, "scale"),
        ("csat_top", {"scale": FIVE, "boxes": 5}, "boxes"),
        ("csat_top", {"scale": FIVE, "boxes": 0}, "boxes"),
        ("csat_top", {"scale": Scale(0, 1), "boxes": 1}, "boxes"),
        ("csat_top", {"scale": Scale(0, 1, step=Fraction(1, 3)), "boxes": 2}, "boxes"),
        ("response_time", {"statistic": "mean", "method": "linear"}, "method"),
        ("response_time", {"statistic": "median"}, "method"),
        ("backlog_age", {"statistic": "median"}, "method"),
        ("response_time", {"statistic": 2, "method": "linear"}, "share"),
    ],
)
def test_options_that_cannot_be(name: str, options: dict[str, Any], where: str) -> None:
    """Variants have no default, and no others."""
    with pytest.raises(DefinitionError) as caught:
        KPIS[name](**options)
    assert caught.value.where == where
    assert len(get_args(ServiceLevelBase)) == 4


@pytest.mark.parametrize(("name", "mark"), [("nps", 11), ("csat", 0), ("csat", 6)])
def test_marks_off_their_scale(name: str, mark: int) -> None:
    """An eleven promotes nobody."""
    kpi = KPIS["nps"](scale="0..10") if name == "nps" else KPIS["csat_mean"](scale=FIVE)
    with pytest.raises(FactError):
        kpi.measure([{"score": mark}])
