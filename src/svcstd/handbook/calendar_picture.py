"""A calendar's year: twelve small months, filled by opening hours; holidays, make-up workdays, what is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import attrs

from svcstd.calendars import BusinessCalendar, Calendar
from svcstd.calendars.period import WEEKDAYS
from svcstd.catalogues import catalogue
from svcstd.handbook.svg import path, rect, svg, text
from svcstd.moment import HOUR, day_start

__all__ = ["YearDay", "day_words", "draw_year", "year_days"]

WIDTH, ACROSS, CELL = 720, 4, 20
MONTH_WIDE, MONTH_HIGH = WIDTH / ACROSS, 190
TOP, LEFT = 44, 8
MONTHS, WEEK = 12, 7


@attrs.frozen(kw_only=True)
class YearDay:
    """A day of a calendar.

    Attributes:
        day: its date.
        hours: that it is open, in microseconds; ``None`` where that is unknown.
        name: of the holiday or the exception; empty for none.
        is_made_up: a make-up workday.
        is_holiday: closed by a holiday.
        is_whole: open from its first moment to its last.
    """

    day: date
    hours: int | None
    name: str = ""
    is_made_up: bool = False
    is_holiday: bool = False
    is_whole: bool = False


def year_days(calendar: Calendar, year: int) -> tuple[YearDay, ...]:
    """Every day of a year, in order."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    return tuple(_day(calendar, first + timedelta(number)) for number in range((last - first).days))


def _day(calendar: Calendar, day: date) -> YearDay:
    spans = calendar.hours_of(day)
    hours = None if spans is None else sum(end - start for start, end in spans)
    is_whole = hours == day_start(day + timedelta(1), calendar.tz) - day_start(day, calendar.tz)
    if not isinstance(calendar, BusinessCalendar):
        return YearDay(day=day, hours=hours, is_whole=is_whole)
    off, worked = dict(calendar.holidays.holidays), dict(calendar.holidays.make_up)
    own = dict(calendar.exceptions).get(day)
    return YearDay(
        day=day,
        hours=hours,
        name=off.get(day) or worked.get(day) or ("" if own is None else own.name),
        is_made_up=day in worked,
        is_holiday=day in off and not hours,
        is_whole=is_whole,
    )


def draw_year(
    calendar: Calendar, year: int, name: str, title: str, *, week: str = "Monday", language: str = "en"
) -> str:
    """The year as SVG.

    Args:
        calendar: to be drawn.
        year: of its local dates.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        week: first day of the week.
        language: of its words.
    """
    words = catalogue(language)
    days = year_days(calendar, year)
    most = max((one.hours or 0 for one in days), default=0) or HOUR
    begins = WEEKDAYS.index(week)
    marks = []
    for month in range(MONTHS):
        x, y = LEFT + month % ACROSS * MONTH_WIDE, month // ACROSS * MONTH_HIGH
        marks.append(text(x, y + 16, words.months[month], "label"))
        for number in range(WEEK):
            short = words.days[(begins + number) % WEEK].removeprefix("\N{CJK UNIFIED IDEOGRAPH-5468}")[:2]
            marks.append(text(x + number * CELL + CELL / 2, y + 34, short, "tick", "middle"))
    for one in days:
        marks += _marks(one, most, begins, name, language)
    closed = [one for one in days if one.is_holiday]
    told = "; ".join(f"{words.say(one.day)}: {one.name}" for one in closed)
    return svg("year", name, (WIDTH, MONTHS // ACROSS * MONTH_HIGH), title, told or title, marks)


def _marks(one: YearDay, most: int, begins: int, name: str, language: str) -> Iterator[str]:
    """A square filled from below by the hours of the day."""
    first = one.day.replace(day=1)
    place = (first.weekday() - begins) % WEEK + one.day.day - 1
    month = one.day.month - 1
    x = LEFT + month % ACROSS * MONTH_WIDE + place % WEEK * CELL
    y = month // ACROSS * MONTH_HIGH + TOP + place // WEEK * CELL
    size = CELL - 3
    told = day_words(one, language)
    if one.hours is None:
        yield rect(x, y, size, size, f"{name}-pause-hatch", told)
    else:
        yield rect(x, y, size, size, "shut", told)
        high = size * one.hours / most
        if high:
            yield rect(x, y + size - high, size, high, f"{name}-hatch" if one.is_made_up else "met", told)
    if one.is_holiday:
        middle = size / 2
        yield path(f"M{x + middle:.1f} {y + 3:.1f}l4 5l-4 5l-4 -5z", "breach", told)


def day_words(one: YearDay, language: str = "en") -> str:
    """A day in words."""
    words = catalogue(language)
    if one.hours is None:
        kind = "unknown"
    elif one.is_made_up:
        kind = "made_up"
    elif one.is_holiday:
        kind = "holiday"
    else:
        kind = "open" if one.hours else "closed"
    told = {"day": one.day, "hours": timedelta(microseconds=one.hours or 0), "name": one.name}
    return words.sentence(f"book.day_{kind}", told)
