"""By what candidates are put in order: exact keys, the smaller first, and something that settles every tie."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeAlias

import attrs

from svcstd.errors import DefinitionError
from svcstd.keyed import as_tuple
from svcstd.moment import iso_moment, micros, moment
from svcstd.routing.needs import Candidate, Serves, next_open

__all__ = [
    "ById",
    "ByIdle",
    "ByKnown",
    "ByLoad",
    "ByOpening",
    "ByPlace",
    "ByShare",
    "BySkill",
    "ByStatus",
    "Drawn",
    "RankKey",
    "RoundRobin",
]


@attrs.frozen
class ByPlace:
    """The nearest team first."""

    serves: Serves

    def key(self, who: Candidate) -> int:
        """The place in the ranking; teams that are not in it come last."""
        ranking = self.serves.ranking(who.ask)
        return ranking.index(who.team.id) if who.team.id in ranking else len(ranking)


@attrs.frozen
class ByOpening:
    """Who can begin first: when the team is open and the agent on shift."""

    def key(self, who: Candidate) -> tuple[bool, int]:
        """The instant in microseconds; where it cannot be known, last."""
        found = [next_open(one, who.ask.at) for one in (who.team.calendar, who.agent.shift)]
        known = [one for one in found if one is not None]
        return len(known) < len(found), max(known, default=0)


@attrs.frozen
class ByLoad:
    """The smallest part of the capacity in use first."""

    def key(self, who: Candidate) -> Fraction:
        """Load over capacity, exactly."""
        return Fraction(who.agent.load, who.agent.capacity)


@attrs.frozen
class ByShare:
    """Who has had least of the work, by weight."""

    def key(self, who: Candidate) -> Fraction:
        """Work given, with the offset of a newcomer, over the weight, exactly."""
        return (who.agent.assigned + who.agent.offset) / who.agent.weight


@attrs.frozen
class ByIdle:
    """Who has been without work longest; who never had any comes first."""

    def key(self, who: Candidate) -> tuple[bool, int]:
        """Since when, in microseconds."""
        since = who.agent.idle_since
        return since is not None, 0 if since is None else micros(since)


@attrs.frozen
class ByStatus:
    """The better status first; others come last.

    Attributes:
        order: the best first.
    """

    order: tuple[str, ...] = attrs.field(converter=as_tuple)

    def key(self, who: Candidate) -> int:
        """The place in the order."""
        return self.order.index(who.agent.status) if who.agent.status in self.order else len(self.order)


@attrs.frozen
class BySkill:
    """The more skilled first.

    Attributes:
        skill: its name; empty for the one that a fact names.
        fact: names the skill.
    """

    skill: str = ""
    fact: str = ""

    def __attrs_post_init__(self) -> None:
        if bool(self.skill) == bool(self.fact):
            raise DefinitionError("skill", "assign.either", first="skill", second="fact")

    def key(self, who: Candidate) -> int:
        """The level, the other way round."""
        return -who.agent.skills.get(self.skill or who.ask.told(self.fact), 0)


@attrs.frozen
class ByKnown:
    """The agent whom a fact names first."""

    fact: str

    def key(self, who: Candidate) -> bool:
        """Whether it is another."""
        return who.agent.id != who.ask.told(self.fact)


@attrs.frozen
class RoundRobin:
    """The next in the order of ids after the one who got the work before; settles every tie."""

    def key(self, who: Candidate) -> tuple[bool, str]:
        """Those after the cursor, then those up to it."""
        return who.agent.id <= who.ask.cursor, who.agent.id


@attrs.frozen
class Drawn:
    """By lot, the same for the same seed, ticket and agent; settles every tie.

    Attributes:
        seed: any text; another one draws other lots.
    """

    seed: str = ""

    def key(self, who: Candidate) -> str:
        """A digest of the three."""
        return sha256(f"{self.seed}\0{who.ask.ticket}\0{who.agent.id}".encode()).hexdigest()


@attrs.frozen
class ById:
    """By id of the agent; settles every tie, always in favour of the same."""

    def key(self, who: Candidate) -> str:
        """The id."""
        return who.agent.id


RankKey: TypeAlias = (
    "ByPlace | ByOpening | ByLoad | ByShare | ByIdle | ByStatus | BySkill | ByKnown | RoundRobin | Drawn | ById"
)
SETTLING = (RoundRobin, Drawn, ById)
"""Keys that no two agents share."""


def rank_of(keys: tuple[RankKey, ...], who: Candidate) -> tuple[Any, ...]:
    """What to sort candidates by."""
    return tuple(key.key(who) for key in keys)


def rank_told(keys: tuple[RankKey, ...], who: Candidate) -> str:
    """The same for people.

    >>> from datetime import date
    >>> from svcstd.moment import timezone
    >>> from svcstd.routing import Agent, Team
    >>> from svcstd.routing.needs import Ask
    >>> who = Candidate(Ask({}, 0, date(1970, 1, 1), timezone("UTC")), Team(""), Agent(id="j2", load=3, capacity=6))
    >>> rank_told((ByLoad(), ByIdle(), ById()), who)
    'load 1/2, idle since never, id j2'
    """
    return ", ".join(f"{WORDS[type(key)]} {_told(key, who)}" for key in keys)


WORDS: dict[type, str] = {
    ByPlace: "team",
    ByOpening: "begins",
    ByLoad: "load",
    ByShare: "share",
    ByIdle: "idle since",
    ByStatus: "status",
    BySkill: "skill",
    ByKnown: "known",
    RoundRobin: "next round",
    Drawn: "lot",
    ById: "id",
}


def _told(key: RankKey, who: Candidate) -> str:
    match key:
        case ByPlace():
            return f"{who.team.id} ({key.key(who) + 1})"
        case ByOpening():
            unknown, instant = key.key(who)
            return "unknown" if unknown else iso_moment(moment(instant, who.ask.zone))
        case ByIdle():
            since = who.agent.idle_since
            return "never" if since is None else iso_moment(since)
        case ByStatus():
            return who.agent.status or "-"
        case BySkill():
            return str(-key.key(who))
        case ByKnown():
            return "no" if key.key(who) else "yes"
        case Drawn():
            return key.key(who)[:8]
        case RoundRobin() | ById():
            return who.agent.id
        case _:
            return str(key.key(who))
