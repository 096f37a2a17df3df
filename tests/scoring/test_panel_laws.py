"""Laws of rating from all sides: every rating counts once, nobody is found out, self-praise pays nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Panel, RaterGroup, solved

FIVE = Scale(1, 5, step=1)
WEIGHTS = {"supervisor": "0.4", "peer": "0.2", "self": "0.1", "customer": "0.3"}


def panel(**changes: Any) -> Panel:
    """The scorecard of the European desk: three peers at least, the others share the weight of who is missing."""
    least = {"peer": 3}
    groups = {key: RaterGroup(Decimal(weight), least.get(key, 1)) for key, weight in WEIGHTS.items()}
    given_: dict[str, Any] = {
        "groups": groups,
        "scale": FIVE,
        "missing": "reweight",
        "below": "left out",
        "self_group": "self",
    }
    return Panel(**given_ | changes)


def ratings(**groups: list[int]) -> list[dict[str, Any]]:
    """Marks by group, each by a rater of its own."""
    return [
        {"rater": f"{group}{number}", "group": group, "value": mark}
        for group, marks in groups.items()
        for number, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: panel(groups={}), "shape.empty"),
        (lambda: panel(below="hidden"), "choice.unknown"),
        (lambda: panel(self_group="me"), "panels.group"),
        (lambda: panel(self_for_pay=-1), "scoring.weight"),
        (lambda: panel(self_group="", self_for_pay=1), "panels.group"),
        (lambda: panel(trim=Fraction(1, 2)), "shape.bounds"),
        (lambda: panel(trim=0.1), "curves.number"),
        (lambda: RaterGroup(0), "scoring.weight"),
        (lambda: RaterGroup(True), "curves.number"),
        (lambda: RaterGroup(1, 2.0), "agents.some"),  # type: ignore[arg-type]
        (lambda: panel().rate([{}], for_pay=True), "panels.group"),
        (lambda: panel().rate([{"group": "peer"}], for_pay=True), "kpis.missing"),
        (lambda: panel().rate(ratings(peer=[6]), for_pay=True), "scales.off"),
        (lambda: panel(missing="refuse").rate([], for_pay=True), "scoring.missing"),
    ],
)
def test_each_refusal_says_why(call: Any, message: str) -> None:
    """By the sentence that fits."""
    with pytest.raises((DefinitionError, FactError)) as caught:
        call()
    assert caught.value.message == message


def test_the_european_desk(shared: Path) -> None:
    """Its own weights and least number of peers: two peers are left out, their weight is shared, and nobody is told."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    (card,) = (one["scorecard"] for one in json.loads(text)["scenarios"] if one["id"] == "EURO-SAAS")
    least = {"peer": card["peer_min_n"]}
    groups = {key: RaterGroup(Fraction(weight), least.get(key, 1)) for key, weight in card["weights"].items()}
    desk = panel(groups=groups)
    given_ = ratings(supervisor=[4], peer=[2, 2], self=[5], customer=[3, 4])
    assert desk.rate(given_, for_pay=True).value == Fraction("2.65") / Fraction("0.7")  # 0.4 x 4 + 0.3 x 3.5
    assert desk.rate(given_, for_pay=False).value == Fraction("3.15") / Fraction("0.8")  # and 0.1 x 5
    third = [*given_, {"rater": "third", "group": "peer", "value": 5}]
    assert desk.rate(third, for_pay=True).value == Fraction("3.25") / Fraction("0.9")  # and 0.2 x 3


def test_nobody_counts_where_that_is_zero() -> None:
    """The whole is 0 and may be told: it says nothing about anybody."""
    for given_ in ([], ratings(peer=[1, 2])):
        found = panel(missing="zero").rate(given_, for_pay=True)
        assert found.value == found.told_value == 0
        assert dict(found.weights) == {}
        assert solved(found.published) == set()
    alone = panel(missing="zero", below="counted").rate(ratings(peer=[1, 2]), for_pay=False)
    assert (alone.value, alone.told_value) == (Fraction("0.3"), None)


def test_one_person_on_two_sides() -> None:
    """Counts on each, once for each rating; a number may name a person too, and is one person with its text."""
    marks = [(0, "peer", 2), ("0", "peer", 4), ("a", "peer", 3), ("a", "customer", 5)]
    found = panel().rate([{"rater": who, "group": side, "value": mark} for who, side, mark in marks], for_pay=True)
    assert [(one.raters, one.ratings) for one in found.cells.values()] == [(2, 3), (1, 1)]
    assert [one.value for one in found.cells.values()] == [3, 5]
    assert dict(found.told) == {"peer": None, "customer": 5}


RATINGS = st.lists(
    st.builds(
        lambda rater, group, value: {"rater": rater, "group": group, "value": value},
        st.sampled_from("pqrst"),
        st.sampled_from(list(WEIGHTS)),
        st.integers(1, 5),
    ),
    max_size=14,
)
POLICIES = st.fixed_dictionaries(
    {"missing": st.sampled_from(["reweight", "zero"]), "below": st.sampled_from(["left out", "counted"])}
)
LEAST = st.fixed_dictionaries({key: st.integers(1, 3) for key in WEIGHTS})


def with_least(least: dict[str, int], **options: Any) -> Panel:
    """The desk, with so many raters at least in each group."""
    return panel(groups={key: RaterGroup(Decimal(weight), least[key]) for key, weight in WEIGHTS.items()}, **options)


@given(RATINGS, POLICIES, LEAST, st.booleans(), st.randoms(use_true_random=False))
def test_the_whole_is_its_ratings(given_: Any, options: Any, least: Any, for_pay: Any, chance: Any) -> None:
    """Every rating counts once, whatever the order: each group's mean by its weight, over the weight that counts."""
    found = with_least(least, **options).rate(given_, for_pay=for_pay)
    above = below = Fraction(0)
    for key, weight in WEIGHTS.items():
        mine = [one for one in given_ if one["group"] == key]
        enough = len({one["rater"] for one in mine}) >= least[key] or options["below"] == "counted"
        counts = bool(mine) and enough and not (for_pay and key == "self")
        above += Fraction(weight) * Fraction(sum(one["value"] for one in mine), len(mine)) if counts else 0
        below += Fraction(weight) if counts or (options["missing"] == "zero" and not (for_pay and key == "self")) else 0
    assert found.value == (above / below if below else None)
    assert sum(cell.ratings for cell in found.cells.values()) == len(given_)
    assert found.value is None or found.value == sum(
        found.weights[key] * found.cells[key].value for key in found.weights
    )
    chance.shuffle(given_)
    assert with_least(least, **options).rate(given_, for_pay=for_pay) == found


@given(RATINGS, POLICIES, LEAST, POLICIES)
def test_nobody_is_found_out(given_: Any, options: Any, least: Any, later: Any) -> None:
    """Not by what is told of pay, nor by what is told afterwards without it; with enough raters all is told."""
    paid = with_least(least, **options).rate(given_, for_pay=True)
    small = {key for key, cell in paid.cells.items() if cell.raters < least[key]}
    assert not any(paid.told[key] is not None for key in small)
    then = with_least(least, **later).rate(given_, for_pay=False, published=paid.published)
    assert not solved([*paid.published, *then.published]) & small
    if not small:
        assert all(value is not None for value in then.told.values())
        assert then.told_value == then.value


@given(RATINGS, POLICIES, LEAST, st.lists(st.integers(1, 5), max_size=3))
def test_self_praise_pays_nothing(given_: Any, options: Any, least: Any, praise: list[int]) -> None:
    """Whatever one says of oneself, the value for pay stays, unless a weight for it is stated."""
    more = [*given_, *({"rater": "me", "group": "self", "value": mark} for mark in praise)]
    desk = with_least(least, **options)
    assert desk.rate(more, for_pay=True).value == desk.rate(given_, for_pay=True).value
    stated = with_least(least, self_for_pay=Fraction("0.1"), **options)
    assert stated.rate(more, for_pay=True) == desk.rate(more, for_pay=False)
