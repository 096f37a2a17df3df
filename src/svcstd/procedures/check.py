"""What is wrong with a procedure: steps nobody reaches or leaves, guards with holes or overlaps, endless rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from svcstd.catalogues import catalogue
from svcstd.conditions import AllOf, FactValue
from svcstd.keyed import Keyed, as_tuple
from svcstd.procedures.procedure import Procedure, Step
from svcstd.rules import DecisionTable, Else, Output, Rule, RuleFinding, Severity, analyse
from svcstd.rules.findings import by_severity, shown_facts, shown_region

__all__ = ["FlowFinding", "FlowKind", "check_procedure"]

FlowKind = Literal["unreachable", "no_end", "endless", "no_role", "gap", "overlap", "dead_way", "unknown"]
OF_GUARDS: dict[str, FlowKind] = {
    "gap": "gap",
    "violation": "overlap",
    "conflict": "overlap",
    "shadowed": "dead_way",
    "unreachable": "dead_way",
    "impossible": "dead_way",
    "unknown": "unknown",
}
"""What findings about a table of guards say of the step."""


@attrs.frozen
class FlowFinding:
    """One finding about a procedure.

    Attributes:
        kind: ``unreachable`` (no way leads there), ``no_end`` (no end can be reached from there), ``endless`` (a round
            that nothing bounds), ``no_role`` (nobody is named to do it), ``gap`` (a case that no way takes),
            ``overlap`` (two ways take one case), ``dead_way`` (no case takes it), ``unknown`` (not settled).
        severity: ``error``, ``warning`` or ``info``.
        steps: ids of the step, and of those that the ways in question lead to, or of the round.
        witness: facts that show it, checked by asking the guards; ``None`` where there is nothing to show.
        region: the condition of all cases it holds for.
    """

    kind: FlowKind
    severity: Severity
    steps: tuple[str, ...] = attrs.field(converter=as_tuple)
    witness: Keyed[str, FactValue] | None = None
    region: AllOf | None = None

    def sentence(self, language: str = "en") -> str:
        """The finding in words."""
        words = {"first": self.steps[0], "steps": ", ".join(self.steps[1:]) or "-", "region": shown_region(self.region)}
        return catalogue(language).sentence(f"procedures.found_{self.kind}", words)

    @property
    def example(self) -> str:
        """The witness on one line."""
        return shown_facts(self.witness)


def check_procedure(procedure: Procedure) -> tuple[FlowFinding, ...]:
    """All that can be said against a procedure, errors first.

    >>> from svcstd.conditions import Eq, FactSchema, FactType
    >>> from svcstd.procedures import Way
    >>> procedure = Procedure(
    ...     facts=FactSchema({"kind": FactType(one_of=("fault", "other"))}),
    ...     start="ask",
    ...     steps={
    ...         "ask": Step(kind="ask", text="what is it?", lane="desk", ways=[Way("end", Eq("kind", "fault"))]),
    ...         "end": Step(kind="end", text="end"),
    ...     },
    ... )
    >>> [(one.sentence(), one.example) for one in check_procedure(procedure)]
    [('ask leads nowhere where kind = other', 'kind = other')]
    """
    return by_severity([*_of_graph(procedure), *_of_guards(procedure)])


def _of_graph(procedure: Procedure) -> Iterator[FlowFinding]:
    onward = {key: [way.to for way in step.ways] for key, step in procedure.steps.items()}
    back: dict[str, list[str]] = {key: [] for key in onward}
    for key, targets in onward.items():
        for to in targets:
            back[to].append(key)
    reached = _closure(onward, [procedure.start])
    ending = _closure(back, [key for key, step in procedure.steps.items() if step.kind == "end"])
    for key, step in procedure.steps.items():
        if key not in reached:
            yield FlowFinding("unreachable", "error", (key,))
        elif key not in ending:
            yield FlowFinding("no_end", "error", (key,))
        if step.kind != "end" and not procedure.lane_of(key):
            yield FlowFinding("no_role", "error", (key,))
    unbounded = {
        key: [to for to in targets if not procedure.steps[to].again]
        for key, targets in onward.items()
        if not procedure.steps[key].again
    }
    round_ = _round(unbounded)
    if round_:
        yield FlowFinding("endless", "error", round_)


def _closure(onward: dict[str, list[str]], starts: list[str]) -> set[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        for to in onward[waiting.pop()]:
            if to not in found:
                found.add(to)
                waiting.append(to)
    return found


def _round(onward: dict[str, list[str]]) -> tuple[str, ...]:
    """One round of a graph, from its first step back to it; empty for none."""
    settled: set[str] = set()
    for start in onward:
        trail: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            key, place = waiting.pop()
            if key in trail and place == 0:
                return (*trail[trail.index(key) :], key)
            if key in settled:
                continue
            if place == 0:
                trail.append(key)
            if place < len(onward[key]):
                waiting += [(key, place + 1), (onward[key][place], 0)]
            else:
                settled.add(trail.pop())
    return ()


def _of_guards(procedure: Procedure) -> Iterator[FlowFinding]:
    for key, step in procedure.steps.items():
        if step.ways and not step.is_settled:
            for finding in analyse(_table(procedure, step)):
                kind = OF_GUARDS.get(finding.kind)
                if kind is not None:
                    yield _said(kind, key, step, finding)


def _said(kind: FlowKind, key: str, step: Step, finding: RuleFinding) -> FlowFinding:
    severity: Severity = "error" if kind in ("gap", "overlap") else "warning"
    ways = [step.ways[int(rule)].to for rule in finding.rules]
    told = ways[-1:] if kind == "dead_way" else ways
    return FlowFinding(kind, severity, (key, *dict.fromkeys(told)), finding.witness, finding.region)


def _table(procedure: Procedure, step: Step) -> DecisionTable:
    """The guards of a step as a table: several may fit one case only where they lead to the same step."""
    guarded = [way for way in step.ways if not way.otherwise]
    otherwise = next((way for way in step.ways if way.otherwise), None)
    return DecisionTable(
        facts=procedure.facts,
        outputs={"to": Output()},
        rules={str(number): Rule(way.when, {"to": way.to}) for number, way in enumerate(guarded)},
        hit="any",
        otherwise=None if otherwise is None else Else({"to": otherwise.to}, "the way for all others"),
    )
