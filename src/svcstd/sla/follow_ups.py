"""What is owed later: obligations that events or dates give rise to, each with a due time and a key of its own.

One call may cover several faults; an attempt that reaches nobody is followed by another; what nobody did is late. The
same cases give the same keys, so that a second run owes nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs
from pendulum import DateTime

from svcstd.calendars import Calendar
from svcstd.conditions import ANYTHING, AllOf, FactValue
from svcstd.errors import DefinitionError
from svcstd.keyed import as_tuple
from svcstd.moment import date_of, moment, timezone
from svcstd.sla.clock_rule import On
from svcstd.sla.dues import due_after
from svcstd.sla.events import Case, Event, in_order
from svcstd.sla.recurrence import Recurrence
from svcstd.sla.targets import CountLimit, FixedInstant, Target

__all__ = ["Coverage", "FollowUp", "FollowUpRule", "FollowUpState", "coverage", "follow_ups"]

FollowUpState: TypeAlias = Literal["owed", "late", "done", "done_late", "given_up", "ended"]
MOST_TRIES = 100


@attrs.frozen(kw_only=True)
class FollowUpRule:
    """What is owed after something happened, or on a date.

    Attributes:
        on: the events that give rise to it; none where dates do.
        dates: the dates that give rise to it; ``None`` where events do.
        due: until when, counted from the event or from the beginning of the date.
        when: the cases it applies to; unknown is no.
        calendar: key of the calendar in which the due time counts; empty for that of the standard.
        together: the fact by which obligations due on one date become one, such as a phone number.
        done: the events that fulfil it.
        tried: the events that tell of an attempt without success.
        tries: attempts after which it is given up.
        retry: until when the next attempt is due, counted from the last.
        settled: the events after which the matter itself is settled; cases without are listed as still open.
        ends: the events after which nothing is owed.
        repeats: owed again after each time it was done, until it ends or the matter is settled.
        role: whose duty it is.
        name: for people.

    Raises:
        DefinitionError: neither or both of events and dates, a due time that cannot be counted, nothing that fulfils
            it, or several tries without retry.
    """

    on: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    dates: Recurrence | None = None
    due: Target
    when: AllOf = ANYTHING
    calendar: str = ""
    together: str = ""
    done: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    tried: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    tries: int = 1
    retry: Target | None = None
    settled: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    ends: tuple[On, ...] = attrs.field(default=(), converter=as_tuple)
    repeats: bool = False
    role: str = ""
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if bool(self.on) == (self.dates is not None):
            raise DefinitionError("on", "follow_up.on")
        if not self.done:
            raise DefinitionError("done", "follow_up.done")
        for name, target in (("due", self.due), ("retry", self.retry)):
            if isinstance(target, CountLimit | FixedInstant):
                raise DefinitionError(name, "target.no_due", target=str(target))
        if type(self.tries) is not int or not 1 <= self.tries <= MOST_TRIES:
            raise DefinitionError("tries", "shape.bounds", value=str(self.tries), low=1, high=MOST_TRIES)
        if (self.tries > 1) != (self.retry is not None) or (self.tries > 1 and not self.tried):
            raise DefinitionError("retry", "follow_up.retry")

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of events it listens to."""
        return frozenset(on.kind for on in self._listed)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        told = frozenset(field for on in self._listed for field in on.when.fields)
        dated = self.dates.fields if self.dates is not None else frozenset()
        return told | dated | self.when.fields | ({self.together} if self.together else frozenset())

    @property
    def _listed(self) -> tuple[On, ...]:
        return (*self.on, *self.done, *self.tried, *self.settled, *self.ends)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The due time, and that of the next attempt."""
        return (self.due, *([self.retry] if self.retry is not None else []))


@attrs.frozen(kw_only=True)
class FollowUp:
    """One thing that is owed.

    Attributes:
        key: names the rule, the date and the case or what they have in common; the same duty has the same key.
        rule: key of the rule.
        cases: ids of the cases it covers.
        unsettled: those whose matter is still open.
        role: whose duty it is.
        state: ``owed`` or ``late``; ``done`` or ``done_late``; ``given_up`` after all tries; ``ended``, owed no more.
        begun: when it arose, UTC microseconds.
        owed_until: until when it was owed at first.
        due_at: the same, or until when the next attempt is due if there was one.
        done_at: when it was done.
        tries: attempts without success.
        zone: of the moments.
    """

    key: str
    rule: str
    cases: tuple[str, ...]
    unsettled: tuple[str, ...]
    role: str
    state: FollowUpState
    begun: int
    owed_until: int
    due_at: int
    done_at: int | None
    tries: int
    zone: str

    @property
    def due(self) -> DateTime:
        """Until when."""
        return moment(self.due_at, timezone(self.zone))


@attrs.frozen
class Coverage:
    """How many duties were done, of those that were owed by now: a numerator and a denominator, never a share alone.

    >>> (Coverage(9, 10) + Coverage(1, 1)).share
    Fraction(10, 11)
    """

    done: int = 0
    owed: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.done + other.done, self.owed + other.owed)

    @property
    def share(self) -> Fraction | None:
        """Done of owed; ``None`` when nothing was owed."""
        return Fraction(self.done, self.owed) if self.owed else None


def coverage(found: Iterable[FollowUp]) -> Coverage:
    """How many were done, late or not, of those that are due by now or done; what ended counts for nothing."""
    states = [one.state for one in found if one.state not in ("owed", "ended")]
    return Coverage(sum(state in ("done", "done_late") for state in states), len(states))


class _Origin:
    """Why something is owed: one case, from an instant on. It never leaves this module."""

    __slots__ = ("case", "ended", "happened", "instant", "settled", "shared")

    def __init__(self, case: Case, instant: int, happened: list[tuple[str, Event]], shared: FactValue) -> None:
        self.case, self.instant, self.shared = case, instant, shared
        self.happened = [(word, event) for word, event in happened if event.instant >= instant]
        self.settled = any(word == "settled" for word, _ in self.happened)
        self.ended = next((event.instant for word, event in self.happened if word == "ends"), None)


def follow_ups(
    key: str,
    rule: FollowUpRule,
    cases: Iterable[Case],
    hours: Calendar | None,
    *,
    zone: str,
    as_of: int,
    dates: tuple[date, date] | None = None,
    known_at: int | None = None,
) -> tuple[FollowUp, ...]:
    """Everything that a rule owes to some cases, in order of due time.

    Args:
        key: of the rule.
        rule: what is owed.
        cases: their histories; for dates, a customer or colleague each.
        hours: the calendar in which due times count, if they need one.
        zone: whose dates these are.
        as_of: later events are not yet there, UTC microseconds.
        dates: half-open span of local dates to look for dates in; needed where dates give rise to it.
        known_at: leave out what was recorded after this.

    Raises:
        DefinitionError: a rule of dates without their span.
        CoverageError, NeverOpens: a due time that cannot be told.
    """
    groups: dict[tuple[date, str], list[_Origin]] = {}
    tz = timezone(zone)
    for case in cases:
        for origin in _origins(rule, case, zone, as_of, dates, known_at):
            day = date_of(due_after(rule.due, hours, zone, origin.instant), tz)
            name = f"case {case.id}" if origin.shared is None else f"{rule.together} {origin.shared}"
            groups.setdefault((day, name), []).append(origin)
    found = [
        one
        for (day, name), origins in groups.items()
        for one in _chain(f"{key}/{day}/{name}", key, rule, origins, hours, zone, as_of)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.key)))


def _origins(
    rule: FollowUpRule, case: Case, zone: str, as_of: int, dates: tuple[date, date] | None, known_at: int | None
) -> Iterator[_Origin]:
    begun, happened, facts = _hear(rule, case, as_of, known_at)
    shared = facts.get(rule.together) if rule.together else None
    if rule.dates is None:
        yield from (_Origin(case, instant, happened, shared) for instant in begun)
        return
    if dates is None:
        raise DefinitionError("dates", "follow_up.dates")
    if rule.when.holds(facts):
        for instant in rule.dates.instants(facts, zone, *dates):
            yield _Origin(case, instant, happened, shared)


def _hear(
    rule: FollowUpRule, case: Case, as_of: int, known_at: int | None
) -> tuple[list[int], list[tuple[str, Event]], Mapping[str, FactValue]]:
    """The instants at which something became owed, what happened to that, and the facts at the end."""
    begun: list[int] = []
    happened: list[tuple[str, Event]] = []
    facts = case.facts
    for event in in_order(case.events, {}, as_of=as_of, known_at=known_at):
        facts = facts | event.facts
        context = facts | event.details
        words = ("done", "tried", "settled", "ends")
        happened += [(word, event) for word in words if _heard(getattr(rule, word), event, context)]
        if _heard(rule.on, event, context) and rule.when.holds(facts):
            begun.append(event.instant)
    return begun, happened, facts


def _heard(signal: tuple[On, ...], event: Event, context: Mapping[str, FactValue]) -> bool:
    return any(on.kind == event.kind and on.when.holds(context) for on in signal)


def _chain(
    key: str, rule_key: str, rule: FollowUpRule, origins: list[_Origin], hours: Calendar | None, zone: str, as_of: int
) -> Iterator[FollowUp]:
    """The duty of a group of origins, and after it was done, the next if it repeats."""
    begun, number = max(origin.instant for origin in origins), 1
    while True:
        suffix = f"/{number}" if number > 1 else ""
        one = _duty(f"{key}{suffix}", rule_key, rule, origins, begun, hours, zone, as_of)
        yield one
        over = one.done_at is None or not rule.repeats
        if over or all(origin.settled or origin.ended is not None for origin in origins):
            return
        begun, number = one.done_at or begun, number + 1


def _duty(
    key: str,
    rule_key: str,
    rule: FollowUpRule,
    origins: list[_Origin],
    begun: int,
    hours: Calendar | None,
    zone: str,
    as_of: int,
) -> FollowUp:
    first = begun if begun > max(origin.instant for origin in origins) else min(origin.instant for origin in origins)
    heard = sorted(
        ((event.instant, word) for origin in origins for word, event in origin.happened if event.instant >= begun),
    )
    later = begun > max(origin.instant for origin in origins)
    done = next((at for at, word in heard if word == "done" and (at > begun or not later)), None)
    attempts = [at for at, word in heard if word == "tried" and (done is None or at < done)]
    owed = due = due_after(rule.due, hours, zone, first)
    if attempts and rule.retry is not None:
        due = due_after(rule.retry, hours, zone, attempts[: rule.tries][-1])
    gone = all(origin.ended is not None and (done is None or origin.ended < done) for origin in origins)
    return FollowUp(
        key=key,
        rule=rule_key,
        cases=tuple(dict.fromkeys(origin.case.id for origin in origins)),
        unsettled=tuple(dict.fromkeys(origin.case.id for origin in origins if not origin.settled)),
        role=rule.role,
        state="ended" if gone else _state(rule, due, done, len(attempts), as_of),
        begun=first,
        owed_until=owed,
        due_at=due,
        done_at=None if gone else done,
        tries=len(attempts),
        zone=zone,
    )


def _state(rule: FollowUpRule, due: int, done: int | None, attempts: int, as_of: int) -> FollowUpState:
    if done is not None:
        return "done" if done <= due else "done_late"
    if rule.tried and attempts >= rule.tries:
        return "given_up"
    return "owed" if as_of <= due else "late"
