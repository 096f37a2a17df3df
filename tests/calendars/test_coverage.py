"""Coverage is Kleene logic: what is unknown stays unknown only where it matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, Composite, History, HolidayTable, KeepTime
from svcstd.errors import CoverageError, DefinitionError, MomentError, NeverCloses, NeverOpens, SvcstdError

JANUARY = HolidayTable([date(2026, 1, 1)], covers=(date(2026, 1, 1), date(2026, 2, 1)))
OFFICE = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00", holidays=JANUARY, name="office")
ALWAYS = BusinessCalendar(zone="UTC", hours="24x7", name="hotline")
NEVER = BusinessCalendar(zone="UTC", hours="closed", name="nobody")
KNOWN_MONDAYS = BusinessCalendar(zone="UTC", hours="Mon 10:00-11:00")
DAILY = BusinessCalendar(zone="UTC", hours="24x7", holidays=JANUARY)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


@pytest.mark.parametrize("year", [1800, 1999, 2025, 2027, 2399])
def test_union_with_always(year: int) -> None:
    """Around the clock or the office: open in any year, whatever its holidays."""
    both, at = ALWAYS | OFFICE, datetime(year, 6, 7, 12, tzinfo=UTC)
    assert both.is_open(at)
    assert both.next_open(at) == at
    assert both.elapsed(at, at + timedelta(7)) == timedelta(7)
    assert not (NEVER & OFFICE).is_open(at)
    assert not (NEVER - OFFICE).is_open(at)
    assert not (OFFICE - ALWAYS).is_open(at)
    with pytest.raises(CoverageError):
        (ALWAYS - OFFICE).is_open(_weekday_noon(year))


def _weekday_noon(year: int) -> datetime:
    at = datetime(year, 6, 7, 12, tzinfo=UTC)
    while at.weekday() > 4:
        at += timedelta(1)
    return at


def test_what_the_week_settles() -> None:
    """Nights and weekends are closed in any year: no holiday opens them."""
    assert not OFFICE.is_open(_at("2030-06-05T20:00"))
    assert not OFFICE.is_open(_at("2030-06-08T12:00"))
    assert OFFICE.elapsed(_at("2030-06-07T17:00"), _at("2030-06-10T09:00")) == timedelta()
    assert not OFFICE.is_working_day(date(2030, 6, 8))


CASES: list[tuple[Callable[[], object], object]] = [
    (lambda: OFFICE.next_open(_at("2026-01-30T16:00")), _at("2026-01-30T16:00")),
    (lambda: OFFICE.next_open(_at("2026-01-30T17:00")), date(2026, 2, 2)),
    (lambda: OFFICE.next_close(_at("2026-01-30T16:00")), _at("2026-01-30T17:00")),
    (lambda: OFFICE.next_close(_at("2026-01-30T17:00")), date(2026, 2, 2)),
    (lambda: OFFICE.previous_open(_at("2026-01-02T09:00")), _at("2026-01-02T09:00")),
    (lambda: OFFICE.previous_open(_at("2026-01-02T08:59")), date(2025, 12, 31)),
    (lambda: OFFICE.previous_close(_at("2026-01-02T17:00")), _at("2026-01-02T17:00")),
    (lambda: OFFICE.previous_close(_at("2026-01-02T16:59")), date(2025, 12, 31)),
    (lambda: OFFICE.previous_close(_at("2026-02-01T12:00")), _at("2026-01-30T17:00")),
    (lambda: OFFICE.previous_open(_at("2026-02-01T12:00")), _at("2026-01-30T09:00")),
    (lambda: OFFICE.previous_close(_at("2026-02-02T10:00")), date(2026, 2, 2)),
    (lambda: OFFICE.add(_at("2026-01-30T16:00"), hours=1), _at("2026-01-30T17:00")),
    (lambda: OFFICE.add(_at("2026-01-30T16:00"), hours=1, seconds=1), date(2026, 2, 2)),
    (lambda: OFFICE.add(_at("2026-01-30T16:00"), hours=1, landing="next_open"), date(2026, 2, 2)),
    (lambda: OFFICE.subtract(_at("2026-01-02T10:00"), hours=1), _at("2026-01-02T09:00")),
    (lambda: OFFICE.subtract(_at("2026-01-02T10:00"), hours=1, seconds=1), date(2025, 12, 31)),
    (lambda: OFFICE.elapsed(_at("2026-01-30T16:00"), _at("2026-02-02T09:00")), timedelta(hours=1)),
    (lambda: OFFICE.elapsed(_at("2026-01-30T16:00"), _at("2026-02-02T09:01")), date(2026, 2, 2)),
    (lambda: OFFICE.elapsed(_at("2026-02-02T09:01"), _at("2026-01-30T16:00")), date(2026, 2, 2)),
    (lambda: OFFICE.spans(_at("2026-01-30T16:00"), _at("2026-02-02T09:01")), date(2026, 2, 2)),
    (lambda: OFFICE.explain_elapsed(_at("2026-01-30T16:00"), _at("2026-02-02T09:01")), date(2026, 2, 2)),
    (lambda: OFFICE.is_open(_at("2026-02-02T09:00")), date(2026, 2, 2)),
    (lambda: OFFICE.is_open(_at("2026-01-01T09:00")), False),
    (lambda: OFFICE.is_working_day(date(2026, 2, 2)), date(2026, 2, 2)),
    (lambda: OFFICE.count_working_days(date(2026, 1, 1), date(2026, 2, 1)), 21),  # 22 weekdays less New Year
    (lambda: OFFICE.count_working_days(date(2026, 1, 1), date(2026, 2, 3)), date(2026, 2, 2)),
    # Known and unknown time adjoin: whether there is an opening or a closing between them is unknown as well.
    (lambda: DAILY.next_close(_at("2026-01-30T16:00")), date(2026, 2, 1)),
    (lambda: DAILY.previous_open(_at("2026-01-31T16:00")), _at("2026-01-02T00:00")),
    (lambda: DAILY.previous_open(_at("2026-02-01T00:00")), date(2026, 2, 1)),
    (lambda: DAILY.previous_close(_at("2026-01-01T12:00")), date(2025, 12, 31)),
    (lambda: DAILY.previous_open(_at("2026-01-01T12:00")), date(2025, 12, 31)),
    (lambda: DAILY.add(_at("2026-01-31T00:00"), hours=24), _at("2026-02-01T00:00")),
    (lambda: DAILY.subtract(_at("2026-01-03T00:00"), hours=24), _at("2026-01-02T00:00")),
    (lambda: DAILY.subtract(_at("2026-01-03T00:00"), hours=25), date(2025, 12, 31)),
    # A year far away is not reached through the unknown ones between.
    (lambda: OFFICE.next_open(_at("2031-06-04T20:00")), date(2031, 6, 5)),
    (lambda: OFFICE.previous_open(_at("2031-06-04T20:00")), date(2031, 6, 4)),
    (lambda: (OFFICE | KNOWN_MONDAYS).next_open(_at("2030-06-10T10:30")), _at("2030-06-10T10:30")),
    (lambda: (OFFICE & KNOWN_MONDAYS).next_open(_at("2030-06-08T00:00")), date(2030, 6, 10)),
]


@pytest.mark.parametrize(("ask", "expected"), CASES)
@pytest.mark.parametrize("warm", [False, True])
def test_edges(ask: Callable[[], object], expected: object, *, warm: bool) -> None:
    """A verb answers up to the last known second; beyond, it names the day; growing before changes nothing."""
    if warm:
        for calendar in (OFFICE, DAILY):
            assert not calendar.elapsed(_at("2010-01-02T20:00"), _at("2010-01-02T20:00"))
            assert not calendar.elapsed(_at("2040-01-07T20:00"), _at("2040-01-07T20:00"))
    if type(expected) is date:
        with pytest.raises(CoverageError) as caught:
            ask()
        assert caught.value.message == "calendar.uncovered"
        assert caught.value.params["day"] == expected
        assert "give a holiday table that covers that day" in str(caught.value)
    else:
        assert ask() == expected


def test_known_time_beyond_unknown() -> None:
    """Time that is known beyond unknown days is not reached through them, forwards or backwards."""
    both = OFFICE | KNOWN_MONDAYS
    assert not both.is_open(_at("2025-12-27T12:00"))
    assert not both.is_open(_at("2026-06-07T12:00"))
    with pytest.raises(CoverageError) as caught:
        both.add(_at("2026-01-30T16:00"), hours=2)
    assert caught.value.params["day"] == date(2026, 2, 2)
    with pytest.raises(CoverageError) as caught:
        both.subtract(_at("2026-01-02T10:00"), hours=2)
    assert caught.value.params["day"] == date(2025, 12, 31)
    assert both.add(_at("2026-06-08T10:00"), hours=1) == _at("2026-06-08T11:00")
    with pytest.raises(CoverageError):
        both.add(_at("2026-06-08T10:00"), hours=1, seconds=1)


@pytest.mark.long
@given(st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=40)
def test_never_wrong(first: int, length: int) -> None:
    """With a part of the holidays known, every verb answers as with all of them, or says that it does not know."""
    begin = date(2026, 1, 1) + timedelta(first)
    whole = [date(2026, 1, 1) + timedelta(number) for number in range(0, 150, 11)]
    covers = begin, begin + timedelta(length)
    part = HolidayTable([day for day in whole if covers[0] <= day < covers[1]], covers=covers)
    truth: Calendar = BusinessCalendar(zone="UTC", hours="Mon-Sat 20:00-04:00", holidays=HolidayTable(whole))
    known: Calendar = BusinessCalendar(zone="UTC", hours="Mon-Sat 20:00-04:00", holidays=part)
    other = BusinessCalendar(zone="UTC", hours="Tue-Sun 22:00-10:00")
    answered = 0
    for full, partial in ((truth, known), (truth | other, known | other), (other - truth, other - known)):
        for number in range(0, 120, 3):
            at = datetime(2026, 1, 1, 2, tzinfo=UTC) + timedelta(number)
            for verb in ("is_open", "next_open", "next_close", "previous_open", "previous_close"):
                try:
                    found = getattr(partial, verb)(at)
                except CoverageError:
                    continue
                answered += 1
                assert found == getattr(full, verb)(at)
    assert answered


@pytest.mark.parametrize(
    ("calendar", "verb", "error", "message"),
    [
        (NEVER, "next_open", NeverOpens, "calendar.never_opens"),
        (NEVER, "next_close", NeverOpens, "calendar.never_opens"),
        (NEVER, "previous_open", NeverOpens, "calendar.never_opened"),
        (NEVER, "previous_close", NeverCloses, "calendar.never_closed"),
        (ALWAYS, "next_close", NeverCloses, "calendar.never_closes"),
        (ALWAYS, "previous_close", NeverCloses, "calendar.never_closed"),
        (ALWAYS, "previous_open", NeverOpens, "calendar.never_opened"),
    ],
)
def test_never(calendar: Calendar, verb: str, error: type[SvcstdError], message: str) -> None:
    """What never opens or closes is said to, after two years of looking."""
    with pytest.raises(error) as caught:
        getattr(calendar, verb)(_at("2026-01-05T12:00"))
    assert caught.value.where == "at"
    assert caught.value.message == message
    assert "5 Jan 2026" in str(caught.value)


@pytest.mark.parametrize("amount", [timedelta(seconds=1), timedelta(days=10_000)])
def test_never_adds_up(amount: timedelta) -> None:
    """Time that never opens never passes, in either direction; no time needs no opening."""
    at = _at("2026-01-05T12:00")
    with pytest.raises(NeverOpens):
        NEVER.add(at, amount)
    with pytest.raises(NeverOpens):
        NEVER.subtract(at, amount)
    assert NEVER.add(at, timedelta()) == at == NEVER.subtract(at, timedelta())


def test_found_within_two_years_of_the_last_date() -> None:
    """Hours of single dates are found however far away; past the last of them nothing is."""
    far = {date(1900, 3, 1): "10:00-11:00", date(2100, 3, 1): "10:00-11:00"}
    desk = BusinessCalendar(zone="UTC", hours="closed", exceptions=far)
    at = _at("2026-01-05T12:00")
    assert desk.next_open(at) == _at("2100-03-01T10:00")
    assert desk.next_close(at) == _at("2100-03-01T11:00")
    assert desk.previous_open(at) == _at("1900-03-01T10:00")
    assert desk.previous_close(at) == _at("1900-03-01T11:00")
    assert desk.elapsed(_at("1899-01-01T00:00"), _at("2101-01-01T00:00")) == timedelta(hours=2)
    assert desk.add(_at("1899-01-01T00:00"), hours=2) == _at("2100-03-01T11:00")
    assert desk.subtract(_at("2101-01-01T00:00"), hours=2) == _at("1900-03-01T10:00")
    with pytest.raises(NeverOpens):
        desk.add(_at("1899-01-01T00:00"), hours=2, seconds=1)
    with pytest.raises(NeverOpens):
        desk.subtract(_at("2101-01-01T00:00"), hours=2, seconds=1)
    with pytest.raises(NeverOpens):
        desk.next_open(_at("2100-03-01T11:00"))


@pytest.mark.long
def test_closed_far_away() -> None:
    """The single closure of a hotline is found, a century later or earlier."""
    hotline = BusinessCalendar(zone="UTC", hours="24x7", exceptions={date(2100, 3, 1): "closed"})
    assert hotline.next_close(_at("2000-01-01T00:00")) == _at("2100-03-01T00:00")
    assert hotline.previous_close(_at("2200-01-01T00:00")) == _at("2100-03-01T00:00")
    assert hotline.previous_open(_at("2200-01-01T00:00")) == _at("2100-03-02T00:00")


def test_one_hour_a_week() -> None:
    """Three thousand hours at one an hour a week take 57 years and a half; a century holds 5,218 Mondays."""
    at = _at("2024-01-01T00:00")
    due = KNOWN_MONDAYS.add(at, hours=3_000)
    assert due == _at("2024-01-01T11:00") + timedelta(weeks=2_999)
    unused = attrs.evolve(KNOWN_MONDAYS)
    assert unused.subtract(due, hours=3_000) == _at("2024-01-01T10:00")
    assert KNOWN_MONDAYS.elapsed(_at("1950-01-01T00:00"), _at("2050-01-01T00:00")) == timedelta(hours=5_218)


def test_years_end() -> None:
    """Counting beyond the last computable year, or before the first, is refused by name."""
    with pytest.raises(MomentError) as caught:
        KNOWN_MONDAYS.add(_at("2390-01-01T00:00"), hours=3_000)
    assert caught.value.message == "calendar.horizon"
    assert "beyond the year 2399" in str(caught.value)
    with pytest.raises(MomentError) as caught:
        KNOWN_MONDAYS.subtract(_at("1810-01-01T00:00"), hours=3_000)
    assert caught.value.message == "calendar.horizon_before"
    assert "before the year 1800" in str(caught.value)
    with pytest.raises(MomentError) as caught:
        NEVER.next_open(_at("2399-06-01T00:00"))
    assert caught.value.message == "calendar.horizon"


@pytest.mark.long
def test_last_and_first_moments() -> None:
    """The first and the last computable microsecond can be asked."""
    first, last = _at("1800-01-01T00:00"), _at("2399-12-31T23:59:59.999999")
    assert ALWAYS.is_open(first)
    assert ALWAYS.is_open(last)
    assert ALWAYS.next_open(last) == last
    with pytest.raises(NeverCloses):
        ALWAYS.next_close(last)
    with pytest.raises(NeverOpens):
        ALWAYS.previous_open(first)
    with pytest.raises(NeverCloses):
        ALWAYS.previous_close(first)
    assert KNOWN_MONDAYS.previous_close(last) == _at("2399-12-27T11:00")
    with pytest.raises(MomentError) as caught:
        ALWAYS.add_days(last, 1, KeepTime())
    assert caught.value.message == "moment.years"


def test_composite_days() -> None:
    """Working days of a composite are those of its sets, in one zone; unknown beats closed in a union."""
    mornings = BusinessCalendar(zone="UTC", hours="Mon-Sat 08:00-12:00")
    assert (OFFICE | mornings).is_working_day(date(2026, 1, 3))  # Saturday
    assert (OFFICE & mornings).is_working_day(date(2026, 1, 2))
    assert not (OFFICE & mornings).is_working_day(date(2026, 1, 3))
    assert not (mornings - ALWAYS).is_working_day(date(2026, 1, 2))
    assert (mornings - OFFICE).is_working_day(date(2026, 1, 2))  # 08:00-09:00 is left
    for unknown in (OFFICE | mornings, mornings & OFFICE, mornings - OFFICE, OFFICE & mornings):
        with pytest.raises(CoverageError):
            unknown.is_working_day(date(2026, 2, 2))
    assert not (NEVER & OFFICE).is_working_day(date(2026, 2, 2))
    assert (ALWAYS | KNOWN_MONDAYS).count_working_days(date(2026, 1, 1), date(2027, 1, 1)) == 365


@pytest.mark.parametrize(
    "calendar",
    [
        OFFICE | BusinessCalendar(zone="Asia/Tokyo", hours="24x7"),
        Composite("union", (OFFICE,), zone="Asia/Tokyo"),
        History(OFFICE, {date(2026, 1, 1): BusinessCalendar(zone="Asia/Tokyo", hours="24x7")}, zone="UTC"),
    ],
)
def test_no_dates_over_zones(calendar: Calendar) -> None:
    """Over several zones a date is no stretch of time, so there are no working days."""
    with pytest.raises(DefinitionError) as caught:
        calendar.is_working_day(date(2026, 1, 5))
    assert (caught.value.where, caught.value.message) == ("day", "calendar.several_zones")
    assert "Asia/Tokyo" in str(caught.value)
    assert calendar.is_open(_at("2026-01-05T12:00"))  # instants are no matter of zones


@pytest.mark.parametrize(
    ("arguments", "where", "message"),
    [(("sum", (OFFICE,)), "kind", "choice.unknown"), (("union", ()), "operands", "calendar.no_operands")],
)
def test_composites_refused(arguments: Any, where: str, message: str) -> None:
    """A composite has a known kind and an operand."""
    with pytest.raises(DefinitionError) as caught:
        Composite(*arguments, zone="UTC")
    assert (caught.value.where, caught.value.message) == (where, message)


@pytest.mark.parametrize("operate", [lambda c: c | 1, lambda c: c & "x", lambda c: c - None])
def test_only_calendars_combine(operate: Callable[[Any], object]) -> None:
    """A calendar and something else are no calendar."""
    with pytest.raises(TypeError):
        operate(OFFICE)


def test_composite_explains() -> None:
    """Each operand speaks under its name; what is taken away says so."""
    start, end = _at("2026-01-01T08:00"), _at("2026-01-02T10:00")
    nameless = BusinessCalendar(zone="UTC", hours="Fri 09:00-10:00")
    told = (OFFICE - nameless).explain_elapsed(start, end)
    said = [(reason.message, dict(reason.params).get("name")) for _, reason in told.walk()]
    assert ("calendar.operand", "office") in said
    assert ("calendar.taken_away", "UTC (2)") in said
    assert "UTC (2)" in told.text()
    opened = (ALWAYS - nameless).explain_elapsed(start, end)  # from 09:00 to 10:00 it is taken away
    assert [part.message for part in opened.children] == ["calendar.span", "calendar.closed"]
    assert opened.children[0].children == ()
    beyond = (KNOWN_MONDAYS - OFFICE).explain_elapsed(_at("2030-06-10T12:00"), _at("2030-06-11T12:00"))
    assert "taken" not in beyond.text()  # nobody knows whether the office is open, and it does not matter
    assert (OFFICE | ALWAYS).explain_elapsed(start, end).children[0].message == "calendar.span"
    assert repr(OFFICE - nameless).count(" - ") == 1


def test_history_by_date() -> None:
    """Each version holds from the beginning of its date; a shift is cut there; days are those of the version."""
    night = BusinessCalendar(zone="UTC", hours="daily 22:00-06:00", name="nights")
    changed = History(night, {date(2026, 1, 10): OFFICE, date(2026, 1, 20): NEVER}, zone="UTC")
    assert changed.next_close(_at("2026-01-09T23:00")) == _at("2026-01-10T00:00")
    assert changed.next_open(_at("2026-01-10T00:00")) == _at("2026-01-12T09:00")
    midnight = int(_at("2026-01-10T00:00").timestamp()) * 1_000_000
    assert changed.known_hours_of(date(2026, 1, 9)) == [(midnight - 7_200_000_000, midnight)]
    assert changed.is_working_day(date(2026, 1, 12))
    assert not changed.is_working_day(date(2026, 1, 21))
    assert changed.in_force(date(2026, 1, 9)) is night
    assert changed.in_force(date(2026, 1, 10)) is OFFICE
    assert repr(changed).startswith("<History UTC: <BusinessCalendar UTC daily 22:00-06:00>, from 2026-01-10: ")
    told = changed.explain_elapsed(_at("2026-01-09T20:00"), _at("2026-01-21T00:00")).text()
    assert "by office:" in told
    with pytest.raises(NeverOpens):
        changed.next_open(_at("2026-01-20T00:00"))


def test_history_unknown() -> None:
    """Unknown days of a version that does not hold then are no matter."""
    changed = History(OFFICE, {date(2026, 2, 1): KNOWN_MONDAYS}, zone="UTC")
    assert changed.next_open(_at("2026-01-30T17:00")) == _at("2026-02-02T10:00")
    assert changed.is_working_day(date(2026, 2, 2))
    later = History(KNOWN_MONDAYS, {date(2026, 2, 1): OFFICE}, zone="UTC")
    with pytest.raises(CoverageError):
        later.is_working_day(date(2026, 2, 2))


def test_history_refused() -> None:
    """Changes are dates within the computable years; an override has dates between its ends."""
    with pytest.raises(DefinitionError) as caught:
        History(OFFICE, {date(1492, 10, 12): NEVER}, zone="UTC")
    assert (caught.value.where, caught.value.message) == ("changes", "day.years")
    for last in (date(2026, 8, 1), date(2026, 9, 1)):
        with pytest.raises(DefinitionError) as caught:
            OFFICE.override(NEVER, date(2026, 9, 1), last)
        assert (caught.value.where, caught.value.message) == ("last", "period.order")


def test_zones_of_parts() -> None:
    """A calendar knows every zone it is made of, however deep; over several, nested ones too, there are no dates."""
    tokyo = BusinessCalendar(zone="Asia/Tokyo", hours="24x7")
    nested = Composite("union", (History(OFFICE, {date(2026, 1, 1): tokyo}, zone="UTC"),), zone="UTC")
    assert OFFICE.zones == {"UTC"}
    assert nested.zones == History(OFFICE, {}, zone="Asia/Tokyo").zones == {"UTC", "Asia/Tokyo"}
    with pytest.raises(DefinitionError) as caught:
        nested.is_working_day(date(2025, 1, 1))
    assert caught.value.message == "calendar.several_zones"


def test_history_of_pairs() -> None:
    """Changes are a mapping or pairs in any order; of one date given twice the last holds."""
    first, second = date(2026, 1, 10), date(2026, 1, 20)
    given_pairs = ((second, NEVER), (first, ALWAYS), (first, OFFICE))
    assert History(ALWAYS, given_pairs, zone="UTC") == History(ALWAYS, {first: OFFICE, second: NEVER}, zone="UTC")
