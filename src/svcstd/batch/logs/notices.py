"""Escalations of a whole log: which thresholds were reached and when, and which will be next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.logs.clocks import open_desk, refuses
from svcstd.batch.logs.desk import Promise, Told
from svcstd.batch.logs.lives import Pattern
from svcstd.batch.logs.log import Columns, Events
from svcstd.batch.logs.reckoned import ACTIVITIES, IN_TIME, UTC_LINE, Rows
from svcstd.batch.tables import Answers, Kind, Pages
from svcstd.sla import Objective, Reading
from svcstd.sla.dues import ACTIVE
from svcstd.sla.targets import CountLimit, WorkingTime
from svcstd.sla.thresholds import Offset, Share
from svcstd.sla.yardstick import ONE
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["FIELDS", "notices"]

Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
FIELDS: Mapping[str, Kind] = {
    "case": "text",
    "objective": "text",
    "cycle": "number",
    "level": "number",
    "threshold": "text",
    "to": "text",
    "at": "moment",
    "state": "text",
    "key": "text",
    "fault": "text",
}
"""The columns of a table of notices, and what they hold."""
OPEN = tuple(ACTIVITIES.index(one) for one in ACTIVE)


def notices(
    standard: ServiceStandard,
    table: Columns,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Answers:
    """Every escalation of a log up to an instant, and those to come if nothing else happens; in order of time by case.

    Args:
        standard: the promises, with whom to tell.
        table: the log's columns by header.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    book = NoticeBook()
    desk = open_desk(standard, table, log, book, as_of=as_of, known_at=known_at, assume=assume)
    read = desk.read(every=True, refuse=refuses(otherwise))
    return book.table(read, desk.events)


class NoticeBook:
    """Escalations as rows of a table."""

    def __init__(self) -> None:
        self._pages = Pages(FIELDS)

    def option(self, pattern: Pattern, objective: Objective) -> str:
        """Why a life has no batch form; empty if it has, or if nobody is told of it."""
        if not objective.notify:
            return ""
        if isinstance(pattern.row.target, CountLimit):
            return "notify for a limit to a count"
        return pattern.told if pattern.told or pattern.plain else "notify for a promise that changed"

    def reckoned(self, promise: Promise, clocks: Rows) -> list[tuple[Numbers, Bools]]:
        """By level, when it is reached, and where it is."""
        if not promise.objective.notify:
            return []
        clocks.read()
        return [_Level(clocks, level.threshold).read() for level in promise.objective.notify]

    def tell(self, promise: Promise, clocks: Rows, found: list[tuple[Numbers, Bools]], told: Told) -> None:
        """Escalations of clocks that were reckoned together."""
        patterns, rows = clocks.lives.patterns, told.rows
        for number, (level, (at, reached)) in enumerate(zip(promise.objective.notify, found, strict=True), 1):
            here = reached[rows]
            which, when = clocks.which[rows][here], at[rows][here]
            cycles = np.array([one.cycle for one in patterns], dtype=np.int64)[which]
            keys = [one.row.key for one in patterns]
            cases = told.case[here]
            names = promise.desk.events.names
            key = [
                "/".join((names[case], promise.key, str(cycle), keys[one], str(level.threshold)))
                for case, cycle, one in zip(cases.tolist(), cycles.tolist(), which.tolist(), strict=True)
            ]
            self._pages.add(
                cases,
                {
                    "objective": promise.key,
                    "cycle": cycles,
                    "level": number,
                    "threshold": str(level.threshold),
                    "to": ", ".join(level.to),
                    "at": when,
                    "state": self._pages.picked("state", STATES, (when > clocks.now[rows][here]).astype(np.int64)),
                    "key": self._pages.numbers("key", key),
                },
                (when, promise.place, number),
            )

    def alone(self, readings: list[tuple[int, int, Reading]]) -> None:
        """Escalations of clocks that were read one by one."""
        for case, place, reading in readings:
            for one in (*reading.notices, *reading.coming):
                told = {
                    "objective": one.objective,
                    "cycle": reading.cycle,
                    "level": one.level,
                    "threshold": one.threshold,
                    "to": ", ".join(one.to),
                    "at": one.instant,
                    "state": "fired" if one in reading.notices else "coming",
                    "key": one.key,
                }
                keys = (one.instant, place, one.level)
                self._pages.add(np.array([case]), told, keys)

    def refused(self, cases: Numbers, messages: list[str]) -> None:
        """Rows of what cannot be read."""
        self._pages.refused(cases, messages, KEYS)

    def table(self, alone: int, events: Events) -> Answers:
        """All rows, by case and in order of time."""
        return self._pages.table(events.names, alone, KEYS)


KEYS = 3
"""The instant, the place of the promise and the level order the rows of a case."""
STATES = ("fired", "coming")


class _Level:
    """When one threshold is reached by each of many clocks, as it was seen then; it never leaves this module."""

    def __init__(self, clocks: Rows, threshold: Share | Offset) -> None:
        self.clocks, self.threshold = clocks, threshold
        self.begin, self.begun = clocks.happened("begin")
        self.open = np.isin(clocks.of("activity"), OPEN)
        self.last_word = ~self.open & (clocks.terms.at_due == "late")

    def read(self) -> tuple[Numbers, Bools]:
        """The instants, and where the threshold is reached."""
        clocks = self.clocks
        at, reached = self._reached()
        waived_at, waived = clocks.happened("waived")
        silent = (waived & (at >= waived_at)) | (clocks.of("excluded") == 1)
        return at, reached & self.begun & ~silent

    def _reached(self) -> tuple[Numbers, Bools]:
        clocks, threshold = self.clocks, self.threshold
        due, dated = clocks.told_due
        if isinstance(threshold, Share):
            return self._in_life(*self._share(threshold))
        if threshold.anchor == "after start":
            return self._in_life(self._offset(self.begin, self.begun), self.begun)
        follows = (clocks.kind == IN_TIME) & (clocks.terms.pausing != "adds_wall_time")
        at, reached = self._in_life(self._offset(due, dated), dated & ~follows)
        if follows.any():
            by_view, seen = self._by_view(due, dated)
            at, reached = np.where(follows, by_view, at), np.where(follows, seen, reached)
        return at, reached

    def _in_life(self, at: Numbers, known: Bools) -> tuple[Numbers, Bools]:
        """What is known from the beginning is reached if the clock is open then, or will be."""
        clocks = self.clocks
        first = clocks.now
        if len(clocks.start):
            first = np.where(clocks.length > 0, clocks.start.take(clocks.first, mode="clip"), clocks.now)
        at = np.maximum(at, first)
        return at, known & (self.open | (at < clocks.now) | ((at == clocks.now) & self.last_word))

    def _share(self, share: Share) -> tuple[Numbers, Bools]:
        clocks, part = self.clocks, share.of_target
        due, dated = clocks.told_due
        timed = (clocks.kind == IN_TIME) & (clocks.terms.pausing != "adds_wall_time")
        at, known = clocks.used_up(_portion(clocks.of("budget"), part), self.begin, self.begun & timed)
        rest = dated & ~timed
        if part == 1:
            return np.where(rest, due, at), known | rest
        spans = np.maximum(clocks.between(self.begin, due, rest), 0)
        reached = clocks.reached(clocks.of("hours"), self.begin, _portion(spans, part), rest, lands=False)
        return np.where(rest, reached, at), known | rest

    def _offset(self, at: Numbers, asked: Bools, of: Numbers | None = None) -> Numbers:
        """So much before or after instants of these rows, or of every row."""
        threshold, clocks = self.threshold, self.clocks
        assert isinstance(threshold, Offset)  # noqa: S101 - a share has no offset
        hours = clocks.of("hours") if of is None else clocks.of("hours")[of]
        if not isinstance(threshold.amount, WorkingTime):
            hours = np.full(len(at), UTC_LINE)
        back = threshold.anchor == "before due"
        return clocks.moved(hours, at, threshold.amount.amount // ONE, asked, back=back, of=of)

    def _by_view(self, due: Numbers, dated: Bools) -> tuple[Numbers, Bools]:
        """What hangs on the due time, as it was foreseen in each stretch: a pause to come was not known."""
        clocks, row = self.clocks, self.clocks.row
        goal, place = clocks.goal(clocks.of("budget"))
        timed = clocks.kind[row] == IN_TIME
        settled = (place[row] <= clocks.number) | (clocks.of("budget")[row] == 0)
        left = goal[row] - (clocks.total[1:] - clocks.total[clocks.first[row]])
        running = timed & ~settled & clocks.counts
        seen = clocks.reached(clocks.of("hours")[row], clocks.end, left, running, of=row)
        known = running | (timed & settled)
        moved = np.maximum(self._offset(np.where(settled, due[row], seen), known, row), clocks.start)
        final = self.last_word[row] & (clocks.length[row] == clocks.number + 1)
        first = clocks.first_part(known & (moved < clocks.end + final))
        reached = first < len(row)
        at = np.zeros(clocks.size, dtype=np.int64)
        at[reached] = moved[first[reached]]
        # As it is seen now: of a clock that is open, or that ended in the instant in which it began.
        ended = self.last_word & (clocks.length == 0)
        later = (self.open | ended) & dated & ~reached
        coming = np.maximum(self._offset(due, later), clocks.now)
        return np.where(later, coming, at), reached | (later & (self.open | (coming == clocks.now)))


def _portion(amount: Numbers, share: Any) -> Numbers:  # noqa: ANN401 - a fraction
    """A share of amounts, rounded up to the microsecond."""
    whole, rest = np.divmod(amount, share.denominator)
    found: Numbers = whole * share.numerator - (-(rest * share.numerator) // share.denominator)
    return found
