"""Anonymity: what few people said stays hidden, and cannot be found by subtraction from what is told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.keyed import Keyed, as_keyed

__all__ = ["Combination", "Suppression", "solved", "suppress"]

Combination = Mapping[str, Number]
"""A figure as a sum of cells, each with its factor."""
Row = dict[str, Fraction]


@attrs.frozen
class Suppression:
    """What may be told, and what not.

    Attributes:
        cells: by key, whether its own figure may be told.
        sums: by key, whether it may be told.
    """

    cells: Keyed[str, bool] = attrs.field(converter=as_keyed)
    sums: Keyed[str, bool] = attrs.field(converter=as_keyed)


def solved(told: Iterable[Combination]) -> frozenset[str]:
    """The cells that follow from what is told, by exact elimination.

    Args:
        told: every figure that is known; a cell by itself as ``{key: 1}``.

    Raises:
        DefinitionError: a float.

    >>> sorted(solved([{"peers": 1, "customers": 2}, {"peers": 1, "self": 1}, {"self": 1}]))
    ['customers', 'peers', 'self']
    """
    rows = [_row(one, f"told[{number}]") for number, one in enumerate(told)]
    reduced: list[Row] = []
    for key in dict.fromkeys(key for row in rows for key in row):
        pivot = next((row for row in rows if row.get(key)), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        unit = {name: value / pivot[key] for name, value in pivot.items()}
        rows = [_without(row, unit, key) for row in rows]
        reduced = [_without(row, unit, key) for row in reduced]
        reduced.append(unit)
    return frozenset(next(iter(row)) for row in reduced if len(row) == 1)


def _row(told: Combination, where: str) -> Row:
    return {key: factor for key, given in told.items() if (factor := exact(given, f"{where}.{key}"))}


def _without(row: Row, unit: Row, key: str) -> Row:
    factor = row.get(key, Fraction(0))
    found = {name: row.get(name, Fraction(0)) - factor * unit.get(name, Fraction(0)) for name in {**row, **unit}}
    return {name: value for name, value in found.items() if value}


def _joined(rows: Sequence[Row], cells: frozenset[str], known: set[str]) -> set[str]:
    """Every cell that figures lead to from these, on through each that is not known by itself."""
    found = set(cells)
    while more := {key for row in rows if (found - known) & set(row) for key in row} - found:
        found |= more
    return found


def suppress(
    cells: Mapping[str, int],
    sums: Mapping[str, Combination],
    *,
    small: Iterable[str],
    published: Iterable[Combination] = (),
) -> Suppression:
    """What may be told so that no small cell can be solved for, within this publication and with the earlier ones.

    Next to the small cells themselves further ones are hidden, those with the fewest people first, and then sums over
    hidden cells, the last one first.

    Args:
        cells: by key, how many people stand behind it.
        sums: figures over cells, each with its factors, the most important first.
        small: the cells with too few people.
        published: what was told before: sums over cells, a cell by itself as ``{key: 1}``; cells that are no longer
            there too.

    Raises:
        DefinitionError: a sum over a cell that is not there, a small cell that was told before or follows from it, or a
            float.

    >>> total = {"all": {"peers": Fraction(1, 2), "customers": Fraction(1, 4), "supervisor": Fraction(1, 4)}}
    >>> found = suppress({"peers": 2, "customers": 9, "supervisor": 1}, total, small=["peers"])
    >>> dict(found.cells)
    {'peers': False, 'customers': True, 'supervisor': False}
    """
    before, guarded = [_row(one, f"published[{number}]") for number, one in enumerate(published)], set(small)
    for name, one in sums.items():
        for key in one:
            if key not in cells:
                raise DefinitionError(f"sums.{name}", "panels.cell", value=key)
    known = solved(before) & guarded
    if known:
        raise DefinitionError("published", "panels.solved", value=min(known))
    told, free = {name: _row(one, f"sums.{name}") for name, one in sums.items()}, set(cells) - guarded
    while opened := solved([*before, *told.values(), *({key: 1} for key in free)]) & guarded:
        joined = _joined([*before, *told.values()], opened, free)
        near = joined & free
        if near:
            free.remove(min(near, key=lambda key: (cells[key], key)))
        else:
            del told[next(name for name in reversed(told) if joined & set(told[name]))]
    return Suppression({key: key in free for key in cells}, {name: name in told for name in sums})
