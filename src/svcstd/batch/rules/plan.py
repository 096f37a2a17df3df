"""A decision table or a tree of routes as one list of conditions, asked in order, for those who decide over columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Literal, TypeAlias

import attrs

from svcstd.conditions import AllOf, AnyOf, Condition, FactSchema, FactValue, Not, Opaque
from svcstd.errors import DefinitionError, must_be
from svcstd.keyed import Keyed
from svcstd.routing import Branch, RouteTree
from svcstd.rules import Aggregate, DecisionTable, Index, Rule

__all__ = ["MOST_WHOLE", "Part", "Plan", "Several", "plan_of", "refuse_opaque"]

Part: TypeAlias = "DecisionTable | RouteTree"
"""What decides, whether by rows or by columns."""
Several: TypeAlias = Literal["", "rules.several", "rules.conflict"]
"""What is wrong where several rules fit that differ; empty where the first of them answers."""
MOST_WHOLE = 2**63 - 1


@attrs.frozen(eq=False, slots=False)
class Plan:
    """Rules in the order in which they are asked.

    Attributes:
        schema: the vocabulary of the conditions.
        names: ids of the rules as the part has them.
        order: by rule, its place in *names*.
        conditions: by rule.
        rows: by rule, its outcome with every output.
        days: by rule, the first and the last day on which it is in force.
        several: what is wrong where rules fit that are not alike.
        alike: by rule, a number that it shares with the rules it may fit together with.
        otherwise: the outcome where no rule fits; ``None`` for none.
        must: whether no outcome at all is an error.
        aggregate: what becomes of the rows of all rules that fit; ``list`` where one answers.
        bare: what the aggregate is where no rule fits.
        compile: gives the index of the conditions.
    """

    schema: FactSchema
    names: tuple[str, ...]
    order: tuple[int, ...]
    conditions: tuple[Condition, ...]
    rows: tuple[Keyed[str, FactValue], ...]
    days: tuple[tuple[date | None, date | None], ...]
    several: Several
    alike: tuple[int, ...]
    otherwise: Keyed[str, FactValue] | None
    compile: Callable[[], Index]
    must: bool = False
    aggregate: Aggregate = "list"
    bare: int | None = None

    @cached_property
    def index(self) -> Index:
        """The conditions, compiled once."""
        return self.compile()

    @cached_property
    def outcomes(self) -> tuple[Keyed[str, FactValue], ...]:
        """The outcome of each rule, and last, if there is one, that of all other cases."""
        return self.rows if self.otherwise is None else (*self.rows, self.otherwise)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What one rule answers; nothing where all that fit are gathered."""
        return tuple(self.outcomes[0]) if self.outcomes and self.aggregate == "list" else ()


def plan_of(part: Part | Plan) -> Plan:
    """The rules of a part; made once, it serves any number of batches.

    Raises:
        DefinitionError: what has no form over columns, by its name: lists of rows, routes that continue, tests that
            only a program can answer, numbers that are not whole under an aggregate.
    """
    must_be(part, (DecisionTable, RouteTree, Plan), "part", "a decision table or a tree of routes")
    if isinstance(part, Plan):
        return part
    return _of_table(part) if isinstance(part, DecisionTable) else _of_tree(part)


def refuse_opaque(condition: Condition, where: str) -> None:
    """Refuse what only a program can answer, case by case.

    Raises:
        DefinitionError: with its name.
    """
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                refuse_opaque(test, where)
        case Not():
            refuse_opaque(condition.test, where)
        case Opaque():
            raise DefinitionError(where, "batch.opaque", value=condition.name)
        case _:
            return


def _of_table(table: DecisionTable) -> Plan:
    if table.hit in ("rule order", "output order"):
        raise DefinitionError("hit", "batch.option", option=f"hit = {table.hit}")
    if table.hit == "collect" and table.aggregate == "list":
        raise DefinitionError("aggregate", "batch.option", option="collect = list")
    for key, rule in table.rules.items():
        refuse_opaque(rule.when, f"rules.{key}.when")
    rules = list(table.rules.values())
    rows = [_row(rule.then, table.outputs) for rule in rules]
    order = sorted(range(len(rules)), key=table.ranks.__getitem__) if table.hit == "priority" else range(len(rules))
    conditions = tuple(rules[number].when for number in order)
    bare = None
    if table.aggregate != "list":
        _check_whole(rows, table)
        bare = _bare(table)
    return Plan(
        schema=table.facts,
        names=table.ids,
        order=tuple(order),
        conditions=conditions,
        rows=tuple(rows[number] for number in order),
        days=tuple(_days(rules[number]) for number in order),
        several="rules.several" if table.hit == "unique" else "rules.conflict" if table.hit == "any" else "",
        alike=_numbers(rows) if table.hit == "any" else tuple(range(len(rules))),
        otherwise=_otherwise(table),
        compile=partial(Index.of, conditions, table.facts) if table.hit == "priority" else lambda: table.index,
        must=table.on_no_match == "error",
        aggregate=table.aggregate,
        bare=bare,
    )


def _row(then: Mapping[str, FactValue], outputs: Iterable[str]) -> Keyed[str, FactValue]:
    return Keyed({name: then.get(name) for name in outputs})


def _days(rule: Rule) -> tuple[date | None, date | None]:
    return rule.first, rule.last


def _numbers(rows: Iterable[Keyed[str, FactValue]]) -> tuple[int, ...]:
    """The same number for the same outcome."""
    numbers: dict[Keyed[str, FactValue], int] = {}
    return tuple(numbers.setdefault(row, len(numbers)) for row in rows)


def _otherwise(table: DecisionTable) -> Keyed[str, FactValue] | None:
    """The outcome of ``else``, or else the defaults if there are any."""
    if table.otherwise is not None:
        return _row(table.otherwise.then, table.outputs)
    defaults = Keyed({name: output.default for name, output in table.outputs.items()})
    return defaults if any(value is not None for value in defaults.values()) else None


def _bare(table: DecisionTable) -> int | None:
    """What the aggregate is where no rule fits: of the one row of ``else``; defaults are not counted."""
    if table.otherwise is None:
        return 0 if table.aggregate == "count" and _otherwise(table) is None else None
    if table.aggregate == "count":
        return 1
    return next((int(value) for value in table.otherwise.then.values() if isinstance(value, int)), None)


def _check_whole(rows: Iterable[Mapping[str, FactValue]], table: DecisionTable) -> None:
    """Refuse to add up or compare what is not exact in 64 bits."""
    if table.aggregate == "count":
        return
    otherwise = [] if table.otherwise is None else [table.otherwise.then]
    given = [value for row in (*rows, *otherwise) for value in row.values() if value is not None]
    wrong = [value for value in given if not isinstance(value, int) or abs(value) > MOST_WHOLE]
    if wrong or sum(abs(value) for value in given if isinstance(value, int)) > MOST_WHOLE:
        raise DefinitionError("aggregate", "batch.whole", aggregate=table.aggregate)


def _of_tree(tree: RouteTree) -> Plan:
    """Each branch after those on it: the first whose whole way fits is where the case stays."""
    branches = list(_deepest_first(tree.top))
    for branch in branches:
        where = f"routes.{branch.path.replace('/', '.routes.')}"
        if branch.route.continues:
            raise DefinitionError(where, "batch.option", option="continues")
        refuse_opaque(branch.route.when, f"{where}.when")
    places = {path: place for place, path in enumerate(tree.ids)}
    anything = any(value is not None for value in tree.options.values())
    conditions = tuple(tree.condition(branch) for branch in branches)
    return Plan(
        schema=tree.facts,
        names=tree.ids,
        order=tuple(places[branch.path] for branch in branches),
        conditions=conditions,
        rows=tuple(_row(branch.options, tree.outputs) for branch in branches),
        days=tuple((None, None) for _ in branches),
        several="",
        alike=tuple(range(len(branches))),
        otherwise=tree.options if anything else None,
        compile=partial(Index.of, conditions, tree.facts),
    )


def _deepest_first(branches: Iterable[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield from _deepest_first(branch.below)
        yield branch
