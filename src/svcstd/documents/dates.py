"""Shapes of dates, ranges of dates and spans of years."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svcstd.documents.shapes import Parsed
from svcstd.errors import DefinitionError
from svcstd.moment import YEARS as COMPUTED

__all__ = ["DAY", "DAY_RANGE", "YEARS", "read_day"]


def read_day(text: str) -> date:
    """One spelling only: ``20260101`` and ``2026-W01-4`` would be second keys for the same day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise DefinitionError("day", "day.text", value=text)
    return day


DAY = Parsed(read_day, date.isoformat, "a date", ("2026-02-17",))


def _day_range(text: str) -> tuple[date | None, date | None]:
    """``[2010-01-01..2017-12-31]``: brackets say which ends belong to it; an empty end is unbounded."""
    low, dots, high = text[1:-1].partition("..")
    if not dots or text[:1] not in "[(" or text[-1:] not in "])":
        raise DefinitionError("covers", "day.range", value=text)
    first = read_day(low.strip()) if low.strip() else None
    last = read_day(high.strip()) if high.strip() else None
    try:
        first = first + timedelta(1) if first and text[0] == "(" else first
        last = last + timedelta(1) if last and text[-1] == "]" else last
    except OverflowError:
        raise DefinitionError("covers", "day.range", value=text) from None
    return first, last


def _show_range(covers: tuple[date | None, date | None]) -> str:
    first, last = covers
    return f"[{first or ''}..{last or ''})"


DAY_RANGE = Parsed(
    _day_range, _show_range, "dates; the brackets say which ends belong to it", ("[2010-01-01..2017-12-31]",)
)


def _years(text: str) -> range:
    found = re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text, re.ASCII)
    if found is None:
        raise DefinitionError("years", "years.text", value=text)
    first, last = int(found[1]), int(found[2] or found[1])
    # A table for whole years ends on the first day of the next, which calendars must reach.
    if not (first <= last and first in COMPUTED and last + 1 in COMPUTED):
        raise DefinitionError("years", "years.text", value=text)
    return range(first, last + 1)


YEARS = Parsed(_years, lambda years: f"{years.start}..{years.stop - 1}", "first and last year", ("2010..2017",))
