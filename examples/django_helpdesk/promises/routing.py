"""Which team has a new ticket, and who of the team: the standard decides, with reasons for everybody."""

from __future__ import annotations

import logging
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from helpdesk.lib import safe_template_context
from helpdesk.models import Ticket

from promises.history import STATUSES
from promises.models import TicketPromise
from promises.services import case_for, language, seen
from promises.standard import standard
from svcstd import SvcstdError
from svcstd.routing import Agent

logger = logging.getLogger(__name__)

CAPACITY = 50
"""Open tickets that one agent may have."""


def route(ticket: Ticket, *, as_of: datetime) -> None:
    """Let the standard say which team has a new ticket, and who of the team; once for each ticket.

    A team is a group of users. A ticket that has an owner keeps it. What cannot be routed is left to people, with the
    reason.
    """
    seen(ticket, as_of)
    with transaction.atomic():
        promise = TicketPromise.objects.select_for_update().get(ticket=ticket)
        if promise.routed_at is not None:
            return
        promise.routed_at = as_of
        had_owner = ticket.assigned_to_id is not None
        try:
            _find_team(ticket, promise, as_of)
        except SvcstdError as error:
            logger.exception("ticket %s cannot be routed", ticket.pk)
            promise.why_team = str(error)
        promise.save(update_fields=["team", "rule", "routed_at", "why_team", "why_agent"])
    if ticket.assigned_to is not None and not had_owner:
        _tell_owner(ticket)


def _find_team(ticket: Ticket, promise: TicketPromise, as_of: datetime) -> None:
    case = case_for(ticket, promise)
    decision = standard().route("intake", case, as_of=as_of)
    promise.team, promise.rule = str(decision["team"]), decision.rule
    promise.why_team = decision.explanation.text(language())
    if ticket.assigned_to_id is not None:
        return
    facts = {**case.facts, "team": promise.team}
    choice = standard().assign("desk", facts, agents=_agents(), as_of=as_of, ticket=case.id)
    promise.why_agent = choice.explanation.text(language())
    if choice.agent is not None:
        Ticket.objects.filter(pk=ticket.pk, assigned_to=None).update(assigned_to=int(choice.agent.id))
        ticket.refresh_from_db(fields=["assigned_to"])


def _tell_owner(ticket: Ticket) -> None:
    """The mail that the help desk itself sends to whom a ticket is given."""
    if not ticket.assigned_to.usersettings_helpdesk.email_on_ticket_assign:
        return
    try:
        ticket.send({"assigned_to": ("assigned_owner", safe_template_context(ticket))}, fail_silently=True)
    except OSError:  # no network; the ticket stands in the owner's list all the same
        logger.exception("the owner of ticket %s cannot be told", ticket.pk)


def _agents() -> list[Agent]:
    """Everybody who works here: the teams are skills, and the load is the number of open tickets."""
    working = Q(assigned_to__status__in=STATUSES.open, assigned_to__on_hold=False)
    users = get_user_model().objects.filter(is_active=True, is_staff=True, groups__isnull=False)
    counted = users.annotate(load=Count("assigned_to", filter=working, distinct=True)).prefetch_related("groups")
    return [
        Agent(
            id=str(user.pk),
            roles=("agent",),
            skills={group.name: 1 for group in user.groups.all()},
            load=user.load,
            capacity=CAPACITY,
        )
        for user in counted.order_by("pk").distinct()
    ]
