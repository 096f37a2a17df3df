"""How far a ranking hangs on a single part or on the exact weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import TypeAlias, get_args

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, UnknownName, must_be_one_of
from svcstd.keyed import Keyed
from svcstd.scoring.measure import Measured
from svcstd.scoring.rank import TieMethod, ranks
from svcstd.scoring.scorecard import Criterion, Dimension, Lack, Part, Scorecard

__all__ = ["RankSpread", "remove_one", "weight_noise"]

Cohort = Mapping[str, Mapping[str, Measured]]
MOST_DRAWS = 100_000


Points: TypeAlias = "Fraction | Lack"


def _scored(card: Scorecard, cohort: Cohort, ties: TieMethod) -> dict[str, Fraction]:
    """Who has a score by the card, and which."""
    must_be_one_of(ties, get_args(TieMethod), "ties")
    for unit, measures in cohort.items():
        absent = next((key for key in card.root.kpis if key not in measures), None)
        if absent is not None:
            raise UnknownName(f"cohort.{unit}", "scoring.unmeasured", value=absent)
    found = _points(card.root, cohort)
    if not found:
        raise DefinitionError("cohort", "shape.empty")
    return found


def _points(root: Dimension, cohort: Cohort) -> dict[str, Fraction]:
    points = {unit: root.points(measures) for unit, measures in cohort.items()}
    return {unit: found for unit, found in points.items() if not isinstance(found, Lack)}


def _ranked(points: Mapping[str, Fraction], ties: TieMethod) -> dict[str, Fraction]:
    """The rank of each unit, the best first."""
    return dict(zip(points, ranks([-found for found in points.values()], method=ties), strict=True))


def remove_one(card: Scorecard, cohort: Cohort, *, ties: TieMethod) -> Keyed[str, Fraction]:
    """By how many ranks units move on average, if one part is left out and the others share its weight.

    Only those are ranked who have a score with the part and without it: nobody moves because another one is gone.

    Args:
        card: without its adjustments: those act on single people.
        cohort: by unit, its figures.
        ties: the rank of equal scores.

    Returns:
        By path of every part that can be left out; a level's only part cannot, nor can one that every score needs.

    Raises:
        DefinitionError: nobody has a score, or figures that the card refuses.
        UnknownName: a figure that is not given.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 7.
    """
    before = _scored(card, cohort, ties)
    found = {}
    for path, root in _without_one(card.root, ""):
        after = _points(root, cohort)
        both = [unit for unit in before if unit in after]
        if both:
            old, new = (_ranked({unit: points[unit] for unit in both}, ties) for points in (before, after))
            found[path] = sum((abs(new[unit] - old[unit]) for unit in both), Fraction(0)) / len(both)
    return Keyed(found)


def _without_one(level: Dimension, path: str) -> Iterator[tuple[str, Dimension]]:
    for key, part in level.parts.items():
        below = f"{path}.{key}" if path else key
        if len(level.parts) > 1:
            yield below, _with_parts(level, {name: one for name, one in level.parts.items() if name != key})
        if isinstance(part, Dimension):
            for inner, changed in _without_one(part, below):
                yield inner, attrs.evolve(level, parts={**level.parts, key: changed})


def _with_parts(level: Dimension, parts: Mapping[str, Part]) -> Dimension:
    weights = {key: level.mean.weights[key] for key in parts}
    return attrs.evolve(level, parts=parts, mean=attrs.evolve(level.mean, weights=weights))


@attrs.frozen
class RankSpread:
    """The ranks of one unit over many draws of the weights.

    Attributes:
        rank: by the weights of the card.
        best, median, worst: over the draws; of an even number of draws the lower of the two in the middle.
    """

    rank: Fraction
    best: Fraction
    median: Fraction
    worst: Fraction


def weight_noise(
    card: Scorecard, cohort: Cohort, *, spread: Number, draws: int, seed: int, ties: TieMethod
) -> Keyed[str, RankSpread]:
    """The ranks that units have, if every weight is up to so much larger or smaller.

    The same seed gives the same draws, on every machine. Who has a score, and which parts count where others are
    missing, is judged by the weights of the card.

    Args:
        card: without its adjustments.
        cohort: by unit, its figures.
        spread: of a weight, above 0 and below 1: 0.25 is up to a quarter more or less.
        draws: from 1 to 100,000.
        seed: of the draws.
        ties: the rank of equal scores.

    Raises:
        DefinitionError: bounds that are none, nobody has a score, or figures that the card refuses.
        UnknownName: a figure that is not given.
    """
    width = exact(spread, "spread")
    if not 0 < width < 1:
        raise DefinitionError("spread", "scoring.confidence", value=str(width))
    for name, value, low, high in (("draws", draws, 1, MOST_DRAWS), ("seed", seed, 0, 2**63)):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise DefinitionError(name, "shape.bounds", value=str(value), low=low, high=high)
    before = _ranked(_scored(card, cohort, ties), ties)
    kept = {unit: dict(_kept(card.root, "", cohort[unit])) for unit in before}
    drawn: dict[str, list[Fraction]] = {unit: [] for unit in before}
    for draw in range(draws):
        root = _shaken(card.root, width, f"{seed}\0{draw}")
        points = {unit: _weighed(root, "", found) for unit, found in kept.items()}
        scores = {unit: found for unit, found in points.items() if not isinstance(found, Lack)}
        for unit, rank in _ranked(scores, ties).items():
            drawn[unit].append(rank)
    found = {}
    for unit, rank in before.items():
        seen = sorted(drawn[unit])
        found[unit] = RankSpread(rank, seen[0], seen[(len(seen) - 1) // 2], seen[-1])
    return Keyed(found)


def _kept(part: Part, path: str, measures: Mapping[str, Measured]) -> Iterator[tuple[str, Points]]:
    """The points of every part by the card, by path."""
    yield path, part.points(measures)
    if isinstance(part, Dimension):
        for key, below in part.parts.items():
            yield from _kept(below, f"{path}.{key}", measures)


def _weighed(part: Part, path: str, kept: Mapping[str, Points]) -> Points:
    """The points of a part by other weights: who had none by the card has none, and a criterion has no weights."""
    if isinstance(part, Criterion) or isinstance(kept[path], Lack):
        return kept[path]
    return part.of({key: _weighed(below, f"{path}.{key}", kept) for key, below in part.parts.items()})


def _shaken(level: Dimension, width: Fraction, drawn: str) -> Dimension:
    """The level with weights drawn anew: by a digest, which is the same on every machine and in every version."""
    weights = {key: weight * (1 + width * _part(f"{drawn}\0{key}")) for key, weight in level.mean.weights.items()}
    parts = {
        key: _shaken(one, width, f"{drawn}\0{key}") if isinstance(one, Dimension) else one
        for key, one in level.parts.items()
    }
    missing = "reweight" if level.mean.missing == "withhold" else level.mean.missing
    mean = attrs.evolve(level.mean, weights=weights, missing=missing, least_covered=0)
    return attrs.evolve(level, parts=parts, mean=mean)


def _part(drawn: str) -> Fraction:
    """A number from -1 up to 1."""
    return Fraction(int.from_bytes(sha256(drawn.encode()).digest()[:4], "big"), 2**31) - 1
