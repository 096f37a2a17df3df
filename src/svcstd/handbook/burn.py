"""Beyond kept and late: what was escalated, who used the time up, how fast the error budget burns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

import attrs

from svcstd.calendars import Period
from svcstd.sla import Attainment, ErrorBudget, Owner, Reading, add_owners, ownership

__all__ = ["Burn", "Escalated", "burn_of", "escalated", "owners"]

MOST_OWNERS = 40
NOTHING = timedelta()


@attrs.frozen
class Escalated:
    """How often a threshold was reached.

    Attributes:
        objective: key of the promise.
        threshold: as written.
        to: the roles that were told.
        fired: notices.
        promises: all readings of the objective, those under an edition without that threshold too.
    """

    objective: str
    threshold: str
    to: tuple[str, ...]
    fired: int
    promises: int


def escalated(readings: Iterable[Reading]) -> tuple[Escalated, ...]:
    """The thresholds of each objective that fired, in the order written."""
    fired: Counter[tuple[str, int, str, tuple[str, ...]]] = Counter()
    promises: Counter[str] = Counter()
    for reading in readings:
        promises[reading.objective] += 1
        for notice in reading.notices:
            fired[reading.objective, notice.level, notice.threshold, notice.to] += 1
    return tuple(
        Escalated(objective, threshold, to, count, promises[objective])
        for (objective, _, threshold, to), count in sorted(fired.items())
    )


def owners(readings: Iterable[Reading]) -> tuple[Owner, ...]:
    """The groups that held cases, with the time that counted meanwhile, the most first; none where nobody is named.

    Agents stand for groups in a log that names no group.
    """
    listed = list(readings)
    by_group = any(segment.group is not None for reading in listed for segment in reading.segments)
    parts = (owner for reading in listed for owner in ownership(reading, "group" if by_group else "agent"))
    found = add_owners(parts)
    if all(owner.name is None for owner in found):
        return ()
    return tuple(sorted(found, key=lambda one: (-(one.counted or NOTHING), one.name or "")))[:MOST_OWNERS]


@attrs.frozen
class Burn:
    """The error budget of one objective, over all and week by week.

    Attributes:
        objective: its key.
        goal: the share to keep.
        total: over everything counted.
        weeks: by week, those in between included.
    """

    objective: str
    goal: Fraction
    total: ErrorBudget
    weeks: tuple[tuple[Period, ErrorBudget], ...]


def burn_of(objective: str, goal: Fraction, weeks: Iterable[tuple[Period, Attainment]], total: Attainment) -> Burn:
    """The budget of one objective from its counts."""
    budgets = tuple((week, ErrorBudget(goal, count)) for week, count in weeks)
    return Burn(objective, goal, ErrorBudget(goal, total), budgets)
