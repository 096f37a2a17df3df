"""The vectors about sharing and rounding money; other published ways of sharing are kept here as references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor, gcd
from pathlib import Path
from typing import Any

import pytest

from svcstd.curves import Rounding, RoundingMode
from svcstd.money import Money, allocate, hamilton, largest_remainder, minor_digits

Told = Mapping[str, Any]
GROUPS = ("alloc", "apportion")
MODES: dict[str, RoundingMode] = {"half_even": "half even", "half_up": "half up"}


def ratios(told: Told) -> list[Fraction]:
    """Their ratios as exact numbers."""
    return [Fraction(str(one)) for one in told["ratios"]]


def shares(amount: int, weights: list[Fraction]) -> list[Fraction]:
    """Exact shares."""
    return [amount * weight / sum(weights) for weight in weights]


def toward_zero(share: Fraction) -> int:
    """Without its fraction."""
    return int(share)


def ours(told: Told) -> list[int]:
    """The one way of the library."""
    table = {f"{place:03d}": weight for place, weight in enumerate(ratios(told))}
    return [one.minor for one in allocate(Money(told["minor_units"], "USD"), table, step=told["step"]).values()]


def floors(told: Told) -> tuple[list[int], int]:
    """Whole steps towards zero for each, and the steps that are left."""
    steps = told["minor_units"] // told.get("step", 1)
    parts = [toward_zero(one) for one in shares(steps, ratios(told))]
    return parts, steps - sum(parts)


def spread(told: Told, order: list[int]) -> list[int]:
    """What is left goes one step at a time to the first in an order."""
    parts, left = floors(told)
    for place in order[: abs(left)]:
        parts[place] += 1 if left > 0 else -1
    return [part * told.get("step", 1) for part in parts]


def floor_to_first(told: Told) -> list[int]:
    """Brick: the remainder goes to the first parts that have a ratio."""
    return spread(told, [place for place, ratio in enumerate(ratios(told)) if ratio])


def largest_ratio(told: Told) -> list[int]:
    """The remainder goes to the largest ratios, one step each."""
    weights = ratios(told)
    return spread(told, sorted(range(len(weights)), key=lambda place: -weights[place]))


def floor_separate(told: Told) -> list[int]:
    """The remainder is a part of its own."""
    parts, left = floors(told)
    return [part * told["step"] for part in (*parts, left)]


def block_separate(told: Told) -> list[int]:
    """Whole blocks of all ratios; the rest is a part of its own."""
    given = [int(one) for one in ratios(told)]
    weights = [one // gcd(*given) for one in given]
    steps = abs(told["minor_units"]) // told["step"]
    blocks = steps // sum(weights)
    sign = -1 if told["minor_units"] < 0 else 1
    parts = [blocks * weight for weight in weights]
    return [sign * part * told["step"] for part in (*parts, steps - sum(parts))]


def floor_then_max_fraction(told: Told) -> list[int]:
    """Moneyphp: mathematical floors, then one unit to the largest fractions."""
    exact = shares(told["minor_units"], ratios(told))
    parts = [floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in order[: told["minor_units"] - sum(parts)]:
        parts[place] += 1
    return parts


def sequential_from_last(told: Told) -> list[int]:
    """RubyMoney: from the last part on, each a truncated share of what is left."""
    weights, left = ratios(told), told["minor_units"]
    found: list[int] = []
    while weights:
        part = toward_zero(left * weights[-1] / sum(weights)) if sum(weights) else 0
        weights.pop()
        found.insert(0, part)
        left -= part
    return found


def split_to_first(told: Told) -> list[int]:
    """Equal parts, the remainder to the first."""
    return floor_to_first({**told, "ratios": [1] * told["parts"]})


def named(told: Told) -> Any:
    """Seats by name, or in the order given."""
    weights = told["weights"]
    table = weights if isinstance(weights, dict) else {f"{place:03d}": one for place, one in enumerate(weights)}
    found = hamilton(told["seats"], table, least=told["minimum"])
    if isinstance(weights, dict):
        return {name: found[name] for name in told["report"]}
    return list(found.values())


def rounded(told: Told) -> str:
    """An amount of dollars, rounded by a mode."""
    assert told["digits"] == minor_digits("USD")
    return str(Money.of(Decimal(told["value"]), "USD", Rounding(Decimal("0.01"), MODES[told["mode"]])).amount)


OPS: dict[str, Callable[[Told], Any]] = {
    "allocate.largest_remainder": ours,
    "allocate.floor_to_first": floor_to_first,
    "allocate.largest_ratio": largest_ratio,
    "allocate.largest_nonzero_ratio": largest_ratio,
    "allocate.floor_separate": floor_separate,
    "allocate.block_separate": block_separate,
    "allocate.floor_then_max_fraction": floor_then_max_fraction,
    "allocate.sequential_from_last": sequential_from_last,
    "split.to_first": split_to_first,
    "hamilton": named,
    "quota": lambda told: Fraction(told["population"] * told["seats"], told["total"]),
    "round.money": rounded,
}


@pytest.mark.vectors("scoring.json", *OPS)
def test_vector(vector: dict[str, Any]) -> None:
    """As published, or as its source has it."""
    got, expected = OPS[vector["op"]](vector["input"]), vector["expected"]
    if vector["tolerance"]:
        assert abs(got - Fraction(str(expected))) <= Fraction(str(vector["tolerance"]))
    else:
        assert got == expected


def test_nothing_is_skipped(shared: Path, vectors_ran: set[tuple[str, str]]) -> None:
    """Every vector about sharing ran."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    listed = [one["id"] for one in json.loads(text)["vectors"] if one["group"] in GROUPS]
    assert [one for one in listed if ("scoring.json", one) not in vectors_ran] == []


def test_the_census_of_1880(shared: Path) -> None:
    """With 300 seats Alabama has one fewer than with 299, once every state has one."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    states = next(one["input"]["weights"] for one in json.loads(text)["vectors"] if one["id"] == "apportion-002")
    assert (hamilton(299, states, least=1)["AL"], hamilton(300, states, least=1)["AL"]) == (8, 7)
    assert largest_remainder(300, list(states.values()))[list(states).index("AL")] == 8
