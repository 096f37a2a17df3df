"""Comparison with a cohort that is kept, and bands that are forced on one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import fmean, pstdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import CohortRule, Grades, forced_bands

VALUES = st.lists(st.integers(-50, 50), min_size=2, max_size=8)
NAMES, BOUNDS = ["D", "C", "B", "A"], [Fraction("0.60"), Fraction("0.92"), Fraction("1.20")]
PEOPLE = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 5), min_size=1, max_size=9)


def rule(method: Any = "range", **changes: Any) -> CohortRule:
    """More is better, up to a hundred."""
    given_: dict[str, Any] = {"method": method, "better": "more", "flat": "refuse", "scale": 100}
    return CohortRule(**given_ | changes)


@pytest.mark.parametrize(
    ("method", "better", "value", "score"),
    [
        ("range", "more", 20, Fraction(100, 3)),
        ("range", "less", 20, Fraction(200, 3)),
        ("percentile", "more", 20, Fraction(200, 3)),
        ("percentile", "less", 20, Fraction(200, 3)),
        ("percentile", "less", 10, 100),
        ("share of the best", "more", 20, 50),
    ],
)
def test_against_three(method: Any, better: Any, value: int, score: Any) -> None:
    """Ten, twenty and forty."""
    assert rule(method, better=better).over([10, 20, 40]).at(value) == score


@given(VALUES.filter(lambda found: len(set(found)) > 1), st.sampled_from(["more", "less"]))
def test_standard_deviations_as_the_standard_library_has_them(values: list[int], better: Any) -> None:
    """As far as a float can see; better ones lie above nothing."""
    cohort = rule("standard deviations", better=better, digits=9, scale=1).over(values)
    sign = 1 if better == "more" else -1
    for value in values:
        assert abs(float(cohort.at(value)) - sign * (value - fmean(values)) / pstdev(values)) < 1e-6


@given(
    VALUES.filter(lambda found: len(set(found)) > 1),
    st.sampled_from(["range", "percentile"]),
    st.sampled_from(["more", "less"]),
)
def test_everybody_within_the_scale(values: list[int], method: Any, better: Any) -> None:
    """The best has all of it, whoever is better has no less, and the order of the cohort says nothing."""
    cohort = rule(method, better=better).over(values)
    best = max(values) if better == "more" else min(values)
    assert cohort.at(best) == 100
    ordered = sorted(values, reverse=better == "less")
    scores = [cohort.at(value) for value in ordered]
    assert scores == sorted(scores)
    assert all(0 <= one <= 100 for one in scores)
    assert [rule(method, better=better).over(values[::-1]).at(value) for value in ordered] == scores


def test_all_the_same() -> None:
    """Refused, everything or nothing, as declared."""
    with pytest.raises(DefinitionError) as caught:
        rule().over([3, 3])
    assert caught.value.message == "cohorts.flat"
    assert [rule(flat=flat).over([3, 3]).at(3) for flat in ("full", "none")] == [100, 0]


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: rule("best"), "method"),
        (lambda: rule(better="up"), "better"),
        (lambda: rule(flat="half"), "flat"),
        (lambda: rule(scale=0), "scale"),
        (lambda: rule(digits=2), "digits"),
        (lambda: rule("standard deviations"), "digits"),
        (lambda: rule("standard deviations", digits=101), "digits"),
        (lambda: rule("share of the best", better="less"), "better"),
        (lambda: rule().over([]), "values"),
        (lambda: rule("share of the best").over([-1, 0]), "values"),
        (lambda: rule().over([1, 2]).at(3), "value"),
    ],
)
def test_refusals(call: Any, where: str) -> None:
    """Choices that belong together, and somebody to compare with."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("score", "upper", "lower"), [("1.20", "A", "B"), ("0.92", "B", "C"), ("0.9199", "C", "C"), ("-9", "D", "D")]
)
def test_grades_at_their_bounds(score: str, upper: str, lower: str) -> None:
    """A bound belongs to the grade that is said."""
    for bound, grade in (("upper", upper), ("lower", lower)):
        given_: dict[str, Any] = {"bound": bound}
        assert Grades(NAMES, BOUNDS, **given_).of(Decimal(score)) == grade


@pytest.mark.parametrize(
    ("names", "bounds", "bound", "where"),
    [
        (["A"], [1], "upper", "names"),
        (["A", "A"], [1], "upper", "names"),
        (["C", "B", "A"], [2, 1], "upper", "bounds"),
        (["C", "B", "A"], [1, 1], "upper", "bounds"),
        (["B", "A"], [1], "middle", "bound"),
    ],
)
def test_no_such_grades(names: Any, bounds: Any, bound: Any, where: str) -> None:
    """One bound fewer than names, rising."""
    with pytest.raises(DefinitionError) as caught:
        Grades(names, bounds, bound=bound)
    assert caught.value.where == where


@given(PEOPLE, st.integers(1, 4), st.sampled_from(["promote", "demote"]))
def test_bands_person_by_person(scores: dict[str, int], parts: int, ties: Any) -> None:
    """As one would fill them by hand: from the best down, ties together."""
    shares = {f"band{number}": Fraction(1, parts) for number in range(parts)}
    found = forced_bands(scores, shares, ties=ties)
    order = sorted(scores.values(), reverse=True)
    edges = [floor(Fraction(number + 1, parts) * len(order)) for number in range(parts)]
    for who, score in scores.items():
        places = [place for place, other in enumerate(order) if other == score]
        place = places[0] if ties == "promote" else places[-1]
        assert found[who] == f"band{sum(edge <= place for edge in edges)}"
    assert forced_bands(dict(reversed(scores.items())), shares, ties=ties) == found


def test_a_tie_on_an_edge() -> None:
    """Refused, if nobody decides; without a tie nothing needs deciding."""
    half = {"top": Fraction(1, 2), "rest": Fraction(1, 2)}
    with pytest.raises(DefinitionError) as caught:
        forced_bands({"a": 9, "b": 8, "c": 8, "d": 5}, half, ties="refuse")
    assert caught.value.message == "grades.tie"
    assert dict(forced_bands({"a": 9, "d": 5}, half, ties="refuse")) == {"a": "top", "d": "rest"}
    assert dict(forced_bands({}, half, ties="refuse")) == {}


@pytest.mark.parametrize(
    ("shares", "ties", "where"),
    [
        ({"a": 1}, "guess", "ties"),
        ({}, "promote", "shares"),
        ({"a": Fraction(1, 2)}, "promote", "shares"),
        ({"a": 2, "b": -1}, "promote", "shares"),
    ],
)
def test_no_such_bands(shares: Any, ties: Any, where: str) -> None:
    """Shares that are everybody."""
    with pytest.raises(DefinitionError) as caught:
        forced_bands({"x": 1}, shares, ties=ties)
    assert caught.value.where == where
