"""What results earn beside plans: awards and who claims them, ladders, disputes, what is settled between periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, Eq
from svcstd.incentives import (
    Account,
    Award,
    AwardKind,
    Best,
    Cash,
    Claim,
    ClaimRule,
    Dispute,
    DisputeState,
    Equity,
    Figure,
    Gift,
    Graded,
    Grant,
    Granted,
    Held,
    IfPeriodMissing,
    IfTied,
    Ladder,
    LeastGrade,
    LedgerLine,
    PeriodResult,
    Rank,
    Recognition,
    RecognitionForm,
    Reward,
    Rise,
    Rung,
    Statement,
    Tuition,
    Unmet,
    Vesting,
    answered,
    dispute,
    grant,
    may_rise,
    settle,
)
from svcstd.money import Money
from svcstd.testing.strategies.curves import GRADES, numbers
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.kpis import NAMES
from svcstd.testing.strategies.moments import dates
from svcstd.testing.strategies.money import currencies, money_roundings, moneys
from svcstd.testing.strategies.plans import STRATEGIES as PLANS
from svcstd.testing.strategies.plans import pay_terms, requirements, statements

__all__ = ["STRATEGIES", "accounts", "awards", "claims", "histories", "ladders"]

PEOPLE = st.sampled_from(NAMES)
PERIODS = st.sampled_from(get_args(PeriodKind))
DONE = st.sampled_from([ANYTHING, Eq("done", value=True)])
RANKS = {
    "junior": Rank("Junior engineer", "expert"),
    "senior": Rank("Senior engineer", "expert"),
    "lead": Rank("Team lead", "management"),
    "expert": Rank("专家", "cross-department"),
}
WAYS = tuple(combinations(RANKS, 2))
"""Up only, so that none goes round in a circle; the first leads away from the first rank."""
CSAT, CARD = "kpis.csat", "scorecards.engineer"


def _cash(currency: str) -> st.SearchStrategy[Cash]:
    return st.builds(Cash, moneys(currency, least=0, most=10**6))


def _gifts(currency: str) -> st.SearchStrategy[Gift]:
    return st.builds(Gift, st.sampled_from(["a watch", "奖杯"]), moneys(currency, least=0, most=10**5))


def _recognitions() -> st.SearchStrategy[Recognition]:
    return st.builds(
        Recognition, st.sampled_from(get_args(RecognitionForm)), st.sampled_from(["Engineer of the month", "年度之星"])
    )


def _tuitions(currency: str) -> st.SearchStrategy[Tuition]:
    return st.builds(
        Tuition,
        part=st.sampled_from([1, Fraction(1, 2), Fraction(1, 3)]),
        most=moneys(currency, least=0, most=10**6),
        rounding=money_roundings(currency),
    )


def _vestings() -> st.SearchStrategy[Vesting]:
    return st.builds(Vesting, dates(), st.integers(1, 400))


def _equities() -> st.SearchStrategy[Equity]:
    return st.builds(
        Equity,
        st.sampled_from(["option", "share"]),
        st.lists(_vestings(), min_size=1, max_size=4, unique_by=lambda one: one.on),
    )


@cache
def _rewards(currency: str) -> st.SearchStrategy[Reward]:
    return st.one_of(_cash(currency), _gifts(currency), _recognitions(), _tuitions(currency), _equities())


def _claim_rules() -> st.SearchStrategy[ClaimRule]:
    return st.builds(
        ClaimRule,
        records=st.just("suggestions"),
        of=st.just("who"),
        cause=st.just("id"),
        when=DONE,
        cost=st.sampled_from(["", "cost"]),
    )


def _bests() -> st.SearchStrategy[Best]:
    return st.builds(
        Best,
        by=st.sampled_from([CSAT, CARD]),
        of=st.sampled_from(["team", "who"]),
        every=PERIODS,
        least_n=st.integers(0, 30),
        winners=st.integers(1, 3),
        ties=st.sampled_from(get_args(IfTied)),
    )


@cache
def awards(currency: str = "CNY", max_size: int = 3) -> st.SearchStrategy[Award]:
    """What is given for a cause, in money or not.

    Args:
        currency: of its money.
        max_size: how many rewards at most.
    """
    return st.builds(
        Award,
        key=st.sampled_from(["idea", "quarter"]),
        kind=st.sampled_from(get_args(AwardKind)),
        currency=st.just(currency),
        gives=st.lists(_rewards(currency), min_size=1, max_size=max_size),
        goes_to=st.one_of(st.none(), _claim_rules(), _bests()),
        name=st.sampled_from(["", "Best idea", "金点子"]),
        clause=st.sampled_from(["", "4.2"]),
    )


@cache
def claims(currency: str = "CNY", *, paid: bool = False) -> st.SearchStrategy[Claim]:
    """Who asks for an award, for one of a few causes.

    Args:
        currency: of what learning has cost.
        paid: whether something was paid for certain, of which an award may pay a part.
    """
    cost = moneys(currency, least=0, most=10**6)
    return st.builds(
        Claim,
        of=PEOPLE,
        cause=st.sampled_from(["s1", "s2", "建议3"]),
        on=dates(),
        cost=cost if paid else st.one_of(st.none(), cost),
    )


@cache
def _granted(currency: str) -> st.SearchStrategy[Granted]:
    many = st.lists(claims(currency, paid=True), min_size=1, max_size=4)
    return st.builds(grant, awards(currency), many)


@cache
def accounts(currency: str = "CNY") -> st.SearchStrategy[Account]:
    """What earlier periods left: advances, a result below zero, money held back.

    Args:
        currency: of all amounts.
    """
    return st.builds(
        Account,
        owed=moneys(currency, least=0, most=10**6),
        carried=moneys(currency, least=-(10**6), most=0),
        held=st.lists(_held(currency), max_size=2),
    )


def _held(currency: str) -> st.SearchStrategy[Held]:
    labels = st.sampled_from(["monthly 2025-12", "monthly 2025-11"])
    return st.builds(Held, labels, moneys(currency, least=1, most=10**5), st.integers(1, 3))


@st.composite
def _settled(draw: st.DrawFn) -> Statement:
    """With what was advanced, held back, carried and released."""
    earned = draw(statements(complete=True))
    return settle(earned, draw(pay_terms(earned.currency)), draw(accounts(earned.currency)))[0]


@st.composite
def _disputes(draw: st.DrawFn) -> Dispute:
    """Of a line of a statement, answered or not."""
    paid: Statement = draw(statements(complete=True))
    key, on = draw(st.sampled_from([line.key for line in paid.lines])), draw(dates())
    expected: Money | None = draw(st.one_of(st.none(), moneys(paid.currency, least=0, most=10**6)))
    raised = dispute(paid, key, on=on, reason=draw(st.sampled_from(["I closed 9", "工单未计入"])), expected=expected)
    state: DisputeState = draw(st.sampled_from(get_args(DisputeState)))
    days = draw(st.integers(0, 30))
    return raised if state == "open" else answered(raised, state, on=on + timedelta(days=days), answer="looked into")


def _least_grades() -> st.SearchStrategy[LeastGrade]:
    return st.builds(LeastGrade, st.sampled_from(GRADES), st.just(GRADES))


def _graded() -> st.SearchStrategy[Graded]:
    return st.builds(Graded, st.one_of(st.sampled_from(GRADES), st.none()), st.integers(0, 30))


@cache
def _rungs(missing: tuple[IfPeriodMissing, ...] = get_args(IfPeriodMissing)) -> st.SearchStrategy[Rung]:
    """From the first rank to the next."""
    needs: Mapping[str, st.SearchStrategy[Any]] = {CSAT: requirements(), CARD: _least_grades()}
    asked = st.one_of(*(st.fixed_dictionaries({key: needs[key] for key in keys}) for keys in ((CSAT,), (CARD,), needs)))
    return st.builds(
        Rung,
        start=st.just(WAYS[0][0]),
        end=st.just(WAYS[0][1]),
        needs=asked,
        in_a_row=st.integers(1, 3),
        least_n=st.sampled_from([0, 9]),
        missing=st.sampled_from(missing),
        when=st.sampled_from([ANYTHING, Eq("permits", 2)]),
    )


@cache
def ladders(missing: tuple[IfPeriodMissing, ...] = get_args(IfPeriodMissing)) -> st.SearchStrategy[Ladder]:
    """Ranks from ``junior`` on, from which at least one way leads up.

    Args:
        missing: what may become of a period without enough data.
    """
    rung = _rungs(missing)
    others = st.lists(st.tuples(st.sampled_from(WAYS[1:]), rung), max_size=2, unique_by=lambda pair: pair[0])

    def ladder(first: Rung, more: list[tuple[tuple[str, str], Rung]], every: PeriodKind | None, name: str) -> Ladder:
        rungs = [first, *(attrs.evolve(one, start=start, end=end) for (start, end), one in more)]
        return Ladder(ranks=RANKS, rungs=rungs, every=every, name=name)

    return st.builds(ladder, rung, others, st.one_of(st.none(), PERIODS), st.sampled_from(["", "Careers", "职业阶梯"]))


def histories(max_size: int = 4) -> st.SearchStrategy[list[PeriodResult]]:
    """What somebody reached in months one after the other, some without any result.

    Args:
        max_size: how many months at most.
    """

    def told(results: list[dict[str, Figure | Graded]]) -> list[PeriodResult]:
        return [PeriodResult(f"2026-{month:02}", one) for month, one in enumerate(results, 1)]

    return st.lists(_results(), max_size=max_size).map(told)


@cache
def _results() -> st.SearchStrategy[dict[str, Figure | Graded]]:
    figure = st.builds(lambda value, n: Figure.of(value, None, n=n), numbers(0, 100), st.integers(0, 30))
    return st.one_of(st.fixed_dictionaries({CSAT: figure, CARD: _graded()}), st.just({}))


def _period_results() -> st.SearchStrategy[PeriodResult]:
    return st.builds(PeriodResult, st.sampled_from(["2026-01", "2026-Q1"]), _results())


def _rises() -> st.SearchStrategy[tuple[Rise, ...]]:
    facts: st.SearchStrategy[dict[str, Any]] = st.sampled_from([{"permits": 2}, {"permits": 1}, {}])
    return st.builds(
        lambda ladder, history, known: may_rise(ladder, "junior", history, facts=known), ladders(), histories(), facts
    )


def _unmet() -> st.SearchStrategy[tuple[Rise, ...]]:
    """The newest period has no result, which breaks every run."""
    newest = PeriodResult("newest", {})
    return st.builds(
        lambda ladder, history: may_rise(ladder, "junior", [*history, newest]), ladders(("breaks",)), histories()
    )


STRATEGIES: Strategies = {
    **PLANS,
    Account: lambda: currencies().flatmap(accounts),
    Award: lambda: currencies().flatmap(awards),
    Best: _bests,
    Cash: lambda: currencies().flatmap(_cash),
    Claim: lambda: currencies().flatmap(claims),
    ClaimRule: _claim_rules,
    Dispute: _disputes,
    Equity: _equities,
    Gift: lambda: currencies().flatmap(_gifts),
    Graded: _graded,
    Grant: lambda: found_in(currencies().flatmap(_granted), Grant),
    Granted: lambda: currencies().flatmap(_granted),
    Held: lambda: currencies().flatmap(_held),
    Ladder: ladders,
    LeastGrade: _least_grades,
    LedgerLine: lambda: found_in(_settled(), LedgerLine),
    PeriodResult: _period_results,
    Rank: lambda: st.sampled_from([*RANKS.values()]),
    Recognition: _recognitions,
    Rise: lambda: found_in(_rises(), Rise),
    Rung: _rungs,
    Tuition: lambda: currencies().flatmap(_tuitions),
    Unmet: lambda: found_in(_unmet(), Unmet),
    Vesting: _vestings,
}
