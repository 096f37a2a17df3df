"""Passing a case on: the clock that the same event stops is judged by the hands that held it, in their hours."""

from __future__ import annotations

import pendulum
import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.sla import Reading, ownership

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "short"

[facts]
rings = "integer"

[events]
assigned = ""
resolved = ""
promised = ""
ring = ""

[calendars]
short = "daily 08:00-10:00"
always = "24x7"

[teams]
A = { calendar = "short" }
B = { calendar = "always" }

[objectives.ours]
clock = CLOCK
target = "4 working hours"
"""
MONDAY = pendulum.datetime(2026, 1, 5, 8)
IN_GROUP = '"time_in_group"'
ONCE = '{ start = "assigned", stop = "resolved" }'


def desk(clock: str, options: str = "") -> ServiceStandard:
    """A desk whose team A works two hours a day, and team B always."""
    return loads(TEXT.replace("CLOCK", clock) + options)


def assigned(hours: float, group: str, kind: str = "assigned") -> Event:
    """Into whose hands it goes, so many hours after Monday 08:00."""
    return Event(kind, at=MONDAY.add(minutes=round(hours * 60)), group=group)


def read(standard: ServiceStandard, *events: Event, after: float = 60) -> Reading:
    """The clock after so many hours."""
    return standard.clocks(Case("c", {}, events), as_of=MONDAY.add(minutes=round(after * 60)))["ours"]


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart"])
def test_the_hours_of_those_who_held_it(retarget: str) -> None:
    """Team A used its two hours of Monday, of four, due on Tuesday 10:00: handed over at 15:00 it kept its promise."""
    standard = desk(IN_GROUP, f'options = {{ retarget = "{retarget}" }}\n')
    found = read(standard, assigned(0, "A"), assigned(7, "B"), after=8)
    first, second = found.cycles
    assert (first.verdict, first.calendar, first.elapsed, first.due) == (
        "met",
        "short",
        pendulum.duration(hours=2),
        MONDAY.add(days=1, hours=2),
    )
    assert (first.group, second.group) == ("A", "B")
    assert (second.calendar, second.due) == ("always", MONDAY.add(hours=11))


def test_a_late_team_is_charged_alone() -> None:
    """Late since Tuesday 10:00, handed over at 11:00: one breach, theirs."""
    found = read(desk(IN_GROUP), assigned(0, "A"), assigned(27, "B"), after=28)
    first = found.cycles[0]
    assert (first.verdict, [one.instant for one in first.breaches]) == (
        "met_late",
        [int(MONDAY.add(days=1, hours=2).timestamp()) * 1_000_000],
    )
    assert [(one.name, one.breaches) for one in ownership(first, "group")] == [("A", 1)]


@pytest.mark.parametrize("group", ["A", "B"])
@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart"])
def test_whoever_answers_is_no_new_promise(retarget: str, group: str) -> None:
    """The answer itself changes nothing of what is answered."""
    standard = desk(ONCE, f'options = {{ retarget = "{retarget}" }}\n')
    found = read(standard, assigned(0, "A"), assigned(7, group, "resolved"))
    assert (found.verdict, found.calendar, found.elapsed) == ("met", "short", pendulum.duration(hours=2))


def test_a_handover_in_between_moves_the_calendar() -> None:
    """Without an answer the other team's hours count from then on."""
    found = read(desk(ONCE), assigned(0, "A"), assigned(7, "B"), after=8)
    assert (found.calendar, found.elapsed, found.due) == ("always", pendulum.duration(hours=3), MONDAY.add(hours=9))


PROMISED = '{ start = "assigned", stop = "resolved", promise = "promised", cycles = true }'


def test_a_due_time_agreed_between_two_cycles() -> None:
    """What is agreed while the clock stands decided is for the next time; what was agreed before ended with it."""
    standard = desk(PROMISED)
    due = MONDAY.add(hours=20)
    agreed = Event("promised", at=MONDAY.add(hours=2), due=due)
    again = assigned(3, "A")
    found = read(standard, assigned(0, "A"), assigned(1, "A", "resolved"), agreed, again, after=4)
    assert (found.cycle, found.row, found.due) == (2, "by hand", due)
    early = Event("promised", at=MONDAY.add(minutes=30), due=due)
    found = read(standard, assigned(0, "A"), early, assigned(1, "A", "resolved"), again, after=4)
    assert (found.cycle, found.row) == (2, "")


COUNTED = '{ start = "assigned", stop = "resolved", count_fact = "rings", cycles = true }'


def rings(hours: float, kind: str, count: int) -> Event:
    """An event that tells the count."""
    return Event(kind, at=MONDAY.add(minutes=round(hours * 60)), facts={"rings": count})


def test_a_told_count_belongs_to_its_cycle() -> None:
    """The count of one call is not that of the next; what starts a call may tell its count."""
    standard = loads(TEXT.replace("CLOCK", COUNTED).replace("4 working hours", "0..3 rings"))
    first = [assigned(0, "A"), rings(1, "ring", 5), assigned(2, "A", "resolved")]
    other = Event("ring", at=MONDAY.add(hours=4), facts={})
    found = read(standard, *first, assigned(3, "A"), other)
    assert [(one.count, one.verdict) for one in found.cycles] == [(5, "met_late"), (0, "open")]
    found = read(standard, *first, rings(3, "assigned", 4))
    assert (found.count, found.verdict, found.breached_at) == (4, "late_open", MONDAY.add(hours=3))


@pytest.mark.parametrize("after", [2, 5, 50])
def test_a_told_count_is_broken_when_it_was_told(after: float) -> None:
    """The breach and its notice keep their instant, whenever one asks; a corrected count is no breach."""
    standard = loads(
        TEXT.replace("CLOCK", COUNTED).replace("4 working hours", "0..3 rings") + 'notify = { due = "lead" }\n'
    )
    events = assigned(0, "A"), rings(1, "ring", 4), rings(1.5, "ring", 6)
    found = read(standard, *events, after=after)
    assert (found.breached_at, [one.at for one in found.notices]) == (MONDAY.add(hours=1), [MONDAY.add(hours=1)])
    mended = read(standard, *events, rings(1.75, "ring", 2), after=after)
    assert (mended.count, mended.verdict, mended.breaches) == (2, "open", ())
    again = read(standard, *events, rings(1.75, "ring", 2), rings(1.8, "ring", 9), after=after)
    assert again.breached_at == MONDAY.add(minutes=108)
