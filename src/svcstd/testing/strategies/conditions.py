"""Facts and what they may be, and conditions on them: typed tests, joined and denied, with bounds that are met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil, floor
from typing import Any, get_args

from hypothesis import strategies as st

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Cells,
    Condition,
    Contains,
    Eq,
    FactKind,
    Facts,
    FactSchema,
    FactType,
    FactValue,
    In,
    Interval,
    Judgement,
    Matcher,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    cells_of,
    judge,
)
from svcstd.moment import micros, moment, timezone
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import FIRST, LAST, dates, durations, instants, zones

__all__ = [
    "STRATEGIES",
    "VOCABULARY",
    "conditions",
    "fact_schemas",
    "fact_tests",
    "fact_types",
    "fact_values",
    "facts_of",
    "intervals",
]

KINDS: tuple[FactKind, ...] = get_args(FactKind)
WORDS = ("a", "b", "P1", "AB-7", "故障", "a long word with blanks")
OTHER_SPELLINGS = ("A", "prio 1", "坏")
NAMES = ("kind", "priority", "amount", "vip", "born", "waited", "customer.tier", "城市")
LETTERS = "abAB-7 故障"
CLOSED = st.sampled_from([True, False])
VOCABULARY = FactSchema(
    {
        "kind": FactType(one_of=("a", "b", "故障")),
        "note": FactType(),
        "level": FactType("integer", within=Interval(1, 5)),
        "amount": FactType("number", unit="km"),
        "vip": FactType("true or false"),
        "born": FactType("date"),
        "asked": FactType("moment"),
        "waited": FactType("duration"),
    }
)
"""A fact of each kind: what conditions speak of unless they are told otherwise."""

CENT = Fraction(1, 100)
STEPS: Mapping[str, Fraction] = {"number": CENT}
"""By kind, how far values lie apart; one, a day or a microsecond elsewhere."""
SPANS: Mapping[str, tuple[int, int]] = {
    "integer": (-10, 100),
    "number": (-1_000, 10_000),
    "date": (FIRST.toordinal(), LAST.toordinal()),
    "moment": (1_672_531_200_000_000, 1_830_297_600_000_000),
    "duration": (0, 30 * 86_400 * 1_000_000),
}
"""By kind, the usual values, in steps, where a domain has no bound of its own."""
MADE: Mapping[str, Callable[[int], Any]] = {
    "integer": int,
    "number": lambda cents: Decimal(cents) / 100,
    "date": date.fromordinal,
    "moment": lambda instant: moment(instant, timezone("UTC")),
    "duration": lambda amount: timedelta(microseconds=amount),
}


def _numbers() -> st.SearchStrategy[int | Decimal]:
    return st.one_of(st.integers(-10, 100), st.decimals(-10, 100, places=2))


def _texts() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(WORDS), st.text(LETTERS, max_size=6))


BY_KIND: Mapping[str, Callable[[], st.SearchStrategy[Any]]] = {
    "text": _texts,
    "integer": lambda: st.one_of(st.integers(-10, 100), st.integers(-(10**12), 10**12)),
    "number": _numbers,
    "true or false": st.booleans,
    "date": dates,
    "moment": lambda: zones().flatmap(instants),
    "duration": durations,
}
ORDERED: tuple[FactKind, ...] = ("integer", "number", "date", "moment", "duration")


@st.composite
def intervals(draw: st.DrawFn, kind: FactKind | None = None) -> Interval:
    """Stretches between two values, with or without an end on either side; single points too.

    Args:
        draw: of Hypothesis.
        kind: of the values, one that has an order; any of those by default.
    """
    values = BY_KIND[draw(st.sampled_from(ORDERED)) if kind is None else kind]()
    ends = [draw(values), draw(values)]
    low, high = sorted(ends, key=micros if hasattr(ends[0], "tzinfo") else None)
    match draw(st.sampled_from(["low", "high", "both"])):
        case "low":
            return Interval(low, None, low_closed=draw(CLOSED))
        case "high":
            return Interval(None, high, high_closed=draw(CLOSED))
        case _:
            closed = [draw(CLOSED) or low == high for _ in ends]
            return Interval(low, high, low_closed=closed[0], high_closed=closed[1])


@st.composite
def fact_types(draw: st.DrawFn, kind: FactKind | None = None) -> FactType:
    """What a fact may be: any value of its kind, a closed list, a range.

    Args:
        draw: of Hypothesis.
        kind: of the values; any by default.
    """
    found: FactKind = draw(st.sampled_from(KINDS)) if kind is None else kind
    parts: dict[str, Any] = {"name": draw(st.sampled_from(["", "how far", "优先级"]))}
    if found == "text":
        parts["one_of"] = draw(st.lists(st.sampled_from(WORDS), max_size=3, unique=True))
        meant = st.sampled_from(parts["one_of"] or WORDS)
        parts["also"] = draw(st.dictionaries(st.sampled_from(OTHER_SPELLINGS), meant, max_size=2))
    if found in ORDERED:
        parts["within"] = draw(st.one_of(st.none(), intervals(found)))
    if found in ("integer", "number"):
        parts["unit"] = draw(st.sampled_from(["", "km"]))
    if found == "number":
        parts["float_digits"] = draw(st.one_of(st.none(), st.integers(0, 15)))
    return FactType(found, **parts)


@lru_cache(maxsize=256)
def fact_values(kind: FactType) -> st.SearchStrategy[Any]:
    """Values that a fact may have, never a missing one; nothing at all where its domain is empty.

    Args:
        kind: what the fact may be.
    """
    if kind.one_of:
        return st.sampled_from(kind.one_of)
    if kind.within is None:
        return BY_KIND[kind.kind]()
    low, high = _steps(kind, kind.within)
    inside: st.SearchStrategy[Any] = st.integers(low, high).map(MADE[kind.kind]) if low <= high else st.nothing()
    ends = [one for one in (kind.within.low, kind.within.high) if kind.within.has(one)]
    return st.one_of(inside, st.sampled_from(ends)) if kind.kind == "number" and ends else inside


def _steps(kind: FactType, within: Interval) -> tuple[int, int]:
    """The first and the last step of a domain; the first after the last where there is none."""
    step = STEPS.get(kind.kind, Fraction(1))
    low, high = (None if end is None else Fraction(end) / step for end in within.ends)
    first, last = SPANS[kind.kind]
    if low is not None:
        first = ceil(low) + (not within.low_closed and low == ceil(low))
        last = max(first, last)
    if high is not None:
        last = floor(high) - (not within.high_closed and high == floor(high))
        first = first if low is not None or kind.kind == "duration" else min(first, last)
    return first, last


def fact_schemas(max_size: int = 4) -> st.SearchStrategy[FactSchema]:
    """Vocabularies of at least one fact.

    Args:
        max_size: the most facts.
    """
    return st.dictionaries(st.sampled_from(NAMES), fact_types(), min_size=1, max_size=max_size).map(FactSchema)


def facts_of(
    schema: FactSchema, *, near: Iterable[Condition] = (), complete: bool = False
) -> st.SearchStrategy[dict[str, FactValue]]:
    """Facts of a case: some of those that are declared, each of its kind.

    Args:
        schema: what is declared.
        near: conditions; the facts they read often lie just where one of them turns.
        complete: whether no fact is missing, as far as it may have a value.
    """
    return _facts(schema, tuple(near), complete)


@lru_cache(maxsize=256)
def _facts(
    schema: FactSchema,
    near: tuple[Condition, ...],
    complete: bool,  # noqa: FBT001 - cached by its arguments
) -> st.SearchStrategy[dict[str, FactValue]]:
    cells = cells_of(near, schema)
    edges = {name: values[1:] for name, values in zip(cells.fields, cells.values, strict=True)}
    values = {name: fact_values(kind) for name, kind in schema.types.items()}
    values = {
        name: st.one_of(st.sampled_from(edges[name]), one) if edges.get(name) else one for name, one in values.items()
    }
    known = {name: one for name, one in values.items() if not one.is_empty}
    whole = st.fixed_dictionaries(known)
    return whole if complete else st.one_of(st.fixed_dictionaries({}, optional=known), whole)


@lru_cache(maxsize=256)
def fact_tests(schema: FactSchema = VOCABULARY, *, field: str | None = None) -> st.SearchStrategy[Condition]:
    """Tests of one fact, as a file can hold them: its value, a list, a range, a part of a text, whether it is known.

    Args:
        schema: the facts that are declared.
        field: the fact; any of them by default.
    """
    names = [*schema.types] if field is None else [field]
    return st.one_of(*(way for name in names for way in _ways(name, schema.types[name]).values()))


def _ways(name: str, kind: FactType) -> dict[type, st.SearchStrategy[Any]]:
    """The tests that a fact may be put to, the plainest first."""
    values = fact_values(kind)
    ways: dict[type, st.SearchStrategy[Any]] = {}
    if not values.is_empty:
        ways[Eq] = values.map(partial(Eq, name))
        ways[In] = st.lists(values, min_size=1, max_size=3).map(partial(In, name))
    if kind.is_ordered:
        ways[Range] = intervals(kind.kind).map(partial(_range, name))
    if kind.kind == "text":
        for test in (Prefix, Suffix, Contains):
            ways[test] = st.sampled_from(WORDS).map(partial(test, name))
    ways[Present] = st.sampled_from([True, False]).map(lambda known: Present(name, expected=known))
    return ways


def _range(name: str, found: Interval) -> Range:
    return Range(name, found.low, found.high, low_closed=found.low_closed, high_closed=found.high_closed)


def _tests_of(test: type) -> Callable[[], st.SearchStrategy[Any]]:
    """What draws tests of a type, of any fact that can be put to it."""

    def made() -> st.SearchStrategy[Any]:
        ways = [_ways(name, kind) for name, kind in VOCABULARY.types.items()]
        return st.one_of(*(one[test] for one in ways if test in one))

    return made


@lru_cache(maxsize=256)
def conditions(schema: FactSchema = VOCABULARY, *, max_tests: int = 4) -> st.SearchStrategy[Condition]:
    """Conditions of any depth on declared facts, as a file can hold them; a single test by preference.

    Args:
        schema: the facts that are declared, at least one.
        max_tests: the most tests of facts.
    """
    return st.recursive(fact_tests(schema), _joined, max_leaves=max_tests)


def _joined(tests: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(tests, min_size=1, max_size=3)
    return st.one_of(several.map(AllOf), several.map(AnyOf), tests.map(Not))


def _is_short(facts: Facts) -> bool | None:
    note = facts.get("note")
    return len(note) < 5 if isinstance(note, str) else None  # noqa: PLR2004 - a program may ask anything


@st.composite
def _judgements(draw: st.DrawFn) -> Judgement:
    condition = draw(conditions())
    return judge(condition, draw(facts_of(VOCABULARY, near=[condition])))


def _cells() -> st.SearchStrategy[Cells]:
    return st.lists(conditions(), max_size=3).map(lambda found: cells_of(found, VOCABULARY))


def _matchers() -> st.SearchStrategy[Matcher]:
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map("|".join)
    name = st.sampled_from(["kind", "note"])
    return st.one_of(
        st.builds(Matcher, name, st.sampled_from(["=", "!="]), _texts()),
        st.builds(Matcher, name, st.sampled_from(["=~", "!~"]), words),
    )


def _several(joined: Callable[[list[Condition]], Any]) -> Callable[[], st.SearchStrategy[Any]]:
    return lambda: st.lists(conditions(max_tests=2), max_size=3).map(joined)


STRATEGIES: Strategies = {
    AllOf: _several(AllOf),
    AnyOf: _several(AnyOf),
    Cells: _cells,
    Contains: _tests_of(Contains),
    Eq: _tests_of(Eq),
    FactSchema: fact_schemas,
    FactType: fact_types,
    In: _tests_of(In),
    Interval: intervals,
    Judgement: _judgements,
    Matcher: _matchers,
    Not: lambda: conditions().map(Not),
    Opaque: lambda: st.just(Opaque("is short", _is_short, reads=("note",))),
    Prefix: _tests_of(Prefix),
    Present: _tests_of(Present),
    Range: _tests_of(Range),
    Suffix: _tests_of(Suffix),
}
