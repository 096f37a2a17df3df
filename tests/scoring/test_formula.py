"""Formulas: what a record adds, and what becomes of one that does not say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcstd.conditions import Eq, Present, Range
from svcstd.curves import GradeScale
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Average, Backlog, Net, Proportion, Quantile, Ratio, Total

HALF = Fraction(1, 2)
GRADES = GradeScale({"I": 1, "II": Fraction(3, 2), "IV": 3})
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LIKED = Proportion(Range("mark", 4, None))
MARKS: list[dict[str, Any]] = [{"mark": 5}, {"mark": 2}, {}]


@pytest.mark.parametrize(
    ("formula", "records", "value", "n"),
    [
        (LIKED, [{"mark": 5}, {"mark": 4}, {"mark": 1}], Fraction(2, 3), 3),
        (Proportion(Eq("late", value=False), Present("late")), [{"late": False}, {"late": True}, {}], HALF, 2),
        (Net(Range("s", 9, None), Range("s", None, 6)), [{"s": 10}, {"s": 9}, {"s": 7}, {"s": 0}], Fraction(1, 4), 4),
        (Net(Eq("s", 1), Eq("s", 0), Present("s")), [{"s": 0}, {}], -1, 1),
        (Average("a"), [{"a": 1}, {"a": Decimal("2.5")}], Fraction(7, 4), 2),
        (Average(["a", "b"]), [{"a": 1, "b": 2}, {"a": 3, "b": 4}], 5, 2),
        (Average({"a": 1, "b": -2}), [{"a": 5, "b": 1}], 3, 1),
        (Average("a", weight="w"), [{"a": 1, "w": HALF}, {"a": 3, "w": Fraction(3, 2)}], Fraction(5, 2), 2),
        (Average("g", grades=GRADES), [{"g": "I"}, {"g": "II"}], Fraction(5, 4), 2),
        (
            Average("t"),
            [{"t": timedelta(minutes=1)}, {"t": timedelta(microseconds=1)}],
            Fraction(60_000_001, 2_000_000),
            2,
        ),
        (Ratio("a", per="b"), [{"a": 1, "b": 2}, {"a": 1, "b": 6}], Fraction(1, 4), 2),
        (Ratio({"s": 1, "out": -1}, per="s"), [{"s": 480, "out": 25}], Fraction(455, 480), 1),
        (Total("g", empty_is_zero=True, grades=GRADES), [{"g": "IV"}, {"g": "I"}], 4, 2),
        (Total(None, empty_is_zero=False), [{}, {}], 2, 2),
        (Total(None, empty_is_zero=False), [], None, 0),
        (Quantile("a", share=HALF, method="linear"), [{"a": 1}, {"a": 4}, {"a": 100}], 4, 3),
    ],
)
def test_figures(formula: Any, records: list[dict[str, Any]], value: Any, n: int) -> None:
    """One row a supervisor would sign for each way of counting."""
    found = formula.measure(records, "refuse")
    assert (found.value, found.n) == (value, n)


@pytest.mark.parametrize(
    ("formula", "left_out", "as_zero"),
    [
        (LIKED, HALF, Fraction(1, 3)),
        (Proportion(Eq("mark", 5), Range("mark", 1, None)), HALF, HALF),
        (Net(Eq("mark", 5), Eq("mark", 2)), 0, 0),
        (Average("mark"), Fraction(7, 2), Fraction(7, 3)),
        (Total("mark", empty_is_zero=True), 7, 7),
        (Quantile("mark", share=1, method="linear"), 5, 5),
        (Ratio("mark", per="mark"), 1, 1),
    ],
)
def test_who_does_not_say(formula: Any, left_out: Any, as_zero: Any) -> None:
    """Refused with the field; left out; or counted as nothing."""
    with pytest.raises(FactError) as caught:
        formula.measure(MARKS, "refuse")
    assert (caught.value.where, caught.value.message) == ("records.mark", "kpis.missing")
    assert formula.measure(MARKS, "leave out").value == left_out
    assert formula.measure(MARKS, "as zero").value == as_zero
    assert "mark" in formula.fields


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: Average("a").measure([{"a": 0.5}], "refuse"), "records.a", "facts.float"),
        (lambda: Average("a").measure([{"a": True}], "refuse"), "records.a", "facts.kind"),
        (lambda: Average("a").measure([{"a": "5"}], "refuse"), "records.a", "facts.kind"),
        (lambda: Average("a", weight="w").measure([{"a": 1}], "refuse"), "records.w", "kpis.weight"),
        (lambda: Average("a", weight="w").measure([{"a": 1, "w": -1}], "refuse"), "records.w", "kpis.weight"),
        (lambda: Average("g", grades=GRADES).measure([{"g": "V"}], "refuse"), "records.g", "scales.grade"),
        (lambda: Ratio("a", per="b").measure([{"a": 1, "b": -1}], "refuse"), "records.b", "scoring.denominator"),
        (lambda: Net(Eq("s", 1), Range("s", 1, 2)).measure([{"s": 1}], "refuse"), "records", "kpis.both"),
    ],
)
def test_records_that_cannot_be(call: Any, where: str, message: str) -> None:
    """With the field, and what is wrong with it."""
    with pytest.raises(FactError) as caught:
        call()
    assert (caught.value.where, caught.value.message) == (where, message)


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: Average([]), "fields"),
        (lambda: Average({"a": 0.5}), "fields.a"),
        (lambda: Quantile("a", share=2, method="linear"), "share"),
        (lambda: Backlog(opened="o", closed="c", share=HALF), "method"),
        (lambda: Backlog(opened="o", closed="c", method="linear"), "method"),
    ],
)
def test_formulas_that_cannot_be(call: Any, where: str) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as caught:
        call()
    assert caught.value.where == where


def test_fields_are_all_that_is_read() -> None:
    """So that a misspelt one can be found."""
    assert Average("a", weight="w").fields == {"a", "w"}
    assert Ratio("a", per="b").fields == {"a", "b"}
    assert Total(None, empty_is_zero=True).fields == set()
    assert Net(Eq("a", 1), Eq("b", 1), Present("c")).fields == {"a", "b", "c"}
    assert Backlog(opened="o", closed="c").fields == {"o", "c"}


def test_what_is_still_open() -> None:
    """Opened before, closed neither before nor exactly then: a day and three days old, one and a half in the middle."""
    cases: list[dict[str, Any]] = [
        {"opened": NOON - timedelta(1)},
        {"opened": NOON - timedelta(3), "closed": NOON + timedelta(1)},
        {"opened": NOON - timedelta(9), "closed": NOON},
        {"opened": NOON + timedelta(1)},
    ]
    mean, oldest = (
        Backlog(opened="opened", closed="closed"),
        Backlog(opened="opened", closed="closed", share=Fraction(1), method="linear"),
    )
    assert mean.measure(mean.derive(cases, NOON), "refuse").value == 2 * 86_400
    assert oldest.measure(oldest.derive(cases, NOON), "refuse").value == 3 * 86_400
    with pytest.raises(DefinitionError) as caught:
        mean.derive(cases, None)
    assert caught.value.where == "as_of"
    for wrong in ({}, {"opened": datetime(2026, 1, 1)}, {"opened": "Monday"}):  # noqa: DTZ001 - naive on purpose
        with pytest.raises(FactError):
            mean.derive([wrong], NOON)
