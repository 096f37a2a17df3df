"""Statements, corrections, clawbacks and disputes as whole values: every field, as a reader of the JSON gets it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import CENT, JANUARY, cny, payee, plan

from svcstd.conditions import Eq
from svcstd.curves import Steps
from svcstd.errors import DefinitionError
from svcstd.incentives import (
    Account,
    Award,
    Best,
    Claim,
    Draw,
    Eligibility,
    Equity,
    Figure,
    Gate,
    Held,
    HoldBack,
    LedgerLine,
    PayCap,
    PayFactor,
    PayFloor,
    PayLine,
    PayTerms,
    Proration,
    Refusal,
    Requirement,
    Served,
    Statement,
    Vesting,
    answered,
    best_of,
    clawback,
    converted,
    correct,
    dispute,
    grant,
    pay,
    review_plan,
    settle,
    share_pool,
    with_lines,
)
from svcstd.money import ExchangeRate, Money, hamilton

DAY = date(2026, 1, 31)
GATE: dict[str, Any] = {
    "figure": "csat",
    "keeps": Requirement(at_least=Decimal("0.85")),
    "reads": "exact",
    "missing": "nothing",
}
STEPS = Steps([5], [0, 1], bound="upper")
PLAN = plan(
    {
        "orders": PayLine(pays=cny(10), times="orders", missing="nothing", clause="7.1"),
        "bonus": PayLine(pays=cny(100), times="orders", curve=STEPS, missing="nothing"),
    },
    gates={"polite": Gate(**GATE, shuts=["bonus"])},
    modifiers=[
        PayFactor(name="quality", times="qa", missing="nothing"),
        PayCap(name="cap", most=cny(500)),
        PayFloor(name="floor", least=cny(0)),
    ],
    version="3",
)
GOOD = attrs.evolve(payee(orders=3, csat="0.9", qa="0.5"), cost_centre="K1")
PAID = pay(PLAN, GOOD, period=JANUARY, edition="2026-01-01")
HEAD: dict[str, Any] = {
    "plan": "monthly",
    "of": "E07",
    "period": "2026-01",
    "currency": "CNY",
    "version": "3",
    "edition": "2026-01-01",
    "cost_centre": "K1",
}
LINE: dict[str, Any] = {"figure": "", "clause": "", "corrects": "", "earned": None, "value": None, "causes": {}}


def told(statement: Statement) -> dict[str, Any]:
    """Its JSON without the reasons, which are read elsewhere."""
    found = statement.to_json()
    for one in (*found["lines"], *found["refusals"]):
        del one["why"]
    return found


def test_a_statement_that_is_due() -> None:
    """Head, lines, steps, and what lies ahead: the curve of the second line, though the first has none."""
    assert told(PAID) == HEAD | {
        "state": "due",
        "total": "15.00 CNY",
        "lines": [
            LINE
            | {
                "key": "orders",
                "kind": "line",
                "amount": "30.00 CNY",
                "figure": "orders",
                "value": "3",
                "clause": "7.1",
                "earned": "30",
            },
            LINE
            | {"key": "bonus", "kind": "line", "amount": "0.00 CNY", "figure": "orders", "value": "3", "earned": "0"},
            LINE
            | {
                "key": "quality",
                "kind": "step",
                "amount": "-15.00 CNY",
                "figure": "qa",
                "value": "1/2",
                "earned": "-15",
            },
            LINE | {"key": "cap", "kind": "step", "amount": "0.00 CNY", "earned": "0"},
            LINE | {"key": "floor", "kind": "step", "amount": "0.00 CNY", "earned": "0"},
        ],
        "refusals": [],
        "next_tiers": [{"line": "bonus", "bound": "5", "lack": "2", "more": "100.00 CNY"}],
    }


def test_a_statement_with_a_shut_gate() -> None:
    """The refusal names the gate, the lines that it shuts and how far it is; a missing figure shuts them too."""
    poor = pay(PLAN, attrs.evolve(GOOD, figures=payee(orders=3, csat="0.8", qa="0.5").figures), period=JANUARY)
    assert told(poor)["refusals"] == [{"kind": "gate", "key": "polite", "lack": "1/20", "lines": ["bonus"]}]
    unknown = pay(PLAN, attrs.evolve(GOOD, figures=payee(orders=3, csat=None, qa="0.5").figures), period=JANUARY)
    assert told(unknown)["refusals"] == [{"kind": "missing", "key": "polite", "lack": None, "lines": ["bonus"]}]


def test_a_statement_that_is_refused() -> None:
    """Each condition by its key; days with their lack; the head is whole."""
    rules = Eligibility(when=Eq("status", "employed"), needs=["permit"], least_days=10, days="working days")
    somebody = attrs.evolve(GOOD, served={"working days": Served(4, 21)})
    found = pay(attrs.evolve(PLAN, eligibility=rules), somebody, period=JANUARY, edition="2026-01-01")
    assert told(found) == HEAD | {
        "state": "refused",
        "total": "0.00 CNY",
        "lines": [],
        "refusals": [
            {"kind": "eligibility", "key": "when", "lack": None, "lines": []},
            {"kind": "eligibility", "key": "permit", "lack": None, "lines": []},
            {"kind": "eligibility", "key": "working days", "lack": "6", "lines": []},
        ],
        "next_tiers": [],
    }


def test_a_statement_that_waits() -> None:
    """What is waited for, by the key of its line."""
    late = attrs.evolve(PLAN, lines=PLAN.lines | {"late": PayLine(pays=cny(1), times="late", missing="withhold")})
    somebody = attrs.evolve(GOOD, figures=GOOD.figures | {"late": Figure(None, None)})
    found = pay(late, somebody, period=JANUARY, edition="2026-01-01")
    assert told(found) == HEAD | {
        "state": "withheld",
        "total": "0.00 CNY",
        "lines": [],
        "refusals": [{"kind": "missing", "key": "late", "lack": None, "lines": []}],
        "next_tiers": [],
    }


def test_the_last_rounding() -> None:
    """A line of its own kind and key."""
    halves = plan({key: PayLine(pays=cny("0.01"), times=key, missing="nothing") for key in "ab"}, round_at="total")
    found = pay(halves, payee(a="0.5", b="0.5"), period=JANUARY)
    assert told(found)["lines"][-1] == LINE | {"key": "rounding", "kind": "rounding", "amount": "-0.01 CNY"}


def test_a_correction() -> None:
    """Names the figure, its value and its clause; refusals and what lies ahead belong to the original."""
    right = pay(PLAN, attrs.evolve(GOOD, figures=payee(orders=4, csat="0.8", qa="0.5").figures), period=JANUARY)
    found = correct([PAID], right, why="an order was missing")
    assert told(found)["lines"] == [
        LINE
        | {
            "key": "orders",
            "kind": "correction",
            "amount": "10.00 CNY",
            "figure": "orders",
            "value": "4",
            "clause": "7.1",
            "corrects": "monthly 2026-01",
        },
        LINE
        | {
            "key": "quality",
            "kind": "correction",
            "amount": "-5.00 CNY",
            "figure": "qa",
            "value": "1/2",
            "corrects": "monthly 2026-01",
        },
    ]
    assert (found.refusals, found.next_tiers, found.state) == ((), (), "due")


CAUSED = plan({"orders": PayLine(pays=cny(1), times="orders", missing="nothing")})
SOLD = pay(
    CAUSED,
    attrs.evolve(payee(), figures={"orders": Figure.of(100, None, causes={"o1": 99, "o2": 1})}),
    period=JANUARY,
)


def take(paid: list[Statement], part: Any) -> tuple[LedgerLine, ...]:
    """A clawback of the first order."""
    return clawback(paid, "o1", returned=part, rounding=CENT, why="cancelled")


def test_what_was_taken_back_is_not_taken_back_again() -> None:
    """Half, then half again is nothing; then the whole is the other half; of nothing comes nothing."""
    (half,) = take([SOLD], Fraction(1, 2))
    assert (half.amount, half.corrects, half.kind) == (cny("-49.50"), "monthly 2026-01", "clawback")
    after = with_lines(SOLD, [half])
    assert take([after], Fraction(1, 2)) == ()
    (rest,) = take([after], 1)
    assert rest.amount == cny("-49.50")
    assert take([SOLD], 0) == ()


def test_a_part_is_rounded() -> None:
    """A seventh of 99 yuan, by the given rounding."""
    (part,) = take([SOLD], Fraction(1, 7))
    assert part.amount == cny("-14.14")


def test_a_pool() -> None:
    """Each share is a line of the team's name, with the weight behind it; refusals stay with the team."""
    refused = Refusal(kind="gate", key="g", why=PAID.lines[0].why)
    team = attrs.evolve(PAID, of="north", refusals=[refused])
    found = share_pool(team, {"m1": 1, "m2": Fraction(1, 2)}, cost_centres={"m2": "K2"})
    assert told(found["m2"]) == HEAD | {
        "of": "m2",
        "cost_centre": "K2",
        "state": "due",
        "total": "5.00 CNY",
        "lines": [LINE | {"key": "north", "kind": "share", "amount": "5.00 CNY", "value": "1/2"}],
        "refusals": [],
        "next_tiers": [],
    }


def test_another_currency() -> None:
    """What was earned exactly, and the parts of causes, belong to the first currency; the last line to the second."""
    rate = ExchangeRate("CNY", "EUR", Decimal("0.125"), on=DAY)
    line = SOLD.lines[0]
    found = converted(
        attrs.evolve(
            SOLD,
            lines=[
                attrs.evolve(line, amount=cny("0.04"), causes={}),
                line,
                *[attrs.evolve(line, amount=cny("0.04"), causes={})] * 2,
            ],
        ),
        rate,
        CENT,
        on=DAY,
    )
    assert [(one.earned, dict(one.causes)) for one in found.lines] == [(None, {})] * 5
    assert told(found)["lines"][-1] == LINE | {"key": "rounding", "kind": "rounding", "amount": "-0.01 EUR"}


def test_a_dispute() -> None:
    """Question and answer in their own words."""
    asked = dispute(PAID, "orders", on=DAY, reason="two are missing", expected=cny(50))
    assert attrs.asdict(asked, recurse=False) == {
        "of": "E07",
        "label": "monthly 2026-01",
        "key": "orders",
        "on": DAY,
        "reason": "two are missing",
        "expected": cny(50),
        "state": "open",
        "answer": "",
        "answered_on": None,
    }
    done = answered(asked, "rejected", on=date(2026, 2, 3), answer="they came in February")
    assert (done.state, done.answer, done.answered_on) == ("rejected", "they came in February", date(2026, 2, 3))


# ── edges ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def settled(amount: Any, terms: PayTerms, account: Account) -> tuple[list[tuple[str, str, str]], Account]:
    """What settling adds to a month of so much money, and the account after it."""
    made = pay(plan({"a": PayLine(pays=cny(1), times="a", missing="nothing")}), payee(a=amount), period=JANUARY)
    found, left = settle(made, terms, account)
    return [(line.kind, str(line.amount), line.corrects) for line in found.lines[1:]], left


NONE = Account.empty("CNY")
CARRY = PayTerms(rounding=CENT, negative="carry")
DRAW = attrs.evolve(CARRY, draw=Draw(amount=cny(10), recovery=1))


@pytest.mark.parametrize(
    ("amount", "terms", "before", "lines", "owed"),
    [
        ("9.99", DRAW, NONE, [("draw", "0.01 CNY", "")], "0.01"),
        ("10", DRAW, attrs.evolve(NONE, owed=cny(3)), [], "3.00"),
        ("10.01", DRAW, attrs.evolve(NONE, owed=cny(3)), [("recovery", "-0.01 CNY", "")], "2.99"),
        ("0", attrs.evolve(CARRY, draw=Draw(amount=cny(0), recovery=1)), NONE, [], "0.00"),
        ("0", attrs.evolve(CARRY, guarantee=cny(0)), NONE, [], "0.00"),
        ("0", attrs.evolve(CARRY, guarantee=cny("0.01")), NONE, [("guarantee", "0.01 CNY", "")], "0.00"),
        (
            "0.02",
            attrs.evolve(CARRY, hold_back=HoldBack(part=Fraction(1, 2), periods=1)),
            NONE,
            [("held", "-0.01 CNY", "")],
            "0.00",
        ),
        ("0.01", attrs.evolve(CARRY, hold_back=HoldBack(part=1, periods=1)), NONE, [("held", "-0.01 CNY", "")], "0.00"),
        (
            "1",
            CARRY,
            Account(owed=cny(0), carried=cny(0), held=[Held("monthly 2025-12", cny(40), 1)]),
            [("released", "40.00 CNY", "monthly 2025-12")],
            "0.00",
        ),
    ],
)
def test_one_fen(amount: str, terms: PayTerms, before: Account, lines: list[Any], owed: str) -> None:
    """Settling at the very edge: the smallest unit is enough, and nothing is not."""
    found, left = settled(amount, terms, before)
    assert (found, left.owed) == (lines, cny(owed))


def test_a_payee_owes_at_most_what_the_earnings_above_allow() -> None:
    """Where half of a fen is rounded up, no more is recovered than there is above the draw."""
    up = PayTerms(rounding=CENT, negative="carry", draw=Draw(amount=cny(10), recovery=Fraction(1, 2)))
    assert settled("10.01", up, attrs.evolve(NONE, owed=cny(3)))[0] == [("recovery", "-0.01 CNY", "")]


def test_least_seats_below_the_least() -> None:
    """Where the whole parts no longer fit, the others still get the least at the next round."""
    assert dict(hamilton(7, {"a": 100, "b": 10, "c": 1, "d": 1}, least=1)) == {"a": 4, "b": 1, "c": 1, "d": 1}
    assert dict(hamilton(4, {"a": 100, "b": 1, "c": 1, "d": 0}, least=1)) == dict.fromkeys("abcd", 1)


def test_amounts_of_sixty_characters() -> None:
    """As many are read as are written."""
    digits = "1" * 53 + ".00"
    assert len(f"{digits} CNY") == 60
    assert str(Money.parse(f"{digits} CNY")) == f"{digits} CNY"
    text = "1" * 57 + ".00"
    assert len(text) == 60
    assert Money.of(text, "CNY").minor == int("1" * 57 + "00")


def test_the_best_where_less_is_better() -> None:
    """The fewest complaints win."""
    rule = Best(by="kpis.complaints", of="team", every="month", least_n=1, winners=1, ties="all")
    found = {"north": Figure.of(2, None, n=9), "south": Figure.of(5, None, n=9)}
    for less, winner in ((True, "north"), (False, "south")):
        (one,) = best_of(rule, found, less_is_better=less, label="2026-01", on=DAY)
        assert (one.of, one.cause, one.on) == (winner, f"2026-01 {winner}", DAY)


def test_the_last_day_of_a_schedule() -> None:
    """Of three days, the first and the last are told."""
    days = [Vesting(date(2027 + year, 1, 1), 10) for year in range(3)]
    award = Award(key="x", kind="team", currency="CNY", gives=[Equity("options", days)])
    (one,) = grant(award, [Claim(of="E07", cause="c", on=DAY)]).grants
    assert one.why.text().splitlines()[1] == "  30 units of options, from Fri 1 Jan 2027 to Mon 1 Jan 2029"


def test_one_fen_carried_above_zero() -> None:
    """An account carries nothing above zero."""
    with pytest.raises(DefinitionError):
        Account(owed=cny(0), carried=Money(1, "CNY"))


@pytest.mark.parametrize("every", ["week", "fiscal", "day", "half"])
def test_a_review_of_every_cycle(every: Any) -> None:
    """Whatever the cycle, the review has a period of it."""
    falling = plan({"a": PayLine(pays=cny(-1), times="kpis.a", missing="nothing")}, every=every)
    (found,) = review_plan(falling, {}, zone="UTC", day=DAY)
    assert (found.figure, found.dip.pays_better < found.dip.pays_worse) == ("kpis.a", True)


def test_a_review_of_a_prorated_quota() -> None:
    """Somebody with a whole period of service has the whole quota, and so the whole pay."""
    line = PayLine(pays=cny(100), times="kpis.a", quota=10, curve=Steps([1], [1, 0], bound="upper"), missing="nothing")
    both = plan({"a": line}, proration=Proration(by="working days", of="both"))
    (found,) = review_plan(both, {}, zone="UTC", day=DAY)
    assert (found.dip.better, found.dip.pays_worse, found.dip.pays_better) == (Fraction(10), cny(100), cny(0))


def test_figures_of_a_review_have_records_behind_them() -> None:
    """The range without any bound is from 0 to 1, with as much on both sides."""
    falling = plan({"a": PayLine(pays=cny(-100), times="kpis.a", missing="nothing")})
    (found,) = review_plan(falling, {}, zone="UTC", day=DAY)
    assert (found.dip.worse, found.dip.better) == (Fraction(-1), Fraction(1, 2))
