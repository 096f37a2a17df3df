"""What changed between two readings of a case: promises, due times that moved, pauses, verdicts that turned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from svcstd.explain import Explanation, Value, because
from svcstd.sla.reading import Reading
from svcstd.sla.readings import Readings
from svcstd.sla.targets import write_target

__all__ = ["Change", "ChangeKind", "changes"]

ChangeKind: TypeAlias = Literal["promised", "no_longer_promised", "target", "due", "activity", "verdict", "cycle"]


@attrs.frozen
class Change:
    """One field of one clock that reads otherwise than before.

    Attributes:
        objective: its key.
        kind: what changed.
        before, after: the values, moments and texts.
        reason: in words.
    """

    objective: str
    kind: ChangeKind
    before: Value
    after: Value
    reason: Explanation

    def __str__(self) -> str:
        return self.reason.sentence()


def changes(before: Readings, after: Readings) -> tuple[Change, ...]:
    """What reads otherwise than before: after an event, at a later instant, or once a late event was recorded.

    Args:
        before: readings of a case.
        after: readings of the same case.

    To learn what late events changed, read the case twice at one instant, first with ``known_at``.
    """
    found: list[Change] = []
    for key in dict.fromkeys((*before, *after)):
        if key not in before:
            found.append(_promised(key, after[key]))
        elif key not in after:
            found.append(_no_longer(key, before[key]))
        else:
            found += _fields(key, before[key], after[key])
    return tuple(found)


def _promised(key: str, after: Reading) -> Change:
    return Change(key, "promised", None, write_target(after.target), because("change.promised", name=_name(after)))


def _no_longer(key: str, before: Reading) -> Change:
    reason = because("change.no_longer", name=_name(before))
    return Change(key, "no_longer_promised", write_target(before.target), None, reason)


def _name(reading: Reading) -> str:
    return reading.name or reading.objective


def _fields(key: str, before: Reading, after: Reading) -> Iterator[Change]:
    name = _name(after)
    for old_one, new_one in zip(before.cycles, after.cycles, strict=False):
        latest = old_one is before and new_one is after
        if old_one.verdict != new_one.verdict and not latest:
            told, now = old_one.verdict, new_one.verdict
            reason = because("change.cycle_verdict", name=name, old=told, new=now, cycle=new_one.cycle)
            yield Change(key, "verdict", told, now, reason)
    if before.cycle != after.cycle:
        reason = because("change.cycle", name=name, old=before.cycle, new=after.cycle)
        yield Change(key, "cycle", before.cycle, after.cycle, reason)
    pairs: tuple[tuple[ChangeKind, Value, Value], ...] = (
        ("target", write_target(before.target), write_target(after.target)),
        ("activity", before.activity, after.activity),
        ("due", before.due, after.due),
        ("verdict", before.verdict, after.verdict),
    )
    sentences = {
        "target": "change.target",
        "activity": "change.activity",
        "due": "change.due",
        "verdict": "change.verdict",
    }
    for kind, old, new in pairs:
        same = before.due_at == after.due_at if kind == "due" else old == new
        if not same:
            yield Change(
                key, kind, old, new, Explanation(sentences[kind], (("name", name), ("old", old), ("new", new)))
            )
