"""Tables for the laws: a small world that can be enumerated, and a wide one with every kind of fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import strategies as st

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    FactSchema,
    FactType,
    In,
    Interval,
    Not,
    Prefix,
    Present,
    Range,
    Suffix,
)
from svcstd.rules import DecisionTable, HitPolicy, Output, Rule

KINDS = ("claim", "fault", "other")
LEVELS = (0, 1, 2, 3)
SMALL = FactSchema(
    {
        "kind": FactType(one_of=KINDS),
        "vip": FactType("true or false"),
        "level": FactType("integer", within=Interval(0, 3)),
    }
)
POINTS: list[dict[str, Any]] = [
    {name: value for name, value in zip(SMALL.types, values, strict=True) if value is not None}
    for values in product((None, *KINDS), (None, True, False), (None, *LEVELS))
]
"""Every case of the small world, with and without each fact."""
KNOWN = [point for point in POINTS if len(point) == len(SMALL.types)]
OUTPUTS = {"role": Output(one_of=("desk", "engineer"))}


def ranges(values: st.SearchStrategy[Any], field: str) -> st.SearchStrategy[Condition]:
    """Ranges of one fact, open and closed, with one end or both; those that hold nothing are left out."""

    def made(ends: tuple[Any, Any], low_closed: bool, high_closed: bool, sides: int) -> Condition:  # noqa: FBT001
        low, high = sorted(ends)
        if sides == 1:
            return Range(field, low, None, low_closed=low_closed)
        if sides == 2:
            return Range(field, None, high, high_closed=high_closed)
        closed = low == high
        return Range(field, low, high, low_closed=low_closed or closed, high_closed=high_closed or closed)

    return st.builds(made, st.tuples(values, values), st.booleans(), st.booleans(), st.integers(0, 2))


def combined(leaves: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """The algebra over some tests."""
    return st.recursive(
        leaves,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=3).map(tuple).map(AllOf),
            st.lists(below, min_size=1, max_size=3).map(tuple).map(AnyOf),
            below.map(Not),
        ),
        max_leaves=4,
    )


SMALL_TESTS: st.SearchStrategy[Condition] = st.one_of(
    st.sampled_from(KINDS).map(lambda kind: Eq("kind", kind)),
    st.sets(st.sampled_from(KINDS), min_size=1).map(lambda kinds: In("kind", tuple(sorted(kinds)))),
    st.booleans().map(lambda vip: Eq("vip", vip)),
    st.builds(Present, st.sampled_from(sorted(SMALL.types)), expected=st.booleans()),
    st.sampled_from(LEVELS).map(lambda level: Eq("level", level)),
    ranges(st.sampled_from(LEVELS), "level"),
)
SMALL_CONDITIONS = combined(SMALL_TESTS)


def rules(conditions: st.SearchStrategy[Condition], *, most: int = 6) -> st.SearchStrategy[Mapping[str, Rule]]:
    """Rules r0, r1 and so on."""
    rule = st.builds(Rule, conditions, st.sampled_from(OUTPUTS["role"].one_of).map(lambda role: {"role": role}))
    return st.lists(rule, min_size=1, max_size=most).map(lambda many: {f"r{n}": one for n, one in enumerate(many)})


def small_tables(hit: HitPolicy) -> st.SearchStrategy[DecisionTable]:
    """Tables over the small world."""
    return rules(SMALL_CONDITIONS).map(lambda some: DecisionTable(facts=SMALL, outputs=OUTPUTS, rules=some, hit=hit))


WIDE = FactSchema(
    {
        "kind": FactType(),
        "city": FactType(),
        "vip": FactType("true or false"),
        "level": FactType("integer"),
        "amount": FactType("number"),
        "bought": FactType("date"),
        "opened": FactType("moment"),
        "age": FactType("duration"),
    }
)
WORDS = ("", "a", "ab", "aba", "b", "ba", "\U0010ffff", "a\U0010ffff", "a\0", "上海", "上海市")
EAST = timezone(timedelta(hours=8))
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(WORDS),
    "city": st.sampled_from(WORDS),
    "vip": st.booleans(),
    "level": st.integers(-2, 2) | st.just(10**30),
    "amount": st.integers(-1, 2) | st.sampled_from([Decimal("0.5"), Decimal("1.0"), Decimal("-1E+3"), Decimal("1E-9")]),
    "bought": st.sampled_from([date.min, date(2026, 2, 28), date(2026, 3, 1), date.max]),
    "opened": st.sampled_from([datetime(2026, 3, 1, h, tzinfo=zone) for h in (0, 8) for zone in (EAST, UTC)]),
    "age": st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(hours=4), timedelta(days=9)]),
}
ORDERED = ("level", "amount", "bought", "opened", "age")


def _wide_test(field: str) -> st.SearchStrategy[Condition]:
    values = VALUES[field]
    found: list[st.SearchStrategy[Condition]] = [
        values.map(lambda value: Eq(field, value)),
        st.lists(values, min_size=1, max_size=3, unique=True).map(lambda many: In(field, tuple(many))),
        st.booleans().map(lambda expected: Present(field, expected=expected)),
    ]
    if field in ORDERED:
        found.append(ranges(values, field))
    if field == "city":
        parts = st.sampled_from([word for word in WORDS if word])
        found += [st.builds(kind, st.just(field), parts) for kind in (Prefix, Suffix, Contains)]
    return st.one_of(found)


WIDE_CONDITIONS = combined(st.sampled_from(sorted(VALUES)).flatmap(_wide_test))
WIDE_CASES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={name: values | st.none() for name, values in VALUES.items()}
)
WIDE_TABLES = rules(WIDE_CONDITIONS, most=8).map(
    lambda some: DecisionTable(facts=WIDE, outputs=OUTPUTS, rules=some, hit="rule order")
)
