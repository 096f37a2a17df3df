"""Formulas of KPIs: each tells what one record adds to the numerator and to the denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.curves import GradeScale, exact
from svcstd.errors import DefinitionError, FactError, must_be_one_of
from svcstd.keyed import Keyed
from svcstd.scoring.measure import Measure, Sample, Tally
from svcstd.scoring.rank import QuantileMethod, quantile
from svcstd.scoring.record import Record, amount_of

__all__ = ["Average", "IfMissing", "Net", "Proportion", "Quantile", "Ratio", "Total", "check_policy"]

IfMissing: TypeAlias = Literal["refuse", "leave out", "as zero"]
"""What becomes of a record that does not say what is counted: an error, not counted at all, or counted as nothing."""
ONE = Fraction(1)


def _fields(given: Mapping[str, object] | Sequence[str] | str) -> Keyed[str, Fraction]:
    """Fields with their factors: one field, several that are added, or each with its own factor."""
    if isinstance(given, str):
        given = (given,)
    pairs = given if isinstance(given, Mapping) else dict.fromkeys(given, 1)
    if not pairs:
        raise DefinitionError("fields", "shape.empty")
    return Keyed({field: exact(factor, f"fields.{field}") for field, factor in pairs.items()})


def _if_missing(field: str, policy: IfMissing) -> Fraction | None:
    """What a missing field counts as.

    Raises:
        FactError: where that is refused.
    """
    if policy == "refuse":
        raise FactError(f"records.{field}", "kpis.missing", value=field)
    return Fraction(0) if policy == "as zero" else None


def _summed(
    record: Record, fields: Keyed[str, Fraction], policy: IfMissing, grades: GradeScale | None = None
) -> Fraction | None:
    """The fields of a record together; ``None`` where the record is left out."""
    found = Fraction(0)
    for field, factor in fields.items():
        value = amount_of(record, field) if grades is None else _points(record, field, grades)
        if value is None:
            value = _if_missing(field, policy)
        if value is None:
            return None
        found += factor * value
    return found


def _points(record: Record, field: str, grades: GradeScale) -> Fraction | None:
    """What the grade in a field counts."""
    grade = record.get(field)
    try:
        return None if grade is None else grades.points_of(grade)
    except DefinitionError as error:
        raise FactError(f"records.{field}", error.message, **error.params) from None


def _decided(test: AllOf, record: Record, policy: IfMissing) -> bool | None:
    """Whether a record passes; ``None`` where it is left out."""
    found = test.holds(record)
    if found is None:
        missing = next(field for field in sorted(test.fields) if record.get(field) is None)
        return None if _if_missing(missing, policy) is None else False
    return found


@attrs.frozen
class Proportion:
    """How many of the records pass a test: kept, answered in time, reopened.

    Attributes:
        count: the test.
        out_of: which records there are to pass it; all by default.

    >>> from svcstd.conditions import Eq
    >>> Proportion(Eq("reopened", True)).measure([{"reopened": True}, {"reopened": False}], "refuse").value
    Fraction(1, 2)
    """

    count: AllOf = attrs.field(converter=as_all)
    out_of: AllOf = attrs.field(default=ANYTHING, converter=as_all)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measure:
        """Passed, over all there were to pass."""
        del as_of
        base = [record for record in records if _decided(self.out_of, record, missing)]
        decided = [found for record in base if (found := _decided(self.count, record, missing)) is not None]
        return Measure(sum(decided), len(decided), len(decided))

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return self.count.fields | self.out_of.fields


@attrs.frozen
class Net:
    """Those who pass one test less those who pass another, of all: promoters less detractors.

    Attributes:
        plus, minus: the two tests; nobody may pass both.
        out_of: which records there are.
    """

    plus: AllOf = attrs.field(converter=as_all)
    minus: AllOf = attrs.field(converter=as_all)
    out_of: AllOf = attrs.field(default=ANYTHING, converter=as_all)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measure:
        """The difference, over all there were.

        Raises:
            FactError: a record that passes both.
        """
        del as_of
        found = []
        for record in records:
            if not _decided(self.out_of, record, missing):
                continue
            plus, minus = _decided(self.plus, record, missing), _decided(self.minus, record, missing)
            if plus and minus:
                raise FactError("records", "kpis.both")
            if plus is not None and minus is not None:
                found.append(plus - minus)
        return Measure(sum(found), len(found), len(found))

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return self.plus.fields | self.minus.fields | self.out_of.fields


@attrs.frozen
class Average:
    """The mean of a field, or of several added up; lengths of time in seconds.

    Attributes:
        of: the fields, with a factor for each.
        weight: the field that says how much a record counts, such as a share of it; empty for one each.
        grades: where fields hold grades, the points that each counts.

    >>> calls = [{"talk": 100, "hold": 20}, {"talk": 60, "hold": 0}]
    >>> Average(["talk", "hold"]).measure(calls, "refuse").value
    Fraction(90, 1)
    """

    of: Keyed[str, Fraction] = attrs.field(converter=_fields)
    weight: str = attrs.field(default="", kw_only=True)
    grades: GradeScale | None = attrs.field(default=None, kw_only=True)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measure:
        """The sum, over the records or their weights."""
        del as_of
        top = bottom = Fraction(0)
        n = 0
        for record in records:
            value = _summed(record, self.of, missing, self.grades)
            weight = ONE if not self.weight else _weight(record, self.weight)
            if value is not None:
                top, bottom, n = top + weight * value, bottom + weight, n + 1
        return Measure(top, bottom, n)

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return frozenset((*self.of, *((self.weight,) if self.weight else ())))


def _weight(record: Record, field: str) -> Fraction:
    found = amount_of(record, field)
    if found is None or found < 0:
        raise FactError(f"records.{field}", "kpis.weight", value=str(record.get(field)))
    return found


@attrs.frozen
class Ratio:
    """One sum over another: time at work over time present, or what was reached of what was to be reached.

    Attributes:
        of: the fields above the line, with a factor for each.
        per: those below it.

    >>> days = [{"handled": 300, "free": 100}, {"handled": 100, "free": 100}]
    >>> Ratio("handled", per=["handled", "free"]).measure(days, "refuse").value
    Fraction(2, 3)
    """

    of: Keyed[str, Fraction] = attrs.field(converter=_fields)
    per: Keyed[str, Fraction] = attrs.field(kw_only=True, converter=_fields)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measure:
        """Both sums; a record counts in both or in neither.

        Raises:
            FactError: below the line a record has less than nothing.
        """
        del as_of
        top = bottom = Fraction(0)
        n = 0
        for record in records:
            above, below = _summed(record, self.of, missing), _summed(record, self.per, missing)
            if above is None or below is None:
                continue
            if below < 0:
                raise FactError(f"records.{next(iter(self.per))}", "scoring.denominator", value=str(below))
            top, bottom, n = top + above, bottom + below, n + 1
        return Measure(top, bottom, n)

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return frozenset((*self.of, *self.per))


@attrs.frozen
class Total:
    """A sum that stands by itself, or a count: points, suggestions, pages written.

    Attributes:
        of: the fields, with a factor for each; ``None`` counts the records.
        empty_is_zero: whether no records make 0, rather than nothing known; there is no default.
        grades: where fields hold grades, the points that each counts.

    >>> repairs = [{"difficulty": 1}, {"difficulty": 3}]
    >>> Total("difficulty", empty_is_zero=True).measure(repairs, "refuse").value
    Fraction(4, 1)
    """

    of: Keyed[str, Fraction] | None = attrs.field(converter=attrs.converters.optional(_fields))
    empty_is_zero: bool = attrs.field(kw_only=True)
    grades: GradeScale | None = attrs.field(default=None, kw_only=True)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Tally:
        """The sum."""
        del as_of
        if self.of is None:
            return Tally(len(records), len(records), empty_is_zero=self.empty_is_zero)
        found = [value for one in records if (value := _summed(one, self.of, missing, self.grades)) is not None]
        return Tally(sum(found, Fraction(0)), len(found), empty_is_zero=self.empty_is_zero)

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return frozenset(self.of or ())


@attrs.frozen
class Quantile:
    """The median, or another quantile, of a field; lengths of time in seconds.

    Attributes:
        of: the fields, with a factor for each.
        share: from 0 to 1; a half is the median.
        method: how what lies between two values is found; see :func:`svcstd.scoring.quantile`.

    >>> median = Quantile("hours", share=Fraction(1, 2), method="linear")
    >>> median.measure([{"hours": 1}, {"hours": 2}, {"hours": 30}], "refuse").value
    Fraction(2, 1)
    """

    of: Keyed[str, Fraction] = attrs.field(converter=_fields)
    share: Fraction = attrs.field(kw_only=True, converter=exact)
    method: QuantileMethod = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        quantile((0,), self.share, method=self.method)

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Sample:
        """All the values."""
        del as_of
        found = [value for record in records if (value := _summed(record, self.of, missing)) is not None]
        return Sample(found, share=self.share, method=self.method)

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return frozenset(self.of)


def check_policy(policy: object) -> None:
    """Refuse a policy for missing fields that there is none of.

    Raises:
        DefinitionError: with those there are.
    """
    must_be_one_of(policy, get_args(IfMissing), "missing")
