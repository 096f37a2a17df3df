"""Shapes of the log, of reports and of approvals."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from svcstd.documents.dates import DAY
from svcstd.documents.shapes import Choice, Parsed, Text
from svcstd.documents.structures import Field, Listed, OneOrMore, Record, Table
from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY
from svcstd.sla import read_target, write_target
from svcstd.sla.targets import ElapsedTime
from svcstd.standard import Approval, Desk, DeskMapping, DeskVerdict, Keep, LogMapping, Reports, ReviewWaiver
from svcstd.standard.edition import DeskStatus
from svcstd.standard.service_standard import KEEPS

__all__ = ["APPROVAL", "DESKS", "KEEP", "LOG", "REPORTS", "WAIVERS"]


def _within(text: str) -> timedelta:
    target = read_target(text)
    if not isinstance(target, ElapsedTime):
        raise DefinitionError("within", "log.within", value=text)
    return target.amount


LOG = Record(
    LogMapping,
    (
        Field("id", Text("column of the case's name")),
        Field("time", Text("pattern of the stamps, or ISO 8601")),
        Field("zone", Text("of stamps without offset"), ""),
        Field("folds", Choice(("earlier", "later", "reject")), None, says="how to read a time that happens twice"),
        Field("events", Table(Text("column")), EMPTY, says="event to column: a row is a case"),
        Field("event", Text("column of the kind: a row is an event"), ""),
        Field("at", Text("column of the time"), ""),
        Field("kinds", Table(Text("event"), free=True), EMPTY, says="text of the log to event"),
        Field("facts", Table(Text("column")), EMPTY, says="fact to column"),
        Field("details", Table(Text("column")), EMPTY, says="what is true of one event alone, to column"),
        Field("recorded", Text("column of when it was recorded"), ""),
        Field("event_id", Text("column of the event's identity"), ""),
        Field("actor", Text("column"), ""),
        Field("group", Text("column"), ""),
        Field("reason", Text("column of why"), ""),
        Field("due", Text("column of a due time set by hand"), ""),
        Field("since", Text("column of the start of an older case that was merged into this one"), ""),
        Field(
            "desk",
            Record(
                DeskMapping,
                (
                    Field("objective", Text(), ""),
                    Field("due", Text("column"), ""),
                    Field(
                        "verdict",
                        Record(DeskVerdict, (Field("column", Text()), Field("kept", Text()), Field("late", Text()))),
                        None,
                    ),
                    Field(
                        "within",
                        Parsed(_within, lambda amount: write_target(ElapsedTime(amount)), "tolerance", ("60 seconds",)),
                        timedelta(),
                    ),
                ),
                "the desk's own answers, compared, never believed",
            ),
            None,
        ),
    ),
    "where cases come from",
)

REPORTS = Record(
    lambda attainment: attainment,
    (
        Field(
            "attainment",
            Record(
                Reports,
                (Field("by", Choice(("started", "due", "decided"))), Field("week", Text("first day of the week"))),
            ),
        ),
    ),
    "how reports count",
    lambda value: {"attainment": value},
)

KEEP = Record(
    Keep,
    (
        Field("edition", Choice(KEEPS["edition"]), "at creation", says="whose promises a case keeps"),
        Field("calendar", Choice(KEEPS["calendar"]), "as it goes", says="which versions of calendars count"),
        Field("shown", Choice(KEEPS["shown"]), "order", says="which reading stands for all"),
    ),
    "what running cases keep",
)

DESKS = Table(
    Record(
        Desk,
        (
            Field("calendar", Text("key of a calendar"), ""),
            Field("name", Text(), ""),
            Field("traits", Table(Text(), free=True), EMPTY, says="what else is known of it"),
            Field("at", OneOrMore(Text("number or address")), (), says="where it is reached"),
            Field("status", Choice(get_args(DeskStatus)), "in_force", says="whether it is decided"),
        ),
        "a channel or a team, and when it is open",
    ),
    free=True,
)

WAIVERS = Listed(
    Record(
        ReviewWaiver,
        (
            Field("rule", Text("id of the rule, such as routing.swallowed")),
            Field("where", Text("path at which it is accepted"), ""),
            Field("because", Text("why")),
        ),
        "a finding of the review that is accepted",
    )
)

APPROVAL = Record(Approval, (Field("role", Text()), Field("on", DAY)), "who approved it")
