"""Scores over columns: each with all its lines what the scalar code says of the rows; and every refusal too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import Period, loads
from svcstd.errors import DefinitionError, FactError, SvcstdError, UnknownName
from svcstd.scoring import Measure, Tally

np: Any = pytest.importorskip("numpy")
batch: Any = pytest.importorskip("svcstd.batch")

STANDARD = loads("""
svcstd = 1
id = "field"
name = "Field service"
zone = "Asia/Shanghai"
[scales]
rating = { from = -1, to = 2 }
difficulty = { grades = { I = 1, II = 1.5, IV = 3 } }
[records.rating]
at = "day"
[records.rating.fields]
agent = "text"
day = "date"
technical = { kind = "number", float_digits = 2 }
attitude = { kind = "number", within = "[-2..2]" }
[records.repair]
at = "closed"
[records.repair.fields]
agent = "text"
closed = "moment"
difficulty = "text"
[records.visit.fields]
agent = "text"
late = "true or false"
[kpis.technical]
of = "rating"
better = "more"
unit = "share"
mean = "technical"
scales = { technical = "rating" }
[kpis.attitude]
of = "rating"
better = "more"
unit = "share"
mean = "attitude"
missing = "leave out"
[kpis.points]
of = "repair"
better = "more"
unit = "points"
sum = "difficulty"
grades = "difficulty"
empty = "zero"
[kpis.punctual]
of = "visit"
better = "more"
unit = "share"
count = { late = false }
[kpis.middle]
of = "rating"
better = "more"
unit = "share"
quantile = "technical"
share = "50 %"
method = "linear"
[scorecards.engineer]
of = "agent"
mean = "arithmetic"
weights = { technical = 0.6, attitude = 0.3, points = 0.1 }
missing = "reweight"
least_covered = 0.1
round = "0.01 half up"
grades = { A = ">= 1.20", B = ">= 0.92", C = "else" }
[scorecards.engineer.parts.points]
kpi = "points"
curve = { cohort = "range", better = "more", flat = "full", scale = 1 }
[scorecards.punctual]
of = "agent"
mean = "arithmetic"
weights = { punctual = 1 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[scorecards.middle]
of = "agent"
mean = "arithmetic"
weights = { middle = 1 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[scorecards.all]
mean = "arithmetic"
weights = { points = 1, technical = 1 }
missing = "withhold"
least_covered = 1
round = "0.1 half up"
[changes.2026-07-01]
why = "attitude counts more"
scorecards.engineer.weights = { technical = 1, attitude = 1, points = 1 }
""")
JUNE = Period.of("month", date(2026, 6, 1), "Asia/Shanghai")
TIMES = [datetime(2026, 5, 31, 15, 59, tzinfo=UTC), datetime(2026, 5, 31, 16, tzinfo=UTC), JUNE.end]
ratings = st.fixed_dictionaries(
    {"agent": st.sampled_from(["E1", "E2", "E3"]), "day": st.dates(date(2026, 5, 30), date(2026, 7, 2))},
    optional={
        "technical": st.sampled_from([1, 0, Decimal("1.25"), Fraction(1, 3), 0.125, -1]),
        "attitude": st.sampled_from([2, Decimal("0.5"), None, -2]),
    },
)
repairs = st.fixed_dictionaries(
    {"agent": st.sampled_from(["E1", "E2", "E4"]), "closed": st.sampled_from(TIMES)},
    optional={"difficulty": st.sampled_from(["I", "II", "IV"])},
)
wrong = st.fixed_dictionaries(
    {},
    optional={
        "agent": st.sampled_from(["E1", "E2", "E2", 5, None]),
        "day": st.sampled_from([date(2026, 6, 2), date(2026, 6, 3), None, "today"]),
        "technical": st.sampled_from([1, 1, 3, "1", True, Decimal("NaN")]),
        "attitude": st.sampled_from([1, 1, 3, 0.5]),
    },
)
cards = st.sampled_from(["engineer", "engineer", "all"])
periods = st.sampled_from([JUNE, JUNE.next, Period.of("quarter", date(2026, 6, 1), "Asia/Shanghai")])


def columns_of(rows: Sequence[Mapping[str, Any]], *fields: str) -> dict[str, list[Any]]:
    """The fields of all rows as lists."""
    return {name: [row.get(name) for row in rows] for name in fields}


def tables(ratings: Sequence[Mapping[str, Any]], repairs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Both kinds."""
    return {
        "rating": columns_of(ratings, "agent", "day", "technical", "attitude"),
        "repair": columns_of(repairs, "agent", "closed", "difficulty"),
    }


def told(ask: Callable[[], Any]) -> Any:
    """The scores; or the error."""
    try:
        return ask()
    except SvcstdError as error:
        return type(error), error.where, error.message, dict(error.params)


@given(cards, st.lists(ratings, max_size=8), st.lists(repairs, max_size=6), periods)
def test_every_score_is_that_of_the_records(card: str, some: list[Any], others: list[Any], period: Period) -> None:
    """With all its lines, and whom it is compared with."""
    scalar = told(lambda: STANDARD.scores(card, {"rating": some, "repair": others}, period=period))
    assert told(lambda: batch.scores(STANDARD, card, tables(some, others), period=period)) == scalar


@given(cards, st.lists(st.one_of(ratings, wrong), max_size=5), st.lists(repairs, max_size=3))
def test_what_the_records_refuse(card: str, some: list[Any], others: list[Any]) -> None:
    """The row that the scalar code meets first, with its place and its words."""
    whole = [{name: row.get(name) for name in ("agent", "day", "technical", "attitude")} for row in some]
    scalar = told(lambda: STANDARD.scores(card, {"rating": whole, "repair": others}, period=JUNE))
    assert told(lambda: batch.scores(STANDARD, card, tables(some, others), period=JUNE)) == scalar


def test_columns_of_numpy() -> None:
    """A month of engineers: arrays with gaps, instants, whole numbers, words once each."""
    rating = {
        "agent": batch.Encoded(["E1", "E2"], np.array([0, 1, 1], dtype=np.int32)),
        "day": np.array(["2026-06-02", "2026-06-03", "2026-05-31"], dtype="datetime64[D]"),
        "technical": np.array([1.25, 0.5, 1.0]),
        "attitude": np.ma.MaskedArray(np.array([1, 0, 2]), mask=[False, True, False]),
    }
    repair = {
        "agent": np.array(["E1", "E2"]),
        "closed": np.array(["2026-05-31T15:59:59", "2026-05-31T16:00:00"], dtype="datetime64[s]"),
        "difficulty": np.array(["IV", "I"]),
    }
    found = batch.scores(STANDARD, "engineer", {"rating": rating, "repair": repair}, period=JUNE)
    assert {who: (str(one.value), one.grade, one.edition) for who, one in found.items()} == {
        "E1": ("1.05", "B", ""),  # (0.6 x 1.25 + 0.3 x 1 + 0.1 x 0) / 1
        "E2": ("0.57", "C", ""),  # (0.6 x 0.5 + 0.1 x 1) / 0.7
    }


def test_a_column_that_is_wrong() -> None:
    """Not declared; beyond its bounds; a row of nobody; an instant between two microseconds."""

    def ask(rating: Mapping[str, Any], repair: Mapping[str, Any] | None = None) -> Any:
        given = {"rating": rating, "repair": repair or {"agent": []}}
        return told(lambda: batch.scores(STANDARD, "engineer", given, period=JUNE))

    days = np.array(["2026-06-02"] * 2, dtype="datetime64[D]")
    kind, where, message, params = ask({"agent": ["E1", "E1"], "tecnical": [1, 1]})
    assert (kind, where, message) == (FactError, "records.rating.tecnical", "facts.name")
    assert params["nearest"] == "technical"
    kind, where, message, _ = ask({"agent": ["E1", "E1"], "day": days, "attitude": np.array([2, 3])})
    assert (kind, where, message) == (FactError, "records.rating[1].attitude", "facts.within")
    kind, where, message, _ = ask({"agent": ["E1", None], "day": days})
    assert (kind, where, message) == (FactError, "records.rating[1].agent", "kpis.missing")
    finer = {"agent": ["E1"], "closed": np.array(["2026-06-02T00:00:00.000000001"], dtype="datetime64[ns]")}
    assert ask({"agent": []}, finer)[0] is DefinitionError


def test_what_is_asked() -> None:
    """No such card, a kind too many, one too few, a figure without a form over columns, no moment."""
    nothing: dict[str, Any] = {"rating": {"agent": []}, "repair": {"agent": []}}

    def ask(card: str, given: Any, **when: Any) -> Any:
        return told(lambda: batch.scores(STANDARD, card, given, **when))[:3]

    assert ask("enginer", nothing, period=JUNE) == (UnknownName, "card", "scoring.unknown_card")
    assert ask("engineer", nothing | {"visit": {}}, period=JUNE) == (UnknownName, "records.visit", "records.unasked")
    assert ask("engineer", {"rating": {"agent": []}}, period=JUNE) == (UnknownName, "records", "records.none")
    assert ask("middle", {"rating": {"agent": ["E1"]}}, period=JUNE) == (DefinitionError, "formula", "batch.formula")
    assert ask("engineer", nothing) == (DefinitionError, "period", "standard.when")
    assert batch.scores(STANDARD, "engineer", nothing, as_of=JUNE.start) == {}


def test_records_without_a_date_are_all_of_the_period() -> None:
    """As in the scalar code."""
    visits = {"agent": ["E1", "E1", "E2"], "late": np.array([True, False, False])}
    found = batch.scores(STANDARD, "punctual", {"visit": visits}, period=JUNE)
    assert {who: one.value for who, one in found.items()} == {"E1": Decimal("0.50"), "E2": Decimal("1.00")}


def test_figures_counted_elsewhere() -> None:
    """Two months counted apart, added up, are scored as their records together; what is no figure is refused."""
    rows = [{"agent": "E1", "late": late} for late in (True, False, False)]
    kpi = STANDARD.current.kpis["punctual"]
    parts = [kpi.measure(rows[:1]), kpi.measure(rows[1:])]
    pooled = STANDARD.scores_over("punctual", {"E1": {"punctual": parts[0] + parts[1]}}, period=JUNE)
    assert pooled == STANDARD.scores("punctual", {"visit": rows}, period=JUNE)
    with pytest.raises(UnknownName) as caught:
        STANDARD.scores_over("punctual", {"E1": {"punctuall": Measure(1, 2, 2)}}, period=JUNE)
    assert (caught.value.where, caught.value.params["nearest"]) == ("measures.E1.punctuall", "punctual")
    with pytest.raises(UnknownName) as caught:
        STANDARD.scores_over("punctual", {"E1": {}}, as_of=JUNE.start)
    assert (caught.value.where, caught.value.message) == ("measures.E1", "scoring.no_figure")
    wrong_figures: list[Any] = [[], {"E1": 3}, {"E1": {"punctual": 0.5}}]
    for figures in wrong_figures:
        with pytest.raises(DefinitionError):
            STANDARD.scores_over("punctual", figures, period=JUNE)
    assert (
        STANDARD.scores_over(
            "all", {"": {"points": Tally(3, 1, empty_is_zero=True), "technical": Measure(1, 1, 1)}}, period=JUNE
        )[""].value
        == 2
    )


def test_rows_that_do_not_say_when() -> None:
    """Are refused as one by one: dates, instants with a gap, an instant that no record can hold, no field to go by."""
    rating = {
        "agent": batch.Encoded(["E1", "E2"], np.array([1, 0], dtype=np.int32)),
        "day": np.array(["2026-06-02", "NaT"], dtype="datetime64[D]"),
        "technical": [1, 1],
        "attitude": [1, 1],
    }
    rows = [{"agent": "E2", "day": date(2026, 6, 2), "technical": 1, "attitude": 1}, {"agent": "E1", "technical": 1}]
    scalar = told(lambda: STANDARD.scores("engineer", {"rating": rows, "repair": []}, period=JUNE))
    found = told(lambda: batch.scores(STANDARD, "engineer", {"rating": rating, "repair": {"agent": []}}, period=JUNE))
    assert found == scalar
    assert found[:3] == (FactError, "records.day", "kpis.no_moment")
    points = STANDARD.current.kpis["points"]
    gap = {"difficulty": ["I", "II"], "closed": np.array(["2026-06-02T00", "NaT"], dtype="datetime64[us]")}
    assert told(lambda: batch.measure_by(points, gap, within=JUNE))[:2] == (FactError, "records.closed")
    fine = {"difficulty": ["I"], "closed": np.array(["2026-06-02T00:00:00.000000001"], dtype="datetime64[ns]")}
    assert told(lambda: batch.measure_by(points, fine, within=JUNE))[2] == "batch.precision"
    nowhere = STANDARD.current.kpis["punctual"]
    assert told(lambda: batch.measure_by(nowhere, {"late": [True]}, within=JUNE))[2] == "kpis.no_at"
