"""The help desk of examples/django_helpdesk: promises beside stock django-helpdesk, and the faults that go away.

Due times were counted by hand: office hours in Berlin are Mon-Fri 09:00-12:30 and 13:30-18:00; in 2026 Good Friday is
3 April and Easter Monday 6 April.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from http.cookiejar import CookieJar
from importlib import import_module
from pathlib import Path
from socket import socket
from typing import Any
from unittest import mock
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("helpdesk", reason="install examples/django_helpdesk/requirements.txt to run the help desk's tests")

from tests.examples.django_desk import (
    BERLIN,
    EXAMPLE,
    Desk,
    berlin,
    clock,
    database,
    environment,
    untouched,
)

from svcstd import load
from svcstd.standard.example import check_examples

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def site() -> Iterator[None]:
    """Django with an empty database."""
    with database():
        yield


@pytest.fixture
def desk(site: None) -> Iterator[Desk]:
    """A help desk with people and queues, and no ticket."""
    assert site is None
    with untouched():
        yield Desk()


def command(*arguments: str, **more: str) -> subprocess.Popen[str]:
    """A command of the example, running."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=EXAMPLE,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


# The standard and the site


def test_the_standard_holds() -> None:
    """Every example of the file comes out, and the review finds nothing but what is left to else."""
    with (EXAMPLE / "desk.toml").open(encoding="utf-8") as file:
        standard = load(file)
    assert list(check_examples(standard)) == []
    assert {one.rule for one in standard.review(as_of=date(2026, 4, 1)).findings} == {"routing.swallowed"}


def test_tables_are_as_the_models_say(site: None) -> None:
    """No migration is missing."""
    assert site is None
    import_module("django.core.management").call_command("makemigrations", "promises", check=True, dry_run=True)


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        (None, "sqlite3", "elsewhere.sqlite3"),
        ("postgresql://desk:secret@127.0.0.1:5433/tickets", "postgresql", "tickets"),
    ],
)
def test_databases(site: None, url: str | None, engine: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite by default, PostgreSQL by URL."""
    assert site is None
    monkeypatch.setenv("DESK_DATABASE", "elsewhere.sqlite3")
    found = import_module("desk_site.settings").database(url)
    assert (found["ENGINE"], found["NAME"]) == (f"django.db.backends.{engine}", name)


def test_another_database_is_refused(site: None) -> None:
    """With the form to write."""
    assert site is None
    with pytest.raises(ValueError, match="'mysql' is not known here; write postgresql://"):
        import_module("desk_site.settings").database("mysql://desk@127.0.0.1/tickets")


# Due, remaining, paused


def test_due_on_a_new_ticket(desk: Desk) -> None:
    """Thu 15:00 and 8 working hours over Easter: 3 h on Thursday, on Tuesday 3 h 30 min and, after noon, 1 h 30 min."""
    ticket = desk.ticket("2026-04-02 15:00")
    reading = desk.read(ticket, "2026-04-02 16:00")["resolve"]
    assert reading.due == berlin("2026-04-07 15:00")
    assert (reading.activity, reading.remaining) == ("running", 7 * HOUR)
    kept = desk.kept.TicketPromise.objects.get(ticket=ticket)
    assert (kept.edition, kept.objective, kept.due) == ("", "first_reply", berlin("2026-04-02 17:00"))
    assert kept.wake_at == berlin("2026-04-02 15:01")  # no form has said that all about it is written
    desk.escalate("2026-04-02 15:01")
    kept.refresh_from_db()
    assert kept.wake_at == berlin("2026-04-02 16:30")  # 75 % of 2 h


def test_hold_and_unhold_through_the_views(desk: Desk) -> None:
    """They send no signal of the help desk; the page says paused at once, and the due time moves by the time held."""
    ticket = desk.ticket("2026-04-07 09:00")
    path = f"/tickets/{ticket.pk}/"
    assert "due Tue 7 Apr 2026 18:00 Berlin" in desk.page("2026-04-07 10:00", path)
    desk.post("2026-04-07 10:00", f"{path}hold/")
    page = desk.page("2026-04-07 10:00", path)
    assert "paused" in page
    assert "no due time for now" in page
    assert "7 h of working time left" in page
    kept = desk.kept.TicketPromise.objects.get(ticket=ticket)
    assert (kept.objective, kept.activity) == ("first_reply", "running")
    desk.post("2026-04-08 09:30", f"{path}unhold/")
    reading = desk.read(ticket, "2026-04-08 09:30")["resolve"]
    assert (reading.activity, reading.due) == ("running", berlin("2026-04-08 17:30"))
    assert "paused from Tue 7 Apr 2026 10:00 Berlin to Wed 8 Apr 2026 09:30 Berlin" in reading.explanation.text()


def test_one_action_is_heard_several_times_and_counts_once(desk: Desk) -> None:
    """A hold saves the ticket twice; there is one row, and it says what a single look would."""
    ticket = desk.ticket("2026-04-07 09:00")
    saved: list[object] = []
    post_save: Any = import_module("django.db.models.signals").post_save
    hear = lambda **told: saved.append(told["instance"])  # noqa: E731 - a signal wants something to call
    post_save.connect(hear, sender=desk.stock.Ticket)
    try:
        desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/hold/")
    finally:
        post_save.disconnect(hear, sender=desk.stock.Ticket)
    assert len(saved) == 2
    before = desk.kept.TicketPromise.objects.filter(ticket=ticket).values().get()
    with clock("2026-04-07 10:00") as now:
        desk.services.look(desk.stock.Ticket.objects.get(pk=ticket.pk), as_of=now)
    assert desk.kept.TicketPromise.objects.filter(ticket=ticket).values().get() == before


def test_a_hold_in_german_is_a_hold(desk: Desk) -> None:
    """The history is written in the language of whoever works."""
    ticket = desk.ticket("2026-04-07 09:00")
    desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/hold/", headers={"accept-language": "de"})
    field = desk.stock.TicketChange.objects.get(followup__ticket=ticket).field
    assert field != "On Hold"
    assert desk.read(ticket, "2026-04-07 11:00")["resolve"].activity == "paused"


def test_held_and_released_within_a_second(desk: Desk) -> None:
    """Rows carry microseconds, a case counts in seconds; what happened first stays first."""
    ticket = desk.ticket("2026-04-07 09:00")
    for at in ("10:00:00.1", "10:00:00.4", "10:00:00.7"):
        view = "unhold" if at == "10:00:00.4" else "hold"
        desk.post(f"2026-04-07 {at}", f"/tickets/{ticket.pk}/{view}/")
    assert desk.read(ticket, "2026-04-07 11:00")["resolve"].activity == "paused"


FIELDS = {
    "status": st.integers(1, 5),
    "on_hold": st.booleans(),
    "priority": st.integers(1, 5),
    "queue": st.sampled_from(["support", "outages"]),
}
INSTANTS = st.datetimes(datetime(2026, 4, 7), datetime(2026, 4, 8)).map(lambda at: at.replace(tzinfo=BERLIN))  # noqa: DTZ001 - its zone comes next


@given(st.data())
@settings(max_examples=40)
def test_laws_of_the_mapping(site: None, data: st.DataObject) -> None:
    """The order of rows changes nothing, time never runs backwards, and what was written down is untold no more."""
    assert site is None
    mapping: Any = import_module("promises.mapping")
    statuses: Any = import_module("promises.history").STATUSES
    state = st.builds(mapping.State, **FIELDS)
    change = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), st.none(), FIELDS[name]))
    rows = data.draw(st.lists(st.tuples(INSTANTS, st.booleans(), st.lists(change, max_size=2).map(tuple)), max_size=6))
    lines = tuple(
        mapping.Line(key=f"f{number}", at=at, by="agent", public=True, speaks=speaks, changes=changes)
        for number, (at, speaks, changes) in enumerate(rows)
    )
    created, first, now = berlin("2026-04-07 00:00"), data.draw(state), data.draw(state)
    record = mapping.Record(ticket=1, created=created, saved=created, now=now, lines=lines, first=first)
    case = mapping.case_of(record, statuses)
    shuffled = tuple(data.draw(st.permutations(lines)))
    assert mapping.case_of(attrs.evolve(record, lines=shuffled), statuses) == case
    assert [event.instant for event in case.events] == sorted(event.instant for event in case.events)
    missing = tuple((name, old, new) for name, (old, new) in mapping.untold(record, statuses).items())
    noted = mapping.Line(key="u1", at=berlin("2026-04-09 00:00"), changes=missing)
    assert not mapping.untold(attrs.evolve(record, lines=(*lines, noted)), statuses)


# What is a reply


def test_opening_a_ticket_for_a_customer_is_no_reply(desk: Desk) -> None:
    """The form of the staff writes the request itself as a public follow-up of the agent."""
    form = {"queue": desk.queue("support").pk, "title": "Help", "body": "It is broken", "priority": 2}
    form["submitter_email"] = "c@example.com"
    desk.post("2026-04-07 09:00", "/tickets/submit/", form)
    ticket = desk.stock.Ticket.objects.get()
    assert ticket.followup_set.get().public
    assert desk.read(ticket, "2026-04-07 10:00")["first_reply"].verdict == "open"


@pytest.mark.parametrize(
    ("user", "fields", "verdict"),
    [
        ("ana", {}, "met"),
        ("ana", {"public": False}, "open"),  # a note among colleagues
        ("ana", {"comment": ""}, "open"),  # no word
        (None, {"message_id": "<1@example.com>"}, "open"),  # the customer's mail
        (None, {}, "open"),  # a program
        ("ana", {"comment": "", "new_status": 3}, "met"),  # resolved in public: the customer is told
        ("ana", {"public": False, "new_status": 3}, "met"),  # it is over, in whatever way
    ],
)
def test_what_reaches_the_customer_is_a_reply(
    desk: Desk, user: str | None, fields: dict[str, Any], verdict: str
) -> None:
    """A public message of an agent, or the end of the ticket."""
    ticket = desk.ticket("2026-04-07 09:00")
    if "new_status" in fields:
        desk.stock.Ticket.objects.filter(pk=ticket.pk).update(status=fields["new_status"])
    desk.follow_up(ticket, "2026-04-07 10:00", user=user, **fields)
    assert desk.read(ticket, "2026-04-07 10:30")["first_reply"].verdict == verdict


def test_resolve_and_reopen_through_the_view(desk: Desk) -> None:
    """Stopped time does not count: 2 h before, 6 h after."""
    ticket = desk.ticket("2026-04-07 09:00")
    form = {"title": ticket.title, "priority": 2, "queue": ticket.queue_id, "public": "1"}
    path = f"/tickets/{ticket.pk}/update/"
    desk.post("2026-04-07 11:00", path, {**form, "comment": "Done.", "new_status": 3})
    reading = desk.read(ticket, "2026-04-07 12:00")["resolve"]
    assert (reading.activity, reading.verdict, reading.stop) == ("stopped", "met", berlin("2026-04-07 11:00"))
    desk.post("2026-04-08 09:00", path, {**form, "comment": "Again?", "new_status": 2})
    reading = desk.read(ticket, "2026-04-08 09:00")["resolve"]
    assert (reading.activity, reading.due) == ("running", berlin("2026-04-08 16:00"))


# What changes a promise


def test_priority_and_queue_through_the_view(desk: Desk) -> None:
    """What was counted stays, and is measured against the new row; an outage counts at any hour."""
    ticket = desk.ticket("2026-04-07 09:00", priority=3)
    form = {"title": ticket.title, "priority": 1, "queue": desk.queue("outages").pk, "comment": ""}
    desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/update/", form)
    reading = desk.read(ticket, "2026-04-07 10:00")["resolve"]
    assert (reading.row, reading.calendar, reading.due) == ("critical", "always", berlin("2026-04-07 13:00"))


def test_the_form_that_writes_no_history(desk: Desk) -> None:
    """Editing a ticket leaves no follow-up; it is noticed, at the moment at which the ticket was saved."""
    ticket = desk.ticket("2026-04-07 09:00", priority=3)
    form = {"title": ticket.title, "priority": 1, "queue": ticket.queue_id, "submitter_email": "c@example.com"}
    form |= {"description": "", "due_date": "", "kbitem": "", "merged_to": "", "secret_key": ticket.secret_key}
    answer = desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/edit/", form)
    assert answer.status_code == 302
    assert not desk.stock.FollowUp.objects.filter(ticket=ticket).exists()
    assert desk.read(ticket, "2026-04-07 10:00:05")["resolve"].row == "normal"  # a line may yet come
    assert desk.escalate("2026-04-07 10:01") == [("first reply", "75 %"), ("first reply", "due")]
    reading = desk.read(ticket, "2026-04-07 10:01")["resolve"]
    assert (reading.row, reading.due) == ("critical", berlin("2026-04-07 14:00"))
    assert desk.kept.UntoldChange.objects.get().at == berlin("2026-04-07 10:00")
    desk.escalate("2026-04-07 10:02", everything=True)
    assert desk.kept.UntoldChange.objects.count() == 1


def test_merged_tickets(desk: Desk) -> None:
    """The survivor counts from the older one, whose own promises are off, and whose moved lines are not its own."""
    older = desk.ticket("2026-04-07 09:00")
    desk.follow_up(older, "2026-04-07 09:30", title="Comment")
    younger = desk.ticket("2026-04-07 10:00")
    chosen = dict.fromkeys(("created", "due_date", "get_status_display", "submitter_email"), younger.pk)
    path = f"/tickets/merge?tickets={older.pk}&tickets={younger.pk}"
    desk.post("2026-04-07 11:00", path, {**chosen, "chosen_ticket": younger.pk})
    assert desk.stock.Ticket.objects.get(pk=older.pk).merged_to_id == younger.pk
    desk.escalate("2026-04-07 11:01", everything=True)
    assert desk.read(older, "2026-04-07 11:02")["resolve"].activity == "cancelled"
    assert ">cancelled<" in desk.page("2026-04-07 11:02", f"/tickets/{older.pk}/")
    survivor = desk.read(younger, "2026-04-07 11:02")
    assert survivor["resolve"].due == berlin("2026-04-07 18:00")
    assert survivor["first_reply"].verdict == "late_open"


def test_the_edition_is_pinned(desk: Desk) -> None:
    """The shorter promise of 2027 holds for tickets that are opened then."""
    old, new = desk.ticket("2026-12-30 17:00"), desk.ticket("2027-01-04 09:00")
    assert desk.read(old, "2027-01-04 10:00")["first_reply"].target.amount == 2 * HOUR
    assert desk.read(new, "2027-01-04 10:00")["first_reply"].target.amount == HOUR
    editions = desk.kept.TicketPromise.objects.order_by("pk").values_list("edition", flat=True)
    assert list(editions) == ["", "2027-01-01"]


def test_a_deleted_ticket_is_gone(desk: Desk) -> None:
    """Its promises, notices and changes go with it, whichever row goes first."""
    ticket = desk.ticket("2026-04-07 09:00")
    desk.follow_up(ticket, "2026-04-07 10:00", new_status=4)
    desk.escalate("2026-04-07 12:00")
    desk.post("2026-04-07 13:00", f"/tickets/{ticket.pk}/delete/")
    import_module("django.db").connection.check_constraints()
    assert [model.objects.count() for model in (desk.stock.Ticket, desk.kept.TicketPromise, desk.kept.ToldNotice)] == [
        0
    ] * 3


def test_a_standard_that_cannot_read_a_ticket_breaks_no_form(desk: Desk, tmp_path: Path) -> None:
    """The ticket is saved, the page says what is wrong and how to mend it, and the command goes on."""
    text = (EXAMPLE / "desk.toml").read_text(encoding="utf-8")
    broken = tmp_path / "desk.toml"
    broken.write_text(
        text.replace('on_hold = "the ticket is placed on hold"\n', "")
        .replace('pauses.hold = { on = "on_hold", until = "off_hold" }\n', "")
        .split("[examples", 1)[0],
        encoding="utf-8",
    )
    found: Any = import_module("promises.standard").standard
    ticket = desk.ticket("2026-04-07 09:00")
    found.cache_clear()
    with import_module("django.test").override_settings(PROMISES_STANDARD=broken):
        assert desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/hold/").status_code == 302
        page = desk.page("2026-04-07 10:00", f"/tickets/{ticket.pk}/")
        assert desk.escalate("2026-04-07 10:30") == []
    found.cache_clear()
    assert "on_hold" in page
    assert "on_hold" in desk.kept.TicketPromise.objects.get(ticket=ticket).problem
    desk.escalate("2026-04-07 12:00", everything=True)
    assert desk.kept.TicketPromise.objects.get(ticket=ticket).problem == ""


# Routing


@pytest.mark.parametrize(
    ("queue", "priority", "team", "rule"),
    [
        ("outages", 4, "operations", "outage"),
        ("support", 1, "operations", "critical"),
        ("billing", 3, "accounts", "billing"),
        ("support", 3, "front desk", "else"),
    ],
)
def test_who_gets_a_new_ticket(desk: Desk, queue: str, priority: int, team: str, rule: str) -> None:
    """By queue and priority; the page says why, and why not elsewhere."""
    form = {"queue": desk.queue(queue).pk, "title": "Help", "body": "Please", "priority": priority}
    desk.post("2026-04-07 09:00", "/tickets/submit/", form)
    ticket = desk.stock.Ticket.objects.get()
    kept = desk.kept.TicketPromise.objects.get(ticket=ticket)
    assert (kept.team, kept.rule) == (team, rule)
    assert ticket.assigned_to.groups.get().name == team
    told = [mail.to for mail in desk.mail.outbox if mail.subject.endswith("(Assigned To You)")]
    assert told == [[ticket.assigned_to.email]]
    page = desk.page("2026-04-07 09:00", f"/tickets/{ticket.pk}/")
    assert f"Handled by <strong>{team}</strong>" in page
    assert rule in page


def test_the_one_with_less_to_do_gets_it(desk: Desk) -> None:
    """Ana holds two open tickets, Ben one that is open and one on hold; a ticket with an owner keeps it."""
    for owner, on_hold in (("ana", False), ("ana", False), ("ben", False), ("ben", True)):
        desk.ticket("2026-04-07 09:00", assigned_to=desk.user(owner), on_hold=on_hold)
    form = {"queue": desk.queue("support").pk, "title": "Help", "body": "Please", "priority": 3}
    desk.post("2026-04-07 10:00", "/tickets/submit/", form)
    ticket = desk.stock.Ticket.objects.latest("pk")
    assert ticket.assigned_to == desk.user("ben")
    desk.post("2026-04-07 10:00", "/tickets/submit/", {**form, "assigned_to": desk.user("carl").pk})
    assert desk.stock.Ticket.objects.latest("pk").assigned_to == desk.user("carl")


def test_a_ticket_without_form_is_routed_by_the_command(desk: Desk) -> None:
    """Once; what people decide afterwards stays. Tickets from before our time are left alone."""
    ticket = desk.ticket("2026-04-07 09:00", queue="billing")
    earlier = desk.ticket("2026-04-07 09:00", queue="billing")
    desk.kept.TicketPromise.objects.filter(ticket=earlier).delete()
    desk.escalate("2026-04-07 09:10")
    assert desk.stock.Ticket.objects.get(pk=ticket.pk).assigned_to == desk.user("carl")
    assert desk.stock.Ticket.objects.get(pk=earlier.pk).assigned_to is None
    desk.stock.Ticket.objects.filter(pk=ticket.pk).update(assigned_to=None)
    desk.escalate("2026-04-07 09:20", everything=True)
    assert desk.stock.Ticket.objects.get(pk=ticket.pk).assigned_to is None


# Escalation


def test_escalation_tells_the_right_people_once(desk: Desk) -> None:
    """75 % of 8 h at 16:00, due at 18:00, 4 working hours later; the command may run as often as it likes."""
    ticket = desk.ticket("2026-04-07 09:00", assigned_to=desk.user("ben"))
    desk.follow_up(ticket, "2026-04-07 09:30", user="ben")
    assert desk.escalate("2026-04-07 15:59") == []
    assert desk.escalate("2026-04-07 16:00") == [("resolution", "75 %")]
    assert desk.escalate("2026-04-07 16:01") == []
    assert desk.escalate("2026-04-08 13:29") == [("resolution", "due")]
    assert desk.escalate("2026-04-08 14:00") == [("resolution", "4 working hours after due")]
    assert desk.escalate("2026-04-08 14:00", everything=True) == []
    told = [(mail.subject, mail.to) for mail in desk.mail.outbox]
    name = f"[support-{ticket.pk}] resolution:"
    assert told == [
        (f"{name} 75 %", ["ben@example.com"]),
        (f"{name} due", ["ben@example.com", "lea@example.com"]),
        (f"{name} 4 working hours after due", ["hugo@example.com"]),
    ]
    assert "late since Tue 7 Apr 2026 18:00 Berlin" in desk.mail.outbox[1].body


def test_escalation_raises_the_priority_and_moves_no_promise(desk: Desk) -> None:
    """The table says by how much, and a raised ticket is promised what it was."""
    ticket = desk.ticket("2026-04-07 09:00", priority=3)
    desk.follow_up(ticket, "2026-04-07 09:30")
    desk.escalate("2026-04-09 09:30")
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.last_escalation) == (2, berlin("2026-04-09 09:30"))
    note = ticket.followup_set.get(title="Escalated: resolution, due")
    assert (note.public, note.email_recipients) == (False, ["ana@example.com", "lea@example.com"])
    change = note.ticketchange_set.get()
    assert (change.field, change.old_value, change.new_value) == ("Priority", "3", "2")
    reading = desk.read(ticket, "2026-04-09 09:30")["resolve"]
    assert (reading.row, reading.due) == ("normal", berlin("2026-04-08 18:00"))
    desk.escalate("2026-04-09 10:00", everything=True)
    ticket.refresh_from_db()
    assert ticket.priority == 2


def test_no_escalation_while_on_hold(desk: Desk) -> None:
    """The clock stands, for as long as it takes."""
    ticket = desk.ticket("2026-04-07 09:00")
    desk.follow_up(ticket, "2026-04-07 09:30")
    desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/hold/")
    assert desk.escalate("2026-05-07 10:00") == []
    desk.post("2026-05-07 10:00", f"/tickets/{ticket.pk}/unhold/")
    assert desk.escalate("2026-05-07 15:59") == []
    assert desk.escalate("2026-05-07 16:00") == [("resolution", "75 %")]


def test_mail_that_fails_is_sent_by_the_next_run(desk: Desk) -> None:
    """It holds up no other mail, and a run that finds it claimed by another leaves it alone."""
    for name in ("ana", "ben"):
        desk.ticket("2026-04-07 09:00", assigned_to=desk.user(name))
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=[OSError("no network"), 1]) as send:
        assert len(desk.escalate("2026-04-07 10:30")) == 2
    assert send.call_count == 2
    failed = desk.kept.ToldNotice.objects.get(sent_at=None)
    desk.kept.ToldNotice.objects.filter(pk=failed.pk).update(claimed_until=berlin("2026-04-07 10:32"))
    assert desk.escalate("2026-04-07 10:31") == []
    assert desk.mail.outbox == []
    assert desk.escalate("2026-04-07 10:32") == []
    sent = desk.mail.outbox.pop()
    assert sent.subject.endswith("first reply: 75 %")
    desk.kept.ToldNotice.objects.filter(pk=failed.pk).update(sent_at=None)  # as if it had died before marking it
    desk.escalate("2026-04-07 10:43")
    assert desk.mail.outbox.pop().extra_headers["Message-ID"] == sent.extra_headers["Message-ID"]


def test_only_some_queues(desk: Desk) -> None:
    """As with the stock command."""
    for queue in ("support", "billing"):
        desk.ticket("2026-04-07 09:00", queue=queue)
    assert desk.escalate("2026-04-07 10:30", queues=["billing"]) == [("first reply", "75 %")]
    assert {one.ticket.queue.slug for one in desk.kept.ToldNotice.objects.all()} == {"billing"}


def test_old_tickets_are_silent_about_what_was_before(desk: Desk) -> None:
    """A desk that installs the app is not told of last month, but of what comes."""
    ticket = desk.ticket("2026-04-07 09:00")
    desk.kept.TicketPromise.objects.all().delete()
    assert desk.escalate("2026-04-07 17:00") == []
    assert desk.escalate("2026-04-07 18:01") == [("resolution", "due")]
    assert desk.read(ticket, "2026-04-07 18:01").notices()[0].threshold == "75 %"


def test_the_command(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes the place of the stock one, and its clock may be given."""
    call: Any = import_module("django.core.management").call_command
    commands: Any = import_module("django.core.management").get_commands()
    assert commands["escalate_tickets"] == "promises"
    desk.ticket("2026-04-07 09:00")
    call("escalate_tickets", "--as-of", "2026-04-07T08:30:00+00:00", "--escalate-verbosely")
    assert re.fullmatch(r"\[support-\d+\] first reply: 75 %, told owner\n", capsys.readouterr().out)
    with pytest.raises(Exception, match=r"2026-04-07T10:30 has no offset; write e\.g\. 2026-04-07T10:30\+00:00"):
        call("escalate_tickets", "--as-of", "2026-04-07T10:30")


# The faults of the stock command, and that they are gone


def stock_escalation(at: str, **options: Any) -> None:
    """A run of django-helpdesk's own command."""
    module: Any = import_module("helpdesk.management.commands.escalate_tickets")
    with clock(at):
        import_module("django.core.management").call_command(module.Command(), **options)


def test_notify_only_of_the_stock_command_changes_the_priority(desk: Desk) -> None:
    """And tells nobody of it in the history. Ours sends the mail and leaves the ticket as it is."""
    desk.stock.Queue.objects.update(escalate_days=1)
    ticket = desk.ticket("2026-04-07 09:00", priority=3)
    stock_escalation("2026-04-09 12:00", notify_only=True)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.followup_set.count()) == (2, 0)  # the fault

    ticket = desk.ticket("2026-04-07 09:00", priority=3, queue="billing", assigned_to=desk.user("carl"))
    desk.mail.outbox.clear()
    told = desk.escalate("2026-04-09 12:00", queues=["billing"], notify_only=True)
    assert ("resolution", "due") in told
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.last_escalation, ticket.followup_set.count()) == (3, None, 0)
    assert len(desk.mail.outbox) == len(told)


def test_days_off_make_the_stock_command_hasty(desk: Desk) -> None:
    """With the last three days excluded, a ticket of one hour is escalated under escalate_days = 3. Ours waits."""
    desk.stock.Queue.objects.update(escalate_days=3)
    for day in ("2026-04-04", "2026-04-05", "2026-04-06"):  # Easter
        desk.stock.EscalationExclusion.objects.create(name="Easter", date=day)
    ticket = desk.ticket("2026-04-07 09:00", priority=3)
    desk.follow_up(ticket, "2026-04-07 09:10")
    assert desk.escalate("2026-04-07 10:00") == []
    ticket.refresh_from_db()
    assert ticket.priority == 3
    stock_escalation("2026-04-07 10:00")
    ticket.refresh_from_db()
    assert ticket.priority == 2  # the fault

    before = desk.ticket("2026-04-02 17:00", priority=3)
    assert desk.read(before, "2026-04-07 10:00")["resolve"].due == berlin("2026-04-08 17:00")  # 1 h, 8 h, 7 h


def test_no_knowledge_base() -> None:
    """The stock addresses end in a NameError without it; ours serve what is left."""
    code = """
import django; django.setup()
try: import helpdesk.urls
except NameError as error: print(error)
from django.urls import NoReverseMatch, reverse
print(reverse("helpdesk:list"))
try: reverse("helpdesk:kb_index")
except NoReverseMatch: print("no knowledge base")
"""
    off = environment(HELPDESK_KB="off")
    found = subprocess.run([sys.executable, "-c", code], env=off, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["name 'kb' is not defined", "/tickets/", "no knowledge base"]


# Pages


def test_the_customer_sees_no_colleague(desk: Desk) -> None:
    """Due, left and why, as far as it is the customer's business."""
    ticket = desk.ticket("2026-04-07 09:00", assigned_to=desk.user("ben"))
    desk.post("2026-04-07 10:00", f"/tickets/{ticket.pk}/hold/", user="ben")
    query = urlencode({"ticket": f"support-{ticket.pk}", "email": "c@example.com", "key": ticket.secret_key})
    page = desk.page("2026-04-07 11:00", f"/view/?{query}", user=None)
    panel = page.split('id="promises"', 1)[1].split("</section>", 1)[0]
    assert "paused" in panel
    assert "7 h of working time left" in panel
    assert not [word for word in ("ben", "lead", "Handled by", "Next, if") if word in panel]


def test_reasons_in_chinese(desk: Desk) -> None:
    """Where Django speaks it."""
    ticket = desk.ticket("2026-04-07 09:00")
    with import_module("django.utils.translation").override("zh-hans"), clock("2026-04-07 10:00") as now:
        panel: Any = import_module("promises.panel").panel_of(ticket, as_of=now)
    assert "2026年4月7日" in panel.lines[1].why
    assert (panel.lines[1].state, panel.lines[1].left) == ("进行中", "还剩工作时间 7 小时")
    words: Any = import_module("promises.words").WORDS
    assert words["en"].keys() == words["zh"].keys()


def test_the_admin_only_looks(desk: Desk) -> None:
    """Rows of the app are shown, and cannot be changed by hand."""
    ticket = desk.ticket("2026-04-07 09:00")
    desk.escalate("2026-04-07 12:00")
    for name in ("ticketpromise", "toldnotice", "untoldchange"):
        page = desk.page("2026-04-07 12:00", f"/admin/promises/{name}/", user="admin")
        assert f"/admin/promises/{name}/add/" not in page
    page = desk.page("2026-04-07 12:00", f"/admin/promises/ticketpromise/{ticket.pk}/change/", user="admin")
    assert 'name="_save"' not in page


# The command that shows it all


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[dict[str, str]]:
    """Where a command finds an empty database: a file, or one beside that of ``DATABASE_URL``, which stays as it is."""
    url = os.environ.get("DATABASE_URL")
    if url is None:
        yield {"DESK_DATABASE": str(folder / "desk.sqlite3")}
        return
    connect: Any = import_module("psycopg").connect
    name = f"demo_{uuid4().hex}"
    with connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    finally:
        with connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The running demo: its address, and where its database is."""
    port = free_port()
    with (
        database_of_its_own(tmp_path_factory.mktemp("demo")) as where,
        command("demo", "--port", str(port), PYTHONUNBUFFERED="1", **where) as running,
    ):
        assert running.stdout is not None
        lines: list[str] = []
        for line in running.stdout:
            lines.append(line)
            if "Quit the server" in line:
                break
        assert running.poll() is None, "".join(lines)
        assert "[support-3] resolution: due, told owner, lead\n" in lines
        try:
            yield f"http://127.0.0.1:{port}", where
        finally:
            running.terminate()


def test_the_demo(demo: tuple[str, dict[str, str]]) -> None:
    """One command serves tickets in every state."""
    address, _ = demo
    browser = build_opener(HTTPCookieProcessor(cookies := CookieJar()))

    def get(path: str) -> str:
        return str(browser.open(address + path).read().decode())

    get("/login/")
    token = next(one.value for one in cookies if one.name == "csrftoken")
    form = {"username": "lea", "password": "demo", "csrfmiddlewaretoken": token, "next": "/tickets/2/"}
    page = browser.open(f"{address}/login/", urlencode(form).encode()).read().decode()
    assert "13 h 30 min of working time left" in page
    assert "no due time for now" in page
    states = {
        number: re.findall(r'badge text-bg-[a-z ]+">([a-z ]+)<', get(f"/tickets/{number}/")) for number in range(1, 8)
    }
    assert states == {
        1: ["running", "running"],
        2: ["kept", "paused"],
        3: ["kept", "late"],
        4: ["kept", "running"],
        5: ["running", "running"],
        6: ["late", "running"],
        7: ["kept", "kept"],
    }


def test_in_a_browser(demo: tuple[str, dict[str, str]]) -> None:
    """Log in, open a ticket, see what is promised and why, put it on hold, see it paused, and release it.

    Where ``DESK_PICTURES`` names a folder, the pictures of the documentation are put there.
    """
    playwright: Any = pytest.importorskip("playwright.sync_api", reason="install playwright to drive a browser")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium here; apt-get install chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 860})
        page.goto(f"{demo[0]}/login/?next=/tickets/4/")
        page.fill("input[name=username]", "lea")
        page.fill("input[name=password]", "demo")
        page.press("input[name=password]", "Enter")
        promise = page.locator("#promises article", has_text="resolution")
        assert "running" in promise.inner_text()
        assert "1 h 30 min of working time left" in promise.inner_text()
        picture(page, "ticket")
        promise.locator("summary").click()
        assert "promised to high: 8 working hours" in promise.inner_text()
        assert promise.locator("svg").is_visible()
        picture(promise, "why")
        page.get_by_role("button", name="Actions").click()
        page.get_by_role("button", name="Hold").click()
        promise.locator(".badge", has_text="paused").wait_for()
        assert "no due time for now" in promise.inner_text()
        picture(page.locator("#promises"), "hold")
        page.get_by_role("button", name="Actions").click()
        page.get_by_role("button", name="Unhold").click()
        promise.locator(".badge", has_text="running").wait_for()
        browser.close()


def picture(shown: Any, name: str) -> None:
    """A picture for the documentation, if somebody wants it."""
    if folder := os.environ.get("DESK_PICTURES"):
        shown.screenshot(path=Path(folder) / f"django-helpdesk-{name}.png")


def test_two_runs_at_once(site: None, demo: tuple[str, dict[str, str]]) -> None:
    """They tell each thing once."""
    assert site is None
    _, where = demo
    later = import_module("django.utils.timezone").now() + timedelta(days=30)
    runs = [command("escalate_tickets", "--as-of", later.isoformat(), **where) for _ in range(2)]
    with ThreadPoolExecutor() as readers:
        printed = list(readers.map(lambda run: run.communicate()[0], runs))
    told = re.findall(r"Message-ID:\s*(\S+)", "".join(printed))
    assert len(told) == len(set(told)) > 5
