"""Scales: exact bounds, steps, grades in order; what is off them is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError

CUSTOMER = Scale(Fraction(-1, 2), 2, step=Fraction(1, 10))
DIFFICULTY = GradeScale({"I": 1, "II": Decimal("1.5"), "III": 2, "IV": 3})


@pytest.mark.parametrize("mark", ["-0.5", "0", "1.2", "2"])
def test_on_the_scale(mark: str) -> None:
    """Both bounds belong to it."""
    assert CUSTOMER.check(Decimal(mark)) == Fraction(mark)


@pytest.mark.parametrize("mark", ["2.01", "-0.51", "0.05", "2.1"])
def test_off_the_scale(mark: str) -> None:
    """Refused, never moved to the nearest bound."""
    with pytest.raises(DefinitionError) as caught:
        CUSTOMER.check(Decimal(mark))
    assert caught.value.message == "scales.off"


def test_without_steps() -> None:
    """Any number between the bounds, and no count of them."""
    scale = Scale(0, 1)
    assert scale.check(Fraction(1, 3)) == Fraction(1, 3)
    assert (scale.size, CUSTOMER.size) == (None, 26)
    with pytest.raises(DefinitionError, match="steps of any size"):
        scale.check(2)
    with pytest.raises(DefinitionError, match=r"from -1/2 to 2.*steps of 1/10"):
        CUSTOMER.check(3)


@given(st.integers(-20, 20), st.integers(1, 20), st.integers(1, 10))
def test_as_many_as_the_scale_has(low: int, steps: int, width: int) -> None:
    """Every step is on it, and there are so many."""
    scale = Scale(low, low + steps * width, step=width)
    assert scale.size == steps + 1
    assert [scale.check(low + number * width) for number in range(steps + 1)]


@pytest.mark.parametrize(
    ("low", "high", "step", "where"),
    [(1, 1, None, "high"), (2, 1, None, "high"), (0, 1, Fraction(2, 3), "step"), (0, 1, 0, "step"), (0, 1, -1, "step")],
)
def test_no_such_scale(low: Any, high: Any, step: Any, where: str) -> None:
    """Bounds in order, and steps that lead from one to the other."""
    with pytest.raises(DefinitionError) as caught:
        Scale(low, high, step=step)
    assert caught.value.where == where


def test_grades_count_points() -> None:
    """Four grades of difficulty."""
    assert [DIFFICULTY.points_of(grade) for grade in ("I", "II", "III", "IV")] == [1, Fraction(3, 2), 2, 3]


def test_two_grades_are_enough() -> None:
    """Good and bad."""
    assert GradeScale({"bad": 0, "good": 1}).points_of("good") == 1


@pytest.mark.parametrize("grade", ["V", "i", 1, None])
def test_no_such_grade(grade: Any) -> None:
    """With the nearest one."""
    with pytest.raises(DefinitionError) as caught:
        DIFFICULTY.points_of(grade)
    assert caught.value.message == "scales.grade"


@pytest.mark.parametrize("points", [{}, {"I": 1}, {"I": 2, "II": 1}, {"I": 1, "II": 1}])
def test_grades_rise(points: dict[str, int]) -> None:
    """At least two, each worth more than the one before."""
    with pytest.raises(DefinitionError) as caught:
        GradeScale(points)
    assert caught.value.where == "points"
