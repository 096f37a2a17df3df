"""Aware datetimes in, integer microseconds inside, pendulum moments out.

The one place where wall time becomes an instant, so the one place that knows of folds and gaps. A fold is wall time
that happens twice, a gap is wall time that never happens.

- A span's ambiguous start is the earlier reading, its ambiguous end the later, so adjoining spans leave no hole.
- A nonexistent time moves forward by the gap.
- A boundary of periods and versions is one instant: the earlier reading, or the end of the gap.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, TypeAlias

import pendulum
from pendulum import UTC, DateTime
from pendulum.tz.exceptions import InvalidTimezone
from pendulum.tz.timezone import FixedTimezone, Timezone

from svcstd.errors import DefinitionError, MomentError, nearest

__all__ = [
    "DAY",
    "FIRST",
    "HOUR",
    "LAST",
    "MINUTE",
    "SECOND",
    "UTC",
    "YEARS",
    "Folds",
    "date_exists",
    "date_of",
    "day_start",
    "iso_moment",
    "local_date",
    "micros",
    "moment",
    "moment_of",
    "offset_at",
    "offset_change",
    "read_wall",
    "timezone",
    "utc_year",
    "wall_end",
    "wall_start",
    "year_start",
    "zone_key",
]

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

YEARS = range(1800, 2400)
"""Years that can be computed: before them no zone has rules, and work must end somewhere."""

Folds: TypeAlias = Literal["earlier", "later", "reject"]
"""How to read a wall time that happens twice or never."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the naive origin that fromutc() wants
_ORDINAL = _EPOCH.toordinal()
_ONE = timedelta(microseconds=1)


def micros(at: datetime, where: str = "at") -> int:
    """Microseconds of UTC since 1970, by fields and offset: exact, and blind to pendulum's own arithmetic.

    Args:
        at: an aware datetime of the years 1800 to 2399.
        where: the argument to name when it is refused.

    Raises:
        MomentError: naive, or beyond the years.

    >>> micros(datetime(1970, 1, 2, tzinfo=pendulum.UTC))
    86400000000
    """
    try:
        offset = at.utcoffset()
        days = at.toordinal() - _ORDINAL
    except (AttributeError, TypeError, ValueError):
        raise MomentError(where, "moment.type", value=repr(at)) from None
    if offset is None:
        raise MomentError(where, "moment.naive", value=at.isoformat())
    whole = ((days - offset.days) * 24 + at.hour) * 3_600 + at.minute * 60 + at.second - offset.seconds
    found = whole * SECOND + at.microsecond - offset.microseconds
    if FIRST <= found < LAST:
        return found
    raise MomentError(where, "moment.years", value=at.isoformat(), first=YEARS[0], last=YEARS[-1])


def moment(instant: int, zone: Timezone | FixedTimezone) -> DateTime:
    """The wall time of an instant in a zone, fold included.

    >>> moment(0, timezone("Asia/Shanghai")).isoformat()
    '1970-01-01T08:00:00+08:00'
    """
    at = zone.fromutc(_origin(zone) + timedelta(0, 0, instant))
    if at.fold:
        return DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, zone, fold=1)
    return DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, zone)


def timezone(name: str, where: str = "zone") -> Timezone:
    """The zone of an IANA name.

    Raises:
        DefinitionError: no such zone; the nearest name is given.

    >>> timezone("Asia/Shangai")
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: zone: 'Asia/Shangai' is no time zone; write an IANA name such as Asia/Shanghai
    """
    try:
        zone = pendulum.timezone(name)
    except (InvalidTimezone, ValueError, TypeError, AttributeError, OSError):
        zone = None
    if isinstance(zone, Timezone):
        return zone
    raise DefinitionError(where, "zone.unknown", value=str(name), nearest=_nearest_zone(str(name)))


def zone_key(zone: object) -> str:
    """A field's converter: the IANA name of a zone given as text or as a ZoneInfo.

    >>> zone_key(timezone("Asia/Shanghai"))
    'Asia/Shanghai'
    """
    return zone if isinstance(zone, str) else str(getattr(zone, "key", zone))


def _nearest_zone(name: str) -> str:
    found = nearest(name[:64], pendulum.timezones())
    return found if "," not in found else "Asia/Shanghai"


_ORIGINS: dict[str, datetime] = {}


def _origin(zone: tzinfo) -> datetime:
    """1970 on the wall of a zone: adding to it is wall arithmetic with fold 0, the cheapest way there.

    Kept by name: hashing a pendulum zone costs more than making the datetime.
    """
    key = getattr(zone, "key", "")
    found = _ORIGINS.get(key)
    if found is None or found.tzinfo is not zone:
        found = _EPOCH.replace(tzinfo=zone)
        _ORIGINS[key] = found
    return found


def wall_start(day: date, second: int, zone: tzinfo) -> int:
    """Instant of a wall time that begins something: ambiguous is the earlier, nonexistent moves by the gap.

    Args:
        day: local date.
        second: seconds after midnight on the wall, 0 to 86400 (the next midnight).
        zone: where the wall hangs.

    >>> new_york = timezone("America/New_York")
    >>> moment(wall_start(date(2026, 3, 8), 9000, new_york), new_york).isoformat()  # 02:30 never happens
    '2026-03-08T03:30:00-04:00'
    """
    days = day.toordinal() - _ORDINAL
    offset = (_origin(zone) + timedelta(days, second)).utcoffset()
    return days * DAY + (second - _whole(offset)) * SECOND


def wall_end(day: date, second: int, zone: tzinfo) -> int:
    """Instant of a wall time that ends something: ambiguous is the later, nonexistent moves by the gap.

    >>> new_york = timezone("America/New_York")
    >>> moment(wall_end(date(2026, 11, 1), 5400, new_york), new_york).isoformat()  # 01:30 happens twice
    '2026-11-01T01:30:00-05:00'
    """
    days = day.toordinal() - _ORDINAL
    wall = _origin(zone) + timedelta(days, second)
    offset, other = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    # Offsets grow across a gap and shrink across a fold: the smaller offset is the later instant of either.
    smaller = _whole(offset) if offset == other else min(_whole(offset), _whole(other))
    return days * DAY + (second - smaller) * SECOND


def day_start(day: date, zone: tzinfo) -> int:
    """The one instant at which a local date begins: the earlier midnight, or the end of the gap that swallowed it.

    >>> havana = timezone("America/Havana")
    >>> moment(day_start(date(2026, 11, 1), havana), havana).isoformat()  # midnight happens twice
    '2026-11-01T00:00:00-04:00'
    """
    naive = _EPOCH + timedelta(day.toordinal() - _ORDINAL)
    first = naive.replace(tzinfo=zone).utcoffset()
    second = naive.replace(tzinfo=zone, fold=1).utcoffset()
    if first is None or second is None or first >= second:
        return _instant(naive, first)
    return offset_change(_instant(naive, second), _instant(naive, first), zone)


def date_exists(day: date, zone: tzinfo) -> bool:
    """Whether a zone has the date: Apia went from 2011-12-29 to 2011-12-31.

    >>> date_exists(date(2011, 12, 30), timezone("Pacific/Apia"))
    False
    """
    return wall_start(day, 0, zone) < wall_start(day, 86_400, zone)


def offset_change(before: int, after: int, zone: tzinfo) -> int:
    """The instant in ``(before, after]`` from which the offset of a zone is that of *after*."""
    offset = offset_at(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle, zone) == offset:
            after = middle
        else:
            before = middle
    return after


def offset_at(instant: int, zone: tzinfo) -> int:
    """How far the wall clocks of a zone are ahead of UTC at an instant, in microseconds.

    >>> offset_at(0, timezone("Asia/Shanghai")) // HOUR
    8
    """
    return _whole(zone.fromutc(_origin(zone) + timedelta(0, 0, instant)).utcoffset()) * SECOND


def utc_year(instant: int) -> int:
    """The UTC year that holds an instant."""
    return date.fromordinal(instant // DAY + _ORDINAL).year


def year_start(year: int) -> int:
    """The instant at which a UTC year begins."""
    return (date(year, 1, 1).toordinal() - _ORDINAL) * DAY


FIRST, LAST = year_start(YEARS.start), year_start(YEARS.stop)


def local_date(instant: int, zone: tzinfo) -> date:
    """The date on the wall at an instant."""
    return zone.fromutc(_origin(zone) + timedelta(0, 0, instant)).date()


def date_of(instant: int, zone: tzinfo) -> date:
    """The date whose day holds an instant, where a day begins once: if the wall goes back over midnight, the later.

    >>> st_johns = timezone("America/St_Johns")
    >>> date_of(micros(datetime(2006, 10, 28, 23, 30, tzinfo=st_johns, fold=1)), st_johns)
    datetime.date(2006, 10, 29)
    """
    on = local_date(instant, zone)
    return on if instant < day_start(on + timedelta(1), zone) else on + timedelta(1)


def read_wall(naive: datetime, zone: tzinfo, folds: Folds, where: str = "at") -> int:
    """Instant of a stamp that carries no offset.

    Args:
        naive: the wall time as logged.
        zone: where it was logged.
        folds: ``earlier`` or ``later`` reading of a time that happens twice; a time that never happens moves
            forward by the gap. ``reject`` refuses both.
        where: the column to name when it is refused.

    Raises:
        MomentError: ambiguous or nonexistent, and *folds* is ``reject``; or beyond the years 1800 to 2399.

    >>> berlin, twice = timezone("Europe/Berlin"), datetime(2024, 10, 27, 2, 30)
    >>> (read_wall(twice, berlin, "later") - read_wall(twice, berlin, "earlier")) // HOUR
    1
    """
    first = naive.replace(tzinfo=zone, fold=0).utcoffset()
    second = naive.replace(tzinfo=zone, fold=1).utcoffset()
    if first != second and folds == "reject":
        raise MomentError(where, "moment.fold", value=naive.isoformat(), zone=str(zone))
    found = _instant(naive, first)
    if folds == "later":
        found = max(found, _instant(naive, second))
    if FIRST <= found < LAST:
        return found
    raise MomentError(where, "moment.years", value=naive.isoformat(), first=YEARS[0], last=YEARS[-1])


def _whole(offset: timedelta | None) -> int:
    return offset.days * 86_400 + offset.seconds if offset else 0


def _instant(naive: datetime, offset: timedelta | None) -> int:
    return (naive - _EPOCH - (offset or timedelta())) // _ONE


def iso_moment(at: datetime) -> str:
    """ISO 8601 with offset; the fold is kept by the offset."""
    return at.isoformat()


def moment_of(text: str, zone: str) -> DateTime:
    """The moment that :func:`iso_moment` wrote, in a named zone (or, unnamed, at its own offset).

    Raises:
        MomentError: not in that form, or without offset.

    >>> moment_of("2026-11-01T01:30:00-05:00", "America/New_York").fold
    1
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise MomentError("moment", "moment.type", value=repr(text)) from None
    instant = micros(at, "moment")
    if zone:
        return moment(instant, timezone(zone))
    return moment(instant, FixedTimezone(_whole(at.utcoffset())))
