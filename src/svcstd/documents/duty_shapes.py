"""Shapes of what is owed later: follow-ups, and events that open a case of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from svcstd.conditions import FactSchema, FactValue
from svcstd.documents.clock_shapes import EMPTY_WHEN, When, on_shape
from svcstd.documents.dates import DAY
from svcstd.documents.objective_shapes import TARGET
from svcstd.documents.shapes import FAULT, Choice, Flag, Reader, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Record, Table
from svcstd.documents.vocabulary_shapes import read_fact
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.keyed import EMPTY, Keyed
from svcstd.sla import Anniversary, Conversion, DateTable, FollowUpRule, PeriodEnd

__all__ = ["conversions", "follow_up_rules"]


def _rule(
    each_year: str | None, leap: str | None, dates: Any, each: str | None, week: str | None, **others: Any
) -> FollowUpRule:
    ways = [each_year is not None, dates is not None, each is not None]
    if sum(ways) > 1:
        raise DefinitionError("on", "follow_up.on")
    if (each_year is None) != (leap is None):
        raise DefinitionError("leap", "follow_up.leap")
    if week is not None and each != "week":
        raise DefinitionError("week", "follow_up.week")
    found: Any = None
    if each_year is not None and leap is not None:
        found = Anniversary(each_year, leap)  # type: ignore[arg-type]
    elif dates is not None:
        found = DateTable(dates)
    elif each is not None:
        found = PeriodEnd(each, week)
    return FollowUpRule(dates=found, **others)


def _parts(rule: FollowUpRule) -> Mapping[str, Any]:
    names = ("name", "on", "due", "when", "calendar", "together", "done", "tried", "tries", "retry")
    found = {name: getattr(rule, name) for name in (*names, "settled", "ends", "repeats", "role")}
    found |= dict.fromkeys(("each_year", "leap", "dates", "each", "week"))
    match rule.dates:
        case Anniversary(fact=fact, leap=leap):
            found |= {"each_year": fact, "leap": leap}
        case DateTable(dates=dates):
            found |= {"dates": dates}
        case PeriodEnd(each=each, week=week):
            found |= {"each": each, "week": week}
        case _:
            pass
    return found


def follow_up_rules(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Table:
    """The shape of the rules of follow-ups."""
    when = When(facts, doubtful)
    on = on_shape(when)
    return Table(
        Record(
            _rule,
            (
                Field("name", Text(), ""),
                Field("on", on, (), says="events that give rise to it"),
                Field("each_year", Text("a fact with a date"), None, says="owed on each anniversary of it"),
                Field("leap", Choice(("feb_28", "mar_1")), None, says="in common years, the day of 29 February"),
                Field("dates", Listed(DAY, 1), None, says="owed on these dates"),
                Field("each", Choice(("day", "week", "month", "quarter", "half", "year")), None, says="after its end"),
                Field("week", Text("first day of the week"), None),
                Field("when", when, EMPTY_WHEN, says="the cases it applies to"),
                Field("due", TARGET, says="until when"),
                Field("calendar", Text("key of a calendar"), ""),
                Field("together", Text("fact by which several become one"), ""),
                Field("done", on, says="events that fulfil it"),
                Field("tried", on, (), says="events that tell of an attempt without success"),
                Field("tries", Whole(1, 100), 1),
                Field("retry", TARGET, None, says="until when the next attempt is due"),
                Field("settled", on, (), says="events after which the matter is settled"),
                Field("ends", on, (), says="events after which nothing is owed"),
                Field("repeats", Flag(), False),  # noqa: FBT003 - the default of a field
                Field("role", Text("whose duty it is"), ""),
            ),
            "what is owed later",
            _parts,
        )
    )


class _Facts:
    """Facts with values of their kinds."""

    def __init__(self, facts: FactSchema, doubtful: frozenset[str]) -> None:
        self._facts, self._doubtful = facts, doubtful

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """The facts by name."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table of facts")
        found: dict[str, FactValue] = {}
        before = reader.count
        for name, value in raw.items():
            if name in self._doubtful:
                reader.count += 1
                continue
            try:
                found[name] = read_fact(self._facts.types, name, value)
            except SvcstdError as error:
                reader.fault(error, f"{path}.{name}")
        return FAULT if reader.count > before else Keyed(found)

    def write(self, value: Mapping[str, FactValue]) -> object:
        """The facts by name."""
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in value.items()}

    def schema(self) -> dict[str, Any]:
        """An object of texts, numbers and flags."""
        return {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}


def conversions(facts: FactSchema, *, doubtful: frozenset[str] = frozenset()) -> Table:
    """The shape of the rules by which events open a case of their own."""
    return Table(
        Record(
            Conversion,
            (
                Field("name", Text(), ""),
                Field("on", on_shape(When(facts, doubtful)), says="events that open a case"),
                Field("opens", Text("event that the new case begins with")),
                Field(
                    "facts", _Facts(facts, doubtful), EMPTY, says="what the new case knows beside the old one's facts"
                ),
            ),
            "a case that comes out of an event",
        )
    )
