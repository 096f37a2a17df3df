"""Grades by bounds, and bands that are forced on people: as a look at every one of them would have it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import Grades, forced_bands

PEOPLE = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 4), max_size=9)
PARTS = st.lists(st.integers(0, 5), min_size=1, max_size=4).filter(any)
BOUNDS = st.lists(st.fractions(-5, 5, max_denominator=4), min_size=1, max_size=5, unique=True).map(sorted)
SIDES: Any = st.sampled_from(["upper", "lower"])
HALVES = {"top": Fraction(1, 2), "rest": Fraction(1, 2)}


def shared_out(parts: list[int]) -> dict[str, Fraction]:
    """Shares of the whole by band."""
    return {f"band{number}": Fraction(part, sum(parts)) for number, part in enumerate(parts)}


def people_in(shares: dict[str, Fraction], count: int) -> list[str]:
    """The band of each place, the best first: a band ends where one more would be more than its share so far."""
    found: list[str] = []
    running = Fraction(0)
    for band, share in shares.items():
        running += share
        while len(found) + 1 <= running * count:
            found.append(band)
    return found


@given(BOUNDS, SIDES, st.fractions(-6, 6, max_denominator=4))
def test_a_grade_by_counting_bounds(bounds: list[Any], bound: Any, score: Fraction) -> None:
    """Each bound below a score is one grade up; a bound itself is the upper's or the lower's."""
    names = [f"g{number}" for number in range(len(bounds) + 1)]
    passed = [one for one in bounds if one < score or (one == score and bound == "upper")]
    grades = Grades(names, bounds, bound=bound)
    assert grades.of(score) == names[len(passed)]
    assert names.index(grades.of(score + 1)) >= len(passed)


def test_one_grade_for_all() -> None:
    """Without bounds."""
    assert [Grades(["all"], [], bound="upper").of(score) for score in (-(10**50), 0, Decimal("1E+50"))] == ["all"] * 3


@given(PEOPLE, PARTS, st.sampled_from(["promote", "demote"]))
def test_bands_place_by_place(scores: dict[str, int], parts: list[int], ties: Any) -> None:
    """Places are filled from the best down; those who tie all get the band of their first or of their last place."""
    shares = shared_out(parts)
    places = people_in(shares, len(scores))
    assert len(places) == len(scores)
    order = sorted(scores.values(), reverse=True)
    tied = {score: [band for band, other in zip(places, order, strict=True) if other == score] for score in order}
    assert forced_bands(scores, shares, ties=ties) == {
        who: tied[score][0 if ties == "promote" else -1] for who, score in scores.items()
    }


@given(PEOPLE, PARTS)
def test_no_more_than_the_share(scores: dict[str, int], parts: list[int]) -> None:
    """Who is demoted leaves the best bands within their share; more is never in a worse band than less."""
    shares = shared_out(parts)
    bands = list(shares)
    found = forced_bands(scores, shares, ties="demote")
    for number in range(len(bands)):
        inside = [who for who in scores if bands.index(found[who]) <= number]
        assert len(inside) <= sum(list(shares.values())[: number + 1]) * len(scores)
    for who, score in scores.items():
        assert all(bands.index(found[who]) <= bands.index(found[other]) for other in scores if scores[other] <= score)


@given(PEOPLE, PARTS)
def test_a_tie_is_refused_where_it_matters(scores: dict[str, int], parts: list[int]) -> None:
    """Just where going up and going down are not the same; the person is named."""
    shares = shared_out(parts)
    up, down = (forced_bands(scores, shares, ties=ties) for ties in TIES)
    torn = {who for who in scores if up[who] != down[who]}
    if not torn:
        assert forced_bands(scores, shares, ties="refuse") == up
        return
    with pytest.raises(DefinitionError) as refused:
        forced_bands(scores, shares, ties="refuse")
    assert refused.value.message == "grades.tie"
    assert refused.value.where.removeprefix("scores.") in torn


TIES: list[Any] = ["promote", "demote"]


def test_bands_by_hand() -> None:
    """A tenth of nineteen is one; a share of nothing holds nobody; thirds are exact."""
    scores = {f"p{number:02}": 100 - number for number in range(19)}
    found = forced_bands(scores, {"A": Decimal("0.1"), "B": Decimal("0.4"), "C": Decimal("0.5")}, ties="refuse")
    assert [list(found.values()).count(band) for band in "ABC"] == [1, 8, 10]
    none = forced_bands({"x": 1}, {"A": 0, "B": 1}, ties="refuse")
    assert dict(none) == {"x": "B"}
    thirds = {band: Fraction(1, 3) for band in "ABC"}
    assert list(forced_bands({"x": 3, "y": 2, "z": 1}, thirds, ties="refuse").values()) == ["A", "B", "C"]
    assert dict(forced_bands({"x": 1, "y": 1}, HALVES, ties="promote")) == {"x": "top", "y": "top"}
    assert dict(forced_bands({"x": 1, "y": 1}, HALVES, ties="demote")) == {"x": "rest", "y": "rest"}


WRONG: Any = "guess"
FLOAT: Any = 0.5
TEXT: Any = "DCBA"


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: Grades(["A"], [1], bound="upper"), "names", "curves.steps"),
        (lambda: Grades([], [], bound="upper"), "names", "curves.steps"),
        (lambda: Grades(["A", "A"], [1], bound="upper"), "names", "curves.steps"),
        (lambda: Grades(["C", "B", "A"], [2, 1], bound="upper"), "bounds", "curves.rising"),
        (lambda: Grades(["C", "B", "A"], [1, 1], bound="upper"), "bounds", "curves.rising"),
        (lambda: Grades(["B", "A"], [1], bound=WRONG), "bound", "choice.unknown"),
        (lambda: Grades(["B", "A"], [FLOAT], bound="upper"), "bounds", "curves.number"),
        (lambda: Grades(TEXT, [1, 2, 3], bound="upper"), "value", "shape.kind"),
        (lambda: Grades(["B", "A"], [1], bound="upper").of(FLOAT), "value", "curves.number"),
        (lambda: forced_bands({"x": 1}, {"A": 1}, ties=WRONG), "ties", "choice.unknown"),
        (lambda: forced_bands({"x": 1}, {}, ties="refuse"), "shares", "scoring.shares"),
        (lambda: forced_bands({"x": 1}, {"A": Fraction(1, 2)}, ties="refuse"), "shares", "scoring.shares"),
        (lambda: forced_bands({"x": 1}, {"A": 2, "B": -1}, ties="refuse"), "shares", "scoring.shares"),
        (lambda: forced_bands({"x": 1}, {"A": FLOAT, "B": FLOAT}, ties="refuse"), "shares.A", "curves.number"),
        (lambda: forced_bands({"x": FLOAT}, HALVES, ties="refuse"), "scores.x", "curves.number"),
        (lambda: forced_bands({"x": 1, "y": 1}, HALVES, ties="refuse"), "scores.x", "grades.tie"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """With the place."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)
