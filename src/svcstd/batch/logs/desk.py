"""A log at the desk: which edition, which calendars, which promises hold for which cases, and which went alike.

What is told of the clocks is written into a book (:class:`Book`): one of readings, one of escalations.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.encoded import EPOCH, Encoded
from svcstd.batch.logs.alike import begins, in_time, joined, sequences
from svcstd.batch.logs.lives import NOWHERE, Pattern, patterns_of
from svcstd.batch.logs.log import Events
from svcstd.batch.logs.reckoned import Lives, Rows
from svcstd.calendars import Calendar
from svcstd.conditions import Facts
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.keyed import EMPTY
from svcstd.moment import UTC, date_of, day_start, local_date, moment, timezone
from svcstd.sla import Case, Event, Objective, Reading
from svcstd.sla.clock_rule import UNHEARD, ClockRule
from svcstd.sla.fold import Choose
from svcstd.sla.targets import WorkingThenElapsed
from svcstd.sla.yardstick import ONE
from svcstd.standard import ServiceStandard
from svcstd.standard.edition import CHANNEL, Edition
from svcstd.standard.one_case import check_case
from svcstd.standard.service_standard import Assume

__all__ = ["Book", "Desk", "Promise", "Told"]

Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
READ_AT_A_TIME = 1 << 16
"""Clocks that are reckoned at a time, so that extra memory does not grow with the log."""
TRIED = 32
"""Cases unlike any other that are lived before it is told whether that is of use."""
NEAR = timedelta(hours=30) // ONE


class Told(NamedTuple):
    """The clocks of a chunk that could be reckoned together.

    Attributes:
        case: by clock, the place of its case.
        rows: by clock, its place in the chunk.
        holder: by clock, the place of the event that put the case into somebody's hands; negative for none.
        events: the places of the events that this promise hears of, case by case.
    """

    case: Numbers
    rows: Numbers
    holder: Numbers
    events: Numbers

    def event(self, row: Numbers, number: Numbers, clocks: Rows) -> Numbers:
        """The place of an event by its number within the case of a row of the chunk; negative for none."""
        return _event(self.events, clocks.base[row], number)


class Book(Protocol):
    """What is written down of clocks."""

    @abstractmethod
    def option(self, pattern: Pattern, objective: Objective) -> str:
        """Why a life has no batch form here; empty if it has."""

    @abstractmethod
    def reckoned(self, promise: Promise, clocks: Rows) -> Any:  # noqa: ANN401 - what this book needs to know of them
        """What is found out about a chunk of clocks; those that meet a problem are marked as alone."""

    @abstractmethod
    def tell(self, promise: Promise, clocks: Rows, found: Any, told: Told) -> None:  # noqa: ANN401 - the same
        """Write down those that were reckoned together."""

    @abstractmethod
    def alone(self, readings: list[tuple[int, int, Reading]]) -> None:
        """Write down readings that were made one by one: the place of the case, of the promise, and the reading."""

    @abstractmethod
    def refused(self, cases: Numbers, messages: list[str]) -> None:
        """Write down what cannot be read: the place of the case, negative for none, and the message of its fault."""


class Desk:
    """A log that is being read, clock by clock, into a book."""

    standard: ServiceStandard
    events: Events
    book: Book
    as_of: int
    known_at: int | None
    assume: Assume | None
    size: int
    order: NDArray[np.intp]
    first: Numbers
    live: Events
    begins: NDArray[np.intp]
    apart: Bools
    left: Bools

    def __init__(
        self,
        standard: ServiceStandard,
        events: Events,
        book: Book,
        *,
        as_of: int,
        known_at: int | None,
        assume: Assume | None,
    ) -> None:
        self.standard, self.events, self.book = standard, events, book
        self.as_of, self.known_at = as_of, known_at
        self.assume = assume
        self.size = len(events.names)
        self.order = in_time(events.case, events.at)
        self.first = begins(events.case, self.size)
        kept = self._kept()
        self.live = events.take(self.order if kept is None else self.order[kept])
        self.begins = begins(self.live.case, self.size)
        self.apart = np.zeros(self.size, dtype=bool)
        self.left = np.zeros(self.size, dtype=bool)

    def _kept(self) -> Bools | None:
        """The events that count, in order of time: known by then, not told twice, not later."""
        plain = self.known_at is None and self.events.ids is None
        if plain and int(self.events.at.max(initial=self.as_of)) <= self.as_of:
            return None
        kept = self.events.at[self.order] <= self.as_of
        recorded = self.events.at if self.events.recorded is None else self.events.recorded
        known = np.ones(len(kept), dtype=bool)
        if self.known_at is not None:
            known = recorded[self.order] <= self.known_at
            kept &= known
        if self.events.ids is not None:
            kept[self._told_again(self.events.ids, recorded[self.order], known)] = False
        return None if kept.all() else kept

    def _told_again(self, ids: Encoded, recorded: Numbers, known: Bools) -> Numbers:
        """Places in order of time of what was told before: of one identity, what was recorded first counts."""
        codes = ids.codes[self.order]
        rows = np.flatnonzero((codes >= 0) & known)
        case, code = self.events.case[self.order][rows], codes[rows]
        at = self.events.at[self.order][rows]
        order = np.lexsort((self.order[rows], at, recorded[rows], code, case))
        again = (case[order][1:] == case[order][:-1]) & (code[order][1:] == code[order][:-1])
        found: Numbers = rows[order[1:][again]]
        return found

    def read(self, *, every: bool, refuse: bool) -> int:
        """Every clock; the number of those that were read one by one.

        Args:
            every: every cycle of a clock that runs again and again; else the last.
            refuse: what has no batch form is an error.

        Raises:
            DefinitionError: something without a batch form that is to be refused.
        """
        waiting: list[tuple[Numbers, int]] = []
        self._tell_apart()
        for edition, calendars, cases in self._groups():
            known = cases[~self._strangers(edition, cases)]
            self._read_strangers(np.setdiff1d(cases, known, assume_unique=True))
            promises = [
                Promise(self, edition, key, objective, calendars, place)
                for place, (key, objective) in enumerate(edition.in_order)
                if objective.status == "in_force" and len(known)
            ]
            for promise in sorted(promises, key=lambda one: not one.may_be_left):
                alone = promise.read(known, every=every, refuse=refuse)
                self.left[alone] = True
                waiting.append((alone, promise.place))
        return self._read_alone(waiting, every=every)

    def _tell_apart(self) -> None:
        """What cannot be read at all: a row for each."""
        self.apart = self.events.broken.copy()
        apart = self.events.apart
        if len(apart.case):
            self.book.refused(apart.case.codes.astype(np.int64), [str(message) for message in apart.fault.to_list()])

    def _groups(self) -> Iterator[tuple[Edition, Mapping[str, Calendar], Numbers]]:
        """The cases by the edition and the calendars that hold for them."""
        standard, zone = self.standard, timezone(self.standard.zone)
        cases = np.flatnonzero(~self.apart)
        live = self.live.at if len(self.live.at) else np.array([self.as_of])
        has = self.begins[1:][cases] > self.begins[:-1][cases]
        began = np.where(has, live.take(self.begins[:-1][cases], mode="clip"), self.as_of)
        turns = [day_start(day, zone) for day in sorted(self._turning_days())]
        kind = np.searchsorted(np.array(turns, dtype=np.int64), began, side="right").astype(np.int64)
        count = len(turns) + 1
        for field in sorted({field for pilot in standard.pilots.values() for field in pilot.scope.fields}):
            column = self.events.own.get(field)
            if column is not None:
                kind, count = joined(kind, count, column.codes[cases] + 1, len(column.values) + 1)
        for number in np.unique(kind).tolist():
            members = cases[kind == number]
            first = int(members[0])
            case = self.scalar(first)
            try:
                edition = standard.edition_for(case, as_of=self.as_of, known_at=self.known_at)
            except SvcstdError as error:
                self.book.refused(members, [error.message] * len(members))
                continue
            day = date_of(int(began[np.searchsorted(cases, first)]), zone)
            yield edition, edition.calendars_in(standard.keep.calendar, day), members

    def _turning_days(self) -> set[date]:
        """The days on which another edition, pilot or version of a calendar comes into force."""
        standard = self.standard
        days = {edition.starts for edition in standard.editions if edition.starts is not None}
        for pilot in standard.pilots.values():
            days |= {pilot.starts, *(() if pilot.until is None else (pilot.until,))}
        if standard.keep.calendar == "at creation":
            days |= {turn for edition in standard.every_edition for turn in edition.turns}
        return days

    def scalar(self, case: int) -> Case:
        """One case as the scalar code takes it."""
        rows = np.sort(self.order[self.first[case] : self.first[case + 1]])
        return self.events.scalar(case, rows)

    def _strangers(self, edition: Edition, cases: Numbers) -> Bools:
        """The cases that speak of what the edition does not declare."""
        events = self.events
        wrong = np.array([kind not in edition.events for kind in events.kinds], dtype=bool)[events.kind]
        for columns in (events.facts, events.details):
            for name, column in columns.items():
                wrong |= _refused(edition, name, column)
        found = np.zeros(self.size, dtype=bool)
        found[events.case[wrong]] = True
        for name, column in events.own.items():
            found |= _refused(edition, name, column)
        return found[cases]

    def _read_strangers(self, cases: Numbers) -> None:
        """Cases that the standard refuses: a row with the reason."""
        faults = []
        for case in cases.tolist():
            one = self.scalar(case)
            edition = self.standard.edition_for(one, as_of=self.as_of, known_at=self.known_at)
            try:
                check_case(edition, one)
            except SvcstdError as error:
                faults.append(error.message)
        if len(cases):
            self.book.refused(cases, faults)

    def _read_alone(self, waiting: list[tuple[Numbers, int]], *, every: bool) -> int:
        """Clocks that have no batch form, one by one."""
        asked: dict[int, set[int]] = {}
        for cases, place in waiting:
            for case in cases.tolist():
                asked.setdefault(case, set()).add(place)
        found: list[tuple[int, int, Reading]] = []
        at = moment(self.as_of, UTC)
        known = None if self.known_at is None else moment(self.known_at, UTC)
        for case, places in asked.items():
            one = self.scalar(case)
            edition = self.standard.edition_for(one, as_of=self.as_of, known_at=self.known_at)
            readings = self.standard.clocks(one, as_of=at, known_at=known, assume=self.assume)
            for place in places:
                reading = readings.found.get(edition.in_order[place][0])
                if reading is not None:
                    found += [(case, place, cycle) for cycle in (reading.cycles if every else (reading,))]
        if found:
            self.book.alone(found)
        return len(found)


def _refused(edition: Edition, name: str, column: Encoded) -> Bools:
    """The rows with a value that the edition does not take."""
    wrong = np.zeros(len(column.values) + 1, dtype=bool)
    for place, value in enumerate(column.values):
        try:
            edition.facts.type_of(name).exact(name, value)
        except SvcstdError:
            wrong[place] = True
    found: Bools = wrong[column.codes]
    return found


class Promise:
    """One promise of an edition, over the cases to which it may be made."""

    desk: Desk
    edition: Edition
    key: str
    objective: Objective
    calendars: Mapping[str, Calendar]
    place: int
    choose: Choose
    clock: ClockRule

    def __init__(
        self,
        desk: Desk,
        edition: Edition,
        key: str,
        objective: Objective,
        calendars: Mapping[str, Calendar],
        place: int,
    ) -> None:
        self.desk, self.edition, self.key, self.objective = desk, edition, key, objective
        self.calendars, self.place, self.choose = calendars, place, edition.choose(key)
        self.clock = objective.clock

    @cached_property
    def fields(self) -> frozenset[str]:
        """The facts on which anything may depend."""
        excluded = self.edition.exclude.fields if self.edition.exclude is not None else frozenset()
        families = {entry.by for entry in self.edition.calendars.values() if entry.by}
        channel = {CHANNEL} if self.edition.channels else set()
        counted = {self.clock.count_fact} if self.clock.count_fact else set()
        return self.objective.fields | excluded | families | channel | counted

    @cached_property
    def clock_fields(self) -> frozenset[str]:
        """The facts and details that the clock itself reads."""
        return self.clock.fields

    @property
    def hands_matter(self) -> bool:
        """Whether the group that holds a case decides anything."""
        signals = chain(
            *(getattr(self.clock, name) for name in ("start", "stop", "cancel", "reopen", "waive", "count")),
            *(pause.on for pause in self.clock.pauses),
            *(pause.until for pause in self.clock.pauses if not isinstance(pause.until, str)),
            self.clock.promise,
            self.clock.merge,
        )
        return not isinstance(self.choose, str) or any(on.new_group for on in signals)

    def read(self, cases: Numbers, *, every: bool, refuse: bool) -> Numbers:
        """Read the clocks of some cases; those that have to be read one by one are left, and told."""
        live = self.desk.live
        alone = self._by_hand(cases, refuse=refuse)
        asked = cases[~alone]
        left = [cases[alone]]
        if not len(asked):
            return left[0]
        codes, bound, heard = self._codes()
        of_asked = np.zeros(self.desk.size, dtype=bool)
        of_asked[asked] = True
        rows = np.flatnonzero(heard & of_asked[live.case])
        place = np.zeros(self.desk.size, dtype=np.int64)
        place[asked] = np.arange(len(asked))
        case = place[live.case[rows]]
        first = np.searchsorted(case, np.arange(len(asked) + 1)).astype(np.int64)
        told = codes[rows]
        again = np.zeros(len(rows), dtype=np.int64)
        times = live.at[rows]
        again[1:] = (case[1:] == case[:-1]) & (times[1:] == times[:-1])
        told = told * 4 + again * 2 + (times == self.desk.as_of)
        begins, count = self._beginnings(asked)
        number, number_count = sequences(begins, count, first, told, bound * 4)
        examples = np.zeros(number_count, dtype=np.int64)
        examples[number[::-1]] = np.arange(len(asked))[::-1]
        single = np.bincount(number, minlength=number_count) == 1
        stories = [(int(asked[one]), rows[first[one] : first[one + 1]]) for one in examples]
        found = self._lived(stories, single, every=every, refuse=refuse)
        left.append(self._reckon(asked, number, first[:-1], times, rows, found, refuse=refuse))
        return np.concatenate(left)

    def _lived(
        self, stories: list[tuple[int, Numbers]], single: Bools, *, every: bool, refuse: bool
    ) -> list[tuple[Pattern, ...] | None]:
        """How the different clocks went; ``None`` for those that the scalar code had better read at once.

        Where most of those that stand for one case have no batch form, living the rest would be done twice over; and
        what the scalar code reads for one promise, it reads for all.
        """
        found: list[tuple[Pattern, ...] | None] = []
        alone = apart = 0
        for (case, rows), only in zip(stories, single.tolist(), strict=True):
            if only and not refuse and (self.desk.left[case] or (alone >= TRIED and 2 * apart > alone)):
                found.append(None)
                continue
            patterns = self._patterns(case, rows, every=every)
            found.append(patterns)
            alone, apart = alone + only, apart + (only and bool(self._options(patterns)))
        return found

    @property
    def may_be_left(self) -> bool:
        """Whether some lives may have no batch form: what is read one by one is best known before the rest is lived."""
        terms, clock = self.objective.terms, self.clock
        named = terms.retarget == "proportional", terms.pausing == "adds_wall_time", terms.pause_days == "whole"
        mixed = any(isinstance(target, WorkingThenElapsed) for target in self.objective.targets)
        return any(named) or mixed or bool(clock.promise or clock.merge)

    def _options(self, patterns: tuple[Pattern, ...]) -> set[str]:
        """Why lives have no batch form."""
        return {self.desk.book.option(one, self.objective) for one in patterns} - {""}

    def _by_hand(self, cases: Numbers, *, refuse: bool) -> Bools:
        """The cases with a due time set by hand, or with an older case merged into them."""
        live, found = self.desk.live, np.zeros(self.desk.size, dtype=bool)
        for signals, column, name in (
            (self.clock.promise, live.due, "promise"),
            (self.clock.merge, live.since, "merge"),
        ):
            kinds = [kind in {on.kind for on in signals} for kind in live.kinds]
            if any(kinds) and column is not None:
                here = live.case[np.array(kinds, dtype=bool)[live.kind] & column.known]
                self._refuse(f"clock.{name}", refuse=refuse and bool(np.isin(here, cases).any()))
                found[here] = True
        return found[cases]

    def _refuse(self, option: str, *, refuse: bool) -> None:
        if refuse:
            raise DefinitionError(f"objectives.{self.key}", "batch.no_form", option=option)

    def _codes(self) -> tuple[Numbers, int, Bools]:
        """What each event tells this clock, as a number; their bound; and which events tell it anything."""
        live = self.desk.live
        others = UNHEARD if any(isinstance(pause.until, str) for pause in self.clock.pauses) else None
        kinds = [kind if kind in self.clock.kinds else others for kind in live.kinds]
        names = list(dict.fromkeys(kind for kind in kinds if kind is not None))
        places = np.array([0 if kind is None else names.index(kind) + 1 for kind in kinds], dtype=np.int64)
        codes, bound = places[live.kind], len(names) + 1
        columns = [one for name, one in live.facts.items() if name in self.fields]
        columns += [one for name, one in live.details.items() if name in self.clock_fields]
        heard = codes > 0
        for column in columns:
            heard |= column.codes >= 0
            codes, bound = joined(codes, bound, column.codes + 1, len(column.values) + 1)
        if live.group is not None:
            heard |= live.group.codes >= 0
            by = live.group.codes + 1 if self.hands_matter else (live.group.codes >= 0).astype(np.int64)
            codes, bound = joined(codes, bound, by, len(live.group.values) + 1)
        if self.objective.enforced_from is not None:
            codes, bound = codes * 2 + self._enforced(self.objective.enforced_from), bound * 2
        return codes.astype(np.int64, copy=False), bound, heard

    def _enforced(self, day: date) -> Bools:
        """Whether a clock that starts with an event is judged."""
        at, zone = self.desk.live.at, timezone(self.edition.zone)
        border = day_start(day, zone)
        found: Bools = at >= border
        near = np.flatnonzero(np.abs(at - border) < NEAR)  # where the wall goes back over midnight, dates come twice
        for instant in np.unique(at[near]).tolist():
            found[at == instant] = local_date(instant, zone) >= day
        return found

    def _beginnings(self, cases: Numbers) -> tuple[Numbers, int]:
        """What was known of each case from the beginning, as a number; and how many."""
        found, count = np.zeros(len(cases), dtype=np.int64), 1
        for name, column in self.desk.events.own.items():
            if name in self.fields:
                found, count = joined(found, count, column.codes[cases] + 1, len(column.values) + 1)
        return found, count

    def _patterns(self, case: int, rows: Numbers, *, every: bool) -> tuple[Pattern, ...]:
        """How one clock went that stands for many: only what this promise hears of is told."""
        live = self.desk.live
        own = {
            name: column.values[code]
            for name, column in self.desk.events.own.items()
            if name in self.fields and (code := int(column.codes[case])) >= 0
        }
        facts, details = (
            _told_by(columns, names, rows)
            for columns, names in ((live.facts, self.fields), (live.details, self.clock_fields))
        )
        group = [None] * len(rows) if live.group is None else live.group.take(rows).to_list()
        events = [
            Event(
                live.kinds[kind],
                at=EPOCH + timedelta(0, 0, at),
                facts=facts[place],
                details=details[place],
                group=held,
                actor=by,
            )
            for place, (kind, at, held) in enumerate(
                zip(live.kind[rows].tolist(), live.at[rows].tolist(), group, strict=True)
            )
            for by in (None if held is None else str(place),)
        ]
        example = Case(self.desk.events.names[case], own, events)  # of words that the edition was found to take
        choose: Choose = self.choose
        return patterns_of(
            self.edition,
            self.objective,
            example,
            self.calendars,
            choose=choose,
            as_of=self.desk.as_of,
            every=every,
        )

    def _reckon(
        self,
        cases: Numbers,
        number: Numbers,
        base: Numbers,
        times: Numbers,
        rows: Numbers,
        lived: list[tuple[Pattern, ...] | None],
        *,
        refuse: bool,
    ) -> Numbers:
        """Reckon all cases whose lives have a batch form; the others are told."""
        found = [patterns or () for patterns in lived]
        options = [self._options(patterns) for patterns in found]
        for option in sorted(chain.from_iterable(options)):
            self._refuse(option, refuse=refuse)
        apart = np.array([one is None or bool(why) for one, why in zip(lived, options, strict=True)], dtype=bool)
        lives = Lives.of([*chain.from_iterable(found)])
        counts = np.array([len(patterns) for patterns in found], dtype=np.int64)
        offset = np.cumsum(counts) - counts
        left = [np.flatnonzero(apart[number])]
        asked = np.flatnonzero(~apart[number] & (counts[number] > 0))
        for begin in range(0, len(asked), READ_AT_A_TIME):
            some = asked[begin : begin + READ_AT_A_TIME]
            many = counts[number[some]]
            one = np.repeat(some, many)
            which = offset[number[one]] + np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
            clocks = Rows(
                lives,
                which,
                base[one],
                times,
                as_of=self.desk.as_of,
                terms=self.objective.terms,
                zone=self.edition.zone,
            )
            told = self.desk.book.reckoned(self, clocks)
            wrong = np.unique(one[clocks.alone])
            left.append(wrong)
            good = np.flatnonzero(~np.isin(one, wrong)) if len(wrong) else np.arange(len(one))
            holder = _event(rows, base[one], clocks.holder)
            self.desk.book.tell(self, clocks, told, Told(cases[one[good]], good, holder[good], rows))
        return cases[np.concatenate(left)]


def _told_by(columns: Mapping[str, Encoded], names: frozenset[str], rows: Numbers) -> list[Facts]:
    """What some events told of these names, event by event."""
    found: list[dict[str, Any]] = [{} for _ in range(len(rows))]
    for name, column in columns.items():
        if name in names:
            for told, code in zip(found, column.codes[rows].tolist(), strict=True):
                if code >= 0:
                    told[name] = column.values[code]
    return [told or EMPTY for told in found]  # the fold passes quickly over what tells nothing


def _event(events: Numbers, base: Numbers, number: Numbers) -> Numbers:
    """The places of events by their numbers from a base; negative for none."""
    found = np.full(len(number), NOWHERE, dtype=np.int64)
    there = number >= 0
    found[there] = events[base[there] + number[there]]
    return found
