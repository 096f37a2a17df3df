"""Plans of pay, somebody who is paid by one, and the statements that come of both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, Eq
from svcstd.curves import Side, Steps
from svcstd.incentives import (
    Dip,
    Draw,
    Eligibility,
    Figure,
    Gate,
    HoldBack,
    IfNegative,
    IfNoFigure,
    IfNoWeight,
    Kicker,
    Modifier,
    NextTier,
    PayCap,
    PayChange,
    PayCurve,
    Payee,
    PayFactor,
    PayFinding,
    PayFloor,
    PayLine,
    PayTerms,
    Plan,
    PlanChange,
    ProratedBy,
    Proration,
    Reads,
    Refusal,
    Requirement,
    Roster,
    RoundAt,
    Served,
    Sharing,
    Statement,
    Validity,
    ValidWhen,
    compare_plans,
    pay,
    pay_changes,
    review_plan,
)
from svcstd.money import Money
from svcstd.testing.strategies.curves import curves, numbers, tiers
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.kpis import NAMES, periods_of, some_of
from svcstd.testing.strategies.moments import FIRST, dates
from svcstd.testing.strategies.money import currencies, money_roundings, moneys

__all__ = ["FIGURES", "STRATEGIES", "pay_terms", "payees_for", "plans", "requirements", "statements"]

FIGURES = ("scorecards.engineer", "kpis.csat", "kpis.solved")
LINES = ("score", "points", "推广")
ZONE = "Asia/Shanghai"
REFERENCES = st.sampled_from(FIGURES)
WHOSE = st.sampled_from(["own", "own", "team"])
UNITS: st.SearchStrategy[ProratedBy] = st.sampled_from(get_args(ProratedBy))
PARTS = st.sampled_from([Fraction(1, 2), Fraction(0), Fraction(1), Fraction(1, 3)])
MOST_DAYS = 20
"""Of service that a plan asks for."""
ALWAYS = Validity(date(2000, 1, 1), date(2099, 12, 31))


def _amounts(currency: str) -> st.SearchStrategy[Money]:
    return moneys(currency, least=0, most=10**6)


def _missing(*, sure: bool) -> st.SearchStrategy[IfNoFigure]:
    choices: tuple[IfNoFigure, ...] = get_args(IfNoFigure)
    return st.sampled_from([one for one in reversed(choices) if not (sure and one == "refuse")])


def requirements() -> st.SearchStrategy[Requirement]:
    """One bound from 0 to 100, of each kind."""
    sides = st.sampled_from(["at_least", "above", "at_most", "below"])
    return st.builds(lambda side, bound: Requirement(**{side: bound}), sides, numbers(0, 100))


def _validities() -> st.SearchStrategy[Validity]:
    return st.builds(lambda first, days: Validity(first, first + timedelta(days=days)), dates(), st.integers(0, 400))


@cache
def _gates(*, sure: bool = False) -> st.SearchStrategy[Gate]:
    return st.builds(
        Gate,
        figure=REFERENCES,
        keeps=requirements(),
        reads=st.sampled_from(get_args(Reads)),
        missing=_missing(sure=sure),
        whose=WHOSE,
    )


def _curves(*, sure: bool) -> st.SearchStrategy[PayCurve | None]:
    return st.one_of(st.none(), curves(refuses=not sure), tiers(refuses=not sure))


@cache
def _lines(currency: str, *, sure: bool = False) -> st.SearchStrategy[PayLine]:
    return st.builds(
        PayLine,
        pays=_amounts(currency),
        times=REFERENCES,
        missing=_missing(sure=sure),
        curve=_curves(sure=sure),
        quota=st.sampled_from([None, 80, Fraction(1, 3)]),
        part=st.sampled_from([1, Fraction(3, 5)]),
        whose=WHOSE,
        during=st.one_of(st.none(), _validities()),
        name=st.sampled_from(["", "Solved cases", "绩效"]),
        clause=st.sampled_from(["", "4.2"]),
    )


@cache
def _factors(*, sure: bool = False) -> st.SearchStrategy[PayFactor]:
    curve = _curves(sure=sure)
    return st.builds(
        PayFactor, name=st.just("rating"), times=REFERENCES, curve=curve, missing=_missing(sure=sure), whose=WHOSE
    )


def _kickers(currency: str, *, sure: bool = False) -> st.SearchStrategy[Kicker]:
    return st.builds(Kicker, name=st.just("kicker"), adds=_amounts(currency), gate=_gates(sure=sure))


def _caps(currency: str) -> st.SearchStrategy[PayCap]:
    return st.builds(PayCap, name=st.just("cap"), most=_amounts(currency))


def _floors(currency: str) -> st.SearchStrategy[PayFloor]:
    return st.builds(PayFloor, name=st.just("floor"), least=_amounts(currency))


def _modifiers(currency: str, *, sure: bool) -> st.SearchStrategy[Modifier]:
    return st.one_of(_factors(sure=sure), _kickers(currency, sure=sure), _caps(currency), _floors(currency))


def _eligibility() -> st.SearchStrategy[Eligibility]:
    """For everybody, or with days of service in some unit."""
    days: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.builds(lambda unit, least: {"days": unit, "least_days": least}, UNITS, st.integers(0, MOST_DAYS)),
    )
    return st.builds(
        lambda when, needs, valid, asked: Eligibility(when=when, needs=needs, valid=valid, **asked),
        st.sampled_from([ANYTHING, Eq("status", "active")]),
        st.sampled_from([(), ("permit",), ("permit", "上岗证")]),
        st.sampled_from(get_args(ValidWhen)),
        days,
    )


def _prorations() -> st.SearchStrategy[Proration]:
    return st.builds(Proration, by=UNITS, of=st.sampled_from(["quota", "payout", "both"]))


def _rosters() -> st.SearchStrategy[Roster]:
    days = {"working days": ("worked", "days")}
    fields = {"cost_centre": st.sampled_from(["", "centre"]), "team": st.sampled_from(["", "team"])}
    return st.builds(Roster, records=st.just("people"), served=st.sampled_from([{}, days]), **fields)


def _sharings() -> st.SearchStrategy[Sharing]:
    ways: list[dict[str, Any]] = [{"by": "equally"}]
    ways += [{"by": "kpis.points", "missing": missing} for missing in get_args(IfNoWeight)]
    return st.builds(lambda way: Sharing(records="people", of="who", **way), st.sampled_from(ways))


def _draws(currency: str) -> st.SearchStrategy[Draw]:
    return st.builds(Draw, amount=_amounts(currency), recovery=PARTS)


def _hold_backs() -> st.SearchStrategy[HoldBack]:
    return st.builds(HoldBack, part=PARTS, periods=st.integers(1, 3))


@cache
def pay_terms(currency: str = "CNY") -> st.SearchStrategy[PayTerms]:
    """How statements are paid out: a guarantee or a draw, something held back, and what is below zero.

    Args:
        currency: of all amounts.
    """
    fills: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        _amounts(currency).map(lambda least: {"guarantee": least}),
        _draws(currency).map(lambda draw: {"draw": draw}),
    )
    return st.builds(
        lambda rounding, negative, held, fill: PayTerms(rounding=rounding, negative=negative, hold_back=held, **fill),
        money_roundings(currency),
        st.sampled_from(get_args(IfNegative)),
        st.one_of(st.none(), _hold_backs()),
        fills,
    )


def plans(currency: str | None = None, *, sure: bool = False) -> st.SearchStrategy[Plan]:
    """Plans over the figures ``scorecards.engineer``, ``kpis.csat`` and ``kpis.solved``.

    Args:
        currency: of all amounts; any by default.
        sure: whether each pays something, or nothing with its reason, for any figures: none is refused.
    """
    return currencies().flatmap(lambda one: _plans(one, sure=sure)) if currency is None else _plans(currency, sure=sure)


@cache
def _plans(currency: str, *, sure: bool) -> st.SearchStrategy[Plan]:
    return st.builds(
        _plan,
        st.booleans(),
        key=st.sampled_from(["monthly", "team"]),
        currency=st.just(currency),
        every=st.sampled_from(["month", *get_args(PeriodKind)]),
        lines=some_of(LINES, _lines(currency, sure=sure)),
        rounding=money_roundings(currency),
        round_at=st.sampled_from(get_args(RoundAt)),
        gates=some_of(("csat", "safety"), _gates(sure=sure), 0),
        eligibility=_eligibility(),
        modifiers=st.lists(_modifiers(currency, sure=sure), max_size=3, unique_by=type),
        proration=st.one_of(st.none(), _prorations()),
        of=st.sampled_from(["", "who"]),
        people=st.one_of(st.none(), _rosters()),
        certificates=st.sampled_from(["", "certificates"]),
        terms=st.one_of(st.none(), pay_terms(currency)),
        share=st.one_of(st.none(), _sharings()),
        name=st.sampled_from(["", "Monthly bonus", "月度奖金"]),
    )


def _plan(shuts_all: bool, /, *, gates: Mapping[str, Gate], lines: Mapping[str, PayLine], **told: Any) -> Plan:  # noqa: ANN401, FBT001 - drawn
    """Gates shut all lines, or the first one."""
    shut = () if shuts_all else tuple(lines)[:1]
    return Plan(gates={key: attrs.evolve(one, shuts=shut) for key, one in gates.items()}, lines=lines, **told)


def _figures() -> st.SearchStrategy[Figure]:
    """A result as it is, one that was rounded, or one that orders and the like have made."""
    value, n = numbers(-10, 120), st.integers(0, 30)
    return st.one_of(
        st.builds(lambda exact, n: Figure.of(exact, None, n=n), value, n),
        st.builds(lambda exact, n: Figure(exact, round(exact), n), value, n),
        some_of(("o1", "o2", "o3"), numbers(0, 40)).map(
            lambda causes: Figure.of(sum(causes.values(), Fraction(0)), None, n=len(causes), causes=causes)
        ),
    )


NO_FIGURE = st.just(Figure(None, None))
KNOWN = _figures()
MAYBE = st.one_of(KNOWN, NO_FIGURE)


def _served(least: int = 0) -> st.SearchStrategy[Served]:
    return st.builds(lambda days, more: Served(days, max(days + more, 1)), st.integers(least, 31), st.integers(0, 9))


@st.composite
def payees_for(draw: st.DrawFn, plan: Plan, *, complete: bool = False) -> Payee:
    """Somebody with all that a plan asks.

    Args:
        draw: of Hypothesis.
        plan: by which they are paid.
        complete: whether they are eligible and no result is missing: money is due, and be it nothing.
    """
    held: dict[str, dict[str, Figure]] = {"own": {}, "team": {}}
    for whose, name in plan.figures:
        held[whose][name] = draw(KNOWN if complete else MAYBE)
    units = {plan.eligibility.days, None if plan.proration is None else plan.proration.by} - {None}
    permits = [[ALWAYS]] if complete else [[ALWAYS], [], [Validity(FIRST, FIRST + timedelta(days=500))]]
    return Payee(
        of=draw(st.sampled_from(NAMES)),
        figures=held["own"],
        team_figures=held["team"],
        facts={"status": "active" if complete else draw(st.sampled_from(["active", "left", None]))},
        certificates={name: draw(st.sampled_from(permits)) for name in plan.eligibility.needs},
        served={unit: draw(_served(MOST_DAYS if complete else 0)) for unit in sorted(filter(None, units))},
        cost_centre=draw(st.sampled_from(["", "C1"])),
    )


@st.composite
def statements(draw: st.DrawFn, currency: str | None = None, *, complete: bool = False) -> Statement:
    """What plans pay somebody for a period, with every reason.

    Args:
        draw: of Hypothesis.
        currency: of all amounts; any by default.
        complete: whether money is due for certain.
    """
    plan = draw(plans(currency, sure=True))
    return pay(plan, draw(payees_for(plan, complete=complete)), period=draw(periods_of(plan.every, ZONE)))


@st.composite
def _shut(draw: st.DrawFn) -> Statement:
    """Of a plan with a gate that no result opens."""
    drawn = draw(plans(sure=True))
    gate = Gate(figure="kpis.csat", keeps=Requirement(above=1_000), reads="exact", missing="nothing")
    plan = attrs.evolve(drawn, gates={"shut": gate})
    return pay(plan, draw(payees_for(plan, complete=True)), period=draw(periods_of(plan.every, ZONE)))


@st.composite
def _changes(draw: st.DrawFn) -> tuple[PlanChange, tuple[PayChange, ...]]:
    """The later plan knows a floor that lifts everybody."""
    before = draw(plans(sure=True))
    lifted = PayFloor(name="lifted", least=Money(10**15, before.currency))
    after = attrs.evolve(before, modifiers=(*before.modifiers, lifted))
    trial = draw(payees_for(before, complete=True)), draw(periods_of(before.every, ZONE))
    (change,) = compare_plans(before, after, [trial])
    return change, pay_changes(change.before, change.after)


def _jumping(currency: str, *, up: bool) -> st.SearchStrategy[Plan]:
    """Plans of one line that pays double, or half, from some result on."""
    values = [1, 2] if up else [2, 1]
    curve = st.builds(
        lambda bound, side: Steps([bound], values, bound=side), numbers(50, 90), st.sampled_from(get_args(Side))
    )
    line = st.builds(
        PayLine,
        pays=moneys(currency, least=10**6, most=10**7),
        times=REFERENCES,
        missing=st.just("nothing"),
        curve=curve,
    )
    return st.builds(
        Plan,
        key=st.just("monthly"),
        currency=st.just(currency),
        every=st.sampled_from(["month", "quarter"]),
        lines=line.map(lambda one: {"score": one}),
        rounding=money_roundings(currency),
        round_at=st.sampled_from(get_args(RoundAt)),
    )


def _findings() -> st.SearchStrategy[tuple[PayFinding, ...]]:
    falling = currencies().flatmap(lambda one: _jumping(one, up=False))
    return st.builds(lambda plan, day: review_plan(plan, {}, zone=ZONE, day=day), falling, dates())


@st.composite
def _ahead(draw: st.DrawFn) -> Statement:
    plan = draw(currencies().flatmap(lambda one: _jumping(one, up=True)))
    figures = {name: Figure.of(draw(numbers(0, 49)), None) for _, name in plan.figures}
    return pay(plan, Payee(of="a", figures=figures), period=draw(periods_of(plan.every, ZONE)))


STRATEGIES: Strategies = {
    Dip: lambda: found_in(_findings(), Dip),
    Draw: lambda: currencies().flatmap(_draws),
    Eligibility: _eligibility,
    Figure: lambda: MAYBE,
    Gate: _gates,
    HoldBack: _hold_backs,
    Kicker: lambda: currencies().flatmap(_kickers),
    NextTier: lambda: found_in(_ahead(), NextTier),
    PayCap: lambda: currencies().flatmap(_caps),
    PayChange: lambda: found_in(_changes(), PayChange),
    PayFactor: _factors,
    PayFinding: lambda: found_in(_findings(), PayFinding),
    PayFloor: lambda: currencies().flatmap(_floors),
    PayLine: lambda: currencies().flatmap(_lines),
    PayTerms: lambda: currencies().flatmap(pay_terms),
    Payee: lambda: plans().flatmap(payees_for),
    Plan: plans,
    PlanChange: lambda: found_in(_changes(), PlanChange),
    Proration: _prorations,
    Refusal: lambda: found_in(_shut(), Refusal),
    Requirement: requirements,
    Roster: _rosters,
    Served: _served,
    Sharing: _sharings,
    Statement: statements,
    Validity: _validities,
}
