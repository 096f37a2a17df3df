"""Whose a record is: the field that says so, and records sorted by it."""

from __future__ import annotations

from collections.abc import Iterable

from svcstd.errors import FactError
from svcstd.scoring import Record
from svcstd.standard.edition import Edition

__all__ = ["by_subject", "kinds_of_card", "subject_of"]


def subject_of(record: Record, field: str, place: str) -> str:
    """Whose a record is; without a field that says so, everything is of one, who has no name.

    Raises:
        FactError: the record does not say it.
    """
    held = record.get(field) if field else ""
    if held is None:
        raise FactError(f"{place}.{field}", "kpis.missing", value=field)
    return str(held)


def by_subject(kind: str, field: str, records: Iterable[Record]) -> dict[str, list[Record]]:
    """The records of a kind by whose they are.

    Raises:
        FactError: a record that does not say it, with its place.
    """
    groups: dict[str, list[Record]] = {}
    for number, record in enumerate(records):
        groups.setdefault(subject_of(record, field, f"records.{kind}[{number}]"), []).append(record)
    return groups


def kinds_of_card(edition: Edition, card: str) -> tuple[str, ...]:
    """The kinds of records that a scorecard counts, each once."""
    return tuple(dict.fromkeys(edition.kpis[kpi].of for kpi in edition.scorecards[card].kpis))
