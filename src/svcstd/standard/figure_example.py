"""Examples of figures and scores: records that are given, and what must be counted over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from svcstd.calendars import Period
from svcstd.curves import shown
from svcstd.errors import SvcstdError, UnknownName
from svcstd.explain import Explanation
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import moment, timezone
from svcstd.scoring import Record
from svcstd.standard.finding import Finding
from svcstd.standard.marks import edition_in
from svcstd.standard.subjects import kinds_of_card

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["CARDS", "FIGURES", "KPIS", "FigureCheck", "check_figures"]

KPIS, CARDS = "kpis", "scorecards"
FIGURES: Keyed[str, tuple[str, ...]] = as_keyed({KPIS: ("value", "n"), CARDS: ("value", "n", "grade", "state")})
"""What an example may expect of a figure, and of a score."""


def _rows(found: Mapping[str, Any]) -> Keyed[str, tuple[Record, ...]]:
    return Keyed({kind: tuple(as_keyed(record) for record in records) for kind, records in found.items()})


def _fields(found: Mapping[tuple[str, str], Mapping[str, Any]]) -> Keyed[tuple[str, str], Keyed[str, Any]]:
    return Keyed({name: as_keyed(fields) for name, fields in found.items()})


@attrs.frozen(kw_only=True)
class FigureCheck:
    """A few records, and the figures and scores that they must give.

    Attributes:
        records: by kind.
        of: whose score.
        period: for which is counted; ``None`` where records carry no date, and there is one edition.
        asked: when we ask, for what is judged by age, UTC microseconds.
        expect: by part (``kpis`` or ``scorecards``) and key, what must come out: ``value``, ``n``, and of scores
            ``grade`` and ``state``; ``None`` for none.
        because: words that the explanations of the scores must hold.
    """

    records: Keyed[str, tuple[Record, ...]] = attrs.field(converter=_rows)
    of: str = ""
    period: Period | None = None
    asked: int | None = None
    expect: Keyed[tuple[str, str], Keyed[str, Fraction | int | str | None]] = attrs.field(
        default=EMPTY, converter=_fields
    )
    because: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


def check_figures(standard: ServiceStandard, where: str, check: FigureCheck) -> Iterator[Finding]:
    """Everything that is counted otherwise than expected."""
    told: list[str] = []
    whole = True
    for (part, key), fields in check.expect.items():
        name = f"{part}.{key}"
        try:
            got, reasons = (_figure if part == KPIS else _score)(standard, check, key)
        except SvcstdError as error:
            whole = False
            yield Finding(where, name, "value", "a figure", str(error))
            continue
        told += [] if reasons is None else [reasons.text()]
        for field, expected in fields.items():
            if got[field] != expected:
                yield Finding(where, name, field, _text(expected), _text(got[field]))
    text = "\n".join(told)
    for word in check.because if whole else ():
        if word not in text:
            yield Finding(where, CARDS, "because", word, text)


def _when(standard: ServiceStandard, check: FigureCheck) -> dict[str, Any]:
    asked = None if check.asked is None else moment(check.asked, timezone(standard.zone))
    return {"period": check.period, "as_of": asked}


def _figure(standard: ServiceStandard, check: FigureCheck, key: str) -> tuple[dict[str, Any], None]:
    when = _when(standard, check)
    kpi = edition_in(standard, **when).kpis.get(key)
    if kpi is not None and kpi.of not in check.records:
        raise UnknownName("records", "records.none", value=kpi.of)
    found = standard.measure(key, () if kpi is None else check.records[kpi.of], **when)
    return {"value": found.value, "n": found.n}, None


def _score(standard: ServiceStandard, check: FigureCheck, key: str) -> tuple[dict[str, Any], Explanation]:
    when = _when(standard, check)
    edition = edition_in(standard, **when)
    kinds = kinds_of_card(edition, key) if key in edition.scorecards else ()
    given = {kind: check.records[kind] for kind in kinds if kind in check.records}
    found = standard.score(key, given, of=check.of, **when)
    value = None if found.value is None else Fraction(found.value)
    got = {"value": value, "n": found.root.n, "grade": found.grade or None, "state": found.state}
    return got, found.explanation


def _text(value: Fraction | int | str | None) -> str:
    if isinstance(value, Fraction):
        return shown(value) if Fraction(shown(value)) == value else str(value)
    return "none" if value is None else str(value)
