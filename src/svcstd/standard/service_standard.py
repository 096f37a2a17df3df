"""The standard as a value: editions of calendars and promises, and the verbs that join them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

import attrs

from svcstd.calendars import Calendar
from svcstd.calendars.period import WEEKDAYS
from svcstd.conditions import Facts, FactSchema
from svcstd.errors import CoverageError, DefinitionError, StandardError, SvcstdError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import local_date, micros, timezone
from svcstd.sla import Case, Event, Life, Membership, Objective, Reading, Readings, Row, fold, read_life
from svcstd.standard.calendar_entry import CalendarEntry, build_calendars, without_holidays_beyond
from svcstd.standard.example import Example
from svcstd.standard.log_mapping import LogMapping

__all__ = ["Approval", "Edition", "EventName", "Reports", "ServiceStandard"]

Assume = Literal["no_holidays"]


@attrs.frozen
class EventName:
    """A declared event.

    Attributes:
        name: for people.
        also: other spellings that logs use.
    """

    name: str = ""
    also: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen
class Approval:
    """Who approved an edition, and when."""

    role: str
    on: date


@attrs.frozen
class Reports:
    """How reports count.

    Attributes:
        by: the instant by which a promise belongs to a period: ``started``, ``due`` or ``decided``.
        week: first day of the week.
    """

    by: Membership
    week: str

    def __attrs_post_init__(self) -> None:
        if self.by not in ("started", "due", "decided"):
            raise DefinitionError("by", "choice.unknown", value=self.by, choices="started, due, decided")
        if self.week not in WEEKDAYS:
            raise DefinitionError("week", "choice.nearest", value=self.week, nearest=nearest(self.week, WEEKDAYS))


@attrs.frozen(kw_only=True, repr=False, slots=False)
class Edition:
    """What holds from one day until the next edition.

    Attributes:
        starts: first local date; ``None`` for no beginning.
        zone: of the standard.
        years: that public holidays are frozen for.
        calendar: key of the calendar that promises use when they name none.
        facts: what may be known of a case.
        events: what may happen to it.
        calendars: when service is open, as written.
        objectives: what is promised.
        why: the reason for the change, for people.
        approved: by whom.

    Raises:
        StandardError: all contradictions at once.
    """

    zone: str
    starts: date | None = None
    years: range | None = None
    calendar: str = ""
    facts: FactSchema = attrs.field(factory=FactSchema)
    events: Keyed[str, EventName] = attrs.field(default=EMPTY, converter=as_keyed)
    calendars: Keyed[str, CalendarEntry] = attrs.field(default=EMPTY, converter=as_keyed)
    objectives: Keyed[str, Objective] = attrs.field(default=EMPTY, converter=as_keyed)
    why: str = ""
    approved: Approval | None = None
    _built: dict[str, Calendar] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        built, faults = build_calendars(self.calendars, self.zone, self.years)
        object.__setattr__(self, "_built", built)
        faults += self._contradictions()
        if faults:
            raise StandardError.of(faults)

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive_edition, (
            {field.name: getattr(self, field.name) for field in attrs.fields(Edition) if field.init},
        )

    def __repr__(self) -> str:
        return f"<Edition {self.label or 'first'}: {len(self.calendars)} calendars, {len(self.objectives)} objectives>"

    @property
    def label(self) -> str:
        """Its first day, or empty for the first edition."""
        return self.starts.isoformat() if self.starts else ""

    def hours(self, key: str) -> Calendar:
        """A calendar by key.

        Raises:
            UnknownName: with the nearest key.
        """
        if key not in self._built:
            raise UnknownName("calendars", "calendar.unknown", value=key, nearest=nearest(key, self._built))
        return self._built[key]

    def calendar_key(self, objective: Objective) -> str:
        """The key of the calendar that a promise counts in: its own, else the standard's; empty for none."""
        return objective.calendar or self.calendar

    @cached_property
    def in_order(self) -> tuple[tuple[str, Objective], ...]:
        """Objectives in the order in which they are shown."""
        return tuple(sorted(self.objectives.items(), key=lambda pair: pair[1].order or 0))

    @cached_property
    def relaxed(self) -> dict[str, Calendar]:
        """The calendars with no holidays assumed wherever they are unknown."""
        return {key: without_holidays_beyond(calendar) for key, calendar in self._built.items()}

    def _contradictions(self) -> Iterator[SvcstdError]:
        if self.calendar and self.calendar not in self.calendars:
            near = nearest(self.calendar, self.calendars)
            yield DefinitionError("calendar", "calendar.unknown", value=self.calendar, nearest=near)
        orders: dict[int | None, str] = {}
        running = {key: one for key, one in self.objectives.items() if one.status == "in_force"}
        for key, objective in self.objectives.items():
            yield from self._faults_of(f"objectives.{key}", objective)
        for key, objective in running.items():
            if len(running) > 1 and objective.order in orders:
                other = orders[objective.order]
                yield DefinitionError(f"objectives.{key}.order", "objective.order", other=other)
            orders[objective.order] = key

    def _faults_of(self, where: str, objective: Objective) -> Iterator[SvcstdError]:
        calendar = self.calendar_key(objective)
        if objective.calendar and objective.calendar not in self.calendars:
            near = nearest(objective.calendar, self.calendars)
            yield DefinitionError(f"{where}.calendar", "calendar.unknown", value=objective.calendar, nearest=near)
        if objective.needs_calendar and not calendar and objective.status == "in_force":
            yield DefinitionError(f"{where}.calendar", "objective.calendar")
        hours = self._built.get(calendar)
        if hours is not None and len(hours.zones) > 1 and objective.counts_days:
            zones = ", ".join(sorted(hours.zones))
            yield DefinitionError(f"{where}.calendar", "calendar.several_zones", zones=zones)
        for kind in sorted(objective.clock.kinds - set(self.events)):
            yield DefinitionError(f"{where}.clock", "events.unknown", value=kind, nearest=nearest(kind, self.events))
        for field in sorted(objective.fields - set(self.facts.types)):
            near = nearest(field, self.facts.types)
            yield DefinitionError(where, "facts.name", value=field, nearest=near)
        picked = self.facts.types.get(objective.by)
        if picked is not None and picked.kind != "text":
            yield DefinitionError(f"{where}.by", "objective.by", value=objective.by, kind=picked.kind)
        choices = picked.one_of if picked is not None else ()
        for value in objective.rows if choices else ():
            if value not in choices:
                near = nearest(value, choices)
                yield DefinitionError(f"{where}.target.{value}", "facts.value", value=value, nearest=near)


def _revive_edition(fields: dict[str, Any]) -> Edition:
    return Edition(**fields)


@attrs.frozen(kw_only=True, repr=False)
class ServiceStandard:
    """A company's service standard: frozen, hashable by content, safe to share between threads, picklable.

    Attributes:
        id: its key among standards.
        name: for people.
        zone: IANA name; its dates choose the edition.
        editions: the first without beginning or from its day, then each change by day.
        log: where cases come from.
        reports: how reports count.
        examples: worked cases.

    Raises:
        DefinitionError: no edition, or editions out of order.
    """

    id: str
    name: str
    zone: str
    editions: tuple[Edition, ...] = attrs.field(converter=as_tuple)
    log: LogMapping | None = None
    reports: Reports | None = None
    examples: Keyed[str, Example] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        timezone(self.zone)
        starts = [edition.starts for edition in self.editions]
        later = [day for day in starts[1:] if day is not None]
        ordered = [*([starts[0]] if starts and starts[0] else []), *later]
        if not starts or len(later) != len(starts) - 1 or sorted(set(ordered)) != ordered:
            raise DefinitionError("editions", "standard.editions")

    def __repr__(self) -> str:
        return f"<ServiceStandard {self.id}: {len(self.editions)} editions, {len(self.current.objectives)} objectives>"

    @property
    def current(self) -> Edition:
        """The last edition."""
        return self.editions[-1]

    def edition_on(self, day: date) -> Edition:
        """The edition that holds on a local date.

        Raises:
            DefinitionError: the date lies before the first edition.
        """
        first = self.editions[0].starts
        number = bisect_right([edition.starts or date.min for edition in self.editions], day)
        if number == 0:
            raise DefinitionError("case", "standard.too_early", day=day, first=first)
        return self.editions[number - 1]

    def edition_for(self, case: Case, *, as_of: int, known_at: int | None = None) -> Edition:
        """The edition pinned to a case: by the local date of its earliest known event."""
        known = [event.instant for event in case.events if known_at is None or event.recorded <= known_at]
        return self.edition_on(local_date(min(known, default=as_of), timezone(self.zone)))

    def clocks(
        self,
        case: Case,
        *,
        as_of: datetime,
        known_at: datetime | None = None,
        assume: Assume | None = None,
    ) -> Readings:
        """Every promise that holds for a case, read at one instant.

        Args:
            case: its facts and events.
            as_of: when we ask; later events are not yet there.
            known_at: leave out what was recorded after this.
            assume: ``no_holidays`` counts on where holidays are unknown; it is listed in each reading it touches.

        Raises:
            FactError: a fact that the standard does not declare, or of another kind.
            UnknownName: an event that the standard does not declare.
            MomentError: a naive moment.
        """
        asked = micros(as_of, "as_of")
        known = None if known_at is None else micros(known_at, "known_at")
        if assume not in (None, "no_holidays"):
            raise DefinitionError("assume", "choice.unknown", value=assume, choices="no_holidays")
        edition = self.edition_for(case, as_of=asked, known_at=known)
        _check(edition, case)
        found: dict[str, Reading] = {}
        unpromised: dict[str, Explanation] = {}
        for key, objective in edition.in_order:
            if objective.status != "in_force":
                unpromised[key] = because("sla.status", status=objective.status)
                continue
            life = fold(objective, case, as_of=asked, known_at=known)
            row = life.row or _last_row(life)
            if row is None:
                unpromised[key] = _no_promise(objective, life.facts)
                continue
            found[key] = _read(edition, key, objective, life, row, asked=asked, assume=assume)
        return Readings(case.id, edition.label, self.zone, asked, Keyed(found), Keyed(unpromised))


def _check(edition: Edition, case: Case) -> None:
    edition.facts.check(case.facts)
    for event in case.events:
        _check_event(edition, event)


def _check_event(edition: Edition, event: Event) -> None:
    if event.kind not in edition.events:
        near = nearest(event.kind, edition.events)
        raise UnknownName(f"events.{event.kind}", "events.unknown", value=event.kind, nearest=near)
    if event.facts:
        edition.facts.check(event.facts)


def _last_row(life: Life) -> Row | None:
    return next((row for _, row in reversed(life.retargets) if row is not None), None)


def _no_promise(objective: Objective, facts: Facts) -> Explanation:
    if objective.when.holds(facts):
        value = facts.get(objective.by)
        return because("sla.no_row", by=objective.by, value=None if value is None else str(value))
    tests = [test for test in objective.when.tests if not test.holds(facts)]
    fields = sorted({field for test in tests for field in test.fields})
    return because("sla.not_applicable", fields=", ".join(fields))


def _read(
    edition: Edition, key: str, objective: Objective, life: Life, row: Row, *, asked: int, assume: str | None
) -> Reading:
    calendar = edition.calendar_key(objective)
    hours = edition.hours(calendar) if calendar else None
    reading = read_life(
        key, objective, life, row, hours, calendar=calendar, zone=edition.zone, edition=edition.label, as_of=asked
    )
    touched = isinstance(reading.problem, CoverageError) or reading.elapsed is None
    if assume is None or not touched or hours is None:
        return reading
    return read_life(
        key,
        objective,
        life,
        row,
        edition.relaxed[calendar],
        calendar=calendar,
        zone=edition.zone,
        edition=edition.label,
        as_of=asked,
        assumptions=(assume,),
    )
