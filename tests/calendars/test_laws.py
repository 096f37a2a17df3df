"""Laws of open time, beside an oracle that walks the UTC line in steps and reads the wall of every step.

The oracle shares nothing with the compiled form: it asks ``zoneinfo`` for the wall of each quarter of an hour, finds
folds and gaps by looking, and adds up open steps.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from threading import Barrier
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from svcstd.calendars import (
    ALWAYS,
    BusinessCalendar,
    Calendar,
    Composite,
    DayHours,
    History,
    HolidayTable,
    OpenSpan,
    WeeklyHours,
)

STEP = timedelta(minutes=15)
"""All boundaries and all offsets below are whole quarters of an hour, so a step is open or closed as a whole."""

ZERO = timedelta()
ONE_DAY = timedelta(1)

TRANSITIONS = [
    ("Europe/Berlin", date(2024, 3, 31)),
    ("Europe/Berlin", date(2024, 10, 27)),
    ("America/New_York", date(2024, 3, 10)),
    ("America/New_York", date(2024, 11, 3)),
    ("America/Havana", date(2024, 3, 10)),  # midnight never happens
    ("America/Havana", date(2024, 11, 3)),  # midnight happens twice
    ("Australia/Lord_Howe", date(2024, 4, 7)),  # half an hour
    ("Australia/Lord_Howe", date(2024, 10, 6)),
    ("Pacific/Apia", date(2011, 12, 30)),  # a date that never happened
    ("Africa/Cairo", date(2024, 4, 26)),
    ("Africa/Cairo", date(2024, 11, 1)),  # the hour before midnight happens twice
    ("Asia/Kathmandu", date(2024, 1, 1)),
    ("Asia/Shanghai", date(2026, 1, 1)),
    ("UTC", date(2024, 2, 29)),
]


@lru_cache(maxsize=64)
def _walls(zone: str, about: date) -> dict[datetime, datetime]:
    """The naive wall time at each step, from a week before a date to a week after."""
    low = datetime(about.year, about.month, about.day, tzinfo=UTC) - 7 * ONE_DAY
    there = ZoneInfo(zone)
    steps = [low + number * STEP for number in range(14 * 96)]
    return {at: at.astimezone(there).replace(tzinfo=None) for at in steps}


def _reading(walls: dict[datetime, datetime], wall: datetime, choose: Callable[[list[datetime]], datetime]) -> datetime:
    """The instant of a wall time: the chosen one of several, or later by the gap that swallowed it."""
    found = [at for at, there in walls.items() if there == wall]
    if found:
        return choose(found)
    before = max(at for at, there in walls.items() if there < wall)
    return before + (wall - walls[before])


@attrs.frozen
class Rules:
    """A calendar as data, from which both the calendar and the oracle are made."""

    zone: str
    about: date
    week: tuple[tuple[OpenSpan, ...], ...]
    holidays: frozenset[date]
    special: tuple[tuple[date, tuple[OpenSpan, ...]], ...]
    overnight: str = "drop_shift"

    @property
    def calendar(self) -> BusinessCalendar:
        """The calendar under test."""
        return BusinessCalendar(
            zone=self.zone,
            hours=WeeklyHours(self.week),
            holidays=HolidayTable(self.holidays),
            exceptions={day: DayHours(spans) for day, spans in self.special},
            overnight="cut_day" if self.overnight == "cut_day" else "drop_shift",
        )

    def open_steps(self) -> frozenset[datetime]:
        """The steps that are open, from three days before the date to three days after."""
        walls = _walls(self.zone, self.about)
        dates = {wall.date() for wall in walls.values()}
        special = dict(self.special)
        found: set[datetime] = set()
        for number in range(-5, 6):
            day = self.about + number * ONE_DAY
            usual = () if day in self.holidays else self.week[day.weekday()]
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time
            for span in special.get(day, usual) if day in dates else ():
                length = (span.end - span.start) % 86_400 or 86_400
                opens = midnight + timedelta(seconds=span.start)
                low = _reading(walls, opens, min)
                high = _reading(walls, opens + timedelta(seconds=length), max)
                found.update(at for at in walls if low <= at < high)
        if self.overnight == "cut_day":
            found = {at for at in found if (day := walls[at].date()) not in self.holidays or day in special}
        low, high = self._window
        return frozenset(at for at in found if low <= at < high)

    @property
    def _window(self) -> tuple[datetime, datetime]:
        middle = datetime(self.about.year, self.about.month, self.about.day, tzinfo=UTC)
        return middle - 3 * ONE_DAY, middle + 3 * ONE_DAY

    def moments(self) -> st.SearchStrategy[datetime]:
        """Instants within the window, to the microsecond; its end is beyond it."""
        low, high = self._window
        return st.integers(0, (high - low) // timedelta(microseconds=1) - 1).map(
            lambda n: low + timedelta(microseconds=n)
        )


def _utc(at: datetime) -> datetime:
    """A plain moment in UTC: pendulum's own would lose a foreign zone when a timedelta is added."""
    return datetime.fromisoformat(at.isoformat()).astimezone(UTC)


def _elapsed(steps: frozenset[datetime], low: datetime, high: datetime) -> timedelta:
    """Open time by adding up steps."""
    return sum((max(ZERO, min(at + STEP, high) - max(at, low)) for at in steps), ZERO)


quarters = st.integers(0, 95).map(lambda n: n * 900)
spans = st.builds(lambda start, end: OpenSpan(start, end + 900), quarters, quarters)
hours = st.lists(spans, max_size=2).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Random calendars about dates on which the clocks change."""
    zone, about = draw(st.sampled_from(TRANSITIONS))
    near = st.integers(-4, 4).map(lambda n: about + n * ONE_DAY)
    return Rules(
        zone=zone,
        about=about,
        week=draw(st.tuples(*[hours] * 7)),
        holidays=draw(st.frozensets(near, max_size=3)),
        special=tuple(draw(st.dictionaries(near, hours, max_size=2)).items()),
        overnight=draw(st.sampled_from(["drop_shift", "cut_day"])),
    )


@given(rules(), st.data())
def test_elapsed_counts_steps(rule: Rules, data: st.DataObject) -> None:
    """Elapsed time is the open steps between two instants, signed, whatever the clocks do."""
    low, high = data.draw(rule.moments()), data.draw(rule.moments())
    expected = _elapsed(rule.open_steps(), low, high) - _elapsed(rule.open_steps(), high, low)
    assert rule.calendar.elapsed(low, high) == expected


@given(rules(), st.data())
def test_open_steps(rule: Rules, data: st.DataObject) -> None:
    """Open at an instant, and the spans of a window, are what the steps say."""
    at = data.draw(rule.moments())
    steps, calendar = rule.open_steps(), rule.calendar
    assert calendar.is_open(at) is any(step <= at < step + STEP for step in steps)
    low, high = rule._window
    found = {low + n * STEP for n in range((high - low) // STEP)}
    assert {step for step in found if any(s.start <= step < s.end for s in calendar.spans(low, high))} == steps


@given(rules(), st.data())
def test_next_and_previous(rule: Rules, data: st.DataObject) -> None:
    """The next opening and closing, and the last ones, are the nearest edges of open steps."""
    at, steps, calendar = data.draw(rule.moments()), rule.open_steps(), rule.calendar
    window = rule._window
    opens = {step for step in steps if step - STEP not in steps and step != window[0]}
    shuts = {step + STEP for step in steps if step + STEP not in steps and step + STEP != window[1]}
    if any(step <= at < step + STEP for step in steps):
        assert calendar.next_open(at) == at
    elif later := [edge for edge in opens if edge >= at]:
        assert calendar.next_open(at).astimezone(UTC) == min(later)
    if later := [edge for edge in shuts if edge > at]:
        assert calendar.next_close(at).astimezone(UTC) == min(later)
    if before := [edge for edge in opens if edge <= at]:
        assert calendar.previous_open(at).astimezone(UTC) == max(before)
    if before := [edge for edge in shuts if edge <= at]:
        assert calendar.previous_close(at).astimezone(UTC) == max(before)


def _opens_weekly(rule: Rules) -> bool:
    return any(rule.week)


@given(rules().filter(_opens_weekly), st.data(), st.integers(0, 20 * 86_400 * 10**6))
def test_add_then_measure(rule: Rules, data: st.DataObject, amount: int) -> None:
    """Adding open time and measuring it returns it, forwards and backwards, and no instant nearer would do."""
    at, long = data.draw(rule.moments()), timedelta(microseconds=amount)
    calendar = rule.calendar
    due, begun = calendar.add(at, long), calendar.subtract(at, long)
    assert calendar.elapsed(at, due) == calendar.elapsed(begun, at) == long
    if long:
        tick = timedelta(microseconds=1)
        assert calendar.elapsed(at, _utc(due) - tick) == long - tick
        assert calendar.elapsed(_utc(begun) + tick, at) == long - tick
        assert not calendar.elapsed(due, calendar.add(at, long, landing="next_open"))


@given(rules(), st.data())
def test_elapsed_adds_up(rule: Rules, data: st.DataObject) -> None:
    """Elapsed time is additive and antisymmetric, in any order of three instants."""
    first, second, third = (data.draw(rule.moments()) for _ in range(3))
    calendar = rule.calendar
    whole = calendar.elapsed(first, third)
    assert calendar.elapsed(first, second) + calendar.elapsed(second, third) == whole == -calendar.elapsed(third, first)


@given(rules())
@example(
    Rules(
        zone="Pacific/Apia",
        about=date(2011, 12, 30),
        week=((), (), (), (OpenSpan(79_200, 21_600),), (), (), ()),
        holidays=frozenset({date(2011, 12, 31)}),
        special=(),
        overnight="cut_day",
    )
)
def test_dates_share_the_open_time(rule: Rules) -> None:
    """The hours of all dates together are the open time, each date's hours its own share of it."""
    calendar, steps = rule.calendar, rule.open_steps()
    days = [rule.about + number * ONE_DAY for number in range(-6, 7)]
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    found = {
        epoch + timedelta(microseconds=at)
        for day in days
        for low, high in calendar.known_hours_of(day)
        for at in range(low, high, STEP // timedelta(microseconds=1))
    }
    low, high = rule._window
    assert {at for at in found if low <= at < high} == steps


@given(rules().filter(_opens_weekly), st.data(), st.integers(0, 10 * 86_400))
def test_more_open_is_never_later(rule: Rules, data: st.DataObject, seconds: int) -> None:
    """More hours never make a due time later."""
    at, more = data.draw(rule.moments()), data.draw(hours)
    day = data.draw(st.integers(0, 6))
    wider = attrs.evolve(rule, week=tuple((*spans, *(more if n == day else ())) for n, spans in enumerate(rule.week)))
    assert wider.calendar.add(at, seconds=seconds) <= rule.calendar.add(at, seconds=seconds)


@given(rules().filter(_opens_weekly), st.data(), st.integers(0, 10 * 86_400))
def test_a_holiday_is_never_earlier(rule: Rules, data: st.DataObject, seconds: int) -> None:
    """A new holiday never brings a due time forward."""
    at, day = data.draw(rule.moments()), rule.about + data.draw(st.integers(-4, 8)) * ONE_DAY
    fewer = attrs.evolve(rule, holidays=rule.holidays | {day})
    assert fewer.calendar.add(at, seconds=seconds) >= rule.calendar.add(at, seconds=seconds)


@given(rules(), rules(), st.data())
def test_algebra_pointwise(one: Rules, other: Rules, data: st.DataObject) -> None:
    """Union, intersection and difference hold at every instant, across zones; History and override by date."""
    at = data.draw(one.moments())
    left, right = one.calendar, other.calendar
    here, there = left.is_open(at), right.is_open(at)
    assert (left | right).is_open(at) is (here or there)
    assert (left & right).is_open(at) is (here and there)
    assert (left - right).is_open(at) is (here and not there)
    wall = at.astimezone(ZoneInfo(one.zone)).date()
    changed = History(left, {one.about: right}, zone=one.zone)
    assert changed.is_open(at) is (there if wall >= one.about else here)
    replaced = left.override(right, one.about, one.about + ONE_DAY)
    assert replaced.is_open(at) is (there if wall == one.about else here)


@given(rules(), rules(), st.data())
def test_algebra_measures(one: Rules, other: Rules, data: st.DataObject) -> None:
    """What is open in either, and what is open in both, add up to both; the difference is the rest."""
    low, high = data.draw(one.moments()), data.draw(one.moments())
    left, right = one.calendar, other.calendar
    both = (left & right).elapsed(low, high)
    assert (left | right).elapsed(low, high) + both == left.elapsed(low, high) + right.elapsed(low, high)
    assert (left - right).elapsed(low, high) + both == left.elapsed(low, high)
    three = Composite("union", (left, right, left - right), zone="UTC")
    assert three.elapsed(low, high) == (left | right).elapsed(low, high)


@pytest.mark.long
@given(st.permutations([2012, 2016, 2024, 2025, 2031]))
@example([2024, 1996, 2031, 1994])
@settings(max_examples=10)
def test_growth_changes_no_answer(years: list[int]) -> None:
    """In whatever order years are asked for, the answers are those of a calendar that is new each time."""
    office = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 22:00-06:00")
    used = attrs.evolve(office)
    for year in years:
        at = datetime(year, 1, 1, 3, tzinfo=UTC)
        new = attrs.evolve(office)
        assert (used.next_open(at), used.add(at, hours=30), used.is_open(at)) == (
            new.next_open(at),
            new.add(at, hours=30),
            new.is_open(at),
        )


@pytest.mark.long
def test_growth_to_the_ends() -> None:
    """The first and the last computable year are reached from either side, with 1945 between them."""
    office = BusinessCalendar(zone="UTC", hours="Mon-Fri 22:00-06:00")
    for year in (2399, 1800, 1945, 2399):
        at = datetime(year, 1, 1, 3, tzinfo=UTC)
        assert office.is_open(at) is (at.weekday() in {1, 2, 3, 4, 5})


@given(st.lists(st.lists(spans, max_size=4), min_size=7, max_size=7))
@example([[OpenSpan(0, 86_400)]] * 7)
@example([[]] * 7)
@example([[OpenSpan(72_000, 14_400), OpenSpan(10_800, 82_800)]] + [[]] * 6)
def test_text_round_trip(week: list[list[OpenSpan]]) -> None:
    """Hours read back from their text are the same hours, of a week and of a day."""
    found = WeeklyHours(week)
    assert WeeklyHours.parse(str(found)) == found
    day = DayHours(tuple(week[0]))
    assert DayHours.parse(str(day)) == day


@given(st.lists(spans, max_size=6))
def test_joining_loses_nothing(given_spans: list[OpenSpan]) -> None:
    """Joined spans of a day open the same minutes as the given ones, and joining again changes nothing."""

    def minutes(found: tuple[OpenSpan, ...]) -> set[int]:
        return {minute for span in found for minute in range(span.start // 60, (span.start + span.seconds) // 60)}

    joined = DayHours(tuple(given_spans)).spans
    assert minutes(joined) == minutes(tuple(given_spans))
    assert DayHours(joined).spans == joined


@given(rules(), rules())
def test_calendars_are_values(one: Rules, other: Rules) -> None:
    """Calendars of equal content are equal, hash alike and have one digest; pickling keeps all that."""
    left, right = one.calendar, other.calendar
    kinds: list[Callable[[], Calendar]] = [
        lambda: attrs.evolve(left),
        lambda: left | right,
        lambda: Composite("difference", (left, right, right), zone="UTC"),
        lambda: History(left, {date(2024, 5, 1): right}, zone="UTC"),
    ]
    for make in kinds:
        first, second = make(), make()
        first.is_open(datetime(2024, 1, 1, tzinfo=UTC))
        revived = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own bytes
        assert first == second == revived
        assert len({first, second, revived}) == 1
        assert first.digest == second.digest == revived.digest
        assert repr(first) == repr(revived)
    assert (left == right) is (left.content() == right.content())


@pytest.mark.long
def test_threads_grow_one_timeline() -> None:
    """Eight threads that push one calendar's compiled years in all directions get the answers of a quiet one."""
    office = BusinessCalendar(zone="America/New_York", hours="Mon-Fri 09:00-17:00; Sat 22:00-04:00")
    shared = office | BusinessCalendar(zone="Asia/Shanghai", hours="daily 08:00-09:00")
    jobs = [datetime(year, month, 3, 5, tzinfo=UTC) for year in range(1990, 2050, 4) for month in (1, 7)]
    quiet = {at: (attrs.evolve(shared).add(at, hours=100), attrs.evolve(shared).previous_open(at)) for at in jobs[::3]}
    start = Barrier(8)

    def ask(number: int) -> dict[datetime, object]:
        start.wait()
        turned = jobs[number * 3 :] + jobs[: number * 3]
        return {at: (shared.add(at, hours=100), shared.previous_open(at)) for at in turned}

    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(ask, range(8)):
            assert {at: found[at] for at in quiet} == quiet


@pytest.mark.long
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_around_the_clock_is_the_utc_line(zone: str) -> None:
    """24x7 counts every second of every day, in any zone and over a century."""
    low, high = datetime(1950, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
    always = BusinessCalendar(zone=zone, hours=ALWAYS)
    assert always.elapsed(low, high) == high - low
    assert len(always.spans(low, high)) == 1
