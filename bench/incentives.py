"""A pool shared among twenty thousand, sums of their pay, and a hundred thousand statements, in one process.

Sharing is exact in whole minor units. Beside it stands the usual way, each share quantised by itself in Decimal, with
what it loses. Sums of the shares are taken as plain integers, as our money, and by two money packages.

Usage: python bench/incentives.py [--quick] [--json FILE]
Needs: svcstd; better with py-moneyed and stockholm, which are in the dependency group ``bench``.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from svcstd.calendars import Period
from svcstd.curves import Rounding, Steps, Tiers
from svcstd.incentives import Figure, Gate, PayCap, Payee, PayFactor, PayLine, Plan, Requirement, pay
from svcstd.money import Money, allocate, largest_remainder, total_of

QUICK = "--quick" in sys.argv
PAYEES = 500 if QUICK else 20_000
STATEMENTS = 500 if QUICK else 100_000
REPEATS = 7
POT = 10_000_000_07
ROWS: list[dict[str, Any]] = []
CENT = Decimal("0.01")
JANUARY = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
PLAN = Plan(
    key="bonus",
    currency="CNY",
    every="month",
    round_at="line",
    rounding=Rounding(CENT, "half up"),
    lines={
        "solved": PayLine(
            pays=Money.of(1, "CNY"),
            times="solved",
            curve=Tiers([300, 500], [0, 1, Fraction(3, 2)], kind="marginal", bound="lower", start=0, beyond="refuse"),
            missing="refuse",
        )
    },
    gates={"csat": Gate(figure="csat", keeps=Requirement(at_least=Decimal("0.85")), reads="exact", missing="nothing")},
    modifiers=[
        PayFactor(
            name="quality", times="qa", curve=Steps([90], [1, Fraction(11, 10)], bound="upper"), missing="nothing"
        ),
        PayCap(name="cap", most=Money.of(500, "CNY")),
    ],
)


def timed(name: str, run: Callable[[], object], note: str = "", repeats: int = REPEATS) -> float:
    """Median milliseconds."""
    found = []
    for _ in range(repeats):
        begun = perf_counter()
        run()
        found.append((perf_counter() - begun) * 1e3)
    ms = statistics.median(found)
    ROWS.append({"name": name, "ms": ms, "note": note})
    return ms


def naive(weights: list[int]) -> list[Decimal]:
    """Each share quantised by itself."""
    pot, whole = Decimal(POT).scaleb(-2), sum(weights)
    return [(pot * weight / whole).quantize(CENT, ROUND_HALF_UP) for weight in weights]


def sums(minors: list[int]) -> None:
    """The same amounts added up in several ways."""
    ours = [Money(minor, "CNY") for minor in minors]
    decimals = [one.amount for one in ours]
    assert total_of(ours, "CNY").minor == sum(minors)
    timed("sum as integers", lambda: sum(minors))
    timed("sum as Decimal", lambda: sum(decimals))
    timed("sum as svcstd Money", lambda: total_of(ours, "CNY"))
    try:
        moneyed: Any = import_module("moneyed")
        theirs = [moneyed.Money(one, "CNY") for one in decimals]
        timed("sum as py-moneyed", lambda: sum(theirs[1:], theirs[0]))
    except ImportError:
        ROWS.append({"name": "sum as py-moneyed", "ms": None, "note": "not installed"})
    try:
        stockholm: Any = import_module("stockholm")
        others = [stockholm.Money(one, "CNY") for one in decimals]
        timed("sum as stockholm", lambda: stockholm.Money.sum(others), repeats=3)
    except ImportError:
        ROWS.append({"name": "sum as stockholm", "ms": None, "note": "not installed"})


def sharing(weights: list[int]) -> None:
    """Exact shares, and what the naive way loses."""
    lost = Decimal(POT).scaleb(-2) - sum(naive(weights))
    table = {f"p{place:06d}": weight for place, weight in enumerate(weights)}
    assert sum(largest_remainder(POT, weights)) == POT
    timed("largest remainder, integers in and out", lambda: largest_remainder(POT, weights), "exact")
    timed("each share as Decimal, quantised", lambda: naive(weights), f"loses {lost}")
    timed("allocate, by payee, as Money", lambda: allocate(Money(POT, "CNY"), table), "exact")


def statements(source: random.Random) -> None:
    """A gate, marginal tiers, a factor and a cap for each, with every reason, and without JSON."""
    people = [
        Payee(
            of=f"p{place:06d}",
            figures={
                "solved": Figure.of(source.randint(0, 900), None),
                "csat": Figure.of(Decimal(source.randint(700, 1000)).scaleb(-3), None),
                "qa": Figure.of(source.randint(60, 100), None),
            },
        )
        for place in range(STATEMENTS)
    ]
    ms = timed(f"{STATEMENTS:,} statements", lambda: [pay(PLAN, one, period=JANUARY) for one in people], repeats=1)
    ROWS[-1]["note"] = f"{ms / STATEMENTS * 1e3:.0f} us each"


def main() -> None:
    """Print a table; write JSON where asked."""
    source = random.Random(7)
    weights = [source.randint(1, 1000) for _ in range(PAYEES)]
    sharing(weights)
    sums(list(largest_remainder(POT, weights)))
    statements(source)
    base = ROWS[0]["ms"]
    print(f"{PAYEES:,} payees; median of {REPEATS}")
    for row in ROWS:
        figure = "-" if row["ms"] is None else f"{row['ms']:10.2f} ms {row['ms'] / base:8.2f} x"
        print(f"{row['name']:42} {figure:>24}  {row['note']}")
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
