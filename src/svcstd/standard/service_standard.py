"""The standard as a value: editions of calendars and promises, and the verbs that join them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from typing import Literal

import attrs

from svcstd.calendars.period import WEEKDAYS
from svcstd.conditions import Facts
from svcstd.errors import CoverageError, DefinitionError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import date_of, micros, timezone
from svcstd.sla import Case, Event, Life, Membership, Objective, Reading, Readings, Row, fold, read_life
from svcstd.standard.edition import Edition
from svcstd.standard.example import Example
from svcstd.standard.log_mapping import LogMapping

__all__ = ["Reports", "ServiceStandard"]

Assume = Literal["no_holidays"]


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
        editions, objectives = len(self.editions), len(self.current.objectives)
        many = "s" * (editions != 1), "s" * (objectives != 1)
        return f"<ServiceStandard {self.id}: {editions} edition{many[0]}, {objectives} objective{many[1]}>"

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
        if self.current.starts is None:  # the only edition, without beginning: no date to find
            return self.current
        known = [
            event.instant
            for event in case.events
            if event.instant <= as_of and (known_at is None or event.recorded <= known_at)
        ]
        return self.edition_on(date_of(min(known, default=as_of), timezone(self.zone)))

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
        if not isinstance(case, Case):
            raise DefinitionError("case", "case.type", value=type(case).__name__)
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
    if event.facts is not EMPTY:
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
