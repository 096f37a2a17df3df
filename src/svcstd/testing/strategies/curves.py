"""Exact functions of one number: lines, steps, tiers; the scales that people rate on; how results are rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias, get_args

from hypothesis import strategies as st

from svcstd.curves import (
    Beyond,
    Curve,
    DistanceToTarget,
    Goalposts,
    GradeScale,
    PiecewiseLinear,
    Rounding,
    RoundingMode,
    Scale,
    Side,
    Steps,
    TierKind,
    Tiers,
)
from svcstd.testing.strategies.drawn import Strategies

__all__ = [
    "GRADES",
    "SIDES",
    "STRATEGIES",
    "curves",
    "goalposts",
    "grade_scales",
    "lines",
    "numbers",
    "rising",
    "roundings",
    "scales",
    "steps",
    "tiers",
]

GRADES = ("I", "II", "III", "特级")
"""Names of grades, the lowest first."""
BEYOND: tuple[Beyond, ...] = get_args(Beyond)
SIDES = st.sampled_from(get_args(Side))
PARTS = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1, 100), Fraction(1, 3)])
"""What is beyond a whole number; the last has no end as a decimal."""
STEPS = tuple(Decimal(step) for step in ("1", "0.1", "0.01", "0.05", "5", "1000"))


def numbers(low: int = -100, high: int = 200) -> st.SearchStrategy[Fraction]:
    """Exact numbers, both bounds included: whole ones, hundredths, and some without an end.

    Args:
        low: the smallest.
        high: the greatest.
    """
    return st.builds(lambda part, whole: min(whole + part, Fraction(high)), PARTS, st.integers(low, high))


def rising(min_size: int = 0, max_size: int = 4, low: int = -100, high: int = 200) -> st.SearchStrategy[list[Fraction]]:
    """Different numbers, the smallest first.

    Args:
        min_size: how many at least.
        max_size: how many at most.
        low: the smallest.
        high: the greatest.
    """
    return st.lists(numbers(low, high), min_size=min_size, max_size=max_size, unique=True).map(sorted)


Pairs: TypeAlias = "tuple[list[Fraction], list[Fraction]]"


def _pairs(
    min_size: int, max_size: int, low: int, high: int, *, falls: bool, first: int = -100
) -> st.SearchStrategy[Pairs]:
    """Different values, the smallest first, and for each a result."""
    pair = st.tuples(numbers(first), numbers(low, high))
    many = st.lists(pair, min_size=min_size, max_size=max_size, unique_by=itemgetter(0))

    def apart(pairs: list[tuple[Fraction, Fraction]]) -> Pairs:
        results = [result for _, result in pairs]
        return sorted(value for value, _ in pairs), results if falls else sorted(results)

    return many.map(apart)


def lines(
    max_size: int = 4,
    low: int = -100,
    high: int = 200,
    *,
    falls: bool = True,
    beyond: Sequence[Beyond] = BEYOND,
) -> st.SearchStrategy[PiecewiseLinear]:
    """Straight lines between points.

    Args:
        max_size: how many points at most.
        low: the smallest result of a point.
        high: the greatest.
        falls: whether a greater value may give a smaller result.
        beyond: what may become of a value beyond the ends.
    """
    return st.builds(
        lambda pairs, beyond: PiecewiseLinear(zip(*pairs, strict=True), beyond=beyond),
        _pairs(2, max_size, low, high, falls=falls),
        st.sampled_from(beyond),
    )


def steps(max_size: int = 3, low: int = -100, high: int = 200, *, falls: bool = True) -> st.SearchStrategy[Steps]:
    """A constant result between two bounds.

    Args:
        max_size: how many bounds at most.
        low: the smallest result.
        high: the greatest.
        falls: whether a greater value may give a smaller result.
    """
    return st.builds(
        lambda pairs, side: Steps(pairs[0][1:], pairs[1], bound=side),
        _pairs(1, max_size + 1, low, high, falls=falls),
        SIDES,
    )


def _ends(*, falls: bool) -> st.SearchStrategy[tuple[Fraction, Fraction]]:
    """The worst value and the best one."""
    ends = st.tuples(rising(2, 2), st.booleans())
    return ends.map(lambda pair: (pair[0][1], pair[0][0]) if falls and pair[1] else (pair[0][0], pair[0][1]))


def goalposts(*, falls: bool = True, beyond: Sequence[Beyond] = BEYOND) -> st.SearchStrategy[Goalposts]:
    """From the worst value to the best.

    Args:
        falls: whether less may be better.
        beyond: what may become of a value beyond the ends.
    """
    return st.builds(
        lambda ends, scale, beyond: Goalposts(*ends, scale=scale, beyond=beyond),
        _ends(falls=falls),
        st.sampled_from([1, 100, Fraction(1, 3)]),
        st.sampled_from(beyond),
    )


def _distances(*, falls: bool = True) -> st.SearchStrategy[DistanceToTarget]:
    return st.builds(
        lambda ends, cap: DistanceToTarget(ends[1], worst=ends[0], cap=cap), _ends(falls=falls), st.booleans()
    )


def curves(*, falls: bool = True, refuses: bool = True) -> st.SearchStrategy[Curve]:
    """Curves of every kind.

    Args:
        falls: whether a greater value may give a smaller result.
        refuses: whether some take no value beyond their ends.
    """
    beyond = BEYOND if refuses else BEYOND[:2]
    return st.one_of(
        steps(falls=falls),
        goalposts(falls=falls, beyond=beyond),
        lines(falls=falls, beyond=beyond),
        _distances(falls=falls),
    )


def tiers(max_size: int = 3, *, falls: bool = True, refuses: bool = True) -> st.SearchStrategy[Tiers]:
    """Rates for stretches of an amount.

    Args:
        max_size: how many bounds at most, besides the start.
        falls: whether a greater amount may give less; otherwise no start and no rate is below 0, and rates rise.
        refuses: whether some take no amount before their start.
    """
    return st.builds(
        lambda pairs, kind, side, beyond: Tiers(
            pairs[0][1:], pairs[1], kind=kind, bound=side, start=pairs[0][0], beyond=beyond
        ),
        _pairs(1, max_size + 1, -2 if falls else 0, 20, falls=falls, first=-100 if falls else 0),
        st.sampled_from(get_args(TierKind)),
        SIDES,
        st.sampled_from(BEYOND if refuses else BEYOND[:2]),
    )


def scales(*, stepped: bool | None = None) -> st.SearchStrategy[Scale]:
    """Numbers that people rate on.

    Args:
        stepped: whether they count in steps; either by default.
    """
    step = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 3)])
    counted = st.builds(
        lambda low, one, count: Scale(low, low + one * count, step=one), numbers(-2, 2), step, st.integers(1, 30)
    )
    free = rising(2, 2).map(lambda ends: Scale(*ends))
    if stepped is None:
        return st.one_of(counted, free)
    return counted if stepped else free


def grade_scales(names: tuple[str, ...] = GRADES) -> st.SearchStrategy[GradeScale]:
    """Grades with their points.

    Args:
        names: of the grades, the lowest first; at least two.
    """

    def named(points: list[Fraction]) -> GradeScale:
        return GradeScale(dict(zip(names, points, strict=True)))

    return rising(len(names), len(names), 0, 20).map(named)


def roundings(steps: tuple[Decimal, ...] = STEPS) -> st.SearchStrategy[Rounding]:
    """By every mode.

    Args:
        steps: what results may be whole multiples of.
    """
    return st.builds(Rounding, st.sampled_from(steps), st.sampled_from(get_args(RoundingMode)))


STRATEGIES: Strategies = {
    DistanceToTarget: _distances,
    Goalposts: goalposts,
    GradeScale: grade_scales,
    PiecewiseLinear: lines,
    Rounding: roundings,
    Scale: scales,
    Steps: steps,
    Tiers: tiers,
}
