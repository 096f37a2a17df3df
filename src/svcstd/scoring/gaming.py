"""Signs that a figure is played with. They are no proof: they say where to look, and how likely chance alone is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from svcstd.calendars import Period
from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, must_be, must_be_date, must_be_one_of
from svcstd.scoring.binomial import MOST_TRIALS, at_least, counts_of, drawn_at_least
from svcstd.scoring.digits import check_digits, decimal_of, settled, working
from svcstd.scoring.kpi import Direction
from svcstd.scoring.measure import Measure

__all__ = ["GamingCheck", "Suspicion", "period_end_closing", "survey_selection", "threshold_heaping"]

GamingCheck: TypeAlias = Literal["threshold heaping", "period-end closing", "survey selection"]


@attrs.frozen(kw_only=True)
class Suspicion:
    """What a check found.

    Attributes:
        check: which.
        observed: how many of *n* were on the suspicious side.
        n: how many were looked at.
        expected: the share that would be there without playing.
        chance: that at least so many are there by chance alone; 1 where nothing was looked at.
        is_suspicious: whether that chance is below the level asked for.
    """

    check: GamingCheck
    observed: int
    n: int
    expected: Fraction
    chance: Decimal
    is_suspicious: bool


def _judged(
    check: GamingCheck,
    observed: int,
    n: int,
    expected: Fraction,
    *,
    where: str,
    level: Number,
    digits: int,
    pool: tuple[int, int] | None = None,
) -> Suspicion:
    """By a known share, or, where the share is itself counted, by how many of a whole pool are suspicious."""
    limit = exact(level, "level")
    if not 0 < limit < 1:
        raise DefinitionError("level", "scoring.confidence", value=str(limit))
    check_digits(digits)
    if not n:
        nothing = settled(Decimal(1), digits)
        return Suspicion(check=check, observed=0, n=0, expected=expected, chance=nothing, is_suspicious=False)
    if n > MOST_TRIALS:
        raise DefinitionError(where, "shape.bounds", value=f"{n} cases", low=0, high=MOST_TRIALS)
    with working(digits, len(str(n))):
        chance = at_least(observed, n, decimal_of(expected)) if pool is None else drawn_at_least(observed, n, *pool)
        suspicious = chance < decimal_of(limit)
        chance = settled(min(chance, Decimal(1)), digits)
    return Suspicion(check=check, observed=observed, n=n, expected=expected, chance=chance, is_suspicious=suspicious)


def threshold_heaping(
    values: Iterable[Number], *, threshold: Number, width: Number, better: Direction, level: Number, digits: int = 6
) -> Suspicion:
    """Whether more values lie just on the good side of a threshold than just on the bad side.

    Args:
        values: e.g. the minutes that answers took.
        threshold: a value on it is good.
        width: of the strip on either side, above 0.
        better: whether more or less is better.
        level: the chance below which it is called suspicious, e.g. 0.01.
        digits: decimals of the chance.

    Raises:
        DefinitionError: bounds that are none, or a float.

    >>> waits = [118, 119, 119, 120, 120, 117, 118, 119, 120, 120, 125]
    >>> found = threshold_heaping(waits, threshold=120, width=5, better="less", level=Decimal("0.01"))
    >>> found.observed, found.n, found.is_suspicious
    (10, 11, True)
    """
    edge, strip = exact(threshold, "threshold"), exact(width, "width")
    if strip <= 0:
        raise DefinitionError("width", "curves.scale", value=str(strip))
    must_be_one_of(better, ("more", "less"), "better")
    away = [exact(value, "values") - edge for value in values]
    gains = [distance if better == "more" else -distance for distance in away]
    good = sum(0 <= gain < strip for gain in gains)
    bad = sum(-strip <= gain < 0 for gain in gains)
    return _judged("threshold heaping", good, good + bad, Fraction(1, 2), where="values", level=level, digits=digits)


def period_end_closing(
    days: Iterable[date],
    period: Period,
    *,
    last: int,
    level: Number,
    working_days: Iterable[date] = (),
    digits: int = 6,
) -> Suspicion:
    """Whether more cases are closed in the last days of a period than its days let expect.

    Args:
        days: the local dates of closing; those outside of the period are not looked at.
        period: e.g. a month.
        last: how many of its last days count as its end: working days, where these are given.
        level: the chance below which it is called suspicious.
        working_days: the working days of the period; all its days by default.
        digits: decimals of the chance.

    Raises:
        DefinitionError: no dates, no working day in the period, or an end that is as long as the period.
    """
    must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
    whole = (period.last - period.first).days
    every = [period.first + timedelta(number) for number in range(whole)]
    given = list(working_days)
    worked = sorted({day for day in given if _is_within(day, period, "working_days")}) if given else every
    if not worked:
        raise DefinitionError("working_days", "shape.empty")
    if isinstance(last, bool) or not isinstance(last, int) or not 0 < last < len(worked):
        raise DefinitionError("last", "shape.bounds", value=str(last), low=1, high=len(worked) - 1)
    begins = worked[-last]
    closed = [day for day in days if _is_within(day, period, "days")]
    late = sum(day >= begins for day in closed)
    expected = Fraction(last, len(worked))
    return _judged("period-end closing", late, len(closed), expected, where="days", level=level, digits=digits)


def _is_within(day: date, period: Period, where: str) -> bool:
    must_be_date(day, where)
    return period.first <= day < period.last


def survey_selection(groups: Mapping[str, Measure], *, suspect: str, level: Number, digits: int = 6) -> Suspicion:
    """Whether a group of cases, such as those answered late, is asked for its opinion less often than the others.

    Args:
        groups: by group, how many cases were surveyed of how many.
        suspect: the group that may be left out on purpose.
        level: the chance below which it is called suspicious.
        digits: decimals of the chance.

    Returns:
        ``observed`` are the cases of the suspect group that were *not* surveyed; ``expected`` is the share of the
        others that were not. The chance is that of so many falling to the suspect group, if those not surveyed had been
        drawn from all cases: where the others are few, their share is no certainty.

    Raises:
        DefinitionError: no such group, no others with cases, or figures that are no shares of whole cases.

    Source: Fisher 1935, the exact test.

    >>> asked = {"kept": Measure(80, 100, 100), "late": Measure(5, 20, 20)}
    >>> found = survey_selection(asked, suspect="late", level=Decimal("0.01"))
    >>> found.observed, str(found.expected), found.is_suspicious
    (15, '1/5', True)
    """
    if suspect not in groups:
        raise DefinitionError("suspect", "scoring.stratum", value=suspect, nearest=", ".join(sorted(groups)))
    counts = {key: counts_of(one, f"groups.{key}") for key, one in groups.items()}
    others = [pair for key, pair in counts.items() if key != suspect]
    surveyed, of = (sum(side) for side in zip(*others, strict=True)) if others else (0, 0)
    if not of:
        raise DefinitionError("groups", "scoring.cohort", least=2)
    asked, cases = counts[suspect]
    expected, where = 1 - Fraction(surveyed, of), f"groups.{suspect}"
    missed, pool = cases - asked, (of - surveyed + cases - asked, of + cases)
    return _judged("survey selection", missed, cases, expected, where=where, level=level, digits=digits, pool=pool)
