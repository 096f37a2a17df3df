"""A score in words, its adjustments one by one, and two scores side by side."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.curves import Goalposts, Rounding, Scale, shown
from svcstd.errors import DefinitionError
from svcstd.scoring import (
    Bonus,
    Cap,
    CohortRule,
    Criterion,
    Dimension,
    Floor,
    Grades,
    KnockOut,
    Lack,
    Mean,
    Measure,
    Multiplier,
    Penalty,
    Score,
    Scorecard,
    Tally,
    difference,
    score,
    substitution,
)

CENT = Rounding(Decimal("0.01"), "half up")
GRADES = Grades(["D", "C", "B", "A"], [Fraction("0.60"), Fraction("0.92"), Fraction("1.20")], bound="upper")
JANUARY = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
NOTHING = Measure(0, 0, 0)


def mean(**weights: Any) -> Mean:
    """Arithmetic; a missing part is refused."""
    return Mean(weights=weights, method="arithmetic", missing="refuse")


def card(root: Dimension, *adjustments: Any, **rest: Any) -> Scorecard:
    """To the cent."""
    return Scorecard(key="card", root=root, rounding=CENT, adjustments=adjustments, **rest)


def test_the_field_engineer_of_the_handbook(shared: Path) -> None:
    """Case A09: January, an empty February, and the quarter from the raw ratings."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    cases = {case["id"]: case for one in json.loads(text)["scenarios"] for case in one["cases"]}
    told, expected = cases["A09"]["input"], cases["A09"]["expected"]
    scale = Scale(Fraction(-1, 2), 2)
    for wrong in told["invalid"]:
        with pytest.raises(DefinitionError):
            scale.check(Decimal(wrong))
    weights = {"technical": Decimal("0.6"), "attitude": Decimal("0.4")}
    policy = Mean(weights=weights, method="arithmetic", missing="withhold", least_covered=1)
    engineer = card(Dimension({key: Criterion(key) for key in weights}, policy), grades=GRADES)
    ratings = [[scale.check(Decimal(mark)) for mark in pair] for pair in told["2026-01"]["ratings"]]
    march = [[Fraction(mark)] * 2 for mark in told["2026-03"]["composites"]]

    def of(pairs: list[Any]) -> Score:
        columns = zip(*pairs, strict=True) if pairs else ((), ())
        found = (Measure(sum(column), len(column), len(column)) for column in columns)
        return score(engineer, dict(zip(weights, found, strict=True)), of=told["engineer"])

    assert [str(of([pair]).value) for pair in ratings] == expected["jan_composites"]
    assert str(of(ratings).value) == expected["jan_score"]
    assert (of([]).state, of([]).value) == ("missing", None)
    quarter = of(ratings + march)
    assert (str(quarter.value), quarter.grade) == (expected["quarter_score"], expected["quarter_grade"])
    assert quarter.root.n == expected["quarter_n"]


def test_contributions_as_published(shared: Path) -> None:
    """Three parts, and what moved against a reference."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    (one,) = (v for v in json.loads(text)["vectors"] if v["op"] == "explain.additive")
    told, names = one["input"], ["a", "b", "c"]
    mine = card(
        Dimension(
            {key: Criterion(key) for key in names}, mean(**dict(zip(names, map(Decimal, told["weights"]), strict=True)))
        )
    )
    now, then = (
        score(mine, {key: Measure(Decimal(value), 1, 1) for key, value in zip(names, told[key_], strict=True)})
        for key_ in ("scores", "reference")
    )
    assert now.value == one["expected"]["total"]
    assert [part.points for part in now.contributions] == one["expected"]["contributions"]
    moved = {change.key: change.delta for change in difference(then, now).changes}
    assert [moved[key] for key in names] == one["expected"]["delta"]


WHY = """\
card: 95.33
  speed: 0.75 = 3 / 4 is worth 75 points; times 33.3333 % that gives 25 (n = 4)
  rest: 86.6667, the arithmetic mean of its parts
    quality: 80 = 80 / 1 is worth 80 points; times 66.6667 % that gives 35.5556 (n = 1)
    ideas: 2 is worth 100 points; times 33.3333 % that gives 22.2222 (n = 9)
      compared with 2 figures, kept with the score
  extra: 82.7778 becomes 95.3333
  cap: nothing to change
  95.3333 is rounded to 95.33
  grade A"""


def test_every_point_has_its_reason() -> None:
    """Figure, points, weight, what it adds; adjustments; rounding; grade."""
    rule = CohortRule(method="percentile", better="more", flat="full", scale=100).over([1, 2])
    inner = Dimension(
        {"quality": Criterion("quality"), "ideas": Criterion("ideas", curve=rule)}, mean(quality=2, ideas=1)
    )
    speed = Criterion("speed", curve=Goalposts(0, 1, scale=100, beyond="clamp"))
    root = Dimension({"speed": speed, "rest": inner}, mean(speed=1, rest=2))
    extra = Bonus("extra", kpi="ideas", each=Fraction(113, 18), most=None, missing="skip")
    mine = card(root, extra, Cap("cap", most=100), grades=Grades(["B", "A"], [90], bound="upper"))
    figures: Any = {"speed": Measure(3, 4, 4), "quality": Measure(80, 1, 1), "ideas": Tally(2, 9, empty_is_zero=True)}
    found = score(mine, figures, of="E07", period=JANUARY)
    assert found.explanation.text() == WHY
    assert (found.of, found.period, found.root.n) == ("E07", "2026-01", 1)


def test_why_there_is_no_score() -> None:
    """Each state in words, of the whole and of a part; a mean that is no sum says so."""
    policy = Mean(weights={"a": 1, "b": 1}, method="greatest", missing="withhold", least_covered=1)
    inner = Dimension({"a": Criterion("a", least=2), "b": Criterion("b")}, policy)
    root = Dimension(
        {"in": inner, "c": Criterion("c")}, Mean(weights={"in": 1, "c": 1}, method="least", missing="reweight")
    )
    one, few = Measure(5, 1, 2), Measure(5, 1, 1)

    def told(**figures: Any) -> str:
        return score(card(root), figures).explanation.text()

    assert told(a=one, b=NOTHING, c=NOTHING).splitlines() == [
        "card: no score, since the card withholds it",
        "  in: withheld",
        "    a: 5 = 5 / 1 is worth 5 points (n = 2)",
        "    b: nothing was counted",
        "  c: nothing was counted",
    ]
    assert told(a=few, b=NOTHING, c=NOTHING).startswith(
        "card: no score, since too few records stand behind it\n  in: too few"
    )
    assert told(a=NOTHING, b=NOTHING, c=NOTHING).startswith("card: no score, since nothing was counted")
    assert "in: 5, the greatest of its parts" in told(a=one, b=one, c=one)
    withheld = card(Dimension({"c": Criterion("c")}, mean(c=1)), Multiplier("rating", kpi="a", missing="withhold"))
    found = score(withheld, {"c": one, "a": NOTHING})
    assert (found.state, found.value, found.exact) == ("withheld", None, None)
    assert "rating: 5 becomes nothing" in found.explanation.text()


@pytest.mark.parametrize(
    ("adjustment", "figure", "before", "after"),
    [
        (Cap("x", most=90), 0, 95, 90),
        (Floor("x", least=10), 0, -3, 10),
        (KnockOut("x", kpi="k", above=0, to=0, missing="skip"), 1, 95, 0),
        (KnockOut("x", kpi="k", above=0, to=0, missing="skip"), 0, 95, 95),  # the bound itself does not
        (KnockOut("x", kpi="k", below=5, to=50, missing="skip"), 4, 40, 40),  # never up
        (KnockOut("x", kpi="k", below=5, to=50, missing="skip"), None, 95, 95),
        (KnockOut("x", kpi="k", below=5, to=50, missing="withhold"), None, 95, None),
        (Bonus("x", kpi="k", each=2, most=5, missing="skip"), 3, 80, 85),
        (Bonus("x", kpi="k", each=2, most=None, missing="skip"), 3, 80, 86),
        (Bonus("x", kpi="k", each=2, most=5, missing="skip"), -3, 80, 80),  # a bonus takes nothing away
        (Bonus("x", kpi="k", each=2, most=5, missing="withhold"), None, 80, None),
        (Penalty("x", kpi="k", each=2, most=5, missing="skip"), 3, 80, 75),
        (Penalty("x", kpi="k", each=2, most=5, missing="skip"), None, 80, 80),
        (Penalty("x", kpi="k", each=2, most=5, missing="withhold"), None, 80, None),
        (Multiplier("x", kpi="k", missing="skip"), Fraction(-1, 2), 80, -40),
        (Multiplier("x", kpi="k", missing="skip"), None, 80, 80),
        (Multiplier("x", kpi="k", missing="withhold"), None, 80, None),
    ],
)
def test_adjustments(adjustment: Any, figure: Any, before: int, after: Any) -> None:
    """One row for each, at its bounds and without its figure."""
    measures = {"k": NOTHING if figure is None else Measure(figure, 1, 1)}
    assert adjustment.applied(Fraction(before), measures) == after


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: KnockOut("x", kpi="k", to=0, missing="skip"), "below"),
        (lambda: Bonus("x", kpi="k", each=-1, most=None, missing="skip"), "each"),
        (lambda: Penalty("x", kpi="k", each=1, most=-1, missing="skip"), "most"),
        (lambda: Multiplier("x", kpi="k", missing="guess"), "missing"),  # type: ignore[arg-type]
        (lambda: Multiplier("x", kpi="k", missing="refuse").applied(Fraction(1), {"k": NOTHING}), "measures.k"),
    ],
)
def test_adjustments_that_cannot_be(call: Any, where: str) -> None:
    """Checked at birth, or refused when the figure is missing."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


def test_the_declared_order_is_followed() -> None:
    """Capped and then raised is not raised and then capped."""
    root = Dimension({"k": Criterion("k")}, mean(k=1))
    bonus, cap = Bonus("bonus", kpi="k", each=1, most=9, missing="skip"), Cap("cap", most=95)
    figure = {"k": Measure(92, 1, 1)}
    assert (card(root, bonus, cap).value(figure), card(root, cap, bonus).value(figure)) == (Decimal(95), Decimal(101))


@given(st.lists(st.integers(-50, 150), min_size=4, max_size=4))
def test_what_made_the_difference(values: list[int]) -> None:
    """The changes are the difference, exactly; a score and itself have none; there and back mirror."""
    root = Dimension({"a": Criterion("a"), "b": Criterion("b")}, mean(a=1, b=2))
    mine = card(root, Multiplier("rating", kpi="a", missing="skip"))
    one, other = (score(mine, {"a": Measure(a, 7, 7), "b": Measure(b, 7, 7)}) for a, b in (values[:2], values[2:]))
    there, back = difference(one, other), difference(other, one)
    assert sum(change.delta for change in there.changes) == there.total
    assert [(change.key, -change.delta) for change in back.changes] == [(c.key, c.delta) for c in there.changes]
    assert difference(one, one).changes == ()
    assert there.explanation.sentence() == f"{one.value} became {other.value}"


def test_differences_in_words() -> None:
    """Parts, adjustments, roundings of a level and of the whole; parts that only one card has."""
    inner = Dimension({"a": Criterion("a")}, mean(a=1), rounding=Rounding(Decimal(1), "up"))
    old = card(Dimension({"in": inner}, mean(**{"in": 1})))
    new = card(Dimension({"b": Criterion("b")}, mean(b=1)), Cap("cap", most=1))
    figures = {"a": Measure(1, 3, 3), "b": Measure(7, 3, 3)}
    moved = difference(score(old, figures), score(new, figures))
    assert moved.explanation.text().splitlines() == [
        "1.00 became 1.00",
        "  b: +2.3333",
        "  cap: -1.3333",
        "  in rounding: -0.6667",
        "  in.a: -0.3333",
    ]
    third = card(Dimension({"a": Criterion("a")}, mean(a=1)))
    last = difference(score(third, figures), score(third, {"a": Measure(2, 3, 3)}))
    assert last.explanation.text().splitlines()[1:] == ["  a: +0.3333", "  the last rounding: +0.0067"]
    empty = attrs.evolve(score(third, figures), value=None)
    for pair, where in (((empty, score(third, figures)), "before"), ((score(third, figures), empty), "after")):
        with pytest.raises(DefinitionError) as caught:
            difference(*pair)
        assert caught.value.where == where


@given(
    st.lists(st.integers(1, 100), min_size=6, max_size=6),
    st.sampled_from(["geometric", "harmonic", "least", "greatest"]),
)
def test_parts_put_in_one_by_one(values: list[int], method: Any) -> None:
    """The steps add up to the move of a mean that is no sum."""
    names = ["a", "b", "c"]
    digits = {"digits": 9} if method == "geometric" else {}
    level = Dimension(
        {key: Criterion(key) for key in names},
        Mean(weights=dict.fromkeys(names, 1), method=method, missing="refuse", **digits),
    )
    before: dict[str, Fraction | Lack] = dict(zip(names, map(Fraction, values[:3]), strict=True))
    after: dict[str, Fraction | Lack] = dict(zip(names, map(Fraction, values[3:]), strict=True))
    steps = substitution(level, before, after)
    first, last = level.of(before), level.of(after)
    assert isinstance(first, Fraction)
    assert [step.key for step in steps] == names
    assert steps[-1].value == last
    assert first + sum((step.delta for step in steps if step.delta is not None), Fraction(0)) == last


def test_steps_over_a_gap() -> None:
    """Where the mean has no value on the way, no step is told."""
    policy = Mean(weights={"a": 1, "b": 1}, method="least", missing="withhold", least_covered=1)
    level = Dimension({"a": Criterion("a"), "b": Criterion("b")}, policy)
    steps = substitution(level, {"a": Fraction(1), "b": Lack.MISSING}, {"a": Fraction(2), "b": Fraction(3)})
    assert [(step.value, step.delta) for step in steps] == [(None, None), (Fraction(2), None)]


@pytest.mark.parametrize(
    "broken", [{}, {"card": "x"}, {"root": 5}, {"value": "x"}, {"exact": "1/0"}, {"root": {"parts": []}}]
)
def test_no_score_to_read(broken: dict[str, Any]) -> None:
    """Whatever it is, it is refused by name; and so is a tree without end."""
    whole = score(card(Dimension({"a": Criterion("a")}, mean(a=1))), {"a": Measure(1, 1, 1)}).to_json()
    text = {**whole, **broken} if broken else {}
    if "card" in broken:
        del text["root"]
    with pytest.raises(DefinitionError):
        Score.from_json(text)
    deep = whole["root"]
    for _ in range(30):
        deep = {**deep, "parts": [deep]}
    with pytest.raises(DefinitionError):
        Score.from_json({**whole, "root": deep})


def test_numbers_for_people() -> None:
    """With an end as they are, without one to four decimals."""
    told = [shown(Fraction(one)) for one in ("7/8", "2/3", "-1/3", "70", "1/1024", "123456789/7", "1e-40")]
    assert told == ["0.875", "0.6667", "-0.3333", "70", "0.0009765625", "17636684.1429", "0.0000"]
