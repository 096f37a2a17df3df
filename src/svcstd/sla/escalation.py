"""Escalation: which thresholds were reached, and which will be next, each with a key that makes a second send harmless.

A notice never un-fires: a threshold counts what was known at its instant, so a later pause moves only what is to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from svcstd.errors import SvcstdError
from svcstd.moment import LAST
from svcstd.sla.dues import TIMED, Reckoner
from svcstd.sla.fold import Promise
from svcstd.sla.notice import Notice
from svcstd.sla.objective import Row
from svcstd.sla.targets import CountLimit, WorkingTime
from svcstd.sla.thresholds import Level, Offset, Share
from svcstd.sla.yardstick import ONE, reached

__all__ = ["read_notices"]


def read_notices(
    case: str, objective: str, cycle: int, reckoner: Reckoner, *, silent_from: int = LAST
) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """The notices that fired up to now, and those to come, each in order of time.

    Args:
        case: id of the case.
        objective: key of the objective.
        cycle: of the clock.
        reckoner: the clock.
        silent_from: nothing fires from this instant on: the promise was waived.
    """
    hours = reckoner.hours_of(reckoner.row)
    zone = hours.zone if hours is not None else reckoner.zone
    open_ = reckoner.activity in ("running", "paused")
    fired: dict[str, Notice] = {}
    coming: dict[str, Notice] = {}
    for level, one in enumerate(reckoner.objective.notify, 1):
        for row, instant in _instants(reckoner, one):
            key = "/".join((case, objective, str(cycle), row.key, str(one.threshold)))
            notice = Notice(
                key=key,
                objective=objective,
                level=level,
                threshold=str(one.threshold),
                to=one.to,
                instant=instant,
                zone=zone,
            )
            if instant >= silent_from:
                continue
            if instant < reckoner.now or (open_ and instant == reckoner.now):
                fired.setdefault(key, notice)
            elif open_:
                coming[key] = notice
    later = (notice for key, notice in coming.items() if key not in fired)
    return _in_order(fired.values()), _in_order(later)


def _in_order(found: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(found, key=lambda one: (one.instant, one.level)))


def _instants(reckoner: Reckoner, level: Level) -> Iterator[tuple[Row, int]]:
    """When a threshold is reached under each promise; the last may lie in the future."""
    promises = reckoner.promises
    for number, promise in enumerate(promises):
        if promise.row is None:
            continue
        until = promises[number + 1].at if number + 1 < len(promises) else LAST
        try:
            instant = _instant(reckoner, level, number, promise, promise.row, until)
        except SvcstdError:
            continue  # the reading tells of the problem
        if instant is not None and max(instant, promise.at) < until:
            yield promise.row, max(instant, promise.at)


def _instant(reckoner: Reckoner, level: Level, number: int, promise: Promise, row: Row, until: int) -> int | None:
    match level.threshold:
        case Share(of_target=share):
            return _share_instant(reckoner, number, row, share.numerator, share.denominator, until)
        case Offset(anchor="after start") as offset:
            return _later(reckoner, row, promise.start, offset)
        case Offset(anchor="after due") as offset:
            due = reckoner.due_of(number, until)
            return None if due.instant is None else _later(reckoner, row, due.instant, offset)
        case offset:
            return _before_due(reckoner, number, row, offset, until)


def _share_instant(reckoner: Reckoner, number: int, row: Row, part: int, whole: int, until: int) -> int | None:
    if isinstance(row.target, CountLimit):
        over = reckoner.life.counts[row.target.high : row.target.high + 1]
        return over[0] if over else None
    if isinstance(row.target, TIMED) and reckoner.objective.terms.pausing != "adds_wall_time":
        return reckoner.used_up(number, -(-row.target.budget * part // whole), until)
    due = reckoner.due_of(number, until)
    if due.instant is None or part == whole:
        return due.instant
    promise = reckoner.promises[number]
    budget = reckoner.between(row, promise.start, due.instant)
    hours = reckoner.hours_of(row)
    return reached(row.target, hours, 0, -(-budget * part // whole), promise.start, to_opening=False)


def _later(reckoner: Reckoner, row: Row, start: int, offset: Offset) -> int:
    amount = offset.amount.amount // ONE
    hours = reckoner.hours_of(row)
    if isinstance(offset.amount, WorkingTime) and hours is not None:
        return hours.timeline.add(start, amount)
    return start + amount


def _sooner(reckoner: Reckoner, row: Row, due: int, offset: Offset) -> int:
    amount = offset.amount.amount // ONE
    hours = reckoner.hours_of(row)
    if isinstance(offset.amount, WorkingTime) and hours is not None:
        return hours.timeline.subtract(due, amount)
    return due - amount


def _before_due(reckoner: Reckoner, number: int, row: Row, offset: Offset, until: int) -> int | None:
    """The first instant at which so much was left until what was then the due time."""
    for begun, end, due in reckoner.outlooks(number, until):
        instant = max(_sooner(reckoner, row, due, offset), begun)
        if instant < end:
            return instant
    return None
