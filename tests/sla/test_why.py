"""A reading explains itself: the promise, each stretch, each closure, each breach, the verdict."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pendulum
import pytest

from svcstd.calendars import At, BusinessCalendar, Calendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.explain import Explanation
from svcstd.sla import (
    AT_DUE,
    CalendarDays,
    Case,
    ClockRule,
    Event,
    FixedInstant,
    Level,
    Objective,
    On,
    Pause,
    Reading,
    Terms,
    WorkingDays,
    fold,
    read_life,
    read_target,
)
from svcstd.sla.json import reading_to_json

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
        promise = Objective(
            PLAIN if isinstance(target, WorkingDays | CalendarDays | FixedInstant) else RULE, target, name="Close"
        )
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


DECIDED = ClockRule(
    [On("opened")],
    [On("closed")],
    [Pause([On("hold")], [On("resumed")])],
    [On("withdrawn")],
    reopen=(On("reopened"),),
    waive=(On("waived"),),
    promise=(On("promised"),),
    merge=(On("merged"),),
)
FOUR = read_target("4 working hours")


def with_parts(text: str, **parts: Any) -> Event:
    """An event with more than facts."""
    at = happened(text).at
    return Event(text.split(" ")[2], at=at, **parts)


def instant(day: int, hour: int) -> pendulum.DateTime:
    """A time of February 2026 in Shanghai."""
    return pendulum.datetime(2026, 2, day, hour, tz="Asia/Shanghai")


def sentences(found: Reading, **for_: Any) -> list[str]:
    """Every reason below the first, without its indent."""
    return [line.strip() for line in found.explanation.text(**for_).splitlines()[1:]]


ALL = [
    with_parts("13 9:00 opened", group="desk", actor="Li"),
    with_parts("13 10:00 promised", due=instant(13, 15), actor="Wu", reason="agreed by phone"),
    with_parts("13 11:00 assigned", group="field"),
    with_parts("13 16:00 waived", actor="Bo", reason="flood"),
]
PROMISE = Objective(DECIDED, FOUR, name="Close", notify=[Level(AT_DUE, ["lead", "head"])])


def test_who_did_what_for_a_colleague() -> None:
    """Hands, due times by hand, waivers and notices are told, with who and why."""
    found = read(PROMISE, *ALL, as_of="13 16:30")
    assert found.explanation.sentence() == "Close: waived, so that it counts for nothing"
    lines = sentences(found)
    for expected in (
        "promised to by hand: Fri 13 Feb 2026 15:00 Shanghai",
        "due time set by hand at Fri 13 Feb 2026 10:00 Shanghai: Fri 13 Feb 2026 15:00 Shanghai",
        "by Wu",
        "because: agreed by phone",
        "waived at Fri 13 Feb 2026 16:00 Shanghai",
        "by Bo",
        "because: flood",
        "from Fri 13 Feb 2026 09:00 Shanghai in the hands of group desk, agent Li",
        "from Fri 13 Feb 2026 11:00 Shanghai in the hands of group field, agent nothing",
        "at Fri 13 Feb 2026 15:00 Shanghai told lead, head: due",
    ):
        assert expected in lines
    assert any(line.startswith("from Fri 13 Feb 2026 10:00 Shanghai on the promise to by hand") for line in lines)


@pytest.mark.parametrize("form", ["text", "markdown", "json", "reading"])
def test_a_customer_sees_nobody(form: str) -> None:
    """No actor, group, agent, role or word of a colleague reaches a customer, in any form."""
    found = read(PROMISE, *ALL, as_of="13 16:30")
    told = found.explanation
    shown = {
        "text": told.text(for_="customer"),
        "markdown": told.markdown(for_="customer"),
        "json": str(told.to_json(for_="customer")),
        "reading": str(reading_to_json(found, for_="customer")),
    }[form]
    for word in ("Li", "Wu", "Bo", "field", "lead", "head", "agreed", "flood"):  # the calendar is called desk as well
        assert word not in shown
    assert "group desk" not in shown
    if form in ("text", "markdown"):
        assert "waived at Fri 13 Feb 2026 16:00" in shown.replace("\\", "")
        assert "due time set by hand at Fri 13 Feb 2026 10:00" in shown.replace("\\", "")
        assert "counted from Fri 13 Feb 2026 09:00" in shown


def test_nobody_is_named_where_nobody_acted() -> None:
    """A waiver without actor and words is told without."""
    found = read(PROMISE, "13 9:00 opened", "13 10:00 waived", as_of="13 10:30")
    assert "waived at Fri 13 Feb 2026 10:00 Shanghai" in sentences(found)
    assert not any(line.startswith(("by ", "because: ", "from ")) for line in sentences(found))


def test_a_due_time_taken_back() -> None:
    """Setting a due time by hand, and taking it back, are changes of the promise."""
    taken_back = with_parts("13 11:00 promised", actor="Wu")
    found = read(PROMISE, *ALL[:2], taken_back, as_of="13 11:30")
    lines = sentences(found)
    assert "due time set by hand at Fri 13 Feb 2026 10:00 Shanghai: Fri 13 Feb 2026 15:00 Shanghai" in lines
    assert any(line.startswith("from Fri 13 Feb 2026 11:00 Shanghai on the promise to") for line in lines)
    assert lines[0] == "promised: 4 working hours"


def test_promised_anew_by_hand() -> None:
    """Set by hand twice: both are told."""
    twice = with_parts("13 11:00 promised", due=instant(13, 16), actor="Wu")
    lines = sentences(read(PROMISE, *ALL[:2], twice, as_of="13 11:30"))
    assert "due time set by hand at Fri 13 Feb 2026 10:00 Shanghai: Fri 13 Feb 2026 15:00 Shanghai" in lines
    assert "due time set by hand at Fri 13 Feb 2026 11:00 Shanghai: Fri 13 Feb 2026 16:00 Shanghai" in lines
    assert any(line.startswith("from Fri 13 Feb 2026 11:00 Shanghai on promised anew") for line in lines)


def test_a_retarget_at_the_very_instant() -> None:
    """Asked as the promise changes, the explanation tells of the change that made it late."""
    table = Objective(DECIDED, by="priority", rows={"P1": read_target("2 working hours"), "P2": FOUR})
    history = [happened("13 9:00 opened", priority="P2"), happened("13 12:00 note", priority="P1")]
    found = read(table, *history, as_of="13 12:00")
    assert found.verdict == "late_open"
    assert "from Fri 13 Feb 2026 12:00 Shanghai on the promise to P1, no longer to P2 (note)" in sentences(found)


def test_stood_decided() -> None:
    """A gap before reopening is told as such."""
    found = read(PROMISE, "13 9:00 opened", "13 10:00 closed", "13 12:00 reopened", as_of="13 13:00")
    assert "decided from Fri 13 Feb 2026 10:00 Shanghai to Fri 13 Feb 2026 12:00 Shanghai, then reopened" in sentences(
        found
    )


def test_a_row_that_is_called_by_hand() -> None:
    """A table may have a row of that name; its promise explains itself like any other."""
    table = Objective(RULE, by="channel", rows={"by hand": FOUR})
    found = read(table, happened("13 9:00 opened", channel="by hand"), as_of="13 10:00")
    assert "promised to by hand: 4 working hours" in found.explanation.text()


@pytest.mark.parametrize(
    ("events", "as_of", "sentence"),
    [
        ([], "13 12:00", "Close: not started by Fri 13 Feb 2026 12:00 Shanghai"),
        (
            ["13 9:00 opened"],
            "13 12:00",
            "Close: open at Fri 13 Feb 2026 12:00 Shanghai, due Fri 13 Feb 2026 15:00 Shanghai",
        ),
        (["13 9:00 opened"], "13 16:00", "Close: late since Fri 13 Feb 2026 15:00 Shanghai, and still open at"),
        (["13 9:00 opened", "13 15:00 closed"], "13 16:00", "Close: met at Fri 13 Feb 2026 15:00 Shanghai"),
    ],
)
def test_a_fixed_instant(events: list[str], as_of: str, sentence: str) -> None:
    """An instant is told in the zone of the standard, not in UTC."""
    promise = Objective(PLAIN, FixedInstant(instant(13, 15)), name="Close")
    found = read(promise, *events, as_of=as_of, calendar=None)
    assert found.explanation.sentence().startswith(sentence)
    assert sentences(found)[0] == "promised: Fri 13 Feb 2026 15:00 Shanghai"


def parts_add_up(told: Explanation) -> bool:
    """Whether what is counted inside a stretch is what the stretch counted, wherever its parts are told."""
    amounts = [dict(one.params).get("amount") for one in told.children]
    inside = [amount for amount in amounts if isinstance(amount, timedelta)]
    here = dict(told.params).get("amount")
    mine = not isinstance(here, timedelta) or not inside or sum(inside, timedelta()) == here
    return mine and all(parts_add_up(one) for one in told.children)


@pytest.mark.parametrize("as_of", ["13 17:00", "17 09:15", "17 10:00", "17 17:00"])
def test_mixed_time(as_of: str) -> None:
    """Of mixed time, what is told of the parts adds up to what was counted and is still to come."""
    # Half an hour on Friday, half on Tuesday until 9:30, then six hours on the line.
    found = read("1 working hour then 6 hours", "13 16:30 opened", as_of=as_of)
    assert found.due == instant(17, 15).add(minutes=30)
    assert sentences(found)[0] == "promised: 1 working hour then 6 hours"
    assert parts_add_up(found.explanation)


def test_a_due_time_by_hand_adds_up() -> None:
    """So do the parts of what is still to come until a due time that somebody set."""
    by_hand = with_parts("13 10:00 promised", due=instant(17, 12))
    assert parts_add_up(read(PROMISE, "13 9:00 opened", by_hand, as_of="13 11:00").explanation)


def test_a_due_time_beyond_the_known_days() -> None:
    """The line is known where holidays are not: such a due time is explained, without an error."""
    found = read("1 working hour then 48 hours", "13 16:30 opened", as_of="17 10:00")
    assert found.due == instant(19, 9).add(minutes=30)
    assert found.explanation.text()


def test_a_due_time_by_hand_beyond_the_known_days() -> None:
    """So it is where somebody set it."""
    by_hand = with_parts("13 10:00 promised", due=instant(27, 12))
    set_ = read(PROMISE, "13 9:00 opened", by_hand, as_of="13 11:00")
    assert set_.due == instant(27, 12)
    assert set_.explanation.text()


def test_what_counts_for_nothing() -> None:
    """An excluded case says so, whatever became of it: not that its promise was kept or not broken."""
    for events in (["13 9:00 opened"], ["13 9:00 opened", "13 16:00 closed"], ["13 9:00 opened", "13 16:00 withdrawn"]):
        found = read(PROMISE, *events, as_of="13 17:00", excluded=True)
        assert found.verdict == "excluded"
        assert found.explanation.sentence() == "Close: the case counts for nothing"


def test_calendars_as_the_case_goes() -> None:
    """A switch of calendar by a group is told, with nothing else changed."""
    promise = Objective(DECIDED, FOUR)
    events = (happened("13 9:00 opened"), with_parts("13 10:00 assigned", group="night", actor="Li"))
    asked = happened("13 11:00 x").instant

    def choose(_: Any, group: str | None) -> str:
        return "night" if group == "night" else "desk"

    life = fold(promise, Case("T1", {}, events), as_of=asked, choose=choose)
    night = BusinessCalendar(zone="Asia/Shanghai", hours="24x7")
    calendars = {"desk": DESK, "night": night}
    found = read_life("close", promise, life, calendars, zone="Asia/Shanghai", edition="", as_of=asked)
    assert found.calendar == "night"
    assert [one.calendar for one in found.segments] == ["desk", "night"]
    retold = [one for one in found.explanation.children if one.message == "sla.recalendared"]
    assert len(retold) == 1
    assert "night" in retold[0].sentence()


MERGED = with_parts("13 12:00 merged", since=instant(13, 10))


def test_a_merge_is_told() -> None:
    """From when it counts, and why, is told."""
    found = read(PROMISE, "13 11:00 opened", MERGED, as_of="13 12:30")
    (told,) = [one for one in found.explanation.children if one.message == "sla.counted_anew"]
    assert "Fri 13 Feb 2026 12:00 Shanghai" in told.sentence()
    assert "Fri 13 Feb 2026 10:00 Shanghai" in told.sentence()
    assert "merged" in told.sentence()


@pytest.mark.parametrize("retarget", ["keep_elapsed", "from_start", "restart", "proportional", "stay"])
@pytest.mark.parametrize("pausing", ["stops", "adds_wall_time", "hides_due"])
@pytest.mark.parametrize("reopen", ["continue", "through", "new_cycle", "stay"])
def test_every_term_explains_itself(retarget: Any, pausing: Any, reopen: Any) -> None:
    """Whatever the terms, the reasons have words, and come back equal from JSON."""
    terms = Terms(retarget=retarget, pausing=pausing, reopen=reopen)
    table = Objective(DECIDED, by="priority", rows={"P1": read_target("2 hours"), "P2": FOUR}, terms=terms)
    history = [
        happened("13 9:00 opened", priority="P2"),
        happened("13 10:00 hold"),
        happened("13 11:00 resumed"),
        happened("13 11:30 note", priority="P1"),
        happened("13 12:00 closed"),
        happened("13 14:00 reopened"),
        MERGED,
        happened("13 15:00 note", priority="P2"),
    ]
    for as_of in ("13 9:00", "13 10:30", "13 11:30", "13 13:00", "13 14:30", "13 16:00", "17 12:00"):
        told = read(table, *history, as_of=as_of).explanation
        assert told.text()
        assert told.markdown(for_="customer")
        assert Explanation.from_json(told.to_json()) == told


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("4 working hours", "工作时间 4 小时"),
        ("by 2026-02-17T10:00:00+00:00", "2026年2月17日"),
        ("2 working days by closing", "最后一日营业结束前"),
    ],
)
def test_promises_in_chinese(target: str, words: str) -> None:
    """Of time, of days, until an instant."""
    found = read(target, "13 16:00 opened", as_of="19 16:00").explanation.text("zh")
    assert words in found
    assert "working" not in found
