"""KPIs: who counts, who is left aside, over which period; parts add up to the whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.conditions import Eq, FactSchema, FactType, Range
from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Average, Backlog, FirstContact, Kpi, Measure, Proportion, Quantile, RecordKind, Total

BERLIN = "Europe/Berlin"
NEW_YEAR = date(2026, 1, 1)
MARCH = Period.of("month", date(2026, 3, 1), BERLIN)
RECORDS = st.lists(
    st.builds(
        lambda team, day, mark, kind: {
            "team": team,
            "day": date(2026, 1, 1) + timedelta(day),
            "mark": mark,
            "kind": kind,
        },
        st.sampled_from(["north", "south", None]),
        st.integers(0, 89),
        st.integers(0, 5),
        st.sampled_from(["real", "test"]),
    ),
    max_size=12,
)
FORMULAS = st.sampled_from(
    [
        Average("mark"),
        Proportion(Range("mark", 4, None)),
        Total("mark", empty_is_zero=True),
        Total(None, empty_is_zero=True),
        Quantile("mark", share=Fraction(1, 2), method="linear"),
    ]
)


def kpi(formula: Any = None, **changes: Any) -> Kpi:
    """The mean mark, more is better."""
    given_: dict[str, Any] = {"formula": formula or Average("mark"), "direction": "more", "unit": "points"}
    return Kpi(**given_ | changes)


def test_who_counts() -> None:
    """Eligible, not excepted, of the period; whoever does not say stands apart."""
    found = kpi(where=Eq("kind", "real"), exclude=Eq("source", "test"), at="day").sift(
        [
            {"kind": "real", "source": "desk", "day": date(2026, 3, 1)},
            {"kind": "real", "source": "desk", "day": date(2026, 3, 31)},
            {"kind": "real", "source": "desk", "day": date(2026, 4, 1)},
            {"kind": "real", "source": "test", "day": date(2026, 3, 1)},
            {"kind": "other", "source": "desk"},
            {"source": "desk"},
            {"kind": "real"},
        ],
        period=MARCH,
    )
    assert len(found.counted) == 2
    assert (found.not_eligible, found.excluded, found.unknown, found.outside) == (1, 1, 2, 1)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), True),  # midnight in Berlin
        (datetime(2026, 2, 28, 22, 59, 59, 999_999, tzinfo=UTC), False),
        (datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC), True),  # summer time by then
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), False),
        (date(2026, 3, 31), True),
    ],
)
def test_by_moment_or_by_date(at: Any, inside: bool) -> None:  # noqa: FBT001 - a row
    """On the wall clocks of the period's zone."""
    assert len(kpi(at="at").sift([{"at": at}], period=MARCH).counted) == inside


def test_periods_and_windows() -> None:
    """No shorter than the definition allows; longer ones pool."""
    monthly = kpi(window="month", at="day")
    records = [{"mark": 1, "day": date(2026, 2, 1)}, {"mark": 4, "day": date(2026, 3, 1)}]
    assert monthly.measure(records, period=Period.of("quarter", date(2026, 1, 1), BERLIN)).value == Fraction(5, 2)
    with pytest.raises(DefinitionError) as caught:
        monthly.measure(records, period=Period.of("day", date(2026, 3, 1), BERLIN))
    assert caught.value.message == "kpis.window"
    with pytest.raises(DefinitionError) as caught:
        kpi().measure(records, period=MARCH)
    assert caught.value.message == "kpis.no_at"
    for record in ({"mark": 1}, {"mark": 1, "day": "March"}):
        with pytest.raises(FactError):
            monthly.measure([record], period=MARCH)


@given(RECORDS, RECORDS, FORMULAS)
def test_merging_measures_is_measuring_merged_records(one: Any, other: Any, formula: Any) -> None:
    """For every way of counting; the order says nothing, and what is excluded never counts."""
    real = kpi(formula, exclude=Eq("kind", "test"))
    whole = real.measure(one + other)
    assert real.measure(one) + real.measure(other) == whole
    assert real.measure((one + other)[::-1]) == whole
    assert real.measure([record for record in one + other if record["kind"] == "real"]) == whole


@given(RECORDS.filter(bool), FORMULAS)
def test_groups_and_months_add_up(records: Any, formula: Any) -> None:
    """Teams to the whole, months to the quarter; a missing team is a group of its own."""
    mine = kpi(formula, at="day")
    whole = mine.measure(records)
    assert reduce(add, mine.by(records, "team").values()) == whole
    months = mine.by(records, period="month", zone=BERLIN)
    assert reduce(add, months.values()) == whole
    for (label,), figure in months.items():
        assert figure == mine.measure(records, period=Period.of("month", date.fromisoformat(f"{label}-01"), BERLIN))
    assert {key[1] for key in mine.by(records, "team", period="month", zone=BERLIN)} <= {"north", "south", ""}


def test_weeks_and_moments_in_groups() -> None:
    """A moment belongs to the week of its local date; one without date to none."""
    late = {"mark": 1, "at": datetime(2026, 3, 1, 23, 30, tzinfo=UTC)}  # Monday in Berlin
    found = kpi(at="at").by([late, late], period="week", zone=BERLIN, week="Monday")
    assert dict(found) == {("2026-03-02",): Measure(2, 2, 2)}
    for record in ({"mark": 1}, {"mark": 1, "at": None}):
        with pytest.raises(FactError):
            kpi(at="at").by([record], period="month", zone=BERLIN)
    with pytest.raises(FactError):
        kpi().by([late], period="month", zone=BERLIN)


@given(RECORDS)
def test_reasons_add_up_to_the_whole(records: Any) -> None:
    """Each reason's own numerator over the denominator of all."""
    whole = kpi(Proportion(Eq("mark", 0))).measure(records)
    parts = kpi(Proportion(Eq("mark", 0))).split(records, "team")
    assert isinstance(whole, Measure)
    assert sum(part.numerator for part in parts.values()) == whole.numerator
    assert all(part.denominator == whole.denominator for part in parts.values())
    assert sum(part.n for part in parts.values()) == whole.n


def test_only_shares_have_reasons() -> None:
    """A median cannot be split."""
    with pytest.raises(DefinitionError) as caught:
        kpi(Total("mark", empty_is_zero=True)).split([], "team")
    assert caught.value.message == "kpis.split"


def test_what_is_judged_by_age() -> None:
    """The end of the period is when we ask; a backlog counts from whenever, first contacts by their own date."""
    start = datetime(2026, 2, 27, 23, tzinfo=UTC)
    backlog = kpi(Backlog(opened="at", closed="closed"), at="at")
    assert backlog.measure([{"at": start}], period=MARCH).value == MARCH.end.timestamp() - start.timestamp()
    first = kpi(FirstContact(key=["who"], at="at", window=timedelta(1), inclusive=True), at="at")
    contacts = [{"who": "a", "at": start}, {"who": "a", "at": start + timedelta(hours=20)}, {"who": "b", "at": start}]
    contacts += [{"who": "c", "at": start + timedelta(9)}]
    assert first.measure(contacts, period=MARCH) == Measure(1, 1, 1)
    assert first.measure(contacts, period=MARCH.previous, as_of=MARCH.end) == Measure(1, 2, 2)
    with pytest.raises(DefinitionError):
        first.measure(contacts)


@pytest.mark.parametrize(("mark", "message"), [(11, "scales.off"), (-1, "scales.off"), (True, "facts.kind")])
def test_off_the_scale_is_refused(mark: Any, message: str) -> None:
    """Never moved to the nearest bound; a missing mark is on every scale."""
    scaled = kpi(scales={"mark": Scale(0, 10, step=1)}, missing="leave out")
    with pytest.raises(FactError) as caught:
        scaled.measure([{"mark": 5}, {"mark": mark}])
    assert (caught.value.where, caught.value.message) == ("records.mark", message)
    assert scaled.measure([{"mark": 5}, {}]).n == 1
    assert kpi(at="day", scales={"other": Scale(0, 1)}, where=Eq("w", 1), exclude=Eq("x", 1)).fields == {
        "mark",
        "day",
        "other",
        "w",
        "x",
    }


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"direction": "up"}, "direction"), ({"window": "fortnight"}, "window"), ({"missing": "guess"}, "missing")],
)
def test_no_such_definition(changes: dict[str, Any], where: str) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as caught:
        kpi(**changes)
    assert caught.value.where == where


def test_kinds_of_records() -> None:
    """The field that tells the period must be declared, as a date or a moment."""
    fields = FactSchema({"day": FactType("date"), "mark": FactType("number")})
    assert RecordKind(fields, "day").at == "day"
    for at in ("mark", "dya"):
        with pytest.raises(DefinitionError) as caught:
            RecordKind(fields, at)
        assert caught.value.where == "at"
    assert RecordKind(fields, nothing=["n/a"]).nothing == ("n/a",)
