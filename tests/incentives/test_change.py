"""What differs between two periods, statements in another currency, and disputes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import CENT, ENGINEER, JANUARY, RATES, SHOP, cny, payee, plan

from svcstd.errors import CurrencyError, DefinitionError, SvcstdError, UnknownName
from svcstd.explain import because
from svcstd.incentives import (
    LedgerLine,
    PayLine,
    Statement,
    answered,
    converted,
    dispute,
    pay,
    pay_changes,
)
from svcstd.money import ExchangeRate, Money

DAY = date(2026, 2, 3)
RATE = ExchangeRate("CNY", "EUR", Decimal("0.1237"), on=DAY)
ONE = pay(ENGINEER, payee(score="0.70", points=28), period=JANUARY)
OTHER = pay(ENGINEER, payee(score="-0.5", points=28), period=JANUARY)


def test_changes() -> None:
    """Line by line, with the results behind them; what is the same is left out."""
    found = pay_changes(ONE, OTHER)
    assert [(one.key, str(one.difference), one.value_before, one.value_after) for one in found] == [
        ("score", "-2400.00 CNY", Decimal("0.7"), Decimal("-0.5")),
        ("floor", "580.00 CNY", None, None),
    ]
    assert sum(one.difference for one in found) == OTHER.total - ONE.total
    assert pay_changes(ONE, ONE) == ()


def test_a_new_line() -> None:
    """What was not there is nothing before; a result that changed without money is told, too."""
    more = attrs.evolve(
        ONE, lines=[*ONE.lines, LedgerLine(key="new", kind="line", amount=cny(1), why=because("pay.no_service"))]
    )
    ((one),) = pay_changes(ONE, more)
    assert (one.key, one.before, one.after) == ("new", cny(0), cny(1))
    low, high = (pay(SHOP, payee(solved=value, csat=1, qa=1), period=JANUARY) for value in (10, 20))
    assert [(one.key, one.difference) for one in pay_changes(low, high)] == [("solved", cny(0))]


def test_changes_of_others() -> None:
    """Two people, or two currencies, are not compared."""
    with pytest.raises(DefinitionError, match="several payees"):
        pay_changes(ONE, attrs.evolve(ONE, of="E08"))
    with pytest.raises(CurrencyError):
        pay_changes(ONE, attrs.evolve(ONE, currency="EUR", lines=()))


@given(st.lists(st.integers(-99_999, 99_999), max_size=6))
def test_converted_lines_sum(minors: list[int]) -> None:
    """To the converted total, whatever rounding the lines one by one does."""
    lines = [
        LedgerLine(key=f"l{place}", kind="line", amount=Money(minor, "CNY"), why=because("pay.no_service"))
        for place, minor in enumerate(minors)
    ]
    made = Statement(plan="p", of="a", period="x", currency="CNY", state="due", lines=lines)
    found = converted(made, RATE, CENT, on=DAY)
    assert found.total == RATE.of(made.total, CENT, on=DAY)
    assert all(abs(line.amount.minor) <= len(minors) for line in found.lines if line.kind == "rounding")


def test_converted() -> None:
    """What lies ahead is converted, too; the rate of another day is refused."""
    made = pay(
        plan({"a": PayLine(pays=cny(1000), times="a", curve=RATES, missing="refuse")}), payee(a="0.9"), period=JANUARY
    )
    found = converted(made, RATE, CENT, on=DAY)
    assert (str(found.total), str(found.next_tiers[0].more)) == ("3.71 EUR", "3.71 EUR")
    with pytest.raises(CurrencyError):
        converted(made, RATE, CENT, on=date(2026, 2, 4))


# ── disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dispute() -> None:
    """Raised on a line, answered once."""
    raised = dispute(ONE, "points", on=DAY, reason="repair 17 was grade II", expected=cny("427.50"))
    assert (raised.state, raised.label, raised.of) == ("open", "monthly 2026-01", "E07")
    assert answered(raised, "upheld", on=DAY, answer="at once").answered_on == DAY
    done = answered(raised, "upheld", on=date(2026, 2, 5), answer="graded again")
    assert (done.state, done.answered_on, done.expected) == ("upheld", date(2026, 2, 5), cny("427.50"))
    with pytest.raises(DefinitionError, match="a dispute that is upheld"):
        answered(done, "rejected", on=date(2026, 2, 6), answer="no")


def test_what_refused_it_may_be_in_doubt() -> None:
    """A gate, too."""
    shut = pay(SHOP, payee(solved=520, csat="0.849", qa=92), period=JANUARY)
    assert dispute(shut, "csat", on=DAY, reason="a rating is missing").key == "csat"


@pytest.mark.parametrize(
    ("key", "changes", "kind", "words"),
    [
        ("pionts", {}, UnknownName, "monthly 2026-01 has no line pionts; name a line or what refused it: points"),
        ("points", {"reason": ""}, DefinitionError, "a dispute needs a reason"),
        ("points", {"on": "today"}, DefinitionError, "a date"),
        ("points", {"expected": Money(1, "EUR")}, CurrencyError, "two currencies"),
    ],
)
def test_no_dispute(key: str, changes: dict[str, Any], kind: type[SvcstdError], words: str) -> None:
    """Of a line that is there, with a day and a reason."""
    given: dict[str, Any] = {"on": DAY, "reason": "wrong"}
    with pytest.raises(kind, match=words):
        dispute(ONE, key, **given | changes)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("open", {}),
        ("lost", {}),
        ("upheld", {"answer": ""}),
        ("upheld", {"on": date(2026, 2, 2)}),
        ("upheld", {"on": 3}),
    ],
)
def test_no_answer(state: Any, changes: dict[str, Any]) -> None:
    """An answer ends it, in words, not before it was raised."""
    given: dict[str, Any] = {"on": DAY, "answer": "seen"}
    with pytest.raises(DefinitionError):
        answered(dispute(ONE, "points", on=DAY, reason="wrong"), state, **given | changes)
