"""How many promises were kept: counts that can be added up, never averages of shares."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError
from svcstd.sla.reading import Reading

__all__ = ["Attainment", "Membership", "instant_of"]

Membership: TypeAlias = Literal["started", "due", "decided"]
"""By which instant a promise belongs to a period."""


@attrs.frozen
class Attainment:
    """Promises by verdict; ``not_yet_due``, ``waived``, ``excluded`` and ``unknown`` stand apart.

    >>> Attainment(met=3, met_late=1, late_open=1).share
    Fraction(3, 5)
    """

    met: int = 0
    met_late: int = 0
    late_open: int = 0
    not_yet_due: int = 0
    waived: int = 0
    excluded: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Attainment:
        """Count readings by verdict; of a clock that runs again and again, give each of its ``cycles``."""
        counts = dict.fromkeys(_NAMES, 0)
        for reading in readings:
            counts["not_yet_due" if reading.verdict == "open" else reading.verdict] += 1
        return cls(**counts)

    @property
    def decided(self) -> int:
        """The denominator: kept, kept late, and overdue."""
        return self.met + self.met_late + self.late_open

    @property
    def late(self) -> int:
        """Broken promises, answered or not."""
        return self.met_late + self.late_open

    @property
    def share(self) -> Fraction | None:
        """Kept promises among those decided; ``None`` when there are none."""
        return Fraction(self.met, self.decided) if self.decided else None

    def __add__(self, other: Attainment) -> Attainment:
        return Attainment(*(getattr(self, name) + getattr(other, name) for name in _NAMES))


_NAMES = tuple(field.name for field in attrs.fields(Attainment))


def instant_of(reading: Reading, by: Membership) -> int | None:
    """The instant by which a reading belongs to a period; ``None`` when it has none yet.

    Args:
        reading: a clock.
        by: ``started``; ``due``; or ``decided``, when it was stopped, or waived, or broken if it still runs.

    Raises:
        DefinitionError: another *by*.
    """
    match by:
        case "started":
            return reading.started
        case "due":
            return reading.due_at
        case "decided" if reading.verdict == "waived" and reading.waiver is not None:
            return reading.waiver.instant
        case "decided":
            return reading.ended if reading.ended is not None else reading.breached
        case _:
            raise DefinitionError("by", "choice.unknown", value=by, choices=", ".join(get_args(Membership)))
