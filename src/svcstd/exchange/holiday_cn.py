"""China's official holiday notices as the project holiday-cn keeps them: one JSON text for each year."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from svcstd.calendars import HolidayTable
from svcstd.errors import DefinitionError
from svcstd.exchange.imported import Imported, Untranslated
from svcstd.explain import because

__all__ = ["read_holiday_cn"]

LONGEST = 1_000_000


def read_holiday_cn(texts: Iterable[str]) -> Imported[HolidayTable]:
    """Holidays and make-up workdays of years that follow each other.

    A notice may settle days of the year before or after its own; where two speak of a day, that of the later year
    holds, and days outside of the years given are left out and told.

    Args:
        texts: one of each year, in any order.

    Raises:
        DefinitionError: a text of another shape, a year that is not settled yet, a year told twice, or years with a gap
            between them, for which nothing is known.

    >>> table = read_holiday_cn(['{"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}'])
    >>> table.value.holidays
    ((datetime.date(2026, 1, 1), '元旦'),)
    """
    years: dict[int, list[tuple[date, str, bool]]] = {}
    for number, text in enumerate(texts):
        where = f"texts[{number}]"
        year, days = _notice(text, where)
        if year in years:
            raise DefinitionError(where, "holiday_cn.twice", year=year)
        years[year] = days
    missing = sorted(set(range(min(years), max(years) + 1)) - set(years)) if years else []
    if not years or missing:
        raise DefinitionError("texts", "holiday_cn.gap", years=", ".join(map(str, missing)) or "-")
    first, last = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
    told: dict[date, tuple[str, bool, int]] = {}
    skipped: list[Untranslated] = []
    for year in sorted(years):
        for day, name, is_off in years[year]:
            if not first <= day < last:
                skipped.append(Untranslated(f"{year}: {day}", because("holiday_cn.outside", name=name)))
                continue
            before = told.get(day)
            if before is not None and before[1] != is_off:
                skipped.append(Untranslated(f"{before[2]}: {day}", because("holiday_cn.overruled", name=before[0])))
            told[day] = (name, is_off, year)
    off = {day: name for day, (name, is_off, _) in sorted(told.items()) if is_off}
    worked = {day: name for day, (name, is_off, _) in sorted(told.items()) if not is_off}
    return Imported(HolidayTable(holidays=off, make_up=worked, covers=(first, last), source="holiday-cn"), skipped)


def _notice(text: str, where: str) -> tuple[int, list[tuple[date, str, bool]]]:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise DefinitionError(where, "holiday_cn.shape", reason="no text, or too long")
    try:
        found: Any = json.loads(text)
        year, days = found["year"], [_day(one) for one in found["days"]]
        first = date(year, 1, 1)
        date(year + 1, 1, 1)  # up to which it is to hold
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise DefinitionError(where, "holiday_cn.shape", reason=f"{type(error).__name__}: {error}"[:120]) from None
    if not days:
        raise DefinitionError(where, "holiday_cn.unsettled", year=first.year)
    return first.year, days


def _day(one: Mapping[str, Any]) -> tuple[date, str, bool]:
    day, name, is_off = date.fromisoformat(one["date"]), one["name"], one["isOffDay"]
    if not isinstance(name, str) or not isinstance(is_off, bool):
        raise TypeError("a name, and true or false, are wanted")
    return day, name, is_off
