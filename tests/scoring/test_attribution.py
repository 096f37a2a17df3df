"""Whose work it was: shares are the whole, and what is split adds up to what was rated."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Attribution, Average, Kpi, attributed

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
TABLE = {
    "P1": Attribution({"head": Fraction(1, 6), "department": THIRD, "E07": HALF}),
    "P2": Attribution({"E08": 1}),
    "P3": Attribution({"E07": Decimal("0.4"), "E08": Decimal("0.6")}),
}
RATINGS = st.lists(
    st.builds(
        lambda project, mark: {"project": project, "mark": mark},
        st.sampled_from(list(TABLE)),
        st.fractions(-HALF, 2, max_denominator=20),
    ),
    max_size=9,
)
SHARES = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 9), min_size=1).map(
    lambda parts: {who: Fraction(part, sum(parts.values())) for who, part in parts.items()}
)


def test_one_rating_touches_several() -> None:
    """Each by its share, with all that the rating says; nothing of the rating is changed."""
    rating = {"project": "P1", "mark": 2, "comment": "quick"}
    assert attributed([rating], "project", TABLE) == (
        {**rating, "subject": "head", "share": Fraction(1, 6)},
        {**rating, "subject": "department", "share": THIRD},
        {**rating, "subject": "E07", "share": HALF},
    )
    assert rating == {"project": "P1", "mark": 2, "comment": "quick"}
    assert attributed([], "project", {}) == ()


def test_averages_of_the_people_and_of_the_whole() -> None:
    """E07 has half of a 2 and 0.4 of a -1; all together have the mean of the three ratings."""
    ratings = [{"project": "P1", "mark": 2}, {"project": "P2", "mark": 1}, {"project": "P3", "mark": -1}]
    kpi = Kpi(formula=Average("mark", weight="share"), direction="more", unit="points")
    split = attributed(ratings, "project", TABLE)
    found = {who: str(one.value) for (who,), one in kpi.by(split, "subject").items()}
    assert found == {"E07": "2/3", "E08": "1/4", "department": "2", "head": "2"}
    assert kpi.measure(split).value == Fraction(2, 3)


def test_what_was_split_is_split_further() -> None:
    """A project is of two departments, and a department of its people: they have shares of shares."""
    departments = {"P": Attribution({"north": Fraction(3, 4), "south": Fraction(1, 4)})}
    first = attributed([{"project": "P"}], "project", departments)
    people = {"north": Attribution({"a": THIRD, "b": 1 - THIRD}), "south": Attribution({"c": 1})}
    found = attributed(first, "subject", people)
    assert [(one["subject"], str(one["share"])) for one in found] == [("a", "1/4"), ("b", "1/2"), ("c", "1/4")]


@pytest.mark.parametrize(
    ("given_", "where", "message"),
    [
        ({}, "shares", "scoring.shares"),
        ({"a": HALF}, "shares", "scoring.shares"),
        ({"a": 1, "b": HALF}, "shares", "scoring.shares"),
        ({"a": THIRD, "b": THIRD, "c": Decimal("0.3333333333")}, "shares", "scoring.shares"),
        ({"a": 0, "b": 1}, "shares.a", "scoring.weight"),
        ({"a": 2, "b": -1}, "shares.b", "scoring.weight"),
        ({"a": 1.0}, "shares.a", "curves.number"),
        ({"a": True}, "shares.a", "curves.number"),
        ({"a": "1"}, "shares.a", "curves.number"),
        ({"a": Decimal("NaN")}, "shares.a", "curves.number"),
    ],
)
def test_shares_that_are_not_the_whole(given_: Any, where: str, message: str) -> None:
    """Each above 0, together exactly 1: thirds are thirds."""
    with pytest.raises(DefinitionError) as refused:
        Attribution(given_)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("record", "where", "message"),
    [
        ({"project": "P4"}, "records.project", "attribution.unknown"),
        ({"project": None}, "records.project", "attribution.unknown"),
        ({"project": ["P1"]}, "records.project", "attribution.unknown"),
        ({"project": 1}, "records.project", "attribution.unknown"),
        ({}, "records.project", "attribution.unknown"),
        ({"project": "P1", "share": 0.5}, "records.share", "facts.float"),
        ({"project": "P1", "share": "1/2"}, "records.share", "facts.kind"),
    ],
)
def test_work_of_nobody(record: dict[str, Any], where: str, message: str) -> None:
    """No rating is left aside because nobody is named."""
    with pytest.raises(FactError) as refused:
        attributed([{"project": "P1"}, record], "project", TABLE)
    assert (refused.value.where, refused.value.message) == (where, message)


def test_the_nearest_name_is_told() -> None:
    """For a slip of the pen."""
    with pytest.raises(FactError, match="write P-100"):
        attributed([{"project": "P-10O"}], "project", {"P-100": TABLE["P1"], "Q": TABLE["P2"]})


@given(SHARES, st.randoms(use_true_random=False))
def test_whatever_the_whole_is_cut_into(parts: dict[str, Fraction], chance: Any) -> None:
    """Shares that add up are taken as they are, in whatever order."""
    pairs = list(parts.items())
    chance.shuffle(pairs)
    assert dict(Attribution(dict(pairs)).shares) == parts
    assert Attribution(dict(pairs)) == Attribution(parts)


@given(RATINGS)
def test_every_rating_counts_once(ratings: list[dict[str, Any]]) -> None:
    """The figures of the people add up to the figure of the ratings, in sum and in number."""
    split = attributed(iter(ratings), "project", TABLE)
    plain = Kpi(formula=Average("mark"), direction="more", unit="share")
    weighed = Kpi(formula=Average("mark", weight="share"), direction="more", unit="share")
    whole: Any = weighed.measure(split)
    assert whole.value == plain.measure(ratings).value
    people: Any = list(weighed.by(split, "subject").values())
    assert sum(one.numerator for one in people) == sum(one["mark"] for one in ratings)
    assert sum(one.denominator for one in people) == len(ratings)


@given(RATINGS, SHARES)
def test_cutting_further_moves_nothing(ratings: list[dict[str, Any]], parts: dict[str, Fraction]) -> None:
    """What a head hands on to others stays the head's in sum, and the others keep theirs."""
    once = attributed(ratings, "project", TABLE)
    names = {str(one["subject"]) for one in once}
    table = {who: Attribution({who: 1}) for who in names} | {"head": Attribution(parts)}
    twice = attributed(once, "subject", table)
    kept: dict[str, Fraction] = {}
    for one in twice:
        who = str(one["subject"]) if one["subject"] in names else "head"
        kept[who] = kept.get(who, Fraction(0)) + Fraction(str(one["share"]))
    assert kept == {who: sum(Fraction(str(one["share"])) for one in once if one["subject"] == who) for who in names}
