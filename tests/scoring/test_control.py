"""Control charts: limits by the books, and run rules that a second look finds too."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import Measure, RunRule, p_chart, u_chart, xmr_chart

NOTHING, ONE = Measure(0, 0, 0), Measure(1, 2, 2)
COUNTS = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
MONTHS = st.lists(st.one_of(st.none(), st.integers(-30, 30)), min_size=2, max_size=25)


def named(values: Any) -> dict[str, Any]:
    """By a label each."""
    return {f"{number:02d}": value for number, value in enumerate(values)}


def test_shares_of_fifty() -> None:
    """Montgomery's cans of orange juice: thirty samples of fifty, 347 that leak, limits 0.0524 to 0.4102."""
    leaks = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    chart = p_chart(named([Measure(count, 50, 50) for count in leaks]), digits=4)
    assert (chart.kind, chart.centre) == ("p", Fraction(347, 1500))
    assert (chart.points[0].low, chart.points[0].high) == (Decimal("0.0524"), Decimal("0.4102"))
    beyond = [number + 1 for number, point in enumerate(chart.points) if "beyond limits" in point.signals]
    assert beyond == [15, 23]


def test_counts_per_unit() -> None:
    """The centre, and three of its roots over the units on both sides; never below nothing."""
    chart = u_chart({"Jan": Measure(8, 10, 10), "Feb": Measure(12, 10, 10), "Mar": NOTHING}, digits=3)
    assert chart.centre == 1
    assert [(point.low, point.high) for point in chart.points] == [
        (Decimal("0.051"), Decimal("1.949")),
        (Decimal("0.051"), Decimal("1.949")),
        (Decimal("1.000"), Decimal("1.000")),
    ]
    assert chart.points[2].value is None
    assert u_chart({"Jan": Measure(1, 1, 1)}, digits=1).points[0].low == 0


def test_faults_of_twenty_samples() -> None:
    """Montgomery's computers: samples of five, 193 faults, limits 0.07 and 3.79 around 1.93."""
    faults = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
    chart = u_chart(named([Measure(count, 5, 5) for count in faults]), digits=2)
    assert (chart.kind, chart.centre) == ("u", Fraction(193, 100))
    assert (chart.points[0].low, chart.points[0].high) == (Decimal("0.07"), Decimal("3.79"))
    assert not any("beyond limits" in point.signals for point in chart.points)


def test_single_values() -> None:
    """Mean moving range 1.5: limits at 2.66 times that."""
    chart = xmr_chart({"a": 10, "b": 12, "gap": None, "c": 11, "d": 19}, digits=2, baseline=4)
    assert (chart.kind, chart.centre) == ("xmr", Fraction(11))
    assert (chart.points[0].low, chart.points[0].high) == (Decimal("7.01"), Decimal("14.99"))
    assert [point.signals for point in chart.points] == [(), (), (), (), ("beyond limits",)]
    assert (chart.points[2].value, chart.points[2].n) == (None, 0)
    assert not chart.is_stable


@pytest.mark.parametrize(
    ("values", "signals"),
    [
        ([1] * 8, ("8 on one side",)),
        ([-1] * 8, ("8 on one side",)),
        ([1, 0, 1, 1, 1, 1, 1, 1], ()),  # one on the centre is on no side
        ([-5, -3, -1, 1, 3, 5], ("6 in one direction",)),
        ([5, 3, 1, -1, -3, -5], ("6 in one direction",)),
        ([5, 3, 1, 1, -3, -5], ()),
        ([25, 0, 25], ("2 of 3 far out",)),
        ([-25, 0, -25], ("2 of 3 far out",)),
        ([25, 0, -25], ()),
        ([12, 0, 12, 12, 12], ("4 of 5 out",)),
        ([-12, 0, -12, -12, -12], ("4 of 5 out",)),
        ([31], ("beyond limits",)),
        ([30], ()),  # on the limit is within
    ],
)
def test_run_rules(values: list[int], signals: tuple[str, ...]) -> None:
    """One standard deviation is ten: a baseline of zero and a moving range to match, then these values."""
    step = 100 / Fraction("2.66") * 3 / 10
    base = [step / 2, -step / 2, step / 2, -step / 2] * 3
    chart = xmr_chart(named([*(Fraction(one) for one in base), None, *values]), digits=2, baseline=12)
    assert chart.centre == 0
    assert chart.points[0].high == 30
    fired = [one for one in chart.points[-1].signals if one in signals or len(values) > 2]
    assert tuple(fired) == signals


@given(MONTHS.filter(lambda found: sum(one is not None for one in found) > 1))
def test_a_second_look(values: list[int | None]) -> None:
    """Each rule, said otherwise, on the same values; gaps interrupt nothing."""
    chart = xmr_chart(named(values), digits=3)
    known = [(number, Fraction(value)) for number, value in enumerate(values) if value is not None]
    only = [value for _, value in known]
    moving = sum((abs(b - a) for a, b in pairwise(only)), Fraction(0)) / Fraction(len(only) - 1)
    sigma: Fraction = Fraction("2.66") * moving / 3
    centre = sum(only, Fraction(0)) / len(only)

    def beyond(window: list[Fraction], sign: int, times: int) -> int:
        return sum(sign * (value - centre) > times * sigma for value in window)

    for place, (number, _) in enumerate(known):
        seen = only[: place + 1]
        expected: list[RunRule] = []
        last = 1 if seen[-1] > centre else -1
        if abs(seen[-1] - centre) > 3 * sigma:
            expected.append("beyond limits")
        if len(seen) >= 8 and beyond(seen[-8:], last, 0) == 8:
            expected.append("8 on one side")
        run = seen[-6:]
        if len(run) == 6 and (run == sorted(set(run)) or run == sorted(set(run), reverse=True)):
            expected.append("6 in one direction")
        if beyond(seen[-1:], last, 2) and beyond(seen[-3:], last, 2) >= 2:
            expected.append("2 of 3 far out")
        if beyond(seen[-1:], last, 1) and beyond(seen[-5:], last, 1) >= 4:
            expected.append("4 of 5 out")
        assert chart.points[number].signals == tuple(expected)


@given(st.lists(COUNTS, min_size=1, max_size=12).filter(lambda found: any(n for _, n in found)))
def test_limits_hold_the_centre(counts: list[tuple[int, int]]) -> None:
    """On both sides, within what a share can be; the more cases, the closer."""
    chart = p_chart(named([Measure(hit, n, n) for hit, n in counts]), digits=6)
    close = Fraction(1, 10**6)
    for (_, n), point in zip(counts, chart.points, strict=True):
        assert 0 <= point.low <= chart.centre + close
        assert chart.centre - close <= point.high <= 1
        assert point.n == n
    wide = sorted((n, point.high - point.low) for (_, n), point in zip(counts, chart.points, strict=True) if n)
    assert [width for _, width in wide] == sorted((width for _, width in wide), reverse=True)


@given(
    st.lists(COUNTS, min_size=1, max_size=6).filter(lambda found: any(n for _, n in found)),
    st.integers(0, 60),
    st.sampled_from([p_chart, u_chart]),
)
def test_limits_are_drawn_to_half_a_step(counts: list[tuple[int, int]], digits: int, chart_of: Any) -> None:
    """Three deviations from the centre, by their squares; whatever decimals the program around has set."""
    with localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 2, ROUND_UP, 3, -3
        context.traps[Inexact] = context.traps[Rounded] = True
        chart = chart_of(named([Measure(hit, n, n) for hit, n in counts]), digits=digits)
    centre, half = Fraction(sum(hit for hit, _ in counts), sum(n for _, n in counts)), Fraction(1, 2 * 10**digits)
    is_share = chart_of is p_chart
    for (_, n), point in zip(counts, chart.points, strict=True):
        square = Fraction(9, n) * centre * (1 - centre if is_share else 1) if n else Fraction(0)
        low, high = Fraction(point.low), Fraction(point.high)
        assert -point.low.as_tuple().exponent == -point.high.as_tuple().exponent == digits
        assert max(high - centre - half, Fraction(0)) ** 2 <= square
        assert max(centre - low - half, Fraction(0)) ** 2 <= square
        assert (high - centre + half) ** 2 >= square or (is_share and high == 1)
        assert (centre - low + half) ** 2 >= square or low == 0
        out = point.value is not None and (point.value - centre) ** 2 > square
        assert ("beyond limits" in point.signals) == out


def test_single_values_to_the_last_decimal() -> None:
    """A third and a large number, to a hundred decimals and to none."""
    months: dict[str, Any] = {"a": Fraction(1, 3), "b": 10**30}
    moving = 10**30 - Fraction(1, 3)
    high = (10**30 + Fraction(1, 3)) / 2 + Fraction("2.66") * moving
    with localcontext(prec=3):
        fine, rough = (xmr_chart(months, digits=digits).points[1].high for digits in (100, 0))
    assert abs(Fraction(fine) - high) <= Fraction(1, 2 * 10**100)
    assert (abs(Fraction(rough) - high) <= Fraction(1, 2), rough.as_tuple().exponent) == (True, 0)


def test_a_process_that_never_moves() -> None:
    """Whatever then differs stands out."""
    chart = xmr_chart({"a": 5, "b": 5, "c": 5, "d": Fraction("5.0001")}, digits=1, baseline=3)
    assert [point.signals for point in chart.points] == [(), (), (), ("beyond limits",)]
    perfect = p_chart(named([Measure(9, 9, 9), Measure(9, 9, 9), Measure(8, 9, 9)]), digits=2, baseline=2)
    assert perfect.points[2].low == perfect.points[2].high == 1
    assert [point.signals for point in perfect.points] == [(), (), ("beyond limits",)]
    assert xmr_chart({"a": 5, "b": 5}, digits=1).is_stable


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: p_chart({}, digits=2), "periods", "scoring.cohort"),
        (lambda: p_chart({"a": NOTHING}, digits=2), "periods", "scoring.cohort"),
        (lambda: p_chart({"a": NOTHING, "b": ONE}, digits=2, baseline=1), "periods", "scoring.cohort"),
        (lambda: p_chart({"a": Measure(3, 2, 2)}, digits=2), "periods.a", "scoring.no_share"),
        (lambda: p_chart({"a": Measure(-1, 2, 2)}, digits=2), "periods.a", "scoring.no_share"),
        (lambda: u_chart({"a": ONE, "b": Measure(-1, 2, 2)}, digits=2), "periods.b", "scoring.negative"),
        (lambda: u_chart({"a": ONE}, digits=101), "digits", "shape.bounds"),
        (lambda: p_chart({"a": ONE}, digits=True), "digits", "shape.bounds"),
        (lambda: xmr_chart({"a": 1, "b": 2}, digits=2.0), "digits", "shape.bounds"),  # type: ignore[arg-type]
        (lambda: p_chart({"a": ONE}, digits=2, baseline=2), "baseline", "shape.bounds"),
        (lambda: p_chart({"a": ONE}, digits=2, baseline=True), "baseline", "shape.bounds"),
        (lambda: u_chart({"a": ONE}, digits=2, baseline=1.0), "baseline", "shape.bounds"),  # type: ignore[arg-type]
        (lambda: xmr_chart({"a": 1}, digits=2), "periods", "scoring.cohort"),
        (lambda: xmr_chart({"a": None, "b": None, "c": 1}, digits=2), "periods", "scoring.cohort"),
        (lambda: xmr_chart({"a": 1, "b": None, "c": 1}, digits=2, baseline=2), "periods", "scoring.cohort"),
        (lambda: xmr_chart({"a": 1, "b": 2}, digits=2, baseline=0), "baseline", "shape.bounds"),
        (lambda: xmr_chart({"a": 1, "b": 0.5}, digits=2), "periods.b", "curves.number"),  # type: ignore[dict-item]
        (lambda: xmr_chart({"a": 1, "b": True}, digits=2), "periods.b", "curves.number"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Something must set the centre."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)
