"""Records: what KPIs count. Cases, readings, ratings, surveys and marks all give records, as plain mappings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import attrs

from svcstd.calendars import Period
from svcstd.conditions import Facts, FactSchema
from svcstd.curves import exact
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, FactError, nearest
from svcstd.keyed import as_tuple
from svcstd.moment import micros

__all__ = ["Record", "RecordKind", "amount_of", "at_of", "is_within", "place_in"]

Record: TypeAlias = "Mapping[str, Any]"
"""Fields by name; an absent field and ``None`` both mean that nothing is known."""
SECOND = 1_000_000


@attrs.frozen
class RecordKind:
    """What records of one kind may say.

    Attributes:
        fields: the closed vocabulary of their fields.
        at: the field with the date or moment by which one belongs to a period; empty for none.
        nothing: texts by which files say that nothing is known, besides empty cells.

    Raises:
        DefinitionError: a field that is not declared, or holds no date and no moment.
    """

    fields: FactSchema
    at: str = ""
    nothing: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        if not self.at:
            return
        kind = self.fields.types.get(self.at)
        if kind is None:
            raise DefinitionError("at", "facts.name", value=self.at, nearest=nearest(self.at, self.fields.types))
        if kind.kind not in ("date", "moment"):
            raise DefinitionError("at", "facts.other_kind", value=self.at, kind=kind.kind, wanted="date or moment")


def amount_of(record: Facts, field: str) -> Fraction | None:
    """The number in a field; a length of time counts in seconds; ``None`` where it is missing.

    Raises:
        FactError: something else than a number or a length of time; a float too.
        DurationError: a length of time below 0, or in months.

    >>> amount_of({"wait": timedelta(minutes=2)}, "wait"), amount_of({}, "wait")
    (Fraction(120, 1), None)
    """
    value: Any = record.get(field)
    match value:
        case None:
            return None
        case timedelta():
            return Fraction(duration_micros(value, f"records.{field}"), SECOND)
        case bool():
            raise FactError(f"records.{field}", "facts.kind", value=repr(value), kind="number")
        case int() | Decimal() | Fraction():
            return exact(value, f"records.{field}")
        case float():
            raise FactError(f"records.{field}", "facts.float", value=repr(value), kind="number")
        case _:
            raise FactError(f"records.{field}", "facts.kind", value=repr(value), kind="number")


def at_of(record: Facts, field: str) -> datetime | None:
    """The moment in a field; ``None`` where it is missing.

    Raises:
        FactError: something else than an aware moment.
    """
    value: Any = record.get(field)
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise FactError(f"records.{field}", "facts.kind", value=repr(value), kind="moment")
    return value


def place_in(record: Facts, field: str) -> int | date | None:
    """Where on the line of time a record lies: the microsecond of a moment, or a date; ``None`` where it is missing.

    Raises:
        FactError: neither a date nor an aware moment.
    """
    value: Any = record.get(field)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    at = at_of(record, field)
    return None if at is None else micros(at)


def is_within(record: Facts, field: str, period: Period) -> bool | None:
    """Whether a record belongs to a period by the date or moment in a field; ``None`` where it is missing.

    Raises:
        FactError: neither a date nor an aware moment.
        DefinitionError: no field to go by.
    """
    if not field:
        raise DefinitionError("at", "kpis.no_at")
    place = place_in(record, field)
    if place is None:
        return None
    if isinstance(place, date):
        return period.first <= place < period.last
    return micros(period.start) <= place < micros(period.end)
