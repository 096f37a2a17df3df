"""Better or worse by more than chance: whatever is shown of the interval, and over whatever shares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import BeforeAfter, Measure, Sample, Tally, before_after

SURE = Decimal("0.95")
Z = 1.959963984540054
TESTED: dict[str, Any] = {"better": "more", "least": 1, "confidence": SURE}
COUNTS = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ORDER = ("worse", "same", "better")


def share(hit: int, n: int) -> Measure:
    """So many of so many."""
    return Measure(hit, n, n)


def compared(one: Any, other: Any, **changes: Any) -> BeforeAfter:
    """Before and after, more being better."""
    return before_after(share(*one), share(*other), **TESTED | changes)


def wilson(hit: int, n: int) -> tuple[float, float]:
    """The score interval as a textbook has it, in floats."""
    p, square = hit / n, Z * Z
    half = Z * sqrt(square + 4 * n * p * (1 - p))
    return (2 * n * p + square - half) / (2 * (n + square)), (2 * n * p + square + half) / (2 * (n + square))


@given(COUNTS, COUNTS)
def test_method_10_in_floats(one: Any, other: Any) -> None:
    """The difference less and plus the distances to the far ends of the two intervals."""
    found = compared(one, other, digits=9)
    was, now = one[0] / one[1], other[0] / other[1]
    (low, high), (low2, high2) = wilson(*one), wilson(*other)
    assert found.low is not None
    assert found.high is not None
    assert abs(float(found.low) - (now - was - sqrt((now - low2) ** 2 + (high - was) ** 2))) < 1e-7
    assert abs(float(found.high) - (now - was + sqrt((high2 - now) ** 2 + (was - low) ** 2))) < 1e-7
    assert -1 <= found.low <= found.high <= 1
    assert found.delta == Fraction(*other) - Fraction(*one)


@pytest.mark.parametrize("digits", [0, 1, 6, 40, 96])
def test_the_verdict_is_found_before_it_is_rounded(digits: int) -> None:
    """From 60 to 85 of 100 is better, though to no decimals it is from 0 to 0."""
    found = compared((60, 100), (85, 100), digits=digits)
    assert found.verdict == "better"
    assert found.low is not None
    assert -found.low.as_tuple().exponent == digits  # type: ignore[operator]  # finite
    assert compared((85, 100), (60, 100), digits=digits).verdict == "worse"


@given(COUNTS, COUNTS, st.fractions(0, 1), st.integers(0, 12))
def test_however_much_is_shown(one: Any, other: Any, margin: Fraction, digits: int) -> None:
    """The same verdict; what is shown is the rounded bound."""
    fine, coarse = compared(one, other, margin=margin, digits=12), compared(one, other, margin=margin, digits=digits)
    assert fine.verdict == coarse.verdict
    assert fine.low is not None
    assert coarse.low is not None
    assert abs(fine.low - coarse.low) <= Decimal("0.5").scaleb(-digits) + Decimal("1e-12")


@given(COUNTS, COUNTS, st.fractions(0, 1), st.fractions(0, 1))
def test_a_wider_margin_only_ever_says_the_same(one: Any, other: Any, first: Fraction, second: Fraction) -> None:
    """Never better where a narrower one says the same, never the opposite."""
    narrow, wide = (compared(one, other, margin=margin).verdict for margin in sorted((first, second)))
    assert wide in (narrow, "same")


@given(COUNTS, COUNTS, st.fractions(0, 1))
def test_the_mirror(one: Any, other: Any, margin: Fraction) -> None:
    """Swapped, or with less being better, the opposite; both together, the same."""
    there = compared(one, other, margin=margin)
    back = compared(other, one, margin=margin)
    assert ORDER.index(back.verdict) == 2 - ORDER.index(there.verdict)
    assert compared(one, other, margin=margin, better="less").verdict == back.verdict
    assert there.low is not None
    assert (back.low, back.high) == (-there.high if there.high else there.high, -there.low if there.low else there.low)


@given(COUNTS, COUNTS)
def test_more_confidence_is_a_wider_interval(one: Any, other: Any) -> None:
    """And never a verdict where less of it had none."""
    loose, tight = (compared(one, other, confidence=Decimal(level)) for level in ("0.8", "0.99"))
    assert tight.verdict in (loose.verdict, "same")
    assert loose.low is not None
    assert loose.high is not None
    assert tight.low is not None
    assert tight.high is not None
    assert tight.low <= loose.low <= loose.high <= tight.high


@pytest.mark.rows("B050", "D036")
@pytest.mark.parametrize(
    ("one", "other", "least", "delta"),
    [
        ((0, 0), (1, 1), 1, None),
        ((1, 1), (0, 0), 1, None),
        ((29, 29), (30, 30), 30, 0),
        ((30, 30), (29, 29), 30, 0),
        ((1, 2), (2, 2), 3, Fraction(1, 2)),
    ],
)
def test_too_few(one: Any, other: Any, least: int, delta: Any) -> None:
    """On either side; what was counted and the difference are told all the same."""
    found = compared(one, other, least=least)
    assert found == BeforeAfter(verdict="insufficient", before=share(*one), after=share(*other), delta=delta)
    assert compared((30, 30), (30, 30), least=30).verdict == "same"


def test_a_million_cases() -> None:
    """A thousandth is a difference among so many, and none within a margin of it."""
    before, after = (500_000, 1_000_000), (502_000, 1_000_000)
    assert compared(before, after).verdict == "better"
    assert compared(before, after, margin=Decimal("0.001")).verdict == "same"
    assert compared((10**29, 10**30), (10**29 + 10**20, 10**30)).verdict == "better"


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"better": "up"}, "better", "choice.unknown"),
        ({"least": 0}, "least", "agents.some"),
        ({"least": True}, "least", "agents.some"),
        ({"least": Decimal(1)}, "least", "agents.some"),
        ({"margin": -1}, "margin", "shape.bounds"),
        ({"margin": 5}, "margin", "shape.bounds"),  # meant as a percentage
        ({"margin": 0.1}, "margin", "curves.number"),
        ({"confidence": 1}, "confidence", "scoring.confidence"),
        ({"confidence": 0}, "confidence", "scoring.confidence"),
        ({"confidence": 0.95}, "confidence", "curves.number"),
        ({"digits": -3}, "digits", "shape.bounds"),
        ({"digits": 97}, "digits", "shape.bounds"),
        ({"digits": True}, "digits", "shape.bounds"),
        ({"digits": 2.0}, "digits", "shape.bounds"),
    ],
)
def test_bounds_that_are_none(changes: Any, where: str, message: str) -> None:
    """Refused whether or not there are enough cases."""
    for before in (share(1, 2), share(0, 0)):
        with pytest.raises(DefinitionError) as refused:
            before_after(before, share(1, 2), **TESTED | changes)
        assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Measure(3, 2, 2), "scoring.no_share"),
        (Measure(-1, 2, 2), "scoring.no_share"),
        (Measure(Fraction(1, 2), 2, 2), "scoring.no_share"),
        (Measure(1, Fraction(3, 2), 2), "scoring.no_share"),
        (Tally(1, 1, empty_is_zero=True), "shape.kind"),
        (Sample([1, 2], share=Fraction(1, 2), method="linear"), "shape.kind"),
        (None, "shape.kind"),
    ],
)
def test_figures_that_are_no_share(wrong: Any, message: str) -> None:
    """On the side where it stands."""
    for pair, where in (((wrong, share(1, 2)), "before"), ((share(1, 2), wrong), "after")):
        with pytest.raises(DefinitionError) as refused:
            before_after(*pair, **TESTED)
        assert (refused.value.where, refused.value.message) == (where, message)
