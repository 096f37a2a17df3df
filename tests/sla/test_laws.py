"""Laws that every clock keeps, whatever happens to its case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pendulum import UTC as PENDULUM_UTC

from svcstd.calendars import BusinessCalendar
from svcstd.conditions import ANYTHING, AllOf, Eq
from svcstd.keyed import Keyed
from svcstd.moment import SECOND, micros, moment
from svcstd.sla import (
    Case,
    ClockRule,
    ElapsedTime,
    Event,
    Level,
    Objective,
    On,
    Pause,
    Reading,
    Readings,
    Terms,
    WorkingTime,
    fold,
    ownership,
    read_life,
    read_threshold,
)
from svcstd.sla.events import in_order
from svcstd.sla.fold import Clock

ZERO = datetime(2026, 1, 5, tzinfo=UTC)
"""Monday midnight; times are seconds from here."""
OPEN = [(5, 12), (20, 31), (40, 55), (60, 75), (90, 91), (100, 130), (140, 180), (200, 210), (250, 3_000)]
"""The seconds at which the desk is open."""
DESK = BusinessCalendar(
    zone="UTC", hours="Mon " + " ".join(f"00:{a // 60:02}:{a % 60:02}-00:{b // 60:02}:{b % 60:02}" for a, b in OPEN)
)
TICK = timedelta(microseconds=1)
RULE = ClockRule(
    [On("start")],
    [On("stop")],
    [Pause([On("hold")], [On("go")]), Pause([On("wait")], [On("went")]), Pause([On("lunch")], [On("lunched")])],
    [On("cancel")],
    reopen=(On("reopen"),),
    waive=(On("waive"),),
    promise=(On("promise"),),
    merge=(On("merge"),),
    paused_while=AllOf((Eq("state", "asleep"),)),
)
AGAIN = attrs.evolve(RULE, cycles=True)
ROWS = {
    "a": WorkingTime(timedelta(seconds=20)),
    "b": WorkingTime(timedelta(seconds=45)),
    "c": ElapsedTime(timedelta(seconds=30)),
}
FACTS = {"p": "a", "kind": "fault"}
NOTIFY = tuple(
    Level(read_threshold(text), ["lead"])
    for text in ("50 %", "due", "10 seconds before due", "120 %", "7 seconds after due", "15 seconds after start")
)


def promise(*, cycles: bool = False, scoped: bool = False, **parts: Any) -> Objective:
    """A promise by a table; *scoped* to faults."""
    when = AllOf((Eq("kind", "fault"),)) if scoped else ANYTHING
    return Objective(AGAIN if cycles else RULE, by="p", rows=ROWS, when=when, **parts)


def happened(kind: str, second: int, **parts: Any) -> Event:
    """An event at a second."""
    return Event(kind, at=ZERO + timedelta(seconds=second), **parts)


def retold(event: Event, **parts: Any) -> Event:
    """An event with other marks."""
    due, since = (None if at is None else moment(at, PENDULUM_UTC) for at in (event.due, event.since))
    same = {"actor": event.actor, "group": event.group, "facts": event.facts, "due": due, "since": since}
    return Event(event.kind, at=event.at, **{**same, **parts})


def read(
    objective: Objective, events: list[Event], second: float, *, known_at: float | None = None, life: Any = None
) -> Reading | None:
    """The clock at a second; none if nothing was ever promised."""
    until = micros(ZERO) + round(second * SECOND)
    known = None if known_at is None else micros(ZERO) + round(known_at * SECOND)
    if life is None:
        life = fold(objective, Case("T1", FACTS, events), as_of=until, known_at=known, choose="desk")
    if not any(one.last_row is not None for one in (*life.earlier, life)):
        return None
    return read_life("x", objective, life, {"desk": DESK}, zone="UTC", edition="", as_of=until, case="T1")


SECONDS = st.integers(0, 140)
WHEN = st.integers(0, 220)
CYCLES = st.booleans()


def kinds(*names: str) -> st.SearchStrategy[Event]:
    """Events that say nothing but their kind."""
    return st.tuples(st.sampled_from(names), SECONDS).map(lambda one: happened(*one))


def facts(name: str, *values: str) -> st.SearchStrategy[Event]:
    """Events that tell a fact."""
    return st.tuples(SECONDS, st.sampled_from(values)).map(lambda one: happened("note", one[0], facts={name: one[1]}))


def dated(second: int | None) -> datetime | None:
    """A second as a moment."""
    return None if second is None else ZERO + timedelta(seconds=second)


START = kinds("start")
PAUSES = kinds("hold", "go", "wait", "went")
TABLE = facts("p", *ROWS)
SLEEP = facts("state", "asleep", "awake")
KIND = facts("kind", "fault", "question")
BY_HAND = st.tuples(SECONDS, st.none() | st.integers(0, 260)).map(
    lambda one: happened("promise", one[0], due=dated(one[1]))
)
MERGES = st.tuples(SECONDS, SECONDS).map(lambda one: happened("merge", one[0], since=dated(one[1])))
HANDS = st.tuples(SECONDS, st.sampled_from(["desk", "field"]), st.sampled_from(["Li", "Bo", None])).map(
    lambda one: happened("assigned", one[0], group=one[1], actor=one[2])
)
CALM = (PAUSES, TABLE, SLEEP, HANDS)
EVERYTHING = (*CALM, KIND, BY_HAND, MERGES, kinds("start", "stop", "cancel", "reopen", "waive"))


def history(*parts: st.SearchStrategy[Event], size: int = 8) -> st.SearchStrategy[list[Event]]:
    """Random histories in which the clock starts."""
    return st.tuples(START, st.lists(st.one_of(*parts), max_size=size)).map(lambda both: [both[0], *both[1]])


KEEPING = st.sampled_from([Terms(), Terms(reopen="through"), Terms(attach="from_start"), Terms(retarget="stay")])


@given(KEEPING, history(*CALM, BY_HAND, kinds("stop", "reopen")), WHEN, st.integers(0, 220))
@example(Terms(), [happened("start", 0), happened("stop", 33), happened("reopen", 35)], 35, 1)
def test_time_does_not_run_backwards(terms: Terms, events: list[Event], when: int, more: int) -> None:
    """Without waiver, cancel or restart a later question finds no less time used, and every breach still on record."""
    first, second = (read(promise(terms=terms), events, at) for at in (when, when + more))
    assert first is not None
    assert second is not None
    assert first.elapsed is not None
    assert second.elapsed is not None
    assume(not any(one.at < second.asked and one.row and one.row.key == "by hand" for one in second.promises))
    assert first.elapsed <= second.elapsed
    assert second.breaches[: len(first.breaches)] == first.breaches


@given(history(*EVERYTHING), WHEN, st.integers(0, 220))
def test_breaches_are_not_undone(events: list[Event], when: int, more: int) -> None:
    """A breach that is on record stays there, with its row and its instant, if nobody waives the promise."""
    kept = [one for one in events if one.kind not in ("waive", "merge")]
    first, second = (read(promise(scoped=True), kept, at) for at in (when, when + more))
    if first is not None and first.breaches:
        assert second is not None
        assert second.breaches[: len(first.breaches)] == first.breaches


@given(CYCLES, st.lists(st.one_of(*CALM, BY_HAND), max_size=6), st.lists(SECONDS, min_size=3, max_size=3, unique=True))
def test_an_earlier_reply_breaks_nothing(cycles: bool, events: list[Event], moments: list[int]) -> None:  # noqa: FBT001
    """A reply that is moved earlier in its cycle, not before the customer's last message, breaks no promise."""
    asked, earlier, later = sorted(moments)
    customer = [happened("start", 0), happened("stop", asked), happened("start", asked)] if cycles else []
    start = [*customer, happened("start", asked)]
    calm = [one for one in events if one.instant <= micros(ZERO) + asked * SECOND or "p" not in one.facts]
    calm = [one for one in calm if one.kind != "promise" or one.instant < micros(ZERO) + asked * SECOND]
    soon, late = (
        read(promise(cycles=cycles), [*start, *calm, happened("stop", second)], 300) for second in (earlier, later)
    )
    assert soon is not None
    assert late is not None
    assert late.verdict == "met_late" or soon.verdict == "met"
    assert len(soon.breaches) <= len(late.breaches)


@given(history(PAUSES, SLEEP, TABLE, HANDS), SECONDS, st.integers(1, 60), WHEN)
def test_another_pause_never_hurries(events: list[Event], start: int, length: int, when: int) -> None:
    """With keyed pauses one pause more never makes it due earlier, nor uses more time."""
    lunch = [happened("lunch", start), happened("lunched", start + length)]
    without, paused = read(promise(), events, when), read(promise(), [*events, *lunch], when)
    assert without is not None
    assert paused is not None
    assert without.elapsed is not None
    assert paused.elapsed is not None
    if len(without.promises) <= 1:
        assert paused.elapsed <= without.elapsed
    if without.due is not None and paused.due is not None:
        assert paused.due >= without.due


@given(CYCLES, history(*EVERYTHING), WHEN)
def test_segments_tile_the_life(cycles: bool, events: list[Event], when: int) -> None:  # noqa: FBT001
    """Segments lie end to end from the first start to the stop or the question; they sum to what elapsed."""
    found = read(promise(cycles=cycles, scoped=True), events, when)
    for one in found.cycles if found is not None else ():
        if one.started is None:
            assert one.segments == ()
            continue
        end = one.asked if one.ended is None else one.ended
        first = min(made.start for made in one.promises)
        borders = [first, *(segment.end for segment in one.segments)]
        assert borders[-1] == end
        assert [segment.start for segment in one.segments] == borders[:-1]
        assert all(segment.start < segment.end for segment in one.segments)
        counted = sum(segment.counted or 0 for segment in one.segments if segment.start >= one.started)
        assert one.elapsed == timedelta(microseconds=counted)


RETARGETS = st.sampled_from(["keep_elapsed", "from_start", "restart", "stay"])
PAUSINGS = st.sampled_from(["stops", "adds_wall_time", "hides_due"])


@given(RETARGETS, PAUSINGS, history(*EVERYTHING), WHEN, st.sampled_from(["group", "agent"]))
def test_owners_sum_to_elapsed(retarget: Any, pausing: Any, events: list[Event], when: int, by: Any) -> None:
    """What each group or agent used sums to what elapsed, their shares to the share used, their breaches to all."""
    found = read(promise(scoped=True, terms=Terms(retarget=retarget, pausing=pausing)), events, when)
    for one in found.cycles if found is not None else ():
        owners = ownership(one, by)
        times = [owner.counted for owner in owners]
        assert None not in times
        assert sum((time for time in times if time is not None), timedelta()) == one.elapsed
        assert sum(owner.breaches for owner in owners) == len(one.breaches)
        shares = [owner.share for owner in owners]
        if one.used is not None and one.elapsed and None not in shares:
            assert sum((share for share in shares if share is not None), Fraction()) == one.used


@given(CYCLES, history(*EVERYTHING), st.data(), WHEN)
def test_a_duplicate_changes_nothing(cycles: bool, events: list[Event], data: st.DataObject, when: int) -> None:  # noqa: FBT001
    """An event with the id of an earlier one is that event, told twice, wherever it stands in the list."""
    named = [retold(one, id=str(number)) for number, one in enumerate(events)]
    again = data.draw(st.lists(st.sampled_from(named)))
    late = [Event("stop", at=one.at, id=one.id, recorded_at=one.at + timedelta(seconds=1)) for one in again]
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY)
    once = read(objective, named, when)
    assert read(objective, [*named, *again], when) == once
    assert read(objective, [*late, *named], when) == once


@given(CYCLES, RETARGETS, history(*EVERYTHING), st.lists(WHEN, max_size=3), WHEN)
def test_a_prefix_and_then_the_rest(
    cycles: bool,  # noqa: FBT001
    retarget: Any,
    events: list[Event],
    stops: list[int],
    when: int,
) -> None:
    """A clock that is read in between goes on as if nobody had asked."""
    objective = promise(cycles=cycles, scoped=True, terms=Terms(retarget=retarget))
    until = micros(ZERO) + when * SECOND
    case = Case("T1", FACTS, events)
    clock, heard = Clock(objective, case.facts, "desk"), 0
    in_turn = in_order(events, objective.clock.ranks, as_of=until)
    for stop in sorted(stops):
        at = micros(ZERO) + stop * SECOND
        while heard < len(in_turn) and in_turn[heard].instant <= at:
            clock.hear(in_turn[heard])
            heard += 1
        if stop <= when:
            assert clock.life(at) == fold(objective, case, as_of=at, choose="desk")
    for event in in_turn[heard:]:
        clock.hear(event)
    assert clock.life(until) == fold(objective, case, as_of=until, choose="desk")


@given(CYCLES, RETARGETS, PAUSINGS, history(*EVERYTHING), WHEN)
@example(
    cycles=False,
    retarget="from_start",
    pausing="stops",
    events=[happened("start", 1), happened("merge", 2, since=dated(0))],
    when=2,
)
def test_the_future_is_not_known(
    cycles: bool,  # noqa: FBT001
    retarget: Any,
    pausing: Any,
    events: list[Event],
    when: int,
) -> None:
    """What was read at an instant is read of the events up to it, whatever came later."""
    terms = Terms(retarget=retarget, pausing=pausing)
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY, terms=terms)
    past = [one for one in events if one.instant <= micros(ZERO) + when * SECOND]
    assert read(objective, events, when) == read(objective, past, when)


@given(CYCLES, history(*EVERYTHING), WHEN, st.randoms())
def test_the_order_of_the_list_is_nothing(cycles: bool, events: list[Event], when: int, chance: Any) -> None:  # noqa: FBT001
    """Events at distinct instants may be given in any order."""
    distinct = list({one.instant: one for one in events}.values())
    shuffled = distinct[:]
    chance.shuffle(shuffled)
    objective = promise(cycles=cycles, scoped=True)
    assert read(objective, shuffled, when) == read(objective, distinct, when)


@given(CYCLES, history(*EVERYTHING), st.lists(st.integers(0, 60), min_size=9, max_size=9), WHEN, WHEN)
def test_known_at_hides_what_was_recorded_later(
    cycles: bool,  # noqa: FBT001
    events: list[Event],
    delays: list[int],
    when: int,
    known: int,
) -> None:
    """What had not been recorded by then is as if it had never happened."""
    told = [
        retold(one, recorded_at=one.at + timedelta(seconds=late)) for one, late in zip(events, delays, strict=False)
    ]
    seen = [one for one in told if one.recorded <= micros(ZERO) + known * SECOND]
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY)
    assert read(objective, told, when, known_at=known) == read(objective, seen, when)


def keys(found: Reading) -> dict[str, int]:
    """The notices of all cycles that fired, by key, with their instants."""
    return {notice.key: notice.instant for one in found.cycles for notice in one.notices}


@given(CYCLES, RETARGETS, PAUSINGS, history(*EVERYTHING), WHEN, st.integers(0, 120))
def test_a_notice_never_unfires(
    cycles: bool,  # noqa: FBT001
    retarget: Any,
    pausing: Any,
    events: list[Event],
    when: int,
    more: int,
) -> None:
    """What fired has fired, under the same key and at the same instant, whatever happens later."""
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY, terms=Terms(retarget=retarget, pausing=pausing))
    first, second = read(objective, events, when), read(objective, events, when + more)
    if first is not None and keys(first):
        assert second is not None
        assert keys(first).items() <= keys(second).items()


@given(CYCLES, PAUSINGS, history(*EVERYTHING), st.integers(141, 300))
def test_what_is_to_come_comes(cycles: bool, pausing: Any, events: list[Event], when: int) -> None:  # noqa: FBT001
    """A coming notice fires at its instant, and not before, if nothing else happens."""
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY, terms=Terms(pausing=pausing))
    now = read(objective, events, when)
    for notice in now.coming if now is not None else ():
        second = Fraction(notice.instant - micros(ZERO), SECOND)
        assert notice.instant > micros(ZERO) + when * SECOND
        then, before = (read(objective, events, float(at)) for at in (second, second - Fraction(1, SECOND)))
        assert then is not None
        assert before is not None
        assert notice in then.notices
        assert notice.key not in {one.key for one in before.notices}


def state(found: Reading) -> tuple[Any, ...]:
    """The fields that do not simply grow with time."""
    fired = [notice.key for notice in found.notices]
    return found.activity, found.verdict, found.due_at, found.breaches, found.breached, fired, found.promises


@given(
    CYCLES,
    PAUSINGS,
    st.sampled_from(["in_time", "late", "late_if_open"]),
    history(*EVERYTHING),
    st.integers(141, 300),
    st.floats(0, 1),
)
@example(
    cycles=False,
    pausing="hides_due",
    at_due="in_time",
    events=[happened("start", 111), happened("hold", 0), happened("waive", 0)],
    when=141,
    share=0.0,
)  # the due is hidden at the due time, and shown from then on
def test_next_change(
    cycles: bool,  # noqa: FBT001
    pausing: Any,
    at_due: Any,
    events: list[Event],
    when: int,
    share: float,
) -> None:
    """Until the announced instant nothing differs, then something does; without one nothing ever will."""
    objective = promise(cycles=cycles, scoped=True, notify=NOTIFY, terms=Terms(pausing=pausing, at_due=at_due))
    now = read(objective, events, when)
    assume(now is not None)
    assert now is not None
    if now.changes is None:
        later = read(objective, events, when + 2_000)
        assert later is not None
        assert state(later) == state(now)
        return
    assert now.changes > now.asked
    between = now.asked + int((now.changes - 1 - now.asked) * share)
    for instant, same in ((between, True), (now.changes - 1, True), (now.changes, False)):
        then = read(objective, events, (instant - micros(ZERO)) / SECOND)
        assert then is not None
        assert then.asked == instant
        assert (state(then) == state(now)) is same


@given(CYCLES, RETARGETS, history(*EVERYTHING), WHEN)
def test_json_and_back(cycles: bool, retarget: Any, events: list[Event], when: int) -> None:  # noqa: FBT001
    """A reading is the same after a journey as plain data."""
    found = read(promise(cycles=cycles, scoped=True, notify=NOTIFY, terms=Terms(retarget=retarget)), events, when)
    if found is not None:
        readings = Readings("T1", "", "UTC", found.asked, Keyed({"x": found}))
        assert Readings.from_json(readings.to_json()) == readings
