"""The index at its edges: first and last dates, texts after all others, values that no test names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from svcstd.conditions import AllOf, AnyOf, Condition, Eq, Facts, FactSchema, FactType, In, Not, Prefix, Range
from svcstd.errors import FactError
from svcstd.rules import Index

SCHEMA = FactSchema(
    {
        "word": FactType(),
        "day": FactType("date"),
        "count": FactType("integer"),
        "sum": FactType("number"),
        "at": FactType("moment"),
    }
)
LAST = "\U0010ffff"


@pytest.mark.parametrize(
    ("condition", "fitting", "failing"),
    [
        (Prefix("word", "上"), ["上", "上海", "上" + LAST], ["", "丁", "丅", "海上"]),
        (Prefix("word", LAST), [LAST, LAST + "a"], ["", "a", "\U0010fffe"]),
        (Prefix("word", "a" + LAST), ["a" + LAST, "a" + LAST + "z"], ["a", "b", "a\U0010fffe"]),
        (AllOf((Prefix("word", "a"), Not(Eq("word", "ab")))), ["a", "aa", "ab\0", "ac"], ["ab", "b", ""]),
        (AnyOf((Prefix("word", "b"), In("word", ("", "c")))), ["", "b", "bz", "c"], ["a", "c\0"]),
        (Range("day", date.min, None), [date.min, date.max], []),
        (Range("day", None, date.max), [date.min, date.max], []),
        (Range("day", None, date.max, high_closed=False), [date.min, date(9999, 12, 30)], [date.max]),
        (Range("day", date.min, None, low_closed=False), [date(1, 1, 2), date.max], [date.min]),
        (Eq("day", date.max), [date.max], [date(9999, 12, 30), date.min]),
        (Not(Eq("day", date.min)), [date(1, 1, 2), date.max], [date.min]),
        (Range("count", 10**30, None, low_closed=False), [10**30 + 1], [10**30, 0]),
        (Range("sum", Decimal("0.5"), None, low_closed=False), [Decimal("0.51"), 1], [Decimal("0.50"), 0]),
        (Eq("sum", 1), [1, Decimal("1.00")], [Decimal("1.01"), 0]),
        (Range("sum", None, 5, high_closed=False), [Decimal("4.99"), -1], [5, Decimal("5.0")]),
        (
            Eq("at", datetime(2026, 1, 1, tzinfo=UTC)),
            [datetime.fromisoformat("2026-01-01T08:00:00+08:00")],
            [datetime(2026, 1, 1, 8, tzinfo=UTC)],
        ),
    ],
)
def test_values_at_the_edge_of_a_test(condition: Condition, fitting: list[Any], failing: list[Any]) -> None:
    """The value itself, the one beside it, the first and the last there is."""
    field = next(iter(condition.fields))
    index = Index.of([condition], SCHEMA)
    assert [index.bits({field: value}) for value in fitting] == [1] * len(fitting)
    assert [index.bits({field: value}) for value in failing] == [0] * len(failing)
    assert index.bits({}) == 0


class Unhashable(str):
    """A text that cannot be looked up."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]


def test_an_error_that_is_not_of_the_facts_kinds_is_not_hidden() -> None:
    """A text of the declared kind that cannot be looked up: the program's own fault, told as it is."""
    with pytest.raises(TypeError):
        Index.of([Eq("word", "a")], SCHEMA).bits({"word": Unhashable("a")})


def test_facts_that_no_test_reads_are_not_looked_at() -> None:
    """An index of nothing fits nothing, one without conditions everything."""
    assert Index.of([], SCHEMA).bits({"word": "a"}) == 0
    assert Index.of([AllOf(()), AllOf(())], SCHEMA).bits({"word": "a"}) == 0b11


@pytest.mark.parametrize(
    "facts",
    [{"day": "2026-01-01"}, {"sum": 1.5}, {"at": datetime(2026, 1, 1)}, {"count": True}],  # noqa: DTZ001 - on purpose
)
def test_a_value_that_cannot_be_placed_is_refused(facts: Facts) -> None:
    """A text for a date, a float, a moment without an offset, true for a count."""
    bounded = [
        Range("day", date(2026, 1, 1), None),
        Range("sum", Decimal("0.5"), None, low_closed=False),
        Range("at", datetime(2026, 1, 1, tzinfo=UTC), None),
        Range("count", 1, None),
    ]
    with pytest.raises(FactError):
        Index.of([one for one in bounded if one.field in facts], SCHEMA).bits(facts)
