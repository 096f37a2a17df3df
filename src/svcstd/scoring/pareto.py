"""The vital few: causes by how much they weigh, with their running share."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError

__all__ = ["ParetoRow", "pareto"]


@attrs.frozen
class ParetoRow:
    """One cause.

    Attributes:
        key: its name.
        amount: how much of it there is.
        running: the share of all causes down to this one, from 0 to 1.
        is_vital: whether it belongs to the few that together reach the share asked for.
    """

    key: str
    amount: Fraction
    running: Fraction
    is_vital: bool


def pareto(amounts: Mapping[str, Number], *, share: Number) -> tuple[ParetoRow, ...]:
    """Causes, the heaviest first; equal ones by name.

    Args:
        amounts: how much, by cause; none below 0.
        share: the part that the vital few are to reach, above 0, e.g. 0.8.

    Raises:
        DefinitionError: no amount above 0, one below 0, a share outside of 0 to 1, or a float.

    >>> [(row.key, row.is_vital) for row in pareto({"parts": 6, "access": 3, "power": 1}, share=Fraction(4, 5))]
    [('parts', True), ('access', True), ('power', False)]
    """
    goal = exact(share, "share")
    if not 0 < goal <= 1:
        raise DefinitionError("share", "shape.bounds", value=str(goal), low=0, high=1)
    read = {key: exact(amount, f"amounts.{key}") for key, amount in amounts.items()}
    for key, amount in read.items():
        if amount < 0:
            raise DefinitionError(f"amounts.{key}", "scoring.negative", value=str(amount))
    whole = sum(read.values(), Fraction(0))
    if not whole:
        raise DefinitionError("amounts", "shape.empty")
    found, before = [], Fraction(0)
    for key, amount in sorted(read.items(), key=lambda pair: (-pair[1], pair[0])):
        running = before + amount / whole
        found.append(ParetoRow(key, amount, running, before < goal))
        before = running
    return tuple(found)
