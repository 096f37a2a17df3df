"""A calendar's year: twelve small months, filled by opening hours; holidays, make-up workdays, what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from svcstd.calendars import BusinessCalendar, Calendar
from svcstd.calendars.period import WEEKDAYS
from svcstd.calendars.spans import Spans
from svcstd.catalogues import catalogue
from svcstd.errors import CoverageError
from svcstd.handbook.svg import path, rect, svg, text
from svcstd.moment import HOUR, day_start

__all__ = ["YearDay", "day_words", "draw_year", "year_days"]

WIDTH, ACROSS, CELL = 720, 4, 20
MONTH_WIDE, MONTH_HIGH = WIDTH / ACROSS, 190
TOP, LEFT = 44, 8
MONTHS, WEEK = 12, 7
SIZE = CELL - 3


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

    @property
    def is_plain(self) -> bool:
        """Whether it is what its weekday says."""
        return self.hours is not None and not self.name


def year_days(calendar: Calendar, year: int) -> tuple[YearDay, ...]:
    """Every day of a year, in order."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    return tuple(_day(calendar, first + timedelta(number)) for number in range((last - first).days))


def _open_on(calendar: Calendar, day: date) -> Spans | None:
    """The open time of a day; of a calendar of several zones, what lies within the date of its own zone."""
    if len(calendar.zones) == 1:
        return calendar.hours_of(day)
    try:
        return calendar.timeline.spans(day_start(day, calendar.tz), day_start(day + timedelta(1), calendar.tz))
    except CoverageError:
        return None


def _day(calendar: Calendar, day: date) -> YearDay:
    spans = _open_on(calendar, day)
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
    plain = [one for one in days if one.is_plain]
    marks += _plain(plain, most, begins)
    for one in days:
        if not one.is_plain:
            marks += _marks(one, most, begins, name, language)
    closed = [one for one in days if one.is_holiday]
    told = "; ".join(f"{words.say(one.day)}: {one.name}" for one in closed)
    return svg("year", name, (WIDTH, MONTHS // ACROSS * MONTH_HIGH), title, told or title, marks)


def _corner(day: date, begins: int) -> tuple[float, float]:
    """Where the square of a day begins."""
    place = (day.replace(day=1).weekday() - begins) % WEEK + day.day - 1
    month = day.month - 1
    x = LEFT + month % ACROSS * MONTH_WIDE + place % WEEK * CELL
    return x, month // ACROSS * MONTH_HIGH + TOP + place // WEEK * CELL


def _plain(days: Iterable[YearDay], most: int, begins: int) -> Iterator[str]:
    """All days of the week's own hours in two strokes, for a year of words would be as long as the rest of a page."""
    frames, fills = "", ""
    for one in days:
        x, y = _corner(one.day, begins)
        frames += f"M{x:g} {y:g}h{SIZE}v{SIZE}h-{SIZE}z"
        high = SIZE * (one.hours or 0) / most
        if high:
            fills += f"M{x:g} {y + SIZE - high:g}h{SIZE}v{high:g}h-{SIZE}z"
    if frames:
        yield path(frames, "shut")
    if fills:
        yield path(fills, "met")


def _marks(one: YearDay, most: int, begins: int, name: str, language: str) -> Iterator[str]:
    """A square filled from below by the hours of the day."""
    x, y = _corner(one.day, begins)
    told = day_words(one, language)
    if one.hours is None:
        yield rect(x, y, SIZE, SIZE, f"{name}-pause-hatch", told)
    else:
        yield rect(x, y, SIZE, SIZE, "shut", told)
        high = SIZE * one.hours / most
        if high:
            yield rect(x, y + SIZE - high, SIZE, high, f"{name}-hatch" if one.is_made_up else "met", told)
    if one.is_holiday:
        yield path(f"M{x + SIZE / 2:.1f} {y + 3:.1f}l4 5l-4 5l-4 -5z", "breach", told)


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
