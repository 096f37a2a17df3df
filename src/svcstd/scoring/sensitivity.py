"""How far a ranking hangs on a single part or on the exact weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.keyed import Keyed
from svcstd.scoring.measure import Measured
from svcstd.scoring.rank import TieMethod, ranks
from svcstd.scoring.scorecard import Dimension, Lack, Part, Scorecard

__all__ = ["RankSpread", "remove_one", "weight_noise"]

Cohort = Mapping[str, Mapping[str, Measured]]
MOST_DRAWS = 100_000


def _ranked(root: Dimension, cohort: Cohort, ties: TieMethod) -> dict[str, Fraction]:
    """The rank of each unit, the best first; who has no score has no rank."""
    points = {unit: root.points(measures) for unit, measures in cohort.items()}
    known = {unit: found for unit, found in points.items() if not isinstance(found, Lack)}
    if not known:
        raise DefinitionError("cohort", "shape.empty")
    return dict(zip(known, ranks([-found for found in known.values()], method=ties), strict=True))


def remove_one(card: Scorecard, cohort: Cohort, *, ties: TieMethod) -> Keyed[str, Fraction]:
    """By how many ranks units move on average, if one part is left out and the others share its weight.

    Args:
        card: without its adjustments: those act on single people.
        cohort: by unit, its figures.
        ties: the rank of equal scores.

    Returns:
        By path of every part that can be left out; a level's only part cannot.

    Raises:
        DefinitionError: nobody has a score, or figures that the card refuses.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 7.
    """
    before = _ranked(card.root, cohort, ties)
    found = {}
    for path, root in _without_one(card.root, ""):
        after = _ranked(root, cohort, ties)
        both = [unit for unit in before if unit in after]
        moved = sum((abs(after[unit] - before[unit]) for unit in both), Fraction(0))
        found[path] = moved / len(both) if both else Fraction(0)
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

    The same seed gives the same draws, on every machine.

    Args:
        card: without its adjustments.
        cohort: by unit, its figures.
        spread: of a weight, above 0 and below 1: 0.25 is up to a quarter more or less.
        draws: from 1 to 100,000.
        seed: of the draws.
        ties: the rank of equal scores.

    Raises:
        DefinitionError: bounds that are none, nobody has a score, or figures that the card refuses.
    """
    width = exact(spread, "spread")
    if not 0 < width < 1:
        raise DefinitionError("spread", "scoring.confidence", value=str(width))
    for name, value, low, high in (("draws", draws, 1, MOST_DRAWS), ("seed", seed, 0, 2**63)):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise DefinitionError(name, "shape.bounds", value=str(value), low=low, high=high)
    before = _ranked(card.root, cohort, ties)
    drawn: dict[str, list[Fraction]] = {unit: [] for unit in before}
    for draw in range(draws):
        for unit, rank in _ranked(_shaken(card.root, width, f"{seed}\0{draw}"), cohort, ties).items():
            drawn[unit].append(rank)
    found = {}
    for unit, rank in before.items():
        seen = sorted(drawn[unit])
        found[unit] = RankSpread(rank, seen[0], seen[(len(seen) - 1) // 2], seen[-1])
    return Keyed(found)


def _shaken(level: Dimension, width: Fraction, drawn: str) -> Dimension:
    """The level with weights drawn anew: by a digest, which is the same on every machine and in every version."""
    weights = {key: weight * (1 + width * _part(f"{drawn}\0{key}")) for key, weight in level.mean.weights.items()}
    parts = {
        key: _shaken(one, width, f"{drawn}\0{key}") if isinstance(one, Dimension) else one
        for key, one in level.parts.items()
    }
    return attrs.evolve(level, parts=parts, mean=attrs.evolve(level.mean, weights=weights))


def _part(drawn: str) -> Fraction:
    """A number from -1 up to 1."""
    return Fraction(int.from_bytes(sha256(drawn.encode()).digest()[:4], "big"), 2**31) - 1
