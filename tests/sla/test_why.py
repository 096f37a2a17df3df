"""A reading explains itself: the promise, each stretch, each closure, each breach, the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pendulum
import pytest

from svcstd.calendars import At, BusinessCalendar, Calendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.sla import (
    CalendarDays,
    Case,
    ClockRule,
    Event,
    Objective,
    On,
    Pause,
    Reading,
    WorkingDays,
    fold,
    read_life,
    read_target,
)

DESK = BusinessCalendar(
    zone="Asia/Shanghai",
    hours="Mon-Fri 09:00-17:00",
    holidays=HolidayTable({date(2026, 2, 16): "Eve"}, make_up=[], covers=(date(2026, 1, 1), date(2026, 2, 18))),
)
OFTEN = BusinessCalendar(zone="Asia/Shanghai", hours="daily " + " ".join(f"{h:02}:00-{h:02}:10" for h in range(24)))
RULE = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])], [On("withdrawn")])
PLAIN = ClockRule([On("opened")], [On("closed")])


def happened(text: str, **facts: Any) -> Event:
    """An event from ``13 16:00 opened``, a day of February 2026 in Shanghai."""
    day, clock, kind = text.split(" ")
    hour, minute = clock.split(":")
    moment = pendulum.datetime(2026, 2, int(day), int(hour), int(minute), tz="Asia/Shanghai")
    return Event(kind, at=moment, facts=facts)


def read(
    promise: Objective | str, *events: str | Event, as_of: str, calendar: Calendar | None = DESK, **more: Any
) -> Reading:
    """One clock, read as the standard would read it."""
    if isinstance(promise, str):
        target = read_target(promise)
        promise = Objective(PLAIN if isinstance(target, WorkingDays | CalendarDays) else RULE, target, name="Close")
    case = Case("T1", {"kind": "fault"}, tuple(happened(one) if isinstance(one, str) else one for one in events))
    asked = happened(f"{as_of} x").instant
    life = fold(promise, case, as_of=asked, choose="desk" if calendar else "")
    calendars = {"desk": calendar} if calendar else {}
    return read_life("close", promise, life, calendars, zone="Asia/Shanghai", edition="", as_of=asked, **more)


@pytest.mark.parametrize(
    ("events", "as_of", "sentence"),
    [
        ([], "13 12:00", "Close: not started by Fri 13 Feb 2026 12:00 Shanghai"),
        (["13 9:00 opened"], "13 12:00", "Close: open at Fri 13 Feb 2026 12:00 Shanghai, due Fri 13 Feb 2026 13:00"),
        (["13 9:00 opened"], "13 14:00", "Close: late since Fri 13 Feb 2026 13:00 Shanghai, and still open at Fri 13"),
        (["13 9:00 opened", "13 12:00 closed"], "13 14:00", "Close: met at Fri 13 Feb 2026 12:00 Shanghai, due Fri 13"),
        (["13 9:00 opened", "13 13:30 closed"], "13 14:00", "Close: answered late at Fri 13 Feb 2026 13:30 Shanghai"),
        (["13 9:00 opened", "13 10:00 hold"], "13 14:00", "Close: paused at Fri 13 Feb 2026 14:00 Shanghai, no due"),
        (["13 9:00 opened", "13 13:00 hold"], "13 14:00", "Close: late since Fri 13 Feb 2026 13:00 Shanghai"),
        (
            ["13 9:00 opened", "13 12:00 withdrawn"],
            "13 14:00",
            "Close: cancelled Fri 13 Feb 2026 12:00 Shanghai before",
        ),
        (
            ["13 9:00 opened", "13 13:30 withdrawn"],
            "13 14:00",
            "Close: late since Fri 13 Feb 2026 13:00 Shanghai, cancelled Fri 13 Feb 2026 13:30 Shanghai",
        ),
    ],
)
def test_verdicts(events: list[str], as_of: str, sentence: str) -> None:
    """The first sentence says how the promise stands."""
    assert read("4 working hours", *events, as_of=as_of).explanation.sentence().startswith(sentence)


def test_the_whole_reckoning() -> None:
    """Every stretch is counted, every closure named, in the order in which it came."""
    found = read(
        "4 working hours", "13 16:00 opened", "17 10:00 hold", "17 11:00 resumed", "17 16:00 closed", as_of="17 17:00"
    )
    assert found.explanation.text() == (
        "Close: answered late at Tue 17 Feb 2026 16:00 Shanghai, due Tue 17 Feb 2026 13:00 Shanghai\n"
        "  promised: 4 working hours\n"
        f"  counted in the calendar desk, Asia/Shanghai (content {DESK.digest})\n"
        "  broken at Tue 17 Feb 2026 13:00 Shanghai under the promise 4 working hours\n"
        "  2 h counted from Fri 13 Feb 2026 16:00 Shanghai to Tue 17 Feb 2026 10:00 Shanghai\n"
        "    1 h counted from Fri 13 Feb 2026 16:00 Shanghai to Fri 13 Feb 2026 17:00 Shanghai\n"
        "    closed from Fri 13 Feb 2026 17:00 Shanghai to Tue 17 Feb 2026 09:00 Shanghai\n"
        "      no hours on Sat 14 Feb 2026\n"
        "      no hours on Sun 15 Feb 2026\n"
        "      closed all of Mon 16 Feb 2026: Eve\n"
        "    1 h counted from Tue 17 Feb 2026 09:00 Shanghai to Tue 17 Feb 2026 10:00 Shanghai\n"
        "  paused from Tue 17 Feb 2026 10:00 Shanghai to Tue 17 Feb 2026 11:00 Shanghai: hold\n"
        "  5 h counted from Tue 17 Feb 2026 11:00 Shanghai to Tue 17 Feb 2026 16:00 Shanghai"
    )


def test_working_days() -> None:
    """Of a promise in working days, the days that were none are named."""
    found = read("1 working day by closing", "13 16:00 opened", as_of="13 17:00")
    assert [node.sentence() for _, node in found.explanation.walk()][2:] == [
        f"counted in the calendar desk, Asia/Shanghai (content {DESK.digest})",
        "counted from Fri 13 Feb 2026 16:00 Shanghai",
        "days without work between Fri 13 Feb 2026 16:00 Shanghai and Tue 17 Feb 2026 17:00 Shanghai:",
        "no hours on Sat 14 Feb 2026",
        "no hours on Sun 15 Feb 2026",
        "closed all of Mon 16 Feb 2026: Eve",
    ]


@pytest.mark.parametrize(
    ("opened", "days"),
    [
        ("13 16:00 opened", "broken at Fri 13 Feb 2026 16:00"),
        ("13 09:00 opened", "broken at Fri 13 Feb 2026 09:00"),
    ],
)
def test_due_before_or_at_the_start(opened: str, days: str) -> None:
    """A fixed time that has passed when the request comes is explained as well."""
    promise = Objective(PLAIN, WorkingDays(0, At("09:00")))
    nodes = [node.sentence() for _, node in read(promise, opened, as_of="13 17:00").explanation.walk()]
    assert nodes[3].startswith(days)


def test_no_due_time() -> None:
    """What is unknown is said: the stretch that was not counted, the problem and its fix."""
    nodes = [
        node.sentence() for _, node in read("40 working hours", "17 16:00 opened", as_of="19 12:00").explanation.walk()
    ]
    assert nodes[0] == "Close: it cannot be known whether it was kept"
    assert nodes[3:] == [
        "not counted from Tue 17 Feb 2026 16:00 Shanghai to Thu 19 Feb 2026 12:00 Shanghai: holidays are unknown",
        (
            "no due time: the holidays of Wed 18 Feb 2026 (Asia/Shanghai) are unknown; "
            "give a holiday table that covers that day, or assume none by leaving the table away"
        ),
    ]
    days = read("9 working days", "17 16:00 opened", as_of="17 16:30").explanation
    assert days.children[-1].message == "sla.problem"


def test_the_line_without_calendar() -> None:
    """Elapsed time is told without closures; without a calendar, so is working time."""
    for promise in ("4 hours", "4 calendar days"):
        nodes = [node.message for _, node in read(promise, "13 16:00 opened", as_of="14 16:00").explanation.walk()]
        assert [node for node in nodes[1:] if node != "sla.breach"][:2] == ["sla.promise", "sla.counted"]
    found = read("4 hours", "13 16:00 opened", as_of="13 17:00", calendar=None).explanation
    assert [child.sentence() for child in found.children[-2:]] == [
        "1 h counted from Fri 13 Feb 2026 16:00 Shanghai to Fri 13 Feb 2026 17:00 Shanghai",
        "3 h still to come from Fri 13 Feb 2026 17:00 Shanghai to Fri 13 Feb 2026 20:00 Shanghai",
    ]


def test_rows_names_and_assumptions() -> None:
    """The row of the table, the name for people and what was taken for granted are told."""
    table = Objective(
        RULE,
        by="priority",
        rows={"P1": read_target("2 working hours"), "P2": read_target("8 working hours")},
        when=AllOf((Eq("kind", "fault"),)),
    )
    told = [
        happened("13 9:00 opened", priority="P1"),
        happened("13 12:00 note", priority="P2"),
        happened("13 13:00 note", kind="question"),
    ]
    found = read(table, *told, as_of="13 14:00", assumptions=("no_holidays",)).explanation
    sentences = [child.sentence() for child in found.children]
    assert found.sentence().startswith("close: cancelled Fri 13 Feb 2026 13:00 Shanghai before its promise was broken")
    assert sentences[0] == "promised to P2: 8 working hours"
    assert sentences[2] == "assumed where holidays are unknown: no_holidays"
    assert sentences[3] == "broken at Fri 13 Feb 2026 11:00 Shanghai under the promise P1"
    assert "from Fri 13 Feb 2026 12:00 Shanghai on the promise to P2, no longer to P1 (note)" in sentences


def test_what_is_still_to_come() -> None:
    """A running clock explains its due time: the days between now and then that are closed are named."""
    found = read("4 working hours", "13 16:00 opened", as_of="13 16:30").explanation
    (to_come,) = [child for child in found.children if child.message == "sla.to_come"]
    assert to_come.sentence().startswith("3 h 30 min still to come from Fri 13 Feb 2026 16:30 Shanghai to Tue 17 Feb")
    assert "closed all of Mon 16 Feb 2026: Eve" in to_come.text()


def test_a_forgotten_case_is_told_in_short() -> None:
    """Of a long count the beginning and the end are told."""
    found = read("4 working hours", "1 9:00 opened", as_of="17 17:00", calendar=OFTEN).explanation
    lines = found.text().splitlines()
    assert len(lines) < 60
    assert any("more spans and closures" in line for line in lines)
