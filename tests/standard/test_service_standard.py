"""The verbs that join the parts: which edition, which promise, and why not."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.errors import DefinitionError, FactError, MomentError, StandardError, UnknownName
from svcstd.standard import Edition, EventName, Reports

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
years = "2026"
calendar = "office"

[facts]
kind = { one_of = ["fault", "complaint", "question"] }
level = "text"
amount = "integer"

[events]
opened = ""
replied = ""
closed = ""

[calendars]
always = "24x7"
closed = "closed"
[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = { days = [2026-12-31], covers = "[2026-01-01..2026-12-31]" }
[calendars.either]
any_of = ["office", "closed"]
[calendars.moved]
else = "office"
2026-07-01 = "either"

[objectives.close]
order = 2
by = "kind"
target = { fault = "8 working hours", complaint = "4 hours" }
clock = { start = "opened", stop = "closed" }

[objectives.reply]
order = 1
when = { level = "gold", amount = ">= 10" }
target = "1 hour"
clock = { start = "opened", stop = "replied" }

[objectives.never]
order = 3
when = { level = "never" }
calendar = "closed"
target = "1 working hour"
clock = { start = "opened", stop = "closed" }

[objectives.moving]
order = 4
when = { level = "moving" }
calendar = "moved"
target = "8 working hours"
clock = { start = "opened", stop = "closed" }

[objectives.dream]
status = "aspirational"
target = "1 minute"
clock = { start = "opened", stop = "closed" }

[changes.2026-03-01]
events.reopened = ""
objectives.close.target.fault = "2 working hours"
"""


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A desk in Shanghai with two editions."""
    return loads(TEXT)


def at(*parts: int) -> datetime:
    """A UTC moment; Shanghai is eight hours ahead."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def opened(*parts: int, **facts: str | int) -> Case:
    """A case that opened then."""
    return Case("7", facts, [Event("opened", at=at(*parts))])


@pytest.mark.parametrize(
    ("event", "edition", "target"),
    [
        (at(2026, 2, 28, 15, 59), "", "8 working hours"),  # 23:59 on the last day of February in Shanghai
        (at(2026, 2, 28, 16, 0), "2026-03-01", "2 working hours"),
    ],
)
def test_the_local_date_of_the_earliest_event_chooses_the_edition(
    desk: ServiceStandard, event: datetime, edition: str, target: str
) -> None:
    """Midnight in the standard's own zone divides the editions; later events change nothing."""
    case = Case("7", {"kind": "fault"}, [Event("closed", at=at(2026, 3, 9)), Event("opened", at=event)])
    readings = desk.clocks(case, as_of=at(2026, 3, 10))
    assert (readings.edition, str(readings["close"].target), readings["close"].edition) == (edition, target, edition)


def test_a_case_without_events_belongs_to_the_day_it_is_asked(desk: ServiceStandard) -> None:
    """Nothing has happened yet: the edition is today's."""
    assert desk.clocks(Case("7"), as_of=at(2026, 2, 1)).edition == ""
    assert desk.clocks(Case("7"), as_of=at(2026, 4, 1)).edition == "2026-03-01"


def test_what_was_not_known_is_left_out(desk: ServiceStandard) -> None:
    """An event recorded late neither stops the clock nor pins the edition before it was known."""
    late = Event("opened", at=at(2026, 2, 1), recorded_at=at(2026, 3, 20))
    case = Case("7", {"kind": "complaint"}, [late, Event("opened", at=at(2026, 3, 10, 1))])
    then = desk.clocks(case, as_of=at(2026, 3, 25), known_at=at(2026, 3, 11))
    now = desk.clocks(case, as_of=at(2026, 3, 25))
    assert (then.edition, then["close"].due) == ("2026-03-01", at(2026, 3, 10, 5))
    assert (now.edition, now["close"].due) == ("", at(2026, 2, 1, 4))


@pytest.mark.parametrize(
    ("facts", "key", "reason"),
    [
        ({"kind": "question"}, "close", "no promise for kind = question"),
        ({}, "close", "no promise for kind = nothing"),
        ({"level": "silver"}, "reply", "does not apply: amount, level"),
        ({"level": "gold"}, "reply", "does not apply: amount"),
        ({"level": "gold", "amount": 10}, "dream", "not in force: aspirational"),
    ],
)
def test_what_is_not_promised_says_why(
    desk: ServiceStandard, facts: dict[str, str | int], key: str, reason: str
) -> None:
    """A promise that a case does not have is listed with its reason, outside the readings."""
    readings = desk.clocks(opened(2026, 2, 2, **facts), as_of=at(2026, 2, 3))
    assert key not in readings
    assert readings.unpromised[key].text() == reason


def test_the_first_undecided_promise_is_shown(desk: ServiceStandard) -> None:
    """The declared order decides which reading is shown, and the nearest change which to look at next."""
    case = opened(2026, 2, 2, 1, kind="complaint", level="gold", amount=10)  # Monday 09:00 in Shanghai
    readings = desk.clocks(case, as_of=at(2026, 2, 2, 1, 30))
    assert list(readings) == ["reply", "close"]
    assert readings.shown is readings["reply"]
    assert readings.next_change == at(2026, 2, 2, 2) + timedelta(microseconds=1)
    replied = case.with_event(Event("replied", at=at(2026, 2, 2, 1, 45)))
    later = desk.clocks(replied, as_of=at(2026, 2, 2, 2))
    assert (later.shown, later["reply"].verdict) == (later["close"], "met")
    assert later.next_change == at(2026, 2, 2, 5) + timedelta(microseconds=1)
    assert later.as_of == at(2026, 2, 2, 2)


def test_a_promise_that_ceased_to_apply_keeps_its_last_row(desk: ServiceStandard) -> None:
    """A fact that leaves the table cancels the clock there; the reading stays."""
    case = opened(2026, 2, 2, 1, kind="complaint")
    case = case.with_event(Event("replied", at=at(2026, 2, 2, 2), facts={"kind": "question"}))
    reading = desk.clocks(case, as_of=at(2026, 2, 2, 3))["close"]
    assert (reading.activity, reading.verdict, reading.row) == ("cancelled", "excluded", "complaint")


def test_no_holidays_are_assumed_only_where_that_matters(desk: ServiceStandard) -> None:
    """The assumption is listed in the reading it touches, and in no other."""
    case = opened(2026, 12, 30, 8, kind="fault")  # 16:00 in Shanghai: one hour, then a holiday, then the unknown
    unknown = desk.clocks(case, as_of=at(2026, 12, 30, 9))["close"]
    # From March on faults have two hours: the second lies in 2027, which nobody announced.
    assert (unknown.due, unknown.assumptions) == (None, ())
    assert unknown.problem is not None
    assert unknown.problem.message == "calendar.uncovered"
    assumed = desk.clocks(case, as_of=at(2026, 12, 30, 9), assume="no_holidays")["close"]
    assert (assumed.due, assumed.problem, assumed.assumptions) == (at(2027, 1, 1, 2), None, ("no_holidays",))
    known = desk.clocks(opened(2026, 2, 2, 1, kind="fault"), as_of=at(2026, 2, 3), assume="no_holidays")["close"]
    assert known.assumptions == ()


def test_the_assumption_reaches_calendars_made_of_calendars(desk: ServiceStandard) -> None:
    """A history of a union of a desk with holidays is relaxed through and through."""
    case = opened(2026, 12, 30, 8, level="moving")
    reading = desk.clocks(case, as_of=at(2026, 12, 30, 9), assume="no_holidays")["moving"]
    assert (reading.due, reading.assumptions) == (at(2027, 1, 1, 8), ("no_holidays",))


def test_a_desk_that_never_opens_is_no_matter_of_holidays(desk: ServiceStandard) -> None:
    """Where another problem stands in the way, nothing was assumed."""
    reading = desk.clocks(opened(2026, 2, 2, level="never"), as_of=at(2026, 2, 3), assume="no_holidays")["never"]
    assert reading.problem is not None
    assert (reading.problem.message, reading.assumptions) == ("calendar.never_opens", ())


def test_undeclared_words_are_refused(desk: ServiceStandard) -> None:
    """Events and facts are a closed vocabulary; the nearest word is told."""
    with pytest.raises(UnknownName) as event:
        desk.clocks(Case("7", {}, [Event("reopened", at=at(2026, 2, 1))]), as_of=at(2026, 2, 2))
    assert (event.value.where, event.value.message) == ("events.reopened", "events.unknown")
    assert str(event.value).endswith("or write opened")
    with pytest.raises(FactError) as fact:
        desk.clocks(opened(2026, 2, 1, knd="fault"), as_of=at(2026, 2, 2))
    assert (fact.value.where, fact.value.message) == ("facts.knd", "facts.name")
    told = Event("opened", at=at(2026, 2, 1), facts={"kind": "falt"})
    with pytest.raises(FactError, match="falt is not a declared value; write fault"):
        desk.clocks(Case("7", {}, [told]), as_of=at(2026, 2, 2))


def test_bad_arguments_are_refused(desk: ServiceStandard) -> None:
    """Naive moments and unknown assumptions have no meaning."""
    with pytest.raises(MomentError) as naive:
        desk.clocks(Case("7"), as_of=datetime(2026, 2, 1))  # noqa: DTZ001 - what is refused
    assert naive.value.where == "as_of"
    with pytest.raises(MomentError) as known:
        desk.clocks(Case("7"), as_of=at(2026, 2, 1), known_at=datetime(2026, 2, 1))  # noqa: DTZ001 - the same
    assert known.value.where == "known_at"
    with pytest.raises(DefinitionError) as assumed:
        desk.clocks(Case("7"), as_of=at(2026, 2, 1), assume="luck")  # type: ignore[arg-type]
    assert str(assumed.value) == "assume: luck is not a choice here; choose one of no_holidays"


def test_a_day_before_the_first_edition_is_refused(desk: ServiceStandard) -> None:
    """A standard with a beginning does not answer for the time before."""
    begun = loads(TEXT.replace('years = "2026"', 'years = "2026"\nfrom = 2026-01-01'))
    assert begun.edition_on(date(2026, 1, 1)) is begun.editions[0]
    with pytest.raises(DefinitionError) as caught:
        begun.edition_on(date(2025, 12, 31))
    assert (caught.value.where, caught.value.message) == ("case", "standard.too_early")
    assert "31 Dec 2025" in str(caught.value)
    assert desk.edition_on(date(1900, 1, 1)) is desk.editions[0]


def test_calendars_are_found_by_key(desk: ServiceStandard) -> None:
    """A key that no calendar has is answered with the nearest."""
    assert desk.current.hours("office").is_open(at(2026, 2, 2, 1))
    with pytest.raises(UnknownName) as caught:
        desk.current.hours("ofice")
    assert str(caught.value) == "calendars: there is no calendar 'ofice'; write office"


def test_editions_rise_by_date(desk: ServiceStandard) -> None:
    """One first edition, then each on a later day."""
    first, later = desk.editions
    for editions in ((), (later, first), (first, later, later), (first, first)):
        with pytest.raises(DefinitionError) as caught:
            attrs.evolve(desk, editions=editions)
        assert (caught.value.where, caught.value.message) == ("editions", "standard.editions")
    with pytest.raises(DefinitionError) as zone:
        attrs.evolve(desk, zone="Asia/Shangai")
    assert zone.value.message == "zone.unknown"


def test_a_standard_is_a_value(desk: ServiceStandard) -> None:
    """Equal, hashable, picklable, and shown in a few words."""
    again = loads(TEXT)
    assert (again == desk, hash(again) == hash(desk)) == (True, True)
    assert pickle.loads(pickle.dumps(desk)) == desk  # noqa: S301 - our own bytes
    assert repr(desk) == "<ServiceStandard desk: 2 editions, 5 objectives>"
    assert [repr(edition) for edition in desk.editions] == [
        "<Edition first: 5 calendars, 5 objectives>",
        "<Edition 2026-03-01: 5 calendars, 5 objectives>",
    ]


def test_an_edition_tells_all_contradictions() -> None:
    """Every fault between the parts comes out at once, with its path."""
    text = """
svcstd = 1
id = "x"
name = "X"
zone = "UTC"
calendar = "ofice"
[facts]
kind = { one_of = ["a", "b"] }
count = "integer"
[events]
opened = ""
closed = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
one = { any_of = "two" }
two = { any_of = "one" }
made = { hours = "Mon 09:00-12:00; Tue 09:00-17:00", holidays = { days = [], make_up = [2026-01-03] } }
of_made = { any_of = ["made", "lost"] }
[objectives.a]
order = 1
calendar = "offices"
by = "kind"
target = { a = "1 hour", c = "2 hours" }
clock = { start = "opened", stop = "close" }
[objectives.b]
order = 1
by = "count"
target = { x = "1 hour" }
clock = { start = "opened", stop = "closed" }
"""
    with pytest.raises(StandardError) as caught:
        loads(text)
    assert [(fault.where, fault.message) for fault in caught.value.faults] == [
        ("$.calendars.of_made", "calendar.unknown"),
        ("$.calendars.made.make_up_hours", "calendar.make_up_hours"),
        ("$.calendars", "calendar.circle"),
        ("$.calendar", "calendar.unknown"),
        ("$.objectives.a.calendar", "calendar.unknown"),
        ("$.objectives.a.clock", "events.unknown"),
        ("$.objectives.a.target.c", "facts.value"),
        ("$.objectives.b.by", "objective.by"),
        ("$.objectives.b.order", "objective.order"),
    ]


def test_a_promise_in_days_needs_a_calendar() -> None:
    """Working days count in the objective's calendar, else the standard's; one of them must be there."""
    text = TEXT.replace('calendar = "office"\n\n[facts]', "[facts]")
    with pytest.raises(StandardError) as caught:
        loads(text)
    assert [fault.where for fault in caught.value.faults] == ["$.objectives.close.calendar"]


def test_reports_are_checked_at_birth() -> None:
    """A report counts by one of three instants, in weeks that begin on a day."""
    assert Reports("due", "Sunday").week == "Sunday"
    with pytest.raises(DefinitionError) as by:
        Reports("late", "Monday")  # type: ignore[arg-type]
    assert (by.value.where, by.value.message) == ("by", "choice.unknown")
    with pytest.raises(DefinitionError) as week:
        Reports("due", "Mondy")
    assert str(week.value) == "week: Mondy is not a choice here; write Monday"


def test_an_edition_alone_is_a_value() -> None:
    """An edition made in Python is checked like one from a file."""
    assert Edition(zone="UTC").label == ""
    with pytest.raises(StandardError) as caught:
        Edition(zone="UTC", calendar="office")
    assert caught.value.faults[0].where == "calendar"


def test_working_days_need_one_zone() -> None:
    """In a calendar of two zones a date means two stretches of time: days cannot be promised, hours can."""
    text = TEXT.replace('any_of = ["office", "closed"]', 'any_of = ["office", "abroad"]').replace(
        'closed = "closed"\n[calendars.office]',
        'closed = "closed"\nabroad = { hours = "daily 09:00-17:00", zone = "UTC" }\n[calendars.office]',
    )
    assert loads(text).id == "desk"
    promise = 'calendar = "either"\ntarget = "2 working days"\nclock = { start = "opened", stop = "closed" }\n'
    with pytest.raises(StandardError) as caught:
        loads(text.replace("[changes.", f"[objectives.days]\norder = 5\n{promise}\n[changes."))
    (fault,) = caught.value.faults
    assert (fault.where, fault.message) == ("$.objectives.days.calendar", "calendar.several_zones")
    assert "Asia/Shanghai, UTC" in str(fault)


def test_a_case_is_a_case() -> None:
    """A plain mapping is refused in words."""
    standard: Any = ServiceStandard(id="x", name="X", zone="UTC", editions=[Edition(zone="UTC")])
    with pytest.raises(DefinitionError, match="this is a dict, not a Case"):
        standard.clocks({}, as_of=datetime(2026, 1, 1, tzinfo=UTC))


def test_what_lies_ahead_chooses_no_edition() -> None:
    """Asked before its only event, a case is read by the edition of the day it is asked on."""
    events = {"opened": EventName()}
    editions = [Edition(zone="UTC", events=events), Edition(zone="UTC", starts=date(2026, 3, 3), events=events)]
    standard = ServiceStandard(id="x", name="X", zone="UTC", editions=editions)
    case = Case("1", {}, [Event("opened", at=datetime(2026, 3, 5, tzinfo=UTC))])
    assert standard.clocks(case, as_of=datetime(2026, 3, 1, tzinfo=UTC)).edition == ""
    assert standard.clocks(case, as_of=datetime(2026, 3, 5, tzinfo=UTC)).edition == "2026-03-03"
