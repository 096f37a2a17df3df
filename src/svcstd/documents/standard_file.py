"""The standard file: its top keys, its editions as overlays, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from svcstd.conditions import FactSchema
from svcstd.documents.assignment_shapes import HANDOFFS, assignments
from svcstd.documents.award_shapes import awards, ladders
from svcstd.documents.calendar_shapes import CALENDARS
from svcstd.documents.clock_shapes import When
from svcstd.documents.dates import DAY, YEARS
from svcstd.documents.duty_shapes import conversions, follow_up_rules
from svcstd.documents.examples import EXAMPLES, Names, read_examples, write_examples
from svcstd.documents.handbook_shapes import CERTIFICATES, CLAUSES, COURSES, REPORT_DUTIES, articles, segments, surveys
from svcstd.documents.improvement_shapes import IMPROVEMENTS
from svcstd.documents.kpi_shapes import RECORDS, kpis
from svcstd.documents.log_shapes import APPROVAL, DESKS, KEEP, LOG, REPORTS, WAIVERS
from svcstd.documents.number_shapes import SCALES
from svcstd.documents.objective_shapes import objectives
from svcstd.documents.pay_shapes import plans
from svcstd.documents.procedure_shapes import FORMS, SCRIPTS, procedures
from svcstd.documents.route_shapes import routing_parts
from svcstd.documents.score_shapes import panels, scorecards
from svcstd.documents.shapes import FAULT, Anything, Parsed, Reader, Shape, Text, Whole, kind_of
from svcstd.documents.stamps import StampReader
from svcstd.documents.structures import Field, Listed, Record, as_id
from svcstd.documents.unread import named_events
from svcstd.documents.vocabulary_shapes import EVENTS, FACTS, ROLES
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.moment import timezone
from svcstd.standard import Edition, Keep, LogMapping, Pilot, ServiceStandard
from svcstd.standard.handbook_faults import BEYOND, is_in
from svcstd.standard.improvement_faults import faults_of_improvements

__all__ = ["edition_parts", "json_schema", "read_standard", "write_standard"]

FORMAT = 1
MOST_EDITIONS = 500
MOST_PILOTS = 100
OF_EDITION = (
    "years",
    "calendar",
    "facts",
    "events",
    "calendars",
    "channels",
    "teams",
    "objectives",
    "exclude",
    "follow_ups",
    "conversions",
    "routing",
    "roles",
    "assignment",
    "handoffs",
    "forms",
    "scripts",
    "procedures",
    "scales",
    "records",
    "kpis",
    "scorecards",
    "panels",
    "plans",
    "awards",
    "ladders",
    "clauses",
    "courses",
    "certificates",
    "articles",
    "segments",
    "surveys",
    "report_duties",
)
"""Keys that an overlay may change; those of :data:`TOLD` tell of the change itself."""


def _zone(name: str) -> str:
    timezone(name)
    return name


HEAD = (
    Field("svcstd", Whole(FORMAT, FORMAT), says="number of the format"),
    Field("id", Text("key of the standard")),
    Field("name", Text("for people")),
    Field("zone", Parsed(_zone, str, "IANA name; its dates choose the edition", ("Asia/Shanghai",))),
    Field("from", DAY, None, says="first day; by default no beginning"),
    Field("why", Text("the reason for this edition"), ""),
    Field("approved", APPROVAL, None),
)
TOLD = Record(
    dict,
    (
        Field("why", Text("the reason for the change"), ""),
        Field("approved", APPROVAL, None),
        Field("remove", Listed(Text("path, such as objectives.answer.clock.cancel")), (), says="what is no more"),
    ),
    "what changed on that day",
)
PILOT = Record(
    dict,
    (
        Field("from", DAY, says="first day"),
        Field("until", DAY, None, says="the day after the last; by default no end yet"),
        Field("scope", Anything("what must hold of the facts with which a case begins")),
    ),
    "an edition that is tried on some cases",
)
PARTS: Keyed[str, Shape] = as_keyed(
    {
        "years": YEARS,
        "calendar": Text("key of the calendar that promises use when they name none"),
        "facts": FACTS,
        "events": EVENTS,
        "calendars": CALENDARS,
        "channels": DESKS,
        "teams": DESKS,
        "roles": ROLES,
        "handoffs": HANDOFFS,
        "forms": FORMS,
        "scripts": SCRIPTS,
        "scales": SCALES,
        "records": RECORDS,
        "clauses": CLAUSES,
        "courses": COURSES,
        "certificates": CERTIFICATES,
        "report_duties": REPORT_DUTIES,
    }
)
KEPT = (
    "calendars",
    "channels",
    "teams",
    "roles",
    "forms",
    "scripts",
    "scales",
    "records",
    "clauses",
    "courses",
    "certificates",
    "report_duties",
)
KEYED = ("facts", "events", *KEPT)
"""Parts whose entries are read one by one, so that one at fault hides no other."""
OVER_FACTS: Keyed[str, Any] = as_keyed(
    {
        "follow_ups": follow_up_rules,
        "conversions": conversions,
        "routing": routing_parts,
        "assignment": assignments,
        "procedures": procedures,
        "articles": articles,
        "segments": segments,
        "surveys": surveys,
    }
)
"""Parts whose conditions speak of the declared facts, and what makes their shape."""


def _over_records(
    records: Mapping[str, Any], scales: Mapping[str, Any], unreadable: frozenset[str] = frozenset()
) -> dict[str, Shape]:
    """The parts that speak of declared kinds of records and scales, with their shapes."""
    return {
        "kpis": kpis(records, scales, unreadable=unreadable),
        "scorecards": scorecards(),
        "panels": panels(scales, unreadable=unreadable),
        "plans": plans(records, unreadable=unreadable),
        "awards": awards(records, unreadable=unreadable),
    }


REST = ("keep", "log", "reports", "examples", "waivers", "improvements", "pilots", "changes")
NEEDED: Keyed[str, str] = as_keyed({"years": "calendar.years", "calendar": "objective.calendar"})
"""The fault that follows when a part is missing, and is not told when the part is there but unreadable."""
UNTOLD: Keyed[str, Any] = as_keyed({"zone": "UTC", "from": None, "why": "", "approved": None, "remove": ()})
"""What the editions go by when the head itself is at fault."""


def read_standard(raw: Mapping[str, Any], places: Mapping[str, tuple[int, int]]) -> ServiceStandard:
    """The standard that plain data describe.

    Raises:
        StandardError: every fault, each with its path; of a file of a later format only that, for what it means by its
            keys nobody here knows.
    """
    reader = Reader(places=places)
    number = raw.get("svcstd")
    if isinstance(number, int) and not isinstance(number, bool) and number > FORMAT:
        reader.fault(DefinitionError("$", "standard.newer", value=number, format=FORMAT), "$.svcstd")
        raise StandardError.of(reader.faults)
    known = [*(field.key for field in HEAD), *OF_EDITION, *REST]
    for key in raw:
        if key not in known:
            reader.fault(DefinitionError("$", "shape.unknown_key", value=key, nearest=nearest(key, known)), f"$.{key}")
    head = Record(dict, HEAD).read({key: raw[key] for key in raw if key in {f.key for f in HEAD}}, "$", reader)
    told = UNTOLD if head is FAULT else head
    names = Names(told["zone"])
    base = {key: raw[key] for key in OF_EDITION if key in raw}
    editions = [_edition(base, told["from"], told, names, reader)]
    stages = [(told["from"], base)]
    editions += _changes(raw.get("changes", {}), base, names, reader, stages)
    pilots = _pilots(raw.get("pilots", {}), stages, names, reader)
    log = _log(raw["log"], names, reader) if "log" in raw else None
    keep = KEEP.read(raw["keep"], "$.keep", reader) if "keep" in raw else Keep()
    reports = REPORTS.read(raw["reports"], "$.reports", reader) if "reports" in raw else None
    examples = read_examples(raw.get("examples", {}), names, "$.examples", reader)
    waivers = WAIVERS.read(raw["waivers"], "$.waivers", reader) if "waivers" in raw else ()
    mended = _items("improvements", IMPROVEMENTS, raw, reader, set())
    _beyond(raw, editions, reader)
    if None not in editions:
        for fault in faults_of_improvements(mended, [one for one in editions if one is not None]):
            reader.fault(fault, f"$.{fault.where}")
    rest = {"log": log, "keep": keep, "reports": reports, "examples": examples, "waivers": waivers}
    rest |= {"improvements": mended, "pilots": pilots}
    return _whole(reader, head, editions, **rest)


def _whole(reader: Reader, head: Any, editions: list[Edition | None], **rest: Any) -> ServiceStandard:
    if not reader.faults:
        try:
            return ServiceStandard(id=head["id"], name=head["name"], zone=head["zone"], editions=editions, **rest)
        except SvcstdError as error:
            reader.fault(error, "$.changes")  # only their order is left to be wrong
    raise StandardError.of(reader.faults)


def _edition(
    raw: Mapping[str, Any],
    starts: date | None,
    told: Mapping[str, Any],
    names: Names,
    reader: Reader,
    *,
    pilot: str = "",
) -> Edition | None:
    """One edition of what can be read; a name that was declared but unreadable is not called unknown as well."""
    before = reader.count
    broken: set[object] = set()
    parts: dict[str, Any] = {}
    for key, shape in PARTS.items():
        if key in raw and key not in KEYED:
            parts[key] = shape.read(raw[key], f"$.{key}", reader)
    facts = _items("facts", FACTS.shape, raw, reader, broken)
    names.facts.update(dict.fromkeys(map(str, broken)), **facts)
    schema, doubtful = FactSchema(facts), frozenset(map(str, broken))
    events = _items("events", EVENTS, raw, reader, broken)
    kept: dict[str, Any] = {key: _items(key, PARTS[key], raw, reader, broken) for key in KEPT}
    for key, shaped in OVER_FACTS.items():
        kept[key] = _items(key, shaped(schema, doubtful=doubtful), raw, reader, broken)
    for key, shape in _over_records(kept["records"], kept["scales"], frozenset(map(str, broken))).items():
        kept[key] = _items(key, shape, raw, reader, broken)
    ranked = ladders(kept["records"], kept["scorecards"], unreadable=frozenset(map(str, broken)))
    kept["ladders"] = _items("ladders", ranked, raw, reader, broken)
    unreadable = frozenset(_keys(raw, "routing") - set(kept["routing"]))
    over = {"events": frozenset(_keys(raw, "events")), "tables": kept["routing"], "unreadable": unreadable}
    promises = objectives(schema, **over, doubtful=doubtful)
    kept["objectives"] = _items("objectives", promises, raw, reader, broken)
    if "exclude" in raw:
        parts["exclude"] = When(schema, doubtful).read(raw["exclude"], "$.exclude", reader)
    read = {key: kept[key] for key in ("objectives", "follow_ups", "conversions")}
    _misnamed(raw, read, _keys(raw, "events"), reader)
    names.events.update(_keys(raw, "events"))
    names.objectives.update(_keys(raw, "objectives"))
    names.routing.update(_keys(raw, "routing"))
    names.plans.add(_keys(raw, "plans"), kept["plans"], kept["records"])
    names.add_records(_keys(raw, "records"), kept["records"])
    names.assignment.update(_keys(raw, "assignment"))
    names.teams.update(_keys(raw, "teams"))
    names.roles.update(_keys(raw, "roles"))
    names.kpis.update(_keys(raw, "kpis"))
    names.scorecards.update(_keys(raw, "scorecards"))
    given = {key: value for key, value in parts.items() if value is not FAULT}
    unread = {NEEDED[key] for key in NEEDED if key in raw and key not in given}
    try:
        edition = Edition(
            zone=names.zone,
            starts=starts,
            facts=schema,
            events=events,
            **kept,
            why=told["why"],
            approved=told["approved"],
            pilot=pilot,
            **given,
        )
    except StandardError as error:
        for fault in error.faults:
            named = fault.params.get("value")
            declared = fault.message == "clauses.path" and _is_declared(raw, str(named))
            if named not in broken and fault.message not in unread and not declared:
                reader.fault(fault, f"$.{fault.where}")
        return None
    return edition if reader.count == before else None


def _is_declared(raw: Mapping[str, Any], path: str) -> bool:
    """Whether a path leads to something that stands in the document, readable or not."""
    part = path.partition(".")[0]
    return any(is_in(f"{part}.{key}", path) for key in _keys(raw, part))


def _beyond(raw: Mapping[str, Any], editions: Iterable[Edition | None], reader: Reader) -> None:
    """Improvements and pilots that clauses and owed reports name, and the document does not have."""
    known = [f"{part}.{key}" for part in BEYOND for key in sorted(_keys(raw, part))]
    for edition in editions:
        if edition is None:
            continue
        named = {f"clauses.{key}.means": clause.means for key, clause in edition.clauses.items()}
        named |= {f"report_duties.{key}.has": duty.has for key, duty in edition.report_duties.items()}
        for where, paths in named.items():
            for path in paths:
                if path.partition(".")[0] in BEYOND and not _is_declared(raw, path):
                    fault = DefinitionError(where, "clauses.path", value=path, nearest=nearest(path, known))
                    reader.fault(fault, f"$.{where}")


def _items(key: str, shape: Any, raw: Mapping[str, Any], reader: Reader, broken: set[object]) -> dict[str, Any]:
    """The readable items of a keyed part; the keys of the others go to *broken*."""
    below = raw.get(key, {})
    if not isinstance(below, dict):
        shape.read(below, f"$.{key}", reader)
        return {}
    found = {}
    for name, one in below.items():
        value = shape.read({name: one}, f"$.{key}", reader)
        if value is FAULT:
            broken.add(name)
        else:
            found[name] = value[name]
    return found


def _misnamed(raw: Mapping[str, Any], read: Mapping[str, Any], events: set[str], reader: Reader) -> None:
    """Undeclared events of entries that could not be read; those of the others the edition tells."""
    for part, known in read.items():
        entries = raw.get(part)
        for key, one in entries.items() if isinstance(entries, dict) else ():
            if key in known:
                continue
            for below, kind in dict.fromkeys(named_events(part, one)):
                if kind not in events:
                    unknown = DefinitionError("$", "events.unknown", value=kind, nearest=nearest(kind, events))
                    reader.fault(unknown, f"$.{part}.{key}{below}")


def _keys(raw: Mapping[str, Any], key: str) -> set[str]:
    return set(raw[key]) if isinstance(raw.get(key), dict) else set()


def _changes(
    raw: Any, base: Mapping[str, Any], names: Names, reader: Reader, stages: list[tuple[date | None, dict[str, Any]]]
) -> list[Edition | None]:
    """The later editions; what each is made of is added to the stages."""
    if not isinstance(raw, dict):
        reader.fault(DefinitionError("$", "shape.kind", got=kind_of(raw), expected="a table by date"), "$.changes")
        return []
    if len(raw) > MOST_EDITIONS:
        many = DefinitionError("$", "shape.bounds", value=f"{len(raw)} changes", low=0, high=MOST_EDITIONS)
        reader.fault(many, "$.changes")
        return []
    found: list[Edition | None] = []
    merged: dict[str, Any] = dict(base)
    for key in sorted(raw):
        path = f"$.changes.{key}"
        starts = DAY.read(key, path, reader)
        told, overlay = _overlay(raw[key], path, reader)
        merged = _without(merged, UNTOLD if told is FAULT else told, path, reader)
        _misspelt(overlay, merged, path, reader)
        merged = _merge(merged, overlay)
        reader.prefix = path
        day = None if starts is FAULT else starts
        found.append(_edition(merged, day, UNTOLD if told is FAULT else told, names, reader))
        stages.append((day, merged))
        reader.prefix = "$"
    return found


def _pilots(
    raw: Any, stages: list[tuple[date | None, dict[str, Any]]], names: Names, reader: Reader
) -> dict[str, Pilot]:
    """Editions on trial: each an overlay on the edition that is in force on its first day."""
    if not isinstance(raw, dict) or len(raw) > MOST_PILOTS:
        got = kind_of(raw) if not isinstance(raw, dict) else f"{len(raw)} pilots"
        reader.fault(DefinitionError("$", "shape.kind", got=got, expected="a table of a few pilots"), "$.pilots")
        return {}
    found: dict[str, Pilot] = {}
    for key, one in raw.items():
        path = f"$.pilots.{key}"
        try:
            as_id(key)
        except DefinitionError as error:
            reader.fault(error, path)
            continue
        if not isinstance(one, dict):
            PILOT.read(one, path, reader)
            continue
        own = {field.key for field in PILOT.fields}
        head = PILOT.read({name: part for name, part in one.items() if name in own}, path, reader)
        told, overlay = _overlay({name: part for name, part in one.items() if name not in own}, path, reader)
        if head is FAULT or told is FAULT:
            continue
        before = [stage for starts, stage in stages if starts is None or starts <= head["from"]]
        if not before:
            early = DefinitionError(path, "standard.too_early", day=head["from"], first=stages[0][0])
            reader.fault(early, f"{path}.from")
            continue
        merged = _without(before[-1], told, path, reader)
        _misspelt(overlay, merged, path, reader)
        reader.prefix = path
        edition = _edition(_merge(merged, overlay), head["from"], told, names, reader, pilot=key)
        reader.prefix = "$"
        if edition is not None:
            scope = When(edition.facts).read(head["scope"], f"{path}.scope", reader)
            try:
                found |= {} if scope is FAULT else {key: Pilot(scope=scope, edition=edition, until=head["until"])}
            except DefinitionError as error:
                reader.fault(error, f"{path}.{error.where}")
    return found


def _misspelt(overlay: dict[str, Any], merged: Mapping[str, Any], path: str, reader: Reader) -> None:
    """A new objective without a clock is an old one misspelt: say so, and leave it out."""
    before, changed = merged.get("objectives", {}), overlay.get("objectives", {})
    if not (isinstance(before, dict) and isinstance(changed, dict)):
        return
    for key, one in changed.items():
        if key not in before and isinstance(one, dict) and "clock" not in one:
            error = DefinitionError(path, "objective.unknown", value=key, nearest=nearest(key, before))
            reader.fault(error, f"{path}.objectives.{key}")
    known = {key: one for key, one in changed.items() if key in before or not isinstance(one, dict) or "clock" in one}
    overlay |= {"objectives": known} if changed else {}


def _overlay(raw: Any, path: str, reader: Reader) -> tuple[Any, dict[str, Any]]:
    if not isinstance(raw, dict):
        return TOLD.read(raw, path, reader), {}
    known = (*(field.key for field in TOLD.fields), *OF_EDITION)
    for key in raw:
        if key not in known:
            near = nearest(key, known)
            reader.fault(DefinitionError(path, "shape.unknown_key", value=key, nearest=near), f"{path}.{key}")
    told = TOLD.read({field.key: raw[field.key] for field in TOLD.fields if field.key in raw}, path, reader)
    return told, {key: raw[key] for key in OF_EDITION if key in raw}


def _merge(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merge key by key; everything else, lists too, is replaced."""
    found = dict(base)
    for key, value in overlay.items():
        held = found.get(key)
        found[key] = _merge(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
    return found


def _without(merged: dict[str, Any], told: Mapping[str, Any], path: str, reader: Reader) -> dict[str, Any]:
    """What the overlay leaves of the earlier edition."""
    for number, gone in enumerate(told["remove"]):
        keys = _find(merged, gone)
        if keys is None:
            reader.fault(DefinitionError("$", "standard.nothing_to_remove", value=gone), f"{path}.remove[{number}]")
        else:
            merged = _cut(merged, keys)
    return merged


def _find(table: Mapping[str, Any], path: str) -> tuple[str, ...] | None:
    """The keys that a path names; keys may hold dots themselves."""
    if path in table:
        return (path,)
    for key, held in table.items():
        if path.startswith(f"{key}.") and isinstance(held, dict):
            below = _find(held, path[len(key) + 1 :])
            if below is not None:
                return (key, *below)
    return None


def _cut(table: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The table without what lies under these keys."""
    if len(keys) == 1:
        return {key: held for key, held in table.items() if key != keys[0]}
    return {**table, keys[0]: _cut(table[keys[0]], keys[1:])}


def _log(raw: object, names: Names, reader: Reader) -> LogMapping | None:
    log = LOG.read(raw, "$.log", reader)
    if log is FAULT:
        return None
    promises = names.objectives
    for where, used, known, message in (
        ("events", log.events, names.events, "events.unknown"),
        ("kinds", log.kinds.values(), names.events, "events.unknown"),
        ("facts", log.facts, names.facts, "facts.name"),
        ("details", log.details, names.facts, "facts.name"),
    ):
        for name in used:
            if name not in known:
                unknown = DefinitionError(where, message, value=name, nearest=nearest(name, known))
                reader.fault(unknown, f"$.log.{where}.{name}")
    try:
        StampReader(log.time, log.zone, log.folds)
    except SvcstdError as error:
        reader.fault(error, f"$.log.{error.where}")
    answered = log.desk.objective if log.desk is not None else ""
    if answered and answered not in promises:
        missing = DefinitionError("$", "objective.unknown", value=answered, nearest=nearest(answered, promises))
        reader.fault(missing, "$.log.desk.objective")
    if log.desk is not None and not answered and len(promises) != 1:
        reader.fault(DefinitionError("$", "log.objective"), "$.log.desk.objective")
    found: LogMapping = log
    return found


def write_standard(standard: ServiceStandard) -> dict[str, Any]:
    """Plain data that :func:`read_standard` reads back as an equal standard.

    Raises:
        DefinitionError: an improvement with a result, for which the file has no place.
    """
    first = standard.editions[0]
    head = {"svcstd": FORMAT, "id": standard.id, "name": standard.name, "zone": standard.zone}
    head |= {"from": first.label} if first.starts else {}
    found: dict[str, Any] = head | _told(first) | edition_parts(first)
    if standard.log is not None:
        found["log"] = LOG.write(standard.log)
    if standard.keep != Keep():
        found["keep"] = KEEP.write(standard.keep)
    if standard.reports is not None:
        found["reports"] = REPORTS.write(standard.reports)
    if standard.waivers:
        found["waivers"] = WAIVERS.write(standard.waivers)
    if standard.improvements:
        found["improvements"] = _written_improvements(standard)
    if standard.examples:
        found["examples"] = write_examples(standard.examples)
    changes = {}
    for earlier, later in zip(standard.editions, standard.editions[1:], strict=False):
        changes[later.label] = _told(later) | _overlay_of(edition_parts(earlier), edition_parts(later))
    pilots = {key: _pilot_table(standard, one) for key, one in standard.pilots.items()}
    return found | ({"changes": changes} if changes else {}) | ({"pilots": pilots} if pilots else {})


def _written_improvements(standard: ServiceStandard) -> object:
    for key, one in standard.improvements.items():
        if one.result is not None:
            raise DefinitionError(f"improvements.{key}.result", "improvements.unwritten")
    return IMPROVEMENTS.write(standard.improvements)


def _pilot_table(standard: ServiceStandard, pilot: Pilot) -> dict[str, Any]:
    """A pilot as an overlay on the edition in force on its first day."""
    earlier, edition = standard.edition_on(pilot.starts), pilot.edition
    head = {"from": pilot.starts.isoformat(), "scope": When(edition.facts).write(pilot.scope)}
    head |= {} if pilot.until is None else {"until": pilot.until.isoformat()}
    return head | _told(edition) | _overlay_of(edition_parts(earlier), edition_parts(edition))


def _told(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = {"why": edition.why} if edition.why else {}
    return found | ({"approved": APPROVAL.write(edition.approved)} if edition.approved else {})


def edition_parts(edition: Edition) -> dict[str, Any]:
    """The parts of an edition as plain data, without its day, reason and approval."""
    found: dict[str, Any] = {}
    for key, shape in PARTS.items():
        value = getattr(edition, key)
        if value is not None and value not in ("", EMPTY, FactSchema()):
            found[key] = shape.write(value)
    if edition.objectives:
        found["objectives"] = objectives(edition.facts).write(edition.objectives)
    if edition.exclude is not None:
        found["exclude"] = When(edition.facts).write(edition.exclude)
    for key, shaped in OVER_FACTS.items():
        if getattr(edition, key):
            found[key] = shaped(edition.facts).write(getattr(edition, key))
    for key, shape in _over_records(edition.records, edition.scales).items():
        if getattr(edition, key):
            found[key] = shape.write(getattr(edition, key))
    if edition.ladders:
        found["ladders"] = ladders(edition.records, edition.scorecards).write(edition.ladders)
    return found


def _overlay_of(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """The overlay that makes the later of the earlier: what is removed, then what is merged."""
    gone: list[str] = []
    changed: dict[str, Any] = {}
    for key in (*earlier, *(key for key in later if key not in earlier)):
        step = _step(earlier, earlier.get(key), later.get(key), (key,))
        paths, value = ([key], later[key]) if step is None else step
        gone += paths
        changed |= {} if value is None else {key: value}
    return ({"remove": gone} if gone else {}) | changed


def _step(root: Mapping[str, Any], held: Any, value: Any, keys: tuple[str, ...]) -> tuple[list[str], Any] | None:
    """What to remove at a place and what to merge there; ``None`` where only the whole around it can be said anew.

    That is so where a path would name something else, since keys may hold dots, and where the order of a table would
    come out otherwise.
    """
    if value is None:
        return ([".".join(keys)], None) if _find(root, ".".join(keys)) == keys else None
    if not (isinstance(held, dict) and isinstance(value, dict)):
        return [], None if held == value else value
    gone: list[str] = []
    changed: dict[str, Any] = {}
    left = []
    for key in (*held, *(key for key in value if key not in held)):
        path = (*keys, key)
        step = _step(root, held.get(key), value.get(key), path)
        anew = step is None
        if step is None:
            if _find(root, ".".join(path)) != path:
                return None
            step = [".".join(path)], value[key]
        gone += step[0]
        changed |= {} if step[1] is None else {key: step[1]}
        left += [key] if key in held and key in value and not anew else []
    order = [*left, *(key for key in changed if key not in left)]
    return (gone, changed or None) if order == list(value) or _is_record(keys) else None


def _is_record(keys: tuple[str, ...]) -> bool:
    """Whether a table has fixed keys, so that their order says nothing: an entry, or its clock."""
    return len(keys) == 2 or keys[-1] == "clock"  # noqa: PLR2004 - a part and the key of an entry


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the standard file, for editors and other validators.

    >>> json_schema()["properties"]["svcstd"]["maximum"]
    1
    """
    parts = [Field(key, shape, None) for key, shape in PARTS.items()]
    empty = FactSchema()
    parts += [
        Field("objectives", objectives(empty), None),
        Field("exclude", When(empty), None, says="cases that are counted for nothing"),
    ]
    parts += [Field(key, shaped(empty), None) for key, shaped in OVER_FACTS.items()]
    parts += [Field(key, shape, None) for key, shape in _over_records({}, {}).items()]
    parts.append(Field("ladders", ladders({}, {}), None))
    overlay = TOLD.schema()
    overlay["properties"] |= _partial(Record(dict, parts).schema())["properties"]
    rest = (
        Field("keep", KEEP, None),
        Field("log", LOG, None),
        Field("reports", REPORTS, None),
        Field("examples", EXAMPLES, None),
        Field("waivers", WAIVERS, None),
        Field("improvements", IMPROVEMENTS, None),
    )
    whole = Record(dict, (*HEAD, *parts, *rest), "a service standard").schema()
    whole["properties"]["changes"] = {"type": "object", "additionalProperties": overlay}
    pilot = PILOT.schema()
    pilot["properties"] |= overlay["properties"]
    whole["properties"]["pilots"] = {"type": "object", "additionalProperties": pilot}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "svcstd standard, format 1",
        **whole,
    }


def _partial(schema: Any) -> Any:
    """The same schema with nothing required: an overlay says only what changes."""
    if isinstance(schema, list):
        return [_partial(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _partial(one) for name, one in value.items()} if key == "properties" else _partial(value)
        for key, value in schema.items()
        if key != "required"
    }
