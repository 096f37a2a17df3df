"""Every gap, overlap and dead rule of a table, proved by an example.

Rules are boxes of cells. Which rules meet or cover a box is found by bits, one number per cell that tells the rules in
it; what rules leave uncovered together is found by cutting them out of the box one by one, the largest first. The work
is bounded: beyond the budget the answer is ``unknown``, never a guess. Every example is asked of the rules themselves
before it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import attrs

from svcstd.conditions import (
    AllOf,
    Box,
    FactSchema,
    FactType,
    Present,
    Range,
    TooManyCells,
)
from svcstd.conditions.cells import meet
from svcstd.keyed import Keyed
from svcstd.rules.findings import FindingKind, RuleFinding, Severity, by_severity
from svcstd.rules.rule import Rule
from svcstd.rules.space import MISSING, Budget, OutOfBudget, Space, bits, merged, volume
from svcstd.rules.table import DecisionTable

__all__ = ["analyse", "overlaps"]

DAY = "(day)"
"""The date on which dated rules are asked, as one more fact; no file can name it so."""
BUDGET = 200_000
MOST_PAIRS = 1_000
MOST_REGIONS = 20
MOST_PIECES = 60
"""Pieces that regions are joined from."""
LISTING = ("collect", "rule order", "output order")
"""Policies for which several hits, and none, are the usual thing."""


def analyse(table: DecisionTable, *, budget: int = BUDGET) -> tuple[RuleFinding, ...]:
    """All that can be said against a table, errors first.

    Args:
        table: its rules.
        budget: steps of cutting boxes; what is not settled by then is ``unknown``.

    >>> from svcstd.conditions import Eq
    >>> from svcstd.rules import Output
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType(one_of=("fault", "other"))}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ... )
    >>> [(one.kind, one.example) for one in analyse(table)]
    [('gap', 'kind = other'), ('missing', '-')]
    """
    try:
        space = _space_of(table)
    except TooManyCells:
        return (RuleFinding("unknown", "warning", about="cells"),)
    return by_severity(_Analysis(table, space, Budget(budget)).findings())


def overlaps(table: DecisionTable, *, most: int = MOST_PAIRS) -> Iterator[tuple[str, str, AllOf]]:
    """Pairs of rules that fit one case, with the condition under which both do, in order; at most so many.

    Raises:
        TooManyCells: more cells than will be looked at.
    """
    space = _space_of(table)
    for count, (first, second, box) in enumerate(space.pairs()):
        if count == most:
            return
        yield table.ids[first], table.ids[second], space.cells.condition(box)


class _Analysis:
    """One table under analysis."""

    def __init__(self, table: DecisionTable, space: Space, budget: Budget) -> None:
        self._table, self._space, self._budget = table, space, budget
        self._dated = DAY in space.cells.fields
        self._ids = table.ids
        self._rows = [tuple(rule.then.get(name) for name in table.outputs) for rule in table.rules.values()]
        ranks = table.ranks if table.hit == "priority" else [()] * len(self._ids)
        self._places = [(rank, number) for number, rank in enumerate(ranks)]

    def findings(self) -> Iterator[RuleFinding]:
        """All of them, in no order that matters."""
        for number, boxes in enumerate(self._space.maybe):
            if not boxes:
                yield RuleFinding("impossible", "error", (self._ids[number],))
        yield from self._twins()
        hit = self._table.hit
        if hit in ("unique", "any"):
            yield from self._violations()
        if hit in ("first", "any", "priority"):
            yield from self._dead()
        if hit in ("first", "priority") and len(self._ids) > 1 and next(self._space.pairs(), None) is None:
            yield RuleFinding("policy", "info", about="unique")
        yield from self._constants()
        yield from self._gaps()

    def _finding(
        self, kind: FindingKind, severity: Severity, rules: Sequence[int], box: Box, *, fits: Iterable[int]
    ) -> RuleFinding:
        """A finding whose example fits these rules, as the rules themselves say; else it is unknown."""
        witness = self._space.cells.witness(box)
        day: Any = witness.pop(DAY, date(2026, 1, 1)) if self._dated else None
        ids = tuple(self._ids[number] for number in rules)
        wanted, fitting = {self._ids[number] for number in fits}, set(self._table.matching(witness, on=day))
        nothing = kind in ("gap", "missing", "swallowed")
        if not (fitting == wanted if nothing else fitting >= wanted):
            return RuleFinding("unknown", "warning", ids, about=kind)
        region = self._space.cells.condition(box)
        return RuleFinding(kind, severity, ids, Keyed(witness), region, on=day.isoformat() if day else "")

    def _twins(self) -> Iterator[RuleFinding]:
        """Rules with the same condition."""
        listed = self._table.hit in ("collect", "rule order")
        severity: Severity = "warning" if listed else "error"
        groups: dict[tuple[Box, ...], list[int]] = {}
        for number, sure in enumerate(self._space.sure):
            if sure and self._space.is_sure(number):
                groups.setdefault(tuple(sorted(sure)), []).append(number)
        for boxes, numbers in groups.items():
            for place, second in enumerate(numbers[1:], 1):
                same = [first for first in numbers[:place] if self._rows[first] == self._rows[second]]
                other = [first for first in numbers[:place] if self._rows[first] != self._rows[second]]
                if same:
                    yield self._finding("duplicate", severity, (same[0], second), boxes[0], fits=(same[0], second))
                if other:
                    yield self._finding("conflict", severity, (other[0], second), boxes[0], fits=(other[0], second))

    def _violations(self) -> Iterator[RuleFinding]:
        """Pairs that fit one case, under ``any`` only those with different outcomes."""
        count = 0
        for first, second, box in self._space.pairs():
            if self._table.hit == "any" and self._rows[first] == self._rows[second]:
                continue
            if count == MOST_PAIRS:
                yield RuleFinding("unknown", "error", about="pairs")
                return
            count += 1
            yield self._finding("violation", "error", (first, second), box, fits=(first, second))

    def _dead(self) -> Iterator[RuleFinding]:
        """Rules that never decide, since those that come before take all their cases."""
        space = self._space
        before = sorted(range(len(self._ids)), key=self._places.__getitem__)
        earlier: set[int] = set()
        sure_rows = sum(1 << n for n, (rule, _) in enumerate(space.rows) if space.is_sure(rule))
        owners = [rule for rule, _ in space.rows]
        for number in before:
            boxes = space.maybe[number]
            if boxes:
                yield from self._dead_one(number, boxes, earlier, sure_rows, owners)
            earlier.add(number)

    def _dead_one(
        self, number: int, boxes: list[Box], earlier: set[int], sure_rows: int, owners: list[int]
    ) -> Iterator[RuleFinding]:
        space = self._space
        shadows = None
        for box in boxes:
            over = {owners[n] for n in bits(space.covering(box) & sure_rows)} & earlier
            shadows = over if shadows is None else shadows & over
        if shadows:
            by = min(shadows, key=self._places.__getitem__)
            if space.sure[by] != boxes or self._rows[by] != self._rows[number]:
                yield self._finding("shadowed", "error", (by, number), boxes[0], fits=(by, number))
            return
        meeting = [[n for n in bits(space.meeting(box) & sure_rows) if owners[n] in earlier] for box in boxes]
        try:
            left = [
                self._budget.uncovered(box, [space.rows[n][1] for n in near])
                for box, near in zip(boxes, meeting, strict=True)
            ]
        except OutOfBudget:
            yield RuleFinding("unknown", "warning", (self._ids[number],), about="unreachable")
            return
        if all(one is None for one in left):
            over_all = sorted({owners[n] for near in meeting for n in near}, key=self._places.__getitem__)
            yield self._finding("unreachable", "error", (*over_all, number), boxes[0], fits=(number,))
        elif self._table.hit == "first":
            yield from self._subsumed(number, boxes)

    def _subsumed(self, number: int, boxes: list[Box]) -> Iterator[RuleFinding]:
        """A rule whose cases a later one would give the same, with no other between them."""
        space = self._space
        for later in range(number + 1, len(self._ids)):
            met = any(meet(box, other) is not None for box in boxes for other in space.maybe[later])
            if not met:
                continue
            covers = all(any(_within(box, other) for other in space.sure[later]) for box in boxes)
            if covers and self._rows[later] == self._rows[number]:
                yield self._finding("subsumed", "info", (number, later), boxes[0], fits=(number, later))
            return

    def _constants(self) -> Iterator[RuleFinding]:
        """Outputs that never differ."""
        rows = list(self._rows)
        if self._table.otherwise is not None:
            rows.append(tuple(self._table.otherwise.then.get(name) for name in self._table.outputs))
        for place, name in enumerate(self._table.outputs):
            if len(rows) > 1 and len({row[place] for row in rows}) == 1:
                yield RuleFinding("constant", "info", about=name)

    def _gaps(self) -> Iterator[RuleFinding]:
        """What no rule fits, and what ``else`` takes."""
        table, cells = self._table, self._space.cells
        answered = table.otherwise is not None or any(one.default is not None for one in table.outputs.values())
        if table.hit in LISTING and not answered:
            return
        kind: FindingKind = "swallowed" if answered else "gap"
        severity: Severity = "info" if answered else "error" if table.on_no_match == "error" else "warning"
        rows = sorted((box for boxes in self._space.sure for box in boxes), key=volume, reverse=True)
        known = tuple(mask & ~MISSING for mask in cells.full)
        try:
            pieces = list(islice(self._budget.pieces(known, rows), MOST_PIECES + 1))
            regions = merged(pieces[:MOST_PIECES])
            told = [self._widened(box, rows) for box in regions[:MOST_REGIONS]]
            for box in told:
                yield self._finding(kind, severity, (), box, fits=())
            if len(pieces) > MOST_PIECES or len(regions) > MOST_REGIONS:
                yield RuleFinding("unknown", "info", about="regions")
            yield from self._without("swallowed" if answered else "missing", rows, told, known)
        except OutOfBudget:
            yield RuleFinding("unknown", "warning", about=kind)

    def _widened(self, box: Box, rows: list[Box]) -> Box:
        """The box without saying of every fact that it is known, where nothing fits without it either."""
        for field, every in enumerate(self._space.cells.full):
            if box[field] | MISSING == every:
                wider = (*box[:field], every, *box[field + 1 :])
                asking = [row for row in rows if row[field] & MISSING and row[field] != every]
                box = box if any(meet(wider, row) is not None for row in asking) else wider
        return box

    def _without(self, kind: FindingKind, rows: list[Box], told: list[Box], known: Box) -> Iterator[RuleFinding]:
        """Facts without which nothing fits, although something would with them: beside what was told already."""
        for field, name in enumerate(self._space.cells.fields):
            box = (*known[:field], MISSING, *known[field + 1 :])
            covering = [row for row in (*rows, *told) if row[field] & MISSING]
            left = self._budget.uncovered(box, covering) if name != DAY else None
            if left is not None:
                found = self._finding(kind, "info", (), self._widened(left, rows), fits=())
                yield attrs.evolve(found, about=name)


def _within(box: Box, other: Box) -> bool:
    return all(not mask & ~around for mask, around in zip(box, other, strict=True))


def _space_of(table: DecisionTable) -> Space:
    """The rules as boxes; where some are dated, the day is one more fact of all."""
    rules = table.rules.values()
    if not any(rule.is_dated for rule in rules):
        return Space.of([rule.when for rule in rules], table.facts)
    return Space.of([_on_days(rule) for rule in rules], FactSchema(table.facts.types | {DAY: FactType("date")}))


def _on_days(rule: Rule) -> AllOf:
    """A condition that also asks the day."""
    bounded = rule.first is not None or rule.last is not None
    return AllOf((rule.when, Range(DAY, rule.first, rule.last) if bounded else Present(DAY)))
