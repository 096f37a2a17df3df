"""Records of work, the figures that are counted over them, and what they come to: nothing counted at all included."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from svcstd.calendars import Period, PeriodKind
from svcstd.conditions import ANYTHING, Condition, Eq, FactSchema, FactType, Present, Range
from svcstd.curves import Scale
from svcstd.keyed import as_keyed
from svcstd.scoring import (
    Average,
    Backlog,
    FirstContact,
    Formula,
    IfMissing,
    Kpi,
    Measure,
    Measured,
    Net,
    Proportion,
    Quantile,
    QuantileMethod,
    Ratio,
    Record,
    RecordKind,
    Sample,
    Sifted,
    Tally,
    Total,
)
from svcstd.testing.strategies.curves import GRADES, grade_scales, numbers
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import FIRST, LAST, durations, instants

__all__ = ["NAMES", "STRATEGIES", "contacts", "formulas", "kpis", "measured", "measures", "periods_of", "some_of"]

NAMES = ("a", "b", "c", "李工")
"""Of people."""
FIELDS = FactSchema(
    {
        "who": FactType(),
        "channel": FactType(one_of=("phone", "chat")),
        "at": FactType("moment"),
        "closed": FactType("moment"),
        "score": FactType("integer"),
        "hours": FactType("number"),
        "wait": FactType("duration"),
        "kept": FactType("true or false"),
        "grade": FactType(one_of=GRADES),
    }
)
"""What records say."""
MARKS = Scale(0, 10, step=1)
FLAGS = st.booleans()
TESTS = st.sampled_from([Eq("kept", value=True), Range("score", 7, None), Present("hours"), Eq("channel", "chat")])
APART: st.SearchStrategy[tuple[Condition, Condition]] = st.sampled_from(
    [(Range("score", 9, None), Range("score", None, 6)), (Eq("kept", value=True), Eq("kept", value=False))]
)
"""Tests of which nothing passes both."""
SUMS: st.SearchStrategy[Any] = st.sampled_from(["score", ["score", "hours"], {"hours": 2, "wait": Fraction(1, 60)}])
SHARES = st.sampled_from([Fraction(1, 2), Fraction(9, 10), Fraction(0), Fraction(1)])
METHODS = st.sampled_from(get_args(QuantileMethod))


def some_of(keys: Iterable[str], values: st.SearchStrategy[Any], least: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """Values for the first of some keys.

    Args:
        keys: in order.
        values: one for each.
        least: how many at least.
    """
    known = tuple(keys)
    many = st.lists(values, min_size=least, max_size=len(known))
    return many.map(lambda found: dict(zip(known, found, strict=False)))


def periods_of(kind: PeriodKind, zone: str = "Asia/Shanghai") -> st.SearchStrategy[Period]:
    """Periods of a kind; weeks begin on Monday, fiscal years in April.

    Args:
        kind: day, week, month, quarter, half, year or fiscal year.
        zone: IANA name.
    """
    known: dict[str, dict[str, Any]] = {"week": {"week": "Monday"}, "fiscal": {"fiscal": 4}}
    options = known.get(kind, {})
    return st.dates(FIRST, LAST).map(lambda day: Period.of(kind, day, zone, **options))


def contacts(
    zone: str = "Asia/Shanghai",
    first: date = FIRST,
    last: date = LAST,
    *,
    max_size: int = 5,
    complete: bool = False,
) -> st.SearchStrategy[list[Record]]:
    """Contacts of people with customers: who, when and by which channel always, the rest as far as it is known.

    Fields: ``who``, ``at``, ``channel``, ``closed``, ``score`` (0 to 10), ``hours``, ``wait``, ``kept``, ``grade``.

    Args:
        zone: of the moments.
        first: the earliest date.
        last: the first that is too late.
        max_size: how many at most.
        complete: whether everything is known of each.
    """
    told: dict[str, st.SearchStrategy[Any]] = {
        "score": st.integers(0, 10),
        "hours": st.integers(0, 48).map(lambda quarters: Decimal(quarters) / 4),
        "wait": durations(1),
        "kept": FLAGS,
        "grade": st.sampled_from(GRADES),
        "open": durations(9),
    }
    known = {field: values if complete else st.one_of(values, st.none()) for field, values in told.items()}
    always = {"who": st.sampled_from(NAMES), "channel": st.sampled_from(["phone", "chat"])}
    at = instants(zone, first, last)
    return st.lists(st.fixed_dictionaries({**always, "at": at, **known}).map(_closed), max_size=max_size)


def _closed(record: dict[str, Any]) -> Record:
    """A case is closed no sooner than it is opened; what is not known may be absent, too."""
    lasted: timedelta | None = record.pop("open")
    if lasted is None:
        return {field: value for field, value in record.items() if value is not None}
    return record | {"closed": record["at"] + lasted}


def _averages() -> st.SearchStrategy[Average]:
    graded = st.builds(lambda grades: Average("grade", grades=grades), grade_scales())
    return st.one_of(st.builds(Average, SUMS, weight=st.sampled_from(["", "hours"])), graded)


def _totals() -> st.SearchStrategy[Total]:
    graded = st.builds(lambda grades, zero: Total("grade", grades=grades, empty_is_zero=zero), grade_scales(), FLAGS)
    return st.one_of(st.builds(Total, st.one_of(st.none(), SUMS), empty_is_zero=FLAGS), graded)


def _first_contacts() -> st.SearchStrategy[FirstContact]:
    return st.builds(
        FirstContact,
        key=st.sampled_from([("who",), ("who", "channel")]),
        at=st.just("at"),
        window=durations(7, min_days=1),
        inclusive=FLAGS,
        channel=st.sampled_from(["", "channel"]),
        resolved=st.one_of(st.just(ANYTHING), TESTS),
    )


def _backlogs() -> st.SearchStrategy[Backlog]:
    mean = st.just(Backlog(opened="at", closed="closed"))
    return st.one_of(
        mean, st.builds(Backlog, opened=st.just("at"), closed=st.just("closed"), share=SHARES, method=METHODS)
    )


FORMULAS: Strategies = {
    Proportion: lambda: st.builds(Proportion, TESTS, st.one_of(st.just(ANYTHING), TESTS)),
    Net: lambda: APART.map(lambda tests: Net(*tests)),
    Average: _averages,
    Ratio: lambda: st.builds(Ratio, SUMS, per=st.sampled_from(["hours", "wait", ("hours", "score")])),
    Total: _totals,
    Quantile: lambda: st.builds(Quantile, SUMS, share=SHARES, method=METHODS),
    FirstContact: _first_contacts,
    Backlog: _backlogs,
}


def formulas() -> st.SearchStrategy[Formula]:
    """Every way in which :func:`contacts` become a figure."""
    return st.one_of(*(make() for make in FORMULAS.values()))


def kpis(formula: st.SearchStrategy[Formula] | None = None) -> st.SearchStrategy[Kpi]:
    """Definitions of figures over :func:`contacts`.

    Args:
        formula: how records become a figure; any by default.
    """
    return st.builds(
        Kpi,
        formula=formulas() if formula is None else formula,
        direction=st.sampled_from(["more", "less"]),
        unit=st.sampled_from(["share", "points", "seconds"]),
        of=st.sampled_from(["", "contacts"]),
        name=st.sampled_from(["", "Kept promises", "一次解决率"]),
        where=st.one_of(st.just(ANYTHING), TESTS),
        exclude=st.one_of(st.none(), TESTS),
        at=st.just("at"),
        window=st.one_of(st.none(), st.sampled_from(get_args(PeriodKind))),
        missing=st.sampled_from(get_args(IfMissing)),
        scales=st.sampled_from([{}, {"score": MARKS}]),
    )


def measures(least: int = 0, most: int = 30, *, share: bool = True) -> st.SearchStrategy[Measure]:
    """What was counted over some records: a share of them, or their mean from 0 to 100.

    Args:
        least: how many records there are at least; none make a measure of nothing.
        most: how many there are at most.
        share: whether each counts whole or not at all.
    """
    records = st.integers(least, most)
    if share:
        return st.builds(lambda n, missed: Measure(max(n - missed, 0), n, n), records, st.integers(0, most))
    return st.builds(lambda n, mean: Measure(mean * n, n, n), records, numbers(0, 100))


def _tallies(least: int = 0) -> st.SearchStrategy[Tally]:
    return st.builds(
        lambda n, points, zero: Tally(points if n else 0, n, empty_is_zero=zero),
        st.integers(least, 30),
        numbers(0, 100),
        FLAGS,
    )


def _samples(least: int = 0) -> st.SearchStrategy[Sample]:
    values = st.lists(numbers(0, 100), min_size=least, max_size=max(least, 4))
    return st.builds(Sample, values, share=SHARES, method=METHODS)


def measured(least: int = 0) -> st.SearchStrategy[Measured]:
    """Figures of every kind, none below 0.

    Args:
        least: how many records stand behind each at least; none may mean that nothing is known.
    """
    return st.one_of(measures(least), measures(least, share=False), _tallies(least), _samples(least))


def _record_kinds() -> st.SearchStrategy[RecordKind]:
    ways = st.sampled_from(["", "at", "closed"])
    return st.builds(RecordKind, st.just(FIELDS), ways, st.sampled_from([(), ("n/a", "无")]))


def _sifted() -> st.SearchStrategy[Sifted]:
    zone = "Asia/Shanghai"
    kept: st.SearchStrategy[Formula] = st.one_of(*(FORMULAS[kind]() for kind in (Proportion, Average, Total)))
    return st.builds(  # of records that are values: one that holds mappings of any kind has no hash
        lambda kpi, found, period: kpi.sift(map(as_keyed, found), period=period),
        kpis(kept),
        contacts(zone),
        st.one_of(st.none(), periods_of("fiscal", zone)),
    )


STRATEGIES: Strategies = {
    **FORMULAS,
    Kpi: kpis,
    Measure: lambda: st.one_of(measures(), measures(share=False)),
    RecordKind: _record_kinds,
    Sample: _samples,
    Sifted: _sifted,
    Tally: _tallies,
}
