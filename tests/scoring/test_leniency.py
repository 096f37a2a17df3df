"""Mild and severe raters: the raw mark stays, and what is taken off is known to the last fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Centred, centred

Mark = tuple[str, str, Any]
MARKS = st.lists(
    st.tuples(st.sampled_from("rst"), st.sampled_from("abcd"), st.fractions(-1, 5, max_denominator=10)), max_size=12
)


def read(marks: list[Mark]) -> list[dict[str, Any]]:
    """As records."""
    return [{"rater": rater, "subject": subject, "value": value} for rater, subject, value in marks]


def total(found: tuple[Centred, ...]) -> Fraction:
    """Of the adjusted marks."""
    return sum((one.adjusted for one in found), Fraction(0))


@pytest.mark.parametrize(
    ("marks", "least", "adjusted"),
    [
        ([], 1, ""),
        ([("r", "a", 4)], 1, "4"),  # the only rater is the mean
        ([("r", "a", 5), ("s", "a", 3)], 1, "4 4"),  # 1 above, 1 below the mean of 4
        ([("r", "a", 5), ("s", "a", 3)], 2, "14/3 10/3"),  # one person of 1 + 2: a third of it
        ([("r", "a", 5), ("r", "a", 5), ("s", "a", 2)], 2, "14/3 14/3 8/3"),  # the same person twice is one person
        ([("r", "a", 5), ("r", "b", 5), ("s", "a", 2)], 2, "4 4 8/3"),  # two persons count in full
        ([("r", "a", 1), ("r", "b", 5), ("s", "a", 3)], 1, "1 5 3"),  # neither mild nor severe
        ([("r", "a", Decimal("2.0")), ("s", "b", Decimal("-0.5"))], 1, "3/4 3/4"),  # a scale below 0
        ([("r", "a", 5), ("r", "b", 1), ("s", "a", 1), ("s", "b", 1)], 1, "4 0 2 2"),  # and off the scale of 1 to 5
    ],
)
def test_marks_beside_their_adjusted_ones(marks: list[Mark], least: int, adjusted: str) -> None:
    """With the mean of all counting for two people."""
    found = centred(read(marks), least=least, strength=2)
    assert [(one.rater, one.subject, one.raw) for one in found] == marks
    assert [str(one.adjusted) for one in found] == adjusted.split()


def test_the_total_holds_only_among_raters_in_full() -> None:
    """A rater of few people gives up a part only: 1/3 of 2 is taken off, 1 and 1 are given back."""
    marks: list[Mark] = [("r", "a", 5), ("s", "a", 2), ("s", "b", 2)]
    assert total(centred(read(marks), least=1, strength=2)) == 9
    assert total(centred(read(marks), least=2, strength=2)) == 9 - Fraction(2, 3) + 2


def test_numbers_name_people_too() -> None:
    """0 is somebody."""
    (found,) = centred([{"rater": 0, "subject": 0, "value": 0}], least=1, strength=1)
    assert found == Centred(rater="0", subject="0", raw=Fraction(0), adjusted=Fraction(0))


@pytest.mark.parametrize(
    ("record", "where", "message"),
    [
        ({}, "records.rater", "kpis.missing"),
        ({"rater": "", "subject": "a", "value": 1}, "records.rater", "kpis.missing"),
        ({"rater": "r", "value": 1}, "records.subject", "kpis.missing"),
        ({"rater": "r", "subject": None, "value": 1}, "records.subject", "kpis.missing"),
        ({"rater": "r", "subject": "a"}, "records.value", "kpis.missing"),
        ({"rater": "r", "subject": "a", "value": ""}, "records.value", "kpis.missing"),
        ({"rater": "r", "subject": "a", "value": "5"}, "records.value", "facts.kind"),
        ({"rater": "r", "subject": "a", "value": True}, "records.value", "facts.kind"),
        ({"rater": "r", "subject": "a", "value": 5.0}, "records.value", "facts.float"),
    ],
)
def test_ratings_that_are_none(record: dict[str, Any], where: str, message: str) -> None:
    """Somebody rates somebody by a number."""
    with pytest.raises(FactError) as refused:
        centred([record], least=1, strength=1)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"least": 0}, "least", "agents.some"),
        ({"least": True}, "least", "agents.some"),
        ({"least": 2.0}, "least", "agents.some"),
        ({"strength": 0}, "strength", "scoring.strength"),
        ({"strength": -1}, "strength", "scoring.strength"),
        ({"strength": 0.5}, "strength", "curves.number"),
        ({"strength": True}, "strength", "curves.number"),
    ],
)
def test_bounds_that_are_none(options: dict[str, Any], where: str, message: str) -> None:
    """Also where there is nothing to adjust."""
    given_: dict[str, Any] = {"least": 1, "strength": 1}
    with pytest.raises(DefinitionError) as refused:
        centred([], **given_ | options)
    assert (refused.value.where, refused.value.message) == (where, message)


@given(MARKS, st.integers(1, 9))
def test_in_full_the_total_stays(marks: list[Mark], strength: int) -> None:
    """Where every rater counts in full, what the mild give up is what the severe get back."""
    found = centred(read(marks), least=1, strength=strength)
    assert total(found) == sum((value for _, _, value in marks), Fraction(0))


@given(MARKS, st.integers(1, 4), st.integers(1, 9))
def test_a_rater_still_says_who_is_better(marks: list[Mark], least: int, strength: int) -> None:
    """Between two marks of one rater lies what lay there before, and who gave the higher mean never gains."""
    found = centred(read(marks), least=least, strength=strength)
    moved: dict[str, set[Fraction]] = {}
    for one in found:
        moved.setdefault(one.rater, set()).add(one.raw - one.adjusted)
    assert all(len(off) == 1 for off in moved.values())
    middle = sum((one.raw for one in found), Fraction(0)) / max(len(found), 1)
    for rater, (off,) in moved.items():
        own = [one.raw for one in found if one.rater == rater]
        far = sum(own, Fraction(0)) / len(own) - middle
        assert min(far, Fraction(0)) <= off <= max(far, Fraction(0))


@given(MARKS, st.integers(1, 4), st.fractions(1, 9), st.fractions(1, 9))
def test_the_more_the_mean_of_all_counts_the_less_is_taken_off(
    marks: list[Mark], least: int, one: Fraction, other: Fraction
) -> None:
    """Nobody is moved further by a greater strength, nor by a greater least number of people."""
    weak, strong = sorted([one, other])
    for more, less in [((least, weak), (least, strong)), ((least, weak), (least + 1, weak))]:
        far, near = (centred(read(marks), least=people, strength=strength) for people, strength in (more, less))
        assert all(abs(a.raw - a.adjusted) >= abs(b.raw - b.adjusted) for a, b in zip(far, near, strict=True))


@given(MARKS, st.integers(1, 4), st.fractions(-3, 3, max_denominator=9))
def test_a_rater_who_adds_to_every_mark_gains_nothing_by_it(marks: list[Mark], least: int, more: Fraction) -> None:
    """In full, a mark of everybody rises by the share of that rater in all marks; and if all add, all rise by it."""
    mine = [rater == "r" for rater, _, _ in marks]
    raised: list[Mark] = [(rater, who, value + (more if rater == "r" else 0)) for rater, who, value in marks]
    before, after = (centred(read(one), least=1, strength=1) for one in (marks, raised))
    share = Fraction(sum(mine), max(len(marks), 1))
    assert [one.adjusted + more * share for one in before] == [one.adjusted for one in after]
    everybody: list[Mark] = [(rater, who, value + more) for rater, who, value in marks]
    before, after = (centred(read(one), least=least, strength=1) for one in (marks, everybody))
    assert [one.adjusted + more for one in before] == [one.adjusted for one in after]


@given(MARKS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_ratings_changes_nothing(marks: list[Mark], least: int, chance: Any) -> None:
    """They are given back in the order in which they came."""
    before = centred(read(marks), least=least, strength=1)
    places = list(range(len(marks)))
    chance.shuffle(places)
    assert centred(read([marks[place] for place in places]), least=least, strength=1) == tuple(
        before[place] for place in places
    )
