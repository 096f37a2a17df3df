"""Grades: names for stretches of scores, by bounds or by forced shares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Number, Side, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import Keyed, as_tuple

__all__ = ["BandTies", "Grades", "forced_bands"]

BandTies: TypeAlias = Literal["promote", "demote", "refuse"]
"""Where the same score lies on both sides of a band's edge: all of them go up, all go down, or it is an error."""


def _bounds(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(exact(value, "bounds") for value in values)


@attrs.frozen
class Grades:
    """A name for every score.

    Attributes:
        names: of the grades, the lowest first.
        bounds: where one ends and the next begins, rising; one fewer than names.
        bound: to which grade a bound itself belongs, the ``lower`` or the ``upper``.

    Raises:
        DefinitionError: names and bounds that do not fit, names told twice, or bounds that do not rise.

    >>> grades = Grades(["D", "C", "B", "A"], [Fraction("0.60"), Fraction("0.92"), Fraction("1.20")], bound="upper")
    >>> grades.of(Fraction("0.92")), grades.of(Fraction("0.90"))
    ('B', 'C')
    """

    names: tuple[str, ...] = attrs.field(converter=as_tuple)
    bounds: tuple[Fraction, ...] = attrs.field(converter=_bounds)
    bound: Side = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if len(self.names) != len(self.bounds) + 1 or len(set(self.names)) != len(self.names):
            raise DefinitionError("names", "curves.steps", bounds=len(self.bounds), values=len(self.names))
        for one, other in pairwise(self.bounds):
            if one >= other:
                raise DefinitionError("bounds", "curves.rising", first=str(one), second=str(other))
        must_be_one_of(self.bound, get_args(Side), "bound")

    def of(self, score: Number) -> str:
        """The grade of a score."""
        place = bisect_right if self.bound == "upper" else bisect_left
        return self.names[place(self.bounds, exact(score))]


def forced_bands(scores: Mapping[str, Number], shares: Mapping[str, Number], *, ties: BandTies) -> Keyed[str, str]:
    """A band for everybody, so that no more than a share of all is in the best.

    The best band is filled first, with as many whole people as its share allows, then the best two together, and so on.

    Args:
        scores: by person; more is better.
        shares: by band, the best first; they add up to 1.
        ties: what becomes of the same score on both sides of an edge. ``promote`` may overfill a band.

    Raises:
        DefinitionError: shares that do not add up to 1, a tie on an edge that is refused, or a float.

    >>> marks = {"a": 9, "b": 8, "c": 8, "d": 5}
    >>> dict(forced_bands(marks, {"top": Fraction(1, 2), "rest": Fraction(1, 2)}, ties="demote"))
    {'a': 'top', 'b': 'rest', 'c': 'rest', 'd': 'rest'}
    """
    must_be_one_of(ties, get_args(BandTies), "ties")
    parts = {band: exact(share, f"shares.{band}") for band, share in shares.items()}
    if not parts or sum(parts.values()) != 1 or min(parts.values()) < 0:
        raise DefinitionError("shares", "scoring.shares", value=str(sum(parts.values(), Fraction(0))))
    read = {key: exact(score, f"scores.{key}") for key, score in scores.items()}
    falling, bands = sorted(-score for score in read.values()), list(parts)
    edges, running = [], Fraction(0)
    for share in parts.values():
        running += share
        edges.append(floor(running * len(falling)))
    found: dict[str, str] = {}
    for key, score in read.items():
        first = bisect_right(edges, bisect_left(falling, -score))
        last = bisect_right(edges, bisect_right(falling, -score) - 1)
        if first != last and ties == "refuse":
            raise DefinitionError(f"scores.{key}", "grades.tie", value=str(score))
        found[key] = bands[last if ties == "demote" else first]
    return Keyed(found)
