"""Reporting periods: half-open stretches of local dates, bounded by single instants."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

import attrs
from pendulum import DateTime

from svcstd.calendars.holidays import check_years
from svcstd.errors import DefinitionError, must_be_one_of, nearest
from svcstd.moment import date_of, day_start, micros, moment, timezone, zone_key

__all__ = ["Period", "PeriodKind"]

PeriodKind: TypeAlias = Literal["day", "week", "month", "quarter", "half", "year", "fiscal"]
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal": 12}
KINDS = ("day", "week", *MONTHS)
LABEL = re.compile(r"(\d{4})(?:-H([12])|-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.ASCII)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@attrs.frozen(repr=False)
class Period:
    """A day, week, month, quarter, half, year or fiscal year of one zone, ``[start, end)``.

    A boundary is one instant: where midnight happens twice the first, where it never happens the end of the gap, so
    that every instant lies in exactly one period of a kind. Build one with :meth:`of`.

    Attributes:
        kind: what it is.
        first: its first local date.
        last: the local date after its last.
        zone: IANA name.

    >>> Period.of("quarter", date(2026, 2, 14), "Asia/Shanghai")
    <Period quarter 2026-Q1 Asia/Shanghai>
    >>> Period.of("week", date(2026, 2, 14), "Asia/Shanghai", week="Monday").first
    datetime.date(2026, 2, 9)
    """

    kind: PeriodKind
    first: date
    last: date
    zone: str = attrs.field(converter=zone_key)

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.kind, KINDS, "kind")
        if self.first >= self.last:
            raise DefinitionError("last", "period.order", first=self.first, last=self.last)
        check_years("first", (self.first, self.last))
        timezone(self.zone)

    @classmethod
    def of(
        cls,
        kind: PeriodKind,
        day: date | datetime,
        zone: str,
        *,
        week: str | None = None,
        fiscal: int | None = None,
    ) -> Period:
        """The period that holds a local date, or an aware moment.

        Args:
            kind: ``day``, ``week``, ``month``, ``quarter``, ``half``, ``year`` or ``fiscal``.
            day: a date on the wall of *zone*, or an instant.
            zone: IANA name.
            week: first day of the week, ``"Monday"`` .. ``"Sunday"``; weeks have no default.
            fiscal: first month of the fiscal year, 1 to 12; fiscal years have no default.

        Raises:
            DefinitionError: an unknown kind or zone, or a week or fiscal year without its beginning.
        """
        tz = timezone(zone)
        on = date_of(micros(day), tz) if isinstance(day, datetime) else day
        check_years("day", (on,))
        if kind == "day":
            return cls(kind, on, on + timedelta(1), zone)
        if kind == "week":
            first = on - timedelta((on.weekday() - _weekday(week)) % 7)
            return cls(kind, first, first + timedelta(7), zone)
        if kind not in MONTHS:
            raise DefinitionError("kind", "choice.unknown", value=kind, choices=", ".join(KINDS))
        months, opening = MONTHS[kind], 1
        if kind == "fiscal":
            opening = _opening_month(fiscal)
        count = on.year * 12 + on.month - opening
        begun = count - count % months + opening - 1
        return cls(kind, _month(begun), _month(begun + months), zone)

    @classmethod
    def parse(cls, text: str, zone: str) -> Period:
        """The period of a label: ``2026-01-05``, ``2026-01``, ``2026-Q1``, ``2026-H1`` or ``2026``.

        Args:
            text: the label; weeks and fiscal years have none of their own.
            zone: IANA name.

        Raises:
            DefinitionError: no such label, or an unknown zone.

        >>> Period.parse("2026-Q1", "UTC").next.label
        '2026-Q2'
        """
        found = LABEL.fullmatch(text)
        if found is None:
            raise DefinitionError("period", "period.label", value=text)
        year, half, quarter, month, day = (int(part) if part else 0 for part in found.groups())
        first = 6 * half - 5 if half else 3 * quarter - 2 if quarter else month or 1
        kind: PeriodKind = "half" if half else "quarter" if quarter else "day" if day else "month" if month else "year"
        try:
            on = date(year, first, day or 1)
        except ValueError:
            raise DefinitionError("period", "period.label", value=text) from None
        return cls.of(kind, on, zone)

    @property
    def start(self) -> DateTime:
        """The instant at which it begins."""
        zone = timezone(self.zone)
        return moment(day_start(self.first, zone), zone)

    @property
    def end(self) -> DateTime:
        """The first instant after it."""
        zone = timezone(self.zone)
        return moment(day_start(self.last, zone), zone)

    def __contains__(self, at: datetime) -> bool:
        return micros(self.start) <= micros(at) < micros(self.end)

    @property
    def next(self) -> Period:
        """The period after this one."""
        return self._shifted(1)

    @property
    def previous(self) -> Period:
        """The period before this one."""
        return self._shifted(-1)

    def _shifted(self, steps: int) -> Period:
        if self.kind in ("day", "week"):
            length = timedelta((self.last - self.first).days * steps)
            return attrs.evolve(self, first=self.first + length, last=self.last + length)
        months = MONTHS[self.kind] * steps
        first = self.first.year * 12 + self.first.month - 1 + months
        return attrs.evolve(self, first=_month(first), last=_month(first + abs(months)))

    @property
    def label(self) -> str:
        """A short name that sorts by time.

        >>> Period.of("month", date(2026, 2, 14), "UTC").label, Period.of("half", date(2026, 8, 1), "UTC").label
        ('2026-02', '2026-H2')
        """
        first = self.first
        match self.kind:
            case "day" | "week":
                return first.isoformat()
            case "month":
                return f"{first:%Y-%m}"
            case "quarter":
                return f"{first:%Y}-Q{(first.month + 2) // 3}"
            case "half":
                return f"{first:%Y}-H{(first.month + 5) // 6}"
            case "year":
                return f"{first:%Y}"
            case _:  # a fiscal year
                return f"FY {first:%Y-%m}"

    def __repr__(self) -> str:
        return f"<Period {self.kind} {self.label} {self.zone}>"


def _weekday(week: str | None) -> int:
    if week is None:
        raise DefinitionError("week", "period.week")
    if week not in WEEKDAYS:
        raise DefinitionError("week", "choice.nearest", value=week, nearest=nearest(week, WEEKDAYS))
    return WEEKDAYS.index(week)


def _opening_month(fiscal: int | None) -> int:
    if type(fiscal) is not int or fiscal not in range(1, 13):
        raise DefinitionError("fiscal", "period.fiscal", value=repr(fiscal))
    return fiscal


def _month(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)
