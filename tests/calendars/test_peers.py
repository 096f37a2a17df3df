"""Two other libraries, written by other people, give the same answers where they mean the same.

They do not mean the same, so these inputs are left out: holidays beside night shifts (workclock cuts civil days and
keeps the tail of a shift that nobody started), boundaries within a fold or gap (both take the first reading of an end),
moments within a fold, and adding nothing while closed (django-bizcal moves to the opening).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, DayHours, HolidayTable, OpenSpan, WeeklyHours

QUARTER = 900
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Shanghai", "UTC")


@attrs.frozen
class Desk:
    """A calendar that ours and theirs are made from."""

    zone: str
    week: tuple[tuple[OpenSpan, ...], ...]
    holidays: frozenset[date] = frozenset()
    special: tuple[tuple[date, tuple[OpenSpan, ...]], ...] = ()

    @property
    def ours(self) -> BusinessCalendar:
        """Our calendar."""
        return BusinessCalendar(
            zone=self.zone,
            hours=WeeklyHours(self.week),
            holidays=HolidayTable(self.holidays),
            exceptions={day: DayHours(spans) for day, spans in self.special},
        )

    @property
    def spans(self) -> list[tuple[int, OpenSpan]]:
        """Weekday and hours, joined as ours are."""
        return [(day, span) for day, spans in enumerate(WeeklyHours(self.week).days) for span in spans]


def _time(second: int) -> time:
    return time(second // 3_600 % 24, second % 3_600 // 60)


# No boundary lies between 00:15 and 04:00, where the clocks of these zones change.
early_to_late = st.integers(16, 95).map(lambda n: n * QUARTER)
by_day = (
    st.tuples(early_to_late, early_to_late).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: OpenSpan(*pair))
)
by_night = st.tuples(early_to_late, early_to_late).map(lambda pair: OpenSpan(*pair))
dates = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def _weeks(spans: st.SearchStrategy[OpenSpan]) -> st.SearchStrategy[tuple[tuple[OpenSpan, ...], ...]]:
    return st.tuples(*[st.lists(spans, max_size=2).map(tuple)] * 7).filter(any)


day_desks = st.builds(Desk, st.sampled_from(ZONES), _weeks(by_day), st.frozensets(dates, max_size=5))
night_desks = st.builds(Desk, st.sampled_from(ZONES), _weeks(by_night))
moments = st.datetimes(datetime(2024, 1, 2), datetime(2024, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def _workclock(desk: Desk) -> Any:
    peer = pytest.importorskip("workclock", reason="a peer to compare with; it is in the group peers")
    rules = [peer.WorkDay(_time(span.start), _time(span.end), days=[day]) for day, span in desk.spans]
    holidays = [peer.Holidays(desk.holidays)] if desk.holidays else []
    return peer.Schedule([*rules, *holidays], time_zone=desk.zone)


@given(st.one_of(day_desks, night_desks), moments, moments, st.integers(1, 200 * 3_600))
def test_workclock(desk: Desk, start: datetime, end: datetime, seconds: int) -> None:
    """Working time between two moments, adding and taking away are those of workclock."""
    ours, theirs, amount = desk.ours, _workclock(desk), timedelta(seconds=seconds)
    assert ours.elapsed(start, end) == theirs.between(start, end)
    assert ours.add(start, amount).timestamp() == theirs.add(start, amount).timestamp()
    assert ours.subtract(start, amount).timestamp() == theirs.sub(start, amount).timestamp()


@given(st.one_of(day_desks, night_desks), moments)
def test_workclock_periods(desk: Desk, at: datetime) -> None:
    """The next opening is the beginning of workclock's next period, or the moment itself within one."""
    ours, theirs = desk.ours, _workclock(desk)
    opens, closes = theirs.next_period(at)
    if all(span.seconds == 86_400 for _, span in desk.spans):
        return  # around the clock or nearly so: what is one period differs
    assert ours.next_open(at).timestamp() == max(opens, at).timestamp()
    assert ours.next_close(at).timestamp() >= closes.timestamp()


def _bizcal(desk: Desk) -> Any:
    pytest.importorskip("django_bizcal", reason="a peer to compare with; it is in the group peers")
    from django_bizcal.calendars.working import WorkingCalendar  # noqa: PLC0415 - a peer may be absent
    from django_bizcal.providers import SetHolidayProvider  # noqa: PLC0415 - the same
    from django_bizcal.windows import ScheduleBlock  # noqa: PLC0415 - the same

    def blocks(spans: tuple[OpenSpan, ...]) -> list[Any]:
        return [
            ScheduleBlock(_time(s.start), _time(s.end), 1 if s.end <= s.start else 0) for s in DayHours(spans).spans
        ]

    return WorkingCalendar(
        tz=desk.zone,
        weekly_schedule={day: blocks(spans) for day, spans in enumerate(desk.week) if spans},
        holiday_provider=SetHolidayProvider.from_dates(desk.holidays),
        day_overrides={day: blocks(spans) for day, spans in desk.special},
    )


@st.composite
def bizcal_desks(draw: st.DrawFn) -> Desk:
    """Desks with holidays and with hours of single dates; no span over midnight, where theirs may overlap."""
    desk = draw(day_desks)
    return attrs.evolve(
        desk, special=tuple(draw(st.dictionaries(dates, st.just(()) | by_day.map(lambda s: (s,)))).items())
    )


# Clocks change in spring and autumn; these months have no fold.
summer = st.datetimes(datetime(2024, 6, 1), datetime(2024, 7, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(bizcal_desks(), summer, summer, st.integers(1, 60 * 3_600))
def test_bizcal(desk: Desk, start: datetime, end: datetime, seconds: int) -> None:
    """Working time, due times, openness and working days are those of django-bizcal."""
    ours, theirs, amount = desk.ours, _bizcal(desk), timedelta(seconds=seconds)
    low, high = sorted((start.replace(microsecond=0), end.replace(microsecond=0)))
    assert ours.elapsed(low, high) == theirs.business_time_between(low, high)
    assert ours.add(low, amount).timestamp() == theirs.add_business_time(low, amount).timestamp()
    assert ours.is_open(low) is theirs.is_business_time(low)
    assert ours.is_working_day(low.date()) is theirs.is_business_day(low.date())
