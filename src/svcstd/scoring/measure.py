"""What was counted: a numerator over a denominator, which may be added up, and never averaged."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from svcstd.curves import exact
from svcstd.errors import DefinitionError

__all__ = ["Measure", "total"]


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
        if isinstance(self.n, bool) or not isinstance(self.n, int) or self.n < 0:
            raise DefinitionError("n", "agents.whole", value=repr(self.n))

    def __add__(self, other: object) -> Measure:
        if not isinstance(other, Measure):
            return NotImplemented
        return Measure(self.numerator + other.numerator, self.denominator + other.denominator, self.n + other.n)

    @property
    def value(self) -> Fraction | None:
        """The share or the mean; ``None`` where there was nothing to count, which is not 0."""
        return self.numerator / self.denominator if self.denominator else None


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
