"""Case mix: hard cases do not make anybody look worse."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.scoring import Measure, direct, indirect

EASY_HARD = {"easy": Measure(76, 80, 80), "hard": Measure(12, 20, 20)}


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


SHARES = st.integers(1, 30).flatmap(lambda n: st.builds(Measure, st.integers(0, n), st.just(n), st.just(n)))
STRATA = st.dictionaries(st.sampled_from("abcde"), st.tuples(SHARES, st.integers(1, 20)), min_size=1)


@given(STRATA)
def test_standard_shares_lie_among_those_of_the_strata(strata: dict[str, tuple[Measure, int]]) -> None:
    """Between the worst and the best; by one's own mix and by one's own rates nothing changes."""
    mine = {key: one for key, (one, _) in strata.items()}
    values = {key: one.numerator / one.denominator for key, one in mine.items()}
    found = direct(mine, {key: weight for key, (_, weight) in strata.items()})
    assert found is not None
    assert min(values.values()) <= found <= max(values.values())
    hits, cases = sum(one.numerator for one in mine.values()), sum(one.denominator for one in mine.values())
    assert direct(mine, {key: one.denominator for key, one in mine.items()}) == hits / cases
    own = indirect(mine, values)
    assert own.observed == own.expected == hits


@given(STRATA, st.integers(1, 9))
def test_a_stratum_told_in_two_halves_is_the_same(strata: dict[str, tuple[Measure, int]], part: int) -> None:
    """The mix is split too, in any proportion; and merging both again changes nothing."""
    mine = {key: one for key, (one, _) in strata.items()}
    mix = {key: weight for key, (_, weight) in strata.items()}
    key = min(strata)
    halves = {
        f"{key}1": mix[key] * Fraction(part, 10),
        f"{key}2": mix[key] * Fraction(10 - part, 10),
    }
    others: dict[str, Number] = {name: weight for name, weight in mix.items() if name != key}
    split = {name: one for name, one in mine.items() if name != key} | dict.fromkeys(halves, mine[key])
    assert direct(split, others | dict(halves)) == direct(mine, mix)
    once = indirect(mine, dict.fromkeys(mine, Fraction(part, 10)))
    twice = indirect(split, dict.fromkeys(split, Fraction(part, 10)))
    assert twice.expected - once.expected == mine[key].denominator * Fraction(part, 10)


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: direct(EASY_HARD, {"easy": 1}), "strata.hard", "scoring.stratum"),
        (lambda: direct(EASY_HARD, {"easy": 0, "hard": 0}), "mix", "scoring.weight"),
        (lambda: direct({}, {}), "mix", "scoring.weight"),
        (lambda: direct(EASY_HARD, {"easy": 2, "hard": -1}), "mix.hard", "scoring.negative"),
        (lambda: direct(EASY_HARD, {"easy": 2, "hard": 0.5}), "mix.hard", "curves.number"),  # type: ignore[dict-item]
        (lambda: direct(EASY_HARD, {"easy": 2, "hard": True}), "mix.hard", "curves.number"),
        (lambda: indirect(EASY_HARD, {"easy": 1}), "strata.hard", "scoring.stratum"),
        (lambda: indirect(EASY_HARD, {"easy": 1, "hard": -1}), "rates.hard", "scoring.negative"),
        (lambda: indirect(EASY_HARD, {"easy": 1, "hard": None}), "rates.hard", "curves.number"),  # type: ignore[dict-item]
    ],
)
def test_refusals(call: Any, where: str, message: str) -> None:
    """Strata that both sides know, mixes of something, rates from 0."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)
