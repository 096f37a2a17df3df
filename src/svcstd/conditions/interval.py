"""Stretches of an ordered line: numbers, dates, moments or durations between two bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.moment import micros

__all__ = ["Bound", "Interval", "Line", "place_of"]

Bound: TypeAlias = "int | Decimal | date | datetime | timedelta"
Line: TypeAlias = Literal["number", "date", "moment", "duration"]
Place: TypeAlias = "tuple[Line, int | Decimal]"


def place_of(value: object) -> Place | None:
    """On which line a value has its place, and where; ``None`` for none.

    True is no number, NaN has no place, a time without zone is no moment, nor is one beyond the years that can be
    computed. Moments and durations stand at their microsecond, so that the same instant in two zones is one place.

    >>> place_of(5), place_of(True), place_of(timedelta(seconds=1))
    (('number', 5), None, ('duration', 1000000))
    """
    match value:
        case bool():
            return None
        case int():
            return "number", value
        case Decimal():
            return ("number", value) if value.is_finite() else None
        case datetime():
            return _measured("moment", micros, value)
        case date():
            return "date", value.toordinal()
        case timedelta():
            return _measured("duration", duration_micros, value)
        case _:
            return None


def _measured(line: Line, measure: Callable[[Any], int], value: object) -> Place | None:
    """Nothing for a time without zone or beyond the years, and for a duration below zero or of unknown length."""
    try:
        return line, measure(value)
    except SvcstdError:
        return None


@attrs.frozen
class Interval:
    """All values of a line between two bounds; ``None`` is unbounded on that side.

    Attributes:
        low, high: the bounds.
        low_closed, high_closed: whether a bound itself belongs to it.
        line: the line it lies on.
        ends: the places of the bounds; ``None`` where there is none.

    Raises:
        DefinitionError: no bound, a bound without order, bounds of two lines, or nothing between them.

    >>> Interval(1, 5, high_closed=False).has(5), Interval(1, None).has(Decimal("7.5"))
    (False, True)
    """

    low: Bound | None = attrs.field(eq=place_of)
    high: Bound | None = attrs.field(eq=place_of)
    low_closed: bool = attrs.field(default=True, kw_only=True)
    high_closed: bool = attrs.field(default=True, kw_only=True)
    line: Line = attrs.field(init=False, eq=False, repr=False)
    ends: tuple[int | Decimal | None, int | Decimal | None] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        low, high = self.low, self.high
        if low is None and high is None:
            raise DefinitionError("range", "range.unbounded")
        places = [place_of(bound) for bound in (low, high) if bound is not None]
        lines = {place and place[0] for place in places}
        line = lines.pop()
        if lines or line is None:
            raise DefinitionError("range", "range.mixed", low=low, high=high)
        at = [place[1] for place in places if place is not None]
        if at[0] > at[-1] or (len(at) > 1 and at[0] == at[1] and not (self.low_closed and self.high_closed)):
            raise DefinitionError("range", "range.empty", low=low, high=high)
        object.__setattr__(self, "line", line)
        object.__setattr__(self, "ends", (None if low is None else at[0], None if high is None else at[-1]))

    def has(self, value: object) -> bool | None:
        """Whether a value lies in it; ``None`` for a value that has no place on this line."""
        place = place_of(value)
        if place is None or place[0] != self.line:
            return None
        (low, high), at = self.ends, place[1]
        above = low is None or (at >= low if self.low_closed else at > low)
        return above and (high is None or (at <= high if self.high_closed else at < high))
