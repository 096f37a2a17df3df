"""What the parameters of strategies for figures, scorecards and ratings promise."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING
from svcstd.scoring import CohortRule, Dimension, Grades, Measured, Panel, Proportion, Score, Scorecard, score
from svcstd.testing.strategies.kpis import contacts, formulas, kpis, measured, measures, periods_of
from svcstd.testing.strategies.scorecards import (
    adjustments,
    cohort_rules,
    figures_for,
    grades,
    means,
    scorecards,
    scores,
)
from svcstd.testing.strategies.scoring import attributions, gradings, panels, ratings

UNSHRUNK = settings(phases=[Phase.generate])
FIELDS = {"who", "at", "channel", "closed", "score", "hours", "wait", "kept", "grade"}


@given(st.data())
def test_contacts(data: st.DataObject) -> None:
    """Complete ones tell everything; who, when and how is always told; dates are kept."""
    first, last = date(2026, 3, 1), date(2026, 4, 1)
    for complete in (False, True):
        for one in data.draw(contacts("Europe/Berlin", first, last, max_size=2, complete=complete)):
            assert first <= one["at"].date() < last
            assert {"who", "at", "channel"} <= {*one} <= FIELDS
            assert not complete or {field for field, value in one.items() if value is not None} == FIELDS
            assert one.get("closed") is None or one["closed"] >= one["at"]


@given(kpis(formulas()), contacts(complete=True), periods_of("fiscal"))
def test_kpis_count_contacts(kpi: Any, found: Any, period: Any) -> None:
    """Any definition counts any contacts of which everything is known, and figures from 0 on have a value or none."""
    counted = kpi.measure(found, period=period)
    assert counted.n <= len(found)


@given(kpis(st.just(Proportion(ANYTHING))), measures(2, 5), measures(1, share=False))
def test_one_formula(kpi: Any, share: Any, mean: Any) -> None:
    """As it is given; shares lie between 0 and 1, means between 0 and 100."""
    assert kpi.formula == Proportion(ANYTHING)
    assert 2 <= share.n <= 5
    assert 0 <= share.value <= 1
    assert 0 <= mean.value <= 100


@given(measured(9))
def test_enough_records(figure: Measured) -> None:
    """So many stand behind every figure, which is not missing."""
    assert figure.n >= 9
    assert figure.value is not None
    assert figure.value >= 0


@given(st.sampled_from(get_args(PeriodKind)).flatmap(lambda kind: st.tuples(st.just(kind), periods_of(kind, "UTC"))))
def test_periods(found: Any) -> None:
    """Of the kind and zone that were asked for."""
    kind, period = found
    assert (period.kind, period.zone) == (kind, "UTC")


@given(means(("x", "y"), sure=True), st.tuples(st.sampled_from([None, 1, 50]), st.sampled_from([None, 3])))
def test_sure_means(mean: Any, points: Any) -> None:
    """No points above 0 and no missing ones are refused."""
    found = mean.of(dict(zip("xy", points, strict=True)))
    assert found.value is None or 0 <= found.value <= 50


@given(st.data())
def test_sure_cards(data: st.DataObject) -> None:
    """Any figures have a score or none, and complete ones have one; quick and told are the same."""
    card: Scorecard = data.draw(scorecards(sure=True))
    found = score(card, data.draw(figures_for(card)))
    assert (found.value is None) == (found.state != "scored")
    figures = data.draw(figures_for(card, complete=True))
    assert card.value(figures) == score(card, figures).value is not None


@given(scorecards(0, depth=0), scorecards(2, depth=2), scores(complete=True))
def test_sizes(flat: Scorecard, deep: Scorecard, scored: Score) -> None:
    """Levels and adjustments are as many as asked for."""
    assert flat.adjustments == ()
    assert flat.root.depth == 1
    assert len({type(one) for one in deep.adjustments}) == len(deep.adjustments) <= 2
    assert deep.root.depth <= 3
    assert scored.state == "scored"


def test_levels_nest() -> None:
    """Some parts are levels themselves."""
    found = find(scorecards(depth=1), lambda card: card.root.depth == 2, settings=UNSHRUNK)
    assert any(isinstance(part, Dimension) for part in found.root.parts.values())


@given(adjustments(sure=True), cohort_rules(methods=("range",)), grades(("low", "high")))
def test_choices(one: Any, rule: CohortRule, named: Grades) -> None:
    """A policy, a method and names as asked for."""
    assert getattr(one, "missing", "skip") != "refuse"
    assert rule.method == "range"
    assert named.names in {("low",), ("low", "high")}


@given(st.data(), st.booleans())
def test_panels(data: st.DataObject, for_pay: Any) -> None:
    """A sure panel takes any ratings of its groups, on its scale."""
    panel: Panel = data.draw(panels(sure=True))
    told = data.draw(ratings(panel, min_size=1, max_size=3))
    assert 1 <= len(told) <= 3
    assert {panel.scale.check(one["value"]) for one in told} == {one["value"] for one in told}
    assert {*panel.rate(told, for_pay=for_pay).cells} == {one["group"] for one in told}


@given(attributions(("x", "y")), gradings(case="c9", grades=("I",)))
def test_people_and_grades(shared: Any, graded: Any) -> None:
    """Names, cases and grades as asked for."""
    assert {*shared.shares} <= {"x", "y"}
    assert (graded.case, graded.grade) == ("c9", "I")
