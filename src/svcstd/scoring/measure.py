"""What was counted: figures that may be added up, and are never averaged.

A share or a mean is a :class:`Measure`, a count without denominator a :class:`Tally`, and a median needs every single
value, a :class:`Sample`. Months add up to quarters and people to teams by ``+``, each figure from all its records.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.scoring.rank import QuantileMethod, quantile

__all__ = ["Measure", "Measured", "Sample", "Tally", "total"]


def _whole(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DefinitionError("n", "agents.whole", value=repr(value))


@attrs.frozen
class Measure:
    """Something counted over some records.

    Months add up to quarters and people to teams by adding both parts; a mean of shares would be another figure.

    Attributes:
        numerator: what was found, e.g. calls answered in time.
        denominator: of what, e.g. calls offered; 0 for nothing to count.
        n: how many records stand behind it.

    Raises:
        DefinitionError: a float, a denominator below 0, or a number of records that is none.

    >>> january, february = Measure(725, 1092, 1092), Measure(37, 74, 74)
    >>> (january + february).value
    Fraction(381, 583)
    """

    numerator: Fraction = attrs.field(converter=exact)
    denominator: Fraction = attrs.field(converter=exact)
    n: int

    def __attrs_post_init__(self) -> None:
        if self.denominator < 0:
            raise DefinitionError("denominator", "scoring.denominator", value=str(self.denominator))
        _whole(self.n)

    def __add__(self, other: object) -> Measure:
        if not isinstance(other, Measure):
            return NotImplemented
        return Measure(self.numerator + other.numerator, self.denominator + other.denominator, self.n + other.n)

    @property
    def value(self) -> Fraction | None:
        """The share or the mean; ``None`` where there was nothing to count, which is not 0."""
        top, bottom = self.numerator, self.denominator
        if not bottom:
            return None
        return Fraction(top.numerator * bottom.denominator, top.denominator * bottom.numerator)


@attrs.frozen
class Tally:
    """A count or a sum that stands by itself, such as points or suggestions.

    Attributes:
        amount: the sum.
        n: how many records stand behind it.
        empty_is_zero: whether no records make 0, rather than nothing known.

    Raises:
        DefinitionError: a float, or a number of records that is none.

    >>> (Tally(3, 2, empty_is_zero=False) + Tally(4, 1, empty_is_zero=False)).value
    Fraction(7, 1)
    >>> Tally(0, 0, empty_is_zero=False).value is None
    True
    """

    amount: Fraction = attrs.field(converter=exact)
    n: int
    empty_is_zero: bool = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        _whole(self.n)

    def __add__(self, other: object) -> Tally:
        if not isinstance(other, Tally) or other.empty_is_zero != self.empty_is_zero:
            return NotImplemented
        return Tally(self.amount + other.amount, self.n + other.n, empty_is_zero=self.empty_is_zero)

    @property
    def value(self) -> Fraction | None:
        """The sum; ``None`` where there are no records and that is not 0."""
        return self.amount if self.n or self.empty_is_zero else None


def _sorted(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(sorted(exact(value, "values") for value in values))


@attrs.frozen
class Sample:
    """Single values, of which a quantile is asked: a median of medians would be another figure.

    Attributes:
        values: all of them, by size.
        share: which quantile, from 0 to 1; a half is the median.
        method: how what lies between two values is found.

    Raises:
        DefinitionError: a float, or another share or method.

    >>> (Sample([1, 2, 9], share=Fraction(1, 2), method="linear") + Sample([3, 3], share=Fraction(1, 2),
    ...     method="linear")).value
    Fraction(3, 1)
    """

    values: tuple[Fraction, ...] = attrs.field(converter=_sorted)
    share: Fraction = attrs.field(kw_only=True, converter=exact)
    method: QuantileMethod = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        quantile((0,), self.share, method=self.method)

    def __add__(self, other: object) -> Sample:
        if not isinstance(other, Sample) or (self.share, self.method) != (other.share, other.method):
            return NotImplemented
        return Sample((*self.values, *other.values), share=self.share, method=self.method)

    @property
    def n(self) -> int:
        """How many values there are."""
        return len(self.values)

    @property
    def value(self) -> Fraction | None:
        """The quantile; ``None`` where there are no values."""
        return quantile(self.values, self.share, method=self.method) if self.values else None


Measured: TypeAlias = "Measure | Tally | Sample"
"""What a KPI gives for some records."""
NOTHING = Measure(0, 0, 0)


def total(measures: Iterable[Measure]) -> Measure:
    """All of them as one; of none, a measure of nothing.

    >>> total([Measure(1, 2, 2), Measure(0, 1, 1)])
    Measure(numerator=Fraction(1, 1), denominator=Fraction(3, 1), n=3)
    """
    found = NOTHING
    for measure in measures:
        found += measure
    return found
