"""What records tell of payees: facts, days of service, cost centres, teams, and certificates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from svcstd.calendars import Period
from svcstd.conditions import FactValue
from svcstd.errors import DefinitionError, FactError
from svcstd.incentives import Plan, Served, Validity
from svcstd.keyed import EMPTY
from svcstd.scoring import Record
from svcstd.scoring.record import is_within
from svcstd.standard.edition import Edition
from svcstd.standard.pay_faults import CERTIFICATE
from svcstd.standard.subjects import subject_of

__all__ = ["Person", "certificates_of", "dated", "exactly", "people_of"]


@attrs.frozen(kw_only=True)
class Person:
    """What a record tells of a payee.

    Attributes:
        facts: its fields.
        served: by unit, the days of service.
        cost_centre: where the pay is booked.
        team: whose results are those of all its members; empty for none.
    """

    facts: Mapping[str, FactValue] = EMPTY
    served: Mapping[str, Served] = EMPTY
    cost_centre: str = ""
    team: str = ""


def exactly(edition: Edition, kind: str, records: Sequence[Record]) -> Iterator[tuple[str, dict[str, FactValue]]]:
    """Records as their kind declares them, each with its place.

    Raises:
        FactError: a field that is not declared, or something else in it.
    """
    fields = edition.records[kind].fields
    for number, record in enumerate(records):
        place = f"records.{kind}[{number}]"
        try:
            yield place, fields.exact(record)
        except FactError as error:
            raise error.at(f"{place}.{error.where.partition('.')[2]}") from None


def dated(
    edition: Edition, kind: str, records: Sequence[Record], period: Period
) -> Iterator[tuple[str, dict[str, FactValue]]]:
    """The records of a period, each with its place; all of them where the kind has no date.

    Raises:
        FactError: as for :func:`exactly`, or no date where the kind has one.
    """
    at = edition.records[kind].at
    for place, record in exactly(edition, kind, records):
        inside = is_within(record, at, period) if at else True
        if inside is None:
            raise FactError(f"{place}.{at}", "kpis.no_moment", value=at)
        if inside:
            yield place, record


def people_of(edition: Edition, plan: Plan, records: Sequence[Record], period: Period) -> dict[str, Person]:
    """Everybody of whom the plan's records of people tell.

    Raises:
        FactError: a record that does not say whose it is, or no whole days of service.
        DefinitionError: two records of one payee.
    """
    roster = plan.people
    found: dict[str, Person] = {}
    if roster is None:
        return found
    for place, record in dated(edition, roster.records, records, period):
        of = subject_of(record, plan.of, place)
        if of in found:
            raise DefinitionError(place, "pay.person_twice", of=of, period=period.label)
        served = {unit: _served(record, fields, place) for unit, fields in roster.served.items()}
        found[of] = Person(
            facts=record,
            served=served,
            cost_centre=_text(record, roster.cost_centre),
            team=_text(record, roster.team),
        )
    return found


def _text(record: Record, field: str) -> str:
    held = record.get(field) if field else None
    return "" if held is None else str(held)


def _served(record: Record, fields: tuple[str, str], place: str) -> Served:
    days = []
    for field in fields:
        held = record.get(field)
        if not isinstance(held, int):
            raise FactError(f"{place}.{field}", "kpis.missing", value=field)
        days.append(held)
    try:
        return Served(*days)
    except DefinitionError as error:
        raise error.at(f"{place}.{fields[0]}") from None


def certificates_of(
    edition: Edition, plan: Plan, records: Sequence[Record]
) -> dict[str, dict[str, tuple[Validity, ...]]]:
    """By payee and name, when each certificate is valid.

    Raises:
        FactError: a record that does not say whose, which or when.
        DefinitionError: the last day before the first.
    """
    found: dict[str, dict[str, tuple[Validity, ...]]] = {}
    for place, known in exactly(edition, plan.certificates, records):
        of = subject_of(known, plan.of, place)
        name, first, last = (known.get(field) for field in CERTIFICATE)
        for field, held in zip(CERTIFICATE, (name, first, last), strict=True):
            if held is None:
                raise FactError(f"{place}.{field}", "kpis.missing", value=field)
        assert isinstance(first, date)  # noqa: S101 - as its kind declares
        assert isinstance(last, date)  # noqa: S101 - as its kind declares
        try:
            span = Validity(first, last)
        except DefinitionError as error:
            raise error.at(f"{place}.last") from None
        held_before = found.setdefault(of, {})
        held_before[str(name)] = (*held_before.get(str(name), ()), span)
    return found
