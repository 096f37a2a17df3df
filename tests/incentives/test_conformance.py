"""The vectors about tiers, draws, clawbacks and the point of rounding; other systems' ways are kept as references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from tests.incentives.plans import CENT, JANUARY, cny, payee, plan

from svcstd.curves import PiecewiseLinear, Rounding, Side, TierKind, Tiers
from svcstd.explain import because
from svcstd.incentives import (
    Account,
    Draw,
    Figure,
    LedgerLine,
    Payee,
    PayFloor,
    PayLine,
    PayTerms,
    Statement,
    clawback,
    pay,
    settle,
)

Told = Mapping[str, Any]
GROUPS = ("tier_marginal", "tier_incentive")


def tiers(told: Told, kind: TierKind, bound: Side = "lower") -> Tiers:
    """From zero; nothing lies before."""
    return Tiers(
        told["upper_bounds"], list(map(Decimal, told["rates"])), kind=kind, bound=bound, start=0, beyond="refuse"
    )


def number(value: Any) -> Fraction:
    """As it is written."""
    return Fraction(str(value))


def marginal(told: Told) -> Fraction:
    """Each rate on its part."""
    return tiers(told, "marginal").at(number(told["amount"]))


def midpoint(told: Told) -> int:
    """A tax table: the tax on the middle of a row, to whole dollars."""
    middle = Fraction(told["at_least"] + told["less_than"], 2)
    return int(Rounding(1, "half up").of(tiers(told, "marginal").at(middle)))


def interpolated(told: Told) -> PiecewiseLinear:
    """Each tier adds its amount, by how far one is in it: straight lines between the sums."""
    points = zip(told["edges"], accumulate((0, *told["tier_amounts"])), strict=True)
    return PiecewiseLinear(list(points), beyond="refuse")


def incremental(told: Told) -> Fraction:
    """What the new amount adds to what came before."""
    curve = tiers(told, "marginal")
    return curve.at(told["prior"] + told["amount"]) - curve.at(told["prior"])


def original_rate(told: Told) -> Fraction:
    """Through a plan whose minimum lifted the pay."""
    rules = plan(
        {"sales": PayLine(pays=cny(1), times="sales", part=Fraction(told["rate"]), missing="refuse")},
        modifiers=[PayFloor(name="minimum", least=cny(told["minimum_paid"]))],
    )
    figure = Figure.of(told["credit"], None, causes={"order": told["credit"]})
    paid = pay(rules, Payee(of="E07", figures={"sales": figure}), period=JANUARY)
    assert paid.total == cny(told["minimum_paid"])
    (line,) = clawback([paid], "order", returned=1, rounding=CENT, why="cancelled")
    return -line.amount.times(1)


def drawn(told: Told) -> dict[str, int]:
    """Through the settlement of a period."""
    assert told["recovery"] == 0
    earned = LedgerLine(key="a", kind="line", amount=cny(told["earnings"]), why=because("pay.no_service"))
    made = Statement(plan="p", of="a", period=str(told["period"]), currency="CNY", state="due", lines=[earned])
    terms = PayTerms(rounding=CENT, negative="carry", draw=Draw(amount=cny(told["guarantee"]), recovery=1))
    paid, after = settle(made, terms, Account(owed=cny(told["opening_balance"]), carried=cny(0)))
    found = {"draw": paid.amount("draw"), "paid": paid.total, "balance": after.owed}
    return {name: int(money.amount) for name, money in found.items()}


def specific(told: Told) -> Fraction:
    """A line for each product, at its own rate or the default one."""
    rates = {product: Fraction(rate) for product, rate in told["rates"].items()}
    lines = {
        one["product"]: PayLine(
            pays=cny(1),
            times=one["product"],
            part=Fraction(rates.get(one["product"], rates["default"])),
            missing="refuse",
        )
        for one in told["lines"]
    }
    somebody = payee(**{one["product"]: one["net"] for one in told["lines"]})
    return pay(plan(lines), somebody, period=JANUARY).total.times(1)


def sections(told: Told) -> Fraction:
    """Closed sections with gaps, which no tiers of ours can have: the first that fits pays on the whole."""
    amount = Fraction(told["amount"])
    for low, high, percent in told["sections"]:
        if Fraction(low) <= amount <= Fraction(high):
            return amount * Fraction(percent) / 100
    return Fraction(0)


def point(told: Told) -> str:
    """Rounded at the end of all lines."""
    assert told["policy"] == "at_end"
    lines = {
        f"l{place}": PayLine(pays=cny(told["base"]), times=f"l{place}", part=Fraction(told["rate"]), missing="refuse")
        for place in range(len(told["lines"]))
    }
    somebody = payee(**{f"l{place}": value for place, value in enumerate(told["lines"])})
    return str(pay(plan(lines, round_at="total"), somebody, period=JANUARY).total.amount)


OPS: dict[str, Callable[[Told], Any]] = {
    "tiers.marginal": marginal,
    "tiers.marginal_midpoint_half_up": midpoint,
    "tiers.retroactive_whole_amount": lambda told: tiers(told, "whole").at(told["amount"]),
    "tiers.boundary_rate": lambda told: tiers(told, "whole", "upper").rate(told["amount"]),
    "tiers.marginal_incremental": incremental,
    "tiers.closed_sections_first_match": sections,
    "curve.piecewise_linear_amounts": lambda told: interpolated(told).at(told["amount"]),
    "curve.piecewise_linear_amounts_sum": lambda told: sum(map(interpolated(told).at, told["amounts"])),
    "clawback.original_rate": original_rate,
    "draw.recoverable": drawn,
    "rule.most_specific_wins": specific,
    "round.point": point,
}


@pytest.mark.vectors("scoring.json", *OPS)
def test_vector(vector: dict[str, Any]) -> None:
    """As published, or as its source has it."""
    got, expected = OPS[vector["op"]](vector["input"]), vector["expected"]
    if isinstance(expected, dict | str):
        assert got == expected
    else:
        assert abs(got - number(expected)) <= number(vector["tolerance"])


def test_nothing_is_skipped(shared: Path, vectors_ran: set[tuple[str, str]]) -> None:
    """Every vector about pay ran."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    listed = [one["id"] for one in json.loads(text)["vectors"] if one["group"] in GROUPS]
    assert [one for one in listed if ("scoring.json", one) not in vectors_ran] == []
