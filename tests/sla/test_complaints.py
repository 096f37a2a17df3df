"""What users of help desks complain about, each complaint a test named after where it was filed.

Unless a test says otherwise the desk is open Monday to Friday from nine to five in Berlin, eight hours a day, without
holidays, and the week is that of Monday 9 February 2026. What was read of each complaint stands in its docstring; the
product is named to find it again, not to judge what it does today.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.calendars import BusinessCalendar, Calendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.errors import MomentError
from svcstd.moment import micros
from svcstd.sla import (
    Attainment,
    ClockRule,
    Objective,
    On,
    Owner,
    Pause,
    Reading,
    Target,
    Terms,
    WorkingTime,
    fold,
    merge,
    ownership,
    preset,
    profile,
    read_life,
    read_target,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")
WEEK = {day: number for number, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 9)}
HOLD = Pause([On("hold")], [On("resumed")])
WAIT = Pause([On("waiting")], [On("answered")])
RULE = ClockRule([On("created")], [On("resolved")], [HOLD, WAIT], reopen=(On("reopened"),))
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    """A time of the week of Monday 9 February 2026 in Berlin: ``Mon 09:00``, or ``Mon+1 09:00`` a week later."""
    day, clock = text.split(" ")
    name, _, weeks = day.partition("+")
    hour, minute = clock.split(":")
    return datetime(2026, 2, WEEK[name], int(hour), int(minute), tzinfo=BERLIN) + timedelta(days=7 * int(weeks or 0))


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def working(number: float) -> WorkingTime:
    """A promise of so many working hours."""
    return WorkingTime(hours(number))


def told(*texts: str | Event) -> list[Event]:
    """Events from ``Mon 09:00 created``; a word after the kind is the priority that became known."""
    found = []
    for text in texts:
        if isinstance(text, Event):
            found.append(text)
            continue
        day, clock, kind, *priority = text.split(" ")
        found.append(Event(kind, at=at(f"{day} {clock}"), facts={"priority": priority[0]} if priority else {}))
    return found


def read(
    promise: Objective | Target,
    *texts: str | Event,
    as_of: str | datetime,
    facts: dict[str, Any] | None = None,
    calendar: Calendar = OFFICE,
) -> Reading:
    """One clock at one instant."""
    objective = promise if isinstance(promise, Objective) else Objective(RULE, promise)
    asked = micros(at(as_of) if isinstance(as_of, str) else as_of)
    life = fold(objective, Case("T1", facts or {}, told(*texts)), as_of=asked, choose="office")
    return read_life(
        "promise", objective, life, {"office": calendar}, zone="Europe/Berlin", edition="", as_of=asked, case="T1"
    )


def table(terms: Terms | None = None, **rows: float) -> Objective:
    """Working hours by priority."""
    targets = {key: working(value) for key, value in rows.items()}
    return Objective(RULE, by="priority", rows=targets, terms=terms or Terms())


DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Berlin"
calendar = "office"

[facts]
priority = { one_of = ["high", "low"] }
organisation = "text"
team = "text"
by = { one_of = ["agent", "customer"] }

[events]
created = ""
agent_reply = ""
customer_message = ""
note = "added on the portal, or inside"
assigned = ""
prioritised = ""
resolved = ""
merged = ""
absorbed = ""

[calendars]
office = "Mon-Fri 09:00-17:00"

[objectives.first_reply]
order = 1
target = "8 working hours"
clock = "first_reply"
notify = { "50 %" = "lead", due = "head" }

[objectives.update]
order = 2
target = "2 working hours"
clock = "update"

[objectives.resolution]
order = 3
by = "priority"
target = { high = "8 working hours", low = "40 working hours" }
clock = "resolution"
"""


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A desk with a first reply, updates and a resolution."""
    return loads(DESK)


def ticket(*texts: str | Event, **facts: Any) -> Case:
    """A case of that desk."""
    return Case("T1", facts, told(*texts))


# 1. Hold time.


@pytest.mark.parametrize(
    ("hold", "resumed", "due", "by_wall"),
    [
        # Ten hours from Monday nine: eight on Monday, two on Tuesday, due 11:00. A hold through the closed night costs
        # nothing; its sixteen hours on the wall would make it Wednesday 03:00.
        ("Mon 17:00", "Tue 09:00", "Tue 11:00", "Wed 03:00"),
        # One open hour on Monday and one on Tuesday: 13:00. On the wall eighteen hours: Wednesday 05:00.
        ("Mon 16:00", "Tue 10:00", "Tue 13:00", "Wed 05:00"),
        # Inside a day both agree: two hours.
        ("Mon 10:00", "Mon 12:00", "Tue 13:00", "Tue 13:00"),
    ],
)
def test_hold_time_is_not_added_as_wall_clock_erpnext_47029(hold: str, resumed: str, due: str, by_wall: str) -> None:
    """The hold was added to the due time as wall clock; the mending was submitted six times, as 47172 to 52489 too."""
    events = ("Mon 09:00 created", f"{hold} hold", f"{resumed} resumed")
    assert read(working(10), *events, as_of=resumed).due == at(due)
    theirs = profile("erpnext")
    rule = theirs.rule("resolution", [HOLD])
    named = Objective(rule, working(10), terms=theirs.terms("resolution"))
    assert read(named, *events, as_of=resumed).due == at(by_wall)


def test_wall_clock_hold_leaves_time_until_the_due_erpnext() -> None:
    """Where a hold moves the due by its length on the wall, something is left for as long as it is not late."""
    theirs = profile("erpnext")
    promise = Objective(theirs.rule("resolution", [HOLD]), working(10), terms=theirs.terms("resolution"))
    events = ("Mon 09:00 created", "Mon 16:00 hold", "Tue 10:00 resumed")
    found = read(promise, *events, as_of="Tue 14:00")  # due Wednesday 05:00, as above; eleven hours were worked
    assert (found.due, found.verdict, found.elapsed) == (at("Wed 05:00"), "open", hours(11))
    assert found.remaining is not None
    assert found.remaining > timedelta()
    assert found.used is not None
    assert found.used < 1


def test_two_holds_at_once_count_once_erpnext_49414() -> None:
    """Holds that overlap were counted twice: ten to twelve and eleven to one are three hours, not four."""
    events = ("Mon 09:00 created", "Mon 10:00 hold", "Mon 11:00 waiting", "Mon 12:00 resumed", "Mon 13:00 answered")
    found = read(working(4), *events, as_of="Mon 14:00")
    assert (found.due, found.elapsed) == (at("Mon 16:00"), hours(2))


def test_hold_is_measured_in_open_time_glpi_10594() -> None:
    """Waiting from Friday four to Monday ten is two open hours, though sixty-six on the wall."""
    events = ("Fri 15:00 created", "Fri 16:00 hold", "Mon+1 10:00 resumed")
    # Eight hours: one used by Friday four, seven left from Monday ten, which ends exactly at closing.
    assert read(working(8), *events, as_of="Mon+1 10:00").due == at("Mon+1 17:00")
    theirs = profile("glpi")
    named = Objective(theirs.rule("resolution", [HOLD]), working(8), terms=theirs.terms("resolution"))
    assert read(named, *events, as_of="Mon+1 10:00").due == at("Tue+1 09:00")


def test_hold_straight_to_resolved_is_not_lost_helpdesk_3776() -> None:
    """A ticket resolved out of a hold from February to August was said to have been worked on for 42 days."""
    resolved = datetime(2026, 8, 10, 12, tzinfo=BERLIN)
    found = read(working(40), "Mon 09:00 created", "Tue 11:00 hold", Event("resolved", at=resolved), as_of=resolved)
    assert (found.elapsed, found.verdict) == (hours(10), "met")  # eight on Monday, two on Tuesday


def test_pause_does_not_tick_in_the_background_helpdesk_1554() -> None:
    """While it says paused nothing is used; running again it goes on where it stood."""
    events = ("Mon 09:00 created", "Mon 10:00 hold")
    for as_of in ("Mon 10:00", "Mon 16:00", "Thu 12:00", "Sun+1 12:00"):
        found = read(working(4), *events, as_of=as_of)
        assert (found.elapsed, found.remaining, found.activity) == (hours(1), hours(3), "paused")
    found = read(working(4), *events, "Thu 12:00 resumed", as_of="Thu 13:00")
    assert (found.elapsed, found.remaining, found.due) == (hours(2), hours(2), at("Thu 15:00"))


def test_resolution_moves_with_each_pause_helpdesk_1675() -> None:
    """The due time is found anew after every pause: each costs its open hours once."""
    first = ("Mon 09:00 created", "Mon 10:00 hold", "Mon 11:00 resumed")
    assert read(working(4), *first, as_of="Mon 11:00").due == at("Mon 14:00")
    assert read(working(4), *first, "Mon 12:00 hold", "Mon 14:00 resumed", as_of="Mon 14:00").due == at("Mon 16:00")


def test_total_time_without_pending_glpi_1912() -> None:
    """Worked and pending time are told apart, and together are the ticket's life."""
    found = read(
        working(8), "Mon 09:00 created", "Mon 10:00 hold", "Mon 12:00 resumed", "Mon 15:00 resolved", as_of="Tue 09:00"
    )
    by_activity = {"running": timedelta(), "paused": timedelta()}
    for one in found.segments:
        by_activity[one.activity] += timedelta(microseconds=one.end - one.start)
    assert (found.elapsed, by_activity) == (hours(4), {"running": hours(4), "paused": hours(2)})


# 2. A change of policy forgets pauses.


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start"])
def test_policy_change_keeps_pauses_glpi_6902(retarget: Any) -> None:
    """Urgency raised while pending: the new promise was counted from creation without the pause, and so broken."""
    promise = table(Terms(retarget=retarget), low=8, high=4)
    events = ("Mon 09:00 created low", "Mon 10:00 hold", "Mon 12:00 raised high", "Mon 14:00 resumed")
    # One hour used by ten; three left from two o'clock. Without the pause it would be Mon 13:00.
    paused = read(promise, *events[:3], as_of="Mon 13:30")
    assert (paused.due, paused.remaining, paused.verdict) == (None, hours(3), "open")
    found = read(promise, *events, as_of="Mon 17:00")
    assert (found.due, found.verdict, found.breaches) == (at("Mon 17:00"), "open", ())


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start"])
def test_policy_change_after_a_hold_of_days_glpi_15605(retarget: Any) -> None:
    """On hold for days, then under another promise: the hold still does not count."""
    promise = table(Terms(retarget=retarget), low=16, high=8)
    events = ("Mon 09:00 created low", "Mon 11:00 hold", "Thu 11:00 resumed", "Thu 12:00 raised high")
    # Two hours on Monday, one on Thursday: five of eight are left at noon.
    found = read(promise, *events, as_of="Thu 13:00")
    assert (found.due, found.elapsed, found.verdict) == (at("Thu 17:00"), hours(4), "open")


@pytest.mark.parametrize(("attach", "due"), [("from_start", "Tue 11:00"), ("from_attachment", "Tue 14:00")])
def test_retroactive_start_honours_earlier_pauses_servicenow(attach: Any, due: str) -> None:
    """Retroactive pause is a switch of its own there: a promise attached late forgot the pauses before it."""
    promise = Objective(RULE, working(8), when=AllOf((Eq("priority", "high"),)), terms=Terms(attach=attach))
    events = ("Mon 09:00 created", "Mon 10:00 hold", "Mon 12:00 resumed", "Mon 14:00 raised high")
    # From creation: an hour by ten, five from twelve to five, two on Tuesday. From attachment: three and five.
    assert read(promise, *events, as_of="Mon 15:00").due == at(due)


# 3. Breach while paused.


def test_no_breach_while_paused_glpi_24481() -> None:
    """Pending with a reason, and yet violated: a clock that stands has no due time and cannot break."""
    events = ("Mon 09:00 created", "Mon 10:00 hold")
    for as_of in (at("Mon 13:00"), at("Mon 13:00") + SECOND, datetime(2026, 12, 24, tzinfo=BERLIN)):
        found = read(working(4), *events, as_of=as_of)
        assert (found.due, found.verdict, found.breached_at, found.breaches) == (None, "open", None, ())
        assert (found.remaining, found.next_change, found.activity) == (hours(3), None, "paused")


# 4. Reopen.


def test_reopened_is_not_late_at_once_zammad_188() -> None:
    """Closed time is nobody's: two of four hours are left when it is reopened on Thursday."""
    events = ("Mon 09:00 created", "Mon 11:00 resolved", "Thu 09:00 reopened")
    found = read(working(4), *events, as_of="Thu 09:00")
    assert (found.due, found.verdict, found.elapsed) == (at("Thu 11:00"), "open", hours(2))


def test_solved_time_is_not_pending_glpi_23359() -> None:
    """Time between solution and reopening stood as pending in the statistics; it is its own kind."""
    events = ("Mon 09:00 created", "Mon 10:00 hold", "Mon 11:00 resumed", "Mon 12:00 resolved", "Tue 09:00 reopened")
    found = read(working(8), *events, "Tue 10:00 resolved", as_of="Tue 12:00")
    lives = [(one.activity, timedelta(microseconds=one.end - one.start)) for one in found.segments]
    assert lives == [
        ("running", hours(1)),
        ("paused", hours(1)),
        ("running", hours(1)),
        ("stopped", hours(21)),
        ("running", hours(1)),
    ]
    assert found.elapsed == hours(3)


@pytest.mark.parametrize(
    ("reopen", "due", "verdict"),
    [
        ("continue", "Thu 11:00", "open"),  # two hours are left
        ("through", "Mon 13:00", "late_open"),  # the time to resolve stands as it was
        ("new_cycle", "Thu 13:00", "open"),  # four hours anew
        ("stay", "Mon 13:00", "met"),  # the answer stands
    ],
)
def test_reopening_need_not_recalculate_glpi_5213(reopen: Any, due: str, verdict: str) -> None:
    """Some want the time to resolve found anew, some do not: it is a choice, and the first verdict is never lost."""
    promise = Objective(RULE, working(4), terms=Terms(reopen=reopen))
    found = read(promise, "Mon 09:00 created", "Mon 11:00 resolved", "Thu 09:00 reopened", as_of="Thu 10:00")
    assert (found.due, found.verdict) == (at(due), verdict)
    assert [one.verdict for one in found.earlier] == (["met"] if reopen == "new_cycle" else [])


def test_clock_restarts_at_each_update_osticket_407() -> None:
    """No ticket without an update for two days: each update begins a new clock, and the old one keeps its verdict."""
    promise = Objective(preset("update"), working(16))
    events = ("Mon 09:00 created", "Mon 10:00 agent_reply", "Wed 09:00 agent_reply", "Fri 12:00 agent_reply")
    found = read(promise, *events, as_of="Fri 13:00")
    # Mon 10 + 16 h is Wed 10; Wed 9 + 16 h is Thu 17 at closing, answered on Friday; Fri 12 + 16 h is Tue 12.
    assert [(one.due, one.verdict) for one in found.cycles] == [
        (at("Wed 10:00"), "met"),
        (at("Thu 17:00"), "met_late"),
        (at("Tue+1 12:00"), "open"),
    ]


def test_reopened_after_long_is_not_failed_erpnext_28550() -> None:
    """Closed in time, opened again after months: it was set to failed whatever the desk then did."""
    reopened = Event("reopened", at=datetime(2026, 6, 15, 9, tzinfo=BERLIN))  # a Monday
    resolved = Event("resolved", at=datetime(2026, 6, 15, 10, tzinfo=BERLIN))
    events = ("Mon 09:00 created", "Mon 11:00 resolved", reopened)
    assert read(working(4), *events, as_of=reopened.at).verdict == "open"
    found = read(working(4), *events, resolved, as_of=resolved.at)
    assert (found.verdict, found.elapsed) == ("met", hours(3))
    theirs = profile("erpnext")
    rule = theirs.rule("resolution", reopen="reopened")
    named = Objective(rule, working(4), terms=theirs.terms("resolution"))
    found = read(named, *events, resolved, as_of=resolved.at)
    assert [(one.verdict, one.elapsed) for one in found.cycles] == [("met", hours(2)), ("met", hours(1))]


# 5. First, next and update mixed up.


def test_update_does_not_overrule_first_reply_zammad_5177(desk: ServiceStandard) -> None:
    """A shorter update time took the place of the first reply; before any reply there is nothing to update."""
    case = ticket("Mon 09:00 created", priority="low")
    readings = desk.clocks(case, as_of=at("Mon 12:00"))
    assert (readings["update"].activity, readings["update"].due) == ("not_started", None)
    assert readings.shown is readings["first_reply"]
    assert readings["first_reply"].due == at("Mon 17:00")
    after = desk.clocks(case.with_event(*told("Mon 12:00 agent_reply")), as_of=at("Mon 12:00"))
    assert (after["first_reply"].verdict, after["update"].due) == ("met", at("Mon 14:00"))


def test_no_escalation_while_the_customer_is_silent_zammad_3140() -> None:
    """Answered, and escalated because the customer did not write: nothing is owed to who was answered."""
    promise = Objective(preset("next_reply"), working(2))
    found = read(promise, "Mon 09:00 customer_message", "Mon 10:00 agent_reply", as_of="Fri 12:00")
    assert (found.activity, found.verdict, found.next_change) == ("stopped", "met", None)


def test_customers_note_on_the_portal_counts_zammad_1322() -> None:
    """A customer's note is a message like any other, an agent's note is no reply: by definition, not by channel."""
    customer, agent = AllOf((Eq("by", "customer"),)), AllOf((Eq("by", "agent"), Eq("public", True)))
    kinds = ("mail", "note")
    rule = preset("next_reply", start=[On(kind, customer) for kind in kinds], stop=[On(kind, agent) for kind in kinds])

    def message(kind: str, when: str, **details: Any) -> Event:
        return Event(kind, at=at(when), details=details)

    events = [
        message("mail", "Mon 09:00", by="customer"),
        message("mail", "Mon 10:00", by="agent", public=True),
        message("note", "Mon 11:00", by="customer"),
        message("note", "Mon 11:30", by="agent", public=False),
    ]
    found = read(Objective(rule, working(2)), *events, as_of="Mon 12:00")
    assert (found.cycle, found.start, found.due, found.verdict) == (2, at("Mon 11:00"), at("Mon 13:00"), "open")
    found = read(
        Objective(rule, working(2)), *events, message("note", "Mon 12:30", by="agent", public=True), as_of="Mon 13:00"
    )
    assert (found.activity, found.elapsed) == ("stopped", hours(1.5))


def test_two_meanings_of_update_time_zammad_3410() -> None:
    """Time until the customer is answered, or between our own replies: two measures, every cycle on record."""
    events = (
        "Mon 09:00 customer_message",
        "Mon 10:00 agent_reply",
        "Mon 13:00 agent_reply",
        "Mon 14:00 customer_message",
        "Mon 14:30 agent_reply",
    )
    answered = read(Objective(preset("next_reply"), working(8)), *events, as_of="Mon 16:00")
    assert [one.elapsed for one in answered.cycles] == [hours(1), hours(0.5)]
    between = read(Objective(preset("update"), working(8)), *events, as_of="Mon 16:00")
    assert [one.elapsed for one in between.cycles] == [hours(3), hours(1.5), hours(1.5)]


def test_final_thanks_does_not_keep_the_clock_running_chatwoot_10178() -> None:
    """Thanked, then resolved: nobody owes a reply to that, and no breach comes out of it later."""
    promise = Objective(preset("next_reply"), working(2))
    events = ("Mon 09:00 customer_message", "Mon 10:00 agent_reply", "Mon 11:00 customer_message", "Mon 12:00 resolved")
    found = read(promise, *events, as_of="Fri 12:00")
    assert [(one.activity, one.verdict) for one in found.cycles] == [("stopped", "met"), ("cancelled", "excluded")]
    assert (found.breaches, found.next_change) == ((), None)
    assert Attainment.of(found.cycles) == Attainment(met=1, excluded=1)


def test_first_reply_counts_from_creation_however_late_applied_dbt_zendesk_51() -> None:
    """The first reply is promised from creation, even if the policy is applied later; the model said otherwise."""
    promise = Objective(preset("first_reply"), working(4), when=AllOf((Eq("priority", "high"),)))
    found = read(promise, "Mon 09:00 created", "Mon 11:00 raised high", "Mon 12:30 agent_reply", as_of="Tue 09:00")
    assert (found.start, found.due, found.elapsed) == (at("Mon 09:00"), at("Mon 13:00"), hours(3.5))


@pytest.mark.parametrize("as_of", ["Tue 10:01", "Wed 09:00", "Fri 16:00"])
def test_breach_time_is_the_first_instant_past_due_dbt_zendesk_116(as_of: str) -> None:
    """A maximum over rows gave the breach of a later row: ours is that of the due time, whatever happens afterwards."""
    events = ("Mon 09:00 created", "Tue 12:00 note", "Wed 10:00 assigned", "Thu 10:00 note")
    found = read(working(9), *events, as_of=as_of)  # eight on Monday, one on Tuesday
    assert (found.due, found.breached_at, found.verdict) == (at("Tue 10:00"), at("Tue 10:00"), "late_open")


def test_each_reply_has_its_own_breach_time_dbt_zendesk_142() -> None:
    """First and next replies shared the latest breach of all: each cycle has its own."""
    promise = Objective(preset("next_reply"), working(1))
    events = (
        "Mon 09:00 customer_message",
        "Mon 11:00 agent_reply",
        "Tue 09:00 customer_message",
        "Tue 12:00 agent_reply",
    )
    found = read(promise, *events, as_of="Fri 12:00")
    assert [one.breached_at for one in found.cycles] == [at("Mon 10:00"), at("Tue 10:00")]


# 6. Missing statistics, stale state.


def test_closed_ticket_tells_its_times_zammad_2579(desk: ServiceStandard) -> None:
    """Minutes until closing and their distance from the target were never set."""
    case = ticket("Mon 09:00 created", "Mon 10:00 agent_reply", "Mon 15:00 resolved", priority="high")
    found = desk.clocks(case, as_of=at("Mon 15:00"))["resolution"]
    assert (found.elapsed, found.remaining, found.stop) == (hours(6), hours(2), at("Mon 15:00"))
    assert found.used == Fraction(6, 8)


def test_times_are_there_without_reopening_zammad_4516(desk: ServiceStandard) -> None:
    """Statistics appeared only after a second close: first reply and closing are told at once, and stay."""
    case = ticket("Mon 09:00 created", "Mon 10:00 agent_reply", "Mon 15:00 resolved", priority="high")
    for as_of in ("Mon 15:00", "Tue 09:00", "Fri+1 09:00"):
        readings = desk.clocks(case, as_of=at(as_of))
        assert [readings[key].elapsed for key in ("first_reply", "resolution")] == [hours(1), hours(6)]


def test_reply_ends_the_escalation_at_once_zammad_2082(desk: ServiceStandard) -> None:
    """The escalation time stood until the second reply: the first takes every coming notice away."""
    case = ticket("Mon 09:00 created")
    waiting = desk.clocks(case, as_of=at("Mon 12:00"))
    assert [(one.objective, one.threshold) for one in waiting.coming] == [
        ("first_reply", "50 %"),
        ("first_reply", "due"),
    ]
    replied = desk.clocks(case.with_event(*told("Mon 12:00 agent_reply")), as_of=at("Mon 12:00"))
    assert (replied.coming, replied["first_reply"].next_change) == ((), None)
    later = desk.clocks(case.with_event(*told("Mon 12:00 agent_reply")), as_of=at("Fri 12:00"))
    assert later.notices() == ()


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start"])
def test_escalation_follows_a_change_of_promise_zammad_2082(retarget: str) -> None:
    """Raised when half and all of the shorter promise are long over: whoever looks every hour hears of it once."""
    told_of = 'notify = { "50 %" = "lead", due = "head" }\n'
    terms = f'options = {{ retarget = "{retarget}" }}\n' + told_of
    text = DESK.replace(told_of, "").replace('clock = "resolution"\n', 'clock = "resolution"\n' + terms)
    standard = loads(text.replace('low = "40 working hours"', 'low = "16 working hours"'))
    case = ticket("Mon 09:00 created low", "Tue 10:00 prioritised high")
    heard: list[tuple[str, datetime]] = []
    for hour in range(28):  # until Tuesday noon
        now = at("Mon 09:00") + hours(hour)
        fired = standard.clocks(case, as_of=now).notices(since=now - hours(1))
        heard += [(one.key, one.at) for one in fired]
        everything = standard.clocks(case, as_of=now).notices()
        assert [one.key for one in everything] == [key for key, _ in heard]  # what was told stays told
    # Half of sixteen hours is Monday five. Half of eight was Monday one, all of it Monday five: told at the change.
    assert heard == [
        ("T1/resolution/1/low/50 %", at("Mon 17:00")),
        ("T1/resolution/1/high/50 %", at("Tue 10:00")),
        ("T1/resolution/1/high/due", at("Tue 10:00")),
    ]


def test_deactivated_promise_stops_escalating_zammad_4353() -> None:
    """A policy taken away went on escalating: what no longer applies is cancelled, its breach stays on record."""
    overlay = '[changes.2026-02-12]\nobjectives.first_reply.status = "withdrawn"\n'
    ended, latest = loads(DESK + overlay), loads(DESK + overlay + '[keep]\nedition = "latest"\n')
    case = ticket("Mon 09:00 created")  # due Monday at five
    assert (
        ended.clocks(case, as_of=at("Fri 12:00"))["first_reply"].verdict == "late_open"
    )  # pinned, as the default says
    readings = latest.clocks(case, as_of=at("Fri 12:00"))
    assert ("first_reply" in readings, readings.coming, readings.notices()) == (False, (), ())
    assert "first_reply" in readings.unpromised
    promise = Objective(preset("first_reply"), working(4), when=AllOf((Eq("priority", "high"),)))
    for turned, verdict, broken in (("Mon 12:00", "excluded", 0), ("Mon 14:00", "late_open", 1)):
        found = read(promise, "Mon 09:00 created high", f"{turned} lowered low", as_of="Fri 12:00")
        assert (found.activity, found.verdict, len(found.breaches)) == ("cancelled", verdict, broken)
        assert (found.elapsed, found.next_change) == (at(turned) - at("Mon 09:00"), None)


def test_merged_ticket_does_not_escalate_zammad_904(desk: ServiceStandard) -> None:
    """A merged ticket stood among the escalated: it ends there, and the survivor counts from the earlier start."""
    survivor = Case("T2", {"priority": "high"}, told("Mon 11:00 created"))
    absorbed = Case("T1", {"priority": "high"}, told("Mon 09:00 created"))
    kept, gone = merge(survivor, absorbed, at=at("Mon 12:00"), merged="merged", ended="absorbed")
    ended = desk.clocks(gone, as_of=at("Fri 12:00"))
    assert {one.activity for one in ended.values()} == {"cancelled", "not_started"}
    assert {one.verdict for one in ended.values() if one.activity == "cancelled"} == {"excluded"}
    assert (ended.coming, ended.notices(), ended.next_change) == ((), (), None)
    found = desk.clocks(kept, as_of=at("Mon 13:00"))["first_reply"]
    assert (found.start, found.due, found.elapsed) == (at("Mon 09:00"), at("Mon 17:00"), hours(4))


def test_met_is_not_recomputed_erpnext_26173() -> None:
    """Recomputed after it had been met: a decided clock stands, whatever becomes known of the case later."""
    promise = table(low=8, high=2)
    events = ("Mon 09:00 created low", "Mon 12:00 resolved")
    decided = read(promise, *events, as_of="Mon 12:00")
    later = read(promise, *events, "Mon 13:00 raised high", "Mon 14:00 note", "Tue 09:00 hold", as_of="Fri 12:00")
    for found in (decided, later):
        assert (found.verdict, found.due, found.row, found.elapsed) == ("met", at("Mon 17:00"), "low", hours(3))
    assert later.segments == decided.segments


# 7. Who burned the time?

HANDS = (
    Event("assigned", at=at("Mon 09:00"), group="L1", actor="Ann"),
    "Mon 09:00 created",
    Event("assigned", at=at("Mon 16:00"), group="L2", actor="Ben"),
    "Tue 11:00 resolved",
)
"""Eight hours promised; L1 keeps it for seven, L2 has it for one on Monday and two on Tuesday."""


def test_first_level_used_up_the_time_helpdesk_1895() -> None:
    """L1 used most of the promise and passed it on; the statistics blamed L2, in whose hands it broke."""
    found = read(working(8), *HANDS, as_of="Tue 12:00")
    assert (found.verdict, found.breached_at) == ("met_late", at("Mon 17:00"))
    assert ownership(found, "group") == (
        Owner("L1", hours(7), Fraction(7, 8), 0),
        Owner("L2", hours(3), Fraction(3, 8), 1),
    )
    assert [one.name for one in ownership(found, "agent")] == ["Ann", "Ben"]


def test_each_level_has_a_clock_of_its_own_helpdesk_1895() -> None:
    """With four hours for each level, L1 is late and L2 is not."""
    promise = Objective(preset("time_in_group"), working(4), terms=Terms(attach="from_attachment", reopen="new_cycle"))
    found = read(promise, *HANDS, as_of="Tue 12:00")
    assert [(one.segments[0].group, one.elapsed, one.verdict) for one in found.cycles] == [
        ("L1", hours(7), "met_late"),
        ("L2", hours(3), "met"),
    ]


def test_second_group_does_not_inherit_an_expired_clock_glpi_1911() -> None:
    """Two hours for the first group, one for the second, which got it after one and a half and had no time left."""
    rows: dict[str, Target] = {"G1": working(2), "G2": working(1)}
    promise = Objective(
        preset("time_in_group"), by="team", rows=rows, terms=Terms(attach="from_attachment", reopen="new_cycle")
    )
    events = [
        Event("assigned", at=at("Mon 09:00"), group="G1", facts={"team": "G1"}),
        Event("assigned", at=at("Mon 10:30"), group="G2", facts={"team": "G2"}),
    ]
    found = read(promise, *events, as_of="Mon 11:00")
    assert [(one.row, one.start, one.due, one.verdict) for one in found.cycles] == [
        ("G1", at("Mon 09:00"), at("Mon 11:00"), "met"),
        ("G2", at("Mon 10:30"), at("Mon 11:30"), "open"),
    ]


def test_time_of_a_group_over_several_stays_zendesk() -> None:
    """A group that gets a ticket back has what it used before on record, and every second has one owner."""
    moves = [("Mon 09:00", "desk"), ("Mon 11:00", "lab"), ("Mon 12:00", "desk"), ("Mon 13:00", "lab")]
    events = [Event("assigned", at=at(when), group=group) for when, group in moves]
    found = read(working(8), *events, "Mon 09:00 created", "Mon 16:00 resolved", as_of="Mon 17:00")
    owners = ownership(found, "group")
    assert {one.name: one.counted for one in owners} == {"desk": hours(3), "lab": hours(4)}
    assert sum((one.counted or timedelta() for one in owners), timedelta()) == found.elapsed == hours(7)


def test_waived_before_its_due_breaks_in_nobodys_hands() -> None:
    """Given up at eleven, it cannot break at one: no group has that breach."""
    rule = ClockRule([On("created")], [On("resolved")], waive=(On("waived"),))
    events = (Event("assigned", at=at("Mon 09:00"), group="L1"), "Mon 09:00 created", "Mon 11:00 waived")
    found = read(Objective(rule, working(4)), *events, "Tue 11:00 resolved", as_of="Wed 09:00")
    assert (found.verdict, found.breached_at) == ("waived", None)
    assert found.breaches == ()
    assert [one.breaches for one in ownership(found, "group")] == [0]


# 8. Calendars too poor.


@pytest.mark.parametrize(
    ("created", "due"),
    [
        ("Mon 12:30", "Mon 14:30"),  # during lunch: counts from half past one
        ("Mon 11:30", "Mon 14:00"),  # half an hour before, half an hour after
        ("Mon 11:00", "Mon 12:00"),  # ends exactly at lunch
        ("Mon 17:30", "Tue 08:30"),
    ],
)
def test_lunch_break_chatwoot_14009(created: str, due: str) -> None:
    """One span a day cannot say eight to twelve and half past one to six; so asks frappe/helpdesk#2212."""
    desk = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 08:00-12:00 13:30-18:00")
    assert read(working(1), f"{created} created", as_of=created, calendar=desk).due == at(due)


def test_ticket_of_the_lunch_break_is_not_late_helpdesk_2212() -> None:
    """Created at lunch, a quarter of an hour promised: nothing is used before the engineers are back."""
    desk = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 09:00-12:00 13:00-17:00")
    found = read(working(0.25), "Mon 12:05 created", as_of="Mon 12:59", calendar=desk)
    assert (found.elapsed, found.verdict, found.due) == (timedelta(), "open", at("Mon 13:15"))


def test_holidays_are_no_working_time_dbt_zendesk_92() -> None:
    """Business minutes went on through holidays."""
    desk = BusinessCalendar(
        zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00", holidays=HolidayTable([date(2026, 2, 10), date(2026, 2, 11)])
    )
    found = read(working(16), "Mon 13:00 created", "Fri 10:00 resolved", as_of="Fri 12:00", calendar=desk)
    # Four hours on Monday, eight on Thursday, one on Friday; due when three more are over.
    assert (found.elapsed, found.due) == (hours(13), at("Fri 13:00"))


def test_weekend_is_not_overdue_osticket_1168() -> None:
    """Eight opening hours instead of a day: a ticket of Saturday is not overdue on Sunday."""
    for as_of, elapsed, verdict in (
        ("Sun 23:00", 0, "open"),
        ("Mon+1 17:00", 8, "open"),
        ("Mon+1 17:01", 8, "late_open"),
    ):
        found = read(working(8), "Sat 08:00 created", as_of=as_of)
        assert (found.due, found.elapsed, found.verdict) == (at("Mon+1 17:00"), hours(elapsed), verdict)


def test_clock_stands_after_closing_osticket_2131() -> None:
    """Between five and nine nothing is used."""
    used = [
        read(working(10), "Mon 16:00 created", as_of=as_of).elapsed for as_of in ("Mon 17:00", "Mon 23:00", "Tue 09:00")
    ]
    assert used == [hours(1)] * 3


TEAMS = """
[calendars.customers]
by = "organisation"
use = { acme = "acme" }
else = "office"

[calendars.acme]
hours = "Mon-Fri 09:00-17:00"
holidays = [2026-02-10]

[calendars.late_shift]
hours = "Mon-Fri 13:00-21:00"

[teams]
first = { calendar = "office" }
night = { calendar = "late_shift" }

[objectives.by_team]
order = 4
target = "6 working hours"
clock = { start = "created", stop = "resolved" }

[objectives.by_customer]
order = 5
calendar = "customers"
target = "12 working hours"
clock = { start = "created", stop = "resolved" }
"""


def test_hours_of_the_team_osticket_4166() -> None:
    """Business hours of departments and teams: the clock follows the hands the ticket is in."""
    standard = loads(DESK + TEAMS)
    created = told("Mon 15:00 created")
    first = Event("assigned", at=at("Mon 15:00"), group="first")
    night = Event("assigned", at=at("Mon 16:00"), group="night")

    def due(*events: Event) -> datetime | None:
        return standard.clocks(Case("T1", {}, [*created, *events]), as_of=at("Mon 16:00"))["by_team"].due

    assert due(first) == at("Tue 13:00")  # two hours on Monday, four on Tuesday
    assert due(first, night) == at("Mon 21:00")  # an hour by four, then five hours until nine
    assert due() == at("Tue 13:00")  # nobody's yet: that of the standard


def test_calendar_of_the_organisation_zammad_1002() -> None:
    """Hours for each organisation without a copy of every policy; osTicket#4969 asks for the client's holidays."""
    standard = loads(DESK + TEAMS)

    def due(organisation: str) -> datetime | None:
        case = ticket("Mon 09:00 created", organisation=organisation)
        return standard.clocks(case, as_of=at("Mon 09:00"))["by_customer"].due

    assert due("other") == at("Tue 13:00")
    assert due("acme") == at("Wed 13:00")  # Tuesday is its holiday


def test_clients_holidays_osticket_4969() -> None:
    """Set for a client, every open ticket follows: also one whose client becomes known later."""
    standard = loads(DESK + TEAMS)
    known = Event("note", at=at("Mon 12:00"), facts={"organisation": "acme"})
    found = standard.clocks(ticket("Mon 09:00 created", known), as_of=at("Mon 13:00"))["by_customer"]
    assert (found.due, found.elapsed, found.calendar) == (at("Wed 13:00"), hours(4), "acme")


def test_on_call_spans_do_not_leak_servicenow_kb0861944() -> None:
    """Spans of an on-call rota changed every promise on the shared schedule: here they are a calendar of their own."""
    text = DESK.replace('office = "Mon-Fri 09:00-17:00"', 'office = "Mon-Fri 09:00-17:00"\nrota = "Sat 09:00-17:00"')
    standard = loads(
        text
        + '[calendars.on_call]\nany_of = ["office", "rota"]\n'
        + '[objectives.emergency]\norder = 4\ncalendar = "on_call"\ntarget = "8 working hours"\n'
        + 'clock = { start = "created", stop = "resolved" }\n'
    )
    readings = standard.clocks(ticket("Fri 13:00 created"), as_of=at("Fri 13:00"))
    assert readings["emergency"].due == at("Sat 13:00")
    assert readings["first_reply"].due == at("Mon+1 13:00")


# 9. Zones and summer time.


def test_new_ticket_is_not_failed_in_another_zone_helpdesk_3776() -> None:
    """A site in Riyadh, an agent in India: the due time read in the wrong zone made a new ticket failed."""
    riyadh = BusinessCalendar(zone="Asia/Riyadh", hours="24x7")
    created = datetime(2026, 2, 9, 9, 0, tzinfo=ZoneInfo("Asia/Riyadh"))
    seen = []
    for zone in ("Asia/Riyadh", "Asia/Kolkata", "America/New_York", "UTC"):
        as_of = (created + SECOND).astimezone(ZoneInfo(zone))
        found = read(
            working(0.5), Event("created", at=created.astimezone(ZoneInfo(zone))), as_of=as_of, calendar=riyadh
        )
        seen.append((found.due, found.verdict, found.remaining))
    assert seen == [(created + hours(0.5), "open", hours(0.5) - SECOND)] * 4
    found = read(working(0.5), Event("created", at=created), as_of=created, calendar=riyadh)
    assert found.due is not None
    assert found.due.isoformat() == "2026-02-09T09:30:00+03:00"  # in the calendar's zone, with its offset


def test_time_without_zone_is_refused_erpnext_38745() -> None:
    """Failed as soon as it was created, for a text without zone was compared: such a time is no moment here."""
    naive = datetime(2026, 2, 9, 9, 0)  # noqa: DTZ001 - what is refused
    with pytest.raises(MomentError):
        Event("created", at=naive)
    with pytest.raises(MomentError):
        loads(DESK).clocks(ticket("Mon 09:00 created"), as_of=naive)


@pytest.mark.parametrize(
    ("created", "due"),
    [
        # The desk opens at nine on the wall: on Friday at 08:00 UTC, on the Monday of summer time at 07:00 UTC.
        (datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2026, 3, 30, 14, tzinfo=UTC)),
        # And back: on Friday at 07:00 UTC, on the Monday after at 08:00 UTC.
        (datetime(2026, 10, 23, 14, tzinfo=UTC), datetime(2026, 10, 26, 15, tzinfo=UTC)),
    ],
)
def test_summer_time_dbt_zendesk_114_154(created: datetime, due: datetime) -> None:
    """Schedules were merged though their UTC hours differ: one working hour on Friday, seven on Monday, on the wall."""
    assert read(working(8), Event("created", at=created), as_of=created).due == due


def test_holiday_is_a_local_day_dbt_zendesk_114() -> None:
    """A holiday ends at local midnight, not a second before nor an offset later."""
    desk = BusinessCalendar(zone="Europe/Berlin", hours="24x7", holidays=HolidayTable([date(2026, 2, 10)]))
    found = read(working(2), "Mon 23:00 created", as_of="Mon 23:00", calendar=desk)
    assert found.due == at("Wed 01:00")


# 10. Late evaluation.


@pytest.mark.parametrize("later", [timedelta(), SECOND, timedelta(hours=1), timedelta(days=400)])
def test_breach_does_not_depend_on_when_a_job_ran_chatwoot(later: timedelta) -> None:
    """Resolved just past the target before the poller came counted as hit: events decide, whenever they are read."""
    resolved = at("Mon 13:00") + SECOND
    found = read(working(4), "Mon 09:00 created", Event("resolved", at=resolved), as_of=resolved + later)
    assert (found.verdict, found.breached_at) == ("met_late", at("Mon 13:00"))
    theirs = profile("chatwoot")
    named = Objective(theirs.rule("resolution"), working(4), terms=theirs.terms("resolution"))
    found = read(named, "Mon 09:00 created", Event("resolved", at=resolved), as_of=resolved + later)
    assert found.verdict == "met_late"


# 11. Unexplainable due times.


def test_due_time_explains_itself_servicenow() -> None:
    """The breach time does not match the manual, and nobody can tell why: every stretch stands in the explanation."""
    events = ("Mon 15:00 created", "Tue 10:00 hold", "Tue 12:00 resumed")
    found = read(working(8), *events, as_of="Tue 13:00")
    assert found.due == at("Tue 17:00")  # two hours on Monday, one on Tuesday, one more by one o'clock, four left
    borders = [(one.start, one.end) for one in found.segments]
    assert borders[0][0] == micros(at("Mon 15:00"))
    assert borders[-1][1] == micros(at("Tue 13:00"))
    assert all(end == start for (_, end), (start, _) in pairwise(borders))
    counted = [timedelta(microseconds=one.counted or 0) for one in found.segments]
    assert (counted, found.elapsed) == ([hours(3), timedelta(), hours(1)], hours(4))
    text = found.explanation.text("en")
    for word in ("8 working hours", "hold", "17:00", "Europe/Berlin"):
        assert word in text


def test_the_metric_that_is_due_is_named_zammad_3928(desk: ServiceStandard) -> None:
    """An escalation time of unknown measure: each reading, notice and the one that is shown name theirs."""
    readings = desk.clocks(ticket("Mon 09:00 created", priority="high"), as_of=at("Mon 14:00"))
    assert readings.shown is not None
    assert readings.shown.objective == "first_reply"
    assert [(one.objective, one.at) for one in readings.notices()] == [("first_reply", at("Mon 13:00"))]
    assert {key: one.objective for key, one in readings.items()} == {key: key for key in readings}


def test_priority_of_its_time_and_every_schedule_count_dbt_zendesk() -> None:
    """The priority in force at each event, and every schedule that was in force, not the last for the whole span."""
    dated = DESK.replace(
        'office = "Mon-Fri 09:00-17:00"',
        'office = { else = "day", 2026-02-10 = "short" }\nday = "Mon-Fri 09:00-17:00"\nshort = "Mon-Fri 09:00-11:00"',
    )
    case = ticket("Mon 12:00 created low", "Tue 10:00 prioritised high", "Wed 10:00 resolved")
    found = loads(dated).clocks(case, as_of=at("Wed 12:00"))["resolution"]
    # Five hours on Monday by the old hours, two on Tuesday and one on Wednesday by the new: exactly eight. By the last
    # schedule alone it would be three.
    assert (found.elapsed, found.verdict, found.due) == (hours(8), "met", at("Wed 10:00"))
    rows = [(one.target, one.start) for one in found.segments]
    assert rows == [("low", micros(at("Mon 12:00"))), ("high", micros(at("Tue 10:00")))]


# 12. Pause gaming.


def test_customers_message_ends_the_waiting_for_the_customer() -> None:
    """Left in waiting though the customer has answered (marketplace's pause auditor): the answer ends that pause."""
    promise = Objective(preset("agent_work"), working(8))
    events = ("Mon 09:00 created", "Mon 10:00 waiting_for_customer", "Mon 11:00 customer_message", "Tue 10:00 resolved")
    found = read(promise, *events, as_of="Tue 12:00")
    # One hour, six from eleven to five, one on Tuesday: just in time. Were the pause still open, two.
    assert (found.elapsed, found.verdict) == (hours(8), "met")
    assert [(one.activity, one.reason) for one in found.segments] == [
        ("running", "created"),
        ("paused", "waiting_for_customer"),
        ("running", "customer_message"),
    ]
    # It does not end a hold of another kind.
    held = ("Mon 09:00 created", "Mon 10:00 on_hold", "Mon 11:00 customer_message")
    assert read(promise, *held, as_of="Mon 12:00").activity == "paused"


# 13. History rewritten.


def test_decided_clock_keeps_the_goal_of_its_time_jira() -> None:
    """Rebuilding applied today's goal to old cycles: a case keeps its edition, whatever the standard says later."""
    old = loads(DESK)
    new = loads(DESK + '[changes.2026-02-16]\nobjectives.resolution.target.high = "1 working hour"\n')
    case = ticket("Mon 09:00 created", "Mon 15:00 resolved", priority="high")
    for standard in (old, new):
        found = standard.clocks(case, as_of=at("Fri+1 12:00"))["resolution"]
        assert (found.verdict, found.due, found.edition) == ("met", at("Mon 17:00"), "")
    running = ticket("Mon 09:00 created", priority="low")
    assert new.clocks(running, as_of=at("Fri+1 12:00")).edition == ""
    later = ticket("Mon+1 09:00 created", "Mon+1 15:00 resolved", priority="high")
    found = new.clocks(later, as_of=at("Fri+1 12:00"))["resolution"]
    assert (found.verdict, found.due, found.edition) == ("met_late", at("Mon+1 10:00"), "2026-02-16")


def test_verdict_known_then_can_be_read_again_jira(desk: ServiceStandard) -> None:
    """What was known at an instant is never lost: a late record changes the verdict and says so."""
    told_late = Event("agent_reply", at=at("Mon 16:00"), recorded_at=at("Wed 09:00"))
    case = ticket("Mon 09:00 created", told_late)
    then = desk.clocks(case, as_of=at("Tue 12:00"), known_at=at("Tue 12:00"))["first_reply"]
    assert (then.verdict, then.breached_at) == ("late_open", at("Mon 17:00"))
    assert desk.clocks(case, as_of=at("Tue 12:00"))["first_reply"].verdict == "met"
    changes = desk.late_events(case, as_of=at("Tue 12:00"), known_at=at("Tue 12:00"))
    verdicts = [(one.before, one.after) for one in changes if (one.objective, one.kind) == ("first_reply", "verdict")]
    assert verdicts == [("late_open", "met")]


# 14. Tickets of agents, defaults of pending.


def test_ticket_made_by_an_agent_znuny_514() -> None:
    """A process ticket made by an agent never started its clock: what starts it is the rule's, and can be either."""
    customer = AllOf((Eq("by", "customer"),))
    made = Event("created", at=at("Mon 09:00"), details={"by": "agent"})
    wrote = Event("customer_message", at=at("Mon 11:00"), details={"by": "customer"})
    always = Objective(preset("first_reply"), working(4))
    asked = Objective(preset("first_reply", start=[On("created", customer), On("customer_message")]), working(4))
    assert read(always, made, as_of="Mon 10:00").due == at("Mon 13:00")
    waiting = read(asked, made, as_of="Mon 10:00")
    assert (waiting.activity, waiting.due, waiting.verdict) == ("not_started", None, "open")
    assert read(asked, made, wrote, as_of="Mon 12:00").due == at("Mon 15:00")


@pytest.mark.parametrize(
    ("pending", "until"),
    [
        ("Mon 15:00", "Tue 08:00"),
        ("Fri 15:00", "Mon+1 08:00"),
        ("Fri 20:00", "Tue+1 08:00"),
        ("Sat 10:00", "Tue+1 08:00"),
    ],
)
def test_pending_until_the_next_working_day_at_eight_zammad_143(pending: str, until: str) -> None:
    """The usual end of pending, asked of OTRS (#780) too; after closing the day of the request is the next one."""
    promise = Objective(ClockRule([On("pending")], [On("resolved")]), read_target("1 working day by 08:00"))
    assert read(promise, f"{pending} pending", as_of=pending).due == at(until)


def test_stalled_ticket_hides_its_due_rt() -> None:
    """Ignored statuses hide the due time and do not move it: a named option, for those who want that."""
    theirs = profile("rt")
    promise = Objective(theirs.rule("resolution", [HOLD]), working(4), terms=theirs.terms("resolution"))
    events = ("Mon 09:00 created", "Mon 10:00 hold", "Mon 12:00 resumed")
    assert read(promise, *events[:2], as_of="Mon 11:00").due is None
    assert read(promise, *events, as_of="Mon 12:00").due == at("Mon 13:00")
