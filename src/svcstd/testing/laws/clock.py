"""What holds for every clock: waiting mends nothing, the order of telling is free, nothing changes unannounced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations, groupby
from typing import Any

import attrs
from hypothesis import strategies as st

from svcstd.conditions import show_value
from svcstd.errors import UnknownName, nearest
from svcstd.moment import iso_moment, micros, moment, timezone
from svcstd.sla import Case, Event, FixedInstant, Reading
from svcstd.standard import ServiceStandard
from svcstd.testing.laws.law import Breach, Law, clause_of
from svcstd.testing.strategies.moments import durations
from svcstd.testing.strategies.standards import cases as cases_of
from svcstd.testing.strategies.standards import facts as facts_of

__all__ = [
    "LAWS",
    "PRIORITIES",
    "due_after_the_start",
    "no_priority_inversion",
    "nothing_changes_unannounced",
    "notices_come_once",
    "telling_twice_changes_nothing",
    "the_order_of_telling_is_free",
    "waiting_never_unbreaches",
]

PRIORITIES = ("priority", "severity", "urgency", "impact")
"""Facts whose values are taken to be in order of urgency, most urgent first or last."""
TICK = timedelta(microseconds=1)


def told_case(case: Case, *, as_of: int | None = None, zone: str = "UTC") -> str:
    """A case in words, a line for each event."""
    tz = timezone(zone)
    lines = [", ".join(f"{name} = {show_value(value)}" for name, value in case.facts.items()) or "no facts"]
    for event in case.events:
        more = [f"{name} = {show_value(value)}" for name, value in (*event.facts.items(), *event.details.items())]
        more += [f"{name} {value}" for name in ("group", "id") if (value := getattr(event, name)) is not None]
        more += [f"recorded {iso_moment(moment(event.recorded, tz))}"] if event.recorded != event.instant else []
        more += [f"due {iso_moment(moment(event.due, tz))}"] if event.due is not None else []
        lines.append(
            " ".join((iso_moment(moment(event.instant, tz)), event.kind, *([f"({', '.join(more)})"] if more else [])))
        )
    if as_of is not None:
        lines.append(f"{iso_moment(moment(as_of, tz))} we ask")
    return "\n".join(lines)


def _law(
    standard: ServiceStandard,
    name: str,
    says: str,
    breach: Callable[[Case, timedelta], Breach | None],
) -> Law:
    """A law over cases, and some time after the last event of each."""

    def cases() -> st.SearchStrategy[Any]:
        return st.tuples(cases_of(standard), durations(30))

    return Law(
        where="clocks",
        name=name,
        says=says,
        cases=cases,
        breach=lambda case: breach(*case),
        clause=clause_of(standard),
    )


def _shown(reading: Reading | None) -> str:
    if reading is None:
        return "no promise"
    due = "" if reading.due is None else f", due {iso_moment(reading.due)}"
    return f"{reading.activity}, {reading.verdict}{due}"


def waiting_never_unbreaches(standard: ServiceStandard) -> Law:
    """A promise that is broken stays broken while nothing happens.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        at = moment(case.last.instant, zone)
        first, second = standard.clocks(case, as_of=at), standard.clocks(case, as_of=at + later)
        for key, reading in first.items():
            after = second.get(key)
            if reading.breached is not None and (after is None or after.breached is None):
                told = told_case(case, as_of=micros(at + later), zone=standard.zone)
                return Breach(told, f"broken, as it was {later} before", _shown(after), f"objectives.{key}")
        return None

    return _law(standard, "waiting_never_unbreaches", "what is broken stays broken while nothing happens", breach)


def due_after_the_start(standard: ServiceStandard) -> Law:
    """Nothing is due before it began.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        by_hand = any(event.due is not None for event in case.events)
        asked = moment(case.last.instant, zone) + later
        for key, reading in standard.clocks(case, as_of=asked).items():
            early = reading.started is not None and reading.due_at is not None and reading.due_at < reading.started
            if early and not by_hand and not isinstance(reading.target, FixedInstant):
                told = told_case(case, as_of=micros(asked), zone=standard.zone)
                return Breach(told, "due after its start", _shown(reading), f"objectives.{key}")
        return None

    return _law(standard, "due_after_the_start", "no promise is due before its clock started", breach)


def the_order_of_telling_is_free(standard: ServiceStandard) -> Law:
    """Events of other instants may be told in any order.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        asked = moment(case.last.instant, zone) + later
        groups = [list(group) for _, group in groupby(sorted(case.events, key=_at), key=_at)]
        other = attrs.evolve(case, events=[event for group in reversed(groups) for event in group])
        return _same(standard, case, other, asked, "the same as told the other way round")

    return _law(
        standard, "the_order_of_telling_is_free", "readings do not hang on the order in which events are told", breach
    )


def _at(event: Event) -> int:
    return event.instant


def telling_twice_changes_nothing(standard: ServiceStandard) -> Law:
    """An event told twice under one id happened once.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        asked = moment(case.last.instant, zone) + later
        named = [_named(event, number) for number, event in enumerate(case.events)]
        once = attrs.evolve(case, events=named)
        return _same(standard, once, attrs.evolve(case, events=[*named, *named]), asked, "the same as told once")

    return _law(standard, "telling_twice_changes_nothing", "an event told twice under one id happened once", breach)


def _named(event: Event, number: int) -> Event:
    """The event under an id of its own."""
    zone = timezone("UTC")
    return Event(
        event.kind,
        at=event.at,
        actor=event.actor,
        group=event.group,
        facts=event.facts,
        details=event.details,
        reason=event.reason,
        due=None if event.due is None else moment(event.due, zone),
        since=None if event.since is None else moment(event.since, zone),
        id=f"event {number}",
        recorded_at=event.recorded_at,
        seq=event.seq,
    )


def _same(standard: ServiceStandard, one: Case, other: Case, asked: Any, expected: str) -> Breach | None:  # noqa: ANN401 - a moment
    first, second = standard.clocks(one, as_of=asked), standard.clocks(other, as_of=asked)
    for key in {**first.found, **second.found}:
        if first.get(key) != second.get(key):
            told = told_case(other, as_of=micros(asked), zone=standard.zone)
            return Breach(told, f"{expected}: {_shown(first.get(key))}", _shown(second.get(key)), f"objectives.{key}")
    return None


def nothing_changes_unannounced(standard: ServiceStandard) -> Law:
    """Until ``next_change`` nothing changes, if nothing happens.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        at = moment(case.last.instant, zone)
        before = standard.clocks(case, as_of=at)
        until = before.next_change
        asked = at + later if until is None else min(at + later, max(at, until - TICK))
        after = standard.clocks(case, as_of=asked)
        for key in {**before.found, **after.found}:
            first, second = before.get(key), after.get(key)
            if _state(first) != _state(second):
                told = told_case(case, as_of=micros(asked), zone=standard.zone)
                change = "never" if until is None else f"at {iso_moment(until)}"
                return Breach(told, f"{_shown(first)}; next change {change}", _shown(second), f"objectives.{key}")
        return None

    return _law(standard, "nothing_changes_unannounced", "nothing changes before the next change that was told", breach)


def _state(reading: Reading | None) -> object:
    if reading is None:
        return None
    return reading.activity, reading.verdict, reading.due_at, [notice.key for notice in reading.notices]


def notices_come_once(standard: ServiceStandard) -> Law:
    """However often we look, each escalation is told once.

    Args:
        standard: with the promises.
    """
    zone = timezone(standard.zone)

    def breach(case: Case, later: timedelta) -> Breach | None:
        at = moment(case.last.instant, zone)
        asked = at + later
        first, second = standard.clocks(case, as_of=at).notices(), standard.clocks(case, as_of=asked).notices(since=at)
        found = [notice.key for notice in (*first, *second)]
        whole = [notice.key for notice in standard.clocks(case, as_of=asked).notices()]
        if sorted(found) == sorted(whole) and len({*whole}) == len(whole):
            return None
        told = told_case(case, as_of=micros(asked), zone=standard.zone)
        return Breach(told, ", ".join(sorted(whole)), ", ".join(sorted(found)))

    return _law(standard, "notices_come_once", "looking in between neither loses nor repeats an escalation", breach)


def no_priority_inversion(standard: ServiceStandard, objective: str, *, by: str) -> Law:
    """Due times follow the order of urgency: of any three the one in the middle is never the first or the last alone.

    Args:
        standard: with the promise.
        objective: its key.
        by: the fact whose declared values are in order of urgency.

    Raises:
        UnknownName: no such objective.
    """
    edition = standard.current
    if objective not in edition.objectives:
        raise UnknownName(
            "objective", "objective.unknown", value=objective, nearest=nearest(objective, edition.objectives)
        )
    where, zone = f"objectives.{objective}", timezone(standard.zone)
    values = edition.facts.type_of(by).one_of
    start = edition.objectives[objective].clock.start[0]

    def breach(case: tuple[dict[str, Any], Case]) -> Breach | None:
        facts, drawn = case
        event = Event(start.kind, at=moment(drawn.events[0].instant, zone), details=drawn.events[0].details)
        dues: list[tuple[int, str]] = []
        for value in values:
            asked = Case("case", {**facts, by: value}, [event])
            reading = standard.clocks(asked, as_of=event.at).get(objective)
            if reading is not None and reading.due_at is not None:
                dues.append((reading.due_at, value))
        for before, between, after in combinations(dues, 3):
            if not min(before[0], after[0]) <= between[0] <= max(before[0], after[0]):
                told = told_case(Case("case", facts, [event]), zone=standard.zone)
                got = ", ".join(f"{value} {iso_moment(moment(due, zone))}" for due, value in (before, between, after))
                return Breach(told, f"{between[1]} due between {before[1]} and {after[1]}", got, where)
        return None

    return Law(
        where=where,
        name=f"no_inversion_by_{by}",
        says=f"due times follow the order of {by}",
        cases=lambda: st.tuples(facts_of(standard, for_=where), cases_of(standard, max_events=1)),
        breach=breach,
        clause=clause_of(standard),
    )


LAWS = (
    waiting_never_unbreaches,
    due_after_the_start,
    the_order_of_telling_is_free,
    telling_twice_changes_nothing,
    nothing_changes_unannounced,
    notices_come_once,
)
"""Those that take a standard alone."""
