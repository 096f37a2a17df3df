"""Case mix and the vital few: hard cases do not make anybody worse, and nothing is counted twice."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import exact
from svcstd.errors import DefinitionError
from svcstd.scoring import Measure, direct, indirect, pareto

EASY_HARD = {"easy": Measure(76, 80, 80), "hard": Measure(12, 20, 20)}
AMOUNTS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 50), min_size=1).filter(
    lambda found: any(found.values())
)


def test_as_published(shared: Path) -> None:
    """The mix of everybody, and what was expected."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    found = [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["op"].startswith("casemix.")]
    assert found
    for one in found:
        strata = {key: Measure(given_["hit"], given_["n"], given_["n"]) for key, given_ in one["input"].items()}
        if one["op"] == "casemix.direct":
            got = direct(strata, {key: given_["std_n"] for key, given_ in one["input"].items()})
        else:
            got = indirect(strata, {key: Decimal(given_["std_rate"]) for key, given_ in one["input"].items()}).ratio
        assert got is not None
        assert abs(got - exact(one["expected"])) <= Fraction(str(one["tolerance"])), one["id"]


def test_a_stratum_without_cases() -> None:
    """Nothing is known of the whole mix; with expected shares it is."""
    mine = {"easy": Measure(9, 10, 10)}
    assert direct(mine, {"easy": 5, "hard": 5}) is None
    assert direct(mine, {"easy": 5, "hard": 0}) == Fraction(9, 10)
    assert direct({**mine, "hard": Measure(0, 0, 0)}, {"easy": 5, "hard": 5}) is None
    assert indirect(mine, {"easy": Fraction(9, 10), "hard": Fraction(1, 2)}).ratio == 1
    assert indirect({}, {"easy": 1}).ratio is None


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 50))
def test_the_size_of_the_mix_says_nothing(easy: int, hard: int, times: int) -> None:
    """Only its proportion does; and with one's own mix the figure stays."""
    assert direct(EASY_HARD, {"easy": easy, "hard": hard}) == direct(
        EASY_HARD, {"easy": easy * times, "hard": hard * times}
    )
    assert direct(EASY_HARD, {"easy": 80, "hard": 20}) == Fraction(88, 100)


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: direct(EASY_HARD, {"easy": 1}), "strata.hard"),
        (lambda: direct(EASY_HARD, {"easy": 0, "hard": 0}), "mix"),
        (lambda: direct(EASY_HARD, {"easy": 2, "hard": -1}), "mix"),
        (lambda: indirect(EASY_HARD, {"easy": 1}), "strata.hard"),
        (lambda: indirect(EASY_HARD, {"easy": 1, "hard": -1}), "rates.hard"),
        (lambda: pareto({}, share=1), "amounts"),
        (lambda: pareto({"a": 0}, share=1), "amounts"),
        (lambda: pareto({"a": -1}, share=1), "amounts.a"),
        (lambda: pareto({"a": 1}, share=0), "share"),
        (lambda: pareto({"a": 1}, share=2), "share"),
    ],
)
def test_refusals(call: Any, where: str) -> None:
    """Strata that both sides know, mixes and amounts of something."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


@given(AMOUNTS, st.fractions(Fraction(1, 20), 1))
def test_the_vital_few_reach_the_share_and_no_fewer_would(amounts: dict[str, int], share: Fraction) -> None:
    """The heaviest first; the running share ends at all."""
    rows = pareto(amounts, share=share)
    assert [row.amount for row in rows] == sorted(amounts.values(), reverse=True)
    assert rows[-1].running == 1
    vital = [row for row in rows if row.is_vital]
    assert vital[-1].running >= share
    assert sum(row.amount for row in vital[:-1]) < share * sum(amounts.values())
    assert list(rows[: len(vital)]) == vital


def test_equal_causes_by_name() -> None:
    """Whatever the order in which they are told; a cause of nothing is never vital."""
    assert [row.key for row in pareto({"b": 1, "a": 1, "c": 0}, share=1)] == ["a", "b", "c"]
    assert [row.is_vital for row in pareto({"b": 1, "a": 1, "c": 0}, share=1)] == [True, True, False]
