"""Cases that become one, and a case that becomes two: merge and split, as events with their links."""

from __future__ import annotations

from datetime import datetime

from svcstd.conditions import Facts
from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY
from svcstd.moment import LAST, UTC, micros, moment
from svcstd.sla.events import Case, Event, in_order, must_be_case

__all__ = ["merge", "split"]


def merge(survivor: Case, absorbed: Case, *, at: datetime, merged: str, ended: str) -> tuple[Case, Case]:
    """Two cases about one thing become one: the survivor counts from the earlier start, the other ends.

    Args:
        survivor: the case that goes on.
        absorbed: the case that ends.
        at: when they were merged.
        merged: kind of the event told to the survivor; a clock rule names it under ``merge``.
        ended: kind of the event told to the other; a clock rule names it under ``cancel``.

    Returns:
        Both cases with their new event; the same event twice changes nothing, since each carries an id.

    Raises:
        DefinitionError: no case, a case is merged with itself, or has no event to count from.
    """
    for name, case in (("survivor", survivor), ("absorbed", absorbed)):
        must_be_case(case, name)
    if survivor.id == absorbed.id:
        raise DefinitionError("absorbed", "case.itself", value=survivor.id)
    known = in_order(absorbed.events, {}, as_of=LAST)
    since = min((min(one.instant, one.since or one.instant) for one in known), default=None)
    if since is None:
        raise DefinitionError("absorbed", "case.no_events", value=absorbed.id)
    link = f"{survivor.id}<-{absorbed.id}"
    told = Event(merged, at=at, since=moment(since, UTC), id=f"{merged}:{link}", reason=absorbed.id)
    gone = Event(ended, at=at, id=f"{ended}:{link}", reason=survivor.id)
    return survivor.with_event(told), absorbed.with_event(gone)


def split(case: Case, *, id: str, at: datetime, started: str, facts: Facts = EMPTY) -> Case:  # noqa: A002 - as Case says
    """A part of a case goes its own way: a new case that starts then, and names where it came from.

    Args:
        case: the whole.
        id: of the part.
        at: when it was split off.
        started: kind of the event that starts the clocks of the part.
        facts: what the part knows otherwise than the whole.

    Raises:
        DefinitionError: no case, or the part has the id of the whole.
    """
    must_be_case(case, "case")
    if id == case.id:
        raise DefinitionError("id", "case.itself", value=id)
    known = case.facts_at(micros(at)) | facts
    return Case(id, known, [Event(started, at=at, id=f"{started}:{id}")], origin=case.id)
