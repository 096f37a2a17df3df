"""Sample tickets in several states, so many working hours before now that they show the same at any time of the week.

Their history is written as the views of the help desk write it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from helpdesk.models import FollowUp, Queue, Ticket

from promises.models import TicketPromise
from promises.routing import route
from promises.services import look
from promises.standard import standard

PEOPLE = {
    "admin": "",
    "ana": "front desk",
    "ben": "front desk",
    "carl": "accounts",
    "dora": "operations",
    "lea": "lead",
    "hugo": "head",
}
"""Users by name, and the group of each: a team, or a role that is told of escalations. The superuser has none."""

QUEUES = {"support": "Support", "billing": "Billing", "outages": "Outages"}


def plant(*, as_of: datetime, password: str) -> None:
    """People, queues and tickets; does nothing where there is a ticket.

    Args:
        as_of: the moment that the tickets are planted for.
        password: of everybody, the superuser ``admin`` included.
    """
    if Ticket.objects.exists():
        return
    people(password)
    queues()
    _tickets(as_of)
    for ticket in Ticket.objects.select_related("queue"):
        TicketPromise.objects.filter(ticket=ticket).delete()  # they were seen while they were being made
        look(ticket, as_of=ticket.created)
        route(ticket, as_of=ticket.created)
        look(ticket, as_of=as_of)


def queues() -> None:
    """Queues that are not yet there."""
    for slug, title in QUEUES.items():
        more = {"title": title, "email_address": f"{slug}@example.com", "allow_public_submission": True}
        Queue.objects.get_or_create(slug=slug, defaults=more)


def people(password: str) -> None:
    """Users with their groups, as far as they are not yet there; all with the same password."""
    users = get_user_model().objects
    hashed = make_password(password)  # once: it takes its time
    for name, group in PEOPLE.items():
        user, _ = users.get_or_create(
            username=name,
            defaults={
                "email": f"{name}@example.com",
                "first_name": name.title(),
                "password": hashed,
                "is_staff": True,
                "is_superuser": not group,
            },
        )
        user.groups.set([Group.objects.get_or_create(name=group)[0]] if group else [])


def _tickets(as_of: datetime) -> None:
    def before(minutes: int, queue: str = "support") -> datetime:
        return _before(as_of, timedelta(minutes=minutes), queue)

    _opened("Screen stays black after the update", "support", 3, before(90), "It shows nothing but a cursor.")
    asked = _opened("Wrong amount on invoice 2231", "billing", 3, before(540), "You charged us twice for March.")
    _reply(asked, "carl", before(420), "Sorry for that! Which of the two lines is wrong?")
    _held(asked, "carl", before(390), on_hold=True)
    late = _opened("Printer on the second floor", "support", 4, before(2760), "It eats paper.")
    _reply(late, "ana", before(2700), "We have ordered a new drum.")
    near = _opened("Cannot log in", "support", 2, before(390), "My password is not taken any more.")
    _reply(near, "ben", before(330), "Does it work in another browser?")
    _opened("Shop is down", "outages", 1, before(20, "outages"), "Customers see an error page.")
    _opened("How do I export my data?", "support", 3, before(300), "As a table, please.")
    done = _opened("Change of address", "billing", 5, before(720), "We have moved to Hafenstraße 7.")
    _reply(done, "carl", before(600), "Changed. You find it on your next invoice.", status=Ticket.RESOLVED_STATUS)
    for ticket, owner in ((asked, "carl"), (late, "ana"), (near, "ben"), (done, "carl")):
        Ticket.objects.filter(pk=ticket.pk).update(assigned_to=get_user_model().objects.get(username=owner))


def _before(as_of: datetime, amount: timedelta, queue: str) -> datetime:
    """So much open time of a queue before a moment."""
    calendar = standard().current.hours("always" if queue == "outages" else "office")
    return datetime.fromisoformat(calendar.subtract(as_of, amount).isoformat())


def _opened(title: str, queue: str, priority: int, at: datetime, text: str) -> Ticket:
    ticket = Ticket.objects.create(
        title=title,
        queue=Queue.objects.get(slug=queue),
        priority=priority,
        description=text,
        submitter_email="customer@example.com",
    )
    Ticket.objects.filter(pk=ticket.pk).update(created=at)  # a help desk takes the moment itself
    ticket.refresh_from_db()
    FollowUp.objects.create(ticket=ticket, title="Ticket Opened Via Web", date=at, public=True, comment=text)
    return ticket


def _reply(ticket: Ticket, user: str, at: datetime, text: str, *, status: int | None = None) -> None:
    if status is not None:
        ticket.status, ticket.resolution = status, text
    FollowUp.objects.create(
        ticket=ticket, title="Comment", date=at, public=True, comment=text, new_status=status, user=_user(user)
    )


def _held(ticket: Ticket, user: str, at: datetime, *, on_hold: bool) -> None:
    ticket.on_hold = on_hold
    follow_up = FollowUp.objects.create(
        ticket=ticket, title="Ticket placed on hold", date=at, public=True, user=_user(user)
    )
    follow_up.ticketchange_set.create(field="On Hold", old_value=str(not on_hold), new_value=str(on_hold))


def _user(name: str) -> object:
    return get_user_model().objects.get(username=name)
