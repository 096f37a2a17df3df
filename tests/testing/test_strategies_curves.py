"""What the parameters of strategies for curves promise."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from svcstd.curves import GradeScale, PiecewiseLinear, Scale, Steps, Tiers
from svcstd.errors import DefinitionError
from svcstd.testing.strategies.curves import (
    curves,
    goalposts,
    grade_scales,
    lines,
    numbers,
    rising,
    scales,
    steps,
    tiers,
)

UNSHRUNK = settings(phases=[Phase.generate])


@given(numbers(-2, 3), rising(1, 3, 0, 5))
def test_numbers_keep_their_bounds(number: Fraction, found: list[Fraction]) -> None:
    """Both bounds included; rising ones are all different."""
    assert -2 <= number <= 3
    assert found == sorted(set(found))
    assert found[0] >= 0
    assert found[-1] <= 5
    assert 1 <= len(found) <= 3


@given(st.one_of(curves(falls=False, refuses=False), tiers(falls=False, refuses=False)), numbers(), numbers(0, 50))
def test_some_never_fall_and_take_everything(curve: Any, value: Fraction, more: Fraction) -> None:
    """A greater value gives no smaller result, and no value is refused."""
    assert curve.at(value) <= curve.at(value + more)


def falls(curve: Any) -> bool:
    """Whether some value gives more than a greater one."""
    results = [curve.at(value) for value in range(-100, 201, 20)]
    return results != sorted(results)


def refuses(curve: Any) -> bool:
    """Whether it refuses a value that is far out."""
    try:
        curve.at(-1_000)
    except DefinitionError:
        return True
    return False


@pytest.mark.parametrize("kind", [steps, lines, goalposts])
def test_others_fall(kind: Any) -> None:
    """By default a greater value may give less."""
    options: dict[str, Any] = {lines: {"beyond": ["clamp"]}, goalposts: {"beyond": ["clamp"]}}.get(kind, {})
    assert falls(find(kind(**options), falls, settings=UNSHRUNK))


@pytest.mark.parametrize("kind", [lines, goalposts, tiers, curves])
def test_others_refuse(kind: Any) -> None:
    """By default some take no value beyond their ends."""
    assert refuses(find(kind(), refuses, settings=UNSHRUNK))


@given(lines(max_size=2, low=1, high=3), steps(max_size=1, low=1, high=3), tiers(max_size=1))
def test_sizes_and_results(line: PiecewiseLinear, step: Steps, tier: Tiers) -> None:
    """As many bounds as asked for, and results between those that are named."""
    assert len(line.points) == 2
    assert len(step.bounds) <= 1
    assert len(tier.bounds) <= 1
    assert all(1 <= result <= 3 for result in (*step.values, *(result for _, result in line.points)))


@given(scales(stepped=True), scales(stepped=False), grade_scales(("low", "high")))
def test_scales(counted: Scale, free: Scale, grades: GradeScale) -> None:
    """With steps, without, and with names of one's own."""
    assert counted.size is not None
    assert counted.size > 1
    assert free.size is None
    assert list(grades.points) == ["low", "high"]
