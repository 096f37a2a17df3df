"""Texts of other products as we read them: what they hold for us, and what has no translation."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.exchange import (
    Imported,
    Untranslated,
    read_freshservice_policies,
    read_holiday_cn,
    read_servicenow_schedule,
    read_taskrouter_workflow,
    read_zendesk_policies,
    read_zendesk_schedules,
)
from svcstd.keyed import Keyed
from svcstd.standard import ServiceStandard
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import zones

__all__ = ["STRATEGIES", "holidays", "policies", "schedules", "workflows"]

FLAGS = st.booleans()
TITLES = st.sampled_from(["Desk", "客服", "P1"])
HEAD = {"key": "desk", "name": "Desk", "zone": "Europe/Berlin"}
HOURS = "Mon-Fri 09:00-17:00"
YEAR = date(2026, 1, 1)
MINUTES = st.integers(1, 10_000)


def holidays() -> st.SearchStrategy[Imported[HolidayTable]]:
    """Notices of one year, with a day of the next one now and then, which is told."""
    days = st.lists(st.integers(0, 370).map(lambda days: YEAR + timedelta(days=days)), min_size=1, max_size=3)
    return st.builds(_notices, days, TITLES, FLAGS)


def _notices(days: list[date], name: str, off: bool) -> Imported[HolidayTable]:  # noqa: FBT001 - as it is drawn
    told = [{"name": name, "date": day.isoformat(), "isOffDay": off} for day in days]
    return read_holiday_cn([json.dumps({"year": YEAR.year, "days": told})])


@cache
def _intervals() -> st.SearchStrategy[list[dict[str, int]]]:
    one = st.builds(
        lambda start, length: {"start_time": start, "end_time": start + length},
        st.integers(0, 10_000),
        st.integers(1, 80),
    )
    return st.lists(one, max_size=3)


@cache
def _zendesk_schedules(*, told: bool) -> st.SearchStrategy[Imported[Keyed[str, BusinessCalendar]]]:
    day = st.fixed_dictionaries(
        {"name": TITLES, "start_date": st.just("2026-12-24"), "end_date": st.just("2026-12-26")}
    )
    about = {
        "name": TITLES,
        "time_zone": zones() if told else st.sampled_from(["Mars", "Eastern Time (US & Canada)"]),
        "intervals": _intervals(),
        "holidays": st.lists(day, max_size=1),
    }
    listed = st.lists(st.fixed_dictionaries(about), min_size=1, max_size=2, unique_by=lambda one: str(one["name"]))
    return listed.map(lambda found: read_zendesk_schedules(json.dumps({"schedules": found})))


@cache
def _servicenow_schedules(*, told: bool) -> st.SearchStrategy[Imported[BusinessCalendar]]:
    repeats = st.sampled_from(["weekdays", "daily", "weekends"] if told else ["monthly", "yearly"])
    about = {
        "name": TITLES,
        "type": st.just(""),
        "repeat_type": repeats,
        "start_date_time": st.just("20260105T090000"),
        "end_date_time": st.sampled_from(["20260105T165959", "20260106T010000"]),
    }
    off = {
        "name": "off",
        "type": "exclude",
        "start_date_time": "20261225T000000",
        "end_date_time": "20261225T235959",
    }
    listed = st.lists(st.fixed_dictionaries(about), min_size=1, max_size=2)
    return st.builds(
        lambda found, zone: read_servicenow_schedule(json.dumps({"result": [off, *found]}), zone=zone), listed, zones()
    )


def schedules(*, told: bool = True) -> st.SearchStrategy[Imported[Any]]:
    """Weeks of Zendesk and ServiceNow.

    Args:
        told: whether all of it can be told in our words; else nothing but holidays can.
    """
    return st.one_of(_zendesk_schedules(told=told), _servicenow_schedules(told=told))


def _filters(*, told: bool) -> st.SearchStrategy[Any]:
    test = {
        "field": st.sampled_from(["priority", "brand"]),
        "operator": st.sampled_from(["is", "is_not"] if told else ["less_than"]),
        "value": st.just("low"),
    }
    tests = st.lists(st.fixed_dictionaries(test), min_size=0 if told else 1, max_size=2)
    return st.fixed_dictionaries({"all": tests, "any": st.just([])})


@cache
def _zendesk_policies(*, told: bool) -> st.SearchStrategy[Imported[ServiceStandard]]:
    metric = {
        "priority": st.sampled_from(["low", "normal", "high", "urgent"]),
        "metric": st.sampled_from(["first_reply_time", "total_resolution_time"]),
        "target": MINUTES,
        "business_hours": FLAGS,
    }
    metrics = st.lists(
        st.fixed_dictionaries(metric), max_size=3, unique_by=lambda one: (str(one["metric"]), str(one["priority"]))
    )
    about = {
        "title": TITLES,
        "position": st.integers(1, 3),
        "filter": _filters(told=told),
        "policy_metrics": metrics,
    }
    listed = st.lists(st.fixed_dictionaries(about), min_size=1, max_size=1 if told else 2)
    return listed.map(lambda found: read_zendesk_policies(json.dumps({"sla_policies": found}), hours=HOURS, **HEAD))


@cache
def _freshservice_policies(*, told: bool) -> st.SearchStrategy[Imported[ServiceStandard]]:
    row = {
        "priority": st.integers(1, 4),
        "respond_within": MINUTES.map(lambda minutes: minutes * 60),
        "resolve_within": MINUTES.map(lambda minutes: minutes * 60),
        "business_hours": FLAGS,
        "escalation_enabled": st.just(not told),
    }
    rows = st.lists(st.fixed_dictionaries(row), min_size=1, max_size=2, unique_by=lambda one: int(one["priority"]))
    return rows.map(lambda found: read_freshservice_policies(json.dumps({"sla_targets": found}), hours=HOURS, **HEAD))


def policies(*, told: bool = True) -> st.SearchStrategy[Imported[ServiceStandard]]:
    """Policies of Zendesk and Freshservice as standards.

    Args:
        told: whether all of it can be told in our words; else something of it cannot.
    """
    return st.one_of(_zendesk_policies(told=told), _freshservice_policies(told=told))


@cache
def workflows(*, told: bool = True) -> st.SearchStrategy[Imported[ServiceStandard]]:
    """Workflows of TaskRouter as routing.

    Args:
        told: whether all of it can be told in our words; else the first filter cannot.
    """
    known = st.sampled_from(["lang == 'fr'", "n > 5 AND lang == '中'", "vip == true OR n <= 2", "lang IN ['fr', 'en']"])
    expressions = known if told else st.sampled_from(["lang HAS 'fr'", "lang =="])
    about = {
        "filter_friendly_name": TITLES,
        "expression": expressions,
        "targets": st.sampled_from(["Q1", "队列"]).map(lambda queue: [{"queue": queue}]),
    }
    filters = st.lists(st.fixed_dictionaries(about), min_size=0 if told else 1, max_size=2)
    default = st.sampled_from([{}, {"queue": "Q0"}])

    def read(found: list[Any], other: dict[str, str]) -> Imported[ServiceStandard]:
        told = {"task_routing": {"filters": found, "default_filter": other}}
        return read_taskrouter_workflow(json.dumps(told), **HEAD)

    return st.builds(read, filters, default)


def _untranslated() -> st.SearchStrategy[Imported[Any]]:
    return st.one_of(schedules(told=False), policies(told=False), workflows(told=False))


STRATEGIES: Strategies = {
    Imported: lambda: st.one_of(holidays(), schedules(), policies(), workflows(), _untranslated()),
    Untranslated: lambda: found_in(_untranslated(), Untranslated),
}
