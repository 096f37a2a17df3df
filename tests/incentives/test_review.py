"""A review of plans: every spot where a better result pays less is found, and nothing else is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import CENT, cny

from svcstd import loads
from svcstd.curves import Goalposts, PiecewiseLinear, Steps, Tiers
from svcstd.incentives import (
    Eligibility,
    Gate,
    Kicker,
    PayCap,
    PayFactor,
    PayFinding,
    PayLine,
    Plan,
    Proration,
    Requirement,
    Validity,
    review_plan,
)
from svcstd.incentives.plan import limits_of
from svcstd.incentives.review import _step

DAY = date(2026, 1, 1)


def plan(*lines: PayLine, **more: Any) -> Plan:
    """A plan of some lines."""
    told: dict[str, Any] = {"key": "p", "currency": "CNY", "every": "month", "rounding": CENT, "round_at": "line"}
    return Plan(lines={f"l{number}": line for number, line in enumerate(lines)}, **(told | more))


def line(figure: str = "kpis.a", pays: Any = 100, **more: Any) -> PayLine:
    """Money times a result."""
    return PayLine(pays=cny(pays), times=figure, missing="refuse", **more)


def found(reviewed: Plan, **better: Any) -> list[tuple[str, str]]:
    """Each finding: the result and the witness."""
    listed = review_plan(reviewed, {f"kpis.{key}": way for key, way in better.items()}, zone="Asia/Shanghai", day=DAY)
    return [(one.figure, one.example) for one in listed]


def tiers(*rates: Any, kind: Any = "whole", bounds: Any = (300, 500), **more: Any) -> Tiers:
    """Rates between bounds."""
    return Tiers(bounds, rates, **({"kind": kind, "bound": "lower", "start": 0, "beyond": "refuse"} | more))


def gate(figure: str, keeps: Requirement, *shuts: str) -> Gate:
    """A result without which lines earn nothing."""
    return Gate(figure=figure, keeps=keeps, reads="exact", missing="nothing", shuts=shuts)


CLEAN = [
    plan(line()),
    plan(line(curve=tiers(0, 1, Fraction(3, 2), kind="marginal"))),
    plan(line(curve=tiers(0, 1, 2))),
    plan(line(quota=40, curve=Steps([Fraction(1, 2), 1], [0, 1, 2], bound="upper"))),
    plan(line(curve=PiecewiseLinear([(50, 0), (100, 1)], beyond="refuse"))),
    plan(line(curve=Goalposts(0, 10, scale=1, beyond="clamp")), modifiers=[PayCap(name="cap", most=cny(50))]),
    plan(line(), gates={"b": gate("kpis.b", Requirement(at_least=Decimal("0.85")))}),
    plan(line(), gates={"b": gate("kpis.b", Requirement(above=3))}),
    plan(line(), eligibility=Eligibility(needs=["permit"], least_days=5, days="working days")),
    plan(line(), proration=Proration(by="working days", of="both")),
    plan(line(during=Validity(date(2026, 3, 5), date(2026, 3, 9)))),
    plan(line(curve=PiecewiseLinear([(10**9, 0), (2 * 10**9, 1)], beyond="refuse"))),
]


@pytest.mark.parametrize("clean", CLEAN)
def test_nothing_falls(clean: Plan) -> None:
    """Plans that pay no less for more."""
    assert found(clean) == []


def test_spots() -> None:
    """A rate that falls, a gate that shuts above, a factor that punishes, money taken for more."""
    falls = plan(line(curve=tiers(0, 2, 1)))
    assert found(falls) == [("kpis.a", "500: 100000.00 CNY; 500.05: 50005.00 CNY")]
    shuts = plan(line(), gates={"most": gate("kpis.b", Requirement(at_most=10))})
    assert found(shuts) == [("kpis.b", "10: 100.00 CNY; 10.005: 0.00 CNY")]
    factor = PayFactor(name="f", times="kpis.c", missing="refuse", curve=Steps([5], [2, 1], bound="upper"))
    assert [figure for figure, _ in found(plan(line(), modifiers=[factor]))] == ["kpis.c"]
    assert [figure for figure, _ in found(plan(line(pays=-5)))] == ["kpis.a"]
    kicker = Kicker(name="k", adds=cny(-9), gate=gate("kpis.d", Requirement(at_least=1)))
    assert found(plan(line(), modifiers=[kicker])) == [("kpis.d", "0.9995: 100.00 CNY; 1: 91.00 CNY")]


def test_less_may_be_better() -> None:
    """A penalty for complaints is no spot; a reward for them is."""
    assert found(plan(line(pays=-5)), a="less") == []
    assert [figure for figure, _ in found(plan(line()), a="less")] == ["kpis.a"]


def test_the_team_and_campaigns() -> None:
    """Results of the team by their own name; a campaign in its own days."""
    team = plan(line(), line("kpis.t", -1, whose="team"))
    (one,) = review_plan(team, {}, zone="UTC", day=DAY)
    assert (one.whose, one.sentence()) == ("team", "a better kpis.t of the team pays less")
    campaign = plan(line(pays=-1, during=Validity(date(2026, 3, 5), date(2026, 3, 9))))
    (one,) = review_plan(campaign, {}, zone="UTC", day=DAY)
    assert (one.figure, one.sentence()) == ("kpis.a@l0", "a better kpis.a@l0 pays less")


def test_gates_are_opened() -> None:
    """A line behind several gates is looked at with all of them open, also where 1 lies outside of a curve."""
    behind = plan(
        line(curve=tiers(0, 2, 1)),
        line("kpis.s", curve=PiecewiseLinear([(50, 0), (100, 1)], beyond="refuse")),
        line("kpis.q", curve=Tiers([], [1], kind="whole", bound="lower", start=20, beyond="refuse"), quota=2),
        gates={
            "b": gate("kpis.b", Requirement(below=0)),
            "s": gate("kpis.s", Requirement(at_least=90)),
            "never": gate("kpis.q", Requirement(at_most=3), "l2"),
        },
    )
    figures = {figure for figure, _ in found(behind)}
    assert "kpis.a" in figures
    assert "kpis.s" not in figures


def test_ends_of_a_curve_behind_a_quota() -> None:
    """A curve that takes attainments from 1/2 to 3/2 of a quota of 40 is looked at from 20 to 60: it falls after 40."""
    curve = PiecewiseLinear([(Fraction(1, 2), 0), (1, 5), (Fraction(3, 2), 1)], beyond="refuse")
    (one,) = review_plan(plan(line(curve=curve, quota=40)), {}, zone="UTC", day=DAY)
    assert (one.dip.worse, one.dip.better) == (Fraction("40.01"), Fraction(50))


def test_one_result_only() -> None:
    """Where two curves leave one result, there is nothing to compare."""
    ends = PiecewiseLinear([(0, 0), (1, 5)], beyond="refuse"), PiecewiseLinear([(1, 5), (2, 0)], beyond="refuse")
    assert found(plan(*(line(curve=curve) for curve in ends))) == []
    apart = ends[0], PiecewiseLinear([(2, 5), (3, 0)], beyond="refuse")
    assert found(plan(line("kpis.x", -1), *(line(curve=curve) for curve in apart))) == []


@pytest.mark.parametrize(
    ("span", "step"),
    [(1, "1/1000"), (999, "1/10"), (1000, "1"), (9_999, "1"), (10**9, "1000000"), (Fraction(1, 50), "1/100000")],
)
def test_steps_are_powers_of_ten(span: Any, step: str) -> None:
    """At least a thousand of them in the span, and not ten thousand."""
    assert _step(Fraction(span)) == Fraction(step)


def test_what_a_curve_takes() -> None:
    """From its first point to its last, however many there are."""
    curves: list[tuple[Any, tuple[Any, Any]]] = [
        (PiecewiseLinear([(1, 0), (2, 5), (9, 6)], beyond="refuse"), (1, 9)),
        (PiecewiseLinear([(1, 0), (2, 5)], beyond="clamp"), (None, None)),
        (Goalposts(9, 3, scale=1, beyond="refuse"), (3, 9)),
        (tiers(0, 1, 2), (0, None)),
    ]
    for curve, limits in curves:
        assert limits_of(curve) == limits


def test_the_deepest_spot() -> None:
    """Of several only one is told: that which takes most, not that which pays most."""
    curve = Steps([1, 2, 3], [10, 4, 100, 99], bound="upper")
    assert found(plan(line(curve=curve))) == [("kpis.a", "0.9995: 1000.00 CNY; 1: 400.00 CNY")]


def test_a_finding_as_data() -> None:
    """Exact, as text."""
    (one,) = review_plan(plan(line(curve=tiers(0, 2, 1))), {}, zone="UTC", day=DAY)
    assert isinstance(one, PayFinding)
    assert (one.kind, one.severity) == ("falls", "warning")
    assert one.witness == {
        "worse": "500",
        "pays_worse": "100000.00 CNY",
        "better": "10001/20",
        "pays_better": "50005.00 CNY",
    }


FILE = """svcstd = 1
id = "shop"
name = "Shop"
zone = "Asia/Shanghai"
[records.case]
fields = { agent = "text", late = "integer" }
[kpis.late]
of = "case"
sum = "late"
empty = "zero"
better = "less"
unit = "cases"
[plans.bonus]
of = "agent"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
lines.late = { pays = "-5.00 CNY", times = "kpis.late", missing = "nothing" }
[changes.2026-07-01]
plans.bonus.lines.late.pays = "5.00 CNY"
[changes.2026-08-01]
why = "nothing of it"
"""


def test_the_standard_says_where() -> None:
    """By the direction of its figures, once for the edition that made it so."""
    standard = loads(FILE)
    assert [(one.where, one.severity) for one in standard.findings()] == [("changes.2026-07-01.plans.bonus", "warning")]
    still = attrs.evolve(standard.current.plans["bonus"], name="Bonus")
    assert [one.figure for one in review_plan(still, {"kpis.late": "less"}, zone="UTC", day=DAY)] == ["kpis.late"]
