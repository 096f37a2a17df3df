"""Calendars made of calendars: open in any, open in all, open in the first and in no other."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.calendars.calendar import Calendar, Landing, check_calendar, checked
from svcstd.calendars.spans import Spans, intersect, subtract, union
from svcstd.errors import CoverageError, DefinitionError, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.keyed import as_tuple
from svcstd.moment import day_start, zone_key

__all__ = ["Composite", "Kind"]

Kind: TypeAlias = Literal["union", "intersection", "difference"]
KINDS = ("union", "intersection", "difference")
SIGNS = {"union": " | ", "intersection": " & ", "difference": " - "}


def _first_landing(composite: Composite) -> Landing:
    return composite.operands[0].landing if composite.operands else "close"


@attrs.frozen(repr=False, cache_hash=True)
class Composite(Calendar):
    """Open time of several calendars, each in its own zone: overlaps count once, gaps stay closed.

    What is unknown stays unknown only where it matters: ``always | office`` answers in any year.

    Attributes:
        kind: ``union`` (``|``), ``intersection`` (``&``) or ``difference`` (``-``: the first less all others).
        operands: one calendar or more.
        zone: of results; by the operators, that of the left operand.
        landing: where a budget that ends at closing falls due; by default as in the first operand.
        name: for people; not part of the value.

    >>> from svcstd.calendars import BusinessCalendar
    >>> krakow = BusinessCalendar(zone="Europe/Warsaw", hours="Mon-Fri 08:00-16:00")
    >>> lisbon = BusinessCalendar(zone="Europe/Lisbon", hours="Mon-Fri 10:00-18:00")
    >>> (krakow | lisbon)
    <Composite Europe/Warsaw: <BusinessCalendar Europe/Warsaw Mon-Fri 08:00-16:00> | \
<BusinessCalendar Europe/Lisbon Mon-Fri 10:00-18:00>>
    """

    kind: Kind
    operands: tuple[Calendar, ...] = attrs.field(converter=as_tuple)
    zone: str = attrs.field(kw_only=True, converter=zone_key)
    landing: Landing = attrs.field(default=attrs.Factory(_first_landing, takes_self=True), kw_only=True)
    name: str = attrs.field(default="", eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.kind, KINDS, "kind")
        if not self.operands:
            raise DefinitionError("operands", "calendar.no_operands", kind=self.kind)
        for operand in self.operands:
            check_calendar("operands", operand)
        checked(self.landing)
        self._attach()

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (self.kind, self.operands, self.zone, self.landing, self.name)

    def __repr__(self) -> str:
        return f"<Composite {self.zone}: {SIGNS[self.kind].join(map(repr, self.operands))}>"

    def content(self) -> tuple[object, ...]:
        """All that makes it equal to another, in plain values."""
        return (self.kind, self.zone, self.landing, *(operand.digest for operand in self.operands))

    def block(self, year: int) -> tuple[Spans, Spans]:
        """What is surely open in a UTC year, and what may be."""
        sure, maybe = zip(*(operand.block(year) for operand in self.operands), strict=True)
        if self.kind == "union":
            return reduce(union, sure), reduce(union, maybe)
        if self.kind == "intersection":
            return reduce(intersect, sure), reduce(intersect, maybe)
        return reduce(subtract, maybe[1:], sure[0]), reduce(subtract, sure[1:], maybe[0])

    @property
    def zones(self) -> frozenset[str]:
        """Every zone it is made of, its own with them."""
        return frozenset((self.zone,)).union(*(operand.zones for operand in self.operands))

    def settled(self) -> tuple[int, int]:
        """The instants before and after which only the weeks repeat."""
        firsts, lasts = zip(*(operand.settled() for operand in self.operands), strict=True)
        return min(firsts), max(lasts)

    def hours_of(self, day: date) -> Spans | None:
        """The open time that starts on a local date; ``None`` when it is unknown.

        Raises:
            DefinitionError: the operands lie in several zones, so that a date means several stretches of time.
        """
        if len(self.zones) > 1:
            raise DefinitionError("day", "calendar.several_zones", zones=", ".join(sorted(self.zones)))
        first, *others = self.operands
        if self.kind == "union":
            whole = day_start(day, self._tz), day_start(day + timedelta(1), self._tz)
            return _known_union([operand.hours_of(day) for operand in self.operands], whole)
        found = first.hours_of(day)
        if not found:
            return found
        low, high = found[0][0], found[-1][1]
        try:
            open_time = [other.timeline.spans(low, high) for other in others]
        except CoverageError:
            return None
        return reduce(intersect if self.kind == "intersection" else subtract, open_time, found)

    def why(self, start: int, end: int, *, closed: bool) -> tuple[Explanation, ...]:
        """What each operand says of a stretch of time, under its name."""
        found = []
        for number, operand in enumerate(self.operands, 1):
            name = operand.name or f"{operand.zone} ({number})"
            if self.kind == "difference" and number > 1:
                if closed and _opens(operand, start, end):
                    found.append(because("calendar.taken_away", *operand.why(start, end, closed=False), name=name))
            elif reasons := operand.why(start, end, closed=closed):
                found.append(because("calendar.operand", *reasons, name=name))
        return tuple(found)


def _opens(calendar: Calendar, start: int, end: int) -> bool:
    """Whether a calendar is surely open for a while."""
    try:
        return bool(calendar.timeline.spans(start, end))
    except CoverageError:
        return False


def _known_union(parts: list[Spans | None], whole: tuple[int, int]) -> Spans | None:
    """Unknown beats closed, since a date with unknown hours has no certain closing; only open all day beats unknown."""
    nothing: Spans = []
    known = reduce(union, [part for part in parts if part is not None], nothing)
    if None in parts and not any(start <= whole[0] and whole[1] <= end for start, end in known):
        return None
    return known


def _revive(kind: Kind, operands: tuple[Calendar, ...], zone: str, landing: Landing, name: str) -> Composite:
    return Composite(kind, operands, zone=zone, landing=landing, name=name)
