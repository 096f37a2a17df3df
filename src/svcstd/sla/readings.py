"""All clocks of one case at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

import attrs
from pendulum import DateTime

from svcstd.errors import UnknownName, nearest
from svcstd.explain import Audience, Explanation
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import FIRST, micros, moment, timezone
from svcstd.sla.notice import Notice
from svcstd.sla.reading import Reading

__all__ = ["Readings", "urgency"]


@attrs.frozen(repr=False)
class Readings(Mapping[str, Reading]):
    """Readings by key of the objective, in declared order.

    Attributes:
        case: id of the case.
        edition: first day of the edition; empty for the first.
        zone: of the standard.
        asked: when they were read, UTC microseconds.
        found: the readings.
        unpromised: objectives that promise this case nothing, each with the reason.
        shows: which reading stands for all where there is room for one, by declared ``order`` or ``earliest due``.
    """

    case: str
    edition: str
    zone: str
    asked: int
    found: Keyed[str, Reading] = EMPTY
    unpromised: Keyed[str, Explanation] = EMPTY
    shows: Literal["order", "earliest due"] = "order"

    def __getitem__(self, key: str) -> Reading:
        if key not in self.found:
            if key in self.unpromised:
                raise UnknownName("readings", "objective.unpromised", value=key)
            raise UnknownName("readings", "objective.unknown", value=key, nearest=nearest(key, self.found))
        return self.found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def as_of(self) -> DateTime:
        """When they were read."""
        return moment(self.asked, timezone(self.zone))

    def notices(self, *, since: datetime | None = None) -> tuple[Notice, ...]:
        """The escalations that fired after *since*, up to now, of every cycle; in order of time."""
        after = FIRST - 1 if since is None else micros(since, "since")
        fired = [notice for reading in self.values() for one in reading.cycles for notice in one.notices]
        return tuple(sorted((one for one in fired if one.instant > after), key=_by_time))

    @property
    def coming(self) -> tuple[Notice, ...]:
        """The escalations that will fire if nothing else happens, in order of time."""
        return tuple(sorted((notice for reading in self.values() for notice in reading.coming), key=_by_time))

    def worst_first(self) -> tuple[Reading, ...]:
        """The readings by urgency: the longest late, then those that run out first, then the rest as declared."""
        return tuple(sorted(self.values(), key=urgency))

    @property
    def act_by(self) -> DateTime | None:
        """The latest instant at which to act so that no open promise is broken; ``None`` if none has a due time."""
        instants = [reading.answer_by for reading in self.values() if reading.answer_by is not None]
        return moment(min(instants), timezone(self.zone)) if instants else None

    @property
    def shown(self) -> Reading | None:
        """The reading to show where there is room for one: the first undecided clock that began, else the first."""
        begun = [reading for reading in self.values() if reading.activity != "not_started"]
        undecided = [reading for reading in begun if reading.verdict in ("open", "late_open", "unknown")]
        dated = [reading for reading in undecided if reading.due_at is not None]
        if self.shows == "earliest due" and dated:
            return min(dated, key=lambda reading: reading.due_at or 0)
        return next(iter(undecided or begun or self.values()), None)

    @property
    def next_change(self) -> DateTime | None:
        """The next instant at which any reading differs, if nothing else happens."""
        instants = [reading.changes for reading in self.values() if reading.changes is not None]
        return moment(min(instants), timezone(self.zone)) if instants else None

    def to_json(self, *, explanation: bool = True, for_: Audience = "agent") -> dict[str, Any]:
        """A plain mapping, stable across minor versions: ISO 8601 throughout, the whole reckoning included.

        Args:
            explanation: leave it out for a fifth of the size.
            for_: a ``customer`` gets no name of a colleague, team or role, and no word that was said among them.
        """
        from svcstd.sla.json import readings_to_json  # noqa: PLC0415 - written there, field by field

        return readings_to_json(self, explanation=explanation, for_=for_)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Readings:
        """The readings that :meth:`to_json` wrote.

        Raises:
            DefinitionError: another format, or not what it wrote.
        """
        from svcstd.sla.json import readings_from_json  # noqa: PLC0415 - read there, field by field

        return readings_from_json(found)

    def __repr__(self) -> str:
        return f"<Readings of {self.case}: {', '.join(f'{key} {r.verdict}' for key, r in self.items()) or 'none'}>"

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        rows: list[list[Any]] = [["objective", "promise", "due", "activity", "verdict"]]
        rows += [[key, r.target, r.due or r.problem or "", r.activity, r.verdict] for key, r in self.items()]
        lines = ["".join(f"<td>{_safe(cell)}</td>" for cell in row) for row in rows]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _by_time(notice: Notice) -> tuple[int, str]:
    return notice.instant, notice.key


def urgency(reading: Reading) -> tuple[int, int]:
    """A key that puts the most urgent reading first.

    Late clocks come first, the longest past their due before the others; then open ones by their due time; then paused
    ones, those whose due time is not known, and at last the decided.
    """
    if reading.verdict == "late_open":
        return 0, reading.breached if reading.breached is not None else reading.asked
    if reading.verdict == "open" and reading.due_at is not None:
        return 1, reading.due_at
    ranks = {"open": 2, "unknown": 3}
    return ranks.get(reading.verdict, 4), 0


def _safe(cell: object) -> str:
    return str(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
