"""Shapes of clocks: conditions, the events that signal, pauses, presets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from svcstd.conditions import AllOf, FactSchema, plain_value, read_condition, write_condition
from svcstd.documents.shapes import FAULT, Choice, Flag, Reader, Shape, Text, kind_of
from svcstd.documents.structures import Field, Mapped, OneOrMore, Record, Switch, Table, is_kind
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.keyed import Keyed
from svcstd.sla import ANY_OTHER, PRESETS, ClockRule, On, Pause, preset

__all__ = ["EMPTY_WHEN", "When", "clock_shape", "on_shape"]


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
        for field, cell in sorted(self.facts.flat(raw).items()):  # TOML moves tables behind values
            if field in self.doubtful:
                reader.count += 1
                tests.append(FAULT)
                continue
            try:
                tests += read_condition({field: cell}, self.facts, path).tests
            except SvcstdError as error:
                tests.append(reader.fault(error, error.where))
        return FAULT if FAULT in tests else AllOf(tuple(tests))

    def write(self, value: AllOf) -> object:
        """The table."""
        return {field: _plain(cell) for field, cell in write_condition(value).items()}

    def schema(self) -> dict[str, Any]:
        """An object of literals, lists and tests."""
        cell = {"type": ["string", "number", "boolean", "array", "object"]}
        return {"type": "object", "additionalProperties": cell}


def _plain(cell: object) -> object:
    if isinstance(cell, list):
        return [_plain(one) for one in cell]
    if isinstance(cell, dict):
        return {key: _plain(one) for key, one in cell.items()}
    return plain_value(cell)  # type: ignore[arg-type] # a cell of the algebra


EMPTY_WHEN = AllOf()


def on_shape(when: When, *, least: int = 1) -> Shape:
    """A signal: the kind of an event, or a table with the condition under which it counts; one or several.

    Args:
        when: the shape of conditions.
        least: 0 lets an empty list say that nothing signals.
    """
    return OneOrMore(
        Switch(
            (
                (is_kind(str), Mapped(Text("kind of an event"), On, lambda value: value.kind)),
                (
                    is_kind(dict),
                    Record(
                        On,
                        (
                            Field("event", Text(), attr="kind"),
                            Field("when", when, EMPTY_WHEN),
                            Field("new_group", Flag(), False),  # noqa: FBT003 - the default of a field
                        ),
                    ),
                ),
            ),
            lambda value: 0 if value == On(value.kind) else 1,
            "an event, or a table with event and when",
        ),
        least,
    )


UNTIL_ANY = (On(ANY_OTHER),)
RARE = ("reopen", "waive", "promise", "merge", "count")
"""Signals that a preset may have of its own, and that are left out otherwise."""


def _until(until: tuple[On, ...]) -> Any:
    return ANY_OTHER if until == UNTIL_ANY else until


def _until_parts(pause: Pause) -> tuple[On, ...]:
    return UNTIL_ANY if isinstance(pause.until, str) else pause.until


def _pauses(pause: Any, resume: Any, pauses: Mapping[str, tuple[Any, Any]] | None) -> list[Pause] | None:
    """The pauses as written; ``None`` where nothing is."""
    if bool(pause) != bool(resume) or (pause and pauses):
        raise DefinitionError("resume", "clock.resume")
    if not pause and pauses is None:
        return None
    found = [Pause(pause, _until(resume))] if pause else []
    return found + [Pause(on, _until(until), key) for key, (on, until) in (pauses or {}).items()]


def _rule(
    declared: frozenset[str], preset_: str | None, pause: Any, resume: Any, pauses: Any, cycles: Any, **others: Any
) -> tuple[ClockRule, str]:
    """The rule, and the name of the preset it was made from."""
    found = _pauses(pause, resume, pauses)
    given = {key: value for key, value in others.items() if value is not None and key != "paused_while"}
    held = others["paused_while"]
    if preset_:
        rule = preset(preset_, declared=declared, pauses=found, paused_while=held, **given)
        return (rule if cycles is None else attrs.evolve(rule, cycles=cycles)), preset_
    for signal in ("start", "stop"):
        if others[signal] is None:
            raise DefinitionError(signal, "shape.missing", key=signal)
    return ClockRule(pauses=found or (), paused_while=held, cycles=bool(cycles), **given), ""


def _parts(rule: ClockRule) -> Mapping[str, Any]:
    named = ("start", "stop", "cancel", *RARE, "count_fact", "paused_while", "cycles")
    found = {name: getattr(rule, name) or None for name in named}
    return found | dict.fromkeys(("preset_", "pause", "resume", "pauses")) | _pause_parts(rule.pauses)


def _pause_parts(pauses: tuple[Pause, ...]) -> dict[str, Any]:
    match pauses:
        case ():
            return {}
        case (Pause(on=on, key=key) as pause,) if key == on[0].kind:
            return {"pause": on, "resume": _until_parts(pause)}
        case _:
            return {"pauses": Keyed({pause.key: (pause.on, _until_parts(pause)) for pause in pauses})}


def clock_shape(when: When, declared: frozenset[str]) -> Shape:
    """A clock: the name of a preset, or a table of signals, perhaps with a preset. Reads as the rule and that name.

    Args:
        when: the shape of conditions.
        declared: the events of the standard.
    """
    on, maybe = on_shape(when), on_shape(when, least=0)
    pair = Record(
        lambda on, until: (on, until),
        (Field("on", on), Field("until", on)),
        take=lambda value: dict(zip(("on", "until"), value, strict=True)),
    )
    table = Record(
        lambda **fields: _rule(declared, **fields),
        (
            Field("preset", Choice(tuple(PRESETS)), None, attr="preset_", says="a clock by its usual words"),
            Field("start", on, None, says="events that start the clock"),
            Field("stop", on, None, says="events that stop it"),
            Field("pause", on, None, says="events that pause it"),
            Field("resume", on, None, says="events that end the pause, or any other event"),
            Field("pauses", Table(pair), None, says="several pauses, each with on and until"),
            Field("paused_while", when, None, says="paused as long as these facts hold"),
            Field("cancel", maybe, None, says="events that end it without an answer"),
            Field("reopen", maybe, None, says="events that set a stopped clock going again"),
            Field("waive", maybe, None, says="events by which the promise is given up"),
            Field("promise", maybe, None, says="events that set a due time by hand"),
            Field("merge", maybe, None, says="events by which an older case is merged into this one"),
            Field("count", maybe, None, says="events that are counted"),
            Field("count_fact", Text("fact that tells the count"), None),
            Field("cycles", Flag(), None, says="each start after a stop begins a new cycle"),
        ),
        "the signals of a clock",
        _parts,
    )
    named = Mapped(Choice(tuple(PRESETS)), lambda name: (preset(name, declared=declared), name), lambda _: None)
    return Mapped(
        Switch(((is_kind(str), named), (is_kind(dict), table)), lambda _: 1, "a preset, or a table of signals"),
        lambda pair: pair,
        lambda pair: pair[0],
    )
