"""What the parameters of strategies for plans, payees, awards and ladders promise."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from svcstd.incentives import Award, Claim, Ladder, PeriodResult, Plan, Statement, grant, may_rise, pay, settle
from svcstd.testing.strategies.incentives import accounts, awards, claims, histories, ladders
from svcstd.testing.strategies.kpis import periods_of
from svcstd.testing.strategies.money import currencies
from svcstd.testing.strategies.plans import pay_terms, payees_for, plans, statements


@given(st.data())
def test_sure_plans(data: st.DataObject) -> None:
    """Each pays anybody something or nothing, and money is due to those of whom all is known."""
    plan: Plan = data.draw(plans(sure=True))
    period = data.draw(periods_of(plan.every))
    paid = pay(plan, data.draw(payees_for(plan)), period=period)
    assert paid.currency == plan.currency
    assert (paid.lines == ()) == (paid.state != "due")
    assert pay(plan, data.draw(payees_for(plan, complete=True)), period=period).state == "due"


@given(plans("JPY"), statements("KWD"), statements(complete=True))
def test_currencies_and_states(plan: Plan, any_of_them: Statement, due: Statement) -> None:
    """As asked for."""
    assert plan.currency == "JPY"
    assert any_of_them.currency == "KWD"
    assert due.state == "due"


@given(currencies(), st.data())
def test_one_currency(currency: str, data: st.DataObject) -> None:
    """Statements, terms and accounts of a currency settle; claims and awards of it are granted."""
    settled, after = settle(
        data.draw(statements(currency)), data.draw(pay_terms(currency)), data.draw(accounts(currency))
    )
    assert (settled.currency, after.owed.currency) == (currency, currency)
    award: Award = data.draw(awards(currency, 1))
    claim: Claim = data.draw(claims(currency, paid=True))
    assert len(award.gives) == 1
    assert [one.cash.currency for one in grant(award, [claim]).grants] == [currency]


@given(ladders(("breaks",)), histories(2))
def test_ladders(ladder: Ladder, history: list[PeriodResult]) -> None:
    """A way leads up from the first rank; policies and lengths as asked for."""
    assert {rung.missing for rung in ladder.rungs} == {"breaks"}
    assert len(history) <= 2
    rises: Any = may_rise(ladder, "junior", history)
    assert rises
    assert all(one.in_a_row <= len(history) for one in rises)
