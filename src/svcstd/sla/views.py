"""A clock as it was seen at each moment of its life, when nothing that happened later was known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy

import attrs

from svcstd.moment import LAST
from svcstd.sla.dues import ACTIVE, Reckoner
from svcstd.sla.targets import CountLimit

__all__ = ["views"]


def views(clock: Reckoner) -> Iterator[tuple[int, int, Reckoner, int]]:
    """A clock as it was seen while each stretch lasted, and as it is seen now.

    Each is ``(start, end, reckoner, number)``: between those instants the promise of that number was in force, and
    nothing that happened later was known. The reckoner is good until the next is asked for.
    """
    made, final = clock.life.promises, clock.size - 1
    last_word = clock.activity not in ACTIVE and _tells_at_end(clock)
    known, view = 0, None
    for place, segment in enumerate(clock.measured.segments):
        while known < len(made) and made[known].at <= segment.start:
            known, view = known + 1, None
        if segment.activity not in ACTIVE or not known or made[known - 1].row is None:
            continue
        view = _knowing(clock, known) if view is None else view
        view.now, view.activity, view.size = segment.end, segment.activity, place + 1
        yield segment.start, segment.end + (place == final and last_word), view, view.last
    if clock.promises and clock.promises[-1].row is not None:
        if clock.activity in ACTIVE:
            yield clock.now, LAST, clock, clock.last
        elif final < 0 and last_word:
            yield clock.now, clock.now + 1, clock, clock.last


def _tells_at_end(clock: Reckoner) -> bool:
    """Whether what is reached in the very instant of the answer was broken by it."""
    return clock.objective.terms.at_due == "late" or isinstance(clock.row.target, CountLimit)


def _knowing(clock: Reckoner, known: int) -> Reckoner:
    """This clock as far as the first promises go; what later ones measured otherwise is measured anew."""
    made = clock.life.promises
    if known == len(made):
        return copy(clock)
    promises = made[:known]
    size = bisect_left(clock.measured.segments, made[known].at, key=lambda one: one.start)
    life = attrs.evolve(
        clock.life,
        start=min(one.start for one in promises),
        end=None,
        row=promises[-1].row,
        stretches=clock.life.stretches[:size],
        promises=promises,
    )
    return Reckoner(clock.objective, life, clock.calendars, clock.zone, clock.measured.segments[size - 1].end)
