"""People and teams as a program knows them: what they hold, speak and can take on. Facts of the caller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

import attrs

from svcstd.calendars import Calendar
from svcstd.errors import DefinitionError, must_be_date
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import micros

__all__ = ["Agent", "Credential", "Team", "newcomer_offset"]


def _is_instant(_: object, field: attrs.Attribute[datetime | None], value: datetime | None) -> None:
    if value is not None:
        micros(value, field.name)


def _is_whole(_: object, field: attrs.Attribute[int], value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DefinitionError(field.name, "agents.whole", value=repr(value))


@attrs.frozen
class Credential:
    """A certificate: what somebody may do, from which day to which, both included.

    Attributes:
        subject: what it certifies, e.g. ``permit``.
        product: the one product it is for; empty for all.
        level: higher is better.
        first, last: local dates; ``None`` for no end on that side.
        edition: of the standard it was passed under; empty for none.

    Raises:
        DefinitionError: the last day before the first, or a level that is no whole number.
    """

    subject: str
    product: str = ""
    level: int = attrs.field(default=0, validator=_is_whole)
    first: date | None = attrs.field(default=None, kw_only=True)
    last: date | None = attrs.field(default=None, kw_only=True)
    edition: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        for name in ("first", "last"):
            if getattr(self, name) is not None:
                must_be_date(getattr(self, name), name)
        if self.first is not None and self.last is not None and self.last < self.first:
            raise DefinitionError("days", "range.empty", low=self.first, high=self.last)

    def is_for(self, subject: str, product: str) -> bool:
        """Whether it certifies this, for this product; no product asks for any."""
        return self.subject == subject and (not product or self.product in ("", product))


@attrs.frozen
class Team:
    """A desk, a repair centre or a queue.

    Attributes:
        id: its name in rankings.
        calendar: when it works; ``None`` for always.
        stock: parts that it has, by name.
        traits: what else is known of it, e.g. ``{"residency": "EU"}``.

    Raises:
        DefinitionError: a stock that is no whole number.
    """

    id: str
    calendar: Calendar | None = attrs.field(default=None, kw_only=True)
    stock: Keyed[str, int] = attrs.field(default=EMPTY, converter=as_keyed, kw_only=True)
    traits: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for part, count in self.stock.items():
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise DefinitionError(f"stock.{part}", "agents.whole", value=repr(count))


@attrs.frozen(kw_only=True)
class Agent:
    """Somebody who takes work; a person or a program.

    Attributes:
        id: unique among the agents.
        team: id of the team; empty for none.
        roles: what the agent does.
        credentials: certificates.
        skills: by name, the level; higher is better.
        languages: that the agent speaks.
        shift: when the agent works; ``None`` for always.
        load, capacity: units of work in hand, and at most.
        assigned: work already given in the period in which it is to be shared out fairly.
        weight: the share of work that the agent takes, beside those of others.
        offset: work that a newcomer is taken to have had, see :func:`newcomer_offset`.
        idle_since: when the last work ended; ``None`` for nothing yet.
        status: e.g. ``active`` or ``away``, as the program calls it.

    Raises:
        DefinitionError: counts that are no whole numbers from 0, no capacity or weight, a naive moment.
    """

    id: str
    team: str = ""
    roles: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    credentials: tuple[Credential, ...] = attrs.field(default=(), converter=as_tuple)
    skills: Keyed[str, int] = attrs.field(default=EMPTY, converter=as_keyed)
    languages: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    shift: Calendar | None = None
    load: int = attrs.field(default=0, validator=_is_whole)
    capacity: int = attrs.field(validator=_is_whole)
    assigned: int = attrs.field(default=0, validator=_is_whole)
    weight: int = attrs.field(default=1, validator=_is_whole)
    offset: Fraction = attrs.field(default=Fraction(0), converter=Fraction)
    idle_since: datetime | None = attrs.field(default=None, validator=_is_instant)
    status: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("capacity", "weight"):
            if not getattr(self, name):
                raise DefinitionError(name, "agents.some")


def newcomer_offset(others: Sequence[Agent], weight: int) -> Fraction:
    """The work that a newcomer is taken to have had, so that not everything goes there: the share of the others.

    >>> others = [Agent(id=name, capacity=5, assigned=10, weight=100) for name in ("a", "b")]
    >>> newcomer_offset(others, 50)
    Fraction(5, 1)
    """
    weights = sum(agent.weight for agent in others)
    return Fraction(sum(agent.assigned + agent.offset for agent in others) * weight, weights or 1)
