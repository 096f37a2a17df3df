"""Ladders: several tracks, periods in a row, missing ones by policy, and every need with its distance."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Range
from svcstd.errors import DefinitionError, SvcstdError, UnknownName
from svcstd.incentives import Figure, Graded, Ladder, LeastGrade, PeriodResult, Rank, Requirement, Rung, may_rise

ORDER = ("D", "C", "B", "A")
NEEDS = {"quarter": LeastGrade("B", ORDER), "csat": Requirement(at_least=Decimal("0.85"))}
UP = Rung(start="engineer", end="senior", needs=NEEDS, in_a_row=2, least_n=3, missing="breaks")
EXPERT = Rung(
    start="engineer",
    end="expert",
    needs={"quarter": LeastGrade("A", ORDER)},
    in_a_row=1,
    least_n=0,
    missing="breaks",
    when=Range("permits", 2, None),
)
LADDER = Ladder(
    ranks={
        "engineer": Rank("Engineer", "management"),
        "senior": Rank("Senior engineer", "management"),
        "expert": Rank("Expert", "expert"),
    },
    rungs=[UP, EXPERT],
)


def quarter(label: str, grade: str | None, csat: Any, n: int = 5) -> PeriodResult:
    """A quarter with both results."""
    return PeriodResult(
        label, {"quarter": Graded(grade, n), "csat": Figure.of(None if csat is None else Decimal(csat), None, n=n)}
    )


GOOD = quarter("Q1", "B", "0.90")


@pytest.mark.parametrize(
    ("history", "count", "lacks"),
    [
        ([GOOD, quarter("Q2", "A", "0.85")], 2, []),
        ([quarter("Q0", "D", "0.10"), GOOD, quarter("Q2", "A", "0.85")], 2, []),
        ([GOOD], 1, []),
        ([], 0, []),
        ([GOOD, quarter("Q2", "C", "0.90")], 0, [("Q2", "quarter", Fraction(1))]),
        ([quarter("Q0", "D", "0.80"), GOOD], 1, [("Q0", "quarter", Fraction(2)), ("Q0", "csat", Fraction(1, 20))]),
        ([GOOD, quarter("Q2", None, "0.90"), quarter("Q3", "B", "0.90")], 1, [("Q2", "quarter", None)]),
        ([GOOD, quarter("Q2", "B", None), quarter("Q3", "B", "0.90")], 1, [("Q2", "csat", None)]),
        ([GOOD, quarter("Q2", "A", "0.99", 2)], 0, [("Q2", "quarter", None), ("Q2", "csat", None)]),
        ([GOOD, PeriodResult("Q2", {})], 0, [("Q2", "quarter", None), ("Q2", "csat", None)]),
    ],
)
def test_in_a_row(history: list[PeriodResult], count: int, lacks: list[Any]) -> None:
    """The newest periods count; what ended the run is told, with its distance."""
    found, _ = may_rise(LADDER, "engineer", history)
    assert (found.in_a_row, found.is_open) == (count, count == 2)
    assert [(one.period, one.need, one.lack) for one in found.unmet] == lacks


def test_a_missing_period_by_policy() -> None:
    """It breaks the run, or is passed over; a bad period always breaks it."""
    history = [GOOD, PeriodResult("Q2", {}), quarter("Q3", "B", "0.90")]
    skipping = attrs.evolve(LADDER, rungs=[attrs.evolve(UP, missing="skipped")])
    assert may_rise(LADDER, "engineer", history)[0].in_a_row == 1
    assert may_rise(skipping, "engineer", history)[0].is_open
    assert may_rise(skipping, "engineer", [GOOD, quarter("Q2", "D", "0.9"), GOOD.__class__("Q3", {})])[0].in_a_row == 0


def test_two_tracks() -> None:
    """Both may be open at once; the facts of today count for the one that asks for them."""
    history = [GOOD, quarter("Q2", "A", "0.90")]
    both = may_rise(LADDER, "engineer", history, facts={"permits": 2})
    assert [(one.track, one.is_open) for one in both] == [("management", True), ("expert", True)]
    for facts in ({"permits": 1}, {}):
        one, other = may_rise(LADDER, "engineer", history, facts=facts)
        assert (one.is_open, other.is_open, other.in_a_row) == (True, False, 1)
    assert may_rise(LADDER, "expert", history) == ()


def test_in_words() -> None:
    """Everybody can read what is missing."""
    low = [quarter("Q1", "D", "0.80"), quarter("Q2", "B", "0.90")]
    one, other = may_rise(LADDER, "engineer", low, facts={"permits": 1})
    assert one.explanation.text() == (
        "the way to Senior engineer is not open yet: 1 of 2 periods in a row\n"
        "  in Q1, quarter was D, not >= B; grades missing: 2\n"
        "  in Q1, csat was 0.8, not >= 0.85; 0.05 are missing"
    )
    assert other.explanation.text() == (
        "the way to Expert is not open yet: 0 of 1 periods in a row\n"
        "  in Q2, quarter was B, not >= A; grades missing: 1\n"
        "  the facts do not hold\n"
        "    no: permits >= 2, for permits is 1"
    )
    (few, _) = may_rise(LADDER, "engineer", [PeriodResult("Q1", {})])
    assert "  in Q1, csat has not enough data: 0 records" in few.explanation.text().splitlines()
    (opened, _) = may_rise(LADDER, "engineer", [GOOD, quarter("Q2", "A", "0.90")])
    assert opened.explanation.text() == "the way to Senior engineer is open: 2 of 2 periods in a row"


@given(st.lists(st.sampled_from("ABCD-"), max_size=8), st.integers(1, 3), st.sampled_from(["breaks", "skipped"]))
def test_against_a_plain_count(grades: list[str], needed: int, missing: Any) -> None:
    """A way is open when the last good ones suffice, counted the slow way."""
    rung = Rung(
        start="engineer", end="senior", needs={"g": LeastGrade("B", ORDER)}, in_a_row=needed, least_n=0, missing=missing
    )
    history = [
        PeriodResult(str(place), {"g": Graded(None if grade == "-" else grade)}) for place, grade in enumerate(grades)
    ]
    (found,) = may_rise(attrs.evolve(LADDER, rungs=[rung]), "engineer", history)
    kept = "".join(grades) if missing == "breaks" else "".join(grades).replace("-", "")
    run = len(kept) - len(kept.rstrip("AB"))
    assert (found.in_a_row, found.is_open) == (min(run, needed), run >= needed)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LeastGrade("E", ORDER), "E"),
        (lambda: LeastGrade("A", ["A", "A"]), "A"),
        (lambda: attrs.evolve(UP, needs={}), "nothing is needed"),
        (lambda: attrs.evolve(UP, in_a_row=0), "0 is no number here"),
        (lambda: attrs.evolve(UP, in_a_row=True), "True is no number here"),
        (lambda: attrs.evolve(UP, least_n=-1), "-1 is no number here"),
        (lambda: attrs.evolve(UP, missing="zero"), "zero"),  # type: ignore[arg-type]
        (lambda: attrs.evolve(LADDER, rungs=[attrs.evolve(UP, end="boss")]), "boss is no rank"),
        (lambda: attrs.evolve(LADDER, rungs=[attrs.evolve(UP, start="boy")]), "boy is no rank"),
        (lambda: attrs.evolve(LADDER, rungs=[UP, UP]), "two ways lead"),
        (lambda: attrs.evolve(LADDER, rungs=[attrs.evolve(UP, end="engineer")]), "round in a circle"),
        (
            lambda: attrs.evolve(LADDER, rungs=[UP, attrs.evolve(UP, start="senior", end="engineer")]),
            "the ways between engineer, senior go round",
        ),
    ],
)
def test_no_ladder(make: Any, words: str) -> None:
    """A way that leads nowhere, or round in a circle, is refused where it is written."""
    with pytest.raises(SvcstdError, match=words):
        make()


@pytest.mark.parametrize(
    ("rank", "history", "kind", "words"),
    [
        ("boss", [GOOD], UnknownName, "boss is no rank"),
        ("engineer", [GOOD, GOOD], DefinitionError, "a period is there twice"),
        ("engineer", [quarter("Q1", "E", "1")], UnknownName, "E is no grade"),
        ("engineer", [PeriodResult("Q1", {"quarter": Figure(1, 1, 9)})], DefinitionError, "not of one kind"),
        ("engineer", [PeriodResult("Q1", {"csat": Graded("A", 9)})], DefinitionError, "not of one kind"),
    ],
)
def test_no_history(rank: str, history: list[PeriodResult], kind: Any, words: str) -> None:
    """Results that do not fit the needs are told, not passed over."""
    with pytest.raises(kind, match=words):
        may_rise(LADDER, rank, history)
