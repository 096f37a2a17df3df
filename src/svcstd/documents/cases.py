"""Rows of a log to cases, as the standard's ``[log]`` says. A row that cannot be read is listed, never dropped."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.conditions import FactSchema, FactType
from svcstd.documents.stamps import StampReader
from svcstd.errors import DefinitionError, RowError, SvcstdError, nearest
from svcstd.moment import UTC, moment
from svcstd.sla import Case, Event
from svcstd.standard import LogMapping, ServiceStandard

__all__ = ["LogRow", "ReadLog", "Rejected", "csv_records", "json_records", "read_log"]

Record: TypeAlias = "tuple[int, Mapping[str, str] | SvcstdError]"
"""Number of its first line, and the row by header, or why it is no row."""


@attrs.frozen
class LogRow:
    """A case with the place it came from and the desk's own answers.

    Attributes:
        line: of its first row, from 1 (a header is line 1).
        case: its facts and events.
        desk_due: the desk's due time, UTC microseconds.
        desk_verdict: ``kept`` or ``late`` by the desk's own words.
    """

    line: int
    case: Case
    desk_due: int | None = None
    desk_verdict: Literal["kept", "late"] | None = None


def _told(error: SvcstdError) -> tuple[type, str, str]:
    return type(error), error.where, str(error)


@attrs.frozen
class Rejected:
    """A row that could not be read.

    Attributes:
        line: its number.
        case: its case, as far as it could be read.
        reason: where, what and how to mend it.
    """

    line: int
    case: str
    reason: SvcstdError = attrs.field(eq=_told)


@attrs.frozen
class ReadLog:
    """What a log held.

    Attributes:
        rows: the cases, in the order of their first rows.
        rejected: the rows that could not be read.
        ignored: texts of a long log that are no event of the standard, with the number of their rows, most first.
    """

    rows: tuple[LogRow, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[tuple[str, int], ...] = ()


def csv_records(lines: Iterable[str], columns: Iterable[str]) -> Iterator[Record]:
    """Rows of a CSV text with a header, cut to the columns asked for.

    Raises:
        RowError: the header lacks a column that is read, or has it twice.
    """
    # Strict: an open quote must not swallow the rows below it.
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise RowError("header", "log.csv", reason=str(error)) from None
    if header:
        header[0] = header[0].removeprefix("\ufeff")
    places = {column: _column(header, column) for column in columns}
    width = len(header)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, RowError("row", "log.csv", reason=str(error))
            continue
        if not fields:
            continue
        if len(fields) != width:
            yield line, RowError("row", "log.width", got=len(fields), expected=width)
        else:
            yield line, {column: fields[place] for column, place in places.items()}


def _column(header: list[str], column: str) -> int:
    if not header:
        raise RowError("header", "log.empty")
    if len(header) == 1 and column not in header and any(mark in header[0] for mark in ";\t|"):
        raise RowError("header", "log.separator", value=header[0])
    if header.count(column) != 1:
        message = "log.column_twice" if column in header else "log.column"
        raise RowError("header", message, value=column, nearest=nearest(column, header))
    return header.index(column)


def json_records(lines: Iterable[str], columns: Iterable[str]) -> Iterator[Record]:
    """Rows of JSON Lines, one object a line, cut to the columns asked for; null and absent are empty."""
    wanted = tuple(columns)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.removeprefix("\ufeff"), parse_float=str, parse_int=str)
        except (ValueError, RecursionError) as error:
            yield number, RowError("row", "log.json", reason=str(error))
            continue
        yield number, _cells(row, wanted)


def _cells(row: object, wanted: tuple[str, ...]) -> Mapping[str, str] | SvcstdError:
    if not isinstance(row, dict):
        return RowError("row", "log.json", reason="not an object")
    nested = [column for column in wanted if isinstance(row.get(column), dict | list)]
    if nested:
        return RowError(nested[0], "log.json", reason="a list or an object is no cell")
    return {column: _text(row.get(column)) for column in wanted}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def read_log(standard: ServiceStandard, records: Iterable[Record]) -> ReadLog:
    """Cases of a log.

    Args:
        standard: with a ``[log]``.
        records: from :func:`csv_records` or :func:`json_records`, over ``standard.log.columns``.

    Raises:
        DefinitionError: the standard has no ``[log]``.
        RowError: the header lacks a column.
    """
    log = standard.log
    if log is None:
        raise DefinitionError("log", "log.none")
    reader = _Rows(standard, log)
    return reader.wide(records) if log.is_wide else reader.long(records)


def vocabulary(standard: ServiceStandard) -> FactSchema:
    """The facts of all editions together: a row may be older than the edition that dropped its value."""
    types: dict[str, FactType] = {}
    for edition in standard.every_edition:
        for name, kind in edition.facts.types.items():
            earlier = types.get(name, kind) if types.get(name, kind).kind == kind.kind else kind
            closed = earlier.one_of and kind.one_of
            values = dict.fromkeys((*earlier.one_of, *kind.one_of)) if closed else ()
            also = {alias: value for alias, value in (earlier.also | kind.also).items() if alias not in values}
            types[name] = attrs.evolve(kind, one_of=tuple(values), also=also)
    return FactSchema(types)


def kinds_of(standard: ServiceStandard, log: LogMapping) -> dict[str, str]:
    """The event that each text of a long log means: those of the log, event keys and their aliases."""
    events = [(kind, name) for edition in standard.every_edition for kind, name in edition.events.items()]
    aliases = {alias: kind for kind, name in events for alias in (kind, *name.also)}
    return aliases | dict(log.kinds)


class _Rows:
    """Reads rows of one log; it never leaves this module."""

    def __init__(self, standard: ServiceStandard, log: LogMapping) -> None:
        self._log = log
        self._stamp = StampReader(log.time, log.zone, log.folds)
        self._facts = vocabulary(standard)
        self._kinds = kinds_of(standard, log)

    def wide(self, records: Iterable[Record]) -> ReadLog:
        """A row a case."""
        rows: list[LogRow] = []
        rejected: list[Rejected] = []
        seen: dict[str, int] = {}
        for line, record in records:
            name = ""
            try:
                row = _row(record)
                name = self._name(row)
                if name in seen:
                    raise RowError(self._log.id, "log.case_twice", value=name, line=seen[name])
                rows.append(
                    LogRow(line, Case(name, self._facts_of(row, self._log.facts), self._events(row)), *self._desk(row))
                )
                seen[name] = line
            except SvcstdError as error:
                rejected.append(Rejected(line, name, error))
        return ReadLog(tuple(rows), tuple(rejected))

    def long(self, records: Iterable[Record]) -> ReadLog:
        """A row an event. One unreadable row makes its whole case unreadable: half a history would lie."""
        held: dict[str, list[tuple[int, Event | None, tuple[Any, Any]]]] = {}
        rejected: list[Rejected] = []
        broken: dict[str, int] = {}
        ignored: Counter[str] = Counter()
        for line, record in records:
            name = ""
            try:
                row = _row(record)
                name = self._name(row)
                event = self._event(row)
                if event is None:
                    ignored[row[self._log.event].strip()] += 1
                held.setdefault(name, []).append((line, event, self._desk(row)))
            except SvcstdError as error:
                rejected.append(Rejected(line, name, error))
                broken.setdefault(name, line)
        rows = []
        for name, found in held.items():
            if name in broken:
                reason = RowError(self._log.id, "log.case_broken", line=broken[name])
                rejected += [Rejected(line, name, reason) for line, _, _ in found]
                continue
            events = tuple(event for _, event, _ in found if event is not None)
            due, verdict = found[0][2]
            rows.append(LogRow(found[0][0], Case(name, {}, events), due, verdict))
        rejected.sort(key=lambda one: one.line)
        return ReadLog(tuple(rows), tuple(rejected), tuple(ignored.most_common()))

    def _name(self, row: Mapping[str, str]) -> str:
        name = row[self._log.id].strip()
        if not name:
            raise RowError(self._log.id, "log.no_id")
        return name

    def _facts_of(self, row: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
        found = {}
        for fact, column in columns.items():
            value = self._facts.read(fact, row[column])
            if value is not None:
                found[fact] = value
        return found

    def _events(self, row: Mapping[str, str]) -> tuple[Event, ...]:
        return tuple(
            Event(kind, at=self._moment(row, column))
            for kind, column in self._log.events.items()
            if row[column].strip()
        )

    def _moment(self, row: Mapping[str, str], column: str) -> Any:
        return moment(self._stamp.read(row[column], column), UTC)

    def _maybe(self, row: Mapping[str, str], column: str) -> Any:
        return self._moment(row, column) if column and row[column].strip() else None

    def _event(self, row: Mapping[str, str]) -> Event | None:
        log = self._log
        kind = self._kinds.get(row[log.event].strip())
        if kind is None:
            return None
        return Event(
            kind,
            at=self._moment(row, log.at),
            facts=self._facts_of(row, log.facts),
            details=self._facts_of(row, log.details),
            recorded_at=self._maybe(row, log.recorded),
            due=self._maybe(row, log.due),
            since=self._maybe(row, log.since),
            reason=row[log.reason].strip() or None if log.reason else None,
            id=row[log.event_id].strip() or None if log.event_id else None,
            actor=row[log.actor] or None if log.actor else None,
            group=row[log.group] or None if log.group else None,
        )

    def _desk(self, row: Mapping[str, str]) -> tuple[int | None, Literal["kept", "late"] | None]:
        desk = self._log.desk
        if desk is None:
            return None, None
        due = self._stamp.read(row[desk.due], desk.due) if desk.due and row[desk.due].strip() else None
        said = row[desk.verdict.column].strip() if desk.verdict else ""
        if desk.verdict and said == desk.verdict.kept:
            return due, "kept"
        return due, "late" if desk.verdict and said == desk.verdict.late else None


def _row(record: Mapping[str, str] | SvcstdError) -> Mapping[str, str]:
    if isinstance(record, SvcstdError):
        raise record
    return record
