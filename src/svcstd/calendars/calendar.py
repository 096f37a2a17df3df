"""What every calendar answers: when is service open, how much of it passed, when has enough of it passed."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from svcstd.calendars.timeline import Timeline
from svcstd.durations import duration_micros
from svcstd.errors import CoverageError, DefinitionError, DurationError, MomentError, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.moment import HOUR, MINUTE, SECOND, YEARS, micros, moment, timezone

if TYPE_CHECKING:
    from pendulum import DateTime
    from pendulum.tz.timezone import Timezone

    from svcstd.calendars.composite import Composite, Kind
    from svcstd.calendars.days import DayMode
    from svcstd.calendars.history import History
    from svcstd.calendars.spans import Spans

__all__ = ["LANDINGS", "Calendar", "Landing", "Span", "check_calendar", "checked"]

Landing: TypeAlias = Literal["close", "next_open"]
"""Where a budget that ends exactly at a closing instant falls due: there, or at the next opening."""

LANDINGS = ("close", "next_open")


_UNASKED: Spans = [(0, 0)]
"""Stands for a date that no verb has asked for yet."""


class Span(NamedTuple):
    """Open time ``[start, end)``."""

    start: DateTime
    end: DateTime

    @property
    def duration(self) -> timedelta:
        """Its length on the UTC line."""
        return timedelta(microseconds=micros(self.end) - micros(self.start))


class Calendar(ABC):
    """When is service open? A frozen value: hashable, picklable, equal by content, safe to share between threads.

    Four kinds share these verbs, because each can say what is open in a year: :class:`BusinessCalendar` (hours and
    holidays), :class:`Composite` (``|``, ``&``, ``-``), :class:`History` (dated versions), and what they combine to.
    Moments are aware datetimes; results are ``pendulum.DateTime`` in the calendar's zone and plain ``timedelta``.
    """

    __slots__ = ("_days", "_digest", "_timeline", "_tz")
    _days: dict[date, Spans | None]
    _digest: str
    _timeline: Timeline
    _tz: Timezone
    zone: str
    name: str
    landing: Landing = "close"

    def _attach(self) -> None:
        object.__setattr__(self, "_days", {})
        object.__setattr__(self, "_digest", "")
        object.__setattr__(self, "_tz", timezone(self.zone))
        object.__setattr__(self, "_timeline", Timeline(self, self._tz))

    @abstractmethod
    def block(self, year: int) -> tuple[Spans, Spans]:
        """What is surely open in a UTC year, and what may be."""

    @property
    @abstractmethod
    def zones(self) -> frozenset[str]:
        """Every zone it is made of; a date is one stretch of time only where there is one."""

    @abstractmethod
    def settled(self) -> tuple[int, int]:
        """The instants before and after which only the week repeats."""

    @abstractmethod
    def why(self, start: int, end: int, *, closed: bool) -> tuple[Explanation, ...]:
        """Why it is closed, or open at unusual hours, within a stretch of time in microseconds."""

    @abstractmethod
    def hours_of(self, day: date) -> Spans | None:
        """The spans that start on a local date; ``None`` when its holidays are unknown."""

    @abstractmethod
    def content(self) -> tuple[object, ...]:
        """All that makes it equal to another, in plain values."""

    @property
    def digest(self) -> str:
        """Sixteen hex digits that stand for the whole content, names left out; worked out once."""
        if not self._digest:
            object.__setattr__(self, "_digest", hashlib.sha256(repr(self.content()).encode()).hexdigest()[:16])
        return self._digest

    @property
    def timeline(self) -> Timeline:
        """The compiled form, in integer UTC microseconds."""
        return self._timeline

    @property
    def tz(self) -> Timezone:
        """The zone as an object."""
        return self._tz

    def is_open(self, at: datetime) -> bool:
        """Whether service is open at an instant; an opening instant is open, a closing instant is not.

        Raises:
            MomentError: naive.
            CoverageError: that day's holidays are unknown.
        """
        return self._timeline.is_open(micros(at))

    def next_open(self, at: datetime) -> DateTime:
        """The instant itself if open, else the next opening.

        Raises:
            NeverOpens: no opening within two years past the last dated thing.
            CoverageError: the way there leads through unknown days.
        """
        return moment(self._timeline.next_open(micros(at)), self._tz)

    def next_close(self, at: datetime) -> DateTime:
        """The first closing after an instant: of the span that holds it, else of the next one.

        Raises:
            NeverCloses: open for good.
            NeverOpens, CoverageError: as for :meth:`next_open`.
        """
        return moment(self._timeline.next_close(micros(at)), self._tz)

    def previous_open(self, at: datetime) -> DateTime:
        """The last opening at or before an instant.

        Raises:
            NeverOpens: none within two years before the first dated thing.
            CoverageError: the way there leads through unknown days.
        """
        return moment(self._timeline.previous_open(micros(at)), self._tz)

    def previous_close(self, at: datetime) -> DateTime:
        """The last closing at or before an instant.

        Raises:
            NeverCloses: none within two years before the first dated thing.
            CoverageError: the way there leads through unknown days.
        """
        return moment(self._timeline.previous_close(micros(at)), self._tz)

    def add(
        self,
        start: datetime,
        duration: timedelta | None = None,
        *,
        hours: int | None = None,
        minutes: int | None = None,
        seconds: int | None = None,
        landing: Landing | None = None,
    ) -> DateTime:
        """The earliest instant at which so much open time has passed.

        Args:
            start: from when to count.
            duration: open time, zero or more.
            hours: whole hours, added to *duration*.
            minutes: whole minutes, added to *duration*.
            seconds: whole seconds, added to *duration*.
            landing: ``close`` stays on a closing instant, ``next_open`` moves on; by default the calendar's own.
                Zero stays at *start* under ``close``.

        Raises:
            DurationError: negative, a float, or in months.
            NeverOpens, CoverageError: as for :meth:`next_open`.
        """
        line = self._timeline
        due = line.add(micros(start, "start"), _amount(duration, hours, minutes, seconds))
        if (self.landing if landing is None else checked(landing)) == "next_open":
            due = line.next_open(due)
        return moment(due, self._tz)

    def subtract(
        self,
        end: datetime,
        duration: timedelta | None = None,
        *,
        hours: int | None = None,
        minutes: int | None = None,
        seconds: int | None = None,
    ) -> DateTime:
        """The latest instant from which so much open time passes until *end*.

        Raises:
            DurationError: negative, a float, or in months.
            NeverOpens, CoverageError: as for :meth:`previous_open`.
        """
        begun = self._timeline.subtract(micros(end, "end"), _amount(duration, hours, minutes, seconds))
        return moment(begun, self._tz)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Open time from start to end; negative when they are swapped.

        Raises:
            CoverageError: a day between them is unknown.
        """
        return timedelta(0, 0, self._timeline.elapsed(micros(start, "start"), micros(end, "end")))

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """The open spans within ``[start, end)``, cut at its ends.

        Raises:
            CoverageError: a day between them is unknown.
        """
        found = self._timeline.spans(micros(start, "start"), micros(end, "end"))
        return tuple(Span(moment(a, self._tz), moment(b, self._tz)) for a, b in found)

    def explain_elapsed(self, start: datetime, end: datetime) -> Explanation:
        """Open time from start to end: each span counted, each closure named.

        Raises:
            CoverageError: a day between them is unknown.
            DefinitionError: the end lies before the start.
        """
        low, high = micros(start, "start"), micros(end, "end")
        if high < low:
            raise DefinitionError("end", "calendar.swapped", start=start, end=end)
        return self._explained(low, high)

    def _explained(self, low: int, high: int) -> Explanation:
        zone, children, at, total = self._tz, [], low, 0
        for start, end in self._timeline.spans(low, high):
            children += self._closed(at, start)
            amount = timedelta(0, 0, end - start)
            children.append(
                because(
                    "calendar.span",
                    *self.why(start, end, closed=False),
                    start=moment(start, zone),
                    end=moment(end, zone),
                    amount=amount,
                )
            )
            at, total = end, total + end - start
        children += self._closed(at, high)
        return because(
            "calendar.elapsed",
            *children,
            start=moment(low, zone),
            end=moment(high, zone),
            amount=timedelta(0, 0, total),
        )

    def _closed(self, start: int, end: int) -> list[Explanation]:
        if start == end:
            return []
        zone = self._tz
        reasons = self.why(start, end, closed=True)
        return [because("calendar.closed", *reasons, start=moment(start, zone), end=moment(end, zone))]

    def is_working_day(self, day: date) -> bool:
        """Whether a local date has opening hours of its own: the night shift of the eve does not count.

        Raises:
            CoverageError: its holidays are unknown.
            DefinitionError: a composite over several zones, which has no dates.
        """
        return bool(self.known_hours_of(_plain_date(day)))

    def known_hours_of(self, day: date) -> Spans:
        """The spans that start on a local date.

        Raises:
            CoverageError: its holidays are unknown.
        """
        found = self._days.get(day, _UNASKED)
        if found is _UNASKED:
            if day.year not in YEARS:
                raise MomentError("day", "moment.years", value=day.isoformat(), first=YEARS[0], last=YEARS[-1])
            found = self._days[day] = self.hours_of(day)
        if found is None:
            raise CoverageError("day", "calendar.uncovered", day=day, zone=self.zone)
        return found

    def count_working_days(self, first: date, last: date) -> int:
        """Working days within ``[first, last)``; zero when they are swapped."""
        days = range(_plain_date(first).toordinal(), _plain_date(last).toordinal())
        return sum(self.is_working_day(date.fromordinal(number)) for number in days)

    def add_days(
        self,
        start: datetime,
        days: int,
        mode: DayMode,
        *,
        cutoff: time | None = None,
        counts_today: bool = False,
    ) -> DateTime:
        """The due time *days* working days after a request; see :func:`svcstd.calendars.days.add_working_days`."""
        from svcstd.calendars.days import add_working_days  # noqa: PLC0415 - days speaks of calendars

        due = add_working_days(self, micros(start, "start"), days, mode, cutoff=cutoff, counts_today=counts_today)
        return moment(due, self._tz)

    def override(self, other: Calendar, first: date, last: date) -> History:
        """This calendar, replaced by another within ``[first, last)`` of local dates.

        Raises:
            DefinitionError: no dates between them.

        >>> from svcstd.calendars import BusinessCalendar
        >>> office = BusinessCalendar(zone="Europe/Rome", hours="Mon-Fri 09:00-18:00")
        >>> summer = BusinessCalendar(zone="Europe/Rome", hours="Mon-Fri 08:00-14:00")
        >>> year = office.override(summer, date(2026, 8, 1), date(2026, 9, 1))
        >>> year.next_close(datetime(2026, 8, 3, 12, tzinfo=year.tz)).isoformat()
        '2026-08-03T14:00:00+02:00'
        """
        from svcstd.calendars.history import History  # noqa: PLC0415 - a history is made of calendars

        if first >= last:
            raise DefinitionError("last", "period.order", first=first, last=last)
        return History(self, {first: other, last: self}, zone=self.zone)

    def __or__(self, other: Calendar) -> Composite:
        return _combined("union", self, other)

    def __and__(self, other: Calendar) -> Composite:
        return _combined("intersection", self, other)

    def __sub__(self, other: Calendar) -> Composite:
        return _combined("difference", self, other)


def check_calendar(where: str, found: object) -> None:
    """Refuse what is no calendar.

    Raises:
        DefinitionError: with what was given.
    """
    if not isinstance(found, Calendar):
        raise DefinitionError(where, "calendar.type", value=repr(found))


def checked(landing: Landing) -> Landing:
    """Refuse what is no landing.

    Raises:
        DefinitionError: with the choices.
    """
    must_be_one_of(landing, LANDINGS, "landing")
    return landing


def _combined(kind: Kind, left: Calendar, right: object) -> Composite:
    from svcstd.calendars.composite import Composite  # noqa: PLC0415 - a composite is made of calendars

    if not isinstance(right, Calendar):
        return NotImplemented  # type: ignore[no-any-return]
    return Composite(kind, (left, right), zone=left.zone)


def _amount(duration: timedelta | None, hours: int | None, minutes: int | None, seconds: int | None) -> int:
    if hours is minutes is seconds is None and duration is not None:
        return duration_micros(duration)
    given = [
        (value, unit) for value, unit in ((hours, HOUR), (minutes, MINUTE), (seconds, SECOND)) if value is not None
    ]
    if duration is None and not given:
        raise DurationError("duration", "duration.none")
    found = duration_micros(duration) if duration is not None else 0
    for value, unit in given:
        if type(value) is not int or value < 0:
            raise DurationError("duration", "duration.whole", value=repr(value))
        found += value * unit
    return found


def _plain_date(day: date) -> date:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise DefinitionError("day", "day.type", value=repr(day))
    return day
