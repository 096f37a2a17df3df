"""Facts and conditions are drawn as they are declared, near their bounds, and in a form that a file can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from svcstd.conditions import (
    Condition,
    Eq,
    FactSchema,
    FactType,
    Interval,
    Opaque,
    Present,
    Range,
    as_all,
    check_condition,
    read_condition,
    write_condition,
)
from svcstd.testing.strategies.conditions import (
    VOCABULARY,
    conditions,
    fact_schemas,
    fact_tests,
    fact_types,
    fact_values,
    facts_of,
    intervals,
)

FEW = settings(max_examples=25)
UNSHRUNK = settings(phases=[Phase.generate], max_examples=1_000, deadline=None)


@FEW
@given(schema=fact_schemas(max_size=2), data=st.data())
def test_facts_are_as_declared(schema: FactSchema, data: st.DataObject) -> None:
    """Whatever the vocabulary, also where a domain holds nothing at all."""
    assert len(schema.types) <= 2
    schema.check(data.draw(facts_of(schema)))
    whole = data.draw(facts_of(schema, complete=True))
    schema.check(whole)
    assert all(name in whole or fact_values(kind).is_empty for name, kind in schema.types.items())
    check_condition(data.draw(fact_tests(schema)), schema)


@FEW
@given(data=st.data())
def test_kinds_as_told(data: st.DataObject) -> None:
    """Of a type, of a range, of a test."""
    assert data.draw(fact_types("date")).kind == "date"
    assert data.draw(intervals("duration")).line == "duration"
    assert data.draw(fact_tests(field="vip")).fields == {"vip"}


@pytest.mark.parametrize(
    ("kind", "within", "lowest", "highest"),
    [
        ("integer", Interval(1, 3, low_closed=False), 2, 3),
        ("integer", Interval(1, 3, high_closed=False), 1, 2),
        ("integer", Interval(500, None), 500, 500),  # beyond what is usual, just its bound
        ("number", Interval(None, Decimal(-20), high_closed=False), -1_000, Decimal("-20.01")),
        ("date", Interval(None, date(2023, 1, 2)), date(2023, 1, 1), date(2023, 1, 2)),
    ],
)
def test_domains(kind: str, within: Interval, lowest: object, highest: object) -> None:
    """Both ends are met, and nothing beyond them."""
    values = fact_values(FactType(kind, within=within))  # type: ignore[arg-type] # one of the kinds
    assert find(values, lambda value: value == highest) == highest
    if lowest != -1_000:
        assert find(values, lambda value: value == lowest) == lowest

    @FEW
    @given(values)
    def inside(value: object) -> None:
        assert within.has(value)

    inside()


def test_a_bound_between_cents_is_met() -> None:
    """Where no whole cent lies within."""
    narrow = FactType("number", within=Interval(Decimal("0.001"), Decimal("0.002")))
    assert find(fact_values(narrow), lambda _: True) in (Decimal("0.001"), Decimal("0.002"))
    nothing = FactSchema({"count": FactType("integer", within=Interval(1, 2, low_closed=False, high_closed=False))})
    assert fact_values(nothing.types["count"]).is_empty
    assert isinstance(find(fact_tests(nothing), lambda _: True), Range | Present)


@FEW
@given(conditions(max_tests=3))
def test_a_file_can_hold_them(condition: Condition) -> None:
    """What is written is read back, unless it denies a denial, which no cell can say."""
    check_condition(condition, VOCABULARY)
    written = write_condition(condition)
    assert read_condition(written, VOCABULARY) == as_all(condition)


NEAR = Range("amount", Decimal("777.77"), None, low_closed=False)


@pytest.mark.parametrize("wanted", [True, False, None])
def test_near_a_bound(wanted: bool | None) -> None:  # noqa: FBT001 - pytest gives it
    """Facts of a case lie just where a condition turns: on either side; and some are missing."""
    found = find(facts_of(VOCABULARY, near=[NEAR]), lambda facts: NEAR.holds(facts) is wanted, settings=UNSHRUNK)
    assert NEAR.holds(found) is wanted


def test_at_a_bound() -> None:
    """An amount that nobody would guess."""
    bound = Decimal("777.77")
    near = facts_of(VOCABULARY, near=[NEAR])
    assert find(near, lambda facts: facts.get("amount") == bound, settings=UNSHRUNK)["amount"] == bound


@pytest.mark.long
def test_they_shrink_to_plain_ones() -> None:
    """What a reader takes in at once."""
    assert find(conditions(), lambda _: True) == Eq("kind", "a")
    assert find(facts_of(VOCABULARY), lambda _: True) == {}


@FEW
@given(test=st.from_type(Opaque), facts=facts_of(VOCABULARY))
def test_a_test_of_a_program(test: Opaque, facts: dict[str, str]) -> None:
    """It answers as it says: whether a note is short, or nothing where there is none."""
    note = facts.get("note")
    assert test.holds(facts) is (None if note is None else len(note) < 5)
