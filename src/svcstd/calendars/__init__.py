"""When is service open? Hours, holidays, exceptions, history and algebra; and every verb over open time."""

from svcstd.calendars.business import BusinessCalendar
from svcstd.calendars.calendar import Calendar, Landing, Span
from svcstd.calendars.composite import Composite
from svcstd.calendars.days import At, CloseOfDay, DayMode, KeepTime, add_calendar_days
from svcstd.calendars.history import History
from svcstd.calendars.holidays import HolidayTable, public_holidays
from svcstd.calendars.hours import ALWAYS, DayHours, OpenSpan, WeeklyHours
from svcstd.calendars.period import Period, PeriodKind

__all__ = [
    "ALWAYS",
    "At",
    "BusinessCalendar",
    "Calendar",
    "CloseOfDay",
    "Composite",
    "DayHours",
    "DayMode",
    "History",
    "HolidayTable",
    "KeepTime",
    "Landing",
    "OpenSpan",
    "Period",
    "PeriodKind",
    "Span",
    "WeeklyHours",
    "add_calendar_days",
    "public_holidays",
]
