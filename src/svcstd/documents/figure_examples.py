"""Examples of figures and scores from plain data: records that are given, and what must be counted over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from svcstd.calendars import Period
from svcstd.documents.example_records import RECORDS_OF_EXAMPLE, Kinds, read_example_records
from svcstd.documents.number_shapes import EXACT
from svcstd.documents.shapes import FAULT, Anything, Choice, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, OneOrMore, Record
from svcstd.documents.vocabulary_shapes import WORDS, read_local
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.moment import timezone
from svcstd.scoring.score import ScoreState
from svcstd.standard import FigureCheck
from svcstd.standard.figure_example import CARDS, FIGURES, KPIS

__all__ = ["FIGURE_EXAMPLE", "read_figure_example"]

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
        Field("because", OneOrMore(WORDS), (), says="what the explanation of a score holds"),
    ),
    "figures and scores of a few records",
)
MOST = 1_000_000_000
SHAPES: Mapping[str, Shape] = {
    "value": EXACT,
    "n": Whole(0, MOST),
    "grade": Text("name of a grade"),
    "state": Choice(get_args(ScoreState)),
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
    if table["because"] and not any(part == CARDS for part, _ in expect):
        reader.fault(DefinitionError(f"{path}.because", "example.no_score"), f"{path}.because")
    period, asked = None, None
    try:
        asked = None if table["as_of"] is None else read_local(table["as_of"], timezone(zone), "as_of")
    except SvcstdError as error:
        reader.fault(error, f"{path}.as_of")
    try:
        period = Period.parse(table["period"], zone) if table["period"] else None
    except SvcstdError as error:
        reader.fault(error, f"{path}.period")
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
    for part, key, one in _parts(raw):
        below = f"{path}.{part}.{key}" if key else f"{path}.{part}"
        if (part, key) in found:
            reader.fault(DefinitionError(path, "shape.twice", key=f"{part}.{key}"), below)
        elif not key and part in known:
            wrong_kind(reader, below, one, "a table of values by key")
        elif part not in known:
            error = DefinitionError(below, "shape.unknown_key", value=part, nearest=nearest(part, known))
            reader.fault(error, below)
        elif key not in known[part]:
            message = "kpis.unknown" if part == KPIS else "scoring.unknown_card"
            reader.fault(DefinitionError(below, message, value=key, nearest=nearest(key, known[part])), below)
        else:
            found[part, key] = _fields(one if isinstance(one, dict) else {"value": one}, FIGURES[part], below, reader)
    return found


def _parts(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """``kpis.points = 28`` of TOML, or ``"kpis.points" = 28`` of all formats; a part without keys has an empty one."""
    for name, one in raw.items():
        part, dot, key = name.partition(".")
        if dot or not isinstance(one, dict) or not one:
            yield part, key, one
        else:
            yield from ((part, below, value) for below, value in one.items())


def _fields(raw: Mapping[str, Any], known: tuple[str, ...], path: str, reader: Reader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not raw:
        wrong_kind(reader, path, raw, "a value, or a table with some")
    for field, value in raw.items():
        below = f"{path}.{field}"
        if field not in known:
            reader.fault(DefinitionError(below, "example.figure", value=field, nearest=nearest(field, known)), below)
        else:
            found[field] = None if value == "none" else SHAPES[field].read(value, below, reader)
    return found
