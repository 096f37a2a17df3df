"""Two scores side by side: what made the difference, to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact, shown
from svcstd.errors import DefinitionError, UnknownName
from svcstd.explain import Explanation, because
from svcstd.keyed import as_tuple
from svcstd.scoring.score import ContributionKind, Score
from svcstd.scoring.scorecard import Dimension, Lack

__all__ = ["ScoreChange", "ScoreDifference", "SubstitutionStep", "difference", "substitution"]


@attrs.frozen
class ScoreChange:
    """What one part, adjustment or rounding adds to a difference.

    Attributes:
        key: path of the part, or name of the adjustment; empty for the whole, where its mean is no sum of parts, and
            for the last rounding.
        kind: of what.
        before, after: what it contributed; 0 where it was not there.
    """

    key: str
    kind: ContributionKind
    before: Fraction
    after: Fraction

    @property
    def delta(self) -> Fraction:
        """What it adds to the difference."""
        return self.after - self.before


@attrs.frozen
class ScoreDifference:
    """What made one score of another.

    Attributes:
        before, after: the two scores.
        changes: what moved, the most first; together they are the difference, exactly.
    """

    before: Decimal
    after: Decimal
    changes: tuple[ScoreChange, ...] = attrs.field(converter=as_tuple)

    @property
    def total(self) -> Decimal:
        """The difference."""
        return self.after - self.before

    @property
    def explanation(self) -> Explanation:
        """What moved, in words."""
        below = (_moved(one) for one in self.changes)
        return because("score.difference", *below, before=format(self.before, "f"), after=format(self.after, "f"))


def _moved(change: ScoreChange) -> Explanation:
    if not change.key:
        whole = "score.moved_whole" if change.kind == "part" else "score.moved_last"
        return because(whole, delta=_signed(change.delta))
    message = "score.moved_rounding" if change.kind == "rounding" else "score.moved"
    return because(message, name=change.key, delta=_signed(change.delta))


def _signed(value: Fraction) -> str:
    return f"+{shown(value)}" if value > 0 else shown(value)


def difference(before: Score, after: Score) -> ScoreDifference:
    """What moved between two scores, part by part.

    The scores may come from two versions of a card: a part that only one of them has moved from or to nothing.

    Raises:
        DefinitionError: one of them is no score.

    >>> from svcstd.curves import Rounding
    >>> from svcstd.scoring import Criterion, Mean, Measure, Scorecard, score
    >>> mean = Mean(weights={"speed": 3, "quality": 1}, method="arithmetic", missing="refuse")
    >>> card = Scorecard(key="desk", rounding=Rounding(Decimal(1), "half up"),
    ...     root=Dimension({"speed": Criterion("speed"), "quality": Criterion("quality")}, mean))
    >>> may, june = ({"speed": Measure(speed, 1, 1), "quality": Measure(90, 1, 1)} for speed in (70, 82))
    >>> moved = difference(score(card, may), score(card, june))
    >>> moved.total, [(one.key, str(one.delta)) for one in moved.changes]
    (Decimal('9'), [('speed', '9')])
    """
    for name, one in (("before", before), ("after", after)):
        if one.value is None:
            raise DefinitionError(name, "compare.no_score", state=one.state)
    assert before.value is not None  # noqa: S101 - refused above
    assert after.value is not None  # noqa: S101 - refused above
    olds, news = _by_key(before), _by_key(after)
    keys: dict[tuple[str, ContributionKind], None] = dict.fromkeys((*olds, *news))
    changes = [ScoreChange(key, kind, olds.get((key, kind), NONE), news.get((key, kind), NONE)) for key, kind in keys]
    moved = [one for one in changes if one.delta]
    return ScoreDifference(before.value, after.value, sorted(moved, key=lambda one: (-abs(one.delta), one.key)))


def _by_key(score: Score) -> dict[tuple[str, ContributionKind], Fraction]:
    """What each gives; a rounding of the whole by its level and the one by the card are one."""
    found: dict[tuple[str, ContributionKind], Fraction] = {}
    for one in score.contributions:
        found[one.key, one.kind] = one.points
    found["", "rounding"] = found.get(("", "rounding"), NONE) + score.residual
    return found


NONE = Fraction(0)


@attrs.frozen
class SubstitutionStep:
    """One part of a level put in place of its earlier self.

    Attributes:
        key: of the part.
        value: the mean of the level from then on; ``None`` where it has none.
        delta: how far that moved the mean; ``None`` where there is no mean before or after.
    """

    key: str
    value: Fraction | None
    delta: Fraction | None


def substitution(
    level: Dimension, before: Mapping[str, Number | Lack], after: Mapping[str, Number | Lack]
) -> tuple[SubstitutionStep, ...]:
    """How a mean that is not a sum of its parts moves, when they are replaced one by one in the order of the level.

    Another order would give other steps of the same sum: that is why the order is the declared one.

    Args:
        level: of any mean.
        before: the points of each part, or why it has none.
        after: the same, later.

    Raises:
        DefinitionError: a part without points where that is refused, or that the mean cannot take; a float.
        UnknownName: a part that is not told of.

    >>> from svcstd.scoring import Criterion, Mean
    >>> mean = Mean(weights={"a": 1, "b": 1}, method="geometric", missing="refuse", digits=2)
    >>> level = Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean)
    >>> steps = substitution(level, {"a": Fraction(4), "b": Fraction(4)}, {"a": Fraction(9), "b": Fraction(16)})
    >>> [(one.key, str(one.value), str(one.delta)) for one in steps]
    [('a', '6', '2'), ('b', '12', '6')]
    """
    current, later = _told(level, before, "before"), _told(level, after, "after")
    last = level.of(current)
    found = []
    for key in level.parts:
        current[key] = later[key]
        value = level.of(current)
        if isinstance(value, Lack):
            found.append(SubstitutionStep(key, None, None))
        else:
            found.append(SubstitutionStep(key, value, None if isinstance(last, Lack) else value - last))
        last = value
    return tuple(found)


def _told(level: Dimension, points: Mapping[str, Number | Lack], where: str) -> dict[str, Fraction | Lack]:
    for key in level.parts:
        if key not in points:
            raise UnknownName(where, "scoring.untold", value=key)
    found = {key: points[key] for key in level.parts}
    return {key: one if isinstance(one, Lack) else exact(one, f"{where}.{key}") for key, one in found.items()}
