"""Routes that no case ever takes, and what no route takes, each with an example."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from svcstd.conditions import Box, TooManyCells
from svcstd.keyed import Keyed
from svcstd.routing.tree import Branch, RouteTree
from svcstd.rules import DecisionTable, Else, Output, Rule, RuleFinding, analyse
from svcstd.rules.analysis import BUDGET
from svcstd.rules.findings import by_severity
from svcstd.rules.space import Budget, OutOfBudget, Space

__all__ = ["analyse_routes"]

FALLING = ("gap", "missing", "swallowed")
UNSETTLED = (*FALLING, "regions")


def analyse_routes(tree: RouteTree, *, budget: int = BUDGET) -> tuple[RuleFinding, ...]:
    """All that can be said against a tree, errors first: dead branches (told once, at the highest), gaps at the top.

    Args:
        tree: its routes.
        budget: steps of cutting boxes; what is not settled by then is ``unknown``.

    >>> from svcstd.conditions import Eq, FactSchema, FactType
    >>> from svcstd.routing import Route
    >>> tree = RouteTree(
    ...     facts=FactSchema({"city": FactType()}),
    ...     outputs={"queue": Output()},
    ...     sets={"queue": "desk"},
    ...     routes={"all": Route(sets={"queue": "all"}), "north": Route(Eq("city", "Oslo"))},
    ... )
    >>> [(one.kind, one.rules, one.example) for one in analyse_routes(tree)]
    [('shadowed', ('all', 'north'), 'city = Oslo')]
    """
    branches = list(tree.walk())
    try:
        space = Space.of([tree.condition(branch) for branch in branches], tree.facts)
    except TooManyCells:
        return (RuleFinding("unknown", "warning", about="cells"),)
    dead: set[str] = set()
    found: list[RuleFinding] = []
    search = _Search(tree, space, {branch.path: number for number, branch in enumerate(branches)}, Budget(budget))
    for branch in branches:
        if branch.up is not None and branch.up.path in dead:
            dead.add(branch.path)
            continue
        finding = search.fault(branch)
        if finding is not None:
            found.append(finding)
            dead |= {branch.path} if finding.severity == "error" else set()
    return by_severity([*found, *_gaps(tree, budget)])


@attrs.frozen
class _Search:
    """A tree under analysis: its branches as boxes, and their numbers by path."""

    tree: RouteTree
    space: Space
    places: dict[str, int]
    budget: Budget

    def fault(self, branch: Branch) -> RuleFinding | None:
        """Why a branch is dead; ``None`` for one that lives."""
        boxes = self.space.maybe[self.places[branch.path]]
        if not boxes:
            return RuleFinding("impossible", "error", (branch.path,))
        earlier = [one.path for one in self.tree.before(branch) if self.space.is_sure(self.places[one.path])]
        try:
            if not self._covers(earlier, boxes):
                return None
            alone = next((path for path in earlier if self._covers([path], boxes)), None)
        except OutOfBudget:
            return RuleFinding("unknown", "warning", (branch.path,), about="unreachable")
        witness = self.space.cells.witness(boxes[0])
        region = self.space.cells.condition(boxes[0])
        rules = (*earlier, branch.path) if alone is None else (alone, branch.path)
        found = RuleFinding("unreachable" if alone is None else "shadowed", "error", rules, Keyed(witness), region)
        went = self.tree.decide(witness).rules
        proved = not any(f"{path}/".startswith(f"{branch.path}/") for path in went)
        return found if proved else RuleFinding("unknown", "warning", (branch.path,), about=found.kind)

    def _covers(self, paths: Iterable[str], boxes: Iterable[Box]) -> bool:
        """Whether these branches together take every case of the boxes."""
        others = [box for path in paths for box in self.space.sure[self.places[path]]]
        return all(self.budget.uncovered(box, others) is None for box in boxes)


def _gaps(tree: RouteTree, budget: int) -> list[RuleFinding]:
    """What falls through at the top, as of a table of first hits."""
    outputs = {name: Output(one.kind) for name, one in tree.outputs.items()}
    answered = any(value is not None for value in tree.options.values())
    top = DecisionTable(
        facts=tree.facts,
        outputs=outputs,
        rules={branch.path: Rule(branch.route.when) for branch in tree.top},
        hit="first",
        otherwise=Else({}, "the options of the top") if answered else None,
    )
    found = analyse(top, budget=budget)
    return [one for one in found if one.kind in FALLING or (one.kind == "unknown" and one.about in UNSETTLED)]
