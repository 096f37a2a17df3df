"""Curves: from what was measured to a score or to pay, exactly, with every border declared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal, TypeAlias

import attrs

from svcstd.curves.exact import Number, exact
from svcstd.errors import DefinitionError, one_of

__all__ = ["Beyond", "Curve", "DistanceToTarget", "Goalposts", "PiecewiseLinear", "Side", "Steps"]

Beyond: TypeAlias = Literal["clamp", "extend", "refuse"]
"""What becomes of a value beyond the ends: it counts as the end, the line goes on, or it is an error."""
BEYOND = ("clamp", "extend", "refuse")
Side: TypeAlias = Literal["lower", "upper"]
"""To which step a bound itself belongs."""
SIDES = ("lower", "upper")


def _fractions(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(exact(value) for value in values)


def _points(pairs: Iterable[tuple[object, object]]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((exact(x), exact(y)) for x, y in pairs)


@attrs.frozen
class PiecewiseLinear:
    """Straight lines between points.

    Attributes:
        points: pairs of value and result, by rising value; at least two.
        beyond: what becomes of a value before the first point or after the last.

    Raises:
        DefinitionError: fewer than two points, values that do not rise, or a float.

    >>> curve = PiecewiseLinear([(0, 0), (80, 50), (100, 100)], beyond="clamp")
    >>> curve.at(90), curve.at(120)
    (Fraction(75, 1), Fraction(100, 1))
    """

    points: tuple[tuple[Fraction, Fraction], ...] = attrs.field(converter=_points)
    beyond: Beyond = attrs.field(kw_only=True, validator=one_of(BEYOND))
    _borders: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)
    _unit: int = attrs.field(init=False, eq=False, repr=False)
    _lines: tuple[tuple[int, int, int], ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._check()
        unit = lcm(*(x.denominator for x, _ in self.points))
        object.__setattr__(self, "_unit", unit)
        object.__setattr__(self, "_borders", tuple(int(x * unit) for x, _ in self.points))
        object.__setattr__(self, "_lines", tuple(_whole_line(*ends) for ends in pairwise(self.points)))

    def _check(self) -> None:
        if len(self.points) < 2:  # noqa: PLR2004 - a line has two ends
            raise DefinitionError("points", "curves.points")
        for (one, _), (other, _) in pairwise(self.points):
            if one >= other:
                raise DefinitionError("points", "curves.rising", first=str(one), second=str(other))

    def at(self, value: Number) -> Fraction:
        """The result for a value.

        Raises:
            DefinitionError: a float, or a value beyond the ends where that is refused.
        """
        found = value if type(value) is Fraction else exact(value)
        top, bottom = found.numerator, found.denominator
        borders, scaled = self._borders, top * self._unit
        place = bisect_right(borders, scaled // bottom)
        if place == 0 or scaled > borders[-1] * bottom:
            if self.beyond == "refuse":
                ends = {"low": str(self.points[0][0]), "high": str(self.points[-1][0])}
                raise DefinitionError("value", "curves.beyond", value=str(found), **ends)
            if self.beyond == "clamp":
                return self.points[-1 if place else 0][1]
        slope, start, unit = self._lines[min(max(place, 1), len(borders) - 1) - 1]
        return Fraction(slope * top + start * bottom, unit * bottom)


def _whole_line(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> tuple[int, int, int]:
    """The line through two points in whole numbers, ``y = (slope x + start) / unit``: one fraction for each value."""
    slope = (other[1] - one[1]) / (other[0] - one[0])
    start = one[1] - slope * one[0]
    unit = lcm(slope.denominator, start.denominator)
    return int(slope * unit), int(start * unit), unit


@attrs.frozen
class Goalposts:
    """One straight line from the worst value, which is nothing, to the best, which is all.

    Attributes:
        worst, best: the goalposts; where the best is the smaller, less is better.
        scale: what the best is worth, e.g. 1 or 100.
        beyond: what becomes of a value outside of them.

    Raises:
        DefinitionError: goalposts that are the same, no scale, or a float.

    >>> Goalposts(0, 10, scale=100, beyond="clamp").at(7), Goalposts(10, 0, scale=1, beyond="clamp").at(7)
    (Fraction(70, 1), Fraction(3, 10))
    """

    worst: Fraction = attrs.field(converter=exact)
    best: Fraction = attrs.field(converter=exact)
    scale: Fraction = attrs.field(kw_only=True, converter=exact)
    beyond: Beyond = attrs.field(kw_only=True, validator=one_of(BEYOND))
    line: PiecewiseLinear = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.worst == self.best:
            raise DefinitionError("best", "curves.goalposts", value=str(self.best))
        if self.scale <= 0:
            raise DefinitionError("scale", "curves.scale", value=str(self.scale))
        ends = sorted(((self.worst, Fraction(0)), (self.best, self.scale)))
        object.__setattr__(self, "line", PiecewiseLinear(ends, beyond=self.beyond))

    def at(self, value: Number) -> Fraction:
        """The result for a value.

        Raises:
            DefinitionError: as of :meth:`PiecewiseLinear.at`.
        """
        return self.line.at(value)


@attrs.frozen
class DistanceToTarget:
    """How near the target, as a share of the whole range of a cohort: 1 at the target.

    Attributes:
        target: what is aimed at.
        worst: the value farthest from it that counts; the cohort's own, kept here so that nobody's score changes later.
        cap: whether what is better than the target is no more than 1.

    Raises:
        DefinitionError: a target that is the worst value, or a float.

    >>> curve = DistanceToTarget(10, worst=0, cap=True)
    >>> curve.at(5), curve.at(11)
    (Fraction(1, 2), Fraction(1, 1))
    """

    target: Fraction = attrs.field(converter=exact)
    worst: Fraction = attrs.field(kw_only=True, converter=exact)
    cap: bool = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.target == self.worst:
            raise DefinitionError("worst", "curves.goalposts", value=str(self.worst))

    def at(self, value: Number) -> Fraction:
        """The result for a value.

        Raises:
            DefinitionError: a float.
        """
        share = (exact(value) - self.worst) / (self.target - self.worst)
        return min(share, Fraction(1)) if self.cap else share


@attrs.frozen
class Steps:
    """A constant result between two bounds.

    Attributes:
        bounds: where one step ends and the next begins, rising.
        values: the results, one more than there are bounds.
        bound: to which step a bound itself belongs, the ``lower`` or the ``upper``.

    Raises:
        DefinitionError: bounds that do not rise, another number of results, or a float.

    >>> grade = Steps([60, 80], [1, 2, 3], bound="upper")
    >>> grade.at(80), grade.at(79)
    (Fraction(3, 1), Fraction(2, 1))
    """

    bounds: tuple[Fraction, ...] = attrs.field(converter=_fractions)
    values: tuple[Fraction, ...] = attrs.field(converter=_fractions)
    bound: Side = attrs.field(kw_only=True, validator=one_of(SIDES))

    def __attrs_post_init__(self) -> None:
        for one, other in pairwise(self.bounds):
            if one >= other:
                raise DefinitionError("bounds", "curves.rising", first=str(one), second=str(other))
        if len(self.values) != len(self.bounds) + 1:
            raise DefinitionError("values", "curves.steps", bounds=len(self.bounds), values=len(self.values))

    def at(self, value: Number) -> Fraction:
        """The result for a value.

        Raises:
            DefinitionError: a float.
        """
        place = bisect_right if self.bound == "upper" else bisect_left
        return self.values[place(self.bounds, exact(value))]


Curve: TypeAlias = "PiecewiseLinear | Goalposts | DistanceToTarget | Steps"
