"""Shapes of the declared facts and events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pendulum import Timezone

from svcstd.conditions import FactKind, FactSchema, FactType, Interval, Range, read_interval, write_cell
from svcstd.documents.shapes import Choice, Parsed, Text, Whole
from svcstd.documents.structures import Field, Listed, Mapped, OneOrMore, Record, Switch, Table, as_id, is_kind
from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import micros, read_wall
from svcstd.standard import EventName, Role

__all__ = ["EVENTS", "FACTS", "ROLES", "WORDS", "read_fact", "read_local"]


def _words(text: str) -> str:
    if not text.strip():
        raise DefinitionError("because", "example.empty")
    return text


WORDS = Parsed(_words, str, "words that an explanation must hold", ("is missing",))


def _fact_kind(text: str) -> FactType:
    return FactType(text)  # type: ignore[arg-type]


def _aliases(also: Mapping[str, tuple[str, ...]], within: str, kind: FactKind, **others: Any) -> FactType:
    spelled = {alias: value for value, aliases in also.items() for alias in aliases}
    domain = read_interval(within, FactType(kind), "within").interval if within else None
    return FactType(kind, also=spelled, within=domain, **others)


def _fact_parts(kind: FactType) -> Mapping[str, Any]:
    also: dict[str, tuple[str, ...]] = {}
    for alias, value in kind.also.items():
        also[value] = (*also.get(value, ()), alias)
    within = "" if kind.within is None else write_cell(_as_range(kind.within))
    named = ("kind", "one_of", "name", "unit", "float_digits")
    return {name: getattr(kind, name) for name in named} | {"also": Keyed(also), "within": within}


def _as_range(domain: Interval) -> Range:
    ends = {"low_closed": domain.low_closed, "high_closed": domain.high_closed}
    return Range("within", domain.low, domain.high, **ends)


def _fact_name(name: str) -> str:
    """An id, or several with dots between them, for facts within facts."""
    for part in name.split("."):
        as_id(part)
    return name


FACT_KINDS = ("text", "integer", "number", "true or false", "date", "moment", "duration")
FACTS = Mapped(
    Table(
        Switch(
            (
                (is_kind(str), Parsed(_fact_kind, lambda value: str(value.kind), "kind of the fact", FACT_KINDS)),
                (
                    is_kind(dict),
                    Record(
                        _aliases,
                        (
                            Field("kind", Choice(FACT_KINDS), "text"),
                            Field("one_of", Listed(Text(), 1), (), says="the closed list of values"),
                            Field(
                                "also", Table(OneOrMore(Text()), free=True), EMPTY, says="other spellings of a value"
                            ),
                            Field("name", Text(), ""),
                            Field("within", Text("the closed range of values, e.g. [1..5]"), ""),
                            Field("unit", Text("what a number counts"), ""),
                            Field("float_digits", Whole(0, 15), None, says="decimals to which floats are rounded"),
                        ),
                        "a fact",
                        _fact_parts,
                    ),
                ),
            ),
            lambda value: 0 if value == FactType(value.kind) else 1,
            "a kind such as text, or a table with one_of",
        ),
        _fact_name,
    ),
    FactSchema,
    lambda schema: schema.types,
)

EVENTS = Table(
    Switch(
        (
            (is_kind(str), Mapped(Text("what happens"), EventName, lambda value: value.name)),
            (
                is_kind(dict),
                Record(
                    EventName,
                    (Field("name", Text(), ""), Field("also", OneOrMore(Text()), (), says="other spellings in logs")),
                ),
            ),
        ),
        lambda value: 1 if value.also else 0,
        "a text, or a table with name and also",
    )
)


ROLES = Table(
    Switch(
        (
            (is_kind(str), Mapped(Text("what somebody does"), Role, lambda value: value.name)),
            (
                is_kind(dict),
                Record(
                    Role,
                    (
                        Field("name", Text(), ""),
                        Field("escalates_to", Text("the role above"), ""),
                        Field("authority", OneOrMore(Text("what it may decide alone")), ()),
                        Field("needs", OneOrMore(Text("key of a certificate")), ()),
                    ),
                    "what somebody does",
                ),
            ),
        ),
        lambda value: 0 if value == Role(value.name) else 1,
        "a text, or a table with name and escalates_to",
    )
)


def read_fact(facts: Mapping[str, FactType | None], name: str, value: Any) -> Any:
    """What the file says of a case, as a value of the declared kind; dates may stand as text.

    Args:
        facts: the declared ones; ``None`` where the declaration could not be read, so that nothing is judged.
        name: of the fact.
        value: plain data.

    Raises:
        SvcstdError: not declared, nothing, or of another kind.
    """
    if name not in facts:
        raise DefinitionError(f"facts.{name}", "facts.name", value=name, nearest=nearest(name, facts))
    if value is None:
        raise DefinitionError(f"facts.{name}", "shape.kind", got="nothing", expected="a value, or leave the fact away")
    kind = facts[name]
    if kind is None:
        return value
    if kind.kind in ("date", "moment", "duration") and isinstance(value, str):
        value = FactSchema({name: kind}).read(name, value) if value.strip() else repr(value)
    kind.check(name, value)
    return value


def read_local(text: Any, zone: Timezone, where: str) -> int:
    """The instant of a time of an example: local, unless it says its offset; UTC microseconds.

    Raises:
        DefinitionError: no ISO date or moment; a date alone is its midnight.
        MomentError: a local time that there is twice, or not at all.
    """
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise DefinitionError(where, "example.time", value=repr(text)) from None
    return micros(at, where) if at.tzinfo else read_wall(at, zone, "reject", where)
