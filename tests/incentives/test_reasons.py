"""What statements, awards and ladders say, line by line, as people read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import CENT, ENGINEER, JANUARY, cny, payee, plan

from svcstd.conditions import Eq
from svcstd.explain import Explanation
from svcstd.incentives import (
    Account,
    Award,
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
    Rung,
    Served,
    Tuition,
    Validity,
    Vesting,
    clawback,
    converted,
    correct,
    grant,
    may_rise,
    pay,
    settle,
    share_pool,
)
from svcstd.money import ExchangeRate

LINE: dict[str, Any] = {"pays": cny(10), "times": "points", "missing": "nothing"}
ONE = {"a": PayLine(**LINE)}
GATE: dict[str, Any] = {
    "figure": "csat",
    "keeps": Requirement(at_least=Decimal("0.85")),
    "reads": "exact",
    "missing": "nothing",
}
GOOD = payee(points=3, csat="0.9")
POOR = payee(points=3, csat="0.8")
UNKNOWN = payee(points=3, csat=None)
HALF: dict[str, Any] = {"served": {"working days": Served(11, 22)}}
NAMED = {"a": PayLine(**LINE, name="Orders")}


def said(paid: Any, who: Payee) -> list[str]:
    """All reasons of a statement of January."""
    return lines(pay(paid, who, period=JANUARY).explanation)


def lines(why: Explanation) -> list[str]:
    """Line by line."""
    return why.text().splitlines()


def settled(amount: int, terms: PayTerms, *, owed: int = 0, carried: int = 0, held: tuple[Held, ...] = ()) -> list[str]:
    """What settling a month of so much money says."""
    made = pay(
        plan({"a": PayLine(pays=cny(1), times="points", missing="nothing")}), payee(points=amount), period=JANUARY
    )
    found, _ = settle(made, terms, Account(owed=cny(owed), carried=cny(carried), held=held))
    return [text for line in found.lines[1:] for text in (f"{line.key}, {line.kind}, {line.amount}", *lines(line.why))]


def given(*rewards: Any, name: str = "Idea") -> list[str]:
    """What an award of such rewards says."""
    award = Award(key="idea", kind="innovation", currency="CNY", gives=rewards, name=name)
    return lines(grant(award, [Claim(of="E07", cause="s1", on=date(2026, 1, 9), cost=cny(900))]).grants[0].why)


def risen(*history: PeriodResult, facts: Any = ()) -> list[str]:
    """What a ladder says of the way up."""
    return lines(may_rise(LADDER, "junior", history, facts=dict(facts))[0].explanation)


def quarter(label: str, grade: str | None, csat: Any, n: int = 5) -> PeriodResult:
    """A quarter with both results."""
    return PeriodResult(
        label, {"quarter": Graded(grade, n), "csat": Figure.of(None if csat is None else Decimal(csat), None, n=n)}
    )


LADDER = Ladder(
    ranks={"junior": Rank("Engineer", "expert"), "senior": Rank("Senior engineer", "expert")},
    rungs=[
        Rung(
            start="junior",
            end="senior",
            in_a_row=2,
            least_n=3,
            missing="breaks",
            when=Eq("permit", True),
            needs={"quarter": LeastGrade("B", ("D", "C", "B", "A")), "csat": Requirement(at_least=Decimal("0.85"))},
        )
    ],
)
PERMIT = {"permit": True}
CARRY = PayTerms(rounding=CENT, negative="carry")
DRAW = attrs.evolve(CARRY, draw=Draw(amount=cny(1000), recovery=Fraction(1, 2)))
LEAST = attrs.evolve(CARRY, guarantee=cny(600))
WAIT = attrs.evolve(CARRY, hold_back=HoldBack(part=Fraction(1, 10), periods=3))
JANUARY_PAY = pay(ENGINEER, payee(score="0.7", points=28), period=JANUARY)
RIGHT_PAY = pay(ENGINEER, payee(score="0.8", points=28), period=JANUARY)


SAID: list[tuple[Any, list[str]]] = [
    (
        lambda: said(plan(ONE), GOOD),
        ["monthly pays E07 30.00 CNY for 2026-01", "  a: 30.00 CNY = 10.00 CNY times 3", "    points is 3"],
    ),
    (
        lambda: said(plan(NAMED), payee(points=None)),
        ["monthly pays E07 0.00 CNY for 2026-01", "  Orders: nothing, for there is no points"],
    ),
    (
        lambda: said(plan(ONE, eligibility=Eligibility(when=Eq("status", "employed"))), GOOD),
        [
            "monthly pays E07 nothing for 2026-01",
            "  not eligible",
            "    unknown: status = employed, for status is missing",
        ],
    ),
    (
        lambda: said(
            plan(ONE, eligibility=Eligibility(when=Eq("status", "employed"))),
            attrs.evolve(GOOD, facts={"status": "left"}),
        ),
        ["monthly pays E07 nothing for 2026-01", "  not eligible", "    no: status = employed, for status is left"],
    ),
    (
        lambda: said(plan(ONE, eligibility=Eligibility(needs=["permit"])), GOOD),
        [
            "monthly pays E07 nothing for 2026-01",
            "  the certificate permit is not valid on every day from Thu 1 Jan 2026 to Sat 31 Jan 2026",
        ],
    ),
    (
        lambda: said(plan(ONE, eligibility=Eligibility(needs=["permit"], valid="at start")), GOOD),
        [
            "monthly pays E07 nothing for 2026-01",
            "  the certificate permit is not valid on every day from Thu 1 Jan 2026 to Thu 1 Jan 2026",
        ],
    ),
    (
        lambda: said(plan(ONE, eligibility=Eligibility(needs=["permit"], valid="at end")), GOOD),
        [
            "monthly pays E07 nothing for 2026-01",
            "  the certificate permit is not valid on every day from Sat 31 Jan 2026 to Sat 31 Jan 2026",
        ],
    ),
    (
        lambda: said(
            plan(ONE, eligibility=Eligibility(least_days=12, days="working days")), attrs.evolve(GOOD, **HALF)
        ),
        ["monthly pays E07 nothing for 2026-01", "  11 working days, of which at least 12 are needed"],
    ),
    (
        lambda: said(
            plan(ONE, eligibility=Eligibility(least_days=11, days="working days")), attrs.evolve(GOOD, **HALF)
        ),
        ["monthly pays E07 30.00 CNY for 2026-01", "  a: 30.00 CNY = 10.00 CNY times 3", "    points is 3"],
    ),
    (
        lambda: said(plan(ONE, gates={"g": Gate(**GATE)}), POOR),
        [
            "monthly pays E07 0.00 CNY for 2026-01",
            "  a: nothing, for the gate g is shut",
            "  the gate g is shut: csat is 0.8, not >= 0.85; 0.05 are missing",
        ],
    ),
    (
        lambda: said(plan(ONE, gates={"g": Gate(**GATE)}), UNKNOWN),
        [
            "monthly pays E07 0.00 CNY for 2026-01",
            "  a: nothing, for the gate g is shut",
            "  the gate g is shut: there is no csat",
        ],
    ),
    (
        lambda: said(plan(ONE, gates={"g": Gate(**GATE | {"missing": "withhold"})}), UNKNOWN),
        ["monthly withholds the pay of E07 for 2026-01", "  the gate g is shut: there is no csat"],
    ),
    (
        lambda: said(plan({"a": PayLine(**LINE | {"missing": "withhold"})}), payee(points=None)),
        ["monthly withholds the pay of E07 for 2026-01", "  a waits: there is no points yet"],
    ),
    (
        lambda: said(
            plan({"a": PayLine(**LINE, during=Validity(date(2026, 2, 1), date(2026, 2, 9)))}),
            Payee(of="E07", figures={"points@a": Figure.of(3, None)}),
        ),
        [
            "monthly pays E07 0.00 CNY for 2026-01",
            "  a: nothing outside of the days from Sun 1 Feb 2026 to Mon 9 Feb 2026",
        ],
    ),
    (
        lambda: said(plan(ONE, modifiers=[PayFactor(name="quality", times="csat", missing="nothing")]), GOOD),
        [
            "monthly pays E07 27.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  quality: 30.00 CNY times 0.9, for csat is 0.9",
        ],
    ),
    (
        lambda: said(plan(ONE, modifiers=[PayFactor(name="quality", times="csat", missing="nothing")]), UNKNOWN),
        [
            "monthly pays E07 30.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  quality: nothing changes, for there is no csat",
        ],
    ),
    (
        lambda: said(plan(ONE, modifiers=[PayFactor(name="quality", times="csat", missing="withhold")]), UNKNOWN),
        ["monthly withholds the pay of E07 for 2026-01", "  quality waits: there is no csat yet"],
    ),
    (
        lambda: said(plan(ONE, modifiers=[Kicker(name="plus", adds=cny(5), gate=Gate(**GATE))]), GOOD),
        [
            "monthly pays E07 35.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  plus: 5.00 CNY on top, for >= 0.85 is reached",
        ],
    ),
    (
        lambda: said(plan(ONE, modifiers=[Kicker(name="plus", adds=cny(5), gate=Gate(**GATE))]), POOR),
        [
            "monthly pays E07 30.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  plus: nothing on top",
            "    the gate plus is shut: csat is 0.8, not >= 0.85; 0.05 are missing",
        ],
    ),
    (
        lambda: said(plan(ONE, modifiers=[Kicker(name="plus", adds=cny(5), gate=Gate(**GATE))]), UNKNOWN),
        [
            "monthly pays E07 30.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  plus: nothing on top",
            "    the gate plus is shut: there is no csat",
        ],
    ),
    (
        lambda: said(
            plan(ONE, modifiers=[Kicker(name="plus", adds=cny(5), gate=Gate(**GATE | {"missing": "withhold"}))]),
            UNKNOWN,
        ),
        ["monthly withholds the pay of E07 for 2026-01", "  plus waits: there is no csat yet"],
    ),
    (
        lambda: said(
            plan(ONE, modifiers=[PayCap(name="cap", most=cny(20)), PayFloor(name="floor", least=cny(25))]), GOOD
        ),
        [
            "monthly pays E07 25.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  cap: 30.00 CNY is more than 20.00 CNY, which is paid",
            "  floor: 20.00 CNY is less than 25.00 CNY, which is paid",
        ],
    ),
    (
        lambda: said(
            plan(ONE, modifiers=[PayCap(name="cap", most=cny(40)), PayFloor(name="floor", least=cny(25))]), GOOD
        ),
        [
            "monthly pays E07 30.00 CNY for 2026-01",
            "  a: 30.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "  cap: no more than 40.00 CNY; 30.00 CNY is not",
            "  floor: no less than 25.00 CNY; 30.00 CNY is not",
        ],
    ),
    (
        lambda: said(
            plan({"a": PayLine(**LINE, part=Fraction(3, 5))}, proration=Proration(by="working days", of="payout")),
            attrs.evolve(GOOD, **HALF),
        ),
        [
            "monthly pays E07 9.00 CNY for 2026-01",
            "  a: 9.00 CNY = 10.00 CNY times 3",
            "    points is 3",
            "    of which 0.6 counts here",
            "    for 11 of 22 working days",
        ],
    ),
    (
        lambda: said(
            plan({"a": PayLine(**LINE, quota=Fraction(6))}, proration=Proration(by="working days", of="both")),
            attrs.evolve(GOOD, **HALF),
        ),
        [
            "monthly pays E07 5.00 CNY for 2026-01",
            "  a: 5.00 CNY = 10.00 CNY times 1",
            "    points is 3",
            "    which is 1 of the quota 3",
            "    for 11 of 22 working days",
        ],
    ),
    (
        lambda: said(
            plan({"a": PayLine(**LINE, quota=Fraction(6))}, proration=Proration(by="working days", of="quota")),
            attrs.evolve(GOOD, served={"working days": Served(0, 22)}),
        ),
        [
            "monthly pays E07 0.00 CNY for 2026-01",
            "  a: 0.00 CNY = 10.00 CNY times 0",
            "    points is 3",
            "    no day of service leaves no quota to reach",
        ],
    ),
    (
        lambda: said(
            plan({key: PayLine(pays=cny("0.01"), times=key, missing="nothing") for key in "ab"}, round_at="total"),
            payee(a="0.5", b="0.5"),
        ),
        [
            "monthly pays E07 0.01 CNY for 2026-01",
            "  a: 0.01 CNY = 0.01 CNY times 0.5",
            "    a is 0.5",
            "  b: 0.01 CNY = 0.01 CNY times 0.5",
            "    b is 0.5",
            "  the exact sum 0.01 is rounded once, at the end, to 0.01 CNY",
        ],
    ),
    (
        lambda: lines(share_pool(JANUARY_PAY, {"m1": Fraction(1, 2), "m2": 1})["m2"].explanation),
        [
            "monthly pays m2 1213.33 CNY for 2026-01",
            "  1213.33 CNY, which is 1 of 1.5 of the 1820.00 CNY that E07 earned",
        ],
    ),
    (
        lambda: lines(
            converted(
                JANUARY_PAY,
                ExchangeRate("CNY", "EUR", Decimal("0.12345"), on=date(2026, 2, 2)),
                CENT,
                on=date(2026, 2, 2),
            ).explanation
        ),
        [
            "monthly pays E07 224.68 EUR for 2026-01",
            "  score: 1400.00 CNY = 2000.00 CNY times 0.7",
            "    score is 0.7",
            "  points: 420.00 CNY = 15.00 CNY times 28",
            "    points is 28",
            "  floor: no less than 0.00 CNY; 1820.00 CNY is not",
        ],
    ),
    (
        lambda: lines(
            converted(
                attrs.evolve(
                    JANUARY_PAY,
                    lines=[JANUARY_PAY.lines[0], *([attrs.evolve(JANUARY_PAY.lines[1], amount=cny("0.04"))] * 3)],
                ),
                ExchangeRate("CNY", "EUR", Decimal("0.125"), on=date(2026, 2, 2)),
                CENT,
                on=date(2026, 2, 2),
            )
            .lines[-1]
            .why
        ),
        ["converted line by line at 0.125 of Mon 2 Feb 2026; the total is 175.02 EUR"],
    ),
    (
        lambda: lines(correct([JANUARY_PAY], RIGHT_PAY, why="an order was missing").explanation),
        [
            "monthly pays E07 200.00 CNY for 2026-01",
            "  score: 1400.00 CNY should have been 1600.00 CNY: an order was missing",
        ],
    ),
    (
        lambda: [
            f"{line.key}: {line.amount}, {text}"
            for line in clawback(
                [
                    attrs.evolve(
                        JANUARY_PAY, lines=[attrs.evolve(JANUARY_PAY.lines[1], causes={"o1": cny(400), "o2": cny(20)})]
                    )
                ],
                "o1",
                returned=Fraction(1, 2),
                rounding=CENT,
                why="the order was cancelled",
            )
            for text in lines(line.why)
        ],
        [
            (
                "points: -200.00 CNY, points: -200.00 CNY back for o1, which monthly 2026-01 had paid: "
                "the order was cancelled"
            )
        ],
    ),
    (
        lambda: settled(500, CARRY, carried=-200),
        ["carried in, carried in, -200.00 CNY", "-200.00 CNY were carried from earlier periods"],
    ),
    (
        lambda: settled(500, CARRY, carried=-700),
        [
            "carried in, carried in, -700.00 CNY",
            "-700.00 CNY were carried from earlier periods",
            "carried out, carried out, 200.00 CNY",
            "-200.00 CNY are carried to the next period",
        ],
    ),
    (
        lambda: settled(-500, attrs.evolve(CARRY, negative="forgive")),
        ["carried out, carried out, 500.00 CNY", "-500.00 CNY are forgiven"],
    ),
    (lambda: settled(-500, attrs.evolve(CARRY, negative="owe")), []),
    (
        lambda: settled(500, DRAW),
        ["draw, draw, 500.00 CNY", "500.00 CNY is less than the draw of 1000.00 CNY, which is advanced"],
    ),
    (
        lambda: settled(1500, DRAW, owed=900),
        ["recovery, recovery, -250.00 CNY", "250.00 CNY of the 900.00 CNY advanced earlier are paid back"],
    ),
    (
        lambda: settled(1500, DRAW, owed=100),
        ["recovery, recovery, -100.00 CNY", "100.00 CNY of the 100.00 CNY advanced earlier are paid back"],
    ),
    (
        lambda: settled(500, LEAST),
        ["guarantee, guarantee, 100.00 CNY", "500.00 CNY is less than the guarantee of 600.00 CNY, which is paid"],
    ),
    (lambda: settled(700, LEAST), []),
    (
        lambda: settled(500, WAIT, held=(Held("monthly 2025-10", cny(40), 1), Held("monthly 2025-12", cny(30), 2))),
        [
            "held, held, -50.00 CNY",
            "0.1 of it is held back, to be released after 3 periods",
            "released, released, 40.00 CNY",
            "released: what monthly 2025-10 had held back",
        ],
    ),
    (lambda: given(Cash(cny(200))), ["Idea for E07, for s1 on Fri 9 Jan 2026", "  200.00 CNY in money"]),
    (
        lambda: given(Cash(cny(200)), Gift("a watch", cny(500)), name=""),
        [
            "idea for E07, for s1 on Fri 9 Jan 2026",
            "  200.00 CNY in money",
            "  a gift: a watch, worth 500.00 CNY, no cash",
        ],
    ),
    (
        lambda: given(Recognition("praise", "well done")),
        ["Idea for E07, for s1 on Fri 9 Jan 2026", "  praise: well done"],
    ),
    (
        lambda: given(Recognition("certificate", "Idea of the month")),
        ["Idea for E07, for s1 on Fri 9 Jan 2026", "  a certificate: Idea of the month"],
    ),
    (
        lambda: given(Recognition("project", "the new hotline")),
        ["Idea for E07, for s1 on Fri 9 Jan 2026", "  a place in a project: the new hotline"],
    ),
    (
        lambda: given(Recognition("promotion", "team lead")),
        ["Idea for E07, for s1 on Fri 9 Jan 2026", "  priority in promotion: team lead"],
    ),
    (
        lambda: given(Tuition(part=Fraction(1, 3), most=cny(1000), rounding=CENT)),
        [
            "Idea for E07, for s1 on Fri 9 Jan 2026",
            "  300.00 CNY of the 900.00 CNY that learning cost, at most 1000.00 CNY",
        ],
    ),
    (
        lambda: given(Tuition(part=Fraction(1, 3), most=cny(100), rounding=CENT)),
        [
            "Idea for E07, for s1 on Fri 9 Jan 2026",
            "  100.00 CNY of the 900.00 CNY that learning cost, at most 100.00 CNY",
        ],
    ),
    (
        lambda: given(Equity("options", [Vesting(date(2028, 1, 1), 300), Vesting(date(2027, 1, 1), 100)])),
        ["Idea for E07, for s1 on Fri 9 Jan 2026", "  400 units of options, from Fri 1 Jan 2027 to Sat 1 Jan 2028"],
    ),
    (
        lambda: risen(quarter("Q1", "B", "0.90"), quarter("Q2", "A", "0.85"), facts=PERMIT),
        ["the way to Senior engineer is open: 2 of 2 periods in a row"],
    ),
    (
        lambda: risen(quarter("Q1", "B", "0.90"), quarter("Q2", "A", "0.85"), facts={"permit": False}),
        [
            "the way to Senior engineer is not open yet: 2 of 2 periods in a row",
            "  the facts do not hold",
            "    no: permit = true, for permit is false",
        ],
    ),
    (
        lambda: risen(quarter("Q1", "B", "0.90"), quarter("Q2", "A", "0.85")),
        [
            "the way to Senior engineer is not open yet: 2 of 2 periods in a row",
            "  the facts do not hold",
            "    unknown: permit = true, for permit is missing",
        ],
    ),
    (
        lambda: risen(quarter("Q1", "D", "0.80"), quarter("Q2", "A", "0.85"), facts=PERMIT),
        [
            "the way to Senior engineer is not open yet: 1 of 2 periods in a row",
            "  in Q1, quarter was D, not >= B; grades missing: 2",
            "  in Q1, csat was 0.8, not >= 0.85; 0.05 are missing",
        ],
    ),
    (
        lambda: risen(
            quarter("Q1", "B", "0.90"), quarter("Q2", None, "0.90"), quarter("Q3", "A", "0.85"), facts=PERMIT
        ),
        [
            "the way to Senior engineer is not open yet: 1 of 2 periods in a row",
            "  in Q2, quarter has not enough data: 5 records",
        ],
    ),
    (
        lambda: risen(quarter("Q1", "B", "0.90", n=2), facts=PERMIT),
        [
            "the way to Senior engineer is not open yet: 0 of 2 periods in a row",
            "  in Q1, quarter has not enough data: 2 records",
            "  in Q1, csat has not enough data: 2 records",
        ],
    ),
    (
        lambda: risen(PeriodResult("Q1", {}), facts=PERMIT),
        [
            "the way to Senior engineer is not open yet: 0 of 2 periods in a row",
            "  in Q1, quarter has not enough data: 0 records",
            "  in Q1, csat has not enough data: 0 records",
        ],
    ),
]


@pytest.mark.parametrize(("say", "words"), SAID)
def test_said(say: Any, words: list[str]) -> None:
    """Each reason as people read it."""
    assert say() == words
