"""Escalation: which thresholds were reached, and which will be next, each with a key that makes a second send harmless.

A notice never un-fires: a threshold counts what was known at its instant, so a later pause moves only what is to come.
"""

from __future__ import annotations

from collections.abc import Iterable

from svcstd.errors import SvcstdError
from svcstd.moment import LAST
from svcstd.sla.dues import TIMED, Reckoner, first_over
from svcstd.sla.notice import Notice
from svcstd.sla.objective import BY_HAND, Row
from svcstd.sla.targets import CountLimit, WorkingTime
from svcstd.sla.thresholds import Level, Offset, Share
from svcstd.sla.views import views
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
    fired: dict[str, Notice] = {}
    coming: dict[str, Notice] = {}
    for begun, end, view, number in views(reckoner):
        row = view.promises[number].row
        assert row is not None  # noqa: S101 - a view has a promise in force
        for level, one in enumerate(reckoner.objective.notify, 1):
            instant = _instant(view, one, number, row)
            if instant is None or max(instant, begun) >= min(end, silent_from):
                continue
            promised = f"{row.key} {row.target}" if row.key == BY_HAND else row.key
            if view.objective.terms.retarget == "restart" and number:  # the same row may begin anew
                promised = f"{promised} from {view.promises[number].start}"
            key = "/".join((case, objective, str(cycle), promised, str(one.threshold)))
            at = max(instant, begun)
            notice = Notice(
                key=key,
                objective=objective,
                level=level,
                threshold=str(one.threshold),
                to=one.to,
                instant=at,
                zone=zone,
            )
            (fired if at <= reckoner.now else coming).setdefault(key, notice)
    later = (notice for key, notice in coming.items() if key not in fired)
    return _in_order(fired.values()), _in_order(later)


def _in_order(found: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(found, key=lambda one: (one.instant, one.level)))


def _instant(view: Reckoner, level: Level, number: int, row: Row) -> int | None:
    """When a threshold is reached, as it was seen then; ``None`` where that is not known."""
    try:
        match level.threshold:
            case Share(of_target=share):
                return _share_instant(view, number, row, share.numerator, share.denominator)
            case Offset(anchor="after start") as offset:
                return _later(view, row, view.promises[number].start, offset)
            case offset:
                due = view.due_of(number, LAST).instant
                if due is None:
                    return None
                return (_later if offset.anchor == "after due" else _sooner)(view, row, due, offset)
    except SvcstdError:
        return None  # the reading tells of the problem


def _share_instant(view: Reckoner, number: int, row: Row, part: int, whole: int) -> int | None:
    if isinstance(row.target, CountLimit):
        return first_over(view.life, row.target.high)
    if isinstance(row.target, TIMED) and view.objective.terms.pausing != "adds_wall_time":
        return view.used_up(number, -(-row.target.budget * part // whole), LAST)
    due = view.due_of(number, LAST).instant
    if due is None or part == whole:
        return due
    start = view.promises[number].start
    amount = -(-view.between(row, start, due) * part // whole)
    return reached(row.target, view.hours_of(row), 0, amount, start, to_opening=False)


def _later(view: Reckoner, row: Row, start: int, offset: Offset) -> int:
    amount, hours = offset.amount.amount // ONE, view.hours_of(row)
    if isinstance(offset.amount, WorkingTime) and hours is not None:
        return hours.timeline.add(start, amount)
    return start + amount


def _sooner(view: Reckoner, row: Row, due: int, offset: Offset) -> int:
    amount, hours = offset.amount.amount // ONE, view.hours_of(row)
    if isinstance(offset.amount, WorkingTime) and hours is not None:
        return hours.timeline.subtract(due, amount)
    return due - amount
