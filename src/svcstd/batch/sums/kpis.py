"""KPIs over columns: the figure of each group, to the last digit what the KPI says of the rows as records.

The scalar code (:meth:`svcstd.scoring.Kpi.by`) is the reference for errors too: rows that it would refuse are found in
the columns, and those of them that it would meet first are handed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, NoReturn

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Given, integers
from svcstd.batch.calendars.compiled import Bools
from svcstd.batch.calendars.kernel import FAULTS, YEARS
from svcstd.batch.sums.amounts import Amounts, are_negative
from svcstd.batch.sums.exact_sums import Places, count_by
from svcstd.batch.sums.groups import Groups, Part, part_of, part_of_instants, together
from svcstd.batch.sums.record_columns import RecordColumns
from svcstd.calendars import Period, PeriodKind
from svcstd.conditions import AllOf
from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError, MomentError, SvcstdError
from svcstd.keyed import Keyed
from svcstd.moment import FIRST, LAST, micros
from svcstd.moment import YEARS as COMPUTED
from svcstd.scoring import Average, IfMissing, Kpi, Measure, Measured, Net, Proportion, Ratio, Record, Tally, Total
from svcstd.scoring.record import amount_of

__all__ = ["SiftedCounts", "count_sifted", "measure_by", "refuse_as"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@attrs.frozen
class SiftedCounts:
    """How many records of a KPI count, and how many were left aside, why; see :class:`svcstd.scoring.Sifted`.

    Attributes:
        counted: those that count.
        not_eligible: those of another kind.
        excluded: those that are excepted.
        unknown: those that do not say whether they count.
    """

    counted: int
    not_eligible: int
    excluded: int
    unknown: int


class _Sifted(NamedTuple):
    counted: Bools
    not_eligible: Bools
    excluded: Bools
    unknown: Bools


class _Sums(NamedTuple):
    """What is added up over groups, and what the sums are divided by in the end."""

    by: Callable[[Places, int], Sequence[int]]
    scale: int


class _Figures(NamedTuple):
    """What a formula asks of the rows.

    Attributes:
        refused: the rows that it refuses, as it goes through a group: once for each time.
        counted: the rows behind a figure.
        above: the numerator, or the amount of a tally.
        below: the denominator; ``None`` for the number of rows.
    """

    refused: tuple[Bools, ...]
    counted: Bools
    above: _Sums
    below: _Sums | None = None


def count_sifted(kpi: Kpi, records: Mapping[str, Any]) -> SiftedCounts:
    """How many records count, as :meth:`svcstd.scoring.Kpi.sift` sorts them.

    Args:
        kpi: whose records they are.
        records: as for :func:`measure_by`.

    Raises:
        DefinitionError, FactError: as for :func:`measure_by`.

    >>> from svcstd.conditions import Eq
    >>> kpi = Kpi(formula=Total(None, empty_is_zero=True), direction="more", unit="calls", exclude=Eq("test", True))
    >>> count_sifted(kpi, {"test": [True, False, None]})
    SiftedCounts(counted=1, not_eligible=0, excluded=1, unknown=1)
    """
    _check(kpi)
    return SiftedCounts(*(int(np.count_nonzero(mask)) for mask in _sifted(kpi, RecordColumns.of(records))))


def measure_by(
    kpi: Kpi,
    records: Mapping[str, Any],
    *fields: str,
    period: PeriodKind | None = None,
    zone: str = "",
    week: str | None = None,
    within: Period | None = None,
) -> Keyed[tuple[str, ...], Measured]:
    """What :meth:`svcstd.scoring.Kpi.by` says of the rows, over columns.

    Args:
        kpi: a proportion, net share, average, ratio or total.
        records: by field a column: a NumPy array, masked or not, a sequence of Python values, or an
            :class:`svcstd.batch.Encoded`; instants are ``datetime64`` in UTC, dates ``datetime64[D]``, lengths of time
            ``timedelta64``. ``None``, ``NaT`` and what is masked are missing, and so is a field without column.
        fields: the fields whose values tell groups apart.
        period: the kind of period to tell apart as well.
        zone: IANA name, in which periods are cut.
        week: first day of the week, for weeks.
        within: only the rows that belong to this period, as *period* of :meth:`svcstd.scoring.Kpi.measure`.

    Raises:
        DefinitionError: a formula or a test without a form over columns, no such column, or columns of several lengths;
            a period shorter than the KPI allows, or no field to tell the period of a row.
        SvcstdError: of the row that the scalar code would refuse first, as it would.

    >>> kpi = Kpi(formula=Average("wait"), direction="less", unit="seconds")
    >>> found = measure_by(kpi, {"wait": np.array([10, 20, 60]), "team": ["a", "a", "b"]}, "team")
    >>> {team: str(one.value) for (team,), one in found.items()}
    {'a': '15', 'b': '60'}
    """
    _check(kpi)
    kpi.check_window(within)
    columns = RecordColumns.of(records)

    def refuse(*masks: Bools) -> None:
        """Hand the first row of each to the scalar code, if there is any."""
        places = {int(np.argmax(mask)) for mask in masks if mask.any()}
        if places:
            rows = [columns.row(place, kpi.fields.union(fields)) for place in sorted(places)]
            refuse_as(lambda: kpi.by(rows, *fields, period=period, zone=zone, week=week))

    counted = _sifted(kpi, columns).counted
    if within is not None and counted.any():
        counted = _inside(kpi, columns, counted, within)
    if not counted.any():
        return Keyed()
    parts = [part_of(columns.distinct(field)) for field in fields]
    if period is not None:
        parts.insert(0, _by_period(kpi, columns, counted, period, zone, week))
        refuse(counted & parts[0].refused)
    groups = together(parts, columns.rows)
    figures = _figures(kpi, columns, counted)
    refuse(*_of_first_group(figures.refused, groups))
    return _told(kpi, groups, counted, figures)


def refuse_as(ask: Callable[[], object]) -> NoReturn:
    """Raise what the scalar code says; if it says nothing, nothing is told rather than something wrong."""
    error: SvcstdError = DefinitionError("records", "batch.unlike")
    try:
        ask()
    except SvcstdError as found:
        error = found
    raise error from None


def _check(kpi: Kpi) -> None:
    if not isinstance(kpi.formula, Proportion | Net | Average | Ratio | Total):
        raise DefinitionError("formula", "batch.formula", formula=type(kpi.formula).__name__)


def _sifted(kpi: Kpi, columns: RecordColumns) -> _Sifted:
    """The rows by what becomes of them; the first that the scalar code refuses is refused as there."""
    everything = ~columns.none()
    eligible = columns.answer(kpi.where, everything)
    excepted = columns.answer(kpi.exclude, everything) if kpi.exclude else None
    refused = eligible.refused if excepted is None else eligible.refused | excepted.refused
    excluded = columns.none() if excepted is None else excepted.true & (eligible.true | eligible.unknown)
    unknown = eligible.unknown if excepted is None else eligible.unknown | (excepted.unknown & eligible.true)
    unknown = unknown & ~excluded
    counted = eligible.true & ~excluded & ~unknown & ~refused
    for field, scale in kpi.scales.items():
        refused = refused | (counted & _off(columns, field, scale))
    if refused.any():
        row = columns.row(int(np.argmax(refused)), kpi.fields)
        refuse_as(lambda: kpi.sift([row]))
    return _Sifted(counted, everything & ~(eligible.true | eligible.unknown), excluded, unknown)


def _off(columns: RecordColumns, field: str, scale: Scale) -> Bools:
    """The rows whose number is none, or off its scale."""
    column = columns.distinct(field)
    off = [_is_off({field: value}, field, scale) for value in column.values]
    return np.array([*off, False])[column.codes]


def _is_off(record: Record, field: str, scale: Scale) -> bool:
    try:
        scale.check(amount_of(record, field))
    except SvcstdError:
        return True
    return False


def _by_period(kpi: Kpi, columns: RecordColumns, counted: Bools, kind: PeriodKind, zone: str, week: str | None) -> Part:
    """The rows by their periods; those that lie in none are refused."""
    label = kpi.labels(kind, zone, week)
    raw = columns.columns.get(kpi.at) if kpi.at else None
    if not isinstance(raw, np.ndarray) or not _are_instants(raw):
        return part_of(columns.distinct(kpi.at), lambda value: label({kpi.at: value}))
    found = integers(raw, "M", f"records.{kpi.at}")
    asked = counted & found.known & (found.values >= FIRST) & (found.values < LAST)
    refused = counted & ~asked
    part = Part(("",), lambda rows: np.zeros(len(refused[rows]), dtype=np.intp), refused)
    try:
        if asked.any():
            part = attrs.evolve(part_of_instants(found.values, asked, kind, zone, week), refused=refused)
    except SvcstdError:  # the least or the greatest lies in no period, and so does the first row of which that is said
        rows = np.flatnonzero(asked).tolist()
        refused[next(place for place in rows if _lies_in_none(label, kpi.at, found, place))] = True
    if refused.any():
        _check_instant(raw, found, int(np.argmax(refused)))
    return part


def _inside(kpi: Kpi, columns: RecordColumns, counted: Bools, period: Period) -> Bools:
    """The rows that belong to a period; the first that does not say when it was is refused as there."""
    raw = columns.columns.get(kpi.at) if kpi.at else None
    if isinstance(raw, np.ndarray) and _are_instants(raw):
        found = integers(raw, "M", f"records.{kpi.at}")
        refused = counted & ~(found.known & (found.values >= FIRST) & (found.values < LAST))
        if refused.any():
            _check_instant(raw, found, int(np.argmax(refused)))
        inside = (found.values >= micros(period.start)) & (found.values < micros(period.end))
    else:
        part = part_of(columns.distinct(kpi.at), lambda value: "in" if kpi.belongs({kpi.at: value}, period) else "")
        refused = counted & part.refused
        inside = np.array([label == "in" for label in part.labels])[part.codes(slice(None))]
    if refused.any():
        row = columns.row(int(np.argmax(refused)), kpi.fields)
        refuse_as(lambda: kpi.sift([row], period=period))
    return counted & inside


def _are_instants(raw: NDArray[Any]) -> bool:
    return raw.ndim == 1 and raw.dtype.kind == "M" and np.datetime_data(raw.dtype) != ("D", 1)


def _lies_in_none(label: Callable[[Record], str], field: str, found: Given, place: int) -> bool:
    try:
        label({field: EPOCH + timedelta(0, 0, int(found.values[place]))})
    except SvcstdError:
        return True
    return False


def _check_instant(raw: NDArray[Any], found: Given, place: int) -> None:
    """Refuse an instant that no record can hold: between two microseconds, or beyond the years.

    Raises:
        MomentError: it is one.
    """
    code = 0 if found.codes is None else int(found.codes[place])
    if found.known[place] and not FIRST <= found.values[place] < LAST:
        code = YEARS
    if code:
        ends = {"first": COMPUTED[0], "last": COMPUTED[-1]}
        raise MomentError("at", FAULTS[code], value=str(np.ma.getdata(raw)[place]), **ends)


class _Decided(NamedTuple):
    """Which rows pass a test, of which that is decided, and which are refused."""

    true: Bools
    decided: Bools
    refused: Bools


def _decided(columns: RecordColumns, test: AllOf, asked: Bools, missing: IfMissing) -> _Decided:
    found = columns.answer(test, asked)
    refused = found.refused | found.unknown if missing == "refuse" else found.refused
    decided = asked & ~found.unknown if missing == "leave out" else asked
    return _Decided(found.true, decided, refused)


class _Terms(NamedTuple):
    """Several fields added up in each row: whole factors, the numbers, and what both are divided by."""

    terms: list[tuple[int, Amounts]]
    scale: int
    counted: Bools
    refused: Bools

    def sums(self, kept: Bools) -> _Sums:
        """The sum over groups."""

        def by(groups: Places, size: int) -> list[int]:
            return _added([(factor, one.sums(groups, size, kept)) for factor, one in self.terms])

        return _Sums(by, self.scale)

    def weighted(self, weights: Amounts, kept: Bools) -> _Sums:
        """The sum over groups, each row times its weight."""

        def by(groups: Places, size: int) -> list[int]:
            return _added([(factor, one.weighted(weights, groups, size, kept)) for factor, one in self.terms])

        return _Sums(by, self.scale * weights.scale)


def _added(terms: Sequence[tuple[int, list[int]]]) -> list[int]:
    """Columns of whole numbers, each times its factor, as one."""
    if len(terms) == 1 and terms[0][0] == 1:
        return terms[0][1]
    factors = [factor for factor, _ in terms]
    rows = zip(*(sums for _, sums in terms), strict=True)
    return [sum(factor * one for factor, one in zip(factors, row, strict=True)) for row in rows]


def _terms(
    columns: RecordColumns,
    fields: Keyed[str, Fraction],
    asked: Bools,
    missing: IfMissing,
    grades: GradeScale | None = None,
) -> _Terms:
    """The fields of a row together; where one is missing that is left out, what follows is not looked at."""
    found: list[tuple[Fraction, Amounts]] = []
    counted, refused = asked, columns.none()
    for field, factor in fields.items():
        one = columns.amounts(field, grades)
        refused |= counted & one.refused
        if missing == "refuse":
            refused |= counted & ~one.known
        elif missing == "leave out":
            counted = counted & one.known
        found.append((factor / one.scale, one))
    scale = lcm(*(factor.denominator for factor, _ in found))
    return _Terms([(int(factor * scale), one) for factor, one in found], scale, counted, refused)


def _figures(kpi: Kpi, columns: RecordColumns, counted: Bools) -> _Figures:
    """What the formula of a KPI asks of the rows that count."""
    match kpi.formula:
        case Proportion():
            return _proportion(kpi.formula, columns, counted, kpi.missing)
        case Net():
            return _net(kpi.formula, columns, counted, kpi.missing)
        case Average():
            return _average(kpi.formula, columns, counted, kpi.missing)
        case Ratio():
            return _ratio(kpi.formula, columns, counted, kpi.missing)
        case Total() if kpi.formula.of is not None:
            terms = _terms(columns, kpi.formula.of, counted, kpi.missing, kpi.formula.grades)
            return _Figures((terms.refused,), terms.counted, terms.sums(terms.counted))
        case _:  # a count of records
            return _Figures((), counted, _counts(counted))


def _counts(mask: Bools) -> _Sums:
    return _Sums(lambda groups, size: count_by(groups, size, mask).tolist(), 1)


def _proportion(formula: Proportion, columns: RecordColumns, counted: Bools, missing: IfMissing) -> _Figures:
    base = _decided(columns, formula.out_of, counted, missing)
    found = _decided(columns, formula.count, base.true, missing)
    return _Figures((base.refused, found.refused), found.decided, _counts(found.true))


def _net(formula: Net, columns: RecordColumns, counted: Bools, missing: IfMissing) -> _Figures:
    base = _decided(columns, formula.out_of, counted, missing)
    plus = _decided(columns, formula.plus, base.true, missing)
    minus = _decided(columns, formula.minus, base.true, missing)
    decided = plus.decided & minus.decided
    refused = base.refused | plus.refused | minus.refused | (plus.true & minus.true)

    def by(groups: Places, size: int) -> list[int]:
        more, less = (count_by(groups, size, one.true & decided) for one in (plus, minus))
        difference: list[int] = (more - less).tolist()
        return difference

    return _Figures((refused,), decided, _Sums(by, 1))


def _average(formula: Average, columns: RecordColumns, counted: Bools, missing: IfMissing) -> _Figures:
    terms = _terms(columns, formula.of, counted, missing, formula.grades)
    if not formula.weight:
        return _Figures((terms.refused,), terms.counted, terms.sums(terms.counted))
    weights = columns.amounts(formula.weight)
    refused = terms.refused | (counted & (weights.refused | ~weights.known | are_negative([(1, weights)], counted)))
    below = _Sums(lambda groups, size: weights.sums(groups, size, terms.counted), weights.scale)
    return _Figures((refused,), terms.counted, terms.weighted(weights, terms.counted), below)


def _ratio(formula: Ratio, columns: RecordColumns, counted: Bools, missing: IfMissing) -> _Figures:
    above = _terms(columns, formula.of, counted, missing)
    below = _terms(columns, formula.per, counted, missing)
    kept = above.counted & below.counted
    refused = above.refused | below.refused
    refused |= are_negative(below.terms, kept & ~refused)
    return _Figures((refused,), kept, above.sums(kept), below.sums(kept))


def _of_first_group(masks: Sequence[Bools], groups: Groups) -> list[Bools]:
    """Of each, the rows in the first group that has any of all."""
    found = [int(groups.codes[mask].min()) for mask in masks if mask.any()]
    return [mask & (groups.codes == min(found)) for mask in masks] if found else []


def _told(kpi: Kpi, groups: Groups, counted: Bools, figures: _Figures) -> Keyed[tuple[str, ...], Measured]:
    """The figures of the groups that have records."""
    size = groups.size
    rows = count_by(groups.codes, size, counted)
    numbers = rows if figures.counted is counted else count_by(groups.codes, size, figures.counted)
    above = figures.above.by(groups.codes, size)
    below = numbers.tolist() if figures.below is None else figures.below.by(groups.codes, size)
    tops, bottoms = figures.above.scale, 1 if figures.below is None else figures.below.scale
    places = np.flatnonzero(rows)
    found: dict[tuple[str, ...], Measured] = {}
    for key, place, n in zip(groups.keys(places), places.tolist(), numbers[places].tolist(), strict=True):
        amount = Fraction(above[place], tops)
        if isinstance(kpi.formula, Total):
            found[key] = Tally(amount, n, empty_is_zero=kpi.formula.empty_is_zero)
        else:
            found[key] = Measure(amount, Fraction(below[place], bottoms), n)
    return Keyed(found)
