"""Amounts of time: timedeltas as whole microseconds, and their ISO 8601 text."""

from __future__ import annotations

import re
from datetime import timedelta

from pendulum import Duration, Interval

from svcstd.errors import DurationError
from svcstd.moment import HOUR, MINUTE, SECOND

__all__ = ["duration_micros", "duration_of", "elapsed_of", "iso_duration"]

_ONE = timedelta(microseconds=1)
_NOTHING = timedelta()
# A pendulum.Duration overrides .days with its own fields (-1 h reads as 0 days, -3600 s); these read the truth.
_days, _seconds, _micros = timedelta.days.__get__, timedelta.seconds.__get__, timedelta.microseconds.__get__
_ISO = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?", re.ASCII)


def duration_micros(amount: timedelta, where: str = "duration") -> int:
    """Microseconds of a timedelta; zero or more.

    Raises:
        DurationError: negative, not a timedelta, or a pendulum Duration with months or years (the Interval between two
            moments has a fixed length, whatever months it shows).

    >>> duration_micros(timedelta(hours=8)) // HOUR
    8
    """
    if type(amount) is timedelta and amount >= _NOTHING:
        return (amount.days * 86_400 + amount.seconds) * SECOND + amount.microseconds
    if not isinstance(amount, timedelta):
        raise DurationError(where, "duration.type", value=repr(amount))
    if isinstance(amount, Duration) and not isinstance(amount, Interval) and (amount.months or amount.years):
        raise DurationError(where, "duration.months", value=repr(amount))
    found: int = (_days(amount) * 86_400 + _seconds(amount)) * SECOND + _micros(amount)
    if found < 0:
        raise DurationError(where, "duration.negative", value=timedelta(microseconds=found))
    return found


def duration_of(text: str, where: str = "duration") -> timedelta:
    """The elapsed time that an ISO 8601 duration names: days are 24 h, weeks, months and years are refused.

    Raises:
        DurationError: not in that form.

    >>> duration_of("PT8H30M")
    datetime.timedelta(seconds=30600)
    """
    found = _ISO.fullmatch(text)
    if not found or text.endswith("P") or len(text) > 40:  # noqa: PLR2004 - longer than any real one
        raise DurationError(where, "duration.iso", value=text)
    sign, days, hours, minutes, seconds, fraction = found.groups()
    try:
        amount = timedelta(
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(seconds or 0),
            microseconds=int((fraction or "0").ljust(6, "0")),
        )
    except OverflowError:
        raise DurationError(where, "duration.iso", value=text) from None
    return -amount if sign else amount


def iso_duration(amount: timedelta) -> str:
    """ISO 8601 in hours, minutes and seconds; never in days, which a reader might take for working days.

    >>> iso_duration(timedelta(hours=76, minutes=30)), iso_duration(timedelta())
    ('PT76H30M', 'PT0S')
    """
    total = abs(amount) // _ONE
    hours, rest = divmod(total, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, fraction = divmod(rest, SECOND)
    second = f"{seconds}.{fraction:06d}".rstrip("0") if fraction else str(seconds)
    text = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{second}S" if rest else "")
    return ("-" if amount < timedelta() else "") + "PT" + (text or "0S")


_PLAIN = re.compile(r"(\d{1,9}) (second|minute|hour)s?", re.ASCII)
_UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR}


def elapsed_of(text: str, where: str = "duration") -> timedelta:
    """The elapsed time that a text names: ``90 minutes``, or ISO 8601.

    Raises:
        DurationError: in neither form.

    >>> elapsed_of("90 minutes"), elapsed_of("PT90M")
    (datetime.timedelta(seconds=5400), datetime.timedelta(seconds=5400))
    """
    if found := _PLAIN.fullmatch(text):
        return timedelta(microseconds=int(found[1]) * _UNITS[found[2]])
    return duration_of(text, where)
