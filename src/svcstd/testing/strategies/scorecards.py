"""Scorecards as trees of weighted figures, the figures that they ask for, and the scores that come of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Any, TypeAlias, get_args

import attrs
from hypothesis import strategies as st

from svcstd.calendars import PeriodKind
from svcstd.curves import Side
from svcstd.keyed import Keyed
from svcstd.scoring import (
    Adjusted,
    Adjustment,
    Bonus,
    Cap,
    Cohort,
    CohortMethod,
    CohortRule,
    Contribution,
    Criterion,
    Dimension,
    Flat,
    Floor,
    Grades,
    IfUnmeasured,
    KnockOut,
    Lack,
    Line,
    Mean,
    Measured,
    Multiplier,
    Part,
    Penalty,
    RankSpread,
    Score,
    Scorecard,
    ScoreChange,
    ScoreDifference,
    SubstitutionStep,
    TieMethod,
    Weighted,
    difference,
    score,
    substitution,
    weight_noise,
)
from svcstd.testing.strategies.curves import curves, lines, numbers, rising, roundings, steps
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.kpis import NAMES, measured, periods_of, some_of

__all__ = ["STRATEGIES", "adjustments", "cohort_rules", "figures_for", "grades", "means", "scorecards", "scores"]

KPIS = ("speed", "quality", "csat")
PARTS = ("a", "b", "技术")
"""Of a level; no dot may stand in them, since paths have some."""
SOME = tuple(PARTS[:count] for count in range(1, len(PARTS) + 1))
WEIGHTS = st.sampled_from([Fraction(1), Fraction(3), Fraction(1, 3), Fraction("0.6")])
Methods: TypeAlias = tuple[Keyed[str, Any], ...]
SUMS: Methods = (
    Keyed({"method": "arithmetic"}),
    Keyed({"method": "least"}),
    Keyed({"method": "greatest"}),
    Keyed({"method": "geometric", "digits": 4}),
    Keyed({"method": "power", "power": Fraction(1, 2), "digits": 4}),
)
"""Means that take points from 0 on."""
INVERSE: Methods = (Keyed({"method": "harmonic"}), Keyed({"method": "power", "power": -1, "digits": 4}))
"""Means that take points above 0 only."""
POLICIES: Sequence[Mapping[str, Any]] = (
    {"missing": "reweight"},
    {"missing": "reweight", "least_covered": Fraction(1, 2)},
    {"missing": "withhold", "least_covered": 1},
    {"missing": "zero"},
    {"missing": "refuse"},
)
ENOUGH = 9
"""Records that are enough for every criterion."""
MAYBE, SURELY = measured(), measured(ENOUGH)
LEAST = st.sampled_from([0, 0, ENOUGH])
UNITS = tuple(Decimal(step) for step in ("1", "0.1", "0.01"))


@cache
def _policies(*, sure: bool, zero: bool = True) -> st.SearchStrategy[Mapping[str, Any]]:
    left = [one for one in POLICIES if not (sure and one["missing"] == "refuse") and (zero or one["missing"] != "zero")]
    return st.sampled_from(left)


def means(names: tuple[str, ...] = PARTS[:2], *, sure: bool = False) -> st.SearchStrategy[Mean]:
    """Means of every kind.

    Args:
        names: of the parts.
        sure: whether points above 0 always have a mean, or none by a policy: nothing is refused.
    """
    return st.one_of(_means(names, SUMS, sure=sure), _means(names, INVERSE, sure=sure, zero=not sure))


@cache
def _means(names: tuple[str, ...], methods: Methods, *, sure: bool, zero: bool = True) -> st.SearchStrategy[Mean]:
    return st.builds(
        lambda weights, method, policy: Mean(weights=dict(zip(names, weights, strict=True)), **method, **policy),
        st.lists(WEIGHTS, min_size=len(names), max_size=len(names)),
        st.sampled_from(methods),
        _policies(sure=sure, zero=zero),
    )


@st.composite
def cohort_rules(draw: st.DrawFn, *, methods: Sequence[CohortMethod] = get_args(CohortMethod)) -> CohortRule:
    """Comparisons with others.

    Args:
        draw: of Hypothesis.
        methods: of comparison.
    """
    method = draw(st.sampled_from(methods))
    return CohortRule(
        method=method,
        better="more" if method == "share of the best" else draw(st.sampled_from(["more", "less"])),
        flat=draw(st.sampled_from(get_args(Flat))),
        scale=draw(st.sampled_from([1, 100])),
        digits=draw(st.integers(0, 6)) if method == "standard deviations" else None,
    )


@st.composite
def _cohorts(draw: st.DrawFn, *, methods: Sequence[CohortMethod] = get_args(CohortMethod)) -> Cohort:
    """Where the same for all is refused, not all are the same."""
    rule = draw(cohort_rules(methods=methods))
    apart = rule.flat == "refuse"
    values = st.lists(numbers(1, 100), min_size=1 + apart, max_size=4, unique=apart)
    return rule.over(draw(values))


@cache
def _criteria(*, sure: bool = False, above_zero: bool = False) -> st.SearchStrategy[Criterion]:
    """Figures with their curves; where it must be sure, with points from 0 to 100 for any figure from 0."""
    any_curve = st.one_of(st.none(), curves(), cohort_rules(), _cohorts())
    sure_curve = st.one_of(lines(low=1, high=100, beyond=["clamp"]), steps(low=1, high=100))
    ranked = _cohorts(methods=("percentile",))
    curve = any_curve if not sure else sure_curve if above_zero else st.one_of(st.none(), sure_curve, ranked)
    return st.builds(
        Criterion,
        st.sampled_from(KPIS),
        curve=curve,
        least=LEAST,
        rounding=st.one_of(st.none(), roundings(UNITS)),
    )


@cache
def _levels(depth: int = 1, *, sure: bool = False) -> st.SearchStrategy[Dimension]:
    """Where it must be sure, a mean that divides by points lies on criteria that are above 0."""
    below: st.SearchStrategy[Part] = _criteria(sure=sure)
    deeper = st.one_of(below, _levels(depth - 1, sure=sure)) if depth else below
    return st.one_of(
        *(_level(names, deeper, SUMS, sure=sure) for names in SOME),
        *(_level(names, _criteria(sure=sure, above_zero=True), INVERSE, sure=sure, zero=not sure) for names in SOME),
    )


def _level(
    names: tuple[str, ...], below: st.SearchStrategy[Part], methods: Methods, *, sure: bool, zero: bool = True
) -> st.SearchStrategy[Dimension]:
    return st.builds(
        Dimension,
        st.fixed_dictionaries(dict.fromkeys(names, below)),
        _means(names, methods, sure=sure, zero=zero),
        rounding=st.one_of(st.none(), roundings(UNITS)),
    )


@cache
def adjustments(*, sure: bool = False) -> st.SearchStrategy[Adjustment]:
    """Caps, floors, knock-outs, points on top and off, and multipliers.

    Args:
        sure: whether none refuses a figure that is missing.
    """
    return st.one_of(*(make(sure=sure) for make in ADJUSTMENTS.values()))


def _capped(kind: type, name: str, bound: str, *, sure: bool = False) -> st.SearchStrategy[Any]:
    del sure  # it asks for no figure
    return st.builds(kind, _named(name), **{bound: numbers(0, 100)})


def _named(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([name, f"{name} (附加)"])


def _figured(kind: type, name: str, *, sure: bool = False, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    choices: tuple[IfUnmeasured, ...] = get_args(IfUnmeasured)
    missing = st.sampled_from([one for one in choices if not (sure and one == "refuse")])
    return st.builds(kind, _named(name), kpi=st.sampled_from(KPIS), missing=missing, **more)


def _pointed(kind: type, name: str, *, sure: bool = False) -> st.SearchStrategy[Any]:
    each, most = st.sampled_from([1, 0, Fraction(5, 2)]), st.sampled_from([None, 10, 0])
    return _figured(kind, name, sure=sure, each=each, most=most)


def _knock_outs(*, sure: bool = False) -> st.SearchStrategy[KnockOut]:
    """Below a bound, above one, or outside of two."""
    low, high = (
        _figured(KnockOut, "critical", sure=sure, to=numbers(0, 60), **{side: numbers(0, 50)})
        for side in ("below", "above")
    )
    both = st.builds(lambda out, more: attrs.evolve(out, above=out.below + more), low, numbers(0, 50))
    return st.one_of(low, high, both)


ADJUSTMENTS: Mapping[type, Callable[..., st.SearchStrategy[Any]]] = {
    Cap: partial(_capped, Cap, "cap", "most"),
    Floor: partial(_capped, Floor, "floor", "least"),
    KnockOut: _knock_outs,
    Bonus: partial(_pointed, Bonus, "bonus"),
    Penalty: partial(_pointed, Penalty, "penalty"),
    Multiplier: partial(_figured, Multiplier, "rating"),
}


@cache
def grades(names: tuple[str, ...] = ("D", "C", "B", "A")) -> st.SearchStrategy[Grades]:
    """A name for every score.

    Args:
        names: the lowest first; some of them, from the first on.
    """
    return st.builds(
        lambda bounds, side: Grades(names[: len(bounds) + 1], bounds, bound=side),
        rising(0, len(names) - 1, 0, 100),
        st.sampled_from(get_args(Side)),
    )


@cache
def scorecards(max_adjustments: int = 2, *, depth: int = 1, sure: bool = False) -> st.SearchStrategy[Scorecard]:
    """Scorecards over the figures ``speed``, ``quality`` and ``csat``.

    Args:
        max_adjustments: how many at most, each of another kind.
        depth: how many levels there may be below the first.
        sure: whether any figures from 0 on have a score, or none with its reason: nothing is refused.
    """
    return st.builds(
        Scorecard,
        key=st.sampled_from(["desk", "engineer"]),
        root=_levels(depth, sure=sure),
        rounding=roundings(),
        adjustments=st.lists(adjustments(sure=sure), max_size=max_adjustments, unique_by=type),
        grades=st.one_of(st.none(), grades()),
        name=st.sampled_from(["", "Service desk", "工程师评分"]),
        of=st.sampled_from(["", "who"]),
        every=st.one_of(st.none(), st.sampled_from(get_args(PeriodKind))),
    )


def figures_for(card: Scorecard, *, complete: bool = False) -> st.SearchStrategy[dict[str, Measured]]:
    """A figure from 0 on for each that a card asks for.

    Args:
        card: whose figures.
        complete: whether enough records stand behind each.
    """
    return st.fixed_dictionaries(dict.fromkeys(card.kpis, SURELY if complete else MAYBE))


@st.composite
def scores(draw: st.DrawFn, *, complete: bool = False) -> Score:
    """Scores with their reasons.

    Args:
        draw: of Hypothesis.
        complete: whether there is one for certain: no figure is missing.
    """
    card = draw(scorecards(sure=True))
    period = draw(st.one_of(st.none(), periods_of("month")))
    return score(card, draw(figures_for(card, complete=complete)), of=draw(st.sampled_from(NAMES)), period=period)


@st.composite
def _differences(draw: st.DrawFn) -> tuple[ScoreDifference, Score, tuple[Contribution, ...]]:
    """Two scores by two versions of a card: the later one knows a floor that lifts every score."""
    card = draw(scorecards(sure=True))
    later = attrs.evolve(card, adjustments=(*card.adjustments, Floor("lifted", least=10**6)))
    before = score(card, draw(figures_for(card, complete=True)))
    after = score(later, draw(figures_for(later, complete=True)))
    return difference(before, after), after, after.contributions


@st.composite
def _substitutions(draw: st.DrawFn) -> tuple[SubstitutionStep, ...]:
    level = draw(_levels(0, sure=True))
    points = st.one_of(numbers(1, 100), st.sampled_from(Lack))
    before, after = (draw(st.fixed_dictionaries(dict.fromkeys(level.parts, points))) for _ in range(2))
    return substitution(level, before, after)


@st.composite
def _spreads(draw: st.DrawFn) -> Mapping[str, RankSpread]:
    card = draw(scorecards(0, sure=True))
    cohort = {name: draw(figures_for(card, complete=True)) for name in NAMES[: draw(st.integers(2, 4))]}
    spread, seed = draw(st.sampled_from([Fraction(1, 4), Fraction(9, 10)])), draw(st.integers(0, 9))
    ties = draw(st.sampled_from(get_args(TieMethod)))
    return weight_noise(card, cohort, spread=spread, draws=3, seed=seed, ties=ties)


@st.composite
def _weighted(draw: st.DrawFn) -> Weighted:
    mean = draw(means(PARTS, sure=True))
    known = st.one_of(numbers(1, 100), st.none())
    return mean.of(draw(some_of(PARTS, known)))


STRATEGIES: Strategies = {
    **ADJUSTMENTS,
    Adjusted: lambda: found_in(_differences(), Adjusted),
    Cohort: _cohorts,
    CohortRule: cohort_rules,
    Contribution: lambda: found_in(_differences(), Contribution),
    Criterion: _criteria,
    Dimension: _levels,
    Grades: grades,
    Lack: lambda: st.sampled_from(Lack),
    Line: lambda: found_in(scores(), Line),
    Mean: means,
    RankSpread: lambda: found_in(_spreads(), RankSpread),
    Score: scores,
    ScoreChange: lambda: found_in(_differences(), ScoreChange),
    ScoreDifference: lambda: found_in(_differences(), ScoreDifference),
    Scorecard: scorecards,
    SubstitutionStep: lambda: found_in(_substitutions(), SubstitutionStep),
    Weighted: _weighted,
}
