"""A calendar that changed: versions by date, cut at the instant of change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from svcstd.calendars.calendar import Calendar, Landing, check_calendar, checked
from svcstd.calendars.holidays import check_years
from svcstd.calendars.spans import Spans, clip, merge
from svcstd.errors import DefinitionError
from svcstd.explain import Explanation, because
from svcstd.moment import FIRST, LAST, day_start, zone_key

__all__ = ["History"]


def _versions(
    changes: Mapping[date, Calendar] | tuple[tuple[date, Calendar], ...],
) -> tuple[tuple[date, Calendar], ...]:
    pairs = changes.items() if isinstance(changes, Mapping) else changes
    return tuple(sorted(dict(pairs).items(), key=lambda pair: pair[0]))


def _first_landing(history: History) -> Landing:
    return history.first.landing


@attrs.frozen(repr=False, cache_hash=True)
class History(Calendar):
    """The calendar in force, date by date: time is counted by the version that held at that time.

    Attributes:
        first: what held before the first change.
        changes: the version that holds from the beginning of each local date.
        zone: whose dates these are, and the zone of results.
        landing: where a budget that ends at closing falls due; by default as in the first version.
        name: for people; not part of the value.

    >>> from datetime import datetime
    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> daily = BusinessCalendar(zone="Asia/Shanghai", hours="daily 08:00-20:00")
    >>> lanzhou = History(office, {date(2026, 6, 1): daily}, zone="Asia/Shanghai")
    >>> lanzhou.next_close(datetime(2026, 6, 6, 12, tzinfo=lanzhou.tz)).isoformat()
    '2026-06-06T20:00:00+08:00'
    """

    first: Calendar
    changes: tuple[tuple[date, Calendar], ...] = attrs.field(converter=_versions)
    zone: str = attrs.field(kw_only=True, converter=zone_key)
    landing: Landing = attrs.field(default=attrs.Factory(_first_landing, takes_self=True), kw_only=True)
    name: str = attrs.field(default="", eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_years("changes", (day for day, _ in self.changes))
        for version in (self.first, *(later for _, later in self.changes)):
            check_calendar("changes", version)
        checked(self.landing)
        self._attach()

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (self.first, self.changes, self.zone, self.landing, self.name)

    def __repr__(self) -> str:
        later = "".join(f", from {day}: {version!r}" for day, version in self.changes)
        return f"<History {self.zone}: {self.first!r}{later}>"

    def content(self) -> tuple[object, ...]:
        """All that makes it equal to another, in plain values."""
        later = [(day, version.digest) for day, version in self.changes]
        return ("history", self.zone, self.landing, self.first.digest, later)

    def _reigns(self) -> Iterator[tuple[int, int, Calendar]]:
        """Each version with the instants between which it holds."""
        starts = [FIRST, *(day_start(day, self._tz) for day, _ in self.changes), LAST]
        versions = [self.first, *(version for _, version in self.changes)]
        yield from zip(starts, starts[1:], versions, strict=False)

    def block(self, year: int) -> tuple[Spans, Spans]:
        """What is surely open in a UTC year, and what may be."""
        sure: Spans = []
        maybe: Spans = []
        for start, end, version in self._reigns():
            certain, possible = version.block(year)
            sure += clip(certain, start, end)
            maybe += clip(possible, start, end)
        return merge(sure), merge(maybe)

    @property
    def zones(self) -> frozenset[str]:
        """Every zone it is made of, its own with them."""
        return frozenset((self.zone,)).union(*(version.zones for _, _, version in self._reigns()))

    def settled(self) -> tuple[int, int]:
        """The instants before and after which only the weeks repeat."""
        firsts, lasts = zip(*(version.settled() for _, _, version in self._reigns()), strict=True)
        changed = [day_start(day, self._tz) for day, _ in self.changes]
        return min([*firsts, *changed]), max([*lasts, *changed])

    def in_force(self, day: date) -> Calendar:
        """The version that holds on a local date."""
        number = bisect_right(self.changes, day, key=lambda pair: pair[0])
        return self.changes[number - 1][1] if number else self.first

    def hours_of(self, day: date) -> Spans | None:
        """The spans that start on a local date, cut where the version ends; ``None`` when they are unknown.

        Raises:
            DefinitionError: the version lies in another zone, where the date is another stretch of time.
        """
        version = self.in_force(day)
        if version.zone != self.zone:
            raise DefinitionError("day", "calendar.several_zones", zones=f"{version.zone}, {self.zone}")
        found = version.hours_of(day)
        next_change = [day_start(later, self._tz) for later, _ in self.changes if later > day]
        return found if found is None else clip(found, FIRST, next_change[0] if next_change else LAST)

    def why(self, start: int, end: int, *, closed: bool) -> tuple[Explanation, ...]:
        """What the versions in force say of a stretch of time."""
        found: list[Explanation] = []
        for low, high, version in self._reigns():
            if low < end and start < high:
                reasons = version.why(max(low, start), min(high, end), closed=closed)
                found += (
                    [because("calendar.operand", *reasons, name=version.name)] if version.name and reasons else reasons
                )
        return tuple(found)


def _revive(
    first: Calendar, changes: tuple[tuple[date, Calendar], ...], zone: str, landing: Landing, name: str
) -> History:
    return History(first, changes, zone=zone, landing=landing, name=name)
