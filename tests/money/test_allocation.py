"""Sharing without losing a cent, beside the other published ways to do it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.money import Money, allocate, hamilton, largest_remainder

WEIGHTS = st.lists(st.integers(0, 10**6) | st.fractions(0, 100, max_denominator=50), min_size=1, max_size=12).filter(
    any
)
AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS, WEIGHTS)
def test_parts(amount: int, weights: list[Any]) -> None:
    """They sum to the whole, each within a unit of its exact share on the same side of zero; no weight, no part."""
    parts = largest_remainder(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(amount) * Fraction(weight) / sum(map(Fraction, weights))
        assert abs(part - exact) < 1
        assert part * amount >= 0
        assert weight or not part


@given(AMOUNTS, WEIGHTS)
def test_sign(amount: int, weights: list[Any]) -> None:
    """What is owed back is shared as it was given."""
    assert largest_remainder(-amount, weights) == tuple(-part for part in largest_remainder(amount, weights))


@given(AMOUNTS, WEIGHTS, st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_only_proportion_counts(amount: int, weights: list[Any], factor: Fraction) -> None:
    """Weights in per cent or in points share alike."""
    assert largest_remainder(amount, [Fraction(weight) * factor for weight in weights]) == largest_remainder(
        amount, weights
    )


@given(AMOUNTS, WEIGHTS, st.randoms(use_true_random=False))
def test_nobody_gains_by_the_order_of_the_list(amount: int, weights: list[Any], random: Any) -> None:
    """Payees have keys; listed in another order each gets the same."""
    table = {f"p{place:02d}": weight for place, weight in enumerate(weights)}
    listed = list(table.items())
    random.shuffle(listed)
    assert dict(allocate(Money(amount, "CNY"), dict(listed))) == dict(allocate(Money(amount, "CNY"), table))


@given(AMOUNTS, WEIGHTS)
def test_more_weight_is_no_less_money(amount: int, weights: list[Any]) -> None:
    """Of two payees the heavier never gets less."""
    parts = largest_remainder(abs(amount), weights)
    for one, mine in zip(weights, parts, strict=True):
        for other, theirs in zip(weights, parts, strict=True):
            assert one <= other or mine >= theirs


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [Fraction(-1, 2), 1], [0.5, 0.5], [True, 1]])
def test_no_weights(weights: list[Any]) -> None:
    """Nothing can be shared by nothing, by less than nothing, or by floats."""
    with pytest.raises(DefinitionError):
        largest_remainder(100, weights)


@pytest.mark.parametrize("share", [allocate, hamilton])
@pytest.mark.parametrize("key", [2, None, frozenset("a"), Decimal("NaN"), ("a",)])
def test_keys_are_names(share: Any, key: Any) -> None:
    """Ties go by name; other keys may have no order at all, so that the listing would decide."""
    with pytest.raises(DefinitionError, match="is no name"):
        share(Money(10, "CNY") if share is allocate else 10, {"a": 1, key: 1})


def test_weights_of_a_generator() -> None:
    """Read once, and all of them."""
    assert largest_remainder(5, (weight for weight in [Decimal(1), 2, 3])) == (1, 2, 2)  # type: ignore[arg-type]
    assert largest_remainder(6, (weight for weight in [1, 2])) == (2, 4)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_no_amount(amount: Any) -> None:
    """Units are counted."""
    with pytest.raises(DefinitionError):
        largest_remainder(amount, [1])


def test_coins() -> None:
    """In five-centime coins; a pot that is not made of them is refused."""
    shares = allocate(Money(10_000, "CHF"), {"a": 1, "b": 2, "c": 3, "d": 7}, step=5)
    assert [one.minor for one in shares.values()] == [770, 1540, 2305, 5385]
    assert allocate(Money(-10, "CHF"), {"a": 1, "b": 1}, step=5)["a"] == Money(-5, "CHF")
    with pytest.raises(DefinitionError, match="whole coins of 5"):
        allocate(Money(10_001, "CHF"), {"a": 1}, step=5)


@pytest.mark.parametrize("step", [0, -5, True, 0.05])
def test_no_coin(step: Any) -> None:
    """A coin is a whole number of minor units."""
    with pytest.raises(DefinitionError, match=r"smallest coin|no whole number"):
        allocate(Money(10, "CHF"), {"a": 1}, step=step)


def test_keys_keep_their_order() -> None:
    """As the caller listed them, although ties go by key."""
    shares = allocate(Money(100, "CNY"), {"z": 1, "a": 1, "m": 1})
    assert list(shares.items()) == [("z", Money(33, "CNY")), ("a", Money(34, "CNY")), ("m", Money(33, "CNY"))]


@given(st.integers(0, 300), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any), st.integers(0, 3))
def test_least(seats: int, weights: list[int], least: int) -> None:
    """Everybody has the least, all seats are given, and who is above the least is within the quota of the open ones."""
    table = {f"s{place}": weight for place, weight in enumerate(weights)}
    if seats < least * len(table):
        with pytest.raises(DefinitionError):
            hamilton(seats, table, least=least)
        return
    found = hamilton(seats, table, least=least)
    assert list(found) == list(table)
    assert min(found.values()) >= least
    assert sum(found.values()) == seats
    if not least:
        assert tuple(found.values()) == largest_remainder(seats, weights)


@pytest.mark.parametrize(
    ("seats", "weights", "least", "expected"),
    [
        (4, {"a": 5, "b": 0}, 1, [3, 1]),
        (2, {"a": 5, "b": 0}, 1, [1, 1]),
        (10, {"a": 100, "b": 1, "c": 1}, 2, [6, 2, 2]),
    ],
)
def test_raised(seats: int, weights: dict[str, int], least: int, expected: list[int]) -> None:
    """Whoever would have less gets the least first; the rest is shared among the others."""
    assert list(hamilton(seats, weights, least=least).values()) == expected


def test_no_least() -> None:
    """Without one, nobody gets more than their weight; too few for all is told with the numbers."""
    assert dict(hamilton(2, {"a": 5, "b": 0})) == {"a": 2, "b": 0}
    with pytest.raises(DefinitionError, match="1 seats are not 1 for each of 2"):
        hamilton(1, {"a": 1, "b": 1}, least=1)


@pytest.mark.parametrize(
    ("seats", "least"), [(-1, 0), (5, -1), (1, 1), (25.0, 0), (True, 0), ("25", 0), (None, 0), (3, 0.5), (3, False)]
)
def test_no_seats(seats: Any, least: Any) -> None:
    """Fewer seats than the least for all cannot be given, nor parts of a seat."""
    with pytest.raises(DefinitionError, match=r"seats|no whole number"):
        hamilton(seats, {"a": 1, "b": 1}, least=least)
