"""Awards: once for a cause, in money or not, and what each is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incentives.plans import CENT, ENGINEER, JANUARY, cny, payee

from svcstd.errors import CurrencyError, DefinitionError
from svcstd.incentives import (
    Award,
    Cash,
    Claim,
    Equity,
    Gift,
    Recognition,
    Statement,
    Tuition,
    Vesting,
    clawback,
    correct,
    grant,
    pay,
    with_lines,
)
from svcstd.money import Money

IDEA = Award(
    key="idea",
    kind="innovation",
    currency="CNY",
    name="Good ideas",
    gives=[Cash(cny(200)), Recognition("certificate", "Idea of the month")],
)
STUDY = Award(
    key="study", kind="performance", currency="CNY", gives=[Tuition(part=Fraction(1, 3), most=cny(1000), rounding=CENT)]
)
OPTIONS = Equity("option", [Vesting(date(2028, 1, 1), 300), Vesting(date(2027, 1, 1), 100)])
ALL = Award(
    key="best",
    kind="team",
    currency="CNY",
    gives=[
        Gift("a watch", cny(500)),
        Recognition("praise", "well done"),
        Recognition("project", "the new hotline"),
        OPTIONS,
        Cash(cny(50)),
    ],
)


def claim(of: str, cause: str, day: int, cost: Money | None = None) -> Claim:
    """A claim of January."""
    return Claim(of=of, cause=cause, on=date(2026, 1, day), cost=cost)


def test_one_suggestion_one_award() -> None:
    """Adopted and implemented are two events and one award; the earliest counts, whoever tells it first."""
    found = grant(IDEA, [claim("E08", "s1", 20), claim("E07", "s1", 9), claim("E07", "s2", 9)])
    assert [(one.of, one.cause, one.on.day, one.cash) for one in found.grants] == [
        ("E07", "s1", 9, cny(200)),
        ("E07", "s2", 9, cny(200)),
    ]
    ((refused, why),) = found.refused
    assert (refused.of, why.text()) == ("E08", "s1 was awarded already, to E07 on Fri 9 Jan 2026")


def test_of_several_on_one_day() -> None:
    """The smaller name has it, in whatever order they come."""
    claims = [claim("E08", "s1", 9), claim("E07", "s1", 9)]
    assert grant(IDEA, claims) == grant(IDEA, reversed(claims))
    assert grant(IDEA, claims).grants[0].of == "E07"


def test_what_was_awarded_before() -> None:
    """A cause of last month gets nothing now; that of another award does."""
    before = grant(IDEA, [claim("E07", "s1", 9)]).grants
    assert grant(IDEA, [claim("E07", "s1", 20)], before=before).grants == ()
    assert len(grant(ALL, [claim("E07", "s1", 20)], before=before).grants) == 1


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(1, 31)), max_size=9), st.randoms()
)
def test_every_cause_once(told: list[tuple[str, str, int]], random: Any) -> None:
    """Whatever the order, each claim is granted or refused, each cause granted once."""
    claims = [claim(*one) for one in told]
    found = grant(IDEA, claims)
    causes = [one.cause for one in found.grants]
    assert sorted(causes) == sorted({one.cause for one in claims})
    assert len(found.grants) + len(found.refused) == len(claims)
    random.shuffle(claims)
    assert grant(IDEA, claims).grants == found.grants


@pytest.mark.parametrize(("cost", "cash"), [("900", "300"), ("100", "33.33"), ("3000", "1000"), ("9000", "1000")])
def test_tuition(cost: str, cash: str) -> None:
    """A third of the cost, to the cent, and no more than the cap."""
    (found,) = grant(STUDY, [claim("E07", "course", 9, cny(cost))]).grants
    assert found.cash == cny(cash)
    assert found.why.text().splitlines()[1] == (
        f"  {cny(cash)} of the {cny(cost)} that learning cost, at most 1000.00 CNY"
    )


def test_a_cap_of_nothing() -> None:
    """Pays nothing, and is no mistake; nor is a single option."""
    nothing = attrs.evolve(STUDY, gives=[Tuition(part=1, most=cny(0), rounding=CENT)])
    assert grant(nothing, [claim("E07", "course", 9, cny(900))]).grants[0].cash == cny(0)
    assert Equity("option", [Vesting(date(2027, 1, 1), 1)]).units == 1


def test_tuition_without_its_cost() -> None:
    """Nobody guesses what a course cost, or in which money."""
    with pytest.raises(DefinitionError, match="nothing tells what course costs"):
        grant(STUDY, [claim("E07", "course", 9)])
    with pytest.raises(CurrencyError):
        grant(STUDY, [claim("E07", "course", 9, Money(1, "EUR"))])


def test_what_is_no_cash() -> None:
    """A gift has a worth and no cash; praise, projects and options have neither."""
    (found,) = grant(ALL, [claim("Jinan", "2026-Q1", 9)]).grants
    assert (found.cash, found.worth, found.rewards) == (cny(50), cny(500), ALL.gives)
    assert found.why.text() == (
        "best for Jinan, for 2026-Q1 on Fri 9 Jan 2026\n"
        "  a gift: a watch, worth 500.00 CNY, no cash\n"
        "  praise: well done\n"
        "  a place in a project: the new hotline\n"
        "  400 units of option, from Fri 1 Jan 2027 to Sat 1 Jan 2028\n"
        "  50.00 CNY in money"
    )
    assert "a certificate: Idea of the month" in grant(IDEA, [claim("E07", "s1", 9)]).grants[0].why.text()


def test_on_a_statement() -> None:
    """The cash of an award is a line of a statement, and goes back with its cause."""
    (found,) = grant(IDEA, [claim("E07", "s1", 9)]).grants
    january = pay(ENGINEER, payee(score=1, points=0), period=JANUARY)
    paid = with_lines(january, [found.line])
    assert (paid.total, paid.amount("idea")) == (cny(2200), cny(200))
    assert found.line.kind == "award"
    assert found.line.causes == {"s1": cny(200)}
    assert Statement.from_json(paid.to_json()) == paid
    (back,) = clawback([paid], "s1", returned=1, rounding=CENT, why="it was copied")
    assert (back.key, back.amount) == ("idea", cny(-200))
    assert correct([paid], january, why="nothing was wrong").lines == ()


@pytest.mark.parametrize(
    ("on", "units"),
    [(date(2026, 12, 31), 0), (date(2027, 1, 1), 100), (date(2027, 12, 31), 100), (date(2030, 1, 1), 400)],
)
def test_vesting(on: date, units: int) -> None:
    """From its day on, a part is one's own."""
    assert OPTIONS.vested(on) == units


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: attrs.evolve(IDEA, kind="mood"), "mood"),  # type: ignore[arg-type]
        (lambda: attrs.evolve(IDEA, gives=[]), "gives nothing"),
        (lambda: attrs.evolve(IDEA, gives=[Cash(Money(1, "EUR"))]), r"gives\[0\]: 0\.01 EUR is not in CNY"),
        (lambda: attrs.evolve(IDEA, gives=[Gift("x", Money(1, "EUR"))]), "is not in CNY"),
        (lambda: attrs.evolve(STUDY, currency="EUR"), "is not in EUR"),
        (lambda: Recognition("applause", "x"), "applause"),  # type: ignore[arg-type]
        (lambda: Tuition(part=0, most=cny(1), rounding=CENT), "0 is not a part"),
        (lambda: Tuition(part=2, most=cny(1), rounding=CENT), "2 is not a part"),
        (lambda: Tuition(part=Decimal("0.5"), most=cny(-1), rounding=CENT), "below zero"),
        (lambda: Equity("x", []), "no schedule"),
        (lambda: Equity("x", [Vesting(date(2027, 1, 1), 0)]), "no schedule"),
        (lambda: Equity("x", [Vesting(date(2027, 1, 1), 1)] * 2), "no schedule"),
        (lambda: Equity("x", [Vesting(date(2027, 1, 1), 1.5)]), "whole number of units"),  # type: ignore[arg-type]
        (lambda: Equity("x", [Vesting("2027", 1)]), "a date"),  # type: ignore[arg-type]
        (lambda: claim("", "s1", 1), "somebody and a cause"),
        (lambda: claim("E07", "", 1), "somebody and a cause"),
        (lambda: Claim(of="E07", cause="s1", on="2026-01-01"), "a date"),  # type: ignore[arg-type]
    ],
)
def test_refused_at_birth(make: Any, words: str) -> None:
    """An award that nobody could give is refused where it is written."""
    with pytest.raises(DefinitionError, match=words):
        make()
