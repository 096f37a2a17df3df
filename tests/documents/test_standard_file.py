# ruff: noqa: E501 - a table of small files reads best with one file a line
"""The standard file: every key read, written and in the schema; every fault told once, at its path."""

from __future__ import annotations

import copy
import pickle
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import svcstd.demo
from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.calendars import DayHours, WeeklyHours
from svcstd.conditions import AllOf, Eq, FactType, In, Present, Range
from svcstd.documents import Format, json_schema, parse_text, read_standard, show_text, write_standard
from svcstd.sla import ANY_OTHER, PROFILES, CalendarDays, ClockRule, ElapsedTime, On, Pause, WorkingTime
from svcstd.sla.terms import OPTIONS
from svcstd.standard import (
    Approval,
    CalendarEntry,
    DeskMapping,
    DeskVerdict,
    EventName,
    LogMapping,
    PublicHolidays,
    Reports,
)
from svcstd.standard.service_standard import KEEPS

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
BOSTON = (Path(svcstd.demo.__file__).parent / "boston311.toml").read_text()
SCHEMA = jsonschema.Draft202012Validator(json_schema())

HEAD = 'svcstd = 1\nid = "desk"\nname = "Desk"\nzone = "Europe/Berlin"\n'
EVERY_KEY = (
    HEAD
    + """
from = 2010-01-01
why = "the first"
approved = { role = "board", on = 2009-12-01 }
years = "2015..2016"
calendar = "office"

[facts]
kind = { one_of = ["fault", "complaint"], also = { fault = ["FLT", "defect"], complaint = "CPL" }, name = "kind" }
amount = "number"
count = { kind = "integer", name = "how many" }
urgent = "true or false"
since = "date"
city = "text"

[events]
opened = "the case comes in"
closed = { name = "the case is done", also = ["Closed", "Done"] }
held = { also = "Wait" }
freed = ""
dropped = "withdrawn"

[calendars]
always = "24x7"
[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = "DE"
make_up_hours = "09:00-13:00"
overnight = "cut_day"
landing = "next_open"
zone = "Europe/Vienna"
name = "the office"
[calendars.office.exceptions]
2015-12-24 = "09:00-12:00"
2015-12-31 = { hours = "closed", name = "New Year's Eve" }
[calendars.listed]
hours = "Mon-Fri 09:00-17:00"
holidays = [2015-01-01, 2015-05-01]
[calendars.asked]
hours = "Mon-Fri 09:00-17:00"
holidays = { of = "US-MA", categories = ["public"], observed = false, language = "en_US" }
[calendars.frozen]
hours = "Mon-Fri 09:00-17:00"
[calendars.frozen.holidays]
covers = "[2015-01-01..2016-12-31]"
days = { 2015-01-01 = "New Year", 2015-05-01 = "" }
make_up = [2015-01-03]
source = "memo 7"
provisional_from = 2016-12-27
[calendars.bare]
hours = "daily 08:00-20:00"
holidays = { days = [2015-01-01], covers = "(2014-12-31..]" }
[calendars.both]
any_of = ["office", "listed"]
except = "frozen"
[calendars.shared]
all_of = ["office", "listed"]
name = "when both are there"
[calendars.moving]
else = "office"
2015-06-01 = "always"
2015-09-01 = "listed"
zone = "Europe/Paris"
name = "the moving one"

[objectives.answer]
name = "first answer"
when = { kind = ["fault", "complaint"], amount = "[1..1000)", urgent = true, since = ">= 2015-01-01", city = { present = true } }
calendar = "moving"
order = 1
by = "kind"
target = { fault = "4 working hours", else = "8 working hours" }
[objectives.answer.clock]
start = "opened"
stop = ["closed", { event = "freed", when = { urgent = true } }]
pause = "held"
resume = "any other event"
cancel = "dropped"

[objectives.solve]
order = 2
target = "90 minutes"
status = "in_force"
[objectives.solve.clock]
start = { event = "opened" }
stop = "closed"
[objectives.solve.clock.pauses]
customer = { on = "held", until = ["freed", "dropped"] }
vendor = { on = { event = "held", when = { count = 3 } }, until = "any other event" }

[objectives.later]
status = "needs_value"
target = "?"
clock = { start = "opened", stop = "closed" }

[log]
id = "No"
time = "MM/DD/YYYY hh:mm:ss A"
zone = "Europe/Berlin"
folds = "reject"
events = { opened = "In", closed = "Out" }
facts = { kind = "Kind" }
[log.desk]
objective = "solve"
due = "Due"
verdict = { column = "Kept", kept = "yes", late = "no" }
within = "60 seconds"

[reports.attainment]
by = "decided"
week = "Sunday"

[examples.plain]
name = "a plain one"
given = { kind = "fault", amount = 1.50, since = 2015-01-01 }
events = { opened = 2015-07-01T10:00:00, closed = [2015-07-01T11:00:00] }
as_of = 2015-07-01T12:00:00
expect = { solve.verdict = "met", solve.elapsed = "60 minutes", solve.breached_at = "none" }
because = { solve = ["60 minutes", "met"] }

[[examples.listed.events]]
event = "opened"
at = "2015-07-01T10:00:00"
facts = { urgent = true }
actor = "ann"
group = "north"

[examples.variants]
events = {}
each = { opened = [2015-07-01T10:00:00, 2015-07-02T10:00:00], city = ["Bonn", "Ulm"] }
expect = { solve.due = [2015-07-01T11:30:00, 2015-07-02T11:30:00] }

[changes.2015-07-02]
why = "quicker"
approved = { role = "head", on = 2015-06-30 }
years = "2015..2017"
calendar = "listed"
facts = { city = { one_of = ["Bonn", "Ulm"] } }
events = { reopened = "again" }
calendars = { listed = { holidays = [2015-05-01] }, always = { hours = "24x7", name = "always" } }
objectives.solve.target = "60 minutes"
objectives.answer.status = "withdrawn"
objectives.answer.when.kind = "fault"
"""
)


NEW_KEYS = (
    HEAD
    + """
years = "2025..2026"
calendar = "office"
exclude = { origin = "test" }
[keep]
edition = "latest"
calendar = "at creation"
shown = "earliest due"
[facts]
channel = { one_of = ["phone", "email"] }
priority = { one_of = ["P1", "P2"] }
tier = { one_of = ["gold", "plain"] }
origin = { one_of = ["real", "mystery_shopper", "test"] }
mood = { one_of = ["calm", "extreme"] }
city = "text"
phone = "text"
born = "date"
rings = "integer"
[events]
created = ""
agent_reply = ""
message = ""
resolved = ""
reopened = ""
ring = ""
off_hook = ""
waived = ""
promised = ""
merged = ""
called_back = ""
no_answer = ""
rated = ""
hold = ""
go = ""
[calendars]
office = { hours = "Mon-Fri 08:30-12:00 13:30-17:30", holidays = "CN" }
daily = "daily 08:00-20:00"
[calendars.site]
by = "city"
else = "office"
use = { Qingdao = "daily", Lanzhou = { 2026-06-01 = "daily" } }
zone = "Asia/Shanghai"
name = "by place"
[channels.phone]
calendar = "daily"
name = "the phone"
[teams.field]
calendar = "site"
[objectives.pick_up]
when = { channel = "phone" }
clock = { start = "ring", stop = "off_hook", count = "ring", count_fact = "rings" }
target = "2..3 rings"
notify = { due = "lead" }
order = 1
[objectives.first]
clock = "first_reply"
target = "24 hours"
order = 2
goal = "95 %"
notify = { "80 %" = "lead", "2 hours after due" = ["csd", "gm"] }
enforced_from = 2025-06-01
[objectives.next]
target = "2 working hours then 3 hours"
order = 3
[objectives.next.clock]
preset = "next_reply"
start = { event = "message", when = { mood = "extreme" } }
cycles = true
paused_while = { origin = "test" }
[objectives.resolve]
by = "priority"
calendar = "site"
target = { P1 = "4 working hours", else = "8 working hours" }
factor = { by = "tier", use = { gold = 0.5 } }
options = { like = "zammad", at_due = "late", reopen = "through" }
exclude = { origin = "mystery_shopper" }
order = 4
[objectives.resolve.clock]
preset = "resolution"
pauses = { h = { on = "hold", until = "go" } }
reopen = ["reopened", "ring"]
waive = "waived"
promise = "promised"
merge = "merged"
[follow_ups.callback]
name = "the call"
on = "resolved"
when = { phone = { present = true } }
due = "next calendar day by 18:00"
together = "phone"
done = "called_back"
tried = "no_answer"
tries = 3
retry = "next calendar day by 18:00"
settled = "go"
ends = "reopened"
role = "callback"
[follow_ups.birthday]
each_year = "born"
leap = "feb_28"
due = "0 calendar days by 18:00"
done = "called_back"
[follow_ups.moon]
dates = [2025-10-06, 2026-09-25]
due = "1 calendar day"
done = "called_back"
[follow_ups.review]
each = "week"
week = "Monday"
due = "2 working days"
calendar = "office"
repeats = true
done = "called_back"
[conversions.complaint]
name = "complaints"
on = { event = "rated", when = { mood = "extreme" } }
opens = "created"
facts = { channel = "phone", rings = 3 }
[log]
id = "No"
time = "ISO 8601"
event = "What"
at = "When"
kinds = { Start = "created" }
details = { mood = "Mood" }
recorded = "Seen"
event_id = "Key"
[log.desk]
objective = "first"
due = "Due"
[[examples.told.events]]
event = "created"
at = "2026-03-02T10:00:00"
details = { mood = "calm" }
reason = "asked"
due = "2026-03-03T10:00:00"
since = "2026-03-01T10:00:00"
recorded_at = "2026-03-02T11:00:00"
id = "e1"
[changes.2026-03-01]
exclude = { origin = "mystery_shopper" }
channels.phone.calendar = "office"
teams.field.name = "in the field"
calendars.site.use.Lanzhou = "office"
objectives.resolve.options.at_due = "in_time"
objectives.resolve.factor.use.plain = 2
objectives.first.notify.due = "lead"
objectives.first.goal = "90 %"
follow_ups.review.repeats = false
conversions.complaint.facts.rings = 4
"""
)


@pytest.fixture(scope="module")
def whole() -> ServiceStandard:
    """A standard in which every key stands."""
    return loads(EVERY_KEY)


def faults(text: str, format: Format = "toml") -> list[tuple[str, str]]:  # noqa: A002
    """Where and message of every fault of a text."""
    with pytest.raises(StandardError) as caught:
        loads(text, format=format)
    assert f"{len(caught.value.faults)}" in str(caught.value).splitlines()[0]
    for fault in caught.value.faults:
        assert "; " in str(fault)
    return [(fault.where, fault.message) for fault in caught.value.faults]


def test_every_key_of_the_head_is_read(whole: ServiceStandard) -> None:
    """Head, log, reports and the first edition's own words."""
    first = whole.editions[0]
    assert (whole.id, whole.name, whole.zone) == ("desk", "Desk", "Europe/Berlin")
    assert (first.starts, first.why, first.approved) == (
        date(2010, 1, 1),
        "the first",
        Approval("board", date(2009, 12, 1)),
    )
    assert (first.years, first.calendar) == (range(2015, 2017), "office")
    assert whole.reports == Reports("decided", "Sunday")
    assert whole.log == LogMapping(
        id="No",
        time="MM/DD/YYYY hh:mm:ss A",
        zone="Europe/Berlin",
        folds="reject",
        events={"opened": "In", "closed": "Out"},
        facts={"kind": "Kind"},
        desk=DeskMapping(
            objective="solve", due="Due", verdict=DeskVerdict("Kept", "yes", "no"), within=timedelta(seconds=60)
        ),
    )


def test_every_key_of_facts_and_events_is_read(whole: ServiceStandard) -> None:
    """Kinds, lists of values, aliases and names."""
    types = whole.editions[0].facts.types
    assert types["kind"] == FactType(
        "text", ("fault", "complaint"), {"FLT": "fault", "defect": "fault", "CPL": "complaint"}, "kind"
    )
    assert [types[name].kind for name in ("amount", "count", "urgent", "since", "city")] == [
        "number",
        "integer",
        "true or false",
        "date",
        "text",
    ]
    assert dict(whole.editions[0].events) == {
        "opened": EventName("the case comes in"),
        "closed": EventName("the case is done", ("Closed", "Done")),
        "held": EventName("", ("Wait",)),
        "freed": EventName(),
        "dropped": EventName("withdrawn"),
    }


def test_every_key_of_calendars_is_read(whole: ServiceStandard) -> None:
    """Hours, holidays in four spellings, exceptions, policies, and calendars made of calendars."""
    entries = whole.editions[0].calendars
    week = WeeklyHours.parse("Mon-Fri 09:00-17:00")
    assert entries["always"] == CalendarEntry(hours=WeeklyHours.parse("24x7"))
    assert entries["office"] == CalendarEntry(
        hours=week,
        holidays=PublicHolidays("DE"),
        exceptions={
            date(2015, 12, 24): DayHours.parse("09:00-12:00"),
            date(2015, 12, 31): DayHours.parse("closed", "New Year's Eve"),
        },
        make_up_hours=DayHours.parse("09:00-13:00"),
        overnight="cut_day",
        landing="next_open",
        zone="Europe/Vienna",
        name="the office",
    )
    assert entries["asked"].holidays == PublicHolidays("US-MA", ("public",), observed=False, language="en_US")
    frozen = entries["frozen"].holidays
    assert not isinstance(frozen, PublicHolidays)
    assert frozen is not None
    assert frozen.holidays == ((date(2015, 1, 1), "New Year"), (date(2015, 5, 1), ""))
    assert (frozen.make_up, frozen.source) == (((date(2015, 1, 3), ""),), "memo 7")
    assert (frozen.covers, frozen.provisional_from) == ((date(2015, 1, 1), date(2017, 1, 1)), date(2016, 12, 27))
    bare = entries["bare"].holidays
    assert not isinstance(bare, PublicHolidays)
    assert bare is not None
    assert bare.covers == (date(2015, 1, 1), None)
    assert entries["both"] == CalendarEntry(any_of=["office", "listed"], less=["frozen"])
    assert entries["shared"] == CalendarEntry(all_of=["office", "listed"], name="when both are there")
    assert entries["moving"] == CalendarEntry(
        otherwise="office",
        versions={date(2015, 6, 1): "always", date(2015, 9, 1): "listed"},
        zone="Europe/Paris",
        name="the moving one",
    )


def test_every_key_of_objectives_is_read(whole: ServiceStandard) -> None:
    """Conditions, tables with else, signals with conditions, pauses with and without keys."""
    answer, solve, later = whole.editions[0].objectives.values()
    assert answer.when == AllOf(
        (
            Range("amount", 1, 1000, high_closed=False),
            Present("city"),
            In("kind", ("fault", "complaint")),
            Range("since", date(2015, 1, 1), None),
            Eq("urgent", True),
        )
    )
    assert (answer.name, answer.calendar, answer.order, answer.by) == ("first answer", "moving", 1, "kind")
    assert (answer.target, dict(answer.rows)) == (
        WorkingTime(timedelta(hours=8)),
        {"fault": WorkingTime(timedelta(hours=4))},
    )
    assert answer.clock == ClockRule(
        [On("opened")],
        [On("closed"), On("freed", AllOf((Eq("urgent", True),)))],
        [Pause([On("held")], ANY_OTHER)],
        [On("dropped")],
    )
    assert solve.clock.pauses == (
        Pause([On("held")], (On("freed"), On("dropped")), "customer"),
        Pause([On("held", AllOf((Eq("count", 3),)))], ANY_OTHER, "vendor"),
    )
    assert (solve.target, solve.status, later.target, later.status) == (
        ElapsedTime(timedelta(minutes=90)),
        "in_force",
        None,
        "needs_value",
    )


def test_an_overlay_holds_only_what_changed(whole: ServiceStandard) -> None:
    """Tables merge key by key, lists are replaced, and a promise is withdrawn by its status."""
    first, later = whole.editions
    assert (later.starts, later.why, later.approved) == (
        date(2015, 7, 2),
        "quicker",
        Approval("head", date(2015, 6, 30)),
    )
    assert (later.years, later.calendar) == (range(2015, 2018), "listed")
    assert set(later.events) == {*first.events, "reopened"}
    assert later.facts.types["city"].one_of == ("Bonn", "Ulm")
    listed = later.calendars["listed"].holidays
    assert not isinstance(listed, PublicHolidays)
    assert listed is not None
    assert listed.holidays == ((date(2015, 5, 1), ""),)
    assert later.calendars["listed"].hours == first.calendars["listed"].hours
    assert (later.calendars["always"].name, first.calendars["always"].name) == ("always", "")
    assert later.objectives["solve"].target == ElapsedTime(timedelta(minutes=60))
    assert later.objectives["solve"].clock == first.objectives["solve"].clock
    assert later.objectives["answer"].status == "withdrawn"
    assert later.objectives["answer"].when.tests[2] == Eq("kind", "fault")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", [EVERY_KEY, NEW_KEYS, BOSTON], ids=["every key", "new keys", "boston"])
def test_a_standard_survives_a_round_trip(text: str, format: Format) -> None:  # noqa: A002
    """What is dumped loads as an equal standard, in each format, and is stable from then on."""
    standard = loads(text)
    once = dumps(standard, format=format)
    assert loads(once, format=format) == standard
    assert hash(loads(once, format=format)) == hash(standard)
    assert dumps(loads(once, format=format), format=format) == once
    assert pickle.loads(pickle.dumps(standard)) == standard  # noqa: S301 - our own bytes


@pytest.mark.long
def test_the_schema_is_a_schema() -> None:
    """Editors can trust it: draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("text", [EVERY_KEY, NEW_KEYS, BOSTON], ids=["every key", "new keys", "boston"])
def test_the_schema_accepts_what_loads(text: str) -> None:
    """As written and as dumped, the document is valid."""
    SCHEMA.validate(parse_text(text, "toml")[0])
    SCHEMA.validate(write_standard(loads(text)))


@pytest.mark.parametrize(
    "line",
    ["colour = 1", "years = 2015", "calendars = {a = {hours = 1}}", "events = {a = {nam = 'x'}}", "svcstd = 2"],
)
def test_the_schema_refuses_what_does_not_load(line: str) -> None:
    """A wrong key or kind is red in the editor too."""
    raw = tomllib.loads('svcstd = 1\nid = "a"\nname = "b"\nzone = "UTC"\n') | tomllib.loads(line)
    assert not SCHEMA.is_valid(raw)
    with pytest.raises(StandardError):
        read_standard(raw, {})


def test_the_file_alone_needs_only_its_head() -> None:
    """Four keys make a standard that promises nothing."""
    standard = loads(HEAD)
    assert (dict(standard.current.objectives), standard.log, standard.reports) == ({}, None, None)
    assert tomllib.loads(dumps(standard)) == tomllib.loads(HEAD)


@pytest.mark.parametrize("number", [2, 99])
def test_a_later_format(number: int) -> None:
    """Is told alone: nobody knows what the rest means."""
    with pytest.raises(StandardError) as caught:
        loads(f"svcstd = {number}\ncolour = 5\n[moods]\nx = 1\n")
    (fault,) = caught.value.faults
    assert fault.where == "$.svcstd"
    assert fault.text() == (
        f"$.svcstd: the file is written in format {number}, and this svcstd reads up to 1; "
        "install the release that the file was written with, or a later one"
    )


def test_all_faults_come_at_once() -> None:
    """One reading of the file tells every fault, each with its path, in every part."""
    text = """
svcstd = 0
name = "Desk"
zone = "Europe/Berlinn"
colour = "blue"
years = "2016..2015"
[facts]
kind = "txt"
[events]
opened = 5
[calendars]
office = "Mon-Fri 9-17"
both = { any_of = ["office", "nowhere"] }
[objectives.close]
when = { kind = "x", sort = "y" }
calendar = "office"
target = "8h"
clock = { start = "opened", stop = "closd", stopp = "x" }
[log]
id = "No"
[reports.attainment]
by = "start"
week = "Monday"
[examples.one]
event = {}
[changes.someday]
why = 5
zone = "UTC"
"""
    assert sorted(faults(text)) == sorted(
        [
            ("$.colour", "shape.unknown_key"),
            ("$.svcstd", "shape.bounds"),
            ("$.id", "shape.missing"),
            ("$.zone", "zone.unknown"),
            ("$.years", "years.text"),
            ("$.facts.kind", "choice.nearest"),
            ("$.events.opened", "shape.kind"),
            ("$.calendars.office", "hours.text"),
            ("$.calendars.both", "calendar.unknown"),  # nowhere; office is declared, though unreadable
            ("$.objectives.close.clock.stopp", "shape.unknown_key"),
            ("$.objectives.close.clock", "events.unknown"),  # closd, though the clock could not be read
            ("$.objectives.close.when.sort", "facts.name"),  # kind is declared, though unreadable
            ("$.objectives.close.target", "target.text"),
            ("$.log.time", "shape.missing"),
            ("$.reports.attainment.by", "choice.nearest"),
            ("$.examples.one.event", "shape.unknown_key"),
            ("$.changes.someday", "day.text"),
            ("$.changes.someday.why", "shape.kind"),
            ("$.changes.someday.zone", "shape.unknown_key"),
        ]
    )


MISNAMED = (
    HEAD
    + """
[events]
opened = ""
[objectives.a]
target = "8h"
clock = { start = ["opened", { event = "opend" }], stop = "closd", pauses = { x = { on = "hld", until = "any other event" } } }
[objectives.b]
target = "?"
clock = 5
[follow_ups.c]
on = "opened"
due = "soon"
done = ["calld", 5]
[conversions.d]
on = { event = "ratd" }
opens = "opend"
facts = { mood = "x" }
"""
)


def test_a_part_that_could_not_be_read_still_names_events() -> None:
    """A misspelt event is told in the same round as whatever else is wrong with its part."""
    with pytest.raises(StandardError) as caught:
        loads(MISNAMED)
    told = [(fault.where, fault.params["value"]) for fault in caught.value.faults if fault.message == "events.unknown"]
    assert sorted(told) == [
        ("$.conversions.d", "opend"),
        ("$.conversions.d", "ratd"),
        ("$.follow_ups.c", "calld"),
        ("$.objectives.a.clock", "closd"),
        ("$.objectives.a.clock", "hld"),
        ("$.objectives.a.clock", "opend"),
    ]


def test_the_nearest_name_is_told() -> None:
    """A typo is answered with the word that was meant."""
    with pytest.raises(StandardError) as caught:
        loads(HEAD + '[calenders]\noffice = "24x7"')
    (fault,) = caught.value.faults
    assert str(fault) == "$.calenders: 'calenders' is no key here; write calendars"


LEVELS = [
    ("", "$.calender", "calendar"),
    ("[facts.kind]\n", "$.facts.kind.calender", "also"),
    ("[events.opened]\n", "$.events.opened.calender", "also"),
    ("[calendars.a]\nhours = '24x7'\n", "$.calendars.a.calender", "name"),
    ("[calendars.a]\nhours = '24x7'\n[calendars.a.holidays]\nof = 'US'\n", "$.calendars.a.holidays.calender", "of"),
    ("[calendars.a]\nhours = '24x7'\n[calendars.a.holidays]\ndays = []\n", "$.calendars.a.holidays.calender", "days"),
    (
        "[calendars.a]\nhours = '24x7'\n[calendars.a.exceptions.2015-01-01]\nhours = 'closed'\n",
        "$.calendars.a.exceptions.2015-01-01.calender",
        "hours",
    ),
    ("[objectives.a]\ntarget = '?'\n", "$.objectives.a.calender", "calendar"),
    ("[objectives.a.clock]\nstart = 'x'\n", "$.objectives.a.clock.calender", "cancel"),
    ("[objectives.a.clock.start]\nevent = 'x'\n", "$.objectives.a.clock.start.calender", "event"),
    ("[objectives.a.clock.pauses.b]\non = 'x'\n", "$.objectives.a.clock.pauses.b.calender", "until"),
    ("[log]\nid = 'x'\n", "$.log.calender", "id"),
    ("[log.desk]\ndue = 'x'\n", "$.log.desk.calender", "due"),
    ("[log.desk.verdict]\nkept = 'x'\n", "$.log.desk.verdict.calender", "kept"),
    ("[reports]\n", "$.reports.calender", "attainment"),
    ("[reports.attainment]\nby = 'due'\n", "$.reports.attainment.calender", "by"),
    ("[examples.a]\nevents = {}\n", "$.examples.a.calender", "events"),
    ("[changes.2015-01-01]\n", "$.changes.2015-01-01.calender", "calendar"),
    ("[changes.2015-01-01.approved]\nrole = 'x'\n", "$.changes.2015-01-01.approved.calender", "role"),
]


@pytest.mark.parametrize(("section", "where", "known"), LEVELS, ids=[where for _, where, _ in LEVELS])
def test_unknown_keys_are_refused_at_every_level(section: str, where: str, known: str) -> None:
    """No key is overlooked in silence, and the known ones are told."""
    with pytest.raises(StandardError) as caught:
        loads(f"{HEAD}{section}calender = 1")
    (fault,) = [fault for fault in caught.value.faults if fault.message == "shape.unknown_key"]
    assert fault.where == where
    assert known in fault.fix


CLOCK = "clock = { start = 'opened', stop = 'closed' }\n"
EVENTS = "[events]\nopened = ''\nclosed = ''\nheld = ''\n"
FAULTS = [
    ("id = 5", None, None),
    ("from = '2015-2-1'", "$.from", "day.text"),
    ("from = '2015-W01-1'", "$.from", "day.text"),
    ("years = '²²²²'", "$.years", "years.text"),
    ("years = '1500..1600'", "$.years", "years.text"),
    ("years = '2300..2399'", "$.years", "years.text"),
    ("calendar = 'office'", "$.calendar", "calendar.unknown"),
    ("approved = { role = 'x', on = '5 May' }", "$.approved.on", "day.text"),
    ("events = 5", "$.events", "shape.kind"),
    ("events = { 'a.b' = 'x' }", "$.events.a.b", "shape.key"),
    ("facts = { a = { kind = 'integer', one_of = ['1'] } }", "$.facts.a.one_of", "facts.one_of"),
    ("facts = { a = { one_of = [] } }", "$.facts.a.one_of", "shape.empty"),
    ("facts = { a = { one_of = ['x'], also = { y = 'z' } } }", "$.facts.a.also", "facts.value"),
    ("facts = { a = { one_of = 'x' } }", "$.facts.a.one_of", "shape.kind"),
    ("facts = { a = 5 }", "$.facts.a", "shape.kind"),
    ("calendars = { a = 5 }", "$.calendars.a", "shape.kind"),
    ("calendars = { a = {} }", "$.calendars.a.hours", "calendar.kind"),
    ("calendars = { a = { else = '' } }", "$.calendars.a.else", "calendar.kind"),
    ("calendars = { a = { else = 5 } }", "$.calendars.a.else", "shape.kind"),
    ("calendars = { a = { else = 'a', soon = 'a' } }", "$.calendars.a.soon", "day.text"),
    ("calendars = { a = { else = 'a' } }", "$.calendars", "calendar.circle"),
    ("calendars = { a = { else = 'b' } }", "$.calendars.a", "calendar.unknown"),
    ("calendars = { a = { any_of = [] } }", "$.calendars.a.any_of", "shape.empty"),
    ("calendars = { a = { any_of = 'a', hours = '24x7' } }", "$.calendars.a.hours", "calendar.kind"),
    ("calendars = { a = { hours = '24x7', except = 'a' } }", "$.calendars.a.except", "calendar.except"),
    (
        "calendars = { a = '24x7', b = { any_of = 'a', landing = 'next_open' } }",
        "$.calendars.b.hours",
        "calendar.own_parts",
    ),
    ("calendars = { a = { hours = '24x7', landing = 'late' } }", "$.calendars.a.landing", "choice.nearest"),
    ("calendars = { a = { hours = '24x7', landing = 5 } }", "$.calendars.a.landing", "shape.kind"),
    ("calendars = { a = { hours = '24x7', zone = 'Mars' } }", "$.calendars.a.zone", "zone.unknown"),
    ("calendars = { a = { hours = '24x7', holidays = 'US' } }", "$.calendars.a.holidays", "calendar.years"),
    ("calendars = { a = { hours = '24x7', holidays = 5 } }", "$.calendars.a.holidays", "shape.kind"),
    ("calendars = { a = { hours = '24x7', holidays = ['1 May'] } }", "$.calendars.a.holidays[0]", "day.text"),
    ("calendars = { a = { hours = '24x7', holidays = ['1700-01-01'] } }", "$.calendars.a.holidays", "day.years"),
    (
        "calendars = { a = { hours = '24x7', holidays = { of = 'US', categories = [] } } }",
        "$.calendars.a.holidays.categories",
        "shape.empty",
    ),
    (
        "calendars = { a = { hours = '24x7', holidays = { of = 'US', observed = 1 } } }",
        "$.calendars.a.holidays.observed",
        "shape.kind",
    ),
    (
        "calendars = { a = { hours = '24x7', holidays = { days = [], covers = '2015' } } }",
        "$.calendars.a.holidays.covers",
        "day.range",
    ),
    (
        "calendars = { a = { hours = '24x7', holidays = { days = [], covers = '[2015-01-01..2015-01-01)' } } }",
        "$.calendars.a.holidays.covers",
        "holidays.covers",
    ),
    (
        "calendars = { a = { hours = '24x7', holidays = { days = [], covers = '[2015-01-01..9999-12-31]' } } }",
        "$.calendars.a.holidays.covers",
        "day.range",
    ),
    (
        "calendars = { a = { hours = '24x7', exceptions = { 20150101 = 'closed', 2015-01-01 = '00:00-24:00' } } }",
        "$.calendars.a.exceptions.20150101",
        "day.text",
    ),
    (
        "calendars = { a = { hours = '24x7', exceptions = { 2015-01-01 = 5 } } }",
        "$.calendars.a.exceptions.2015-01-01",
        "shape.kind",
    ),
    (f"{EVENTS}[objectives.a]\n{CLOCK}", "$.objectives.a.target", "shape.missing"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = '?'", "$.objectives.a.target", "objective.no_target"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 working hours'", "$.objectives.a.calendar", "objective.calendar"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = 'P9999999999999D'", "$.objectives.a.target", "duration.iso"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = {{ x = '8 hours' }}", "$.objectives.a.by", "objective.table"),
    (
        f"{EVENTS}[objectives.a]\n{CLOCK}by = 'x'\ntarget = {{ x = '?' }}",
        "$.objectives.a.target",
        "objective.row_value",
    ),
    (f"{EVENTS}[objectives.a]\n{CLOCK}by = 'x'\ntarget = {{ x = '8 hours' }}", "$.objectives.a", "facts.name"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = 5", "$.objectives.a.target", "shape.kind"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 hours'\norder = true", "$.objectives.a.order", "shape.kind"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 hours'\norder = 5000", "$.objectives.a.order", "shape.bounds"),
    (f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 hours'\nwhen = 5", "$.objectives.a.when", "shape.kind"),
    (f"{EVENTS}[objectives.a]\ntarget = '8 hours'\nclock = 'resolutio'", "$.objectives.a.clock", "choice.nearest"),
    (
        f"{EVENTS}[objectives.a]\ntarget = '8 hours'\nclock = {{ start = [], stop = 'closed' }}",
        "$.objectives.a.clock.start",
        "shape.empty",
    ),
    (
        f"{EVENTS}[objectives.a]\ntarget = '8 hours'\nclock = {{ start = 'opened', stop = 'opened' }}",
        "$.objectives.a.clock.clock.stop",
        None,
    ),
    (
        f"{EVENTS}[objectives.a]\ntarget = '8 hours'\nclock = {{ start = 'opened', stop = 'closd' }}",
        "$.objectives.a.clock",
        "events.unknown",
    ),
    (
        f"{EVENTS}[objectives.a]\ntarget = '8 hours'\nclock = {{ start = 'opened', stop = 'closed', pause = 'held' }}",
        "$.objectives.a.clock.resume",
        "clock.resume",
    ),
    (
        f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 hours'\n[objectives.b]\n{CLOCK}target = '9 hours'",
        "$.objectives.b.order",
        "objective.no_order",
    ),
    (
        f"{EVENTS}[objectives.a]\n{CLOCK}target = '8 hours'\norder = 1\n[objectives.b]\n{CLOCK}target = '9 hours'\norder = 1",
        "$.objectives.b.order",
        "objective.order",
    ),
    (
        f"{EVENTS}[objectives.close]\n{CLOCK}target = '8 hours'\n[changes.2026-03-01]\nobjectives.clse.target = '9 hours'",
        "$.changes.2026-03-01.objectives.clse",
        "objective.unknown",
    ),
    (
        f"{EVENTS}[objectives.close]\n{CLOCK}target = '8 hours'\n[changes.2026-03-01]\nobjectives = 5",
        "$.changes.2026-03-01.objectives",
        "shape.kind",
    ),
    ("reports = { attainment = { by = 'due', week = 'Mondy' } }", "$.reports.attainment.week", "choice.nearest"),
    ("changes = 5", "$.changes", "shape.kind"),
    ("changes = { 2015-01-01 = 5 }", "$.changes.2015-01-01", "shape.kind"),
    ("from = 2016-01-01\nchanges = { 2015-01-01 = {} }", "$.changes", "standard.editions"),
    ("examples = 5", "$.examples", "shape.kind"),
    ("log = 5", "$.log", "shape.kind"),
]


@pytest.mark.parametrize(("text", "where", "message"), FAULTS[1:], ids=range(1, len(FAULTS)))
def test_a_fault_is_told_once_at_its_path(text: str, where: str, message: str | None) -> None:
    """Each wrong value is one fault: where, what, and how to mend it."""
    found = faults(HEAD + text)
    if message is None:
        assert len(found) == 1
        return
    assert found == [(where, message)]


LOG = "[log]\nid = 'No'\ntime = 'ISO 8601'\nevents = { opened = 'In' }\n"
LOG_FAULTS = [
    (LOG.replace("opened", "opend"), ["$.log.events.opend"]),
    (LOG + "facts = { kind = 'Kind' }", ["$.log.facts.kind"]),
    (LOG.replace("ISO 8601", "HH:mm"), ["$.log.time"]),
    (LOG.replace("ISO 8601", "YYYY-MM-DD"), ["$.log.folds"]),
    (LOG.replace("events =", "kinds ="), ["$.log.events"]),
    (LOG + "event = 'What'", ["$.log.events"]),
    (LOG + "group = 'Team'", ["$.log.events"]),
    ("[log]\nid = 'No'\ntime = 'ISO 8601'\nevent = 'E'\nat = 'A'\nkinds = { 'x.y' = 'open' }", ["$.log.kinds.open"]),
    (LOG + "[log.desk]\ndue = 'Due'", ["$.log.desk.objective"]),
    (LOG + "[log.desk]\nobjective = 'close'", ["$.log.desk.objective"]),
    (LOG + "[log.desk]\nwithin = '8 working hours'", ["$.log.desk.within"]),
    (LOG + "[log.desk.verdict]\ncolumn = 'x'", ["$.log.desk.verdict.kept", "$.log.desk.verdict.late"]),
]


@pytest.mark.parametrize(("text", "wheres"), LOG_FAULTS, ids=range(len(LOG_FAULTS)))
def test_a_log_speaks_of_what_is_declared(text: str, wheres: list[str]) -> None:
    """Events, facts and objectives of a log are those of the standard, in any edition."""
    assert [where for where, _ in faults(f"{HEAD}{EVENTS}{text}")] == wheres


def test_a_log_may_name_what_a_later_edition_declares() -> None:
    """The vocabulary of a log is that of all editions, readable or not."""
    later = "[changes.2016-01-01]\nevents = { reopened = '' }\n"
    log = "[log]\nid = 'No'\ntime = 'ISO 8601'\nevents = { reopened = 'Again' }\n"
    standard = loads(HEAD + later + log)
    assert standard.log is not None
    assert faults(HEAD + later + "years = 'soon'\n" + log) == [("$.changes.2016-01-01.years", "years.text")]


def test_faults_carry_line_and_column_in_yaml() -> None:
    """A value is found by line and column; a missing key by those of its table."""
    text = (
        "svcstd: 1\nid: a\nname: b\nzone: UTC\ncalendars:\n  office: Mon-Fri 9-17\nreports:\n  attainment: {by: due}\n"
    )
    assert faults(text, "yaml") == [
        ("$.calendars.office (line 6, column 11)", "hours.text"),
        ("$.reports.attainment.week (line 8, column 15)", "shape.missing"),
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_a_fault_of_the_base_is_not_told_again_by_its_overlays(format: Format) -> None:  # noqa: A002
    """What the first edition got wrong is told once, and so is what an overlay got wrong."""
    raw: dict[str, Any] = {
        "svcstd": 1,
        "id": "a",
        "name": "b",
        "zone": "UTC",
        "calendars": {"office": "Mon-Fri 9-17"},
        "changes": {
            "2015-01-01": {"events": {"opened": 5}},
            "2016-01-01": {"calendars": {"other": "24x7"}},
            "2017-01-01": {"calendars": {"office": "Mon-Fri 9"}},
        },
    }
    found = [(where.partition(" (")[0], message) for where, message in faults(show_text(raw, format), format)]
    assert found == [
        ("$.calendars.office", "hours.text"),
        ("$.changes.2015-01-01.events.opened", "shape.kind"),
        ("$.changes.2017-01-01.calendars.office", "hours.text"),
    ]


def test_an_overlay_cannot_move_the_standard() -> None:
    """The zone, the name and the id are those of the whole."""
    assert faults(HEAD + "[changes.2015-01-01]\nzone = 'UTC'\nid = 'x'") == [
        ("$.changes.2015-01-01.zone", "shape.unknown_key"),
        ("$.changes.2015-01-01.id", "shape.unknown_key"),
    ]


def test_too_many_changes_are_refused() -> None:
    """Each edition costs a reading of the whole."""
    raw = tomllib.loads(HEAD) | {"changes": {(date(2000, 1, 1) + timedelta(day)).isoformat(): {} for day in range(501)}}
    with pytest.raises(StandardError) as caught:
        read_standard(raw, {})
    assert [(fault.where, fault.message) for fault in caught.value.faults] == [("$.changes", "shape.bounds")]
    assert "501 changes" in str(caught.value)


def test_nobody_reads_more_than_a_thousand_faults() -> None:
    """Reading ends where the list of faults helps nobody."""
    with pytest.raises(StandardError) as caught:
        read_standard({f"key{number}": 1 for number in range(5_000)}, {})
    assert len(caught.value.faults) == 1_000


def test_an_edition_may_lack_what_the_one_before_had() -> None:
    """What is built in Python without a promise is written with its removal, and read back the same."""
    standard = loads(EVERY_KEY)
    first, later = standard.editions
    shorter = attrs.evolve(later, objectives={"solve": later.objectives["solve"]})
    changed = attrs.evolve(standard, editions=(first, shorter), examples={})
    for format in ("toml", "yaml", "json"):  # noqa: A001 - the word for it
        text = dumps(changed, format=format)
        assert loads(text, format=format) == changed
    assert "objectives.answer" in write_standard(changed)["changes"]["2015-07-02"]["remove"]


REMOVED = (
    HEAD
    + """
[events]
created = ""
resolved = ""
[facts]
tier = "text"
[objectives.a]
clock = { start = "created", stop = "resolved" }
by = "tier"
[objectives.a.target]
"v1.2" = "1 hour"
v1 = "2 hours"
else = "3 hours"
[changes.2015-01-01]
"""
)


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("objectives.a.target.v1", ["v1.2"]),
        ("objectives.a.target.v1.2", ["v1"]),  # keys may hold dots
    ],
)
def test_a_row_is_removed(path: str, rows: list[str]) -> None:
    """What an overlay removes is gone from that day on, and only from then."""
    standard = loads(REMOVED + f"remove = ['{path}']")
    first, later = standard.editions
    assert list(first.objectives["a"].rows) == ["v1.2", "v1"]
    assert list(later.objectives["a"].rows) == rows
    assert loads(dumps(standard)) == standard


def test_a_part_is_removed_and_given_anew() -> None:
    """Removal comes first, so that one overlay can replace a whole table."""
    standard = loads(REMOVED + "remove = ['objectives.a.target', 'objectives.a.by']\nobjectives.a.target = '5 hours'")
    later = standard.editions[1].objectives["a"]
    assert (str(later.target), later.by, dict(later.rows)) == ("5 hours", "", {})
    assert loads(dumps(standard)) == standard


ORDERED = REMOVED.replace(
    "[changes.2015-01-01]",
    """
[objectives.a.notify]
"80 %" = "lead"
due = "gm"
[calendars.m]
hours = "24x7"
[calendars.f]
by = "tier"
else = "m"
[calendars.f.use]
a = { 2026-03-01 = "m", 2026-04-01 = "m" }
"a.2026-04-01" = "m"
[changes.2015-01-01]
""",
)


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ("objectives.a.notify = { '50 %' = 'lead' }", ["80 %", "due", "50 %"]),
        (
            "remove = ['objectives.a.notify']\nobjectives.a.notify = { '50 %' = 'lead', due = 'x', '80 %' = 'lead' }",
            ["50 %", "due", "80 %"],
        ),
        ("remove = ['objectives.a.notify.80 %']", ["due"]),
    ],
)
def test_the_order_of_thresholds_survives(lines: str, levels: list[str]) -> None:
    """A threshold's number is its place: what an overlay adds goes last, and a table given anew keeps its order."""
    standard = loads(ORDERED + lines)
    assert [str(level.threshold) for level in standard.editions[1].objectives["a"].notify] == levels
    assert loads(dumps(standard)) == standard
    assert loads(dumps(loads(dumps(standard)))) == standard


def test_a_path_that_could_mean_another_is_not_written() -> None:
    """Keys may hold dots: where a path would name the wrong entry, the table around it is written anew."""
    standard = loads(ORDERED)
    first, later = standard.editions
    site = later.calendars["f"]
    use: dict[str, Any] = dict(site.use)
    fewer = attrs.evolve(site, use=use | {"a": {day: key for day, key in use["a"].items() if day.month == 3}})
    changed = attrs.evolve(later, calendars=dict(later.calendars) | {"f": fewer})
    whole = attrs.evolve(standard, editions=(first, changed))
    assert loads(dumps(whole)) == whole


@pytest.mark.parametrize(
    ("lines", "where", "message"),
    [
        ("remove = ['objectives.b']", ".remove[0]", "standard.nothing_to_remove"),
        ("remove = ['objectives.a.target.v9', 'objectives.a.by.x']", ".remove[0]", "standard.nothing_to_remove"),
        ("remove = ['']", ".remove[0]", "standard.nothing_to_remove"),
        ("remove = 'objectives.a'", ".remove", "shape.kind"),
        ("remove = [5]", ".remove[0]", "shape.kind"),
        ("remove = ['zone']", ".remove[0]", "standard.nothing_to_remove"),
        ("remove = ['objectives.a.target', 'objectives.a.target']", ".remove[1]", "standard.nothing_to_remove"),
    ],
)
def test_a_wrong_removal_is_a_fault(lines: str, where: str, message: str) -> None:
    """What is not there cannot be removed: it is a slip of the pen."""
    assert (f"$.changes.2015-01-01{where}", message) in faults(REMOVED + lines)


OVERLAYS = [
    # a table with dates replaced by a list, a list by another
    ("calendars = { a = { hours = '24x7', holidays = ['2015-01-01'] } }", "calendars = { a = { holidays = ['2016-01-01'] } }"),
    ("calendars = { a = { hours = '24x7', holidays = { days = ['2015-01-01'] } } }", "calendars = { a = { holidays = { days = ['2016-01-01'], make_up = [] } } }"),
    ("calendars = { a = { hours = '24x7', holidays = { days = { 2015-01-01 = 'x' } } } }", "calendars = { a = { holidays = { days = ['2016-01-01'] } } }"),
    ("calendars = { a = { hours = '24x7', name = 'x' } }", "calendars = { a = { name = '' } }"),
    ("calendars = { a = { hours = '24x7', name = 'x' } }", "calendars = { a = 'daily 08:00-20:00' }"),
    ("calendars = { a = '24x7', b = { any_of = 'a' } }", "calendars = { c = '24x7', b = { any_of = ['a', 'c'], except = 'a' } }"),
    ("calendar = 'a'\ncalendars = { a = '24x7' }", "calendar = ''"),
    ("facts = { a = { one_of = ['x'], name = 'n' } }", "facts = { a = 'integer' }"),
    ("facts = { a = { one_of = ['x'] } }", "facts = { a = { one_of = ['y', 'z'], also = { y = 'Y' } } }"),
    ("[events]\no = ''\nc = ''\nh = ''\nf = ''\n[objectives.a]\ntarget = '8 hours'\nclock = { start = 'o', stop = 'c', pauses = { h = { on = 'h', until = 'f' } } }\n", "objectives.a.clock.pauses.x = { on = 'h', until = 'f' }"),
    ("[events]\no = ''\nc = ''\nh = ''\nf = ''\n[objectives.a]\ntarget = '8 hours'\nclock = { start = 'o', stop = 'c', pause = 'h', resume = 'f' }\n", "objectives.a.clock.pause = 'f'\nobjectives.a.clock.resume = 'any other event'"),
    ("[events]\no = ''\nc = ''\n[facts]\nk = 'text'\n[objectives.a]\ntarget = '8 hours'\nby = ''\nclock = { start = 'o', stop = 'c' }\n", "objectives.a.target = { x = '1 hour', else = '2 hours' }\nobjectives.a.by = 'k'"),
    ("[events]\no = ''\nc = ''\n[facts]\nk = 'text'\n[objectives.a]\ntarget = { x = '1 hour' }\nby = 'k'\nclock = { start = 'o', stop = 'c' }\n", "objectives.a.target = '2 hours'\nobjectives.a.by = ''"),
    ("events = { o = '' }", "events = { o = { also = ['x'] } }"),
]  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("base", "overlay"), OVERLAYS, ids=range(len(OVERLAYS)))
def test_any_change_that_loads_can_be_written(base: str, overlay: str, format: Format) -> None:  # noqa: A002
    """The overlay that is written makes the same edition as the one that was read."""
    standard = loads(f"{HEAD}{base}\n[changes.2015-01-01]\n{overlay}\n")
    assert standard.editions[0] != standard.editions[1]
    assert loads(dumps(standard, format=format), format=format) == standard
    SCHEMA.validate(write_standard(standard))


# Laws: plain data of random valid parts.

PRESET_KINDS = (
    "created",
    "resolved",
    "agent_reply",
    "customer_message",
    "waiting_for_customer",
    "promised",
    "reopened",
)

dates = st.dates(date(2014, 1, 1), date(2018, 1, 1)).map(date.isoformat)
clock_times = st.sampled_from(["08:00-12:00", "13:00-18:00", "22:00-06:00", "00:00-24:00"])
weekly = st.builds(lambda days, times: f"{days} {times}", st.sampled_from(["Mon-Fri", "Sat,Sun", "daily"]), clock_times)
day_hours = st.one_of(st.just("closed"), clock_times)
holidays = st.one_of(
    st.sampled_from(["US-MA", "IT"]),
    st.lists(dates, max_size=2, unique=True),
    st.fixed_dictionaries({"of": st.just("DE")}, optional={"observed": st.booleans(), "language": st.just("en_US")}),
    st.fixed_dictionaries(
        {"days": st.dictionaries(dates, st.sampled_from(["", "feast"]), max_size=2)},
        optional={"source": st.just("memo"), "covers": st.just("[2010-01-01..2020-12-31]"), "provisional_from": dates},
    ),
)
leaves = st.fixed_dictionaries(
    {"hours": weekly},
    optional={
        "holidays": holidays,
        "exceptions": st.dictionaries(
            dates, day_hours | st.fixed_dictionaries({"hours": day_hours, "name": st.just("why")}), max_size=2
        ),
        "make_up_hours": day_hours | st.fixed_dictionaries({"hours": day_hours, "name": st.just("调休")}),
        "overnight": st.sampled_from(["drop_shift", "cut_day"]),
        "landing": st.sampled_from(["close", "next_open"]),
        "zone": st.sampled_from(["UTC", "Asia/Shanghai"]),
        "name": st.text(max_size=3).filter(str.isprintable),
    },
)
calendars = st.fixed_dictionaries(
    {"base": weekly, "leaf": leaves},
    optional={
        "any": st.fixed_dictionaries({"any_of": st.sampled_from(["base", ["base", "leaf"]])}, optional={"except": st.just("leaf")}),
        "all": st.fixed_dictionaries({"all_of": st.just(["base", "leaf"])}),
        "versions": st.dictionaries(dates, st.sampled_from(["base", "leaf"]), max_size=2).map(lambda d: {"else": "base"} | d),
        "site": st.fixed_dictionaries(
            {
                "by": st.just("city"),
                "else": st.just("base"),
                "use": st.dictionaries(st.text(max_size=4), st.just("leaf") | st.dictionaries(dates, st.sampled_from(["base", "leaf"]), max_size=2), min_size=1, max_size=2),
            },
            optional={"name": st.just("by place")},
        ),
    },
)  # fmt: skip
conditions = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["P1", ["P1", "P2"], {"present": True}, {"present": False}]),
        "amount": st.sampled_from([5, Decimal("0.10"), ">= 1.5", "< 10", "[1..5)", "(1..5]"]),
        "urgent": st.booleans(),
        "since": st.sampled_from(["2015-01-01", "<= 2015-01-01", "[2015-01-01..2016-01-01]"]),
    },
)
signals = st.one_of(
    st.just("held"),
    st.just(["held", "freed"]),
    st.fixed_dictionaries({"event": st.just("held")}, optional={"when": conditions}),
)
pausing: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"pause": signals, "resume": st.sampled_from(["freed", "any other event"])}),
    st.fixed_dictionaries(
        {"pauses": st.dictionaries(st.sampled_from(["held", "b"]), st.fixed_dictionaries({"on": signals, "until": st.just("freed")}), min_size=1)}
    ),
)  # fmt: skip
amounts = st.sampled_from(["8 hours", "PT90M", "4 working hours", "45 seconds"])
targets = st.one_of(
    amounts.map(lambda target: {"target": target}),
    st.dictionaries(st.sampled_from(["P1", "P2", "else"]), amounts, min_size=1)
    .filter(lambda rows: set(rows) != {"else"})
    .map(lambda rows: {"target": rows, "by": "kind"}),
    st.just({"target": "?", "status": "needs_value"}),
)
rare = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("cancel", "reopen", "waive", "promise", "merge", "count"), signals)
    | {"cycles": st.booleans(), "count_fact": st.just("count"), "paused_while": conditions},
)
clocks = st.one_of(
    st.sampled_from(["first_reply", "resolution", "requester_wait", "next_reply"]),
    st.builds(lambda preset, pauses, more: {"preset": preset} | pauses | more, st.sampled_from(["first_reply", "resolution", "next_reply"]), pausing, rare),
    st.builds(lambda pauses, more: {"start": "opened", "stop": "closed"} | pauses | more, pausing, rare),
)  # fmt: skip
options = st.fixed_dictionaries(
    {},
    optional={"like": st.sampled_from(sorted(PROFILES))} | {name: st.sampled_from(values) for name, values in OPTIONS.items()},
)  # fmt: skip
thresholds = st.sampled_from(
    ["80 %", "due", "150 %", "2 hours before due", "1 working hour after due", "PT5M after start"]
)
roles = st.sampled_from(["lead", ["lead", "gm"]])
objectives = st.builds(
    lambda clock, target, more: {"clock": clock} | more | target,
    clocks,
    targets,
    st.fixed_dictionaries(
        {},
        optional={
            "when": conditions,
            "exclude": conditions,
            "factor": st.fixed_dictionaries({"by": st.just("kind"), "use": st.dictionaries(st.sampled_from(["P1", "P2"]), st.sampled_from([1, 2, Decimal("0.20")]))}),
            "options": options,
            "enforced_from": dates,
            "goal": st.sampled_from(["95 %", "99.9%", "0 %"]),
            "notify": st.dictionaries(thresholds, roles, max_size=3),
            "calendar": st.sampled_from(["base", "leaf"]),
            "name": st.just("promise"),
            "order": st.integers(-9, 9),
            "status": st.sampled_from(["in_force", "withdrawn", "aspirational", "pending"]),
        },
    ),
)  # fmt: skip
origins = st.one_of(
    st.fixed_dictionaries({"on": signals}),
    st.fixed_dictionaries({"dates": st.lists(dates, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"each_year": st.just("since"), "leap": st.sampled_from(["feb_28", "mar_1"])}),
    st.fixed_dictionaries({"each": st.sampled_from(["day", "month", "quarter", "half", "year"])}),
    st.just({"each": "week", "week": "Sunday"}),
)
follow_ups = st.builds(
    lambda origin, tries, more: {"due": "2 working days by 18:00", "done": "closed"} | origin | tries | more,
    origins,
    st.sampled_from([{}, {"tried": "freed"}, {"tried": ["freed", "held"], "tries": 3, "retry": "1 hour"}]),
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.just("call"),
            "when": conditions,
            "calendar": st.sampled_from(["base", "leaf"]),
            "together": st.just("city"),
            "settled": signals,
            "ends": signals,
            "repeats": st.booleans(),
            "role": st.just("callback"),
        },
    ),
)
conversions = st.fixed_dictionaries(
    {"on": signals, "opens": st.just("opened")},
    optional={
        "name": st.just("complaint"),
        "facts": st.fixed_dictionaries({}, optional={"kind": st.just("P1"), "urgent": st.booleans(), "amount": st.just(Decimal("1.50"))}),
    },
)  # fmt: skip
desk = st.fixed_dictionaries({}, optional={"calendar": st.sampled_from(["base", "leaf", ""]), "name": st.just("desk")})
keeping = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in KEEPS.items()})
changes = st.fixed_dictionaries(
    {},
    optional={
        "why": st.just("because"),
        "approved": st.fixed_dictionaries({"role": st.just("head"), "on": dates}),
        "calendars": st.fixed_dictionaries({}, optional={"leaf": leaves, "base": weekly}),
        "objectives": st.fixed_dictionaries(
            {},
            optional={
                "close": st.fixed_dictionaries(
                    {"status": st.sampled_from(["in_force", "withdrawn"])},
                    optional={
                        "options": options,
                        "notify": st.dictionaries(thresholds, roles, max_size=2),
                        "goal": st.just("90 %"),
                    },
                )
            },
        ),
        "channels": st.dictionaries(st.sampled_from(["phone", "by post"]), desk),
        "exclude": conditions,
        "follow_ups": st.dictionaries(st.sampled_from(["call", "more"]), follow_ups, max_size=1),
        "conversions": st.dictionaries(st.sampled_from(["open", "more"]), conversions, max_size=1),
        "facts": st.just({"more": "integer"}),
        "events": st.just({"held": {"name": "waits", "also": "Wait"}}),
    },
)
examples = st.fixed_dictionaries(
    {"events": st.just({"opened": "2015-07-01T10:00:00"})},
    optional={
        "given": st.fixed_dictionaries({}, optional={"kind": st.just("P1"), "amount": st.sampled_from([1, Decimal("1.50")])}),
        "as_of": st.just("2015-07-02T10:00:00+02:00"),
        "expect": st.just({"close": {"verdict": "met", "remaining": "PT1H", "due": "none"}}),
        "because": st.just({"close": ["x", "y"]}),
    },
)  # fmt: skip
standards = st.fixed_dictionaries(
    {
        "svcstd": st.just(1),
        "id": st.just("random"),
        "name": st.text(max_size=5).filter(str.isprintable),
        "zone": st.sampled_from(["Europe/Berlin", "America/New_York"]),
        "years": st.just("2015"),
        "calendar": st.just("base"),
        "facts": st.just({"kind": {"one_of": ["P1", "P2"]}, "amount": "number", "urgent": "true or false", "since": "date", "count": "integer", "city": "text", "channel": "text"}),
        "events": st.just({"opened": "", "closed": "", "held": {"also": ["Wait"]}, "freed": "", "dropped": "x"} | dict.fromkeys(PRESET_KINDS, "")),
        "calendars": calendars,
        "objectives": st.fixed_dictionaries({"close": objectives}),
    },
    optional={
        "from": st.just("2013-01-01"),
        "keep": keeping,
        "exclude": conditions,
        "channels": st.dictionaries(st.sampled_from(["phone", "by post"]), desk),
        "teams": st.dictionaries(st.text(max_size=4), desk, max_size=2),
        "follow_ups": st.dictionaries(st.sampled_from(["call", "more"]), follow_ups, max_size=2),
        "conversions": st.dictionaries(st.sampled_from(["open", "more"]), conversions, max_size=2),
        "examples": st.fixed_dictionaries({"one": examples}),
        "reports": st.just({"attainment": {"by": "due", "week": "Monday"}}),
        "changes": st.dictionaries(dates, changes, max_size=2),
    },
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=50)
@given(raw=standards, format=st.sampled_from(FORMATS))
def test_every_random_standard_survives_a_round_trip(raw: dict[str, Any], format: Format) -> None:  # noqa: A002
    """What loads can be written, loads again as an equal value, and validates."""
    try:
        standard = read_standard(raw, {})
    except StandardError as error:  # an overlay may turn a place into a table of dates: two kinds of holidays in one
        allowed = (
            "shape.unknown_key",
            "shape.missing",
            "calendar.make_up_hours",
            "holidays.outside",
            "clock.key",
            "objective.no_target",
            "objective.proportional",
            "objective.offset",
            "clock.both",
            "follow_up.on",
            "follow_up.leap",
            "follow_up.retry",
            "follow_up.week",
        )
        assert {fault.message for fault in error.faults} <= set(allowed)  # noqa: PT017 - either outcome is right
        return
    SCHEMA.validate(raw)
    text = dumps(standard, format=format)
    assert loads(text, format=format) == standard
    SCHEMA.validate(parse_text(text, format)[0])


any_plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
top_keys = st.sampled_from(
    [
        *("svcstd", "id", "name", "zone", "from", "why", "approved", "years", "calendar", "facts", "events"),
        *("calendars", "objectives", "log", "reports", "examples", "changes", "channels", "teams", "exclude"),
        *("follow_ups", "conversions", "keep"),
    ]
)


@given(raw=st.dictionaries(top_keys | st.text(max_size=8), any_plain, max_size=8))
def test_random_data_bring_out_no_other_error(raw: dict[str, Any]) -> None:
    """Whatever plain data say, only a list of faults comes out."""
    with pytest.raises(StandardError):
        read_standard(raw, {})


def paths(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data."""
    below = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [path, *(place for key, value in below for place in paths(value, (*path, key)))]


RAW = [parse_text(text, "toml")[0] for text in (BOSTON, EVERY_KEY, NEW_KEYS)]
PLACES = [[place for place in paths(raw) if place] for raw in RAW]


@pytest.mark.long
@settings(max_examples=60)
@given(data=st.data(), which=st.sampled_from([0, 1, 2]))
def test_mutations_bring_out_no_other_error(data: st.DataObject, which: int) -> None:
    """One to three parts of a good standard replaced, renamed or dropped: it loads, or faults are listed."""
    raw = copy.deepcopy(RAW[which])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(PLACES[which]))
        held: Any = raw
        try:
            for key in place[:-1]:
                held = held[key]
            kept = held.pop(place[-1])
        except (LookupError, TypeError, AttributeError):
            continue
        if data.draw(st.booleans()):
            new = data.draw(any_plain | st.sampled_from(["any other event", "?", "none", "else", "2015-02-17", "P1D"]))
            held.insert(0, new) if isinstance(held, list) else held.update({place[-1]: new})
        elif isinstance(held, dict) and data.draw(st.booleans()):
            held[data.draw(st.text(max_size=5) | st.just("else"))] = kept
    try:
        standard = read_standard(raw, {})
    except StandardError as error:
        assert error.faults  # noqa: PT017 - either outcome is right
        assert str(error)  # noqa: PT017 - the same
        return
    hash(standard)
    assert loads(dumps(standard)) == standard
    SCHEMA.validate(raw)


def test_calendar_days_stand_in_the_file() -> None:
    """The demonstration promises dates, not hours."""
    rows = loads(BOSTON).editions[0].objectives["close"].rows
    assert rows["Rodent Activity"] == CalendarDays(30)
