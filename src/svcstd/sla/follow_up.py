"""What is owed later, as values: the rule, one duty, and how many were done."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs
from pendulum import DateTime

from svcstd.conditions import ANYTHING, AllOf
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import as_tuple
from svcstd.moment import moment, timezone
from svcstd.sla.clock_rule import On
from svcstd.sla.recurrence import Recurrence
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays, WorkingThenElapsed, WorkingTime

__all__ = ["Coverage", "FollowUp", "FollowUpRule", "FollowUpState", "coverage"]

FollowUpState: TypeAlias = Literal["owed", "late", "done", "done_late", "given_up", "ended"]
MOST_TRIES = 100
COUNTED = (WorkingTime, ElapsedTime, WorkingThenElapsed, WorkingDays, CalendarDays)
"""Targets that can be counted from an event."""


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
        for one in self._listed:
            must_be(one, On, "on", "an On")
        if bool(self.on) == (self.dates is not None):
            raise DefinitionError("on", "follow_up.on")
        if not self.done:
            raise DefinitionError("done", "follow_up.done")
        for name, target in (("due", self.due), ("retry", self.retry)):
            if not isinstance(target, COUNTED) and not (target is None and name == "retry"):
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
