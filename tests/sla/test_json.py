"""Readings as plain data and back; what a stranger sends is refused whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.conditions import AllOf, Eq
from svcstd.errors import DefinitionError
from svcstd.explain import because
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.sla import (
    AT_DUE,
    CalendarDays,
    Case,
    ClockRule,
    CountLimit,
    ElapsedTime,
    Event,
    FixedInstant,
    Level,
    Objective,
    On,
    Pause,
    Readings,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
    fold,
    read_life,
    read_threshold,
)

MONDAY = datetime(2026, 2, 9, 9, tzinfo=UTC)
DESK = BusinessCalendar(
    zone="Europe/Rome",
    hours="Mon-Fri 09:00-18:00",
    holidays=HolidayTable({date(2026, 2, 11): "Founders' day"}, covers=(date(2026, 1, 1), date(2026, 2, 13))),
)
NEVER = BusinessCalendar(zone="Europe/Rome", hours="closed")
RULE = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("resumed")])], [On("withdrawn")])
PLAIN = ClockRule([On("opened")], [On("closed")])
TWO, LONG = WorkingTime(timedelta(hours=2)), WorkingTime(timedelta(hours=90))
OBJECTIVES = {
    "work": (Objective(RULE, LONG, by="priority", rows={"P1": TWO}, name="Résoudre <b>"), DESK),
    "line": (Objective(RULE, ElapsedTime(timedelta(hours=24))), None),
    "days": (Objective(PLAIN, WorkingDays(1)), DESK),
    "more": (Objective(PLAIN, WorkingDays(5)), DESK),
    "dates": (Objective(PLAIN, CalendarDays(2, "18:00")), DESK),
    "never": (Objective(RULE, TWO), NEVER),
    "early": (Objective(RULE, LONG, by="priority", rows={"P1": TWO}, when=AllOf((Eq("kind", "fault"),))), DESK),
}


def event(kind: str, hour: float, **parts: Any) -> Event:
    """An event so many hours after Monday nine o'clock in London."""
    return Event(kind, at=MONDAY + timedelta(hours=hour), **parts)


def look(events: list[Event], hour: float, **facts: Any) -> Readings:
    """Every kind of clock on one history."""
    asked = micros(MONDAY + timedelta(hours=hour))
    found = {}
    for key, (objective, hours) in OBJECTIVES.items():
        life = fold(objective, Case("T1", facts, tuple(events)), as_of=asked, choose="desk" if hours else "")
        if life.last_row is not None:
            calendars = {"desk": hours} if hours else {}
            found[key] = read_life(
                key, objective, life, calendars, zone="Europe/Rome", edition="2026-01-01", as_of=asked, case="T1"
            )
    why = because("sla.not_applicable", fields="kind")
    return Readings("T1", "2026-01-01", "Europe/Rome", asked, Keyed(found), Keyed({"other": why}))


HISTORIES: list[list[Event]] = [
    [],
    [event("opened", 0)],
    [event("opened", 0), event("hold", 1)],
    [event("opened", 0), event("hold", 1, group="désk", actor="Li"), event("resumed", 2.000001)],
    [event("opened", 0, facts={"priority": "P1"}), event("note", 4, facts={"priority": "P2"})],
    [event("opened", 0, facts={"priority": "P1", "kind": "fault"}), event("note", 4, facts={"kind": "question"})],
    [event("opened", 0), event("closed", 30)],
    [event("opened", 0), event("withdrawn", 3)],
]


@pytest.mark.parametrize("events", HISTORIES)
@pytest.mark.parametrize("hour", [-1, 0, 3, 8.25, 200])
@pytest.mark.parametrize("explanation", [True, False])
def test_there_and_back(events: list[Event], hour: float, explanation: object) -> None:
    """Readings of every kind are equal after JSON, problems included, and explain themselves alike."""
    readings = look(events, hour, kind="fault")
    text = json.dumps(Readings.to_json(readings, explanation=bool(explanation)))
    again = Readings.from_json(json.loads(text))
    assert again == readings
    assert hash(again) == hash(readings)
    assert list(again) == list(readings)
    for key, one in readings.items():
        assert repr(again[key]) == repr(one)
        assert again[key].remaining == one.remaining
        if explanation:
            assert again[key].explanation == one.explanation
            assert again[key].explanation.text() == one.explanation.text()
        else:
            assert again[key].explanation.sentence() == one.explanation.sentence()


@given(
    st.lists(
        st.builds(
            event,
            st.sampled_from(["opened", "hold", "resumed", "closed", "withdrawn"]),
            st.integers(0, 300).map(lambda number: number / 3),
            group=st.none() | st.text(max_size=3),
            actor=st.none() | st.text(max_size=3),
            facts=st.dictionaries(st.sampled_from(["kind", "priority"]), st.sampled_from(["P1", "P2", "fault"])),
        ),
        max_size=6,
    ),
    st.integers(0, 120),
)
def test_round_trip(events: list[Event], hour: int) -> None:
    """Any readings are equal after JSON."""
    readings = look(events, hour, kind="fault")
    assert Readings.from_json(json.loads(json.dumps(Readings.to_json(readings)))) == readings


def test_the_form() -> None:
    """Moments are ISO 8601 with offset, durations ISO 8601 in hours, no due is null."""
    found = Readings.to_json(look(HISTORIES[2], 3), explanation=False)
    assert {key: found[key] for key in ("svcstd", "case", "edition", "zone", "as_of")} == {
        "svcstd": 1,
        "case": "T1",
        "edition": "2026-01-01",
        "zone": "Europe/Rome",
        "as_of": "2026-02-09T13:00:00+01:00",
    }
    assert found["unpromised"] == {"other": {"message": "sla.not_applicable", "params": {"fields": "kind"}}}
    work = found["readings"]["work"]
    assert "explanation" not in work
    assert {key: work[key] for key in ("target", "row", "start", "due", "elapsed", "remaining", "activity")} == {
        "target": "90 working hours",
        "row": "else",
        "start": "2026-02-09T10:00:00+01:00",
        "due": None,
        "elapsed": "PT1H",
        "remaining": "PT89H",
        "activity": "paused",
    }
    assert work["segments"][1] == {
        "start": "2026-02-09T11:00:00+01:00",
        "end": "2026-02-09T13:00:00+01:00",
        "activity": "paused",
        "group": None,
        "agent": None,
        "calendar": "desk",
        "target": "else",
        "counted": "PT0S",
        "reason": "hold",
    }


def test_a_problem_comes_back() -> None:
    """A coverage fault is the same error with the same date on the other side."""
    readings = look(HISTORIES[1], 3)
    more = Readings.from_json(json.loads(json.dumps(Readings.to_json(readings))))["more"]
    assert more.problem is not None
    assert type(more.problem).__name__ == "CoverageError"
    assert more.problem.params == {"day": date(2026, 2, 13), "zone": "Europe/Rome"}


WHOLE = json.loads(json.dumps(Readings.to_json(look(HISTORIES[4], 200, kind="fault"))))
JUNK: list[Any] = [None, True, 3, 2.5, "", "junk", [], ["junk"], {}, {"message": "junk"}, -(10**30), "\ud800"]


def places(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a nested value."""
    if path:
        yield path
    pairs = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, below in pairs:
        yield from places(below, (*path, key))


PLACES = sorted(places(WHOLE), key=str)


def replaced(path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    """The whole, with one place replaced, or removed if *junk* is the ellipsis."""
    found: Any = deepcopy(WHOLE)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    if junk is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = junk
    return found  # type: ignore[no-any-return]


@given(st.sampled_from(PLACES), st.sampled_from([*JUNK, ...]))
@example(("readings", "early", "zone"), "")
def test_junk_in_any_place(path: tuple[Any, ...], junk: Any) -> None:
    """Whatever stands in whatever place, readings come out whole, or a DefinitionError."""
    try:
        readings = Readings.from_json(replaced(path, junk))
    except DefinitionError as error:
        assert str(error)  # noqa: PT017 - either way is right
        return
    hash(readings)
    for one in readings.values():
        assert one.explanation.text()
        assert repr(one)
        assert str(one.problem)
    assert Readings.from_json(json.loads(json.dumps(Readings.to_json(readings)))) == readings


PROBLEM = ("readings", "more", "problem")


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        (("case",), 3),
        (("zone",), "Europe/Roma"),
        (("zone",), "../../etc/passwd"),
        (("readings", "early", "zone"), ""),
        (("as_of",), "2026-02-09"),
        (("as_of",), "2026-02-09T09:00:00"),
        (("readings",), []),
        (("readings", "work"), "work"),
        (("readings", "work", "verdict"), "splendid"),
        (("readings", "work", "verdict"), ["met"]),
        (("readings", "work", "activity"), "sleeping"),
        (("readings", "work", "target"), "8h"),
        (("readings", "work", "target"), 8),
        (("readings", "work", "target"), "P99999999999999D"),
        (("readings", "work", "elapsed"), "P99999999999999D"),
        (("readings", "work", "elapsed"), 3600),
        (("readings", "work", "due"), "soon"),
        (("readings", "work", "segments"), "none"),
        (("readings", "work", "segments", 0, "counted"), -1),
        (("readings", "work", "segments", 0, "activity"), "napping"),
        (("readings", "work", "segments", 0, "start"), ...),
        (("readings", "work", "assumptions"), "no_holidays"),
        (("readings", "work", "breaches"), {}),
        (("readings", "work", "breaches"), [3]),
        (("readings", "work", "explanation", "message"), "no.such_message"),
        (("readings", "work", "explanation", "params"), {}),
        (("unpromised",), None),
        (("unpromised", "other"), {"message": "no.such_message"}),
        ((*PROBLEM, "error"), "SystemExit"),
        ((*PROBLEM, "error"), "nearest"),
        ((*PROBLEM, "error"), "catalogue"),
        ((*PROBLEM, "error"), "__builtins__"),
        ((*PROBLEM, "error"), "SvcstdError"),
        ((*PROBLEM, "error"), ["CoverageError"]),
        ((*PROBLEM, "message"), "no.such_message"),
        ((*PROBLEM, "message"), 3),
        ((*PROBLEM, "where"), None),
        ((*PROBLEM, "params"), {}),
        ((*PROBLEM, "params"), []),
        ((*PROBLEM, "params", "day"), {"date": "2026-02-30"}),
        (PROBLEM, "none"),
    ],
)
def test_hostile_data(path: tuple[Any, ...], junk: Any) -> None:
    """Data of another shape, unknown words and names of other things are refused with one kind of error."""
    with pytest.raises(DefinitionError) as caught:
        Readings.from_json(replaced(path, junk))
    assert (caught.value.where, caught.value.message) == ("$", "json.shape")
    assert str(caught.value).startswith("$: the mapping has another shape; give what to_json wrote (")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(("found", "shown"), [({}, "None"), ({"svcstd": 2}, "2"), ([], "list"), ("text", "str")])
def test_another_format(found: Any, shown: str) -> None:
    """What another version or program wrote is refused by its format."""
    with pytest.raises(DefinitionError) as caught:
        Readings.from_json(found)
    assert (caught.value.where, caught.value.message) == ("$.svcstd", "json.format")
    assert str(caught.value) == f"$.svcstd: the format is {shown}; give what this version writes, format 1"


RICH = ClockRule(
    [On("opened")],
    [On("closed")],
    reopen=(On("reopened"),),
    waive=(On("waived"),),
    promise=(On("promised"),),
    merge=(On("merged"),),
    count=(On("rang"),),
    cycles=True,
)
LEVELS = [Level(read_threshold("50 %"), ["lead", "head"]), Level(AT_DUE, ["head"])]
RICH_OBJECTIVES = {
    "work": Objective(RICH, TWO, notify=LEVELS, name="Résoudre"),
    "mixed": Objective(RICH, WorkingThenElapsed(timedelta(hours=1), timedelta(hours=50)), notify=LEVELS),
    "rings": Objective(RICH, CountLimit(2, 3, "rings"), notify=LEVELS[1:]),
    "fixed": Objective(RICH, FixedInstant(micros(MONDAY) + 1)),
}
RICH_HISTORIES: list[list[Event]] = [
    [event("opened", 0)],
    [event("opened", 0), event("rang", 0.1), event("closed", 0.2)],
    [event("opened", 0), *(event("rang", n / 10) for n in range(1, 6)), event("closed", 3)],
    [event("opened", 0), event("closed", 3), event("opened", 4, group="désk", actor="Li"), event("closed", 5)],
    [event("opened", 0), event("waived", 1, actor="Li", reason="flood"), event("closed", 3), event("opened", 4)],
    [event("waived", -1)],
    [event("opened", 0), event("promised", 1, due=MONDAY + timedelta(hours=2), actor="Li", reason="<agreed>")],
    [event("opened", 0), event("promised", 1, due=MONDAY), event("promised", 2)],
    [event("opened", 0), event("merged", 1, since=MONDAY - timedelta(days=3))],
    [event("opened", 0), event("closed", 1), event("reopened", 30)],
]


def rich(events: list[Event], hour: float, shows: Any = "order") -> Readings:
    """Every new kind of clock on one history."""
    asked = micros(MONDAY + timedelta(hours=hour))
    found = {}
    for key, objective in RICH_OBJECTIVES.items():
        life = fold(objective, Case("T1", {}, tuple(events)), as_of=asked, choose="desk")
        found[key] = read_life(
            key, objective, life, {"desk": DESK}, zone="Europe/Rome", edition="", as_of=asked, case="T1"
        )
    return Readings("T1", "", "Europe/Rome", asked, Keyed(found), shows=shows)


@pytest.mark.parametrize("events", RICH_HISTORIES)
@pytest.mark.parametrize("hour", [0, 1.5, 6, 40])
@pytest.mark.parametrize("shows", ["order", "earliest due"])
def test_every_new_field_there_and_back(events: list[Event], hour: float, shows: str) -> None:
    """Cycles, counts, advice, waivers, due times by hand, merges and notices are equal after JSON."""
    readings = rich(events, hour, shows)
    again = Readings.from_json(json.loads(json.dumps(Readings.to_json(readings))))
    assert again == readings
    assert hash(again) == hash(readings)
    for key, one in readings.items():
        assert again[key].cycles == one.cycles
        assert again[key].explanation == one.explanation
        assert (again[key].used, again[key].act_by) == (one.used, one.act_by)
    assert again.notices() == readings.notices()
    assert again.coming == readings.coming
    assert again.shown == readings.shown
    bare = Readings.from_json(json.loads(json.dumps(Readings.to_json(readings, explanation=False))))
    assert bare == readings
    for key, one in readings.items():  # told without calendars: the same sentence, whatever stands below
        assert bare[key].explanation.sentence() == one.explanation.sentence()


def test_the_form_of_the_new_fields() -> None:
    """Each new field in its plain form."""
    found = Readings.to_json(rich(RICH_HISTORIES[4], 1.5), explanation=False)
    assert found["shows"] == "order"
    work = found["readings"]["work"]
    assert {key: work[key] for key in ("cycle", "budget", "act_by", "count", "advice", "earlier")} == {
        "cycle": 1,
        "budget": "PT2H",
        "act_by": None,
        "count": None,
        "advice": [],
        "earlier": [],
    }
    assert work["waiver"] == {"instant": "2026-02-09T11:00:00+01:00", "actor": "Li", "words": "flood"}
    assert work["promises"][0] == {
        "at": "2026-02-09T10:00:00+01:00",
        "row": {"key": "", "target": "2 working hours", "calendar": "desk", "scale": None},
        "start": "2026-02-09T10:00:00+01:00",
        "reason": "opened",
        "by_hand": None,
        "paused": False,
    }
    set_ = Readings.to_json(rich(RICH_HISTORIES[6], 1.5), explanation=False)["readings"]["work"]
    assert set_["promises"][1]["by_hand"] == {
        "instant": "2026-02-09T11:00:00+01:00",
        "actor": "Li",
        "words": "<agreed>",
    }
    rings = Readings.to_json(rich(RICH_HISTORIES[1], 6), explanation=False)["readings"]["rings"]
    assert (rings["target"], rings["count"], rings["advice"], rings["due"]) == ("2..3 rings", 1, ["too_early"], None)
    first = Readings.to_json(rich(RICH_HISTORIES[0], 1.5), explanation=False)["readings"]["work"]
    assert first["notices"] == [
        {
            "key": "T1/work/1//50 %",
            "level": 1,
            "threshold": "50 %",
            "to": ["lead", "head"],
            "at": "2026-02-09T11:00:00+01:00",
        }
    ]
    assert [one["threshold"] for one in first["coming"]] == ["due"]


SECRETS = ["Li", "désk", "flood", "agreed", "lead", "head"]


@pytest.mark.parametrize("events", RICH_HISTORIES)
@pytest.mark.parametrize("explanation", [True, False])
def test_for_a_customer(events: list[Event], explanation: object) -> None:
    """Nobody of the house is named to a customer, and what he gets reads back and explains itself."""
    readings = rich(events, 40)
    found = Readings.to_json(readings, explanation=bool(explanation), for_="customer")
    text = json.dumps(found, ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    again = Readings.from_json(json.loads(text))
    for key, one in readings.items():
        assert (again[key].verdict, again[key].due, again[key].elapsed) == (one.verdict, one.due, one.elapsed)
        assert again[key].explanation.text() == (
            one.explanation.text(for_="customer") if explanation else again[key].explanation.text(for_="customer")
        )


RICHEST_HISTORY = [
    event("opened", 0, group="désk", actor="Li"),
    event("waived", 1.5, actor="Li", reason="flood"),
    event("closed", 3),
    event("opened", 4),
    event("promised", 4.5, due=MONDAY, actor="Li"),
]
RICHEST = json.loads(json.dumps(Readings.to_json(rich(RICHEST_HISTORY, 40))))
KINDS_OF_JUNK: dict[str, list[Any]] = {
    "text": [None, 3, [], {}],
    "maybe": [3, [], {}],
    "whole": [None, "3", 2.5, True, -1, [], {}],
    "count": ["3", 2.5, True, [], {}],
    "flag": [None, 0, "true", [], {}],
    "list": [None, 3, "x", {}],
    "moment": [None, 3, "soon", "2026-02-09", "2026-02-09T09:00:00", [], {}],
    "maybe moment": [3, "soon", "2026-02-09", "2026-02-09T09:00:00", [], {}],
    "amount": [3, "8h", "P1M", [], {}],
    "object": [3, "x", [], ["x"], {}],
}
WORK = ("readings", "work")
FIELDS: list[tuple[tuple[Any, ...], str]] = [
    (("shows",), "text"),
    ((*WORK, "cycle"), "whole"),
    ((*WORK, "budget"), "amount"),
    ((*WORK, "overrun"), "amount"),
    ((*WORK, "act_by"), "maybe moment"),
    ((*WORK, "count"), "count"),
    ((*WORK, "advice"), "list"),
    ((*WORK, "earlier"), "list"),
    ((*WORK, "notices"), "list"),
    ((*WORK, "coming"), "list"),
    ((*WORK, "promises"), "list"),
    ((*WORK, "promises", 0, "at"), "moment"),
    ((*WORK, "promises", 0, "start"), "moment"),
    ((*WORK, "promises", 0, "reason"), "text"),
    ((*WORK, "promises", 0, "paused"), "flag"),
    ((*WORK, "promises", 1, "by_hand"), "object"),
    ((*WORK, "promises", 1, "by_hand", "instant"), "moment"),
    ((*WORK, "promises", 1, "by_hand", "actor"), "maybe"),
    ((*WORK, "promises", 1, "by_hand", "words"), "maybe"),
    ((*WORK, "promises", 0, "row"), "object"),
    ((*WORK, "promises", 0, "row", "key"), "text"),
    ((*WORK, "promises", 0, "row", "target"), "text"),
    ((*WORK, "promises", 0, "row", "calendar"), "text"),
    ((*WORK, "earlier", 0, "waiver"), "object"),
    ((*WORK, "earlier", 0, "waiver", "instant"), "moment"),
    ((*WORK, "earlier", 0, "waiver", "actor"), "maybe"),
    ((*WORK, "earlier", 0, "waiver", "words"), "maybe"),
    ((*WORK, "earlier", 0, "notices", 0, "key"), "text"),
    ((*WORK, "earlier", 0, "notices", 0, "level"), "whole"),
    ((*WORK, "earlier", 0, "notices", 0, "threshold"), "text"),
    ((*WORK, "earlier", 0, "notices", 0, "to"), "list"),
    ((*WORK, "earlier", 0, "notices", 0, "at"), "moment"),
]


@pytest.mark.parametrize(("path", "kind"), FIELDS)
def test_each_new_field_of_a_wrong_kind(path: tuple[Any, ...], kind: str) -> None:
    """Each field refuses each wrong kind, and its own absence, with one kind of error."""
    for junk in [*KINDS_OF_JUNK[kind], ...]:
        found = deepcopy(RICHEST)
        inner = found
        for key in path[:-1]:
            inner = inner[key]
        assert path[-1] in inner if isinstance(inner, dict) else path[-1] < len(inner)
        if junk is ...:
            del inner[path[-1]]
        else:
            inner[path[-1]] = junk
        with pytest.raises(DefinitionError) as caught:
            Readings.from_json(found)
        assert (caught.value.where, caught.value.message) == ("$", "json.shape")


@pytest.mark.parametrize("junk", [["x", 3], [None], [["too_early"]]])
def test_advice_is_of_words(junk: Any) -> None:
    """Inside the lists, too, each thing has its kind."""
    for path in ((*WORK, "advice"), (*WORK, "earlier", 0, "notices", 0, "to")):
        found = deepcopy(RICHEST)
        inner = found
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = junk
        with pytest.raises(DefinitionError):
            Readings.from_json(found)


def test_cycles_without_end() -> None:
    """Readings nested ten thousand deep are refused, and no RecursionError."""
    found = deepcopy(RICHEST)
    inner = found["readings"]["work"]
    inner.pop("explanation")
    for _ in range(10_000):
        inner = {**inner, "earlier": [inner]}
    found["readings"]["work"] = inner
    with pytest.raises(DefinitionError):
        Readings.from_json(found)


def test_a_row_that_only_claims_to_be_by_hand() -> None:
    """A stranger's promise by hand that is no instant is refused, or explains itself; it never crashes."""
    found = deepcopy(RICHEST)
    work = found["readings"]["work"]
    work.pop("explanation")
    work["promises"][0]["row"] = {"key": "by hand", "target": "8 hours", "calendar": ""}
    try:
        readings = Readings.from_json(found)
    except DefinitionError:
        return
    assert readings["work"].explanation.text()


@pytest.mark.long
@pytest.mark.parametrize("verdict", ["open", "met", "met_late", "late_open", "waived", "excluded", "unknown"])
@pytest.mark.parametrize("activity", ["not_started", "running", "paused", "stopped", "cancelled"])
@pytest.mark.parametrize("key", ["work", "rings", "fixed"])
def test_states_that_never_were(verdict: str, activity: str, key: str) -> None:
    """A stranger's mixture of states is refused, or explains itself; it never crashes."""
    found = deepcopy(RICHEST)
    one = found["readings"][key]
    one.pop("explanation")
    one |= {"verdict": verdict, "activity": activity}
    try:
        readings = Readings.from_json(found)
    except DefinitionError:
        return
    assert readings[key].explanation.text()
    assert readings.worst_first()
