"""Do raters agree? Coefficients that take away what chance alone would bring; 1 is perfect, 0 is chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, must_be_one_of

__all__ = ["AlphaLevel", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha"]

AlphaLevel: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
"""How far two marks lie apart: not the same; so many marks between them; their difference; that over their sum."""


def krippendorff_alpha(ratings: Sequence[Sequence[Number | None]], *, level: AlphaLevel) -> Fraction | None:
    """Krippendorff's alpha: any number of raters, who need not have rated everything.

    From 0.8 on raters are commonly relied on, from 0.667 with care.

    Args:
        ratings: one row for each rater, one place for each unit; ``None`` where nothing was rated.
        level: what distance means.

    Returns:
        At most 1, exactly; ``None`` where all marks are the same, so that nothing tells agreement from habit.

    Raises:
        DefinitionError: rows of different lengths, no unit that two have rated, another level, or a float;
            for ratios, marks below 0.

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.

    >>> krippendorff_alpha([[1, 2, 3, None], [1, 2, 2, 3]], level="nominal")
    Fraction(6, 11)
    """
    must_be_one_of(level, get_args(AlphaLevel), "level")
    if len({len(row) for row in ratings}) > 1:
        raise DefinitionError("ratings", "scoring.rows")
    read = [[None if mark is None else exact(mark, "ratings") for mark in row] for row in ratings]
    units = [Counter(mark for mark in unit if mark is not None) for unit in zip(*read, strict=True)]
    paired = [unit for unit in units if unit.total() > 1]
    if not paired:
        raise DefinitionError("ratings", "scoring.pairs")
    marks = sum(paired, Counter[Fraction]())
    apart = _distances(marks, level)
    count = marks.total()
    seen = sum((Fraction(_apart(unit, apart)) / (unit.total() - 1) for unit in paired), Fraction(0))
    by_chance = _apart(marks, apart)
    return 1 - (count - 1) * seen / by_chance if by_chance else None


def _apart(marks: Mapping[Fraction, int], apart: Mapping[tuple[Fraction, Fraction], Fraction]) -> Fraction:
    """The distances of all ordered pairs of marks, together."""
    return sum((n * m * apart[one, other] for one, n in marks.items() for other, m in marks.items()), Fraction(0))


def _distances(marks: Mapping[Fraction, int], level: AlphaLevel) -> dict[tuple[Fraction, Fraction], Fraction]:
    ordered = sorted(marks)
    if level == "ratio" and ordered[0] < 0:
        raise DefinitionError("ratings", "scoring.negative", value=str(ordered[0]))
    up_to, running = {}, 0
    for mark in ordered:
        running += marks[mark]
        up_to[mark] = Fraction(running)

    def apart(one: Fraction, other: Fraction) -> Fraction:
        if level == "nominal":
            return Fraction(one != other)
        if level == "interval":
            return (one - other) ** 2
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2 if one != other else Fraction(0)
        low, high = min(one, other), max(one, other)
        between = up_to[high] - up_to[low] + marks[low]
        return (between - Fraction(marks[low] + marks[high], 2)) ** 2 if low != high else Fraction(0)

    return {(one, other): apart(one, other) for one in ordered for other in ordered}


def _counts(rows: Sequence[Sequence[int]], where: str) -> None:
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise DefinitionError(where, "scoring.rows")
    for row in rows:
        for count in row:
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise DefinitionError(where, "agents.whole", value=repr(count))


def cohen_kappa(table: Sequence[Sequence[int]]) -> Fraction | None:
    """Cohen's kappa of two raters who have both rated every unit.

    Args:
        table: units by the mark of the first (rows) and of the second rater (columns), in the same order of marks.

    Returns:
        At most 1, exactly; ``None`` where both always gave the same one mark.

    Raises:
        DefinitionError: a table that is not square, without units, or with other than whole numbers from 0.

    Source: Cohen 1960.

    >>> cohen_kappa([[20, 5], [10, 15]])
    Fraction(2, 5)
    """
    _counts(table, "table")
    if len(table) != len(table[0]):
        raise DefinitionError("table", "scoring.rows")
    units = sum(map(sum, table))
    if not units:
        raise DefinitionError("table", "shape.empty")
    same = Fraction(sum(table[place][place] for place in range(len(table))), units)
    columns = [sum(column) for column in zip(*table, strict=True)]
    chance = Fraction(sum(sum(row) * column for row, column in zip(table, columns, strict=True)), units**2)
    return (same - chance) / (1 - chance) if chance != 1 else None


def fleiss_kappa(counts: Sequence[Sequence[int]]) -> Fraction | None:
    """Fleiss' kappa: each unit was rated by the same number of raters, whoever they were.

    Args:
        counts: one row for each unit, one place for each mark: how many raters gave it.

    Returns:
        At most 1, exactly; ``None`` where everybody always gave the same one mark.

    Raises:
        DefinitionError: no units, fewer than two raters, or another number of raters from row to row.

    Source: Fleiss 1971.

    >>> fleiss_kappa([[3, 0], [0, 3], [2, 1]])
    Fraction(11, 20)
    """
    _counts(counts, "counts")
    raters = sum(counts[0])
    if raters < 2 or any(sum(one) != sum(other) for one, other in pairwise(counts)):  # noqa: PLR2004 - one agrees
        raise DefinitionError("counts", "scoring.raters")
    pairs = raters * (raters - 1)
    same = Fraction(sum(count * (count - 1) for row in counts for count in row), pairs * len(counts))
    marks = [sum(column) for column in zip(*counts, strict=True)]
    chance = Fraction(sum(count**2 for count in marks), (raters * len(counts)) ** 2)
    return (same - chance) / (1 - chance) if chance != 1 else None
