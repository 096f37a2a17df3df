"""What loads also answers: random promises over random histories end in readings, never in a crash."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd import Case, Event, ServiceStandard, StandardError, dumps, loads
from svcstd.calendars import Period
from svcstd.catalogues import LANGUAGES
from svcstd.documents import read_standard
from svcstd.errors import CoverageError, NeverOpens
from svcstd.sla import PRESETS, PROFILES, Readings
from svcstd.sla.terms import OPTIONS

KINDS = (
    *("created", "resolved", "reopened", "assigned", "agent_reply", "customer_message", "held", "freed", "ring"),
    *("waived", "promised", "merged", "absorbed", "called_back", "tried", "rated"),
)
BEGUN = datetime(2026, 1, 5, 1, tzinfo=UTC)
HALF = timedelta(minutes=30)
HEAD = 'svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"\n'
WORDS = """
[facts]
kind = { one_of = ["a", "b"] }
count = "integer"
[events]
created = ""
resolved = ""
moved = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
never = "closed"
[objectives.a]
"""
CLOCK = 'clock = { start = "created", stop = "resolved" }\n'


def readings(promise: str, *events: Event, **facts: Any) -> Readings:
    """The clocks of a case at the end of Monday 5 January 2026, with all that can be asked of them."""
    found = loads(HEAD + WORDS + promise).clocks(Case("1", facts, events), as_of=datetime(2026, 1, 6, tzinfo=UTC))
    answer(found)
    return found


def answer(found: Readings) -> None:
    """Ask everything of readings."""
    assert Readings.from_json(found.to_json()) == found
    assert found.shown is None or found.shown in found.values()
    for reading in found.values():
        assert all(one.explanation.text(language) for one in reading.cycles for language in LANGUAGES)
    found.notices()
    assert (found.next_change is None or found.next_change > found.as_of) or found.coming


def at(hour: int) -> datetime:
    """A moment of Monday 5 January 2026."""
    return datetime(2026, 1, 5, hour, tzinfo=UTC)


def test_working_time_where_nothing_ever_opens() -> None:
    """A calendar that is always closed: no due time, and the reading says why, whatever the target is made of."""
    for target in ("2 working hours", "2 working hours then 3 hours", "2 working days"):
        found = readings(f'target = "{target}"\ncalendar = "never"\n{CLOCK}', Event("created", at=at(9)))["a"]
        assert found.problem is not None
        assert (found.due, found.problem.message) == (None, "calendar.never_opens")


def test_restarting_a_promise_that_is_attached_later() -> None:
    """The promise begins to apply at 10:00: both options say that it counts from there."""
    promise = f'target = "2 hours"\nwhen = {{ kind = "a" }}\n{CLOCK}'
    promise += 'options = { retarget = "restart", attach = "from_attachment" }\n'
    events = (Event("created", at=at(9)), Event("moved", at=at(10), facts={"kind": "a"}))
    found = readings(promise, *events)["a"]
    assert (found.start, found.due, found.verdict) == (at(10), at(12), "late_open")


def test_a_count_that_is_told_before_the_clock_runs() -> None:
    """Five rings are known before the case is created: nothing is promised yet, and nothing is broken."""
    promise = 'target = "2..3 rings"\nclock = { start = "created", stop = "resolved", count_fact = "count" }\n'
    found = readings(promise, Event("moved", at=at(9), facts={"count": 5}))["a"]
    assert (found.activity, found.verdict, found.breached_at) == ("not_started", "open", None)


class Draw:
    """Random plain data of a standard, and random cases for it."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def maybe(self, share: float) -> bool:
        """Now and then."""
        return self.random.random() < share

    def one(self, things: Any) -> Any:
        """One of several."""
        return self.random.choice(list(things))

    def some(self, things: dict[str, Any], share: float) -> dict[str, Any]:
        """Some of several, each of its own choice."""
        return {
            key: value() if callable(value) else self.one(value) for key, value in things.items() if self.maybe(share)
        }

    def when(self) -> dict[str, Any]:
        """A condition."""
        return self.some({"kind": ["a", {"present": True}], "count": [3, ">= 2"], "urgent": [True, False]}, 0.4)

    def signal(self) -> Any:
        """Events."""
        kind = self.one(KINDS)
        return self.one([kind, kind, [kind, self.one(KINDS)], {"event": kind, "when": self.when()}])

    def pause(self) -> dict[str, Any]:
        """None, one, or several by key."""
        until = self.one([self.signal(), "any other event"])
        pair = {"on": self.signal(), "until": until}
        ways: list[dict[str, Any]] = [
            {},
            {},
            {"pause": self.signal(), "resume": until},
            {"pauses": {"p": pair, "q": pair}},
        ]
        return dict(self.one([*ways, {"paused_while": self.when()}]))

    def clock(self) -> Any:
        """A preset, perhaps with signals of its own, or all by hand."""
        name = self.one(key for key in PRESETS if key not in ("acknowledge", "hand_off"))
        if self.maybe(0.3):
            return name
        signals = dict.fromkeys(("cancel", "reopen", "waive", "promise", "merge", "count"), self.signal)
        found = (
            self.some(signals, 0.3) | self.pause() | self.some({"cycles": [True, False], "count_fact": ["count"]}, 0.2)
        )
        if self.maybe(0.4):
            return found | {"preset": name}
        return found | {"start": self.signal(), "stop": self.signal()}

    def target(self) -> str:
        """A promise of any kind, the odd ones too."""
        return str(
            self.one(
                [
                    *("8 hours", "4 working hours", "2 working hours then 3 hours", "0 hours", "0 working hours"),
                    *("2 working days", "1 working day by 18:00", "2 working days, not later than closing"),
                    *("3 calendar days", "next calendar day by 18:00", "0 working days", "1 working day by closing"),
                    *("by 2026-01-07T12:00:00Z", "2..3 rings"),
                ]
            )
        )

    def objective(self, order: int) -> dict[str, Any]:
        """A promise."""
        found: dict[str, Any] = {"clock": self.clock(), "order": order, "target": self.target()}
        if self.maybe(0.4):
            found |= {
                "by": "kind",
                "target": {"a": self.target()} | self.some({"b": self.target, "else": self.target}, 0.5),
            }
        options = self.some({"like": list(PROFILES)}, 0.4) | self.some(dict(OPTIONS), 0.3)
        thresholds = ("80 %", "due", "2 hours before due", "1 working hour after due", "150 %")
        levels = {threshold: ["x", ["x", "y"]] for threshold in thresholds}
        return found | self.some(
            {
                "options": [options],
                "factor": [{"by": "kind", "use": {"a": self.one([2, Decimal("0.5")])}}],
                "when": self.when,
                "exclude": [{"kind": "b"}],
                "calendar": ["office", "daily", "site", "moving", "never", "either"],
                "enforced_from": ["2026-01-03"],
                "notify": [self.some(levels, 0.5)],
                "goal": ["95 %"],
            },
            0.4,
        )

    def standard(self) -> dict[str, Any]:
        """Plain data of a standard."""
        holidays = {"days": ["2026-01-06"], "covers": "[2026-01-01..2026-01-31]"}
        callback = {"on": "resolved", "due": "next calendar day by 18:00", "done": "called_back", "tried": "tried"}
        return {
            "svcstd": 1,
            "id": "x",
            "name": "X",
            "zone": self.one(["Asia/Shanghai", "Europe/Berlin", "UTC"]),
            "calendar": "office",
            "facts": {
                "kind": {"one_of": ["a", "b"]},
                "count": "integer",
                "urgent": "true or false",
                "channel": "text",
                "city": "text",
            },
            "events": dict.fromkeys(KINDS, ""),
            "calendars": {
                "office": {"hours": "Mon-Fri 09:00-12:00 13:00-17:00", "holidays": holidays},
                "daily": "daily 08:00-20:00",
                "never": "closed",
                "moving": {"else": "office", "2026-01-07": "daily"},
                "either": {"any_of": ["office", "daily"]},
                "site": {"by": "city", "use": {"q": "daily", "l": {"2026-01-06": "daily"}}, "else": "office"},
            },
            "objectives": {f"o{number}": self.objective(number) for number in range(self.random.randint(1, 3))},
            "follow_ups": {"f": callback | {"tries": 2, "retry": "2 hours", "together": "city"}},
            "conversions": {"c": {"on": self.signal(), "opens": "created", "facts": {"kind": "a"}}},
            "keep": {
                "calendar": self.one(["as it goes", "at creation", "latest"]),
                "edition": self.one(["at creation", "latest"]),
                "shown": self.one(["order", "earliest due"]),
            },
            "reports": {"attainment": {"by": self.one(["started", "due", "decided"]), "week": "Monday"}},
        } | self.some(
            {
                "channels": [{"p": {"calendar": "site"}}],
                "teams": [{"g": {"calendar": "moving"}}],
                "exclude": [{"city": "x"}],
                "changes": [{"2026-01-06": {"objectives": {"o0": {"options": {"at_due": "late"}}}}}],
            },
            0.4,
        )

    def event(self) -> Event:
        """Something that happens within four days, perhaps recorded later."""
        when = BEGUN + HALF * self.random.randint(0, 200)
        facts = self.some(
            {"kind": ["a", "b"], "count": range(6), "city": ["q", "l", "x"], "urgent": [True, False]}, 0.2
        )
        hours = [timedelta(hours=hour) for hour in (-3, 0, 5, 30)]
        parts: dict[str, Any] = {"facts": facts} | self.some(
            {
                "details": [{"count": 3}],
                "group": ["g", "h"],
                "due": [when + hour for hour in hours],
                "since": [when - hour for hour in hours],
                "id": ["1", "2"],
                "recorded_at": [when + hour for hour in hours[1:]],
            },
            0.2,
        )
        return Event(self.one(KINDS), at=when, **parts)

    def case(self) -> Case:
        """A case of up to eight events."""
        facts = self.some({"kind": ["a"], "channel": ["p"], "city": ["q", "l", "z"], "count": [2]}, 0.5)
        return Case(f"c{self.random.randint(1, 99)}", facts, [self.event() for _ in range(self.random.randint(0, 8))])


@pytest.mark.long
@settings(max_examples=150)
@given(random=st.randoms(use_true_random=False))
def test_what_loads_also_answers(random: Random) -> None:
    """Clocks, explanations, suppositions, counts and duties: an answer, or a due time that cannot be told."""
    draw = Draw(random)
    try:
        standard = read_standard(draw.standard(), {})
    except StandardError as error:
        assert error.faults  # noqa: PT017 - either outcome is right
        return
    assert loads(dumps(standard)) == standard
    cases = [draw.case() for _ in range(2)]
    asked = BEGUN + HALF * random.randint(-5, 300)
    for case in cases:
        answer(standard.clocks(case, as_of=asked))
        answer(standard.clocks(case, as_of=asked, assume="no_holidays"))
        answer(standard.if_answered(case, at=asked))
        answer(standard.if_answered(case, at=asked, objective="o0"))
        assert all(str(one) for one in standard.late_events(case, as_of=asked, known_at=asked - HALF))
    _count(standard, cases, asked)


def _count(standard: ServiceStandard, cases: list[Case], asked: datetime) -> None:
    week = Period.of("week", date(2026, 1, 5), standard.zone, week="Monday")
    assert all(key[0].startswith("o") for key in standard.attainment(cases, week, as_of=asked, by=["kind"]))
    assert all(one.origin for one in standard.conversions(cases, as_of=asked))
    try:
        found = standard.follow_ups(cases, week, as_of=asked)
    except (CoverageError, NeverOpens):
        return
    assert all(one.rule == "f" for one in found)
