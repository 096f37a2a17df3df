"""What one standard allows: facts of its vocabulary, cases of its events, records of its kinds, and simulated days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, TypeAlias

from hypothesis import strategies as st
from pendulum import Timezone

from svcstd.calendars import Period, PeriodKind
from svcstd.conditions import FactSchema, FactType, FactValue
from svcstd.curves import GradeScale, Scale
from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.moment import DAY, micros, moment, timezone, zone_key
from svcstd.scoring import Formula, Kpi, Record
from svcstd.sla import Case, Event
from svcstd.standard import Edition, ServiceStandard
from svcstd.testing.found import within
from svcstd.testing.simulation import Day, simulate
from svcstd.testing.strategies.calendars import period_on
from svcstd.testing.strategies.moments import FIRST, LAST, dates, durations, instants
from svcstd.testing.vocabulary import Vocabulary, told_apart

__all__ = [
    "cases",
    "fact_values",
    "facts",
    "improved",
    "periods",
    "records",
    "simulated_day",
    "years_of",
]

Facts: TypeAlias = dict[str, FactValue]
WORDS = ("a", "b", "北京", "")
"""Texts where any will do."""
GAPS = durations(3)
MORE = st.sampled_from(["", "", "", "", "facts", "group", "recorded late", "told twice"])
"""What an event tells besides; mostly nothing."""


def years_of(standard: ServiceStandard) -> tuple[date, date]:
    """The dates about which a standard is asked: the years that its holidays are frozen for, and its edition holds in.

    From the first until before the last.
    """
    edition = standard.current
    first, last = FIRST, LAST
    if edition.years is not None:
        first, last = date(edition.years[0], 1, 1), date(edition.years[-1] + 1, 1, 1)
    if edition.starts is not None and edition.starts > first:
        first = edition.starts
    return first, max(last, first + timedelta(days=1))


def fact_values(kind: FactType, zone: str = "UTC") -> st.SearchStrategy[FactValue]:
    """Values that a declaration allows, its bounds among them; never missing.

    Args:
        kind: the declaration.
        zone: IANA name, for moments.
    """
    if kind.one_of:
        return st.sampled_from(kind.one_of)
    low: Any
    high: Any
    low, high = (kind.within.low, kind.within.high) if kind.within is not None else (None, None)
    found: st.SearchStrategy[Any]
    match kind.kind:
        case "true or false":
            found = st.booleans()
        case "text":
            found = st.sampled_from(WORDS)
        case "integer":
            found = st.integers(*_whole(low, high))
        case "number":
            found = _numbers(low, high)
        case "date":
            found = dates(*_days(low, high), zone)
        case "moment":
            first, last = _days(low and low.date(), high and high.date())
            near = instants(zone, first - timedelta(days=1), last + timedelta(days=1))
            found = near.map(lambda at: _clamped(at, low, high))
        case _:
            least, most = low or timedelta(), max(timedelta(days=30), low or timedelta()) if high is None else high
            found = durations(30).map(lambda long: min(max(long, least), most))
    return found


def _whole(low: Any, high: Any) -> tuple[int, int]:  # noqa: ANN401 - the bounds of an interval
    most = 100 if high is None else floor(high)
    least = min(-10, most) if low is None else ceil(low)
    return least, max(most, least) if high is None else most


def _days(low: Any, high: Any) -> tuple[date, date]:  # noqa: ANN401 - the bounds of an interval
    """The dates within bounds, a few years about now where there is none."""
    first = min(FIRST, high or FIRST) if low is None else low
    last = max(LAST - timedelta(days=1), first) if high is None else high
    return first, last + timedelta(days=1)


def _numbers(low: Any, high: Any) -> st.SearchStrategy[Decimal | int]:  # noqa: ANN401 - the bounds of an interval
    least, most = _whole(low, high)
    cents = st.integers(least * 100 - 99, most * 100 + 99).map(lambda n: _clamped(Decimal(n) / 100, low, high))
    return st.one_of(st.integers(least, most), cents) if least <= most else cents


def _clamped(value: Any, low: Any, high: Any) -> Any:  # noqa: ANN401 - a value and its bounds
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _drawn_from(part: object, schema: FactSchema, zone: str) -> dict[str, st.SearchStrategy[FactValue]]:
    """By fact, a value of each cell that the conditions of a part tell apart, or what is declared."""
    cut = told_apart(part, schema)
    found: dict[str, st.SearchStrategy[FactValue]] = {}
    for name, kind in schema.types.items():
        declared = fact_values(kind, zone)
        asked = name in cut and not kind.one_of
        found[name] = st.one_of(st.sampled_from(cut[name]), declared) if asked else declared
    return found


def facts(
    standard: ServiceStandard,
    *,
    for_: str = "",
    missing: bool = True,
    edition: Edition | None = None,
    **given: FactValue,
) -> st.SearchStrategy[Facts]:
    """Facts as a standard declares them.

    Values are drawn from every cell that the conditions of the standard can tell apart, so that each row of a table is
    met, and the bounds of each.

    Args:
        standard: with the vocabulary.
        for_: the part that reads them, such as ``routing.intake`` or ``objectives.close``: only its facts are drawn.
        missing: whether a fact may be missing.
        edition: of which; by default the newest.
        given: facts that are the same in all.

    Raises:
        UnknownName: no such part, or no such fact.
    """
    found = edition or standard.current
    part: Any = _part(found, for_) if for_ else found
    drawn = _drawn_from(part, found.facts, standard.zone)
    for name, value in given.items():
        found.facts.type_of(name).check(name, value)
    names = part.fields if for_ else drawn
    free = {name: values for name, values in drawn.items() if name in names and name not in given}
    whole = st.fixed_dictionaries({}, optional=free) if missing else st.fixed_dictionaries(free)
    return whole.map(lambda told: {**told, **given})


def _part(edition: Edition, path: str) -> Any:  # noqa: ANN401 - a table, a promise, a flow
    name, _, key = path.partition(".")
    parts = {field: getattr(edition, field) for field in ("objectives", "routing", "procedures", "assignment")}
    if name not in parts:
        raise UnknownName("for_", "choice.nearest", value=name, nearest=nearest(name, parts))
    if key not in parts[name]:
        raise UnknownName("for_", "choice.nearest", value=path, nearest=f"{name}.{nearest(key, parts[name])}")
    return parts[name][key]


def cases(
    standard: ServiceStandard,
    *,
    max_events: int = 8,
    missing: bool = True,
    edition: Edition | None = None,
    **given: FactValue,
) -> st.SearchStrategy[Case]:
    """Cases that a standard allows: the facts that its promises read, and the events that its clocks hear.

    A case begins with what starts a clock of the standard. Events follow at once, minutes, hours or days later, and are
    told in any order; facts change on the way, the case changes hands, events are told twice under one id or recorded
    late.

    Args:
        standard: with vocabulary and promises.
        max_events: how many at most.
        missing: whether a fact may be missing at the beginning.
        edition: whose vocabulary; by default the newest.
        given: facts that are the same in all, such as ``kind="fault"``.

    Raises:
        UnknownName: no such fact.
        DefinitionError: a standard without events.
    """
    found = edition or standard.current
    vocabulary = Vocabulary.of(found)
    if not vocabulary.starts:
        raise DefinitionError("standard.events", "shape.empty")
    for name, value in given.items():
        found.facts.type_of(name).check(name, value)
    first, last = years_of(standard)
    promised = (found.objectives, found.follow_ups, found.exclude, found.conversions)
    drawn = _drawn_from(promised, found.facts, standard.zone)
    values = {name: drawn[name] for name in sorted(vocabulary.read - given.keys()) if name in drawn}
    known = st.fixed_dictionaries({}, optional=values) if missing else st.fixed_dictionaries(values)
    told = st.fixed_dictionaries(
        {}, optional={name: values[name] for name in sorted(vocabulary.details & values.keys())}
    )
    return _cases(
        vocabulary,
        starts=instants(standard.zone, max(first, found.starts or first), last),
        known=known.map(lambda facts: {**facts, **given}),
        values=values,
        details=told,
        max_events=max_events,
    )


@st.composite
def _cases(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    *,
    starts: st.SearchStrategy[datetime],
    known: st.SearchStrategy[Facts],
    values: Mapping[str, st.SearchStrategy[FactValue]],
    details: st.SearchStrategy[Facts],
    max_events: int,
) -> Case:
    begun = draw(starts)
    at, zone = micros(begun), timezone(zone_key(begun.tzinfo))
    told: list[Event] = []
    for number in range(draw(st.integers(1, max_events))):
        kind = draw(st.sampled_from(vocabulary.heard if number else vocabulary.starts))
        more = draw(_told(vocabulary, kind, values, at, zone, number))
        told.append(Event(kind, at=moment(at, zone), details=draw(details), **more))
        at += draw(GAPS) // timedelta(microseconds=1)
    return Case("case", draw(known), draw(st.permutations(told)) if draw(st.booleans()) else told)


@st.composite
def _told(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    kind: str,
    values: Mapping[str, st.SearchStrategy[FactValue]],
    at: int,
    zone: Timezone,
    number: int,
) -> dict[str, Any]:
    """What an event tells besides its kind: now and then everything that an event can."""

    def days(first: int, last: int) -> datetime:
        return moment(at + draw(st.integers(first, last)) * DAY, zone)

    more = draw(MORE)
    found: dict[str, Any] = {}
    if kind in vocabulary.promises:
        found["due"] = days(0, 5)
    if kind in vocabulary.merges:
        found["since"] = days(-5, 0)
    if more == "facts" and values:
        name = draw(st.sampled_from(list(values)))
        found["facts"] = {name: draw(values[name])}
    elif more == "group":
        found["group"] = draw(st.sampled_from(vocabulary.teams))
    elif more == "recorded late":
        found["recorded_at"] = days(0, 3)
    elif more == "told twice":
        found["id"] = f"e{draw(st.integers(0, number))}"
    return found


def periods(kind: PeriodKind, standard: ServiceStandard) -> st.SearchStrategy[Period]:
    """Periods of a kind in the zone of a standard, within its years.

    Args:
        kind: day, week, month, quarter, half or year.
        standard: whose week begins as its reports say.
    """
    first, last = years_of(standard)
    week = standard.reports.week if kind == "week" and standard.reports is not None else "Monday"
    return st.dates(first, last - timedelta(days=1)).map(lambda day: period_on(kind, day, standard.zone, week))


def records(
    standard: ServiceStandard,
    *,
    of: str,
    min_size: int = 0,
    max_size: int = 6,
    period: Period | None = None,
    missing: bool = False,
    **given: FactValue,
) -> st.SearchStrategy[list[Record]]:
    """Records of a kind, on the scales of the figures that count them.

    Args:
        standard: with the kind.
        of: the kind of records.
        min_size: how many at least.
        max_size: how many at most.
        period: only those that belong to it.
        missing: whether a field may be missing.
        given: fields that are the same in all, such as ``agent="E07"``.

    Raises:
        UnknownName: no such kind, or no such field.
    """
    edition = standard.current if period is None else standard.edition_on(period.first)
    if of not in edition.records:
        raise UnknownName("of", "choice.nearest", value=of, nearest=nearest(of, edition.records))
    kind = edition.records[of]
    kpis = [kpi for kpi in edition.kpis.values() if kpi.of == of]
    drawn = _drawn_from(kpis, kind.fields, standard.zone) | _counts(kind.fields) | _on_scales(kpis, kind.fields)
    for name, value in given.items():
        kind.fields.type_of(name).check(name, value)
    if kind.at and period is not None:
        drawn[kind.at] = _inside(kind.fields.types[kind.at], period)
    free = {name: values for name, values in drawn.items() if name not in given}
    whole = st.fixed_dictionaries({}, optional=free) if missing else st.fixed_dictionaries(free)
    return st.lists(whole.map(lambda told: {**told, **given}), min_size=min_size, max_size=max_size)


def _inside(kind: FactType, period: Period) -> st.SearchStrategy[FactValue]:
    if kind.kind == "date":
        return st.dates(period.first, period.last - timedelta(days=1))
    return instants(period.zone, period.first, period.last)


def _counts(fields: FactSchema) -> dict[str, st.SearchStrategy[FactValue]]:
    """Numbers of which no bound is declared count something: they are not below 0."""
    whole = {name for name, kind in fields.types.items() if kind.line == "number" and kind.within is None}
    return {name: _numbers(0, None) if fields.types[name].kind == "number" else st.integers(0, 100) for name in whole}


def _on_scales(kpis: Iterable[Kpi], fields: FactSchema) -> dict[str, st.SearchStrategy[FactValue]]:
    """By field, numbers of the scale or grades of the figures that count it."""
    found: dict[str, st.SearchStrategy[FactValue]] = {}
    for kpi in kpis:
        for name, scale in kpi.scales.items():
            found[name] = _of_scale(scale, fields.types[name])
        for grades in within(kpi.formula, GradeScale):
            found |= {name: st.sampled_from(tuple(grades.points)) for name in _counted(kpi.formula)}
    return found


def _counted(formula: Formula) -> Iterable[str]:
    of = getattr(formula, "of", None)
    return () if of is None else tuple(of)


def _of_scale(scale: Scale, kind: FactType) -> st.SearchStrategy[FactValue]:
    """Numbers of a scale, in steps of its own or of a hundredth of its length."""
    step = scale.step or Fraction(scale.high - scale.low) / 100
    count = int((scale.high - scale.low) / step)
    values = [_written(scale.low + step * n) for n in range(count + 1)]
    if kind.kind == "integer":
        values = [int(one) for one in values if one == int(one)]
    return st.sampled_from(values)


def _written(value: Fraction) -> Decimal | int:
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


@st.composite
def improved(draw: st.DrawFn, given: Sequence[Record], *, field: str, most: FactValue = None) -> list[Record]:
    """The same records, of which some number is raised; by none or some of them.

    Args:
        draw: of Hypothesis.
        given: the records.
        field: of which numbers.
        most: the highest number; by default the highest among the records.

    Raises:
        UnknownName: no record says it.
    """
    told = [record[field] for record in given if record.get(field) is not None]
    if not told:
        raise UnknownName("field", "kpis.missing", value=field)
    top = max(told) if most is None else most
    found: list[Record] = []
    for record in given:
        value = record.get(field)
        better = [] if value is None else sorted(one for one in (*told, top) if one > value)
        found.append({**record, field: draw(st.sampled_from([value, *better]))} if better else record)
    return found


def simulated_day(
    standard: ServiceStandard,
    *,
    arrivals_per_hour: int,
    seed: int | None = None,
    max_arrivals: int = 10_000,
) -> st.SearchStrategy[Day]:
    """Days of cases that arrive by chance; one day for each seed.

    Args:
        standard: what may happen.
        arrivals_per_hour: on average, around the clock.
        seed: always the same day of cases; by default any.
        max_arrivals: refuse more.
    """
    first, last = years_of(standard)
    days = st.dates(first, last - timedelta(days=1))
    seeds = st.integers(0, 2**32 - 1) if seed is None else st.just(seed)
    return st.builds(
        lambda day, seed: simulate(
            standard, Period.of("day", day, standard.zone), arrivals=arrivals_per_hour, seed=seed, most=max_arrivals
        ),
        days,
        seeds,
    )
