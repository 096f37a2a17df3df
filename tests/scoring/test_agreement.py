"""Agreement of raters: as published, and no matter who is named first."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import nan
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


TABLES = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
)


@given(GRIDS.filter(rateable), st.sampled_from(LEVELS))
def test_alpha_as_another_package_has_it(grid: list[list[int | None]], level: AlphaLevel) -> None:
    """To twelve decimals, at every level."""
    oracle = pytest.importorskip("krippendorff", reason="an oracle only; install krippendorff to run this test")
    found = krippendorff_alpha(grid, level=level)
    if found is not None:
        floats = [[nan if mark is None else float(mark) for mark in row] for row in grid]
        theirs = oracle.alpha(floats, level_of_measurement=level)
        assert float(found) == pytest.approx(theirs, abs=1e-12)


@given(TABLES.filter(lambda table: any(map(any, table))))
def test_kappas_as_another_package_has_them(table: list[list[int]]) -> None:
    """To twelve decimals; the same counts as two raters, and as units that as many have rated."""
    reason = "an oracle only; install statsmodels to run this test"
    oracle = pytest.importorskip("statsmodels.stats.inter_rater", reason=reason)
    counts = [[*row, 40 - sum(row)] for row in table]
    cohen, fleiss = cohen_kappa(table), fleiss_kappa(counts)
    if cohen is not None:
        assert float(cohen) == pytest.approx(oracle.cohens_kappa(table, return_results=False), abs=1e-12)
    if fleiss is not None:
        assert float(fleiss) == pytest.approx(oracle.fleiss_kappa(counts), abs=1e-12)


@given(TABLES.filter(lambda table: any(map(any, table))), st.data())
def test_kappa_has_no_order(table: list[list[int]], data: st.DataObject) -> None:
    """Neither of raters nor of marks; at most 1, and only there where nobody differs."""
    found = cohen_kappa(table)
    assert cohen_kappa([list(column) for column in zip(*table, strict=True)]) == found
    order = data.draw(st.permutations(range(len(table))))
    assert cohen_kappa([[table[one][other] for other in order] for one in order]) == found
    if found is not None:
        differ = sum(map(sum, table)) - sum(table[place][place] for place in order)
        assert found <= 1
        assert (found == 1) == (differ == 0)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6), st.data())
def test_fleiss_has_no_order(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    """Neither of units nor of marks; two raters of the same units are Krippendorff's, but for the small sample."""
    counts = [[one, 8 - one - other, other] for one, other in pairs]
    found = fleiss_kappa(counts)
    assert fleiss_kappa(data.draw(st.permutations(counts))) == found
    assert fleiss_kappa([row[::-1] for row in counts]) == found
    marks = [[place for place, count in enumerate(row) for _ in range(count)] for row in counts]
    alpha = krippendorff_alpha(list(zip(*marks, strict=True)), level="nominal")
    assert (found is None) == (alpha is None)
    if found is not None and alpha is not None:
        assert found <= 1
        assert 1 - alpha == (1 - found) * Fraction(8 * len(counts) - 1, 8 * len(counts))


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
        (lambda: krippendorff_alpha([[-1], [1]], level="ratio"), "ratings", "scoring.negative"),
        (lambda: krippendorff_alpha([], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[1], [1]], level="sideways"), "level", "choice.unknown"),  # type: ignore[arg-type]
        (lambda: krippendorff_alpha([[0.5], [1]], level="nominal"), "ratings", "curves.number"),  # type: ignore[list-item]
        (lambda: cohen_kappa([]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[1, 2]]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[1, 2], [1]]), "table", "scoring.rows"),
        (lambda: cohen_kappa([[0, 0], [0, 0]]), "table", "shape.empty"),
        (lambda: cohen_kappa([[1, -1], [0, 0]]), "table", "agents.whole"),
        (lambda: cohen_kappa([[True, 0], [0, 0]]), "table", "agents.whole"),
        (lambda: cohen_kappa([[1.0, 0], [0, 0]]), "table", "agents.whole"),  # type: ignore[list-item]
        (lambda: cohen_kappa([[None]]), "table", "agents.whole"),  # type: ignore[list-item]
        (lambda: fleiss_kappa([]), "counts", "scoring.rows"),
        (lambda: fleiss_kappa([[2, 0], [2]]), "counts", "scoring.rows"),
        (lambda: fleiss_kappa([[3, -1], [2, 0]]), "counts", "agents.whole"),
        (lambda: fleiss_kappa([[0, 0], [0, 0]]), "counts", "scoring.raters"),
        (lambda: krippendorff_alpha([[None, None], [None, None]], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[], []], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[1, 2]], level="nominal"), "ratings", "scoring.pairs"),
        (lambda: krippendorff_alpha([[True], [1]], level="nominal"), "ratings", "curves.number"),
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
