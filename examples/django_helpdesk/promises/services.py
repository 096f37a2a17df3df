"""The promises of a ticket, read and kept.

Everything takes ``as_of``, the moment of Django's clock, and does nothing more when it is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.utils.translation import get_language
from helpdesk.models import Ticket

from promises.history import STATUSES, record_of
from promises.mapping import SETTLED, case_of, first_state, untold
from promises.models import TicketPromise, ToldNotice, UntoldChange
from promises.standard import standard
from svcstd import Case, SvcstdError
from svcstd.sla import Notice, Readings

logger = logging.getLogger(__name__)

RETRY = timedelta(hours=1)
"""When a ticket that cannot be read is tried again."""

NEW = timedelta(minutes=5)
"""A ticket that is older when it is first seen was there before this app: what it missed is nobody's news."""


def read(ticket: Ticket, *, as_of: datetime) -> Readings:
    """Every promise to a ticket, read at the full second; nothing is written.

    Raises:
        SvcstdError: the standard cannot read the ticket, e.g. since it does not declare a fact.
    """
    return _read(case_for(ticket, TicketPromise.objects.filter(ticket=ticket).first()), as_of)


def look(ticket: Ticket, *, as_of: datetime) -> Readings | None:
    """Read a ticket and keep what was read; ``None`` where it cannot be read, with the reason kept instead.

    Saving a ticket must never fail because of its promises, so no error of the standard leaves this function.
    """
    promise = seen(ticket, as_of)
    record = record_of(ticket, promise)
    changes = untold(record, STATUSES)
    awaited = bool(changes) and as_of - ticket.modified < SETTLED
    if changes and not awaited:
        _note_untold(ticket, changes)
        record = record_of(ticket, promise)
    try:
        readings = _read(case_of(record, STATUSES), as_of)
    except SvcstdError as error:
        logger.exception("ticket %s cannot be read", ticket.pk)
        TicketPromise.objects.filter(pk=promise.pk).update(problem=str(error), read_at=as_of, wake_at=as_of + RETRY)
        return None
    wakes = [plain(readings.next_change)] if readings.next_change else []
    wakes += [as_of] if unwritten(promise, readings) else []
    wakes += [ticket.modified + SETTLED] if awaited or is_unrouted(ticket, promise) else []
    TicketPromise.objects.filter(pk=promise.pk).update(
        **_kept(readings), problem="", read_at=as_of, wake_at=min(wakes, default=None)
    )
    return readings


def wake(number: int, *, as_of: datetime) -> None:
    """Have a ticket looked at by the next run of the command."""
    TicketPromise.objects.filter(ticket=number).update(wake_at=as_of)


def language() -> str:
    """The language of reasons: Chinese where Django speaks it, else English."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def _read(case: Case, as_of: datetime) -> Readings:
    return standard().clocks(case, as_of=as_of.replace(microsecond=0))


def case_for(ticket: Ticket, promise: TicketPromise | None) -> Case:
    """The case of a ticket, from its history and what was kept when it was first seen."""
    return case_of(record_of(ticket, promise), STATUSES)


def seen(ticket: Ticket, as_of: datetime) -> TicketPromise:
    """What is kept beside a ticket; made when it is first seen."""
    promise = TicketPromise.objects.filter(ticket=ticket).first()
    if promise is not None:
        return promise
    first = first_state(record_of(ticket, None), STATUSES)
    return TicketPromise.objects.get_or_create(
        ticket=ticket,
        defaults={
            "first_status": first.status,
            "first_on_hold": first.on_hold,
            "first_priority": first.priority,
            "first_queue": first.queue,
            "silent_until": ticket.created if as_of - ticket.created < NEW else as_of,
        },
    )[0]


def _note_untold(ticket: Ticket, changes: Mapping[str, tuple[object, object]]) -> None:
    """Write down what changed without a line of history, as of when the ticket was last saved."""
    for field, (old, new) in changes.items():
        UntoldChange.objects.get_or_create(
            ticket=ticket, field=field, at=ticket.modified, defaults={"old_value": str(old), "new_value": str(new)}
        )


def _kept(readings: Readings) -> dict[str, object]:
    shown = readings.shown
    if shown is None:
        nothing = {"objective": "", "activity": "", "verdict": "", "due": None, "remaining": None}
        return {"edition": readings.edition, **nothing}
    return {
        "edition": readings.edition,
        "objective": shown.objective,
        "activity": shown.activity,
        "verdict": shown.verdict,
        "due": plain(shown.due) if shown.due else None,
        "remaining": shown.remaining,
    }


def plain(moment: datetime) -> datetime:
    """A moment of svcstd as the drivers of databases take it: the same instant in UTC, of Python's own class."""
    return datetime.fromisoformat(moment.isoformat()).astimezone(UTC)


def unwritten(promise: TicketPromise, readings: Readings) -> list[Notice]:
    """What fired since the ticket was first seen, and is not yet written down."""
    fired = readings.notices(since=promise.silent_until)
    known = set(ToldNotice.objects.filter(key__in=[one.key for one in fired]).values_list("key", flat=True))
    return [one for one in fired if one.key not in known]


def is_unrouted(ticket: Ticket, promise: TicketPromise) -> bool:
    """Whether a ticket came since this app is here, and no form or mail has said that it is complete."""
    return promise.routed_at is None and promise.silent_until <= ticket.created and ticket.status in STATUSES.open
