"""One case under one edition: its words are checked, and each promise is read, or told why there is none."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from svcstd.calendars import Calendar
from svcstd.conditions import Facts
from svcstd.errors import CoverageError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY
from svcstd.moment import local_date, timezone
from svcstd.sla import (
    Case,
    Event,
    Life,
    Objective,
    Reading,
    read_life,
)
from svcstd.standard.edition import Edition

__all__ = ["check_case", "judged", "no_promise", "read_one"]


def check_case(edition: Edition, case: Case) -> Case:
    """The case as the edition takes it: floats are rounded where facts declare their digits.

    Raises:
        FactError, UnknownName: it speaks of what the edition does not declare; the first fault, with the nearest word.
    """
    if edition.facts.rounds:
        case = _rounded(edition, case)
    edition.facts.check(case.facts)
    known = edition.events
    for event in case.events:
        if event.kind not in known or event.facts is not EMPTY or event.details is not EMPTY:
            _check_event(edition, event)
    return case


def _rounded(edition: Edition, case: Case) -> Case:
    exact = edition.facts.exact
    events = [event.with_facts(exact(event.facts), exact(event.details)) for event in case.events]
    return attrs.evolve(case, facts=exact(case.facts), events=events)


def _check_event(edition: Edition, event: Event) -> None:
    if event.kind not in edition.events:
        near = nearest(event.kind, edition.events)
        raise UnknownName(f"events.{event.kind}", "events.unknown", value=event.kind, nearest=near)
    if event.facts is not EMPTY:
        edition.facts.check(event.facts)
    if event.details is not EMPTY:
        edition.facts.check(event.details)


def no_promise(edition: Edition, objective: Objective, life: Life) -> Explanation | None:
    """Why a case is promised nothing; ``None`` if it is."""
    if life.last_row is None and all(one.last_row is None for one in life.earlier):
        return _not_applicable(objective, life.facts)
    judged, start = objective.enforced_from, life.start
    if judged is not None and start is not None and local_date(start, timezone(edition.zone)) < judged:
        return because("sla.not_enforced", day=judged)
    return None


def judged(edition: Edition, objective: Objective, life: Life) -> Life:
    """Without the cycles that began before the promise was enforced."""
    judged = objective.enforced_from
    if judged is None or not life.earlier:
        return life
    zone = timezone(edition.zone)
    kept = tuple(one for one in life.earlier if one.start is None or local_date(one.start, zone) >= judged)
    return attrs.evolve(life, earlier=kept)


def _not_applicable(objective: Objective, facts: Facts) -> Explanation:
    if objective.when.holds(facts):
        _, value = objective.asked(facts)
        return because("sla.no_row", by=objective.by, value=None if value is None else str(value))
    tests = [test for test in objective.when.tests if not test.holds(facts)]
    fields = sorted({field for test in tests for field in test.fields})
    return because("sla.not_applicable", fields=", ".join(fields))


def read_one(
    edition: Edition,
    key: str,
    case: str,
    objective: Objective,
    life: Life,
    calendars: Mapping[str, Calendar],
    *,
    asked: int,
    assume: str | None,
    excluded: bool,
) -> Reading:
    """Read one promise; where holidays are unknown, as *assume* says.

    Args:
        edition: of the case.
        key: of the promise.
        objective: the promise.
        case: id of the case.
        life: of its clock.
        calendars: by key, as running clocks keep them.
        asked: when, UTC microseconds.
        assume: ``no_holidays`` where they are unknown, or nothing.
        excluded: whether the case counts for nothing.
    """
    apart = excluded or (objective.exclude is not None and objective.exclude.holds(life.facts) is True)
    zone, label = edition.zone, edition.label
    reading = read_life(
        key, objective, life, calendars, zone=zone, edition=label, as_of=asked, case=case, excluded=apart
    )
    touched = isinstance(reading.problem, CoverageError) or reading.elapsed is None
    if assume is None or not touched:
        return reading
    return read_life(
        key,
        objective,
        life,
        edition.relaxed(calendars),
        zone=zone,
        edition=label,
        as_of=asked,
        case=case,
        excluded=apart,
        assumptions=(assume,),
    )
