"""A log over columns: rows become the events of cases, in numbers; a row that cannot be read keeps its reason.

The scalar reader (:func:`svcstd.documents.read_log`) is the reference: the same rows make the same cases, and a row
that it rejects makes its whole case unreadable here too, since half a history would lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Given, integers
from svcstd.batch.calendars.kernel import FAULTS
from svcstd.batch.encoded import Encoded, Places, encoded
from svcstd.conditions import Facts, FactSchema
from svcstd.documents.cases import kinds_of, vocabulary
from svcstd.documents.stamps import StampReader
from svcstd.errors import DefinitionError, RowError, SvcstdError, nearest
from svcstd.keyed import EMPTY
from svcstd.moment import FIRST, LAST, UTC, moment
from svcstd.sla import Case, Event
from svcstd.standard import LogMapping, ServiceStandard

__all__ = ["Columns", "Events", "read_columns"]

Columns: TypeAlias = "Mapping[str, Any]"
"""Columns by header: NumPy arrays, masked or not, lists, or :class:`svcstd.batch.Encoded`; all of one length."""
Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
IGNORED = -1
TYPED = "iuM"


class Reasons:
    """Messages of faults, each with a number; 0 is none."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, message: str) -> int:
        """The number of a message."""
        return self._numbers.setdefault(message, len(self._numbers))

    @property
    def messages(self) -> tuple[str, ...]:
        """The messages by number."""
        return tuple(self._numbers)


@attrs.frozen(eq=False)
class Stamps:
    """A column of moments: UTC microseconds, which rows have one, and why a row has none that can be read."""

    values: Numbers
    known: Bools
    faults: Places

    def take(self, rows: NDArray[Any]) -> Stamps:
        """The same column, of some rows."""
        return Stamps(self.values[rows], self.known[rows], self.faults[rows])


@attrs.frozen(eq=False)
class Apart:
    """What cannot be read: by entry the name of its case, missing where there is none, and the message of its fault."""

    case: Encoded
    fault: Encoded


@attrs.frozen(eq=False, kw_only=True)
class Events:
    """What happened to many cases.

    Attributes:
        names: of the cases, in the order of their first rows.
        case: ``(n,)`` by event, the place of its case.
        kinds: what may have happened.
        kind: ``(n,)`` the place of what did.
        at: ``(n,)`` when, UTC microseconds.
        facts, details: what each event told, of the case and of itself.
        own: what was known of each case from the beginning.
        recorded: when each was recorded; ``None`` where that is when it happened.
        ids: identities of events; ``None`` for none.
        actor, group, reason: who did it, whose it was from then on, and why.
        due, since: a due time set by hand, and the start of an older case.
        broken: ``(m,)`` the cases that cannot be read; they have no events.
        apart: what cannot be read: the name of the case, as far as there is one, and why.
    """

    names: list[str]
    case: Numbers
    kinds: tuple[str, ...]
    kind: Places
    at: Numbers
    facts: Mapping[str, Encoded]
    details: Mapping[str, Encoded]
    own: Mapping[str, Encoded]
    recorded: Numbers | None
    ids: Encoded | None
    actor: Encoded | None
    group: Encoded | None
    reason: Encoded | None
    due: Stamps | None
    since: Stamps | None
    broken: Bools
    apart: Apart

    def take(self, rows: NDArray[Any]) -> Events:
        """Some of the events, in another order."""
        return attrs.evolve(
            self,
            case=self.case[rows],
            kind=self.kind[rows],
            at=self.at[rows],
            facts={name: one.take(rows) for name, one in self.facts.items()},
            details={name: one.take(rows) for name, one in self.details.items()},
            recorded=None if self.recorded is None else self.recorded[rows],
            ids=_taken(self.ids, rows),
            actor=_taken(self.actor, rows),
            group=_taken(self.group, rows),
            reason=_taken(self.reason, rows),
            due=None if self.due is None else self.due.take(rows),
            since=None if self.since is None else self.since.take(rows),
        )

    def scalar(self, case: int, rows: NDArray[Any]) -> Case:
        """One case as the scalar code takes it.

        Args:
            case: its place.
            rows: the places of its events, in the order of the log.
        """
        own = {name: one.values[code] for name, one in self.own.items() if (code := int(one.codes[case])) >= 0}
        return Case(self.names[case], own, [self._event(int(row)) for row in rows])

    def _event(self, row: int) -> Event:
        stamp = None if self.recorded is None else moment(int(self.recorded[row]), UTC)
        return Event(
            self.kinds[self.kind[row]],
            at=moment(int(self.at[row]), UTC),
            facts=_told(self.facts, row),
            details=_told(self.details, row),
            recorded_at=stamp,
            id=_word(self.ids, row),
            actor=_word(self.actor, row),
            group=_word(self.group, row),
            reason=_word(self.reason, row),
            due=_stamp(self.due, row),
            since=_stamp(self.since, row),
        )


def _taken(column: Encoded | None, rows: NDArray[Any]) -> Encoded | None:
    return None if column is None else column.take(rows)


def _told(columns: Mapping[str, Encoded], row: int) -> Facts:
    found = {name: one.values[code] for name, one in columns.items() if (code := int(one.codes[row])) >= 0}
    return found or EMPTY


def _word(column: Encoded | None, row: int) -> str | None:
    code = -1 if column is None else int(column.codes[row])
    return None if column is None or code < 0 else str(column.values[code])


def _stamp(column: Stamps | None, row: int) -> Any:  # noqa: ANN401 - a moment, or none
    return None if column is None or not column.known[row] else moment(int(column.values[row]), UTC)


def read_columns(standard: ServiceStandard, table: Columns, log: LogMapping) -> Events:
    """The events of a log.

    Stamps may be moments of NumPy in UTC, whole microseconds, or texts as the log's pattern has them; facts may be of
    their own kinds, or texts. The desk's own answers are not read.

    Args:
        standard: whose words the log speaks.
        table: columns by header.
        log: which header is what.

    Raises:
        RowError: a header that is not there.
        DefinitionError: columns of different lengths, or of a type that cannot hold what they should.
    """
    reader = _Reader(standard, table, log)
    return reader.wide() if log.is_wide else reader.long()


class _Reader:
    """Reads the columns of one log; it never leaves this module."""

    def __init__(self, standard: ServiceStandard, table: Columns, log: LogMapping) -> None:
        self._log, self._table, self._reasons = log, table, Reasons()
        self._stamps = StampReader(log.time, log.zone, log.folds)
        self._vocabulary = vocabulary(standard)
        self._kinds = kinds_of(standard, log)
        self._names = self._words(log.id)
        self._size = len(self._names)

    def _raw(self, header: str) -> Any:  # noqa: ANN401 - columns of any kind
        if header not in self._table:
            raise RowError("header", "log.column", value=header, nearest=nearest(header, self._table))
        return self._table[header]

    def _checked(self, column: Encoded | Given, header: str) -> None:
        size = len(column.codes) if isinstance(column, Encoded) else len(column.values)
        if hasattr(self, "_size") and size != self._size:
            raise DefinitionError(header, "batch.lengths", got=size, expected=self._size)

    def _words(self, header: str) -> Encoded:
        """A column of texts; numbers are written as texts, and what is empty is missing."""
        found = encoded(self._raw(header), header)
        self._checked(found, header)
        if _is_whole(self._raw(header)):
            return Encoded([*map(str, found.values)], found.codes)
        return _merged([_text(value, header).strip() for value in found.values], found.codes)

    def _optional(self, header: str) -> Encoded | None:
        return self._words(header) if header else None

    def _verbatim(self, header: str) -> Encoded | None:
        """A column of names as they stand; empty is missing."""
        if not header:
            return None
        found = encoded(self._raw(header), header)
        self._checked(found, header)
        return _merged([_text(value, header) for value in found.values], found.codes)

    def _moments(self, header: str) -> Stamps:
        raw = self._raw(header)
        data = raw.data if isinstance(raw, np.ma.MaskedArray) else raw
        if isinstance(data, np.ndarray) and data.dtype.kind in TYPED:
            return self._typed(integers(raw, "M", header), header)
        words = self._words(header)
        values, faults = self._by_value(words, lambda text: self._stamps.read(text, header))
        return Stamps(values.astype(np.int64), words.codes >= 0, faults)

    def _typed(self, found: Given, header: str) -> Stamps:
        if found.values.ndim != 1:
            raise DefinitionError(header, "batch.column", value=f"{found.values.ndim} dimensions")
        self._checked(found, header)
        faults = np.zeros(len(found.values), dtype=np.int32)
        known = found.known.copy()
        if found.codes is not None and found.codes.any():
            numbers = np.array([self._reasons.number(message) for message in FAULTS], dtype=np.int32)
            faults = numbers[found.codes]
            known |= faults > 0
        beyond = found.known & ((found.values < FIRST) | (found.values >= LAST))
        if beyond.any():
            faults = np.where(beyond, self._reasons.number("moment.years"), faults).astype(np.int32)
        return Stamps(found.values, known, faults)

    def _by_value(self, words: Encoded, read: Callable[[Any], Any]) -> tuple[NDArray[Any], Places]:
        """What each different value means, by row; and where it means nothing, why."""
        meant = np.zeros(len(words.values) + 1, dtype=object)
        faults = np.zeros(len(words.values) + 1, dtype=np.int32)
        for place, value in enumerate(words.values):
            try:
                meant[place] = read(value)
            except SvcstdError as error:
                faults[place] = self._reasons.number(error.message)
        return meant[words.codes], faults[words.codes]

    def _facts(self, columns: Mapping[str, str]) -> Iterator[tuple[str, Encoded, Places]]:
        """Each fact, and why rows do not tell it though they should."""
        for fact, header in columns.items():
            found = encoded(self._raw(header), header)
            self._checked(found, header)
            values: list[Any] = []
            faults = np.zeros(len(found.values) + 1, dtype=np.int32)
            for place, value in enumerate(found.values):
                try:
                    values.append(_fact(self._vocabulary, fact, value))
                except SvcstdError as error:
                    values.append(None)
                    faults[place] = self._reasons.number(error.message)
            missing = np.array([*(value is None for value in values), True])
            codes = np.where(missing[found.codes], -1, found.codes).astype(np.int32)
            yield fact, Encoded(values, codes), faults[found.codes]

    def _apart(self, names: list[str], case: NDArray[Any], faults: Places, nameless: int) -> Apart:
        """Cases or rows that cannot be read, and behind them those without a name."""
        codes = np.concatenate([case, np.full(nameless, -1)]).astype(np.int32)
        none = np.full(nameless, self._reasons.number("log.no_id"), dtype=np.int32)
        return Apart(Encoded(names, codes), Encoded(self._reasons.messages, np.concatenate([faults, none])))

    def long(self) -> Events:
        """A row an event."""
        log = self._log
        names = self._names
        told = self._words(log.event)
        kinds = tuple(dict.fromkeys(self._kinds.values()))
        numbers = {kind: number for number, kind in enumerate(kinds)}
        meant = [numbers.get(self._kinds.get(text, ""), IGNORED) for text in (*told.values, "")]
        kind = np.array(meant, dtype=np.int32)[told.codes]
        at = self._moments(log.at)
        faults = np.where(at.known, at.faults, self._missing(log.at)).astype(np.int32)
        facts: dict[str, Encoded] = {}
        details: dict[str, Encoded] = {}
        for kept, columns in ((facts, log.facts), (details, log.details)):
            for fact, column, wrong in self._facts(columns):
                kept[fact] = column
                faults = np.where(faults, faults, wrong)
        later = [self._moments(header) if header else None for header in (log.recorded, log.due, log.since)]
        for one in later:
            if one is not None:
                faults = np.where(faults, faults, one.faults)
        faults = np.where(kind == IGNORED, 0, faults).astype(np.int32)
        nameless = names.codes < 0
        order, case = _in_order_of_rows(names)
        first = np.zeros(len(order), dtype=np.int32)
        wrong_rows = np.flatnonzero((faults > 0) & ~nameless)[::-1]
        first[case[wrong_rows]] = faults[wrong_rows]
        broken = first > 0
        recorded, due, since = later
        events = Events(
            names=order,
            case=case.astype(np.int64),
            kinds=kinds,
            kind=kind,
            at=at.values,
            facts=facts,
            details=details,
            own={},
            recorded=None if recorded is None else np.where(recorded.known, recorded.values, at.values),
            ids=self._optional(log.event_id),
            actor=self._verbatim(log.actor),
            group=self._verbatim(log.group),
            reason=self._optional(log.reason),
            due=due,
            since=since,
            broken=broken,
            apart=self._apart(order, np.flatnonzero(broken), first[broken], int(nameless.sum())),
        )
        kept_rows = (kind != IGNORED) & ~nameless
        if broken.any():
            kept_rows &= ~broken[case]
        return events if kept_rows.all() else events.take(np.flatnonzero(kept_rows))

    def _missing(self, header: str) -> int:
        """The fault of a row without a stamp: that of an empty text."""
        empty = Encoded([""], np.zeros(1, dtype=np.int32))
        return int(self._by_value(empty, lambda text: self._stamps.read(text, header))[1][0])

    def wide(self) -> Events:
        """A row a case, and a column an event."""
        log = self._log
        names = self._names
        faults = np.zeros(self._size, dtype=np.int32)
        own = {}
        for fact, column, wrong in self._facts(log.facts):
            own[fact] = column
            faults = np.where(faults, faults, wrong)
        columns = [self._moments(header) for header in log.events.values()]
        for one in columns:
            faults = np.where(faults, faults, one.faults)
        order, case = _in_order_of_rows(names)
        nameless = names.codes < 0
        row = np.arange(self._size)
        first = np.full(len(order), self._size, dtype=np.int64)
        good = np.flatnonzero((faults == 0) & ~nameless)[::-1]
        first[case[good]] = good
        again = ~nameless & (row > first[case])
        faults[again] = self._reasons.number("log.case_twice")
        rejected = np.flatnonzero((faults > 0) & ~nameless)
        taken = (faults == 0) & ~nameless
        places = [np.flatnonzero(one.known & taken) for one in columns]
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *places])
        number = np.repeat(np.arange(len(columns), dtype=np.int32), [len(one) for one in places])
        stamps = [one.values[place] for one, place in zip(columns, places, strict=True)]
        broken = first == self._size
        first[broken] = 0
        return Events(
            names=order,
            case=case[rows].astype(np.int64),
            kinds=tuple(log.events),
            kind=number,
            at=np.concatenate([np.zeros(0, dtype=np.int64), *stamps]),
            facts={},
            details={},
            own={name: one.take(first) for name, one in own.items()},
            recorded=None,
            ids=None,
            actor=None,
            group=None,
            reason=None,
            due=None,
            since=None,
            broken=broken,
            apart=self._apart(order, case[rejected], faults[rejected], int(nameless.sum())),
        )


def _text(value: object, header: str) -> str:
    """A name as a text; what is missing, NaN too, is empty: names that are all NaN would be one name.

    Raises:
        DefinitionError: bytes, whose letters nobody knows.
    """
    if isinstance(value, bytes | bytearray):
        raise DefinitionError(header, "batch.column", value=type(value).__name__)
    missing = value is None or (isinstance(value, float | np.floating) and np.isnan(value))
    return "" if missing else str(value)


def _is_whole(raw: object) -> bool:
    """Whether a column holds whole numbers, each of which is written in one way."""
    return isinstance(raw, np.ndarray) and raw.dtype.kind in "iu"


def _fact(schema: FactSchema, name: str, value: object) -> Any:  # noqa: ANN401 - a fact of any kind
    return schema.read(name, value) if isinstance(value, str) else schema.type_of(name).exact(name, value)


def _merged(texts: list[str], codes: Places) -> Encoded:
    """Texts that are equal become one, and empty ones missing."""
    places = {text: place for place, text in enumerate(dict.fromkeys(text for text in texts if text))}
    if len(places) == len(texts):
        return Encoded(texts, codes)
    again = np.array([*(places.get(text, -1) for text in texts), -1], dtype=np.int32)
    return Encoded(list(places), again[codes])


def _in_order_of_rows(names: Encoded) -> tuple[list[str], Places]:
    """The names that occur, in the order of their first rows; and by row, the place of its name among them."""
    codes = names.codes[::-1]
    first = np.full(len(names.values) + 1, len(codes), dtype=np.int64)
    first[codes] = np.arange(len(codes) - 1, -1, -1)  # written last: the first; what has no name, behind them all
    is_first = np.zeros(len(codes) + 1, dtype=bool)
    is_first[first[:-1]] = True
    order = names.codes[is_first[:-1]]
    places = np.zeros(len(names.values) + 1, dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return [*map(names.values.__getitem__, order.tolist())], places[names.codes]
