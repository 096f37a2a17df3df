"""What holds for every scorecard: a better figure never lowers a score, and its parts add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from svcstd.curves import shown
from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.moment import day_start, moment, timezone
from svcstd.scoring import (
    Criterion,
    Dimension,
    Kpi,
    Measure,
    Measured,
    Proportion,
    Quantile,
    Sample,
    Score,
    Scorecard,
    Tally,
    Total,
)
from svcstd.standard import ServiceStandard
from svcstd.testing.found import within
from svcstd.testing.laws.law import Breach, Law, clause_of
from svcstd.testing.strategies.standards import years_of

__all__ = ["adds_up", "knots", "monotone"]

PLAIN = tuple(Fraction(n) for n in (0, 1, 2, 5, 10, 100))
MOST_ROWS = 20


def knots(part: object) -> tuple[Fraction, ...]:
    """Where the answer of a curve, bound or step may bend, and beside; plain numbers last."""
    bends = sorted(set(within(part, Fraction)), key=lambda value: (abs(value), value))
    beside = [value + step for value in bends for step in (0, Fraction(1, 100), Fraction(-1, 100))]
    return tuple(dict.fromkeys((*beside, *PLAIN)))


def _card(standard: ServiceStandard, card: str) -> Scorecard:
    cards = standard.current.scorecards
    if card not in cards:
        raise UnknownName("card", "scoring.unknown_card", value=card, nearest=nearest(card, cards))
    return cards[card]


def _criteria(level: Dimension) -> Iterator[Criterion]:
    for part in level.parts.values():
        if isinstance(part, Dimension):
            yield from _criteria(part)
        else:
            yield part


def _figures(kpi: Kpi, near: tuple[Fraction, ...]) -> st.SearchStrategy[Fraction]:
    """Values that a figure may have: shares from 0 to 1, numbers on its scale, else those near its bends."""
    if isinstance(kpi.formula, Proportion):
        return st.one_of(
            st.sampled_from([value for value in near if 0 <= value <= 1]), st.fractions(0, 1, max_denominator=20)
        )
    scales = [scale for scale in kpi.scales.values() if len(kpi.scales) == 1]
    low, high = (scales[0].low, scales[0].high) if scales else (None, None)
    kept = [value for value in near if (low is None or low <= value) and (high is None or value <= high)]
    return st.sampled_from(kept or near)


def _measured(kpi: Kpi, value: Fraction, rows: int) -> Measured:
    """A figure of this value over so many records."""
    match kpi.formula:
        case Total():
            return Tally(value, rows, empty_is_zero=kpi.formula.empty_is_zero)
        case Quantile():
            return Sample([value] * rows, share=kpi.formula.share, method=kpi.formula.method)
        case _:
            return Measure(value * rows, rows, rows)


def _scored(
    standard: ServiceStandard, card: str, values: Mapping[str, Mapping[str, Fraction]], rows: int
) -> Mapping[str, Score] | None:
    """The scores of all; ``None`` where a figure lies beyond what a curve takes, which is refused as it should be."""
    edition, zone = standard.current, timezone(standard.zone)
    measures = {
        who: {key: _measured(edition.kpis[key], value, rows) for key, value in told.items()}
        for who, told in values.items()
    }
    first = max(years_of(standard)[0], edition.starts or date.min)
    try:
        return standard.scores_over(card, measures, as_of=moment(day_start(first, zone), zone))
    except DefinitionError:
        return None


def _cases(standard: ServiceStandard, card: str) -> st.SearchStrategy[Any]:
    """Figures of two people, how many records stand behind each, and another value for one figure of the first."""
    edition, found = standard.current, _card(standard, card)
    near: dict[str, tuple[Fraction, ...]] = {}
    for key in found.kpis:
        parts = [one for one in _criteria(found.root) if one.kpi == key]
        near[key] = knots((parts, found.adjustments))
    drawn = {key: _figures(edition.kpis[key], near[key]) for key in found.kpis}
    figures = st.fixed_dictionaries(drawn)
    other = st.sampled_from(sorted(drawn)).flatmap(lambda key: st.tuples(st.just(key), drawn[key]))
    return st.tuples(figures, figures, st.integers(1, MOST_ROWS), other)


def _told(values: Mapping[str, Fraction], rows: int) -> str:
    return ", ".join(f"{key} = {shown(value)}" for key, value in values.items()) + f"; of {rows} records each"


def monotone(standard: ServiceStandard, card: str) -> Law:
    """A better figure, all else being equal, never lowers the score.

    Args:
        standard: with the scorecard and its figures, each of which says which way is better.
        card: its key under ``scorecards``.

    Raises:
        UnknownName: no such card.
    """
    edition = standard.current
    _card(standard, card)

    def breach(case: Any) -> Breach | None:  # noqa: ANN401 - as drawn
        first, beside, rows, (key, value) = case
        worse, better = sorted((first[key], value), reverse=edition.kpis[key].direction == "less")
        low = _scored(standard, card, {"a": {**first, key: worse}, "b": beside}, rows)
        high = _scored(standard, card, {"a": {**first, key: better}, "b": beside}, rows)
        if low is None or high is None:
            return None
        one, two = low["a"].value, high["a"].value
        if one is None or two is None or two >= one:
            return None
        told = f"{_told({**first, key: worse}, rows)}\n{key} gets better: {shown(better)}"
        return Breach(told, f"{one} or more", str(two))

    return _law(standard, card, "monotone", "a better figure never lowers the score", breach)


def adds_up(standard: ServiceStandard, card: str) -> Law:
    """What the parts contribute is the score, but for its rounding.

    Args:
        standard: with the scorecard.
        card: its key under ``scorecards``.

    Raises:
        UnknownName: no such card.
    """
    step = Fraction(_card(standard, card).rounding.step)

    def breach(case: Any) -> Breach | None:  # noqa: ANN401 - as drawn
        first, beside, rows, _ = case
        found = _scored(standard, card, {"a": first, "b": beside}, rows)
        if found is None or found["a"].value is None or not found["a"].contributions:
            return None
        score = found["a"]
        whole = sum((one.points for one in score.contributions), Fraction(0))
        if whole == score.exact and abs(score.residual) < step:
            return None
        return Breach(_told(first, rows), f"{shown(whole)}, rounded to {shown(step)}", str(score.value))

    return _law(standard, card, "adds_up", "what the parts contribute is the score, but for its rounding", breach)


def _law(standard: ServiceStandard, card: str, name: str, says: str, breach: Any) -> Law:  # noqa: ANN401 - a function
    return Law(
        where=f"scorecards.{card}",
        name=name,
        says=says,
        cases=lambda: _cases(standard, card),
        breach=breach,
        clause=clause_of(standard),
    )
