"""The service standard as a value: editions, log, examples, and the verbs that join the parts."""

from svcstd.standard.calendar_entry import CalendarEntry, PublicHolidays
from svcstd.standard.clause import Clause, ClauseKind, ClauseStatus, Provenance
from svcstd.standard.edition import Approval, Desk, Edition, EventName, Role
from svcstd.standard.effects import AsIf, Chronicle, Effect, as_if_always, replay_history, what_if
from svcstd.standard.example import Check, Example
from svcstd.standard.figure_example import FigureCheck
from svcstd.standard.finding import Finding
from svcstd.standard.findings import PartFinding
from svcstd.standard.knowledge import Article, CustomerSegment, ReportDuty, SegmentKind, Survey, SurveyMethod
from svcstd.standard.learning import Suggestion
from svcstd.standard.log_mapping import DeskMapping, DeskVerdict, LogMapping
from svcstd.standard.pay_example import PayCheck
from svcstd.standard.payroll import PayInputs
from svcstd.standard.pilot import Pilot
from svcstd.standard.remark import Remark, RemarkKind
from svcstd.standard.review import Review
from svcstd.standard.service_standard import Keep, Reports, ServiceStandard
from svcstd.standard.waiver import ReviewWaiver

__all__ = [
    "Approval",
    "Article",
    "AsIf",
    "CalendarEntry",
    "Check",
    "Chronicle",
    "Clause",
    "ClauseKind",
    "ClauseStatus",
    "CustomerSegment",
    "Desk",
    "DeskMapping",
    "DeskVerdict",
    "Edition",
    "Effect",
    "EventName",
    "Example",
    "FigureCheck",
    "Finding",
    "Keep",
    "LogMapping",
    "PartFinding",
    "PayCheck",
    "PayInputs",
    "Pilot",
    "Provenance",
    "PublicHolidays",
    "Remark",
    "RemarkKind",
    "ReportDuty",
    "Reports",
    "Review",
    "ReviewWaiver",
    "Role",
    "SegmentKind",
    "ServiceStandard",
    "Suggestion",
    "Survey",
    "SurveyMethod",
    "as_if_always",
    "replay_history",
    "what_if",
]
