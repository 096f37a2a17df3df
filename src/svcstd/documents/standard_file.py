"""The standard file: its top keys, its editions as overlays, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from svcstd.conditions import FactSchema, FactType
from svcstd.documents.examples import EXAMPLES, read_examples, write_examples
from svcstd.documents.parts import APPROVAL, CALENDARS, DAY, EVENTS, FACTS, LOG, REPORTS, YEARS, objectives
from svcstd.documents.shapes import FAULT, Field, Reader, Record, Shape, Table, Text, Whole
from svcstd.documents.stamps import StampReader
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.keyed import EMPTY
from svcstd.standard import Edition, LogMapping, ServiceStandard

__all__ = ["json_schema", "read_standard", "write_standard"]

FORMAT = 1
MOST_EDITIONS = 500
OF_EDITION = ("years", "calendar", "facts", "events", "calendars", "objectives")
"""Keys that an overlay may change; ``why`` and ``approved`` tell of the change itself."""

HEAD = (
    Field("svcstd", Whole(FORMAT, FORMAT), says="number of the format"),
    Field("id", Text("key of the standard")),
    Field("name", Text("for people")),
    Field("zone", Text("IANA name; its dates choose the edition")),
    Field("from", DAY, None, says="first day; by default no beginning"),
    Field("why", Text("the reason for this edition"), ""),
    Field("approved", APPROVAL, None),
)
PARTS: dict[str, Shape] = {
    "years": YEARS,
    "calendar": Text("key of the calendar that promises use when they name none"),
    "facts": FACTS,
    "events": EVENTS,
    "calendars": CALENDARS,
}
REST = ("log", "reports", "examples", "changes")


def read_standard(raw: Mapping[str, Any], places: Mapping[str, tuple[int, int]]) -> ServiceStandard:
    """The standard that plain data describe.

    Raises:
        StandardError: every fault, each with its path.
    """
    reader = Reader(places=places)
    known = [*(field.key for field in HEAD), *OF_EDITION, *REST]
    for key in raw:
        if key not in known:
            reader.fault(DefinitionError("$", "shape.unknown_key", value=key, nearest=nearest(key, known)), f"$.{key}")
    head = Record(dict, HEAD).read({key: raw[key] for key in raw if key in {f.key for f in HEAD}}, "$", reader)
    zone = raw.get("zone") if isinstance(raw.get("zone"), str) else "UTC"
    base = {key: raw[key] for key in OF_EDITION if key in raw}
    told: dict[str, Any] = head if head is not FAULT else {"from": None, "why": "", "approved": None}
    editions = [_edition(base, str(zone), told["from"], told, "$", reader)]
    editions += _changes(raw.get("changes", {}), base, str(zone), reader)
    whole = [edition for edition in editions if edition is not None]
    log = _log(raw["log"], whole, reader) if "log" in raw and whole else None
    reports = REPORTS.read(raw["reports"], "$.reports", reader) if "reports" in raw else None
    examples = read_examples(raw.get("examples", {}), tuple(whole), "$.examples", reader) if whole else {}
    return _whole(reader, head, whole, log, reports, examples)


def _whole(
    reader: Reader, head: Any, editions: list[Edition], log: Any, reports: Any, examples: Mapping[str, Any]
) -> ServiceStandard:
    if not reader.faults:
        try:
            return ServiceStandard(
                id=head["id"],
                name=head["name"],
                zone=head["zone"],
                editions=editions,
                log=log,
                reports=reports,
                examples=examples,
            )
        except SvcstdError as error:
            reader.fault(error, f"$.{error.where}")
    raise StandardError.of(reader.faults)


def _edition(
    raw: Mapping[str, Any], zone: str, starts: date | None, told: Mapping[str, Any], path: str, reader: Reader
) -> Edition | None:
    """One edition of what can be read; a name that was declared but unreadable is not called unknown as well."""
    before = len(reader.faults)
    broken: set[object] = set()
    parts: dict[str, Any] = {}
    for key, shape in PARTS.items():
        if key in raw and key not in ("facts", "events", "calendars"):
            parts[key] = shape.read(raw[key], f"{path}.{key}", reader)
    facts = _items("facts", FACTS.shape, raw, path, reader, broken)
    schema = FactSchema({**{str(name): FactType() for name in broken}, **facts})
    events = _items("events", EVENTS, raw, path, reader, broken)
    calendars = _items("calendars", CALENDARS, raw, path, reader, broken)
    promises = _items("objectives", objectives(schema), raw, path, reader, broken)
    given = {key: value for key, value in parts.items() if value is not FAULT}
    try:
        edition = Edition(
            zone=zone,
            starts=starts,
            facts=FactSchema(facts),
            events=events,
            calendars=calendars,
            objectives=promises,
            why=told["why"],
            approved=told["approved"],
            **given,
        )
    except StandardError as error:
        for fault in error.faults:
            if fault.params.get("value") not in broken:
                reader.fault(fault, f"{path}.{fault.where}")
        return None
    return edition if len(reader.faults) == before else None


def _items(
    key: str, shape: Any, raw: Mapping[str, Any], path: str, reader: Reader, broken: set[object]
) -> dict[str, Any]:
    """The readable items of a keyed part; the keys of the others go to *broken*."""
    below = raw.get(key, {})
    if not isinstance(below, dict):
        shape.read(below, f"{path}.{key}", reader)
        return {}
    found = {}
    for name, one in below.items():
        value = shape.read({name: one}, f"{path}.{key}", reader)
        if value is FAULT:
            broken.add(name)
        else:
            found[name] = value[name]
    return found


def _changes(raw: Any, base: Mapping[str, Any], zone: str, reader: Reader) -> list[Edition | None]:
    shape = Table(Record(dict, ()), parse=date.fromisoformat)
    if not isinstance(raw, dict) or len(raw) > MOST_EDITIONS:
        shape.read(raw if not isinstance(raw, dict) else [], "$.changes", reader)
        return []
    found: list[Edition | None] = []
    merged: dict[str, Any] = dict(base)
    for key in sorted(raw):
        path = f"$.changes.{key}"
        starts = DAY.read(key, path, reader)
        told, overlay = _overlay(raw[key], path, reader)
        if starts is FAULT or told is FAULT:
            continue
        merged = _merge(merged, overlay)
        earlier = {(fault.where.removeprefix("$"), fault.message) for fault in reader.faults}
        inner = Reader(places={})
        edition = _edition(merged, zone, starts, told, "$", inner)
        for fault in inner.faults:
            below = fault.where.removeprefix("$")
            if (below, fault.message) not in earlier:
                reader.fault(fault, f"{path}{below}")
        found.append(edition)
    return found


def _overlay(raw: Any, path: str, reader: Reader) -> tuple[Any, dict[str, Any]]:
    head = Record(dict, (Field("why", Text(), ""), Field("approved", APPROVAL, None)))
    if not isinstance(raw, dict):
        return head.read(raw, path, reader), {}
    known = ("why", "approved", *OF_EDITION)
    for key in raw:
        if key not in known:
            near = nearest(key, known)
            reader.fault(DefinitionError(path, "shape.unknown_key", value=key, nearest=near), f"{path}.{key}")
    told = head.read({key: raw[key] for key in ("why", "approved") if key in raw}, path, reader)
    return told, {key: raw[key] for key in OF_EDITION if key in raw}


def _merge(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merge key by key; everything else, lists too, is replaced."""
    found = dict(base)
    for key, value in overlay.items():
        held = found.get(key)
        found[key] = _merge(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
    return found


def _log(raw: object, editions: list[Edition], reader: Reader) -> LogMapping | None:
    log = LOG.read(raw, "$.log", reader)
    if log is FAULT:
        return None
    events = {kind for edition in editions for kind in edition.events}
    facts = {name for edition in editions for name in edition.facts.types}
    promises = {key for edition in editions for key in edition.objectives}
    for where, names, known, message in (
        ("events", log.events, events, "events.unknown"),
        ("kinds", log.kinds.values(), events, "events.unknown"),
        ("facts", log.facts, facts, "facts.name"),
    ):
        for name in names:
            if name not in known:
                unknown = DefinitionError(where, message, value=name, nearest=nearest(name, known))
                reader.fault(unknown, f"$.log.{where}.{name}")
    try:
        StampReader(log.time, log.zone, log.folds)
    except SvcstdError as error:
        reader.fault(error, f"$.log.{error.where}")
    if log.desk is not None and (log.desk.objective or next(iter(promises), "")) not in promises:
        near = nearest(log.desk.objective, promises)
        missing = DefinitionError("objective", "objective.unknown", value=log.desk.objective, nearest=near)
        reader.fault(missing, "$.log.desk.objective")
    if log.desk is not None and not log.desk.objective and len(promises) != 1:
        reader.fault(DefinitionError("objective", "log.objective"), "$.log.desk.objective")
    found: LogMapping = log
    return found


def write_standard(standard: ServiceStandard) -> dict[str, Any]:
    """Plain data that :func:`read_standard` reads back as an equal standard.

    Raises:
        DefinitionError: a later edition lacks what an earlier one has; an overlay can withdraw but not remove.
    """
    first = standard.editions[0]
    head = {"svcstd": FORMAT, "id": standard.id, "name": standard.name, "zone": standard.zone}
    head |= {"from": first.label} if first.starts else {}
    found: dict[str, Any] = head | _told(first) | _parts(first)
    if standard.log is not None:
        found["log"] = LOG.write(standard.log)
    if standard.reports is not None:
        found["reports"] = REPORTS.write(standard.reports)
    if standard.examples:
        found["examples"] = write_examples(standard.examples)
    changes = {}
    for earlier, later in zip(standard.editions, standard.editions[1:], strict=False):
        path = f"$.changes.{later.label}"
        changes[later.label] = _told(later) | _changed(_parts(earlier, full=True), _parts(later, full=True), path)
    return found | ({"changes": changes} if changes else {})


def _told(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = {"why": edition.why} if edition.why else {}
    return found | ({"approved": APPROVAL.write(edition.approved)} if edition.approved else {})


def _parts(edition: Edition, *, full: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, shape in {**PARTS, "objectives": objectives(edition.facts)}.items():
        value = getattr(edition, key)
        empty = value in (None, "", EMPTY) or value == FactSchema()
        if not empty:
            found[key] = shape.write(value, full=full)
    return found


def _changed(earlier: Mapping[str, Any], later: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The overlay that makes the later of the earlier."""
    for key in earlier:
        if key not in later:
            raise DefinitionError(f"{path}.{key}", "standard.removed", key=key)
    found: dict[str, Any] = {}
    for key, value in later.items():
        held = earlier.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            if below := _changed(held, value, f"{path}.{key}"):
                found[key] = below
        elif held != value:
            found[key] = value
    return found


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the standard file, for editors and other validators.

    >>> json_schema()["properties"]["svcstd"]["maximum"]
    1
    """
    parts = [Field(key, shape, None) for key, shape in PARTS.items()]
    parts.append(Field("objectives", objectives(FactSchema()), None))
    overlay = Record(
        dict, (Field("why", Text(), ""), Field("approved", APPROVAL, None), *parts), "what changed on that day"
    )
    rest = (
        Field("log", LOG, None),
        Field("reports", REPORTS, None),
        Field("examples", EXAMPLES, None),
        Field("changes", Table(overlay), None),
    )
    whole = Record(dict, (*HEAD, *parts, *rest), "a service standard")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "svcstd standard, format 1",
        **whole.schema(),
    }
