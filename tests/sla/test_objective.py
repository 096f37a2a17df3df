"""An objective: one clock, the cases it applies to, and a table of promises."""

from __future__ import annotations

import pickle
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcstd.conditions import AllOf, Eq, Present
from svcstd.errors import DefinitionError
from svcstd.sla import (
    AT_DUE,
    CalendarDays,
    ClockRule,
    ElapsedTime,
    Factor,
    Level,
    Objective,
    On,
    Pause,
    Row,
    WorkingDays,
    WorkingTime,
    read_target,
    read_threshold,
)

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


GOLD = Factor("level", {"gold": Decimal("0.5"), "slow": 2})


@pytest.mark.parametrize(
    ("facts", "hours"),
    [
        ({"level": "gold"}, 4),
        ({"level": "slow"}, 16),
        ({"level": "silver"}, 8),
        ({"level": None}, 8),
        ({"level": 1}, 8),
        ({"level": ["gold"]}, 8),  # nothing that cannot be a key
        ({}, 8),
        ({"level": "gold", "priority": "P1"}, 1),
        ({"level": "slow", "priority": "P1"}, 4),
    ],
)
def test_factors(facts: dict[str, Any], hours: int) -> None:
    """A factor by a fact; any other value, or none, changes nothing."""
    promise = Objective(RULE, EIGHT, by="priority", rows={"P1": TWO}, factor=GOLD)
    row = promise.row(facts)
    assert row is not None
    assert row.target == WorkingTime(timedelta(hours=hours))
    assert row.key == ("P1" if "priority" in facts else "else")
    assert promise.row(facts) is row  # made once
    assert promise.targets == (TWO, EIGHT)  # before any factor
    assert {"level", "priority"} <= promise.fields


def test_factors_are_values() -> None:
    """Equal by content, hashable, picklable."""
    assert pickle.loads(pickle.dumps(GOLD)) == GOLD  # noqa: S301 - our own bytes
    assert hash(Factor("level", GOLD.values)) == hash(GOLD)


@pytest.mark.parametrize(
    ("target", "factor", "message"),
    [
        ("8 hours", 0, "target.factor"),
        ("8 hours", 101, "target.factor"),
        ("1 second", Decimal("0.5"), "target.factor_fraction"),
        ("3 working days", 2, "target.unscaled"),
    ],
)
def test_refused_factors(target: str, factor: Any, message: str) -> None:
    """A factor that does not go with each row is refused by its value."""
    rows = {"P1": EIGHT, "P2": read_target(target)}
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, by="priority", rows=rows, factor=Factor("level", {"gold": factor}))
    assert (caught.value.where, caught.value.message) == ("factor.use.gold", message)


@pytest.mark.parametrize("goal", [Fraction(-1, 100), Fraction(101, 100), Fraction(1, 3)])
def test_no_goal(goal: Fraction) -> None:
    """A goal is a share that can be written in percent."""
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, EIGHT, goal=goal)
    assert (caught.value.where, caught.value.message) == ("goal", "objective.goal")


@pytest.mark.parametrize("goal", [Fraction(0), Fraction(95, 100), Fraction(1), None])
def test_goals(goal: Fraction | None) -> None:
    """Nothing, something or all is to be kept."""
    assert Objective(RULE, EIGHT, goal=goal).goal == goal


def test_the_facts_of_exclusion() -> None:
    """What excludes a case and what counts are among the facts it depends on."""
    rule = ClockRule([On("opened")], [On("closed")], count_fact="rings", paused_while=AllOf((Eq("state", "waiting"),)))
    promise = Objective(rule, EIGHT, exclude=AllOf((Eq("caller", "mystery"),)))
    assert promise.fields == {"rings", "state", "caller"}


def test_who_counts_days() -> None:
    """Working days need a calendar of one zone; mixed time needs a calendar, an instant and a count need none."""
    counted = ClockRule([On("opened")], [On("closed")], count=(On("rang"),))
    needs = {
        "3 working days": (True, True),
        "4 working hours then 2 hours": (True, False),
        "by 2026-03-31T10:00Z": (False, False),
        "2..3 rings": (False, False),
        "3 calendar days": (False, False),
    }
    for text, expected in needs.items():
        promise = Objective(counted, read_target(text))
        assert (promise.needs_calendar, promise.counts_days) == expected
        row = promise.row({}, "office")
        assert row is not None
        assert row.calendar == ("office" if expected[0] else "")


def test_levels_are_kept_in_order() -> None:
    """Whom to tell is part of the promise."""
    levels = [Level(AT_DUE, ["lead"]), Level(read_threshold("50 %"), ["head"])]
    assert Objective(RULE, EIGHT, notify=levels).notify == tuple(levels)
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, EIGHT, notify=[*levels, Level(read_threshold("100 %"), ["all"])])  # that is due, again
    assert (caught.value.where, caught.value.message) == ("notify", "objective.levels")


def test_working_offsets_need_working_time() -> None:
    """Two working hours before the due of a promise on the line: in which calendar, nobody could say."""
    level = Level(read_threshold("2 working hours before due"), ["lead"])
    assert Objective(RULE, EIGHT, notify=[level]).notify == (level,)
    with pytest.raises(DefinitionError) as caught:
        Objective(RULE, ElapsedTime(timedelta(hours=8)), notify=[level])
    assert (caught.value.where, caught.value.message) == ("notify", "objective.offset")
