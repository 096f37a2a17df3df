"""Corners where two rules meet: a change at the due time, a breach before it, a calendar that ends, a hidden due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.sla.week import TICK, at, read, told

from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.conditions import AllOf, Eq, Present
from svcstd.errors import CoverageError, DefinitionError
from svcstd.sla import (
    Case,
    ClockRule,
    Event,
    FollowUpRule,
    Level,
    Objective,
    On,
    Pause,
    Terms,
    follow_ups,
    read_target,
    read_threshold,
)

RULE = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])], waive=(On("waived"),))
PLAIN = ClockRule([On("opened")], [On("closed")])
FIRST = {"priority": "P1"}
CHANGED: dict[str, Any] = {"facts": {"priority": "P2"}}


def promise(first: str, later: str, rule: ClockRule = RULE, **parts: Any) -> Objective:
    """Two rows, picked by priority."""
    terms = Terms(**{key: parts.pop(key) for key in ("retarget", "pausing", "at_due", "landing") if key in parts})
    rows = {"P1": read_target(first), "P2": read_target(later)}
    return Objective(rule, by="priority", rows=rows, terms=terms, calendar="office", **parts)


@pytest.mark.parametrize("retarget", ["keep_elapsed", "proportional"])
def test_the_holidays_end_where_an_earlier_row_lands(retarget: str) -> None:
    """All was used up at closing under the row before; the next opening is unknown: so is the due time."""
    table = HolidayTable([], covers=(date(2026, 1, 1), date(2026, 2, 10)))  # Monday the 9th is the last known day
    hours = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00", landing="next_open", holidays=table)
    found = read(
        promise("8 working hours", "8 hours", PLAIN, retarget=retarget),
        "Mon 09:00 opened",
        told("Mon 19:00 note", **CHANGED),
        as_of="Mon 20:00",
        facts=FIRST,
        calendar=hours,
    )
    assert isinstance(found.problem, CoverageError)
    assert (found.due, found.verdict) == (None, "open")  # certain up to the unknown day
    assert found.next_change == at("Tue 09:00") + TICK  # no hours begin earlier on the day that is not known


@pytest.mark.parametrize("retarget", ["keep_elapsed", "restart"])
def test_an_old_breach_shows_no_hidden_due(retarget: str) -> None:
    """The first promise was broken; the one in force is not, and its due stays hidden while it is paused."""
    hides = promise("2 hours", "30 hours", retarget=retarget, pausing="hides_due")
    history = "Mon 09:00 opened", told("Mon 12:00 note", **CHANGED), "Mon 13:00 hold"
    found = read(hides, *history, as_of="Mon 14:00", facts=FIRST)
    assert (found.verdict, found.due, found.act_by, len(found.breaches)) == ("open", None, None, 1)
    late = read(hides, *history, as_of="Wed 14:00", facts=FIRST)
    assert (late.verdict, len(late.breaches)) == ("late_open", 2)
    assert late.due is not None


def test_a_breach_before_the_waiver_stays_to_be_seen() -> None:
    """What was broken is shown, also when it was waived afterwards; what was waived before is not broken."""
    hides = promise("2 hours", "30 hours", pausing="hides_due")
    broken = read(hides, "Mon 09:00 opened", "Mon 10:00 hold", "Mon 12:00 waived", as_of="Mon 14:00", facts=FIRST)
    assert (broken.verdict, broken.due, len(broken.breaches)) == ("waived", at("Mon 11:00"), 1)
    spared = read(hides, "Mon 09:00 opened", "Mon 10:00 waived", "Mon 13:00 hold", as_of="Mon 14:00", facts=FIRST)
    assert (spared.verdict, spared.due, spared.breaches) == ("waived", None, ())


def test_a_change_at_the_due_time_fires_nothing_that_is_taken_back() -> None:
    """Late at the due time itself, and promised anew in that very instant: no breach, and no notice, then or later."""
    late = promise("2 hours", "30 hours", at_due="late", notify=[Level(read_threshold("due"), ["boss"])])
    history = "Mon 09:00 opened", told("Mon 11:00 note", **CHANGED)
    for asked in (at("Mon 11:00"), at("Mon 11:00") + TICK, at("Mon 12:00")):
        found = read(late, *history, as_of=asked, facts=FIRST)
        assert (found.notices, found.breaches) == ((), ())
    kept = read(late, "Mon 09:00 opened", as_of="Mon 11:00", facts=FIRST)
    assert [one.at for one in kept.notices] == [at("Mon 11:00")]
    answered = read(late, "Mon 09:00 opened", "Mon 11:00 closed", as_of="Mon 12:00", facts=FIRST)
    assert (answered.verdict, [one.at for one in answered.notices]) == ("met_late", [at("Mon 11:00")])


def test_a_level_tells_somebody() -> None:
    """A threshold that nobody hears of is a slip of the pen."""
    with pytest.raises(DefinitionError) as caught:
        Level(read_threshold("due"), [])
    assert (caught.value.where, caught.value.message) == ("notify", "shape.empty")


def test_conditions_are_equal_in_any_order() -> None:
    """The file sorts the facts of a table; what Python says in another order is the same condition."""
    tests = (Eq("c", 1), Present("a"), Eq("b", 2))
    assert AllOf(tests) == AllOf(tuple(reversed(tests)))
    assert hash(AllOf(tests)) == hash(AllOf(tuple(reversed(tests))))
    assert AllOf(tests) != AllOf(tests[:2])
    assert AllOf(tests).tests == tests  # told in the order given


def test_an_event_of_two_cases_is_one_attempt() -> None:
    """Both tell of it, at different instants: it was tried once, when it was first told."""
    rule = FollowUpRule(
        on=[On("fault")],
        due=read_target("100 hours"),
        retry=read_target("100 hours"),
        tries=3,
        tried=[On("tried")],
        done=[On("called")],
        together="phone",
        repeats=True,
    )
    one = Event("tried", at=at("Mon 10:00"), id="x")
    other = Event("tried", at=at("Mon 14:00"), id="x")
    cases = [
        Case("a", {"phone": "1"}, [told("Mon 09:00 fault"), one, told("Mon 11:00 tried"), told("Mon 12:00 called")]),
        Case("b", {"phone": "1"}, [told("Mon 09:00 fault"), other]),
    ]
    first, second = follow_ups("k", rule, cases, None, zone="UTC", as_of=int(at("Mon 15:00").timestamp()) * 1_000_000)
    assert (first.state, first.tries, second.state, second.tries) == ("done", 2, "owed", 0)
