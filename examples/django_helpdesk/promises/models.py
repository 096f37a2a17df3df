"""What must be kept beside the tickets: how each was first seen and last read, and who was told of what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from helpdesk.models import FollowUp, Ticket


class TicketPromise(models.Model):
    """The promises to one ticket, as last read. All but ``silent_until`` and ``first_*`` can be computed anew."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="promise")
    first_status = models.IntegerField()
    first_on_hold = models.BooleanField()
    first_priority = models.IntegerField()
    first_queue = models.CharField(max_length=50)
    silent_until = models.DateTimeField(help_text="Nobody is told of what fired up to then: it was before our time.")

    edition = models.CharField(max_length=40, blank=True, help_text="The pinned edition of the standard.")
    objective = models.CharField(max_length=80, blank=True, help_text="The promise that the rest speaks of.")
    activity = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    due = models.DateTimeField(null=True)
    remaining = models.DurationField(null=True)
    problem = models.TextField(blank=True, help_text="Why nothing could be read.")
    read_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True, db_index=True, help_text="When to look again if nothing else happens.")

    team = models.CharField(max_length=80, blank=True)
    rule = models.CharField(max_length=80, blank=True, help_text="The rule of the routing table that decided.")
    why_team = models.TextField(blank=True)
    why_agent = models.TextField(blank=True)
    routed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.objective} {self.activity}, {self.verdict}"


class UntoldChange(models.Model):
    """A change of a ticket that the help desk wrote no follow-up about, and when it was noticed."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="untold_changes")
    field = models.CharField(max_length=20)
    old_value = models.CharField(max_length=80)
    new_value = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        """The same change is written down once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "field", "at"], name="one_untold_change")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.field} {self.old_value} -> {self.new_value}"


class ToldNotice(models.Model):
    """An escalation that fired. Its key is unique, so that telling twice is impossible, whoever runs at once."""

    key = models.CharField(max_length=500, unique=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="told_notices")
    objective = models.CharField(max_length=80)
    threshold = models.CharField(max_length=80)
    roles = models.JSONField()
    fired_at = models.DateTimeField()
    text = models.TextField()
    follow_up = models.ForeignKey(FollowUp, on_delete=models.SET_NULL, null=True, related_name="told_notices")
    claimed_until = models.DateTimeField(null=True, help_text="Until then, one run is sending it.")
    sent_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key
