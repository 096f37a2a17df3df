"""What is promised, and is it kept? Events, clock rules, targets, objectives, readings, escalation, follow-ups."""

from svcstd.sla.attainment import Attainment, Membership, instant_of
from svcstd.sla.budget import ErrorBudget, Forecast
from svcstd.sla.changes import Change, ChangeKind, changes
from svcstd.sla.clock_rule import ANY_OTHER, ClockRule, On, Pause
from svcstd.sla.conversion import Conversion, convert
from svcstd.sla.events import Case, Event
from svcstd.sla.fold import Life, Promise, Stretch, Waiver, fold
from svcstd.sla.follow_up import Coverage, FollowUp, FollowUpRule, FollowUpState, coverage
from svcstd.sla.follow_ups import follow_ups
from svcstd.sla.joining import merge, split
from svcstd.sla.notice import Notice
from svcstd.sla.objective import Factor, Objective, Row, Status
from svcstd.sla.ownership import Owner, OwnerKind, add_owners, ownership
from svcstd.sla.presets import PRESETS, Preset, preset
from svcstd.sla.profiles import PROFILES, Profile, profile
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.readings import Readings
from svcstd.sla.reckoning import read_life
from svcstd.sla.recurrence import Anniversary, DateTable, PeriodEnd, Recurrence
from svcstd.sla.target_text import read_target
from svcstd.sla.targets import (
    CalendarDays,
    CountLimit,
    ElapsedTime,
    FixedInstant,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
    write_target,
)
from svcstd.sla.terms import Terms
from svcstd.sla.thresholds import AT_DUE, Level, Offset, Share, Threshold, read_percent, read_threshold, write_percent

__all__ = [
    "ANY_OTHER",
    "AT_DUE",
    "PRESETS",
    "PROFILES",
    "Anniversary",
    "Attainment",
    "Breach",
    "CalendarDays",
    "Case",
    "Change",
    "ChangeKind",
    "ClockRule",
    "Conversion",
    "CountLimit",
    "Coverage",
    "DateTable",
    "ElapsedTime",
    "ErrorBudget",
    "Event",
    "Factor",
    "FixedInstant",
    "FollowUp",
    "FollowUpRule",
    "FollowUpState",
    "Forecast",
    "Level",
    "Life",
    "Membership",
    "Notice",
    "Objective",
    "Offset",
    "On",
    "Owner",
    "OwnerKind",
    "Pause",
    "PeriodEnd",
    "Preset",
    "Profile",
    "Promise",
    "Reading",
    "Readings",
    "Recurrence",
    "Row",
    "Segment",
    "Share",
    "Status",
    "Stretch",
    "Target",
    "Terms",
    "Threshold",
    "Verdict",
    "Waiver",
    "WorkingDays",
    "WorkingThenElapsed",
    "WorkingTime",
    "add_owners",
    "changes",
    "convert",
    "coverage",
    "fold",
    "follow_ups",
    "instant_of",
    "merge",
    "ownership",
    "preset",
    "profile",
    "read_life",
    "read_percent",
    "read_target",
    "read_threshold",
    "split",
    "write_percent",
    "write_target",
]
