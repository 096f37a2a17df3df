"""Twilio TaskRouter's workflows as a tree of routes: filters in order, each with its first queue."""

from __future__ import annotations

import json
from typing import Any

from svcstd.documents import read_standard
from svcstd.errors import DefinitionError
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.exchange.task_expression import TaskTest, read_expression
from svcstd.explain import because
from svcstd.standard import ServiceStandard

__all__ = ["read_taskrouter_workflow"]

LONGEST = 2_000_000
TREE = "workflow"


def read_taskrouter_workflow(text: str, *, key: str, name: str, zone: str) -> Imported[ServiceStandard]:
    r"""A workflow as the routing of a standard: ``standard.route("workflow", facts)`` tells the queue.

    A filter whose expression has no translation is left out, and so are those behind it, for nobody could tell which
    tasks they still get. Later targets, timeouts, priorities and what is asked of workers belong to queues and are
    told.

    Args:
        text: the configuration, JSON with ``task_routing``.
        key: id of the standard.
        name: of the standard.
        zone: IANA name.

    Raises:
        DefinitionError: a text of another shape.
        StandardError: a zone that there is not.

    >>> text = '{"task_routing": {"filters": [{"expression": "lang == \'fr\'", "targets": [{"queue": "Q1"}]}],'
    >>> found = read_taskrouter_workflow(text + '"default_filter": {"queue": "Q0"}}}', key="a", name="A", zone="UTC")
    >>> found.value.route("workflow", {"lang": "fr"})["queue"], found.value.route("workflow", {"lang": "en"})["queue"]
    ('Q1', 'Q0')
    """
    told = _workflow(text)
    skipped: list[Untranslated] = []
    facts: dict[str, str] = {}
    routes: dict[str, Any] = {}
    is_open = True
    for number, one in enumerate(told["filters"]):
        label = str(one.get("filter_friendly_name") or one.get("friendly_name") or "")
        where = f"filters[{number}] {label}".strip()
        if not is_open:
            skipped.append(Untranslated(where, because("exchange.behind")))
            continue
        try:
            queue = _queue(one.get("targets"), where, skipped)
            test = _test(one.get("expression", ""), facts)
        except DefinitionError as error:
            skipped.append(Untranslated(where, because("exchange.left_out", reason=error.problem)))
            is_open = False
            continue
        if test is False:
            skipped.append(Untranslated(where, because("task.never")))
            continue
        parts = {"when": {} if test is True else test, "set": {"queue": queue}, "because": label}
        routes[f"filter{number + 1}"] = {key: part for key, part in parts.items() if part}
        is_open = test is not True
    default = told["default_filter"].get("queue")
    tree: dict[str, Any] = {"out": ["queue"], "routes": routes}
    if isinstance(default, str):
        tree["set"] = {"queue": default}
    raw = {"svcstd": 1, "id": key, "name": name, "zone": zone, "facts": facts}
    return Imported(read_standard(raw | {"routing": {TREE: tree}}, {}), skipped)


def _test(expression: str, facts: dict[str, str]) -> TaskTest:
    """The test of a filter; what it asks for is declared, of one kind for all filters."""
    test, kinds = read_expression(expression)
    for field, kind in kinds.items():
        if facts.get(field, kind) != kind:
            raise DefinitionError("expression", "task.kinds", value=field)
    facts |= kinds
    return test


def _workflow(text: str) -> dict[str, Any]:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError("text", "exchange.shape", reason="no text, or too long")
    try:
        found: Any = json.loads(text)["task_routing"]
        filters, default = found.get("filters") or [], found.get("default_filter") or {}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DefinitionError("text", "exchange.shape", reason=f"{type(error).__name__}: {error}"[:120]) from None
    if (
        not isinstance(filters, list)
        or not all(isinstance(one, dict) for one in filters)
        or not isinstance(default, dict)
    ):
        raise DefinitionError("text", "exchange.shape", reason="filters and default_filter are no objects")
    return {"filters": filters, "default_filter": default}


def _queue(targets: object, where: str, skipped: list[Untranslated]) -> str:
    """The queue of the first target; what else the targets say is told."""
    listed = [one for one in targets if isinstance(one, dict)] if isinstance(targets, list) else []
    for number, one in enumerate(listed):
        more = sorted(set(one) - {"queue"})
        if number or more:
            told = ", ".join(more) or "queue"
            skipped.append(Untranslated(f"{where}.targets[{number}]", because("task.target", keys=told[:120])))
    queue = listed[0].get("queue") if listed else None
    if not isinstance(queue, str) or not queue:
        raise DefinitionError("targets", "task.no_queue")
    return queue
