"""Cases that arrive by chance, for load tests and backtests: the same seed, the same cases, on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import TypeAlias, TypeVar

import attrs
from pendulum import DateTime

from svcstd.calendars import Period
from svcstd.conditions import Facts, FactValue
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import as_tuple
from svcstd.moment import SECOND, micros, moment, timezone
from svcstd.scoring import Demand
from svcstd.sla import Case, Event, On
from svcstd.standard import ServiceStandard
from svcstd.testing.vocabulary import Vocabulary

__all__ = ["SERVICE", "Arrivals", "Day", "simulate"]

Arrivals: TypeAlias = "int | Fraction | Demand | Mapping[tuple[int, int], int | Fraction]"
"""How many cases arrive in an hour: always, as they once did, or by weekday (0 is Monday) and hour (0 to 23)."""
SERVICE = tuple(timedelta(minutes=n) for n in (2, 10, 45, 240, 480, 1_440, 4_320))
"""How long cases take, each as often as the others: from two minutes to three days."""
SLOT = 900
"""Seconds within which the hour of every zone stays the same."""
HOURS = frozenset((weekday, hour) for weekday in range(7) for hour in range(24))
"""Of a week, that of Monday's midnight first."""
TRIES = 50
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Day:
    """Cases that arrived in a period.

    Attributes:
        cases: in the order in which they arrived.
        period: a day, or any other.
        seed: from which they come.
    """

    cases: tuple[Case, ...] = attrs.field(converter=as_tuple)
    period: Period
    seed: int

    @property
    def end(self) -> DateTime:
        """When everything that happened to them has happened, or the period is over, whichever is later."""
        last = max((event.instant for case in self.cases for event in case.events), default=0)
        return moment(max(last, micros(self.period.end)), timezone(self.period.zone))

    def __iter__(self) -> Iterator[Case]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)


def simulate(
    standard: ServiceStandard,
    period: Period,
    *,
    arrivals: Arrivals,
    seed: int,
    service: Sequence[timedelta] = SERVICE,
    paused: Fraction = Fraction(1, 4),
    most: int = 10_000,
    **given: FactValue,
) -> Day:
    """Cases that arrive in a period, each with facts of the standard's own and a life of its events.

    Each second brings a case with the same chance within an hour, so counts vary as those of independent callers do. A
    case begins with an event that starts a clock, is paused or not, and ends with an event that stops one after a time
    drawn from those given.

    Args:
        standard: what may happen.
        period: in which cases arrive.
        arrivals: how many in an hour, on average; of :func:`svcstd.scoring.demand`, those that once came.
        seed: of the drawing.
        service: how long cases take, each as likely as the others.
        paused: the share of cases that are paused once.
        most: refuse to draw more cases.
        given: facts that are the same in all.

    Raises:
        DefinitionError: more cases than asked for, no service time, a negative number, an hour that no week has, or a
            share of pauses above 1.

    >>> from datetime import date
    >>> from svcstd import loads
    >>> desk = loads('''
    ... svcstd = 1
    ... id = "desk"
    ... name = "Desk"
    ... zone = "Asia/Shanghai"
    ... [events]
    ... opened = "asked"
    ... closed = "done"
    ... [objectives.close]
    ... target = "4 hours"
    ... clock = { start = "opened", stop = "closed" }
    ... ''')
    >>> day = simulate(desk, Period.of("day", date(2026, 2, 3), desk.zone), arrivals=2, seed=7)
    >>> len(day), day.cases[0].events[0]
    (53, <Event opened 2026-02-02T16:02:10+00:00>)
    """
    must_be(seed, int, "seed", "a whole number")
    _check(arrivals, service, paused)
    random = Random(seed)  # noqa: S311 - chance that must repeat itself
    edition = standard.edition_on(period.first)
    vocabulary = Vocabulary.of(edition)
    for name, value in given.items():
        edition.facts.type_of(name).check(name, value)
    found: list[Case] = []
    zone, end = timezone(period.zone), micros(period.end)
    for slot in range(micros(period.start), end, SLOT * SECOND):
        chance = _per_hour(arrivals, moment(slot, zone)) / 3_600
        whole, rest = divmod(chance, 1)
        for second in range(min(SLOT, (end - slot) // SECOND) if chance else 0):
            for _ in range(int(whole) + (random.random() < rest)):
                if len(found) == most:
                    raise DefinitionError("arrivals", "testing.most", most=most)
                found.append(
                    _case(random, vocabulary, f"S{len(found) + 1:05}", slot + second * SECOND, service, paused, given)
                )
    return Day(cases=found, period=period, seed=seed)


def _check(arrivals: Arrivals, service: Sequence[timedelta], paused: Fraction) -> None:
    if not service:
        raise DefinitionError("service", "shape.empty")
    if min(service) < timedelta():
        raise DefinitionError("service", "scoring.negative", value=str(min(service)))
    if not 0 <= paused <= 1:
        raise DefinitionError("paused", "shape.bounds", value=str(paused), low=0, high=1)
    for hour in arrivals if isinstance(arrivals, Mapping) else ():
        if hour not in HOURS:
            raise DefinitionError("arrivals", "testing.hour", value=repr(hour))


def _per_hour(arrivals: Arrivals, at: DateTime) -> Fraction:
    """How many cases arrive in the hour in which a moment lies.

    Raises:
        DefinitionError: a number below nothing.
    """
    rate: int | Fraction
    if isinstance(arrivals, Demand):
        rate = arrivals.at(at).per_hour or 0
    elif isinstance(arrivals, Mapping):
        rate = arrivals.get((at.weekday(), at.hour), 0)
    else:
        rate = arrivals
    must_be(rate, (int, Fraction), "arrivals", "a whole number or a Fraction")
    if rate < 0:
        raise DefinitionError("arrivals", "scoring.negative", value=str(rate))
    return Fraction(rate)


def _case(
    random: Random,
    told: Vocabulary,
    name: str,
    at: int,
    service: Sequence[timedelta],
    paused: Fraction,
    given: Mapping[str, FactValue],
) -> Case:
    """A case that arrives at an instant, UTC microseconds."""
    facts = {fact: _one(random, values) for fact, values in told.values.items()} | dict(given)
    if not told.clocks:
        return Case(name, facts, [Event(_one(random, told.starts), at=moment(at, timezone("UTC")))])
    rule = _one(random, told.clocks)
    long = _one(random, service) // timedelta(microseconds=1)
    life = [(rule.start[0], at)]
    if rule.pauses and random.random() < paused:
        pause = _one(random, rule.pauses)
        first, second = sorted(int(random.random() * long) // SECOND * SECOND for _ in range(2))
        life.append((pause.on[0], at + first))
        if not isinstance(pause.until, str):
            life.append((pause.until[0], at + second))
    life.append((rule.stop[0], at + long))
    events = [
        Event(on.kind, at=moment(instant, timezone("UTC")), details=_details(random, told, on, facts))
        for on, instant in life
    ]
    return Case(name, facts, events)


def _details(random: Random, told: Vocabulary, on: On, facts: Facts) -> Facts:
    """What must be true of an event for a clock to hear it, if some tries find it."""
    names = sorted(on.when.fields & told.values.keys())
    for _ in range(TRIES if names else 0):
        found = {name: _one(random, told.values[name]) for name in names}
        if on.when.holds({**facts, **found}) is True:
            return found
    return {}


def _one(random: Random, choices: Sequence[T]) -> T:
    """Any of several; only ``random()`` is promised to stay the same from one Python to the next."""
    return choices[int(random.random() * len(choices))]
