"""Pay: the worked cases of three companies, the order of steps, and every policy for what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.incentives.plans import CENT, ENGINEER, FIRST_QUARTER, JANUARY, MARGINAL, RATES, SHOP, cny, payee, plan

from svcstd.calendars import Period
from svcstd.conditions import Eq
from svcstd.curves import DistanceToTarget, Goalposts, PiecewiseLinear, Rounding, Steps, Tiers
from svcstd.errors import DefinitionError, SvcstdError, UnknownName
from svcstd.incentives import (
    Eligibility,
    Figure,
    Gate,
    IfNoFigure,
    Kicker,
    PayCap,
    Payee,
    PayFactor,
    PayFloor,
    PayLine,
    Proration,
    Requirement,
    Served,
    Validity,
    pay,
)
from svcstd.money import Money


def amounts(statement: Any) -> dict[str, str]:
    """Each line with its amount."""
    return {line.key: str(line.amount.amount) for line in statement.lines}


def test_january_of_an_engineer() -> None:
    """Scenario A09: a rating factor of 0.70 and 28 difficulty points."""
    found = pay(ENGINEER, payee(score="0.70", points=28), period=JANUARY, edition="2025-01-01")
    assert (found.total, found.state) == (cny(1820), "due")
    assert amounts(found) == {"score": "1400.00", "points": "420.00", "floor": "0.00"}
    assert found.explanation.text() == (
        "monthly pays E07 1820.00 CNY for 2026-01\n"
        "  score: 1400.00 CNY = 2000.00 CNY times 0.7\n"
        "    score is 0.7\n"
        "  points: 420.00 CNY = 15.00 CNY times 28\n"
        "    points is 28\n"
        "  floor: no less than 0.00 CNY; 1820.00 CNY is not"
    )


def test_the_floor_acts_and_says_so() -> None:
    """Scenario A09, engineer F: a rating of -50 % is legal, and the floor is a line of its own."""
    found = pay(ENGINEER, payee("F", score="-0.50", points=4), period=JANUARY)
    assert amounts(found) == {"score": "-1000.00", "points": "60.00", "floor": "940.00"}
    assert found.total == cny(0)
    assert "floor: -940.00 CNY is less than 0.00 CNY, which is paid" in found.explanation.text()


@pytest.mark.parametrize(
    ("agent", "solved", "csat", "qa", "total", "reason"),
    [
        ("x", 520, "0.880", 92, "253.00", "quality: 230.00 CNY times 1.1, for qa is 92"),
        ("y", 520, "0.849", 92, "0.00", "the gate csat is shut: csat is 0.849, not >= 0.85; 0.001 are missing"),
        ("z", 300, "0.900", 80, "0.00", "solved: 0.00 CNY = 1.00 CNY times 0"),
        ("w", 301, "0.900", 80, "1.00", "solved: 1.00 CNY = 1.00 CNY times 1"),
        ("v", 900, "0.900", 92, "500.00", "cap: 880.00 CNY is more than 500.00 CNY, which is paid"),
        ("u", 520, "0.850", 92, "253.00", "cap: no more than 500.00 CNY; 253.00 CNY is not"),
    ],
)
def test_the_bonus_of_a_shop(agent: str, solved: int, csat: str, qa: int, total: str, reason: str) -> None:
    """Scenario B09: a gate, marginal tiers, a multiplier for quality, a cap, in this order."""
    found = pay(SHOP, payee(agent, solved=solved, csat=csat, qa=qa), period=JANUARY)
    assert str(found.total.amount) == total
    assert reason in found.explanation.text()


@pytest.mark.parametrize(
    ("attained", "total"),
    [("0.8999", "0"), ("0.90", "90"), ("0.9499", "90"), ("0.95", "180"), ("0.96", "240"), ("0.97", "300"), (1, "300")],
)
def test_whole_tiers_of_a_european_desk(attained: Any, total: str) -> None:
    """The whole base at the rate of the step that is reached."""
    bonus = plan(
        {"base": PayLine(pays=Money.of(3000, "EUR"), times="kept", curve=RATES, missing="refuse")},
        currency="EUR",
        every="quarter",
    )
    assert pay(bonus, payee(kept=attained), period=FIRST_QUARTER).total == Money.of(total, "EUR")


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_score_withholds() -> None:
    """An empty month is missing, never zero: the whole pay waits."""
    found = pay(ENGINEER, payee(score=None, points=28), period=JANUARY)
    assert (found.state, found.lines, found.total) == ("withheld", (), cny(0))
    assert found.explanation.text() == (
        "monthly withholds the pay of E07 for 2026-01\n  score waits: there is no score yet"
    )


def test_missing_points_earn_nothing() -> None:
    """The other lines are paid; what was missing is told."""
    found = pay(ENGINEER, payee(score=1, points=None), period=JANUARY)
    assert found.total == cny(2000)
    assert [(one.kind, one.key, one.lines) for one in found.refusals] == [("missing", "points", ("points",))]
    assert found.refusals[0].why.text() == "points: nothing, for there is no points"


POLICIES = ("refuse", "nothing", "withhold")


@pytest.mark.parametrize("missing", POLICIES)
@pytest.mark.parametrize("part", ["line", "gate", "factor", "kicker"])
def test_every_policy(part: str, missing: Any) -> None:
    """Refuse is an error, withhold waits, nothing earns or changes nothing."""
    gate = Gate(figure="f", keeps=Requirement(at_least=1), reads="exact", missing=missing)
    line = PayLine(pays=cny(100), times="f" if part == "line" else "other", missing=missing)
    steps = {
        "factor": PayFactor(name="s", times="f", missing=missing),
        "kicker": Kicker(name="s", adds=cny(7), gate=gate),
    }
    paid = plan(
        {"line": line},
        gates={"g": gate} if part == "gate" else {},
        modifiers=[steps[part]] if part in steps else [],
    )
    if missing == "refuse":
        with pytest.raises(DefinitionError, match="no result of f, and the plan refuses"):
            pay(paid, payee(f=None, other=1), period=JANUARY)
        return
    found = pay(paid, payee(f=None, other=1), period=JANUARY)
    assert found.state == ("withheld" if missing == "withhold" else "due")
    assert found.total == cny(100 if missing == "nothing" and part in steps else 0)


def test_a_shut_line_waits_for_nothing() -> None:
    """What cannot be earned any more needs no result."""
    paid = attrs.evolve(
        ENGINEER, gates={"csat": Gate(figure="csat", keeps=Requirement(at_least=1), reads="exact", missing="nothing")}
    )
    found = pay(paid, payee(score=None, points=None, csat=0), period=JANUARY)
    assert (found.state, found.total) == ("due", cny(0))


def test_what_is_not_given() -> None:
    """A figure or days that the plan reads are given, or named as missing; forgetting is an error."""
    with pytest.raises(UnknownName, match="E07 has no figure points"):
        pay(ENGINEER, payee(score=1), period=JANUARY)
    team = plan({"a": PayLine(pays=cny(1), times="a", whose="team", missing="refuse")})
    with pytest.raises(UnknownName, match=r"team_figures\.a"):
        pay(team, payee(a=1), period=JANUARY)
    with pytest.raises(DefinitionError, match="a plan for each month pays no quarter"):
        pay(ENGINEER, payee(score=1, points=1), period=FIRST_QUARTER)


# ── gates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bound", "value", "lack"),
    [
        ({"at_least": 5}, 5, None),
        ({"at_least": 5}, 4, 1),
        ({"above": 5}, 5, 0),
        ({"above": 5}, 6, None),
        ({"at_most": 5}, 5, None),
        ({"at_most": 5}, 7, 2),
        ({"below": 5}, 5, 0),
        ({"below": 5}, 4, None),
    ],
)
def test_bounds_of_a_gate(bound: dict[str, int], value: int, lack: int | None) -> None:
    """The side of the bound is told; on an excluded bound nothing is missing but more than it."""
    found = Requirement(**bound)
    assert found.lack(Fraction(value)) == lack
    assert found.bound == 5
    assert found.test.endswith(" 5")


@pytest.mark.parametrize(("reads", "total"), [("exact", 0), ("rounded", 100)])
def test_a_gate_reads_what_the_plan_says(reads: Any, total: int) -> None:
    """0.8496 is published as 0.85: whether that opens the gate is written, not guessed."""
    gate = Gate(figure="csat", keeps=Requirement(at_least=Decimal("0.85")), reads=reads, missing="refuse")
    paid = plan({"base": PayLine(pays=cny(100), times="one", missing="refuse")}, gates={"csat": gate})
    figures = {"csat": Figure.of(Decimal("0.8496"), CENT), "one": Figure.of(1, None)}
    assert pay(paid, Payee(of="E07", figures=figures), period=JANUARY).total == cny(total)


def test_a_gate_for_one_line() -> None:
    """Only the lines it names are shut; the team's figure may be what opens it."""
    gate = Gate(
        figure="csat", keeps=Requirement(below=1), reads="exact", missing="refuse", shuts=["points"], whose="team"
    )
    paid = attrs.evolve(ENGINEER, gates={"team": gate})
    somebody = attrs.evolve(payee(score=1, points=10), team_figures={"csat": Figure.of(1, None)})
    found = pay(paid, somebody, period=JANUARY)
    assert amounts(found) == {"score": "2000.00", "points": "0.00", "floor": "0.00"}
    assert "points: nothing, for the gate team is shut" in found.explanation.text()


# ── eligibility ──────────────────────────────────────────────────────────────────────────────────────────────────────

RULES = Eligibility(when=Eq("status", "employed"), needs=["permit"], least_days=10, days="working days")
YEAR = Validity(date(2025, 2, 1), date(2026, 1, 15))
NEXT = Validity(date(2026, 1, 16), date(2027, 1, 15))


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({}, []),
        ({"facts": {"status": "left"}}, ["when"]),
        ({"facts": {}}, ["when"]),
        ({"certificates": {"permit": [YEAR]}}, ["permit"]),
        ({"certificates": {"permit": [NEXT]}}, ["permit"]),
        ({"certificates": {}}, ["permit"]),
        ({"served": {"working days": Served(9, 21)}}, ["working days"]),
        (
            {"facts": {}, "certificates": {}, "served": {"working days": Served(0, 21)}},
            ["when", "permit", "working days"],
        ),
    ],
)
def test_eligibility(changes: dict[str, Any], keys: list[str]) -> None:
    """Everything that is not fulfilled is told, not only the first; an unknown status does not make eligible."""
    fine: dict[str, Any] = {
        "facts": {"status": "employed"},
        "certificates": {"permit": [NEXT, YEAR]},
        "served": {"working days": Served(10, 21)},
    }
    somebody = attrs.evolve(payee(score=1, points=1), **fine | changes)
    found = pay(attrs.evolve(ENGINEER, eligibility=RULES), somebody, period=JANUARY)
    assert [one.key for one in found.refusals] == keys
    assert found.state == ("refused" if keys else "due")
    assert found.total == cny(0 if keys else 2015)


@pytest.mark.parametrize(
    ("valid", "spans", "is_paid"),
    [
        ("throughout", [YEAR], False),
        ("at start", [YEAR], True),
        ("at end", [YEAR], False),
        ("at end", [NEXT], True),
        ("at start", [NEXT], False),
        ("throughout", [YEAR, NEXT], True),
        ("throughout", [YEAR, Validity(date(2026, 1, 17), date(2027, 1, 1))], False),
    ],
)
def test_when_a_certificate_must_be_valid(valid: Any, spans: list[Validity], *, is_paid: bool) -> None:
    """Throughout the period, at its start or at its end; spans that touch join, a day between them breaks."""
    rules = Eligibility(needs=["permit"], valid=valid)
    somebody = attrs.evolve(payee(score=1, points=1), certificates={"permit": spans})
    found = pay(attrs.evolve(ENGINEER, eligibility=rules), somebody, period=JANUARY)
    assert (found.state == "due") is is_paid


def test_certificates_and_figures_of_their_own() -> None:
    """Dates are dates; no certificate is no; a figure has no records behind it unless somebody says so."""
    with pytest.raises(DefinitionError):
        Validity("2026-01-01", date(2026, 1, 2))  # type: ignore[arg-type]
    somebody = Payee(of="a", certificates={"permit": [Validity(date(2026, 1, 1), date(2026, 1, 9))]})
    assert somebody.is_certified("permit", date(2026, 1, 1), date(2026, 1, 10)) is False
    assert somebody.is_certified("permit", date(2026, 1, 1), date(2026, 1, 9)) is True
    assert somebody.is_certified("permit", date(2026, 1, 9), date(2026, 1, 9)) is True
    assert somebody.is_certified("permit", date(2025, 12, 31), date(2026, 1, 9)) is False
    joined = attrs.evolve(
        somebody,
        certificates={"permit": [*somebody.certificates["permit"], Validity(date(2026, 1, 9), date(2026, 2, 9))]},
    )
    assert joined.is_certified("permit", date(2026, 1, 1), date(2026, 2, 9)) is True
    assert somebody.is_certified("other", date(2026, 1, 1), date(2026, 1, 1)) is False
    assert Figure(Fraction(1), Fraction(1)).n == 0
    assert Figure.of(1, None).n == 0


def test_reasons_of_a_refusal() -> None:
    """In words, with what is missing."""
    found = pay(
        attrs.evolve(ENGINEER, eligibility=RULES),
        attrs.evolve(payee(score=1, points=1), served={"working days": Served(4, 21)}),
        period=JANUARY,
    )
    assert found.explanation.text() == (
        "monthly pays E07 nothing for 2026-01\n"
        "  not eligible\n"
        "    unknown: status = employed, for status is missing\n"
        "  the certificate permit is not valid on every day from Thu 1 Jan 2026 to Sat 31 Jan 2026\n"
        "  4 working days, of which at least 10 are needed"
    )
    assert found.refusals[-1].lack == 6


# ── proration, quota, teams ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("of", "total"),
    [
        (None, "80.00"),  # 40 of 50 is 0.8 of the quota
        ("quota", "160.00"),  # 40 of 25 is 1.6 of it
        ("payout", "40.00"),
        ("both", "80.00"),
    ],
)
def test_proration(of: Any, total: str) -> None:
    """Half a month halves the quota, the payout or both; the plan says which."""
    line = PayLine(pays=cny(100), times="sales", quota=50, missing="refuse")
    paid = plan({"sales": line}, proration=None if of is None else Proration(by="service days", of=of))
    somebody = attrs.evolve(payee(sales=40), served={"service days": Served(11, 22)})
    found = pay(paid, somebody, period=JANUARY)
    assert found.total == cny(total)
    assert ("for 11 of 22 service days" in found.explanation.text()) is (of in ("payout", "both"))
    assert "of the quota" in found.explanation.text()


def test_no_day_of_service() -> None:
    """No quota is left to reach: nothing is earned, and the reason is told."""
    line = PayLine(pays=cny(100), times="sales", quota=50, curve=RATES, missing="refuse")
    paid = plan({"sales": line}, proration=Proration(by="service days", of="quota"))
    somebody = attrs.evolve(payee(sales=40), served={"service days": Served(0, 22)})
    found = pay(paid, somebody, period=JANUARY)
    assert (found.total, found.next_tiers) == (cny(0), ())
    assert "no day of service leaves no quota to reach" in found.explanation.text()
    with pytest.raises(UnknownName, match="days of service of E07 are not given in service days"):
        pay(paid, payee(sales=40), period=JANUARY)


def test_a_person_and_the_team() -> None:
    """Three fifths of the money by one's own result, two fifths by that of the team."""
    shared = plan(
        {
            "own": PayLine(pays=cny(1000), times="kept", part=Fraction(3, 5), missing="refuse"),
            "team": PayLine(pays=cny(1000), times="kept", part=Fraction(2, 5), whose="team", missing="refuse"),
        }
    )
    somebody = attrs.evolve(payee(kept=Decimal("0.5")), team_figures={"kept": Figure.of(1, None)})
    found = pay(shared, somebody, period=JANUARY)
    assert amounts(found) == {"own": "300.00", "team": "400.00"}
    assert "of which 0.6 counts here" in found.explanation.text()


def test_a_campaign() -> None:
    """A line for some days pays in the periods that hold one of them."""
    for first, last, total in [(20, 40, 100), (31, 31, 100), (1, 1, 100), (32, 40, 0), (-9, 0, 0)]:
        days = Validity(*(date.fromordinal(date(2025, 12, 31).toordinal() + day) for day in (first, last)))
        spiff = plan({"launch": PayLine(pays=cny(10), times="sold", during=days, missing="refuse")})
        found = pay(spiff, Payee(of="E07", figures={"sold@launch": Figure.of(10, None)}), period=JANUARY)
        assert found.total == cny(total)
        assert ("launch: nothing outside of" in found.explanation.text()) is (total == 0)


def test_a_campaign_has_a_result_of_its_own() -> None:
    """The same figure over the whole month and over the days of the campaign are two results."""
    days = Validity(date(2026, 1, 20), date(2026, 2, 10))
    both = plan(
        {
            "base": PayLine(pays=cny(1), times="sold", missing="refuse"),
            "launch": PayLine(pays=cny(10), times="sold", during=days, missing="refuse"),
        }
    )
    assert [name for _, name in both.figures] == ["sold", "sold@launch"]
    somebody = Payee(of="E07", figures={"sold": Figure.of(9, None), "sold@launch": Figure.of(4, None)})
    found = pay(both, somebody, period=JANUARY)
    assert amounts(found) == {"base": "9.00", "launch": "40.00"}
    assert found.lines[1].figure == "sold@launch"


def test_a_campaign_that_is_over_waits_for_nothing() -> None:
    """Outside of its days a missing result is neither an error nor waited for."""
    days = Validity(date(2026, 3, 1), date(2026, 3, 15))
    policies: tuple[IfNoFigure, ...] = ("refuse", "withhold")
    for missing in policies:
        spiff = plan({"launch": PayLine(pays=cny(10), times="sold", during=days, missing=missing)})
        found = pay(spiff, Payee(of="E07", figures={"sold@launch": Figure(None, None)}), period=JANUARY)
        assert (found.state, found.total) == ("due", cny(0))


@pytest.mark.parametrize(
    ("where", "paid"),
    [
        (r"lines\.a\.curve", plan({"a": PayLine(pays=cny(1), times="a", curve=MARGINAL, missing="refuse")})),
        (
            r"steps\.f\.curve",
            plan(
                {"b": PayLine(pays=cny(1), times="a", missing="refuse")},
                modifiers=[PayFactor(name="f", times="a", curve=MARGINAL, missing="refuse")],
            ),
        ),
    ],
)
def test_a_result_that_a_curve_refuses(where: str, paid: Any) -> None:
    """The error says which line or step."""
    with pytest.raises(DefinitionError, match=rf"{where}: -1 comes before the first tier"):
        pay(paid, payee(a=-1), period=JANUARY)


# ── steps and rounding ───────────────────────────────────────────────────────────────────────────────────────────────


def test_steps_act_in_the_order_of_the_plan() -> None:
    """A cap before a factor is another plan than a cap after it."""
    cap, double = PayCap(name="cap", most=cny(100)), PayFactor(name="double", times="two", missing="refuse")
    base = {"base": PayLine(pays=cny(80), times="one", missing="refuse")}
    somebody = payee(one=1, two=2)
    assert pay(plan(base, modifiers=[cap, double]), somebody, period=JANUARY).total == cny(160)
    assert pay(plan(base, modifiers=[double, cap]), somebody, period=JANUARY).total == cny(100)


@pytest.mark.parametrize(
    ("at", "amounts", "earned"),
    [
        ("line", ["100.05", "10.01", "11.01"], ["100.05", "10.01", "11.01"]),
        ("total", ["100.05", "10.01", "11.01", "-0.01"], ["100.05", "10.005", "11.0055"]),
    ],
)
def test_a_step_on_a_rounded_sum(at: Any, amounts: list[str], earned: list[str]) -> None:
    """Where lines are rounded, the next step reads the rounded sum; else the exact one, and what is left is a line."""
    factors = [PayFactor(name=name, times="f", missing="refuse") for name in ("one", "two")]
    lines = {"a": PayLine(pays=cny("100.05"), times="a", missing="refuse")}
    paid = pay(plan(lines, modifiers=factors, round_at=at), payee(a=1, f="1.1"), period=JANUARY)
    assert [line.amount for line in paid.lines] == [cny(amount) for amount in amounts]
    assert [line.earned for line in paid.lines if line.kind != "rounding"] == [Fraction(one) for one in earned]


def test_a_kicker() -> None:
    """An amount on top where its gate is open; shut, it says by how much."""
    gate = Gate(figure="qa", keeps=Requirement(above=90), reads="exact", missing="nothing")
    paid = plan(
        {"base": PayLine(pays=cny(80), times="one", missing="refuse")},
        modifiers=[Kicker(name="quality", adds=cny(50), gate=gate)],
    )
    opened = pay(paid, payee(one=1, qa=91), period=JANUARY)
    assert (opened.total, opened.lines[1].value) == (cny(130), Fraction(91))
    assert "quality: 50.00 CNY on top, for > 90 is reached" in opened.explanation.text()
    shut = pay(paid, payee(one=1, qa=90), period=JANUARY)
    assert shut.total == cny(80)
    assert (
        "quality: nothing on top\n    the gate quality is shut: qa is 90, not > 90; 0 are missing"
        in shut.explanation.text()
    )


@pytest.mark.parametrize(("at", "total", "keys"), [("line", "15.00", 3), ("total", "14.99", 4)])
def test_the_point_of_rounding(at: Any, total: str, keys: int) -> None:
    """Vector adjust-019: three lines of 4.995; rounded each, or once, and then the difference is a line."""
    lines = {name: PayLine(pays=cny(100), times=name, part=Fraction(15, 100), missing="refuse") for name in "abc"}
    found = pay(plan(lines, round_at=at), payee(a="0.333", b="0.333", c="0.333"), period=JANUARY)
    assert (str(found.total.amount), len(found.lines)) == (total, keys)
    assert sum(line.amount for line in found.lines) == found.total
    if at == "total":
        assert found.lines[-1].why.text() == "the exact sum 14.985 is rounded once, at the end, to 14.99 CNY"


def test_steps_with_one_rounding() -> None:
    """Only the sum after the last step is rounded."""
    lines = {name: PayLine(pays=cny(1), times=name, missing="nothing") for name in "ab"}
    paid = plan(lines, round_at="total", modifiers=[PayFactor(name="f", times="f", missing="refuse")])
    found = pay(paid, payee(a="0.333", b=None, f=3), period=JANUARY)
    assert (found.total, amounts(found)) == (cny("1.00"), {"a": "0.33", "b": "0.00", "f": "0.67"})


def test_coins() -> None:
    """Paid out in coins of five."""
    swiss = plan(
        {"a": PayLine(pays=Money.of(1, "CHF"), times="a", missing="refuse")},
        currency="CHF",
        rounding=Rounding(Decimal("0.05"), "half up"),
    )
    assert pay(swiss, payee(a="3.33"), period=JANUARY).total == Money.of("3.35", "CHF")


# ── what lies ahead ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("curve", "value", "expected"),
    [
        (RATES, "0.955", [("24/25", "1/200", "60.00")]),
        (RATES, "0.96", [("97/100", "1/100", "60.00")]),
        (RATES, "0.99", []),
        (Steps([10, 20], [3, 2, 1], bound="upper"), "15", [("10", "5", "3000.00")]),  # less is better
        (Steps([10], [1, 2], bound="lower"), "10", [("10", "0", "3000.00")]),
        (Steps([10], [2, 1], bound="upper"), "10", [("10", "0", "3000.00")]),
        (Tiers([10], [1, 2], kind="whole", bound="lower", start=0, beyond="refuse"), "8", [("10", "2", "36000.00")]),
        (MARGINAL, "310", [("500", "190", "570000.00")]),
        (PiecewiseLinear([(0, 0), (1, 1)], beyond="clamp"), "1/2", [("1", "1/2", "1500.00")]),
        (Goalposts(10, 0, scale=1, beyond="clamp"), "4", [("0", "4", "1200.00")]),
        (DistanceToTarget(10, worst=0, cap=True), "5", [("10", "5", "1500.00")]),
        (DistanceToTarget(10, worst=0, cap=True), "11", []),
        (None, "5", []),
    ],
)
def test_the_next_tier(curve: Any, value: str, expected: list[tuple[str, str, str]]) -> None:
    """How far it is, and what it would add; downwards where less is better."""
    paid = plan({"base": PayLine(pays=cny(3000), times="kept", curve=curve, missing="refuse")})
    found = pay(paid, payee(kept=value), period=JANUARY).next_tiers
    assert [(str(one.bound), str(one.lack), str(one.more.amount)) for one in found] == expected


def test_the_next_tier_of_a_part() -> None:
    """What it would add is for the part of the money, and for the days served."""
    line = PayLine(pays=cny(3000), times="kept", curve=RATES, part=Fraction(2, 3), missing="refuse")
    paid = plan({"base": line}, proration=Proration(by="service days", of="payout"))
    somebody = attrs.evolve(payee(kept="0.96"), served={"service days": Served(11, 22)})
    (found,) = pay(paid, somebody, period=JANUARY).next_tiers
    assert found.more == cny(20)  # 2 % of 3000, two thirds of it, for half of the month


THREE = Steps([2, 4, 6], [30, 20, 10, 0], bound="lower")


@pytest.mark.rows("B111")
@pytest.mark.parametrize(
    ("value", "bound", "more"), [(7, 6, 10), (5, 4, 10), (3, 2, 10), (6, 4, 10), (Fraction(13, 2), 6, 10)]
)
def test_the_next_tier_downwards(value: Any, bound: Any, more: int) -> None:
    """Where less is better, the next bound below and what lies beyond it."""
    lines = {"late": PayLine(pays=cny(1), times="late", curve=THREE, missing="refuse")}
    (ahead,) = pay(plan(lines), payee(late=value), period=JANUARY).next_tiers
    assert (ahead.bound, ahead.lack, ahead.more) == (bound, value - bound, cny(more))


@pytest.mark.parametrize(("value", "bound", "more"), [(1, 2, 10), (3, 4, 10), (5, 6, 10), (4, 4, 10)])
def test_the_next_tier_upwards(value: Any, bound: Any, more: int) -> None:
    """Of several bounds the nearest above, and the step right behind it."""
    rising = Steps([2, 4, 6], [0, 10, 20, 30], bound="lower")
    lines = {"sold": PayLine(pays=cny(1), times="sold", curve=rising, missing="refuse")}
    (ahead,) = pay(plan(lines), payee(sold=value), period=JANUARY).next_tiers
    assert (ahead.bound, ahead.lack, ahead.more) == (bound, bound - value, cny(more))


def test_nothing_lies_ahead_of_a_shut_line() -> None:
    """Nor of one without a result."""
    assert pay(SHOP, payee(solved=10, csat=0, qa=1), period=JANUARY).next_tiers == ()
    missing = plan({"base": PayLine(pays=cny(1), times="kept", curve=RATES, missing="nothing")})
    assert pay(missing, payee(kept=None), period=JANUARY).next_tiers == ()


# ── values at birth ──────────────────────────────────────────────────────────────────────────────────────────────────

LINE = PayLine(pays=cny(1), times="a", missing="refuse")
GATE = Gate(figure="a", keeps=Requirement(at_least=1), reads="exact", missing="refuse")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: plan({}), "a plan without a line"),
        (lambda: plan({"a": LINE}, every="fortnight"), "fortnight"),
        (lambda: plan({"a": LINE}, every="quater"), "quater"),
        (lambda: plan({"a": LINE}, currency="EUR"), r"lines\.a\.pays: 1\.00 CNY is not in EUR"),
        (lambda: plan({"a": LINE}, round_at="cent"), "cent"),
        (lambda: plan({"a": LINE}, rounding=Rounding(Decimal("0.001"), "half up")), "0.001"),
        (lambda: plan({"a": LINE}, gates={"g": attrs.evolve(GATE, shuts=["b"])}), r"gates\.g\.shuts"),
        (lambda: plan({"a": LINE}, modifiers=[PayCap(name="a", most=cny(1))]), "a names two"),
        (lambda: plan({"a": LINE}, modifiers=[PayCap(name="c", most=Money(1, "JPY"))]), r"modifiers\[0\]\.most"),
        (lambda: plan({"a": LINE}, modifiers=[PayFloor(name="c", least=Money(1, "JPY"))]), r"modifiers\[0\]\.least"),
        (lambda: plan({"a": LINE}, modifiers=[Kicker(name="c", adds=Money(1, "JPY"), gate=GATE)]), r"\[0\]\.adds"),
        (lambda: attrs.evolve(LINE, missing="zero"), "zero"),  # type: ignore[arg-type]
        (lambda: attrs.evolve(LINE, quota=0), "quota: 0 is not above 0"),
        (lambda: attrs.evolve(LINE, part=-1), "part: -1 is not above 0"),
        (lambda: attrs.evolve(LINE, part=0.5), "0.5"),
        (lambda: attrs.evolve(LINE, whose="boss"), "boss"),  # type: ignore[arg-type]
        (lambda: Requirement(at_least=1, above=2), "one bound is needed"),
        (Requirement, "one bound is needed"),
        (lambda: attrs.evolve(GATE, reads="floor"), "floor"),  # type: ignore[arg-type]
        (lambda: Eligibility(least_days=3), "a least of 3 days"),
        (lambda: Eligibility(least_days=-3, days="working days"), "a least of -3 days"),
        (lambda: Eligibility(least_days=3, days="nights"), "nights"),  # type: ignore[arg-type]
        (lambda: Eligibility(valid="sometimes"), "sometimes"),  # type: ignore[arg-type]
        (lambda: Proration(by="nights", of="both"), "nights"),  # type: ignore[arg-type]
        (lambda: Proration(by="service days", of="all"), "all"),  # type: ignore[arg-type]
        (lambda: Served(23, 22), "23 days"),
        (lambda: Served(-1, 22), "-1 days"),
        (lambda: Served(0, 0), "0 days"),
        (lambda: Served(1.5, 22), "whole number"),  # type: ignore[arg-type]
        (lambda: Validity(date(2026, 2, 1), date(2026, 1, 1)), "last"),
        (lambda: Payee(of=""), "nobody"),
        (lambda: Payee(of="E07", figures={"a": 3}), r"figures\.a: .*Figure\.of"),
        (lambda: Payee(of="E07", team_figures={"a": None}), r"team_figures\.a"),
        (lambda: Payee(of="E07", served={"working days": 3}), r"served\.working days"),
        (lambda: plan({"a": attrs.evolve(LINE, pays=15)}), r"lines\.a\.pays: .*Money\.of"),  # type: ignore[arg-type]
        (lambda: attrs.evolve(GATE, keeps=0.85), "keeps: .*Requirement"),  # type: ignore[arg-type]
        (lambda: Figure(1, None), "half a figure"),
        (lambda: Figure(0.5, 1), "0.5"),
        (lambda: Figure.of(3, None, causes={"a": 1, "b": 1}), "the credits add up to 2, the figure is 3"),
        (lambda: Figure.of(0, None, causes={"a": 1, "b": -1}), "none below 0"),
    ],
)
def test_refused_at_birth(make: Any, words: str) -> None:
    """A plan that could pay wrongly does not exist."""
    with pytest.raises(SvcstdError, match=words):
        make()


def test_another_period_of_the_same_length() -> None:
    """A period is of the cycle, whichever month it is."""
    february = Period.of("month", date(2026, 2, 1), "Asia/Shanghai")
    assert pay(ENGINEER, payee(score=1, points=0), period=february).label == "monthly 2026-02"
