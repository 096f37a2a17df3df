"""Shapes of promises: conditions, the signals of a clock, targets and their tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from svcstd.conditions import AllOf, FactSchema, read_condition, write_condition
from svcstd.documents.shapes import FAULT, Choice, Parsed, Reader, Shape, Text, Whole, kind_of
from svcstd.documents.structures import Field, Mapped, OneOrMore, Record, Switch, Table, is_kind
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.keyed import EMPTY, Keyed
from svcstd.sla import ANY_OTHER, ClockRule, Objective, On, Pause, read_target, write_target
from svcstd.sla.objective import ELSE, NEEDS_VALUE, STATUSES

__all__ = ["objectives", "pauses_briefly"]


@attrs.frozen
class When:
    """A table of facts, read against the schema.

    Attributes:
        facts: those that are declared.
        doubtful: those whose declaration could not be read: a test on them may be right, and is not judged.
    """

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A condition."""
        if not isinstance(raw, dict):
            return reader.fault(
                DefinitionError(path, "shape.kind", got=kind_of(raw), expected="a table of facts"), path
            )
        tests: list[Any] = []
        for field, cell in sorted(raw.items()):  # TOML moves tables such as {present = true} behind values
            if field in self.doubtful:
                reader.count += 1
                tests.append(FAULT)
                continue
            try:
                tests += read_condition({field: cell}, self.facts, path).tests
            except SvcstdError as error:
                tests.append(reader.fault(error, error.where))
        return FAULT if FAULT in tests else AllOf(tuple(tests))

    def write(self, value: AllOf, *, full: bool = False) -> object:
        """The table."""
        return {field: _plain(cell) for field, cell in write_condition(value).items()}

    def schema(self) -> dict[str, Any]:
        """An object of literals, lists and tests."""
        cell = {"type": ["string", "number", "boolean", "array", "object"]}
        return {"type": "object", "additionalProperties": cell}


def _plain(cell: object) -> object:
    if isinstance(cell, list):
        return [_plain(one) for one in cell]
    return cell.isoformat() if isinstance(cell, date) else cell


EMPTY_WHEN = AllOf()


def _on(when: When) -> Shape:
    """A signal: the kind of an event, or a table with the condition under which it counts."""
    return OneOrMore(
        Switch(
            (
                (is_kind(str), Mapped(Text("kind of an event"), On, lambda value: value.kind)),
                (is_kind(dict), Record(On, (Field("event", Text(), attr="kind"), Field("when", when, EMPTY_WHEN)))),
            ),
            lambda value: 0 if value == On(value.kind) else 1,
            "an event, or a table with event and when",
        )
    )


UNTIL_ANY = (On(ANY_OTHER),)


def _until(until: tuple[On, ...]) -> Any:
    return ANY_OTHER if until == UNTIL_ANY else until


def _until_parts(pause: Pause) -> tuple[On, ...]:
    return UNTIL_ANY if isinstance(pause.until, str) else pause.until


def _clock(pause: Any, resume: Any, pauses: Mapping[str, tuple[Any, Any]], **others: Any) -> ClockRule:
    if bool(pause) != bool(resume) or (pause and pauses):
        raise DefinitionError("resume", "clock.resume")
    found = [Pause(pause, _until(resume))] if pause else []
    found += [Pause(on, _until(until), key) for key, (on, until) in pauses.items()]
    return ClockRule(pauses=tuple(found), **others)


def pauses_briefly(rule: ClockRule) -> bool:
    """Whether its pauses can stand as ``pause`` and ``resume``, without a key."""
    return not rule.pauses or (len(rule.pauses) == 1 and rule.pauses[0].key == rule.pauses[0].on[0].kind)


def _brief_parts(rule: ClockRule) -> Mapping[str, Any]:
    on, until = (rule.pauses[0].on, _until_parts(rule.pauses[0])) if rule.pauses else ((), ())
    return _signals(rule) | {"pause": on, "resume": until, "pauses": EMPTY}


def _keyed_parts(rule: ClockRule) -> Mapping[str, Any]:
    keyed = {pause.key: (pause.on, _until_parts(pause)) for pause in rule.pauses}
    return _signals(rule) | {"pause": (), "resume": (), "pauses": Keyed(keyed)}


def _signals(rule: ClockRule) -> dict[str, Any]:
    return {"start": rule.start, "stop": rule.stop, "cancel": rule.cancel}


def _clock_shape(when: When, *, brief: bool) -> Record:
    on = _on(when)
    pair = Record(
        lambda on, until: (on, until),
        (Field("on", on), Field("until", on)),
        take=lambda value: dict(zip(("on", "until"), value, strict=True)),
    )
    return Record(
        _clock,
        (
            Field("start", on, says="events that start the clock"),
            Field("stop", on, says="events that stop it"),
            Field("pause", on, (), says="events that pause it"),
            Field("resume", on, (), says="events that end the pause, or any other event"),
            Field("pauses", Table(pair), EMPTY, says="several pauses, each with on and until"),
            Field("cancel", on, (), says="events that end it without an answer"),
        ),
        "the signals of a clock",
        _brief_parts if brief else _keyed_parts,
    )


def _target(text: str) -> Any:
    return None if text.strip() == NEEDS_VALUE else read_target(text)


def _show_target(target: Any) -> str:
    return NEEDS_VALUE if target is None else write_target(target)


TARGET = Parsed(
    _target, _show_target, "what is promised", ("8 working hours", "3 working days", "30 calendar days", "24 hours")
)


def _rows(rows: Keyed[str, Any]) -> tuple[Any, Keyed[str, Any]]:
    return rows.get(ELSE), Keyed({key: target for key, target in rows.items() if key != ELSE})


def _else_last(target: Any, rows: Keyed[str, Any]) -> Keyed[str, Any]:
    return rows | ({ELSE: target} if target is not None else {})


TARGETS = Switch(
    (
        (is_kind(str), Mapped(TARGET, lambda target: (target, EMPTY), lambda pair: pair[0])),
        (is_kind(dict), Mapped(Table(TARGET, free=True), _rows, lambda pair: _else_last(*pair))),
    ),
    lambda pair: 1 if pair[1] else 0,
    "a target such as 8 working hours, or a table of targets",
)


def _objective(target: tuple[Any, Keyed[str, Any]], **others: Any) -> Objective:
    if any(row is None for row in target[1].values()):
        raise DefinitionError("target", "objective.row_value")
    return Objective(target=target[0], rows=target[1], **others)


def _objective_parts(objective: Objective) -> Mapping[str, Any]:
    names = ("name", "clock", "by", "when", "calendar", "order", "status")
    return {name: getattr(objective, name) for name in names} | {"target": (objective.target, objective.rows)}


def objectives(facts: FactSchema, *, doubtful: frozenset[str] = frozenset(), brief: bool = True) -> Table:
    """The shape of the objectives, whose conditions speak of declared facts; *brief* writes pauses without keys."""
    when = When(facts, doubtful)
    return Table(
        Record(
            _objective,
            (
                Field("name", Text(), ""),
                Field("when", when, EMPTY_WHEN, says="the cases it applies to"),
                Field("calendar", Text("key of a calendar"), ""),
                Field("clock", _clock_shape(when, brief=brief)),
                Field("by", Text("the fact that picks a row"), ""),
                Field("target", TARGETS),
                Field("order", Whole(-1_000, 1_000), None, says="which of several is shown first"),
                Field("status", Choice(STATUSES), "in_force"),
            ),
            "a promise",
            _objective_parts,
        )
    )
