"""Who is paid, and what is known of them: figures, facts, days of service, certificates; all of it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from svcstd.conditions import FactValue
from svcstd.curves import Number, Rounding, exact
from svcstd.errors import DefinitionError, must_be, must_be_date
from svcstd.keyed import EMPTY, Keyed, as_keyed

__all__ = ["Figure", "Payee", "ProratedBy", "Served", "Validity"]

ProratedBy: TypeAlias = Literal["calendar days", "working days", "service days"]
"""The days that a part of a period is counted in."""


def _causes(given: Mapping[str, object]) -> Keyed[str, Fraction]:
    return Keyed({cause: exact(credit, f"causes.{cause}") for cause, credit in sorted(dict(given).items())})


def _counted(value: object) -> Fraction | None:
    """Under this name, since the field ``exact`` hides the function of that name in the class."""
    return None if value is None else exact(value)


@attrs.frozen
class Figure:
    """A result that pay depends on.

    Attributes:
        exact: as it was counted; ``None`` where there is none, which is not 0.
        rounded: as it was published: what a statement prints, and what lines pay by.
        n: how many records stand behind it.
        causes: by cause, such as an order or a suggestion, what it adds to the figure; empty where nobody asks.

    Raises:
        DefinitionError: a float, one of the two numbers without the other, or causes that do not add up to the exact
            one.

    >>> from decimal import Decimal
    >>> Figure.of(Fraction(2, 3), Rounding(Decimal("0.01"), "half up")).rounded
    Fraction(67, 100)
    """

    exact: Fraction | None = attrs.field(converter=_counted)
    rounded: Fraction | None = attrs.field(converter=_counted)
    n: int = 0
    causes: Keyed[str, Fraction] = attrs.field(default=EMPTY, converter=_causes)

    def __attrs_post_init__(self) -> None:
        if (self.exact is None) != (self.rounded is None):
            raise DefinitionError("rounded", "pay.half_figure", exact=str(self.exact), rounded=str(self.rounded))
        if any(credit < 0 for credit in self.causes.values()) or (
            self.causes and sum(self.causes.values()) != self.exact
        ):
            told = sum(self.causes.values())
            raise DefinitionError("causes", "pay.credits", sum=str(told), exact=str(self.exact))

    @classmethod
    def of(
        cls, value: Number | None, rounding: Rounding | None, *, n: int = 0, causes: Mapping[str, Number] = EMPTY
    ) -> Figure:
        """The figure that a number is.

        Args:
            value: as it was counted; ``None`` for nothing.
            rounding: how it is published; ``None`` publishes it as it is.
            n: how many records stand behind it.
            causes: by cause, its credit.

        Raises:
            DefinitionError: a float, or causes that do not add up.
        """
        counted = _counted(value)
        published = counted if counted is None or rounding is None else Fraction(rounding.of(counted))
        return cls(counted, published, n, causes)


@attrs.frozen
class Served:
    """Days of service in a period, in the unit that the plan prorates by.

    Attributes:
        days: that count.
        of: days of the whole period.

    Raises:
        DefinitionError: no whole numbers, or more days than the period has.

    >>> Served(11, 22).share
    Fraction(1, 2)
    """

    days: int
    of: int

    def __attrs_post_init__(self) -> None:
        for name in ("days", "of"):
            must_be(getattr(self, name), int, name, "a whole number of days")
        if not 0 <= self.days <= self.of or not self.of:
            raise DefinitionError("days", "pay.days", days=self.days, of=self.of)

    @property
    def share(self) -> Fraction:
        """Of the period."""
        return Fraction(self.days, self.of)


@attrs.frozen
class Validity:
    """Days on which a certificate is valid, both ends included.

    Attributes:
        first, last: dates.

    Raises:
        DefinitionError: no dates, or the last before the first.
    """

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        must_be_date(self.first, "first")
        must_be_date(self.last, "last")
        if self.last < self.first:
            raise DefinitionError("last", "pay.validity", first=self.first, last=self.last)


def _validities(given: Mapping[str, Iterable[Validity]]) -> Keyed[str, tuple[Validity, ...]]:
    return Keyed({name: tuple(sorted(spans, key=lambda span: span.first)) for name, spans in dict(given).items()})


@attrs.frozen(kw_only=True)
class Payee:
    """One person or team with all that a plan may ask.

    Attributes:
        of: who it is.
        figures: by reference, such as ``scorecards.engineer`` or ``kpis.points``.
        team_figures: the same, of the team.
        facts: status and the like, for conditions.
        certificates: by name, when each is valid.
        served: by unit, such as ``working days``, the days of service.
        cost_centre: where the money is booked; empty for none.

    Raises:
        DefinitionError: no name.
    """

    of: str
    figures: Keyed[str, Figure] = attrs.field(default=EMPTY, converter=as_keyed)
    team_figures: Keyed[str, Figure] = attrs.field(default=EMPTY, converter=as_keyed)
    facts: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)
    certificates: Keyed[str, tuple[Validity, ...]] = attrs.field(default=EMPTY, converter=_validities)
    served: Keyed[str, Served] = attrs.field(default=EMPTY, converter=as_keyed)
    cost_centre: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.of or not isinstance(self.of, str):
            raise DefinitionError("of", "pay.nobody")
        for where in ("figures", "team_figures"):
            for name, figure in getattr(self, where).items():
                must_be(figure, Figure, f"{where}.{name}", "a Figure, such as Figure.of(28, None)")
        for name, served in self.served.items():
            must_be(served, Served, f"served.{name}", "a Served, such as Served(11, 22)")

    def is_certified(self, name: str, first: date, last: date) -> bool:
        """Whether a certificate is valid on every day from the first to the last; spans that touch join."""
        reached = first
        for span in self.certificates.get(name, ()):
            if span.first <= reached <= span.last:
                if span.last >= last:
                    return True
                reached = date.fromordinal(span.last.toordinal() + 1)
        return False
