"""The shapes of a standard's parts: the one description that loads, dumps and documents the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs

from svcstd.calendars import DayHours, HolidayTable, WeeklyHours
from svcstd.conditions import AllOf, FactSchema, FactType, read_condition, write_condition
from svcstd.documents.shapes import (
    FAULT,
    Choice,
    Field,
    Flag,
    Listed,
    Mapped,
    OneOrMore,
    Parsed,
    Reader,
    Record,
    Shape,
    Switch,
    Table,
    Text,
    Whole,
    kind_of,
)
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import YEARS as COMPUTED
from svcstd.sla import ANY_OTHER, ClockRule, Objective, On, Pause, read_target, write_target
from svcstd.sla.objective import ELSE, NEEDS_VALUE, STATUSES
from svcstd.sla.targets import ElapsedTime
from svcstd.standard import (
    Approval,
    CalendarEntry,
    DeskMapping,
    DeskVerdict,
    EventName,
    LogMapping,
    PublicHolidays,
    Reports,
)

__all__ = [
    "APPROVAL",
    "CALENDARS",
    "DAY",
    "EVENTS",
    "FACTS",
    "HOLIDAYS",
    "LOG",
    "REPORTS",
    "YEARS",
    "objectives",
    "pauses_briefly",
]


def _is(*kinds: type) -> Any:
    return lambda raw: isinstance(raw, kinds)


def _has(*keys: str) -> Any:
    return lambda raw: isinstance(raw, dict) and any(key in raw for key in keys)


def _day(text: str) -> date:
    """One spelling only: ``20260101`` and ``2026-W01-4`` would be second keys for the same day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise DefinitionError("day", "day.text", value=text)
    return day


DAY = Parsed(_day, date.isoformat, "a date", ("2026-02-17",))


def _day_range(text: str) -> tuple[date | None, date | None]:
    """``[2010-01-01..2017-12-31]``: brackets say which ends belong to it; an empty end is unbounded."""
    low, dots, high = text[1:-1].partition("..")
    if not dots or text[:1] not in "[(" or text[-1:] not in "])":
        raise DefinitionError("covers", "day.range", value=text)
    first = _day(low.strip()) if low.strip() else None
    last = _day(high.strip()) if high.strip() else None
    try:
        first = first + timedelta(1) if first and text[0] == "(" else first
        last = last + timedelta(1) if last and text[-1] == "]" else last
    except OverflowError:
        raise DefinitionError("covers", "day.range", value=text) from None
    return first, last


def _show_range(covers: tuple[date | None, date | None]) -> str:
    first, last = covers
    return f"[{first or ''}..{last or ''})"


DAY_RANGE = Parsed(
    _day_range, _show_range, "dates; the brackets say which ends belong to it", ("[2010-01-01..2017-12-31]",)
)


def _years(text: str) -> range:
    found = re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text, re.ASCII)
    if found is None:
        raise DefinitionError("years", "years.text", value=text)
    first, last = int(found[1]), int(found[2] or found[1])
    # A table for whole years ends on the first day of the next, which calendars must reach.
    if not (first <= last and first in COMPUTED and last + 1 in COMPUTED):
        raise DefinitionError("years", "years.text", value=text)
    return range(first, last + 1)


YEARS = Parsed(_years, lambda years: f"{years.start}..{years.stop - 1}", "first and last year", ("2010..2017",))
WEEKLY = Parsed(
    WeeklyHours.parse, str, "weekly hours", ("Mon-Fri 09:00-12:00 13:00-18:00", "daily 08:00-22:00", "24x7")
)
DAY_TEXT = Parsed(DayHours.parse, str, "the hours of one day", ("09:00-12:00", "closed"))


def _same(value: Any) -> Mapping[str, Any]:
    return {"hours": value, "name": value.name}


EXCEPTION = Switch(
    (
        (_is(str), DAY_TEXT),
        (
            _is(dict),
            Record(
                lambda hours, name: DayHours(hours.spans, name),
                (Field("hours", DAY_TEXT), Field("name", Text("why"), "")),
                take=_same,
            ),
        ),
    ),
    lambda value: 1 if value.name else 0,
    "hours such as 09:00-12:00, or a table with hours and name",
)


def _bare(days: Mapping[date, str]) -> list[date]:
    return list(days)


NAMED_DAYS = Switch(
    (
        (_is(list), Mapped(Listed(DAY), lambda days: days, _bare)),
        (_is(dict), Table(Text("name of the day"), parse=_day, show=date.isoformat)),
    ),
    lambda days: 1 if any(days.values()) else 0,
    "a list of dates, or a table of dates with names",
)


def _public(text: str) -> PublicHolidays:
    return PublicHolidays(text)


def _table_parts(table: HolidayTable) -> Mapping[str, Any]:
    return {
        "holidays": Keyed(table.holidays),
        "make_up": Keyed(table.make_up),
        "covers": table.covers,
        "source": table.source,
        "provisional_from": table.provisional_from,
    }


FROZEN = Record(
    HolidayTable,
    (
        Field("covers", DAY_RANGE, (None, None), says="outside, days are unknown"),
        Field("days", NAMED_DAYS, attr="holidays"),
        Field("make_up", NAMED_DAYS, EMPTY, says="days off that are worked"),
        Field("source", Text(), ""),
        Field("provisional_from", DAY, None, says="first day that a later notice may change"),
    ),
    "a frozen holiday table",
    _table_parts,
)

PUBLIC = Record(
    PublicHolidays,
    (
        Field("of", Text(), says="ISO 3166, e.g. CN or US-MA"),
        Field("categories", Listed(Text(), 1), ()),
        Field("observed", Flag(), True),  # noqa: FBT003 - the default of a field
        Field("language", Text(), "", says="of the names, e.g. en_US"),
    ),
    "public holidays of a place, for the years of the standard",
)


def _holidays_way(value: PublicHolidays | HolidayTable) -> int:
    if isinstance(value, PublicHolidays):
        return 0 if value == PublicHolidays(value.of) else 2
    return 1 if value == HolidayTable([day for day, name in value.holidays if not name]) else 3


HOLIDAYS = Switch(
    (
        (_is(str), Parsed(_public, lambda value: str(value.of), "a country or subdivision", ("CN", "US-MA"))),
        (_is(list), Mapped(Listed(DAY), HolidayTable, lambda value: [day for day, _ in value.holidays])),
        (_has("of"), PUBLIC),
        (_has("days"), FROZEN),
    ),
    _holidays_way,
    "a place such as US-MA, a list of dates, or a table with of or days",
)

KEYS = OneOrMore(Text("key of a calendar"))


def _versions_of(raw: object) -> bool:
    return isinstance(raw, dict) and ELSE in raw


class _Versions:
    """A calendar by date: ``{ else = "office", 2026-06-01 = "daily" }``."""

    dates = Table(Text("key of a calendar"), parse=_day, show=date.isoformat)

    def read(self, raw: Any, path: str, reader: Reader) -> Any:
        """An entry with versions."""
        options = {key: raw[key] for key in (ELSE, "zone", "name") if key in raw}
        changes = self.dates.read({key: one for key, one in raw.items() if key not in options}, path, reader)
        named = {key: Text().read(one, f"{path}.{key}", reader) for key, one in options.items()}
        if changes is FAULT or FAULT in named.values():
            return FAULT
        parts = {"versions": changes, "otherwise": named[ELSE], "zone": named.get("zone", "")}
        try:
            return CalendarEntry(name=named.get("name", ""), **parts)
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{ELSE}")

    def write(self, value: CalendarEntry, *, full: bool = False) -> object:
        """The table."""
        options = {ELSE: value.otherwise, "zone": value.zone, "name": value.name}
        changes = self.dates.write(value.versions, full=full)
        return {key: one for key, one in options.items() if one} | changes  # type: ignore[operator]

    def schema(self) -> dict[str, Any]:
        """An object with an else."""
        return {"type": "object", "required": [ELSE], "additionalProperties": {"type": "string"}}


LEAF = Record(
    CalendarEntry,
    (
        Field("hours", WEEKLY, None),
        Field("holidays", HOLIDAYS, None),
        Field("exceptions", Table(EXCEPTION, parse=_day, show=date.isoformat), EMPTY),
        Field("make_up_hours", DAY_TEXT, None, says="hours of make-up workdays"),
        Field("overnight", Choice(("drop_shift", "cut_day")), "drop_shift"),
        Field("landing", Choice(("close", "next_open")), "close"),
        Field("any_of", KEYS, (), says="open when one of these calendars is"),
        Field("all_of", KEYS, (), says="open when all of these calendars are"),
        Field("except", KEYS, (), attr="less", says="and none of these"),
        Field("zone", Text("IANA name"), ""),
        Field("name", Text(), ""),
    ),
    "a calendar",
)


def _calendar_way(value: CalendarEntry) -> int:
    if value.otherwise:
        return 1
    return 0 if value.hours is not None and value == CalendarEntry(hours=value.hours) else 2


CALENDARS = Table(
    Switch(
        (
            (_is(str), Mapped(WEEKLY, lambda hours: CalendarEntry(hours=hours), lambda value: value.hours)),
            (_versions_of, _Versions()),
            (_is(dict), LEAF),
        ),
        _calendar_way,
        "hours such as Mon-Fri 09:00-18:00, or a table",
    )
)


def _fact_kind(text: str) -> FactType:
    return FactType(text)  # type: ignore[arg-type]


def _aliases(also: Mapping[str, tuple[str, ...]], **others: Any) -> FactType:
    return FactType(also={alias: value for value, aliases in also.items() for alias in aliases}, **others)


def _fact_parts(kind: FactType) -> Mapping[str, Any]:
    also: dict[str, tuple[str, ...]] = {}
    for alias, value in kind.also.items():
        also[value] = (*also.get(value, ()), alias)
    return {"kind": kind.kind, "one_of": kind.one_of, "also": Keyed(also), "name": kind.name}


FACT_KINDS = ("text", "integer", "number", "true or false", "date")
FACTS = Mapped(
    Table(
        Switch(
            (
                (_is(str), Parsed(_fact_kind, lambda value: str(value.kind), "kind of the fact", FACT_KINDS)),
                (
                    _is(dict),
                    Record(
                        _aliases,
                        (
                            Field("kind", Choice(FACT_KINDS), "text"),
                            Field("one_of", Listed(Text(), 1), (), says="the closed list of values"),
                            Field(
                                "also", Table(OneOrMore(Text()), free=True), EMPTY, says="other spellings of a value"
                            ),
                            Field("name", Text(), ""),
                        ),
                        "a fact",
                        _fact_parts,
                    ),
                ),
            ),
            lambda value: 0 if value == FactType(value.kind) else 1,
            "a kind such as text, or a table with one_of",
        )
    ),
    FactSchema,
    lambda schema: schema.types,
)

EVENTS = Table(
    Switch(
        (
            (_is(str), Mapped(Text("what happens"), EventName, lambda value: value.name)),
            (
                _is(dict),
                Record(
                    EventName,
                    (Field("name", Text(), ""), Field("also", OneOrMore(Text()), (), says="other spellings in logs")),
                ),
            ),
        ),
        lambda value: 1 if value.also else 0,
        "a text, or a table with name and also",
    )
)


@attrs.frozen
class When:
    """A table of facts, read against the schema.

    Attributes:
        facts: those that are declared.
        doubtful: those whose declaration could not be read: a test on them may be right, and is not judged.
    """

    facts: FactSchema
    doubtful: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A condition."""
        if not isinstance(raw, dict):
            return reader.fault(
                DefinitionError(path, "shape.kind", got=kind_of(raw), expected="a table of facts"), path
            )
        tests: list[Any] = []
        for field, cell in sorted(raw.items()):  # TOML moves tables such as {present = true} behind values
            if field in self.doubtful:
                reader.count += 1
                tests.append(FAULT)
                continue
            try:
                tests += read_condition({field: cell}, self.facts, path).tests
            except SvcstdError as error:
                tests.append(reader.fault(error, error.where))
        return FAULT if FAULT in tests else AllOf(tuple(tests))

    def write(self, value: AllOf, *, full: bool = False) -> object:
        """The table."""
        return {field: _plain(cell) for field, cell in write_condition(value).items()}

    def schema(self) -> dict[str, Any]:
        """An object of literals, lists and tests."""
        cell = {"type": ["string", "number", "boolean", "array", "object"]}
        return {"type": "object", "additionalProperties": cell}


def _plain(cell: object) -> object:
    if isinstance(cell, list):
        return [_plain(one) for one in cell]
    return cell.isoformat() if isinstance(cell, date) else cell


EMPTY_WHEN = AllOf()


def _on(when: When) -> Shape:
    """A signal: the kind of an event, or a table with the condition under which it counts."""
    return OneOrMore(
        Switch(
            (
                (_is(str), Mapped(Text("kind of an event"), On, lambda value: value.kind)),
                (_is(dict), Record(On, (Field("event", Text(), attr="kind"), Field("when", when, EMPTY_WHEN)))),
            ),
            lambda value: 0 if value == On(value.kind) else 1,
            "an event, or a table with event and when",
        )
    )


UNTIL_ANY = (On(ANY_OTHER),)


def _until(until: tuple[On, ...]) -> Any:
    return ANY_OTHER if until == UNTIL_ANY else until


def _until_parts(pause: Pause) -> tuple[On, ...]:
    return UNTIL_ANY if isinstance(pause.until, str) else pause.until


def _clock(pause: Any, resume: Any, pauses: Mapping[str, tuple[Any, Any]], **others: Any) -> ClockRule:
    if bool(pause) != bool(resume) or (pause and pauses):
        raise DefinitionError("resume", "clock.resume")
    found = [Pause(pause, _until(resume))] if pause else []
    found += [Pause(on, _until(until), key) for key, (on, until) in pauses.items()]
    return ClockRule(pauses=tuple(found), **others)


def pauses_briefly(rule: ClockRule) -> bool:
    """Whether its pauses can stand as ``pause`` and ``resume``, without a key."""
    return not rule.pauses or (len(rule.pauses) == 1 and rule.pauses[0].key == rule.pauses[0].on[0].kind)


def _brief_parts(rule: ClockRule) -> Mapping[str, Any]:
    on, until = (rule.pauses[0].on, _until_parts(rule.pauses[0])) if rule.pauses else ((), ())
    return _signals(rule) | {"pause": on, "resume": until, "pauses": EMPTY}


def _keyed_parts(rule: ClockRule) -> Mapping[str, Any]:
    keyed = {pause.key: (pause.on, _until_parts(pause)) for pause in rule.pauses}
    return _signals(rule) | {"pause": (), "resume": (), "pauses": Keyed(keyed)}


def _signals(rule: ClockRule) -> dict[str, Any]:
    return {"start": rule.start, "stop": rule.stop, "cancel": rule.cancel}


def _clock_shape(when: When, *, brief: bool) -> Record:
    on = _on(when)
    pair = Record(
        lambda on, until: (on, until),
        (Field("on", on), Field("until", on)),
        take=lambda value: dict(zip(("on", "until"), value, strict=True)),
    )
    return Record(
        _clock,
        (
            Field("start", on, says="events that start the clock"),
            Field("stop", on, says="events that stop it"),
            Field("pause", on, (), says="events that pause it"),
            Field("resume", on, (), says="events that end the pause, or any other event"),
            Field("pauses", Table(pair), EMPTY, says="several pauses, each with on and until"),
            Field("cancel", on, (), says="events that end it without an answer"),
        ),
        "the signals of a clock",
        _brief_parts if brief else _keyed_parts,
    )


def _target(text: str) -> Any:
    return None if text.strip() == NEEDS_VALUE else read_target(text)


def _show_target(target: Any) -> str:
    return NEEDS_VALUE if target is None else write_target(target)


TARGET = Parsed(
    _target, _show_target, "what is promised", ("8 working hours", "3 working days", "30 calendar days", "24 hours")
)


def _rows(rows: Keyed[str, Any]) -> tuple[Any, Keyed[str, Any]]:
    return rows.get(ELSE), Keyed({key: target for key, target in rows.items() if key != ELSE})


def _else_last(target: Any, rows: Keyed[str, Any]) -> Keyed[str, Any]:
    return rows | ({ELSE: target} if target is not None else {})


TARGETS = Switch(
    (
        (_is(str), Mapped(TARGET, lambda target: (target, EMPTY), lambda pair: pair[0])),
        (_is(dict), Mapped(Table(TARGET, free=True), _rows, lambda pair: _else_last(*pair))),
    ),
    lambda pair: 1 if pair[1] else 0,
    "a target such as 8 working hours, or a table of targets",
)


def _objective(target: tuple[Any, Keyed[str, Any]], **others: Any) -> Objective:
    if any(row is None for row in target[1].values()):
        raise DefinitionError("target", "objective.row_value")
    return Objective(target=target[0], rows=target[1], **others)


def _objective_parts(objective: Objective) -> Mapping[str, Any]:
    names = ("name", "clock", "by", "when", "calendar", "order", "status")
    return {name: getattr(objective, name) for name in names} | {"target": (objective.target, objective.rows)}


def objectives(facts: FactSchema, *, doubtful: frozenset[str] = frozenset(), brief: bool = True) -> Table:
    """The shape of the objectives, whose conditions speak of declared facts; *brief* writes pauses without keys."""
    when = When(facts, doubtful)
    return Table(
        Record(
            _objective,
            (
                Field("name", Text(), ""),
                Field("when", when, EMPTY_WHEN, says="the cases it applies to"),
                Field("calendar", Text("key of a calendar"), ""),
                Field("clock", _clock_shape(when, brief=brief)),
                Field("by", Text("the fact that picks a row"), ""),
                Field("target", TARGETS),
                Field("order", Whole(-1_000, 1_000), None, says="which of several is shown first"),
                Field("status", Choice(STATUSES), "in_force"),
            ),
            "a promise",
            _objective_parts,
        )
    )


def _within(text: str) -> timedelta:
    target = read_target(text)
    if not isinstance(target, ElapsedTime):
        raise DefinitionError("within", "log.within", value=text)
    return target.amount


LOG = Record(
    LogMapping,
    (
        Field("id", Text("column of the case's name")),
        Field("time", Text("pattern of the stamps, or ISO 8601")),
        Field("zone", Text("of stamps without offset"), ""),
        Field("folds", Choice(("earlier", "later", "reject")), None, says="how to read a time that happens twice"),
        Field("events", Table(Text("column")), EMPTY, says="event to column: a row is a case"),
        Field("event", Text("column of the kind: a row is an event"), ""),
        Field("at", Text("column of the time"), ""),
        Field("kinds", Table(Text("event"), free=True), EMPTY, says="text of the log to event"),
        Field("facts", Table(Text("column")), EMPTY, says="fact to column"),
        Field("actor", Text("column"), ""),
        Field("group", Text("column"), ""),
        Field(
            "desk",
            Record(
                DeskMapping,
                (
                    Field("objective", Text(), ""),
                    Field("due", Text("column"), ""),
                    Field(
                        "verdict",
                        Record(DeskVerdict, (Field("column", Text()), Field("kept", Text()), Field("late", Text()))),
                        None,
                    ),
                    Field(
                        "within",
                        Parsed(_within, lambda amount: write_target(ElapsedTime(amount)), "tolerance", ("60 seconds",)),
                        timedelta(),
                    ),
                ),
                "the desk's own answers, compared, never believed",
            ),
            None,
        ),
    ),
    "where cases come from",
)

REPORTS = Record(
    lambda attainment: attainment,
    (
        Field(
            "attainment",
            Record(
                Reports,
                (Field("by", Choice(("started", "due", "decided"))), Field("week", Text("first day of the week"))),
            ),
        ),
    ),
    "how reports count",
    lambda value: {"attainment": value},
)

APPROVAL = Record(Approval, (Field("role", Text()), Field("on", DAY)), "who approved it")
