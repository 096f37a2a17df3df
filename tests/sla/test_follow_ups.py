"""What is owed later: who is to be called until when, once for several faults, again after nobody answered."""

from __future__ import annotations

import importlib
import pickle
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, CloseOfDay, HolidayTable
from svcstd.conditions import AllOf, Eq, Present
from svcstd.errors import CoverageError, DefinitionError, NeverOpens
from svcstd.moment import micros, moment, timezone
from svcstd.sla import (
    Anniversary,
    CalendarDays,
    Case,
    CountLimit,
    Coverage,
    DateTable,
    ElapsedTime,
    Event,
    FixedInstant,
    FollowUp,
    FollowUpRule,
    On,
    PeriodEnd,
    Target,
    WorkingDays,
    WorkingTime,
    coverage,
    follow_ups,
)

SHANGHAI = "Asia/Shanghai"
OFFICE = BusinessCalendar(zone=SHANGHAI, hours="Mon-Fri 09:00-17:00")
WEEK = {day: number for number, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 9)}
NEXT_DAY = CalendarDays(1, "18:00")


def at(text: str) -> datetime:
    """A time of the week of Monday 9 February 2026, in Shanghai."""
    day, clock = text.split(" ")
    hour, minute = clock.split(":")
    return pendulum.datetime(2026, 2, WEEK[day], int(hour), int(minute), tz=SHANGHAI)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def case(name: str, *told: str | Event, **facts: Any) -> Case:
    """A case from texts such as ``Mon 09:00 fault``."""
    events = [one if isinstance(one, Event) else Event(one[10:], at=at(one[:9])) for one in told]
    return Case(name, facts, events)


def callback(**parts: Any) -> FollowUpRule:
    """Yesterday's faults are called back by six in the evening, each number once."""
    usual: dict[str, Any] = {
        "on": [On("fault")],
        "due": NEXT_DAY,
        "together": "phone",
        "done": [On("called")],
        "settled": [On("fixed")],
        "role": "desk",
    }
    return FollowUpRule(**{**usual, **parts})


def owed(
    rule: FollowUpRule,
    *cases: Case,
    as_of: str | datetime,
    calendar: Calendar | None = None,
    zone: str = SHANGHAI,
    dates: tuple[date, date] | None = None,
    known_at: datetime | None = None,
) -> tuple[FollowUp, ...]:
    """What the rule named ``call`` owes."""
    asked = micros(at(as_of) if isinstance(as_of, str) else as_of)
    known = None if known_at is None else micros(known_at)
    return follow_ups("call", rule, cases, calendar, zone=zone, as_of=asked, dates=dates, known_at=known)


def sheet(found: tuple[FollowUp, ...]) -> list[str]:
    """What a supervisor reads of each duty: cases, state and due time, tries if there were any."""
    return [
        f"{'+'.join(one.cases)} {one.state} {one.due:%a %H:%M}" + (f" after {one.tries}" if one.tries else "")
        for one in found
    ]


@pytest.mark.parametrize(
    ("fault", "zone", "due"),
    [
        ("2026-02-09T00:00:00+08:00", SHANGHAI, "2026-02-10T18:00:00+08:00"),
        ("2026-02-09T23:59:59+08:00", SHANGHAI, "2026-02-10T18:00:00+08:00"),
        ("2026-02-09T23:59:59.999999+08:00", SHANGHAI, "2026-02-10T18:00:00+08:00"),
        ("2026-02-10T00:00:00+08:00", SHANGHAI, "2026-02-11T18:00:00+08:00"),
        ("2026-02-09T15:59:59+00:00", SHANGHAI, "2026-02-10T18:00:00+08:00"),  # 23:59:59 on the wall
        ("2026-02-09T16:00:00+00:00", SHANGHAI, "2026-02-11T18:00:00+08:00"),  # midnight on the wall
        ("2026-02-09T16:00:00+00:00", "Europe/Berlin", "2026-02-10T18:00:00+01:00"),  # the zone says which day
        ("2026-02-28T23:59:59+08:00", SHANGHAI, "2026-03-01T18:00:00+08:00"),
        ("2026-12-31T23:59:59+08:00", SHANGHAI, "2027-01-01T18:00:00+08:00"),
        ("2026-03-07T23:59:59-05:00", "America/New_York", "2026-03-08T18:00:00-04:00"),  # a day of 23 hours
        ("2026-03-08T00:00:00-05:00", "America/New_York", "2026-03-09T18:00:00-04:00"),
        ("2026-10-31T23:59:59-04:00", "America/New_York", "2026-11-01T18:00:00-05:00"),  # a day of 25 hours
        ("2026-11-01T01:30:00-05:00", "America/New_York", "2026-11-02T18:00:00-05:00"),  # the second half past one
        ("2026-03-07T23:59:59-05:00", "America/Havana", "2026-03-08T18:00:00-04:00"),
        ("2026-03-08T01:00:00-04:00", "America/Havana", "2026-03-09T18:00:00-04:00"),  # no midnight: the day's start
        ("2011-12-29T12:00:00-10:00", "Pacific/Apia", "2011-12-31T18:00:00+14:00"),  # there is no 30 December
    ],
)
def test_yesterdays_faults(fault: str, zone: str, due: str) -> None:
    """A fault of today is called back tomorrow by six, as the wall of the desk counts days."""
    told = Event("fault", at=datetime.fromisoformat(fault))
    (found,) = owed(callback(), Case("F1", {"phone": "1"}, [told]), as_of=told.at, zone=zone)
    assert found.due.isoformat() == due
    assert (found.state, found.begun, found.zone) == ("owed", told.instant, zone)
    assert found.key == f"call/{due[:10]}/phone 1"
    assert (found.rule, found.role, found.cases, found.unsettled) == ("call", "desk", ("F1",), ("F1",))


@pytest.mark.parametrize(
    ("told", "as_of", "state", "done"),
    [
        ([], "Mon 09:00", "owed", None),
        ([], "Tue 18:00", "owed", None),  # at the last instant it can still be done
        ([], "Tue 18:01", "late", None),
        (["Tue 10:00 called"], "Tue 09:59", "owed", None),  # not yet there
        (["Tue 10:00 called"], "Tue 10:00", "done", "Tue 10:00"),
        (["Tue 18:00 called"], "Wed 09:00", "done", "Tue 18:00"),
        (["Tue 18:01 called"], "Wed 09:00", "done_late", "Tue 18:01"),
        (["Tue 10:00 called", "Tue 12:00 called"], "Wed 09:00", "done", "Tue 10:00"),  # the first call counts
        (["Mon 08:00 called"], "Mon 10:00", "owed", None),  # a call before the fault was about something else
        (["Mon 09:00 called"], "Mon 10:00", "done", "Mon 09:00"),  # at the very desk
        (["Tue 10:00 fixed"], "Wed 09:00", "late", None),  # repaired is not called back
    ],
)
def test_states(told: list[str], as_of: str, state: str, done: str | None) -> None:
    """Owed until the due time, then late; done, or done late."""
    (found,) = owed(callback(), case("F1", "Mon 09:00 fault", *told), as_of=as_of)
    assert found.state == state
    assert found.done_at == (None if done is None else micros(at(done)))
    assert found.due == at("Tue 18:00")


def test_the_last_microsecond() -> None:
    """A call at the due time is in time, a microsecond later it is late."""
    for late, state in ((0, "done"), (1, "done_late")):
        called = Event("called", at=at("Tue 18:00") + timedelta(microseconds=late))
        assert owed(callback(), case("F1", "Mon 09:00 fault", called), as_of="Wed 09:00")[0].state == state


def test_nothing_happened() -> None:
    """No case, no fault, or a fault that is still to come: nothing is owed."""
    assert owed(callback(), as_of="Mon 09:00") == ()
    assert owed(callback(), case("F1"), case("F2", "Mon 09:00 note"), as_of="Mon 10:00") == ()
    assert owed(callback(), case("F1", "Mon 09:00 fault"), as_of="Mon 08:59") == ()


def test_all_channels() -> None:
    """Every fault is called back, whatever the channel; a rule may say otherwise, and unknown is no."""
    rule = callback(on=[On("fault"), On("fault_by_web")], together="")
    told = [
        case("F1", "Mon 09:00 fault", channel="phone"),
        case("F2", "Mon 10:00 fault", channel="mail"),
        case("F3", "Mon 11:00 fault_by_web", channel="web"),
        case("F4", "Mon 12:00 fault"),
    ]
    every = owed(rule, *told, as_of="Mon 13:00")
    assert [one.cases for one in every] == [("F1",), ("F2",), ("F3",), ("F4",)]
    by_phone = attrs.evolve(rule, when=AllOf((Eq("channel", "phone"),)))
    assert [one.cases for one in owed(by_phone, *told, as_of="Mon 13:00")] == [("F1",)]


def test_the_facts_of_the_moment() -> None:
    """Whether a fault is owed a call is judged by what was known when it was reported, its own facts included."""
    rule = callback(when=AllOf((Eq("kind", "machine"),)))
    now = Event("fault", at=at("Mon 09:00"), facts={"kind": "machine"})
    later = Event("note", at=at("Mon 10:00"), facts={"kind": "question"})
    assert sheet(owed(rule, case("F1", now, later), as_of="Mon 12:00")) == ["F1 owed Tue 18:00"]
    assert owed(rule, case("F1", "Mon 09:00 fault", later), as_of="Mon 12:00") == ()


def test_conditions_of_events() -> None:
    """One kind of event tells of success or failure by its details."""
    reached, missed = Eq("outcome", "reached"), Eq("outcome", "no answer")
    rule = callback(done=[On("call", reached)], tried=[On("call", missed)], tries=2, retry=ElapsedTime(hours(2)))

    def call(text: str, **details: Any) -> Event:
        return Event("call", at=at(text), details=details)

    told: list[str | Event] = ["Mon 09:00 fault", call("Tue 10:00", outcome="no answer"), call("Tue 11:00")]
    assert sheet(owed(rule, case("F1", *told), as_of="Tue 11:30")) == ["F1 owed Tue 12:00 after 1"]
    told.append(call("Tue 11:45", outcome="reached"))
    assert sheet(owed(rule, case("F1", *told), as_of="Wed 09:00")) == ["F1 done Tue 12:00 after 1"]


# ── one call, several faults ──


def test_one_call_for_several_faults() -> None:
    """Three faults of one number are one call; another number is another call."""
    told = [
        case("F1", "Mon 09:00 fault", phone="1"),
        case("F2", "Mon 10:00 fault", phone="2"),
        case("F3", "Mon 15:00 fault", "Mon 16:00 fixed", phone="1"),
        case("F4", "Mon 23:00 fault", phone="1"),
        case("F5", "Tue 00:00 fault", phone="1"),  # of the next day
    ]
    found = owed(callback(), *told, as_of="Tue 09:00")
    assert sheet(found) == ["F1+F3+F4 owed Tue 18:00", "F2 owed Tue 18:00", "F5 owed Wed 18:00"]
    assert [one.key for one in found] == [
        "call/2026-02-10/phone 1",
        "call/2026-02-10/phone 2",
        "call/2026-02-11/phone 1",
    ]
    assert found[0].unsettled == ("F1", "F4")  # still-open faults are named to whoever calls
    assert found[0].begun == micros(at("Mon 09:00"))


@pytest.mark.parametrize("logged", ["F1", "F2"])
def test_the_call_is_logged_once(logged: str) -> None:
    """A call that is logged on one of the faults fulfils the duty for all of them."""
    told = {name: case(name, "Mon 09:00 fault", phone="1") for name in ("F1", "F2")}
    told[logged] = told[logged].with_event(Event("called", at=at("Tue 10:00")))
    assert sheet(owed(callback(), *told.values(), as_of="Wed 09:00")) == ["F1+F2 done Tue 18:00"]


def test_two_faults_in_one_case() -> None:
    """A case with two faults of one day is named once; of two days it is owed twice, and one call may do for both."""
    found = owed(callback(), case("F1", "Mon 09:00 fault", "Mon 15:00 fault"), as_of="Mon 16:00")
    assert sheet(found) == ["F1 owed Tue 18:00"]
    twice = case("F1", "Mon 09:00 fault", "Tue 09:00 fault", "Tue 10:00 called")
    assert sheet(owed(callback(), twice, as_of="Tue 12:00")) == ["F1 done Tue 18:00", "F1 done Wed 18:00"]


def test_the_earliest_fault_decides() -> None:
    """One call for two faults is due when that for the first is."""
    rule = callback(due=ElapsedTime(hours(24)))
    told = case("F1", "Mon 09:00 fault", phone="1"), case("F2", "Mon 15:00 fault", phone="1")
    assert sheet(owed(rule, *told, as_of="Mon 16:00")) == ["F1+F2 owed Tue 09:00"]


def test_a_missing_number() -> None:
    """Faults without a number are never thrown together: each is a call of its own."""
    told = [case("F1", "Mon 09:00 fault"), case("F2", "Mon 09:00 fault"), case("F3", "Mon 09:00 fault", phone=None)]
    found = owed(callback(), *told, as_of="Mon 10:00")
    assert [one.cases for one in found] == [("F1",), ("F2",), ("F3",)]
    assert [one.key for one in found] == [f"call/2026-02-10/case F{number}" for number in (1, 2, 3)]


def test_a_number_that_became_known() -> None:
    """A number that is learned later joins the calls."""
    learned = Event("note", at=at("Mon 12:00"), facts={"phone": "1"})
    told = case("F1", "Mon 09:00 fault", learned), case("F2", "Mon 10:00 fault", phone="1")
    assert sheet(owed(callback(), *told, as_of="Mon 11:00")) == ["F1 owed Tue 18:00", "F2 owed Tue 18:00"]
    assert sheet(owed(callback(), *told, as_of="Mon 12:00")) == ["F1+F2 owed Tue 18:00"]


def test_a_number_that_changed() -> None:
    """A duty keeps the number under which it arose, and with it its key: a second run owes nothing twice."""
    changed = Event("note", at=at("Mon 12:00"), facts={"phone": "2"})
    told = case("F1", "Mon 09:00 fault", changed, phone="1")
    before, after = (owed(callback(), told, as_of=when) for when in ("Mon 11:00", "Mon 13:00"))
    assert [one.key for one in before] == [one.key for one in after]
    assert "phone 1" in before[0].key


def test_a_fault_reported_after_the_call() -> None:
    """Called at noon, another fault at three: that one still wants a call."""
    told = (
        case("F1", "Mon 09:00 fault", "Mon 12:00 called", phone="1"),
        case("F2", "Mon 15:00 fault", phone="1"),
    )
    found = owed(callback(), *told, as_of="Mon 16:00")
    assert [one.due for one in found if one.state == "owed" and "F2" in one.cases] == [at("Tue 18:00")]


def test_a_later_fault_does_not_undo_a_call() -> None:
    """What was done stays done under its key: a key that the desk has ticked off must not stand for another call."""
    first = case("F1", "Mon 09:00 fault", "Mon 12:00 called", phone="1")
    (before,) = owed(callback(), first, as_of="Mon 13:00")
    assert before.state == "done"
    after = owed(callback(), first, case("F2", "Mon 15:00 fault", phone="1"), as_of="Mon 16:00")
    states = {one.key: one.state for one in after}
    assert states[before.key] == "done"
    assert sorted(states.values()) == ["done", "owed"]
    assert coverage(after) == Coverage(1, 1)


# ── several tries ──

RETRY = callback(tried=[On("no_answer")], tries=3, retry=ElapsedTime(hours(2)))


@pytest.mark.parametrize(
    ("told", "as_of", "line"),
    [
        (["Tue 10:00 no_answer"], "Tue 09:00", "F1 owed Tue 18:00"),
        (["Tue 10:00 no_answer"], "Tue 10:00", "F1 owed Tue 12:00 after 1"),
        (["Tue 10:00 no_answer"], "Tue 12:00", "F1 owed Tue 12:00 after 1"),
        (["Tue 10:00 no_answer"], "Tue 12:01", "F1 late Tue 12:00 after 1"),
        (["Tue 10:00 no_answer", "Tue 12:00 no_answer"], "Tue 13:00", "F1 owed Tue 14:00 after 2"),
        (["Tue 10:00 no_answer", "Tue 11:00 called"], "Tue 13:00", "F1 done Tue 12:00 after 1"),
        (["Tue 10:00 no_answer", "Tue 12:01 called"], "Tue 13:00", "F1 done_late Tue 12:00 after 1"),
        (["Tue 10:00 called", "Tue 11:00 no_answer"], "Tue 13:00", "F1 done Tue 18:00"),  # tried again for nothing
    ],
)
def test_retries(told: list[str], as_of: str, line: str) -> None:
    """Whoever reaches nobody tries again within two hours."""
    assert sheet(owed(RETRY, case("F1", "Mon 09:00 fault", *told), as_of=as_of)) == [line]


def test_given_up() -> None:
    """After three tries it is given up, which is not done; a call all the same is."""
    tries = ["Tue 10:00 no_answer", "Tue 12:00 no_answer", "Tue 14:00 no_answer"]
    for as_of in ("Tue 14:00", "Wed 14:00"):
        (found,) = owed(RETRY, case("F1", "Mon 09:00 fault", *tries), as_of=as_of)
        assert (found.state, found.tries, found.done_at) == ("given_up", 3, None)
        assert coverage([found]) == Coverage(0, 1)
    (reached,) = owed(RETRY, case("F1", "Mon 09:00 fault", *tries, "Tue 15:00 called"), as_of="Wed 14:00")
    assert (reached.state, reached.tries) == ("done", 3)


def test_a_single_try() -> None:
    """Where one try is all, nobody tries again."""
    rule = callback(tried=[On("no_answer")])
    (found,) = owed(rule, case("F1", "Mon 09:00 fault", "Tue 10:00 no_answer"), as_of="Tue 12:00")
    assert (found.state, found.tries, found.due) == ("given_up", 1, at("Tue 18:00"))


def test_a_try_after_the_due_time_is_late() -> None:
    """Nobody dialled until Wednesday: no answer then does not make Tuesday's call a call in time."""
    told = ["Mon 09:00 fault", "Wed 10:00 no_answer", "Wed 11:00 called"]
    assert owed(RETRY, case("F1", *told), as_of="Wed 09:00")[0].state == "late"
    assert owed(RETRY, case("F1", *told), as_of="Wed 10:30")[0].state == "late"
    assert owed(RETRY, case("F1", *told), as_of="Wed 12:00")[0].state == "done_late"


def test_a_second_try_that_comes_late() -> None:
    """The second try was due at noon and came at four: the duty stays late."""
    told = ["Mon 09:00 fault", "Tue 10:00 no_answer", "Tue 16:00 no_answer"]
    assert owed(RETRY, case("F1", *told), as_of="Tue 15:00")[0].state == "late"
    assert owed(RETRY, case("F1", *told), as_of="Tue 16:30")[0].state == "late"


def test_one_try_logged_on_two_cases() -> None:
    """One call about two faults that nobody answered, told to both cases, is one try."""
    missed = Event("no_answer", at=at("Tue 10:00"), id="call-17")
    told = [case(name, "Mon 09:00 fault", missed, phone="1") for name in ("F1", "F2")]
    assert sheet(owed(RETRY, *told, as_of="Tue 11:00")) == ["F1+F2 owed Tue 12:00 after 1"]


def test_one_try_for_two_faults_of_a_case() -> None:
    """A try counts once, however many faults the case has."""
    told = case("F1", "Mon 09:00 fault", "Mon 15:00 fault", "Tue 10:00 no_answer")
    assert sheet(owed(RETRY, told, as_of="Tue 11:00")) == ["F1 owed Tue 12:00 after 1"]


# ── what ends it ──

UNTIL_WITHDRAWN = callback(ends=[On("withdrawn")])


@pytest.mark.parametrize(
    ("told", "as_of", "state"),
    [
        (["Mon 12:00 withdrawn"], "Mon 11:00", "owed"),
        (["Mon 12:00 withdrawn"], "Mon 12:00", "ended"),
        (["Mon 12:00 withdrawn"], "Wed 09:00", "ended"),
        (["Mon 12:00 withdrawn", "Tue 10:00 called"], "Wed 09:00", "ended"),
        (["Mon 11:00 called", "Mon 12:00 withdrawn"], "Wed 09:00", "done"),
        (["Mon 12:00 called", "Mon 12:00 withdrawn"], "Wed 09:00", "done"),
        (["Mon 08:00 withdrawn"], "Mon 10:00", "owed"),  # the fault came after that
        (["Tue 19:00 called", "Tue 20:00 withdrawn"], "Wed 09:00", "done_late"),
    ],
)
def test_ends(told: list[str], as_of: str, state: str) -> None:
    """A fault that was withdrawn is owed no call; a call before that was a call."""
    (found,) = owed(UNTIL_WITHDRAWN, case("F1", "Mon 09:00 fault", *told), as_of=as_of)
    assert found.state == state
    assert (found.done_at is None) == (state in ("owed", "ended"))


def test_an_end_does_not_undo_a_late_call() -> None:
    """Closing the case a day after the call was due does not clean the record: as with clocks, late stays late."""
    told = case("F1", "Mon 09:00 fault", "Wed 10:00 withdrawn")
    assert owed(UNTIL_WITHDRAWN, told, as_of="Wed 09:00")[0].state == "late"
    found = owed(UNTIL_WITHDRAWN, told, as_of="Wed 11:00")
    assert coverage(found) == Coverage(0, 1)


def test_one_of_two_is_withdrawn() -> None:
    """Of two faults one is withdrawn: the call is about the other alone, and due when that one says."""
    rule = attrs.evolve(UNTIL_WITHDRAWN, due=ElapsedTime(hours(24)))
    told = (
        case("F1", "Mon 09:00 fault", "Mon 10:00 withdrawn", phone="1"),
        case("F2", "Mon 15:00 fault", phone="1"),
    )
    found = [one for one in owed(rule, *told, as_of="Mon 16:00") if one.state != "ended"]
    assert sheet(tuple(found)) == ["F2 owed Tue 15:00"]
    assert found[0].unsettled == ("F2",)


# ── due times ──


@pytest.mark.parametrize(
    ("due", "fault", "expected"),
    [
        (CalendarDays(1), "Mon 10:30", "Tue 10:30"),
        (CalendarDays(0, "18:00"), "Mon 10:30", "Mon 18:00"),
        (WorkingDays(1, CloseOfDay()), "Mon 10:30", "Tue 17:00"),
        (WorkingDays(0, CloseOfDay()), "Sat 10:30", "Mon 17:00"),  # a week later
        (WorkingTime(hours(2)), "Mon 16:00", "Tue 10:00"),
    ],
)
def test_due_times(due: Target, fault: str, expected: str) -> None:
    """Due times count as their targets do."""
    (found,) = owed(callback(due=due), case("F1", f"{fault} fault"), as_of=at(fault), calendar=OFFICE)
    assert f"{found.due:%a %H:%M}" == expected


def test_elapsed_time_is_elapsed_time() -> None:
    """Two hours are two hours, whatever calendar the standard has; so are those until the next try."""
    (found,) = owed(
        callback(due=ElapsedTime(hours(2))), case("F1", "Mon 16:00 fault"), as_of="Mon 16:00", calendar=OFFICE
    )
    assert found.due == at("Mon 18:00")
    missed = case("F1", "Mon 09:00 fault", "Tue 16:30 no_answer")
    (again,) = owed(RETRY, missed, as_of="Tue 17:00", calendar=OFFICE)
    assert again.due == at("Tue 18:30")


@pytest.mark.parametrize("due", [WorkingDays(1), WorkingTime(hours(2))])
def test_no_calendar(due: Target) -> None:
    """Working days and working time without a calendar are refused, not counted on the wall."""
    with pytest.raises(DefinitionError) as caught:
        owed(callback(due=due), case("F1", "Mon 16:00 fault"), as_of="Mon 16:00")
    assert (caught.value.where, caught.value.message) == ("calendar", "objective.calendar")


def test_no_due_time_to_tell() -> None:
    """A desk that never opens, or holidays nobody knows: the error says so."""
    shut = BusinessCalendar(zone=SHANGHAI, hours="closed")
    rule, told = callback(due=WorkingDays(1)), case("F1", "Mon 16:00 fault")
    with pytest.raises(NeverOpens):
        owed(rule, told, as_of="Mon 16:00", calendar=shut)
    unknown = attrs.evolve(OFFICE, holidays=HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 9))))
    with pytest.raises(CoverageError):
        owed(rule, told, as_of="Mon 16:00", calendar=unknown)


def test_weekend_faults_are_one_call() -> None:
    """Faults of Friday, Saturday and Sunday, all due on Monday, are one call."""
    rule = callback(due=WorkingDays(1, CloseOfDay()))
    told = [case(day, f"{day} 09:00 fault", phone="1") for day in ("Fri", "Sat", "Sun")]
    found = owed(rule, *told, as_of="Sun 10:00", calendar=OFFICE)
    # Friday's is due on Monday; a request outside hours counts as Monday's, so theirs is due on Tuesday.
    assert sheet(found) == ["Fri owed Mon 17:00", "Sat+Sun owed Tue 17:00"]


def test_known_at() -> None:
    """What was recorded later was not known then."""
    called = Event("called", at=at("Tue 10:00"), recorded_at=at("Thu 09:00"))
    told = case("F1", "Mon 09:00 fault", called)
    assert owed(callback(), told, as_of="Fri 09:00", known_at=at("Wed 09:00"))[0].state == "late"
    assert owed(callback(), told, as_of="Fri 09:00")[0].state == "done"


# ── again and again ──

UPDATES = FollowUpRule(
    on=[On("opened")], due=ElapsedTime(hours(2)), done=[On("update")], settled=[On("fixed")], repeats=True
)


@pytest.mark.parametrize(
    ("told", "as_of", "lines"),
    [
        ([], "Mon 10:00", ["F1 owed Mon 11:00"]),
        ([], "Mon 11:01", ["F1 late Mon 11:00"]),
        (["Mon 10:00 update"], "Mon 10:00", ["F1 done Mon 11:00", "F1 owed Mon 12:00"]),
        (["Mon 10:00 update"], "Mon 12:01", ["F1 done Mon 11:00", "F1 late Mon 12:00"]),
        (
            ["Mon 10:00 update", "Mon 13:00 update"],
            "Mon 14:00",
            ["F1 done Mon 11:00", "F1 done_late Mon 12:00", "F1 owed Mon 15:00"],
        ),
        (["Mon 10:00 update", "Mon 10:30 fixed"], "Mon 18:00", ["F1 done Mon 11:00"]),  # nothing more to tell
    ],
)
def test_progress_updates(told: list[str], as_of: str, lines: list[str]) -> None:
    """Every two hours the customer hears how it stands, until it is fixed."""
    assert sheet(owed(UPDATES, case("F1", "Mon 09:00 opened", *told), as_of=as_of)) == lines


def test_keys_of_updates() -> None:
    """Each update has a key of its own, the first that of the duty."""
    told = case("F1", "Mon 09:00 opened", "Mon 10:00 update", "Mon 11:00 update")
    found = owed(UPDATES, told, as_of="Mon 11:00")
    keys = ["call/2026-02-09/case F1", "call/2026-02-09/case F1/2", "call/2026-02-09/case F1/3"]
    assert [one.key for one in found] == keys
    assert [one.begun for one in found] == [micros(at(f"Mon {hour}:00")) for hour in ("09", "10", "11")]


def test_fixed_does_not_undo_updates() -> None:
    """Once it is fixed, the updates that were given still count, each of them."""
    told = ["Mon 09:00 opened", "Mon 10:00 update", "Mon 11:30 update", "Mon 12:00 fixed"]
    before = owed(UPDATES, case("F1", *told), as_of="Mon 11:59")
    assert sheet(before) == ["F1 done Mon 11:00", "F1 done Mon 12:00", "F1 owed Mon 13:30"]
    assert sheet(owed(UPDATES, case("F1", *told), as_of="Mon 12:00")) == ["F1 done Mon 11:00", "F1 done Mon 12:00"]


def test_fixed_does_not_undo_a_missed_update() -> None:
    """An update that was due at noon and never came is on record although the fault was fixed at three."""
    told = ["Mon 09:00 opened", "Mon 10:00 update", "Mon 15:00 fixed"]
    assert sheet(owed(UPDATES, case("F1", *told), as_of="Mon 14:00"))[1:] == ["F1 late Mon 12:00"]
    assert coverage(owed(UPDATES, case("F1", *told), as_of="Mon 16:00")) == Coverage(1, 2)


def test_updates_end() -> None:
    """Where the fix ends the duty, no update is owed after it, not even the first."""
    rule = attrs.evolve(UPDATES, settled=(), ends=(On("fixed"),))
    assert sheet(owed(rule, case("F1", "Mon 09:00 opened", "Mon 10:00 fixed"), as_of="Mon 12:00")) == [
        "F1 ended Mon 11:00"
    ]
    told = case("F1", "Mon 09:00 opened", "Mon 10:00 update", "Mon 10:30 fixed")
    found = owed(rule, told, as_of="Mon 18:00")
    assert coverage(found) == Coverage(1, 1)
    assert not [one for one in found if one.state in ("owed", "late")]


def test_updates_of_several_cases() -> None:
    """Updates about two cases of one number go on until both are fixed."""
    rule = attrs.evolve(UPDATES, together="phone")
    told = [
        case("F1", "Mon 09:00 opened", "Mon 10:00 update", "Mon 10:15 fixed", phone="1"),
        case("F2", "Mon 09:30 opened", phone="1"),
    ]
    assert sheet(owed(rule, *told, as_of="Mon 10:30")) == ["F1+F2 done Mon 11:00", "F1+F2 owed Mon 12:00"]
    told[1] = told[1].with_event(Event("fixed", at=at("Mon 10:20")))
    assert sheet(owed(rule, *told, as_of="Mon 10:30")) == ["F1+F2 done Mon 11:00"]


def test_an_update_in_the_second_of_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    """An update given with the opening is one update, and the next is owed after it: the chain comes to an end."""
    module = importlib.import_module("svcstd.sla.follow_ups")
    counted, asked = module.due_after, []

    def patient(*arguments: Any) -> int:
        asked.append(1)
        assert len(asked) < 20, "the chain never ends"
        found: int = counted(*arguments)
        return found

    monkeypatch.setattr(module, "due_after", patient)
    found = owed(UPDATES, case("F1", "Mon 09:00 opened", "Mon 09:00 update"), as_of="Mon 10:00")
    assert sheet(found) == ["F1 done Mon 11:00", "F1 owed Mon 11:00"]


# ── dates ──

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def on_day(month: int, day: int, hour: int = 0, year: int = 2026) -> datetime:
    """A time of 2026 in Shanghai."""
    return pendulum.datetime(year, month, day, hour, tz=SHANGHAI)


def test_appraisal_talks() -> None:
    """After each quarter everybody is owed a talk within ten working days."""
    rule = FollowUpRule(dates=PeriodEnd("quarter"), due=WorkingDays(10, CloseOfDay()), done=[On("talk")], role="lead")
    ann = Case("ann", {}, [Event("talk", at=on_day(4, 14, 10))])
    bob = Case("bob", {}, [Event("talk", at=on_day(4, 16, 10))])
    cid = Case("cid")
    found = owed(rule, ann, bob, cid, as_of=on_day(5, 1), calendar=OFFICE, dates=(date(2026, 4, 1), date(2026, 7, 1)))
    # Wednesday 1 April is day 0; ten working days later is Wednesday the 15th.
    assert [(one.cases, one.state, one.due) for one in found] == [
        (("ann",), "done", on_day(4, 15, 17)),
        (("bob",), "done_late", on_day(4, 15, 17)),
        (("cid",), "late", on_day(4, 15, 17)),
    ]
    assert {one.begun for one in found} == {micros(on_day(4, 1))}
    assert coverage(found).share == Fraction(2, 3)


def test_one_talk_is_one_talk() -> None:
    """A talk in July is that of the second quarter: the one that was skipped in April is not made up by it."""
    rule = FollowUpRule(dates=PeriodEnd("quarter"), due=CalendarDays(30), done=[On("talk")])
    ann = Case("ann", {}, [Event("talk", at=on_day(7, 10))])
    found = owed(rule, ann, as_of=on_day(8, 10), dates=(date(2026, 4, 1), date(2026, 8, 1)))
    assert [one.state for one in found] == ["late", "done"]


@pytest.mark.parametrize(
    ("leap", "year", "day"),
    [
        ("feb_28", 2026, "2026-02-28"),
        ("mar_1", 2026, "2026-03-01"),
        ("feb_28", 2028, "2028-02-29"),
        ("mar_1", 2028, "2028-02-29"),
    ],
)
def test_birthday_calls(leap: Any, year: int, day: str) -> None:
    """A customer born on 29 February is called in each year, on the day that the rule says."""
    rule = FollowUpRule(dates=Anniversary("born", leap), due=CalendarDays(0, "18:00"), done=[On("called")])
    born = Case("C1", {"born": date(1996, 2, 29)})
    span = (date(year, 1, 1), date(year + 1, 1, 1))
    (found,) = owed(rule, born, Case("C2"), as_of=on_day(2, 1, year=year), dates=span)
    assert found.due.isoformat() == f"{day}T18:00:00+08:00"
    assert (found.key, found.state) == (f"call/{day}/case C1", "owed")
    assert found.begun == micros(datetime.fromisoformat(f"{day}T00:00:00+08:00"))


def test_a_birthday_without_midnight() -> None:
    """In Havana 8 March 2026 begins at one o'clock; so does the duty."""
    rule = FollowUpRule(dates=Anniversary("born", "mar_1"), due=CalendarDays(0, "18:00"), done=[On("called")])
    born = Case("C1", {"born": date(1990, 3, 8)})
    (found,) = owed(rule, born, as_of=on_day(3, 8), zone="America/Havana", dates=YEAR)
    assert moment(found.begun, timezone("America/Havana")).isoformat() == "2026-03-08T01:00:00-04:00"
    assert found.due.isoformat() == "2026-03-08T18:00:00-04:00"


def test_festivals() -> None:
    """Spring Festival by its table: premium customers are greeted that day, each once, one per number."""
    table = DateTable([date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)])
    premium = AllOf((Eq("tier", "gold"),))
    rule = FollowUpRule(dates=table, due=CalendarDays(0, "20:00"), done=[On("greeted")], when=premium, together="phone")
    told = [
        Case("C1", {"tier": "gold", "phone": "1"}),
        Case("C2", {"tier": "gold", "phone": "1"}, [Event("greeted", at=on_day(2, 17, 9))]),
        Case("C3", {"tier": "plain", "phone": "3"}),
        Case("C4", {"phone": "4"}),
    ]
    found = owed(rule, *told, as_of=on_day(2, 18), dates=YEAR)
    assert [(one.key, one.cases, one.state) for one in found] == [("call/2026-02-17/phone 1", ("C1", "C2"), "done")]


def test_dates_without_a_span() -> None:
    """Dates come again for ever: without a span the rule is refused."""
    rule = FollowUpRule(dates=DateTable([date(2026, 2, 17)]), due=CalendarDays(0), done=[On("greeted")])
    with pytest.raises(DefinitionError) as caught:
        owed(rule, Case("C1"), as_of="Mon 09:00")
    assert (caught.value.where, caught.value.message) == ("dates", "follow_up.dates")


# ── coverage ──


def test_coverage() -> None:
    """Done, late or not, of what was due by now or done; what is still owed or ended counts for nothing."""
    rule = callback(tried=[On("no_answer")], ends=[On("withdrawn")], together="")
    told = [
        case("done", "Mon 09:00 fault", "Tue 09:00 called"),
        case("done_late", "Mon 09:00 fault", "Tue 20:00 called"),
        case("late", "Mon 09:00 fault"),
        case("given_up", "Mon 09:00 fault", "Tue 09:00 no_answer"),
        case("ended", "Mon 09:00 fault", "Mon 10:00 withdrawn"),
        case("owed", "Wed 09:00 fault"),
    ]
    found = owed(rule, *told, as_of="Wed 10:00")
    assert {one.cases[0]: one.state for one in found} == {name: name for name in (one.id for one in told)}
    assert coverage(found) == Coverage(done=2, owed=4)
    assert coverage(found).share == Fraction(1, 2)


def test_no_coverage() -> None:
    """Nothing owed has no share: not zero, not all."""
    assert coverage(()).share is None
    assert coverage(owed(callback(), case("F1", "Mon 09:00 fault"), as_of="Mon 10:00")) == Coverage()


def test_shares_are_not_averaged() -> None:
    """Two desks together are the sum of both: 9 of 10 and 0 of 90 is 9 %, not 45 %."""
    assert (Coverage(9, 10) + Coverage(0, 90)).share == Fraction(9, 100)


# ── definitions ──


@pytest.mark.parametrize(
    ("parts", "where", "message"),
    [
        ({"on": ()}, "on", "follow_up.on"),
        ({"dates": PeriodEnd("month")}, "on", "follow_up.on"),
        ({"done": ()}, "done", "follow_up.done"),
        ({"due": FixedInstant(0)}, "due", "target.no_due"),
        ({"due": CountLimit(1, 2, "calls")}, "due", "target.no_due"),
        ({"tries": 0}, "tries", "shape.bounds"),
        ({"tries": 101}, "tries", "shape.bounds"),
        ({"tries": True}, "tries", "shape.bounds"),
        ({"tries": 2.0}, "tries", "shape.bounds"),
        ({"tries": 2}, "retry", "follow_up.retry"),
        ({"tries": 2, "retry": NEXT_DAY}, "retry", "follow_up.retry"),  # nothing tells of a try
        ({"tries": 2, "tried": [On("missed")]}, "retry", "follow_up.retry"),
        ({"retry": NEXT_DAY}, "retry", "follow_up.retry"),
        ({"retry": FixedInstant(0), "tries": 2, "tried": [On("missed")]}, "retry", "target.no_due"),
        ({"on": "fault"}, "value", "shape.kind"),
    ],
)
def test_what_is_refused(parts: dict[str, Any], where: str, message: str) -> None:
    """A duty that cannot arise, be fulfilled, be due or be tried again is no duty."""
    with pytest.raises(DefinitionError) as caught:
        callback(**parts)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert str(caught.value)


def test_what_a_rule_reads() -> None:
    """Kinds, facts and targets, so that a standard can check them."""
    rule = callback(
        on=[On("fault", Eq("severity", "high"))],
        done=[On("call", Eq("outcome", "reached"))],
        tried=[On("call", Present("missed"))],
        ends=[On("withdrawn")],
        when=AllOf((Eq("tier", "gold"),)),
        tries=2,
        retry=ElapsedTime(hours(2)),
    )
    assert rule.kinds == {"fault", "call", "fixed", "withdrawn"}
    assert rule.fields == {"severity", "outcome", "missed", "tier", "phone"}
    assert rule.targets == (NEXT_DAY, ElapsedTime(hours(2)))
    care = FollowUpRule(dates=Anniversary("born", "mar_1"), due=NEXT_DAY, done=[On("called")])
    assert (care.kinds, care.fields) == (frozenset({"called"}), frozenset({"born"}))
    assert care.targets == (NEXT_DAY,)


def test_values() -> None:
    """Rules and duties are values."""
    found = owed(callback(), case("F1", "Mon 09:00 fault"), as_of="Mon 10:00")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(callback()) == hash(callback())


# ── laws ──

KINDS = ("fault", "called", "no_answer", "fixed", "withdrawn")
RULES = st.sampled_from(
    [
        callback(),
        RETRY,
        UNTIL_WITHDRAWN,
        callback(due=ElapsedTime(hours(24)), tried=[On("no_answer")], ends=[On("withdrawn")]),
    ]
)


@st.composite
def histories(draw: st.DrawFn) -> list[Case]:
    """A few cases with a few events within three days, some of one number, some without."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        told = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 71)), max_size=5))
        events = [Event(kind, at=at("Mon 00:00") + hours(hour)) for kind, hour in told]
        phone = draw(st.sampled_from([None, "1", "2"]))
        found.append(Case(f"F{number}", {} if phone is None else {"phone": phone}, events))
    return found


@given(RULES, histories(), st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_nothing(rule: FollowUpRule, told: list[Case], chance: Any) -> None:
    """The same cases in another order are the same duties."""
    shuffled = [*told]
    chance.shuffle(shuffled)
    assert owed(rule, *shuffled, as_of="Thu 12:00") == owed(rule, *told, as_of="Thu 12:00")


@given(RULES, histories(), st.integers(0, 96), st.integers(0, 96))
def test_a_second_run_owes_nothing_twice(rule: FollowUpRule, told: list[Case], one: int, other: int) -> None:
    """Asked later, every duty has the key it had; every fault is covered, unless it was withdrawn beside another."""
    first, then = sorted((one, other))
    before = owed(rule, *told, as_of=at("Mon 00:00") + hours(first))
    after = owed(rule, *told, as_of=at("Mon 00:00") + hours(then))
    keys = [duty.key for duty in after]
    assert len(set(keys)) == len(keys)
    assert {duty.key for duty in before} <= set(keys)
    faults = {each.id for each in told for event in each.events if event.kind == "fault" and event.at <= after_at(then)}
    spared = {each.id for each in told if any(event.kind == "withdrawn" for event in each.events)}
    assert faults - spared <= {name for duty in after for name in duty.cases} <= faults


def after_at(hour: int) -> datetime:
    """So many hours after Monday began."""
    return at("Mon 00:00") + hours(hour)


@given(RULES, histories())
def test_open_faults_are_among_the_covered(rule: FollowUpRule, told: list[Case]) -> None:
    """Whoever is named as still open is covered, and was never fixed after its last fault."""
    for duty in owed(rule, *told, as_of="Thu 12:00"):
        assert set(duty.unsettled) <= set(duty.cases)
        assert (duty.state in ("done", "done_late")) == (duty.done_at is not None)
        assert duty.begun <= micros(at("Thu 12:00"))


@given(RULES, histories(), histories())
def test_coverage_adds_up(rule: FollowUpRule, first: list[Case], second: list[Case]) -> None:
    """Two desks counted apart and added are both counted together."""
    one, other = owed(rule, *first, as_of="Thu 12:00"), owed(rule, *second, as_of="Thu 12:00")
    assert coverage(one) + coverage(other) == coverage((*one, *other))
    assert coverage(one) + Coverage() == coverage(one)
    assert 0 <= coverage(one).done <= coverage(one).owed
