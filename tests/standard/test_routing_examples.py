"""Examples of tables: what is answered as expected is silent, each that is not is a finding."""

from __future__ import annotations

import pytest

from svcstd import dumps, loads
from svcstd.standard import Finding
from svcstd.standard.example import check_examples

DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Berlin"
[facts]
kind = { one_of = ["fault", "claim", "praise"] }
amount = { kind = "number", within = "[0..1000)" }
[events]
opened = ""
[routing.intake]
hit = "unique"
in = ["kind"]
out = ["role"]
[routing.intake.rules]
repair = ["fault", "engineer"]
claims = { when.kind = "claim", then.role = "clerk", because = "a claim is read first" }
[routing.strict]
hit = "unique"
on_no_match = "error"
in = ["kind"]
out = ["role"]
rules.only = ["fault", "engineer"]
[examples.one]
events = { opened = 2026-07-01T10:00:00 }
"""


def findings(example: str) -> list[Finding]:
    """What one example gets otherwise than it expects."""
    return list(check_examples(loads(DESK + example)))


@pytest.mark.parametrize(
    "example",
    [
        'given.kind = "fault"\nexpect.intake = { role = "engineer", rule = "repair" }',
        'given.kind = "claim"\nexpect.intake.rule = "claims"\nbecause.intake = "read first"',
        'given.kind = "praise"\nexpect.intake = { role = "none", rule = "none" }',
    ],
)
def test_right_answers_are_silent(example: str) -> None:
    """A role and a rule, a word of the reasons, that nothing is answered."""
    assert findings(example) == []


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ('given.kind = "fault"\nexpect.intake.role = "clerk"', ("intake", "role", "clerk", "engineer")),
        ('given.kind = "fault"\nexpect.intake.rule = "claims"', ("intake", "rule", "claims", "repair")),
        ('given.kind = "fault"\nexpect.intake.rule = "none"', ("intake", "rule", "none", "repair")),
        ('given.kind = "praise"\nexpect.intake.role = "clerk"', ("intake", "role", "clerk", "none")),
    ],
)
def test_each_wrong_answer_is_a_finding(example: str, told: tuple[str, str, str, str]) -> None:
    """With what was expected and what came out."""
    (found,) = findings(example)
    assert (found.objective, found.field, found.expected, found.got) == told


def test_a_word_that_the_reasons_lack_is_a_finding() -> None:
    """The reasons are shown."""
    (found,) = findings('given.kind = "claim"\nbecause.intake = "the board said so"')
    assert (found.objective, found.field, found.expected) == ("intake", "because", "the board said so")
    assert "a claim is read first" in found.got


def test_a_table_that_refuses_is_a_finding() -> None:
    """With its message as what came out."""
    (found,) = findings('given.kind = "claim"\nexpect.strict.role = "clerk"')
    assert (found.objective, found.field, found.expected) == ("strict", "rule", "a decision")
    assert "no rule fits" in found.got


def test_the_range_of_a_fact_survives_being_written() -> None:
    """Ends that are in and ends that are not."""
    standard = loads(DESK)
    assert loads(dumps(standard)) == standard
    assert "[0..1000)" in dumps(standard)
