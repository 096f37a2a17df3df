"""What is kept, to be looked at and not to be changed."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from promises.models import TicketPromise, ToldNotice, UntoldChange


class Kept(admin.ModelAdmin):
    """Rows that the app alone writes."""

    def has_add_permission(self, _request: HttpRequest, *_: object) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, *_: object) -> bool:
        """Nobody changes rows by hand."""
        return False


@admin.register(TicketPromise)
class TicketPromiseAdmin(Kept):
    """The promises, those first that run out first."""

    list_display = ("ticket", "objective", "activity", "verdict", "due", "remaining", "team", "edition")
    list_filter = ("verdict", "activity", "team")
    ordering = ("due",)


@admin.register(ToldNotice)
class ToldNoticeAdmin(Kept):
    """Who was told of what."""

    list_display = ("ticket", "objective", "threshold", "roles", "fired_at", "sent_at")
    ordering = ("-fired_at",)


@admin.register(UntoldChange)
class UntoldChangeAdmin(Kept):
    """What changed without a word in the history."""

    list_display = ("ticket", "field", "old_value", "new_value", "at")
    ordering = ("-at",)
