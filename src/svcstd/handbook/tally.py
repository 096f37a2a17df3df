"""The figures of a report: every case read once, then counted by promise, week and hour; no text, no pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TypeAlias

import attrs

from svcstd.calendars import Period
from svcstd.documents import LogRow, ReadLog, Rejected
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.explain import Explanation, because
from svcstd.handbook.burn import Burn, Escalated, burn_of, escalated, owners
from svcstd.handbook.desk import Difference, compare
from svcstd.moment import date_of, moment, timezone
from svcstd.sla import Attainment, Owner, Reading, instant_of
from svcstd.standard import Reports, ServiceStandard

__all__ = ["DeskRow", "Report", "Result", "evaluate", "tally"]

SLOWEST = 12
ENOUGH = 10
"""Decided promises from which on a share is worth a headline."""
Cell: TypeAlias = "tuple[int, int]"
"""Weekday (Monday is 0) and hour, on the wall of the standard."""


@attrs.frozen
class Result:
    """One promise of one case, or why there is none.

    Attributes:
        row: where the case stands in the log, and the desk's own answers.
        objective: key of the objective; empty where the case could not be read at all.
        reading: its clock, or ``None``.
        reason: why there is no reading.
    """

    row: LogRow
    objective: str
    reading: Reading | None
    reason: Explanation | None = None

    @property
    def promise(self) -> tuple[str, str]:
        """Objective and target row."""
        return self.objective, self.reading.row if self.reading is not None else ""


def evaluate(standard: ServiceStandard, rows: Iterable[LogRow], *, as_of: datetime) -> Iterator[Result]:
    """Read every clock of every case, one after the other."""
    for row in rows:
        try:
            readings = standard.clocks(row.case, as_of=as_of)
        except SvcstdError as error:
            yield Result(row, "", None, because("report.refused", problem=error.text()))
            continue
        for key, last in readings.items():
            for reading in last.cycles:
                reason = _stray(standard, row, key, reading)
                yield Result(row, key, None if reason is not None else reading, reason)
        for key, reason in readings.unpromised.items():
            yield Result(row, key, None, reason)


def _stray(standard: ServiceStandard, row: LogRow, key: str, reading: Reading) -> Explanation | None:
    """Why a clock tells nothing: nothing started it, or it was stopped before it began and never after."""
    if reading.started is None:
        return because("report.not_started", promise=key)
    if reading.activity not in ("running", "paused"):
        return None
    edition = standard.edition_called(reading.edition)
    clock = edition.objectives[key].clock
    stops = set() if clock.cycles else {on.kind for on in clock.stop}
    early = any(event.kind in stops and event.instant < reading.started for event in row.case.events)
    return because("report.stopped_first", promise=key) if early else None


@attrs.frozen
class DeskRow:
    """How often a promise's due times and verdicts are the desk's own.

    Attributes:
        compared: rows with a due time of the desk.
        due: of these, due times that agree within the tolerance.
        closed: rows that were answered, in time or late, and carry a verdict of the desk.
        verdict: of these, verdicts that agree.
        without: rows to which the desk gives no due time.
    """

    compared: int = 0
    due: int = 0
    closed: int = 0
    verdict: int = 0
    without: int = 0

    def __add__(self, other: DeskRow) -> DeskRow:
        return DeskRow(*(a + b for a, b in zip(attrs.astuple(self), attrs.astuple(other), strict=True)))


@attrs.frozen(kw_only=True)
class Report:
    """Everything that a page or a terminal shows.

    Attributes:
        standard: by which it was judged.
        as_of: when the clocks were read.
        since, until: half-open span of local dates that the figures cover; ``None`` for all.
        reports: how periods count.
        results: all of them, in the order of the log.
        counted: those within the span, which the figures count.
        promises: attainment by objective and target row.
        weeks: attainment by week, each week in between included.
        hours: by weekday and hour of the start: late and decided promises.
        escalated: the thresholds that fired.
        owners: who used how much time up.
        burns: error budgets of the objectives that have a goal.
        slowest: the promises that took longest past their due, with their clocks.
        desk: agreement with the desk by promise; empty where it gives no answers.
        differences: every disagreement.
        without: promises to which the desk gives no due time, where it gives one to others.
        unpromised: reasons for no promise, with counts.
        rejected: rows that could not be read.
        ignored: texts of the log that are no event of the standard, with the number of their rows.
    """

    standard: ServiceStandard
    as_of: datetime
    since: date | None
    until: date | None
    reports: Reports
    results: tuple[Result, ...]
    counted: tuple[Result, ...]
    promises: tuple[tuple[tuple[str, str], Attainment], ...]
    weeks: tuple[tuple[Period, Attainment], ...]
    hours: tuple[tuple[Cell, tuple[int, int]], ...]
    escalated: tuple[Escalated, ...]
    owners: tuple[Owner, ...]
    burns: tuple[Burn, ...]
    slowest: tuple[tuple[Result, Reading], ...]
    desk: tuple[tuple[tuple[str, str], DeskRow], ...]
    differences: tuple[Difference, ...]
    without: tuple[tuple[Result, Reading], ...]
    unpromised: tuple[tuple[Explanation, int], ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[tuple[str, int], ...]

    @property
    def total(self) -> Attainment:
        """All promises together."""
        return sum((count for _, count in self.promises), Attainment())

    @property
    def desk_total(self) -> DeskRow:
        """All comparisons together."""
        return sum((count for _, count in self.desk), DeskRow())

    @property
    def apart(self) -> tuple[str, ...]:
        """The counts that stand apart from kept and late, as far as there are any."""
        total = self.total
        names = ("not_yet_due", "waived", "excluded", "unknown")
        return tuple(name for name in names if getattr(total, name))

    @property
    def weakest(self) -> tuple[tuple[str, str], Attainment] | None:
        """The promise that was kept least often, of those with ten decisions or more, if it is below the whole."""
        total = self.total
        below = [
            (key, count)
            for key, count in self.promises
            if count.decided >= ENOUGH and count.met * total.decided < total.met * count.decided
        ]
        return min(below, key=lambda pair: Fraction(pair[1].met, pair[1].decided), default=None)


def tally(
    standard: ServiceStandard,
    results: Iterable[Result],
    log: ReadLog,
    *,
    as_of: datetime,
    since: date | None = None,
    until: date | None = None,
) -> Report:
    """Count results.

    Args:
        standard: by which the cases were judged; its ``[reports.attainment]`` says how periods count.
        results: of :func:`evaluate`.
        log: what the cases came from.
        as_of: when the clocks were read.
        since: first local date to count, by the declared membership; default all.
        until: the local date after the last.

    Raises:
        DefinitionError: the standard does not say how its reports count.
    """
    reports = standard.reports
    if reports is None:
        raise DefinitionError("reports", "report.undeclared")
    everything = tuple(results)
    counted = tuple(one for one in everything if _within(one, standard, reports, since, until))
    promised = [(one, one.reading) for one in counted if one.reading is not None]
    by_promise: dict[tuple[str, str], list[Reading]] = {}
    for one, reading in promised:
        by_promise.setdefault(one.promise, []).append(reading)
    desk, differences = _desk(standard, promised)
    clocks = [reading for _, reading in promised]
    return Report(
        standard=standard,
        as_of=as_of,
        since=since,
        until=until,
        reports=reports,
        results=everything,
        counted=counted,
        promises=tuple((key, Attainment.of(readings)) for key, readings in sorted(by_promise.items())),
        weeks=_weeks(standard, reports, clocks),
        hours=_hours(standard, clocks),
        escalated=escalated(clocks),
        owners=owners(clocks),
        burns=tuple(_burns(standard, reports, clocks)),
        slowest=_slowest(promised),
        desk=desk,
        differences=differences,
        without=tuple((one, reading) for one, reading in promised if desk and one.row.desk_due is None),
        unpromised=tuple(Counter(one.reason for one in counted if one.reason is not None).most_common()),
        rejected=log.rejected,
        ignored=log.ignored,
    )


def _within(one: Result, standard: ServiceStandard, reports: Reports, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    events = one.row.case.events
    instant = min((event.instant for event in events), default=None)
    if one.reading is not None:
        instant = instant_of(one.reading, reports.by)
    if instant is None:
        return False
    day = date_of(instant, timezone(standard.zone))
    return (since is None or since <= day) and (until is None or day < until)


def _weeks(
    standard: ServiceStandard, reports: Reports, readings: list[Reading]
) -> tuple[tuple[Period, Attainment], ...]:
    zone = timezone(standard.zone)
    days: dict[date, list[Reading]] = {}
    for reading in readings:
        instant = instant_of(reading, reports.by)
        if instant is not None:
            days.setdefault(date_of(instant, zone), []).append(reading)
    weeks: dict[Period, Attainment] = {}
    for day, found in days.items():
        week = Period.of("week", day, standard.zone, week=reports.week)
        weeks[week] = weeks.get(week, Attainment()) + Attainment.of(found)
    if not weeks:
        return ()
    last = max(weeks, key=lambda week: week.first)
    listed = [min(weeks, key=lambda week: week.first)]
    while listed[-1] != last:
        listed.append(listed[-1].next)
    return tuple((week, weeks.get(week, Attainment())) for week in listed)


def _burns(standard: ServiceStandard, reports: Reports, readings: list[Reading]) -> Iterator[Burn]:
    """The error budget of each objective with a goal, as the last edition sets it."""
    for key, objective in standard.current.in_order:
        mine = [reading for reading in readings if reading.objective == key]
        if objective.goal is not None and mine:
            yield burn_of(key, objective.goal, _weeks(standard, reports, mine), Attainment.of(mine))


def _hours(standard: ServiceStandard, readings: list[Reading]) -> tuple[tuple[Cell, tuple[int, int]], ...]:
    zone = timezone(standard.zone)
    late: Counter[Cell] = Counter()
    decided: Counter[Cell] = Counter()
    for reading in readings:
        if reading.started is None or reading.verdict not in ("met", "met_late", "late_open"):
            continue
        wall = moment(reading.started, zone)
        cell = wall.weekday(), wall.hour
        decided[cell] += 1
        late[cell] += reading.verdict != "met"
    return tuple((cell, (late[cell], decided[cell])) for cell in sorted(decided))


def _overdue(reading: Reading) -> int:
    if reading.due_at is None or reading.verdict not in ("met_late", "late_open"):
        return 0
    return (reading.asked if reading.ended is None else reading.ended) - reading.due_at


def _slowest(promised: list[tuple[Result, Reading]]) -> tuple[tuple[Result, Reading], ...]:
    late = sorted(promised, key=lambda pair: -_overdue(pair[1]))
    return tuple(pair for pair in late[:SLOWEST] if _overdue(pair[1]))


def overdue(reading: Reading) -> timedelta:
    """How long past its due a promise was answered, or still waits."""
    return timedelta(0, 0, _overdue(reading))


def _desk(
    standard: ServiceStandard, promised: list[tuple[Result, Reading]]
) -> tuple[tuple[tuple[tuple[str, str], DeskRow], ...], tuple[Difference, ...]]:
    desk = standard.log.desk if standard.log is not None else None
    if desk is None:
        return (), ()
    key = desk.objective or next(iter(standard.current.objectives))
    counts: dict[tuple[str, str], DeskRow] = {}
    differences: list[Difference] = []
    for one, reading in promised:
        if one.objective != key:
            continue
        found = compare(standard, one.row, reading, desk.within)
        counts[one.promise] = counts.get(one.promise, DeskRow()) + DeskRow(
            compared=one.row.desk_due is not None,
            due=found.same_due is True,
            closed=found.same_verdict is not None,
            verdict=found.same_verdict is True,
            without=one.row.desk_due is None,
        )
        if found.difference is not None:
            differences.append(found.difference)
    return tuple(sorted(counts.items())), tuple(differences)
