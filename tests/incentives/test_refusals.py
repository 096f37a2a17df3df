# mypy: disable-error-code="arg-type,list-item,dict-item,call-arg,operator,call-overload,index"
"""What plans, payees, statements, awards and ladders refuse, in the words that people read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import CENT, ENGINEER, FIRST_QUARTER, JANUARY, MARGINAL, SHOP, cny, payee, plan

from svcstd.curves import Rounding
from svcstd.errors import CurrencyError, DefinitionError, SvcstdError, UnknownName
from svcstd.explain import because
from svcstd.incentives import (
    Account,
    Award,
    Best,
    Cash,
    Claim,
    Draw,
    Eligibility,
    Equity,
    Figure,
    Gate,
    Gift,
    Graded,
    Held,
    HoldBack,
    Kicker,
    Ladder,
    LeastGrade,
    LedgerLine,
    PayCap,
    Payee,
    PayFactor,
    PayFloor,
    PayLine,
    PayTerms,
    PeriodResult,
    Proration,
    Rank,
    Recognition,
    Requirement,
    Roster,
    Rung,
    Served,
    Sharing,
    Statement,
    Tuition,
    Validity,
    Vesting,
    answered,
    best_of,
    budget_by_threshold,
    clawback,
    compare_plans,
    correct,
    dips,
    dispute,
    grant,
    in_line,
    may_rise,
    pay,
    pay_changes,
    settle,
    share_pool,
    with_lines,
)
from svcstd.money import Money

DAY = date(2026, 1, 31)
EURO = Money(1, "EUR")
IDEA = Award(key="idea", kind="innovation", currency="CNY", gives=[Cash(cny(200))])
STUDY = attrs.evolve(IDEA, key="study", gives=[Tuition(part=Fraction(1, 3), most=cny(1000), rounding=CENT)])
GATE: dict[str, Any] = {"figure": "csat", "keeps": Requirement(at_least=1), "reads": "exact", "missing": "nothing"}
LINE: dict[str, Any] = {"pays": cny(1), "times": "points", "missing": "nothing"}
BEST: dict[str, Any] = {
    "by": "kpis.solved",
    "of": "agent",
    "every": "month",
    "least_n": 1,
    "winners": 1,
    "ties": "refuse",
}
ORDER = ("C", "B", "A")
RUNG: dict[str, Any] = {
    "start": "junior",
    "end": "senior",
    "needs": {"quarter": LeastGrade("B", ORDER)},
    "in_a_row": 2,
    "least_n": 0,
    "missing": "breaks",
}
RANKS = {"junior": Rank("Junior", "expert"), "senior": Rank("Senior", "expert")}
LADDER = Ladder(ranks=RANKS, rungs=[Rung(**RUNG)])
PAID = pay(ENGINEER, payee(score="0.7", points=28), period=JANUARY)
WAITING = pay(ENGINEER, payee(score=None, points=28), period=JANUARY)
EUROS = attrs.evolve(PAID, currency="EUR", lines=())
TAKEN: dict[str, Any] = {"returned": 1, "rounding": CENT, "why": "cancelled"}
OPEN = dispute(PAID, "points", on=DAY, reason="two orders are missing")
DONE = answered(OPEN, "upheld", on=DAY, answer="they are")
SEARCH: dict[str, Any] = {"period": JANUARY, "figure": "points"}
SERVED = plan({"a": PayLine(**LINE)}, proration=Proration(by="working days", of="payout"))
PICKY = plan({"a": PayLine(**LINE | {"missing": "refuse"})}, gates={"g": Gate(**GATE | {"missing": "refuse"})})
FROM_JSON: dict[str, Any] = PAID.to_json()
ACCOUNT: dict[str, Any] = {"owed": "1.00 CNY", "carried": "0.00 CNY", "held": []}


def figures(**found: Any) -> PeriodResult:
    """A quarter."""
    return PeriodResult("2026-Q1", found)


REFUSED: list[tuple[Any, type[SvcstdError], str]] = [
    (
        lambda: Recognition("medal", "x"),
        DefinitionError,
        "form: medal is not a choice here; choose one of praise, certificate, project, promotion",
    ),
    (
        lambda: Tuition(part=0, most=cny(1), rounding=CENT),
        DefinitionError,
        "part: 0 is not a part; write a number above 0, at most 1",
    ),
    (
        lambda: Tuition(part=Fraction(3, 2), most=cny(1), rounding=CENT),
        DefinitionError,
        "part: 3/2 is not a part; write a number above 0, at most 1",
    ),
    (
        lambda: Tuition(part=1, most=cny(-1), rounding=CENT),
        DefinitionError,
        "most: -1.00 CNY is below zero; write an amount of 0 or more",
    ),
    (
        lambda: Tuition(part=0.5, most=cny(1), rounding=CENT),
        DefinitionError,
        "value: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Equity("share", [Vesting("2027-01-01", 1)]),
        DefinitionError,
        "schedule: this is a str; write a date without a time",
    ),
    (
        lambda: Equity("share", [Vesting(DAY, 0.5)]),
        DefinitionError,
        "schedule: this is a float; write a whole number of units",
    ),
    (
        lambda: Equity("share", []),
        DefinitionError,
        "schedule: it is no schedule; write days, each once, with a whole number of units above 0",
    ),
    (
        lambda: Equity("share", [Vesting(DAY, 0)]),
        DefinitionError,
        "schedule: it is no schedule; write days, each once, with a whole number of units above 0",
    ),
    (
        lambda: Equity("share", [Vesting(DAY, 1), Vesting(DAY, 1)]),
        DefinitionError,
        "schedule: it is no schedule; write days, each once, with a whole number of units above 0",
    ),
    (
        lambda: attrs.evolve(IDEA, kind="luck"),
        DefinitionError,
        "kind: luck is not a choice here; choose one of performance, innovation, team",
    ),
    (
        lambda: attrs.evolve(IDEA, gives=[]),
        DefinitionError,
        "gives: the award gives nothing; write a reward: cash, a gift, recognition, tuition or equity",
    ),
    (
        lambda: attrs.evolve(IDEA, gives=[Cash(cny(1)), Gift("a watch", EURO)]),
        DefinitionError,
        "gives[1]: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: grant(STUDY, [Claim(of="E07", cause="course", on=DAY)]),
        DefinitionError,
        "claims.course.cost: nothing tells what course costs; give the cost of which the award pays a part",
    ),
    (
        lambda: grant(STUDY, [Claim(of="E07", cause="course", on=DAY, cost=EURO)]),
        CurrencyError,
        "currency: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: Claim(of="", cause="s1", on=DAY),
        DefinitionError,
        "cause: a claim needs somebody and a cause; say whose it is and what for",
    ),
    (
        lambda: Claim(of="E07", cause="", on=DAY),
        DefinitionError,
        "cause: a claim needs somebody and a cause; say whose it is and what for",
    ),
    (
        lambda: Claim(of="E07", cause="s1", on="2026-01-31"),
        DefinitionError,
        "on: this is a str; write a date without a time",
    ),
    (
        lambda: Best(**BEST | {"every": "decade"}),
        DefinitionError,
        "every: decade is not a choice here; choose one of day, week, month, quarter, half, year, fiscal",
    ),
    (
        lambda: Best(**BEST | {"ties": "share"}),
        DefinitionError,
        "ties: share is not a choice here; choose one of all, none, refuse",
    ),
    (
        lambda: Best(**BEST | {"least_n": -1}),
        DefinitionError,
        "least_n: -1 is no number here; write a whole number, at least 0",
    ),
    (
        lambda: Best(**BEST | {"winners": 0}),
        DefinitionError,
        "winners: 0 is no number here; write a whole number, at least 1",
    ),
    (lambda: Best(**BEST | {"winners": 1.5}), DefinitionError, "winners: this is a float; write a whole number"),
    (
        lambda: best_of(
            Best(**BEST),
            {"E08": Figure.of(9, None, n=9), "E07": Figure.of(9, None, n=9)},
            less_is_better=False,
            label="2026-01",
            on=DAY,
        ),
        DefinitionError,
        "ties: E07, E08 are tied, and only 1 can win; let all of them win, or none, or add winners",
    ),
    (
        lambda: pay_changes(PAID, attrs.evolve(PAID, of="E08")),
        DefinitionError,
        "after: the statements are of several payees; give the statements of one payee at a time",
    ),
    (
        lambda: pay_changes(PAID, EUROS),
        CurrencyError,
        "after: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: correct([], PAID, why="wrong"),
        DefinitionError,
        (
            "paid: a correction needs what was paid, and why it is corrected; give the original with "
            "its corrections, and a reason in words"
        ),
    ),
    (
        lambda: correct([PAID], PAID, why=""),
        DefinitionError,
        (
            "why: a correction needs what was paid, and why it is corrected; give the original with "
            "its corrections, and a reason in words"
        ),
    ),
    (
        lambda: correct([PAID], WAITING, why="wrong"),
        DefinitionError,
        "run: monthly 2026-01 is withheld; wait until its results are there",
    ),
    (
        lambda: correct([EUROS], PAID, why="wrong"),
        CurrencyError,
        "run: EUR and CNY are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: correct([attrs.evolve(PAID, of="E08")], PAID, why="wrong"),
        DefinitionError,
        (
            "paid: monthly 2026-01 of E07 cannot correct monthly 2026-01 of E08; give statements of "
            "the same plan, payee and period"
        ),
    ),
    (
        lambda: correct([attrs.evolve(PAID, period="2025-12")], PAID, why="wrong"),
        DefinitionError,
        (
            "paid: monthly 2026-01 of E07 cannot correct monthly 2025-12 of E07; give statements of "
            "the same plan, payee and period"
        ),
    ),
    (
        lambda: correct([attrs.evolve(PAID, plan="other")], PAID, why="wrong"),
        DefinitionError,
        (
            "paid: monthly 2026-01 of E07 cannot correct other 2026-01 of E07; give statements of the "
            "same plan, payee and period"
        ),
    ),
    (
        lambda: clawback([PAID], "o1", **TAKEN | {"returned": 2}),
        DefinitionError,
        "returned: 2 is not a part; write a number from 0 to 1",
    ),
    (
        lambda: clawback([PAID], "o1", **TAKEN | {"returned": Fraction(-1, 2)}),
        DefinitionError,
        "returned: -1/2 is not a part; write a number from 0 to 1",
    ),
    (
        lambda: clawback([PAID], "o1", **TAKEN | {"returned": 0.5}),
        DefinitionError,
        ("returned: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value"),
    ),
    (
        lambda: clawback([PAID], "o1", **TAKEN | {"why": ""}),
        DefinitionError,
        (
            "why: a correction needs what was paid, and why it is corrected; give the original with "
            "its corrections, and a reason in words"
        ),
    ),
    (
        lambda: clawback([PAID, attrs.evolve(PAID, of="E08")], "o1", **TAKEN),
        DefinitionError,
        "paid: the statements are of several payees; give the statements of one payee at a time",
    ),
    (
        lambda: with_lines(WAITING, ()),
        DefinitionError,
        "statement: monthly 2026-01 is withheld; wait until its results are there",
    ),
    (
        lambda: with_lines(EUROS, PAID.lines),
        DefinitionError,
        "lines: 1400.00 CNY is not in EUR; write all money of a plan in its currency",
    ),
    (
        lambda: dispute(PAID, "pionts", on=DAY, reason="wrong"),
        UnknownName,
        "key: monthly 2026-01 has no line pionts; name a line or what refused it: points",
    ),
    (
        lambda: dispute(PAID, "points", on="2026-01-31", reason="wrong"),
        DefinitionError,
        "on: this is a str; write a date without a time",
    ),
    (
        lambda: dispute(PAID, "points", on=DAY, reason=""),
        DefinitionError,
        "reason: a dispute needs a reason; say in words what is wrong",
    ),
    (
        lambda: dispute(PAID, "points", on=DAY, reason="wrong", expected=EURO),
        CurrencyError,
        "expected: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: answered(OPEN, "open", on=DAY, answer="yes"),
        DefinitionError,
        "state: open is not a choice here; choose one of upheld, rejected, withdrawn",
    ),
    (
        lambda: answered(OPEN, "upheld", on="2026-01-31", answer="yes"),
        DefinitionError,
        "on: this is a str; write a date without a time",
    ),
    (
        lambda: answered(OPEN, "upheld", on=date(2026, 1, 30), answer="yes"),
        DefinitionError,
        (
            "dispute: a dispute that is open, raised on Sat 31 Jan 2026, cannot be answered so; "
            "answer an open one, not before it was raised, in words"
        ),
    ),
    (
        lambda: answered(OPEN, "upheld", on=DAY, answer=""),
        DefinitionError,
        (
            "dispute: a dispute that is open, raised on Sat 31 Jan 2026, cannot be answered so; "
            "answer an open one, not before it was raised, in words"
        ),
    ),
    (
        lambda: answered(DONE, "rejected", on=DAY, answer="no"),
        DefinitionError,
        (
            "dispute: a dispute that is upheld, raised on Sat 31 Jan 2026, cannot be answered so; "
            "answer an open one, not before it was raised, in words"
        ),
    ),
    (
        lambda: pay(SHOP, payee(solved=-1, csat=1, qa=1), period=JANUARY),
        DefinitionError,
        (
            "lines.solved.curve: -1 comes before the first tier, which begins at 0; correct the "
            "value, or let the tiers say what comes of it"
        ),
    ),
    (
        lambda: pay(
            plan(
                {"a": PayLine(**LINE)},
                modifiers=[PayFactor(name="late", times="points", curve=MARGINAL, missing="nothing")],
            ),
            payee(points=-1),
            period=JANUARY,
        ),
        DefinitionError,
        (
            "steps.late.curve: -1 comes before the first tier, which begins at 0; correct the value, "
            "or let the tiers say what comes of it"
        ),
    ),
    (
        lambda: pay(ENGINEER, payee(scoer=1, points=1), period=JANUARY),
        UnknownName,
        (
            "figures.score: E07 has no figure score; give it, also where it is missing: Figure(None, "
            "None); there is scoer"
        ),
    ),
    (
        lambda: pay(plan({"a": PayLine(**LINE | {"whose": "team"})}), payee(points=1), period=JANUARY),
        UnknownName,
        (
            "team_figures.points: E07 has no figure points; give it, also where it is missing: "
            "Figure(None, None); there is nothing"
        ),
    ),
    (
        lambda: pay(SERVED, attrs.evolve(payee(points=1), served={"working day": Served(1, 2)}), period=JANUARY),
        UnknownName,
        (
            "served.working days: the days of service of E07 are not given in working days; give "
            "served for working days; there are working day"
        ),
    ),
    (
        lambda: pay(
            plan({"a": PayLine(**LINE)}, eligibility=Eligibility(least_days=5, days="working days")),
            payee(points=1),
            period=JANUARY,
        ),
        UnknownName,
        (
            "served.working days: the days of service of E07 are not given in working days; give "
            "served for working days; there are nothing"
        ),
    ),
    (
        lambda: pay(PICKY, payee(points=1, csat=None), period=JANUARY),
        DefinitionError,
        (
            "figures.csat: there is no result of csat, and the plan refuses to go on; give the "
            "result, or let the plan say nothing or withhold"
        ),
    ),
    (
        lambda: pay(PICKY, payee(points=None, csat=1), period=JANUARY),
        DefinitionError,
        (
            "figures.points: there is no result of points, and the plan refuses to go on; give the "
            "result, or let the plan say nothing or withhold"
        ),
    ),
    (
        lambda: pay(ENGINEER, payee(score=1, points=1), period=FIRST_QUARTER),
        DefinitionError,
        "period: a plan for each month pays no quarter; give a period of the plan's cycle",
    ),
    (lambda: LeastGrade("D", ORDER), DefinitionError, "grade: D is not a choice here; choose one of C, B, A"),
    (
        lambda: LeastGrade("C", ("C", "B", "C")),
        DefinitionError,
        "order: C, B, C names a grade twice; write each grade once, the lowest first",
    ),
    (lambda: LeastGrade("C", ORDER).lack("AA"), UnknownName, "grade: AA is no grade of the order; write A"),
    (
        lambda: Rung(**RUNG | {"needs": {}}),
        DefinitionError,
        "needs: nothing is needed to rise; write at least one need",
    ),
    (
        lambda: Rung(**RUNG | {"in_a_row": 0}),
        DefinitionError,
        "in_a_row: 0 is no number here; write a whole number, at least 1",
    ),
    (
        lambda: Rung(**RUNG | {"in_a_row": "two"}),
        DefinitionError,
        "in_a_row: 'two' is no number here; write a whole number, at least 1",
    ),
    (
        lambda: Rung(**RUNG | {"least_n": -1}),
        DefinitionError,
        "least_n: -1 is no number here; write a whole number, at least 0",
    ),
    (
        lambda: Rung(**RUNG | {"missing": "ends"}),
        DefinitionError,
        "missing: ends is not a choice here; choose one of breaks, skipped",
    ),
    (
        lambda: attrs.evolve(LADDER, rungs=[Rung(**RUNG), Rung(**RUNG | {"start": "juniro"})]),
        UnknownName,
        "rungs[1]: juniro is no rank of the ladder; write junior",
    ),
    (
        lambda: attrs.evolve(LADDER, rungs=[Rung(**RUNG | {"end": "senoir"})]),
        UnknownName,
        "rungs[0]: senoir is no rank of the ladder; write senior",
    ),
    (
        lambda: attrs.evolve(LADDER, rungs=[Rung(**RUNG), Rung(**RUNG)]),
        DefinitionError,
        "rungs: two ways lead from one rank to the same other; write all that is needed in one of them",
    ),
    (
        lambda: attrs.evolve(LADDER, rungs=[Rung(**RUNG), Rung(**RUNG | {"start": "senior", "end": "junior"})]),
        DefinitionError,
        "rungs: the ways between junior, senior go round in a circle; let every way lead up",
    ),
    (
        lambda: in_line(
            {
                "E07": may_rise(LADDER, "junior", [])[0],
                "E08": attrs.evolve(may_rise(LADDER, "junior", [])[0], rung=Rung(**RUNG | {"end": "expert"})),
            }
        ),
        DefinitionError,
        "rises: the ways lead to several ranks; ask for one of them at a time",
    ),
    (lambda: may_rise(LADDER, "juniro", []), UnknownName, "rank: juniro is no rank of the ladder; write junior"),
    (
        lambda: may_rise(LADDER, "junior", [figures(), figures()]),
        DefinitionError,
        "history: a period is there twice; give the results of each period once, the newest last",
    ),
    (
        lambda: may_rise(LADDER, "junior", [figures(quarter=Figure.of(1, None))]),
        DefinitionError,
        (
            "results.quarter: the need and the result of quarter are not of one kind; give a grade "
            "for a grade, a number for a number"
        ),
    ),
    (
        lambda: may_rise(
            attrs.evolve(LADDER, rungs=[Rung(**RUNG | {"needs": {"csat": Requirement(at_least=1)}})]),
            "junior",
            [figures(csat=Graded("A"))],
        ),
        DefinitionError,
        (
            "results.csat: the need and the result of csat are not of one kind; give a grade for a "
            "grade, a number for a number"
        ),
    ),
    (
        lambda: Figure(1, None),
        DefinitionError,
        "rounded: 1 and None are half a figure; give both numbers, or none where there is no result",
    ),
    (
        lambda: Figure(None, Fraction(1, 2)),
        DefinitionError,
        "rounded: None and 1/2 are half a figure; give both numbers, or none where there is no result",
    ),
    (
        lambda: Figure(3, 3, causes={"o1": 1, "o2": 1}),
        DefinitionError,
        "causes: the credits add up to 2, the figure is 3; give the credit of every cause, none below 0",
    ),
    (
        lambda: Figure(0, 0, causes={"o1": 1, "o2": -1}),
        DefinitionError,
        "causes: the credits add up to 0, the figure is 0; give the credit of every cause, none below 0",
    ),
    (
        lambda: Figure(1, 1, causes={"o1": 0.5}),
        DefinitionError,
        ("causes.o1: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value"),
    ),
    (lambda: Served(1.5, 22), DefinitionError, "days: this is a float; write a whole number of days"),
    (lambda: Served(1, "22"), DefinitionError, "of: this is a str; write a whole number of days"),
    (
        lambda: Served(23, 22),
        DefinitionError,
        (
            "days: 23 days of service do not fit in 22; count whole days, no more than the period "
            "has, and at least one in the period"
        ),
    ),
    (
        lambda: Served(-1, 22),
        DefinitionError,
        (
            "days: -1 days of service do not fit in 22; count whole days, no more than the period "
            "has, and at least one in the period"
        ),
    ),
    (
        lambda: Served(0, 0),
        DefinitionError,
        (
            "days: 0 days of service do not fit in 0; count whole days, no more than the period has, "
            "and at least one in the period"
        ),
    ),
    (lambda: Validity("2026-01-01", DAY), DefinitionError, "first: this is a str; write a date without a time"),
    (lambda: Validity(DAY, "2026-01-01"), DefinitionError, "last: this is a str; write a date without a time"),
    (
        lambda: Validity(DAY, date(2026, 1, 30)),
        DefinitionError,
        (
            "last: the last day, Fri 30 Jan 2026, comes before the first, Sat 31 Jan 2026; give days "
            "in order; both of them count"
        ),
    ),
    (lambda: Payee(of=""), DefinitionError, "of: nobody is named; say who is paid"),
    (lambda: Payee(of=7), DefinitionError, "of: nobody is named; say who is paid"),
    (
        lambda: Payee(of="E07", figures={"a": 1}),
        DefinitionError,
        "figures.a: this is an int; write a Figure, such as Figure.of(28, None)",
    ),
    (
        lambda: Payee(of="E07", team_figures={"a": 1}),
        DefinitionError,
        "team_figures.a: this is an int; write a Figure, such as Figure.of(28, None)",
    ),
    (
        lambda: Payee(of="E07", served={"working days": 11}),
        DefinitionError,
        "served.working days: this is an int; write a Served, such as Served(11, 22)",
    ),
    (lambda: PayLine(**LINE | {"quota": 0}), DefinitionError, "quota: 0 is not above 0; write a number above 0"),
    (
        lambda: PayLine(**LINE | {"part": Fraction(-1, 2)}),
        DefinitionError,
        "part: -1/2 is not above 0; write a number above 0",
    ),
    (
        lambda: PayLine(**LINE | {"missing": "skip"}),
        DefinitionError,
        "missing: skip is not a choice here; choose one of refuse, nothing, withhold",
    ),
    (
        lambda: PayLine(**LINE | {"whose": "boss"}),
        DefinitionError,
        "whose: boss is not a choice here; choose one of own, team",
    ),
    (
        lambda: PayFactor(name="f", times="a", missing="skip"),
        DefinitionError,
        "missing: skip is not a choice here; choose one of refuse, nothing, withhold",
    ),
    (
        lambda: PayFactor(name="f", times="a", missing="nothing", whose="boss"),
        DefinitionError,
        "whose: boss is not a choice here; choose one of own, team",
    ),
    (lambda: Eligibility(least_days=0.5), DefinitionError, "least_days: this is a float; write a whole number of days"),
    (
        lambda: Eligibility(least_days=5),
        DefinitionError,
        (
            "days: a least of 5 days of service has no unit or is below 0; say which days count: "
            "calendar days, working days or service days"
        ),
    ),
    (
        lambda: Eligibility(least_days=-1, days="working days"),
        DefinitionError,
        (
            "days: a least of -1 days of service has no unit or is below 0; say which days count: "
            "calendar days, working days or service days"
        ),
    ),
    (
        lambda: Eligibility(least_days=1, days="week days"),
        DefinitionError,
        "days: week days is not a choice here; choose one of calendar days, working days, service days",
    ),
    (
        lambda: Eligibility(valid="once"),
        DefinitionError,
        "valid: once is not a choice here; choose one of throughout, at start, at end",
    ),
    (
        lambda: Gate(**GATE | {"keeps": 1}),
        DefinitionError,
        "keeps: this is an int; write a Requirement, such as Requirement(at_least=1)",
    ),
    (
        lambda: Gate(**GATE | {"reads": "both"}),
        DefinitionError,
        "reads: both is not a choice here; choose one of exact, rounded",
    ),
    (
        lambda: Gate(**GATE | {"missing": "skip"}),
        DefinitionError,
        "missing: skip is not a choice here; choose one of refuse, nothing, withhold",
    ),
    (
        lambda: Gate(**GATE | {"whose": "boss"}),
        DefinitionError,
        "whose: boss is not a choice here; choose one of own, team",
    ),
    (
        lambda: Proration(by="week days", of="quota"),
        DefinitionError,
        "by: week days is not a choice here; choose one of calendar days, working days, service days",
    ),
    (
        lambda: Proration(by="working days", of="all"),
        DefinitionError,
        "of: all is not a choice here; choose one of quota, payout, both",
    ),
    (
        lambda: plan({}),
        DefinitionError,
        "lines: a plan without a line pays nothing; write a line: what it pays, times which result",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, every="decade"),
        DefinitionError,
        "every: decade is not a choice here; choose one of day, week, month, quarter, half, year, fiscal",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, round_at="end"),
        DefinitionError,
        "round_at: end is not a choice here; choose one of line, total",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, rounding=Rounding(Decimal("0.001"), "half up")),
        DefinitionError,
        (
            "rounding: a step of 0.001 is no whole number of minor units of CNY; write a step such as "
            "0.01, or a coin such as 0.05"
        ),
    ),
    (
        lambda: plan({"a": PayLine(**LINE | {"pays": 15})}),
        DefinitionError,
        "lines.a.pays: this is an int; write Money, such as Money.of(15, 'CNY')",
    ),
    (
        lambda: plan({"a": PayLine(**LINE | {"pays": EURO})}),
        DefinitionError,
        "lines.a.pays: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan(
            {"a": PayLine(**LINE)}, modifiers=[PayCap(name="cap", most=cny(1)), PayCap(name="top", most=EURO)]
        ),
        DefinitionError,
        "modifiers[1].most: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, modifiers=[PayFloor(name="floor", least=EURO)]),
        DefinitionError,
        "modifiers[0].least: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, modifiers=[Kicker(name="kick", adds=EURO, gate=Gate(**GATE))]),
        DefinitionError,
        "modifiers[0].adds: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, terms=PayTerms(rounding=CENT, negative="owe", guarantee=EURO)),
        DefinitionError,
        "terms.guarantee: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan(
            {"a": PayLine(**LINE)}, terms=PayTerms(rounding=CENT, negative="owe", draw=Draw(amount=EURO, recovery=1))
        ),
        DefinitionError,
        "terms.draw.amount: 0.01 EUR is not in CNY; write all money of a plan in its currency",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, gates={"g": Gate(**GATE | {"shuts": ["b"]})}),
        DefinitionError,
        "gates.g.shuts: b is not a choice here; choose one of a",
    ),
    (
        lambda: plan({"a": PayLine(**LINE)}, modifiers=[PayCap(name="a", most=cny(1))]),
        DefinitionError,
        "modifiers: a names two lines or steps; give each a name of its own",
    ),
    (
        lambda: plan({"rounding": PayLine(**LINE)}),
        DefinitionError,
        "modifiers: rounding names two lines or steps; give each a name of its own",
    ),
    (
        lambda: share_pool(WAITING, {"m1": 1}),
        DefinitionError,
        "pool: monthly 2026-01 is withheld: there is nothing to share; share a statement that is due",
    ),
    (
        lambda: share_pool(PAID, {"m1": 0}),
        DefinitionError,
        ("weights: nothing can be shared by these weights; give weights that are not below 0, one of them above it"),
    ),
    (
        lambda: share_pool(PAID, {"m1": 0.5}),
        DefinitionError,
        "value: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        Requirement,
        DefinitionError,
        "at_least: one bound is needed; write one of at_least, above, at_most, below",
    ),
    (
        lambda: Requirement(at_least=1, below=2),
        DefinitionError,
        "at_least: one bound is needed; write one of at_least, above, at_most, below",
    ),
    (
        lambda: Requirement(above=0.5),
        DefinitionError,
        "value: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: Roster(records="staff", served={"week days": ("a", "b")}),
        DefinitionError,
        "served: week days is not a choice here; choose one of calendar days, working days, service days",
    ),
    (
        lambda: Account(owed=cny(0), carried=EURO),
        CurrencyError,
        "account: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: Account(owed=cny(0), carried=cny(0), held=[Held("p 2025-12", EURO, 1)]),
        CurrencyError,
        "account: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: Account(owed=cny(-1), carried=cny(0)),
        DefinitionError,
        (
            "account: -1.00 CNY owed and 0.00 CNY carried are no account; write advances not below 0, "
            "and a result below zero that waits, not above 0"
        ),
    ),
    (
        lambda: Account(owed=cny(0), carried=cny(1)),
        DefinitionError,
        (
            "account: 0.00 CNY owed and 1.00 CNY carried are no account; write advances not below 0, "
            "and a result below zero that waits, not above 0"
        ),
    ),
    (
        lambda: Account.from_json({"owed": "1.00 CNY"}),
        DefinitionError,
        "account: the mapping has another shape; give what to_json wrote ('carried')",
    ),
    (
        lambda: Account.from_json(ACCOUNT | {"owed": 1}),
        DefinitionError,
        "account: the mapping has another shape; give what to_json wrote (a text is wanted, not int)",
    ),
    (
        lambda: Account.from_json(ACCOUNT | {"held": [{"label": "p 2025-12", "amount": "1.00 CNY", "left": 0}]}),
        DefinitionError,
        "account: the mapping has another shape; give what to_json wrote (left is a whole number from 1)",
    ),
    (
        lambda: Account.from_json(ACCOUNT | {"held": "none"}),
        DefinitionError,
        "account: the mapping has another shape; give what to_json wrote (an array is wanted, not str)",
    ),
    (
        lambda: settle(EUROS, PayTerms(rounding=CENT, negative="owe"), Account(owed=cny(1), carried=cny(-1))),
        CurrencyError,
        "currency: EUR and CNY are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: Sharing(records="staff", of="name", by="kpis.points"),
        DefinitionError,
        (
            "missing: the pool is shared by kpis.points, and missing does not fit that; say what a "
            "member without a figure gets, or leave it out where all share equally"
        ),
    ),
    (
        lambda: Sharing(records="staff", of="name", by="equally", missing="nothing"),
        DefinitionError,
        (
            "missing: the pool is shared by equally, and missing does not fit that; say what a member "
            "without a figure gets, or leave it out where all share equally"
        ),
    ),
    (
        lambda: Sharing(records="staff", of="name", by="kpis.points", missing="skip"),
        DefinitionError,
        "missing: skip is not a choice here; choose one of refuse, nothing",
    ),
    (
        lambda: LedgerLine(key="a", kind="tip", amount=cny(1), why=because("pay.no_service")),
        DefinitionError,
        (
            "kind: tip is not a choice here; choose one of line, step, rounding, share, guarantee, "
            "draw, recovery, held, released, carried in, carried out, correction, clawback, award"
        ),
    ),
    (
        lambda: LedgerLine(key="a", kind="line", amount=cny(1), why=because("pay.no_service"), causes={"o1": cny(2)}),
        DefinitionError,
        "causes: the causes do not add up to 1.00 CNY; give each its part, by an allocation",
    ),
    (
        lambda: attrs.evolve(PAID, currency="EUR"),
        DefinitionError,
        "lines: 1400.00 CNY is not in EUR; write all money of a plan in its currency",
    ),
    (
        lambda: Statement.from_json({k: v for k, v in FROM_JSON.items() if k != "plan"}),
        DefinitionError,
        "statement: the mapping has another shape; give what to_json wrote ('plan')",
    ),
    (
        lambda: Statement.from_json(FROM_JSON | {"plan": 7}),
        DefinitionError,
        "statement: the mapping has another shape; give what to_json wrote (a text is wanted, not int)",
    ),
    (
        lambda: Statement.from_json(FROM_JSON | {"total": "9.00 CNY"}),
        DefinitionError,
        "statement: the mapping has another shape; give what to_json wrote (the lines sum to 1820.00 CNY)",
    ),
    (
        lambda: Statement.from_json(FROM_JSON | {"state": "late"}),
        DefinitionError,
        (
            "statement: the mapping has another shape; give what to_json wrote (one of due, refused, "
            "withheld is wanted, not 'late')"
        ),
    ),
    (
        lambda: Statement.from_json(FROM_JSON | {"lines": 7}),
        DefinitionError,
        "statement: the mapping has another shape; give what to_json wrote (an array is wanted, not int)",
    ),
    (
        lambda: Draw(amount=cny(-1), recovery=1),
        DefinitionError,
        "amount: -1.00 CNY is below zero; write an amount of 0 or more",
    ),
    (lambda: Draw(amount=cny(1), recovery=2), DefinitionError, "recovery: 2 is not a part; write a number from 0 to 1"),
    (
        lambda: HoldBack(part=Fraction(-1, 2), periods=1),
        DefinitionError,
        "part: -1/2 is not a part; write a number from 0 to 1",
    ),
    (
        lambda: HoldBack(part=1, periods=0),
        DefinitionError,
        "periods: 0 is no number of periods; write a whole number, at least 1",
    ),
    (
        lambda: HoldBack(part=1, periods="two"),
        DefinitionError,
        "periods: 'two' is no number of periods; write a whole number, at least 1",
    ),
    (
        lambda: PayTerms(rounding=CENT, negative="forget"),
        DefinitionError,
        "negative: forget is not a choice here; choose one of carry, forgive, owe",
    ),
    (
        lambda: PayTerms(rounding=CENT, negative="owe", guarantee=cny(-1)),
        DefinitionError,
        "guarantee: -1.00 CNY is below zero; write an amount of 0 or more",
    ),
    (
        lambda: PayTerms(rounding=CENT, negative="owe", guarantee=cny(1), draw=Draw(amount=cny(1), recovery=1)),
        DefinitionError,
        (
            "draw: a guarantee beside a draw has no meaning; write one of them; a draw with the "
            "recovery 0 is not given back"
        ),
    ),
    (
        lambda: compare_plans(ENGINEER, plan({"a": PayLine(**LINE | {"pays": EURO})}, currency="EUR"), []),
        CurrencyError,
        "after: CNY and EUR are two currencies; convert one of them by an ExchangeRate of a day",
    ),
    (
        lambda: budget_by_threshold(SHOP, [], gate="cast", by=[1]),
        UnknownName,
        "gate: cast is no gate of the plan; write csat",
    ),
    (
        lambda: dips(ENGINEER, payee(score=1, points=1), low=1, high=1, step=1, **SEARCH),
        DefinitionError,
        "step: nothing lies between 1 and 1 in steps of 1; give a low and a higher end, and a step above 0",
    ),
    (
        lambda: dips(ENGINEER, payee(score=1, points=1), low=0, high=Fraction(1, 2), step=0, **SEARCH),
        DefinitionError,
        "step: nothing lies between 0 and 1/2 in steps of 0; give a low and a higher end, and a step above 0",
    ),
    (
        lambda: dips(ENGINEER, payee(score=1, points=1), low=0.5, high=1, step=1, **SEARCH),
        DefinitionError,
        "low: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: dips(ENGINEER, payee(score=1, points=1), low=0, high=0.5, step=1, **SEARCH),
        DefinitionError,
        "high: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    (
        lambda: dips(ENGINEER, payee(score=1, points=1), low=0, high=1, step=0.5, **SEARCH),
        DefinitionError,
        "step: 0.5 is no exact number; give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
]


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED)
def test_refused(make: Any, kind: type[SvcstdError], words: str) -> None:
    """Each refusal says where, what and how to mend it."""
    with pytest.raises(SvcstdError) as refused:
        make()
    assert (type(refused.value), str(refused.value)) == (kind, words)
