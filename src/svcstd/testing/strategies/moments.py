"""Instants, dates, durations and zones: often where the clocks change, an hour twice or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from hypothesis import strategies as st

from svcstd.moment import DAY, HOUR, date_of, day_start, offset_at, offset_change, timezone

__all__ = ["ZONES", "changes", "dates", "durations", "instants", "zones"]

ZONES = (
    "Asia/Shanghai",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
"""Plain ones first, to which a case shrinks; then half an hour of summer time, a midnight that happens twice, a
quarter of an hour, and a date that never was."""
FIRST, LAST = date(2023, 1, 1), date(2028, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zones() -> st.SearchStrategy[str]:
    """Names of zones, the plain ones first."""
    return st.sampled_from(ZONES)


@lru_cache(maxsize=64)
def changes(zone: str, first: date = FIRST, last: date = LAST) -> tuple[int, ...]:
    """The instants at which the clocks of a zone change, UTC microseconds.

    >>> len(changes("Europe/Berlin", date(2026, 1, 1), date(2027, 1, 1))), changes("Asia/Shanghai")
    (2, ())
    """
    tz = timezone(zone)
    found, before = [], day_start(first, tz)
    for instant in range(before + DAY, day_start(last, tz) + DAY, DAY):
        if offset_at(instant, tz) != offset_at(before, tz):
            found.append(offset_change(before, instant, tz))
        before = instant
    return tuple(found)


def dates(first: date = FIRST, last: date = LAST, zone: str = "UTC") -> st.SearchStrategy[date]:
    """Dates from the first until before the last; of a zone often those on which its clocks change.

    Args:
        first: the earliest.
        last: the first that is too late.
        zone: IANA name.
    """
    plain = st.dates(first, last - timedelta(days=1))
    changed = [date_of(instant, timezone(zone)) for instant in changes(zone, first, last)]
    near = [day for day in changed if first <= day < last]
    return st.one_of(plain, st.sampled_from(near)) if near else plain


@st.composite
def instants(draw: st.DrawFn, zone: str = "Asia/Shanghai", first: date = FIRST, last: date = LAST) -> datetime:
    """Aware moments of a zone, from the first date until before the last.

    Whole minutes by preference; often near the beginning of a day, and where there is such a place within an hour that
    happens twice, with either fold, or one that never happens.

    Args:
        draw: of Hypothesis.
        zone: IANA name.
        first: the earliest date.
        last: the first that is too late.
    """
    tz = timezone(zone)
    low, high = day_start(first, tz), day_start(last, tz) - 1
    step = draw(st.sampled_from([60 * 1_000_000, 1_000_000, 1]))
    near = [instant for instant in changes(zone, first, last) if low < instant < high]
    about = draw(st.sampled_from(["day", "anywhere", *(["change"] if near else [])]))
    if about == "change":
        instant = draw(st.sampled_from(near)) + draw(st.integers(-3 * HOUR // step, 3 * HOUR // step)) * step
    elif about == "day":
        day = draw(st.dates(first, last - timedelta(days=1)))
        instant = day_start(day, tz) + draw(st.integers(0, DAY // step)) * step
    else:
        instant = low + draw(st.integers(0, (high - low) // step)) * step
    at = (EPOCH + timedelta(microseconds=min(max(instant, low), high))).astimezone(tz)
    if about == "change" and draw(st.booleans()):  # as the wall said before: where clocks go forward, it never does
        wall = at.replace(tzinfo=None) + timedelta(microseconds=offset_at(instant - DAY, tz) - offset_at(instant, tz))
        return wall.replace(tzinfo=tz, fold=draw(st.sampled_from([0, 1])))
    return at


def durations(max_days: int = 30, *, min_days: int = 0, of: timedelta | None = None) -> st.SearchStrategy[timedelta]:
    """Lengths of time, whole minutes by preference.

    Args:
        max_days: the longest.
        min_days: the shortest.
        of: only whole multiples of this.
    """
    steps = [timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)] if of is None else [of]
    low, high = timedelta(days=min_days), timedelta(days=max_days)
    return st.one_of(*(st.integers(-(-low // step), high // step).map(step.__mul__) for step in steps))
