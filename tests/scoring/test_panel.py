"""Rating from all sides: nobody can be found by subtraction, and nobody's own opinion pays."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Panel, RaterGroup, solved, suppress, trimmed_mean

FIVE = Scale(1, 5, step=1)
WEIGHTS = {"supervisor": "0.4", "peer": "0.2", "self": "0.1", "customer": "0.3"}
CELLS = ["a", "b", "c", "d"]
SUMS = st.lists(st.dictionaries(st.sampled_from(CELLS), st.integers(-2, 3), min_size=1), max_size=4)


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


def test_all_sides() -> None:
    """Each group by its mean and weight; one's own opinion counts, unless pay depends on it."""
    given_ = ratings(supervisor=[4], peer=[3, 4, 5], self=[5], customer=[2, 4])
    found = panel().rate(given_, for_pay=False)
    assert found.value == Fraction("0.4") * 4 + Fraction("0.2") * 4 + Fraction("0.1") * 5 + Fraction("0.3") * 3
    assert dict(found.told) == {"supervisor": 4, "peer": 4, "self": 5, "customer": 3}
    assert found.told_value == found.value
    assert found.covered == 1
    paid = panel().rate(given_, for_pay=True)
    assert paid.value == (Fraction("0.4") * 4 + Fraction("0.2") * 4 + Fraction("0.3") * 3) / Fraction("0.9")
    loud = panel(self_for_pay=Decimal("0.1")).rate(given_, for_pay=True)
    assert loud.value == found.value
    assert panel(self_group="").rate(given_, for_pay=True).value == found.value


def test_two_peers_stay_hidden() -> None:
    """Left out they weigh nothing; counted they cannot be found from the whole and the others."""
    given_ = ratings(supervisor=[4], peer=[1, 2], customer=[2, 4])
    left = panel().rate(given_, for_pay=False)
    assert (left.told["peer"], left.cells["peer"].counts) == (None, False)
    assert left.value == (Fraction("0.4") * 4 + Fraction("0.3") * 3) / Fraction("0.7")
    assert left.told_value == left.value
    counted = panel(below="counted").rate(given_, for_pay=False)
    assert counted.value == (Fraction("0.4") * 4 + Fraction("0.2") * Fraction(3, 2) + Fraction("0.3") * 3) / Fraction(
        "0.9"
    )
    assert [key for key, value in counted.told.items() if value is None] == ["supervisor", "peer"]
    assert "peer" not in solved(counted.published)


def test_alone_the_whole_is_hidden_too() -> None:
    """There is nobody else to hide behind."""
    alone = panel(below="counted").rate(ratings(peer=[1, 2]), for_pay=False)
    assert (alone.value, alone.told_value, alone.told["peer"]) == (Fraction(3, 2), None, None)
    assert alone.published == ()


def test_what_was_told_before_counts() -> None:
    """A whole told last week and the others told today would give the peers away."""
    given_ = ratings(supervisor=[4], peer=[1, 2], customer=[2, 4])
    counted = panel(below="counted")
    first = counted.rate(given_, for_pay=False)
    again = counted.rate(given_, for_pay=False, published=first.published)
    assert "peer" not in solved((*first.published, *again.published))
    with pytest.raises(DefinitionError) as caught:
        counted.rate(given_, for_pay=False, published=[{"peer": 1}])
    assert caught.value.message == "panels.solved"


def test_policies_for_who_is_missing() -> None:
    """Zero, withheld, refused."""
    only = ratings(supervisor=[4])
    zero = panel(missing="zero").rate(only, for_pay=False)
    assert zero.value == Fraction("0.4") * 4
    assert zero.weights == {"supervisor": Fraction("0.4")}
    none = panel(missing="withhold", least_covered=Fraction(1, 2)).rate(only, for_pay=False)
    assert (none.value, none.told_value, none.covered) == (None, None, Fraction("0.4"))
    with pytest.raises(DefinitionError):
        panel(missing="refuse").rate(only, for_pay=False)
    assert panel().rate([], for_pay=False).value is None


def test_one_rater_is_one_however_often() -> None:
    """Three ratings by one peer are no three peers; extremes are left out where that is said."""
    thrice = [{"rater": "p", "group": "peer", "value": mark} for mark in (1, 2, 3)]
    found = panel().rate(thrice, for_pay=False)
    assert (found.cells["peer"].raters, found.cells["peer"].ratings, found.told["peer"]) == (1, 3, None)
    trimmed = panel(trim=Fraction(1, 5)).rate(ratings(peer=[1, 4, 4, 4, 5]), for_pay=False)
    assert trimmed.told["peer"] == 4


@pytest.mark.parametrize(
    ("rating", "where"),
    [
        ({"rater": "x", "group": "boss", "value": 3}, "records.group"),
        ({"group": "peer", "value": 3}, "records.rater"),
        ({"rater": "x", "group": "peer"}, "records.value"),
        ({"rater": "x", "group": "peer", "value": 6}, "records.value"),
        ({"rater": "x", "group": "peer", "value": 2.5}, "records.value"),
        ({"rater": "x", "group": ["peer"], "value": 3}, "records.group"),
        ({"rater": "", "group": "peer", "value": 3}, "records.rater"),
        ({"rater": "x", "group": "peer", "value": ""}, "records.value"),
        ({"rater": "x", "group": "peer", "value": True}, "records.value"),
        ({"rater": "x", "group": "peer", "value": timedelta(seconds=3)}, "records.value"),
        ({"rater": "x", "group": "peer", "value": Decimal("NaN")}, "records.value"),
        ({"rater": "x", "group": "peer", "value": Fraction(7, 2)}, "records.value"),
    ],
)
def test_ratings_that_cannot_be(rating: dict[str, Any], where: str) -> None:
    """With the field."""
    with pytest.raises(FactError) as caught:
        panel().rate([rating], for_pay=False)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: panel(groups={}), "groups"),
        (lambda: panel(below="hidden"), "below"),
        (lambda: panel(self_group="me"), "self_group"),
        (lambda: panel(self_for_pay=-1), "self_for_pay"),
        (lambda: panel(self_group="", self_for_pay=1), "self_for_pay"),
        (lambda: panel(trim=Fraction(1, 2)), "trim"),
        (lambda: panel(missing="guess"), "missing"),
        (lambda: panel(groups={"self": RaterGroup(1)}), "weights"),
        (lambda: RaterGroup(0), "weight"),
        (lambda: RaterGroup(1, 0), "least"),
        (lambda: RaterGroup(1, True), "least"),
        (lambda: trimmed_mean([], share=0), "values"),
    ],
)
def test_panels_that_cannot_be(call: Any, where: str) -> None:
    """Checked at birth; one where only oneself rates pays nothing."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


def rank(rows: list[list[Fraction]]) -> int:
    """Of a matrix, by elimination column by column."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(CELLS)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        found += 1
        rows = [
            [value - row[column] / pivot[column] * top for value, top in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
    return found


def follows(told: list[dict[str, int]], cell: str) -> bool:
    """Whether a cell is a combination of what is told: adding it does not raise the rank."""
    rows = [[Fraction(one.get(key, 0)) for key in CELLS] for one in told]
    return rank([*rows, [Fraction(key == cell) for key in CELLS]]) == rank(rows)


@given(SUMS)
def test_what_follows_from_what_is_told(told: Any) -> None:
    """As the rank of a matrix has it."""
    assert solved(told) == {cell for cell in CELLS if follows(told, cell)}


@given(SUMS, SUMS, st.sets(st.sampled_from(CELLS)), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_no_small_cell_can_be_solved_for(sums: Any, before: Any, small: set[str], people: list[int]) -> None:
    """Within one publication, and with the earlier ones that are passed on."""
    named = {str(number): one for number, one in enumerate(sums)}
    if solved(before) & small:
        with pytest.raises(DefinitionError):
            suppress(dict(zip(CELLS, people, strict=True)), named, small=small, published=before)
        return
    found = suppress(dict(zip(CELLS, people, strict=True)), named, small=small, published=before)
    told = [
        *before,
        *({key: 1} for key in CELLS if found.cells[key]),
        *(named[key] for key in named if found.sums[key]),
    ]
    assert not any(follows(told, cell) for cell in small)
    if not small:
        assert all(found.cells.values())
        assert all(found.sums.values())


def test_a_sum_over_nobody() -> None:
    """Cells must be there."""
    with pytest.raises(DefinitionError) as caught:
        suppress({"a": 1}, {"all": {"b": 1}}, small=[])
    assert caught.value.where == "sums.all"


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.fractions(0, Fraction(49, 100)))
def test_without_extremes(values: list[int], share: Fraction) -> None:
    """Between the least and the greatest; with nothing left out the mean."""
    assert min(values) <= trimmed_mean(values, share=share) <= max(values)
    assert float(trimmed_mean(values, share=0)) == pytest.approx(fmean(values))
    cut = int(share * len(values))
    kept = sorted(values)[cut : len(values) - cut]
    assert trimmed_mean(values, share=share) * len(kept) == sum(kept)
    assert len(list(combinations(kept, 1))) == len(values) - 2 * cut
