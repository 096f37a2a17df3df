"""Certificates by the editions of a standard, and the courses that a weak score suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import UnknownName, nearest
from svcstd.scoring import Score
from svcstd.standard.edition import Edition
from svcstd.training import Certified, MarkSource, certify, learning_path

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["Suggestion", "certify_by", "changed_clauses", "suggest_courses"]


@attrs.frozen(kw_only=True)
class Suggestion:
    """A course that a weak part of a score suggests.

    Attributes:
        course: its key.
        part: path of the weak part.
        points: what it has.
        path: the course after all that come before it.
    """

    course: str
    part: str
    points: Fraction
    path: tuple[str, ...]


def changed_clauses(before: Edition, after: Edition) -> tuple[str, ...]:
    """Clauses that an edition brought, changed or took away."""
    keys = dict.fromkeys((*before.clauses, *after.clauses))
    return tuple(key for key in keys if before.clauses.get(key) != after.clauses.get(key))


def certify_by(standard: ServiceStandard, key: str, marks: Mapping[MarkSource, int], *, passed: date) -> Certified:
    """What marks earn under the edition of the day, and when a later edition ends it.

    Raises:
        UnknownName: no such certificate.
    """
    edition = standard.edition_on(passed)
    if key not in edition.certificates:
        raise UnknownName("certificate", "certificates.unknown", value=key, nearest=nearest(key, edition.certificates))
    rule = edition.certificates[key]
    changes = [
        (after.starts, changed_clauses(before, after))
        for before, after in zip(standard.editions, standard.editions[1:], strict=False)
        if after.starts is not None
    ]
    return certify(rule, edition.courses[rule.course], marks, passed=passed, changes=changes)


def suggest_courses(edition: Edition, score: Score, least: Number) -> tuple[Suggestion, ...]:
    """The courses for every part of a score that has fewer points, the weakest first."""
    bound = exact(least, "least")
    return tuple(sorted(_suggested(edition, score, bound), key=lambda one: (one.points, one.part, one.course)))


def _suggested(edition: Edition, score: Score, bound: Fraction) -> Iterator[Suggestion]:
    for line in score.root.walk():
        if not line.kpi or line.points is None or line.points >= bound:
            continue
        for key, course in edition.courses.items():
            if f"kpis.{line.kpi}" in course.teaches or f"scorecards.{score.card}" in course.teaches:
                path = learning_path(edition.courses, key)
                yield Suggestion(course=key, part=line.key, points=line.points, path=path)
