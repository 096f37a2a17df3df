"""Two acts, two laws: a correction makes the past right, a clawback takes back what a later event undid."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import CENT, ENGINEER, JANUARY, cny, payee, plan

from svcstd.errors import CurrencyError, DefinitionError, SvcstdError
from svcstd.incentives import (
    Account,
    Draw,
    Figure,
    Payee,
    PayFloor,
    PayLine,
    PayTerms,
    Statement,
    clawback,
    correct,
    pay,
    settle,
    share_pool,
    with_lines,
)
from svcstd.money import Money

NUMBERS = st.fractions(-2, 30, max_denominator=20)
SALES = plan({"sales": PayLine(pays=cny(1), times="sales", part=Fraction(1, 20), missing="refuse")}, key="sales")


def run(score: Any, points: Any) -> Statement:
    """January of an engineer."""
    return pay(ENGINEER, payee(score=score, points=points), period=JANUARY)


def test_a_late_regrade() -> None:
    """A repair was grade II, not I: half a point is paid in a correction line that names what it corrects."""
    paid = run("0.70", 28)
    found = correct([paid], run("0.70", "28.5"), why="repair 17 was graded again")
    assert [(line.key, line.kind, line.amount, line.corrects) for line in found.lines] == [
        ("points", "correction", cny("7.50"), "monthly 2026-01")
    ]
    assert found.lines[0].why.text() == "points: 420.00 CNY should have been 427.50 CNY: repair 17 was graded again"
    assert correct([paid, found], run("0.70", "28.5"), why="again").lines == ()


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=4), st.sampled_from(["line", "total"]))
def test_original_and_corrections_are_the_right_run(months: list[Any], at: Any) -> None:
    """Line by line, after any number of corrections, also where lines appear or the rounding changes."""
    rules = attrs.evolve(ENGINEER, round_at=at)
    runs = [pay(rules, payee(score=score, points=points), period=JANUARY) for score, points in months]
    ledger = [runs[0]]
    for right in runs[1:]:
        ledger.append(correct(ledger, right, why="wrong data"))
        for key in {line.key for one in (*ledger, right) for line in one.lines}:
            assert sum(one.amount(key) for one in ledger) == right.amount(key)
        assert sum(one.total for one in ledger) == right.total


def test_settling_is_not_corrected() -> None:
    """What was advanced stays advanced; only what was earned wrongly is corrected."""
    terms = PayTerms(rounding=CENT, negative="carry", draw=Draw(amount=cny(3000), recovery=1))
    paid, _ = settle(run("0.70", 28), terms, Account.empty("CNY"))
    found = correct([paid], run("0.70", 30), why="two points were forgotten")
    assert found.total == cny(30)


def test_from_refused_to_paid() -> None:
    """Who was refused by mistake gets all of it."""
    refused = attrs.evolve(run(1, 1), state="refused", lines=())
    found = correct([refused], run(1, 1), why="the permit was valid")
    assert (found.state, found.total) == ("due", cny(2015))
    back = correct([run(1, 1)], refused, why="the permit was not valid")
    assert (back.state, back.total) == ("due", cny(-2015))


@pytest.mark.parametrize(
    ("paid", "right", "why"),
    [
        ([], run(1, 1), "why"),
        ([run(1, 1)], run(1, 1), ""),
        ([run(1, 1)], run(None, 1), "why"),
        ([attrs.evolve(run(1, 1), of="E08")], run(1, 1), "why"),
        ([attrs.evolve(run(1, 1), period="2026-02")], run(1, 1), "why"),
        ([attrs.evolve(run(1, 1), plan="other")], run(1, 1), "why"),
    ],
)
def test_no_correction(paid: list[Statement], right: Statement, why: str) -> None:
    """Without an original, a reason, or a run that is done; or for somebody else."""
    with pytest.raises(DefinitionError):
        correct(paid, right, why=why)


def test_a_correction_in_another_currency() -> None:
    """There is none."""
    with pytest.raises(CurrencyError):
        correct([attrs.evolve(run(1, 1), currency="EUR", lines=())], run(1, 1), why="why")


# ── clawback ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sold(causes: dict[str, Any], rules: Any = SALES, period: Any = JANUARY) -> Statement:
    """A statement for some orders."""
    figure = Figure.of(sum((Fraction(one) for one in causes.values()), Fraction(0)), None, causes=causes)
    return pay(rules, Payee(of="E07", figures={"sales": figure}), period=period)


def test_the_original_rate() -> None:
    """Vector tier_incentive-018: 5 of the 10 paid; the minimum that lifted the pay is not taken back."""
    rules = attrs.evolve(SALES, modifiers=[PayFloor(name="minimum", least=cny(10))])
    paid = sold({"o1": 100}, rules)
    assert paid.total == cny(10)
    (line,) = clawback([paid], "o1", returned=1, rounding=CENT, why="the order was cancelled")
    assert (line.amount, line.kind, line.corrects) == (cny(-5), "clawback", "sales 2026-01")
    assert line.why.text() == "sales: -5.00 CNY back for o1, which sales 2026-01 had paid: the order was cancelled"


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9_999), min_size=1))
def test_all_causes_give_back_the_line(causes: dict[str, int]) -> None:
    """To the cent, whatever the rounding of the line was."""
    paid = sold(causes)
    back = [line.amount for cause in causes for line in clawback([paid], cause, returned=1, rounding=CENT, why="all")]
    assert sum(back, cny(0)) == -paid.total


def test_several_rules_paid_the_same_cause() -> None:
    """Each rule gives back its own part, once, whichever act comes how often."""
    double = plan(
        {
            "sales": PayLine(pays=cny(1), times="sales", part=Fraction(1, 20), missing="refuse"),
            "launch": PayLine(pays=cny(2), times="sales", part=Fraction(1, 100), missing="refuse"),
        },
        key="launch",
    )
    paid = [sold({"o1": 100, "o2": 50}), sold({"o1": 100}, double)]
    half = clawback(paid, "o1", returned=Fraction(1, 2), rounding=CENT, why="half was returned")
    assert [(line.corrects, line.key, str(line.amount.amount)) for line in half] == [
        ("sales 2026-01", "sales", "-2.50"),
        ("launch 2026-01", "sales", "-2.50"),
        ("launch 2026-01", "launch", "-1.00"),
    ]
    later = with_lines(run(1, 0), half)
    assert later.total == cny(1994)
    again = clawback([*paid, later], "o1", returned=1, rounding=CENT, why="the rest, too")
    assert sum(line.amount for line in again) == cny(-6)
    done = with_lines(later, again)
    assert clawback([*paid, done], "o1", returned=1, rounding=CENT, why="once more") == ()
    assert clawback(paid, "o9", returned=1, rounding=CENT, why="unknown") == ()


def test_a_corrected_cause() -> None:
    """What a correction changed is given back as corrected."""
    paid = sold({"o1": 100, "o2": 100})
    fixed = correct([paid], sold({"o1": 60, "o2": 100}), why="o1 was 60")
    assert fixed.lines[0].causes == {"o1": cny(-2)}
    (line,) = clawback([paid, fixed], "o1", returned=1, rounding=CENT, why="cancelled")
    assert line.amount == cny(-3)
    moved = correct([paid], sold({"o1": 60, "o2": 140}), why="40 belong to o2")
    assert moved.total == cny(0)
    assert moved.lines[0].causes == {"o1": cny(-2), "o2": cny(2)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"returned": 2}, "2 is not a part"),
        ({"returned": -1}, "-1 is not a part"),
        ({"returned": 0.5}, "0.5"),
        ({"why": ""}, "why it is corrected"),
    ],
)
def test_no_clawback(changes: dict[str, Any], words: str) -> None:
    """A part from 0 to 1, and a reason."""
    given: dict[str, Any] = {"returned": 1, "rounding": CENT, "why": "cancelled"}
    with pytest.raises(DefinitionError, match=words):
        clawback([sold({"o1": 1})], "o1", **given | changes)


def test_one_payee_at_a_time() -> None:
    """Somebody else's order is not taken from this person's pay."""
    other = attrs.evolve(sold({"o1": 100}), of="E08")
    with pytest.raises(DefinitionError, match="several payees"):
        clawback([sold({"o1": 100}), other], "o1", returned=1, rounding=CENT, why="cancelled")


def test_adding() -> None:
    """Lines of another act come into a statement that is not waiting, in its currency."""
    with pytest.raises(DefinitionError, match="withheld"):
        with_lines(run(None, 1), ())
    with pytest.raises(SvcstdError):
        with_lines(attrs.evolve(run(1, 1), currency="EUR", lines=()), run(1, 1).lines)


# ── pools ────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEAM = pay(
    plan({"award": PayLine(pays=cny(1000), times="won", missing="refuse")}, key="team"),
    payee("Jinan", won=1),
    period=JANUARY,
)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"m1": 1, "m2": 1, "m3": 1}, {"m1": "333.34", "m2": "333.33", "m3": "333.33"}),
        ({"p1": 5, "p2": 3, "p3": 1}, {"p1": "555.56", "p2": "333.33", "p3": "111.11"}),
        ({"a": Decimal("0.5"), "b": 0}, {"a": "1000.00", "b": "0.00"}),
    ],
)
def test_pools(weights: dict[str, Any], expected: dict[str, str]) -> None:
    """Scenario B09: equal shares and shares by points; together they are the pool."""
    found = share_pool(TEAM, weights, cost_centres={"a": "4711"})
    assert {member: str(one.total.amount) for member, one in found.items()} == expected
    assert sum(one.total for one in found.values()) == TEAM.total
    assert [one.cost_centre for one in found.values()] == ["4711" if member == "a" else "" for member in expected]


def test_reasons_of_a_share() -> None:
    """A member reads what the team earned, and which part of it is theirs."""
    found = share_pool(TEAM, {"p1": 5, "p2": 3, "p3": 1})["p1"]
    assert found.lines[0].why.text() == "555.56 CNY, which is 5 of 9 of the 1000.00 CNY that Jinan earned"
    assert (found.label, found.lines[0].kind) == ("team 2026-01", "share")


def test_no_pool() -> None:
    """A pool that waits, or that nobody has a weight in."""
    with pytest.raises(DefinitionError, match="nothing to share"):
        share_pool(attrs.evolve(TEAM, state="withheld", lines=()), {"a": 1})
    with pytest.raises(DefinitionError, match="weights"):
        share_pool(TEAM, {"a": 0})


def test_a_pool_below_zero() -> None:
    """What a team owes is shared like what it earned."""
    owed = pay(
        plan({"award": PayLine(pays=cny(-100), times="won", missing="refuse")}), payee("Jinan", won=1), period=JANUARY
    )
    assert [one.total for one in share_pool(owed, {"a": 2, "b": 1}).values()] == [
        Money(-6667, "CNY"),
        Money(-3333, "CNY"),
    ]
