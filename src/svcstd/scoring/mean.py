"""Weighted means: arithmetic, geometric, harmonic, of a power, the least or the greatest; missing parts by policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from math import lcm
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import Keyed, as_keyed, as_tuple

__all__ = ["Mean", "MeanMethod", "MissingPolicy", "Weighted"]

MeanMethod: TypeAlias = Literal["arithmetic", "geometric", "harmonic", "power", "least", "greatest"]
MissingPolicy: TypeAlias = Literal["refuse", "reweight", "zero", "withhold"]
"""A missing part is an error; the others share its weight; it counts as 0; or there is no mean at all."""
GUARD = 20
"""Digits kept beyond those declared, while roots are drawn."""
MOST_DIGITS = 100
CURVED = ("geometric", "power")
"""Methods by which a mean has no exact fraction."""


def _weights(given: Mapping[str, object] | Iterable[tuple[str, object]]) -> Keyed[str, Fraction]:
    return Keyed({name: exact(weight, f"weights.{name}") for name, weight in dict(given).items()})


@attrs.frozen
class Weighted:
    """A mean, and what each part gave.

    Attributes:
        value: the mean; ``None`` where it is withheld.
        parts: by name, what it contributes; they add up to the value. Empty where the mean is not a sum of parts.
        missing: names of parts without a value.
        covered: the share of the weight that has a value.
    """

    value: Fraction | None
    parts: Keyed[str, Fraction] = attrs.field(converter=as_keyed)
    missing: tuple[str, ...] = attrs.field(converter=as_tuple)
    covered: Fraction


@attrs.frozen(kw_only=True)
class Mean:
    """How several scores become one; nothing is left to a default.

    Attributes:
        weights: by name; only their proportion counts.
        method: the kind of mean; for ``least`` and ``greatest`` weights only say what is covered.
        missing: what becomes of a part without a value.
        least_covered: for ``reweight`` and ``withhold``, the share of the weight that must have a value; below it there
            is no mean.
        power: for ``power``, the exponent, not 0.
        digits: for ``geometric`` and ``power``, decimals to which roots are drawn, half to even.

    Raises:
        DefinitionError: no weights, weights that are not above 0, or options that do not belong together.

    >>> weights = {"speed": 3, "quality": 1}
    >>> mean = Mean(weights=weights, method="arithmetic", missing="reweight", least_covered=Fraction(1, 2))
    >>> found = mean.of({"speed": 80, "quality": None})
    >>> found.value, found.covered, found.missing
    (Fraction(80, 1), Fraction(3, 4), ('quality',))
    """

    weights: Keyed[str, Fraction] = attrs.field(converter=_weights)
    method: MeanMethod
    missing: MissingPolicy
    least_covered: Fraction = attrs.field(default=Fraction(0), converter=exact)
    power: Fraction = attrs.field(default=Fraction(1), converter=exact)
    digits: int | None = None
    _whole: dict[str, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._check()
        common = lcm(*(weight.denominator for weight in self.weights.values()))
        object.__setattr__(self, "_whole", {name: int(weight * common) for name, weight in self.weights.items()})

    def _check(self) -> None:
        for name, choices in (("method", get_args(MeanMethod)), ("missing", get_args(MissingPolicy))):
            must_be_one_of(getattr(self, name), choices, name)
        if not self.weights:
            raise DefinitionError("weights", "shape.empty")
        for name, weight in self.weights.items():
            if weight <= 0:
                raise DefinitionError(f"weights.{name}", "scoring.weight", value=str(weight))
        if not 0 <= self.least_covered <= 1 or (self.least_covered and self.missing in ("refuse", "zero")):
            raise DefinitionError("least_covered", "scoring.covered", value=str(self.least_covered))
        if self.missing == "withhold" and not self.least_covered:
            raise DefinitionError("least_covered", "scoring.covered", value=str(self.least_covered))
        if not self.power or (self.power != 1 and self.method != "power"):
            raise DefinitionError("power", "scoring.power", value=str(self.power))
        counted = type(self.digits) is int and 0 <= self.digits <= MOST_DIGITS
        if not (counted if self.method in CURVED else self.digits is None):
            raise DefinitionError("digits", "scoring.digits", most=MOST_DIGITS)

    def of(self, scores: Mapping[str, Number | None]) -> Weighted:
        """The mean of these scores.

        Raises:
            DefinitionError: a score without a weight, a missing one that is refused, a float, or one that the method
                cannot take: below 0 for a geometric mean or a power, 0 for a harmonic one.
        """
        for name in scores:
            if name not in self.weights:
                raise DefinitionError(f"scores.{name}", "scoring.unweighted", value=name)
        given = {name: score for name in self.weights if (score := scores.get(name)) is not None}
        known = {name: exact(score, f"scores.{name}") for name, score in given.items()}
        value, missing = self.value(known), tuple(name for name in self.weights if name not in known)
        parts = self._parts(known) if value is not None and self.method == "arithmetic" else {}
        return Weighted(value, parts, missing, self.covered(missing))

    def covered(self, missing: Iterable[str]) -> Fraction:
        """The share of the weight that has a value."""
        return 1 - sum((self.weights[name] for name in missing), Fraction(0)) / sum(self.weights.values())

    def _parts(self, known: Mapping[str, Fraction]) -> dict[str, Fraction]:
        counted = self._with_zeros(known)
        weight = sum(self.weights[name] for name in counted)
        return {name: self.weights[name] * score / weight for name, score in counted.items()}

    def _with_zeros(self, known: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
        """The scores that count: where missing ones are zero, those too."""
        if self.missing != "zero":
            return known
        return {name: known.get(name, Fraction(0)) for name in self.weights}

    def value(self, known: Mapping[str, Fraction]) -> Fraction | None:
        """The mean of exact scores by name, those that there are: the quick way.

        Raises:
            DefinitionError: as for :meth:`of`.
        """
        if len(known) < len(self.weights):
            missing = [name for name in self.weights if name not in known]
            if self.missing == "refuse":
                raise DefinitionError(f"scores.{missing[0]}", "scoring.missing", value=missing[0])
            known = self._with_zeros(known)
            if not known or self.covered(missing) < self.least_covered:
                return None
        match self.method:
            case "arithmetic":
                return self._arithmetic(known)
            case "least":
                return min(known.values())
            case "greatest":
                return max(known.values())
            case "harmonic":
                _refuse(known, lowest_allowed=False)
                return 1 / self._arithmetic({name: 1 / score for name, score in known.items()})
            case _:
                _refuse(known, lowest_allowed=self.method == "geometric" or self.power > 0)
                weight = sum(self.weights[name] for name in known)
                return self._drawn(known, {name: self.weights[name] / weight for name in known})

    def _arithmetic(self, known: Mapping[str, Fraction]) -> Fraction:
        """In whole numbers until the end: one fraction for the mean, not two for each part."""
        top, bottom, weight = 0, 1, 0
        for name, score in known.items():
            share, above, below = self._whole[name], score.numerator, score.denominator
            weight += share
            if below == bottom:
                top += share * above
            else:
                top, bottom = top * below + share * above * bottom, bottom * below
        return Fraction(top, bottom * weight)

    def _drawn(self, known: Mapping[str, Fraction], shares: Mapping[str, Fraction]) -> Fraction:
        """A mean with roots in it, to the declared digits."""
        assert self.digits is not None  # noqa: S101 - checked at birth
        if self.method == "geometric" and not all(known.values()):
            return Fraction(0)
        size = max(len(str(int(score))) for score in known.values())
        steep = len(str(int(1 / abs(self.power))))  # digits that are lost to a root of a power near 0
        with localcontext(Context(prec=self.digits + GUARD + size + steep, rounding=ROUND_HALF_EVEN)):
            if self.method == "geometric":
                logs = (_decimal(shares[name]) * _decimal(score).ln() for name, score in known.items())
                found = sum(logs, Decimal(0)).exp()
            else:
                found = _powered(known, shares, self.power)
            return Fraction(found.quantize(Decimal(1).scaleb(-self.digits)))


def _refuse(known: Mapping[str, Fraction], *, lowest_allowed: bool) -> None:
    """Refuse scores below 0, and 0 itself where a division or a logarithm has no answer."""
    for name, score in known.items():
        if score < 0 or (score == 0 and not lowest_allowed):
            raise DefinitionError(f"scores.{name}", "scoring.below", value=str(score))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _powered(known: Mapping[str, Fraction], shares: Mapping[str, Fraction], power: Fraction) -> Decimal:
    """The mean of a power, of the scores as parts of the one that leads: no power of them grows beyond all numbers."""
    lead = max(known.values()) if power > 0 else min(known.values())
    if not lead:
        return Decimal(0)
    raised = (_decimal(shares[name]) * _decimal(score / lead) ** _decimal(power) for name, score in known.items())
    return _decimal(lead) * sum(raised, Decimal(0)) ** (1 / _decimal(power))
