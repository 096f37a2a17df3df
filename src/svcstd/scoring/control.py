"""Control charts: what a process does by itself, and what stands out of it.

Limits and run rules are compared exactly, by squares; only the limits that are drawn are rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.keyed import as_tuple
from svcstd.scoring.digits import check_digits, decimal_of, settled, square_root, working
from svcstd.scoring.measure import Measure, total

__all__ = ["Chart", "ChartKind", "ChartPoint", "RunRule", "p_chart", "u_chart", "xmr_chart"]

ChartKind: TypeAlias = Literal["p", "u", "xmr"]
RunRule: TypeAlias = Literal["beyond limits", "8 on one side", "6 in one direction", "2 of 3 far out", "4 of 5 out"]
"""One beyond three standard deviations; eight in a row on one side of the centre; six in a row rising or falling;
two of three beyond two deviations on one side; four of five beyond one. Source: Western Electric 1956; Nelson 1984."""
SCALE = Fraction("2.66")
"""Three standard deviations over the mean moving range: 3 / d2 for pairs. Source: Wheeler, Understanding Variation."""
SIDE, DIRECTION = 8, 6
SPARE = 8
"""Decimals to which a root is drawn beyond those that are declared."""


@attrs.frozen
class ChartPoint:
    """One period in a chart.

    Attributes:
        label: of the period.
        value: what was measured; ``None`` where there was nothing to count.
        n: how many records stand behind it.
        low, high: the limits that hold for it.
        signals: the run rules that end here.
    """

    label: str
    value: Fraction | None
    n: int
    low: Decimal
    high: Decimal
    signals: tuple[RunRule, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen
class Chart:
    """A control chart.

    Attributes:
        kind: of shares (``p``), of counts per unit (``u``), or of single values (``xmr``).
        centre: the mean of the periods that set it.
        points: by period.
    """

    kind: ChartKind
    centre: Fraction
    points: tuple[ChartPoint, ...] = attrs.field(converter=as_tuple)

    @property
    def is_stable(self) -> bool:
        """Whether no run rule has fired."""
        return not any(point.signals for point in self.points)


def p_chart(periods: Mapping[str, Measure], *, digits: int, baseline: int | None = None) -> Chart:
    """Shares by period, with limits of three standard deviations that widen where there are few cases.

    Args:
        periods: what was counted, by label, in order of time.
        digits: decimals of the limits.
        baseline: how many of the first periods set the centre; all by default.

    Raises:
        DefinitionError: no period with cases to set the centre, or a figure that is no share.

    Source: Shewhart 1931; Montgomery, Introduction to Statistical Quality Control.

    >>> weeks = {"w1": Measure(90, 100, 100), "w2": Measure(92, 100, 100), "w3": Measure(70, 100, 100)}
    >>> chart = p_chart(weeks, digits=3, baseline=2)
    >>> chart.centre, chart.points[2].low, chart.points[2].signals
    (Fraction(91, 100), Decimal('0.824'), ('beyond limits',))
    """
    for label, one in periods.items():
        if not 0 <= one.numerator <= one.denominator:
            raise DefinitionError(
                f"periods.{label}", "scoring.no_share", numerator=one.numerator, denominator=one.denominator
            )
    centre = _centre(periods, baseline)
    return _counted("p", periods, centre, lambda one: centre * (1 - centre) / one.denominator, digits, Decimal(1))


def u_chart(periods: Mapping[str, Measure], *, digits: int, baseline: int | None = None) -> Chart:
    """Counts per unit by period, such as complaints per hundred visits.

    Args:
        periods: what was counted, over how many units, by label, in order of time.
        digits: decimals of the limits.
        baseline: how many of the first periods set the centre; all by default.

    Raises:
        DefinitionError: no period with units to set the centre, or a count below 0.

    >>> months = {"Jan": Measure(8, 10, 10), "Feb": Measure(12, 10, 10)}
    >>> u_chart(months, digits=2).points[0]
    ChartPoint(label='Jan', value=Fraction(4, 5), n=10, low=Decimal('0.05'), high=Decimal('1.95'), signals=())
    """
    for label, one in periods.items():
        if one.numerator < 0:
            raise DefinitionError(f"periods.{label}", "scoring.negative", value=str(one.numerator))
    centre = _centre(periods, baseline)
    return _counted("u", periods, centre, lambda one: centre / one.denominator, digits, None)


def _centre(periods: Mapping[str, Measure], baseline: int | None) -> Fraction:
    centre = total(list(periods.values())[: _first(periods, baseline)]).value
    if centre is None:
        raise DefinitionError("periods", "scoring.cohort", least=1)
    return centre


def _first(periods: Mapping[str, object], baseline: int | None) -> int:
    if baseline is None:
        return len(periods)
    if isinstance(baseline, bool) or not isinstance(baseline, int) or not 1 <= baseline <= len(periods):
        raise DefinitionError("baseline", "shape.bounds", value=str(baseline), low=1, high=len(periods))
    return baseline


def _counted(
    kind: ChartKind,
    periods: Mapping[str, Measure],
    centre: Fraction,
    variance: Callable[[Measure], Fraction],
    digits: int,
    highest: Decimal | None,
) -> Chart:
    check_digits(digits)
    squares = {label: variance(one) if one.denominator else Fraction(0) for label, one in periods.items()}
    signals = _signals([(one.value, centre, squares[label]) for label, one in periods.items()])
    points = []
    for (label, one), fired in zip(periods.items(), signals, strict=True):
        wide = square_root(9 * squares[label], digits + SPARE)
        with working(digits + SPARE, len(str(int(centre) + int(wide)))):
            middle = decimal_of(centre)
            high = middle + wide if highest is None else min(middle + wide, highest)
            low, high = settled(max(middle - wide, Decimal(0)), digits), settled(high, digits)
        points.append(ChartPoint(label, one.value, one.n, low, high, fired))
    return Chart(kind, centre, points)


def _shown(value: Fraction, digits: int) -> Decimal:
    with working(digits, len(str(int(abs(value))))):
        return settled(decimal_of(value), digits)


def xmr_chart(periods: Mapping[str, Number | None], *, digits: int, baseline: int | None = None) -> Chart:
    """Single values by period, with limits from how far neighbours lie apart.

    Args:
        periods: values by label, in order of time; ``None`` where there is none.
        digits: decimals of the limits.
        baseline: how many of the first periods set the centre and the limits; all by default.

    Raises:
        DefinitionError: fewer than two values to set the centre, or a float.

    Source: Wheeler, Understanding Variation.

    >>> chart = xmr_chart({"Jan": 10, "Feb": 12, "Mar": 11, "Apr": 19}, digits=2, baseline=3)
    >>> chart.centre, chart.points[3].high, chart.points[3].signals
    (Fraction(11, 1), Decimal('14.99'), ('beyond limits',))
    """
    check_digits(digits)
    values = {label: None if one is None else exact(one, f"periods.{label}") for label, one in periods.items()}
    known = [value for value in list(values.values())[: _first(periods, baseline)] if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a range has two ends
        raise DefinitionError("periods", "scoring.cohort", least=2)
    centre = sum(known, Fraction(0)) / len(known)
    moving = sum((abs(other - one) for one, other in pairwise(known)), Fraction(0)) / (len(known) - 1)
    wide = SCALE * moving
    signals = _signals([(value, centre, (wide / 3) ** 2) for value in values.values()])
    low, high = _shown(centre - wide, digits), _shown(centre + wide, digits)
    points = [
        ChartPoint(label, value, int(value is not None), low, high, fired)
        for (label, value), fired in zip(values.items(), signals, strict=True)
    ]
    return Chart("xmr", centre, points)


def _signals(points: Sequence[tuple[Fraction | None, Fraction, Fraction]]) -> list[tuple[RunRule, ...]]:
    """The run rules that end at each point; points are value, centre, variance. A gap interrupts no run."""
    found: list[tuple[RunRule, ...]] = []
    zones: list[int] = []
    values: list[Fraction] = []
    for value, centre, variance in points:
        if value is None:
            found.append(())
            continue
        zones.append(_zone(value - centre, variance))
        values.append(value)
        found.append(_fired(zones, values))
    return found


def _zone(distance: Fraction, variance: Fraction) -> int:
    """Which side of the centre, and how many whole deviations out: 1 within one of them, 4 beyond three; 0 on it."""
    out = 1 + sum(distance**2 > step**2 * variance for step in (1, 2, 3))
    return 0 if not distance else out if distance > 0 else -out


def _fired(zones: Sequence[int], values: Sequence[Fraction]) -> tuple[RunRule, ...]:
    found: list[RunRule] = []
    last = zones[-1]
    if abs(last) > 3:  # noqa: PLR2004 - deviations, as in all that follows
        found.append("beyond limits")
    if len(zones) >= SIDE and (min(zones[-SIDE:]) > 0 or max(zones[-SIDE:]) < 0):
        found.append("8 on one side")
    steps = [other - one for one, other in pairwise(values[-DIRECTION:])]
    if len(steps) == DIRECTION - 1 and (min(steps) > 0 or max(steps) < 0):
        found.append("6 in one direction")
    if abs(last) > 2 and _far(zones[-3:], last, 2) >= 2:  # noqa: PLR2004
        found.append("2 of 3 far out")
    if abs(last) > 1 and _far(zones[-5:], last, 1) >= 4:  # noqa: PLR2004
        found.append("4 of 5 out")
    return tuple(found)


def _far(zones: Sequence[int], last: int, deviations: int) -> int:
    """How many lie beyond so many deviations on the side of the last."""
    return sum((zone if last > 0 else -zone) > deviations for zone in zones)
