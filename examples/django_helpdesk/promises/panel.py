"""What the page of a ticket shows of its promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs
from django.utils.safestring import SafeString, mark_safe
from helpdesk.models import Ticket

from promises.models import TicketPromise
from promises.services import language, read
from promises.words import WORDS
from svcstd import SvcstdError
from svcstd.catalogues import catalogue
from svcstd.explain import Audience
from svcstd.handbook import draw_timeline, standalone, timeline_of
from svcstd.sla import Reading, Readings

SHADES = {
    "running": "text-bg-primary",
    "paused": "text-bg-secondary",
    "late_open": "text-bg-warning",
    "met_late": "text-bg-warning",
}
"""Words of Bootstrap for states that should catch the eye."""


@attrs.frozen
class Line:
    """One promise.

    Attributes:
        name: for people.
        state: in a word.
        shade: the word of Bootstrap for it; never the only sign.
        due: until when, or that there is no due time.
        left: how much is left, or by how much it is late.
        promised: what was promised, in words.
        used: per cent of the promise that are used up, at most 100; ``None`` where unknown.
        why: the whole reckoning.
        picture: the life of the clock.
    """

    name: str
    state: str
    shade: str
    due: str
    left: str
    promised: str
    used: int | None
    why: str
    picture: SafeString | None


@attrs.frozen
class Panel:
    """All that the page shows.

    Attributes:
        words: of the panel itself, in the language of the page.
        lines: the promises, in declared order.
        coming: who will be told of what, and when, if nothing else happens.
        promise: what is kept beside the ticket; ``None`` before it was first seen.
        problem: why nothing can be shown.
    """

    words: Mapping[str, str]
    lines: tuple[Line, ...] = ()
    coming: tuple[str, ...] = ()
    promise: TicketPromise | None = None
    problem: str = ""


def panel_of(ticket: Ticket, *, as_of: datetime, for_: Audience = "agent") -> Panel:
    """The promises to a ticket, read at this moment; a customer sees no name and no word said among colleagues."""
    words = WORDS[language()]
    promise = TicketPromise.objects.filter(ticket=ticket).first() if for_ == "agent" else None
    try:
        readings = read(ticket, as_of=as_of)
    except SvcstdError as error:
        return Panel(words, promise=promise, problem=str(error) if for_ == "agent" else "")
    lines = tuple(_line(ticket, reading, words, for_) for reading in readings.values())
    return Panel(words, lines=lines, coming=_coming(readings) if for_ == "agent" else (), promise=promise)


def _line(ticket: Ticket, reading: Reading, words: Mapping[str, str], for_: Audience) -> Line:
    drawn = timeline_of(reading, language(), for_=for_)
    picture = None if drawn is None else standalone(draw_timeline(drawn, f"t{ticket.pk}-{reading.objective}"))
    state = _state(reading)
    return Line(
        name=reading.name,
        state=words[state],
        shade=SHADES.get(state, "text-bg-light border"),
        due=words["due"].format(due=_say(reading.due)) if reading.due else words["no_due"],
        left=_left(reading, words),
        promised=words["promised"].format(target=reading.target),
        used=None if reading.used is None else min(100, int(reading.used * 100)),
        why=reading.explanation.text(language(), for_=for_),
        picture=None if picture is None else mark_safe(picture),  # noqa: S308 - every text in it is escaped
    )


def _say(value: object) -> str:
    return catalogue(language()).say(value)


def _state(reading: Reading) -> str:
    """The verdict in a word, or what an open promise does."""
    if reading.activity == "cancelled" and reading.verdict == "excluded":
        return "cancelled"
    if reading.verdict == "open":
        return "paused" if reading.activity == "paused" else "running"
    return reading.verdict


def _left(reading: Reading, words: Mapping[str, str]) -> str:
    """Of a promise that is not decided: what is left, or how far it is past its due time."""
    working = "working_" if reading.calendar else ""
    if reading.verdict == "open" and reading.remaining is not None:
        return words[f"{working}left"].format(amount=_say(reading.remaining))
    if reading.verdict == "late_open" and reading.overrun is not None:
        return words[f"{working}late_by"].format(amount=_say(reading.overrun))
    return ""


def _coming(readings: Readings) -> tuple[str, ...]:
    return tuple(
        f"{_say(one.at)}: {readings[one.objective].name}, {one.threshold} → {', '.join(one.to)}"
        for one in readings.coming
    )
