"""What a piece of work needs of a team and of an agent; each need says why somebody does not meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

import attrs
from pendulum.tz.timezone import Timezone

from svcstd.calendars import Calendar
from svcstd.conditions import ANYTHING, AllOf, Facts, as_all, show_value
from svcstd.errors import CoverageError, DefinitionError, NeverOpens
from svcstd.explain import Explanation, because
from svcstd.keyed import Keyed, as_tuple
from svcstd.moment import day_start, moment
from svcstd.routing.agents import Agent, Credential, Team

__all__ = [
    "Ask",
    "Belongs",
    "Candidate",
    "HasPart",
    "HasRoom",
    "HasStatus",
    "Holds",
    "IsKnown",
    "IsOpen",
    "Need",
    "OnShift",
    "Serves",
    "Skilled",
    "Speaks",
    "Test",
    "next_open",
]


@attrs.frozen
class Ask:
    """One piece of work at one moment.

    Attributes:
        facts: what is known of it.
        at: the moment, UTC microseconds.
        day: its local date.
        zone: in which days are counted.
        ticket: its id, for drawing lots.
        units: of capacity that the work takes.
        cursor: the agent who got the work before, for going round.
    """

    facts: Facts
    at: int
    day: date
    zone: Timezone
    ticket: str = ""
    units: int = 1
    cursor: str = ""

    def told(self, name: str) -> str:
        """A fact as text; empty when it is missing."""
        value = self.facts.get(name)
        return "" if value is None else show_value(value)


@attrs.frozen
class Candidate:
    """Somebody who may get the work.

    Attributes:
        ask: the work.
        team: the agent's team.
        agent: the agent.
        lowered: by how many levels a need has come down while the work waited.
    """

    ask: Ask
    team: Team
    agent: Agent
    lowered: int = 0


def _rankings(given: Mapping[str, Iterable[str]]) -> Keyed[str, tuple[str, ...]]:
    return Keyed({place: tuple(teams) for place, teams in dict(given).items()})


@attrs.frozen
class Serves:
    """The team stands in the ranking of the place: the nearest first.

    Attributes:
        by: the fact that names the place.
        teams: by place, ids of teams in order.
        otherwise: for places that are not listed.
    """

    by: str
    teams: Keyed[str, tuple[str, ...]] = attrs.field(converter=_rankings)
    otherwise: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    @property
    def all_teams(self) -> tuple[str, ...]:
        """Every team of every ranking, each once."""
        return tuple(dict.fromkeys(team for teams in (*self.teams.values(), self.otherwise) for team in teams))

    def ranking(self, ask: Ask) -> tuple[str, ...]:
        """The teams for this work, the nearest first."""
        return self.teams.get(ask.told(self.by), self.otherwise)

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        place = who.ask.told(self.by)
        if not place:
            return because("assign.unknown", fact=self.by)
        if who.team.id not in self.ranking(who.ask):
            return because("assign.serves", team=who.team.id, place=place)
        return None


@attrs.frozen
class IsOpen:
    """The team works at that moment."""

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        if who.team.calendar is None or who.team.calendar.timeline.is_open(who.ask.at):
            return None
        opens = self.opens(who)
        if opens is None:
            return because("assign.open_unknown", name=who.team.id)
        return because("assign.open", name=who.team.id, opens=moment(opens, who.ask.zone))

    def opens(self, who: Candidate) -> int | None:
        """When the team opens."""
        return next_open(who.team.calendar, who.ask.at)


@attrs.frozen
class HasPart:
    """The team has the part.

    Attributes:
        part: the fact that names it.
    """

    part: str

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        part = who.ask.told(self.part)
        if not part:
            return because("assign.unknown", fact=self.part)
        if not who.team.stock.get(part, 0):
            return because("assign.part", team=who.team.id, part=part)
        return None


@attrs.frozen
class Belongs:
    """The team has a trait.

    Attributes:
        trait: its name.
        values: those that are allowed; empty for the value that a fact names.
        fact: names the value that is wanted.
    """

    trait: str
    values: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    fact: str = ""

    def __attrs_post_init__(self) -> None:
        if bool(self.values) == bool(self.fact):
            raise DefinitionError("values", "assign.either", first="values", second="fact")

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        wanted = self.values or (who.ask.told(self.fact),)
        if wanted == ("",):
            return because("assign.unknown", fact=self.fact)
        has = who.team.traits.get(self.trait, "")
        if has in wanted:
            return None
        return because("assign.trait", team=who.team.id, trait=self.trait, has=has or "-", wanted=", ".join(wanted))


@attrs.frozen
class OnShift:
    """The agent works at that moment."""

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        if who.agent.shift is None or who.agent.shift.timeline.is_open(who.ask.at):
            return None
        opens = self.opens(who)
        if opens is None:
            return because("assign.shift_unknown", name=who.agent.id)
        return because("assign.shift", name=who.agent.id, opens=moment(opens, who.ask.zone))

    def opens(self, who: Candidate) -> int | None:
        """When the shift begins."""
        return next_open(who.agent.shift, who.ask.at)


@attrs.frozen
class HasRoom:
    """The agent can take the work on: with it, no more units than the capacity."""

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        agent = who.agent
        if agent.load + who.ask.units <= agent.capacity:
            return None
        return because("assign.room", agent=agent.id, load=agent.load, capacity=agent.capacity, units=who.ask.units)


@attrs.frozen
class HasStatus:
    """The agent has one of these statuses."""

    values: tuple[str, ...] = attrs.field(converter=as_tuple)

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        agent = who.agent
        if agent.status in self.values:
            return None
        return because("assign.status", agent=agent.id, has=agent.status or "-", wanted=", ".join(self.values))


@attrs.frozen
class IsKnown:
    """The agent is the one that a fact names: who had the case before, or whom the customer knows."""

    fact: str

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        known = who.ask.told(self.fact)
        if not known:
            return because("assign.unknown", fact=self.fact)
        return None if who.agent.id == known else because("assign.known", known=known)


@attrs.frozen
class Speaks:
    """The agent speaks the language that a fact names."""

    fact: str

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        language = who.ask.told(self.fact)
        if not language:
            return because("assign.unknown", fact=self.fact)
        agent = who.agent
        return None if language in agent.languages else because("assign.speaks", agent=agent.id, language=language)


@attrs.frozen
class Skilled:
    """The agent has a skill at a level or better.

    Attributes:
        skill: its name; empty for the one that a fact names.
        level: at least; 1 for having it at all.
        fact: names the skill that is wanted.
    """

    skill: str = ""
    level: int = 1
    fact: str = ""

    def __attrs_post_init__(self) -> None:
        if bool(self.skill) == bool(self.fact):
            raise DefinitionError("skill", "assign.either", first="skill", second="fact")

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not; ``None`` if met."""
        skill, level = self.skill or who.ask.told(self.fact), self.level - who.lowered
        if not skill:
            return because("assign.unknown", fact=self.fact)
        agent = who.agent
        has = agent.skills.get(skill, 0)
        return None if has >= level else because("assign.skill", agent=agent.id, skill=skill, has=has, wanted=level)


@attrs.frozen
class Holds:
    """The agent holds a certificate that is valid on the day, for the product, under an edition that counts.

    Attributes:
        subject: of the certificate.
        product: the fact that names the product; empty for none.
        level: at least.
        editions: of the standard, under which it may have been passed; empty for any.
    """

    subject: str
    product: str = ""
    level: int = 0
    editions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why not, of the certificate that comes nearest; ``None`` if met."""
        product = who.ask.told(self.product) if self.product else ""
        if self.product and not product:
            return because("assign.unknown", fact=self.product)
        agent = who.agent
        found = [one for one in agent.credentials if one.is_for(self.subject, product)]
        faults = [self._fault(one, agent.id, who) for one in found]
        if None in faults:
            return None
        what = f"{self.subject} {product}".rstrip()
        return faults[-1] if faults else because("assign.credential", agent=agent.id, what=what)

    def _fault(self, one: Credential, agent: str, who: Candidate) -> Explanation | None:
        what, level, day = f"{one.subject} {one.product}".rstrip(), self.level - who.lowered, who.ask.day
        if one.level < level:
            return because("assign.level", agent=agent, what=what, has=one.level, wanted=level)
        if self.editions and one.edition not in self.editions:
            wanted = ", ".join(self.editions)
            return because("assign.edition", agent=agent, what=what, has=one.edition or "-", wanted=wanted)
        if one.last is not None and one.last < day:
            return because("assign.ended", agent=agent, what=what, day=one.last)
        if one.first is not None and day < one.first:
            return because("assign.not_yet", agent=agent, what=what, day=one.first)
        return None

    def opens(self, who: Candidate) -> int | None:
        """When the next certificate begins; the moment itself for none."""
        held = who.agent.credentials
        days = [one.first for one in held if one.first is not None and one.first > who.ask.day]
        return day_start(min(days), who.ask.zone) if days else None


Test: TypeAlias = (
    "Serves | IsOpen | HasPart | Belongs | OnShift | HasRoom | HasStatus | IsKnown | Speaks | Skilled | Holds"
)
FACTS = ("by", "part", "product", "fact")
"""Attributes of a test that name a fact."""


@attrs.frozen
class Need:
    """A test that somebody must pass, for the work that asks for it.

    Attributes:
        test: the test.
        when: the work that asks for it; unknown is no.
    """

    test: Test
    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)

    def refusal(self, who: Candidate) -> Explanation | None:
        """Why somebody does not pass; ``None`` if they do, or the work does not ask."""
        return self.test.refusal(who) if self.when.holds(who.ask.facts) is True else None

    def opens(self, who: Candidate) -> int | None:
        """When time alone may change the answer; ``None`` where it does not."""
        found = self.test.opens(who) if isinstance(self.test, IsOpen | OnShift | Holds) else None
        return found if found is not None and found > who.ask.at else None

    @property
    def is_of_team(self) -> bool:
        """Whether it speaks of the team alone."""
        return isinstance(self.test, Serves | IsOpen | HasPart | Belongs)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return self.when.fields | {name for fact in FACTS if (name := getattr(self.test, fact, ""))}


def next_open(calendar: Calendar | None, at: int) -> int | None:
    """When it opens; the instant itself where it is open or there is none, ``None`` if that cannot be known."""
    try:
        return at if calendar is None else calendar.timeline.next_open(at)
    except (NeverOpens, CoverageError):
        return None
