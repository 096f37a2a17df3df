"""Tests on facts answer true, false or unknown, and never guess."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import ANYTHING, AllOf, Condition, Eq, In, Present, Range
from svcstd.errors import DefinitionError, FactError

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("test", "facts", "answer"),
    [
        (Eq("kind", "fault"), {"kind": "fault"}, True),
        (Eq("kind", "fault"), {"kind": "Fault"}, False),  # texts are compared as they stand
        (Eq("kind", "fault"), {}, None),
        (Eq("kind", "fault"), {"kind": None}, None),
        (Eq("vip", True), {"vip": 1}, False),  # one is no truth
        (Eq("count", 1), {"count": True}, False),  # and true is no number
        (Eq("amount", Decimal("1.50")), {"amount": Decimal("1.5")}, True),
        (Eq("amount", 2), {"amount": Decimal("2.00")}, True),
        (In("kind", ("fault", "complaint")), {"kind": "complaint"}, True),
        (In("kind", ("fault", "complaint")), {"kind": "request"}, False),
        (In("kind", ("fault", "complaint")), {}, None),
        (In("vip", (0, 1)), {"vip": True}, False),
        (In("kind", ()), {"kind": "fault"}, False),
        (Range("amount", 1000, None), {"amount": 1000}, True),
        (Range("amount", 1000, None, low_closed=False), {"amount": 1000}, False),
        (Range("amount", 1000, None, low_closed=False), {"amount": Decimal("1000.01")}, True),
        (Range("amount", None, 5), {"amount": 5}, True),
        (Range("amount", None, 5, high_closed=False), {"amount": 5}, False),
        (Range("amount", 1, 5), {"amount": 0}, False),
        (Range("amount", 1, 5), {"amount": 6}, False),
        (Range("amount", 3, 3), {"amount": 3}, True),
        (Range("amount", 1, 5), {}, None),
        (Range("bought", FIRST, LAST), {"bought": date(2026, 6, 1)}, True),
        (Range("bought", FIRST, LAST), {"bought": date(2027, 1, 1)}, False),
        (Present("city"), {"city": "Bari"}, True),
        (Present("city"), {"city": None}, False),
        (Present("city", expected=False), {}, True),
        (Present("city", expected=False), {"city": ""}, False),  # an empty text is known
        (ANYTHING, {}, True),
        (AllOf((Eq("a", 1), Eq("b", 2))), {"a": 1, "b": 2}, True),
        (AllOf((Eq("a", 1), Eq("b", 2))), {"a": 3}, False),  # one false decides
        (AllOf((Eq("a", 1), Eq("b", 2))), {"b": 3}, False),
        (AllOf((Eq("a", 1), Eq("b", 2))), {"a": 1}, None),
        (AllOf((AllOf((Eq("a", 1),)), Present("b"))), {"a": 1, "b": 0}, True),
    ],
)
def test_answers(test: Condition, facts: dict[str, Any], answer: object) -> None:
    """A test says what its table says; a missing fact makes it unknown."""
    assert test.holds(facts) is answer


@pytest.mark.parametrize(
    ("test", "fields"),
    [
        (Eq("a", 1), {"a"}),
        (In("a", (1,)), {"a"}),
        (Range("a", 1, None), {"a"}),
        (Present("a"), {"a"}),
        (AllOf((Eq("a", 1), AllOf((Present("b"), Range("c", 1, None))))), {"a", "b", "c"}),
        (ANYTHING, set()),
    ],
)
def test_fields(test: Condition, fields: set[str]) -> None:
    """A condition tells which facts it reads."""
    assert test.fields == fields


@pytest.mark.parametrize(
    ("low", "high", "message", "words"),
    [
        (None, None, "range.unbounded", "without bounds"),
        (5, 1, "range.empty", "between 5 and 1"),
        (LAST, FIRST, "range.empty", "Thu 31 Dec 2026"),
        (1, FIRST, "range.mixed", "1 and Thu 1 Jan 2026 cannot be compared"),
        (FIRST, datetime(2026, 1, 1), "range.mixed", "cannot be compared"),  # noqa: DTZ001 - what must be refused
        (Decimal("NaN"), 3, "range.mixed", "NaN"),
        (None, Decimal("sNaN"), "range.mixed", "sNaN"),
        (Decimal("-Infinity"), 3, "range.mixed", "Infinity"),
        (True, 3, "range.mixed", "True"),
        (0.5, 3, "range.mixed", "0.5"),
        ("a", None, "range.mixed", "a and nothing"),
    ],
)
def test_a_range_that_means_nothing(low: Any, high: Any, message: str, words: str) -> None:
    """A range is refused at birth when no value can be told to lie in it."""
    with pytest.raises(DefinitionError) as caught:
        Range("amount", low, high)
    assert (caught.value.where, caught.value.message) == ("amount", message)
    assert str(caught.value).startswith("amount: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("closed", [{"high_closed": False}, {"low_closed": False}])
def test_an_open_range_of_one_value_is_empty(closed: dict[str, bool]) -> None:
    """``[3..3)`` holds nothing, so it is refused."""
    with pytest.raises(DefinitionError, match="nothing lies between 3 and 3; give the lower bound first"):
        Range("amount", 3, 3, **closed)


@pytest.mark.parametrize(
    ("test", "found", "kind"),
    [
        (Range("x", 1, None), "many", "number"),
        (Range("x", 1, None), True, "number"),
        (Range("x", None, 1), FIRST, "number"),
        (Range("x", 1, None), Decimal("NaN"), "number"),
        (Range("x", None, FIRST), 20260101, "date"),
        (Range("x", FIRST, None), datetime(2026, 1, 1), "date"),  # noqa: DTZ001 - what must be refused
    ],
)
def test_a_fact_beside_the_line(test: Range, found: Any, kind: str) -> None:
    """A fact that cannot be compared with the bounds is refused with its value, not guessed."""
    with pytest.raises(FactError) as caught:
        test.holds({"x": found})
    assert (caught.value.where, caught.value.message) == ("facts.x", "facts.kind")
    assert f"{found!r} is not of the kind {kind}; give a value of that kind" in str(caught.value)


def test_conditions_are_values() -> None:
    """Lists become tuples, so that a condition can be hashed and shared."""
    listed: Any = ["a", "b"]
    assert hash(In("x", listed)) == hash(In("x", ("a", "b")))
    tests: Any = [Eq("a", 1)]
    assert {AllOf(tests): 1}[AllOf((Eq("a", 1),))] == 1


NUMBERS = st.integers(-5, 5) | st.decimals(-5, 5, places=1)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_range_is_both_of_its_halves(low: Decimal, high: Decimal, value: Decimal) -> None:
    """Between two bounds means above one and below the other."""
    low, high = sorted((low, high))
    halves = AllOf((Range("x", low, None), Range("x", None, high)))
    assert Range("x", low, high).holds({"x": value}) is halves.holds({"x": value})


@given(st.lists(st.sampled_from([True, False, None])), st.randoms())
def test_all_of_is_blind_to_order(answers: list[bool | None], chance: Any) -> None:
    """Shuffling the tests changes nothing: false beats unknown, unknown beats true."""
    facts = {f"f{number}": answer for number, answer in enumerate(answers)}
    tests = [Eq(name, True) for name in facts]
    expected = False if False in answers else None if None in answers else True
    chance.shuffle(tests)
    assert AllOf(tuple(tests)).holds(facts) is expected
