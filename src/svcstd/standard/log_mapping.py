"""Where a table of rows keeps the facts and events of cases, and the desk's own answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import attrs

from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY, Keyed, as_keyed
from svcstd.moment import Folds

__all__ = ["DeskMapping", "DeskVerdict", "LogMapping"]


@attrs.frozen
class DeskVerdict:
    """The column in which the desk says whether it kept its promise.

    Attributes:
        column: its header.
        kept: the text for met.
        late: the text for late, answered or not.
    """

    column: str
    kept: str
    late: str


@attrs.frozen(kw_only=True)
class DeskMapping:
    """The desk's own answers: compared, never believed.

    Attributes:
        objective: key of the objective they answer; may be left out when there is only one.
        due: header of its due times.
        verdict: where it says whether it kept them.
        within: how far apart two due times may lie and still be called equal.
    """

    objective: str = ""
    due: str = ""
    verdict: DeskVerdict | None = None
    within: timedelta = timedelta()


TOLD_COLUMNS = ("recorded", "event_id", "actor", "group", "reason", "due", "since")
"""What a long log may tell of an event."""


@attrs.frozen(kw_only=True)
class LogMapping:
    """How rows become cases. Columns that are not named are not read.

    A wide log has a row a case and a column an event (*events*). A long log has a row an event (*event*, *at*,
    *kinds*).

    Attributes:
        id: header of the case's name.
        time: pattern of its stamps, e.g. ``MM/DD/YYYY hh:mm:ss A``, or ``ISO 8601``.
        zone: of stamps without offset.
        folds: how to read a stamp that happens twice: ``earlier``, ``later`` or ``reject``.
        events: event to column, in a wide log.
        event, at: columns of the kind and the time, in a long log.
        kinds: text of the log to event, in a long log; an event's own key and its aliases need no line.
        facts: fact to column.
        details: fact to column, of what is true of one event alone, in a long log.
        recorded, event_id: columns of when an event was recorded and of its identity, in a long log.
        actor, group: columns of who did it and whose it is from then on, in a long log.
        reason, due, since: columns of why, of a due time set by hand, and of an older case that was merged.
        desk: the desk's own answers.
    """

    id: str
    time: str
    zone: str = ""
    folds: Folds | None = None
    events: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    event: str = ""
    at: str = ""
    kinds: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    facts: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    details: Keyed[str, str] = attrs.field(default=EMPTY, converter=as_keyed)
    recorded: str = ""
    event_id: str = ""
    actor: str = ""
    group: str = ""
    reason: str = ""
    due: str = ""
    since: str = ""
    desk: DeskMapping | None = None

    def __attrs_post_init__(self) -> None:
        told = (getattr(self, name) for name in TOLD_COLUMNS)
        of_events = (self.event, self.at, self.kinds, self.details, *told)
        if bool(self.events) == bool(self.event and self.at) or (self.events and any(map(bool, of_events))):
            raise DefinitionError("events", "log.shape")

    @property
    def is_wide(self) -> bool:
        """Whether a row is a case."""
        return bool(self.events)

    @property
    def layout(self) -> Literal["wide", "long"]:
        """``wide`` for a row a case, ``long`` for a row an event."""
        return "wide" if self.is_wide else "long"

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers it reads."""
        desk = self.desk
        asked = (desk.due, desk.verdict.column if desk.verdict else "") if desk else ()
        told = (*self.facts.values(), *self.details.values(), *(getattr(self, name) for name in TOLD_COLUMNS))
        named = (self.id, *self.events.values(), self.event, self.at, *told)
        return tuple(dict.fromkeys(column for column in (*named, *asked) if column))
