"""Our answers beside the desk's own: equal or not, and the likely reason for a difference."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import attrs

from svcstd.calendars import add_calendar_days
from svcstd.calendars.days import add_working_days
from svcstd.documents import LogRow
from svcstd.errors import SvcstdError
from svcstd.explain import Explanation, because
from svcstd.moment import HOUR, local_date, moment, timezone
from svcstd.sla import CalendarDays, Reading, Target, WorkingDays, write_target
from svcstd.standard import Edition, ServiceStandard

__all__ = ["Comparison", "Difference", "compare"]

MOST_DAYS = 60
"""Other numbers of days to try when a desk's due time is not ours."""


@attrs.frozen
class Difference:
    """A case on which we and the desk disagree.

    Attributes:
        row: where it stands in the log.
        reading: our answer.
        kind: whether the due times or only the verdicts differ.
        apart: the desk's due less ours; ``None`` where one of the two is missing.
        reason: what probably happened.
    """

    row: LogRow
    reading: Reading
    kind: Literal["due", "verdict"]
    apart: timedelta | None
    reason: Explanation


@attrs.frozen
class Comparison:
    """One case compared.

    Attributes:
        same_due: whether the due times agree; ``None`` where the desk gives none.
        same_verdict: whether the verdicts agree; ``None`` where ours is neither kept nor late by an answer, or the desk
            gives none.
        difference: what to list, if anything differs.
    """

    same_due: bool | None
    same_verdict: bool | None
    difference: Difference | None


def compare(standard: ServiceStandard, row: LogRow, reading: Reading, within: timedelta) -> Comparison:
    """Compare one reading with the desk's answers.

    Args:
        standard: for other editions and targets that would explain a difference.
        row: with the desk's due and verdict.
        reading: ours.
        within: how far apart two due times may lie and still be called equal.
    """
    same_due = None
    apart = None
    if row.desk_due is not None:
        if reading.due_at is not None:
            apart = timedelta(0, 0, row.desk_due - reading.due_at)
        same_due = apart is not None and abs(apart) <= within
    same_verdict = None
    desk = standard.log.desk if standard.log is not None else None
    without_due = row.desk_due is None and desk is not None and bool(desk.due)  # such rows stand apart
    if row.desk_verdict is not None and not without_due and reading.verdict in ("met", "met_late"):
        same_verdict = (reading.verdict == "met") == (row.desk_verdict == "kept")
    if same_due is not False and same_verdict is not False:
        return Comparison(same_due, same_verdict, None)
    kind: Literal["due", "verdict"] = "due" if same_due is False else "verdict"
    reason = _due_reason(standard, row, reading, within) if kind == "due" else _verdict_reason(row, reading)
    return Comparison(same_due, same_verdict, Difference(row, reading, kind, apart, reason))


def _verdict_reason(row: LogRow, reading: Reading) -> Explanation:
    if row.desk_due is None:
        return because("desk.no_due")
    if reading.ended is not None and (reading.ended <= row.desk_due) != (row.desk_verdict == "kept"):
        return because("desk.contradicts")
    return because("desk.seconds")


def _due_reason(standard: ServiceStandard, row: LogRow, reading: Reading, within: timedelta) -> Explanation:
    ours, theirs, started = reading.due_at, row.desk_due, reading.started
    if ours is None or theirs is None or started is None:
        return because("desk.ours_missing")
    other = _other_days(standard, reading, theirs, within // timedelta(microseconds=1))
    if other is not None:
        return because("desk.other_days", other=write_target(other), target=write_target(reading.target))
    zone = timezone(reading.zone)
    if abs(theirs - ours) == HOUR and moment(started, zone).utcoffset() != moment(ours, zone).utcoffset():
        return because("desk.hour")
    if local_date(ours, zone) == local_date(theirs, zone):
        return because("desk.same_day", ours=moment(ours, zone), theirs=moment(theirs, zone))
    if theirs < started:
        return because("desk.before_start")
    return because("desk.by_hand")


def _other_days(standard: ServiceStandard, reading: Reading, theirs: int, within: int) -> Target | None:
    """The promise in another number of days that would give the desk's due time, if ours is in days."""
    target, started = reading.target, reading.started
    if started is None or not isinstance(target, WorkingDays | CalendarDays):
        return None
    edition = standard.edition_on(local_date(started, timezone(standard.zone)))
    for days in range(MOST_DAYS):
        try:
            due = _due(attrs.evolve(target, days=days), started, edition, reading.calendar)
        except SvcstdError:
            return None
        if abs(due - theirs) <= within:
            return attrs.evolve(target, days=days)
        if due > theirs:
            return None
    return None


def _due(target: WorkingDays | CalendarDays, started: int, edition: Edition, calendar: str) -> int:
    if isinstance(target, CalendarDays):
        return add_calendar_days(started, target.days, timezone(edition.zone), target.at)
    hours = edition.hours(calendar)
    return add_working_days(
        hours, started, target.days, target.mode, cutoff=target.cutoff, counts_today=target.counts_today
    )
