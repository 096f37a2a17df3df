"""Small samples: as published, as SciPy has it, and never surer than the cases allow."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, ROUND_UP, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.scoring import Bounds, Measure, clopper_pearson, drawn_to, prior_strength, shrunk, wilson

SURE = Decimal("0.95")
COUNTS = st.integers(1, 60).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))
FEW = st.lists(COUNTS, min_size=2, max_size=6)


def vectors(shared: Path, *ops: str) -> list[dict[str, Any]]:
    """The vectors of ``scoring.json`` for some operations; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"] in ops]


def near(got: Any, expected: Any, tolerance: Any) -> bool:
    """Within the tolerance that the source leaves."""
    return abs(Fraction(got) - exact(expected)) <= Fraction(str(tolerance))


def test_intervals_as_published(shared: Path) -> None:
    """Newcombe's tables and others."""
    functions = {
        "wilson_interval": lambda **given: wilson(**given, digits=8),
        "wilson_interval_cc": lambda **given: wilson(**given, digits=8, continuity=True),
        "clopper_pearson": lambda **given: clopper_pearson(**given, digits=8),
    }
    found = vectors(shared, *functions)
    assert found
    for one in found:
        told = one["input"]
        bounds = functions[one["op"]](
            successes=told["successes"], trials=told["trials"], confidence=Decimal(told["confidence"])
        )
        low, high = one["expected"]
        assert near(bounds.low, low, one["tolerance"]), one["id"]
        assert near(bounds.high, high, one["tolerance"]), one["id"]


def test_three_of_three_rank_below_ninety_of_a_hundred(shared: Path) -> None:
    """By the lower bound, as published."""
    for one in vectors(shared, "wilson_lower_bound"):
        told = one["input"]
        bounds = wilson(told["successes"], told["trials"], confidence=Decimal(told["confidence"]), digits=10)
        assert near(bounds.low, one["expected"], one["tolerance"]), one["id"]


def test_batting_averages_as_published(shared: Path) -> None:
    """Efron and Morris."""
    for one in vectors(shared, "shrink_to_mean"):
        told = one["input"]
        found = drawn_to(told["value"], Decimal(told["mean"]), factor=Decimal(told["factor"]))
        assert near(found, one["expected"], one["tolerance"]), one["id"]


@given(COUNTS, st.sampled_from(["0.5", "0.9", "0.95", "0.999"]))
def test_as_scipy_has_it(counts: tuple[int, int], confidence: str) -> None:
    """To nine decimals."""
    stats = pytest.importorskip("scipy.stats", reason="an oracle only; install SciPy to run this test")
    test = stats.binomtest(*counts)
    ours = {
        "wilson": wilson(*counts, confidence=Decimal(confidence), digits=12),
        "wilsoncc": wilson(*counts, confidence=Decimal(confidence), digits=12, continuity=True),
        "exact": clopper_pearson(*counts, confidence=Decimal(confidence), digits=12),
    }
    for method, bounds in ours.items():
        theirs = test.proportion_ci(float(confidence), method)
        assert abs(float(bounds.low) - theirs.low) < 1e-9, method
        assert abs(float(bounds.high) - theirs.high) < 1e-9, method


@given(COUNTS, st.booleans())
def test_an_interval_holds_the_share_and_widens_with_confidence(counts: tuple[int, int], continuity: bool) -> None:  # noqa: FBT001 - drawn
    """The surer, the wider; a correction is wider still."""
    share = Decimal(counts[0]) / counts[1]
    narrow, wide = (
        wilson(*counts, confidence=Decimal(sure), digits=9, continuity=continuity) for sure in ("0.8", "0.99")
    )
    close = Decimal("1e-9")
    assert wide.low <= narrow.low <= share + close
    assert share - close <= narrow.high <= wide.high
    corrected = wilson(*counts, confidence=SURE, digits=9, continuity=True)
    plain = wilson(*counts, confidence=SURE, digits=9)
    assert corrected.low <= plain.low <= plain.high <= corrected.high


@given(COUNTS)
def test_both_sides_mirror(counts: tuple[int, int]) -> None:
    """Failures are successes of the other kind."""
    successes, trials = counts
    for ours in (wilson, clopper_pearson):
        there = ours(successes, trials, confidence=SURE, digits=9)
        back = ours(trials - successes, trials, confidence=SURE, digits=9)
        assert abs(there.low + back.high - 1) <= Decimal("2e-9")


def test_ends() -> None:
    """Nothing and everything, with no decimals and with many."""
    assert clopper_pearson(0, 10, confidence=SURE, digits=6) == Bounds(Decimal("0.000000"), Decimal("0.308497"))
    assert clopper_pearson(10, 10, confidence=SURE, digits=0) == Bounds(Decimal(1), Decimal(1))
    assert str(wilson(5, 10, confidence=SURE, digits=100).low).startswith("0.2365930905125639776949834033913657")
    assert clopper_pearson(50_000, 100_000, confidence=SURE, digits=4) == Bounds(Decimal("0.4969"), Decimal("0.5031"))
    for sure in (1 - Fraction(1, 10**60), 1 - Fraction(1, 10**400)):  # next to certain
        assert wilson(3, 5, confidence=sure, digits=1) == Bounds(Decimal("0.0"), Decimal("1.0"))
    hardly = Fraction(1, 10**60)  # next to nothing: half a case remains of the correction
    assert wilson(3, 5, confidence=hardly, digits=3) == Bounds(Decimal("0.600"), Decimal("0.600"))
    assert wilson(3, 5, confidence=hardly, digits=3, continuity=True) == Bounds(Decimal("0.500"), Decimal("0.700"))


@pytest.mark.parametrize(
    ("confidence", "digits", "low"),
    [("0.95", 2, "0.02"), ("0.93", 2, "0.04"), ("0.93", 1, "0.0"), ("0.91", 2, "0.04"), ("0.9", 1, "0.0")],
)
def test_a_bound_in_the_middle_goes_to_the_even(confidence: str, digits: int, low: str) -> None:
    """Of one case that is a success, the low bound is what is left on one side."""
    assert str(clopper_pearson(1, 1, confidence=Decimal(confidence), digits=digits).low) == low
    assert clopper_pearson(0, 1, confidence=Decimal(confidence), digits=3).high == (1 + Decimal(confidence)) / 2


@given(COUNTS, st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100), st.integers(0, 8))
def test_the_exact_interval_turns_where_chance_does(counts: tuple[int, int], sure: Fraction, digits: int) -> None:
    """Half a step below a bound it is too unlikely, half a step above it is not: summed over all outcomes, exactly."""
    successes, trials = counts
    bounds, half, side = clopper_pearson(*counts, confidence=sure, digits=digits), Fraction(1, 2), (1 - sure) / 2

    def at_least(least: int, chance: Fraction) -> Fraction:
        chance = min(max(chance, Fraction(0)), Fraction(1))
        ways = ((comb(trials, k), k) for k in range(least, trials + 1))
        return sum((n * chance**k * (1 - chance) ** (trials - k) for n, k in ways), Fraction(0))

    step = half / 10**digits
    low, high = Fraction(bounds.low), Fraction(bounds.high)
    assert not successes or at_least(successes, low - step) <= side <= at_least(successes, low + step)
    over = [1 - at_least(successes + 1, at) for at in (high - step, high + step)]
    assert successes == trials or over[1] <= side <= over[0]


@given(COUNTS, st.integers(0, 90), st.sampled_from(["0.2", "0.95", "0.9999999"]), st.booleans())
def test_fewer_digits_are_the_same_bounds_rounded(
    counts: tuple[int, int],
    digits: int,
    sure: str,
    continuity: bool,  # noqa: FBT001 - drawn
) -> None:
    """Down to none; whatever decimals the program around has set."""
    fine = wilson(*counts, confidence=Decimal(sure), digits=100, continuity=continuity)
    with localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 2, ROUND_UP, 3, -3
        context.traps[Inexact] = context.traps[Rounded] = True
        found = wilson(*counts, confidence=Decimal(sure), digits=digits, continuity=continuity)
    with localcontext(prec=110):
        step = Decimal(1).scaleb(-digits)
        assert found.low == fine.low.quantize(step, ROUND_HALF_EVEN)
        assert found.high == fine.high.quantize(step, ROUND_HALF_EVEN)


@given(st.integers(0, 20), st.sampled_from([wilson, clopper_pearson]))
def test_more_cases_say_more(successes: int, interval: Any) -> None:
    """The same share of twice the cases has the narrower interval."""
    few, many = (interval(n * successes, n * 20, confidence=SURE, digits=9) for n in (1, 2))
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("given_", "where", "message"),
    [
        ((-1, 5, SURE, 3), "successes", "agents.whole"),
        ((True, 5, SURE, 3), "successes", "agents.whole"),
        ((1, 5.0, SURE, 3), "trials", "agents.whole"),
        ((0, 0, SURE, 3), "trials", "scoring.trials"),
        ((6, 5, SURE, 3), "trials", "scoring.trials"),
        ((1, 5, 1, 3), "confidence", "scoring.confidence"),
        ((1, 5, 0, 3), "confidence", "scoring.confidence"),
        ((1, 5, 0.95, 3), "confidence", "curves.number"),
        ((1, 5, SURE, -1), "digits", "shape.bounds"),
        ((1, 5, SURE, 101), "digits", "shape.bounds"),
        ((1, 5, SURE, True), "digits", "shape.bounds"),
    ],
)
@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_refusals(interval: Any, given_: tuple[Any, ...], where: str, message: str) -> None:
    """Counts and a confidence that can be meant."""
    successes, trials, confidence, digits = given_
    with pytest.raises(DefinitionError) as caught:
        interval(successes, trials, confidence=confidence, digits=digits)
    assert (caught.value.where, caught.value.message) == (where, message)


def test_too_many_to_sum() -> None:
    """Wilson's interval has no such bound."""
    with pytest.raises(DefinitionError) as caught:
        clopper_pearson(1, 100_001, confidence=SURE, digits=3)
    assert (caught.value.where, caught.value.message) == ("trials", "shape.bounds")
    assert wilson(1, 10**9, confidence=SURE, digits=3).low == 0


@given(COUNTS, st.fractions(0, 1), st.integers(1, 100))
def test_shrinking_lies_between(counts: tuple[int, int], mean: Fraction, strength: int) -> None:
    """Between one's own figure and that of the team; of nothing, the team's."""
    own = Fraction(*counts)
    found = shrunk(Measure(*counts, counts[1]), mean, strength=strength)
    assert min(own, mean) <= found <= max(own, mean)
    assert shrunk(Measure(0, 0, 0), mean, strength=strength) == mean


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: shrunk(Measure(1, 2, 2), 1, strength=0), "strength", "scoring.strength"),
        (lambda: shrunk(Measure(1, 2, 2), 1, strength=0.5), "strength", "curves.number"),  # type: ignore[arg-type]
        (lambda: shrunk(Measure(1, 2, 2), 0.5, strength=1), "toward", "curves.number"),  # type: ignore[arg-type]
        (lambda: drawn_to(1, 0, factor=2), "factor", "shape.bounds"),
        (lambda: drawn_to(1, 0, factor=-1), "factor", "shape.bounds"),
        (lambda: drawn_to(1, 0.5, factor=1), "mean", "curves.number"),  # type: ignore[arg-type]
        (lambda: drawn_to(None, 0, factor=1), "value", "curves.number"),  # type: ignore[arg-type]
        (lambda: prior_strength([]), "measures", "scoring.cohort"),
        (lambda: prior_strength([Measure(1, 2, 2), Measure(0, 0, 0)]), "measures", "scoring.cohort"),
        (lambda: prior_strength([Measure(3, 2, 2), Measure(1, 2, 2)]), "measures", "scoring.no_share"),
        (lambda: prior_strength([Measure(-1, 2, 2), Measure(1, 2, 2)]), "measures", "scoring.no_share"),
    ],
)
def test_shrinking_refuses(call: Any, where: str, message: str) -> None:
    """A weight above 0, and shares to compare."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)


@pytest.mark.parametrize(
    ("counts", "strength"),
    [
        ([(5, 10), (5, 10), (5, 10)], None),  # nobody differs
        ([(10, 10), (10, 10)], None),  # nor can they
        ([(1, 1), (0, 1)], None),  # one case each tells nothing
        ([(100, 100), (0, 100)], Fraction(0)),  # only one's own figure counts
        ([(Fraction(1, 4), Fraction(1, 2)), (0, Fraction(1, 2))], None),  # half a case each tells less still
    ],
)
def test_strength_at_its_ends(counts: Any, strength: Fraction | None) -> None:
    """Everything, or nothing."""
    assert prior_strength([Measure(hits, cases, 1) for hits, cases in counts]) == strength


@given(FEW)
def test_strength_needs_no_order(counts: list[tuple[int, int]]) -> None:
    """Whoever is named first; and it is never below 0."""
    measures = [Measure(*pair, pair[1]) for pair in counts]
    found = prior_strength(measures)
    assert found == prior_strength(measures[::-1])
    assert found is None or found >= 0
