"""Fairness: before and after, signs of gaming, and how far a ranking hangs on its weights."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.curves import Rounding, exact
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import (
    Criterion,
    Dimension,
    Improvement,
    Mean,
    Measure,
    Scorecard,
    before_after,
    bottlenecks,
    check_improvements,
    period_end_closing,
    remove_one,
    survey_selection,
    threshold_heaping,
    weight_noise,
)

SURE, RARE = Decimal("0.95"), Decimal("0.01")
COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
MARCH = Period.of("month", date(2026, 3, 1), "UTC")
DAY = date(2026, 1, 5)
TESTED: dict[str, Any] = {"better": "more", "least": 1, "confidence": SURE}


def share(hit: int, n: int) -> Measure:
    """So many of so many."""
    return Measure(hit, n, n)


def mean(*names: str) -> Mean:
    """Equal weights."""
    return Mean(weights=dict.fromkeys(names, 1), method="arithmetic", missing="reweight")


def card(root: Dimension) -> Scorecard:
    """To six decimals."""
    return Scorecard(key="card", root=root, rounding=Rounding(Decimal("0.000001"), "half even"))


def test_newcombes_example() -> None:
    """56 of 70 against 48 of 80: a difference of 20 %, between 5.24 and 33.39 %."""
    found = before_after(share(48, 80), share(56, 70), **TESTED, digits=4)
    assert (found.delta, found.low, found.high) == (Fraction(1, 5), Decimal("0.0524"), Decimal("0.3339"))
    assert found.verdict == "better"


@pytest.mark.parametrize(
    ("before", "after", "changes", "verdict"),
    [
        ((60, 100), (85, 100), {}, "better"),
        ((85, 100), (60, 100), {}, "worse"),
        ((60, 100), (85, 100), {"better": "less"}, "worse"),
        ((60, 100), (64, 100), {}, "same"),
        ((60, 100), (85, 100), {"margin": Fraction(1, 5)}, "same"),
        ((6, 10), (9, 10), {"least": 30}, "insufficient"),
        ((0, 0), (9, 10), {}, "insufficient"),
    ],
)
def test_verdicts(before: Any, after: Any, changes: Any, verdict: str) -> None:
    """Better, worse, the same, or too few to tell."""
    assert before_after(share(*before), share(*after), **TESTED | changes).verdict == verdict


@given(COUNTS, COUNTS, st.fractions(0, 1))
def test_there_and_back(one: Any, other: Any, margin: Fraction) -> None:
    """The mirror image says the opposite, and a wider margin never finds more."""
    mirror = {"better": "worse", "worse": "better", "same": "same"}
    found = before_after(share(*one), share(*other), **TESTED)
    back = before_after(share(*other), share(*one), **TESTED)
    assert back.verdict == mirror[found.verdict]
    assert before_after(share(*one), share(*other), **TESTED, margin=margin).verdict in (found.verdict, "same")
    assert found.low is not None
    assert found.high is not None
    assert Fraction(found.low) <= (found.delta or 0) + Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("one", "changes", "where"),
    [
        (share(1, 2), {"better": "up"}, "better"),
        (share(1, 2), {"least": 0}, "least"),
        (share(1, 2), {"least": True}, "least"),
        (share(1, 2), {"margin": -1}, "margin"),
        (Measure(3, 2, 2), {}, "before"),
        (Measure(Fraction(1, 2), 2, 2), {}, "before"),
        (share(1, 2), {"confidence": 1}, "confidence"),
    ],
)
def test_what_cannot_be_compared(one: Measure, changes: Any, where: str) -> None:
    """Shares of whole cases, and bounds that can be meant."""
    with pytest.raises(DefinitionError) as caught:
        before_after(one, share(1, 2), **TESTED | changes)
    assert caught.value.where == where


def improvement(**changes: Any) -> Improvement:
    """Found on a Monday, to be done within a month."""
    given_: dict[str, Any] = {
        "key": "i1",
        "kpi": "fcr",
        "shortfall": "62 % instead of 75 %",
        "cause": "no parts in the van",
        "action": "stock list",
        "kind": "parts",
        "owner": "csd",
        "opened": DAY,
        "due": date(2026, 2, 1),
    }
    return Improvement(**given_ | changes)


BETTER = before_after(share(60, 100), share(85, 100), **TESTED)
SAME = before_after(share(60, 100), share(60, 100), **TESTED)
FEW = before_after(share(0, 0), share(1, 1), **TESTED)


@pytest.mark.parametrize(
    ("changes", "on", "state", "findings"),
    [
        ({}, date(2026, 2, 1), "open", []),
        ({}, date(2026, 2, 2), "overdue", ["overdue"]),
        ({"cause": "", "owner": ""}, DAY, "open", ["no cause", "no owner"]),
        ({"done": date(2026, 1, 20)}, date(2026, 1, 19), "open", []),
        ({"done": date(2026, 1, 20)}, date(2026, 1, 20), "to be judged", ["not judged"]),
        ({"done": DAY, "result": FEW}, DAY, "to be judged", ["judged too early"]),
        ({"done": DAY, "result": BETTER}, DAY, "to be kept", ["helped and not kept"]),
        ({"done": DAY, "result": BETTER, "edition": "2026-07-01"}, DAY, "kept", []),
        ({"done": DAY, "result": SAME}, DAY, "to be tried again", ["did not help"]),
        ({"done": DAY, "result": SAME, "edition": "2026-07-01"}, DAY, "to be tried again", ["kept without help"]),
    ],
)
def test_the_loop_of_getting_better(changes: Any, on: date, state: str, findings: list[str]) -> None:
    """Where it stands on a day, and what a review says."""
    found = improvement(**changes)
    assert (found.state(on), list(found.findings(on))) == (state, findings)
    assert found.verdict == (None if found.result is None else found.result.verdict)
    assert check_improvements([found], on=on) == tuple(("i1", finding) for finding in findings)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"due": date(2026, 1, 4)}, "due"),
        ({"done": date(2026, 1, 4)}, "done"),
        ({"kind": "magic"}, "kind"),
        ({"result": BETTER}, "result"),
        ({"done": DAY, "result": "fine"}, "result"),
        ({"opened": datetime(2026, 1, 5)}, "opened"),  # noqa: DTZ001 - no date
    ],
)
def test_no_such_improvement(changes: Any, where: str) -> None:
    """Days in order, and no result before it is done."""
    with pytest.raises(DefinitionError) as caught:
        improvement(**changes)
    assert caught.value.where == where


def test_keys_of_improvements() -> None:
    """Each once."""
    with pytest.raises(DefinitionError):
        check_improvements([improvement(), improvement()], on=DAY)


@given(st.lists(st.integers(100, 140), max_size=30), st.integers(1, 15), st.sampled_from(["more", "less"]))
def test_heaping_as_scipy_has_it(values: list[int], width: int, better: Any) -> None:
    """The chance that so many lie on the good side, if both sides are alike."""
    stats = pytest.importorskip("scipy.stats", reason="an oracle only; install SciPy to run this test")
    found = threshold_heaping(values, threshold=120, width=width, better=better, level=RARE, digits=9)
    good = [v for v in values if (120 <= v < 120 + width if better == "more" else 120 - width < v <= 120)]
    bad = [v for v in values if (120 - width <= v < 120 if better == "more" else 120 < v <= 120 + width)]
    assert (found.observed, found.n) == (len(good), len(good) + len(bad))
    if found.n:
        chance = stats.binomtest(found.observed, found.n, 0.5, alternative="greater").pvalue
        assert abs(float(found.chance) - chance) < 1e-8
        assert found.is_suspicious == (chance < 0.01)
    else:
        assert (found.chance == 1, found.is_suspicious) == (True, False)


def test_closing_at_the_end_of_a_month() -> None:
    """Half of all cases on the last two days; by working days, the end is another."""
    days = [date(2026, 3, 31)] * 6 + [date(2026, 3, 30)] * 4 + [date(2026, 3, day) for day in range(1, 11)]
    found = period_end_closing([*days, date(2026, 4, 1)], MARCH, last=2, level=RARE)
    assert (found.observed, found.n, found.expected, found.is_suspicious) == (10, 20, Fraction(2, 31), True)
    weekdays = [one for one in (date(2026, 3, 1) + timedelta(n) for n in range(40)) if one.weekday() < 5]
    worked = period_end_closing(days, MARCH, last=3, level=RARE, working_days=weekdays)
    assert (worked.observed, worked.expected) == (10, Fraction(3, 22))
    assert not period_end_closing([], MARCH, last=1, level=RARE).is_suspicious


def test_late_cases_are_not_asked() -> None:
    """Fifteen of twenty were not, where a fifth would be."""
    asked = {"kept": share(80, 100), "late": share(5, 20)}
    found = survey_selection(asked, suspect="late", level=RARE)
    assert (found.observed, found.n, found.expected, found.is_suspicious) == (15, 20, Fraction(1, 5), True)
    assert not survey_selection(asked, suspect="kept", level=RARE).is_suspicious


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: threshold_heaping([1], threshold=1, width=0, better="more", level=RARE), "width"),
        (lambda: threshold_heaping([1], threshold=1, width=1, better="up", level=RARE), "better"),  # type: ignore[arg-type]
        (lambda: threshold_heaping([1], threshold=1, width=1, better="more", level=1), "level"),
        (lambda: threshold_heaping([1], threshold=1, width=1, better="more", level=RARE, digits=-1), "digits"),
        (lambda: period_end_closing([], MARCH, last=31, level=RARE), "last"),
        (lambda: period_end_closing([], MARCH, last=True, level=RARE), "last"),
        (lambda: period_end_closing([datetime(2026, 3, 1)], MARCH, last=1, level=RARE), "days"),  # noqa: DTZ001
        (lambda: survey_selection({"a": share(1, 2)}, suspect="b", level=RARE), "suspect"),
        (lambda: survey_selection({"a": share(1, 2)}, suspect="a", level=RARE), "groups"),
        (lambda: survey_selection({"a": share(1, 2), "b": share(0, 0)}, suspect="a", level=RARE), "groups"),
        (lambda: survey_selection({"a": share(1, 2), "b": Measure(3, 2, 2)}, suspect="a", level=RARE), "groups.b"),
    ],
)
def test_checks_that_cannot_be(call: Any, where: str) -> None:
    """Bounds and groups that there are."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


def test_left_out_pillars_as_published(shared: Path) -> None:
    """COINr: by how many ranks countries move without a pillar."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    vectors = json.loads(text, parse_float=Decimal)["vectors"]
    found = [one for one in vectors if one["op"] == "sensitivity.mean_abs_rank_change"]
    assert found
    for one in found:
        told = one["input"]
        halves = {
            key: Dimension({name: Criterion(name) for name in told["hierarchy"][key]}, mean(*told["hierarchy"][key]))
            for key in told["hierarchy"]["Index"]
        }
        rows = told["units"] if isinstance(told["units"], dict) else found[0]["input"]["units"]
        units = {unit: {key: Measure(exact(value), 1, 1) for key, value in row.items()} for unit, row in rows.items()}
        moved = remove_one(card(Dimension(halves, mean(*halves))), units, ties="min")
        (path,) = (key for key in moved if key.endswith(told["remove"]))
        assert abs(moved[path] - exact(one["expected"])) <= Fraction(str(one["tolerance"])), one["id"]


UNITS = st.dictionaries(
    st.text("uvwxyz", min_size=1, max_size=2), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6
)


@given(UNITS, st.integers(0, 99))
def test_noise_is_the_same_everywhere(units: Any, seed: int) -> None:
    """The same seed, the same ranks, whatever the order; a dominated unit stays behind."""
    cohort = {unit: {"a": Measure(a, 1, 1), "b": Measure(b, 1, 1)} for unit, (a, b) in units.items()}
    mine = card(Dimension({"a": Criterion("a"), "in": Dimension({"b": Criterion("b")}, mean("b"))}, mean("a", "in")))
    options: dict[str, Any] = {"spread": Fraction(1, 4), "draws": 9, "seed": seed, "ties": "min"}
    found = weight_noise(mine, cohort, **options)
    assert weight_noise(mine, dict(reversed(cohort.items())), **options) == found
    for unit, spread in found.items():
        assert 1 <= spread.best <= spread.median <= spread.worst <= len(units)
        if units[unit] == (max(a for a, _ in units.values()), max(b for _, b in units.values())):
            assert spread.rank == 1
            assert spread.worst == 1


def test_one_part_alone() -> None:
    """Cannot be left out, and its weight says nothing; who has no score in between has no move."""
    alone = card(Dimension({"a": Criterion("a")}, mean("a")))
    cohort = {"x": {"a": Measure(1, 1, 1)}, "y": {"a": Measure(2, 1, 1)}}
    assert dict(remove_one(alone, cohort, ties="min")) == {}
    spread = weight_noise(alone, cohort, spread=Fraction(1, 2), draws=3, seed=1, ties="min")["x"]
    assert attrs.astuple(spread) == (2, 2, 2, 2)
    both = card(Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean("a", "b")))
    holes = {"x": {"a": Measure(1, 1, 1), "b": Measure(0, 0, 0)}, "y": {"a": Measure(0, 0, 0), "b": Measure(1, 1, 1)}}
    moved = remove_one(both, holes, ties="min")
    assert dict(moved) == {"a": 0, "b": 0}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"spread": 1}, "spread"),
        ({"spread": 0}, "spread"),
        ({"draws": 0}, "draws"),
        ({"seed": -1}, "seed"),
        ({"draws": True}, "draws"),
    ],
)
def test_noise_that_cannot_be(changes: Any, where: str) -> None:
    """Bounds, and somebody to rank."""
    alone = card(Dimension({"a": Criterion("a")}, mean("a")))
    options: dict[str, Any] = {"spread": Fraction(1, 4), "draws": 9, "seed": 1, "ties": "min"}
    with pytest.raises(DefinitionError) as caught:
        weight_noise(alone, {"x": {"a": Measure(1, 1, 1)}}, **options | changes)
    assert caught.value.where == where
    with pytest.raises(DefinitionError):
        remove_one(alone, {"x": {"a": Measure(0, 0, 0)}}, ties="min")


def test_where_the_time_goes() -> None:
    """Waiting and handling by step, the heaviest first; steps without time are told too."""
    visits: list[dict[str, Any]] = [
        {"step": "parts", "waiting": timedelta(hours=5), "handling": timedelta(minutes=5)},
        {"step": "parts", "waiting": timedelta(hours=1), "handling": timedelta(minutes=5)},
        {"step": "diagnose", "handling": 600},
        {"step": "close", "handling": 0},
    ]
    found = bottlenecks(visits)
    assert [(one.step, one.n, one.total, one.median) for one in found] == [
        ("parts", 2, Fraction(22_200), Fraction(11_100)),
        ("diagnose", 1, Fraction(600), Fraction(600)),
        ("close", 1, Fraction(0), Fraction(0)),
    ]
    assert sum(one.share for one in found) == 1
    assert [one.share for one in bottlenecks([visits[3]])] == [0]
    for wrong, where in (
        ({"handling": 1}, "records.step"),
        ({"step": "x"}, "records.handling"),
        ({"step": "x", "handling": -1}, "records.handling"),
    ):
        with pytest.raises(FactError) as caught:
            bottlenecks([wrong])
        assert caught.value.where == where
