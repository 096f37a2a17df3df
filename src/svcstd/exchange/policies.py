"""SLA policies of Zendesk and Freshservice into a standard: which tickets, which clocks, which targets."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from svcstd.documents import read_standard
from svcstd.errors import DefinitionError
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.exchange.schedules import listed_in
from svcstd.exchange.task_expression import TAKEN
from svcstd.explain import because
from svcstd.standard import ServiceStandard

__all__ = ["read_freshservice_policies", "read_zendesk_policies"]

CLOCKS: Mapping[str, str] = {
    "first_reply_time": "first_reply",
    "next_reply_time": "next_reply",
    "periodic_update_time": "update",
    "pausable_update_time": "pausable_update",
    "requester_wait_time": "requester_wait",
    "agent_work_time": "agent_work",
    "total_resolution_time": "resolution",
}
"""Zendesk's metrics, as clocks are called here."""
EVENTS: Mapping[str, str] = {
    "created": "the ticket is created",
    "agent_reply": "a public reply by an agent",
    "customer_message": "a message of the customer",
    "waiting_for_customer": "the status becomes pending",
    "on_hold": "the status becomes on hold",
    "off_hold": "the status is no longer on hold",
    "resolved": "the ticket is solved",
    "reopened": "the ticket is opened again",
}
ZENDESK_PRIORITIES = ("low", "normal", "high", "urgent")
FRESH_PRIORITIES = {1: "low", 2: "medium", 3: "high", 4: "urgent"}
FRESH_CLOCKS = {"respond_within": "first_reply", "resolve_within": "resolution"}
CALENDAR = "desk"
MOST = 200
"""Policies; each later one says that none before it fits."""
MOST_MINUTES = 10 * 366 * 24 * 60
OPERATORS = {"is": True, "includes": True, "is_not": False, "not_includes": False}
"""Of Zendesk's, and whether the field is to have the value."""


LISTS = ("current_tags",)
"""Fields of several values in one text, of which no single one is the fact."""


@attrs.frozen
class _Is:
    """A field that has one of these values, or none of them; a field of which nothing is known has none."""

    field: str
    values: tuple[str, ...]
    holds: bool

    def written(self, *, denied: bool = False) -> dict[str, Any]:
        """As the file of a standard writes it."""
        test: dict[str, Any] = {self.field: list(self.values)}
        if self.holds is not denied:
            return test
        return {"any_of": [{self.field: {"present": False}}, {"not": test}]}


@attrs.frozen
class _Fits:
    """Which tickets a policy is for: every one of some tests, and one of others."""

    every: tuple[_Is, ...]
    some: tuple[_Is, ...]

    def written(self) -> list[dict[str, Any]]:
        """Tests that must all hold."""
        return [one.written() for one in self.every] + (
            [{"any_of": [one.written() for one in self.some]}] if self.some else []
        )

    def denied(self) -> dict[str, Any]:
        """That the policy is not for a ticket."""
        ways = [one.written(denied=True) for one in self.every]
        if self.some:
            ways.append({"all_of": [one.written(denied=True) for one in self.some]})
        return {"any_of": ways}


def read_zendesk_policies(text: str, *, key: str, name: str, zone: str, hours: str) -> Imported[ServiceStandard]:
    """The SLA policies that Zendesk's API lists, as a standard.

    There the first policy that fits a ticket is the only one, in the order of their positions: here each later one says
    that none before it fits. A policy with a test that has no translation is left out, and so are those after it, for
    nobody could tell which tickets they still get.

    Args:
        text: JSON with ``sla_policies``.
        key: id of the standard.
        name: of the standard.
        zone: IANA name.
        hours: of the desk, for targets in business hours, such as ``Mon-Fri 09:00-17:00``.

    Raises:
        DefinitionError: a text of another shape.
        StandardError: a zone or hours that cannot be read.
    """
    skipped: list[Untranslated] = []
    facts: dict[str, Any] = {"priority": {"one_of": list(ZENDESK_PRIORITIES)}}
    objectives: dict[str, Any] = {}
    before: list[dict[str, Any]] = []
    policies = list(enumerate(listed_in(text, "sla_policies")))
    if len(policies) > MOST:
        raise DefinitionError("sla_policies", "exchange.shape", reason=f"{len(policies)} > {MOST}")
    is_open = True
    for number, one in sorted(policies, key=lambda row: _position(row[1])):
        where = f"sla_policies[{number}] {one.get('title', '')}".strip()
        fits = _filter(one.get("filter") or {}) if is_open else None
        if fits is None:
            skipped.append(Untranslated(where, because("exchange.filter") if is_open else because("exchange.behind")))
            is_open = False
            continue
        when = [*fits.written(), *before]
        for test in (*fits.every, *fits.some):
            facts.setdefault(test.field, "text")
        for metric, targets in _metrics(one, where, skipped).items():
            objectives[f"policy{number + 1}_{CLOCKS[metric]}"] = {
                "name": f"{one.get('title', '')}: {metric}",
                "order": len(objectives),
                "clock": CLOCKS[metric],
                "calendar": CALENDAR,
                "by": "priority",
                "target": targets,
            } | ({"when": {"all_of": when}} if when else {})
        if fits.written():
            before.append(fits.denied())
        else:
            is_open = False
    return Imported(_standard((key, name, zone, hours), facts, objectives), skipped)


def _standard(head: Sequence[str], facts: Mapping[str, Any], objectives: Mapping[str, Any]) -> ServiceStandard:
    key, name, zone, hours = head
    raw = {"svcstd": 1, "id": key, "name": name, "zone": zone, "facts": facts, "events": dict(EVENTS)}
    return read_standard(raw | {"calendars": {CALENDAR: hours}, "objectives": objectives}, {})


def _position(one: Mapping[str, Any]) -> float:
    """Where it stands; without a position behind all that have one, as the text lists it."""
    found = one.get("position")
    return found if type(found) is int else math.inf


def _filter(told: object) -> _Fits | None:
    """Which tickets a policy is for; ``None`` where one of its tests has no translation."""
    if not isinstance(told, dict):
        return None
    parts = [told.get(key) or [] for key in ("all", "any")]
    if not all(isinstance(part, list) for part in parts):
        return None
    every, some = ([_test(one) for one in part] for part in parts)
    if None in every or None in some:
        return None
    return _Fits(tuple(one for one in every if one), tuple(one for one in some if one))


def _test(one: object) -> _Is | None:
    if not isinstance(one, dict):
        return None
    field, operator, value = one.get("field"), one.get("operator"), one.get("value")
    values = tuple(value) if isinstance(value, list) else (value,)
    if not isinstance(field, str) or not field.isidentifier() or field in (*TAKEN, *LISTS):
        return None
    if not isinstance(operator, str) or operator not in OPERATORS:
        return None
    if not values or not all(
        isinstance(each, str | int) and not isinstance(each, bool) and each != "" for each in values
    ):
        return None
    texts = tuple(dict.fromkeys(map(str, values)))
    if field == "priority" and not set(texts) <= set(ZENDESK_PRIORITIES):
        return None
    return _Is(field, texts, OPERATORS[operator])


def _metrics(one: Mapping[str, Any], where: str, skipped: list[Untranslated]) -> dict[str, dict[str, str]]:
    """By metric, the target of each priority."""
    found: dict[str, dict[str, str]] = {}
    told = one.get("policy_metrics")
    rows = told if isinstance(told, list) else [] if told is None else [[told]]
    for number, row in enumerate(rows):
        metric, priority, minutes = (
            row.get(key) if isinstance(row, dict) else None for key in ("metric", "priority", "target")
        )
        business = row.get("business_hours") if isinstance(row, dict) else None
        fits = (
            isinstance(metric, str)
            and metric in CLOCKS
            and priority in ZENDESK_PRIORITIES
            and type(minutes) is int
            and 0 < minutes <= MOST_MINUTES
            and isinstance(business, bool)
            and priority not in found.get(str(metric), {})
        )
        if not fits:
            skipped.append(
                Untranslated(
                    f"{where}.policy_metrics[{number}]", because("exchange.metric", value=json.dumps(row)[:120])
                )
            )
            continue
        found.setdefault(str(metric), {})[str(priority)] = f"{minutes} {'working ' if business else ''}minutes"
    return found


def read_freshservice_policies(text: str, *, key: str, name: str, zone: str, hours: str) -> Imported[ServiceStandard]:
    """The targets of the default SLA policy of Freshservice or Freshdesk, as a standard.

    Args:
        text: JSON of the policy, with ``sla_targets`` by priority, 1 (low) to 4 (urgent), in seconds.
        key: id of the standard.
        name: of the standard.
        zone: IANA name.
        hours: of the desk, for targets in business hours.

    Raises:
        DefinitionError: a text of another shape.
        StandardError: a zone or hours that cannot be read.
    """
    skipped: list[Untranslated] = []
    targets: dict[str, dict[str, str]] = {}
    for number, row in enumerate(listed_in(text, "sla_targets")):
        where = f"sla_targets[{number}]"
        priority, business = (
            FRESH_PRIORITIES.get(row["priority"] if type(row.get("priority")) is int else 0),
            row.get("business_hours"),
        )
        for told, clock in FRESH_CLOCKS.items():
            seconds = row.get(told)
            fits = priority and isinstance(business, bool) and type(seconds) is int and 0 < seconds <= MOST_MINUTES * 60
            if not fits or priority in targets.get(clock, {}):
                skipped.append(Untranslated(f"{where}.{told}", because("exchange.metric", value=json.dumps(row)[:120])))
                continue
            targets.setdefault(clock, {})[str(priority)] = f"{seconds} {'working ' if business else ''}seconds"
        if row.get("escalation_enabled"):
            skipped.append(Untranslated(where, because("exchange.escalation")))
    objectives = {
        clock: {
            "name": clock.replace("_", " "),
            "order": number,
            "clock": clock,
            "calendar": CALENDAR,
            "by": "priority",
            "target": rows,
        }
        for number, (clock, rows) in enumerate(targets.items())
    }
    facts = {"priority": {"one_of": list(FRESH_PRIORITIES.values())}}
    return Imported(_standard((key, name, zone, hours), facts, objectives), skipped)
