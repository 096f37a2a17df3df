"""Whom the standard says to tell, and of what; each thing once, whoever runs this how often.

What fired is written down first, with a key that is unique; then what is written down is mailed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from helpdesk.models import FollowUp, Ticket

from promises.mapping import PRIORITIES, SETTLED
from promises.models import TicketPromise, ToldNotice
from promises.routing import route
from promises.services import is_unrouted, language, look, plain, seen, unwritten
from promises.standard import standard
from svcstd.sla import Notice, Readings

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""How long a run may take to send one mail."""


def escalate(
    *, as_of: datetime, queues: Iterable[str] | None = None, notify_only: bool = False, everything: bool = False
) -> list[ToldNotice]:
    """Look at every ticket whose time has come, route it if it is new, and tell whom fired escalations are for.

    Args:
        as_of: now.
        queues: slugs of the queues to look at; by default all.
        notify_only: tell people, and leave the tickets as they are.
        everything: look at every ticket, whenever its time comes; for after the standard was changed.
    """
    waiting = Ticket.objects.all() if everything else _due(as_of)
    if queues is not None:
        waiting = waiting.filter(queue__slug__in=list(queues))
    numbers = list(waiting.order_by("pk").values_list("pk", flat=True))
    found: list[ToldNotice] = []
    for number in numbers:
        if not notify_only:
            _route(number, as_of)
        found += _note(number, as_of, notify_only=notify_only)
    for notice in ToldNotice.objects.filter(sent_at=None).order_by("fired_at", "pk"):
        _send(notice.pk, as_of)
    return found


def _due(as_of: datetime) -> QuerySet[Ticket]:
    """Tickets whose time has come, and those never seen."""
    return Ticket.objects.filter(Q(promise__wake_at__lte=as_of) | Q(promise=None))


def _route(number: int, as_of: datetime) -> None:
    """Route a ticket that came without a form or mail, once it is whole."""
    ticket = Ticket.objects.select_related("queue").filter(pk=number).first()
    if ticket is not None and is_unrouted(ticket, seen(ticket, as_of)) and as_of - ticket.modified >= SETTLED:
        route(ticket, as_of=as_of)


def _note(number: int, as_of: datetime, *, notify_only: bool) -> list[ToldNotice]:
    """Write down the escalations of a ticket that fired, and do to the ticket what they demand; all or nothing."""
    with transaction.atomic():
        locked = Ticket.objects.select_for_update(of=("self",)).select_related("queue")
        ticket = locked.filter(pk=number).first()
        if ticket is None:  # deleted in the meantime
            return []
        readings = look(ticket, as_of=as_of)
        if readings is None:
            return []
        fired = unwritten(TicketPromise.objects.get(ticket=ticket), readings)
        noted = [_noted(ticket, notice, readings, as_of, notify_only=notify_only) for notice in fired]
        look(ticket, as_of=as_of)
        return noted


def _noted(ticket: Ticket, notice: Notice, readings: Readings, as_of: datetime, *, notify_only: bool) -> ToldNotice:
    reading = readings[notice.objective]
    told = ToldNotice.objects.create(
        key=notice.key,
        ticket=ticket,
        objective=reading.name,
        threshold=notice.threshold,
        roles=list(notice.to),
        fired_at=plain(notice.at),
        text=reading.explanation.text(language()),
    )
    if not notify_only:
        _mark(ticket, told, notice, as_of)
    return told


def _mark(ticket: Ticket, told: ToldNotice, notice: Notice, as_of: datetime) -> None:
    """A line in the history of the ticket that only colleagues see, and a higher priority where the table says so."""
    steps = _raised_by(ticket, notice, as_of)
    old, ticket.priority = ticket.priority, max(1, ticket.priority - steps)
    ticket.last_escalation = as_of
    told.follow_up = FollowUp.objects.create(  # it saves the ticket as well
        ticket=ticket,
        title=f"Escalated: {told.objective}, {told.threshold}",
        comment=f"Told: {', '.join(told.roles)}.",
        date=as_of,
        public=False,
    )
    told.save(update_fields=["follow_up"])
    if ticket.priority != old:
        told.follow_up.ticketchange_set.create(field="Priority", old_value=old, new_value=ticket.priority)


def _raised_by(ticket: Ticket, notice: Notice, as_of: datetime) -> int:
    facts: dict[str, str | None] = {"objective": notice.objective, "threshold": notice.threshold}
    facts["priority"] = PRIORITIES.get(ticket.priority)
    return int(str(standard().route("escalation", facts, as_of=as_of)["raised_by"]))


def _send(number: int, as_of: datetime) -> None:
    """Mail one notice, if no other run is at it. No lock is held meanwhile; what fails is left to the next run.

    Who dies between sending and marking leaves a claim that ends; the second mail has the Message-ID of the first.
    """
    free = Q(claimed_until=None) | Q(claimed_until__lte=as_of)
    if not ToldNotice.objects.filter(free, pk=number, sent_at=None).update(claimed_until=as_of + CLAIM):
        return
    told = ToldNotice.objects.select_related("ticket__queue", "ticket__assigned_to").get(pk=number)
    to = sorted({address for role in told.roles for address in _addresses(told.ticket, role)})
    try:
        if to:
            _mail(told, to).send()
    except OSError:  # no network, or the mail server refuses
        logger.exception("notice %s cannot be sent", told.key)
        ToldNotice.objects.filter(pk=number).update(claimed_until=None)
        return
    FollowUp.objects.filter(pk=told.follow_up_id).update(email_recipients=to)
    ToldNotice.objects.filter(pk=number).update(sent_at=as_of)


def _mail(told: ToldNotice, to: list[str]) -> EmailMessage:
    ticket = told.ticket
    return EmailMessage(
        subject=f"{ticket.ticket} {told.objective}: {told.threshold}",
        body=f"{ticket.title}\n\n{told.text}\n",
        from_email=ticket.queue.from_address,
        to=to,
        headers={
            "Message-ID": f"<{sha256(told.key.encode()).hexdigest()}@promises>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _addresses(ticket: Ticket, role: str) -> Iterator[str]:
    """Whom a role means: the owner of the ticket, its team where nobody has it, or the group of that name."""
    if role == "owner" and ticket.assigned_to is not None:
        found = [ticket.assigned_to.email]
    else:
        promise = TicketPromise.objects.filter(ticket=ticket).first()
        group = role if role != "owner" or promise is None else promise.team
        found = get_user_model().objects.filter(groups__name=group, is_active=True).values_list("email", flat=True)
    return (address for address in found if address)
