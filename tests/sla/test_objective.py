"""An objective: one clock, the cases it applies to, and a table of promises."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import pytest

from svcstd.conditions import AllOf, Eq, Present
from svcstd.errors import DefinitionError
from svcstd.sla import CalendarDays, ClockRule, ElapsedTime, Objective, On, Pause, Row, WorkingDays, WorkingTime

RULE = ClockRule([On("opened")], [On("closed", Present("answer"))])
PAUSING = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")])])
TWO, EIGHT = WorkingTime(timedelta(hours=2)), WorkingTime(timedelta(hours=8))
TABLE = Objective(RULE, EIGHT, by="priority", rows={"P1": TWO}, when=AllOf((Eq("kind", "fault"),)))


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({"priority": "P1"}, Row("P1", TWO)),
        ({"priority": "P9"}, Row("else", EIGHT)),
        ({"priority": None}, Row("else", EIGHT)),
        ({"priority": 1}, Row("else", EIGHT)),
        ({"priority": ["P1"]}, Row("else", EIGHT)),  # nothing that cannot be a key
        ({}, Row("else", EIGHT)),
    ],
)
def test_rows(facts: dict[str, Any], row: Row) -> None:
    """A fact picks the row, else the rest."""
    assert TABLE.row(facts) == row


def test_no_row() -> None:
    """Without an else there may be no promise; without a table there is only one."""
    assert Objective(RULE, by="priority", rows={"P1": TWO}).row({"priority": "P2"}) is None
    assert Objective(RULE, EIGHT).row({"priority": "P1"}) == Row("", EIGHT)
    assert Objective(RULE, status="needs_value").row({}) is None


def test_what_it_depends_on() -> None:
    """The facts of its condition, its clock and its table are known beforehand, and so are its promises."""
    assert TABLE.fields == {"kind", "answer", "priority"}
    assert Objective(RULE, EIGHT).fields == {"answer"}
    assert TABLE.targets == (TWO, EIGHT)


@pytest.mark.parametrize(
    ("target", "needed"),
    [
        (EIGHT, True),
        (WorkingDays(1), True),
        (ElapsedTime(timedelta(hours=1)), False),
        (CalendarDays(1), False),
    ],
)
def test_who_needs_a_calendar(target: Any, needed: object) -> None:
    """Working time and working days need one, the rest does not."""
    assert Objective(RULE, target).needs_calendar is needed


@pytest.mark.parametrize(
    ("parts", "where", "message", "words"),
    [
        ({"status": "in force", "target": EIGHT}, "status", "choice.unknown", "choose one of in_force, aspirational"),
        ({"by": "priority", "target": EIGHT}, "by", "objective.table", "go together"),
        ({"rows": {"P1": TWO}}, "by", "objective.table", "give both, or a single target"),
        ({}, "target", "objective.no_target", "nothing is promised; give a target"),
        (
            {"clock": PAUSING, "target": CalendarDays(3)},
            "clock.pause",
            "objective.pause_days",
            "'3 calendar days' cannot pause",
        ),
        (
            {"clock": PAUSING, "by": "p", "rows": {"P1": TWO, "P2": WorkingDays(1)}},
            "clock.pause",
            "objective.pause_days",
            "'1 working day' cannot pause",
        ),
    ],
)
def test_contradictions(parts: dict[str, Any], where: str, message: str, words: str) -> None:
    """A promise that contradicts itself is refused at birth."""
    with pytest.raises(DefinitionError) as caught:
        Objective(**{"clock": RULE, **parts})
    assert (caught.value.where, caught.value.message) == (where, message)
    assert words in str(caught.value)


@pytest.mark.parametrize("status", ["aspirational", "pending", "needs_value", "withdrawn"])
def test_only_what_is_in_force_needs_a_value(status: Any) -> None:
    """A promise that nobody can break yet may still lack its value."""
    assert Objective(RULE, status=status).targets == ()


def test_time_may_pause() -> None:
    """Working and elapsed time can pause."""
    assert Objective(PAUSING, by="p", rows={"P1": TWO, "P2": ElapsedTime(timedelta(hours=1))}).targets


def test_objectives_are_values() -> None:
    """Equal by content, hashable, picklable."""
    again = pickle.loads(pickle.dumps(TABLE))  # noqa: S301 - our own bytes
    assert again == TABLE
    assert hash(again) == hash(TABLE)
    assert again.row({"priority": "P1"}) == Row("P1", TWO)
