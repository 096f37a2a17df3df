"""Difficulty, graded by people: by whom, when, and what a later regrade corrects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

import attrs

from svcstd.curves import GradeScale
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import Keyed
from svcstd.moment import micros

__all__ = ["Grading", "Regrade", "graded", "own_gradings", "regrades"]


@attrs.frozen(kw_only=True)
class Grading:
    """One judgement of how hard a case was.

    Attributes:
        case: its id.
        grade: on the scale.
        by: who graded.
        at: when it was graded; an aware moment.
        recorded_at: when that became known; *at* by default.
        subject: who did the work; empty if that is not said.

    Raises:
        DefinitionError: no grader.
        MomentError: a naive moment.
    """

    case: str
    grade: str
    by: str
    at: datetime
    recorded_at: datetime | None = None
    subject: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.by:
            raise DefinitionError("by", "shape.empty")
        micros(self.at, "at")
        if self.recorded_at is not None:
            must_be(self.recorded_at, datetime, "recorded_at", "a moment")
            micros(self.recorded_at, "recorded_at")

    @property
    def known_from(self) -> int:
        """The microsecond at which it became known."""
        return micros(self.at if self.recorded_at is None else self.recorded_at)


def graded(gradings: Iterable[Grading], scale: GradeScale, *, known_at: datetime | None = None) -> Keyed[str, Grading]:
    """The grading that holds for each case: the last one made, as far as it was known.

    Of two gradings of the same moment the one recorded later holds, then the one given later.

    Args:
        gradings: in any order.
        scale: of the grades.
        known_at: leave out what was recorded after this.

    Raises:
        DefinitionError: a grade that is not on the scale.
        MomentError: a naive moment.
    """
    limit = None if known_at is None else micros(known_at, "known_at")
    found: dict[str, Grading] = {}
    for one in gradings:
        try:
            scale.points_of(one.grade)
        except DefinitionError as error:
            raise error.at(f"gradings.{one.case}") from None
        held = found.get(one.case)
        if (limit is None or one.known_from <= limit) and (held is None or _order(held) <= _order(one)):
            found[one.case] = one
    return Keyed({case: found[case] for case in sorted(found)})


def _order(grading: Grading) -> tuple[int, int]:
    return micros(grading.at), grading.known_from


@attrs.frozen(kw_only=True)
class Regrade:
    """What a grading that became known too late corrects: the past stays as it was paid.

    Attributes:
        case: its id.
        before: the grading that was known; ``None`` where there was none.
        after: the grading that holds now.
        points: what the case counts more now; negative for less.
    """

    case: str
    before: Grading | None
    after: Grading
    points: Fraction


def regrades(
    gradings: Iterable[Grading], scale: GradeScale, *, paid_at: datetime, known_at: datetime | None = None
) -> tuple[Regrade, ...]:
    """The corrections that later gradings ask for, by case.

    Args:
        gradings: all of them, the old ones too.
        scale: of the grades, with their points.
        paid_at: when pay was computed from what was known.
        known_at: leave out what was recorded after this.

    Raises:
        DefinitionError: a grade that is not on the scale, or *known_at* before *paid_at*.
        MomentError: a naive moment.

    >>> from datetime import UTC
    >>> scale = GradeScale({"I": 1, "II": Fraction(3, 2)})
    >>> first, late = (Grading(case="c", grade=grade, by="tech manager", at=datetime(2026, month, 1, tzinfo=UTC))
    ...     for grade, month in (("I", 1), ("II", 3)))
    >>> found = regrades([first, late], scale, paid_at=datetime(2026, 2, 1, tzinfo=UTC))
    >>> [(one.case, str(one.points)) for one in found]
    [('c', '1/2')]
    """
    paid = micros(paid_at, "paid_at")
    if known_at is not None and micros(known_at, "known_at") < paid:
        raise DefinitionError("known_at", "calendar.swapped", start=paid_at.isoformat(), end=known_at.isoformat())
    listed = list(gradings)
    then, now = graded(listed, scale, known_at=paid_at), graded(listed, scale, known_at=known_at)
    found = []
    for case, after in now.items():
        before = then.get(case)
        if before is None or before.grade != after.grade:
            worth = Fraction(0) if before is None else scale.points_of(before.grade)
            points = scale.points_of(after.grade) - worth
            found.append(Regrade(case=case, before=before, after=after, points=points))
    return tuple(found)


def own_gradings(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    """Gradings by those who did the work: whoever is assessed should not set the measure."""
    return tuple(one for one in gradings if one.subject and one.subject == one.by)
