"""Clocks in the file: presets, signals, pauses; what they read as, how they are written, and every fault."""

from __future__ import annotations

import tomllib
from typing import Any

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, Eq
from svcstd.documents import Format, json_schema, parse_text, read_standard, write_standard
from svcstd.sla import ANY_OTHER, PRESETS, ClockRule, On, Pause, preset

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())

HEAD = 'svcstd = 1\nid = "desk"\nname = "Desk"\nzone = "UTC"\n'
FACTS = """
[facts]
by = { one_of = ["agent", "customer"] }
public = "true or false"
rings = "integer"
colour = "text"
"""
KINDS = (
    *("created", "resolved", "reopened", "acknowledged", "agent_reply", "customer_message", "assigned", "called_back"),
    *("handed_off", "accepted", "held", "freed", "ring", "message", "waived", "promised", "merged", "withdrawn"),
    *("absorbed", "waiting_for_customer", "on_hold", "off_hold"),
)


def text_of(clock: str, kinds: tuple[str, ...] = KINDS, target: str = "8 hours") -> str:
    """A standard with one promise, whose clock is written so."""
    events = "".join(f'{kind} = ""\n' for kind in kinds)
    return f'{HEAD}{FACTS}[events]\n{events}[objectives.a]\ntarget = "{target}"\nclock = {clock}\n'


def rule(clock: str, kinds: tuple[str, ...] = KINDS, target: str = "8 hours") -> ClockRule:
    """The clock that a text reads as; on the way it survives every format, and the schema takes it."""
    standard = loads(text_of(clock, kinds, target))
    SCHEMA.validate(parse_text(text_of(clock, kinds, target), "toml")[0])
    survives(standard)
    return standard.current.objectives["a"].clock


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


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_read_by_name(name: str) -> None:
    """The name alone and a table that says no more are the same clock, that of the library."""
    by_name, in_table = rule(f'"{name}"'), rule(f'{{ preset = "{name}" }}')
    assert by_name == in_table == preset(name, declared=KINDS)
    assert by_name.cycles == PRESETS[name].cycles


MOVED = On("assigned", new_group=True)
"""Passing a case to a colleague of one team is no move."""


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("first_reply", ("created", "agent_reply"), ClockRule([On("created")], [On("agent_reply")])),
        (
            "first_reply",
            ("created", "agent_reply", "absorbed", "promised"),
            ClockRule([On("created")], [On("agent_reply")], cancel=[On("absorbed")], promise=(On("promised"),)),
        ),
        (
            "agent_work",  # half a pair is no pause: held for good would be worse than never
            ("created", "resolved", "waiting_for_customer", "on_hold", "off_hold"),
            ClockRule([On("created")], [On("resolved")], [Pause([On("on_hold")], [On("off_hold")])]),
        ),
        (
            "time_in_group",
            ("assigned", "resolved"),
            ClockRule([MOVED], [MOVED, On("resolved")], cycles=True),
        ),
    ],
)
def test_optional_kinds_are_left_out_when_undeclared(name: str, kinds: tuple[str, ...], expected: ClockRule) -> None:
    """A preset hears reopening, waivers, mergers and pauses only where the standard knows them."""
    assert rule(f'"{name}"', kinds) == expected


def test_an_overlay_that_declares_a_kind_makes_the_preset_hear_it() -> None:
    """The same clock, read again in the edition that knows reopening."""
    standard = loads(text_of('"resolution"', ("created", "resolved")) + '[changes.2026-01-01]\nevents.reopened = ""\n')
    first, later = (edition.objectives["a"].clock for edition in standard.editions)
    assert (first.reopen, later.reopen) == ((), (On("reopened"),))
    survives(standard)


@pytest.mark.parametrize(
    ("clock", "kinds", "missing"),
    [
        ('"callback"', ("created", "resolved"), ["called_back"]),
        ('"first_reply"', ("resolved",), ["agent_reply", "created"]),
        ('{ preset = "first_reply", stop = "resolved" }', ("resolved",), ["created"]),
        ('{ preset = "time_in_group" }', ("assigned",), ["resolved"]),
        ('{ start = "created", stop = "resolved", waive = "waived" }', ("created", "resolved"), ["waived"]),
    ],
)
def test_required_kinds_must_be_declared(clock: str, kinds: tuple[str, ...], missing: list[str]) -> None:
    """What starts and stops a preset, or is named by hand, is told as missing, at the clock."""
    with pytest.raises(StandardError) as caught:
        loads(text_of(clock, kinds))
    found = [(fault.where, fault.message, fault.params["value"]) for fault in caught.value.faults]
    assert found == [("$.objectives.a.clock", "events.unknown", kind) for kind in missing]


def test_signals_given_beside_a_preset_replace_its_own() -> None:
    """Who speaks, and whether in public, is a condition on details; what is not named stays the preset's."""
    found = rule(
        """{ preset = "next_reply",
            start = { event = "message", when = { by = "customer" } },
            stop = [{ event = "message", when = { by = "agent", public = true } }, "called_back"],
            cancel = "held" }""".replace("\n", " "),
    )
    assert found == ClockRule(
        [On("message", AllOf((Eq("by", "customer"),)))],
        [On("message", AllOf((Eq("by", "agent"), Eq("public", True)))), On("called_back")],
        cancel=[On("held")],
        waive=(On("waived"),),
        promise=(On("promised"),),
        cycles=True,
    )


def test_every_signal_may_be_given() -> None:
    """All keys of a clock without preset."""
    found = rule(
        '{ start = "created", stop = "resolved", cancel = "withdrawn", reopen = "reopened", waive = "waived", '
        'promise = ["promised", "accepted"], merge = "merged", count = "ring", count_fact = "rings", cycles = true, '
        'paused_while = { colour = "red" } }'
    )
    assert found == ClockRule(
        [On("created")],
        [On("resolved")],
        cancel=[On("withdrawn")],
        reopen=(On("reopened"),),
        waive=(On("waived"),),
        promise=(On("promised"), On("accepted")),
        merge=(On("merged"),),
        count=(On("ring"),),
        count_fact="rings",
        cycles=True,
        paused_while=AllOf((Eq("colour", "red"),)),
    )
    assert found.can_pause


HELD, WAITING = Pause([On("on_hold")], [On("off_hold")]), Pause([On("waiting_for_customer")], [On("customer_message")])
MINE = Pause([On("held")], [On("freed")])


@pytest.mark.parametrize(
    ("clock", "pauses"),
    [
        ('"agent_work"', (WAITING, HELD)),
        ('{ preset = "agent_work", pause = "held", resume = "freed" }', (MINE,)),
        ('{ preset = "agent_work", pauses = {} }', ()),
        ('{ preset = "agent_work", paused_while = { colour = "red" } }', ()),
        ('{ preset = "agent_work", paused_while = { colour = "red" }, pause = "held", resume = "freed" }', (MINE,)),
        (
            '{ preset = "resolution", pauses = { v = { on = "held", until = ["freed", "accepted"] } } }',
            (Pause([On("held")], [On("freed"), On("accepted")], "v"),),
        ),
        ('{ preset = "resolution", pauses = { held = { on = "held", until = "freed" } } }', (MINE,)),
        ('{ preset = "resolution", pause = "held", resume = "any other event" }', (Pause([On("held")], ANY_OTHER),)),
        ('{ preset = "resolution", pause = "held", resume = ["any other event"] }', (Pause([On("held")], ANY_OTHER),)),
        (
            '{ start = "created", stop = "resolved", pause = ["held", "on_hold"], resume = "freed" }',
            (Pause([On("held"), On("on_hold")], [On("freed")], "held"),),
        ),
        ('{ start = "created", stop = "resolved" }', ()),
    ],
)
def test_pauses_are_the_presets_or_ones_own(clock: str, pauses: tuple[Pause, ...]) -> None:
    """What is written about pauses replaces all of the preset's; a condition that holds replaces them too."""
    assert rule(clock).pauses == pauses


def test_paused_for_good_is_still_a_clock() -> None:
    """A condition of no tests always holds: silly, and kept as written."""
    assert rule('{ preset = "agent_work", paused_while = {} }').paused_while == AllOf()


@pytest.mark.parametrize(
    ("clock", "cycles"),
    [
        ('"resolution"', False),
        ('{ preset = "resolution", cycles = true }', True),
        ('{ preset = "next_reply" }', True),
        ('{ preset = "next_reply", cycles = false }', False),
        ('{ start = "created", stop = "resolved" }', False),
        ('{ start = "created", stop = "resolved", cycles = false }', False),
        ('{ start = "created", stop = "created", cycles = true }', True),
    ],
)
def test_cycles_are_the_presets_or_ones_own(clock: str, cycles: bool) -> None:  # noqa: FBT001 - a value under test
    """A preset says whether it runs again; the file may say otherwise."""
    assert rule(clock).cycles is cycles


@pytest.mark.parametrize(
    ("clock", "count", "fact"),
    [
        ('{ preset = "acknowledge", count = "ring" }', (On("ring"),), ""),
        ('{ preset = "acknowledge", count_fact = "rings" }', (), "rings"),
        ('{ start = "ring", stop = "resolved", count = "ring", count_fact = "rings" }', (On("ring"),), "rings"),
    ],
)
def test_counting(clock: str, count: tuple[On, ...], fact: str) -> None:
    """A limit to a count needs something that counts: events, or a fact that tells it."""
    found = rule(clock, target="2..3 rings")
    assert (found.count, found.count_fact) == (count, fact)


AT = "$.objectives.a.clock"
BOTH = 'start = "created", stop = "resolved"'
FAULTS = [
    ("5", AT, "shape.kind"),
    ("true", AT, "shape.kind"),
    ('["first_reply"]', AT, "shape.kind"),
    ('"first_replay"', AT, "choice.nearest"),
    ('""', AT, "choice.nearest"),
    ('{ preset = "first_replay" }', f"{AT}.preset", "choice.nearest"),
    ('{ preset = "" }', f"{AT}.preset", "choice.nearest"),
    ("{ preset = 1 }", f"{AT}.preset", "shape.kind"),
    ("{}", f"{AT}.start", "shape.missing"),
    ('{ stop = "resolved" }', f"{AT}.start", "shape.missing"),
    ('{ start = "created" }', f"{AT}.stop", "shape.missing"),
    ('{ preset = "first_reply", star = "created" }', f"{AT}.star", "shape.unknown_key"),
    ('{ preset = "first_reply", start = [] }', f"{AT}.start", "shape.empty"),
    ('{ preset = "first_reply", start = [["created"]] }', f"{AT}.start[0]", "shape.kind"),
    ('{ preset = "first_reply", start = { when = {} } }', f"{AT}.start.event", "shape.missing"),
    ('{ preset = "first_reply", start = { event = 5 } }', f"{AT}.start.event", "shape.kind"),
    ('{ preset = "first_reply", start = { event = "created", when = 5 } }', f"{AT}.start.when", "shape.kind"),
    (
        '{ preset = "first_reply", start = { event = "created", when = { buy = "agent" } } }',
        f"{AT}.start.when.buy",
        "facts.name",
    ),
    (
        '{ preset = "first_reply", start = { event = "created", when = { by = "agnet" } } }',
        f"{AT}.start.when.by",
        "facts.value",
    ),
    ('{ preset = "first_reply", start = "any other event" }', AT, "events.unknown"),
    ('{ preset = "first_reply", cycles = 1 }', f"{AT}.cycles", "shape.kind"),
    ('{ preset = "first_reply", cycles = "yes" }', f"{AT}.cycles", "shape.kind"),
    ('{ preset = "first_reply", count_fact = 5 }', f"{AT}.count_fact", "shape.kind"),
    ('{ preset = "first_reply", count_fact = "ringz" }', "$.objectives.a", "facts.name"),
    ('{ preset = "first_reply", paused_while = "held" }', f"{AT}.paused_while", "shape.kind"),
    ('{ preset = "first_reply", paused_while = { color = "red" } }', f"{AT}.paused_while.color", "facts.name"),
    ('{ preset = "first_reply", pause = "held" }', f"{AT}.resume", "clock.resume"),
    ('{ preset = "first_reply", resume = "held" }', f"{AT}.resume", "clock.resume"),
    (f'{{ {BOTH}, pause = "held" }}', f"{AT}.resume", "clock.resume"),
    (
        f'{{ {BOTH}, pause = "held", resume = "freed", pauses = {{ v = {{ on = "held", until = "freed" }} }} }}',
        f"{AT}.resume",
        "clock.resume",
    ),
    (f'{{ {BOTH}, pause = "held", resume = ["freed", "any other event"] }}', AT, "events.unknown"),
    (f'{{ {BOTH}, pauses = "held" }}', f"{AT}.pauses", "shape.kind"),
    (f'{{ {BOTH}, pauses = {{ v = "held" }} }}', f"{AT}.pauses.v", "shape.kind"),
    (f'{{ {BOTH}, pauses = {{ v = {{ on = "held" }} }} }}', f"{AT}.pauses.v.until", "shape.missing"),
    (f'{{ {BOTH}, pauses = {{ "v.w" = {{ on = "held", until = "freed" }} }} }}', f"{AT}.pauses.v.w", "shape.key"),
    (f'{{ {BOTH}, pauses = {{ v = {{ on = [], until = "freed" }} }} }}', f"{AT}.pauses.v.on", "shape.empty"),
    ('{ start = "created", stop = "created" }', f"{AT}.stop", "clock.both"),
    ('{ preset = "first_reply", stop = "created" }', f"{AT}.stop", "clock.both"),
    ('{ preset = "time_in_group", cycles = false }', f"{AT}.stop", "clock.both"),
]


@pytest.mark.parametrize(("clock", "where", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_bad_clock_is_one_fault(clock: str, where: str, message: str) -> None:
    """Where, what and how to mend it, at the very key that is wrong."""
    assert faults(text_of(clock)) == [(where, message)]


def test_a_count_of_nothing_is_refused() -> None:
    """A limit to a count on a clock that counts nothing would always be kept."""
    assert faults(text_of('"acknowledge"', target="2..3 rings")) == [(f"{AT}.count", "objective.count")]


def test_the_fact_that_tells_a_count_is_a_whole_number() -> None:
    """A text can never tell how often it rang: the promise would be kept whatever happens."""
    found = faults(text_of('{ preset = "acknowledge", count_fact = "colour" }', target="2..3 rings"))
    assert len(found) == 1


def test_pauses_contradict_a_promise_in_days() -> None:
    """Days cannot pause, whether the pause is an event or a condition."""
    for pause in ('pause = "held", resume = "freed"', 'paused_while = { colour = "red" }'):
        text = text_of(f'{{ preset = "resolution", {pause} }}', target="3 calendar days")
        assert faults(text) == [(f"{AT}.pause", "objective.pause_days")]


def test_a_condition_on_an_unreadable_fact_is_not_judged() -> None:
    """One fault of the fact's kind is enough, wherever a clock speaks of it."""
    clock = (
        '{ start = { event = "created", when = { odd = 5 } }, stop = "resolved", paused_while = { odd = 6 }, '
        'count_fact = "odd" }'
    )
    assert faults(text_of(clock).replace("[facts]\n", '[facts]\nodd = "txt"\n')) == [("$.facts.odd", "choice.nearest")]


OVERLAYS = [
    ('"first_reply"', 'clock = "resolution"'),
    ('"first_reply"', 'clock.preset = "resolution"'),  # from a name to a table of one key
    ('{ preset = "first_reply", stop = "called_back" }', 'clock.preset = "resolution"'),
    ('{ start = "created", stop = "resolved" }', "clock.cycles = true"),
    ('{ start = "created", stop = "resolved", cycles = true }', "clock.cycles = false"),
    ('{ start = "created", stop = "resolved", cancel = "held" }', 'clock = { cancel = ["withdrawn", "held"] }'),
    ('{ start = "created", stop = "resolved", cancel = "held" }', 'clock = "first_reply"'),
    ('{ start = "created", stop = "resolved", count = "ring", count_fact = "rings" }', 'clock = "first_reply"'),
    ('{ start = "created", stop = "resolved", paused_while = { colour = "red" } }', 'clock = "first_reply"'),
    ('"requester_wait"', 'clock = "resolution"'),
    ('"requester_wait"', 'clock = "agent_work"'),
    ('"requester_wait"', 'clock = { preset = "requester_wait", pauses = {} }'),
    ('{ preset = "resolution", pause = "held", resume = "freed" }', 'clock = "agent_work"'),
    ('{ preset = "resolution", paused_while = { colour = "red" } }', 'clock.paused_while.by = "agent"'),
]


@pytest.mark.parametrize(("clock", "overlay"), OVERLAYS, ids=range(len(OVERLAYS)))
def test_any_change_of_a_clock_can_be_written(clock: str, overlay: str) -> None:
    """What an overlay makes of a clock can be dumped, and is the same clock again."""
    standard = loads(f"{text_of(clock)}[changes.2026-01-01]\nobjectives.a.{overlay}\n")
    first, later = standard.editions
    assert first.objectives["a"].clock != later.objectives["a"].clock
    survives(standard)


def test_a_pause_gets_the_name_of_its_event() -> None:
    """One pause is written briefly, until another edition has two: then each stands under its key."""
    standard = loads(
        text_of('{ preset = "resolution", pauses = { held = { on = "held", until = "freed" } } }')
        + '[changes.2026-01-01]\nobjectives.a.clock.pauses.v = { on = "on_hold", until = "any other event" }\n'
    )
    assert [len(edition.objectives["a"].clock.pauses) for edition in standard.editions] == [1, 2]
    survives(standard)
    written = write_standard(standard)
    brief = written["objectives"]["a"]["clock"]
    assert (brief["pause"], brief["resume"]) == ("held", "freed")
    change = written["changes"]["2026-01-01"]
    assert change["remove"] == ["objectives.a.clock.pause", "objectives.a.clock.resume"]
    assert list(change["objectives"]["a"]["clock"]["pauses"]) == ["held", "v"]


def test_a_preset_is_written_as_its_signals() -> None:
    """What a dump says needs no knowledge of presets; a rule of the library's can be read from it."""
    written = write_standard(loads(text_of('"requester_wait"', ("created", "resolved", "withdrawn"))))
    assert written["objectives"]["a"]["clock"] == {"start": "created", "stop": "resolved", "cancel": "withdrawn"}


@pytest.mark.parametrize("clock", ["first", 5, None, [], {"preset": None}, {"start": None, "stop": 1}, {"pauses": []}])
def test_the_schema_refuses_what_is_no_clock(clock: Any) -> None:
    """Editors are told too, and the loader agrees."""
    raw = tomllib.loads(text_of('"resolution"'))
    raw["objectives"]["a"]["clock"] = clock
    assert not SCHEMA.is_valid(raw)
    with pytest.raises(StandardError):
        read_standard(raw, {})
