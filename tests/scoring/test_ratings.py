"""Ratings of the handbook: its form, whose work it was, how hard, and how mild the rater is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError, FactError, MomentError
from svcstd.scoring import (
    Attribution,
    Average,
    Grading,
    Kpi,
    RatingForm,
    attributed,
    centred,
    graded,
    own_gradings,
    regrades,
)

PERCENT = Scale(Fraction(-1, 2), 2, step=Fraction(1, 10))
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
GRADES = GradeScale({"I": 1, "II": Decimal("1.5"), "III": 2, "IV": 3})
SHANGHAI = "Asia/Shanghai"
GRADINGS = st.lists(
    st.builds(
        lambda case, grade, at, later: Grading(
            case=case, grade=grade, by="chief", at=NOON + timedelta(at), recorded_at=NOON + timedelta(at + later)
        ),
        st.sampled_from("xyz"),
        st.sampled_from(["I", "II", "III", "IV"]),
        st.integers(-9, 9),
        st.integers(0, 9),
    ),
    max_size=8,
)


def form(**changes: Any) -> RatingForm:
    """Three items, each of a project, by technical level and service attitude."""
    given_: dict[str, Any] = {
        "items": ["presales", "implementation", "aftersales"],
        "attributes": {"technical": PERCENT, "attitude": PERCENT},
        "required": ["province", "unit"],
        "again": "refuse",
    }
    return RatingForm(**given_ | changes)


def filled(rater: str = "bank", day: date = date(2026, 1, 9), **items: Any) -> dict[str, Any]:
    """A form of a bank in Shandong."""
    marks = items or {"aftersales": {"project": "P1", "technical": Decimal("1.2"), "attitude": 2}}
    return {"rater": rater, "date": day, "province": "Shandong", "unit": "Bank", "comment": "", "items": marks}


def mark(technical: Any, attitude: Any, project: str = "P1") -> dict[str, Any]:
    """What is said of one item."""
    return {"project": project, "technical": technical, "attitude": attitude}


def test_a_form_becomes_a_record_for_each_item() -> None:
    """Nothing moved, nothing lost."""
    found = form().records([filled(aftersales=mark(1, 2), presales=mark(Decimal("-0.5"), 0, "P2"))])
    assert [(one["item"], one["project"], one["technical"], one["attitude"]) for one in found] == [
        ("aftersales", "P1", 1, 2),
        ("presales", "P2", Decimal("-0.5"), 0),
    ]
    assert all(one["province"] == "Shandong" and "items" not in one for one in found)


def test_months_and_the_quarter_pooled(shared: Path) -> None:
    """Case A09: the quarter is the mean of eight ratings, not of three months."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = {case["id"]: case for one in json.loads(text)["scenarios"] for case in one["cases"]}
    told = cases["A09"]["input"]
    pairs: list[Any] = [(date(2026, 1, 9), *map(Decimal, pair)) for pair in told["2026-01"]["ratings"]]
    pairs += [(date(2026, 3, 9), Decimal(one), Decimal(one)) for one in told["2026-03"]["composites"]]
    forms = [filled(f"r{n}", day, aftersales=mark(*marks)) for n, (day, *marks) in enumerate(pairs)]
    records = form().records(forms)
    weights = {"technical": Fraction("0.6"), "attitude": Fraction("0.4")}

    def whole(period: Period) -> Fraction | None:
        figures = {key: Kpi(formula=Average(key), direction="more", unit="share", at="date") for key in weights}
        values = {key: kpi.measure(records, period=period).value for key, kpi in figures.items()}
        known = {key: value for key, value in values.items() if value is not None}
        return sum((weights[key] * value for key, value in known.items()), Fraction(0)) if known else None

    months = [whole(Period.of("month", date(2026, month, 1), SHANGHAI)) for month in (1, 2, 3)]
    assert months == [Fraction("0.70"), None, Fraction("1.10")]
    assert whole(Period.of("quarter", date(2026, 1, 1), SHANGHAI)) == Fraction("0.95")


def test_rated_again_in_one_month() -> None:
    """Refused, both kept, or the last; another item, project, rater or month is not again."""
    first, second = filled(day=date(2026, 1, 9)), filled(day=date(2026, 1, 20), aftersales=mark(0, 0))
    with pytest.raises(FactError) as caught:
        form().records([first, second])
    assert caught.value.message == "ratings.again"
    assert len(form(again="keep all").records([first, second])) == 2
    for order in ([first, second], [second, first]):
        (kept,) = form(again="keep last").records(order)
        assert kept["technical"] == 0
    others = [
        filled("other"),
        filled(day=date(2026, 2, 9)),
        filled(presales=mark(1, 1)),
        filled(aftersales=mark(1, 1, "P2")),
    ]
    assert len(form().records([first, *others])) == 5


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"rater": ""}, "records.rater"),
        ({"unit": None}, "records.unit"),
        ({"date": datetime(2026, 1, 9, tzinfo=UTC)}, "records.date"),
        ({"date": "2026-01-09"}, "records.date"),
        ({"items": {}}, "records.items"),
        ({"items": [1]}, "records.items"),
        ({"items": {"sales": mark(1, 1)}}, "records.items.sales"),
        ({"items": {"presales": mark(1, 1) | {"speed": 1}}}, "records.items.presales.speed"),
        ({"items": {"presales": {"technical": 1, "attitude": 1}}}, "records.items.presales.project"),
        ({"items": {"presales": mark(Decimal("2.01"), 1)}}, "records.items.presales.technical"),
        ({"items": {"presales": mark(1, Decimal("-0.51"))}}, "records.items.presales.attitude"),
        ({"items": {"presales": mark(Decimal("0.05"), 1)}}, "records.items.presales.technical"),
    ],
)
def test_forms_that_cannot_be(changes: dict[str, Any], where: str) -> None:
    """Incomplete, off the scale, off the form."""
    with pytest.raises(FactError) as caught:
        form().records([filled() | changes])
    assert caught.value.where == where


@pytest.mark.parametrize("changes", [{"items": []}, {"attributes": {}}, {"again": "guess"}])
def test_no_such_form(changes: dict[str, Any]) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as caught:
        form(**changes)
    assert caught.value.where in changes


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2"]), st.integers(-5, 20)), min_size=1, max_size=9))
def test_shared_work_adds_up_to_the_whole(ratings: list[tuple[str, int]]) -> None:
    """Every rating counts once, whoever it is split between."""
    table = {
        "P1": Attribution({"head": Fraction(1, 6), "department": Fraction(1, 3), "E07": Fraction(1, 2)}),
        "P2": Attribution({"E08": 1}),
    }
    records = [{"project": project, "mark": value} for project, value in ratings]
    shared_ = attributed(records, "project", table)
    plain = Kpi(formula=Average("mark"), direction="more", unit="share")
    weighed = Kpi(formula=Average("mark", weight="share"), direction="more", unit="share")
    whole: Any = weighed.measure(shared_)
    assert whole.value == plain.measure(records).value
    parts: Any = weighed.by(shared_, "subject").values()
    assert sum(part.numerator for part in parts) == whole.numerator
    assert sum(part.denominator for part in parts) == len(records)


@pytest.mark.parametrize(
    ("shares", "where"),
    [({"a": Fraction(1, 2)}, "shares"), ({"a": 0, "b": 1}, "shares.a"), ({}, "shares"), ({"a": 1.0}, "shares.a")],
)
def test_shares_that_are_not_everything(shares: Any, where: str) -> None:
    """Above 0, and together 1."""
    with pytest.raises(DefinitionError) as caught:
        Attribution(shares)
    assert caught.value.where == where


def test_work_of_nobody() -> None:
    """Is refused, with the nearest."""
    with pytest.raises(FactError) as caught:
        attributed([{"project": "P3"}], "project", {"P1": Attribution({"a": 1})})
    assert caught.value.where == "records.project"


@given(GRADINGS, st.integers(-9, 18))
def test_what_was_paid_and_the_regrades_are_what_holds(gradings: list[Grading], paid: int) -> None:
    """For every case, in points; nothing that was known is told again."""
    paid_at = NOON + timedelta(paid)

    def points(known_at: datetime | None) -> dict[str, Fraction]:
        return {case: GRADES.points_of(one.grade) for case, one in graded(gradings, GRADES, known_at=known_at).items()}

    then, now, changes = points(paid_at), points(None), regrades(gradings, GRADES, paid_at=paid_at)
    later = {one.case: one.points for one in changes}
    assert {case: then.get(case, Fraction(0)) + later.get(case, Fraction(0)) for case in now} == now
    assert all(one.after.known_from > paid_at.timestamp() * 1_000_000 for one in changes)
    assert regrades(gradings, GRADES, paid_at=NOON + timedelta(99)) == ()


def test_the_last_grading_holds() -> None:
    """By when it was made; of the same moment the one recorded later; of those the one given later."""
    one = Grading(case="x", grade="I", by="chief", at=NOON)
    same = Grading(case="x", grade="II", by="chief", at=NOON, recorded_at=NOON + timedelta(1))
    assert graded([same, one], GRADES)["x"] is same
    assert graded([same, one], GRADES, known_at=NOON)["x"] is one
    twin = Grading(case="x", grade="III", by="chief", at=NOON)
    assert graded([one, twin], GRADES)["x"] is twin
    mine = Grading(case="y", grade="I", by="E07", at=NOON, subject="E07")
    assert own_gradings([one, mine]) == (mine,)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: Grading(case="x", grade="I", by="", at=NOON), DefinitionError),
        (lambda: Grading(case="x", grade="I", by="a", at=datetime(2026, 1, 1)), MomentError),  # noqa: DTZ001
        (lambda: Grading(case="x", grade="I", by="a", at=NOON, recorded_at=datetime(2026, 1, 1)), MomentError),  # noqa: DTZ001
        (lambda: Grading(case="x", grade="I", by="a", at=NOON, recorded_at=date(2026, 1, 1)), DefinitionError),  # type: ignore[arg-type]
        (lambda: graded([Grading(case="x", grade="V", by="a", at=NOON)], GRADES), DefinitionError),
    ],
)
def test_gradings_that_cannot_be(call: Any, error: type[Exception]) -> None:
    """By somebody, at a moment, on the scale."""
    with pytest.raises(error):
        call()


@given(
    st.lists(st.tuples(st.sampled_from("rs"), st.sampled_from("abc"), st.integers(1, 5)), max_size=9), st.integers(1, 3)
)
def test_mildness_is_taken_off(marks: list[tuple[str, str, int]], least: int) -> None:
    """Raw marks stay; a rater of enough people has the mean of all afterwards, one of few lies nearer to it."""
    records = [{"rater": rater, "subject": subject, "value": value} for rater, subject, value in marks]
    found = centred(records, least=least, strength=2)
    assert [one.raw for one in found] == [value for _, _, value in marks]
    middle = Fraction(sum(value for _, _, value in marks), len(marks)) if marks else Fraction(0)
    for rater in {one.rater for one in found}:
        mine = [one for one in found if one.rater == rater]
        raw = sum((one.raw for one in mine), Fraction(0)) / len(mine)
        after = sum((one.adjusted for one in mine), Fraction(0)) / len(mine)
        people = len({one.subject for one in mine})
        assert after == middle if people >= least else after - middle == (raw - middle) * Fraction(2, people + 2)


@pytest.mark.parametrize(
    ("record", "options", "where"),
    [
        ({"subject": "a", "value": 1}, {}, "records.rater"),
        ({"rater": "r", "value": 1}, {}, "records.subject"),
        ({"rater": "r", "subject": "a"}, {}, "records.value"),
        ({}, {"least": 0}, "least"),
        ({}, {"least": True}, "least"),
        ({}, {"strength": 0}, "strength"),
    ],
)
def test_mildness_that_cannot_be_told(record: dict[str, Any], options: dict[str, Any], where: str) -> None:
    """Who rated whom, and from how many people on."""
    given_: dict[str, Any] = {"least": 1, "strength": 1}
    with pytest.raises((FactError, DefinitionError)) as caught:
        centred([record], **given_ | options)
    assert caught.value.where == where
