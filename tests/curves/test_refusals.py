# mypy: disable-error-code="arg-type,list-item,dict-item,call-arg,operator,call-overload,index"
"""What curves, scales and tiers refuse, in the words that people read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcstd.curves import DistanceToTarget, Goalposts, GradeScale, PiecewiseLinear, Rounding, Scale, Steps, Tiers, exact
from svcstd.errors import DefinitionError, SvcstdError

LINE = PiecewiseLinear([(0, 0), (Fraction(1, 2), 1)], beyond="refuse")
RATES: Any = {"kind": "marginal", "bound": "lower", "start": 0, "beyond": "refuse"}


REFUSED: list[tuple[Any, type[SvcstdError], str]] = [
    (
        lambda: PiecewiseLinear([(0, 0)], beyond="clamp"),
        DefinitionError,
        "points: a line has fewer than two points; give two points or more",
    ),
    (
        lambda: PiecewiseLinear([(0, 0), (Fraction(-1, 2), 1)], beyond="clamp"),
        DefinitionError,
        "points: -1/2 does not come after 0; put them in rising order, each once",
    ),
    (
        lambda: PiecewiseLinear([(0, 0), (0, 1)], beyond="clamp"),
        DefinitionError,
        "points: 0 does not come after 0; put them in rising order, each once",
    ),
    (
        lambda: PiecewiseLinear([(0, 0.5), (1, 1)], beyond="clamp"),
        DefinitionError,
        "value: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: PiecewiseLinear([(0, 0), (1, 1)], beyond="stop"),
        DefinitionError,
        "beyond: stop is not a choice here; choose one of clamp, extend, refuse",
    ),
    (
        lambda: LINE.at(Fraction(-1, 3)),
        DefinitionError,
        "value: -1/3 lies beyond 0 to 1/2; declare what becomes of such a value: clamp or extend",
    ),
    (
        lambda: LINE.at(Fraction(2, 3)),
        DefinitionError,
        "value: 2/3 lies beyond 0 to 1/2; declare what becomes of such a value: clamp or extend",
    ),
    (
        lambda: LINE.at(0.1),
        DefinitionError,
        "value: 0.1 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Goalposts(3, 3, scale=1, beyond="clamp"),
        DefinitionError,
        "best: the best and the worst value are both 3; give two values; between them lies the score",
    ),
    (
        lambda: Goalposts(0, 1, scale=0, beyond="clamp"),
        DefinitionError,
        "scale: 0 is no scale; give what the best is worth, more than 0",
    ),
    (
        lambda: Goalposts(0, 1, scale=Fraction(-1, 2), beyond="clamp"),
        DefinitionError,
        "scale: -1/2 is no scale; give what the best is worth, more than 0",
    ),
    (
        lambda: Goalposts(0, 1, scale=1, beyond="stop"),
        DefinitionError,
        "beyond: stop is not a choice here; choose one of clamp, extend, refuse",
    ),
    (
        lambda: Goalposts(10, 0, scale=1, beyond="refuse").at(11),
        DefinitionError,
        "value: 11 lies beyond 0 to 10; declare what becomes of such a value: clamp or extend",
    ),
    (
        lambda: DistanceToTarget(3, worst=3, cap=True),
        DefinitionError,
        "worst: the best and the worst value are both 3; give two values; between them lies the score",
    ),
    (
        lambda: Steps([2, 1], [1, 2, 3], bound="upper"),
        DefinitionError,
        "bounds: 1 does not come after 2; put them in rising order, each once",
    ),
    (
        lambda: Steps([1], [1, 2, 3], bound="upper"),
        DefinitionError,
        "values: there are 3 results for 1 bounds; give one result more than bounds",
    ),
    (
        lambda: Steps([1], [1, 2], bound="middle"),
        DefinitionError,
        "bound: middle is not a choice here; choose one of lower, upper",
    ),
    (
        lambda: exact(0.5),
        DefinitionError,
        "value: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: exact(True, "here"),
        DefinitionError,
        "here: True is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: exact("1" * 90, "here"),
        DefinitionError,
        (
            "here: '111111111111111111111111111111111111111 is no exact number; give an integer, a "
            "Decimal or a Fraction; a float has no exact value"
        ),
    ),
    (
        lambda: exact(Decimal("1E401"), "here"),
        DefinitionError,
        (
            "here: Decimal('1E+401') is no exact number; give an integer, a Decimal or a Fraction; a "
            "float has no exact value"
        ),
    ),
    (
        lambda: exact(Decimal("NaN")),
        DefinitionError,
        (
            "value: Decimal('NaN') is no exact number; give an integer, a Decimal or a Fraction; a "
            "float has no exact value"
        ),
    ),
    (
        lambda: Rounding(0, "half up"),
        DefinitionError,
        "step: the step 0 is not above 0, or no decimal; write a step such as 1, 0.01 or 0.05",
    ),
    (
        lambda: Rounding(Fraction(1, 2), "half up"),
        DefinitionError,
        "step: the step 1/2 is not above 0, or no decimal; write a step such as 1, 0.01 or 0.05",
    ),
    (
        lambda: Rounding(0.5, "half up"),
        DefinitionError,
        "step: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Rounding(1, "half"),
        DefinitionError,
        ("mode: half is not a choice here; choose one of half up, half even, half down, up, down, ceiling, floor"),
    ),
    (lambda: Scale(1, 1), DefinitionError, "high: 1 does not come after 1; put them in rising order, each once"),
    (
        lambda: Scale(0, 2, step=0),
        DefinitionError,
        "step: steps of 0 do not lead from 0 to 2; choose a step that divides the distance",
    ),
    (
        lambda: Scale(0, 2, step=Fraction(3, 4)),
        DefinitionError,
        "step: steps of 3/4 do not lead from 0 to 2; choose a step that divides the distance",
    ),
    (
        lambda: Scale(0, 2).check(3),
        DefinitionError,
        "value: 3 is not on the scale from 0 to 2; it counts in steps of any size",
    ),
    (
        lambda: Scale(Fraction(-1, 2), 2, step=Fraction(1, 10)).check(Fraction(1, 20)),
        DefinitionError,
        "value: 1/20 is not on the scale from -1/2 to 2; it counts in steps of 1/10",
    ),
    (
        lambda: GradeScale({"I": 1}),
        DefinitionError,
        "points: there are fewer than two grades; name at least two, the lowest first",
    ),
    (
        lambda: GradeScale({"I": 1, "II": 1}),
        DefinitionError,
        "points: 1 does not come after 1; put them in rising order, each once",
    ),
    (
        lambda: GradeScale({"I": 1, "II": 0.5}),
        DefinitionError,
        ("points.II: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value"),
    ),
    (
        lambda: GradeScale({"I": 1, "II": 2}).points_of("III"),
        DefinitionError,
        "value: III is no grade of the scale; write II",
    ),
    (
        lambda: GradeScale({"I": 1, "II": 2}).points_of(2),
        DefinitionError,
        "value: 2 is no grade of the scale; write I, II",
    ),
    (
        lambda: Tiers([300, 200], [0, 1, 2], **RATES),
        DefinitionError,
        "bounds: 200 does not come after 300; put them in rising order, each once",
    ),
    (
        lambda: Tiers([0], [0, 1], **RATES),
        DefinitionError,
        "bounds: 0 does not come after 0; put them in rising order, each once",
    ),
    (
        lambda: Tiers([300], [0, 1, 2], **RATES),
        DefinitionError,
        "rates: there are 3 results for 1 bounds; give one result more than bounds",
    ),
    (
        lambda: Tiers([300], [0, 0.5], **RATES),
        DefinitionError,
        "rates: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Tiers([0.5], [0, 1], **RATES),
        DefinitionError,
        "bounds: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Tiers([300], [0, 1], **{**RATES, "kind": "half"}),
        DefinitionError,
        "kind: half is not a choice here; choose one of marginal, whole",
    ),
    (
        lambda: Tiers([300], [0, 1], **{**RATES, "bound": "middle"}),
        DefinitionError,
        "bound: middle is not a choice here; choose one of lower, upper",
    ),
    (
        lambda: Tiers([300], [0, 1], **{**RATES, "beyond": "stop"}),
        DefinitionError,
        "beyond: stop is not a choice here; choose one of clamp, extend, refuse",
    ),
    (
        lambda: Tiers([300], [0, 1], **RATES).at(-1),
        DefinitionError,
        (
            "value: -1 comes before the first tier, which begins at 0; correct the value, or let the "
            "tiers say what comes of it"
        ),
    ),
]


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED)
def test_refused(make: Any, kind: type[SvcstdError], words: str) -> None:
    """Each refusal says where, what and how to mend it."""
    with pytest.raises(SvcstdError) as refused:
        make()
    assert (type(refused.value), str(refused.value)) == (kind, words)
