"""Scores as JSON, field by field, and back: what is read is checked, since it may come from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.readback import a_choice, a_fraction, a_fraction_or_none, a_list, a_text
from svcstd.scoring.score import Adjusted, Line, Score, ScoreState

__all__ = ["score_from_json", "score_to_json"]

DEEPEST = 20
NUMBERS = ("value", "numerator", "denominator", "points", "weight", "contribution")


def score_to_json(score: Score) -> dict[str, Any]:
    """A plain mapping; exact numbers are texts such as ``7/10``."""
    return {
        "card": score.card,
        "of": score.of,
        "period": score.period,
        "state": score.state,
        "value": None if score.value is None else str(score.value),
        "exact": None if score.exact is None else str(score.exact),
        "grade": score.grade,
        "edition": score.edition,
        "root": _line_json(score.root),
        "adjustments": [
            {"name": one.name, "before": str(one.before), "after": None if one.after is None else str(one.after)}
            for one in score.adjustments
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {"key": line.key, "state": line.state, "kpi": line.kpi, "method": line.method, "n": line.n}
    found |= {key: None if (held := getattr(line, key)) is None else str(held) for key in NUMBERS}
    found["cohort"] = [str(one) for one in line.cohort]
    return found | {"parts": [_line_json(part) for part in line.parts]}


def score_from_json(found: Mapping[str, Any]) -> Score:
    """The score that :func:`score_to_json` wrote.

    Raises:
        DefinitionError: it is no such mapping.
    """
    try:
        return Score(
            **{key: a_text(found[key]) for key in ("card", "of", "period", "grade", "edition")},
            state=a_choice(found["state"], get_args(ScoreState)),
            value=None if found["value"] is None else _decimal(found["value"]),
            exact=a_fraction_or_none(found["exact"]),
            root=_line(found["root"], DEEPEST),
            adjustments=[_adjusted(one) for one in a_list(found["adjustments"])],
        )
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise DefinitionError("score", "json.shape", expected=f"what to_json wrote ({error})") from error


def _line(found: Mapping[str, Any], deepest: int) -> Line:
    if not deepest:
        raise ValueError("nested too deep")
    if type(found["n"]) is not int or found["n"] < 0:
        raise ValueError(f"{found['n']!r} is no number of records")
    said: dict[str, Any] = {key: a_text(found[key]) for key in ("key", "kpi", "method")}
    said |= {key: a_fraction_or_none(found[key]) for key in NUMBERS}
    return Line(
        **said,
        n=found["n"],
        state=a_choice(found["state"], get_args(ScoreState)),
        cohort=[a_fraction(one) for one in a_list(found["cohort"])],
        parts=[_line(part, deepest - 1) for part in a_list(found["parts"])],
    )


def _adjusted(found: Mapping[str, Any]) -> Adjusted:
    return Adjusted(a_text(found["name"]), a_fraction(found["before"]), a_fraction_or_none(found["after"]))


def _decimal(found: object) -> Decimal:
    value = Decimal(a_text(found))
    exact(value)
    return value
