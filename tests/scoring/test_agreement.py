"""Agreement of raters: as published, and no matter who is named first."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.scoring import AlphaLevel, cohen_kappa, fleiss_kappa, krippendorff_alpha

MARKS = st.one_of(st.none(), st.integers(1, 4))
GRIDS = st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(MARKS, min_size=n, max_size=n), min_size=2, max_size=4))
LEVELS: list[AlphaLevel] = ["nominal", "ordinal", "interval", "ratio"]


def vectors(shared: Path, op: str) -> list[dict[str, Any]]:
    """The vectors of ``scoring.json`` for an operation; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"] == op]


def test_as_published(shared: Path) -> None:
    """Krippendorff, Cohen, Fleiss, and what other packages make of the same figures."""
    ours: dict[str, Any] = {
        "krippendorff_alpha": lambda told: krippendorff_alpha(told["raters_by_units"], level=told["metric"]),
        "cohen_kappa": lambda told: cohen_kappa(told["table"]),
        "fleiss_kappa": lambda told: fleiss_kappa(told["subjects_by_category_counts"]),
    }
    for op, function in ours.items():
        found = vectors(shared, op)
        assert found
        for one in found:
            got = function(one["input"])
            assert abs(got - exact(one["expected"])) <= Fraction(str(one["tolerance"])), one["id"]


def rateable(grid: list[list[int | None]]) -> bool:
    """Whether some unit was rated twice."""
    return any(sum(mark is not None for mark in unit) > 1 for unit in zip(*grid, strict=True))


@given(GRIDS.filter(rateable), st.sampled_from(LEVELS))
def test_the_order_of_raters_and_units_says_nothing(grid: list[list[int | None]], level: AlphaLevel) -> None:
    """Nor do units that nobody rated twice."""
    found = krippendorff_alpha(grid, level=level)
    assert found is None or found <= 1
    assert krippendorff_alpha(grid[::-1], level=level) == found
    assert krippendorff_alpha([row[::-1] for row in grid], level=level) == found
    alone = [[*row, 4 if number == 0 else None] for number, row in enumerate(grid)]
    assert krippendorff_alpha(alone, level=level) == found


@given(GRIDS.filter(rateable))
def test_distances_may_be_stretched_and_names_changed(grid: list[list[int | None]]) -> None:
    """Interval marks by any line, ordinal ones by any rising curve, nominal ones by any names."""
    changes: dict[AlphaLevel, Any] = {
        "interval": lambda mark: 3 * mark - 7,
        "ordinal": lambda mark: mark**3,
        "ratio": lambda mark: 5 * mark,
        "nominal": lambda mark: (mark * 7) % 5,
    }
    for level, change in changes.items():
        other = [[None if mark is None else change(mark) for mark in row] for row in grid]
        assert krippendorff_alpha(other, level=level) == krippendorff_alpha(grid, level=level)


def test_by_hand() -> None:
    """Four units: disagreements within units over those by chance, counted pair by pair."""
    grid = [[1, 2, 3, 1], [1, 2, 2, 1]]
    units = list(zip(*grid, strict=True))
    marks = [mark for unit in units for mark in unit]
    seen = Fraction(sum(a != b for unit in units for a, b in permutations(unit, 2)), len(marks))
    chance = Fraction(sum(a != b for a, b in permutations(marks, 2)), len(marks) * (len(marks) - 1))
    assert krippendorff_alpha(grid, level="nominal") == 1 - seen / chance


def test_nothing_to_tell_apart() -> None:
    """All the same mark: no coefficient, which is neither 0 nor 1."""
    assert krippendorff_alpha([[3, 3], [3, 3]], level="interval") is None
    assert cohen_kappa([[5, 0], [0, 0]]) is None
    assert fleiss_kappa([[3, 0], [3, 0]]) is None
    assert (cohen_kappa([[5, 0], [0, 5]]), fleiss_kappa([[2, 0], [0, 2]])) == (Fraction(1), Fraction(1))


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: krippendorff_alpha([[1, 2], [1]], level="nominal"), "ratings", "scoring.rows"),
        (lambda: krippendorff_alpha([[1, None], [None, 2]], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[-1], [1]], level="ratio"), "ratings", "scoring.below"),
        (lambda: krippendorff_alpha([], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[1], [1]], level="sideways"), "level", "choice.unknown"),  # type: ignore[arg-type]
        (lambda: krippendorff_alpha([[0.5], [1]], level="nominal"), "ratings", "curves.number"),  # type: ignore[list-item]
        (lambda: cohen_kappa([]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[1, 2]]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[1, 2], [1]]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[0, 0], [0, 0]]), "table", "shape.empty"),
        (lambda: cohen_kappa([[1, -1], [0, 0]]), "table", "agents.whole"),
        (lambda: cohen_kappa([[True, 0], [0, 0]]), "table", "agents.whole"),
        (lambda: fleiss_kappa([[1, 1], [1, 2]]), "counts", "scoring.raters"),
        (lambda: fleiss_kappa([[1, 0]]), "counts", "scoring.raters"),
        (lambda: fleiss_kappa([[]]), "counts", "scoring.rows"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Rows of one length, units rated twice, whole numbers."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)
