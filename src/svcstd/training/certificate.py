"""Certificates: what earns one, how long it is valid, and when a new edition of the standard makes it stale."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be_date, one_of
from svcstd.explain import Explanation, because
from svcstd.training.course import Course, MarkSource

__all__ = ["CertificateRule", "Certified", "StaleAfter", "certify"]

StaleAfter: TypeAlias = Literal["never", "new edition"]
MONTHS = 12


@attrs.frozen(kw_only=True)
class CertificateRule:
    """How somebody becomes certified.

    Attributes:
        name: for people.
        course: that leads to it, with its least marks.
        issuer: the role that grants it; empty for none.
        per: the fact for whose values it is granted one by one, such as ``product``; empty for one for all.
        months: for how long it is valid; ``None`` for good.
        stale: whether a new edition that changes what the course covers ends it.
        grace: days after such an edition in which it still counts.

    Raises:
        DefinitionError: another choice, or a number that is none.
    """

    name: str
    course: str
    issuer: str = ""
    per: str = ""
    months: int | None = None
    stale: StaleAfter = attrs.field(default="never", validator=one_of(get_args(StaleAfter)))
    grace: int = 0

    def __attrs_post_init__(self) -> None:
        if (self.months is not None and self.months < 1) or self.grace < 0:
            raise DefinitionError("months", "certificates.number", months=str(self.months), grace=self.grace)


@attrs.frozen(kw_only=True)
class Certified:
    """Whether somebody is certified, and for how long.

    Attributes:
        first, last: days of validity; ``None`` where there is none, or no end.
        explanation: every mark with its least, and what ends it.
    """

    first: date | None
    last: date | None
    explanation: Explanation

    def on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.first is not None and self.first <= day and (self.last is None or day <= self.last)


def certify(
    rule: CertificateRule,
    course: Course,
    marks: Mapping[MarkSource, int],
    *,
    passed: date,
    changes: Iterable[tuple[date, Iterable[str]]] = (),
) -> Certified:
    """What the marks of a course earn.

    Args:
        rule: of the certificate.
        course: that leads to it.
        marks: by source; a source that the course asks for and that is missing is not passed.
        passed: the day of the last mark.
        changes: of the standard: the first day of each edition, and the clauses that it changed.

    Raises:
        DefinitionError: no date.

    >>> rule = CertificateRule(name="Permit", course="c", months=24)
    >>> certify(rule, Course(name="C", passing={"exam": 60}), {"exam": 75}, passed=date(2026, 1, 31)).last
    datetime.date(2028, 1, 30)
    """
    must_be_date(passed, "passed")
    reasons = list(_judged(course, marks))
    if any(why.message != "certificates.mark" for why in reasons):
        return Certified(first=None, last=None, explanation=because("certificates.failed", *reasons, name=rule.name))
    last = None if rule.months is None else _months_on(passed, rule.months)
    stale = _stale(rule, course, passed, changes)
    if stale is not None:
        changed, clauses = stale
        ends = changed + timedelta(min(rule.grace - 1, (date.max - changed).days))
        reasons.append(because("certificates.stale", day=changed, clauses=", ".join(clauses), grace=rule.grace))
        last = ends if last is None else min(last, ends)
    if last is None:
        why = because("certificates.for_good", *reasons, name=rule.name, first=passed)
    else:
        why = because("certificates.until", *reasons, name=rule.name, first=passed, last=last)
    return Certified(first=passed, last=last, explanation=why)


def _judged(course: Course, marks: Mapping[MarkSource, int]) -> Iterator[Explanation]:
    for source, least in course.passing.items():
        mark = marks.get(source)
        if mark is None:
            yield because("certificates.no_mark", source=source, least=least)
        else:
            message = "certificates.mark" if mark >= least else "certificates.low_mark"
            yield because(message, source=source, mark=mark, least=least)


def _months_on(day: date, months: int) -> date:
    """The last day of so many months; what a month does not have ends with it, and all time with ``date.max``."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year > date.max.year:
        return date.max
    _, length = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, length)) - timedelta(1)


def _stale(
    rule: CertificateRule, course: Course, passed: date, changes: Iterable[tuple[date, Iterable[str]]]
) -> tuple[date, list[str]] | None:
    """The first edition after the marks that changed what the course covers."""
    if rule.stale == "never":
        return None
    for day, clauses in sorted((day, tuple(clauses)) for day, clauses in changes):
        taught = [clause for clause in clauses if clause in course.covers]
        if day > passed and taught:
            return day, taught
    return None
