"""Roots, quantiles and tails, to as many digits as are declared."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_UP, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from math import comb, log
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import Measure
from svcstd.scoring.binomial import at_least, at_most, check_counts, counts_of, drawn_at_least
from svcstd.scoring.digits import check_confidence, check_digits, normal_quantile, settled, square_root

COUNTS = st.integers(1, 60).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))
POOLS = st.integers(1, 40).flatmap(lambda pool: st.tuples(st.integers(0, pool), st.integers(0, pool), st.just(pool)))
CLOSE = Fraction(1, 10**20)


@given(COUNTS, st.fractions(0, 1, max_denominator=20))
def test_tails(counts: tuple[int, int], chance: Fraction) -> None:
    """As a plain sum over all outcomes has it."""
    successes, trials = counts
    outcomes = [comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    decimal = Decimal(chance.numerator) / chance.denominator
    assert abs(Fraction(at_least(successes, trials, decimal)) - sum(outcomes[successes:])) < CLOSE
    assert abs(Fraction(at_most(successes, trials, decimal)) - sum(outcomes[: successes + 1])) < CLOSE


@given(POOLS, st.data())
def test_tails_of_draws_without_return(pool: tuple[int, int, int], data: st.DataObject) -> None:
    """Every draw of the pool counted."""
    drawn, marked, whole = pool
    least = data.draw(st.integers(0, drawn))
    ways = sum(comb(marked, k) * comb(whole - marked, drawn - k) for k in range(least, drawn + 1))
    found = drawn_at_least(least, drawn, marked, whole)
    assert abs(Fraction(found) - Fraction(ways, comb(whole, drawn))) < CLOSE


def test_long_tails_end_where_nothing_more_is_seen() -> None:
    """Far fewer terms than outcomes; from the mean on they make a half, and half of that at the mean."""
    middle, half = comb(100_000, 50_000), Fraction(1, 2)
    at_mean = Fraction(middle, 2**100_000), Fraction(comb(50_000, 25_000) ** 2, middle)
    assert abs(Fraction(at_least(50_000, 100_000, Decimal("0.5"))) - half - at_mean[0] / 2) < CLOSE
    assert abs(Fraction(drawn_at_least(25_000, 50_000, 50_000, 100_000)) - half - at_mean[1] / 2) < CLOSE
    assert drawn_at_least(30_000, 50_000, 50_000, 100_000) < Decimal("1e-800")


@given(st.fractions(Fraction(1, 10**6), 1 - Fraction(1, 10**6)))
def test_quantiles_of_the_normal_distribution(share: Fraction) -> None:
    """As the standard library has them, as far as a float can see; both sides alike."""
    assert abs(float(normal_quantile(share, 12)) - NormalDist().inv_cdf(float(share))) < 1e-8
    with localcontext(prec=60):
        assert normal_quantile(share, 40) == -normal_quantile(1 - share, 40)


@given(st.integers(1, 3_000), st.integers(1, 99))
def test_quantiles_far_out(zeros: int, first: int) -> None:
    """As SciPy has them, where the share itself is no float any more."""
    special = pytest.importorskip("scipy.special", reason="an oracle only; install SciPy to run this test")
    share = Fraction(first, 100 * 10**zeros)
    expected = special.ndtri_exp(log(first) - (zeros + 2) * log(10))
    assert float(normal_quantile(share, 9)) == pytest.approx(expected, rel=1e-9, abs=1e-9)


TABLE = {
    "0.975": "1.95996398454005423552459443052055152795555007786955",
    "0.995": "2.57582930354890076",
    "0.9": "1.281551565544600",
    "0.5": "0.000000000000000",
    "0.025": "-1.959963984540054",
    "0.1": "-1.2815515655446005",
    "1e-30": "-11.4640246884",
}


@pytest.mark.parametrize(("share", "quantile"), TABLE.items())
def test_a_table_of_quantiles(share: str, quantile: str) -> None:
    """To as many decimals as published tables have."""
    found = normal_quantile(Fraction(share), len(quantile.partition(".")[2]))
    assert f"{found:f}" == quantile


@given(st.fractions(Fraction(1, 10**12), 1 - Fraction(1, 10**12)), st.integers(0, 90))
def test_fewer_digits_are_the_same_quantile_rounded(share: Fraction, digits: int) -> None:
    """Whatever decimals the program around has set; never minus nothing."""
    with localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 2, ROUND_UP, 3, -3
        context.traps[Inexact] = context.traps[Rounded] = True
        found, fine = normal_quantile(share, digits), normal_quantile(share, 100)
    with localcontext(prec=120):
        assert found == fine.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    assert found or not found.is_signed()


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
def test_no_share_no_quantile(share: Fraction) -> None:
    """All and nothing lie endlessly far out."""
    for ask in (check_confidence, lambda one: normal_quantile(one, 3)):
        with pytest.raises(DefinitionError) as caught:
            ask(share)
        assert (caught.value.where, caught.value.message) == ("confidence", "scoring.confidence")
    check_confidence(Fraction(1, 10**99))


@given(st.fractions(0, 10**6), st.integers(0, 60))
def test_roots(value: Fraction, digits: int) -> None:
    """Squared they come back, to half of the last decimal."""
    root, half = Fraction(square_root(value, digits)), Fraction(1, 2 * 10**digits)
    assert max(root - half, Fraction(0)) ** 2 <= value <= (root + half) ** 2


def test_nothing_has_no_sign() -> None:
    """However small the loss was."""
    assert (str(settled(Decimal("-0.001"), 2)), str(square_root(Fraction(0), 2))) == ("0.00", "0.00")


@pytest.mark.parametrize("digits", [-1, 101, True, 2.0, "2", None])
def test_decimals_that_cannot_be_meant(digits: Any) -> None:
    """Whole numbers from 0 to 100 can."""
    with pytest.raises(DefinitionError) as caught:
        check_digits(digits)
    assert (caught.value.where, caught.value.message) == ("digits", "shape.bounds")
    check_digits(0)
    check_digits(100)


@pytest.mark.parametrize(
    ("counts", "where", "message"),
    [
        ((None, 1), "successes", "agents.whole"),
        ((1, True), "trials", "agents.whole"),
        ((0, Decimal(2)), "trials", "agents.whole"),
        ((0, -1), "trials", "agents.whole"),
        ((0, 0), "trials", "scoring.trials"),
        ((2, 1), "trials", "scoring.trials"),
        ((1, 10, 9), "trials", "shape.bounds"),
    ],
)
def test_counts_that_are_none(counts: Any, where: str, message: str) -> None:
    """Whole numbers, some trials, no more successes than those."""
    with pytest.raises(DefinitionError) as caught:
        check_counts(*counts)
    assert (caught.value.where, caught.value.message) == (where, message)
    check_counts(9, 9, 9)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((Fraction(1, 2), 1), "scoring.no_share"),
        ((1, Fraction(3, 2)), "scoring.no_share"),
        ((2, 1), "scoring.no_share"),
    ],
)
def test_cases_that_do_not_count_whole(parts: Any, message: str) -> None:
    """Are no trials."""
    with pytest.raises(DefinitionError) as caught:
        counts_of(Measure(parts[0], parts[1], 1), "here")
    assert (caught.value.where, caught.value.message) == ("here", message)
    assert counts_of(Measure(1, 2, 2), "here") == (1, 2)
