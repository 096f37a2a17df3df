"""A clock's life as a picture: what counted, what was paused, in whose hands, when it was due and when it broke.

One model serves the page and the terminal: lanes of pieces between two instants, with marks above them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs
from pendulum.tz.timezone import Timezone

from svcstd.catalogues import catalogue
from svcstd.explain import Audience
from svcstd.moment import DAY, HOUR, MINUTE, date_of, day_start, moment, timezone
from svcstd.sla import Reading, Segment, ownership

__all__ = ["Lane", "Mark", "Piece", "PieceKind", "Timeline", "short_name", "timeline_of"]

MOST_SPANS = 400
"""Opening hours to shade; beyond, a case is too long for them to be seen."""
MOST_TICKS = 8
EDGE = 24
"""The last part of a picture, too near its edge for the words of a tick."""
LONGEST_NAME = 20

PieceKind: TypeAlias = Literal["counted", "late", "paused", "decided", "standing"]


@attrs.frozen
class Piece:
    """A stretch of a lane; ``standing`` is running while closed.

    Attributes:
        start, end: UTC microseconds, half-open.
        kind: what it means.
        told: in words.
    """

    start: int
    end: int
    kind: PieceKind
    told: str


@attrs.frozen
class Lane:
    """Who held the case, or the clock's own name, with what counted meanwhile.

    Attributes:
        name: for people.
        figure: the counted time, in words.
        pieces: in order.
    """

    name: str
    figure: str
    pieces: tuple[Piece, ...]


@attrs.frozen
class Mark:
    """An instant that matters: ``due``, ``breach`` or ``now``."""

    instant: int
    kind: Literal["due", "breach", "now"]
    told: str


@attrs.frozen(kw_only=True)
class Timeline:
    """Everything that is drawn of one clock.

    Attributes:
        title: the verdict in a sentence.
        first, last: the instants between which it is drawn.
        zone: of the ticks.
        closed: when the calendar is closed; empty on the UTC line, or where there is too much of it.
        lanes: from top to bottom.
        marks: in order.
        ticks: instants and their words.
    """

    title: str
    first: int
    last: int
    zone: str
    closed: tuple[tuple[int, int], ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[int, str], ...]


def timeline_of(reading: Reading, language: str = "en", *, for_: Audience = "agent") -> Timeline | None:
    """The picture of a reading; ``None`` where the clock never began.

    Args:
        reading: one clock.
        language: of the words.
        for_: a customer sees one lane, in which nobody is named.
    """
    start = reading.segments[0].start if reading.segments else reading.started
    if start is None:
        return None
    end = reading.asked if reading.ended is None else reading.ended
    marks = tuple(_marks(reading, language))
    first = min([start, *(mark.instant for mark in marks)])
    last = max([end, *(mark.instant for mark in marks)])
    room = max((last - first) // 24, MINUTE)
    first, last = first - room, last + room
    hours = _Hours(reading, first, last)
    return Timeline(
        title=reading.explanation.sentence(language),
        first=first,
        last=last,
        zone=reading.zone,
        closed=tuple(hours.closed()),
        lanes=_lanes(reading, hours, language, named=for_ == "agent"),
        marks=marks,
        ticks=tuple(_ticks(first, last, timezone(reading.zone), language)),
    )


def _marks(reading: Reading, language: str) -> Iterator[Mark]:
    say = catalogue(language).sentence
    if reading.due is not None and reading.due_at is not None:
        yield Mark(reading.due_at, "due", say("timeline.due", {"at": reading.due}))
    zone = timezone(reading.zone)
    for breach in reading.breaches:
        yield Mark(breach.instant, "breach", say("timeline.breach", {"at": moment(breach.instant, zone)}))
    if reading.ended is None:
        yield Mark(reading.asked, "now", say("timeline.now", {"at": reading.as_of}))


class _Hours:
    """Opening hours as they counted: of each segment's own calendar. It never leaves this module."""

    def __init__(self, reading: Reading, first: int, last: int) -> None:
        self._first, self._last, self._segments = first, last, reading.segments
        keys = {segment.calendar for segment in reading.segments} | {reading.calendar}
        found = {key: reading.open_spans(key, first, last) for key in keys}
        self._spans = {key: one for key, one in found.items() if one is not None and len(one) <= MOST_SPANS}
        self._last_calendar = reading.calendar

    def within(self, segment: Segment) -> list[tuple[int, int]] | None:
        """The open spans of a segment; ``None`` where they are not drawn."""
        spans = self._spans.get(segment.calendar)
        return None if spans is None else _cut(spans, segment.start, segment.end)

    def closed(self) -> Iterator[tuple[int, int]]:
        """What lies between the open spans, from the first instant drawn to the last."""
        begun = self._first
        parts = [(segment.end, segment.calendar) for segment in self._segments[:-1]]
        for end, calendar in (*parts, (self._last, self._last_calendar)):
            spans = self._spans.get(calendar)
            if spans is not None:
                edges = [(begun, begun), *_cut(spans, begun, end), (end, end)]
                yield from ((before[1], after[0]) for before, after in pairwise(edges) if before[1] < after[0])
            begun = end


def _cut(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(max(low, start), min(high, end)) for low, high in spans if low < end and start < high]


def _lanes(reading: Reading, hours: _Hours, language: str, *, named: bool) -> tuple[Lane, ...]:
    """One lane for each owner; a single one where nobody is named."""
    words = catalogue(language)
    if not named or not any(one.group or one.agent for one in reading.segments):
        figure = "" if reading.elapsed is None else words.say(reading.elapsed)
        pieces = [piece for segment in reading.segments for piece in _pieces(segment, reading, hours, language)]
        return (Lane(words.say(reading.name or reading.objective), figure, tuple(pieces)),)
    by: Literal["group", "agent"] = "group" if any(one.group is not None for one in reading.segments) else "agent"
    lanes = []
    for owner in ownership(reading, by):
        held = [one for one in reading.segments if (one.group if by == "group" else one.agent) == owner.name]
        pieces = [piece for segment in held for piece in _pieces(segment, reading, hours, language)]
        name = words.sentence("timeline.nobody", {}) if owner.name is None else words.say(owner.name)
        lanes.append(Lane(name, "" if owner.counted is None else words.say(owner.counted), tuple(pieces)))
    return tuple(lanes)


def _pieces(segment: Segment, reading: Reading, hours: _Hours, language: str) -> Iterator[Piece]:
    say = catalogue(language).sentence
    start, end = segment.start, segment.end
    if segment.activity != "running":
        kind: PieceKind = "paused" if segment.activity == "paused" else "decided"
        yield Piece(start, end, kind, say(f"timeline.{kind}", {"reason": segment.reason}))
        return
    late = reading.breached if reading.breached is not None else end
    words = {"counted": say("timeline.counted", {}), "late": say("timeline.late", {})}
    inside = hours.within(segment)
    if inside is None:
        inside = [(start, end)]
    else:
        yield Piece(start, end, "standing", say("timeline.standing", {}))
    for low, high in inside:
        if low < min(high, late):
            yield Piece(low, min(high, late), "counted", words["counted"])
        if max(low, late) < high:
            yield Piece(max(low, late), high, "late", words["late"])


STEPS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR)
WEEKS = 2
"""Up to so many weeks a date is told by its weekday, then by its month."""


def _ticks(first: int, last: int, zone: Timezone, language: str) -> Iterator[tuple[int, str]]:
    """Hours of the day where the picture spans a day or two, else dates."""
    words = catalogue(language)
    if last - first <= 2 * DAY:
        step = next((step for step in STEPS if (last - first) // step <= MOST_TICKS), STEPS[-1])
        begun = day_start(date_of(first, zone), zone)
        for instant in range(begun, last, step):
            if first < instant < last - (last - first) // EDGE:
                wall = moment(instant, zone)
                yield instant, words.say(wall.date()) if wall.hour == wall.minute == 0 else f"{wall:%H:%M}"
        return
    day = date_of(first, zone) + timedelta(1)
    every = max(1, -(-((last - first) // DAY) // MOST_TICKS))
    form = "timeline.day" if last - first <= WEEKS * 7 * DAY else "timeline.date"
    while (instant := day_start(day, zone)) < last - (last - first) // EDGE:
        named = {"weekday": words.days[day.weekday()], "day": day.day, "month": words.months[day.month - 1]}
        yield instant, words.sentence(form, named)
        day += timedelta(every)


def short_name(lane: Lane) -> str:
    """A lane's name, cut where it is long."""
    return lane.name if len(lane.name) <= LONGEST_NAME else lane.name[: LONGEST_NAME - 1] + "\u2026"
