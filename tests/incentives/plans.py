"""Plans, payees and periods that several tests pay with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from svcstd.calendars import Period
from svcstd.curves import Rounding, Steps, Tiers
from svcstd.incentives import Figure, Gate, PayCap, Payee, PayFactor, PayFloor, PayLine, Plan, Requirement
from svcstd.money import Money

CENT = Rounding(Decimal("0.01"), "half up")
JANUARY = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
FIRST_QUARTER = Period.of("quarter", date(2026, 1, 1), "Europe/Berlin")


def cny(amount: Any) -> Money:
    """Yuan."""
    return Money.of(amount, "CNY")


def payee(of: str = "E07", **figures: Any) -> Payee:
    """Somebody with results: numbers as they are, ``None`` for a missing one."""
    return Payee(of=of, figures={name: Figure.of(exactly(value), None) for name, value in figures.items()})


def exactly(value: Any) -> Fraction | None:
    """A number as it is written."""
    return None if value is None else Fraction(str(value))


def plan(lines: Mapping[str, PayLine], **changes: Any) -> Plan:
    """A monthly plan in yuan, each line rounded to the fen."""
    given: dict[str, Any] = {
        "key": "monthly",
        "currency": "CNY",
        "every": "month",
        "rounding": CENT,
        "round_at": "line",
    }
    return Plan(lines=lines, **given | changes)


ENGINEER = plan(
    {
        "score": PayLine(pays=cny(2000), times="score", missing="withhold"),
        "points": PayLine(pays=cny(15), times="points", missing="nothing"),
    },
    modifiers=[PayFloor(name="floor", least=cny(0))],
    name="Monthly pay by results",
    version="2025-01-01",
)
"""The field engineers of the 5S4E company."""
MARGINAL = Tiers([300, 500], [0, 1, Fraction(3, 2)], kind="marginal", bound="lower", start=0, beyond="refuse")
SHOP = plan(
    {"solved": PayLine(pays=cny(1), times="solved", curve=MARGINAL, missing="refuse")},
    gates={"csat": Gate(figure="csat", keeps=Requirement(at_least=Decimal("0.85")), reads="exact", missing="nothing")},
    modifiers=[
        PayFactor(
            name="quality", times="qa", curve=Steps([90], [1, Fraction(11, 10)], bound="upper"), missing="nothing"
        ),
        PayCap(name="cap", most=cny(500)),
    ],
)
"""The agents of the Shanghai shop."""
RATES = Steps(
    [Fraction(90, 100), Fraction(95, 100), Fraction(96, 100), Fraction(97, 100)],
    [0, Decimal("0.03"), Decimal("0.06"), Decimal("0.08"), Decimal("0.10")],
    bound="upper",
)
