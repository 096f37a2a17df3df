"""Adjustments of a score after its parts were weighed, in the order in which they are declared."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.curves import exact
from svcstd.errors import DefinitionError, one_of
from svcstd.scoring.measure import Measured

__all__ = ["Adjustment", "Bonus", "Cap", "Floor", "IfUnmeasured", "KnockOut", "Multiplier", "Penalty"]

IfUnmeasured: TypeAlias = Literal["refuse", "skip", "withhold"]
"""What becomes of an adjustment by a figure that is missing: an error, no adjustment, or no score."""


POLICY = one_of(get_args(IfUnmeasured))


def _from_0(_: object, field: attrs.Attribute[Any], value: Fraction | None) -> None:
    if value is not None and value < 0:
        raise DefinitionError(field.name, "scoring.below", value=str(value))


def _figure(kpi: str, measures: Mapping[str, Measured], missing: IfUnmeasured) -> Fraction | None:
    """The figure by which a score is adjusted."""
    found = measures[kpi].value
    if found is None and missing == "refuse":
        raise DefinitionError(f"measures.{kpi}", "scoring.missing", value=kpi)
    return found


@attrs.frozen
class Cap:
    """No more than this.

    >>> Cap("whole", most=100).applied(Fraction(104), {})
    Fraction(100, 1)
    """

    name: str
    most: Fraction = attrs.field(kw_only=True, converter=exact)

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards."""
        del measures
        return min(score, self.most)


@attrs.frozen
class Floor:
    """No less than this."""

    name: str
    least: Fraction = attrs.field(kw_only=True, converter=exact)

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards."""
        del measures
        return max(score, self.least)


@attrs.frozen
class KnockOut:
    """One figure out of bounds decides alone: a critical error, a lapsed permit.

    Attributes:
        name: of the adjustment.
        kpi: the figure.
        below, above: it knocks out below the one or above the other; a bound itself does not. At least one is given.
        to: what the score becomes, unless it is lower already.
        missing: what a missing figure does.

    Raises:
        DefinitionError: no bound, or two between which nothing is left.

    >>> from svcstd.scoring import Tally
    >>> rule = KnockOut("critical", kpi="errors", above=0, to=0, missing="refuse")
    >>> rule.applied(Fraction(95), {"errors": Tally(1, 40, empty_is_zero=True)})
    Fraction(0, 1)
    """

    name: str
    kpi: str = attrs.field(kw_only=True)
    below: Fraction | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(exact))
    above: Fraction | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(exact))
    to: Fraction = attrs.field(kw_only=True, converter=exact)
    missing: IfUnmeasured = attrs.field(kw_only=True, validator=POLICY)

    def __attrs_post_init__(self) -> None:
        if self.below is None and self.above is None:
            raise DefinitionError("below", "adjust.no_bound")
        if self.below is not None and self.above is not None and self.below > self.above:
            raise DefinitionError("above", "curves.rising", first=str(self.below), second=str(self.above))

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards; ``None`` where it is withheld."""
        found = _figure(self.kpi, measures, self.missing)
        if found is None:
            return score if self.missing == "skip" else None
        low, high = self.below is not None and found < self.below, self.above is not None and found > self.above
        return min(score, self.to) if low or high else score


@attrs.frozen
class Bonus:
    """Points on top for each unit of a figure; never below 0.

    Attributes:
        name: of the adjustment.
        kpi: the figure.
        each: points for each unit of it, from 0.
        most: no more than these points in all; ``None`` for no bound.
        missing: what a missing figure does.

    >>> from svcstd.scoring import Tally
    >>> rule = Bonus("ideas", kpi="adopted", each=2, most=5, missing="skip")
    >>> rule.applied(Fraction(80), {"adopted": Tally(3, 3, empty_is_zero=True)})
    Fraction(85, 1)
    """

    name: str
    kpi: str = attrs.field(kw_only=True)
    each: Fraction = attrs.field(kw_only=True, converter=exact, validator=_from_0)
    most: Fraction | None = attrs.field(kw_only=True, converter=attrs.converters.optional(exact), validator=_from_0)
    missing: IfUnmeasured = attrs.field(kw_only=True, validator=POLICY)

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards; ``None`` where it is withheld."""
        points = _points(self, measures)
        return None if points is None else score + points


@attrs.frozen
class Penalty:
    """Points off for each unit of a figure; never below 0.

    Attributes:
        name: of the adjustment.
        kpi: the figure.
        each: points for each unit of it, from 0.
        most: no more than these points in all; ``None`` for no bound.
        missing: what a missing figure does.
    """

    name: str
    kpi: str = attrs.field(kw_only=True)
    each: Fraction = attrs.field(kw_only=True, converter=exact, validator=_from_0)
    most: Fraction | None = attrs.field(kw_only=True, converter=attrs.converters.optional(exact), validator=_from_0)
    missing: IfUnmeasured = attrs.field(kw_only=True, validator=POLICY)

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards; ``None`` where it is withheld."""
        points = _points(self, measures)
        return None if points is None else score - points


def _points(rule: Bonus | Penalty, measures: Mapping[str, Measured]) -> Fraction | None:
    found = _figure(rule.kpi, measures, rule.missing)
    if found is None:
        return Fraction(0) if rule.missing == "skip" else None
    points = max(rule.each * found, Fraction(0))
    return points if rule.most is None else min(points, rule.most)


@attrs.frozen
class Multiplier:
    """The whole score times a figure, such as a customer's rating from -50 % to 200 %.

    Attributes:
        name: of the adjustment.
        kpi: the figure; one below 0 turns the score.
        missing: what a missing figure does.
    """

    name: str
    kpi: str = attrs.field(kw_only=True)
    missing: IfUnmeasured = attrs.field(kw_only=True, validator=POLICY)

    def applied(self, score: Fraction, measures: Mapping[str, Measured]) -> Fraction | None:
        """The score afterwards; ``None`` where it is withheld."""
        found = _figure(self.kpi, measures, self.missing)
        if found is None:
            return score if self.missing == "skip" else None
        return score * found


Adjustment: TypeAlias = "Cap | Floor | KnockOut | Bonus | Penalty | Multiplier"
