"""KPIs: what is counted, over which records, in which variant; nothing about them is left to be guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import ClassVar, Literal, TypeAlias

import attrs

from svcstd.calendars import Period, PeriodKind
from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError, must_be_one_of
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.moment import date_of, timezone
from svcstd.scoring.backlog import Backlog
from svcstd.scoring.first_contact import FirstContact
from svcstd.scoring.formula import Average, IfMissing, Net, Proportion, Quantile, Ratio, Total, check_policy
from svcstd.scoring.measure import Measure, Measured
from svcstd.scoring.record import Record, amount_of, is_within, place_in

__all__ = ["Direction", "Formula", "Kpi", "Sifted"]

Formula: TypeAlias = "Proportion | Net | Average | Ratio | Total | Quantile | FirstContact | Backlog"
"""How records become a figure."""
Direction: TypeAlias = Literal["more", "less"]
"""What is better."""
LENGTHS = ("day", "week", "month", "quarter", "half", "year", "fiscal")


@attrs.frozen
class Sifted:
    """The records of a KPI, and how many were left aside, why.

    Attributes:
        counted: those that count.
        not_eligible: those of another kind.
        excluded: those that are excepted, such as tests.
        unknown: those that do not say whether they count.
        outside: those of another period.
    """

    counted: tuple[Record, ...]
    not_eligible: int
    excluded: int
    unknown: int
    outside: int
    __hash__: ClassVar[None] = None  # type: ignore[assignment] # records are the caller's own mappings


@attrs.frozen(kw_only=True)
class Kpi:
    """The definition of a figure.

    Attributes:
        formula: what is counted.
        direction: whether more or less is better.
        unit: of the value, for people: ``share``, ``seconds``, ``points``.
        of: the kind of records it counts.
        name: for people.
        variant: which of several definitions this is, for people.
        version: of the definition, for people.
        where: which records are eligible.
        exclude: which of these are excepted: test cases, mystery shoppers.
        at: the field with the moment or date by which a record belongs to a period.
        window: the shortest period over which it may be asked.
        missing: what becomes of a record that does not say what is counted.
        scales: by field, the scale that its numbers must be on; what is off it is refused, never moved.

    Raises:
        DefinitionError: another direction, window or policy.

    >>> from svcstd.conditions import Eq, Range
    >>> top = Kpi(formula=Proportion(Range("score", 4, None)), direction="more", unit="share",
    ...     exclude=Eq("source", "mystery shopper"))
    >>> top.measure([{"score": 5, "source": "customer"}, {"score": 3, "source": "customer"}]).value
    Fraction(1, 2)
    """

    formula: Formula
    direction: Direction
    unit: str
    of: str = ""
    name: str = ""
    variant: str = ""
    version: str = ""
    where: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    exclude: AllOf | None = attrs.field(default=None, converter=attrs.converters.optional(as_all))
    at: str = ""
    window: PeriodKind | None = None
    missing: IfMissing = "refuse"
    scales: Keyed[str, Scale] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.direction, ("more", "less"), "direction")
        if self.window is not None:
            must_be_one_of(self.window, LENGTHS, "window")
        check_policy(self.missing)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of a record that it reads."""
        own = (*((self.at,) if self.at else ()), *self.scales)
        return self.formula.fields | self.where.fields | frozenset(own) | (self.exclude or ANYTHING).fields

    def sift(self, records: Iterable[Record], *, period: Period | None = None, as_of: datetime | None = None) -> Sifted:
        """The records that count, and how many do not.

        Args:
            records: of the kind it counts.
            period: only those that belong to it.
            as_of: when we ask; the end of the period by default. Only formulas that judge by age need it.

        Raises:
            DefinitionError: a period shorter than the window, or no field to tell the period of a record.
            FactError: a field of another kind, a number off its scale, or no moment where the period is asked.
        """
        self.check_window(period)
        counted: list[Record] = []
        not_eligible = excluded = unknown = 0
        for record in records:
            eligible = self.where.holds(record)
            excepted = False if self.exclude is None else self.exclude.holds(record)
            if eligible is False:
                not_eligible += 1
            elif excepted:
                excluded += 1
            elif eligible is None or excepted is None:
                unknown += 1
            else:
                self._check_scales(record)
                counted.append(record)
        if isinstance(self.formula, FirstContact | Backlog):
            asked = as_of if as_of is not None or period is None else period.end
            counted = self.formula.derive(counted, asked)
        if period is None or isinstance(self.formula, Backlog):  # what is open at the end counts, from whenever
            return Sifted(tuple(counted), not_eligible, excluded, unknown, 0)
        inside = tuple(record for record in counted if self.belongs(record, period))
        return Sifted(inside, not_eligible, excluded, unknown, len(counted) - len(inside))

    def _check_scales(self, record: Record) -> None:
        for field, scale in self.scales.items():
            value = amount_of(record, field)
            if value is not None:
                try:
                    scale.check(value)
                except DefinitionError as error:
                    raise FactError(f"records.{field}", error.message, **error.params) from None

    def check_window(self, period: Period | None) -> None:
        """Refuse a period shorter than the KPI allows.

        Raises:
            DefinitionError: it is.
        """
        if self.window is None or period is None:
            return
        if LENGTHS.index(period.kind) < LENGTHS.index(self.window):
            raise DefinitionError("period", "kpis.window", window=self.window, kind=period.kind)

    def belongs(self, record: Record, period: Period) -> bool:
        """Whether a record counts for a period.

        Raises:
            FactError: it does not say when it was.
            DefinitionError: no field to tell the period of a record.
        """
        found = is_within(record, self.at, period)
        if found is None:
            raise FactError(f"records.{self.at}", "kpis.no_moment", value=self.at)
        return found

    def measure(
        self, records: Iterable[Record], *, period: Period | None = None, as_of: datetime | None = None
    ) -> Measured:
        """What the records come to; figures of two sets of records add up to that of both.

        Args:
            records: of the kind it counts.
            period: as for :meth:`sift`.
            as_of: as for :meth:`sift`.

        Raises:
            DefinitionError, FactError: as for :meth:`sift`, and a record that does not say what is counted.
        """
        return self.formula.measure(self.sift(records, period=period, as_of=as_of).counted, self.missing)

    def by(
        self,
        records: Iterable[Record],
        *fields: str,
        period: PeriodKind | None = None,
        zone: str = "",
        week: str | None = None,
        as_of: datetime | None = None,
    ) -> Keyed[tuple[str, ...], Measured]:
        """One figure for each team, person or period; added up they are the figure of the whole.

        Args:
            records: of the kind it counts.
            fields: the fields whose values tell groups apart; a missing value is the group of an empty name.
            period: the kind of period to tell apart as well; its label then comes first in the keys.
            zone: IANA name, in which periods are cut.
            week: first day of the week, for weeks.
            as_of: as for :meth:`sift`.

        Raises:
            DefinitionError, FactError: as for :meth:`measure`.
        """
        counted = self.sift(records, as_of=as_of).counted
        asks = [_by_value(field) for field in fields]
        if period is not None:
            asks.insert(0, self.labels(period, zone, week))
        groups: dict[tuple[str, ...], list[Record]] = {}
        for record in counted:
            groups.setdefault(tuple(ask(record) for ask in asks), []).append(record)
        return Keyed({key: self.formula.measure(groups[key], self.missing) for key in sorted(groups)})

    def labels(self, kind: PeriodKind, zone: str, week: str | None = None) -> Callable[[Record], str]:
        """What tells the label of a record's period, as :meth:`by` has it in its keys.

        Args:
            kind: of the period.
            zone: IANA name, in which periods are cut.
            week: first day of the week, for weeks.
        """
        known: dict[date, str] = {}

        def label(record: Record) -> str:
            place = place_in(record, self.at) if self.at else None
            if place is None:
                raise FactError(f"records.{self.at}", "kpis.no_moment", value=self.at)
            day = place if isinstance(place, date) else date_of(place, timezone(zone))
            if day not in known:
                known[day] = Period.of(kind, day, zone, week=week).label
            return known[day]

        return label

    def split(
        self, records: Iterable[Record], by: str, *, period: Period | None = None, as_of: datetime | None = None
    ) -> Keyed[str, Measure]:
        """What each reason adds to the whole: its own numerator over the denominator of all.

        Args:
            records: of the kind it counts.
            by: the field with the reason; a missing one is the reason of an empty name.
            period: as for :meth:`sift`.
            as_of: as for :meth:`sift`.

        Raises:
            DefinitionError: a figure that is no share or mean.

        >>> from svcstd.conditions import Eq
        >>> churn = Kpi(formula=Proportion(Eq("left", True)), direction="less", unit="share")
        >>> customers = [{"left": True, "reason": "price"}, {"left": True, "reason": "moved"}, {"left": False}]
        >>> {reason: str(part.value) for reason, part in churn.split(customers, "reason").items()}
        {'': '0', 'moved': '1/3', 'price': '1/3'}
        """
        counted = self.sift(records, period=period, as_of=as_of).counted
        whole = self.formula.measure(counted, self.missing)
        if not isinstance(whole, Measure):
            raise DefinitionError("formula", "kpis.split")
        groups: dict[str, list[Record]] = {}
        for record in counted:
            groups.setdefault(_by_value(by)(record), []).append(record)
        found: dict[str, Measure] = {}
        for reason in sorted(groups):
            part = self.formula.measure(groups[reason], self.missing)
            assert isinstance(part, Measure)  # noqa: S101 - one formula, one kind of figure
            found[reason] = Measure(part.numerator, whole.denominator, part.n)
        return Keyed(found)


def _by_value(field: str) -> Callable[[Record], str]:
    def value(record: Record) -> str:
        found = record.get(field)
        return "" if found is None else str(found)

    return value
