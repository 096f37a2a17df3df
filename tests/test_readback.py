"""Parts read back: each of its kind, nothing endless, and a plain error otherwise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.readback import a_choice, a_fraction, a_fraction_or_none, a_list, a_text


@given(st.fractions())
def test_fractions_survive(value: Fraction) -> None:
    """As text and back."""
    assert a_fraction(str(value)) == value == a_fraction_or_none(str(value))
    assert a_fraction_or_none(None) is None


@pytest.mark.parametrize(
    ("read", "found"),
    [
        (a_text, 3),
        (a_text, None),
        (a_list, {}),
        (a_list, "ab"),
        (a_fraction, 0.5),
        (a_fraction, 1),
        (a_fraction, "0.5"),
        (a_fraction, "1e9"),
        (a_fraction, "1/2/3"),
        (a_fraction, "１/2"),  # noqa: RUF001 - a digit of full width
        (a_fraction, "9" * 4001),
        (a_fraction_or_none, ""),
        (lambda found: a_choice(found, ("a", "b")), "c"),
        (lambda found: a_choice(found, ("a", "b")), None),
    ],
)
def test_refused(read: Callable[[object], Any], found: object) -> None:
    """No other kind, no other spelling, no number that would fill the memory."""
    with pytest.raises((TypeError, ValueError), match="is wanted, not"):
        read(found)


def test_division_by_zero() -> None:
    """It is an error of arithmetic, which readers turn into one of the document."""
    with pytest.raises(ZeroDivisionError):
        a_fraction("1/0")


def test_read() -> None:
    """What fits comes back as it is."""
    assert (a_text("a"), a_list([1]), a_choice("a", ("a", "b"))) == ("a", [1], "a")
