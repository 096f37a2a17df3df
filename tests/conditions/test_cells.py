"""Cells: values that no test can tell apart, each known by an example that people can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from tests.rules.tables import WIDE, WIDE_CASES, WIDE_CONDITIONS

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
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    TooManyCells,
    cells_of,
    show_condition,
)


def values_of(kind: FactType, *tests: Condition) -> tuple[Any, ...]:
    """The examples of the cells of one fact."""
    return cells_of(tests, FactSchema({"it": kind})).values[0]


NOON = datetime(2026, 2, 17, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "tests", "values"),
    [
        (FactType("integer"), (Range("it", 5, None),), (None, 4, 5, 6)),
        (FactType("integer"), (Range("it", 5, 6),), (None, 4, 5, 6, 7)),  # nothing lies between 5 and 6
        (FactType("integer"), (Eq("it", 5), Eq("it", 7)), (None, 4, 5, 6, 7, 8)),
        (FactType("integer", within=Interval(1, 5)), (Eq("it", 3),), (None, 1, 2, 3, 4, 5)),
        (FactType("integer"), (Present("it"),), (None, 0)),
        (FactType("number"), (Eq("it", 5), Eq("it", 6)), (None, 4, 5, Decimal("5.5"), 6, 7)),
        (
            FactType("number"),
            (Range("it", Decimal("0.1"), None),),
            (None, Decimal("-0.9"), Decimal("0.1"), Decimal("1.1")),
        ),
        (FactType("date"), (Eq("it", date.max),), (None, date(9999, 12, 30), date.max)),
        (FactType("date"), (Present("it"),), (None, date(2026, 1, 1))),
        (FactType("moment"), (Eq("it", NOON),), (None, NOON - timedelta(hours=1), NOON, NOON + timedelta(hours=1))),
        (FactType("moment"), (Present("it"),), (None, datetime(2026, 1, 1, tzinfo=UTC))),
        (FactType("duration"), (Range("it", timedelta(0), None),), (None, timedelta(0), timedelta(minutes=1))),
        (FactType("true or false"), (Eq("it", True),), (None, True, False)),
        (FactType(one_of=("a", "b")), (Eq("it", "a"),), (None, "a", "b")),
        (FactType(), (Eq("it", "a"), In("it", ("b", "a"))), (None, "a", "b", "other")),
        (FactType(), (Eq("it", "other"),), (None, "other", "x")),
        (FactType(), (Prefix("it", "oth"),), (None, "x", "othx")),
        (FactType(), (Prefix("it", "a"), Suffix("it", "z")), (None, "other", "xz", "ax", "axz")),
    ],
)
def test_the_cells_of_a_fact(kind: FactType, tests: tuple[Condition, ...], values: tuple[Any, ...]) -> None:
    """Missing, each bound, and what lies beside and between them; the domain is kept."""
    found = values_of(kind, *tests)
    assert sorted(found, key=str) == sorted(values, key=str)
    assert found[0] is None


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Eq("kind", "a"), "kind = a"),
        (Not(Eq("kind", "a")), "kind in (b, c)"),
        (AnyOf((Eq("kind", "a"), Present("kind", expected=False))), "kind is missing or kind = a"),
        (Present("kind"), "kind is known"),
        (Not(Eq("city", "x")), "not (city = x)"),
        (Not(In("city", ("x", "y"))), "not (city in (x, y))"),
        (Range("n", 1, 5, low_closed=False), "n in (1..5]"),
        (Not(Range("n", 1, 5)), "n < 1 or n > 5"),
        (AnyOf((Range("n", None, 1), Eq("n", 3))), "n <= 1 or n = 3"),
        (AnyOf((Range("whole", 1, 5), Range("whole", 6, 9))), "whole in [1..9]"),
        (AllOf((Eq("kind", "a"), Range("n", 1, None))), "kind = a and n >= 1"),
        (AllOf(()), "anything"),
    ],
)
def test_a_box_in_words(condition: Condition, text: str) -> None:
    """As a person would say it: neighbours joined, the rest by what it is not."""
    schema = FactSchema(
        {
            "kind": FactType(one_of=("a", "b", "c")),
            "city": FactType(),
            "n": FactType("number"),
            "whole": FactType("integer"),
        }
    )
    cells = cells_of([condition, Eq("city", "x"), Eq("city", "y")] if "(x, y)" in text else [condition], schema)
    found = cells.boxes(condition)
    masks = [box[0] for box in found] if len(cells.fields) == 1 else []
    joined = [(sum({bit for mask in masks for bit in bits(mask)}),)] if masks else found
    assert [show_condition(cells.condition(box)) for box in joined] == [text]


def bits(mask: int) -> Iterator[int]:
    """The single cells of a mask."""
    return (1 << place for place in range(mask.bit_length()) if mask >> place & 1)


def test_a_test_from_python_is_nowhere_sure_and_everywhere_possible() -> None:
    """Denied, it is the same."""
    big = Opaque("big", lambda _: True, reads=("n",))
    cells = cells_of([big, Eq("n", 1)], FactSchema({"n": FactType("integer")}))
    assert cells.boxes(big) == [] == cells.boxes(Not(big))
    assert cells.boxes(big, sure=False) == [cells.full] == cells.boxes(Not(big), sure=False)
    assert cells.boxes(AllOf((big, Eq("n", 1))), sure=False) == cells.boxes(Eq("n", 1))


@pytest.mark.parametrize(
    "tests",
    [
        [Eq("n", 2 * n) for n in range(2_501)],
        [Contains("city", chr(97 + n)) for n in range(11)],
        [kind("city", f"{n}") for n in range(71) for kind in (Prefix, Suffix)],
        [kind("city", f"{n}-") for n in range(10) for kind in (Prefix, Suffix, Contains)],
    ],
)
def test_too_many_cells_are_not_looked_at(tests: list[Condition]) -> None:
    """Of one fact, by values or by patterns that may all meet."""
    with pytest.raises(TooManyCells):
        cells_of(tests, FactSchema({"n": FactType("integer"), "city": FactType()}))


def test_too_many_boxes_are_not_looked_at() -> None:
    """Choices multiply where all must hold, and add up where one must."""
    schema = FactSchema({f"f{n}": FactType("true or false") for n in range(24)})
    pairs = [AnyOf((Eq(f"f{n}", True), Eq(f"f{n + 1}", True))) for n in range(0, 24, 2)]
    every = AllOf(tuple(pairs))
    with pytest.raises(TooManyCells):
        cells_of([every], schema).boxes(every)
    half = AllOf(tuple(pairs[:10]))
    turned = AllOf(tuple(AnyOf((Eq(f"f{n}", False), Eq(f"f{n + 1}", False))) for n in range(0, 20, 2)))
    either = AnyOf((half, turned))
    with pytest.raises(TooManyCells):
        cells_of([either], schema).boxes(either)


@given(WIDE_CONDITIONS, WIDE_CASES)
def test_a_condition_is_true_just_where_its_boxes_are(condition: Condition, case: dict[str, Any]) -> None:
    """For every kind of fact and test: in the cell of each fact, asked by the tests that made the cells."""
    cells = cells_of([condition], WIDE)
    inside = []
    for field, values in zip(cells.fields, cells.values, strict=True):
        tests = [test for test in leaves(condition) if field in test.fields]
        same = [
            bit
            for bit, value in enumerate(values)
            if [test.holds({field: value}) for test in tests]
            == [test.holds({field: case.get(field)}) for test in tests]
            and (value is None) == (case.get(field) is None)
        ]
        inside.append(1 << same[0])
    found = any(all(mask & cell for mask, cell in zip(box, inside, strict=True)) for box in cells.boxes(condition))
    assert found == (condition.holds(case) is True)


def leaves(condition: Any) -> Iterator[Any]:
    """The tests of single facts."""
    below = getattr(condition, "tests", None) or ([condition.test] if isinstance(condition, Not) else [])
    if not below:
        yield condition
    for one in below:
        yield from leaves(one)


@given(WIDE_CONDITIONS)
def test_every_box_has_an_example_in_it_and_is_said_in_words(condition: Condition) -> None:
    """The example fits the condition where all facts it needs are in it; the words fit the example."""
    cells = cells_of([condition], WIDE)
    for box in cells.boxes(condition)[:20]:
        witness = cells.witness(box)
        if all(field in witness or mask & 1 for field, mask in zip(cells.fields, box, strict=True)):
            assert condition.holds(witness) is True
        assert cells.condition(box).fields <= set(cells.fields)


def test_the_cells_of_two_facts_are_every_pair() -> None:
    """The full box holds them all."""
    cells = cells_of([Eq("a", True), Eq("b", True)], FactSchema({name: FactType("true or false") for name in "ab"}))
    assert cells.full == (0b111, 0b111)
    assert next(iter(product(*cells.values))) == (None, None)
