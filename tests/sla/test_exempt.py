"""Cases that count for nothing, clocks that are not judged yet, and which reading is shown, through a standard."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pendulum
import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.sla import Attainment

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
SHOWN
exclude = { channel = "test" }

[facts]
channel = "text"
caller = "text"
text = "text"

[events]
created = ""
customer_message = ""
agent_reply = ""
resolved = ""
note = ""
merged = ""

[objectives.resolve]
order = 1
target = "4 hours"
clock = { preset = "resolution" }
enforced_from = 2026-02-10
exclude = { caller = "mystery" }

[objectives.reply]
order = 2
target = "1 hour"
clock = { preset = "next_reply" }
enforced_from = 2026-02-10
"""


def standard(shown: str = "") -> ServiceStandard:
    """The desk, showing the first by order or the earliest due."""
    return loads(TEXT.replace("SHOWN", shown))


def event(day: int, hour: float, kind: str, **parts: Any) -> Event:
    """An event of February 2026 in Shanghai."""
    return Event(kind, at=moment(day, hour), **parts)


def moment(day: int, hour: float) -> datetime:
    """A time of February 2026 in Shanghai."""
    return pendulum.datetime(2026, 2, day, tz="Asia/Shanghai") + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("created", "judged"),
    [
        (event(9, 23.99, "created"), False),
        (event(10, 0, "created"), True),  # midnight in Shanghai, still the 9th in UTC
        (event(11, 9, "created"), True),
    ],
)
def test_enforced_from(created: Event, judged: object) -> None:
    """A clock that began before the day is not judged; the local date decides."""
    found = standard().clocks(Case("T1", {}, [created]), as_of=moment(12, 12))
    assert ("resolve" in found) is judged
    if not judged:
        assert found.unpromised["resolve"].sentence() == "not judged: its clock began before Tue 10 Feb 2026"


def test_enforced_from_by_merge() -> None:
    """A case that takes over an older start is not judged either."""
    case = Case("T1", {}, [event(10, 9, "created"), event(10, 10, "merged", since=moment(9, 9))])
    assert "resolve" in standard().clocks(case, as_of=moment(10, 9.5))
    assert "resolve" not in standard().clocks(case, as_of=moment(10, 10))


def test_enforced_from_of_cycles() -> None:
    """Of a clock that runs again and again, each cycle is judged by its own start."""
    case = Case(
        "T1",
        {},
        [
            event(9, 9, "customer_message"),
            event(9, 18, "agent_reply"),  # nine hours late, before anybody was held to it
            event(10, 9, "customer_message"),
            event(10, 9.5, "agent_reply"),
        ],
    )
    found = standard().clocks(case, as_of=moment(10, 12))["reply"]
    assert [one.verdict for one in found.cycles] == ["met"]
    assert standard().attainment([case], as_of=moment(10, 12))["reply",] == Attainment(met=1)


def test_only_cycles_from_before_were_promised_anything() -> None:
    """The promise applied to a cycle before the day, and no longer applies to the one after it: nothing is judged."""
    desk = loads(TEXT.replace("SHOWN", "").replace("order = 2\n", 'order = 2\nwhen = { text = "here" }\n'))
    case = Case(
        "T1",
        {"text": "here"},
        [
            event(9, 9, "customer_message"),
            event(9, 10, "agent_reply"),
            event(11, 9, "customer_message", facts={"text": "elsewhere"}),
        ],
    )
    found = desk.clocks(case, as_of=moment(11, 12))
    assert "reply" not in found
    assert found.unpromised["reply"].message == "sla.not_applicable"


@pytest.mark.parametrize(
    ("facts", "later", "verdicts"),
    [
        ({}, {}, ("late_open", "late_open")),
        ({"channel": "test"}, {}, ("excluded", "excluded")),
        ({"caller": "mystery"}, {}, ("excluded", "late_open")),
        ({}, {"caller": "mystery"}, ("excluded", "late_open")),  # known afterwards
        ({"caller": "mystery"}, {"caller": "real"}, ("late_open", "late_open")),
        ({}, {"channel": "test"}, ("excluded", "excluded")),
    ],
)
def test_excluded(facts: dict[str, str], later: dict[str, str], verdicts: tuple[str, str]) -> None:
    """A mystery shopper or a test is handled alike and counted for nothing, by what is known when asked."""
    events = [event(11, 9, "created"), event(11, 9, "customer_message"), event(11, 15, "note", facts=later)]
    case = Case("T1", facts, events)
    found = standard().clocks(case, as_of=moment(11, 16))
    assert (found["resolve"].verdict, found["reply"].verdict) == verdicts
    assert found["resolve"].due == moment(11, 13)
    if verdicts[0] == "excluded":
        assert found["resolve"].explanation.sentence() == "resolve: the case counts for nothing"
        assert Attainment.of([found["resolve"]]).decided == 0


def test_excluded_after_the_answer() -> None:
    """That he was a mystery shopper may come out after the case was closed."""
    events = [event(11, 9, "created"), event(11, 15, "resolved"), event(11, 18, "note", facts={"caller": "mystery"})]
    case = Case("T1", {}, events)
    assert standard().clocks(case, as_of=moment(11, 17))["resolve"].verdict == "met_late"
    assert standard().clocks(case, as_of=moment(11, 18))["resolve"].verdict == "excluded"


@pytest.mark.parametrize("fact", [{"channel": "test"}, {"caller": "mystery"}])
def test_excluded_by_what_was_known_then(fact: dict[str, str]) -> None:
    """Who asks what was known then does not see what was recorded later."""
    note = event(11, 10, "note", facts=fact, recorded_at=moment(12, 9))
    case = Case("T1", {}, [event(11, 9, "created"), note])
    then = standard().clocks(case, as_of=moment(11, 16), known_at=moment(11, 16))["resolve"]
    now = standard().clocks(case, as_of=moment(11, 16))["resolve"]
    assert (then.verdict, now.verdict) == ("late_open", "excluded")
    changed = standard().late_events(case, as_of=moment(11, 16), known_at=moment(11, 16))
    assert ("resolve", "verdict", "late_open", "excluded") in [
        (one.objective, one.kind, one.before, one.after) for one in changed
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("", "resolve"), ('keep = { shown = "order" }', "resolve"), ('keep = { shown = "earliest due" }', "reply")],
)
def test_shown(shown: str, expected: str) -> None:
    """The first by order, or that which is due first."""
    case = Case("T1", {}, [event(11, 9, "created"), event(11, 9, "customer_message")])
    found = standard(shown).clocks(case, as_of=moment(11, 9.5))
    assert found.shown == found[expected]
    assert found.act_by == moment(11, 10)
    assert [one.objective for one in found.worst_first()] == ["reply", "resolve"]
