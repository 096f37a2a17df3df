"""What both languages share when they put a value into words: splitting durations, cutting long text."""

from __future__ import annotations

from datetime import datetime, timedelta

__all__ = ["LONGEST", "ambiguous", "clock_time", "parts", "place", "plain", "zone_name"]

LONGEST = 200
"""Characters of a stranger's text that a sentence repeats."""


def parts(amount: timedelta) -> tuple[bool, int, int, str]:
    """Sign, hours, minutes and seconds (as decimal text) of an amount of time.

    >>> parts(timedelta(hours=76, minutes=30))
    (False, 76, 30, '0')
    """
    micros = abs(amount) // timedelta(microseconds=1)
    minutes, rest = divmod(micros, 60_000_000)
    seconds, fraction = divmod(rest, 1_000_000)
    text = f"{seconds}.{fraction:06d}".rstrip("0") if fraction else str(seconds)
    return amount < timedelta(), *divmod(minutes, 60), text


def clock_time(at: datetime) -> str:
    """The time of day, as short as it is exact.

    >>> clock_time(datetime(2026, 2, 24, 15, 30)), clock_time(datetime(2026, 2, 24, 15, 30, 5))
    ('15:30', '15:30:05')
    """
    if at.microsecond:
        return f"{at:%H:%M:%S.%f}".rstrip("0")
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def zone_name(at: datetime) -> str:
    """IANA name of the zone, or its offset."""
    return str(getattr(at.tzinfo, "key", None) or at.tzname() or "")


def place(zone: str) -> str:
    """The city of a zone name.

    >>> place("America/New_York"), place("UTC")
    ('New York', 'UTC')
    """
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def ambiguous(at: datetime) -> bool:
    """Whether this wall time happens twice."""
    return at.tzinfo is not None and at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()


def plain(text: str) -> str:
    r"""A stranger's text on one line, cut when long.

    >>> plain("two\nlines")
    'two\\nlines'
    """
    shown = text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
