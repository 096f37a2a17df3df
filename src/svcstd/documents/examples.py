"""Examples from plain data: local times in the standard's zone, variants, and what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs

from svcstd.conditions import FactType, show_value
from svcstd.documents.example_agents import AGENTS, STOCK, read_agents
from svcstd.documents.example_records import Kinds
from svcstd.documents.figure_examples import FIGURE_EXAMPLE, read_figure_example
from svcstd.documents.pay_examples import PAY_EXAMPLE, Plans, read_pay_example
from svcstd.documents.shapes import FAULT, Anything, Reader, Text
from svcstd.documents.structures import Field, Record, Switch, Table, has_key, is_kind
from svcstd.documents.syntax import show_json
from svcstd.documents.vocabulary_shapes import read_fact, read_local
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import moment, timezone
from svcstd.routing import Agent
from svcstd.scoring import RecordKind
from svcstd.sla import Case, Event
from svcstd.sla.target_text import read_amount
from svcstd.standard import Check, Example, FigureCheck, PayCheck
from svcstd.standard.example import CHOSEN, DURATIONS, FIELDS, MOMENTS, NUMBERS

__all__ = ["EXAMPLES", "Names", "read_examples", "write_examples"]

MOST_VARIANTS = 1_000
WORDS = ("actor", "group", "reason", "id")
INSTANTS = ("due", "since", "recorded_at")
EVENT_KEYS = ("event", "at", "facts", "details", *WORDS, *INSTANTS)
"""What an event of a list may say."""

EXAMPLE = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("given", Anything("facts of the case"), EMPTY),
        Field("events", Anything("event to local time or times, or a list of tables with event and at"), EMPTY),
        Field("as_of", Anything("when the clocks are read; by default at the last event"), None),
        Field("agents", AGENTS, None, says="who might get the work, by id"),
        Field("stock", STOCK, EMPTY, says="by team, the parts that it has"),
        Field("waiting_since", Anything("since when the work has been waiting"), None),
        Field("each", Anything("a fact, an event or as_of to a list of values: one variant for each"), EMPTY),
        Field(
            "expect",
            Anything("objective to fields of its reading, table to outputs and rule, assignment to agent and team"),
            EMPTY,
        ),
        Field("because", Anything("objective, table or assignment to words that its explanation holds"), EMPTY),
    ),
    "a worked case",
)
EXAMPLES = Table(
    Switch(
        ((has_key("pay"), PAY_EXAMPLE), (has_key("records"), FIGURE_EXAMPLE), (is_kind(dict), EXAMPLE)),
        lambda _: 0,
        "a table with given, events and expect, or with records and expect, or with pay, results and expect",
    )
)


@attrs.frozen
class Names:
    """What all editions of a document declare, readable or not.

    Attributes:
        zone: of local times.
        facts: with their kinds; ``None`` for a kind that could not be read.
        events, objectives, routing: by key.
        plans: what is declared of pay.
        assignment, teams, roles, kpis, scorecards: by key.
        records: by kind, the fields with their kinds.
    """

    zone: str
    facts: dict[str, FactType | None] = attrs.Factory(dict)
    events: set[str] = attrs.Factory(set)
    objectives: set[str] = attrs.Factory(set)
    routing: set[str] = attrs.Factory(set)
    plans: Plans = attrs.Factory(Plans)
    assignment: set[str] = attrs.Factory(set)
    teams: set[str] = attrs.Factory(set)
    roles: set[str] = attrs.Factory(set)
    kpis: set[str] = attrs.Factory(set)
    scorecards: set[str] = attrs.Factory(set)
    records: Kinds = attrs.Factory(dict)

    def add_records(self, raw: Iterable[str], kinds: Mapping[str, RecordKind]) -> None:
        """The kinds of records of one more edition."""
        for key in raw:
            kind, held = kinds.get(key), self.records.setdefault(key, {})
            if kind is None or held is None:
                self.records[key] = None
                continue
            for name, declared in kind.fields.types.items():
                held[name] = declared if held.get(name, declared) == declared else None  # each edition checks its own


def read_examples(raw: object, names: Names, path: str, reader: Reader) -> dict[str, Example]:
    """Every example that can be read; faults go to the reader."""
    found: dict[str, Example] = {}
    if not isinstance(raw, dict):
        EXAMPLES.read(raw, path, reader)
        return found
    for key, one in raw.items():
        below = f"{path}.{key}"
        if isinstance(one, dict) and _holds_nothing(one.get("expect", {})):
            place, expected = f"{below}.expect", "a value; none in quotes"
            reader.fault(DefinitionError(place, "shape.kind", got="nothing", expected=expected), place)
            continue
        checks: tuple[Check | PayCheck | FigureCheck, ...] | None
        if isinstance(one, dict) and "pay" in one:
            checks = read_pay_example(one, names.plans, names.records, names.zone, below, reader)
        elif isinstance(one, dict) and "records" in one:
            figures = names.kpis, names.scorecards
            checks = read_figure_example(one, figures, names.records, names.zone, below, reader)
        else:
            checks = _cases(key, one, names, below, reader)
        if checks is not None:
            found[key] = Example(written=show_json(_canonical(one)), checks=checks)
    return found


def _holds_nothing(raw: object) -> bool:
    """Whether a null stands anywhere: there is none in TOML, and it would mean several things here."""
    if isinstance(raw, dict):
        return any(_holds_nothing(one) for one in raw.values())
    return raw is None or (isinstance(raw, list) and any(_holds_nothing(one) for one in raw))


def _cases(key: str, one: Any, names: Names, path: str, reader: Reader) -> tuple[Check, ...] | None:
    """The checks of an example that is a case; ``None`` where it has faults, which go to the reader."""
    before = reader.count
    table = EXAMPLE.read(one, path, reader)
    if table is FAULT:
        return None
    agents, zone = table["agents"], timezone(names.zone)
    for fault, where in _undeclared(agents or {}, names):
        reader.fault(fault, f"{path}.agents.{where}")
    people = None if agents is None else read_agents(agents, zone, f"{path}.agents", reader)
    try:
        checks = _Variants(_canonical(one), names, people, table["stock"]).checks(key)
    except SvcstdError as error:
        reader.fault(error, f"{path}.{error.where}")
        return None
    return checks if reader.count == before else None


def _undeclared(agents: Mapping[str, Any], names: Names) -> Iterator[tuple[DefinitionError, str]]:
    """Teams and roles of agents that no edition declares; where none are declared at all, any will do."""
    for key, told in agents.items():
        team = told["team"]
        if team and names.teams and team not in names.teams:
            near = nearest(team, names.teams)
            yield DefinitionError(f"{key}.team", "teams.unknown", value=team, nearest=near), f"{key}.team"
        for role in told["roles"]:
            if names.roles and role not in names.roles:
                near = nearest(role, names.roles)
                yield DefinitionError(f"{key}.roles", "roles.unknown", value=role, nearest=near), f"{key}.roles"


def write_examples(examples: Mapping[str, Example]) -> dict[str, Any]:
    """The tables as they stood."""
    return {key: json.loads(example.written, parse_float=Decimal) for key, example in examples.items()}


def _canonical(raw: Any) -> Any:
    """The same data with keys in order: TOML writes values before tables."""
    if isinstance(raw, dict):
        return {key: _canonical(raw[key]) for key in sorted(raw)}
    return [_canonical(one) for one in raw] if isinstance(raw, list) else raw


class _Variants:
    """Reads one example; every fault is raised with the path below it."""

    def __init__(
        self, raw: dict[str, Any], names: Names, agents: tuple[Agent, ...] | None, stock: Mapping[str, Any]
    ) -> None:
        self._raw, self._zone, self._agents, self._stock = raw, timezone(names.zone), agents, stock
        self._facts, self._events, self._objectives = names.facts, names.events, names.objectives
        self._routing, self._assignment = names.routing, names.assignment
        self._count = 1

    def checks(self, key: str) -> tuple[Check, ...]:
        """One check a variant."""
        each = _table(self._raw.get("each", {}), "each")
        lengths = {len(_list(values, f"each.{name}")) for name, values in each.items()}
        if len(lengths) > 1 or (lengths and not 1 <= max(lengths) <= MOST_VARIANTS):
            raise DefinitionError("each", "example.lengths", lengths=", ".join(map(str, sorted(lengths))))
        self._count = max(lengths, default=1)
        return tuple(self._check(key, each, number) for number in range(self._count))

    def _check(self, key: str, each: Mapping[str, Any], number: int) -> Check:
        chosen = {name: values[number] for name, values in each.items()}
        given = dict(_table(self._raw.get("given", {}), "given"))
        times: dict[str, Any] = {}
        moments: dict[str, Any] = {}
        for name, value in chosen.items():
            if name in self._events:
                times[name] = value
            elif name in self._facts:
                given[name] = value
            elif name == "as_of":
                moments[name] = value
            else:
                near = nearest(name, [*self._events, *self._facts, "as_of"])
                raise DefinitionError(f"each.{name}", "example.each", value=name, nearest=near)
        facts = self._facts_of("given", given)
        events = self._read_events(times)
        since = self._raw.get("waiting_since")
        return Check(
            case=Case(key, facts, events),
            asked=self._asked(events, moments.get("as_of")),
            agents=self._agents,
            stock=self._stock,
            since=None if since is None else self._instant(since, "waiting_since"),
            expect=self._expected(number),
            because=self._because(),
        )

    def _facts_of(self, where: str, given: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in given.items():
            try:
                found[name] = read_fact(self._facts, name, value)
            except SvcstdError as error:
                raise error.at(f"{where}.{name}") from None
        return found

    def _read_events(self, chosen: Mapping[str, Any]) -> tuple[Event, ...]:
        raw = self._raw.get("events", {})
        if isinstance(raw, list):
            for kind in chosen:
                raise DefinitionError(f"each.{kind}", "example.each_event", value=kind)
            return tuple(self._event(one, f"events[{number}]") for number, one in enumerate(raw))
        found = []
        for kind, times in {**_table(raw, "events"), **chosen}.items():
            self._known(kind, f"events.{kind}")
            listed = times if isinstance(times, list) else [times]
            found += [Event(kind, at=self._moment(text, f"events.{kind}")) for text in listed]
        return tuple(found)

    def _event(self, one: Any, where: str) -> Event:
        table = _table(one, where)
        unknown = [key for key in table if key not in EVENT_KEYS]
        if unknown or not isinstance(table.get("event"), str):
            raise DefinitionError(where, "example.event", value=", ".join(unknown))
        self._known(table["event"], f"{where}.event")
        known: dict[str, Any] = {
            name: self._facts_of(f"{where}.{name}", _table(table.get(name, {}), f"{where}.{name}"))
            for name in ("facts", "details")
        }
        said: dict[str, Any] = {name: _word(table[name], f"{where}.{name}") for name in WORDS if name in table}
        said |= {name: self._moment(table[name], f"{where}.{name}") for name in INSTANTS if name in table}
        return Event(table["event"], at=self._moment(table.get("at"), f"{where}.at"), **known, **said)

    def _known(self, kind: str, where: str) -> None:
        if kind not in self._events:
            raise DefinitionError(where, "events.unknown", value=kind, nearest=nearest(kind, self._events))

    def _moment(self, text: Any, where: str) -> datetime:
        return moment(self._instant(text, where), self._zone)

    def _instant(self, text: Any, where: str) -> int:
        return read_local(text, self._zone, where)

    def _asked(self, events: tuple[Event, ...], chosen: Any) -> int:
        if chosen is not None:
            if "as_of" in self._raw:
                raise DefinitionError("as_of", "shape.twice", key="as_of")
            return self._instant(chosen, "each.as_of")
        if "as_of" in self._raw:
            return self._instant(self._raw["as_of"], "as_of")
        if not events:
            raise DefinitionError("as_of", "example.as_of")
        return max(event.instant for event in events)

    def _expected(self, number: int) -> Keyed[str, Any]:
        found: dict[str, dict[str, Any]] = {}
        for name, fields in _undotted(_table(self._raw.get("expect", {}), "expect")).items():
            where = f"expect.{name}"
            self._promised(name, where)
            if fields in ({}, None):
                raise DefinitionError(where, "example.empty")
            for field, value in _table(fields, where).items():
                one = self._one(value, number, f"{where}.{field}")
                found.setdefault(name, {})[field] = self._answer(name, field, one, f"{where}.{field}")
        return Keyed({name: Keyed(fields) for name, fields in found.items()})

    def _answer(self, name: str, field: str, value: Any, where: str) -> Any:
        """What must come out: a field of a reading, an output of a table, or who gets the work."""
        if name in self._objectives:
            return self._value(field, value, where)
        if name not in self._routing and field not in CHOSEN:
            raise DefinitionError(where, "example.chosen", value=field, nearest=nearest(field, CHOSEN))
        return _answer(value, where)

    def _promised(self, name: str, where: str) -> None:
        known = self._objectives | self._routing | self._assignment
        if name not in known:
            raise DefinitionError(where, "objective.unknown", value=name, nearest=nearest(name, known))

    def _one(self, value: Any, number: int, where: str) -> Any:
        if not isinstance(value, list):
            return value
        if len(value) != self._count:
            raise DefinitionError(where, "example.lengths", lengths=f"{len(value)}, {self._count}")
        return value[number]

    def _value(self, field: str, value: Any, where: str) -> Any:
        if field not in FIELDS:
            raise DefinitionError(where, "example.field", value=field, nearest=nearest(field, FIELDS))
        if value == "none":
            return None
        if field in MOMENTS:
            return self._instant(value, where)
        if field in NUMBERS:
            return _number(value, where)
        word = _word(value, where)
        return _amount(word, where) if field in DURATIONS else word

    def _because(self) -> Keyed[str, Any]:
        found = {}
        for name, words in _table(self._raw.get("because", {}), "because").items():
            self._promised(name, f"because.{name}")
            listed = words if isinstance(words, list) else [words]
            found[name] = tuple(_word(word, f"because.{name}") for word in listed)
            if not found[name] or not all(word.strip() for word in found[name]):
                raise DefinitionError(f"because.{name}", "example.empty")
        return Keyed(found)


def _word(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DefinitionError(where, "shape.kind", got=repr(value), expected="a text")
    return value


def _answer(value: Any, where: str) -> str | None:
    """What a table must answer, as text."""
    if value is None or isinstance(value, dict | list):
        raise DefinitionError(where, "shape.kind", got=repr(value), expected="a value")
    return None if value == "none" else show_value(value)


def _number(value: Any, where: str) -> int:
    if type(value) is not int:
        raise DefinitionError(where, "shape.kind", got=repr(value), expected="a whole number")
    return value


def _amount(text: str, where: str) -> timedelta:
    return read_amount(text, where).amount


def _undotted(table: Mapping[str, Any]) -> dict[str, Any]:
    """``{"close.due": x}`` of YAML as the ``{"close": {"due": x}}`` that TOML makes of it."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name, dot, field = key.partition(".")
        below, held = {field: value} if dot else value, found.get(name)
        if isinstance(held, dict) and isinstance(below, dict):
            if held.keys() & below.keys():
                raise DefinitionError("expect", "shape.twice", key=key)
            found[name] = held | below
        elif held is None or isinstance(held, dict):
            found[name] = below  # what is no table is refused by whoever reads it
    return found


def _table(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise DefinitionError(where, "shape.kind", got=repr(raw), expected="a table")
    return raw


def _list(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list):
        raise DefinitionError(where, "shape.kind", got=repr(raw), expected="a list")
    return raw
