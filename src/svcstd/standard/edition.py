"""What holds from one day until the next edition: calendars, vocabulary and promises, checked against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from svcstd.calendars import Calendar
from svcstd.conditions import FactSchema
from svcstd.errors import DefinitionError, StandardError, SvcstdError, UnknownName, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.sla import Objective
from svcstd.standard.calendar_entry import CalendarEntry, build_calendars, without_holidays_beyond

__all__ = ["Approval", "Edition", "EventName"]


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
            if len(running) > 1 and objective.order is None and None in orders:
                yield DefinitionError(f"objectives.{key}.order", "objective.no_order", other=orders[None])
            elif objective.order in orders:
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
