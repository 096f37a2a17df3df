"""Tiers: marginal and whole, the side of a bound, and what lies before the first."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Tiers
from svcstd.errors import DefinitionError

ORACLE = Tiers([10_000, 50_000, 100_000], [1, 2, 3, 4], kind="marginal", bound="lower", start=0, beyond="refuse")


@pytest.mark.parametrize(
    ("kind", "bound", "value", "paid"),
    [
        ("marginal", "lower", 0, 0),
        ("marginal", "lower", 10_000, 10_000),
        ("marginal", "upper", 10_000, 10_000),  # a marginal rate does not jump
        ("marginal", "lower", 60_000, 10_000 + 80_000 + 30_000),
        ("marginal", "lower", 200_000, 10_000 + 80_000 + 150_000 + 400_000),
        ("whole", "lower", 10_000, 10_000),
        ("whole", "upper", 10_000, 20_000),
        ("whole", "lower", 60_000, 180_000),
        ("whole", "lower", 100_000, 300_000),
        ("whole", "upper", 100_000, 400_000),
    ],
)
def test_kinds(kind: Any, bound: Any, value: int, paid: int) -> None:
    """On the part in each tier, or on the whole; a bound belongs to one side."""
    assert attrs.evolve(ORACLE, kind=kind, bound=bound).at(value) == paid


@pytest.mark.parametrize(
    ("kind", "beyond", "paid"),
    [("marginal", "clamp", 0), ("whole", "clamp", 0), ("marginal", "extend", -1), ("whole", "extend", -3)],
)
def test_before_the_start(kind: Any, beyond: Any, paid: int) -> None:
    """A rating below the lowest tier counts as the plan says; it never starts at zero by itself."""
    tiers = Tiers([0], [2, 4], kind=kind, bound="upper", start=-1, beyond=beyond)
    assert tiers.at(Fraction(-3, 2)) == paid
    assert tiers.at(-1) == (0 if kind == "marginal" else -2)


def test_refused_before_the_start() -> None:
    """An error tells where the tiers begin."""
    with pytest.raises(DefinitionError, match="-1 comes before the first tier, which begins at 0"):
        ORACLE.at(-1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bounds": [10, 10], "rates": [1, 2, 3]}, "10"),
        ({"bounds": [0], "rates": [1, 2]}, "0"),
        ({"bounds": [10]}, "1"),
        ({"kind": "both"}, "both"),
        ({"bound": "middle"}, "middle"),
        ({"beyond": "guess"}, "guess"),
        ({"rates": [0.1, 1, 1, 1]}, "0.1"),
        ({"start": 0.5}, "0.5"),
    ],
)
def test_no_tiers(changes: dict[str, Any], words: str) -> None:
    """Overlaps, a rate too few, a choice that is none, a float."""
    with pytest.raises(DefinitionError, match=words):
        attrs.evolve(ORACLE, **changes)


NUMBERS = st.fractions(-50, 50, max_denominator=4)


@given(st.lists(NUMBERS, min_size=1, max_size=6, unique=True), st.data())
def test_marginal_never_jumps(edges: list[Fraction], data: st.DataObject) -> None:
    """A marginal tier adds its rate times its part: brute force by small steps gives the same."""
    start, *bounds = sorted(edges)
    rates = data.draw(st.lists(NUMBERS, min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    tiers = Tiers(bounds, rates, kind="marginal", bound="lower", start=start, beyond="refuse")
    value = data.draw(st.fractions(start, 60, max_denominator=4))
    inner = [edge for edge in (start, *bounds) if edge < value]
    parts = pairwise((*inner, value))
    assert tiers.at(value) == sum(((high - low) * tiers.rate(high) for low, high in parts), Fraction(0))
