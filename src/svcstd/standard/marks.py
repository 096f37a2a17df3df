"""Figures and scores by a standard: its KPIs over records, its scorecards over these, each under the right edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from svcstd.calendars import Period
from svcstd.conditions import FactSchema
from svcstd.errors import DefinitionError, FactError, UnknownName, must_be, nearest
from svcstd.keyed import Keyed
from svcstd.moment import date_of, micros, timezone
from svcstd.scoring import (
    Appraisal,
    CohortRule,
    Combination,
    Dimension,
    Measure,
    Measured,
    Panel,
    Record,
    Sample,
    Score,
    Scorecard,
    Tally,
    score,
)
from svcstd.standard.edition import Edition
from svcstd.standard.subjects import by_subject, kinds_of_card

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = [
    "Records",
    "card_in",
    "carded",
    "edition_in",
    "exact_record",
    "kinds_asked",
    "measure_of",
    "rate_by",
    "scores_of",
    "scores_over",
]

Records = Mapping[str, Iterable[Record]]
"""By kind, what figures are counted over."""


def edition_in(standard: ServiceStandard, period: Period | None, as_of: datetime | None) -> Edition:
    """The edition that holds on the first day of a period, or on the day on which we ask.

    Raises:
        DefinitionError: neither is given, although there are several editions.
    """
    if period is not None:
        must_be(period, Period, "period", "a Period, such as Period.of('month', ...)")
        return standard.edition_on(period.first)
    if as_of is not None:
        return standard.edition_on(date_of(micros(as_of, "as_of"), timezone(standard.zone)))
    if len(standard.editions) > 1:
        raise DefinitionError("period", "standard.when")
    return standard.current


def measure_of(
    standard: ServiceStandard,
    kpi: str,
    records: Iterable[Record],
    *,
    period: Period | None,
    as_of: datetime | None,
) -> Measured:
    """One figure over records of its kind."""
    edition = edition_in(standard, period, as_of)
    if kpi not in edition.kpis:
        raise UnknownName("kpi", "kpis.unknown", value=kpi, nearest=nearest(kpi, edition.kpis))
    return _measured(edition, kpi, _checked(edition, edition.kpis[kpi].of, records), period, as_of)


def _measured(
    edition: Edition, kpi: str, records: Iterable[Record], period: Period | None, as_of: datetime | None
) -> Measured:
    found = edition.kpis[kpi]
    by = period if found.at else None  # records without date are all of the period that is asked for
    return found.measure(records, period=by, as_of=as_of if as_of is not None or period is None else period.end)


def _checked(edition: Edition, kind: str, records: Iterable[Record]) -> list[Record]:
    """The records as their kind declares them: a misspelt field is no missing one."""
    fields = edition.records[kind].fields
    return [exact_record(fields, record, f"records.{kind}[{number}]") for number, record in enumerate(records)]


def exact_record(fields: FactSchema, record: Record, place: str) -> Record:
    """A record as its kind declares it.

    Raises:
        FactError: a field that is not declared, or of another kind.
    """
    must_be(record, Mapping, place, "a mapping of fields")
    try:
        shares = {name: value for name, value in record.items() if isinstance(value, Fraction)}
        for name in shares:  # exact, and no number that conditions compare: only to be counted
            fields.type_of(name).check(name, 0)
        return fields.exact({name: held for name, held in record.items() if name not in shares}) | shares
    except FactError as error:
        below = error.where.removeprefix("facts.")
        raise error.at(f"{place}.{below}") from None


def card_in(edition: Edition, card: str) -> Scorecard:
    """The scorecard of that key.

    Raises:
        UnknownName: there is none.
    """
    if card not in edition.scorecards:
        raise UnknownName("card", "scoring.unknown_card", value=card, nearest=nearest(card, edition.scorecards))
    return edition.scorecards[card]


def kinds_asked(edition: Edition, card: str, given: Iterable[str]) -> tuple[str, ...]:
    """The kinds of records that a scorecard counts, if exactly these are given.

    Raises:
        UnknownName: one that it does not ask for, or one that is not given.
    """
    kinds, given = kinds_of_card(edition, card), tuple(given)
    for kind in given:
        if kind not in kinds:
            raise UnknownName(f"records.{kind}", "records.unasked", value=kind, nearest=nearest(kind, kinds))
    for kind in kinds:
        if kind not in given:
            raise UnknownName("records", "records.none", value=kind)
    return kinds


def scores_of(
    standard: ServiceStandard,
    card: str,
    records: Records,
    *,
    of: str | None,
    period: Period | None,
    as_of: datetime | None,
) -> Keyed[str, Score]:
    """The score of one person or team, or of each that the records name.

    Raises:
        UnknownName: no such card, or records of a kind that it does not ask for, or none of a kind that it does.
        FactError: a record of another form, or one that does not say whose it is.
    """
    edition = edition_in(standard, period, as_of)
    found = card_in(edition, card)
    kinds = kinds_asked(edition, card, records)
    split = {kind: by_subject(kind, found.of, _checked(edition, kind, records[kind])) for kind in kinds}
    subjects = sorted({subject for groups in split.values() for subject in groups} | ({of} if of else set()))
    if not found.of:
        subjects = [of or ""]
        split = {kind: {subjects[0]: groups.get("", [])} for kind, groups in split.items()}
    wanted = subjects if of is None else [of]
    compared = subjects if _compares(found.root) else wanted
    measures = {
        subject: {
            kpi: _measured(edition, kpi, split[edition.kpis[kpi].of].get(subject, ()), period, as_of)
            for kpi in found.kpis
        }
        for subject in compared
    }
    return carded(edition, found, measures, wanted, period)


def scores_over(
    standard: ServiceStandard,
    card: str,
    measures: Mapping[str, Mapping[str, Measured]],
    *,
    period: Period | None,
    as_of: datetime | None,
) -> Keyed[str, Score]:
    """The scores of figures that were counted elsewhere.

    Raises:
        UnknownName: no such card, a figure that it does not ask for, or one that is not given.
        DefinitionError: what is no figure.
    """
    edition = edition_in(standard, period, as_of)
    found = card_in(edition, card)
    must_be(measures, Mapping, "measures", "figures by KPI, by name of the person or team")
    for subject, figures in measures.items():
        where = f"measures.{subject}"
        must_be(figures, Mapping, where, "figures by KPI")
        for kpi, figure in figures.items():
            if kpi not in found.kpis:
                raise UnknownName(f"{where}.{kpi}", "kpis.unknown", value=kpi, nearest=nearest(kpi, found.kpis))
            must_be(figure, (Measure, Tally, Sample), f"{where}.{kpi}", "a Measure, a Tally or a Sample")
        for kpi in found.kpis:
            if kpi not in figures:
                raise UnknownName(where, "scoring.no_figure", value=kpi)
    return carded(edition, found, measures, sorted(measures), period)


def carded(
    edition: Edition,
    card: Scorecard,
    measures: Mapping[str, Mapping[str, Measured]],
    wanted: Iterable[str],
    period: Period | None,
) -> Keyed[str, Score]:
    """The scores of some, whose figures stand beside those that they are compared with."""
    if _compares(card.root):
        card = card.over(measures)
    return Keyed(
        {
            subject: score(card, measures[subject], of=subject, period=period, edition=edition.label)
            for subject in wanted
        }
    )


def _compares(level: Dimension) -> bool:
    return any(
        _compares(part) if isinstance(part, Dimension) else isinstance(part.curve, CohortRule)
        for part in level.parts.values()
    )


def rate_by(
    standard: ServiceStandard,
    panel: str,
    ratings: Iterable[Record],
    *,
    for_pay: bool,
    published: Iterable[Combination],
    period: Period | None,
    as_of: datetime | None,
) -> Appraisal:
    """What all sides said of one person, by a panel of the standard."""
    edition = edition_in(standard, period, as_of)
    if panel not in edition.panels:
        raise UnknownName("panel", "panels.unknown", value=panel, nearest=nearest(panel, edition.panels))
    found: Panel = edition.panels[panel]
    return found.rate(ratings, for_pay=for_pay, published=published)
