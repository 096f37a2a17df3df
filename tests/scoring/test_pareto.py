"""The vital few: the heaviest first, and not one more than the share asked for takes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import ParetoRow, pareto

AMOUNTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.integers(0, 50) | st.fractions(0, 50), min_size=1
).filter(lambda found: any(found.values()))
SHARES = st.fractions(Fraction(1, 20), 1)


@pytest.mark.rows("B081", "B142", "D043")
def test_reasons_for_calling_back() -> None:
    """Of a hundred, three of five causes make four fifths."""
    told = {"parts": 48, "access": 5, "wrong fault": 22, "power": 15, "other": 10}
    assert pareto(told, share=Decimal("0.8")) == (
        ParetoRow("parts", Fraction(48), Fraction(48, 100), True),
        ParetoRow("wrong fault", Fraction(22), Fraction(70, 100), True),
        ParetoRow("power", Fraction(15), Fraction(85, 100), True),
        ParetoRow("other", Fraction(10), Fraction(95, 100), False),
        ParetoRow("access", Fraction(5), Fraction(1), False),
    )


@given(AMOUNTS, SHARES)
def test_the_vital_few_reach_the_share_and_no_fewer_would(amounts: dict[str, Any], share: Fraction) -> None:
    """The heaviest first; the running share ends at all."""
    rows = pareto(amounts, share=share)
    assert [row.amount for row in rows] == sorted(amounts.values(), reverse=True)
    whole = sum(amounts.values())
    assert [row.running * whole for row in rows] == list(accumulate(row.amount for row in rows))
    assert rows[-1].running == 1
    vital = [row for row in rows if row.is_vital]
    assert vital[-1].running >= share
    assert sum(row.amount for row in vital[:-1]) < share * whole
    assert list(rows[: len(vital)]) == vital
    assert all(row.amount for row in vital)


@given(AMOUNTS, SHARES, st.fractions(Fraction(1, 9), 9))
def test_only_proportions_count(amounts: dict[str, Any], share: Fraction, times: Fraction) -> None:
    """Neither the unit nor the order in which causes are told."""
    turned = {key: amounts[key] * times for key in reversed(list(amounts))}
    found, other = pareto(amounts, share=share), pareto(turned, share=share)
    assert [(row.key, row.running, row.is_vital) for row in found] == [
        (row.key, row.running, row.is_vital) for row in other
    ]


def test_equal_causes_by_name() -> None:
    """Whatever the order in which they are told; a cause of nothing is never vital."""
    assert [row.key for row in pareto({"b": 1, "a": 1, "c": 0}, share=1)] == ["a", "b", "c"]
    assert [row.is_vital for row in pareto({"b": 1, "a": 1, "c": 0}, share=1)] == [True, True, False]


@pytest.mark.parametrize(
    ("amounts", "share", "where", "message"),
    [
        ({}, 1, "amounts", "shape.empty"),
        ({"a": 0}, 1, "amounts", "shape.empty"),
        ({"a": 2, "b": -1}, 1, "amounts.b", "scoring.negative"),
        ({"a": 0.5}, 1, "amounts.a", "curves.number"),
        ({"a": True}, 1, "amounts.a", "curves.number"),
        ({"a": None}, 1, "amounts.a", "curves.number"),
        ({"a": 1}, 0, "share", "shape.bounds"),
        ({"a": 1}, -1, "share", "shape.bounds"),
        ({"a": 1}, 1 + Fraction(1, 10**30), "share", "shape.bounds"),
        ({"a": 1}, 0.8, "share", "curves.number"),
    ],
)
def test_refusals(amounts: Any, share: Any, where: str, message: str) -> None:
    """Something to weigh, and a share of it."""
    with pytest.raises(DefinitionError) as caught:
        pareto(amounts, share=share)
    assert (caught.value.where, caught.value.message) == (where, message)
