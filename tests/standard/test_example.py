"""Examples are checked: those that hold are silent, each that fails is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

import svcstd.demo
from svcstd import loads
from svcstd.standard import Finding
from svcstd.standard.example import check_examples

BOSTON = (Path(svcstd.demo.__file__).parent / "boston311.toml").read_text()
HEAD = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Berlin"
[facts]
kind = "text"
[events]
opened = ""
closed = ""
[objectives.close]
by = "kind"
target = { fault = "8 hours" }
clock = { start = "opened", stop = "closed" }
[changes.2026-07-01]
events.reopened = ""
[examples.one]
"""
CLOSED = 'given.kind = "fault"\nevents = { opened = 2026-07-01T10:00:00, closed = 2026-07-01T11:00:00 }\n'


def findings(example: str) -> list[Finding]:
    """What one example gets otherwise than it expects."""
    return list(check_examples(loads(HEAD + example)))


def test_the_demonstration_keeps_its_examples() -> None:
    """Columbus Day, the spring night of 23 hours and the new edition come out as written."""
    assert list(check_examples(loads(BOSTON))) == []


def test_right_expectations_are_silent() -> None:
    """Every field that may be expected, right, gives no finding."""
    assert (
        findings(
            CLOSED
            + """
because = { close = "met" }
[examples.one.expect.close]
activity = "stopped"
verdict = "met"
start = 2026-07-01T10:00:00
due = 2026-07-01T18:00:00
stop = 2026-07-01T11:00:00
breached_at = "none"
next_change = "none"
elapsed = "1 hour"
remaining = "7 hours"
row = "fault"
target = "8 hours"
budget = "8 hours"
act_by = "none"
count = "none"
cycle = 1
calendar = ""
advice = "none"
"""
        )
        == []
    )


@pytest.mark.parametrize(
    ("field", "wrong", "expected", "got"),
    [
        ("activity", "running", "running", "stopped"),
        ("verdict", "met_late", "met_late", "met"),
        ("start", "2026-07-01T10:00:01", "2026-07-01T10:00:01+02:00", "2026-07-01T10:00:00+02:00"),
        ("due", "none", "none", "2026-07-01T18:00:00+02:00"),
        ("stop", "2026-07-01T12:00:00", "2026-07-01T12:00:00+02:00", "2026-07-01T11:00:00+02:00"),
        ("breached_at", "2026-07-01T12:00:00", "2026-07-01T12:00:00+02:00", "none"),
        ("next_change", "2026-07-01T12:00:00", "2026-07-01T12:00:00+02:00", "none"),
        ("elapsed", "2 hours", "PT2H", "PT1H"),
        ("remaining", "PT7H1S", "PT7H1S", "PT7H"),
        ("budget", "PT7H", "PT7H", "PT8H"),
        ("act_by", "2026-07-01T18:00:00", "2026-07-01T18:00:00+02:00", "none"),
        ("calendar", "office", "office", ""),
        ("advice", "too_early", "too_early", "none"),
        ("row", "else", "else", "fault"),
        ("target", "9 hours", "9 hours", "8 hours"),
    ],
)
def test_a_wrong_expectation_is_a_finding(field: str, wrong: str, expected: str, got: str) -> None:
    """A finding says where, what was expected, and what came out."""
    assert findings(f'{CLOSED}expect.close.{field} = "{wrong}"') == [
        Finding("examples.one", "close", field, expected, got)
    ]


def test_counts_cycles_and_advice_may_be_expected() -> None:
    """Two rings are too early, four are late; the second call is the second cycle."""
    text = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
events = { ring = "", answered = "" }
[objectives.pick_up]
target = "3..3 rings"
clock = { start = "ring", stop = "answered", count = "ring", cycles = true }
[examples.early]
events = { ring = [2026-07-01T10:00:00, 2026-07-01T10:00:05], answered = 2026-07-01T10:00:07 }
expect = { pick_up = { count = 2, advice = "too_early", verdict = "met", cycle = 1, remaining = "none" } }
[examples.late]
events = { ring = [2026-07-01T10:00:00, 2026-07-01T11:00:00], answered = 2026-07-01T10:00:07 }
expect = { pick_up = { cycle = 1, count = 4 } }
"""
    assert list(check_examples(loads(text))) == [
        Finding("examples.late", "pick_up", "count", "4", "1"),
        Finding("examples.late", "pick_up", "cycle", "1", "2"),
    ]


def test_words_are_looked_for_in_the_reasons() -> None:
    """A word that the explanation does not hold is a finding with the whole explanation."""
    (found,) = findings(CLOSED + 'because.close = ["met", "Columbus"]')
    assert (found.objective, found.field, found.expected) == ("close", "because", "Columbus")
    assert "promised to fault: 8 hours" in found.got


def test_a_case_without_promise_is_a_finding() -> None:
    """Where nothing is promised, no field can be right; the reason why is searched for words."""
    example = 'events = { opened = 2026-07-01T10:00:00 }\nbecause.close = ["no promise", "met"]\nexpect.close.row = "x"'
    assert findings(example) == [
        Finding("examples.one", "close", "row", "x", "no promise"),
        Finding("examples.one", "close", "because", "met", "no promise for kind = nothing"),
    ]


def test_variants_are_numbered() -> None:
    """The variant that fails is told by its number."""
    example = """
given.kind = "fault"
events = {}
each.opened = [2026-07-01T10:00:00, 2026-07-01T11:00:00]
expect.close.due = 2026-07-01T18:00:00
"""
    assert [(one.where, one.got) for one in findings(example)] == [("examples.one[1]", "2026-07-01T19:00:00+02:00")]


def test_a_case_that_cannot_be_read_is_a_finding() -> None:
    """An event that only a later edition declares is found, and does not end the checking."""
    (found,) = findings('events = { reopened = 2026-06-30T10:00:00 }\nexpect.close.row = ""')
    assert (found.where, found.objective, found.field) == ("examples.one", "", "case")
    assert "the event 'reopened' is not declared" in found.got


def test_words_for_an_objective_of_another_edition_find_nothing() -> None:
    """An objective that the case's edition lacks has no reasons at all."""
    text = HEAD.replace(
        'events.reopened = ""',
        'objectives.later = { target = "1 hour", order = 2, clock = { start = "opened", stop = "closed" } }\n'
        "objectives.close.order = 1",
    )
    example = 'events = { opened = 2026-06-30T10:00:00 }\nbecause.later = "met"'
    assert list(check_examples(loads(text + example))) == [Finding("examples.one", "later", "because", "met", "")]
