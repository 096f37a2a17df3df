"""Opening hours on the wall: a span, the hours of a day, the hours of a week, and their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import attrs

from svcstd.errors import DefinitionError, nearest

__all__ = ["ALWAYS", "DayHours", "OpenSpan", "WeeklyHours"]

DAY = 86_400
"""Seconds on the wall from midnight to midnight."""

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY_NAMES = {name.lower(): number for number, name in enumerate(NAMES)}
_SPAN = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?-(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_LONGEST_TEXT = 2_000


@attrs.frozen(order=True)
class OpenSpan:
    """Wall-clock hours ``[start, end)`` of a desk; ``end <= start`` runs into the next day.

    Attributes:
        start: seconds after local midnight, 0 <= start < 86400.
        end: first closed second, 0 < end <= 86400 (24:00 closes the day).

    Raises:
        DefinitionError: a bound leaves the day, or is no whole second.

    >>> OpenSpan(22 * 3600, 6 * 3600).seconds
    28800
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        whole = type(self.start) is type(self.end) is int
        if not (whole and 0 <= self.start < DAY and 0 < self.end <= DAY):
            raise DefinitionError("hours", "hours.leaves_day", start=self.start, end=self.end)

    @property
    def seconds(self) -> int:
        """Length, in wall-clock seconds."""
        return self.end - self.start + (DAY if self.end <= self.start else 0)

    def __str__(self) -> str:
        return f"{_time(self.start)}-{_time(self.end)}"


def _time(second: int) -> str:
    hour, rest = divmod(second, 3600)
    text = f"{hour:02d}:{rest // 60:02d}"
    return f"{text}:{rest % 60:02d}" if rest % 60 else text


def _joined(spans: Iterable[OpenSpan]) -> tuple[OpenSpan, ...]:
    """Spans of one day, sorted, overlapping and adjoining ones made one where one span can hold them."""
    found: list[tuple[int, int]] = []
    for span in sorted(set(spans)):
        start, end = span.start, span.start + span.seconds
        if found and start <= found[-1][1] and max(end, found[-1][1]) - found[-1][0] <= DAY:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(OpenSpan(start, end if end <= DAY else end - DAY) for start, end in found)


@attrs.frozen
class DayHours:
    """The hours of one dated day, which replace what the week says.

    Attributes:
        spans: sorted, overlapping and adjoining ones joined; none means closed.
        name: why, for people.

    >>> print(DayHours.parse("09:00-12:00 13:00-15:00"))
    09:00-12:00 13:00-15:00
    """

    spans: tuple[OpenSpan, ...] = attrs.field(default=(), converter=_joined)
    name: str = ""

    @classmethod
    def parse(cls, text: str, name: str = "") -> DayHours:
        """``"09:00-12:00 13:00-15:00"`` or ``"closed"``.

        Raises:
            DefinitionError: with the place in the text.
        """
        if text.strip() == "closed":
            return cls((), name)
        tokens = _tokens(text)
        if not tokens:
            raise _fault(text, 0, "", "09:00-17:00, or closed")
        return cls(tuple(_span(text, at, token) for at, token in tokens), name)

    def __str__(self) -> str:
        return " ".join(map(str, self.spans)) or "closed"


def _week(days: Mapping[int, Iterable[OpenSpan]] | Sequence[Iterable[OpenSpan]]) -> tuple[tuple[OpenSpan, ...], ...]:
    given = days if isinstance(days, Mapping) else dict(enumerate(days))
    unknown = [day for day in given if day not in range(7)]
    if unknown:
        raise DefinitionError("hours", "hours.weekday_number", value=unknown[0])
    return tuple(_joined(given.get(day, ())) for day in range(7))


@attrs.frozen(repr=False)
class WeeklyHours:
    """Opening hours that repeat every week.

    Attributes:
        days: spans of Monday to Sunday; give a mapping ``{0: [OpenSpan(...)]}`` or seven iterables.

    >>> WeeklyHours.parse("Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-14:00")
    WeeklyHours.parse('Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-14:00')
    >>> WeeklyHours.parse("daily 00:00-24:00") == WeeklyHours.parse("24x7")
    True
    """

    days: tuple[tuple[OpenSpan, ...], ...] = attrs.field(converter=_week)

    @classmethod
    def parse(cls, text: str) -> WeeklyHours:
        """Read ``"Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-14:00"``, ``"daily 08:00-22:00"``, ``"24x7"``.

        ``"closed"`` is no hours at all.
        Days are ``Mon`` .. ``Sun``, ranges (``Sat-Mon`` wraps) and lists (``Mon,Wed``); times are 24-hour, ``24:00``
        ends a day and an end at or before the start runs into the next day.

        Raises:
            DefinitionError: with the place in the text.

        >>> WeeklyHours.parse("Mon-Fri 9-17")
        Traceback (most recent call last):
            ...
        svcstd.errors.DefinitionError: hours: character 9 of 'Mon-Fri 9-17': '9-17' cannot be read; write 09:00-17:00
        """
        if len(text) > _LONGEST_TEXT:
            raise DefinitionError("hours", "hours.long", length=len(text), longest=_LONGEST_TEXT)
        if text.strip() == "24x7":
            return ALWAYS
        if text.strip() == "closed":
            return cls({})
        found: dict[int, list[OpenSpan]] = {}
        at = 0
        for group in text.split(";"):
            for day, span in _group(text, at, group):
                found.setdefault(day, []).append(span)
            at += len(group) + 1
        return cls(found)

    @property
    def is_empty(self) -> bool:
        """Whether no weekday opens."""
        return not any(self.days)

    def __str__(self) -> str:
        if self == ALWAYS:
            return "24x7"
        groups: dict[tuple[OpenSpan, ...], list[int]] = {}
        for day, spans in enumerate(self.days):
            if spans:
                groups.setdefault(spans, []).append(day)
        return "; ".join(f"{_day_list(days)} {' '.join(map(str, spans))}" for spans, days in groups.items()) or "closed"

    def __repr__(self) -> str:
        return f"WeeklyHours.parse({str(self)!r})"


ALWAYS = WeeklyHours([[OpenSpan(0, DAY)]] * 7)
"""Around the clock, every day."""


def _day_list(days: list[int]) -> str:
    if len(days) == len(NAMES):
        return "daily"
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0])]
    shown: list[str] = []
    for run in runs:
        shown += [f"{NAMES[run[0]]}-{NAMES[run[-1]]}"] if len(run) > 1 else [NAMES[run[0]]]
    return ",".join(shown)


def _tokens(text: str, offset: int = 0) -> list[tuple[int, str]]:
    return [(offset + found.start(), found.group()) for found in re.finditer(r"\S+", text)]


def _group(text: str, offset: int, group: str) -> list[tuple[int, OpenSpan]]:
    tokens = _tokens(group, offset)
    if not tokens:
        raise _fault(text, offset, "", "Mon-Fri 09:00-17:00")
    (at, days), *times = tokens
    if not times:
        raise _fault(text, at + len(days), "", "hours after the days, e.g. Mon-Fri 09:00-17:00")
    spans = [_span(text, place, token) for place, token in times]
    return [(day, span) for day in _days(text, at, days) for span in spans]


def _days(text: str, at: int, listed: str) -> list[int]:
    if listed == "daily":
        return list(range(7))
    found: list[int] = []
    for part in listed.split(","):
        first, dash, last = part.partition("-")
        start = _day(text, at, first)
        end = _day(text, at + len(first) + 1, last) if dash else start
        found += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
        at += len(part) + 1
    return found


def _day(text: str, at: int, name: str) -> int:
    day = _DAY_NAMES.get(name.lower())
    if day is None:
        raise _fault(text, at, name, nearest(name.title(), NAMES))
    return day


def _span(text: str, at: int, token: str) -> OpenSpan:
    found = _SPAN.fullmatch(token)
    if not found:
        raise _fault(text, at, token, "09:00-17:00")
    hour, minute, second, to_hour, to_minute, to_second = (int(part or 0) for part in found.groups())
    start = hour * 3600 + minute * 60 + second
    end = to_hour * 3600 + to_minute * 60 + to_second
    if max(minute, second, to_minute, to_second) > 59 or start >= DAY or end > DAY:  # noqa: PLR2004 - a clock's face
        raise _fault(text, at, token, "times from 00:00 to 24:00")
    return OpenSpan(start, end or DAY)


def _fault(text: str, at: int, part: str, fix: str) -> DefinitionError:
    return DefinitionError("hours", "hours.text", text=text, at=at + 1, part=part, expected=fix)
