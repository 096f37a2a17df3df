"""Rounding: by the modes of the decimal module, to any step, and never further than one step."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Rounding
from svcstd.errors import DefinitionError

MODES: dict[Any, str] = {
    "half up": decimal.ROUND_HALF_UP,
    "half even": decimal.ROUND_HALF_EVEN,
    "half down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
}
STEPS = st.sampled_from([Decimal("0.01"), Decimal("0.05"), Decimal(1), Decimal(10), Decimal("0.25")])


@pytest.mark.parametrize("mode", MODES)
@given(value=st.decimals(-1000, 1000, places=4), places=st.integers(0, 3))
def test_modes_are_those_of_decimal(mode: Any, value: Decimal, places: int) -> None:
    """Each under its own name."""
    step = Decimal(1).scaleb(-places)
    assert Rounding(step, mode).of(value) == value.quantize(step, rounding=MODES[mode])


@pytest.mark.parametrize(
    ("step", "mode", "value", "rounded"),
    [
        ("0.01", "half up", "2.345", "2.35"),
        ("0.01", "half even", "2.345", "2.34"),
        ("0.01", "half up", "-2.345", "-2.35"),  # half up leads away from zero
        ("0.05", "half up", "1.025", "1.05"),  # cash
        ("1", "half up", "302.50", "303"),  # the tax tables of 2004
        ("10", "half up", "95", "100"),
        ("0.01", "half down", "0.005", "0.00"),
        ("0.01", "half down", "0.0051", "0.01"),
    ],
)
def test_to_a_step(step: str, mode: Any, value: str, rounded: str) -> None:
    """As a cashier does it; the decimals of the step stay."""
    assert str(Rounding(Decimal(step), mode).of(Decimal(value))) == rounded


@given(st.fractions(), STEPS, st.sampled_from(list(MODES)))
def test_no_further_than_a_step(value: Fraction, step: Decimal, mode: Any) -> None:
    """A whole number of steps, nearer than one; once is enough."""
    rounding = Rounding(step, mode)
    found = rounding.of(value)
    assert Fraction(found) % Fraction(step) == 0
    assert abs(Fraction(found) - value) < Fraction(step)
    assert rounding.of(found) == found


@given(st.fractions(), st.sampled_from(["half up", "half even", "half down", "up", "down"]))
def test_both_sides_of_zero_alike(value: Fraction, mode: Any) -> None:
    """Only ceiling and floor have a direction."""
    rounding = Rounding(Decimal("0.1"), mode)
    assert Fraction(rounding.of(-value)) == -Fraction(rounding.of(value))


def test_large_numbers_keep_every_digit() -> None:
    """No precision of the surroundings counts."""
    cent = Rounding(Decimal("0.01"), "half up")
    with decimal.localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 2, decimal.ROUND_UP, 3, -3
        context.traps[decimal.Inexact] = context.traps[decimal.Rounded] = True
        found, tiny = cent.of(10**40 + Fraction(1, 3)), Rounding(Decimal("1e-400"), "up").of(Fraction(1, 10**401))
    assert (str(found), str(tiny)) == (f"{10**40}.33", "1E-400")
    assert Fraction(cent.of(Fraction(10**9_000, 3))) * 100 == 10**9_002 // 3
    assert str(Rounding(Decimal("1e400"), "ceiling").of(1)) == "1E+400"


@pytest.mark.parametrize(
    ("step", "mode", "where", "message"),
    [
        (Decimal(0), "half up", "step", "curves.step"),
        (Decimal("-0.1"), "half up", "step", "curves.step"),
        (Fraction(1, 3), "half up", "step", "curves.step"),
        (0.01, "half up", "step", "curves.number"),
        (True, "half up", "step", "curves.number"),
        (None, "half up", "step", "curves.number"),
        (Decimal("NaN"), "half up", "step", "curves.number"),
        (Decimal("Infinity"), "half up", "step", "curves.number"),
        (Decimal("1e-401"), "half up", "step", "curves.number"),
        (Decimal(1), "nearest", "mode", "choice.unknown"),
        (Decimal(1), None, "mode", "choice.unknown"),
        (Decimal(1), ["up"], "mode", "choice.unknown"),
    ],
)
def test_refusals(step: Any, mode: Any, where: str, message: str) -> None:
    """A step above 0, written as a decimal, and a mode by name."""
    with pytest.raises(DefinitionError) as caught:
        Rounding(step, mode)
    assert (caught.value.where, caught.value.message) == (where, message)


@pytest.mark.parametrize("value", [0.5, True, None, "1", Decimal("NaN")])
def test_what_is_no_exact_number_is_refused(value: Any) -> None:
    """Floats above all."""
    with pytest.raises(DefinitionError) as caught:
        Rounding(Decimal(1), "half up").of(value)
    assert (caught.value.where, caught.value.message) == ("value", "curves.number")


@pytest.mark.parametrize("mode", MODES)
def test_nothing_has_no_sign(mode: Any) -> None:
    """A loss that is rounded away leaves 0.00, never -0.00; a whole step is an int too."""
    assert str(Rounding(Decimal("0.01"), mode).of(Decimal("-0.00"))) == "0.00"
    assert str(Rounding(5, mode).of(-10)) == "-10"
    assert str(Rounding(Decimal(1), mode).of(Fraction(-1, 3))) == ("-1" if mode in ("up", "floor") else "0")
