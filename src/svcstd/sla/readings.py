"""All clocks of one case at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from pendulum import DateTime

from svcstd.explain import Explanation
from svcstd.keyed import EMPTY, Keyed
from svcstd.moment import moment, timezone
from svcstd.sla.reading import Reading

__all__ = ["Readings"]


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
    """

    case: str
    edition: str
    zone: str
    asked: int
    found: Keyed[str, Reading] = EMPTY
    unpromised: Keyed[str, Explanation] = EMPTY

    def __getitem__(self, key: str) -> Reading:
        return self.found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def as_of(self) -> DateTime:
        """When they were read."""
        return moment(self.asked, timezone(self.zone))

    @property
    def shown(self) -> Reading | None:
        """The reading to show where there is room for one: the first that is still undecided, else the first."""
        undecided = [reading for reading in self.values() if reading.verdict in ("open", "late_open", "unknown")]
        return next(iter(undecided or self.values()), None)

    @property
    def next_change(self) -> DateTime | None:
        """The next instant at which any reading differs, if nothing else happens."""
        instants = [reading.changes for reading in self.values() if reading.changes is not None]
        return moment(min(instants), timezone(self.zone)) if instants else None

    def to_json(self, *, explanation: bool = True) -> dict[str, Any]:
        """A plain mapping, stable across minor versions: ISO 8601 throughout, the whole reckoning included.

        Args:
            explanation: leave it out for a fifth of the size.
        """
        from svcstd.sla.json import readings_to_json  # noqa: PLC0415 - written there, field by field

        return readings_to_json(self, explanation=explanation)

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


def _safe(cell: object) -> str:
    return str(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
