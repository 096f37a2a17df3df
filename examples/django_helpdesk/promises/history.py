"""The rows of django-helpdesk about one ticket, gathered for :mod:`promises.mapping`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override
from helpdesk.decorators import is_helpdesk_staff
from helpdesk.models import FollowUp, Queue, Ticket

from promises.mapping import Absorbed, Line, Record, Speaker, State, Statuses
from promises.models import TicketPromise, ToldNotice, UntoldChange

STATUSES = Statuses(
    new=Ticket.OPEN_STATUS,
    open=frozenset(Ticket.OPEN_STATUSES),
    resolved=Ticket.RESOLVED_STATUS,
    duplicate=Ticket.DUPLICATE_STATUS,
)

READ: Mapping[str, Callable[[str], object]] = {
    "status": int,
    "on_hold": lambda text: text == "True",
    "priority": int,
    "queue": str,
}
"""Fields of a state, and how their texts in the database are read."""


def state_of(ticket: Ticket) -> State:
    """How a ticket stands."""
    return State(ticket.status, ticket.on_hold, int(ticket.priority), ticket.queue.slug)


def first_kept(promise: TicketPromise) -> State:
    """How a ticket stood when it was first seen."""
    return State(promise.first_status, promise.first_on_hold, promise.first_priority, promise.first_queue)


def record_of(ticket: Ticket, promise: TicketPromise | None) -> Record:
    """All that is written about a ticket, and what was kept when it was first seen."""
    return Record(
        ticket=ticket.pk,
        created=ticket.created,
        saved=ticket.modified,
        now=state_of(ticket),
        lines=(*_follow_ups(ticket), *_untold(ticket)),
        first=None if promise is None else first_kept(promise),
        absorbed=tuple(_absorbed(ticket)),
    )


def _follow_ups(ticket: Ticket) -> Iterator[Line]:
    ours = set(ToldNotice.objects.filter(ticket=ticket, follow_up__isnull=False).values_list("follow_up", flat=True))
    found = FollowUp.objects.filter(ticket=ticket).select_related("user").prefetch_related("ticketchange_set")
    listed = [one for one in found if not (one.title or "").startswith(_moved())]
    slugs = _slugs() if any(_changed(one, "Queue") for one in listed) else {}
    for one in listed:
        ends = one.public and one.new_status is not None and one.new_status not in STATUSES.open
        yield Line(
            key=f"f{one.pk:012}",
            at=one.date,
            by=_speaker(one),
            actor=None if one.user is None else one.user.get_username(),
            public=one.public,
            speaks=bool(one.comment) or ends,  # the help desk writes to the customer when a ticket ends in public
            changes=tuple(_changes(one, slugs)),
            raised=one.pk in ours,
        )


def _changes(follow_up: FollowUp, slugs: Mapping[str, str]) -> Iterator[tuple[str, object, object]]:
    if follow_up.new_status is not None:
        yield "status", None, follow_up.new_status
    for old, new in _changed(follow_up, "On Hold"):
        yield "on_hold", old == "True", new == "True"
    for old, new in _changed(follow_up, "Priority"):
        yield "priority", int(old), int(new)
    for old, new in _changed(follow_up, "Queue"):
        yield "queue", slugs.get(old, old), slugs.get(new, new)


def _changed(follow_up: FollowUp, field: str) -> list[tuple[str, str]]:
    names = translations(field)
    return [(one.old_value, one.new_value) for one in follow_up.ticketchange_set.all() if one.field in names]


def _slugs() -> dict[str, str]:
    """Slugs by the number of the queue: the history names queues by number."""
    return {str(number): slug for number, slug in Queue.objects.values_list("pk", "slug")}


def _speaker(follow_up: FollowUp) -> Speaker:
    """Mail comes from customers; who is neither a user nor writes mail is a program, or a guest on the public page."""
    if follow_up.message_id:
        return "customer"
    if follow_up.user is None:
        return "program"
    return "agent" if is_helpdesk_staff(follow_up.user) else "customer"


def _untold(ticket: Ticket) -> Iterator[Line]:
    for one in UntoldChange.objects.filter(ticket=ticket):
        read = READ[one.field]
        yield Line(key=f"u{one.pk:012}", at=one.at, changes=((one.field, read(one.old_value), read(one.new_value)),))


def _absorbed(ticket: Ticket) -> Iterator[Absorbed]:
    changes = UntoldChange.objects.filter(ticket__merged_to=ticket, field="status", new_value=str(STATUSES.duplicate))
    since: Iterable[tuple[int, datetime, datetime]] = changes.values_list("ticket", "at", "ticket__created")
    return (Absorbed(f"merged {number}", at, created) for number, at, created in since)


@cache
def translations(text: str) -> frozenset[str]:
    """A word of the help desk in every language: the history is written in the language of whoever worked."""

    def said(language: str) -> str:
        with override(language):
            return gettext(text)

    return frozenset({text, *(said(code) for code, _ in settings.LANGUAGES)})


@cache
def _moved() -> tuple[str, ...]:
    """How the titles of follow-ups begin that were moved here from a merged ticket: they tell of that one."""
    begun = {text.split("%", 1)[0] for text in translations("[Merged from #%(id)d] %(title)s")}
    return tuple(begun - {""})
