"""Takes the place of the stock command of the same name; run it every minute."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from promises.escalation import escalate


class Command(BaseCommand):
    """Tell people what the standard says is to be told, each thing once."""

    help = "Looks at the tickets whose time has come, and tells whom the service standard names; twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the stock command, and the moment."""
        parser.add_argument("-q", "--queues", nargs="*", help="slugs of the queues to look at; by default all")
        parser.add_argument("-x", "--escalate-verbosely", action="store_true", help="print what is told")
        parser.add_argument("-n", "--notify-only", action="store_true", help="send mail, leave the tickets as they are")
        parser.add_argument("--all", action="store_true", help="look at every ticket; after the standard was changed")
        parser.add_argument("--as-of", type=_moment, help="the moment, with offset; by default now")

    def handle(self, *_: object, **options: object) -> None:
        """Run once."""
        told = escalate(
            as_of=options["as_of"] or timezone.now(),
            queues=options["queues"],
            notify_only=options["notify_only"],
            everything=options["all"],
        )
        if options["escalate_verbosely"]:
            for one in told:
                self.stdout.write(f"{one.ticket.ticket} {one.objective}: {one.threshold}, told {', '.join(one.roles)}")


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        message = f"--as-of: {text} has no offset; write e.g. {text}+00:00"
        raise CommandError(message)
    return found
