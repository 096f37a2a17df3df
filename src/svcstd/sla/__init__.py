"""What is promised, and is it kept? Events, clock rules, targets, objectives, readings, attainment."""

from svcstd.sla.attainment import Attainment, Membership, instant_of
from svcstd.sla.clock_rule import ANY_OTHER, ClockRule, On, Pause
from svcstd.sla.events import Case, Event
from svcstd.sla.fold import Life, Stretch, fold
from svcstd.sla.objective import Objective, Row, Status
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.readings import Readings
from svcstd.sla.reckoning import read_life
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays, WorkingTime, read_target, write_target

__all__ = [
    "ANY_OTHER",
    "Attainment",
    "Breach",
    "CalendarDays",
    "Case",
    "ClockRule",
    "ElapsedTime",
    "Event",
    "Life",
    "Membership",
    "Objective",
    "On",
    "Pause",
    "Reading",
    "Readings",
    "Row",
    "Segment",
    "Status",
    "Stretch",
    "Target",
    "Verdict",
    "WorkingDays",
    "WorkingTime",
    "fold",
    "instant_of",
    "read_life",
    "read_target",
    "write_target",
]
