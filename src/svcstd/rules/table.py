"""A decision table: rules over declared facts, the outputs they may give, and what several hits or none mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Literal, get_args

import attrs

from svcstd.conditions import (
    Facts,
    FactSchema,
    FactValue,
    check_condition,
    show_facts,
)
from svcstd.errors import DefinitionError, HitPolicyError, StandardError, SvcstdError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.rules.decision import ELSE, Decision
from svcstd.rules.index import Index, Near
from svcstd.rules.rule import Aggregate, Else, HitPolicy, Output, Rule, outcome_faults
from svcstd.rules.spoken import Spoken

__all__ = ["DecisionTable", "NearMiss", "RuleCounts"]

MOST_RULES = 10_000
MOST_MISSES = 3
"""Near misses that an explanation tells of."""


@attrs.frozen
class NearMiss:
    """A rule that would have fitted, were it not for one fact.

    Attributes:
        rule: its id.
        wanted: its tests of that fact, in words.
        seen: the fact as it is.
    """

    rule: str
    wanted: str
    seen: str


@attrs.frozen
class RuleCounts:
    """How often each rule decided, over a history.

    Attributes:
        rules: by id, how often it fitted and was used; 0 is dead in practice.
        otherwise: how often ``else`` or the defaults answered.
        none: how often nothing did.
        violations: how often the hit policy was broken.
    """

    rules: Keyed[str, int]
    otherwise: int
    none: int
    violations: int

    @classmethod
    def of(cls, ids: Iterable[str], asked: Iterable[Callable[[], Decision]]) -> RuleCounts:
        """Counts of decisions.

        Args:
            ids: of all rules.
            asked: each gives one decision, or raises :class:`HitPolicyError`.
        """
        counts = dict.fromkeys(ids, 0)
        otherwise = none = violations = 0
        for ask in asked:
            try:
                decision = ask()
            except HitPolicyError as error:
                violations += bool(error.rules)
                none += not error.rules
                continue
            for rule in decision.rules if decision.matched else ():
                counts[rule] = counts.get(rule, 0) + 1
            otherwise += decision.rules == (ELSE,)
            none += not decision.rules
        return cls(Keyed(counts), otherwise, none, violations)


@attrs.frozen(kw_only=True, slots=False)
class DecisionTable:
    """Rules that are decided by a hit policy; equal by content, safe to share.

    Attributes:
        facts: the vocabulary its conditions speak.
        outputs: what it answers, by name.
        rules: by id, in order.
        hit: what several fitting rules mean.
        aggregate: for ``collect``, what becomes of their rows; all but list and count need one numeric output.
        otherwise: the outcome where no rule fits; ``None`` leaves that to the defaults of the outputs.
        on_no_match: whether no outcome at all is an ``outcome`` of its own or an ``error``.
        name: for people.

    Raises:
        StandardError: all contradictions at once.

    >>> from svcstd.conditions import Eq, FactType
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType(one_of=("fault", "complaint"))}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ... )
    >>> table.decide({"kind": "fault"})["role"], table.decide({"kind": "complaint"}).matched
    ('engineer', False)
    """

    facts: FactSchema
    outputs: Keyed[str, Output] = attrs.field(converter=as_keyed)
    rules: Keyed[str, Rule] = attrs.field(default=EMPTY, converter=as_keyed)
    hit: HitPolicy = "unique"
    aggregate: Aggregate = "list"
    otherwise: Else | None = None
    on_no_match: Literal["outcome", "error"] = "outcome"
    name: str = ""

    def __attrs_post_init__(self) -> None:
        faults = list(self._contradictions())
        if faults:
            raise StandardError.of(faults)

    def _contradictions(self) -> Iterator[SvcstdError]:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                value = str(getattr(self, name))
                yield DefinitionError(name, "choice.nearest", value=value, nearest=nearest(value, choices))
        if len(self.rules) > MOST_RULES:
            yield DefinitionError("rules", "shape.bounds", value=len(self.rules), low=0, high=MOST_RULES)
        if not self.outputs:
            yield DefinitionError("outputs", "shape.empty")
        for name in (ELSE, ""):
            if name in self.rules:
                yield DefinitionError(f"rules.{name}", "rules.reserved", value=name)
        yield from self._faults_of_policy()
        for key, rule in self.rules.items():
            try:
                check_condition(rule.when, self.facts, f"rules.{key}.when")
            except DefinitionError as error:
                yield error
            yield from outcome_faults(rule.then, self.outputs, f"rules.{key}.then")
        if self.otherwise is not None:
            yield from outcome_faults(self.otherwise.then, self.outputs, "otherwise.then")

    def _faults_of_policy(self) -> Iterator[SvcstdError]:
        if self.aggregate != "list" and self.hit != "collect":
            yield DefinitionError("aggregate", "rules.aggregate", aggregate=self.aggregate)
        numeric = [one.kind in ("number", "integer") for one in self.outputs.values()]
        if self.aggregate in ("sum", "min", "max") and numeric != [True]:
            yield DefinitionError("aggregate", "rules.aggregate_output", aggregate=self.aggregate)
        ranked = any(one.one_of for one in self.outputs.values())
        if self.hit in ("priority", "output order") and not ranked:
            yield DefinitionError("outputs", "rules.no_order", hit=self.hit)

    @property
    def fields(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset(field for rule in self.rules.values() for field in rule.when.fields)

    @cached_property
    def index(self) -> Index:
        """The rules, compiled once."""
        return Index.of((rule.when for rule in self.rules.values()), self.facts)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the rules, in order."""
        return tuple(self.rules)

    @cached_property
    def _rows(self) -> tuple[Keyed[str, FactValue], ...]:
        """By rule, its outcome with every output."""
        return tuple(self._row(rule.then) for rule in self.rules.values())

    def _row(self, outcome: Mapping[str, FactValue]) -> Keyed[str, FactValue]:
        return Keyed({name: outcome.get(name) for name in self.outputs})

    @cached_property
    def ranks(self) -> tuple[tuple[int, ...], ...]:
        """By rule, the places of its outcome in the lists of the outputs: smaller goes first."""
        return tuple(tuple(one.rank(row[name]) for name, one in self.outputs.items()) for row in self._rows)

    @cached_property
    def _dated(self) -> tuple[list[date], list[int]] | None:
        """The days on which rules come and go, and the rules in force before the first and from each on."""
        if not any(rule.is_dated for rule in self.rules.values()):
            return None
        turns = {rule.first for rule in self.rules.values()}
        turns |= {_day_after(rule.last) for rule in self.rules.values() if rule.last is not None}
        days = sorted(day for day in turns if day is not None)
        asked = [date.min, *days]
        masks = [sum(1 << n for n, rule in enumerate(self.rules.values()) if rule.is_in_force(day)) for day in asked]
        return days, masks

    def _in_force(self, day: date | None) -> int:
        if self._dated is None:
            return -1
        if day is None:
            raise DefinitionError("on", "rules.day")
        days, masks = self._dated
        return masks[bisect_right(days, day)]

    def matching(self, facts: Facts, *, on: date | None = None) -> tuple[str, ...]:
        """Ids of all rules that fit, in order, found by asking every condition: the reference of the index.

        Raises:
            FactError: a fact that cannot be compared.
            DefinitionError: no day, and some rules hold on some days only.
        """
        self._in_force(on)
        return tuple(
            key
            for key, rule in self.rules.items()
            if (rule.is_in_force(on) or not rule.is_dated) and rule.when.holds(facts) is True
        )

    def match(self, facts: Facts, *, on: date | None = None) -> tuple[str, ...]:
        """The same as :meth:`matching`, found by the index; facts must be of their declared kinds.

        Raises:
            FactError: a fact of another kind.
            DefinitionError: no day, and some rules hold on some days only.
        """
        return tuple(self.ids[number] for number in _numbers(self.index.bits(facts) & self._in_force(on)))

    @cached_property
    def answers(self) -> tuple[FactValue, ...]:
        """What its first output may be: of rules, else and default, each once."""
        name, output = next(iter(self.outputs.items()))
        otherwise = self.otherwise.then.get(name) if self.otherwise is not None else output.default
        given = [*(rule.then.get(name) for rule in self.rules.values()), otherwise]
        return tuple(dict.fromkeys(value for value in given if value is not None))

    def answer(self, facts: Facts) -> tuple[str, FactValue]:
        """The rule that decides, and the value of the first output, without reasons; nothing for no match.

        Facts must be of their declared kinds, and no rule dated; for a table by which one rule answers.

        Raises:
            HitPolicyError: as for :meth:`decide`.
        """
        used = self._used(_numbers(self.index.bits(facts)))
        if used:
            return self.ids[used[0]], next(iter(self._rows[used[0]].values()))
        decision = self._unmatched(())
        return decision.rule, next(iter(decision.values()), None)

    def decide(self, facts: Mapping[str, Any], *, on: date | None = None) -> Decision:
        """What the table answers, with reasons.

        Args:
            facts: what is known; missing facts make tests unknown, and unknown is no.
            on: the local date, for rules that hold on some days only.

        Raises:
            FactError: an undeclared fact, or a value of another kind.
            HitPolicyError: several rules fit where one may, or none where one must.
            DefinitionError: no day, and some rules hold on some days only.
        """
        known = self.facts.exact(facts)
        near, active = self.index.near(known), self._in_force(on)
        used = self._used(_numbers(near.fits & active))
        if not used:
            return self._unmatched(self._near(near, known, active))
        ids = [self.ids[number] for number in used]
        rows = [self._rows[number] for number in used]
        above = (1 << used[0]) - 1 if self.hit == "first" else -1
        reasons = [self._reason(number, known) for number in used]
        told = because("rules.decided", *reasons, *self._near(near, known, active & above), rules=", ".join(ids))
        return Decision(ids, rows, told, value=self._value(rows))

    def refuse(self, facts: Mapping[str, Any], *, on: date | None = None) -> None:
        """Raise what :meth:`decide` would, and tell no reasons: for those who only ask whether there is an answer.

        Raises:
            FactError, HitPolicyError, DefinitionError: as for :meth:`decide`.
        """
        known = self.facts.exact(facts)
        if not self._used(_numbers(self.index.bits(known) & self._in_force(on))):
            self._unmatched(())

    def _used(self, numbers: Sequence[int]) -> Sequence[int]:
        """Which of the fitting rules decide, in the order of their rows."""
        match self.hit:
            case "unique" if len(numbers) > 1:
                raise self._broken(numbers)
            case "any" if len({self._rows[number] for number in numbers}) > 1:
                raise self._broken(numbers)
            case "unique" | "any" | "first":
                return numbers[:1]
            case "priority":
                return sorted(numbers, key=self.ranks.__getitem__)[:1]
            case "output order":
                return sorted(numbers, key=self.ranks.__getitem__)
            case _:
                return numbers

    def _broken(self, numbers: Sequence[int]) -> HitPolicyError:
        message = "rules.several" if self.hit == "unique" else "rules.conflict"
        return HitPolicyError("rules", message, rules=tuple(self.ids[number] for number in numbers), hit=self.hit)

    def _value(self, rows: Sequence[Mapping[str, FactValue]]) -> int | Decimal | None:
        if self.aggregate == "count":
            return len(rows)
        found: list[Any] = [value for row in rows for value in row.values() if value is not None]
        if self.aggregate == "list" or not found:
            return None
        made: int | Decimal = {"sum": sum, "min": min, "max": max}[self.aggregate](found)  # type: ignore[operator]
        return made

    def _unmatched(self, near: Iterable[Explanation]) -> Decision:
        if self.otherwise is not None:
            told = because("rules.else", *near, because=self.otherwise.because)
            rows = [self._row(self.otherwise.then)]
            return Decision((ELSE,), rows, told, value=self._value(rows))
        defaults = {name: output.default for name, output in self.outputs.items()}
        if any(value is not None for value in defaults.values()):
            return Decision((ELSE,), (Keyed(defaults),), because("rules.defaults", *near))
        if self.on_no_match == "error":
            raise HitPolicyError("rules", "rules.no_rule", rules=(), hit=self.hit)
        return Decision((), (), because("rules.no_match", *near), value=0 if self.aggregate == "count" else None)

    def _reason(self, number: int, facts: Facts) -> Explanation:
        rule, said = self.rules[self.ids[number]], self._spoken[number]
        children = [because("rules.written", because=rule.because)] if rule.because else []
        read = show_facts(said.fields, facts)
        return because("rules.held", *children, rule=self.ids[number], test=said.text, facts=read)

    def _near(self, near: Near, facts: Facts, among: int) -> list[Explanation]:
        return [
            because("rules.near", rule=rule, test=wanted, facts=seen)
            for rule, wanted, seen in self._misses(near, facts, among, MOST_MISSES)
        ]

    def nearest_misses(self, facts: Mapping[str, Any], *, on: date | None = None) -> tuple[NearMiss, ...]:
        """The rules that would have fitted, were it not for one fact, in order.

        Raises:
            FactError, DefinitionError: as for :meth:`decide`.

        >>> from svcstd.conditions import AllOf, Eq, FactType
        >>> table = DecisionTable(
        ...     facts=FactSchema({"kind": FactType(), "vip": FactType("true or false")}),
        ...     outputs={"role": Output()},
        ...     rules={"gold": Rule(AllOf((Eq("kind", "fault"), Eq("vip", True))), {"role": "engineer"})},
        ... )
        >>> table.nearest_misses({"kind": "fault"})
        (NearMiss(rule='gold', wanted='vip = true', seen='vip is missing'),)
        """
        known = self.facts.exact(facts)
        misses = self._misses(self.index.near(known), known, self._in_force(on), len(self.rules))
        return tuple(NearMiss(*miss) for miss in misses)

    def _misses(self, near: Near, facts: Facts, among: int, most: int) -> Iterator[tuple[str, str, str]]:
        """The rule, the tests of the one fact that fails, and what was seen."""
        for number in _numbers(near.once & among, most):
            bit = 1 << number
            field = next(field for field, failing in near.by_fact.items() if failing & bit)
            wanted, fields = self._spoken[number].failing(field, facts)
            yield self.ids[number], wanted, show_facts(fields, facts)

    @cached_property
    def _spoken(self) -> tuple[Spoken, ...]:
        """By rule, its condition in words."""
        return tuple(Spoken.of(rule.when) for rule in self.rules.values())

    def why_not(self, rule: str, facts: Mapping[str, Any], *, on: date | None = None) -> Explanation:
        """Why a rule did not fit: each of its tests that was not true, with the fact it saw.

        Raises:
            UnknownName: no such rule.
            FactError: as for :meth:`decide`.
        """
        if rule not in self.rules:
            raise UnknownName("rule", "rules.unknown", value=rule, nearest=nearest(rule, self.rules))
        known, one = self.facts.exact(facts), self.rules[rule]
        reasons = [
            because("rules.failed", test=text, facts=show_facts(fields, known))
            for test, fields, text in self._spoken[self.ids.index(rule)].tests
            if test.holds(known) is not True
        ]
        if one.is_dated and on is not None and not one.is_in_force(on):
            reasons.append(because("rules.not_in_force", day=on))
        return because("rules.not_held" if reasons else "rules.fits", *reasons, rule=rule)

    def counts(self, history: Iterable[Mapping[str, Any]], *, on: date | None = None) -> RuleCounts:
        """How often each rule decided over the facts of many cases.

        Raises:
            FactError, DefinitionError: as for :meth:`decide`.
        """
        return RuleCounts.of(self.ids, (partial(self.decide, facts, on=on) for facts in history))


CHOICES: Mapping[str, tuple[str, ...]] = {
    "hit": get_args(HitPolicy),
    "aggregate": get_args(Aggregate),
    "on_no_match": ("outcome", "error"),
}


def _day_after(day: date) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day < date.max else None


def _numbers(bits: int, most: int = MOST_RULES) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    found: list[int] = []
    while bits and len(found) < most:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found
