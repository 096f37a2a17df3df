"""Case mix: who is given the hard cases must not look worse for it. Strata are compared, then weighed by one mix."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, nearest
from svcstd.scoring.measure import Measure

__all__ = ["Indirect", "direct", "indirect"]


def direct(strata: Mapping[str, Measure], mix: Mapping[str, Number]) -> Fraction | None:
    """The share somebody would have had with everybody's mix of cases (direct standardisation).

    Args:
        strata: what was counted, by difficulty.
        mix: how many cases of each difficulty everybody had; only the proportion counts.

    Returns:
        The share; ``None`` where a stratum of the mix has no case, so that nothing is known of it.

    Raises:
        DefinitionError: a stratum that the mix does not have, a mix of nothing or below 0, or a float.

    >>> direct({"easy": Measure(76, 80, 80), "hard": Measure(12, 20, 20)}, {"easy": 500, "hard": 500})
    Fraction(31, 40)
    """
    _known(strata, mix)
    weights = {key: exact(weight, f"mix.{key}") for key, weight in mix.items()}
    for key, weight in weights.items():
        if weight < 0:
            raise DefinitionError(f"mix.{key}", "scoring.negative", value=str(weight))
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        raise DefinitionError("mix", "scoring.weight", value=str(whole))
    values = {key: strata[key].value if key in strata else None for key, weight in weights.items() if weight}
    if None in values.values():
        return None
    return sum((weights[key] * value for key, value in values.items() if value is not None), Fraction(0)) / whole


@attrs.frozen
class Indirect:
    """What came out beside what everybody's shares let expect of the same cases.

    Attributes:
        observed: what was counted.
        expected: what everybody's shares make of these cases.
    """

    observed: Fraction
    expected: Fraction

    @property
    def ratio(self) -> Fraction | None:
        """Observed over expected: above 1 there was more than expected; ``None`` where nothing was expected."""
        return self.observed / self.expected if self.expected else None


def indirect(strata: Mapping[str, Measure], rates: Mapping[str, Number]) -> Indirect:
    """Observed beside expected (indirect standardisation): for few cases, where some strata are empty.

    Args:
        strata: what was counted, by difficulty.
        rates: everybody's share, by difficulty.

    Raises:
        DefinitionError: a stratum without rate, a rate below 0, or a float.

    >>> mine = {"easy": Measure(76, 80, 80), "hard": Measure(12, 20, 20)}
    >>> found = indirect(mine, {"easy": 1, "hard": Fraction(1, 2)})
    >>> found.observed, found.expected, found.ratio
    (Fraction(88, 1), Fraction(90, 1), Fraction(44, 45))
    """
    _known(strata, rates)
    read = {key: exact(rate, f"rates.{key}") for key, rate in rates.items()}
    for key, rate in read.items():
        if rate < 0:
            raise DefinitionError(f"rates.{key}", "scoring.negative", value=str(rate))
    observed = sum((one.numerator for one in strata.values()), Fraction(0))
    return Indirect(observed, sum((one.denominator * read[key] for key, one in strata.items()), Fraction(0)))


def _known(strata: Mapping[str, Measure], others: Mapping[str, Number]) -> None:
    for key in strata:
        if key not in others:
            raise DefinitionError(f"strata.{key}", "scoring.stratum", value=key, nearest=nearest(key, others))
