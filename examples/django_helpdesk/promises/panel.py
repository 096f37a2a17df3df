"""What the page of a ticket shows of its promises."""

from __future__ import annotations

from datetime import datetime

import attrs
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from helpdesk.models import Ticket

from promises.models import TicketPromise
from promises.services import language, read
from svcstd import SvcstdError
from svcstd.catalogues import catalogue
from svcstd.explain import Audience
from svcstd.handbook import draw_timeline, standalone, timeline_of
from svcstd.sla import Reading, Readings


@attrs.frozen
class Line:
    """One promise.

    Attributes:
        name: for people.
        state: in a word.
        shade: the word of Bootstrap for it; never the only sign.
        due: until when, in words; empty where there is none.
        left: how much is left, or by how much it is late.
        promised: what was promised.
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
        lines: the promises, in declared order.
        coming: who will be told of what, and when, if nothing else happens.
        promise: what is kept beside the ticket; ``None`` before it was first seen.
        problem: why nothing can be shown.
    """

    lines: tuple[Line, ...] = ()
    coming: tuple[str, ...] = ()
    promise: TicketPromise | None = None
    problem: str = ""


def panel_of(ticket: Ticket, *, as_of: datetime, for_: Audience = "agent") -> Panel:
    """The promises to a ticket, read at this moment; a customer sees no name and no word said among colleagues."""
    promise = TicketPromise.objects.filter(ticket=ticket).first() if for_ == "agent" else None
    try:
        readings = read(ticket, as_of=as_of)
    except SvcstdError as error:
        return Panel(promise=promise, problem=str(error) if for_ == "agent" else "")
    lines = tuple(_line(ticket, reading, for_) for reading in readings.values())
    return Panel(lines=lines, coming=_coming(readings) if for_ == "agent" else (), promise=promise)


def _line(ticket: Ticket, reading: Reading, for_: Audience) -> Line:
    say = catalogue(language()).say
    state, shade = _state(reading)
    drawn = timeline_of(reading, language(), for_=for_)
    picture = None if drawn is None else standalone(draw_timeline(drawn, f"t{ticket.pk}-{reading.objective}"))
    return Line(
        name=reading.name,
        state=state,
        shade=shade,
        due=say(reading.due) if reading.due else "",
        left=_left(reading),
        promised=str(reading.target),
        used=None if reading.used is None else min(100, int(reading.used * 100)),
        why=reading.explanation.text(language(), for_=for_),
        picture=None if picture is None else mark_safe(picture),  # noqa: S308 - every text in it is escaped
    )


def _state(reading: Reading) -> tuple[str, str]:
    if reading.verdict == "open":
        paused = reading.activity == "paused"
        return (_("paused"), "text-bg-secondary") if paused else (_("running"), "text-bg-primary")
    words = {
        "met": _("kept"),
        "met_late": _("kept too late"),
        "late_open": _("late"),
        "waived": _("waived"),
        "excluded": _("not counted"),
        "unknown": _("unknown"),
    }
    late = reading.verdict in {"late_open", "met_late"}
    return words[reading.verdict], "text-bg-warning" if late else "text-bg-light border"


def _left(reading: Reading) -> str:
    """Of a promise that is not decided: what is left, or how far it is past its due time."""
    say = catalogue(language()).say
    time = _("of working time") if reading.calendar else _("of time")
    if reading.verdict == "open" and reading.remaining is not None:
        return _("%(amount)s %(time)s left") % {"amount": say(reading.remaining), "time": time}
    if reading.verdict == "late_open" and reading.overrun is not None:
        return _("late by %(amount)s %(time)s") % {"amount": say(reading.overrun), "time": time}
    return ""


def _coming(readings: Readings) -> tuple[str, ...]:
    say = catalogue(language()).say
    return tuple(
        f"{say(one.at)}: {readings[one.objective].name}, {one.threshold} → {', '.join(one.to)}"
        for one in readings.coming
    )
