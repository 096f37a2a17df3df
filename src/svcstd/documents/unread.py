"""The events that a part names though it could not be read, so that a misspelt one is told in the same round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from svcstd.sla import ANY_OTHER

__all__ = ["named_events"]

OF_CLOCK = ("start", "stop", "pause", "resume", "cancel", "reopen", "waive", "promise", "merge", "count")
OF_PAUSE = ("on", "until")
OF_DUTY = ("on", "done", "tried", "settled", "ends", "opens")


def named_events(part: str, raw: object) -> Iterator[tuple[str, str]]:
    """Each event that an entry names, with the path below the entry at which it is told.

    Args:
        part: ``objectives``, ``follow_ups`` or ``conversions``.
        raw: the entry as plain data, whatever it is.
    """
    table = _table(raw)
    if part != "objectives":
        yield from (("", kind) for key in OF_DUTY for kind in _kinds(table.get(key)))
        return
    clock = _table(table.get("clock"))
    pauses = [_table(pause) for pause in _table(clock.get("pauses")).values()]
    for held, keys in ((clock, OF_CLOCK), *((pause, OF_PAUSE) for pause in pauses)):
        yield from ((".clock", kind) for key in keys for kind in _kinds(held.get(key)) if kind != ANY_OTHER)


def _table(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, dict) else {}


def _kinds(raw: object) -> Iterator[str]:
    for one in raw if isinstance(raw, list) else [raw]:
        kind = one.get("event") if isinstance(one, dict) else one
        if isinstance(kind, str):
            yield kind
