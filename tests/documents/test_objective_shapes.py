"""Promises in the file: factors, options, goals, escalation, exclusions; and where their calendars come from."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, Eq, In
from svcstd.documents import Format, json_schema, parse_text, read_standard, write_standard
from svcstd.sla import PROFILES, Factor, Level, Objective, Offset, Share, Terms, WorkingTime, profile
from svcstd.sla.terms import OPTIONS
from svcstd.standard import Keep

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())

HEAD = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
"""
WORDS = """
[facts]
tier = { one_of = ["gold", "plain"] }
origin = { one_of = ["real", "mystery_shopper", "test"] }
channel = { one_of = ["phone", "email"] }
place = "text"
amount = "integer"
[events]
created = ""
resolved = ""
ring = ""
held = ""
freed = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
"""
BASE = HEAD + 'calendar = "office"\n' + WORDS


def text_of(*lines: str, target: str = '"8 working hours"', clock: str = "") -> str:
    """A standard with one promise, written so."""
    clock = clock or '{ start = "created", stop = "resolved" }'
    return "\n".join((BASE + "[objectives.a]", f"target = {target}", f"clock = {clock}", *lines, ""))


def objective(*lines: str, **parts: str) -> Objective:
    """The promise that a text reads as; on the way it survives every format, and the schema takes it."""
    text = text_of(*lines, **parts)
    standard = loads(text)
    SCHEMA.validate(parse_text(text, "toml")[0])
    survives(standard)
    return standard.current.objectives["a"]


def survives(standard: ServiceStandard) -> None:
    """What is written is read back as an equal standard, and fits the schema."""
    for format in FORMATS:  # noqa: A001 - the word for it
        text = dumps(standard, format=format)
        assert loads(text, format=format) == standard
        SCHEMA.validate(parse_text(text, format)[0])


def faults(text: str) -> list[tuple[str, str]]:
    """Where and message of every fault."""
    with pytest.raises(StandardError) as caught:
        loads(text)
    assert all("; " in str(fault) for fault in caught.value.faults)
    return [(fault.where, fault.message) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "value", "target"),
    [
        ("0.5", Decimal("0.5"), "4 working hours"),
        ("2", 2, "16 working hours"),
        ("1", 1, "8 working hours"),
        ("1.0", Decimal("1.0"), "8 working hours"),
        ("0.0125", Decimal("0.0125"), "6 working minutes"),  # 480 minutes / 80
        ("100", 100, "800 working hours"),  # the largest
    ],
)
def test_a_factor_is_exact(written: str, value: Decimal | int, target: str) -> None:
    """Gold halves it, to the second; a customer of no known tier is promised the plain target."""
    found = objective(f'factor = {{ by = "tier", use = {{ gold = {written} }} }}')
    assert found.factor == Factor("tier", {"gold": value})
    row, plain = found.row({"tier": "gold"}, "office"), found.row({}, "office")
    assert row is not None
    assert plain is not None
    assert (str(row.target), str(plain.target)) == (target, "8 working hours")


def test_a_factor_of_no_values_changes_nothing() -> None:
    """An empty table is silly, and no fault."""
    found = objective('factor = { by = "tier", use = {} }').row({"tier": "gold"}, "office")
    assert found is not None
    assert found.target == WorkingTime(timedelta(hours=8))


def test_a_factor_by_any_text_may_name_any_value() -> None:
    """Values of an open fact stand as keys of any text."""
    found = objective('factor = { by = "place", use = { "São Paulo, SP" = 3 } }')
    assert found.factor == Factor("place", {"São Paulo, SP": 3})


@pytest.mark.parametrize("like", PROFILES)
@pytest.mark.parametrize("measure", ["", "acknowledge", "resolution"])
def test_like_a_product(like: str, measure: str) -> None:
    """The options of a product, for the measure that the clock is made from; without one, its common options."""
    clock = f'{{ preset = "{measure}", start = "created", stop = "resolved" }}' if measure else ""
    found = objective(f'options = {{ like = "{like}" }}', clock=clock, target='"8 hours"')
    assert found.terms == profile(like).terms(measure)


@pytest.mark.parametrize("measure", ["time_in_group", "hand_off"])
@pytest.mark.parametrize("like", PROFILES)
def test_what_makes_a_measure_stays_whatever_the_product(like: str, measure: str) -> None:
    """An agreement between teams counts from its attachment, each time anew; the file may say otherwise."""
    clock = f'{{ preset = "{measure}", start = "created", stop = "resolved" }}'
    found = objective(f'options.like = "{like}"', clock=clock, target='"8 hours"')
    assert (found.terms.attach, found.terms.reopen) == ("from_attachment", "new_cycle")
    assert found.terms.retarget == profile(like).common.retarget
    other = objective(f'options = {{ like = "{like}", attach = "from_start" }}', clock=clock, target='"8 hours"')
    assert other.terms.attach == "from_start"


def test_without_a_product_a_preset_brings_its_own_options() -> None:
    """An agreement between teams counts from its attachment, unless the file says otherwise."""
    clock = '{ preset = "time_in_group", start = "created", stop = "resolved" }'
    assert objective(clock=clock).terms == Terms(attach="from_attachment", reopen="new_cycle")
    found = objective('options = { attach = "from_start" }', clock=clock)
    assert found.terms == Terms(attach="from_start", reopen="new_cycle")


def test_options_beside_a_product_win() -> None:
    """What is written counts, the product for the rest; the default may be written too."""
    found = objective('options = { like = "zammad", landing = "calendar", at_due = "late" }')
    assert found.terms == Terms(landing="calendar", at_due="late", retarget="from_start")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in OPTIONS.items() for value in values])
def test_every_option_has_a_key(name: str, value: str) -> None:
    """Each value of each option is read and written."""
    assert getattr(objective(f'options = {{ {name} = "{value}" }}').terms, name) == value


@pytest.mark.parametrize(
    ("written", "share"),
    [('"95 %"', Fraction(95, 100)), ('"99.9%"', Fraction(999, 1000)), ('"0 %"', Fraction(0)), ('"100 %"', Fraction(1))],
)
def test_a_goal_is_an_exact_share(written: str, share: Fraction) -> None:
    """From nothing to everything, to the digit."""
    assert objective(f"goal = {written}").goal == share


def test_whom_to_tell_and_when() -> None:
    """Shares, offsets of working and elapsed time, one role or several; the order written is that of the levels."""
    found = objective(
        'notify = { "80 %" = "lead", due = ["csd", "gm"], "2 working hours before due" = "lead", '
        '"PT30M after due" = "gm", "1 hour after start" = "desk", "1000 %" = "director" }'
    )
    two, half, one = timedelta(hours=2), timedelta(minutes=30), timedelta(hours=1)
    assert [(str(level.threshold), level.to) for level in found.notify] == [
        ("80 %", ("lead",)),
        ("due", ("csd", "gm")),
        ("2 working hours before due", ("lead",)),
        ("30 minutes after due", ("gm",)),
        ("1 hour after start", ("desk",)),
        ("1000 %", ("director",)),
    ]
    assert [level.threshold for level in found.notify][2] == Offset(WorkingTime(two), "before due")
    amounts = [level.threshold.amount.amount for level in found.notify if isinstance(level.threshold, Offset)]
    assert amounts == [two, half, one]
    assert objective('notify = { "100 %" = "lead" }').notify == (Level(Share(Fraction(1)), ["lead"]),)
    assert objective("notify = {}").notify == ()


@pytest.mark.parametrize(
    ("one", "other"), [("80 %", "80%"), ("due", "100 %"), ("60 minutes after due", "1 hour after due")]
)
def test_two_spellings_of_one_threshold_are_refused(one: str, other: str) -> None:
    """The same threshold twice would silence the first: nobody would tell the lead."""
    found = faults(text_of(f'notify = {{ "{one}" = "lead", "{other}" = "gm" }}'))
    assert [where for where, _ in found] == [f"$.objectives.a.notify.{other}"]


def test_what_is_judged_and_what_counts_for_nothing() -> None:
    """A first day, and cases apart: of this promise, and of the whole edition."""
    found = objective("enforced_from = 2025-06-01", 'exclude = { origin = ["mystery_shopper", "test"] }')
    assert found.enforced_from == date(2025, 6, 1)
    assert found.exclude == AllOf((In("origin", ("mystery_shopper", "test")),))
    assert objective("exclude = {}").exclude == AllOf()
    whole = loads(text_of() + '[exclude]\norigin = "test"\n[changes.2026-01-01]\nexclude.origin = "real"\n')
    assert [edition.exclude for edition in whole.editions] == [
        AllOf((Eq("origin", "test"),)),
        AllOf((Eq("origin", "real"),)),
    ]
    survives(whole)


A = "$.objectives.a"
BAD = [
    ("factor = 2", f"{A}.factor", "shape.kind"),
    ('factor = { by = "tier" }', f"{A}.factor.use", "shape.missing"),
    ("factor = { use = {} }", f"{A}.factor.by", "shape.missing"),
    ("factor = { by = 5, use = {} }", f"{A}.factor.by", "shape.kind"),
    ('factor = { by = "teir", use = { gold = 2 } }', A, "facts.name"),
    ('factor = { by = "amount", use = { gold = 2 } }', f"{A}.factor.by", "objective.by"),
    ('factor = { by = "tier", use = { silver = 2 } }', f"{A}.factor.use.silver", "facts.value"),
    ('factor = { by = "tier", use = { gold = "half" } }', f"{A}.factor.use.gold", "shape.kind"),
    ('factor = { by = "tier", use = { gold = true } }', f"{A}.factor.use.gold", "shape.kind"),
    ('factor = { by = "tier", use = [2] }', f"{A}.factor.use", "shape.kind"),
    ('factor = { by = "tier", use = { gold = 2 }, els = 1 }', f"{A}.factor.els", "shape.unknown_key"),
    ('factor = { by = "tier", use = { gold = 0 } }', f"{A}.factor.use.gold", "target.factor"),
    ('factor = { by = "tier", use = { gold = -0.5 } }', f"{A}.factor.use.gold", "target.factor"),
    ('factor = { by = "tier", use = { gold = 100.1 } }', f"{A}.factor.use.gold", "target.factor"),
    ('factor = { by = "tier", use = { gold = 0.00001 } }', f"{A}.factor.use.gold", "target.factor_fraction"),
    ('options = "zammad"', f"{A}.options", "shape.kind"),
    ('options = { like = "zamad" }', f"{A}.options.like", "choice.nearest"),
    ("options = { like = 5 }", f"{A}.options.like", "shape.kind"),
    ('options = { lik = "zammad" }', f"{A}.options.lik", "shape.unknown_key"),
    ('options = { retarget = "keep" }', f"{A}.options.retarget", "choice.nearest"),
    ("options = { at_due = true }", f"{A}.options.at_due", "shape.kind"),
    ("goal = 0.95", f"{A}.goal", "shape.kind"),
    ('goal = "95"', f"{A}.goal", "percent.text"),
    ('goal = "-5 %"', f"{A}.goal", "percent.text"),
    ('goal = "100.1 %"', f"{A}.goal", "objective.goal"),
    ('notify = "lead"', f"{A}.notify", "shape.kind"),
    ('notify = ["80 %"]', f"{A}.notify", "shape.kind"),
    ('notify = { soon = "lead" }', f"{A}.notify.soon", "threshold.text"),
    ('notify = { "0 %" = "lead" }', f"{A}.notify.0 %", "threshold.share"),
    ('notify = { "1001 %" = "lead" }', f"{A}.notify.1001 %", "threshold.share"),
    ('notify = { "2h before due" = "lead" }', f"{A}.notify.2h before due", "target.text"),
    ('notify = { "2 working days after due" = "x" }', f"{A}.notify.2 working days after due", "target.no_amount"),
    ("notify = { due = [] }", f"{A}.notify.due", "shape.empty"),
    ("notify = { due = 5 }", f"{A}.notify.due", "shape.kind"),
    ('notify = { due = ["lead", 5] }', f"{A}.notify.due[1]", "shape.kind"),
    ('enforced_from = "June"', f"{A}.enforced_from", "day.text"),
    ("enforced_from = 2025", f"{A}.enforced_from", "shape.kind"),
    ('exclude = "test"', f"{A}.exclude", "shape.kind"),
    ('exclude = { orign = "test" }', f"{A}.exclude.orign", "facts.name"),
    ('exclude = { origin = "tset" }', f"{A}.exclude.origin", "facts.value"),
]


@pytest.mark.parametrize(("line", "where", "message"), BAD, ids=range(len(BAD)))
def test_a_bad_value_is_one_fault(line: str, where: str, message: str) -> None:
    """Where, what and how to mend it, at the very key that is wrong."""
    assert faults(text_of(line)) == [(where, message)]


@pytest.mark.parametrize(
    ("target", "lines", "clock", "where", "message"),
    [
        ('"3 working days"', 'factor = { by = "tier", use = { gold = 2 } }', "", ".factor.use.gold", "target.unscaled"),
        ('"3 working days"', 'options.retarget = "proportional"', "", ".options.retarget", "objective.proportional"),
        (
            '"2..3 rings"',
            'notify = { "80 %" = "lead" }',
            '{ start = "created", stop = "resolved", count = "ring" }',
            ".notify",
            "objective.count_levels",
        ),
        ('"2..3 rings"', "", "", ".clock.count", "objective.count"),
        (
            '"3 working days"',
            'options = { pause_days = "whole", pausing = "hides_due" }',
            '{ start = "created", stop = "resolved", pause = "held", resume = "freed" }',
            ".clock.pause",
            "objective.pause_days",
        ),
    ],
)
def test_options_that_contradict_the_target(target: str, lines: str, clock: str, where: str, message: str) -> None:
    """Each kind of promise refuses what it cannot do."""
    assert faults(text_of(lines, target=target, clock=clock)) == [(A + where, message)]


@pytest.mark.parametrize("written", ["nan", "inf", "-inf", "1e-9999", "0x10000000000000000000000000000000000000000000"])
def test_no_number_is_too_odd_to_be_refused(written: str) -> None:
    """Whatever TOML calls a number, an error of ours tells what is wrong with it."""
    with pytest.raises(ValueError, match=";"):
        loads(text_of(f'factor = {{ by = "tier", use = {{ gold = {written} }} }}'))


OVERLAYS = [
    ('options.like = "zammad"', 'options.like = "rt"'),
    ('options.like = "zammad"', 'options.landing = "close"'),
    ('options = { at_due = "late" }', 'options.at_due = "in_time"'),  # back to the default
    ("", 'options.like = "erpnext"'),
    ("", 'factor = { by = "tier", use = { gold = 0.5 } }'),
    ('factor = { by = "tier", use = { gold = 0.5 } }', "factor.use = { gold = 1, plain = 2 }"),
    ('goal = "95 %"', 'goal = "90 %"'),
    ('notify = { "80 %" = "lead" }', 'notify = { "80 %" = ["lead", "gm"], due = "gm" }'),
    ("", "enforced_from = 2026-02-01"),
    ("", 'exclude = { origin = "test" }'),
    ('exclude = { origin = "test" }', 'exclude = { origin = ["test", "mystery_shopper"], amount = ">= 5" }'),
]


@pytest.mark.parametrize(("line", "overlay"), OVERLAYS, ids=range(len(OVERLAYS)))
def test_any_change_of_a_promise_can_be_written(line: str, overlay: str) -> None:
    """What an overlay makes of a promise can be dumped, and is the same promise again."""
    text = f"{text_of(line)}[changes.2026-01-01]\nobjectives.a.{overlay}\n"
    standard = loads(text)
    first, later = standard.editions
    assert first.objectives["a"] != later.objectives["a"]
    survives(standard)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("factor", {"by": "tier", "use": {"gold": "2"}}),
        ("options", {"like": "jira"}),
        ("options", {"at_due": None}),
        ("goal", 95),
        ("notify", {"due": 5}),
        ("exclude", []),
    ],
)
def test_the_schema_refuses_what_does_not_load(key: str, value: Any) -> None:
    """Editors are told too."""
    raw = tomllib.loads(text_of())
    raw["objectives"]["a"][key] = value
    assert not SCHEMA.is_valid(raw)
    with pytest.raises(StandardError):
        read_standard(raw, {})


# What stands beside the promises: calendars by fact, channels, teams, and what running cases keep.

FAMILY = """[calendars.site]
by = "place"
else = "office"
use = { Qingdao = "office", Lanzhou = { 2026-06-01 = "office" } }
"""
BESIDE = [
    ("keep = 5", "$.keep", "shape.kind"),
    ('keep = { editions = "latest" }', "$.keep.editions", "shape.unknown_key"),
    ('keep = { edition = "as it goes" }', "$.keep.edition", "choice.nearest"),
    ('keep = { calendar = "at birth" }', "$.keep.calendar", "choice.nearest"),
    ("keep = { shown = 1 }", "$.keep.shown", "shape.kind"),
    ("channels = 5", "$.channels", "shape.kind"),
    ('channels = { phone = "office" }', "$.channels.phone", "shape.kind"),
    ('channels = { phone = { calendar = "ofice" } }', "$.channels.phone.calendar", "calendar.unknown"),
    ('channels = { fax = { calendar = "office" } }', "$.channels.fax", "facts.value"),
    ('channels = { phone = { calender = "office" } }', "$.channels.phone.calender", "shape.unknown_key"),
    ('teams = { "North & South" = { calendar = "ofice" } }', "$.teams.North & South.calendar", "calendar.unknown"),
    ("teams = { north = { calendar = 5 } }", "$.teams.north.calendar", "shape.kind"),
    ("exclude = 5", "$.exclude", "shape.kind"),
    ('exclude = { orign = "test" }', "$.exclude.orign", "facts.name"),
]


@pytest.mark.parametrize(("line", "where", "message"), BESIDE, ids=range(len(BESIDE)))
def test_what_stands_beside_the_promises_is_checked(line: str, where: str, message: str) -> None:
    """Each wrong value is one fault, at its path."""
    assert faults(BASE.replace("[facts]", f"{line}\n[facts]")) == [(where, message)]


@pytest.mark.parametrize(("kind", "message"), [('"integer"', "objective.by"), (None, "facts.name")])
def test_channels_are_texts_that_are_declared(kind: str | None, message: str) -> None:
    """The fact ``channel`` must be there, and a text."""
    declared = f"channel = {kind}" if kind else ""
    text = BASE.replace('channel = { one_of = ["phone", "email"] }', declared)
    assert faults(text + '[channels.phone]\ncalendar = "office"\n') == [("$.channels", message)]


FAMILIES = [
    ('by = "place"\nelse = "office"', ".use", "shape.missing"),
    ('by = "place"\nelse = "office"\nuse = {}', ".by", "calendar.by"),
    ('by = ""\nelse = "office"\nuse = { x = "office" }', ".by", "calendar.by"),
    ('by = "place"\nuse = { x = "office" }', ".else", "shape.missing"),
    ('else = "office"\nuse = { x = "office" }', ".by", "shape.missing"),
    ('by = "place"\nelse = ""\nuse = { x = "office" }', ".hours", "calendar.kind"),
    ('by = "place"\nelse = "ofice"\nuse = { x = "office" }', "", "calendar.unknown"),
    ('by = "place"\nelse = "office"\nuse = { x = "ofice" }', "", "calendar.unknown"),
    ('by = "place"\nelse = "office"\nuse = { x = { 2026-06-01 = "ofice" } }', "", "calendar.unknown"),
    ('by = "place"\nelse = "office"\nuse = { x = { soon = "office" } }', ".use.x.soon", "day.text"),
    ('by = "place"\nelse = "office"\nuse = { x = 5 }', ".use.x", "shape.kind"),
    ('by = "place"\nelse = "office"\nuse = "office"', ".use", "shape.kind"),
    ('by = "plase"\nelse = "office"\nuse = { x = "office" }', ".by", "facts.name"),
    ('by = "amount"\nelse = "office"\nuse = { x = "office" }', ".by", "objective.by"),
    ('by = "tier"\nelse = "office"\nuse = { x = "office" }', ".use.x", "facts.value"),
    ('by = "place"\nelse = "office"\nuse = { x = "office" }\nhours = "24x7"', ".hours", "shape.unknown_key"),
    ('by = "place"\nelse = "office"\nuse = { x = "office" }\nzone = "Mars"', ".zone", "zone.unknown"),
    ('by = "place"\nelse = "site"\nuse = { x = "office" }', "", "calendar.family"),
    ('by = "place"\nelse = "office"\nuse = { x = "site" }', "", "calendar.family"),
]


@pytest.mark.parametrize(("lines", "where", "message"), FAMILIES, ids=range(len(FAMILIES)))
def test_a_bad_family_of_calendars_is_one_fault(lines: str, where: str, message: str) -> None:
    """By a fact, a table of calendars, and one for any other value."""
    assert faults(f"{BASE}[calendars.site]\n{lines}\n") == [(f"$.calendars.site{where}", message)]


def test_what_stands_beside_the_promises_survives() -> None:
    """Families, channels, teams and keeping are read, written and in the schema."""
    text = BASE.replace(
        "[facts]", 'keep = { edition = "latest", calendar = "at creation", shown = "earliest due" }\n[facts]'
    )
    desks = (
        '[channels.phone]\ncalendar = "site"\nname = "the phone"\n[channels.email]\n[teams."Team 1.2"]\nname = "x"\n'
    )
    change = '[changes.2026-01-01]\nchannels.phone.calendar = ""\nteams."Team 1.2".calendar = "office"\n'
    change += 'calendars.site.use.Lanzhou = "office"\ncalendars.site.name = "places"\n'
    standard = loads(text + FAMILY + desks + change)
    assert standard.keep == Keep("latest", "at creation", "earliest due")
    SCHEMA.validate(parse_text(text + FAMILY + desks + change, "toml")[0])
    survives(standard)
    assert write_standard(standard)["keep"] == {"edition": "latest", "calendar": "at creation", "shown": "earliest due"}


def test_keeping_what_is_usual_is_not_written() -> None:
    """The default leaves no trace, as everywhere."""
    standard = loads(BASE + '[keep]\ncalendar = "as it goes"\n')
    assert standard == loads(BASE)
    assert "keep" not in write_standard(standard)


CALENDARS = [
    ("[calendars.v]\nelse = 'office'\nname = 'n'\n2026-01-01 = 'office'\n", "calendars.v.name = ''"),
    ("[calendars.v]\nelse = 'office'\nzone = 'UTC'\n2026-01-01 = 'office'\n", "calendars.v.zone = ''"),
    (FAMILY, "calendars.site = '24x7'"),
    (FAMILY, "calendars.site.use.Lanzhou = 'office'"),
    (FAMILY, "calendars.site.use.Qingdao = { 2026-07-01 = 'office' }"),
    (FAMILY, "calendars.site.by = 'tier'\nfacts.tier = 'text'"),
    ("[calendars.site]\nhours = '24x7'\nname = 'n'\n", "calendars.site.name = ''"),
]


@pytest.mark.parametrize(("base", "overlay"), CALENDARS, ids=range(len(CALENDARS)))
def test_any_change_of_a_calendar_can_be_written(base: str, overlay: str) -> None:
    """What an overlay makes of a calendar can be dumped, and is the same calendar again."""
    standard = loads(f"{BASE}{base}[changes.2026-01-01]\n{overlay}\n")
    assert standard.editions[0] != standard.editions[1]
    survives(standard)
