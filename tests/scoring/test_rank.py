"""Ranks, percentiles and quantiles as SciPy and NumPy give them, exactly."""

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
from svcstd.scoring import percentile_of, quantile, ranks


def group(shared: Path, name: str) -> list[dict[str, Any]]:
    """The vectors of a group; numbers as they are written."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text, parse_float=Decimal)["vectors"] if one["group"] == name]


def test_ranks_percentiles_and_quantiles_as_published(shared: Path) -> None:
    """Every tie method, every percentile, the quantiles and quartiles by name."""
    found = group(shared, "rank")
    for vector in found:
        kind, method = vector["op"].split(".")
        given_, expected = vector["input"], vector["expected"]
        answer: Any
        if kind == "rank":
            answer = list(ranks(given_["values"], method=method))
        elif kind == "percentile_of_score":
            answer, expected = [100 * percentile_of(given_["score"], given_["values"], method=method)], [expected]
        elif kind == "quantile":
            answer, expected = [quantile(given_["values"], given_["p"], method=method)], [expected]
        else:
            answer = [quantile(given_["values"], Fraction(n, 4), method=method) for n in (1, 2, 3)]
        for one, wanted in zip(answer, expected, strict=True):
            assert abs(one - exact(wanted)) <= Fraction(str(vector["tolerance"])), vector["id"]
    assert len(found) == 14


@pytest.mark.parametrize(
    ("ask", "where", "message"),
    [
        (lambda: ranks([], method="min"), "values", "shape.empty"),
        (lambda: ranks([1], method="best"), "method", "choice.unknown"),  # type: ignore[arg-type] # on purpose
        (lambda: ranks([1, 0.5], method="min"), "values[1]", "curves.number"),  # type: ignore[list-item] # on purpose
        (lambda: quantile([1], 2, method="linear"), "share", "shape.bounds"),
        (lambda: quantile([1], Fraction(-1, 2), method="linear"), "share", "shape.bounds"),
        (lambda: percentile_of(1, [], method="mean"), "values", "shape.empty"),
    ],
)
def test_what_cannot_be_is_refused(ask: Any, where: str, message: str) -> None:
    """No values, another method, a float, a share that is none."""
    with pytest.raises(DefinitionError) as refused:
        ask()
    assert (refused.value.where, refused.value.message) == (where, message)


VALUES = st.lists(st.integers(-5, 5) | st.fractions(-5, 5, max_denominator=4), min_size=1, max_size=9)
METHODS = ("inverted_cdf", "linear", "hazen", "weibull", "median_unbiased", "normal_unbiased")


@given(VALUES, st.data())
def test_the_order_in_which_values_come_does_not_matter(values: list[Any], data: st.DataObject) -> None:
    """Each keeps its rank, unless ties go by their order."""
    turned = data.draw(st.permutations(list(enumerate(values))))
    for method in ("average", "min", "max", "dense"):
        before: Any = ranks(values, method=method)
        after: Any = ranks([value for _, value in turned], method=method)
        assert [before[number] for number, _ in turned] == list(after)
    assert sum(ranks(values, method="average")) == sum(ranks(values, method="ordinal"))


@given(VALUES, st.fractions(0, 1), st.fractions(0, 1), st.sampled_from(METHODS))
def test_a_larger_share_never_has_a_smaller_quantile(
    values: list[Any], one: Fraction, other: Fraction, method: Any
) -> None:
    """And all lie between the least and the greatest value."""
    low, high = sorted((one, other))
    assert min(values) <= quantile(values, low, method=method) <= quantile(values, high, method=method) <= max(values)


@given(VALUES, st.integers(-6, 6))
def test_percentiles_in_their_order(values: list[Any], value: int) -> None:
    """Strict is no more than mean, mean no more than rank, rank no more than weak."""
    found = [percentile_of(value, values, method=method) for method in ("strict", "mean", "rank", "weak")]
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] <= 1
