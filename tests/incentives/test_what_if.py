"""What if: past periods again, two plans, other thresholds, and spots where more earns less."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import ENGINEER, JANUARY, MARGINAL, SHOP, cny, payee, plan

from svcstd.calendars import Period
from svcstd.curves import Steps, Tiers
from svcstd.errors import CurrencyError, SvcstdError, UnknownName
from svcstd.incentives import (
    Figure,
    Gate,
    Kicker,
    PayCap,
    Payee,
    PayFactor,
    PayLine,
    Proration,
    Requirement,
    Served,
    budget_by_result,
    budget_by_threshold,
    compare_plans,
    dips,
    pay,
    replay,
)
from svcstd.money import Money

FEBRUARY = Period.of("month", date(2026, 2, 1), "Asia/Shanghai")
TRIALS = [
    (payee("x", solved=520, csat="0.880", qa=92), JANUARY),
    (payee("y", solved=520, csat="0.849", qa=92), JANUARY),
    (payee("x", solved=400, csat="0.900", qa=80), FEBRUARY),
]


def test_replay() -> None:
    """One statement for each payee and period, as they were paid."""
    assert [(one.of, one.period, str(one.total)) for one in replay(SHOP, TRIALS)] == [
        ("x", "2026-01", "253.00 CNY"),
        ("y", "2026-01", "0.00 CNY"),
        ("x", "2026-02", "100.00 CNY"),
    ]


def test_two_plans() -> None:
    """Person by person: whole tiers instead of marginal ones, the classic mistake, cost so much."""
    line = attrs.evolve(SHOP.lines["solved"], curve=attrs.evolve(MARGINAL, kind="whole"))
    found = compare_plans(SHOP, attrs.evolve(SHOP, lines={"solved": line}), TRIALS)
    assert [(one.of, one.period, str(one.difference)) for one in found] == [
        ("x", "2026-01", "247.00 CNY"),
        ("y", "2026-01", "0.00 CNY"),
        ("x", "2026-02", "300.00 CNY"),
    ]
    with pytest.raises(CurrencyError, match="two currencies"):
        compare_plans(SHOP, plan({"a": PayLine(pays=Money(1, "EUR"), times="a", missing="refuse")}, currency="EUR"), [])


def test_the_budget_at_risk() -> None:
    """If everybody solved a tenth more, or a tenth less."""
    found = budget_by_result(SHOP, TRIALS, figure="solved", times=[Fraction(9, 10), 1, Fraction(11, 10)])
    assert {str(factor): str(cost) for factor, cost in found.items()} == {
        "9/10": "244.80 CNY",  # 168 x 1.1 and 60
        "1": "353.00 CNY",
        "11/10": "478.80 CNY",  # (200 + 108) x 1.1 and 140
    }


def test_the_budget_at_risk_behind_an_exact_gate() -> None:
    """Both the exact and the published result are so many times what they were."""
    behind = Gate(figure="points", keeps=Requirement(at_least=9), reads="exact", missing="refuse")
    gated = plan({"points": PayLine(pays=cny(1), times="points", missing="refuse")}, gates={"g": behind})
    trials = [(Payee(of="a", figures={"points": Figure(Fraction("9.6"), Fraction(10))}), JANUARY)]
    found = budget_by_result(gated, trials, figure="points", times=[1, Fraction("0.94"), Fraction("0.93")])
    assert [str(cost) for cost in found.values()] == ["10.00 CNY", "9.40 CNY", "0.00 CNY"]


def test_the_budget_at_risk_of_a_team() -> None:
    """The team's result moves too; what is missing stays missing."""
    team = plan({"kept": PayLine(pays=cny(100), times="kept", whose="team", missing="nothing")})
    trials = [(attrs.evolve(payee("a"), team_figures={"kept": Figure.of(value, None)}), JANUARY) for value in (1, None)]
    found = budget_by_result(team, trials, figure="kept", times=[2], whose="team")
    assert found == {Fraction(2): cny(200)}
    assert budget_by_result(team, trials, figure="kept", times=[2]) == {Fraction(2): cny(100)}


def test_another_threshold() -> None:
    """A point less at the gate lets the second person through."""
    found = budget_by_threshold(SHOP, TRIALS, gate="csat", by=[Decimal("-0.01"), 0, Decimal("0.04")])
    assert [str(cost) for cost in found.values()] == ["606.00 CNY", "353.00 CNY", "100.00 CNY"]
    with pytest.raises(UnknownName, match="qa is no gate"):
        budget_by_threshold(SHOP, TRIALS, gate="qa", by=[0])


@pytest.mark.parametrize("side", ["at_least", "above", "at_most", "below"])
def test_every_side_moves(side: str) -> None:
    """Whichever bound it is."""
    gate = Gate(figure="a", keeps=Requirement(**{side: 5}), reads="exact", missing="refuse")
    paid = plan({"b": PayLine(pays=cny(1), times="b", missing="refuse")}, gates={"g": gate})
    found = budget_by_threshold(paid, [(payee(a=6, b=1), JANUARY)], gate="g", by=[0, 2])
    is_lower = side in ("at_least", "above")
    assert list(found.values()) == [cny(1 if is_lower else 0), cny(0 if is_lower else 1)]


def search(paid: Any, somebody: Any = None, **options: Any) -> list[tuple[str, str, str, str]]:
    """The dips between 0 and 10, in words."""
    given: dict[str, Any] = {"figure": "a", "low": 0, "high": 10, "step": Fraction(1, 10)}
    found = dips(paid, somebody or payee(a=1, b=1), period=JANUARY, **given | options)
    return [(str(one.worse), str(one.better), str(one.pays_worse.amount), str(one.pays_better.amount)) for one in found]


def line(curve: Any = None, **changes: Any) -> PayLine:
    """A hundred yuan times a."""
    given: dict[str, Any] = {"pays": cny(100), "times": "a", "curve": curve, "missing": "refuse"}
    return PayLine(**given | changes)


def test_no_dip() -> None:
    """Tiers that rise, a cap, a gate: a better result never pays less."""
    rising = Tiers([3, 6], [1, 2, 3], kind="whole", bound="upper", start=0, beyond="refuse")
    assert search(plan({"l": line(rising)}, modifiers=[PayCap(name="c", most=cny(900))])) == []
    somebody = payee(score=1, points=1)
    assert dips(ENGINEER, somebody, period=JANUARY, figure="score", low=-1, high=2, step=Fraction(1, 10)) == ()


def test_a_whole_tier_that_falls() -> None:
    """Beyond 6 the whole amount gets a smaller rate: earning a little more pays less."""
    falling = Tiers([6], [2, 1], kind="whole", bound="lower", start=0, beyond="refuse")
    assert search(plan({"l": line(falling)})) == [("6", "121/20", "1200.00", "605.00")]


@pytest.mark.parametrize(
    ("steps", "gates", "expected"),
    [
        (
            [PayFactor(name="f", times="a", curve=Steps([4], [2, 1], bound="upper"), missing="refuse")],
            {},
            [("79/20", "4", "790.00", "400.00")],
        ),
        (
            [
                Kicker(
                    name="k",
                    adds=cny(500),
                    gate=Gate(figure="a", keeps=Requirement(below=4), reads="exact", missing="refuse"),
                )
            ],
            {},
            [("79/20", "4", "895.00", "400.00")],
        ),
        (
            [],
            {"g": Gate(figure="a", keeps=Requirement(at_most=4), reads="exact", missing="refuse")},
            [("4", "81/20", "400.00", "0.00")],
        ),
    ],
)
def test_steps_and_gates_that_punish(steps: list[Any], gates: Any, expected: list[Any]) -> None:
    """A factor, a kicker or a gate that a better result loses, each with two results that show it."""
    assert search(plan({"l": line()}, modifiers=steps, gates=gates)) == expected


def test_where_less_is_better() -> None:
    """Paid by the day of backlog: fewer days pay less, all the way down."""
    found = search(plan({"l": line()}), better="less")
    assert found == [("10", "5", "1000.00", "500.00"), ("5", "0", "500.00", "0.00")]


def test_a_quota_of_part_of_a_month() -> None:
    """The bound of the attainment is found among the results, by the quota that is left."""
    falling = Tiers([1], [2, 1], kind="whole", bound="lower", start=0, beyond="refuse")
    paid = plan({"l": line(falling, quota=12)}, proration=Proration(by="service days", of="quota"))
    somebody = attrs.evolve(payee(a=1), served={"service days": Served(11, 22)})
    assert [one[:2] for one in search(paid, somebody)] == [("6", "121/20")]


def test_a_dip_of_a_team() -> None:
    """The team's result is searched while one's own stays."""
    shared = plan({"own": line(), "team": line(Steps([5], [3, 1], bound="lower"), whose="team")})
    somebody = attrs.evolve(payee(a=1), team_figures={"a": Figure.of(1, None)})
    assert search(shared, somebody, whose="team") == [("5", "101/20", "400.00", "200.00")]
    assert search(shared, somebody) == []


@pytest.mark.parametrize("changes", [{"low": 10}, {"step": 0}, {"step": -1}, {"step": 0.1}, {"low": 11}])
def test_no_range(changes: dict[str, Any]) -> None:
    """Two ends and a step."""
    with pytest.raises(SvcstdError):
        search(plan({"l": line()}), **changes)


def test_a_witness_is_true() -> None:
    """Paying both results shows the dip."""
    falling = plan({"l": line(Tiers([6], [2, 1], kind="whole", bound="lower", start=0, beyond="refuse"))})
    (one,) = dips(falling, payee(a=1), period=JANUARY, figure="a", low=0, high=10, step=1)
    assert pay(falling, payee(a=one.worse), period=JANUARY).total == one.pays_worse
    assert pay(falling, payee(a=one.better), period=JANUARY).total == one.pays_better
    assert one.worse < one.better
    assert one.pays_better < one.pays_worse
