"""Comparison with a cohort that is kept: by hand, by the standard library, and blind to who comes and goes later."""

from __future__ import annotations

from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from statistics import fmean, pstdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import DefinitionError
from svcstd.scoring import Cohort, CohortRule, Criterion, Dimension, Mean, Measure, Scorecard, score

VALUES = st.lists(st.integers(-50, 50), min_size=2, max_size=8)


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


WRONG: Any = 0.5


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: rule("best"), "method", "choice.unknown"),
        (lambda: rule(better="up"), "better", "choice.unknown"),
        (lambda: rule(better="between"), "better", "choice.unknown"),
        (lambda: rule(flat="half"), "flat", "choice.unknown"),
        (lambda: rule(scale=0), "scale", "curves.scale"),
        (lambda: rule(scale=-1), "scale", "curves.scale"),
        (lambda: rule(scale=0.5), "value", "curves.number"),
        (lambda: rule(digits=2), "digits", "cohorts.digits"),
        (lambda: rule("standard deviations"), "digits", "cohorts.digits"),
        (lambda: rule("standard deviations", digits=101), "digits", "shape.bounds"),
        (lambda: rule("standard deviations", digits=True), "digits", "shape.bounds"),
        (lambda: rule("standard deviations", digits=2.5), "digits", "shape.bounds"),
        (lambda: rule("share of the best", better="less"), "better", "cohorts.best"),
        (lambda: rule().over([]), "values", "shape.empty"),
        (lambda: rule().over([1, WRONG]), "values", "curves.number"),
        (lambda: rule().over([3, 3]), "values", "cohorts.flat"),
        (lambda: rule("standard deviations", digits=2).over([7]), "values", "cohorts.flat"),
        (lambda: rule("share of the best").over([-1, 0]), "values", "scoring.below"),
        (lambda: rule("share of the best", flat="none").over([0, 0]), "values", "scoring.below"),
        (lambda: rule().over([1, 2]).at(3), "value", "curves.beyond"),
        (lambda: rule().over([1, 2]).at(WRONG), "value", "curves.number"),
        (lambda: rule(flat="full").over([1, 1]).at(WRONG), "value", "curves.number"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Choices that belong together, and somebody to compare with."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)


@given(VALUES.filter(lambda found: len(set(found)) > 1), st.sampled_from(["more", "less"]))
def test_by_hand(values: list[int], better: Any) -> None:
    """The way from the worst to the best; how many are not better; both on their own scale."""
    low, high = min(values), max(values)
    for value in values:
        way = value - low if better == "more" else high - value
        assert rule(better=better, scale=7).over(values).at(value) == Fraction(7 * way, high - low)
        not_better = [one for one in values if (one <= value if better == "more" else one >= value)]
        share = rule("percentile", better=better, scale=7).over(values).at(value)
        assert share == Fraction(7 * len(not_better), len(values))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any))
def test_shares_of_the_best(values: list[int]) -> None:
    """From nothing to the whole scale, which the best have; where all are the same, everybody has what is said."""
    cohort = rule("share of the best", flat="full").over(values)
    for value in values:
        assert cohort.at(value) == Fraction(100 * value, max(values))


@given(VALUES.filter(lambda found: len(set(found)) > 1), st.integers(1, 50))
def test_deviations_know_no_unit(values: list[int], times: int) -> None:
    """Minutes or hours, from here or there: the same; those of all together are nothing; turned round, they turn."""
    plain = rule("standard deviations", digits=12, scale=1)
    found = [plain.over(values).at(value) for value in values]
    moved = [value * times + 7 for value in values]
    assert [plain.over(moved).at(value) for value in moved] == found
    assert abs(sum(found, Fraction(0))) <= Fraction(len(values), 10**12)
    less = rule("standard deviations", digits=12, scale=1, better="less").over(values)
    assert [-less.at(value) for value in values] == found


def test_deviations_to_their_digits() -> None:
    """Two of a cohort of two stand one apart from the mean; far from a narrow cohort every digit is kept."""
    plain = rule("standard deviations", digits=2, scale=1)
    assert [plain.over([1, 3]).at(one) for one in (1, 2, 3)] == [-1, 0, 1]
    assert plain.over([0, Fraction(1, 10**100)]).at(5) == 10**101 - 1
    assert plain.over([0, 0, 1]).at(1) == Fraction("1.41")
    assert rule("standard deviations", digits=0, scale=10).over([0, 0, 1]).at(0) == -7
    with localcontext() as context:
        context.prec, context.traps[Inexact] = 2, True
        assert plain.over([0, 0, 1]).at(1) == Fraction("1.41")
        assert rule("standard deviations", digits=4, scale=1000).over([0, 0, 1]).at(0) == Fraction("-707.1068")


@given(
    st.dictionaries(st.sampled_from("uvwxyz"), st.integers(0, 50), min_size=2).filter(
        lambda f: len(set(f.values())) > 1
    ),
    st.sampled_from(["range", "percentile"]),
    st.sampled_from(["more", "less"]),
)
def test_who_leaves_later_changes_nothing(people: dict[str, int], method: Any, better: Any) -> None:
    """A card is fixed to its cohort: scores stay, whoever is asked, in whatever order the cohort came; they say why."""
    mean = Mean(weights={"k": 1}, method="arithmetic", missing="reweight")
    criterion = Criterion("k", curve=rule(method, better=better))
    card = Scorecard(key="c", root=Dimension({"k": criterion}, mean), rounding=Rounding(Decimal("0.01"), "half even"))
    figures = {who: {"k": Measure(value, 1, 1)} for who, value in people.items()}
    absent = {"nobody": {}, "idle": {"k": Measure(0, 0, 0)}}
    fixed = card.over({**absent, **figures})
    reversed_ = card.over(dict(reversed(figures.items())))
    for who, value in people.items():
        found = score(fixed, figures[who])
        assert found.value is not None
        assert 0 <= found.value <= 100
        assert reversed_.value(figures[who]) == found.value
        assert sorted(found.root.parts[0].cohort) == sorted(people.values())
        again = Cohort(rule(method, better=better), found.root.parts[0].cohort)
        assert again.at(value) == found.exact
    assert fixed.over({"x": figures[min(people)]}) == fixed
    assert fixed.value({"k": Measure(0, 0, 0)}) is None
