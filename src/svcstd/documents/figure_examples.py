"""Examples of figures and scores from plain data: records that are given, and what must be counted over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from svcstd.calendars import Period
from svcstd.documents.example_records import RECORDS_OF_EXAMPLE, Kinds, read_example_records
from svcstd.documents.number_shapes import EXACT
from svcstd.documents.shapes import FAULT, Anything, Choice, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, OneOrMore, Record
from svcstd.documents.vocabulary_shapes import read_local
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.moment import timezone
from svcstd.scoring.score import ScoreState
from svcstd.standard import FigureCheck

__all__ = ["FIGURE_EXAMPLE", "read_figure_example"]

KPIS, CARDS = "kpis", "scorecards"
FIGURE_EXAMPLE = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("records", RECORDS_OF_EXAMPLE, says="by kind"),
        Field("of", Text("whose score"), ""),
        Field("period", Text("such as 2026-01"), ""),
        Field("as_of", Anything("when we ask, for what is judged by age"), None),
        Field(
            "expect", Anything("kpis and scorecards, each by key to a value, or to a table with value, n, grade, state")
        ),
        Field("because", OneOrMore(Text("words that the explanation of a score holds")), ()),
    ),
    "figures and scores of a few records",
)
MOST = 1_000_000_000
FIELDS: Mapping[str, Mapping[str, Shape]] = {
    KPIS: {"value": EXACT, "n": Whole(0, MOST)},
    CARDS: {
        "value": EXACT,
        "n": Whole(0, MOST),
        "grade": Text("name of a grade"),
        "state": Choice(get_args(ScoreState)),
    },
}


def read_figure_example(
    raw: Mapping[str, Any], known: tuple[set[str], set[str]], kinds: Kinds, zone: str, path: str, reader: Reader
) -> tuple[FigureCheck, ...] | None:
    """The check of an example; ``None`` where it has faults, which go to the reader.

    Args:
        raw: its table.
        known: keys of the KPIs and of the scorecards that any edition declares.
        kinds: of records, with their fields.
        zone: of local times.
        path: of the table.
        reader: to tell faults.
    """
    before = reader.count
    table = FIGURE_EXAMPLE.read(raw, path, reader)
    if table is FAULT:
        return None
    records = read_example_records(table["records"], kinds, f"{path}.records", reader)
    expect = _expected(table["expect"], dict(zip((KPIS, CARDS), known, strict=True)), f"{path}.expect", reader)
    period, asked = None, None
    try:
        period = Period.parse(table["period"], zone) if table["period"] else None
        asked = None if table["as_of"] is None else read_local(table["as_of"], timezone(zone), "as_of")
    except SvcstdError as error:
        reader.fault(error, f"{path}.{error.where}")
    if reader.count > before:
        return None
    told = {"of": table["of"], "period": period, "asked": asked, "because": table["because"]}
    return (FigureCheck(records=records, expect=expect, **told),)


def _expected(
    raw: object, known: Mapping[str, set[str]], path: str, reader: Reader
) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    if not isinstance(raw, dict) or not raw:
        wrong_kind(reader, path, raw, "a table with kpis or scorecards")
        return found
    for name, one in _parts(raw).items():
        below = f"{path}.{'.'.join(name)}"
        part, key = name
        if part not in known:
            error = DefinitionError(below, "shape.unknown_key", value=part, nearest=nearest(part, known))
            reader.fault(error, below)
        elif key not in known[part]:
            message = "kpis.unknown" if part == KPIS else "scoring.unknown_card"
            reader.fault(DefinitionError(below, message, value=key, nearest=nearest(key, known[part])), below)
        else:
            found[name] = _fields(one if isinstance(one, dict) else {"value": one}, FIELDS[part], below, reader)
    return found


def _parts(raw: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """``kpis.points = 28`` of TOML, or ``"kpis.points" = 28`` of all formats."""
    found: dict[tuple[str, str], Any] = {}
    for name, one in raw.items():
        part, dot, key = name.partition(".")
        if dot or not isinstance(one, dict):
            found[part, key] = one
        else:
            found |= {(part, below): value for below, value in one.items()}
    return found


def _fields(raw: Mapping[str, Any], shapes: Mapping[str, Shape], path: str, reader: Reader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in raw.items():
        below = f"{path}.{field}"
        if field not in shapes:
            reader.fault(DefinitionError(below, "example.figure", value=field, nearest=nearest(field, shapes)), below)
        else:
            found[field] = None if value == "none" else shapes[field].read(value, below, reader)
    return found
