"""Scores written as JSON and read back: equal, and nothing else is taken for one."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcstd.calendars import Period
from svcstd.curves import Rounding
from svcstd.errors import DefinitionError
from svcstd.scoring import (
    Cap,
    CohortRule,
    Criterion,
    Dimension,
    Grades,
    Mean,
    Measure,
    Multiplier,
    Score,
    Scorecard,
    Tally,
    score,
)

RULE = CohortRule(method="range", better="more", flat="refuse", scale=100)
WRITTEN: dict[str, Any] = {
    "card": "desk",
    "of": "E07",
    "period": "2026-01",
    "state": "scored",
    "value": "50.00",
    "exact": "50",
    "grade": "A",
    "edition": "2026-01-01",
    "root": {
        "key": "",
        "state": "scored",
        "kpi": "",
        "method": "arithmetic",
        "n": 3,
        "value": None,
        "numerator": None,
        "denominator": None,
        "points": "125/3",
        "weight": None,
        "contribution": "125/3",
        "cohort": [],
        "parts": [
            {
                "key": "speed",
                "state": "scored",
                "kpi": "speed",
                "method": "",
                "n": 3,
                "value": "5/3",
                "numerator": "5",
                "denominator": "3",
                "points": "125/3",
                "weight": "1",
                "contribution": "125/3",
                "cohort": ["0", "4"],
                "parts": [],
            },
            {
                "key": "ideas",
                "state": "missing",
                "kpi": "ideas",
                "method": "",
                "n": 0,
                "value": None,
                "numerator": None,
                "denominator": None,
                "points": None,
                "weight": None,
                "contribution": None,
                "cohort": [],
                "parts": [],
            },
        ],
    },
    "adjustments": [
        {"name": "rating", "before": "125/3", "after": "50"},
        {"name": "cap", "before": "50", "after": "50"},
    ],
}


def desk() -> Score:
    """One part that counts, one that is missing, a figure that multiplies, a cap that does nothing."""
    parts = {"speed": Criterion("speed", curve=RULE.over([0, 4])), "ideas": Criterion("ideas")}
    card = Scorecard(
        key="desk",
        root=Dimension(parts, Mean(weights=dict.fromkeys(parts, 1), method="arithmetic", missing="reweight")),
        rounding=Rounding(Decimal("0.01"), "half up"),
        adjustments=[Multiplier("rating", kpi="stars", missing="skip"), Cap("cap", most=100)],
        grades=Grades(["B", "A"], [50], bound="upper"),
    )
    figures: Any = {
        "speed": Measure(5, 3, 3),
        "ideas": Tally(0, 0, empty_is_zero=False),
        "stars": Measure(Fraction(6, 5), 1, 1),
    }
    january = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
    return score(card, figures, of="E07", period=january, edition="2026-01-01")


def test_every_field_by_its_name() -> None:
    """Exact numbers are texts, what is not there is null."""
    assert desk().to_json() == WRITTEN


def test_there_and_back() -> None:
    """Through JSON text too; contributions and reasons are those of the first one."""
    found, read = desk(), Score.from_json(json.loads(json.dumps(WRITTEN)))
    assert read == found
    assert hash(read) == hash(found)
    assert read.to_json() == WRITTEN
    assert read.contributions == found.contributions
    assert read.explanation == found.explanation
    assert sum(one.points for one in read.contributions) + read.residual == 50


@pytest.mark.parametrize("value", ["0E-7", "9E+1", "-0.30", "0.70"])
def test_values_as_decimals_are_written(value: str) -> None:
    """With their scale, whatever it is."""
    read = Score.from_json({**WRITTEN, "value": value})
    assert str(read.value) == value


def test_no_score_is_read_too() -> None:
    """With its state, and an adjustment that withheld."""
    said = {"state": "withheld", "value": None, "exact": None, "grade": ""}
    withheld = {**WRITTEN, **said, "adjustments": [{"name": "rating", "before": "125/3", "after": None}]}
    read = Score.from_json(withheld)
    assert read.value is None
    assert read.residual == 0
    assert read.adjustments[0].acted
    assert not read.contributions
    assert read.to_json() == withheld


NO_TEXT: list[Any] = [None, 5, ["x"]]
WRONG: dict[str, list[Any]] = {
    **dict.fromkeys(("card", "of", "period", "grade", "edition"), NO_TEXT),
    "state": [None, "great", "Scored", ["scored"]],
    "value": [0.5, 1, True, "", "x", "NaN", "Infinity", "1E+999999999", [0, [1], 0]],
    "exact": [0.5, 1, "", "1/0", "0.5", "1e999999999", " 1", "1_0", "٣", "1/-2", "inf"],
    "adjustments": [None, {}, "", [None], [{}], [{"name": "x", "before": None}]],
    "root": [None, 5, "", [], {}],
}
WRONG_IN_A_LINE: dict[str, list[Any]] = {
    **dict.fromkeys(("key", "kpi", "method"), NO_TEXT),
    "state": [None, "x"],
    "n": [None, "3", -1, 1.5, True],
    **{key: [0.1, 1, "1e3", ""] for key in ("value", "numerator", "denominator", "points", "weight", "contribution")},
    "cohort": [None, "12", {}, [None], [1], ["x"]],
    "parts": [None, "", {}, [None], ["x"]],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_no_such_score(field: str, value: Any) -> None:
    """Each field of its kind: no number that is none, no endless one, no text for a list."""
    with pytest.raises(DefinitionError) as refused:
        Score.from_json({**WRITTEN, field: value})
    assert (refused.value.where, refused.value.message) == ("score", "json.shape")


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in WRONG_IN_A_LINE.items() for value in values]
)
def test_no_such_line(field: str, value: Any) -> None:
    """In the tree too, at any depth."""
    line = {**WRITTEN["root"]["parts"][0], field: value}
    for root in (line, {**WRITTEN["root"], "parts": [line]}):
        with pytest.raises(DefinitionError) as refused:
            Score.from_json({**WRITTEN, "root": root})
        assert (refused.value.where, refused.value.message) == ("score", "json.shape")


@pytest.mark.parametrize("field", sorted(WRITTEN))
def test_nothing_may_lack(field: str) -> None:
    """No default for what is not written."""
    with pytest.raises(DefinitionError) as refused:
        Score.from_json({key: value for key, value in WRITTEN.items() if key != field})
    assert refused.value.message == "json.shape"


@pytest.mark.parametrize("found", [None, 5, "score", [], [WRITTEN]])
def test_no_mapping_at_all(found: Any) -> None:
    """Refused as such."""
    with pytest.raises(DefinitionError) as refused:
        Score.from_json(found)
    assert refused.value.message == "json.shape"


def test_a_tree_without_end() -> None:
    """As deep as any card, and no deeper than twice that."""
    root = WRITTEN["root"]
    for _ in range(18):
        root = {**WRITTEN["root"], "parts": [root]}
    assert len(list(Score.from_json({**WRITTEN, "root": root}).root.walk())) == 21
    with pytest.raises(DefinitionError) as refused:
        Score.from_json({**WRITTEN, "root": {**root, "parts": [root]}})
    assert refused.value.message == "json.shape"
