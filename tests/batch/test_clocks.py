"""Clocks over columns: every row is what the standard says of the case alone, however the log is cut or shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standard.test_whatever_loads import BEGUN, HALF, Draw

from svcstd import Case, Event, ServiceStandard, StandardError
from svcstd.calendars import Period
from svcstd.documents import read_standard
from svcstd.errors import SvcstdError
from svcstd.moment import UTC, moment
from svcstd.sla import ownership
from svcstd.standard import LogMapping

np: Any = pytest.importorskip("numpy")
batch: Any = pytest.importorskip("svcstd.batch")

LOG = LogMapping(
    id="case",
    time="ISO 8601",
    event="event",
    at="at",
    facts={name: name for name in ("kind", "count", "city", "urgent")},
    details={"count": "told"},
    recorded="recorded",
    event_id="identity",
    actor="actor",
    group="group",
    reason="reason",
    due="due",
    since="since",
)


def instant(at: datetime | None) -> Any:
    """A stamp of NumPy."""
    return np.datetime64("NaT") if at is None else np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")


def columns(cases: Sequence[Case]) -> dict[str, Any]:
    """The events of cases as the columns of a long log."""
    rows = [(case.id, event) for case in cases for event in case.events]
    optional: dict[str, list[datetime | None]] = {
        "due": [None if one.due is None else moment(one.due, UTC) for _, one in rows],
        "since": [None if one.since is None else moment(one.since, UTC) for _, one in rows],
        "at": [one.at for _, one in rows],
        "recorded": [one.recorded_at for _, one in rows],
    }
    stamps = {name: np.array([instant(at) for at in column], "datetime64[us]") for name, column in optional.items()}
    facts = {name: [event.facts.get(name) for _, event in rows] for name in LOG.facts}
    return (
        stamps
        | facts
        | {
            "case": [name for name, _ in rows],
            "event": [event.kind for _, event in rows],
            "told": [event.details.get("count") for _, event in rows],
            "identity": [event.id for _, event in rows],
            "actor": [event.actor for _, event in rows],
            "group": [event.group for _, event in rows],
            "reason": [event.reason for _, event in rows],
        }
    )


def shifted(case: Case, name: str, by: timedelta) -> Case:
    """The same case at another time."""
    events = [
        Event(
            one.kind,
            at=one.at + by,
            actor=one.actor,
            group=one.group,
            facts=one.facts,
            details=one.details,
            reason=one.reason,
            due=None if one.due is None else moment(one.due, UTC) + by,
            since=None if one.since is None else moment(one.since, UTC) + by,
            id=one.id,
            recorded_at=one.recorded_at + by,
        )
        for one in case.events
    ]
    return Case(name, {}, events)


def drawn(random: Random) -> tuple[ServiceStandard, list[Case], datetime]:
    """A random standard that loads, random cases of which several went alike, and when they are read."""
    draw = Draw(random)
    standard = None
    while standard is None:
        with suppress(StandardError):
            standard = read_standard(draw.standard(), {})
    first = [draw.case() for _ in range(4)]
    moves = [HALF * random.randint(0, 60) + timedelta(microseconds=random.randint(0, 3)) for _ in range(12)]
    cases = [
        shifted(one, f"{number}-{copy}", moves[3 * number + copy])
        for number, one in enumerate(first)
        for copy in range(3)
    ]
    return standard, [case for case in cases if case.events], BEGUN + HALF * random.randint(-5, 300)


@given(seed=st.integers(0, 2**32))
def test_every_row_is_what_the_standard_says(seed: int) -> None:
    """Random promises over random histories: each column of each row, and every fault."""
    random = Random(seed)
    standard, cases, as_of = drawn(random)
    known_at = random.choice([None, as_of - HALF * 5])
    assume = random.choice([None, "no_holidays"])
    table = batch.clocks(standard, columns(cases), LOG, as_of=as_of, known_at=known_at, assume=assume, cycles="all")
    batch.same(table, standard, cases, as_of=as_of, known_at=known_at, assume=assume, cycles="all")
    last = batch.clocks(standard, columns(cases), LOG, as_of=as_of, known_at=known_at)
    batch.same(last, standard, cases, as_of=as_of, known_at=known_at)


def told(cases: Sequence[Case], standard: ServiceStandard, **asked: Any) -> list[tuple[Any, ...]]:
    """Every escalation that the standard knows of, case by case."""
    found: list[tuple[Any, ...]] = []
    for case in cases:
        try:
            readings = standard.clocks(case, **asked)
        except SvcstdError as error:
            found.append((case.id, None, None, None, None, None, None, None, None, error.message))
            continue
        for reading in (one for last in readings.values() for one in last.cycles):
            for state, fired in (("fired", reading.notices), ("coming", reading.coming)):
                for one in fired:
                    to, at = ", ".join(one.to), moment(one.instant, UTC)
                    row = case.id, one.objective, reading.cycle, one.level, one.threshold, to, at, state, one.key, None
                    found.append(row)
    return sorted(found, key=repr)


@given(seed=st.integers(0, 2**32))
def test_every_escalation_is_what_the_standard_says(seed: int) -> None:
    """Fired or to come, of every cycle: the instant, the level, and the key by which a second send does no harm."""
    random = Random(seed)
    standard, cases, as_of = drawn(random)
    table = batch.notices(standard, columns(cases), LOG, as_of=as_of)
    rows = sorted((tuple(row.values()) for row in table.rows()), key=repr)
    assert rows == told(cases, standard, as_of=as_of)


@given(seed=st.integers(0, 2**32), by=st.sampled_from(["group", "agent"]))
def test_every_owner_is_what_the_reading_says(seed: int, by: Any) -> None:
    """Who used how much of a promise, and in whose hands it was broken."""
    random = Random(seed)
    standard, cases, as_of = drawn(random)
    table = batch.owners(standard, columns(cases), LOG, as_of=as_of, by=by)
    assert [tuple(row.values()) for row in table.rows()] == owned(cases, standard, as_of, by)


def owned(cases: Sequence[Case], standard: ServiceStandard, as_of: datetime, by: Any) -> list[tuple[Any, ...]]:
    """Every owner, case by case."""
    found: list[tuple[Any, ...]] = []
    for case in cases:
        try:
            readings = standard.clocks(case, as_of=as_of)
        except SvcstdError as error:
            found.append((case.id, None, None, None, None, None, error.message))
            continue
        for reading in (one for last in readings.values() for one in last.cycles):
            found += [
                (case.id, reading.objective, reading.cycle, one.name, one.counted, one.breaches, None)
                for one in ownership(reading, by)
            ]
    return found


@given(seed=st.integers(0, 2**32))
def test_attainment_is_what_the_standard_counts(seed: int) -> None:
    """By objective and fact, of a week or of all time; cases that cannot be read are told, and in no count."""
    random = Random(seed)
    standard, cases, as_of = drawn(random)
    period = random.choice([None, Period.of("week", date(2026, 1, 5), standard.zone, week="Monday")])
    by = random.choice([(), ("kind",), ("city", "count")])
    table = batch.attainment(standard, columns(cases), LOG, period, as_of=as_of, by=by)
    readable = [case for case in cases if is_readable(standard, case, as_of)]
    assert table.counts == standard.attainment(readable, period, as_of=as_of, by=by)
    assert table.faults == len(cases) - len(readable)
    half = len(cases) // 2
    parts = [
        batch.attainment(standard, columns(some), LOG, period, as_of=as_of, by=by)
        for some in (cases[:half], cases[half:])
    ]
    assert parts[0] + parts[1] == table


def is_readable(standard: ServiceStandard, case: Case, as_of: datetime) -> bool:
    """Whether the standard takes a case."""
    try:
        standard.clocks(case, as_of=as_of)
    except SvcstdError:
        return False
    return True
