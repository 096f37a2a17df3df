"""The tag with which a template shows the promises to a ticket."""

from __future__ import annotations

from django import template
from django.utils import timezone
from helpdesk.models import Ticket

from promises.panel import Panel, panel_of
from svcstd.explain import Audience

register = template.Library()


@register.inclusion_tag("promises/panel.html")
def ticket_promises(ticket: Ticket, for_: Audience = "agent") -> dict[str, Panel]:
    """The panel of a ticket, as of now.

    Args:
        ticket: whose promises.
        for_: ``agent``, or ``customer`` on public pages.
    """
    return {"panel": panel_of(ticket, as_of=timezone.now(), for_=for_)}
