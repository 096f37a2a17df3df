"""What is promised: an amount of time, days, a fixed instant, a limit to a count. The type is the meaning."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import attrs
from pendulum import UTC

from svcstd.calendars import At, CloseOfDay, DayMode, KeepTime
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, MomentError
from svcstd.moment import FIRST, HOUR, LAST, MINUTE, SECOND, YEARS, iso_moment, micros, moment

__all__ = [
    "UNITS",
    "CalendarDays",
    "CountLimit",
    "ElapsedTime",
    "FixedInstant",
    "Target",
    "TimeTarget",
    "WorkingDays",
    "WorkingThenElapsed",
    "WorkingTime",
    "scaled",
    "write_target",
]

MOST_DAYS = 3_660
MOST_TIME = 10 * 366 * 24 * HOUR
MOST_COUNT = 10_000
UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR}
NOT_UNITS = frozenset((*UNITS, *(f"{unit}s" for unit in UNITS), "day", "days", "week", "weeks", "month", "months"))
LONGEST_UNIT = 40
UNIT = re.compile(r"[a-z][a-z_-]*|(?!个?(?:工作|自然)?(?:秒|分|刻|小?时|天|日|周|星期|月|年)钟?$)[\u4e00-\u9fff]+")
"""What may be counted: a word of small letters or of Chinese characters, but no time in Chinese."""


def _whole_seconds(amount: timedelta) -> int:
    total = duration_micros(amount, "target")
    if total > MOST_TIME:
        raise DefinitionError("target", "target.long", value=amount)
    if total % SECOND:
        raise DefinitionError("target", "target.fraction", value=amount)
    return total


def _days(days: int) -> None:
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        raise DefinitionError("target", "target.days", value=repr(days), most=MOST_DAYS)


def _clock_time(at: time | str | None) -> time | None:
    return None if at is None else At(at).at


def _budget(target: WorkingTime | ElapsedTime) -> int:
    return _whole_seconds(target.amount)


def _both(target: WorkingThenElapsed) -> int:
    return _whole_seconds(target.working) + _whole_seconds(target.elapsed)


@attrs.frozen
class WorkingTime:
    """So much time while the calendar is open; ``budget`` is the same in microseconds."""

    amount: timedelta
    budget: int = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_budget, takes_self=True))

    def __str__(self) -> str:
        return _amount(self.budget, "working ")


@attrs.frozen
class ElapsedTime:
    """So much time on the UTC line, open or not; ``budget`` is the same in microseconds."""

    amount: timedelta
    budget: int = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_budget, takes_self=True))

    def __str__(self) -> str:
        return _amount(self.budget, "")


@attrs.frozen
class WorkingThenElapsed:
    """First so much time while the calendar is open, then so much on the UTC line; ``budget`` is both together."""

    working: timedelta
    elapsed: timedelta
    budget: int = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_both, takes_self=True))

    def __str__(self) -> str:
        return f"{WorkingTime(self.working)} then {ElapsedTime(self.elapsed)}"

    @property
    def amount(self) -> timedelta:
        """Both together."""
        return self.working + self.elapsed


@attrs.frozen
class WorkingDays:
    """So many working days after the day of the request.

    Attributes:
        days: working days to pass, zero or more.
        mode: at what time of the last day.
        cutoff: a request at this local time or later counts as the next working day's.
        counts_today: the day of the request is day 1.
    """

    days: int
    mode: DayMode = KeepTime()  # noqa: RUF009 - a frozen value
    cutoff: time | None = attrs.field(default=None, converter=_clock_time, kw_only=True)
    counts_today: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _days(self.days)

    def __str__(self) -> str:
        return _count(self.days, "working day") + _mode(self)


@attrs.frozen
class CalendarDays:
    """So many dates later, at the same wall time or at a fixed one; never 24 hours times that."""

    days: int
    at: time | None = attrs.field(default=None, converter=_clock_time)

    def __attrs_post_init__(self) -> None:
        _days(self.days)

    def __str__(self) -> str:
        return _count(self.days, "calendar day") + (f" by {_clock(self.at)}" if self.at else "")


def _instant(at: datetime | int) -> int:
    if type(at) is not int:
        return micros(at)  # type: ignore[arg-type]
    if not FIRST <= at < LAST:
        raise MomentError("at", "moment.years", value=str(at), first=YEARS[0], last=YEARS[-1])
    return at


@attrs.frozen
class FixedInstant:
    """Until one instant, whenever the clock began.

    Attributes:
        instant: UTC microseconds; an aware datetime may be given.
    """

    instant: int = attrs.field(converter=_instant)

    def __str__(self) -> str:
        return f"by {iso_moment(moment(self.instant, UTC))}"


@attrs.frozen
class CountLimit:
    """So many of something at most, such as rings; it has no due time.

    Attributes:
        low: fewer is too early: advice, never a breach.
        high: more is a breach.
        unit: what is counted, in the plural.
    """

    low: int
    high: int
    unit: str

    def __attrs_post_init__(self) -> None:
        whole = type(self.low) is int and type(self.high) is int
        if not whole or not 0 <= self.low <= self.high <= MOST_COUNT:
            raise DefinitionError("target", "target.bounds", low=str(self.low), high=str(self.high), most=MOST_COUNT)
        if not UNIT.fullmatch(self.unit) or len(self.unit) > LONGEST_UNIT or self.unit in NOT_UNITS:
            raise DefinitionError("target", "target.unit", value=self.unit)

    def __str__(self) -> str:
        return f"{self.low}..{self.high} {self.unit}"


TimeTarget: TypeAlias = "WorkingTime | ElapsedTime | WorkingThenElapsed"
"""Targets that count time, and so can be paused."""
Target: TypeAlias = (
    "WorkingTime | ElapsedTime | WorkingThenElapsed | WorkingDays | CalendarDays | FixedInstant | CountLimit"
)


def write_target(target: Target) -> str:
    """The text that :func:`svcstd.sla.read_target` reads.

    >>> write_target(WorkingTime(timedelta(hours=8))), write_target(CalendarDays(1))
    ('8 working hours', '1 calendar day')
    """
    return str(target)


def scaled(target: Target, factor: Decimal | int, where: str = "factor") -> Target:
    """The same kind of promise, *factor* times as long.

    Args:
        target: in time; days, instants and counts have no fraction.
        factor: above 0, at most 100.
        where: the path of the factor.

    Raises:
        DefinitionError: another kind of target, a factor out of bounds, or a product that is not whole seconds.

    >>> str(scaled(ElapsedTime(timedelta(hours=24)), Decimal("0.5")))
    '12 hours'
    """
    if not Decimal(factor).is_finite() or not 0 < factor <= 100:  # noqa: PLR2004 - the bound that the text names
        raise DefinitionError(where, "target.factor", value=str(factor))
    match target:
        case WorkingTime():
            return WorkingTime(_times(target.amount, factor, target, where))
        case ElapsedTime():
            return ElapsedTime(_times(target.amount, factor, target, where))
        case WorkingThenElapsed():
            both = (_times(part, factor, target, where) for part in (target.working, target.elapsed))
            return WorkingThenElapsed(*both)
        case _:
            raise DefinitionError(where, "target.unscaled", target=str(target))


def _times(amount: timedelta, factor: Decimal | int, target: Target, where: str) -> timedelta:
    found = Fraction(duration_micros(amount)) * Fraction(factor)
    if found.denominator != 1 or found.numerator % SECOND:
        raise DefinitionError(where, "target.factor_fraction", target=str(target), value=str(factor))
    return timedelta(0, 0, found.numerator)


def _mode(target: WorkingDays) -> str:
    match target.mode:
        case At(at=at):
            text = f" by {_clock(at)}"
        case CloseOfDay():
            text = " by closing"
        case _:
            text = ", not later than closing" if target.mode.closed == "clamp" else ""
    text += f", cut-off {_clock(target.cutoff)}" if target.cutoff is not None else ""
    return text + (", counting today" if target.counts_today else "")


def _clock(at: time) -> str:
    return at.isoformat() if at.second else f"{at:%H:%M}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _amount(total: int, kind: str) -> str:
    unit, size = next((unit, size) for unit, size in reversed(UNITS.items()) if total % size == 0)
    return _count(total // size, f"{kind}{unit}")
