"""One command that shows it all: migrate, plant sample tickets, escalate once, serve."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from promises import sample

PASSWORD = "demo"  # noqa: S105 - of a desk that only this machine can reach


class Command(BaseCommand):
    """Serve a help desk with sample tickets, on this machine only."""

    help = "Starts the help desk with sample tickets; the second time it goes on with those of the first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and whether."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="plant the tickets and stop")

    def handle(self, *_: object, **options: object) -> None:
        """Run until interrupted."""
        call_command("migrate", verbosity=0)
        sample.plant(as_of=timezone.now(), password=PASSWORD)
        call_command("escalate_tickets", escalate_verbosely=True)
        self.stdout.write(f"Log in as admin, ana or lea with the password {PASSWORD}.")
        if not options["no_serve"]:
            call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False)
