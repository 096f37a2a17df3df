"""Route trees: options that routes inherit, first match at each level, and the path as the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any

import attrs

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    Facts,
    FactSchema,
    FactValue,
    as_all,
    check_condition,
    show_condition,
    show_facts,
)
from svcstd.errors import DefinitionError, StandardError, SvcstdError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.rules import Decision, Output
from svcstd.rules.decision import ELSE
from svcstd.rules.rule import outcome_faults

__all__ = ["Branch", "Route", "RouteTree"]

DEEPEST = 10
MOST_ROUTES = 10_000


@attrs.frozen
class Route:
    """One branch: where its condition holds, its options replace those above, and the routes below may say more.

    Attributes:
        when: unknown is no.
        sets: by output, its value from here on down.
        routes: the routes below, by id, in order; the first that fits takes the case.
        continues: whether the routes after it are asked as well, so that a case may go several ways.
        because: why there is such a route, for people.
    """

    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    sets: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)
    routes: Keyed[str, Route] = attrs.field(default=EMPTY, converter=as_keyed)
    continues: bool = attrs.field(default=False, kw_only=True)
    because: str = attrs.field(default="", kw_only=True)


@attrs.frozen(eq=False, slots=False)
class Branch:
    """A route at its place in the tree.

    Attributes:
        path: ids from the top, joined by ``/``.
        route: the route itself.
        options: what holds there, its own and what it inherits.
        depth: 1 at the top.
        up: the branch it stands on.
    """

    path: str
    route: Route
    options: Keyed[str, FactValue]
    depth: int = 1
    up: Branch | None = attrs.field(default=None, repr=False)

    @cached_property
    def below(self) -> tuple[Branch, ...]:
        """The branches on it, in order."""
        return _branches(self.route.routes, self.options, self)

    @cached_property
    def trail(self) -> tuple[Branch, ...]:
        """The branches from the top down to this one."""
        return (*(self.up.trail if self.up is not None else ()), self)


def _branches(routes: Mapping[str, Route], options: Keyed[str, FactValue], up: Branch | None) -> tuple[Branch, ...]:
    path, depth = ("", 1) if up is None else (f"{up.path}/", up.depth + 1)
    return tuple(Branch(path + key, route, options | route.sets, depth, up) for key, route in routes.items())


@attrs.frozen(kw_only=True, slots=False)
class RouteTree:
    """Routes within routes; a case goes down as far as routes fit, and the last one answers.

    Attributes:
        facts: the vocabulary its conditions speak.
        outputs: the options it answers, by name.
        sets: the options of a case that no route takes; empty for no outcome.
        routes: the routes at the top, by id, in order.
        name: for people.

    Raises:
        StandardError: all contradictions at once.

    >>> from svcstd.conditions import Eq, FactType
    >>> tree = RouteTree(
    ...     facts=FactSchema({"city": FactType(), "vip": FactType("true or false")}),
    ...     outputs={"queue": Output(), "wait": Output("integer")},
    ...     sets={"queue": "desk", "wait": 30},
    ...     routes={
    ...         "north": Route(Eq("city", "Oslo"), {"queue": "north"}, {"vip": Route(Eq("vip", True), {"wait": 5})}),
    ...     },
    ... )
    >>> decision = tree.decide({"city": "Oslo", "vip": True})
    >>> decision.rule, dict(decision)
    ('north/vip', {'queue': 'north', 'wait': 5})
    """

    facts: FactSchema
    outputs: Keyed[str, Output] = attrs.field(converter=as_keyed)
    sets: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)
    routes: Keyed[str, Route] = attrs.field(default=EMPTY, converter=as_keyed)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        faults = list(self._contradictions())
        if faults:
            raise StandardError.of(faults)

    def _contradictions(self) -> Iterator[SvcstdError]:
        if not self.outputs:
            yield DefinitionError("outputs", "shape.empty")
        yield from outcome_faults(self.sets, self.outputs, "sets")
        for count, branch in enumerate(self.walk(), 1):
            if count > MOST_ROUTES or branch.depth > DEEPEST:
                yield DefinitionError("routes", "routes.bounds", most=MOST_ROUTES, deepest=DEEPEST)
                return
            key = branch.path.rsplit("/", 1)[-1]
            where = f"routes.{branch.path.replace('/', '.routes.')}"
            if not key or key == ELSE:
                yield DefinitionError(where, "routes.id", value=key)
            try:
                check_condition(branch.route.when, self.facts, f"{where}.when")
            except DefinitionError as error:
                yield error
            yield from outcome_faults(branch.route.sets, self.outputs, f"{where}.sets")

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The path of every route."""
        return tuple(branch.path for branch in self.walk())

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(field for branch in self.walk() for field in branch.route.when.fields)

    @cached_property
    def top(self) -> tuple[Branch, ...]:
        """The branches at the top, in order."""
        return _branches(self.routes, self.options, None)

    @cached_property
    def options(self) -> Keyed[str, FactValue]:
        """The options of the top: its own, else the defaults of the outputs."""
        return Keyed({name: self.sets.get(name, one.default) for name, one in self.outputs.items()})

    def walk(self) -> Iterator[Branch]:
        """Every branch, each before those on it."""
        waiting = list(reversed(self.top))
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting += reversed(branch.below)

    def decide(self, facts: Mapping[str, Any], *, on: date | None = None) -> Decision:  # noqa: ARG002 - as tables take it
        """Where a case goes: one row of options for each way, the paths as rules, ``else`` for the options of the top.

        Args:
            facts: what is known; missing facts make tests unknown, and unknown is no.
            on: not asked; routes have no dates.

        Raises:
            FactError: an undeclared fact, or a value of another kind.
        """
        known = self.facts.exact(facts)
        found = list(_taken(self.top, known))
        if found:
            paths = [branch.path for branch in found]
            reasons = [reason for branch in found for reason in self._reasons(branch, known)]
            told = because("routes.taken", *reasons, paths=", ".join(paths))
            return Decision(paths, [branch.options for branch in found], told)
        if any(value is not None for value in self.options.values()):
            return Decision((ELSE,), (self.options,), because("routes.top"))
        return Decision((), (), because("routes.none"))

    def refuse(self, facts: Mapping[str, Any], *, on: date | None = None) -> None:  # noqa: ARG002 - as tables take it
        """Raise what :meth:`decide` would: a tree answers whatever it is asked in its own words.

        Raises:
            FactError: as for :meth:`decide`.
        """
        self.facts.exact(facts)

    def _reasons(self, branch: Branch, facts: Facts) -> Iterator[Explanation]:
        for one in branch.trail:
            told = [because("rules.written", because=one.route.because)] if one.route.because else []
            when = one.route.when
            read = show_facts(sorted(when.fields), facts)
            yield because("rules.held", *told, rule=one.path, test=show_condition(when), facts=read)

    def why_not(self, path: str, facts: Mapping[str, Any], *, on: date | None = None) -> Explanation:  # noqa: ARG002 - as tables
        """Why a case did not go this way: the test that failed, or the route that took it before.

        Raises:
            UnknownName: no such route.
            FactError: as for :meth:`decide`.
        """
        known = self.facts.exact(facts)
        by_path = {branch.path: branch for branch in self.walk()}
        if path not in by_path:
            raise UnknownName("route", "routes.unknown", value=path, nearest=nearest(path, by_path))
        for branch in by_path[path].trail:
            if branch.route.when.holds(known) is not True:
                test, read = show_condition(branch.route.when), show_facts(sorted(branch.route.when.fields), known)
                failed = because("rules.failed", test=test, facts=read)
                return because("routes.not_taken", failed, path=path)
            for earlier in _before(branch, self.top):
                if earlier.route.when.holds(known) is True and not earlier.route.continues:
                    return because("routes.not_taken", because("routes.earlier", path=earlier.path), path=path)
        deeper = [branch.path for branch in _taken(by_path[path].below, known)]
        if deeper:
            return because("routes.not_taken", because("routes.deeper", paths=", ".join(deeper)), path=path)
        return because("rules.fits", rule=path)

    def condition(self, branch: Branch) -> AllOf:
        """All that must hold on the way to a branch."""
        return AllOf(one.route.when for one in branch.trail)

    def before(self, branch: Branch) -> Iterator[Branch]:
        """The branches that take a case before it could come here: earlier ones on its way that do not continue."""
        for one in branch.trail:
            yield from (earlier for earlier in _before(one, self.top) if not earlier.route.continues)


def _before(branch: Branch, top: tuple[Branch, ...]) -> Iterator[Branch]:
    """The branches beside it that are asked first."""
    return takewhile(lambda one: one.path != branch.path, top if branch.up is None else branch.up.below)


def _taken(branches: tuple[Branch, ...], facts: Facts) -> Iterator[Branch]:
    for branch in branches:
        if branch.route.when.holds(facts) is True:
            deeper = list(_taken(branch.below, facts))
            yield from deeper or [branch]
            if not branch.route.continues:
                return
