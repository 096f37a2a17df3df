"""Texts of others into our values and back, each with a report of what has no translation."""

from svcstd.exchange.holiday_cn import read_holiday_cn
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.exchange.policies import read_freshservice_policies, read_zendesk_policies
from svcstd.exchange.schedules import read_servicenow_schedule, read_zendesk_schedules
from svcstd.exchange.taskrouter import read_taskrouter_workflow

__all__ = [
    "Imported",
    "Untranslated",
    "read_freshservice_policies",
    "read_holiday_cn",
    "read_servicenow_schedule",
    "read_taskrouter_workflow",
    "read_zendesk_policies",
    "read_zendesk_schedules",
]
