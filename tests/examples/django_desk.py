"""The help desk of ``examples/django_helpdesk`` for tests: Django set up once, a database of its own, a clock to turn.

Django and the help desk are imported where they are needed only, so that this module can be read without them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

EXAMPLE = Path(__file__).parents[2] / "examples" / "django_helpdesk"
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(text: str) -> datetime:
    """A moment of the desk, such as ``2026-04-02 15:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Nobody breaks into a test, and hashes that take their time take it for each user."""


def people_and_queues() -> None:
    """Those of the samples."""
    sample: Any = import_module("promises.sample")
    sample.people("demo")
    sample.queues()


def environment(**more: str) -> dict[str, str]:
    """For commands of the example in a process of their own."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "desk_site.settings", "PYTHONPATH": str(EXAMPLE), **more}


@contextmanager
def database() -> Iterator[None]:
    """Django set up, with an empty database that is thrown away: SQLite in memory, or beside ``DATABASE_URL``."""
    if str(EXAMPLE) not in sys.path:
        sys.path.insert(0, str(EXAMPLE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk_site.settings")
    import_module("django").setup()
    runner = import_module("django.test.runner").DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    made = runner.setup_databases()
    try:
        with import_module("django.test").override_settings(PASSWORD_HASHERS=FAST):
            people_and_queues()
            yield
    finally:
        runner.teardown_databases(made)
        runner.teardown_test_environment()


@contextmanager
def untouched() -> Iterator[None]:
    """All that is written within is undone."""
    transaction: Any = import_module("django.db").transaction
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def clock(text: str) -> Iterator[datetime]:
    """Django's clock stands still."""
    at = berlin(text)

    class Still(datetime):
        """What ``django.utils.timezone`` asks for the time."""

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return at.astimezone(tz)

    with mock.patch("django.utils.timezone.datetime", Still):
        yield at


class Desk:
    """Tickets of a help desk, made and asked as its own views would."""

    def __init__(self) -> None:
        self.stock: Any = import_module("helpdesk.models")
        self.kept: Any = import_module("promises.models")
        self.escalation: Any = import_module("promises.escalation")
        self.services: Any = import_module("promises.services")
        self.routing: Any = import_module("promises.routing")
        self.mail: Any = import_module("django.core.mail")
        self.client: Any = import_module("django.test").Client()
        self.mail.outbox.clear()

    def user(self, name: str) -> Any:
        """A user by name."""
        return import_module("django.contrib.auth").get_user_model().objects.get(username=name)

    def queue(self, slug: str) -> Any:
        """A queue by slug."""
        return self.stock.Queue.objects.get(slug=slug)

    def ticket(self, at: str, *, priority: int = 2, queue: str = "support", **more: Any) -> Any:
        """A ticket that a program opened at a moment, without any follow-up."""
        with clock(at):
            return self.stock.Ticket.objects.create(
                title="It does not work",
                queue=self.queue(queue),
                priority=priority,
                submitter_email="c@example.com",
                **more,
            )

    def follow_up(self, ticket: Any, at: str, *, user: str | None = "ana", **fields: Any) -> Any:
        """A line of history; from the customer's mail without *user*."""
        who = None if user is None else self.user(user)
        fields = {"comment": "words", "public": True, **fields}
        with clock(at):
            return self.stock.FollowUp.objects.create(
                ticket=self.stock.Ticket.objects.get(pk=ticket.pk), user=who, date=berlin(at), **fields
            )

    def post(
        self, at: str, path: str, form: Mapping[str, object] | None = None, *, user: str = "ana", **more: Any
    ) -> Any:
        """A form that a user sends."""
        with clock(at):
            self.client.force_login(self.user(user))
            return self.client.post(path, form or {}, **more)

    def page(self, at: str, path: str, *, user: str | None = "ana") -> str:
        """A page as a user sees it, or a guest."""
        with clock(at):
            if user is None:
                self.client.logout()
            else:
                self.client.force_login(self.user(user))
            answer = self.client.get(path)
        assert answer.status_code == 200, answer
        return str(answer.content.decode())

    def read(self, ticket: Any, at: str) -> Any:
        """The promises to a ticket, read from the database anew."""
        return self.services.read(self.stock.Ticket.objects.get(pk=ticket.pk), as_of=berlin(at))

    def escalate(self, at: str, **options: Any) -> list[tuple[str, str]]:
        """A run of the command; objectives and thresholds that it told."""
        with clock(at):
            told = self.escalation.escalate(as_of=berlin(at), **options)
        return [(one.objective, one.threshold) for one in told]
