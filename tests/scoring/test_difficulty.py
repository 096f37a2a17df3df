"""How hard cases were: which grading holds when, and what a late one corrects."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import GradeScale
from svcstd.errors import DefinitionError, MomentError
from svcstd.scoring import Grading, graded, own_gradings, regrades

GRADES = GradeScale({"I": 1, "II": Fraction(3, 2), "III": 2, "IV": 3})
POINTS = {"I": Fraction(1), "II": Fraction(3, 2), "III": Fraction(2), "IV": Fraction(3)}
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
NAIVE = datetime(2026, 1, 31, 12)  # noqa: DTZ001
DAYS = st.integers(0, 6)


def on(day: int) -> datetime:
    """So many days later, at noon."""
    return NOON + timedelta(day)


def grading(grade: Any = "I", day: int = 0, told: int | None = None, **changes: Any) -> Grading:
    """By the technical manager, of case x."""
    recorded = None if told is None else on(told)
    given_: dict[str, Any] = {"case": "x", "grade": grade, "by": "chief", "at": on(day), "recorded_at": recorded}
    return Grading(**given_ | changes)


GRADINGS = st.lists(
    st.builds(
        lambda case, grade, day, wait: grading(grade, day, day + wait, case=case),
        st.sampled_from("xyz"),
        st.sampled_from(list(POINTS)),
        DAYS,
        DAYS,
    ),
    max_size=8,
)


def by_hand(gradings: list[Grading], known_at: datetime | None) -> dict[str, Fraction]:
    """Points by case: of those known, the last made, then the last told, then the last given."""
    found = {}
    for case in {one.case for one in gradings}:
        known = [
            ((one.at, one.recorded_at or one.at, place), one.grade)
            for place, one in enumerate(gradings)
            if one.case == case and (known_at is None or (one.recorded_at or one.at) <= known_at)
        ]
        if known:
            found[case] = POINTS[max(known)[1]]
    return found


def test_the_points_of_a_month(shared: Path) -> None:
    """Case A09 of the engineer E07: twenty repairs, 28 points."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    (told,) = (one for one in json.loads(text)["scenarios"] if "difficulty_points" in one)
    (case,) = (one for one in told["cases"] if one["id"] == "A09")
    scale = GradeScale({grade: Fraction(points) for grade, points in told["difficulty_points"].items()})
    repairs = case["input"]["2026-01"]["repairs"]
    gradings = [grading(grade, case=f"{grade}{number}") for grade, count in repairs.items() for number in range(count)]
    found = graded(gradings, scale)
    assert sum(scale.points_of(one.grade) for one in found.values()) == Fraction(case["expected"]["jan_points"])


@pytest.mark.parametrize(
    ("gradings", "known", "grade"),
    [
        ([("I", 0, None), ("II", 2, None)], None, "II"),  # the last one made
        ([("II", 2, None), ("I", 0, None)], None, "II"),  # in whatever order
        ([("I", 0, None), ("II", 2, None)], 1, "I"),  # it is not made yet
        ([("I", 0, None), ("II", 2, None)], 2, "II"),  # known at that very moment
        ([("I", 0, None), ("II", 1, 5)], 4, "I"),  # made, and nobody has told it yet
        ([("I", 0, 5), ("II", 1, None)], None, "II"),  # an old one told late changes nothing
        ([("I", 0, 3), ("II", 0, 1)], None, "I"),  # of one moment, the one told later
        ([("I", 0, None), ("II", 0, None)], None, "II"),  # then the one given later
        ([("I", 3, None)], 2, None),
        ([], None, None),
    ],
)
def test_which_grading_holds(gradings: Any, known: int | None, grade: str | None) -> None:
    """As far as it was known."""
    found = graded([grading(*one) for one in gradings], GRADES, known_at=None if known is None else on(known))
    assert {case: one.grade for case, one in found.items()} == ({} if grade is None else {"x": grade})


def test_moments_are_compared_wherever_they_were_written() -> None:
    """20:30 in Shanghai comes after noon in London; cases come in order."""
    east = datetime(2026, 1, 31, 20, 30, tzinfo=timezone(timedelta(hours=8)))
    found = graded([grading("II", at=east), grading("I"), grading("III", case="a")], GRADES)
    assert {case: one.grade for case, one in found.items()} == {"a": "III", "x": "II"}
    assert list(found) == ["a", "x"]


@pytest.mark.parametrize(
    ("gradings", "paid", "known", "points"),
    [
        ([("I", 0, None), ("III", 5, None)], 3, None, [1]),  # harder than was paid
        ([("III", 0, None), ("I", 5, None)], 3, None, [-1]),  # easier: less, and that is said too
        ([("I", 0, 5)], 3, None, [1]),  # nothing was known, and so nothing paid
        ([("I", 0, None), ("I", 5, None)], 3, None, []),  # confirmed
        ([("I", 0, None), ("III", 2, None)], 3, None, []),  # known in time
        ([("I", 0, None), ("III", 5, None)], 3, 4, []),  # not known yet
        ([("I", 0, None), ("III", 5, None)], 3, 3, []),
        ([("I", 0, None), ("III", 4, None), ("I", 5, None)], 3, None, []),  # there and back
    ],
)
def test_what_is_corrected(gradings: Any, paid: int, known: int | None, points: list[int]) -> None:
    """The difference in points, once."""
    found = regrades(
        iter([grading(*one) for one in gradings]),
        GRADES,
        paid_at=on(paid),
        known_at=None if known is None else on(known),
    )
    assert [one.points for one in found] == points


def test_a_correction_names_both_gradings() -> None:
    """What was known, if anything, and what holds."""
    first, late, other = grading("I"), grading("IV", 9), grading("II", 0, 9, case="y")
    one, two = regrades([first, late, other], GRADES, paid_at=on(3))
    assert (one.case, one.before, one.after, one.points) == ("x", first, late, Fraction(2))
    assert (two.case, two.before, two.after, two.points) == ("y", None, other, Fraction(3, 2))


def test_whoever_did_the_work_should_not_grade_it() -> None:
    """Only where it is said who did it."""
    own, others, unsaid = grading(by="E07", subject="E07"), grading(subject="E07"), grading(by="E07")
    assert own_gradings(iter([others, own, unsaid])) == (own,)


@pytest.mark.parametrize(
    ("call", "kind", "where", "message"),
    [
        (lambda: grading(by=""), DefinitionError, "by", "shape.empty"),
        (lambda: grading(at=NAIVE), MomentError, "at", "moment.naive"),
        (lambda: grading(at="2026-01-31"), MomentError, "at", "moment.type"),
        (lambda: grading(recorded_at=NAIVE), MomentError, "recorded_at", "moment.naive"),
        (lambda: grading(recorded_at=date(2026, 1, 31)), DefinitionError, "recorded_at", "shape.kind"),
        (lambda: graded([grading("V")], GRADES), DefinitionError, "gradings.x", "scales.grade"),
        (lambda: graded([grading(1)], GRADES), DefinitionError, "gradings.x", "scales.grade"),
        (lambda: graded([grading("V", 9)], GRADES, known_at=NOON), DefinitionError, "gradings.x", "scales.grade"),
        (lambda: graded([], GRADES, known_at=NAIVE), MomentError, "known_at", "moment.naive"),
        (lambda: regrades([], GRADES, paid_at=NAIVE), MomentError, "paid_at", "moment.naive"),
        (lambda: regrades([], GRADES, paid_at=NOON, known_at=NAIVE), MomentError, "known_at", "moment.naive"),
        (lambda: regrades([], GRADES, paid_at=on(1), known_at=NOON), DefinitionError, "known_at", "calendar.swapped"),
    ],
)
def test_refusals(call: Any, kind: type[DefinitionError | MomentError], where: str, message: str) -> None:
    """By somebody, at a moment, on the scale; and nobody knows less after pay than before."""
    with pytest.raises(kind) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)


@given(GRADINGS, st.none() | st.integers(0, 12))
def test_what_holds_is_found_by_hand(gradings: list[Grading], known: int | None) -> None:
    """Of all that was known, the last one."""
    known_at = None if known is None else on(known)
    found = graded(gradings, GRADES, known_at=known_at)
    assert {case: POINTS[one.grade] for case, one in found.items()} == by_hand(gradings, known_at)


@given(GRADINGS, st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_pay_and_its_corrections_add_up(gradings: list[Grading], days: list[int]) -> None:
    """However often it is corrected, what was paid first and every correction are what holds in the end."""
    moments = [on(day) for day in sorted(days)]
    points = by_hand(gradings, moments[0])
    for paid_at, known_at in zip(moments, [*moments[1:], None], strict=True):
        for one in regrades(gradings, GRADES, paid_at=paid_at, known_at=known_at):
            assert (one.before is None) == (one.case not in points)
            points[one.case] = points.get(one.case, Fraction(0)) + one.points
    assert points == by_hand(gradings, None)
