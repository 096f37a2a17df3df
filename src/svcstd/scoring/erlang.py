"""How many must be there to answer: Erlang C for calls that wait, and what absence adds to it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import attrs

from svcstd.curves import Number, exact
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError
from svcstd.moment import SECOND
from svcstd.scoring.digits import check_digits, decimal_of, settled, working

__all__ = ["Queue", "agents_needed", "offered_load", "queue_of", "rostered"]

MOST_AGENTS = 10_000
MOST_LOAD = 9_000
ROUND = 6
"""Decimals to which the queue of the staff that was searched for is told."""
SPARE = 5


@attrs.frozen
class Queue:
    """What callers meet when so many agents share so much work.

    Attributes:
        agents: at work.
        waits: the share of callers who wait at all; 1 where the queue only grows.
        in_time: the share who are answered within the time asked for; 0 where the queue only grows.
        mean_wait: of all callers, in seconds; ``None`` where the queue only grows.
        occupancy: the share of time in which an agent handles somebody, at most 1.
    """

    agents: int
    waits: Decimal
    in_time: Decimal
    mean_wait: Decimal | None
    occupancy: Fraction


def offered_load(contacts: Number, handle_time: timedelta, *, per: timedelta) -> Fraction:
    """The work that comes in, in agents who would have to work without pause (erlangs).

    Args:
        contacts: how many arrive in the time *per*.
        handle_time: each takes: talk, hold and wrap-up.
        per: the time in which they arrive, above 0.

    Raises:
        DefinitionError: fewer than no contacts, no time, or a float.
        DurationError: a time below 0, or in months.

    >>> offered_load(100, timedelta(minutes=3), per=timedelta(minutes=30))
    Fraction(10, 1)
    """
    count, within = exact(contacts, "contacts"), duration_micros(per, "per")
    if count < 0:
        raise DefinitionError("contacts", "scoring.negative", value=str(count))
    if not within:
        raise DefinitionError("per", "scoring.no_time")
    return count * duration_micros(handle_time, "handle_time") / within


def queue_of(load: Number, agents: int, *, handle_time: timedelta, within: timedelta, digits: int) -> Queue:
    """What callers meet, if they arrive by chance, wait as long as they must, and agents are all alike.

    Args:
        load: the work that comes in, in erlangs, from 0 to 9,000.
        agents: at work, from 1 to 10,000.
        handle_time: each contact takes, above 0.
        within: the time in which an answer counts as in time.
        digits: decimals of the shares and of the wait.

    Raises:
        DefinitionError: figures out of these bounds, or a float.
        DurationError: a time below 0, or in months.

    Source: Erlang 1917.

    >>> found = queue_of(10, 14, handle_time=timedelta(minutes=3), within=timedelta(seconds=20), digits=3)
    >>> found.waits, found.in_time, found.mean_wait
    (Decimal('0.174'), Decimal('0.888'), Decimal('7.836'))
    """
    work = _load(load)
    check_digits(digits)
    if isinstance(agents, bool) or not isinstance(agents, int) or not 1 <= agents <= MOST_AGENTS:
        raise DefinitionError("agents", "shape.bounds", value=str(agents), low=1, high=MOST_AGENTS)
    each, patience = _times(handle_time, within)
    if work >= agents:
        return Queue(agents, settled(Decimal(1), digits), settled(Decimal(0), digits), None, Fraction(1))
    longest = Fraction(each, SECOND) / (agents - work)
    with working(digits, SPARE + int(longest).bit_length() // 3):  # a digit takes more than three bits
        waits, late = _waiting(work, agents, Fraction(patience, each))
        shares = settled(waits, digits), settled(1 - late, digits), settled(waits * decimal_of(longest), digits)
    return Queue(agents, *shares, work / agents)


def _times(handle_time: timedelta, within: timedelta) -> tuple[int, int]:
    each, patience = duration_micros(handle_time, "handle_time"), duration_micros(within, "within")
    if not each:
        raise DefinitionError("handle_time", "scoring.no_time")
    return each, patience


def _waiting(work: Fraction, agents: int, patience: Fraction) -> tuple[Decimal, Decimal]:
    """The share who wait at all, and the share who wait for longer than so many handle times; nothing rounded."""
    offered, free, blocked = decimal_of(work), decimal_of(agents - work), Decimal(1)
    for count in range(1, agents + 1):
        blocked = offered * blocked / (count + offered * blocked)  # Erlang B, one agent at a time
    waits = agents * blocked / (free + offered * blocked)
    return waits, waits * (-free * decimal_of(patience)).exp()


def agents_needed(
    load: Number, *, handle_time: timedelta, within: timedelta, goal: Number, most_occupancy: Number = 1
) -> Queue:
    """The fewest agents who answer the share asked for in time, and what callers then meet.

    Args:
        load: the work that comes in, in erlangs.
        handle_time: each contact takes.
        within: the time in which an answer counts as in time.
        goal: the share to be answered in time, below 1.
        most_occupancy: the share of time that agents may at most be busy, above 0.

    Raises:
        DefinitionError: figures out of bounds, or a goal that takes more than 10,000 agents.
        DurationError: a time below 0, or in months.

    >>> agents_needed(10, handle_time=timedelta(minutes=3), within=timedelta(seconds=20), goal=Decimal("0.8")).agents
    14
    """
    work, share, busy = _load(load), exact(goal, "goal"), exact(most_occupancy, "most_occupancy")
    if not 0 <= share < 1:
        raise DefinitionError("goal", "scoring.confidence", value=str(share))
    if not 0 < busy <= 1:
        raise DefinitionError("most_occupancy", "shape.bounds", value=str(busy), low=0, high=1)
    each, patience = _times(handle_time, within)
    low = max(floor(work) + 1, ceil(work / busy))
    high = low

    def is_enough(agents: int) -> bool:
        with working(ROUND, SPARE):
            return _waiting(work, agents, Fraction(patience, each))[1] <= decimal_of(1 - share)

    while high > MOST_AGENTS or not is_enough(high):  # more agents never answer fewer in time
        if high >= MOST_AGENTS:
            raise DefinitionError("goal", "scoring.too_many", most=MOST_AGENTS)
        low, high = high + 1, min(2 * high, MOST_AGENTS)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return queue_of(work, high, handle_time=handle_time, within=within, digits=ROUND)


def _load(load: Number) -> Fraction:
    work = exact(load, "load")
    if not 0 <= work <= MOST_LOAD:
        raise DefinitionError("load", "shape.bounds", value=str(work), low=0, high=MOST_LOAD)
    return work


def rostered(required: int, *, shrinkage: Number) -> int:
    """How many must stand on the roster so that enough are at work: ``required / (1 - shrinkage)``, rounded up.

    Args:
        required: at work.
        shrinkage: the share of paid time away from it: leave, training, breaks; from 0, below 1.

    Raises:
        DefinitionError: figures out of these bounds, or a float.

    >>> rostered(14, shrinkage=Decimal("0.3"))
    20
    """
    away = exact(shrinkage, "shrinkage")
    if not 0 <= away < 1:
        raise DefinitionError("shrinkage", "scoring.confidence", value=str(away))
    if isinstance(required, bool) or not isinstance(required, int) or required < 0:
        raise DefinitionError("required", "agents.whole", value=repr(required))
    return ceil(required / (1 - away))
