"""Strategies of Hypothesis (extra ``testing``): values that are valid by construction.

``st.from_type`` knows every public type already. Here are those of time, and those that ask one standard what it
allows; parts of standards with parameters of their own stand in the modules below: ``conditions``, ``rules``, ``sla``,
``procedures``, ``routing``, ``curves``, ``money``, ``kpis``, ``scorecards``, ``scoring``, ``plans``, ``incentives``::

    from svcstd.testing import strategies as sv


    @given(case=sv.cases(STANDARD, kind="fault"), later=sv.durations(max_days=30))
    def test_more_waiting_never_unbreaches(case, later): ...
"""

from __future__ import annotations

from svcstd.errors import ExtraMissing

try:
    from hypothesis.strategies import data

    from svcstd.testing.strategies.calendars import (
        business_calendars,
        calendars,
        day_hours,
        holiday_tables,
        open_spans,
        weekly_hours,
    )
    from svcstd.testing.strategies.moments import dates, durations, instants, zones
    from svcstd.testing.strategies.standards import cases, facts, improved, periods, records, simulated_day, years_of
except ModuleNotFoundError as _error:
    if _error.name != "hypothesis":
        raise
    raise ExtraMissing("svcstd.testing", "extra.missing", what="Strategies", extra="testing") from None

__all__ = [
    "business_calendars",
    "calendars",
    "cases",
    "data",
    "dates",
    "day_hours",
    "durations",
    "facts",
    "holiday_tables",
    "improved",
    "instants",
    "open_spans",
    "periods",
    "records",
    "simulated_day",
    "weekly_hours",
    "years_of",
    "zones",
]
