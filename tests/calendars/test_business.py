"""The leaf calendar: which rule decides on a date, and what it refuses."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from svcstd.calendars import BusinessCalendar, Composite, DayHours, History, HolidayTable, WeeklyHours, public_holidays
from svcstd.errors import CoverageError, DefinitionError, DurationError, MomentError
from svcstd.moment import micros

CHRISTMAS = HolidayTable({date(2024, 12, 25): "Christmas", date(2024, 12, 26): "Boxing Day"})


def _hours(calendar: BusinessCalendar, day: date) -> float:
    """Open hours on a date of the wall."""
    start = datetime(day.year, day.month, day.day, tzinfo=calendar.tz)
    return calendar.elapsed(start, start + timedelta(1)) / timedelta(hours=1)


DESK = BusinessCalendar(
    zone="Asia/Shanghai",
    hours="Mon-Fri 09:00-17:00",
    holidays=HolidayTable(
        {date(2024, 5, 1): "Labour Day", date(2024, 5, 2): "bridge"}, make_up=[date(2024, 5, 11), date(2024, 5, 12)]
    ),
    exceptions={
        date(2024, 5, 2): "10:00-12:00",
        date(2024, 5, 3): "closed",
        date(2024, 5, 12): DayHours.parse("13:00-14:00", "stocktaking"),
    },
)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2024, 4, 30), 8),  # weekly hours
        (date(2024, 5, 1), 0),  # a holiday beats the week
        (date(2024, 5, 2), 2),  # an exception beats a holiday
        (date(2024, 5, 3), 0),  # and the week
        (date(2024, 5, 4), 0),  # Saturday
        (date(2024, 5, 11), 8),  # a made-up Saturday has the hours of weekdays
        (date(2024, 5, 12), 1),  # an exception beats a make-up workday
    ],
)
def test_strongest_rule(day: date, hours: float) -> None:
    """Exception, make-up workday, holiday, weekly hours: in this order."""
    assert _hours(DESK, day) == hours
    assert DESK.is_working_day(day) is (hours > 0)


@pytest.mark.parametrize(("overnight", "tail"), [("drop_shift", True), ("cut_day", False)])
def test_overnight(overnight: Any, tail: bool) -> None:  # noqa: FBT001
    """A holiday takes the shift that starts on it, or whatever lies in its civil day: Christmas falls on Wednesday."""
    desk = BusinessCalendar(
        zone="Europe/Berlin",
        hours="daily 22:00-06:00",
        holidays=HolidayTable([date(2024, 12, 25)]),
        overnight=overnight,
    )
    berlin = desk.tz
    assert desk.is_open(datetime(2024, 12, 24, 23, tzinfo=berlin))
    assert desk.is_open(datetime(2024, 12, 25, 3, tzinfo=berlin)) is tail
    assert not desk.is_open(datetime(2024, 12, 25, 23, tzinfo=berlin))
    # Nobody started a shift on the 25th, so nobody is there early on the 26th, whatever the policy.
    assert not desk.is_open(datetime(2024, 12, 26, 3, tzinfo=berlin))


def test_cut_day_closes_at_midnight() -> None:
    """Under ``cut_day`` the eve of a holiday closes at midnight, for its working hours and for their end."""
    desk = BusinessCalendar(
        zone="UTC", hours="daily 22:00-06:00", holidays=HolidayTable([date(2024, 12, 25)]), overnight="cut_day"
    )
    midnight = micros(datetime(2024, 12, 25, tzinfo=UTC))
    assert desk.known_hours_of(date(2024, 12, 24)) == [(midnight - 2 * 3_600_000_000, midnight)]
    assert desk.next_close(datetime(2024, 12, 24, 23, tzinfo=UTC)) == datetime(2024, 12, 25, tzinfo=UTC)


def test_cut_day_spares_an_exception() -> None:
    """A holiday with hours of its own is no day off: the eve's shift stays."""
    desk = BusinessCalendar(
        zone="UTC",
        hours="daily 22:00-06:00",
        holidays=HolidayTable([date(2024, 12, 25)]),
        exceptions={date(2024, 12, 25): "10:00-11:00"},
        overnight="cut_day",
    )
    assert desk.is_open(datetime(2024, 12, 25, 3, tzinfo=UTC))


@pytest.mark.parametrize(("overnight", "known"), [("drop_shift", True), ("cut_day", False)])
def test_cut_day_beyond_coverage(overnight: Any, known: bool) -> None:  # noqa: FBT001
    """The first unknown day may be a holiday, which under ``cut_day`` would take the tail of Friday's shift."""
    table = HolidayTable(covers=(None, date(2024, 5, 11)))
    desk = BusinessCalendar(zone="UTC", hours="Fri 22:00-06:00", holidays=table, overnight=overnight)
    assert desk.is_open(datetime(2024, 5, 10, 23, tzinfo=UTC))
    saturday = datetime(2024, 5, 11, 3, tzinfo=UTC)
    if known:
        assert desk.is_open(saturday)
        assert desk.is_working_day(date(2024, 5, 10))
    else:
        with pytest.raises(CoverageError):
            desk.is_open(saturday)
        with pytest.raises(CoverageError):  # its closing time is unknown
            desk.known_hours_of(date(2024, 5, 10))


def test_make_up_hours() -> None:
    """Make-up workdays have the hours that are given, or those that all working weekdays share."""
    table = HolidayTable(make_up=[date(2024, 5, 11)])
    shared = BusinessCalendar(zone="UTC", hours="Mon-Thu 09:00-17:00", holidays=table)
    own = BusinessCalendar(
        zone="UTC", hours="Mon 09:00-17:00; Fri 09:00-12:00", holidays=table, make_up_hours="10:00-12:00"
    )
    assert (_hours(shared, date(2024, 5, 11)), _hours(own, date(2024, 5, 11))) == (8, 2)


@pytest.mark.parametrize("hours", ["Mon-Thu 09:00-17:00; Fri 09:00-12:00", "closed"])
def test_make_up_hours_missing(hours: str) -> None:
    """Where the weekdays differ, or there are none, somebody must say the hours of make-up workdays."""
    with pytest.raises(DefinitionError) as caught:
        BusinessCalendar(zone="UTC", hours=hours, holidays=HolidayTable(make_up=[date(2024, 5, 11)]))
    assert (caught.value.where, caught.value.message) == ("make_up_hours", "calendar.make_up_hours")
    assert hours in str(caught.value)


def test_an_unknown_saturday_may_be_made_up() -> None:
    """Beyond the coverage a Saturday with short hours may be a full make-up workday: its afternoon is unknown."""
    desk = BusinessCalendar(
        zone="UTC",
        hours="Mon-Fri 08:00-17:00; Sat 09:00-12:00",
        make_up_hours="08:00-17:00",
        holidays=HolidayTable(make_up=[date(2024, 5, 4)], covers=(None, date(2024, 5, 11))),
    )
    assert desk.is_open(datetime(2024, 5, 4, 15, tzinfo=UTC))
    with pytest.raises(CoverageError):
        desk.is_open(datetime(2024, 5, 11, 15, tzinfo=UTC))
    assert not desk.is_open(datetime(2024, 5, 11, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "where", "message", "said"),
    [
        ({"zone": "Europe/Berln"}, "zone", "zone.unknown", "Europe/Berlin"),
        ({"overnight": "split"}, "overnight", "choice.unknown", "drop_shift, cut_day"),
        ({"landing": "closed"}, "landing", "choice.unknown", "close, next_open"),
        ({"hours": "Mon"}, "hours", "hours.text", "hours after the days"),
        ({"make_up_hours": "9-17"}, "hours", "hours.text", "9-17"),
        ({"exceptions": {date(1066, 10, 14): "closed"}}, "exceptions", "day.years", "1066"),
        ({"exceptions": {datetime(2024, 5, 1, tzinfo=UTC): "closed"}}, "exceptions", "day.type", "without a time"),
        ({"exceptions": {date(2024, 5, 1): "shut"}}, "hours", "hours.text", "shut"),
    ],
)
def test_refused(fields: dict[str, Any], where: str, message: str, said: str) -> None:
    """A calendar that contradicts itself is refused at birth, with the field."""
    with pytest.raises(DefinitionError) as caught:
        BusinessCalendar(**{"zone": "UTC", "hours": "24x7", **fields})
    assert (caught.value.where, caught.value.message) == (where, message)
    assert said in str(caught.value)


def test_exceptions_in_any_order_and_form() -> None:
    """Exceptions are a mapping or pairs; of one date given twice the last holds, as in a mapping."""
    day, later = date(2024, 5, 8), date(2024, 5, 9)
    by_mapping = BusinessCalendar(zone="UTC", hours="24x7", exceptions={later: "closed", day: DayHours()})
    pairs = ((day, DayHours.parse("10:00-11:00")), (later, DayHours()), (day, DayHours()))
    assert BusinessCalendar(zone="UTC", hours="24x7", exceptions=pairs) == by_mapping


def test_shown() -> None:
    """A calendar shows what is not usual about it."""
    assert repr(BusinessCalendar(zone="UTC", hours=WeeklyHours.parse("24x7"))) == "<BusinessCalendar UTC 24x7>"
    full = BusinessCalendar(
        zone="UTC",
        hours="daily 22:00-06:00",
        holidays=HolidayTable([date(2024, 5, 1)]),
        exceptions={date(2024, 5, 2): "closed"},
        overnight="cut_day",
        landing="next_open",
    )
    assert repr(full) == (
        "<BusinessCalendar UTC daily 22:00-06:00, HolidayTable(1 holiday, unbounded), 1 exception, "
        "overnight=cut_day, landing=next_open>"
    )
    assert "2 exceptions" in repr(
        attrs.evolve(full, exceptions={date(2024, 5, 2): "closed", date(2024, 5, 3): "closed"})
    )


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Europe/Berlin"},
        {"hours": "daily 22:00-05:00"},
        {"holidays": CHRISTMAS},
        {"exceptions": {date(2024, 5, 2): "closed"}},
        {"make_up_hours": "09:00-17:00"},
        {"overnight": "cut_day"},
        {"landing": "next_open"},
    ],
)
def test_equal_by_content(change: dict[str, Any]) -> None:
    """Every field but the name makes another calendar, with another digest."""
    base = BusinessCalendar(zone="UTC", hours="daily 22:00-06:00")
    other = attrs.evolve(base, **change)
    assert other != base
    assert other.digest != base.digest == attrs.evolve(base, name="night desk").digest
    assert base == attrs.evolve(base, name="night desk") == copy.deepcopy(base)


def test_add_takes_units() -> None:
    """Hours, minutes and seconds add to a duration; zero is an amount, nothing is none."""
    at = datetime(2024, 5, 6, 10, tzinfo=UTC)
    desk = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00")
    assert desk.add(at, timedelta(hours=1), hours=1, minutes=1, seconds=1) == datetime(2024, 5, 6, 12, 1, 1, tzinfo=UTC)
    assert desk.subtract(at, minutes=90) == datetime(2024, 5, 3, 16, 30, tzinfo=UTC)
    shut = datetime(2024, 5, 6, 18, tzinfo=UTC)
    assert desk.add(shut, hours=0) == desk.add(shut, timedelta()) == desk.subtract(shut, seconds=0) == shut
    assert desk.add(shut, hours=0, landing="next_open") == datetime(2024, 5, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "message", "said"),
    [
        ({}, "duration.none", "give a timedelta, or hours="),
        ({"hours": -1}, "duration.whole", "-1"),
        ({"hours": 1.5}, "duration.whole", "1.5"),
        ({"minutes": True}, "duration.whole", "True"),
        ({"duration": timedelta(seconds=-1)}, "duration.negative", "subtract()"),
        ({"duration": 3600}, "duration.type", "3600"),
    ],
)
def test_amounts_refused(amount: dict[str, Any], message: str, said: str) -> None:
    """An amount of time that means nothing is refused, with the value."""
    with pytest.raises(DurationError) as caught:
        DESK.add(datetime(2024, 5, 6, tzinfo=UTC), **amount)
    assert (caught.value.where, caught.value.message) == ("duration", message)
    assert said in str(caught.value)


@pytest.mark.parametrize("verb", ["is_open", "next_open", "next_close", "previous_open", "previous_close"])
def test_naive_refused(verb: str) -> None:
    """A moment without zone is refused by every verb."""
    with pytest.raises(MomentError) as caught:
        getattr(DESK, verb)(datetime(2024, 5, 6))  # noqa: DTZ001 - the value under test
    assert caught.value.message == "moment.naive"
    assert "2024-05-06T00:00:00 has no time zone" in str(caught.value)


def test_landing() -> None:
    """Exactly at closing falls due there, or at the next opening, by the calendar or by the call."""
    at = datetime(2024, 5, 6, 9, tzinfo=UTC)
    stays = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00")
    moves = attrs.evolve(stays, landing="next_open")
    assert stays.add(at, hours=8) == moves.add(at, hours=8, landing="close") == datetime(2024, 5, 6, 17, tzinfo=UTC)
    assert moves.add(at, hours=8) == stays.add(at, hours=8, landing="next_open") == datetime(2024, 5, 7, 9, tzinfo=UTC)
    with pytest.raises(DefinitionError) as caught:
        stays.add(at, hours=8, landing="nearest")  # type: ignore[arg-type]
    assert (caught.value.where, caught.value.message) == ("landing", "choice.unknown")


@pytest.mark.parametrize("day", [datetime(2024, 5, 6, tzinfo=UTC), "2024-05-06", None])
def test_dates_are_dates(day: Any) -> None:
    """A moment is no date: whose would it be?"""
    with pytest.raises(DefinitionError) as caught:
        DESK.is_working_day(day)
    assert (caught.value.where, caught.value.message) == ("day", "day.type")


def test_count_working_days() -> None:
    """April 2024 had 22 weekdays; swapped dates hold none."""
    office = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00")
    assert office.count_working_days(date(2024, 4, 1), date(2024, 5, 1)) == 22
    assert office.count_working_days(date(2024, 5, 1), date(2024, 4, 1)) == 0


def test_spans() -> None:
    """Spans are cut at the ends of the window, and know their length on the UTC line."""
    berlin = BusinessCalendar(zone="Europe/Berlin", hours="daily 22:00-06:00")
    start = datetime(2024, 3, 30, 23, tzinfo=berlin.tz)
    (night,) = berlin.spans(start, datetime(2024, 3, 31, 12, tzinfo=berlin.tz))
    assert (night.start, night.duration) == (start, timedelta(hours=6))  # clocks went forward
    assert berlin.spans(start, start) == ()


SENTENCES = [
    ("2024-04-27T18:00:00+08:00", "2024-04-28T10:00:00+08:00", "no hours on"),
    ("2024-04-30T18:00:00+08:00", "2024-05-01T10:00:00+08:00", "Labour Day"),
    ("2024-05-03T09:00:00+08:00", "2024-05-03T10:00:00+08:00", "has hours of its own: closed"),
    ("2024-05-11T09:00:00+08:00", "2024-05-11T10:00:00+08:00", "is a make-up workday"),
    ("2024-05-12T13:00:00+08:00", "2024-05-12T13:30:00+08:00", "stocktaking"),
]


@pytest.mark.parametrize(("start", "end", "said"), SENTENCES)
def test_explain_names_the_reason(start: str, end: str, said: str) -> None:
    """Weekends, holidays, exceptions and make-up workdays are named."""
    told = DESK.explain_elapsed(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert said in told.text()


def test_explain_adds_up() -> None:
    """The spans counted and the closures named cover the whole stretch, and the counted ones add up."""
    start, end = datetime(2024, 4, 26, 12, tzinfo=DESK.tz), datetime(2024, 5, 13, 12, tzinfo=DESK.tz)
    told = DESK.explain_elapsed(start, end)
    parts = [dict(part.params) for part in told.children]
    assert dict(told.params)["amount"] == DESK.elapsed(start, end)
    amounts = [amount for part in parts if isinstance(amount := part.get("amount"), timedelta)]
    assert sum(amounts, timedelta()) == DESK.elapsed(start, end)
    assert [part["start"] for part in parts] == [start, *(part["end"] for part in parts[:-1])]
    assert parts[-1]["end"] == end
    nothing = DESK.explain_elapsed(start, start)
    assert nothing.children == ()


def test_explain_what_a_notice_may_change() -> None:
    """The last days of the last announced year are marked: a later notice may turn them."""
    table = public_holidays("CN", years=range(2024, 2100))
    last = table.provisional_from
    assert last is not None
    day = last.replace(day=31)
    desk = BusinessCalendar(
        zone="Asia/Shanghai",
        hours="Mon-Fri 09:00-17:00",
        holidays=HolidayTable({last: "bridge", day: "eve"}, provisional_from=day),
    )
    start = datetime(last.year, 12, last.day, tzinfo=desk.tz)
    told = desk.explain_elapsed(start, start + timedelta(5)).text()
    assert told.count("a later notice may still change that") == 1


def test_explain_a_date_that_never_happened() -> None:
    """Apia's 30 December 2011 is told as what it was."""
    apia = BusinessCalendar(zone="Pacific/Apia", hours="daily 09:00-17:00")
    told = apia.explain_elapsed(datetime(2011, 12, 29, 18, tzinfo=apia.tz), datetime(2011, 12, 31, 9, tzinfo=apia.tz))
    (closed,) = told.children
    assert [reason.message for reason in closed.children] == ["calendar.no_such_day"]


def test_explain_swapped() -> None:
    """An explanation runs forward."""
    start, end = datetime(2024, 5, 2, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
    with pytest.raises(DefinitionError) as caught:
        DESK.explain_elapsed(start, end)
    assert (caught.value.where, caught.value.message) == ("end", "calendar.swapped")
    assert "give the earlier moment first" in str(caught.value)


@pytest.mark.parametrize(
    ("hours", "start", "end", "open_hours"),
    [
        ("daily 02:30-10:00", "2024-03-31T00:00:00+01:00", "2024-03-31T12:00:00+02:00", 6.5),  # opens at 03:30
        ("daily 00:00-02:30", "2024-03-31T00:00:00+01:00", "2024-03-31T12:00:00+02:00", 2.5),  # closes at 03:30
        ("daily 02:15-02:45", "2024-03-31T00:00:00+01:00", "2024-03-31T12:00:00+02:00", 0.5),  # an hour later
        ("daily 02:45-03:15", "2024-03-31T00:00:00+01:00", "2024-03-31T12:00:00+02:00", 0),  # would close before
        ("daily 02:30-10:00", "2024-10-27T00:00:00+02:00", "2024-10-27T12:00:00+01:00", 8.5),  # opens at the first
        ("daily 00:00-02:30", "2024-10-27T00:00:00+02:00", "2024-10-27T12:00:00+01:00", 3.5),  # closes at the second
        ("daily 02:15-02:45", "2024-10-27T00:00:00+02:00", "2024-10-27T12:00:00+01:00", 1.5),
        ("daily 00:00-02:30 02:30-06:00", "2024-10-27T00:00:00+02:00", "2024-10-27T12:00:00+01:00", 7),  # no hole
    ],
)
def test_boundaries_in_gaps_and_folds(hours: str, start: str, end: str, open_hours: float) -> None:
    """A boundary that never happens moves by the gap; one that happens twice makes the span longer."""
    desk = BusinessCalendar(zone="Europe/Berlin", hours=hours)
    found = desk.elapsed(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert found == timedelta(hours=open_hours)


def test_a_night_over_a_lost_date() -> None:
    """Apia's shift of 29 December 2011 ended on the morning of the 31st, eight hours later."""
    apia = BusinessCalendar(zone="Pacific/Apia", hours="daily 22:00-06:00")
    start = datetime(2011, 12, 29, 22, tzinfo=apia.tz)
    assert apia.next_close(start).isoformat() == "2011-12-31T06:00:00+14:00"
    assert apia.elapsed(start, apia.next_close(start)) == timedelta(hours=8)


def test_a_zone_may_be_an_object() -> None:
    """A ZoneInfo is the zone of its name, in every kind of calendar."""
    rome: Any = ZoneInfo("Europe/Rome")
    office = BusinessCalendar(zone=rome, hours="Mon-Fri 09:00-18:00")
    assert office == BusinessCalendar(zone="Europe/Rome", hours="Mon-Fri 09:00-18:00")
    assert Composite("union", [office], zone=rome).zone == History(office, {}, zone=rome).zone == "Europe/Rome"


ALWAYS_OPEN = BusinessCalendar(zone="UTC", hours="24x7")
LEAF: Any = BusinessCalendar
WHOLE: Any = Composite
DATED: Any = History
"""The calendars as an untyped caller sees them."""


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: LEAF(zone="UTC", hours=None), "hours.type"),
        (lambda: LEAF(zone="UTC", hours="24x7", holidays="IT"), "holidays.type"),
        (lambda: LEAF(zone="UTC", hours="24x7", holidays=[date(2026, 1, 1)]), "holidays.type"),
        (lambda: WHOLE("union", [ALWAYS_OPEN, "x"], zone="UTC"), "calendar.type"),
        (lambda: DATED(ALWAYS_OPEN, {date(2026, 1, 1): "x"}, zone="UTC"), "calendar.type"),
        (lambda: WHOLE("union", [ALWAYS_OPEN], zone="UTC", landing="later"), "choice.unknown"),
        (lambda: DATED(ALWAYS_OPEN, {}, zone="UTC", landing="later"), "choice.unknown"),
    ],
)
def test_parts_are_checked_at_birth(make: Any, message: str) -> None:
    """A calendar of something else is refused where it is made, with the way out."""
    with pytest.raises(DefinitionError) as caught:
        make()
    assert caught.value.message == message


def test_landing_survives_algebra() -> None:
    """An override in 2027 changes no answer in 2026; a composite lands as its first operand does."""
    late = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-18:00", landing="next_open")
    other = BusinessCalendar(zone="UTC", hours="Mon-Fri 08:00-14:00")
    monday = datetime(2026, 6, 1, 9, tzinfo=UTC)
    winter = date(2027, 1, 1), date(2027, 2, 1)
    without = late - other.override(other, *winter)
    for calendar in (late, late.override(other, *winter), late | late, without | late):
        assert calendar.add(monday, hours=9).isoformat() == "2026-06-02T09:00:00+00:00"
        assert pickle.loads(pickle.dumps(calendar)) == calendar  # noqa: S301 - our own


def test_a_day_that_is_open_throughout_is_known() -> None:
    """Around the clock, whatever the holidays of the office: a working day in any year."""
    table = HolidayTable(covers=(date(2026, 1, 1), date(2027, 1, 1)))
    office = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-18:00", holidays=table)
    assert (ALWAYS_OPEN | office).is_working_day(date(2030, 1, 2))
    with pytest.raises(CoverageError):
        (office | office).is_working_day(date(2030, 1, 2))
