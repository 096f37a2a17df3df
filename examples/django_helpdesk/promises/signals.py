"""When to look at a ticket again: whenever a row about it is saved. Most actions save several; that is harmless.

Placing on hold sends no signal of the help desk, so that the rows themselves are watched.
"""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from helpdesk.models import FollowUp, Ticket, TicketChange
from helpdesk.signals import new_ticket_done, update_ticket_done

from promises.routing import route
from promises.services import look, wake


def connect() -> None:
    """Hear what happens; connecting again changes nothing."""
    post_save.connect(ticket_saved, sender=Ticket, dispatch_uid="promises.ticket")
    post_save.connect(follow_up_saved, sender=FollowUp, dispatch_uid="promises.follow_up")
    post_save.connect(change_saved, sender=TicketChange, dispatch_uid="promises.change")
    post_delete.connect(follow_up_deleted, sender=FollowUp, dispatch_uid="promises.follow_up_deleted")
    new_ticket_done.connect(ticket_opened, dispatch_uid="promises.opened")
    update_ticket_done.connect(ticket_updated, dispatch_uid="promises.updated")


def ticket_saved(*, instance: Ticket, raw: bool = False, **_: object) -> None:
    """A ticket was saved; what changed may be written down only after this."""
    if not raw:
        _look(instance.pk)


def follow_up_saved(*, instance: FollowUp, raw: bool = False, **_: object) -> None:
    """A line of history was written or changed."""
    if not raw:
        _look(instance.ticket_id)


def follow_up_deleted(*, instance: FollowUp, **_: object) -> None:
    """A line of history was taken away; perhaps since the whole ticket is, so that nothing must be written now."""
    wake(instance.ticket_id, as_of=timezone.now())


def change_saved(*, instance: TicketChange, raw: bool = False, **_: object) -> None:
    """A change of a field was written down; for a hold this is the last row."""
    if not raw:
        _look(instance.followup.ticket_id)


def ticket_opened(*, ticket: Ticket, **_: object) -> None:
    """A form or a mail opened a ticket, and has written all about it."""
    route(ticket, as_of=timezone.now())
    _look(ticket.pk)


def ticket_updated(*, followup: FollowUp, **_: object) -> None:
    """A form or a mail updated a ticket, and has written all about it."""
    _look(followup.ticket_id)


def _look(number: int) -> None:
    # Read anew: the instance at hand may hold values that were never saved. A ticket being deleted is gone.
    ticket = Ticket.objects.select_related("queue").filter(pk=number).first()
    if ticket is not None:
        look(ticket, as_of=timezone.now())
