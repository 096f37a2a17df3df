"""What clients tell, checked: JSON to cases and events of svcstd."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from svcstd import Event, ServiceStandard
from svcstd.conditions import FactSchema

from .instants import moment
from .tables import LONGEST

__all__ = ["RefusedError", "an_id", "canonical", "event_of", "facts_of", "read_json", "read_moment"]

TEXTS = ("actor", "group", "reason")
MOMENTS = ("due", "since")
KEYS = ("id", "event", "at", "facts", "details", "seq", *TEXTS, *MOMENTS)


class RefusedError(ValueError):
    """A body that nobody can store.

    Attributes:
        where: the part of it.
        problem: what is wrong.
        fix: what to send instead.
    """

    def __init__(self, where: str, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem}; {fix}")
        self.where, self.problem, self.fix = where, problem, fix


def read_json(body: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value whose decimals are exact; no float is made.

    Raises:
        RefusedError: no JSON.
    """
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise RefusedError("body", f"no JSON ({error})", "send one JSON value") from None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def canonical(told: object) -> str:
    """The same text for the same content; decimals as texts, which facts of numbers take as well."""
    return json.dumps(told, sort_keys=True, default=str)


def read_moment(text: object, where: str) -> datetime:
    """A moment with its offset.

    Raises:
        RefusedError: no ISO 8601 moment, or one without offset.
    """
    try:
        found = datetime.fromisoformat(text)  # type: ignore[arg-type] # anything else is refused below
    except (TypeError, ValueError):
        raise RefusedError(where, f"{text!r:.80} is no moment", "write 2026-03-02T09:00:00+08:00") from None
    if found.tzinfo is None:
        raise RefusedError(where, f"{text} has no offset", "write 2026-03-02T09:00:00+08:00")
    return found


def an_id(found: object, where: str) -> str:
    """An id that every database and log can hold.

    Raises:
        RefusedError: no text, or one that is empty, too long or cannot be printed.
    """
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST or not found.isprintable():
        raise RefusedError(where, f"{found!r:.80} is no id", f"write 1 to {LONGEST} printable letters")
    return found


def facts_of(standard: ServiceStandard, told: object, where: str) -> dict[str, Any]:
    """Facts by name; dates, moments, durations and numbers may be texts, as JSON has no such values.

    Raises:
        RefusedError: no object.
        FactError: a fact that no edition declares, or a value of another kind.
    """
    if not isinstance(told, Mapping):
        raise RefusedError(where, f"{told!r:.80} is no object", 'write {"priority": "P1"}')
    types = {name: kind for edition in standard.every_edition for name, kind in edition.facts.types.items()}
    schema = FactSchema(types)

    def value(name: str, found: object) -> object:
        ordered = name in types and types[name].is_ordered
        return schema.read(name, found) if ordered and isinstance(found, str) else found

    return schema.exact({name: value(name, found) for name, found in schema.flat(told).items()})


def event_of(standard: ServiceStandard, told: object, *, recorded: int) -> Event:
    """An event as it was told.

    Args:
        standard: that declares its facts.
        told: an object of ``id``, ``event``, ``at``, and what else :class:`svcstd.Event` takes.
        recorded: when the service heard of it, UTC microseconds.

    Raises:
        RefusedError: a key that is missing, unknown, or of another kind.
        FactError, MomentError: as svcstd says.
    """
    if not isinstance(told, Mapping):
        raise RefusedError("event", f"{told!r:.80} is no object", 'write {"id": "e-1", "event": "opened", "at": "…"}')
    for key in told:
        if key not in KEYS:
            raise RefusedError(f"event.{key}", "no such key", f"write {', '.join(KEYS)}")
    for key in TEXTS:
        if not isinstance(told.get(key), str | None):
            raise RefusedError(f"event.{key}", f"{told[key]!r:.80} is no text", "write a text, or leave it out")
    seq = told.get("seq")
    if seq is not None and type(seq) is not int:
        raise RefusedError("event.seq", f"{seq!r:.80} is no whole number", "write 1, or leave it out")
    due, since = (None if told.get(key) is None else read_moment(told[key], f"event.{key}") for key in MOMENTS)
    return Event(
        an_id(told.get("event"), "event.event"),
        id=an_id(told.get("id"), "event.id"),
        at=read_moment(told.get("at"), "event.at"),
        facts=facts_of(standard, told.get("facts", {}), "event.facts"),
        details=facts_of(standard, told.get("details", {}), "event.details"),
        seq=seq,
        recorded_at=moment(recorded),
        actor=told.get("actor"),
        group=told.get("group"),
        reason=told.get("reason"),
        due=due,
        since=since,
    )
