"""Counts: rings and transfers, with a least that advises and a most that binds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.sla.week import at, breaches, read, told

from svcstd.conditions import AllOf, Eq
from svcstd.errors import DefinitionError
from svcstd.sla import (
    AT_DUE,
    ClockRule,
    CountLimit,
    Event,
    Level,
    Objective,
    On,
    Readings,
    Target,
    Terms,
    preset,
    read_target,
    read_threshold,
)
from svcstd.sla.json import reading_from_json, reading_to_json

RULE = ClockRule(
    [On("opened")], [On("closed")], cancel=[On("withdrawn")], count=(On("rang"),), reopen=(On("reopened"),)
)
PLAIN = ClockRule(
    [On("opened")], [On("closed")], cancel=[On("withdrawn")], count_fact="rings", reopen=(On("reopened"),)
)


def promised(target: Target | str, rule: ClockRule = RULE, **terms: Any) -> Objective:
    """One promise under some terms."""
    return Objective(rule, read_target(target) if isinstance(target, str) else target, terms=Terms(**terms))


RINGS = CountLimit(2, 3, "rings")
PHONE = Objective(RULE, RINGS)
BY_FACT = Objective(PLAIN, RINGS)


def rang(*minutes: int) -> list[Event]:
    """A call at nine, and a ring at each of these minutes past."""
    return [told("Mon 09:00 opened"), *(told(f"Mon 09:{minute:02} rang") for minute in minutes)]


@pytest.mark.parametrize(
    ("rings", "closed", "as_of", "count", "state", "advice", "breached"),
    [
        ([], None, "Mon 10:00", 0, "running open", (), None),  # too early is said of an answer only
        ([1], "Mon 09:02", "Mon 10:00", 1, "stopped met", ("too_early",), None),
        ([], "Mon 09:02", "Mon 10:00", 0, "stopped met", ("too_early",), None),
        ([1, 2], "Mon 09:03", "Mon 10:00", 2, "stopped met", (), None),
        ([1, 2, 3], "Mon 09:04", "Mon 10:00", 3, "stopped met", (), None),
        ([1, 2, 3, 4], None, "Mon 09:03", 3, "running open", (), None),
        ([1, 2, 3, 4], None, "Mon 09:04", 4, "running late_open", (), "Mon 09:04"),
        ([1, 2, 3, 4, 5], None, "Mon 10:00", 5, "running late_open", (), "Mon 09:04"),
        ([1, 2, 3, 4, 5], "Mon 09:06", "Mon 10:00", 5, "stopped met_late", (), "Mon 09:04"),
        (
            [1, 2, 3, 4],
            "Mon 09:04",
            "Mon 10:00",
            4,
            "stopped met_late",
            (),
            "Mon 09:04",
        ),  # the fourth ring, then picked up
        ([1, 1, 1, 1], None, "Mon 10:00", 4, "running late_open", (), "Mon 09:01"),  # four in one second are four
        ([0], None, "Mon 10:00", 1, "running open", (), None),  # at the very start
    ],
)
def test_counted_events(
    rings: list[int],
    closed: str | None,
    as_of: str,
    count: int,
    state: str,
    advice: tuple[str, ...],
    breached: str | None,
) -> None:
    """Two to three rings: fewer is too early, more is a breach at the first ring too many."""
    found = read(PHONE, *rang(*rings), *([f"{closed} closed"] if closed else []), as_of=as_of)
    assert (found.count, f"{found.activity} {found.verdict}", found.advice) == (count, state, advice)
    assert found.breached_at == (None if breached is None else at(breached))
    assert (found.due, found.remaining, found.budget, found.used, found.act_by, found.problem) == (None,) * 6


def test_before_and_after() -> None:
    """What rings before the call or after the answer counts for nothing."""
    early = ["Mon 08:58 rang", "Mon 08:59 rang", "Mon 09:00 opened", "Mon 09:01 rang"]
    assert read(PHONE, *early, as_of="Mon 10:00").count == 1
    assert read(PHONE, "Mon 08:59 rang", as_of="Mon 10:00").verdict == "open"
    late = [*early, "Mon 09:02 closed", "Mon 09:03 rang", "Mon 09:04 rang", "Mon 09:05 rang"]
    found = read(PHONE, *late, as_of="Mon 10:00")
    assert (found.count, found.verdict) == (1, "met")


def test_a_ring_told_twice() -> None:
    """One ring with one id is one ring."""
    again = told("Mon 09:01 rang", id="r1")
    assert read(PHONE, *rang(2), again, again, as_of="Mon 10:00").count == 2


def test_given_up() -> None:
    """The caller hangs up: with three rings nothing was broken, with four something was."""
    for rings, verdict in (([1, 2, 3], "excluded"), ([1, 2, 3, 4], "late_open")):
        found = read(PHONE, *rang(*rings), "Mon 09:30 withdrawn", as_of="Mon 10:00")
        assert (found.activity, found.verdict) == ("cancelled", verdict)
        assert found.advice == ()


@pytest.mark.parametrize("place", ["facts", "details"])
@pytest.mark.parametrize(
    ("count", "state", "advice"),
    [
        (0, "stopped met", ("too_early",)),
        (1, "stopped met", ("too_early",)),
        (2, "stopped met", ()),
        (3, "stopped met", ()),
        (4, "stopped met_late", ()),
    ],
)
def test_a_count_told_with_the_answer(place: str, count: int, state: str, advice: tuple[str, ...]) -> None:
    """A switchboard tells the rings with the answer."""
    answer = told("Mon 09:01 closed", **{place: {"rings": count}})
    found = read(BY_FACT, "Mon 09:00 opened", answer, as_of="Mon 10:00")
    assert (found.count, f"{found.activity} {found.verdict}", found.advice) == (count, state, advice)
    assert found.breached_at == (at("Mon 09:01") if count == 4 else None)


def test_a_count_told_on_the_way() -> None:
    """The last number counts, while it runs; what is no whole number counts for nothing."""
    history: list[str | Event] = ["Mon 09:00 opened", told("Mon 09:01 note", facts={"rings": 5})]
    open_ = read(BY_FACT, *history, as_of="Mon 09:10")
    assert (open_.count, open_.verdict, open_.breached_at) == (5, "late_open", at("Mon 09:01"))
    later = read(BY_FACT, *history, told("Mon 09:05 note", facts={"rings": 6}), as_of="Tue 10:00")
    assert (later.count, later.breached_at) == (6, at("Mon 09:01"))  # broken when it was told, whenever asked
    mended = read(BY_FACT, *history, told("Mon 09:02 note", facts={"rings": 2}), as_of="Mon 09:10")
    assert (mended.count, mended.verdict) == (2, "open")
    for odd in ("5", 5.0, True, None):
        found = read(BY_FACT, "Mon 09:00 opened", told("Mon 09:01 note", facts={"rings": odd}), as_of="Mon 09:10")
        assert (found.count, found.verdict) == (0, "open")
    after = read(
        BY_FACT, "Mon 09:00 opened", "Mon 09:01 closed", told("Mon 09:02 note", facts={"rings": 9}), as_of="Mon 10:00"
    )
    assert (after.count, after.verdict) == (0, "met")


def test_a_count_known_from_the_beginning() -> None:
    """A count among the facts of the case is a count."""
    found = read(BY_FACT, "Mon 09:00 opened", "Mon 09:01 closed", as_of="Mon 10:00", facts={"rings": 9})
    assert (found.count, found.verdict) == (9, "met_late")


def test_a_count_told_before_the_start() -> None:
    """Nine rings before the clock began: nothing is late that has not begun, and nothing crashes."""
    found = read(BY_FACT, told("Mon 08:00 note", details={"rings": 9}), as_of="Mon 10:00")
    assert (found.activity, found.verdict, found.breaches) == ("not_started", "open", ())


def test_no_longer_applicable_over_the_limit() -> None:
    """Over the limit, and then no promise at all: broken, whether the count was told or counted."""
    when = AllOf((Eq("kind", "fault"),))
    question = {"kind": "question"}
    told_ = Objective(PLAIN, RINGS, when=when)
    history: list[str | Event] = [
        "Mon 09:00 opened",
        told("Mon 09:01 note", facts={"rings": 9}),
        told("Mon 09:05 note", facts=question),
    ]
    found = read(told_, *history, as_of="Mon 10:00", facts={"kind": "fault"})
    assert (found.activity, found.verdict, found.count) == ("cancelled", "late_open", 9)
    counted = Objective(RULE, RINGS, when=when)
    last = told("Mon 09:04 rang", facts=question)  # the ring too many is the one that tells
    found = read(counted, *rang(1, 2, 3), last, as_of="Mon 10:00", facts={"kind": "fault"})
    assert (found.activity, found.verdict, found.breached_at) == ("cancelled", "late_open", at("Mon 09:04"))


def test_a_raised_limit() -> None:
    """Three rings, four have come; raised to five: the breach stays on record, and nothing is late now."""
    promise = Objective(RULE, by="priority", rows={"P1": RINGS, "P2": CountLimit(0, 5, "rings")})
    history = [*rang(1, 2, 3, 4), told("Mon 09:10 note P2")]
    found = read(promise, *history, as_of="Mon 09:30", facts={"priority": "P1"})
    assert (found.verdict, found.row, breaches(found)) == ("open", "P2", [(at("Mon 09:04"), "P1")])
    cut = Objective(RULE, by="priority", rows={"P2": RINGS, "P1": CountLimit(0, 5, "rings")})
    found = read(cut, *history, as_of="Mon 09:30", facts={"priority": "P1"})
    assert (found.verdict, found.breached_at) == ("late_open", at("Mon 09:10"))  # not before it was promised


def test_a_new_cycle_counts_anew() -> None:
    """Each call has its own rings, however they are told."""
    for rule, limit in ((RULE, RINGS), (PLAIN, RINGS)):
        promise = Objective(rule, limit, terms=Terms(reopen="new_cycle"))
        answer = told("Mon 09:10 closed", details={"rings": 9}) if rule is PLAIN else told("Mon 09:10 closed")
        history = [
            *rang(1, 2, 3, 4),
            answer,
            told("Mon 09:20 reopened", facts={"kind": "again"}),
            told("Mon 09:21 rang"),
        ]
        found = read(promise, *history, as_of="Mon 10:00")
        assert [one.verdict for one in found.cycles] == ["met_late", "open"]
        assert found.count == (1 if rule is RULE else 0)


def test_acknowledge_counts_rings() -> None:
    """The preset takes the rings as events or from a fact."""
    by_event = Objective(preset("acknowledge", count="rang"), RINGS)
    history = ["Mon 09:00 created", "Mon 09:01 rang", "Mon 09:02 rang", "Mon 09:03 acknowledged"]
    assert read(by_event, *history, as_of="Mon 10:00").count == 2
    by_fact = Objective(preset("acknowledge", count_fact="rings"), RINGS)
    answer = told("Mon 09:03 acknowledged", details={"rings": 3})
    assert read(by_fact, "Mon 09:00 created", answer, as_of="Mon 10:00").count == 3


def test_a_count_has_no_thresholds_but_due() -> None:
    """Eighty percent of three rings is nothing; at the ring too many somebody is told."""
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, RINGS, notify=[Level(AT_DUE, ["lead"]), Level(read_threshold("80 %"), ["lead"])])
    assert (caught.value.where, caught.value.message) == ("notify", "objective.count_levels")
    promise = Objective(RULE, RINGS, notify=[Level(AT_DUE, ["lead"])])
    found = read(promise, *rang(1, 2, 3, 4, 5), as_of="Mon 10:00")
    assert [one.at for one in found.notices] == [at("Mon 09:04")]


def test_over_the_limit_in_one_second() -> None:
    """Opened, rung and answered in one second, where no ring was allowed: late, and somebody is told."""
    promise = Objective(RULE, CountLimit(0, 0, "rings"), notify=[Level(AT_DUE, ["lead"])])
    found = read(promise, *rang(0), "Mon 09:00 closed", as_of="Mon 10:00")
    assert (found.verdict, found.breached_at, found.segments) == ("met_late", at("Mon 09:00"), ())
    assert [one.at for one in found.notices] == [at("Mon 09:00")]


@pytest.mark.parametrize(
    ("history", "sentence", "reasons"),
    [
        (["Mon 09:00 opened"], "close: open at Mon 9 Feb 2026 10:00 Shanghai, 0 counted", ["promised: 2..3 rings"]),
        (
            ["Mon 09:00 opened", "Mon 09:01 rang", "Mon 09:02 closed"],
            "close: answered at Mon 9 Feb 2026 09:02 Shanghai after 1",
            ["promised: 2..3 rings", "too early: 1 counted, 2 is the least (advice, no breach)"],
        ),
        (
            ["Mon 09:00 opened", *(f"Mon 09:0{n} rang" for n in range(1, 5))],
            "close: 4 counted by Mon 9 Feb 2026 10:00 Shanghai, more than promised",
            ["promised: 2..3 rings", "broken at Mon 9 Feb 2026 09:04 Shanghai under the promise 2..3 rings"],
        ),
        (
            ["Mon 09:00 opened", *(f"Mon 09:0{n} rang" for n in range(1, 5)), "Mon 09:05 closed"],
            "close: answered at Mon 9 Feb 2026 09:05 Shanghai after 4, more than promised",
            ["promised: 2..3 rings", "broken at Mon 9 Feb 2026 09:04 Shanghai under the promise 2..3 rings"],
        ),
        (
            ["Mon 09:00 opened", "Mon 09:05 withdrawn"],
            "close: cancelled Mon 9 Feb 2026 09:05 Shanghai before its promise was broken",
            ["promised: 2..3 rings"],
        ),
        ([], "close: not started by Mon 9 Feb 2026 10:00 Shanghai", ["promised: 2..3 rings"]),
    ],
)
def test_told_in_words(history: list[str], sentence: str, reasons: list[str]) -> None:
    """A count explains itself by its number, without a due time."""
    found = read(PHONE, *history, as_of="Mon 10:00")
    assert found.explanation.sentence() == sentence
    assert [one.sentence() for one in found.explanation.children][: len(reasons)] == reasons
    assert found.explanation.text(for_="customer") == found.explanation.text()


@pytest.mark.parametrize("count", [0, 3, 10_000, -1, 10**30])
def test_there_and_back(count: int) -> None:
    """Whatever number a switchboard tells, the reading comes back equal from JSON."""
    answer = told("Mon 09:01 closed", details={"rings": count})
    found = read(BY_FACT, "Mon 09:00 opened", answer, as_of="Mon 10:00")
    assert reading_from_json(json.loads(json.dumps(reading_to_json(found)))) == found


def test_readings_with_counts() -> None:
    """A count stands beside clocks: late ones first, open ones without a due among those that wait."""
    late = read(PHONE, *rang(1, 2, 3, 4), as_of="Mon 10:00")
    open_ = read(PHONE, *rang(1), as_of="Mon 10:00")
    timed = read(promised("4 working hours", PLAIN), "Mon 09:00 opened", as_of="Mon 10:00")
    found = Readings("T1", "", "Asia/Shanghai", late.asked, {"o": open_, "t": timed, "l": late})  # type: ignore[arg-type]
    assert [one.verdict for one in found.worst_first()] == ["late_open", "open", "open"]
    assert found.worst_first()[1] == timed
