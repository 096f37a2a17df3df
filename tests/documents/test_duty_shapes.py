"""What is owed later, in the file: follow-ups by events and by dates, and events that open a case of their own."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, Eq, Present
from svcstd.documents import Format, json_schema, parse_text, read_standard, write_standard
from svcstd.sla import (
    Anniversary,
    CalendarDays,
    Conversion,
    DateTable,
    FollowUpRule,
    On,
    PeriodEnd,
    WorkingDays,
    read_target,
)

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())

HEAD = 'svcstd = 1\nid = "desk"\nname = "Desk"\nzone = "UTC"\n'
WORDS = """
[facts]
phone = "text"
born = "date"
score = "integer"
share = "number"
urgent = "true or false"
mood = { one_of = ["calm", "extreme"] }
[events]
resolved = ""
called = ""
no_answer = ""
closed = ""
gone = ""
rated = ""
created = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
"""
BASE = HEAD + 'calendar = "office"\n' + WORDS
ON = 'on = "resolved"\n'
OWED = 'due = "next calendar day by 18:00"\ndone = "called"\n'
DUE = CalendarDays(1, "18:00")


def follow_up(lines: str, base: str = BASE) -> FollowUpRule:
    """The rule that a text reads as; on the way it survives every format, and the schema takes it."""
    return whole(f"{base}[follow_ups.call]\n{lines}").current.follow_ups["call"]


def conversion(lines: str) -> Conversion:
    """The rule that a text reads as, in the same way."""
    return whole(f"{BASE}[conversions.complaint]\n{lines}").current.conversions["complaint"]


def whole(text: str) -> ServiceStandard:
    """A standard that survives every format, and that the schema takes."""
    standard = loads(text)
    SCHEMA.validate(parse_text(text, "toml")[0])
    for format in FORMATS:  # noqa: A001 - the word for it
        written = dumps(standard, format=format)
        assert loads(written, format=format) == standard
        SCHEMA.validate(parse_text(written, format)[0])
    return standard


def faults(text: str) -> list[tuple[str, str]]:
    """Where and message of every fault."""
    with pytest.raises(StandardError) as caught:
        loads(text)
    assert all("; " in str(fault) for fault in caught.value.faults)
    return [(fault.where, fault.message) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (ON + OWED, FollowUpRule(on=[On("resolved")], due=DUE, done=[On("called")])),
        (
            'each_year = "born"\nleap = "feb_28"\n' + OWED,
            FollowUpRule(dates=Anniversary("born", "feb_28"), due=DUE, done=[On("called")]),
        ),
        (
            'each_year = "born"\nleap = "mar_1"\n' + OWED,
            FollowUpRule(dates=Anniversary("born", "mar_1"), due=DUE, done=[On("called")]),
        ),
        (
            "dates = [2026-09-25, 2025-10-06, 2026-09-25]\n" + OWED,  # the moon's dates by table; told twice is once
            FollowUpRule(dates=DateTable([date(2025, 10, 6), date(2026, 9, 25)]), due=DUE, done=[On("called")]),
        ),
        (
            'each = "quarter"\n' + OWED,
            FollowUpRule(dates=PeriodEnd("quarter"), due=DUE, done=[On("called")]),
        ),
        (
            'each = "week"\nweek = "Monday"\n' + OWED,
            FollowUpRule(dates=PeriodEnd("week", "Monday"), due=DUE, done=[On("called")]),
        ),
    ],
)
def test_what_gives_rise_to_a_duty(lines: str, rule: FollowUpRule) -> None:
    """Events, an anniversary, dates of a table, the end of a period: one of them."""
    assert follow_up(lines) == rule


@pytest.mark.parametrize("each", ["day", "month", "quarter", "half", "year"])
def test_each_period_has_an_end(each: str) -> None:
    """Every kind of period may be talked about after its end."""
    assert follow_up(f'each = "{each}"\n{OWED}').dates == PeriodEnd(each)


def test_every_key_of_a_follow_up_is_read() -> None:
    """Conditions, attempts, what settles and what ends, whose duty it is."""
    rule = follow_up(
        """
name = "the call after a repair"
on = ["resolved", { event = "rated", when = { mood = "extreme" } }]
when = { phone = { present = true }, urgent = true }
due = "2 working days by 18:00"
calendar = "office"
together = "phone"
done = { event = "called", when = { score = ">= 1" } }
tried = ["no_answer", "gone"]
tries = 3
retry = "1 working day by closing"
settled = "closed"
ends = "gone"
repeats = true
role = "callback"
"""
    )
    retry = read_target("1 working day by closing")
    assert (rule.name, rule.calendar, rule.together, rule.role) == (
        "the call after a repair",
        "office",
        "phone",
        "callback",
    )
    assert rule.on == (On("resolved"), On("rated", AllOf((Eq("mood", "extreme"),))))
    assert rule.when == AllOf((Present("phone"), Eq("urgent", True)))
    assert isinstance(rule.due, WorkingDays)
    assert (rule.due.days, rule.tries, rule.retry, rule.repeats) == (2, 3, retry, True)
    assert (rule.tried, rule.settled, rule.ends) == ((On("no_answer"), On("gone")), (On("closed"),), (On("gone"),))
    assert rule.kinds == {"resolved", "rated", "called", "no_answer", "gone", "closed"}


@pytest.mark.parametrize(
    "due",
    [
        "2 hours",
        "0 hours",
        "8 working hours",
        "3 working days",
        "0 calendar days by 18:00",
        "1 working hour then 1 hour",
    ],
)
def test_whatever_counts_from_an_event_may_be_due(due: str) -> None:
    """Time, working time, days: but no count and no instant."""
    assert follow_up(f'{ON}due = "{due}"\ndone = "called"\n').due == read_target(due)


AT = "$.follow_ups.call"
RETRY = 'tried = "no_answer"\n'
FAULTS = [
    (OWED, ".on", "follow_up.on"),
    (ON + "dates = [2026-01-01]\n" + OWED, ".on", "follow_up.on"),
    (ON + 'each = "month"\n' + OWED, ".on", "follow_up.on"),
    (ON + 'each_year = "born"\nleap = "mar_1"\n' + OWED, ".on", "follow_up.on"),
    ('each = "month"\ndates = [2026-01-01]\n' + OWED, ".on", "follow_up.on"),
    ('each = "month"\neach_year = "born"\nleap = "mar_1"\n' + OWED, ".on", "follow_up.on"),
    ('each_year = "born"\n' + OWED, ".leap", "follow_up.leap"),
    (ON + 'leap = "mar_1"\n' + OWED, ".leap", "follow_up.leap"),
    ('each_year = "born"\nleap = "feb_29"\n' + OWED, ".leap", "choice.nearest"),
    ('each_year = 5\nleap = "mar_1"\n' + OWED, ".each_year", "shape.kind"),
    ('each_year = "borne"\nleap = "mar_1"\n' + OWED, "", "facts.name"),
    ("dates = []\n" + OWED, ".dates", "shape.empty"),
    ("dates = 2026-01-01\n" + OWED, ".dates", "shape.kind"),
    ('dates = [2026-01-01, "May"]\n' + OWED, ".dates[1]", "day.text"),
    ('each = "fortnight"\n' + OWED, ".each", "choice.nearest"),
    ('each = "week"\n' + OWED, ".week", "period.week"),
    ('each = "week"\nweek = "Mo"\n' + OWED, ".week", "choice.nearest"),
    ("each = 5\n" + OWED, ".each", "shape.kind"),
    ("on = []\n" + OWED, ".on", "shape.empty"),
    ('on = "resolvd"\n' + OWED, "", "events.unknown"),
    ('on = { event = "rated", when = { mod = "calm" } }\n' + OWED, ".on.when.mod", "facts.name"),
    (ON + OWED + 'when = { mood = "calmer" }', ".when.mood", "facts.value"),
    (ON + OWED + "when = 5", ".when", "shape.kind"),
    (ON + 'done = "called"', ".due", "shape.missing"),
    (ON + 'due = "1 hour"', ".done", "shape.missing"),
    (ON + 'due = "1 hour"\ndone = []', ".done", "shape.empty"),
    (ON + 'due = "1 hour"\ndone = "caled"', "", "events.unknown"),
    (ON + 'due = "1h"\ndone = "called"', ".due", "target.text"),
    (ON + 'due = 5\ndone = "called"', ".due", "shape.kind"),
    (ON + 'due = "2..3 rings"\ndone = "called"', ".due", "target.no_due"),
    (ON + 'due = "by 2026-01-01T00:00:00Z"\ndone = "called"', ".due", "target.no_due"),
    (ON + OWED + 'retry = "1 hour"', ".retry", "follow_up.retry"),
    (ON + OWED + "tries = 3", ".retry", "follow_up.retry"),
    (ON + OWED + RETRY + "tries = 3", ".retry", "follow_up.retry"),
    (ON + OWED + 'tries = 3\nretry = "1 hour"', ".retry", "follow_up.retry"),
    (ON + OWED + RETRY + 'tries = 3\nretry = "2..3 rings"', ".retry", "target.no_due"),
    (ON + OWED + "tries = 0", ".tries", "shape.bounds"),
    (ON + OWED + "tries = 101", ".tries", "shape.bounds"),
    (ON + OWED + "tries = true", ".tries", "shape.kind"),
    (ON + OWED + "repeats = 1", ".repeats", "shape.kind"),
    (ON + OWED + "role = 5", ".role", "shape.kind"),
    (ON + OWED + 'together = "fone"', "", "facts.name"),
    (ON + OWED + 'calendar = "ofice"', ".calendar", "calendar.unknown"),
    (ON + OWED + 'roll = "x"', ".roll", "shape.unknown_key"),
    (ON + OWED + 'settled = "closd"', "", "events.unknown"),
    (ON + OWED + "ends = []", ".ends", "shape.empty"),
]


@pytest.mark.parametrize(("lines", "where", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_bad_follow_up_is_one_fault(lines: str, where: str, message: str) -> None:
    """Where, what and how to mend it."""
    assert faults(f"{BASE}[follow_ups.call]\n{lines}\n") == [(AT + where, message)]


def test_an_empty_follow_up_lacks_two_keys() -> None:
    """All that is missing is told at once."""
    assert faults(f"{BASE}[follow_ups.call]\n") == [(f"{AT}.due", "shape.missing"), (f"{AT}.done", "shape.missing")]


@pytest.mark.parametrize("key", ["due", "retry"])
def test_a_duty_without_a_time_is_refused(key: str) -> None:
    """A question mark is for promises that wait for their value: a duty with it could not be reckoned."""
    times = {"due": "1 hour", "retry": "1 hour"} | {key: "?"}
    lines = f'{ON}due = "{times["due"]}"\nretry = "{times["retry"]}"\ntries = 3\n{RETRY}done = "called"\n'
    assert [where for where, _ in faults(f"{BASE}[follow_ups.call]\n{lines}")] == [f"{AT}.{key}"]


@pytest.mark.parametrize(
    "way", [ON, 'each = "month"\n', "dates = [2026-01-01]\n", 'each_year = "born"\nleap = "mar_1"\n']
)
def test_a_week_is_for_weeks(way: str) -> None:
    """A key that means nothing here is not overlooked in silence."""
    found = faults(f'{BASE}[follow_ups.call]\n{way}week = "Monday"\n{OWED}')
    assert [where for where, _ in found] == [f"{AT}.week"]


def test_an_anniversary_is_that_of_a_date() -> None:
    """A text has no anniversary: nothing would ever be owed, and nobody would know why."""
    assert len(faults(f'{BASE}[follow_ups.call]\neach_year = "phone"\nleap = "mar_1"\n{OWED}')) == 1


def test_the_calendar_of_a_duty() -> None:
    """A due time in working time needs one; a family of calendars is none; a wrong one is told once."""
    rule = f'[follow_ups.call]\n{ON}due = "1 working hour"\ndone = "called"\n'
    assert faults(f"{HEAD}{WORDS}{rule}") == [(f"{AT}.calendar", "objective.calendar")]
    plain = rule.replace("working ", "")
    assert follow_up(plain.partition("\n")[2], HEAD + WORDS).calendar == ""
    family = '[calendars.site]\nby = "phone"\nelse = "office"\nuse = { x = "office" }\n'
    assert faults(f'{BASE}{family}{rule}calendar = "site"\n') == [(f"{AT}.calendar", "calendar.family")]


def test_the_calendar_of_the_standard_is_told_once() -> None:
    """One wrong key is one fault, however many duties would count in it."""
    text = BASE.replace('calendar = "office"\n', 'calendar = "ofice"\n', 1)
    late = f'{ON}due = "1 working hour"\ndone = "called"\n'
    assert faults(f"{text}[follow_ups.call]\n{ON}{OWED}") == [("$.calendar", "calendar.unknown")]
    assert faults(f"{text}[follow_ups.call]\n{late}") == [("$.calendar", "calendar.unknown")]


def test_a_rule_by_an_unreadable_fact_is_not_judged() -> None:
    """One fault of the fact's kind is enough."""
    text = BASE.replace('phone = "text"', 'phone = "txt"')
    text += f'[follow_ups.call]\n{ON}{OWED}together = "phone"\nwhen = {{ phone = 5 }}\n'
    text += '[conversions.complaint]\non = "rated"\nopens = "created"\nfacts = { phone = 5 }\n'
    assert faults(text) == [("$.facts.phone", "choice.nearest")]


def test_every_key_of_a_conversion_is_read() -> None:
    """Strongly dissatisfied feedback opens a case that knows what kind it is."""
    rule = conversion(
        """
name = "complaints"
on = [{ event = "rated", when = { mood = "extreme" } }, "gone"]
opens = "created"
facts = { mood = "calm", score = 3, share = 0.10, urgent = true, phone = "" }
"""
    )
    assert rule == Conversion(
        name="complaints",
        on=[On("rated", AllOf((Eq("mood", "extreme"),))), On("gone")],
        opens="created",
        facts={"mood": "calm", "score": 3, "share": Decimal("0.10"), "urgent": True, "phone": ""},
    )
    assert conversion('on = "rated"\nopens = "created"\n').facts == {}


def test_a_conversion_may_tell_a_date() -> None:
    """A date in the file is a date of the case, as in examples and conditions."""
    rule = conversion('on = "rated"\nopens = "created"\nfacts = { born = 2026-01-01 }\n')
    assert rule.facts == {"born": date(2026, 1, 1)}


OPENS = '\nopens = "created"\n'
OPENED = [
    ("5", "", "shape.kind"),
    ('{ on = "rated" }', ".opens", "shape.missing"),
    ('{ opens = "created" }', ".on", "shape.missing"),
    ('{ on = [], opens = "created" }', ".on", "shape.empty"),
    ('{ on = 5, opens = "created" }', ".on", "shape.kind"),
    ('{ on = "rate", opens = "created" }', "", "events.unknown"),
    ('{ on = "rated", opens = "create" }', "", "events.unknown"),
    ('{ on = "rated", opens = ["created"] }', ".opens", "shape.kind"),
    ('{ on = "rated", opens = "created", fact = {} }', ".fact", "shape.unknown_key"),
    ('{ on = { event = "rated", when = { mod = 1 } }, opens = "created" }', ".on.when.mod", "facts.name"),
    ('{ on = "rated", opens = "created", facts = 5 }', ".facts", "shape.kind"),
    ('{ on = "rated", opens = "created", facts = ["mood"] }', ".facts", "shape.kind"),
    ('{ on = "rated", opens = "created", facts = { mod = "calm" } }', ".facts.mod", "facts.name"),
    ('{ on = "rated", opens = "created", facts = { mood = "calmer" } }', ".facts.mood", "facts.value"),
    ('{ on = "rated", opens = "created", facts = { mood = ["calm"] } }', ".facts.mood", "facts.kind"),
    ('{ on = "rated", opens = "created", facts = { mood = { present = true } } }', ".facts.mood", "facts.kind"),
    ('{ on = "rated", opens = "created", facts = { score = true } }', ".facts.score", "facts.kind"),
    ('{ on = "rated", opens = "created", facts = { score = 1.0 } }', ".facts.score", "facts.kind"),
    ('{ on = "rated", opens = "created", facts = { urgent = "yes" } }', ".facts.urgent", "facts.kind"),
    ('{ on = "rated", opens = "created", facts = { born = "soon" } }', ".facts.born", "facts.kind"),
]


@pytest.mark.parametrize(("written", "where", "message"), OPENED, ids=range(len(OPENED)))
def test_a_bad_conversion_is_one_fault(written: str, where: str, message: str) -> None:
    """Where, what and how to mend it."""
    text = BASE.replace("[facts]", f"conversions = {{ complaint = {written} }}\n[facts]")
    assert faults(text) == [(f"$.conversions.complaint{where}", message)]


@pytest.mark.parametrize("key", ["follow_ups", "conversions"])
def test_duties_stand_in_a_table(key: str) -> None:
    """A list of rules has no keys; a null fact is no fact."""
    assert faults(f"{HEAD}{key} = []\n") == [(f"$.{key}", "shape.kind")]
    assert faults(f'{HEAD}{key} = {{ "a.b" = {{}} }}\n')[0] == (f"$.{key}.a.b", "shape.key")


def test_nothing_is_no_fact_of_a_new_case() -> None:
    """YAML and JSON can write null; the file must leave the fact away, for the sake of TOML."""
    raw = tomllib.loads(BASE)
    raw["conversions"] = {"c": {"on": "rated", "opens": "created", "facts": {"mood": None}}}
    with pytest.raises(StandardError) as caught:
        read_standard(raw, {})
    assert [fault.where for fault in caught.value.faults] == ["$.conversions.c.facts.mood"]
    assert not SCHEMA.is_valid(raw)


OVERLAYS = [
    (ON + OWED, 'follow_ups.call.role = "lead"'),
    (ON + OWED, "follow_ups.call.repeats = true"),
    (ON + OWED + "repeats = true", "follow_ups.call.repeats = false"),
    (ON + OWED + 'role = "lead"', 'follow_ups.call.role = ""'),
    (ON + OWED, 'follow_ups.call = { tried = "no_answer", tries = 2, retry = "1 hour" }'),
    ("dates = [2026-01-01]\n" + OWED, "follow_ups.call.dates = [2027-01-01, 2028-01-01]"),
    ('each = "month"\n' + OWED, 'follow_ups.call.each = "quarter"'),
    ('each_year = "born"\nleap = "feb_28"\n' + OWED, 'follow_ups.call.leap = "mar_1"'),
    (ON + OWED, 'follow_ups.other = { on = "gone", due = "1 hour", done = "called" }'),
    (ON + OWED, 'conversions.c = { on = "rated", opens = "created", facts = { mood = "calm" } }'),
]


@pytest.mark.parametrize(("lines", "overlay"), OVERLAYS, ids=range(len(OVERLAYS)))
def test_any_change_of_a_duty_can_be_written(lines: str, overlay: str) -> None:
    """What an overlay makes of a duty can be dumped, and is the same duty again."""
    standard = whole(f"{BASE}[follow_ups.call]\n{lines}\n[changes.2026-01-01]\n{overlay}\n")
    assert standard.editions[0] != standard.editions[1]


def test_facts_of_a_conversion_merge_over_editions() -> None:
    """An overlay adds a fact, and changes another."""
    standard = whole(
        f'{BASE}[conversions.c]\non = "rated"{OPENS}facts = {{ mood = "calm", score = 1 }}\n'
        "[changes.2026-01-01]\nconversions.c.facts = { score = 2, urgent = false }\n"
    )
    assert [dict(edition.conversions["c"].facts) for edition in standard.editions] == [
        {"mood": "calm", "score": 1},
        {"mood": "calm", "score": 2, "urgent": False},
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"follow_ups": {"a": {"on": "gone", "due": "1 hour"}}},
        {"follow_ups": {"a": {"on": "gone", "due": "1 hour", "done": "gone", "tries": "3"}}},
        {"follow_ups": {"a": {"each": "decade", "due": "1 hour", "done": "gone"}}},
        {"conversions": {"a": {"on": "gone"}}},
        {"conversions": {"a": {"on": "gone", "opens": "gone", "facts": {"mood": []}}}},
    ],
)
def test_the_schema_refuses_what_does_not_load(broken: dict[str, Any]) -> None:
    """Editors are told too."""
    raw = tomllib.loads(BASE) | broken
    assert not SCHEMA.is_valid(raw)
    with pytest.raises(StandardError):
        read_standard(raw, {})


def test_duties_are_written_by_key() -> None:
    """Only what differs from the usual is written."""
    written = write_standard(whole(f"{BASE}[follow_ups.call]\n{ON}{OWED}"))
    assert written["follow_ups"] == {
        "call": {"on": "resolved", "due": "1 calendar day by 18:00", "done": "called"},
    }
