"""Settling: draws, guarantees, what is carried and held, and that no cent appears or vanishes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import CENT, cny

from svcstd.errors import CurrencyError, DefinitionError, SvcstdError
from svcstd.explain import because
from svcstd.incentives import Account, Draw, Held, HoldBack, LedgerLine, PayTerms, Statement, settle
from svcstd.money import Money


def earned(amount: Any, period: str = "2026-01", **changes: Any) -> Statement:
    """A statement of one line."""
    line = LedgerLine(key="sales", kind="line", amount=cny(amount), why=because("pay.no_service"))
    given: dict[str, Any] = {"plan": "p", "of": "E07", "currency": "CNY", "state": "due", "lines": [line]}
    return Statement(period=period, **given | changes)


def terms(**changes: Any) -> PayTerms:
    """Nothing but a policy for what is below zero."""
    given: dict[str, Any] = {"rounding": CENT, "negative": "carry"}
    return PayTerms(**given | changes)


def account(owed: Any = 0, carried: Any = 0, *held: Held) -> Account:
    """In yuan."""
    return Account(owed=cny(owed), carried=cny(carried), held=held)


def lines(statement: Statement) -> dict[str, str]:
    """By kind, what settling did."""
    return {line.kind: str(line.amount.amount) for line in statement.lines if line.kind != "line"}


DRAW = Draw(amount=cny(1000), recovery=1)
HALF = Draw(amount=cny(1000), recovery=Fraction(1, 2))
GIFT = Draw(amount=cny(1000), recovery=0)


@pytest.mark.parametrize(
    ("rules", "before", "amount", "did", "paid", "after"),
    [
        (terms(), account(), 500, {}, 500, account()),
        (terms(draw=DRAW), account(), 500, {"draw": "500.00"}, 1000, account(500)),
        (terms(draw=DRAW), account(500), 700, {"draw": "300.00"}, 1000, account(800)),
        (terms(draw=DRAW), account(800), 1000, {}, 1000, account(800)),
        (terms(draw=DRAW), account(800), 1300, {"recovery": "-300.00"}, 1000, account(500)),
        (terms(draw=DRAW), account(800), 5000, {"recovery": "-800.00"}, 4200, account()),
        (terms(draw=HALF), account(800), 1300, {"recovery": "-150.00"}, 1150, account(650)),
        (terms(draw=GIFT), account(), 500, {"draw": "500.00"}, 1000, account()),
        (terms(draw=DRAW), account(), -200, {"draw": "1200.00"}, 1000, account(1200)),
        (terms(guarantee=cny(600)), account(), 500, {"guarantee": "100.00"}, 600, account()),
        (terms(guarantee=cny(600)), account(), 600, {}, 600, account()),
        (terms(guarantee=cny(0)), account(), -5, {"guarantee": "5.00"}, 0, account()),
        (terms(), account(), -500, {"carried out": "500.00"}, 0, account(0, -500)),
        (terms(), account(0, -500), 300, {"carried in": "-500.00", "carried out": "200.00"}, 0, account(0, -200)),
        (terms(), account(0, -500), 800, {"carried in": "-500.00"}, 300, account()),
        (terms(negative="forgive"), account(), -500, {"carried out": "500.00"}, 0, account()),
        (terms(negative="owe"), account(), -500, {}, -500, account()),
        (
            terms(hold_back=HoldBack(part=Fraction(1, 3), periods=2)),
            account(),
            100,
            {"held": "-33.33"},
            "66.67",
            account(0, 0, Held("p 2026-01", cny("33.33"), 2)),
        ),
        (
            terms(hold_back=HoldBack(part=1, periods=1)),
            account(0, 0, Held("p 2025-12", cny(40), 1), Held("p 2025-11", cny(9), 3)),
            100,
            {"held": "-100.00", "released": "40.00"},
            40,
            account(0, 0, Held("p 2025-11", cny(9), 2), Held("p 2026-01", cny(100), 1)),
        ),
        (terms(hold_back=HoldBack(part=0, periods=1)), account(), 100, {}, 100, account()),
        (
            terms(hold_back=HoldBack(part=Fraction(1, 2), periods=1)),
            account(),
            -100,
            {"carried out": "100.00"},
            0,
            account(0, -100),
        ),
    ],
)
def test_settled(rules: PayTerms, before: Account, amount: Any, did: Any, paid: Any, after: Account) -> None:
    """Every rule as a supervisor would work it out; the first three are the published balances of a draw."""
    found, left = settle(earned(amount), rules, before)
    assert (lines(found), found.total, left) == (did, cny(paid), after)


def test_reasons() -> None:
    """Each line says what it did."""
    found, left = settle(earned(500), terms(draw=DRAW, hold_back=HoldBack(part=Fraction(1, 10), periods=3)), account())
    assert [line.why.text() for line in found.lines[1:]] == [
        "500.00 CNY is less than the draw of 1000.00 CNY, which is advanced",
        "0.1 of it is held back, to be released after 3 periods",
    ]
    later, _ = settle(earned(2000, "2026-02"), terms(draw=DRAW, negative="owe"), left)
    assert later.lines[1].why.text() == "500.00 CNY of the 500.00 CNY advanced earlier are paid back"


def test_withheld_and_refused() -> None:
    """Who waits leaves the account alone; who is refused gets no draw, but what was held."""
    rules = terms(draw=DRAW, guarantee=None)
    held = account(10, 0, Held("p 2025-12", cny(40), 1))
    waiting = earned(0, state="withheld", lines=[])
    assert settle(waiting, rules, held) == (waiting, held)
    found, left = settle(earned(0, state="refused", lines=[]), rules, held)
    assert (found.total, left) == (cny(40), account(10))


POLICIES: Any = st.sampled_from(["carry", "owe"])
PARTS = st.fractions(0, 1, max_denominator=7)


@given(
    st.lists(st.integers(-100_000, 300_000), min_size=1, max_size=8),
    POLICIES,
    st.none()
    | st.builds(lambda amount, part: Draw(amount=Money(amount, "CNY"), recovery=part), st.integers(0, 10**5), PARTS),
    st.none() | st.builds(lambda part, periods: HoldBack(part=part, periods=periods), PARTS, st.integers(1, 3)),
)
def test_nothing_appears_or_vanishes(
    months: list[int], negative: Any, draw: Draw | None, hold: HoldBack | None
) -> None:
    """Paid = earned + advanced - held + what is carried, over any number of months; what is advanced is owed."""
    rules, now, total = terms(negative=negative, draw=draw, hold_back=hold), account(), 0
    gifts = 0
    for place, minor in enumerate(months):
        found, now = settle(earned(Decimal(minor).scaleb(-2), f"m{place}"), rules, now)
        total += found.total.minor
        if draw is not None and not draw.recovery:
            gifts += sum(line.amount.minor for line in found.lines if line.kind == "draw")
        assert found.total.minor >= 0 or negative == "owe"
    held = sum(one.amount.minor for one in now.held)
    assert total == sum(months) + now.owed.minor + gifts - held - now.carried.minor


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Draw(amount=cny(-1), recovery=1), "-1.00 CNY is below zero"),
        (lambda: Draw(amount=cny(1), recovery=2), "2 is not a part"),
        (lambda: Draw(amount=cny(1), recovery=0.5), "0.5"),
        (lambda: HoldBack(part=-1, periods=1), "-1 is not a part"),
        (lambda: HoldBack(part=1, periods=0), "0 is no number of periods"),
        (lambda: HoldBack(part=1, periods=True), "True is no number of periods"),
        (lambda: terms(negative="ignore"), "ignore"),
        (lambda: terms(guarantee=cny(-1)), "below zero"),
        (lambda: terms(guarantee=cny(1), draw=DRAW), "beside a draw"),
        (lambda: account(-1), "no account"),
        (lambda: account(0, 1), "no account"),
    ],
)
def test_no_terms(make: Any, words: str) -> None:
    """What could not be settled is refused at birth."""
    with pytest.raises(DefinitionError, match=words):
        make()


def test_one_currency() -> None:
    """An account and its statements speak of the same money."""
    with pytest.raises(CurrencyError):
        Account(owed=cny(0), carried=Money(0, "EUR"))
    with pytest.raises(CurrencyError):
        account(0, 0, Held("x", Money(1, "EUR"), 1))
    with pytest.raises(SvcstdError):
        settle(attrs.evolve(earned(1), currency="EUR", lines=()), terms(), account())


def test_accounts_as_json() -> None:
    """Whole and back."""
    held = Account(owed=cny(3), carried=cny(-2), held=[Held("p 2026-01", cny("1.50"), 2)])
    assert Account.from_json(held.to_json()) == held
    assert Account.from_json(Account.empty("JPY").to_json()) == Account.empty("JPY")


def test_the_least_of_an_account() -> None:
    """Nobody new owes anything; one minor unit is enough to owe; one period is enough to wait."""
    assert Account.empty("CNY") == Account(owed=cny(0), carried=cny(0))
    assert Account(owed=Money(1, "CNY"), carried=Money(-1, "CNY")).owed.minor == 1
    waits = Account(owed=cny(0), carried=cny(0), held=[Held("a", cny(1), 1)])
    assert Account.from_json(waits.to_json()) == waits


GOOD: dict[str, Any] = {"owed": "3.00 CNY", "carried": "0.00 CNY", "held": []}


@pytest.mark.parametrize(
    "change",
    [
        {"owed": 3},
        {"owed": "3 pounds"},
        {"carried": "1.00 CNY"},
        {"carried": "0.00 EUR"},
        {"held": {}},
        {"held": [{"label": "a", "amount": "1.00 CNY", "left": 0}]},
        {"held": [{"label": "a", "amount": "1.00 CNY", "left": True}]},
        {"held": [{"label": "a", "amount": "1.00 CNY", "left": "1"}]},
        {"held": [{"label": 1, "amount": "1.00 CNY", "left": 1}]},
        {"held": [{"amount": "1.00 CNY", "left": 1}]},
        {"held": [3]},
    ],
)
def test_accounts_from_strangers(change: dict[str, Any]) -> None:
    """What is no account is refused."""
    assert Account.from_json(GOOD).owed == cny(3)
    with pytest.raises(SvcstdError):
        Account.from_json(GOOD | change)


@pytest.mark.parametrize("found", [3, [], {}, {"owed": "1.00 CNY"}, None])
def test_no_account_at_all(found: Any) -> None:
    """Nor what has another shape."""
    with pytest.raises(DefinitionError, match="what to_json wrote"):
        Account.from_json(found)
