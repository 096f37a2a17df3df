"""A score with all its reasons: every part, what it gave, what was adjusted, and what rounding did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.calendars import Period
from svcstd.curves import shown
from svcstd.explain import Explanation, because
from svcstd.keyed import as_tuple
from svcstd.scoring.cohort import Cohort
from svcstd.scoring.measure import Measure, Measured
from svcstd.scoring.scorecard import Criterion, Lack, Part, Scorecard

__all__ = ["Adjusted", "Contribution", "ContributionKind", "Line", "Score", "ScoreState", "score"]

ScoreState: TypeAlias = Literal["scored", "missing", "insufficient", "withheld"]
"""A score; nothing was counted; too few records stand behind it; a policy withholds it."""
ContributionKind: TypeAlias = Literal["part", "rounding", "adjustment"]


@attrs.frozen(kw_only=True)
class Line:
    """One part of a score.

    Attributes:
        key: its path, such as ``clinical.heart``; empty for the whole.
        state: whether it has points.
        kpi: the figure of a criterion; empty for a level.
        method: the mean of a level; empty for a criterion.
        value: the figure itself.
        numerator, denominator: what the figure is made of, where it is a share or a mean.
        n: how many records stand behind it; behind a level, the fewest behind any part that counts.
        points: what it is worth, after curve or mean and rounding.
        weight: its share of the level above, among the parts that count; ``None`` where it does not count.
        contribution: what it adds to the whole; ``None`` where the level above is not a sum of parts.
        cohort: the figures it was compared with.
        parts: those below, in order.
    """

    key: str
    state: ScoreState
    kpi: str = ""
    method: str = ""
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0
    points: Fraction | None = None
    weight: Fraction | None = None
    contribution: Fraction | None = None
    cohort: tuple[Fraction, ...] = attrs.field(default=(), converter=as_tuple)
    parts: tuple[Line, ...] = attrs.field(default=(), converter=as_tuple)

    def walk(self) -> Iterator[Line]:
        """This line and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@attrs.frozen
class Adjusted:
    """What one adjustment did.

    Attributes:
        name: of the adjustment.
        before, after: the score; no score afterwards where it withholds.
    """

    name: str
    before: Fraction
    after: Fraction | None

    @property
    def acted(self) -> bool:
        """Whether it changed anything."""
        return self.before != self.after


@attrs.frozen
class Contribution:
    """Points that one part, one adjustment or one rounding adds to the whole.

    Attributes:
        key: path of the part, or name of the adjustment.
        kind: of what.
        points: what it adds; negative where it takes away.
    """

    key: str
    kind: ContributionKind
    points: Fraction


@attrs.frozen(kw_only=True)
class Score:
    """A score and its reasons.

    Attributes:
        card: key of the scorecard.
        of: whose it is; empty for nobody in particular.
        period: its label; empty for none.
        state: whether there is one.
        value: the score at its declared scale; ``None`` for none.
        exact: the score before rounding.
        grade: its name; empty for none.
        root: the tree of parts.
        adjustments: what each did, in order.
        edition: of the standard; empty where no standard was asked.
    """

    card: str
    of: str
    period: str
    state: ScoreState
    value: Decimal | None
    exact: Fraction | None
    grade: str
    root: Line
    adjustments: tuple[Adjusted, ...] = attrs.field(converter=as_tuple)
    edition: str = ""

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What parts, roundings and adjustments give: together with :attr:`residual` they are the value, exactly.

        A level that is not a sum of its parts is one line. There is none where there is no score.
        """
        if self.exact is None:
            return ()
        found = _contributions(self.root)
        acted = ((one.name, one.after - one.before) for one in self.adjustments if one.after is not None and one.acted)
        return (*found, *(Contribution(name, "adjustment", points) for name, points in acted))

    @property
    def residual(self) -> Fraction:
        """What the last rounding adds."""
        if self.value is None or self.exact is None:
            return Fraction(0)
        return Fraction(self.value) - self.exact

    @property
    def explanation(self) -> Explanation:
        """The reasons, in words."""
        below = [*(_why(part) for part in self.root.parts)]
        for one in self.adjustments:
            after = "nothing" if one.after is None else shown(one.after)
            message = "score.adjusted" if one.acted else "score.idle"
            below.append(because(message, name=one.name, before=shown(one.before), after=after))
        if self.value is None:
            unscored = "score.missing" if self.state == "missing" else "score.insufficient"
            unscored = "score.withheld" if self.state == "withheld" else unscored
            return because(unscored, *below, card=self.card)
        if self.exact != self.value:
            assert self.exact is not None  # noqa: S101 - a value has an exact one
            below.append(because("score.rounded", exact=shown(self.exact), value=format(self.value, "f")))
        if self.grade:
            below.append(because("score.grade", grade=self.grade))
        return because("score.total", *below, card=self.card, value=format(self.value, "f"))

    def to_json(self) -> dict[str, Any]:
        """A plain mapping; :meth:`from_json` gives the equal value back. Exact numbers are texts such as ``7/10``."""
        from svcstd.scoring.score_json import score_to_json  # noqa: PLC0415 - written there, field by field

        return score_to_json(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Score:
        """The score that :meth:`to_json` wrote.

        Raises:
            DefinitionError: it is no such mapping.
        """
        from svcstd.scoring.score_json import score_from_json  # noqa: PLC0415 - read there, field by field

        return score_from_json(found)


NONE = Fraction(0)


def _contributions(line: Line) -> Iterator[Contribution]:
    """The parts that a line is a sum of, as deep as it is one; what its rounding adds stands beside them."""
    whole = line.contribution or NONE
    below = [part for part in line.parts if part.contribution is not None]
    if not below:
        yield Contribution(line.key, "part", whole)
        return
    for part in below:
        yield from _contributions(part)
    rest = whole - sum((part.contribution or NONE for part in below), NONE)
    if rest:
        yield Contribution(line.key, "rounding", rest)


def _why(line: Line) -> Explanation:
    name = line.key.rpartition(".")[2]
    below = [_why(part) for part in line.parts]
    if line.points is None:
        lacking = "score.part_missing" if line.state == "missing" else "score.part_insufficient"
        lacking = "score.part_withheld" if line.state == "withheld" else lacking
        return because(lacking, *below, name=name, n=line.n)
    points = shown(line.points)
    if line.method:
        kind = "score.pick" if line.method in ("least", "greatest") else "score.mean"
        return because(kind, *below, name=name, method=line.method, points=points)
    value = "" if line.value is None else shown(line.value)
    if line.numerator is not None and line.denominator is not None:
        value = f"{value} = {shown(line.numerator)} / {shown(line.denominator)}"
    said = {"name": name, "value": value, "points": points}
    if line.cohort:
        below.append(because("score.cohort", count=len(line.cohort)))
    if line.weight is None or line.contribution is None:
        return because("score.part_unweighed", *below, **said, n=line.n)
    given = {"weight": _percent(line.weight), "contribution": shown(line.contribution)}
    return because("score.part", *below, **said, **given, n=line.n)


def _percent(share: Fraction) -> str:
    return f"{shown(share * 100)} %"


def score(
    card: Scorecard,
    measures: Mapping[str, Measured],
    *,
    of: str = "",
    period: Period | None = None,
    edition: str = "",
) -> Score:
    """The score of these figures, with every reason; its value is that of :meth:`Scorecard.value`.

    Args:
        card: how figures become a score.
        measures: by key, every figure that the card asks for.
        of: whose it is.
        period: of the figures.
        edition: of the standard.

    Raises:
        UnknownName, DefinitionError: as for :meth:`Scorecard.value`.

    >>> from svcstd.curves import Rounding
    >>> from svcstd.scoring import Dimension, Mean
    >>> mean = Mean(weights={"speed": 3, "quality": 1}, method="arithmetic", missing="refuse")
    >>> card = Scorecard(key="desk", rounding=Rounding(Decimal("0.1"), "half up"),
    ...     root=Dimension({"speed": Criterion("speed"), "quality": Criterion("quality")}, mean))
    >>> found = score(card, {"speed": Measure(160, 2, 2), "quality": Measure(91, 1, 1)})
    >>> found.value, [str(one.points) for one in found.contributions], found.residual
    (Decimal('82.8'), ['60', '91/4'], Fraction(1, 20))
    """
    try:
        root = _weighed(_line(card.root, "", measures), card.root, Fraction(1))
        adjusted, last = _adjusted(card, root.points, measures)
    except KeyError as error:
        raise card.unmeasured(measures, error) from None
    value = None if last is None else card.rounding.of(last)
    state: ScoreState = root.state if root.points is None else "scored" if last is not None else "withheld"
    return Score(
        card=card.key,
        of=of,
        period="" if period is None else period.label,
        state=state,
        value=value,
        exact=last,
        grade="" if value is None or card.grades is None else card.grades.of(value),
        root=root,
        adjustments=adjusted,
        edition=edition,
    )


def _adjusted(
    card: Scorecard, points: Fraction | None, measures: Mapping[str, Measured]
) -> tuple[list[Adjusted], Fraction | None]:
    found: list[Adjusted] = []
    for adjustment in card.adjustments:
        if points is None:
            break
        after = adjustment.applied(points, measures)
        found.append(Adjusted(adjustment.name, points, after))
        points = after
    return found, points


def _line(part: Part, key: str, measures: Mapping[str, Measured]) -> Line:
    """A part with those below it; weights and contributions come later, from the top down."""
    if isinstance(part, Criterion):
        points, measured = part.points(measures), measures[part.kpi]
        share = measured if isinstance(measured, Measure) else None
        return Line(
            key=key,
            state=_state(points),
            kpi=part.kpi,
            value=measured.value,
            numerator=None if share is None else share.numerator,
            denominator=None if share is None else share.denominator,
            n=measured.n,
            points=None if isinstance(points, Lack) else points,
            cohort=part.curve.values if isinstance(part.curve, Cohort) else (),
        )
    lines = {name: _line(below, f"{key}.{name}" if key else name, measures) for name, below in part.parts.items()}
    found = part.of({name: Lack(line.state) if line.points is None else line.points for name, line in lines.items()})
    return Line(
        key=key,
        state=_state(found),
        method=part.mean.method,
        n=min((line.n for line in lines.values() if line.points is not None), default=0),
        points=None if isinstance(found, Lack) else found,
        parts=tuple(lines.values()),
    )


def _state(points: Fraction | Lack) -> ScoreState:
    return points.value if isinstance(points, Lack) else "scored"


def _weighed(line: Line, part: Part, factor: Fraction | None) -> Line:
    """The line with what it adds to the whole: its points times its part of everything above; ``None`` for no sum."""
    contribution = None if factor is None or line.points is None else factor * line.points
    if isinstance(part, Criterion) or line.points is None:
        return attrs.evolve(line, contribution=contribution)
    sums = part.mean.method == "arithmetic" and factor is not None
    counted = [below.points is not None or part.mean.missing == "zero" for below in line.parts]
    weights = [part.mean.weights[name] for name in part.parts]
    whole = sum((weight for weight, counts in zip(weights, counted, strict=True) if counts), Fraction(0))
    parts = []
    for below, inner, weight, counts in zip(line.parts, part.parts.values(), weights, counted, strict=True):
        share = weight / whole if counts else None
        told = _weighed(below, inner, None if factor is None or share is None or not sums else factor * share)
        parts.append(attrs.evolve(told, weight=share))
    return attrs.evolve(line, contribution=contribution, parts=tuple(parts))
