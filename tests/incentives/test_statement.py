"""Statements: ledgers that sum, that travel as JSON, and that are booked by cost centre."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import ENGINEER, JANUARY, RATES, SHOP, cny, payee, plan

from svcstd.errors import CurrencyError, DefinitionError
from svcstd.explain import because
from svcstd.incentives import Figure, LedgerLine, Payee, PayLine, Statement, by_cost_centre, pay
from svcstd.money import Money

ORDERS = plan(
    {"orders": PayLine(pays=cny(1), times="sales", part=Fraction(1, 20), clause="7.2", missing="refuse")},
)
CAUSES: dict[str, Any] = {"o1": 100, "o2": Fraction(1, 3), "o3": 0}


def orders() -> Statement:
    """A line that knows its causes."""
    figure = Figure.of(sum(map(Fraction, CAUSES.values())), None, n=3, causes=CAUSES)
    return pay(ORDERS, Payee(of="E07", figures={"sales": figure}, cost_centre="4711"), period=JANUARY)


STATEMENTS = {
    "due": pay(ENGINEER, payee(score="0.70", points=28), period=JANUARY, edition="2025-01-01"),
    "floor": pay(ENGINEER, payee(score="-0.5", points=None), period=JANUARY),
    "gate": pay(SHOP, payee(solved=520, csat="0.849", qa=92), period=JANUARY),
    "withheld": pay(ENGINEER, payee(score=None, points=1), period=JANUARY),
    "causes": orders(),
    "ahead": pay(
        plan({"a": PayLine(pays=cny(100), times="a", curve=RATES, missing="refuse")}), payee(a="0.9"), period=JANUARY
    ),
}


@pytest.mark.parametrize("made", STATEMENTS.values(), ids=STATEMENTS)
def test_json(made: Statement) -> None:
    """What is written is read back equal, through text."""
    assert Statement.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_what_json_tells() -> None:
    """Money and exact numbers are texts; the total stands there for those who only read."""
    told = STATEMENTS["due"].to_json()
    assert (told["total"], told["state"], told["edition"]) == ("1820.00 CNY", "due", "2025-01-01")
    assert {key: told["lines"][0][key] for key in ("key", "amount", "earned", "value", "figure")} == {
        "key": "score",
        "amount": "1400.00 CNY",
        "earned": "1400",
        "value": "7/10",
        "figure": "score",
    }


def put(told: dict[str, Any], path: tuple[Any, ...], value: object) -> None:
    """Another value at a place."""
    for step in path[:-1]:
        told = told[step]
    told[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("total",), "1820.01 CNY"),
        (("total",), None),
        (("plan",), 7),
        (("state",), "paid"),
        (("lines",), {}),
        (("lines", 0, "amount"), "1400"),
        (("lines", 0, "amount"), 1400),
        (("lines", 0, "amount"), "1400.01 CNY"),
        (("lines", 0, "kind"), "gift"),
        (("lines", 0, "earned"), "1e999999999"),
        (("lines", 0, "earned"), 0.5),
        (("lines", 0, "value"), "1/0"),
        (("lines", 0, "why"), {}),
        (("lines", 0, "causes"), {"o1": "1.00 CNY"}),
        (("lines", 0, "causes"), 3),
        (("refusals", 0), None),
        (("refusals",), [{"kind": "mood", "key": "a", "lack": None, "lines": [], "why": {"message": "pay.waits"}}]),
        (("next_tiers",), [{"line": "a", "bound": None, "lack": "1", "more": "1.00 CNY"}]),
        (("currency",), "EUR"),
    ],
)
def test_strange_json(path: tuple[Any, ...], value: object) -> None:
    """A ledger that does not sum, or is no ledger, is refused with one kind of error."""
    told = json.loads(json.dumps(STATEMENTS["floor"].to_json()))
    put(told, path, value)
    with pytest.raises(DefinitionError, match="what to_json wrote"):
        Statement.from_json(told)


def test_json_of_nothing() -> None:
    """No mapping at all."""
    with pytest.raises(DefinitionError, match="what to_json wrote"):
        Statement.from_json([])  # type: ignore[arg-type]


def test_causes() -> None:
    """Each order's part, to the cent; what earned nothing has no part."""
    (line,) = orders().lines
    assert line.amount == cny("5.02")
    assert line.causes == {"o1": cny("5.00"), "o2": cny("0.02"), "o3": cny(0)}
    nothing = Payee(of="E07", figures={"sales": Figure.of(0, None, causes={"o1": 0})})
    assert pay(ORDERS, nothing, period=JANUARY).lines[0].causes == {}


def test_cost_centres() -> None:
    """Totals by the place where they are booked."""
    made = [orders(), orders(), STATEMENTS["due"]]
    assert by_cost_centre(made, "CNY") == {"": cny(1820), "4711": cny("10.04")}
    assert list(by_cost_centre(made, "CNY")) == ["", "4711"]
    with pytest.raises(CurrencyError):
        by_cost_centre(made, "EUR")


def test_amounts_by_key() -> None:
    """Several lines of a key add up."""
    assert STATEMENTS["due"].amount("points") == cny(420)
    assert STATEMENTS["due"].amount("nothing") == cny(0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": Money(1, "EUR")}, "is not in CNY"),
        ({"kind": "gift"}, "gift"),
        ({"causes": {"a": cny(3)}}, "do not add up"),
    ],
)
def test_no_ledger(changes: dict[str, Any], words: str) -> None:
    """A line of another currency or kind, or causes that are not all of it."""
    line: dict[str, Any] = {"key": "a", "kind": "line", "amount": cny(1), "why": because("pay.no_service")}
    with pytest.raises(DefinitionError, match=words):
        attrs.evolve(STATEMENTS["due"], lines=[LedgerLine(**line | changes)])


@given(st.lists(st.fractions(0, 1000, max_denominator=7), min_size=1, max_size=6), st.sampled_from(["line", "total"]))
def test_lines_sum_to_the_total(values: list[Fraction], at: Any) -> None:
    """However the results are cut, the printed lines are the total, which is within a rounding of the exact sum."""
    names = [f"l{place}" for place in range(len(values))]
    lines = {name: PayLine(pays=cny("0.37"), times=name, missing="refuse") for name in names}
    found = pay(
        plan(lines, round_at=at),
        Payee(of="E07", figures={name: Figure.of(value, None) for name, value in zip(names, values, strict=True)}),
        period=JANUARY,
    )
    printed = [Money.parse(one["amount"]) for one in found.to_json()["lines"]]
    assert sum(printed) == found.total
    exact = sum(values) * Fraction(37, 100)
    room = Fraction(1, 200) * (1 if at == "total" else len(values))
    assert abs(found.total.times(1) - exact) <= room
