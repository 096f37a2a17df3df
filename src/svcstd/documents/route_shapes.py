"""Shapes of what stands under ``routing``: decision tables, and trees of routes within routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from svcstd.conditions import FactSchema, plain_value
from svcstd.documents.clock_shapes import EMPTY_WHEN, When
from svcstd.documents.rule_shapes import OUTPUTS, TableShape, outcome
from svcstd.documents.shapes import FAULT, Anything, Flag, Reader, Shape, Text, wrong_kind
from svcstd.documents.structures import Field, Record, Switch, Table, has_key
from svcstd.errors import StandardError
from svcstd.keyed import EMPTY
from svcstd.routing import Route, RouteTree
from svcstd.rules import Output

__all__ = ["routing_parts"]

TREE = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("out", OUTPUTS, says="the options"),
        Field("set", Anything("options of a case that no route takes"), EMPTY),
        Field("routes", Anything("routes by id; the first that fits takes the case")),
    ),
    "a tree of routes",
)
ROUTE = Record(
    dict,
    (
        Field("when", Anything("facts of the case"), EMPTY),
        Field("set", Anything("options from here on down"), EMPTY),
        Field("continue", Flag(), default=False, says="whether later routes are asked as well"),
        Field("because", Text("why there is such a route"), ""),
        Field("routes", Anything("routes below, by id"), EMPTY),
    ),
    "a route",
)


@attrs.frozen
class TreeShape:
    """A tree of routes over declared facts."""

    facts: FactSchema
    doubtful: frozenset[str]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`RouteTree`."""
        head = TREE.read(raw, path, reader)
        if head is FAULT:
            return FAULT
        before = reader.count
        sets = outcome(head["set"], head["out"], f"{path}.set", reader)
        routes = self._routes(head["routes"], head["out"], f"{path}.routes", reader)
        if reader.count > before:
            return FAULT
        try:
            return RouteTree(facts=self.facts, outputs=head["out"], sets=sets, routes=routes, name=head["name"])
        except StandardError as error:
            for fault in error.faults:
                reader.fault(fault, f"{path}.{fault.where}")
            return FAULT

    def _routes(self, raw: object, outputs: Mapping[str, Output], path: str, reader: Reader) -> dict[str, Route]:
        if not isinstance(raw, Mapping):
            wrong_kind(reader, path, raw, "a table of routes by id")
            return {}
        found = {}
        for key, one in raw.items():
            below = f"{path}.{key}"
            told = ROUTE.read(one, below, reader)
            if told is not FAULT:
                when = EMPTY_WHEN
                if told["when"]:
                    when = When(self.facts, self.doubtful).read(told["when"], f"{below}.when", reader)
                sets = outcome(told["set"], outputs, f"{below}.set", reader)
                routes = self._routes(told["routes"], outputs, f"{below}.routes", reader)
                found[key] = Route(when, sets, routes, continues=told["continue"], because=told["because"])
        return found

    def write(self, value: RouteTree) -> object:
        """The tree as tables within tables."""
        named = {"name": value.name} if value.name else {}
        return named | {"out": OUTPUTS.write(value.outputs)} | _options(value.sets) | {"routes": _written(value.routes)}

    def schema(self) -> dict[str, Any]:
        """An object with routes by id, each of which may hold more."""
        return TREE.schema()


def _options(sets: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: plain_value(held) for name, held in sets.items() if held is not None}
    return {"set": told} if told else {}


def _written(routes: Mapping[str, Route]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, route in routes.items():
        told = {"when": When(FactSchema()).write(route.when)} if route.when.tests else {}
        told |= _options(route.sets) | ({"continue": True} if route.continues else {})
        told |= {"because": route.because} if route.because else {}
        found[key] = told | ({"routes": _written(route.routes)} if route.routes else {})
    return found


def routing_parts(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Shape:
    """The shape of what stands under ``routing``; a table with ``routes`` is a tree.

    Args:
        facts: the declared facts.
        doubtful: facts whose declaration could not be read.
    """
    tree, table = TreeShape(facts, doubtful), TableShape(facts, doubtful)
    ways = ((has_key("routes"), tree), (lambda _: True, table))
    return Table(Switch(ways, lambda value: int(not isinstance(value, RouteTree)), "a decision table or a tree"))
