"""A notice: whom to tell of a threshold, and when."""

from __future__ import annotations

import attrs
from pendulum import DateTime

from svcstd.keyed import as_tuple
from svcstd.moment import moment, timezone

__all__ = ["Notice"]


@attrs.frozen(kw_only=True)
class Notice:
    """A threshold that was reached, or will be if nothing else happens.

    Attributes:
        key: names case, objective, cycle, row and threshold; the same notice always has the same key.
        objective: its key.
        level: 1 for the first threshold as written.
        threshold: as written.
        to: roles.
        instant: when, UTC microseconds.
        zone: of the moment.
    """

    key: str
    objective: str
    level: int
    threshold: str
    to: tuple[str, ...] = attrs.field(converter=as_tuple)
    instant: int
    zone: str

    @property
    def at(self) -> DateTime:
        """When."""
        return moment(self.instant, timezone(self.zone))
