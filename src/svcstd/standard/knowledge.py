"""What the desk knows and asks: standard answers, customer segments, surveys, and reports that are owed."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.errors import DefinitionError, must_be_date, one_of
from svcstd.keyed import as_tuple

__all__ = ["Article", "CustomerSegment", "ReportDuty", "SegmentKind", "Survey", "SurveyMethod"]

SegmentKind: TypeAlias = Literal["value", "lifecycle", "need"]
"""By what they are worth, by how long they have been with us, by what they need."""
SurveyMethod: TypeAlias = Literal["questionnaire", "phone interview", "mystery shopper", "social monitoring"]


@attrs.frozen(kw_only=True)
class Article:
    """A standard answer.

    Attributes:
        title: for people.
        text: the answer.
        when: the cases that it answers; an unknown fact does not hold.
        clauses: of the standard on which it rests.
        reviewed: the day on which somebody last read it; ``None`` for never.

    Raises:
        DefinitionError: no answer, or no date.
    """

    title: str
    text: str
    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    clauses: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    reviewed: date | None = None

    def __attrs_post_init__(self) -> None:
        if not self.text.strip():
            raise DefinitionError("text", "articles.silent")
        if self.reviewed is not None:
            must_be_date(self.reviewed, "reviewed")


@attrs.frozen(kw_only=True)
class CustomerSegment:
    """A group of customers.

    Attributes:
        name: for people.
        kind: by what they are told apart.
        when: who belongs to it.
        order: the smaller, the more is done for them; ``None`` where there is no order.
    """

    name: str
    kind: SegmentKind = attrs.field(validator=one_of(get_args(SegmentKind)))
    when: AllOf = attrs.field(converter=as_all)
    order: int | None = None


@attrs.frozen(kw_only=True)
class Survey:
    """How customers are asked.

    Attributes:
        name: for people.
        method: how.
        every: how often.
        records: kind of records that the answers are.
        exclude: cases after which nobody is asked, such as test calls.
        owner: the role that sees to it; empty for nobody.
    """

    name: str
    method: SurveyMethod = attrs.field(validator=one_of(get_args(SurveyMethod)))
    every: PeriodKind = attrs.field(validator=one_of(get_args(PeriodKind)))
    records: str = ""
    exclude: AllOf | None = None
    owner: str = ""


@attrs.frozen(kw_only=True)
class ReportDuty:
    """A report that somebody owes somebody.

    Attributes:
        name: for people.
        every: how often.
        owner: the role that writes it.
        to: roles that get it.
        has: paths of what it tells, such as ``objectives.resolve`` or ``kpis.points``.

    Raises:
        DefinitionError: nobody to tell, or nothing to tell.
    """

    name: str
    every: PeriodKind = attrs.field(validator=one_of(get_args(PeriodKind)))
    owner: str
    to: tuple[str, ...] = attrs.field(converter=as_tuple)
    has: tuple[str, ...] = attrs.field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        for name in ("to", "has"):
            if not getattr(self, name):
                raise DefinitionError(name, "shape.empty")
