"""Shapes of what the handbook tells: clauses, courses, certificates, answers, segments, surveys, owed reports."""

from __future__ import annotations

from typing import get_args

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, FactSchema
from svcstd.documents.clock_shapes import When
from svcstd.documents.dates import DAY
from svcstd.documents.shapes import Choice, Shape, Text, Whole
from svcstd.documents.structures import Field, Listed, OneOrMore, Record, Table
from svcstd.keyed import EMPTY
from svcstd.standard import Article, Clause, CustomerSegment, ReportDuty, Survey
from svcstd.standard.clause import ClauseKind, ClauseStatus, Provenance
from svcstd.standard.knowledge import SegmentKind, SurveyMethod
from svcstd.training import CertificateRule, Course, CourseMode, StaleAfter

__all__ = ["CERTIFICATES", "CLAUSES", "COURSES", "REPORT_DUTIES", "articles", "segments", "surveys"]

MOST = 100_000
CLAUSE = Text("key of a clause")
PART = Text("path of a part, such as objectives.resolve")
ROLE = Text("key of a role")
CLAUSES = Table(
    Record(
        Clause,
        (
            Field("text", Text("the sentence")),
            Field("kind", Choice(get_args(ClauseKind))),
            Field("status", Choice(get_args(ClauseStatus)), "in_force", says="only what is in force can be broken"),
            Field("means", OneOrMore(PART), (), says="what keeps it"),
            Field("rows", OneOrMore(Text("id of a requirement")), (), says="what it meets"),
            Field(
                "provenance",
                Record(
                    Provenance,
                    (
                        Field("source", Text("document or meeting"), ""),
                        Field("consulted", OneOrMore(Text("who was asked")), ()),
                        Field("on", DAY, None),
                    ),
                    "where it comes from",
                ),
                None,
            ),
        ),
        "a sentence of the handbook",
    ),
    free=True,
)
COURSES = Table(
    Record(
        Course,
        (
            Field("name", Text()),
            Field("goals", Listed(Text()), ()),
            Field("covers", OneOrMore(CLAUSE), (), says="clauses that it teaches"),
            Field("modes", OneOrMore(Choice(get_args(CourseMode))), ()),
            Field("level", Whole(1, MOST), 1),
            Field("after", OneOrMore(Text("key of a course")), ()),
            Field("audience", OneOrMore(ROLE), ()),
            Field("teaches", OneOrMore(Text("a result, such as kpis.attitude")), ()),
            Field("hours", Whole(1, MOST), None),
            Field("passing", Table(Whole(0, MOST)), EMPTY, says="by exam, practical or simulation, the least mark"),
        ),
        "what is taught",
    )
)
CERTIFICATES = Table(
    Record(
        CertificateRule,
        (
            Field("name", Text()),
            Field("course", Text("key of a course")),
            Field("issuer", ROLE, ""),
            Field("per", Text("a fact, for each of whose values it is granted"), ""),
            Field("months", Whole(1, MOST), None, says="of validity; by default no end"),
            Field("stale", Choice(get_args(StaleAfter)), "never", says="whether a new edition ends it"),
            Field("grace", Whole(0, MOST), 0, says="days after such an edition"),
        ),
        "how somebody becomes certified",
    )
)
REPORT_DUTIES = Table(
    Record(
        ReportDuty,
        (
            Field("name", Text()),
            Field("every", Choice(get_args(PeriodKind))),
            Field("owner", ROLE),
            Field("to", OneOrMore(ROLE)),
            Field("has", OneOrMore(PART)),
        ),
        "a report that somebody owes",
    )
)


def articles(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of standard answers, whose conditions speak of the declared facts."""
    return Table(
        Record(
            Article,
            (
                Field("title", Text()),
                Field("text", Text("the answer")),
                Field("when", When(facts, doubtful), ANYTHING, says="the cases that it answers"),
                Field("clauses", OneOrMore(CLAUSE), ()),
                Field("reviewed", DAY, None),
            ),
            "a standard answer",
        )
    )


def segments(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of groups of customers."""
    return Table(
        Record(
            CustomerSegment,
            (
                Field("name", Text()),
                Field("kind", Choice(get_args(SegmentKind))),
                Field("when", When(facts, doubtful)),
                Field("order", Whole(0, MOST), None, says="the smaller, the more is done for them"),
            ),
            "a group of customers",
        )
    )


def surveys(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of surveys."""
    return Table(
        Record(
            Survey,
            (
                Field("name", Text()),
                Field("method", Choice(get_args(SurveyMethod))),
                Field("every", Choice(get_args(PeriodKind))),
                Field("records", Text("kind of records that the answers are"), ""),
                Field("exclude", When(facts, doubtful), None, says="after which nobody is asked"),
                Field("owner", ROLE, ""),
            ),
            "how customers are asked",
        )
    )
