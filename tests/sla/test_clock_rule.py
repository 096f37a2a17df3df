"""Which events start, pause, resume, stop and cancel a clock."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from svcstd.conditions import AllOf, Eq, Present
from svcstd.errors import DefinitionError
from svcstd.sla import ANY_OTHER, ClockRule, On, Pause
from svcstd.sla.events import OTHER_RANK

RULE = ClockRule(
    [On("opened")],
    [On("closed"), On("resolved", AllOf((Eq("by", "agent"),)))],
    [Pause([On("hold")], [On("resumed")]), Pause([On("asked"), On("asked_again")], key="customer")],
    [On("withdrawn")],
)


@pytest.mark.parametrize(
    ("kind", "facts", "signals"),
    [
        ("opened", {}, [("start", ""), ("resume", "customer")]),
        ("closed", {}, [("stop", ""), ("resume", "customer")]),
        ("resolved", {"by": "agent"}, [("stop", ""), ("resume", "customer")]),
        ("resolved", {"by": "bot"}, [("resume", "customer")]),
        ("resolved", {}, [("resume", "customer")]),  # unknown is no
        ("hold", {}, [("pause", "hold"), ("resume", "customer")]),
        ("resumed", {}, [("resume", "hold"), ("resume", "customer")]),
        ("asked", {}, [("pause", "customer")]),
        ("asked_again", {}, [("pause", "customer")]),  # a pausing event does not end its own pause
        ("withdrawn", {}, [("cancel", ""), ("resume", "customer")]),
        ("note", {}, [("resume", "customer")]),
    ],
)
def test_signals(kind: str, facts: dict[str, Any], signals: list[tuple[str, str]]) -> None:
    """An event tells the clock what its rule says, under the facts it leaves behind."""
    assert RULE.signals(kind, facts) == signals


def test_order_at_one_instant() -> None:
    """At one instant: start, stop, cancel, pause, whatever else, resume."""
    kinds = ["resumed", "note", "asked", "withdrawn", "closed", "opened"]
    found = sorted(kinds, key=lambda kind: RULE.ranks.get(kind, OTHER_RANK))
    assert found == ["opened", "closed", "withdrawn", "asked", "note", "resumed"]
    cycling = ClockRule([On("asked")], [On("answered")], cycles=True)
    assert cycling.ranks["answered"] < cycling.ranks["asked"]  # answered before it is asked anew


def test_what_it_listens_to() -> None:
    """Kinds and facts are known beforehand, so that a typo is found at loading."""
    assert RULE.kinds == {"opened", "closed", "resolved", "hold", "resumed", "asked", "asked_again", "withdrawn"}
    assert RULE.fields == {"by"}


def test_rules_are_values() -> None:
    """Equal by content, hashable, picklable, whatever kind of list they were written with."""
    again = pickle.loads(pickle.dumps(RULE))  # noqa: S301 - our own bytes
    assert again == RULE
    assert hash(again) == hash(RULE)
    assert again.signals("closed", {}) == RULE.signals("closed", {})
    listed: Any = [On("resumed")]
    assert {Pause((On("hold"),), listed)} == {Pause([On("hold")], (On("resumed"),))}


def test_the_key_of_a_pause() -> None:
    """By default a pause is named after its first event, and ends at any other."""
    pause = Pause([On("asked"), On("asked_again")])
    assert (pause.key, pause.until) == ("asked", ANY_OTHER)


@pytest.mark.parametrize(
    ("on", "until"),
    [
        ((), ANY_OTHER),
        ((), (On("resumed"),)),
        ((On("hold"),), ()),
        ((On("hold"),), ""),
        ((On("hold"),), "resumed"),  # meant as an event; taken as "any other event" it would end the pause too soon
    ],
)
def test_a_pause_without_end(on: Any, until: Any) -> None:
    """A pause that nothing begins or ends is refused."""
    with pytest.raises(DefinitionError) as caught:
        Pause(on, until)
    assert (caught.value.where, caught.value.message) == ("pause", "clock.pause")
    assert "never begins or never ends; give the events of on and until" in str(caught.value)


@pytest.mark.parametrize(
    ("parts", "where", "message", "words"),
    [
        ({"start": []}, "start", "clock.silent", "no event can start the clock; name one event or more"),
        ({"stop": []}, "stop", "clock.silent", "no event can stop the clock"),
        ({"stop": [On("closed"), On("opened")]}, "stop", "clock.both", "'opened' both starts and stops"),
        (
            {"pauses": [Pause([On("hold")]), Pause([On("wait")]), Pause([On("wait")], key="hold")]},
            "pauses",
            "clock.key",
            "two pauses have the key 'hold'; give each its own key",
        ),
    ],
)
def test_contradictions(parts: dict[str, Any], where: str, message: str, words: str) -> None:
    """A rule that can never tell the time is refused at birth."""
    with pytest.raises(DefinitionError) as caught:
        ClockRule(**{"start": [On("opened")], "stop": [On("closed")], **parts})
    assert (caught.value.where, caught.value.message) == (where, message)
    assert words in str(caught.value)


def test_one_event_under_two_conditions() -> None:
    """One kind may start and stop, if its facts tell which."""
    rule = ClockRule([On("state", Eq("to", "open"))], [On("state", Present("done"))])
    assert rule.signals("state", {"to": "open"}) == [("start", "")]
    assert rule.signals("state", {"to": "closed", "done": True}) == [("stop", "")]
    assert rule.ranks == {"state": 0}


@pytest.mark.parametrize(
    ("kind", "signals"),
    [
        ("opened", [("start", ""), ("resume", "hold")]),
        ("closed", [("stop", ""), ("resume", "hold")]),
        ("hold", [("pause", "hold")]),
        ("note", [("resume", "hold")]),
    ],
)
def test_signals_without_conditions(kind: str, signals: list[tuple[str, str]]) -> None:
    """A rule without conditions says the same whatever the facts."""
    rule = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")])])
    assert rule.signals(kind, {}) == rule.signals(kind, {"any": 1}) == signals


EVERY = ClockRule(
    [On("opened")],
    [On("closed")],
    [Pause([On("hold")], [On("resumed")])],
    [On("withdrawn")],
    reopen=(On("reopened"),),
    waive=(On("waived"),),
    promise=(On("promised"),),
    merge=(On("merged"),),
    count=(On("rang"),),
)


@pytest.mark.parametrize(
    ("kind", "signal", "rank"),
    [
        ("opened", "start", 0),
        ("merged", "merge", 1),
        ("rang", "count", 2),
        ("closed", "stop", 3),
        ("withdrawn", "cancel", 4),
        ("reopened", "reopen", 5),
        ("waived", "waive", 6),
        ("hold", "pause", 7),
        ("promised", "promise", 8),
        ("resumed", "resume", 9),
    ],
)
def test_every_signal(kind: str, signal: str, rank: int) -> None:
    """Each signal has its events and its place among those of one instant."""
    assert [told for told, _ in EVERY.signals(kind, {})] == [signal]
    assert EVERY.ranks[kind] == rank


@pytest.mark.parametrize(
    ("parts", "for_good"),
    [
        ({}, True),
        ({"cancel": [On("withdrawn")], "promise": [On("x")], "merge": [On("y")], "count": [On("z")]}, True),
        ({"cycles": True}, False),
        ({"reopen": [On("reopened")]}, False),
        ({"waive": [On("waived")]}, False),
    ],
)
def test_what_ends_for_good(parts: dict[str, Any], for_good: object) -> None:
    """After the stop nothing matters, unless the clock cycles, reopens or may be waived."""
    assert ClockRule([On("opened")], [On("closed")], **parts).ends_for_good is for_good


def test_one_event_that_both_starts_and_stops() -> None:
    """A clock that cycles is stopped first, then started anew."""
    rule = ClockRule([On("said")], [On("said")], cycles=True)
    assert rule.signals("said", {}) == [("stop", ""), ("start", "")]


def test_what_pauses() -> None:
    """Keyed pauses or a standing condition pause; the fields of both are read."""
    standing = ClockRule([On("opened")], [On("closed")], paused_while=AllOf((Eq("state", "waiting"),)))
    assert standing.can_pause
    assert standing.fields == {"state"}
    assert EVERY.can_pause
    assert not ClockRule([On("opened")], [On("closed")]).can_pause


def test_a_list_that_is_a_text() -> None:
    """A text in place of a list would fall apart into letters, and is refused."""
    text: Any = "reopened"
    for name in ("reopen", "waive", "promise", "merge", "count"):
        with pytest.raises(DefinitionError) as caught:
            ClockRule([On("opened")], [On("closed")], **{name: text})
        assert caught.value.message == "shape.kind"
