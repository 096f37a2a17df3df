"""What strategies for the texts of others promise: all of it is told, or something is not."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.calendars import HolidayTable, Period
from svcstd.documents import dumps, loads
from svcstd.exchange import Imported
from svcstd.keyed import Keyed
from svcstd.testing.strategies.exchange import holidays, policies, schedules, workflows


@settings(max_examples=20)
@given(policies(), workflows(), schedules())
def test_all_of_it_is_told(policy: Imported[Any], workflow: Imported[Any], schedule: Imported[Any]) -> None:
    """And a standard that was made of it can be written and read back."""
    assert (policy.untranslated, workflow.untranslated, schedule.untranslated) == ((), (), ())
    for standard in (policy.value, workflow.value):
        assert loads(dumps(standard)) == standard


@settings(max_examples=20)
@given(policies(told=False), workflows(told=False), schedules(told=False))
def test_something_is_not(policy: Imported[Any], workflow: Imported[Any], schedule: Imported[Any]) -> None:
    """Each with its place and its reason."""
    for found in (policy, workflow, schedule):
        assert found.untranslated
        assert found.report().count("\n") + 1 == len(found.untranslated)


@settings(max_examples=20)
@given(st.from_type(Imported[HolidayTable]), st.from_type(Imported[Keyed[str, Period]]))
def test_imports_of_anything(table: Imported[HolidayTable], keyed: Imported[Keyed[str, Period]]) -> None:
    """With a value of the type that is asked for."""
    assert isinstance(table.value, HolidayTable)
    assert all(isinstance(one, Period) for one in keyed.value.values())


@settings(max_examples=20)
@given(holidays())
def test_holidays(found: Imported[Any]) -> None:
    """Of one year; what lies beyond is told."""
    days = [day for day, _ in (*found.value.holidays, *found.value.make_up)]
    assert {day.year for day in days} <= {2026}
    assert days or found.untranslated
