"""How much lateness a goal allows, how fast it is spent, and what the period will come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.sla import Attainment, ErrorBudget, Forecast

F = Fraction


@pytest.mark.parametrize(
    ("goal", "counts", "allowed", "left", "burn", "spent_at", "kept"),
    [
        # 100 decided, goal 95 %: five may be late.
        ("95/100", Attainment(met=100), "5", "5", "0", None, True),
        ("95/100", Attainment(met=98, met_late=2), "5", "3", "2/5", "5/2", True),
        ("95/100", Attainment(met=95, met_late=3, late_open=2), "5", "0", "1", "1", True),  # just met
        ("95/100", Attainment(met=94, met_late=6), "5", "-1", "6/5", "5/6", False),
        ("95/100", Attainment(met=90, late_open=10), "5", "-5", "2", "1/2", False),
        # 10 decided: half a promise may be late.
        ("95/100", Attainment(met=10), "1/2", "1/2", "0", None, True),
        ("95/100", Attainment(met=9, met_late=1), "1/2", "-1/2", "2", "1/2", False),
        ("1/2", Attainment(met=1, met_late=2), "3/2", "-1/2", "4/3", "3/4", False),
        # A goal of all allows nothing; a goal of nothing allows all.
        ("1", Attainment(met=10), "0", "0", None, None, True),
        ("1", Attainment(met=9, met_late=1), "0", "-1", None, None, False),
        ("0", Attainment(met_late=4), "4", "0", "1", "1", True),
        # Nothing decided: nothing can be said.
        ("95/100", Attainment(), "0", "0", None, None, None),
        ("95/100", Attainment(not_yet_due=7, waived=1, excluded=1, unknown=1), "0", "0", None, None, None),
        # What stands apart changes nothing.
        ("95/100", Attainment(98, 2, 0, 50, 9, 9, 9), "5", "3", "2/5", "5/2", True),
    ],
)
def test_budgets(
    goal: str,
    counts: Attainment,
    allowed: str,
    left: str,
    burn: str | None,
    spent_at: str | None,
    kept: bool | None,  # noqa: FBT001 - a column of the table
) -> None:
    """Budget, what is left of it, burn rate and when it is spent, as a supervisor would reckon them."""
    found = ErrorBudget(F(goal), counts)
    assert (found.allowed, found.left) == (F(allowed), F(left))
    assert found.burn_rate == (None if burn is None else F(burn))
    assert found.spent_at == (None if spent_at is None else F(spent_at))
    assert found.is_kept is kept


@pytest.mark.parametrize(
    ("counts", "forecast"),
    [
        (Attainment(), None),
        (Attainment(waived=3, excluded=2, unknown=1), None),
        (Attainment(not_yet_due=4), Forecast(F(0), F(1), None)),  # all is open
        (Attainment(met=8, met_late=2), Forecast(F(8, 10), F(8, 10), F(8, 10))),  # all is decided
        # 8 of 10 kept, 10 to come: 8/20 at worst, 18/20 at best, (8 + 8)/20 if they go as before.
        (Attainment(met=8, met_late=1, late_open=1, not_yet_due=10), Forecast(F(2, 5), F(9, 10), F(4, 5))),
        (Attainment(met=3, not_yet_due=1, waived=5), Forecast(F(3, 4), F(1), F(1))),
    ],
)
def test_forecast(counts: Attainment, forecast: Forecast | None) -> None:
    """What the share will be: if all to come are broken, if all are kept, if they go as those before."""
    assert ErrorBudget(F(9, 10), counts).forecast == forecast


@pytest.mark.parametrize("goal", ["-1/100", "101/100", "95"])
def test_a_goal_out_of_bounds(goal: str) -> None:
    """A goal is a share: 95 is none."""
    with pytest.raises(DefinitionError) as caught:
        ErrorBudget(F(goal), Attainment())
    assert (caught.value.where, caught.value.message) == ("goal", "objective.goal")


COUNT = st.integers(0, 50)
COUNTS = st.builds(Attainment, COUNT, COUNT, COUNT, COUNT, COUNT, COUNT, COUNT)
GOALS = st.fractions(0, 1)


@given(GOALS, COUNTS)
def test_one_measure(goal: Fraction, counts: Attainment) -> None:
    """Goal kept, budget left and burn rate never contradict each other."""
    found = ErrorBudget(goal, counts)
    if found.is_kept is not None:
        assert found.is_kept == (found.left >= 0)
    if found.burn_rate is not None:
        assert (found.burn_rate <= 1) == found.is_kept
    if found.spent_at is not None:
        assert (found.spent_at >= 1) == found.is_kept


@given(GOALS, COUNTS, COUNTS)
def test_budgets_add_up(goal: Fraction, first: Attainment, second: Attainment) -> None:
    """Two teams counted apart and added have the budget of both counted together."""
    apart = ErrorBudget(goal, first), ErrorBudget(goal, second)
    together = ErrorBudget(goal, first + second)
    assert together.allowed == sum(one.allowed for one in apart)
    assert together.left == sum(one.left for one in apart)


@given(COUNTS)
def test_the_forecast_lies_between(counts: Attainment) -> None:
    """What is expected lies between worst and best, and so does the share so far."""
    found = ErrorBudget(F(1, 2), counts).forecast
    if found is None:
        assert counts.decided + counts.not_yet_due == 0
        return
    assert 0 <= found.worst <= found.best <= 1
    assert found.expected == counts.share
    if found.expected is not None:
        assert found.worst <= found.expected <= found.best
