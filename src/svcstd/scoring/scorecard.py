"""Scorecards: a tree of weighted figures, every choice in it declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.curves import Curve, Rounding
from svcstd.errors import DefinitionError, UnknownName, must_be_one_of, nearest
from svcstd.keyed import Keyed, as_keyed, as_tuple
from svcstd.scoring.adjustment import Adjustment, Cap, Floor
from svcstd.scoring.cohort import Cohort, CohortRule
from svcstd.scoring.grades import Grades
from svcstd.scoring.mean import Mean
from svcstd.scoring.measure import Measured

__all__ = ["Criterion", "Dimension", "Lack", "Part", "Scorecard"]

DEEPEST = 10
STRICT = ("refuse", "zero")
"""Policies that say nothing of a part with too few records: it makes the whole level insufficient, never zero."""


class Lack(Enum):
    """Why there is no score."""

    MISSING = "missing"
    INSUFFICIENT = "insufficient"
    WITHHELD = "withheld"


@attrs.frozen
class Criterion:
    """One figure in a scorecard.

    Attributes:
        kpi: key of the figure.
        curve: from the figure to points; ``None`` takes the figure itself.
        least: how many records must stand behind it; fewer are insufficient, which is not zero.
        rounding: of the points.

    Raises:
        DefinitionError: a number of records that is none.
    """

    kpi: str
    curve: Curve | Cohort | CohortRule | None = attrs.field(default=None, kw_only=True)
    least: int = attrs.field(default=0, kw_only=True)
    rounding: Rounding | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.least, bool) or not isinstance(self.least, int) or self.least < 0:
            raise DefinitionError("least", "agents.whole", value=repr(self.least))

    def points(self, measures: Mapping[str, Measured]) -> Fraction | Lack:
        """What the figure is worth, or why it is worth nothing.

        Raises:
            DefinitionError: a value that the curve refuses, or a comparison without its cohort.
        """
        measured = measures[self.kpi]
        value = measured.value
        if value is None:
            return Lack.MISSING
        if measured.n < self.least:
            return Lack.INSUFFICIENT
        if isinstance(self.curve, CohortRule):
            raise DefinitionError(f"measures.{self.kpi}", "cohorts.none")
        try:
            found = value if self.curve is None else self.curve.at(value)
        except DefinitionError as error:
            raise error.at(f"measures.{self.kpi}") from None
        return found if self.rounding is None else Fraction(self.rounding.of(found))

    @property
    def kpis(self) -> Iterator[str]:
        """The figure it asks for."""
        yield self.kpi


@attrs.frozen
class Dimension:
    """Several parts that are weighed together.

    Attributes:
        parts: criteria, or levels below, in the order in which they are told.
        mean: how their points become one; its weights name the parts.
        rounding: of the mean.

    Raises:
        DefinitionError: weights and parts that do not name the same, a name that could not stand in a path of names, or
            more than ten levels.
    """

    parts: Keyed[str, Part] = attrs.field(converter=as_keyed)
    mean: Mean
    rounding: Rounding | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for key in self.parts:
            if not key or "." in key:
                raise DefinitionError("parts", "shape.key", value=key)
        for key in (*self.parts, *self.mean.weights):
            if key not in self.mean.weights:
                near = nearest(key, self.mean.weights)
                raise DefinitionError(f"parts.{key}", "scoring.no_weight", value=key, nearest=near)
            if key not in self.parts:
                near = nearest(key, self.parts)
                raise DefinitionError(f"weights.{key}", "scoring.no_part", value=key, nearest=near)
        if self.depth > DEEPEST:
            raise DefinitionError("parts", "shape.bounds", value=f"{self.depth} levels", low=1, high=DEEPEST)

    @property
    def depth(self) -> int:
        """How many levels there are, this one included."""
        return 1 + max((part.depth for part in self.parts.values() if isinstance(part, Dimension)), default=0)

    def points(self, measures: Mapping[str, Measured]) -> Fraction | Lack:
        """The mean of the parts, or why there is none.

        Raises:
            DefinitionError: a part that is missing where that is refused, or that the mean cannot take.
        """
        found = {key: part.points(measures) for key, part in self.parts.items()}
        return self.of(found)

    def of(self, points: Mapping[str, Fraction | Lack]) -> Fraction | Lack:
        """The mean of the points of the parts, or why there is none."""
        known = {key: found for key, found in points.items() if type(found) is Fraction}
        lacks = [] if len(known) == len(points) else [found for found in points.values() if type(found) is Lack]
        short = Lack.INSUFFICIENT in lacks
        if short and self.mean.missing in STRICT:
            return Lack.INSUFFICIENT
        value = self.mean.value(known)
        if value is None:
            if all(found is Lack.MISSING for found in lacks) and not known:
                return Lack.MISSING
            return Lack.INSUFFICIENT if short else Lack.WITHHELD
        return value if self.rounding is None else Fraction(self.rounding.of(value))

    @property
    def kpis(self) -> Iterator[str]:
        """The figures that its parts ask for, with repeats."""
        for part in self.parts.values():
            yield from part.kpis


Part: TypeAlias = "Criterion | Dimension"


@attrs.frozen(kw_only=True)
class Scorecard:
    """How figures become a score; nothing in it has a default that could decide pay.

    Attributes:
        key: among scorecards.
        root: the tree of weighted figures.
        rounding: of the score, once, at the end.
        adjustments: caps, knock-outs, bonus and penalty points, multipliers, in the order in which they act.
        grades: names for scores; they judge the rounded score.
        name: for people.
        version: for people.
        of: the field of a record that names whose it is; empty where all records are of one.
        every: the kind of period it is meant for; longer ones pool the records of several.

    Raises:
        DefinitionError: adjustments of the same name, or another kind of period.

    >>> weights = {"technical": Decimal("0.6"), "attitude": Decimal("0.4")}
    >>> mean = Mean(weights=weights, method="arithmetic", missing="withhold", least_covered=1)
    >>> card = Scorecard(key="engineer", rounding=Rounding(Decimal("0.01"), "half up"),
    ...     root=Dimension({key: Criterion(key) for key in weights}, mean))
    >>> from svcstd.scoring import Measure
    >>> card.value({"technical": Measure(Decimal("1.5"), 3, 3), "attitude": Measure(3, 3, 3)})
    Decimal('0.70')
    """

    key: str
    root: Dimension
    rounding: Rounding
    adjustments: tuple[Adjustment, ...] = attrs.field(default=(), converter=as_tuple)
    grades: Grades | None = None
    name: str = ""
    version: str = ""
    of: str = ""
    every: PeriodKind | None = None

    def __attrs_post_init__(self) -> None:
        if self.every is not None:
            must_be_one_of(self.every, get_args(PeriodKind), "every")
        names = [one.name for one in self.adjustments]
        for name in names:
            if names.count(name) > 1:
                raise DefinitionError("adjustments", "shape.twice", key=name)

    @property
    def kpis(self) -> tuple[str, ...]:
        """The figures it asks for, each once, in the order of the card."""
        adjusting = (one.kpi for one in self.adjustments if not isinstance(one, Cap | Floor))
        return tuple(dict.fromkeys((*self.root.kpis, *adjusting)))

    def value(self, measures: Mapping[str, Measured]) -> Decimal | None:
        """The score and nothing else: the quick way; :meth:`score` tells the reasons of the same value.

        Args:
            measures: by key, every figure of :attr:`kpis`.

        Raises:
            UnknownName: a figure that is not given; of nothing, give a measure of nothing.
            DefinitionError: a figure that is missing where that is refused, or that a curve or a mean cannot take.
        """
        try:
            points = self.root.points(measures)
            if isinstance(points, Lack):
                return None
            adjusted: Fraction | None = points
            for adjustment in self.adjustments:
                adjusted = None if adjusted is None else adjustment.applied(adjusted, measures)
        except KeyError as error:
            raise self.unmeasured(measures, error) from None
        return None if adjusted is None else self.rounding.of(adjusted)

    def unmeasured(self, measures: Mapping[str, Measured], error: KeyError) -> KeyError:
        """The error of a figure that is not given; any other error as it was."""
        absent = next((key for key in self.kpis if key not in measures), None)
        if absent is None:
            return error
        return UnknownName("measures", "scoring.unmeasured", value=absent)

    def over(self, cohort: Mapping[str, Mapping[str, Measured]]) -> Scorecard:
        """The card with every comparison fixed to these colleagues, so that it scores each of them, now and later.

        Args:
            cohort: by person or team, the figures of each; who has none in a figure is not compared in it, and a
                figure that nobody has stays without comparison: it is missing for each of them.

        Raises:
            DefinitionError: all the same where that is refused.
        """
        return attrs.evolve(self, root=_fixed(self.root, cohort))


def _fixed(level: Dimension, cohort: Mapping[str, Mapping[str, Measured]]) -> Dimension:
    parts: dict[str, Part] = {}
    for key, part in level.parts.items():
        if isinstance(part, Dimension):
            parts[key] = _fixed(part, cohort)
        elif isinstance(part.curve, CohortRule):
            figures = [one[part.kpi].value for one in cohort.values() if part.kpi in one]
            values = [value for value in figures if value is not None]
            parts[key] = attrs.evolve(part, curve=part.curve.over(values)) if values else part
        else:
            parts[key] = part
    return attrs.evolve(level, parts=parts)
