"""Signs of playing: as SciPy has the chances, over dates of all sorts, and where few cases prove nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.errors import DefinitionError
from svcstd.scoring import Measure, Tally, period_end_closing, survey_selection, threshold_heaping

RARE = Decimal("0.01")
MARCH = Period.of("month", date(2026, 3, 10), "Europe/Berlin")
FIRST = date(2026, 3, 1)
WEEKDAYS = [day for day in (FIRST + timedelta(n) for n in range(-10, 50)) if day.weekday() < 5]
WORKED = st.sampled_from([[], [*reversed(WEEKDAYS), *WEEKDAYS]])
CASES = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def share(hit: int, n: int) -> Measure:
    """So many of so many."""
    return Measure(hit, n, n)


def heaped(good: int, bad: int, **changes: Any) -> Any:
    """So many on either side of two hours."""
    told: dict[str, Any] = {"threshold": 120, "width": 5, "better": "less", "level": RARE}
    return threshold_heaping([119] * good + [121] * bad, **told | changes)


@given(st.lists(st.dates(date(2026, 2, 25), date(2026, 4, 5)), max_size=40), st.integers(1, 20), WORKED)
def test_closing_as_scipy_has_it(days: list[date], last: int, worked: list[date]) -> None:
    """By all days or by working days, which may reach beyond the period, repeat and stand in any order."""
    stats = pytest.importorskip("scipy.stats", reason="an oracle only; install SciPy to run this test")
    found = period_end_closing(iter(days), MARCH, last=last, level=RARE, working_days=iter(worked), digits=12)
    inside = [day for day in days if day.month == 3]
    whole = 22 if worked else 31
    begins = sorted(day for day in WEEKDAYS if day.month == 3)[-last] if worked else date(2026, 3, 32 - last)
    assert (found.n, found.observed) == (len(inside), sum(day >= begins for day in inside))
    assert found.expected == Fraction(last, whole)
    if inside:
        chance = stats.binomtest(found.observed, found.n, last / whole, alternative="greater").pvalue
        assert abs(float(found.chance) - chance) < 1e-9
        assert found.is_suspicious == (chance < 0.01)
    else:
        assert (str(found.chance), found.is_suspicious) == ("1.000000000000", False)


@given(CASES, st.lists(CASES, min_size=1, max_size=3).filter(lambda some: any(n for _, n in some)))
@example((99, 100), [(2, 2)])  # two others, both asked: that nobody is ever left out is not certain
@example((0, 5), [(0, 5)])
@example((5, 5), [(5, 5)])
def test_surveys_as_fishers_exact_test(suspect: Any, others: Any) -> None:
    """If those who were not asked had been drawn from all."""
    stats = pytest.importorskip("scipy.stats", reason="an oracle only; install SciPy to run this test")
    groups = {"late": share(*suspect)} | {str(key): share(*one) for key, one in enumerate(others)}
    found = survey_selection(groups, suspect="late", level=RARE, digits=12)
    asked, cases = (sum(column) for column in zip(*others, strict=True))
    missed = suspect[1] - suspect[0]
    assert (found.observed, found.n, found.expected) == (missed, suspect[1], 1 - Fraction(asked, cases))
    chance = stats.fisher_exact([[missed, suspect[0]], [cases - asked, asked]], alternative="greater")[1]
    assert abs(float(found.chance) - chance) < 1e-9
    assert found.is_suspicious == (chance < 0.01)


def test_few_others_prove_nothing() -> None:
    """One of a hundred was not asked, and both others were: likely. Twelve of a hundred, and none of a hundred: not."""
    found = survey_selection({"kept": share(2, 2), "late": share(99, 100)}, suspect="late", level=RARE)
    assert (str(found.expected), str(found.chance), found.is_suspicious) == ("0", "0.980392", False)
    found = survey_selection({"kept": share(100, 100), "late": share(88, 100)}, suspect="late", level=RARE)
    assert (found.chance < RARE, found.is_suspicious) == (True, True)


@given(st.integers(1, 60), st.integers(0, 30))
def test_the_more_the_less_likely(n: int, digits: int) -> None:
    """A chance lies between 0 and 1, and falls as more are on the suspicious side."""
    chances = [heaped(good, n - good, digits=digits).chance for good in range(n + 1)]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)
    assert (
        heaped(n, 0, digits=60).chance.as_integer_ratio()
        == Fraction(round(Fraction(10**60, 2**n)), 10**60).as_integer_ratio()
    )
    drawn = [
        survey_selection({"a": share(n, 2 * n), "b": share(n - k, n)}, suspect="b", level=RARE, digits=digits).chance
        for k in range(n + 1)
    ]
    assert drawn == sorted(drawn, reverse=True)
    assert all(0 <= one <= 1 for one in (*chances, *drawn))


@pytest.mark.parametrize(
    ("value", "better", "counted"),
    [
        (120, "less", (1, 1)),  # on it is good
        (120, "more", (1, 1)),
        (Fraction(1201, 10), "less", (0, 1)),
        (Fraction(1201, 10), "more", (1, 1)),
        (115, "less", (0, 0)),  # a strip as wide as the other: 116 to 120, and 121 to 125
        (116, "less", (1, 1)),
        (125, "less", (0, 1)),
        (126, "less", (0, 0)),
        (115, "more", (0, 1)),
        (114, "more", (0, 0)),
        (124, "more", (1, 1)),
        (125, "more", (0, 0)),
    ],
)
def test_the_ends_of_the_strips(value: Any, better: Any, counted: tuple[int, int]) -> None:
    """In whole numbers both sides are equally wide."""
    found = threshold_heaping([value], threshold=120, width=5, better=better, level=RARE)
    assert (found.observed, found.n) == counted


def test_the_level_is_held_to_the_chance_itself() -> None:
    """Seven of seven have a chance of 0.0078125: below 0.01, not below itself; decimals shown do not matter."""
    assert [heaped(7, 0, level=level, digits=0).is_suspicious for level in (RARE, Fraction(1, 128))] == [True, False]
    assert heaped(7, 0, digits=0).chance == 0
    assert heaped(6, 0).chance == Decimal("0.015625")


@pytest.mark.long
def test_as_many_as_may_be_looked_at() -> None:
    """A hundred thousand, and others without bound."""
    assert heaped(50_000, 50_000, digits=3).chance == Decimal("0.501")
    found = survey_selection({"a": share(900, 1_000_000), "b": share(1, 5)}, suspect="b", level=RARE)
    assert (found.n, found.is_suspicious) == (5, False)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def asked(suspect: str, **groups: Any) -> Any:
    """Whether this group is left out among these."""
    return survey_selection(groups, suspect=suspect, level=RARE)


@pytest.mark.long
@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: heaped(1, 0, width=0), "width", "curves.scale"),
        (lambda: heaped(1, 0, width=-5), "width", "curves.scale"),
        (lambda: heaped(1, 0, width=0.5), "width", "curves.number"),
        (lambda: heaped(1, 0, threshold=120.0), "threshold", "curves.number"),
        (lambda: heaped(1, 0, better="up"), "better", "choice.unknown"),
        (lambda: heaped(1, 0, level=0), "level", "scoring.confidence"),
        (lambda: heaped(0, 0, level=1), "level", "scoring.confidence"),  # of nothing too
        (lambda: heaped(0, 0, digits=101), "digits", "shape.bounds"),
        (lambda: heaped(1, 0, digits=True), "digits", "shape.bounds"),
        (lambda: heaped(100_000, 1), "values", "shape.bounds"),
        (
            lambda: threshold_heaping([1, 2.5], threshold=1, width=1, better="more", level=RARE),  # type: ignore[list-item]
            "values",
            "curves.number",
        ),
        (lambda: period_end_closing([], MARCH, last=0, level=RARE), "last", "shape.bounds"),
        (lambda: period_end_closing([], MARCH, last=31, level=RARE), "last", "shape.bounds"),
        (lambda: period_end_closing([], MARCH, last=22, level=RARE, working_days=WEEKDAYS), "last", "shape.bounds"),
        (lambda: period_end_closing([], MARCH, last=True, level=RARE), "last", "shape.bounds"),
        (lambda: period_end_closing([NOON], MARCH, last=1, level=RARE), "days", "shape.kind"),
        (lambda: period_end_closing([FIRST] * 100_001, MARCH, last=1, level=RARE), "days", "shape.bounds"),
        (
            lambda: period_end_closing([], MARCH, last=1, level=RARE, working_days=[NOON]),
            "working_days",
            "shape.kind",
        ),
        (
            lambda: period_end_closing([], MARCH, last=1, level=RARE, working_days=[date(2026, 4, 1)]),
            "working_days",
            "shape.empty",
        ),
        (lambda: period_end_closing([], "March", last=1, level=RARE), "period", "shape.kind"),  # type: ignore[arg-type]
        (lambda: asked("c", a=share(1, 2), b=share(1, 2)), "suspect", "scoring.stratum"),
        (lambda: asked("c"), "suspect", "scoring.stratum"),
        (lambda: asked("a", a=share(1, 2)), "groups", "scoring.cohort"),
        (lambda: asked("a", a=share(1, 2), b=share(0, 0)), "groups", "scoring.cohort"),
        (lambda: asked("a", a=share(1, 2), b=Measure(3, 2, 2)), "groups.b", "scoring.no_share"),
        (lambda: asked("b", a=share(1, 2), b=Measure(RARE, 2, 2)), "groups.b", "scoring.no_share"),
        (lambda: asked("a", a=share(1, 2), b=Tally(1, 1, empty_is_zero=True)), "groups.b", "shape.kind"),
        (lambda: asked("b", a=share(1, 2), b=share(1, 100_001)), "groups.b", "shape.bounds"),
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """At the argument that is meant."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)
