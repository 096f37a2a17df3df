"""The customers' form: three items, each of a project, by technical level and attitude from -50 % to 200 %."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.calendars import Period
from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import Attribution, Average, Kpi, RatingForm, attributed

ITEMS = ["presales", "implementation", "aftersales"]
PERCENT = Scale(Fraction(-1, 2), 2, step=Fraction(1, 100))
SHANGHAI = "Asia/Shanghai"
KEYS = st.tuples(
    st.sampled_from("pq"), st.sampled_from([date(2026, 1, 9), date(2026, 1, 31), date(2026, 2, 1), date(2027, 1, 9)])
)


def form(**changes: Any) -> RatingForm:
    """As the handbook draws it."""
    given_: dict[str, Any] = {
        "items": ITEMS,
        "attributes": {"technical": PERCENT, "attitude": PERCENT},
        "required": ["province", "unit"],
        "again": "refuse",
    }
    return RatingForm(**given_ | changes)


def mark(technical: Any = 1, attitude: Any = 1, project: Any = "P1") -> dict[str, Any]:
    """What is said of one item."""
    return {"project": project, "technical": technical, "attitude": attitude}


def filled(rater: Any = "bank", day: Any = date(2026, 1, 9), **items: Any) -> dict[str, Any]:
    """A form of a bank in Shandong."""
    items = items or {"aftersales": mark()}
    return {"rater": rater, "date": day, "province": "Shandong", "unit": "Bank", "items": items}


def test_months_the_quarter_and_whose_work_it_was() -> None:
    """January 0.70, nothing in February, March 1.10: pooled 0.95, not the months' 0.90; parts add up to it."""
    marks = [("1.2", "2"), ("0.8", "1"), ("-0.5", "0"), *[("1.1", "1.1")] * 5]
    days = [date(2026, 1, 31)] * 3 + [date(2026, 3, 1)] * 5
    forms = [
        filled(f"r{number}", day, aftersales=mark(Decimal(pair[0]), Decimal(pair[1]), f"P{number % 2}"))
        for number, (day, pair) in enumerate(zip(days, marks, strict=True))
    ]
    table = {
        "P0": Attribution({"head": Fraction(1, 4), "department": Fraction(1, 4), "E07": Fraction(1, 2)}),
        "P1": Attribution({"E08": Fraction(2, 3), "head": Fraction(1, 3)}),
    }
    records = form().records(forms)
    split = attributed(records, "project", table)
    weights = {"technical": Fraction(3, 5), "attitude": Fraction(2, 5)}

    def score(kind: Any, day: date) -> Fraction | None:
        found = Fraction(0)
        for key, weight in weights.items():
            period = Period.of(kind, day, SHANGHAI)
            whole = Kpi(formula=Average(key), direction="more", unit="share", at="date")
            parts = Kpi(formula=Average(key, weight="share"), direction="more", unit="share", at="date")
            told: Any = whole.measure(records, period=period)
            again: Any = parts.measure(split, period=period)
            assert (again.numerator, again.denominator) == (told.numerator, told.denominator)
            if told.value is None:
                return None
            found += weight * told.value
        return found

    assert [score("month", date(2026, month, 1)) for month in (1, 2, 3)] == [Fraction(7, 10), None, Fraction(11, 10)]
    assert score("quarter", date(2026, 1, 1)) == Fraction(19, 20)


def test_nothing_is_moved_lost_or_guessed() -> None:
    """Fields, items and marks come as they were given, in their order; further fields stay too."""
    given_ = filled(presales=mark(Decimal("-0.50"), 2, "P2"), aftersales=mark(Fraction(1, 4), 0))
    before = repr(given_)
    one, two = form().records([given_ | {"comment": "", "floor": 0}])
    head = {
        "rater": "bank",
        "date": date(2026, 1, 9),
        "province": "Shandong",
        "unit": "Bank",
        "comment": "",
        "floor": 0,
    }
    assert one == head | {"item": "presales", "project": "P2", "technical": Decimal("-0.50"), "attitude": 2}
    assert two == head | {"item": "aftersales", "project": "P1", "technical": Fraction(1, 4), "attitude": 0}
    assert str(one["technical"]) == "-0.50"
    assert repr(given_) == before
    assert form().records([]) == ()


@pytest.mark.parametrize("answer", [0, False, Decimal(0)])
def test_nothing_is_an_answer_too(answer: object) -> None:
    """A required field that says 0 or no is filled in, and a rater may be the number 0."""
    (found,) = form(required=["floor"]).records([filled(0) | {"floor": answer}])
    assert (found["floor"], found["rater"]) == (answer, 0)


@pytest.mark.parametrize(
    ("second", "again"),
    [
        (filled(), True),
        (filled(day=date(2026, 1, 31)), True),
        (filled(day=date(2026, 2, 1)), False),
        (filled(day=date(2027, 1, 9)), False),
        (filled("other"), False),
        (filled(presales=mark()), False),
        (filled(aftersales=mark(project="P2")), False),
        (filled(aftersales=mark(0, 0)), True),
    ],
)
def test_what_is_rated_again(second: dict[str, Any], again: bool) -> None:  # noqa: FBT001
    """The same item and project by the same rater in one month."""
    if again:
        with pytest.raises(FactError) as refused:
            form().records([filled(), second])
        assert (refused.value.where, refused.value.message) == ("records.rater", "ratings.again")
        assert refused.value.params == {"value": "bank", "item": "aftersales"}
    else:
        assert len(form().records([filled(), second])) == 2
    assert len(form(again="keep all").records([filled(), second])) == 2
    assert len(form(again="keep last").records([filled(), second])) == (1 if again else 2)


def test_the_last_one_of_a_month_is_kept() -> None:
    """By its date, of one day the one given later; a number is the same rater as its text."""
    early, late = filled(7, aftersales=mark(1)), filled("7", date(2026, 1, 20), aftersales=mark(0))
    twin = filled("7", date(2026, 1, 20), aftersales=mark(2))
    keeping = form(again="keep last")
    for order, kept in [([early, late], 0), ([late, early], 0), ([early, late, twin], 2), ([twin, late, early], 0)]:
        (found,) = keeping.records(order)
        assert found["technical"] == kept


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"rater": ""}, "records.rater", "kpis.missing"),
        ({"rater": None}, "records.rater", "kpis.missing"),
        ({"date": None}, "records.date", "kpis.missing"),
        ({"date": "2026-01-09"}, "records.date", "facts.kind"),
        ({"date": datetime(2026, 1, 9, tzinfo=UTC)}, "records.date", "facts.kind"),
        ({"province": ""}, "records.province", "kpis.missing"),
        ({"items": None}, "records.items", "kpis.missing"),
        ({"items": {}}, "records.items", "kpis.missing"),
        ({"items": ["presales"]}, "records.items", "kpis.missing"),
        ({"technical": 1}, "records.technical", "ratings.own"),  # it would be lost under the marks of the items
        ({"project": "P1"}, "records.project", "ratings.own"),
        ({"item": "presales"}, "records.item", "ratings.own"),
        ({"items": {"sales": mark()}}, "records.items.sales", "ratings.item"),
        ({"items": {"presales": "good"}}, "records.items.presales", "kpis.missing"),
        ({"items": {"presales": None}}, "records.items.presales", "kpis.missing"),
        ({"items": {"presales": mark() | {"speed": 1}}}, "records.items.presales.speed", "ratings.item"),
        ({"items": {"presales": mark(project="")}}, "records.items.presales.project", "kpis.missing"),
        ({"items": {"presales": {"project": "P1"}}}, "records.items.presales.technical", "kpis.missing"),
        ({"items": {"presales": mark(1, "")}}, "records.items.presales.attitude", "kpis.missing"),
    ],
)
def test_forms_that_are_not_filled_in(changes: dict[str, Any], where: str, message: str) -> None:
    """Field by field; nothing is left aside in silence."""
    with pytest.raises(FactError) as refused:
        form().records([filled(), filled("other") | changes])
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Decimal("2.01"), "scales.off"),
        (Decimal("-0.51"), "scales.off"),
        (Decimal("0.005"), "scales.off"),
        (100, "scales.off"),  # a share, not a number of per cent
        (1.0, "curves.number"),
        (True, "curves.number"),
        ("1", "curves.number"),
        (Decimal("NaN"), "curves.number"),
        (timedelta(seconds=1), "curves.number"),
    ],
)
def test_marks_off_the_scale_are_refused(value: Any, message: str) -> None:
    """Never moved to its end, and never read as something else."""
    with pytest.raises(FactError) as refused:
        form().records([filled(presales=mark(), aftersales=mark(1, value))])
    assert (refused.value.where, refused.value.message) == ("records.items.aftersales.attitude", message)


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"items": []}, "items", "shape.empty"),
        ({"attributes": {}}, "attributes", "shape.empty"),
        ({"again": "guess"}, "again", "choice.unknown"),
        ({"items": "presales"}, "value", "shape.kind"),
        *(
            ({"attributes": {name: PERCENT}}, f"attributes.{name}", "ratings.own")
            for name in ("rater", "date", "items", "item", "project")
        ),
    ],
)
def test_no_such_form(changes: dict[str, Any], where: str, message: str) -> None:
    """Checked at birth."""
    with pytest.raises(DefinitionError) as refused:
        form(**changes)
    assert (refused.value.where, refused.value.message) == (where, message)


@given(
    st.lists(st.tuples(KEYS, st.dictionaries(st.sampled_from(ITEMS), st.sampled_from("AB"), min_size=1)), max_size=8)
)
def test_every_rating_counts_once(told: Any) -> None:
    """Kept all, there is one record for each item; kept last, one for each rater, item, project and month."""
    forms = [
        filled(rater, day, **{item: mark(Decimal(place) / 10, 0, project) for item, project in items.items()})
        for place, ((rater, day), items) in enumerate(told)
    ]
    latest: dict[Any, tuple[date, int]] = {}
    for place, ((rater, day), items) in enumerate(told):
        for pair in items.items():
            key = rater, day.year, day.month, *pair
            latest[key] = max(latest.get(key, (day, place)), (day, place))
    kept = form(again="keep last").records(forms)
    every = form(again="keep all").records(forms)
    assert len(every) == sum(len(items) for _, items in told)
    assert sorted(one["technical"] * 10 for one in kept) == sorted(place for _, place in latest.values())
    assert [one for one in every if one in kept] == list(kept)
    if len(kept) < len(every):
        with pytest.raises(FactError):
            form().records(forms)
    else:
        assert form().records(forms) == every
