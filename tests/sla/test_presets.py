"""Clock rules by their usual words: what each hears, and what a desk may say otherwise."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from svcstd.conditions import AllOf, Eq
from svcstd.errors import DefinitionError
from svcstd.sla import PRESETS, ClockRule, On, Pause, preset

WAIT = Pause([On("waiting_for_customer")], [On("customer_message")])
HOLD = Pause([On("on_hold")], [On("off_hold")])
GONE = ("withdrawn", "absorbed")
DONE = ("resolved", "withdrawn", "absorbed")


def on(*kinds: str) -> tuple[On, ...]:
    """Events of these kinds."""
    return tuple(On(kind) for kind in kinds)


def rule(start: str, stop: tuple[str, ...], **more: Any) -> ClockRule:
    """What every preset hears, and what this one does."""
    return ClockRule(
        on(start),
        on(*stop),
        more.get("pauses", ()),
        on(*more.get("cancel", GONE)),
        reopen=on(*more.get("reopen", ())),
        waive=on("waived"),
        promise=on("promised"),
        merge=on("merged") if start == "created" else (),  # an older case moves what counts from the creation
        cycles=more.get("cycles", False),
    )


PRESET: Any = preset
"""As an untyped caller sees it."""
EXPECTED: dict[str, ClockRule] = {
    "acknowledge": rule("created", ("acknowledged",)),
    "first_reply": rule("created", ("agent_reply",)),
    "next_reply": rule("customer_message", ("agent_reply",), cancel=DONE, cycles=True),
    "update": rule("agent_reply", ("agent_reply",), cancel=DONE, cycles=True),
    "pausable_update": rule("agent_reply", ("agent_reply",), cancel=DONE, cycles=True, pauses=[WAIT]),
    "requester_wait": rule("created", ("resolved",), reopen=("reopened",), pauses=[WAIT]),
    "agent_work": rule("created", ("resolved",), reopen=("reopened",), pauses=[WAIT, HOLD]),
    "resolution": rule("created", ("resolved",), reopen=("reopened",)),
    "time_in_group": attrs.evolve(
        rule("assigned", ("resolved",), cycles=True),
        start=[On("assigned", new_group=True)],
        stop=[On("assigned", new_group=True), On("resolved")],
    ),
    "hand_off": rule("handed_off", ("accepted",), cycles=True),
    "callback": rule("resolved", ("called_back",)),
}


def test_all_of_them() -> None:
    """The list is complete, and each says what it measures."""
    assert list(PRESETS) == list(EXPECTED)
    assert all(one.says for one in PRESETS.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_what_it_hears(name: str) -> None:
    """Kinds, pauses and cycles of each preset, in its usual words."""
    assert preset(name) == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "reopen", "attach"),
    [
        ("acknowledge", "continue", "from_start"),
        ("first_reply", "continue", "from_start"),
        ("next_reply", "new_cycle", "from_start"),
        ("update", "new_cycle", "from_start"),
        ("pausable_update", "new_cycle", "from_start"),
        ("requester_wait", "continue", "from_start"),
        ("agent_work", "continue", "from_start"),
        ("resolution", "continue", "from_start"),
        ("time_in_group", "new_cycle", "from_attachment"),
        ("hand_off", "new_cycle", "from_attachment"),
        ("callback", "continue", "from_start"),
    ],
)
def test_its_terms(name: str, reopen: str, attach: str) -> None:
    """A resolution goes on, replies and teams begin anew, a hand-off counts from its attachment."""
    terms = PRESETS[name].terms
    assert (terms.reopen, terms.attach) == (reopen, attach)


def test_declared_events_filter() -> None:
    """Of what may be left out, a standard hears what it declares; start and stop are always heard."""
    found = preset("resolution", declared=["created", "resolved", "withdrawn", "merged"])
    assert (found.cancel, found.merge) == (on("withdrawn"), on("merged"))
    assert (found.reopen, found.waive, found.promise) == ((), (), ())
    bare = preset("resolution", declared=[])
    assert (bare.start, bare.stop, bare.cancel) == (on("created"), on("resolved"), ())


@pytest.mark.parametrize(
    ("declared", "pauses"),
    [
        (["waiting_for_customer", "customer_message"], (WAIT,)),
        (["on_hold", "off_hold"], (HOLD,)),
        (["on_hold", "customer_message"], ()),  # a pause needs both its ends
        (["waiting_for_customer", "customer_message", "on_hold", "off_hold"], (WAIT, HOLD)),
        ([], ()),
    ],
)
def test_declared_events_filter_pauses(declared: list[str], pauses: tuple[Pause, ...]) -> None:
    """A pause is heard if both its ends are declared."""
    assert preset("agent_work", declared=declared).pauses == pauses


@pytest.mark.parametrize("name", ["resolution", "agent_work"])
def test_declared_once(name: str) -> None:
    """The declared events may be anything iterable, also what can be read only once."""
    declared = ["created", "resolved", "waived", "on_hold", "off_hold", "withdrawn", "reopened"]
    assert preset(name, declared=iter(declared)) == preset(name, declared=declared)


def test_said_otherwise() -> None:
    """A desk's own kinds, one or several, with conditions or without, replace the usual ones."""
    public = On("message", AllOf((Eq("by", "agent"), Eq("public", True))))
    found = preset("first_reply", start="opened", stop=public, cancel=["spam", On("junk")], reopen=())
    assert (found.start, found.stop, found.cancel, found.reopen) == (on("opened"), (public,), on("spam", "junk"), ())
    assert preset("acknowledge", count="rang").count == on("rang")
    assert preset("acknowledge", count_fact="rings").count_fact == "rings"
    assert preset("resolution", declared=["x"], waive="pardoned").waive == on("pardoned")  # said, so not filtered


def test_pauses_said_otherwise() -> None:
    """Own pauses replace the preset's, and so does a standing condition."""
    lunch = Pause([On("lunch")], [On("back")])
    waiting = AllOf((Eq("state", "waiting"),))
    assert preset("agent_work", pauses=[lunch]).pauses == (lunch,)
    assert preset("agent_work", pauses=[]).pauses == ()
    standing = preset("agent_work", paused_while=waiting)
    assert (standing.pauses, standing.paused_while) == ((), waiting)
    both = preset("agent_work", pauses=[lunch], paused_while=waiting)
    assert (both.pauses, both.paused_while) == ((lunch,), waiting)


def test_unknown_preset() -> None:
    """What is no preset is refused with the nearest that is."""
    with pytest.raises(DefinitionError) as caught:
        preset("first_replay")
    assert (caught.value.where, caught.value.message) == ("preset", "choice.nearest")
    assert str(caught.value) == "preset: first_replay is not a choice here; write first_reply"


@pytest.mark.parametrize("signal", ["stops", "pause", "resume", "cycles", "finish"])
def test_unknown_signal(signal: str) -> None:
    """What is no signal is refused by its name."""
    with pytest.raises(DefinitionError) as caught:
        PRESET("resolution", **{signal: "x"})
    assert (caught.value.where, caught.value.message) == (signal, "choice.nearest")
    assert "write " in str(caught.value)


@pytest.mark.parametrize("value", [5, None, True])
def test_no_signal(value: Any) -> None:
    """What is neither a kind nor several is refused."""
    with pytest.raises(DefinitionError) as caught:
        preset("resolution", stop=value)
    assert caught.value.message == "shape.kind"


def test_silent_and_contradicting() -> None:
    """A preset is a clock rule, with all that it refuses."""
    with pytest.raises(DefinitionError) as caught:
        preset("resolution", stop=[])
    assert caught.value.message == "clock.silent"
    with pytest.raises(DefinitionError) as caught:
        preset("resolution", stop="created")
    assert caught.value.message == "clock.both"
    assert preset("next_reply", start="said", stop="said").cycles  # a clock that cycles may do both
