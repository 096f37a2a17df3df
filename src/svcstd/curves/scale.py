"""Scales that people rate on: numbers with exact bounds and a step, or grades in order with their points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

import attrs

from svcstd.curves.exact import exact
from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import Keyed

__all__ = ["GradeScale", "Scale"]


@attrs.frozen
class Scale:
    """Numbers from one bound to another in steps, both bounds included. What is off the scale is refused, not moved.

    Attributes:
        low, high: the bounds.
        step: from the low bound on; ``None`` for any number between them.

    Raises:
        DefinitionError: bounds out of order, a step that does not lead from one to the other, or a float.

    >>> customer = Scale(Fraction(-1, 2), 2, step=Fraction(1, 10))
    >>> customer.check(Fraction(6, 5)), customer.size
    (Fraction(6, 5), 26)
    >>> customer.check(Fraction(201, 100))
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: value: 201/100 is not on the scale from -1/2 to 2; it counts in steps of 1/10
    """

    low: Fraction = attrs.field(converter=exact)
    high: Fraction = attrs.field(converter=exact)
    step: Fraction | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(exact))

    def __attrs_post_init__(self) -> None:
        if self.low >= self.high:
            raise DefinitionError("high", "curves.rising", first=str(self.low), second=str(self.high))
        if self.step is not None and (self.step <= 0 or (self.high - self.low) % self.step):
            raise DefinitionError("step", "scales.step", value=str(self.step), low=str(self.low), high=str(self.high))

    @property
    def size(self) -> int | None:
        """How many values there are; ``None`` without steps."""
        return None if self.step is None else int((self.high - self.low) / self.step) + 1

    def check(self, value: object) -> Fraction:
        """The value as an exact number.

        Raises:
            DefinitionError: it is off the scale, or no exact number.
        """
        found = exact(value)
        if not self.low <= found <= self.high or (self.step is not None and (found - self.low) % self.step):
            ends = {"low": str(self.low), "high": str(self.high)}
            step = "any size" if self.step is None else str(self.step)
            raise DefinitionError("value", "scales.off", value=str(found), step=step, **ends)
        return found


def _points(pairs: Mapping[str, object] | Iterable[tuple[str, object]]) -> Keyed[str, Fraction]:
    return Keyed({grade: exact(points, f"points.{grade}") for grade, points in dict(pairs).items()})


@attrs.frozen
class GradeScale:
    """Grades in order, each with the points it counts.

    Attributes:
        points: by grade, rising.

    Raises:
        DefinitionError: fewer than two grades, points that do not rise, or a float.

    >>> GradeScale({"I": 1, "II": Fraction(3, 2), "III": 2}).points_of("II")
    Fraction(3, 2)
    """

    points: Keyed[str, Fraction] = attrs.field(converter=_points)

    def __attrs_post_init__(self) -> None:
        rising = list(self.points.values())
        if len(rising) < 2:  # noqa: PLR2004 - one grade tells nothing apart
            raise DefinitionError("points", "scales.grades")
        for lower, higher in pairwise(rising):
            if lower >= higher:
                raise DefinitionError("points", "curves.rising", first=str(lower), second=str(higher))

    def points_of(self, grade: object) -> Fraction:
        """What a grade counts.

        Raises:
            DefinitionError: no such grade, with the nearest.
        """
        found = self.points.get(grade) if isinstance(grade, str) else None
        if found is None:
            raise DefinitionError("value", "scales.grade", value=str(grade), nearest=nearest(grade, self.points))
        return found
