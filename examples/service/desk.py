"""The desk: tickets are told, clocks are read again when their time has come, notices wait to be sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import attrs
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from svcstd import Case, ServiceStandard, SvcstdError, loads
from svcstd.rules import Decision
from svcstd.sla import Change, Readings, changes

from .database import Database
from .instants import Now, micros, moment
from .outbox import waiting_notice
from .tables import CaseRow, EventRow, MoveRow, NoticeRow, ReadingRow, StandardRow
from .telling import an_id, canonical, event_of, facts_of

__all__ = ["ConflictError", "Desk", "NotStoredError", "Told", "Waiting"]

UNDECIDED = ("open", "late_open", "unknown")


class NotStoredError(LookupError):
    """Nothing of that name is stored."""


class ConflictError(ValueError):
    """Something else is stored under that id; nothing was changed."""


@attrs.frozen
class Told:
    """What a telling changed.

    Attributes:
        is_new: whether the case was.
        events: ids of the events that were new.
        wake_at: when the case will be read again if nothing else happens.
        readings: the case's, now.
    """

    is_new: bool
    events: tuple[str, ...]
    wake_at: datetime | None
    readings: Readings


@attrs.frozen
class Waiting:
    """An undecided promise, as it was last stored."""

    case: str
    objective: str
    verdict: str
    activity: str
    due: datetime | None


@attrs.frozen
class Desk:
    """All that the service does.

    Attributes:
        database: where everything is kept; many desks may share it.
        now: the clock.
    """

    database: Database
    now: Now
    _standards: dict[str, ServiceStandard] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def deploy(self, text: str) -> str:
        """Take a standard (TOML) for the cases that begin from now on; its digest.

        Raises:
            StandardError: all faults of the text.
        """
        digest, deployed = sha256(text.encode()).hexdigest(), micros(self.now())
        self._standards[digest] = loads(text)
        with self.database.writes() as session:
            self.database.add_once(session, StandardRow, {"digest": digest, "text": text, "deployed": deployed})
            session.get_one(StandardRow, digest).deployed = deployed
        return digest

    def _standard(self, session: Session, digest: str) -> ServiceStandard:
        """A standard that was deployed; read once, for a digest never comes to mean anything else."""
        if digest not in self._standards:
            self._standards[digest] = loads(session.get_one(StandardRow, digest).text)
        return self._standards[digest]

    def _latest(self, session: Session) -> str:
        newest = select(StandardRow.digest).order_by(StandardRow.deployed.desc(), StandardRow.digest)
        digest = session.scalar(newest.limit(1))
        if digest is None:
            raise NotStoredError("no standard is deployed; POST one to /standards")
        return digest

    def open(self, case: object, facts: object, events: Sequence[object]) -> Told:
        """Take a case with its first events, under the standard that was deployed last. Told twice, nothing changes.

        Raises:
            NotStoredError: no standard is deployed.
            ConflictError: the case is stored with other facts, or an event with another content.
            RefusedError, SvcstdError: what nobody can read.
        """
        name = an_id(case, "id")
        with self.database.writes() as session:
            digest = self._latest(session)
            values = {"id": name, "standard": digest, "facts": canonical(facts), "wake_at": None, "fault": None}
            is_new = self.database.add_once(session, CaseRow, values)
            row = self._locked(session, name)
            facts_of(self._standard(session, row.standard), facts, "facts")
            if row.facts != values["facts"]:
                raise ConflictError(f"case {name} is stored with other facts: {row.facts}")
            return self._tell(session, row, events, is_new=is_new)

    def tell(self, case: str, events: Sequence[object]) -> Told:
        """Take events of a case, all of them or none. An event that was told before changes nothing.

        Raises:
            NotStoredError: no such case.
            ConflictError: an event that was told before with another content.
            RefusedError, SvcstdError: what nobody can read.
        """
        with self.database.writes() as session:
            return self._tell(session, self._locked(session, case), events, is_new=False)

    def move(self, case: str, *, because: str) -> tuple[Change, ...]:
        """Put a case under the standard that was deployed last, on record with the reason; what reads otherwise.

        Raises:
            NotStoredError: no such case.
            SvcstdError: what was told of it cannot be read under that standard.
        """
        with self.database.writes() as session:
            row, now = self._locked(session, case), self.now()
            old, new = row.standard, self._latest(session)
            before = self._standard(session, old).clocks(self._case(session, row), as_of=now)
            row.standard = new
            session.add(MoveRow(case=case, at=micros(now), old=old, new=new, because=because))
            return changes(before, self._reckon(session, row, now))

    def _locked(self, session: Session, case: str) -> CaseRow:
        """The row of a case, which nobody else writes until this transaction ends."""
        return self._row(session, case, lock=True)

    @staticmethod
    def _row(session: Session, case: str, *, lock: bool = False) -> CaseRow:
        # A name that no id may have is not asked for: PostgreSQL takes no NUL, not even in a question.
        row = session.get(CaseRow, case, with_for_update=lock) if case.isprintable() else None
        if row is None:
            raise NotStoredError(f"no case {case!a}")
        return row

    def _tell(self, session: Session, row: CaseRow, events: Sequence[object], *, is_new: bool) -> Told:
        now, standard = self.now(), self._standard(session, row.standard)
        stored = {one.id: one.told for one in _events(session, row.id)}
        new: list[str] = []
        for told in events:
            name, text = str(event_of(standard, told, recorded=micros(now)).id), canonical(told)
            if name not in stored:
                place = len(stored)
                session.add(EventRow(case=row.id, id=name, place=place, recorded=micros(now), told=text))
                stored[name] = text
                new.append(name)
            elif stored[name] != text:
                raise ConflictError(f"event {name} of case {row.id} was told otherwise: {stored[name]}")
        if is_new or new:
            readings = self._reckon(session, row, now)
        else:
            readings = standard.clocks(self._case(session, row), as_of=now)
        return Told(is_new, tuple(new), None if row.wake_at is None else moment(row.wake_at), readings)

    def _case(self, session: Session, row: CaseRow) -> Case:
        """A case as svcstd takes it, from what is stored."""
        standard = self._standard(session, row.standard)
        facts = facts_of(standard, json.loads(row.facts), "facts")
        events = [event_of(standard, json.loads(one.told), recorded=one.recorded) for one in _events(session, row.id)]
        return Case(row.id, facts, events)

    def _reckon(self, session: Session, row: CaseRow, as_of: datetime) -> Readings:
        """Read all clocks of a case and store what they say: of the same events at the same instant, the same rows."""
        case = self._case(session, row)
        readings = self._standard(session, row.standard).clocks(case, as_of=as_of)
        whole = readings.to_json()["readings"]
        gone = ReadingRow.objective.not_in(list(readings))
        session.execute(delete(ReadingRow).where(ReadingRow.case == row.id, gone))
        for key, one in readings.items():
            session.merge(
                ReadingRow(
                    case=row.id,
                    objective=key,
                    as_of=one.asked,
                    edition=one.edition,
                    activity=one.activity,
                    verdict=one.verdict,
                    due=one.due_at,
                    whole=canonical(whole[key]),
                )
            )
        for notice in readings.notices():
            self.database.add_once(session, NoticeRow, waiting_notice(row.id, notice))
        row.wake_at, row.fault = _wake_at(case, readings), None
        return readings

    def readings(self, case: str, *, as_of: datetime | None = None, known_at: datetime | None = None) -> Readings:
        """What a case's clocks say now, or at another instant, or by what was known then; nothing is stored.

        Raises:
            NotStoredError: no such case.
        """
        with self.database.reads() as session:
            row = self._row(session, case)
            standard = self._standard(session, row.standard)
            return standard.clocks(self._case(session, row), as_of=as_of or self.now(), known_at=known_at)

    def late_events(self, case: str, *, known_at: datetime) -> tuple[Change, ...]:
        """What was told after an instant and changed what is read now.

        Raises:
            NotStoredError: no such case.
        """
        with self.database.reads() as session:
            row = self._row(session, case)
            standard = self._standard(session, row.standard)
            return standard.late_events(self._case(session, row), as_of=self.now(), known_at=known_at)

    def route(self, table: str, facts: object) -> Decision:
        """Who handles a ticket with such facts, by the standard that was deployed last.

        Raises:
            NotStoredError: no standard is deployed.
            RefusedError, SvcstdError: what nobody can read, or no such table.
        """
        standard = self.current()
        return standard.route(table, facts_of(standard, facts, "facts"), as_of=self.now())

    def waiting(self) -> list[Waiting]:
        """Every undecided promise, the first due first; from what is stored, without reading a single clock."""
        undecided = select(ReadingRow).where(ReadingRow.verdict.in_(UNDECIDED))
        ordered = undecided.order_by(ReadingRow.due.is_(None), ReadingRow.due, ReadingRow.case, ReadingRow.objective)
        with self.database.reads() as session:
            return [
                Waiting(
                    one.case, one.objective, one.verdict, one.activity, None if one.due is None else moment(one.due)
                )
                for one in session.scalars(ordered)
            ]

    def wake(self) -> tuple[str, ...]:
        """Read the cases again whose time has come, each in a transaction of its own; their ids.

        A case that can no longer be read is set aside with the reason, and holds up nobody.
        """
        woken: list[str] = []
        now = self.now()
        come = select(CaseRow).where(CaseRow.wake_at <= micros(now)).order_by(CaseRow.wake_at, CaseRow.id)
        while True:
            with self.database.writes() as session:
                row = session.scalar(come.limit(1).with_for_update(skip_locked=True))
                if row is None:
                    return tuple(woken)
                try:
                    self._reckon(session, row, now)
                    woken.append(row.id)
                except (SvcstdError, ValueError) as error:
                    row.wake_at, row.fault = None, str(error)

    def current(self) -> ServiceStandard:
        """The standard that was deployed last.

        Raises:
            NotStoredError: none is.
        """
        with self.database.reads() as session:
            return self._standard(session, self._latest(session))

    def cases(self) -> list[tuple[ServiceStandard, Case]]:
        """Every case that can be read, with the standard that it is under."""
        with self.database.reads() as session:
            rows = session.scalars(select(CaseRow).where(CaseRow.fault.is_(None)).order_by(CaseRow.id))
            return [(self._standard(session, row.standard), self._case(session, row)) for row in rows]


def _events(session: Session, case: str) -> Iterator[EventRow]:
    """Events of a case in the order in which they were told."""
    yield from session.scalars(select(EventRow).where(EventRow.case == case).order_by(EventRow.place))


def _wake_at(case: Case, readings: Readings) -> int | None:
    """The next instant at which its readings differ: by a clock, or by an event that was told ahead of its time."""
    turns = [one.changes for one in readings.values() if one.changes is not None]
    ahead = [event.instant for event in case.events if event.instant > readings.asked]
    return min([*turns, *ahead], default=None)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs of a decision as JSON has them; exact numbers as texts."""
    return {name: value if isinstance(value, str | int | bool | None) else str(value) for name, value in values.items()}
